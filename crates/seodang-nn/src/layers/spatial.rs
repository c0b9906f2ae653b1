//! What convolution and pooling over two spatial dimensions share: options, and the arithmetic of
//! windows.

use super::wrong_rank;
use crate::Dims;
use crate::record::{Setting, one_of};
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use seodang_core::{Error, Result, text};
use seodang_tensor::Tensor;
use serde::{Deserialize, Serialize};
use std::borrow::Cow;

one_of! {
    /// Where the channels of an image are.
    DataFormat {
        /// `(batch, height, width, channels)`.
        ChannelsLast = "channels_last",
        /// `(batch, channels, height, width)`.
        ChannelsFirst = "channels_first",
    }
}

one_of! {
    /// What happens at the border.
    Padding {
        /// Windows lie wholly inside.
        Valid = "valid" | "VALID",
        /// The border is padded so that with stride 1 the size stays.
        Same = "same" | "SAME",
    }
}

/// A number for the height and one for the width; given as one number for both, or two.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "OneOrTwo")]
pub struct Pair(pub usize, pub usize);

#[derive(Deserialize)]
#[serde(untagged)]
enum OneOrTwo {
    One(usize),
    Two(usize, usize),
}

impl From<OneOrTwo> for Pair {
    fn from(v: OneOrTwo) -> Pair {
        match v {
            OneOrTwo::One(n) => Pair(n, n),
            OneOrTwo::Two(h, w) => Pair(h, w),
        }
    }
}

impl JsonSchema for Pair {
    fn schema_name() -> Cow<'static, str> {
        "Pair".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "anyOf": [
                { "type": "integer", "minimum": 0 },
                {
                    "type": "array", "minItems": 2, "maxItems": 2,
                    "items": { "type": "integer", "minimum": 0 },
                },
            ]
        })
    }
}

impl Pair {
    /// Both numbers.
    pub fn both(self) -> [usize; 2] {
        [self.0, self.1]
    }

    /// Checks that neither number is 0.
    pub(super) fn check(self, option: &str) -> Result<()> {
        if self.0 > 0 && self.1 > 0 {
            return Ok(());
        }
        Err(Error::value(text!(
            en: "\"{option}\" must be at least 1",
            ko: "\"{option}\"은(는) 1 이상이어야 합니다"
        ))
        .given(option, format!("({}, {})", self.0, self.1)))
    }
}

macro_rules! pair_from {
    ($($ty:ty => |$v:ident| $pair:expr;)*) => {$(
        impl From<$ty> for Pair {
            fn from($v: $ty) -> Pair {
                $pair
            }
        }

        impl Setting<Pair> for $ty {
            fn into_setting(self) -> Pair {
                self.into()
            }
        }

        impl Setting<Option<Pair>> for $ty {
            fn into_setting(self) -> Option<Pair> {
                Some(self.into())
            }
        }
    )*};
}

pair_from! {
    usize => |v| Pair(v, v);
    (usize, usize) => |v| Pair(v.0, v.1);
    [usize; 2] => |v| Pair(v[0], v[1]);
}

impl DataFormat {
    /// The two spatial axes of an image.
    pub(super) fn spatial(self) -> [usize; 2] {
        match self {
            DataFormat::ChannelsLast => [1, 2],
            DataFormat::ChannelsFirst => [2, 3],
        }
    }

    /// The axis of the channels.
    pub(super) fn channel(self) -> usize {
        match self {
            DataFormat::ChannelsLast => 3,
            DataFormat::ChannelsFirst => 1,
        }
    }
}

/// Checks that a shape is that of a batch of images.
pub(super) fn image(dims: &Dims) -> Result<&Dims> {
    if dims.rank() == 4 { Ok(dims) } else { Err(wrong_rank(dims, "4")) }
}

/// The channels of `(batch, channels, ...)` moved last.
pub(super) fn channels_last(x: &Tensor) -> Result<Tensor> {
    let rank = x.rank() as i64;
    let order: Vec<i64> = std::iter::once(0).chain(2..rank).chain([1]).collect();
    x.transpose(&order)
}

