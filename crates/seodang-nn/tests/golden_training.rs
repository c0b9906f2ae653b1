//! Whole models and trainings against Keras 3: configurations, predictions, histories, weights.
//!
//! One test function for all, since the cases of `float64` change the default float type, which is
//! the process's.

mod common;

use common::{Report, missing, name, tolerance};
use seodang_core::{Array, DType};
use seodang_nn::losses::Huber;
use seodang_nn::optimizers::SGD;
use seodang_nn::{Data, Evaluate, Fit, Model, Predict, Verbose, set_dtype_policy};
use seodang_testing::Tolerance;
use seodang_testing::golden::Golden;
use serde_json::Value as Json;

fn arrays(golden: &Golden, names: &Json) -> Vec<Array> {
    names.as_array().unwrap().iter().map(|n| golden.tensor(n)).collect()
}

fn values(golden: &Golden, weights: &Json) -> Vec<Array> {
    weights.as_array().unwrap().iter().map(|w| golden.tensor(&w["value"])).collect()
}

fn data(golden: &Golden, part: &Json, weight: Option<&Json>) -> Data<'static> {
    let (x, y) = (arrays(golden, &part["x"]), arrays(golden, &part["y"]));
    match weight.filter(|w| !w.is_null()) {
        Some(w) => (x, y, golden.tensor(w)).into(),
        None => (x, y).into(),
    }
}

fn close(report: &mut Report, what: &str, got: &[f64], want: &[f64], tolerance: Tolerance) {
    let array = |v: &[f64]| Array::from_vec([v.len()], v.to_vec()).unwrap();
    report.compare(what, &array(got), &array(want), tolerance);
}

fn compare(report: &mut Report, what: &str, got: &[Array], want: &[Array], tolerance: Tolerance) {
    report.check(what, got.len() == want.len(), || format!("{} arrays", got.len()));
    for (i, (g, w)) in got.iter().zip(want).enumerate() {
        report.compare(&format!("{what} {i}"), g, w, tolerance);
    }
}

/// The model of a case's configuration with its weights; what it writes as its own configuration is
/// compared with Keras's.
fn model_of(golden: &Golden, case: &Json, report: &mut Report) -> Option<Model> {
    let what = name(case);
    let model = report.result(what, Model::from_json(&case["model"].to_string()))?;
    let paths: Vec<String> = model.weights().iter().map(|w| w.path.clone()).collect();
    let wanted: Vec<&str> =
        case["weights"].as_array().unwrap().iter().map(|w| w["path"].as_str().unwrap()).collect();
    report.check(what, paths == wanted, || format!("the weights' paths are {paths:?}"));
    let config = report.result(what, model.config())?;
    let difference = missing(&config, &without_theirs(&case["model"]), "config");
    report.check(what, difference.is_none(), || difference.unwrap_or_default());
    report.result(what, model.set_weights(&values(golden, &case["weights"])))?;
    Some(model)
}

fn check_model(golden: &Golden, case: &Json, report: &mut Report) -> Option<()> {
    let what = name(case);
    let model = model_of(golden, case, report)?;
    let count = model.count_params() as u64;
    report.check(what, case["parameters"]["total"] == count, || format!("{count} parameters"));
    let inputs = arrays(golden, &case["inputs"]);
    let outputs = report.result(what, model.predict_with(inputs, Predict::new().batch_size(2)))?;
    let wanted = arrays(golden, &case["outputs"]);
    compare(report, &format!("{what}: outputs"), &outputs, &wanted, tolerance(case));
    Some(())
}

