//! Fitted estimators in files.
//!
//! A file is a safetensors file. Its tensors are the arrays that were learned; its metadata has one
//! entry, `seodang`, a JSON object. What every file has:
//!
//! | key | value |
//! |---|---|
//! | `format` | `"seodang.learn"` |
//! | `version` | 1: an estimator of Rust. 2: objects of Python |
//! | `sha256` | of all the rest, tensors in the order of their names |
//!
//! Version 1 describes one estimator, or a pipeline with all its parts:
//!
//! | key | value |
//! |---|---|
//! | `class` | scikit-learn's name of the estimator |
//! | `parameters` | the parameters by name, as `Value::to_json` writes them |
//! | `features` | the number of features |
//! | `names` | the names of the features, if they have any |
//! | `schema` | if it learned from a table: its columns' names, each with its words or null |
//! | `notes` | what whoever fitted it wants to be kept, by name, if there is any |
//! | `outputs` | how many outputs have classes |
//! | `values` | what was learned and is no array |
//!
//! Version 2 holds what Python made of estimators ([`Objects`]):
//!
//! | key | value |
//! |---|---|
//! | `root` | the number of the object that the file is of |
//! | `objects` | a list of objects; each refers only to those before it |
//! | `models` | what Rust learned, each as version 1 describes it; model 3's tensors begin with `models.3/` |
//!
//! [`objects`] says what an object is. Reading a file never runs code from it: it has
//! the names of classes and functions, which are looked up in closed tables. A file that was cut off
//! or changed is refused.

use crate::estimator::Fitted;
use crate::objects;
use crate::record::{Param, Value};
use crate::registry;
use crate::state::{State, Stored};
use crate::table::Schema;
use crate::target::Classes;
use seodang_core::{Array, Error, Result, text};
use seodang_files::tensors;
use serde_json::{Map, Value as Json, json};
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::path::Path;

const FORMAT: &str = "seodang.learn";
/// The version of a file of one estimator of Rust.
const ESTIMATOR: u64 = 1;
/// The version of a file of Python's objects.
const OBJECTS: u64 = 2;

type Arrays = BTreeMap<String, Array>;

/// What Python made of estimators, as a file has it.
#[derive(Debug)]
pub struct Objects {
    /// The number of the object that the file is of.
    pub root: usize,
    /// The objects, as [`objects`] describes them.
    pub objects: Vec<Json>,
    /// Their arrays, by the names that they have for them.
    pub arrays: Arrays,
    /// What Rust learned, by the numbers that objects have for it.
    pub models: Vec<Fitted>,
}

/// What is in a file.
#[derive(Debug)]
pub enum Contents {
    /// An estimator of Rust.
    Estimator(Box<Fitted>),
    /// Objects of Python.
    Objects(Objects),
}

/// Writes a file, whole or not at all.
pub(crate) fn save(fitted: &Fitted, path: &Path) -> Result<()> {
    seodang_files::replace(path, &to_bytes(fitted)?)
}

/// Reads a file.
pub(crate) fn load(path: &Path) -> Result<Fitted> {
    from_bytes(&seodang_files::read(path)?).map_err(|e| e.during(path.display().to_string()))
}

/// The bytes of a file.
///
/// # Errors
/// `Unsupported`, if a parameter is a function or an object of the user's.
pub fn to_bytes(fitted: &Fitted) -> Result<Vec<u8>> {
    let mut arrays = Arrays::new();
    let body = described(fitted, "", &mut arrays)?;
    whole(ESTIMATOR, body, arrays)
}

/// The bytes of a file of Python's objects, of which no array's name begins with `models.`.
///
/// # Errors
/// As [`to_bytes`].
pub fn objects_to_bytes(
    root: usize,
    objects: Vec<Json>,
    mut arrays: BTreeMap<String, Array>,
    models: &[&Fitted],
) -> Result<Vec<u8>> {
    let models = models.iter().enumerate();
    let models = models
        .map(|(i, m)| described(m, &model_prefix(i), &mut arrays).map(Json::Object))
        .collect::<Result<Vec<_>>>()?;
    let mut body = Map::new();
    body.insert("root".into(), root.into());
    body.insert("objects".into(), objects.into());
    body.insert("models".into(), models.into());
    whole(OBJECTS, body, arrays)
}

/// The estimator in the bytes of a file.
///
/// # Errors
/// `Format` for bytes that are no such file, were cut off or changed; `Unsupported` for a file of a
/// newer version, or of what only Python has.
pub fn from_bytes(bytes: &[u8]) -> Result<Fitted> {
    match read(bytes)? {
        Contents::Estimator(fitted) => Ok(*fitted),
        Contents::Objects(all) => objects::fitted(all),
    }
}

