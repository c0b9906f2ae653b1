//! Models: graphs, summaries, configurations, files.

use seodang_core::{Array, DType, ErrorKind, Lang};
use seodang_nn::layers::{
    Add, Attention, CallOptions, Dense, Dropout, Flatten, Input, LSTM, LayerRef, MultiHeadAttention,
};
use seodang_nn::{Apply, Model, Predict, Sequential, saving};
use serde_json::Value as Json;
use std::process::Command;

fn message(e: &seodang_core::Error) -> String {
    e.render(Lang::En)
}

fn two_towers() -> Model {
    let a = Input::new([4]).name("a").tensor().unwrap();
    let b = Input::new([4]).name("b").tensor().unwrap();
    let shared = LayerRef::new(Dense::new(5).name("shared")).unwrap();
    let (u, v) = (shared.apply(&a).unwrap(), shared.apply(&b).unwrap());
    let sum = Add::new().name("add").apply([&u, &v]).unwrap();
    Model::named("two_towers", [&a, &b], [&sum]).unwrap()
}

#[test]
fn a_shared_layer_has_one_set_of_weights() {
    let model = two_towers();
    assert_eq!(model.count_params(), 25);
    let paths: Vec<String> = model.weights().iter().map(|w| w.path.clone()).collect();
    assert_eq!(paths, ["shared/kernel", "shared/bias"]);
    let (x, zero) =
        (Array::from_fn(DType::F32, [2, 4], |i| i as f64), Array::zeros(DType::F32, [2, 4]));
    let one = model.predict([&x, &zero]).unwrap();
    let other = model.predict([&zero, &x]).unwrap();
    assert_eq!(one, other);
    let e = model.predict(&x).unwrap_err();
    assert!(message(&e).contains("2 inputs and was given 1"), "{e}");
}

#[test]
fn models_nest_and_can_be_looked_into() {
    let inner = Sequential::new()
        .name("inner")
        .add(Input::new([4]).name("inner_input"))
        .add(Dense::new(3).activation("relu").name("inner_dense"))
        .build()
        .unwrap();
    let x = Input::new([4]).name("x").tensor().unwrap();
    let h = inner.apply(&x).unwrap();
    let y = Dense::new(2).name("y").apply(&h).unwrap();
    let model = Model::named("outer", [&x], [&y]).unwrap();
    let paths: Vec<String> = model.weights().iter().map(|w| w.path.clone()).collect();
    assert_eq!(paths, ["inner/inner_dense/kernel", "inner/inner_dense/bias", "y/kernel", "y/bias"]);
    let copy = Model::from_json(&model.to_json().unwrap()).unwrap();
    copy.set_weights(&model.get_weights().unwrap()).unwrap();
    let data = Array::from_fn(DType::F32, [5, 4], |i| (i as f64).sin());
    assert_eq!(copy.predict(&data).unwrap(), model.predict(&data).unwrap());
    assert_eq!(copy.to_json().unwrap(), model.to_json().unwrap());
    // The inner model alone, and the outer one up to it.
    let inside =
        Model::new(model.inputs().unwrap(), model.layer_outputs("inner").unwrap()).unwrap();
    assert_eq!(inside.predict(&data).unwrap(), inner.predict(&data).unwrap());
    let stacked =
        Sequential::new().add(Input::new([4])).add(inner).add(Dense::new(1)).build().unwrap();
    assert_eq!(stacked.predict(&data).unwrap().shape().dims(), [5, 1]);
    model.set_trainable(false);
    assert!(model.trainable_weights().is_empty());
}

#[test]
fn wrong_graphs_are_errors() {
    let x = Input::new([4]).name("x").tensor().unwrap();
    let other = Input::new([4]).name("other").tensor().unwrap();
    let y = Dense::new(2).name("y").apply(&other).unwrap();
    let e = Model::new([&x], [&y]).unwrap_err();
    assert!(message(&e).contains("\"other\", which is not among its inputs"), "{e}");
    assert!(Model::new([&y], [&y]).is_err());
    assert!(Model::new([&x, &x], [&x]).is_err());
    let a = Dense::new(2).name("same").apply(&x).unwrap();
    let b = Dense::new(2).name("same").apply(&a).unwrap();
    let e = Model::new([&x], [&b]).unwrap_err();
    assert!(message(&e).contains("two layers of the model are named \"same\""), "{e}");
    let e = Add::new().name("sum").apply([&x, &y]).unwrap_err();
    assert!(message(&e).contains("layer \"sum\" (Add)"), "{e}");
    let e = Sequential::new().add(Dense::new(3)).add(Input::new([3])).build().unwrap_err();
    assert!(message(&e).contains("first layer"), "{e}");
}

