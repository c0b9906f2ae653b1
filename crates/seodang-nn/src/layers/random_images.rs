//! Images changed at random while training: `RandomFlip`, `RandomRotation`, `RandomZoom`,
//! `RandomTranslation`, `RandomContrast` and `RandomBrightness`.

use super::images::{Affine, Factor, FillMode, batched, image_shape};
use super::noise::own_numbers;
use super::resize::Interpolation;
use super::{BuildContext, CallContext, DataFormat, Layer, layer};
use crate::Dims;
use crate::record::one_of;
use seodang_core::{Error, Result, text};
use seodang_tensor::Tensor;
use std::f64::consts::TAU;

one_of! {
    /// How images are mirrored.
    FlipMode {
        /// Left and right, and top and bottom.
        HorizontalAndVertical = "horizontal_and_vertical",
        /// Left and right.
        Horizontal = "horizontal",
        /// Top and bottom.
        Vertical = "vertical",
    }
}

/// One number for each image, evenly drawn between two ends.
fn draw(cx: &CallContext, x: &Tensor, ends: (f64, f64)) -> Result<Tensor> {
    let shape = [x.shape()[0], 1, 1];
    if ends.0 == ends.1 {
        return Tensor::full(x.dtype(), shape, ends.0);
    }
    cx.random()?.uniform(x.dtype(), shape, ends.0, ends.1)
}

/// Height and width of images.
fn sides(x: &Tensor, format: DataFormat) -> (f64, f64) {
    let first = format.spatial(2).start;
    (x.shape()[first] as f64, x.shape()[first + 1] as f64)
}

fn check_interpolation(interpolation: Interpolation) -> Result<()> {
    if matches!(interpolation, Interpolation::Nearest | Interpolation::Bilinear) {
        return Ok(());
    }
    Err(Error::value(text!(
        en: "\"interpolation\" must be \"nearest\" or \"bilinear\" here",
        ko: "여기서 \"interpolation\"은 \"nearest\"나 \"bilinear\"여야 합니다"
    ))
    .given("interpolation", interpolation.name()))
}

macro_rules! random_images {
    ($name:ident, |$check:ident| $valid:expr, |$this:ident, $cx:ident, $x:ident| $change:expr) => {
        impl Layer for $name {
            fn validate(&self) -> Result<()> {
                let $check = self;
                $valid
            }

            fn output_shapes(&self, inputs: &[Dims]) -> Result<Vec<Dims>> {
                Ok(vec![image_shape(&inputs[0], self.data_format, None)?])
            }

            fn build(&self, cx: &mut BuildContext<'_>, inputs: &[Dims]) -> Result<()> {
                self.output_shapes(inputs)?;
                own_numbers(cx, self.seed)
            }

            fn call(&self, $cx: &mut CallContext, inputs: &[Tensor]) -> Result<Vec<Tensor>> {
                if !$cx.training() {
                    return Ok(inputs.to_vec());
                }
                let $this = self;
                batched(&inputs[0], |$x| $change)
            }
        }
    };
}

layer! {
    /// While training, mirrors half of the images. Source: Keras 3, `keras.layers.RandomFlip`.
    ///
    /// ```
    /// use seodang_nn::layers::{FlipMode, RandomFlip};
    /// assert_eq!(RandomFlip::new().mode(FlipMode::Horizontal).seed, None);
    /// ```
    RandomFlip, new() {
        /// How images are mirrored.
        mode: FlipMode = FlipMode::HorizontalAndVertical,
        /// Draws from a stream of the layer's own; if absent, from the model's.
        seed: Option<u64> = None,
        /// Where the channels are.
        data_format: DataFormat = DataFormat::ChannelsLast,
    }
}
random_images!(RandomFlip, |_this| Ok(()), |this, cx, x| {
    let first = this.data_format.spatial(2).start as i64;
    let axes: &[i64] = match this.mode {
        FlipMode::HorizontalAndVertical => &[first + 1, first],
        FlipMode::Horizontal => &[first + 1],
        FlipMode::Vertical => &[first],
    };
    let mut x = x.clone();
    for &axis in axes {
        let turn = cx.random()?.bernoulli(0.5, [x.shape()[0], 1, 1, 1])?;
        x = Tensor::select(&turn.broadcast_to(x.shape())?, &x.reverse(&[axis])?, &x)?;
    }
    Ok(x)
});

