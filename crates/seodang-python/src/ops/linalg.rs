//! Products, convolutions, pooling.

use crate::convert::{sizes, tensor, tensors};
use crate::errors::{OrRaise, invalid};
use crate::ops::math::pair;
use crate::tensor::PyTensor;
use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;
use seodang_core::{Result, text};
use seodang_tensor::{ConvDims, Convolution, DotGeneral, Tensor};

fn turned(t: &Tensor, turn: bool) -> Result<Tensor> {
    if turn { t.matrix_transpose() } else { Ok(t.clone()) }
}

/// The product of matrices, or of stacks of matrices.
#[pyfunction]
#[pyo3(signature = (a, b, transpose_a=false, transpose_b=false))]
fn matmul(
    a: &Bound<'_, PyAny>,
    b: &Bound<'_, PyAny>,
    transpose_a: bool,
    transpose_b: bool,
) -> PyResult<PyTensor> {
    let py = a.py();
    let (x, y) = pair(a, b)?;
    if x.rank() < 2 || y.rank() < 2 {
        return Err(invalid(
            py,
            text!(
                en: "In[0] and In[1] has different ndims or fewer than 2: {} vs. {} [Op:MatMul]",
                x.shape(), y.shape();
                ko: "행렬곱에는 같은 차원 수(2 이상)의 텐서가 필요합니다: {}와 {}", x.shape(), y.shape()
            ),
        ));
    }
    let (x, y) = (turned(&x, transpose_a).or_raise()?, turned(&y, transpose_b).or_raise()?);
    let (m, n) = (x.shape(), y.shape());
    if m[m.rank() - 1] != n[n.rank() - 2] {
        return Err(invalid(
            py,
            text!(
                en: "Matrix size-incompatible: In[0]: {m}, In[1]: {n} [Op:MatMul]",
                ko: "행렬의 크기가 맞지 않습니다: {m}의 열 수와 {n}의 행 수가 같아야 합니다"
            ),
        ));
    }
    crate::operators::apply(py, "matmul", &x, &y).map(PyTensor)
}

/// The product summed over axes of each.
#[pyfunction]
fn tensordot(
    a: &Bound<'_, PyAny>,
    b: &Bound<'_, PyAny>,
    axes_a: Vec<i64>,
    axes_b: Vec<i64>,
) -> PyResult<PyTensor> {
    let (x, y) = pair(a, b)?;
    x.tensordot(&y, (&axes_a, &axes_b)).or_raise().map(PyTensor)
}

/// Einstein's summation: "ij,jk->ik", also with "...".
#[pyfunction]
fn einsum(equation: &str, operands: &Bound<'_, PyAny>) -> PyResult<PyTensor> {
    let operands = tensors(operands)?;
    let bad = |why: &str| PyValueError::new_err(format!("einsum equation {equation:?}: {why}"));
    let text: String = equation.chars().filter(|c| !c.is_whitespace()).collect();
    let (left, right) = match text.split_once("->") {
        Some((l, r)) => (l.to_string(), Some(r.to_string())),
        None => (text.clone(), None),
    };
    let parts: Vec<&str> = left.split(',').collect();
    if parts.len() != operands.len() {
        return Err(bad(&format!("{} operands were given", operands.len())));
    }
    // An ellipsis becomes letters of its own, counted from the right.
    const SPARE: &str = "αβγδεζηθικ";
    let width = |p: &str, t: &Tensor| {
        if p.contains("...") { (t.rank() + 3).saturating_sub(p.len()) } else { 0 }
    };
    let wide = parts.iter().zip(&operands).map(|(p, t)| width(p, t)).max().unwrap_or(0);
    if wide > SPARE.chars().count() {
        return Err(bad("too many dimensions"));
    }
    let dots = |n: usize| SPARE.chars().take(wide).skip(wide - n).collect::<String>();
    let mut terms: Vec<(Vec<char>, Tensor)> = Vec::new();
    for (p, t) in parts.iter().zip(&operands) {
        let labels: Vec<char> = p.replace("...", &dots(width(p, t))).chars().collect();
        if labels.len() != t.rank() {
            return Err(bad(&format!("\"{p}\" does not fit the shape {}", t.shape())));
        }
        terms.push(diagonal(labels, t.clone()).or_raise()?);
    }
    let out: Vec<char> = match right {
        Some(r) => r.replace("...", &dots(wide)).chars().collect(),
        None => {
            let mut seen: Vec<char> = left.replace("...", "").replace(',', "").chars().collect();
            seen.sort_unstable();
            let once = |c: &char| seen.iter().filter(|d| *d == c).count() == 1;
            let mut out: Vec<char> = dots(wide).chars().collect();
            out.extend(seen.iter().filter(|c| once(c)));
            out
        }
    };
    if let Some(c) = out.iter().find(|c| !terms.iter().any(|(l, _)| l.contains(c))) {
        return Err(bad(&format!("\"{c}\" stands on the right only")));
    }
    contract(terms, &out).or_raise().map(PyTensor)
}

