//! `Dense`.

use super::{
    BuildContext, CallContext, Layer, WeightSpec, layer, positive, unknown_dim, wrong_rank,
};
use crate::activations::Activation;
use crate::constraints::Constraint;
use crate::initializers::{GlorotUniform, Initializer, Zeros};
use crate::regularizers::Regularizer;
use crate::{Choice, Dims};
use seodang_core::Result;
use seodang_tensor::Tensor;

layer! {
    /// `activation(inputs . kernel + bias)`: every output depends on every element of the last axis.
    ///
    /// Inputs `(batch, ..., features)`, outputs `(batch, ..., units)`; weights `kernel`
    /// `(features, units)` and `bias` `(units)`. Source: Keras 3, `keras.layers.Dense`.
    ///
    /// ```
    /// use seodang_nn::Activation;
    /// use seodang_nn::layers::{Dense, LayerRef};
    ///
    /// let layer = LayerRef::new(Dense::new(10).activation(Activation::Softmax))?;
    /// let shapes = layer.output_shapes(&[vec![None, Some(64)].into()])?;
    /// assert_eq!(shapes[0].to_string(), "(None, 10)");
    /// # Ok::<(), seodang_core::Error>(())
    /// ```
    Dense, new(units: usize) {
        /// The number of outputs.
        units: usize = 0,
        /// The function of the outputs.
        activation: Activation = Activation::Linear,
        /// Whether there is a bias.
        use_bias: bool = true,
        /// How the kernel begins.
        kernel_initializer: Choice<dyn Initializer> = GlorotUniform::new().into(),
        /// How the bias begins.
        bias_initializer: Choice<dyn Initializer> = Zeros::new().into(),
        /// The penalty on the kernel.
        kernel_regularizer: Option<Choice<dyn Regularizer>> = None,
        /// The penalty on the bias.
        bias_regularizer: Option<Choice<dyn Regularizer>> = None,
        /// What the kernel must fulfil.
        kernel_constraint: Option<Choice<dyn Constraint>> = None,
        /// What the bias must fulfil.
        bias_constraint: Option<Choice<dyn Constraint>> = None,
    }
}

impl Layer for Dense {
    fn validate(&self) -> Result<()> {
        positive("units", self.units)?;
        self.activation.check()
    }

    fn output_shapes(&self, inputs: &[Dims]) -> Result<Vec<Dims>> {
        let Some((_, leading)) = inputs[0].split_last().filter(|(_, leading)| !leading.is_empty())
        else {
            return Err(wrong_rank(&inputs[0], "2 or more"));
        };
        Ok(vec![leading.iter().copied().chain([Some(self.units)]).collect()])
    }

    fn build(&self, cx: &mut BuildContext<'_>, inputs: &[Dims]) -> Result<()> {
        self.output_shapes(inputs)?;
        let features = inputs[0].last_dim().ok_or_else(|| unknown_dim(&inputs[0], "last"))?;
        cx.add_weight(
            WeightSpec::new("kernel", [features, self.units], &self.kernel_initializer)
                .regularizer(self.kernel_regularizer.as_ref())
                .constraint(self.kernel_constraint.as_ref()),
        )?;
        if self.use_bias {
            cx.add_weight(
                WeightSpec::new("bias", [self.units], &self.bias_initializer)
                    .regularizer(self.bias_regularizer.as_ref())
                    .constraint(self.bias_constraint.as_ref()),
            )?;
        }
        Ok(())
    }

    fn supports_masking(&self) -> bool {
        true
    }

    fn call(&self, cx: &mut CallContext, inputs: &[Tensor]) -> Result<Vec<Tensor>> {
        let x = &inputs[0];
        let kernel = cx.weight("kernel")?;
        // One product of two matrices, whatever the rank: the leading axes count as rows.
        let y = if x.rank() == 2 {
            x.matmul(&kernel)?
        } else {
            let (features, leading) = x.shape().split_last().unwrap_or((&1, &[]));
            let rows: usize = leading.iter().product();
            let shape: Vec<usize> = leading.iter().copied().chain([self.units]).collect();
            x.reshape([rows, *features])?.matmul(&kernel)?.reshape(shape)?
        };
        let y = if self.use_bias { (y + cx.weight("bias")?)? } else { y };
        Ok(vec![self.activation.call(&y)?])
    }
}
