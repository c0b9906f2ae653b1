//! Nearest neighbors by Euclidean distance: a fast ranking with products, then exact distances of those
//! that may be among the nearest.
//!
//! Half the squared distance less a constant of the query, `|r|² / 2 - q · r`, comes from a matrix
//! product in single precision of centred and scaled data. Its rounding error has a bound, `E`: a sample
//! whose rank is above the k-th least upper bound `rank + E` by more than its own `E` cannot be among
//! the nearest. What is left is measured exactly, so the answer is exact.

use super::search::{Found, QUERIES, SAMPLES, in_tiles};
use crate::features::{Matrix, Real};
use seodang_core::Result;
use seodang_kernels::gemm::{Epilogue, Mat, gemm};
use seodang_kernels::rank::{self, BLOCK};

/// Fewer queries than this are not worth a copy of the samples.
const FEW: usize = 16;

/// The `k` nearest samples of each row of `x`; of equally distant ones, those that come first.
pub(super) fn nearest<T: Real>(
    samples: &Matrix<'_, T>,
    x: &Matrix<'_, T>,
    k: usize,
) -> Result<super::search::Neighbors> {
    let shrunk = if x.rows < FEW { None } else { Shrunk::of(samples) };
    in_tiles(x, |_, queries, n| {
        let mut out = Vec::with_capacity(n * k);
        match shrunk.as_ref().and_then(|s| s.queries(queries, n)) {
            Some(small) => shrunk.iter().try_for_each(|s| {
                let candidates = s.candidates(&small, n, k)?;
                for (q, candidates) in candidates.iter().enumerate() {
                    let query = &queries[q * samples.cols..(q + 1) * samples.cols];
                    out.extend(nearest_of(samples, query, candidates.iter().copied(), k));
                }
                Ok(())
            })?,
            None => {
                for q in 0..n {
                    let query = &queries[q * samples.cols..(q + 1) * samples.cols];
                    out.extend(nearest_of(samples, query, 0..samples.rows as u32, k));
                }
            }
        }
        Ok(out)
    })
}

/// The nearest of some samples, measured exactly, nearest first.
fn nearest_of<T: Real>(
    samples: &Matrix<'_, T>,
    query: &[T],
    among: impl Iterator<Item = u32>,
    k: usize,
) -> Found {
    let mut best: Found = Vec::with_capacity(k + 1);
    for i in among {
        let square = |(a, b): (&T, &T)| (a.f64() - b.f64()).powi(2);
        let squares: f64 = query.iter().zip(samples.row(i as usize)).map(square).sum();
        // Candidates do not come in the order of their numbers.
        let before = |b: &(f64, u32)| b.0 < squares || (b.0 == squares && b.1 < i);
        if best.len() == k && best.last().is_none_or(before) {
            continue;
        }
        best.insert(best.partition_point(before), (squares, i));
        best.truncate(k);
    }
    best.iter_mut().for_each(|b| b.0 = b.0.sqrt());
    best
}

/// The samples within `radius` of each query, in the order of their numbers, as `keep` takes them: a
/// product leaves those that may be, which are measured exactly.
///
/// # Errors
/// As `gemm`.
pub(super) fn within(
    samples: &Matrix<'_, f64>,
    queries: &[f64],
    n: usize,
    radius: f64,
    keep: impl Fn(Found) -> Found,
) -> Result<Found> {
    let d = samples.cols;
    let square = |r: &[f64]| r.iter().map(|v| v * v).sum::<f64>();
    let mut near: Vec<Found> = vec![Found::new(); n];
    let mut products = vec![0.0; n * SAMPLES];
    for start in (0..samples.rows).step_by(SAMPLES) {
        let count = SAMPLES.min(samples.rows - start);
        let rows = &samples.data[start * d..(start + count) * d];
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
            for (j, (&norm, &product)) in norms.iter().zip(&products[q * SAMPLES..]).enumerate() {
                let slack = 4.0 * (d as f64 + 4.0) * f64::EPSILON * (own + norm);
                if own + norm - 2.0 * product > radius * radius * (1.0 + 1e-12) + slack {
                    continue;
                }
                let row = &rows[j * d..(j + 1) * d];
                let exact = query.iter().zip(row).map(|(a, b)| (a - b).powi(2)).sum::<f64>().sqrt();
                if exact <= radius {
                    near.push((exact, (start + j) as u32));
                }
            }
        }
    }
    Ok(near.into_iter().flat_map(keep).collect())
}

/// Samples in single precision: centred, and scaled so that the longest is about 1 long.
struct Shrunk {
    cols: usize,
    mean: Vec<f64>,
    scale: f64,
    samples: Vec<f32>,
    /// Half the squared norm of each; filled up with infinity to whole blocks.
    half: Vec<f32>,
    /// The longest of each tile.
    longest: Vec<f32>,
}

/// Queries as [`Shrunk`] has its samples, with their norms.
struct Queries {
    rows: Vec<f32>,
    norms: Vec<f32>,
}

