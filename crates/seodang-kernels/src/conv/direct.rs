//! Forward convolution, and the gradient of its input, without unfolding the images: a row of results is
//! one product whose left operand is the image itself.
//!
//! Along a row, the pixels that a window row sees, with all their features, lie next to each other; so a
//! register tile of pixels by output features sums over one segment per window row. Kernels are packed
//! once per run into panels of output features. Where the window leaves the image sideways, the rows
//! that a task needs are copied between zeros first; above and below, window rows are left out.
//!
//! Dilated images (gradients of strided convolutions) are not filled with zeros: the results fall into
//! as many phases as the dilation has, and each sees its own part of the window.
#![allow(unsafe_code)]

use super::spec::{Axis, Loops};
use crate::gemm::{Shared, pack};
use crate::microkernel::{MicroFloat, Segment, Tile};
use crate::scratch::{self, Purpose};
use crate::{Isa, isa, pool};
use seodang_core::DType;

/// The results of an axis that see the same window elements: result `first + step * j` sees the image at
/// `in_step * j + offset` for each tap.
#[derive(Clone, Debug)]
struct Phase {
    first: usize,
    step: usize,
    count: usize,
    in_step: usize,
    /// Window element and offset, both ascending.
    taps: Vec<(usize, isize)>,
}

impl Phase {
    fn all(axis: &Axis) -> Option<Vec<Phase>> {
        let d = axis.input_dilation;
        if d > 1 && axis.stride > 1 {
            return None;
        }
        let seen = |t: usize, first: usize| {
            let x = (first + t * axis.kernel_dilation) as isize - axis.pad as isize;
            (x.rem_euclid(d as isize) == 0).then_some((t, x.div_euclid(d as isize)))
        };
        let phase = |first: usize| Phase {
            first,
            step: d,
            count: (axis.out - first).div_ceil(d),
            in_step: axis.stride,
            taps: (0..axis.kernel).filter_map(|t| seen(t, first)).collect(),
        };
        Some((0..d.min(axis.out)).map(phase).collect())
    }

    /// The first and the last place of the image seen by results `j0..j1`; nothing if there is none.
    fn reach(&self, j0: usize, j1: usize) -> Option<(isize, isize)> {
        if j0 >= j1.min(self.count) {
            return None;
        }
        let last = (j1.min(self.count) - 1) * self.in_step;
        let (first_tap, last_tap) = (self.taps.first()?.1, self.taps.last()?.1);
        Some(((j0 * self.in_step) as isize + first_tap, last as isize + last_tap))
    }
}

/// One phase of the rows with one of the columns.
#[derive(Clone, Debug)]
struct Part {
    rows: Phase,
    columns: Phase,
    /// For each tap of the rows, as many segments.
    segments: Vec<Segment>,
    per_row_tap: usize,
    /// Where its packed kernel begins, in elements.
    packed: usize,
    /// Elements of one panel.
    panel: usize,
}

#[derive(Clone, Debug)]
pub(super) struct Direct {
    isa: Isa,
    /// Rows and columns.
    axes: [Axis; 2],
    parts: Vec<Part>,
    /// Whether rows are copied between zeros, and how many zeros (in pixels) come before.
    copies: bool,
    pad_left: usize,
    /// Elements between rows and pixels where the tiles read them.
    row_step: usize,
    pixel_step: usize,
    /// Output features of a group, and of a panel.
    group: usize,
    width: usize,
    /// Elements of the packed kernel.
    packed_len: usize,
}

/// A task's copied rows should stay in the second-level cache, with a panel.
const COPY_BYTES: usize = 192 << 10;

