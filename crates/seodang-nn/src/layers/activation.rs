//! `Activation`.

use super::{CallContext, Layer, layer};
use crate::Dims;
use seodang_core::Result;
use seodang_tensor::Tensor;

layer! {
    /// Applies an activation function. Source: Keras 3, `keras.layers.Activation`.
    Activation, new(activation: crate::Activation) {
        /// The function.
        activation: crate::Activation = crate::Activation::Linear,
    }
}

impl Layer for Activation {
    fn validate(&self) -> Result<()> {
        self.activation.check()
    }

    fn output_shapes(&self, inputs: &[Dims]) -> Result<Vec<Dims>> {
        Ok(vec![self.activation.output_shape(&inputs[0])?])
    }

    fn supports_masking(&self) -> bool {
        true
    }

    fn call(&self, _: &mut CallContext, inputs: &[Tensor]) -> Result<Vec<Tensor>> {
        Ok(vec![self.activation.call(&inputs[0])?])
    }
}
