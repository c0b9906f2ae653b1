//! Lowering groups to tile programs.

use crate::fuse::{Cluster, Role, Walk, reduce_op, walk};
use crate::kernel::Kernel;
use crate::lower::{Lowering, Ref};
use crate::view::{View, collapse};
use seodang_core::{DType, Result};
use seodang_ir::ops::{Binary, Direction, Unary};
use seodang_ir::{Graph, Node, Op, Origin, ValueId};
use seodang_kernels::tile::{Access, BinaryOp, CompareOp, TileBuilder, UnaryOp, Value};
use smallvec::SmallVec;

macro_rules! same_names {
    ($from:ident => $to:ident, $x:expr, [$($name:ident)*]) => {
        match $x { $($from::$name => $to::$name,)* }
    };
}

fn unary(op: Unary) -> UnaryOp {
    same_names!(Unary => UnaryOp, op, [
        Abs Cbrt Ceil Cosine CountLeadingZeros Digamma Erf ErfInv Exponential ExponentialMinusOne
        Floor IsFinite Lgamma Log LogPlusOne Logistic Negate Not Popcnt RoundNearestAfz
        RoundNearestEven Rsqrt Sign Sine Sqrt Tan Tanh
    ])
}

pub(crate) fn binary(op: Binary) -> BinaryOp {
    same_names!(Binary => BinaryOp, op, [
        Add And Atan2 Divide Maximum Minimum Multiply Or Power Remainder ShiftLeft
        ShiftRightArithmetic ShiftRightLogical Subtract Xor
    ])
}

fn direction(d: Direction) -> CompareOp {
    same_names!(Direction => CompareOp, d, [Eq Ne Ge Gt Le Lt])
}

/// Records an elementwise node; `None` for other nodes.
fn apply(t: &mut TileBuilder, op: &Op, x: &[Value]) -> Option<Result<Value>> {
    Some(match (op, x) {
        (Op::Unary(op), &[x]) => t.unary(unary(*op), x),
        (Op::Binary(op), &[a, b]) => t.binary(binary(*op), a, b),
        (Op::Compare(c), &[a, b]) => t.compare(direction(c.direction), a, b),
        (Op::Select(_), &[p, a, b]) => t.select(p, a, b),
        (Op::Clamp(_), &[min, x, max]) => t.clamp(min, x, max),
        (Op::Convert(c), &[x]) => Ok(t.convert(x, c.dtype)),
        _ => return None,
    })
}

/// Whether tile programs know an elementwise node.
pub(crate) fn probe(graph: &Graph, node: &Node) -> bool {
    if !matches!(
        node.op,
        Op::Unary(_)
            | Op::Binary(_)
            | Op::Compare(_)
            | Op::Select(_)
            | Op::Clamp(_)
            | Op::Convert(_)
    ) {
        return false;
    }
    let mut t = TileBuilder::new(1, 1);
    let x: Vec<Value> =
        node.operands.iter().map(|&v| t.input(graph.ty(v).dtype, Access::Scalar)).collect();
    matches!(apply(&mut t, &node.op, &x), Some(Ok(_)))
}

/// Whether a value changes from row to row, and from column to column: what the tile program takes
/// its extent to be.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
struct Extent {
    by_row: bool,
    by_col: bool,
}

impl Extent {
    const SCALAR: Extent = Extent { by_row: false, by_col: false };
    const FULL: Extent = Extent { by_row: true, by_col: true };
    const ROWS: Extent = Extent { by_row: true, by_col: false };

    fn of(access: &Access) -> Extent {
        match access {
            Access::Scalar => Extent::SCALAR,
            Access::Row => Extent { by_row: false, by_col: true },
            Access::Col => Extent::ROWS,
            Access::Contiguous | Access::Strided { .. } => Extent::FULL,
        }
    }

    fn join(self, o: Extent) -> Extent {
        Extent { by_row: self.by_row || o.by_row, by_col: self.by_col || o.by_col }
    }
}

/// A value with its extent.
type Sized = (Value, Extent);

/// A tile program under construction.
struct Program {
    t: TileBuilder,
    rows: usize,
    cols: usize,
    inputs: Vec<(Ref, DType, Access, Value)>,
    constants: Vec<(DType, Vec<u8>, Value)>,
}

impl Program {
    fn input(&mut self, r: Ref, dtype: DType, access: Access) -> Sized {
        let extent = Extent::of(&access);
        let found = self.inputs.iter().find(|i| (i.0, i.1, &i.2) == (r, dtype, &access));
        if let Some(i) = found {
            return (i.3, extent);
        }
        let value = self.t.input(dtype, access.clone());
        self.inputs.push((r, dtype, access, value));
        (value, extent)
    }