#[test]
fn a_deep_model_needs_no_deep_stack() {
    let x = Input::new([1]).name("deep").tensor().unwrap();
    let mut h = x.clone();
    for i in 0..3000 {
        h = Dropout::new(0.0).name(format!("d{i}")).apply(&h).unwrap();
    }
    let model = Model::new([&x], [&h]).unwrap();
    assert_eq!(model.layers().len(), 3001);
}

#[test]
fn the_summary_is_that_of_keras() {
    let model = Sequential::new()
        .name("sequential")
        .add(Input::new([64]))
        .add(Dense::new(128).activation("relu").name("dense"))
        .add(Dropout::new(0.2).name("dropout"))
        .add(Dense::new(10).name("dense_1"))
        .build()
        .unwrap();
    let want = "\
Model: \"sequential\"
┏━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━┳━━━━━━━━━━━━━━━━━━━━━━━━━━━━━┳━━━━━━━━━━━━━━━━━┓
┃ Layer (type)                         ┃ Output Shape                ┃         Param # ┃
┡━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━╇━━━━━━━━━━━━━━━━━━━━━━━━━━━━━╇━━━━━━━━━━━━━━━━━┩
│ dense (Dense)                        │ (None, 128)                 │           8,320 │
├──────────────────────────────────────┼─────────────────────────────┼─────────────────┤
│ dropout (Dropout)                    │ (None, 128)                 │               0 │
├──────────────────────────────────────┼─────────────────────────────┼─────────────────┤
│ dense_1 (Dense)                      │ (None, 10)                  │           1,290 │
└──────────────────────────────────────┴─────────────────────────────┴─────────────────┘
 Total params: 9,610 (37.54 KB)
 Trainable params: 9,610 (37.54 KB)
 Non-trainable params: 0 (0.00 B)
";
    assert_eq!(model.summary(), want);
    let want = "\
Model: \"two_towers\"
┏━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━┳━━━━━━━━━━━━━━━━━━━━━━━━━━━┳━━━━━━━━━━━━━━━━━┳━━━━━━━━━━━━━━━━━━━━━━━━━━━━┓
┃ Layer (type)                  ┃ Output Shape              ┃         Param # ┃ Connected to               ┃
┡━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━╇━━━━━━━━━━━━━━━━━━━━━━━━━━━╇━━━━━━━━━━━━━━━━━╇━━━━━━━━━━━━━━━━━━━━━━━━━━━━┩
│ a (InputLayer)                │ (None, 4)                 │               0 │ -                          │
├───────────────────────────────┼───────────────────────────┼─────────────────┼────────────────────────────┤
│ b (InputLayer)                │ (None, 4)                 │               0 │ -                          │
├───────────────────────────────┼───────────────────────────┼─────────────────┼────────────────────────────┤
│ shared (Dense)                │ (None, 5)                 │              25 │ a[0][0], b[0][0]           │
├───────────────────────────────┼───────────────────────────┼─────────────────┼────────────────────────────┤
│ add (Add)                     │ (None, 5)                 │               0 │ shared[0][0], shared[1][0] │
└───────────────────────────────┴───────────────────────────┴─────────────────┴────────────────────────────┘
 Total params: 25 (100.00 B)
 Trainable params: 25 (100.00 B)
 Non-trainable params: 0 (0.00 B)
";
    assert_eq!(two_towers().summary(), want);
}

/// A functional configuration that tests take apart.
fn config() -> Json {
    serde_json::from_str(&two_towers().to_json().unwrap()).unwrap()
}

#[test]
fn wrong_configurations_are_errors() {
    let error = |change: &dyn Fn(&mut Json)| {
        let mut json = config();
        change(&mut json);
        let e = Model::from_config(&json).unwrap_err();
        assert!(!matches!(e.kind(), ErrorKind::Internal), "{e}");
        message(&e)
    };
    assert!(Model::from_config(&config()).is_ok());
    assert_eq!(Model::from_json("{").unwrap_err().kind(), ErrorKind::Format);
    assert_eq!(Model::from_json("[]").unwrap_err().kind(), ErrorKind::Format);
    let e = error(&|j| j["class_name"] = "Dense".into());
    assert!(e.contains("not a model's"), "{e}");
    let e = error(&|j| j["config"]["layers"][2]["class_name"] = "Dens".into());
    assert!(e.contains("did you mean \"Dense\""), "{e}");
    let e = error(&|j| j["config"]["layers"][2]["config"]["units"] = "x".into());
    assert!(e.contains("units"), "{e}");
    let e = error(&|j| j["config"]["layers"] = 3.into());
    assert!(e.contains("\"layers\""), "{e}");
    // A layer that needs its own output.
    let e = error(&|j| {
        let history = "/config/layers/2/inbound_nodes/0/args/0/config/keras_history";
        *j.pointer_mut(history).unwrap() = serde_json::json!(["add", 0, 0]);
    });
    assert!(e.contains("needs a value that no layer"), "{e}");
    let e = error(&|j| {
        let history = "/config/layers/2/inbound_nodes/0/args/0/config/keras_history";
        *j.pointer_mut(history).unwrap() = serde_json::json!(["aa", 0, 0]);
    });
    assert!(e.contains("there is no layer named \"aa\""), "{e}");
    let e = error(&|j| j["config"]["output_layers"] = serde_json::json!(["add", 0, 7]));
    assert!(e.contains("no output 7"), "{e}");
    let e = error(&|j| j["config"]["layers"][2]["inbound_nodes"][0]["kwargs"]["mask"] = 1.into());
    assert!(e.contains("mask"), "{e}");
}

