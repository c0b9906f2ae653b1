//! `tensor[...]`.

use crate::convert::{Wish, handle, numpy_array, tensor_as};
use crate::errors::{OrRaise, invalid};
use crate::tensor::host;
use pyo3::exceptions::{PyIndexError, PyTypeError, PyValueError};
use pyo3::prelude::*;
use pyo3::types::{PyEllipsis, PySlice, PyTuple};
use seodang_core::{Array, DType};
use seodang_tensor::{Slice, Tensor};

/// One entry of an index: a slice, or the numbers of rows.
enum Entry {
    Slice(Slice),
    Rows(Tensor),
    Mask(Array),
}

/// The part of a tensor that an index names.
pub(crate) fn get(t: &Tensor, key: &Bound<'_, PyAny>) -> PyResult<Tensor> {
    let py = key.py();
    let entries: Vec<Entry> = match key.cast::<PyTuple>() {
        Ok(keys) => keys.iter().map(|k| entry(&k)).collect::<PyResult<_>>()?,
        Err(_) => vec![entry(key)?],
    };
    check_bounds(py, t, &entries)?;
    if entries.iter().all(|e| matches!(e, Entry::Slice(_))) {
        let slices: Vec<Slice> = entries
            .iter()
            .filter_map(|e| if let Entry::Slice(s) = e { Some(*s) } else { None })
            .collect();
        return t.slice(&slices).map_err(|e| invalid(py, e.render(seodang_core::Lang::En)));
    }
    advanced(py, t, entries)
}

/// The exception for a position out of range: TensorFlow's, and an IndexError for iteration's sake:
/// `for x in tensor` ends by one.
fn out_of_range(py: Python<'_>, message: String) -> PyErr {
    match crate::types::error_class(py, "PositionError") {
        Ok(class) => PyErr::from_type(class, (py.None(), py.None(), message)),
        Err(e) => e,
    }
}

/// Positions out of range, in TensorFlow's words.
fn check_bounds(py: Python<'_>, t: &Tensor, entries: &[Entry]) -> PyResult<()> {
    let taken = entries
        .iter()
        .filter(|e| !matches!(e, Entry::Slice(Slice::NewAxis | Slice::Ellipsis) | Entry::Mask(_)));
    let masked: usize =
        entries.iter().map(|e| if let Entry::Mask(m) = e { m.shape().rank() } else { 0 }).sum();
    if taken.count() + masked > t.rank() {
        return Err(out_of_range(
            py,
            format!(
                "Index out of range using input dim {0}; input has only {0} dims [Op:StridedSlice]",
                t.rank()
            ),
        ));
    }
    let mut axis = 0;
    for e in entries {
        match e {
            Entry::Slice(Slice::NewAxis) => continue,
            Entry::Slice(Slice::Ellipsis) => return Ok(()),
            Entry::Slice(Slice::At(i)) => {
                let n = t.shape()[axis] as i64;
                if *i >= n || *i < -n {
                    return Err(out_of_range(
                        py,
                        format!(
                            "slice index {i} of dimension {axis} out of bounds. [Op:StridedSlice]"
                        ),
                    ));
                }
                axis += 1;
            }
            Entry::Mask(m) => axis += m.shape().rank(),
            _ => axis += 1,
        }
    }
    Ok(())
}

