//! `Normalization`.

use super::axes::Axes;
use super::{BuildContext, CallContext, Layer, WeightSpec, layer, unknown_dim};
use crate::initializers::{Ones, Zeros};
use crate::ops::{self, EPSILON};
use crate::record::Setting;
use crate::{Choice, Dims};
use schemars::JsonSchema;
use seodang_core::{DType, Error, Result, text};
use seodang_tensor::Tensor;
use serde::{Deserialize, Serialize};

/// One number, a list, or a list of lists.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(untagged)]
pub enum Numbers {
    /// One for everything.
    One(f64),
    /// One for each element.
    Several(Vec<Numbers>),
}

impl Numbers {
    /// All of them in order.
    fn flat(&self) -> Vec<f64> {
        match self {
            Numbers::One(x) => vec![*x],
            Numbers::Several(list) => list.iter().flat_map(Numbers::flat).collect(),
        }
    }
}

impl Setting<Option<Numbers>> for f64 {
    fn into_setting(self) -> Option<Numbers> {
        Some(Numbers::One(self))
    }
}

impl<const N: usize> Setting<Option<Numbers>> for [f64; N] {
    fn into_setting(self) -> Option<Numbers> {
        Some(Numbers::Several(self.map(Numbers::One).to_vec()))
    }
}

layer! {
    /// `(x - mean) / sqrt(variance)`, with a mean and a variance that are given, or that were measured
    /// on data and stand in weights.
    ///
    /// Weights, if none are given: `mean`, `variance` and `count`, which training does not change.
    /// Source: Keras 3, `keras.layers.Normalization`.
    ///
    /// ```
    /// use seodang_nn::layers::{LayerRef, Normalization};
    /// let layer = LayerRef::new(Normalization::new().mean(3.0).variance(4.0))?;
    /// assert_eq!(layer.output_shapes(&[[4, 2].into()])?[0].to_string(), "(4, 2)");
    /// # Ok::<(), seodang_core::Error>(())
    /// ```
    Normalization, new() {
        /// The axes whose elements have a mean and a variance each; all others share. None at all if
        /// absent.
        axis: Option<Axes> = Some(Axes::One(-1)),
        /// Turns normalized numbers back.
        invert: bool = false,
        /// The mean, if it is known.
        mean: Option<Numbers> = None,
        /// The variance, if it is known.
        variance: Option<Numbers> = None,
    }
}

impl Normalization {
    /// The sizes of the axes kept apart, and the shape that broadcasts them against an input.
    fn plan(&self, x: &Dims) -> Result<(Vec<usize>, Vec<usize>)> {
        let places = match &self.axis {
            Some(axes) => axes.places(x.rank()).map_err(|e| e.given("input", x))?,
            None => Vec::new(),
        };
        let mut shape = vec![1; x.rank()];
        let mut sizes = Vec::new();
        for place in places {
            let size = x[place].ok_or_else(|| unknown_dim(x, "normalized"))?;
            shape[place] = size;
            sizes.push(size);
        }
        Ok((sizes, shape))
    }
}

impl Layer for Normalization {
    fn validate(&self) -> Result<()> {
        if self.mean.is_some() == self.variance.is_some() {
            return Ok(());
        }
        Err(Error::value(text!(
            en: "\"mean\" and \"variance\" must be given together",
            ko: "\"mean\"과 \"variance\"는 함께 주어야 합니다"
        )))
    }

    fn output_shapes(&self, inputs: &[Dims]) -> Result<Vec<Dims>> {
        self.plan(&inputs[0])?;
        Ok(inputs.to_vec())
    }

    fn build(&self, cx: &mut BuildContext<'_>, inputs: &[Dims]) -> Result<()> {
        let (sizes, _) = self.plan(&inputs[0])?;
        if self.mean.is_some() {
            return Ok(());
        }
        let (zeros, ones): (Choice<_>, Choice<_>) = (Zeros::new().into(), Ones::new().into());
        cx.add_weight(WeightSpec::new("mean", sizes.clone(), &zeros).trainable(false))?;
        cx.add_weight(WeightSpec::new("variance", sizes, &ones).trainable(false))?;
        let none: [usize; 0] = [];
        let count = WeightSpec::new("count", none, &zeros).trainable(false).dtype(DType::I32);
        cx.add_weight(count)?;
        Ok(())
    }

    fn supports_masking(&self) -> bool {
        true
    }

    fn call(&self, cx: &mut CallContext, inputs: &[Tensor]) -> Result<Vec<Tensor>> {
        let x = &inputs[0];
        let (sizes, shape) = self.plan(&x.shape().into())?;
        let count: usize = sizes.iter().product();
        let value = |given: &Option<Numbers>, name: &str| {
            let values = match given {
                Some(numbers) => ops::vector(x.dtype(), &numbers.flat())?,
                None => cx.weight(name)?,
            };
            match values.size() {
                1 => values.reshape(vec![1; x.rank()]),
                n if n == count => values.reshape(shape.clone()),
                _ => Err(Error::shape(text!(
                    en: "\"{name}\" has another size than the normalized axes",
                    ko: "\"{name}\"의 크기가 정규화할 축과 다릅니다"
                ))
                .given("input", x.shape())
                .given(name, values.shape())),
            }
        };
        let (mean, variance) = (value(&self.mean, "mean")?, value(&self.variance, "variance")?);
        let spread = variance.sqrt()?.maximum(EPSILON)?;
        Ok(vec![if self.invert { ((x * spread)? + mean)? } else { ((x - mean)? / spread)? }])
    }
}
