//! What a layer sees while it is built and while it is called.

use super::LayerRef;
use crate::constraints::Constraint;
use crate::initializers::Initializer;
use crate::record::Choice;
use crate::regularizers::Regularizer;
use crate::{DTypePolicy, Dims};
use seodang_core::random::Stream;
use seodang_core::{Array, DType, Error, Result, Shape, text};
use seodang_tensor::random::RandomState;
use seodang_tensor::{Tensor, Variable};
use std::cell::Cell;
use std::sync::Arc;

/// One weight of a layer.
#[derive(Clone)]
pub struct Weight {
    /// The name within the layer, such as `"kernel"`.
    pub name: String,
    /// Keras's path, such as `"sequential/dense/kernel"`.
    pub path: String,
    /// The value.
    pub variable: Variable,
    /// Whether the layer lets training change it (a moving average, for one, is not trained).
    pub trainable: bool,
    /// Adds a penalty on the weight to the loss.
    pub regularizer: Option<Arc<dyn Regularizer>>,
    /// Changes the weight after each update.
    pub constraint: Option<Arc<dyn Constraint>>,
}

/// A weight to be made.
pub struct WeightSpec<'a> {
    name: &'a str,
    shape: Shape,
    initializer: &'a Choice<dyn Initializer>,
    trainable: bool,
    regularizer: Option<&'a Choice<dyn Regularizer>>,
    constraint: Option<&'a Choice<dyn Constraint>>,
    dtype: Option<DType>,
}

impl<'a> WeightSpec<'a> {
    /// A trained weight with a name, a shape and initial values.
    pub fn new(
        name: &'a str,
        shape: impl Into<Shape>,
        initializer: &'a Choice<dyn Initializer>,
    ) -> WeightSpec<'a> {
        let shape = shape.into();
        WeightSpec {
            name,
            shape,
            initializer,
            trainable: true,
            regularizer: None,
            constraint: None,
            dtype: None,
        }
    }

    /// An element type of its own, for a count; else it is the layer's.
    pub fn dtype(mut self, dtype: DType) -> WeightSpec<'a> {
        self.dtype = Some(dtype);
        self
    }

    /// Whether training changes it.
    pub fn trainable(mut self, trainable: bool) -> WeightSpec<'a> {
        self.trainable = trainable;
        self
    }

    /// A penalty on it.
    pub fn regularizer(mut self, r: Option<&'a Choice<dyn Regularizer>>) -> WeightSpec<'a> {
        self.regularizer = r;
        self
    }

    /// A constraint on it.
    pub fn constraint(mut self, c: Option<&'a Choice<dyn Constraint>>) -> WeightSpec<'a> {
        self.constraint = c;
        self
    }
}

/// What a layer sees while its weights are made: where it stands in the model, the element type of
/// its variables, and the random numbers for them.
pub struct BuildContext<'a> {
    stream: &'a mut Stream,
    path: String,
    layer: Option<LayerRef>,
    dtype: DTypePolicy,
    weights: Vec<Weight>,
    random: Vec<RandomState>,
    states: Vec<Variable>,
}

thread_local! {
    /// How many numbers may still be made for weights.
    static BUDGET: Cell<Option<usize>> = const { Cell::new(None) };
}

impl<'a> BuildContext<'a> {
    /// Runs code that builds layers, in which the weights may have that many numbers together: a
    /// file's configuration must not ask for more than the file holds.
    pub(crate) fn with_budget<R>(numbers: usize, f: impl FnOnce() -> R) -> R {
        struct Restore(Option<usize>);
        impl Drop for Restore {
            fn drop(&mut self) {
                BUDGET.set(self.0);
            }
        }
        let _restore = Restore(BUDGET.replace(Some(numbers)));
        f()
    }

