//! `LayerHandle`: a layer's record with its weights.

use super::table::{config_of, member};
use crate::convert::tensor;
use crate::errors::OrRaise;
use crate::function::list;
use crate::random::RandomState;
use crate::tensor::PyTensor;
use crate::variable::PyVariable;
use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;
use pyo3::types::{PyDict, PyTuple};
use seodang_nn::Dims;
use seodang_nn::layers::{BuildContext, CallContext, CallOptions, Layer, LayerRef, Weight};
use seodang_tensor::Tensor;

/// One weight of a layer.
#[pyclass(frozen, name = "WeightHandle", module = "seodang._native")]
pub(crate) struct WeightHandle(pub(crate) Weight);

#[pymethods]
impl WeightHandle {
    /// The name within the layer, such as "kernel".
    #[getter]
    fn name(&self) -> &str {
        &self.0.name
    }

    /// Keras's path, such as "sequential/dense/kernel".
    #[getter]
    fn path(&self) -> &str {
        &self.0.path
    }

    /// The value.
    #[getter]
    fn variable(&self) -> PyVariable {
        PyVariable::of(self.0.variable.clone())
    }

    /// Whether the layer lets training change it.
    #[getter]
    fn trainable(&self) -> bool {
        self.0.trainable
    }

    /// The penalty of its regularizer, or None.
    fn penalty(&self) -> PyResult<Option<PyTensor>> {
        match &self.0.regularizer {
            Some(r) => {
                let value = self.0.variable.value().or_raise()?;
                r.penalty(&value).or_raise().map(|t| Some(PyTensor(t)))
            }
            None => Ok(None),
        }
    }

    /// Whether it has a constraint.
    #[getter]
    fn constrained(&self) -> bool {
        self.0.constraint.is_some()
    }

    /// Makes it fulfil its constraint.
    fn constrain(&self) -> PyResult<()> {
        if let Some(c) = &self.0.constraint {
            let value = self.0.variable.value().or_raise()?;
            self.0.variable.assign(&c.project(&value).or_raise()?).or_raise()?;
        }
        Ok(())
    }
}

/// What a call gives: the outputs, their masks, the losses that the layer adds.
type Called = (Vec<PyTensor>, Vec<Option<PyTensor>>, Vec<PyTensor>);

/// A layer of the engine: its options, its weights, its computation.
#[pyclass(frozen, name = "LayerHandle", module = "seodang._native")]
pub(crate) struct LayerHandle(pub(crate) LayerRef);

/// Shapes with None for unknown dimensions.
fn dims(shapes: &Bound<'_, PyAny>) -> PyResult<Vec<Dims>> {
    shapes
        .try_iter()?
        .map(|s| {
            let s = s?;
            s.try_iter()?
                .map(|d| d?.extract::<Option<usize>>())
                .collect::<PyResult<Dims>>()
                .map_err(|_| PyValueError::new_err(format!("{s} is not a shape")))
        })
        .collect()
}

#[pymethods]
impl LayerHandle {
    /// A layer of a class with options as in Keras's `get_config`.
    #[new]
    #[pyo3(signature = (class_name, config=None))]
    fn new(class_name: &str, config: Option<&Bound<'_, PyDict>>) -> PyResult<LayerHandle> {
        let choice = member::<dyn Layer>(class_name, config)?;
        LayerRef::new(choice).or_raise().map(LayerHandle)
    }

    /// The name.
    #[getter]
    fn name(&self) -> &str {
        self.0.name()
    }

    /// Keras's class name.
    #[getter]
    fn class_name(&self) -> &str {
        self.0.class_name()
    }

    /// Whether training changes the weights.
    #[getter]
    fn trainable(&self) -> bool {
        self.0.trainable()
    }

    #[setter]
    fn set_trainable(&self, trainable: bool) {
        self.0.set_trainable(trainable);
    }

