//! Trees of samples: boxes (Bentley 1975) or balls (Omohundro 1989), halved at the median of the feature
//! that varies most, down to leaves whose samples lie side by side.
//!
//! Every answer is exact: a part is left out only where its bound says that nothing in it counts, and
//! leaves are measured with the loops that the search without a tree has.

mod density;
mod extent;
mod query;

pub use density::Kernel;

use self::extent::{Extent, extent};
use super::metric::{Algorithm, Arguments, Measure, Power, Setup};
use super::ruler::Ruler;
use super::samples::dense_rows;
use crate::features::Features;
use crate::record::one_of;
use seodang_core::{Error, Result, text};
use seodang_kernels::pairs::WIDTH;
use seodang_kernels::pool;
use std::fmt;
use std::sync::{Mutex, PoisonError};

one_of! {
    /// What the parts of a tree lie in.
    Form {
        /// Boxes along the features.
        Boxes = "kd_tree",
        /// Balls.
        Balls = "ball_tree",
    }
}

/// Samples that one node has: places in the tree's order.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Span {
    /// The first.
    pub start: usize,
    /// Behind the last.
    pub end: usize,
}

impl Span {
    fn len(self) -> usize {
        self.end - self.start
    }
}

/// A tree of samples.
pub struct Tree {
    form: Form,
    cols: usize,
    ruler: Ruler,
    /// The numbers of the samples, leaf by leaf.
    order: Vec<u32>,
    /// The children of node i are 2 i + 1 and 2 i + 2; the last level are the leaves.
    spans: Vec<Span>,
    /// Boxes: the least and then the greatest of each feature; balls: the middle and the radius.
    bounds: Vec<f64>,
    /// The samples in their order, as the ruler has them; each leaf begins a block.
    packed: Vec<f64>,
    /// Where each leaf's begin: in rows.
    places: Vec<usize>,
}

impl fmt::Debug for Tree {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Tree({} samples by {:?})", self.order.len(), self.form)
    }
}

impl Tree {
    /// A tree of the rows of `x`, whose leaves have from `leaf_size` to twice as many.
    ///
    /// # Errors
    /// `Value` for a metric that the form does not have, arguments that it does not take, a leaf size of 0,
    /// and no samples.
    pub fn new(
        form: Form,
        x: &Features<'_>,
        leaf_size: usize,
        measure: &Measure,
        p: Power,
        params: Option<&Arguments>,
    ) -> Result<Tree> {
        let setup = Setup::new(measure, p, params, x.cols())?.for_trees();
        setup.check_tree(match form {
            Form::Boxes => Algorithm::KdTree,
            Form::Balls => Algorithm::BallTree,
        })?;
        Tree::of(form, x, leaf_size, &setup)
    }

    /// The same of a metric that [`Setup::check_tree`] lets through.
    pub(super) fn of(
        form: Form,
        x: &Features<'_>,
        leaf_size: usize,
        setup: &Setup,
    ) -> Result<Tree> {
        let (rows, cols) = (x.rows(), x.cols());
        if leaf_size == 0 {
            return Err(Error::value(text!(
                en: "leaf_size must be greater than or equal to 1",
                ko: "leaf_size는 1 이상이어야 합니다"
            )));
        }
        if rows == 0 || cols == 0 || u32::try_from(rows).is_err() {
            return Err(Error::value(text!(
                en: "X is an empty array, or has more samples than a tree can number",
                ko: "X가 비었거나, 트리가 번호를 매길 수 있는 것보다 샘플이 많습니다"
            )));
        }
        let ruler = Ruler::new(setup, cols);
        let levels = ((rows - 1) / leaf_size).max(1).ilog2() as usize + 1;
        let nodes = (1 << levels) - 1;
        let mut tree = Tree {
            form,
            cols,
            ruler,
            order: (0..rows as u32).collect(),
            spans: vec![Span::default(); nodes],
            bounds: Vec::new(),
            packed: Vec::new(),
            places: Vec::new(),
        };
        let mut room = Vec::new();
        tree.build(dense_rows::<f64>(x, 0..rows, &mut room), levels)?;
        Ok(tree)
    }

    /// How many numbers bound a node.
    fn stride(&self) -> usize {
        match self.form {
            Form::Boxes => 2 * self.cols,
            Form::Balls => self.cols + 1,
        }
    }

