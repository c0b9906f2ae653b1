//! Sums of kernels between samples and weighted vectors: what a support vector machine decides by.
//!
//! A tile of inner products or distances stays in the first cache until it has become kernels and these
//! have been multiplied by their weights; the whole matrix of kernels is nowhere.
//!
//! Distances for the kernel `exp(-gamma |x - y|^2)`
//! - of `f64`: from inner products of centred samples, which are one multiplication for a feature. Where
//!   the squares are so great that their difference would lose digits, distances are summed from
//!   differences instead.
//! - of `f32`: from differences, which lose no digits: the result is that of samples changed by less
//!   than their own rounding.
//!
//! Each kernel is a chain of operations in one order, and each sum has 16 partial sums: the bits depend
//! neither on the instruction set nor on the number of threads or of other samples.
#![allow(unsafe_code)]

use crate::isa::{self, Isa};
use crate::microkernel::{Plain, Vector};
use crate::pool;
use crate::scratch::{self, Purpose};
use crate::simd::{Mode, multiversion};
use crate::smo::{Fused, Kernel, apply_to};
use std::sync::{Mutex, PoisonError};

/// Partial sums.
const LANES: usize = 16;
/// Samples of a task: a multiple of the rows of every tile.
const ROWS: usize = 84;
/// Bytes of a row of a tile, and of the vectors beside it: both stay in the first cache if there are not
/// too many features.
const ROW_BYTES: usize = 1024;
const PANEL_BYTES: usize = 1 << 16;
/// Vectors come in multiples of so many bytes: two of the widest registers.
const PAD_BYTES: usize = 128;
/// From so many multiplications on, threads share the work.
const PARALLEL_FROM: usize = 1 << 17;
/// Up to this exponent between a vector and the centre, its square loses no digit that matters.
const EXPONENT: f64 = 1e3;

/// How the numbers of a tile come from samples: inner products; squared distances.
const PRODUCTS: usize = 0;
const APART: usize = 1;

/// One call of a tile: rows of `x` (features by rows, as many as the tile has) with a panel of `y`
/// (features by columns); `start` is what the columns begin at.
struct Piece<T> {
    d: usize,
    x: *const T,
    y: *const T,
    start: *const T,
    out: *mut T,
    out_row: usize,
}

type TileFn<T> = unsafe fn(&Piece<T>);

/// The tiles of an instruction set.
pub(crate) struct Tiles<T: 'static> {
    rows: usize,
    cols: usize,
    /// By way; of one row, and of all.
    table: [[TileFn<T>; 2]; 2],
}

/// # Safety
/// `x` holds `d` by `M` numbers, `y` `d` by two vectors, `start` two vectors and `out` `M` rows of two
/// vectors; the processor has the instructions of `V`.
#[inline(always)]
// Counted loops over registers, which the compiler unrolls.
#[allow(clippy::needless_range_loop)]
unsafe fn tile<V: Vector, const M: usize, const WAY: usize>(t: &Piece<V::Scalar>) {
    // SAFETY: the caller's promise.
    unsafe {
        let mut acc = [[V::load(t.start), V::load(t.start.add(V::LANES))]; M];
        let column = |k: usize| {
            let y = t.y.add(k * 2 * V::LANES);
            [V::load(y), V::load(y.add(V::LANES))]
        };
        for k in 0..t.d {
            let (y, x) = (column(k), t.x.add(k * M));
            for i in 0..M {
                let x = V::splat(*x.add(i));
                for v in 0..2 {
                    acc[i][v] = if WAY == APART {
                        // The samples have the other sign.
                        let apart = V::add(x, y[v]);
                        V::fma(apart, apart, acc[i][v])
                    } else {
                        V::fma(x, y[v], acc[i][v])
                    };
                }
            }
        }
        for i in 0..M {
            let out = t.out.add(i * t.out_row);
            V::store(acc[i][0], out);
            V::store(acc[i][1], out.add(V::LANES));
        }
    }
}

