//! The loops over rows of numbers that linear models spend their time in: products of rows with a
//! vector, sums of rows, and the losses of classes.
//!
//! No multiply-add is fused, and sums have the same number of partial sums everywhere: the bits do not
//! depend on the instruction set. All run on the calling thread.
#![allow(unsafe_code)]

mod lanes;

use crate::isa;
use crate::simd::{multiversion, sel};

/// A float of rows.
pub trait RowFloat: crate::gemm::GemmFloat + Default {
    #[doc(hidden)]
    fn dot_of(a: &[Self], b: &[Self]) -> Self;
    #[doc(hidden)]
    fn axpy_of(alpha: Self, x: &[Self], y: &mut [Self]);
    #[doc(hidden)]
    fn times_of(x: &[Self], w: &[Self], out: &mut [Self]);
    #[doc(hidden)]
    fn add_rows_of(x: &[Self], r: &[Self], out: &mut [Self]);
    /// Rounded to `f32`.
    #[doc(hidden)]
    fn single(self) -> f32;
    #[doc(hidden)]
    fn several_of(x: &[Self], w: &[Self], out: &mut [Self], outputs: usize);
    #[doc(hidden)]
    fn finite_of(x: &[Self]) -> bool;
    #[doc(hidden)]
    fn scale_of(x: &[Self], by: &[Self], over: Option<&[Self]>, out: &mut [Self]);
    #[doc(hidden)]
    fn shift_of(x: &[Self], by: &[Self], out: (&mut [Self], usize), sums: &mut [Self]);
}

/// `a · b`.
///
/// ```
/// assert_eq!(seodang_kernels::rows::dot(&[1.0, 2.0], &[3.0, 4.0]), 11.0);
/// ```
///
/// # Panics
/// If their lengths differ.
#[inline]
pub fn dot<T: RowFloat>(a: &[T], b: &[T]) -> T {
    assert_eq!(a.len(), b.len());
    T::dot_of(a, b)
}

/// `y += alpha · x`.
///
/// # Panics
/// If their lengths differ.
#[inline]
pub fn axpy<T: RowFloat>(alpha: T, x: &[T], y: &mut [T]) {
    assert_eq!(x.len(), y.len());
    T::axpy_of(alpha, x, y);
}

/// `out[i] = x[i] · w` for each row of `x`, which are as long as `w`.
///
/// # Panics
/// If there are not as many rows as `out` has elements.
pub fn times<T: RowFloat>(x: &[T], w: &[T], out: &mut [T]) {
    assert_eq!(x.len(), w.len() * out.len());
    T::times_of(x, w, out);
}

/// `out[i][o] = x[i] · w[o]` for each row of `x` and each of a few rows of `w`, all equally long: for up to
/// about twelve `outputs` quicker than [`gemm`](crate::gemm::gemm()). Here multiply-adds are fused.
///
/// # Panics
/// If `out` has not `outputs` elements for each row of `x`, or `w` not `outputs` rows as long.
pub fn times_several<T: RowFloat>(x: &[T], w: &[T], out: &mut [T], outputs: usize) {
    assert!(outputs > 0 && w.len().is_multiple_of(outputs) && out.len().is_multiple_of(outputs));
    assert_eq!(x.len() * outputs, out.len() / outputs * w.len());
    T::several_of(x, w, out, outputs);
}

/// Whether no number is NaN or infinite.
///
/// ```
/// assert!(seodang_kernels::rows::finite(&[1.0, -2.0]));
/// assert!(!seodang_kernels::rows::finite(&[1.0, f64::NEG_INFINITY]));
/// ```
pub fn finite<T: RowFloat>(x: &[T]) -> bool {
    T::finite_of(x)
}

/// `out[i] = (x[i] + by) / over` for each row of `x`, element by element; without `over` nothing is divided.
///
/// # Panics
/// If the lengths do not fit.
pub fn scale<T: RowFloat>(x: &[T], by: &[T], over: Option<&[T]>, out: &mut [T]) {
    assert!(x.len() == out.len() && over.is_none_or(|o| o.len() == by.len()));
    assert!(if by.is_empty() { x.is_empty() } else { x.len().is_multiple_of(by.len()) });
    T::scale_of(x, by, over, out);
}

