//! Nearest neighbors among sparse samples, by Euclidean distance or by angle. A query's products with all samples
//! come from the columns that it has, of which each lists its samples; squared distances by way of them have
//! rounding errors with a bound, so what may be near is measured exactly.

use super::best::{Best, Found};
use super::tiles::{Neighbors, in_tiles, ragged};
use crate::features::Csr;
use seodang_core::Result;
use seodang_kernels::sparse;

/// Up to so many queries are not worth the columns' lists.
const FEW: usize = 16;

/// What is measured.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum By {
    /// The length of the difference.
    Length,
    /// The angle between.
    Angle,
}

/// Samples to be searched among.
struct Samples<'a> {
    rows: &'a Csr<'a>,
    /// For each column the samples that have it, for many queries.
    columns: Option<Csr<'static>>,
    /// Squared lengths.
    squares: Vec<f64>,
    by: By,
}

/// What a thread needs for its queries.
struct Room {
    /// A query with its zeros; nothing else between queries.
    wide: Vec<f64>,
    /// Its products with the samples, and what follows from them.
    near: Vec<f64>,
}

/// The square of the length of a row of which `wide` are the numbers; they are 0 afterwards.
fn swept<'a>(columns: impl Iterator<Item = &'a u32>, wide: &mut [f64]) -> f64 {
    columns.map(|&c| std::mem::take(&mut wide[c as usize]).powi(2)).sum()
}

impl<'a> Samples<'a> {
    fn new(rows: &'a Csr<'a>, queries: usize, by: By) -> Samples<'a> {
        let mut wide = vec![0.0; rows.cols];
        let square = |i: usize| {
            let (columns, values) = rows.row(i);
            sparse::axpy(1.0, columns, values, &mut wide);
            swept(columns.iter(), &mut wide)
        };
        let squares = (0..rows.rows()).map(square).collect();
        let columns = (queries > FEW).then(|| rows.transposed());
        Samples { rows, columns, squares, by }
    }

    fn room(&self) -> Room {
        Room { wide: vec![0.0; self.rows.cols], near: vec![0.0; self.squares.len()] }
    }

    /// Fills `room.near` for a query: with angles' distances, or about the squares of the others. Gives how
    /// far each of those is from the truth at most, as a share of its squared length and the query's.
    fn look(&self, (columns, values): (&[u32], &[f64]), room: &mut Room) -> (f64, f64) {
        let Room { wide, near } = room;
        near.fill(0.0);
        match &self.columns {
            Some(lists) => {
                for (&c, &v) in columns.iter().zip(values) {
                    let (samples, values) = lists.row(c as usize);
                    sparse::axpy(v, samples, values, near);
                }
            }
            None => {
                sparse::axpy(1.0, columns, values, wide);
                for (i, near) in near.iter_mut().enumerate() {
                    let (columns, values) = self.rows.row(i);
                    *near = sparse::dot(columns, values, wide);
                }
                swept(columns.iter(), wide);
            }
        }
        sparse::axpy(1.0, columns, values, wide);
        let own = swept(columns.iter(), wide);
        let squares = near.iter_mut().zip(&self.squares);
        match self.by {
            By::Length => squares.for_each(|(near, square)| *near = own + square - 2.0 * *near),
            By::Angle => {
                let length = own.sqrt();
                squares.for_each(|(near, square)| {
                    // A row of zeros has no direction: it is at right angles to all.
                    let lengths = length * square.sqrt();
                    let cosine = if lengths == 0.0 { 0.0 } else { *near / lengths };
                    *near = (1.0 - cosine).clamp(0.0, 2.0);
                });
            }
        }
        (4.0 * (columns.len() as f64 + 8.0) * f64::EPSILON, own)
    }

    /// The distance of a sample that may be near.
    fn exact(&self, (columns, values): (&[u32], &[f64]), i: usize, room: &mut Room) -> f64 {
        if self.by == By::Angle {
            return room.near[i];
        }
        let (others, theirs) = self.rows.row(i);
        sparse::axpy(1.0, columns, values, &mut room.wide);
        sparse::axpy(-1.0, others, theirs, &mut room.wide);
        swept(columns.iter().chain(others), &mut room.wide).sqrt()
    }

    /// How far the number of sample `i` may be from the truth.
    fn slack(&self, (share, own): (f64, f64), i: usize) -> f64 {
        match self.by {
            By::Length => share * (own + self.squares[i]),
            By::Angle => 0.0,
        }
    }

    /// The nearest of a query.
    fn nearest(&self, query: (&[u32], &[f64]), k: usize, room: &mut Room) -> Found {
        let error = self.look(query, room);
        let mut least = Best::new(k);
        for (&near, i) in room.near.iter().zip(0u32..) {
            if near <= least.limit() {
                least.offer(near + self.slack(error, i as usize), i);
            }
        }
        let found = least.finish();
        if self.by == By::Angle {
            return found;
        }
        // What is not nearer than so many surely are cannot be among them.
        let limit = found.last().map_or(f64::INFINITY, |f| f.0);
        let mut best = Best::new(k);
        for i in 0..room.near.len() {
            // Not a number is not more, either.
            let surely_more = room.near[i] - self.slack(error, i) > limit;
            if !surely_more {
                let distance = self.exact(query, i, room);
                best.offer(distance, i as u32);
            }
        }
        best.finish()
    }
}

