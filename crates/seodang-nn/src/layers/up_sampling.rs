//! `UpSampling1D`, `UpSampling2D` and `UpSampling3D`.

use super::resize::{Interpolation, resize};
use super::spatial::{Sizes, resized};
use super::{CallContext, DataFormat, Layer, layer, positive};
use crate::Dims;
use seodang_core::Result;
use seodang_tensor::Tensor;

layer! {
    /// Every step several times. Source: Keras 3, `keras.layers.UpSampling1D`.
    ///
    /// ```
    /// use seodang_nn::layers::{LayerRef, UpSampling1D};
    /// let layer = LayerRef::new(UpSampling1D::new().size(3usize))?;
    /// assert_eq!(layer.output_shapes(&[[4, 9, 3].into()])?[0].to_string(), "(4, 27, 3)");
    /// # Ok::<(), seodang_core::Error>(())
    /// ```
    UpSampling1D, new() {
        /// How often each step comes.
        size: usize = 2,
    }
}

impl Layer for UpSampling1D {
    fn validate(&self) -> Result<()> {
        positive("size", self.size)
    }

    fn keeps_integers(&self) -> bool {
        true
    }

    fn output_shapes(&self, inputs: &[Dims]) -> Result<Vec<Dims>> {
        let longer = |_, n: usize| n.saturating_mul(self.size);
        Ok(vec![resized(&inputs[0], 1, DataFormat::ChannelsLast, longer)?])
    }

    fn call(&self, _: &mut CallContext, inputs: &[Tensor]) -> Result<Vec<Tensor>> {
        Ok(vec![inputs[0].repeat(self.size, 1)?])
    }
}

layer! {
    /// Images enlarged by whole numbers. Source: Keras 3, `keras.layers.UpSampling2D`.
    ///
    /// ```
    /// use seodang_nn::layers::{Interpolation, LayerRef, UpSampling2D};
    /// let layer = UpSampling2D::new().size((2, 3)).interpolation(Interpolation::Bilinear);
    /// let shapes = LayerRef::new(layer)?.output_shapes(&[[1, 4, 4, 3].into()])?;
    /// assert_eq!(shapes[0].to_string(), "(1, 8, 12, 3)");
    /// # Ok::<(), seodang_core::Error>(())
    /// ```
    UpSampling2D, new() {
        /// The factors of height and width.
        size: Sizes<2> = Sizes([2, 2]),
        /// Where the channels are.
        data_format: DataFormat = DataFormat::ChannelsLast,
        /// How the new pixels are made.
        interpolation: Interpolation = Interpolation::Nearest,
    }
}

impl Layer for UpSampling2D {
    fn validate(&self) -> Result<()> {
        self.size.check("size")
    }

    fn keeps_integers(&self) -> bool {
        self.interpolation == Interpolation::Nearest
    }

    fn output_shapes(&self, inputs: &[Dims]) -> Result<Vec<Dims>> {
        let larger = |k: usize, n: usize| n.saturating_mul(self.size.0[k]);
        Ok(vec![resized(&inputs[0], 2, self.data_format, larger)?])
    }

    fn call(&self, _: &mut CallContext, inputs: &[Tensor]) -> Result<Vec<Tensor>> {
        let (x, axes) = (&inputs[0], self.data_format.spatial(2));
        let size = [axes.start, axes.start + 1].map(|a| x.shape()[a]);
        let size = [size[0] * self.size.0[0], size[1] * self.size.0[1]];
        Ok(vec![resize(x, size, self.interpolation, false, self.data_format)?])
    }
}

layer! {
    /// Volumes enlarged by whole numbers: every element several times. Source: Keras 3,
    /// `keras.layers.UpSampling3D`.
    UpSampling3D, new() {
        /// The factors of depth, height and width.
        size: Sizes<3> = Sizes([2, 2, 2]),
        /// Where the channels are.
        data_format: DataFormat = DataFormat::ChannelsLast,
    }
}

impl Layer for UpSampling3D {
    fn validate(&self) -> Result<()> {
        self.size.check("size")
    }

    fn keeps_integers(&self) -> bool {
        true
    }

    fn output_shapes(&self, inputs: &[Dims]) -> Result<Vec<Dims>> {
        let larger = |k: usize, n: usize| n.saturating_mul(self.size.0[k]);
        Ok(vec![resized(&inputs[0], 3, self.data_format, larger)?])
    }

    fn call(&self, _: &mut CallContext, inputs: &[Tensor]) -> Result<Vec<Tensor>> {
        let mut axes = self.data_format.spatial_axes(3).into_iter().zip(self.size.0);
        let y = axes.try_fold(inputs[0].clone(), |x, (axis, n)| x.repeat(n, axis))?;
        Ok(vec![y])
    }
}