    fn constant(&mut self, dtype: DType, bytes: &[u8]) -> Result<Sized> {
        if let Some(c) = self.constants.iter().find(|c| c.0 == dtype && c.1 == bytes) {
            return Ok((c.2, Extent::SCALAR));
        }
        let value = self.t.constant_bytes(dtype, bytes)?;
        self.constants.push((dtype, bytes.to_vec(), value));
        Ok((value, Extent::SCALAR))
    }

    /// The same value with an element for each element of the space, or for each row.
    fn spread(&mut self, x: Sized, to: Extent) -> Result<Value> {
        if x.1 == to {
            return Ok(x.0);
        }
        let access = if to == Extent::FULL {
            Access::Strided { offset: 0, dims: vec![(self.rows * self.cols, 0)] }
        } else {
            Access::Col
        };
        let zeros = if to == Extent::FULL { 1 } else { self.rows };
        let never = self.t.table(DType::Bool, vec![0; zeros], access)?;
        self.t.select(never, x.0, x.0)
    }
}

/// Rows and columns of a group's iteration space.
fn shape_of(l: &Lowering<'_>, c: &Cluster) -> (usize, usize) {
    if let Some(cols) = c.cols {
        return (c.size / cols, cols);
    }
    let nodes = l.graph.nodes();
    // What biases and the like would have.
    let mut votes: Vec<(usize, usize)> = Vec::new();
    for &(n, _) in &c.nodes {
        for v in &nodes[n].operands {
            if l.ty(*v).size() != c.size {
                continue;
            }
            if let [(_, 0), (cols, 1)] | [(_, 1), (cols, 0)] =
                collapse(&l.views[v.index()].dims)[..]
            {
                match votes.iter_mut().find(|x| x.0 == cols) {
                    Some(x) => x.1 += 1,
                    None => votes.push((cols, 1)),
                }
            }
        }
    }
    if let Some(&(cols, _)) = votes.iter().max_by_key(|v| v.1) {
        return (c.size / cols, cols);
    }
    let reduced = c.nodes.iter().find(|n| n.1 == Role::ReduceAll);
    let Some(&(n, _)) = reduced else { return (1, c.size) };
    // One number from all: rows of a good length, so that threads can share them.
    let mut cols = 1;
    for &d in l.ty(nodes[n].operands[0]).shape.iter().rev() {
        if cols * d > 2048 {
            break;
        }
        cols *= d;
    }
    if cols < 64 && c.size > 512 {
        cols = (64..=1024).rev().find(|d| c.size.is_multiple_of(*d)).unwrap_or(c.size);
    }
    (c.size / cols, cols)
}

