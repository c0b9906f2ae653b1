//! A model as a layer: its graph, built and called like any other layer, so that models nest.

use super::graph::Graph;
use super::symbolic::{SymbolicTensor, input_dims, is_input};
use crate::layers::{
    BuildContext, CallContext, CallOptions, InputLayer, Layer, LayerBase, LayerOptions, LayerRef,
};
use crate::record::{Config, Record};
use crate::{DTypePolicy, Dims};
use seodang_core::{Error, Result, text};
use seodang_tensor::Tensor;
use serde_json::{Value as Json, json};
use std::ops::RangeInclusive;
use std::sync::{Arc, OnceLock};

/// What Keras calls a model.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Kind {
    /// One layer after another; without an input layer its shapes come with the first data.
    Sequential,
    /// Any graph.
    Functional,
}

/// The layer behind a model.
pub(crate) struct Network {
    kind: Kind,
    name: Option<String>,
    trainable: bool,
    /// The layers, input layers included where they were given.
    layers: Vec<LayerRef>,
    graph: OnceLock<Arc<Graph>>,
}

impl Network {
    pub(crate) fn sequential(name: Option<String>, layers: Vec<LayerRef>) -> Result<Network> {
        if let Some(late) = layers.iter().skip(1).find(|l| is_input(l)) {
            return Err(Error::value(text!(
                en: "an Input must be the first layer of a Sequential model",
                ko: "Input은 Sequential 모델의 첫 층이어야 합니다"
            ))
            .given("layer", late.name()));
        }
        for (i, layer) in layers.iter().enumerate() {
            let twice = layers[..i].iter().find(|l| l.name() == layer.name());
            if twice.is_some() {
                return Err(Error::value(text!(
                    en: "two layers of the model are named \"{}\"", layer.name();
                    ko: "모델에 이름이 \"{}\"인 층이 둘 있습니다", layer.name()
                ))
                .hint(text!(
                    en: "give one of them another name; to use a layer twice, use a functional model",
                    ko: "하나의 이름을 바꾸세요. 한 층을 두 번 쓰려면 함수형 모델을 쓰세요"
                )));
            }
        }
        let graph = OnceLock::new();
        Ok(Network { kind: Kind::Sequential, name, trainable: true, layers, graph })
    }

    pub(crate) fn functional(name: Option<String>, graph: Graph) -> Network {
        let layers = graph.layers.clone();
        let graph = OnceLock::from(Arc::new(graph));
        Network { kind: Kind::Functional, name, trainable: true, layers, graph }
    }

    pub(crate) fn trainable(mut self, trainable: bool) -> Network {
        self.trainable = trainable;
        self
    }

    pub(crate) fn kind(&self) -> Kind {
        self.kind
    }

    /// The graph, once the shapes of the inputs are known.
    pub(crate) fn graph(&self) -> Option<&Arc<Graph>> {
        self.graph.get()
    }

    /// The layers, input layers included where they were given.
    pub(crate) fn all_layers(&self) -> &[LayerRef] {
        &self.layers
    }

    /// The shapes of the inputs, if they are known before data comes.
    pub(crate) fn declared_inputs(&self) -> Result<Option<Vec<Dims>>> {
        if let Some(graph) = self.graph.get() {
            return graph
                .inputs
                .iter()
                .map(|v| Ok(graph.symbol(*v)?.dims().clone()))
                .map(Some)
                .map(Option::transpose)
                .collect::<Result<Option<Vec<_>>>>();
        }
        match self.layers.first() {
            Some(first) => Ok(input_dims(first)?.map(|d| vec![d])),
            None => Ok(None),
        }
    }

    /// Makes the chain of a sequential model's layers.
    fn chain(&self, input: &Dims) -> Result<Graph> {
        let mut layers = self.layers.iter().peekable();
        let first = match layers.next_if(|l| is_input(l)) {
            Some(layer) => layer.clone(),
            None => LayerRef::new(InputLayer::new(input.clone()))?,
        };
        let entry = SymbolicTensor::of_call(&first, Vec::new(), CallOptions::default())?.remove(0);
        let mut x = entry.clone();
        for layer in layers {
            let mut outputs = SymbolicTensor::of_call(layer, vec![x], CallOptions::default())?;
            if outputs.len() != 1 {
                return Err(Error::shape(text!(
                    en: "the layers of a Sequential model have one output each; \"{}\" has {}",
                        layer.name(), outputs.len();
                    ko: "Sequential 모델의 층은 출력이 하나여야 합니다. \"{}\"의 출력은 {}개입니다",
                        layer.name(), outputs.len()
                )));
            }
            x = outputs.remove(0);
        }
        Graph::new(&[entry], &[x])
    }

