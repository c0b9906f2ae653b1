//! The best split of two classes without sorting all samples.
//!
//! The gain is convex in what lies on the left (both the weight and that of the second class: it is a sum
//! of squares over weights), so that within a range of values it is no greater than at the corners that
//! are reached if one class came before the other. Samples are counted by ranges of values, and only
//! those in ranges whose corners promise more than is had already are sorted. A range whose samples all have
//! the same value, as whole numbers often do, is taken as one.

use super::ranks::{Column, sort};

/// The fewest samples for which this is faster than sorting.
pub(super) const LEAST: usize = 64;

/// Where more than such a part of the samples is looked at and less than that of the ranges has any, it pays to
/// find out which ranges have one value.
const MANY: usize = 4;

/// The best split of a feature.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Found {
    pub(super) gain: f64,
    /// The ranks on both sides of it.
    pub(super) ranks: (u32, u32),
}

/// How a column's numbers are put into ranges.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Ranges {
    /// So many ranks each: 2 to the power of `shift`.
    Places { count: usize, shift: u32 },
    /// So wide each: what is above the first value, times `scale`.
    Values { count: usize, first: f64, scale: f64 },
}

impl Ranges {
    /// Ranges for `n` samples whose numbers lie in `low..=high`.
    pub(super) fn new(column: &Column, (low, high): (u32, u32), n: usize) -> Ranges {
        let wanted = (n / 16).clamp(16, 2048);
        if column.is_placed() {
            let bits = 32 - (high - low).leading_zeros();
            let shift = bits.saturating_sub(wanted.ilog2());
            return Ranges::Places { count: ((high - low) >> shift) as usize + 1, shift };
        }
        let (first, last) = (f64::from(column.value(low)), f64::from(column.value(high)));
        // The last value is in a range of its own, or in the one before it, by rounding.
        Ranges::Values { count: wanted + 1, first, scale: wanted as f64 / (last - first) }
    }
}

/// Space for searches.
#[derive(Debug, Default)]
pub(super) struct Coarse {
    /// Of each range: the weight, and below it in the lower half that of the second class.
    counts: Vec<u64>,
    /// The same of all ranges before.
    before: Vec<u64>,
    /// Whether a range is searched, and whether its samples are looked at.
    searched: Vec<bool>,
    looked_at: Vec<bool>,
    /// How many ranges have any sample.
    filled: usize,
    /// The least and the greatest rank of each range, where that was asked for.
    extents: Vec<(u32, u32)>,
    /// The samples that are looked at, and room to sort them.
    kept: Vec<u64>,
    spare: Vec<u64>,
}

/// The weight and that of the second class in a count.
#[inline]
fn parts(count: u64) -> (i64, i64) {
    ((count >> 32) as i64, (count & 0xffff_ffff) as i64)
}

/// The square and the product whose quotient is the gain, of weights on the left.
#[inline]
fn gain(total: [i64; 2], weight: i64, second: i64) -> (f64, f64) {
    let (left, right) = (weight as f64, (total[0] - weight) as f64);
    let d = second as f64 * total[0] as f64 - left * total[1] as f64;
    (d * d, left * right)
}

impl Coarse {
    /// The best split among keys (rank, weight and class; see `score::counts`) whose ranks lie in
    /// `low..=high`, if it is better than `record`. There are `n` ranges, and `range` says which one a rank
    /// is in, `apart` whether there may be a split between two ranks. Nothing at all, if only sorting them
    /// helps.
    #[allow(clippy::too_many_arguments)]
    // Within a greater function, what its loops count with would lie in memory.
    #[inline(never)]
    pub(super) fn search(
        &mut self,
        keys: &[u64],
        (low, high): (u32, u32),
        (n, range): (usize, impl Fn(u32) -> usize),
        total: [i64; 2],
        record: f64,
        apart: impl Fn(u32, u32) -> bool,
    ) -> Option<Option<Found>> {
        let range = |key: u64| range((key >> 32) as u32);
        self.counts.clear();
        self.counts.resize(n, 0);
        for &key in keys {
            let weight = key >> 16 & 0xffff;
            self.counts[range(key)] += weight << 32 | (weight & (key & 1).wrapping_neg());
        }
        let best = self.ends(total, record);
        let Some(most) = self.mark(total, record, best) else { return Some(None) };
        // Room for one more, which each of the others is at first.
        let most = most.min(keys.len()) + 1;
        let (mut kept, mut spare) =
            (std::mem::take(&mut self.kept), std::mem::take(&mut self.spare));
        if kept.len() < most {
            kept.resize(most, 0);
            spare.resize(most, 0);
        }
        // Whole numbers leave most ranges between them empty.
        let whole = most > keys.len() / MANY && self.filled < n / MANY;
        let mut count = if whole { self.keep_single(keys, range, &mut kept) } else { 0 };
        for &key in keys {
            kept[count] = key;
            count += usize::from(self.looked_at[range(key)]);
        }
        sort(&mut kept[..count], &mut spare[..count], low, high);
        let found = self.sweep(&kept[..count], range, total, record, apart);
        (self.kept, self.spare) = (kept, spare);
        // The best split between ranges may be one that is not allowed; then others were left out for it.
        let promised = best > record && found.is_none_or(|f| f.gain < best * (1.0 - 1e-9));
        (!promised).then_some(found)
    }

