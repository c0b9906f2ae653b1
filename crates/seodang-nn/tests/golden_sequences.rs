//! Layers over sequences against Keras: recurrent layers, wrappers, attention, embeddings, with masks,
//! initial states, options of calls, and every output.

mod common;

use common::{Report, cases, missing, name, tolerance};
use seodang_core::random::Stream;
use seodang_core::{Array, Result};
use seodang_nn::Dims;
use seodang_nn::layers::{BuildContext, CallContext, CallOptions, LayerRef, Weight};
use seodang_tensor::{Function, Tensor, gradients};
use seodang_testing::golden::Golden;
use serde_json::Value;

fn list(value: &Value) -> &[Value] {
    value.as_array().map_or(&[], Vec::as_slice)
}

/// A weight's path inside its layer.
fn inside(layer: &LayerRef, w: &Weight) -> String {
    let path = w.path.strip_prefix(layer.name()).unwrap_or(&w.path);
    path.trim_start_matches('/').to_string()
}

fn run_case(golden: &Golden, case: &Value, report: &mut Report) -> Result<()> {
    let (tag, tol) = (name(case), tolerance(case));
    let layer = LayerRef::from_value(&case["config"])?;
    let inputs: Vec<Array> = list(&case["inputs"]).iter().map(|t| golden.tensor(t)).collect();
    let shapes: Vec<Dims> = inputs.iter().map(|x| x.shape().into()).collect();
    layer.build_in(&mut BuildContext::new("", &mut Stream::new(1, 0)), &shapes)?;
    let saved = layer.serialize()?;
    let lacks = missing(&saved["config"], &case["config"]["config"], "config");
    report.check(tag, lacks.is_none(), || lacks.clone().unwrap());
    let shapes_dict = &case["config"]["build_config"]["shapes_dict"];
    if shapes_dict.get("query_shape").is_some() {
        let same = saved["build_config"]["shapes_dict"] == *shapes_dict;
        report.check(tag, same, || format!("build_config {}", saved["build_config"]));
    }

    let rows = list(&case["weights"]);
    let weights = layer.weights();
    let names: Vec<String> = weights.iter().map(|w| inside(&layer, w)).collect();
    let wanted: Vec<&str> = rows.iter().map(|r| r["name"].as_str().unwrap()).collect();
    report.check(tag, names == wanted, || format!("weights {names:?}, in Keras {wanted:?}"));
    let values: Vec<Array> = rows.iter().map(|r| golden.tensor(&r["value"])).collect();
    layer.set_weights(&values)?;

    let options = CallOptions {
        use_causal_mask: case["options"]["use_causal_mask"] == true,
        return_attention_scores: case["options"]["return_attention_scores"] == true,
    };
    let masks: Vec<Option<Tensor>> = list(&case["masks"])
        .iter()
        .map(|m| (!m.is_null()).then(|| Tensor::from_array(&golden.tensor(m))).transpose())
        .collect::<Result<_>>()?;
    let call = {
        let layer = layer.clone();
        move |x: &[Tensor]| -> Result<Vec<Tensor>> {
            let mut cx = CallContext::new(false, None);
            Ok(layer.call_with(&mut cx, x, &masks, options)?.0)
        }
    };
    let arguments: Vec<Tensor> = inputs.iter().map(Tensor::from_array).collect::<Result<_>>()?;
    let wanted: Vec<Array> = list(&case["outputs"]).iter().map(|t| golden.tensor(t)).collect();

    let calls = case["calls"].as_u64().unwrap();
    let mut eager = call(&arguments)?;
    for _ in 1..calls {
        eager = call(&arguments)?;
    }
    report.check(tag, eager.len() == wanted.len(), || format!("{} outputs", eager.len()));
    for (i, (y, want)) in eager.iter().zip(&wanted).enumerate() {
        report.compare(&format!("{tag} output {i}"), &y.to_array()?, want, tol);
    }
    let foretold = layer.output_shapes_with(&shapes, options)?;
    let got: Vec<Dims> = eager.iter().map(|y| y.shape().into()).collect();
    report.check(tag, foretold == got, || format!("foretold {foretold:?}, are {got:?}"));
    if calls > 1 {
        return Ok(());
    }

    // The same as a program, with its gradients.
    let (inner, n) = (layer.clone(), inputs.len());
    let step = Function::new("layer", move |x: &[Tensor]| {
        let ys = call(&x[..n])?;
        let mut loss = (&ys[0] * &x[n])?.sum(&[], false)?;
        for (y, cotangent) in ys.iter().zip(&x[n..]).skip(1) {
            loss = (loss + (y * cotangent)?.sum(&[], false)?)?;
        }
        let mut sources: Vec<Tensor> =
            x[..n].iter().filter(|x| x.dtype().is_float()).cloned().collect();
        for w in inner.weights() {
            sources.push(w.variable.value()?);
        }
        let mut results = ys;
        for (g, source) in gradients(&loss, &sources)?.into_iter().zip(&sources) {
            results.push(match g {
                Some(g) => g,
                None => source.zeros_like()?,
            });
        }
        Ok(results)
    });
    let cotangents = list(&case["cotangents"]).iter().map(|c| golden.tensor(c));
    let cotangents: Vec<Tensor> =
        cotangents.map(|c| Tensor::from_array(&c)).collect::<Result<_>>()?;
    let mut results = step.call(&[arguments, cotangents].concat())?.into_iter();
    for (i, want) in wanted.iter().enumerate() {
        let got = results.next().unwrap().to_array()?;
        report.compare(&format!("{tag} traced output {i}"), &got, want, tol);
    }
    for (i, want) in list(&case["input_gradients"]).iter().enumerate() {
        if !want.is_null() {
            let got = results.next().unwrap().to_array()?;
            report.compare(
                &format!("{tag} gradient of input {i}"),
                &got,
                &golden.tensor(want),
                tol,
            );
        }
    }
    for row in rows {
        let got = results.next().unwrap().to_array()?;
        let what = format!("{tag} gradient of {}", row["name"]);
        report.compare(&what, &got, &golden.tensor(&row["gradient"]), tol);
    }
    Ok(())
}

fn run(file: &str, at_least: usize) {
    let golden = Golden::read(file);
    let mut report = Report::default();
    for case in cases(&golden, "sequence") {
        let outcome = run_case(&golden, &case, &mut report);
        report.result(name(&case), outcome);
    }
    report.finish(at_least);
}

#[test]
fn recurrent_layers_are_keras_layers() {
    run("keras_recurrent", 1000);
}

#[test]
fn attention_layers_are_keras_layers() {
    run("keras_attention", 700);
}
