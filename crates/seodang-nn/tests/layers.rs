//! Layers against Keras: outputs, gradients, changed statistics, saved forms, errors.

mod common;

use common::{Report, cases, missing, name, tolerance};
use seodang_core::random::Stream;
use seodang_core::{Array, DType, Lang};
use seodang_nn::layers::*;
use seodang_nn::{Choice, Dims};
use seodang_tensor::random::RandomState;
use seodang_tensor::{Function, Tensor, gradients};
use seodang_testing::Tolerance;
use seodang_testing::compare::difference;
use seodang_testing::golden::Golden;
use serde_json::Value;

fn build(layer: &LayerRef, inputs: &[Dims]) -> seodang_core::Result<()> {
    let mut stream = Stream::new(1, 0);
    layer.build_in(&mut BuildContext::new("", &mut stream), inputs)
}

fn run_case(golden: &Golden, case: &Value, report: &mut Report) -> seodang_core::Result<()> {
    let (tag, tol) = (name(case), tolerance(case));
    let layer = LayerRef::from_value(&case["config"])?;
    let inputs: Vec<Array> =
        case["inputs"].as_array().unwrap().iter().map(|t| golden.tensor(t)).collect();
    let shapes: Vec<Dims> = inputs.iter().map(|x| x.shape().into()).collect();
    build(&layer, &shapes)?;

    // The saved form is Keras's, shapes included.
    let saved = layer.serialize()?;
    let lacks = missing(&saved["config"], &case["config"]["config"], "config");
    report.check(tag, lacks.is_none(), || lacks.clone().unwrap());
    for key in ["module", "class_name", "registered_name"] {
        report.check(tag, saved[key] == case["config"][key], || format!("{key}: {}", saved[key]));
    }
    if !case["config"]["build_config"].is_null() {
        let same = saved["build_config"] == case["config"]["build_config"];
        report.check(tag, same, || format!("build_config {}", saved["build_config"]));
    }

    let rows = case["weights"].as_array().unwrap();
    let weights = layer.weights();
    let names: Vec<&str> = weights.iter().map(|w| w.name.as_str()).collect();
    let wanted: Vec<&str> = rows.iter().map(|r| r["name"].as_str().unwrap()).collect();
    report.check(tag, names == wanted, || format!("weights {names:?}, in Keras {wanted:?}"));
    let values: Vec<Array> = rows.iter().map(|r| golden.tensor(&r["value"])).collect();
    layer.set_weights(&values)?;

    let trained = layer.trainable_weights();
    let training = case["training"] == true;
    let (inner, n) = (layer.clone(), inputs.len());
    let step = Function::new("layer", move |x: &[Tensor]| {
        let mut cx = CallContext::new(training, None);
        let y = inner.call(&mut cx, &x[..n])?.remove(0);
        let loss = (&y * &x[n])?.sum(&[], false)?;
        let mut sources = x[..n].to_vec();
        for w in inner.trainable_weights() {
            sources.push(w.variable.value()?);
        }
        let mut results = vec![y];
        for (g, source) in gradients(&loss, &sources)?.into_iter().zip(&sources) {
            results.push(match g {
                Some(g) => g,
                None => source.zeros_like()?,
            });
        }
        Ok(results)
    });
    let cotangent = golden.tensor(&case["cotangent"]);
    let arguments: Vec<Tensor> =
        inputs.iter().chain([&cotangent]).map(Tensor::from_array).collect::<Result<_, _>>()?;

    // Eager first: the traced call changes BatchNormalization's statistics.
    let eager = layer.call(&mut CallContext::new(false, None), &arguments[..n])?.remove(0);
    let results = step.call(&arguments)?;
    if !training {
        report.compare(
            &format!("{tag} eager"),
            &eager.to_array()?,
            &golden.tensor(&case["output"]),
            tol,
        );
    }
    report.compare(
        &format!("{tag} output"),
        &results[0].to_array()?,
        &golden.tensor(&case["output"]),
        tol,
    );
    let gradient_of_inputs = case["input_gradients"].as_array().unwrap();
    for (i, want) in gradient_of_inputs.iter().enumerate() {
        let got = results[1 + i].to_array()?;
        report.compare(&format!("{tag} gradient of input {i}"), &got, &golden.tensor(want), tol);
    }
    for (i, w) in trained.iter().enumerate() {
        let row = rows.iter().find(|r| r["name"] == *w.name).unwrap();
        let got = results[1 + n + i].to_array()?;
        let what = format!("{tag} gradient of {}", w.name);
        report.compare(&what, &got, &golden.tensor(&row["gradient"]), tol);
    }
    for (w, row) in weights.iter().zip(rows) {
        if !row["after"].is_null() {
            let what = format!("{tag} {} afterwards", w.name);
            report.compare(&what, &w.variable.to_array()?, &golden.tensor(&row["after"]), tol);
        }
    }

    // The shapes foretold, with and without the batch.
    let shape = results[0].shape().clone();
    let foretold = layer.output_shapes(&shapes)?.remove(0);
    report
        .check(tag, foretold == Dims::from(&shape), || format!("foretold {foretold}, is {shape}"));
    let open: Vec<Dims> = shapes
        .iter()
        .map(|s| std::iter::once(None).chain(s[1..].iter().copied()).collect())
        .collect();
    let foretold = layer.output_shapes(&open)?.remove(0);
    report.check(tag, foretold.admits(&shape) && foretold[0].is_none(), || {
        format!("foretold {foretold}")
    });
    Ok(())
}

