//! `ZeroPadding1D`, `ZeroPadding2D` and `ZeroPadding3D`.

use super::margins::Margins;
use super::spatial::{every_axis, resized};
use super::{CallContext, DataFormat, Layer, layer};
use crate::Dims;
use seodang_core::Result;
use seodang_tensor::Tensor;

macro_rules! zero_padding {
    ($($(#[$meta:meta])* $name:ident in $n:literal;)*) => {$(
        layer! {
            $(#[$meta])*
            $name, new() {
                /// How many zeros stand before and after, in each spatial dimension.
                padding: Margins<$n> = Margins([(1, 1); $n]),
                /// Where the channels are.
                data_format: DataFormat = DataFormat::ChannelsLast,
            }
        }

        impl Layer for $name {
            fn keeps_integers(&self) -> bool {
                true
            }

            fn output_shapes(&self, inputs: &[Dims]) -> Result<Vec<Dims>> {
                let longer = |k: usize, n: usize| n.saturating_add(self.padding.both(k));
                Ok(vec![resized(&inputs[0], $n, self.data_format, longer)?])
            }

            fn call(&self, _: &mut CallContext, inputs: &[Tensor]) -> Result<Vec<Tensor>> {
                let x = &inputs[0];
                let pairs = every_axis(x.rank(), self.data_format, &self.padding.added());
                Ok(vec![x.pad(&pairs, 0.0)?])
            }
        }
    )*};
}

zero_padding! {
    /// Zeros before and after the steps of sequences. Source: Keras 3, `keras.layers.ZeroPadding1D`.
    ///
    /// ```
    /// use seodang_nn::layers::{LayerRef, ZeroPadding1D};
    /// let layer = LayerRef::new(ZeroPadding1D::new().padding([(2, 0)]))?;
    /// assert_eq!(layer.output_shapes(&[[4, 9, 3].into()])?[0].to_string(), "(4, 11, 3)");
    /// # Ok::<(), seodang_core::Error>(())
    /// ```
    ZeroPadding1D in 1;
    /// Zeros around images. Source: Keras 3, `keras.layers.ZeroPadding2D`.
    ///
    /// ```
    /// use seodang_nn::layers::{LayerRef, ZeroPadding2D};
    /// let layer = LayerRef::new(ZeroPadding2D::new().padding([(1, 1), (0, 2)]))?;
    /// assert_eq!(layer.output_shapes(&[[4, 9, 9, 3].into()])?[0].to_string(), "(4, 11, 11, 3)");
    /// # Ok::<(), seodang_core::Error>(())
    /// ```
    ZeroPadding2D in 2;
    /// Zeros around volumes. Source: Keras 3, `keras.layers.ZeroPadding3D`.
    ZeroPadding3D in 3;
}
