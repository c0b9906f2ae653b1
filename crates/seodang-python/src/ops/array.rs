//! Shapes, slices, gathering and scattering.

use crate::convert::{Wish, axes, integers, room, sized, sizes, tensor, tensor_as, tensors};
use crate::errors::{OrRaise, invalid};
use crate::index::rows;
use crate::tensor::{PyTensor, host};
use crate::types::{optional_dtype, parse_dtype};
use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;
use seodang_core::{Array, DType, text};
use seodang_tensor::Tensor;

/// The tensor with another element type.
#[pyfunction]
fn cast(x: &Bound<'_, PyAny>, dtype: &Bound<'_, PyAny>) -> PyResult<PyTensor> {
    let (x, dtype) = (tensor(x)?, parse_dtype(dtype)?);
    // TensorFlow cuts fractions off on the way to integers, as the engine's conversion does.
    x.cast(dtype).or_raise().map(PyTensor)
}

/// The elements in another shape; one size may be -1.
#[pyfunction]
fn reshape(x: &Bound<'_, PyAny>, shape: &Bound<'_, PyAny>) -> PyResult<PyTensor> {
    let t = tensor(x)?;
    let wanted = integers(shape)?;
    let known: i64 = wanted.iter().filter(|&&n| n != -1).product();
    let holes = wanted.iter().filter(|&&n| n == -1).count();
    let total = t.size() as i64;
    let fits = match holes {
        0 => known == total,
        1 => known > 0 && total % known == 0 || known == 0 && total == 0,
        _ => false,
    };
    if !fits {
        let list: Vec<String> = wanted.iter().map(ToString::to_string).collect();
        let wanted_total = if holes == 0 {
            format!("the requested shape has {known}")
        } else {
            format!("the requested shape requires a multiple of {known}")
        };
        return Err(invalid(
            x.py(),
            text!(
                en: "Input to reshape is a tensor with {total} values, but {wanted_total}: [{}] \
                     [Op:Reshape]", list.join(",");
                ko: "원소 {total}개를 모양 [{}](으)로 바꿀 수 없습니다", list.join(",")
            ),
        ));
    }
    t.reshape_to(&wanted).or_raise().map(PyTensor)
}

/// The axes in another order; reversed if none is given.
#[pyfunction]
#[pyo3(signature = (x, perm=None))]
fn transpose(x: &Bound<'_, PyAny>, perm: Option<&Bound<'_, PyAny>>) -> PyResult<PyTensor> {
    let x = tensor(x)?;
    let perm = axes(perm)?.unwrap_or_else(|| (0..x.rank() as i64).rev().collect());
    x.transpose(&perm).or_raise().map(PyTensor)
}

/// A new axis of size 1.
#[pyfunction]
fn expand_dims(x: &Bound<'_, PyAny>, axis: i64) -> PyResult<PyTensor> {
    tensor(x)?.expand_dims(axis).or_raise().map(PyTensor)
}

/// Without axes of size 1.
#[pyfunction]
#[pyo3(signature = (x, axis=None))]
fn squeeze(x: &Bound<'_, PyAny>, axis: Option<&Bound<'_, PyAny>>) -> PyResult<PyTensor> {
    let t = tensor(x)?;
    let axes = axes(axis)?.unwrap_or_default();
    for &a in &axes {
        let at = if a < 0 { a + t.rank() as i64 } else { a };
        if let Some(&n) = usize::try_from(at).ok().and_then(|at| t.shape().get(at))
            && n != 1
        {
            return Err(invalid(
                x.py(),
                format!(
                    "Can not squeeze dim[{at}], expected a dimension of 1, got {n} [Op:Squeeze]"
                ),
            ));
        }
    }
    t.squeeze(&axes).or_raise().map(PyTensor)
}