/// Makes a module with the tiles over one vector type.
macro_rules! tiles {
    ($name:ident, $t:ty, $v:ty, $m:literal $(, $feature:literal)?) => {
        mod $name {
            use super::*;

            /// # Safety
            /// As `super::tile`, whose vector instructions this enables.
            $(#[target_feature(enable = $feature)])?
            unsafe fn tile<const M: usize, const WAY: usize>(t: &Piece<$t>) {
                // SAFETY: passed on to the caller.
                unsafe { super::tile::<$v, M, WAY>(t) }
            }

            pub(super) static TILES: Tiles<$t> = Tiles {
                rows: $m,
                cols: 2 * <$v as Vector>::LANES,
                table: [
                    [tile::<1, PRODUCTS>, tile::<$m, PRODUCTS>],
                    [tile::<1, APART>, tile::<$m, APART>],
                ],
            };
        }
    };
}

// 28 sums, two vectors of `y`, a broadcast operand: 31 of 32 registers (AVX2: 15 of 16).
#[cfg(target_arch = "x86_64")]
tiles!(
    avx512_f32,
    f32,
    std::arch::x86_64::__m512,
    14,
    "avx512f,avx512bw,avx512dq,avx512vl,avx2,fma"
);
#[cfg(target_arch = "x86_64")]
tiles!(
    avx512_f64,
    f64,
    std::arch::x86_64::__m512d,
    14,
    "avx512f,avx512bw,avx512dq,avx512vl,avx2,fma"
);
#[cfg(target_arch = "x86_64")]
tiles!(avx2_f32, f32, std::arch::x86_64::__m256, 6, "avx2,fma");
#[cfg(target_arch = "x86_64")]
tiles!(avx2_f64, f64, std::arch::x86_64::__m256d, 6, "avx2,fma");
tiles!(plain_f32, f32, Plain<f32, 4>, 4);
tiles!(plain_f64, f64, Plain<f64, 2>, 4);

/// A float with tiles.
pub(crate) trait Tiled: Fused {
    fn tiles(isa: Isa) -> &'static Tiles<Self>;
    /// `2^x`; at least `2^-1000`, or `2^-126`.
    fn exp2<M: Mode>(x: Self) -> Self;
}

impl Tiled for f32 {
    fn tiles(isa: Isa) -> &'static Tiles<f32> {
        match isa {
            #[cfg(target_arch = "x86_64")]
            Isa::Avx512 => &avx512_f32::TILES,
            #[cfg(target_arch = "x86_64")]
            Isa::Avx2 => &avx2_f32::TILES,
            _ => &plain_f32::TILES,
        }
    }

    #[inline(always)]
    fn exp2<M: Mode>(x: f32) -> f32 {
        crate::math::f32::exp2_narrow::<M>(x)
    }
}

impl Tiled for f64 {
    fn tiles(isa: Isa) -> &'static Tiles<f64> {
        match isa {
            #[cfg(target_arch = "x86_64")]
            Isa::Avx512 => &avx512_f64::TILES,
            #[cfg(target_arch = "x86_64")]
            Isa::Avx2 => &avx2_f64::TILES,
            _ => &plain_f64::TILES,
        }
    }

    #[inline(always)]
    fn exp2<M: Mode>(x: f64) -> f64 {
        crate::math::f64::exp2_fused(crate::simd::sel(x < -1000.0, -1000.0, x))
    }
}

multiversion! {
    /// Turns numbers into `2^(factor * number - own)`, which are left there if they are to be kept, and
    /// adds their products with the weights to the partial sums of each row.
    fn decay_loop<M, T: Tiled; const KEEP: bool>(
        rows: usize, width: usize, numbers: *mut T, factor: T, own: *const T, weights: *const T,
        sums: *mut f64, sums_row: usize,
    ) {
        for row in 0..rows {
            let (numbers, own) = (numbers.add(row * width), *own.add(row));
            let mut partial = [T::ZERO; LANES];
            let mut j = 0;
            while j < width {
                for l in 0..LANES {
                    let x = T::fused::<M>(factor, *numbers.add(j + l), own);
                    let kernel = T::exp2::<M>(x);
                    if KEEP {
                        *numbers.add(j + l) = kernel;
                    }
                    partial[l] = T::fused::<M>(kernel, *weights.add(j + l), partial[l]);
                }
                j += LANES;
            }
            let sums = sums.add(row * sums_row);
            for l in 0..LANES {
                *sums.add(l) += partial[l].f64();
            }
        }
    }
}

