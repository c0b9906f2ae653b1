//! A layer in a model: the record with its name and its weights.

use super::{BuildContext, CallContext, CallOptions, Layer, Weight};
use crate::Dims;
use crate::record::{Choice, Family, snake_case};
use seodang_core::{Array, Error, Result, text};
use seodang_tensor::random::RandomState;
use seodang_tensor::{Tensor, Variable};
use serde_json::{Map, Value, json};
use std::collections::HashMap;
use std::fmt;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, LazyLock, Mutex, OnceLock};

/// A layer with its name and, once built, its weights. Cloning gives the same layer: a layer used
/// twice shares its weights.
#[derive(Clone)]
pub struct LayerRef(Arc<Cell>);

struct Cell {
    layer: Arc<dyn Layer>,
    sublayers: OnceLock<Vec<LayerRef>>,
    name: String,
    trainable: AtomicBool,
    built: OnceLock<Built>,
}

struct Built {
    inputs: Vec<Dims>,
    weights: Vec<Weight>,
    random: Vec<RandomState>,
    states: Vec<Variable>,
}

static NAMES: LazyLock<Mutex<HashMap<String, usize>>> = LazyLock::new(Mutex::default);

/// A name made of a class name, as Keras makes them: `dense`, then `dense_1`.
pub(super) fn auto_name(class: &str) -> String {
    let base = snake_case(class);
    let mut names = NAMES.lock().unwrap_or_else(|e| e.into_inner());
    let count = names.entry(base.clone()).or_default();
    *count += 1;
    if *count == 1 { base } else { format!("{base}_{}", *count - 1) }
}

/// Starts the numbering of automatic layer names again, as `keras.backend.clear_session` does.
pub fn clear_names() {
    NAMES.lock().unwrap_or_else(|e| e.into_inner()).clear();
}

impl LayerRef {
    /// A layer of a record, with the record's name or one made of its class name.
    ///
    /// # Errors
    /// `Value`, if an option is out of range; `NotFound` for an unknown name.
    pub fn new(layer: impl Into<Choice<dyn Layer>>) -> Result<LayerRef> {
        let this = LayerRef::of(layer.into().get()?.clone());
        this.layer().validate().map_err(|e| this.place(e))?;
        Ok(this)
    }

    pub(super) fn of(layer: Arc<dyn Layer>) -> LayerRef {
        let options = layer.options();
        let name = options.name.map_or_else(|| auto_name(layer.class_name()), str::to_string);
        let trainable = AtomicBool::new(options.trainable);
        let (sublayers, built) = (OnceLock::new(), OnceLock::new());
        LayerRef(Arc::new(Cell { layer, sublayers, name, trainable, built }))
    }

    /// A layer of Keras's saved form.
    ///
    /// # Errors
    /// As [`Choice::from_value`].
    pub fn from_value(value: &Value) -> Result<LayerRef> {
        LayerRef::new(Choice::<dyn Layer>::from_value(value)?)
    }

    /// The record.
    pub fn layer(&self) -> &Arc<dyn Layer> {
        &self.0.layer
    }

    /// The name.
    pub fn name(&self) -> &str {
        &self.0.name
    }

    /// The layers inside this one.
    pub fn sublayers(&self) -> &[LayerRef] {
        self.0.sublayers.get_or_init(|| self.layer().make_sublayers())
    }

    /// Keras's class name.
    pub fn class_name(&self) -> &str {
        self.0.layer.class_name()
    }

    /// Whether two handles are of the same layer.
    pub fn is(&self, other: &LayerRef) -> bool {
        Arc::ptr_eq(&self.0, &other.0)
    }

    /// Names the layer in an error that happened inside it.
    fn place(&self, e: Error) -> Error {
        let (name, class) = (self.name(), self.class_name());
        e.given("layer", self.layer().as_record().describe())
            .during(text!(en: "layer \"{name}\" ({class})", ko: "층 \"{name}\" ({class})"))
    }

    fn check_count(&self, given: usize) -> Result<()> {
        let count = self.layer().input_count();
        if count.contains(&given) {
            return Ok(());
        }
        let (lo, hi) = (*count.start(), *count.end());
        let wanted = match hi {
            _ if lo == hi => lo.to_string(),
            usize::MAX => format!("{lo} or more"),
            _ => format!("{lo} to {hi}"),
        };
        Err(Error::shape(text!(
            en: "the layer takes {wanted} inputs and was given {given}",
            ko: "입력 {given}개를 받았습니다"
        ))
        .expected(text!(en: "{wanted} inputs", ko: "입력 {wanted}개")))
    }

