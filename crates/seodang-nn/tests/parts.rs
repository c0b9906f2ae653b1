//! Initializers, regularizers, constraints and schedules against Keras.

mod common;

use common::{Report, cases, missing, name, tolerance};
use seodang_core::random::Stream;
use seodang_core::{Array, DType, Shape};
use seodang_nn::Choice;
use seodang_nn::constraints::*;
use seodang_nn::initializers::Initializer;
use seodang_nn::regularizers::Regularizer;
use seodang_nn::schedules::Schedule;
use seodang_tensor::{Function, Tensor, gradients};
use seodang_testing::Tolerance;
use seodang_testing::compare::difference;
use seodang_testing::golden::Golden;
use serde_json::Value;

fn moments(values: &[f64]) -> (f64, f64) {
    let n = values.len() as f64;
    let mean = values.iter().sum::<f64>() / n;
    (mean, (values.iter().map(|v| (v - mean).powi(2)).sum::<f64>() / n).sqrt())
}

fn run_initializer(golden: &Golden, case: &Value, report: &mut Report) -> seodang_core::Result<()> {
    let tag = name(case);
    let mut config = case["config"].clone();
    if tag.contains("gain_2") {
        config["config"]["gain"] = 2.0.into(); // Keras does not save Identity's gain
    }
    let choice = Choice::<dyn Initializer>::from_value(&config)?;
    let lacks = missing(&choice.serialize()?, &case["config"], "saved");
    report.check(tag, lacks.is_none(), || lacks.clone().unwrap());
    let shape: Shape =
        case["shape"].as_array().unwrap().iter().map(|d| d.as_u64().unwrap() as usize).collect();
    let initializer = choice.get()?;
    let draw = || initializer.initialize(&mut Stream::new(9, 0), DType::F64, &shape);
    let sample = draw()?;
    report.check(tag, sample.shape() == &shape, || "another shape".into());
    let again = draw()?.to_f64_vec();
    let values = sample.to_f64_vec();
    report.check(tag, values == again, || "the seed does not repeat".into());
    let get = |key: &str| case[key].as_f64().unwrap_or(f64::NAN);
    let (mean, std) = moments(&values);
    let (least, most) = values.iter().fold((f64::MAX, f64::MIN), |(a, b), &v| (a.min(v), b.max(v)));
    match case["law"].as_str().unwrap() {
        "fixed" => report.compare(tag, &sample, &golden.tensor(&case["value"]), tolerance(case)),
        "orthogonal" => {
            let columns = shape[shape.rank() - 1];
            let (rows, gain) = (values.len() / columns, get("gain"));
            let n = rows.min(columns);
            for i in 0..n {
                for j in 0..n {
                    let at = |k: usize, i: usize| match rows >= columns {
                        true => values[k * columns + i],
                        false => values[i * columns + k],
                    };
                    let dot: f64 = (0..rows.max(columns)).map(|k| at(k, i) * at(k, j)).sum();
                    let want = if i == j { gain * gain } else { 0.0 };
                    report.check(tag, (dot - want).abs() < 1e-12, || format!("{i} {j}: {dot}"));
                }
            }
        }
        law => {
            let want = get("expected_std");
            report.check(tag, (std / want - 1.0).abs() < 0.04, || format!("std {std}, {want}"));
            let centre = match law {
                "uniform" => (get("low") + get("high")) / 2.0,
                _ => get("mean"),
            };
            let error = 5.0 * want / (values.len() as f64).sqrt();
            report.check(tag, (mean - centre).abs() < error, || format!("mean {mean}, {centre}"));
            let (lo, hi) = match law {
                "uniform" => (get("low"), get("high")),
                "truncated_normal" => (centre - 2.0 * get("stddev"), centre + 2.0 * get("stddev")),
                _ => (f64::MIN, f64::MAX),
            };
            report.check(tag, lo <= least && most <= hi, || format!("{least} to {most}"));
            // A law that fills its range: 1 in 1000 of it is left free at each end.
            if law != "normal" {
                let edge = (hi - lo) * 0.05;
                let fills = least < lo + edge && most > hi - edge;
                report.check(tag, fills, || format!("{least} to {most} of {lo} to {hi}"));
            }
        }
    }
    Ok(())
}

