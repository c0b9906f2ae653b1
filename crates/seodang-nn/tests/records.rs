//! Every record of every family: it has a row here, its saved form reads back as itself, its schema
//! says what it takes, and mistakes in it are named.

use schemars::Schema;
use seodang_nn::record::{Entry, Family};
use seodang_nn::{Choice, Record};
use serde_json::{Value, json};
use std::collections::BTreeSet;

use seodang_nn::constraints::Constraint;
use seodang_nn::initializers::Initializer;
use seodang_nn::layers::Layer;
use seodang_nn::losses::Loss;
use seodang_nn::metrics::Metric;
use seodang_nn::optimizers::Optimizer;
use seodang_nn::regularizers::Regularizer;
use seodang_nn::schedules::Schedule;

/// A row: the class, options to set, and a mistake that must be reported.
type Row = (&'static str, Value, Value);

/// Checks one family against its rows.
fn check<F: Family + ?Sized>(module: &str, rows: &[Row]) {
    let table: BTreeSet<&str> = F::table().iter().map(|e| e.class_name).collect();
    let covered: BTreeSet<&str> = rows.iter().map(|r| r.0).collect();
    assert_eq!(table, covered, "every record of the family needs a row here");
    for (class, options, mistake) in rows {
        let object = json!({"class_name": class, "config": options});
        let choice = Choice::<F>::from_value(&object).unwrap_or_else(|e| panic!("{class}: {e}"));
        let saved = choice.serialize().unwrap_or_else(|e| panic!("{class}: {e}"));
        assert_eq!(saved["module"], module, "{class}");
        assert_eq!(saved["class_name"], *class);
        for (key, value) in options.as_object().unwrap() {
            assert_eq!(&saved["config"][key], value, "{class}.{key}");
        }
        let again = Choice::<F>::from_value(&saved).unwrap().serialize().unwrap();
        assert_eq!(again, saved, "{class}");

        let entry = F::find(class).unwrap();
        check_schema(entry, (entry.schema)(), &saved["config"]);
        if !mistake.is_null() {
            let mut wrong = options.clone();
            let given = mistake.as_object().unwrap();
            wrong.as_object_mut().unwrap().extend(given.clone());
            let object = json!({"class_name": class, "config": wrong});
            let e = Choice::<F>::from_value(&object);
            let e = e.err().unwrap_or_else(|| panic!("{class} took {mistake}")).to_string();
            let named = given.keys().any(|k| e.contains(k.as_str())) && e.contains(class);
            assert!(named, "{class} with {mistake}: {e}");
        }
    }
}

/// The schema describes every option that is saved, in words.
fn check_schema<F: ?Sized>(entry: &Entry<F>, schema: Schema, config: &Value) {
    let class = entry.class_name;
    let empty = serde_json::Map::new();
    let properties = schema.get("properties").and_then(Value::as_object).unwrap_or(&empty);
    for key in config.as_object().unwrap().keys() {
        let property = properties.get(key).unwrap_or_else(|| panic!("{class}.{key} is missing"));
        let described = property.get("description").and_then(Value::as_str);
        assert!(described.is_some_and(|d| d.len() > 5), "{class}.{key} is not described");
    }
    let described = schema.get("description").and_then(Value::as_str).unwrap_or_default();
    assert!(described.contains("Source"), "{class} names no source: {described}");
}

#[test]
fn layers() {
    check::<dyn Layer>(
        "keras.layers",
        &[
            ("Activation", json!({"activation": "relu"}), json!({"activation": "rleu"})),
            ("Add", json!({"name": "sum", "trainable": false}), json!({"axis": 1})),
            ("AveragePooling2D", json!({"pool_size": [3, 2]}), json!({"pool_size": 0})),
            ("BatchNormalization", json!({"axis": 1, "momentum": 0.9}), json!({"momentum": 2.0})),
            ("Concatenate", json!({"axis": 1}), json!({"axis": "last"})),
            (
                "Conv2D",
                json!({"filters": 4, "kernel_size": [3, 3], "padding": "same"}),
                json!({"padding": "smae"}),
            ),
            (
                "Dense",
                json!({"units": 3, "activation": "softmax", "use_bias": false}),
                json!({"units": 0}),
            ),
            ("Dropout", json!({"rate": 0.5, "seed": 3}), json!({"rate": 1.5})),
            ("Flatten", json!({"data_format": "channels_first"}), json!({"data_format": "last"})),
            ("GlobalAveragePooling2D", json!({"keepdims": true}), json!({"keepdim": true})),
            ("GlobalMaxPooling2D", json!({"keepdims": true}), json!({"keepdim": true})),
            (
                "InputLayer",
                json!({"batch_shape": [null, 4], "dtype": "uint8"}),
                json!({"dtype": "uint9"}),
            ),
            (
                "MaxPooling2D",
                json!({"pool_size": [2, 2], "strides": [1, 1]}),
                json!({"strides": [0, 1]}),
            ),
            ("Rescaling", json!({"scale": 0.5, "offset": -1.0}), json!({"scale": "half"})),
            ("Reshape", json!({"target_shape": [2, -1]}), json!({"target_shape": [-1, -1]})),
        ],
    );
}

#[test]
fn losses() {
    check::<dyn Loss>(
        "keras.losses",
        &[
            (
                "BinaryCrossentropy",
                json!({"from_logits": true, "label_smoothing": 0.1}),
                json!({"from_logits": "yes"}),
            ),
            ("CategoricalCrossentropy", json!({"from_logits": true}), json!({"axis": 0.5})),
            ("Huber", json!({"delta": 0.5, "reduction": "sum"}), json!({"delta": "small"})),
            ("MeanAbsoluteError", json!({"name": "error"}), json!({"reduction": "product"})),
            ("MeanSquaredError", json!({"reduction": "none"}), json!({"delta": 1.0})),
            (
                "SparseCategoricalCrossentropy",
                json!({"ignore_class": 3}),
                json!({"ignore_class": "3"}),
            ),
        ],
    );
}

#[test]
fn metrics() {
    check::<dyn Metric>(
        "keras.metrics",
        &[
            ("AUC", json!({"curve": "PR", "num_thresholds": 50}), json!({"num_thresholds": 1})),
            ("Accuracy", json!({"name": "right"}), json!({"threshold": 0.5})),
            ("BinaryAccuracy", json!({"threshold": 0.7}), json!({"threshold": "0.7"})),
            ("BinaryCrossentropy", json!({"from_logits": true}), json!({"from_logit": true})),
            ("CategoricalAccuracy", json!({"dtype": "float64"}), json!({"dtype": "float65"})),
            (
                "CategoricalCrossentropy",
                json!({"label_smoothing": 0.1}),
                json!({"label_smoothing": "some"}),
            ),
            ("Mean", json!({"name": "mean"}), json!({"names": "mean"})),
            ("MeanAbsoluteError", json!({"name": "mae"}), json!({"dtype": 32})),
            ("MeanSquaredError", json!({"name": "mse"}), json!({"dtype": 32})),
            ("Precision", json!({"thresholds": [0.2, 0.5]}), json!({"thresholds": 1.5})),
            ("Recall", json!({"thresholds": 0.3, "class_id": 1}), json!({"class_id": -1})),
            ("RootMeanSquaredError", json!({"name": "rmse"}), json!({"dtype": 32})),
            ("SparseCategoricalAccuracy", json!({"name": "acc"}), json!({"k": 3})),
            (
                "SparseCategoricalCrossentropy",
                json!({"ignore_class": 2}),
                json!({"from_logits": 1}),
            ),
            ("SparseTopKCategoricalAccuracy", json!({"k": 3}), json!({"k": 0.5})),
            ("TopKCategoricalAccuracy", json!({"k": 3}), json!({"k": 0.5})),
        ],
    );
}

#[test]
fn optimizers() {
    let schedule = json!({"class_name": "ExponentialDecay",
        "config": {"initial_learning_rate": 0.1, "decay_steps": 3.0, "decay_rate": 0.0}});
    check::<dyn Optimizer>(
        "keras.optimizers",
        &[
            (
                "Adagrad",
                json!({"learning_rate": 0.1, "epsilon": 1e-3}),
                json!({"epsilon": "small"}),
            ),
            (
                "Adam",
                json!({"learning_rate": 0.1, "amsgrad": true}),
                json!({"learning_rate": "fast"}),
            ),
            (
                "AdamW",
                json!({"learning_rate": 0.1, "weight_decay": 0.1}),
                json!({"weight_decay": "much"}),
            ),
            ("Nadam", json!({"learning_rate": 0.1, "clipnorm": 1.0}), json!({"beta1": 0.9})),
            (
                "RMSprop",
                json!({"learning_rate": 0.1, "centered": true}),
                json!({"learning_rate": schedule_mistake(schedule)}),
            ),
            (
                "SGD",
                json!({"learning_rate": 0.1, "momentum": 0.9, "nesterov": true}),
                json!({"momentum": 1.5}),
            ),
        ],
    );
    // Options that exclude each other, and an old name.
    let both = json!({"class_name": "Adam", "config": {"learning_rate": 0.1, "clipnorm": 1.0, "clipvalue": 1.0}});
    let choice = Choice::<dyn Optimizer>::from_value(&both).unwrap();
    let e = seodang_nn::optimizers::OptimizerRef::new(choice).err().unwrap().to_string();
    assert!(e.contains("only one of"), "{e}");
    let old = json!({"class_name": "Adam", "config": {"lr": 0.25}});
    let saved = Choice::<dyn Optimizer>::from_value(&old).unwrap().serialize().unwrap();
    assert_eq!(saved["config"]["learning_rate"], 0.25);
}

/// A schedule without one of its required options.
fn schedule_mistake(mut schedule: Value) -> Value {
    schedule["config"].as_object_mut().unwrap().remove("decay_steps");
    schedule
}

#[test]
fn schedules() {
    let steps = json!({"initial_learning_rate": 0.1, "decay_steps": 20.0});
    let decay = json!({"initial_learning_rate": 0.1, "decay_steps": 20.0, "decay_rate": 0.9});
    let first = json!({"initial_learning_rate": 0.1, "first_decay_steps": 20.0});
    let zero = json!({"decay_steps": 0});
    check::<dyn Schedule>(
        "keras.optimizers.schedules",
        &[
            ("CosineDecay", steps.clone(), zero.clone()),
            ("CosineDecayRestarts", first, json!({"t_mul": -1.0})),
            ("ExponentialDecay", decay.clone(), zero.clone()),
            ("InverseTimeDecay", decay, zero.clone()),
            (
                "PiecewiseConstantDecay",
                json!({"boundaries": [1.0, 2.0], "values": [3.0, 2.0, 1.0]}),
                json!({"values": [1.0]}),
            ),
            ("PolynomialDecay", steps, zero),
        ],
    );
}

#[test]
fn initializers() {
    let seed = json!({"seed": -1});
    let normal = json!({"mean": 1.0, "stddev": 0.5, "seed": 4});
    let glorot = json!({"seed": 3, "input_axes": [0], "output_axes": [1]});
    check::<dyn Initializer>(
        "keras.initializers",
        &[
            ("Constant", json!({"value": 2.0}), json!({"value": "two"})),
            ("GlorotNormal", glorot.clone(), seed.clone()),
            ("GlorotUniform", glorot.clone(), seed.clone()),
            ("HeNormal", glorot.clone(), seed.clone()),
            ("HeUniform", glorot.clone(), seed.clone()),
            ("Identity", json!({"gain": 2.0}), json!({"gian": 2.0})),
            ("LecunNormal", glorot.clone(), seed.clone()),
            ("LecunUniform", glorot, seed.clone()),
            ("Ones", json!({}), json!({"value": 1.0})),
            ("Orthogonal", json!({"gain": 2.0, "seed": 1}), seed.clone()),
            ("RandomNormal", normal.clone(), seed.clone()),
            ("RandomUniform", json!({"minval": -1.0, "maxval": 1.0}), json!({"minval": "low"})),
            (
                "STFT",
                json!({"side": "imag", "window": "hamming", "periodic": true}),
                json!({"window": "han"}),
            ),
            ("TruncatedNormal", normal, seed),
            (
                "VarianceScaling",
                json!({"scale": 2.0, "mode": "fan_out", "distribution": "uniform"}),
                json!({"scale": 0.0}),
            ),
            ("Zeros", json!({}), json!({"value": 1.0})),
        ],
    );
}

#[test]
fn regularizers() {
    check::<dyn Regularizer>(
        "keras.regularizers",
        &[
            ("L1", json!({"l1": 0.5}), json!({"l1": -0.5})),
            ("L1L2", json!({"l1": 0.5, "l2": 0.25}), json!({"l2": -1.0})),
            ("L2", json!({"l2": 0.5}), json!({"l2": "small"})),
            (
                "OrthogonalRegularizer",
                json!({"factor": 0.5, "mode": "columns"}),
                json!({"mode": "diagonal"}),
            ),
        ],
    );
}

#[test]
fn constraints() {
    check::<dyn Constraint>(
        "keras.constraints",
        &[
            ("MaxNorm", json!({"max_value": 3.0, "axis": 1}), json!({"max_value": "large"})),
            ("MinMaxNorm", json!({"min_value": 0.5, "rate": 0.5}), json!({"rate": "half"})),
            ("NonNeg", json!({}), json!({"axis": 0})),
            ("UnitNorm", json!({"axis": 1}), json!({"axis": 0.5})),
        ],
    );
}

#[test]
fn every_name_of_every_record_finds_it() {
    fn names<F: Family + ?Sized>() {
        let mut seen = BTreeSet::new();
        for entry in F::table() {
            let lower = entry.class_name.to_lowercase();
            for name in entry.aliases.iter().copied().chain([entry.class_name, lower.as_str()]) {
                assert_eq!(F::find(name).unwrap().class_name, entry.class_name, "{name}");
                assert!(seen.insert(name.to_string()) || name == lower, "{name} stands twice");
            }
        }
        let e = F::find("nothing of the kind").err().unwrap();
        assert!(e.to_string().contains("nothing of the kind"));
    }
    names::<dyn Layer>();
    names::<dyn Loss>();
    names::<dyn Metric>();
    names::<dyn Optimizer>();
    names::<dyn Schedule>();
    names::<dyn Initializer>();
    names::<dyn Regularizer>();
    names::<dyn Constraint>();
}

#[test]
fn a_record_describes_itself_in_one_line() {
    let dense = seodang_nn::layers::Dense::new(3).activation("relu").bias_initializer("ones");
    let record: &dyn Record = &dense;
    assert_eq!(record.describe(), "Dense(units=3, activation=\"relu\", bias_initializer=Ones)");
}
