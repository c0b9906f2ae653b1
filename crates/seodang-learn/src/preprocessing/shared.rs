//! What transformers of columns share: passes over rows, and sums that leave missing values out.

use crate::features::{Csr, Dense, Features, Matrix, Real, typed};
use crate::table::Schema;
use seodang_core::Result;
use seodang_kernels::{pages, pool, rows};
use std::sync::{Mutex, PoisonError};

/// The numbers that a task of a pass works on.
const TASK: usize = 1 << 16;

/// Writes `restore` and `boxed` of an estimator whose model is a `model!`.
macro_rules! kept {
    ($model:ty) => {
        fn restore(
            &self,
            state: &mut $crate::state::State,
        ) -> seodang_core::Result<Box<dyn $crate::estimator::Model>> {
            Ok(Box::new(<$model>::restore(state, "")?))
        }

        fn boxed(&self) -> Box<dyn $crate::estimator::Estimator> {
            Box::new(self.clone())
        }
    };
}
pub(crate) use kept;

/// Writes the `columns_out` of a model that changes columns one by one.
macro_rules! one_to_one {
    () => {
        fn columns_out(
            &self,
            columns: &$crate::table::Schema,
        ) -> seodang_core::Result<$crate::table::Schema> {
            Ok($crate::table::Schema::numbers(&columns.names()))
        }
    };
}
pub(crate) use one_to_one;

/// Columns of numbers with these names.
pub(crate) fn named(names: impl IntoIterator<Item = String>) -> Result<Schema> {
    Ok(Schema::new(names.into_iter().map(|n| (n, None)).collect()))
}

/// Each row of `x` as a row of `cols` numbers that `f` writes.
pub(crate) fn map_rows<T: Real>(
    x: &Matrix<'_, T>,
    cols: usize,
    f: impl Fn(&[T], &mut [T]) + Sync,
) -> Matrix<'static, T> {
    let mut out = vec![T::ZERO; x.rows * cols];
    pages::soon(&mut out);
    if cols == 0 || x.cols == 0 {
        return Matrix::new(out, x.rows, cols);
    }
    let rows = (TASK / cols.max(x.cols)).max(1);
    let parts: Vec<_> =
        out.chunks_mut(rows * cols).zip(x.data.chunks(rows * x.cols)).map(Mutex::new).collect();
    pool::run(parts.len(), |i| {
        let mut part = parts[i].lock().unwrap_or_else(PoisonError::into_inner);
        let (out, rows) = &mut *part;
        for (out, row) in out.chunks_exact_mut(cols).zip(rows.chunks_exact(x.cols)) {
            f(row, out);
        }
    });
    drop(parts);
    Matrix::new(out, x.rows, cols)
}

/// The matrix with each number changed, in its own type.
macro_rules! map_dense {
    ($x:expr, $cols:expr, |$m:ident, $row:ident, $out:ident| { $($prepare:tt)* } $body:block) => {
        match $x {
            $crate::features::Dense::F32($m) => {
                type T = f32;
                $($prepare)*
                $crate::Features::from($crate::preprocessing::shared::map_rows(
                    $m, $cols, |$row: &[T], $out: &mut [T]| $body,
                ))
            }
            $crate::features::Dense::F64($m) => {
                type T = f64;
                $($prepare)*
                $crate::Features::from($crate::preprocessing::shared::map_rows(
                    $m, $cols, |$row: &[T], $out: &mut [T]| $body,
                ))
            }
        }
    };
}
pub(crate) use map_dense;

fn cast<T: Real>(x: Option<&[f64]>, cols: usize, otherwise: f64) -> Vec<T> {
    (0..cols).map(|j| T::of(x.map_or(otherwise, |x| x[j]))).collect()
}

/// `(x - shift) / scale`, column by column.
pub(super) fn scaled(
    x: &Dense<'_>,
    shift: Option<&[f64]>,
    scale: Option<&[f64]>,
) -> Features<'static> {
    typed!(x, m => scaled_of(m, shift, scale).into())
}

