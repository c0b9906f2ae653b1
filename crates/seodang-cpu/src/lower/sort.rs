//! Sorting, the largest elements, random bits.

use crate::kernel::Kernel;
use crate::lower::Lowering;
use crate::lower::reduce::first_compare;
use seodang_core::{DType, Result};
use seodang_ir::Node;
use seodang_ir::ops::{self, Direction, RngBitGenerator};
use seodang_kernels::random::philox;
use seodang_kernels::sort::{Key, Order, Sort, TopK};
use seodang_kernels::tile::{Access, TileBuilder};

impl Lowering<'_> {
    pub(crate) fn sort(&mut self, node: &Node, op: &ops::Sort) -> Result<()> {
        let ty = self.ty(node.operands[0]);
        let descending = match first_compare(&op.comparator) {
            Some(Direction::Lt) => false,
            Some(Direction::Gt) => true,
            _ => return self.eval(node),
        };
        let key = Key { dtype: ty.dtype, order: Order::Numeric, descending };
        let others: Vec<DType> = node.operands[1..].iter().map(|v| self.ty(*v).dtype).collect();
        let Ok(sort) = Sort::new(key, &others, &ty.shape, op.dimension) else {
            return self.eval(node);
        };
        self.simple(node, "sort", move |m, r, w| sort.run(m, r, w))
    }

    pub(crate) fn top_k(&mut self, node: &Node, op: &ops::TopK) -> Result<()> {
        let ty = self.ty(node.operands[0]);
        let Ok(top) = TopK::new(ty.dtype, DType::I32, &ty.shape, op.k) else {
            return self.eval(node);
        };
        self.simple(node, "top_k", move |m, r, w| top.run(m, r[0], w[0], w[1]))
    }

    pub(crate) fn random_bits(&mut self, node: &Node, op: &RngBitGenerator) -> Result<()> {
        let size = op.ty.dtype.size();
        let state = self.place(node.operands[0])?;
        let (next, out) = (self.define(node.result(0)), self.define(node.result(1)));
        let n = op.ty.size();
        // Elements of less than 32 bits take the low bits of a word each.
        let bits = if size >= 4 { out } else { self.fresh(4 * n) };
        self.call("random_bits", vec![state], vec![next, bits], move |m, r, w| {
            let mut bytes = [0u8; 24];
            let words = r[0].len / 8;
            m.load(r[0], &mut bytes[..8 * words]);
            let word = |i: usize| {
                let mut word = [0; 8];
                word.copy_from_slice(&bytes[8 * i..8 * i + 8]);
                u64::from_ne_bytes(word)
            };
            let key = word(0);
            // With a state of two, XLA takes the key for the counter's upper half as well.
            let high = if words > 2 { word(2) } else { key };
            let counter = u128::from(word(1)) | u128::from(high) << 64;
            let counter = philox(m, key, counter, w[1]);
            let mut next = [0u8; 24];
            let numbers = [key, counter as u64, (counter >> 64) as u64];
            for (to, x) in next.chunks_exact_mut(8).zip(numbers) {
                to.copy_from_slice(&x.to_ne_bytes());
            }
            m.store(w[0], &next[..8 * words]);
        });
        self.last_in_place(0, 0);
        if size < 4 {
            let mut t = TileBuilder::new(1, n);
            let x = t.input(DType::U32, Access::Contiguous);
            let y = t.convert(x, op.ty.dtype);
            t.output(y);
            let program = Kernel::Tile(Box::new(t.build()?), 1);
            self.unit(program, vec![bits], vec![out]);
        }
        Ok(())
    }
}
