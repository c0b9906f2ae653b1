//! The values of a functional model while it is put together.

use crate::layers::{BuildContext, CallOptions, InputLayer, Layer, LayerRef};
use crate::{Dims, random};
use seodang_core::{DType, Error, Result, text};
use std::fmt;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

/// A value of a functional model that is being put together: a shape and the layers that it comes
/// from, without numbers (Keras's `KerasTensor`).
///
/// ```
/// use seodang_nn::layers::{Dense, Input};
/// use seodang_nn::{Apply, Model};
///
/// let x = Input::new([784]).tensor()?;
/// let h = Dense::new(32).activation("relu").apply(&x)?;
/// let y = Dense::new(10).apply(&h)?;
/// assert_eq!(y.dims().to_string(), "(None, 10)");
/// let model = Model::new([&x], [&y])?;
/// assert_eq!(model.count_params(), 784 * 32 + 32 + 32 * 10 + 10);
/// # Ok::<(), seodang_core::Error>(())
/// ```
#[derive(Clone)]
pub struct SymbolicTensor {
    call: Arc<Call>,
    output: usize,
}

/// One use of a layer.
pub(crate) struct Call {
    /// Counts up as calls are made: the order of a layer's calls.
    pub(crate) id: u64,
    pub(crate) layer: LayerRef,
    pub(crate) inputs: Vec<SymbolicTensor>,
    pub(crate) options: CallOptions,
    pub(crate) outputs: Vec<Dims>,
}

impl Drop for Call {
    /// Takes long chains apart one by one: the derived way recurses, as deep as the model.
    fn drop(&mut self) {
        let mut rest = std::mem::take(&mut self.inputs);
        while let Some(tensor) = rest.pop() {
            if let Some(mut call) = Arc::into_inner(tensor.call) {
                rest.append(&mut call.inputs);
            }
        }
    }
}

impl SymbolicTensor {
    /// The shape, the batch included.
    pub fn dims(&self) -> &Dims {
        &self.call.outputs[self.output]
    }

    /// The element type.
    pub fn dtype(&self) -> DType {
        self.layer().layer().options().dtype.compute_dtype()
    }

    /// The layer that the value comes from.
    pub fn layer(&self) -> &LayerRef {
        &self.call.layer
    }

    pub(crate) fn call(&self) -> &Arc<Call> {
        &self.call
    }

    /// Which of the layer's outputs the value is.
    pub(crate) fn output(&self) -> usize {
        self.output
    }

    pub(crate) fn same(&self, other: &SymbolicTensor) -> bool {
        Arc::ptr_eq(&self.call, &other.call) && self.output == other.output
    }

    /// The values that a layer makes of others: shapes only.
    pub(crate) fn of_call(
        layer: &LayerRef,
        inputs: Vec<SymbolicTensor>,
        options: CallOptions,
    ) -> Result<Vec<SymbolicTensor>> {
        static NEXT: AtomicU64 = AtomicU64::new(0);
        let outputs = match input_dims(layer)? {
            Some(dims) => layer.output_shapes(&[dims])?,
            None => layer.output_shapes_with(&dims_of(&inputs), options)?,
        };
        let id = NEXT.fetch_add(1, Ordering::Relaxed);
        let call = Arc::new(Call { id, layer: layer.clone(), inputs, options, outputs });
        Ok(SymbolicTensor::of_existing(&call))
    }

    /// The outputs of a call.
    pub(crate) fn of_existing(call: &Arc<Call>) -> Vec<SymbolicTensor> {
        let count = call.outputs.len();
        (0..count).map(|output| SymbolicTensor { call: call.clone(), output }).collect()
    }
}

pub(crate) fn dims_of(tensors: &[SymbolicTensor]) -> Vec<Dims> {
    tensors.iter().map(|t| t.dims().clone()).collect()
}

/// Whether a layer is where data enters.
pub(crate) fn is_input(layer: &LayerRef) -> bool {
    layer.class_name() == "InputLayer"
}

/// The shape that an input layer declares.
pub(crate) fn input_dims(layer: &LayerRef) -> Result<Option<Dims>> {
    if !is_input(layer) {
        return Ok(None);
    }
    let config = layer.layer().config()?;
    let dims = config.get("batch_shape").cloned().unwrap_or_default();
    serde_json::from_value(dims).map(Some).map_err(|e| {
        Error::format(text!(
            en: "the shape of an input is not a list of numbers",
            ko: "입력의 모양이 숫자 목록이 아닙니다"
        ))
        .source_error(e)
    })
}

impl fmt::Debug for SymbolicTensor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{} of {:?}", self.dtype(), self.dims(), self.layer().name())
    }
}

