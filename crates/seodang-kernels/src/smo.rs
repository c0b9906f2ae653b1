//! The loops of sequential minimal optimization: rows of kernels, the choice of a working set, and the
//! update of the gradient (Fan, Chen and Lin 2005, "Working set selection using second order information
//! for training support vector machines", JMLR 6).
//!
//! `f` is the gradient of the dual times the labels. A step raises a variable of the set "up" and lowers
//! one of the set "low", both measured by their labels; a byte for each variable says where it belongs.
#![allow(unsafe_code)]

use crate::simd::{Mode, multiversion, sel};
use crate::{isa, math};

/// Columns of a piece of a row: its products stay in the first cache.
const PANEL: usize = 512;
/// Variables among which the place of an extreme is searched for once it is known.
const BLOCK: usize = 256;

/// A kernel of two samples, as a function of their inner product.
#[derive(Clone, Copy, PartialEq, Debug)]
pub enum Kernel {
    /// The inner product itself.
    Linear,
    /// `(gamma <x, y> + coef0) ^ degree`.
    Poly {
        /// The factor.
        gamma: f64,
        /// What is added.
        coef0: f64,
        /// The power.
        degree: i32,
    },
    /// `exp(-gamma |x - y|^2)`.
    Rbf {
        /// The factor.
        gamma: f64,
    },
    /// `tanh(gamma <x, y> + coef0)`.
    Sigmoid {
        /// The factor.
        gamma: f64,
        /// What is added.
        coef0: f64,
    },
}

mod private {
    use super::{Mode, math, sel};

    /// A float that rows are computed in.
    #[allow(unnameable_types)]
    pub trait Float:
        Copy
        + PartialOrd
        + std::ops::Add<Output = Self>
        + std::ops::Mul<Output = Self>
        + Send
        + Sync
        + 'static
    {
        const ZERO: Self;
        fn of(x: f64) -> Self;
        fn f32(self) -> f32;
        fn f64(self) -> f64;
    }

    /// Its arithmetic in a version of a kernel.
    pub(crate) trait Fused: Float {
        fn fused<M: Mode>(a: Self, b: Self, c: Self) -> Self;
        /// `e^x` for `x` up to 0.
        fn exp<M: Mode>(x: Self) -> Self;
    }

    impl Float for f32 {
        const ZERO: f32 = 0.0;
        #[inline(always)]
        fn of(x: f64) -> f32 {
            x as f32
        }
        #[inline(always)]
        fn f32(self) -> f32 {
            self
        }
        #[inline(always)]
        fn f64(self) -> f64 {
            f64::from(self)
        }
    }

    impl Fused for f32 {
        #[inline(always)]
        fn fused<M: Mode>(a: f32, b: f32, c: f32) -> f32 {
            M::fma(a, b, c)
        }
        #[inline(always)]
        fn exp<M: Mode>(x: f32) -> f32 {
            math::f32::exp::<M>(x)
        }
    }

    impl Float for f64 {
        const ZERO: f64 = 0.0;
        #[inline(always)]
        fn of(x: f64) -> f64 {
            x
        }
        #[inline(always)]
        fn f32(self) -> f32 {
            self as f32
        }
        #[inline(always)]
        fn f64(self) -> f64 {
            self
        }
    }

    impl Fused for f64 {
        #[inline(always)]
        fn fused<M: Mode>(a: f64, b: f64, c: f64) -> f64 {
            a.mul_add(b, c)
        }
        #[inline(always)]
        fn exp<M: Mode>(x: f64) -> f64 {
            math::f64::exp_narrow(sel(x < -600.0, -600.0, x))
        }
    }
}
use private::Float;
pub(crate) use private::Fused;

/// A float that [`row`] computes in: `f32` or `f64`.
pub trait RowFloat: Float {
    /// The version of the loop for this processor.
    #[doc(hidden)]
    fn row_kernel() -> RowKernel<Self>;
}

