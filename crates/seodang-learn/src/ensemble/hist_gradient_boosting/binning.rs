//! Features as small integers: quantile bins of numbers, numbers of categories.

use crate::features::{Dense, Matrix, Real, typed};
use crate::state::{broken, model};
use seodang_core::random::Stream;
use seodang_core::{Error, Result, text};
use seodang_kernels::{pages, pool};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};

/// The bin of missing values, whatever the number of other bins.
pub(crate) const MISSING: u8 = 255;
/// Quantiles of more rows than these are taken from a sample of as many.
pub(super) const SAMPLE: usize = 200_000;
/// Columns that are read together: a cache line of numbers.
const TOGETHER: usize = 4;
/// Rows that are binned together.
const BLOCK: usize = 256;

model! {
    /// How the values of each feature become bins.
    pub(crate) struct Binner {
        /// The upper ends of bins in rising order, or the categories; feature after feature.
        edges: Vec<f64>,
        /// Where each feature's edges begin, and where the last ones end.
        starts: Vec<usize>,
        /// Which features are categories.
        categorical: Vec<bool>,
    }
}

/// Bins, row by row.
pub(crate) struct Binned {
    pub(crate) data: Vec<u8>,
    pub(crate) rows: usize,
    pub(crate) cols: usize,
    /// How many bins each feature has, that of missing values not counted.
    pub(crate) used: Vec<usize>,
}

impl Binned {
    /// Bins by rows, of features with so many bins each.
    pub(crate) fn new(data: Vec<u8>, rows: usize, used: Vec<usize>) -> Binned {
        Binned { data, rows, cols: used.len(), used }
    }

    /// Which features have missing values.
    pub(crate) fn missing(&self) -> Vec<bool> {
        let mut out = vec![false; self.cols];
        for row in self.data.chunks_exact(self.cols.max(1)) {
            for (seen, &bin) in out.iter_mut().zip(row) {
                *seen |= bin == MISSING;
            }
        }
        out
    }
}

impl Binner {
    /// Finds the bins from some rows (or all) and their weights: between the distinct values if there
    /// are at most `max_bins`, else at their quantiles. Categories are looked for in all rows.
    ///
    /// # Errors
    /// `Value` for a categorical feature of more than `max_bins` categories.
    pub(crate) fn fit(
        x: &Dense<'_>,
        rows: Option<&[u32]>,
        weights: Option<&[f64]>,
        categorical: Vec<bool>,
        max_bins: usize,
        seed: u64,
    ) -> Result<Binner> {
        let n = rows.map_or(x.shape().0, <[u32]>::len);
        // A weighted sample has no weights any more.
        let sample = (n > SAMPLE).then(|| {
            let mut sample = sampled(n, weights, seed);
            if let Some(rows) = rows {
                sample.iter_mut().for_each(|i| *i = rows[*i as usize]);
            }
            sample
        });
        let weights = if sample.is_some() { None } else { weights };
        let chosen = sample.as_deref().or(rows);
        let found = typed!(x, m => all_edges(m, chosen, weights, &categorical, max_bins));
        let mut out = Binner { edges: Vec::new(), starts: vec![0], categorical };
        for edges in found {
            let (feature, n) = (out.starts.len() - 1, edges.len());
            if out.categorical[feature] && n > max_bins {
                return Err(Error::value(text!(
                    en: "Categorical feature at index {feature} is expected to have a cardinality \
                         <= {max_bins} but actually has a cardinality of {n}.",
                    ko: "범주형 특성 {feature}의 범주는 {max_bins}개 이하여야 하는데 {n}개입니다."
                )));
            }
            out.edges.extend(edges);
            out.starts.push(out.edges.len());
        }
        Ok(out)
    }

    /// The upper ends of a feature's bins but the last, or its categories.
    pub(crate) fn edges(&self, feature: usize) -> &[f64] {
        &self.edges[self.starts[feature]..self.starts[feature + 1]]
    }

    /// How many bins a feature has, that of missing values not counted.
    pub(crate) fn bins(&self, feature: usize) -> usize {
        self.edges(feature).len() + usize::from(!self.categorical[feature])
    }

    /// Which features are categories.
    pub(crate) fn categorical(&self) -> &[bool] {
        &self.categorical
    }

    /// The number of a category, or NaN if it is missing or was not there in `fit`.
    pub(crate) fn code(&self, feature: usize, x: f64) -> f64 {
        let edges = self.edges(feature);
        let at = edges.partition_point(|&e| e < x);
        if edges.get(at) == Some(&x) { at as f64 } else { f64::NAN }
    }

