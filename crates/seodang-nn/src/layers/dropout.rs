//! `Dropout`.

use super::{BuildContext, CallContext, Layer, layer};
use crate::Dims;
use seodang_core::{Error, Result, Shape, text};
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
        if (0.0..=1.0).contains(&self.rate) {
            return Ok(());
        }
        Err(Error::value(text!(
            en: "\"rate\" must lie between 0 and 1",
            ko: "\"rate\"은(는) 0과 1 사이여야 합니다"
        ))
        .given("rate", self.rate))
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

    fn call(&self, cx: &mut CallContext, inputs: &[Tensor]) -> Result<Vec<Tensor>> {
        let x = &inputs[0];
        if !cx.training() || self.rate == 0.0 {
            return Ok(vec![x.clone()]);
        }
        let keep = 1.0 - self.rate;
        if keep == 0.0 {
            return Ok(vec![(x * 0.0)?]);
        }
        let shape = match &self.noise_shape {
            None => x.shape().clone(),
            Some(noise) if noise.rank() == x.rank() => {
                noise.iter().zip(x.shape().iter()).map(|(n, &d)| n.unwrap_or(d)).collect::<Shape>()
            }
            Some(noise) => {
                return Err(Error::shape(text!(
                    en: "\"noise_shape\" has another rank than the input",
                    ko: "\"noise_shape\"의 차원 수가 입력과 다릅니다"
                ))
                .given("noise_shape", noise)
                .given("input", x.shape()));
            }
        };
        let mask = cx.random()?.bernoulli(keep, shape)?.broadcast_to(x.shape())?;
        Ok(vec![Tensor::select(&mask, &(x / keep)?, 0.0)?])
    }
}