impl Direct {
    pub(super) fn new(l: &Loops) -> Option<Direct> {
        let float = matches!(l.dtype, DType::F32 | DType::F64);
        if !float || l.axes.len() > 2 || l.batch_groups > 1 || (l.out_o != 1 && l.o > 1) {
            return None;
        }
        let mut axes = [Axis::UNIT; 2];
        axes[2 - l.axes.len()..].copy_from_slice(&l.axes);
        let [rows, columns] = &axes;
        let (row_phases, column_phases) = (Phase::all(rows)?, Phase::all(columns)?);
        let (mut left, mut right) = (0, columns.input as isize - 1);
        for phase in &column_phases {
            if let Some((first, last)) = phase.reach(0, phase.count) {
                left = left.min(first);
                right = right.max(last);
            }
        }
        let scattered = l.lhs_i != 1 && l.i * l.feature_groups > 1;
        let copies = left < 0 || right >= columns.input as isize || scattered;
        let pad_left = -left as usize;
        let padded_width = (right + 1 - left) as usize;
        let features = l.i * l.feature_groups;
        let (row_step, pixel_step) = if copies {
            (padded_width * features, features)
        } else {
            (rows.input_step, columns.input_step)
        };
        let isa = isa::current();
        let (lanes, nr) = match l.dtype {
            DType::F64 => (f64::kernels(isa).lanes, f64::kernels(isa).nr()),
            _ => (f32::kernels(isa).lanes, f32::kernels(isa).nr()),
        };
        let group = l.o / l.feature_groups;
        let width = if group <= lanes { lanes } else { nr };
        let panels = l.feature_groups * group.div_ceil(width);
        let (mut parts, mut packed_len) = (Vec::new(), 0);
        for rows in &row_phases {
            for columns in &column_phases {
                let n = columns.taps.len();
                let in_line = |w: &[(usize, isize)]| w[0].1 + 1 == w[1].1;
                let merged = pixel_step == l.i && columns.taps.windows(2).all(in_line);
                let mut segments = Vec::new();
                for (r, &(_, row)) in rows.taps.iter().enumerate() {
                    let mut add = |c: usize, k: usize| {
                        let column = columns.taps[c].1;
                        segments.push(Segment {
                            a: row * row_step as isize + column * pixel_step as isize,
                            b: ((r * n + c) * l.i * width) as isize,
                            k,
                        });
                    };
                    if merged && n > 0 {
                        add(0, n * l.i);
                    } else {
                        (0..n).for_each(|c| add(c, l.i));
                    }
                }
                let panel = rows.taps.len() * n * l.i * width;
                parts.push(Part {
                    per_row_tap: if merged { n.min(1) } else { n },
                    rows: rows.clone(),
                    columns: columns.clone(),
                    segments,
                    packed: packed_len,
                    panel,
                });
                packed_len += panel * panels;
            }
        }
        Some(Direct {
            isa,
            axes,
            parts,
            copies,
            pad_left,
            row_step,
            pixel_step,
            group,
            width,
            packed_len,
        })
    }

    /// Elements of working memory.
    pub(super) fn scratch_len(&self) -> usize {
        self.packed_len
    }