/// Tensors one behind the other along an axis.
#[pyfunction]
#[pyo3(signature = (values, axis=0))]
fn concat(values: &Bound<'_, PyAny>, axis: i64) -> PyResult<PyTensor> {
    Tensor::concat(&alike(values)?, axis).or_raise().map(PyTensor)
}

/// Tensors beside each other along a new axis.
#[pyfunction]
#[pyo3(signature = (values, axis=0))]
fn stack(values: &Bound<'_, PyAny>, axis: i64) -> PyResult<PyTensor> {
    Tensor::stack(&alike(values)?, axis).or_raise().map(PyTensor)
}

/// Tensors of a list; numbers and arrays take the type of the first tensor among them.
fn alike(values: &Bound<'_, PyAny>) -> PyResult<Vec<Tensor>> {
    let items = values.try_iter()?.collect::<PyResult<Vec<_>>>()?;
    let mut hint = None;
    for item in &items {
        hint = hint.or(crate::convert::handle(item)?.map(|t| t.dtype()));
    }
    let wish = Wish { dtype: None, hint };
    let all = items.iter().map(|v| tensor_as(v, wish)).collect::<PyResult<Vec<_>>>()?;
    if let Some(other) = all.iter().find(|t| t.dtype() != all[0].dtype()) {
        return Err(invalid(
            values.py(),
            format!(
                "cannot compute ConcatV2 as input #1(zero-based) was expected to be a {} tensor but is \
                 a {} tensor [Op:ConcatV2]",
                all[0].dtype().name(),
                other.dtype().name()
            ),
        ));
    }
    Ok(all)
}

/// The slices along an axis.
#[pyfunction]
#[pyo3(signature = (x, axis=0))]
fn unstack(x: &Bound<'_, PyAny>, axis: i64) -> PyResult<Vec<PyTensor>> {
    Ok(tensor(x)?.unstack(axis).or_raise()?.into_iter().map(PyTensor).collect())
}

/// Parts of given sizes along an axis.
#[pyfunction]
#[pyo3(signature = (x, parts, axis=0))]
fn split(x: &Bound<'_, PyAny>, parts: &Bound<'_, PyAny>, axis: i64) -> PyResult<Vec<PyTensor>> {
    let parts = sizes(parts)?;
    Ok(tensor(x)?.split_sizes(&parts, axis).or_raise()?.into_iter().map(PyTensor).collect())
}

/// The tensor repeated to a larger shape.
#[pyfunction]
fn broadcast_to(x: &Bound<'_, PyAny>, shape: &Bound<'_, PyAny>) -> PyResult<PyTensor> {
    tensor(x)?.broadcast_to(sizes(shape)?).or_raise().map(PyTensor)
}

/// The tensor beside itself, so many times along each axis.
#[pyfunction]
fn tile(x: &Bound<'_, PyAny>, multiples: &Bound<'_, PyAny>) -> PyResult<PyTensor> {
    tensor(x)?.tile(&sizes(multiples)?).or_raise().map(PyTensor)
}

/// Each element of an axis so many times.
#[pyfunction]
fn repeat(x: &Bound<'_, PyAny>, n: usize, axis: i64) -> PyResult<PyTensor> {
    tensor(x)?.repeat(n, axis).or_raise().map(PyTensor)
}

/// A margin around the tensor: (before, after) for each axis.
#[pyfunction]
#[pyo3(signature = (x, paddings, value=0.0))]
fn pad(x: &Bound<'_, PyAny>, paddings: Vec<(i64, i64)>, value: f64) -> PyResult<PyTensor> {
    tensor(x)?.pad(&paddings, value).or_raise().map(PyTensor)
}

/// Axes backwards.
#[pyfunction]
fn reverse(x: &Bound<'_, PyAny>, axis: &Bound<'_, PyAny>) -> PyResult<PyTensor> {
    tensor(x)?.reverse(&integers(axis)?).or_raise().map(PyTensor)
}