fn entry(key: &Bound<'_, PyAny>) -> PyResult<Entry> {
    if key.is_none() {
        return Ok(Entry::Slice(Slice::NewAxis));
    }
    if key.is_instance_of::<PyEllipsis>() {
        return Ok(Entry::Slice(Slice::Ellipsis));
    }
    if let Ok(slice) = key.cast::<PySlice>() {
        let part = |name: &str| -> PyResult<Option<i64>> {
            let value = slice.getattr(name)?;
            if value.is_none() {
                return Ok(None);
            }
            match handle(&value)? {
                Some(t) => Ok(Some(host(value.py(), &t)?.item().or_raise()? as i64)),
                None => value
                    .extract::<i64>()
                    .map(Some)
                    .map_err(|_| PyTypeError::new_err("slice indices must be integers or None")),
            }
        };
        let step = part("step")?.unwrap_or(1);
        if step == 0 {
            return Err(PyValueError::new_err("slice step cannot be zero"));
        }
        return Ok(Entry::Slice(Slice::Range { start: part("start")?, stop: part("stop")?, step }));
    }
    if let Some(t) = handle(key)? {
        if t.dtype() == DType::Bool {
            return Ok(Entry::Mask(host(key.py(), &t)?));
        }
        if t.rank() == 0 && !t.is_traced() {
            return Ok(Entry::Slice(Slice::At(host(key.py(), &t)?.item().or_raise()? as i64)));
        }
        return Ok(Entry::Rows(t));
    }
    if let Ok(i) = key.extract::<i64>()
        && !key.is_instance_of::<pyo3::types::PyBool>()
    {
        return Ok(Entry::Slice(Slice::At(i)));
    }
    let array = numpy_array(key).map_err(|_| {
        PyTypeError::new_err(format!(
            "Only integers, slices (`:`), ellipsis (`...`), tf.newaxis (`None`) and scalar tf.int32/\
             tf.int64 tensors are valid indices, got {}",
            key.repr().map(|r| r.to_string()).unwrap_or_default()
        ))
    })?;
    match array.dtype() {
        DType::Bool => Ok(Entry::Mask(array)),
        d if d.is_integer() => Ok(Entry::Rows(Tensor::from_array(&array).or_raise()?)),
        _ if array.size() == 0 => {
            Ok(Entry::Rows(Tensor::from_array(&array.convert(DType::I64)).or_raise()?))
        }
        _ => Err(PyTypeError::new_err(format!(
            "Only integers, slices (`:`), ellipsis (`...`), tf.newaxis (`None`) and scalar tf.int32/\
             tf.int64 tensors are valid indices, got {}",
            key.repr()?
        ))),
    }
}

/// Indexing with arrays: one array of rows or one mask along an axis, slices elsewhere, as NumPy does;
/// several arrays of rows only where they stand in front (`x[i, j]`).
fn advanced(py: Python<'_>, t: &Tensor, entries: Vec<Entry>) -> PyResult<Tensor> {
    let several = entries.iter().filter(|e| !matches!(e, Entry::Slice(_))).count() > 1;
    if several {
        return together(py, t, entries);
    }
    // The slices first, with the whole of the axis that the array will pick from.
    let slices: Vec<Slice> = entries
        .iter()
        .flat_map(|e| match e {
            Entry::Slice(s) => vec![*s],
            Entry::Rows(_) => vec![Slice::ALL],
            Entry::Mask(m) => vec![Slice::ALL; m.shape().rank()],
        })
        .collect();
    let used = slices.iter().filter(|s| !matches!(s, Slice::NewAxis | Slice::Ellipsis)).count();
    let mut axis = 0;
    for e in &entries {
        match e {
            Entry::Slice(Slice::At(_)) => {}
            Entry::Slice(Slice::Ellipsis) => axis += t.rank() - used,
            Entry::Slice(_) => axis += 1,
            _ => break,
        }
    }
    let sliced = t.slice(&slices).or_raise()?;
    for e in entries {
        match e {
            Entry::Rows(rows) => return take(&sliced, &rows, axis),
            Entry::Mask(mask) => return by_mask(&sliced, &mask, axis),
            Entry::Slice(_) => {}
        }
    }
    Ok(sliced)
}

