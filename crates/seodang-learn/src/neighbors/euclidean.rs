//! Nearest neighbors by Euclidean distance or by angle: a fast ranking with products, then exact distances of those
//! that may be among the nearest.
//!
//! Half the squared distance less a constant of the query, `|r|² / 2 - q · r`, comes from a matrix
//! product in single precision of centred and scaled data. Its rounding error has a bound, `E`: a sample
//! whose rank is above the k-th least upper bound `rank + E` by more than its own `E` cannot be among
//! the nearest. What is left is measured exactly, so the answer is exact.

use super::best::{Best, Found};
use super::brute::SAMPLES;
use super::metric::Distance;
use super::samples::dense_rows;
use super::tiles::{Neighbors, QUERIES, gather, ragged, tile};
use crate::features::{Features, Real};
use seodang_core::Result;
use seodang_kernels::gemm::{Epilogue, Mat, gemm};
use seodang_kernels::pool;
use seodang_kernels::rank::{self, BLOCK};
use std::ops::Range;
use std::sync::{Mutex, PoisonError};

/// Fewer queries than this are not worth a rank of every sample.
pub(super) const FEW: usize = 16;

/// Tiles of queries that go over the samples together, at least and at most: what is known of each query stays
/// in memory meanwhile.
const TILES: (usize, usize) = (16, 64);

/// How many numbers of samples are ranked at a time, at least a tile's.
const PANEL: usize = 1 << 17;

/// The `k` nearest samples of each row of `x`; of equally distant ones, those that come first. `T` is the
/// samples' type.
pub(super) fn nearest<T: Real>(
    samples: &Features<'_>,
    x: &Features<'_>,
    k: usize,
) -> Result<Neighbors> {
    let frame = Frame::of::<T>(samples);
    let squares =
        |a: &[T], b: &[T]| a.iter().zip(b).map(|(a, b)| (a.f64() - b.f64()).powi(2)).sum::<f64>();
    search(frame, samples, x, k, &squares, f64::sqrt)
}

/// The same by the cosine of the angle, of which `exact` is the distance.
pub(super) fn nearest_by_angle(
    samples: &Features<'_>,
    x: &Features<'_>,
    k: usize,
    exact: &Distance,
) -> Result<Neighbors> {
    // No metric of ours that can fail.
    let exact = |a: &[f64], b: &[f64]| exact(a, b).unwrap_or(f64::NAN);
    search(Frame::of_units(samples), samples, x, k, &exact, |d| d)
}

/// The nearest by what `exact` gives, of which `end` makes the distance.
fn search<T: Real>(
    frame: Option<Frame>,
    samples: &Features<'_>,
    x: &Features<'_>,
    k: usize,
    exact: &(dyn Fn(&[T], &[T]) -> f64 + Sync),
    end: impl Fn(f64) -> f64 + Sync,
) -> Result<Neighbors> {
    let mut out = Neighbors::default();
    out.indices.reserve(x.rows() * k);
    out.distances.reserve(x.rows() * k);
    // Every thread has several tiles.
    let together = QUERIES * (4 * pool::threads()).clamp(TILES.0, TILES.1);
    for start in (0..x.rows()).step_by(together) {
        let batch = start..(start + together).min(x.rows());
        let ranked = match &frame {
            Some(frame) => candidates::<T>(frame, samples, x, batch.clone(), k)?,
            None => None,
        };
        // What single precision cannot rank is measured against all samples.
        let found = gather(batch.len().div_ceil(QUERIES), |i| {
            let rows = tile(i, batch.len());
            let (mut room, mut row) = (Vec::new(), Vec::new());
            let queries = start + rows.start..start + rows.end;
            let queries = dense_rows::<T>(x, queries, &mut room).chunks_exact(x.cols());
            let mut out = Found::with_capacity(rows.len() * k);
            for (q, query) in rows.zip(queries) {
                match &ranked {
                    Some(ranked) => {
                        let among = ranked[q].iter().copied();
                        out.extend(nearest_of(samples, query, among, k, exact, &mut row));
                    }
                    None => {
                        let among = 0..samples.rows() as u32;
                        out.extend(nearest_of(samples, query, among, k, exact, &mut row));
                    }
                }
            }
            Ok(out)
        })?;
        for found in found {
            out.extend(found.into_iter().map(|(d, i)| (end(d), i)).collect());
        }
    }
    Ok(out)
}

