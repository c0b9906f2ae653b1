//! Padding and joining.

use super::copy::{Dim, simplify, strided};
use super::{Shared, by_width, source, strides, target};
use crate::memory::{Memory, Region, check_alias};
use crate::pool;
use seodang_core::{Error, Result, text};

/// StableHLO's `pad`: `low` and `high` elements at the edges (negative: that many removed) and
/// `interior` elements between neighbours.
#[derive(Clone, Debug)]
pub struct Pad {
    size: usize,
    dims: Vec<Dim>,
    src: usize,
    dst: usize,
    inputs: usize,
    outputs: usize,
    shape: Vec<usize>,
}

impl Pad {
    /// A plan for operands of `shape` with elements of `size` bytes.
    ///
    /// # Errors
    /// If the lengths of the lists differ or a result's size would be negative.
    pub fn new(
        size: usize,
        shape: &[usize],
        low: &[isize],
        high: &[isize],
        interior: &[usize],
    ) -> Result<Pad> {
        let bad = || {
            Error::shape(text!(en: "this padding is not possible", ko: "이렇게 덧댈 수 없습니다"))
                .given("shape", format!("{shape:?}"))
                .given("low", format!("{low:?}"))
                .given("high", format!("{high:?}"))
                .given("interior", format!("{interior:?}"))
        };
        let rank = shape.len();
        if low.len() != rank || high.len() != rank || interior.len() != rank {
            return Err(bad());
        }
        let mut out = Vec::new();
        for k in 0..rank {
            let inner = shape[k] + shape[k].saturating_sub(1) * interior[k];
            let n = inner as isize + low[k] + high[k];
            out.push(usize::try_from(n).map_err(|_| bad())?);
        }
        let (ss, ds) = (strides(shape), strides(&out));
        let (mut src, mut dst, mut dims) = (0, 0, Vec::new());
        for k in 0..rank {
            let step = interior[k] as isize + 1;
            // Element i lands on low + i * step, where that is inside.
            let first = (-low[k]).max(0).cast_unsigned().div_ceil(step as usize).min(shape[k]);
            let room = out[k] as isize - 1 - low[k];
            let end = if room < 0 { 0 } else { room as usize / step as usize + 1 }.min(shape[k]);
            src += first * ss[k] as usize;
            dst += ((low[k] + first as isize * step).max(0) * ds[k]) as usize;
            dims.push((end.saturating_sub(first), ss[k], ds[k] * step));
        }
        Ok(Pad {
            size,
            src,
            dst,
            inputs: shape.iter().product(),
            outputs: out.iter().product(),
            dims: simplify(&dims),
            shape: out,
        })
    }

    /// The shape of the result.
    pub fn shape(&self) -> &[usize] {
        &self.shape
    }

    /// Pads `src` with the one element of `value`.
    ///
    /// # Panics
    /// If a region has the wrong length or they overlap: a bug in the caller's plan.
    pub fn run(&self, memory: &Memory<'_>, src: Region, value: Region, dst: Region) {
        let a = source(memory, src, self.inputs, self.size, "the operand of pad");
        let v = source(memory, value, 1, self.size, "the value of pad");
        let d = target(memory, dst, self.outputs, self.size, "the result of pad");
        check_alias(dst, &[src, value], false);
        // SAFETY: the regions hold the shapes and do not overlap.
        unsafe {
            by_width!(self.size, T => {
                std::slice::from_raw_parts_mut(d.cast::<T>(), self.outputs).fill(*v.cast::<T>());
            });
            if self.dims.iter().all(|d| d.0 > 0) && self.inputs > 0 && self.outputs > 0 {
                let (s, t) = (self.src * self.size, self.dst * self.size);
                strided(self.size, &self.dims, a.add(s), d.add(t));
            }
        }
    }
}

/// StableHLO's `concatenate`.
#[derive(Clone, Debug)]
pub struct Concatenate {
    /// Bytes of each operand for one index of the dimensions before the axis.
    rows: Vec<usize>,
    outer: usize,
    size: usize,
}

impl Concatenate {
    /// A plan to join operands of `shapes` with elements of `size` bytes along `axis`.
    ///
    /// # Errors
    /// If the shapes differ elsewhere than along the axis.
    pub fn new(size: usize, shapes: &[&[usize]], axis: usize) -> Result<Concatenate> {
        let fits = |s: &&[usize]| {
            let first = shapes[0];
            s.len() == first.len()
                && axis < s.len()
                && (0..s.len()).all(|k| k == axis || s[k] == first[k])
        };
        if shapes.is_empty() || !shapes.iter().all(fits) {
            return Err(Error::shape(text!(
                en: "the shapes do not fit together along axis {axis}",
                ko: "모양이 축 {axis}을(를) 따라 이어지지 않습니다"
            ))
            .given("shapes", format!("{shapes:?}")));
        }
        let rows = shapes.iter().map(|s| s[axis..].iter().product::<usize>() * size).collect();
        Ok(Concatenate { rows, outer: shapes[0][..axis].iter().product(), size })
    }

    /// Joins the operands.
    ///
    /// # Panics
    /// If a region has the wrong length or the result overlaps an operand: a bug in the caller's
    /// plan.
    pub fn run(&self, memory: &Memory<'_>, operands: &[Region], dst: Region) {
        assert_eq!(operands.len(), self.rows.len(), "the number of operands of concatenate");
        let row: usize = self.rows.iter().sum();
        let n = self.outer * row / self.size;
        let d = Shared::new(target(memory, dst, n, self.size, "the result of concatenate"));
        check_alias(dst, operands, false);
        let tasks = if n > 4 * super::GRAIN { operands.len().min(self.outer.max(1)) } else { 1 };
        let rows = |range: std::ops::Range<usize>| {
            let mut at = 0;
            for (r, bytes) in operands.iter().zip(&self.rows) {
                let n = self.outer * bytes / self.size;
                let a = source(memory, *r, n, self.size, "an operand of concatenate");
                for i in range.clone() {
                    // SAFETY: rows lie inside their regions, which do not overlap.
                    unsafe {
                        let to = d.get().add(i * row + at);
                        std::ptr::copy_nonoverlapping(a.add(i * bytes), to, *bytes);
                    }
                }
                at += bytes;
            }
        };
        pool::run(tasks, |i| rows(pool::piece(self.outer, 1, tasks, i)));
    }
}
