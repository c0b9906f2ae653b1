//! What linear models share: centred sums, and predictions from coefficients.

use super::pass::multiply;
use super::ridge_shared::dtype_of;
use crate::estimator::argmax;
use crate::features::{Features, Real, all_finite, dense_rows};
use seodang_core::{Array, DType, Element, Result};
use seodang_kernels::gemm::{Epilogue, Mat, gemm};
use seodang_kernels::{decompose, pages, pool, rows};
use std::borrow::Cow;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, PoisonError};

/// Weighted means of columns; of equal weights if there are none.
pub(super) fn column_means(x: &[f64], cols: usize, weights: Option<&[f64]>) -> Vec<f64> {
    let mut sums = vec![0.0; cols];
    let mut total = 0.0;
    for (i, row) in x.chunks_exact(cols.max(1)).enumerate() {
        let w = weights.map_or(1.0, |w| w[i]);
        total += w;
        sums.iter_mut().zip(row).for_each(|(s, x)| *s += w * x);
    }
    sums.iter_mut().for_each(|s| *s /= total);
    sums
}

/// Subtracts `means` from every row and multiplies the row with the root of its weight.
pub(super) fn centred(
    x: &[f64],
    means: Option<&[f64]>,
    weights: Option<&[f64]>,
    cols: usize,
) -> Vec<f64> {
    let mut out = x.to_vec();
    for (i, row) in out.chunks_exact_mut(cols.max(1)).enumerate() {
        if let Some(means) = means {
            row.iter_mut().zip(means).for_each(|(x, m)| *x -= m);
        }
        if let Some(w) = weights {
            let root = w[i].sqrt();
            row.iter_mut().for_each(|x| *x *= root);
        }
    }
    out
}

/// `aᵀ · b` for `a` of `rows` by `m` and `b` of `rows` by `n`.
pub(super) fn products<T: Real>(
    a: &[T],
    b: &[T],
    rows: usize,
    m: usize,
    n: usize,
) -> Result<Vec<T>> {
    let mut out = vec![T::ZERO; m * n];
    gemm(
        (m, n, rows),
        (a, Mat::row_major(rows, m).t()),
        (b, Mat::row_major(rows, n)),
        (&mut out, Mat::row_major(m, n)),
        None,
        Epilogue::default(),
    )?;
    Ok(out)
}

/// `x · coefᵀ + intercept`: rows by outputs, in `x`'s type if it is dense.
///
/// # Errors
/// `Value` for features that are not finite.
pub(crate) fn decision(x: &Features<'_>, coef: &[f64], intercept: &[f64]) -> Result<Array> {
    decision_as(x, dtype_of(x), coef, intercept)
}

/// The same in a type; of sparse samples always in `f64`.
///
/// # Errors
/// As there.
pub(crate) fn decision_as(
    x: &Features<'_>,
    dtype: DType,
    coef: &[f64],
    intercept: &[f64],
) -> Result<Array> {
    let outputs = coef.len() / x.cols().max(1);
    let intercept = &for_each(intercept, outputs)[..];
    let (said, finite) = match x {
        Features::Sparse(s) => {
            let said = s.times(coef, Some(intercept));
            let finite = all_finite(&said);
            (Array::from_vec([s.rows(), outputs], said)?, finite)
        }
        _ if dtype == DType::F32 => dense::<f32>(x, coef, intercept)?,
        _ => dense::<f64>(x, coef, intercept)?,
    };
    refuse(x, finite)?;
    Ok(said)
}

/// The classes that [`decision`] decides for: of one linear function its sign, else the greatest.
///
/// # Errors
/// As there.
pub(crate) fn codes(x: &Features<'_>, coef: &[f64], intercept: &[f64]) -> Result<Vec<u32>> {
    codes_as(x, dtype_of(x), coef, intercept)
}

/// The classes that [`decision_as`] decides for.
///
/// # Errors
/// As there.
pub(crate) fn codes_as(
    x: &Features<'_>,
    dtype: DType,
    coef: &[f64],
    intercept: &[f64],
) -> Result<Vec<u32>> {
    let outputs = coef.len() / x.cols().max(1);
    let intercept = &for_each(intercept, outputs)[..];
    let (codes, finite) = match x {
        Features::Sparse(s) => {
            let said = s.times(coef, Some(intercept));
            let mut codes = vec![0; s.rows()];
            decide(&said, &mut codes);
            (codes, all_finite(&said))
        }
        _ if dtype == DType::F32 => dense_codes::<f32>(x, coef, intercept),
        _ => dense_codes::<f64>(x, coef, intercept),
    };
    refuse(x, finite)?;
    Ok(codes)
}

