//! `Function`: Python code that is traced into programs.

use crate::errors::{OrRaise, from_python};
use crate::tensor::PyTensor;
use pyo3::exceptions::PyTypeError;
use pyo3::prelude::*;
use pyo3::types::PyList;
use seodang_tensor::{Function, Tensor};
use std::sync::Arc;

/// Python code that is traced once for each set of argument types, compiled, and then runs without
/// Python. It takes a list of tensors and returns one; variables are read and written in place.
#[pyclass(frozen, name = "Function", module = "seodang._native")]
pub(crate) struct PyFunction(pub(crate) Arc<Function>);

/// The list of tensors of a Python sequence of tensors.
pub(crate) fn list(values: &Bound<'_, PyAny>) -> PyResult<Vec<Tensor>> {
    values.try_iter()?.map(|v| crate::convert::tensor(&v?)).collect()
}

/// A Python list of tensors.
pub(crate) fn to_list<'py>(py: Python<'py>, tensors: Vec<Tensor>) -> PyResult<Bound<'py, PyList>> {
    PyList::new(py, tensors.into_iter().map(PyTensor))
}

/// A closure over tensors that runs Python code.
pub(crate) fn closure(
    callable: Py<PyAny>,
) -> impl Fn(&[Tensor]) -> seodang_core::Result<Vec<Tensor>> + Send + Sync + 'static {
    move |arguments| {
        Python::attach(|py| {
            let given = to_list(py, arguments.to_vec())?;
            let results = callable.bind(py).call1((given,))?;
            if results.is_none() {
                return Ok(Vec::new());
            }
            list(&results)
        })
        .map_err(from_python)
    }
}

#[pymethods]
impl PyFunction {
    #[new]
    #[pyo3(signature = (callable, name="function"))]
    fn new(callable: Bound<'_, PyAny>, name: &str) -> PyResult<PyFunction> {
        if !callable.is_callable() {
            return Err(PyTypeError::new_err("a function must be callable"));
        }
        Ok(PyFunction(Arc::new(Function::new(name, closure(callable.unbind())))))
    }

    /// Runs the program for the arguments, tracing and compiling it first if their types are new.
    fn call<'py>(
        &self,
        py: Python<'py>,
        arguments: &Bound<'py, PyAny>,
    ) -> PyResult<Bound<'py, PyList>> {
        let arguments = list(arguments)?;
        let results = py.detach(|| self.0.call(&arguments)).or_raise()?;
        to_list(py, results)
    }

    /// How many programs were traced.
    #[getter]
    fn traces(&self) -> usize {
        self.0.traces()
    }

    /// The name.
    #[getter]
    fn name(&self) -> &str {
        self.0.name()
    }
}

/// Whether a function is being traced on this thread.
#[pyfunction]
fn is_tracing() -> bool {
    seodang_tensor::is_tracing()
}

/// Runs Python code outside of the trace that is going on.
#[pyfunction]
fn eagerly<'py>(callable: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyAny>> {
    seodang_tensor::eagerly(|| callable.call0())
}

/// The shapes and element types of a function's results for arguments of given ones, without computing.
///
/// `arguments` and the result are lists of `(shape, dtype)`.
#[pyfunction]
fn eval_shape<'py>(
    py: Python<'py>,
    callable: &Bound<'py, PyAny>,
    arguments: &Bound<'py, PyAny>,
) -> PyResult<Vec<(Vec<usize>, Bound<'py, PyAny>)>> {
    let mut types = Vec::new();
    for item in arguments.try_iter()? {
        let (shape, dtype): (Bound<'_, PyAny>, Bound<'_, PyAny>) = item?.extract()?;
        let shape = crate::convert::sizes(&shape)?;
        types.push(seodang_tensor::TensorType::new(crate::types::parse_dtype(&dtype)?, shape));
    }
    let run = closure(callable.clone().unbind());
    let results = seodang_tensor::eval_shape(&types, |x: &[Tensor]| run(x)).or_raise()?;
    (results.into_iter())
        .map(|ty| Ok((ty.shape.to_vec(), crate::types::dtype(py, ty.dtype)?)))
        .collect()
}

pub(crate) fn register(m: &Bound<'_, PyModule>) -> PyResult<()> {
    m.add_class::<PyFunction>()?;
    m.add_function(wrap_pyfunction!(is_tracing, m)?)?;
    m.add_function(wrap_pyfunction!(eagerly, m)?)?;
    m.add_function(wrap_pyfunction!(eval_shape, m)?)
}
