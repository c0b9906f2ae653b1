//! The best way to split a node, from its histogram.

use super::binning::MISSING;
use super::histogram::{Bin, Feature, Scale, Sums, minus, plus};

/// A child must have at least this sum of Hessians.
pub(crate) const MIN_HESSIAN: f64 = 1e-3;
/// A category with fewer samples goes right, and means are drawn towards 0 as by as many samples.
const MIN_CATEGORY: f64 = 10.0;

/// What splits must keep to.
#[derive(Clone, Debug)]
pub(crate) struct Limits {
    pub(crate) min_samples_leaf: u32,
    pub(crate) l2: f64,
}

/// The node to split.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Parent {
    pub(crate) total: Bin,
    pub(crate) value: f64,
    /// Between which its children's values must lie.
    pub(crate) bounds: [f64; 2],
}

/// What is known of a feature.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Column {
    /// Its bins, that of missing values not counted.
    pub(crate) bins: usize,
    /// Whether there are missing values.
    pub(crate) missing: bool,
    pub(crate) categorical: bool,
    /// 1 if values must not fall along it, -1 if they must not rise.
    pub(crate) monotonic: i8,
}

/// A way to split.
#[derive(Clone, Debug)]
pub(crate) struct Split {
    pub(crate) gain: f64,
    pub(crate) feature: u32,
    /// The last bin that goes left; of numbers only.
    pub(crate) bin: u8,
    pub(crate) missing_left: bool,
    pub(crate) left: Bin,
    /// The bins that go left; of categories only.
    pub(crate) categories: Option<[u32; 8]>,
}

impl Split {
    /// Which bins go left.
    pub(crate) fn table(&self) -> [bool; 256] {
        std::array::from_fn(|bin| match &self.categories {
            Some(set) => contains(set, bin),
            None if bin == usize::from(MISSING) => self.missing_left,
            None => bin <= usize::from(self.bin),
        })
    }
}

/// Whether a set has a bin.
#[inline]
pub(crate) fn contains(set: &[u32; 8], bin: usize) -> bool {
    set[bin / 32] >> (bin % 32) & 1 == 1
}

/// The value of a node, without shrinkage: equation 5 of Chen and Guestrin 2016, within bounds.
#[inline]
pub(crate) fn value(sums: &Sums, l2: f64, [low, high]: [f64; 2]) -> f64 {
    let value = -sums.gradient / (sums.hessian + l2 + 1e-15);
    if value < low {
        low
    } else if value > high {
        high
    } else {
        value
    }
}

/// Looks through the splits of one feature.
struct Search<'a> {
    limits: &'a Limits,
    scale: &'a Scale,
    parent: Parent,
    all: Sums,
    monotonic: i8,
    free: bool,
    best: f64,
}

/// What is to be done after a candidate.
enum Next {
    Better,
    Go,
    Stop,
}

impl Search<'_> {
    /// The gain of a split: equation 7 of Chen and Guestrin 2016.
    #[inline]
    fn gain(&self, left: &Sums, right: &Sums) -> f64 {
        let (l2, parent) = (self.limits.l2 + 1e-15, &self.parent);
        let before = self.all.gradient * parent.value;
        if self.free {
            let (h_left, h_right) = (left.hessian + l2, right.hessian + l2);
            let above =
                left.gradient * left.gradient * h_right + right.gradient * right.gradient * h_left;
            return before + above / (h_left * h_right);
        }
        let v_left = value(left, self.limits.l2, parent.bounds);
        let v_right = value(right, self.limits.l2, parent.bounds);
        if self.monotonic > 0 && v_left > v_right || self.monotonic < 0 && v_left < v_right {
            return -1.0;
        }
        before - left.gradient * v_left - right.gradient * v_right
    }

    /// Judges the split of which one side is `scanned`, the side that grows.
    #[inline]
    fn judge(&mut self, scanned: Bin, is_left: bool) -> Next {
        let (count, min) = (self.scale.count(scanned), self.limits.min_samples_leaf);
        if count < min {
            return Next::Go;
        }
        if self.all.count - count < min {
            return Next::Stop;
        }
        let one = self.scale.sums(scanned);
        let other = Sums {
            gradient: self.all.gradient - one.gradient,
            hessian: self.all.hessian - one.hessian,
            count: self.all.count - one.count,
        };
        if one.hessian < MIN_HESSIAN {
            return Next::Go;
        }
        if other.hessian < MIN_HESSIAN {
            return Next::Stop;
        }
        let gain = if is_left { self.gain(&one, &other) } else { self.gain(&other, &one) };
        if gain > self.best {
            self.best = gain;
            return Next::Better;
        }
        Next::Go
    }
}

