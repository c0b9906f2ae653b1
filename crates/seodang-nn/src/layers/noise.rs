//! Layers that disturb their inputs while training: `SpatialDropout1D` to `3D`, `GaussianNoise`,
//! `GaussianDropout` and `AlphaDropout`.

use super::spatial::spatial_batch;
use super::{BuildContext, CallContext, DataFormat, Layer, layer};
use crate::Dims;
use seodang_core::{Error, Result, Shape, text};
use seodang_tensor::Tensor;

/// Checks that a rate lies between 0 and 1.
pub(super) fn check_rate(rate: f64) -> Result<()> {
    if (0.0..=1.0).contains(&rate) {
        return Ok(());
    }
    Err(Error::value(text!(
        en: "\"rate\" must lie between 0 and 1",
        ko: "\"rate\"은(는) 0과 1 사이여야 합니다"
    ))
    .given("rate", rate))
}

/// Random numbers of the layer's own, if it has a seed.
pub(super) fn own_numbers(cx: &mut BuildContext<'_>, seed: Option<u64>) -> Result<()> {
    seed.map_or(Ok(()), |seed| cx.add_random_state(seed))
}

/// The shape of a mask: the input's, with the dimensions that `noise_shape` gives.
pub(super) fn noise_shape(x: &Tensor, noise: Option<&Dims>) -> Result<Shape> {
    match noise {
        None => Ok(x.shape().clone()),
        Some(noise) if noise.rank() == x.rank() => {
            Ok(noise.iter().zip(x.shape().iter()).map(|(n, &d)| n.unwrap_or(d)).collect())
        }
        Some(noise) => Err(Error::shape(text!(
            en: "\"noise_shape\" has another rank than the input",
            ko: "\"noise_shape\"의 차원 수가 입력과 다릅니다"
        ))
        .given("noise_shape", noise)
        .given("input", x.shape())),
    }
}

/// Sets a random part of the elements to 0 and scales the others up; `shape` is the mask's.
pub(super) fn drop(cx: &CallContext, x: &Tensor, rate: f64, shape: Shape) -> Result<Tensor> {
    let keep = 1.0 - rate;
    if keep == 0.0 {
        return x * 0.0;
    }
    let mask = cx.random()?.bernoulli(keep, shape)?.broadcast_to(x.shape())?;
    Tensor::select(&mask, &(x / keep)?, 0.0)
}

