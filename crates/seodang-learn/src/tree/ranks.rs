//! Features as trees look at them: each column's values in `f32`, numbered in rising order.

use super::packed::floor;
use crate::features::{Dense, Features, Matrix, Real, typed};
use seodang_core::{Error, Result, text};
use seodang_kernels::pool;
use std::sync::Mutex;

/// Values that are no farther apart than this cannot be split, as in scikit-learn.
pub(super) const SAME: f32 = 1e-7;

/// Columns that are converted together, so that a row's cache line is read once for all of them.
const TOGETHER: usize = 8;

/// Ranks that are gathered at once, for each sample of the table.
const GATHERED: usize = 4;

/// A column: a number of each sample's value, in the order of the values.
#[derive(Debug)]
pub(crate) struct Column {
    /// The numbers.
    pub(super) ranks: Vec<u32>,
    /// The distinct values in rising order, without NaN, if the numbers are their places; else the numbers
    /// are those that [`ordered`] writes.
    values: Option<Vec<f32>>,
    /// The number of NaN, above all others.
    pub(super) absent: u32,
    /// Whether there is a NaN.
    pub(super) missing: bool,
    /// Whether some neighbours among the values may be too close to be split.
    pub(super) close: bool,
    /// The most ranks that values are apart that are too close to be split.
    span: u32,
}

/// All columns of a table.
///
/// Splits are searched for among numbers of values. Places among the distinct values sort faster than the
/// values' own bits, and are shared by all trees of a forest; a single tree is done without them as soon:
/// it numbers the values of the table that was given whenever it looks at them, and needs no memory for it.
#[derive(Debug)]
pub(crate) struct Ranked<'a> {
    pub(crate) rows: usize,
    /// The columns, without their numbers if these are those of `given`.
    pub(super) columns: Vec<Column>,
    /// The values themselves.
    given: Option<&'a Dense<'a>>,
    /// The numbers row by row, where many trees are grown: the samples of a small node are far apart in
    /// a column, but what is asked of a sample lies together in its row.
    table: Vec<u32>,
}

/// What `$run` does with a function that says the rank of a sample in a column, for so many samples.
macro_rules! with_ranks {
    ($x:expr, $column:expr, $samples:expr, |$rank:ident| $run:expr) => {{
        let (cols, close) = ($x.cols(), $x.are_close($samples));
        match $x.given {
            Some(Dense::F64(m)) => {
                let values = &m.data[$column..];
                let $rank = |s: usize| ordered(values[s * cols] as f32);
                $run
            }
            Some(Dense::F32(m)) => {
                let values = &m.data[$column..];
                let $rank = |s: usize| ordered(values[s * cols]);
                $run
            }
            None if close => {
                let ranks = &$x.columns[$column].ranks[..];
                let $rank = |s: usize| ranks[s];
                $run
            }
            None => {
                let ranks = &$x.table[$column..];
                let $rank = |s: usize| ranks[s * cols];
                $run
            }
        }
    }};
}

