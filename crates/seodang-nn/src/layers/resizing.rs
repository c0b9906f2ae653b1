//! `Resizing` and `CenterCrop`.

use super::images::{FillMode, batched, image_shape};
use super::resize::{Interpolation, resize};
use super::spatial::every_axis;
use super::{CallContext, DataFormat, Layer, layer, positive};
use crate::Dims;
use seodang_core::{Error, Result, text};
use seodang_tensor::Tensor;

/// Images cut (or, with negative numbers, padded) evenly at both sides to a size.
fn centred(x: &Tensor, size: [usize; 2], format: DataFormat, fill: f64) -> Result<Tensor> {
    let axes = format.spatial(2);
    let margins: Vec<(i64, i64)> = axes
        .zip(size)
        .map(|(axis, to)| {
            let (from, to) = (x.shape()[axis] as i64, to as i64);
            // What is odd is cut, or added, at the end.
            let before = if to > from { (to - from) / 2 } else { -((from - to) / 2) };
            (before, to - from - before)
        })
        .collect();
    x.pad(&every_axis(x.rank(), format, &margins), fill)
}

/// The size of the largest part of an image that has the sides' ratio of a target, or of the
/// smallest frame that holds it.
fn in_ratio(from: [usize; 2], to: [usize; 2], part: bool) -> [usize; 2] {
    let height = (from[1] * to[0]) as f64 / to[1] as f64;
    let width = (from[0] * to[1]) as f64 / to[0] as f64;
    let limit = |from: usize, wanted: f64| match part {
        true => from.min(wanted as usize).max(1),
        false => from.max(wanted as usize),
    };
    [limit(from[0], height), limit(from[1], width)]
}

fn size_of(x: &Tensor, format: DataFormat) -> [usize; 2] {
    let first = format.spatial(2).start;
    [x.shape()[first], x.shape()[first + 1]]
}

layer! {
    /// Images in another size.
    ///
    /// Inputs `(batch, height, width, channels)` or one image `(height, width, channels)`. Source:
    /// Keras 3, `keras.layers.Resizing`.
    ///
    /// ```
    /// use seodang_nn::layers::{LayerRef, Resizing};
    /// let layer = LayerRef::new(Resizing::new(32usize, 24usize))?;
    /// assert_eq!(layer.output_shapes(&[[4, 60, 80, 3].into()])?[0].to_string(), "(4, 32, 24, 3)");
    /// # Ok::<(), seodang_core::Error>(())
    /// ```
    Resizing, new(height: usize, width: usize) {
        /// The new height.
        height: usize = 1,
        /// The new width.
        width: usize = 1,
        /// How the new pixels are made.
        interpolation: Interpolation = Interpolation::Bilinear,
        /// Whether the images are first cut to the new sides' ratio.
        crop_to_aspect_ratio: bool = false,
        /// Whether the images are first padded to the new sides' ratio.
        pad_to_aspect_ratio: bool = false,
        /// With what images are padded; only "constant" is supported.
        fill_mode: FillMode = FillMode::Constant,
        /// The value of the padding.
        fill_value: f64 = 0.0,
        /// Whether smaller images take in all pixels that a new one covers.
        antialias: bool = false,
        /// Where the channels are.
        data_format: DataFormat = DataFormat::ChannelsLast,
    }
}

impl Layer for Resizing {
    fn validate(&self) -> Result<()> {
        positive("height", self.height)?;
        positive("width", self.width)?;
        if self.crop_to_aspect_ratio && self.pad_to_aspect_ratio {
            return Err(Error::value(text!(
                en: "only one of \"crop_to_aspect_ratio\" and \"pad_to_aspect_ratio\" can be true",
                ko: "\"crop_to_aspect_ratio\"와 \"pad_to_aspect_ratio\" 가운데 하나만 쓸 수 있습니다"
            )));
        }
        Ok(())
    }

    fn output_shapes(&self, inputs: &[Dims]) -> Result<Vec<Dims>> {
        let size = [self.height, self.width];
        Ok(vec![image_shape(&inputs[0], self.data_format, Some(size))?])
    }

    fn call(&self, _: &mut CallContext, inputs: &[Tensor]) -> Result<Vec<Tensor>> {
        let (size, format) = ([self.height, self.width], self.data_format);
        batched(&inputs[0], |x| {
            let from = size_of(x, format);
            let x = match (self.crop_to_aspect_ratio, self.pad_to_aspect_ratio) {
                (true, _) => centred(x, in_ratio(from, size, true), format, 0.0)?,
                (_, true) => centred(x, in_ratio(from, size, false), format, self.fill_value)?,
                _ => x.clone(),
            };
            resize(&x, size, self.interpolation, self.antialias, format)
        })
    }
}

layer! {
    /// The middle of images; smaller images are enlarged and cut.
    ///
    /// Inputs `(batch, height, width, channels)` or one image `(height, width, channels)`. Source:
    /// Keras 3, `keras.layers.CenterCrop`.
    CenterCrop, new(height: usize, width: usize) {
        /// The new height.
        height: usize = 1,
        /// The new width.
        width: usize = 1,
        /// Where the channels are.
        data_format: DataFormat = DataFormat::ChannelsLast,
    }
}

impl Layer for CenterCrop {
    fn validate(&self) -> Result<()> {
        positive("height", self.height)?;
        positive("width", self.width)
    }

    fn output_shapes(&self, inputs: &[Dims]) -> Result<Vec<Dims>> {
        let size = [self.height, self.width];
        Ok(vec![image_shape(&inputs[0], self.data_format, Some(size))?])
    }

    fn call(&self, _: &mut CallContext, inputs: &[Tensor]) -> Result<Vec<Tensor>> {
        let (size, format) = ([self.height, self.width], self.data_format);
        batched(&inputs[0], |x| {
            let from = size_of(x, format);
            if from[0] >= size[0] && from[1] >= size[1] {
                return centred(x, size, format, 0.0);
            }
            let part = centred(x, in_ratio(from, size, true), format, 0.0)?;
            resize(&part, size, Interpolation::Bilinear, false, format)
        })
    }
}
