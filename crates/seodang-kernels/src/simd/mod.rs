//! How one source becomes a kernel for every instruction set.
//!
//! A kernel is a plain loop over branch-free scalar code. [`multiversion!`] compiles it once for
//! each [`Isa`](crate::Isa), and the compiler's vectoriser does the rest. Because every version
//! performs the same IEEE operations in the same order (a fused multiply-add is always asked for by
//! name, never left to the compiler), all versions give the same bits.
#![allow(unsafe_code)]

mod apply;
pub(crate) mod half;
mod lane;

pub(crate) use apply::{Op1, Op2, Op3, map1, map2, map3};
pub(crate) use lane::{As, B8, FloatLane, IntLane, Lane};

/// How a version of a kernel multiplies and adds with one rounding.
pub(crate) trait Mode: 'static {
    /// `a * b + c`, rounded once.
    fn fma(a: f32, b: f32, c: f32) -> f32;
}

/// `a` if the condition holds, else `b`: always both computed, never a branch, so that loops stay
/// vectorisable.
#[inline(always)]
pub(crate) fn sel<T>(condition: bool, a: T, b: T) -> T {
    std::hint::select_unpredictable(condition, a, b)
}

/// The processor has the instruction.
pub(crate) struct Hardware;

impl Mode for Hardware {
    #[inline(always)]
    fn fma(a: f32, b: f32, c: f32) -> f32 {
        a.mul_add(b, c)
    }
}

/// The processor has no fused multiply-add: double precision gives the same bits.
#[allow(dead_code)]
pub(crate) struct Software;

impl Mode for Software {
    /// The product of two `f32` is exact in `f64`. The sum is rounded to odd (Boldo and Melquiond,
    /// "Emulation of FMA and correctly rounded sums: proved algorithms using rounding to odd",
    /// IEEE Trans. Computers 57(4), 2008), after which rounding to `f32` is as if it were the only
    /// rounding.
    #[inline(always)]
    fn fma(a: f32, b: f32, c: f32) -> f32 {
        let (p, c) = (f64::from(a) * f64::from(b), f64::from(c));
        let s = p + c;
        let t = s - p;
        let e = (p - (s - t)) + (c - t);
        let bits = s.to_bits();
        let odd = sel((e > 0.0) == (s > 0.0), bits.wrapping_add(1), bits.wrapping_sub(1));
        let fix = ((e > 0.0) | (e < 0.0)) & (bits & 1 == 0);
        f64::from_bits(sel(fix, odd, bits)) as f32
    }
}

/// What the portable version uses.
#[cfg(target_arch = "aarch64")]
pub(crate) type PortableMode = Hardware;
/// What the portable version uses.
#[cfg(not(target_arch = "aarch64"))]
pub(crate) type PortableMode = Software;

/// Compiles a function for every instruction set; the name becomes a function from the [`Isa`] to
/// the version for it. The first type parameter stands for the version's [`Mode`].
///
/// [`Isa`]: crate::Isa
macro_rules! multiversion {
    (
        $(#[$meta:meta])*
        $vis:vis fn $name:ident<$mode:ident $(, $g:ident: $bound:path)* $(; const $k:ident: $kt:ty)*>(
            $($arg:ident: $ty:ty),* $(,)?
        ) $body:block
    ) => {
        $(#[$meta])*
        $vis fn $name<$($g: $bound,)* $(const $k: $kt,)*>(
            isa: $crate::isa::Isa,
        ) -> unsafe fn($($ty),*) {
            // Counted loops over lanes, which the compiler turns into vectors.
            #[allow(clippy::needless_range_loop)]
            #[inline(always)]
            unsafe fn body<$mode: $crate::simd::Mode, $($g: $bound,)* $(const $k: $kt,)*>(
                $($arg: $ty),*
            ) {
                // SAFETY: the contract of the function that the macro was given.
                unsafe { $body }
            }
            #[cfg(target_arch = "x86_64")]
            #[target_feature(
                enable = "avx512f,avx512bw,avx512dq,avx512vl,avx512cd,avx2,fma,f16c,bmi1,bmi2,lzcnt,popcnt"
            )]
            unsafe fn avx512<$($g: $bound,)* $(const $k: $kt,)*>($($arg: $ty),*) {
                // SAFETY: as for the caller.
                unsafe { body::<$crate::simd::Hardware, $($g,)* $($k,)*>($($arg),*) }
            }
            #[cfg(target_arch = "x86_64")]
            #[target_feature(enable = "avx2,fma,f16c,bmi1,bmi2,lzcnt,popcnt")]
            unsafe fn avx2<$($g: $bound,)* $(const $k: $kt,)*>($($arg: $ty),*) {
                // SAFETY: as for the caller.
                unsafe { body::<$crate::simd::Hardware, $($g,)* $($k,)*>($($arg),*) }
            }
            unsafe fn portable<$($g: $bound,)* $(const $k: $kt,)*>($($arg: $ty),*) {
                // SAFETY: as for the caller.
                unsafe { body::<$crate::simd::PortableMode, $($g,)* $($k,)*>($($arg),*) }
            }
            match isa {
                #[cfg(target_arch = "x86_64")]
                $crate::isa::Isa::Avx512 => avx512::<$($g,)* $($k,)*>,
                #[cfg(target_arch = "x86_64")]
                $crate::isa::Isa::Avx2 => avx2::<$($g,)* $($k,)*>,
                _ => portable::<$($g,)* $($k,)*>,
            }
        }
    };
}
pub(crate) use multiversion;

#[cfg(test)]
mod tests {
    use super::*;
    use seodang_core::random::Philox;

    #[test]
    fn software_fma_rounds_once() {
        // Random bit patterns, so infinities, NaN and subnormals come up too.
        for i in 0..200_000u128 {
            let [a, b, c, d] = Philox::new(1).block(i);
            let (a, b) = (f32::from_bits(a), f32::from_bits(b));
            // Half of the time an addend near the product, where cancellation happens.
            let c = if d & 1 == 0 {
                f32::from_bits(c)
            } else {
                f32::from_bits((-a * b).to_bits() ^ (c & 0xff))
            };
            let (x, y) = (Software::fma(a, b, c), a.mul_add(b, c));
            assert!(x.to_bits() == y.to_bits() || x.is_nan() && y.is_nan(), "{a:e} {b:e} {c:e}");
        }
    }
}
