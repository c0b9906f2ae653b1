//! Files of Python's objects, as Rust reads them, and files that were damaged or forged.

use ndarray::{Array2, array};
use seodang_core::{Array, ErrorKind};
use seodang_learn::compose::{self, Pipeline, VotingClassifier, VotingRegressor};
use seodang_learn::impute::SimpleImputer;
use seodang_learn::linear_model::{LinearRegression, LogisticRegression, Ridge};
use seodang_learn::naive_bayes::GaussianNB;
use seodang_learn::preprocessing::{OneHotEncoder, StandardScaler};
use seodang_learn::{Column, Estimator, Fit, Fitted, Table, Value, saving};
use serde_json::{Value as Json, json};
use std::collections::BTreeMap;

fn x() -> Array2<f64> {
    array![[0.0, 1.0], [1.0, 0.5], [2.0, 3.0], [3.0, 2.0], [4.0, 1.5], [5.0, 0.0]]
}

const Y: [&str; 6] = ["a", "a", "a", "b", "b", "b"];

/// A scaler, and a classifier of what it gives.
fn steps() -> [Fitted; 2] {
    let scaler = StandardScaler::new().fit_unlabelled(&x()).unwrap();
    let scaled = scaler.transform(&x()).unwrap();
    let model = (&LogisticRegression::new() as &dyn Estimator)
        .fit(&scaled, Some(&Y.as_slice().into()), None)
        .unwrap();
    [scaler, model]
}

fn record(class: &str, model: usize) -> Json {
    json!({"class": class, "parameters": {}, "model": model, "state": {}})
}

fn tuple(items: Json) -> Json {
    json!({ "tuple": items })
}

fn pipeline_of(steps: Json) -> Json {
    json!({"class": "pipeline.Pipeline", "state": {"steps": steps}})
}

fn read(objects: Vec<Json>, models: &[&Fitted]) -> seodang_core::Result<Fitted> {
    let root = objects.len() - 1;
    let bytes = saving::objects_to_bytes(root, objects, BTreeMap::new(), models).unwrap();
    saving::from_bytes(&bytes)
}

fn whole() -> Vec<Json> {
    let steps = json!([
        tuple(json!(["scale", {"ref": 0}])),
        tuple(json!(["nothing", "passthrough"])),
        tuple(json!(["model", {"ref": 1}])),
    ]);
    vec![
        record("preprocessing.StandardScaler", 0),
        record("linear_model.LogisticRegression", 1),
        pipeline_of(steps),
        json!({"class": "model_selection.GridSearchCV", "state": {"best_estimator_": {"ref": 2}}}),
    ]
}

#[test]
fn pythons_pipelines_and_searches_predict_in_rust() {
    let [scaler, model] = steps();
    let fitted = Pipeline::new()
        .step("scale", StandardScaler::new())
        .step("model", LogisticRegression::new())
        .fit(&x(), Y.as_slice())
        .unwrap();
    for count in [3, 4] {
        let again = read(whole()[..count].to_vec(), &[&scaler, &model]).unwrap();
        assert_eq!(again.predict(&x()).unwrap(), fitted.predict(&x()).unwrap());
        assert_eq!(again.predict_proba(&x()).unwrap(), fitted.predict_proba(&x()).unwrap());
        assert_eq!(again.estimator().methods(), fitted.estimator().methods());
        // As a file of Rust's it is the same.
        let own = saving::from_bytes(&saving::to_bytes(&again).unwrap()).unwrap();
        assert_eq!(own.predict_proba(&x()).unwrap(), fitted.predict_proba(&x()).unwrap());
        let parts = compose::parts(&own).unwrap();
        let names: Vec<_> = parts.iter().map(|p| p.name.as_str()).collect();
        assert_eq!(names, ["scale", "model"]);
        assert_eq!(parts[1].fitted.as_ref().unwrap().classes().len(), 1);
    }
}

