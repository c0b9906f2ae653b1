//! `GRU` and its cell.

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
    /// One step of a [`GRU`]: inputs `(batch, features)` and the state `(batch, units)`, outputs the
    /// output and the next state, which are one. Source: Keras 3, `keras.layers.GRUCell`.
    GRUCell named "gru_cell" with 1 states,

    /// Gated recurrent units: `h = z * h + (1 - z) * a(candidate)`, step by step.
    ///
    /// Of `x . kernel` and `h . recurrent_kernel`, each with its bias, the first parts give the update
    /// gate `z` and the second the reset gate, which scales the state's part of the candidate (after
    /// the product with `reset_after`, else before). Inputs `(batch, steps, features)` and, if wanted,
    /// the initial state; output `(batch, units)`, or `(batch, steps, units)` with
    /// `return_sequences`, and the last state with `return_state`. Weights `kernel`
    /// `(features, 3 * units)`, `recurrent_kernel` `(units, 3 * units)`, `bias` `(2, 3 * units)`
    /// (`(3 * units)` without `reset_after`). Source: Cho et al. 2014; Keras 3, `keras.layers.GRU`.
    ///
    /// ```
    /// use seodang_nn::layers::{GRU, LayerRef};
    ///
    /// let layer = LayerRef::new(GRU::new(16usize).return_state(true))?;
    /// let shapes = layer.output_shapes(&[vec![None, None, Some(4)].into()])?;
    /// assert_eq!(shapes.len(), 2);
    /// # Ok::<(), seodang_core::Error>(())
    /// ```
    GRU,
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
        /// Whether the reset gate scales the product with the recurrent kernel, or the state before it.
        reset_after: bool = true,
        /// Draws dropout from a stream of the layer's own; if absent, from the model's.
        seed: Option<u64> = None,
    }
}

impl GRUCell {
    fn check_activations(&self) -> Result<()> {
        self.activation.check()?;
        self.recurrent_activation.check()
    }

    fn build_weights(&self, cx: &mut BuildContext<'_>, inputs: &[Dims]) -> Result<()> {
        let wide = 3 * self.units;
        let bias: &[usize] = if self.reset_after { &[2, wide] } else { &[wide] };
        self.shared().build(cx, inputs, 3, bias)
    }

    /// The biases of the products with the kernel and with the recurrent kernel.
    fn biases(&self, cx: &CallContext) -> Result<[Option<Tensor>; 2]> {
        if !self.use_bias {
            return Ok([None, None]);
        }
        let bias = cx.weight("bias")?;
        if !self.reset_after {
            return Ok([Some(bias), None]);
        }
        let mut rows = bias.unstack(0)?.into_iter();
        Ok([rows.next(), rows.next()])
    }
}

impl Cell for GRUCell {
    fn state_sizes(&self) -> Vec<usize> {
        vec![self.units]
    }

    fn start(&self, cx: &mut CallContext, x: &TensorType) -> Result<(Project, CellStep)> {
        let shared = self.shared();
        let [bias, inner_bias] = self.biases(cx)?;
        // With recurrent dropout, Keras gives every gate masks of its own.
        let project = shared.project(cx, x, bias, 3, self.recurrent_dropout > 0.0)?;
        let masks = shared.recurrent_masks(cx, x, 3)?;
        let kernel = cx.weight("recurrent_kernel")?;
        let units = self.units;
        let parts = kernel.split_sizes(&[2 * units, units], 1)?;
        let (a, r) = (self.activation.clone(), self.recurrent_activation.clone());
        let after = self.reset_after;
        let step = move |x: &Tensor, states: &[Tensor]| {
            let h = &states[0];
            let x = x.split(3, -1)?;
            let (z, candidate) = if after {
                let inner = recur(h, &kernel, &masks)?;
                let inner = match &inner_bias {
                    Some(bias) => (inner + bias)?,
                    None => inner,
                };
                let inner = inner.split(3, -1)?;
                let reset = r.call(&(&x[1] + &inner[1])?)?;
                let candidate = a.call(&(&x[2] + (reset * &inner[2])?)?)?;
                (r.call(&(&x[0] + &inner[0])?)?, candidate)
            } else {
                let gates = recur(h, &parts[0], masks.get(..2).unwrap_or(&[]))?.split(2, -1)?;
                let reset = r.call(&(&x[1] + &gates[1])?)?;
                let inner = recur(&(reset * h)?, &parts[1], masks.get(2..).unwrap_or(&[]))?;
                (r.call(&(&x[0] + &gates[0])?)?, a.call(&(&x[2] + inner)?)?)
            };
            let h = ((&z * h)? + ((1.0 - z)? * candidate)?)?;
            Ok((h.clone(), vec![h]))
        };
        Ok((project, Box::new(step)))
    }
}
