//! `Permute`.

use super::{CallContext, Layer, layer, wrong_rank};
use crate::Dims;
use seodang_core::{Error, Result, text};
use seodang_tensor::Tensor;

layer! {
    /// The axes of each sample in another order. Source: Keras 3, `keras.layers.Permute`.
    ///
    /// ```
    /// use seodang_nn::layers::{LayerRef, Permute};
    /// let layer = LayerRef::new(Permute::new([2, 1]))?;
    /// assert_eq!(layer.output_shapes(&[[4, 9, 3].into()])?[0].to_string(), "(4, 3, 9)");
    /// # Ok::<(), seodang_core::Error>(())
    /// ```
    Permute, new(dims: Vec<i64>) {
        /// The axes in their new order, counted from 1: the batch is not among them.
        dims: Vec<i64> = Vec::new(),
    }
}

impl Layer for Permute {
    fn validate(&self) -> Result<()> {
        let mut sorted = self.dims.clone();
        sorted.sort_unstable();
        if sorted.iter().copied().eq(1..=self.dims.len() as i64) {
            return Ok(());
        }
        Err(Error::value(text!(
            en: "\"dims\" must hold every axis from 1 to {} once", self.dims.len();
            ko: "\"dims\"에는 1부터 {}까지의 축이 한 번씩 있어야 합니다", self.dims.len()
        ))
        .given("dims", format!("{:?}", self.dims)))
    }

    fn keeps_integers(&self) -> bool {
        true
    }

    fn output_shapes(&self, inputs: &[Dims]) -> Result<Vec<Dims>> {
        let x = &inputs[0];
        if x.rank() != self.dims.len() + 1 {
            return Err(wrong_rank(x, &(self.dims.len() + 1).to_string()));
        }
        let moved = self.dims.iter().map(|&d| x[d as usize]);
        Ok(vec![std::iter::once(x[0]).chain(moved).collect()])
    }

    fn call(&self, _: &mut CallContext, inputs: &[Tensor]) -> Result<Vec<Tensor>> {
        let order: Vec<i64> = std::iter::once(0).chain(self.dims.iter().copied()).collect();
        Ok(vec![inputs[0].transpose(&order)?])
    }
}
