//! Models to and from Keras's JSON configuration.

use super::network::Network;
use super::{Model, SymbolicTensor, symbolic};
use crate::Dims;
use crate::layers::{CallOptions, LayerRef};
use seodang_core::{Error, Result, text};
use serde_json::{Map, Value as Json, json};
use std::collections::HashMap;

/// An object of a configuration.
type Object = Map<String, Json>;

impl Model {
    /// The model's configuration as Keras 3's `to_json` gives it, with what `compile` was told.
    ///
    /// # Errors
    /// `NotFound`, if an option names something that does not exist.
    pub fn to_json(&self) -> Result<String> {
        Ok(self.config()?.to_string())
    }

    /// The model's configuration as a JSON value.
    ///
    /// # Errors
    /// As [`Model::to_json`].
    pub fn config(&self) -> Result<Json> {
        let mut value = self.root.serialize()?;
        value["config"]["trainable"] = self.root.trainable().into();
        value["compile_config"] = match &self.training {
            Some(training) => training.config()?,
            None => json!({}),
        };
        Ok(value)
    }

    /// The model of a configuration that [`Model::to_json`] or Keras wrote, with new weights, and
    /// compiled if it was.
    ///
    /// ```
    /// use seodang_nn::layers::{Dense, Input};
    /// use seodang_nn::{Model, Sequential};
    ///
    /// let model = Sequential::new().add(Input::new([4])).add(Dense::new(3)).build()?;
    /// let copy = Model::from_json(&model.to_json()?)?;
    /// copy.set_weights(&model.get_weights()?)?;
    /// assert_eq!(copy.to_json()?, model.to_json()?);
    /// # Ok::<(), seodang_core::Error>(())
    /// ```
    ///
    /// # Errors
    /// `Format`, if it is not such a configuration; `NotFound` for an unknown layer, with the nearest
    /// names; `Value` for a wrong option.
    pub fn from_json(json: &str) -> Result<Model> {
        let value: Json = serde_json::from_str(json).map_err(|e| {
            Error::format(text!(
                en: "the model's configuration is not JSON",
                ko: "모델 설정이 JSON이 아닙니다"
            ))
            .source_error(e)
        })?;
        Model::from_config(&value)
    }

    /// As [`Model::from_json`], from a JSON value.
    ///
    /// # Errors
    /// As [`Model::from_json`].
    pub fn from_config(value: &Json) -> Result<Model> {
        let mut model = read_model(value)?;
        match value.get("compile_config") {
            Some(Json::Object(compiled)) if !compiled.is_empty() => {
                model.compile_from_config(compiled)?;
            }
            _ => {}
        }
        Ok(model)
    }
}

fn is_model(class: &str) -> bool {
    matches!(class, "Sequential" | "Functional" | "Model")
}

fn read_model(value: &Json) -> Result<Model> {
    let class = field(value, "class_name")?.as_str().unwrap_or_default();
    let config = object(field(value, "config")?, "config")?;
    let name = config.get("name").and_then(Json::as_str).map(str::to_string);
    let trainable = config.get("trainable").and_then(Json::as_bool).unwrap_or(true);
    let model = match class {
        "Sequential" => read_sequential(name, config),
        "Functional" | "Model" => read_functional(name, trainable, config),
        other => {
            let e = Error::format(text!(
                en: "the configuration is not a model's",
                ko: "모델 설정이 아닙니다"
            ));
            return Err(e.given("class_name", format!("{other:?}")).expected(text!(
                en: "\"Sequential\" or \"Functional\"",
                ko: "\"Sequential\" 또는 \"Functional\""
            )));
        }
    }?;
    if !trainable {
        model.set_trainable(false);
    }
    Ok(model)
}

/// A layer, or a model inside a model.
fn read_layer(value: &Json) -> Result<LayerRef> {
    let class = value.get("class_name").and_then(Json::as_str).unwrap_or_default();
    if is_model(class) { Ok(read_model(value)?.into()) } else { LayerRef::from_value(value) }
}

fn read_sequential(name: Option<String>, config: &Object) -> Result<Model> {
    let listed = list(config.get("layers").unwrap_or(&Json::Null), "layers")?;
    let layers = listed.iter().map(read_layer).collect::<Result<Vec<_>>>()?;
    let model = Model::of(Network::sequential(name, layers)?)?;
    // Keras 2 keeps the shape in the first layer.
    let first = listed.first().and_then(|l| l.pointer("/config/batch_input_shape"));
    let shape = config.get("build_input_shape").filter(|s| s.is_array()).or(first);
    if !model.is_built()
        && let Some(shape @ Json::Array(_)) = shape
    {
        let dims: Dims = serde_json::from_value(shape.clone())
            .map_err(|e| broken("build_input_shape", shape).source_error(e))?;
        model.build_for(&[dims])?;
    }
    Ok(model)
}

