//! Many steps without Python: the inner loop of `fit`, `evaluate` and `predict`.

use crate::convert::{array_of, to_numpy};
use crate::errors::OrRaise;
use crate::function::{PyFunction, to_list};
use numpy::{PyArray1, PyArrayMethods};
use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;
use pyo3::types::PyList;
use seodang_core::random::Stream;
use seodang_core::{Array, Result};
use seodang_tensor::{Function, Tensor};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

/// Rows of arrays of one length, copied out of NumPy's memory once.
#[pyclass(frozen, name = "Rows", module = "seodang._native")]
struct Rows(Vec<Array>);

#[pymethods]
impl Rows {
    #[new]
    fn new(arrays: &Bound<'_, PyAny>) -> PyResult<Rows> {
        let arrays = arrays.try_iter()?.map(|a| array_of(&a?)).collect::<PyResult<Vec<_>>>()?;
        let count = |a: &Array| a.shape().first().copied();
        if arrays.iter().any(|a| count(a) != count(&arrays[0]) || a.shape().rank() == 0) {
            return Err(PyValueError::new_err("the arrays do not have one number of rows"));
        }
        Ok(Rows(arrays))
    }

    fn __len__(&self) -> usize {
        self.0.first().and_then(|a| a.shape().first().copied()).unwrap_or(0)
    }
}

/// Runs a function over batches of rows.
#[pyclass(frozen, name = "Runner", module = "seodang._native")]
struct Runner {
    function: Arc<Function>,
    rows: Py<Rows>,
    outputs: Mutex<Vec<Tensor>>,
}

/// The rows `start..end` of an order, as tensors.
fn batch(rows: &[Array], order: Option<&[usize]>, start: usize, end: usize) -> Result<Vec<Tensor>> {
    rows.iter()
        .map(|a| {
            let part = match order {
                Some(order) => a.take_rows(&order[start..end])?,
                None => a.slice_rows(start, end)?,
            };
            Tensor::from_array(&part)
        })
        .collect()
}

#[pymethods]
impl Runner {
    #[new]
    fn new(function: &Bound<'_, PyFunction>, rows: Bound<'_, Rows>) -> Runner {
        Runner {
            function: function.get().0.clone(),
            rows: rows.unbind(),
            outputs: Mutex::default(),
        }
    }

    /// Runs a step for each batch of `order[start:stop]` (the rows in turn without an order), without
    /// holding Python's lock, until the batches end, `seconds` are over or the user interrupts.
    ///
    /// Gives where the next batch begins and how many steps were made.
    #[pyo3(signature = (order, start, stop, batch_size, seconds=0.1, max_steps=None))]
    fn run(
        &self,
        py: Python<'_>,
        order: Option<&Bound<'_, PyArray1<i64>>>,
        start: usize,
        stop: usize,
        batch_size: usize,
        seconds: f64,
        max_steps: Option<usize>,
    ) -> PyResult<(usize, usize)> {
        let rows = &self.rows.get().0;
        let count = self.rows.get().__len__();
        let order: Option<Vec<usize>> = match order {
            Some(order) => {
                let order = order.to_vec().map_err(|e| PyValueError::new_err(e.to_string()))?;
                let inside = |i: &i64| usize::try_from(*i).is_ok_and(|i| i < count);
                if !order.iter().all(inside) {
                    return Err(PyValueError::new_err("the order names rows that are not there"));
                }
                Some(order.into_iter().map(|i| i as usize).collect())
            }
            None => None,
        };
        let limit = order.as_ref().map_or(count, Vec::len);
        if batch_size == 0 || stop > limit || start > stop {
            return Err(PyValueError::new_err(format!(
                "no batches of {batch_size} rows from {start} to {stop} of {limit}"
            )));
        }
        let budget = Duration::from_secs_f64(seconds.clamp(0.0, 1e6));
        py.detach(|| {
            let begun = Instant::now();
            let (mut at, mut steps) = (start, 0);
            let mut last = Vec::new();
            while at < stop {
                let end = (at + batch_size).min(stop);
                let arguments = batch(rows, order.as_deref(), at, end).or_raise()?;
                last = self.function.call(&arguments).or_raise()?;
                at = end;
                steps += 1;
                if begun.elapsed() >= budget || max_steps.is_some_and(|m| steps >= m) {
                    break;
                }
            }
            if steps > 0 {
                *self.outputs.lock().unwrap_or_else(|e| e.into_inner()) = last;
            }
            Ok((at, steps))
        })
    }

