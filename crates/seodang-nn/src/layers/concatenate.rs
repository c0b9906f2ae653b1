//! `Concatenate`.

use super::{CallContext, Layer, layer};
use crate::{Dims, ops};
use seodang_core::{DType, Error, Result, text};
use seodang_tensor::Tensor;
use std::ops::RangeInclusive;

layer! {
    /// The inputs one after another along an axis. Source: Keras 3, `keras.layers.Concatenate`.
    Concatenate, new() {
        /// The axis, which may have different sizes; all others must be equal.
        axis: i64 = -1,
    }
}

impl Layer for Concatenate {
    fn input_count(&self) -> RangeInclusive<usize> {
        1..=usize::MAX
    }

    fn keeps_integers(&self) -> bool {
        true
    }

    fn output_shapes(&self, inputs: &[Dims]) -> Result<Vec<Dims>> {
        let first = &inputs[0];
        let axis = ops::axis(self.axis, first.rank())?;
        let fits = |x: &Dims| {
            let same = |i: usize| match (x[i], first[i]) {
                (Some(a), Some(b)) => a == b,
                _ => true,
            };
            x.rank() == first.rank() && (0..x.rank()).all(|i| i == axis || same(i))
        };
        if !inputs.iter().all(fits) {
            return Err(Error::shape(text!(
                en: "the inputs differ in another axis than {}", self.axis;
                ko: "입력이 {}이(가) 아닌 축에서 다릅니다", self.axis
            ))
            .given("inputs", format!("{inputs:?}")));
        }
        let along = inputs.iter().try_fold(0usize, |n, x| Some(n.saturating_add(x[axis]?)));
        let dim = |i: usize| match i {
            _ if i == axis => along,
            _ => inputs.iter().find_map(|x| x[i]),
        };
        Ok(vec![(0..first.rank()).map(dim).collect()])
    }

    fn call(&self, _: &mut CallContext, inputs: &[Tensor]) -> Result<Vec<Tensor>> {
        Ok(vec![Tensor::concat(inputs, self.axis)?])
    }

    fn supports_masking(&self) -> bool {
        true
    }

    fn compute_mask(
        &self,
        inputs: &[Tensor],
        masks: &[Option<Tensor>],
    ) -> Result<Vec<Option<Tensor>>> {
        if masks.iter().all(Option::is_none) {
            return Ok(vec![None]);
        }
        // Every mask in its input's rank, joined as the inputs are; a step counts if any part does.
        let whole = |(x, mask): (&Tensor, &Option<Tensor>)| match mask {
            None => Tensor::ones(DType::Bool, x.shape()),
            Some(mask) if mask.rank() < x.rank() => mask.expand_dims(-1)?.broadcast_to(x.shape()),
            Some(mask) => Ok(mask.clone()),
        };
        let masks = inputs.iter().zip(masks).map(whole).collect::<Result<Vec<_>>>()?;
        Ok(vec![Some(Tensor::concat(&masks, self.axis)?.any(&[-1], false)?)])
    }
}
