//! The splits of a node by one feature: which are allowed, and which is the best.

use super::grow::Growth;
use super::ranks::Column;
use super::score::Scorer;

/// Up to which value samples go to the left.
#[derive(Clone, Copy, Debug)]
pub(super) enum Threshold {
    /// One that was drawn.
    At(f64),
    /// The middle between the value of this rank and the next in the node.
    After(u32),
}

impl Threshold {
    /// The number, where samples from `rank` on are on the right.
    pub(super) fn of(self, column: &Column, rank: u32) -> f64 {
        match self {
            Threshold::At(threshold) => threshold,
            // All that is there is on the left.
            Threshold::After(_) if rank == column.absent => f64::INFINITY,
            Threshold::After(last) => between(column.value(last), column.value(rank)),
        }
    }
}

/// The best split of a node as far as is known.
#[derive(Clone, Copy, Debug)]
pub(super) struct Best {
    pub(super) gain: f64,
    pub(super) feature: u32,
    pub(super) threshold: Threshold,
    /// Samples with lower numbers go to the left.
    pub(super) rank: u32,
    pub(super) missing_left: bool,
    /// What both sides say, where that matters.
    pub(super) says: (f64, f64),
}

/// Whether a split may be anywhere.
pub(super) fn growth_is_free(growth: &Growth) -> bool {
    growth.min_leaf == 1 && growth.min_weight == 0.0 && growth.monotone.is_empty()
}

/// The threshold between two neighbouring values: the middle.
fn between(low: f32, high: f32) -> f64 {
    let (low, high) = (f64::from(low), f64::from(high));
    let middle = low / 2.0 + high / 2.0;
    if middle == high || middle.is_infinite() { low } else { middle }
}

/// The gain of the split at which the scorer stands, and what both sides say where there are
/// constraints, if the split is allowed. `mirrored`: the scorer has the sides the other way round.
#[inline]
pub(super) fn judge<S: Scorer>(
    scorer: &mut S,
    growth: &Growth,
    bounds: (f64, f64),
    f: usize,
    left: usize,
    n: usize,
    mirrored: bool,
) -> Option<(f64, (f64, f64))> {
    if left < growth.min_leaf || n - left < growth.min_leaf {
        return None;
    }
    if growth.min_weight > 0.0 {
        let (l, r) = scorer.weights();
        if l < growth.min_weight || r < growth.min_weight {
            return None;
        }
    }
    let mut says = (0.0, 0.0);
    if let Some(&way) = growth.monotone.get(f) {
        says = scorer.says();
        if mirrored {
            says = (says.1, says.0);
        }
        let within = |x: f64| x >= bounds.0 && x <= bounds.1;
        let falls = (says.0 - says.1) * f64::from(way) > 0.0;
        if way != 0 && (falls || !within(says.0) || !within(says.1)) {
            return None;
        }
    }
    Some((scorer.gain(), says))
}

/// Tries the splits between the first `present` keys, which are in order; those after them hold missing
/// values and are on the left from the beginning.
#[inline]
#[allow(clippy::too_many_arguments)]
pub(super) fn sweep<S: Scorer>(
    scorer: &mut S,
    growth: &Growth,
    bounds: (f64, f64),
    f: usize,
    column: &Column,
    keys: &[u64],
    present: usize,
    best: &mut Option<Best>,
) {
    let n = keys.len();
    let missing = n - present;
    let absent = column.absent;
    scorer.clear();
    for &key in &keys[present..] {
        scorer.push(key as u32);
    }
    let mut record = best.map_or(f64::NEG_INFINITY, |b| b.gain);
    for (i, pair) in keys[..present].windows(2).enumerate() {
        scorer.push(pair[0] as u32);
        let (a, b) = ((pair[0] >> 32) as u32, (pair[1] >> 32) as u32);
        if a == b {
            continue;
        }
        let left = i + 1 + missing;
        let Some((gain, says)) = judge(scorer, growth, bounds, f, left, n, false) else { continue };
        if gain > record && column.apart(a, b) {
            record = gain;
            // Where nothing is missing, what will be missing goes where most go.
            let none = missing == 0 && keys[n - 1] >> 32 != u64::from(absent);
            let missing_left = if none { left > n - left } else { missing > 0 };
            let threshold = Threshold::After(a);
            *best = Some(Best { gain, feature: f as u32, threshold, rank: b, missing_left, says });
        }
    }
}