    /// The options, as Keras's `get_config` gives them.
    fn config<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        let mut config = self.0.layer().config().or_raise()?;
        config.insert("name".into(), self.0.name().into());
        if config.contains_key("trainable") {
            config.insert("trainable".into(), self.0.trainable().into());
        }
        config_of(py, config)
    }

    /// How few and how many inputs it takes; None for any number.
    #[getter]
    fn input_count(&self) -> (usize, Option<usize>) {
        let range = self.0.layer().input_count();
        let most = *range.end();
        (*range.start(), (most != usize::MAX).then_some(most))
    }

    /// Whether integer inputs are taken as they are.
    #[getter]
    fn keeps_integers(&self) -> bool {
        self.0.layer().keeps_integers()
    }

    /// The element type that it computes in.
    #[getter]
    fn compute_dtype(&self) -> &'static str {
        self.0.layer().options().dtype.compute_dtype().name()
    }

    /// The shapes of the outputs for shapes of inputs.
    fn output_shapes<'py>(
        &self,
        py: Python<'py>,
        shapes: &Bound<'py, PyAny>,
    ) -> PyResult<Vec<Bound<'py, PyTuple>>> {
        let outputs = self.0.output_shapes(&dims(shapes)?).or_raise()?;
        outputs.iter().map(|d| PyTuple::new(py, d.iter())).collect()
    }

    /// Makes the weights for inputs of these shapes.
    #[pyo3(signature = (shapes, path=""))]
    fn build(&self, shapes: &Bound<'_, PyAny>, path: &str) -> PyResult<()> {
        let mut stream = seodang_nn::random::next_stream();
        self.0.build_in(&mut BuildContext::new(path, &mut stream), &dims(shapes)?).or_raise()
    }

    /// Whether the weights are there.
    #[getter]
    fn built(&self) -> bool {
        self.0.is_built()
    }

    /// Computes the outputs: (outputs, their masks, losses that the layer adds). The last two
    /// arguments are for attention layers.
    #[pyo3(signature = (
        inputs, training=false, masks=None, random=None, use_causal_mask=false,
        return_attention_scores=false
    ))]
    fn call(
        &self,
        inputs: &Bound<'_, PyAny>,
        training: bool,
        masks: Option<&Bound<'_, PyAny>>,
        random: Option<&Bound<'_, RandomState>>,
        use_causal_mask: bool,
        return_attention_scores: bool,
    ) -> PyResult<Called> {
        let inputs = list(inputs)?;
        let masks: Vec<Option<Tensor>> = match masks.filter(|m| !m.is_none()) {
            Some(m) => m
                .try_iter()?
                .map(|m| {
                    let m = m?;
                    if m.is_none() { Ok(None) } else { tensor(&m).map(Some) }
                })
                .collect::<PyResult<_>>()?,
            None => vec![None; inputs.len()],
        };
        // A layer computes in reliance on its rule for shapes, which `call` alone does not ask.
        let known = |t: &Tensor| t.shape().iter().map(|&n| Some(n)).collect::<Dims>();
        self.0.output_shapes(&inputs.iter().map(known).collect::<Vec<_>>()).or_raise()?;
        let random = random.map(|r| r.get().0.clone());
        let mut cx = CallContext::new(training, random);
        let options = CallOptions { use_causal_mask, return_attention_scores };
        let (outputs, masks) = self.0.call_with(&mut cx, &inputs, &masks, options).or_raise()?;
        let losses = cx.take_losses();
        Ok((
            outputs.into_iter().map(PyTensor).collect(),
            masks.into_iter().map(|m| m.map(PyTensor)).collect(),
            losses.into_iter().map(PyTensor).collect(),
        ))
    }

    /// Every weight in Keras's order, those of layers inside included.
    #[getter]
    fn weights(&self) -> Vec<WeightHandle> {
        self.0.weights().into_iter().map(WeightHandle).collect()
    }

    /// The weights of this layer without those of layers inside.
    #[getter]
    fn own_weights(&self) -> Vec<WeightHandle> {
        self.0.own_weights().iter().cloned().map(WeightHandle).collect()
    }

    /// The penalties of the weights' regularizers, for weights that are trained.
    fn regularization_losses(&self) -> PyResult<Vec<PyTensor>> {
        Ok(self.0.regularization_losses().or_raise()?.into_iter().map(PyTensor).collect())
    }

    /// The variables with the states of the layer's own random numbers.
    #[getter]
    fn seed_variables(&self) -> Vec<PyVariable> {
        self.0.random_states().iter().map(|r| PyVariable::of(r.variable().clone())).collect()
    }

    /// The states that a stateful layer keeps from one batch to the next.
    #[getter]
    fn states(&self) -> Vec<PyVariable> {
        self.0.own_states().iter().map(|v| PyVariable::of(v.clone())).collect()
    }

    /// Sets to 0 what stateful layers keep from one batch to the next.
    fn reset_states(&self) -> PyResult<()> {
        self.0.reset_states().or_raise()
    }

    /// The names under which Keras holds the layers inside: parts of the paths in its files.
    #[getter]
    fn sublayer_names(&self) -> Vec<&'static str> {
        self.0.layer().sublayer_names().to_vec()
    }

    /// The layers inside.
    #[getter]
    fn sublayers(&self) -> Vec<LayerHandle> {
        self.0.sublayers().iter().cloned().map(LayerHandle).collect()
    }

    fn __repr__(&self) -> String {
        format!("<LayerHandle {:?}>", self.0)
    }
}

/// Starts the numbering of automatic layer names again.
#[pyfunction]
fn clear_names() {
    seodang_nn::layers::clear_names();
}

/// The floating-point type that weights and computations have unless told otherwise.
#[pyfunction]
fn floatx() -> &'static str {
    seodang_nn::floatx().name()
}

/// Sets the element type, or the policy of two ("mixed_float16"), that layers have unless told
/// otherwise.
#[pyfunction]
fn set_dtype_policy(name: &str) -> PyResult<()> {
    let policy = serde_json::from_value(serde_json::Value::String(name.to_string()))
        .map_err(|e| PyValueError::new_err(e.to_string()))?;
    seodang_nn::set_dtype_policy(policy);
    Ok(())
}

pub(crate) fn register(m: &Bound<'_, PyModule>) -> PyResult<()> {
    m.add_class::<LayerHandle>()?;
    m.add_class::<WeightHandle>()?;
    m.add_function(wrap_pyfunction!(clear_names, m)?)?;
    m.add_function(wrap_pyfunction!(floatx, m)?)?;
    m.add_function(wrap_pyfunction!(set_dtype_policy, m)?)
}
