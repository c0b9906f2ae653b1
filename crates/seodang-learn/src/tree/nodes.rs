//! A grown tree: its nodes, and how samples find their leaf.

use crate::features::{Dense, Matrix, Real, typed};
use crate::state::{State, Stored, broken};
use seodang_core::{Array, Result};
use seodang_kernels::pool;

/// What `feature` and the children of a leaf are.
pub(crate) const LEAF: u32 = u32::MAX;

/// Samples that find their leaves together: the loads of one hide behind those of the others.
const TOGETHER: usize = 32;
/// Samples of a task.
pub(crate) const BLOCK: usize = 256;

/// A decision tree: the nodes' properties, node by node. Node 0 is the root; children come after their
/// parents.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Tree {
    /// The left child of each node, [`LEAF`] of leaves.
    pub(crate) left: Vec<u32>,
    /// The right child of each node, [`LEAF`] of leaves.
    pub(crate) right: Vec<u32>,
    /// The feature that each node asks for, [`LEAF`] of leaves.
    pub(crate) feature: Vec<u32>,
    /// Up to which value samples go to the left; -2 of leaves.
    pub(crate) threshold: Vec<f64>,
    /// Whether a missing value goes to the left.
    pub(crate) missing_left: Vec<bool>,
    /// The impurity.
    pub(crate) impurity: Vec<f64>,
    /// How many samples came by in `fit`.
    pub(crate) samples: Vec<u32>,
    /// How much these count.
    pub(crate) weight: Vec<f64>,
    /// What each node says: `width` numbers a node. Means or medians of the outputs, or the shares of the
    /// classes, padded to the greatest number of classes.
    pub(crate) values: Vec<f64>,
    /// The numbers of a node in `values`.
    pub(crate) width: usize,
    /// The number of features.
    pub(crate) features: usize,
    /// The greatest number of questions on the way to a leaf.
    pub(crate) depth: usize,
    /// The nodes as samples walk through them, made by [`Tree::finish`].
    steps: Vec<Step>,
}

/// A node on the way. A leaf leads to itself.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Step {
    /// The greatest `f32` that goes to the left.
    threshold: f32,
    /// The feature, and in the highest bit whether NaN goes to the left.
    feature: u32,
    children: [u32; 2],
}

impl Step {
    #[inline]
    fn next<T: Real>(&self, row: &[T]) -> u32 {
        let x = row[(self.feature & !MISSING_LEFT) as usize].f64() as f32;
        // Which child is next is as good as random: an index, and no branch.
        let left = (x <= self.threshold) | (x.is_nan() & (self.feature & MISSING_LEFT != 0));
        self.children[usize::from(!left)]
    }
}

const MISSING_LEFT: u32 = 1 << 31;

/// The greatest `f32` that is not above `x`.
fn floor(x: f64) -> f32 {
    let y = x as f32;
    if f64::from(y) > x { y.next_down() } else { y }
}

impl Tree {
    /// A tree without nodes.
    pub(super) fn empty(width: usize, features: usize) -> Tree {
        Tree { width, features, ..Tree::default() }
    }

    /// The number of nodes.
    pub(crate) fn len(&self) -> usize {
        self.left.len()
    }

    /// The number of leaves.
    pub(crate) fn leaves(&self) -> usize {
        self.left.iter().filter(|&&l| l == LEAF).count()
    }

    /// Whether a node is a leaf.
    pub(crate) fn is_leaf(&self, node: usize) -> bool {
        self.left[node] == LEAF
    }

    /// What a node says.
    pub(crate) fn value(&self, node: usize) -> &[f64] {
        &self.values[node * self.width..(node + 1) * self.width]
    }

    /// What a node says, to be changed: boosting puts its own values into leaves.
    #[allow(dead_code)]
    pub(crate) fn value_mut(&mut self, node: usize) -> &mut [f64] {
        &mut self.values[node * self.width..(node + 1) * self.width]
    }

    /// Prepares the nodes to be walked through, and measures the depth.
    pub(super) fn finish(mut self) -> Tree {
        let mut depths = vec![0; self.len()];
        self.steps.clear();
        for i in 0..self.len() {
            let step = if self.is_leaf(i) {
                Step { threshold: 0.0, feature: 0, children: [i as u32; 2] }
            } else {
                for child in [self.left[i], self.right[i]] {
                    depths[child as usize] = depths[i] + 1;
                }
                Step {
                    threshold: floor(self.threshold[i]),
                    feature: self.feature[i] | u32::from(self.missing_left[i]) << 31,
                    children: [self.left[i], self.right[i]],
                }
            };
            self.steps.push(step);
        }
        self.depth = depths.into_iter().max().unwrap_or(0);
        self
    }

