//! A grown tree as models hold it: small, and quick to walk through.
//!
//! Much of what there is to say of a tree's nodes follows from the leaves, as a rule: how many samples came
//! by is a sum, so is their weight, and of unweighted classes even the shares and the impurity follow from
//! counts. What follows is not kept; whether it does is tried, so that nothing is lost.

use super::nodes::{LEAF, Nodes};
use super::rows::{Block, Rows};
use crate::features::Features;
use crate::state::{State, Stored, broken};
use seodang_core::Result;
use seodang_kernels::pool;
use seodang_kernels::trees::{Node, Paths};

/// Rows of a task.
pub(crate) const BLOCK: usize = 256;

/// The bit of what the paths hold that marks a leaf which knows one class only: below it is the class.
const SURE: u32 = 1 << 31;

/// A decision tree.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Tree {
    /// The numbers that a node says.
    pub(crate) width: usize,
    /// The number of features.
    pub(crate) features: usize,
    /// The greatest number of questions on the way to a leaf.
    pub(crate) depth: usize,
    /// A leaf holds [`SURE`] and a class, or which of `said` it says.
    pub(super) paths: Paths,
    /// What leaves say, `width` numbers each.
    said: Vec<f64>,
    /// Whether all leaves are sure.
    sure: bool,
    /// The thresholds as they are to be seen: the paths have them in `f32`.
    threshold: Vec<f64>,
    /// The number of each node in the order of the paths, if it is not its place there.
    numbers: Option<Vec<u32>>,
    /// Of the leaves, if nodes have the sums of their children's; else of all nodes.
    samples: Vec<u32>,
    weight: Weight,
    shares: Shares,
}

/// How much the samples of nodes count.
#[derive(Clone, Debug, PartialEq)]
enum Weight {
    /// Each sample once.
    Samples,
    /// Whole numbers, of the leaves.
    Whole(Vec<u32>),
    /// Of all nodes.
    Any(Vec<f64>),
}

/// What inner nodes say, and how impure nodes are.
#[derive(Clone, Debug, PartialEq)]
enum Shares {
    /// The shares of the classes; Gini's impurity.
    Counted,
    /// Of inner nodes what they say; the impurity of all, or, if leaves are pure, of inner nodes.
    Any { said: Vec<f64>, impurity: Vec<f64> },
}

impl Tree {
    /// Packs nodes.
    pub(crate) fn of(nodes: &Nodes) -> Tree {
        let (order, width) = (order(nodes), nodes.width);
        let leaves: Vec<usize> = order.iter().copied().filter(|&i| nodes.is_leaf(i)).collect();
        let inner: Vec<usize> = order.iter().copied().filter(|&i| !nodes.is_leaf(i)).collect();
        let one = |i: usize| {
            let class = nodes.value(i).iter().position(|&v| v == 1.0)?;
            let zeros = nodes.value(i).iter().filter(|v| v.to_bits() == 0).count();
            (width > 1 && zeros + 1 == width).then_some(class as u32)
        };
        let unsure = leaves.iter().filter(|&&i| one(i).is_none()).count();
        // A branch for each row, which must be foreseen as a rule.
        let marks = width > 1 && unsure * 16 <= leaves.len();
        let (mut said, mut held, mut count) = (Vec::new(), vec![0; nodes.len()], 0);
        for &i in &leaves {
            held[i] = match one(i).filter(|_| marks) {
                Some(class) => SURE | class,
                None => {
                    said.extend_from_slice(nodes.value(i));
                    count += 1;
                    count - 1
                }
            };
        }
        let mut tree = Tree {
            width,
            features: nodes.features,
            depth: nodes.depth(),
            paths: nodes.paths(|i| held[i]),
            said,
            sure: marks && unsure == 0,
            threshold: inner.iter().map(|&i| nodes.threshold[i]).collect(),
            numbers: order
                .iter()
                .enumerate()
                .any(|(k, &i)| k != i)
                .then(|| order.iter().map(|&i| i as u32).collect()),
            samples: leaves.iter().map(|&i| nodes.samples[i]).collect(),
            weight: Weight::Samples,
            shares: Shares::Counted,
        };
        let child = |i: usize| (nodes.left[i] as usize, nodes.right[i] as usize);
        let sums = |f: &dyn Fn(usize, usize, usize) -> bool| {
            inner.iter().all(|&i| f(i, child(i).0, child(i).1))
        };
        let n = &nodes.samples;
        if !sums(&|i, l, r| n[l].checked_add(n[r]) == Some(n[i])) {
            tree.samples = order.iter().map(|&i| n[i]).collect();
        }
        let w = &nodes.weight;
        if w.iter().zip(n).any(|(&w, &n)| w != f64::from(n)) {
            let whole = |&i: &usize| {
                let whole = w[i].fract() == 0.0 && (0.0..=f64::from(u32::MAX)).contains(&w[i]);
                whole.then_some(w[i] as u32)
            };
            let leaves = leaves.iter().map(whole).collect::<Option<_>>();
            let leaves = leaves.filter(|_| sums(&|i, l, r| w[l] + w[r] == w[i]));
            let all = || Weight::Any(order.iter().map(|&i| w[i]).collect());
            tree.weight = leaves.map_or_else(all, Weight::Whole);
        }
        let counted = width > 1 && {
            let look = tree.nodes();
            look.values == nodes.values && look.impurity == nodes.impurity
        };
        if !counted {
            let pure = leaves.iter().all(|&i| nodes.impurity[i].to_bits() == 0);
            let of = if pure { &inner } else { &order };
            tree.shares = Shares::Any {
                said: inner.iter().flat_map(|&i| nodes.value(i)).copied().collect(),
                impurity: of.iter().map(|&i| nodes.impurity[i]).collect(),
            };
        }
        tree
    }

