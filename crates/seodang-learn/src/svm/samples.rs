//! Samples as kernels take them, and sums of kernels.

use super::params::Kernel;
use crate::features::{Csr, Features, Matrix};
use crate::record::Function;
use seodang_core::{Array, Error, Result, text};
use seodang_kernels::gemm::{Epilogue, Mat, gemm};
use seodang_kernels::kernel_sums::{self, SumFloat, Weighted};
use seodang_kernels::{pool, rows, smo, sparse};
use std::borrow::Cow;
use std::sync::{Mutex, PoisonError};

/// Queries of a tile.
const QUERIES: usize = 64;
/// Support vectors of a tile.
const VECTORS: usize = 512;

/// One over the share of entries from which on sparse samples become dense.
pub(super) const DENSE_FROM: usize = 4;

/// Samples, or the kernels between them and the samples of `fit`.
pub(super) enum Samples<'a> {
    Dense(Matrix<'a, f64>),
    Sparse(Csr<'a>),
    Gram(Matrix<'a, f64>),
}

/// The samples that others are compared with.
pub(super) enum Vectors<'a> {
    Dense(Matrix<'a, f64>),
    Sparse(Csr<'a>),
    /// Columns of the kernels.
    Columns(Cow<'a, [usize]>),
}

impl<'a> Samples<'a> {
    /// The samples of `x`, or their kernels with `fitted` if the kernel is a function.
    ///
    /// # Errors
    /// `Value` for kernels of another shape; the function's own.
    pub(super) fn new(
        x: &'a Features<'_>,
        kernel: &Kernel,
        fitted: Option<&Features<'_>>,
    ) -> Result<Samples<'a>> {
        Ok(match (kernel, x) {
            (Kernel::Function(f), _) => Samples::Gram(call(f, x, fitted.unwrap_or(x))?),
            (Kernel::Precomputed, Features::Dense(_)) => Samples::Gram(dense(x)),
            (Kernel::Precomputed, Features::Sparse(s)) => Samples::Gram(s.to_dense()),
            (_, Features::Dense(_)) => Samples::Dense(dense(x)),
            // With so many entries, products of dense rows are quicker.
            (_, Features::Sparse(s)) if s.data.len() >= s.rows() * s.cols / DENSE_FROM => {
                Samples::Dense(s.to_dense())
            }
            (_, Features::Sparse(s)) => Samples::Sparse(Csr {
                indptr: Cow::Borrowed(&s.indptr),
                indices: Cow::Borrowed(&s.indices),
                data: Cow::Borrowed(&s.data),
                cols: s.cols,
            }),
        })
    }

    pub(super) fn rows(&self) -> usize {
        match self {
            Samples::Dense(m) | Samples::Gram(m) => m.rows,
            Samples::Sparse(s) => s.rows(),
        }
    }

    /// The samples `ids`; of kernels, all columns stay.
    pub(super) fn take(&self, ids: &[usize]) -> Samples<'static> {
        match self {
            Samples::Dense(m) => Samples::Dense(m.take(ids)),
            Samples::Gram(m) => Samples::Gram(m.take(ids)),
            Samples::Sparse(s) => Samples::Sparse(s.take(ids)),
        }
    }

    /// The samples `ids`, for others to be compared with.
    pub(super) fn vectors(&self, ids: &[usize]) -> Vectors<'static> {
        match self {
            Samples::Dense(m) => Vectors::Dense(m.take(ids)),
            Samples::Gram(_) => Vectors::Columns(Cow::Owned(ids.to_vec())),
            Samples::Sparse(s) => Vectors::Sparse(s.take(ids)),
        }
    }
}

fn dense<'a>(x: &'a Features<'_>) -> Matrix<'a, f64> {
    match x {
        Features::Dense(d) => d.f64(),
        Features::Sparse(s) => s.to_dense(),
    }
}

fn call(f: &Function, x: &Features<'_>, fitted: &Features<'_>) -> Result<Matrix<'static, f64>> {
    let array = |x: &Features<'_>| {
        let m = dense(x);
        Array::from_slice([m.rows, m.cols], &m.data)
    };
    let gram = f.call(&[array(x)?, array(fitted)?])?;
    let (rows, cols) = (x.rows(), fitted.rows());
    if gram.shape().dims() != [rows, cols] {
        let shape = gram.shape();
        return Err(Error::value(text!(
            en: "the kernel function gave an array of shape {shape} instead of ({rows}, {cols})",
            ko: "커널 함수의 결과 모양이 ({rows}, {cols})가 아니라 {shape}입니다"
        )));
    }
    Ok(Matrix::new(gram.to_f64_vec(), rows, cols))
}

