//! A model to and from Keras's files: `.keras`, `.h5` and `.weights.h5`.
//!
//! In the first and the last a variable stands under the path of the object that owns it
//! ([`weights_h5`]); in `.h5` under the layer's name, and is found again by its position.

use super::hdf5::{self, Attribute, Group};
use super::keras_archive::{self, KerasArchive};
use super::{KERAS_VERSION, parse_json, weights_alone, weights_h5};
use crate::layers::{BuildContext, LayerRef, Weight};
use crate::model::Model;
use crate::record::snake_case;
use seodang_core::{Array, DType, Error, Result, text};
use seodang_tensor::Variable;
use serde_json::{Value as Json, json};
use std::collections::{BTreeMap, HashMap, HashSet};
use std::path::Path;

/// Saves a model as a `.keras` file.
pub(super) fn save_archive(path: &Path, model: &Model) -> Result<()> {
    let archive = KerasArchive {
        metadata: json!({ "keras_version": KERAS_VERSION }).to_string(),
        config: model.config()?.to_string(),
        weights: tree(model, true)?,
        assets: BTreeMap::new(),
    };
    keras_archive::write(path, &archive)
}

/// The model of a `.keras` file.
pub(super) fn load_archive(path: &Path) -> Result<Model> {
    let archive = keras_archive::read(path)?;
    let variables = weights_h5::from_tree(&archive.weights);
    let numbers = variables.values().map(Array::size).sum();
    let config = parse_json(&archive.config)?;
    let mut model = BuildContext::with_budget(numbers, || Model::from_config(&config))?;
    take_variables(&model, &variables)?;
    let saved: Vec<Array> = numbered(&variables, "optimizer").into_values().cloned().collect();
    take_optimizer(&mut model, &saved)?;
    Ok(model)
}

/// Saves the weights alone as a `.weights.h5` file.
pub(super) fn save_variables(path: &Path, model: &Model) -> Result<()> {
    seodang_files::replace(path, &hdf5::write(&tree(model, false)?)?)
}

/// Takes the weights of a `.keras` file.
pub(super) fn load_archived_variables(path: &Path, model: &Model) -> Result<()> {
    take_variables(model, &weights_h5::from_tree(&keras_archive::read(path)?.weights))
}

/// Saves a model as an `.h5` file, or its weights alone.
pub(super) fn save_h5(path: &Path, model: &Model, weights_alone: bool) -> Result<()> {
    let mut root = Group::new();
    if weights_alone {
        put_layers(&mut root, model)?;
        return seodang_files::replace(path, &hdf5::write(&root)?);
    }
    let mut config = model.config()?;
    let compiled = config.as_object_mut().and_then(|c| c.remove("compile_config"));
    root.set_text("model_config", config.to_string());
    root.set_text("backend", BACKEND);
    root.set_text("keras_version", KERAS_VERSION);
    put_layers(root.make_group("model_weights")?, model)?;
    if let (Some(training), Some(Json::Object(mut settings))) = (&model.training, compiled) {
        let optimizer = settings.remove("optimizer").unwrap_or_default();
        settings.insert("optimizer_config".into(), optimizer);
        settings.insert("sample_weight_mode".into(), Json::Null);
        root.set_text("training_config", Json::from(settings).to_string());
        let group = root.make_group("optimizer_weights")?;
        let mut names = Vec::new();
        for (i, v) in training.optimizer().variables().iter().enumerate() {
            names.push(format!("variable_{i}"));
            group.insert(&names[i], v.to_array()?)?;
        }
        group.attributes.insert("weight_names".into(), Attribute::Texts(names));
    }
    seodang_files::replace(path, &hdf5::write(&root)?)
}