    /// The number of nodes.
    pub(crate) fn len(&self) -> usize {
        2 * self.threshold.len() + 1
    }

    /// The nodes, property by property.
    pub(crate) fn nodes(&self) -> Nodes {
        let (n, width) = (self.len(), self.width);
        let mut out = Nodes {
            left: vec![LEAF; n],
            right: vec![LEAF; n],
            feature: vec![LEAF; n],
            threshold: vec![-2.0; n],
            missing_left: vec![false; n],
            impurity: vec![0.0; n],
            samples: vec![0; n],
            weight: vec![0.0; n],
            values: vec![0.0; n * width],
            width,
            features: self.features,
        };
        let number = |place: usize| self.numbers.as_ref().map_or(place, |n| n[place] as usize);
        // The places of nodes that have one child so far or none, and the leaves and inner nodes so far.
        let (mut open, mut place, mut leaf, mut inner) = (Vec::<usize>::new(), 0, 0, 0);
        self.paths.each(|node| {
            let i = number(place);
            if let Some(&parent) = open.last() {
                if out.left[parent] == LEAF {
                    out.left[parent] = i as u32;
                } else {
                    out.right[parent] = i as u32;
                    open.pop();
                }
            }
            match node {
                Node::Ask { feature, missing_left, .. } => {
                    out.feature[i] = feature;
                    out.missing_left[i] = missing_left;
                    out.threshold[i] = self.threshold[inner];
                    if let Shares::Any { said, impurity } = &self.shares {
                        out.values[i * width..(i + 1) * width]
                            .copy_from_slice(&said[inner * width..(inner + 1) * width]);
                        let at = if impurity.len() == n { place } else { inner };
                        out.impurity[i] = impurity[at];
                    }
                    open.push(i);
                    inner += 1;
                }
                Node::Leaf(held) => {
                    let says = &mut out.values[i * width..(i + 1) * width];
                    if held & SURE != 0 {
                        says[(held & !SURE) as usize] = 1.0;
                    } else {
                        let first = held as usize * width;
                        says.copy_from_slice(&self.said[first..first + width]);
                    }
                    if let Shares::Any { impurity, .. } = &self.shares
                        && impurity.len() == n
                    {
                        out.impurity[i] = impurity[place];
                    }
                    out.samples[i] =
                        self.samples[if self.samples.len() == n { place } else { leaf }];
                    match &self.weight {
                        Weight::Whole(w) => out.weight[i] = f64::from(w[leaf]),
                        Weight::Samples => out.weight[i] = f64::from(out.samples[i]),
                        Weight::Any(_) => {}
                    }
                    leaf += 1;
                }
            }
            if self.samples.len() == n {
                out.samples[i] = self.samples[place];
            }
            if let Weight::Any(w) = &self.weight {
                out.weight[i] = w[place];
            }
            place += 1;
        });
        self.sum(&mut out);
        out
    }

    /// What follows from the children.
    fn sum(&self, out: &mut Nodes) {
        let (n, width) = (out.len(), self.width);
        let mut counts = vec![0.0; if self.shares == Shares::Counted { n * width } else { 0 }];
        for i in (0..n).rev() {
            let (l, r) = (out.left[i] as usize, out.right[i] as usize);
            let leaf = out.is_leaf(i);
            if !leaf {
                if self.samples.len() != n {
                    out.samples[i] = out.samples[l].wrapping_add(out.samples[r]);
                }
                match self.weight {
                    Weight::Samples => out.weight[i] = f64::from(out.samples[i]),
                    Weight::Whole(_) => out.weight[i] = out.weight[l] + out.weight[r],
                    Weight::Any(_) => {}
                }
            }
            if counts.is_empty() {
                continue;
            }
            let (weight, mut squares) = (out.weight[i], 0.0);
            for c in 0..width {
                let said = &mut out.values[i * width + c];
                if leaf {
                    counts[i * width + c] = (*said * weight).round();
                } else {
                    counts[i * width + c] = counts[l * width + c] + counts[r * width + c];
                }
                *said = counts[i * width + c] / weight;
                squares += *said * *said;
            }
            out.impurity[i] = 1.0 - squares;
        }
    }

