//! Callbacks: what happens at the beginnings and ends of training, epochs and batches, after
//! `keras.callbacks`.

mod csv_logger;
mod early_stopping;
mod file_name;
mod learning_rate_scheduler;
mod model_checkpoint;
mod monitor;
mod progress_bar;
mod reduce_lr_on_plateau;
mod terminate_on_nan;

pub use csv_logger::CSVLogger;
pub use early_stopping::EarlyStopping;
pub use learning_rate_scheduler::LearningRateScheduler;
pub use model_checkpoint::{ModelCheckpoint, SaveFrequency};
pub use monitor::Mode;
pub use progress_bar::ProgressBar;
pub use reduce_lr_on_plateau::ReduceLROnPlateau;
pub use terminate_on_nan::TerminateOnNaN;

use crate::metrics::Direction;
use crate::model::Model;
use crate::training::Logs;
use seodang_core::{Array, Error, Result, text};
use serde_json::Value as Json;

/// What a callback sees: the model, and how far the training goes.
pub struct CallbackContext<'a> {
    model: &'a mut Model,
    epochs: usize,
    steps: Option<usize>,
}

impl<'a> CallbackContext<'a> {
    pub(crate) fn new(model: &'a mut Model, epochs: usize, steps: Option<usize>) -> Self {
        CallbackContext { model, epochs, steps }
    }

    /// The model.
    pub fn model(&mut self) -> &mut Model {
        self.model
    }

    /// The number of the last epoch.
    pub fn epochs(&self) -> usize {
        self.epochs
    }

    /// The number of batches of an epoch, if it is known.
    pub fn steps(&self) -> Option<usize> {
        self.steps
    }

    /// Ends the training after the current batch.
    pub fn stop_training(&mut self) {
        self.model.stop_training = true;
    }

    /// The losses and metrics of the epoch up to the last batch. They are read from the device, which
    /// takes longer than a small step: do not ask after each.
    ///
    /// # Errors
    /// What reading them from the device reports.
    pub fn logs(&mut self) -> Result<Logs> {
        self.model.training()?.logs()
    }

    /// The mean loss of the epoch up to the last batch; this alone is cheap.
    ///
    /// # Errors
    /// What reading it from the device reports.
    pub fn loss(&mut self) -> Result<f64> {
        self.model.training()?.loss()
    }

    /// Whether a larger or a smaller value of a quantity of the logs is better, where that is known.
    pub fn direction(&self, name: &str) -> Option<Direction> {
        self.model.training.as_ref()?.measures()?.direction(name)
    }
}

/// What a callback remembers between epochs, for a training to be resumed.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct CallbackState {
    /// Numbers and names.
    pub values: Json,
    /// Arrays, such as the best weights so far.
    pub arrays: Vec<Array>,
}

/// Something that happens during training. All methods do nothing unless implemented.
///
/// ```
/// use seodang_core::Result;
/// use seodang_nn::callbacks::{Callback, CallbackContext};
/// use seodang_nn::training::Logs;
///
/// struct Best(f64);
///
/// impl Callback for Best {
///     fn on_epoch_end(
///         &mut self,
///         _: &mut CallbackContext<'_>,
///         _epoch: usize,
///         logs: &mut Logs,
///     ) -> Result<()> {
///         self.0 = self.0.min(logs.get("loss").unwrap_or(f64::INFINITY));
///         Ok(())
///     }
/// }
/// ```
#[allow(unused_variables)]
pub trait Callback {
    /// Before the first epoch.
    ///
    /// # Errors
    /// An error ends the training.
    fn on_train_begin(&mut self, cx: &mut CallbackContext<'_>) -> Result<()> {
        Ok(())
    }

    /// After the last epoch, with its logs.
    ///
    /// # Errors
    /// An error ends the training.
    fn on_train_end(&mut self, cx: &mut CallbackContext<'_>, logs: &Logs) -> Result<()> {
        Ok(())
    }

    /// Before an epoch.
    ///
    /// # Errors
    /// An error ends the training.
    fn on_epoch_begin(&mut self, cx: &mut CallbackContext<'_>, epoch: usize) -> Result<()> {
        Ok(())
    }

    /// After an epoch and its validation. What is added to the logs comes into the history.
    ///
    /// # Errors
    /// An error ends the training.
    fn on_epoch_end(
        &mut self,
        cx: &mut CallbackContext<'_>,
        epoch: usize,
        logs: &mut Logs,
    ) -> Result<()> {
        Ok(())
    }

    /// Before a training step.
    ///
    /// # Errors
    /// An error ends the training.
    fn on_train_batch_begin(&mut self, cx: &mut CallbackContext<'_>, batch: usize) -> Result<()> {
        Ok(())
    }

