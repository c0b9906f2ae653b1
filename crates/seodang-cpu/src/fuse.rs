//! Grouping: which nodes become one tile program.
//!
//! Elementwise nodes and reductions over leading or trailing dimensions are gathered into groups that
//! walk one iteration space of `rows` x `cols` elements together. A node joins the groups of its
//! operands, and groups that read the same value, as long as nothing outside would have to run both
//! before and after the group. Rearrangements are no nodes here: operands are seen through
//! [`View`](crate::view::View)s.

use crate::lower::product::epilogues;
use crate::lower::{Users, optimizer, tile};
use crate::view::{self, View, collapse};
use seodang_core::DType;
use seodang_ir::ops::Reducer;
use seodang_ir::{Graph, Node, Op, Origin, ValueId};
use seodang_kernels::tile::ReduceOp;
use smallvec::SmallVec;
use std::cmp::Reverse;
use std::collections::BinaryHeap;

/// The most nodes of a group: a tile program has a bounded number of slots.
const MOST: usize = 40;

/// What a node of a group does with the iteration space.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Role {
    /// One result for each element.
    Full,
    /// One result for each row, from values of rows.
    Row,
    /// Each row to one value.
    ReduceCols,
    /// Each column to one value; only an output.
    ReduceRows,
    /// Everything to one value; only an output.
    ReduceAll,
    /// The values of all rows to one value; only an output.
    ReduceRow,
}

impl Role {
    /// Whether the node works on all elements (not on one for each row).
    fn reads_full(self) -> bool {
        !matches!(self, Role::Row | Role::ReduceRow)
    }

    /// Whether the result can be used inside the group.
    fn open(self) -> bool {
        matches!(self, Role::Full | Role::Row | Role::ReduceCols)
    }
}

/// Nodes that run together.
#[derive(Clone, Debug)]
pub(crate) struct Cluster {
    /// Node numbers, in order, with their roles.
    pub(crate) nodes: Vec<(usize, Role)>,
    /// Elements of the iteration space; 0 for a node that stands alone.
    pub(crate) size: usize,
    /// Columns of the iteration space, if anything depends on them.
    pub(crate) cols: Option<usize>,
}

/// How a walk relates to an iteration space.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Walk {
    Scalar,
    Contiguous,
    /// One element for each column.
    PerCol,
    /// One element for each row.
    PerRow,
    Strided,
}

/// How strided dimensions walk `rows * cols` elements.
pub(crate) fn walk(dims: &[(usize, isize)], rows: usize, cols: usize) -> Walk {
    match collapse(dims)[..] {
        ref c if c.iter().all(|d| d.1 == 0) => Walk::Scalar,
        [(n, 1)] if n == rows * cols => Walk::Contiguous,
        [(_, 0), (n, 1)] if n == cols => Walk::PerCol,
        [(n, 1), (_, 0)] if n == rows => Walk::PerRow,
        _ => Walk::Strided,
    }
}

/// How a reduction combines, if it is one that tile programs know, from its identity.
pub(crate) fn reduce_op(graph: &Graph, node: &Node) -> Option<ReduceOp> {
    let Op::Reduce(r) = &node.op else { return None };
    let &[x, init] = &node.operands[..] else { return None };
    let reducer = Reducer::of(&r.body)?;
    let dtype = graph.ty(x).dtype;
    let Op::Constant(c) = &graph.producer(init)?.op else { return None };
    let neutral = reducer.identity(dtype);
    if c.value != neutral && (c.value.size(), c.value.item().ok()) != (1, neutral.item().ok()) {
        return None;
    }
    let bits = matches!(reducer, Reducer::And | Reducer::Or) && dtype.is_float();
    (!bits).then(|| combination(reducer, dtype))
}