#[test]
fn layers_are_keras_layers() {
    let golden = Golden::read("keras_layers");
    let mut report = Report::default();
    for case in cases(&golden, "layer") {
        let outcome = run_case(&golden, &case, &mut report);
        report.result(name(&case), outcome);
    }
    report.finish(1000);
}

fn tensor(shape: &[usize], values: &[f32]) -> Tensor {
    Tensor::from_array(&Array::from_slice(shape, values).unwrap()).unwrap()
}

#[test]
fn bytes_are_rescaled_to_floats() {
    let layer = LayerRef::new(Rescaling::new(1.0 / 255.0)).unwrap();
    build(&layer, &[[2, 2].into()]).unwrap();
    let bytes =
        Tensor::from_array(&Array::from_slice([2, 2], &[0u8, 51, 102, 255]).unwrap()).unwrap();
    let y = layer.call(&mut CallContext::new(false, None), &[bytes]).unwrap().remove(0);
    assert_eq!(y.dtype(), DType::F32);
    let got = y.to_array().unwrap();
    let want = Array::from_slice([2, 2], &[0.0f32, 0.2, 0.4, 1.0]).unwrap();
    assert_eq!(difference(&got, &want, Tolerance::Close { rel: 1e-6, abs: 1e-7 }), None);
}

#[test]
fn global_max_pooling_takes_the_largest_of_each_channel() {
    let layer = LayerRef::new(GlobalMaxPooling2D::new()).unwrap();
    let dims: Dims = [1, 2, 2, 2].into();
    build(&layer, std::slice::from_ref(&dims)).unwrap();
    let x = tensor(&[1, 2, 2, 2], &[1.0, -5.0, 4.0, -2.0, 3.0, -9.0, 0.0, -3.0]);
    let y = layer.call(&mut CallContext::new(false, None), &[x]).unwrap().remove(0);
    assert_eq!(y.to_array().unwrap().to_f64_vec(), [4.0, -2.0]);
    assert_eq!(layer.output_shapes(&[dims]).unwrap()[0].to_string(), "(1, 2)");
}

