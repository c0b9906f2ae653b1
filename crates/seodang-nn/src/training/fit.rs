//! `compile`, `fit`, `train_on_batch`.

use super::compile::{Compile, Metrics};
use super::data::{
    Arrays, Source, check_classes, check_finite, check_inputs, class_weights, no_data,
};
use super::step::{ModelParts, Training};
use super::{Data, Evaluate, Fit, History, Logs, Verbose};
use crate::callbacks::{CallbackContext, Callbacks, ProgressBar};
use crate::losses::Loss;
use crate::model::Model;
use crate::optimizers::{Optimizer, OptimizerRef};
use crate::{Choice, Dims, random};
use seodang_core::{Array, Batch, Error, Result, text};
use serde_json::{Map, Value as Json};
use std::sync::atomic::{AtomicBool, Ordering};

impl Model {
    /// Prepares the model for training: an optimizer, a loss and metrics, by name or as records.
    ///
    /// The names `"accuracy"` and `"crossentropy"` choose by the shapes of targets and outputs, as in
    /// Keras. For several outputs see [`Model::compile_with`].
    ///
    /// # Errors
    /// `NotFound` for an unknown name, with the nearest ones; `Value` for an option out of range.
    ///
    /// ```
    /// use seodang_core::Array;
    /// use seodang_nn::layers::{Dense, Input};
    /// use seodang_nn::optimizers::SGD;
    /// use seodang_nn::{Fit, Sequential, Verbose};
    ///
    /// let x = Array::from_vec([4, 1], vec![0.0f32, 1.0, 2.0, 3.0])?;
    /// let y = Array::from_vec([4, 1], vec![1.0f32, 3.0, 5.0, 7.0])?;
    /// let mut model = Sequential::new().add(Input::new([1])).add(Dense::new(1)).build()?;
    /// model.compile(SGD::new(0.1), "mse", ["mae"])?;
    /// let history = model.fit((&x, &y), Fit::new().epochs(100).verbose(Verbose::Silent))?;
    /// assert!(history.last("loss").unwrap() < 0.01);
    /// # Ok::<(), seodang_core::Error>(())
    /// ```
    pub fn compile(
        &mut self,
        optimizer: impl Into<Choice<dyn Optimizer>>,
        loss: impl Into<Choice<dyn Loss>>,
        metrics: impl Into<Metrics>,
    ) -> Result<()> {
        self.compile_with(Compile::new(optimizer).loss(loss).metrics(metrics))
    }

    /// As [`Model::compile`], with losses and metrics for each output.
    ///
    /// # Errors
    /// As [`Model::compile`].
    pub fn compile_with(&mut self, compile: Compile) -> Result<()> {
        self.training = Some(Training::new(compile)?);
        Ok(())
    }

    pub(crate) fn compile_from_config(&mut self, config: &Map<String, Json>) -> Result<()> {
        self.compile_with(Compile::from_config(config)?)
    }

    /// Whether the model is compiled.
    pub fn is_compiled(&self) -> bool {
        self.training.is_some()
    }

    pub(crate) fn training(&mut self) -> Result<&mut Training> {
        self.training.as_mut().ok_or_else(not_compiled)
    }

    /// The optimizer.
    ///
    /// # Errors
    /// `Value`, if the model is not compiled.
    pub fn optimizer(&self) -> Result<&OptimizerRef> {
        self.training.as_ref().map(Training::optimizer).ok_or_else(not_compiled)
    }

    /// The learning rate of the next step.
    ///
    /// # Errors
    /// `Value`, if the model is not compiled.
    pub fn learning_rate(&self) -> Result<f64> {
        self.optimizer()?.learning_rate()
    }

    /// Changes the learning rate.
    ///
    /// # Errors
    /// `Value`, if the model is not compiled or a schedule gives the learning rate.
    pub fn set_learning_rate(&self, rate: f64) -> Result<()> {
        self.optimizer()?.set_learning_rate(rate)
    }

    /// Trains the model, epoch by epoch, and reports the loss and the metrics of each (Keras's `fit`).
    ///
    /// # Errors
    /// `Value`, if the model is not compiled, the data is empty or not finite, or a label is out of
    /// range; `Shape`, if the data does not fit the model; what callbacks report.
    pub fn fit<'a>(&mut self, data: impl Into<Data<'a>>, options: Fit<'a>) -> Result<History> {
        let mut data = data.into();
        if options.batch_size == 0 {
            return Err(Error::value(text!(
                en: "the batch size must be at least 1",
                ko: "배치 크기는 1 이상이어야 합니다"
            )));
        }
        let mut options = options;
        let validation = prepare_data(&mut data, &mut options)?;
        let parts = self.prepare(&data, options.batch_size, options.check_finite)?;
        if let Some(validation) = &validation {
            self.check_data(validation, options.batch_size, options.check_finite, "validation ")?;
        }
        let weights = self.trainable_weights();
        self.training()?.build_optimizer(&weights)?;