/// A label that stands twice in one term: its diagonal.
fn diagonal(mut labels: Vec<char>, mut t: Tensor) -> Result<(Vec<char>, Tensor)> {
    let mut i = 0;
    while i < labels.len() {
        if let Some(j) = (i + 1..labels.len()).find(|&j| labels[j] == labels[i]) {
            let shape = t.shape().clone();
            let rows = Tensor::iota(seodang_core::DType::I32, shape.clone(), i as i64)?;
            let columns = Tensor::iota(seodang_core::DType::I32, shape, j as i64)?;
            t = Tensor::select(&rows.eq(&columns)?, &t, 0.0)?.sum(&[j as i64], false)?;
            labels.remove(j);
        } else {
            i += 1;
        }
    }
    Ok((labels, t))
}

fn contract(mut terms: Vec<(Vec<char>, Tensor)>, out: &[char]) -> Result<Tensor> {
    let (mut labels, mut t) = terms.remove(0);
    loop {
        // What neither the rest nor the result needs is summed now.
        let needed = |c: &char| out.contains(c) || terms.iter().any(|(l, _)| l.contains(c));
        let gone: Vec<i64> =
            (0..labels.len()).filter(|&i| !needed(&labels[i])).map(|i| i as i64).collect();
        if !gone.is_empty() {
            t = t.sum(&gone, false)?;
            labels.retain(needed);
        }
        if terms.is_empty() {
            break;
        }
        let (other, u) = terms.remove(0);
        let keep = |c: &char| out.contains(c) || terms.iter().any(|(l, _)| l.contains(c));
        // Labels of the other term alone that nobody needs.
        let lone: Vec<i64> = (0..other.len())
            .filter(|&i| !labels.contains(&other[i]) && !keep(&other[i]))
            .map(|i| i as i64)
            .collect();
        let u = if lone.is_empty() { u } else { u.sum(&lone, false)? };
        let other: Vec<char> =
            other.into_iter().filter(|c| labels.contains(c) || keep(c)).collect();
        let shared: Vec<char> = labels.iter().filter(|c| other.contains(c)).copied().collect();
        let place = |list: &[char], c: char| list.iter().position(|d| *d == c).unwrap_or(0);
        let (batch, sum): (Vec<char>, Vec<char>) = shared.iter().copied().partition(|c| keep(c));
        let op = DotGeneral {
            lhs_batching: batch.iter().map(|&c| place(&labels, c)).collect(),
            rhs_batching: batch.iter().map(|&c| place(&other, c)).collect(),
            lhs_contracting: sum.iter().map(|&c| place(&labels, c)).collect(),
            rhs_contracting: sum.iter().map(|&c| place(&other, c)).collect(),
            result: None,
        };
        t = t.dot_general(&u, op)?;
        let rest = |list: &[char]| -> Vec<char> {
            list.iter().filter(|c| !shared.contains(c)).copied().collect()
        };
        labels = [batch, rest(&labels), rest(&other)].concat();
    }
    let perm: Vec<i64> =
        out.iter().filter_map(|c| labels.iter().position(|d| d == c)).map(|i| i as i64).collect();
    t.transpose(&perm)
}