    /// The shapes of every node's outputs for shapes of the model's inputs.
    fn infer(graph: &Graph, inputs: &[Dims]) -> Result<Vec<Vec<Dims>>> {
        let mut all: Vec<Vec<Dims>> = Vec::with_capacity(graph.nodes.len());
        for (at, node) in graph.nodes.iter().enumerate() {
            let layer = &graph.layers[node.layer];
            let entry = graph.inputs.iter().position(|v| v.node == at);
            let given: Vec<Dims> = match entry {
                Some(i) => vec![inputs[i].clone()],
                None => node.inputs.iter().map(|v| all[v.node][v.output].clone()).collect(),
            };
            all.push(layer.output_shapes_with(&given, node.call.options)?);
        }
        Ok(all)
    }

    /// The saved form of a layer within this model.
    fn layer_config(graph: &Graph, at: usize) -> Result<Json> {
        let layer = &graph.layers[at];
        let mut value = layer.serialize()?;
        let mut calls: Vec<_> = graph.nodes.iter().filter(|n| n.layer == at).collect();
        calls.sort_by_key(|n| n.index);
        let mut inbound = Vec::new();
        for node in calls.iter().filter(|n| !n.inputs.is_empty()) {
            let args: Vec<Json> =
                node.inputs.iter().map(|v| tensor_config(graph, *v)).collect::<Result<_>>()?;
            inbound.push(call_config(layer.layer().argument_names(), args, node.call.options));
        }
        value["name"] = layer.name().into();
        value["inbound_nodes"] = inbound.into();
        Ok(value)
    }
}

/// A call as Keras writes it.
fn call_config(names: &[&str], mut inputs: Vec<Json>, options: CallOptions) -> Json {
    let mut kwargs = Config::new();
    if names.len() > 1 && inputs.len() > 1 {
        // Arguments of their own, the last of which takes what is left.
        let mut rest = inputs.split_off(1).into_iter();
        for (i, name) in names.iter().enumerate().skip(1) {
            let mut values: Vec<Json> = match i + 1 == names.len() {
                true => rest.by_ref().collect(),
                false => rest.by_ref().take(1).collect(),
            };
            match values.len() {
                0 => {}
                1 => drop(kwargs.insert((*name).to_string(), values.remove(0))),
                _ => drop(kwargs.insert((*name).to_string(), values.into())),
            }
        }
    } else if inputs.len() > 1 {
        // Several inputs are one list: the argument of the layer's call.
        inputs = vec![Json::from(inputs)];
    }
    for (name, asked) in options.list() {
        if asked {
            kwargs.insert(name.to_string(), true.into());
        }
    }
    json!({ "args": inputs, "kwargs": kwargs })
}

/// Where a value comes from, as Keras writes it: layer, call, output. A functional model inside
/// another counts its calls from 1.
fn history(graph: &Graph, v: super::graph::Value) -> Json {
    let node = &graph.nodes[v.node];
    let layer = &graph.layers[node.layer];
    let shift = usize::from(layer.class_name() == "Functional");
    json!([layer.name(), node.index + shift, v.output])
}

fn tensor_config(graph: &Graph, v: super::graph::Value) -> Result<Json> {
    let symbol = graph.symbol(v)?;
    Ok(json!({
        "class_name": "__keras_tensor__",
        "config": {
            "shape": symbol.dims(),
            "dtype": symbol.dtype().name(),
            "keras_history": history(graph, v),
        },
    }))
}

impl Record for Network {
    fn class_name(&self) -> &str {
        match self.kind {
            Kind::Sequential => "Sequential",
            Kind::Functional => "Functional",
        }
    }

    fn module(&self) -> &str {
        match self.kind {
            Kind::Sequential => "keras",
            Kind::Functional => "keras.src.models.functional",
        }
    }

    fn registered_name(&self) -> Option<&str> {
        (self.kind == Kind::Functional).then_some("Functional")
    }

    fn config(&self) -> Result<Config> {
        let mut config = Config::new();
        config.insert("name".into(), json!(self.name));
        config.insert("trainable".into(), self.trainable.into());
        if self.kind == Kind::Sequential {
            let dtype = serde_json::to_value(DTypePolicy::default()).unwrap_or_default();
            config.insert("dtype".into(), dtype);
        }
        match (self.kind, self.graph.get()) {
            (Kind::Sequential, graph) => {
                let layers = graph.map_or(&self.layers, |g| &g.layers);
                let layers = layers.iter().map(LayerRef::serialize).collect::<Result<Vec<_>>>()?;
                config.insert("layers".into(), layers.into());
                if let Some([dims]) = self.declared_inputs()?.as_deref() {
                    config.insert("build_input_shape".into(), json!(dims));
                }
            }
            (Kind::Functional, Some(graph)) => {
                let layers = (0..graph.layers.len())
                    .map(|i| Network::layer_config(graph, i))
                    .collect::<Result<Vec<_>>>()?;
                config.insert("layers".into(), layers.into());
                let ends = |values: &[super::graph::Value]| {
                    let all: Vec<Json> = values.iter().map(|v| history(graph, *v)).collect();
                    if let [one] = &all[..] { one.clone() } else { Json::from(all) }
                };
                config.insert("input_layers".into(), ends(&graph.inputs));
                config.insert("output_layers".into(), ends(&graph.outputs));
            }
            (Kind::Functional, None) => {}
        }
        Ok(config)
    }

