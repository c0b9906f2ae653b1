//! Models: layers put together, with their weights, and everything that is done with them.

mod graph;
mod json;
mod network;
mod sequential;
mod summary;
mod symbolic;

pub use sequential::Sequential;
pub use symbolic::{Apply, LayerInputs, SymbolicTensor};

use crate::layers::{BuildContext, CallContext, LayerRef, Weight};
use crate::training::Training;
use crate::{Dims, random};
use graph::Graph;
use network::{Kind, Network};
use seodang_core::{Array, Error, Result, text};
use seodang_tensor::random::RandomState;
use seodang_tensor::{Function, Tensor};
use std::borrow::Borrow;
use std::fmt;
use std::sync::{Arc, OnceLock};

/// A model: layers put together, with their weights, and what [`Model::compile`] adds to train it.
///
/// Make one with [`Sequential`], or as the graph between symbolic inputs and outputs with
/// [`Model::new`]. A model is itself a layer: it can be added to or applied in another.
pub struct Model {
    root: LayerRef,
    network: Arc<Network>,
    random: RandomState,
    pub(crate) training: Option<Training>,
    pub(crate) stop_training: bool,
    pub(crate) predictor: OnceLock<Arc<Function>>,
}

impl Model {
    /// The model as a layer.
    pub(crate) fn root(&self) -> &LayerRef {
        &self.root
    }

    /// The functional model between inputs and outputs; see [`SymbolicTensor`].
    ///
    /// # Errors
    /// `Value`, if the outputs do not come from the inputs, or two layers have one name.
    pub fn new<I, O>(inputs: I, outputs: O) -> Result<Model>
    where
        I: IntoIterator,
        I::Item: Borrow<SymbolicTensor>,
        O: IntoIterator,
        O::Item: Borrow<SymbolicTensor>,
    {
        Model::functional(None, true, inputs, outputs)
    }

    /// As [`Model::new`], with a name.
    ///
    /// # Errors
    /// As [`Model::new`].
    pub fn named<I, O>(name: impl Into<String>, inputs: I, outputs: O) -> Result<Model>
    where
        I: IntoIterator,
        I::Item: Borrow<SymbolicTensor>,
        O: IntoIterator,
        O::Item: Borrow<SymbolicTensor>,
    {
        Model::functional(Some(name.into()), true, inputs, outputs)
    }

    fn functional<I, O>(
        name: Option<String>,
        trainable: bool,
        inputs: I,
        outputs: O,
    ) -> Result<Model>
    where
        I: IntoIterator,
        I::Item: Borrow<SymbolicTensor>,
        O: IntoIterator,
        O::Item: Borrow<SymbolicTensor>,
    {
        let inputs: Vec<SymbolicTensor> = inputs.into_iter().map(|t| t.borrow().clone()).collect();
        let outputs: Vec<SymbolicTensor> =
            outputs.into_iter().map(|t| t.borrow().clone()).collect();
        let graph = Graph::new(&inputs, &outputs)?;
        Model::of(Network::functional(name, graph).trainable(trainable))
    }

    fn of(network: Network) -> Result<Model> {
        let network = Arc::new(network);
        let layer: Arc<dyn crate::layers::Layer> = network.clone();
        let root = LayerRef::new(crate::Choice::known(layer))?;
        let random = RandomState::new(random::next_seed())?;
        let model = Model {
            root,
            network,
            random,
            training: None,
            stop_training: false,
            predictor: OnceLock::new(),
        };
        if let Some(inputs) = model.network.declared_inputs()? {
            model.build_for(&inputs)?;
        }
        Ok(model)
    }

    /// Makes the weights for inputs of these shapes, the batch included. A model that has them keeps
    /// them.
    ///
    /// # Errors
    /// `Shape`, if a layer does not take what the one before gives.
    pub fn build_for(&self, inputs: &[Dims]) -> Result<()> {
        self.root.build_in(&mut BuildContext::new("", &mut random::next_stream()), inputs)
    }

    /// Whether the weights are there.
    pub fn is_built(&self) -> bool {
        self.root.is_built()
    }

    /// The name.
    pub fn name(&self) -> &str {
        self.root.name()
    }

    /// The model as a layer.
    pub fn as_layer(&self) -> &LayerRef {
        &self.root
    }

    pub(crate) fn graph(&self) -> Result<&Arc<Graph>> {
        self.network.graph().ok_or_else(|| {
            Error::value(text!(
                en: "the model does not know its input's shape yet",
                ko: "모델이 아직 입력의 모양을 모릅니다"
            ))
            .hint(text!(
                en: "begin it with an Input, or call build_for",
                ko: "Input으로 시작하거나 build_for를 부르세요"
            ))
        })
    }

    /// The layers, in Keras's order. As in Keras, a sequential model does not count its input layer.
    pub fn layers(&self) -> Vec<LayerRef> {
        let sequential = self.network.kind() == Kind::Sequential;
        let all = self.network.all_layers().iter();
        all.filter(|l| !sequential || !symbolic::is_input(l)).cloned().collect()
    }

