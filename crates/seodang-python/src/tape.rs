//! `Tape`: gradients of what has run.

use crate::convert::tensor;
use crate::errors::OrRaise;
use crate::tensor::PyTensor;
use crate::variable::PyVariable;
use pyo3::prelude::*;
use seodang_tensor::{GradientTape, Source, Tensor, Variable};

/// Records what runs between `enter` and `exit` on this thread, and differentiates it.
#[pyclass(unsendable, name = "Tape", module = "seodang._native")]
struct Tape {
    tape: GradientTape,
}

fn source(value: &Bound<'_, PyAny>) -> PyResult<Source> {
    match value.cast::<PyVariable>() {
        Ok(v) => Ok(Source::Variable(v.get().variable.clone())),
        Err(_) => Ok(Source::Tensor(tensor(value)?)),
    }
}

#[pymethods]
impl Tape {
    #[new]
    #[pyo3(signature = (persistent=false, watch_accessed_variables=true))]
    fn new(persistent: bool, watch_accessed_variables: bool) -> Tape {
        let tape = GradientTape::with_options(persistent, watch_accessed_variables);
        Tape { tape }
    }

    /// Starts recording.
    fn enter(&self) -> PyResult<()> {
        self.tape.enter().or_raise()
    }

    /// Ends recording.
    fn exit(&self) {
        self.tape.exit();
    }

    /// Whether it records.
    #[getter]
    fn active(&self) -> bool {
        self.tape.is_active()
    }

    /// Forgets everything.
    fn reset(&self) {
        self.tape.reset();
    }

    /// Makes gradients with respect to a tensor or a variable possible.
    fn watch(&self, value: &Bound<'_, PyAny>) -> PyResult<()> {
        match value.cast::<PyVariable>() {
            Ok(v) => self.tape.watch_variable(&v.get().variable).or_raise(),
            Err(_) => {
                self.tape.watch(&tensor(value)?);
                Ok(())
            }
        }
    }

    /// The gradients of the sum of targets (times output gradients) with respect to sources; None, or
    /// zeros, for what the targets do not depend on.
    #[pyo3(signature = (targets, sources, output_gradients=None, zeros=false))]
    fn gradient(
        &self,
        targets: &Bound<'_, PyAny>,
        sources: &Bound<'_, PyAny>,
        output_gradients: Option<&Bound<'_, PyAny>>,
        zeros: bool,
    ) -> PyResult<Vec<Option<PyTensor>>> {
        let mut targets = crate::function::list(targets)?;
        let sources: Vec<Source> =
            sources.try_iter()?.map(|s| source(&s?)).collect::<PyResult<_>>()?;
        let mut given = match output_gradients.filter(|g| !g.is_none()) {
            Some(list) => Some(
                (list.try_iter()?.zip(&targets))
                    .map(|(g, t)| {
                        let g = g?;
                        if g.is_none() { t.ones_like().or_raise() } else { tensor(&g) }
                    })
                    .collect::<PyResult<Vec<Tensor>>>()?,
            ),
            None => None,
        };
        // Targets without fractions have no gradient, as in TensorFlow.
        let keep: Vec<bool> = targets.iter().map(|t| t.dtype().is_float()).collect();
        let mut flags = keep.iter();
        targets.retain(|_| *flags.next().unwrap_or(&false));
        if let Some(g) = &mut given {
            let mut flags = keep.iter();
            g.retain(|_| *flags.next().unwrap_or(&false));
        }
        let none = |s: &Source| -> PyResult<Option<PyTensor>> {
            if !zeros {
                return Ok(None);
            }
            let z = match s {
                Source::Tensor(t) => t.zeros_like(),
                Source::Variable(v) => Tensor::zeros(v.dtype(), v.shape().clone()),
            };
            z.or_raise().map(|t| Some(PyTensor(t)))
        };
        if targets.is_empty() {
            return sources.iter().map(none).collect();
        }
        let gradients = self.tape.gradient_with(&targets, &sources, given.as_deref()).or_raise()?;
        (gradients.into_iter().zip(&sources))
            .map(|(g, s)| match g {
                Some(g) => Ok(Some(PyTensor(g))),
                None => none(s),
            })
            .collect()
    }

    /// The variables that were watched, by name or because they were read.
    fn watched_variables(&self) -> Vec<PyVariable> {
        self.tape.watched_variables().into_iter().map(PyVariable::of).collect()
    }
}

/// Gradients inside a trace: of one tensor with respect to variables that were read in it.
#[pyfunction]
fn variable_gradients(
    target: &Bound<'_, PyAny>,
    variables: Vec<Bound<'_, PyVariable>>,
) -> PyResult<Vec<PyTensor>> {
    let variables: Vec<Variable> = variables.iter().map(|v| v.get().variable.clone()).collect();
    let all = seodang_tensor::variable_gradients(&tensor(target)?, &variables).or_raise()?;
    Ok(all.into_iter().map(PyTensor).collect())
}

pub(crate) fn register(m: &Bound<'_, PyModule>) -> PyResult<()> {
    m.add_class::<Tape>()?;
    m.add_function(wrap_pyfunction!(variable_gradients, m)?)
}