    /// The bins of some rows, or all.
    pub(crate) fn transform(&self, x: &Dense<'_>, rows: Option<&[u32]>) -> Binned {
        let cols = x.shape().1;
        let n = rows.map_or(x.shape().0, <[u32]>::len);
        let mut data = vec![0u8; n * cols];
        pages::soon(&mut data);
        let tables: Vec<[f64; 256]> = (0..cols)
            .map(|f| {
                let mut table = [f64::INFINITY; 256];
                table[..self.edges(f).len()].copy_from_slice(self.edges(f));
                table
            })
            .collect();
        let blocks: Vec<_> = data.chunks_mut((BLOCK * cols).max(1)).map(Mutex::new).collect();
        pool::run(blocks.len(), |block| {
            let mut out = blocks[block].lock().unwrap_or_else(PoisonError::into_inner);
            let first = block * BLOCK;
            typed!(x, m => match rows {
                None => self.bins_of(&tables, &m.data[first * cols..], &mut out),
                Some(rows) => {
                    let rows = &rows[first..(first + BLOCK).min(n)];
                    let values: Vec<_> =
                        rows.iter().flat_map(|&i| m.row(i as usize)).copied().collect();
                    self.bins_of(&tables, &values, &mut out);
                }
            });
        });
        drop(blocks);
        Binned::new(data, n, (0..cols).map(|f| self.bins(f)).collect())
    }

    /// The bins of rows of values, feature by feature so that one table is in use at a time.
    fn bins_of<T: Real>(&self, tables: &[[f64; 256]], values: &[T], out: &mut [u8]) {
        for (f, table) in tables.iter().enumerate() {
            let column = values[f..].iter().step_by(tables.len());
            for (bin, v) in out[f..].iter_mut().step_by(tables.len()).zip(column) {
                *bin = match (v.is_nan(), self.categorical[f]) {
                    (true, _) => MISSING,
                    (false, false) => place(table, v.f64()),
                    (false, true) => {
                        let code = self.code(f, v.f64());
                        if code.is_nan() { MISSING } else { code as u8 }
                    }
                };
            }
        }
    }

    /// Refuses what no `fit` has made.
    pub(crate) fn check(&self, features: usize) -> Result<()> {
        let rising = self.starts.windows(2).all(|w| w[0] <= w[1] && w[1] - w[0] <= 255);
        let whole =
            self.starts.first() == Some(&0) && self.starts.last() == Some(&self.edges.len());
        let all = self.starts.len() == features + 1 && self.categorical.len() == features;
        if rising && whole && all { Ok(()) } else { Err(broken("binner")) }
    }
}

/// Edges are below infinity, which itself lies behind the last of them.
const GREATEST_EDGE: f64 = 1e300;

/// How many of 255 numbers in rising order are below `x`, without a branch.
#[inline]
fn place(table: &[f64; 256], x: f64) -> u8 {
    let mut at = 0usize;
    for step in [128usize, 64, 32, 16, 8, 4, 2, 1] {
        // The greatest place is 254: the mask only tells the compiler.
        at += if table[(at + step - 1) & 255] < x { step } else { 0 };
    }
    at as u8
}

/// The numbers of sampled rows, with replacement, in rising order so that memory is read forwards.
fn sampled(rows: usize, weights: Option<&[f64]>, seed: u64) -> Vec<u32> {
    let mut random = Stream::new(seed, 1);
    let mut out: Vec<u32> = match weights {
        None => (0..SAMPLE).map(|_| random.below(rows as u64) as u32).collect(),
        Some(w) => {
            let mut total = 0.0;
            let sums: Vec<f64> = w
                .iter()
                .map(|w| {
                    total += w;
                    total
                })
                .collect();
            let draw = |u: f64| sums.partition_point(|&s| s <= u * total).min(rows - 1) as u32;
            (0..SAMPLE).map(|_| draw(random.uniform())).collect()
        }
    };
    out.sort_unstable();
    out
}

/// Room to find the edges of columns that are read together.
struct Room<T: Sorted> {
    columns: Vec<Vec<T>>,
    keys: Vec<T::Key>,
    sorted: Vec<f64>,
}

