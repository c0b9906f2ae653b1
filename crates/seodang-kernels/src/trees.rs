//! Walks of rows through decision trees.
//!
//! A node is eight bytes, so that a tree stays in the second cache; many rows walk side by side, so that the
//! loads of one hide behind those of the others; and which child is next is computed, not branched on,
//! since nobody can predict it.
#![allow(unsafe_code)]

use crate::rows::RowFloat;
use crate::simd::sel;
use std::mem::MaybeUninit;

/// Rows that walk side by side.
const TOGETHER: usize = 256;

/// What is at a node.
#[derive(Clone, Copy, PartialEq, Debug)]
pub enum Node {
    /// The end of the way, with what is found there.
    Leaf(u32),
    /// A question.
    Ask {
        /// The feature that is asked for.
        feature: u32,
        /// Up to which value rows go to the left.
        threshold: f32,
        /// Whether NaN goes to the left.
        missing_left: bool,
        /// The nodes on both sides.
        children: [usize; 2],
    },
}

/// A tree, as rows walk through it.
#[derive(Clone, PartialEq, Debug)]
pub struct Paths {
    nodes: Nodes,
    features: usize,
}

/// The nodes; siblings lie together. The first place is empty: so siblings are in one cache line.
#[derive(Clone, PartialEq, Debug)]
enum Nodes {
    /// `[threshold or what a leaf holds, how far the children are | feature, NaN]`.
    Narrow { nodes: Vec<[u32; 2]>, shift: u32 },
    /// The same, where the second does not fit into one number.
    Wide(Vec<[u32; 3]>),
}

/// How nodes are read: `(threshold or what a leaf holds, feature, NaN's way, how far the children are)`.
/// The children of a leaf are nowhere farther, and it asks for the first feature.
trait Layout: Copy {
    /// # Safety
    /// `at` is a node.
    unsafe fn read(self, at: u32) -> (u32, u32, bool, u32);
}

#[derive(Clone, Copy)]
struct Narrow<'a>(&'a [[u32; 2]], u32);

impl Layout for Narrow<'_> {
    #[inline(always)]
    unsafe fn read(self, at: u32) -> (u32, u32, bool, u32) {
        // SAFETY: the caller's.
        let [value, word] = unsafe { *self.0.get_unchecked(at as usize) };
        let feature = word & ((1 << (self.1 - 1)) - 1);
        (value, feature, word >> (self.1 - 1) & 1 == 1, word >> self.1)
    }
}

#[derive(Clone, Copy)]
struct Wide<'a>(&'a [[u32; 3]]);

impl Layout for Wide<'_> {
    #[inline(always)]
    unsafe fn read(self, at: u32) -> (u32, u32, bool, u32) {
        // SAFETY: the caller's.
        let [value, word, children] = unsafe { *self.0.get_unchecked(at as usize) };
        (value, word >> 1, word & 1 == 1, children)
    }
}

/// Where the root is.
const ROOT: u32 = 1;

impl Paths {
    /// The tree whose nodes `node` says; the root is `node(0)`, and children come after their parents.
    ///
    /// # Panics
    /// If they do not, or if there are 2^31 features or nodes.
    pub fn new(len: usize, features: usize, node: impl Fn(usize) -> Node) -> Paths {
        assert!(len > 0 && len < 1 << 31 && features < 1 << 31);
        // Of each node, its place; branches are next to each other.
        let mut places = vec![0u32; len];
        let (mut next, mut farthest, mut waiting) = (ROOT + 1, 0, vec![0]);
        places[0] = ROOT;
        while let Some(i) = waiting.pop() {
            if let Node::Ask { feature, children, .. } = node(i) {
                assert!((feature as usize) < features);
                assert!(children.iter().all(|&c| c > i && c < len && places[c] == 0));
                farthest = farthest.max(next - places[i]);
                (places[children[0]], places[children[1]]) = (next, next + 1);
                next += 2;
                waiting.extend([children[1], children[0]]);
            }
        }
        // One bit more than the features need, for NaN.
        let shift = usize::BITS - features.saturating_sub(1).leading_zeros() + 1;
        let narrow = shift < 32 && u64::from(farthest) << shift <= u64::from(u32::MAX);
        let mut all = vec![[0u32; 3]; next as usize];
        for i in (0..len).filter(|&i| places[i] != 0) {
            let at = places[i];
            all[at as usize] = match node(i) {
                Node::Leaf(value) => [value, 0, 0],
                Node::Ask { feature, threshold, missing_left, children } => [
                    threshold.to_bits(),
                    feature << 1 | u32::from(missing_left),
                    places[children[0]] - at,
                ],
            };
        }
        let nodes = if narrow {
            let word = |[value, ask, far]: [u32; 3]| {
                [value, far << shift | (ask & 1) << (shift - 1) | ask >> 1]
            };
            Nodes::Narrow { nodes: all.into_iter().map(word).collect(), shift }
        } else {
            Nodes::Wide(all)
        };
        Paths { nodes, features }
    }