multiversion! {
    /// Adds the products of kernels with weights to the partial sums of each row.
    fn weigh_loop<M, T: Tiled>(
        rows: usize, width: usize, kernels: *const T, weights: *const T, sums: *mut f64,
        sums_row: usize,
    ) {
        for row in 0..rows {
            let kernels = kernels.add(row * width);
            let mut partial = [T::ZERO; LANES];
            let mut j = 0;
            while j < width {
                for l in 0..LANES {
                    partial[l] = T::fused::<M>(*kernels.add(j + l), *weights.add(j + l), partial[l]);
                }
                j += LANES;
            }
            let sums = sums.add(row * sums_row);
            for l in 0..LANES {
                *sums.add(l) += partial[l].f64();
            }
        }
    }
}

multiversion! {
    fn apply_loop<M, T: Tiled>(kernel: Kernel, n: usize, products: *mut T) {
        apply_to::<M, T>(kernel, n, products, T::ZERO, std::ptr::null())
    }
}

/// Numbers that begin at a line of the cache.
struct Aligned<T> {
    lines: Vec<Line>,
    len: usize,
    number: std::marker::PhantomData<T>,
}

#[derive(Clone, Copy)]
#[repr(align(64))]
struct Line(#[allow(dead_code)] [u8; 64]);

impl<T: Fused> Aligned<T> {
    fn zeros(len: usize) -> Aligned<T> {
        let lines = vec![Line([0; 64]); (len * size_of::<T>()).div_ceil(64)];
        Aligned { lines, len, number: std::marker::PhantomData }
    }

    fn get(&self) -> &[T] {
        // SAFETY: room for `len` floats, whose bytes are zeros or what was written as floats.
        unsafe { std::slice::from_raw_parts(self.lines.as_ptr().cast(), self.len) }
    }

    fn get_mut(&mut self) -> &mut [T] {
        // SAFETY: as above.
        unsafe { std::slice::from_raw_parts_mut(self.lines.as_mut_ptr().cast(), self.len) }
    }
}

/// Which vectors, with which weights.
#[derive(Clone, Copy, Debug)]
pub struct Weighted<'a> {
    /// The vectors, row by row.
    pub vectors: &'a [f64],
    /// How many features each has.
    pub features: usize,
    /// The weights, outputs by vectors.
    pub weights: &'a [f64],
    /// How many outputs there are.
    pub outputs: usize,
    /// Where the blocks of vectors, each with sums of its own, end.
    pub ends: &'a [usize],
}

/// Vectors in the order in which tiles read them.
struct Packed<T: Tiled> {
    kernel: Kernel,
    way: usize,
    d: usize,
    outputs: usize,
    /// For each block: its first column, and how many there are with those that only fill up.
    blocks: Vec<(usize, usize)>,
    columns: usize,
    panels: Aligned<T>,
    start: Aligned<T>,
    weights: Aligned<T>,
    /// What is taken from samples, and what they are multiplied by then.
    centre: Vec<f64>,
    scale: f64,
    tiles: &'static Tiles<T>,
    isa: Isa,
}

/// Half the square of the length.
fn half_square(d: usize, of: impl Fn(usize) -> f64) -> f64 {
    (0..d).map(|k| of(k).powi(2)).sum::<f64>() / 2.0
}

impl<T: Tiled> Packed<T> {
    /// Whether distances come from inner products.
    fn is_near(&self) -> bool {
        self.way == PRODUCTS && matches!(self.kernel, Kernel::Rbf { .. })
    }