        let mut callbacks = Callbacks::new(std::mem::take(&mut options.callbacks));
        let verbose = options.verbose.decided();
        if verbose != Verbose::Silent {
            callbacks.push(Box::new(ProgressBar::new(verbose)));
        }
        let seed = options.seed.unwrap_or_else(random::next_seed);
        let mut run = Run {
            parts,
            seed,
            shuffle: options.shuffle.then_some(seed),
            history: History::default(),
            first: options.initial_epoch,
        };
        if let Some(state) = options.resume.take() {
            self.stop_training = state.stopped;
            run.first = state.epoch;
            run.seed = state.seed;
            run.shuffle = options.shuffle.then_some(state.seed);
            run.history = state.history;
            run.history.interrupted = false;
            callbacks.restore(&state.callbacks)?;
            if state.stopped {
                return Ok(run.history);
            }
        }
        run.epochs(self, &data, validation.as_ref(), &options, &mut callbacks)
    }

    /// Builds what depends on the data, and checks the data.
    pub(crate) fn prepare(
        &mut self,
        data: &Data<'_>,
        batch_size: usize,
        finite: bool,
    ) -> Result<ModelParts> {
        if self.training.is_none() {
            return Err(not_compiled());
        }
        let first = data.first(0, batch_size)?;
        if first.is_empty() {
            return Err(no_data());
        }
        if !self.is_built() {
            let dims: Vec<Dims> = (first.inputs.iter())
                .map(|a| {
                    let rest = a.shape().iter().skip(1).map(|&d| Some(d));
                    std::iter::once(None).chain(rest).collect()
                })
                .collect();
            self.build_for(&dims)?;
        }
        let parts = self.parts()?;
        check_inputs(self, &first.inputs)?;
        self.training()?.build_measures(&parts, &first.targets)?;
        self.check_data(data, batch_size, finite, "")?;
        Ok(parts)
    }

    fn check_data(
        &self,
        data: &Data<'_>,
        batch_size: usize,
        finite: bool,
        which: &str,
    ) -> Result<()> {
        let first = data.first(0, batch_size)?;
        check_inputs(self, &first.inputs)?;
        let Source::Arrays(arrays) = &data.0 else { return Ok(()) };
        if finite {
            check_finite(&format!("{which}x"), &arrays.inputs, &arrays.rows)?;
            check_finite(&format!("{which}y"), &arrays.targets, &arrays.rows)?;
        }
        self.check_labels(&arrays.targets, &arrays.rows)
    }

    /// Checks that labels that are class numbers are numbers of classes.
    pub(crate) fn check_labels(
        &self,
        targets: &[Array],
        rows: &std::ops::Range<usize>,
    ) -> Result<()> {
        let Some(measures) = self.training.as_ref().and_then(Training::measures) else {
            return Ok(());
        };
        for ((output, target), symbol) in measures.outputs.iter().zip(targets).zip(self.outputs()?)
        {
            let Some(loss) = &output.loss else { continue };
            let loss = loss.get()?;
            if loss.class_name() != "SparseCategoricalCrossentropy" {
                continue;
            }
            let Some(classes) = symbol.dims().last_dim() else { continue };
            let ignored = loss.config()?.get("ignore_class").and_then(Json::as_f64);
            check_classes(target, rows, classes, ignored, symbol.layer().name())?;
        }
        Ok(())
    }

    /// Makes one training step; the values are means since the last [`Model::reset_metrics`].
    ///
    /// # Errors
    /// As [`Model::fit`].
    pub fn train_on_batch<'a>(&mut self, data: impl Into<Data<'a>>) -> Result<Logs> {
        let data = data.into();
        let batch = self.whole(&data)?;
        let parts = self.prepare(&data, usize::MAX, true)?;
        let weights = self.trainable_weights();
        let training = self.training()?;
        training.build_optimizer(&weights)?;
        training.train_step(&parts, &batch)?;
        training.logs()
    }

    /// All rows as one batch.
    pub(crate) fn whole(&self, data: &Data<'_>) -> Result<Batch> {
        match &data.0 {
            Source::Arrays(a) => {
                a.check_rows()?;
                a.batch(0, a.len(), None)
            }
            Source::Batches(_) => data.first(0, usize::MAX),
        }
    }

    /// Forgets what losses and metrics counted, as each epoch of [`Model::fit`] does first.
    ///
    /// # Errors
    /// What writing the state reports.
    pub fn reset_metrics(&self) -> Result<()> {
        self.training.as_ref().map_or(Ok(()), Training::reset)
    }
}

