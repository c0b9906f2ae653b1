//! The register tile under matrix products and convolutions: `M` rows by up to two vectors of outputs
//! that stay in registers while a sum of products runs over segments of the reduced axis.
//!
//! Each output is one chain of fused multiply-adds in the order of the reduced axis, beginning at 0 or at
//! what the output held. So its bits depend neither on the width of the vectors nor on how a caller cuts
//! the outputs, or the reduced axis, into tiles.
#![allow(unsafe_code)]

mod table;
mod vector;

pub(crate) use table::{Kernels, MicroFloat};
pub(crate) use vector::{MulAdd, Plain, Vector};

/// What is applied to each output after its sum (and its bias).
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default)]
pub enum Activation {
    /// Nothing.
    #[default]
    None,
    /// `max(x, 0)`; NaN stays NaN.
    Relu,
}

/// A stretch of the reduced axis: `k` products whose operands begin at these element offsets.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Segment {
    pub(crate) a: isize,
    pub(crate) b: isize,
    pub(crate) k: usize,
}

/// One call of a micro-kernel: `c[i][j] = act(sum over segments and p of a[i][p] * b[p][j] + bias[j])`.
///
/// Strides are in elements. `b` has unit stride along `j`, and so has `c`.
pub(crate) struct Tile<'a, T> {
    pub(crate) segments: &'a [Segment],
    pub(crate) a: *const T,
    /// From one row of `a` to the next; 1 in the variants with adjacent rows.
    pub(crate) a_row: usize,
    /// From one product to the next in `a`.
    pub(crate) a_k: usize,
    pub(crate) b: *const T,
    pub(crate) b_k: usize,
    pub(crate) c: *mut T,
    pub(crate) c_row: usize,
    /// Columns: at most two vectors.
    pub(crate) n: usize,
    /// Begin at what `c` holds instead of 0.
    pub(crate) accumulate: bool,
    /// Null without a bias.
    pub(crate) bias: *const T,
    pub(crate) activation: Activation,
}

/// The tile of `M` rows by `NV` vectors; with `TAIL` the last vector is partly used. `ADJACENT` says
/// that `a_row` is 1.
///
/// # Safety
/// The elements that the tile describes must be valid to read and write, `n` must lie in the last of
/// the `NV` vectors (and fill it without `TAIL`), and the caller must have the instructions of `V`.
#[inline(always)]
// Counted loops over registers, which the compiler unrolls.
#[allow(clippy::needless_range_loop)]
unsafe fn tile<
    V: Vector,
    const M: usize,
    const NV: usize,
    const TAIL: bool,
    const ADJACENT: bool,
>(
    t: &Tile<'_, V::Scalar>,
) {
    // SAFETY: every access below is one that the caller vouches for: rows 0..M, columns 0..n (vectors
    // before the last are whole, the last is masked if it is not), and the products of the segments.
    unsafe {
        let tail = V::mask(if TAIL { t.n - (NV - 1) * V::LANES } else { V::LANES });
        let load = |p: *const V::Scalar, v: usize| {
            if TAIL && v == NV - 1 { V::load_masked(p, tail) } else { V::load(p) }
        };
        let mut acc = [[V::zero(); NV]; M];
        for i in 0..M {
            let row = t.c.wrapping_add(i * t.c_row);
            if t.accumulate {
                for v in 0..NV {
                    acc[i][v] = load(row.wrapping_add(v * V::LANES), v);
                }
            } else {
                for v in 0..NV {
                    V::prefetch(row.wrapping_add(v * V::LANES));
                }
            }
        }
        let (a_row, a_k, b_k) = (t.a_row, t.a_k, t.b_k);
        let three_rows = 3 * a_row;
        for s in t.segments {
            let mut a = t.a.wrapping_offset(s.a);
            let mut b = t.b.wrapping_offset(s.b);
            for _ in 0..s.k {
                let mut bv = [V::zero(); NV];
                for v in 0..NV {
                    bv[v] = load(b.wrapping_add(v * V::LANES), v);
                }
                // Rows are reached as one of five moving pointers plus 0, 1 or 2 strides: with a
                // pointer for each row the registers would not suffice.
                let mut q = a;
                for i in 0..M {
                    let x = if ADJACENT { *a.add(i) } else { *q.wrapping_add((i % 3) * a_row) };
                    if !ADJACENT && i % 3 == 2 {
                        q = q.wrapping_add(three_rows);
                    }
                    let x = V::splat(x);
                    for v in 0..NV {
                        acc[i][v] = V::fma(x, bv[v], acc[i][v]);
                    }
                }
                a = a.wrapping_add(a_k);
                b = b.wrapping_add(b_k);
            }
        }
        if !t.bias.is_null() {
            for v in 0..NV {
                let bias = load(t.bias.wrapping_add(v * V::LANES), v);
                for i in 0..M {
                    acc[i][v] = V::add(acc[i][v], bias);
                }
            }
        }
        if t.activation == Activation::Relu {
            for row in &mut acc {
                for x in row {
                    *x = V::relu(*x);
                }
            }
        }
        for (i, row) in acc.iter().enumerate() {
            let c = t.c.wrapping_add(i * t.c_row);
            for (v, x) in row.iter().enumerate() {
                let p = c.wrapping_add(v * V::LANES);
                if TAIL && v == NV - 1 { V::store_masked(*x, p, tail) } else { V::store(*x, p) }
            }
        }
    }
}
