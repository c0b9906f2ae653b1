//! Trees, grown leaf by leaf: the one that gains most is split next.

use super::binning::Binned;
use super::columns::Columns;
use super::histogram::{self, Bin, Feature, Histogram, Rows, Scale, build, minus};
use super::report::{Clock, Part};
use super::split::{self, Column, Limits, MIN_HESSIAN, Parent, Split};
use seodang_core::random::Stream;
use seodang_kernels::pool;
use std::cmp::Ordering;
use std::collections::BTreeSet;
use std::ops::Range;
use std::sync::{Mutex, PoisonError};

/// Fewer rows than these are partitioned by one thread.
const SERIAL_ROWS: usize = 32_768;
/// Fewer bins than these are looked through by one thread.
const SERIAL_BINS: usize = 2_048;

/// How trees grow.
#[derive(Clone, Debug)]
pub(crate) struct Growth {
    pub(crate) columns: Vec<Column>,
    pub(crate) limits: Limits,
    pub(crate) max_leaves: Option<usize>,
    pub(crate) max_depth: Option<usize>,
    /// The share of the features that a node looks at.
    pub(crate) max_features: f64,
    /// Groups of features that may occur together below one root.
    pub(crate) interactions: Option<Vec<Vec<u32>>>,
}

/// A node of a grown tree.
#[derive(Clone, Debug)]
pub(crate) struct Node {
    pub(crate) rows: Range<usize>,
    pub(crate) depth: usize,
    pub(crate) value: f64,
    /// The split and the left child, with the right one behind it.
    pub(crate) split: Option<(Split, usize)>,
}

/// A grown tree.
pub(crate) struct Grown {
    pub(crate) nodes: Vec<Node>,
}

/// What growing needs to know of a node that may still be split.
struct Open {
    total: Bin,
    bounds: [f64; 2],
    histogram: Histogram,
    split: Option<Split>,
    /// Features that may be looked at, and the groups that they come from.
    allowed: Option<(Vec<u32>, Vec<usize>)>,
}

/// A node in the order of what its split gains; of equal ones, the one that was there first.
struct Ready(f64, usize);

impl PartialEq for Ready {
    fn eq(&self, other: &Ready) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}
impl Eq for Ready {}
impl PartialOrd for Ready {
    fn partial_cmp(&self, other: &Ready) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}
impl Ord for Ready {
    fn cmp(&self, other: &Ready) -> Ordering {
        self.0.total_cmp(&other.0).then(other.1.cmp(&self.1))
    }
}

/// Grows trees over the same samples; keeps its memory from one tree to the next.
pub(crate) struct Grower<'a> {
    binned: &'a Binned,
    columns: Columns,
    growth: &'a Growth,
    /// The rows, those of a node together, in rising order.
    pub(crate) partition: Vec<u32>,
    spare_rows: Vec<u32>,
    spare: Vec<Histogram>,
    /// Chooses the features that a node looks at.
    random: Stream,
    pub(crate) clock: Clock,
}

