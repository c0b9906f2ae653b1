//! `AveragePooling2D`.

use super::spatial::Windows;
use super::{CallContext, DataFormat, Layer, Padding, Pair, layer};
use crate::Dims;
use seodang_core::Result;
use seodang_tensor::Tensor;

layer! {
    /// The mean of the elements in each window; padding does not count.
    ///
    /// Inputs `(batch, height, width, channels)` or, channels first, `(batch, channels, height,
    /// width)`. Source: Keras 3, `keras.layers.AveragePooling2D`.
    AveragePooling2D, new() {
        /// The size of the window.
        pool_size: Pair = Pair(2, 2),
        /// How far the window moves; the window's size if absent.
        strides: Option<Pair> = None,
        /// What happens at the border.
        padding: Padding = Padding::Valid,
        /// Where the channels are.
        data_format: DataFormat = DataFormat::ChannelsLast,
    }
}

impl AveragePooling2D {
    fn windows(&self) -> Windows {
        Windows {
            size: self.pool_size,
            strides: self.strides.unwrap_or(self.pool_size),
            dilation: Pair(1, 1),
            padding: self.padding,
            format: self.data_format,
        }
    }
}

impl Layer for AveragePooling2D {
    fn validate(&self) -> Result<()> {
        self.pool_size.check("pool_size")?;
        self.windows().strides.check("strides")
    }

    fn output_shapes(&self, inputs: &[Dims]) -> Result<Vec<Dims>> {
        Ok(vec![self.windows().output_shape(&inputs[0], None)?])
    }

    fn call(&self, _: &mut CallContext, inputs: &[Tensor]) -> Result<Vec<Tensor>> {
        let x = &inputs[0];
        let w = self.windows();
        let (axes, padding) = (w.format.spatial().map(|a| a as i64), w.paddings(x.shape()));
        Ok(vec![x.avg_pool(&axes, &w.size.both(), &w.strides.both(), &padding)?])
    }
}
