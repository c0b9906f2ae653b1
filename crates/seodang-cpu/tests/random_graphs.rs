//! Random graphs of elementwise ops, rearrangements, reductions and products: the engine computes what
//! the reference evaluator does, on one thread and on two, bit for bit the same.

mod common;

use common::{Random, assert_close, compile, dot, run};
use seodang_core::DType;
use seodang_ir::ops::Reducer;
use seodang_ir::{Builder, Donation, Expr, Graph, TensorType, evaluate};
use seodang_kernels::pool;

/// Grows a graph from inputs of related shapes.
fn grow(r: &mut Random, dtype: DType, nodes: usize) -> Graph {
    let b = Builder::new("random");
    let sizes = [1, 2, 3, 4, 5, 17];
    let dims: Vec<usize> = (0..1 + r.below(3)).map(|_| sizes[r.below(sizes.len())]).collect();
    let n = dims.len();
    let mut values: Vec<Expr<'_>> = vec![
        b.input(TensorType::new(dtype, &dims[..])),
        b.input(TensorType::new(dtype, &dims[..])),
        b.input(TensorType::new(dtype, &dims[n - 1..])),
        b.input(TensorType::new(dtype, &dims[..n - 1])),
        b.input(TensorType::scalar(dtype)),
    ];
    let inputs = values.clone();
    for _ in 0..nodes {
        let x = values[r.below(values.len())];
        let shape: Vec<usize> = x.shape().to_vec();
        let axes: Vec<usize> = (0..shape.len()).collect();
        let some: Vec<usize> = axes.iter().copied().filter(|_| r.below(2) == 0).collect();
        let peers: Vec<Expr<'_>> =
            values.iter().copied().filter(|v| v.shape() == x.shape()).collect();
        let peer = peers[r.below(peers.len())];
        let float = dtype.is_float();
        let new = match r.below(16) {
            0 if float => x.tanh(),
            1 if float => x.logistic(),
            2 => -x,
            3 => x.abs(),
            4 => x + peer,
            5 if float => (x * peer).tanh(),
            5 => x * peer,
            6 => x - peer,
            7 => x.maximum(peer),
            8 => {
                // Comparisons of inputs alone: rounding must not decide.
                let given: Vec<_> = inputs.iter().filter(|i| i.shape() == x.shape()).collect();
                match given[..] {
                    [] => x.minimum(peer),
                    [i, ..] => i.gt(1.0).select(x, peer),
                }
            }
            // Spread a smaller value over the whole shape.
            9 | 10 => {
                let fits = |at: usize| {
                    at + shape.len() <= dims.len() && shape[..] == dims[at..at + shape.len()]
                };
                match (0..=dims.len()).rev().chain([0]).find(|&at| fits(at)) {
                    Some(at) => {
                        let to: Vec<usize> = (at..at + shape.len()).collect();
                        x.broadcast_in_dim(&dims[..], &to)
                    }
                    None => x + 1.0,
                }
            }
            11 => x.reduce([Reducer::Add, Reducer::Maximum][r.below(2)], &some),
            12 => x.reduce([Reducer::Add, Reducer::Minimum][r.below(2)], &axes[axes.len() / 2..]),
            13 => x.reshape([shape.iter().product::<usize>()]),
            14 => {
                let back: Vec<usize> = axes.iter().rev().copied().collect();
                if r.below(2) == 0 { x.transpose(&back) } else { x.reverse(&some) }
            }
            _ if shape.len() == 2 => {
                let y = dot(x, x.transpose(&[1, 0]));
                if float { (y * 0.1).tanh() } else { y }
            }
            _ if !shape.is_empty() && shape[0] > 1 => {
                let mut start = vec![0; shape.len()];
                start[0] = 1;
                x.slice(&start, &shape, &vec![1; shape.len()])
            }
            _ => x + x,
        };
        values.push(new);
    }
    let mut outputs: Vec<Expr<'_>> =
        values[5..].iter().copied().filter(|_| r.below(4) == 0).collect();
    outputs.push(values[values.len() - 1]);
    let graph = b.finish(&outputs).unwrap_or_else(|e| panic!("{e}"));
    // Give inputs away where the types allow.
    let mut donations: Vec<Donation> = Vec::new();
    for input in 0..2 {
        let ty = &graph.input_types()[input];
        let taken = |o: usize| donations.iter().any(|d: &Donation| d.output == o);
        if let Some(output) =
            (0..graph.outputs().len()).find(|&o| &graph.output_types()[o] == ty && !taken(o))
        {
            donations.push(Donation { input, output });
        }
    }
    graph.with_donations(donations).unwrap()
}

#[test]
fn random_graphs_agree_with_the_reference() {
    for seed in 0..400 {
        let mut r = Random(seed * 7919 + 1);
        let dtype = [DType::F32, DType::F32, DType::F64, DType::I32][r.below(4)];
        let nodes = 3 + r.below(30);
        let graph = grow(&mut r, dtype, nodes);
        let inputs = r.inputs(&graph);
        let want = evaluate(&graph, &inputs).unwrap();
        let program = compile(&graph);
        let one = pool::with_threads(1, || run(&program, &inputs));
        assert_close(&one, &want, 256.0, || format!("seed {seed}\n{graph}\n{program}"));
        let two = pool::with_threads(2, || run(&program, &inputs));
        assert_eq!(one, two, "threads change bits; seed {seed}\n{program}");
    }
}

#[test]
fn large_arrays_have_the_same_bits_on_any_number_of_threads() {
    let b = Builder::new("large");
    let x = b.input(TensorType::new(DType::F32, [300, 700]));
    let bias = b.input(TensorType::new(DType::F32, [700]));
    let z = x + bias.broadcast_in_dim([300, 700], &[1]);
    let e = (z - z.max(&[1]).broadcast_in_dim([300, 700], &[0])).exponential();
    let p = e / e.sum(&[1]).broadcast_in_dim([300, 700], &[0]);
    let graph = b.finish(&[p, p.sum(&[0]), z.sum(&[0, 1]), dot(p.transpose(&[1, 0]), x)]).unwrap();
    let inputs = Random(3).inputs(&graph);
    let program = compile(&graph);
    let one = pool::with_threads(1, || run(&program, &inputs));
    for threads in [2, 3, 5] {
        assert_eq!(one, pool::with_threads(threads, || run(&program, &inputs)));
    }
    let want = [p_by_hand(&inputs[0].to_f64_vec(), &inputs[1].to_f64_vec())];
    let got = &one[0].to_f64_vec();
    assert!(want[0].iter().zip(got).all(|(w, g)| (w - g).abs() <= 1e-6));
}

/// The softmax of `x + bias`, in f64.
fn p_by_hand(x: &[f64], bias: &[f64]) -> Vec<f64> {
    x.chunks(bias.len())
        .flat_map(|row| {
            let e: Vec<f64> = row.iter().zip(bias).map(|(x, b)| (x + b).exp()).collect();
            let sum: f64 = e.iter().sum();
            e.into_iter().map(move |e| e / sum).collect::<Vec<_>>()
        })
        .collect()
}
