//! `SimpleRNN` and its cell.

use super::{Cell, CellStep, Project, recur, recurrent};
use crate::activations::Activation;
use crate::constraints::Constraint;
use crate::initializers::{GlorotUniform, Initializer, Orthogonal, Zeros};
use crate::layers::{BuildContext, CallContext};
use crate::regularizers::Regularizer;
use crate::{Choice, Dims};
use seodang_core::Result;
use seodang_tensor::{Tensor, TensorType};

recurrent! {
    /// One step of a [`SimpleRNN`]: inputs `(batch, features)` and the state `(batch, units)`, outputs
    /// the output and the next state, which are one. Source: Keras 3, `keras.layers.SimpleRNNCell`.
    SimpleRNNCell named "simple_rnn_cell" with 1 states,

    /// `h = activation(x . kernel + h . recurrent_kernel + bias)`, step by step.
    ///
    /// Inputs `(batch, steps, features)` and, if wanted, the initial state `(batch, units)`; output
    /// `(batch, units)`, or `(batch, steps, units)` with `return_sequences`, and the last state with
    /// `return_state`. Weights `kernel` `(features, units)`, `recurrent_kernel` `(units, units)`,
    /// `bias` `(units)`. Source: Keras 3, `keras.layers.SimpleRNN`.
    ///
    /// ```
    /// use seodang_nn::layers::{LayerRef, SimpleRNN};
    ///
    /// let layer = LayerRef::new(SimpleRNN::new(32usize).return_sequences(true))?;
    /// let shapes = layer.output_shapes(&[vec![None, Some(10), Some(4)].into()])?;
    /// assert_eq!(shapes[0].to_string(), "(None, 10, 32)");
    /// # Ok::<(), seodang_core::Error>(())
    /// ```
    SimpleRNN,
    {
        /// The function of the outputs.
        activation: Activation = Activation::Tanh,
        /// Whether there is a bias.
        use_bias: bool = true,
        /// How the kernel begins.
        kernel_initializer: Choice<dyn Initializer> = GlorotUniform::new().into(),
        /// How the recurrent kernel begins.
        recurrent_initializer: Choice<dyn Initializer> = Orthogonal::new().into(),
        /// How the bias begins.
        bias_initializer: Choice<dyn Initializer> = Zeros::new().into(),
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

impl SimpleRNNCell {
    fn check_activations(&self) -> Result<()> {
        self.activation.check()
    }

    fn build_weights(&self, cx: &mut BuildContext<'_>, inputs: &[Dims]) -> Result<()> {
        self.shared().build(cx, inputs, 1, &[self.units])
    }
}

impl Cell for SimpleRNNCell {
    fn state_sizes(&self) -> Vec<usize> {
        vec![self.units]
    }

    fn start(&self, cx: &mut CallContext, x: &TensorType) -> Result<(Project, CellStep)> {
        let shared = self.shared();
        let bias = if self.use_bias { Some(cx.weight("bias")?) } else { None };
        let project = shared.project(cx, x, bias, 1, false)?;
        let masks = shared.recurrent_masks(cx, x, 1)?;
        let (kernel, activation) = (cx.weight("recurrent_kernel")?, self.activation.clone());
        let step = move |x: &Tensor, states: &[Tensor]| {
            let h = activation.call(&(x + recur(&states[0], &kernel, &masks)?)?)?;
            Ok((h.clone(), vec![h]))
        };
        Ok((project, Box::new(step)))
    }
}