    fn new(kernel: Kernel, v: &Weighted<'_>) -> Packed<T> {
        let (d, count) = (v.features, v.weights.len() / v.outputs);
        let mut centre = vec![0.0; d];
        let (mut way, mut scale) = (PRODUCTS, 1.0);
        if let Kernel::Rbf { gamma } = kernel {
            way = APART;
            if size_of::<T>() == 8 {
                for row in v.vectors.chunks_exact(d) {
                    centre.iter_mut().zip(row).for_each(|(c, x)| *c += x);
                }
                centre.iter_mut().for_each(|c| *c /= count as f64);
                let square = |row: &[f64]| -> f64 {
                    row.iter().zip(&centre).map(|(x, c)| (x - c).powi(2)).sum()
                };
                let most = v.vectors.chunks_exact(d).map(square).fold(0.0, f64::max);
                way = if gamma * most <= EXPONENT { PRODUCTS } else { APART };
            }
            match way {
                // Products of scaled samples are exponents of 2.
                PRODUCTS => scale = (2.0 * gamma * std::f64::consts::LOG2_E).sqrt(),
                _ => centre.fill(0.0),
            }
        }
        let pad = PAD_BYTES / size_of::<T>();
        let (mut blocks, mut columns, mut first) = (Vec::new(), 0, 0);
        for &end in v.ends {
            let width = (end - first).next_multiple_of(pad);
            blocks.push((columns, width));
            columns += width;
            first = end;
        }
        let isa = isa::current();
        let tiles = T::tiles(isa);
        let mut packed = Packed {
            kernel,
            way,
            d,
            outputs: v.outputs,
            blocks,
            columns,
            panels: Aligned::zeros(columns * d),
            start: Aligned::zeros(columns),
            weights: Aligned::zeros(columns * v.outputs),
            centre,
            scale,
            tiles,
            isa,
        };
        packed.fill(v);
        packed
    }

    fn fill(&mut self, v: &Weighted<'_>) {
        let (d, nr, count) = (self.d, self.tiles.cols, v.weights.len() / self.outputs);
        let mut first = 0;
        for (&end, &(column, _)) in v.ends.iter().zip(&self.blocks) {
            for (at, vector) in (column..).zip(first..end) {
                let row = &v.vectors[vector * d..(vector + 1) * d];
                let of = |k: usize| (row[k] - self.centre[k]) * self.scale;
                let panel = &mut self.panels.get_mut()[at / nr * nr * d..];
                for k in 0..d {
                    panel[k * nr + at % nr] = T::of(of(k));
                }
                if self.is_near() {
                    self.start.get_mut()[at] = T::of(-half_square(d, of));
                }
                for output in 0..self.outputs {
                    let weight = T::of(v.weights[output * count + vector]);
                    self.weights.get_mut()[output * self.columns + at] = weight;
                }
            }
            first = end;
        }
    }

    /// The sums of some samples: by sample, block and output.
    fn rows(&self, x: &[T], out: &mut [f64]) {
        let (d, mr) = (self.d, self.tiles.rows);
        let count = x.len() / d;
        let widest = ROW_BYTES / size_of::<T>();
        let room = PAD_BYTES / size_of::<T>();
        let width = (PANEL_BYTES / size_of::<T>() / d / room * room).clamp(room, widest);
        let groups = count.div_ceil(mr);
        let partial = self.outputs * LANES;
        scratch::with(Purpose::PackA, groups * mr * (d + 1), |packed: *mut T| {
            scratch::with(Purpose::PackB, mr * width, |tile: *mut T| {
                scratch::with(Purpose::Partial, groups * mr * partial, |sums: *mut f64| {
                    // SAFETY: the buffers have that much room, and floats may have any bytes; all
                    // of `packed` is written before it is read, and so is `sums` (block by block).
                    unsafe {
                        let own = packed.add(groups * mr * d);
                        self.pack_samples(x, count, packed, own);
                        for (block, &(first, columns)) in self.blocks.iter().enumerate() {
                            std::slice::from_raw_parts_mut(sums, groups * mr * partial).fill(0.0);
                            for start in (0..columns).step_by(width) {
                                let width = width.min(columns - start);
                                for row in (0..count).step_by(mr) {
                                    // What is left of few rows goes one by one.
                                    let left = count - row;
                                    self.block(
                                        (packed.add(row * d), own.add(row), left.min(mr)),
                                        (first + start, width),
                                        (tile, sums.add(row * partial)),
                                    );
                                }
                            }
                            let outputs = self.outputs;
                            for row in 0..count {
                                for output in 0..outputs {
                                    let at = sums.add(row * partial + output * LANES);
                                    let lanes = std::slice::from_raw_parts(at, LANES);
                                    out[(row * self.blocks.len() + block) * outputs + output] =
                                        lanes.iter().sum();
                                }
                            }
                        }
                    }
                });
            });
        });
    }

