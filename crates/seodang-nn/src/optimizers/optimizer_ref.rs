//! An optimizer at work: the record with its variables.

use super::{LearningRate, Optimizer, OptimizerOptions, Step};
use crate::floatx;
use crate::layers::Weight;
use crate::ops::{self, like, scalar};
use crate::record::{Choice, Record};
use seodang_core::{Array, DType, Error, Result, text};
use seodang_tensor::{Tensor, Variable};
use serde_json::Value;
use std::sync::Arc;

/// An optimizer with its variables: the iteration, the learning rate, and the slots of each weight
/// it was built for.
pub struct OptimizerRef {
    optimizer: Arc<dyn Optimizer>,
    iteration: Variable,
    learning_rate: Option<Variable>,
    excluded: Vec<String>,
    built: Option<Built>,
}

struct Built {
    weights: Vec<Weight>,
    average: Vec<Variable>,
    accumulated: Vec<Variable>,
    /// `slots[i][k]` is slot k of weight i.
    slots: Vec<Vec<Variable>>,
    state: Vec<Variable>,
}

impl OptimizerRef {
    /// An optimizer of a record, not yet built for any weights.
    ///
    /// # Errors
    /// `NotFound` for an unknown name; `Value`, if an option is out of range.
    pub fn new(optimizer: impl Into<Choice<dyn Optimizer>>) -> Result<OptimizerRef> {
        let optimizer = optimizer.into().get()?.clone();
        let options = optimizer.options();
        options.check().and_then(|()| optimizer.validate()).map_err(|e| {
            e.during(text!(
                en: "the optimizer {}", optimizer.class_name();
                ko: "최적화 방법 {}", optimizer.class_name()
            ))
        })?;
        let iteration = Variable::new(Array::scalar(0i64), format!("{}/iteration", options.name))?;
        iteration.set_trainable(false);
        let learning_rate = match options.learning_rate {
            LearningRate::Constant(rate) => {
                let value = Array::full(floatx(), [], *rate);
                if value.to_f64_vec().iter().any(|rate| !rate.is_finite()) {
                    return Err(Error::value(text!(
                        en: "the learning rate is no finite number",
                        ko: "학습률이 유한한 수가 아닙니다"
                    ))
                    .given("learning_rate", rate)
                    .given("dtype", floatx()));
                }
                let variable = Variable::new(value, format!("{}/learning_rate", options.name))?;
                variable.set_trainable(false);
                Some(variable)
            }
            LearningRate::Schedule(schedule) => {
                schedule.get()?.validate()?;
                None
            }
        };
        let excluded = Vec::new();
        Ok(OptimizerRef { optimizer, iteration, learning_rate, excluded, built: None })
    }

    /// The record.
    pub fn optimizer(&self) -> &Arc<dyn Optimizer> {
        &self.optimizer
    }