    /// Checks that the weights so far and one of this shape can be made.
    fn spend(shape: &Shape) -> Result<()> {
        let numbers = shape.checked_size().filter(|n| n.checked_mul(8).is_some());
        let budget = BUDGET.get();
        let rest = match (numbers, budget) {
            (None, _) => None,
            // A configuration may name any size: ask for the memory in a way that can be refused.
            (Some(n), None) => Vec::<f64>::new().try_reserve_exact(n).is_ok().then_some(None),
            (Some(n), Some(b)) => b.checked_sub(n).map(Some),
        };
        let Some(rest) = rest else {
            let e = Error::shape(text!(
                en: "the layer asks for a weight that is too large",
                ko: "층이 너무 큰 가중치를 요구합니다"
            ))
            .given("shape", shape);
            return Err(match budget {
                Some(n) => e.expected(text!(en: "at most {n} numbers, which the file has left", ko: "파일에 남은 숫자 {n}개 이하")),
                None => e,
            });
        };
        BUDGET.set(rest);
        Ok(())
    }

    /// The context of a model with the given path (`""` for none) that draws initial weights from
    /// `stream`.
    pub fn new(path: impl Into<String>, stream: &'a mut Stream) -> BuildContext<'a> {
        BuildContext {
            stream,
            path: path.into(),
            layer: None,
            dtype: DTypePolicy::default(),
            weights: Vec::new(),
            random: Vec::new(),
            states: Vec::new(),
        }
    }

    /// Keras's path of the layer being built.
    pub fn path(&self) -> &str {
        &self.path
    }

    /// The layers inside the layer being built.
    pub fn sublayers(&self) -> Vec<LayerRef> {
        self.layer.as_ref().map_or_else(Vec::new, |layer| layer.sublayers().to_vec())
    }

    /// The random numbers for initial values.
    pub fn stream(&mut self) -> &mut Stream {
        self.stream
    }

    /// The element type of the layer's variables.
    pub fn variable_dtype(&self) -> DType {
        self.dtype.variable_dtype()
    }

    /// Makes a weight.
    ///
    /// # Errors
    /// `NotFound` for an unknown initializer, regularizer or constraint; `Value`, if the initializer
    /// cannot make such a shape.
    pub fn add_weight(&mut self, spec: WeightSpec<'_>) -> Result<Variable> {
        let path = join(&self.path, spec.name);
        let dtype = spec.dtype.unwrap_or_else(|| self.variable_dtype());
        BuildContext::spend(&spec.shape)?;
        let value = spec
            .initializer
            .get()
            .and_then(|i| i.validate().map(|()| i))
            .and_then(|i| i.initialize(self.stream, dtype, &spec.shape))
            .map_err(|e| {
                e.during(text!(
                    en: "the initial values of \"{}\"", spec.name;
                    ko: "\"{}\"의 초깃값", spec.name
                ))
            })?;
        let regularizer = spec.regularizer.map(|r| {
            let r = r.get()?;
            r.validate().map(|()| r.clone())
        });
        let constraint = spec.constraint.map(|c| {
            let c = c.get()?;
            c.validate().map(|()| c.clone())
        });
        let variable = Variable::new(value, path.clone())?;
        variable.set_trainable(spec.trainable);
        self.weights.push(Weight {
            name: spec.name.to_string(),
            path,
            variable: variable.clone(),
            trainable: spec.trainable,
            regularizer: regularizer.transpose()?,
            constraint: constraint.transpose()?,
        });
        Ok(variable)
    }

    /// Gives the layer random numbers of its own, for a layer with a `seed`.
    ///
    /// # Errors
    /// What making a variable reports.
    pub fn add_random_state(&mut self, seed: u64) -> Result<()> {
        self.random.push(RandomState::new(seed)?);
        Ok(())
    }

    /// Makes a variable of zeros that is no weight: what the layer keeps from one batch to the next.
    ///
    /// # Errors
    /// What making a variable reports.
    pub fn add_state(&mut self, name: &str, shape: impl Into<Shape>) -> Result<()> {
        let shape = shape.into();
        BuildContext::spend(&shape)?;
        let value = Array::zeros(self.variable_dtype(), shape);
        let variable = Variable::new(value, join(&self.path, name))?;
        variable.set_trainable(false);
        self.states.push(variable);
        Ok(())
    }

    /// Builds a layer inside this one, under this one's path.
    ///
    /// # Errors
    /// What building it reports.
    pub fn build(&mut self, layer: &LayerRef, inputs: &[Dims]) -> Result<()> {
        layer.build_in(&mut BuildContext::new(self.path.clone(), self.stream), inputs)
    }

    /// The context of one layer inside this one.
    pub(super) fn enter(&mut self, layer: &LayerRef) -> BuildContext<'_> {
        BuildContext {
            path: join(&self.path, layer.name()),
            layer: Some(layer.clone()),
            dtype: layer.layer().options().dtype,
            stream: self.stream,
            weights: Vec::new(),
            random: Vec::new(),
            states: Vec::new(),
        }
    }

