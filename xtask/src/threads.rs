//! `cargo xtask loom` and `cargo xtask tsan`: the pool's shared memory under every schedule of a
//! small model, and the real pool under the thread sanitizer.

use crate::Outcome;
use crate::fuzz::host;
use crate::process::{self, root, workshop};

/// The pool's heart with loom's threads and atomics: all schedules up to a number of preemptions.
pub(crate) fn loom(_: &[String]) -> Outcome {
    let mut test = process::cargo();
    test.args(["test", "--release", "--locked", "-p", "seodang-kernels", "--test", "loom_pool"]);
    test.env("RUSTFLAGS", "--cfg loom").env("CARGO_TARGET_DIR", workshop().join("loom"));
    process::run(test)
}

/// The pool's own tests with every load and store of ours watched. The flag is unstable, hence the
/// bootstrap variable; the standard library is not instrumented.
pub(crate) fn tsan(_: &[String]) -> Outcome {
    let mut test = process::cargo();
    test.args(["test", "--locked", "-p", "seodang-kernels", "--test", "pool", "--target"]);
    test.arg(host()?);
    // A program with threads cannot start threads after a fork under the sanitizer.
    test.args(["--", "--test-threads=1", "--skip", "after_a_fork"]);
    let suppressions = root().join("xtask/tsan.supp");
    test.env("TSAN_OPTIONS", format!("suppressions={}", suppressions.display()));
    test.env("RUSTFLAGS", "-Zsanitizer=thread -Cunsafe-allow-abi-mismatch=sanitizer");
    test.env("RUSTC_BOOTSTRAP", "1").env("CARGO_TARGET_DIR", workshop().join("tsan"));
    process::run(test)
}
