//! Samples of linear machines: rows, with a constant feature behind them for the intercept.

use crate::features::{Csr, Features, Matrix};
use crate::svm::samples::DENSE_FROM;
use seodang_core::Result;
use seodang_kernels::gemm::{Epilogue, Mat, gemm};
use seodang_kernels::{pool, sparse};
use std::sync::{Mutex, PoisonError};

/// Rows of a task; fixed, so that sums do not depend on the number of threads.
const PIECE: usize = 4096;

/// Samples.
pub(super) struct Data<'a> {
    rows: Rows<'a>,
    cols: usize,
    /// The constant feature, if there is an intercept.
    bias: Option<f64>,
}

enum Rows<'a> {
    Dense(Matrix<'a, f64>),
    Sparse(Csr<'a>),
}

/// Columns: numbers of samples and values of each.
pub(super) type Columns = Vec<(Vec<u32>, Vec<f64>)>;

fn dot(a: &[f64], b: &[f64]) -> f64 {
    // Eight sums, which the compiler keeps in vectors.
    let mut sums = [0.0; 8];
    let (a8, b8) = (a.chunks_exact(8), b.chunks_exact(8));
    let rest: f64 = a8.remainder().iter().zip(b8.remainder()).map(|(a, b)| a * b).sum();
    for (a, b) in a8.zip(b8) {
        for k in 0..8 {
            sums[k] += a[k] * b[k];
        }
    }
    sums.iter().sum::<f64>() + rest
}

impl<'a> Data<'a> {
    pub(super) fn new(x: &'a Features<'_>, bias: Option<f64>) -> Data<'a> {
        let rows = match x {
            Features::Dense(d) => Rows::Dense(d.f64()),
            // With so many entries, dense rows are quicker.
            Features::Sparse(s) if s.data.len() >= s.rows() * s.cols / DENSE_FROM => {
                Rows::Dense(s.to_dense())
            }
            Features::Sparse(s) => Rows::Sparse(Csr {
                indptr: (&*s.indptr).into(),
                indices: (&*s.indices).into(),
                data: (&*s.data).into(),
                cols: s.cols,
            }),
        };
        Data { rows, cols: x.cols(), bias }
    }

    pub(super) fn rows(&self) -> usize {
        match &self.rows {
            Rows::Dense(m) => m.rows,
            Rows::Sparse(s) => s.rows(),
        }
    }

    /// Features, the constant one included.
    pub(super) fn width(&self) -> usize {
        self.cols + usize::from(self.bias.is_some())
    }

    /// Whether products of all features with each other are cheap.
    pub(super) fn is_narrow(&self) -> bool {
        matches!(self.rows, Rows::Dense(_)) && self.width() <= 512
    }

    /// Whether zeros are left out.
    pub(super) fn is_sparse(&self) -> bool {
        matches!(self.rows, Rows::Sparse(_))
    }

    /// The inner product of row `i` with weights.
    pub(super) fn dot(&self, i: usize, w: &[f64]) -> f64 {
        let sum = match &self.rows {
            Rows::Dense(m) => dot(m.row(i), &w[..self.cols]),
            Rows::Sparse(s) => {
                let (columns, values) = s.row(i);
                sparse::dot(columns, values, w)
            }
        };
        sum + self.bias.map_or(0.0, |b| b * w[self.cols])
    }

    /// Adds a multiple of row `i` to weights.
    pub(super) fn add(&self, i: usize, a: f64, w: &mut [f64]) {
        match &self.rows {
            Rows::Dense(m) => w.iter_mut().zip(m.row(i)).for_each(|(w, x)| *w += a * x),
            Rows::Sparse(s) => {
                let (columns, values) = s.row(i);
                sparse::axpy(a, columns, values, w);
            }
        }
        if let Some(b) = self.bias {
            w[self.cols] += a * b;
        }
    }

    /// The squared length of row `i`.
    pub(super) fn square(&self, i: usize) -> f64 {
        let sum: f64 = match &self.rows {
            Rows::Dense(m) => dot(m.row(i), m.row(i)),
            Rows::Sparse(s) => s.row(i).1.iter().map(|v| v * v).sum(),
        };
        sum + self.bias.map_or(0.0, |b| b * b)
    }

    /// Inner products of all rows with weights.
    pub(super) fn times(&self, w: &[f64]) -> Vec<f64> {
        if let Rows::Sparse(s) = &self.rows {
            let constant = self.bias.map_or(0.0, |b| b * w[self.cols]);
            return s.times(&w[..self.cols], Some(&[constant]));
        }
        let mut out = vec![0.0; self.rows()];
        let pieces: Vec<_> = out.chunks_mut(PIECE).map(Mutex::new).collect();
        pool::run(pieces.len(), |p| {
            let mut piece = pieces[p].lock().unwrap_or_else(PoisonError::into_inner);
            for (k, o) in piece.iter_mut().enumerate() {
                *o = self.dot(p * PIECE + k, w);
            }
        });
        drop(pieces);
        out
    }

    /// The sum of the rows, weighted; zeros cost nothing.
    pub(super) fn sum(&self, weights: &[f64]) -> Vec<f64> {
        let parts: Vec<_> =
            weights.chunks(PIECE).map(|w| (w, Mutex::new(vec![0.0; self.width()]))).collect();
        pool::run(parts.len(), |p| {
            let (weights, part) = &parts[p];
            let mut part = part.lock().unwrap_or_else(PoisonError::into_inner);
            for (k, &w) in weights.iter().enumerate() {
                if w != 0.0 {
                    self.add(p * PIECE + k, w, &mut part);
                }
            }
        });
        let mut out = vec![0.0; self.width()];
        for (_, part) in parts {
            let part = part.into_inner().unwrap_or_else(PoisonError::into_inner);
            out.iter_mut().zip(part).for_each(|(o, p)| *o += p);
        }
        out
    }

    /// The sum of the products of the rows with themselves, weighted: features by features.
    ///
    /// # Errors
    /// As `gemm`.
    pub(super) fn products(&self, weights: &[f64]) -> Result<Vec<f64>> {
        let d = self.width();
        let mut out = vec![0.0; d * d];
        let mut rows: Vec<f64> = Vec::with_capacity(PIECE * d);
        let mut scaled: Vec<f64> = Vec::with_capacity(PIECE * d);
        let used: Vec<usize> = (0..self.rows()).filter(|&i| weights[i] != 0.0).collect();
        for piece in used.chunks(PIECE) {
            rows.clear();
            scaled.clear();
            for &i in piece {
                let start = rows.len();
                rows.resize(start + d, 0.0);
                self.add(i, 1.0, &mut rows[start..]);
                scaled.extend(rows[start..].iter().map(|x| x * weights[i]));
            }
            let mat = Mat::row_major(piece.len(), d);
            gemm(
                (d, d, piece.len()),
                (&rows, mat.t()),
                (&scaled, mat),
                (&mut out, Mat::row_major(d, d)),
                None,
                Epilogue { accumulate: true, ..Epilogue::default() },
            )?;
        }
        Ok(out)
    }

    /// The columns, without zeros.
    pub(super) fn columns(&self) -> Columns {
        let mut all: Columns = vec![Default::default(); self.width()];
        let mut push = |c: usize, i: usize, v: f64| {
            if v != 0.0 {
                all[c].0.push(i as u32);
                all[c].1.push(v);
            }
        };
        for i in 0..self.rows() {
            match &self.rows {
                Rows::Dense(m) => m.row(i).iter().enumerate().for_each(|(c, &v)| push(c, i, v)),
                Rows::Sparse(s) => {
                    let (columns, values) = s.row(i);
                    columns.iter().zip(values).for_each(|(&c, &v)| push(c as usize, i, v));
                }
            }
            if let Some(b) = self.bias {
                push(self.cols, i, b);
            }
        }
        all
    }
}
