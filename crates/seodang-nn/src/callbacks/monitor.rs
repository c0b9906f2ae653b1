//! Watching one quantity of the logs get better: what several callbacks share.

use super::{CallbackContext, wrong_state};
use crate::metrics::Direction;
use crate::training::{Logs, float_from_json, float_to_json};
use seodang_core::{Error, Result, text};
use serde_json::{Value as Json, json};

/// Whether a larger or a smaller value is better.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Mode {
    /// As the loss or the metric says.
    #[default]
    Auto,
    /// Smaller is better.
    Min,
    /// Larger is better.
    Max,
}

impl From<&str> for Mode {
    /// `"min"` and `"max"`; anything else is `Auto`, as in Keras.
    fn from(name: &str) -> Mode {
        match name {
            "min" => Mode::Min,
            "max" => Mode::Max,
            _ => Mode::Auto,
        }
    }
}

#[derive(Clone, Debug)]
pub(super) struct Monitor {
    pub(super) name: String,
    pub(super) mode: Mode,
    pub(super) min_delta: f64,
    pub(super) best: Option<f64>,
    warned: bool,
}

impl Monitor {
    pub(super) fn new(name: &str, min_delta: f64) -> Monitor {
        let name = name.to_string();
        Monitor { name, mode: Mode::Auto, min_delta, best: None, warned: false }
    }

    /// The quantity in the logs. If it is not there, says so once on the standard error, as Keras
    /// warns.
    pub(super) fn value(&mut self, logs: &Logs, callback: &str) -> Option<f64> {
        let value = logs.get(&self.name);
        if value.is_none() && !self.warned {
            self.warned = true;
            let known: Vec<&str> = logs.names().collect();
            let (name, known) = (&self.name, known.join(", "));
            let message = text!(
                en: "{callback}: there is no \"{name}\" to watch, only {known}",
                ko: "{callback}: 지켜볼 \"{name}\"이(가) 없습니다. 있는 것: {known}"
            );
            eprintln!("{message}");
        }
        value
    }

    /// Decides which direction is better.
    pub(super) fn decide(&mut self, cx: &CallbackContext<'_>, callback: &str) -> Result<()> {
        if self.mode == Mode::Auto {
            self.mode = match cx.direction(&self.name) {
                Some(Direction::Up) => Mode::Max,
                Some(Direction::Down) => Mode::Min,
                None => return Err(self.undecided(callback)),
            };
        }
        Ok(())
    }

    fn undecided(&self, callback: &str) -> Error {
        let name = &self.name;
        Error::value(text!(
            en: "{callback} does not know whether a larger \"{name}\" is better",
            ko: "{callback}: \"{name}\"이(가) 클수록 좋은지 작을수록 좋은지 알 수 없습니다"
        ))
        .hint(text!(
            en: "set mode to Mode::Min or Mode::Max",
            ko: "mode를 Mode::Min이나 Mode::Max로 정하세요"
        ))
    }

    /// Whether a value is better than another by more than `min_delta`.
    pub(super) fn better(&self, value: f64, than: f64) -> bool {
        match self.mode {
            Mode::Max => value - self.min_delta > than,
            _ => value + self.min_delta < than,
        }
    }

    /// Whether a value is better than the best so far.
    pub(super) fn improves(&self, value: f64) -> bool {
        self.best.is_none_or(|best| self.better(value, best))
    }

    /// The best so far, for a saved state.
    pub(super) fn save(&self) -> Json {
        self.best.map_or(Json::Null, |b| json!({ "value": float_to_json(b) }))
    }

    pub(super) fn restore(&mut self, value: Option<&Json>, callback: &str) -> Result<()> {
        self.best = match value {
            None | Some(Json::Null) => None,
            Some(v) => {
                let best = v.get("value").and_then(float_from_json);
                Some(best.ok_or_else(|| wrong_state(callback))?)
            }
        };
        Ok(())
    }
}
