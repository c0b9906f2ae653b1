//! The programs of a compiled model: one for a training step, one for an evaluation step, one for
//! predictions, one that reads the metrics.

use super::Logs;
use super::compile::{Compile, Output, resolve};
use crate::layers::{CallContext, LayerRef, Weight};
use crate::metrics::{Direction, Mean, MetricRef};
use crate::model::Model;
use crate::ops;
use crate::optimizers::OptimizerRef;
use crate::{Dims, floatx};
use seodang_core::{Array, Batch, Error, Result, text};
use seodang_tensor::random::RandomState;
use seodang_tensor::{Function, Tensor, Variable, variable_gradients};
use serde_json::Value as Json;
use std::sync::Arc;

/// What [`Model::compile`] adds to a model.
pub(crate) struct Training {
    pub(crate) compile: Compile,
    optimizer: Arc<OptimizerRef>,
    /// Made when the shapes of the targets are known.
    measures: Option<Arc<Measures>>,
    train: [Option<Arc<Function>>; 2],
    test: [Option<Arc<Function>>; 2],
    read: Option<Function>,
}

/// The losses and metrics of a model's outputs, with their state.
pub(crate) struct Measures {
    pub(crate) outputs: Vec<Output>,
    loss: MetricRef,
    output_losses: Vec<(usize, String, MetricRef)>,
}

impl Training {
    pub(crate) fn new(compile: Compile) -> Result<Training> {
        compile.check()?;
        let optimizer = Arc::new(OptimizerRef::new(compile.optimizer.clone())?);
        Ok(Training {
            compile,
            optimizer,
            measures: None,
            train: [None, None],
            test: [None, None],
            read: None,
        })
    }

    pub(crate) fn optimizer(&self) -> &OptimizerRef {
        &self.optimizer
    }

    pub(crate) fn optimizer_variables(&self) -> Vec<Variable> {
        // The iteration and the learning rate alone are not worth a line in a summary.
        let all = self.optimizer.variables();
        if all.len() > 2 { all } else { Vec::new() }
    }

    /// Keras's `compile_config`.
    pub(crate) fn config(&self) -> Result<Json> {
        self.compile.config(self.optimizer.serialize()?)
    }

    pub(crate) fn measures(&self) -> Option<&Arc<Measures>> {
        self.measures.as_ref()
    }

    /// Makes the optimizer's slots for the weights that are trained now.
    pub(crate) fn build_optimizer(&mut self, weights: &[Weight]) -> Result<()> {
        if self.optimizer.is_built_for(weights) {
            return Ok(());
        }
        self.train = [None, None];
        Arc::get_mut(&mut self.optimizer)
            .ok_or_else(|| {
                Error::internal(text!(
                    en: "the optimizer is in use by a program",
                    ko: "최적화 방법을 프로그램이 쓰고 있습니다"
                ))
            })?
            .build(weights)
    }

    /// Chooses losses and metrics for targets of these shapes, if that is not done.
    pub(crate) fn build_measures(&mut self, model: &ModelParts, targets: &[Array]) -> Result<()> {
        if targets.len() != model.outputs.len() {
            return Err(Error::shape(text!(
                en: "the model has {} outputs and was given {} targets",
                    model.outputs.len(), targets.len();
                ko: "모델의 출력은 {}개인데 목푯값은 {}개입니다",
                    model.outputs.len(), targets.len()
            ))
            .expected(model.names.join(", ")));
        }
        if self.measures.is_some() {
            return Ok(());
        }
        let dims: Vec<Dims> = (targets.iter())
            .map(|t| {
                std::iter::once(None).chain(t.shape().iter().skip(1).map(|&d| Some(d))).collect()
            })
            .collect();
        self.measures = Some(Arc::new(Measures::new(&self.compile, model, &dims)?));
        self.train = [None, None];
        self.test = [None, None];
        self.read = None;
        Ok(())
    }

    fn ready(&self) -> Result<Arc<Measures>> {
        self.measures.clone().ok_or_else(|| {
            Error::internal(
                text!(en: "the model has no measures", ko: "측정값이 준비되지 않았습니다"),
            )
        })
    }

    /// Runs one training step.
    pub(crate) fn train_step(&mut self, model: &ModelParts, batch: &Batch) -> Result<()> {
        let weighted = usize::from(batch.sample_weight.is_some());
        let function = match &self.train[weighted] {
            Some(f) => f.clone(),
            None => {
                let (measures, optimizer) = (self.ready()?, self.optimizer.clone());
                let parts = model.clone();
                let f = Function::new("train_step", move |x: &[Tensor]| {
                    parts.train(&measures, &optimizer, x, weighted > 0)?;
                    Ok(Vec::new())
                });
                self.train[weighted].insert(Arc::new(f)).clone()
            }
        };
        function.call(&upload(batch)?)?;
        Ok(())
    }