    /// The shapes of the outputs for shapes of inputs.
    ///
    /// # Errors
    /// `Shape`, naming the layer and its options.
    pub fn output_shapes(&self, inputs: &[Dims]) -> Result<Vec<Dims>> {
        self.check_count(inputs.len())
            .and_then(|()| self.layer().output_shapes(inputs))
            .map_err(|e| self.place(e))
    }

    /// The shapes of the outputs of a call with options.
    ///
    /// # Errors
    /// `Unsupported`, if the layer does not take them; as [`LayerRef::output_shapes`].
    pub fn output_shapes_with(&self, inputs: &[Dims], options: CallOptions) -> Result<Vec<Dims>> {
        self.check_count(inputs.len())
            .and_then(|()| self.layer().output_shapes_with(inputs, options))
            .map_err(|e| self.place(e))
    }

    /// Makes the weights, in the context of a model. A layer that has them keeps them.
    ///
    /// # Errors
    /// `Shape`, if the layer does not take such inputs, naming the layer and its options.
    pub fn build_in(&self, cx: &mut BuildContext<'_>, inputs: &[Dims]) -> Result<()> {
        if self.is_built() {
            return Ok(());
        }
        let mut inner = cx.enter(self);
        self.layer()
            .validate()
            .and_then(|()| self.check_count(inputs.len()))
            .and_then(|()| self.layer().build(&mut inner, inputs))
            .map_err(|e| self.place(e))?;
        let (weights, random, states) = inner.finish();
        // A second builder that came first has won; its weights stay.
        let _ = self.0.built.set(Built { inputs: inputs.to_vec(), weights, random, states });
        if !self.trainable() {
            self.set_trainable(false);
        }
        Ok(())
    }

    /// Whether the weights are there.
    pub fn is_built(&self) -> bool {
        self.0.built.get().is_some()
    }

    /// The shapes of the inputs that the layer was built for.
    pub fn built_shapes(&self) -> &[Dims] {
        self.0.built.get().map_or(&[], |b| &b.inputs)
    }

    /// Computes the outputs: eagerly on eager inputs, as part of the program on traced ones.
    ///
    /// Float inputs are converted to the type that the layer computes in.
    ///
    /// # Errors
    /// What the ops report, naming the layer and its options.
    pub fn call(&self, cx: &mut CallContext, inputs: &[Tensor]) -> Result<Vec<Tensor>> {
        Ok(self.call_masked(cx, inputs, &[])?.0)
    }

    /// As [`LayerRef::call`], with the masks of the inputs (booleans, false where a step does not
    /// count; missing ones are none), and the masks of the outputs, one for each.
    ///
    /// # Errors
    /// As [`LayerRef::call`].
    #[allow(clippy::type_complexity)]
    pub fn call_masked(
        &self,
        cx: &mut CallContext,
        inputs: &[Tensor],
        masks: &[Option<Tensor>],
    ) -> Result<(Vec<Tensor>, Vec<Option<Tensor>>)> {
        self.call_with(cx, inputs, masks, CallOptions::default())
    }

    /// As [`LayerRef::call_masked`], with what the call asks for beside its inputs.
    ///
    /// # Errors
    /// `Unsupported`, if the layer does not take it; as [`LayerRef::call`].
    #[allow(clippy::type_complexity)]
    pub fn call_with(
        &self,
        cx: &mut CallContext,
        inputs: &[Tensor],
        masks: &[Option<Tensor>],
        options: CallOptions,
    ) -> Result<(Vec<Tensor>, Vec<Option<Tensor>>)> {
        if options != CallOptions::default() {
            let shapes: Vec<Dims> = inputs.iter().map(|x| x.shape().into()).collect();
            self.output_shapes_with(&shapes, options)?;
        }
        if !self.is_built() {
            return Err(self.place(
                Error::value(text!(
                    en: "the layer has no weights yet",
                    ko: "층의 가중치가 아직 없습니다"
                ))
                .hint(text!(en: "build it first", ko: "먼저 build 하세요")),
            ));
        }
        cx.enter(self, masks, options);
        let result = self.call_inside(cx, inputs);
        let given = cx.leave();
        let finish = |outputs: Vec<Tensor>| {
            let mut masks = match given {
                Some(given) => given,
                None => self.compute_mask(inputs, masks)?,
            };
            masks.resize(outputs.len(), None);
            Ok((outputs, masks))
        };
        result.and_then(finish).map_err(|e| self.place(e))
    }

