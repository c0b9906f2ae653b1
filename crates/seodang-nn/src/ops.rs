//! Small helpers over tensor ops that several layers, losses and metrics share.

use seodang_core::{Array, DType, Error, Result, text};
use seodang_tensor::{DotGeneral, Tensor};

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

/// The tensor divided by its Euclidean norm along axes, which is taken as 1e-7 at least.
pub(crate) fn unit_length(x: &Tensor, axes: &[i64]) -> Result<Tensor> {
    x * x.square()?.sum(axes, true)?.maximum(EPSILON * EPSILON)?.rsqrt()?
}

/// The product of two tensors whose axes an equation names: `"abc,cd->abd"`. A name stands once in
/// each part; what the result does not name is summed.
///
/// # Errors
/// `Value`, if the equation does not fit the tensors; `Shape`, if sizes differ.
pub(crate) fn einsum(equation: &str, a: &Tensor, b: &Tensor) -> Result<Tensor> {
    let wrong = || {
        Error::value(text!(
            en: "the equation does not fit the tensors",
            ko: "식이 텐서와 맞지 않습니다"
        ))
        .given("equation", equation)
    };
    let (operands, out) = equation.split_once("->").ok_or_else(wrong)?;
    let (left, right) = operands.split_once(',').ok_or_else(wrong)?;
    let out: Vec<char> = out.chars().collect();
    // What only one operand names and the result does not is summed first.
    let summed = |x: &Tensor, names: &str, other: &str| -> Result<(Tensor, Vec<char>)> {
        let names: Vec<char> = names.chars().collect();
        if names.len() != x.rank() {
            return Err(wrong());
        }
        let alone = |c: &char| !out.contains(c) && !other.contains(*c);
        let axes: Vec<i64> =
            (0..names.len()).filter(|&i| alone(&names[i])).map(|i| i as i64).collect();
        let x = if axes.is_empty() { x.clone() } else { x.sum(&axes, false)? };
        Ok((x, names.into_iter().filter(|c| !alone(c)).collect()))
    };
    let (a, left_names) = summed(a, left, right)?;
    let (b, right_names) = summed(b, right, left)?;
    let place = |names: &[char], c: char| names.iter().position(|n| *n == c);
    let mut op = DotGeneral::default();
    let mut result = Vec::new();
    for (i, &c) in left_names.iter().enumerate() {
        let Some(j) = place(&right_names, c) else { continue };
        if out.contains(&c) {
            op.lhs_batching.push(i);
            op.rhs_batching.push(j);
            result.push(c);
        } else {
            op.lhs_contracting.push(i);
            op.rhs_contracting.push(j);
        }
    }
    result.extend(left_names.iter().filter(|c| place(&right_names, **c).is_none()));
    result.extend(right_names.iter().filter(|c| place(&left_names, **c).is_none()));
    let product = a.dot_general(&b, op)?;
    let order = out.iter().map(|c| place(&result, *c).map(|i| i as i64));
    let order: Vec<i64> = order.collect::<Option<_>>().ok_or_else(wrong)?;
    product.transpose(&order)
}

/// A mask as weights, times other weights if there are any.
pub(crate) fn weigh_mask(mask: &Tensor, weight: Option<&Tensor>, dtype: DType) -> Result<Tensor> {
    let mask = mask.cast(dtype)?;
    match weight {
        Some(w) => {
            let (mask, w) = same_rank(&mask, &w.cast(dtype)?, true)?;
            w * mask
        }
        None => Ok(mask),
    }
}
