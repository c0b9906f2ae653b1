//! Small helpers over tensor ops that several layers, losses and metrics share.

use seodang_core::{Array, DType, Error, Result, text};
use seodang_tensor::Tensor;

/// Keras's fuzz factor: `keras.config.epsilon()`.
pub(crate) const EPSILON: f64 = 1e-7;

/// A scalar constant.
pub(crate) fn scalar(dtype: DType, value: f64) -> Result<Tensor> {
    Tensor::from_array(&Array::full(dtype, [], value))
}

/// A scalar constant of a tensor's element type.
pub(crate) fn like(x: &Tensor, value: f64) -> Result<Tensor> {
    scalar(x.dtype(), value)
}

/// A vector of constants.
pub(crate) fn vector(dtype: DType, values: &[f64]) -> Result<Tensor> {
    Tensor::from_array(&Array::from_fn(dtype, [values.len()], |i| values[i]))
}

/// The elements limited to `lo..=hi`. The gradient at the limits is that of JAX's clip: whole.
pub(crate) fn clip(x: &Tensor, lo: f64, hi: f64) -> Result<Tensor> {
    x.maximum(lo)?.minimum(hi)
}

/// `a / b`, and 0 where b is 0.
pub(crate) fn divide_no_nan(a: &Tensor, b: &Tensor) -> Result<Tensor> {
    let zero = b.eq(0.0)?;
    Tensor::select(&zero, 0.0, &(a / Tensor::select(&zero, 1.0, b)?)?)
}

/// An axis counted from the front.
///
/// # Errors
/// `Value`, if there is no such axis.
pub(crate) fn axis(axis: i64, rank: usize) -> Result<usize> {
    let at = if axis < 0 { axis + rank as i64 } else { axis };
    usize::try_from(at).ok().filter(|&a| a < rank).ok_or_else(|| {
        Error::value(text!(
            en: "there is no axis {axis} in {rank} dimensions",
            ko: "{rank}차원에는 축 {axis}이(가) 없습니다"
        ))
    })
}

/// Makes ranks equal that differ by a last dimension of 1, as Keras does with labels, predictions
/// and weights.
pub(crate) fn same_rank(a: &Tensor, b: &Tensor, expand_rank_1: bool) -> Result<(Tensor, Tensor)> {
    let (mut x, mut y) = (a.clone(), b.clone());
    let last_is_one = |t: &Tensor| t.shape().last() == Some(&1);
    if a.rank() == b.rank() + 1 && last_is_one(a) {
        if b.rank() == 1 && expand_rank_1 {
            y = b.expand_dims(-1)?;
        } else {
            x = a.squeeze(&[-1])?;
        }
    }
    if b.rank() == a.rank() + 1 && last_is_one(b) {
        if a.rank() == 1 && expand_rank_1 {
            x = a.expand_dims(-1)?;
        } else {
            y = b.squeeze(&[-1])?;
        }
    }
    Ok((x, y))
}

/// `log(1 + exp(x))` without overflow.
pub(crate) fn softplus(x: &Tensor) -> Result<Tensor> {
    // log(e^x + e^0) = max(x, 0) + log(1 + e^-|x|).
    x.maximum(0.0)? + x.abs()?.neg()?.exp()?.log1p()?
}