/// Rows along an axis by their numbers; the first `batch_dims` axes go together.
#[pyfunction]
#[pyo3(signature = (x, indices, axis=0, batch_dims=0))]
fn gather(
    x: &Bound<'_, PyAny>,
    indices: &Bound<'_, PyAny>,
    axis: i64,
    batch_dims: usize,
) -> PyResult<PyTensor> {
    let (t, at) = (tensor(x)?, rows(indices)?);
    if t.rank() == 0 {
        return Err(invalid(x.py(), "params must be at least 1 dimensional [Op:GatherV2]"));
    }
    let axis = if axis < 0 { axis + t.rank() as i64 } else { axis } as usize;
    let Some(&n) = t.shape().get(axis) else {
        return Err(invalid(
            x.py(),
            format!("Expected axis in the range [-{0}, {0}), but got {axis}", t.rank()),
        ));
    };
    if !at.is_traced() {
        let values = at.to_array().or_raise()?.to_f64_vec();
        if let Some(i) = values.iter().position(|&v| v < 0.0 || v >= n as f64) {
            return Err(invalid(
                x.py(),
                format!("indices[{i}] = {} is not in [0, {n}) [Op:GatherV2]", values[i]),
            ));
        }
    }
    if batch_dims == 0 {
        return t.take(&at, axis as i64).or_raise().map(PyTensor);
    }
    batched(&t, &at, axis, batch_dims).map(PyTensor)
}

/// Gathering within each batch: the batches' rows one behind the other.
fn batched(t: &Tensor, at: &Tensor, axis: usize, batch_dims: usize) -> PyResult<Tensor> {
    if axis < batch_dims {
        return Err(PyValueError::new_err("axis must not be less than batch_dims"));
    }
    if at.rank() < batch_dims || t.shape()[..batch_dims] != at.shape()[..batch_dims] {
        return Err(PyValueError::new_err(format!(
            "batch_dims = {batch_dims} needs params and indices that begin alike, got shapes {} and {}",
            t.shape(),
            at.shape()
        )));
    }
    // The picked axis comes right behind the batch.
    let mut perm: Vec<i64> = (0..t.rank() as i64).collect();
    let moved = perm.remove(axis);
    perm.insert(batch_dims, moved);
    let t = t.transpose(&perm).or_raise()?;
    let batch: usize = t.shape()[..batch_dims].iter().product();
    let n = t.shape()[batch_dims];
    let mut flat = vec![batch * n];
    flat.extend(&t.shape()[batch_dims + 1..]);
    let inner = &at.shape()[batch_dims..];
    let per: usize = inner.iter().product();
    let base =
        Tensor::iota(DType::I64, [batch, per], 0).and_then(|i| i.mul(n as f64)).or_raise()?;
    let at64 = at.cast(DType::I64).and_then(|a| a.reshape([batch, per])).or_raise()?;
    let picked = t.reshape(flat).and_then(|f| f.take(&base.add(&at64)?.reshape([batch * per])?, 0));
    let mut shape: Vec<usize> = t.shape()[..batch_dims].to_vec();
    shape.extend(inner);
    shape.extend(&t.shape()[batch_dims + 1..]);
    let result = picked.and_then(|p| p.reshape(shape)).or_raise()?;
    // Back: what stood between the batch and the picked axis comes in front of the picked ones.
    let between = axis - batch_dims;
    if between == 0 {
        return Ok(result);
    }
    let k = inner.len();
    let mut perm: Vec<i64> = (0..batch_dims as i64).collect();
    perm.extend((0..between).map(|i| (batch_dims + k + i) as i64));
    perm.extend((0..k).map(|i| (batch_dims + i) as i64));
    perm.extend((batch_dims + k + between) as i64..result.rank() as i64);
    result.transpose(&perm).or_raise()
}