/// One call of a layer that waits for the values it needs.
struct Waiting<'a> {
    layer: usize,
    call: &'a Json,
}

fn read_functional(name: Option<String>, trainable: bool, config: &Object) -> Result<Model> {
    let listed = list(config.get("layers").unwrap_or(&Json::Null), "layers")?;
    let mut layers = Vec::with_capacity(listed.len());
    let mut waiting = Vec::new();
    let mut made: HashMap<String, Calls> = HashMap::new();
    for (at, value) in listed.iter().enumerate() {
        let layer = read_layer(value)?;
        // Keras refers to a layer by the name beside its configuration.
        let known = value.get("name").and_then(Json::as_str).unwrap_or(layer.name()).to_string();
        let calls = list(value.get("inbound_nodes").unwrap_or(&Json::Null), "inbound_nodes")?;
        let mut record = Calls::of(&layer);
        if symbolic::is_input(&layer) {
            if let Some(dims) = symbolic::input_dims(&layer)? {
                let mut stream = crate::random::next_stream();
                let mut cx = crate::layers::BuildContext::new("", &mut stream);
                layer.build_in(&mut cx, &[dims])?;
            }
            record.outputs.push(SymbolicTensor::of_call(
                &layer,
                Vec::new(),
                CallOptions::default(),
            )?);
        } else {
            waiting.extend(calls.iter().map(|call| Waiting { layer: at, call }));
        }
        if made.insert(known.clone(), record).is_some() {
            return Err(Error::format(text!(
                en: "two layers of the configuration are named \"{known}\"",
                ko: "설정에 이름이 \"{known}\"인 층이 둘 있습니다"
            )));
        }
        layers.push((known, layer));
    }
    // Calls are made as soon as their inputs are there, each layer's in their order.
    while !waiting.is_empty() {
        let before = waiting.len();
        let mut stuck: Vec<bool> = vec![false; layers.len()];
        let mut left = Vec::new();
        for w in waiting {
            let (known, layer) = &layers[w.layer];
            let call = match stuck[w.layer] {
                true => None,
                false => read_call(w.call, layer.layer().argument_names(), &made)?,
            };
            let Some((inputs, options)) = call else {
                stuck[w.layer] = true;
                left.push(w);
                continue;
            };
            let outputs = layer.apply_with(inputs, options)?;
            if let Some(calls) = made.get_mut(known) {
                calls.outputs.push(outputs);
            }
        }
        waiting = left;
        if waiting.len() == before {
            let name = &layers[waiting[0].layer].0;
            return Err(Error::format(text!(
                en: "the layer \"{name}\" needs a value that no layer of the configuration gives, or its own",
                ko: "층 \"{name}\"에 필요한 값을 설정의 어느 층도 주지 않거나, 자기 자신의 값이 필요합니다"
            )));
        }
    }
    let end = |key: &str| -> Result<Vec<SymbolicTensor>> {
        let value = config.get(key).unwrap_or(&Json::Null);
        ends(value)
            .ok_or_else(|| broken(key, value))?
            .into_iter()
            .map(|(n, i, o)| lookup(&made, n, i, o)?.ok_or_else(|| broken(key, value)))
            .collect()
    };
    Model::functional(name, trainable, end("input_layers")?, end("output_layers")?)
}

/// The values that a layer's calls gave, call by call.
struct Calls {
    outputs: Vec<Vec<SymbolicTensor>>,
    /// Keras counts the calls of a functional model inside another from 1.
    first: usize,
}

impl Calls {
    fn of(layer: &LayerRef) -> Calls {
        Calls { outputs: Vec::new(), first: usize::from(layer.class_name() == "Functional") }
    }
}

/// The value that a layer's call gave, or `None` while the call is not made.
fn lookup(
    made: &HashMap<String, Calls>,
    name: &str,
    call: usize,
    output: usize,
) -> Result<Option<SymbolicTensor>> {
    let calls = made.get(name).ok_or_else(|| {
        let names: Vec<&str> = made.keys().map(String::as_str).collect();
        crate::record::unknown_name(&text!(en: "layer", ko: "층"), name, &names)
    })?;
    let Some(outputs) = call.checked_sub(calls.first).and_then(|c| calls.outputs.get(c)) else {
        return Ok(None);
    };
    match outputs.get(output) {
        Some(t) => Ok(Some(t.clone())),
        None => Err(Error::format(text!(
            en: "the layer \"{name}\" has no output {output}",
            ko: "층 \"{name}\"에는 출력 {output}이(가) 없습니다"
        ))),
    }
}

