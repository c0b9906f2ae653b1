//! Fits that end early: at a time, or when somebody asks.
//!
//! Learning cannot be taken back, so a fit that was stopped is an error and no model. Long loops look at
//! `passed` and end; `fit_from` of [`Estimator`](crate::Estimator), which all of them return to,
//! makes the error.
//!
//! ```
//! use ndarray::array;
//! use seodang_learn::stop::{Stop, until};
//! use seodang_learn::{Fit, neural_network::MLPClassifier};
//! let over = Stop::at(std::time::Instant::now());
//! let (x, y) = (array![[0.0], [1.0]], ["a", "b"]);
//! let stopped = until(over, || MLPClassifier::new().fit(&x, y.as_slice()));
//! assert_eq!(stopped.unwrap_err().kind(), seodang_core::ErrorKind::Interrupted);
//! ```

use seodang_core::{Error, Result, text};
use std::cell::Cell;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Instant;

/// When to stop.
#[derive(Clone, Copy, Debug, Default)]
pub struct Stop {
    at: Option<Instant>,
    asked: Option<&'static AtomicBool>,
}

thread_local! {
    /// The innermost `until`.
    static STOP: Cell<Stop> = const { Cell::new(Stop { at: None, asked: None }) };
}

impl Stop {
    /// At a time.
    pub fn at(time: Instant) -> Stop {
        Stop { at: Some(time), asked: None }
    }

    /// Also as soon as a flag is set, as a handler of Ctrl-C does.
    pub fn or_when(self, asked: &'static AtomicBool) -> Stop {
        Stop { asked: Some(asked), ..self }
    }

    /// The one that holds for this thread; workers of the pool are handed it.
    pub(crate) fn current() -> Stop {
        STOP.get()
    }

    /// Whether it is time.
    pub fn passed(self) -> bool {
        self.asked.is_some_and(|a| a.load(Ordering::Relaxed))
            || self.at.is_some_and(|at| Instant::now() >= at)
    }
}

/// Does something whose fits on this thread end at a time.
pub fn until<R>(stop: Stop, work: impl FnOnce() -> R) -> R {
    /// Puts back what held before, also when a panic passes.
    struct Before(Stop);
    impl Drop for Before {
        fn drop(&mut self) {
            STOP.set(self.0);
        }
    }
    let _before = Before(STOP.replace(stop));
    work()
}

/// Whether the running fit should end.
pub(crate) fn passed() -> bool {
    Stop::current().passed()
}

/// An error, if it should.
pub(crate) fn check() -> Result<()> {
    if !passed() {
        return Ok(());
    }
    Err(Error::interrupted(text!(
        en: "the fit was stopped before it was done", ko: "학습이 끝나기 전에 멈췄습니다"
    )))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Estimator, Features, Matrix, Target, registry};
    use seodang_core::random::Stream;

    #[test]
    fn a_stop_holds_within_its_work_alone() {
        static ASKED: AtomicBool = AtomicBool::new(true);
        assert!(!passed() && check().is_ok());
        until(Stop::default().or_when(&ASKED), || {
            assert!(passed() && check().is_err());
            until(Stop::default(), || assert!(!passed()));
            assert!(passed());
        });
        assert!(!passed());
    }

    #[test]
    fn methods_that_take_long_stop() {
        static ASKED: AtomicBool = AtomicBool::new(true);
        let mut random = Stream::new(1, 0);
        let (n, d) = (300, 4);
        let cells: Vec<f64> = (0..n * d).map(|_| random.normal()).collect();
        let x = Features::from(Matrix::new(cells, n, d));
        let y: Vec<i64> = (0..n).map(|_| random.below(3) as i64).collect();
        let y = Target::from(y.as_slice());
        for class in [
            "SVC",
            "LinearSVC",
            "LogisticRegression",
            "MLPClassifier",
            "DecisionTreeClassifier",
            "RandomForestClassifier",
            "HistGradientBoostingClassifier",
        ] {
            let estimator: Box<dyn Estimator> = registry::new(class).expect("a class");
            let stopped =
                until(Stop::default().or_when(&ASKED), || estimator.fit(&x, Some(&y), None));
            let kind = stopped.map(|_| ()).unwrap_err().kind();
            assert_eq!(kind, seodang_core::ErrorKind::Interrupted, "{class}");
        }
    }
}
