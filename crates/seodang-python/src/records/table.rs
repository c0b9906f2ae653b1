//! The tables of the records: what the Python classes, their signatures and their stubs are made of.

use crate::errors::OrRaise;
use crate::json;
use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;
use pyo3::types::{PyDict, PyList};
use seodang_nn::record::{Choice, Config, Entry, Family, Record};
use serde_json::Value;

/// A member of a family by its class name and configuration.
pub(crate) fn member<F: Family + ?Sized>(
    class: &str,
    config: Option<&Bound<'_, PyDict>>,
) -> PyResult<Choice<F>> {
    let object = serde_json::json!({ "class_name": class, "config": json::config(config)? });
    Choice::<F>::from_value(&object).or_raise()
}

/// A record's configuration as a Python dict.
pub(crate) fn config_of<'py>(py: Python<'py>, config: Config) -> PyResult<Bound<'py, PyAny>> {
    json::to_python(py, &Value::Object(config))
}

fn rows<'py, F: Family + ?Sized>(
    py: Python<'py>,
    table: &[Entry<F>],
    out: &Bound<'py, PyList>,
) -> PyResult<()> {
    for entry in table {
        let row = PyDict::new(py);
        row.set_item("class_name", entry.class_name)?;
        row.set_item("aliases", entry.aliases.to_vec())?;
        let schema = (entry.schema)();
        row.set_item("schema", json::to_python(py, schema.as_value())?)?;
        out.append(row)?;
    }
    Ok(())
}

/// Every record of a family: class name, other names, JSON schema of the options (with their
/// documentation, defaults and which of them are required).
#[pyfunction]
fn family_table<'py>(py: Python<'py>, family: &str) -> PyResult<Bound<'py, PyList>> {
    use seodang_nn::{
        constraints, initializers, layers, losses, metrics, optimizers, regularizers, schedules,
    };
    let out = PyList::empty(py);
    match family {
        "layers" => rows(py, <dyn layers::Layer>::table(), &out)?,
        "losses" => rows(py, <dyn losses::Loss>::table(), &out)?,
        "metrics" => rows(py, <dyn metrics::Metric>::table(), &out)?,
        "optimizers" => rows(py, <dyn optimizers::Optimizer>::table(), &out)?,
        "initializers" => rows(py, <dyn initializers::Initializer>::table(), &out)?,
        "regularizers" => rows(py, <dyn regularizers::Regularizer>::table(), &out)?,
        "constraints" => rows(py, <dyn constraints::Constraint>::table(), &out)?,
        "schedules" => rows(py, <dyn schedules::Schedule>::table(), &out)?,
        "activations" => {
            for name in seodang_nn::Activation::NAMES {
                let row = PyDict::new(py);
                row.set_item("class_name", name)?;
                out.append(row)?;
            }
        }
        _ => return Err(PyValueError::new_err(format!("there is no family {family:?}"))),
    }
    Ok(out)
}

/// The name of a member of a family that a name stands for ("mse": "MeanSquaredError").
#[pyfunction]
fn family_find(family: &str, name: &str) -> PyResult<&'static str> {
    use seodang_nn::{
        constraints, initializers, layers, losses, metrics, optimizers, regularizers, schedules,
    };
    macro_rules! find {
        ($ty:ty) => {
            Ok(<$ty>::find(name).or_raise()?.class_name)
        };
    }
    match family {
        "layers" => find!(dyn layers::Layer),
        "losses" => find!(dyn losses::Loss),
        "metrics" => find!(dyn metrics::Metric),
        "optimizers" => find!(dyn optimizers::Optimizer),
        "initializers" => find!(dyn initializers::Initializer),
        "regularizers" => find!(dyn regularizers::Regularizer),
        "constraints" => find!(dyn constraints::Constraint),
        "schedules" => find!(dyn schedules::Schedule),
        _ => Err(PyValueError::new_err(format!("there is no family {family:?}"))),
    }
}

/// A record's options as a dict: shared by the handles.
pub(crate) fn describe<'py>(py: Python<'py>, record: &dyn Record) -> PyResult<Bound<'py, PyAny>> {
    config_of(py, record.config().or_raise()?)
}

pub(crate) fn register(m: &Bound<'_, PyModule>) -> PyResult<()> {
    m.add_function(wrap_pyfunction!(family_table, m)?)?;
    m.add_function(wrap_pyfunction!(family_find, m)?)
}