/// The edges or categories of each column.
fn all_edges<T: Sorted>(
    m: &Matrix<'_, T>,
    chosen: Option<&[u32]>,
    weights: Option<&[f64]>,
    categorical: &[bool],
    max_bins: usize,
) -> Vec<Vec<f64>> {
    let n = chosen.map_or(m.rows, <[u32]>::len);
    let groups = m.cols.div_ceil(TOGETHER);
    let found: Vec<_> = (0..groups).map(|_| Mutex::new(Vec::new())).collect();
    // All room is this thread's: what a worker allocates and frees, the allocator keeps for that worker.
    let room = || Room {
        columns: (0..TOGETHER).map(|_| Vec::with_capacity(n)).collect(),
        keys: Vec::with_capacity(n),
        sorted: Vec::with_capacity(n),
    };
    let rooms: Vec<_> = (0..pool::threads().min(groups)).map(|_| Mutex::new(room())).collect();
    let next = AtomicUsize::new(0);
    pool::run(rooms.len(), |lane| {
        let mut room = rooms[lane].lock().unwrap_or_else(PoisonError::into_inner);
        let Room { columns: values, keys, sorted } = &mut *room;
        loop {
            let group = next.fetch_add(1, Ordering::Relaxed);
            if group >= groups {
                break;
            }
            let columns = group * TOGETHER..((group + 1) * TOGETHER).min(m.cols);
            gather(m, columns.clone(), categorical, chosen, values);
            let edges = values.iter().zip(columns).map(|(values, c)| match categorical[c] {
                true => distinct(sort(values, keys, sorted)),
                false => {
                    let mut edges = match weights {
                        None => edges(sort(values, keys, sorted), max_bins),
                        Some(weights) => weighted_edges(values, weights, max_bins),
                    };
                    edges.iter_mut().for_each(|e| *e = e.min(GREATEST_EDGE));
                    distinct(&edges)
                }
            });
            *found[group].lock().unwrap_or_else(PoisonError::into_inner) = edges.collect();
        }
    });
    let group = |edges: Mutex<Vec<_>>| edges.into_inner().unwrap_or_else(PoisonError::into_inner);
    found.into_iter().flat_map(group).collect()
}

/// Writes the values of some columns into `out`: of the chosen rows, but of all for categories.
fn gather<T: Real>(
    m: &Matrix<'_, T>,
    columns: std::ops::Range<usize>,
    categorical: &[bool],
    chosen: Option<&[u32]>,
    out: &mut [Vec<T>],
) {
    out.iter_mut().for_each(Vec::clear);
    match chosen {
        None => {
            for row in m.iter_rows() {
                for (out, x) in out.iter_mut().zip(&row[columns.clone()]) {
                    out.push(*x);
                }
            }
        }
        Some(chosen) => {
            for &i in chosen {
                for (out, x) in out.iter_mut().zip(&m.row(i as usize)[columns.clone()]) {
                    out.push(*x);
                }
            }
            for (out, c) in out.iter_mut().zip(columns).filter(|(_, c)| categorical[*c]) {
                out.clear();
                out.extend(m.iter_rows().map(|row| row[c]));
            }
        }
    }
}

/// Numbers that sort faster as integers.
trait Sorted: Real {
    type Key: Copy + Ord + Send;

    /// An integer in the order of the numbers; -0 is 0.
    fn key(self) -> Self::Key;
    /// The number of such an integer.
    fn number(key: Self::Key) -> Self;
}

macro_rules! sorted {
    ($type:ty, $bits:ty) => {
        impl Sorted for $type {
            type Key = $bits;

            #[inline]
            fn key(self) -> $bits {
                const SIGN: $bits = 1 << (<$bits>::BITS - 1);
                let bits = (self + 0.0).to_bits();
                if bits & SIGN == 0 { bits | SIGN } else { !bits }
            }

            #[inline]
            fn number(key: $bits) -> $type {
                const SIGN: $bits = 1 << (<$bits>::BITS - 1);
                <$type>::from_bits(if key & SIGN != 0 { key ^ SIGN } else { !key })
            }
        }
    };
}

sorted!(f32, u32);
sorted!(f64, u64);

/// Writes what is not NaN into `out`, in rising order.
fn sort<'a, T: Sorted>(values: &[T], keys: &mut Vec<T::Key>, out: &'a mut Vec<f64>) -> &'a [f64] {
    keys.clear();
    keys.extend(values.iter().filter(|x| !x.is_nan()).map(|x| x.key()));
    keys.sort_unstable();
    out.clear();
    out.extend(keys.iter().map(|&key| T::number(key).f64()));
    out
}

/// Each of equal neighbours once.
fn distinct(sorted: &[f64]) -> Vec<f64> {
    let mut out = sorted.to_vec();
    out.dedup();
    out
}

/// The upper ends of the bins of a column, but the last.
fn edges(sorted: &[f64], max_bins: usize) -> Vec<f64> {
    between(sorted, max_bins)
        .unwrap_or_else(|| (1..max_bins).map(|k| percentile(sorted, rank(k, max_bins))).collect())
}

/// The same of values that have weights.
fn weighted_edges<T: Real>(values: &[T], weights: &[f64], max_bins: usize) -> Vec<f64> {
    let mut pairs: Vec<(f64, f64)> = values
        .iter()
        .zip(weights)
        .filter(|(x, w)| !x.is_nan() && **w != 0.0)
        .map(|(x, w)| (x.f64() + 0.0, *w))
        .collect();
    pairs.sort_by(|a, b| a.0.total_cmp(&b.0));
    let sorted: Vec<f64> = pairs.iter().map(|p| p.0).collect();
    between(&sorted, max_bins).unwrap_or_else(|| {
        let mut total = 0.0;
        let sums: Vec<f64> = pairs
            .iter()
            .map(|p| {
                total += p.1;
                total
            })
            .collect();
        let at = |k| weighted_percentile(&sorted, &sums, rank(k, max_bins));
        distinct(&(1..max_bins).map(at).collect::<Vec<_>>())
    })
}

