//! Files that Python saved, on the command line: `golden/learn_files.py` makes them.

use serde_json::Value;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

fn data(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../golden/data/learn_files").join(name)
}

fn run(args: &[&str], model: &str, table: Option<&Path>) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_seodang"));
    command.arg(args[0]).arg(data(model)).args(table).args(&args[1..]);
    command.env("SEODANG_LANG", "en").output().expect("the program runs")
}

fn ok(args: &[&str], model: &str, table: Option<&Path>) -> String {
    let out = run(args, model, table);
    assert!(out.status.success(), "{model}: {}", String::from_utf8_lossy(&out.stderr));
    String::from_utf8_lossy(&out.stdout).into_owned()
}

fn said(model: &str) -> Vec<Value> {
    let lines = ok(&["predict", "--json"], &format!("{model}.seodang"), Some(&data("people.csv")));
    lines.lines().map(|l| serde_json::from_str(l).expect("JSON")).collect()
}

fn wanted(model: &str) -> Vec<Value> {
    let text = std::fs::read_to_string(data(&format!("{model}.json"))).expect("a file");
    serde_json::from_str(&text).expect("JSON")
}

fn near(a: &Value, b: &Value) {
    let (a, b) = (a.as_f64().expect("a number"), b.as_f64().expect("a number"));
    assert!((a - b).abs() <= 1e-9 * (1.0 + b.abs()), "{a} {b}");
}

#[test]
fn pipelines_and_votes_predict_as_in_python() {
    for model in ["python_pipeline", "python_vote"] {
        let got = said(model);
        assert_eq!(got.len(), 120);
        for (got, want) in got.iter().zip(wanted(model)) {
            near(&got["probabilities"]["no"], &want[0]);
            near(&got["probabilities"]["yes"], &want[1]);
        }
    }
    for (got, want) in said("python_search").iter().zip(wanted("python_search")) {
        near(&got["prediction"], &want);
    }
    for (got, want) in said("python_hard_vote").iter().zip(wanted("python_hard_vote")) {
        assert_eq!(got["prediction"], want);
        assert!(got.get("probabilities").is_none(), "{got}");
    }
}

#[test]
fn it_is_summarised_and_measured_where_one_column_is_left() {
    let lines = ok(&["summary"], "python_pipeline.seodang", None);
    for word in ["LogisticRegression", "max_iter = ", "age: numbers", "city: categories"] {
        assert!(lines.contains(word), "{word}: {lines}");
    }
    let people = data("people.csv");
    let out = run(&["evaluate"], "python_pipeline.seodang", Some(&people));
    let message = String::from_utf8_lossy(&out.stderr);
    assert_eq!(out.status.code(), Some(2), "{message}");
    assert!(
        message.contains("which column") && message.contains("day, answer, spent"),
        "{message}"
    );
    let dir = tempfile::tempdir().expect("a folder");
    let path = dir.path().join("people.csv");
    let text = std::fs::read_to_string(people).expect("a file");
    let without = text.lines().map(|line| {
        let cells: Vec<&str> = line.split(',').collect();
        format!("{},{},{},{}\n", cells[0], cells[1], cells[2], cells[4])
    });
    std::fs::write(&path, without.collect::<String>()).expect("a file");
    let all = ok(&["evaluate", "--json"], "python_pipeline.seodang", Some(&path));
    let all: Value = serde_json::from_str(&all).expect("JSON");
    assert!(all["accuracy"].as_f64().is_some_and(|a| a > 0.7), "{all}");
}

#[test]
fn what_only_python_has_is_named() {
    for command in ["predict", "evaluate", "summary"] {
        let people = data("people.csv");
        let table = (command != "summary").then_some(people.as_path());
        let out = run(&[command], "python_bagging.seodang", table);
        let message = String::from_utf8_lossy(&out.stderr);
        assert_eq!(out.status.code(), Some(2), "{message}");
        for word in ["python_bagging.seodang", "'ensemble.BaggingClassifier'", "seodang.learn.load"]
        {
            assert!(message.contains(word), "{message}");
        }
    }
}
