//! Fitted estimators in files.
//!
//! A file is a safetensors file. Its tensors are the arrays that were learned; its metadata has one
//! entry, `seodang`, a JSON object:
//!
//! | key | value |
//! |---|---|
//! | `format` | `"seodang.learn"` |
//! | `version` | 1 |
//! | `class` | scikit-learn's name of the estimator |
//! | `parameters` | the parameters by name, as `Value::to_json` writes them |
//! | `features` | the number of features |
//! | `names` | the names of the features, if they have any |
//! | `schema` | if it learned from a table: its columns' names, each with its words or null |
//! | `notes` | what whoever fitted it wants to be kept, by name, if there is any |
//! | `outputs` | how many outputs have classes |
//! | `values` | what was learned and is no array |
//! | `sha256` | of all the rest, tensors in the order of their names |
//!
//! Reading one never runs code; a file that was cut off or changed is refused.

use crate::estimator::Fitted;
use crate::record::{Param, Value};
use crate::registry;
use crate::state::{State, Stored};
use crate::table::Schema;
use crate::target::Classes;
use seodang_core::{Array, Error, Result, text};
use seodang_files::tensors;
use serde_json::{Map, Value as Json, json};
use sha2::{Digest, Sha256};
use std::path::Path;

const FORMAT: &str = "seodang.learn";
const VERSION: u64 = 1;

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
    let mut header = json!({
        "format": FORMAT,
        "version": VERSION,
        "class": fitted.estimator.class_name(),
        "parameters": parameters,
        "features": fitted.features,
        "names": fitted.names,
        "outputs": fitted.classes.len(),
        "values": state.values.into_iter().collect::<Map<_, _>>(),
    });
    if !fitted.notes.is_empty() {
        header["notes"] = Json::Object(fitted.notes.clone());
    }
    if let Some(schema) = &fitted.schema {
        header["schema"] = schema.to_json();
    }
    let arrays: Vec<_> = state.arrays.into_iter().collect();
    header["sha256"] = digest(&header, arrays.iter().map(|(n, a)| (n.as_str(), a))).into();
    tensors::write(&header.to_string(), &arrays)
}

/// The estimator in the bytes of a file.
///
/// # Errors
/// `Format` for bytes that are no such file, were cut off or changed; `Unsupported` for a file of a
/// newer version.
pub fn from_bytes(bytes: &[u8]) -> Result<Fitted> {
    let file = tensors::read(bytes)?;
    let text = file.header.ok_or_else(|| damaged("seodang"))?;
    let mut header: Json =
        serde_json::from_str(&text).map_err(|e| damaged("seodang").source_error(e))?;
    if header["format"] != FORMAT {
        return Err(damaged("format").given("format", &header["format"]));
    }
    match header["version"].as_u64() {
        Some(VERSION) => {}
        Some(version) if version > VERSION => {
            return Err(Error::unsupported(text!(
                en: "the file was written by a newer version of Seodang",
                ko: "더 새로운 버전의 서당이 쓴 파일입니다"
            ))
            .given("version", version));
        }
        _ => return Err(damaged("version")),
    }
    let written = header.as_object_mut().and_then(|h| h.remove("sha256"));
    let mut arrays: Vec<_> = file.arrays.into_iter().collect();
    arrays.sort_by(|a, b| a.0.cmp(&b.0));
    let found = digest(&header, arrays.iter().map(|(n, a)| (n.as_str(), a)));
    if written != Some(Json::String(found)) {
        return Err(Error::format(text!(
            en: "the file was changed or damaged after it was written: its checksum does not fit",
            ko: "파일이 저장된 뒤 바뀌거나 손상되었습니다. 체크섬이 맞지 않습니다"
        )));
    }
    let class = header["class"].as_str().ok_or_else(|| damaged("class"))?;
    let mut estimator = registry::new(class)?;
    let parameters = header["parameters"].as_object().ok_or_else(|| damaged("parameters"))?;
    for (name, json) in parameters {
        estimator.set(name, &Value::from_json(json)?)?;
    }
    let features = header["features"].as_u64().ok_or_else(|| damaged("features"))? as usize;
    let outputs = header["outputs"].as_u64().ok_or_else(|| damaged("outputs"))? as usize;
    let values = header["values"].as_object().ok_or_else(|| damaged("values"))?.clone();
    let mut state =
        State { arrays: arrays.into_iter().collect(), values: values.into_iter().collect() };
    let classes = (0..outputs)
        .map(|i| Classes::restore(&mut state, &classes_name(i)))
        .collect::<Result<_>>()?;
    let model = estimator.restore(&mut state).map_err(|e| e.during(class.to_string()))?;
    let names = Value::from_json(&header["names"])?;
    let names = Vec::<String>::from_value(&names).ok_or_else(|| damaged("names"))?;
    let mut fitted = Fitted::new(estimator, model, classes, features).with_feature_names(names)?;
    if let Some(notes) = header.get("notes") {
        fitted.notes = notes.as_object().ok_or_else(|| damaged("notes"))?.clone();
    }
    match header.get("schema") {
        None => Ok(fitted),
        Some(json) => fitted.with_schema(Schema::from_json(json).ok_or_else(|| damaged("schema"))?),
    }
}

fn classes_name(output: usize) -> String {
    format!("classes.{output}")
}

fn digest<'a>(header: &Json, arrays: impl Iterator<Item = (&'a str, &'a Array)>) -> String {
    let mut hash = Sha256::new();
    hash.update(header.to_string());
    for (name, array) in arrays {
        hash.update(format!("\0{name}\0{}{}\0", array.dtype(), array.shape()));
        hash.update(array.bytes());
    }
    hash.finalize().iter().map(|b| format!("{b:02x}")).collect()
}

fn damaged(part: &str) -> Error {
    Error::format(text!(
        en: "not the file of an estimator, or a damaged one: '{part}'",
        ko: "추정기 파일이 아니거나 손상되었습니다: '{part}'"
    ))
}
