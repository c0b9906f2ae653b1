//! Matrix products and convolutions, with a bias and an activation where they follow at once.

use crate::kernel::Kernel;
use crate::lower::{Lowering, Ref, Users};
use crate::view::{Dims, View, collapse};
use seodang_core::{DType, Result};
use seodang_ir::ops::{Binary, Convolution, DotGeneral};
use seodang_ir::{Graph, Node, Op, Origin, ValueId};
use seodang_kernels::conv::{ConvDims, ConvPlan, ConvSpec};
use seodang_kernels::gemm::{Activation, Epilogue, Gemm, GemmSpec, Mat};

/// The dimension of a product's result that a bias goes along.
fn feature(graph: &Graph, node: &Node) -> Option<usize> {
    let out = graph.ty(node.result(0));
    let same = node.operands.iter().all(|v| graph.ty(*v).dtype == out.dtype);
    if !same || !matches!(out.dtype, DType::F32 | DType::F64) || out.size() == 0 {
        return None;
    }
    match &node.op {
        Op::DotGeneral(op) => {
            let rhs = graph.ty(node.operands[1]).rank();
            let free = DotGeneral::free(rhs, &op.rhs_batching, &op.rhs_contracting);
            (free.len() == 1).then(|| out.rank() - 1)
        }
        Op::Convolution(op) => Some(op.dims.output_feature),
        _ => None,
    }
}

/// Whether a value is one number for each index of a dimension, the same along all others.
fn is_bias(view: &View, feature: usize) -> bool {
    let along =
        |(d, &(n, stride)): (usize, &(usize, isize))| n == 1 || stride == isize::from(d == feature);
    view.dims.iter().enumerate().all(along)
}

/// Whether a value is the constant 0 everywhere.
fn is_zero(graph: &Graph, view: &View) -> bool {
    let Origin::Node { node, .. } = graph.origin(view.root) else { return false };
    let Op::Constant(c) = &graph.nodes()[node].op else { return false };
    c.value.size() == 1 && c.value.item().is_ok_and(|x| x == 0.0)
}

/// Which nodes are computed within the product before them: for each node, the one that takes it in.
///
/// A sum with a bias, and after it a maximum with 0, where nothing else reads what is between.
pub(crate) fn epilogues(graph: &Graph, views: &[View], users: &[Users]) -> Vec<Option<usize>> {
    let mut into = vec![None; graph.nodes().len()];
    let only_user = |v: ValueId| {
        let u = &users[v.index()];
        match u.nodes[..] {
            [n] if !u.output => Some(n as usize),
            _ => None,
        }
    };
    // The other operand of a binary node that reads `v` directly.
    let other = |n: usize, op: Binary, v: ValueId| {
        let node = &graph.nodes()[n];
        let direct = |a: ValueId| a == v;
        match node.operands[..] {
            [a, b] if node.op == Op::Binary(op) && direct(a) && !direct(b) => Some(b),
            [a, b] if node.op == Op::Binary(op) && direct(b) && !direct(a) => Some(a),
            _ => None,
        }
    };
    for (n, node) in graph.nodes().iter().enumerate() {
        let Some(feature) = feature(graph, node) else { continue };
        let product = node.result(0);
        let Some(sum) = only_user(product) else { continue };
        let Some(bias) = other(sum, Binary::Add, product) else { continue };
        if !is_bias(&views[bias.index()], feature) {
            continue;
        }
        into[n] = Some(sum);
        let result = graph.nodes()[sum].result(0);
        if let Some(max) = only_user(result)
            && let Some(zero) = other(max, Binary::Maximum, result)
            && is_zero(graph, &views[zero.index()])
        {
            into[sum] = Some(max);
        }
    }
    into
}

/// Three groups of dimensions of an operand, each as one (size, stride).
type Groups = [(usize, usize); 3];

fn grouped(view: &View, groups: [&[usize]; 3]) -> Option<Groups> {
    let mut out = [(1, 0); 3];
    for (to, group) in out.iter_mut().zip(groups) {
        let dims: Dims = group.iter().map(|&d| view.dims[d]).collect();
        *to = match collapse(&dims)[..] {
            [] => (1, 0),
            [(n, stride)] => (n, usize::try_from(stride).ok()?),
            _ => return None,
        };
    }
    Some(out)
}

