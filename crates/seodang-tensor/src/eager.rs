//! Eager ops: each is a run of a program of that one op, from a bounded cache of the thread.

use crate::emit::emit;
use crate::fingerprint::{Hasher, hash_op, hash_type};
use crate::{Device, Tensor};
use seodang_core::Result;
use seodang_ir::{Argument, Builder, Op, Program, TensorType, ValueId};
use smallvec::SmallVec;
use std::cell::RefCell;
use std::collections::HashMap;
use std::hash::BuildHasherDefault;
use std::sync::Arc;

/// How many programs a thread keeps.
const CAPACITY: usize = 1024;

struct Entry {
    device: u32,
    op: Op,
    operands: SmallVec<[TensorType; 3]>,
    program: Arc<dyn Program>,
    used: u64,
}

#[derive(Default)]
struct Cache {
    /// By fingerprint; entries that share one stand in one list.
    entries: HashMap<u64, SmallVec<[Entry; 1]>, BuildHasherDefault<crate::fingerprint::Identity>>,
    count: usize,
    clock: u64,
}

thread_local! {
    static CACHE: RefCell<Cache> = RefCell::default();
}

impl Cache {
    fn find(
        &mut self,
        key: u64,
        device: Device,
        op: &Op,
        operands: &[&Tensor],
    ) -> Option<Arc<dyn Program>> {
        self.clock += 1;
        let clock = self.clock;
        let entry = self.entries.get_mut(&key)?.iter_mut().find(|e| {
            e.device == device.id()
                && e.operands.len() == operands.len()
                && e.operands.iter().zip(operands).all(|(ty, t)| ty == t.ty())
                && e.op == *op
        })?;
        entry.used = clock;
        Some(entry.program.clone())
    }

    fn insert(&mut self, key: u64, entry: Entry) {
        if self.count >= CAPACITY {
            self.evict();
        }
        self.entries.entry(key).or_default().push(entry);
        self.count += 1;
    }

    /// Drops the half that has not been used for longest.
    fn evict(&mut self) {
        let mut used: Vec<u64> = self.entries.values().flatten().map(|e| e.used).collect();
        used.sort_unstable();
        let median = used[used.len() / 2];
        self.entries.retain(|_, list| {
            list.retain(|e| e.used > median);
            !list.is_empty()
        });
        self.count = self.entries.values().map(|list| list.len()).sum();
    }
}

/// How many programs this thread keeps for eager ops.
#[cfg(test)]
pub(crate) fn cached() -> usize {
    CACHE.with_borrow(|c| c.count)
}

/// Computes an op at once.
pub(crate) fn run(op: &Op, operands: &[&Tensor], device: Device) -> Result<Vec<Tensor>> {
    let mut hasher = Hasher::default();
    hash_op(op, &mut hasher);
    for t in operands {
        hash_type(t.ty(), &mut hasher);
    }
    let key = hasher.finish();
    let found = CACHE.with_borrow_mut(|c| c.find(key, device, op, operands));
    let program = match found {
        Some(program) => program,
        None => compile(key, op, operands, device)?,
    };
    let mut arguments = Vec::with_capacity(operands.len());
    for t in operands {
        arguments.push(Argument::Borrow(t.buffer()?));
    }
    let results = program.run(arguments)?;
    Ok(results.into_iter().map(|b| Tensor::eager(b, device)).collect())
}

#[cold]
fn compile(key: u64, op: &Op, operands: &[&Tensor], device: Device) -> Result<Arc<dyn Program>> {
    let b = Builder::new(op.mnemonic());
    let inputs: Vec<ValueId> = operands.iter().map(|t| b.input(t.ty().clone()).id()).collect();
    let results = emit(&b, op.clone(), &inputs)?;
    let outputs: Vec<_> = results.into_iter().map(|v| b.expr(v)).collect();
    let program = device.engine().compile(&b.finish(&outputs)?)?;
    let entry = Entry {
        device: device.id(),
        op: op.clone(),
        operands: operands.iter().map(|t| t.ty().clone()).collect(),
        program: program.clone(),
        used: u64::MAX,
    };
    CACHE.with_borrow_mut(|c| {
        let entry = Entry { used: c.clock, ..entry };
        c.insert(key, entry);
    });
    Ok(program)
}

#[cfg(test)]
mod tests {
    use super::*;
    use seodang_core::DType;
    use seodang_ir::ops::{ConvDims, Convolution};

    #[test]
    fn the_cache_is_bounded_and_keeps_what_is_used() {
        let kept = |n: usize| Tensor::zeros(DType::F32, [n]).unwrap();
        let one = kept(1);
        for n in 1..2 * CAPACITY {
            kept(n).neg().unwrap();
            one.abs().unwrap();
        }
        assert!(cached() <= CAPACITY, "{}", cached());
        let before = cached();
        one.abs().unwrap();
        assert_eq!(cached(), before, "a program in use was dropped");
    }

    #[test]
    fn equal_fingerprints_are_compared_in_full() {
        // Fingerprints leave out what a full comparison sees: here, the padding of a convolution.
        let x = Tensor::ones(DType::F32, [1, 4, 1]).unwrap();
        let kernel = Tensor::ones(DType::F32, [2, 1, 1]).unwrap();
        let conv = |padding| {
            let op = Convolution::new(ConvDims::channels_last(1));
            x.conv(&kernel, Convolution { padding: vec![padding], ..op }).unwrap()
        };
        assert_eq!(conv((1, 0)).shape().dims(), [1, 4, 1]);
        assert_eq!(conv((0, 0)).shape().dims(), [1, 3, 1]);
        assert_eq!(x.sum(&[], false).unwrap().item().unwrap(), 4.0);
        assert_eq!(x.prod(&[], false).unwrap().item().unwrap(), 1.0);
    }
}