#[test]
fn pythons_column_transformers_transform_in_rust() {
    let words = Table::new().with("city", Column::words([Some("b"), None, Some("a")])).unwrap();
    let encoder = (&OneHotEncoder::new().handle_unknown("ignore") as &dyn Estimator)
        .fit_table(&words, None, None)
        .unwrap();
    let scaler = StandardScaler::new().fit_unlabelled(&array![[1.0], [3.0]]).unwrap();
    let objects = vec![
        record("preprocessing.OneHotEncoder", 0),
        record("preprocessing.StandardScaler", 1),
        json!({"strings": [4], "dtype": "object"}),
        json!({"class": "compose.ColumnTransformer", "state": {
            "transformer_weights": null,
            "n_features_in_": 4,
            "feature_names_in_": {"ref": 2},
            "_numbers": {"dict": [
                ["as it is", [3]], ["words", [2]], ["numbers", [0]], ["no", [1]], ["none", []]
            ]},
            "transformers_": [
                tuple(json!(["as it is", "passthrough", ["d"]])),
                tuple(json!(["words", {"ref": 0}, ["city"]])),
                tuple(json!(["numbers", {"ref": 1}, ["size"]])),
                tuple(json!(["no", "drop", ["other"]])),
                tuple(json!(["none", {"ref": 1}, []])),
            ],
        }}),
    ];
    let text = Array::from_vec([14], b"sizeothercityd".to_vec()).unwrap();
    let ends = Array::from_vec([4], vec![4i64, 9, 13, 14]).unwrap();
    let arrays =
        BTreeMap::from([("objects.2".to_string(), text), ("objects.2.ends".to_string(), ends)]);
    let bytes = saving::objects_to_bytes(3, objects, arrays, &[&encoder, &scaler]).unwrap();
    let fitted = saving::from_bytes(&bytes).unwrap();
    let table = Table::new()
        .with("d", Column::Numbers(vec![9.0, 8.0]))
        .and_then(|t| t.with("city", Column::words([Some("a"), Some("stranger")])))
        .and_then(|t| t.with("other", Column::Numbers(vec![0.0, 0.0])))
        .and_then(|t| t.with("size", Column::Numbers(vec![3.0, 2.0])))
        .unwrap();
    let out = fitted.transform(fitted.encode(&table).unwrap()).unwrap();
    let out = out.dense().f64().data.to_vec();
    assert_eq!(out, [9.0, 1.0, 0.0, 0.0, 1.0, 8.0, 0.0, 0.0, 0.0, 0.0]);
    let names = fitted.feature_names_out().unwrap();
    assert_eq!(names[1..], ["words__city_a", "words__city_b", "words__city_nan", "numbers__size"]);
}

#[test]
fn steps_that_number_words_differently_are_refused() {
    let city = |words: &[&str]| {
        Table::new().with("city", Column::words(words.iter().map(|w| Some(*w)))).unwrap()
    };
    let fill = SimpleImputer::new().strategy(Value::from("most_frequent"));
    let fill = (&fill as &dyn Estimator).fit_table(&city(&["a", "a"]), None, None).unwrap();
    let encode = |words: &[&str]| {
        (&OneHotEncoder::new() as &dyn Estimator).fit_table(&city(words), None, None).unwrap()
    };
    let objects = vec![
        record("impute.SimpleImputer", 0),
        record("preprocessing.OneHotEncoder", 1),
        pipeline_of(json!([
            tuple(json!(["fill", {"ref": 0}])),
            tuple(json!(["encode", {"ref": 1}]))
        ])),
    ];
    assert!(read(objects.clone(), &[&fill, &encode(&["a", "a"])]).is_ok());
    let e = read(objects, &[&fill, &encode(&["a", "b"])]).unwrap_err().to_string();
    assert!(e.contains("'encode'") && e.contains("different words"), "{e}");
}

/// A vote of three, of which one was dropped; `more` is what classifiers have beside it.
fn votes(class: &str, names: [&str; 2], weights: Json, more: Json) -> Json {
    let mut state = json!({
        "estimators": [
            tuple(json!([names[0], null])), tuple(json!(["gone", "drop"])), tuple(json!([names[1], null])),
        ],
        "estimators_": [{"ref": 0}, {"ref": 1}],
        "weights": weights,
    });
    state.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    json!({"class": class, "state": state})
}

