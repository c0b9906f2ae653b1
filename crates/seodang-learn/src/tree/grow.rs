//! Growing a tree: nodes are split until they are pure or may not be split, depth first, or, if the
//! number of leaves is limited, where the impurity falls most first. Source: Breiman, Friedman, Olshen and
//! Stone, Classification and Regression Trees, 1984.

use super::coarse::{self, Coarse, Found, Ranges};
use super::nodes::{LEAF, Nodes};
use super::prepared::Prepared;
use super::ranks::{Ranked, SAME, fill, sort};
use super::score::{Absolute, Counts, Moments, Pair, Scorer, Shares, Sum, whole};
use super::sparse::Within;
use super::split::{Best, Threshold, growth_is_free, judge, sweep};
use crate::stop::Stop;
use crate::target::Codes;
use seodang_core::random::Stream;
use std::cmp::Ordering;
use std::collections::BinaryHeap;
use std::rc::Rc;

/// What splits are judged by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Criterion {
    /// Gini's impurity of classes.
    Gini,
    /// The entropy of classes.
    Entropy,
    /// The squared error of values; Friedman's improvement score orders splits as it does.
    Squared,
    /// The absolute error of values.
    Absolute,
    /// The deviance of Poisson's distribution of values.
    Poisson,
}

/// How a tree grows.
#[derive(Clone, Debug)]
pub(crate) struct Growth {
    /// What splits are judged by.
    pub(crate) criterion: Criterion,
    /// Whether thresholds are drawn at random instead of searched for.
    pub(crate) random: bool,
    /// The greatest depth.
    pub(crate) max_depth: usize,
    /// The fewest samples of a node that is split.
    pub(crate) min_split: usize,
    /// The fewest samples of a node.
    pub(crate) min_leaf: usize,
    /// The least weight of a node.
    pub(crate) min_weight: f64,
    /// How many features are looked at for each split.
    pub(crate) max_features: usize,
    /// The most leaves; a limit makes the tree grow best first.
    pub(crate) max_leaves: Option<usize>,
    /// The least fall of the impurity.
    pub(crate) min_decrease: f64,
    /// Of each feature: 1 if what the tree says may only rise with it, -1 if it may only fall, 0 if it
    /// may do both. Empty if there are no such constraints.
    pub(crate) monotone: Vec<i8>,
    /// When it must have ended.
    pub(crate) stop: Stop,
}

impl Growth {
    /// Trees without limits that look at `features` features.
    #[cfg(test)]
    pub(crate) fn new(criterion: Criterion, features: usize) -> Growth {
        Growth {
            criterion,
            random: false,
            max_depth: usize::MAX,
            min_split: 2,
            min_leaf: 1,
            min_weight: 0.0,
            max_features: features,
            max_leaves: None,
            min_decrease: 0.0,
            monotone: Vec::new(),
            stop: Stop::default(),
        }
    }
}