/// The nearest of some samples, measured exactly, nearest first.
fn nearest_of<T: Real>(
    samples: &Features<'_>,
    query: &[T],
    among: impl Iterator<Item = u32>,
    k: usize,
    exact: &dyn Fn(&[T], &[T]) -> f64,
    room: &mut Vec<T>,
) -> Found {
    let mut best = Best::new(k);
    for i in among {
        let row = dense_rows::<T>(samples, i as usize..i as usize + 1, room);
        best.offer(exact(query, row), i);
    }
    best.finish()
}

/// The samples within `radius` of each query, in the order of their numbers, as `keep` takes them: a
/// product leaves those that may be, which are measured exactly.
///
/// # Errors
/// As `gemm`.
pub(super) fn within(
    samples: &Features<'_>,
    x: &Features<'_>,
    radius: f64,
    keep: impl Fn(Found) -> Found + Sync,
) -> Result<(Neighbors, Vec<usize>)> {
    let d = samples.cols();
    let square = |r: &[f64]| r.iter().map(|v| v * v).sum::<f64>();
    ragged(x.rows(), |queries, counts| {
        let n = queries.len();
        let (mut room, mut part) = (Vec::new(), Vec::new());
        let queries = dense_rows::<f64>(x, queries, &mut room);
        let mut near: Vec<Found> = vec![Found::new(); n];
        let mut products = vec![0.0; n * SAMPLES];
        for start in (0..samples.rows()).step_by(SAMPLES) {
            let count = SAMPLES.min(samples.rows() - start);
            let rows = dense_rows::<f64>(samples, start..start + count, &mut part);
            gemm(
                (n, count, d),
                (queries, Mat::row_major(n, d)),
                (rows, Mat::row_major(count, d).t()),
                (&mut products, Mat { row: SAMPLES, col: 1, batch: 0 }),
                None,
                Epilogue::default(),
            )?;
            let norms: Vec<f64> = rows.chunks_exact(d).map(square).collect();
            for (q, near) in near.iter_mut().enumerate() {
                let query = &queries[q * d..(q + 1) * d];
                let own = square(query);
                for (j, (&norm, &product)) in norms.iter().zip(&products[q * SAMPLES..]).enumerate()
                {
                    let slack = 4.0 * (d as f64 + 4.0) * f64::EPSILON * (own + norm);
                    if own + norm - 2.0 * product > radius * radius * (1.0 + 1e-12) + slack {
                        continue;
                    }
                    let row = &rows[j * d..(j + 1) * d];
                    let exact =
                        query.iter().zip(row).map(|(a, b)| (a - b).powi(2)).sum::<f64>().sqrt();
                    if exact <= radius {
                        near.push((exact, (start + j) as u32));
                    }
                }
            }
        }
        counts.extend(near.iter().map(Vec::len));
        Ok(near.into_iter().flat_map(&keep).collect())
    })
}

/// Where samples lie: in single precision they are centred, and scaled so that the longest is about 1 long;
/// or each is scaled to a length of 1.
struct Frame {
    mean: Vec<f64>,
    scale: f64,
    units: bool,
}

/// Rows in single precision, in a frame.
#[derive(Default)]
struct Ranked {
    rows: Vec<f32>,
    /// Half the squared norm of each; filled up with infinity to whole blocks.
    half: Vec<f32>,
    /// The longest.
    longest: f32,
}

/// A tile of queries, and what is kept for them.
struct Asking {
    rows: Vec<f32>,
    norms: Vec<f32>,
    kept: Vec<Kept>,
}

impl Frame {
    /// None for samples that all lie at one place, or whose numbers single precision cannot hold.
    fn of<T: Real>(samples: &Features<'_>) -> Option<Frame> {
        let (rows, cols) = (samples.rows(), samples.cols());
        // Sums and extremes of parts, put together in their order.
        let parts = gather(rows.div_ceil(4 * SAMPLES), |part| {
            let span = part * 4 * SAMPLES..((part + 1) * 4 * SAMPLES).min(rows);
            let mut sums = vec![0.0; cols];
            let (mut least, mut most) = (vec![f64::INFINITY; cols], vec![f64::NEG_INFINITY; cols]);
            let mut room = Vec::new();
            for row in dense_rows::<T>(samples, span, &mut room).chunks_exact(cols) {
                let places = sums.iter_mut().zip(&mut least).zip(&mut most).zip(row);
                for (((sum, lo), hi), x) in places {
                    let x = x.f64();
                    *sum += x;
                    *lo = if x < *lo { x } else { *lo };
                    *hi = if x > *hi { x } else { *hi };
                }
            }
            Ok((sums, least, most))
        })
        .ok()?;
        let mut mean = vec![0.0; cols];
        parts.iter().for_each(|p| mean.iter_mut().zip(&p.0).for_each(|(m, s)| *m += s));
        mean.iter_mut().for_each(|m| *m /= rows as f64);
        let farthest = parts.iter().flat_map(|(_, least, most)| {
            let sides = least.iter().zip(most).zip(&mean);
            sides.map(|((lo, hi), m)| f64::max(m - lo, hi - m))
        });
        let scale = 1.0 / (farthest.fold(0.0, f64::max) * (cols as f64).sqrt());
        scale.is_normal().then_some(Frame { mean, scale, units: false })
    }

