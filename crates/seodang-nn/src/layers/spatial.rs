//! What layers over one, two or three spatial dimensions share: options, the arithmetic of windows,
//! and convolutions.

use super::wrong_rank;
use crate::Dims;
use crate::record::{Setting, one_of};
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use seodang_core::{Error, Result, text};
use seodang_tensor::{ConvDims, Convolution, Tensor};
use serde::{Deserialize, Serialize, Serializer};
use std::borrow::Cow;
use std::fmt;
use std::ops::Range;

one_of! {
    /// Where the channels are.
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
        /// The beginning is padded so that an output sees no later input; for one dimension only.
        Causal = "causal" | "CAUSAL",
    }
}

/// A number for each spatial dimension; given as one number for all of them, or as a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(try_from = "OneOrMore")]
pub struct Sizes<const N: usize>(pub [usize; N]);

/// A number for the height and one for the width.
pub type Pair = Sizes<2>;

#[derive(Deserialize)]
#[serde(untagged)]
enum OneOrMore {
    One(usize),
    More(Vec<usize>),
}

impl<const N: usize> TryFrom<OneOrMore> for Sizes<N> {
    type Error = String;

    fn try_from(v: OneOrMore) -> Result<Sizes<N>, String> {
        match v {
            OneOrMore::One(n) => Ok(Sizes([n; N])),
            OneOrMore::More(list) if list.len() == 1 => Ok(Sizes([list[0]; N])),
            OneOrMore::More(list) => list
                .try_into()
                .map(Sizes)
                .map_err(|list: Vec<usize>| format!("{} numbers in place of {N}", list.len())),
        }
    }
}

impl<const N: usize> Serialize for Sizes<N> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.as_slice().serialize(serializer)
    }
}

impl<const N: usize> JsonSchema for Sizes<N> {
    fn schema_name() -> Cow<'static, str> {
        match N {
            2 => "Pair".into(),
            _ => format!("Sizes{N}").into(),
        }
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "anyOf": [
                { "type": "integer", "minimum": 0 },
                {
                    "type": "array", "minItems": N, "maxItems": N,
                    "items": { "type": "integer", "minimum": 0 },
                },
            ]
        })
    }
}

impl<const N: usize> fmt::Display for Sizes<N> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sizes: Vec<String> = self.0.iter().map(usize::to_string).collect();
        write!(f, "({})", sizes.join(", "))
    }
}

impl<const N: usize> Sizes<N> {
    /// One in every dimension.
    pub(super) const ONE: Sizes<N> = Sizes([1; N]);

    /// The numbers.
    pub fn list(self) -> [usize; N] {
        self.0
    }

    /// Checks that no number is 0.
    pub(super) fn check(self, option: &str) -> Result<()> {
        if self.0.iter().all(|&n| n > 0) {
            return Ok(());
        }
        Err(Error::value(text!(
            en: "\"{option}\" must be at least 1",
            ko: "\"{option}\"은(는) 1 이상이어야 합니다"
        ))
        .given(option, self))
    }
}

impl<const N: usize> From<Sizes<N>> for seodang_core::Text {
    fn from(sizes: Sizes<N>) -> seodang_core::Text {
        seodang_core::Text::same(sizes.to_string())
    }
}

macro_rules! sizes_from {
    ($([$($generic:tt)*] $ty:ty => $n:tt, |$v:ident| $sizes:expr;)*) => {$(
        impl<$($generic)*> From<$ty> for Sizes<$n> {
            fn from($v: $ty) -> Sizes<$n> {
                Sizes($sizes)
            }
        }

        impl<$($generic)*> Setting<Sizes<$n>> for $ty {
            fn into_setting(self) -> Sizes<$n> {
                self.into()
            }
        }

        impl<$($generic)*> Setting<Option<Sizes<$n>>> for $ty {
            fn into_setting(self) -> Option<Sizes<$n>> {
                Some(self.into())
            }
        }
    )*};
}