/// What a call needs and asks for, or `None` while a value is not there.
fn read_call(
    call: &Json,
    names: &[&str],
    made: &HashMap<String, Calls>,
) -> Result<Option<(Vec<SymbolicTensor>, CallOptions)>> {
    let mut found =
        Arguments { names, places: vec![Vec::new(); names.len().max(1)], ..Arguments::default() };
    match call {
        Json::Object(call) => {
            let args = list(call.get("args").unwrap_or(&Json::Null), "args")?;
            for (i, value) in args.iter().enumerate() {
                tensors(value, &mut found.places[i.min(names.len().max(1) - 1)])?;
            }
            if let Some(Json::Object(kwargs)) = call.get("kwargs") {
                found.add(kwargs)?;
            }
        }
        // Keras 2: a list of [layer, call, output, options].
        Json::Array(list) => {
            for (i, entry) in list.iter().enumerate() {
                let place = &mut found.places[i.min(names.len().max(1) - 1)];
                place.push(reference(entry).ok_or_else(|| broken("inbound_nodes", entry))?);
                if let Some(Json::Object(kwargs)) = entry.get(3) {
                    found.add(kwargs)?;
                }
            }
        }
        other => return Err(broken("inbound_nodes", other)),
    }
    let mut inputs = Vec::new();
    for (name, call, output) in found.in_order() {
        match lookup(made, name, call, output)? {
            Some(tensor) => inputs.push(tensor),
            None => return Ok(None),
        }
    }
    Ok(Some((inputs, found.options)))
}

/// Where a value comes from: layer, call, output.
type Reference<'a> = (&'a str, usize, usize);

/// The arguments of a call, by their places.
#[derive(Default)]
struct Arguments<'a, 'n> {
    names: &'n [&'n str],
    places: Vec<Vec<Reference<'a>>>,
    options: CallOptions,
}

impl<'a> Arguments<'a, '_> {
    /// Adds arguments that are given by name.
    fn add(&mut self, kwargs: &'a Object) -> Result<()> {
        for (key, value) in kwargs {
            let place = self.names.iter().position(|n| n == key);
            let place = place.or((key == "inputs" || key == "sequences").then_some(0));
            match (place, value) {
                (_, Json::Null) => {}
                (Some(place), value) => tensors(value, &mut self.places[place])?,
                (None, Json::Bool(asked)) if self.options.set(key, *asked) => {}
                (None, value) if harmless(value) => {}
                _ => {
                    return Err(Error::unsupported(text!(
                        en: "a layer is called with the option \"{key}\", which is not supported",
                        ko: "층 호출의 옵션 \"{key}\"은(는) 지원하지 않습니다"
                    ))
                    .given(key, value));
                }
            }
        }
        Ok(())
    }

    /// The values one after another. An argument that is left out before one that is given takes the
    /// value of the one before it, as an attention's key is its value.
    fn in_order(&self) -> Vec<Reference<'a>> {
        let last = self.places.iter().rposition(|p| !p.is_empty()).map_or(0, |i| i + 1);
        let mut all: Vec<Reference<'a>> = Vec::new();
        for place in &self.places[..last] {
            match place.is_empty() {
                true => all.extend(all.last().copied()),
                false => all.extend(place),
            }
        }
        all
    }
}

/// Whether an option of a call may be ignored: models decide on training and masks themselves.
fn harmless(value: &Json) -> bool {
    value.is_null() || value == &Json::Bool(false)
}

/// Collects the references in the arguments of a call: one, or (nested) lists of them.
fn tensors<'a>(value: &'a Json, found: &mut Vec<Reference<'a>>) -> Result<()> {
    match value {
        // Keras 2 names a value in a list of its own.
        Json::Array(list)
            if matches!(list[..], [Json::String(_), Json::Number(_), Json::Number(_)]) =>
        {
            found.extend(reference(value));
            Ok(())
        }
        Json::Array(list) => list.iter().try_for_each(|v| tensors(v, found)),
        Json::Object(object) if object.get("class_name") == Some(&"__keras_tensor__".into()) => {
            let history = value.pointer("/config/keras_history").unwrap_or(&Json::Null);
            found.push(reference(history).ok_or_else(|| broken("keras_history", history))?);
            Ok(())
        }
        other => Err(Error::unsupported(text!(
            en: "a layer is called with an argument that is not a layer's output",
            ko: "층의 출력이 아닌 인자로 층을 호출합니다"
        ))
        .given("argument", other)),
    }
}