#[test]
fn dropout_drops_scales_and_repeats_with_its_seed() {
    let n = 20_000;
    let ones = Array::full(DType::F32, [n], 1.0);
    let draw = |seed: u64| {
        let layer = LayerRef::new(Dropout::new(0.3)).unwrap();
        build(&layer, &[[n].into()]).unwrap();
        let mut cx = CallContext::new(true, Some(RandomState::new(seed).unwrap()));
        let x = Tensor::from_array(&ones).unwrap();
        layer.call(&mut cx, &[x]).unwrap().remove(0).to_array().unwrap().to_f64_vec()
    };
    let y = draw(1);
    let kept = y.iter().filter(|&&v| v != 0.0).count() as f64 / n as f64;
    assert!((kept - 0.7).abs() < 0.015, "kept {kept}");
    assert!(y.iter().all(|&v| v == 0.0 || (v - 1.0 / 0.7).abs() < 1e-6));
    assert_eq!(y, draw(1));
    assert_ne!(y, draw(2));

    // A layer's own seed needs no random numbers of the model's, and moves on with each call.
    let layer = LayerRef::new(Dropout::new(0.5).seed(7u64)).unwrap();
    build(&layer, &[[64].into()]).unwrap();
    let x = Tensor::from_array(&Array::full(DType::F32, [64], 1.0)).unwrap();
    let call = || {
        let mut cx = CallContext::new(true, None);
        layer
            .call(&mut cx, std::slice::from_ref(&x))
            .unwrap()
            .remove(0)
            .to_array()
            .unwrap()
            .to_f64_vec()
    };
    assert_ne!(call(), call());
}

#[test]
fn a_frozen_batch_normalization_keeps_its_statistics() {
    let layer = LayerRef::new(BatchNormalization::new()).unwrap();
    build(&layer, &[[4, 2].into()]).unwrap();
    layer.set_trainable(false);
    assert!(layer.trainable_weights().is_empty());
    let before = layer.get_weights().unwrap();
    let x = tensor(&[4, 2], &[1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 9.0]);
    layer.call(&mut CallContext::new(true, None), std::slice::from_ref(&x)).unwrap();
    let bits = |a: &[Array]| a.iter().flat_map(Array::to_f64_vec).collect::<Vec<_>>();
    assert_eq!(bits(&before), bits(&layer.get_weights().unwrap()));
    layer.set_trainable(true);
    layer.call(&mut CallContext::new(true, None), &[x]).unwrap();
    assert_ne!(bits(&before), bits(&layer.get_weights().unwrap()));
}

#[test]
fn regularizers_add_losses_once_for_each_trained_weight() {
    let layer = Dense::new(2)
        .kernel_initializer("ones")
        .kernel_regularizer(seodang_nn::regularizers::L2::new().l2(0.5))
        .activity_regularizer("l1");
    let layer = LayerRef::new(layer).unwrap();
    build(&layer, &[[1, 3].into()]).unwrap();
    let losses = layer.regularization_losses().unwrap();
    assert_eq!(losses.len(), 1);
    assert_eq!(losses[0].item().unwrap(), 3.0);
    let mut cx = CallContext::new(false, None);
    layer.call(&mut cx, &[tensor(&[1, 3], &[1.0, 2.0, 3.0])]).unwrap();
    let activity = cx.take_losses();
    assert!((activity[0].item().unwrap() - 0.12).abs() < 1e-6);
    layer.set_trainable(false);
    assert!(layer.regularization_losses().unwrap().is_empty());
}

