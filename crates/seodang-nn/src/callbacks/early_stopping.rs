//! `EarlyStopping`.

use super::monitor::Monitor;
use super::{Callback, CallbackContext, CallbackState, Mode, wrong_state};
use crate::training::Logs;
use seodang_core::{Array, Result};
use serde_json::{Value as Json, json};

/// Ends the training when a quantity has not got better for some epochs. Source: Keras 3,
/// `keras.callbacks.EarlyStopping`.
///
/// ```
/// use seodang_nn::callbacks::EarlyStopping;
/// let stop = EarlyStopping::new("val_loss").patience(3).restore_best_weights(true);
/// ```
#[derive(Clone, Debug)]
pub struct EarlyStopping {
    monitor: Monitor,
    patience: usize,
    baseline: Option<f64>,
    restore_best_weights: bool,
    start_from_epoch: usize,
    verbose: bool,
    wait: usize,
    stopped_epoch: Option<usize>,
    best_epoch: usize,
    best_weights: Option<Vec<Array>>,
    resumed: bool,
}

impl EarlyStopping {
    /// Watches a quantity of the logs, such as `"val_loss"`.
    pub fn new(monitor: &str) -> EarlyStopping {
        EarlyStopping {
            monitor: Monitor::new(monitor, 0.0),
            patience: 0,
            baseline: None,
            restore_best_weights: false,
            start_from_epoch: 0,
            verbose: false,
            wait: 0,
            stopped_epoch: None,
            best_epoch: 0,
            best_weights: None,
            resumed: false,
        }
    }

    /// How many epochs without improvement end the training.
    pub fn patience(mut self, epochs: usize) -> EarlyStopping {
        self.patience = epochs;
        self
    }

    /// How much better a value must be to count.
    pub fn min_delta(mut self, delta: f64) -> EarlyStopping {
        self.monitor.min_delta = delta.abs();
        self
    }

    /// Whether larger or smaller is better.
    pub fn mode(mut self, mode: impl Into<Mode>) -> EarlyStopping {
        self.monitor.mode = mode.into();
        self
    }

    /// A value that must be beaten too for the wait to begin anew.
    pub fn baseline(mut self, value: f64) -> EarlyStopping {
        self.baseline = Some(value);
        self
    }

    /// Whether the model gets the weights of its best epoch back in the end.
    pub fn restore_best_weights(mut self, restore: bool) -> EarlyStopping {
        self.restore_best_weights = restore;
        self
    }

    /// How many epochs to let pass first.
    pub fn start_from_epoch(mut self, epoch: usize) -> EarlyStopping {
        self.start_from_epoch = epoch;
        self
    }

    /// Whether to say so when the training is ended.
    pub fn verbose(mut self, verbose: bool) -> EarlyStopping {
        self.verbose = verbose;
        self
    }

    /// The epoch after which the training was ended, if it was.
    pub fn stopped_epoch(&self) -> Option<usize> {
        self.stopped_epoch
    }

    /// The epoch with the best value.
    pub fn best_epoch(&self) -> usize {
        self.best_epoch
    }

    /// The best value.
    pub fn best(&self) -> Option<f64> {
        self.monitor.best
    }
}

impl Callback for EarlyStopping {
    fn on_train_begin(&mut self, _: &mut CallbackContext<'_>) -> Result<()> {
        if !std::mem::take(&mut self.resumed) {
            self.wait = 0;
            self.stopped_epoch = None;
            self.best_epoch = 0;
            self.best_weights = None;
            self.monitor.best = None;
        }
        Ok(())
    }

    fn on_epoch_end(
        &mut self,
        cx: &mut CallbackContext<'_>,
        epoch: usize,
        logs: &mut Logs,
    ) -> Result<()> {
        self.monitor.decide(cx, "EarlyStopping")?;
        let Some(value) = self.monitor.value(logs, "EarlyStopping") else { return Ok(()) };
        if epoch < self.start_from_epoch {
            return Ok(());
        }
        if self.restore_best_weights && self.best_weights.is_none() {
            self.best_weights = Some(cx.model().get_weights()?);
            self.best_epoch = epoch;
        }
        self.wait += 1;
        if self.monitor.improves(value) {
            self.monitor.best = Some(value);
            self.best_epoch = epoch;
            if self.restore_best_weights {
                self.best_weights = Some(cx.model().get_weights()?);
            }
            if self.baseline.is_none_or(|b| self.monitor.better(value, b)) {
                self.wait = 0;
            }
            return Ok(());
        }
        if self.wait >= self.patience && epoch > 0 {
            self.stopped_epoch = Some(epoch);
            cx.stop_training();
        }
        Ok(())
    }

    fn on_train_end(&mut self, cx: &mut CallbackContext<'_>, _: &Logs) -> Result<()> {
        if let Some(epoch) = self.stopped_epoch.filter(|_| self.verbose) {
            println!("Epoch {}: early stopping", epoch + 1);
        }
        if let Some(weights) = self.best_weights.as_ref().filter(|_| self.restore_best_weights) {
            if self.verbose {
                let epoch = self.best_epoch + 1;
                println!("Restoring model weights from the end of the best epoch: {epoch}.");
            }
            cx.model().set_weights(weights)?;
        }
        Ok(())
    }

    fn save(&self) -> Result<CallbackState> {
        let values = json!({
            "class": "EarlyStopping",
            "best": self.monitor.save(),
            "wait": self.wait,
            "stopped_epoch": self.stopped_epoch,
            "best_epoch": self.best_epoch,
            "weights": self.best_weights.is_some(),
        });
        Ok(CallbackState { values, arrays: self.best_weights.clone().unwrap_or_default() })
    }

    fn restore(&mut self, state: &CallbackState) -> Result<()> {
        let wrong = || wrong_state("EarlyStopping");
        let values = &state.values;
        if values["class"] != "EarlyStopping" {
            return Err(wrong());
        }
        let number = |v: &Json| v.as_u64().map(|n| n as usize);
        self.monitor.restore(values.get("best"), "EarlyStopping")?;
        self.wait = number(&values["wait"]).ok_or_else(wrong)?;
        self.best_epoch = number(&values["best_epoch"]).ok_or_else(wrong)?;
        self.stopped_epoch = number(&values["stopped_epoch"]);
        let kept = values["weights"] == true;
        self.best_weights = kept.then(|| state.arrays.clone());
        self.resumed = true;
        Ok(())
    }
}