/// Margins on both sides for TensorFlow's "SAME", or none for "VALID"; explicit pairs as they are.
fn margins(
    padding: &Bound<'_, PyAny>,
    input: &[usize],
    kernel: &[usize],
    strides: &[usize],
    dilations: &[usize],
) -> PyResult<Vec<(i64, i64)>> {
    let Ok(name) = padding.extract::<String>() else {
        return padding.extract::<Vec<(i64, i64)>>();
    };
    match name.to_uppercase().as_str() {
        "VALID" => Ok(vec![(0, 0); input.len()]),
        "SAME" => Ok((0..input.len())
            .map(|d| {
                let reach = (kernel[d] - 1) * dilations[d] + 1;
                let out = input[d].div_ceil(strides[d]);
                let total = ((out.max(1) - 1) * strides[d] + reach).saturating_sub(input[d]) as i64;
                (total / 2, total - total / 2)
            })
            .collect()),
        _ => Err(PyValueError::new_err(format!(
            "padding must be \"SAME\" or \"VALID\", got {name:?}"
        ))),
    }
}

/// One number for all of the spatial axes, or one for each.
fn each(value: Option<&Bound<'_, PyAny>>, n: usize) -> PyResult<Vec<usize>> {
    let Some(value) = value.filter(|v| !v.is_none()) else { return Ok(vec![1; n]) };
    let list = sizes(value)?;
    match list.len() {
        1 => Ok(vec![list[0]; n]),
        m if m == n => Ok(list),
        // TensorFlow's form with batch and channels.
        m if m == n + 2 => Ok(list[1..=n].to_vec()),
        m => Err(PyValueError::new_err(format!("expected {n} numbers, got {m}"))),
    }
}

/// A convolution, channels last: `(batch, spatial..., channels)` with `(spatial..., channels / groups, filters)`.
#[pyfunction]
#[pyo3(signature = (x, kernel, strides=None, padding=None, dilations=None, groups=1))]
fn conv(
    x: &Bound<'_, PyAny>,
    kernel: &Bound<'_, PyAny>,
    strides: Option<&Bound<'_, PyAny>>,
    padding: Option<&Bound<'_, PyAny>>,
    dilations: Option<&Bound<'_, PyAny>>,
    groups: usize,
) -> PyResult<PyTensor> {
    let (t, k) = pair(x, kernel)?;
    let n = t.rank().saturating_sub(2);
    if t.rank() < 3 || k.rank() != t.rank() {
        return Err(invalid(
            x.py(),
            format!(
                "input and filter must have the same rank of 3 or more: {} vs. {}",
                t.shape(),
                k.shape()
            ),
        ));
    }
    let (strides, dilations) = (each(strides, n)?, each(dilations, n)?);
    let padding = match padding.filter(|p| !p.is_none()) {
        Some(p) => margins(p, &t.shape()[1..=n], &k.shape()[..n], &strides, &dilations)?,
        None => vec![(0, 0); n],
    };
    let op = Convolution {
        strides,
        padding,
        rhs_dilation: dilations,
        feature_group_count: groups,
        ..Convolution::new(ConvDims::channels_last(n))
    };
    t.conv(&k, op).or_raise().map(PyTensor)
}