impl RowFloat for f32 {
    fn row_kernel() -> RowKernel<f32> {
        row_loop::<f32>(isa::current())
    }
}

impl RowFloat for f64 {
    fn row_kernel() -> RowKernel<f64> {
        row_loop::<f64>(isa::current())
    }
}

#[doc(hidden)]
pub type RowKernel<T> =
    unsafe fn(Kernel, *const T, usize, usize, *const T, usize, T, *const T, *mut f32);

/// The hyperbolic tangent, within 2e-14.
#[inline(always)]
fn tanh(x: f64) -> f64 {
    let twice = -2.0 * x.abs();
    let z = math::f64::exp_narrow(sel(twice < -600.0, -600.0, twice));
    ((1.0 - z) / (1.0 + z)).copysign(x)
}

/// Applies the kernel to inner products; `own` and `norms` are the squared lengths of the one sample and
/// of the others.
#[inline(always)]
pub(crate) unsafe fn apply_to<M: Mode, T: Fused>(
    kernel: Kernel,
    n: usize,
    p: *mut T,
    own: T,
    norms: *const T,
) {
    // SAFETY: the caller vouches for `n` elements at both pointers.
    unsafe {
        match kernel {
            Kernel::Linear => {}
            Kernel::Rbf { gamma } => {
                let (g, two) = (T::of(-gamma), T::of(-2.0));
                for i in 0..n {
                    let square = T::fused::<M>(two, *p.add(i), own + *norms.add(i));
                    let square = sel(square < T::ZERO, T::ZERO, square);
                    *p.add(i) = T::exp::<M>(g * square);
                }
            }
            Kernel::Poly { gamma, coef0, degree } => {
                let (g, c) = (T::of(gamma), T::of(coef0));
                for i in 0..n {
                    let base = T::fused::<M>(g, *p.add(i), c);
                    *p.add(i) = match degree {
                        0 => T::of(1.0),
                        1 => base,
                        2 => base * base,
                        3 => base * base * base,
                        _ => T::of(base.f64().powi(degree)),
                    };
                }
            }
            Kernel::Sigmoid { gamma, coef0 } => {
                for i in 0..n {
                    *p.add(i) = T::of(tanh(gamma * (*p.add(i)).f64() + coef0));
                }
            }
        }
    }
}

multiversion! {
    fn row_loop<M, T: Fused>(
        kernel: Kernel, xt: *const T, ld: usize, d: usize, x: *const T, n: usize, own: T,
        norms: *const T, out: *mut f32,
    ) {
        let mut buffer = [T::ZERO; PANEL];
        let b = buffer.as_mut_ptr();
        let mut start = 0;
        while start < n {
            let width = PANEL.min(n - start);
            for j in 0..width {
                *b.add(j) = T::ZERO;
            }
            let mut f = 0;
            while f + 4 <= d {
                let p = xt.add(f * ld + start);
                let (p1, p2, p3) = (p.add(ld), p.add(2 * ld), p.add(3 * ld));
                let (x0, x1, x2, x3) = (*x.add(f), *x.add(f + 1), *x.add(f + 2), *x.add(f + 3));
                for j in 0..width {
                    let s = T::fused::<M>(x0, *p.add(j), *b.add(j));
                    let s = T::fused::<M>(x1, *p1.add(j), s);
                    let s = T::fused::<M>(x2, *p2.add(j), s);
                    *b.add(j) = T::fused::<M>(x3, *p3.add(j), s);
                }
                f += 4;
            }
            while f < d {
                let (p, v) = (xt.add(f * ld + start), *x.add(f));
                for j in 0..width {
                    *b.add(j) = T::fused::<M>(v, *p.add(j), *b.add(j));
                }
                f += 1;
            }
            apply_to::<M, T>(kernel, width, b, own, norms.add(start));
            for j in 0..width {
                *out.add(start + j) = (*b.add(j)).f32();
            }
            start += width;
        }
    }
}

