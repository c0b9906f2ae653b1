//! `LSTM` and its cell.

use super::{Cell, CellStep, Project, recur, recurrent};
use crate::activations::Activation;
use crate::constraints::Constraint;
use crate::initializers::{GlorotUniform, Initializer, Ones, Orthogonal, Zeros};
use crate::layers::{BuildContext, CallContext};
use crate::record::{Config, Record};
use crate::regularizers::Regularizer;
use crate::{Choice, Dims};
use seodang_core::random::Stream;
use seodang_core::{Array, DType, Result, Shape};
use seodang_tensor::{Tensor, TensorType};
use std::sync::Arc;

recurrent! {
    /// One step of an [`LSTM`]: inputs `(batch, features)` and the states h and c `(batch, units)`,
    /// outputs the output and the next h and c. Source: Keras 3, `keras.layers.LSTMCell`.
    LSTMCell named "lstm_cell" with 2 states,

    /// Long short-term memory: gates decide what the state keeps, takes in and gives out.
    ///
    /// With `i, f, g, o` the four parts of `x . kernel + h . recurrent_kernel + bias`, step by step
    /// `c = r(f) * c + r(i) * a(g)` and `h = r(o) * a(c)`, where `a` is `activation` and `r` is
    /// `recurrent_activation`. Inputs `(batch, steps, features)` and, if wanted, the initial states h
    /// and c; output h `(batch, units)`, or `(batch, steps, units)` with `return_sequences`, and the
    /// last h and c with `return_state`. Weights `kernel` `(features, 4 * units)`, `recurrent_kernel`
    /// `(units, 4 * units)`, `bias` `(4 * units)`. Steps that the inputs' mask leaves out leave the
    /// states as they were. Source: Hochreiter and Schmidhuber 1997; Keras 3, `keras.layers.LSTM`.
    ///
    /// ```
    /// use seodang_nn::Sequential;
    /// use seodang_nn::layers::{Dense, Input, LSTM};
    ///
    /// let model = Sequential::new()
    ///     .add(Input::new([20, 8]))
    ///     .add(LSTM::new(32usize))
    ///     .add(Dense::new(1))
    ///     .build()?;
    /// assert_eq!(model.weights()[0].path, "sequential/lstm/lstm_cell/kernel");
    /// # Ok::<(), seodang_core::Error>(())
    /// ```
    LSTM,
    {
        /// The function of the outputs.
        activation: Activation = Activation::Tanh,
        /// The function of the gates.
        recurrent_activation: Activation = Activation::Sigmoid,
        /// Whether there is a bias.
        use_bias: bool = true,
        /// How the kernel begins.
        kernel_initializer: Choice<dyn Initializer> = GlorotUniform::new().into(),
        /// How the recurrent kernel begins.
        recurrent_initializer: Choice<dyn Initializer> = Orthogonal::new().into(),
        /// How the bias begins.
        bias_initializer: Choice<dyn Initializer> = Zeros::new().into(),
        /// Whether the bias of the forget gate begins with 1.
        unit_forget_bias: bool = true,
        /// The penalty on the kernel.
        kernel_regularizer: Option<Choice<dyn Regularizer>> = None,
        /// The penalty on the recurrent kernel.
        recurrent_regularizer: Option<Choice<dyn Regularizer>> = None,
        /// The penalty on the bias.
        bias_regularizer: Option<Choice<dyn Regularizer>> = None,
        /// What the kernel must fulfil.
        kernel_constraint: Option<Choice<dyn Constraint>> = None,
        /// What the recurrent kernel must fulfil.
        recurrent_constraint: Option<Choice<dyn Constraint>> = None,
        /// What the bias must fulfil.
        bias_constraint: Option<Choice<dyn Constraint>> = None,
        /// The part of the inputs that training drops: 0 to 1.
        dropout: f64 = 0.0,
        /// The part of the state that training drops: 0 to 1.
        recurrent_dropout: f64 = 0.0,
        /// Draws dropout from a stream of the layer's own; if absent, from the model's.
        seed: Option<u64> = None,
    }
}

/// The bias of an LSTM: that of the forget gate, the second of four parts, begins with 1.
#[derive(Debug)]
struct ForgetBias(Choice<dyn Initializer>);

impl Record for ForgetBias {
    fn class_name(&self) -> &str {
        "ForgetBias"
    }

    fn module(&self) -> &str {
        "seodang"
    }

    fn config(&self) -> Result<Config> {
        Ok(Config::new())
    }

    fn default_config(&self) -> Config {
        Config::new()
    }
}

impl Initializer for ForgetBias {
    fn initialize(&self, stream: &mut Stream, dtype: DType, shape: &Shape) -> Result<Array> {
        let units = shape.size() / 4;
        let inner = self.0.get()?;
        let mut values = inner.initialize(stream, dtype, &[units].into())?.to_f64_vec();
        values.extend(Ones::new().initialize(stream, dtype, &[units].into())?.to_f64_vec());
        values.extend(inner.initialize(stream, dtype, &[2 * units].into())?.to_f64_vec());
        Ok(Array::from_fn(dtype, shape.clone(), |i| values[i]))
    }
}

impl LSTMCell {
    fn check_activations(&self) -> Result<()> {
        self.activation.check()?;
        self.recurrent_activation.check()
    }

    fn build_weights(&self, cx: &mut BuildContext<'_>, inputs: &[Dims]) -> Result<()> {
        let forget = Choice::known(Arc::new(ForgetBias(self.bias_initializer.clone())) as _);
        let mut shared = self.shared();
        if self.unit_forget_bias {
            shared.initializers[2] = &forget;
        }
        shared.build(cx, inputs, 4, &[4 * self.units])
    }
}

impl Cell for LSTMCell {
    fn state_sizes(&self) -> Vec<usize> {
        vec![self.units, self.units]
    }

    fn start(&self, cx: &mut CallContext, x: &TensorType) -> Result<(Project, CellStep)> {
        let shared = self.shared();
        let bias = if self.use_bias { Some(cx.weight("bias")?) } else { None };
        // With recurrent dropout, Keras gives every gate masks of its own.
        let project = shared.project(cx, x, bias, 4, self.recurrent_dropout > 0.0)?;
        let masks = shared.recurrent_masks(cx, x, 4)?;
        let kernel = cx.weight("recurrent_kernel")?;
        let (a, r) = (self.activation.clone(), self.recurrent_activation.clone());
        let step = move |x: &Tensor, states: &[Tensor]| {
            let z = (x + recur(&states[0], &kernel, &masks)?)?.split(4, -1)?;
            let kept = (r.call(&z[1])? * &states[1])?;
            let c = (kept + (r.call(&z[0])? * a.call(&z[2])?)?)?;
            let h = (r.call(&z[3])? * a.call(&c)?)?;
            Ok((h.clone(), vec![h, c]))
        };
        Ok((project, Box::new(step)))
    }
}
