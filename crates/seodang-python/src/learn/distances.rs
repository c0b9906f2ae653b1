//! Distances and trees of samples for Python.

use super::features::Held;
use super::values::from_python;
use super::{OrRaise, raise};
use numpy::{PyArray1, PyArray2, PyArrayMethods, PyReadonlyArray1};
use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;
use pyo3::types::PyDict;
use seodang_learn::neighbors::{
    Arguments, Distances, Form, Kernel, Measure, Power, Tree, chi_squares,
};
use seodang_learn::record::{Param, Value};
use seodang_learn::{Features, threads, with_threads};

/// A metric and its arguments, of which `p` is Minkowski's power.
fn metric_of(
    metric: &Bound<'_, PyAny>,
    arguments: &Bound<'_, PyDict>,
) -> PyResult<(Measure, Power, Option<Arguments>)> {
    let measure = Measure::from_value(&from_python(metric)?)
        .ok_or_else(|| PyValueError::new_err(format!("Unrecognized metric '{metric}'")))?;
    let (mut p, mut others) = (2.0, Vec::new());
    for (name, value) in arguments {
        let value = from_python(&value)?;
        match (name.extract::<String>()?, f64::from_value(&value)) {
            (name, Some(power)) if name == "p" => p = power,
            // What is not given.
            _ if matches!(value, Value::None) => {}
            (name, _) => others.push((name.into(), value)),
        }
    }
    let others = (!others.is_empty()).then_some(Arguments(others));
    Ok((measure, Power(p), others))
}

/// The distances of all pairs of rows of `x` and `y`; `sizes` as in [`Distances::new`]. `jobs` is how many threads may work, 0 as many as there are.
#[pyfunction]
#[pyo3(signature = (metric, arguments, x, y, *, sizes=false, jobs=0))]
pub(super) fn learn_distances<'py>(
    py: Python<'py>,
    metric: &Bound<'py, PyAny>,
    arguments: &Bound<'py, PyDict>,
    x: &Bound<'py, PyAny>,
    y: &Bound<'py, PyAny>,
    sizes: bool,
    jobs: usize,
) -> PyResult<Bound<'py, PyArray2<f64>>> {
    let (measure, p, others) = metric_of(metric, arguments)?;
    let cols = Held::new(x)?.features()?.cols();
    let distances = Distances::new(&measure, p, others.as_ref(), cols, sizes).or_raise()?;
    all_pairs(py, x, y, jobs, |x, y, out| distances.pairwise(x, y, out))
}

/// The sums of (a - b)² / (a + b) of all pairs of rows.
#[pyfunction]
pub(super) fn learn_chi_squares<'py>(
    py: Python<'py>,
    x: &Bound<'py, PyAny>,
    y: &Bound<'py, PyAny>,
) -> PyResult<Bound<'py, PyArray2<f64>>> {
    all_pairs(py, x, y, 0, chi_squares)
}

fn all_pairs<'py>(
    py: Python<'py>,
    x: &Bound<'py, PyAny>,
    y: &Bound<'py, PyAny>,
    jobs: usize,
    write: impl Fn(&Features<'_>, &Features<'_>, &mut [f64]) -> seodang_core::Result<()> + Sync,
) -> PyResult<Bound<'py, PyArray2<f64>>> {
    let (x, y) = (Held::new(x)?, Held::new(y)?);
    let (x, y) = (x.features()?, y.features()?);
    if x.cols() != y.cols() {
        return Err(PyValueError::new_err("X and Y must have the same number of features"));
    }
    let out = PyArray2::<f64>::zeros(py, [x.rows(), y.rows()], false);
    {
        let mut places = out.try_readwrite().map_err(|e| PyValueError::new_err(e.to_string()))?;
        let places = places.as_slice_mut()?;
        let jobs = if jobs == 0 { threads() } else { jobs.min(threads()) };
        py.detach(|| with_threads(jobs, || write(&x, &y, places))).or_raise()?;
    }
    Ok(out)
}

/// A tree of samples.
#[pyclass(frozen, name = "SampleTree", module = "seodang._native")]
pub(super) struct SampleTree(Tree);

type Two<'py> = (Bound<'py, PyAny>, Bound<'py, PyAny>);
type Three<'py> = (Bound<'py, PyAny>, Bound<'py, PyAny>, Bound<'py, PyAny>);