impl<'a> Ranked<'a> {
    /// Of the values where they are.
    ///
    /// # Errors
    /// `Value` for a number that `f32` cannot hold.
    pub(crate) fn given(x: &'a Dense<'a>) -> Result<Ranked<'a>> {
        let (rows, cols) = x.shape();
        if let Dense::F64(m) = x {
            single(&m.data)?;
        }
        let mut columns: Vec<Column> = (0..cols).map(|_| Column::of(Vec::new())).collect();
        typed!(x, m => if m.data.iter().any(|x| x.f64().is_nan()) {
            for row in m.iter_rows() {
                columns.iter_mut().zip(row).for_each(|(c, x)| c.missing |= x.f64().is_nan());
            }
        });
        Ok(Ranked { rows, columns, given: Some(x), table: Vec::new() })
    }

    /// Numbers the values of every column, by their places if `places`.
    ///
    /// # Errors
    /// `Value` for a number that `f32` cannot hold.
    pub(crate) fn new(x: &Dense<'_>, places: bool) -> Result<Ranked<'a>> {
        let (rows, cols) = x.shape();
        if let Dense::F64(m) = x {
            single(&m.data)?;
        }
        let mut columns: Vec<Column> = (0..cols).map(|_| Column::of(vec![0; rows])).collect();
        let parts: Vec<_> = columns.chunks_mut(TOGETHER).map(Mutex::new).collect();
        pool::run(parts.len(), |t| {
            let mut part = parts[t].lock().expect("each part has one task");
            typed!(x, m => gather(m, t * TOGETHER, &mut part));
            if places {
                let (mut keys, mut spare) = (vec![0u64; rows], vec![0u64; rows]);
                part.iter_mut().for_each(|c| c.place(&mut keys, &mut spare));
            }
        });
        drop(parts);
        Ok(Ranked { rows, columns, given: None, table: Vec::new() })
    }

    /// The same, with the numbers row by row as well, if there is enough to gain for `trees` trees.
    #[must_use]
    pub(crate) fn for_many(mut self, trees: usize) -> Ranked<'a> {
        if trees >= 4 && self.rows >= 4096 {
            let cols = self.cols();
            self.table = vec![0; self.rows * cols];
            let parts: Vec<_> = self.table.chunks_mut(cols * 1024).map(Mutex::new).collect();
            let columns = &self.columns;
            pool::run(parts.len(), |t| {
                let mut part = parts[t].lock().expect("each part has one task");
                for (c, column) in columns.iter().enumerate() {
                    let ranks = &column.ranks[t * 1024..];
                    for (row, rank) in part.chunks_exact_mut(cols).zip(ranks) {
                        row[c] = *rank;
                    }
                }
            });
        }
        self
    }

    /// Writes a key of each sample: its rank in column `c`, and a payload below it. Gives the least rank and
    /// the greatest.
    // Within a greater function, what the loops count with would lie in memory.
    #[inline(never)]
    pub(super) fn keys(
        &self,
        c: usize,
        samples: &[u32],
        payloads: impl Iterator<Item = u32>,
        keys: &mut [u64],
    ) -> (u32, u32) {
        with_ranks!(self, c, samples.len(), |rank| {
            fill(samples.iter().map(|&s| rank(s as usize)), payloads, keys)
        })
    }

    /// How many columns it pays to [gather](Ranked::gather) at once, for a node of `n` samples, if any.
    pub(super) fn together(&self, n: usize) -> Option<usize> {
        let most = (GATHERED * self.rows / n.max(1)).min(self.cols());
        (self.given.is_some() && most > 1).then_some(most)
    }

    /// Writes the ranks of samples in some columns of the given table, column by column: a row's cache lines
    /// are read once for all of them.
    pub(super) fn gather(&self, columns: &[u32], samples: &[u32], to: &mut Vec<u32>) {
        let n = samples.len();
        if to.len() < n * columns.len() {
            to.resize(n * columns.len(), 0);
        }
        let Some(x) = self.given else { return };
        let mut to: Vec<&mut [u32]> = to.chunks_exact_mut(n).take(columns.len()).collect();
        typed!(x, m => gather_rows(m, columns, samples, &mut to));
    }

    /// Brings the samples whose rank in column `c` says so to the left of the others, for which there is as
    /// much spare room. How many are on the left.
    #[inline(never)]
    pub(super) fn divide(
        &self,
        c: usize,
        samples: &mut [u32],
        spare: &mut [u32],
        left: impl Fn(u32) -> bool,
    ) -> usize {
        with_ranks!(self, c, samples.len(), |rank| part(samples, spare, |s| left(rank(s))))
    }

    /// Whether so many samples lie close enough together in a column to be read there.
    fn are_close(&self, samples: usize) -> bool {
        self.table.is_empty() || samples * 6 > self.rows
    }

    /// The number of columns.
    pub(crate) fn cols(&self) -> usize {
        self.columns.len()
    }
}

/// The ranks of samples in some columns.
#[inline(never)]
fn gather_rows<T: Real>(
    m: &Matrix<'_, T>,
    columns: &[u32],
    samples: &[u32],
    to: &mut [&mut [u32]],
) {
    // As many as a line of the cache has room for the ranks of.
    const LINE: usize = 16;
    let (mut at, cols) = (0, m.cols);
    for samples in samples.chunks(LINE) {
        let mut rows = [&m.data[..0]; LINE];
        for (row, &s) in rows.iter_mut().zip(samples) {
            *row = &m.data[s as usize * cols..][..cols];
        }
        let rows = &rows[..samples.len()];
        for (to, &c) in to.iter_mut().zip(columns) {
            for (to, row) in to[at..].iter_mut().zip(rows) {
                *to = ordered(row[c as usize].f64() as f32);
            }
        }
        at += samples.len();
    }
}

/// Writes keys of ranks, and of payloads below them. Gives the least rank and the greatest.
#[inline]
pub(super) fn fill(
    ranks: impl Iterator<Item = u32>,
    payloads: impl Iterator<Item = u32>,
    keys: &mut [u64],
) -> (u32, u32) {
    let (mut low, mut high) = (u32::MAX, 0);
    for ((key, rank), payload) in keys.iter_mut().zip(ranks).zip(payloads) {
        (low, high) = (low.min(rank), high.max(rank));
        *key = u64::from(rank) << 32 | u64::from(payload);
    }
    (low, high)
}