/// A piece of a row of kernels: `out[j]` is the kernel of the sample `x` and the sample that is column
/// `from + j` of `xt`, which has features by rows and `ld` columns. `own` and `norms` are squared lengths.
///
/// # Panics
/// If a slice is too short.
pub fn row<T: RowFloat>(
    kernel: Kernel,
    (xt, ld): (&[T], usize),
    x: &[T],
    own: T,
    norms: &[T],
    from: usize,
    out: &mut [f32],
) {
    let (d, n) = (x.len(), out.len());
    assert!(from + n <= ld && xt.len() >= d * ld && norms.len() >= from + n, "a row's operands");
    // SAFETY: just checked: row `f` of `xt` has `ld` elements, of which `from..from + n` are read.
    unsafe {
        let (xt, norms) = (xt.as_ptr().add(from), norms.as_ptr().add(from));
        T::row_kernel()(kernel, xt, ld, d, x.as_ptr(), n, own, norms, out.as_mut_ptr());
    }
}

multiversion! {
    fn apply_loop<M>(kernel: Kernel, n: usize, p: *mut f64, own: f64, norms: *const f64) {
        apply_to::<M, f64>(kernel, n, p, own, norms)
    }
}

/// Turns inner products of one sample with others into kernels; `own` and `norms` are the squared lengths.
///
/// # Panics
/// If there are not as many norms.
pub fn apply(kernel: Kernel, products: &mut [f64], own: f64, norms: &[f64]) {
    assert_eq!(products.len(), norms.len(), "a squared length for each product");
    // SAFETY: both slices have that many elements.
    unsafe {
        let f = apply_loop(isa::current());
        f(kernel, products.len(), products.as_mut_ptr(), own, norms.as_ptr());
    }
}

/// The least `f` of the set "up" with its place, and the greatest of the set "low"; infinite if a set is
/// empty.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Extremes {
    /// The least of "up".
    pub least: f64,
    /// Where it is.
    pub at: usize,
    /// The greatest of "low".
    pub greatest: f64,
}

/// Bits of the sets "up" and "low".
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Sets {
    /// The bits of "up".
    pub up: u8,
    /// The bits of "low".
    pub low: u8,
}

/// An integer that has the order of the number; unlike numbers, integers have vector minima that the
/// compiler may reorder.
#[inline(always)]
fn key(x: f64) -> i64 {
    let bits = x.to_bits() as i64;
    bits ^ (((bits >> 63) as u64) >> 1) as i64
}

#[inline(always)]
fn number(key: i64) -> f64 {
    f64::from_bits((key ^ (((key >> 63) as u64) >> 1) as i64) as u64)
}

multiversion! {
    fn extremes_loop<M>(
        n: usize, f: *const f64, status: *const u8, sets: Sets, out: *mut Extremes,
    ) {
        // `+inf` and `-inf`, in the order of keys.
        let (mut least, mut greatest, mut place) = (key(f64::INFINITY), key(f64::NEG_INFINITY), 0);
        let mut start = 0;
        while start < n {
            let width = BLOCK.min(n - start);
            let (f, status) = (f.add(start), status.add(start));
            let (mut low, mut high) = (i64::MAX, i64::MIN);
            for i in 0..width {
                let (k, s) = (key(*f.add(i)), *status.add(i));
                low = low.min(sel(s & sets.up != 0, k, i64::MAX));
                high = high.max(sel(s & sets.low != 0, k, i64::MIN));
            }
            place = sel(low < least, start, place);
            least = least.min(low);
            greatest = greatest.max(high);
            start += width;
        }
        let mut at = place;
        while at < n && !(*status.add(at) & sets.up != 0 && key(*f.add(at)) == least) {
            at += 1;
        }
        *out = Extremes { least: number(least), at: at.min(n - 1), greatest: number(greatest) };
    }
}

