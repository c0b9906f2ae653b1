//! `Cropping1D`, `Cropping2D` and `Cropping3D`.

use super::margins::Margins;
use super::spatial::{DataFormat, every_axis, resized};
use super::{CallContext, Layer, layer};
use crate::Dims;
use seodang_core::{Error, Result, text};
use seodang_tensor::Tensor;

/// The shape without the margins.
fn cropped<const N: usize>(input: &Dims, format: DataFormat, cut: Margins<N>) -> Result<Dims> {
    let shape = resized(input, N, format, |k, n| n.saturating_sub(cut.both(k)))?;
    if format.spatial(N).all(|axis| shape[axis] != Some(0)) {
        return Ok(shape);
    }
    Err(Error::shape(text!(
        en: "nothing is left of the input after cropping",
        ko: "잘라내고 나면 입력에 남는 것이 없습니다"
    ))
    .given("input", input)
    .given("cropping", format!("{:?}", cut.0)))
}

macro_rules! cropping {
    ($($(#[$meta:meta])* $name:ident in $n:literal, $default:expr, |$this:ident| $format:expr, { $($fields:tt)* };)*) => {$(
        layer! {
            $(#[$meta])*
            $name, new() {
                /// How much is cut off before and after, in each spatial dimension.
                cropping: Margins<$n> = Margins([$default; $n]),
                $($fields)*
            }
        }

        impl $name {
            fn format(&self) -> DataFormat {
                let $this = self;
                $format
            }
        }

        impl Layer for $name {
            fn keeps_integers(&self) -> bool {
                true
            }

            fn output_shapes(&self, inputs: &[Dims]) -> Result<Vec<Dims>> {
                Ok(vec![cropped(&inputs[0], self.format(), self.cropping)?])
            }

            fn call(&self, _: &mut CallContext, inputs: &[Tensor]) -> Result<Vec<Tensor>> {
                let x = &inputs[0];
                let pairs = every_axis(x.rank(), self.format(), &self.cropping.taken());
                Ok(vec![x.pad(&pairs, 0.0)?])
            }
        }
    )*};
}

cropping! {
    /// Cuts steps off the ends of sequences. Source: Keras 3, `keras.layers.Cropping1D`.
    ///
    /// ```
    /// use seodang_nn::layers::{Cropping1D, LayerRef};
    /// let layer = LayerRef::new(Cropping1D::new().cropping([(0, 2)]))?;
    /// assert_eq!(layer.output_shapes(&[[4, 9, 3].into()])?[0].to_string(), "(4, 7, 3)");
    /// # Ok::<(), seodang_core::Error>(())
    /// ```
    Cropping1D in 1, (1, 1), |_this| DataFormat::ChannelsLast, {};
    /// Cuts the border off images. Source: Keras 3, `keras.layers.Cropping2D`.
    ///
    /// ```
    /// use seodang_nn::layers::{Cropping2D, LayerRef};
    /// let layer = LayerRef::new(Cropping2D::new().cropping(1))?;
    /// assert_eq!(layer.output_shapes(&[[4, 9, 9, 3].into()])?[0].to_string(), "(4, 7, 7, 3)");
    /// # Ok::<(), seodang_core::Error>(())
    /// ```
    Cropping2D in 2, (0, 0), |this| this.data_format, {
        /// Where the channels are.
        data_format: DataFormat = DataFormat::ChannelsLast,
    };
    /// Cuts the border off volumes. Source: Keras 3, `keras.layers.Cropping3D`.
    Cropping3D in 3, (1, 1), |this| this.data_format, {
        /// Where the channels are.
        data_format: DataFormat = DataFormat::ChannelsLast,
    };
}