impl<'a> Grower<'a> {
    pub(crate) fn new(binned: &'a Binned, growth: &'a Growth, clock: Clock) -> Grower<'a> {
        let rows = binned.rows;
        Grower {
            binned,
            columns: Columns::new(binned.cols),
            growth,
            partition: Vec::with_capacity(rows),
            spare_rows: vec![0; rows],
            spare: Vec::new(),
            random: Stream::new(0, 0),
            clock,
        }
    }

    /// A tree for these gradients and Hessians. Leaf values are not shrunk yet.
    pub(crate) fn grow(&mut self, samples: &[[i32; 2]], scale: &Scale, random: Stream) -> Grown {
        self.random = random;
        let (rows, growth) = (self.binned.rows, self.growth);
        self.partition.clear();
        self.partition.extend(0..rows as u32);
        let mut nodes = vec![Node { rows: 0..rows, depth: 0, value: 0.0, split: None }];
        let mut open: Vec<Option<Open>> = vec![None];
        let mut ready = BTreeSet::new();
        let mut leaves = 1;

        let mut histogram = self.spare.pop().unwrap_or_default();
        let now = self.clock.now();
        build(self.binned, Rows::All, samples, scale, &mut histogram);
        self.clock.add(Part::Histograms, now);
        let total = histogram.first().map_or([0; 2], |f| histogram::total(f, self.binned.used[0]));
        let enough = rows as u64 >= 2 * u64::from(growth.limits.min_samples_leaf)
            && scale.sums(total).hessian >= MIN_HESSIAN;
        let allowed = growth.interactions.as_ref().map(|groups| {
            let all = (0..self.binned.cols as u32).filter(|f| groups.iter().any(|g| g.contains(f)));
            (all.collect(), (0..groups.len()).collect())
        });
        let bounds = [f64::NEG_INFINITY, f64::INFINITY];
        let mut root = Open { total, bounds, histogram: Vec::new(), split: None, allowed };
        if enough {
            root.split = self.search(&mut histogram, None, &[(0.0, &root)], scale).remove(0);
        }
        root.histogram = histogram;
        self.push(root, 0, &mut open, &mut ready);

        while let Some(Ready(_, at)) = ready.pop_last() {
            let Some(mut parent) = open[at].take() else { continue };
            let Some(split) = parent.split.take() else { continue };
            let now = self.clock.now();
            let middle = self.divide(nodes[at].rows.clone(), &split);
            self.clock.add(Part::Applying, now);
            let (range, depth) = (nodes[at].rows.clone(), nodes[at].depth + 1);
            let totals = [split.left, minus(parent.total, split.left)];
            let l2 = growth.limits.l2;
            let values = totals.map(|t| split::value(&scale.sums(t), l2, parent.bounds));
            let left = nodes.len();
            for (rows, value) in [range.start..middle, middle..range.end].into_iter().zip(values) {
                nodes.push(Node { rows, depth, value, split: None });
                open.push(None);
            }
            let sizes = [middle - range.start, range.end - middle];
            let mut split = split;
            if !growth.columns[split.feature as usize].missing {
                split.missing_left = sizes[0] > sizes[1];
            }
            let monotonic = growth.columns[split.feature as usize].monotonic;
            let allowed = parent.allowed.as_ref().map(|(_, groups)| self.narrowed(groups, &split));
            nodes[at].split = Some((split, left));
            leaves += 1;
            if growth.max_leaves == Some(leaves) {
                self.spare.push(parent.histogram);
                break;
            }
            let splittable =
                sizes.map(|n| n as u64 >= 2 * u64::from(growth.limits.min_samples_leaf));
            if growth.max_depth == Some(depth) || splittable == [false, false] {
                self.spare.push(parent.histogram);
                continue;
            }
            let [low, high] = parent.bounds;
            let middle = (values[0] + values[1]) / 2.0;
            let bounds = match monotonic {
                0 => [[low, high]; 2],
                1.. => [[low, middle], [middle, high]],
                _ => [[middle, high], [low, middle]],
            };
            // The smaller child is counted; the other is what is left of the parent.
            let small = usize::from(sizes[0] >= sizes[1]);
            let mut counted = self.spare.pop().unwrap_or_default();
            let these = &self.partition[nodes[left + small].rows.clone()];
            let now = self.clock.now();
            build(self.binned, Rows::Some(these), samples, scale, &mut counted);
            self.clock.add(Part::Histograms, now);
            let child = |side: usize| Open {
                total: totals[side],
                bounds: bounds[side],
                histogram: Vec::new(),
                split: None,
                allowed: allowed.clone(),
            };
            let mut children = [child(0), child(1)];
            let mut rest = parent.histogram;
            let order =
                [(values[small], &children[small]), (values[1 - small], &children[1 - small])];
            let found = self.search(&mut rest, Some(&counted), &order, scale);
            let both = [small, 1 - small].into_iter().zip([counted, rest]).zip(found);
            for ((side, histogram), found) in both {
                children[side].histogram = histogram;
                children[side].split = found.filter(|_| splittable[side]);
            }
            for (side, child) in children.into_iter().enumerate() {
                self.push(child, left + side, &mut open, &mut ready);
            }
            // Those that gain least are never split if there are as many before them as splits to come.
            while growth.max_leaves.is_some_and(|most| ready.len() > most - leaves) {
                let last = ready.pop_first().and_then(|Ready(_, at)| open[at].take());
                self.spare.extend(last.map(|node| node.histogram));
            }
        }
        self.spare.extend(open.into_iter().flatten().map(|o| o.histogram));
        Grown { nodes }
    }

    /// Keeps a node that can be split for later; the memory of others comes back.
    fn push(
        &mut self,
        node: Open,
        at: usize,
        open: &mut [Option<Open>],
        ready: &mut BTreeSet<Ready>,
    ) {
        match &node.split {
            Some(split) => {
                ready.insert(Ready(split.gain, at));
                open[at] = Some(node);
            }
            None => self.spare.push(node.histogram),
        }
    }

    /// The groups, and their features, that a split leaves to the nodes below it.
    fn narrowed(&self, groups: &[usize], split: &Split) -> (Vec<u32>, Vec<usize>) {
        let all = self.growth.interactions.as_deref().unwrap_or_default();
        let left: Vec<usize> =
            groups.iter().copied().filter(|&g| all[g].contains(&split.feature)).collect();
        let mut features: Vec<u32> = left.iter().flat_map(|&g| all[g].iter().copied()).collect();
        features.sort_unstable();
        features.dedup();
        (features, left)
    }

    /// The best splits of one node, or of two: then `histogram` is their parent's, which becomes the
    /// second one's, and `counted` is the first one's.
    fn search(
        &mut self,
        histogram: &mut [Feature],
        counted: Option<&[Feature]>,
        nodes: &[(f64, &Open)],
        scale: &Scale,
    ) -> Vec<Option<Split>> {
        let (now, growth) = (self.clock.now(), self.growth);
        let chosen: Vec<Option<Vec<bool>>> =
            nodes.iter().map(|(_, node)| self.chosen(node.allowed.as_ref())).collect();
        let of = |node: usize, feature: usize, bins: &Feature| {
            if chosen[node].as_ref().is_some_and(|c| !c[feature]) {
                return None;
            }
            let (value, open) = nodes[node];
            let parent = Parent { total: open.total, value, bounds: open.bounds };
            let column = growth.columns[feature];
            split::best(bins, feature as u32, column, parent, &growth.limits, scale)
        };
        // What one feature gives, after its part of the parent's histogram became the sibling's.
        let look = |feature: usize, bins: &mut Feature| match counted {
            None => [of(0, feature, bins), None],
            Some(counted) => {
                let counted = &counted[feature];
                let used = growth.columns[feature].bins;
                for (bin, less) in bins[..used].iter_mut().zip(counted) {
                    *bin = minus(*bin, *less);
                }
                bins[255] = minus(bins[255], counted[255]);
                [of(0, feature, counted), of(1, feature, bins)]
            }
        };
        let bins: usize = growth.columns.iter().map(|c| c.bins).sum();
        let pieces =
            if bins < SERIAL_BINS { 1 } else { (2 * pool::threads()).min(histogram.len()) };
        let size = histogram.len().div_ceil(pieces).max(1);
        let slots: Vec<_> =
            histogram.chunks_mut(size).map(|c| Mutex::new((c, [None, None]))).collect();
        pool::run(slots.len(), |piece| {
            let mut slot = slots[piece].lock().unwrap_or_else(PoisonError::into_inner);
            let (features, best) = &mut *slot;
            for (i, bins) in features.iter_mut().enumerate() {
                for (best, found) in best.iter_mut().zip(look(piece * size + i, bins)) {
                    better(best, found);
                }
            }
        });
        let mut out: Vec<Option<Split>> = vec![None; nodes.len()];
        for slot in slots {
            let (_, found) = slot.into_inner().unwrap_or_else(PoisonError::into_inner);
            for (best, found) in out.iter_mut().zip(found) {
                better(best, found);
            }
        }
        self.clock.add(Part::Splits, now);
        out
    }

    /// Which features a node looks at, unless it looks at all.
    fn chosen(&mut self, allowed: Option<&(Vec<u32>, Vec<usize>)>) -> Option<Vec<bool>> {
        let cols = self.binned.cols;
        let mut features: Vec<u32> = match allowed {
            Some((features, _)) => features.clone(),
            None if self.growth.max_features < 1.0 => (0..cols as u32).collect(),
            None => return None,
        };
        if self.growth.max_features < 1.0 {
            let n = (self.growth.max_features * features.len() as f64).ceil().max(1.0) as usize;
            for i in 0..n.min(features.len()) {
                let other = i + self.random.below((features.len() - i) as u64) as usize;
                features.swap(i, other);
            }
            features.truncate(n);
        }
        let mut out = vec![false; cols];
        features.into_iter().for_each(|f| out[f as usize] = true);
        Some(out)
    }

    /// Puts the rows of a node that go left before the others, both in rising order; where those begin.
    fn divide(&mut self, range: Range<usize>, split: &Split) -> usize {
        let table = split.table();
        let (bins, apart) = self.columns.get(self.binned, split.feature as usize, range.len());
        let rows = &mut self.partition[range.clone()];
        let spare = &mut self.spare_rows[range.clone()];
        let threads = pool::threads();
        if rows.len() < SERIAL_ROWS || threads == 1 {
            return range.start + part((bins, apart), &table, rows, spare, true);
        }
        let size = rows.len().div_ceil(2 * threads);
        let chunks = rows.chunks_mut(size).zip(spare.chunks_mut(size));
        let slots: Vec<_> = chunks.map(|(r, s)| Mutex::new((r, s, 0))).collect();
        pool::run(slots.len(), |i| {
            let mut slot = slots[i].lock().unwrap_or_else(PoisonError::into_inner);
            let (rows, spare, left) = &mut *slot;
            *left = part((bins, apart), &table, rows, spare, false);
        });
        let lefts: Vec<usize> = slots
            .into_iter()
            .map(|s| s.into_inner().unwrap_or_else(PoisonError::into_inner).2)
            .collect();
        let mut at = 0;
        for (i, &n) in lefts.iter().enumerate() {
            rows.copy_within(i * size..i * size + n, at);
            at += n;
        }
        let middle = range.start + at;
        for (i, &n) in lefts.iter().enumerate() {
            let others = size.min(rows.len() - i * size) - n;
            rows[at..at + others].copy_from_slice(&spare[i * size..i * size + others]);
            at += others;
        }
        middle
    }
}

