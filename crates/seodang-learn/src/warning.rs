//! What an estimator has to say while it learns that is no error: gathered here, and given to whoever
//! called `fit`. Python makes warnings of it.

use std::cell::RefCell;

/// The kinds of warnings, by scikit-learn's names.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Kind {
    /// `ConvergenceWarning`: an iteration stopped before its solution was as exact as asked for.
    Convergence,
    /// `UserWarning`: anything else.
    User,
    /// `RuntimeWarning`: arithmetic went wrong somewhere.
    Runtime,
    /// `FutureWarning`: a parameter will mean something else or go away.
    Future,
}

impl Kind {
    /// Python's name of the class.
    pub fn name(self) -> &'static str {
        match self {
            Kind::Convergence => "ConvergenceWarning",
            Kind::User => "UserWarning",
            Kind::Runtime => "RuntimeWarning",
            Kind::Future => "FutureWarning",
        }
    }
}

/// A warning.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Warning {
    /// Its kind.
    pub kind: Kind,
    /// What it says, in scikit-learn's words where it has some.
    pub message: String,
}

thread_local! {
    static GATHERED: RefCell<Option<Vec<Warning>>> = const { RefCell::new(None) };
}

/// Warns whoever gathers warnings on this thread; nobody hears it otherwise. Tasks of the pool run on
/// other threads: warn after they have ended.
pub fn warn(kind: Kind, message: impl Into<String>) {
    GATHERED.with_borrow_mut(|all| {
        if let Some(all) = all {
            all.push(Warning { kind, message: message.into() });
        }
    });
}

/// Runs `f`: its result, and the warnings that it gave.
pub fn gathered<T>(f: impl FnOnce() -> T) -> (T, Vec<Warning>) {
    let before = GATHERED.replace(Some(Vec::new()));
    let out = f();
    (out, GATHERED.replace(before).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn warnings_reach_the_innermost_that_gathers() {
        warn(Kind::User, "unheard");
        let ((inner, n), outer) = gathered(|| {
            warn(Kind::Convergence, "outer");
            let (n, inner) = gathered(|| {
                warn(Kind::User, "inner");
                3
            });
            (inner, n)
        });
        assert_eq!((inner[0].message.as_str(), n), ("inner", 3));
        assert_eq!(outer, [Warning { kind: Kind::Convergence, message: "outer".into() }]);
    }
}