/// `[layer, call, output]`.
fn reference(value: &Json) -> Option<Reference<'_>> {
    let list = value.as_array()?;
    let number = |i: usize| usize::try_from(list.get(i)?.as_u64()?).ok();
    Some((list.first()?.as_str()?, number(1)?, number(2)?))
}

/// One reference, or a list of them.
fn ends(value: &Json) -> Option<Vec<(&str, usize, usize)>> {
    match reference(value) {
        Some(one) => Some(vec![one]),
        None => value.as_array()?.iter().map(reference).collect(),
    }
}

fn field<'a>(value: &'a Json, key: &str) -> Result<&'a Json> {
    value.get(key).ok_or_else(|| {
        Error::format(text!(
            en: "the configuration has no \"{key}\"",
            ko: "설정에 \"{key}\"이(가) 없습니다"
        ))
    })
}

fn object<'a>(value: &'a Json, key: &str) -> Result<&'a Object> {
    value.as_object().ok_or_else(|| broken(key, value))
}

fn list<'a>(value: &'a Json, key: &str) -> Result<&'a [Json]> {
    value.as_array().map(Vec::as_slice).ok_or_else(|| broken(key, value))
}

fn broken(key: &str, value: &Json) -> Error {
    let mut shown = value.to_string();
    if let Some((end, _)) = shown.char_indices().nth(80) {
        shown.truncate(end);
        shown.push_str("...");
    }
    Error::format(text!(
        en: "\"{key}\" of the configuration is not what it should be",
        ko: "설정의 \"{key}\"이(가) 올바르지 않습니다"
    ))
    .given(key, shown)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::layers::BuildContext;
    use seodang_testing::golden::Golden;

    /// Every number of a configuration, by its place.
    fn numbers(value: &Json, place: String, found: &mut Vec<String>) {
        match value {
            Json::Number(_) => found.push(place),
            Json::Array(list) => {
                for (i, v) in list.iter().enumerate() {
                    numbers(v, format!("{place}/{i}"), found);
                }
            }
            Json::Object(map) => {
                for (k, v) in map {
                    numbers(v, format!("{place}/{k}"), found);
                }
            }
            _ => {}
        }
    }

    #[test]
    fn no_number_of_a_configuration_makes_it_panic() {
        let golden = Golden::read("keras_training");
        let strange =
            [json!(0), json!(-1), json!(1u64 << 40), json!(u64::MAX), json!(1e300), json!("x")];
        let mut tried = 0;
        for case in golden.cases.iter().filter(|c| c["kind"] == "model" && c["dtype"] == "f32") {
            let mut places = Vec::new();
            numbers(&case["model"], String::new(), &mut places);
            for place in places {
                for number in &strange {
                    let mut model = case["model"].clone();
                    if let Some(v) = model.pointer_mut(&place) {
                        *v = number.clone();
                    }
                    // Whatever it says, it gives a model or an error.
                    let _ = BuildContext::with_budget(100_000, || Model::from_config(&model));
                    tried += 1;
                }
            }
        }
        assert!(tried > 1000, "{tried}");
    }

    #[test]
    fn keras_2_wrote_models_too() {
        let dense = |name: &str, more: Json| {
            let mut config =
                json!({ "name": name, "trainable": true, "dtype": "float32", "units": 3 });
            for (k, v) in more.as_object().into_iter().flatten() {
                config[k] = v.clone();
            }
            json!({ "class_name": "Dense", "config": config })
        };
        let sequential = json!({
            "class_name": "Sequential",
            "config": { "name": "s", "layers": [dense("d", json!({ "batch_input_shape": [null, 4] }))] },
            "keras_version": "2.4.0",
            "backend": "tensorflow",
        });
        assert_eq!(Model::from_config(&sequential).unwrap().count_params(), 15);
        let mut d = dense("d", json!({}));
        (d["name"], d["inbound_nodes"]) = ("d".into(), json!([[["x", 0, 0, {}]]]));
        let input = json!({
            "class_name": "InputLayer",
            "config": { "batch_input_shape": [null, 4], "dtype": "float32", "sparse": false, "ragged": false, "name": "x" },
            "name": "x",
            "inbound_nodes": [],
        });
        let functional = json!({
            "class_name": "Functional",
            "config": { "name": "f", "layers": [input, d], "input_layers": [["x", 0, 0]], "output_layers": [["d", 0, 0]] },
        });
        assert_eq!(Model::from_config(&functional).unwrap().count_params(), 15);
    }
}