/// The model of an `.h5` file.
pub(super) fn load_h5(path: &Path) -> Result<Model> {
    let root = hdf5::read(seodang_files::read(path)?)?;
    let config = root.text("model_config").ok_or_else(weights_alone)?;
    let mut config = parse_json(config)?;
    if let Some(Json::Object(mut settings)) =
        root.text("training_config").map(parse_json).transpose()?
    {
        let optimizer = settings.remove("optimizer_config").unwrap_or_default();
        settings.remove("sample_weight_mode");
        settings.insert("optimizer".into(), optimizer);
        config["compile_config"] = settings.into();
    }
    let numbers = root.arrays().iter().map(|(_, a)| a.size()).sum();
    let mut model = BuildContext::with_budget(numbers, || Model::from_config(&config))?;
    let layers = root.group("model_weights").ok_or_else(|| lacks("model_weights"))?;
    take_layers(layers, &model)?;
    if let Some(group) = root.group("optimizer_weights") {
        let saved: Vec<Array> = listed(group, "weight_names")
            .iter()
            .map(|name| group.array(name).cloned().ok_or_else(|| lacks(name)))
            .collect::<Result<_>>()?;
        take_optimizer(&mut model, &saved)?;
    }
    Ok(model)
}

/// Takes the weights of an HDF5 file: a whole model's, or either form of weights alone.
pub(super) fn load_h5_weights(path: &Path, model: &Model) -> Result<()> {
    let root = hdf5::read(seodang_files::read(path)?)?;
    if let Some(layers) = root.group("model_weights") {
        return take_layers(layers, model);
    }
    match root.attributes.contains_key("layer_names") {
        true => take_layers(&root, model),
        false => take_variables(model, &weights_h5::from_tree(&root)),
    }
}

const BACKEND: &str = "tensorflow";

fn lacks(what: &str) -> Error {
    Error::format(text!(en: "the file has no \"{what}\"", ko: "파일에 \"{what}\"이(가) 없습니다"))
}

// ---- By paths ------------------------------------------------------------------------------------

/// An object of a model that has variables, or a name.
struct Place {
    path: String,
    name: Option<String>,
    seed: Option<String>,
    variables: Vec<Variable>,
}

/// Every object of the model, with the path that Keras gives it.
fn places(model: &Model) -> Vec<Place> {
    let mut all = Vec::new();
    walk(model.root(), "", &mut HashSet::new(), &mut all);
    all
}

fn join(path: &str, name: &str) -> String {
    if path.is_empty() { name.to_string() } else { format!("{path}/{name}") }
}

fn walk(layer: &LayerRef, path: &str, seen: &mut HashSet<u64>, all: &mut Vec<Place>) {
    let name = Some(layer.name().to_string());
    let seed = seed_place(layer).map(|place| join(path, place));
    all.push(Place { path: path.to_string(), name, seed, variables: Vec::new() });
    let at = all.len() - 1;
    // The layer's own, trained ones first; those of a part that is no layer here under the part.
    let own = layer.own_weights();
    for w in own.iter().filter(|w| w.trainable).chain(own.iter().filter(|w| !w.trainable)) {
        if !seen.insert(w.variable.id()) {
            continue;
        }
        match w.name.rsplit_once('/') {
            None => all[at].variables.push(w.variable.clone()),
            Some((part, _)) => {
                let path = join(path, attribute_of(part));
                match all[at..].iter_mut().find(|p| p.path == path) {
                    Some(place) => place.variables.push(w.variable.clone()),
                    None => {
                        let variables = vec![w.variable.clone()];
                        all.push(Place { path, name: None, seed: None, variables });
                    }
                }
            }
        }
    }
    let names = layer.layer().sublayer_names();
    let mut counts: HashMap<String, usize> = HashMap::new();
    for (i, inner) in layer.sublayers().iter().enumerate() {
        let name = match names.get(i) {
            Some(name) => (*name).to_string(),
            None => {
                let class = snake_case(inner.class_name());
                let count = counts.entry(class.clone()).or_default();
                *count += 1;
                let numbered = if *count == 1 { class } else { format!("{class}_{}", *count - 1) };
                let list = if layer.class_name() == "StackedRNNCells" { "cells" } else { "layers" };
                join(list, &numbered)
            }
        };
        walk(inner, &join(path, &name), seen, all);
    }
}