/// The kernels' name of a reduction.
pub(crate) fn combination(reducer: Reducer, dtype: DType) -> ReduceOp {
    match reducer {
        Reducer::Add => ReduceOp::Sum,
        Reducer::Multiply => ReduceOp::Prod,
        Reducer::Maximum => ReduceOp::Max,
        Reducer::Minimum => ReduceOp::Min,
        Reducer::And if dtype == DType::Bool => ReduceOp::Prod,
        Reducer::Or if dtype == DType::Bool => ReduceOp::Sum,
        Reducer::And => ReduceOp::And,
        Reducer::Or => ReduceOp::Or,
    }
}

/// The iteration space of a node that can be in a group: role, elements, columns.
fn space(graph: &Graph, node: &Node) -> Option<(Role, usize, Option<usize>)> {
    let size = graph.ty(*node.operands.first()?).size().max(graph.ty(node.result(0)).size());
    if node.operands.iter().any(|v| graph.ty(*v).size() == 0)
        || graph.ty(node.result(0)).size() == 0
    {
        return None;
    }
    if !matches!(node.op, Op::Reduce(_)) {
        return tile::probe(graph, node).then_some((Role::Full, size, None));
    }
    reduce_op(graph, node)?;
    let Op::Reduce(r) = &node.op else { return None };
    let shape = &graph.ty(node.operands[0]).shape;
    // Dimensions of size 1 are neither here nor there.
    let gone: Vec<bool> =
        (0..shape.rank()).filter(|&d| shape[d] != 1).map(|d| r.dimensions.contains(&d)).collect();
    let sizes = |reduced: bool| {
        let dims = shape.iter().filter(|n| **n != 1).zip(&gone);
        dims.filter(|d| *d.1 == reduced).map(|d| d.0).product::<usize>()
    };
    let turns = gone.windows(2).filter(|w| w[0] != w[1]).count();
    match (gone.first(), gone.last(), turns) {
        (None, ..) | (Some(true), Some(true), 0) => Some((Role::ReduceAll, size, None)),
        (Some(false), Some(true), 1) => Some((Role::ReduceCols, size, Some(sizes(true)))),
        (Some(true), Some(false), 1) => Some((Role::ReduceRows, size, Some(sizes(false)))),
        // Nothing is reduced: the values stay.
        (_, _, 0) => Some((Role::Full, size, None)),
        _ => None,
    }
}

struct Group {
    cluster: Cluster,
    alone: bool,
    /// Whether this is a list of optimizer updates.
    updates: bool,
    /// Which groups must run before, directly or not.
    before: Vec<u64>,
    live: bool,
}

fn has(bits: &[u64], i: usize) -> bool {
    bits[i / 64] >> (i % 64) & 1 == 1
}

struct Grouping<'g> {
    graph: &'g Graph,
    views: &'g [View],
    groups: Vec<Group>,
    /// The group and role of each node.
    of_node: Vec<Option<(usize, Role)>>,
    words: usize,
}

impl<'g> Grouping<'g> {
    /// The group of the node that a value is a view of.
    fn group(&self, v: ValueId) -> Option<(usize, Role)> {
        match self.graph.origin(self.views[v.index()].root) {
            Origin::Input(_) => None,
            Origin::Node { node, .. } => self.of_node[node],
        }
    }

    /// Whether operand `v` of a node with `role` can be taken from inside the group.
    fn fits(&self, v: ValueId, role: Role, producer: Role, size: usize, cols: usize) -> bool {
        let view = &self.views[v.index()];
        let rows = size / cols;
        if !producer.open() {
            return false;
        }
        match (role.reads_full(), producer == Role::Full) {
            (true, true) => view.is_all(size),
            (true, false) => {
                let root = self.graph.ty(view.root).size();
                view.offset == 0
                    && root == rows
                    && match walk(&view.dims, rows, cols) {
                        Walk::PerRow => true,
                        Walk::Contiguous => cols == 1,
                        Walk::Scalar => rows == 1,
                        _ => false,
                    }
            }
            (false, true) => false,
            (false, false) => view.is_all(rows),
        }
    }