    /// Runs one evaluation step.
    pub(crate) fn test_step(&mut self, model: &ModelParts, batch: &Batch) -> Result<()> {
        let weighted = usize::from(batch.sample_weight.is_some());
        let function = match &self.test[weighted] {
            Some(f) => f.clone(),
            None => {
                let (measures, parts) = (self.ready()?, model.clone());
                let f = Function::new("test_step", move |x: &[Tensor]| {
                    let mut cx = CallContext::new(false, Some(parts.random.clone()));
                    parts.forward(&mut cx, &measures, x, weighted > 0)?;
                    Ok(Vec::new())
                });
                self.test[weighted].insert(Arc::new(f)).clone()
            }
        };
        function.call(&upload(batch)?)?;
        Ok(())
    }

    /// The losses and metrics since the last reset.
    pub(crate) fn logs(&mut self) -> Result<Logs> {
        let measures = self.ready()?;
        let read = match &self.read {
            Some(read) => read,
            None => {
                let measures = measures.clone();
                self.read.insert(Function::new("metrics", move |_: &[Tensor]| {
                    measures.all().map(|(_, m)| m.result()).collect()
                }))
            }
        };
        let mut logs = Logs::new();
        for ((name, _), value) in measures.all().zip(read.call(&[])?) {
            logs.set(name, value.item()?);
        }
        Ok(logs.sorted())
    }

    /// The mean loss since the last reset, without running a program.
    pub(crate) fn loss(&self) -> Result<f64> {
        let measures = self.ready()?;
        let state = measures.loss.variables();
        Ok(state[0].to_array()?.item()? / state[1].to_array()?.item()?)
    }

    /// Forgets what losses and metrics counted.
    pub(crate) fn reset(&self) -> Result<()> {
        match &self.measures {
            Some(measures) => measures.all().try_for_each(|(_, m)| m.reset()),
            None => Ok(()),
        }
    }
}

/// A batch on the device: inputs, targets, weights.
fn upload(batch: &Batch) -> Result<Vec<Tensor>> {
    let all = batch.inputs.iter().chain(&batch.targets).chain(&batch.sample_weight);
    all.map(Tensor::from_array).collect()
}

impl Measures {
    fn new(compile: &Compile, model: &ModelParts, targets: &[Dims]) -> Result<Measures> {
        let outputs = resolve(compile, &model.names, targets, &model.outputs)?;
        let mean = |name: &str| -> Result<MetricRef> {
            let mean = MetricRef::new(Mean::new())?.named(name);
            mean.build(&Dims::default())?;
            Ok(mean)
        };
        let output_losses = (outputs.iter().enumerate())
            .filter_map(|(i, o)| Some((i, o.tracker.clone()?)))
            .map(|(i, name)| Ok((i, name.clone(), mean(&name)?)))
            .collect::<Result<_>>()?;
        Ok(Measures { outputs, loss: mean("loss")?, output_losses })
    }

    /// Every measure with the name under which the logs show it.
    pub(crate) fn all(&self) -> impl Iterator<Item = (&str, &MetricRef)> {
        let losses = self.output_losses.iter().map(|(_, n, m)| (n.as_str(), m));
        let rest = self.outputs.iter().flat_map(|o| o.metrics.iter().chain(&o.weighted_metrics));
        std::iter::once(("loss", &self.loss))
            .chain(losses)
            .chain(rest.map(|(n, m)| (n.as_str(), m)))
    }

    /// Whether a larger or a smaller value of a quantity is better, where that is known.
    pub(crate) fn direction(&self, name: &str) -> Option<Direction> {
        let name = name.strip_prefix("val_").unwrap_or(name);
        if name == "loss" || self.output_losses.iter().any(|(_, n, _)| n == name) {
            return Some(Direction::Down);
        }
        self.all().find(|(n, _)| *n == name)?.1.direction()
    }
}

/// What the programs need of a model: they outlive the borrow of it.
#[derive(Clone)]
pub(crate) struct ModelParts {
    root: LayerRef,
    random: RandomState,
    pub(crate) names: Vec<String>,
    pub(crate) outputs: Vec<Dims>,
    inputs: usize,
}