/// One axis under a moving window: how many places it has, and the padding before and after.
pub(super) fn places(
    size: usize,
    window: usize,
    stride: usize,
    dilation: usize,
    padding: Padding,
) -> (usize, (i64, i64)) {
    // Saturating: the numbers may come from a file, and what is too large is no window.
    let reach = window.saturating_sub(1).saturating_mul(dilation).saturating_add(1);
    match padding {
        Padding::Valid => (size.saturating_add(stride).saturating_sub(reach) / stride, (0, 0)),
        Padding::Same => {
            let places = size.div_ceil(stride);
            let last = places.saturating_sub(1).saturating_mul(stride);
            let need = last.saturating_add(reach).saturating_sub(size);
            (places, ((need / 2) as i64, (need - need / 2) as i64))
        }
    }
}

/// A window over both spatial dimensions of an image.
#[derive(Clone, Copy)]
pub(super) struct Windows {
    pub(super) size: Pair,
    pub(super) strides: Pair,
    pub(super) dilation: Pair,
    pub(super) padding: Padding,
    pub(super) format: DataFormat,
}

impl Windows {
    /// The shape of an image after the window, with other channels if given.
    pub(super) fn output_shape(&self, input: &Dims, channels: Option<usize>) -> Result<Dims> {
        let mut out: Vec<Option<usize>> = image(input)?.to_vec();
        let axes = self.format.spatial().into_iter();
        let (size, strides, dilation) =
            (self.size.both(), self.strides.both(), self.dilation.both());
        for (k, axis) in axes.enumerate() {
            let Some(n) = out[axis] else { continue };
            let (places, _) = places(n, size[k], strides[k], dilation[k], self.padding);
            if places == 0 {
                return Err(Error::shape(text!(
                    en: "the window is larger than the image",
                    ko: "창이 이미지보다 큽니다"
                ))
                .given("input", input)
                .given("window", format!("({}, {})", self.size.0, self.size.1))
                .hint(text!(
                    en: "use padding=\"same\", or fewer or smaller windows",
                    ko: "padding=\"same\"을 쓰거나 창을 줄이세요"
                )));
            }
            out[axis] = Some(places);
        }
        if let Some(channels) = channels {
            out[self.format.channel()] = Some(channels);
        }
        Ok(out.into())
    }

    /// The padding of each spatial axis for an image of this shape.
    pub(super) fn paddings(&self, shape: &[usize]) -> Vec<(i64, i64)> {
        let (size, strides, dilation) =
            (self.size.both(), self.strides.both(), self.dilation.both());
        self.format
            .spatial()
            .into_iter()
            .enumerate()
            .map(|(k, axis)| places(shape[axis], size[k], strides[k], dilation[k], self.padding).1)
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_and_padding() {
        assert_eq!(places(28, 3, 1, 1, Padding::Valid), (26, (0, 0)));
        assert_eq!(places(28, 3, 1, 1, Padding::Same), (28, (1, 1)));
        assert_eq!(places(7, 2, 2, 1, Padding::Same), (4, (0, 1)));
        assert_eq!(places(8, 3, 1, 2, Padding::Valid), (4, (0, 0)));
        assert_eq!(places(2, 3, 1, 1, Padding::Valid), (0, (0, 0)));
        assert_eq!(places(8, 2, 3, 1, Padding::Valid), (3, (0, 0)));
    }

    #[test]
    fn a_pair_is_read_from_one_or_two() {
        assert_eq!(serde_json::from_str::<Pair>("3").unwrap(), Pair(3, 3));
        assert_eq!(serde_json::from_str::<Pair>("[3, 2]").unwrap(), Pair(3, 2));
        assert_eq!(serde_json::to_string(&Pair(3, 2)).unwrap(), "[3,2]");
        assert!(serde_json::from_str::<Pair>("[3]").is_err());
    }
}
