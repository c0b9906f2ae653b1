//! The heart of the pool under every schedule of a caller and its workers:
//! `RUSTFLAGS="--cfg loom" cargo test -p seodang-kernels --release --test loom_pool`.
#![cfg(loom)]

use loom::sync::Arc;
use loom::sync::atomic::{AtomicUsize, Ordering};
use loom::thread;
use seodang_kernels::pool::{Core, Sleeper};

/// Runs `jobs` jobs of `tasks` tasks with `workers` workers under every schedule with at most
/// `preemptions` preemptions.
fn check(workers: usize, tasks: usize, jobs: usize, preemptions: usize) {
    let mut model = loom::model::Builder::new();
    model.preemption_bound = Some(preemptions);
    model.check(move || {
        let core = Arc::new(Core::default());
        let handles: Vec<_> = (0..workers)
            .map(|id| {
                let sleeper = Arc::new(Sleeper::default());
                let (core, theirs) = (core.clone(), sleeper.clone());
                (sleeper, thread::spawn(move || core.work(id, &theirs, 0)))
            })
            .collect();
        let wake = || Core::wake(handles.iter().map(|(s, h)| (&**s, h.thread())));
        for _ in 0..jobs {
            // On the caller's stack and dropped at once: a late worker would be caught touching it.
            let counts: Vec<_> = (0..tasks).map(|_| AtomicUsize::new(0)).collect();
            core.run(
                tasks,
                workers,
                &|i| {
                    counts[i].fetch_add(1, Ordering::Relaxed);
                },
                wake,
            );
            assert!(counts.iter().all(|c| c.load(Ordering::Relaxed) == 1));
        }
        core.stop();
        wake();
        for (_, handle) in handles {
            handle.join().unwrap();
        }
    });
}

#[test]
fn one_worker_two_jobs() {
    check(1, 2, 2, 2);
}

#[test]
fn two_workers_one_job() {
    check(2, 2, 1, 2);
}

#[test]
fn two_workers_two_jobs() {
    check(2, 2, 2, 1);
}