    /// Calls `f(sample, leaf)` for the rows `range`, in some order.
    ///
    /// Some samples walk side by side; one that has arrived makes room for the next.
    #[inline]
    fn walk<T: Real>(
        &self,
        m: &Matrix<'_, T>,
        range: std::ops::Range<usize>,
        mut f: impl FnMut(usize, u32),
    ) {
        let step =
            |at: u32, i: usize| self.steps[at as usize].next(&m.data[i * m.cols..(i + 1) * m.cols]);
        let lanes = TOGETHER.min(range.len());
        let mut rows: [usize; TOGETHER] = std::array::from_fn(|k| range.start + k);
        let mut at = [0u32; TOGETHER];
        let mut coming = range.start + lanes;
        // The lane that found no more samples.
        let mut idle = if lanes < TOGETHER { Some(TOGETHER) } else { None };
        while idle.is_none() {
            for k in 0..TOGETHER {
                let next = step(at[k], rows[k]);
                if next != at[k] {
                    at[k] = next;
                    continue;
                }
                f(rows[k], next);
                if coming == range.end {
                    idle = Some(k);
                    break;
                }
                (rows[k], at[k]) = (coming, 0);
                coming += 1;
            }
        }
        for k in (0..lanes).filter(|&k| Some(k) != idle) {
            let mut here = at[k];
            loop {
                let next = step(here, rows[k]);
                if next == here {
                    break;
                }
                here = next;
            }
            f(rows[k], here);
        }
    }

    /// The leaf of each of the rows `range`.
    pub(crate) fn leaves_of(&self, x: &Dense<'_>, range: std::ops::Range<usize>, out: &mut [u32]) {
        let start = range.start;
        typed!(x, m => self.walk(m, range, |i, leaf| out[i - start] = leaf));
    }

    /// Adds what the leaves of the rows `range` say to `out`, `width` numbers a row.
    pub(crate) fn add(&self, x: &Dense<'_>, range: std::ops::Range<usize>, out: &mut [f64]) {
        let width = self.width;
        let mut leaves = [0u32; BLOCK];
        let mut start = range.start;
        for out in out.chunks_mut(BLOCK * width) {
            // First all leaves, then all that they say: so many loads run side by side.
            let leaves = &mut leaves[..out.len() / width];
            let end = start + leaves.len();
            self.leaves_of(x, start..end, leaves);
            start = end;
            if width == 1 {
                for (o, &leaf) in out.iter_mut().zip(&*leaves) {
                    *o += self.values[leaf as usize];
                }
                continue;
            }
            if width == 2 {
                for (row, &leaf) in out.as_chunks_mut::<2>().0.iter_mut().zip(&*leaves) {
                    let said = &self.values[2 * leaf as usize..][..2];
                    row[0] += said[0];
                    row[1] += said[1];
                }
                continue;
            }
            for (row, &leaf) in out.chunks_exact_mut(width).zip(&*leaves) {
                row.iter_mut().zip(self.value(leaf as usize)).for_each(|(o, v)| *o += v);
            }
        }
    }

    /// The leaf of each row.
    pub(crate) fn apply(&self, x: &Dense<'_>) -> Vec<u32> {
        let mut out = vec![0; x.shape().0];
        in_blocks(&mut out, 1, |range, out| self.leaves_of(x, range, out));
        out
    }

    /// What the leaf of each row says.
    pub(crate) fn predict(&self, x: &Dense<'_>) -> Vec<f64> {
        let mut out = vec![0.0; x.shape().0 * self.width];
        in_blocks(&mut out, self.width, |range, out| self.add(x, range, out));
        out
    }

    /// The nodes on each row's way, as the pointers and columns of a sparse table of ones.
    pub(crate) fn paths(&self, x: &Dense<'_>) -> (Vec<i64>, Vec<i64>) {
        let mut parents = vec![LEAF; self.len()];
        for i in (0..self.len()).filter(|&i| !self.is_leaf(i)) {
            parents[self.left[i] as usize] = i as u32;
            parents[self.right[i] as usize] = i as u32;
        }
        let (mut pointers, mut nodes) = (vec![0], Vec::new());
        for leaf in self.apply(x) {
            let first = nodes.len();
            let mut at = leaf;
            while at != LEAF {
                nodes.push(i64::from(at));
                at = parents[at as usize];
            }
            nodes[first..].reverse();
            pointers.push(nodes.len() as i64);
        }
        (pointers, nodes)
    }

    /// How much the impurity falls by each feature, of all as a share if `normalized`.
    pub(crate) fn importances(&self, normalized: bool) -> Vec<f64> {
        let mut out = vec![0.0; self.features];
        for i in (0..self.len()).filter(|&i| !self.is_leaf(i)) {
            let of = |i: usize| self.weight[i] * self.impurity[i];
            let fall = of(i) - of(self.left[i] as usize) - of(self.right[i] as usize);
            out[self.feature[i] as usize] += fall / self.weight[0];
        }
        let sum: f64 = out.iter().sum();
        if normalized && sum > 0.0 {
            out.iter_mut().for_each(|x| *x /= sum);
        }
        out
    }

