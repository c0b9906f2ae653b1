//! The thread pool from outside: every task runs once, whatever else happens.
#![cfg(not(loom))]

use seodang_kernels::pool;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicUsize, Ordering};

/// Runs `n` tasks and checks that each ran exactly once.
fn each_once(n: usize) {
    let counts: Vec<AtomicUsize> = (0..n).map(|_| AtomicUsize::new(0)).collect();
    pool::run(n, |i| {
        counts[i].fetch_add(1, Ordering::Relaxed);
    });
    assert!(counts.iter().all(|c| c.load(Ordering::Relaxed) == 1));
}

#[test]
fn every_task_runs_once() {
    for threads in [1, 2, 3, 9] {
        pool::with_threads(threads, || {
            assert_eq!(pool::threads(), threads);
            for n in 0..50 {
                for _ in 0..20 {
                    each_once(n);
                }
            }
            each_once(10_000);
        });
    }
}

#[test]
fn several_threads_really_work() {
    // Each task waits for the other, which one thread alone could not do.
    let seen = AtomicUsize::new(0);
    pool::with_threads(2, || {
        // The pool may be held by another test, which then runs us serially: try until it is ours.
        for _ in 0..10_000 {
            seen.store(0, Ordering::SeqCst);
            let met = AtomicUsize::new(0);
            pool::run(2, |_| {
                seen.fetch_add(1, Ordering::SeqCst);
                for _ in 0..1_000 {
                    if seen.load(Ordering::SeqCst) == 2 {
                        met.fetch_add(1, Ordering::SeqCst);
                        break;
                    }
                    std::thread::yield_now();
                }
            });
            if met.into_inner() == 2 {
                return;
            }
        }
        panic!("no worker ever helped");
    });
}

#[test]
fn workers_wake_from_sleep() {
    pool::with_threads(3, || {
        for _ in 0..20 {
            each_once(64);
            std::thread::sleep(std::time::Duration::from_millis(2));
        }
    });
}

#[test]
fn a_panic_reaches_the_caller_and_leaves_the_pool_whole() {
    pool::with_threads(3, || {
        for at in [0, 5, 99] {
            let e = catch_unwind(AssertUnwindSafe(|| {
                pool::run(100, |i| assert!(i != at, "task {i} fails on purpose"));
            }));
            let message = *e.unwrap_err().downcast::<String>().unwrap();
            assert_eq!(message, format!("task {at} fails on purpose"));
            each_once(100);
        }
    });
}

#[test]
fn jobs_inside_jobs_and_beside_jobs() {
    std::thread::scope(|s| {
        for _ in 0..4 {
            s.spawn(|| {
                pool::with_threads(3, || {
                    for _ in 0..100 {
                        pool::run(8, |_| each_once(8));
                    }
                });
            });
        }
    });
}

#[cfg(unix)]
#[test]
#[allow(unsafe_code)]
fn the_pool_works_after_a_fork() {
    pool::with_threads(3, || {
        each_once(100);
        // SAFETY: the child only computes and leaves with `_exit`.
        let child = unsafe { libc::fork() };
        if child == 0 {
            let fine = catch_unwind(|| {
                for _ in 0..50 {
                    each_once(100);
                }
            })
            .is_ok();
            // SAFETY: ends the child without running the parent's exit handlers.
            unsafe { libc::_exit(if fine { 0 } else { 1 }) };
        }
        let mut status = -1;
        // SAFETY: waits for the child just made; `status` is ours.
        assert_eq!(unsafe { libc::waitpid(child, &mut status, 0) }, child);
        assert_eq!(status, 0, "the child failed");
        each_once(100);
    });
}
