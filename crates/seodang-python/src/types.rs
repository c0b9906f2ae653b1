//! The Python classes that tensors hand out: shapes, element types, exceptions. They are Python's own
//! (`seodang._shapes`, `_dtypes`, `errors`) and are looked up once.

use pyo3::prelude::*;
use pyo3::sync::PyOnceLock;
use pyo3::types::{PyString, PyTuple, PyType};
use seodang_core::DType;

static SHAPE: PyOnceLock<Py<PyAny>> = PyOnceLock::new();
static DTYPES: PyOnceLock<Vec<Py<PyAny>>> = PyOnceLock::new();
static AS_DTYPE: PyOnceLock<Py<PyAny>> = PyOnceLock::new();

/// A `TensorShape`.
pub(crate) fn shape<'py>(py: Python<'py>, dims: &[usize]) -> PyResult<Bound<'py, PyAny>> {
    let class = SHAPE.get_or_try_init(py, || -> PyResult<Py<PyAny>> {
        Ok(py.import("seodang._shapes")?.getattr("TensorShape")?.unbind())
    })?;
    class.bind(py).call1((PyTuple::new(py, dims)?,))
}

/// A `DType` object.
pub(crate) fn dtype(py: Python<'_>, dtype: DType) -> PyResult<Bound<'_, PyAny>> {
    let all = DTYPES.get_or_try_init(py, || -> PyResult<Vec<Py<PyAny>>> {
        let names = py.import("seodang._dtypes")?.getattr("_BY_NAME")?;
        DType::ALL.iter().map(|d| Ok(names.get_item(d.name())?.unbind())).collect()
    })?;
    Ok(all[dtype as usize].bind(py).clone())
}

/// The element type that any spelling stands for.
pub(crate) fn parse_dtype(value: &Bound<'_, PyAny>) -> PyResult<DType> {
    let py = value.py();
    let name = match value.cast::<PyString>() {
        Ok(name) => name.to_str()?.parse::<DType>().ok(),
        Err(_) => None,
    };
    if let Some(dtype) = name {
        return Ok(dtype);
    }
    let as_dtype = AS_DTYPE.get_or_try_init(py, || -> PyResult<Py<PyAny>> {
        Ok(py.import("seodang._dtypes")?.getattr("as_dtype")?.unbind())
    })?;
    let found = as_dtype.bind(py).call1((value,))?.getattr("name")?;
    let found: String = found.extract()?;
    found.parse::<DType>().map_err(|_| {
        pyo3::exceptions::PyTypeError::new_err(format!(
            "tensors of {found} are not numbers, and this needs numbers"
        ))
    })
}

/// An optional element type.
pub(crate) fn optional_dtype(value: Option<&Bound<'_, PyAny>>) -> PyResult<Option<DType>> {
    value.filter(|v| !v.is_none()).map(parse_dtype).transpose()
}

/// A class of `seodang.errors`.
pub(crate) fn error_class<'py>(py: Python<'py>, name: &str) -> PyResult<Bound<'py, PyType>> {
    Ok(py.import("seodang.errors")?.getattr(name)?.cast_into::<PyType>()?)
}
