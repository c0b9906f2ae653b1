//! The gradient of a convolution's kernel: in StableHLO's terms a convolution whose batch is the input's
//! features, whose features are the batch, and whose kernel is the gradient of the result.
//!
//! A register tile holds input features (of one window element, or of several beside each other) by
//! output features, and sums over the pixels of a row of the gradient, row after row, image after image.
//! Rows and pixels where the window looks outside the image are left out.
#![allow(unsafe_code)]

use super::spec::{Axis, Loops};
use crate::gemm::{Activation, Shared};
use crate::microkernel::{MicroFloat, Segment, Tile};
use crate::{Isa, isa, pool};
use seodang_core::DType;
use std::ops::Range;

/// Fewer features than this are too few for a tile of their own: window elements are merged.
const FEW: usize = 16;
/// Pixels that a tile should at least sum over before it is stored.
const PIXELS: usize = 256;

/// Segments that sum over the same columns of the gradient: `rows` for each image of a group of images.
#[derive(Clone, Debug, Default)]
struct Sum {
    segments: Vec<Segment>,
    per_image: usize,
}

#[derive(Clone, Debug)]
pub(super) struct KernelGradient {
    isa: Isa,
    axes: [Axis; 2],
    /// Whether the elements of a window row are one axis of tiles, over the columns where all of them
    /// see the image.
    merged: bool,
    /// For each window row: the columns all elements share; else nothing.
    shared: Vec<Sum>,
    /// For each window row and element: what `shared` leaves (before and after it), or all.
    own: Vec<[Sum; 2]>,
    /// Images whose pixels are summed in one go.
    images: usize,
}

/// The gradient's places for which window element `p` sees the image.
fn seen(axis: &Axis, p: usize) -> Range<usize> {
    let sees = |t: &usize| axis.source(p, *t).is_some();
    let first = (0..axis.kernel).find(sees).unwrap_or(0);
    let end = (0..axis.kernel).rfind(sees).map_or(first, |t| t + 1);
    first..end
}

impl KernelGradient {
    pub(super) fn new(l: &Loops) -> Option<KernelGradient> {
        let float = matches!(l.dtype, DType::F32 | DType::F64);
        let plain = |a: &Axis| a.input_dilation == 1 && !a.reversed;
        if !float
            || l.axes.len() > 2
            || l.feature_groups > 1
            || l.batch_groups > 1
            || [l.lhs_n, l.rhs_o, l.out_o] != [1; 3]
            || l.lhs_i == 1
            || l.i == 0
            || l.epilogue.bias
            || l.epilogue.activation != Activation::None
            || !l.axes.iter().all(plain)
        {
            return None;
        }
        let mut axes = [Axis::UNIT; 2];
        axes[2 - l.axes.len()..].copy_from_slice(&l.axes);
        let [rows, columns] = &axes;
        let ranges: Vec<_> = (0..columns.out).map(|q| seen(columns, q)).collect();
        let common =
            ranges.iter().fold(0..columns.kernel, |a, r| a.start.max(r.start)..a.end.min(r.end));
        let whole = common == (0..columns.kernel);
        let beside =
            columns.stride * columns.input_step == l.n && columns.out_step == l.n * l.out_n;
        let merged = beside && common.start < common.end && (whole || l.n < FEW);
        let images = PIXELS.div_ceil((rows.kernel * columns.kernel).max(1)).min(l.i);
        let place = |axis: &Axis, p: usize, t: usize| {
            let x = (p * axis.stride + t * axis.kernel_dilation) as isize - axis.pad as isize;
            x * axis.input_step as isize
        };
        // A sum for window element (p, q) over some columns; offsets in the images are from feature 0.
        let sum = |p: usize, q: usize, columns_seen: Range<usize>| {
            let seen_rows = seen(rows, p);
            let mut s = Sum { per_image: seen_rows.len(), ..Sum::default() };
            if columns_seen.is_empty() {
                return Sum::default();
            }
            for image in 0..images {
                for r in seen_rows.clone() {
                    let c = columns_seen.start;
                    s.segments.push(Segment {
                        a: (image * l.lhs_i) as isize + place(rows, p, r) + place(columns, q, c),
                        b: (image * l.rhs_i + r * rows.kernel_step + c * columns.kernel_step)
                            as isize,
                        k: columns_seen.len(),
                    });
                }
            }
            s
        };
        let (mut shared, mut own) = (Vec::new(), Vec::new());
        for p in 0..rows.out {
            shared.push(if merged { sum(p, 0, common.clone()) } else { Sum::default() });
            for (q, range) in ranges.iter().enumerate() {
                own.push(if merged {
                    [sum(p, q, range.start..common.start), sum(p, q, common.end..range.end)]
                } else {
                    [sum(p, q, range.clone()), Sum::default()]
                });
            }
        }
        Some(KernelGradient { isa: isa::current(), axes, merged, shared, own, images })
    }

