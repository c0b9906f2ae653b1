//! `Add`.

use super::{CallContext, Layer, layer};
use crate::Dims;
use seodang_core::{Error, Result, text};
use seodang_tensor::Tensor;
use std::ops::RangeInclusive;

layer! {
    /// The elementwise sum of two or more inputs, dimensions of 1 repeated. Source: Keras 3,
    /// `keras.layers.Add`.
    Add, new() {}
}

/// One dimension of a sum: equal ones, or the other one of a 1.
fn broadcast(a: Option<usize>, b: Option<usize>) -> Option<Option<usize>> {
    match (a, b) {
        (Some(1), other) | (other, Some(1)) => Some(other),
        (None, other) | (other, None) => Some(other),
        (a, b) => (a == b).then_some(a),
    }
}

impl Layer for Add {
    fn input_count(&self) -> RangeInclusive<usize> {
        2..=usize::MAX
    }

    fn keeps_integers(&self) -> bool {
        true
    }

    fn output_shapes(&self, inputs: &[Dims]) -> Result<Vec<Dims>> {
        let sum = |a: Option<Dims>, b: &Dims| {
            let a = a?;
            let (long, short) = if a.rank() >= b.rank() { (&a, b) } else { (b, &a) };
            // Keras adds the missing dimensions of the lower rank behind the batch.
            let missing = long.rank() - short.rank();
            let at = |i: usize| match i {
                0 => short.first().copied().unwrap_or(Some(1)),
                _ if i <= missing => Some(1),
                _ => short[i - missing],
            };
            (0..long.rank()).map(|i| broadcast(long[i], at(i))).collect::<Option<Dims>>()
        };
        let result = inputs[1..].iter().fold(Some(inputs[0].clone()), sum);
        result.map(|r| vec![r]).ok_or_else(|| {
            Error::shape(text!(
                en: "the inputs' shapes cannot be added",
                ko: "입력의 모양을 더할 수 없습니다"
            ))
            .given("inputs", format!("{inputs:?}"))
        })
    }

    fn call(&self, _: &mut CallContext, inputs: &[Tensor]) -> Result<Vec<Tensor>> {
        let rank = inputs.iter().map(Tensor::rank).max().unwrap_or(0);
        let whole = |x: &Tensor| {
            let missing = rank - x.rank();
            if missing == 0 || x.rank() == 0 {
                return Ok(x.clone());
            }
            let ones = std::iter::repeat_n(1, missing);
            let d = x.shape();
            x.reshape(
                d[..1]
                    .iter()
                    .copied()
                    .chain(ones)
                    .chain(d[1..].iter().copied())
                    .collect::<Vec<_>>(),
            )
        };
        let mut sum = whole(&inputs[0])?;
        for x in &inputs[1..] {
            sum = (sum + whole(x)?)?;
        }
        Ok(vec![sum])
    }
}
