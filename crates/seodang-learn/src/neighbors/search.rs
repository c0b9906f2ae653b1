//! The search for nearest neighbors.

use super::euclidean;
use super::metric::{Distance, Setup};
use crate::features::{Dense, Features, Matrix, Real, typed};
use crate::record::{Param, Value};
use crate::state::model;
use seodang_core::{Array, Error, Result, text};
use seodang_kernels::pool;
use std::sync::{Mutex, PoisonError};

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
#[derive(Default)]
pub(crate) struct Neighbors {
    pub(crate) indices: Vec<u32>,
    pub(crate) distances: Vec<f64>,
}

/// Distances with the numbers of samples.
pub(super) type Found = Vec<(f64, u32)>;

impl Search {
    /// A search among the rows of `x`.
    ///
    /// # Errors
    /// `Value` for distances that are given but not square.
    pub(crate) fn new(x: &Features<'_>, setup: Setup) -> Result<Search> {
        let (rows, cols) = (x.rows(), x.cols());
        if setup.is_precomputed() && rows != cols {
            return Err(Error::value(text!(
                en: "Precomputed matrix must be square. Input is a {rows}x{cols} matrix.",
                ko: "미리 계산한 거리 행렬은 정사각형이어야 하는데 {rows}x{cols}입니다."
            )));
        }
        let samples = match x.dense() {
            Dense::F32(m) => Dense::F32(m.into_owned()),
            Dense::F64(m) => Dense::F64(m.into_owned()),
        };
        Ok(Search { samples, setup })
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
        let Some(distance) = self.setup.distance() else {
            return typed!(&self.samples, samples => {
                euclidean::nearest(samples, &same_type(&x, samples), k)
            });
        };
        let (all, x) = (self.samples.f64(), x.f64());
        in_tiles(&x, |_, queries, n| {
            self.each(&all, queries, n, &distance, |distances| {
                let mut best: Found = Vec::with_capacity(k + 1);
                for (i, &d) in distances.iter().enumerate() {
                    if best.len() == k && d >= best[k - 1].0 {
                        continue;
                    }
                    best.insert(best.partition_point(|b| b.0 <= d), (d, i as u32));
                    best.truncate(k);
                }
                best
            })
        })
    }

    /// What `choose` takes of the distances between each of `n` queries and all samples.
    fn each(
        &self,
        samples: &Matrix<'_, f64>,
        queries: &[f64],
        n: usize,
        distance: &Distance,
        choose: impl Fn(&[f64]) -> Found,
    ) -> Result<Found> {
        let mut out = Vec::new();
        let mut distances = vec![0.0; samples.rows];
        for query in queries.chunks_exact(queries.len() / n) {
            if self.setup.is_precomputed() {
                distances.copy_from_slice(query);
            } else {
                for (d, row) in distances.iter_mut().zip(samples.iter_rows()) {
                    *d = distance(query, row)?;
                }
            }
            out.extend(choose(&distances));
        }
        Ok(out)
    }

    /// The samples within `radius` of each row of `x`: in the order of their numbers, or nearest first.
    /// Beside them, where each row's end.
    ///
    /// # Errors
    /// The metric's own.
    pub(crate) fn within(
        &self,
        x: &Features<'_>,
        radius: f64,
        sorted: bool,
    ) -> Result<(Neighbors, Vec<usize>)> {
        let x = x.dense();
        let (all, x) = (self.samples.f64(), x.f64());
        let counts: Vec<_> =
            (0..x.rows.div_ceil(QUERIES)).map(|_| Mutex::new(Vec::new())).collect();
        let distance = self.setup.distance();
        let found = in_tiles(&x, |tile, queries, n| {
            let ends = std::cell::RefCell::new(Vec::with_capacity(n));
            let keep = |mut near: Found| {
                if sorted {
                    near.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
                }
                ends.borrow_mut().push(near.len());
                near
            };
            let found = match &distance {
                None => euclidean::within(&all, queries, n, radius, keep)?,
                Some(distance) => self.each(&all, queries, n, distance, |distances| {
                    let near = distances.iter().zip(0..).filter(|(d, _)| **d <= radius);
                    keep(near.map(|(&d, i)| (d, i)).collect())
                })?,
            };
            *counts[tile].lock().unwrap_or_else(PoisonError::into_inner) = ends.into_inner();
            Ok(found)
        })?;
        let mut ends = vec![0];
        for tile in counts {
            for n in tile.into_inner().unwrap_or_else(PoisonError::into_inner) {
                ends.push(ends[ends.len() - 1] + n);
            }
        }
        Ok((found, ends))
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
        if name == "radius_neighbors" {
            return self.call_within(x, arguments);
        }
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

    /// `radius_neighbors`, as a model's method: where each query's neighbors end, the distances and the
    /// numbers; `arguments` are the radius, and whether the nearest come first.
    fn call_within(&self, x: Option<&Features<'_>>, arguments: &[Value]) -> Result<Value> {
        let radius = arguments.first().and_then(f64::from_value).ok_or_else(|| {
            Error::value(text!(en: "radius must be a number", ko: "반지름은 숫자여야 합니다"))
        })?;
        let sorted = arguments.get(1).and_then(bool::from_value).unwrap_or(false);
        let (found, ends) = match x {
            Some(x) => self.within(x, radius, sorted)?,
            None => {
                let all = typed!(&self.samples, m => Features::from(m.view()));
                let (mut found, mut ends) = self.within(&all, radius, sorted)?;
                // Each sample is no neighbor of itself.
                let (mut at, mut kept) = (0, Neighbors::default());
                for (i, end) in ends.iter_mut().skip(1).enumerate() {
                    for j in at..*end {
                        if found.indices[j] as usize != i {
                            kept.indices.push(found.indices[j]);
                            kept.distances.push(found.distances[j]);
                        }
                    }
                    at = *end;
                    *end = kept.indices.len();
                }
                std::mem::swap(&mut found, &mut kept);
                (found, ends)
            }
        };
        let indices: Vec<i64> = found.indices.into_iter().map(i64::from).collect();
        let ends: Vec<i64> = ends.into_iter().map(|e| e as i64).collect();
        let n = indices.len();
        Ok(Value::List(vec![
            Array::from_vec([ends.len()], ends)?.into(),
            Array::from_vec([n], found.distances)?.into(),
            Array::from_vec([n], indices)?.into(),
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

/// Finds the neighbors of a tile of queries at a time, on all threads.
pub(super) fn in_tiles<T: Real>(
    x: &Matrix<'_, T>,
    find: impl Fn(usize, &[T], usize) -> Result<Found> + Sync,
) -> Result<Neighbors> {
    let tiles = x.rows.div_ceil(QUERIES);
    let found: Vec<_> = (0..tiles).map(|_| Mutex::new(Ok(Found::new()))).collect();
    pool::run(tiles, |tile| {
        let rows = tile * QUERIES..((tile + 1) * QUERIES).min(x.rows);
        let result = find(tile, &x.data[rows.start * x.cols..rows.end * x.cols], rows.len());
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