/// Flat row numbers of index tuples into the leading dimensions, and the rest of the shape.
fn flat_rows(indices: &Tensor, shape: &[usize]) -> PyResult<(Tensor, usize)> {
    let k = *indices.shape().last().unwrap_or(&0);
    let at = indices.cast(DType::I64).or_raise()?;
    let strides: Vec<i64> =
        (0..k).map(|i| shape[i + 1..k].iter().product::<usize>() as i64).collect();
    let strides = Tensor::new([k], strides).or_raise()?;
    let flat = at.mul(&strides).and_then(|p| p.sum(&[-1], false)).or_raise()?;
    Ok((flat, k))
}

/// Slices of a tensor by tuples of positions.
#[pyfunction]
#[pyo3(signature = (x, indices, batch_dims=0))]
fn gather_nd(
    x: &Bound<'_, PyAny>,
    indices: &Bound<'_, PyAny>,
    batch_dims: usize,
) -> PyResult<PyTensor> {
    let (t, at) = (tensor(x)?, rows(indices)?);
    if batch_dims > 0 {
        let mut parts = Vec::new();
        for (row, index) in t.unstack(0).or_raise()?.iter().zip(at.unstack(0).or_raise()?) {
            let row = Bound::new(x.py(), PyTensor(row.clone()))?.into_any();
            let index = Bound::new(x.py(), PyTensor(index))?.into_any();
            parts.push(gather_nd(&row, &index, batch_dims - 1)?.0);
        }
        return Tensor::stack(&parts, 0).or_raise().map(PyTensor);
    }
    let k = *at.shape().last().unwrap_or(&0);
    if k > t.rank() || at.rank() == 0 {
        return Err(invalid(
            x.py(),
            format!(
                "index innermost dimension length must be <= params rank; saw: {k} vs. {}",
                t.rank()
            ),
        ));
    }
    if !at.is_traced() && k > 0 {
        let values = at.to_array().or_raise()?.to_f64_vec();
        let bad = |(i, v): (usize, &f64)| *v < 0.0 || *v >= t.shape()[i % k] as f64;
        if values.iter().enumerate().any(bad) {
            return Err(invalid(x.py(), "indices do not index into param shape [Op:GatherNd]"));
        }
    }
    let (flat, k) = flat_rows(&at, t.shape())?;
    let leading: usize = t.shape()[..k].iter().product();
    let mut merged = vec![leading];
    merged.extend(&t.shape()[k..]);
    t.reshape(merged).and_then(|m| m.take(&flat, 0)).or_raise().map(PyTensor)
}

/// Updates added into zeros of a shape, at tuples of positions. (The derivative of a gathering.)
#[pyfunction]
fn scatter_nd(
    indices: &Bound<'_, PyAny>,
    updates: &Bound<'_, PyAny>,
    shape: &Bound<'_, PyAny>,
) -> PyResult<PyTensor> {
    let (at, updates) = (rows(indices)?, tensor(updates)?);
    let shape = sizes(shape)?;
    let k = *at.shape().last().unwrap_or(&0);
    if k > shape.len() {
        return Err(invalid(
            indices.py(),
            format!(
                "Indices innermost dimension {k} exceeds the rank {} of the shape",
                shape.len()
            ),
        ));
    }
    let (flat, k) = flat_rows(&at, &shape)?;
    let leading: usize = shape[..k].iter().product();
    let count = flat.size();
    let inner: usize = shape[k..].iter().product();
    // One row of zeros and ones for each target: a product places and adds up the updates.
    let one_hot = flat
        .reshape([count])
        .and_then(|f| f.one_hot(leading, float_of(updates.dtype())))
        .or_raise()?;
    let rows = updates
        .reshape([count, inner])
        .and_then(|u| u.cast(float_of(updates.dtype())))
        .or_raise()?;
    let placed = one_hot.transpose(&[1, 0]).and_then(|o| o.matmul(&rows)).or_raise()?;
    placed.cast(updates.dtype()).and_then(|p| p.reshape(shape)).or_raise().map(PyTensor)
}