impl Lowering<'_> {
    /// A group of nodes as one tile program, or as several if one cannot hold them.
    pub(crate) fn tile(&mut self, c: &Cluster) -> Result<()> {
        let (rows, cols) = shape_of(self, c);
        self.tile_nodes(&c.nodes, rows, cols)
    }

    fn tile_nodes(&mut self, nodes: &[(usize, Role)], rows: usize, cols: usize) -> Result<()> {
        if self.tile_program(nodes, rows, cols)? {
            return Ok(());
        }
        if let [(n, _)] = nodes {
            let node = &self.graph.nodes()[*n];
            return self.eval(node);
        }
        let (first, second) = nodes.split_at(nodes.len() / 2);
        self.tile_nodes(first, rows, cols)?;
        self.tile_nodes(second, rows, cols)
    }

    /// Whether the nodes became a tile program.
    fn tile_program(&mut self, nodes: &[(usize, Role)], rows: usize, cols: usize) -> Result<bool> {
        let t = TileBuilder::new(rows, cols);
        let mut p = Program { t, rows, cols, inputs: Vec::new(), constants: Vec::new() };
        let graph = self.graph;
        let mut made: Vec<(ValueId, Sized, Role)> = Vec::with_capacity(nodes.len());
        for &(n, role) in nodes {
            let node = &graph.nodes()[n];
            let reduction = reduce_op(graph, node);
            let operands =
                if reduction.is_some() { &node.operands[..1] } else { &node.operands[..] };
            let mut args: SmallVec<[Value; 3]> = SmallVec::new();
            let mut extent = Extent::SCALAR;
            for &v in operands {
                let root = self.views[v.index()].root;
                let x = match made.iter().find(|m| m.0 == root) {
                    Some(m) => m.1,
                    None => self.tile_operand(&mut p, v, role)?,
                };
                args.push(x.0);
                extent = extent.join(x.1);
            }
            let x = (args[0], extent);
            let value = match (role, reduction) {
                // A reduction over nothing but dimensions of size 1.
                (Role::Full | Role::Row, Some(_)) => Ok(x),
                (Role::Full | Role::Row, None) => match apply(&mut p.t, &node.op, &args) {
                    Some(value) => value.map(|v| (v, extent)),
                    None => return Ok(false),
                },
                (_, None) => return Ok(false),
                (Role::ReduceCols, Some(op)) => p.t.reduce_cols(op, x.0).map(|v| (v, Extent::ROWS)),
                (Role::ReduceRows, Some(op)) => {
                    p.spread(x, Extent::FULL).and_then(|x| p.t.reduce_rows(op, x)).map(|v| (v, x.1))
                }
                (Role::ReduceRow, Some(op)) => {
                    p.spread(x, Extent::ROWS).and_then(|x| p.t.reduce_rows(op, x)).map(|v| (v, x.1))
                }
                (Role::ReduceAll, Some(op)) => {
                    p.t.reduce_cols(op, x.0)
                        .and_then(|v| if rows > 1 { p.t.reduce_rows(op, v) } else { Ok(v) })
                        .map(|v| (v, x.1))
                }
            };
            let Ok(value) = value else { return Ok(false) };
            made.push((node.result(0), value, role));
        }
        // Results that something outside reads.
        let leaves = |v: ValueId| {
            let users = &self.users[v.index()];
            let outside = |n: &u32| nodes.binary_search_by_key(&(*n as usize), |x| x.0).is_err();
            users.output || users.nodes.iter().any(outside)
        };
        made.retain(|m| leaves(m.0));
        for &(_, x, role) in &made {
            let value = match role {
                Role::Full => p.spread(x, Extent::FULL),
                Role::Row => p.spread(x, Extent::ROWS),
                _ => Ok(x.0),
            };
            let Ok(value) = value else { return Ok(false) };
            p.t.output(value);
        }
        let outputs: Vec<ValueId> = made.iter().map(|m| m.0).collect();
        let t = p.t;
        let Ok(program) = t.build() else { return Ok(false) };
        let reads: Vec<Ref> = p.inputs.iter().map(|i| i.0).collect();
        let writes: Vec<Ref> = outputs.iter().map(|&v| self.define(v)).collect();
        let mut in_place = SmallVec::new();
        for (w, &v) in outputs.iter().enumerate() {
            for (r, (from, dtype, access, _)) in p.inputs.iter().enumerate() {
                let same = from.len == writes[w].len && dtype.size() == self.ty(v).dtype.size();
                if *access == Access::Contiguous && same {
                    in_place.push((w, r));
                }
            }
        }
        let kernel = Kernel::Tile(Box::new(program), nodes.len());
        self.unit(kernel, reads, writes).in_place = in_place;
        Ok(true)
    }

    /// A value from outside as an operand of a node with a role.
    fn tile_operand(&mut self, p: &mut Program, v: ValueId, role: Role) -> Result<Sized> {
        let graph = self.graph;
        let dtype = self.ty(v).dtype;
        let by_row = matches!(role, Role::Row | Role::ReduceRow);
        let (rows, cols) = if by_row { (p.rows, 1) } else { (p.rows, p.cols) };
        let view = self.views[v.index()].clone();
        let place = |w: Walk| match w {
            Walk::Scalar => Some(Access::Scalar),
            Walk::Contiguous | Walk::PerRow if by_row => Some(Access::Col),
            Walk::Contiguous => Some(Access::Contiguous),
            Walk::PerCol => Some(Access::Row),
            Walk::PerRow => Some(Access::Col),
            Walk::Strided => None,
        };
        let way = walk(&view.dims, rows, cols);
        if way == Walk::Scalar
            && let Origin::Node { node, .. } = graph.origin(view.root)
            && let Op::Constant(c) = &graph.nodes()[node].op
        {
            let at = view.offset as usize * dtype.size();
            return p.constant(dtype, &c.value.bytes()[at..at + dtype.size()]);
        }
        if !self.placed(v) {
            if let Some(access) = place(way) {
                let root = self.root(view.root)?;
                let at = root.offset + view.offset as usize * dtype.size();
                let n = match access {
                    Access::Scalar => 1,
                    Access::Row => cols,
                    Access::Col => rows,
                    _ => rows * cols,
                };
                let r = Ref { buf: root.buf, offset: at, len: n * dtype.size() };
                return Ok(p.input(r, dtype, access));
            }
            if !by_row && readable(&view) {
                let root = self.root(view.root)?;
                let access = strided(&view);
                return Ok(p.input(root, dtype, access));
            }
        }
        let r = self.place(v)?;
        let access = match self.ty(v).size() {
            1 => Access::Scalar,
            _ if by_row => Access::Col,
            _ => Access::Contiguous,
        };
        Ok(p.input(r, dtype, access))
    }
}

/// Whether a tile program may read through a view itself: long runs, or a small array.
fn readable(view: &View) -> bool {
    let dims = collapse(&view.dims);
    let runs = dims.last().is_none_or(|d| d.1 == 0 || d.1 == 1);
    runs || view.size() <= 4096
}

fn strided(view: &View) -> Access {
    Access::Strided { offset: view.offset as usize, dims: collapse(&view.dims).to_vec() }
}