/// The numbers of an attribute, where they are if that is possible.
pub(crate) fn numbers(attribute: &Array) -> Cow<'_, [f64]> {
    attribute.as_slice().map_or_else(|_| attribute.to_f64_vec().into(), Cow::Borrowed)
}

/// One intercept is for all outputs: 0, where there is none.
fn for_each(intercept: &[f64], outputs: usize) -> Vec<f64> {
    if intercept.len() == outputs { intercept.to_vec() } else { vec![intercept[0]; outputs] }
}

/// Whatever a feature that is not finite is multiplied with, the result is not finite either.
fn refuse(x: &Features<'_>, finite: bool) -> Result<()> {
    if finite { Ok(()) } else { x.check_finite(false, "a linear model") }
}

/// Of what linear functions say of rows, the number of the greatest; of one function its sign.
fn decide<T: Real>(said: &[T], codes: &mut [u32]) {
    match said.len() / codes.len().max(1) {
        1 => said.iter().zip(codes).for_each(|(&s, code)| *code = u32::from(s > T::ZERO)),
        n => said.chunks_exact(n).zip(codes).for_each(|(said, code)| *code = argmax(said)),
    }
}

/// Features that a task multiplies.
const PIECE: usize = 1 << 17;

/// Linear functions of dense rows, in a type.
struct Functions<'a, T: Real> {
    x: &'a Features<'a>,
    coef: Vec<T>,
    intercept: Vec<T>,
    /// Rows of a task.
    rows: usize,
}

impl<'a, T: Real> Functions<'a, T> {
    fn new(x: &'a Features<'a>, coef: &[f64], intercept: &[f64]) -> Functions<'a, T> {
        let narrow = |all: &[f64]| all.iter().map(|&c| T::of(c)).collect();
        let rows = (PIECE / x.cols().max(1)).clamp(64, 1 << 13);
        Functions { x, coef: narrow(coef), intercept: narrow(intercept), rows }
    }

    /// What they say of the rows of a task; whether that is finite.
    fn say(&self, task: usize, said: &mut [T]) -> bool {
        let (cols, outputs) = (self.x.cols(), self.intercept.len());
        let first = task * self.rows;
        let mut room = Vec::new();
        let x = dense_rows(self.x, first..first + said.len() / outputs, &mut room);
        multiply(x, &self.coef, said, cols, outputs);
        for said in said.chunks_exact_mut(outputs) {
            said.iter_mut().zip(&self.intercept).for_each(|(s, b)| *s += *b);
        }
        rows::finite(said)
    }
}

/// The result of `f` of pieces of `out`, all of which are true, on all threads.
pub(super) fn in_pieces<T: Send>(
    out: &mut [T],
    len: usize,
    f: impl Fn(usize, &mut [T]) -> bool + Sync,
) -> bool {
    let all = AtomicBool::new(true);
    let parts: Vec<_> = out.chunks_mut(len.max(1)).map(Mutex::new).collect();
    pool::run(parts.len(), |i| {
        let mut part = parts[i].lock().unwrap_or_else(PoisonError::into_inner);
        if !f(i, &mut part) {
            all.store(false, Ordering::Relaxed);
        }
    });
    drop(parts);
    all.into_inner()
}

fn dense<T: Real>(x: &Features<'_>, coef: &[f64], intercept: &[f64]) -> Result<(Array, bool)> {
    let functions = Functions::<T>::new(x, coef, intercept);
    let outputs = intercept.len();
    let mut out = Array::zeros(<T as Element>::DTYPE, [x.rows(), outputs]);
    let said = out.as_mut_slice::<T>()?;
    pages::soon(said);
    let finite = in_pieces(said, functions.rows * outputs, |i, said| functions.say(i, said));
    Ok((out, finite))
}

fn dense_codes<T: Real>(x: &Features<'_>, coef: &[f64], intercept: &[f64]) -> (Vec<u32>, bool) {
    let functions = Functions::<T>::new(x, coef, intercept);
    let mut out = vec![0; x.rows()];
    let finite = in_pieces(&mut out, functions.rows, |i, codes| {
        let mut said = vec![T::ZERO; codes.len() * intercept.len()];
        let finite = functions.say(i, &mut said);
        decide(&said, codes);
        finite
    });
    (out, finite)
}

