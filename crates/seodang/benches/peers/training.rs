//! Training steps of multilayer perceptrons with Adam, at each level: the engine's program, a
//! function over variables, and `fit`; the time to compile one; an eager op.

use crate::{Case, numbers};
use seodang_cpu::CpuEngine;
use seodang_ir::{Argument, Buffer, Engine, Graph};
use seodang_tensor::{
    Array, DType, Function, Result, Tensor, TensorType, Variable, composite, variable_gradients,
};
use std::hint::black_box;
use std::sync::Arc;
use std::time::Instant;

const BATCH: usize = 32;

/// After so many steps on its one batch a network begins anew, and the classes change with each step.
/// Else gradients would vanish as it learns the batch by heart, and moments of units that no example
/// reaches any more would decay: we would time arithmetic on subnormal numbers.
const FRESH: usize = 200;

/// Softmax cross-entropy and Adam over `relu` layers of these sizes, and the state of it.
fn step(sizes: &[usize]) -> Result<(Function, Vec<Variable>)> {
    let mut weights = Vec::new();
    for (i, w) in sizes.windows(2).enumerate() {
        let scale = (3.0 / w[0] as f32).sqrt();
        let kernel = Array::from_vec([w[0], w[1]], numbers(w[0] * w[1], i as u64 + 7, scale))?;
        weights.push(Variable::new(kernel, format!("kernel{i}"))?);
        weights.push(Variable::new(Array::zeros(DType::F32, [w[1]]), format!("bias{i}"))?);
    }
    let zeros = |v: &Variable| Variable::new(Array::zeros(DType::F32, v.shape().clone()), "slot");
    let m = weights.iter().map(zeros).collect::<Result<Vec<_>>>()?;
    let v = weights.iter().map(zeros).collect::<Result<Vec<_>>>()?;
    let count = Variable::new(Array::full(DType::F32, [], 0.0), "step")?;
    let classes = sizes[sizes.len() - 1];
    let state = [&weights[..], &m, &v, std::slice::from_ref(&count)].concat();
    let step = Function::new("step", move |x: &[Tensor]| {
        let mut h = x[0].clone();
        for (l, layer) in weights.chunks(2).enumerate() {
            h = h.matmul(&layer[0].value()?)?.add(&layer[1].value()?)?;
            if 2 * (l + 1) < weights.len() {
                h = h.relu()?;
            }
        }
        let right = x[1].one_hot(classes, DType::F32)?;
        let loss = h.log_softmax(-1)?.mul(&right)?.sum(&[], false)?.mul(-1.0 / BATCH as f64)?;
        let gradients = variable_gradients(&loss, &weights)?;
        let t = count.value()?.add(1.0)?;
        count.assign(&t)?;
        let one_minus = |beta: f64| t.full_like(beta)?.pow(&t)?.neg()?.add(1.0);
        let alpha = one_minus(0.999)?.sqrt()?.div(&one_minus(0.9)?)?.mul(1e-3)?;
        let [rate_1, rate_2, epsilon] = [0.1, 0.001, 1e-7].map(|c| alpha.full_like(c));
        let constants = [alpha, rate_1?, rate_2?, epsilon?];
        for (((w, g), m), v) in weights.iter().zip(gradients).zip(&m).zip(&v) {
            let mut operands = vec![w.value()?, m.value()?, v.value()?, g];
            operands.extend_from_slice(&constants);
            let new = composite("seodang.adam", &operands, |x| {
                let m = x[1].add(&x[3].sub(&x[1])?.mul(&x[5])?)?;
                let v = x[2].add(&x[3].square()?.sub(&x[2])?.mul(&x[6])?)?;
                let w = x[0].sub(&m.mul(&x[4])?.div(&v.sqrt()?.add(&x[7])?)?)?;
                Ok(vec![w, m, v])
            })?;
            [w, m, v].iter().zip(&new).try_for_each(|(variable, new)| variable.assign(new))?;
        }
        Ok(vec![loss])
    });
    Ok((step, state))
}