fn float_of(d: DType) -> DType {
    if d.is_float() { d } else { DType::F64 }
}

/// Elements along an axis by numbers of the same rank.
#[pyfunction]
fn take_along_axis(
    x: &Bound<'_, PyAny>,
    indices: &Bound<'_, PyAny>,
    axis: i64,
) -> PyResult<PyTensor> {
    tensor(x)?.take_along_axis(&rows(indices)?, axis).or_raise().map(PyTensor)
}

/// Rows of zeros with a one at each index, along a new last axis.
#[pyfunction]
#[pyo3(signature = (indices, depth, dtype=None))]
fn one_hot(
    indices: &Bound<'_, PyAny>,
    depth: usize,
    dtype: Option<&Bound<'_, PyAny>>,
) -> PyResult<PyTensor> {
    let dtype = optional_dtype(dtype)?.unwrap_or(DType::F32);
    rows(indices)?.one_hot(depth, dtype).or_raise().map(PyTensor)
}

/// The positions of elements that are not zero: int64 (count, rank). Not in a trace: the count depends
/// on the values.
#[pyfunction]
fn nonzero(x: &Bound<'_, PyAny>) -> PyResult<PyTensor> {
    let t = tensor(x)?;
    let values = host(x.py(), &t)?.to_f64_vec();
    let mut out: Vec<i64> = Vec::new();
    let mut count = 0;
    for (i, v) in values.iter().enumerate() {
        if *v != 0.0 {
            count += 1;
            out.extend(t.shape().unravel(i).into_iter().map(|p| p as i64));
        }
    }
    Tensor::new([count, t.rank()], out).or_raise().map(PyTensor)
}

/// Sorted along an axis.
#[pyfunction]
#[pyo3(signature = (x, axis=-1, descending=false))]
fn sort(x: &Bound<'_, PyAny>, axis: i64, descending: bool) -> PyResult<PyTensor> {
    let sorted = tensor(x)?.sort(axis).or_raise()?;
    if descending { sorted.reverse(&[axis]).or_raise().map(PyTensor) } else { Ok(PyTensor(sorted)) }
}

/// The numbers of the elements in sorted order.
#[pyfunction]
#[pyo3(signature = (x, axis=-1, descending=false))]
fn argsort(x: &Bound<'_, PyAny>, axis: i64, descending: bool) -> PyResult<PyTensor> {
    tensor(x)?.argsort(axis, descending).or_raise().map(PyTensor)
}

/// The k largest elements of the last axis, and their places.
#[pyfunction]
fn top_k(x: &Bound<'_, PyAny>, k: usize) -> PyResult<(PyTensor, PyTensor)> {
    let t = tensor(x)?;
    if t.shape().last().is_none_or(|&n| n < k) {
        return Err(invalid(
            x.py(),
            format!("input must have at least k({k}) columns [Op:TopKV2]"),
        ));
    }
    let (values, places) = t.top_k(k).or_raise()?;
    Ok((PyTensor(values), PyTensor(places)))
}

/// The lower triangle; `k` diagonals above the main one included.
#[pyfunction]
#[pyo3(signature = (x, k=0))]
fn tril(x: &Bound<'_, PyAny>, k: i32) -> PyResult<PyTensor> {
    tensor(x)?.tril(k).or_raise().map(PyTensor)
}

/// The upper triangle; from the `k`-th diagonal.
#[pyfunction]
#[pyo3(signature = (x, k=0))]
fn triu(x: &Bound<'_, PyAny>, k: i32) -> PyResult<PyTensor> {
    tensor(x)?.triu(k).or_raise().map(PyTensor)
}

/// The identity matrix.
#[pyfunction]
#[pyo3(signature = (n, dtype=None))]
fn eye(n: usize, dtype: Option<&Bound<'_, PyAny>>) -> PyResult<PyTensor> {
    Tensor::eye(optional_dtype(dtype)?.unwrap_or(DType::F32), n).or_raise().map(PyTensor)
}

