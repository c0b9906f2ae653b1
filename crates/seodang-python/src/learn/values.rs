//! Parameters and learned attributes between Python and Rust.

use crate::convert::{array_of, to_numpy};
use crate::errors::from_python as python_error;
use numpy::PyUntypedArray;
use pyo3::prelude::*;
use pyo3::types::{PyBool, PyDict, PyFloat, PyInt, PyList, PyString, PyTuple};
use seodang_core::Array;
use seodang_learn::{Function, Value};

/// A Python value as a parameter's.
pub(super) fn from_python(value: &Bound<'_, PyAny>) -> PyResult<Value> {
    if value.is_none() {
        return Ok(Value::None);
    }
    if let Ok(b) = value.cast::<PyBool>() {
        return Ok(Value::Bool(b.is_true()));
    }
    if let Ok(i) = value.cast::<PyInt>() {
        // An integer beyond 64 bits is no count of anything.
        return Ok(i.extract::<i64>().map_or_else(|_| Value::Other(i.to_string()), Value::Int));
    }
    if let Ok(x) = value.cast::<PyFloat>() {
        return Ok(Value::Float(x.value()));
    }
    if let Ok(s) = value.cast::<PyString>() {
        return Ok(Value::Str(s.to_string()));
    }
    if value.is_instance_of::<PyList>() || value.is_instance_of::<PyTuple>() {
        let items = value.try_iter()?.map(|item| from_python(&item?));
        return items.collect::<PyResult<_>>().map(Value::List);
    }
    if let Ok(dict) = value.cast::<PyDict>() {
        let pairs = dict.iter().map(|(k, v)| Ok((from_python(&k)?, from_python(&v)?)));
        return pairs.collect::<PyResult<_>>().map(Value::Dict);
    }
    if value.cast::<PyUntypedArray>().is_ok() {
        return match array_of(value) {
            Ok(array) => Ok(Value::Array(array)),
            Err(_) => Ok(Value::Other(value.repr()?.to_string())),
        };
    }
    if value.is_callable() {
        return Ok(Value::Function(function(value)));
    }
    // NumPy's scalars: their Python number.
    if value.hasattr("dtype")? && value.hasattr("item")? {
        let plain = value.call_method0("item")?;
        if !plain.hasattr("dtype")? {
            return from_python(&plain);
        }
    }
    Ok(Value::Other(value.repr()?.to_string()))
}

/// A Python callable over arrays.
pub(super) fn function(callable: &Bound<'_, PyAny>) -> Function {
    let origin = callable.clone().unbind();
    let callable = callable.clone().unbind();
    Function::new(move |arguments: &[Array]| {
        Python::attach(|py| {
            let arrays = arguments.iter().map(|a| to_numpy(py, a)).collect::<PyResult<Vec<_>>>()?;
            let out = callable.bind(py).call1(PyTuple::new(py, arrays)?)?;
            crate::convert::numpy_array(&out)
        })
        .map_err(python_error)
    })
    .made_of(origin)
}

/// A parameter or an attribute as Python has it.
pub(super) fn to_python<'py>(py: Python<'py>, value: &Value) -> PyResult<Bound<'py, PyAny>> {
    Ok(match value {
        Value::None => py.None().into_bound(py),
        Value::Bool(b) => PyBool::new(py, *b).to_owned().into_any(),
        Value::Int(i) => i.into_pyobject(py)?.into_any(),
        Value::Float(x) => PyFloat::new(py, *x).into_any(),
        Value::Str(s) => PyString::new(py, s).into_any(),
        Value::List(items) => {
            let items = items.iter().map(|i| to_python(py, i)).collect::<PyResult<Vec<_>>>()?;
            PyList::new(py, items)?.into_any()
        }
        Value::Dict(pairs) => {
            let dict = PyDict::new(py);
            for (k, v) in pairs {
                dict.set_item(to_python(py, k)?, to_python(py, v)?)?;
            }
            dict.into_any()
        }
        Value::Array(a) => to_numpy(py, a)?,
        Value::Function(f) => match f.origin::<Py<PyAny>>() {
            Some(callable) => callable.bind(py).clone(),
            None => return Err(pyo3::exceptions::PyTypeError::new_err("a function")),
        },
        Value::Other(repr) => PyString::new(py, repr).into_any(),
    })
}
