//! The command line as a person meets it: what it writes, how it resumes, what it says of mistakes.

use serde_json::Value;
use std::path::Path;
use std::process::{Command, Output, Stdio};

/// The program, with English messages and a folder of its own.
fn seodang(folder: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_seodang"));
    command.current_dir(folder).env("SEODANG_LANG", "en").env("SEODANG_DATA", folder.join("none"));
    command
}

fn run(folder: &Path, args: &[&str]) -> Output {
    seodang(folder).args(args).output().expect("the program runs")
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

/// Runs and requires success.
fn ok(folder: &Path, args: &[&str]) -> String {
    let out = run(folder, args);
    assert!(out.status.success(), "{args:?}: {}", text(&out.stderr));
    text(&out.stdout)
}

/// Runs and requires exit code 2 and a message with every one of the given words.
fn refused(folder: &Path, args: &[&str], words: &[&str]) {
    let out = run(folder, args);
    let message = text(&out.stderr);
    assert_eq!(out.status.code(), Some(2), "{args:?}: {message}");
    for word in words {
        assert!(message.contains(word), "{args:?} does not say {word:?}: {message}");
    }
}

fn read(path: impl AsRef<Path>) -> String {
    std::fs::read_to_string(&path).unwrap_or_else(|e| panic!("{}: {e}", path.as_ref().display()))
}

fn folder() -> tempfile::TempDir {
    tempfile::tempdir().expect("a temporary folder")
}

#[test]
fn training_leaves_model_history_pictures_and_report() {
    let dir = folder();
    let out = ok(dir.path(), &["train", "digits", "--epochs", "3", "--out", "run"]);
    assert!(out.contains("Test accuracy: 0."), "{out}");
    let run = dir.path().join("run");
    let result: Value = serde_json::from_str(&read(run.join("result.json"))).expect("JSON");
    assert!(result["test"]["accuracy"].as_f64().is_some_and(|a| a > 0.8), "{result}");
    assert!(result["train"]["loss"].is_number() && result["seed"] == 0, "{result}");
    let history = read(run.join("history.csv"));
    assert!(history.starts_with("epoch,accuracy,loss,val_accuracy,val_loss\n1,"), "{history}");
    assert_eq!(history.lines().count(), 4);
    for picture in ["curves.png", "confusion_matrix.png", "misread.png"] {
        let bytes = std::fs::read(run.join(picture)).expect(picture);
        assert!(bytes.starts_with(b"\x89PNG"), "{picture}");
    }
    let report = read(run.join("report.html"));
    assert!(report.contains("--epochs 3") && report.contains("<svg"), "the report is incomplete");
    assert!(!run.join("checkpoint.safetensors").exists());

    let evaluated: Value =
        serde_json::from_str(&ok(dir.path(), &["evaluate", "run", "--json"])).expect("JSON");
    let difference = evaluated["accuracy"].as_f64().unwrap_or(0.0)
        - result["test"]["accuracy"].as_f64().unwrap_or(1.0);
    assert!(difference.abs() < 1e-6, "{evaluated} {result}");
    let summary = ok(dir.path(), &["summary", "run"]);
    assert!(summary.contains("dense (Dense)") && summary.contains("8,320"), "{summary}");
    let prediction = ok(dir.path(), &["predict", "run", "run/misread.png", "--json"]);
    let prediction: Value = serde_json::from_str(&prediction).expect("JSON");
    assert_eq!(prediction["probabilities"].as_object().map(serde_json::Map::len), Some(10));
}

#[test]
fn equal_seeds_give_equal_runs_on_any_number_of_threads() {
    let dir = folder();
    for threads in ["1", "2", "3"] {
        let args =
            ["train", "digits", "--model", "cnn", "--epochs", "2", "--seed", "7", "--out", threads];
        let status = seodang(dir.path())
            .args(args)
            .env("SEODANG_THREADS", threads)
            .stdout(Stdio::null())
            .status()
            .expect("the program runs");
        assert!(status.success());
    }
    let one = dir.path().join("1");
    for other in ["2", "3"] {
        let other = dir.path().join(other);
        assert_eq!(read(one.join("history.csv")), read(other.join("history.csv")));
        let weights = |run: &Path| std::fs::read(run.join("model.safetensors")).expect("a model");
        assert!(weights(&one) == weights(&other), "the weights differ");
    }
    ok(
        dir.path(),
        &["train", "digits", "--model", "cnn", "--epochs", "2", "--seed", "8", "--out", "8"],
    );
    assert_ne!(read(one.join("history.csv")), read(dir.path().join("8/history.csv")));
}

/// Kills the process when an epoch has ended, goes on, and compares with a run that was left alone.
#[test]
fn a_killed_run_resumes_to_the_same_numbers() {
    use std::io::{BufRead, BufReader};
    let dir = folder();
    let args = ["train", "digits", "--epochs", "6", "--seed", "3", "--json"];
    ok(dir.path(), &[&args[..], &["--out", "whole"]].concat());
    let mut child = seodang(dir.path())
        .args(args)
        .args(["--out", "killed"])
        .stdout(Stdio::piped())
        .spawn()
        .expect("the program runs");
    let mut lines = BufReader::new(child.stdout.take().expect("a pipe")).lines();
    let third = lines.by_ref().map_while(Result::ok).find(|l| l.contains("\"epoch\":3"));
    // SIGKILL: nothing of ours runs any more.
    child.kill().expect("it can be killed");
    child.wait().expect("it ends");
    assert!(third.is_some());
    let killed = dir.path().join("killed");
    if killed.join("checkpoint.safetensors").exists() {
        ok(dir.path(), &["train", "digits", "--resume", "--out", "killed"]);
    }
    let whole = dir.path().join("whole");
    assert_eq!(read(whole.join("history.csv")), read(killed.join("history.csv")));
    let accuracy = |run: &Path| -> Value {
        serde_json::from_str(&read(run.join("result.json"))).expect("JSON")
    };
    assert_eq!(accuracy(&whole)["test"], accuracy(&killed)["test"]);
    refused(
        dir.path(),
        &["train", "digits", "--resume", "--out", "killed"],
        &["nothing to resume"],
    );
}

#[test]
fn tables_are_learned_and_predicted() {
    let dir = folder();
    let mut csv = String::from("size,colour,price\n");
    for i in 0..120 {
        let colour = ["red", "green", "blue"][i % 3];
        csv += &format!("{},{colour},{}\n", i % 17, 3 * (i % 17) + 10 * (i % 3));
    }
    std::fs::write(dir.path().join("t.csv"), csv).expect("a file");
    ok(dir.path(), &["train", "t.csv", "--target", "colour", "--epochs", "5", "--out", "c"]);
    let out = ok(dir.path(), &["predict", "c", "5,15", "--json"]);
    let out: Value = serde_json::from_str(&out).expect("JSON");
    assert!(["red", "green", "blue"].contains(&out["prediction"].as_str().unwrap_or("")), "{out}");
    ok(dir.path(), &["evaluate", "c", "t.csv"]);
    let out = ok(
        dir.path(),
        &["train", "t.csv", "--target", "price", "--epochs", "3", "--json", "--out", "p"],
    );
    assert!(out.lines().last().is_some_and(|l| l.contains("\"mae\"")), "{out}");
}

#[test]
fn mistakes_are_explained() {
    let dir = folder();
    let file =
        |name: &str, text: &[u8]| std::fs::write(dir.path().join(name), text).expect("a file");
    refused(dir.path(), &["train", "nosuch"], &["nosuch", "digits"]);
    refused(dir.path(), &["train", "mnist"], &["train-images-idx3-ubyte"]);
    refused(dir.path(), &["train", "iris", "--model", "cnn"], &["table"]);
    refused(dir.path(), &["train", "digits", "--model", "resnet"], &["resnet", "mlp"]);
    refused(dir.path(), &["train", "digits", "--epochs", "many"], &["many"]);
    refused(dir.path(), &["train", "digits", "--resume"], &["nothing to resume"]);
    refused(dir.path(), &["train", "digits", "--batch-size", "0"], &["batch size"]);

    file("empty.csv", b"");
    refused(dir.path(), &["train", "empty.csv", "--target", "y"], &["empty"]);
    file("header.csv", b"a,b,y\n");
    refused(dir.path(), &["train", "header.csv", "--target", "y"], &[]);
    let mut rows = String::from("a,b,y\n");
    for i in 0..40 {
        rows += &format!("{i},{},{}\n", if i == 30 { "oops".into() } else { i.to_string() }, i % 2);
    }
    file("text.csv", rows.as_bytes());
    refused(dir.path(), &["train", "text.csv"], &["--target", "a, b, y"]);
    refused(dir.path(), &["train", "text.csv", "--target", "z"], &["z"]);
    refused(dir.path(), &["train", "text.csv", "--target", "y"], &["oops", "32", "\"b\""]);
    file("nan.csv", rows.replace("oops", "nan").as_bytes());
    refused(dir.path(), &["train", "nan.csv", "--target", "y"], &["b"]);

    file("bad.json", br#"{"class_name": "Sequential", "config": {"layers": [{"class_name": "Densee", "config": {}}]}}"#);
    refused(dir.path(), &["train", "digits", "--model", "bad.json"], &["Densee"]);
    file("broken.json", b"{");
    refused(dir.path(), &["summary", "broken.json"], &["broken.json"]);

    refused(dir.path(), &["predict", "nowhere", "1,2"], &["nowhere"]);
    ok(dir.path(), &["train", "iris", "--epochs", "1", "--out", "iris"]);
    refused(dir.path(), &["predict", "iris", "1,2"], &[]);
    refused(dir.path(), &["predict", "iris", "1,2,x,4"], &["x"]);
    let model = dir.path().join("iris/model.safetensors");
    let bytes = std::fs::read(&model).expect("a model");
    for cut in [0, 7, 100, bytes.len() - 1] {
        file("cut.safetensors", &bytes[..cut]);
        refused(dir.path(), &["summary", "cut.safetensors"], &["cut.safetensors"]);
    }
    ok(dir.path(), &["train", "digits", "--epochs", "1", "--out", "digits"]);
    file("picture.png", b"not a picture");
    refused(dir.path(), &["predict", "digits", "picture.png"], &["picture.png"]);
    refused(dir.path(), &["predict", "digits", "none.png"], &["none.png"]);
}

/// When the disk is full, the run fails with a message and an earlier model stays whole.
#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_leaves_the_old_model() {
    let dir = folder();
    ok(dir.path(), &["train", "iris", "--epochs", "1", "--out", "run"]);
    let model = dir.path().join("run/model.safetensors");
    let before = std::fs::read(&model).expect("a model");
    // A limit on the size of files is how a process meets "no space" without a disk of its own; the
    // signal that comes with it is ignored, as on a full disk there is none.
    let program = env!("CARGO_BIN_EXE_seodang");
    let script =
        format!("trap '' XFSZ; ulimit -f 1; exec {program} train iris --epochs 2 --out run");
    let out = Command::new("bash")
        .args(["-c", &script])
        .current_dir(dir.path())
        .env("SEODANG_LANG", "en")
        .output()
        .expect("bash runs");
    assert_eq!(out.status.code(), Some(2), "{}", text(&out.stderr));
    assert!(text(&out.stderr).contains("run"), "{}", text(&out.stderr));
    assert!(std::fs::read(&model).expect("a model") == before, "the old model changed");
    ok(dir.path(), &["summary", "run"]);
}

#[test]
fn help_and_messages_are_in_both_languages() {
    let dir = folder();
    let help = |lang: &str| {
        let out = seodang(dir.path()).args(["train", "--help"]).env("SEODANG_LANG", lang).output();
        text(&out.expect("the program runs").stdout)
    };
    assert!(help("en").contains("Examples:") && help("en").contains("--batch-size"));
    assert!(help("ko").contains("종료 코드") && help("ko").contains("시드"));
    let out = seodang(dir.path()).args(["train", "nosuch"]).env("SEODANG_LANG", "ko").output();
    let message = text(&out.expect("the program runs").stderr);
    assert!(message.contains("기대한 것"), "{message}");
}