/// The middles between distinct values, if there are at most `max_bins`.
fn between(sorted: &[f64], max_bins: usize) -> Option<Vec<f64>> {
    let mut values: Vec<f64> = Vec::new();
    for &x in sorted {
        if values.last() != Some(&x) {
            if values.len() == max_bins {
                return None;
            }
            values.push(x);
        }
    }
    Some(values.windows(2).map(|w| w[0] / 2.0 + w[1] / 2.0).collect())
}

/// The percentage below the `k`-th edge.
fn rank(k: usize, max_bins: usize) -> f64 {
    k as f64 * (100.0 / max_bins as f64)
}

/// The inverse of the distribution function, averaged where it jumps: definition 2 of Hyndman and Fan
/// 1996.
fn percentile(sorted: &[f64], percent: f64) -> f64 {
    let at = sorted.len() as f64 * (percent / 100.0) - 1.0;
    let low = at.floor();
    let place = |i: f64| sorted[(i.max(0.0) as usize).min(sorted.len() - 1)];
    if at > low { place(low + 1.0) } else { (place(low) + place(low + 1.0)) / 2.0 }
}

/// [`percentile`] of values with cumulative weights, none of which is 0.
fn weighted_percentile(sorted: &[f64], sums: &[f64], percent: f64) -> f64 {
    let last = sorted.len() - 1;
    let wanted = percent / 100.0 * sums[last];
    let at = sums.partition_point(|&s| s < wanted).min(last);
    if sums[at] - wanted > f64::EPSILON {
        sorted[at]
    } else {
        (sorted[at] + sorted[(at + 1).min(last)]) / 2.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn binner(x: &[f64], weights: Option<&[f64]>, max_bins: usize) -> Binner {
        let x = Dense::F64(Matrix::new(x, x.len(), 1));
        Binner::fit(&x, None, weights, vec![false], max_bins, 0).unwrap()
    }

    #[test]
    fn few_values_have_a_bin_each() {
        let x = [3.0, 1.0, f64::NAN, 1.0, 2.0, -0.0, 0.0];
        let b = binner(&x, None, 255);
        assert_eq!(b.edges(0), [0.5, 1.5, 2.5]);
        let bins = b.transform(&Dense::F64(Matrix::new(&x[..], 7, 1)), None);
        assert_eq!(bins.data, [3, 1, MISSING, 1, 2, 0, 0]);
        assert_eq!(bins.missing(), [true]);
    }

    #[test]
    fn many_values_share_bins_evenly() {
        let x: Vec<f64> = (0..1000).map(|i| f64::from(i * 7 % 1000)).collect();
        let b = binner(&x, None, 10);
        // 100 values are at most each edge, which lies between two values.
        let expected: Vec<f64> = (1..10).map(|k| f64::from(k) * 100.0 - 0.5).collect();
        assert_eq!(b.edges(0), expected);
        // Weights count as repetitions do.
        let w: Vec<f64> = x.iter().map(|&x| if x < 500.0 { 3.0 } else { 1.0 }).collect();
        let repeated: Vec<f64> =
            x.iter().zip(&w).flat_map(|(&x, &w)| vec![x; w as usize]).collect();
        assert_eq!(binner(&x, Some(&w), 10).edges(0), binner(&repeated, None, 10).edges(0));
    }

    #[test]
    fn values_go_where_the_edges_say() {
        let x: Vec<f64> = (0..5000).map(|i| f64::from(i * 37 % 5000).sqrt()).collect();
        let b = binner(&x, None, 255);
        assert_eq!(b.bins(0), 255);
        let bins = b.transform(&Dense::F64(Matrix::new(&x[..], 5000, 1)), None);
        for (x, bin) in x.iter().zip(bins.data) {
            assert_eq!(usize::from(bin), b.edges(0).partition_point(|e| e < x));
        }
    }

    #[test]
    fn categories_are_numbered_and_too_many_refused() {
        let x = Dense::F64(Matrix::new(vec![7.0, -1.0, f64::NAN, 7.0, 9.0], 5, 1));
        let b = Binner::fit(&x, None, None, vec![true], 255, 0).unwrap();
        assert_eq!(b.transform(&x, None).data, [1, 0, MISSING, 1, 2]);
        assert!(b.code(0, 8.0).is_nan());
        let e = Binner::fit(&x, None, None, vec![true], 2, 0).unwrap_err().to_string();
        assert!(e.contains("cardinality <= 2 but actually has a cardinality of 3"), "{e}");
    }
}
