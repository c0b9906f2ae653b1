//! `Dropout`.

use super::noise::{check_rate, drop, noise_shape};
use super::{BuildContext, CallContext, Layer, layer};
use crate::Dims;
use seodang_core::Result;
use seodang_tensor::Tensor;

layer! {
    /// While training, sets a random part of the elements to 0 and scales the others up, so that the
    /// sum stays; else passes on its input. Source: Srivastava et al. 2014; Keras 3,
    /// `keras.layers.Dropout`.
    Dropout, new(rate: f64) {
        /// The part of the elements that become 0: 0 to 1.
        rate: f64 = 0.0,
        /// Draws from a stream of the layer's own; if absent, from the model's.
        seed: Option<u64> = None,
        /// The shape of the mask, `None` for a dimension of the input's; dimensions of 1 drop whole
        /// slices.
        noise_shape: Option<Dims> = None,
    }
}

impl Layer for Dropout {
    fn validate(&self) -> Result<()> {
        check_rate(self.rate)
    }

    fn output_shapes(&self, inputs: &[Dims]) -> Result<Vec<Dims>> {
        Ok(inputs.to_vec())
    }

    fn build(&self, cx: &mut BuildContext<'_>, _: &[Dims]) -> Result<()> {
        match self.seed {
            Some(seed) if self.rate > 0.0 => cx.add_random_state(seed),
            _ => Ok(()),
        }
    }

    fn supports_masking(&self) -> bool {
        true
    }

    fn call(&self, cx: &mut CallContext, inputs: &[Tensor]) -> Result<Vec<Tensor>> {
        let x = &inputs[0];
        if !cx.training() || self.rate == 0.0 {
            return Ok(vec![x.clone()]);
        }
        let shape = noise_shape(x, self.noise_shape.as_ref())?;
        Ok(vec![drop(cx, x, self.rate, shape)?])
    }
}