    /// # Safety
    /// As [`super::general::run`]; `packed` must have room for [`Direct::scratch_len`] elements and
    /// overlap nothing.
    pub(super) unsafe fn run<T: MicroFloat>(
        &self,
        l: &Loops,
        lhs: *const T,
        rhs: *const T,
        out: *mut T,
        bias: *const T,
        packed: *mut T,
    ) {
        if l.sizes[2] == 0 {
            return;
        }
        let shared = Shared((lhs, rhs, out, bias, packed));
        let blocks = self.group.div_ceil(self.width);
        let panels = self.parts.len() * l.feature_groups * blocks;
        let pack_one = |at: usize| {
            let Shared((_, rhs, _, _, packed)) = *{ &shared };
            let (part, panel) =
                (&self.parts[at / (l.feature_groups * blocks)], at % (l.feature_groups * blocks));
            // SAFETY: the caller's promise; each panel belongs to one task.
            unsafe { self.pack_panel(l, part, panel, blocks, rhs, packed) }
        };
        if self.packed_len > 100_000 {
            pool::run(panels, pack_one);
        } else {
            (0..panels).for_each(pack_one);
        }

        // A task is some rows of one image.
        let lines = self.parts.iter().map(|p| p.rows.count).max().unwrap_or(0);
        let threads = if l.work() < 150_000 { 1 } else { pool::threads() };
        let wanted = if threads == 1 { 1 } else { (threads * 4).div_ceil(l.n).min(lines) };
        let mut per_task = lines.div_ceil(wanted);
        if self.copies {
            let row_bytes = self.row_step * size_of::<T>() * self.axes[0].stride;
            per_task = per_task.min((COPY_BYTES / row_bytes.max(1)).max(4));
        }
        let per_image = lines.div_ceil(per_task);
        let task = |at: usize| {
            let Shared((lhs, _, out, bias, packed)) = *{ &shared };
            let (n, block) = (at / per_image, at % per_image);
            let from = block * per_task;
            let to = (from + per_task).min(lines);
            // SAFETY: the caller's promise; each row of results belongs to one task.
            unsafe { self.lines(l, n, from, to, lhs, out, bias, packed) }
        };
        if threads == 1 {
            (0..l.n * per_image).for_each(task);
        } else {
            pool::run(l.n * per_image, task);
        }
    }

    /// # Safety
    /// As [`Direct::run`].
    unsafe fn pack_panel<T: MicroFloat>(
        &self,
        l: &Loops,
        part: &Part,
        panel: usize,
        blocks: usize,
        rhs: *const T,
        packed: *mut T,
    ) {
        let within = panel % blocks * self.width;
        let o = panel / blocks * self.group + within;
        let w = (self.group - within).min(self.width);
        let mut to = part.packed + panel * part.panel;
        for &(r, _) in &part.rows.taps {
            for &(c, _) in &part.columns.taps {
                let from = self.axes[0].kernel_offset(r) + self.axes[1].kernel_offset(c);
                // SAFETY: kernel elements that exist; room for `width` by `i` elements in the panel.
                unsafe {
                    let (dst, src) = (packed.add(to), rhs.add(from + o * l.rhs_o));
                    pack(self.isa, dst, self.width, w, l.i, src, l.rhs_o, l.rhs_i);
                }
                to += l.i * self.width;
            }
        }
    }

    /// Lines `from..to` (of every phase) of image `n`.
    ///
    /// # Safety
    /// As [`Direct::run`], with the kernel packed.
    unsafe fn lines<T: MicroFloat>(
        &self,
        l: &Loops,
        n: usize,
        from: usize,
        to: usize,
        lhs: *const T,
        out: *mut T,
        bias: *const T,
        packed: *const T,
    ) {
        let image = lhs.wrapping_add(n * l.lhs_n);
        let out = out.wrapping_add(n * l.out_n);
        if !self.copies {
            // SAFETY: the caller's promise; no tile leaves the image.
            return unsafe { self.tiles(l, from, to, image, out, bias, packed) };
        }
        // The rows of the image that these lines see.
        let reach = self.parts.iter().filter_map(|p| p.rows.reach(from, to));
        let (first, last) = reach.fold((isize::MAX, -1), |a, r| (a.0.min(r.0), a.1.max(r.1)));
        let height = self.axes[0].input as isize;
        let first = first.clamp(0, height) as usize;
        let end = (last + 1).clamp(0, height) as usize;
        let rows = end.saturating_sub(first);
        scratch::with(Purpose::Image, rows * self.row_step, |copy: *mut T| {
            // SAFETY: `copy` has room for the rows; they exist in the image. The tiles see only rows
            // first..end, and pixels inside the padded width.
            unsafe {
                for row in 0..rows {
                    let src = image.add((first + row) * self.axes[0].input_step);
                    self.copy_row(l, copy.add(row * self.row_step), src);
                }
                let origin = copy
                    .wrapping_add(self.pad_left * self.pixel_step)
                    .wrapping_sub(first * self.row_step);
                self.tiles(l, from, to, origin, out, bias, packed);
            }
        });
    }

