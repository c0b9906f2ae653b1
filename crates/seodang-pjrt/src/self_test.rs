//! What a plugin must do right before it is trusted.
//!
//! There are plugins that compute single steps right and train wrongly: while one part of a program
//! still reads a donated weight, another already writes the new one in its place. So a small layer is
//! trained for some steps with its weights donated, and must arrive where the reference evaluator does.

use seodang_core::{Array, DType, Error, Result, text};
use seodang_ir::ops::DotGeneral;
use seodang_ir::{Argument, Buffer, Builder, Donation, Engine, Expr, Graph, TensorType, evaluate};

const STEPS: usize = 4;
const BATCH: usize = 8;
const FEATURES: usize = 96;
const HIDDEN: usize = 64;

/// One step of a network of two layers: new weights from old ones, which are donated.
fn step() -> Result<Graph> {
    let b = Builder::new("donation self-test");
    let ty = |shape: [usize; 2]| TensorType::new(DType::F32, shape);
    let w1 = b.input(ty([FEATURES, HIDDEN]));
    let w2 = b.input(ty([HIDDEN, FEATURES]));
    let x = b.input(ty([BATCH, FEATURES]));
    let h = product(x, 1, w1, 0).tanh();
    let error = product(h, 1, w2, 0) - x;
    let d2 = product(h, 0, error, 0);
    let d1 = product(x, 0, product(error, 1, w2, 1) * (1.0 - h * h), 0);
    let graph = b.finish(&[w1 - d1 * 0.01, w2 - d2 * 0.01])?;
    graph.with_donations((0..2).map(|i| Donation { input: i, output: i }).collect())
}

/// The matrix product that sums over one dimension of each.
fn product<'b>(a: Expr<'b>, i: usize, b: Expr<'b>, j: usize) -> Expr<'b> {
    let (lhs_contracting, rhs_contracting) = (vec![i], vec![j]);
    let batching = Vec::new();
    let op = DotGeneral {
        lhs_batching: batching.clone(),
        rhs_batching: batching,
        lhs_contracting,
        rhs_contracting,
        result: None,
    };
    a.dot_general(b, op)
}

/// Trains with donated weights.
///
/// # Errors
/// `Engine`, if the plugin's weights are not the evaluator's, or if it fails.
pub(crate) fn donation(engine: &dyn Engine) -> Result<()> {
    let graph = step()?;
    let noise = |shape: [usize; 2], k: usize| {
        Array::from_fn(DType::F32, shape, |i| ((i * k) % 211) as f64 / 211.0 - 0.5)
    };
    let mut want = vec![noise([FEATURES, HIDDEN], 89), noise([HIDDEN, FEATURES], 101)];
    let x = noise([BATCH, FEATURES], 37);
    let program = engine.compile(&graph)?;
    let mut weights = want.iter().map(|a| engine.upload(a)).collect::<Result<Vec<Buffer>>>()?;
    let input = engine.upload(&x)?;
    for _ in 0..STEPS {
        let mut arguments: Vec<_> = weights.into_iter().map(Argument::Donate).collect();
        arguments.push(Argument::Borrow(&input));
        weights = program.run(arguments)?;
        want.push(x.clone());
        want = evaluate(&graph, &want)?;
    }
    for (got, want) in weights.iter().zip(&want) {
        let got = got.download()?.to_f64_vec();
        let far = got.iter().zip(want.to_f64_vec()).map(|(g, w)| (g - w).abs()).fold(0.0, worse);
        // Rounding, also that of the ten-bit products of some devices, stays below a hundredth; a
        // weight that was read too late is off by its own size.
        if far > 0.02 {
            return Err(Error::engine(text!(
                en: "the PJRT plugin trains wrongly when state is donated: do not use this build",
                ko: "이 PJRT 플러그인은 상태를 넘겨주면(donate) 학습 결과가 틀립니다: 쓰지 마세요"
            ))
            .during(text!(en: "donation self-test", ko: "donate 자가 시험"))
            .given(text!(en: "largest error", ko: "최대 오차").en, far)
            .hint(text!(
                en: "take another build of the plugin, or look for a flag that mends it",
                ko: "다른 빌드를 쓰거나, 문제를 없애는 플래그를 찾아보세요"
            )));
        }
    }
    Ok(())
}

/// The larger of two errors; NaN is the largest.
fn worse(a: f64, b: f64) -> f64 {
    if b > a || b.is_nan() { b } else { a }
}
