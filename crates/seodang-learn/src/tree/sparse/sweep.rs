//! The splits of a node by one sparse feature.

use super::super::grow::Growth;
use super::super::ranks::Column;
use super::super::score::Scorer;
use super::super::split::{Best, Threshold, judge};
use super::entries::ZERO;

/// The entries of a feature in a node, in the order of their values, and how many zeros there are.
#[derive(Clone, Copy)]
pub(super) struct Parts<'a> {
    below: &'a [u64],
    zeros: usize,
    above: &'a [u64],
    missing: &'a [u64],
}

/// The number of a key's value.
#[inline]
fn number(key: u64) -> u32 {
    (key >> 32) as u32
}

impl<'a> Parts<'a> {
    /// Of keys in order, in a node of `n` samples.
    pub(super) fn of(keys: &'a [u64], n: usize, column: &Column) -> Parts<'a> {
        let (below, rest) = keys.split_at(keys.partition_point(|&k| number(k) < ZERO));
        let (above, missing) = rest.split_at(rest.partition_point(|&k| number(k) < column.absent));
        Parts { below, zeros: n - keys.len(), above, missing }
    }

    /// The number of samples.
    fn len(&self) -> usize {
        self.below.len() + self.zeros + self.above.len() + self.missing.len()
    }

    fn zero(&self) -> Option<u32> {
        (self.zeros > 0).then_some(ZERO)
    }

    /// The least and the greatest number of a value that is not missing.
    fn ends(&self) -> Option<(u32, u32)> {
        let key = |k: Option<&u64>| k.map(|&k| number(k));
        let low = key(self.below.first()).or(self.zero()).or(key(self.above.first()))?;
        let high = key(self.above.last()).or(self.zero()).or(key(self.below.last()))?;
        Some((low, high))
    }

    /// Whether the feature varies within the node.
    pub(super) fn vary(&self, column: &Column) -> bool {
        let Some((low, high)) = self.ends() else { return false };
        !self.missing.is_empty() || (low < high && !column.flat(low, high))
    }
}

/// What does not change within a sweep.
pub(super) struct Sweep<'a, S> {
    pub(super) scorer: &'a mut S,
    pub(super) growth: &'a Growth,
    pub(super) bounds: (f64, f64),
    pub(super) feature: usize,
    pub(super) column: &'a Column,
}

impl<S: Scorer> Sweep<'_, S> {
    /// The best split whose gain is above `record`, the first of equal ones in rising order.
    pub(super) fn best(&mut self, parts: &Parts<'_>, mut record: f64) -> Option<Best> {
        let mut best = None;
        // Missing values on the right, as long as there is something on the left; and on the left.
        for missing_left in [false, true] {
            if missing_left && parts.missing.is_empty() {
                break;
            }
            self.rise(parts, missing_left, &mut record, &mut best);
            self.fall(parts, missing_left, &mut record, &mut best);
        }
        best
    }

    fn push(&mut self, keys: &[u64]) {
        keys.iter().for_each(|&key| self.scorer.push(key as u32));
    }

    /// The split between two numbers, with so many samples on the left, if it is allowed.
    #[inline]
    fn judged(
        &mut self,
        parts: &Parts<'_>,
        (a, b): (u32, u32),
        left: usize,
        missing_left: bool,
        mirrored: bool,
    ) -> Option<Best> {
        let n = parts.len();
        let (growth, bounds, f) = (self.growth, self.bounds, self.feature);
        let (gain, says) = judge(self.scorer, growth, bounds, f, left, n, mirrored)?;
        // Where nothing is missing, what will be missing goes where most go.
        let missing_left = if parts.missing.is_empty() { left > n - left } else { missing_left };
        let threshold = Threshold::After(a);
        Some(Best { gain, feature: f as u32, threshold, rank: b, missing_left, says })
    }

    /// Moves what is below 0 to the left.
    fn rise(
        &mut self,
        parts: &Parts<'_>,
        missing_left: bool,
        record: &mut f64,
        best: &mut Option<Best>,
    ) {
        if parts.below.is_empty() {
            return;
        }
        self.scorer.clear();
        let mut left = 0;
        if missing_left {
            self.push(parts.missing);
            left = parts.missing.len();
        }
        let missing = (!missing_left && !parts.missing.is_empty()).then_some(self.column.absent);
        let next = parts.zero().or(parts.above.first().map(|&k| number(k))).or(missing);
        for (i, &key) in parts.below.iter().enumerate() {
            self.scorer.push(key as u32);
            left += 1;
            let a = number(key);
            let Some(b) = parts.below.get(i + 1).map(|&k| number(k)).or(next) else { break };
            if a == b {
                continue;
            }
            let Some(found) = self.judged(parts, (a, b), left, missing_left, false) else {
                continue;
            };
            if found.gain > *record && self.column.apart(a, b) {
                *record = found.gain;
                *best = Some(found);
            }
        }
    }

    /// Moves what is above 0 to the right: the scorer's left.
    fn fall(
        &mut self,
        parts: &Parts<'_>,
        missing_left: bool,
        record: &mut f64,
        best: &mut Option<Best>,
    ) {
        let n = parts.len();
        // Of equal gains the last one found is the first in rising order, but those before come first.
        let before = *record;
        let mut consider = |found: Option<Best>, apart: bool| {
            if let Some(found) = found
                && found.gain > before
                && found.gain >= *record
                && apart
            {
                *record = found.gain;
                *best = Some(found);
            }
        };
        self.scorer.clear();
        let mut right = 0;
        if !missing_left && !parts.missing.is_empty() {
            self.push(parts.missing);
            right = parts.missing.len();
            // After what is below 0 alone, this split has been tried.
            if let Some(a) = parts.above.last().map(|&k| number(k)).or(parts.zero()) {
                let ranks = (a, self.column.absent);
                consider(self.judged(parts, ranks, n - right, false, true), true);
            }
        }
        for (i, &key) in parts.above.iter().enumerate().rev() {
            self.scorer.push(key as u32);
            right += 1;
            let b = number(key);
            let a = match i {
                0 => parts.zero(),
                _ => Some(number(parts.above[i - 1])),
            };
            let Some(a) = a.filter(|&a| a != b) else { continue };
            let found = self.judged(parts, (a, b), n - right, missing_left, true);
            consider(found, self.column.apart(a, b));
        }
    }
}
