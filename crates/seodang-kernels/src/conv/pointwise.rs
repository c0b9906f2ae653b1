//! Convolutions with a window of one element, which are matrix products.

use super::spec::{Axis, Loops};
use crate::gemm::{Gemm, GemmSpec, Mat};

/// The product that a convolution is, if it is one.
pub(super) fn new(l: &Loops) -> Option<Gemm> {
    let one = |a: &Axis| {
        a.kernel == 1 && a.stride == 1 && a.input_dilation == 1 && a.pad == 0 && a.out == a.input
    };
    if l.feature_groups > 1 || l.batch_groups > 1 || !l.axes.iter().all(one) {
        return None;
    }
    // The batch and the spatial axes, outermost first, as (length, step in the images, step in the
    // result); neighbours that are one axis in both are merged. What remains must be rows, or a batch
    // of rows.
    let mut axes: Vec<(usize, usize, usize)> = Vec::new();
    let all = std::iter::once((l.n, l.lhs_n, l.out_n))
        .chain(l.axes.iter().map(|a| (a.out, a.input_step, a.out_step)));
    for axis in all.filter(|a| a.0 != 1) {
        match axes.last_mut() {
            Some(outer) if outer.1 == axis.0 * axis.1 && outer.2 == axis.0 * axis.2 => {
                *outer = (outer.0 * axis.0, axis.1, axis.2);
            }
            _ => axes.push(axis),
        }
    }
    if axes.len() > 2 {
        return None;
    }
    let rows = axes.pop().unwrap_or((1, 0, l.o));
    let batch = axes.pop().unwrap_or((1, 0, 0));
    let spec = GemmSpec {
        dtype: l.dtype,
        batch: batch.0,
        m: rows.0,
        n: l.o,
        k: l.i,
        a: Mat { row: rows.1, col: l.lhs_i, batch: batch.1 },
        b: Mat { row: l.rhs_i, col: l.rhs_o, batch: 0 },
        c: Mat { row: rows.2, col: l.out_o, batch: batch.2 },
        epilogue: l.epilogue,
    };
    Gemm::new(spec).ok()
}
