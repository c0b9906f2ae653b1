//! `evaluate` and `test_on_batch`.

use super::data::{Source, no_data};
use super::fit::check_interrupt;
use super::step::ModelParts;
use super::{Data, Evaluate, Logs, Verbose};
use crate::callbacks::{CallbackContext, Callbacks, ProgressBar};
use crate::model::Model;
use seodang_core::Result;
use std::sync::atomic::AtomicBool;

impl Model {
    /// The loss and the metrics of the model on data, without changing it (Keras's `evaluate`).
    ///
    /// # Errors
    /// `Value`, if the model is not compiled or the data is empty; `Shape`, if it does not fit.
    pub fn evaluate<'a>(
        &mut self,
        data: impl Into<Data<'a>>,
        options: Evaluate<'a>,
    ) -> Result<Logs> {
        let data = data.into();
        if let Source::Arrays(arrays) = &data.0 {
            arrays.check_rows()?;
        }
        let parts = self.prepare(&data, options.batch_size.max(1), false)?;
        let steps = data.batches(options.batch_size.max(1));
        let mut callbacks = Callbacks::new(options.callbacks);
        let verbose = options.verbose.decided();
        if verbose != Verbose::Silent {
            callbacks.push(Box::new(ProgressBar::new(verbose)));
        }
        let mut cx = CallbackContext::new(self, 1, steps);
        run(&mut cx, &parts, &data, options.batch_size.max(1), options.interrupt, &mut callbacks)
    }

    /// The loss and the metrics on one batch, as means since the last [`Model::reset_metrics`].
    ///
    /// # Errors
    /// As [`Model::evaluate`].
    pub fn test_on_batch<'a>(&mut self, data: impl Into<Data<'a>>) -> Result<Logs> {
        let data = data.into();
        let batch = self.whole(&data)?;
        let parts = self.prepare(&data, usize::MAX, false)?;
        let training = self.training()?;
        training.test_step(&parts, &batch)?;
        training.logs()
    }
}

pub(crate) fn run(
    cx: &mut CallbackContext<'_>,
    parts: &ModelParts,
    data: &Data<'_>,
    batch_size: usize,
    interrupt: Option<&AtomicBool>,
    callbacks: &mut Callbacks<'_>,
) -> Result<Logs> {
    cx.model().training()?.reset()?;
    callbacks.each(|c| c.on_test_begin(cx))?;
    let mut seen = 0;
    for (step, batch) in data.epoch(0, batch_size, None).enumerate() {
        check_interrupt(interrupt)?;
        let batch = batch?;
        callbacks.each(|c| c.on_test_batch_begin(cx, step))?;
        cx.model().training()?.test_step(parts, &batch)?;
        callbacks.each(|c| c.on_test_batch_end(cx, step))?;
        seen += 1;
    }
    if seen == 0 {
        return Err(no_data());
    }
    let logs = cx.model().training()?.logs()?;
    callbacks.each(|c| c.on_test_end(cx, &logs))?;
    Ok(logs)
}
