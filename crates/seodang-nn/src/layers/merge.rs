//! The layers that merge inputs element by element: `Add`, `Subtract`, `Multiply`, `Average`,
//! `Maximum` and `Minimum`.

use super::{CallContext, Layer, layer};
use crate::Dims;
use seodang_core::{Error, Result, text};
use seodang_tensor::Tensor;
use std::ops::RangeInclusive;

/// One dimension of a merger: equal ones, or the other one of a 1.
fn broadcast(a: Option<usize>, b: Option<usize>) -> Option<Option<usize>> {
    match (a, b) {
        (Some(1), other) | (other, Some(1)) => Some(other),
        (None, other) | (other, None) => Some(other),
        (a, b) => (a == b).then_some(a),
    }
}

/// The shape of a merger.
fn merged(inputs: &[Dims]) -> Result<Dims> {
    let merge = |a: Option<Dims>, b: &Dims| {
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
    inputs[1..].iter().fold(Some(inputs[0].clone()), merge).ok_or_else(|| {
        Error::shape(text!(
            en: "the inputs' shapes cannot be merged",
            ko: "입력의 모양을 합칠 수 없습니다"
        ))
        .given("inputs", format!("{inputs:?}"))
    })
}

/// The inputs merged pair by pair.
fn merge(inputs: &[Tensor], with: impl Fn(&Tensor, &Tensor) -> Result<Tensor>) -> Result<Tensor> {
    let rank = inputs.iter().map(Tensor::rank).max().unwrap_or(0);
    let whole = |x: &Tensor| {
        let missing = rank - x.rank();
        if missing == 0 || x.rank() == 0 {
            return Ok(x.clone());
        }
        let mut shape = x.shape().to_vec();
        shape.splice(1..1, std::iter::repeat_n(1, missing));
        x.reshape(shape)
    };
    let mut result = whole(&inputs[0])?;
    for x in &inputs[1..] {
        result = with(&result, &whole(x)?)?;
    }
    Ok(result)
}

/// The mask of a merger: a step counts if it counts in any input; none, if an input has none.
fn merged_mask(masks: &[Option<Tensor>]) -> Result<Vec<Option<Tensor>>> {
    let Some(masks) = masks.iter().cloned().collect::<Option<Vec<Tensor>>>() else {
        return Ok(vec![None]);
    };
    let or = |a: Option<Tensor>, b: &Tensor| match a {
        Some(a) => a.logical_or(b).map(Some),
        None => Ok(Some(b.clone())),
    };
    Ok(vec![masks.iter().try_fold(None, or)?])
}

macro_rules! merging {
    ($($(#[$meta:meta])* $name:ident, $count:expr, |$inputs:ident| $value:expr;)*) => {$(
        layer! {
            $(#[$meta])*
            $name, new() {}
        }

        impl Layer for $name {
            fn input_count(&self) -> RangeInclusive<usize> {
                $count
            }

            fn keeps_integers(&self) -> bool {
                true
            }

            fn output_shapes(&self, inputs: &[Dims]) -> Result<Vec<Dims>> {
                Ok(vec![merged(inputs)?])
            }

            fn supports_masking(&self) -> bool {
                true
            }

            fn compute_mask(
                &self,
                _: &[Tensor],
                masks: &[Option<Tensor>],
            ) -> Result<Vec<Option<Tensor>>> {
                merged_mask(masks)
            }

            fn call(&self, _: &mut CallContext, $inputs: &[Tensor]) -> Result<Vec<Tensor>> {
                Ok(vec![$value?])
            }
        }
    )*};
}

merging! {
    /// The elementwise sum of two or more inputs, dimensions of 1 repeated. Source: Keras 3,
    /// `keras.layers.Add`.
    ///
    /// ```
    /// use seodang_nn::layers::{Add, LayerRef};
    /// let shapes = LayerRef::new(Add::new())?.output_shapes(&[[4, 9, 3].into(), [4, 1, 3].into()])?;
    /// assert_eq!(shapes[0].to_string(), "(4, 9, 3)");
    /// # Ok::<(), seodang_core::Error>(())
    /// ```
    Add, 2..=usize::MAX, |inputs| merge(inputs, |a, b| a + b);
    /// The elementwise difference of two inputs: the first minus the second. Source: Keras 3,
    /// `keras.layers.Subtract`.
    Subtract, 2..=2, |inputs| merge(inputs, |a, b| a - b);
    /// The elementwise product of two or more inputs. Source: Keras 3, `keras.layers.Multiply`.
    Multiply, 2..=usize::MAX, |inputs| merge(inputs, |a, b| a * b);
    /// The elementwise mean of two or more inputs. Source: Keras 3, `keras.layers.Average`.
    Average, 2..=usize::MAX, |inputs| {
        merge(inputs, |a, b| a + b).and_then(|sum| sum / inputs.len() as f64)
    };
    /// The largest of two or more inputs, element by element. Source: Keras 3,
    /// `keras.layers.Maximum`.
    Maximum, 2..=usize::MAX, |inputs| merge(inputs, |a, b| a.maximum(b));
    /// The smallest of two or more inputs, element by element. Source: Keras 3,
    /// `keras.layers.Minimum`.
    Minimum, 2..=usize::MAX, |inputs| merge(inputs, |a, b| a.minimum(b));
}