    /// Groups of samples, features by rows; what is missing of the last one is zeros. A group of few
    /// samples has rows of one.
    ///
    /// # Safety
    /// `to` must have room for the groups, and `own` for their rows.
    unsafe fn pack_samples(&self, x: &[T], count: usize, to: *mut T, own: *mut T) {
        let (d, mr) = (self.d, self.tiles.rows);
        let sign = if self.way == APART { -1.0 } else { 1.0 };
        for row in 0..count.next_multiple_of(mr) {
            let (group, i) = (row / mr * mr, row % mr);
            let (step, offset) = match count - group.min(count) {
                left if few(left, mr) => (1, i * d),
                _ => (mr, i),
            };
            if row >= count {
                if step > 1 {
                    for k in 0..d {
                        // SAFETY: the caller's promise.
                        unsafe { *to.add(group * d + offset + k * step) = T::ZERO };
                    }
                }
                // SAFETY: as above.
                unsafe { *own.add(row) = T::ZERO };
                continue;
            }
            let x = &x[row * d..(row + 1) * d];
            let of = |k: usize| (x[k].f64() - self.centre[k]) * self.scale;
            // SAFETY: as above.
            unsafe {
                for k in 0..d {
                    *to.add(group * d + offset + k * step) = T::of(sign * of(k));
                }
                *own.add(row) = match self.is_near() {
                    true => T::of(-half_square(d, of)),
                    false => T::ZERO,
                };
            }
        }
    }

    /// Adds what some columns give to the sums of a group of samples.
    ///
    /// # Safety
    /// The samples must be packed, `tile` must have room for the rows of a tile by `width`, and `sums`
    /// for the partial sums of the rows.
    unsafe fn block(
        &self,
        (x, own, rows): (*const T, *const T, usize),
        (first, width): (usize, usize),
        (tile, sums): (*mut T, *mut f64),
    ) {
        let (d, mr, nr) = (self.d, self.tiles.rows, self.tiles.cols);
        let table = self.tiles.table[self.way];
        let sums_row = self.outputs * LANES;
        // SAFETY: the caller's promise; blocks consist of whole panels.
        unsafe {
            for j in (0..width).step_by(nr) {
                let piece = |i: usize| Piece {
                    d,
                    x: x.add(i * d),
                    y: self.panels.get().as_ptr().add((first + j) * d),
                    start: self.start.get().as_ptr().add(first + j),
                    out: tile.add(i * width + j),
                    out_row: width,
                };
                if few(rows, mr) {
                    (0..rows).for_each(|i| table[0](&piece(i)));
                } else {
                    table[1](&piece(0));
                }
            }
            let weights = self.weights.get().as_ptr().add(first);
            let mut output = 0;
            if let Kernel::Rbf { gamma } = self.kernel {
                let factor = match self.way {
                    APART => -gamma * std::f64::consts::LOG2_E,
                    _ => 1.0,
                };
                let decay = match self.outputs {
                    1 => decay_loop::<T, false>(self.isa),
                    _ => decay_loop::<T, true>(self.isa),
                };
                decay(rows, width, tile, T::of(factor), own, weights, sums, sums_row);
                output = 1;
            } else {
                apply_loop::<T>(self.isa)(self.kernel, rows * width, tile);
            }
            for output in output..self.outputs {
                let weights = weights.add(output * self.columns);
                let sums = sums.add(output * LANES);
                weigh_loop::<T>(self.isa)(rows, width, tile, weights, sums, sums_row);
            }
        }
    }
}

