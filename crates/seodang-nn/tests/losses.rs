//! Losses and metrics against Keras: values, gradients, results after each batch, saved forms.

mod common;

use common::{Report, cases, missing, name, tolerance};
use seodang_core::{Array, Lang};
use seodang_nn::losses::{self, Loss};
use seodang_nn::metrics::{self, Metric, MetricRef};
use seodang_nn::{Choice, Dims};
use seodang_tensor::{Function, Tensor, gradients};
use seodang_testing::golden::Golden;
use serde_json::Value;

/// A Keras configuration with the options that Keras forgets to save, from the case's name.
fn complete(case: &Value) -> Value {
    let mut config = case["config"].clone();
    if let Some(delta) = name(case).split("delta_").nth(1).filter(|_| case["class_name"] == "Huber")
    {
        let delta: f64 = delta.split('_').next().unwrap().parse().unwrap();
        config["config"]["delta"] = delta.into();
    }
    if name(case).contains("CosineSimilarity_axis_1") {
        config["config"]["axis"] = 1.into();
    }
    if name(case).contains("AUC_thresholds") {
        config["config"]["thresholds"] = serde_json::json!([0.1, 0.4, 0.45, 0.9]);
    }
    config
}

fn run_loss(golden: &Golden, case: &Value, report: &mut Report) -> seodang_core::Result<()> {
    let (tag, tol) = (name(case), tolerance(case));
    let loss = Choice::<dyn Loss>::from_value(&complete(case))?;
    let lacks = missing(&loss.serialize()?, &case["config"], "saved");
    report.check(tag, lacks.is_none(), || lacks.clone().unwrap());
    let loss = loss.get()?.clone();
    let get = |v: &Value| Tensor::from_array(&golden.tensor(v));
    let weight = match &case["sample_weight"] {
        Value::Null => None,
        v => Some(get(v)?),
    };
    let mut arguments =
        vec![get(&case["y_true"])?, get(&case["y_pred"])?, get(&case["cotangent"])?];
    arguments.extend(weight);
    let step = Function::new("loss", move |x: &[Tensor]| {
        let value = loss.compute(&x[0], &x[1], x.get(3))?;
        let scaled = (&value * &x[2])?.sum(&[], false)?;
        let g = gradients(&scaled, &[x[1].clone()])?.remove(0);
        Ok(vec![value, g.map_or_else(|| x[1].zeros_like(), Ok)?])
    });
    let results = step.call(&arguments)?;
    let output = golden.tensor(&case["output"]);
    report.compare(&format!("{tag} value"), &results[0].to_array()?, &output, tol);
    let gradient = golden.tensor(&case["gradient"]);
    report.compare(&format!("{tag} gradient"), &results[1].to_array()?, &gradient, tol);
    Ok(())
}

#[test]
fn losses_are_keras_losses() {
    let golden = Golden::read("keras_losses");
    let mut report = Report::default();
    for case in cases(&golden, "loss") {
        let outcome = run_loss(&golden, &case, &mut report);
        report.result(name(&case), outcome);
    }
    report.finish(500);
}

fn run_metric(golden: &Golden, case: &Value, report: &mut Report) -> seodang_core::Result<()> {
    let (tag, tol) = (name(case), tolerance(case));
    let choice = Choice::<dyn Metric>::from_value(&complete(case))?;
    let lacks = missing(&choice.serialize()?, &case["config"], "saved");
    report.check(tag, lacks.is_none(), || lacks.clone().unwrap());
    let want = golden.tensor(&case["results"]);
    let rows = case["batches"].as_array().unwrap();
    let row_shape: Vec<usize> = want.shape()[1..].to_vec();
    let expected = |i: usize| -> seodang_core::Result<Array> {
        want.take_rows(&[i])?.reshape(row_shape.clone())
    };
    let get = |v: &Value| Tensor::from_array(&golden.tensor(v));
    let arguments = |row: &Value| -> seodang_core::Result<Vec<Tensor>> {
        let mut all = vec![get(&row["y_true"])?, get(&row["y_pred"])?];
        if !row["sample_weight"].is_null() {
            all.push(get(&row["sample_weight"])?);
        }
        Ok(all)
    };

    // Inside a program, as a training step does it.
    let metric = std::sync::Arc::new(MetricRef::new(choice.clone())?);
    let first = arguments(&rows[0])?;
    metric.build(&first[1].shape().into())?;
    let inner = metric.clone();
    let step = Function::new("metric", move |x: &[Tensor]| {
        inner.update(&x[0], &x[1], x.get(2))?;
        Ok(vec![inner.result()?])
    });
    for (i, row) in rows.iter().enumerate() {
        let got = step.call(&arguments(row)?)?.remove(0).to_array()?;
        report.compare(&format!("{tag} batch {i}"), &got, &expected(i)?, tol);
    }
    // Eagerly, after a reset.
    metric.reset()?;
    for row in rows {
        let x = arguments(row)?;
        metric.update(&x[0], &x[1], x.get(2))?;
    }
    let got = metric.result()?.to_array()?;
    report.compare(&format!("{tag} eager"), &got, &expected(rows.len() - 1)?, tol);
    Ok(())
}

