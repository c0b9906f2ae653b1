//! The kernels of reductions: rows in 16 lanes and a fixed tree, columns element by element.

use super::ops::ReduceOp;
use crate::isa::Isa;
use crate::simd::{B8, Lane, multiversion, sel};
use seodang_core::{DType, bf16, f16};

/// Lanes of a reduction along a row: element `i` goes to lane `i % LANES`; but rows of up to so many
/// elements are reduced in order.
pub(crate) const LANES: usize = 16;

/// Lanes where the order does not matter.
const WIDE: usize = 128;

/// How elements combine.
pub(crate) trait Combine: 'static {
    /// Whether elements may combine in any order without changing the result.
    const ANY_ORDER: bool;
    fn identity<T: Lane>() -> T;
    fn combine<T: Lane>(a: T, b: T) -> T;
}

macro_rules! combine {
    ($($name:ident $identity:ident $f:ident $any:literal;)*) => {$(
        pub(crate) struct $name;
        impl Combine for $name {
            const ANY_ORDER: bool = $any;
            #[inline(always)]
            fn identity<T: Lane>() -> T { T::$identity }
            #[inline(always)]
            fn combine<T: Lane>(a: T, b: T) -> T { a.$f(b) }
        }
    )*};
}
combine! { Sum ZERO add false; Prod ONE mul false; Max LOWEST max true; Min HIGHEST min true; }

/// Bits of an integer as a type whose maximum and minimum are or and and: bits combine one by one.
#[derive(Clone, Copy, Default, PartialEq, PartialOrd)]
#[repr(transparent)]
struct Bits<T>(T);

macro_rules! bits {
    ($($t:ident)*) => {$(
        impl Lane for Bits<$t> {
            const DTYPE: DType = <$t as Lane>::DTYPE;
            const ZERO: Self = Bits(0);
            const ONE: Self = Bits(!0);
            const LOWEST: Self = Bits(0);
            const HIGHEST: Self = Bits(!0);
            type Acc = Self;
            #[inline(always)]
            fn widen(self) -> Self { self }
            #[inline(always)]
            fn narrow(acc: Self) -> Self { acc }
            #[inline(always)]
            fn add(self, o: Self) -> Self { Bits(self.0 | o.0) }
            #[inline(always)]
            fn mul(self, o: Self) -> Self { Bits(self.0 & o.0) }
            #[inline(always)]
            fn max(self, o: Self) -> Self { Bits(self.0 | o.0) }
            #[inline(always)]
            fn min(self, o: Self) -> Self { Bits(self.0 & o.0) }
        }
    )*};
}
bits!(u8 u16 u32 u64);

/// `(rows, cols, x, state, d, first, last)`: reduces each of `rows` rows of `cols` elements to one
/// element of `d`. A row may come in pieces whose lengths (but the last) are multiples of [`LANES`]:
/// then `rows` is 1 and `state` holds the lanes between `first` and `last`.
pub(crate) type RowFold = unsafe fn(usize, usize, *const u8, *mut u8, *mut u8, bool, bool);

/// `(n, x, acc)`: combines `n` elements into as many accumulators.
pub(crate) type Accumulate = unsafe fn(usize, *const u8, *mut u8);

multiversion! {
    #[allow(clippy::needless_range_loop)]
    fn row_fold<M, T: Lane, C: Combine>(
        rows: usize, cols: usize, x: *const u8, state: *mut u8, d: *mut u8, first: bool, last: bool,
    ) {
        let (x, state, d) = (x.cast::<T>(), state.cast::<[T::Acc; LANES]>(), d.cast::<T>());
        if first && last && cols <= LANES {
            // Rows too short for lanes: in order, and the rows side by side.
            for r in 0..rows {
                let mut acc = C::identity::<T::Acc>();
                for c in 0..cols {
                    acc = C::combine(acc, (*x.add(r * cols + c)).widen());
                }
                *d.add(r) = T::narrow(acc);
            }
            return;
        }
        for r in 0..rows {
            let row = x.add(r * cols);
            let mut acc = if first { [C::identity::<T::Acc>(); LANES] } else { *state };
            let whole = cols / LANES;
            let mut done = 0;
            if C::ANY_ORDER && cols >= 2 * WIDE {
                // Comparisons are vectorised only as a loop over memory.
                let mut wide = [C::identity::<T::Acc>(); WIDE];
                for i in 0..cols / WIDE {
                    for j in 0..WIDE {
                        wide[j] = C::combine(wide[j], (*row.add(i * WIDE + j)).widen());
                    }
                }
                for i in 0..WIDE / LANES {
                    for j in 0..LANES {
                        acc[j] = C::combine(acc[j], wide[i * LANES + j]);
                    }
                }
                done = cols / WIDE * (WIDE / LANES);
            }
            for i in done..whole {
                let piece = row.add(i * LANES).cast::<[T; LANES]>().read();
                for j in 0..LANES {
                    acc[j] = C::combine(acc[j], piece[j].widen());
                }
            }
            let rest = cols % LANES;
            if rest > 0 {
                let at = row.add(whole * LANES);
                let none = T::narrow(C::identity::<T::Acc>());
                let mut piece = [none; LANES];
                if r * cols + whole * LANES + LANES <= rows * cols {
                    // What follows is of the next rows: read, and not used.
                    piece = at.cast::<[T; LANES]>().read();
                    for j in 0..LANES {
                        piece[j] = sel(j < rest, piece[j], none);
                    }
                } else {
                    std::ptr::copy_nonoverlapping(at, piece.as_mut_ptr(), rest);
                }
                for j in 0..LANES {
                    acc[j] = C::combine(acc[j], piece[j].widen());
                }
            }
            if last {
                *d.add(r) = T::narrow(tree::<C, T::Acc>(acc));
            } else {
                *state = acc;
            }
        }
    }
}