/// `out += Σ r[i] · x[i]` over the rows of `x`, which are as long as `out`.
///
/// # Panics
/// If there are not as many rows as `r` has elements.
pub fn add_rows<T: RowFloat>(x: &[T], r: &[T], out: &mut [T]) {
    assert_eq!(x.len(), r.len() * out.len());
    T::add_rows_of(x, r, out);
}

/// Each row of `x`, which are as long as `by`, and `by`: to the beginning of each row of `out`, of so many
/// columns. The rows there are added to `sums`.
///
/// # Panics
/// If `out` has not as many rows as `x`, its rows are shorter, or `sums` is not as long as `by`.
pub fn shift<T: RowFloat>(x: &[T], by: &[T], (out, cols): (&mut [T], usize), sums: &mut [T]) {
    assert!(by.len() <= cols && sums.len() == by.len());
    assert_eq!(x.len() * cols, out.len() * by.len());
    T::shift_of(x, by, (out, cols), sums);
}

/// Asks for what is soon looked at, so that the memory has brought it by then: at most 2 KiB.
#[inline(always)]
pub fn prefetch<T>(x: &[T]) {
    #[cfg(target_arch = "x86_64")]
    {
        use std::arch::x86_64::{_MM_HINT_T0, _mm_prefetch};
        let (start, bytes) = (x.as_ptr().cast::<i8>(), size_of_val(x).min(2048));
        // SAFETY: addresses inside of the slice are asked for; a prefetch reads nothing.
        let ask = |at: usize| unsafe { _mm_prefetch::<_MM_HINT_T0>(start.add(at)) };
        let mut at = 0;
        while at < bytes {
            ask(at);
            at += 64;
        }
        // What begins within a line may end in the next one.
        if bytes > 1 {
            ask(bytes - 1);
        }
    }
    #[cfg(not(target_arch = "x86_64"))]
    let _ = x;
}

