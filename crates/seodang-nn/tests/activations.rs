//! Activations against Keras: values, gradients, special values.

mod common;

use common::{Report, cases, name, tolerance};
use seodang_core::Array;
use seodang_nn::Activation;
use seodang_tensor::{Function, Tensor, gradients};
use seodang_testing::golden::Golden;
use serde_json::{Value, json};

fn run_case(golden: &Golden, case: &Value, report: &mut Report) -> seodang_core::Result<()> {
    let (tag, tol) = (name(case), tolerance(case));
    let config = json!({"class_name": case["activation"], "config": case["arguments"]});
    let activation = Activation::from_value(&config)?;
    // Saved and read again, it is the same function.
    let saved = activation.serialize()?;
    let again = Activation::from_value(&saved)?.serialize()?;
    report.check(tag, saved == again, || format!("{saved} became {again}"));

    let f = activation.clone();
    let step = Function::new("activation", move |x: &[Tensor]| {
        let y = f.call(&x[0])?;
        let loss = (&y * &x[1])?.sum(&[], false)?;
        let g = gradients(&loss, &[x[0].clone()])?.remove(0);
        Ok(vec![y, g.map_or_else(|| x[0].zeros_like(), Ok)?])
    });
    let get = |v: &Value| -> seodang_core::Result<(Array, Tensor)> {
        let array = golden.tensor(v);
        let tensor = Tensor::from_array(&array)?;
        Ok((array, tensor))
    };
    let (_, x) = get(&case["inputs"][0])?;
    let (_, cotangent) = get(&case["cotangent"])?;
    let results = step.call(&[x.clone(), cotangent])?;
    let want = golden.tensor(&case["output"]);
    report.compare(&format!("{tag} output"), &results[0].to_array()?, &want, tol);
    report.compare(&format!("{tag} eager"), &activation.call(&x)?.to_array()?, &want, tol);
    let want = golden.tensor(&case["input_gradients"][0]);
    report.compare(&format!("{tag} gradient"), &results[1].to_array()?, &want, tol);
    if !case["special_input"].is_null() {
        let (_, x) = get(&case["special_input"])?;
        let y = activation.call(&x)?.to_array()?;
        report.compare(&format!("{tag} special"), &y, &golden.tensor(&case["special_output"]), tol);
    }
    Ok(())
}

#[test]
fn activations_are_keras_activations() {
    let golden = Golden::read("keras_layers");
    let mut report = Report::default();
    let all = cases(&golden, "activation");
    for known in Activation::NAMES {
        report.check(known, all.iter().any(|c| c["activation"] == *known), || "has no row".into());
    }
    for case in all {
        let outcome = run_case(&golden, &case, &mut report);
        report.result(name(&case), outcome);
    }
    report.finish(400);
}