/// What is in the bytes of a file.
///
/// # Errors
/// As [`from_bytes`], but what only Python has is no error.
pub fn read(bytes: &[u8]) -> Result<Contents> {
    let file = tensors::read(bytes)?;
    let text = file.header.ok_or_else(|| damaged("seodang"))?;
    let mut header: Json =
        serde_json::from_str(&text).map_err(|e| damaged("seodang").source_error(e))?;
    if header["format"] != FORMAT {
        return Err(damaged("format").given("format", &header["format"]));
    }
    let version = match header["version"].as_u64() {
        Some(version @ (ESTIMATOR | OBJECTS)) => version,
        Some(version) if version > OBJECTS => {
            return Err(Error::unsupported(text!(
                en: "the file was written by a newer version of Seodang",
                ko: "더 새로운 버전의 서당이 쓴 파일입니다"
            ))
            .given("version", version)
            .expected(text!(en: "version {OBJECTS} or before", ko: "{OBJECTS} 이하의 버전")));
        }
        _ => return Err(damaged("version")),
    };
    let written = header.as_object_mut().and_then(|h| h.remove("sha256"));
    let mut arrays: Arrays = file.arrays.into_iter().collect();
    if written != Some(Json::String(digest(&header, &arrays))) {
        return Err(Error::format(text!(
            en: "the file was changed or damaged after it was written: its checksum does not fit",
            ko: "파일이 저장된 뒤 바뀌거나 손상되었습니다. 체크섬이 맞지 않습니다"
        )));
    }
    if version == ESTIMATOR {
        return restored(&header, arrays).map(|f| Contents::Estimator(Box::new(f)));
    }
    let root = header["root"].as_u64().ok_or_else(|| damaged("root"))? as usize;
    let Some(Json::Array(objects)) = header.get_mut("objects").map(Json::take) else {
        return Err(damaged("objects"));
    };
    let models = header["models"].as_array().ok_or_else(|| damaged("models"))?;
    let mut model = |(i, body)| restored(body, taken(&mut arrays, &model_prefix(i)));
    let models = models.iter().enumerate().map(&mut model).collect::<Result<_>>()?;
    Ok(Contents::Objects(Objects { root, objects, arrays, models }))
}

fn model_prefix(i: usize) -> String {
    format!("models.{i}/")
}

/// A header with its checksum, and arrays.
fn whole(version: u64, body: Map<String, Json>, arrays: Arrays) -> Result<Vec<u8>> {
    let mut header = json!({ "format": FORMAT, "version": version });
    if let Json::Object(all) = &mut header {
        all.extend(body);
    }
    header["sha256"] = digest(&header, &arrays).into();
    tensors::write(&header.to_string(), &arrays.into_iter().collect::<Vec<_>>())
}

/// An estimator as version 1 describes it; its arrays come to the others, with a prefix.
fn described(fitted: &Fitted, prefix: &str, arrays: &mut Arrays) -> Result<Map<String, Json>> {
    let mut state = State::default();
    fitted.model.store(&mut state, "")?;
    for (i, classes) in fitted.classes.iter().enumerate() {
        classes.store(&mut state, &classes_name(i))?;
    }
    let mut parameters = Map::new();
    for (name, value) in fitted.estimator.values() {
        let json = value.to_json().map_err(|e| e.during(name))?;
        parameters.insert(name.to_string(), json);
    }
    arrays.extend(state.arrays.into_iter().map(|(name, a)| (format!("{prefix}{name}"), a)));
    let mut body = Map::new();
    let mut put = |key: &str, value: Json| body.insert(key.into(), value);
    put("class", fitted.estimator.class_name().into());
    put("parameters", parameters.into());
    put("features", fitted.features.into());
    put("names", fitted.names.clone().into());
    put("outputs", fitted.classes.len().into());
    put("values", state.values.into_iter().collect::<Map<_, _>>().into());
    if !fitted.notes.is_empty() {
        put("notes", fitted.notes.clone().into());
    }
    if let Some(schema) = &fitted.schema {
        put("schema", schema.to_json());
    }
    Ok(body)
}

/// The estimator that `described` described.
fn restored(body: &Json, arrays: Arrays) -> Result<Fitted> {
    let class = body["class"].as_str().ok_or_else(|| damaged("class"))?;
    let mut estimator = registry::new(class)?;
    let parameters = body["parameters"].as_object().ok_or_else(|| damaged("parameters"))?;
    for (name, json) in parameters {
        estimator.set(name, &Value::from_json(json)?)?;
    }
    let features = body["features"].as_u64().ok_or_else(|| damaged("features"))? as usize;
    let outputs = body["outputs"].as_u64().ok_or_else(|| damaged("outputs"))? as usize;
    let values = body["values"].as_object().ok_or_else(|| damaged("values"))?.clone();
    let mut state = State { arrays, values: values.into_iter().collect() };
    let classes = (0..outputs)
        .map(|i| Classes::restore(&mut state, &classes_name(i)))
        .collect::<Result<_>>()?;
    let model = estimator.restore(&mut state).map_err(|e| e.during(class.to_string()))?;
    let names = Value::from_json(&body["names"])?;
    let names = Vec::<String>::from_value(&names).ok_or_else(|| damaged("names"))?;
    let estimator = model.assembled().unwrap_or(estimator);
    let mut fitted = Fitted::new(estimator, model, classes, features).with_feature_names(names)?;
    if let Some(notes) = body.get("notes") {
        fitted.notes = notes.as_object().ok_or_else(|| damaged("notes"))?.clone();
    }
    match body.get("schema") {
        None => Ok(fitted),
        Some(json) => fitted.with_schema(Schema::from_json(json).ok_or_else(|| damaged("schema"))?),
    }
}

/// What begins with a prefix, which is taken off.
pub(crate) fn taken<T>(all: &mut BTreeMap<String, T>, prefix: &str) -> BTreeMap<String, T> {
    let names: Vec<String> = all.keys().filter(|k| k.starts_with(prefix)).cloned().collect();
    let take = |k: String| Some((k[prefix.len()..].to_string(), all.remove(&k)?));
    names.into_iter().filter_map(take).collect()
}

fn classes_name(output: usize) -> String {
    format!("classes.{output}")
}

fn digest(header: &Json, arrays: &Arrays) -> String {
    let mut hash = Sha256::new();
    hash.update(header.to_string());
    for (name, array) in arrays {
        hash.update(format!("\0{name}\0{}{}\0", array.dtype(), array.shape()));
        hash.update(array.bytes());
    }
    hash.finalize().iter().map(|b| format!("{b:02x}")).collect()
}

pub(crate) fn damaged(part: &str) -> Error {
    Error::format(text!(
        en: "not the file of an estimator, or a damaged one: '{part}'",
        ko: "추정기 파일이 아니거나 손상되었습니다: '{part}'"
    ))
}