pub(crate) fn not_compiled() -> Error {
    Error::value(text!(
        en: "the model is not compiled: it has no optimizer and no loss",
        ko: "모델이 compile되지 않아 최적화 방법과 손실이 없습니다"
    ))
    .hint(text!(
        en: "call compile first, such as compile(\"adam\", \"mse\", ())",
        ko: "먼저 compile을 부르세요. 예: compile(\"adam\", \"mse\", ())"
    ))
}

pub(crate) fn interrupted() -> Error {
    Error::interrupted(text!(en: "interrupted", ko: "중단되었습니다"))
}

pub(crate) fn check_interrupt(flag: Option<&AtomicBool>) -> Result<()> {
    if flag.is_some_and(|f| f.load(Ordering::Relaxed)) { Err(interrupted()) } else { Ok(()) }
}

/// Brings weights into the data and takes the validation data out of it.
fn prepare_data<'a>(data: &mut Data<'a>, options: &mut Fit<'a>) -> Result<Option<Data<'a>>> {
    let class_weight = options.class_weight.take();
    match &mut data.0 {
        Source::Arrays(arrays) => {
            if let Some(w) = options.sample_weight.take() {
                arrays.weight = Some(w);
            }
            arrays.check_rows()?;
            if arrays.len() == 0 {
                return Err(no_data());
            }
            if let Some(classes) = class_weight {
                add_class_weights(arrays, &classes)?;
            }
        }
        Source::Batches(_) => {
            let option = if options.sample_weight.is_some() {
                Some("sample_weight")
            } else if class_weight.is_some() {
                Some("class_weight")
            } else if options.validation_split > 0.0 && options.validation.is_none() {
                Some("validation_split")
            } else {
                None
            };
            if let Some(option) = option {
                return Err(Error::unsupported(text!(
                    en: "\"{option}\" needs data in memory, not a source of batches",
                    ko: "\"{option}\"에는 배치 원천이 아니라 메모리에 있는 데이터가 필요합니다"
                ))
                .hint(text!(
                    en: "give arrays, or batches with weights of their own",
                    ko: "배열을 주거나, 가중치를 가진 배치를 주세요"
                )));
            }
        }
    }
    if let Some(mut validation) = options.validation.take() {
        if let Source::Arrays(arrays) = &mut validation.0 {
            arrays.check_rows().map_err(|e| e.during("validation_data"))?;
        }
        return Ok(Some(validation));
    }
    if options.validation_split == 0.0 {
        return Ok(None);
    }
    let Source::Arrays(arrays) = &data.0 else { return Ok(None) };
    let (train, validation) = arrays.clone().split(options.validation_split)?;
    data.0 = Source::Arrays(train);
    Ok(Some(Data(Source::Arrays(validation))))
}

fn add_class_weights(
    arrays: &mut Arrays,
    classes: &std::collections::BTreeMap<i64, f64>,
) -> Result<()> {
    if arrays.weight.is_some() {
        return Err(Error::value(text!(
            en: "give class_weight or sample_weight, not both",
            ko: "class_weight와 sample_weight 가운데 하나만 주세요"
        )));
    }
    let [target] = &arrays.targets[..] else {
        return Err(Error::unsupported(text!(
            en: "class_weight is for models with one output",
            ko: "class_weight는 출력이 하나인 모델에만 쓸 수 있습니다"
        ))
        .hint(text!(en: "give sample_weight", ko: "sample_weight를 주세요")));
    };
    arrays.weight = Some(class_weights(target, classes)?);
    Ok(())
}

/// A run of `fit`.
struct Run {
    parts: ModelParts,
    seed: u64,
    shuffle: Option<u64>,
    history: History,
    first: usize,
}

/// How an epoch ended.
enum End {
    Whole,
    Interrupted,
}

