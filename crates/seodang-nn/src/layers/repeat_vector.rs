//! `RepeatVector`.

use super::{CallContext, Layer, layer, positive, wrong_rank};
use crate::Dims;
use seodang_core::Result;
use seodang_tensor::Tensor;

layer! {
    /// Each sample's vector as every step of a sequence. Source: Keras 3,
    /// `keras.layers.RepeatVector`.
    ///
    /// ```
    /// use seodang_nn::layers::{LayerRef, RepeatVector};
    /// let layer = LayerRef::new(RepeatVector::new(5usize))?;
    /// assert_eq!(layer.output_shapes(&[[4, 3].into()])?[0].to_string(), "(4, 5, 3)");
    /// # Ok::<(), seodang_core::Error>(())
    /// ```
    RepeatVector, new(n: usize) {
        /// The number of steps.
        n: usize = 1,
    }
}

impl Layer for RepeatVector {
    fn validate(&self) -> Result<()> {
        positive("n", self.n)
    }

    fn keeps_integers(&self) -> bool {
        true
    }

    fn output_shapes(&self, inputs: &[Dims]) -> Result<Vec<Dims>> {
        match inputs[0][..] {
            [batch, features] => Ok(vec![vec![batch, Some(self.n), features].into()]),
            _ => Err(wrong_rank(&inputs[0], "2")),
        }
    }

    fn call(&self, _: &mut CallContext, inputs: &[Tensor]) -> Result<Vec<Tensor>> {
        Ok(vec![inputs[0].expand_dims(1)?.repeat(self.n, 1)?])
    }
}