/// The `k` nearest samples of each row of `x`; of equally distant ones, those that come first.
pub(super) fn nearest(samples: &Csr<'_>, x: &Csr<'_>, k: usize, by: By) -> Result<Neighbors> {
    let samples = Samples::new(samples, x.rows(), by);
    in_tiles(x.rows(), |_, queries| {
        let mut room = samples.room();
        let mut out = Found::with_capacity(queries.len() * k);
        for q in queries {
            out.extend(samples.nearest(x.row(q), k, &mut room));
        }
        Ok(out)
    })
}

/// The samples within `radius` of each row of `x`, in the order of their numbers, as `keep` takes them.
pub(super) fn within(
    samples: &Csr<'_>,
    x: &Csr<'_>,
    radius: f64,
    by: By,
    keep: impl Fn(Found) -> Found + Sync,
) -> Result<(Neighbors, Vec<usize>)> {
    let samples = Samples::new(samples, x.rows(), by);
    let limit = if by == By::Length { radius * radius * (1.0 + 1e-12) } else { radius };
    ragged(x.rows(), |queries, counts| {
        let mut room = samples.room();
        let mut out = Found::new();
        for q in queries {
            let query = x.row(q);
            let error = samples.look(query, &mut room);
            let mut near = Found::new();
            for i in 0..room.near.len() {
                if room.near[i] - samples.slack(error, i) <= limit {
                    let distance = samples.exact(query, i, &mut room);
                    if distance <= radius {
                        near.push((distance, i as u32));
                    }
                }
            }
            counts.push(near.len());
            out.extend(keep(near));
        }
        Ok(out)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Rows of a few numbers, some of them alike, one of zeros.
    fn example(n: usize, cols: usize) -> Csr<'static> {
        let (mut starts, mut places, mut values) = (vec![0], Vec::new(), Vec::new());
        for i in 0..n {
            let like = i % 40;
            for k in 0..(like * 5) % 7 {
                places.push(((like * 11 + k * 13) % cols) as u32);
                values.push(((like * 7 + k * 3) % 5) as f64 * 1000.0 - 1999.5);
            }
            starts.push(places.len());
        }
        Csr::new(starts, places, values, cols).unwrap()
    }

    #[test]
    fn few_and_many_queries_find_what_a_plain_search_does() {
        let (samples, cols) = (example(90, 50), 50);
        let dense = samples.to_dense();
        let plain = |a: &[f64], b: &[f64], by: By| {
            let sum = |f: &dyn Fn(f64, f64) -> f64| -> f64 {
                a.iter().zip(b).map(|(a, b)| f(*a, *b)).sum()
            };
            let lengths = (sum(&|a, _| a * a) * sum(&|_, b| b * b)).sqrt();
            match by {
                By::Length => sum(&|a, b| (a - b).powi(2)).sqrt(),
                By::Angle if lengths == 0.0 => 1.0,
                By::Angle => (1.0 - sum(&|a, b| a * b) / lengths).max(0.0),
            }
        };
        for by in [By::Length, By::Angle] {
            for queries in [3, 60] {
                let x = example(queries, cols);
                let found = nearest(&samples, &x, 7, by).unwrap();
                let radius = if by == By::Length { 2500.0 } else { 0.5 };
                let (inside, ends) = within(&samples, &x, radius, by, |f| f).unwrap();
                let rows = x.to_dense();
                for q in 0..queries {
                    let all: Vec<f64> =
                        dense.iter_rows().map(|s| plain(rows.row(q), s, by)).collect();
                    let mut order: Vec<usize> = (0..all.len()).collect();
                    order.sort_by(|&a, &b| all[a].total_cmp(&all[b]).then(a.cmp(&b)));
                    for (place, &i) in order[..7].iter().enumerate() {
                        let d = found.distances[q * 7 + place];
                        assert!((d - all[i]).abs() <= 1e-9 * all[i].max(1.0), "{d} {}", all[i]);
                        if by == By::Length {
                            assert_eq!(found.indices[q * 7 + place], i as u32);
                        }
                    }
                    let count = all.iter().filter(|&&d| d <= radius).count();
                    assert_eq!(ends[q + 1] - ends[q], count);
                    assert!(inside.distances[ends[q]..ends[q + 1]].iter().all(|&d| d <= radius));
                }
            }
        }
    }
}