    /// # Safety
    /// As [`super::general::run`].
    pub(super) unsafe fn run<T: MicroFloat>(
        &self,
        l: &Loops,
        lhs: *const T,
        rhs: *const T,
        out: *mut T,
    ) {
        let kernels = T::kernels(self.isa);
        // Units of work: window row, tile of (window element, feature), panel of output features.
        let mut units = Vec::new();
        let [rows, columns] = &self.axes;
        let axis = columns.out * l.n;
        let run = if self.merged { axis } else { l.n };
        if l.sizes[2] == 0 {
            return;
        }
        let tile = run.div_ceil(run.div_ceil(kernels.mr));
        for p in 0..rows.out {
            for o in (0..l.o).step_by(kernels.nr()) {
                for begin in (0..axis).step_by(run) {
                    for first in (begin..begin + run).step_by(tile) {
                        units.push((p, o, first..(first + tile).min(begin + run)));
                    }
                }
            }
        }
        let threads = if l.work() < 150_000 { 1 } else { pool::threads() };
        let tasks = if threads == 1 { 1 } else { (threads * 4).min(units.len()) };
        let shared = Shared((lhs, rhs, out));
        pool::run(tasks, |task| {
            let Shared((lhs, rhs, out)) = *{ &shared };
            let mine = &units[pool::piece(units.len(), 1, tasks, task)];
            // Images outermost, so that they come from memory once per task.
            for first in (0..l.i).step_by(self.images) {
                let images = (l.i - first).min(self.images);
                let (a, b) = (lhs.wrapping_add(first * l.lhs_i), rhs.wrapping_add(first * l.rhs_i));
                let begun = l.epilogue.accumulate || first > 0;
                for (p, o, range) in mine {
                    // SAFETY: the caller's promise; each unit writes its own results.
                    unsafe {
                        self.unit(l, kernels, (*p, *o, range.clone()), images, a, b, out, begun)
                    }
                }
            }
        });
    }

    /// Adds some images to one unit of results.
    ///
    /// # Safety
    /// As [`KernelGradient::run`].
    unsafe fn unit<T: MicroFloat>(
        &self,
        l: &Loops,
        kernels: &crate::microkernel::Kernels<T>,
        (p, o, range): (usize, usize, Range<usize>),
        images: usize,
        lhs: *const T,
        rhs: *const T,
        out: *mut T,
        begun: bool,
    ) {
        let [rows, columns] = &self.axes;
        // Features `from..to` of window element q (or, merged, of several from q = 0 on).
        let go = |sum: &Sum, q: usize, from: usize, to: usize, accumulate: bool| {
            let tile = Tile {
                segments: &sum.segments[..images * sum.per_image],
                a: lhs.wrapping_add(from),
                a_row: 1,
                a_k: columns.kernel_dilation * columns.input_step,
                b: rhs.wrapping_add(o),
                b_k: columns.kernel_step,
                c: out.wrapping_add(p * rows.out_step + q * columns.out_step + from * l.out_n + o),
                c_row: l.out_n,
                n: (l.o - o).min(kernels.nr()),
                accumulate,
                bias: std::ptr::null(),
                activation: Activation::None,
            };
            // SAFETY: the segments name pixels of the images and of the gradient that exist.
            unsafe { kernels.run(to - from, &tile) }
        };
        if self.merged {
            go(&self.shared[p], 0, range.start, range.end, begun);
        }
        for q in range.start / l.n..range.end.div_ceil(l.n) {
            let from = range.start.max(q * l.n) - q * l.n;
            let to = range.end.min((q + 1) * l.n) - q * l.n;
            let [before, after] = &self.own[p * columns.out + q];
            if !self.merged {
                go(before, q, from, to, begun);
            } else {
                for sum in [before, after] {
                    if !sum.segments.is_empty() {
                        go(sum, q, from, to, true);
                    }
                }
            }
        }
    }
}
