//! The graph of a model: which layer is called on what, in which order.

use super::symbolic::{Call, SymbolicTensor, is_input};
use crate::layers::LayerRef;
use seodang_core::{Error, Result, text};
use std::collections::HashMap;
use std::sync::Arc;

/// One output of one node.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Value {
    pub(crate) node: usize,
    pub(crate) output: usize,
}

/// One call of a layer.
pub(crate) struct Node {
    /// Which of the layers.
    pub(crate) layer: usize,
    /// Which call of that layer it is, in the order they were made.
    pub(crate) index: usize,
    pub(crate) inputs: Vec<Value>,
    pub(crate) call: Arc<Call>,
}

/// A model's layers in Keras's order and their calls, each after those that it needs.
pub(crate) struct Graph {
    pub(crate) layers: Vec<LayerRef>,
    pub(crate) nodes: Vec<Node>,
    pub(crate) inputs: Vec<Value>,
    pub(crate) outputs: Vec<Value>,
}

impl Graph {
    /// The graph between inputs and outputs.
    ///
    /// # Errors
    /// `Value`, if an output does not come from the inputs alone, an input is no input layer's, or
    /// two layers have one name.
    pub(crate) fn new(inputs: &[SymbolicTensor], outputs: &[SymbolicTensor]) -> Result<Graph> {
        check_ends(inputs, outputs)?;
        let order = Order::of(inputs, outputs);
        let depths = order.depths();
        let layers = order.layers(inputs, depths);
        check_names(&layers)?;
        let calls = order.calls;
        let numbers = call_numbers(&layers, &calls);
        let at: HashMap<u64, usize> = calls.iter().enumerate().map(|(i, c)| (c.id, i)).collect();
        let value = |t: &SymbolicTensor| -> Result<Value> {
            let node = at.get(&t.call().id).copied();
            node.map(|node| Value { node, output: t.output() }).ok_or_else(|| disconnected(t))
        };
        let mut nodes = Vec::with_capacity(calls.len());
        for (call, (layer, index)) in calls.iter().zip(numbers) {
            if is_input(&call.layer) && !inputs.iter().any(|t| t.call().id == call.id) {
                return Err(disconnected_input(&call.layer));
            }
            let inputs = call.inputs.iter().map(value).collect::<Result<Vec<_>>>()?;
            nodes.push(Node { layer, index, inputs, call: call.clone() });
        }
        let all =
            |tensors: &[SymbolicTensor]| tensors.iter().map(value).collect::<Result<Vec<_>>>();
        Ok(Graph { layers, inputs: all(inputs)?, outputs: all(outputs)?, nodes })
    }

    /// The value as a symbolic tensor, to put other models together from.
    pub(crate) fn symbol(&self, value: Value) -> Result<SymbolicTensor> {
        let call = &self.nodes[value.node].call;
        let all = SymbolicTensor::of_existing(call);
        all.into_iter().nth(value.output).ok_or_else(|| {
            Error::internal(text!(en: "there is no such output", ko: "그런 출력이 없습니다"))
        })
    }
}

fn check_ends(inputs: &[SymbolicTensor], outputs: &[SymbolicTensor]) -> Result<()> {
    if inputs.is_empty() || outputs.is_empty() {
        return Err(Error::value(text!(
            en: "a model needs at least one input and one output",
            ko: "모델에는 입력과 출력이 하나 이상 있어야 합니다"
        ))
        .given("inputs", inputs.len())
        .given("outputs", outputs.len()));
    }
    for (i, x) in inputs.iter().enumerate() {
        if !is_input(x.layer()) {
            return Err(Error::value(text!(
                en: "a model's inputs must be the values of Input layers",
                ko: "모델의 입력은 Input 층의 값이어야 합니다"
            ))
            .given("input", format!("{x:?}")));
        }
        if inputs[..i].iter().any(|other| other.same(x)) {
            return Err(Error::value(text!(
                en: "an input is given twice",
                ko: "같은 입력이 두 번 주어졌습니다"
            ))
            .given("input", format!("{x:?}")));
        }
    }
    Ok(())
}

fn check_names(layers: &[LayerRef]) -> Result<()> {
    let mut seen = HashMap::new();
    for layer in layers {
        if seen.insert(layer.name(), ()).is_some() {
            return Err(Error::value(text!(
                en: "two layers of the model are named \"{}\"", layer.name();
                ko: "모델에 이름이 \"{}\"인 층이 둘 있습니다", layer.name()
            ))
            .hint(text!(en: "give one of them another name", ko: "하나의 이름을 바꾸세요")));
        }
    }
    Ok(())
}

