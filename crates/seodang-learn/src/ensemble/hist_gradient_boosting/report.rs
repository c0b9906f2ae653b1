//! What is told of a fit that is to be talkative: how long its parts take, and what each round makes.

use crate::record::{Function, Value};
use seodang_core::{Array, Result};
use std::time::{Duration, Instant};

/// What is told; the numbers that come with it are at the calls.
#[derive(Clone, Copy)]
pub(super) enum Event {
    Binned,
    BinnedHeldOut,
    Begun,
    Round,
    Done,
}

/// A part of a round, as it is timed.
#[derive(Clone, Copy)]
pub(crate) enum Part {
    Histograms,
    Splits,
    Applying,
    Predicting,
}

/// Who is told.
#[derive(Clone, Copy)]
pub(super) struct Report<'a>(Option<&'a Function>);

impl<'a> Report<'a> {
    /// The function among the arguments of `fit`, if there is one.
    pub(super) fn to(argument: Option<&'a Value>) -> Report<'a> {
        match argument {
            Some(Value::Function(f)) => Report(Some(f)),
            _ => Report(None),
        }
    }

    /// A clock that runs if somebody is told.
    pub(super) fn clock(self) -> Clock {
        Clock { runs: self.0.is_some(), spent: [Duration::ZERO; 4] }
    }

    /// Tells, if somebody listens; only then the numbers are asked for.
    pub(super) fn tell(self, event: Event, numbers: impl FnOnce() -> Vec<f64>) -> Result<()> {
        let Some(f) = self.0 else { return Ok(()) };
        let numbers = numbers();
        f.call(&[Array::scalar(event as i64), Array::from_vec([numbers.len()], numbers)?])?;
        Ok(())
    }
}

/// Adds up how long the parts of rounds take, where somebody wants to know.
#[derive(Clone, Debug, Default)]
pub(crate) struct Clock {
    runs: bool,
    spent: [Duration; 4],
}

impl Clock {
    /// Now.
    pub(crate) fn now(&self) -> Option<Instant> {
        self.runs.then(Instant::now)
    }

    /// Adds the time since then to a part.
    pub(crate) fn add(&mut self, part: Part, since: Option<Instant>) {
        if let Some(since) = since {
            self.spent[part as usize] += since.elapsed();
        }
    }

    /// The seconds of each part.
    pub(super) fn spent(&self) -> [f64; 4] {
        self.spent.map(|d| d.as_secs_f64())
    }
}

/// The seconds since then.
pub(super) fn since(start: Option<Instant>) -> f64 {
    start.map_or(0.0, |s| s.elapsed().as_secs_f64())
}
