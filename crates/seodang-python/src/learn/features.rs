//! Features from Python and to it: NumPy's memory is read where it is.

use super::OrRaise;
use crate::convert::array_of;
use numpy::ndarray::Dimension;
use numpy::{PyArray1, PyArrayMethods, PyReadonlyArray, PyReadonlyArray1};
use numpy::{PyReadonlyArray2, PyUntypedArrayMethods};
use pyo3::prelude::*;
use pyo3::types::PyTuple;
use seodang_core::Array;
use seodang_learn::neighbors::Lent;
use seodang_learn::numbers::Shared;
use seodang_learn::{Csr, Dense, Features, IntoFeatures, Matrix};
use std::borrow::Cow;

/// What holds the memory of features while they are in use.
pub(super) enum Held<'py> {
    F32(PyReadonlyArray2<'py, f32>),
    F64(PyReadonlyArray2<'py, f64>),
    Copied(Array),
    Sparse(Sparse<'py>),
}

/// A checked sparse matrix, whose columns and values are read where they are if they have SciPy's usual types.
pub(super) struct Sparse<'py> {
    indptr: Vec<usize>,
    indices: Columns<'py>,
    data: Values<'py>,
    cols: usize,
}

enum Columns<'py> {
    Read(PyReadonlyArray1<'py, i32>),
    Copied(Vec<u32>),
}

enum Values<'py> {
    Read(PyReadonlyArray1<'py, f64>),
    Copied(Vec<f64>),
}

impl Sparse<'_> {
    fn columns(&self) -> PyResult<&[u32]> {
        Ok(match &self.indices {
            // Negative numbers become columns that are not there.
            Columns::Read(a) => bytemuck::cast_slice(a.as_slice()?),
            Columns::Copied(v) => v,
        })
    }

    fn values(&self) -> PyResult<&[f64]> {
        Ok(match &self.data {
            Values::Read(a) => a.as_slice()?,
            Values::Copied(v) => v,
        })
    }
}

/// Whole numbers, of whatever type they are.
pub(super) fn integers<T>(x: &Bound<'_, PyAny>, of: impl Fn(i64) -> T) -> PyResult<Vec<T>> {
    if let Ok(a) = x.extract::<PyReadonlyArray1<'_, i32>>()
        && let Ok(a) = a.as_slice()
    {
        return Ok(a.iter().map(|&i| of(i.into())).collect());
    }
    if let Ok(a) = x.extract::<PyReadonlyArray1<'_, i64>>()
        && let Ok(a) = a.as_slice()
    {
        return Ok(a.iter().map(|&i| of(i)).collect());
    }
    // What does not fit is nowhere.
    let number = |i: i128| of(i64::try_from(i).unwrap_or(-1));
    Ok(array_of(x)?.to_i128_vec().into_iter().map(number).collect())
}

