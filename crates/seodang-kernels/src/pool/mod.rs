//! The one thread pool of the process: fork-join over tickets.
//!
//! [`run`] makes numbered tasks available; idle workers claim them one by one, and the caller runs
//! whatever nobody claimed, so a worker that the operating system took away costs nothing. Starting a
//! job on spinning workers takes well under a microsecond. Workers spin for some tens of microseconds
//! after a job, then sleep.
//!
//! Which thread runs which task is not fixed: work must be split by shapes alone, and each task must
//! write its own part of the output, so that results do not depend on the number of threads.
//!
//! Tools: `RUSTFLAGS="--cfg loom" cargo test -p seodang-kernels --release --test loom_pool` checks the
//! heart of the pool under every schedule of a few threads. With a nightly compiler,
//! `RUSTFLAGS="-Zsanitizer=thread" cargo +nightly test -Zbuild-std --target x86_64-unknown-linux-gnu
//! -p seodang-kernels --test pool` runs it under ThreadSanitizer.

#[cfg(any(not(target_family = "wasm"), loom))]
mod core;
#[cfg(any(not(target_family = "wasm"), loom))]
mod sync;

#[cfg(loom)]
pub use self::core::{Core, Sleeper};

/// How often a thread looks for work, or for the end of its job, before it gives its core away.
#[cfg(any(not(target_family = "wasm"), loom))]
const SPINS: u32 = 2_000;

#[cfg(all(not(target_family = "wasm"), not(loom)))]
mod threads;
#[cfg(all(not(target_family = "wasm"), not(loom)))]
use threads as imp;

#[cfg(any(target_family = "wasm", loom))]
mod serial;
#[cfg(any(target_family = "wasm", loom))]
use serial as imp;

/// The number of threads that [`run`] uses, the caller included: the innermost [`with_threads`], else
/// `SEODANG_THREADS`, else the number of cores given to the process. 1 in builds without threads.
pub fn threads() -> usize {
    imp::threads()
}

/// Runs `f` with [`threads`] set to `n` (at least 1) for jobs started by this thread. `n` may exceed the
/// number of cores.
///
/// ```
/// use seodang_kernels::pool;
/// assert_eq!(pool::with_threads(1, pool::threads), 1);
/// ```
pub fn with_threads<R>(n: usize, f: impl FnOnce() -> R) -> R {
    imp::with_threads(n.max(1), f)
}

/// Runs `task(0)`, `task(1)`, ..., `task(n - 1)`, each once, in any order, on up to [`threads`] threads,
/// and returns when all have ended.
///
/// Inside a task, and while another thread of the program has a job running, the tasks run one after
/// the other on the calling thread.
///
/// ```
/// use std::sync::atomic::{AtomicUsize, Ordering};
/// let sum = AtomicUsize::new(0);
/// seodang_kernels::pool::run(10, |i| {
///     sum.fetch_add(i, Ordering::Relaxed);
/// });
/// assert_eq!(sum.into_inner(), 45);
/// ```
///
/// # Panics
/// With the first panic of a task, once every task that was started has ended.
#[inline]
pub fn run(n: usize, task: impl Fn(usize) + Sync) {
    if n == 1 {
        task(0);
    } else if n > 1 {
        imp::run(n, &task);
    }
}

/// Cuts `0..len` into `pieces` nearly equal ranges, each but the last a multiple of `unit` long; the
/// `i`-th of them.
pub(crate) fn piece(len: usize, unit: usize, pieces: usize, i: usize) -> std::ops::Range<usize> {
    let units = len.div_ceil(unit);
    let at = |i: usize| (units * i / pieces * unit).min(len);
    at(i)..at(i + 1)
}
