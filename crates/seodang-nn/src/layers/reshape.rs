//! `Reshape`.

use super::{CallContext, Layer, layer};
use crate::Dims;
use crate::record::Setting;
use seodang_core::{Error, Result, text};
use seodang_tensor::Tensor;

layer! {
    /// Gives the elements of each sample another shape. Source: Keras 3, `keras.layers.Reshape`.
    Reshape, new(target_shape: Vec<i64>) {
        /// The shape without the batch; one dimension may be -1, which the others leave to it.
        target_shape: Vec<i64> = Vec::new(),
    }
}

impl<const N: usize> Setting<Vec<i64>> for [i64; N] {
    fn into_setting(self) -> Vec<i64> {
        self.to_vec()
    }
}

impl Layer for Reshape {
    fn validate(&self) -> Result<()> {
        let unknown = self.target_shape.iter().filter(|&&d| d == -1).count();
        if unknown <= 1 && self.target_shape.iter().all(|&d| d >= -1) {
            return Ok(());
        }
        Err(Error::value(text!(
            en: "\"target_shape\" may hold one -1 and no other negative number",
            ko: "\"target_shape\"에는 -1 하나만 음수로 쓸 수 있습니다"
        ))
        .given("target_shape", format!("{:?}", self.target_shape)))
    }

    fn keeps_integers(&self) -> bool {
        true
    }

    fn output_shapes(&self, inputs: &[Dims]) -> Result<Vec<Dims>> {
        let x = &inputs[0];
        let size = x.sample_size();
        let fixed = self.target_shape.iter().filter(|&&d| d >= 0);
        let fixed = fixed.fold(1usize, |n, &d| n.saturating_mul(d as usize));
        let free = self.target_shape.contains(&-1);
        let fits = size.is_none_or(|n| match free {
            true => fixed > 0 && n % fixed == 0,
            false => n == fixed,
        });
        if !fits {
            return Err(Error::shape(text!(
                en: "the input's elements do not fit the target shape",
                ko: "입력의 원소 수가 목표 모양과 맞지 않습니다"
            ))
            .given("input", x)
            .given("target_shape", format!("{:?}", self.target_shape)));
        }
        let dims = self.target_shape.iter().map(|&d| match d {
            -1 => size.map(|n| n / fixed.max(1)),
            _ => Some(d as usize),
        });
        Ok(vec![std::iter::once(x.first().copied().flatten()).chain(dims).collect()])
    }

    fn call(&self, _: &mut CallContext, inputs: &[Tensor]) -> Result<Vec<Tensor>> {
        let shape = self.output_shapes(&[inputs[0].shape().into()])?.remove(0).filled(1);
        Ok(vec![inputs[0].reshape(shape)?])
    }
}