#[test]
fn errors_name_the_layer_and_its_options_in_both_languages() {
    let layer = LayerRef::new(Conv2D::new(8, 3).name("first")).unwrap();
    let e = build(&layer, &[[None, Some(28), Some(28)].into()]).unwrap_err();
    let (en, ko) = (e.render(Lang::En), e.render(Lang::Ko));
    assert!(en.starts_with("layer \"first\" (Conv2D): the input has 3 dimensions"), "{en}");
    assert!(en.contains("Conv2D(filters=8, kernel_size=[3,3])"), "{en}");
    assert!(en.contains("expected: 4 dimensions"), "{en}");
    assert!(ko.contains("층 \"first\"") && ko.contains("기대한 것: 배치를 포함해 4차원"), "{ko}");

    let too_small = build(&layer, &[[1, 2, 2, 1].into()]).unwrap_err();
    assert!(too_small.render(Lang::En).contains("the window is larger than the image"));
    let unknown = LayerRef::new(Dense::new(3).activation("sofmax")).unwrap_err();
    assert!(unknown.render(Lang::En).contains("did you mean \"softmax\""), "{unknown}");
    let no_units = LayerRef::new(Dense::new(0)).unwrap_err();
    assert!(no_units.render(Lang::En).contains("\"units\" must be at least 1"));
    let rate = LayerRef::new(Dropout::new(1.5)).unwrap_err();
    assert!(rate.render(Lang::Ko).contains("0과 1 사이"));
    let one = LayerRef::new(Add::new()).unwrap().output_shapes(&[[1, 2].into()]).unwrap_err();
    assert!(one.render(Lang::En).contains("2 or more inputs"), "{one}");
    let initializer = LayerRef::new(Dense::new(3).kernel_initializer("glorot_unform")).unwrap();
    let e = build(&initializer, &[[1, 2].into()]).unwrap_err().render(Lang::En);
    assert!(e.contains("the initial values of \"kernel\"") && e.contains("glorot_uniform"), "{e}");
    let negative = seodang_nn::regularizers::L1::new().l1(-1.0);
    let negative = LayerRef::new(Dense::new(3).kernel_regularizer(negative)).unwrap();
    let e = build(&negative, &[[1, 2].into()]).unwrap_err().render(Lang::En);
    assert!(e.contains("\"l1\" must be a number not below 0"), "{e}");
    let not_built = LayerRef::new(Dense::new(3)).unwrap();
    let e = not_built.call(&mut CallContext::new(false, None), &[tensor(&[1, 2], &[1.0, 2.0])]);
    assert!(e.unwrap_err().render(Lang::En).contains("has no weights yet"));
}

