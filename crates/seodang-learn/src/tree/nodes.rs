//! A tree's nodes, property by property: as they grow, are cut, looked at and stored.

use crate::state::{State, broken};
use seodang_core::{Array, Result};

/// What `feature` and the children of a leaf are.
pub(crate) const LEAF: u32 = u32::MAX;

/// The nodes of a decision tree. Node 0 is the root; children come after their parents.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Nodes {
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
}

impl Nodes {
    /// No nodes.
    pub(super) fn empty(width: usize, features: usize) -> Nodes {
        Nodes { width, features, ..Nodes::default() }
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
    pub(crate) fn value_mut(&mut self, node: usize) -> &mut [f64] {
        &mut self.values[node * self.width..(node + 1) * self.width]
    }

    /// The greatest number of questions on the way to a leaf.
    pub(crate) fn depth(&self) -> usize {
        let mut depths = vec![0; self.len()];
        for i in (0..self.len()).filter(|&i| !self.is_leaf(i)) {
            for child in [self.left[i], self.right[i]] {
                depths[child as usize] = depths[i] + 1;
            }
        }
        depths.into_iter().max().unwrap_or(0)
    }

    /// The parent of each node; [`LEAF`] of the root.
    pub(crate) fn parents(&self) -> Vec<u32> {
        let mut parents = vec![LEAF; self.len()];
        for i in (0..self.len()).filter(|&i| !self.is_leaf(i)) {
            parents[self.left[i] as usize] = i as u32;
            parents[self.right[i] as usize] = i as u32;
        }
        parents
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
        // Each node but the root is the child of one.
        let mut parents = vec![0u8; n];
        let mut one_parent = || {
            let children = (0..n).filter(|&i| !self.is_leaf(i));
            for c in children.flat_map(|i| [self.left[i], self.right[i]]) {
                parents[c as usize] = parents[c as usize].saturating_add(1);
            }
            parents[1..].iter().all(|&p| p == 1)
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
            && n.checked_mul(self.width) == Some(self.values.len())
            && self.features > 0
            && (0..n).all(node)
            && one_parent()
    }

    /// Keeps all nodes of all trees in one array for each property.
    ///
    /// # Errors
    /// None that can be expected.
    pub(super) fn store(
        all: impl Iterator<Item = Nodes>,
        state: &mut State,
        name: &str,
    ) -> Result<()> {
        let (mut sum, mut sizes) = (Nodes::default(), Vec::new());
        for nodes in all {
            sizes.push(nodes.len() as i64);
            (sum.width, sum.features) = (nodes.width, nodes.features);
            sum.append(nodes);
        }
        state.put_array(&format!("{name}.nodes"), Array::from_vec([sizes.len()], sizes)?);
        macro_rules! put {
            ($part:ident as $kept:ty) => {{
                let part: Vec<$kept> = sum.$part.into_iter().map(|x| x as $kept).collect();
                let array = Array::from_vec([part.len()], part)?;
                state.put_array(&format!("{name}.{}", stringify!($part)), array);
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
        state.put(&format!("{name}.width"), &sum.width.into())?;
        state.put(&format!("{name}.features"), &sum.features.into())
    }

    fn append(&mut self, mut other: Nodes) {
        self.left.append(&mut other.left);
        self.right.append(&mut other.right);
        self.feature.append(&mut other.feature);
        self.threshold.append(&mut other.threshold);
        self.missing_left.append(&mut other.missing_left);
        self.impurity.append(&mut other.impurity);
        self.samples.append(&mut other.samples);
        self.weight.append(&mut other.weight);
        self.values.append(&mut other.values);
    }

    /// What [`Nodes::store`] kept, tree by tree, as `f` makes it something else.
    ///
    /// # Errors
    /// `Format` for parts that do not fit.
    pub(super) fn restore<T>(
        state: &mut State,
        name: &str,
        f: impl Fn(Nodes) -> T,
    ) -> Result<Vec<T>> {
        let sizes = state.take_array(&format!("{name}.nodes"))?.to_vec::<i64>()?;
        macro_rules! take {
            ($part:ident: $kept:ty) => {
                state
                    .take_array(&format!("{name}.{}", stringify!($part)))?
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
            let nodes = Nodes {
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
            };
            if !nodes.is_sound() {
                return Err(broken(name));
            }
            out.push(f(nodes));
        }
        Ok(out)
    }
}
