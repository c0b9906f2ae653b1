//! `PReLU`.

use super::{BuildContext, CallContext, Layer, WeightSpec, layer, unknown_dim};
use crate::constraints::Constraint;
use crate::initializers::{Initializer, Zeros};
use crate::regularizers::Regularizer;
use crate::{Choice, Dims, ops};
use seodang_core::Result;
use seodang_tensor::Tensor;

layer! {
    /// `x` above 0, `alpha * x` below, with a trained alpha for each element of a sample.
    ///
    /// Weight `alpha` with a sample's shape, 1 at the shared axes. Source: He et al. 2015; Keras 3,
    /// `keras.layers.PReLU`.
    ///
    /// ```
    /// use seodang_nn::layers::{LayerRef, PReLU};
    /// let layer = LayerRef::new(PReLU::new().shared_axes(vec![1, 2]))?;
    /// assert_eq!(layer.output_shapes(&[[4, 8, 8, 3].into()])?[0].to_string(), "(4, 8, 8, 3)");
    /// # Ok::<(), seodang_core::Error>(())
    /// ```
    PReLU, new() {
        /// How the slopes begin.
        alpha_initializer: Choice<dyn Initializer> = Zeros::new().into(),
        /// The penalty on the slopes.
        alpha_regularizer: Option<Choice<dyn Regularizer>> = None,
        /// What the slopes must fulfil.
        alpha_constraint: Option<Choice<dyn Constraint>> = None,
        /// The axes along which all elements have one slope: 1 and 2 for the places of an image.
        shared_axes: Option<Vec<i64>> = None,
    }
}

impl Layer for PReLU {
    fn output_shapes(&self, inputs: &[Dims]) -> Result<Vec<Dims>> {
        Ok(inputs.to_vec())
    }

    fn build(&self, cx: &mut BuildContext<'_>, inputs: &[Dims]) -> Result<()> {
        let x = &inputs[0];
        let mut shape: Vec<Option<usize>> = x.iter().skip(1).copied().collect();
        for &axis in self.shared_axes.iter().flatten() {
            let at = ops::axis(axis, x.rank())?;
            if let Some(d) = at.checked_sub(1).and_then(|at| shape.get_mut(at)) {
                *d = Some(1);
            }
        }
        let shape: Option<Vec<usize>> = shape.into_iter().collect();
        let shape = shape.ok_or_else(|| unknown_dim(x, "unshared"))?;
        cx.add_weight(
            WeightSpec::new("alpha", shape, &self.alpha_initializer)
                .regularizer(self.alpha_regularizer.as_ref())
                .constraint(self.alpha_constraint.as_ref()),
        )?;
        Ok(())
    }

    fn supports_masking(&self) -> bool {
        true
    }

    fn call(&self, cx: &mut CallContext, inputs: &[Tensor]) -> Result<Vec<Tensor>> {
        let x = &inputs[0];
        let slope = cx.weight("alpha")?.neg()?;
        let below = (slope * x.neg()?.relu()?)?;
        Ok(vec![(x.relu()? + below)?])
    }
}