fn disconnected(t: &SymbolicTensor) -> Error {
    Error::value(text!(
        en: "the model's graph is not connected: a value does not come from its inputs",
        ko: "모델 그래프가 이어지지 않습니다. 입력에서 나오지 않는 값이 있습니다"
    ))
    .given("value", format!("{t:?}"))
}

fn disconnected_input(layer: &LayerRef) -> Error {
    Error::value(text!(
        en: "an output of the model needs the input \"{}\", which is not among its inputs", layer.name();
        ko: "모델의 출력에 필요한 입력 \"{}\"이(가) 입력 목록에 없습니다", layer.name()
    ))
}

/// For each call the number of its layer, and which of that layer's calls it is.
fn call_numbers(layers: &[LayerRef], calls: &[Arc<Call>]) -> Vec<(usize, usize)> {
    let layer_of: Vec<usize> = calls.iter().map(|c| position(layers, &c.layer)).collect();
    let number = |i: usize| {
        let earlier = |j: &usize| layer_of[*j] == layer_of[i] && calls[*j].id < calls[i].id;
        (0..calls.len()).filter(earlier).count()
    };
    (0..calls.len()).map(|i| (layer_of[i], number(i))).collect()
}

fn position(layers: &[LayerRef], layer: &LayerRef) -> usize {
    layers.iter().position(|l| l.is(layer)).unwrap_or(0)
}

/// The calls that outputs need, each after those that it needs, and their layers in the order in
/// which a search from the outputs meets them: Keras orders layers by depth and then by that.
struct Order {
    calls: Vec<Arc<Call>>,
    met: Vec<LayerRef>,
}

impl Order {
    fn of(inputs: &[SymbolicTensor], outputs: &[SymbolicTensor]) -> Order {
        let mut order = Order { calls: Vec::new(), met: Vec::new() };
        let mut seen: HashMap<u64, ()> = HashMap::new();
        // A stack of its own, since a model may be deeper than the thread's stack.
        let mut stack: Vec<(Arc<Call>, usize)> = Vec::new();
        for output in outputs {
            order.enter(output.call(), &mut seen, &mut stack);
            while let Some((call, next)) = stack.last_mut() {
                match call.inputs.get(*next) {
                    Some(input) => {
                        *next += 1;
                        let input = input.call().clone();
                        order.enter(&input, &mut seen, &mut stack);
                    }
                    None => {
                        let done = stack.pop();
                        order.calls.extend(done.map(|(call, _)| call));
                    }
                }
            }
        }
        for input in inputs {
            if seen.insert(input.call().id, ()).is_none() {
                order.calls.push(input.call().clone());
            }
        }
        order
    }

    fn enter(
        &mut self,
        call: &Arc<Call>,
        seen: &mut HashMap<u64, ()>,
        stack: &mut Vec<(Arc<Call>, usize)>,
    ) {
        if seen.insert(call.id, ()).is_none() {
            if !self.met.iter().any(|l| l.is(&call.layer)) {
                self.met.push(call.layer.clone());
            }
            stack.push((call.clone(), 0));
        }
    }

    /// For each layer that was met, the most calls between it and an output.
    fn depths(&self) -> Vec<usize> {
        let mut layers = vec![0usize; self.met.len()];
        let mut calls: HashMap<u64, usize> = HashMap::new();
        for call in self.calls.iter().rev() {
            let Some(layer) = self.met.iter().position(|l| l.is(&call.layer)) else { continue };
            let depth = calls.get(&call.id).copied().unwrap_or(0).max(layers[layer]);
            layers[layer] = depth;
            for input in &call.inputs {
                let before = calls.entry(input.call().id).or_default();
                *before = (*before).max(depth + 1);
            }
        }
        layers
    }

    fn layers(&self, inputs: &[SymbolicTensor], depths: Vec<usize>) -> Vec<LayerRef> {
        let mut order: Vec<usize> = (0..self.met.len()).collect();
        order.sort_by_key(|&i| (std::cmp::Reverse(depths[i]), i));
        let mut layers: Vec<LayerRef> = order.into_iter().map(|i| self.met[i].clone()).collect();
        // Inputs that no output needs stand first among the layers of depth 0.
        let mut at = layers.len() - depths.iter().filter(|&&d| d == 0).count();
        for input in inputs {
            if !layers.iter().any(|l| l.is(input.layer())) {
                layers.insert(at, input.layer().clone());
                at += 1;
            }
        }
        layers
    }
}
