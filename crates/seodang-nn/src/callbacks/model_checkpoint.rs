//! `ModelCheckpoint`.

use super::monitor::Monitor;
use super::{Callback, CallbackContext, CallbackState, Mode, file_name, wrong_state};
use crate::training::Logs;
use seodang_core::{Error, Result, text};
use serde_json::json;
use std::path::{Path, PathBuf};

/// When a [`ModelCheckpoint`] saves.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum SaveFrequency {
    /// After each epoch.
    #[default]
    Epoch,
    /// After this many batches.
    Batches(usize),
}

/// Saves the model, or its weights, during training. Source: Keras 3,
/// `keras.callbacks.ModelCheckpoint`.
///
/// ```
/// use seodang_nn::callbacks::ModelCheckpoint;
/// let save = ModelCheckpoint::new("best-{epoch:02d}-{val_loss:.2f}.seodang").save_best_only(true);
/// ```
#[derive(Clone, Debug)]
pub struct ModelCheckpoint {
    path: PathBuf,
    monitor: Monitor,
    best_only: bool,
    weights_only: bool,
    frequency: SaveFrequency,
    verbose: bool,
    threshold: Option<f64>,
    epoch: usize,
    batches: usize,
}

impl ModelCheckpoint {
    /// Saves after each epoch to a path that may name values: `{epoch:02d}` (from 1) and anything in
    /// the logs. Folders are made.
    pub fn new(path: impl Into<PathBuf>) -> ModelCheckpoint {
        ModelCheckpoint {
            path: path.into(),
            monitor: Monitor::new("val_loss", 0.0),
            best_only: false,
            weights_only: false,
            frequency: SaveFrequency::Epoch,
            verbose: false,
            threshold: None,
            epoch: 0,
            batches: 0,
        }
    }

    /// The quantity of the logs that says which model is best; `"val_loss"` if not set.
    pub fn monitor(mut self, name: &str) -> ModelCheckpoint {
        self.monitor.name = name.to_string();
        self
    }

    /// Whether larger or smaller is better.
    pub fn mode(mut self, mode: impl Into<Mode>) -> ModelCheckpoint {
        self.monitor.mode = mode.into();
        self
    }

    /// Whether to save only what is better than everything before.
    pub fn save_best_only(mut self, best_only: bool) -> ModelCheckpoint {
        self.best_only = best_only;
        self
    }

    /// Whether to save the weights alone, as safetensors.
    pub fn save_weights_only(mut self, weights_only: bool) -> ModelCheckpoint {
        self.weights_only = weights_only;
        self
    }

    /// When to save.
    pub fn save_freq(mut self, frequency: SaveFrequency) -> ModelCheckpoint {
        self.frequency = frequency;
        self
    }

    /// A value that the first model must beat to be saved.
    pub fn initial_value_threshold(mut self, value: f64) -> ModelCheckpoint {
        self.threshold = Some(value);
        self
    }

    /// Whether to say when a model is saved.
    pub fn verbose(mut self, verbose: bool) -> ModelCheckpoint {
        self.verbose = verbose;
        self
    }

    /// The best value so far.
    pub fn best(&self) -> Option<f64> {
        self.monitor.best
    }

    /// Whether the model is to be saved; remembers the best value.
    fn wanted(&mut self, cx: &CallbackContext<'_>, logs: &Logs) -> Result<bool> {
        if !self.best_only {
            return Ok(true);
        }
        let Some(value) = self.monitor.value(logs, "ModelCheckpoint") else { return Ok(true) };
        self.monitor.decide(cx, "ModelCheckpoint")?;
        let (name, epoch) = (&self.monitor.name, self.epoch + 1);
        let best = self.monitor.best.map_or("None".to_string(), |b| format!("{b:.5}"));
        let better = self.monitor.improves(value);
        if self.verbose && better {
            println!("\nEpoch {epoch}: {name} improved from {best} to {value:.5}");
        } else if self.verbose {
            println!("\nEpoch {epoch}: {name} did not improve from {best}");
        }
        if better {
            self.monitor.best = Some(value);
        }
        Ok(better)
    }

    fn save_model(
        &mut self,
        cx: &mut CallbackContext<'_>,
        batch: Option<usize>,
        logs: &Logs,
    ) -> Result<()> {
        if !self.wanted(cx, logs)? {
            return Ok(());
        }
        let pattern = self.path.to_str().ok_or_else(|| {
            Error::value(text!(
                en: "the path of a ModelCheckpoint must be Unicode",
                ko: "ModelCheckpoint의 경로는 유니코드여야 합니다"
            ))
        })?;
        let path = file_name::fill(pattern, self.epoch, batch, logs)?;
        if self.verbose {
            println!("\nEpoch {}: saving model to {path}", self.epoch + 1);
        }
        if let Some(folder) = Path::new(&path).parent().filter(|p| !p.as_os_str().is_empty()) {
            std::fs::create_dir_all(folder).map_err(|e| {
                let folder = folder.display();
                Error::io(text!(
                    en: "cannot make the folder {folder}",
                    ko: "폴더 {folder}을(를) 만들 수 없습니다"
                ))
                .source_error(e)
            })?;
        }
        if self.weights_only { cx.model().save_weights(&path) } else { cx.model().save(&path) }
    }
}

impl Callback for ModelCheckpoint {
    fn on_train_begin(&mut self, _: &mut CallbackContext<'_>) -> Result<()> {
        // The best so far lasts over several fits, as in Keras.
        self.monitor.best = self.monitor.best.or(self.threshold);
        Ok(())
    }

    fn on_epoch_begin(&mut self, _: &mut CallbackContext<'_>, epoch: usize) -> Result<()> {
        self.epoch = epoch;
        Ok(())
    }

    fn on_train_batch_end(&mut self, cx: &mut CallbackContext<'_>, batch: usize) -> Result<()> {
        let SaveFrequency::Batches(every) = self.frequency else { return Ok(()) };
        self.batches += 1;
        if self.batches < every {
            return Ok(());
        }
        self.batches = 0;
        let logs = cx.logs()?;
        self.save_model(cx, Some(batch), &logs)
    }

    fn on_epoch_end(
        &mut self,
        cx: &mut CallbackContext<'_>,
        _: usize,
        logs: &mut Logs,
    ) -> Result<()> {
        match self.frequency {
            SaveFrequency::Epoch => self.save_model(cx, None, logs),
            SaveFrequency::Batches(_) => Ok(()),
        }
    }

    fn save(&self) -> Result<CallbackState> {
        let values = json!({
            "class": "ModelCheckpoint",
            "best": self.monitor.save(),
            "batches": self.batches,
        });
        Ok(CallbackState { values, arrays: Vec::new() })
    }

    fn restore(&mut self, state: &CallbackState) -> Result<()> {
        let wrong = || wrong_state("ModelCheckpoint");
        if state.values["class"] != "ModelCheckpoint" {
            return Err(wrong());
        }
        self.monitor.restore(state.values.get("best"), "ModelCheckpoint")?;
        self.batches = state.values["batches"].as_u64().ok_or_else(wrong)? as usize;
        Ok(())
    }
}
