//! The few vector operations that the register tile needs, per instruction set.
#![allow(unsafe_code)]

/// A vector register of floats.
///
/// Every function is unsafe for the same two reasons: the processor must have the instructions (they
/// are called inside functions that enable them, into which they are inlined), and pointers must be
/// valid for the lanes accessed.
#[allow(clippy::missing_safety_doc)]
pub(crate) trait Vector: Copy {
    /// The element.
    type Scalar: Copy;
    /// Which lanes a masked access touches.
    type Mask: Copy;
    /// Elements in a register.
    const LANES: usize;

    unsafe fn mask(n: usize) -> Self::Mask;
    unsafe fn zero() -> Self;
    unsafe fn splat(x: Self::Scalar) -> Self;
    unsafe fn load(p: *const Self::Scalar) -> Self;
    /// Lanes outside the mask are 0 and not read.
    unsafe fn load_masked(p: *const Self::Scalar, mask: Self::Mask) -> Self;
    unsafe fn store(self, p: *mut Self::Scalar);
    unsafe fn store_masked(self, p: *mut Self::Scalar, mask: Self::Mask);
    /// `a * b + c` with one rounding.
    unsafe fn fma(a: Self, b: Self, c: Self) -> Self;
    unsafe fn add(self, other: Self) -> Self;
    unsafe fn mul(self, other: Self) -> Self;
    unsafe fn div(self, other: Self) -> Self;
    /// The sum of the lanes: the upper half is added to the lower one until one number is left.
    unsafe fn sum(self) -> Self::Scalar;
    /// `max(x, 0)`, NaN for NaN.
    unsafe fn relu(self) -> Self;
    /// Asks for the cache line at `p`, which need not be valid.
    unsafe fn prefetch(p: *const Self::Scalar);
}

#[cfg(target_arch = "x86_64")]
mod x86 {
    use super::Vector;
    use std::arch::x86_64::*;

    /// # Safety
    /// The processor must have AVX-512 (F and DQ).
    #[inline(always)]
    unsafe fn sum_512_ps(x: __m512) -> f32 {
        // SAFETY: passed on to the caller.
        unsafe {
            sum_256_ps(_mm256_add_ps(_mm512_castps512_ps256(x), _mm512_extractf32x8_ps::<1>(x)))
        }
    }

    /// # Safety
    /// As above.
    #[inline(always)]
    unsafe fn sum_512_pd(x: __m512d) -> f64 {
        // SAFETY: passed on to the caller.
        unsafe {
            sum_256_pd(_mm256_add_pd(_mm512_castpd512_pd256(x), _mm512_extractf64x4_pd::<1>(x)))
        }
    }

    /// # Safety
    /// The processor must have AVX.
    #[inline(always)]
    unsafe fn sum_256_ps(x: __m256) -> f32 {
        // SAFETY: passed on to the caller.
        unsafe {
            let four = _mm_add_ps(_mm256_castps256_ps128(x), _mm256_extractf128_ps::<1>(x));
            let two = _mm_add_ps(four, _mm_movehl_ps(four, four));
            _mm_cvtss_f32(_mm_add_ss(two, _mm_movehdup_ps(two)))
        }
    }

    /// # Safety
    /// As above.
    #[inline(always)]
    unsafe fn sum_256_pd(x: __m256d) -> f64 {
        // SAFETY: passed on to the caller.
        unsafe {
            let two = _mm_add_pd(_mm256_castpd256_pd128(x), _mm256_extractf128_pd::<1>(x));
            _mm_cvtsd_f64(_mm_add_sd(two, _mm_unpackhi_pd(two, two)))
        }
    }

    macro_rules! prefetch {
        () => {
            #[inline(always)]
            unsafe fn prefetch(p: *const Self::Scalar) {
                // SAFETY: a prefetch may be given any address.
                unsafe { _mm_prefetch::<_MM_HINT_T0>(p.cast()) }
            }
        };
    }