/// The attribute in which Keras holds a part of an attention layer.
fn attribute_of(part: &str) -> &str {
    match part {
        "query" => "query_dense",
        "key" => "key_dense",
        "value" => "value_dense",
        "gate" => "gate_dense",
        "attention_output" => "output_dense",
        other => other,
    }
}

/// Where Keras looks, below a layer, for the state of its random numbers, if it has any.
fn seed_place(layer: &LayerRef) -> Option<&'static str> {
    let config = layer.layer().config().ok()?;
    let rates = ["rate", "stddev", "dropout"];
    let used = rates.iter().all(|k| config.get(*k).and_then(Json::as_f64) != Some(0.0));
    let draws = config.contains_key("seed") && (used || layer.layer().as_cell().is_some());
    draws.then_some(match layer.class_name() {
        "MultiHeadAttention" | "GroupedQueryAttention" => "dropout_layer/seed_generator",
        _ => "seed_generator",
    })
}

/// The tree of a model's variables, with the optimizer's if asked for.
fn tree(model: &Model, optimizer: bool) -> Result<Group> {
    let places = places(model);
    let mut variables = Vec::new();
    for place in &places {
        for (i, v) in place.variables.iter().enumerate() {
            variables.push((format!("{}/vars/{i}", place.path), v.to_array()?));
        }
    }
    // Random states are not kept in files: Keras gets zeros for its own.
    for path in places.iter().filter_map(|p| p.seed.as_ref()) {
        variables.push((format!("{path}/vars/0"), Array::zeros(DType::U32, [2])));
    }
    if let Some(training) = model.training.as_ref().filter(|_| optimizer) {
        for (i, v) in training.optimizer().variables().iter().enumerate() {
            variables.push((format!("optimizer/vars/{i}"), v.to_array()?));
        }
    }
    let names: Vec<(String, String)> =
        places.into_iter().filter_map(|p| Some((p.path, p.name?))).collect();
    weights_h5::to_tree(&variables, &names)
}

/// The arrays at `path/vars/0`, `path/vars/1`, ... by their numbers.
fn numbered<'a>(variables: &'a BTreeMap<String, Array>, path: &str) -> BTreeMap<usize, &'a Array> {
    let prefix = join(path, "vars/");
    let below = variables.range(prefix.clone()..).take_while(|(k, _)| k.starts_with(&prefix));
    below.filter_map(|(k, a)| Some((k[prefix.len()..].parse().ok()?, a))).collect()
}

/// Gives a model's variables the values of a file, all of them or, if one does not fit, none.
fn take_variables(model: &Model, variables: &BTreeMap<String, Array>) -> Result<()> {
    let mut changes = Vec::new();
    for place in places(model).iter().filter(|p| !p.variables.is_empty()) {
        let found = numbered(variables, &place.path);
        if found.len() != place.variables.len() {
            return Err(Error::value(text!(
                en: "the file has {} variables for \"{}\", the model {}", found.len(), place.path,
                    place.variables.len();
                ko: "\"{}\"의 변수가 파일에는 {}개, 모델에는 {}개입니다", place.path, found.len(),
                    place.variables.len()
            )));
        }
        for (i, v) in place.variables.iter().enumerate() {
            let name = || format!("{}/vars/{i}", place.path);
            let array = found.get(&i).ok_or_else(|| lacks(&name()))?;
            changes.push((v.clone(), fitting(v, array, &name())?));
        }
    }
    changes.into_iter().try_for_each(|(v, a)| v.set_array(&a))
}

/// An array for a variable, in the variable's element type.
fn fitting(variable: &Variable, array: &Array, name: &str) -> Result<Array> {
    if variable.shape() != array.shape() {
        return Err(Error::shape(text!(
            en: "the weight \"{name}\" of the file has another shape",
            ko: "파일의 가중치 \"{name}\"의 모양이 다릅니다"
        ))
        .given("file", array)
        .expected(variable.shape().to_string()));
    }
    Ok(array.convert(variable.dtype()))
}

