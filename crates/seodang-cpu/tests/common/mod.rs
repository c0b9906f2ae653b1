//! What the tests share: inputs, runs, comparison with the reference evaluator.
#![allow(dead_code)]

use seodang_core::{Array, DType};
use seodang_cpu::{CpuEngine, CpuProgram};
use seodang_ir::ops::DotGeneral;
use seodang_ir::{Argument, Engine, Expr, Graph, Program, TensorType, evaluate};

/// A small generator of reproducible numbers.
pub(crate) struct Random(pub(crate) u64);

impl Random {
    pub(crate) fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
        self.0 >> 33
    }

    pub(crate) fn below(&mut self, n: usize) -> usize {
        (self.next() % n as u64) as usize
    }

    /// An array with elements in [-2, 2), or small integers.
    pub(crate) fn array(&mut self, ty: &TensorType) -> Array {
        let seed = self.next();
        Array::from_fn(ty.dtype, ty.shape.clone(), |i| {
            let mut r = Random(seed ^ (i as u64).wrapping_mul(0x9E3779B97F4A7C15));
            r.next();
            let u = (r.next() % 4096) as f64 / 4096.0;
            match ty.dtype {
                DType::Bool => f64::from(u < 0.5),
                d if d.is_float() => u * 4.0 - 2.0,
                _ => (u * 10.0).floor(),
            }
        })
    }

    pub(crate) fn inputs(&mut self, graph: &Graph) -> Vec<Array> {
        graph.input_types().iter().map(|ty| self.array(ty)).collect()
    }
}

pub(crate) fn compile(graph: &Graph) -> CpuProgram {
    CpuEngine::new().plan(graph).unwrap_or_else(|e| panic!("{e}\n{graph}"))
}

/// Runs a program on borrowed arrays.
pub(crate) fn run(program: &CpuProgram, inputs: &[Array]) -> Vec<Array> {
    let engine = CpuEngine::new();
    let buffers: Vec<_> = inputs.iter().map(|a| engine.upload(a).unwrap()).collect();
    let outputs = program.run(buffers.iter().map(Argument::Borrow).collect());
    let outputs = outputs.unwrap_or_else(|e| panic!("{e}\n{program}"));
    outputs.iter().map(|b| b.download().unwrap()).collect()
}

/// Compares arrays: integers exactly, floats to a relative tolerance of their type.
pub(crate) fn assert_close(
    got: &[Array],
    want: &[Array],
    tolerance: f64,
    context: impl Fn() -> String,
) {
    assert_eq!(got.len(), want.len());
    for (k, (g, w)) in got.iter().zip(want).enumerate() {
        assert_eq!(TensorType::of(g), TensorType::of(w), "output {k}\n{}", context());
        if !g.dtype().is_float() {
            assert_eq!(g.to_i128_vec(), w.to_i128_vec(), "output {k}\n{}", context());
            continue;
        }
        let unit = g.dtype().unit_roundoff() * tolerance;
        for (i, (a, b)) in g.to_f64_vec().into_iter().zip(w.to_f64_vec()).enumerate() {
            let close =
                a == b || (a.is_nan() && b.is_nan()) || (a - b).abs() <= unit * (1.0 + b.abs());
            assert!(close, "output {k}, element {i}: {a} instead of {b}\n{}", context());
        }
    }
}

/// Compiles and runs a graph on random inputs and compares with the reference.
pub(crate) fn check(graph: &Graph) -> CpuProgram {
    check_on(graph, &Random(graph.value_count() as u64 + 1).inputs(graph))
}

pub(crate) fn check_on(graph: &Graph, inputs: &[Array]) -> CpuProgram {
    check_to(graph, inputs, 64.0)
}

/// As [`check_on`], to a tolerance in units of roundoff.
pub(crate) fn check_to(graph: &Graph, inputs: &[Array], tolerance: f64) -> CpuProgram {
    let program = compile(graph);
    let want = evaluate(graph, inputs).unwrap();
    for _ in 0..2 {
        let got = run(&program, inputs);
        assert_close(&got, &want, tolerance, || format!("{graph}\n{program}"));
    }
    program
}

pub(crate) fn f32s(shape: &[usize]) -> TensorType {
    TensorType::new(DType::F32, shape)
}

/// The plain matrix product.
pub(crate) fn dot<'b>(a: Expr<'b>, b: Expr<'b>) -> Expr<'b> {
    a.dot_general(b, DotGeneral::matmul())
}