/// The options of `fit` that a case names.
fn options(golden: &Golden, case: &Json) -> Fit<'static> {
    let options = &case["fit"];
    let number = |key: &str, default: usize| {
        options.get(key).and_then(Json::as_u64).map_or(default, |n| n as usize)
    };
    let mut fit = Fit::new()
        .shuffle(false)
        .verbose(Verbose::Silent)
        .batch_size(number("batch_size", 32))
        .epochs(number("epochs", 1))
        .initial_epoch(number("initial_epoch", 0));
    if let Some(share) = options.get("validation_split").and_then(Json::as_f64) {
        fit = fit.validation_split(share);
    }
    if let Some(Json::Object(weights)) = options.get("class_weight") {
        fit = fit.class_weight(
            weights.iter().map(|(class, w)| (class.parse().unwrap(), w.as_f64().unwrap())),
        );
    }
    if !case["sample_weight"].is_null() {
        fit = fit.sample_weight(golden.tensor(&case["sample_weight"]));
    }
    let validation = &case["validation"];
    if !validation.is_null() {
        fit = fit.validation_data(data(golden, validation, Some(&validation["sample_weight"])));
    }
    fit
}

fn check_fit(golden: &Golden, case: &Json, report: &mut Report) -> Option<()> {
    let (what, tolerance) = (name(case), tolerance(case));
    let mut model = model_of(golden, case, report)?;
    if what.starts_with("fit_regression_huber") {
        // Keras's configuration of this loss does not keep delta.
        let optimizer = SGD::new(0.05).momentum(0.9).clipnorm(1.0);
        let compiled = model.compile(optimizer, Huber::new().delta(0.7), ["mae"]);
        report.result(what, compiled)?;
    }
    let fit = options(golden, case);
    let history = report.result(what, model.fit(data(golden, case, None), fit))?;
    let epochs: Vec<u64> = history.epochs.iter().map(|&e| e as u64).collect();
    report.check(what, Json::from(epochs) == case["epoch"], || "other epochs".to_string());
    let mut names: Vec<&str> = history.names().collect();
    names.sort_unstable();
    let wanted = case["history"].as_object().unwrap();
    let same = names.iter().eq(wanted.keys());
    report.check(what, same, || format!("the history has {names:?}"));
    for (key, values) in wanted {
        let want = golden.tensor(values).to_f64_vec();
        let got = history.get(key).unwrap_or_default();
        close(report, &format!("{what}: history {key}"), got, &want, tolerance);
    }
    let weights = report.result(what, model.get_weights())?;
    let wanted = values(golden, &case["weights_after"]);
    compare(report, &format!("{what}: weights"), &weights, &wanted, tolerance);
    let test = &case["test"];
    let logs = model.evaluate(data(golden, test, None), Evaluate::new().batch_size(5));
    let logs = report.result(what, logs)?;
    for (key, want) in case["evaluate"].as_object().unwrap() {
        let (got, want) = (logs.get(key).unwrap_or(f64::NAN), want.as_f64().unwrap());
        close(report, &format!("{what}: evaluate {key}"), &[got], &[want], tolerance);
    }
    let x = arrays(golden, &test["x"]);
    let predicted = report.result(what, model.predict_with(x, Predict::new().batch_size(5)))?;
    let wanted = arrays(golden, &case["predict"]);
    compare(report, &format!("{what}: predict"), &predicted, &wanted, tolerance);
    Some(())
}

/// Keras's configuration without what it tells of its own backend.
fn without_theirs(value: &Json) -> Json {
    const THEIRS: [&str; 4] = ["compile_config", "build_config", "kwargs", "quantization_config"];
    match value {
        Json::Object(map) => {
            let kept = map.iter().filter(|(k, _)| !THEIRS.contains(&k.as_str()));
            kept.map(|(k, v)| (k.clone(), without_theirs(v))).collect()
        }
        Json::Array(list) => list.iter().map(without_theirs).collect(),
        other => other.clone(),
    }
}

#[test]
fn models_and_trainings_agree_with_keras() {
    let golden = Golden::read("keras_training");
    let mut report = Report::default();
    for (dtype, letter) in [(DType::F32, "f32"), (DType::F64, "f64")] {
        set_dtype_policy(dtype.into());
        for case in golden.cases.iter().filter(|c| c["dtype"] == letter) {
            match case["kind"].as_str() {
                Some("fit") => check_fit(&golden, case, &mut report),
                _ => check_model(&golden, case, &mut report),
            };
        }
    }
    report.finish(800);
}