    /// The columns that two groups have together, if they can be one.
    fn columns(&self, a: usize, b: usize) -> Option<Option<usize>> {
        let (a, b) = (&self.groups[a], &self.groups[b]);
        match (a.cluster.cols, b.cluster.cols) {
            (Some(x), Some(y)) if x != y => None,
            (x, y) => Some(x.or(y)),
        }
    }

    /// The roles that the nodes of group `g` take in a space of `size` elements.
    fn roles(&self, g: usize, size: usize) -> Option<Vec<(usize, Role)>> {
        let c = &self.groups[g].cluster;
        if c.size == size {
            return Some(c.nodes.clone());
        }
        let lowered = c.nodes.iter().map(|&(n, role)| match role {
            Role::Full => Some((n, Role::Row)),
            Role::ReduceAll => Some((n, Role::ReduceRow)),
            _ => None,
        });
        if c.cols.is_some() { None } else { lowered.collect() }
    }

    /// Makes group `b` part of group `a`, if they fit together.
    fn merge(&mut self, a: usize, b: usize) -> bool {
        let (ga, gb) = (&self.groups[a], &self.groups[b]);
        if a != b && ga.updates && gb.updates && ga.live && gb.live {
            let nodes = self.graph.nodes();
            let [x, y] = [ga, gb].map(|g| &nodes[g.cluster.nodes[0].0]);
            let joined = [&ga.cluster.nodes[..], &gb.cluster.nodes[..]].concat();
            let ordered = has(&ga.before, b) || has(&gb.before, a);
            if ordered || !optimizer::together(self.graph, x, y) || self.separated(a, b) {
                return false;
            }
            self.unite(a, b, joined, 0, None);
            return true;
        }
        if a == b || ga.alone || gb.alone || !ga.live || !gb.live {
            return false;
        }
        let size = ga.cluster.size.max(gb.cluster.size);
        let small = ga.cluster.size.min(gb.cluster.size);
        if ga.cluster.nodes.len() + gb.cluster.nodes.len() > MOST {
            return false;
        }
        let cols = if small == size {
            let Some(cols) = self.columns(a, b) else { return false };
            cols
        } else {
            // The smaller one may be values of rows.
            let big = if ga.cluster.size == size { ga } else { gb };
            match big.cluster.cols {
                Some(cols) if cols * small == size && small > 1 => Some(cols),
                _ => return false,
            }
        };
        let (Some(ra), Some(rb)) = (self.roles(a, size), self.roles(b, size)) else {
            return false;
        };
        // Every value used inside must be usable inside.
        let role_in = |roles: &[(usize, Role)], n: usize| {
            roles.binary_search_by_key(&n, |r| r.0).ok().map(|i| roles[i].1)
        };
        let columns = cols.unwrap_or(size);
        let inside = |users: &[(usize, Role)], makers: &[(usize, Role)]| {
            users.iter().all(|&(n, role)| {
                self.graph.nodes()[n].operands.iter().all(|&v| {
                    let root = self.views[v.index()].root;
                    let Origin::Node { node, .. } = self.graph.origin(root) else { return true };
                    role_in(makers, node)
                        .is_none_or(|maker| self.fits(v, role, maker, size, columns))
                })
            })
        };
        let changed = small != size || ga.cluster.cols != cols || gb.cluster.cols != cols;
        if !inside(&ra, &rb) || !inside(&rb, &ra) {
            return false;
        }
        if changed && (!inside(&ra, &ra) || !inside(&rb, &rb)) {
            return false;
        }
        if self.separated(a, b) {
            return false;
        }
        self.unite(a, b, [ra, rb].concat(), size, cols);
        true
    }

    /// Whether a path leads from one group to the other through a third.
    fn separated(&self, a: usize, b: usize) -> bool {
        let between = |from: usize, to: usize| {
            Self::members(&self.groups[to].before)
                .any(|x| x != from && has(&self.groups[x].before, from))
        };
        between(a, b) || between(b, a)
    }

