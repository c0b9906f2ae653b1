//! Grown trees, and what they predict.

use super::binning::{Binned, Binner, MISSING};
use super::grow::Grown;
use super::split::contains;
use crate::features::{Dense, Real, typed};
use crate::state::{broken, model};
use seodang_core::Result;
use seodang_kernels::pool;
use std::ops::Range;
use std::sync::{Mutex, PoisonError};

/// Rows that go through all trees together.
const BLOCK: usize = 64;
/// Rows that go through one tree side by side, so that their loads overlap.
const LANES: usize = 8;

model! {
    /// The trees of all rounds, node after node; of one round, the classes' trees in order.
    pub(crate) struct Trees {
        /// Where each tree's nodes begin, and where the last one's end.
        starts: Vec<usize>,
        feature: Vec<u32>,
        /// The greatest number that goes left.
        threshold: Vec<f64>,
        /// The greatest bin that goes left.
        bin: Vec<u8>,
        /// The left child's number in its tree, with the right one behind it; a leaf's own.
        left: Vec<u32>,
        missing_left: Vec<u8>,
        /// A leaf's value.
        value: Vec<f64>,
        /// How many samples came by.
        count: Vec<u32>,
        gain: Vec<f64>,
        /// 1 more than the number of the set of categories that go left, or 0.
        set: Vec<u32>,
        /// Sets of bins: 8 numbers of 32 bits each.
        sets: Vec<u32>,
    }
}

/// A node as prediction reads it.
#[derive(Clone, Copy)]
struct Step {
    threshold: f64,
    left: u32,
    /// The feature, and above it whether missing values go right, and whether it is of categories.
    feature: u32,
}

const MISSING_RIGHT: u32 = 1 << 31;
const CATEGORIES: u32 = 1 << 30;
const FEATURE: u32 = CATEGORIES - 1;

impl Trees {
    pub(crate) fn new() -> Trees {
        Trees {
            starts: vec![0],
            feature: Vec::new(),
            threshold: Vec::new(),
            bin: Vec::new(),
            left: Vec::new(),
            missing_left: Vec::new(),
            value: Vec::new(),
            count: Vec::new(),
            gain: Vec::new(),
            set: Vec::new(),
            sets: Vec::new(),
        }
    }

    /// How many trees there are.
    pub(crate) fn len(&self) -> usize {
        self.starts.len() - 1
    }

    /// How many leaves some of the trees have, and how deep the deepest is.
    pub(crate) fn size(&self, trees: Range<usize>) -> (usize, usize) {
        let (mut leaves, mut deepest) = (0, 0);
        for tree in self.starts[trees.start..=trees.end].windows(2) {
            // Children come behind their parents.
            let mut depths = vec![0; tree[1] - tree[0]];
            for at in 0..depths.len() {
                let left = self.left[tree[0] + at] as usize;
                let depth = depths[at];
                if left == at {
                    leaves += 1;
                    deepest = deepest.max(depth);
                } else {
                    depths[left..left + 2].fill(depth + 1);
                }
            }
        }
        (leaves, deepest)
    }

    /// Adds a tree.
    pub(crate) fn push(&mut self, grown: &Grown, binner: &Binner) {
        for (at, node) in grown.nodes.iter().enumerate() {
            self.value.push(node.value);
            self.count.push(node.rows.len() as u32);
            let Some((split, left)) = &node.split else {
                // A leaf is its own left child, and nothing goes right.
                self.feature.push(0);
                self.threshold.push(f64::INFINITY);
                self.bin.push(MISSING);
                self.left.push(at as u32);
                self.missing_left.push(1);
                self.gain.push(-1.0);
                self.set.push(0);
                continue;
            };
            self.feature.push(split.feature);
            let edges = binner.edges(split.feature as usize);
            // Behind the last edge, only missing values go right.
            let threshold = edges.get(usize::from(split.bin)).copied().unwrap_or(f64::INFINITY);
            self.threshold.push(threshold);
            self.bin.push(split.bin);
            self.left.push(*left as u32);
            self.missing_left.push(split.missing_left.into());
            self.gain.push(split.gain);
            match &split.categories {
                None => self.set.push(0),
                Some(set) => {
                    self.sets.extend_from_slice(set);
                    self.set.push((self.sets.len() / 8) as u32);
                }
            }
        }
        self.starts.push(self.value.len());
    }

