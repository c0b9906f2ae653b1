//! What linear models share: centred sums, and predictions from coefficients.

use super::pass::{by_feature, multiply, say};
use crate::estimator::argmax;
use crate::features::{Dense, Features, Matrix, Real};
use seodang_core::{Array, DType, Element, Result};
use seodang_kernels::gemm::{Epilogue, Mat, gemm};
use seodang_kernels::{decompose, pages, pool, rows};
use std::ops::Range;
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

/// Linear functions of features.
struct Functions<T> {
    /// Outputs by features.
    coef: Vec<T>,
    /// One for each output.
    bias: Vec<T>,
}

impl<T: Real> Functions<T> {
    /// One intercept is for all outputs: 0, where there is none.
    fn new(cols: usize, coef: &[f64], intercept: &[f64]) -> Functions<T> {
        let outputs = coef.len() / cols.max(1);
        let bias = if intercept.len() == outputs {
            intercept.iter().map(|&c| T::of(c)).collect()
        } else {
            vec![T::of(intercept[0]); outputs]
        };
        Functions { coef: coef.iter().map(|&c| T::of(c)).collect(), bias }
    }

    /// How many there are.
    fn len(&self) -> usize {
        self.bias.len()
    }

    /// What they say of dense rows. Whether all of it is finite.
    fn say(&self, x: &[T], cols: usize, out: &mut [T]) -> bool {
        let outputs = self.len();
        multiply(x, &self.coef, out, cols, outputs);
        for said in out.chunks_exact_mut(outputs) {
            said.iter_mut().zip(&self.bias).for_each(|(s, b)| *s += *b);
        }
        rows::finite(out)
    }
}

/// Features that a task multiplies.
const PIECE: usize = 1 << 17;

/// Lets `task` fill `out`, `width` elements for each of some rows of `cols` features, on all threads: it gets
/// the numbers of rows and their part of `out`, and says whether all was finite. Whether it was everywhere.
fn in_pieces<O: Send>(
    out: &mut [O],
    width: usize,
    cols: usize,
    task: impl Fn(Range<usize>, &mut [O]) -> bool + Sync,
) -> bool {
    let rows = (PIECE / cols.max(1)).clamp(64, 1 << 13);
    let parts: Vec<_> = out.chunks_mut((rows * width).max(1)).map(Mutex::new).collect();
    let finite = AtomicBool::new(true);
    pool::run(parts.len(), |i| {
        let mut part = parts[i].lock().unwrap_or_else(PoisonError::into_inner);
        let n = part.len() / width;
        if !task(i * rows..i * rows + n, &mut part) {
            finite.store(false, Ordering::Relaxed);
        }
    });
    finite.into_inner()
}

/// `x · coefᵀ + intercept`: rows by outputs, in `x`'s type if it is dense.
///
/// # Errors
/// `Value` for features that are not finite.
pub(crate) fn decision(x: &Features<'_>, coef: &[f64], intercept: &[f64]) -> Result<Array> {
    fn dense<T: Real>(m: &Matrix<'_, T>, f: &Functions<T>) -> Result<(Array, bool)> {
        let mut out = Array::zeros(<T as Element>::DTYPE, [m.rows, f.len()]);
        let said = out.as_mut_slice::<T>()?;
        pages::soon(said);
        let finite = in_pieces(said, f.len(), m.cols, |rows, said| {
            f.say(&m.data[rows.start * m.cols..rows.end * m.cols], m.cols, said)
        });
        Ok((out, finite))
    }
    let cols = x.cols();
    let (said, finite) = match x {
        Features::Dense(Dense::F32(m)) => dense(m, &Functions::new(cols, coef, intercept))?,
        Features::Dense(Dense::F64(m)) => dense(m, &Functions::new(cols, coef, intercept))?,
        Features::Sparse(s) => {
            let f = Functions::<f64>::new(cols, coef, intercept);
            let coef = by_feature(coef, cols, cols, f.len());
            let mut out = vec![0.0; s.rows() * f.len()];
            // As many features, of which most are not there, are less work.
            let finite = in_pieces(&mut out, f.len(), 256, |rows, said| {
                for (said, i) in said.chunks_mut(f.len()).zip(rows) {
                    say(s.row(i), &coef, &f.bias, said);
                }
                rows::finite(said)
            });
            (Array::from_vec([s.rows(), f.len()], out)?, finite)
        }
    };
    // Whatever a feature that is not finite is multiplied with, the result is not finite either.
    if !finite {
        x.check_finite(false, "a linear model")?;
    }
    Ok(said)
}

/// The class of each row: of one function its sign, else the greatest; without keeping what they say.
///
/// # Errors
/// As [`decision`].
pub(super) fn decided(x: &Features<'_>, coef: &[f64], intercept: &[f64]) -> Result<Vec<u32>> {
    fn dense<T: Real>(m: &Matrix<'_, T>, f: &Functions<T>) -> (Vec<u32>, bool) {
        let mut out = vec![0; m.rows];
        let finite = in_pieces(&mut out, 1, m.cols, |rows, out| {
            let mut said = vec![T::ZERO; rows.len() * f.len()];
            let x = &m.data[rows.start * m.cols..rows.end * m.cols];
            let finite = f.say(x, m.cols, &mut said);
            decide(&said, out);
            finite
        });
        (out, finite)
    }
    let cols = x.cols();
    let (codes, finite) = match x {
        Features::Dense(Dense::F32(m)) => dense(m, &Functions::new(cols, coef, intercept)),
        Features::Dense(Dense::F64(m)) => dense(m, &Functions::new(cols, coef, intercept)),
        Features::Sparse(_) => {
            let mut out = vec![0; x.rows()];
            decide(decision(x, coef, intercept)?.as_slice::<f64>()?, &mut out);
            (out, true)
        }
    };
    if !finite {
        x.check_finite(false, "a linear model")?;
    }
    Ok(codes)
}

/// The class of each row of what functions say.
fn decide<T: Real>(said: &[T], out: &mut [u32]) {
    let outputs = said.len() / out.len().max(1);
    if outputs == 1 {
        out.iter_mut().zip(said).for_each(|(o, s)| *o = u32::from(*s > T::ZERO));
    } else {
        let rows = out.iter_mut().zip(said.chunks_exact(outputs.max(1)));
        rows.for_each(|(o, row)| *o = argmax(row));
    }
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
    let y = decision(x, &coef.to_f64_vec(), &intercept.to_f64_vec())?;
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