    macro_rules! avx512 {
        ($v:ty, $t:ty, $lanes:literal, $mask:ty, $zero:ident, $splat:ident, $load:ident, $mload:ident,
         $store:ident, $mstore:ident, $fma:ident, $add:ident, $mul:ident, $div:ident,
         $sum:ident, $max:ident) => {
            // SAFETY (whole block): the trait's contract.
            #[allow(clippy::undocumented_unsafe_blocks)]
            impl Vector for $v {
                type Scalar = $t;
                type Mask = $mask;
                const LANES: usize = $lanes;
                #[inline(always)]
                unsafe fn mask(n: usize) -> $mask {
                    ((1u32 << n) - 1) as $mask
                }
                #[inline(always)]
                unsafe fn zero() -> Self {
                    unsafe { $zero() }
                }
                #[inline(always)]
                unsafe fn splat(x: $t) -> Self {
                    unsafe { $splat(x) }
                }
                #[inline(always)]
                unsafe fn load(p: *const $t) -> Self {
                    unsafe { $load(p) }
                }
                #[inline(always)]
                unsafe fn load_masked(p: *const $t, mask: $mask) -> Self {
                    unsafe { $mload(mask, p) }
                }
                #[inline(always)]
                unsafe fn store(self, p: *mut $t) {
                    unsafe { $store(p, self) }
                }
                #[inline(always)]
                unsafe fn store_masked(self, p: *mut $t, mask: $mask) {
                    unsafe { $mstore(p, mask, self) }
                }
                #[inline(always)]
                unsafe fn fma(a: Self, b: Self, c: Self) -> Self {
                    unsafe { $fma(a, b, c) }
                }
                #[inline(always)]
                unsafe fn add(self, other: Self) -> Self {
                    unsafe { $add(self, other) }
                }
                #[inline(always)]
                unsafe fn mul(self, other: Self) -> Self {
                    unsafe { $mul(self, other) }
                }
                #[inline(always)]
                unsafe fn div(self, other: Self) -> Self {
                    unsafe { $div(self, other) }
                }
                #[inline(always)]
                unsafe fn sum(self) -> $t {
                    unsafe { $sum(self) }
                }
                #[inline(always)]
                unsafe fn relu(self) -> Self {
                    // The second operand is what comes out for NaN.
                    unsafe { $max($zero(), self) }
                }
                prefetch!();
            }
        };
    }
    avx512!(
        __m512,
        f32,
        16,
        __mmask16,
        _mm512_setzero_ps,
        _mm512_set1_ps,
        _mm512_loadu_ps,
        _mm512_maskz_loadu_ps,
        _mm512_storeu_ps,
        _mm512_mask_storeu_ps,
        _mm512_fmadd_ps,
        _mm512_add_ps,
        _mm512_mul_ps,
        _mm512_div_ps,
        sum_512_ps,
        _mm512_max_ps
    );
    avx512!(
        __m512d,
        f64,
        8,
        __mmask8,
        _mm512_setzero_pd,
        _mm512_set1_pd,
        _mm512_loadu_pd,
        _mm512_maskz_loadu_pd,
        _mm512_storeu_pd,
        _mm512_mask_storeu_pd,
        _mm512_fmadd_pd,
        _mm512_add_pd,
        _mm512_mul_pd,
        _mm512_div_pd,
        sum_512_pd,
        _mm512_max_pd
    );

    /// As many ones as lanes, then zeros: a mask of `n` lanes begins `n` before the middle.
    static ONES: [i32; 16] = [-1, -1, -1, -1, -1, -1, -1, -1, 0, 0, 0, 0, 0, 0, 0, 0];
    static LONG_ONES: [i64; 8] = [-1, -1, -1, -1, 0, 0, 0, 0];

    macro_rules! avx2 {
        ($v:ty, $t:ty, $lanes:literal, $ones:ident, $zero:ident, $splat:ident, $load:ident,
         $mload:ident, $store:ident, $mstore:ident, $fma:ident, $add:ident, $mul:ident, $div:ident,
         $sum:ident, $max:ident) => {
            // SAFETY (whole block): the trait's contract; masks are read inside their tables.
            #[allow(clippy::undocumented_unsafe_blocks)]
            impl Vector for $v {
                type Scalar = $t;
                type Mask = __m256i;
                const LANES: usize = $lanes;
                #[inline(always)]
                unsafe fn mask(n: usize) -> __m256i {
                    let n = n.min($lanes);
                    unsafe { _mm256_loadu_si256($ones.as_ptr().add($lanes - n).cast()) }
                }
                #[inline(always)]
                unsafe fn zero() -> Self {
                    unsafe { $zero() }
                }
                #[inline(always)]
                unsafe fn splat(x: $t) -> Self {
                    unsafe { $splat(x) }
                }
                #[inline(always)]
                unsafe fn load(p: *const $t) -> Self {
                    unsafe { $load(p) }
                }
                #[inline(always)]
                unsafe fn load_masked(p: *const $t, mask: __m256i) -> Self {
                    unsafe { $mload(p, mask) }
                }
                #[inline(always)]
                unsafe fn store(self, p: *mut $t) {
                    unsafe { $store(p, self) }
                }
                #[inline(always)]
                unsafe fn store_masked(self, p: *mut $t, mask: __m256i) {
                    unsafe { $mstore(p, mask, self) }
                }
                #[inline(always)]
                unsafe fn fma(a: Self, b: Self, c: Self) -> Self {
                    unsafe { $fma(a, b, c) }
                }
                #[inline(always)]
                unsafe fn add(self, other: Self) -> Self {
                    unsafe { $add(self, other) }
                }
                #[inline(always)]
                unsafe fn mul(self, other: Self) -> Self {
                    unsafe { $mul(self, other) }
                }
                #[inline(always)]
                unsafe fn div(self, other: Self) -> Self {
                    unsafe { $div(self, other) }
                }
                #[inline(always)]
                unsafe fn sum(self) -> $t {
                    unsafe { $sum(self) }
                }
                #[inline(always)]
                unsafe fn relu(self) -> Self {
                    unsafe { $max($zero(), self) }
                }
                prefetch!();
            }
        };
    }
    avx2!(
        __m256,
        f32,
        8,
        ONES,
        _mm256_setzero_ps,
        _mm256_set1_ps,
        _mm256_loadu_ps,
        _mm256_maskload_ps,
        _mm256_storeu_ps,
        _mm256_maskstore_ps,
        _mm256_fmadd_ps,
        _mm256_add_ps,
        _mm256_mul_ps,
        _mm256_div_ps,
        sum_256_ps,
        _mm256_max_ps
    );
    avx2!(
        __m256d,
        f64,
        4,
        LONG_ONES,
        _mm256_setzero_pd,
        _mm256_set1_pd,
        _mm256_loadu_pd,
        _mm256_maskload_pd,
        _mm256_storeu_pd,
        _mm256_maskstore_pd,
        _mm256_fmadd_pd,
        _mm256_add_pd,
        _mm256_mul_pd,
        _mm256_div_pd,
        sum_256_pd,
        _mm256_max_pd
    );
}