/// The extremes of `f`.
///
/// # Panics
/// If there is no variable, or not a status for each.
pub fn extremes(f: &[f64], status: &[u8], sets: Sets) -> Extremes {
    assert!(!f.is_empty() && f.len() == status.len(), "a status for each variable");
    let mut out = Extremes { least: 0.0, at: 0, greatest: 0.0 };
    // SAFETY: both slices have that many elements, at least one.
    unsafe { extremes_loop(isa::current())(f.len(), f.as_ptr(), status.as_ptr(), sets, &mut out) };
    out
}

multiversion! {
    fn second_loop<M>(
        n: usize, f: *const f64, status: *const u8, low: u8, fi: f64, own: f32, row: *const f32,
        diagonal: *const f32, out: *mut (f64, usize),
    ) {
        // Gains are positive, and positive numbers have the order of their bits. In single precision
        // twice as many are compared at a time, and the step itself is computed exactly later.
        let (mut best, mut place) = (0i32, n);
        let mut start = 0;
        while start < n {
            let width = BLOCK.min(n - start);
            let mut gains = [0i32; BLOCK];
            let g = gains.as_mut_ptr();
            let mut most = 0i32;
            for i in 0..width {
                let at = start + i;
                let d = (*f.add(at) - fi) as f32;
                let eta = own + *diagonal.add(at) - 2.0 * *row.add(at);
                let eta = sel(eta < 1e-12, 1e-12, eta);
                let fits = (*status.add(at) & low != 0) & (d > 0.0);
                let gain = sel(fits, (d * d / eta).to_bits() as i32, 0);
                *g.add(i) = gain;
                most = most.max(gain);
            }
            if most > best {
                best = most;
                let mut i = 0;
                while i + 1 < width && *g.add(i) != most {
                    i += 1;
                }
                place = start + i;
            }
            start += width;
        }
        *out = (f64::from(f32::from_bits(best as u32)), place);
    }
}

/// The variable of the set `low` that, paired with one whose `f` is `fi`, whose kernel with itself is
/// `own` and whose row is `row`, lowers the objective most by the second order; with that gain.
///
/// # Panics
/// If the slices differ in length.
pub fn second(
    f: &[f64],
    status: &[u8],
    low: u8,
    (fi, own): (f64, f32),
    row: &[f32],
    diagonal: &[f32],
) -> Option<(f64, usize)> {
    let n = f.len();
    assert!(status.len() == n && row.len() == n && diagonal.len() == n, "one for each variable");
    let mut out = (0.0, n);
    // SAFETY: all slices have `n` elements.
    unsafe {
        let (f, status, row) = (f.as_ptr(), status.as_ptr(), row.as_ptr());
        second_loop(isa::current())(n, f, status, low, fi, own, row, diagonal.as_ptr(), &mut out);
    }
    (out.1 < n).then_some(out)
}

multiversion! {
    fn update_loop<M>(n: usize, f: *mut f64, a: *const f32, b: *const f32, step: f64) {
        for i in 0..n {
            *f.add(i) += step * (f64::from(*a.add(i)) - f64::from(*b.add(i)));
        }
    }
}