macro_rules! spatial_dropout {
    ($($(#[$meta:meta])* $name:ident in $n:literal, |$this:ident| $format:expr, { $($fields:tt)* };)*) => {$(
        layer! {
            $(#[$meta])*
            $name, new(rate: f64) {
                /// The part of the channels that become 0: 0 to 1.
                rate: f64 = 0.0,
                /// Draws from a stream of the layer's own; if absent, from the model's.
                seed: Option<u64> = None,
                $($fields)*
            }
        }

        impl Layer for $name {
            fn validate(&self) -> Result<()> {
                check_rate(self.rate)
            }

            fn output_shapes(&self, inputs: &[Dims]) -> Result<Vec<Dims>> {
                Ok(vec![spatial_batch(&inputs[0], $n)?.clone()])
            }

            fn build(&self, cx: &mut BuildContext<'_>, inputs: &[Dims]) -> Result<()> {
                self.output_shapes(inputs)?;
                own_numbers(cx, self.seed)
            }

            fn supports_masking(&self) -> bool {
                true
            }

            fn call(&self, cx: &mut CallContext, inputs: &[Tensor]) -> Result<Vec<Tensor>> {
                let x = &inputs[0];
                if !cx.training() || self.rate == 0.0 {
                    return Ok(vec![x.clone()]);
                }
                let $this = self;
                let format: DataFormat = $format;
                let mut shape = x.shape().to_vec();
                format.spatial($n).for_each(|axis| shape[axis] = 1);
                Ok(vec![drop(cx, x, self.rate, shape.into())?])
            }
        }
    )*};
}

spatial_dropout! {
    /// While training, sets whole channels of sequences to 0 and scales the others up. Source:
    /// Tompson et al. 2015; Keras 3, `keras.layers.SpatialDropout1D`.
    SpatialDropout1D in 1, |_this| DataFormat::ChannelsLast, {};
    /// While training, sets whole channels of images to 0 and scales the others up. Source: Tompson
    /// et al. 2015; Keras 3, `keras.layers.SpatialDropout2D`.
    ///
    /// ```
    /// use seodang_nn::layers::SpatialDropout2D;
    /// assert_eq!(SpatialDropout2D::new(0.3).seed, None);
    /// ```
    SpatialDropout2D in 2, |this| this.data_format, {
        /// Where the channels are.
        data_format: DataFormat = DataFormat::ChannelsLast,
    };
    /// While training, sets whole channels of volumes to 0 and scales the others up. Source: Tompson
    /// et al. 2015; Keras 3, `keras.layers.SpatialDropout3D`.
    SpatialDropout3D in 3, |this| this.data_format, {
        /// Where the channels are.
        data_format: DataFormat = DataFormat::ChannelsLast,
    };
}

layer! {
    /// While training, adds normal numbers of mean 0. Source: Keras 3, `keras.layers.GaussianNoise`.
    ///
    /// ```
    /// use seodang_nn::layers::GaussianNoise;
    /// assert_eq!(GaussianNoise::new(0.1).stddev, 0.1);
    /// ```
    GaussianNoise, new(stddev: f64) {
        /// The standard deviation of what is added.
        stddev: f64 = 0.0,
        /// Draws from a stream of the layer's own; if absent, from the model's.
        seed: Option<u64> = None,
    }
}

impl Layer for GaussianNoise {
    fn validate(&self) -> Result<()> {
        if self.stddev >= 0.0 {
            return Ok(());
        }
        Err(Error::value(text!(
            en: "\"stddev\" must not be negative",
            ko: "\"stddev\"은(는) 음수일 수 없습니다"
        ))
        .given("stddev", self.stddev))
    }

    fn output_shapes(&self, inputs: &[Dims]) -> Result<Vec<Dims>> {
        Ok(inputs.to_vec())
    }

    fn build(&self, cx: &mut BuildContext<'_>, _: &[Dims]) -> Result<()> {
        own_numbers(cx, self.seed)
    }

    fn supports_masking(&self) -> bool {
        true
    }

    fn call(&self, cx: &mut CallContext, inputs: &[Tensor]) -> Result<Vec<Tensor>> {
        let x = &inputs[0];
        if !cx.training() || self.stddev == 0.0 {
            return Ok(vec![x.clone()]);
        }
        let noise = (cx.random()?.normal(x.dtype(), x.shape())? * self.stddev)?;
        Ok(vec![(x + noise)?])
    }
}

layer! {
    /// While training, multiplies by normal numbers of mean 1 and variance `rate / (1 - rate)`.
    /// Source: Srivastava et al. 2014; Keras 3, `keras.layers.GaussianDropout`.
    GaussianDropout, new(rate: f64) {
        /// The rate of the dropout with the same variance: 0 to below 1.
        rate: f64 = 0.0,
        /// Draws from a stream of the layer's own; if absent, from the model's.
        seed: Option<u64> = None,
    }
}

impl Layer for GaussianDropout {
    fn validate(&self) -> Result<()> {
        check_rate(self.rate)
    }

    fn output_shapes(&self, inputs: &[Dims]) -> Result<Vec<Dims>> {
        Ok(inputs.to_vec())
    }

    fn build(&self, cx: &mut BuildContext<'_>, _: &[Dims]) -> Result<()> {
        own_numbers(cx, self.seed)
    }

    fn supports_masking(&self) -> bool {
        true
    }

    fn call(&self, cx: &mut CallContext, inputs: &[Tensor]) -> Result<Vec<Tensor>> {
        let x = &inputs[0];
        if !cx.training() || self.rate == 0.0 {
            return Ok(vec![x.clone()]);
        }
        let stddev = (self.rate / (1.0 - self.rate)).sqrt();
        let factor = ((cx.random()?.normal(x.dtype(), x.shape())? * stddev)? + 1.0)?;
        Ok(vec![(x * factor)?])
    }
}

layer! {
    /// While training, sets a random part of the elements to selu's lower limit, and scales and
    /// shifts everything so that mean and variance stay. Source: Klambauer et al. 2017; Keras 3,
    /// `keras.layers.AlphaDropout`.
    AlphaDropout, new(rate: f64) {
        /// The part of the elements that are dropped: 0 to 1.
        rate: f64 = 0.0,
        /// Draws from a stream of the layer's own; if absent, from the model's.
        seed: Option<u64> = None,
        /// The shape of the mask, `None` for a dimension of the input's.
        noise_shape: Option<Dims> = None,
    }
}

impl Layer for AlphaDropout {
    fn validate(&self) -> Result<()> {
        check_rate(self.rate)
    }

    fn output_shapes(&self, inputs: &[Dims]) -> Result<Vec<Dims>> {
        Ok(inputs.to_vec())
    }

    fn build(&self, cx: &mut BuildContext<'_>, _: &[Dims]) -> Result<()> {
        own_numbers(cx, self.seed)
    }

    fn supports_masking(&self) -> bool {
        true
    }

    fn call(&self, cx: &mut CallContext, inputs: &[Tensor]) -> Result<Vec<Tensor>> {
        let x = &inputs[0];
        if !cx.training() || self.rate == 0.0 {
            return Ok(vec![x.clone()]);
        }
        // The limit of selu towards minus infinity.
        const LOWEST: f64 = -1.673_263_242_354_377_2 * 1.050_700_987_355_480_5;
        let keep = 1.0 - self.rate;
        let shape = noise_shape(x, self.noise_shape.as_ref())?;
        let mask = cx.random()?.bernoulli(keep, shape)?.broadcast_to(x.shape())?;
        let scale = (keep * (1.0 + self.rate * LOWEST * LOWEST)).sqrt().recip();
        let scale = if scale.is_finite() { scale } else { 0.0 };
        let shift = -scale * LOWEST * self.rate;
        Ok(vec![((Tensor::select(&mask, x, LOWEST)? * scale)? + shift)?])
    }
}
