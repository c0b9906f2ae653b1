//! Where arrays come from: data sets, CSV, IDX and images for Seodang.
//!
//! ```
//! use seodang_core::Batches;
//!
//! let digits = seodang_data::load("digits")?;
//! assert_eq!(digits.train.x.shape().dims(), [1438, 64]);
//! for batch in digits.train.batched(32)?.shuffle(42).epoch(0) {
//!     assert!(batch?.len() <= 32);
//! }
//! # Ok::<(), seodang_core::Error>(())
//! ```
//!
//! The promise of this crate: it depends on `seodang-core` alone, reading data never runs code, and
//! no bytes, however hostile, make it panic or allocate without bound.

mod array_batches;
mod builtin;
mod dataset;
mod gzip;
pub mod idx;
mod load;
mod rows;

pub use array_batches::ArrayBatches;
pub use builtin::{SPLIT_SEED, TEST_SHARE};
pub use dataset::{Dataset, Kind, Split, Task, stratified_split};
pub use load::{NAMES, load};

use seodang_core::{Error, text};
use std::path::Path;

/// The error for a file that cannot be read or written.
#[track_caller]
fn io_error(path: &Path, e: std::io::Error) -> Error {
    let name = path.display();
    Error::io(text!(en: "cannot access {name}", ko: "{name}에 접근할 수 없습니다")).source_error(e)
}
