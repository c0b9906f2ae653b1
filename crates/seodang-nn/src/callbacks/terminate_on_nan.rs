//! `TerminateOnNaN`.

use super::{Callback, CallbackContext};
use seodang_core::{Error, Result, text};

/// Ends the training when the loss is not a finite number any more. Source: Keras 3,
/// `keras.callbacks.TerminateOnNaN`.
#[derive(Clone, Debug, Default)]
pub struct TerminateOnNaN {
    raise_error: bool,
    batch: Option<usize>,
}

impl TerminateOnNaN {
    /// Ends the training quietly, after a message.
    pub fn new() -> TerminateOnNaN {
        TerminateOnNaN::default()
    }

    /// Whether `fit` ends with an error instead.
    pub fn raise_error(mut self, raise: bool) -> TerminateOnNaN {
        self.raise_error = raise;
        self
    }

    /// The batch at which the training was ended, if it was.
    pub fn stopped_batch(&self) -> Option<usize> {
        self.batch
    }
}

impl Callback for TerminateOnNaN {
    fn on_train_batch_end(&mut self, cx: &mut CallbackContext<'_>, batch: usize) -> Result<()> {
        // The mean of an epoch never becomes finite again.
        let loss = cx.loss()?;
        if loss.is_finite() {
            return Ok(());
        }
        self.batch = Some(batch);
        let message = text!(
            en: "the loss is {loss} at batch {batch}: the training is ended",
            ko: "배치 {batch}에서 손실이 {loss}이(가) 되어 학습을 끝냅니다"
        );
        if self.raise_error {
            return Err(Error::value(message).hint(text!(
                en: "a smaller learning rate, clipped gradients (clipnorm) or scaled inputs may help",
                ko: "학습률을 줄이거나 기울기를 자르거나(clipnorm) 입력의 크기를 맞춰 보세요"
            )));
        }
        eprintln!("{message}");
        cx.stop_training();
        Ok(())
    }
}