    /// For directions; None if a sample has a length that cannot be divided by.
    fn of_units(samples: &Features<'_>) -> Option<Frame> {
        let (rows, cols) = (samples.rows(), samples.cols());
        let parts = gather(rows.div_ceil(4 * SAMPLES), |part| {
            let span = part * 4 * SAMPLES..((part + 1) * 4 * SAMPLES).min(rows);
            let mut room = Vec::new();
            let mut all = dense_rows::<f64>(samples, span, &mut room).chunks_exact(cols);
            Ok(all.all(has_direction))
        });
        let frame = Frame { mean: vec![0.0; cols], scale: 1.0, units: true };
        parts.ok()?.into_iter().all(|fine| fine).then_some(frame)
    }

    fn place<T: Real>(&self, rows: &[T], out: &mut Vec<f32>) {
        for row in rows.chunks_exact(self.mean.len()) {
            if self.units {
                let inverse = 1.0 / length(row);
                let inverse = if inverse.is_finite() { inverse } else { 0.0 };
                out.extend(row.iter().map(|x| (x.f64() * inverse) as f32));
                continue;
            }
            let placed = row.iter().zip(&self.mean);
            out.extend(placed.map(|(x, m)| ((x.f64() - m) * self.scale) as f32));
        }
    }

    /// Some samples.
    fn ranked<T: Real>(&self, samples: &Features<'_>, span: Range<usize>, out: &mut Ranked) {
        let n = span.len();
        let mut room = Vec::new();
        out.rows.clear();
        out.half.clear();
        self.place(dense_rows::<T>(samples, span, &mut room), &mut out.rows);
        if self.units {
            // Nothing is at right angles to all, as what has no length counts.
            out.half.resize(n, 0.5);
        } else {
            out.half.extend(out.rows.chunks_exact(self.mean.len()).map(|r| squares(r) / 2.0));
        }
        out.longest = (2.0 * out.half.iter().copied().fold(0.0, f32::max)).sqrt();
        out.half.resize(n.next_multiple_of(BLOCK), f32::INFINITY);
    }

    /// Queries; None if one lies so far away that single precision cannot rank for it.
    fn asking<T: Real>(&self, queries: &[T], k: usize) -> Option<Asking> {
        if self.units && !queries.chunks_exact(self.mean.len()).all(has_direction) {
            return None;
        }
        let mut rows = Vec::with_capacity(queries.len());
        self.place(queries, &mut rows);
        let norms: Vec<f32> =
            rows.chunks_exact(self.mean.len()).map(|q| squares(q).sqrt()).collect();
        let kept = norms.iter().map(|_| Kept::new(k)).collect();
        norms.iter().all(|&x| x < 1e15).then_some(Asking { rows, norms, kept })
    }
}

impl Ranked {
    /// A bound of the error of ranks: of rounding the numbers, the products and their sums, and of what
    /// is too small for single precision.
    fn error(&self, norm: f32, cols: usize) -> f32 {
        let (d, r) = (cols as f32, self.longest);
        f32::EPSILON * ((d + 6.0) * norm * r + (d + 3.0) * r * r) + f32::MIN_POSITIVE
    }

    /// Offers those samples, of which the first has the number `start`, to each query that they may be
    /// near to.
    fn offer(&self, start: usize, asking: &mut Asking, products: &mut Vec<f32>) -> Result<()> {
        let (n, padded) = (asking.norms.len(), self.half.len());
        let d = asking.rows.len() / n;
        let count = self.rows.len() / d;
        let mut near = [false; SAMPLES / BLOCK];
        products.resize(QUERIES * SAMPLES, 0.0);
        gemm(
            (n, count, d),
            (&asking.rows, Mat::row_major(n, d)),
            (&self.rows, Mat::row_major(count, d).t()),
            (products, Mat { row: SAMPLES, col: 1, batch: 0 }),
            None,
            Epilogue::default(),
        )?;
        for (q, kept) in asking.kept.iter_mut().enumerate() {
            let error = self.error(asking.norms[q], d);
            let products = &products[q * SAMPLES..q * SAMPLES + padded];
            rank::near(&self.half, products, error, kept.limit, &mut near);
            for (b, _) in near[..padded / BLOCK].iter().enumerate().filter(|(_, near)| **near) {
                let block = b * BLOCK..((b + 1) * BLOCK).min(count);
                let values = self.half[block.clone()].iter().zip(&products[block.clone()]);
                for (j, (half, product)) in block.zip(values) {
                    kept.offer(half - product, error, (start + j) as u32);
                }
            }
        }
        Ok(())
    }
}

