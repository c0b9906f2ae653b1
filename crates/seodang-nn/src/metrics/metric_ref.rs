//! A metric at work: the record with its state.

use super::{Direction, Metric, State};
use crate::record::{Choice, snake_case};
use crate::{Dims, ops};
use seodang_core::{Array, Error, Result, text};
use seodang_tensor::{Tensor, Variable};
use std::sync::{Arc, OnceLock};

/// A metric with its name and its state variables.
pub struct MetricRef {
    metric: Arc<dyn Metric>,
    name: String,
    state: OnceLock<Vec<Variable>>,
}

impl MetricRef {
    /// A metric of a record, with the record's name or its class name in snake case.
    ///
    /// # Errors
    /// `NotFound` for an unknown name; `Value`, if an option is out of range.
    pub fn new(metric: impl Into<Choice<dyn Metric>>) -> Result<MetricRef> {
        let metric = metric.into().get()?.clone();
        metric.validate().map_err(|e| e.during(metric.class_name()))?;
        let name = metric.name().map_or_else(|| snake_case(metric.class_name()), str::to_string);
        Ok(MetricRef { metric, name, state: OnceLock::new() })
    }

    /// The same with another name.
    pub fn named(self, name: impl Into<String>) -> MetricRef {
        MetricRef { name: name.into(), ..self }
    }

    /// The name under which the history shows the metric.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The record.
    pub fn metric(&self) -> &Arc<dyn Metric> {
        &self.metric
    }

    /// Whether larger or smaller is better, where that is known.
    pub fn direction(&self) -> Option<Direction> {
        self.metric.direction()
    }

    /// Makes the state for predictions of a shape; a metric that has it keeps it.
    ///
    /// # Errors
    /// `Shape`, if the metric does not take such predictions.
    pub fn build(&self, y_pred: &Dims) -> Result<&[Variable]> {
        if let Some(state) = self.state.get() {
            return Ok(state);
        }
        let make = |s: State| {
            let value = Array::zeros(self.metric.dtype(), s.shape);
            let variable = Variable::new(value, format!("{}/{}", self.name, s.name))?;
            variable.set_trainable(false);
            Ok(variable)
        };
        let state = self.metric.state(y_pred).map_err(|e| self.place(e))?;
        let state = state.into_iter().map(make).collect::<Result<Vec<Variable>>>()?;
        Ok(self.state.get_or_init(|| state))
    }

    /// The state variables, once there are any.
    pub fn variables(&self) -> &[Variable] {
        self.state.get().map_or(&[], |s| s)
    }

    fn place(&self, e: Error) -> Error {
        let name = &self.name;
        e.during(text!(en: "the metric \"{name}\"", ko: "측정값 \"{name}\""))
    }

    fn values(&self) -> Result<Vec<Tensor>> {
        let state = self.state.get().ok_or_else(|| {
            self.place(Error::value(text!(
                en: "the metric has seen no data yet",
                ko: "측정값이 아직 데이터를 보지 못했습니다"
            )))
        })?;
        state.iter().map(Variable::value).collect()
    }

    /// Takes a batch in. In a trace this becomes part of the program.
    ///
    /// # Errors
    /// `Shape`, if labels, predictions and weights do not fit.
    pub fn update(
        &self,
        y_true: &Tensor,
        y_pred: &Tensor,
        sample_weight: Option<&Tensor>,
    ) -> Result<()> {
        self.update_masked(y_true, y_pred, sample_weight, None)
    }

    /// As [`MetricRef::update`], for predictions with a mask (booleans, false where one does not
    /// count).
    ///
    /// # Errors
    /// As [`MetricRef::update`].
    pub fn update_masked(
        &self,
        y_true: &Tensor,
        y_pred: &Tensor,
        sample_weight: Option<&Tensor>,
        mask: Option<&Tensor>,
    ) -> Result<()> {
        let weight = match mask.filter(|_| self.metric.uses_mask()) {
            Some(mask) => Some(ops::weigh_mask(mask, sample_weight, self.metric.dtype())?),
            None => sample_weight.cloned(),
        };
        let sample_weight = weight.as_ref();
        let variables = self.build(&y_pred.shape().into())?;
        let run = || {
            let state = self.values()?;
            let new = self.metric.update(&state, y_true, y_pred, sample_weight)?;
            for (variable, new) in variables.iter().zip(&new) {
                variable.assign(&new.stop_gradient()?)?;
            }
            Ok(())
        };
        run().map_err(|e: Error| {
            self.place(e)
                .given("y_true", format!("{}{}", y_true.dtype(), y_true.shape()))
                .given("y_pred", format!("{}{}", y_pred.dtype(), y_pred.shape()))
        })
    }

    /// The value over all batches since the last reset.
    ///
    /// # Errors
    /// `Value`, if the metric has seen no data yet.
    pub fn result(&self) -> Result<Tensor> {
        self.metric.result(&self.values()?).map_err(|e| self.place(e))
    }

    /// Forgets all batches.
    ///
    /// # Errors
    /// What writing the state reports.
    pub fn reset(&self) -> Result<()> {
        for variable in self.variables() {
            variable.set_array(&Array::zeros(variable.dtype(), variable.shape()))?;
        }
        Ok(())
    }
}