    fn members(bits: &[u64]) -> impl Iterator<Item = usize> {
        bits.iter().copied().enumerate().flat_map(|(w, mut word)| {
            std::iter::from_fn(move || {
                (word != 0).then(|| {
                    let i = word.trailing_zeros() as usize;
                    word &= word - 1;
                    w * 64 + i
                })
            })
        })
    }

    fn unite(
        &mut self,
        a: usize,
        b: usize,
        mut nodes: Vec<(usize, Role)>,
        size: usize,
        cols: Option<usize>,
    ) {
        nodes.sort_unstable_by_key(|n| n.0);
        for &(n, role) in &nodes {
            self.of_node[n] = Some((a, role));
        }
        self.groups[a].cluster = Cluster { nodes, size, cols };
        self.groups[b].live = false;
        let mut before = std::mem::take(&mut self.groups[b].before);
        for (x, y) in before.iter_mut().zip(&self.groups[a].before) {
            *x |= y;
        }
        before[a / 64] &= !(1 << (a % 64));
        before[b / 64] &= !(1 << (b % 64));
        for g in &mut self.groups {
            if g.live && !g.before.is_empty() && (has(&g.before, a) || has(&g.before, b)) {
                for (x, y) in g.before.iter_mut().zip(&before) {
                    *x |= y;
                }
                g.before[b / 64] &= !(1 << (b % 64));
                g.before[a / 64] |= 1 << (a % 64);
            }
        }
        self.groups[a].before = before;
    }
}

/// Whether a node is one that leaves no work: a view of something else, or known beforehand.
pub(crate) fn vanishes(node: &Node, views: &[View]) -> bool {
    let v = node.result(0);
    match node.op {
        Op::Constant(_) | Op::Iota(_) => true,
        _ => view::rearranges(&node.op) && views[v.index()].root != v,
    }
}

/// Groups the nodes of a graph; returns the clusters in an order in which they can run.
pub(crate) fn clusters(graph: &Graph, views: &[View], users: &[Users]) -> Vec<Cluster> {
    let nodes = graph.nodes();
    let into = epilogues(graph, views, users);
    let mut taken: Vec<SmallVec<[usize; 2]>> = vec![SmallVec::new(); nodes.len()];
    let mut g = Grouping {
        graph,
        views,
        groups: Vec::new(),
        of_node: vec![None; nodes.len()],
        words: nodes.len().div_ceil(64),
    };
    // Groups that read a value, and the last groups of single numbers.
    let mut readers: Vec<SmallVec<[usize; 4]>> = vec![SmallVec::new(); graph.value_count()];
    let mut scalars: Vec<usize> = Vec::new();
    let mut updates: Vec<usize> = Vec::new();
    for (n, node) in nodes.iter().enumerate() {
        if vanishes(node, views) {
            continue;
        }
        // What a product takes in runs where its last part stands.
        let mut parts = std::mem::take(&mut taken[n]);
        parts.push(n);
        if let Some(sum) = into[n] {
            taken[sum] = parts;
            continue;
        }
        let stands_alone = parts.len() > 1 || view::rearranges(&node.op);
        let space = if stands_alone { None } else { space(graph, node) };
        let (role, size, cols) = space.unwrap_or((Role::Full, 0, None));
        let mut before = vec![0; g.words];
        let mut makers: SmallVec<[usize; 4]> = SmallVec::new();
        for &v in parts.iter().flat_map(|&p| &nodes[p].operands) {
            if let Some((x, _)) = g.group(v) {
                for (to, from) in before.iter_mut().zip(&g.groups[x].before) {
                    *to |= from;
                }
                before[x / 64] |= 1 << (x % 64);
                if !makers.contains(&x) {
                    makers.push(x);
                }
            }
        }
        let mut here = g.groups.len();
        let cluster = Cluster { nodes: parts.iter().map(|&p| (p, role)).collect(), size, cols };
        let update = matches!(node.op, Op::Composite(_));
        let alone = space.is_none();
        g.groups.push(Group { cluster, alone, updates: update, before, live: true });
        for &p in &parts {
            g.of_node[p] = Some((here, role));
        }
        if update {
            for &u in updates.iter().rev().take(8) {
                if g.merge(u, here) {
                    here = u;
                }
            }
            if !updates.contains(&here) {
                updates.push(here);
            }
        }
        if space.is_none() {
            continue;
        }
        let mut candidates = makers;
        for &v in &node.operands {
            let root = views[v.index()].root;
            if graph.ty(root).size() > 1 {
                candidates.extend(readers[root.index()].iter().rev().take(4).copied());
            }
        }
        if size == 1 {
            candidates.extend(scalars.iter().rev().take(8).copied());
        }
        for c in candidates {
            if g.groups[c].live && c != here && g.merge(c, here) {
                here = c;
            }
        }
        for &v in &node.operands {
            let list = &mut readers[views[v.index()].root.index()];
            if !list.contains(&here) {
                list.push(here);
            }
        }
        if size == 1 && !scalars.contains(&here) {
            scalars.push(here);
        }
    }
    order(&g)
}