    /// Keeps one sample, which weighs nothing, of each range of a single value that is looked at; what the
    /// others weigh is known, and comes before it. How many these are.
    #[inline(never)]
    fn keep_single(
        &mut self,
        keys: &[u64],
        range: impl Fn(u64) -> usize,
        kept: &mut [u64],
    ) -> usize {
        self.extents.clear();
        self.extents.resize(self.counts.len(), (u32::MAX, 0));
        for &key in keys {
            let (extent, rank) = (&mut self.extents[range(key)], (key >> 32) as u32);
            *extent = (extent.0.min(rank), extent.1.max(rank));
        }
        let mut count = 0;
        for (i, &(low, high)) in self.extents.iter().enumerate() {
            if self.looked_at[i] && low == high {
                self.looked_at[i] = false;
                self.before[i] += self.counts[i];
                kept[count] = u64::from(low) << 32;
                count += 1;
            }
        }
        count
    }

    /// What lies before each range, and the best gain between two ranges if it is more than `record`.
    fn ends(&mut self, total: [i64; 2], record: f64) -> f64 {
        self.before.clear();
        let (mut sum, mut best) = (0u64, record);
        for &count in &self.counts {
            self.before.push(sum);
            sum += count;
            let (weight, second) = parts(sum);
            let (square, product) = gain(total, weight, second);
            if count != 0 && square > best * product {
                best = square / product;
            }
        }
        best
    }

    /// Marks the ranges that may hold a better split. The weight of the samples that are looked at for it, if
    /// there are any: no fewer than the samples are.
    fn mark(&mut self, total: [i64; 2], record: f64, best: f64) -> Option<usize> {
        let n = self.counts.len();
        self.searched.clear();
        self.searched.resize(n, false);
        self.looked_at.clear();
        self.looked_at.resize(n, false);
        let (mut any, mut last, mut weight) = (false, false, 0);
        self.filled = 0;
        for i in 0..n {
            let count = self.counts[i];
            if count == 0 {
                continue;
            }
            let ((w, s), (dw, ds)) = (parts(self.before[i]), parts(count));
            // A little less than the bound: it is rounded.
            let promises = |weight: i64, second: i64| {
                let (square, product) = gain(total, weight, second);
                square >= best * product * (1.0 - 1e-12)
                    && square > record * product * (1.0 - 1e-12)
            };
            let searched = promises(w, s)
                || promises(w + dw - ds, s)
                || promises(w + ds, s + ds)
                || promises(w + dw, s + ds);
            self.searched[i] = searched;
            // The first sample after a range is the other side of its last split.
            self.looked_at[i] = searched || last;
            weight += if searched || last { dw as usize } else { 0 };
            last = searched;
            any |= searched;
            self.filled += 1;
        }
        any.then_some(weight)
    }

    /// Tries the splits within and after the ranges that are searched.
    fn sweep(
        &self,
        kept: &[u64],
        range: impl Fn(u64) -> usize,
        total: [i64; 2],
        mut record: f64,
        apart: impl Fn(u32, u32) -> bool,
    ) -> Option<Found> {
        let (mut found, mut at, mut sum) = (None, usize::MAX, 0u64);
        for pair in kept.windows(2) {
            let here = range(pair[0]);
            if here != at {
                at = here;
                sum = self.before[here];
            }
            if !self.searched[here] {
                continue;
            }
            let key = pair[0];
            let weight = key >> 16 & 0xffff;
            sum += weight << 32 | (weight & (key & 1).wrapping_neg());
            let (a, b) = ((key >> 32) as u32, (pair[1] >> 32) as u32);
            let (weight, second) = parts(sum);
            let (square, product) = gain(total, weight, second);
            if a != b && square > record * product && apart(a, b) {
                record = square / product;
                found = Some(Found { gain: record, ranks: (a, b) });
            }
        }
        found
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use seodang_core::random::Stream;

    #[test]
    fn the_best_split_is_that_of_all_samples_in_order() {
        let mut r = Stream::new(1, 0);
        for round in 0..200 {
            let (n, ranks) = (64 + r.below(2000) as usize, 2 + r.below(3000));
            let lean = r.uniform();
            let keys: Vec<u64> = (0..n)
                .map(|_| {
                    let rank = r.below(ranks);
                    let share = if rank * 3 > ranks { lean } else { 0.4 };
                    let second = u64::from(r.uniform() < share);
                    (rank + 7) << 32 | (1 + r.below(3)) << 16 | second
                })
                .collect();
            let weight = |k: u64| (k >> 16 & 0xffff) as i64;
            let total = keys.iter().fold([0, 0], |t: [i64; 2], &k| {
                [t[0] + weight(k), t[1] + weight(k) * (k & 1) as i64]
            });
            let rank = |k: &u64| (k >> 32) as u32;
            let (low, high) = (keys.iter().map(rank).min(), keys.iter().map(rank).max());
            let (Some(low), Some(high)) = (low, high) else { unreachable!() };
            let mut sorted = keys.clone();
            sorted.sort_unstable();
            let (mut best, mut left) = (0.0f64, [0, 0]);
            for pair in sorted.windows(2) {
                left =
                    [left[0] + weight(pair[0]), left[1] + weight(pair[0]) * (pair[0] & 1) as i64];
                if rank(&pair[0]) != rank(&pair[1]) {
                    let (square, product) = gain(total, left[0], left[1]);
                    best = best.max(square / product);
                }
            }
            let record = if round % 2 == 0 { f64::NEG_INFINITY } else { 0.5 * best };
            let search = |record: f64, count: usize| {
                let wide = (high - low) as usize / count + 1;
                let range = |rank: u32| (rank - low) as usize / wide;
                let all = |_, _| true;
                Coarse::default().search(&keys, (low, high), (count, range), total, record, all)
            };
            for count in [16, 100, 5000] {
                let found = search(record, count).unwrap().unwrap();
                assert!((found.gain - best).abs() <= 1e-12 * best, "{} {best}", found.gain);
                assert_eq!(search(2.0 * best, count), Some(None));
            }
        }
    }
}
