//! The way out: an op without a kernel is computed by its record's own evaluation.

use crate::kernel::Kernel;
use crate::lower::Lowering;
use seodang_core::{Array, Error, Result, text};
use seodang_ir::{Node, Op, TensorType};
use seodang_kernels::{Memory, Region};

/// The evaluation of one op, slow and right.
pub(crate) struct Eval {
    pub(crate) op: Op,
    operands: Vec<TensorType>,
    results: Vec<TensorType>,
}

impl Eval {
    pub(crate) fn run(
        &self,
        memory: &Memory<'_>,
        reads: &[Region],
        writes: &[Region],
    ) -> Result<()> {
        let mut operands = Vec::with_capacity(reads.len());
        for (ty, r) in self.operands.iter().zip(reads) {
            let mut array = Array::zeros(ty.dtype, ty.shape.clone());
            memory.load(*r, array.bytes_mut());
            operands.push(array);
        }
        let name = self.op.mnemonic();
        let results = self.op.eval(&operands, &self.results).map_err(|e| e.during(name))?;
        for ((ty, w), array) in self.results.iter().zip(writes).zip(&results) {
            if TensorType::of(array) != *ty {
                return Err(Error::internal(text!(
                    en: "the evaluation returned another type than the rule says",
                    ko: "계산 결과의 타입이 규칙과 다릅니다"
                ))
                .during(name));
            }
            memory.store(*w, array.bytes());
        }
        Ok(())
    }
}

impl Lowering<'_> {
    /// A node as its record's evaluation.
    pub(crate) fn eval(&mut self, node: &Node) -> Result<()> {
        let ty = |v: &seodang_ir::ValueId| self.graph.ty(*v).clone();
        let eval = Eval {
            op: node.op.clone(),
            operands: node.operands.iter().map(ty).collect(),
            results: node.results().map(|v| ty(&v)).collect(),
        };
        let reads = self.places(node)?;
        let writes: Vec<_> = node.results().map(|v| self.define(v)).collect();
        // Operands are copied out before results are stored.
        let pairs = (0..writes.len()).flat_map(|w| (0..reads.len()).map(move |r| (w, r))).collect();
        self.unit(Kernel::Eval(Box::new(eval)), reads, writes).in_place = pairs;
        Ok(())
    }
}