fn scaled_of<T: Real>(
    x: &Matrix<'_, T>,
    shift: Option<&[f64]>,
    scale: Option<&[f64]>,
) -> Matrix<'static, T> {
    // Zeros of either sign keep it beside -0.
    let by: Vec<T> = cast::<T>(shift, x.cols, 0.0).into_iter().map(|s| -s).collect();
    let over = scale.map(|s| cast::<T>(Some(s), x.cols, 1.0));
    let mut out = vec![T::ZERO; x.data.len()];
    pages::soon(&mut out);
    let piece = ((TASK / x.cols.max(1)) * x.cols).max(x.cols).max(1);
    let parts: Vec<_> = out.chunks_mut(piece).zip(x.data.chunks(piece)).map(Mutex::new).collect();
    pool::run(parts.len(), |i| {
        let mut part = parts[i].lock().unwrap_or_else(PoisonError::into_inner);
        let (out, x) = &mut *part;
        rows::scale(x, &by, over.as_deref(), out);
    });
    drop(parts);
    Matrix::new(out, x.rows, x.cols)
}

/// `x * scale + shift`, column by column.
pub(super) fn unscaled(
    x: &Dense<'_>,
    scale: Option<&[f64]>,
    shift: Option<&[f64]>,
) -> Features<'static> {
    let cols = x.shape().1;
    map_dense!(x, cols, |m, row, out| {
        let shift = cast::<T>(shift, cols, 0.0);
        let scale = cast::<T>(scale, cols, 1.0);
    } {
        for (((o, &x), &a), &b) in out.iter_mut().zip(row).zip(&shift).zip(&scale) {
            *o = x * b + a;
        }
    })
}