/// What a tree learns to say.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Response<'a> {
    /// The classes of outputs.
    Classes(&'a [Codes]),
    /// Values, row by row, of so many outputs.
    Values(&'a [f64], usize),
}

/// Grows a tree. Samples that weigh nothing are left out. `leaves`, if given, gets each sample's leaf
/// ([`LEAF`] of those left out). The same seed gives the same tree.
pub(crate) fn grow(
    x: &Prepared<'_>,
    y: Response<'_>,
    weights: Option<&[f64]>,
    growth: &Growth,
    seed: u64,
    leaves: Option<&mut [u32]>,
) -> Nodes {
    /// The most classes that a payload has room for.
    const ROOM: usize = 1 << 16;
    let classes = matches!(y, Response::Classes(_));
    macro_rules! run {
        ($scorer:expr) => {
            Grower::new(x, weights, growth, $scorer, seed, classes).run(leaves)
        };
    }
    match y {
        Response::Classes(outputs) => {
            let entropy = growth.criterion == Criterion::Entropy;
            if let ([codes], false) = (outputs, entropy)
                && codes.n <= ROOM
                && let Some(whole) = whole(weights, x.rows())
            {
                if codes.n == 2 {
                    return run!(Pair::new(&codes.codes, whole));
                }
                return run!(Counts::new(&codes.codes, whole, codes.n));
            }
            run!(Shares::new(outputs, weights, entropy))
        }
        Response::Values(y, outputs) => match growth.criterion {
            Criterion::Absolute => run!(Absolute::new(y, outputs, weights)),
            Criterion::Poisson => run!(Moments::new(y, outputs, weights, true)),
            _ if outputs == 1 => run!(Sum::new(y, weights)),
            _ => run!(Moments::new(y, outputs, weights, false)),
        },
    }
}

/// A node that may be split: the samples `start..end` of [`Grower::samples`].
#[derive(Clone, Debug)]
pub(super) struct Node {
    pub(super) start: usize,
    pub(super) end: usize,
    depth: usize,
    weight: f64,
    impurity: f64,
    /// Where [`Grower::said`] has what it says.
    slot: usize,
    /// Dense features that do not vary within it, as bits.
    constant: Rc<[u64]>,
    /// Between which values it must stay, where there are constraints.
    pub(super) bounds: (f64, f64),
}

/// A split that was made: the samples are in order.
#[derive(Clone, Debug)]
struct Cut {
    split: Best,
    improvement: f64,
    left: Node,
    right: Node,
}

/// A node of the tree, in the queue of the best-first order.
struct Waiting {
    improvement: f64,
    id: usize,
    cut: Cut,
}

impl PartialEq for Waiting {
    fn eq(&self, other: &Waiting) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for Waiting {}

impl PartialOrd for Waiting {
    fn partial_cmp(&self, other: &Waiting) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Waiting {
    fn cmp(&self, other: &Waiting) -> Ordering {
        self.improvement.total_cmp(&other.improvement).then(other.id.cmp(&self.id))
    }
}

pub(super) struct Grower<'a, S> {
    pub(super) x: &'a Prepared<'a>,
    pub(super) growth: &'a Growth,
    pub(super) scorer: S,
    classes: bool,
    pub(super) random: Stream,
    /// What finds a node's entries, where features are sparse.
    within: Option<Within<'a>>,
    /// The samples that count, those of each node together.
    pub(super) samples: Vec<u32>,
    spare: Vec<u32>,
    keys: Vec<u64>,
    spare_keys: Vec<u64>,
    coarse: Coarse,
    /// The features in some order.
    pub(super) features: Vec<u32>,
    /// Ranks that were gathered.
    gathered: Vec<u32>,
    /// What nodes say, in the order in which they were measured.
    said: Vec<f64>,
    /// Of each node of the tree, where `said` has it.
    slots: Vec<usize>,
    total: f64,
    tree: Nodes,
    /// The leaves' samples.
    ends: Vec<(u32, usize, usize)>,
}

impl<'a, S: Scorer> Grower<'a, S> {
    fn new(
        x: &'a Prepared<'a>,
        weights: Option<&[f64]>,
        growth: &'a Growth,
        scorer: S,
        seed: u64,
        classes: bool,
    ) -> Grower<'a, S> {
        let counts = |&i: &u32| weights.is_none_or(|w| w[i as usize] != 0.0);
        let samples: Vec<u32> = (0..x.rows() as u32).filter(counts).collect();
        let n = samples.len();
        let tree = Nodes::empty(scorer.width(), x.cols());
        let within = match x {
            Prepared::Dense(_) => None,
            Prepared::Sparse(entries) => Some(Within::new(entries, &samples)),
        };
        Grower {
            x,
            growth,
            scorer,
            classes,
            random: Stream::new(seed, 0),
            within,
            samples,
            spare: vec![0; n],
            keys: vec![0; n],
            spare_keys: Vec::new(),
            coarse: Coarse::default(),
            features: (0..x.cols() as u32).collect(),
            gathered: Vec::new(),
            said: Vec::new(),
            slots: Vec::new(),
            total: 0.0,
            tree,
            ends: Vec::new(),
        }
    }

    fn run(mut self, leaves: Option<&mut [u32]>) -> Nodes {
        let bits = if self.within.is_some() { 0 } else { self.x.cols() };
        let constant: Rc<[u64]> = vec![0; bits.div_ceil(64)].into();
        let everything = (f64::NEG_INFINITY, f64::INFINITY);
        let root = self.measured(0, self.samples.len(), 0, constant, everything);
        self.total = root.weight;
        match self.growth.max_leaves {
            None => self.depth_first(root),
            Some(most) => self.best_first(root, most),
        }
        if let Some(leaves) = leaves {
            leaves.fill(LEAF);
            for &(id, start, end) in &self.ends {
                for &s in &self.samples[start..end] {
                    leaves[s as usize] = id;
                }
            }
        }
        let (width, said) = (self.tree.width, &self.said);
        let values = self.slots.iter().flat_map(|&s| &said[s * width..(s + 1) * width]);
        self.tree.values = values.copied().collect();
        self.tree
    }

    fn depth_first(&mut self, root: Node) {
        // Nodes, and where their number goes: into the left or the right child of a parent.
        let mut waiting = vec![(root, usize::MAX, false)];
        while let Some((node, parent, left)) = waiting.pop() {
            let id = self.add(&node);
            if parent != usize::MAX {
                let child = if left { &mut self.tree.left } else { &mut self.tree.right };
                child[parent] = id as u32;
            }
            match self.cut(&node) {
                None => self.ends.push((id as u32, node.start, node.end)),
                Some(cut) => {
                    self.ask(id, &cut.split);
                    waiting.push((cut.right, id, false));
                    waiting.push((cut.left, id, true));
                }
            }
        }
    }

    fn best_first(&mut self, root: Node, most: usize) {
        let mut waiting = BinaryHeap::new();
        let mut splits = most.saturating_sub(1);
        let id = self.add(&root);
        self.wait(&mut waiting, id, &root);
        while let Some(Waiting { id, cut, .. }) = waiting.pop() {
            if splits == 0 {
                self.ends.push((id as u32, cut.left.start, cut.right.end));
                continue;
            }
            splits -= 1;
            self.ask(id, &cut.split);
            for (left, node) in [(true, &cut.left), (false, &cut.right)] {
                let child = self.add(node);
                let side = if left { &mut self.tree.left } else { &mut self.tree.right };
                side[id] = child as u32;
                self.wait(&mut waiting, child, node);
            }
        }
    }

    fn wait(&mut self, waiting: &mut BinaryHeap<Waiting>, id: usize, node: &Node) {
        match self.cut(node) {
            None => self.ends.push((id as u32, node.start, node.end)),
            Some(cut) => waiting.push(Waiting { improvement: cut.improvement, id, cut }),
        }
    }

    /// Adds a node to the tree, as a leaf.
    fn add(&mut self, node: &Node) -> usize {
        let tree = &mut self.tree;
        tree.left.push(LEAF);
        tree.right.push(LEAF);
        tree.feature.push(LEAF);
        tree.threshold.push(-2.0);
        tree.missing_left.push(false);
        tree.impurity.push(node.impurity);
        tree.samples.push((node.end - node.start) as u32);
        tree.weight.push(node.weight);
        self.slots.push(node.slot);
        if !self.growth.monotone.is_empty() {
            self.clip(node);
        }
        self.slots.len() - 1
    }

    /// Makes what a node says stay within its bounds.
    fn clip(&mut self, node: &Node) {
        let (low, high) = node.bounds;
        let width = self.tree.width;
        let said = &mut self.said[node.slot * width..(node.slot + 1) * width];
        let last = width - 1;
        said[last] = said[last].max(low).min(high);
        if self.classes && width == 2 {
            said[0] = 1.0 - said[1];
        }
    }

    /// Makes a leaf ask for a feature; its children follow.
    fn ask(&mut self, id: usize, split: &Best) {
        self.tree.feature[id] = split.feature;
        let column = self.x.column(split.feature as usize);
        self.tree.threshold[id] = split.threshold.of(column, split.rank);
        self.tree.missing_left[id] = split.missing_left;
    }

    fn measured(
        &mut self,
        start: usize,
        end: usize,
        depth: usize,
        constant: Rc<[u64]>,
        bounds: (f64, f64),
    ) -> Node {
        let (width, first) = (self.tree.width, self.said.len());
        self.said.resize(first + width, 0.0);
        let m = self.scorer.measure(&self.samples[start..end], &mut self.said[first..]);
        let slot = first / width.max(1);
        Node { start, end, depth, weight: m.weight, impurity: m.impurity, slot, constant, bounds }
    }

    /// Splits a node, if it may be split and there is a split.
    fn cut(&mut self, node: &Node) -> Option<Cut> {
        let (growth, n) = (self.growth, node.end - node.start);
        if node.depth >= growth.max_depth
            || n < growth.min_split
            || n < 2 * growth.min_leaf
            || node.weight < 2.0 * growth.min_weight
            || node.impurity <= f64::EPSILON
            || growth.stop.passed()
        {
            return None;
        }
        let mut constant = node.constant.to_vec();
        let split = self.search(node, &mut constant)?;
        let middle = node.start + self.part(node, &split);
        let constant: Rc<[u64]> = constant.into();
        let (left, right) = self.bounds(node, &split);
        let left = self.measured(node.start, middle, node.depth + 1, constant.clone(), left);
        let right = self.measured(middle, node.end, node.depth + 1, constant, right);
        let after = (left.weight * left.impurity + right.weight * right.impurity) / node.weight;
        let improvement = node.weight / self.total * (node.impurity - after);
        if improvement + f64::EPSILON < growth.min_decrease {
            return None;
        }
        Some(Cut { split, improvement, left, right })
    }

    /// The bounds of the children.
    fn bounds(&self, node: &Node, split: &Best) -> ((f64, f64), (f64, f64)) {
        let (low, high) = node.bounds;
        let middle = (split.says.0 + split.says.1) / 2.0;
        match self.growth.monotone.get(split.feature as usize) {
            Some(1) => ((low, middle), (middle, high)),
            Some(-1) => ((middle, high), (low, middle)),
            _ => (node.bounds, node.bounds),
        }
    }

    /// Looks at features in random order for the best split, the first of equal ones.
    fn search(&mut self, node: &Node, constant: &mut [u64]) -> Option<Best> {
        self.scorer.load(&self.samples[node.start..node.end]);
        let x = match self.x {
            Prepared::Dense(x) => x,
            Prepared::Sparse(_) => {
                let mut within = self.within.take()?;
                let best = self.search_sparse(node, &mut within);
                self.within = Some(within);
                return best;
            }
        };
        let all = !self.growth.random && self.growth.max_features >= self.features.len();
        if let (true, Some(most)) = (all, x.together(node.end - node.start)) {
            return self.search_together(x, node, constant, most);
        }
        let mut best = None;
        let mut useful = false;
        for k in 0..self.features.len() {
            if useful && k >= self.growth.max_features {
                break;
            }
            let f = self.draw_feature(k);
            let (word, bit) = (f / 64, 1 << (f % 64));
            if constant[word] & bit != 0 {
                continue;
            }
            let varies = if self.growth.random {
                self.draw(x, node, f, &mut best)
            } else {
                self.scan(x, node, f, None, &mut best)
            };
            if varies {
                useful = true;
            } else {
                constant[word] |= bit;
            }
        }
        best
    }

    /// The same, if it looks at all of them: some are gathered from the table at once.
    fn search_together(
        &mut self,
        x: &Ranked<'_>,
        node: &Node,
        constant: &mut [u64],
        most: usize,
    ) -> Option<Best> {
        (0..self.features.len()).for_each(|k| {
            self.draw_feature(k);
        });
        let varies = |f: &u32| constant[*f as usize / 64] & 1 << (f % 64) == 0;
        let asked: Vec<u32> = self.features.iter().copied().filter(varies).collect();
        let mut gathered = std::mem::take(&mut self.gathered);
        let mut best = None;
        for features in asked.chunks(most) {
            x.gather(features, &self.samples[node.start..node.end], &mut gathered);
            for (&f, ranks) in features.iter().zip(gathered.chunks_exact(node.end - node.start)) {
                if !self.scan(x, node, f as usize, Some(ranks), &mut best) {
                    constant[f as usize / 64] |= 1 << (f % 64);
                }
            }
        }
        self.gathered = gathered;
        best
    }

    /// The `k`th feature in random order, after those before it.
    pub(super) fn draw_feature(&mut self, k: usize) -> usize {
        let left = self.features.len() - k;
        self.features.swap(k, k + self.random.below(left as u64) as usize);
        self.features[k] as usize
    }

    /// Searches a feature for a better split, by the samples' ranks if they are gathered. Whether the feature
    /// varies within the node.
    fn scan(
        &mut self,
        x: &Ranked<'_>,
        node: &Node,
        f: usize,
        ranks: Option<&[u32]>,
        best: &mut Option<Best>,
    ) -> bool {
        let column = &x.columns[f];
        let n = node.end - node.start;
        let keys = &mut self.keys[..n];
        let scorer = &self.scorer;
        let samples = &self.samples[node.start..node.end];
        let (low, high) = match (scorer.payloads(), ranks) {
            (Some(payloads), Some(ranks)) => {
                fill(ranks.iter().copied(), payloads.iter().copied(), keys)
            }
            (None, Some(ranks)) => fill(ranks.iter().copied(), 0.., keys),
            (Some(payloads), None) => x.keys(f, samples, payloads.iter().copied(), keys),
            (None, None) => x.keys(f, samples, 0.., keys),
        };
        let absent = column.absent;
        // Without a missing value, the range alone tells whether the feature varies.
        if low == absent || low == high {
            return false;
        }
        let missing = column.missing && high == absent;
        if !missing && column.flat(low, high) {
            return false;
        }
        if n >= coarse::LEAST
            && !missing
            && growth_is_free(self.growth)
            && let Some(total) = self.scorer.pair()
        {
            let record = best.map_or(f64::NEG_INFINITY, |b| b.gain);
            let (ends, apart) = ((low, high), |a, b| column.apart(a, b));
            let ranges = Ranges::new(column, ends, n);
            let search = &mut self.coarse;
            let found = match ranges {
                Ranges::Places { count, shift } => {
                    let range = |rank: u32| ((rank - low) >> shift) as usize;
                    search.search(keys, ends, (count, range), total, record, apart)
                }
                Ranges::Values { count, first, scale } => {
                    let range =
                        |rank: u32| ((f64::from(column.value(rank)) - first) * scale) as usize;
                    search.search(keys, ends, (count, range), total, record, apart)
                }
            };
            if let Some(Some(Found { gain, ranks: (a, b) })) = found {
                let left = keys.iter().filter(|&&k| (k >> 32) < u64::from(b)).count();
                *best = Some(Best {
                    gain,
                    feature: f as u32,
                    threshold: Threshold::After(a),
                    rank: b,
                    missing_left: left > n - left,
                    says: (0.0, 0.0),
                });
            }
            if found.is_some() {
                return true;
            }
        }
        if self.spare_keys.len() < n {
            self.spare_keys.resize(n, 0);
        }
        sort(keys, &mut self.spare_keys[..n], low, high);
        let present =
            if missing { keys.partition_point(|&k| ((k >> 32) as u32) < absent) } else { n };
        let keys = &self.keys[..n];
        // The first way has the missing values on the right, and all that is there on the left as its
        // last split.
        sweep(&mut self.scorer, self.growth, node.bounds, f, column, keys, n, best);
        if present < n {
            sweep(&mut self.scorer, self.growth, node.bounds, f, column, keys, present, best);
        }
        true
    }

    /// Draws a threshold for a feature. Whether the feature varies within the node.
    fn draw(&mut self, x: &Ranked<'_>, node: &Node, f: usize, best: &mut Option<Best>) -> bool {
        let absent = x.columns[f].absent;
        let samples = &self.samples[node.start..node.end];
        let keys = &mut self.keys[..samples.len()];
        let (mut low, mut high, mut missing) = (u32::MAX, 0, 0);
        x.keys(f, samples, 0.., keys);
        for &key in &*keys {
            let rank = (key >> 32) as u32;
            if rank == absent {
                missing += 1;
            } else {
                low = low.min(rank);
                high = high.max(rank);
            }
        }
        let n = node.end - node.start;
        let drawn = self.drawn(f, (low, high), missing, n);
        let Some((threshold, rank, missing_left)) = drawn else { return false };
        let keys = &self.keys[..n];
        self.scorer.clear();
        let mut left = 0;
        for (i, &key) in keys.iter().enumerate() {
            let r = (key >> 32) as u32;
            if r < rank || (missing_left && r == absent) {
                let payload = self.scorer.payloads().map_or(i as u32, |p| p[i]);
                self.scorer.push(payload);
                left += 1;
            }
        }
        let judged = judge(&mut self.scorer, self.growth, node.bounds, f, left, n, false);
        if let Some((gain, says)) = judged
            && best.is_none_or(|b| gain > b.gain)
        {
            let missing_left = if missing == 0 { left > n - left } else { missing_left };
            let (feature, threshold) = (f as u32, Threshold::At(threshold));
            *best = Some(Best { gain, feature, threshold, rank, missing_left, says });
        }
        true
    }

    /// A threshold between the ranks of a feature's values in a node of `n` samples, of which so many are
    /// missing: the number, the first rank on the right, and whether missing values go to the left. None, if
    /// the feature does not vary.
    pub(super) fn drawn(
        &mut self,
        f: usize,
        (low, high): (u32, u32),
        missing: usize,
        n: usize,
    ) -> Option<(f64, u32, bool)> {
        let column = self.x.column(f);
        if missing == n {
            return None;
        }
        let (a, b) = (column.value(low), column.value(high));
        if b <= a + SAME {
            return (missing > 0).then_some((f64::INFINITY, column.absent, false));
        }
        let (a, b) = (f64::from(a), f64::from(b));
        let mut threshold = a + self.random.uniform() * (b - a);
        if threshold >= b {
            threshold = a;
        }
        let missing_left = missing > 0 && self.random.below(2) == 1;
        Some((threshold, column.above(threshold), missing_left))
    }

    /// Brings the samples of the left before those of the right. How many are on the left.
    fn part(&mut self, node: &Node, split: &Best) -> usize {
        let f = split.feature as usize;
        let samples = &mut self.samples[node.start..node.end];
        let absent = self.x.column(f).absent;
        let (border, missing_left) = (split.rank, split.missing_left);
        let left = |rank| rank < border || (missing_left && rank == absent);
        match (self.x, &mut self.within) {
            (Prepared::Sparse(_), Some(within)) => {
                within.divide(f, (samples, node.start), &mut self.spare, left)
            }
            (Prepared::Dense(x), _) => x.divide(f, samples, &mut self.spare, left),
            (Prepared::Sparse(_), None) => unreachable!("made with the grower"),
        }
    }
}
