//! Every record of every family: it has a row here, its saved form reads back as itself, its schema
//! says what it takes, and mistakes in it are named.

use schemars::Schema;
use seodang_nn::record::{Entry, Family};
use seodang_nn::{Choice, Record};
use serde_json::{Value, json};
use std::collections::BTreeSet;

use seodang_nn::constraints::Constraint;
use seodang_nn::initializers::Initializer;
use seodang_nn::layers::{Dense, GRUCell, LSTM, LSTMCell, Layer};
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

/// A layer's saved form, as an option of the layer around it.
fn inner(layer: impl Layer) -> Value {
    Choice::<dyn Layer>::known(std::sync::Arc::new(layer)).serialize().unwrap()
}

#[test]
fn layers() {
    check::<dyn Layer>(
        "keras.layers",
        &[
            (
                "CategoryEncoding",
                json!({"num_tokens": 4, "output_mode": "count"}),
                json!({"num_tokens": 0}),
            ),
            ("CenterCrop", json!({"height": 4, "width": 3}), json!({"width": 0})),
            (
                "Attention",
                json!({"use_scale": true, "score_mode": "concat"}),
                json!({"score_mode": "product"}),
            ),
            ("AdditiveAttention", json!({"use_scale": false}), json!({"dropout": 1.5})),
            (
                "MultiHeadAttention",
                json!({"num_heads": 2, "key_dim": 3, "output_shape": [5], "attention_axes": [1]}),
                json!({"num_heads": 0}),
            ),
            (
                "GroupedQueryAttention",
                json!({"head_dim": 3, "num_query_heads": 4, "num_key_value_heads": 2}),
                json!({"num_key_value_heads": 3}),
            ),
            (
                "EinsumDense",
                json!({"equation": "ab,bc->ac", "output_shape": [3]}),
                json!({"equation": "ab"}),
            ),
            (
                "Normalization",
                json!({"mean": 1.0, "variance": [1.0, 2.0]}),
                json!({"variance": null}),
            ),
            ("RandomBrightness", json!({"factor": [-0.5, 0.25]}), json!({"factor": 1.5})),
            ("RandomContrast", json!({"factor": 0.25}), json!({"factor": -0.5})),
            ("RandomFlip", json!({"mode": "horizontal"}), json!({"mode": "sideways"})),
            ("RandomRotation", json!({"factor": 0.25}), json!({"interpolation": "bicubic"})),
            (
                "RandomTranslation",
                json!({"height_factor": 0.25, "width_factor": [0.0, 0.5]}),
                json!({"width_factor": 2.0}),
            ),
            ("RandomZoom", json!({"height_factor": 0.25}), json!({"fill_mode": "black"})),
            (
                "Resizing",
                json!({"height": 4, "width": 3, "interpolation": "nearest"}),
                json!({"height": 0}),
            ),
            ("Activation", json!({"activation": "relu"}), json!({"activation": "rleu"})),
            ("ActivityRegularization", json!({"l1": 0.5}), json!({"l1": -0.5})),
            ("Add", json!({"name": "sum", "trainable": false}), json!({"axis": 1})),
            ("AlphaDropout", json!({"rate": 0.5, "seed": 3}), json!({"rate": 1.5})),
            ("Average", json!({"name": "mean"}), json!({"axis": 1})),
            ("AveragePooling1D", json!({"pool_size": [3]}), json!({"pool_size": 0})),
            ("AveragePooling2D", json!({"pool_size": [3, 2]}), json!({"pool_size": 0})),
            ("AveragePooling3D", json!({"pool_size": [3, 2, 1]}), json!({"pool_size": [1, 2]})),
            ("BatchNormalization", json!({"axis": 1, "momentum": 0.9}), json!({"momentum": 2.0})),
            (
                "Bidirectional",
                json!({"layer": inner(LSTM::new(3usize)), "merge_mode": "sum"}),
                json!({"merge_mode": "add"}),
            ),
            ("Concatenate", json!({"axis": 1}), json!({"axis": "last"})),
            (
                "Conv1D",
                json!({"filters": 4, "kernel_size": [3], "padding": "causal"}),
                json!({"groups": 3}),
            ),
            (
                "Conv1DTranspose",
                json!({"filters": 4, "kernel_size": [3]}),
                json!({"padding": "causal"}),
            ),
            (
                "Conv2D",
                json!({"filters": 4, "kernel_size": [3, 3], "padding": "same"}),
                json!({"padding": "smae"}),
            ),
            (
                "Conv2DTranspose",
                json!({"filters": 4, "kernel_size": [3, 3], "strides": [2, 2], "output_padding": [1, 1]}),
                json!({"output_padding": 2}),
            ),
            (
                "Conv3D",
                json!({"filters": 4, "kernel_size": [3, 3, 1]}),
                json!({"padding": "causal"}),
            ),
            (
                "Conv3DTranspose",
                json!({"filters": 4, "kernel_size": [3, 3, 1]}),
                json!({"filters": 0}),
            ),
            ("Cropping1D", json!({"cropping": [1, 2]}), json!({"cropping": "all"})),
            ("Cropping2D", json!({"cropping": [[1, 2], [3, 4]]}), json!({"cropping": [1, 2, 3]})),
            ("Cropping3D", json!({"cropping": [[1, 2], [3, 4], [0, 0]]}), json!({"cropping": -1})),
            (
                "Dense",
                json!({"units": 3, "activation": "softmax", "use_bias": false}),
                json!({"units": 0}),
            ),
            ("DepthwiseConv1D", json!({"kernel_size": [3]}), json!({"depth_multiplier": 0})),
            (
                "DepthwiseConv2D",
                json!({"kernel_size": [3, 3], "depth_multiplier": 2}),
                json!({"kernel_size": [3, 0]}),
            ),
            ("Dot", json!({"axes": [1, 2], "normalize": true}), json!({"axes": [1, 2, 3]})),
            ("Dropout", json!({"rate": 0.5, "seed": 3}), json!({"rate": 1.5})),
            ("ELU", json!({"alpha": 0.5}), json!({"alpha": "half"})),
            ("Flatten", json!({"data_format": "channels_first"}), json!({"data_format": "last"})),
            ("GaussianDropout", json!({"rate": 0.5}), json!({"rate": -0.5})),
            ("GaussianNoise", json!({"stddev": 0.5}), json!({"stddev": -0.5})),
            ("GlobalAveragePooling1D", json!({"keepdims": true}), json!({"keepdim": true})),
            (
                "Embedding",
                json!({"input_dim": 9, "output_dim": 4, "mask_zero": true}),
                json!({"input_dim": 0}),
            ),
            (
                "GRU",
                json!({"units": 3, "reset_after": false, "go_backwards": true}),
                json!({"dropout": 1.5}),
            ),
            ("GRUCell", json!({"units": 3, "use_bias": false}), json!({"units": 0})),
            ("GlobalAveragePooling2D", json!({"keepdims": true}), json!({"keepdim": true})),
            ("GlobalAveragePooling3D", json!({"keepdims": true}), json!({"keepdim": true})),
            ("GlobalMaxPooling1D", json!({"keepdims": true}), json!({"keepdim": true})),
            ("GlobalMaxPooling2D", json!({"keepdims": true}), json!({"keepdim": true})),
            ("GlobalMaxPooling3D", json!({"keepdims": true}), json!({"keepdim": true})),
            ("GroupNormalization", json!({"groups": 4}), json!({"groups": 0.5})),
            ("Identity", json!({"name": "same"}), json!({"axis": 1})),
            (
                "InputLayer",
                json!({"batch_shape": [null, 4], "dtype": "uint8"}),
                json!({"dtype": "uint9"}),
            ),
            ("LayerNormalization", json!({"axis": [1, 2]}), json!({"axis": "last"})),
            ("LeakyReLU", json!({"negative_slope": 0.1}), json!({"negative_slope": "small"})),
            ("MaxPooling1D", json!({"pool_size": [2], "strides": [1]}), json!({"strides": [0]})),
            (
                "LSTM",
                json!({"units": 3, "activation": "relu", "return_sequences": true, "dropout": 0.5}),
                json!({"recurrent_activation": "sgmoid"}),
            ),
            (
                "LSTMCell",
                json!({"units": 3, "unit_forget_bias": false}),
                json!({"recurrent_dropout": -0.5}),
            ),
            ("Masking", json!({"mask_value": -1.0}), json!({"mask_value": "none"})),
            (
                "MaxPooling2D",
                json!({"pool_size": [2, 2], "strides": [1, 1]}),
                json!({"strides": [0, 1]}),
            ),
            ("MaxPooling3D", json!({"pool_size": [2, 2, 2]}), json!({"padding": "causal"})),
            ("Maximum", json!({"name": "most"}), json!({"axis": 1})),
            ("Minimum", json!({"name": "least"}), json!({"axis": 1})),
            ("Multiply", json!({"name": "product"}), json!({"axis": 1})),
            ("PReLU", json!({"shared_axes": [1, 2]}), json!({"shared_axes": "all"})),
            ("Permute", json!({"dims": [2, 1]}), json!({"dims": [1, 1]})),
            ("RMSNormalization", json!({"axis": 1}), json!({"axes": 1})),
            ("ReLU", json!({"max_value": 6.0}), json!({"threshold": -1.0})),
            ("RepeatVector", json!({"n": 3}), json!({"n": 0})),
            ("Rescaling", json!({"scale": 0.5, "offset": -1.0}), json!({"scale": "half"})),
            ("Reshape", json!({"target_shape": [2, -1]}), json!({"target_shape": [-1, -1]})),
            (
                "SeparableConv1D",
                json!({"filters": 4, "kernel_size": [3], "padding": "causal"}),
                json!({"filters": 0}),
            ),
            (
                "SeparableConv2D",
                json!({"filters": 4, "kernel_size": [3, 3]}),
                json!({"padding": "causal"}),
            ),
            ("Softmax", json!({"axis": 1}), json!({"axis": "last"})),
            ("SpatialDropout1D", json!({"rate": 0.5}), json!({"rate": 1.5})),
            (
                "SpatialDropout2D",
                json!({"rate": 0.5, "data_format": "channels_first"}),
                json!({"rate": 1.5}),
            ),
            ("SpatialDropout3D", json!({"rate": 0.5}), json!({"rate": 1.5})),
            ("Subtract", json!({"name": "difference"}), json!({"axis": 1})),
            ("ThresholdedReLU", json!({"theta": 0.5}), json!({"theta": -1.0})),
            ("UnitNormalization", json!({"axis": [1, 2]}), json!({"axis": "last"})),
            ("UpSampling1D", json!({"size": 3}), json!({"size": 0})),
            (
                "UpSampling2D",
                json!({"size": [2, 3], "interpolation": "bilinear"}),
                json!({"interpolation": "cubical"}),
            ),
            ("UpSampling3D", json!({"size": [2, 3, 1]}), json!({"size": [0, 1, 1]})),
            ("ZeroPadding1D", json!({"padding": [1, 2]}), json!({"padding": "same"})),
            ("ZeroPadding2D", json!({"padding": [[1, 2], [3, 4]]}), json!({"padding": [1, 2, 3]})),
            ("ZeroPadding3D", json!({"padding": [[1, 2], [3, 4], [0, 0]]}), json!({"padding": -1})),
            (
                "RNN",
                json!({"cell": inner(LSTMCell::new(3usize)), "return_state": true}),
                json!({"cell": inner(Dense::new(3usize))}),
            ),
            (
                "SimpleRNN",
                json!({"units": 3, "stateful": true, "return_state": true}),
                json!({"units": 0}),
            ),
            ("SimpleRNNCell", json!({"units": 3, "seed": 5}), json!({"activation": "tahn"})),
            (
                "StackedRNNCells",
                json!({"cells": [inner(GRUCell::new(3usize)), inner(LSTMCell::new(2usize))]}),
                json!({"cells": [3]}),
            ),
            (
                "TimeDistributed",
                json!({"layer": inner(Dense::new(3usize))}),
                json!({"layer": "dence"}),
            ),
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
            (
                "BinaryFocalCrossentropy",
                json!({"gamma": 1.0, "alpha": 0.5}),
                json!({"gamma": "much"}),
            ),
            ("CategoricalCrossentropy", json!({"from_logits": true}), json!({"axis": 0.5})),
            (
                "CategoricalFocalCrossentropy",
                json!({"alpha": [0.5, 0.25]}),
                json!({"alpha": "half"}),
            ),
            ("CategoricalGeneralizedCrossEntropy", json!({"q": 0.25}), json!({"q": 1.5})),
            ("CategoricalHinge", json!({"reduction": "sum"}), json!({"axis": 1})),
            ("CosineSimilarity", json!({"axis": 1}), json!({"axis": "last"})),
            ("Dice", json!({"axis": [1]}), json!({"axis": "last"})),
            ("Hinge", json!({"reduction": "sum"}), json!({"axis": 1})),
            ("Huber", json!({"delta": 0.5, "reduction": "sum"}), json!({"delta": "small"})),
            ("KLDivergence", json!({"name": "kl"}), json!({"axis": 1})),
            ("LogCosh", json!({"name": "lc"}), json!({"axis": 1})),
            ("MeanAbsoluteError", json!({"name": "error"}), json!({"reduction": "product"})),
            (
                "MeanAbsolutePercentageError",
                json!({"name": "error"}),
                json!({"reduction": "product"}),
            ),
            ("MeanSquaredError", json!({"reduction": "none"}), json!({"delta": 1.0})),
            ("MeanSquaredLogarithmicError", json!({"reduction": "none"}), json!({"delta": 1.0})),
            ("Poisson", json!({"reduction": "none"}), json!({"delta": 1.0})),
            (
                "SparseCategoricalCrossentropy",
                json!({"ignore_class": 3}),
                json!({"ignore_class": "3"}),
            ),
            ("SquaredHinge", json!({"reduction": "none"}), json!({"delta": 1.0})),
            ("Tversky", json!({"alpha": 0.25, "beta": 0.75}), json!({"beta": "more"})),
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
            ("BinaryIoU", json!({"target_class_ids": [1]}), json!({"target_class_ids": [2]})),
            ("CategoricalAccuracy", json!({"dtype": "float64"}), json!({"dtype": "float65"})),
            (
                "CategoricalCrossentropy",
                json!({"label_smoothing": 0.1}),
                json!({"label_smoothing": "some"}),
            ),
            ("CategoricalHinge", json!({"name": "h"}), json!({"dtype": 32})),
            ("ConcordanceCorrelation", json!({"axis": 1}), json!({"axis": "last"})),
            ("CosineSimilarity", json!({"axis": 1}), json!({"axis": "last"})),
            ("F1Score", json!({"average": "macro"}), json!({"average": "most"})),
            ("FBetaScore", json!({"beta": 2.0}), json!({"beta": -1.0})),
            ("FalseNegatives", json!({"thresholds": 0.25}), json!({"thresholds": 1.5})),
            ("FalsePositives", json!({"thresholds": [0.25, 0.5]}), json!({"thresholds": 1.5})),
            ("Hinge", json!({"name": "h"}), json!({"dtype": 32})),
            (
                "IoU",
                json!({"num_classes": 3, "target_class_ids": [0, 2]}),
                json!({"target_class_ids": [3]}),
            ),
            ("KLDivergence", json!({"name": "kl"}), json!({"dtype": 32})),
            ("LogCoshError", json!({"name": "lc"}), json!({"dtype": 32})),
            ("Mean", json!({"name": "mean"}), json!({"names": "mean"})),
            ("MeanAbsoluteError", json!({"name": "mae"}), json!({"dtype": 32})),
            ("MeanAbsolutePercentageError", json!({"name": "mape"}), json!({"dtype": 32})),
            ("MeanIoU", json!({"num_classes": 3, "dtype": "float32"}), json!({"num_classes": 0})),
            ("MeanSquaredError", json!({"name": "mse"}), json!({"dtype": 32})),
            ("MeanSquaredLogarithmicError", json!({"name": "msle"}), json!({"dtype": 32})),
            (
                "OneHotIoU",
                json!({"num_classes": 3, "target_class_ids": [0]}),
                json!({"target_class_ids": [5]}),
            ),
            ("OneHotMeanIoU", json!({"num_classes": 3}), json!({"num_classes": -1})),
            ("PearsonCorrelation", json!({"axis": 1}), json!({"axis": "last"})),
            ("Poisson", json!({"name": "p"}), json!({"dtype": 32})),
            ("Precision", json!({"thresholds": [0.2, 0.5]}), json!({"thresholds": 1.5})),
            ("PrecisionAtRecall", json!({"recall": 0.5}), json!({"recall": 1.5})),
            (
                "R2Score",
                json!({"class_aggregation": "variance_weighted_average"}),
                json!({"num_regressors": -1}),
            ),
            ("Recall", json!({"thresholds": 0.3, "class_id": 1}), json!({"class_id": -1})),
            (
                "RecallAtPrecision",
                json!({"precision": 0.5, "num_thresholds": 20}),
                json!({"num_thresholds": 0}),
            ),
            ("RootMeanSquaredError", json!({"name": "rmse"}), json!({"dtype": 32})),
            ("SensitivityAtSpecificity", json!({"specificity": 0.5}), json!({"specificity": -0.5})),
            ("SparseCategoricalAccuracy", json!({"name": "acc"}), json!({"k": 3})),
            (
                "SparseCategoricalCrossentropy",
                json!({"ignore_class": 2}),
                json!({"from_logits": 1}),
            ),
            ("SparseTopKCategoricalAccuracy", json!({"k": 3}), json!({"k": 0.5})),
            (
                "SpecificityAtSensitivity",
                json!({"sensitivity": 0.5, "class_id": 1}),
                json!({"sensitivity": "high"}),
            ),
            ("SquaredHinge", json!({"name": "h"}), json!({"dtype": 32})),
            ("Sum", json!({"name": "all"}), json!({"names": "all"})),
            ("TopKCategoricalAccuracy", json!({"k": 3}), json!({"k": 0.5})),
            ("TrueNegatives", json!({"thresholds": 0.25}), json!({"threshold": 0.5})),
            ("TruePositives", json!({"thresholds": 0.25}), json!({"thresholds": "half"})),
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
            ("Adadelta", json!({"learning_rate": 0.5, "rho": 0.5}), json!({"rho": "slow"})),
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
            ("Adamax", json!({"learning_rate": 0.1, "beta_2": 0.5}), json!({"beta_3": 0.5})),
            (
                "Ftrl",
                json!({"learning_rate": 0.1, "beta": 0.5}),
                json!({"l1_regularization_strength": -1.0}),
            ),
            ("Lamb", json!({"learning_rate": 0.1, "decay": 0.5}), json!({"decay": "fast"})),
            ("Lion", json!({"learning_rate": 0.1, "beta_1": 0.5}), json!({"beta_1": 0.0})),
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