    fn build(&mut self, data: &[f64], levels: usize) -> Result<()> {
        let (nodes, stride) = (self.spans.len(), self.stride());
        self.spans[0] = Span { start: 0, end: self.order.len() };
        for i in 0..nodes / 2 {
            let Span { start, end } = self.spans[i];
            let middle = start + (end - start) / 2;
            self.spans[2 * i + 1] = Span { start, end: middle };
            self.spans[2 * i + 2] = Span { start: middle, end };
        }
        let mut bounds = vec![0.0; nodes * stride];
        let mut order = std::mem::take(&mut self.order);
        for level in 0..levels {
            let nodes = (1 << level) - 1..(2 << level) - 1;
            // Each node of a level has samples of its own.
            let (mut tasks, mut rest) = (Vec::new(), order.as_mut_slice());
            let parts = bounds[nodes.start * stride..nodes.end * stride].chunks_exact_mut(stride);
            for (node, bounds) in nodes.clone().zip(parts) {
                let (own, others) = rest.split_at_mut(self.spans[node].len());
                rest = others;
                tasks.push(Mutex::new((own, bounds, Ok(()))));
            }
            let split = level + 1 < levels;
            pool::run(tasks.len(), |i| {
                let mut task = tasks[i].lock().unwrap_or_else(PoisonError::into_inner);
                let (own, bounds, result) = &mut *task;
                *result = self.visit(data, own, bounds, split);
            });
            for task in tasks {
                task.into_inner().unwrap_or_else(PoisonError::into_inner).2?;
            }
        }
        self.order = order;
        self.bounds = bounds;
        for span in &self.spans[nodes / 2..] {
            let own = &self.order[span.start..span.end];
            self.places.push(self.packed.len() / self.cols);
            let row = |i: &u32| &data[*i as usize * self.cols..(*i as usize + 1) * self.cols];
            self.ruler.pack(own.iter().map(row), &mut self.packed);
        }
        Ok(())
    }

    /// Bounds a node's samples, and parts them at the median of the feature that varies most.
    fn visit(&self, data: &[f64], own: &mut [u32], bounds: &mut [f64], split: bool) -> Result<()> {
        let d = self.cols;
        let row = |i: u32| &data[i as usize * d..(i as usize + 1) * d];
        let Extent { least, most, sums } = extent(data, d, own);
        match self.form {
            Form::Boxes => {
                bounds[..d].copy_from_slice(&least);
                bounds[d..].copy_from_slice(&most);
            }
            Form::Balls => {
                let (middle, radius) = bounds.split_at_mut(d);
                let n = own.len() as f64;
                middle.iter_mut().zip(&sums).for_each(|(m, s)| *m = s / n);
                radius[0] = self.radius(middle, own.iter().map(|&i| row(i)))?;
            }
        }
        if split {
            let spread = |j: &usize| most[*j] - least[*j];
            let widest = (0..d).reduce(|a, b| if spread(&b) > spread(&a) { b } else { a });
            let widest = widest.unwrap_or(0);
            let mut keys: Vec<(f64, u32)> = own.iter().map(|&i| (row(i)[widest], i)).collect();
            let middle = own.len() / 2;
            keys.select_nth_unstable_by(middle, |a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
            own.iter_mut().zip(&keys).for_each(|(o, k)| *o = k.1);
        }
        Ok(())
    }

    /// The greatest distance of some rows from a middle: some blocks of them at a time.
    fn radius<'a>(&self, middle: &[f64], rows: impl Iterator<Item = &'a [f64]>) -> Result<f64> {
        const ROWS: usize = 4 * WIDTH;
        let (mut packed, mut out, mut second) = (Vec::new(), [0.0; ROWS], Vec::new());
        let (mut rows, mut greatest) = (rows.peekable(), 0.0);
        while rows.peek().is_some() {
            packed.clear();
            let mut n = 0usize;
            self.ruler.pack(rows.by_ref().take(ROWS).inspect(|_| n += 1), &mut packed);
            let places = &mut out[..n.next_multiple_of(WIDTH)];
            self.ruler.measure(middle, &packed, n, places, &mut second)?;
            greatest = places[..n].iter().fold(greatest, |g, &x| if x > g { x } else { g });
        }
        Ok(self.ruler.distance(greatest))
    }

    /// How many samples there are.
    pub fn len(&self) -> usize {
        self.order.len()
    }

    /// Whether there are none, which is never.
    pub fn is_empty(&self) -> bool {
        self.order.is_empty()
    }

    /// How many features there are.
    pub fn cols(&self) -> usize {
        self.cols
    }

    /// The numbers of the samples, leaf by leaf.
    pub fn order(&self) -> &[u32] {
        &self.order
    }

    /// Which samples each node has; the second half of the nodes and one more are the leaves.
    pub fn spans(&self) -> &[Span] {
        &self.spans
    }

    /// The bounds of each node: of boxes the least and the greatest of each feature, of balls the middle
    /// and the radius.
    pub fn bounds(&self) -> impl Iterator<Item = &[f64]> {
        self.bounds.chunks_exact(self.stride())
    }

    fn bound_of(&self, node: usize) -> &[f64] {
        &self.bounds[node * self.stride()..(node + 1) * self.stride()]
    }

    fn is_leaf(&self, node: usize) -> bool {
        node >= self.spans.len() / 2
    }

    /// A leaf's packed samples, and how many they are with those that fill up the last block.
    fn packed_of(&self, leaf: usize) -> (&[f64], usize) {
        let rows = self.spans[leaf].len().next_multiple_of(WIDTH);
        let start = self.places[leaf - self.spans.len() / 2];
        (&self.packed[start * self.cols..(start + rows) * self.cols], rows)
    }
}