#[test]
fn initializers_follow_keras_laws() {
    let golden = Golden::read("keras_parts");
    let mut report = Report::default();
    for case in cases(&golden, "initializer") {
        let outcome = run_initializer(&golden, &case, &mut report);
        report.result(name(&case), outcome);
    }
    report.finish(400);
}

#[test]
fn regularizers_are_keras_regularizers() {
    let golden = Golden::read("keras_parts");
    let mut report = Report::default();
    for case in cases(&golden, "regularizer") {
        let run = |report: &mut Report| -> seodang_core::Result<()> {
            let (tag, tol) = (name(&case), tolerance(&case));
            let choice = Choice::<dyn Regularizer>::from_value(&case["config"])?;
            let lacks = missing(&choice.serialize()?, &case["config"], "saved");
            report.check(tag, lacks.is_none(), || lacks.clone().unwrap());
            let regularizer = choice.get()?.clone();
            let step = Function::new("penalty", move |x: &[Tensor]| {
                let y = regularizer.penalty(&x[0])?;
                let g = gradients(&y, &[x[0].clone()])?.remove(0);
                Ok(vec![y, g.map_or_else(|| x[0].zeros_like(), Ok)?])
            });
            let x = Tensor::from_array(&golden.tensor(&case["input"]))?;
            let results = step.call(&[x])?;
            let output = golden.tensor(&case["output"]);
            report.compare(&format!("{tag} value"), &results[0].to_array()?, &output, tol);
            let gradient = golden.tensor(&case["gradient"]);
            report.compare(&format!("{tag} gradient"), &results[1].to_array()?, &gradient, tol);
            Ok(())
        };
        let outcome = run(&mut report);
        report.result(name(&case), outcome);
    }
    report.finish(40);
}

#[test]
fn schedules_are_keras_schedules() {
    let golden = Golden::read("keras_parts");
    let mut report = Report::default();
    for case in cases(&golden, "schedule") {
        let run = |report: &mut Report| -> seodang_core::Result<()> {
            let (tag, tol) = (name(&case), tolerance(&case));
            let choice = Choice::<dyn Schedule>::from_value(&case["config"])?;
            let lacks = missing(&choice.serialize()?, &case["config"], "saved");
            report.check(tag, lacks.is_none(), || lacks.clone().unwrap());
            let want = golden.tensor(&case["output"]);
            let steps = golden.tensor(&case["steps"]).convert(want.dtype());
            let schedule = choice.get()?.clone();
            // One program for all steps: the step is an input, nothing is traced again.
            let rate = Function::new("rate", move |x: &[Tensor]| Ok(vec![schedule.rate(&x[0])?]));
            let mut got = Vec::new();
            for step in steps.to_f64_vec() {
                let step = Tensor::from_array(&Array::full(want.dtype(), [], step))?;
                got.push(rate.call(&[step])?[0].item()?);
            }
            report.check(tag, rate.traces() == 1, || format!("{} traces", rate.traces()));
            let got = Array::from_fn(want.dtype(), want.shape(), |i| got[i]);
            report.compare(tag, &got, &want, tol);
            Ok(())
        };
        let outcome = run(&mut report);
        report.result(name(&case), outcome);
    }
    report.finish(100);
}

#[test]
fn constraints_project() {
    let w = Array::from_slice([2, 2], &[3.0f64, -1.0, 4.0, 0.5]).unwrap();
    let check = |constraint: Choice<dyn Constraint>, want: [f64; 4]| {
        let w = Tensor::from_array(&w).unwrap();
        let got = constraint.get().unwrap().project(&w).unwrap().to_array().unwrap();
        let want = Array::from_slice([2, 2], &want).unwrap();
        let tolerance = Tolerance::Close { rel: 1e-6, abs: 1e-6 };
        assert_eq!(difference(&got, &want, tolerance), None, "{constraint:?}");
    };
    let second = 1.25f64.sqrt();
    check(NonNeg::new().into(), [3.0, 0.0, 4.0, 0.5]);
    check(UnitNorm::new().into(), [0.6, -1.0 / second, 0.8, 0.5 / second]);
    check(MaxNorm::new().max_value(2.5).into(), [1.5, -1.0, 2.0, 0.5]);
    let between = MinMaxNorm::new().min_value(2.0).max_value(2.5).rate(0.5);
    let pulled = (0.5 * 2.0 + 0.5 * second) / second;
    check(between.into(), [2.25, -pulled, 3.0, 0.5 * pulled]);
}