impl Run {
    fn epochs(
        mut self,
        model: &mut Model,
        data: &Data<'_>,
        validation: Option<&Data<'_>>,
        options: &Fit<'_>,
        callbacks: &mut Callbacks<'_>,
    ) -> Result<History> {
        let known = data.batches(options.batch_size);
        let steps = match (known, options.steps_per_epoch) {
            (Some(a), Some(b)) => Some(a.min(b)),
            (a, b) => a.or(b),
        };
        model.stop_training = false;
        let mut cx = CallbackContext::new(model, options.epochs, steps);
        callbacks.each(|c| c.on_train_begin(&mut cx))?;
        let mut logs = Logs::new();
        for epoch in self.first..options.epochs {
            cx.model().training()?.reset()?;
            callbacks.each(|c| c.on_epoch_begin(&mut cx, epoch))?;
            let end = self.epoch(&mut cx, epoch, data, options, callbacks, steps)?;
            if let End::Interrupted = end {
                self.history.interrupted = true;
                break;
            }
            logs = cx.model().training()?.logs()?;
            if let Some(validation) = validation
                && (epoch + 1).is_multiple_of(options.validation_freq)
            {
                let size = options.validation_batch_size.unwrap_or(options.batch_size);
                let evaluate = Evaluate { batch_size: size, ..Evaluate::new() };
                let result =
                    cx.evaluate_within(&self.parts, validation, &evaluate, options, callbacks);
                match result {
                    Ok(values) => logs.extend_validation(&values),
                    Err(e) if e.kind() == seodang_core::ErrorKind::Interrupted => {
                        self.history.interrupted = true;
                        break;
                    }
                    Err(e) => return Err(e),
                }
            }
            callbacks.each(|c| c.on_epoch_end(&mut cx, epoch, &mut logs))?;
            self.history.push(epoch, &logs);
            if let Some(path) = &options.checkpoint {
                let state = TrainingState {
                    epoch: epoch + 1,
                    seed: self.seed,
                    stopped: cx.model().stop_training,
                    history: self.history.clone(),
                    callbacks: callbacks.save()?,
                };
                crate::saving::save_checkpoint_with(path, cx.model(), &state, &options.metadata)?;
            }
            if cx.model().stop_training {
                break;
            }
        }
        cx.model().optimizer()?.finalize()?;
        callbacks.each(|c| c.on_train_end(&mut cx, &logs))?;
        Ok(self.history)
    }

    fn epoch(
        &self,
        cx: &mut CallbackContext<'_>,
        epoch: usize,
        data: &Data<'_>,
        options: &Fit<'_>,
        callbacks: &mut Callbacks<'_>,
        steps: Option<usize>,
    ) -> Result<End> {
        let in_memory = matches!(data.0, Source::Arrays(_));
        let batches = data.epoch(epoch, options.batch_size, self.shuffle);
        let mut seen = 0;
        for (step, batch) in batches.take(steps.unwrap_or(usize::MAX)).enumerate() {
            if check_interrupt(options.interrupt).is_err() {
                return Ok(End::Interrupted);
            }
            let batch = batch?;
            if !in_memory {
                self.check_batch(cx.model(), &batch, options, step)?;
            }
            callbacks.each(|c| c.on_train_batch_begin(cx, step))?;
            cx.model().training()?.train_step(&self.parts, &batch)?;
            callbacks.each(|c| c.on_train_batch_end(cx, step))?;
            seen += 1;
            if cx.model().stop_training {
                break;
            }
        }
        if seen == 0 { Err(no_data()) } else { Ok(End::Whole) }
    }

    /// Checks a batch that was not there when the training began.
    fn check_batch(
        &self,
        model: &Model,
        batch: &Batch,
        options: &Fit<'_>,
        step: usize,
    ) -> Result<()> {
        let rows = 0..batch.len();
        let check = || {
            check_inputs(model, &batch.inputs)?;
            if options.check_finite {
                check_finite("x", &batch.inputs, &rows)?;
                check_finite("y", &batch.targets, &rows)?;
            }
            model.check_labels(&batch.targets, &rows)
        };
        check().map_err(|e| e.during(text!(en: "batch {step}", ko: "배치 {step}")))
    }
}

/// The state of a training between two epochs: with the model, all that is needed to go on.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct TrainingState {
    /// The number of the next epoch.
    pub epoch: usize,
    /// The seed of the shuffling.
    pub seed: u64,
    /// Whether a callback ended the training.
    pub stopped: bool,
    /// What was measured so far.
    pub history: History,
    /// What the callbacks remember, in their order.
    pub(crate) callbacks: Vec<crate::callbacks::CallbackState>,
}

impl<'a> CallbackContext<'a> {
    fn evaluate_within(
        &mut self,
        parts: &ModelParts,
        data: &Data<'_>,
        options: &Evaluate<'_>,
        fit: &Fit<'_>,
        callbacks: &mut Callbacks<'_>,
    ) -> Result<Logs> {
        super::evaluate::run(self, parts, data, options.batch_size, fit.interrupt, callbacks)
    }
}
