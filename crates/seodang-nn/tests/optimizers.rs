//! Optimizers against Keras: losses and weights over ten steps in f64 and twenty in f32. One test,
//! since the default float type is the process's.

mod common;

use common::{Report, cases, missing, name, tolerance};
use seodang_core::{Array, DType};
use seodang_nn::layers::Weight;
use seodang_nn::optimizers::{Optimizer, OptimizerRef, SGD};
use seodang_nn::schedules::InverseTimeDecay;
use seodang_nn::{Choice, set_dtype_policy};
use seodang_tensor::{Function, Tensor, Variable, variable_gradients};
use seodang_testing::golden::Golden;
use serde_json::Value;
use std::sync::Arc;

fn run_case(golden: &Golden, case: &Value, report: &mut Report) -> seodang_core::Result<()> {
    let (tag, tol) = (name(case), tolerance(case));
    let dtype: DType = case["dtype"].as_str().unwrap().parse()?;
    set_dtype_policy(dtype.into());
    let choice = Choice::<dyn Optimizer>::from_value(&case["config"])?;
    let lacks = missing(&choice.serialize()?, &case["config"], "saved");
    report.check(tag, lacks.is_none(), || lacks.clone().unwrap());

    let weights = case["weights"].as_array().unwrap().iter().map(|w| {
        let name = w["name"].as_str().unwrap().to_string();
        Ok(Weight {
            variable: Variable::new(golden.tensor(&w["value"]), name.clone())?,
            path: name.clone(),
            name,
            trainable: true,
            regularizer: None,
            constraint: None,
        })
    });
    let weights: Vec<Weight> = weights.collect::<seodang_core::Result<_>>()?;
    let mut optimizer = OptimizerRef::new(choice)?;
    for excluded in case["exclude_from_weight_decay"].as_array().unwrap() {
        optimizer.exclude_from_weight_decay(&[excluded.as_str().unwrap()]);
    }
    optimizer.build(&weights)?;
    let optimizer = Arc::new(optimizer);

    let variables: Vec<Variable> = weights.iter().map(|w| w.variable.clone()).collect();
    let (inner, vars) = (optimizer.clone(), variables.clone());
    let step = Function::new("step", move |x: &[Tensor]| {
        let w: Vec<Tensor> = vars.iter().map(Variable::value).collect::<Result<_, _>>()?;
        let hidden = (x[0].matmul(&w[0])? + &w[1])?.tanh()?;
        let logits = (hidden.matmul(&w[2])? + &w[3])?;
        let chosen = (x[1].one_hot(3, dtype)? * logits.log_softmax(-1)?)?;
        let loss = chosen.sum(&[-1], false)?.mean(&[], false)?.neg()?;
        let gradients = variable_gradients(&inner.scale_loss(&loss)?, &vars)?;
        inner.apply(&gradients)?;
        Ok(vec![loss])
    });
    let (x, y) = (golden.tensor(&case["x"]), golden.tensor(&case["y"]));
    let mut losses = Vec::new();
    for i in 0..case["steps"].as_u64().unwrap() as usize {
        let row = |a: &Array| a.take_rows(&[i])?.reshape(a.shape()[1..].to_vec());
        let arguments = [Tensor::from_array(&row(&x)?)?, Tensor::from_array(&row(&y)?)?];
        losses.push(step.call(&arguments)?[0].item()?);
    }
    report.check(tag, step.traces() == 1, || format!("{} traces", step.traces()));
    let losses = Array::from_fn(dtype, [losses.len()], |i| losses[i]);
    report.compare(&format!("{tag} losses"), &losses, &golden.tensor(&case["losses"]), tol);
    let compare = |report: &mut Report, key: &str| -> seodang_core::Result<()> {
        for (v, want) in variables.iter().zip(case[key].as_array().unwrap()) {
            let what = format!("{tag} {key} {}", v.name());
            report.compare(&what, &v.to_array()?, &golden.tensor(want), tol);
        }
        Ok(())
    };
    compare(report, "weights_after")?;
    optimizer.finalize()?;
    compare(report, "weights_final")
}

#[test]
fn optimizers_are_keras_optimizers() {
    let golden = Golden::read("keras_optimizers");
    let mut report = Report::default();
    for case in cases(&golden, "optimizer") {
        let outcome = run_case(&golden, &case, &mut report);
        report.result(name(&case), outcome);
    }
    report.finish(1000);
    keras_2_decay_divides_the_learning_rate();
}

/// Keras 2's `decay` is a schedule: the learning rate divided by `1 + decay * step`.
fn keras_2_decay_divides_the_learning_rate() {
    set_dtype_policy(DType::F64.into());
    let run = |optimizer: SGD| {
        let w = Variable::new(Array::scalar(1.0f64), "w").unwrap();
        let weight = Weight {
            name: "w".into(),
            path: "w".into(),
            variable: w.clone(),
            trainable: true,
            regularizer: None,
            constraint: None,
        };
        let mut optimizer = OptimizerRef::new(optimizer).unwrap();
        optimizer.build(&[weight]).unwrap();
        let one = Tensor::from_array(&Array::scalar(1.0f64)).unwrap();
        (0..4).for_each(|_| optimizer.apply(std::slice::from_ref(&one)).unwrap());
        w.to_array().unwrap().item().unwrap()
    };
    let schedule = InverseTimeDecay::new(0.1, 1.0, 0.5);
    let (decayed, scheduled) = (run(SGD::new(0.1).decay(0.5)), run(SGD::new(schedule)));
    let want = 1.0 - 0.1 * (1.0 + 1.0 / 1.5 + 1.0 / 2.0 + 1.0 / 2.5);
    assert!((decayed - want).abs() < 1e-12 && (scheduled - want).abs() < 1e-12, "{decayed}");
}
