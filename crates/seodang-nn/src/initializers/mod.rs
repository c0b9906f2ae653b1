//! How weights begin: one file and one record each, after `keras.initializers`.

mod constant;
mod fans;
mod identity;
mod ones;
mod orthogonal;
mod random_normal;
mod random_uniform;
mod stft;
mod truncated_normal;
mod variance_scaling;
mod zeros;

pub use constant::Constant;
pub use identity::Identity;
pub use ones::Ones;
pub use orthogonal::Orthogonal;
pub use random_normal::RandomNormal;
pub use random_uniform::RandomUniform;
pub use stft::{STFT, Scaling, Side, Window};
pub use truncated_normal::TruncatedNormal;
pub use variance_scaling::{
    Distribution, FanMode, GlorotNormal, GlorotUniform, HeNormal, HeUniform, LecunNormal,
    LecunUniform, VarianceScaling,
};
pub use zeros::Zeros;

use crate::record::{Record, family};
use seodang_core::random::Stream;
use seodang_core::{Array, DType, Result, Shape};

/// Makes the initial value of a weight.
pub trait Initializer: Record {
    /// Checks the options against each other.
    ///
    /// # Errors
    /// `Value`, if an option is out of range.
    fn validate(&self) -> Result<()> {
        Ok(())
    }

    /// An array of the given type and shape. Random initializers draw from `stream`, or from a
    /// stream of their own if they have a seed: then every call gives the same numbers.
    ///
    /// # Errors
    /// `Shape`, if the initializer cannot make such a shape.
    fn initialize(&self, stream: &mut Stream, dtype: DType, shape: &Shape) -> Result<Array>;
}

/// An array drawn number by number from the initializer's own stream if it has a seed, else from
/// the given one.
fn draw(
    seed: Option<u64>,
    stream: &mut Stream,
    dtype: DType,
    shape: &Shape,
    number: impl FnMut(&mut Stream) -> f64,
) -> Array {
    match seed {
        Some(seed) => Stream::new(seed, 0).array(dtype, shape, number),
        None => stream.array(dtype, shape, number),
    }
}

family! {
    Initializer, "initializer", "초기화 방법",
    renamed [],
    ignored ["dtype"],
    Constant,
    GlorotNormal,
    GlorotUniform,
    HeNormal,
    HeUniform,
    Identity | "IdentityInitializer",
    LecunNormal,
    LecunUniform,
    Ones | "one",
    Orthogonal | "OrthogonalInitializer",
    RandomNormal | "normal",
    RandomUniform | "uniform",
    STFT | "STFTInitializer",
    TruncatedNormal,
    VarianceScaling,
    Zeros | "zero",
}
