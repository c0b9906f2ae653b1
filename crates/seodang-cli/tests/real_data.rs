//! Training on MNIST and Fashion-MNIST themselves; `cargo xtask test` names their folder.

use serde_json::Value;
use std::process::Command;

/// Trains for an epoch and returns the test accuracy; `None` where the data is not at hand.
fn accuracy(data: &str) -> Option<f64> {
    let Ok(folder) = std::env::var("SEODANG_TEST_DATA") else {
        eprintln!("SEODANG_TEST_DATA is not set: {data} is not tried");
        return None;
    };
    let out = tempfile::tempdir().expect("a temporary folder");
    let run = Command::new(env!("CARGO_BIN_EXE_seodang"))
        .args(["train", data, "--epochs", "1", "--json", "--out", "run"])
        .current_dir(out.path())
        .env("SEODANG_DATA", folder)
        .output()
        .expect("the program runs");
    assert!(run.status.success(), "{}", String::from_utf8_lossy(&run.stderr));
    let text = std::fs::read_to_string(out.path().join("run/result.json")).expect("a result");
    let result: Value = serde_json::from_str(&text).expect("JSON");
    result["test"]["accuracy"].as_f64()
}

#[test]
fn real_data_mnist_is_learned() {
    if let Some(accuracy) = accuracy("mnist") {
        assert!(accuracy > 0.94, "{accuracy}");
    }
}

#[test]
fn real_data_fashion_mnist_is_learned() {
    if let Some(accuracy) = accuracy("fashion-mnist") {
        assert!(accuracy > 0.80, "{accuracy}");
    }
}