/// The squared length of each row.
pub(super) fn squares(x: &Samples<'_>) -> Vec<f64> {
    match x {
        Samples::Dense(m) => dense_squares(m),
        Samples::Sparse(s) => sparse_squares(s),
        Samples::Gram(m) => vec![0.0; m.rows],
    }
}

fn dense_squares(m: &Matrix<'_, f64>) -> Vec<f64> {
    m.iter_rows().map(|r| r.iter().map(|v| v * v).sum()).collect()
}

fn sparse_squares(s: &Csr<'_>) -> Vec<f64> {
    (0..s.rows()).map(|i| s.row(i).1.iter().map(|v| v * v).sum()).collect()
}

impl Vectors<'_> {
    fn squares(&self) -> Vec<f64> {
        match self {
            Vectors::Dense(m) => dense_squares(m),
            Vectors::Sparse(s) => sparse_squares(s),
            Vectors::Columns(c) => vec![0.0; c.len()],
        }
    }

    fn len(&self) -> usize {
        match self {
            Vectors::Dense(m) => m.rows,
            Vectors::Sparse(s) => s.rows(),
            Vectors::Columns(c) => c.len(),
        }
    }
}

/// Sums of kernels with `vectors`, weighted by `coefs` (outputs by vectors): for each query, for each
/// block of vectors, for each output. `ends` says where the blocks end.
///
/// # Errors
/// As `gemm`.
pub(super) fn sums(
    kernel: smo::Kernel,
    queries: &Samples<'_>,
    vectors: &Vectors<'_>,
    coefs: &[f64],
    outputs: usize,
    ends: &[usize],
) -> Result<Vec<f64>> {
    match (queries, vectors) {
        (Samples::Gram(_), _) => {}
        (_, Vectors::Dense(_) | Vectors::Sparse(_)) if kernel == smo::Kernel::Linear => {
            return Ok(linear_sums(queries, vectors, coefs, outputs, ends));
        }
        (Samples::Dense(q), Vectors::Dense(v)) => {
            return Ok(dense_sums(kernel, q, v, coefs, outputs, ends));
        }
        _ => {}
    }
    let rows = queries.rows();
    let (own, norms) = (squares(queries), vectors.squares());
    let tiles = rows.div_ceil(QUERIES);
    let done: Vec<_> = (0..tiles).map(|_| Mutex::new(Ok(Vec::new()))).collect();
    let task = Sums { kernel, queries, vectors, coefs, outputs, ends, own: &own, norms: &norms };
    pool::run(tiles, |tile| {
        let result = task.tile(tile * QUERIES, ((tile + 1) * QUERIES).min(rows));
        *done[tile].lock().unwrap_or_else(PoisonError::into_inner) = result;
    });
    let mut out = Vec::with_capacity(rows * ends.len() * outputs);
    for tile in done {
        out.extend(tile.into_inner().unwrap_or_else(PoisonError::into_inner)?);
    }
    Ok(out)
}

/// [`sums`] of dense samples, in their own type.
pub(super) fn dense_sums<T: SumFloat + Clone>(
    kernel: smo::Kernel,
    queries: &Matrix<'_, T>,
    vectors: &Matrix<'_, f64>,
    weights: &[f64],
    outputs: usize,
    ends: &[usize],
) -> Vec<f64> {
    let mut out = vec![0.0; queries.rows * ends.len() * outputs];
    let (vectors, features) = (&vectors.data, vectors.cols);
    let weighted = Weighted { vectors, features, weights, outputs, ends };
    kernel_sums::sums(kernel, &queries.data, &weighted, &mut out);
    out
}

/// [`sums`] of inner products: those with the sums of the vectors.
fn linear_sums(
    queries: &Samples<'_>,
    vectors: &Vectors<'_>,
    coefs: &[f64],
    outputs: usize,
    ends: &[usize],
) -> Vec<f64> {
    let (all, width) = (vectors.len(), ends.len() * outputs);
    let d = match vectors {
        Vectors::Dense(m) => m.cols,
        Vectors::Sparse(s) => s.cols,
        Vectors::Columns(_) => 0,
    };
    let mut weights = vec![0.0; width * d];
    let mut start = 0;
    for (block, &end) in ends.iter().enumerate() {
        for output in 0..outputs {
            let into = &mut weights[(block * outputs + output) * d..][..d];
            for (i, &c) in (start..end).zip(&coefs[output * all + start..]) {
                match vectors {
                    Vectors::Dense(m) => rows::axpy(c, m.row(i), into),
                    Vectors::Sparse(s) => {
                        let (columns, values) = s.row(i);
                        let entries = columns.iter().zip(values);
                        entries.for_each(|(&k, v)| into[k as usize] += c * v);
                    }
                    Vectors::Columns(_) => {}
                }
            }
        }
        start = end;
    }
    let mut out = vec![0.0; queries.rows() * width];
    let tiles: Vec<_> = out.chunks_mut(QUERIES * width).map(Mutex::new).collect();
    pool::run(tiles.len(), |tile| {
        let mut out = tiles[tile].lock().unwrap_or_else(PoisonError::into_inner);
        for (row, out) in (tile * QUERIES..).zip(out.chunks_exact_mut(width)) {
            for (o, w) in out.iter_mut().zip(weights.chunks_exact(d)) {
                *o = match queries {
                    Samples::Sparse(s) => sparse_dot(s, row, w),
                    Samples::Dense(m) | Samples::Gram(m) => rows::dot(m.row(row), w),
                };
            }
        }
    });
    drop(tiles);
    out
}

