//! What a convolution is: StableHLO's description, and the strided form the kernels work on.

use crate::gemm::Epilogue;
use seodang_core::{DType, Error, Result, text};

/// Which dimension of the operands and of the result plays which part.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
#[allow(missing_docs)]
pub struct ConvDims {
    pub lhs_batch: usize,
    pub lhs_feature: usize,
    pub lhs_spatial: Vec<usize>,
    pub rhs_input_feature: usize,
    pub rhs_output_feature: usize,
    pub rhs_spatial: Vec<usize>,
    pub out_batch: usize,
    pub out_feature: usize,
    pub out_spatial: Vec<usize>,
}

impl ConvDims {
    /// Images as (batch, spatial..., feature), kernels as (spatial..., input feature, output feature):
    /// Keras's layout for `rank` spatial dimensions, and the fast one.
    pub fn channels_last(rank: usize) -> ConvDims {
        ConvDims {
            lhs_batch: 0,
            lhs_feature: rank + 1,
            lhs_spatial: (1..=rank).collect(),
            rhs_input_feature: rank,
            rhs_output_feature: rank + 1,
            rhs_spatial: (0..rank).collect(),
            out_batch: 0,
            out_feature: rank + 1,
            out_spatial: (1..=rank).collect(),
        }
    }
}

/// A convolution to be planned, in the terms of StableHLO's `convolution`; arrays are row-major.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct ConvSpec {
    /// The element type of all operands.
    pub dtype: DType,
    /// The shape of the left operand (the images).
    pub lhs: Vec<usize>,
    /// The shape of the right operand (the kernel).
    pub rhs: Vec<usize>,
    /// Which dimension is which.
    pub dims: ConvDims,
    /// Steps of the window.
    pub strides: Vec<usize>,
    /// Zeros before and after the (dilated) images; negative numbers cut off.
    pub padding: Vec<(i64, i64)>,
    /// Places from one element of the images to the next; 1 without dilation.
    pub lhs_dilation: Vec<usize>,
    /// Places from one element of the kernel to the next; 1 without dilation.
    pub rhs_dilation: Vec<usize>,
    /// Whether the kernel is reversed along a spatial dimension.
    pub reversal: Vec<bool>,
    /// Groups of features that are convolved apart.
    pub feature_group_count: usize,
    /// Groups of the batch that are convolved apart, with their own output features.
    pub batch_group_count: usize,
    /// What else is done; the bias has one number per output feature.
    pub epilogue: Epilogue,
}

impl ConvSpec {
    /// A convolution without strides, padding, dilation, groups or epilogue.
    pub fn new(dtype: DType, lhs: &[usize], rhs: &[usize], dims: ConvDims) -> ConvSpec {
        let rank = dims.lhs_spatial.len();
        ConvSpec {
            dtype,
            lhs: lhs.to_vec(),
            rhs: rhs.to_vec(),
            dims,
            strides: vec![1; rank],
            padding: vec![(0, 0); rank],
            lhs_dilation: vec![1; rank],
            rhs_dilation: vec![1; rank],
            reversal: vec![false; rank],
            feature_group_count: 1,
            batch_group_count: 1,
            epilogue: Epilogue::default(),
        }
    }
}

/// One spatial axis.
#[derive(Clone, Copy, Debug)]
pub(super) struct Axis {
    /// Lengths in the images, the kernel and the result.
    pub(super) input: usize,
    pub(super) kernel: usize,
    pub(super) out: usize,
    pub(super) stride: usize,
    pub(super) pad: i64,
    pub(super) input_dilation: usize,
    pub(super) kernel_dilation: usize,
    pub(super) reversed: bool,
    /// Elements from one place to the next in the images, the kernel and the result.
    pub(super) input_step: usize,
    pub(super) kernel_step: usize,
    pub(super) out_step: usize,
}

