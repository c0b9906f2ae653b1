//! Convolution.

use super::{arity, check_axes, doc, int_array, padding_text, require, same_dtype};
use crate::TensorType;
use crate::autodiff::Derivative;
use crate::op::OpDef;
use seodang_core::{Array, Element, Result, Shape, Text, dispatch, text};

/// Which dimension is which, in the three arrays of a convolution.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct ConvDims {
    /// The input's batch dimension.
    pub input_batch: usize,
    /// The input's feature dimension.
    pub input_feature: usize,
    /// The input's spatial dimensions.
    pub input_spatial: Vec<usize>,
    /// The kernel's input feature dimension.
    pub kernel_input_feature: usize,
    /// The kernel's output feature dimension.
    pub kernel_output_feature: usize,
    /// The kernel's spatial dimensions.
    pub kernel_spatial: Vec<usize>,
    /// The output's batch dimension.
    pub output_batch: usize,
    /// The output's feature dimension.
    pub output_feature: usize,
    /// The output's spatial dimensions.
    pub output_spatial: Vec<usize>,
}

impl ConvDims {
    /// Channels last: `NHWC`, `HWIO`, `NHWC`, for `n` spatial dimensions.
    pub fn channels_last(n: usize) -> ConvDims {
        ConvDims {
            input_batch: 0,
            input_feature: n + 1,
            input_spatial: (1..=n).collect(),
            kernel_input_feature: n,
            kernel_output_feature: n + 1,
            kernel_spatial: (0..n).collect(),
            output_batch: 0,
            output_feature: n + 1,
            output_spatial: (1..=n).collect(),
        }
    }

    /// Channels first, kernel as in Keras: `NCHW`, `HWIO`, `NCHW`.
    pub fn channels_first(n: usize) -> ConvDims {
        ConvDims {
            input_feature: 1,
            input_spatial: (2..n + 2).collect(),
            output_feature: 1,
            output_spatial: (2..n + 2).collect(),
            ..ConvDims::channels_last(n)
        }
    }
}

/// The convolution (as machine learning has it: a correlation) of an input with a kernel.
#[derive(Clone, PartialEq, Debug)]
pub struct Convolution {
    /// Which dimension is which.
    pub dims: ConvDims,
    /// How far the window moves, for each spatial dimension.
    pub strides: Vec<usize>,
    /// Padding before and after, for each spatial dimension; may be negative.
    pub padding: Vec<(i64, i64)>,
    /// The distance of elements of the input (1: no gaps).
    pub lhs_dilation: Vec<usize>,
    /// The distance of elements of the kernel (1: no gaps).
    pub rhs_dilation: Vec<usize>,
    /// Which spatial dimensions of the kernel are read backwards.
    pub reversal: Vec<bool>,
    /// In how many groups the features are split.
    pub feature_group_count: usize,
    /// In how many groups the batch is split.
    pub batch_group_count: usize,
}

impl Convolution {
    /// A convolution with the given dimension numbers, without stride, padding, dilation and groups.
    pub fn new(dims: ConvDims) -> Convolution {
        let n = dims.input_spatial.len();
        Convolution {
            dims,
            strides: vec![1; n],
            padding: vec![(0, 0); n],
            lhs_dilation: vec![1; n],
            rhs_dilation: vec![1; n],
            reversal: vec![false; n],
            feature_group_count: 1,
            batch_group_count: 1,
        }
    }
}