/// A scalar with a multiply-add that rounds once on every machine.
pub(crate) trait MulAdd:
    Copy
    + PartialOrd
    + std::ops::Add<Output = Self>
    + std::ops::Mul<Output = Self>
    + std::ops::Div<Output = Self>
{
    const ZERO: Self;
    fn mul_add(a: Self, b: Self, c: Self) -> Self;
    /// The same for several at once.
    #[inline(always)]
    fn mul_adds<const N: usize>(a: [Self; N], b: [Self; N], c: [Self; N]) -> [Self; N] {
        std::array::from_fn(|i| Self::mul_add(a[i], b[i], c[i]))
    }
}

impl MulAdd for f64 {
    const ZERO: f64 = 0.0;
    #[inline(always)]
    fn mul_add(a: f64, b: f64, c: f64) -> f64 {
        a.mul_add(b, c)
    }
}

/// Whether the target has an instruction for `f32::mul_add`, which is a slow library call otherwise.
const HAS_FMA: bool = cfg!(any(target_feature = "fma", target_arch = "aarch64"));

impl MulAdd for f32 {
    const ZERO: f32 = 0.0;
    #[inline(always)]
    fn mul_add(a: f32, b: f32, c: f32) -> f32 {
        let [x] = Self::mul_adds([a], [b], [c]);
        x
    }

    #[inline(always)]
    fn mul_adds<const N: usize>(a: [f32; N], b: [f32; N], c: [f32; N]) -> [f32; N] {
        if HAS_FMA {
            return std::array::from_fn(|i| a[i].mul_add(b[i], c[i]));
        }
        // In f64 the product is exact; the sum rounds, and rounding it again to f32 errs only if it
        // seems to lie halfway between two f32, or is so small that they are spaced otherwise.
        let mut sums = [0.0f64; N];
        for i in 0..N {
            sums[i] = f64::from(a[i]) * f64::from(b[i]) + f64::from(c[i]);
        }
        let mut doubtful = false;
        for sum in sums {
            doubtful |= sum.to_bits() as u32 & 0x1fff_ffff == 0x1000_0000;
            doubtful |= sum.abs() < f64::from(f32::MIN_POSITIVE) && sum != 0.0;
        }
        if doubtful {
            return std::array::from_fn(|i| emulated(a[i], b[i], c[i]));
        }
        sums.map(|sum| sum as f32)
    }
}

/// `a * b + c` rounded once: the product is exact in `f64`, and the sum is rounded to odd, so that the
/// second rounding (to `f32`) errs nowhere.
#[cold]
#[inline(never)]
fn emulated(a: f32, b: f32, c: f32) -> f32 {
    let (p, c) = (f64::from(a) * f64::from(b), f64::from(c));
    let sum = p + c;
    // What the addition lost, exactly (Knuth's two-sum).
    let c_part = sum - p;
    let lost = (p - (sum - c_part)) + (c - c_part);
    // An inexact sum whose last bit is even moves one step towards the lost part: to odd. (NaN and
    // infinite sums have `lost` NaN, and stay.)
    let bits = sum.to_bits();
    let grows = (lost > 0.0) == (sum > 0.0);
    let odd = if grows { bits.wrapping_add(1) } else { bits.wrapping_sub(1) };
    let inexact = lost.abs() > 0.0;
    f64::from_bits(if inexact && bits & 1 == 0 { odd } else { bits }) as f32
}

