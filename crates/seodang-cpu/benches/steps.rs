//! Training steps and small programs: time to compile and to run, on one thread and on all.
//!
//! `cargo bench -p seodang-cpu`; the best of many runs, in microseconds.

use seodang_core::{Array, DType};
use seodang_cpu::CpuEngine;
use seodang_ir::ops::{
    Backward, Composite, ConvDims, Convolution, DotGeneral, Iota, ReduceWindow, Reducer, Scan,
    Window,
};
use seodang_ir::{
    Argument, Buffer, Builder, Donation, Engine, Expr, Graph, Program, TensorType, gradients,
};
use seodang_kernels::pool;
use std::sync::Arc;
use std::time::{Duration, Instant};

fn f32s(shape: &[usize]) -> TensorType {
    TensorType::new(DType::F32, shape)
}

fn dot<'b>(a: Expr<'b>, b: Expr<'b>) -> Expr<'b> {
    a.dot_general(b, DotGeneral::matmul())
}

/// Adam's update of one parameter, as an op that engines know by name.
fn adam(ty: &TensorType) -> Composite {
    let b = Builder::new("adam");
    let [p, m, v, g] = [(); 4].map(|()| b.input(ty.clone()));
    let [alpha, beta_1, beta_2, epsilon] = [(); 4].map(|()| b.input(f32s(&[])));
    let all = |x: Expr<'_>| b.expr(x.broadcast_in_dim(ty.shape.clone(), &[]).id()).id();
    let [alpha, beta_1, beta_2, epsilon] = [alpha, beta_1, beta_2, epsilon].map(|x| b.expr(all(x)));
    let m = m + (g - m) * beta_1;
    let v = v + (g * g - v) * beta_2;
    let body = b.finish(&[p - m * alpha / (v.sqrt() + epsilon), m, v]).expect("a body");
    Composite { name: "seodang.adam".into(), body: Arc::new(body), backward: Backward::Body }
}

/// A step of a multilayer perceptron with softmax cross-entropy and Adam: inputs x, labels, the step
/// count, then parameter, m and v of each layer; outputs the loss, the step count, and those again.
fn mlp_step(batch: usize, sizes: &[usize]) -> Graph {
    let b = Builder::new("step");
    let x = b.input(f32s(&[batch, sizes[0]]));
    let labels = b.input(TensorType::new(DType::I32, [batch]));
    let step = b.input(f32s(&[]));
    let layers = sizes.len() - 1;
    let mut parameters = Vec::new();
    for l in 0..layers {
        parameters.push(b.input(f32s(&[sizes[l], sizes[l + 1]])));
        parameters.push(b.input(f32s(&[sizes[l + 1]])));
    }
    let mut h = x;
    for l in 0..layers {
        let z = dot(h, parameters[2 * l]);
        let z = z + parameters[2 * l + 1].broadcast_in_dim(z.shape(), &[1]);
        h = if l + 1 < layers { z.gt(0.0).select(z, z.zeros_like()) } else { z };
    }
    let shape = h.shape();
    let over = |e: Expr<'_>| b.expr(e.broadcast_in_dim(shape.clone(), &[0]).id()).id();
    let shifted = h - b.expr(over(h.max(&[1])));
    let log_p = shifted - b.expr(over(shifted.exponential().sum(&[1]).log()));
    let ty = TensorType::new(DType::I32, shape.clone());
    let hot = b.expr(over(labels)).eq(b.apply(Iota { ty, dimension: 1 }, &[]));
    let loss = -(log_p * hot.convert(DType::F32)).sum(&[0, 1]) / batch as f64;
    let one = b.full(&f32s(&[]), 1.0);
    let grads = gradients(&b, &[(loss, one)], &parameters).expect("gradients");
    let t = step + 1.0;
    let power = |beta: f64| b.full(&f32s(&[]), beta).power(t);
    let alpha = (1.0 - power(0.999)).sqrt() / (1.0 - power(0.9)) * 1e-3;
    let mut outputs = vec![loss, t];
    let mut donations = vec![Donation { input: 2, output: 1 }];
    for (k, (p, g)) in parameters.iter().zip(grads).enumerate() {
        let g = g.expect("a gradient");
        let (m, v) = (b.input(p.ty()), b.input(p.ty()));
        let (n, at) = (outputs.len(), 3 + parameters.len() + 2 * k);
        let number = |x: f64| b.constant(Array::scalar(x as f32));
        let operands = [*p, m, v, g, alpha, number(0.1), number(0.001), number(1e-7)];
        let new = b.apply_n(adam(&p.ty()), &operands);
        outputs.extend(new);
        let inputs = [3 + k, at, at + 1];
        donations
            .extend(inputs.iter().enumerate().map(|(i, &input)| Donation { input, output: n + i }));
    }
    b.finish(&outputs).and_then(|g| g.with_donations(donations)).expect("a graph")
}