macro_rules! rows {
    ($type:ty, $lanes:literal, $dot:ident, $axpy:ident, $add_rows:ident) => {
        multiversion! {
            fn $dot<M>(n: usize, a: *const $type, b: *const $type, out: *mut $type) {
                const L: usize = $lanes * 4;
                let mut sums = [0.0; L];
                let main = n / L * L;
                let mut i = 0;
                while i < main {
                    for l in 0..L {
                        sums[l] += *a.add(i + l) * *b.add(i + l);
                    }
                    i += L;
                }
                // What is left of a short row is most of it: eight at a time, as long as there are.
                for first in (0..L).step_by(8) {
                    let at = main + first;
                    if at + 8 <= n {
                        for l in 0..8 {
                            sums[first + l] += *a.add(at + l) * *b.add(at + l);
                        }
                    } else {
                        for l in 0..n.saturating_sub(at) {
                            sums[first + l] += *a.add(at + l) * *b.add(at + l);
                        }
                        break;
                    }
                }
                let mut half = L / 2;
                while half > 0 {
                    for l in 0..half {
                        sums[l] += sums[l + half];
                    }
                    half /= 2;
                }
                *out = sums[0];
            }
        }

        multiversion! {
            fn $axpy<M>(n: usize, alpha: $type, x: *const $type, y: *mut $type) {
                for i in 0..n {
                    *y.add(i) += alpha * *x.add(i);
                }
            }
        }

        multiversion! {
            fn $add_rows<M>(
                rows: usize, n: usize, x: *const $type, r: *const $type, out: *mut $type,
            ) {
                const R: usize = 8;
                let main = rows / R * R;
                let mut row = 0;
                while row < main {
                    let at: [*const $type; R] = std::array::from_fn(|k| x.add((row + k) * n));
                    let by: [$type; R] = std::array::from_fn(|k| *r.add(row + k));
                    for j in 0..n {
                        let mut a = by[0] * *at[0].add(j) + by[1] * *at[1].add(j);
                        let mut b = by[2] * *at[2].add(j) + by[3] * *at[3].add(j);
                        a += by[4] * *at[4].add(j) + by[5] * *at[5].add(j);
                        b += by[6] * *at[6].add(j) + by[7] * *at[7].add(j);
                        *out.add(j) += a + b;
                    }
                    row += R;
                }
                while row < rows {
                    let (at, by) = (x.add(row * n), *r.add(row));
                    for j in 0..n {
                        *out.add(j) += by * *at.add(j);
                    }
                    row += 1;
                }
            }
        }

        impl RowFloat for $type {
            #[inline(always)]
            fn single(self) -> f32 {
                self as f32
            }

            #[inline]
            fn dot_of(a: &[$type], b: &[$type]) -> $type {
                let mut out = 0.0;
                // SAFETY: the processor has the instructions, and both are as long.
                unsafe { $dot(isa::current())(a.len(), a.as_ptr(), b.as_ptr(), &raw mut out) };
                out
            }

            #[inline]
            fn axpy_of(alpha: $type, x: &[$type], y: &mut [$type]) {
                // SAFETY: as above.
                unsafe { $axpy(isa::current())(x.len(), alpha, x.as_ptr(), y.as_mut_ptr()) };
            }

            fn times_of(x: &[$type], w: &[$type], out: &mut [$type]) {
                let kernel = <$type as lanes::Lanes>::times(isa::current());
                // SAFETY: the processor has the instructions, and `x` has as many rows as `out`
                // elements.
                unsafe { kernel(out.len(), w.len(), x.as_ptr(), w.as_ptr(), out.as_mut_ptr()) };
            }

            fn add_rows_of(x: &[$type], r: &[$type], out: &mut [$type]) {
                let (n, out_at) = (out.len(), out.as_mut_ptr());
                // SAFETY: as above.
                unsafe { $add_rows(isa::current())(r.len(), n, x.as_ptr(), r.as_ptr(), out_at) };
            }

            fn several_of(x: &[$type], w: &[$type], out: &mut [$type], outputs: usize) {
                let (rows, n) = (out.len() / outputs, w.len() / outputs);
                let kernel = <$type as lanes::Lanes>::several(isa::current(), outputs);
                // SAFETY: as above.
                unsafe { kernel(rows, n, outputs, x.as_ptr(), w.as_ptr(), out.as_mut_ptr()) };
            }

            fn finite_of(x: &[$type]) -> bool {
                let mut out = 0.0;
                let kernel = <$type as lanes::Lanes>::zeros(isa::current());
                // SAFETY: as above.
                unsafe { kernel(x.len(), x.as_ptr(), &raw mut out) };
                // A sum of zeros is 0, unless one of them came of what is not finite.
                out == 0.0
            }

            fn scale_of(x: &[$type], by: &[$type], over: Option<&[$type]>, out: &mut [$type]) {
                let (rows, n) = (x.len() / by.len().max(1), by.len());
                let over = over.map_or(std::ptr::null(), <[$type]>::as_ptr);
                let kernel = <$type as lanes::Lanes>::scale(isa::current());
                // SAFETY: as above.
                unsafe { kernel(rows, n, x.as_ptr(), by.as_ptr(), over, out.as_mut_ptr()) };
            }

            fn shift_of(
                x: &[$type],
                by: &[$type],
                (out, cols): (&mut [$type], usize),
                sums: &mut [$type],
            ) {
                let (rows, n) = (out.len() / cols.max(1), by.len());
                let (x, by, out, sums) =
                    (x.as_ptr(), by.as_ptr(), out.as_mut_ptr(), sums.as_mut_ptr());
                let kernel = <$type as lanes::Lanes>::shift(isa::current());
                // SAFETY: as above.
                unsafe { kernel(rows, n, x, by, out, cols, sums) };
            }
        }
    };
}

