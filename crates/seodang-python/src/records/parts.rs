//! Handles of losses, metrics, initializers, regularizers, constraints and schedules.

use super::table::{describe, member};
use crate::convert::{Wish, sized, tensor, tensor_as};
use crate::errors::OrRaise;
use crate::tensor::PyTensor;
use crate::types::optional_dtype;
use crate::variable::PyVariable;
use pyo3::prelude::*;
use pyo3::types::PyDict;
use seodang_core::DType;
use seodang_nn::constraints::Constraint;
use seodang_nn::initializers::Initializer;
use seodang_nn::losses::Loss;
use seodang_nn::metrics::{Direction, Metric, MetricRef};
use seodang_nn::regularizers::Regularizer;
use seodang_nn::schedules::Schedule;
use seodang_tensor::Tensor;
use std::sync::Arc;

/// Labels and predictions: labels come in any type, predictions as floats.
fn labels(y_true: &Bound<'_, PyAny>, y_pred: &Bound<'_, PyAny>) -> PyResult<(Tensor, Tensor)> {
    let p = tensor(y_pred)?;
    let p = if p.dtype().is_float() { p } else { p.cast(seodang_nn::floatx()).or_raise()? };
    Ok((tensor(y_true)?, p))
}

fn weight(value: Option<&Bound<'_, PyAny>>, like: DType) -> PyResult<Option<Tensor>> {
    let Some(value) = value.filter(|v| !v.is_none()) else { return Ok(None) };
    let t = tensor_as(value, Wish::default())?;
    t.cast(like).or_raise().map(Some)
}

/// A loss of the engine.
#[pyclass(frozen, name = "LossHandle", module = "seodang._native")]
struct LossHandle(Arc<dyn Loss>);

#[pymethods]
impl LossHandle {
    #[new]
    #[pyo3(signature = (class_name, config=None))]
    fn new(class_name: &str, config: Option<&Bound<'_, PyDict>>) -> PyResult<LossHandle> {
        let choice = member::<dyn Loss>(class_name, config)?;
        Ok(LossHandle(choice.get().or_raise()?.clone()))
    }

    /// The name.
    #[getter]
    fn name(&self) -> &str {
        self.0.name()
    }

    /// The options.
    fn config<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        describe(py, &*self.0)
    }

    /// The loss of a batch, weighted and reduced.
    #[pyo3(signature = (y_true, y_pred, sample_weight=None))]
    fn compute(
        &self,
        y_true: &Bound<'_, PyAny>,
        y_pred: &Bound<'_, PyAny>,
        sample_weight: Option<&Bound<'_, PyAny>>,
    ) -> PyResult<PyTensor> {
        let (t, p) = labels(y_true, y_pred)?;
        let w = weight(sample_weight, p.dtype())?;
        self.0.compute(&t, &p, w.as_ref()).or_raise().map(PyTensor)
    }

    /// The loss of each sample (or position).
    fn unreduced(
        &self,
        y_true: &Bound<'_, PyAny>,
        y_pred: &Bound<'_, PyAny>,
    ) -> PyResult<PyTensor> {
        let (t, p) = labels(y_true, y_pred)?;
        let t = t.cast(p.dtype()).or_raise()?;
        self.0.call(&t, &p).or_raise().map(PyTensor)
    }
}

/// A metric of the engine, with its state.
#[pyclass(frozen, name = "MetricHandle", module = "seodang._native")]
struct MetricHandle(MetricRef);

#[pymethods]
impl MetricHandle {
    #[new]
    #[pyo3(signature = (class_name, config=None))]
    fn new(class_name: &str, config: Option<&Bound<'_, PyDict>>) -> PyResult<MetricHandle> {
        MetricRef::new(member::<dyn Metric>(class_name, config)?).or_raise().map(MetricHandle)
    }

    /// The name.
    #[getter]
    fn name(&self) -> &str {
        self.0.name()
    }

    /// The options.
    fn config<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        describe(py, &**self.0.metric())
    }

    /// Makes the state for predictions of a shape (the batch dimension does not matter).
    fn build(&self, shape: Vec<Option<usize>>) -> PyResult<()> {
        self.0.build(&shape.into_iter().collect()).or_raise().map(|_| ())
    }

    /// Takes a batch in.
    #[pyo3(signature = (y_true, y_pred, sample_weight=None))]
    fn update(
        &self,
        y_true: &Bound<'_, PyAny>,
        y_pred: &Bound<'_, PyAny>,
        sample_weight: Option<&Bound<'_, PyAny>>,
    ) -> PyResult<()> {
        let (t, p) = labels(y_true, y_pred)?;
        let w = weight(sample_weight, p.dtype())?;
        self.0.update(&t, &p, w.as_ref()).or_raise()
    }

    /// The value over all batches since the last reset; 0 before the first.
    fn result(&self) -> PyResult<PyTensor> {
        if self.0.variables().is_empty() {
            return Tensor::scalar(0.0f32).or_raise().map(PyTensor);
        }
        self.0.result().or_raise().map(PyTensor)
    }

    /// Forgets all batches.
    fn reset(&self) -> PyResult<()> {
        self.0.reset().or_raise()
    }

    /// The state.
    #[getter]
    fn variables(&self) -> Vec<PyVariable> {
        self.0.variables().iter().cloned().map(PyVariable::of).collect()
    }

    /// "up" or "down", where it is known which is better.
    #[getter]
    fn direction(&self) -> Option<&'static str> {
        self.0.direction().map(|d| match d {
            Direction::Up => "up",
            Direction::Down => "down",
        })
    }
}

