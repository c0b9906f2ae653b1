//! `ReduceLROnPlateau`.

use super::monitor::Monitor;
use super::{Callback, CallbackContext, CallbackState, Mode, wrong_state};
use crate::training::Logs;
use seodang_core::{Error, Result, text};
use serde_json::json;

/// Makes the learning rate smaller when a quantity has not got better for some epochs. Source:
/// Keras 3, `keras.callbacks.ReduceLROnPlateau`.
///
/// ```
/// use seodang_nn::callbacks::ReduceLROnPlateau;
/// let reduce = ReduceLROnPlateau::new("val_loss").factor(0.5).patience(2).min_lr(1e-5);
/// ```
#[derive(Clone, Debug)]
pub struct ReduceLROnPlateau {
    monitor: Monitor,
    factor: f64,
    patience: usize,
    cooldown: usize,
    min_lr: f64,
    verbose: bool,
    wait: usize,
    cooling: usize,
    resumed: bool,
}

impl ReduceLROnPlateau {
    /// Watches a quantity of the logs, such as `"val_loss"`.
    pub fn new(monitor: &str) -> ReduceLROnPlateau {
        ReduceLROnPlateau {
            monitor: Monitor::new(monitor, 1e-4),
            factor: 0.1,
            patience: 10,
            cooldown: 0,
            min_lr: 0.0,
            verbose: false,
            wait: 0,
            cooling: 0,
            resumed: false,
        }
    }

    /// What the learning rate is multiplied by: less than 1.
    pub fn factor(mut self, factor: f64) -> ReduceLROnPlateau {
        self.factor = factor;
        self
    }

    /// How many epochs without improvement to wait.
    pub fn patience(mut self, epochs: usize) -> ReduceLROnPlateau {
        self.patience = epochs;
        self
    }

    /// Whether larger or smaller is better.
    pub fn mode(mut self, mode: impl Into<Mode>) -> ReduceLROnPlateau {
        self.monitor.mode = mode.into();
        self
    }

    /// How much better a value must be to count.
    pub fn min_delta(mut self, delta: f64) -> ReduceLROnPlateau {
        self.monitor.min_delta = delta.abs();
        self
    }

    /// How many epochs to let pass after a reduction before waiting again.
    pub fn cooldown(mut self, epochs: usize) -> ReduceLROnPlateau {
        self.cooldown = epochs;
        self
    }

    /// The smallest learning rate.
    pub fn min_lr(mut self, rate: f64) -> ReduceLROnPlateau {
        self.min_lr = rate;
        self
    }

    /// Whether to say so when the learning rate changes.
    pub fn verbose(mut self, verbose: bool) -> ReduceLROnPlateau {
        self.verbose = verbose;
        self
    }
}

impl Callback for ReduceLROnPlateau {
    fn on_train_begin(&mut self, _: &mut CallbackContext<'_>) -> Result<()> {
        if self.factor >= 1.0 {
            return Err(Error::value(text!(
                en: "\"factor\" of ReduceLROnPlateau must be less than 1",
                ko: "ReduceLROnPlateau의 \"factor\"는 1보다 작아야 합니다"
            ))
            .given("factor", self.factor));
        }
        if !std::mem::take(&mut self.resumed) {
            (self.wait, self.cooling, self.monitor.best) = (0, 0, None);
        }
        Ok(())
    }

    fn on_epoch_end(
        &mut self,
        cx: &mut CallbackContext<'_>,
        epoch: usize,
        logs: &mut Logs,
    ) -> Result<()> {
        self.monitor.decide(cx, "ReduceLROnPlateau")?;
        let rate = cx.model().learning_rate()?;
        logs.set("learning_rate", rate);
        let Some(value) = self.monitor.value(logs, "ReduceLROnPlateau") else { return Ok(()) };
        if self.cooling > 0 {
            self.cooling -= 1;
            self.wait = 0;
        }
        if self.monitor.improves(value) {
            self.monitor.best = Some(value);
            self.wait = 0;
        } else if self.cooling == 0 {
            self.wait += 1;
            if self.wait >= self.patience && rate > f64::from(self.min_lr as f32) {
                let new = (rate * self.factor).max(self.min_lr);
                cx.model().set_learning_rate(new)?;
                if self.verbose {
                    let epoch = epoch + 1;
                    println!("\nEpoch {epoch}: ReduceLROnPlateau reducing learning rate to {new}.");
                }
                (self.cooling, self.wait) = (self.cooldown, 0);
            }
        }
        Ok(())
    }

    fn save(&self) -> Result<CallbackState> {
        let values = json!({
            "class": "ReduceLROnPlateau",
            "best": self.monitor.save(),
            "wait": self.wait,
            "cooling": self.cooling,
        });
        Ok(CallbackState { values, arrays: Vec::new() })
    }

    fn restore(&mut self, state: &CallbackState) -> Result<()> {
        let wrong = || wrong_state("ReduceLROnPlateau");
        if state.values["class"] != "ReduceLROnPlateau" {
            return Err(wrong());
        }
        let number = |key: &str| state.values[key].as_u64().map(|n| n as usize);
        self.monitor.restore(state.values.get("best"), "ReduceLROnPlateau")?;
        self.wait = number("wait").ok_or_else(wrong)?;
        self.cooling = number("cooling").ok_or_else(wrong)?;
        self.resumed = true;
        Ok(())
    }
}