rows!(f32, 16, dot_f32, axpy_f32, add_rows_f32);
rows!(f64, 8, dot_f64, axpy_f64, add_rows_f64);

/// e^x to the last bits, for x of at most 0 (far below, 0).
#[inline(always)]
fn exp_negative(x: f64) -> f64 {
    const MAGIC: f64 = 6_755_399_441_055_744.0;
    // ln 2 in two parts, of which products with small integers are exact.
    const LN2: [f64; 2] = [0.693_147_180_369_123_8, 1.908_214_929_270_587_7e-10];
    let x = sel(x < -708.0, -708.0, x);
    let shifted = x * std::f64::consts::LOG2_E + MAGIC;
    let n = shifted.to_bits().wrapping_sub(MAGIC.to_bits());
    let k = shifted - MAGIC;
    let r = (x - k * LN2[0]) - k * LN2[1];
    // Taylor's series: its next term is below the last bit for |r| <= ln 2 / 2.
    let mut p = 1.0 / 479_001_600.0;
    p = p * r + 1.0 / 39_916_800.0;
    p = p * r + 1.0 / 3_628_800.0;
    p = p * r + 1.0 / 362_880.0;
    p = p * r + 1.0 / 40_320.0;
    p = p * r + 1.0 / 5_040.0;
    p = p * r + 1.0 / 720.0;
    p = p * r + 1.0 / 120.0;
    p = p * r + 1.0 / 24.0;
    p = p * r + 1.0 / 6.0;
    p = p * r + 0.5;
    p = p * r + 1.0;
    p = p * r + 1.0;
    let y = p * f64::from_bits(n.wrapping_add(1023) << 52);
    sel(x <= -708.0, 0.0, y)
}

/// ln(1 + z) for z in 0..=1: twice the series of atanh(z / (2 + z)).
#[inline(always)]
fn log_1p(z: f64) -> f64 {
    // 1 + z, halved if it is above the root of 2, so that the series is short.
    let high = z > 0.414_213_562_373_095_1;
    let s = sel(high, (z - 1.0) / (3.0 + z), z / (2.0 + z));
    let t = s * s;
    let mut p = 1.0 / 21.0;
    p = p * t + 1.0 / 19.0;
    p = p * t + 1.0 / 17.0;
    p = p * t + 1.0 / 15.0;
    p = p * t + 1.0 / 13.0;
    p = p * t + 1.0 / 11.0;
    p = p * t + 1.0 / 9.0;
    p = p * t + 1.0 / 7.0;
    p = p * t + 1.0 / 5.0;
    p = p * t + 1.0 / 3.0;
    p = p * t + 1.0;
    2.0 * s * p + sel(high, std::f64::consts::LN_2, 0.0)
}

multiversion! {
    /// The logistic loss of `n` margins for classes 0 and 1; the margins become the probabilities of
    /// class 1, and `loss` the losses.
    fn logistic_loss<M>(n: usize, margins: *mut f64, classes: *const f64, loss: *mut f64) {
        for i in 0..n {
            let m = *margins.add(i);
            let z = exp_negative(-m.abs());
            let over = 1.0 / (1.0 + z);
            *margins.add(i) = sel(m < 0.0, z * over, over);
            // ln(1 + e^m) - y m, without a large number anywhere.
            *loss.add(i) = log_1p(z) + sel(m > 0.0, m, 0.0) - *classes.add(i) * m;
        }
    }
}

multiversion! {
    /// e^(x - most) for `n` numbers of at most `most`.
    fn exp_below<M>(n: usize, x: *mut f64, most: f64) {
        for i in 0..n {
            *x.add(i) = exp_negative(*x.add(i) - most);
        }
    }
}

/// The logistic loss `ln(1 + e^m) - y m` of each margin for its class `y`, 0 or 1. The margins become the
/// probabilities of class 1.
///
/// # Panics
/// If the lengths differ.
pub fn logistic(margins: &mut [f64], classes: &[f64], losses: &mut [f64]) {
    let n = margins.len();
    assert!(classes.len() == n && losses.len() == n);
    let (m, l) = (margins.as_mut_ptr(), losses.as_mut_ptr());
    // SAFETY: the processor has the instructions, and all are as long.
    unsafe { logistic_loss(isa::current())(n, m, classes.as_ptr(), l) };
}

