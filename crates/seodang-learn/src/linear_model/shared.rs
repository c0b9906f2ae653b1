//! What linear models share: centred sums, and predictions from coefficients.

use crate::features::{Dense, Features, Matrix, Real};
use seodang_core::{Array, Result};
use seodang_kernels::gemm::{Epilogue, Mat, gemm};

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
pub(crate) fn decision(x: &Features<'_>, coef: &[f64], intercept: &[f64]) -> Result<Array> {
    let outputs = intercept.len();
    match x {
        Features::Dense(Dense::F32(m)) => dense(m, coef, intercept),
        Features::Dense(Dense::F64(m)) => dense(m, coef, intercept),
        Features::Sparse(s) => {
            let mut out = Vec::with_capacity(s.rows() * outputs);
            for i in 0..s.rows() {
                let (columns, values) = s.row(i);
                for (o, start) in intercept.iter().enumerate() {
                    let w = &coef[o * s.cols..(o + 1) * s.cols];
                    let sum: f64 =
                        columns.iter().zip(values).map(|(&c, v)| w[c as usize] * v).sum();
                    out.push(start + sum);
                }
            }
            Array::from_vec([s.rows(), outputs], out)
        }
    }
}

fn dense<T: Real>(x: &Matrix<'_, T>, coef: &[f64], intercept: &[f64]) -> Result<Array> {
    let outputs = intercept.len();
    let coef: Vec<T> = coef.iter().map(|&c| T::of(c)).collect();
    let bias: Vec<T> = intercept.iter().map(|&c| T::of(c)).collect();
    let mut out = vec![T::ZERO; x.rows * outputs];
    gemm(
        (x.rows, outputs, x.cols),
        (&x.data, Mat::row_major(x.rows, x.cols)),
        (&coef, Mat::row_major(outputs, x.cols).t()),
        (&mut out, Mat::row_major(x.rows, outputs)),
        Some(&bias),
        Epilogue::default(),
    )?;
    Array::from_vec([x.rows, outputs], out)
}
