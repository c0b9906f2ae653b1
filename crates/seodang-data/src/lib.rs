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
pub mod cache;
pub mod csv;
mod dataset;
mod dates;
#[cfg(feature = "download")]
mod download;
mod gzip;
pub mod idx;
pub mod images;
mod load;
pub mod npz;
mod rows;
mod schema;
#[cfg(test)]
mod schema_tests;
mod sets;
mod table;

pub use array_batches::ArrayBatches;
pub use builtin::{SPLIT_SEED, TEST_SHARE, builtin_file};
pub use dataset::{Dataset, Kind, Split, Task, stratified_split};
pub use dates::{Date, DateOrder};
pub use load::{NAMES, Progress, load, load_from, load_with};
pub use schema::{
    FeatureKind, FeatureSpec, Missing, Schema, SchemaOptions, TargetKind, TargetSpec, Xy,
};
pub use table::{ColumnKind, Table};

use seodang_core::{Error, Result, text};
use std::io::Read;
use std::path::Path;

/// The error for a file that cannot be read or written.
#[track_caller]
fn io_error(path: &Path, e: std::io::Error) -> Error {
    let name = path.display();
    Error::io(text!(en: "cannot access {name}", ko: "{name}에 접근할 수 없습니다")).source_error(e)
}

/// A text from a file in quotes, shortened so that it fits a message.
fn excerpt(s: &str) -> String {
    const LONGEST: usize = 60;
    match s.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{:?}...", &s[..end]),
        None => format!("{s:?}"),
    }
}

/// Names in quotes, shortened so that they fit a message.
fn list<S: AsRef<str>>(names: &[S]) -> String {
    const MOST: usize = 20;
    let shown: Vec<String> = names.iter().take(MOST).map(|n| excerpt(n.as_ref())).collect();
    let more = if names.len() > MOST { format!(", ... ({})", names.len()) } else { String::new() };
    shown.join(", ") + &more
}

/// The bytes of a file of at most `limit` bytes.
#[track_caller]
fn read_limited(path: &Path, limit: u64) -> Result<Vec<u8>> {
    let read = || -> std::io::Result<Vec<u8>> {
        let mut bytes = Vec::new();
        std::fs::File::open(path)?.take(limit.saturating_add(1)).read_to_end(&mut bytes)?;
        Ok(bytes)
    };
    let bytes = read().map_err(|e| io_error(path, e))?;
    if bytes.len() as u64 > limit {
        return Err(gzip::too_large(limit).during(path.display().to_string()));
    }
    Ok(bytes)
}
