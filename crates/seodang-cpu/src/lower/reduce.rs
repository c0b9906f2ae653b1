//! Reductions that are no part of a group: over dimensions in the middle, with any body, over windows.

use crate::compile::compile_body;
use crate::fuse::combination;
use crate::kernel::Kernel;
use crate::lower::{Lowering, Ref};
use crate::view::View;
use seodang_core::{DType, Result, Shape};
use seodang_ir::ops::{self, Direction, Reducer, Window};
use seodang_ir::{Builder, Expr, Graph, Node, Op, ValueId};
use seodang_kernels::reduce::Reduce;
use seodang_kernels::tile::{Access, CompareOp, ReduceOp, TileBuilder};
use seodang_kernels::window::{ReduceWindow, SelectAndScatter, WindowSpec};
use std::collections::HashMap;

/// A body on scalars as one on arrays of a shape, if it is elementwise.
fn widened(body: &Graph, shape: &Shape) -> Option<Graph> {
    let b = Builder::new(body.name());
    let mut map: HashMap<ValueId, Expr<'_>> = HashMap::new();
    for &v in body.inputs() {
        map.insert(v, b.input(body.ty(v).with_shape(shape.clone())));
    }
    for node in body.nodes() {
        let operands: Vec<Expr<'_>> = node.operands.iter().map(|v| map[v]).collect();
        let new = match &node.op {
            Op::Constant(c) => b.constant(c.value.clone()).broadcast_in_dim(shape.clone(), &[]),
            Op::Unary(_)
            | Op::Binary(_)
            | Op::Compare(_)
            | Op::Select(_)
            | Op::Clamp(_)
            | Op::Convert(_) => b.apply(node.op.clone(), &operands),
            _ => return None,
        };
        map.insert(node.result(0), new);
    }
    let outputs: Vec<Expr<'_>> = body.outputs().iter().map(|v| map[v]).collect();
    b.finish(&outputs).ok()
}

fn window_spec(w: &Window) -> WindowSpec {
    WindowSpec {
        window_dimensions: w.dimensions.clone(),
        window_strides: w.strides.clone(),
        base_dilations: w.base_dilations.clone(),
        window_dilations: w.window_dilations.clone(),
        padding: w.padding.iter().map(|&(a, b)| (a as isize, b as isize)).collect(),
    }
}

/// The reduction of a body, and whether the initial value is its identity.
fn known(l: &Lowering<'_>, body: &Graph, init: ValueId) -> Option<(Reducer, ReduceOp, bool)> {
    let reducer = Reducer::of(body)?;
    let dtype = l.ty(init).dtype;
    let op = combination(reducer, dtype);
    let neutral = match l.producer(init) {
        Some(Node { op: Op::Constant(c), .. }) => {
            c.value == reducer.identity(dtype)
                || (c.value.item().ok() == reducer.identity(dtype).item().ok())
        }
        _ => false,
    };
    Some((reducer, op, neutral))
}