fn numbers(py: Python<'_>, indices: Vec<u32>) -> Bound<'_, PyArray1<i64>> {
    PyArray1::from_iter(py, indices.into_iter().map(i64::from))
}

#[pymethods]
impl SampleTree {
    #[new]
    fn new(
        py: Python<'_>,
        form: &str,
        x: &Bound<'_, PyAny>,
        leaf_size: usize,
        metric: &Bound<'_, PyAny>,
        arguments: &Bound<'_, PyDict>,
    ) -> PyResult<SampleTree> {
        let form = if form == Form::Boxes.name() { Form::Boxes } else { Form::Balls };
        let (measure, p, others) = metric_of(metric, arguments)?;
        let held = Held::new(x)?;
        let x = held.features()?;
        py.detach(|| Tree::new(form, &x, leaf_size, &measure, p, others.as_ref()))
            .map(SampleTree)
            .map_err(raise)
    }

    /// The distances and numbers of the `k` nearest samples.
    fn query<'py>(&self, py: Python<'py>, x: &Bound<'py, PyAny>, k: usize) -> PyResult<Two<'py>> {
        let held = Held::new(x)?;
        let x = held.features()?;
        let (distances, indices) = py.detach(|| self.0.query(&x, k)).or_raise()?;
        let shape = [x.rows(), k];
        let distances = PyArray1::from_vec(py, distances).reshape(shape)?;
        Ok((distances.into_any(), numbers(py, indices).reshape(shape)?.into_any()))
    }

    /// The distances and numbers of the samples within a radius for each row, and where each row's end.
    fn within<'py>(
        &self,
        py: Python<'py>,
        x: &Bound<'py, PyAny>,
        radius: PyReadonlyArray1<'py, f64>,
        sorted: bool,
    ) -> PyResult<Three<'py>> {
        let held = Held::new(x)?;
        let (x, radius) = (held.features()?, radius.as_slice()?);
        let ask = || self.0.query_radius(&x, &|i| radius[i], sorted);
        let (distances, indices, ends) = py.detach(ask).or_raise()?;
        let ends = PyArray1::from_iter(py, ends.into_iter().map(|e| e as i64));
        let distances = PyArray1::from_vec(py, distances).into_any();
        Ok((distances, numbers(py, indices).into_any(), ends.into_any()))
    }

    /// How many samples are within a radius for each row.
    fn counts<'py>(
        &self,
        py: Python<'py>,
        x: &Bound<'py, PyAny>,
        radius: PyReadonlyArray1<'py, f64>,
    ) -> PyResult<Bound<'py, PyArray1<i64>>> {
        let held = Held::new(x)?;
        let (x, radius) = (held.features()?, radius.as_slice()?);
        let counts = py.detach(|| self.0.counts(&x, &|i| radius[i])).or_raise()?;
        Ok(PyArray1::from_iter(py, counts.into_iter().map(|n| n as i64)))
    }

    /// The sum of a kernel over all samples for each row; None for a kernel that there is not.
    fn density<'py>(
        &self,
        py: Python<'py>,
        x: &Bound<'py, PyAny>,
        kernel: &str,
        width: f64,
        absolute: f64,
        relative: f64,
    ) -> PyResult<Option<Bound<'py, PyArray1<f64>>>> {
        let Some(kernel) = Kernel::from_value(&kernel.into()) else { return Ok(None) };
        let held = Held::new(x)?;
        let x = held.features()?;
        let ask = || self.0.density(&x, kernel, width, absolute, relative);
        Ok(Some(PyArray1::from_vec(py, py.detach(ask).or_raise()?)))
    }

    /// The numbers of the samples in the tree's order, where each node's begin and end in it, and the
    /// bounds of each node, a row for each.
    fn parts<'py>(&self, py: Python<'py>) -> PyResult<(Three<'py>, Bound<'py, PyArray2<f64>>)> {
        let order = numbers(py, self.0.order().to_vec());
        let spans = self.0.spans();
        let starts = PyArray1::from_iter(py, spans.iter().map(|s| s.start as i64));
        let ends = PyArray1::from_iter(py, spans.iter().map(|s| s.end as i64));
        let bounds: Vec<f64> = self.0.bounds().flatten().copied().collect();
        let width = bounds.len() / spans.len();
        let bounds = PyArray1::from_vec(py, bounds).reshape([spans.len(), width])?;
        Ok(((order.into_any(), starts.into_any(), ends.into_any()), bounds))
    }
}