    /// Calls `f` with each node from the root on, a node before its children and the left before the right.
    /// The children it says are places, of use to nobody.
    pub fn each(&self, mut f: impl FnMut(Node)) {
        let mut waiting = vec![ROOT];
        while let Some(at) = waiting.pop() {
            // SAFETY: the root and the children of nodes are nodes.
            let (value, feature, missing_left, far) = unsafe {
                match &self.nodes {
                    Nodes::Narrow { nodes, shift } => Narrow(nodes, *shift).read(at),
                    Nodes::Wide(nodes) => Wide(nodes).read(at),
                }
            };
            if far == 0 {
                f(Node::Leaf(value));
                continue;
            }
            let children = [(at + far) as usize, (at + far) as usize + 1];
            f(Node::Ask { feature, threshold: f32::from_bits(value), missing_left, children });
            waiting.extend([at + far + 1, at + far]);
        }
    }

    /// What the leaf of each row of `x` holds. `missing` says whether there may be a NaN.
    ///
    /// # Panics
    /// If there are not as many rows, of as many features, as `out` has elements.
    pub fn find<T: RowFloat>(&self, x: &[T], missing: bool, out: &mut [u32]) {
        // SAFETY: nodes ask for features, as `new` made sure.
        unsafe { self.find_by(x, self.features, missing, out, |feature| feature) }
    }

    /// The same of rows that have only what is asked for.
    ///
    /// # Panics
    /// If the rows are not as many as `out` has elements, or what is asked for is of another number of
    /// features.
    pub fn find_asked<T: RowFloat>(&self, asked: &Asked, x: &[T], missing: bool, out: &mut [u32]) {
        assert_eq!(asked.places.len(), self.features.max(1));
        // SAFETY: nodes ask for features (leaves for the first), each of which has a place, and all places
        // are in a row.
        unsafe {
            self.find_by(x, asked.width, missing, out, |feature| {
                *asked.places.get_unchecked(feature as usize)
            });
        }
    }

    /// What the leaf of each row holds; a row is `width` numbers.
    ///
    /// # Safety
    /// `place` is below `width` for all features that nodes ask for.
    #[inline(always)]
    unsafe fn find_by<T: RowFloat>(
        &self,
        x: &[T],
        width: usize,
        missing: bool,
        out: &mut [u32],
        place: impl Fn(u32) -> u32 + Copy,
    ) {
        assert_eq!(x.len(), out.len() * width);
        let together = (u32::MAX as usize / width.max(1)).clamp(1, TOGETHER);
        let rows = x.chunks(together * width.max(1)).zip(out.chunks_mut(together));
        for (x, out) in rows {
            // SAFETY: as many rows as asserted above; nodes lead to nodes, as `new` made sure, and the
            // caller's promise.
            unsafe {
                match (&self.nodes, missing) {
                    (Nodes::Narrow { nodes, shift }, false) => {
                        walk::<_, _, false>(Narrow(nodes, *shift), x, width, out, place);
                    }
                    (Nodes::Narrow { nodes, shift }, true) => {
                        walk::<_, _, true>(Narrow(nodes, *shift), x, width, out, place);
                    }
                    (Nodes::Wide(nodes), _) => {
                        walk::<_, _, true>(Wide(nodes), x, width, out, place);
                    }
                }
            }
        }
    }
}

/// The features that some trees ask for, each with a place of its own in shorter rows; of many features,
/// as words are, trees ask for few. Place 0 is that of all the others, and nobody looks there.
#[derive(Clone, Debug)]
pub struct Asked {
    places: Vec<u32>,
    width: usize,
}

impl Asked {
    /// None of so many features.
    pub fn none(features: usize) -> Asked {
        Asked { places: vec![0; features.max(1)], width: 1 }
    }

    /// Those as well that a tree asks for.
    ///
    /// # Panics
    /// If the tree has another number of features.
    pub fn add(&mut self, paths: &Paths) {
        assert_eq!(self.places.len(), paths.features.max(1));
        let mut add = |(_, feature, _, far): (u32, u32, bool, u32)| {
            let place = &mut self.places[feature as usize];
            if far != 0 && *place == 0 {
                *place = self.width as u32;
                self.width += 1;
            }
        };
        // SAFETY: all places from the root on are nodes.
        unsafe {
            match &paths.nodes {
                Nodes::Narrow { nodes, shift } => {
                    (ROOT..nodes.len() as u32).for_each(|i| add(Narrow(nodes, *shift).read(i)));
                }
                Nodes::Wide(nodes) => {
                    (ROOT..nodes.len() as u32).for_each(|i| add(Wide(nodes).read(i)));
                }
            }
        }
    }

    /// The place of a feature.
    #[inline]
    pub fn place(&self, feature: u32) -> usize {
        self.places[feature as usize] as usize
    }

    /// The numbers of a row.
    pub fn width(&self) -> usize {
        self.width
    }
}