#[test]
fn metrics_are_keras_metrics() {
    let golden = Golden::read("keras_losses");
    let mut report = Report::default();
    for case in cases(&golden, "metric") {
        let outcome = run_metric(&golden, &case, &mut report);
        report.result(name(&case), outcome);
    }
    report.finish(500);
}

#[test]
fn mean_averages_what_it_is_given() {
    let mean = MetricRef::new(metrics::Mean::new()).unwrap();
    let values = Tensor::new([3], vec![1.0f32, 2.0, 6.0]).unwrap();
    mean.update(&values, &values, None).unwrap();
    assert_eq!(mean.result().unwrap().item().unwrap(), 3.0);
    let weights = Tensor::new([3], vec![0.0f32, 0.0, 3.0]).unwrap();
    mean.update(&values, &values, Some(&weights)).unwrap();
    assert_eq!(mean.result().unwrap().item().unwrap(), 27.0 / 6.0);
}

#[test]
fn sorted_ids_count_for_top_k() {
    let metric = metrics::SparseTopKCategoricalAccuracy::new().k(2usize).from_sorted_ids(true);
    let metric = MetricRef::new(metric).unwrap();
    let labels = Tensor::new([2], vec![1i32, 2]).unwrap();
    let ids = Tensor::new([2, 3], vec![0i32, 1, 2, 0, 1, 2]).unwrap();
    metric.update(&labels, &ids, None).unwrap();
    assert_eq!(metric.result().unwrap().item().unwrap(), 0.5);
}

#[test]
fn names_are_resolved_by_shapes() {
    let cases: [(&[usize], &[usize], &str, &str); 4] = [
        (&[8, 1], &[8, 1], "BinaryAccuracy", "BinaryCrossentropy"),
        (&[8], &[8, 3], "SparseCategoricalAccuracy", "SparseCategoricalCrossentropy"),
        (&[8, 1], &[8, 3], "SparseCategoricalAccuracy", "SparseCategoricalCrossentropy"),
        (&[8, 3], &[8, 3], "CategoricalAccuracy", "CategoricalCrossentropy"),
    ];
    for (labels, outputs, accuracy, crossentropy) in cases {
        let (t, p) = (Dims::known(labels), Dims::known(outputs));
        let metric = metrics::resolve("accuracy", &t, &p).unwrap();
        assert_eq!(metric.get().unwrap().class_name(), accuracy);
        let loss = losses::resolve("crossentropy", &t, &p).unwrap();
        assert_eq!(loss.get().unwrap().class_name(), crossentropy);
    }
    let (t, p) = (Dims::known(&[8]), Dims::known(&[8, 1]));
    for name in ["mse", "MSE", "mean_squared_error", "MeanSquaredError"] {
        let loss = losses::resolve(name, &t, &p).unwrap();
        assert_eq!(loss.get().unwrap().class_name(), "MeanSquaredError");
        assert_eq!(loss.given_name(), Some(name));
    }
    let e = losses::resolve("sparse_categorical_crossentropi", &t, &p).unwrap_err();
    assert!(e.render(Lang::En).contains("did you mean \"sparse_categorical_crossentropy\""));
}

#[test]
fn labels_that_do_not_fit_are_named() {
    let pred = Tensor::new([2, 3], vec![0.2f32, 0.3, 0.5, 0.1, 0.8, 0.1]).unwrap();
    let labels = Tensor::new([2], vec![0i32, 2]).unwrap();
    let loss: Choice<dyn Loss> = "categorical_crossentropy".into();
    let e = loss.get().unwrap().compute(&labels, &pred, None).unwrap_err();
    let (en, ko) = (e.render(Lang::En), e.render(Lang::Ko));
    assert!(en.contains("y_true = int32[2]") && en.contains("sparse_categorical"), "{en}");
    assert!(ko.contains("레이블과 예측의 모양"), "{ko}");
    let one_hot = Tensor::new([2, 3], vec![1.0f32, 0.0, 0.0, 0.0, 0.0, 1.0]).unwrap();
    let loss: Choice<dyn Loss> = "sparse_categorical_crossentropy".into();
    let e = loss.get().unwrap().compute(&one_hot, &pred, None).unwrap_err();
    assert!(e.render(Lang::En).contains("want categorical_crossentropy"), "{e}");
}