sizes_from! {
    [const N: usize] usize => N, |v| [v; N];
    [const N: usize] [usize; N] => N, |v| v;
    [] (usize, usize) => 2, |v| [v.0, v.1];
    [] (usize, usize, usize) => 3, |v| [v.0, v.1, v.2];
}

impl DataFormat {
    /// The spatial axes of inputs with that many spatial dimensions.
    pub(super) fn spatial(self, n: usize) -> Range<usize> {
        match self {
            DataFormat::ChannelsLast => 1..n + 1,
            DataFormat::ChannelsFirst => 2..n + 2,
        }
    }

    /// The spatial axes as tensors' methods take them.
    pub(super) fn spatial_axes(self, n: usize) -> Vec<i64> {
        self.spatial(n).map(|a| a as i64).collect()
    }

    /// The axis of the channels.
    pub(super) fn channel(self, n: usize) -> usize {
        match self {
            DataFormat::ChannelsLast => n + 1,
            DataFormat::ChannelsFirst => 1,
        }
    }

    fn conv_dims(self, n: usize) -> ConvDims {
        match self {
            DataFormat::ChannelsLast => ConvDims::channels_last(n),
            DataFormat::ChannelsFirst => ConvDims::channels_first(n),
        }
    }
}

/// Checks that a shape is that of a batch with `n` spatial dimensions and channels.
pub(super) fn spatial_batch(dims: &Dims, n: usize) -> Result<&Dims> {
    if dims.rank() == n + 2 { Ok(dims) } else { Err(wrong_rank(dims, &(n + 2).to_string())) }
}

/// The channels of `(batch, channels, ...)` moved last.
pub(super) fn channels_last(x: &Tensor) -> Result<Tensor> {
    let rank = x.rank() as i64;
    let order: Vec<i64> = std::iter::once(0).chain(2..rank).chain([1]).collect();
    x.transpose(&order)
}

/// How many elements of the input a window reaches over. Saturating: the numbers may come from a
/// file, and what is too large is no window.
fn reach(window: usize, dilation: usize) -> usize {
    window.saturating_sub(1).saturating_mul(dilation).saturating_add(1)
}

/// One axis under a moving window: how many places it has, and the padding before and after.
pub(super) fn places(
    size: usize,
    window: usize,
    stride: usize,
    dilation: usize,
    padding: Padding,
) -> (usize, (i64, i64)) {
    let reach = reach(window, dilation);
    match padding {
        Padding::Valid => (size.saturating_add(stride).saturating_sub(reach) / stride, (0, 0)),
        Padding::Same => {
            let places = size.div_ceil(stride);
            let last = places.saturating_sub(1).saturating_mul(stride);
            let need = last.saturating_add(reach).saturating_sub(size);
            (places, ((need / 2) as i64, (need - need / 2) as i64))
        }
        Padding::Causal => (size.div_ceil(stride), (reach as i64 - 1, 0)),
    }
}

/// A window over the spatial dimensions.
#[derive(Clone, Copy)]
pub(super) struct Windows<const N: usize> {
    pub(super) size: Sizes<N>,
    pub(super) strides: Sizes<N>,
    pub(super) dilation: Sizes<N>,
    pub(super) padding: Padding,
    pub(super) format: DataFormat,
}

impl<const N: usize> Windows<N> {
    /// Checks the options; convolutions over one dimension may be causal.
    pub(super) fn check(&self, size_option: &str, causal: bool) -> Result<()> {
        self.size.check(size_option)?;
        self.strides.check("strides")?;
        self.dilation.check("dilation_rate")?;
        if self.padding == Padding::Causal && !causal {
            return Err(Error::value(text!(
                en: "\"padding\" can be \"causal\" only for convolutions over one dimension",
                ko: "\"padding\"은 1차원 합성곱에서만 \"causal\"일 수 있습니다"
            ))
            .given("padding", "causal"));
        }
        if self.dilation != Sizes::ONE && self.strides != Sizes::ONE {
            return Err(Error::value(text!(
                en: "\"strides\" and \"dilation_rate\" cannot both be above 1",
                ko: "\"strides\"와 \"dilation_rate\"가 함께 1보다 클 수 없습니다"
            ))
            .given("strides", self.strides)
            .given("dilation_rate", self.dilation));
        }
        Ok(())
    }

