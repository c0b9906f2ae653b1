//! What Seodang adds to the arithmetic: eager ops, functions, tapes. Nanoseconds, the best of many
//! rounds. Run with `cargo bench -p seodang-tensor`.

#![allow(missing_docs)]

use seodang_cpu::CpuEngine;
use seodang_ir::{Argument, Builder, Engine, TensorType};
use seodang_tensor::{Array, DType, Function, GradientTape, Result, Tensor, Variable};
use std::hint::black_box;
use std::time::Instant;

fn best(name: &str, mut f: impl FnMut() -> Result<()>) -> Result<()> {
    let mut best = f64::INFINITY;
    for _ in 0..40 {
        let start = Instant::now();
        for _ in 0..500 {
            f()?;
        }
        best = best.min(start.elapsed().as_secs_f64() / 500.0);
    }
    println!("{name:<48} {:>10.0} ns", best * 1e9);
    Ok(())
}

fn main() -> Result<()> {
    let x = Tensor::ones(DType::F32, [4])?;
    let y = Tensor::ones(DType::F32, [4])?;
    let row = Tensor::ones(DType::F32, [2, 4])?;
    let (p, q) = (x.buffer()?.clone(), y.buffer()?.clone());
    let b = Builder::new("add");
    let ty = TensorType::new(DType::F32, [4]);
    let (u, v) = (b.input(ty.clone()), b.input(ty));
    let program = CpuEngine::new().compile(&b.finish(&[u + v])?)?;
    best("engine: add of two [4]", || {
        black_box(program.run(vec![Argument::Borrow(&p), Argument::Borrow(&q)])?);
        Ok(())
    })?;
    best("eager: add of two [4]", || black_box(x.add(&y)).map(drop))?;
    best("eager: add of a number", || black_box(x.add(2.0)).map(drop))?;
    best("eager: add of [2, 4] and [4]", || black_box(row.add(&x)).map(drop))?;
    best("eager: tanh of [4]", || black_box(x.tanh()).map(drop))?;
    best("eager: sum of [4]", || black_box(x.sum(&[], false)).map(drop))?;
    best("eager: softmax of [2, 4]", || black_box(row.softmax(-1)).map(drop))?;
    best("eager: item", || black_box(x.buffer()?.download()).map(drop))?;

    let f = Function::new("add", |x: &[Tensor]| Ok(vec![x[0].add(&x[1])?]));
    let arguments = [x.clone(), y.clone()];
    best("function: add of two [4]", || black_box(f.call(&arguments)).map(drop))?;
    for n in [8, 32] {
        let variables = (0..n)
            .map(|i| Variable::new(Array::zeros(DType::F32, [4]), format!("v{i}")))
            .collect::<Result<Vec<_>>>()?;
        let all = variables.clone();
        let f = Function::new("update", move |x: &[Tensor]| {
            for v in &all {
                v.assign_add(&x[0])?;
            }
            Ok(vec![x[0].clone()])
        });
        best(&format!("function: update of {n} variables [4]"), || {
            black_box(f.call(std::slice::from_ref(&x))).map(drop)
        })?;
        // The same program without the function around it.
        let graph = f.graph(&[x.ty().clone()])?;
        let program = CpuEngine::new().compile(&graph)?;
        let mut state = variables
            .iter()
            .map(|v| CpuEngine::new().upload(&Array::zeros(v.dtype(), v.shape().clone())))
            .collect::<Result<Vec<_>>>()?;
        best(&format!("engine: update of {n} buffers [4]"), || {
            let mut list = vec![Argument::Borrow(&p)];
            list.extend(state.drain(..).map(Argument::Donate));
            state = program.run(list)?.split_off(1);
            Ok(())
        })?;
    }

    best("tape: gradient of a sum of squares of [4]", || {
        let tape = GradientTape::new();
        tape.watch(&x);
        let y = tape.record(|| x.square()?.sum(&[], false))?;
        black_box(tape.gradient(&y, &[&x])).map(drop)
    })
}
