//! The search for nearest neighbors.

use crate::features::{Dense, Features, Matrix, Real, typed};
use crate::state::model;
use seodang_core::Result;
use seodang_kernels::gemm::{Epilogue, Mat, gemm};
use seodang_kernels::pool;
use std::sync::Mutex;

/// Queries of a tile.
const QUERIES: usize = 128;
/// Samples of a tile.
const SAMPLES: usize = 1024;

model! {
    /// Samples to search among.
    pub(crate) struct Search {
        samples: Dense<'static>,
    }
}

/// The neighbors of queries, nearest first: `k` numbers of samples and distances for each.
pub(crate) struct Neighbors {
    pub(crate) indices: Vec<u32>,
    pub(crate) distances: Vec<f64>,
}

impl Search {
    /// A search among the rows of `x`.
    pub(crate) fn new(x: &Features<'_>) -> Search {
        let samples = match x.dense() {
            Dense::F32(m) => Dense::F32(m.into_owned()),
            Dense::F64(m) => Dense::F64(m.into_owned()),
        };
        Search { samples }
    }

    /// How many samples there are.
    pub(crate) fn len(&self) -> usize {
        self.samples.shape().0
    }

    /// The `k` nearest samples of each row of `x` by Euclidean distance; of equally distant ones, those
    /// that come first.
    pub(crate) fn nearest(&self, x: &Features<'_>, k: usize) -> Result<Neighbors> {
        let x = x.dense();
        typed!(&self.samples, samples => {
            let x = same_type(&x, samples);
            euclidean(samples, &x, k)
        })
    }
}

/// The queries in the samples' type.
fn same_type<'a, T: Real>(x: &'a Dense<'_>, _: &Matrix<'_, T>) -> Matrix<'a, T> {
    let (rows, cols) = x.shape();
    match T::slice(x) {
        Some(slice) => Matrix::new(slice, rows, cols),
        None => typed!(x, m => {
            Matrix::new(m.data.iter().map(|v| T::of(v.f64())).collect::<Vec<_>>(), rows, cols)
        }),
    }
}

/// Ranks by half the squared distance less a constant, `|r|² / 2 - q · r`, tile by tile; the distances of
/// those that are left are computed anew, for the difference of large squares has few digits.
fn euclidean<T: Real>(samples: &Matrix<'_, T>, x: &Matrix<'_, T>, k: usize) -> Result<Neighbors> {
    let d = samples.cols;
    let half: Vec<T> = samples
        .iter_rows()
        .map(|r| T::of(r.iter().map(|v| v.f64() * v.f64()).sum::<f64>() / 2.0))
        .collect();
    let tiles = x.rows.div_ceil(QUERIES);
    let found: Vec<Mutex<Result<Vec<(f64, u32)>>>> =
        (0..tiles).map(|_| Mutex::new(Ok(Vec::new()))).collect();
    pool::run(tiles, |tile| {
        let rows = tile * QUERIES..((tile + 1) * QUERIES).min(x.rows);
        let result = tile_of(samples, &half, &x.data[rows.start * d..rows.end * d], rows.len(), k);
        *found[tile].lock().unwrap_or_else(std::sync::PoisonError::into_inner) = result;
    });
    let mut out = Neighbors { indices: Vec::new(), distances: Vec::new() };
    for tile in found {
        let tile = tile.into_inner().unwrap_or_else(std::sync::PoisonError::into_inner)?;
        for (distance, index) in tile {
            out.distances.push(distance);
            out.indices.push(index);
        }
    }
    Ok(out)
}

fn tile_of<T: Real>(
    samples: &Matrix<'_, T>,
    half: &[T],
    queries: &[T],
    n: usize,
    k: usize,
) -> Result<Vec<(f64, u32)>> {
    let d = samples.cols;
    let mut best: Vec<Vec<(T, u32)>> = vec![Vec::with_capacity(k + 1); n];
    let mut products = vec![T::ZERO; n * SAMPLES];
    for start in (0..samples.rows).step_by(SAMPLES) {
        let count = SAMPLES.min(samples.rows - start);
        gemm(
            (n, count, d),
            (queries, Mat::row_major(n, d)),
            (&samples.data[start * d..(start + count) * d], Mat::row_major(count, d).t()),
            (&mut products, Mat { row: SAMPLES, col: 1, batch: 0 }),
            None,
            Epilogue::default(),
        )?;
        for (q, best) in best.iter_mut().enumerate() {
            let row = &products[q * SAMPLES..q * SAMPLES + count];
            for (j, (&product, &h)) in row.iter().zip(&half[start..]).enumerate() {
                let rank = h - product;
                if best.len() == k && rank >= best[k - 1].0 {
                    continue;
                }
                let at = best.partition_point(|b| b.0 <= rank);
                best.insert(at, (rank, (start + j) as u32));
                best.truncate(k);
            }
        }
    }
    let mut out = Vec::with_capacity(n * k);
    for (q, best) in best.iter().enumerate() {
        let query = &queries[q * d..(q + 1) * d];
        let mut exact: Vec<(f64, u32)> = best
            .iter()
            .map(|&(_, i)| {
                let square = |(a, b): (&T, &T)| (a.f64() - b.f64()).powi(2);
                (query.iter().zip(samples.row(i as usize)).map(square).sum::<f64>().sqrt(), i)
            })
            .collect();
        exact.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
        out.extend(exact);
    }
    Ok(out)
}