    /// After a training step; [`CallbackContext::logs`] tells the values so far.
    ///
    /// # Errors
    /// An error ends the training.
    fn on_train_batch_end(&mut self, cx: &mut CallbackContext<'_>, batch: usize) -> Result<()> {
        Ok(())
    }

    /// Before an evaluation.
    ///
    /// # Errors
    /// An error ends the evaluation.
    fn on_test_begin(&mut self, cx: &mut CallbackContext<'_>) -> Result<()> {
        Ok(())
    }

    /// After an evaluation, with its logs.
    ///
    /// # Errors
    /// An error ends the evaluation.
    fn on_test_end(&mut self, cx: &mut CallbackContext<'_>, logs: &Logs) -> Result<()> {
        Ok(())
    }

    /// Before an evaluation step.
    ///
    /// # Errors
    /// An error ends the evaluation.
    fn on_test_batch_begin(&mut self, cx: &mut CallbackContext<'_>, batch: usize) -> Result<()> {
        Ok(())
    }

    /// After an evaluation step.
    ///
    /// # Errors
    /// An error ends the evaluation.
    fn on_test_batch_end(&mut self, cx: &mut CallbackContext<'_>, batch: usize) -> Result<()> {
        Ok(())
    }

    /// What must be remembered for the training to be resumed after an epoch.
    ///
    /// # Errors
    /// An error ends the training.
    fn save(&self) -> Result<CallbackState> {
        Ok(CallbackState::default())
    }

    /// Takes back what [`Callback::save`] gave, before [`Callback::on_train_begin`].
    ///
    /// # Errors
    /// `Format`, if it is not this callback's.
    fn restore(&mut self, state: &CallbackState) -> Result<()> {
        Ok(())
    }
}

/// Passes every method on.
macro_rules! forward {
    () => {
        forward! {
            on_train_begin();
            on_train_end(logs: &Logs);
            on_epoch_begin(epoch: usize);
            on_epoch_end(epoch: usize, logs: &mut Logs);
            on_train_batch_begin(batch: usize);
            on_train_batch_end(batch: usize);
            on_test_begin();
            on_test_end(logs: &Logs);
            on_test_batch_begin(batch: usize);
            on_test_batch_end(batch: usize);
        }
    };
    ($($method:ident($($name:ident: $ty:ty),*);)*) => {
        $(fn $method(&mut self, cx: &mut CallbackContext<'_>, $($name: $ty),*) -> Result<()> {
            (**self).$method(cx, $($name),*)
        })*

        fn save(&self) -> Result<CallbackState> {
            (**self).save()
        }

        fn restore(&mut self, state: &CallbackState) -> Result<()> {
            (**self).restore(state)
        }
    };
}

impl<C: Callback + ?Sized> Callback for &mut C {
    forward!();
}

impl<C: Callback + ?Sized> Callback for Box<C> {
    forward!();
}

/// The callbacks of a run, in order.
pub(crate) struct Callbacks<'a> {
    list: Vec<Box<dyn Callback + 'a>>,
}

impl<'a> Callbacks<'a> {
    pub(crate) fn new(list: Vec<Box<dyn Callback + 'a>>) -> Callbacks<'a> {
        Callbacks { list }
    }

    pub(crate) fn push(&mut self, callback: Box<dyn Callback + 'a>) {
        self.list.push(callback);
    }

    pub(crate) fn each(
        &mut self,
        mut f: impl FnMut(&mut (dyn Callback + 'a)) -> Result<()>,
    ) -> Result<()> {
        self.list.iter_mut().try_for_each(|c| f(&mut **c))
    }

    pub(crate) fn save(&self) -> Result<Vec<CallbackState>> {
        self.list.iter().map(|c| c.save()).collect()
    }

    /// Gives each callback its state back. The progress bar, which comes last, may have come or gone.
    pub(crate) fn restore(&mut self, states: &[CallbackState]) -> Result<()> {
        let empty = CallbackState::default();
        if states.iter().skip(self.list.len()).any(|s| *s != empty) {
            return Err(Error::value(text!(
                en: "the training was begun with other callbacks",
                ko: "학습을 시작할 때의 콜백과 다릅니다"
            ))
            .given("callbacks", self.list.len())
            .expected(states.len().to_string()));
        }
        let pairs = self.list.iter_mut().zip(states).filter(|(_, s)| **s != empty);
        pairs.into_iter().try_for_each(|(c, s)| c.restore(s))
    }
}

/// The error for a state that is not a callback's.
fn wrong_state(callback: &str) -> Error {
    Error::format(text!(
        en: "the saved state is not that of {callback}",
        ko: "저장된 상태가 {callback}의 것이 아닙니다"
    ))
    .hint(text!(
        en: "resume with the callbacks that the training was begun with, in their order",
        ko: "학습을 시작할 때의 콜백을 같은 순서로 주세요"
    ))
}
