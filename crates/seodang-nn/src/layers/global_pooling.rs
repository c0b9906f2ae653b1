//! The global pooling layers: maxima and means of each channel over all places.

use super::spatial::without_spatial;
use super::{CallContext, DataFormat, Layer, layer};
use crate::Dims;
use seodang_core::Result;
use seodang_tensor::Tensor;

/// The mean over the steps that count.
fn masked_mean(x: &Tensor, mask: &Tensor, axis: i64, keepdims: bool) -> Result<Tensor> {
    // The mask has no channels, which lie at the other of the last two axes.
    let channels = if axis == 1 || axis == -2 { -1 } else { 1 };
    let weight = mask.cast(x.dtype())?.expand_dims(channels)?;
    (x * &weight)?.sum(&[axis], keepdims)? / weight.sum(&[axis], keepdims)?
}

macro_rules! global_pooling {
    ($($(#[$meta:meta])* $name:ident in $n:literal, $reduce:ident;)*) => {$(
        layer! {
            $(#[$meta])*
            $name, new() {
                /// Where the channels are.
                data_format: DataFormat = DataFormat::ChannelsLast,
                /// Whether the spatial dimensions stay, as 1.
                keepdims: bool = false,
            }
        }

        impl Layer for $name {
            fn output_shapes(&self, inputs: &[Dims]) -> Result<Vec<Dims>> {
                Ok(vec![without_spatial(&inputs[0], $n, self.data_format, self.keepdims)?])
            }

            fn call(&self, cx: &mut CallContext, inputs: &[Tensor]) -> Result<Vec<Tensor>> {
                let axes = self.data_format.spatial_axes($n);
                if let Some(mask) = cx.mask(0).filter(|_| $n == 1 && stringify!($reduce) == "mean") {
                    return Ok(vec![masked_mean(&inputs[0], mask, axes[0], self.keepdims)?]);
                }
                Ok(vec![inputs[0].$reduce(&axes, self.keepdims)?])
            }
        }
    )*};
}

global_pooling! {
    /// The largest element of each channel over all steps. Source: Keras 3,
    /// `keras.layers.GlobalMaxPooling1D`.
    ///
    /// ```
    /// use seodang_nn::layers::{GlobalMaxPooling1D, LayerRef};
    /// let shapes = LayerRef::new(GlobalMaxPooling1D::new())?.output_shapes(&[[4, 9, 3].into()])?;
    /// assert_eq!(shapes[0].to_string(), "(4, 3)");
    /// # Ok::<(), seodang_core::Error>(())
    /// ```
    GlobalMaxPooling1D in 1, max;
    /// The largest element of each channel over the whole image. Source: Keras 3,
    /// `keras.layers.GlobalMaxPooling2D`.
    GlobalMaxPooling2D in 2, max;
    /// The largest element of each channel over the whole volume. Source: Keras 3,
    /// `keras.layers.GlobalMaxPooling3D`.
    GlobalMaxPooling3D in 3, max;
    /// The mean of each channel over all steps. Source: Keras 3,
    /// `keras.layers.GlobalAveragePooling1D`.
    ///
    /// ```
    /// use seodang_nn::layers::{GlobalAveragePooling1D, LayerRef};
    /// let shapes = LayerRef::new(GlobalAveragePooling1D::new())?.output_shapes(&[[4, 9, 3].into()])?;
    /// assert_eq!(shapes[0].to_string(), "(4, 3)");
    /// # Ok::<(), seodang_core::Error>(())
    /// ```
    GlobalAveragePooling1D in 1, mean;
    /// The mean of each channel over the whole image. Source: Keras 3,
    /// `keras.layers.GlobalAveragePooling2D`.
    GlobalAveragePooling2D in 2, mean;
    /// The mean of each channel over the whole volume. Source: Keras 3,
    /// `keras.layers.GlobalAveragePooling3D`.
    GlobalAveragePooling3D in 3, mean;
}
