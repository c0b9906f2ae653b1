//! Lowering: from nodes to units of work over buffers.
//!
//! A value is materialised when something needs it in memory: [`Lowering::place`] returns where it
//! lies, and rearrangements that nobody needs in memory never get there.

pub(crate) mod control;
pub(crate) mod eval;
mod linalg;
mod movement;
pub(crate) mod optimizer;
pub(crate) mod product;
mod reduce;
mod sort;
pub(crate) mod tile;

use crate::arena::ALIGN;
use crate::fuse::{Cluster, vanishes};
use crate::kernel::Kernel;
use crate::view::{self, View};
use seodang_core::Result;
use seodang_ir::{Graph, Node, Op, TensorType, ValueId};
use seodang_kernels::{Memory, Region};
use smallvec::SmallVec;

/// A stretch of a buffer.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub(crate) struct Ref {
    pub(crate) buf: u32,
    pub(crate) offset: usize,
    pub(crate) len: usize,
}

/// What a buffer is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Kind {
    /// Constants of the plan, all in one buffer.
    Consts,
    /// An argument.
    Input(usize),
    /// Something the plan writes.
    Value,
}

/// A buffer: memory that is defined and needed as a whole.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Buf {
    pub(crate) kind: Kind,
    pub(crate) bytes: usize,
}

/// A kernel with its operands, before they have places.
pub(crate) struct Unit {
    pub(crate) kernel: Kernel,
    pub(crate) reads: Vec<Ref>,
    pub(crate) writes: Vec<Ref>,
    /// Pairs (write, read) that may be the same memory.
    pub(crate) in_place: SmallVec<[(usize, usize); 2]>,
}

/// Who reads the root of views.
#[derive(Clone, Default)]
pub(crate) struct Users {
    pub(crate) nodes: SmallVec<[u32; 4]>,
    pub(crate) output: bool,
}

/// The state of lowering one graph.
pub(crate) struct Lowering<'g> {
    pub(crate) graph: &'g Graph,
    pub(crate) views: Vec<View>,
    /// By value; only roots have users.
    pub(crate) users: Vec<Users>,
    pub(crate) bufs: Vec<Buf>,
    pub(crate) units: Vec<Unit>,
    pub(crate) consts: Vec<u8>,
    places: Vec<Option<Ref>>,
    /// The vectors that iotas are views of.
    counts: Vec<Option<Ref>>,
}

