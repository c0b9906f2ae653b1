//! Models and weights in Keras's files: ours come back whole, and Keras's own mean the same here.

use seodang_core::{Array, DType, ErrorKind};
use seodang_nn::layers::*;
use seodang_nn::optimizers::Adam;
use seodang_nn::{Apply, Fit, Model, Sequential, Verbose};
use seodang_testing::Tolerance;
use seodang_testing::compare::difference;
use seodang_testing::golden::{Golden, folder};

fn numbers(shape: &[usize], shift: f64) -> Array {
    Array::from_fn(DType::F32, shape.to_vec(), |i| (i as f64 * 0.37 + shift).sin())
}

fn pictures() -> Model {
    let inner = Sequential::new()
        .name("inner")
        .add(Input::new([6, 6, 2]).name("pictures"))
        .add(Conv2D::new(3, 3).activation("relu").name("첫째"))
        .add(BatchNormalization::new().name("norm"))
        .build()
        .unwrap();
    let x = Input::new([6, 6, 2]).name("x").tensor().unwrap();
    let h = inner.apply(&x).unwrap();
    let h = Flatten::new().name("flat").apply(&h).unwrap();
    let h = Dropout::new(0.2).name("drop").apply(&h).unwrap();
    let y = Dense::new(2).activation("softmax").name("y").apply(&h).unwrap();
    Model::named("pictures_model", [&x], [&y]).unwrap()
}

fn sequences() -> Model {
    let x = Input::new([5, 4]).name("x").tensor().unwrap();
    let both = Bidirectional::new(LSTM::new(3usize).return_sequences(true).name("lstm"));
    let h = both.name("both").apply(&x).unwrap();
    let options = CallOptions { use_causal_mask: true, ..CallOptions::default() };
    let heads = LayerRef::new(MultiHeadAttention::new(2usize, 3usize).name("heads")).unwrap();
    let h = heads.apply_with([&h, &h], options).unwrap().remove(0);
    let h = GRU::new(4usize).name("gru").apply(&h).unwrap();
    let y = Dense::new(2).activation("softmax").name("y").apply(&h).unwrap();
    Model::named("sequences_model", [&x], [&y]).unwrap()
}

fn trained(mut model: Model, x: &Array) -> Model {
    model.compile(Adam::new(0.01), "categorical_crossentropy", ["accuracy"]).unwrap();
    fit(&mut model, x);
    model
}

fn fit(model: &mut Model, x: &Array) {
    let n = x.shape()[0];
    let y = Array::from_fn(DType::F32, [n, 2], |i| f64::from(u8::from((i / 2 + i) % 2 == 0)));
    let options = Fit::new().epochs(2).batch_size(4).shuffle(false).verbose(Verbose::Silent);
    model.fit((x, &y), options).unwrap();
}

#[test]
fn models_come_back_with_their_optimizers() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    for (make, shape) in
        [(pictures as fn() -> Model, vec![8, 6, 6, 2]), (sequences as fn() -> Model, vec![8, 5, 4])]
    {
        let x = numbers(&shape, 0.5);
        let mut model = trained(make(), &x);
        for name in ["m.keras", "m.h5"] {
            let path = folder.join(name);
            model.save(&path).unwrap();
            let mut copy = Model::load(&path).unwrap();
            assert_eq!(copy.predict(&x).unwrap(), model.predict(&x).unwrap(), "{name}");
            assert_eq!(copy.config().unwrap(), model.config().unwrap(), "{name}");
            keep(&model, &x, name);
            // Training goes on as it would have: the optimizer's state is there. (The pictures' model
            // draws random numbers, which files of Keras's do not keep.)
            if shape.len() == 3 {
                let before = model.get_weights().unwrap();
                fit(&mut copy, &x);
                fit(&mut model, &x);
                assert_eq!(copy.get_weights().unwrap(), model.get_weights().unwrap(), "{name}");
                let fresh = make();
                fresh.set_weights(&before).unwrap();
                assert_ne!(copy.get_weights().unwrap(), trained(fresh, &x).get_weights().unwrap());
            }
        }
    }
}