impl Shrunk {
    /// None for samples that all lie at one place, or whose numbers single precision cannot hold.
    fn of<T: Real>(samples: &Matrix<'_, T>) -> Option<Shrunk> {
        let (rows, cols) = (samples.rows, samples.cols);
        let mut mean = vec![0.0; cols];
        for row in samples.iter_rows() {
            mean.iter_mut().zip(row).for_each(|(m, x)| *m += x.f64());
        }
        mean.iter_mut().for_each(|m| *m /= rows as f64);
        let greatest = samples
            .iter_rows()
            .flat_map(|row| row.iter().zip(&mean).map(|(x, m)| (x.f64() - m).abs()))
            .fold(0.0, f64::max);
        let scale = 1.0 / (greatest * (cols as f64).sqrt());
        if !scale.is_normal() {
            return None;
        }
        let small: Vec<f32> = samples
            .iter_rows()
            .flat_map(|row| row.iter().zip(&mean).map(|(x, m)| ((x.f64() - m) * scale) as f32))
            .collect();
        let mut half: Vec<f32> = small.chunks_exact(cols).map(|r| squares(r) / 2.0).collect();
        let longest = half
            .chunks(SAMPLES)
            .map(|tile| (2.0 * tile.iter().copied().fold(0.0, f32::max)).sqrt())
            .collect();
        half.resize(rows.next_multiple_of(BLOCK), f32::INFINITY);
        Some(Shrunk { cols, mean, scale, samples: small, half, longest })
    }

    /// Queries in the same way; None if one lies so far away that single precision cannot rank for it.
    fn queries<T: Real>(&self, queries: &[T], n: usize) -> Option<Queries> {
        let rows: Vec<f32> = queries
            .chunks_exact(self.cols)
            .flat_map(|q| {
                q.iter().zip(&self.mean).map(|(x, m)| ((x.f64() - m) * self.scale) as f32)
            })
            .collect();
        let norms: Vec<f32> = rows.chunks_exact(self.cols).map(|q| squares(q).sqrt()).collect();
        debug_assert_eq!(norms.len(), n);
        norms.iter().all(|&x| x < 1e15).then_some(Queries { rows, norms })
    }

    /// A bound of the error of ranks: of rounding the numbers, the products and their sums, and of what
    /// is too small for single precision.
    fn error(&self, tile: usize, norm: f32) -> f32 {
        let (d, r) = (self.cols as f32, self.longest[tile]);
        f32::EPSILON * ((d + 6.0) * norm * r + (d + 3.0) * r * r) + f32::MIN_POSITIVE
    }

    /// The samples that may be among the nearest of each query.
    fn candidates(&self, queries: &Queries, n: usize, k: usize) -> Result<Vec<Vec<u32>>> {
        let (d, rows) = (self.cols, self.samples.len() / self.cols);
        let mut kept: Vec<Kept> = (0..n).map(|_| Kept::new(k)).collect();
        let mut products = vec![0.0f32; QUERIES * SAMPLES];
        let mut least = [0.0f32; SAMPLES / BLOCK];
        for (tile, start) in (0..rows).step_by(SAMPLES).enumerate() {
            let count = SAMPLES.min(rows - start);
            gemm(
                (n, count, d),
                (&queries.rows, Mat::row_major(n, d)),
                (&self.samples[start * d..(start + count) * d], Mat::row_major(count, d).t()),
                (&mut products, Mat { row: SAMPLES, col: 1, batch: 0 }),
                None,
                Epilogue::default(),
            )?;
            let padded = count.next_multiple_of(BLOCK);
            let half = &self.half[start..start + padded];
            for (q, kept) in kept.iter_mut().enumerate() {
                let error = self.error(tile, queries.norms[q]);
                let products = &products[q * SAMPLES..q * SAMPLES + padded];
                rank::least(half, products, &mut least);
                for (b, &least) in least[..padded / BLOCK].iter().enumerate() {
                    if least - error > kept.limit {
                        continue;
                    }
                    for j in b * BLOCK..((b + 1) * BLOCK).min(count) {
                        kept.offer(half[j] - products[j], error, (start + j) as u32);
                    }
                }
            }
        }
        Ok(kept.into_iter().map(|k| k.all.into_iter().map(|c| c.1).collect()).collect())
    }
}

fn squares(x: &[f32]) -> f32 {
    x.iter().map(|v| v * v).sum()
}

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
        let full = (2 * k).max(k + 32);
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
            self.full = (2 * self.all.len()).max(self.k + 32);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
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
        let found = nearest(&samples, &queries, k).unwrap();
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
    fn numbers_beyond_single_precision_have_neighbors_too() {
        let scaled = |by: f64, seed| numbers(400, seed).iter().map(|x| x * by).collect::<Vec<_>>();
        agree(scaled(1e150, 7), scaled(1e150, 8), 4, 3);
        agree(scaled(1e-150, 9), scaled(1e-150, 10), 4, 3);
        agree(scaled(1.0, 11), scaled(1e30, 12), 4, 3);
        agree(vec![2.5; 400], scaled(1.0, 13), 4, 3);
    }
}