#[test]
fn pythons_votes_vote_in_rust() {
    // Python's voters learn the numbers of the classes.
    let numbers = Y.map(|y| i64::from(y == "b"));
    let linear = LogisticRegression::new().fit(&x(), numbers.as_slice()).unwrap();
    let bayes = GaussianNB::new().fit(&x(), numbers.as_slice()).unwrap();
    let objects = |voting: &str, weights: Json| {
        let more = json!({"voting": voting, "le_": {"ref": 3}, "classes_": {"ref": 2}});
        vec![
            record("linear_model.LogisticRegression", 0),
            record("naive_bayes.GaussianNB", 1),
            json!({"strings": [2], "dtype": "<U1"}),
            json!({"class": "preprocessing.LabelEncoder", "state": {"classes_": {"ref": 2}}}),
            votes("ensemble.VotingClassifier", ["linear", "bayes"], weights, more),
        ]
    };
    let arrays = || {
        let text = Array::from_vec([2], b"ab".to_vec()).unwrap();
        let ends = Array::from_vec([2], vec![1i64, 2]).unwrap();
        BTreeMap::from([("objects.2".to_string(), text), ("objects.2.ends".to_string(), ends)])
    };
    let read_with = |objects: Vec<Json>| {
        let bytes = saving::objects_to_bytes(4, objects, arrays(), &[&linear, &bayes]).unwrap();
        saving::from_bytes(&bytes)
    };
    let own = VotingClassifier::new()
        .voter("linear", LogisticRegression::new(), 3.0)
        .voter("bayes", GaussianNB::new(), 1.0)
        .fit(&x(), Y.as_slice())
        .unwrap();
    let again = read_with(objects("soft", json!([3, 7.5, 1]))).unwrap();
    for fitted in [&again, &saving::from_bytes(&saving::to_bytes(&again).unwrap()).unwrap()] {
        assert_eq!(fitted.predict_proba(&x()).unwrap(), own.predict_proba(&x()).unwrap());
        assert_eq!(fitted.predict(&x()).unwrap(), own.predict(&x()).unwrap());
    }
    // What counts nothing has no voice.
    let alone = read_with(objects("soft", json!([0, 1, 2]))).unwrap();
    assert_eq!(alone.predict_proba(&x()).unwrap(), bayes.predict_proba(&x()).unwrap());
    let own = VotingClassifier::new()
        .voter("linear", LogisticRegression::new(), 1.0)
        .voter("bayes", GaussianNB::new(), 2.0)
        .hard()
        .fit(&x(), Y.as_slice())
        .unwrap();
    let again = read_with(objects("hard", json!([1, 1, 2]))).unwrap();
    assert_eq!(again.predict(&x()).unwrap(), own.predict(&x()).unwrap());
    assert!(again.predict_proba(&x()).is_err());
    let e = read_with(objects("loud", json!(null))).unwrap_err();
    assert_eq!(e.kind(), ErrorKind::Format, "{e}");
    for weights in [json!([1, 2]), json!({"ref": 4}), json!({"ref": 3}), json!(["a", 1, 2])] {
        let e = read_with(objects("soft", weights)).unwrap_err();
        assert_eq!(e.kind(), ErrorKind::Format, "{e}");
    }
    for (part, object) in [("le_", json!(3)), ("classes_", json!({"ref": 0}))] {
        let mut objects = objects("soft", json!(null));
        match part {
            "le_" => objects[4]["state"]["le_"] = object,
            _ => objects[3]["state"]["classes_"] = object,
        }
        assert_eq!(read_with(objects).unwrap_err().kind(), ErrorKind::Format);
    }

    let y = [1.0, 2.0, 1.5, 4.0, 5.0, 7.0];
    let ridge = Ridge::new().fit(&x(), y.as_slice()).unwrap();
    let line = LinearRegression::new().fit(&x(), y.as_slice()).unwrap();
    let objects = vec![
        record("linear_model.Ridge", 0),
        record("linear_model.LinearRegression", 1),
        votes("ensemble.VotingRegressor", ["ridge", "line"], json!(null), json!({})),
    ];
    let again = read(objects, &[&ridge, &line]).unwrap();
    let own = VotingRegressor::new()
        .voter("ridge", Ridge::new(), 1.0)
        .voter("line", LinearRegression::new(), 1.0)
        .fit(&x(), y.as_slice())
        .unwrap();
    assert_eq!(again.predict(&x()).unwrap(), own.predict(&x()).unwrap());
}

#[test]
fn what_only_python_has_is_named() {
    let [scaler, model] = steps();
    let said = |objects: Vec<Json>| {
        let e = read(objects, &[&scaler, &model]).unwrap_err();
        assert_eq!(e.kind(), ErrorKind::Unsupported, "{e}");
        assert!(e.to_string().contains("seodang.learn.load"), "{e}");
        e.to_string()
    };
    let mut objects = whole();
    objects[0] = json!({"class": "preprocessing.FunctionTransformer", "state": {}});
    let e = said(objects[..3].to_vec());
    assert!(e.contains("'preprocessing.FunctionTransformer' (step 'scale')"), "{e}");
    assert!(e.contains("only in Python"), "{e}");
    let mut objects = whole();
    objects[3] = json!({"class": "ensemble.StackingClassifier", "state": {}});
    assert!(said(objects).contains("'ensemble.StackingClassifier' (the estimator)"));
    let twice = json!([tuple(json!(["a", {"ref": 0}])), tuple(json!(["b", {"ref": 0}]))]);
    let e = said(vec![record("preprocessing.StandardScaler", 0), pipeline_of(twice)]);
    assert!(e.contains("two places"), "{e}");
    said(vec![pipeline_of(json!([]))]);
}