impl Model {
    pub(crate) fn parts(&self) -> Result<ModelParts> {
        let (inputs, outputs) = (self.inputs()?, self.outputs()?);
        Ok(ModelParts {
            root: self.as_layer().clone(),
            random: self.random().clone(),
            names: unique(self.output_names()?),
            outputs: outputs.iter().map(|t| t.dims().clone()).collect(),
            inputs: inputs.len(),
        })
    }
}

/// Output names that differ, where a layer gives several outputs.
fn unique(names: Vec<String>) -> Vec<String> {
    let count = |i: usize| names[..i].iter().filter(|n| **n == names[i]).count();
    let name = |i: usize| match count(i) {
        0 => names[i].clone(),
        k => format!("{}_{k}", names[i]),
    };
    (0..names.len()).map(name).collect()
}

impl ModelParts {
    /// Outputs and total loss of a batch; takes the loss into its mean and the batch into the
    /// metrics.
    fn forward(
        &self,
        cx: &mut CallContext,
        measures: &Measures,
        x: &[Tensor],
        weighted: bool,
    ) -> Result<Tensor> {
        let (inputs, rest) = x.split_at(self.inputs);
        let (targets, weight) = rest.split_at(self.outputs.len());
        let weight = weight.first().filter(|_| weighted);
        let (outputs, masks) = self.root.call_masked(cx, inputs, &[])?;
        let loss = self.total_loss(cx, measures, targets, (&outputs, &masks), weight)?;
        let rows = inputs[0].shape().first().copied().unwrap_or(1);
        count_in(&measures.loss, &loss, rows)?;
        for (i, (output, y)) in measures.outputs.iter().zip(targets).enumerate() {
            let (p, mask) = (&outputs[i], masks[i].as_ref());
            for (_, metric) in &output.metrics {
                metric.update_masked(y, p, None, mask)?;
            }
            for (_, metric) in &output.weighted_metrics {
                metric.update_masked(y, p, weight, mask)?;
            }
        }
        Ok(loss)
    }

    fn total_loss(
        &self,
        cx: &mut CallContext,
        measures: &Measures,
        targets: &[Tensor],
        (outputs, masks): (&[Tensor], &[Option<Tensor>]),
        weight: Option<&Tensor>,
    ) -> Result<Tensor> {
        let mut total: Option<Tensor> = None;
        let mut add = |loss: Tensor| -> Result<()> {
            total = Some(match total.take() {
                Some(t) => (&t + loss.cast(t.dtype())?)?,
                None => loss,
            });
            Ok(())
        };
        for (i, output) in measures.outputs.iter().enumerate() {
            let Some(loss) = &output.loss else { continue };
            let mask = masks[i].as_ref();
            let value = loss.get()?.compute_masked(&targets[i], &outputs[i], weight, mask)?;
            let value = if value.rank() == 0 { value } else { value.mean(&[], false)? };
            let value = value.cast(floatx())?;
            if let Some((_, _, tracker)) = measures.output_losses.iter().find(|(o, _, _)| *o == i) {
                let rows = outputs[i].shape().first().copied().unwrap_or(1);
                count_in(tracker, &value, rows)?;
            }
            add(match output.loss_weight {
                Some(w) => (value * w)?,
                None => value,
            })?;
        }
        for loss in cx.take_losses().into_iter().chain(self.root.regularization_losses()?) {
            add(loss.sum(&[], false)?)?;
        }
        total.ok_or_else(|| {
            Error::value(text!(
                en: "there is no loss to minimise",
                ko: "최소화할 손실이 없습니다"
            ))
            .hint(text!(en: "give compile a loss", ko: "compile에 loss를 주세요"))
        })
    }

    fn train(
        &self,
        measures: &Measures,
        optimizer: &OptimizerRef,
        x: &[Tensor],
        weighted: bool,
    ) -> Result<()> {
        let mut cx = CallContext::new(true, Some(self.random.clone()));
        let loss = self.forward(&mut cx, measures, x, weighted)?;
        let weights: Vec<Variable> =
            self.root.trainable_weights().into_iter().map(|w| w.variable).collect();
        let gradients = match weights.is_empty() {
            true => Vec::new(),
            false => variable_gradients(&optimizer.scale_loss(&loss)?, &weights)?,
        };
        optimizer.apply(&gradients)
    }
}

/// Takes the loss of a batch into a mean, in which it counts as often as the batch has rows.
fn count_in(mean: &MetricRef, loss: &Tensor, rows: usize) -> Result<()> {
    let rows = ops::scalar(floatx(), rows as f64)?;
    mean.update(loss, loss, Some(&rows))
}
