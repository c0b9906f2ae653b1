//! Models of tables that are not networks: what `compare` and `train --model forest` save.

use crate::args::{Evaluate, Predict};
use crate::predict::{class_object, class_sentence, ranked};
use crate::saved::MODEL;
use seodang::compare::{Predictions, TableModel, Use};
use seodang::data::{self, Table, Task};
use seodang::{Result, files, text};
use serde_json::{Value, json};
use std::path::{Path, PathBuf};

/// The model's file: the path itself, or the file in a run's folder.
fn file(path: &Path) -> PathBuf {
    if path.is_dir() { path.join(MODEL) } else { path.to_path_buf() }
}

/// The model in a file or a run's folder, if it is one of these.
pub(crate) fn load(path: &Path) -> Result<Option<TableModel>> {
    let path = file(path);
    let Ok(bytes) = std::fs::read(&path) else { return Ok(None) };
    // What is no such file at all is for the reader of networks to complain about.
    let Ok(file) = files::tensors::read(&bytes) else { return Ok(None) };
    let header: Option<Value> = file.header.and_then(|h| serde_json::from_str(&h).ok());
    match header.is_some_and(|h| h["format"] == "seodang.learn") {
        true => TableModel::load(&path).map(Some),
        false => Ok(None),
    }
}

/// The column that is predicted, where the model does not know it: the only one that is no input.
fn target(model: &TableModel, table: &Table) -> Result<String> {
    let inputs = model.reading().inputs();
    let nameless = model.fitted().feature_names_in().is_empty();
    let names = table.names();
    let others: Vec<&String> = match nameless {
        true => names.iter().skip(inputs.len()).collect(),
        false => names.iter().filter(|n| !inputs.contains(n)).collect(),
    };
    match others.as_slice() {
        [one] => Ok((*one).clone()),
        _ => Err(seodang::Error::value(text!(
            en: "the model does not say which column it predicts",
            ko: "모델이 어느 열을 예측하는지 알 수 없습니다"
        ))
        .expected(text!(
            en: "a CSV file with the model's columns and one more",
            ko: "모델의 열과 예측할 열 하나가 있는 CSV 파일"
        ))
        .given("inputs", inputs.join(", "))
        .hint(text!(en: "--target names it", ko: "--target으로 정하세요"))
        .given("others", others.into_iter().cloned().collect::<Vec<_>>().join(", "))),
    }
}

/// Rows from what `predict` was given, and a name of each.
fn rows(model: &TableModel, input: &str) -> Result<(Vec<String>, Table)> {
    if !Path::new(input).exists() {
        let cells = data::csv::parse_row(input)?;
        let cells: Vec<&str> = cells.iter().map(String::as_str).collect();
        return Ok((vec![input.to_owned()], Table::row(&model.reading().inputs(), &cells)?));
    }
    let table = data::csv::read_file(input, &data::csv::Options::default())?;
    let label = |i: usize| match table.line(i) {
        Some(line) => text!(en: "line {line}", ko: "{line}행").to_string(),
        None => (i + 1).to_string(),
    };
    Ok(((0..table.rows()).map(label).collect(), table))
}

pub(crate) fn predict(model: &TableModel, args: &Predict) -> Result<()> {
    let (labels, table) = rows(model, &args.input)?;
    let said = model.predict(&table).map_err(|e| e.during(args.input.clone()))?;
    let names = model.reading().class_names();
    for (i, label) in labels.iter().enumerate() {
        let value = said.values[i];
        let line = match &said.probabilities {
            _ if names.is_empty() && args.json => {
                json!({ "input": label, "prediction": value }).to_string()
            }
            _ if names.is_empty() => format!("{label}: {value:.6}"),
            None if args.json => {
                json!({ "input": label, "prediction": names[value as usize] }).to_string()
            }
            None => format!("{label}: {}", names[value as usize]),
            Some(all) => {
                let n = names.len();
                let ranked = ranked(names, &all[i * n..(i + 1) * n]);
                match args.json {
                    true => class_object(label, &ranked).to_string(),
                    false => format!("{label}: {}", class_sentence(&ranked)),
                }
            }
        };
        println!("{line}");
    }
    Ok(())
}