/// Brings some samples to the left of the others, each side in the order in which it was; there is as much
/// spare room. How many are on the left.
pub(super) fn part(samples: &mut [u32], spare: &mut [u32], left: impl Fn(usize) -> bool) -> usize {
    let (mut l, mut r) = (0, 0);
    for i in 0..samples.len() {
        let s = samples[i];
        samples[l] = s;
        spare[r] = s;
        let left = usize::from(left(s as usize));
        l += left;
        r += 1 - left;
    }
    samples[l..].copy_from_slice(&spare[..r]);
    l
}

/// Refuses numbers that `f32` cannot hold, in scikit-learn's words.
///
/// # Errors
/// `Value`, if there is one.
pub(crate) fn fits_single(x: &Features<'_>) -> Result<()> {
    match x {
        Features::Dense(Dense::F32(_)) => Ok(()),
        Features::Dense(Dense::F64(m)) => single(&m.data),
        Features::Sparse(s) => single(&s.data),
    }
}

/// The same of the numbers themselves.
pub(super) fn single(x: &[f64]) -> Result<()> {
    let fits = |chunk: &[f64]| {
        chunk.iter().fold(true, |fine, x| fine & (x.is_nan() | (x.abs() <= LARGEST)))
    };
    if x.chunks(4096).all(fits) {
        return Ok(());
    }
    Err(Error::value(text!(
        en: "Input X contains infinity or a value too large for dtype('float32').",
        ko: "입력 X에 무한대나 float32에 너무 큰 값이 있습니다."
    )))
}

/// What is beyond this rounds to infinity: half a step above the greatest `f32`.
const LARGEST: f64 = 3.402_823_567_797_336_6e38;

/// The order of `f32` as that of unsigned integers; all NaN come last, and -0 is 0.
#[inline]
pub(super) fn ordered(x: f32) -> u32 {
    if x.is_nan() {
        return u32::MAX;
    }
    let bits = (x + 0.0).to_bits();
    // All bits turned of a negative number, the first one of another: nobody could foresee a branch.
    let negative = (bits as i32 >> 31) as u32;
    bits ^ (negative | 1 << 31)
}

/// The number that [`ordered`] wrote.
fn value(order: u32) -> f32 {
    let negative = (!order as i32 >> 31) as u32;
    f32::from_bits(order ^ (negative | 1 << 31))
}

/// The orders of some columns' values.
fn gather<T: Real>(m: &Matrix<'_, T>, first: usize, columns: &mut [Column]) {
    for i in 0..m.rows {
        for (column, x) in columns.iter_mut().zip(&m.row(i)[first..]) {
            let order = ordered(x.f64() as f32);
            column.ranks[i] = order;
            column.missing |= order == u32::MAX;
        }
    }
}

impl Column {
    /// A column of what [`ordered`] writes.
    pub(super) fn of(ranks: Vec<u32>) -> Column {
        Column {
            ranks,
            values: None,
            absent: u32::MAX,
            missing: false,
            close: true,
            span: u32::MAX,
        }
    }

    /// The value of a number that is not that of NaN.
    #[inline]
    pub(super) fn value(&self, rank: u32) -> f32 {
        match &self.values {
            Some(values) => values[rank as usize],
            None => value(rank),
        }
    }

    /// Whether the numbers are places among the values, of which each is there.
    pub(super) fn is_placed(&self) -> bool {
        self.values.is_some()
    }

    /// The least number that no value up to `most` has. One of these values is there.
    pub(super) fn above(&self, most: f64) -> u32 {
        match &self.values {
            Some(values) => values.partition_point(|&v| f64::from(v) <= most) as u32,
            None => ordered(floor(most)) + 1,
        }
    }

    /// Whether all values from one rank to another are too close to be split.
    #[inline]
    pub(super) fn flat(&self, low: u32, high: u32) -> bool {
        high - low <= self.span && self.value(high) <= self.value(low) + SAME
    }

    /// Whether there may be a split between two neighbouring ranks: one is a missing value's, or the
    /// values are not too close.
    #[inline]
    pub(super) fn apart(&self, a: u32, b: u32) -> bool {
        let far = !self.close || b - a > self.span || b == self.absent;
        far || self.value(b) > self.value(a) + SAME
    }