/// The clusters so that what is needed comes first, and otherwise in the graph's order; but what
/// takes the place of an input that is given away comes as soon as it can, after everything that
/// reads the input.
fn order(g: &Grouping<'_>) -> Vec<Cluster> {
    let nodes = g.graph.nodes();
    let live = |i: &usize| g.groups[*i].live;
    let mut waits = vec![0usize; g.groups.len()];
    let mut next: Vec<Vec<usize>> = vec![Vec::new(); g.groups.len()];
    // Which groups read each value, seen through views.
    let mut readers: Vec<SmallVec<[usize; 4]>> = vec![SmallVec::new(); g.graph.value_count()];
    for i in (0..g.groups.len()).filter(live) {
        let mut seen: SmallVec<[usize; 8]> = SmallVec::new();
        for &v in g.groups[i].cluster.nodes.iter().flat_map(|n| &nodes[n.0].operands) {
            let list = &mut readers[g.views[v.index()].root.index()];
            if list.last() != Some(&i) {
                list.push(i);
            }
            if let Some((x, _)) = g.group(v)
                && x != i
                && !seen.contains(&x)
            {
                seen.push(x);
                next[x].push(i);
                waits[i] += 1;
            }
        }
    }
    let mut replaces = vec![false; g.groups.len()];
    for d in g.graph.donations() {
        let Some((i, _)) = g.group(g.graph.outputs()[d.output]) else { continue };
        replaces[i] = true;
        for &x in &readers[g.graph.inputs()[d.input].index()] {
            if x != i && !has(&g.groups[x].before, i) && !next[x].contains(&i) {
                // A new edge must not close a circle with the other new ones: those lead from
                // groups that replace nothing.
                if !replaced(g, x) {
                    next[x].push(i);
                    waits[i] += 1;
                }
            }
        }
    }
    let last = |i: usize| match &g.groups[i].cluster {
        c if c.size == 1 => 0,
        c => c.nodes.last().map_or(0, |n| n.0),
    };
    let mut ready: BinaryHeap<Reverse<(usize, usize)>> = (0..g.groups.len())
        .filter(|i| live(i) && waits[*i] == 0)
        .map(|i| Reverse((last(i), i)))
        .collect();
    let mut out = Vec::new();
    while let Some(Reverse((key, i))) = ready.pop() {
        out.push(g.groups[i].cluster.clone());
        for &j in &next[i] {
            waits[j] -= 1;
            if waits[j] == 0 {
                ready.push(Reverse((if replaces[j] { last(j).min(key) } else { last(j) }, j)));
            }
        }
    }
    debug_assert_eq!(out.len(), (0..g.groups.len()).filter(live).count(), "a cycle of groups");
    out
}

/// Whether a group, or one before it, takes the place of an input.
fn replaced(g: &Grouping<'_>, x: usize) -> bool {
    g.graph.donations().iter().any(|d| {
        g.group(g.graph.outputs()[d.output])
            .is_some_and(|(i, _)| i == x || has(&g.groups[x].before, i))
    })
}
