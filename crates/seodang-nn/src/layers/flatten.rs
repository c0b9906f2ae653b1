//! `Flatten`.

use super::spatial::{DataFormat, channels_last};
use super::{CallContext, Layer, layer};
use crate::Dims;
use seodang_core::Result;
use seodang_tensor::Tensor;

layer! {
    /// Makes one axis of all axes but the batch. Source: Keras 3, `keras.layers.Flatten`.
    Flatten, new() {
        /// Where the channels are; channels first are moved last before flattening.
        data_format: DataFormat = DataFormat::ChannelsLast,
    }
}

impl Layer for Flatten {
    fn keeps_integers(&self) -> bool {
        true
    }

    fn output_shapes(&self, inputs: &[Dims]) -> Result<Vec<Dims>> {
        let x = &inputs[0];
        let flat = x.sample_size();
        Ok(vec![vec![x.first().copied().flatten(), flat].into()])
    }

    fn call(&self, _: &mut CallContext, inputs: &[Tensor]) -> Result<Vec<Tensor>> {
        let mut x = inputs[0].clone();
        if self.data_format == DataFormat::ChannelsFirst && x.rank() > 2 {
            x = channels_last(&x)?;
        }
        let batch = x.shape().first().copied().unwrap_or(1);
        let flat = x.shape().iter().skip(1).product::<usize>();
        Ok(vec![x.reshape([batch, flat])?])
    }
}