#[test]
fn files_keep_everything_and_damage_is_told() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("model.seodang");
    let mut model = Sequential::new()
        .add(Input::new([2, 2]))
        .add(Flatten::new())
        .add(Dense::new(3).kernel_regularizer("l2"))
        .build()
        .unwrap();
    model.compile("adam", "mse", ["mae"]).unwrap();
    let (x, y) = (Array::full(DType::F32, [8, 2, 2], 0.5), Array::zeros(DType::F32, [8, 3]));
    model.train_on_batch((&x, &y)).unwrap();
    model.save_with(&path, &[("mine", "말")]).unwrap();
    let bytes = std::fs::read(&path).unwrap();
    let saved = saving::read(&bytes).unwrap();
    assert_eq!(saved.metadata("mine"), Some("말"));
    assert!(saved.training_state().unwrap().is_none());
    let mut copy = Model::load(&path).unwrap();
    for _ in 0..3 {
        let logs = [&mut model, &mut copy].map(|m| {
            m.reset_metrics().unwrap();
            m.train_on_batch((&x, &y)).unwrap()
        });
        assert_eq!(logs[0], logs[1]);
    }
    assert_eq!(copy.get_weights().unwrap(), model.get_weights().unwrap());

    let weights = folder.path().join("weights.safetensors");
    model.save_weights(&weights).unwrap();
    let fresh = Model::from_json(&model.to_json().unwrap()).unwrap();
    fresh.load_weights(&weights).unwrap();
    assert_eq!(fresh.get_weights().unwrap(), model.get_weights().unwrap());
    assert!(message(&Model::load(&weights).unwrap_err()).contains("load_weights"));
    let e = two_towers().load_weights(&path).unwrap_err();
    assert_eq!(e.kind(), ErrorKind::Shape, "{e}");

    for end in (0..bytes.len()).step_by(97) {
        std::fs::write(&path, &bytes[..end]).unwrap();
        let e = Model::load(&path).unwrap_err();
        assert!(message(&e).contains("model.seodang") && e.kind() == ErrorKind::Format, "{e}");
    }
    for (name, kind) in [("m.onnx", ErrorKind::Unsupported), ("m", ErrorKind::Value)] {
        assert_eq!(model.save(folder.path().join(name)).unwrap_err().kind(), kind);
    }
    assert_eq!(Model::load(folder.path().join("none.seodang")).unwrap_err().kind(), ErrorKind::Io);
}

#[test]
fn a_file_cannot_ask_for_more_memory_than_it_holds() {
    let model =
        Sequential::new().name("m").add(Input::new([2])).add(Dense::new(3)).build().unwrap();
    let bytes = model.to_bytes().unwrap();
    let text = String::from_utf8_lossy(&bytes);
    assert!(text.contains("\\\"units\\\":3,"));
    // The header keeps its length: units becomes large, and a space is taken elsewhere.
    let at = bytes.windows(12).position(|w| w == b"\\\"units\\\":3,").unwrap();
    let mut hostile = bytes[..at].to_vec();
    hostile.extend(b"\\\"units\\\":30000000000,");
    hostile.extend(&bytes[at + 12..]);
    let header = u64::from_le_bytes(bytes[..8].try_into().unwrap()) + 10;
    hostile[..8].copy_from_slice(&header.to_le_bytes());
    let saved = saving::read(&hostile).unwrap();
    let e = Model::from_saved(&saved).unwrap_err();
    assert!(message(&e).contains("too large"), "{e}");
}

