//! The derivative of convolution: two convolutions with other dimension numbers.

use super::{ConvDims, Convolution};
use crate::Expr;
use crate::autodiff::Derivative;

pub(crate) fn derivative() -> Derivative<Convolution> {
    Derivative::Rule(|op, cx| {
        let (x, k, dy) = (cx.operands[0], cx.operands[1], cx.dy());
        let dx = cx.wanted[0].then(|| input_gradient(op, x, k, dy));
        let dk = cx.wanted[1].then(|| kernel_gradient(op, x, k, dy));
        Ok(vec![dx, dk])
    })
}

fn dilate(n: usize, by: usize) -> i64 {
    if n == 0 { 0 } else { ((n - 1) * by + 1) as i64 }
}

/// Splits dimension `axis` into `(groups, rest)` and merges `groups` in front of dimension `into`.
fn move_groups<'b>(x: Expr<'b>, groups: usize, axis: usize, into: usize) -> Expr<'b> {
    let shape = x.shape();
    let mut split = shape.to_vec();
    split[axis] /= groups;
    split.insert(axis, groups);
    let mut order: Vec<usize> = (0..split.len()).filter(|&d| d != axis).collect();
    order.insert(into, axis);
    let mut merged = shape.to_vec();
    merged[axis] /= groups;
    merged[into] *= groups;
    x.reshape(split).transpose(&order).reshape(merged)
}

/// The cotangent of the input: the output's cotangent, spread by the strides, convolved with the
/// kernel read backwards, whose input and output features change roles.
fn input_gradient<'b>(op: &Convolution, x: Expr<'b>, k: Expr<'b>, dy: Expr<'b>) -> Expr<'b> {
    let d = &op.dims;
    let (xs, ks, ys) = (x.shape(), k.shape(), dy.shape());
    let groups = op.feature_group_count.max(op.batch_group_count);
    let kernel = if groups > 1 {
        move_groups(k, groups, d.kernel_output_feature, d.kernel_input_feature)
    } else {
        k
    };
    let padding = (0..d.input_spatial.len())
        .map(|s| {
            let base = dilate(xs[d.input_spatial[s]], op.lhs_dilation[s]);
            let window = dilate(ks[d.kernel_spatial[s]], op.rhs_dilation[s]);
            let out = dilate(ys[d.output_spatial[s]], op.strides[s]);
            let low = window - 1 - op.padding[s].0;
            (low, base + window - 1 - out - low)
        })
        .collect();
    let dims = ConvDims {
        input_batch: d.output_batch,
        input_feature: d.output_feature,
        input_spatial: d.output_spatial.clone(),
        kernel_input_feature: d.kernel_output_feature,
        kernel_output_feature: d.kernel_input_feature,
        kernel_spatial: d.kernel_spatial.clone(),
        output_batch: d.input_batch,
        output_feature: d.input_feature,
        output_spatial: d.input_spatial.clone(),
    };
    let dx = dy.convolution(
        kernel,
        Convolution {
            dims,
            strides: op.lhs_dilation.clone(),
            padding,
            lhs_dilation: op.strides.clone(),
            rhs_dilation: op.rhs_dilation.clone(),
            reversal: op.reversal.iter().map(|r| !r).collect(),
            feature_group_count: groups,
            batch_group_count: 1,
        },
    );
    if op.batch_group_count > 1 {
        move_groups(dx, op.batch_group_count, d.input_feature, d.input_batch)
    } else {
        dx
    }
}

/// The cotangent of the kernel: the input convolved with the output's cotangent as a kernel, whose
/// elements lie the strides apart; batch and features change roles.
fn kernel_gradient<'b>(op: &Convolution, x: Expr<'b>, k: Expr<'b>, dy: Expr<'b>) -> Expr<'b> {
    if is_transposed(op) {
        return transposed_kernel_gradient(op, x, k, dy);
    }
    let d = &op.dims;
    let (xs, ks, ys) = (x.shape(), k.shape(), dy.shape());
    let padding = (0..d.input_spatial.len())
        .map(|s| {
            let base = dilate(xs[d.input_spatial[s]], op.lhs_dilation[s]);
            let window = dilate(ks[d.kernel_spatial[s]], op.rhs_dilation[s]);
            let out = dilate(ys[d.output_spatial[s]], op.strides[s]);
            let low = op.padding[s].0;
            (low, out - base + window - low - 1)
        })
        .collect();
    let dims = ConvDims {
        input_batch: d.input_feature,
        input_feature: d.input_batch,
        input_spatial: d.input_spatial.clone(),
        kernel_input_feature: d.output_batch,
        kernel_output_feature: d.output_feature,
        kernel_spatial: d.output_spatial.clone(),
        output_batch: d.kernel_input_feature,
        output_feature: d.kernel_output_feature,
        output_spatial: d.kernel_spatial.clone(),
    };
    let dk = x.convolution(
        dy,
        Convolution {
            dims,
            strides: op.rhs_dilation.clone(),
            padding,
            lhs_dilation: op.lhs_dilation.clone(),
            rhs_dilation: op.strides.clone(),
            reversal: vec![false; d.input_spatial.len()],
            feature_group_count: op.batch_group_count,
            batch_group_count: op.feature_group_count,
        },
    );
    let backwards: Vec<usize> = (d.kernel_spatial.iter().zip(&op.reversal))
        .filter_map(|(&at, &reversed)| reversed.then_some(at))
        .collect();
    if backwards.is_empty() { dk } else { dk.reverse(&backwards) }
}

/// Whether this is how layers write a transposed convolution: the kernel read backwards, no strides.
fn is_transposed(op: &Convolution) -> bool {
    !op.reversal.is_empty()
        && op.reversal.iter().all(|&r| r)
        && op.strides.iter().all(|&s| s == 1)
        && op.feature_group_count == 1
        && op.batch_group_count == 1
}

/// The cotangent of a transposed convolution's kernel: that of the convolution which it transposes, so
/// the output's cotangent is the image and the input is the kernel, whose elements lie as far apart as
/// the input was spread. Engines know this form; the general one would read the kernel backwards and
/// store its features in the other order.
fn transposed_kernel_gradient<'b>(
    op: &Convolution,
    x: Expr<'b>,
    k: Expr<'b>,
    dy: Expr<'b>,
) -> Expr<'b> {
    let d = &op.dims;
    let (xs, ks, ys) = (x.shape(), k.shape(), dy.shape());
    let padding = (0..d.input_spatial.len())
        .map(|s| {
            let base = dilate(xs[d.input_spatial[s]], op.lhs_dilation[s]);
            let window = dilate(ks[d.kernel_spatial[s]], op.rhs_dilation[s]);
            let low = window - 1 - op.padding[s].0;
            (low, window - 1 + base - ys[d.output_spatial[s]] as i64 - low)
        })
        .collect();
    let dims = ConvDims {
        input_batch: d.output_feature,
        input_feature: d.output_batch,
        input_spatial: d.output_spatial.clone(),
        kernel_input_feature: d.input_batch,
        kernel_output_feature: d.input_feature,
        kernel_spatial: d.input_spatial.clone(),
        output_batch: d.kernel_output_feature,
        output_feature: d.kernel_input_feature,
        output_spatial: d.kernel_spatial.clone(),
    };
    dy.convolution(
        x,
        Convolution {
            strides: op.rhs_dilation.clone(),
            padding,
            rhs_dilation: op.lhs_dilation.clone(),
            ..Convolution::new(dims)
        },
    )
}