impl Axis {
    /// An axis of length 1 everywhere.
    pub(super) const UNIT: Axis = Axis {
        input: 1,
        kernel: 1,
        out: 1,
        stride: 1,
        pad: 0,
        input_dilation: 1,
        kernel_dilation: 1,
        reversed: false,
        input_step: 0,
        kernel_step: 0,
        out_step: 0,
    };

    /// The place in the images that window element `t` of result `p` sees, if it is not padding.
    pub(super) fn source(&self, p: usize, t: usize) -> Option<usize> {
        let x = (p * self.stride + t * self.kernel_dilation) as i64 - self.pad;
        let x = usize::try_from(x).ok()?;
        let d = self.input_dilation;
        (x.is_multiple_of(d) && x / d < self.input).then_some(x / d)
    }

    /// The offset in the kernel's memory of window element `t`.
    pub(super) fn kernel_offset(&self, t: usize) -> usize {
        self.kernel_step * if self.reversed { self.kernel - 1 - t } else { t }
    }
}

/// A convolution as loops over strides: for each batch `n`, place `p` and output feature `o`, the sum
/// over window elements `t` and input features `i` of
/// `lhs[n + (batch group of o), (feature group of o) + i, source(p, t)] * rhs[t, i, o]`.
#[derive(Clone, Debug)]
pub(super) struct Loops {
    pub(super) dtype: DType,
    /// Batch of the result.
    pub(super) n: usize,
    /// Input features of one group.
    pub(super) i: usize,
    pub(super) o: usize,
    pub(super) feature_groups: usize,
    pub(super) batch_groups: usize,
    pub(super) lhs_n: usize,
    pub(super) lhs_i: usize,
    pub(super) rhs_i: usize,
    pub(super) rhs_o: usize,
    pub(super) out_n: usize,
    pub(super) out_o: usize,
    pub(super) axes: Vec<Axis>,
    pub(super) epilogue: Epilogue,
    /// Elements of the operands and the result.
    pub(super) sizes: [usize; 3],
    pub(super) out_shape: Vec<usize>,
}