    /// The masks of the outputs for inputs with masks, without computing the outputs: none where the
    /// layer does not hand masks on.
    ///
    /// # Errors
    /// What the ops report.
    pub fn compute_mask(
        &self,
        inputs: &[Tensor],
        masks: &[Option<Tensor>],
    ) -> Result<Vec<Option<Tensor>>> {
        if !self.layer().supports_masking() {
            return Ok(Vec::new());
        }
        let mut masks = masks.to_vec();
        masks.resize(inputs.len(), None);
        self.layer().compute_mask(inputs, &masks)
    }

    fn call_inside(&self, cx: &mut CallContext, inputs: &[Tensor]) -> Result<Vec<Tensor>> {
        self.check_count(inputs.len())?;
        let layer = self.layer();
        let options = layer.options();
        let dtype = options.dtype.compute_dtype();
        let cast = |x: &Tensor| {
            let convert = x.dtype().is_float() || !layer.keeps_integers();
            let convert = convert && !layer.keeps_inputs();
            if convert { x.cast(dtype) } else { Ok(x.clone()) }
        };
        let inputs: Vec<Tensor> = inputs.iter().map(cast).collect::<Result<_>>()?;
        let outputs = layer.call(cx, &inputs)?;
        if let Some(regularizer) = options.activity_regularizer {
            for y in &outputs {
                cx.add_loss(regularizer.get()?.penalty(y)?);
            }
        }
        Ok(outputs)
    }

    /// Runs code as if inside a call of this layer: its weights and random numbers are the current
    /// ones.
    pub(super) fn within<R>(
        &self,
        cx: &mut CallContext,
        f: impl FnOnce(&mut CallContext) -> Result<R>,
    ) -> Result<R> {
        cx.enter(self, &[], CallOptions::default());
        let result = f(cx);
        cx.leave();
        result.map_err(|e| self.place(e))
    }

    /// Whether training changes the weights.
    pub fn trainable(&self) -> bool {
        self.0.trainable.load(Ordering::Relaxed)
    }

    /// Freezes the layer and the layers inside it, or lets them be trained again.
    pub fn set_trainable(&self, trainable: bool) {
        self.0.trainable.store(trainable, Ordering::Relaxed);
        for w in self.own_weights() {
            w.variable.set_trainable(trainable && w.trainable);
        }
        for layer in self.sublayers() {
            layer.set_trainable(trainable);
        }
    }

    /// The weights of this layer without those of layers inside it, in the order they were made.
    pub fn own_weights(&self) -> &[Weight] {
        self.0.built.get().map_or(&[], |b| &b.weights)
    }

    /// The layer's own random numbers, if it has any.
    pub fn own_random_states(&self) -> &[RandomState] {
        self.0.built.get().map_or(&[], |b| &b.random)
    }

    /// The variables that the layer itself keeps from one batch to the next (a stateful recurrent
    /// layer's states); they are no weights and are not saved.
    pub fn own_states(&self) -> &[Variable] {
        self.0.built.get().map_or(&[], |b| &b.states)
    }

    /// Sets to 0 what this layer and the layers inside it keep from one batch to the next: Keras's
    /// `reset_states`.
    ///
    /// # Errors
    /// What writing the variables reports.
    pub fn reset_states(&self) -> Result<()> {
        for v in self.own_states() {
            v.set_array(&Array::zeros(v.dtype(), v.shape()))?;
        }
        self.sublayers().iter().try_for_each(LayerRef::reset_states)
    }

    /// Every weight in Keras's order: the layer's own, trained ones first, then those of the
    /// layers inside it. A weight that is shared comes once.
    pub fn weights(&self) -> Vec<Weight> {
        let mut all: Vec<Weight> = Vec::new();
        self.collect(&mut all);
        let mut seen = std::collections::HashSet::new();
        all.retain(|w| seen.insert(w.variable.id()));
        all
    }

    fn collect(&self, all: &mut Vec<Weight>) {
        let own = self.own_weights();
        all.extend(own.iter().filter(|w| w.trainable).cloned());
        all.extend(own.iter().filter(|w| !w.trainable).cloned());
        for layer in self.sublayers() {
            layer.collect(all);
        }
    }