    /// What was made.
    pub(super) fn finish(self) -> (Vec<Weight>, Vec<RandomState>, Vec<Variable>) {
        (self.weights, self.random, self.states)
    }
}

fn join(path: &str, name: &str) -> String {
    if path.is_empty() { name.to_string() } else { format!("{path}/{name}") }
}

/// What a layer sees while it computes: whether the model is training, its own weights, the
/// random numbers, and the losses that layers add.
pub struct CallContext {
    training: bool,
    random: Option<RandomState>,
    losses: Vec<Tensor>,
    stack: Vec<Frame>,
}

/// What a call can ask of an attention layer beside its inputs.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct CallOptions {
    /// Whether a step sees no later ones.
    pub use_causal_mask: bool,
    /// Whether the weights of what was seen are an output too.
    pub return_attention_scores: bool,
}

impl CallOptions {
    /// The options with Keras's names.
    pub(crate) fn list(self) -> [(&'static str, bool); 2] {
        [
            ("use_causal_mask", self.use_causal_mask),
            ("return_attention_scores", self.return_attention_scores),
        ]
    }

    /// Sets the option of a name; whether there is one.
    pub(crate) fn set(&mut self, name: &str, asked: bool) -> bool {
        match name {
            "use_causal_mask" => self.use_causal_mask = asked,
            "return_attention_scores" => self.return_attention_scores = asked,
            _ => return false,
        }
        true
    }

    /// Checks that nothing is asked for.
    pub(super) fn none(self, class: &str) -> Result<()> {
        if self == CallOptions::default() {
            return Ok(());
        }
        Err(Error::unsupported(text!(
            en: "a call of {class} takes no attention options",
            ko: "{class} 호출에는 attention 옵션을 쓸 수 없습니다"
        ))
        .given("options", format!("{self:?}")))
    }
}

/// A layer at work, with what the call asks for, the masks of its inputs and those that it gives its
/// outputs.
struct Frame {
    layer: LayerRef,
    options: CallOptions,
    masks: Vec<Option<Tensor>>,
    given: Option<Vec<Option<Tensor>>>,
}

impl CallContext {
    /// The context of one pass: `training` is whether dropout drops and moving averages move, and
    /// `random` the state that layers without a seed of their own draw from.
    pub fn new(training: bool, random: Option<RandomState>) -> CallContext {
        CallContext { training, random, losses: Vec::new(), stack: Vec::new() }
    }

    /// Whether the model is training.
    pub fn training(&self) -> bool {
        self.training
    }

    /// Adds a scalar to the model's loss.
    pub fn add_loss(&mut self, loss: Tensor) {
        self.losses.push(loss);
    }

    /// The losses that layers added so far, taken out.
    pub fn take_losses(&mut self) -> Vec<Tensor> {
        std::mem::take(&mut self.losses)
    }

    fn current(&self) -> Result<&LayerRef> {
        self.stack.last().map(|frame| &frame.layer).ok_or_else(|| {
            Error::internal(text!(
                en: "a layer was called outside a LayerRef",
                ko: "층이 LayerRef 밖에서 호출되었습니다"
            ))
        })
    }