/// Each row of `classes` margins becomes the probabilities of the classes (softmax); `logs` gets the
/// logarithm of the sum of the exponentials of each row.
///
/// # Panics
/// If there are not as many rows as `logs` has elements.
pub fn softmax(margins: &mut [f64], classes: usize, logs: &mut [f64]) {
    assert_eq!(margins.len(), classes * logs.len());
    let exp = exp_below(isa::current());
    // The most of each row is taken away first, so that all of them are one array for the loop.
    for (row, log) in margins.chunks_exact_mut(classes).zip(logs.iter_mut()) {
        *log = row.iter().fold(f64::NEG_INFINITY, |a, &b| a.max(b));
        row.iter_mut().for_each(|m| *m -= *log);
    }
    // SAFETY: as above.
    unsafe { exp(margins.len(), margins.as_mut_ptr(), 0.0) };
    for (row, log) in margins.chunks_exact_mut(classes).zip(logs.iter_mut()) {
        let sum: f64 = row.iter().sum();
        let over = 1.0 / sum;
        row.iter_mut().for_each(|m| *m *= over);
        *log += sum.ln();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Isa;

    fn numbers(n: usize, seed: u64) -> Vec<f64> {
        let mut x = seed;
        let mut next = || {
            x = x.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            (x >> 11) as f64 / (1u64 << 52) as f64 - 1.0
        };
        (0..n).map(|_| next()).collect()
    }

    #[test]
    fn products_and_sums_of_rows_are_the_plain_ones_on_every_processor() {
        for (rows, n) in [(1, 1), (3, 7), (8, 8), (9, 50), (21, 33), (5, 100)] {
            let (x, w, r) = (numbers(rows * n, 1), numbers(n, 2), numbers(rows, 3));
            let mut all = Vec::new();
            for isa in Isa::available() {
                isa::with(isa, || {
                    let (mut out, mut sum) = (vec![0.0; rows], w.clone());
                    times(&x, &w, &mut out);
                    add_rows(&x, &r, &mut sum);
                    axpy(0.5, &x[..n], &mut sum);
                    let (mut moved, mut sums) = (vec![0.0; rows * (n + 1)], vec![0.0; n]);
                    shift(&x, &w, (&mut moved, n + 1), &mut sums);
                    all.push((out, sum, dot(&x[..n], &w), moved, sums));
                });
            }
            assert!(all.iter().all(|a| *a == all[0]));
            let (out, sum, first, moved, sums) = &all[0];
            for i in 0..rows {
                let plain: f64 = (0..n).map(|j| x[i * n + j] * w[j]).sum();
                assert!((out[i] - plain).abs() < 1e-13);
            }
            assert!((out[0] - first).abs() < 1e-13);
            for j in 0..n {
                let plain: f64 = (0..rows).map(|i| r[i] * x[i * n + j]).sum();
                assert!((sum[j] - plain - w[j] - 0.5 * x[j]).abs() < 1e-13);
                let there = |i: usize| x[i * n + j] + w[j];
                assert!((0..rows).all(|i| moved[i * (n + 1) + j] == there(i)));
                assert!((sums[j] - (0..rows).map(there).sum::<f64>()).abs() < 1e-13);
            }
            let narrow = |v: &[f64]| v.iter().map(|&x| x as f32).collect::<Vec<f32>>();
            let mut out32 = vec![0.0f32; rows];
            times(&narrow(&x), &narrow(&w), &mut out32);
            assert!(out.iter().zip(&out32).all(|(a, &b)| (a - f64::from(b)).abs() < 1e-4));
        }
    }

    #[test]
    fn several_products_and_scaled_rows_on_every_processor() {
        for (rows, n, outputs) in [(1, 1, 1), (3, 7, 2), (9, 50, 3), (6, 33, 6), (5, 100, 11)] {
            let (x, w) = (numbers(rows * n, 1), numbers(n * outputs, 2));
            let narrow = |v: &[f64]| v.iter().map(|&x| x as f32).collect::<Vec<f32>>();
            let mut all = Vec::new();
            for isa in Isa::available() {
                isa::with(isa, || {
                    let (mut out, mut made) = (vec![0.0; rows * outputs], vec![0.0; rows * n]);
                    let (mut out32, mut moved) = (vec![0.0f32; rows * outputs], made.clone());
                    times_several(&x, &w, &mut out, outputs);
                    times_several(&narrow(&x), &narrow(&w), &mut out32, outputs);
                    scale(&x, &w[..n], Some(&x[..n]), &mut made);
                    scale(&x, &w[..n], None, &mut moved);
                    all.push((out, out32, made, moved));
                });
            }
            assert!(all.iter().all(|a| *a == all[0]));
            let (out, out32, made, moved) = &all[0];
            for i in 0..rows {
                for o in 0..outputs {
                    let plain: f64 = (0..n).map(|j| x[i * n + j] * w[o * n + j]).sum();
                    assert!((out[i * outputs + o] - plain).abs() < 1e-13);
                    assert!((f64::from(out32[i * outputs + o]) - plain).abs() < 1e-4);
                }
                for j in 0..n {
                    assert_eq!(moved[i * n + j], x[i * n + j] + w[j]);
                    assert_eq!(made[i * n + j], (x[i * n + j] + w[j]) / x[j]);
                }
            }
        }
    }

    #[test]
    fn what_is_not_finite_is_found_anywhere() {
        for isa in Isa::available() {
            isa::with(isa, || {
                let mut x = numbers(150, 4);
                assert!(finite(&x) && finite::<f32>(&[]) && finite(&[f64::MAX, f64::MIN]));
                for i in 0..x.len() {
                    for bad in [f64::NAN, f64::INFINITY, f64::NEG_INFINITY] {
                        let good = std::mem::replace(&mut x[i], bad);
                        assert!(!finite(&x));
                        assert!(!finite(&x.iter().map(|&x| x as f32).collect::<Vec<_>>()));
                        x[i] = good;
                    }
                }
            });
        }
    }

    #[test]
    fn losses_are_exact_to_the_last_bits() {
        let margins: Vec<f64> = [-1e4, -750.0, -40.0, -1.0, -1e-9, 0.0, 0.3, 0.9, 5.0, 37.0, 800.0]
            .into_iter()
            .chain(numbers(300, 5).into_iter().map(|x| x * 30.0))
            .collect();
        for class in [0.0, 1.0] {
            let (mut p, mut loss) = (margins.clone(), vec![0.0; margins.len()]);
            logistic(&mut p, &vec![class; margins.len()], &mut loss);
            for ((&m, p), loss) in margins.iter().zip(p).zip(loss) {
                let z = (-m.abs()).exp();
                let expected = if m < 0.0 { z } else { 1.0 } / (1.0 + z);
                assert!((p - expected).abs() <= 4e-16 * expected.max(1e-300), "{m}");
                let expected = z.ln_1p() + m.max(0.0) - class * m;
                assert!((loss - expected).abs() <= 4e-16 * (1.0 + m.abs()), "{m}");
            }
        }
    }

    #[test]
    fn probabilities_of_classes_add_up() {
        let mut m = vec![1000.0, 1001.0, 999.0, -3.0, -1000.0, 2.0];
        let mut logs = [0.0; 2];
        softmax(&mut m, 3, &mut logs);
        for row in m.chunks(3) {
            assert!((row.iter().sum::<f64>() - 1.0).abs() < 1e-15);
        }
        assert!((m[1] / m[0] - 1f64.exp()).abs() < 1e-14);
        assert!((logs[0] - 1001.0 - (1.0 + (-1f64).exp() + (-2f64).exp()).ln()).abs() < 1e-12);
        assert_eq!(m[4], 0.0);
    }
}
