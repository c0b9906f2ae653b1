//! `compare` and `train` of methods as a person meets them.

use serde_json::Value;
use std::path::Path;
use std::process::{Command, Output};

fn run(folder: &Path, lang: &str, args: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_seodang"))
        .args(args)
        .current_dir(folder)
        .env("SEODANG_LANG", lang)
        .output()
        .expect("the program runs")
}

fn ok(folder: &Path, lang: &str, args: &[&str]) -> String {
    let out = run(folder, lang, args);
    assert!(out.status.success(), "{args:?}: {}", String::from_utf8_lossy(&out.stderr));
    String::from_utf8_lossy(&out.stdout).into_owned()
}

fn refused(folder: &Path, args: &[&str], words: &[&str]) {
    let out = run(folder, "en", args);
    let message = String::from_utf8_lossy(&out.stderr);
    assert_eq!(out.status.code(), Some(2), "{args:?}: {message}");
    for word in words {
        assert!(message.contains(word), "{args:?} does not say {word:?}: {message}");
    }
}

/// As a spreadsheet writes "Unicode text": UTF-16 with its mark; semicolons and decimal commas.
fn houses(folder: &Path) {
    let mut text = String::from("번호;면적;동네;날짜;가격\n");
    for i in 0..180 {
        let area = 20.0 + (i * 37 % 61) as f64 * 1.5;
        let town = ["강남", "마포", "노원"][i % 3];
        let price = 10.0 * area + [900.0, 500.0, 100.0][i % 3] + (i * 7 % 11) as f64;
        let area = format!("{area:.1}").replace('.', ",");
        let price = format!("{price:.1}").replace('.', ",");
        text += &format!("{};{area};{town};2024-0{}-1{};{price}\n", i + 1, 1 + i % 9, i % 9);
    }
    let bytes = [0xfeff].into_iter().chain(text.encode_utf16()).flat_map(u16::to_le_bytes);
    std::fs::write(folder.join("houses.csv"), bytes.collect::<Vec<u8>>()).expect("a file");
}

#[test]
fn a_table_is_compared_reported_saved_and_predicted() {
    let dir = tempfile::tempdir().expect("a folder");
    let folder = dir.path();
    houses(folder);
    let args = ["compare", "houses.csv", "--target", "가격", "--seconds", "4", "--out", "run"];
    let said = ok(folder, "ko", &args);
    for word in [
        "\"번호\" 열은 행의 이름",
        "선형 모델",
        "1 데이터 양",
        "2 하드웨어",
        "3 특성 공학",
        "4 시간",
        "5 해석",
        "R²",
    ] {
        assert!(said.contains(word), "{word}: {said}");
    }
    let run = folder.join("run");
    let report = std::fs::read_to_string(run.join("report.html")).expect("a report");
    assert!(
        report.contains("<svg") && report.contains("학습 곡선") && report.contains("주의할 점")
    );
    assert!(
        !report.contains("src=\"http") && !report.contains("href=\"http"),
        "it loads something"
    );
    let result: Value =
        serde_json::from_str(&std::fs::read_to_string(run.join("result.json")).expect("a result"))
            .expect("JSON");
    assert!(result["score"].as_f64().is_some_and(|s| s > 0.9), "{result}");
    let (low, held) = (result["interval"][0].as_f64(), result["held_out"]["r2"].as_f64());
    assert!(low < held, "{result}");
    assert!(
        std::fs::read(run.join("learning_curves.png")).expect("a picture").starts_with(b"\x89PNG")
    );
    let row = ok(folder, "en", &["predict", "run", "60.5,마포,2024-05-05", "--json"]);
    let row: Value = serde_json::from_str(&row).expect("JSON");
    let price = row["prediction"].as_f64().expect("a price");
    assert!((price - 1110.0).abs() < 80.0, "{row}");
    assert_eq!(ok(folder, "en", &["predict", "run", "houses.csv"]).lines().count(), 180);
    for picture in ["validation_curve.png", "residuals.png", "deciles.png"] {
        assert!(run.join(picture).exists(), "{picture}");
    }
    assert!(report.contains("검증 곡선") && report.contains("잔차"));
    assert!(ok(folder, "en", &["evaluate", "run", "houses.csv"]).contains("rmse"));
    assert!(ok(folder, "en", &["summary", "run"]).contains("면적: numbers"));
}

#[test]
fn single_methods_are_trained_with_their_parameters() {
    let dir = tempfile::tempdir().expect("a folder");
    let folder = dir.path();
    let args = ["train", "iris", "--model", "knn", "--set", "n_neighbors=3", "--out", "k"];
    let said = ok(folder, "en", &args);
    assert!(said.contains("Test accuracy: 0.9"), "{said}");
    assert!(ok(folder, "en", &["summary", "k"]).contains("n_neighbors = 3"));
    let said = ok(folder, "en", &["predict", "k", "5.1,3.5,1.4,0.2"]);
    assert!(said.contains("setosa (100.0%)"), "{said}");
    let report = std::fs::read_to_string(folder.join("k/report.html")).expect("a report");
    assert!(report.contains("Confusion matrix") && report.contains("AUC"));

    refused(folder, &["train", "iris", "--model", "knn", "--set", "neighbours=3"], &["neighbours"]);
    refused(folder, &["train", "iris", "--model", "knn", "--set", "n_neighbors"], &["NAME=VALUE"]);
    refused(folder, &["train", "iris", "--model", "knn", "--epochs", "3"], &["--epochs"]);
    refused(folder, &["train", "iris", "--set", "alpha=3"], &["alpha"]);
    refused(folder, &["train", "iris", "--model", "wizard", "--set", "a=3"], &["wizard", "forest"]);
    refused(folder, &["train", "iris", "--task", "regression"], &["--task"]);
    refused(folder, &["compare", "iris", "--methods", "magic"], &["magic", "forest"]);
    refused(folder, &["compare", "iris", "--seconds", "0"], &[]);
    refused(folder, &["predict", "k", "5.1,3.5"], &["4"]);
    let bytes = std::fs::read(folder.join("k/model.safetensors")).expect("a model");
    std::fs::write(folder.join("cut.safetensors"), &bytes[..bytes.len() - 3]).expect("a file");
    refused(folder, &["predict", "cut.safetensors", "5.1,3.5,1.4,0.2"], &["cut.safetensors"]);
}