/// The best time of a call, over about `millis` milliseconds.
fn best(millis: u64, mut f: impl FnMut()) -> f64 {
    f();
    let start = Instant::now();
    let mut best = f64::INFINITY;
    while start.elapsed() < Duration::from_millis(millis) {
        let t = Instant::now();
        f();
        best = best.min(t.elapsed().as_secs_f64() * 1e6);
    }
    best
}

fn bench_step(batch: usize, sizes: &[usize]) {
    let graph = mlp_step(batch, sizes);
    let engine = CpuEngine::new();
    let compile = best(300, || {
        engine.plan(&graph).expect("a plan");
    });
    let program = engine.plan(&graph).expect("a plan");
    if std::env::var_os("SEODANG_DUMP_PLAN").is_some() {
        println!("{program}");
    }
    let begin = || -> Vec<Buffer> {
        let mut seed = 1u64;
        graph
            .input_types()
            .iter()
            .enumerate()
            .map(|(i, ty)| {
                let moments = i >= 3 + 2 * (sizes.len() - 1);
                let scale = if moments || i == 2 { 0.0 } else { 0.1 };
                seed += 1;
                let a = Array::from_fn(ty.dtype, ty.shape.clone(), |k| {
                    let x = (k as u64 ^ seed << 20).wrapping_mul(0x9E3779B97F4A7C15) >> 40;
                    if i == 1 { (k % 10) as f64 } else { (x as f64 / 8388608.0 - 1.0) * scale }
                });
                engine.upload(&a).expect("a buffer")
            })
            .collect()
    };
    let donated: Vec<(usize, usize)> =
        graph.donations().iter().map(|d| (d.input, d.output)).collect();
    for threads in [1, 2] {
        let time = pool::with_threads(threads, || {
            let (mut state, mut steps) = (begin(), 0);
            best(1500, || {
                // Trained for long on one batch, gradients vanish into subnormal numbers, with which
                // processors are slow.
                steps += 1;
                if steps % 200 == 0 {
                    state = begin();
                }
                let mut args: Vec<Option<Buffer>> = state.drain(..).map(Some).collect();
                let keep = [args[0].clone(), args[1].clone()];
                let args = args.iter_mut().map(|a| Argument::Donate(a.take().expect("one")));
                let out = program.run(args.collect()).expect("a run");
                let [x, y] = keep.map(|b| b.expect("one"));
                state = vec![x, y];
                state.resize(graph.inputs().len(), out[0].clone());
                donated.iter().for_each(|&(i, o)| state[i] = out[o].clone());
            })
        });
        println!("step {sizes:?} batch {batch} threads {threads}: {time:.1} us");
    }
    println!(
        "  compile {compile:.0} us, {} steps, arena {}",
        program.step_count(),
        program.arena_bytes()
    );
}

/// Compiles a graph and times its runs on zeros and small numbers.
fn bench_graph(graph: &Graph) {
    let engine = CpuEngine::new();
    let program = engine.plan(graph).expect("a plan");
    if std::env::var_os("SEODANG_DUMP_PLAN").is_some() {
        println!("{program}");
    }
    let inputs: Vec<Buffer> = graph
        .input_types()
        .iter()
        .map(|ty| {
            let x = |i: usize| ((i * 7919 % 1013) as f64 / 1013.0 - 0.5) * 0.2;
            engine.upload(&Array::from_fn(ty.dtype, ty.shape.clone(), x)).expect("a buffer")
        })
        .collect();
    for threads in [1, 2] {
        let time = pool::with_threads(threads, || {
            best(800, || {
                let out = program.run(inputs.iter().map(Argument::Borrow).collect());
                std::hint::black_box(out.expect("a run"));
            })
        });
        println!("{} threads {threads}: {time:.1} us", graph.name());
    }
}

