//! The pool of builds with threads: workers started when first needed, rebuilt after a fork.

use super::core::{Core, Sleeper};
use std::cell::Cell;
use std::sync::atomic::{AtomicPtr, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, TryLockError};
use std::thread::{self, Thread};

struct Pool {
    core: Arc<Core>,
    /// Holding it is the right to run a job.
    workers: Mutex<Vec<(Arc<Sleeper>, Thread)>>,
    /// The process that the workers live in.
    pid: u32,
}

thread_local! {
    /// The innermost `with_threads`; 0 without one.
    static OVERRIDE: Cell<usize> = const { Cell::new(0) };
    /// Whether this thread is inside a task or holds the pool.
    static BUSY: Cell<bool> = const { Cell::new(false) };
}

/// Sets a thread-local for as long as it lives.
struct Scoped<T: Copy + 'static>(&'static thread::LocalKey<Cell<T>>, T);

impl<T: Copy> Scoped<T> {
    fn new(key: &'static thread::LocalKey<Cell<T>>, value: T) -> Self {
        Scoped(key, key.replace(value))
    }
}

impl<T: Copy + 'static> Drop for Scoped<T> {
    fn drop(&mut self) {
        self.0.set(self.1);
    }
}

pub(super) fn threads() -> usize {
    static DEFAULT: OnceLock<usize> = OnceLock::new();
    match OVERRIDE.get() {
        0 => *DEFAULT.get_or_init(|| {
            let asked = std::env::var("SEODANG_THREADS").ok().and_then(|v| v.parse().ok());
            asked
                .filter(|&n: &usize| n > 0)
                .unwrap_or_else(|| thread::available_parallelism().map_or(1, |n| n.get()))
        }),
        n => n,
    }
}

pub(super) fn with_threads<R>(n: usize, f: impl FnOnce() -> R) -> R {
    let _restore = Scoped::new(&OVERRIDE, n);
    f()
}

pub(super) fn run(n: usize, task: &(dyn Fn(usize) + Sync)) {
    let threads = threads().min(n);
    if threads == 1 || BUSY.get() {
        return (0..n).for_each(task);
    }
    let pool = current();
    let Some(mut workers) = try_lock(&pool.workers) else {
        // Another thread's job is running; or it was when this process was forked off, in which case
        // the lock is never released here, and the next job finds a new pool.
        rebuild_after_fork(pool);
        return (0..n).for_each(task);
    };
    while workers.len() + 1 < threads {
        match spawn(&pool.core, workers.len()) {
            Ok(worker) => workers.push(worker),
            // The caller alone can do the work.
            Err(_) => break,
        }
    }
    let awake = threads - 1;
    let busy = Scoped::new(&BUSY, true);
    let helped = pool.core.run(n, awake, task, || {
        Core::wake(workers.iter().take(awake).map(|(sleeper, thread)| (&**sleeper, thread)));
    });
    drop(busy);
    drop(workers);
    if !helped {
        rebuild_after_fork(pool);
    }
}

fn try_lock<T>(mutex: &Mutex<T>) -> Option<MutexGuard<'_, T>> {
    match mutex.try_lock() {
        Ok(guard) => Some(guard),
        // A task's panic passed through `run`, which leaves nothing half done.
        Err(TryLockError::Poisoned(e)) => Some(e.into_inner()),
        Err(TryLockError::WouldBlock) => None,
    }
}

fn spawn(core: &Arc<Core>, id: usize) -> std::io::Result<(Arc<Sleeper>, Thread)> {
    let sleeper = Arc::new(Sleeper::default());
    let (core, theirs) = (core.clone(), sleeper.clone());
    let handle = thread::Builder::new().name(format!("seodang-{}", id + 1)).spawn(move || {
        BUSY.set(true);
        core.work(id, &theirs, super::SPINS);
    })?;
    Ok((sleeper, handle.thread().clone()))
}

static CURRENT: AtomicPtr<Pool> = AtomicPtr::new(std::ptr::null_mut());

#[allow(unsafe_code)]
fn current() -> &'static Pool {
    let pool = CURRENT.load(Ordering::Acquire);
    if pool.is_null() {
        return replace(pool);
    }
    // SAFETY: pools are leaked, so a pointer found here stays valid.
    unsafe { &*pool }
}

/// Puts a new pool where `old` was, unless another thread was faster.
#[allow(unsafe_code)]
fn replace(old: *mut Pool) -> &'static Pool {
    let new = Box::into_raw(Box::new(Pool {
        core: Arc::default(),
        workers: Mutex::default(),
        pid: std::process::id(),
    }));
    match CURRENT.compare_exchange(old, new, Ordering::AcqRel, Ordering::Acquire) {
        // SAFETY: just leaked.
        Ok(_) => unsafe { &*new },
        Err(theirs) => {
            // SAFETY: `new` was never shared.
            drop(unsafe { Box::from_raw(new) });
            // SAFETY: pools are leaked.
            unsafe { &*theirs }
        }
    }
}

/// Replaces the pool if it belongs to the parent of this process: a fork copies no threads, so its
/// workers do not exist here. Called when no worker helped with a job, which is what that looks like:
/// the common case pays no system call.
fn rebuild_after_fork(pool: &'static Pool) {
    if pool.pid != std::process::id() {
        replace(std::ptr::from_ref(pool).cast_mut());
    }
}