    fn options(&self) -> OptimizerOptions<'_> {
        self.optimizer.options()
    }

    /// Keeps weight decay from the weights whose path contains one of the names (`"bias"`).
    pub fn exclude_from_weight_decay(&mut self, names: &[&str]) {
        self.excluded.extend(names.iter().map(|n| n.to_string()));
    }

    /// Makes the slots for these weights; again for other weights makes them anew.
    ///
    /// # Errors
    /// What making a variable reports.
    pub fn build(&mut self, weights: &[Weight]) -> Result<()> {
        let options = self.optimizer.options();
        let (name, optimizer) = (options.name, &self.optimizer);
        let make = |w: &Weight, slot: &str, initial: f64| {
            let value = Array::full(w.variable.dtype(), w.variable.shape(), initial);
            let path = format!("{name}/{}_{slot}", w.path.replace('/', "_"));
            let variable = Variable::new(value, path)?;
            variable.set_trainable(false);
            Ok(variable)
        };
        let each = |wanted: bool, slot: &str| -> Result<Vec<Variable>> {
            let weights = if wanted { weights } else { &[] };
            weights.iter().map(|w| make(w, slot, 0.0)).collect()
        };
        let average = each(options.use_ema, "average")?;
        let accumulating = options.gradient_accumulation_steps.is_some();
        let accumulated = each(accumulating, "gradient_accumulator")?;
        let slots = weights
            .iter()
            .map(|w| optimizer.slots().iter().map(|s| make(w, s.name, s.initial)).collect())
            .collect::<Result<_>>()?;
        let dtype = weights.first().map_or_else(floatx, |w| w.variable.dtype());
        let state = optimizer
            .state()
            .iter()
            .map(|s| {
                let value = Array::full(dtype, [], s.initial);
                let variable = Variable::new(value, format!("{name}/{}", s.name))?;
                variable.set_trainable(false);
                Ok(variable)
            })
            .collect::<Result<_>>()?;
        self.built = Some(Built { weights: weights.to_vec(), average, accumulated, slots, state });
        Ok(())
    }

    /// Whether the optimizer has slots for exactly these weights.
    pub fn is_built_for(&self, weights: &[Weight]) -> bool {
        self.built.as_ref().is_some_and(|b| {
            b.weights.len() == weights.len()
                && b.weights.iter().zip(weights).all(|(a, b)| a.variable.id() == b.variable.id())
        })
    }

    fn built(&self) -> Result<&Built> {
        self.built.as_ref().ok_or_else(|| {
            Error::value(text!(
                en: "the optimizer was not built for any weights",
                ko: "최적화 방법이 아직 가중치에 맞춰지지 않았습니다"
            ))
        })
    }

    /// Every variable in Keras's order: iteration, learning rate, averages, accumulators, slots.
    pub fn variables(&self) -> Vec<Variable> {
        let mut all = vec![self.iteration.clone()];
        all.extend(self.learning_rate.clone());
        if let Some(b) = &self.built {
            all.extend(b.average.iter().chain(&b.accumulated).cloned());
            all.extend(b.slots.iter().flatten().chain(&b.state).cloned());
        }
        all
    }

    /// How many steps were made.
    ///
    /// # Errors
    /// What reading it from the device reports.
    pub fn iterations(&self) -> Result<u64> {
        Ok(self.iteration.to_array()?.item()? as u64)
    }

    /// The learning rate of the next step.
    ///
    /// # Errors
    /// What the schedule's ops report.
    pub fn learning_rate(&self) -> Result<f64> {
        match (&self.learning_rate, self.options().learning_rate) {
            (Some(variable), _) => variable.to_array()?.item(),
            (None, LearningRate::Constant(rate)) => Ok(*rate),
            (None, LearningRate::Schedule(schedule)) => {
                let n = self.options().gradient_accumulation_steps.unwrap_or(1) as u64;
                let step = scalar(DType::F64, (self.iterations()? / n) as f64)?;
                schedule.get()?.rate(&step)?.item()
            }
        }
    }

    /// Changes the learning rate; the running program sees it in its next step.
    ///
    /// # Errors
    /// `Value`, if a schedule gives the learning rate.
    pub fn set_learning_rate(&self, rate: f64) -> Result<()> {
        let Some(variable) = &self.learning_rate else {
            return Err(Error::value(text!(
                en: "the learning rate comes from a schedule and cannot be set",
                ko: "학습률이 일정에 따라 정해지므로 바꿀 수 없습니다"
            ))
            .hint(text!(
                en: "give the optimizer a number as its learning rate",
                ko: "최적화 방법의 학습률을 숫자로 주세요"
            )));
        };
        variable.set_array(&Array::full(variable.dtype(), [], rate))
    }

    /// The optimizer in Keras's saved form, with the learning rate as it is now.
    ///
    /// # Errors
    /// What reading the learning rate reports.
    pub fn serialize(&self) -> Result<Value> {
        let record: &dyn Record = &*self.optimizer;
        let mut value = record.serialize()?;
        if self.learning_rate.is_some() {
            value["config"]["learning_rate"] = self.learning_rate()?.into();
        }
        Ok(value)
    }

    /// The loss times the loss scale: differentiate this, and [`OptimizerRef::apply`] divides the
    /// gradients by the scale again.
    ///
    /// # Errors
    /// What the ops report.
    pub fn scale_loss(&self, loss: &Tensor) -> Result<Tensor> {
        match self.options().loss_scale_factor {
            Some(factor) => loss * factor,
            None => Ok(loss.clone()),
        }
    }

    /// Makes one step with the gradients of the weights it was built for, in order: updates them,
    /// the slots and the iteration. In a trace this becomes part of the program.
    ///
    /// # Errors
    /// `Gradient`, if the number of gradients is not that of the weights.
    pub fn apply(&self, gradients: &[Tensor]) -> Result<()> {
        let built = self.built()?;
        if gradients.len() != built.weights.len() {
            return Err(Error::gradient(text!(
                en: "{} gradients for {} weights", gradients.len(), built.weights.len();
                ko: "가중치는 {1}개인데 기울기는 {0}개입니다", gradients.len(), built.weights.len()
            )));
        }
        let iteration = self.iteration.value()?;
        if !gradients.is_empty() {
            self.apply_to(built, &iteration, gradients)?;
        }
        self.iteration.assign(&(iteration + scalar(DType::I64, 1.0)?)?)
    }

    fn apply_to(&self, built: &Built, iteration: &Tensor, gradients: &[Tensor]) -> Result<()> {
        let options = self.options();
        let mut gradients = gradients
            .iter()
            .zip(&built.weights)
            .map(|(g, w)| {
                let g = g.cast(w.variable.dtype())?;
                match options.loss_scale_factor {
                    Some(scale) => g / scale,
                    None => Ok(g),
                }
            })
            .collect::<Result<Vec<Tensor>>>()?;

        // With accumulation, only every n-th step updates; the others keep every old value.
        let mut updates = None;
        let mut iteration = iteration.clone();
        if let Some(n) = options.gradient_accumulation_steps {
            let count = scalar(DType::I64, n as f64)?;
            let next = (&iteration + scalar(DType::I64, 1.0)?)?;
            let now = next.rem(&count)?.eq(&scalar(DType::I64, 0.0)?)?;
            for (g, accumulated) in gradients.iter_mut().zip(&built.accumulated) {
                let sum = (&*g + accumulated.value()?)?;
                accumulated.assign(&choose(&now, &(&sum * 0.0)?, &sum)?)?;
                *g = (sum / n as f64)?;
            }
            iteration = (iteration / count)?;
            updates = Some(now);
        }
        let keep_old = |new: Tensor, old: &Tensor| match &updates {
            Some(now) => choose(now, &new, old),
            None => Ok(new),
        };

        let gradients = clip(&options, gradients)?;
        let rate = self.traced_rate(&iteration)?;
        let dtype = built.weights[0].variable.dtype();
        let mut step = self.step(&iteration, &rate, dtype)?;
        let state: Vec<Tensor> = built.state.iter().map(Variable::value).collect::<Result<_>>()?;
        let (shared, new_state) = self.optimizer.prepare(&step, &state)?;
        step.shared = shared;
        for ((variable, new), old) in built.state.iter().zip(new_state).zip(&state) {
            variable.assign(&keep_old(new, old)?)?;
        }

        let mut new_weights = Vec::with_capacity(gradients.len());
        for (i, (w, gradient)) in built.weights.iter().zip(&gradients).enumerate() {
            let step = if w.variable.dtype() == dtype {
                step.clone()
            } else {
                let mut other = self.step(&iteration, &rate, w.variable.dtype())?;
                let cast = |t: &Tensor| t.cast(w.variable.dtype());
                other.shared = step.shared.iter().map(cast).collect::<Result<_>>()?;
                other
            };
            let old = w.variable.value()?;
            let slots: Vec<Tensor> =
                built.slots[i].iter().map(Variable::value).collect::<Result<_>>()?;
            let decayed = match options.weight_decay {
                Some(decay) if !self.excluded.iter().any(|n| w.path.contains(n)) => {
                    (&old - ((&old * decay)? * &step.learning_rate)?)?
                }
                _ => old.clone(),
            };
            let (new, new_slots) = self.optimizer.update(&step, &decayed, gradient, &slots)?;
            for ((variable, new), old) in built.slots[i].iter().zip(new_slots).zip(&slots) {
                variable.assign(&keep_old(new, old)?)?;
            }
            new_weights.push(keep_old(new, &old)?);
        }
        let iteration_now = iteration;
        for (i, (w, mut new)) in built.weights.iter().zip(new_weights).enumerate() {
            if let Some(average) = built.average.get(i) {
                new = self.average(&options, &iteration_now, average, new)?;
            }
            if let Some(constraint) = &w.constraint {
                new = constraint.project(&new)?;
            }
            w.variable.assign(&new)?;
        }
        Ok(())
    }

    /// Moves a weight's average; gives the weight, or the average where it replaces it.
    fn average(
        &self,
        options: &OptimizerOptions<'_>,
        iteration: &Tensor,
        average: &Variable,
        new: Tensor,
    ) -> Result<Tensor> {
        let first = iteration.eq(&scalar(DType::I64, 0.0)?)?;
        let (zero, momentum) = (like(&new, 0.0)?, like(&new, options.ema_momentum)?);
        let momentum = Tensor::select(&first, &zero, &momentum)?;
        let old = average.value()?;
        let moved = ((old * &momentum)? + ((1.0 - &momentum)? * &new)?)?;
        average.assign(&moved)?;
        let Some(every) = options.ema_overwrite_frequency else { return Ok(new) };
        let next = (iteration + scalar(DType::I64, 1.0)?)?;
        let every = scalar(DType::I64, every as f64)?;
        let now = next.rem(&every)?.eq(&scalar(DType::I64, 0.0)?)?;
        choose(&now, &moved, &new)
    }

    /// Replaces the weights by their moving averages, if the optimizer keeps them: Keras does so
    /// when a fit ends.
    ///
    /// # Errors
    /// What reading the averages reports.
    pub fn finalize(&self) -> Result<()> {
        let Some(built) = &self.built else { return Ok(()) };
        for (w, average) in built.weights.iter().zip(&built.average) {
            w.variable.set_array(&average.to_array()?)?;
        }
        Ok(())
    }

    fn traced_rate(&self, iteration: &Tensor) -> Result<Tensor> {
        let options = self.options();
        let rate = match (&self.learning_rate, options.learning_rate) {
            (Some(variable), _) => variable.value()?,
            (None, LearningRate::Constant(rate)) => scalar(floatx(), *rate)?,
            (None, LearningRate::Schedule(schedule)) => {
                schedule.get()?.rate(&iteration.cast(floatx())?)?
            }
        };
        if options.decay == 0.0 {
            return Ok(rate);
        }
        &rate / ((iteration.cast(rate.dtype())? * options.decay)? + 1.0)?
    }

    fn step(&self, iteration: &Tensor, rate: &Tensor, dtype: DType) -> Result<Step> {
        Ok(Step {
            number: (iteration.cast(dtype)? + 1.0)?,
            learning_rate: rate.cast(dtype)?,
            shared: Vec::new(),
        })
    }
}