/// Moves rows that go left to the front, and the others to the front of `spare`, or also behind the
/// left ones; how many go left. The bins of neighbouring rows lie so far apart.
fn part(
    (bins, apart): (&[u8], usize),
    table: &[bool; 256],
    rows: &mut [u32],
    spare: &mut [u32],
    whole: bool,
) -> usize {
    // A step of one is no multiplication.
    let left = match apart {
        1 => parted(|row| table[usize::from(bins[row])], rows, spare),
        _ => parted(|row| table[usize::from(bins[row * apart])], rows, spare),
    };
    if whole {
        let right = rows.len() - left;
        rows[left..].copy_from_slice(&spare[..right]);
    }
    left
}

#[inline(always)]
fn parted(goes_left: impl Fn(usize) -> bool, rows: &mut [u32], spare: &mut [u32]) -> usize {
    let (mut left, mut right) = (0, 0);
    for i in 0..rows.len() {
        let row = rows[i];
        let goes = usize::from(goes_left(row as usize));
        // Both are written, one of them to be overwritten: no branch to guess wrong.
        rows[left] = row;
        spare[right] = row;
        left += goes;
        right += 1 - goes;
    }
    left
}

/// Keeps the better split, the first of equal ones.
fn better(best: &mut Option<Split>, found: Option<Split>) {
    if let Some(found) = found
        && best.as_ref().is_none_or(|b| found.gain > b.gain)
    {
        *best = Some(found);
    }
}