    /// The layer with a name.
    ///
    /// # Errors
    /// `NotFound`, with the nearest names.
    pub fn layer(&self, name: &str) -> Result<LayerRef> {
        let layers = self.network.all_layers();
        layers.iter().find(|l| l.name() == name).cloned().ok_or_else(|| {
            let names: Vec<&str> = layers.iter().map(LayerRef::name).collect();
            crate::record::unknown_name(&text!(en: "layer", ko: "층"), name, &names)
        })
    }

    /// The model's inputs as symbolic values, to put other models together from.
    ///
    /// # Errors
    /// `Value`, if the model is not built.
    pub fn inputs(&self) -> Result<Vec<SymbolicTensor>> {
        let graph = self.graph()?;
        graph.inputs.iter().map(|v| graph.symbol(*v)).collect()
    }

    /// The model's outputs as symbolic values.
    ///
    /// # Errors
    /// `Value`, if the model is not built.
    pub fn outputs(&self) -> Result<Vec<SymbolicTensor>> {
        let graph = self.graph()?;
        graph.outputs.iter().map(|v| graph.symbol(*v)).collect()
    }

    /// The outputs of a layer's first call as symbolic values: to look inside a model, make another
    /// one of its inputs and these.
    ///
    /// # Errors
    /// `NotFound`, if there is no such layer; `Value`, if the model is not built.
    pub fn layer_outputs(&self, name: &str) -> Result<Vec<SymbolicTensor>> {
        let (graph, layer) = (self.graph()?, self.layer(name)?);
        let node = graph.nodes.iter().find(|n| n.index == 0 && graph.layers[n.layer].is(&layer));
        Ok(node.map(|n| SymbolicTensor::of_existing(&n.call)).unwrap_or_default())
    }

    /// The names of the inputs: those of their layers.
    ///
    /// # Errors
    /// `Value`, if the model is not built.
    pub fn input_names(&self) -> Result<Vec<String>> {
        Ok(self.inputs()?.iter().map(|t| t.layer().name().to_string()).collect())
    }

    /// The names of the outputs: those of the layers that they come from.
    ///
    /// # Errors
    /// `Value`, if the model is not built.
    pub fn output_names(&self) -> Result<Vec<String>> {
        Ok(self.outputs()?.iter().map(|t| t.layer().name().to_string()).collect())
    }

    /// Every weight in Keras's order; a shared one comes once.
    pub fn weights(&self) -> Vec<Weight> {
        self.root.weights()
    }

    /// The weights that training changes.
    pub fn trainable_weights(&self) -> Vec<Weight> {
        self.root.trainable_weights()
    }

    /// How many numbers the weights hold.
    pub fn count_params(&self) -> usize {
        self.root.count_params()
    }

    /// Freezes all layers, or lets them be trained again. Compile the model afterwards.
    pub fn set_trainable(&self, trainable: bool) {
        self.root.set_trainable(trainable);
    }

    /// Copies of the weights, in the order of [`Model::weights`].
    ///
    /// # Errors
    /// What reading them from the device reports.
    pub fn get_weights(&self) -> Result<Vec<Array>> {
        self.root.get_weights()
    }

    /// Replaces the weights, in the order of [`Model::weights`].
    ///
    /// # Errors
    /// `Shape` or `Value`, if the arrays are not those of this model; then nothing is replaced.
    pub fn set_weights(&self, values: &[Array]) -> Result<()> {
        self.root.set_weights(values)
    }

    /// The random numbers that layers without a seed of their own draw from while training.
    pub(crate) fn random(&self) -> &RandomState {
        &self.random
    }

    /// Every random state that training advances.
    pub(crate) fn random_states(&self) -> Vec<RandomState> {
        std::iter::once(self.random.clone()).chain(self.root.random_states()).collect()
    }

    /// Computes the outputs for tensors, as in inference: no dropout, fixed statistics.
    ///
    /// # Errors
    /// `Shape`, if the inputs are not the model's.
    pub fn call(&self, inputs: &[Tensor]) -> Result<Vec<Tensor>> {
        self.root.call(&mut CallContext::new(false, Some(self.random.clone())), inputs)
    }

    /// Applies the model as a layer of another one.
    ///
    /// # Errors
    /// `Shape`, if the model does not take such inputs or has several outputs.
    pub fn apply(&self, inputs: impl Into<LayerInputs>) -> Result<SymbolicTensor> {
        self.root.apply(inputs)
    }
}

impl From<Model> for LayerRef {
    fn from(model: Model) -> LayerRef {
        model.root
    }
}

impl From<&Model> for LayerRef {
    fn from(model: &Model) -> LayerRef {
        model.root.clone()
    }
}

impl fmt::Debug for Model {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Model({:?}, {} layers)", self.name(), self.layers().len())
    }
}