/// Measures of predictions: their names and values.
pub(crate) fn measures(
    task: Task,
    classes: usize,
    truth: &[f64],
    said: &Predictions,
) -> Vec<(&'static str, f64)> {
    use seodang::learn::metrics;
    if task == Task::Regression {
        let squared = metrics::mean_squared_error(truth, &said.values).unwrap_or(f64::NAN);
        let absolute = metrics::mean_absolute_error(truth, &said.values).unwrap_or(f64::NAN);
        let mean = truth.iter().sum::<f64>() / truth.len().max(1) as f64;
        let all = truth.iter().map(|y| (y - mean).powi(2)).sum::<f64>() / truth.len().max(1) as f64;
        return vec![("r2", 1.0 - squared / all), ("rmse", squared.sqrt()), ("mae", absolute)];
    }
    let codes = |v: &[f64]| -> Vec<u32> { v.iter().map(|&c| c as u32).collect() };
    let (y, f) = (codes(truth), codes(&said.values));
    let right = y.iter().zip(&f).filter(|(a, b)| a == b).count();
    let mut out = vec![("accuracy", right as f64 / y.len().max(1) as f64)];
    if let Ok(counts) = metrics::confusion_counts(&y, &f, classes) {
        let f1 = metrics::f1_scores(&counts, classes);
        out.push(("f1", f1.iter().sum::<f64>() / classes as f64));
    }
    if let Some(p) = &said.probabilities {
        if let Ok(loss) = metrics::log_loss(&y, p, classes) {
            out.push(("log_loss", loss));
        }
        let positive: Vec<bool> = y.iter().map(|&c| c == 1).collect();
        let scores: Vec<f64> = p.iter().skip(1).step_by(classes).copied().collect();
        if let (2, Ok(auc)) = (classes, metrics::roc_auc(&positive, &scores)) {
            out.push(("auc", auc));
        }
    }
    out
}

pub(crate) fn evaluate(model: &TableModel, args: &Evaluate) -> Result<()> {
    let Some(path) = &args.data else {
        return Err(seodang::Error::value(text!(
            en: "which CSV file is it to be measured on?", ko: "어떤 CSV 파일로 평가할까요?"
        ))
        .hint(text!(
            en: "the model has learned from all rows of its own data: name another file",
            ko: "이 모델은 자기 데이터의 모든 행을 배웠습니다. 다른 파일을 주세요"
        )));
    };
    let table = data::csv::read_file(path, &data::csv::Options::default())?;
    let model = match (&args.target, model.reading().target.as_str()) {
        (None, "") => &TableModel::load(file(&args.model))?.predicting(&target(model, &table)?),
        (Some(name), known) if name != known => {
            &TableModel::load(file(&args.model))?.predicting(name)
        }
        _ => model,
    };
    let truth = model.reading().targets(&table)?;
    let there: Vec<usize> = (0..truth.len()).filter(|&i| truth[i].is_finite()).collect();
    let table = table.take(&there)?;
    let truth: Vec<f64> = there.iter().map(|&i| truth[i]).collect();
    let said = model.predict(&table).map_err(|e| e.during(path.clone()))?;
    let reading = model.reading();
    let all = measures(reading.task(), reading.class_names().len(), &truth, &said);
    if args.json {
        let object: serde_json::Map<String, Value> =
            all.iter().map(|(n, v)| ((*n).to_owned(), (*v).into())).collect();
        println!("{}", Value::Object(object));
    } else {
        all.iter().for_each(|(name, value)| println!("{name}: {value:.4}"));
    }
    Ok(())
}

/// What the model is, in lines.
pub(crate) fn summary(model: &TableModel) -> String {
    let (class, parameters) = model.method();
    let parameters: Vec<String> = parameters.iter().map(|(n, v)| format!("  {n} = {v}")).collect();
    let reading = model.reading();
    let kind = |u: &Use| match u {
        Use::Number => text!(en: "numbers", ko: "숫자"),
        Use::Category => text!(en: "categories", ko: "범주"),
        Use::Date { .. } => text!(en: "dates", ko: "날짜"),
        Use::Text => text!(en: "texts", ko: "글"),
        _ => text!(en: "left out", ko: "쓰지 않음"),
    };
    let columns: Vec<String> =
        reading.columns.iter().map(|c| format!("  {}: {}", c.name, kind(&c.kind))).collect();
    let mut head = match reading.target.as_str() {
        "" => text!(en: "predicts what its data do not name", ko: "예측하는 열의 이름이 없음"),
        target => text!(en: "predicts {target:?}", ko: "{target:?} 예측"),
    }
    .to_string();
    let rows = model.rows();
    if rows > 0 {
        head += &text!(en: ", learned from {rows} rows", ko: ", {rows}개 행으로 학습").to_string();
    }
    format!("{class}\n{}\n{head}\n{}", parameters.join("\n"), columns.join("\n"))
}