    /// One spatial axis of a size under the window.
    fn places(&self, k: usize, size: usize) -> (usize, (i64, i64)) {
        places(size, self.size.0[k], self.strides.0[k], self.dilation.0[k], self.padding)
    }

    /// The shape of a batch after the window, with other channels if given.
    pub(super) fn output_shape(&self, input: &Dims, channels: Option<usize>) -> Result<Dims> {
        let mut out: Vec<Option<usize>> = spatial_batch(input, N)?.to_vec();
        for (k, axis) in self.format.spatial(N).enumerate() {
            let Some(n) = out[axis] else { continue };
            let (places, _) = self.places(k, n);
            if places == 0 {
                return Err(Error::shape(text!(
                    en: "the window is larger than the image",
                    ko: "창이 이미지보다 큽니다"
                ))
                .given("input", input)
                .given("window", self.size)
                .hint(text!(
                    en: "use padding=\"same\", or fewer or smaller windows",
                    ko: "padding=\"same\"을 쓰거나 창을 줄이세요"
                )));
            }
            out[axis] = Some(places);
        }
        if let Some(channels) = channels {
            out[self.format.channel(N)] = Some(channels);
        }
        Ok(out.into())
    }

    /// The padding of each spatial axis for a batch of this shape.
    pub(super) fn paddings(&self, shape: &[usize]) -> Vec<(i64, i64)> {
        let axes = self.format.spatial(N).enumerate();
        axes.map(|(k, axis)| self.places(k, shape[axis]).1).collect()
    }

    /// The convolution with a kernel `(..., channels / groups, filters)`.
    pub(super) fn convolve(&self, x: &Tensor, kernel: &Tensor, groups: usize) -> Result<Tensor> {
        let convolution = Convolution {
            strides: self.strides.0.to_vec(),
            padding: self.paddings(x.shape()),
            rhs_dilation: self.dilation.0.to_vec(),
            feature_group_count: groups,
            ..Convolution::new(self.format.conv_dims(N))
        };
        x.conv(kernel, convolution)
    }

    /// The convolution of each channel for itself with a kernel `(..., channels, multiplier)`.
    pub(super) fn convolve_channels(&self, x: &Tensor, kernel: &Tensor) -> Result<Tensor> {
        let mut shape = kernel.shape().to_vec();
        let (channels, multiplier) = (shape[N], shape[N + 1]);
        (shape[N], shape[N + 1]) = (1, channels * multiplier);
        self.convolve(x, &kernel.reshape(shape)?, channels)
    }

    /// The size of an axis after the transposed window; 0 if the output padding is out of range.
    fn transposed_size(&self, k: usize, size: usize, extra: Option<usize>) -> usize {
        let (stride, reach) = (self.strides.0[k], reach(self.size.0[k], self.dilation.0[k]));
        match (self.padding, extra) {
            (Padding::Same, None) => size.saturating_mul(stride),
            (_, None) => size.saturating_mul(stride).saturating_add(reach.saturating_sub(stride)),
            (padding, Some(extra)) => {
                let cut = if padding == Padding::Same { reach / 2 * 2 } else { 0 };
                let spread = size.saturating_sub(1).saturating_mul(stride).saturating_add(reach);
                spread.saturating_add(extra).saturating_sub(cut)
            }
        }
    }

    /// The shape of a batch after the transposed window.
    pub(super) fn transposed_shape(
        &self,
        input: &Dims,
        filters: usize,
        extra: Option<Sizes<N>>,
    ) -> Result<Dims> {
        let mut out: Vec<Option<usize>> = spatial_batch(input, N)?.to_vec();
        for (k, axis) in self.format.spatial(N).enumerate() {
            out[axis] = out[axis].map(|n| self.transposed_size(k, n, extra.map(|e| e.0[k])));
        }
        out[self.format.channel(N)] = Some(filters);
        Ok(out.into())
    }