/// A sparse matrix with each entry changed by its column.
pub(super) fn map_entries(x: &Csr<'_>, f: impl Fn(usize, f64) -> f64) -> Features<'static> {
    let data: Vec<f64> =
        x.indices.iter().zip(x.data.iter()).map(|(&c, &v)| f(c as usize, v)).collect();
    Features::Sparse(Csr {
        indptr: x.indptr.to_vec().into(),
        indices: x.indices.to_vec().into(),
        data: data.into(),
        cols: x.cols,
    })
}

/// What is known of columns: the weight of the values that there are, their mean and their variance.
#[derive(Clone, Debug)]
pub(crate) struct Moments {
    pub(crate) count: Vec<f64>,
    pub(crate) mean: Vec<f64>,
    pub(crate) var: Vec<f64>,
}

impl Moments {
    fn none(cols: usize) -> Moments {
        Moments { count: vec![0.0; cols], mean: vec![0.0; cols], var: vec![0.0; cols] }
    }

    /// Of the values of both. Source: Chan, Golub and LeVeque 1983, equation 2.1.
    pub(crate) fn and(mut self, other: &Moments) -> Moments {
        for j in 0..self.count.len() {
            let (a, b) = (self.count[j], other.count[j]);
            let n = a + b;
            if b == 0.0 || n == 0.0 {
                continue;
            }
            let apart = other.mean[j] - self.mean[j];
            let squares = self.var[j] * a + other.var[j] * b + apart * apart * a * b / n;
            self.mean[j] += apart * b / n;
            self.var[j] = squares / n;
            self.count[j] = n;
        }
        self
    }

    /// Of the columns of `x`; NaN is left out.
    pub(crate) fn of(x: &Features<'_>, weights: Option<&[f64]>) -> Moments {
        match x {
            Features::Dense(Dense::F32(m)) => Moments::of_dense(m, weights),
            Features::Dense(Dense::F64(m)) => Moments::of_dense(m, weights),
            Features::Sparse(s) => Moments::of_sparse(s, weights),
        }
    }

    fn of_dense<T: Real>(x: &Matrix<'_, T>, weights: Option<&[f64]>) -> Moments {
        let cols = x.cols;
        // Blocks stay in the cache for their second pass; they do not depend on the threads.
        let rows = (8192 / cols.max(1)).clamp(1, 1024);
        let blocks = x.rows.div_ceil(rows);
        let group = 32;
        let parts: Vec<_> =
            (0..blocks.div_ceil(group)).map(|_| Mutex::new(Moments::none(cols))).collect();
        pool::run(parts.len(), |i| {
            let mut all = Moments::none(cols);
            for b in i * group..((i + 1) * group).min(blocks) {
                let range = b * rows..((b + 1) * rows).min(x.rows);
                let weights = weights.map(|w| &w[range.clone()]);
                let block = &x.data[range.start * cols..range.end * cols];
                all = all.and(&Moments::of_block(block, cols, weights));
            }
            *parts[i].lock().unwrap_or_else(PoisonError::into_inner) = all;
        });
        let parts =
            parts.into_iter().map(|p| p.into_inner().unwrap_or_else(PoisonError::into_inner));
        parts.fold(Moments::none(cols), |all, part| all.and(&part))
    }

    fn of_block<T: Real>(x: &[T], cols: usize, weights: Option<&[f64]>) -> Moments {
        let mut out = Moments::none(cols);
        let weight = |i: usize| weights.map_or(1.0, |w| w[i]);
        for (i, row) in x.chunks_exact(cols).enumerate() {
            let w = weight(i);
            for ((x, n), sum) in row.iter().zip(&mut out.count).zip(&mut out.mean) {
                let x = x.f64();
                let there = if x.is_nan() { 0.0 } else { w };
                *n += there;
                *sum += if x.is_nan() { 0.0 } else { x * w };
            }
        }
        out.mean
            .iter_mut()
            .zip(&out.count)
            .for_each(|(m, &n)| *m = if n > 0.0 { *m / n } else { 0.0 });
        // The sum of the differences is 0 but for rounding, which it takes out of their squares.
        let mut rest = vec![0.0; cols];
        for (i, row) in x.chunks_exact(cols).enumerate() {
            let w = weight(i);
            for (((x, &m), sum), rest) in row.iter().zip(&out.mean).zip(&mut out.var).zip(&mut rest)
            {
                let d = x.f64() - m;
                let d = if d.is_nan() { 0.0 } else { d };
                *sum += d * d * w;
                *rest += d * w;
            }
        }
        for ((v, &n), &r) in out.var.iter_mut().zip(&out.count).zip(&rest) {
            *v = if n > 0.0 { ((*v - r * r / n) / n).max(0.0) } else { 0.0 };
        }
        out
    }

    fn of_sparse(x: &Csr<'_>, weights: Option<&[f64]>) -> Moments {
        let (cols, mut out) = (x.cols, Moments::none(x.cols));
        let weight = |i: usize| weights.map_or(1.0, |w| w[i]);
        let total: f64 = (0..x.rows()).map(weight).sum();
        let (mut entries, mut missing) = (vec![0.0; cols], vec![0.0; cols]);
        each_entry(x, weights, |c, v, w| {
            entries[c] += w;
            if v.is_nan() {
                missing[c] += w;
            } else {
                out.mean[c] += v * w;
            }
        });
        for (j, missing) in missing.into_iter().enumerate() {
            out.count[j] = total - missing;
            out.mean[j] = if out.count[j] > 0.0 { out.mean[j] / out.count[j] } else { 0.0 };
        }
        let Moments { mean, var, .. } = &mut out;
        each_entry(x, weights, |c, v, w| {
            let d = v - mean[c];
            var[c] += if d.is_nan() { 0.0 } else { d * d * w };
        });
        for (j, entries) in entries.into_iter().enumerate() {
            let zeros = total - entries;
            let squares = out.var[j] + zeros * out.mean[j] * out.mean[j];
            out.var[j] = if out.count[j] > 0.0 { squares / out.count[j] } else { 0.0 };
        }
        out
    }
}

/// Calls `f` with the column, the value and the weight of each entry, row by row.
fn each_entry(x: &Csr<'_>, weights: Option<&[f64]>, mut f: impl FnMut(usize, f64, f64)) {
    let (columns, values) = (&x.indices[..], &x.data[..]);
    let Some(weights) = weights else {
        for k in 0..columns.len().min(values.len()) {
            f(columns[k] as usize, values[k], 1.0);
        }
        return;
    };
    for (ends, &weight) in x.indptr.windows(2).zip(weights) {
        for k in ends[0]..ends[1] {
            f(columns[k] as usize, values[k], weight);
        }
    }
}

/// The least and the greatest value of each column; NaN is left out, and stands for none at all.
pub(super) fn extent(x: &Features<'_>) -> (Vec<f64>, Vec<f64>) {
    let cols = x.cols();
    let mut low = vec![f64::NAN; cols];
    let mut high = vec![f64::NAN; cols];
    match x {
        Features::Dense(Dense::F32(m)) => extent_of(m, &mut low, &mut high),
        Features::Dense(Dense::F64(m)) => extent_of(m, &mut low, &mut high),
        Features::Sparse(s) => {
            let mut entries = vec![0usize; cols];
            for (&c, &v) in s.indices.iter().zip(s.data.iter()) {
                let c = c as usize;
                entries[c] += 1;
                low[c] = low[c].min(v);
                high[c] = high[c].max(v);
            }
            for j in (0..cols).filter(|&j| entries[j] < s.rows()) {
                low[j] = low[j].min(0.0);
                high[j] = high[j].max(0.0);
            }
        }
    }
    (low, high)
}

fn extent_of<T: Real>(x: &Matrix<'_, T>, low: &mut [f64], high: &mut [f64]) {
    let mut least = vec![T::of(f64::INFINITY); x.cols];
    let mut most = vec![T::of(f64::NEG_INFINITY); x.cols];
    for row in x.iter_rows() {
        for ((&x, l), h) in row.iter().zip(&mut least).zip(&mut most) {
            // Comparisons with NaN are false.
            *l = if x < *l { x } else { *l };
            *h = if x > *h { x } else { *h };
        }
    }
    for j in 0..x.cols {
        if least[j] <= most[j] {
            (low[j], high[j]) = (least[j].f64(), most[j].f64());
        }
    }
}

/// The columns of `x`, without NaN.
pub(crate) fn present(x: &Dense<'_>, j: usize) -> Vec<f64> {
    let (rows, cols) = x.shape();
    let all = |i: usize| match x {
        Dense::F32(m) => f64::from(m.data[i * cols + j]),
        Dense::F64(m) => m.data[i * cols + j],
    };
    (0..rows).map(all).filter(|x| !x.is_nan()).collect()
}

/// Scales of which those too small to divide by are 1.
pub(super) fn without_zeros(scale: &[f64], x: &Features<'_>) -> Vec<f64> {
    let epsilon = match x {
        Features::Dense(Dense::F32(_)) => f64::from(f32::EPSILON),
        _ => f64::EPSILON,
    };
    scale.iter().map(|&s| if s < 10.0 * epsilon { 1.0 } else { s }).collect()
}

/// The quantile `q` (from 0 to 1) of sorted values, between neighbors in proportion.
pub(crate) fn quantile(sorted: &[f64], q: f64) -> f64 {
    if sorted.is_empty() {
        return f64::NAN;
    }
    let place = q * (sorted.len() - 1) as f64;
    let below = (place.floor() as usize).min(sorted.len() - 1);
    let above = (below + 1).min(sorted.len() - 1);
    let part = place - below as f64;
    let (a, b) = (sorted[below], sorted[above]);
    // From the nearer end, as NumPy does, so that equal neighbors give themselves.
    if part >= 0.5 { b - (b - a) * (1.0 - part) } else { a + (b - a) * part }
}
