//! `LearningRateScheduler`.

use super::{Callback, CallbackContext};
use crate::training::Logs;
use seodang_core::Result;

/// Sets the learning rate before each epoch. Source: Keras 3,
/// `keras.callbacks.LearningRateScheduler`.
///
/// ```
/// use seodang_nn::callbacks::LearningRateScheduler;
/// let halve = LearningRateScheduler::new(|epoch, rate| if epoch > 4 { rate / 2.0 } else { rate });
/// ```
pub struct LearningRateScheduler<F> {
    schedule: F,
    verbose: bool,
}

impl<F: FnMut(usize, f64) -> f64> LearningRateScheduler<F> {
    /// Takes a function from the epoch's number and the learning rate to the new learning rate.
    pub fn new(schedule: F) -> LearningRateScheduler<F> {
        LearningRateScheduler { schedule, verbose: false }
    }

    /// Whether to say which learning rate is set.
    pub fn verbose(mut self, verbose: bool) -> LearningRateScheduler<F> {
        self.verbose = verbose;
        self
    }
}

impl<F: FnMut(usize, f64) -> f64> Callback for LearningRateScheduler<F> {
    fn on_epoch_begin(&mut self, cx: &mut CallbackContext<'_>, epoch: usize) -> Result<()> {
        let rate = (self.schedule)(epoch, cx.model().learning_rate()?);
        if self.verbose {
            let epoch = epoch + 1;
            println!("\nEpoch {epoch}: LearningRateScheduler setting learning rate to {rate}.");
        }
        cx.model().set_learning_rate(rate)
    }

    fn on_epoch_end(
        &mut self,
        cx: &mut CallbackContext<'_>,
        _: usize,
        logs: &mut Logs,
    ) -> Result<()> {
        logs.set("learning_rate", cx.model().learning_rate()?);
        Ok(())
    }
}