#[test]
fn saved_layers_are_read_in_keras_2_form_and_mistakes_are_named() {
    let read = |text: &str| Choice::<dyn Layer>::from_value(&serde_json::from_str(text).unwrap());
    let old = r#"{"class_name": "Dense", "config": {"name": "d", "units": 3, "activation": "relu",
        "dtype": "float32", "batch_input_shape": [null, 4],
        "kernel_initializer": {"class_name": "GlorotUniform", "config": {"seed": null, "dtype": "float32"}}}}"#;
    let layer = LayerRef::new(read(old).unwrap()).unwrap();
    assert_eq!((layer.name(), layer.class_name()), ("d", "Dense"));
    let fails = |text: &str, says: &str| {
        let e = read(text).unwrap_err().render(Lang::En);
        assert!(e.contains(says), "{e}");
    };
    fails(r#"{"class_name": "Dens", "config": {}}"#, "did you mean \"Dense\"");
    fails(r#"{"class_name": "Dense", "config": {"unit": 3}}"#, "there is no option named \"unit\"");
    fails(r#"{"class_name": "Dense", "config": {}}"#, "the option \"units\" is missing");
    fails(r#"{"class_name": "Dense", "config": {"units": "many"}}"#, "units = \"many\"");
    fails(
        r#"{"class_name": "Dense", "config": {"units": 3, "kernel_regularizer": "l3"}}"#,
        "regularizer named \"l3\"",
    );
    fails(r#"{"config": {}}"#, "no \"class_name\"");
    fails("3", "expected a name or a saved object");
}

/// A layer at training, with random numbers of a seed.
fn train(layer: LayerRef, x: &Tensor, seed: u64) -> Array {
    build(&layer, &[x.shape().into()]).unwrap();
    let mut cx = CallContext::new(true, Some(RandomState::new(seed).unwrap()));
    let y = layer.call(&mut cx, std::slice::from_ref(x)).unwrap().remove(0);
    assert_eq!(layer.output_shapes(&[x.shape().into()]).unwrap()[0], Dims::from(y.shape()));
    y.to_array().unwrap()
}

/// One 3 by 3 image that holds 1 to 9.
fn nine() -> Tensor {
    tensor(&[1, 3, 3, 1], &[1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 8.0, 9.0])
}

fn close(got: &Array, want: &[f32]) {
    let want = Array::from_slice(got.shape().clone(), want).unwrap();
    assert_eq!(difference(got, &want, Tolerance::Close { rel: 1e-5, abs: 1e-5 }), None);
}

#[test]
fn images_are_turned_zoomed_and_moved_as_said() {
    let quarter = RandomRotation::new((0.25, 0.25));
    let turned = train(quarter.into(), &nine(), 1);
    close(&turned, &[3.0, 6.0, 9.0, 2.0, 5.0, 8.0, 1.0, 4.0, 7.0]);
    let moved = |mode| {
        let layer = RandomTranslation::new((1.0 / 3.0, 1.0 / 3.0), 0.0).fill_mode(mode);
        train(layer.fill_value(-1.0).into(), &nine(), 1)
    };
    close(&moved(FillMode::Constant), &[-1.0, -1.0, -1.0, 1.0, 2.0, 3.0, 4.0, 5.0, 6.0]);
    close(&moved(FillMode::Wrap), &[7.0, 8.0, 9.0, 1.0, 2.0, 3.0, 4.0, 5.0, 6.0]);
    close(&moved(FillMode::Reflect), &[1.0, 2.0, 3.0, 1.0, 2.0, 3.0, 4.0, 5.0, 6.0]);
    close(&moved(FillMode::Nearest), &[1.0, 2.0, 3.0, 1.0, 2.0, 3.0, 4.0, 5.0, 6.0]);
    let zoomed = train(RandomZoom::new((-0.5, -0.5)).into(), &nine(), 1);
    close(&zoomed, &[3.0, 3.5, 4.0, 4.5, 5.0, 5.5, 6.0, 6.5, 7.0]);
}

#[test]
fn images_are_mirrored_one_by_one_and_their_colours_changed() {
    let x = Tensor::concat(&vec![nine(); 64], 0).unwrap();
    let mirrored = train(RandomFlip::new().mode(FlipMode::Horizontal).into(), &x, 1);
    let first: Vec<f64> = mirrored.to_f64_vec().chunks(9).map(|i| i[0]).collect();
    let turned = first.iter().filter(|&&v| v == 3.0).count();
    assert!((16..48).contains(&turned) && first.iter().all(|&v| v == 1.0 || v == 3.0));
    let bright = RandomBrightness::new((0.5, 0.5)).value_range((0.0, 10.0));
    close(&train(bright.into(), &nine(), 1), &[6.0, 7.0, 8.0, 9.0, 10.0, 10.0, 10.0, 10.0, 10.0]);
    let contrast = RandomContrast::new((-0.0, 1.0)).value_range((0.0, 255.0));
    let changed = train(contrast.into(), &x, 1).to_f64_vec();
    let factors: Vec<f64> = changed.chunks(9).map(|i| i[5] - 5.0).collect();
    assert!(factors.iter().all(|f| (1.0..=2.0).contains(f)) && factors[0] != factors[1]);
    // One image without a batch, and nothing changes outside of training.
    let one = tensor(&[3, 3, 1], &[1.0; 9]);
    assert_eq!(train(RandomFlip::new().into(), &one, 1).shape().dims(), [3, 3, 1]);
}

#[test]
fn categories_become_vectors() {
    let layer = |mode| LayerRef::new(CategoryEncoding::new(4usize).output_mode(mode)).unwrap();
    let x = Tensor::new([2, 3], vec![0i32, 1, 1, 3, 3, 3]).unwrap();
    let encode = |mode, inputs: &[Tensor]| {
        let layer = layer(mode);
        let shapes: Vec<Dims> = inputs.iter().map(|x| x.shape().into()).collect();
        build(&layer, &shapes).unwrap();
        let y = layer.call(&mut CallContext::new(false, None), inputs).unwrap().remove(0);
        assert_eq!(layer.output_shapes(&shapes).unwrap()[0], Dims::from(y.shape()));
        y.to_array().unwrap().to_f64_vec()
    };
    let only = std::slice::from_ref(&x);
    assert_eq!(encode(OutputMode::MultiHot, only), [1.0, 1.0, 0.0, 0.0, 0.0, 0.0, 0.0, 1.0]);
    assert_eq!(encode(OutputMode::Count, only), [1.0, 2.0, 0.0, 0.0, 0.0, 0.0, 0.0, 3.0]);
    let weights = tensor(&[2, 3], &[0.5, 1.0, 1.0, 2.0, 0.0, 0.0]);
    let weighted = encode(OutputMode::Count, &[x.clone(), weights]);
    assert_eq!(weighted, [0.5, 2.0, 0.0, 0.0, 0.0, 0.0, 0.0, 2.0]);
    let column = Tensor::new([2, 1], vec![2i32, 0]).unwrap();
    let one_hot = encode(OutputMode::OneHot, std::slice::from_ref(&column));
    assert_eq!(one_hot, [0.0, 0.0, 1.0, 0.0, 1.0, 0.0, 0.0, 0.0]);
}

#[test]
fn noise_disturbs_only_while_training_and_keeps_the_moments() {
    let n = 40_000;
    let x = Tensor::from_array(&Array::full(DType::F32, [n / 4, 4], 2.0)).unwrap();
    let moments = |y: &Array| {
        let v = y.to_f64_vec();
        let mean = v.iter().sum::<f64>() / v.len() as f64;
        (mean, v.iter().map(|v| (v - mean).powi(2)).sum::<f64>() / v.len() as f64)
    };
    let (mean, variance) = moments(&train(GaussianNoise::new(0.5).into(), &x, 1));
    assert!((mean - 2.0).abs() < 0.02 && (variance - 0.25).abs() < 0.01, "{mean} {variance}");
    let (mean, variance) = moments(&train(GaussianDropout::new(0.2).into(), &x, 1));
    assert!((mean - 2.0).abs() < 0.02 && (variance - 1.0).abs() < 0.04, "{mean} {variance}");
    // Standard normal numbers stay standard.
    let z = RandomState::new(5).unwrap().normal(DType::F32, [n]).unwrap();
    let (mean, variance) = moments(&train(AlphaDropout::new(0.3).into(), &z, 1));
    assert!(mean.abs() < 0.03 && (variance - 1.0).abs() < 0.04, "{mean} {variance}");
    let x = Tensor::from_array(&Array::full(DType::F32, [2, 5, 50], 1.0)).unwrap();
    let y = train(SpatialDropout1D::new(0.5).into(), &x, 1).to_f64_vec();
    let whole = (0..100).all(|c| {
        let at = |step: usize| y[(c / 50 * 5 + step) * 50 + c % 50];
        (1..5).all(|step| at(step) == at(0))
    });
    assert!(whole && y.contains(&0.0) && y.contains(&2.0));
}

#[test]
fn null_stands_for_the_default_of_an_option() {
    let read = |text: &str| Choice::<dyn Layer>::from_value(&serde_json::from_str(text).unwrap());
    let config = r#"{"class_name": "Conv2D", "config": {"filters": 2, "kernel_size": 3,
        "data_format": null, "strides": null, "kernel_regularizer": null}}"#;
    let saved = read(config).unwrap().serialize().unwrap();
    assert_eq!(saved["config"]["data_format"], "channels_last");
    let missing = r#"{"class_name": "Conv2D", "config": {"filters": null, "kernel_size": 3}}"#;
    assert!(read(missing).unwrap_err().render(Lang::En).contains("filters"));
    let alpha = r#"{"class_name": "LeakyReLU", "config": {"alpha": 0.1}}"#;
    let saved = read(alpha).unwrap().serialize().unwrap();
    assert_eq!(saved["config"]["negative_slope"], 0.1);
}