/// Lets the rows of `x` walk, all of them one step at a time; those that arrive leave.
///
/// # Safety
/// The nodes are those of [`Paths`]; `x` has `out.len()` rows, at most [`TOGETHER`], of `width` numbers,
/// among which `place` finds every feature that a node asks for.
#[inline(always)]
unsafe fn walk<L: Layout, T: RowFloat, const MISSING: bool>(
    nodes: L,
    x: &[T],
    width: usize,
    out: &mut [u32],
    place: impl Fn(u32) -> u32,
) {
    if width == 0 {
        // SAFETY: the root is a node, and can only be a leaf.
        out.fill(unsafe { nodes.read(ROOT) }.0);
        return;
    }
    // Only so many as there are rows are ever looked at: a single row is not to wait for the others.
    let mut lanes = [const { MaybeUninit::<[u32; 2]>::uninit() }; TOGETHER];
    for (row, lane) in lanes.iter_mut().enumerate().take(out.len()) {
        lane.write([ROOT, row as u32]);
    }
    let mut walking = out.len();
    while walking > 0 {
        let mut kept = 0;
        for i in 0..walking {
            // SAFETY: as the function's; lanes hold nodes and rows.
            unsafe {
                let [at, row] = lanes.get_unchecked(i).assume_init();
                let (value, feature, missing_left, far) = nodes.read(at);
                let x = x.get_unchecked(row as usize * width + place(feature) as usize).single();
                let mut left = x <= f32::from_bits(value);
                if MISSING {
                    left |= x.is_nan() & missing_left;
                }
                // Written at each step: what it holds at last is the leaf's.
                *out.get_unchecked_mut(row as usize) = value;
                lanes.get_unchecked_mut(kept).write([at + far + u32::from(!left), row]);
                kept += sel(far == 0, 0, 1);
            }
        }
        walking = kept;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use seodang_core::random::Stream;

    /// A random tree, with a number of each leaf.
    fn tree(len: usize, features: usize, r: &mut Stream) -> Vec<Node> {
        let mut nodes = vec![Node::Leaf(0)];
        while nodes.len() + 2 <= len {
            let i = r.below(nodes.len() as u64) as usize;
            if matches!(nodes[i], Node::Leaf(_)) {
                let n = nodes.len();
                nodes[i] = Node::Ask {
                    feature: r.below(features as u64) as u32,
                    threshold: r.uniform() as f32,
                    missing_left: r.below(2) == 1,
                    children: [n, n + 1],
                };
                nodes.extend([Node::Leaf(n as u32), Node::Leaf(n as u32 + 1)]);
            }
        }
        nodes
    }

    #[test]
    fn rows_find_their_leaves() {
        let mut r = Stream::new(3, 0);
        for (len, features, rows) in
            [(1, 1, 3), (3, 1, 1), (501, 5, 700), (9001, 1 << 20, 2), (65, 33, 256), (9, 32, 257)]
        {
            let nodes = tree(len, features, &mut r);
            let paths = Paths::new(len, features, |i| nodes[i]);
            assert_eq!(matches!(paths.nodes, Nodes::Wide(_)), features == 1 << 20);
            let mut seen = Vec::new();
            paths.each(|node| seen.extend(matches!(node, Node::Leaf(_)).then_some(node)));
            assert_eq!(seen.len(), len.div_ceil(2));
            for share in [0.0, 0.3] {
                let cell = |u: f64| if u < share { f64::NAN } else { u };
                let x: Vec<f64> = (0..rows * features).map(|_| cell(r.uniform())).collect();
                let single: Vec<f32> = x.iter().map(|&x| x as f32).collect();
                let mut out = (vec![0; rows], vec![0; rows]);
                paths.find(&x, share > 0.0, &mut out.0);
                paths.find(&single, true, &mut out.1);
                assert_eq!(out.0, out.1);
                // The same rows, with nothing that is not asked for.
                let mut asked = Asked::none(features);
                asked.add(&paths);
                let mut short = vec![0.0; rows * asked.width()];
                for (row, short) in x.chunks(features).zip(short.chunks_mut(asked.width())) {
                    for (f, &x) in row.iter().enumerate() {
                        short[asked.place(f as u32)] = x;
                    }
                }
                assert!(asked.width() <= len / 2 + 1);
                paths.find_asked(&asked, &short, share > 0.0, &mut out.1);
                assert_eq!(out.0, out.1);
                for (row, found) in single.chunks(features).zip(out.0) {
                    let mut at = 0;
                    while let Node::Ask { feature, threshold, missing_left, children } = nodes[at] {
                        let x = row[feature as usize];
                        let left = if x.is_nan() { missing_left } else { x <= threshold };
                        at = children[usize::from(!left)];
                    }
                    assert_eq!(nodes[at], Node::Leaf(found));
                }
            }
        }
    }

    #[test]
    #[should_panic(expected = "children")]
    fn ways_that_do_not_end_are_refused() {
        let ask = Node::Ask { feature: 0, threshold: 0.0, missing_left: false, children: [0, 1] };
        Paths::new(2, 1, |_| ask);
    }
}
