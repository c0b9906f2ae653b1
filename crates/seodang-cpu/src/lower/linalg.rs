//! Decompositions and triangular systems.

use crate::lower::Lowering;
use seodang_core::{DType, Result};
use seodang_ir::Node;
use seodang_ir::ops::{Cholesky, SolveTranspose, TriangularSolve};
use seodang_kernels::linalg::{self, TriangularSpec};

fn known(dtype: DType) -> bool {
    matches!(dtype, DType::F32 | DType::F64)
}

impl Lowering<'_> {
    pub(crate) fn cholesky(&mut self, node: &Node, op: &Cholesky) -> Result<()> {
        let a = self.ty(node.operands[0]);
        if !known(a.dtype) {
            return self.eval(node);
        }
        let n = a.shape[a.rank() - 1];
        let cholesky = linalg::Cholesky::new(a.dtype, a.size() / (n * n), n, op.lower)?;
        self.simple(node, "cholesky", move |m, r, w| cholesky.run(m, r[0], w[0]))?;
        self.last_in_place(0, 0);
        Ok(())
    }

    pub(crate) fn triangular_solve(&mut self, node: &Node, op: &TriangularSolve) -> Result<()> {
        let (a, b) = (self.ty(node.operands[0]), self.ty(node.operands[1]));
        if !known(a.dtype) {
            return self.eval(node);
        }
        let n = a.shape[a.rank() - 1];
        let other = if op.left_side { b.rank() - 1 } else { b.rank() - 2 };
        let solve = linalg::TriangularSolve::new(TriangularSpec {
            dtype: a.dtype,
            batch: a.size() / (n * n),
            n,
            m: b.shape[other],
            left_side: op.left_side,
            lower: op.lower,
            unit_diagonal: op.unit_diagonal,
            transpose_a: op.transpose_a == SolveTranspose::Transpose,
        })?;
        self.simple(node, "triangular_solve", move |m, r, w| solve.run(m, r[0], r[1], w[0]))?;
        self.last_in_place(0, 1);
        Ok(())
    }
}