struct Sums<'a> {
    kernel: smo::Kernel,
    queries: &'a Samples<'a>,
    vectors: &'a Vectors<'a>,
    coefs: &'a [f64],
    outputs: usize,
    ends: &'a [usize],
    own: &'a [f64],
    norms: &'a [f64],
}

impl Sums<'_> {
    fn tile(&self, from: usize, to: usize) -> Result<Vec<f64>> {
        let (n, all, outputs) = (to - from, self.vectors.len(), self.outputs);
        let width = self.ends.len() * outputs;
        let mut out = vec![0.0; n * width];
        let mut products = vec![0.0; n * VECTORS.min(all)];
        let mut start = 0;
        for (block, &end) in self.ends.iter().enumerate() {
            while start < end {
                let count = VECTORS.min(end - start);
                let tile = &mut products[..n * count];
                self.products(from, to, start, count, tile)?;
                for (q, row) in tile.chunks_exact_mut(count).enumerate() {
                    let norms = &self.norms[start..start + count];
                    smo::apply(self.kernel, row, self.own[from + q], norms);
                }
                gemm(
                    (n, outputs, count),
                    (tile, Mat::row_major(n, count)),
                    (&self.coefs[start..], Mat { row: all, col: 1, batch: 0 }.t()),
                    (&mut out[block * outputs..], Mat { row: width, col: 1, batch: 0 }),
                    None,
                    Epilogue { accumulate: true, ..Epilogue::default() },
                )?;
                start += count;
            }
        }
        Ok(out)
    }

    /// Inner products of queries with vectors.
    fn products(
        &self,
        from: usize,
        to: usize,
        start: usize,
        count: usize,
        out: &mut [f64],
    ) -> Result<()> {
        match (self.queries, self.vectors) {
            (Samples::Gram(g), Vectors::Columns(columns)) => {
                for (row, out) in (from..to).zip(out.chunks_exact_mut(count)) {
                    let columns = &columns[start..start + count];
                    out.iter_mut().zip(columns).for_each(|(o, &c)| *o = g.row(row)[c]);
                }
            }
            (Samples::Sparse(q), Vectors::Sparse(v)) => {
                let mut wide = vec![0.0; q.cols];
                for (row, out) in (from..to).zip(out.chunks_exact_mut(count)) {
                    spread(q, row, &mut wide, |wide| {
                        for (j, o) in out.iter_mut().enumerate() {
                            *o = sparse_dot(v, start + j, wide);
                        }
                    });
                }
            }
            (Samples::Dense(q), Vectors::Sparse(v)) => {
                for (row, out) in (from..to).zip(out.chunks_exact_mut(count)) {
                    for (j, o) in out.iter_mut().enumerate() {
                        *o = sparse_dot(v, start + j, q.row(row));
                    }
                }
            }
            (Samples::Sparse(q), Vectors::Dense(v)) => {
                for (row, out) in (from..to).zip(out.chunks_exact_mut(count)) {
                    for (j, o) in out.iter_mut().enumerate() {
                        *o = sparse_dot(q, row, v.row(start + j));
                    }
                }
            }
            _ => return Err(Error::internal("kernels and samples do not go together")),
        }
        Ok(())
    }
}

/// Runs `f` with row `i` in its place among zeros, which `wide` holds before and after.
pub(super) fn spread(s: &Csr<'_>, i: usize, wide: &mut [f64], f: impl FnOnce(&[f64])) {
    let (columns, values) = s.row(i);
    columns.iter().zip(values).for_each(|(&c, v)| wide[c as usize] += v);
    f(wide);
    columns.iter().for_each(|&c| wide[c as usize] = 0.0);
}

/// The inner product of row `i` with a row that has its zeros.
pub(super) fn sparse_dot(s: &Csr<'_>, i: usize, wide: &[f64]) -> f64 {
    let (columns, values) = s.row(i);
    sparse::dot(columns, values, wide)
}
