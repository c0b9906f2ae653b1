//! Minimal cost-complexity pruning: the weakest links are cut, the weakest first. Source: Breiman,
//! Friedman, Olshen and Stone 1984, chapter 3.

use super::nodes::{LEAF, Nodes};
use std::cmp::Ordering;
use std::collections::BinaryHeap;

/// A branch, and by how much the impurity of the leaves rises for each leaf that is saved.
struct Link {
    alpha: f64,
    node: usize,
    /// The leaves below when this was computed: a branch that changed since is another.
    leaves: usize,
}

impl PartialEq for Link {
    fn eq(&self, other: &Link) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for Link {}

impl PartialOrd for Link {
    fn partial_cmp(&self, other: &Link) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Link {
    /// The greatest is the weakest, and of equally weak ones that which is nearer to the root.
    fn cmp(&self, other: &Link) -> Ordering {
        other.alpha.total_cmp(&self.alpha).then(other.node.cmp(&self.node))
    }
}

/// A tree while it is pruned.
struct Pruning<'a> {
    tree: &'a Nodes,
    parents: Vec<u32>,
    /// The impurity of each node as a share of the whole, and that of the leaves below it.
    own: Vec<f64>,
    below: Vec<f64>,
    leaves: Vec<usize>,
    /// Nodes below one that was cut.
    gone: Vec<bool>,
    links: BinaryHeap<Link>,
}

impl<'a> Pruning<'a> {
    fn new(tree: &'a Nodes) -> Pruning<'a> {
        let n = tree.len();
        let own: Vec<f64> =
            (0..n).map(|i| tree.weight[i] * tree.impurity[i] / tree.weight[0]).collect();
        let (mut below, mut leaves, mut parents) = (own.clone(), vec![1; n], vec![LEAF; n]);
        // Children come after their parents.
        for i in (0..n).rev().filter(|&i| !tree.is_leaf(i)) {
            let (l, r) = (tree.left[i] as usize, tree.right[i] as usize);
            below[i] = below[l] + below[r];
            leaves[i] = leaves[l] + leaves[r];
            (parents[l], parents[r]) = (i as u32, i as u32);
        }
        let gone = vec![false; n];
        let mut pruning =
            Pruning { tree, parents, own, below, leaves, gone, links: BinaryHeap::new() };
        (0..n).for_each(|i| pruning.link(i));
        pruning
    }

    fn link(&mut self, node: usize) {
        let leaves = self.leaves[node];
        if leaves > 1 {
            let alpha = (self.own[node] - self.below[node]) / (leaves - 1) as f64;
            self.links.push(Link { alpha, node, leaves });
        }
    }

    /// The weakest link as it is now.
    fn weakest(&mut self) -> Option<(f64, usize)> {
        while let Some(link) = self.links.pop() {
            if !self.gone[link.node] && self.leaves[link.node] == link.leaves {
                return Some((link.alpha, link.node));
            }
        }
        None
    }

    /// Makes a node a leaf.
    fn cut(&mut self, node: usize) {
        let mut stack = vec![node];
        while let Some(i) = stack.pop() {
            if !self.tree.is_leaf(i) {
                for child in [self.tree.left[i], self.tree.right[i]] {
                    if !self.gone[child as usize] {
                        self.gone[child as usize] = true;
                        stack.push(child as usize);
                    }
                }
            }
        }
        let (fewer, more) = (self.leaves[node] - 1, self.own[node] - self.below[node]);
        self.leaves[node] = 1;
        self.below[node] = self.own[node];
        let mut at = self.parents[node];
        while at != LEAF {
            let i = at as usize;
            self.leaves[i] -= fewer;
            self.below[i] += more;
            self.link(i);
            at = self.parents[i];
        }
    }
}

/// The `alpha` of each cut until only the root is left, after 0 for the whole tree, and the impurity of
/// the leaves that are then left.
pub(crate) fn path(tree: &Nodes) -> (Vec<f64>, Vec<f64>) {
    let mut pruning = Pruning::new(tree);
    let mut out = (vec![0.0], vec![pruning.below[0]]);
    while let Some((alpha, node)) = pruning.weakest() {
        pruning.cut(node);
        out.0.push(alpha);
        out.1.push(pruning.below[0]);
    }
    out
}

/// The tree without the links that are no stronger than `alpha`.
pub(crate) fn pruned(tree: Nodes, alpha: f64) -> Nodes {
    if alpha <= 0.0 {
        return tree;
    }
    let mut pruning = Pruning::new(&tree);
    while let Some((weakest, node)) = pruning.weakest()
        && weakest <= alpha
    {
        pruning.cut(node);
    }
    let (gone, leaves) = (pruning.gone, pruning.leaves);
    let kept: Vec<usize> = (0..tree.len()).filter(|&i| !gone[i]).collect();
    let mut numbers = vec![LEAF; tree.len()];
    for (new, &old) in kept.iter().enumerate() {
        numbers[old] = new as u32;
    }
    let mut out = Nodes::empty(tree.width, tree.features);
    for &i in &kept {
        let leaf = leaves[i] == 1;
        let child = |c: u32| if leaf { LEAF } else { numbers[c as usize] };
        out.left.push(child(tree.left[i]));
        out.right.push(child(tree.right[i]));
        out.feature.push(if leaf { LEAF } else { tree.feature[i] });
        out.threshold.push(if leaf { -2.0 } else { tree.threshold[i] });
        out.missing_left.push(!leaf && tree.missing_left[i]);
        out.impurity.push(tree.impurity[i]);
        out.samples.push(tree.samples[i]);
        out.weight.push(tree.weight[i]);
        out.values.extend_from_slice(tree.value(i));
    }
    out
}
