//! `LayerNormalization`, `RMSNormalization` and `UnitNormalization`: each sample for itself.

use super::axes::{Axes, signed};
use super::{BuildContext, CallContext, Layer, WeightSpec, layer, unknown_dim};
use crate::constraints::Constraint;
use crate::initializers::{Initializer, Ones, Zeros};
use crate::regularizers::Regularizer;
use crate::{Choice, Dims, ops};
use seodang_core::{DType, Result};
use seodang_tensor::Tensor;

/// The sizes of the normalized axes.
fn sizes(input: &Dims, axes: &[usize]) -> Result<Vec<usize>> {
    axes.iter().map(|&a| input[a].ok_or_else(|| unknown_dim(input, "normalized"))).collect()
}

/// The type that statistics are computed in: half-precision sums of squares overflow.
fn wide(dtype: DType) -> DType {
    if dtype.size() == 2 { DType::F32 } else { dtype }
}

/// A weight over the normalized axes, in the shape that broadcasts against an input.
fn spread(weight: Tensor, x: &Tensor, axes: &[usize]) -> Result<Tensor> {
    let mut shape = vec![1; x.rank()];
    axes.iter().for_each(|&a| shape[a] = x.shape()[a]);
    weight.cast(x.dtype())?.reshape(shape)
}

layer! {
    /// Makes mean 0 and variance 1 of each sample along axes, then scales and shifts it by trained
    /// weights: `gamma * (x - mean) / sqrt(variance + epsilon) + beta`.
    ///
    /// Weights `gamma` and `beta` with the sizes of the axes. Source: Ba et al. 2016; Keras 3,
    /// `keras.layers.LayerNormalization`.
    ///
    /// ```
    /// use seodang_nn::layers::{LayerNormalization, LayerRef};
    /// let layer = LayerRef::new(LayerNormalization::new().axis([1, 2]))?;
    /// assert_eq!(layer.output_shapes(&[[4, 9, 3].into()])?[0].to_string(), "(4, 9, 3)");
    /// # Ok::<(), seodang_core::Error>(())
    /// ```
    LayerNormalization, new() {
        /// The axes that are normalized together.
        axis: Axes = Axes::One(-1),
        /// Added to the variance.
        epsilon: f64 = 1e-3,
        /// Whether there is a beta.
        center: bool = true,
        /// Whether there is a gamma.
        scale: bool = true,
        /// Divides by the root of the mean square, without taking off the mean and without a beta.
        rms_scaling: bool = false,
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

impl Layer for LayerNormalization {
    fn output_shapes(&self, inputs: &[Dims]) -> Result<Vec<Dims>> {
        self.axis.places(inputs[0].rank()).map_err(|e| e.given("input", &inputs[0]))?;
        Ok(inputs.to_vec())
    }

    fn build(&self, cx: &mut BuildContext<'_>, inputs: &[Dims]) -> Result<()> {
        self.output_shapes(inputs)?;
        let shape = sizes(&inputs[0], &self.axis.places(inputs[0].rank())?)?;
        if self.scale || self.rms_scaling {
            cx.add_weight(
                WeightSpec::new("gamma", shape.clone(), &self.gamma_initializer)
                    .regularizer(self.gamma_regularizer.as_ref())
                    .constraint(self.gamma_constraint.as_ref()),
            )?;
        }
        if self.center && !self.rms_scaling {
            cx.add_weight(
                WeightSpec::new("beta", shape, &self.beta_initializer)
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
        let x = inputs[0].cast(wide(dtype))?;
        let places = self.axis.places(x.rank())?;
        let axes = signed(&places);
        let centred = if self.rms_scaling { x.clone() } else { (&x - x.mean(&axes, true)?)? };
        let variance = match self.rms_scaling {
            true => x.var(&axes, true)?,
            false => centred.square()?.mean(&axes, true)?,
        };
        let mut scale = (variance + self.epsilon)?.rsqrt()?;
        if self.scale || self.rms_scaling {
            scale = (scale * spread(cx.variable("gamma")?.value()?, &x, &places)?)?;
        }
        let mut y = (centred * scale)?;
        if self.center && !self.rms_scaling {
            y = (y + spread(cx.variable("beta")?.value()?, &x, &places)?)?;
        }
        Ok(vec![y.cast(dtype)?])
    }
}

layer! {
    /// Divides each sample by the root of its mean square along axes, then scales it by a trained
    /// weight: `scale * x / sqrt(mean(x^2) + epsilon)`.
    ///
    /// Weight `scale` with the sizes of the axes. Source: Zhang and Sennrich 2019; Keras 3,
    /// `keras.layers.RMSNormalization`.
    RMSNormalization, new() {
        /// The axes that are normalized together.
        axis: Axes = Axes::One(-1),
        /// Added to the mean square.
        epsilon: f64 = 1e-6,
    }
}

impl Layer for RMSNormalization {
    fn output_shapes(&self, inputs: &[Dims]) -> Result<Vec<Dims>> {
        self.axis.places(inputs[0].rank()).map_err(|e| e.given("input", &inputs[0]))?;
        Ok(inputs.to_vec())
    }

    fn build(&self, cx: &mut BuildContext<'_>, inputs: &[Dims]) -> Result<()> {
        self.output_shapes(inputs)?;
        let shape = sizes(&inputs[0], &self.axis.places(inputs[0].rank())?)?;
        cx.add_weight(WeightSpec::new("scale", shape, &Ones::new().into()))?;
        Ok(())
    }

    fn call(&self, cx: &mut CallContext, inputs: &[Tensor]) -> Result<Vec<Tensor>> {
        let dtype = inputs[0].dtype();
        let x = inputs[0].cast(wide(dtype))?;
        let places = self.axis.places(x.rank())?;
        let square = x.square()?.mean(&signed(&places), true)?;
        let scale = spread(cx.variable("scale")?.value()?, &x, &places)?;
        let y = ((&x * (square + self.epsilon)?.rsqrt()?)? * scale)?;
        Ok(vec![y.cast(dtype)?])
    }
}

layer! {
    /// Gives each sample Euclidean norm 1 along axes. Source: Keras 3,
    /// `keras.layers.UnitNormalization`.
    UnitNormalization, new() {
        /// The axes that are normalized together.
        axis: Axes = Axes::One(-1),
    }
}

impl Layer for UnitNormalization {
    fn output_shapes(&self, inputs: &[Dims]) -> Result<Vec<Dims>> {
        self.axis.places(inputs[0].rank()).map_err(|e| e.given("input", &inputs[0]))?;
        Ok(inputs.to_vec())
    }

    fn supports_masking(&self) -> bool {
        true
    }

    fn call(&self, _: &mut CallContext, inputs: &[Tensor]) -> Result<Vec<Tensor>> {
        let axes = signed(&self.axis.places(inputs[0].rank())?);
        Ok(vec![ops::unit_length(&inputs[0], &axes)?])
    }
}