/// The samples that may be among the nearest of each query of a batch; None if single precision cannot
/// rank for one of them.
fn candidates<T: Real>(
    frame: &Frame,
    samples: &Features<'_>,
    x: &Features<'_>,
    batch: Range<usize>,
    k: usize,
) -> Result<Option<Vec<Vec<u32>>>> {
    let mut asking = Vec::new();
    let mut room = Vec::new();
    for start in batch.clone().step_by(QUERIES) {
        let rows = start..(start + QUERIES).min(batch.end);
        let Some(tile) = frame.asking(dense_rows::<T>(x, rows, &mut room), k) else {
            return Ok(None);
        };
        asking.push(Mutex::new((tile, Ok(()))));
    }
    // As many as there are threads: what each multiplies into.
    let spare: Mutex<Vec<Vec<f32>>> = Mutex::default();
    let tiles = (PANEL / samples.cols() / SAMPLES).clamp(1, 64);
    let panel: Vec<Mutex<Ranked>> = (0..tiles).map(|_| Mutex::new(Ranked::default())).collect();
    for start in (0..samples.rows()).step_by(tiles * SAMPLES) {
        let end = (start + tiles * SAMPLES).min(samples.rows());
        let tiles = (end - start).div_ceil(SAMPLES);
        pool::run(tiles, |t| {
            let first = start + t * SAMPLES;
            let span = first..(first + SAMPLES).min(end);
            frame.ranked::<T>(
                samples,
                span,
                &mut panel[t].lock().unwrap_or_else(PoisonError::into_inner),
            );
        });
        let ranked: Vec<_> = panel[..tiles]
            .iter()
            .map(|r| std::mem::take(&mut *r.lock().unwrap_or_else(PoisonError::into_inner)))
            .collect();
        pool::run(asking.len(), |i| {
            let mut held = asking[i].lock().unwrap_or_else(PoisonError::into_inner);
            let (asking, result) = &mut *held;
            let taken = spare.lock().unwrap_or_else(PoisonError::into_inner).pop();
            let mut products = taken.unwrap_or_default();
            if result.is_ok() {
                *result = ranked.iter().enumerate().try_for_each(|(t, ranked)| {
                    ranked.offer(start + t * SAMPLES, asking, &mut products)
                });
            }
            spare.lock().unwrap_or_else(PoisonError::into_inner).push(products);
        });
        for (place, ranked) in panel.iter().zip(ranked) {
            *place.lock().unwrap_or_else(PoisonError::into_inner) = ranked;
        }
    }
    let mut out = Vec::with_capacity(batch.len());
    for held in asking {
        let (asking, result) = held.into_inner().unwrap_or_else(PoisonError::into_inner);
        result?;
        let numbers = |kept: Kept| kept.all.into_iter().map(|c| c.1).collect();
        out.extend(asking.kept.into_iter().map(numbers));
    }
    Ok(Some(out))
}

fn length<T: Real>(x: &[T]) -> f64 {
    x.iter().map(|x| x.f64() * x.f64()).sum::<f64>().sqrt()
}

/// Whether a row can be scaled to a length of 1, or is zeros.
fn has_direction<T: Real>(x: &[T]) -> bool {
    let length = length(x);
    (1e-150..1e150).contains(&length) || x.iter().all(|x| x.f64() == 0.0)
}

fn squares(x: &[f32]) -> f32 {
    x.iter().map(|v| v * v).sum()
}

/// How many more samples than are asked for are kept at least before some are let go.
const FEWEST: usize = 16;

/// The samples that may still be among the nearest of one query.
struct Kept {
    k: usize,
    /// The k-th least upper bound of a rank, as of when it was last looked for.
    limit: f32,
    /// Lower bounds of ranks with numbers of samples, and upper bounds.
    all: Vec<(f32, u32, f32)>,
    /// At how many to look for the limit again.
    full: usize,
}

impl Kept {
    fn new(k: usize) -> Kept {
        let full = (2 * k).max(k + FEWEST);
        Kept { k, limit: f32::INFINITY, all: Vec::with_capacity(full), full }
    }