impl<'py> Held<'py> {
    /// Of an array of two dimensions, or of the parts (indptr, indices, data, columns) of a sparse
    /// matrix.
    pub(super) fn new(x: &Bound<'py, PyAny>) -> PyResult<Held<'py>> {
        if let Ok(parts) = x.cast::<PyTuple>() {
            let (indptr, indices, data, cols): (
                Bound<'py, PyAny>,
                Bound<'py, PyAny>,
                Bound<'py, PyAny>,
                usize,
            ) = parts.extract()?;
            let data = match data.extract::<PyReadonlyArray1<'py, f64>>() {
                Ok(array) if array.is_c_contiguous() => Values::Read(array),
                _ => Values::Copied(array_of(&data)?.to_f64_vec()),
            };
            let indptr = integers(&indptr, |i| i as usize)?;
            let indices = match indices.extract::<PyReadonlyArray1<'py, i32>>() {
                Ok(array) if array.is_c_contiguous() => Columns::Read(array),
                _ => Columns::Copied(integers(&indices, |i| u32::try_from(i).unwrap_or(u32::MAX))?),
            };
            let sparse = Sparse { indptr, indices, data, cols };
            Csr::new(&*sparse.indptr, sparse.columns()?, sparse.values()?, cols).or_raise()?;
            return Ok(Held::Sparse(sparse));
        }
        if let Ok(array) = x.extract::<PyReadonlyArray2<'py, f64>>()
            && array.is_c_contiguous()
        {
            return Ok(Held::F64(array));
        }
        if let Ok(array) = x.extract::<PyReadonlyArray2<'py, f32>>()
            && array.is_c_contiguous()
        {
            return Ok(Held::F32(array));
        }
        array_of(x).map(Held::Copied)
    }

    /// The memory, if an estimator may keep it: NumPy's, where it is.
    pub(super) fn lent(&self) -> Option<Lent> {
        match self {
            Held::F64(a) => kept(a).map(Lent::F64),
            Held::F32(a) => kept(a).map(Lent::F32),
            Held::Copied(_) | Held::Sparse(_) => None,
        }
    }

    pub(super) fn features(&self) -> PyResult<Features<'_>> {
        Ok(match self {
            Held::F64(a) => {
                let [rows, cols] = [a.shape()[0], a.shape()[1]];
                Features::Dense(Dense::F64(Matrix::new(a.as_slice()?, rows, cols)))
            }
            Held::F32(a) => {
                let [rows, cols] = [a.shape()[0], a.shape()[1]];
                Features::Dense(Dense::F32(Matrix::new(a.as_slice()?, rows, cols)))
            }
            Held::Copied(a) => a.into_features().or_raise()?,
            Held::Sparse(s) => Features::Sparse(Csr {
                indptr: Cow::Borrowed(&s.indptr),
                indices: Cow::Borrowed(s.columns()?),
                data: Cow::Borrowed(s.values()?),
                cols: s.cols,
            }),
        })
    }
}

/// The memory of an array of NumPy's, which it keeps.
struct Kept<T> {
    _array: Py<PyAny>,
    data: *const T,
    len: usize,
}

// SAFETY: the memory is read only, and the reference is only dropped, which Python's lock is waited for.
unsafe impl<T: Sync> Send for Kept<T> {}
// SAFETY: as above.
unsafe impl<T: Sync> Sync for Kept<T> {}

impl<T> AsRef<[T]> for Kept<T> {
    fn as_ref(&self) -> &[T] {
        // SAFETY: the array is kept, and NumPy leaves an array's memory where it is while others refer to
        // the array.
        unsafe { std::slice::from_raw_parts(self.data, self.len) }
    }
}

/// The memory of an array without gaps, kept where it is.
pub(super) fn kept<T: numpy::Element + Sync + 'static, D: Dimension>(
    array: &PyReadonlyArray<'_, T, D>,
) -> Option<Shared<T>> {
    let slice = array.as_slice().ok()?;
    let (data, len) = (slice.as_ptr(), slice.len());
    Some(Shared::new(Kept { _array: array.as_any().clone().unbind(), data, len }))
}

/// A matrix as an array that takes over its memory.
fn owned<'py, T: numpy::Element + Clone>(
    py: Python<'py>,
    m: Matrix<'static, T>,
) -> PyResult<Bound<'py, PyAny>> {
    let shape = [m.rows, m.cols];
    Ok(PyArray1::from_vec(py, m.data.into_owned()).reshape(shape)?.into_any())
}

/// Features as an array, or as the parts of a sparse matrix.
pub(super) fn to_python<'py>(py: Python<'py>, x: Features<'static>) -> PyResult<Bound<'py, PyAny>> {
    match x {
        Features::Dense(Dense::F32(m)) => owned(py, m),
        Features::Dense(Dense::F64(m)) => owned(py, m),
        Features::Sparse(s) => {
            let indptr: Vec<i64> = s.indptr.iter().map(|&i| i as i64).collect();
            let indices: Vec<i32> = s.indices.iter().map(|&i| i as i32).collect();
            let parts = (
                PyArray1::from_vec(py, indptr),
                PyArray1::from_vec(py, indices),
                PyArray1::from_vec(py, s.data.into_owned()),
                s.cols,
            );
            Ok(parts.into_pyobject(py)?.into_any())
        }
    }
}