impl Lowering<'_> {
    /// A product and what it takes in: node numbers in order.
    pub(crate) fn product(&mut self, nodes: &[usize]) -> Result<()> {
        let graph = self.graph;
        let node = &graph.nodes()[nodes[0]];
        let mut epilogue = Epilogue::default();
        let mut bias = None;
        let out = graph.nodes()[nodes[nodes.len() - 1]].result(0);
        if let Some(&sum) = nodes.get(1) {
            let added = graph.nodes()[sum].operands.iter().find(|v| **v != node.result(0));
            if let Some(v) = added {
                let view = self.views[v.index()].clone();
                let root = self.root(view.root)?;
                let size = self.ty(*v).dtype.size();
                let last = view.dims.iter().map(|d| (d.0 as isize - 1) * d.1).sum::<isize>();
                bias = Some(Ref {
                    buf: root.buf,
                    offset: root.offset + view.offset as usize * size,
                    len: (last as usize + 1) * size,
                });
                epilogue.bias = true;
            }
        }
        if nodes.len() == 3 {
            epilogue.activation = Activation::Relu;
        }
        match &node.op {
            Op::DotGeneral(op) => self.dot_general(node, op, out, epilogue, bias),
            Op::Convolution(op) => self.convolution(node, op, out, epilogue, bias),
            _ => self.eval(node),
        }
    }

    /// An operand as (batch, free, contracted), on the strides it has or on a copy.
    fn operand(&mut self, v: ValueId, groups: [&[usize]; 3]) -> Result<(Ref, Option<Groups>)> {
        let view = self.views[v.index()].clone();
        if !self.placed(v)
            && let Some(found) = grouped(&view, groups)
        {
            let root = self.root(view.root)?;
            let skip = view.offset as usize * self.ty(v).dtype.size();
            let r = Ref { buf: root.buf, offset: root.offset + skip, len: root.len - skip };
            return Ok((r, Some(found)));
        }
        let whole = View::whole(v, &self.ty(v).shape);
        Ok((self.place(v)?, grouped(&whole, groups)))
    }

    fn dot_general(
        &mut self,
        node: &Node,
        op: &DotGeneral,
        out: ValueId,
        epilogue: Epilogue,
        bias: Option<Ref>,
    ) -> Result<()> {
        let (a, b) = (node.operands[0], node.operands[1]);
        let dtype = self.ty(out).dtype;
        let a_free = DotGeneral::free(self.ty(a).rank(), &op.lhs_batching, &op.lhs_contracting);
        let b_free = DotGeneral::free(self.ty(b).rank(), &op.rhs_batching, &op.rhs_contracting);
        if self.ty(a).dtype != dtype || self.ty(b).dtype != dtype {
            return self.eval(node);
        }
        let (ra, ga) = self.operand(a, [&op.lhs_batching, &a_free, &op.lhs_contracting])?;
        let (rb, gb) = self.operand(b, [&op.rhs_batching, &b_free, &op.rhs_contracting])?;
        let (ga, gb, ra, rb) = match (ga, gb) {
            (Some(ga), Some(gb)) => (ga, gb, ra, rb),
            _ => {
                // Dimensions of a group that are not next to each other: on copies in order.
                let (ra, ga) = self.ordered(a, [&op.lhs_batching, &a_free, &op.lhs_contracting])?;
                let (rb, gb) = self.ordered(b, [&op.rhs_batching, &b_free, &op.rhs_contracting])?;
                (ga, gb, ra, rb)
            }
        };
        let ([ab, m, ka], [bb, n, kb]) = (ga, gb);
        debug_assert_eq!((ab.0, ka.0), (bb.0, kb.0));
        let gemm = Gemm::new(GemmSpec {
            dtype,
            batch: ab.0,
            m: m.0,
            n: n.0,
            k: ka.0,
            a: Mat { row: m.1, col: ka.1, batch: ab.1 },
            b: Mat { row: kb.1, col: n.1, batch: bb.1 },
            c: Mat::row_major(m.0, n.0),
            epilogue,
        })?;
        let mut reads = vec![ra, rb];
        reads.extend(bias);
        let c = self.define(out);
        self.unit(Kernel::Gemm(Box::new(gemm)), reads, vec![c]);
        Ok(())
    }

    /// An operand copied so that batch, free and contracted dimensions follow each other.
    fn ordered(&mut self, v: ValueId, groups: [&[usize]; 3]) -> Result<(Ref, Groups)> {
        let from = self.place(v)?;
        let ty = self.ty(v);
        let whole = View::whole(v, &ty.shape);
        let dims: Dims = groups.iter().flat_map(|g| g.iter().map(|&d| whole.dims[d])).collect();
        let sizes = groups.map(|g| g.iter().map(|&d| ty.shape[d]).product::<usize>());
        let view = View { root: v, offset: 0, dims };
        let to = self.fresh(from.len);
        self.copy_view(ty.dtype.size(), &view, from, to)?;
        let [batch, free, inner] = sizes;
        Ok((to, [(batch, free * inner), (free, inner), (inner, 1)]))
    }

    fn convolution(
        &mut self,
        node: &Node,
        op: &Convolution,
        out: ValueId,
        epilogue: Epilogue,
        bias: Option<Ref>,
    ) -> Result<()> {
        let (x, k) = (self.ty(node.operands[0]), self.ty(node.operands[1]));
        let d = &op.dims;
        let spec = ConvSpec {
            dtype: x.dtype,
            lhs: x.shape.to_vec(),
            rhs: k.shape.to_vec(),
            dims: ConvDims {
                lhs_batch: d.input_batch,
                lhs_feature: d.input_feature,
                lhs_spatial: d.input_spatial.clone(),
                rhs_input_feature: d.kernel_input_feature,
                rhs_output_feature: d.kernel_output_feature,
                rhs_spatial: d.kernel_spatial.clone(),
                out_batch: d.output_batch,
                out_feature: d.output_feature,
                out_spatial: d.output_spatial.clone(),
            },
            strides: op.strides.clone(),
            padding: op.padding.clone(),
            lhs_dilation: op.lhs_dilation.clone(),
            rhs_dilation: op.rhs_dilation.clone(),
            reversal: op.reversal.clone(),
            feature_group_count: op.feature_group_count,
            batch_group_count: op.batch_group_count,
            epilogue,
        };
        let plan = ConvPlan::new(&spec)?;
        let mut reads = vec![self.place(node.operands[0])?, self.place(node.operands[1])?];
        reads.extend(bias);
        let writes = vec![self.define(out), self.fresh(plan.scratch_bytes())];
        self.call("convolution", reads, writes, move |m, r, w| {
            plan.run(m, r[0], r[1], w[0], r.get(2).copied(), w[1]);
        });
        Ok(())
    }
}
