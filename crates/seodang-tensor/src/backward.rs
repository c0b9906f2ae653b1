//! The programs that compute tapes' gradients, cached by what was recorded.

use crate::Device;
use crate::fingerprint::Hasher;
use seodang_core::Result;
use seodang_ir::{Builder, Graph, Program, ValueId, gradients};
use std::cell::RefCell;
use std::collections::HashMap;
use std::rc::Rc;
use std::sync::Arc;

/// How many backward programs a thread keeps.
const CAPACITY: usize = 64;

thread_local! {
    static BACKWARDS: RefCell<Vec<Rc<CachedBackward>>> = const { RefCell::new(Vec::new()) };
}

/// What an input of a backward program is.
#[derive(Clone, Copy)]
pub(crate) enum Recorded {
    Kept(ValueId),
    Cotangent(usize),
}

/// A backward program and what it was made from.
pub(crate) struct CachedBackward {
    fingerprint: u64,
    device: Device,
    forward: Graph,
    kept: Vec<bool>,
    outputs: Vec<ValueId>,
    wrt: Vec<ValueId>,
    pub(crate) graph: Arc<Graph>,
    pub(crate) program: Arc<dyn Program>,
    pub(crate) inputs: Vec<Recorded>,
    /// For each of `wrt`, whether there is a gradient.
    pub(crate) present: Vec<bool>,
}

/// The program for the gradients of some recorded values with respect to others.
pub(crate) fn backward(
    fingerprint: Hasher,
    device: Device,
    forward: &Graph,
    kept: Vec<bool>,
    outputs: &[ValueId],
    wrt: &[ValueId],
) -> Result<Rc<CachedBackward>> {
    let mut hasher = fingerprint;
    for v in outputs.iter().chain(wrt) {
        hasher.word(v.index() as u64);
    }
    let fingerprint = hasher.finish();
    let found = BACKWARDS.with_borrow_mut(|all| {
        let at = all.iter().position(|c| {
            c.fingerprint == fingerprint
                && c.device == device
                && c.outputs == outputs
                && c.wrt == wrt
                && c.kept == kept
                && c.forward == *forward
        })?;
        all[..=at].rotate_right(1);
        Some(all[0].clone())
    });
    if let Some(found) = found {
        return Ok(found);
    }
    let made = Rc::new(differentiate(fingerprint, device, forward.clone(), kept, outputs, wrt)?);
    BACKWARDS.with_borrow_mut(|all| {
        all.truncate(CAPACITY - 1);
        all.insert(0, made.clone());
    });
    Ok(made)
}

fn differentiate(
    fingerprint: u64,
    device: Device,
    forward: Graph,
    kept: Vec<bool>,
    outputs: &[ValueId],
    wrt: &[ValueId],
) -> Result<CachedBackward> {
    // The whole thing: the recorded graph, and its derivative.
    let whole = Builder::new("backward");
    let mut map: HashMap<ValueId, ValueId> = HashMap::new();
    for &v in forward.inputs() {
        map.insert(v, whole.input(forward.ty(v).clone()).id());
    }
    for node in forward.nodes() {
        whole.copy_node(&forward, node, &mut map);
    }
    let pairs: Vec<_> = (outputs.iter())
        .map(|v| (whole.expr(map[v]), whole.input(forward.ty(*v).clone())))
        .collect();
    let wanted: Vec<_> = wrt.iter().map(|v| whole.expr(map[v])).collect();
    let found = gradients(&whole, &pairs, &wanted)?;
    let present: Vec<bool> = found.iter().map(Option::is_some).collect();
    let found: Vec<_> = found.into_iter().flatten().collect();
    let cotangents: Vec<ValueId> = pairs.iter().map(|p| p.1.id()).collect();
    let back: HashMap<ValueId, ValueId> = map.iter().map(|(from, to)| (*to, *from)).collect();
    let whole = whole.finish(&found)?;

    // What is needed of it, with recorded values as inputs.
    let known = |v: ValueId| -> Option<Recorded> {
        if let Some(i) = cotangents.iter().position(|c| *c == v) {
            return Some(Recorded::Cotangent(i));
        }
        let v = *back.get(&v)?;
        kept.get(v.index()).copied().unwrap_or(false).then_some(Recorded::Kept(v))
    };
    let mut needed = vec![false; whole.value_count()];
    for v in whole.outputs() {
        needed[v.index()] = true;
    }
    for node in whole.nodes().iter().rev() {
        if node.results().any(|r| needed[r.index()] && known(r).is_none()) {
            for v in &node.operands {
                needed[v.index()] = true;
            }
        }
    }
    let b = Builder::new("backward");
    let mut map: HashMap<ValueId, ValueId> = HashMap::new();
    let mut inputs = Vec::new();
    for index in
        whole.inputs().iter().copied().chain(whole.nodes().iter().flat_map(|n| n.results()))
    {
        if let (true, Some(from)) = (needed[index.index()], known(index)) {
            map.insert(index, b.input(whole.ty(index).clone()).id());
            inputs.push(from);
        }
    }
    for node in whole.nodes() {
        if node.results().any(|r| needed[r.index()] && !map.contains_key(&r)) {
            let recorded: Vec<_> =
                node.results().filter_map(|r| Some((r, *map.get(&r)?))).collect();
            b.copy_node(&whole, node, &mut map);
            map.extend(recorded);
        }
    }
    let results: Vec<_> = whole.outputs().iter().map(|v| b.expr(map[v])).collect();
    let graph = Arc::new(b.finish(&results)?);
    let program = device.engine().compile(&graph)?;
    Ok(CachedBackward {
        fingerprint,
        device,
        forward,
        kept,
        outputs: outputs.to_vec(),
        wrt: wrt.to_vec(),
        graph,
        program,
        inputs,
        present,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{GradientTape, Tensor};

    fn slope(x: f64, cubes: usize) -> Result<f64> {
        let x = Tensor::scalar(x)?;
        let tape = GradientTape::new();
        tape.watch(&x);
        let y = tape.record(|| {
            let mut y = x.clone();
            for _ in 0..cubes {
                y = y.mul(&x)?;
            }
            y.sub(&x)
        })?;
        let gradient = tape.gradient(&y, &[&x])?;
        gradient[0].as_ref().map_or(Ok(0.0), Tensor::item)
    }

    #[test]
    fn a_loop_compiles_one_backward_program_and_the_cache_is_bounded() {
        let programs = || BACKWARDS.with_borrow(Vec::len);
        for i in 0..10 {
            let x = f64::from(i);
            assert_eq!(slope(x, 2).unwrap(), 3.0 * x * x - 1.0);
        }
        assert_eq!(programs(), 1);
        for n in 1..2 * CAPACITY {
            assert_eq!(slope(1.0, n).unwrap(), n as f64);
        }
        assert_eq!(programs(), CAPACITY);
    }
}