    fn default_config(&self) -> Config {
        // Nothing of a model is worth saying in an error inside it.
        self.config().unwrap_or_default()
    }
}

impl std::fmt::Debug for Network {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}({:?}, {} layers)", self.class_name(), self.name, self.layers.len())
    }
}

impl LayerBase for Network {
    fn options(&self) -> LayerOptions<'_> {
        LayerOptions {
            name: self.name.as_deref(),
            trainable: self.trainable,
            dtype: DTypePolicy::default(),
            activity_regularizer: None,
        }
    }
}

impl Layer for Network {
    fn input_count(&self) -> RangeInclusive<usize> {
        let n = self.graph.get().map_or(1, |g| g.inputs.len());
        n..=n
    }

    fn keeps_integers(&self) -> bool {
        true
    }

    fn output_shapes(&self, inputs: &[Dims]) -> Result<Vec<Dims>> {
        if let Some(graph) = self.graph.get() {
            let all = Network::infer(graph, inputs)?;
            return Ok(graph.outputs.iter().map(|v| all[v.node][v.output].clone()).collect());
        }
        let mut dims = inputs.to_vec();
        for layer in &self.layers {
            dims = layer.output_shapes(&dims)?;
        }
        Ok(dims)
    }

    fn build(&self, cx: &mut BuildContext<'_>, inputs: &[Dims]) -> Result<()> {
        if let Some(graph) = self.graph.get() {
            let all = Network::infer(graph, inputs)?;
            for (at, node) in graph.nodes.iter().enumerate() {
                let given: Vec<Dims> = match graph.inputs.iter().position(|v| v.node == at) {
                    Some(i) => vec![inputs[i].clone()],
                    None => node.inputs.iter().map(|v| all[v.node][v.output].clone()).collect(),
                };
                cx.build(&graph.layers[node.layer], &given)?;
            }
            return Ok(());
        }
        let mut dims = inputs.to_vec();
        for layer in &self.layers {
            cx.build(layer, &dims)?;
            dims = layer.output_shapes(&dims)?;
        }
        let graph = self.chain(&inputs[0])?;
        if let Some(entry) = graph.layers.first() {
            cx.build(entry, inputs)?;
        }
        let _ = self.graph.set(Arc::new(graph));
        Ok(())
    }

    fn call(&self, cx: &mut CallContext, inputs: &[Tensor]) -> Result<Vec<Tensor>> {
        let Some(graph) = self.graph.get() else {
            return Err(Error::value(text!(
                en: "the model does not know its input's shape yet",
                ko: "모델이 아직 입력의 모양을 모릅니다"
            ))
            .hint(text!(
                en: "begin it with an Input, or call build_for",
                ko: "Input으로 시작하거나 build_for를 부르세요"
            )));
        };
        let mut all: Vec<(Vec<Tensor>, Vec<Option<Tensor>>)> =
            Vec::with_capacity(graph.nodes.len());
        for (at, node) in graph.nodes.iter().enumerate() {
            let layer = &graph.layers[node.layer];
            let outputs = match graph.inputs.iter().position(|v| v.node == at) {
                Some(i) => {
                    let mask = cx.mask(i).cloned();
                    (vec![enter(cx, layer, &node.call.outputs[0], &inputs[i])?], vec![mask])
                }
                None => {
                    let given: Vec<Tensor> =
                        node.inputs.iter().map(|v| all[v.node].0[v.output].clone()).collect();
                    let masks: Vec<Option<Tensor>> =
                        node.inputs.iter().map(|v| all[v.node].1[v.output].clone()).collect();
                    layer.call_with(cx, &given, &masks, node.call.options)?
                }
            };
            all.push(outputs);
        }
        cx.set_masks(graph.outputs.iter().map(|v| all[v.node].1[v.output].clone()).collect());
        Ok(graph.outputs.iter().map(|v| all[v.node].0[v.output].clone()).collect())
    }

    fn make_sublayers(&self) -> Vec<LayerRef> {
        self.layers.clone()
    }
}

/// Brings data into the form that an input layer declares: its element type, and a last dimension
/// of 1 that the data lacks or has too many.
fn enter(cx: &mut CallContext, layer: &LayerRef, dims: &Dims, x: &Tensor) -> Result<Tensor> {
    let x = match x.rank() {
        r if r + 1 == dims.rank() && dims.last_dim() == Some(1) => x.expand_dims(-1)?,
        r if r == dims.rank() + 1 && x.shape().last() == Some(&1) => x.squeeze(&[-1])?,
        _ => x.clone(),
    };
    let y = layer.call(cx, &[x])?.remove(0);
    y.cast(layer.layer().options().dtype.compute_dtype())
}
