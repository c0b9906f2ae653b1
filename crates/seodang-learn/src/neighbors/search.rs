//! The search for nearest neighbors.

use super::euclidean;
use super::metric::{Distance, Setup};
use crate::features::{Dense, Features, Matrix, Real, typed};
use crate::record::{Param, Value};
use crate::state::model;
use seodang_core::{Array, Error, Result, text};
use seodang_kernels::pool;
use std::sync::Mutex;

/// Queries of a tile.
pub(super) const QUERIES: usize = 128;
/// Samples of a tile.
pub(super) const SAMPLES: usize = 1024;

model! {
    /// Samples to search among.
    pub(crate) struct Search {
        samples: Dense<'static>,
        setup: Setup,
    }
}

/// The neighbors of queries, nearest first: `k` numbers of samples and distances for each.
pub(crate) struct Neighbors {
    pub(crate) indices: Vec<u32>,
    pub(crate) distances: Vec<f64>,
}

/// Distances with the numbers of samples.
pub(super) type Found = Vec<(f64, u32)>;

impl Search {
    /// A search among the rows of `x`.
    pub(crate) fn new(x: &Features<'_>, setup: Setup) -> Search {
        let samples = match x.dense() {
            Dense::F32(m) => Dense::F32(m.into_owned()),
            Dense::F64(m) => Dense::F64(m.into_owned()),
        };
        Search { samples, setup }
    }

    /// How many samples there are.
    pub(crate) fn len(&self) -> usize {
        self.samples.shape().0
    }

    /// The `k` nearest samples of each row of `x`; of equally distant ones, those that come first.
    ///
    /// # Errors
    /// `Value`, if there are fewer samples.
    pub(crate) fn nearest(&self, x: &Features<'_>, k: usize) -> Result<Neighbors> {
        let (samples, queries) = (self.len(), x.rows());
        if k > samples {
            return Err(Error::value(text!(
                en: "Expected n_neighbors <= n_samples_fit, but n_neighbors = {k}, \
                     n_samples_fit = {samples}, n_samples = {queries}",
                ko: "이웃 수(n_neighbors = {k})가 학습 샘플 수({samples})보다 많습니다"
            )));
        }
        let x = x.dense();
        typed!(&self.samples, samples => {
            let x = same_type(&x, samples);
            match self.setup.distance() {
                None => euclidean::nearest(samples, &x, k),
                Some(distance) => in_tiles(&x, |queries, n| {
                    Ok(measured(samples, queries, n, k, &distance))
                }),
            }
        })
    }

    /// The `k` nearest samples of each sample, itself left out.
    fn nearest_others(&self, k: usize) -> Result<Neighbors> {
        let all = typed!(&self.samples, m => Features::from(m.view()));
        let found = self.nearest(&all, k + 1)?;
        let mut out = Neighbors { indices: Vec::new(), distances: Vec::new() };
        let rows = found.indices.chunks_exact(k + 1).zip(found.distances.chunks_exact(k + 1));
        for (i, (indices, distances)) in rows.enumerate() {
            // Among many equal ones, the sample itself may not be there: then the first goes.
            let own = indices.iter().position(|&j| j as usize == i).unwrap_or(0);
            out.indices.extend(indices[..own].iter().chain(&indices[own + 1..]));
            out.distances.extend(distances[..own].iter().chain(&distances[own + 1..]));
        }
        Ok(out)
    }

    /// `kneighbors`, as a model's method: the distances and the numbers of the nearest samples.
    ///
    /// # Errors
    /// `Unsupported` for another method; `Value` for a number of neighbors that there are not.
    pub(crate) fn call(
        &self,
        name: &str,
        x: Option<&Features<'_>>,
        arguments: &[Value],
        k: usize,
    ) -> Result<Value> {
        if name != "kneighbors" {
            return Err(crate::estimator::cannot(name));
        }
        let k = match arguments.first() {
            None | Some(Value::None) => k,
            Some(given) => usize::from_value(given).filter(|&k| k > 0).ok_or_else(|| {
                let given = given.repr();
                Error::value(text!(
                    en: "Expected n_neighbors > 0. Got {given}",
                    ko: "이웃 수는 1 이상의 정수여야 하는데 {given}입니다"
                ))
            })?,
        };
        let (rows, found) = match x {
            Some(x) => (x.rows(), self.nearest(x, k)?),
            None => (self.len(), self.nearest_others(k)?),
        };
        let indices: Vec<i64> = found.indices.into_iter().map(i64::from).collect();
        Ok(Value::List(vec![
            Array::from_vec([rows, k], found.distances)?.into(),
            Array::from_vec([rows, k], indices)?.into(),
        ]))
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

/// Finds the neighbors of some queries at a time, on all threads.
pub(super) fn in_tiles<T: Real>(
    x: &Matrix<'_, T>,
    find: impl Fn(&[T], usize) -> Result<Found> + Sync,
) -> Result<Neighbors> {
    let tiles = x.rows.div_ceil(QUERIES);
    let found: Vec<_> = (0..tiles).map(|_| Mutex::new(Ok(Found::new()))).collect();
    pool::run(tiles, |tile| {
        let rows = tile * QUERIES..((tile + 1) * QUERIES).min(x.rows);
        let result = find(&x.data[rows.start * x.cols..rows.end * x.cols], rows.len());
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

/// The nearest samples of `n` queries by any distance.
fn measured<T: Real>(
    samples: &Matrix<'_, T>,
    queries: &[T],
    n: usize,
    k: usize,
    distance: &Distance,
) -> Found {
    let d = samples.cols;
    let mut out = Vec::with_capacity(n * k);
    for q in 0..n {
        let query = &queries[q * d..(q + 1) * d];
        let mut best: Vec<(f64, u32)> = Vec::with_capacity(k + 1);
        for (i, row) in samples.iter_rows().enumerate() {
            let x = distance(&mut query.iter().zip(row).map(|(a, b)| (a.f64(), b.f64())));
            if best.len() == k && x >= best[k - 1].0 {
                continue;
            }
            best.insert(best.partition_point(|b| b.0 <= x), (x, i as u32));
            best.truncate(k);
        }
        out.extend(best);
    }
    out
}
