//! Python's plain values as JSON, and back: configurations of records.

use pyo3::exceptions::PyTypeError;
use pyo3::prelude::*;
use pyo3::types::{PyBool, PyDict, PyFloat, PyInt, PyList, PyString, PyTuple};
use serde_json::{Map, Number, Value};

/// A Python value as JSON: dicts, lists, tuples, strings, numbers (NumPy's too), None, types with a
/// `name` (element types).
pub(crate) fn from_python(value: &Bound<'_, PyAny>) -> PyResult<Value> {
    if value.is_none() {
        return Ok(Value::Null);
    }
    if let Ok(b) = value.cast::<PyBool>() {
        return Ok(Value::Bool(b.is_true()));
    }
    if let Ok(s) = value.cast::<PyString>() {
        return Ok(Value::String(s.to_str()?.to_string()));
    }
    if value.is_instance_of::<PyInt>() {
        return match value.extract::<i64>() {
            Ok(n) => Ok(n.into()),
            Err(_) => Ok(value.extract::<u64>()?.into()),
        };
    }
    if value.is_instance_of::<PyFloat>() {
        return Ok(float(value.extract()?));
    }
    if let Ok(dict) = value.cast::<PyDict>() {
        let mut map = Map::new();
        for (k, v) in dict.iter() {
            map.insert(k.str()?.to_string(), from_python(&v)?);
        }
        return Ok(Value::Object(map));
    }
    if value.is_instance_of::<PyList>() || value.is_instance_of::<PyTuple>() {
        return value
            .try_iter()?
            .map(|v| from_python(&v?))
            .collect::<PyResult<_>>()
            .map(Value::Array);
    }
    // NumPy's numbers and arrays, and tensors.
    if value.hasattr("tolist")? {
        return from_python(&value.call_method0("tolist")?);
    }
    if value.hasattr("get_config")? {
        let serialized = PyDict::new(value.py());
        serialized.set_item("class_name", value.get_type().name()?)?;
        serialized.set_item("config", value.call_method0("get_config")?)?;
        return from_python(&serialized);
    }
    if let Ok(name) = value.getattr("name")
        && let Ok(name) = name.extract::<String>()
    {
        return Ok(Value::String(name));
    }
    Err(PyTypeError::new_err(format!(
        "an option cannot be {} of type {}",
        value.repr()?,
        value.get_type().name()?
    )))
}

fn float(x: f64) -> Value {
    match Number::from_f64(x) {
        Some(n) => Value::Number(n),
        None => Value::String(
            if x.is_nan() {
                "nan"
            } else if x > 0.0 {
                "inf"
            } else {
                "-inf"
            }
            .into(),
        ),
    }
}

/// JSON as Python's plain values.
pub(crate) fn to_python<'py>(py: Python<'py>, value: &Value) -> PyResult<Bound<'py, PyAny>> {
    Ok(match value {
        Value::Null => py.None().into_bound(py),
        Value::Bool(b) => b.into_pyobject(py)?.to_owned().into_any(),
        Value::Number(n) => match (n.as_i64(), n.as_u64()) {
            (Some(i), _) => i.into_pyobject(py)?.into_any(),
            (None, Some(u)) => u.into_pyobject(py)?.into_any(),
            _ => n.as_f64().unwrap_or(f64::NAN).into_pyobject(py)?.into_any(),
        },
        Value::String(s) => PyString::new(py, s).into_any(),
        Value::Array(list) => {
            let items = list.iter().map(|v| to_python(py, v)).collect::<PyResult<Vec<_>>>()?;
            PyList::new(py, items)?.into_any()
        }
        Value::Object(map) => {
            let dict = PyDict::new(py);
            for (k, v) in map {
                dict.set_item(k, to_python(py, v)?)?;
            }
            dict.into_any()
        }
    })
}

/// A dict as a record's configuration.
pub(crate) fn config(value: Option<&Bound<'_, PyDict>>) -> PyResult<Map<String, Value>> {
    match value {
        Some(dict) => match from_python(dict.as_any())? {
            Value::Object(map) => Ok(map),
            _ => Ok(Map::new()),
        },
        None => Ok(Map::new()),
    }
}
