//! `GlobalAveragePooling2D`.

use super::spatial::image;
use super::{CallContext, DataFormat, Layer, layer};
use crate::Dims;
use seodang_core::Result;
use seodang_tensor::Tensor;

layer! {
    /// The mean of each channel over the whole image. Source: Keras 3, `keras.layers.GlobalAveragePooling2D`.
    GlobalAveragePooling2D, new() {
        /// Where the channels are.
        data_format: DataFormat = DataFormat::ChannelsLast,
        /// Whether the spatial dimensions stay, as 1.
        keepdims: bool = false,
    }
}

impl Layer for GlobalAveragePooling2D {
    fn output_shapes(&self, inputs: &[Dims]) -> Result<Vec<Dims>> {
        let x = image(&inputs[0])?;
        let spatial = self.data_format.spatial();
        let dim = |i: usize| match (spatial.contains(&i), self.keepdims) {
            (false, _) => Some(x[i]),
            (true, true) => Some(Some(1)),
            (true, false) => None,
        };
        Ok(vec![(0..4).filter_map(dim).collect()])
    }

    fn call(&self, _: &mut CallContext, inputs: &[Tensor]) -> Result<Vec<Tensor>> {
        let axes = self.data_format.spatial().map(|a| a as i64);
        Ok(vec![inputs[0].mean(&axes, self.keepdims)?])
    }
}