#[test]
fn forged_objects_are_refused() {
    let [scaler, model] = steps();
    let forged: [(usize, Json); 10] = [
        (0, json!(3)),
        (0, json!({})),
        (0, record("preprocessing.StandardScaler", 7)),
        (2, pipeline_of(json!(3))),
        (2, pipeline_of(json!([3]))),
        (2, pipeline_of(json!([[3, {"ref": 0}]]))),
        (2, pipeline_of(json!([["a", {"ref": 2}]]))),
        (2, pipeline_of(json!([["a", {"ref": -1}]]))),
        (3, json!({"class": "model_selection.GridSearchCV", "state": {}})),
        (3, json!({"class": "compose.ColumnTransformer", "state": {"n_features_in_": 1}})),
    ];
    for (at, object) in forged {
        let mut objects = whole();
        objects[at] = object;
        let e = read(objects.clone(), &[&scaler, &model]).unwrap_err();
        assert_eq!(e.kind(), ErrorKind::Format, "{objects:?}: {e}");
    }
    // Pipelines within pipelines, deeper than any stack.
    let mut deep = vec![record("preprocessing.StandardScaler", 0)];
    for i in 0..5000 {
        deep.push(pipeline_of(json!([["a", {"ref": i}]])));
    }
    assert_eq!(read(deep, &[&scaler]).unwrap_err().kind(), ErrorKind::Format);
    // Steps that do not fit each other.
    let wide = StandardScaler::new().fit_unlabelled(&array![[1.0, 2.0, 3.0], [3.0, 2.0, 0.0]]);
    let fitted = read(whole()[..3].to_vec(), &[&wide.unwrap(), &model]).unwrap();
    assert!(fitted.predict(&array![[1.0, 2.0, 3.0]]).is_err());
}

#[test]
fn any_bit_of_a_file_matters() {
    let [scaler, model] = steps();
    let bytes = saving::objects_to_bytes(3, whole(), BTreeMap::new(), &[&scaler, &model]).unwrap();
    for end in 0..bytes.len() {
        assert!(saving::from_bytes(&bytes[..end]).is_err(), "cut at {end}");
    }
    for at in 0..bytes.len() {
        let mut changed = bytes.clone();
        changed[at] ^= 1 << (at % 8);
        assert!(saving::from_bytes(&changed).is_err(), "changed at {at}");
    }
}

#[test]
fn a_newer_version_is_told_from_a_damaged_file() {
    let [scaler, _] = steps();
    let text = String::from_utf8_lossy(&saving::to_bytes(&scaler).unwrap()).into_owned();
    let size = text.find("}}").unwrap();
    assert!(text[..size].contains(r#"\"version\":1"#));
    let mut bytes = saving::to_bytes(&scaler).unwrap();
    let at = bytes.windows(12).position(|w| w == br#"\"version\":1"#.as_slice().get(..12).unwrap());
    bytes[at.unwrap() + 12] = b'7';
    let e = saving::from_bytes(&bytes).unwrap_err();
    assert_eq!(e.kind(), ErrorKind::Unsupported);
    assert!(e.to_string().contains("newer version"), "{e}");
    let folder = std::env::temp_dir().join(format!("seodang-files-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    let path = folder.join("model");
    std::fs::write(&path, &bytes[..bytes.len() - 1]).unwrap();
    let e = Fitted::load(&path).unwrap_err().to_string();
    assert!(e.contains(&path.display().to_string()), "{e}");
    std::fs::remove_dir_all(&folder).unwrap();
}

#[test]
fn a_reader_of_tables_is_a_schema_and_a_note() {
    let [scaler, model] = steps();
    let mut objects = whole()[..2].to_vec();
    objects.push(json!({"class": "TableReader", "state": {
        "columns": [tuple(json!(["age", null])), tuple(json!(["city", ["a", "b"]]))],
        "note": "{\"a\": 1}",
    }}));
    objects.push(pipeline_of(json!([
        tuple(json!(["table", {"ref": 2}])),
        tuple(json!(["scale", {"ref": 0}])),
        tuple(json!(["model", {"ref": 1}])),
    ])));
    let fitted = read(objects.clone(), &[&scaler, &model]).unwrap();
    assert_eq!(fitted.schema().unwrap().names(), ["age", "city"]);
    assert_eq!(fitted.note("table"), Some(&json!({"a": 1})));
    objects[2]["state"]["columns"] = json!([tuple(json!(["age", ["b", "a"]]))]);
    assert_eq!(read(objects, &[&scaler, &model]).unwrap_err().kind(), ErrorKind::Format);
}
