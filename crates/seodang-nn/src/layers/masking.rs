//! `Masking`.

use super::{CallContext, Layer, layer};
use crate::Dims;
use seodang_core::Result;
use seodang_tensor::Tensor;

layer! {
    /// Marks the steps of a sequence whose features all have one value: layers behind leave them out,
    /// if they know masks. Inputs `(batch, steps, features)`; the features of marked steps become 0.
    /// Source: Keras 3, `keras.layers.Masking`.
    ///
    /// ```
    /// use seodang_nn::Sequential;
    /// use seodang_nn::layers::{Input, LSTM, Masking};
    ///
    /// let model = Sequential::new()
    ///     .add(Input::new([10, 8]))
    ///     .add(Masking::new().mask_value(-1.0))
    ///     .add(LSTM::new(32usize))
    ///     .build()?;
    /// assert_eq!(model.count_params(), 4 * 32 * (8 + 32 + 1));
    /// # Ok::<(), seodang_core::Error>(())
    /// ```
    Masking, new() {
        /// The value of every feature of a step that does not count.
        mask_value: f64 = 0.0,
    }
}

impl Masking {
    fn counts(&self, x: &Tensor, keepdims: bool) -> Result<Tensor> {
        x.ne(self.mask_value)?.any(&[-1], keepdims)
    }
}

impl Layer for Masking {
    fn output_shapes(&self, inputs: &[Dims]) -> Result<Vec<Dims>> {
        Ok(inputs.to_vec())
    }

    fn supports_masking(&self) -> bool {
        true
    }

    fn compute_mask(&self, inputs: &[Tensor], _: &[Option<Tensor>]) -> Result<Vec<Option<Tensor>>> {
        Ok(vec![Some(self.counts(&inputs[0], false)?)])
    }

    fn call(&self, cx: &mut CallContext, inputs: &[Tensor]) -> Result<Vec<Tensor>> {
        let x = &inputs[0];
        let counts = self.counts(x, true)?;
        cx.set_masks(vec![Some(counts.squeeze(&[-1])?)]);
        Ok(vec![Tensor::select(&counts.broadcast_to(x.shape())?, x, 0.0)?])
    }
}
