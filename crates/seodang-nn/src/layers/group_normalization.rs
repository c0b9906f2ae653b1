//! `GroupNormalization`.

use super::{BuildContext, CallContext, Layer, WeightSpec, layer, unknown_dim};
use crate::constraints::Constraint;
use crate::initializers::{Initializer, Ones, Zeros};
use crate::regularizers::Regularizer;
use crate::{Choice, Dims, ops};
use seodang_core::{DType, Error, Result, text};
use seodang_tensor::Tensor;

layer! {
    /// Makes mean 0 and variance 1 of each group of channels of each sample, then scales and shifts
    /// each channel by trained weights.
    ///
    /// Weights `gamma` and `beta` with the number of channels. Source: Wu and He 2018; Keras 3,
    /// `keras.layers.GroupNormalization`.
    ///
    /// ```
    /// use seodang_nn::layers::{GroupNormalization, LayerRef};
    /// let layer = LayerRef::new(GroupNormalization::new().groups(2))?;
    /// assert_eq!(layer.output_shapes(&[[4, 8, 8, 6].into()])?[0].to_string(), "(4, 8, 8, 6)");
    /// # Ok::<(), seodang_core::Error>(())
    /// ```
    GroupNormalization, new() {
        /// The number of groups; -1 makes each channel a group.
        groups: i64 = 32,
        /// The axis of the channels.
        axis: i64 = -1,
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
        /// The penalty on beta.
        beta_regularizer: Option<Choice<dyn Regularizer>> = None,
        /// The penalty on gamma.
        gamma_regularizer: Option<Choice<dyn Regularizer>> = None,
        /// What beta must fulfil.
        beta_constraint: Option<Choice<dyn Constraint>> = None,
        /// What gamma must fulfil.
        gamma_constraint: Option<Choice<dyn Constraint>> = None,
    }
}

impl GroupNormalization {
    /// The axis of the channels, how many there are, and the number of groups.
    fn plan(&self, input: &Dims) -> Result<(usize, usize, usize)> {
        let axis = ops::axis(self.axis, input.rank()).map_err(|e| e.given("input", input))?;
        let channels = input[axis].ok_or_else(|| unknown_dim(input, "channel"))?;
        let groups = if self.groups == -1 { channels } else { self.groups.max(0) as usize };
        if axis > 0 && groups > 0 && channels.is_multiple_of(groups) {
            return Ok((axis, channels, groups));
        }
        Err(Error::value(text!(
            en: "the number of channels must be a multiple of \"groups\"",
            ko: "채널 수는 \"groups\"의 배수여야 합니다"
        ))
        .given("input", input)
        .given("groups", self.groups))
    }
}

impl Layer for GroupNormalization {
    fn output_shapes(&self, inputs: &[Dims]) -> Result<Vec<Dims>> {
        self.plan(&inputs[0])?;
        Ok(inputs.to_vec())
    }

    fn build(&self, cx: &mut BuildContext<'_>, inputs: &[Dims]) -> Result<()> {
        let (_, channels, _) = self.plan(&inputs[0])?;
        if self.scale {
            cx.add_weight(
                WeightSpec::new("gamma", [channels], &self.gamma_initializer)
                    .regularizer(self.gamma_regularizer.as_ref())
                    .constraint(self.gamma_constraint.as_ref()),
            )?;
        }
        if self.center {
            cx.add_weight(
                WeightSpec::new("beta", [channels], &self.beta_initializer)
                    .regularizer(self.beta_regularizer.as_ref())
                    .constraint(self.beta_constraint.as_ref()),
            )?;
        }
        Ok(())
    }

    fn supports_masking(&self) -> bool {
        true
    }

    fn call(&self, cx: &mut CallContext, inputs: &[Tensor]) -> Result<Vec<Tensor>> {
        let dtype = inputs[0].dtype();
        // Half-precision sums of squares overflow.
        let x = inputs[0].cast(if dtype.size() == 2 { DType::F32 } else { dtype })?;
        let (axis, channels, groups) = self.plan(&x.shape().into())?;
        let mut grouped = x.shape().to_vec();
        grouped[axis] = channels / groups;
        grouped.insert(axis, groups);
        let mut one = vec![1; grouped.len()];
        (one[axis], one[axis + 1]) = (groups, channels / groups);
        let axes: Vec<i64> = (1..grouped.len()).filter(|&a| a != axis).map(|a| a as i64).collect();
        let x_grouped = x.reshape(grouped)?;
        let centred = (&x_grouped - x_grouped.mean(&axes, true)?)?;
        let variance = centred.square()?.mean(&axes, true)?;
        let mut scale = (variance + self.epsilon)?.rsqrt()?;
        let weight = |name: &str| cx.variable(name)?.value()?.cast(x.dtype())?.reshape(one.clone());
        if self.scale {
            scale = (scale * weight("gamma")?)?;
        }
        let mut y = (centred * scale)?;
        if self.center {
            y = (y + weight("beta")?)?;
        }
        Ok(vec![y.reshape(x.shape())?.cast(dtype)?])
    }
}