/// Leaves a file for `golden/keras_files.py read`, where a folder is named.
fn keep(model: &Model, x: &Array, name: &str) {
    let Ok(folder) = std::env::var("SEODANG_KEEP_FILES") else { return };
    let model_name = model.name().to_string();
    // Keras itself cannot read MultiHeadAttention from .h5.
    if model_name.starts_with("sequences") && name.ends_with("h5") {
        return;
    }
    let file = format!("{model_name}.{}", name.rsplit('.').next().unwrap());
    let folder = std::path::Path::new(&folder);
    model.save(folder.join(&file)).unwrap();
    let array =
        |a: &Array| serde_json::json!({"shape": a.shape().dims(), "values": a.to_f64_vec()});
    let iterations = model.optimizer().unwrap().iterations().unwrap();
    let case = serde_json::json!({
        "file": file, "iterations": iterations, "input": array(x),
        "output": array(&model.predict(x).unwrap()),
    });
    std::fs::write(folder.join(format!("{file}.json")), case.to_string()).unwrap();
}

#[test]
fn weights_come_back_alone_and_from_whole_models() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    for (make, shape) in
        [(pictures as fn() -> Model, vec![3, 6, 6, 2]), (sequences as fn() -> Model, vec![3, 5, 4])]
    {
        let x = numbers(&shape, 0.1);
        let model = make();
        let want = model.predict(&x).unwrap();
        for name in ["w.weights.h5", "w.h5", "m.keras", "m.h5"] {
            let path = folder.join(name);
            match name.starts_with('w') {
                true => model.save_weights(&path).unwrap(),
                false => model.save(&path).unwrap(),
            }
            let other = make();
            assert_ne!(other.predict(&x).unwrap(), want);
            other.load_weights(&path).unwrap();
            assert_eq!(other.predict(&x).unwrap(), want, "{name}");
        }
        let e = Model::load(folder.join("w.weights.h5")).unwrap_err();
        assert!(e.to_string().contains("load_weights"), "{e}");
        let e = Model::load(folder.join("w.h5")).unwrap_err();
        assert!(e.to_string().contains("load_weights"), "{e}");
    }
    // What does not fit changes nothing.
    let (small, path) = (pictures(), folder.join("w.weights.h5"));
    let before = small.get_weights().unwrap();
    let e = small.load_weights(&path).unwrap_err();
    assert!(e.to_string().contains("variables for"), "{e}");
    assert_eq!(small.get_weights().unwrap(), before);
    let e = small.save_with(folder.join("m.keras"), &[("key", "value")]).unwrap_err();
    assert_eq!(e.kind(), ErrorKind::Unsupported);
}

#[test]
fn files_that_keras_wrote_predict_what_keras_predicted() {
    let golden = Golden::read("keras_files");
    let mut compared = 0;
    for case in &golden.cases {
        let (x, want) = (golden.tensor(&case["input"]), golden.tensor(&case["output"]));
        let close = Tolerance::Close { rel: 1e-5, abs: 1e-6 };
        let mut last = None;
        for file in case["files"].as_array().unwrap() {
            let name = file.as_str().unwrap();
            let path = folder().join("keras_files").join(name);
            let model = match name.contains("weights") {
                false => Model::load(&path).unwrap(),
                true => {
                    let model: Model = last.take().unwrap();
                    let zeros: Vec<Array> = model
                        .get_weights()
                        .unwrap()
                        .iter()
                        .map(|w| Array::zeros(w.dtype(), w.shape().clone()))
                        .collect();
                    model.set_weights(&zeros).unwrap();
                    model.load_weights(&path).unwrap();
                    model
                }
            };
            let got = model.predict(&x).unwrap();
            assert_eq!(difference(&got, &want, close), None, "{name}");
            if !name.contains("weights") {
                let made = model.optimizer().unwrap().iterations().unwrap();
                assert_eq!(Some(made), case["iterations"].as_u64(), "{name}");
            }
            last = Some(model);
            compared += 1;
        }
    }
    assert_eq!(compared, 5, "files compared");
}
