//! What a comparison says while it runs, and how it is stopped.

use super::methods::Method;
use seodang_learn::stop::Stop;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

/// Where a comparison is.
#[derive(Clone, Copy, Debug)]
pub struct Progress {
    /// Seconds since it began.
    pub elapsed: f64,
    /// Seconds that it may take.
    pub seconds: f64,
    /// The method that is tried now.
    pub method: Method,
    /// Settings tried until now, of all methods.
    pub tried: usize,
    /// The best method until now and its score.
    pub leader: Option<(Method, f64)>,
}

/// The time that a comparison has, and who may end it before.
pub(crate) struct Clock<'a> {
    started: Instant,
    pub(crate) seconds: f64,
    asked: Option<&'static AtomicBool>,
    pub(crate) report: &'a mut dyn FnMut(&Progress),
}

impl<'a> Clock<'a> {
    pub(crate) fn new(
        seconds: f64,
        asked: Option<&'static AtomicBool>,
        report: &'a mut dyn FnMut(&Progress),
    ) -> Clock<'a> {
        Clock { started: Instant::now(), seconds, asked, report }
    }

    /// Seconds since the beginning.
    pub(crate) fn elapsed(&self) -> f64 {
        self.started.elapsed().as_secs_f64()
    }

    /// Whether somebody asked to end it.
    pub(crate) fn asked(&self) -> bool {
        self.asked.is_some_and(|a| a.load(Ordering::Relaxed))
    }

    /// So many seconds after the beginning, or when somebody asks.
    pub(crate) fn stop(&self, seconds: f64) -> Stop {
        let stop = self.at(seconds);
        match self.asked {
            Some(asked) => stop.or_when(asked),
            None => stop,
        }
    }

    /// So many seconds after the beginning, whoever asks; endless seconds are never.
    pub(crate) fn at(&self, seconds: f64) -> Stop {
        let after = Duration::try_from_secs_f64(seconds.max(0.0)).ok();
        let time = after.and_then(|after| self.started.checked_add(after));
        time.map_or_else(Stop::default, Stop::at)
    }
}