impl InputLayer {
    /// The value at which data enters a functional model.
    ///
    /// # Errors
    /// `Unsupported` for a sparse or ragged input.
    pub fn tensor(self) -> Result<SymbolicTensor> {
        let layer = LayerRef::new(self)?;
        let dims = input_dims(&layer)?.unwrap_or_default();
        layer.build_in(&mut BuildContext::new("", &mut random::next_stream()), &[dims])?;
        only(&layer, SymbolicTensor::of_call(&layer, Vec::new(), CallOptions::default())?)
    }
}

/// What a layer can be applied to: one value, or several.
pub struct LayerInputs(Vec<SymbolicTensor>);

impl From<&SymbolicTensor> for LayerInputs {
    fn from(x: &SymbolicTensor) -> LayerInputs {
        LayerInputs(vec![x.clone()])
    }
}

impl From<SymbolicTensor> for LayerInputs {
    fn from(x: SymbolicTensor) -> LayerInputs {
        LayerInputs(vec![x])
    }
}

impl From<Vec<SymbolicTensor>> for LayerInputs {
    fn from(x: Vec<SymbolicTensor>) -> LayerInputs {
        LayerInputs(x)
    }
}

impl From<&[SymbolicTensor]> for LayerInputs {
    fn from(x: &[SymbolicTensor]) -> LayerInputs {
        LayerInputs(x.to_vec())
    }
}

impl<const N: usize> From<[&SymbolicTensor; N]> for LayerInputs {
    fn from(x: [&SymbolicTensor; N]) -> LayerInputs {
        LayerInputs(x.into_iter().cloned().collect())
    }
}

impl LayerRef {
    /// Applies the layer in a functional model, making its weights if it has none. Applied again, it
    /// shares them.
    ///
    /// # Errors
    /// `Shape`, if the layer does not take such inputs or has several outputs (see
    /// [`LayerRef::apply_all`]).
    pub fn apply(&self, inputs: impl Into<LayerInputs>) -> Result<SymbolicTensor> {
        only(self, self.apply_all(inputs)?)
    }

    /// As [`LayerRef::apply`], with every output.
    ///
    /// # Errors
    /// `Shape`, if the layer does not take such inputs.
    pub fn apply_all(&self, inputs: impl Into<LayerInputs>) -> Result<Vec<SymbolicTensor>> {
        self.apply_with(inputs, CallOptions::default())
    }

    /// As [`LayerRef::apply_all`], with what the call asks for beside its inputs.
    ///
    /// # Errors
    /// `Unsupported`, if the layer does not take it; `Shape`, if it does not take such inputs.
    ///
    /// ```
    /// use seodang_nn::layers::{CallOptions, Input, LayerRef, MultiHeadAttention};
    ///
    /// let x = Input::new([12, 16]).tensor()?;
    /// let attention = LayerRef::new(MultiHeadAttention::new(2usize, 8usize))?;
    /// let options = CallOptions { use_causal_mask: true, ..CallOptions::default() };
    /// let y = attention.apply_with([&x, &x], options)?.remove(0);
    /// assert_eq!(y.dims().to_string(), "(None, 12, 16)");
    /// # Ok::<(), seodang_core::Error>(())
    /// ```
    pub fn apply_with(
        &self,
        inputs: impl Into<LayerInputs>,
        options: CallOptions,
    ) -> Result<Vec<SymbolicTensor>> {
        let inputs = inputs.into().0;
        self.build_in(&mut BuildContext::new("", &mut random::next_stream()), &dims_of(&inputs))?;
        SymbolicTensor::of_call(self, inputs, options)
    }
}

fn only(layer: &LayerRef, mut outputs: Vec<SymbolicTensor>) -> Result<SymbolicTensor> {
    match (outputs.pop(), outputs.len()) {
        (Some(one), 0) => Ok(one),
        (_, more) => Err(Error::shape(text!(
            en: "\"{}\" has {} outputs", layer.name(), more + 1;
            ko: "\"{}\"의 출력은 {}개입니다", layer.name(), more + 1
        ))
        .hint(text!(en: "use apply_all", ko: "apply_all을 쓰세요"))),
    }
}

/// Layers are applied to the values of a functional model.
pub trait Apply: Layer + Sized {
    /// Makes a layer of the record and applies it; see [`LayerRef::apply`]. For a layer that is used
    /// more than once make a [`LayerRef`] first.
    ///
    /// # Errors
    /// `Shape`, if the layer does not take such inputs; `Value` for a wrong option.
    fn apply(self, inputs: impl Into<LayerInputs>) -> Result<SymbolicTensor> {
        LayerRef::new(self)?.apply(inputs)
    }
}

impl<L: Layer> Apply for L {}
