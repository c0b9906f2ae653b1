//! `BatchNormalization`.

use super::{BuildContext, CallContext, Layer, WeightSpec, layer, unknown_dim};
use crate::constraints::Constraint;
use crate::initializers::{Initializer, Ones, Zeros};
use crate::regularizers::Regularizer;
use crate::{Choice, Dims, ops};
use schemars::JsonSchema;
use seodang_core::{DType, Error, Result, text};
use seodang_tensor::Tensor;
use serde::{Deserialize, Serialize};

/// Limits of batch renormalization's corrections.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct RenormClipping {
    /// The smallest ratio of deviations.
    #[serde(default)]
    pub rmin: Option<f64>,
    /// The largest ratio of deviations.
    #[serde(default)]
    pub rmax: Option<f64>,
    /// The largest shift of the mean.
    #[serde(default)]
    pub dmax: Option<f64>,
}

layer! {
    /// Makes mean 0 and variance 1 of each channel, then scales and shifts it by trained weights:
    /// `gamma * (x - mean) / sqrt(variance + epsilon) + beta`.
    ///
    /// While training, mean and variance are those of the batch, and the moving averages follow
    /// them: `moving = moving * momentum + batch * (1 - momentum)`; else, and while the layer is
    /// frozen, they are the moving averages. Weights, each with the size of the axis: `gamma`,
    /// `beta`, `moving_mean`, `moving_variance`. Source: Ioffe and Szegedy 2015; Keras 3,
    /// `keras.layers.BatchNormalization`.
    BatchNormalization, new() {
        /// The axis of the channels.
        axis: i64 = -1,
        /// How slowly the moving averages follow: 0 to 1.
        momentum: f64 = 0.99,
        /// Added to the variance.
        epsilon: f64 = 1e-3,
        /// Whether there is a beta.
        center: bool = true,
        /// Whether there is a gamma.
        scale: bool = true,
        /// How beta begins.
        beta_initializer: Choice<dyn Initializer> = Zeros::new().into(),
        /// How gamma begins.
        gamma_initializer: Choice<dyn Initializer> = Ones::new().into(),
        /// How the moving mean begins.
        moving_mean_initializer: Choice<dyn Initializer> = Zeros::new().into(),
        /// How the moving variance begins.
        moving_variance_initializer: Choice<dyn Initializer> = Ones::new().into(),
        /// The penalty on beta.
        beta_regularizer: Option<Choice<dyn Regularizer>> = None,
        /// The penalty on gamma.
        gamma_regularizer: Option<Choice<dyn Regularizer>> = None,
        /// What beta must fulfil.
        beta_constraint: Option<Choice<dyn Constraint>> = None,
        /// What gamma must fulfil.
        gamma_constraint: Option<Choice<dyn Constraint>> = None,
        /// Whether replicas share statistics; with one replica it changes nothing.
        synchronized: bool = false,
        /// Batch renormalization; only `false` is supported.
        renorm: bool = false,
        /// Limits of batch renormalization.
        renorm_clipping: Option<RenormClipping> = None,
        /// How slowly batch renormalization's averages follow.
        renorm_momentum: f64 = 0.99,
    }
}

impl Layer for BatchNormalization {
    fn validate(&self) -> Result<()> {
        if self.renorm {
            return Err(Error::unsupported(text!(
                en: "batch renormalization is not supported",
                ko: "batch renormalization은 지원하지 않습니다"
            )));
        }
        if (0.0..=1.0).contains(&self.momentum) {
            return Ok(());
        }
        Err(Error::value(text!(
            en: "\"momentum\" must lie between 0 and 1",
            ko: "\"momentum\"은 0과 1 사이여야 합니다"
        ))
        .given("momentum", self.momentum))
    }

    fn output_shapes(&self, inputs: &[Dims]) -> Result<Vec<Dims>> {
        ops::axis(self.axis, inputs[0].rank()).map_err(|e| e.given("input", &inputs[0]))?;
        Ok(inputs.to_vec())
    }

    fn build(&self, cx: &mut BuildContext<'_>, inputs: &[Dims]) -> Result<()> {
        self.output_shapes(inputs)?;
        let axis = ops::axis(self.axis, inputs[0].rank())?;
        let n = inputs[0][axis].ok_or_else(|| unknown_dim(&inputs[0], "normalized"))?;
        if self.scale {
            cx.add_weight(
                WeightSpec::new("gamma", [n], &self.gamma_initializer)
                    .regularizer(self.gamma_regularizer.as_ref())
                    .constraint(self.gamma_constraint.as_ref()),
            )?;
        }
        if self.center {
            cx.add_weight(
                WeightSpec::new("beta", [n], &self.beta_initializer)
                    .regularizer(self.beta_regularizer.as_ref())
                    .constraint(self.beta_constraint.as_ref()),
            )?;
        }
        for (name, initializer) in [
            ("moving_mean", &self.moving_mean_initializer),
            ("moving_variance", &self.moving_variance_initializer),
        ] {
            cx.add_weight(WeightSpec::new(name, [n], initializer).trainable(false))?;
        }
        Ok(())
    }

    fn supports_masking(&self) -> bool {
        true
    }

    fn call(&self, cx: &mut CallContext, inputs: &[Tensor]) -> Result<Vec<Tensor>> {
        // Half-precision sums of squares overflow: the statistics are kept in float32 at least.
        let dtype = inputs[0].dtype();
        let wide = if matches!(dtype, DType::F16 | DType::BF16) { DType::F32 } else { dtype };
        let x = &inputs[0].cast(wide)?;
        let axis = ops::axis(self.axis, x.rank())?;
        let mut channel = vec![1; x.rank()];
        channel[axis] = x.shape()[axis];
        let weight = |name: &str| cx.variable(name)?.value()?.cast(wide);

        let (mut mean, mut variance) = (weight("moving_mean")?, weight("moving_variance")?);
        if cx.training() && cx.trainable()? {
            let others: Vec<i64> = (0..x.rank()).filter(|&a| a != axis).map(|a| a as i64).collect();
            let batch_mean = x.mean(&others, true)?;
            let batch_variance = (x - &batch_mean)?.square()?.mean(&others, false)?;
            let batch_mean = batch_mean.reshape([x.shape()[axis]])?;
            for (name, moving, batch) in [
                ("moving_mean", &mean, &batch_mean),
                ("moving_variance", &variance, &batch_variance),
            ] {
                let next = ((moving * self.momentum)? + (batch * (1.0 - self.momentum))?)?;
                let variable = cx.variable(name)?;
                variable.assign(&next.stop_gradient()?.cast(variable.dtype())?)?;
            }
            (mean, variance) = (batch_mean, batch_variance);
        }
        let mut scale = (variance + self.epsilon)?.rsqrt()?;
        if self.scale {
            scale = (scale * weight("gamma")?)?;
        }
        let mut y = ((x - mean.reshape(channel.clone())?)? * scale.reshape(channel.clone())?)?;
        if self.center {
            y = (y + weight("beta")?.reshape(channel)?)?;
        }
        Ok(vec![y.cast(dtype)?])
    }
}