/// The best split of a node by one feature, if any gains more than nothing.
pub(crate) fn best(
    histogram: &Feature,
    feature: u32,
    column: Column,
    parent: Parent,
    limits: &Limits,
    scale: &Scale,
) -> Option<Split> {
    let mut search = Search {
        limits,
        scale,
        parent,
        all: scale.sums(parent.total),
        monotonic: column.monotonic,
        free: column.monotonic == 0 && parent.bounds == [f64::NEG_INFINITY, f64::INFINITY],
        best: 0.0,
    };
    if column.categorical {
        return categories(histogram, feature, column, &mut search);
    }
    let mut found: Option<(u8, bool, Bin)> = None;
    // Missing values right: the last bin of numbers alone splits them off.
    let mut sum = [0i64; 2];
    let last = column.bins - 1 + usize::from(column.missing);
    for (bin, &here) in histogram[..last].iter().enumerate() {
        if here[1] == 0 {
            continue;
        }
        sum = plus(sum, here);
        match search.judge(sum, true) {
            Next::Better => found = Some((bin as u8, false, sum)),
            Next::Go => {}
            Next::Stop => break,
        }
    }
    if column.missing {
        let mut sum = [0i64; 2];
        for bin in (0..column.bins - 1).rev() {
            let here = histogram[bin + 1];
            if here[1] == 0 {
                continue;
            }
            sum = plus(sum, here);
            match search.judge(sum, false) {
                Next::Better => found = Some((bin as u8, true, minus(parent.total, sum))),
                Next::Go => {}
                Next::Stop => break,
            }
        }
    }
    found.map(|(bin, missing_left, left)| Split {
        gain: search.best,
        feature,
        bin,
        missing_left,
        left,
        categories: None,
    })
}

/// The best split of a node by categories: these in the order of their means are as numbers are
/// (Fisher 1958). Half of them is scanned from each end, so that the rare ones, which always go right,
/// go with the greater half.
fn categories(
    histogram: &Feature,
    feature: u32,
    column: Column,
    search: &mut Search<'_>,
) -> Option<Split> {
    let weight = f64::from(search.all.count) / search.all.hessian;
    let missing = column.missing.then_some(usize::from(MISSING));
    let mut order: Vec<(f64, usize)> = (0..column.bins)
        .chain(missing)
        .filter_map(|bin| {
            let sums = search.scale.sums(histogram[bin]);
            let enough = sums.hessian * weight >= MIN_CATEGORY;
            enough.then(|| (sums.gradient / (sums.hessian + MIN_CATEGORY), bin))
        })
        .collect();
    if order.len() <= 1 {
        return None;
    }
    order.sort_by(|a, b| a.0.total_cmp(&b.0));
    let half = order.len().div_ceil(2);
    let mut found: Option<(bool, usize, Bin)> = None;
    for backwards in [false, true] {
        let mut sum = [0i64; 2];
        for i in 0..half - usize::from(backwards) {
            let bin = order[if backwards { order.len() - 1 - i } else { i }].1;
            sum = plus(sum, histogram[bin]);
            match search.judge(sum, true) {
                Next::Better => found = Some((backwards, i + 1, sum)),
                Next::Go => {}
                Next::Stop => break,
            }
        }
    }
    found.map(|(backwards, n, left)| {
        let chosen = if backwards { &order[order.len() - n..] } else { &order[..n] };
        let mut set = [0u32; 8];
        for &(_, bin) in chosen {
            set[bin / 32] |= 1 << (bin % 32);
        }
        Split {
            gain: search.best,
            feature,
            bin: 0,
            missing_left: column.missing && contains(&set, usize::from(MISSING)),
            left,
            categories: Some(set),
        }
    })
}