/// Four or two numbers in an array, which the compiler keeps in whatever registers there are.
#[derive(Clone, Copy)]
pub(crate) struct Plain<T, const N: usize>([T; N]);

// SAFETY (whole block): the trait's contract.
#[allow(clippy::undocumented_unsafe_blocks)]
impl<T: MulAdd, const N: usize> Vector for Plain<T, N> {
    type Scalar = T;
    type Mask = usize;
    const LANES: usize = N;
    #[inline(always)]
    unsafe fn mask(n: usize) -> usize {
        n
    }
    #[inline(always)]
    unsafe fn zero() -> Self {
        Plain([T::ZERO; N])
    }
    #[inline(always)]
    unsafe fn splat(x: T) -> Self {
        Plain([x; N])
    }
    #[inline(always)]
    unsafe fn load(p: *const T) -> Self {
        Plain(unsafe { p.cast::<[T; N]>().read_unaligned() })
    }
    #[inline(always)]
    unsafe fn load_masked(p: *const T, n: usize) -> Self {
        Plain(std::array::from_fn(|i| if i < n { unsafe { *p.add(i) } } else { T::ZERO }))
    }
    #[inline(always)]
    unsafe fn store(self, p: *mut T) {
        unsafe { p.cast::<[T; N]>().write_unaligned(self.0) }
    }
    #[inline(always)]
    unsafe fn store_masked(self, p: *mut T, n: usize) {
        for (i, x) in self.0.into_iter().enumerate() {
            if i < n {
                unsafe { *p.add(i) = x }
            }
        }
    }
    #[inline(always)]
    unsafe fn fma(a: Self, b: Self, c: Self) -> Self {
        Plain(T::mul_adds(a.0, b.0, c.0))
    }
    #[inline(always)]
    unsafe fn add(self, other: Self) -> Self {
        Plain(std::array::from_fn(|i| self.0[i] + other.0[i]))
    }
    #[inline(always)]
    unsafe fn mul(self, other: Self) -> Self {
        Plain(std::array::from_fn(|i| self.0[i] * other.0[i]))
    }
    #[inline(always)]
    unsafe fn div(self, other: Self) -> Self {
        Plain(std::array::from_fn(|i| self.0[i] / other.0[i]))
    }
    #[inline(always)]
    unsafe fn sum(self) -> T {
        let mut x = self.0;
        let mut half = N / 2;
        while half > 0 {
            for l in 0..half {
                x[l] = x[l] + x[l + half];
            }
            half /= 2;
        }
        x[0]
    }
    #[inline(always)]
    unsafe fn relu(self) -> Self {
        Plain(self.0.map(|x| if T::ZERO > x { T::ZERO } else { x }))
    }
    #[inline(always)]
    unsafe fn prefetch(_: *const T) {}
}

#[cfg(test)]
mod tests {
    use super::{MulAdd, emulated};

    #[test]
    fn emulated_fma_rounds_once() {
        // Random bit patterns (all exponents), and near-ties that rounding twice gets wrong.
        let mut x = 1u64;
        let mut next = || {
            x = x.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
            (x >> 32) as u32
        };
        let same = |a: f32, b: f32, c: f32| {
            let exact = a.mul_add(b, c);
            let [many, _] = MulAdd::mul_adds([a, 1.0], [b, 1.0], [c, 1.0]);
            for ours in [emulated(a, b, c), many, <f32 as MulAdd>::mul_add(a, b, c)] {
                assert!(
                    ours.to_bits() == exact.to_bits() || (ours.is_nan() && exact.is_nan()),
                    "{a:e} * {b:e} + {c:e}: {ours:e}, not {exact:e}"
                );
            }
        };
        for _ in 0..300_000 {
            same(f32::from_bits(next()), f32::from_bits(next()), f32::from_bits(next()));
            let near = |bits: u32| f32::from_bits(0x3f80_0000 | (bits & 0x8000_0fff));
            same(near(next()), near(next()), f32::from_bits(0x3300_0000 | (next() & 0x83ff_0000)));
        }
        // 1 + 2^-12 squared, plus a number so small that only rounding to odd remembers it.
        let a = 1.0 + 2f32.powi(-12);
        for c in [2f32.powi(-70), -(2f32.powi(-70)), 0.0, f32::MIN_POSITIVE, -1.0] {
            same(a, a, c);
            same(a, -a, c);
        }
        for v in [0.0, -0.0, f32::INFINITY, f32::NEG_INFINITY, f32::NAN, f32::MAX, 1e-45] {
            for w in [0.0, -0.0, f32::INFINITY, -1.0, f32::MAX, 1e-45, -1e-45] {
                for u in [0.0, -0.0, f32::NEG_INFINITY, 1.0, -f32::MAX, 1e-45] {
                    same(v, w, u);
                }
            }
        }
    }
}