    fn offer(&mut self, rank: f32, error: f32, sample: u32) {
        if rank - error > self.limit {
            return;
        }
        self.all.push((rank - error, sample, rank + error));
        // At first as soon as there are enough, for then most of the rest falls away.
        if self.all.len() >= self.full || self.limit == f32::INFINITY && self.all.len() >= self.k {
            self.all.select_nth_unstable_by(self.k - 1, |a, b| a.2.total_cmp(&b.2));
            self.limit = self.all[self.k - 1].2;
            let limit = self.limit;
            self.all.retain(|c| c.0 <= limit);
            self.full = (2 * self.all.len()).max(self.k + FEWEST);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::features::Matrix;
    use seodang_core::random::Philox;

    /// Numbers from 0 to 1.
    fn numbers(n: usize, seed: u64) -> Vec<f64> {
        let random = Philox::new(seed);
        (0..n as u128).map(|i| f64::from(random.block(i)[0]) / f64::from(u32::MAX)).collect()
    }

    fn by_hand(samples: &Matrix<'_, f64>, query: &[f64], k: usize) -> Vec<u32> {
        let mut all: Vec<(f64, u32)> = samples
            .iter_rows()
            .zip(0..)
            .map(|(r, i)| (r.iter().zip(query).map(|(a, b)| (a - b).powi(2)).sum(), i))
            .collect();
        all.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
        all[..k].iter().map(|x| x.1).collect()
    }

    fn agree(samples: Vec<f64>, queries: Vec<f64>, cols: usize, k: usize) {
        let samples = Matrix::new(samples.clone(), samples.len() / cols, cols);
        let queries = Matrix::new(queries.clone(), queries.len() / cols, cols);
        let features = |m: &Matrix<'_, f64>| Features::from(m.view().into_owned());
        let found = nearest::<f64>(&features(&samples), &features(&queries), k).unwrap();
        for (query, found) in queries.iter_rows().zip(found.indices.chunks_exact(k)) {
            assert_eq!(found, by_hand(&samples, query, k));
        }
    }

    #[test]
    fn the_nearest_are_exactly_the_nearest() {
        for (rows, cols, k) in [(2500, 3, 5), (1025, 20, 1), (64, 7, 64), (3000, 1, 10)] {
            agree(numbers(rows * cols, 1), numbers(40 * cols, 2), cols, k);
        }
    }

    #[test]
    fn what_single_precision_cannot_tell_apart_is_told_apart() {
        // Far from the origin, close together, many equal: ranks alone would be noise.
        let near =
            |seed| numbers(4000, seed).iter().map(|x| 1e6 + (x * 50.0).round() * 1e-9).collect();
        agree(near(3), near(4)[..80].to_vec(), 2, 7);
        // One sample far away makes all others short.
        let mut samples = numbers(4000, 5);
        samples[17] = 1e9;
        agree(samples, numbers(80, 6), 2, 7);
    }

    #[test]
    fn directions_are_ranked_exactly() {
        use crate::neighbors::metric::{Measure, Metric, Power, Setup};
        let cosine = Measure::Known(Metric::Cosine);
        let exact = Setup::new(&cosine, Power(2.0), None, 6).unwrap().distance();
        let mut all: Vec<f64> = numbers(3000 * 6, 21).iter().map(|x| x - 0.5).collect();
        all[60..66].fill(0.0);
        let samples = Features::from(Matrix::new(all, 3000, 6));
        let mut room = Vec::new();
        let rows = dense_rows::<f64>(&samples, 0..3000, &mut room);
        let found = nearest_by_angle(&samples, &samples, 7, &exact).unwrap();
        for q in (0..3000).step_by(137).chain([10]) {
            let query = &rows[q * 6..(q + 1) * 6];
            let away = |i: u32| exact(query, &rows[i as usize * 6..(i as usize + 1) * 6]).unwrap();
            let mut all: Vec<(f64, u32)> = (0..3000).map(|i| (away(i), i)).collect();
            all.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
            let expected: Vec<u32> = all[..7].iter().map(|x| x.1).collect();
            assert_eq!(found.indices[q * 7..(q + 1) * 7], expected, "{q}");
        }
    }

    #[test]
    fn numbers_beyond_single_precision_have_neighbors_too() {
        let scaled = |by: f64, seed| numbers(400, seed).iter().map(|x| x * by).collect::<Vec<_>>();
        agree(scaled(1e150, 7), scaled(1e150, 8), 4, 3);
        agree(scaled(1e-150, 9), scaled(1e-150, 10), 4, 3);
        agree(scaled(1.0, 11), scaled(1e30, 12), 4, 3);
        agree(vec![2.5; 400], scaled(1.0, 13), 4, 3);
    }
}
