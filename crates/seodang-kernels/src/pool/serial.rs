//! The pool of builds without threads: a loop.

pub(super) fn threads() -> usize {
    1
}

pub(super) fn with_threads<R>(_: usize, f: impl FnOnce() -> R) -> R {
    f()
}

pub(super) fn run(n: usize, task: &(dyn Fn(usize) + Sync)) {
    (0..n).for_each(task);
}
