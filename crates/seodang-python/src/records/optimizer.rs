//! `OptimizerHandle`: an optimizer with its state.

use super::table::{describe, member};
use crate::errors::OrRaise;
use crate::function::list;
use crate::tensor::PyTensor;
use crate::variable::PyVariable;
use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;
use pyo3::types::PyDict;
use seodang_nn::layers::Weight;
use seodang_nn::optimizers::{Optimizer, OptimizerRef};
use std::sync::{PoisonError, RwLock};

/// An optimizer of the engine. Its slots are made for a list of variables; other variables make them
/// anew.
#[pyclass(frozen, name = "OptimizerHandle", module = "seodang._native")]
struct OptimizerHandle(RwLock<OptimizerRef>);

impl OptimizerHandle {
    fn read<R>(&self, f: impl FnOnce(&OptimizerRef) -> R) -> R {
        f(&self.0.read().unwrap_or_else(PoisonError::into_inner))
    }
}

#[pymethods]
impl OptimizerHandle {
    #[new]
    #[pyo3(signature = (class_name, config=None))]
    fn new(class_name: &str, config: Option<&Bound<'_, PyDict>>) -> PyResult<OptimizerHandle> {
        let optimizer =
            OptimizerRef::new(member::<dyn Optimizer>(class_name, config)?).or_raise()?;
        Ok(OptimizerHandle(RwLock::new(optimizer)))
    }

    /// The options; the learning rate as it is now.
    fn config<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        let config = self.read(|o| {
            let config = describe(py, &**o.optimizer())?;
            if o.set_learning_rate(o.learning_rate().or_raise()?).is_ok() {
                config.set_item("learning_rate", o.learning_rate().or_raise()?)?;
            }
            Ok::<_, PyErr>(config)
        })?;
        Ok(config)
    }

    /// Makes the slots for these variables. `constraints`: for each variable an object with
    /// `project(tensor)`-like effect is applied by Python; the engine's own come with weights.
    fn build(&self, variables: Vec<Bound<'_, PyVariable>>) -> PyResult<()> {
        let weights: Vec<Weight> = variables
            .iter()
            .map(|v| {
                let variable = v.get().variable.clone();
                let path = variable.name().to_string();
                let name = path.rsplit('/').next().unwrap_or(&path).to_string();
                Weight {
                    name,
                    path,
                    variable,
                    trainable: true,
                    regularizer: None,
                    constraint: None,
                }
            })
            .collect();
        let mut optimizer = self.0.try_write().map_err(|_| {
            PyValueError::new_err(
                "the optimizer is in use and cannot be built for other variables now",
            )
        })?;
        optimizer.build(&weights).or_raise()
    }

    /// Makes one step with the gradients of the variables that it was built for, in order.
    fn apply(&self, gradients: &Bound<'_, PyAny>) -> PyResult<()> {
        let gradients = list(gradients)?;
        self.read(|o| o.apply(&gradients)).or_raise()
    }

    /// The loss times the loss scale.
    fn scale_loss(&self, loss: &Bound<'_, PyAny>) -> PyResult<PyTensor> {
        let loss = crate::convert::tensor(loss)?;
        self.read(|o| o.scale_loss(&loss)).or_raise().map(PyTensor)
    }

    /// Every variable in Keras's order: iteration, learning rate, averages, accumulators, slots.
    #[getter]
    fn variables(&self) -> Vec<PyVariable> {
        self.read(OptimizerRef::variables).into_iter().map(PyVariable::of).collect()
    }

    /// The number of steps, a variable.
    #[getter]
    fn iterations(&self) -> PyResult<PyVariable> {
        let all = self.read(OptimizerRef::variables);
        all.into_iter()
            .next()
            .map(PyVariable::of)
            .ok_or_else(|| PyValueError::new_err("the optimizer has no state"))
    }

    /// The learning rate as a variable; None if a schedule gives it.
    #[getter]
    fn learning_rate_variable(&self) -> Option<PyVariable> {
        let all = self.read(OptimizerRef::variables);
        all.into_iter().find(|v| v.name().ends_with("/learning_rate")).map(PyVariable::of)
    }

    /// The learning rate of the next step.
    #[getter]
    fn learning_rate(&self) -> PyResult<f64> {
        self.read(OptimizerRef::learning_rate).or_raise()
    }

    #[setter]
    fn set_learning_rate(&self, rate: f64) -> PyResult<()> {
        self.read(|o| o.set_learning_rate(rate)).or_raise()
    }

    /// Ends a training: where averages are kept, they become the weights.
    fn finalize(&self) -> PyResult<()> {
        self.read(OptimizerRef::finalize).or_raise()
    }
}

pub(crate) fn register(m: &Bound<'_, PyModule>) -> PyResult<()> {
    m.add_class::<OptimizerHandle>()
}
