//! The shared-memory heart of the thread pool: claiming tasks, finishing a job, sleeping.
//!
//! It has no statics and no threads of its own, so that `tests/loom_pool.rs` can check it under every
//! schedule of a few threads.
//!
//! Why it is sound: a task is claimed by lowering `pending`, and what the job is gets read only after a
//! successful claim. Between a claim and the matching decrement of `unfinished` the job cannot end, so
//! its closure is alive and its record is not rewritten. A thread that was descheduled between looking
//! at `pending` and claiming does no harm: if its exchange succeeds, the job of that moment had an
//! unclaimed task, and it is that job whose record it reads.
#![allow(unsafe_code)]
// Public in the build that loom checks, where an integration test drives it.
#![allow(unreachable_pub)]

use super::sync::{AtomicBool, AtomicUsize, Mutex, Ordering, UnsafeCell, fence, thread};
use std::any::Any;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};

type Task = dyn Fn(usize) + Sync;

struct Job {
    task: *const Task,
    n: usize,
}

/// One worker's sign that it sleeps.
pub struct Sleeper {
    parked: AtomicBool,
}

impl Default for Sleeper {
    fn default() -> Self {
        Sleeper { parked: AtomicBool::new(false) }
    }
}

/// The state that a caller and its workers share.
pub struct Core {
    /// Tasks of the current job that nobody has claimed.
    pending: AtomicUsize,
    /// Tasks of the current job that have not ended.
    unfinished: AtomicUsize,
    /// Workers with this number or more stay out of the current job.
    limit: AtomicUsize,
    /// Written by the caller while `unfinished` is 0; read by whoever holds a claim.
    job: UnsafeCell<Job>,
    stop: AtomicBool,
    panic: Mutex<Option<Box<dyn Any + Send>>>,
}

// SAFETY: `job` is written only by the one caller that the pool's lock admits, while no task is
// claimed, and read only between a claim and the end of that task (see the module's documentation);
// the release store of `pending` and the acquiring claim order the two.
unsafe impl Sync for Core {}
// SAFETY: the pointer in `job` is followed only while the caller keeps its closure alive.
unsafe impl Send for Core {}

impl Default for Core {
    fn default() -> Self {
        fn nothing(_: usize) {}
        Core {
            pending: AtomicUsize::new(0),
            unfinished: AtomicUsize::new(0),
            limit: AtomicUsize::new(0),
            job: UnsafeCell::new(Job { task: &nothing as *const Task, n: 0 }),
            stop: AtomicBool::new(false),
            panic: Mutex::new(None),
        }
    }
}

impl Core {
    /// Makes `task(0)..task(n - 1)` available to the workers below `limit`, runs what nobody else
    /// claims, and returns whether a worker helped. `wake` is called once the job is visible.
    ///
    /// Only one thread at a time may call this: the caller holds the pool's lock.
    ///
    /// # Panics
    /// With the first panic of a task, after all tasks have ended.
    pub fn run(
        &self,
        n: usize,
        limit: usize,
        task: &(dyn Fn(usize) + Sync),
        wake: impl FnOnce(),
    ) -> bool {
        if n == 0 {
            return true;
        }
        // SAFETY: only the lifetime changes. The pointer is followed by holders of a claim, and this
        // function does not return, nor unwind, before every claimed task has ended.
        let task: *const Task =
            unsafe { std::mem::transmute(task as *const (dyn Fn(usize) + Sync)) };
        self.job.with_mut(|job| {
            // SAFETY: no task is claimed (`unfinished` is 0), so nobody reads the record.
            unsafe { *job = Job { task, n } }
        });
        self.unfinished.store(n, Ordering::Relaxed);
        self.limit.store(limit, Ordering::Relaxed);
        self.pending.store(n, Ordering::Release);
        wake();
        let mine = self.drain();
        let mut spins = 0u32;
        while self.unfinished.load(Ordering::Acquire) > 0 {
            spins += 1;
            if spins > super::SPINS { thread::yield_now() } else { super::sync::spin() }
        }
        let panic = self.panic.lock().unwrap_or_else(|e| e.into_inner()).take();
        if let Some(payload) = panic {
            resume_unwind(payload);
        }
        mine < n
    }

    /// Runs tasks until none is unclaimed; returns how many.
    fn drain(&self) -> usize {
        let mut ran = 0;
        let mut left = self.pending.load(Ordering::Relaxed);
        while left > 0 {
            match self.pending.compare_exchange_weak(
                left,
                left - 1,
                Ordering::Acquire,
                Ordering::Relaxed,
            ) {
                Ok(_) => {
                    self.execute(left);
                    ran += 1;
                    left = self.pending.load(Ordering::Relaxed);
                }
                Err(now) => left = now,
            }
        }
        ran
    }

    /// Runs the task claimed when `left` were unclaimed.
    fn execute(&self, left: usize) {
        // SAFETY: we hold a claim, so the record is not being written.
        let (task, n) = self.job.with(|job| unsafe { ((*job).task, (*job).n) });
        // SAFETY: we hold a claim, so the caller is still inside `run` and its closure is alive.
        let task = unsafe { &*task };
        if let Err(payload) = catch_unwind(AssertUnwindSafe(|| task(n - left))) {
            self.panic.lock().unwrap_or_else(|e| e.into_inner()).get_or_insert(payload);
        }
        // The last thing done with the job: after this the caller may return.
        self.unfinished.fetch_sub(1, Ordering::Release);
    }

    /// Serves jobs as worker `id` (until `stop`, in the model checker); sleeps after `spins` looks without work.
    pub fn work(&self, id: usize, sleeper: &Sleeper, spins: u32) {
        let mut idle = 0;
        while !self.stop.load(Ordering::Relaxed) {
            if self.has_work(id) {
                self.drain();
                idle = 0;
            } else if idle < spins {
                idle += 1;
                super::sync::spin();
            } else {
                sleeper.parked.store(true, Ordering::Relaxed);
                // With the fence in `wake`: either we see the job, or the caller sees us asleep.
                fence(Ordering::SeqCst);
                if !self.has_work(id) && !self.stop.load(Ordering::Relaxed) {
                    thread::park();
                }
                sleeper.parked.store(false, Ordering::Relaxed);
                idle = 0;
            }
        }
    }

    fn has_work(&self, id: usize) -> bool {
        self.pending.load(Ordering::Relaxed) > 0 && id < self.limit.load(Ordering::Relaxed)
    }

    /// Wakes those of the workers that sleep. To be called after a job was made visible.
    pub fn wake<'a>(workers: impl Iterator<Item = (&'a Sleeper, &'a thread::Thread)>) {
        fence(Ordering::SeqCst);
        for (sleeper, thread) in workers {
            if sleeper.parked.load(Ordering::Relaxed) {
                thread.unpark();
            }
        }
    }

    /// Asks the workers to end; they must be woken. The process's own workers never end.
    #[cfg(loom)]
    pub fn stop(&self) {
        self.stop.store(true, Ordering::Relaxed);
    }
}
