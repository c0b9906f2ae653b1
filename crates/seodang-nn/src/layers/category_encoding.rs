//! `CategoryEncoding`.

use super::{CallContext, Layer, layer, positive};
use crate::Dims;
use crate::record::one_of;
use seodang_core::{DType, Error, Result, text};
use seodang_tensor::Tensor;
use std::ops::RangeInclusive;

one_of! {
    /// What is made of category numbers.
    OutputMode {
        /// A vector for each number: 1 at its place.
        OneHot = "one_hot",
        /// A vector for each sample: 1 at the places of all its numbers.
        MultiHot = "multi_hot" | "binary",
        /// A vector for each sample: how often each number occurs.
        Count = "count",
    }
}

layer! {
    /// Vectors of category numbers.
    ///
    /// Inputs: integers from 0 to below `num_tokens`; for "count" a second input may hold a weight for
    /// each. Source: Keras 3, `keras.layers.CategoryEncoding`.
    ///
    /// ```
    /// use seodang_nn::layers::{CategoryEncoding, LayerRef};
    /// let layer = LayerRef::new(CategoryEncoding::new(5usize))?;
    /// assert_eq!(layer.output_shapes(&[[4, 2].into()])?[0].to_string(), "(4, 5)");
    /// # Ok::<(), seodang_core::Error>(())
    /// ```
    CategoryEncoding, new(num_tokens: usize) {
        /// How many categories there are.
        num_tokens: usize = 1,
        /// What is made of the numbers.
        output_mode: OutputMode = OutputMode::MultiHot,
    }
}

impl Layer for CategoryEncoding {
    fn validate(&self) -> Result<()> {
        positive("num_tokens", self.num_tokens)
    }

    fn input_count(&self) -> RangeInclusive<usize> {
        1..=2
    }

    fn keeps_integers(&self) -> bool {
        true
    }

    fn output_shapes(&self, inputs: &[Dims]) -> Result<Vec<Dims>> {
        let x = &inputs[0];
        let kept = match self.output_mode {
            OutputMode::OneHot if x.rank() < 2 || x.last_dim() != Some(1) => &x[..],
            _ => &x[..x.rank().saturating_sub(1)],
        };
        Ok(vec![kept.iter().copied().chain([Some(self.num_tokens)]).collect()])
    }

    fn call(&self, cx: &mut CallContext, inputs: &[Tensor]) -> Result<Vec<Tensor>> {
        let dtype = cx.compute_dtype()?;
        let mut x = inputs[0].cast(DType::I32)?;
        if inputs.len() > 1 && self.output_mode != OutputMode::Count {
            return Err(Error::value(text!(
                en: "weights are for output_mode=\"count\"",
                ko: "가중치는 output_mode=\"count\"일 때만 씁니다"
            )));
        }
        if self.output_mode == OutputMode::OneHot {
            if x.rank() > 1 && x.shape().last() == Some(&1) {
                x = x.squeeze(&[-1])?;
            }
            return Ok(vec![x.one_hot(self.num_tokens, dtype)?]);
        }
        if x.rank() == 0 {
            x = x.expand_dims(0)?;
        }
        let mut each = x.one_hot(self.num_tokens, dtype)?;
        if let Some(weights) = inputs.get(1) {
            each = (each * weights.cast(dtype)?.expand_dims(-1)?)?;
        }
        Ok(vec![match self.output_mode {
            OutputMode::MultiHot => each.max(&[-2], false)?,
            _ => each.sum(&[-2], false)?,
        }])
    }
}