fn filled(shape: &Bound<'_, PyAny>, dtype: DType, value: f64) -> PyResult<PyTensor> {
    Tensor::full(dtype, sized(shape, dtype)?, value).or_raise().map(PyTensor)
}

/// Zeros.
#[pyfunction]
#[pyo3(signature = (shape, dtype=None))]
fn zeros(shape: &Bound<'_, PyAny>, dtype: Option<&Bound<'_, PyAny>>) -> PyResult<PyTensor> {
    filled(shape, optional_dtype(dtype)?.unwrap_or(DType::F32), 0.0)
}

/// Ones.
#[pyfunction]
#[pyo3(signature = (shape, dtype=None))]
fn ones(shape: &Bound<'_, PyAny>, dtype: Option<&Bound<'_, PyAny>>) -> PyResult<PyTensor> {
    filled(shape, optional_dtype(dtype)?.unwrap_or(DType::F32), 1.0)
}

/// One value everywhere.
#[pyfunction]
fn fill(shape: &Bound<'_, PyAny>, value: &Bound<'_, PyAny>) -> PyResult<PyTensor> {
    tensor(value)?.broadcast_to(sizes(shape)?).or_raise().map(PyTensor)
}

/// start, start + delta, ... below limit.
#[pyfunction]
#[pyo3(signature = (start, limit, delta, dtype=None))]
fn range(
    py: Python<'_>,
    start: f64,
    limit: f64,
    delta: f64,
    dtype: Option<&Bound<'_, PyAny>>,
) -> PyResult<PyTensor> {
    if delta == 0.0 || !delta.is_finite() {
        return Err(invalid(py, format!("Requires delta != 0: {delta} [Op:Range]")));
    }
    let dtype = optional_dtype(dtype)?.unwrap_or(DType::I32);
    let n = ((limit - start) / delta).ceil().max(0.0);
    if n > 1e10 {
        return Err(invalid(
            py,
            format!("Requires ((limit - start) / delta) <= 1e10, got {n} [Op:Range]"),
        ));
    }
    let shape = room([n as usize].into(), dtype)?;
    let array = Array::from_fn(dtype, shape, |i| start + delta * i as f64);
    Tensor::from_array(&array).or_raise().map(PyTensor)
}

/// The place along an axis, for each element of a shape.
#[pyfunction]
#[pyo3(signature = (shape, axis, dtype=None))]
fn iota(
    shape: &Bound<'_, PyAny>,
    axis: i64,
    dtype: Option<&Bound<'_, PyAny>>,
) -> PyResult<PyTensor> {
    let dtype = optional_dtype(dtype)?.unwrap_or(DType::I32);
    Tensor::iota(dtype, sizes(shape)?, axis).or_raise().map(PyTensor)
}

/// Tensors of the items of a list.
#[pyfunction]
fn convert_list(values: &Bound<'_, PyAny>) -> PyResult<Vec<PyTensor>> {
    Ok(tensors(values)?.into_iter().map(PyTensor).collect())
}

pub(crate) fn register(m: &Bound<'_, PyModule>) -> PyResult<()> {
    macro_rules! add {
        ($($name:ident),*) => { $(m.add_function(wrap_pyfunction!($name, m)?)?;)* };
    }
    add!(
        cast,
        reshape,
        transpose,
        expand_dims,
        squeeze,
        concat,
        stack,
        unstack,
        split,
        broadcast_to,
        tile,
        repeat,
        pad,
        reverse,
        gather,
        gather_nd,
        scatter_nd,
        take_along_axis,
        one_hot,
        nonzero,
        sort,
        argsort,
        top_k,
        tril,
        triu,
        eye,
        zeros,
        ones,
        fill,
        range,
        iota,
        convert_list
    );
    Ok(())
}