layer! {
    /// While training, turns each image around its middle, counter-clockwise by positive angles.
    /// Source: Keras 3, `keras.layers.RandomRotation`.
    ///
    /// ```
    /// use seodang_nn::layers::RandomRotation;
    /// let up_to_36_degrees = RandomRotation::new(0.1);
    /// assert_eq!(up_to_36_degrees.fill_value, 0.0);
    /// ```
    RandomRotation, new(factor: Factor) {
        /// How far, in full turns.
        factor: Factor = Factor::One(0.0),
        /// What stands outside of an image.
        fill_mode: FillMode = FillMode::Reflect,
        /// How pixels between pixels are made.
        interpolation: Interpolation = Interpolation::Bilinear,
        /// Draws from a stream of the layer's own; if absent, from the model's.
        seed: Option<u64> = None,
        /// The value outside, for "constant".
        fill_value: f64 = 0.0,
        /// Where the channels are.
        data_format: DataFormat = DataFormat::ChannelsLast,
    }
}
random_images!(
    RandomRotation,
    |this| {
        this.factor.check("factor", -1.0, 1.0)?;
        check_interpolation(this.interpolation)
    },
    |this, cx, x| {
        let angle = (draw(cx, x, this.factor.ends())? * TAU)?;
        let (h, w) = sides(x, this.data_format);
        let (cy, cx_) = ((h - 1.0) / 2.0, (w - 1.0) / 2.0);
        let (cos, sin) = (angle.cos()?, angle.sin()?);
        let shift_x = (cx_ - ((&cos * cx_)? - (&sin * cy)?)?)?;
        let shift_y = (cy - ((&sin * cx_)? + (&cos * cy)?)?)?;
        let affine = Affine {
            matrix: [cos.clone(), sin.neg()?, shift_x, sin, cos, shift_y],
            bilinear: this.interpolation == Interpolation::Bilinear,
            fill: this.fill_mode,
            fill_value: this.fill_value,
        };
        affine.apply(x, this.data_format)
    }
);

layer! {
    /// While training, zooms each image around its middle: in by negative factors, out by positive
    /// ones. Source: Keras 3, `keras.layers.RandomZoom`.
    RandomZoom, new(height_factor: Factor) {
        /// How much the seen height changes, in parts of the height.
        height_factor: Factor = Factor::One(0.0),
        /// The same for the width; if absent, the image's proportions stay.
        width_factor: Option<Factor> = None,
        /// What stands outside of an image.
        fill_mode: FillMode = FillMode::Reflect,
        /// How pixels between pixels are made.
        interpolation: Interpolation = Interpolation::Bilinear,
        /// Draws from a stream of the layer's own; if absent, from the model's.
        seed: Option<u64> = None,
        /// The value outside, for "constant".
        fill_value: f64 = 0.0,
        /// Where the channels are.
        data_format: DataFormat = DataFormat::ChannelsLast,
    }
}
random_images!(
    RandomZoom,
    |this| {
        this.height_factor.check("height_factor", -1.0, 1.0)?;
        this.width_factor.map_or(Ok(()), |f| f.check("width_factor", -1.0, 1.0))?;
        check_interpolation(this.interpolation)
    },
    |this, cx, x| {
        let tall = (draw(cx, x, this.height_factor.ends())? + 1.0)?;
        let wide = match this.width_factor {
            Some(factor) => (draw(cx, x, factor.ends())? + 1.0)?,
            None => tall.clone(),
        };
        let (h, w) = sides(x, this.data_format);
        let shift = |zoom: &Tensor, side: f64| (1.0 - zoom)? * ((side - 1.0) / 2.0);
        let (shift_x, shift_y) = (shift(&wide, w)?, shift(&tall, h)?);
        let zero = tall.zeros_like()?;
        let affine = Affine {
            matrix: [wide, zero.clone(), shift_x, zero, tall, shift_y],
            bilinear: this.interpolation == Interpolation::Bilinear,
            fill: this.fill_mode,
            fill_value: this.fill_value,
        };
        affine.apply(x, this.data_format)
    }
);