impl Loops {
    pub(super) fn new(spec: &ConvSpec) -> Result<Loops> {
        let d = &spec.dims;
        let rank = d.lhs_spatial.len();
        let broken = |en: &'static str, ko: &'static str| {
            Error::internal(text!(en: "{en}"; ko: "{ko}"))
                .during("convolution")
                .given("spec", format!("{spec:?}"))
        };
        let permutation = |shape: &[usize], spatial: &[usize], two: [usize; 2]| {
            let mut seen = vec![false; rank + 2];
            shape.len() == rank + 2
                && spatial.len() == rank
                && spatial
                    .iter()
                    .chain(&two)
                    .all(|&x| x < rank + 2 && !std::mem::replace(&mut seen[x], true))
        };
        let out_rank = vec![0; rank + 2];
        if !permutation(&spec.lhs, &d.lhs_spatial, [d.lhs_batch, d.lhs_feature])
            || !permutation(&spec.rhs, &d.rhs_spatial, [d.rhs_input_feature, d.rhs_output_feature])
            || !permutation(&out_rank, &d.out_spatial, [d.out_batch, d.out_feature])
            || [spec.strides.len(), spec.padding.len(), spec.reversal.len()] != [rank; 3]
            || [spec.lhs_dilation.len(), spec.rhs_dilation.len()] != [rank; 2]
        {
            return Err(broken(
                "dimension numbers and ranks do not fit",
                "차원 번호와 랭크가 맞지 않습니다",
            ));
        }
        let (fg, bg) = (spec.feature_group_count, spec.batch_group_count);
        let (lhs_batch, lhs_features) = (spec.lhs[d.lhs_batch], spec.lhs[d.lhs_feature]);
        let (i, o) = (spec.rhs[d.rhs_input_feature], spec.rhs[d.rhs_output_feature]);
        if fg == 0
            || bg == 0
            || (fg > 1 && bg > 1)
            || i.checked_mul(fg) != Some(lhs_features)
            || !o.is_multiple_of(fg)
            || !o.is_multiple_of(bg)
            || !lhs_batch.is_multiple_of(bg)
        {
            return Err(broken("groups and features do not fit", "그룹과 특성 수가 맞지 않습니다"));
        }
        let mut out_shape = vec![0; rank + 2];
        out_shape[d.out_batch] = lhs_batch / bg;
        out_shape[d.out_feature] = o;
        for a in 0..rank {
            let (input, kernel) = (spec.lhs[d.lhs_spatial[a]], spec.rhs[d.rhs_spatial[a]]);
            let (ld, rd, stride) = (spec.lhs_dilation[a], spec.rhs_dilation[a], spec.strides[a]);
            if ld == 0 || rd == 0 || stride == 0 {
                return Err(broken(
                    "strides and dilations must be positive",
                    "간격과 확장은 양수여야 합니다",
                ));
            }
            let dilated =
                |n: usize, by: usize| n.checked_sub(1).map_or(0, |n| n as i64 * by as i64 + 1);
            let (lo, hi) = spec.padding[a];
            let padded = dilated(input, ld) + lo + hi;
            let window = dilated(kernel, rd);
            out_shape[d.out_spatial[a]] = if padded <= 0 || window > padded {
                0
            } else {
                ((padded - window) / stride as i64 + 1) as usize
            };
        }
        let size = |shape: &[usize]| {
            let bytes = shape.iter().try_fold(spec.dtype.size(), |n, &d| n.checked_mul(d.max(1)));
            let fits = bytes.is_some_and(|b| b <= isize::MAX as usize / 2);
            fits.then(|| shape.iter().product::<usize>())
        };
        let (Some(lhs), Some(rhs), Some(out)) =
            (size(&spec.lhs), size(&spec.rhs), size(&out_shape))
        else {
            return Err(broken("a convolution is too large", "합성곱이 너무 큽니다"));
        };
        let (ls, rs, os) = (steps(&spec.lhs), steps(&spec.rhs), steps(&out_shape));
        let axes = (0..rank)
            .map(|a| {
                let (l, r, o) = (d.lhs_spatial[a], d.rhs_spatial[a], d.out_spatial[a]);
                Axis {
                    input: spec.lhs[l],
                    kernel: spec.rhs[r],
                    out: out_shape[o],
                    stride: spec.strides[a],
                    pad: spec.padding[a].0,
                    input_dilation: spec.lhs_dilation[a],
                    kernel_dilation: spec.rhs_dilation[a],
                    reversed: spec.reversal[a],
                    input_step: ls[l],
                    kernel_step: rs[r],
                    out_step: os[o],
                }
            })
            .collect();
        Ok(Loops {
            dtype: spec.dtype,
            n: lhs_batch / bg,
            i,
            o,
            feature_groups: fg,
            batch_groups: bg,
            lhs_n: ls[d.lhs_batch],
            lhs_i: ls[d.lhs_feature],
            rhs_i: rs[d.rhs_input_feature],
            rhs_o: rs[d.rhs_output_feature],
            out_n: os[d.out_batch],
            out_o: os[d.out_feature],
            axes,
            epilogue: spec.epilogue,
            sizes: [lhs, rhs, out],
            out_shape,
        })
    }

    /// Multiply-adds, padding included.
    pub(super) fn work(&self) -> usize {
        self.axes
            .iter()
            .fold(self.n * self.i * self.o, |w, a| w.saturating_mul(a.out).saturating_mul(a.kernel))
    }

    /// Where in the images the group of output feature `o` begins.
    pub(super) fn group_offset(&self, o: usize) -> usize {
        let feature_group = o / (self.o / self.feature_groups);
        let batch_group = o / (self.o / self.batch_groups);
        feature_group * self.i * self.lhs_i + batch_group * self.n * self.lhs_n
    }
}

/// Row-major strides.
fn steps(shape: &[usize]) -> Vec<usize> {
    let mut steps = vec![1; shape.len()];
    for i in (1..shape.len()).rev() {
        steps[i - 1] = steps[i] * shape[i];
    }
    steps
}