    /// Whether training changes the current layer's weights: a frozen layer behaves as in
    /// inference.
    ///
    /// # Errors
    /// `Internal` outside a layer.
    pub fn trainable(&self) -> Result<bool> {
        Ok(self.current()?.trainable())
    }

    /// The element type that the current layer computes in.
    ///
    /// # Errors
    /// `Internal` outside a layer.
    pub fn compute_dtype(&self) -> Result<DType> {
        Ok(self.current()?.layer().options().dtype.compute_dtype())
    }

    /// The layers inside the current layer.
    ///
    /// # Errors
    /// `Internal` outside a layer.
    pub fn sublayers(&self) -> Result<Vec<LayerRef>> {
        Ok(self.current()?.sublayers().to_vec())
    }

    /// What the current layer keeps from one batch to the next.
    ///
    /// # Errors
    /// `Internal` outside a layer.
    pub fn states(&self) -> Result<Vec<Variable>> {
        Ok(self.current()?.own_states().to_vec())
    }

    /// The variable of a weight of the current layer.
    ///
    /// # Errors
    /// `NotFound`, if [`Layer::build`](super::Layer::build) made no such weight.
    pub fn variable(&self, name: &str) -> Result<Variable> {
        let layer = self.current()?;
        layer.own_weights().iter().find(|w| w.name == name).map(|w| w.variable.clone()).ok_or_else(
            || {
                Error::not_found(text!(
                    en: "the layer has no weight \"{name}\"",
                    ko: "층에 가중치 \"{name}\"이(가) 없습니다"
                ))
            },
        )
    }

    /// The value of a weight of the current layer, in the type that the layer computes in.
    ///
    /// # Errors
    /// As [`CallContext::variable`].
    pub fn weight(&self, name: &str) -> Result<Tensor> {
        self.variable(name)?.value()?.cast(self.compute_dtype()?)
    }

    /// The state that the current layer draws random numbers from: its own, or the model's.
    ///
    /// # Errors
    /// `Value`, if there is none.
    pub fn random(&self) -> Result<RandomState> {
        self.current()?.own_random_states().first().or(self.random.as_ref()).cloned().ok_or_else(
            || {
                Error::value(text!(
                    en: "the layer needs random numbers, and this call has none",
                    ko: "층에 난수가 필요한데 이 호출에는 없습니다"
                ))
            },
        )
    }

    /// The mask of an input of the current call: booleans, false where a step does not count.
    pub fn mask(&self, input: usize) -> Option<&Tensor> {
        self.stack.last()?.masks.get(input)?.as_ref()
    }

    /// The masks of the inputs of the current call.
    pub fn masks(&self) -> &[Option<Tensor>] {
        self.stack.last().map_or(&[], |frame| &frame.masks)
    }

    /// Gives the outputs of the current call their masks, in place of what
    /// [`Layer::compute_mask`](super::Layer::compute_mask) says: for layers that know them only when
    /// they have computed, such as a model. Outputs after the last mask have none.
    pub fn set_masks(&mut self, masks: Vec<Option<Tensor>>) {
        if let Some(frame) = self.stack.last_mut() {
            frame.given = Some(masks);
        }
    }

    /// What the current call asks for beside its inputs.
    pub fn options(&self) -> CallOptions {
        self.stack.last().map_or_else(CallOptions::default, |frame| frame.options)
    }

    pub(super) fn enter(
        &mut self,
        layer: &LayerRef,
        masks: &[Option<Tensor>],
        options: CallOptions,
    ) {
        let (layer, masks) = (layer.clone(), masks.to_vec());
        self.stack.push(Frame { layer, options, masks, given: None });
    }

    /// Ends the current call; what it set as masks of its outputs, if it did.
    pub(super) fn leave(&mut self) -> Option<Vec<Option<Tensor>>> {
        self.stack.pop()?.given
    }
}