/// `a` where a scalar condition holds, else `b`.
fn choose(condition: &Tensor, a: &Tensor, b: &Tensor) -> Result<Tensor> {
    Tensor::select(&condition.broadcast_to(a.shape())?, a, b)
}

/// Gradients limited as the options say.
fn clip(options: &OptimizerOptions<'_>, gradients: Vec<Tensor>) -> Result<Vec<Tensor>> {
    if let Some(limit) = options.clipnorm.filter(|&c| c > 0.0) {
        return gradients
            .iter()
            .map(|g| {
                let norm = g.square()?.sum(&[], false)?.sqrt()?;
                (g * limit)? / norm.maximum(limit)?
            })
            .collect();
    }
    if let Some(limit) = options.global_clipnorm.filter(|&c| c > 0.0) {
        let squares = gradients.iter().map(|g| g.square()?.sum(&[], false));
        let mut total: Option<Tensor> = None;
        for s in squares {
            let s = s?;
            total = Some(match total {
                Some(t) => (&t + s.cast(t.dtype())?)?,
                None => s,
            });
        }
        let Some(total) = total else { return Ok(gradients) };
        let norm = total.sqrt()?;
        let factor = (limit / norm.maximum(limit)?)?;
        return gradients.iter().map(|g| g * factor.cast(g.dtype())?).collect();
    }
    if let Some(limit) = options.clipvalue.filter(|&c| c > 0.0) {
        return gradients.iter().map(|g| ops::clip(g, -limit, limit)).collect();
    }
    Ok(gradients)
}