/// `f += step * (a - b)` for the rows `a` and `b` of the two variables that were changed.
///
/// # Panics
/// If the slices differ in length.
pub fn update(f: &mut [f64], a: &[f32], b: &[f32], step: f64) {
    let n = f.len();
    assert!(a.len() == n && b.len() == n, "one for each variable");
    // SAFETY: all slices have `n` elements.
    unsafe { update_loop(isa::current())(n, f.as_mut_ptr(), a.as_ptr(), b.as_ptr(), step) };
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Isa;
    use seodang_core::random::Stream;

    const KERNELS: [Kernel; 4] = [
        Kernel::Linear,
        Kernel::Poly { gamma: 0.5, coef0: 1.0, degree: 3 },
        Kernel::Rbf { gamma: 0.7 },
        Kernel::Sigmoid { gamma: 0.3, coef0: -0.1 },
    ];

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
    fn rows_are_kernels_by_their_definition() {
        let (n, d) = (1100, 7);
        let mut stream = Stream::new(3, 0);
        let x: Vec<Vec<f64>> = (0..n).map(|_| (0..d).map(|_| stream.normal()).collect()).collect();
        let xt: Vec<f64> = (0..d * n).map(|k| x[k % n][k / n]).collect();
        let norms: Vec<f64> = x.iter().map(|r| r.iter().map(|v| v * v).sum()).collect();
        let narrow = |v: &[f64]| v.iter().map(|&v| v as f32).collect::<Vec<_>>();
        for isa in Isa::available() {
            for kernel in KERNELS {
                let (mut a, mut b) = (vec![0.0; n - 5], vec![0.0; n - 5]);
                isa::with(isa, || {
                    row(kernel, (&xt, n), &x[9], norms[9], &norms, 5, &mut a);
                    let (xt, x, norms) = (narrow(&xt), narrow(&x[9]), narrow(&norms));
                    row(kernel, (&xt, n), &x, norms[9], &norms, 5, &mut b);
                });
                let mut c: Vec<f64> =
                    x.iter().map(|r| by_definition(Kernel::Linear, r, &x[9])).collect();
                isa::with(isa, || apply(kernel, &mut c, norms[9], &norms));
                for j in 5..n {
                    let want = by_definition(kernel, &x[9], &x[j]);
                    let scale = 1.0 + want.abs();
                    assert!((f64::from(a[j - 5]) - want).abs() < 1e-6 * scale, "{kernel:?} {j}");
                    assert!((f64::from(b[j - 5]) - want).abs() < 1e-4 * scale, "{kernel:?} {j}");
                    assert!((c[j] - want).abs() < 1e-11 * scale, "{kernel:?} {j}");
                }
            }
        }
    }

    #[test]
    fn choices_are_those_of_plain_loops() {
        let mut stream = Stream::new(5, 0);
        for n in [1, 2, 255, 256, 257, 1000] {
            let f: Vec<f64> = (0..n).map(|_| stream.normal()).collect();
            let status: Vec<u8> = (0..n).map(|_| stream.below(4) as u8).collect();
            let rows: Vec<Vec<f32>> =
                (0..2).map(|_| (0..n).map(|_| stream.uniform() as f32).collect()).collect();
            let diagonal: Vec<f32> = (0..n).map(|_| 1.0 + stream.uniform() as f32).collect();
            let sets = Sets { up: 1, low: 2 };
            let of = |bit: u8| (0..n).filter(|&i| status[i] & bit != 0).collect::<Vec<_>>();
            let least = of(1).into_iter().min_by(|&a, &b| f[a].total_cmp(&f[b]));
            let greatest = of(2).into_iter().map(|i| f[i]).fold(f64::NEG_INFINITY, f64::max);
            let gain = |i: usize| {
                let eta = 1.5 + diagonal[i] - 2.0 * rows[0][i];
                ((f[i] + 1.0) as f32).powi(2) / eta
            };
            let best = of(2)
                .into_iter()
                .filter(|&i| f[i] > -1.0)
                .max_by(|&a, &b| gain(a).total_cmp(&gain(b)));
            for isa in Isa::available() {
                isa::with(isa, || {
                    let found = extremes(&f, &status, sets);
                    assert_eq!(found.greatest, greatest);
                    assert_eq!(found.least, least.map_or(f64::INFINITY, |i| f[i]));
                    assert!(least.is_none_or(|i| i == found.at));
                    let found = second(&f, &status, 2, (-1.0, 1.5), &rows[0], &diagonal);
                    assert_eq!(found.map(|b| b.1), best);
                    let mut g = f.clone();
                    update(&mut g, &rows[0], &rows[1], 0.25);
                    for i in 0..n {
                        let want = f[i] + 0.25 * f64::from(rows[0][i] - rows[1][i]);
                        assert!((g[i] - want).abs() < 1e-7);
                    }
                });
            }
        }
    }
}
