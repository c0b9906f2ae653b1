//! What indexing a variable gives: a tensor that can be assigned to, as in `v[1:].assign(x)`.

use crate::convert::to_numpy;
use crate::errors::invalid;
use crate::tensor::{PyTensor, host};
use crate::variable::PyVariable;
use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;

/// A part of a variable: its value when it was asked for, and the way to replace it there.
#[pyclass(frozen, extends = PyTensor, name = "VariableSlice", module = "seodang")]
pub(crate) struct PyVariableSlice {
    variable: Py<PyVariable>,
    key: Py<PyAny>,
}

impl PyVariableSlice {
    pub(crate) fn of<'py>(
        variable: &Bound<'py, PyVariable>,
        key: &Bound<'py, PyAny>,
        value: PyTensor,
    ) -> PyResult<Bound<'py, PyVariableSlice>> {
        let part =
            PyVariableSlice { variable: variable.clone().unbind(), key: key.clone().unbind() };
        Bound::new(variable.py(), PyClassInitializer::from(value).add_subclass(part))
    }
}

#[pymethods]
impl PyVariableSlice {
    /// Replaces this part of the variable; gives the variable.
    #[pyo3(signature = (value, name=None))]
    fn assign<'py>(
        &self,
        value: &Bound<'py, PyAny>,
        name: Option<&str>,
    ) -> PyResult<Bound<'py, PyAny>> {
        let _ = name;
        let (py, variable) = (value.py(), self.variable.bind(value.py()));
        let whole = to_numpy(py, &host(py, &variable.get().value_now()?)?)?.call_method0("copy")?;
        let value = py.import("numpy")?.call_method1("asarray", (value,))?;
        whole.set_item(&self.key, &value).map_err(|e| unfit(py, e))?;
        variable.call_method1("assign", (whole,))
    }
}

/// TensorFlow's exception for what NumPy cannot broadcast.
fn unfit(py: Python<'_>, e: PyErr) -> PyErr {
    if e.is_instance_of::<PyValueError>(py) {
        return invalid(py, e.value(py).to_string());
    }
    e
}
