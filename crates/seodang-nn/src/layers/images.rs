//! What the layers over images share: shapes, factors, and pixels taken from computed places.

use super::spatial::{DataFormat, channels_last, resized};
use super::wrong_rank;
use crate::Dims;
use crate::record::{Setting, one_of};
use schemars::JsonSchema;
use seodang_core::{DType, Error, Result, text};
use seodang_tensor::Tensor;
use serde::{Deserialize, Serialize};

one_of! {
    /// What stands outside of an image.
    FillMode {
        /// One value.
        Constant = "constant",
        /// The nearest pixel of the border.
        Nearest = "nearest",
        /// The image mirrored at its border, which comes twice.
        Reflect = "reflect",
        /// The image again.
        Wrap = "wrap",
    }
}

/// How far a change goes: one number for both directions, or the two ends.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(untagged)]
pub enum Factor {
    /// From minus this to this.
    One(f64),
    /// From the first to the second.
    Two(f64, f64),
}

impl Setting<Factor> for f64 {
    fn into_setting(self) -> Factor {
        Factor::One(self)
    }
}

impl Setting<Factor> for (f64, f64) {
    fn into_setting(self) -> Factor {
        Factor::Two(self.0, self.1)
    }
}

impl Setting<Option<Factor>> for f64 {
    fn into_setting(self) -> Option<Factor> {
        Some(Factor::One(self))
    }
}

impl Setting<Option<Factor>> for (f64, f64) {
    fn into_setting(self) -> Option<Factor> {
        Some(Factor::Two(self.0, self.1))
    }
}

impl Factor {
    /// The ends, the lower first.
    pub(super) fn ends(self) -> (f64, f64) {
        match self {
            Factor::One(f) => (-f.abs(), f.abs()),
            Factor::Two(a, b) => (a.min(b), a.max(b)),
        }
    }

    /// Checks that both ends lie between limits.
    pub(super) fn check(self, option: &str, lo: f64, hi: f64) -> Result<()> {
        let (a, b) = match self {
            Factor::One(f) => (f, f),
            Factor::Two(..) => self.ends(),
        };
        if lo <= a && b <= hi {
            return Ok(());
        }
        Err(Error::value(text!(
            en: "\"{option}\" must lie between {lo} and {hi}",
            ko: "\"{option}\"은(는) {lo}과(와) {hi} 사이여야 합니다"
        ))
        .given(option, format!("{self:?}")))
    }
}

/// Checks that a shape is that of a batch of images or of one image; gives it with another height
/// and width.
pub(super) fn image_shape(x: &Dims, format: DataFormat, size: Option<[usize; 2]>) -> Result<Dims> {
    let batch: Dims = match x.rank() {
        4 => x.clone(),
        3 => std::iter::once(Some(1)).chain(x.iter().copied()).collect(),
        _ => return Err(wrong_rank(x, "3 or 4")),
    };
    let mut shape = match size {
        // Unknown sizes become known, too.
        Some(size) => {
            resized(&batch.iter().map(|d| d.or(Some(1))).collect(), 2, format, |k, _| size[k])?
                .to_vec()
        }
        None => batch.to_vec(),
    };
    shape[0] = batch[0];
    shape[format.channel(2)] = batch[format.channel(2)];
    Ok(if x.rank() == 3 { shape.split_off(1).into() } else { shape.into() })
}

/// A function of a batch of images, for one image too.
pub(super) fn batched(
    x: &Tensor,
    f: impl FnOnce(&Tensor) -> Result<Tensor>,
) -> Result<Vec<Tensor>> {
    match x.rank() {
        3 => Ok(vec![f(&x.expand_dims(0)?)?.squeeze(&[0])?]),
        _ => Ok(vec![f(x)?]),
    }
}

/// Where pixels are taken from: x and y are `m[0] * x + m[1] * y + m[2]` and
/// `m[3] * x + m[4] * y + m[5]` of a new pixel's place, with numbers `(batch, 1, 1)`.
pub(super) struct Affine {
    pub(super) matrix: [Tensor; 6],
    pub(super) bilinear: bool,
    pub(super) fill: FillMode,
    pub(super) fill_value: f64,
}

impl Affine {
    /// Whole numbers brought inside `0..n`.
    fn inside(&self, at: &Tensor, n: usize) -> Result<Tensor> {
        let last = n as f64 - 1.0;
        let modulo = |x: &Tensor, n: f64| x - ((x / n)?.floor()? * n)?;
        match self.fill {
            FillMode::Constant | FillMode::Nearest => at.clip(0.0, last),
            FillMode::Wrap => modulo(at, n as f64)?.clip(0.0, last),
            FillMode::Reflect => {
                let there_and_back = modulo(at, 2.0 * n as f64)?;
                let back = ((2.0 * n as f64 - 1.0) - &there_and_back)?;
                there_and_back.minimum(&back)?.clip(0.0, last)
            }
        }
    }

    /// The pixels at whole places `(batch, height, width)`.
    fn pixels(&self, images: &Tensor, y: &Tensor, x: &Tensor) -> Result<Tensor> {
        let [b, h, w, c] = images.shape()[..] else {
            return Err(wrong_rank(&images.shape().into(), "4"));
        };
        let (row, column) =
            (self.inside(y, h)?.cast(DType::I32)?, self.inside(x, w)?.cast(DType::I32)?);
        let image = Tensor::iota(DType::I32, [b, 1, 1], 0)?;
        let place = ((((image * h as f64)? + row)? * w as f64)? + column)?;
        let pixels = images.reshape([b * h * w, c])?.take(&place, 0)?;
        if self.fill != FillMode::Constant {
            return Ok(pixels);
        }
        let known = |at: &Tensor, n: usize| at.ge(0.0)?.logical_and(&at.le(n as f64 - 1.0)?);
        let known = known(y, h)?.logical_and(&known(x, w)?)?.expand_dims(-1)?;
        Tensor::select(&known.broadcast_to(pixels.shape())?, &pixels, self.fill_value)
    }

    /// The images with their pixels taken from elsewhere.
    pub(super) fn apply(&self, images: &Tensor, format: DataFormat) -> Result<Tensor> {
        if format == DataFormat::ChannelsFirst {
            let moved = self.apply(&channels_last(images)?, DataFormat::ChannelsLast)?;
            return moved.transpose(&[0, 3, 1, 2]);
        }
        let [b, h, w, _] = images.shape()[..] else {
            return Err(wrong_rank(&images.shape().into(), "4"));
        };
        let dtype = images.dtype();
        let places = [b, h, w];
        let (row, column) =
            (Tensor::iota(dtype, [1, h, 1], 1)?, Tensor::iota(dtype, [1, 1, w], 2)?);
        let at = |m: &[Tensor]| -> Result<Tensor> {
            (((&column * &m[0])? + (&row * &m[1])?)? + &m[2])?.broadcast_to(places)
        };
        let (x, y) = (at(&self.matrix[..3])?, at(&self.matrix[3..])?);
        if !self.bilinear {
            return self.pixels(images, &y.round()?, &x.round()?);
        }
        let (left, top) = (x.floor()?, y.floor()?);
        let (right, bottom) = ((&left + 1.0)?, (&top + 1.0)?);
        let (dx, dy) = ((x - &left)?.expand_dims(-1)?, (y - &top)?.expand_dims(-1)?);
        let mix = |a: Tensor, b: Tensor, part: &Tensor| (a * (1.0 - part)?)? + (b * part)?;
        let line =
            |y: &Tensor| mix(self.pixels(images, y, &left)?, self.pixels(images, y, &right)?, &dx);
        mix(line(&top)?, line(&bottom)?, &dy)
    }
}