fn take(t: &Tensor, rows: &Tensor, axis: usize) -> PyResult<Tensor> {
    let n = t.shape()[axis] as f64;
    let wide = rows.cast(DType::I64).or_raise()?;
    if !wide.is_traced() {
        let bad = wide.to_array().or_raise()?.to_f64_vec().into_iter().find(|&i| i >= n || i < -n);
        if let Some(i) = bad {
            return Err(PyIndexError::new_err(format!(
                "index {i} is out of bounds for axis {axis} with size {n}"
            )));
        }
    }
    let negative = wide.lt(0.0).or_raise()?;
    let wrapped = wide.add(n).or_raise()?;
    let rows = Tensor::select(&negative, &wrapped, &wide).or_raise()?;
    t.take(&rows, axis as i64).or_raise()
}

/// The positions where a mask holds, as flat indices over its dimensions.
fn by_mask(t: &Tensor, mask: &Array, axis: usize) -> PyResult<Tensor> {
    let k = mask.shape().rank();
    if t.shape()[axis..axis + k] != mask.shape()[..] {
        return Err(PyIndexError::new_err(format!(
            "boolean index did not match indexed tensor: the mask has shape {}, the tensor {}",
            mask.shape(),
            t.shape()
        )));
    }
    let flags = mask.to_f64_vec();
    let at: Vec<i64> = (0..flags.len()).filter(|&i| flags[i] != 0.0).map(|i| i as i64).collect();
    let mut shape: Vec<usize> = t.shape()[..axis].to_vec();
    shape.push(flags.len());
    shape.extend(&t.shape()[axis + k..]);
    let flat = t.reshape(shape).or_raise()?;
    let rows = Tensor::new([at.len()], at).or_raise()?;
    flat.take(&rows, axis as i64).or_raise()
}

/// Several arrays of rows at the front: `x[i, j]` picks one element for each pair.
fn together(py: Python<'_>, t: &Tensor, entries: Vec<Entry>) -> PyResult<Tensor> {
    let mut rows: Vec<Tensor> = Vec::new();
    for (axis, e) in entries.into_iter().enumerate() {
        match e {
            Entry::Rows(r) => rows.push(r.cast(DType::I64).or_raise()?),
            Entry::Slice(Slice::At(i)) => {
                let n = t.shape()[axis] as i64;
                rows.push(Tensor::scalar(if i < 0 { i + n } else { i }).or_raise()?);
            }
            _ => {
                return Err(invalid(
                    py,
                    "indexing with several arrays takes arrays and numbers at the front only; use \
                     tf.gather_nd"
                        .to_string(),
                ));
            }
        }
    }
    let mut shape = rows[0].shape().clone();
    for r in &rows[1..] {
        shape = shape.broadcast(r.shape()).ok_or_else(|| {
            PyIndexError::new_err("shape mismatch: indexing arrays could not be broadcast together")
        })?;
    }
    let k = rows.len();
    let mut flat: Option<Tensor> = None;
    for (axis, r) in rows.iter().enumerate() {
        let n = t.shape()[axis] as f64;
        let wrapped =
            Tensor::select(&r.lt(0.0).or_raise()?, &r.add(n).or_raise()?, r).or_raise()?;
        let wrapped = wrapped.broadcast_to(shape.clone()).or_raise()?;
        flat = Some(match flat {
            Some(f) => f.mul(n).and_then(|f| f.add(&wrapped)).or_raise()?,
            None => wrapped,
        });
    }
    let leading: usize = t.shape()[..k].iter().product();
    let mut merged = vec![leading];
    merged.extend(&t.shape()[k..]);
    let Some(flat) = flat else { return Ok(t.clone()) };
    t.reshape(merged).and_then(|t| t.take(&flat, 0)).or_raise()
}

/// Row numbers from a Python value.
pub(crate) fn rows(value: &Bound<'_, PyAny>) -> PyResult<Tensor> {
    let t = tensor_as(value, Wish::default())?;
    if t.dtype().is_integer() {
        return Ok(t);
    }
    if t.size() == 0 {
        return t.cast(DType::I32).or_raise();
    }
    Err(PyTypeError::new_err(format!("indices must be integers, got {}", t.dtype().name())))
}