    /// The weights that training changes now.
    pub fn trainable_weights(&self) -> Vec<Weight> {
        self.weights().into_iter().filter(|w| w.variable.trainable()).collect()
    }

    /// The random numbers of this layer and of the layers inside it.
    pub fn random_states(&self) -> Vec<RandomState> {
        let inner = self.sublayers().iter().flat_map(LayerRef::random_states);
        self.own_random_states().iter().cloned().chain(inner).collect()
    }

    /// The variables of all weights.
    pub fn variables(&self) -> Vec<Variable> {
        self.weights().into_iter().map(|w| w.variable).collect()
    }

    /// How many numbers the weights hold.
    pub fn count_params(&self) -> usize {
        self.weights().iter().map(|w| w.variable.shape().size()).sum()
    }

    /// Copies of the weights, in the order of [`LayerRef::weights`].
    ///
    /// # Errors
    /// What reading them from the device reports.
    pub fn get_weights(&self) -> Result<Vec<Array>> {
        self.weights().iter().map(|w| w.variable.to_array()).collect()
    }

    /// Replaces the weights, in the order of [`LayerRef::weights`].
    ///
    /// # Errors
    /// `Shape` or `Value`, if the arrays are not those of this layer; then nothing is replaced.
    pub fn set_weights(&self, values: &[Array]) -> Result<()> {
        let weights = self.weights();
        if weights.len() != values.len() {
            return Err(self.place(Error::value(text!(
                en: "the layer has {} weights and was given {}", weights.len(), values.len();
                ko: "층의 가중치는 {}개인데 {}개를 받았습니다", weights.len(), values.len()
            ))));
        }
        for (w, v) in weights.iter().zip(values) {
            if w.variable.shape() != v.shape() {
                return Err(self.place(
                    Error::shape(text!(
                        en: "the weight \"{}\" has another shape", w.path;
                        ko: "가중치 \"{}\"의 모양이 다릅니다", w.path
                    ))
                    .given("value", v)
                    .expected(w.variable.shape().to_string()),
                ));
            }
        }
        for (w, v) in weights.iter().zip(values) {
            w.variable.set_array(&v.convert(w.variable.dtype()))?;
        }
        Ok(())
    }

    /// The penalties that the weights' regularizers add to the loss, for the weights that are
    /// trained. Call it once in a step, not once for each use of a shared layer.
    ///
    /// # Errors
    /// What the ops report.
    pub fn regularization_losses(&self) -> Result<Vec<Tensor>> {
        let penalty = |w: &Weight| -> Option<Result<Tensor>> {
            let r = w.regularizer.as_ref()?;
            Some(w.variable.value().and_then(|v| r.penalty(&v)))
        };
        self.trainable_weights().iter().filter_map(penalty).collect()
    }

    /// The layer in Keras's saved form, with its name and, once built, the shapes of its inputs.
    ///
    /// # Errors
    /// `NotFound`, if an option names something that does not exist.
    pub fn serialize(&self) -> Result<Value> {
        let mut value = self.layer().as_record().serialize()?;
        if let Some(config) = value["config"].as_object_mut() {
            self.layer().write_sublayers(config, self.sublayers())?;
        }
        value["config"]["name"] = self.name().into();
        if value["config"].get("trainable").is_some() {
            value["config"]["trainable"] = self.trainable().into();
        }
        let names = self.layer().argument_names();
        if !names.is_empty() && self.built_shapes().len() > 1 {
            // Keras builds no layer for the shape of a mask.
            let named =
                names.iter().zip(self.built_shapes()).filter(|(n, _)| !n.ends_with("_mask"));
            let shapes = named.map(|(name, dims)| (format!("{name}_shape"), json!(dims)));
            value["build_config"] = json!({ "shapes_dict": shapes.collect::<Map<_, _>>() });
        } else if let [one] = self.built_shapes() {
            value["build_config"] = json!({ "input_shape": one });
        } else if self.is_built() && !self.built_shapes().is_empty() {
            value["build_config"] = json!({ "input_shape": self.built_shapes() });
        }
        Ok(value)
    }
}

impl<R: Layer> From<R> for LayerRef {
    /// A layer of a record; an option out of range is reported when the layer is built.
    fn from(layer: R) -> LayerRef {
        LayerRef::of(Arc::new(layer))
    }
}

impl fmt::Debug for LayerRef {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?}: {}", self.name(), self.layer().as_record().describe())
    }
}