layer! {
    /// While training, moves each image: down and right by positive factors. Source: Keras 3,
    /// `keras.layers.RandomTranslation`.
    RandomTranslation, new(height_factor: Factor, width_factor: Factor) {
        /// How far down, in parts of the height.
        height_factor: Factor = Factor::One(0.0),
        /// How far to the right, in parts of the width.
        width_factor: Factor = Factor::One(0.0),
        /// What stands outside of an image.
        fill_mode: FillMode = FillMode::Reflect,
        /// How pixels between pixels are made.
        interpolation: Interpolation = Interpolation::Bilinear,
        /// Draws from a stream of the layer's own; if absent, from the model's.
        seed: Option<u64> = None,
        /// The value outside, for "constant".
        fill_value: f64 = 0.0,
        /// Where the channels are.
        data_format: DataFormat = DataFormat::ChannelsLast,
    }
}
random_images!(
    RandomTranslation,
    |this| {
        this.height_factor.check("height_factor", -1.0, 1.0)?;
        this.width_factor.check("width_factor", -1.0, 1.0)?;
        check_interpolation(this.interpolation)
    },
    |this, cx, x| {
        let (h, w) = sides(x, this.data_format);
        let down = (draw(cx, x, this.height_factor.ends())? * -h)?;
        let right = (draw(cx, x, this.width_factor.ends())? * -w)?;
        let (zero, one) = (down.zeros_like()?, down.ones_like()?);
        let affine = Affine {
            matrix: [one.clone(), zero.clone(), right, zero, one, down],
            bilinear: this.interpolation == Interpolation::Bilinear,
            fill: this.fill_mode,
            fill_value: this.fill_value,
        };
        affine.apply(x, this.data_format)
    }
);

layer! {
    /// While training, multiplies the distance of each pixel from its channel's mean by a number from
    /// `1 - lower` to `1 + upper`. Source: Keras 3, `keras.layers.RandomContrast`.
    RandomContrast, new(factor: Factor) {
        /// How much: one number for lower and upper, or both.
        factor: Factor = Factor::One(0.0),
        /// The limits of the pixels.
        value_range: (f64, f64) = (0.0, 255.0),
        /// Draws from a stream of the layer's own; if absent, from the model's.
        seed: Option<u64> = None,
        /// Where the channels are.
        data_format: DataFormat = DataFormat::ChannelsLast,
    }
}
random_images!(RandomContrast, |this| this.factor.check("factor", 0.0, 1.0), |this, cx, x| {
    let (lower, upper) = match this.factor {
        Factor::One(f) => (f, f),
        Factor::Two(a, b) => (a, b),
    };
    let factor = draw(cx, x, (1.0 - lower, 1.0 + upper))?.expand_dims(-1)?;
    let mean = x.mean(&this.data_format.spatial_axes(2), true)?;
    let changed = (((x - &mean)? * factor)? + mean)?;
    changed.clip(this.value_range.0, this.value_range.1)
});

layer! {
    /// While training, adds one number to all pixels of an image. Source: Keras 3,
    /// `keras.layers.RandomBrightness`.
    RandomBrightness, new(factor: Factor) {
        /// How much, in parts of the value range.
        factor: Factor = Factor::One(0.0),
        /// The limits of the pixels.
        value_range: (f64, f64) = (0.0, 255.0),
        /// Draws from a stream of the layer's own; if absent, from the model's.
        seed: Option<u64> = None,
        /// Where the channels are.
        data_format: DataFormat = DataFormat::ChannelsLast,
    }
}
random_images!(RandomBrightness, |this| this.factor.check("factor", -1.0, 1.0), |this, cx, x| {
    let (low, high) = this.value_range;
    let delta = (draw(cx, x, this.factor.ends())? * (high - low))?.expand_dims(-1)?;
    (x + delta)?.clip(low, high)
});