/// Makes an option's handle: the record, its options, and one method.
macro_rules! handle {
    ($name:ident($family:ident), $text:literal, $doc:literal) => {
        #[doc = $doc]
        #[pyclass(frozen, name = $text, module = "seodang._native")]
        struct $name(Arc<dyn $family>);

        impl $name {
            fn make(class_name: &str, config: Option<&Bound<'_, PyDict>>) -> PyResult<$name> {
                let choice = member::<dyn $family>(class_name, config)?;
                Ok($name(choice.get().or_raise()?.clone()))
            }
        }
    };
}

handle!(InitializerHandle(Initializer), "InitializerHandle", "How a weight begins.");
handle!(RegularizerHandle(Regularizer), "RegularizerHandle", "A penalty on a weight.");
handle!(ConstraintHandle(Constraint), "ConstraintHandle", "What a weight must fulfil.");
handle!(ScheduleHandle(Schedule), "ScheduleHandle", "A learning rate that depends on the step.");

#[pymethods]
impl InitializerHandle {
    #[new]
    #[pyo3(signature = (class_name, config=None))]
    fn new(class_name: &str, config: Option<&Bound<'_, PyDict>>) -> PyResult<Self> {
        Self::make(class_name, config)
    }

    /// The options.
    fn config<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        describe(py, &*self.0)
    }

    /// Initial values of a shape.
    #[pyo3(signature = (shape, dtype=None))]
    fn initialize(
        &self,
        shape: &Bound<'_, PyAny>,
        dtype: Option<&Bound<'_, PyAny>>,
    ) -> PyResult<PyTensor> {
        let dtype = optional_dtype(dtype)?.unwrap_or_else(seodang_nn::floatx);
        let shape = sized(shape, dtype)?;
        let mut stream = seodang_nn::random::next_stream();
        let array = self.0.initialize(&mut stream, dtype, &shape).or_raise()?;
        Tensor::from_array(&array).or_raise().map(PyTensor)
    }
}

#[pymethods]
impl RegularizerHandle {
    #[new]
    #[pyo3(signature = (class_name, config=None))]
    fn new(class_name: &str, config: Option<&Bound<'_, PyDict>>) -> PyResult<Self> {
        Self::make(class_name, config)
    }

    /// The options.
    fn config<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        describe(py, &*self.0)
    }

    /// The penalty on a tensor.
    fn penalty(&self, x: &Bound<'_, PyAny>) -> PyResult<PyTensor> {
        self.0.penalty(&tensor(x)?).or_raise().map(PyTensor)
    }
}

#[pymethods]
impl ConstraintHandle {
    #[new]
    #[pyo3(signature = (class_name, config=None))]
    fn new(class_name: &str, config: Option<&Bound<'_, PyDict>>) -> PyResult<Self> {
        Self::make(class_name, config)
    }

    /// The options.
    fn config<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        describe(py, &*self.0)
    }

    /// The nearest weight that fulfils it.
    fn project(&self, w: &Bound<'_, PyAny>) -> PyResult<PyTensor> {
        self.0.project(&tensor(w)?).or_raise().map(PyTensor)
    }
}

#[pymethods]
impl ScheduleHandle {
    #[new]
    #[pyo3(signature = (class_name, config=None))]
    fn new(class_name: &str, config: Option<&Bound<'_, PyDict>>) -> PyResult<Self> {
        Self::make(class_name, config)
    }

    /// The options.
    fn config<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        describe(py, &*self.0)
    }

    /// The learning rate at a step.
    fn rate(&self, step: &Bound<'_, PyAny>) -> PyResult<PyTensor> {
        let step = tensor(step)?;
        let step = if step.dtype().is_float() { step } else { step.cast(DType::F32).or_raise()? };
        self.0.rate(&step).or_raise().map(PyTensor)
    }
}

/// What "accuracy", "ce" and other names mean for labels and predictions of these shapes: the class of
/// a metric or loss.
#[pyfunction]
fn resolve_metric(
    name: &str,
    y_true: Vec<Option<usize>>,
    y_pred: Vec<Option<usize>>,
) -> PyResult<String> {
    let (t, p) = (y_true.into_iter().collect(), y_pred.into_iter().collect());
    let choice = seodang_nn::metrics::resolve(name, &t, &p).or_raise()?;
    Ok(choice.get().or_raise()?.class_name().to_string())
}

/// As `resolve_metric`, for losses.
#[pyfunction]
fn resolve_loss(
    name: &str,
    y_true: Vec<Option<usize>>,
    y_pred: Vec<Option<usize>>,
) -> PyResult<String> {
    let (t, p) = (y_true.into_iter().collect(), y_pred.into_iter().collect());
    let choice = seodang_nn::losses::resolve(name, &t, &p).or_raise()?;
    Ok(choice.get().or_raise()?.class_name().to_string())
}

pub(crate) fn register(m: &Bound<'_, PyModule>) -> PyResult<()> {
    m.add_class::<LossHandle>()?;
    m.add_class::<MetricHandle>()?;
    m.add_class::<InitializerHandle>()?;
    m.add_class::<RegularizerHandle>()?;
    m.add_class::<ConstraintHandle>()?;
    m.add_class::<ScheduleHandle>()?;
    m.add_function(wrap_pyfunction!(resolve_metric, m)?)?;
    m.add_function(wrap_pyfunction!(resolve_loss, m)?)
}