    /// Adds what some of the trees, of whole rounds, predict to `raw`, class after class.
    pub(crate) fn add(
        &self,
        x: &Dense<'_>,
        binner: &Binner,
        trees: Range<usize>,
        classes: usize,
        raw: &mut [f64],
    ) {
        let (rows, cols) = x.shape();
        let base = self.starts[trees.start];
        let steps: Vec<Step> = (base..self.starts[trees.end])
            .map(|i| Step {
                threshold: self.threshold[i],
                left: self.left[i],
                feature: self.feature[i]
                    | if self.missing_left[i] == 0 { MISSING_RIGHT } else { 0 }
                    | if self.set[i] > 0 { CATEGORIES } else { 0 },
            })
            .collect();
        let slots = by_block(raw, rows);
        pool::run(slots.len(), |block| {
            let mut out = slots[block].lock().unwrap_or_else(PoisonError::into_inner);
            let (start, n) = (block * BLOCK, out[0].len());
            // Rows that are not there are rows of zeros.
            let mut values = vec![0.0f64; BLOCK * cols];
            typed!(x, m => {
                let block = &m.data[start * cols..(start + n) * cols];
                for (to, from) in values.iter_mut().zip(block) {
                    *to = from.f64();
                }
            });
            for (f, _) in binner.categorical().iter().enumerate().filter(|(_, c)| **c) {
                for v in values[f..n * cols].iter_mut().step_by(cols) {
                    *v = binner.code(f, *v);
                }
            }
            for tree in trees.clone() {
                let range = self.starts[tree] - base..self.starts[tree + 1] - base;
                let (steps, leaves) = (&steps[range], &self.value[self.starts[tree]..]);
                let sets = &self.set[self.starts[tree]..];
                let out = &mut out[(tree - trees.start) % classes];
                for (group, out) in out.chunks_mut(LANES).enumerate() {
                    let rows = &values[group * LANES * cols..][..LANES * cols];
                    let ends = self.walk(steps, sets, rows, cols);
                    for (out, end) in out.iter_mut().zip(ends) {
                        *out += leaves[end as usize];
                    }
                }
            }
        });
    }

    /// The leaves where rows end.
    #[inline]
    fn walk(&self, steps: &[Step], sets: &[u32], rows: &[f64], cols: usize) -> [u32; LANES] {
        let mut at = [0u32; LANES];
        loop {
            let mut moved = 0;
            for (lane, at) in at.iter_mut().enumerate() {
                let step = steps[*at as usize];
                let x = rows[lane * cols + (step.feature & FEATURE) as usize];
                let right = if step.feature & CATEGORIES == 0 || x.is_nan() {
                    (x > step.threshold) | (x.is_nan() & (step.feature & MISSING_RIGHT != 0))
                } else {
                    !self.goes_left(sets[*at as usize], x as usize)
                };
                let next = step.left + u32::from(right);
                moved |= next ^ *at;
                *at = next;
            }
            if moved == 0 {
                return at;
            }
        }
    }

    fn goes_left(&self, set: u32, bin: usize) -> bool {
        let at = (set as usize - 1) * 8;
        self.sets[at..].first_chunk::<8>().is_some_and(|set| contains(set, bin))
    }

    /// Adds what the trees from number `first` on predict for bins to `raw`, class after class.
    pub(crate) fn add_binned(&self, x: &Binned, first: usize, classes: usize, raw: &mut [f64]) {
        let slots = by_block(raw, x.rows);
        pool::run(slots.len(), |block| {
            let mut out = slots[block].lock().unwrap_or_else(PoisonError::into_inner);
            for tree in first..self.len() {
                let base = self.starts[tree];
                for (i, out) in out[(tree - first) % classes].iter_mut().enumerate() {
                    let row = &x.data[(block * BLOCK + i) * x.cols..];
                    let mut at = 0;
                    loop {
                        let node = base + at;
                        let bin = row[self.feature[node] as usize];
                        let left = if bin == MISSING {
                            self.missing_left[node] == 1
                        } else if self.set[node] > 0 {
                            self.goes_left(self.set[node], bin.into())
                        } else {
                            bin <= self.bin[node]
                        };
                        let next = self.left[node] as usize + usize::from(!left);
                        if next == at {
                            break;
                        }
                        at = next;
                    }
                    *out += self.value[base + at];
                }
            }
        });
    }

    /// Refuses what no `fit` has made.
    pub(crate) fn check(&self, features: usize, classes: usize) -> Result<()> {
        let n = self.value.len();
        let lengths = [
            self.feature.len(),
            self.threshold.len(),
            self.bin.len(),
            self.left.len(),
            self.missing_left.len(),
            self.count.len(),
            self.gain.len(),
            self.set.len(),
        ];
        let mut fine = lengths.iter().all(|&l| l == n)
            && self.starts.first() == Some(&0)
            && self.starts.last() == Some(&n)
            && self.starts.windows(2).all(|w| w[0] < w[1])
            && self.len().is_multiple_of(classes.max(1))
            && self.sets.len().is_multiple_of(8)
            && self.feature.iter().all(|&f| (f as usize) < features)
            && self.set.iter().all(|&s| s as usize * 8 <= self.sets.len());
        for tree in self.starts.windows(2) {
            if !fine {
                break;
            }
            for i in tree[0]..tree[1] {
                let (at, left) = (i - tree[0], self.left[i] as usize);
                let leaf = left == at
                    && self.set[i] == 0
                    && self.missing_left[i] == 1
                    && self.bin[i] == MISSING
                    && self.threshold[i] == f64::INFINITY;
                // Children come later, so that every way ends.
                fine &= leaf || left > at && left + 1 < tree[1] - tree[0];
            }
        }
        if fine { Ok(()) } else { Err(broken("trees")) }
    }
}

/// The parts of every class's predictions that belong to each block of rows.
fn by_block(raw: &mut [f64], rows: usize) -> Vec<Mutex<Vec<&mut [f64]>>> {
    let mut out: Vec<Vec<&mut [f64]>> = Vec::new();
    for class in raw.chunks_mut(rows.max(1)) {
        for (i, block) in class.chunks_mut(BLOCK).enumerate() {
            match out.get_mut(i) {
                Some(parts) => parts.push(block),
                None => out.push(vec![block]),
            }
        }
    }
    out.into_iter().map(Mutex::new).collect()
}