/// Whether rows are so few that each has a tile of its own.
fn few(rows: usize, mr: usize) -> bool {
    rows * 3 < mr
}

fn run<T: Tiled>(kernel: Kernel, x: &[T], v: &Weighted<'_>, out: &mut [f64]) {
    let packed = Packed::<T>::new(kernel, v);
    let (rows, width) = (x.len() / packed.d, v.ends.len() * v.outputs);
    let one = |x: &[T], out: &mut [f64]| packed.rows(x, out);
    let pieces = x.chunks(ROWS * packed.d).zip(out.chunks_mut(ROWS * width));
    if rows * packed.columns * packed.d < PARALLEL_FROM || pool::threads() == 1 {
        return pieces.for_each(|(x, out)| one(x, out));
    }
    let pieces: Vec<_> = pieces.map(Mutex::new).collect();
    pool::run(pieces.len(), |i| {
        let (x, out) = &mut *pieces[i].lock().unwrap_or_else(PoisonError::into_inner);
        one(x, out);
    });
}

mod private {
    /// A float that sums are computed in.
    #[allow(unnameable_types)]
    pub trait Sealed {}
    impl Sealed for f32 {}
    impl Sealed for f64 {}
}

/// A float that [`sums`] computes in: `f32` or `f64`.
pub trait SumFloat: Sized + private::Sealed {
    #[doc(hidden)]
    fn sums_of(kernel: Kernel, x: &[Self], v: &Weighted<'_>, out: &mut [f64]);
}

impl SumFloat for f32 {
    fn sums_of(kernel: Kernel, x: &[f32], v: &Weighted<'_>, out: &mut [f64]) {
        run(kernel, x, v, out);
    }
}

impl SumFloat for f64 {
    fn sums_of(kernel: Kernel, x: &[f64], v: &Weighted<'_>, out: &mut [f64]) {
        run(kernel, x, v, out);
    }
}

/// Weighted sums of the kernels between samples `x` (row by row) and vectors, computed in the type of the
/// samples: by sample, block of vectors and output.
///
/// ```
/// use seodang_kernels::{kernel_sums::{Weighted, sums}, smo::Kernel};
/// let v = Weighted {
///     vectors: &[0.0, 1.0, 2.0, 0.0], features: 2, weights: &[1.0, -0.5], outputs: 1, ends: &[2],
/// };
/// let mut out = [0.0];
/// sums(Kernel::Rbf { gamma: 0.5 }, &[0.0, 0.0], &v, &mut out);
/// assert!((out[0] - ((-0.5f64).exp() - 0.5 * (-2.0f64).exp())).abs() < 1e-14);
/// ```
///
/// # Panics
/// If the lengths do not fit each other: there is a feature and an output at least, and the last block
/// ends with the last vector.
pub fn sums<T: SumFloat>(kernel: Kernel, x: &[T], v: &Weighted<'_>, out: &mut [f64]) {
    assert!(v.features > 0 && v.outputs > 0, "a feature and an output");
    let count = v.vectors.len() / v.features;
    assert_eq!(v.weights.len(), count * v.outputs, "a weight for each vector");
    assert!(v.ends.is_sorted() && v.ends.last() == Some(&count), "blocks of all vectors");
    assert_eq!(x.len() % v.features, 0, "whole samples");
    assert_eq!(out.len(), x.len() / v.features * v.ends.len() * v.outputs, "room for the sums");
    T::sums_of(kernel, x, v, out);
}

#[cfg(test)]
mod tests {
    use super::*;
    use seodang_core::random::Stream;

    fn by_definition(kernel: Kernel, a: &[f64], b: &[f64]) -> f64 {
        let dot: f64 = a.iter().zip(b).map(|(a, b)| a * b).sum();
        match kernel {
            Kernel::Linear => dot,
            Kernel::Poly { gamma, coef0, degree } => (gamma * dot + coef0).powi(degree),
            Kernel::Rbf { gamma } => {
                (-gamma * a.iter().zip(b).map(|(a, b)| (a - b).powi(2)).sum::<f64>()).exp()
            }
            Kernel::Sigmoid { gamma, coef0 } => (gamma * dot + coef0).tanh(),
        }
    }

