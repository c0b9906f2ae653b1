//! `Rescaling`.

use super::{CallContext, Layer, layer};
use crate::Dims;
use seodang_core::Result;
use seodang_tensor::Tensor;

layer! {
    /// `inputs * scale + offset`, in floats: images may stay bytes until here. Source: Keras 3,
    /// `keras.layers.Rescaling`.
    ///
    /// ```
    /// use seodang_nn::layers::Rescaling;
    /// let to_unit_interval = Rescaling::new(1.0 / 255.0);
    /// assert_eq!(to_unit_interval.offset, 0.0);
    /// ```
    Rescaling, new(scale: f64) {
        /// The factor.
        scale: f64 = 1.0,
        /// What is added then.
        offset: f64 = 0.0,
    }
}

impl Layer for Rescaling {
    fn output_shapes(&self, inputs: &[Dims]) -> Result<Vec<Dims>> {
        Ok(inputs.to_vec())
    }

    fn supports_masking(&self) -> bool {
        true
    }

    fn call(&self, cx: &mut CallContext, inputs: &[Tensor]) -> Result<Vec<Tensor>> {
        let x = inputs[0].cast(cx.compute_dtype()?)?;
        Ok(vec![((x * self.scale)? + self.offset)?])
    }
}
