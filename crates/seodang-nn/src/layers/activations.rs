//! Activation functions with options as layers of their own: `ReLU`, `LeakyReLU`, `ELU`,
//! `ThresholdedReLU` and `Softmax`.

use super::axes::{Axes, signed};
use super::{CallContext, Layer, layer};
use crate::Dims;
use crate::activations::Function;
use seodang_core::{Error, Result, text};
use seodang_tensor::Tensor;
use std::ops::RangeInclusive;

/// Checks that an option is not negative.
fn not_negative(option: &str, value: f64) -> Result<()> {
    if value >= 0.0 {
        return Ok(());
    }
    Err(Error::value(text!(
        en: "\"{option}\" must not be negative",
        ko: "\"{option}\"은(는) 음수일 수 없습니다"
    ))
    .given(option, value))
}

layer! {
    /// `max(x, 0)`, with a slope below, a limit above and a threshold if wanted. Source: Keras 3,
    /// `keras.layers.ReLU`.
    ///
    /// ```
    /// use seodang_nn::layers::ReLU;
    /// let layer = ReLU::new().max_value(6.0);
    /// assert_eq!(layer.max_value, Some(6.0));
    /// ```
    ReLU, new() {
        /// The largest value, if there shall be one.
        max_value: Option<f64> = None,
        /// The slope below the threshold.
        negative_slope: f64 = 0.0,
        /// Below this the function is on its lower branch.
        threshold: f64 = 0.0,
    }
}

impl Layer for ReLU {
    fn validate(&self) -> Result<()> {
        not_negative("max_value", self.max_value.unwrap_or(0.0))?;
        not_negative("negative_slope", self.negative_slope)?;
        not_negative("threshold", self.threshold)
    }

    fn output_shapes(&self, inputs: &[Dims]) -> Result<Vec<Dims>> {
        Ok(inputs.to_vec())
    }

    fn supports_masking(&self) -> bool {
        true
    }

    fn call(&self, _: &mut CallContext, inputs: &[Tensor]) -> Result<Vec<Tensor>> {
        let function = Function::Relu {
            negative_slope: self.negative_slope,
            max_value: self.max_value,
            threshold: self.threshold,
        };
        Ok(vec![function.call(&inputs[0])?])
    }
}

layer! {
    /// `x` above 0, `negative_slope * x` below. Source: Maas et al. 2013; Keras 3,
    /// `keras.layers.LeakyReLU`.
    ///
    /// ```
    /// use seodang_nn::layers::LeakyReLU;
    /// assert_eq!(LeakyReLU::new().negative_slope, 0.3);
    /// ```
    LeakyReLU, new() {
        /// The slope below 0; Keras 2 calls it "alpha".
        negative_slope: f64 = 0.3,
    }
}

impl Layer for LeakyReLU {
    fn output_shapes(&self, inputs: &[Dims]) -> Result<Vec<Dims>> {
        Ok(inputs.to_vec())
    }

    fn supports_masking(&self) -> bool {
        true
    }

    fn call(&self, _: &mut CallContext, inputs: &[Tensor]) -> Result<Vec<Tensor>> {
        let function = Function::LeakyRelu { negative_slope: self.negative_slope };
        Ok(vec![function.call(&inputs[0])?])
    }
}

layer! {
    /// `x` above 0, `alpha * (exp(x) - 1)` below. Source: Clevert et al. 2016; Keras 3,
    /// `keras.layers.ELU`.
    ELU, new() {
        /// The limit towards minus infinity, negated.
        alpha: f64 = 1.0,
    }
}

impl Layer for ELU {
    fn output_shapes(&self, inputs: &[Dims]) -> Result<Vec<Dims>> {
        Ok(inputs.to_vec())
    }

    fn supports_masking(&self) -> bool {
        true
    }

    fn call(&self, _: &mut CallContext, inputs: &[Tensor]) -> Result<Vec<Tensor>> {
        Ok(vec![Function::Elu { alpha: self.alpha }.call(&inputs[0])?])
    }
}

layer! {
    /// `x` above the threshold, else 0. Source: Konda et al. 2015; Keras 2,
    /// `keras.layers.ThresholdedReLU`.
    ThresholdedReLU, new() {
        /// The threshold.
        theta: f64 = 1.0,
    }
}

impl Layer for ThresholdedReLU {
    fn validate(&self) -> Result<()> {
        not_negative("theta", self.theta)
    }

    fn output_shapes(&self, inputs: &[Dims]) -> Result<Vec<Dims>> {
        Ok(inputs.to_vec())
    }

    fn supports_masking(&self) -> bool {
        true
    }

    fn call(&self, _: &mut CallContext, inputs: &[Tensor]) -> Result<Vec<Tensor>> {
        let x = &inputs[0];
        Ok(vec![Tensor::select(&x.gt(self.theta)?, x, 0.0)?])
    }
}

layer! {
    /// `exp(x) / sum(exp(x))` along an axis or several.
    ///
    /// A second input, if given, is a mask that broadcasts to the first: 0 keeps an element out.
    /// Source: Keras 3, `keras.layers.Softmax`.
    ///
    /// ```
    /// use seodang_nn::layers::{LayerRef, Softmax};
    /// let layer = LayerRef::new(Softmax::new().axis(1))?;
    /// assert_eq!(layer.output_shapes(&[[4, 9, 3].into()])?[0].to_string(), "(4, 9, 3)");
    /// # Ok::<(), seodang_core::Error>(())
    /// ```
    Softmax, new() {
        /// The axes that sum to 1.
        axis: Axes = Axes::One(-1),
    }
}

impl Layer for Softmax {
    fn input_count(&self) -> RangeInclusive<usize> {
        1..=2
    }

    fn output_shapes(&self, inputs: &[Dims]) -> Result<Vec<Dims>> {
        self.axis.places(inputs[0].rank()).map_err(|e| e.given("input", &inputs[0]))?;
        Ok(vec![inputs[0].clone()])
    }

    fn supports_masking(&self) -> bool {
        true
    }

    fn call(&self, _: &mut CallContext, inputs: &[Tensor]) -> Result<Vec<Tensor>> {
        let axes = signed(&self.axis.places(inputs[0].rank())?);
        let keep = match inputs.get(1) {
            Some(mask) => Some(mask.gt(0.5)?.broadcast_to(inputs[0].shape())?),
            None => None,
        };
        Ok(vec![masked_softmax(&inputs[0], keep.as_ref(), &axes)?])
    }
}

/// The softmax over the elements that a mask keeps; all 0 where it keeps none.
pub(super) fn masked_softmax(x: &Tensor, keep: Option<&Tensor>, axes: &[i64]) -> Result<Tensor> {
    let Some(keep) = keep else {
        let [axis] = axes else {
            return (x - x.logsumexp(axes, true)?)?.exp();
        };
        return x.softmax(*axis);
    };
    let far_below = if x.dtype().size() == 2 { -3e4 } else { -1e9 };
    let x = Tensor::select(keep, x, far_below)?;
    let e = (&x - x.max(axes, true)?.stop_gradient()?)?.exp()?;
    Tensor::select(keep, &(&e / e.sum(axes, true)?)?, 0.0)
}