    /// Whether the parts fit each other, so that no walk can leave the tree or never end.
    pub(super) fn is_sound(&self) -> bool {
        let n = self.len();
        let node = |i: usize| {
            if self.is_leaf(i) {
                return self.right[i] == LEAF;
            }
            let child = |c: u32| c as usize > i && (c as usize) < n;
            child(self.left[i])
                && child(self.right[i])
                && (self.feature[i] as usize) < self.features
        };
        let lengths = [
            self.right.len(),
            self.feature.len(),
            self.threshold.len(),
            self.missing_left.len(),
            self.impurity.len(),
            self.samples.len(),
            self.weight.len(),
        ];
        n > 0
            && lengths.iter().all(|&l| l == n)
            && self.values.len() == n * self.width
            && self.features > 0
            && (0..n).all(node)
    }
}

/// Fills `out`, `width` numbers a row, in parallel by blocks of rows.
pub(crate) fn in_blocks<T: Send>(
    out: &mut [T],
    width: usize,
    f: impl Fn(std::ops::Range<usize>, &mut [T]) + Sync,
) {
    let rows = out.len() / width.max(1);
    let parts: Vec<_> = out.chunks_mut(BLOCK * width.max(1)).map(std::sync::Mutex::new).collect();
    pool::run(parts.len(), |t| {
        let mut part = parts[t].lock().expect("each part has one task");
        f(t * BLOCK..rows.min((t + 1) * BLOCK), &mut part);
    });
}

impl Stored for Tree {
    fn store(&self, state: &mut State, name: &str) -> Result<()> {
        Tree::store_all(std::slice::from_ref(self), state, name)
    }

    fn restore(state: &mut State, name: &str) -> Result<Tree> {
        Tree::restore_all(state, name)?.pop().ok_or_else(|| broken(name))
    }

    /// All nodes of all trees in one array for each property.
    fn store_all(all: &[Tree], state: &mut State, name: &str) -> Result<()> {
        let sizes: Vec<i64> = all.iter().map(|t| t.len() as i64).collect();
        state.put_array(&format!("{name}.nodes"), Array::from_vec([sizes.len()], sizes)?);
        macro_rules! put {
            ($part:ident as $kept:ty) => {{
                let part = all.iter().flat_map(|t| &t.$part);
                let part: Vec<$kept> = part.map(|&x| x as $kept).collect();
                let array = Array::from_vec([part.len()], part)?;
                state.put_array(concat_name(name, stringify!($part)).as_str(), array);
            }};
        }
        put!(left as u32);
        put!(right as u32);
        put!(feature as u32);
        put!(threshold as f64);
        put!(missing_left as u8);
        put!(impurity as f64);
        put!(samples as u32);
        put!(weight as f64);
        put!(values as f64);
        let width = all.first().map_or(0, |t| t.width);
        let features = all.first().map_or(0, |t| t.features);
        state.put(&format!("{name}.width"), &width.into())?;
        state.put(&format!("{name}.features"), &features.into())
    }

    fn restore_all(state: &mut State, name: &str) -> Result<Vec<Tree>> {
        let sizes = state.take_array(&format!("{name}.nodes"))?.to_vec::<i64>()?;
        macro_rules! take {
            ($part:ident: $kept:ty) => {
                state
                    .take_array(&concat_name(name, stringify!($part)))?
                    .to_vec::<$kept>()?
                    .into_iter()
            };
        }
        let (mut left, mut right) = (take!(left: u32), take!(right: u32));
        let (mut feature, mut threshold) = (take!(feature: u32), take!(threshold: f64));
        let mut missing_left = take!(missing_left: u8);
        let (mut impurity, mut samples) = (take!(impurity: f64), take!(samples: u32));
        let (mut weight, mut values) = (take!(weight: f64), take!(values: f64));
        let width: usize = state.take_as(&format!("{name}.width"))?;
        let features: usize = state.take_as(&format!("{name}.features"))?;
        let mut out = Vec::new();
        for size in sizes {
            let n = usize::try_from(size).ok().filter(|&n| n <= left.len());
            let n = n.ok_or_else(|| broken(name))?;
            let tree = Tree {
                left: left.by_ref().take(n).collect(),
                right: right.by_ref().take(n).collect(),
                feature: feature.by_ref().take(n).collect(),
                threshold: threshold.by_ref().take(n).collect(),
                missing_left: missing_left.by_ref().take(n).map(|x| x != 0).collect(),
                impurity: impurity.by_ref().take(n).collect(),
                samples: samples.by_ref().take(n).collect(),
                weight: weight.by_ref().take(n).collect(),
                values: values.by_ref().take(n.saturating_mul(width)).collect(),
                width,
                features,
                ..Tree::default()
            };
            if !tree.is_sound() {
                return Err(broken(name));
            }
            out.push(tree.finish());
        }
        Ok(out)
    }
}

fn concat_name(name: &str, part: &str) -> String {
    format!("{name}.{part}")
}
