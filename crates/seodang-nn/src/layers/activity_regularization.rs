//! `ActivityRegularization`.

use super::{CallContext, Layer, layer};
use crate::Dims;
use crate::regularizers::{L1L2, Regularizer};
use seodang_core::Result;
use seodang_tensor::Tensor;

layer! {
    /// Passes on its input and adds a penalty on it to the loss: `l1 * sum(|x|) + l2 * sum(x^2)`.
    /// Source: Keras 3, `keras.layers.ActivityRegularization`.
    ///
    /// ```
    /// use seodang_nn::layers::ActivityRegularization;
    /// assert_eq!(ActivityRegularization::new().l1(0.01).l2, 0.0);
    /// ```
    ActivityRegularization, new() {
        /// The factor of the absolute values.
        l1: f64 = 0.0,
        /// The factor of the squares.
        l2: f64 = 0.0,
    }
}

impl Layer for ActivityRegularization {
    fn validate(&self) -> Result<()> {
        L1L2::new().l1(self.l1).l2(self.l2).validate()
    }

    fn output_shapes(&self, inputs: &[Dims]) -> Result<Vec<Dims>> {
        Ok(inputs.to_vec())
    }

    fn supports_masking(&self) -> bool {
        true
    }

    fn call(&self, cx: &mut CallContext, inputs: &[Tensor]) -> Result<Vec<Tensor>> {
        cx.add_loss(L1L2::new().l1(self.l1).l2(self.l2).penalty(&inputs[0])?);
        Ok(inputs.to_vec())
    }
}