/// Gives the optimizer the state of a file. As in Keras, one that keeps other variables than the
/// file's begins anew.
fn take_optimizer(model: &mut Model, saved: &[Array]) -> Result<()> {
    let weights = model.trainable_weights();
    let Some(training) = &mut model.training else { return Ok(()) };
    if saved.len() > training.optimizer().variables().len() {
        training.build_optimizer(&weights)?;
    }
    let own = training.optimizer().variables();
    let fits = |(v, a): (&Variable, &Array)| v.shape() == a.shape();
    if own.len() != saved.len() || !own.iter().zip(saved).all(fits) {
        return Ok(());
    }
    own.iter().zip(saved).try_for_each(|(v, a)| v.set_array(&a.convert(v.dtype())))
}

// ---- By layers -----------------------------------------------------------------------------------

/// A layer's weights in the order of `.h5` files: those that training changes, then the others.
fn ordered(layer: &LayerRef) -> Vec<Weight> {
    let (mut all, fixed): (Vec<Weight>, Vec<Weight>) =
        layer.weights().into_iter().partition(|w| w.variable.trainable());
    all.extend(fixed);
    all
}

fn put_layers(root: &mut Group, model: &Model) -> Result<()> {
    let layers = model.layers();
    let names = layers.iter().map(|l| l.name().to_string()).collect();
    root.attributes.insert("layer_names".into(), Attribute::Texts(names));
    root.set_text("backend", BACKEND);
    root.set_text("keras_version", KERAS_VERSION);
    for layer in &layers {
        let group = root.make_group(layer.name())?;
        let mut names: Vec<String> = Vec::new();
        for (i, w) in ordered(layer).iter().enumerate() {
            let taken = names.contains(&w.path);
            names.push(if taken { format!("{}_{i}", w.path) } else { w.path.clone() });
            group.insert(&names[i], w.variable.to_array()?)?;
        }
        group.attributes.insert("weight_names".into(), Attribute::Texts(names));
    }
    Ok(())
}

fn listed<'a>(group: &'a Group, attribute: &str) -> &'a [String] {
    group.attributes.get(attribute).and_then(Attribute::as_texts).unwrap_or(&[])
}

fn take_layers(root: &Group, model: &Model) -> Result<()> {
    let mut saved = Vec::new();
    for name in listed(root, "layer_names") {
        let group = root.group(name).ok_or_else(|| lacks(name))?;
        let arrays = listed(group, "weight_names")
            .iter()
            .map(|w| group.array(w).ok_or_else(|| lacks(w)))
            .collect::<Result<Vec<_>>>()?;
        if !arrays.is_empty() {
            saved.push((name, arrays));
        }
    }
    let own: Vec<(LayerRef, Vec<Weight>)> = model
        .layers()
        .into_iter()
        .map(|l| (l.clone(), ordered(&l)))
        .filter(|(_, weights)| !weights.is_empty())
        .collect();
    if own.len() != saved.len() {
        return Err(Error::value(text!(
            en: "the file has {} layers with weights, the model {}", saved.len(), own.len();
            ko: "가중치가 있는 층이 파일에는 {}개, 모델에는 {}개입니다", saved.len(), own.len()
        )));
    }
    let mut changes = Vec::new();
    for ((layer, weights), (name, arrays)) in own.iter().zip(saved) {
        if weights.len() != arrays.len() {
            return Err(Error::value(text!(
                en: "the file has {} weights for \"{name}\", the layer \"{}\" {}", arrays.len(),
                    layer.name(), weights.len();
                ko: "\"{name}\"의 가중치가 파일에는 {}개, 층 \"{}\"에는 {}개입니다", arrays.len(),
                    layer.name(), weights.len()
            )));
        }
        for (w, array) in weights.iter().zip(arrays) {
            changes.push((w.variable.clone(), fitting(&w.variable, array, &w.path)?));
        }
    }
    changes.into_iter().try_for_each(|(v, a)| v.set_array(&a))
}