    /// Adds what the leaves of rows say to `out`, `width` numbers a row.
    pub(crate) fn add_block(&self, x: &Block<'_>, out: &mut [f64]) {
        let width = self.width;
        let rows = out.len() / width;
        let (mut few, mut many) = ([0u32; BLOCK], Vec::new());
        let held = if rows <= BLOCK {
            &mut few[..rows]
        } else {
            many.resize(rows, 0);
            &mut many[..]
        };
        // First all leaves, then all that they say: so many loads run side by side.
        x.find(&self.paths, self.depth, held);
        let rows = out.chunks_exact_mut(width).zip(&*held);
        if self.sure {
            rows.for_each(|(row, &held)| row[(held & !SURE) as usize] += 1.0);
            return;
        }
        if width == 1 {
            out.iter_mut().zip(&*held).for_each(|(o, &held)| *o += self.said[held as usize]);
            return;
        }
        for (row, &held) in rows {
            if held & SURE != 0 {
                row[(held & !SURE) as usize] += 1.0;
                continue;
            }
            let said = &self.said[held as usize * width..][..width];
            row.iter_mut().zip(said).for_each(|(o, v)| *o += v);
        }
    }

    /// Adds what the leaves of the rows `range` say to `out`, `width` numbers a row.
    pub(crate) fn add(&self, x: &Rows<'_>, range: std::ops::Range<usize>, out: &mut [f64]) {
        x.each(range.clone(), |part, block| {
            let part =
                (part.start - range.start) * self.width..(part.end - range.start) * self.width;
            self.add_block(block, &mut out[part]);
        });
    }

    /// What the leaf of each row says.
    pub(crate) fn predict(&self, x: &Features<'_>) -> Vec<f64> {
        let mut out = vec![0.0; x.rows() * self.width];
        let x = Rows::new(x, std::slice::from_ref(self));
        in_blocks(&mut out, self.width, |range, out| self.add(&x, range, out));
        out
    }

    /// The node of the leaf of each row.
    pub(crate) fn apply(&self, x: &Features<'_>) -> Vec<u32> {
        self.nodes().apply(x)
    }

    /// The nodes on each row's way, as the pointers and columns of a sparse table of ones.
    pub(crate) fn paths(&self, x: &Features<'_>) -> (Vec<i64>, Vec<i64>) {
        let nodes = self.nodes();
        let parents = nodes.parents();
        let (mut pointers, mut all) = (vec![0], Vec::new());
        for leaf in nodes.apply(x) {
            let first = all.len();
            let mut at = leaf;
            while at != LEAF {
                all.push(i64::from(at));
                at = parents[at as usize];
            }
            all[first..].reverse();
            pointers.push(all.len() as i64);
        }
        (pointers, all)
    }
}

/// The nodes, each before its children, and the left before the right.
fn order(nodes: &Nodes) -> Vec<usize> {
    let (mut order, mut waiting) = (Vec::with_capacity(nodes.len()), vec![0]);
    while let Some(i) = waiting.pop() {
        order.push(i);
        if !nodes.is_leaf(i) {
            waiting.extend([nodes.right[i] as usize, nodes.left[i] as usize]);
        }
    }
    order
}

/// The greatest `f32` that is not above `x`.
pub(super) fn floor(x: f64) -> f32 {
    let y = x as f32;
    if f64::from(y) > x { y.next_down() } else { y }
}

impl Nodes {
    /// The nodes to be walked through, with what each leaf holds.
    fn paths(&self, held: impl Fn(usize) -> u32) -> Paths {
        Paths::new(self.len(), self.features, |i| {
            if self.is_leaf(i) {
                return Node::Leaf(held(i));
            }
            Node::Ask {
                feature: self.feature[i],
                threshold: floor(self.threshold[i]),
                missing_left: self.missing_left[i],
                children: [self.left[i] as usize, self.right[i] as usize],
            }
        })
    }

    /// The leaf of each row.
    pub(crate) fn apply(&self, x: &Features<'_>) -> Vec<u32> {
        let paths = self.paths(|i| i as u32);
        let mut out = vec![0; x.rows()];
        let depth = self.depth();
        let x = Rows::of(x, std::iter::once((&paths, depth)), false);
        in_blocks(&mut out, 1, |range, out| {
            x.each(range.clone(), |part, block| {
                let part = part.start - range.start..part.end - range.start;
                block.find(&paths, depth, &mut out[part]);
            });
        });
        out
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

    fn store_all(all: &[Tree], state: &mut State, name: &str) -> Result<()> {
        Nodes::store(all.iter().map(Tree::nodes), state, name)
    }

    fn restore_all(state: &mut State, name: &str) -> Result<Vec<Tree>> {
        Nodes::restore(state, name, |nodes| Tree::of(&nodes))
    }
}