impl<'g> Lowering<'g> {
    pub(crate) fn new(graph: &'g Graph) -> Lowering<'g> {
        let n = graph.value_count();
        let views = view::views(graph);
        let mut l = Lowering {
            graph,
            users: users(graph, &views),
            views,
            bufs: vec![Buf { kind: Kind::Consts, bytes: 0 }],
            units: Vec::new(),
            consts: Vec::new(),
            places: vec![None; n],
            counts: vec![None; n],
        };
        for (i, &v) in graph.inputs().iter().enumerate() {
            let whole = l.buf(Kind::Input(i), graph.ty(v).bytes());
            l.places[v.index()] = Some(whole);
        }
        l
    }

    fn buf(&mut self, kind: Kind, bytes: usize) -> Ref {
        self.bufs.push(Buf { kind, bytes });
        Ref { buf: self.bufs.len() as u32 - 1, offset: 0, len: bytes }
    }

    /// A buffer of `bytes`.
    pub(crate) fn fresh(&mut self, bytes: usize) -> Ref {
        self.buf(Kind::Value, bytes)
    }

    /// A buffer for a value that the next unit writes.
    pub(crate) fn define(&mut self, v: ValueId) -> Ref {
        let r = self.fresh(self.graph.ty(v).bytes());
        self.places[v.index()] = Some(r);
        r
    }

    /// Whether a value lies in memory already.
    pub(crate) fn placed(&self, v: ValueId) -> bool {
        self.places[v.index()].is_some()
    }

    /// Bytes that the plan keeps.
    pub(crate) fn constant(&mut self, bytes: &[u8]) -> Ref {
        self.consts.resize(self.consts.len().next_multiple_of(ALIGN), 0);
        let offset = self.consts.len();
        self.consts.extend_from_slice(bytes);
        self.bufs[0].bytes = self.consts.len();
        Ref { buf: 0, offset, len: bytes.len() }
    }

    /// Adds a unit.
    pub(crate) fn unit(&mut self, kernel: Kernel, reads: Vec<Ref>, writes: Vec<Ref>) -> &mut Unit {
        let i = self.units.len();
        self.units.push(Unit { kernel, reads, writes, in_place: SmallVec::new() });
        &mut self.units[i]
    }

    /// Adds a unit that runs a function.
    pub(crate) fn call(
        &mut self,
        name: &'static str,
        reads: Vec<Ref>,
        writes: Vec<Ref>,
        run: impl Fn(&Memory<'_>, &[Region], &[Region]) + Send + Sync + 'static,
    ) {
        self.unit(Kernel::Call(name, Box::new(run)), reads, writes);
    }

    /// Adds a unit that reads a node's operands and writes its results.
    pub(crate) fn simple(
        &mut self,
        node: &Node,
        name: &'static str,
        run: impl Fn(&Memory<'_>, &[Region], &[Region]) + Send + Sync + 'static,
    ) -> Result<()> {
        let reads = self.places(node)?;
        let writes = node.results().map(|v| self.define(v)).collect();
        self.call(name, reads, writes, run);
        Ok(())
    }

    /// The last unit may write its `write`-th result over its `read`-th operand.
    pub(crate) fn last_in_place(&mut self, write: usize, read: usize) {
        if let Some(unit) = self.units.last_mut() {
            unit.in_place.push((write, read));
        }
    }

    /// The node that defines a value.
    pub(crate) fn producer(&self, v: ValueId) -> Option<&'g Node> {
        self.graph.producer(v)
    }

    pub(crate) fn ty(&self, v: ValueId) -> &'g TensorType {
        self.graph.ty(v)
    }

    /// Where the root of a view lies.
    pub(crate) fn root(&mut self, root: ValueId) -> Result<Ref> {
        let Some(Node { op: Op::Iota(iota), .. }) = self.producer(root) else {
            return self.place(root);
        };
        if let Some(r) = self.counts[root.index()] {
            return Ok(r);
        }
        let n = iota.ty.shape[iota.dimension];
        let count = seodang_core::Array::from_fn(iota.ty.dtype, [n], |i| i as f64);
        let r = self.constant(count.bytes());
        self.counts[root.index()] = Some(r);
        Ok(r)
    }

    /// Where a value lies, row-major and without gaps; emits what brings it there.
    pub(crate) fn place(&mut self, v: ValueId) -> Result<Ref> {
        if let Some(r) = self.places[v.index()] {
            return Ok(r);
        }
        let view = self.views[v.index()].clone();
        let node = self.producer(v);
        if let Some(Node { op: Op::Constant(c), .. }) = node {
            let r = self.constant(c.value.bytes());
            self.places[v.index()] = Some(r);
            return Ok(r);
        }
        let counted = matches!(node, Some(Node { op: Op::Iota(_), .. }));
        if (view.root != v || counted) && view.is_contiguous() {
            let root = self.root(view.root)?;
            let size = self.ty(v).dtype.size();
            let offset = root.offset + view.offset as usize * size;
            let r = Ref { buf: root.buf, offset, len: view.size() * size };
            self.places[v.index()] = Some(r);
            return Ok(r);
        }
        if view.root != v || counted {
            return self.arrange(v, &view);
        }
        // Nothing has to be brought there.
        if self.ty(v).size() == 0 {
            return Ok(self.define(v));
        }
        // A reshape that strides cannot express: of a copy.
        if let Some(node) = node.filter(|n| view::rearranges(&n.op)) {
            let r = self.place(node.operands[0])?;
            self.places[v.index()] = Some(r);
            return Ok(r);
        }
        Err({
            seodang_core::Error::internal(seodang_core::text!(
                en: "value {} is used before it is defined", v.index();
                ko: "값 {}이(가) 정의되기 전에 쓰였습니다", v.index()
            ))
            .during(self.graph.name().to_string())
        })
    }

    /// Where the operands of a node lie.
    pub(crate) fn places(&mut self, node: &Node) -> Result<Vec<Ref>> {
        node.operands.iter().map(|&v| self.place(v)).collect()
    }

    /// Lowers one cluster.
    pub(crate) fn cluster(&mut self, c: &Cluster) -> Result<()> {
        match c.nodes[..] {
            _ if matches!(self.graph.nodes()[c.nodes[0].0].op, Op::Composite(_)) => {
                let nodes: Vec<usize> = c.nodes.iter().map(|n| n.0).collect();
                self.adam(&nodes)
            }
            [(n, _)] if c.size == 0 => self.node(n),
            _ if c.size == 0 => {
                let nodes: Vec<usize> = c.nodes.iter().map(|n| n.0).collect();
                self.product(&nodes)
            }
            _ => self.tile(c),
        }
    }

    /// Lowers one node that stands alone.
    fn node(&mut self, n: usize) -> Result<()> {
        let node = &self.graph.nodes()[n];
        if view::rearranges(&node.op) {
            return self.place(node.result(0)).map(|_| ());
        }
        if node.results().all(|v| self.ty(v).size() == 0) {
            for v in node.results() {
                let r = self.constant(&[]);
                self.places[v.index()] = Some(r);
            }
            return Ok(());
        }
        match &node.op {
            Op::While(op) => self.while_loop(node, op),
            Op::Scan(op) => self.scan(node, op),
            Op::If(op) => self.branch(node, op),
            // Reductions over nothing may have operands without elements.
            _ if node.operands.iter().any(|v| self.ty(*v).size() == 0) => self.eval(node),
            Op::DotGeneral(_) | Op::Convolution(_) => self.product(&[n]),
            Op::Pad(op) => self.pad(node, op),
            Op::Concatenate(op) => self.concatenate(node, op),
            Op::DynamicSlice(op) => self.dynamic_slice(node, op),
            Op::DynamicUpdateSlice(_) => self.dynamic_update_slice(node),
            Op::Gather(op) => self.gather(node, op),
            Op::Scatter(op) => self.scatter(node, op),
            Op::Reduce(op) => self.reduce(node, op),
            Op::ReduceWindow(op) => self.reduce_window(node, op),
            Op::SelectAndScatter(op) => self.select_and_scatter(node, op),
            Op::Sort(op) => self.sort(node, op),
            Op::TopK(op) => self.top_k(node, op),
            Op::RngBitGenerator(op) => self.random_bits(node, op),
            Op::Cholesky(op) => self.cholesky(node, op),
            Op::TriangularSolve(op) => self.triangular_solve(node, op),
            _ => self.eval(node),
        }
    }
}

fn users(graph: &Graph, views: &[View]) -> Vec<Users> {
    let mut users = vec![Users::default(); graph.value_count()];
    for (n, node) in graph.nodes().iter().enumerate() {
        if !vanishes(node, views) {
            for v in &node.operands {
                users[views[v.index()].root.index()].nodes.push(n as u32);
            }
        }
    }
    for v in graph.outputs() {
        users[views[v.index()].root.index()].output = true;
    }
    users
}