/// Combines the lanes: 0 with 8, 1 with 9, ..., then 0 with 4, and so on.
#[inline(always)]
pub(crate) fn tree<C: Combine, A: Lane>(mut acc: [A; LANES]) -> A {
    let mut half = LANES / 2;
    while half > 0 {
        for j in 0..half {
            acc[j] = C::combine(acc[j], acc[j + half]);
        }
        half /= 2;
    }
    acc[0]
}

multiversion! {
    fn accumulate<M, T: Lane, C: Combine>(n: usize, x: *const u8, acc: *mut u8) {
        let (x, acc) = (x.cast::<T>(), acc.cast::<T::Acc>());
        for i in 0..n {
            *acc.add(i) = C::combine(*acc.add(i), (*x.add(i)).widen());
        }
    }
}

unsafe fn fill<T: Lane, C: Combine>(n: usize, _: *const u8, acc: *mut u8) {
    // SAFETY: the caller's accumulators are `n` and aligned.
    unsafe { std::slice::from_raw_parts_mut(acc.cast::<T::Acc>(), n) }.fill(C::identity());
}

unsafe fn store<T: Lane, C: Combine>(n: usize, acc: *const u8, d: *mut u8) {
    let (acc, d) = (acc.cast::<T::Acc>(), d.cast::<T>());
    for i in 0..n {
        // SAFETY: both arrays have `n` elements.
        unsafe { *d.add(i) = T::narrow(*acc.add(i)) };
    }
}

/// The kernels of one reduction.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Fold {
    /// Along rows.
    pub(crate) row: RowFold,
    /// Elements into accumulators.
    pub(crate) accumulate: Accumulate,
    /// Accumulators into accumulators.
    pub(crate) merge: Accumulate,
    /// Sets accumulators to the identity.
    pub(crate) fill: Accumulate,
    /// Accumulators to elements.
    pub(crate) store: Accumulate,
    /// Bytes of an accumulator.
    pub(crate) acc_size: usize,
}

fn fold_for<T: Lane, C: Combine>(isa: Isa) -> Fold {
    Fold {
        row: row_fold::<T, C>(isa),
        accumulate: accumulate::<T, C>(isa),
        merge: accumulate::<T::Acc, C>(isa),
        fill: fill::<T, C>,
        store: store::<T, C>,
        acc_size: size_of::<T::Acc>(),
    }
}

/// The kernels that combine elements of a type, or `None` for bits of floats.
pub(crate) fn fold(op: ReduceOp, dtype: DType, isa: Isa) -> Option<Fold> {
    let cold = isa.min(Isa::Avx2);
    let (and, or) = (op == ReduceOp::And, op == ReduceOp::Or);
    if and || or {
        macro_rules! bits {
            ($t:ty) => {
                if and { fold_for::<$t, Min>(cold) } else { fold_for::<$t, Max>(cold) }
            };
        }
        return Some(match dtype {
            DType::Bool => bits!(B8),
            DType::I8 | DType::U8 => bits!(Bits<u8>),
            DType::I16 | DType::U16 => bits!(Bits<u16>),
            DType::I32 | DType::U32 => bits!(Bits<u32>),
            DType::I64 | DType::U64 => bits!(Bits<u64>),
            _ => return None,
        });
    }
    macro_rules! by {
        ($t:ty, $isa:expr) => {
            match op {
                ReduceOp::Sum => fold_for::<$t, Sum>($isa),
                ReduceOp::Prod => fold_for::<$t, Prod>($isa),
                ReduceOp::Max => fold_for::<$t, Max>($isa),
                _ => fold_for::<$t, Min>($isa),
            }
        };
    }
    Some(match dtype {
        DType::Bool => by!(B8, cold),
        DType::I8 => by!(i8, cold),
        DType::I16 => by!(i16, cold),
        DType::I32 => by!(i32, cold),
        DType::I64 => by!(i64, cold),
        DType::U8 => by!(u8, cold),
        DType::U16 => by!(u16, cold),
        DType::U32 => by!(u32, cold),
        DType::U64 => by!(u64, cold),
        DType::F16 => by!(f16, cold),
        DType::BF16 => by!(bf16, cold),
        DType::F32 => by!(f32, isa),
        DType::F64 => by!(f64, cold),
    })
}
