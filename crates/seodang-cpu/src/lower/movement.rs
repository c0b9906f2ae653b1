//! Ops that move elements: padding, joining, slices and indices that are values.

use crate::lower::Lowering;
use crate::view::View;
use seodang_core::Result;
use seodang_ir::ops::{Concatenate, DynamicSlice, Gather, Pad, Reducer, Scatter};
use seodang_ir::{Graph, Node, ValueId};
use seodang_kernels::movement::{self, GatherSpec, ScatterSpec, Update};
use seodang_kernels::tile::ReduceOp;

use super::Ref;

/// What a scatter's body does with the old element and the update.
fn update(body: &Graph) -> Option<Update> {
    if body.outputs() == [*body.inputs().get(1)?] {
        return Some(Update::Replace);
    }
    match Reducer::of(body)? {
        Reducer::Add => Some(Update::Combine(ReduceOp::Sum)),
        Reducer::Multiply => Some(Update::Combine(ReduceOp::Prod)),
        Reducer::Maximum => Some(Update::Combine(ReduceOp::Max)),
        Reducer::Minimum => Some(Update::Combine(ReduceOp::Min)),
        Reducer::And | Reducer::Or => None,
    }
}

impl Lowering<'_> {
    /// Copies a view to memory of its own.
    pub(crate) fn arrange(&mut self, v: ValueId, view: &View) -> Result<Ref> {
        let root = self.root(view.root)?;
        let to = self.define(v);
        self.copy_view(self.ty(v).dtype.size(), view, root, to)?;
        Ok(to)
    }

    /// Copies the elements of a view, of `size` bytes each, from its root to row-major order.
    pub(crate) fn copy_view(&mut self, size: usize, view: &View, from: Ref, to: Ref) -> Result<()> {
        let shape: Vec<usize> = view.dims.iter().map(|d| d.0).collect();
        let strides: Vec<isize> = view.dims.iter().map(|d| d.1).collect();
        let row_major: Vec<isize> = crate::view::row_major(&shape).iter().map(|d| d.1).collect();
        let offset = view.offset as usize;
        let copy = movement::Copy::new(size, &shape, (offset, &strides), (0, &row_major))?;
        self.call("arrange", vec![from], vec![to], move |m, r, w| copy.run(m, r[0], w[0]));
        Ok(())
    }

    pub(crate) fn pad(&mut self, node: &Node, op: &Pad) -> Result<()> {
        let x = self.ty(node.operands[0]);
        let edges = |v: &[i64]| v.iter().map(|&n| n as isize).collect::<Vec<_>>();
        let interior: Vec<usize> = op.interior.iter().map(|&n| n as usize).collect();
        let (low, high) = (edges(&op.low), edges(&op.high));
        let pad = movement::Pad::new(x.dtype.size(), &x.shape, &low, &high, &interior)?;
        self.simple(node, "pad", move |m, r, w| pad.run(m, r[0], r[1], w[0]))
    }

    pub(crate) fn concatenate(&mut self, node: &Node, op: &Concatenate) -> Result<()> {
        let shapes: Vec<&[usize]> =
            node.operands.iter().map(|v| self.graph.ty(*v).shape.dims()).collect();
        let size = self.ty(node.result(0)).dtype.size();
        let join = movement::Concatenate::new(size, &shapes, op.dimension)?;
        self.simple(node, "concatenate", move |m, r, w| join.run(m, r, w[0]))
    }

    pub(crate) fn dynamic_slice(&mut self, node: &Node, op: &DynamicSlice) -> Result<()> {
        let x = self.ty(node.operands[0]);
        let Some(index) = node.operands.get(1).map(|v| self.ty(*v).dtype) else {
            return self.eval(node);
        };
        let slice = movement::DynamicSlice::new(x.dtype.size(), index, &x.shape, &op.sizes)?;
        self.simple(node, "dynamic_slice", move |m, r, w| slice.run(m, r[0], &r[1..], w[0]))
    }

    pub(crate) fn dynamic_update_slice(&mut self, node: &Node) -> Result<()> {
        let (x, update) = (self.ty(node.operands[0]), self.ty(node.operands[1]));
        let Some(index) = node.operands.get(2).map(|v| self.ty(*v).dtype) else {
            return self.eval(node);
        };
        let size = x.dtype.size();
        let slice = movement::DynamicUpdateSlice::new(size, index, &x.shape, &update.shape)?;
        self.simple(node, "dynamic_update_slice", move |m, r, w| {
            slice.run(m, r[0], r[1], &r[2..], w[0]);
        })?;
        self.last_in_place(0, 0);
        Ok(())
    }

    pub(crate) fn gather(&mut self, node: &Node, op: &Gather) -> Result<()> {
        let (x, indices) = (self.ty(node.operands[0]), self.ty(node.operands[1]));
        let spec = GatherSpec {
            operand: x.shape.to_vec(),
            start_indices: indices.shape.to_vec(),
            offset_dims: op.offset_dims.clone(),
            collapsed_slice_dims: op.collapsed_slice_dims.clone(),
            operand_batching_dims: op.operand_batching_dims.clone(),
            start_indices_batching_dims: op.start_indices_batching_dims.clone(),
            start_index_map: op.start_index_map.clone(),
            index_vector_dim: op.index_vector_dim,
            slice_sizes: op.slice_sizes.clone(),
        };
        let gather = movement::Gather::new(x.dtype.size(), indices.dtype, &spec)?;
        self.simple(node, "gather", move |m, r, w| gather.run(m, r[0], r[1], w[0]))
    }

    pub(crate) fn scatter(&mut self, node: &Node, op: &Scatter) -> Result<()> {
        let (x, indices) = (self.ty(node.operands[0]), self.ty(node.operands[1]));
        let Some(update) = update(&op.body) else { return self.eval(node) };
        let spec = ScatterSpec {
            operand: x.shape.to_vec(),
            scatter_indices: indices.shape.to_vec(),
            updates: self.ty(node.operands[2]).shape.to_vec(),
            update_window_dims: op.update_window_dims.clone(),
            inserted_window_dims: op.inserted_window_dims.clone(),
            input_batching_dims: op.input_batching_dims.clone(),
            scatter_indices_batching_dims: op.scatter_indices_batching_dims.clone(),
            scatter_dims_to_operand_dims: op.scatter_dims_to_operand_dims.clone(),
            index_vector_dim: op.index_vector_dim,
        };
        let Ok(scatter) = movement::Scatter::new(x.dtype, indices.dtype, update, &spec) else {
            return self.eval(node);
        };
        self.simple(node, "scatter", move |m, r, w| scatter.run(m, r[0], r[1], r[2], w[0]))?;
        self.last_in_place(0, 0);
        Ok(())
    }
}