    #[test]
    fn sums_are_those_of_the_definition_on_every_processor() {
        let mut stream = Stream::new(3, 0);
        let shapes =
            [(1, 1, 1, 1), (3, 2, 5, 1), (13, 6, 40, 2), (64, 20, 300, 1), (67, 50, 90, 3)];
        for (rows, d, count, outputs) in shapes {
            // Far from the origin, and rounded to `f32`.
            let mut draw = |n: usize| -> Vec<f64> {
                (0..n).map(|_| f64::from((30.0 + stream.normal()) as f32)).collect()
            };
            let (x, vectors) = (draw(rows * d), draw(count * d));
            let weights: Vec<f64> = draw(count * outputs).iter().map(|w| w - 30.0).collect();
            let ends = [count / 3, count];
            let (d_, gamma) = (d, 0.5 / d as f64);
            let v = Weighted {
                vectors: &vectors,
                features: d_,
                weights: &weights,
                outputs,
                ends: &ends,
            };
            for (kernel, far) in [
                (Kernel::Linear, 1e-11),
                (Kernel::Poly { gamma: 1e-3 * gamma, coef0: 1.0, degree: 3 }, 1e-11),
                (Kernel::Rbf { gamma }, 1e-12),
                // Too many digits would be lost in squares.
                (Kernel::Rbf { gamma: 2e3 }, 1e-12),
                (Kernel::Sigmoid { gamma: 1e-3 * gamma, coef0: -0.1 }, 1e-11),
            ] {
                let mut all: Vec<Vec<f64>> = Vec::new();
                for isa in Isa::available() {
                    let mut out = vec![0.0; rows * 2 * outputs];
                    isa::with(isa, || sums(kernel, &x, &v, &mut out));
                    all.push(out);
                }
                assert!(all.iter().all(|out| *out == all[0]), "{kernel:?}: the same bits");
                let narrow: Vec<f32> = x.iter().map(|&x| x as f32).collect();
                let mut single = vec![0.0; rows * 2 * outputs];
                sums(kernel, &narrow, &v, &mut single);
                for (at, (&out, single)) in all[0].iter().zip(single).enumerate() {
                    let (row, block, output) = (at / outputs / 2, at / outputs % 2, at % outputs);
                    let (mut want, mut scale) = (0.0, 1e-3);
                    for j in if block == 0 { 0..ends[0] } else { ends[0]..count } {
                        let (a, b) = (&x[row * d..][..d], &vectors[j * d..][..d]);
                        let term = weights[output * count + j] * by_definition(kernel, a, b);
                        want += term;
                        scale += term.abs();
                    }
                    assert!((out - want).abs() < far * scale, "{kernel:?} {out} {want}");
                    if let Kernel::Rbf { .. } = kernel {
                        assert!((single - want).abs() < 1e-5 * scale, "{kernel:?} {single} {want}");
                    }
                }
            }
        }
    }

    #[test]
    fn a_sample_has_the_same_sums_alone_and_among_others() {
        let (d, count) = (7, 50);
        let mut stream = Stream::new(4, 0);
        let mut draw = |n: usize| (0..n).map(|_| stream.normal()).collect::<Vec<f64>>();
        let (x, vectors, weights) = (draw(150 * d), draw(count * d), draw(count));
        let v = Weighted {
            vectors: &vectors,
            features: d,
            weights: &weights,
            outputs: 1,
            ends: &[count],
        };
        let kernel = Kernel::Rbf { gamma: 0.2 };
        let mut all = vec![0.0; 150];
        pool::with_threads(3, || sums(kernel, &x, &v, &mut all));
        for (row, want) in x.chunks_exact(d).zip(&all) {
            let mut one = [0.0];
            sums(kernel, row, &v, &mut one);
            assert_eq!(one[0], *want);
        }
    }
}