    /// What the last step returned.
    #[getter]
    fn outputs<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyList>> {
        to_list(py, self.outputs.lock().unwrap_or_else(|e| e.into_inner()).clone())
    }
}

/// The stream of a seed's random numbers that orders epoch 0; the next epochs follow it. The same as in
/// Rust's `fit`.
const SHUFFLE_STREAM: u64 = 0x5348_5546_0000_0000;

/// The order in which an epoch sees `n` rows.
#[pyfunction]
fn shuffle_order<'py>(
    py: Python<'py>,
    n: usize,
    seed: u64,
    epoch: u64,
) -> Bound<'py, PyArray1<i64>> {
    let mut stream = Stream::new(seed, SHUFFLE_STREAM.wrapping_add(epoch));
    let order: Vec<i64> = stream.permutation(n).into_iter().map(|i| i as i64).collect();
    PyArray1::from_vec(py, order)
}

/// Runs a function of one array over its rows in batches: the whole of `predict` for one input. Gives
/// a list of NumPy arrays, one for each output.
#[pyfunction]
fn predict_call<'py>(
    py: Python<'py>,
    function: &Bound<'py, PyFunction>,
    x: &Bound<'py, PyAny>,
    batch_size: usize,
) -> PyResult<Vec<Bound<'py, PyAny>>> {
    let x = array_of(x)?;
    let n = x.shape().first().copied().unwrap_or(0);
    if n == 0 || batch_size == 0 {
        return Err(PyValueError::new_err("Expected at least one row of data to predict."));
    }
    let f = &function.get().0;
    if n <= batch_size {
        // One batch, the common case of one row: no copies but the two at the border.
        let run = || f.call(&[Tensor::from_array(&x)?])?.iter().map(Tensor::to_array).collect();
        let outputs: Result<Vec<Array>> = if n > 1 { py.detach(run) } else { run() };
        return outputs.or_raise()?.iter().map(|a| to_numpy(py, a)).collect();
    }
    let parts: Vec<Vec<Array>> = py.detach(|| {
        let mut parts: Vec<Vec<Array>> = Vec::new();
        let mut at = 0;
        while at < n {
            let end = (at + batch_size).min(n);
            let part = Tensor::from_array(&x.slice_rows(at, end).or_raise()?).or_raise()?;
            let outputs = f.call(&[part]).or_raise()?;
            parts.push(outputs.iter().map(Tensor::to_array).collect::<Result<_>>().or_raise()?);
            at = end;
            // Between batches the user may interrupt.
            Python::attach(|py| py.check_signals())?;
        }
        Ok::<_, PyErr>(parts)
    })?;
    (0..parts[0].len())
        .map(|i| {
            let pieces =
                (parts.iter()).map(|p| to_numpy(py, &p[i])).collect::<PyResult<Vec<_>>>()?;
            crate::convert::numpy(py)?.call_method1("concatenate", (PyList::new(py, pieces)?,))
        })
        .collect()
}

pub(crate) fn register(m: &Bound<'_, PyModule>) -> PyResult<()> {
    m.add_class::<Rows>()?;
    m.add_class::<Runner>()?;
    m.add_function(wrap_pyfunction!(shuffle_order, m)?)?;
    m.add_function(wrap_pyfunction!(predict_call, m)?)
}