impl Lowering<'_> {
    /// `to = op(init, to)` for each element.
    fn combine(&mut self, reducer: Reducer, dtype: DType, init: ValueId, to: Ref) -> Result<()> {
        let n = to.len / dtype.size();
        let mut t = TileBuilder::new(1, n);
        let (a, x) = (t.input(dtype, Access::Scalar), t.input(dtype, Access::Contiguous));
        let y = t.binary(super::tile::binary(reducer.op()), a, x)?;
        t.output(y);
        let init = self.place(init)?;
        let program = Kernel::Tile(Box::new(t.build()?), 1);
        self.unit(program, vec![init, to], vec![to]);
        Ok(())
    }

    pub(crate) fn reduce(&mut self, node: &Node, op: &ops::Reduce) -> Result<()> {
        let &[x, init] = &node.operands[..] else { return self.fold(node, op) };
        let ty = self.ty(x);
        let Some((reducer, kind, neutral)) = known(self, &op.body, init) else {
            return self.fold(node, op);
        };
        let Ok(reduce) = Reduce::new(kind, ty.dtype, &ty.shape, &op.dimensions) else {
            return self.fold(node, op);
        };
        let from = self.place(x)?;
        let to = self.define(node.result(0));
        self.call("reduce", vec![from], vec![to], move |m, r, w| reduce.run(m, r[0], w[0]));
        if !neutral {
            self.combine(reducer, ty.dtype, init, to)?;
        }
        Ok(())
    }

    /// A reduction with any elementwise body, on any number of arrays: a loop over the reduced
    /// elements, each step on all kept ones.
    fn fold(&mut self, node: &Node, op: &ops::Reduce) -> Result<()> {
        let n = node.operands.len() / 2;
        let shape = self.ty(node.operands[0]).shape.clone();
        let kept: Vec<usize> = (0..shape.rank()).filter(|d| !op.dimensions.contains(d)).collect();
        let result = self.ty(node.result(0)).shape.clone();
        let length = op.dimensions.iter().map(|&d| shape[d]).product::<usize>();
        let Some(body) = widened(&op.body, &result) else { return self.eval(node) };
        let mut dimensions = op.dimensions.clone();
        dimensions.sort_unstable();
        let mut operands: Vec<Ref> = Vec::new();
        for k in 0..n {
            // The initial value, for all kept elements.
            let ty = self.ty(node.operands[n + k]);
            let from = self.place(node.operands[n + k])?;
            let to = self.fresh(result.size() * ty.dtype.size());
            let dims = result.iter().map(|&s| (s, 0)).collect();
            let view = View { root: node.operands[n + k], offset: 0, dims };
            self.copy_view(ty.dtype.size(), &view, from, to)?;
            operands.push(to);
        }
        for &v in &node.operands[..n] {
            // Reduced dimensions first.
            let from = self.place(v)?;
            let whole = View::whole(v, &shape);
            let dims = dimensions.iter().chain(&kept).map(|&d| whole.dims[d]).collect();
            let view = View { root: v, offset: 0, dims };
            let to = self.fresh(from.len);
            self.copy_view(self.ty(v).dtype.size(), &view, from, to)?;
            operands.push(to);
        }
        let body = compile_body(&super::control::carrying(&body, n)?)?;
        self.scan_over(body, length, n, operands, node)
    }

    pub(crate) fn reduce_window(&mut self, node: &Node, op: &ops::ReduceWindow) -> Result<()> {
        let &[x, init] = &node.operands[..] else { return self.eval(node) };
        let ty = self.ty(x);
        let Some((reducer, kind, neutral)) = known(self, &op.body, init) else {
            return self.eval(node);
        };
        let Ok(window) = ReduceWindow::new(kind, ty.dtype, &ty.shape, &window_spec(&op.window))
        else {
            return self.eval(node);
        };
        let from = self.place(x)?;
        let to = self.define(node.result(0));
        self.call("reduce_window", vec![from], vec![to], move |m, r, w| window.run(m, r[0], w[0]));
        if !neutral {
            self.combine(reducer, ty.dtype, init, to)?;
        }
        Ok(())
    }

    pub(crate) fn select_and_scatter(
        &mut self,
        node: &Node,
        op: &ops::SelectAndScatter,
    ) -> Result<()> {
        let ty = self.ty(node.operands[0]);
        let select = match first_compare(&op.select) {
            Some(Direction::Ge) => CompareOp::Ge,
            Some(Direction::Le) => CompareOp::Le,
            _ => return self.eval(node),
        };
        let spec = window_spec(&op.window);
        let kernel = SelectAndScatter::new(select, ty.dtype, &ty.shape, &spec);
        let (Ok(kernel), Some(Reducer::Add)) = (kernel, Reducer::of(&op.scatter)) else {
            return self.eval(node);
        };
        self.simple(node, "select_and_scatter", move |m, r, w| {
            kernel.run(m, r[0], r[1], r[2], w[0]);
        })
    }
}

/// The direction, if a body compares its first two inputs in order and does nothing else.
pub(crate) fn first_compare(body: &Graph) -> Option<Direction> {
    let [Node { op: Op::Compare(c), operands, .. }] = body.nodes() else { return None };
    let first = body.inputs().get(..2)?;
    let returned = body.outputs() == [body.nodes()[0].result(0)];
    (operands[..] == *first && returned).then_some(c.direction)
}