/// Coefficients and intercepts as attributes have them.
pub(super) struct Linear {
    pub(super) coef: Array,
    pub(super) intercept: Array,
}

/// The attributes of coefficients, outputs by features: `flat` if there is one row, and one intercept that
/// is no array. Without an intercept that is 0.
pub(super) fn linear(
    coef: Vec<f64>,
    intercept: Option<Vec<f64>>,
    cols: usize,
    flat: (bool, bool),
    dtype: DType,
) -> Result<Linear> {
    let outputs = coef.len() / cols;
    let coef = if flat.0 {
        Array::from_vec([cols], coef)?
    } else {
        Array::from_vec([outputs, cols], coef)?
    };
    let intercept = match intercept {
        None => return Ok(Linear { coef: coef.convert(dtype), intercept: Array::scalar(0.0) }),
        Some(intercept) if flat.1 => Array::scalar(intercept[0]),
        Some(intercept) => Array::from_vec([outputs], intercept)?,
    };
    Ok(Linear { coef: coef.convert(dtype), intercept: intercept.convert(dtype) })
}

/// What such attributes predict.
pub(super) fn predict(
    x: &Features<'_>,
    coef: &Array,
    intercept: &Array,
    flat: bool,
) -> Result<Array> {
    let y = decision(x, &numbers(coef), &numbers(intercept))?;
    if flat { y.reshape([x.rows()]) } else { Ok(y) }
}

/// `a · aᵀ` for `a` of `rows` by `cols`.
pub(super) fn outer(a: &[f64], rows: usize, cols: usize) -> Result<Vec<f64>> {
    let mut out = vec![0.0; rows * rows];
    gemm(
        (rows, rows, cols),
        (a, Mat::row_major(rows, cols)),
        (a, Mat::row_major(rows, cols).t()),
        (&mut out, Mat::row_major(rows, rows)),
        None,
        Epilogue::default(),
    )?;
    Ok(out)
}

/// The `x` without a negative number of least `xᵀ gram x / 2 - goal · x`, by active sets. Source: Lawson
/// and Hanson 1974, chapter 23.
pub(super) fn non_negative(gram: &[f64], goal: &[f64]) -> Result<Vec<f64>> {
    let cols = goal.len();
    let mut x = vec![0.0; cols];
    let mut free = vec![false; cols];
    let scale = goal.iter().fold(0.0f64, |m, g| m.max(g.abs())).max(f64::MIN_POSITIVE);
    for _ in 0..3 * cols + 10 {
        let gradient = |j: usize, x: &[f64]| {
            goal[j] - (0..cols).map(|k| gram[j * cols + k] * x[k]).sum::<f64>()
        };
        let next = (0..cols)
            .filter(|&j| !free[j])
            .map(|j| (j, gradient(j, &x)))
            .max_by(|a, b| a.1.total_cmp(&b.1));
        let Some((j, g)) = next else { break };
        if g <= 1e-12 * scale {
            break;
        }
        free[j] = true;
        loop {
            let set: Vec<usize> = (0..cols).filter(|&j| free[j]).collect();
            let n = set.len();
            let sub: Vec<f64> = (0..n * n).map(|i| gram[set[i / n] * cols + set[i % n]]).collect();
            let rhs: Vec<f64> = set.iter().map(|&j| goal[j]).collect();
            let (z, ..) = decompose::least_squares(&sub, n, n, &rhs, 1, 1e-14)?;
            if z.iter().all(|&z| z > 0.0) {
                set.iter().zip(&z).for_each(|(&j, &z)| x[j] = z);
                break;
            }
            // As far towards z as all stay at 0 or above.
            let step = (set.iter().zip(&z))
                .filter(|(_, z)| **z <= 0.0)
                .map(|(&j, z)| x[j] / (x[j] - z))
                .fold(1.0f64, f64::min);
            for (&j, &z) in set.iter().zip(&z) {
                x[j] += step * (z - x[j]);
                if x[j] <= 1e-15 {
                    x[j] = 0.0;
                    free[j] = false;
                }
            }
            if !free.iter().any(|&f| f) {
                break;
            }
        }
    }
    Ok(x)
}
