//! Loops and branches over values that are known only when the program runs.

use crate::convert::tensor;
use crate::errors::{OrRaise, from_python};
use crate::function::{closure, list, to_list};
use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;
use pyo3::types::PyList;
use seodang_tensor::Tensor;

/// The results of one of two functions without arguments, by a truth value.
#[pyfunction]
fn cond<'py>(
    py: Python<'py>,
    predicate: &Bound<'py, PyAny>,
    yes: Py<PyAny>,
    no: Py<PyAny>,
) -> PyResult<Bound<'py, PyList>> {
    let branch =
        |f: Py<PyAny>| move || Python::attach(|py| list(&f.bind(py).call0()?)).map_err(from_python);
    let results = seodang_tensor::cond(&tensor(predicate)?, branch(yes), branch(no)).or_raise()?;
    to_list(py, results)
}

/// Runs a body over a list of tensors as long as a condition holds.
#[pyfunction]
#[pyo3(signature = (condition, body, carry, maximum_iterations=None))]
fn while_loop<'py>(
    py: Python<'py>,
    condition: Py<PyAny>,
    body: Py<PyAny>,
    carry: &Bound<'py, PyAny>,
    maximum_iterations: Option<usize>,
) -> PyResult<Bound<'py, PyList>> {
    let test = |x: &[Tensor]| {
        Python::attach(|py| tensor(&condition.bind(py).call1((to_list(py, x.to_vec())?,))?))
            .map_err(from_python)
    };
    let carry = list(carry)?;
    let results = seodang_tensor::while_loop(test, closure(body), &carry, maximum_iterations);
    to_list(py, results.or_raise()?)
}

/// Runs a body over the rows of tensors: `body(carry, rows) -> (carry, results)`; gives the last carry
/// and the results stacked.
#[pyfunction]
#[pyo3(signature = (body, carry, rows, length=None, reverse=false))]
fn scan<'py>(
    py: Python<'py>,
    body: Py<PyAny>,
    carry: &Bound<'py, PyAny>,
    rows: &Bound<'py, PyAny>,
    length: Option<usize>,
    reverse: bool,
) -> PyResult<(Bound<'py, PyList>, Bound<'py, PyList>)> {
    let step = |carry: &[Tensor], rows: &[Tensor]| {
        Python::attach(|py| {
            let given = (to_list(py, carry.to_vec())?, to_list(py, rows.to_vec())?);
            let result = body.bind(py).call1(given)?;
            let (carry, results): (Bound<'_, PyAny>, Bound<'_, PyAny>) =
                result.extract().map_err(|_| {
                    PyValueError::new_err("the body of a scan returns (carry, results)")
                })?;
            Ok((list(&carry)?, list(&results)?))
        })
        .map_err(from_python)
    };
    let (carry, rows) = (list(carry)?, list(rows)?);
    let (carry, results) = seodang_tensor::scan(step, &carry, &rows, length, reverse).or_raise()?;
    Ok((to_list(py, carry)?, to_list(py, results)?))
}

/// A function whose gradient is a function of the user's: `forward(inputs) -> outputs` and
/// `backward(inputs, outputs, gradients) -> gradients of the inputs`.
#[pyfunction]
fn custom_gradient<'py>(
    py: Python<'py>,
    forward: Py<PyAny>,
    backward: Py<PyAny>,
    inputs: &Bound<'py, PyAny>,
) -> PyResult<Bound<'py, PyList>> {
    let inputs = list(inputs)?;
    let back = |x: &[Tensor], y: &[Tensor], dy: &[Tensor]| {
        Python::attach(|py| {
            let given =
                (to_list(py, x.to_vec())?, to_list(py, y.to_vec())?, to_list(py, dy.to_vec())?);
            list(&backward.bind(py).call1(given)?)
        })
        .map_err(from_python)
    };
    let results =
        seodang_tensor::custom_gradient("custom_gradient", &inputs, closure(forward), back);
    to_list(py, results.or_raise()?)
}

pub(crate) fn register(m: &Bound<'_, PyModule>) -> PyResult<()> {
    m.add_function(wrap_pyfunction!(cond, m)?)?;
    m.add_function(wrap_pyfunction!(while_loop, m)?)?;
    m.add_function(wrap_pyfunction!(scan, m)?)?;
    m.add_function(wrap_pyfunction!(custom_gradient, m)?)
}