    /// The transposed convolution: the gradient of the convolution whose output is `x`, with a kernel
    /// `(..., filters, channels)`.
    pub(super) fn convolve_transposed(
        &self,
        x: &Tensor,
        kernel: &Tensor,
        extra: Option<Sizes<N>>,
    ) -> Result<Tensor> {
        let mut dims = self.format.conv_dims(N);
        (dims.kernel_input_feature, dims.kernel_output_feature) = (N + 1, N);
        let padding = self.format.spatial(N).enumerate().map(|(k, axis)| {
            let n = x.shape()[axis] as i64;
            let reach = reach(self.size.0[k], self.dilation.0[k]) as i64;
            let size = self.transposed_size(k, n as usize, extra.map(|e| e.0[k])) as i64;
            // What the strided convolution from the output back to x would pad in front.
            let spread = (n - 1) * self.strides.0[k] as i64 + 1;
            let same = self.padding == Padding::Same;
            let before = if same { (spread - 1 + reach - size).max(0) / 2 } else { 0 };
            let low = reach - 1 - before;
            (low, size + reach - 1 - spread - low)
        });
        let convolution = Convolution {
            padding: padding.collect(),
            lhs_dilation: self.strides.0.to_vec(),
            rhs_dilation: self.dilation.0.to_vec(),
            reversal: vec![true; N],
            ..Convolution::new(dims)
        };
        x.conv(kernel, convolution)
    }
}

/// A batch plus one number for each channel.
pub(super) fn add_bias(y: &Tensor, bias: &Tensor, format: DataFormat) -> Result<Tensor> {
    match format {
        DataFormat::ChannelsLast => y + bias,
        DataFormat::ChannelsFirst => {
            let mut shape = vec![1; y.rank()];
            shape[1] = bias.size();
            y + bias.reshape(shape)?
        }
    }
}

/// The shape without its spatial dimensions, or with 1 in their place.
pub(super) fn without_spatial(
    input: &Dims,
    n: usize,
    format: DataFormat,
    keepdims: bool,
) -> Result<Dims> {
    let x = spatial_batch(input, n)?;
    let spatial = format.spatial(n);
    let dim = |i: usize| match (spatial.contains(&i), keepdims) {
        (false, _) => Some(x[i]),
        (true, true) => Some(Some(1)),
        (true, false) => None,
    };
    Ok((0..n + 2).filter_map(dim).collect())
}

/// A shape with another size of each spatial dimension.
pub(super) fn resized(
    input: &Dims,
    n: usize,
    format: DataFormat,
    size: impl Fn(usize, usize) -> usize,
) -> Result<Dims> {
    let mut out: Vec<Option<usize>> = spatial_batch(input, n)?.to_vec();
    for (k, axis) in format.spatial(n).enumerate() {
        out[axis] = out[axis].map(|d| size(k, d));
    }
    Ok(out.into())
}

/// Padding of the spatial axes as one pair for each axis.
pub(super) fn every_axis(rank: usize, format: DataFormat, pairs: &[(i64, i64)]) -> Vec<(i64, i64)> {
    let mut all = vec![(0, 0); rank];
    for (axis, &pair) in format.spatial(pairs.len()).zip(pairs) {
        all[axis] = pair;
    }
    all
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
        assert_eq!(places(8, 3, 2, 1, Padding::Causal), (4, (2, 0)));
    }

    #[test]
    fn sizes_are_read_from_one_or_more() {
        assert_eq!(serde_json::from_str::<Pair>("3").unwrap(), Sizes([3, 3]));
        assert_eq!(serde_json::from_str::<Pair>("[3, 2]").unwrap(), Sizes([3, 2]));
        assert_eq!(serde_json::from_str::<Pair>("[3]").unwrap(), Sizes([3, 3]));
        assert_eq!(serde_json::to_string(&Sizes([3, 2])).unwrap(), "[3,2]");
        assert!(serde_json::from_str::<Pair>("[3, 2, 1]").is_err());
    }
}