impl OpDef for Convolution {
    fn mnemonic(&self) -> &'static str {
        "convolution"
    }

    fn spec(&self) -> &'static str {
        "convolution"
    }

    fn doc(&self) -> Text {
        doc("Products of a sliding kernel with its surroundings, summed.", "합성곱.")
    }

    fn infer(&self, operands: &[TensorType]) -> Result<Vec<TensorType>> {
        arity(operands, 2)?;
        let (x, k, d) = (&operands[0], &operands[1], &self.dims);
        same_dtype(x, k, "convolution C27")?;
        let n = d.input_spatial.len();
        require(x.rank() == n + 2 && k.rank() == n + 2, "convolution C1, C13-C22", || {
            text!(
                en: "input and kernel need rank {}", n + 2;
                ko: "입력과 커널의 차원 수가 {}이어야 합니다", n + 2
            )
        })?;
        let lengths = [
            self.strides.len(),
            self.padding.len(),
            self.lhs_dilation.len(),
            self.rhs_dilation.len(),
            self.reversal.len(),
            d.kernel_spatial.len(),
            d.output_spatial.len(),
        ];
        require(lengths == [n; 7], "convolution C2-C9", || {
            text!(
                en: "strides, padding, dilations, reversal and spatial dimensions have lengths {lengths:?} instead of {n}",
                ko: "strides, padding, dilation, reversal, 공간 차원의 길이 {lengths:?}이(가) {n}이 아닙니다"
            )
        })?;
        let all = |a: usize, b: usize, s: &[usize]| [&[a, b], s].concat();
        check_axes(
            &all(d.input_batch, d.input_feature, &d.input_spatial),
            n + 2,
            "convolution C13",
        )?;
        check_axes(
            &all(d.kernel_input_feature, d.kernel_output_feature, &d.kernel_spatial),
            n + 2,
            "convolution C18",
        )?;
        check_axes(
            &all(d.output_batch, d.output_feature, &d.output_spatial),
            n + 2,
            "convolution C20",
        )?;
        let positive = [&self.strides, &self.lhs_dilation, &self.rhs_dilation];
        let groups = (self.feature_group_count, self.batch_group_count);
        require(
            positive.iter().all(|v| v.iter().all(|&p| p > 0)) && groups.0 > 0 && groups.1 > 0,
            "convolution C3, C6, C8, C21, C22",
            || text!(en: "strides, dilations and group counts must be positive", ko: "strides, dilation, 그룹 수는 양수여야 합니다"),
        )?;
        let (batch, features) = (x.shape[d.input_batch], x.shape[d.input_feature]);
        let (kernel_in, kernel_out) =
            (k.shape[d.kernel_input_feature], k.shape[d.kernel_output_feature]);
        require(
            batch % groups.1 == 0 && (groups.0 == 1 || groups.1 == 1),
            "convolution C10, C23",
            || {
                text!(
                    en: "batch size {batch} does not split into {} groups", groups.1;
                    ko: "배치 크기 {batch}을(를) {}개 그룹으로 나눌 수 없습니다", groups.1
                )
            },
        )?;
        require(
            features == kernel_in * groups.0
                && kernel_out % groups.0 == 0
                && kernel_out % groups.1 == 0,
            "convolution C11, C14-C16",
            || {
                text!(
                    en: "the input has {features} features, the kernel takes {kernel_in} in {} group(s) and gives {kernel_out}", groups.0;
                    ko: "입력의 특성은 {features}개인데 커널은 {kernel_in}개씩 {}그룹을 받아 {kernel_out}개를 냅니다", groups.0
                )
            },
        )?;
        let mut shape = vec![0; n + 2];
        shape[d.output_batch] = batch / groups.1;
        shape[d.output_feature] = kernel_out;
        let window = super::Window {
            dimensions: d.kernel_spatial.iter().map(|&i| k.shape[i]).collect(),
            strides: self.strides.clone(),
            base_dilations: self.lhs_dilation.clone(),
            window_dilations: self.rhs_dilation.clone(),
            padding: self.padding.clone(),
        };
        let base = d.input_spatial.iter().map(|&i| x.shape[i]).collect();
        let spatial = window.result_shape(&base, "convolution C25")?;
        for (i, &at) in d.output_spatial.iter().enumerate() {
            shape[at] = spatial[i];
        }
        Ok(vec![x.with_shape(shape)])
    }

    fn derivative(&self) -> Derivative<Convolution> {
        super::convolution_vjp::derivative()
    }

    fn eval(&self, operands: &[Array], results: &[TensorType]) -> Result<Vec<Array>> {
        let (x, k, ty, d) = (&operands[0], &operands[1], &results[0], &self.dims);
        let (xs, ks) = (x.shape(), k.shape());
        let kernel_in = ks[d.kernel_input_feature];
        let out_features = ks[d.kernel_output_feature];
        let per_feature_group = out_features / self.feature_group_count;
        let per_batch_group = out_features / self.batch_group_count;
        let batches = xs[d.input_batch] / self.batch_group_count;
        let spatial = d.input_spatial.len();
        let window: Shape = d.kernel_spatial.iter().map(|&i| ks[i]).collect();
        let window: Vec<Vec<usize>> = window.indices().collect();
        // The pairs of places whose products make one element of the result.
        let terms = |flat: usize| -> Vec<(usize, usize)> {
            let out = ty.shape.unravel(flat);
            let feature = out[d.output_feature];
            let mut i = vec![0; spatial + 2];
            let mut j = vec![0; spatial + 2];
            i[d.input_batch] = out[d.output_batch] + feature / per_batch_group * batches;
            j[d.kernel_output_feature] = feature;
            let mut terms = Vec::new();
            for offset in &window {
                let inside = (0..spatial).all(|s| {
                    let at = (out[d.output_spatial[s]] * self.strides[s]
                        + offset[s] * self.rhs_dilation[s]) as i64
                        - self.padding[s].0;
                    let (step, n) = (self.lhs_dilation[s] as i64, xs[d.input_spatial[s]] as i64);
                    i[d.input_spatial[s]] = (at.max(0) / step) as usize;
                    let last = ks[d.kernel_spatial[s]] - 1;
                    j[d.kernel_spatial[s]] =
                        if self.reversal[s] { last - offset[s] } else { offset[s] };
                    at >= 0 && at % step == 0 && at / step < n
                });
                if !inside {
                    continue;
                }
                for c in 0..kernel_in {
                    i[d.input_feature] = feature / per_feature_group * kernel_in + c;
                    j[d.kernel_input_feature] = c;
                    terms.push((xs.ravel(&i), ks.ravel(&j)));
                }
            }
            terms
        };
        let mut out = Array::zeros(ty.dtype, ty.shape.clone());
        dispatch!(ty.dtype, T => {
            let values = out.as_mut_slice::<T>()?;
            if ty.dtype.is_float() {
                let (x, k) = (x.to_f64_vec(), k.to_f64_vec());
                for (flat, value) in values.iter_mut().enumerate() {
                    *value = T::from_f64(terms(flat).iter().map(|&(i, j)| x[i] * k[j]).sum());
                }
            } else {
                let (x, k) = (x.to_i128_vec(), k.to_i128_vec());
                for (flat, value) in values.iter_mut().enumerate() {
                    *value = T::from_i128(terms(flat).iter().map(|&(i, j)| x[i] * k[j]).sum());
                }
            }
        });
        Ok(vec![out])
    }

    fn attributes(&self) -> Vec<(&'static str, String)> {
        let d = &self.dims;
        let layout = |first: (usize, &str), second: (usize, &str), spatial: &[usize]| {
            let mut names = vec![String::new(); spatial.len() + 2];
            names[first.0] = first.1.into();
            names[second.0] = second.1.into();
            for (i, &at) in spatial.iter().enumerate() {
                names[at] = i.to_string();
            }
            format!("[{}]", names.join(", "))
        };
        let dims = format!(
            "#stablehlo.conv<{}x{}->{}>",
            layout((d.input_batch, "b"), (d.input_feature, "f"), &d.input_spatial),
            layout(
                (d.kernel_input_feature, "i"),
                (d.kernel_output_feature, "o"),
                &d.kernel_spatial
            ),
            layout((d.output_batch, "b"), (d.output_feature, "f"), &d.output_spatial),
        );
        let reversal: Vec<String> = self.reversal.iter().map(bool::to_string).collect();
        let reversal = if reversal.is_empty() {
            "array<i1>".into()
        } else {
            format!("array<i1: {}>", reversal.join(", "))
        };
        vec![
            ("dimension_numbers", dims),
            ("window_strides", int_array(&self.strides)),
            ("padding", padding_text(&self.padding)),
            ("lhs_dilation", int_array(&self.lhs_dilation)),
            ("rhs_dilation", int_array(&self.rhs_dilation)),
            ("window_reversal", reversal),
            ("feature_group_count", format!("{} : i64", self.feature_group_count)),
            ("batch_group_count", format!("{} : i64", self.batch_group_count)),
        ]
    }
}