/// Examples, and the classes to name them by in each step, in turns.
fn batch(sizes: &[usize]) -> Result<(Array, Vec<Array>)> {
    let classes = sizes[sizes.len() - 1];
    let x = Array::from_vec([BATCH, sizes[0]], numbers(BATCH * sizes[0], 3, 1.0))?;
    let y = |s| Array::from_fn(DType::I32, [BATCH], |i| ((i + s) % classes) as f64);
    Ok((x, (0..classes).map(y).collect()))
}

fn graph(sizes: &[usize]) -> Result<Arc<Graph>> {
    let (x, y) = batch(sizes)?;
    let types = [&x, &y[0]].map(|a| TensorType::new(a.dtype(), a.shape().clone()));
    step(sizes)?.0.graph(&types)
}

/// The program of a step, run with its state donated.
pub(crate) fn engine(sizes: &[usize]) -> Case {
    let graph = graph(sizes).expect("a graph");
    let engine = CpuEngine::new();
    let program = engine.compile(&graph).expect("a program");
    let upload = |a: &Array| engine.upload(a).expect("a buffer");
    let (x, y) = batch(sizes).expect("a batch");
    let (x, y) = (upload(&x), y.iter().map(upload).collect::<Vec<Buffer>>());
    let given = 2;
    // The kernels are the first inputs of two dimensions; zeros are fine for all else.
    let begin = |(i, ty): (usize, &TensorType)| {
        let kernel = i < given + 2 * (sizes.len() - 1) && ty.shape.len() == 2;
        let scale = if kernel { (3.0 / ty.shape[0] as f32).sqrt() } else { 0.0 };
        let values = numbers(ty.shape.iter().product(), i as u64, scale);
        Array::from_vec(ty.shape.clone(), values).expect("an array")
    };
    let first: Vec<Array> = graph.input_types().iter().enumerate().skip(given).map(begin).collect();
    let donations: Vec<(usize, usize)> =
        graph.donations().iter().map(|d| (d.input - given, d.output)).collect();
    let (mut state, mut steps): (Vec<Option<Buffer>>, usize) = (Vec::new(), 0);
    Case::Call(Box::new(move || {
        if steps.is_multiple_of(FRESH) {
            state = first.iter().map(|a| Some(engine.upload(a).expect("a buffer"))).collect();
        }
        steps += 1;
        let donated = state.iter_mut().map(|b| Argument::Donate(b.take().expect("a buffer")));
        let data = [&x, &y[steps % y.len()]];
        let arguments = data.into_iter().map(Argument::Borrow).chain(donated).collect();
        let results = program.run(arguments).expect("a run");
        let mut results: Vec<Option<Buffer>> = results.into_iter().map(Some).collect();
        donations.iter().for_each(|&(input, output)| state[input] = results[output].take());
    }))
}

/// A step through [`Function::call`], which takes the state from variables.
pub(crate) fn function(sizes: &[usize]) -> Case {
    let (step, state) = step(sizes).expect("a step");
    let first: Vec<Array> = state.iter().map(|v| v.to_array().expect("an array")).collect();
    let (x, y) = batch(sizes).expect("a batch");
    let tensor = |a: &Array| Tensor::from_array(a).expect("a tensor");
    let data: Vec<[Tensor; 2]> = y.iter().map(|y| [tensor(&x), tensor(y)]).collect();
    let mut steps = 0;
    Case::Call(Box::new(move || {
        if steps % FRESH == 0 {
            let all = state.iter().zip(&first);
            all.for_each(|(variable, value)| variable.set_array(value).expect("a value"));
        }
        steps += 1;
        drop(black_box(step.call(&data[steps % data.len()]).expect("a run")));
    }))
}

/// The engine's time to compile a step.
pub(crate) fn compile(sizes: &[usize]) -> Case {
    let graph = graph(sizes).expect("a graph");
    Case::Timed(Box::new(move || {
        let engine = CpuEngine::new();
        let start = Instant::now();
        black_box(engine.compile(&graph).expect("a program"));
        start.elapsed().as_secs_f64()
    }))
}

/// The eager sum of two tensors of `n` elements.
pub(crate) fn add(n: usize) -> Case {
    let [x, y] = [1.0, 2.0].map(|v| Tensor::full(DType::F32, [n], v).expect("a tensor"));
    Case::Call(Box::new(move || drop(black_box(x.add(&y).expect("a sum")))))
}
