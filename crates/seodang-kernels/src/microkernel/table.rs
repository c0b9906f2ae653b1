//! The micro-kernels of each instruction set, as tables of functions.
#![allow(unsafe_code)]

use super::Tile;
use super::vector::{MulAdd, Plain};
use crate::Isa;

type TileFn<T> = unsafe fn(&Tile<'_, T>);

/// The micro-kernels for one element type and one instruction set.
pub(crate) struct Kernels<T: 'static> {
    /// Elements in a vector.
    pub(crate) lanes: usize,
    /// Rows of the largest tile.
    pub(crate) mr: usize,
    /// `[rows - 1][one vector, two vectors][whole, tail][spread rows, adjacent rows]`.
    table: &'static [[[[TileFn<T>; 2]; 2]; 2]],
}

impl<T> Kernels<T> {
    /// Columns of the largest tile.
    pub(crate) fn nr(&self) -> usize {
        2 * self.lanes
    }

    /// Computes a tile of `rows` rows, at most [`Kernels::mr`], and `t.n` columns, 1 to
    /// [`Kernels::nr`].
    ///
    /// # Safety
    /// Everything the tile describes must be valid to read, and its outputs to write.
    #[inline]
    pub(crate) unsafe fn run(&self, rows: usize, t: &Tile<'_, T>) {
        debug_assert!(t.n > 0 && t.n <= self.nr());
        let two = t.n > self.lanes;
        let tail = !t.n.is_multiple_of(self.lanes);
        let kernel =
            self.table[rows - 1][usize::from(two)][usize::from(tail)][usize::from(t.a_row == 1)];
        // SAFETY: the caller's promise; the table belongs to an instruction set that the processor has.
        unsafe { kernel(t) }
    }
}

/// A float with micro-kernels.
pub(crate) trait MicroFloat: MulAdd + Send + Sync + 'static {
    /// The kernels for an instruction set that the processor has.
    fn kernels(isa: Isa) -> &'static Kernels<Self>;
}

/// Makes a module with the kernels over one vector type.
macro_rules! kernels {
    ($name:ident, $t:ty, $v:ty, $mr:literal, [$($m:literal)*] $(, $feature:literal)?) => {
        mod $name {
            use super::*;

            /// # Safety
            /// As `super::super::tile`, whose vector instructions this enables.
            $(#[target_feature(enable = $feature)])?
            unsafe fn tile<const M: usize, const NV: usize, const TAIL: bool, const ADJ: bool>(
                t: &Tile<'_, $t>,
            ) {
                // SAFETY: passed on to the caller.
                unsafe { super::super::tile::<$v, M, NV, TAIL, ADJ>(t) }
            }

            pub(super) static KERNELS: Kernels<$t> = Kernels {
                lanes: <$v as super::super::Vector>::LANES,
                mr: $mr,
                table: &[$([
                    [[tile::<$m, 1, false, false>, tile::<$m, 1, false, true>],
                     [tile::<$m, 1, true, false>, tile::<$m, 1, true, true>]],
                    [[tile::<$m, 2, false, false>, tile::<$m, 2, false, true>],
                     [tile::<$m, 2, true, false>, tile::<$m, 2, true, true>]],
                ]),*],
            };
        }
    };
}

// 28 sums, two vectors of `b` and a broadcast operand: 31 of AVX-512's 32 registers.
#[cfg(target_arch = "x86_64")]
kernels!(avx512_f32, f32, std::arch::x86_64::__m512, 14, [1 2 3 4 5 6 7 8 9 10 11 12 13 14],
    "avx512f,avx512bw,avx512dq,avx512vl,avx2,fma");
#[cfg(target_arch = "x86_64")]
kernels!(avx512_f64, f64, std::arch::x86_64::__m512d, 14, [1 2 3 4 5 6 7 8 9 10 11 12 13 14],
    "avx512f,avx512bw,avx512dq,avx512vl,avx2,fma");
// 12 sums, two vectors of `b` and a broadcast operand: 15 of 16.
#[cfg(target_arch = "x86_64")]
kernels!(avx2_f32, f32, std::arch::x86_64::__m256, 6, [1 2 3 4 5 6], "avx2,fma");
#[cfg(target_arch = "x86_64")]
kernels!(avx2_f64, f64, std::arch::x86_64::__m256d, 6, [1 2 3 4 5 6], "avx2,fma");
kernels!(plain_f32, f32, Plain<f32, 4>, 6, [1 2 3 4 5 6]);
kernels!(plain_f64, f64, Plain<f64, 2>, 6, [1 2 3 4 5 6]);

impl MicroFloat for f32 {
    fn kernels(isa: Isa) -> &'static Kernels<f32> {
        match isa {
            #[cfg(target_arch = "x86_64")]
            Isa::Avx512 => &avx512_f32::KERNELS,
            #[cfg(target_arch = "x86_64")]
            Isa::Avx2 => &avx2_f32::KERNELS,
            _ => &plain_f32::KERNELS,
        }
    }
}

impl MicroFloat for f64 {
    fn kernels(isa: Isa) -> &'static Kernels<f64> {
        match isa {
            #[cfg(target_arch = "x86_64")]
            Isa::Avx512 => &avx512_f64::KERNELS,
            #[cfg(target_arch = "x86_64")]
            Isa::Avx2 => &avx2_f64::KERNELS,
            _ => &plain_f64::KERNELS,
        }
    }
}
