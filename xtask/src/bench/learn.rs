//! `cargo xtask bench learn`: the estimators beside scikit-learn and its rivals.
//!
//! `python/bench/learn.py` measures. Ours is the package as installed, or as `SEODANG_BENCH_PYTHON` has
//! it; the peers (scikit-learn, scikit-learn-intelex, XGBoost, LightGBM) are those of the Python that
//! `SEODANG_BENCH_SKLEARN_PYTHON` names, else the scikit-learn that the tests install.

use super::python::ours;
use crate::Outcome;
use crate::process::{self, workshop};

pub(super) fn run(rounds: usize, only: &str) -> Outcome {
    let mut bench = process::program(ours()?);
    bench.env_remove("PYTHONPATH").args(["python/bench/learn.py", "--rounds", &rounds.to_string()]);
    if let Some(peers) = std::env::var_os("SEODANG_BENCH_SKLEARN_PYTHON") {
        bench.arg("--peers").arg(peers);
    }
    bench.arg("--json").arg(workshop().join("bench-learn.json"));
    if !only.is_empty() {
        bench.arg(only);
    }
    process::run(bench)?;
    println!("written: target/xtask/bench-learn.json");
    Ok(())
}
