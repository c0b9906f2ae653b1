//! The pooling layers over windows: maxima and means in one, two and three dimensions.

use super::spatial::{Sizes, Windows};
use super::{CallContext, DataFormat, Layer, Padding, layer};
use crate::Dims;
use seodang_core::Result;
use seodang_tensor::Tensor;

macro_rules! pooling {
    ($($(#[$meta:meta])* $name:ident in $n:literal, $pool:ident, integers $integers:literal;)*) => {$(
        layer! {
            $(#[$meta])*
            $name, new() {
                /// The size of the window.
                pool_size: Sizes<$n> = Sizes([2; $n]),
                /// How far the window moves; the window's size if absent.
                strides: Option<Sizes<$n>> = None,
                /// What happens at the border.
                padding: Padding = Padding::Valid,
                /// Where the channels are.
                data_format: DataFormat = DataFormat::ChannelsLast,
            }
        }

        impl $name {
            fn windows(&self) -> Windows<$n> {
                Windows {
                    size: self.pool_size,
                    strides: self.strides.unwrap_or(self.pool_size),
                    dilation: Sizes::ONE,
                    padding: self.padding,
                    format: self.data_format,
                }
            }
        }

        impl Layer for $name {
            fn validate(&self) -> Result<()> {
                self.windows().check("pool_size", false)
            }

            fn keeps_integers(&self) -> bool {
                $integers
            }

            fn output_shapes(&self, inputs: &[Dims]) -> Result<Vec<Dims>> {
                Ok(vec![self.windows().output_shape(&inputs[0], None)?])
            }

            fn call(&self, _: &mut CallContext, inputs: &[Tensor]) -> Result<Vec<Tensor>> {
                let (x, w) = (&inputs[0], self.windows());
                let (axes, padding) = (w.format.spatial_axes($n), w.paddings(x.shape()));
                Ok(vec![x.$pool(&axes, &w.size.list(), &w.strides.list(), &padding)?])
            }
        }
    )*};
}

pooling! {
    /// The largest element in each window of steps.
    ///
    /// Inputs `(batch, steps, channels)` or, channels first, `(batch, channels, steps)`. Source:
    /// Keras 3, `keras.layers.MaxPooling1D`.
    ///
    /// ```
    /// use seodang_nn::layers::{LayerRef, MaxPooling1D};
    /// let shapes = LayerRef::new(MaxPooling1D::new())?.output_shapes(&[[4, 9, 3].into()])?;
    /// assert_eq!(shapes[0].to_string(), "(4, 4, 3)");
    /// # Ok::<(), seodang_core::Error>(())
    /// ```
    MaxPooling1D in 1, max_pool, integers true;
    /// The largest element in each window.
    ///
    /// Inputs `(batch, height, width, channels)` or, channels first, `(batch, channels, height,
    /// width)`. Source: Keras 3, `keras.layers.MaxPooling2D`.
    ///
    /// ```
    /// use seodang_nn::layers::{LayerRef, MaxPooling2D};
    /// let shapes = LayerRef::new(MaxPooling2D::new())?.output_shapes(&[[4, 9, 8, 3].into()])?;
    /// assert_eq!(shapes[0].to_string(), "(4, 4, 4, 3)");
    /// # Ok::<(), seodang_core::Error>(())
    /// ```
    MaxPooling2D in 2, max_pool, integers true;
    /// The largest element in each window of a volume.
    ///
    /// Inputs `(batch, depth, height, width, channels)` or, channels first, `(batch, channels, depth,
    /// height, width)`. Source: Keras 3, `keras.layers.MaxPooling3D`.
    ///
    /// ```
    /// use seodang_nn::layers::{LayerRef, MaxPooling3D};
    /// let shapes = LayerRef::new(MaxPooling3D::new())?.output_shapes(&[[1, 4, 4, 6, 3].into()])?;
    /// assert_eq!(shapes[0].to_string(), "(1, 2, 2, 3, 3)");
    /// # Ok::<(), seodang_core::Error>(())
    /// ```
    MaxPooling3D in 3, max_pool, integers true;
    /// The mean of the elements in each window of steps; padding does not count.
    ///
    /// Inputs `(batch, steps, channels)` or, channels first, `(batch, channels, steps)`. Source:
    /// Keras 3, `keras.layers.AveragePooling1D`.
    ///
    /// ```
    /// use seodang_nn::layers::{AveragePooling1D, LayerRef};
    /// let layer = LayerRef::new(AveragePooling1D::new().pool_size(3))?;
    /// assert_eq!(layer.output_shapes(&[[4, 9, 3].into()])?[0].to_string(), "(4, 3, 3)");
    /// # Ok::<(), seodang_core::Error>(())
    /// ```
    AveragePooling1D in 1, avg_pool, integers false;
    /// The mean of the elements in each window; padding does not count.
    ///
    /// Inputs `(batch, height, width, channels)` or, channels first, `(batch, channels, height,
    /// width)`. Source: Keras 3, `keras.layers.AveragePooling2D`.
    ///
    /// ```
    /// use seodang_nn::layers::{AveragePooling2D, LayerRef};
    /// let layer = LayerRef::new(AveragePooling2D::new().pool_size([1, 3]))?;
    /// assert_eq!(layer.output_shapes(&[[4, 9, 9, 3].into()])?[0].to_string(), "(4, 9, 3, 3)");
    /// # Ok::<(), seodang_core::Error>(())
    /// ```
    AveragePooling2D in 2, avg_pool, integers false;
    /// The mean of the elements in each window of a volume; padding does not count.
    ///
    /// Inputs `(batch, depth, height, width, channels)` or, channels first, `(batch, channels, depth,
    /// height, width)`. Source: Keras 3, `keras.layers.AveragePooling3D`.
    ///
    /// ```
    /// use seodang_nn::layers::{AveragePooling3D, LayerRef};
    /// let layer = LayerRef::new(AveragePooling3D::new())?;
    /// assert_eq!(layer.output_shapes(&[[1, 4, 4, 6, 3].into()])?[0].to_string(), "(1, 2, 2, 3, 3)");
    /// # Ok::<(), seodang_core::Error>(())
    /// ```
    AveragePooling3D in 3, avg_pool, integers false;
}
