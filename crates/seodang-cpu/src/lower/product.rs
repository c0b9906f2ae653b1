//! Matrix products: `dot_general` on whatever strides its operands have.

use crate::kernel::Kernel;
use crate::lower::{Lowering, Ref};
use crate::view::{Dims, View, collapse};
use seodang_core::Result;
use seodang_ir::ops::DotGeneral;
use seodang_ir::{Node, ValueId};
use seodang_kernels::gemm::{Epilogue, Gemm, GemmSpec, Mat};

/// Three groups of dimensions of an operand, each as one (size, stride).
fn grouped(view: &View, groups: [&[usize]; 3]) -> Option<[(usize, usize); 3]> {
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

/// The dimensions in neither list.
fn free(rank: usize, batching: &[usize], contracting: &[usize]) -> Vec<usize> {
    (0..rank).filter(|d| !batching.contains(d) && !contracting.contains(d)).collect()
}

impl Lowering<'_> {
    /// An operand as (batch, free, contracted), on the strides it has or on a copy.
    fn operand(
        &mut self,
        v: ValueId,
        groups: [&[usize]; 3],
    ) -> Result<(Ref, Option<[(usize, usize); 3]>)> {
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

    pub(crate) fn dot_general(&mut self, node: &Node, op: &DotGeneral) -> Result<()> {
        let (a, b, out) = (node.operands[0], node.operands[1], node.result(0));
        let dtype = self.ty(out).dtype;
        let plain = self.ty(a).dtype == dtype && self.ty(b).dtype == dtype;
        let a_free = free(self.ty(a).rank(), &op.lhs_batching, &op.lhs_contracting);
        let b_free = free(self.ty(b).rank(), &op.rhs_batching, &op.rhs_contracting);
        if !plain {
            return self.eval(node);
        }
        let a_groups = [&op.lhs_batching[..], &a_free, &op.lhs_contracting];
        let b_groups = [&op.rhs_batching[..], &b_free, &op.rhs_contracting];
        let (ra, ga) = self.operand(a, a_groups)?;
        let (rb, gb) = self.operand(b, b_groups)?;
        let (Some([ab, m, ka]), Some([bb, n, kb])) = (ga, gb) else {
            return self.eval(node);
        };
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
            epilogue: Epilogue::default(),
        })?;
        let c = self.define(out);
        self.unit(Kernel::Gemm(Box::new(gemm)), vec![ra, rb], vec![c]);
        Ok(())
    }
}