#[test]
fn a_configuration_cannot_ask_for_memory_that_is_not_there() {
    let model = Sequential::new().add(Input::new([2])).add(Dense::new(3)).build().unwrap();
    for units in [1_u64 << 45, u64::MAX >> 1] {
        let mut config = model.config().unwrap();
        config["config"]["layers"][1]["config"]["units"] = units.into();
        let e = Model::from_config(&config).unwrap_err();
        assert!(message(&e).contains("too large"), "{e}");
    }
}

#[test]
fn a_learning_rate_beyond_its_type_is_refused() {
    let mut model = Sequential::new().add(Input::new([2])).add(Dense::new(3)).build().unwrap();
    let e = model.compile(seodang_nn::optimizers::SGD::new(1e300), "mse", [""; 0]).unwrap_err();
    assert_eq!(e.kind(), ErrorKind::Value, "{e}");
    assert!(message(&e).contains("no finite number"), "{e}");
}

/// A limit on the size of files, as on a full disk: the old file stays.
#[cfg(unix)]
#[test]
fn a_full_disk_leaves_the_old_file() {
    const FOLDER: &str = "SEODANG_TEST_FULL_DISK";
    if let Some(folder) = std::env::var_os(FOLDER) {
        // The child, which may not write files over 8 blocks.
        let path = std::path::Path::new(&folder).join("model.seodang");
        let model = Sequential::new().add(Input::new([64])).add(Dense::new(512)).build().unwrap();
        assert_eq!(model.save(path).unwrap_err().kind(), ErrorKind::Io);
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("model.seodang");
    let model = Sequential::new().add(Input::new([1])).add(Dense::new(1)).build().unwrap();
    model.save(&path).unwrap();
    let before = std::fs::read(&path).unwrap();
    let status = Command::new("sh")
        .arg("-c")
        .arg("ulimit -f 8; trap '' XFSZ; exec \"$0\" --exact a_full_disk_leaves_the_old_file")
        .arg(std::env::current_exe().unwrap())
        .env(FOLDER, folder.path())
        .output()
        .unwrap();
    assert!(status.status.success(), "{}", String::from_utf8_lossy(&status.stdout));
    assert_eq!(std::fs::read(&path).unwrap(), before);
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1);
}

#[test]
fn what_a_call_asks_for_and_named_arguments_are_saved() {
    let x = Input::new([4, 6]).name("x").tensor().unwrap();
    let causal = CallOptions { use_causal_mask: true, ..CallOptions::default() };
    let heads = LayerRef::new(MultiHeadAttention::new(2usize, 3usize).name("heads")).unwrap();
    let y = heads.apply_with([&x, &x], causal).unwrap().remove(0);
    let asked = CallOptions { return_attention_scores: true, ..causal };
    let attention = LayerRef::new(Attention::new().name("attention")).unwrap();
    let found = attention.apply_with([&y, &x], asked).unwrap();
    assert_eq!(found[1].dims().to_string(), "(None, 4, 4)");
    let encoder = LayerRef::new(LSTM::new(5usize).return_state(true).name("encoder")).unwrap();
    let states = encoder.apply_all(&found[0]).unwrap();
    let decoder = LayerRef::new(LSTM::new(5usize).name("decoder")).unwrap();
    let z = decoder.apply([&x, &states[1], &states[2]]).unwrap();
    let model = Model::named("sequences", [&x], [&z, &found[1]]).unwrap();

    let json = model.to_json().unwrap();
    let config: Json = serde_json::from_str(&json).unwrap();
    let call = |name: &str| {
        let layers = config["config"]["layers"].as_array().unwrap();
        layers.iter().find(|l| l["name"] == name).unwrap()["inbound_nodes"][0].clone()
    };
    assert_eq!(call("heads")["kwargs"]["use_causal_mask"], true);
    assert!(call("heads")["kwargs"]["value"].is_object());
    assert_eq!(call("decoder")["kwargs"]["initial_state"].as_array().unwrap().len(), 2);
    assert_eq!(call("attention")["args"][0].as_array().unwrap().len(), 2);

    let copy = Model::from_json(&json).unwrap();
    copy.set_weights(&model.get_weights().unwrap()).unwrap();
    let data = Array::from_fn(DType::F32, [2, 4, 6], |i| (i as f64).sin());
    let want = model.predict_with(&data, Predict::new()).unwrap();
    assert_eq!(copy.predict_with(&data, Predict::new()).unwrap(), want);
    assert_eq!(copy.to_json().unwrap(), json);
    // No step sees a later one: the scores above the diagonal are 0.
    let scores = want[1].to_f64_vec();
    assert!(scores[1] == 0.0 && scores[4] > 0.0);

    let e = LayerRef::new(Dense::new(2)).unwrap().apply_with(&x, causal).unwrap_err();
    assert_eq!(e.kind(), ErrorKind::Unsupported);
}