/// The gradient of a convolution with respect to its input: `kernel` is `(spatial..., filters, channels)`.
#[pyfunction]
#[pyo3(signature = (x, kernel, output_shape, strides=None, padding=None))]
fn conv_transpose(
    x: &Bound<'_, PyAny>,
    kernel: &Bound<'_, PyAny>,
    output_shape: &Bound<'_, PyAny>,
    strides: Option<&Bound<'_, PyAny>>,
    padding: Option<&Bound<'_, PyAny>>,
) -> PyResult<PyTensor> {
    let (t, k) = pair(x, kernel)?;
    let n = t.rank().saturating_sub(2);
    let wanted = sizes(output_shape)?;
    if t.rank() < 3 || k.rank() != t.rank() || wanted.len() != t.rank() {
        return Err(invalid(x.py(), "input, filter and output_shape must have one rank"));
    }
    let strides = each(strides, n)?;
    let forward = match padding.filter(|p| !p.is_none()) {
        Some(p) => margins(p, &wanted[1..=n], &k.shape()[..n], &strides, &vec![1; n])?,
        None => vec![(0, 0); n],
    };
    let padding = (0..n)
        .map(|d| {
            let (reach, size) = (k.shape()[d] as i64, wanted[d + 1] as i64);
            let spread = (t.shape()[d + 1] as i64 - 1) * strides[d] as i64 + 1;
            let before = reach - 1 - forward[d].0;
            (before, size - spread - before + reach - 1)
        })
        .collect();
    // Flip the kernel in space and exchange its channels.
    let spatial: Vec<i64> = (0..n as i64).collect();
    let mut perm = spatial.clone();
    perm.extend([n as i64 + 1, n as i64]);
    let k = k.reverse(&spatial).and_then(|k| k.transpose(&perm)).or_raise()?;
    let op = Convolution {
        padding,
        lhs_dilation: strides,
        ..Convolution::new(ConvDims::channels_last(n))
    };
    t.conv(&k, op).or_raise().map(PyTensor)
}

fn pool(
    x: &Bound<'_, PyAny>,
    size: &Bound<'_, PyAny>,
    strides: Option<&Bound<'_, PyAny>>,
    padding: Option<&Bound<'_, PyAny>>,
    largest: bool,
) -> PyResult<PyTensor> {
    let t = tensor(x)?;
    let n = t.rank().saturating_sub(2);
    if n == 0 {
        return Err(invalid(
            x.py(),
            format!("pooling needs (batch, spatial..., channels), got {}", t.shape()),
        ));
    }
    let size = each(Some(size), n)?;
    let strides = match strides.filter(|s| !s.is_none()) {
        Some(s) => each(Some(s), n)?,
        None => size.clone(),
    };
    let padding = match padding.filter(|p| !p.is_none()) {
        Some(p) => margins(p, &t.shape()[1..=n], &size, &strides, &vec![1; n])?,
        None => vec![(0, 0); n],
    };
    let axes: Vec<i64> = (1..=n as i64).collect();
    let result = if largest {
        t.max_pool(&axes, &size, &strides, &padding)
    } else {
        t.avg_pool(&axes, &size, &strides, &padding)
    };
    result.or_raise().map(PyTensor)
}

/// The largest element of each window, channels last.
#[pyfunction]
#[pyo3(signature = (x, size, strides=None, padding=None))]
fn max_pool(
    x: &Bound<'_, PyAny>,
    size: &Bound<'_, PyAny>,
    strides: Option<&Bound<'_, PyAny>>,
    padding: Option<&Bound<'_, PyAny>>,
) -> PyResult<PyTensor> {
    pool(x, size, strides, padding, true)
}

/// The mean of each window, channels last; margins do not count.
#[pyfunction]
#[pyo3(signature = (x, size, strides=None, padding=None))]
fn avg_pool(
    x: &Bound<'_, PyAny>,
    size: &Bound<'_, PyAny>,
    strides: Option<&Bound<'_, PyAny>>,
    padding: Option<&Bound<'_, PyAny>>,
) -> PyResult<PyTensor> {
    pool(x, size, strides, padding, false)
}

/// The lower triangular matrix whose product with its transpose is x.
#[pyfunction]
fn cholesky(x: &Bound<'_, PyAny>) -> PyResult<PyTensor> {
    tensor(x)?.cholesky().or_raise().map(PyTensor)
}

pub(crate) fn register(m: &Bound<'_, PyModule>) -> PyResult<()> {
    macro_rules! add {
        ($($name:ident),*) => { $(m.add_function(wrap_pyfunction!($name, m)?)?;)* };
    }
    add!(matmul, tensordot, einsum, conv, conv_transpose, max_pool, avg_pool, cholesky);
    Ok(())
}