/// Loss and gradients of two convolutions with pooling and a dense layer on 28x28 images.
fn cnn(batch: usize) -> Graph {
    let b = Builder::new(format!("cnn gradients, batch {batch}"));
    let x = b.input(f32s(&[batch, 28, 28, 1]));
    let (k1, b1) = (b.input(f32s(&[3, 3, 1, 32])), b.input(f32s(&[32])));
    let (k2, b2) = (b.input(f32s(&[3, 3, 32, 64])), b.input(f32s(&[64])));
    let (w, b3) = (b.input(f32s(&[1600, 10])), b.input(f32s(&[10])));
    let conv = |x: Expr<'_>, k: Expr<'_>, bias: Expr<'_>| {
        let op = Convolution::new(ConvDims::channels_last(2));
        let z = b.expr(x.id()).convolution(b.expr(k.id()), op);
        let z = z + b.expr(bias.id()).broadcast_in_dim(z.shape(), &[3]);
        let h = z.gt(0.0).select(z, z.zeros_like());
        let window =
            Window { strides: vec![1, 2, 2, 1], ..Window::new([1, 2, 2, 1], [1, 1, 1, 1]) };
        let init = b.constant(Reducer::Maximum.identity(DType::F32));
        let body = Reducer::Maximum.body(DType::F32);
        b.apply(ReduceWindow { window, body }, &[h, init]).id()
    };
    let h = b.expr(conv(x, k1, b1));
    let h = b.expr(conv(h, k2, b2)).reshape([batch, 1600]);
    let z = dot(h, w) + b3.broadcast_in_dim([batch, 10], &[1]);
    let loss = (z * z).sum(&[0, 1]);
    let one = b.full(&f32s(&[]), 1.0);
    let grads = gradients(&b, &[(loss, one)], &[k1, b1, k2, b2, w, b3]).expect("gradients");
    let mut outputs: Vec<Expr<'_>> = grads.into_iter().flatten().collect();
    outputs.push(loss);
    b.finish(&outputs).expect("a graph")
}

/// An LSTM layer over 50 steps, batch 32, as a scan.
fn lstm(units: usize) -> Graph {
    let (n, t, d) = (32, 50, 32);
    let body = {
        let b = Builder::new("cell");
        let (h, c) = (b.input(f32s(&[n, units])), b.input(f32s(&[n, units])));
        let u = b.input(f32s(&[units, 4 * units]));
        let xw = b.input(f32s(&[n, 4 * units]));
        let z = xw + dot(h, u);
        let gate = |k: usize| z.slice(&[0, k * units], &[n, (k + 1) * units], &[1, 1]);
        let c = gate(1).logistic() * c + gate(0).logistic() * gate(2).tanh();
        let h = gate(3).logistic() * c.tanh();
        Arc::new(b.finish(&[h, c, h]).expect("a body"))
    };
    let b = Builder::new(format!("lstm {units}"));
    let (h, c) = (b.input(f32s(&[n, units])), b.input(f32s(&[n, units])));
    let (w, u) = (b.input(f32s(&[d, 4 * units])), b.input(f32s(&[units, 4 * units])));
    let x = b.input(f32s(&[t * n, d]));
    let xw = dot(x, w).reshape([t, n, 4 * units]);
    let op = Scan { length: t, carried: 2, constants: 1, reverse: false, body };
    let out = b.apply_n(op, &[h, c, u, xw]);
    b.finish(&out).expect("a graph")
}

/// One elementwise op on arrays of `n` elements.
fn add(n: usize) -> Graph {
    let b = Builder::new(format!("add of two float32[{n}]"));
    let (x, y) = (b.input(f32s(&[n])), b.input(f32s(&[n])));
    b.finish(&[x + y]).expect("a graph")
}

fn main() {
    let graph = add(10);
    let engine = CpuEngine::new();
    let program = engine.compile(&graph).expect("a program");
    let a = engine.upload(&Array::full(DType::F32, [10], 1.0)).expect("a buffer");
    let time = best(300, || {
        for _ in 0..100 {
            let out = program.run(vec![Argument::Borrow(&a), Argument::Borrow(&a)]);
            std::hint::black_box(out.expect("a run"));
        }
    });
    println!("add of two float32[10]: {:.0} ns", time * 10.0);
    bench_step(32, &[784, 128, 10]);
    bench_step(32, &[784, 512, 512, 10]);
    bench_step(32, &[20, 64, 64, 2]);
    let deep = mlp_step(4, &[8; 80]);
    let compile = best(300, || {
        engine.plan(&deep).expect("a plan");
    });
    println!("compile of a step of {} nodes: {compile:.0} us", deep.nodes().len());
    bench_graph(&cnn(32));
    bench_graph(&lstm(32));
    bench_graph(&lstm(128));
    bench_graph(&add(100_000));
    bench_graph(&add(1_000_000));
}
