//! `Identity`.

use super::Initializer;
use crate::record::record;
use seodang_core::random::Stream;
use seodang_core::{Array, DType, Error, Result, Shape, text};

record! {
    /// A matrix with `gain` on the diagonal and 0 elsewhere. Source: Keras 3,
    /// `keras.initializers.Identity`.
    Identity in "keras.initializers", new() {
        /// The value on the diagonal.
        gain: f64 = 1.0,
    }
}

impl Initializer for Identity {
    fn initialize(&self, _: &mut Stream, dtype: DType, shape: &Shape) -> Result<Array> {
        let &[_, columns] = shape.dims() else {
            return Err(Error::shape(text!(
                en: "Identity makes only matrices",
                ko: "Identity는 행렬만 만듭니다"
            ))
            .given("shape", shape));
        };
        let on_diagonal = |i: usize| i / columns == i % columns;
        Ok(Array::from_fn(dtype, shape, |i| if on_diagonal(i) { self.gain } else { 0.0 }))
    }
}