    /// Makes the numbers those of the places among the values.
    fn place(&mut self, keys: &mut [u64], spare: &mut [u64]) {
        let ranks = &mut self.ranks;
        for (row, (key, &order)) in keys.iter_mut().zip(&*ranks).enumerate() {
            *key = u64::from(order) << 32 | row as u64;
        }
        sort(keys, spare, 0, u32::MAX);
        let (mut values, mut close) = (Vec::<f32>::new(), false);
        let mut last = None;
        for &key in keys.iter() {
            let (order, row) = ((key >> 32) as u32, key as u32 as usize);
            if order == u32::MAX {
                ranks[row] = values.len() as u32;
                continue;
            }
            if last != Some(order) {
                let v = value(order);
                close |= values.last().is_some_and(|&u| v <= u + SAME);
                values.push(v);
                last = Some(order);
            }
            ranks[row] = values.len() as u32 - 1;
        }
        let (mut first, mut span) = (0, 0);
        for last in 0..if close { values.len() } else { 0 } {
            while values[last] > values[first] + SAME {
                first += 1;
            }
            span = span.max((last - first) as u32);
        }
        values.shrink_to_fit();
        (self.absent, self.close, self.span) = (values.len() as u32, close, span);
        self.values = Some(values);
    }
}

/// Sorts by the upper halves, which lie in `low..=high`; equal ones stay in their order, or, if there
/// are few, are ordered by their lower halves. `spare` has the same length.
pub(super) fn sort(keys: &mut [u64], spare: &mut [u64], low: u32, high: u32) {
    if keys.len() < 96 {
        keys.sort_unstable();
        return;
    }
    let bits = 32 - (high - low).leading_zeros();
    // As few passes as there are with tables that are not larger than what is sorted.
    let widest = (usize::BITS - 1 - keys.len().leading_zeros()).clamp(6, 11);
    let passes = bits.div_ceil(widest);
    if passes == 0 {
        return;
    }
    let width = bits.div_ceil(passes);
    let mask = (1usize << width) - 1;
    let mut counts = [0u32; 1 << 11];
    let (mut from, mut to) = (&mut keys[..], &mut spare[..]);
    for pass in 0..passes {
        let digit = |key: u64| (((key >> 32) as u32 - low) >> (pass * width)) as usize & mask;
        let counts = &mut counts[..=mask];
        counts.fill(0);
        for &key in from.iter() {
            counts[digit(key)] += 1;
        }
        let mut sum = 0;
        for c in counts.iter_mut() {
            sum += std::mem::replace(c, sum);
        }
        for &key in from.iter() {
            let at = &mut counts[digit(key)];
            to[*at as usize] = key;
            *at += 1;
        }
        std::mem::swap(&mut from, &mut to);
    }
    if passes % 2 == 1 {
        to.copy_from_slice(from);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranks_are_the_order_of_the_values() {
        let x = [2.5, f64::NAN, -1.0, 0.0, -0.0, 2.5, f64::from(f32::MIN), 1e-9];
        let ranked = Ranked::new(&Dense::F64(Matrix::new(&x[..], 8, 1)), true).unwrap();
        let column = &ranked.columns[0];
        assert_eq!(column.values.as_deref(), Some(&[f32::MIN, -1.0, 0.0, 1e-9, 2.5][..]));
        assert_eq!(column.ranks, [4, 5, 1, 2, 2, 4, 0, 3]);
        assert!(column.missing && column.close);
        // The values' own order is the same.
        let own = Ranked::new(&Dense::F64(Matrix::new(&x[..], 8, 1)), false).unwrap();
        let own = &own.columns[0];
        for (i, &a) in x.iter().enumerate() {
            assert_eq!(own.ranks[i] == own.absent, a.is_nan());
            for j in (0..8).filter(|&j| !a.is_nan() && !x[j].is_nan()) {
                let (p, q) = (column.ranks[i], column.ranks[j]);
                let (r, s) = (own.ranks[i], own.ranks[j]);
                assert_eq!(p.cmp(&q), r.cmp(&s));
                assert_eq!((column.value(p), own.value(r)), (a as f32 + 0.0, a as f32 + 0.0));
                assert!(
                    p >= q
                        || (column.apart(p, q), column.flat(p, q))
                            == (own.apart(r, s), own.flat(r, s))
                );
                assert_eq!(q < column.above(a), s < own.above(a));
            }
        }
        let e = Ranked::new(&Dense::F64(Matrix::new(vec![1e39], 1, 1)), true).unwrap_err();
        assert!(e.to_string().contains("too large for dtype('float32')"), "{e}");
    }

    #[test]
    fn many_keys_are_sorted_as_few_are() {
        for (n, range) in [(97usize, 3u32), (1000, 1000), (5000, u32::MAX), (300, 1)] {
            let key = |i: usize| {
                let x = (i as u32).wrapping_mul(2_654_435_761) % range;
                u64::from(x + u32::from(range < 5) * 7) << 32 | i as u64
            };
            let mut keys: Vec<u64> = (0..n).map(key).collect();
            let mut sorted = keys.clone();
            sorted.sort_unstable();
            let low = (sorted[0] >> 32) as u32;
            let high = (sorted[n - 1] >> 32) as u32;
            sort(&mut keys, &mut vec![0; n], low, high);
            assert_eq!(keys, sorted);
        }
    }
}
