//! What the parity tests share: reading golden cases, comparing, and collecting what differs.
#![allow(dead_code)]

use seodang_core::{Array, Result};
use seodang_testing::Tolerance;
use seodang_testing::compare::difference;
use seodang_testing::golden::Golden;
use serde_json::Value;

/// The cases of a kind in a golden file.
pub(crate) fn cases(golden: &Golden, kind: &str) -> Vec<Value> {
    let cases: Vec<Value> = golden.cases.iter().filter(|c| c["kind"] == kind).cloned().collect();
    assert!(!cases.is_empty(), "no golden cases of kind {kind}");
    cases
}

/// A case's name.
pub(crate) fn name(case: &Value) -> &str {
    case["name"].as_str().expect("a name")
}

/// How far a case may be off.
pub(crate) fn tolerance(case: &Value) -> Tolerance {
    let at = |key: &str| case["tol"][key].as_f64().expect("a tolerance");
    Tolerance::Close { rel: at("rel"), abs: at("abs") }
}

/// Collects what differs over many cases, so that one run shows all of it.
#[derive(Default)]
pub(crate) struct Report {
    checked: usize,
    failures: Vec<String>,
}

impl Report {
    pub(crate) fn compare(&mut self, what: &str, got: &Array, want: &Array, tolerance: Tolerance) {
        self.checked += 1;
        if let Some(difference) = difference(got, want, tolerance) {
            self.failures.push(format!("{what}: {difference}"));
        }
    }

    pub(crate) fn check(&mut self, what: &str, fits: bool, why: impl FnOnce() -> String) {
        self.checked += 1;
        if !fits {
            self.failures.push(format!("{what}: {}", why()));
        }
    }

    pub(crate) fn result<T>(&mut self, what: &str, result: Result<T>) -> Option<T> {
        self.checked += 1;
        result.map_err(|e| self.failures.push(format!("{what}: {e}"))).ok()
    }

    /// Fails with everything that differs, or if too little was compared.
    pub(crate) fn finish(self, at_least: usize) {
        let n = self.failures.len();
        let shown: Vec<&str> = self.failures.iter().take(40).map(String::as_str).collect();
        assert!(n == 0, "{n} of {} comparisons failed:\n{}", self.checked, shown.join("\n"));
        assert!(self.checked >= at_least, "only {} comparisons", self.checked);
    }
}

/// Whether a saved object holds everything that Keras's holds: an option that is null there may be
/// absent here, and numbers may differ by a rounding to f32. Gives the first difference.
pub(crate) fn missing(ours: &Value, keras: &Value, place: &str) -> Option<String> {
    match (ours, keras) {
        // Some layers of Keras's save a dtype policy as its bare name.
        (Value::Object(a), Value::String(_)) if place.ends_with(".dtype") => {
            missing(&a["config"]["name"], keras, place)
        }
        (Value::Object(a), Value::Object(b)) => b.iter().find_map(|(k, want)| {
            let got = a.get(k).unwrap_or(&Value::Null);
            missing(got, want, &format!("{place}.{k}"))
        }),
        (Value::Array(a), Value::Array(b)) if a.len() == b.len() => a
            .iter()
            .zip(b)
            .enumerate()
            .find_map(|(i, (a, b))| missing(a, b, &format!("{place}[{i}]"))),
        (Value::Number(a), Value::Number(b)) => {
            let (a, b) = (a.as_f64()?, b.as_f64()?);
            ((a - b).abs() > 1e-6 * b.abs()).then(|| format!("{place} is {a}, in Keras {b}"))
        }
        _ => (ours != keras).then(|| format!("{place} is {ours}, in Keras {keras}")),
    }
}