    /// Copies a row of the image between zeros.
    ///
    /// # Safety
    /// `dst` must have room for a padded row, `src` must be a row of the image.
    unsafe fn copy_row<T: MicroFloat>(&self, l: &Loops, dst: *mut T, src: *const T) {
        let (features, columns) = (self.pixel_step, &self.axes[1]);
        let (before, total) = (self.pad_left * features, self.row_step);
        let filled = columns.input * features;
        // SAFETY: the caller's promise.
        unsafe {
            for i in (0..before).chain(before + filled..total) {
                *dst.add(i) = T::ZERO;
            }
            let dst = dst.add(before);
            if l.lhs_i == 1 && (columns.input_step == features || columns.input == 1) {
                std::ptr::copy_nonoverlapping(src, dst, filled);
            } else {
                for x in 0..columns.input {
                    for i in 0..features {
                        *dst.add(x * features + i) = *src.add(x * columns.input_step + i * l.lhs_i);
                    }
                }
            }
        }
    }

    /// Computes the lines from pixels at `image`, which is the first pixel of the first row.
    ///
    /// # Safety
    /// As [`Direct::run`]; every pixel that the lines see must be there.
    unsafe fn tiles<T: MicroFloat>(
        &self,
        l: &Loops,
        from: usize,
        to: usize,
        image: *const T,
        out: *mut T,
        bias: *const T,
        packed: *const T,
    ) {
        let kernels = T::kernels(self.isa);
        let blocks = self.group.div_ceil(self.width);
        let height = self.axes[0].input as isize;
        for part in &self.parts {
            let (rows, columns) = (&part.rows, &part.columns);
            if columns.count == 0 {
                continue;
            }
            // Pixels are shared out evenly between tiles: 26 are 13 + 13, not 14 + 12.
            let pixels = columns.count.div_ceil(columns.count.div_ceil(kernels.mr));
            for panel in 0..l.feature_groups * blocks {
                let (group, within) = (panel / blocks, panel % blocks * self.width);
                let o = group * self.group + within;
                for j in from..to.min(rows.count) {
                    let at = (j * rows.in_step) as isize;
                    // Window rows above and below the image are left out.
                    let above = rows.taps.iter().filter(|t| at + t.1 < 0).count();
                    let below = rows.taps.iter().filter(|t| at + t.1 >= height).count();
                    let seen = above..(rows.taps.len() - below).max(above);
                    let segments =
                        &part.segments[seen.start * part.per_row_tap..seen.end * part.per_row_tap];
                    let line = (rows.first + j * rows.step) * self.axes[0].out_step;
                    for first in (0..columns.count).step_by(pixels) {
                        let m = (columns.count - first).min(pixels);
                        let pixel = (columns.first + first * columns.step) * self.axes[1].out_step;
                        let tile = Tile {
                            segments,
                            a: image.wrapping_offset(at * self.row_step as isize).wrapping_add(
                                first * columns.in_step * self.pixel_step + group * l.i,
                            ),
                            a_row: columns.in_step * self.pixel_step,
                            a_k: 1,
                            b: packed.wrapping_add(part.packed + panel * part.panel),
                            b_k: self.width,
                            c: out.wrapping_add(line + pixel + o),
                            c_row: columns.step * self.axes[1].out_step,
                            n: (self.group - within).min(self.width),
                            accumulate: l.epilogue.accumulate,
                            bias: if bias.is_null() { bias } else { bias.wrapping_add(o) },
                            activation: l.epilogue.activation,
                        };
                        // SAFETY: pixels that are there, as the caller says, and results of this task.
                        unsafe { kernels.run(m, &tile) };
                    }
                }
            }
        }
    }
}
