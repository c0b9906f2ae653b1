//! What a plugin must do right before it is trusted.
//!
//! There are plugins that compute single steps right and train wrongly: while one part of a program
//! still reads a donated weight, another already writes the new one in its place. So a small layer is
//! trained for some steps with its weights donated, and must arrive where the reference evaluator does.

use seodang_core::random::Stream;
use seodang_core::{DType, Error, Result, text};
use seodang_ir::ops::DotGeneral;
use seodang_ir::{Argument, Buffer, Builder, Donation, Engine, Expr, Graph, TensorType, evaluate};

const STEPS: usize = 4;
const BATCH: usize = 8;
const FEATURES: usize = 96;
const HIDDEN: usize = 64;
/// So large that reading a new weight for an old one shows after these steps (0.17), and so small that
/// training stays stable (products of eleven bits are off by 0.0004).
const RATE: f64 = 0.2;
const TOLERANCE: f64 = 0.01;

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
    let graph = b.finish(&[w1 - d1 * RATE, w2 - d2 * RATE])?;
    graph.with_donations((0..2).map(|i| Donation { input: i, output: i }).collect())
}

/// The matrix product that sums over one dimension of each.
fn product<'b>(a: Expr<'b>, i: usize, b: Expr<'b>, j: usize) -> Expr<'b> {
    let op = DotGeneral {
        lhs_batching: Vec::new(),
        rhs_batching: Vec::new(),
        lhs_contracting: vec![i],
        rhs_contracting: vec![j],
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
    let noise = |shape: [usize; 2], seed: u64| {
        Stream::new(seed, 0).array(DType::F32, shape, |s| 0.5 * s.uniform() - 0.25)
    };
    let mut want = vec![noise([FEATURES, HIDDEN], 1), noise([HIDDEN, FEATURES], 2)];
    let x = noise([BATCH, FEATURES], 3);
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
        if far.is_nan() || far > TOLERANCE {
            return Err(Error::engine(text!(
                en: "the PJRT plugin trains wrongly when state is donated: do not use this build",
                ko: "이 PJRT 플러그인은 상태를 넘겨주면(donate) 학습 결과가 틀립니다: 쓰지 마세요"
            ))
            .during(text!(en: "donation self-test", ko: "donate 자가 시험"))
            .given("largest error", far)
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

#[cfg(test)]
mod tests {
    use super::*;
    use seodang_core::Array;
    use seodang_ir::{Program, Reference};
    use std::sync::Arc;

    /// Engines that are wrong in some way.
    #[derive(Clone, Copy)]
    enum Faulty {
        /// Reads the first weight after it was written.
        Late,
        /// Loses the weights.
        Lost,
        /// Keeps eleven bits of what it multiplies, as tensor cores do.
        Rough,
    }

    struct FaultyProgram(Faulty, Graph);

    impl Engine for Faulty {
        fn name(&self) -> &str {
            "faulty"
        }
        fn compile(&self, graph: &Graph) -> Result<Arc<dyn Program>> {
            Ok(Arc::new(FaultyProgram(*self, graph.clone())))
        }
        fn upload(&self, array: &Array) -> Result<Buffer> {
            Reference.upload(array)
        }
    }

    impl Program for FaultyProgram {
        fn run(&self, arguments: Vec<Argument<'_>>) -> Result<Vec<Buffer>> {
            let mut given =
                arguments.iter().map(|a| a.buffer().download()).collect::<Result<Vec<_>>>()?;
            let outputs = match self.0 {
                Faulty::Late => {
                    let first = evaluate(&self.1, &given)?.swap_remove(0);
                    given[0] = first.clone();
                    vec![first, evaluate(&self.1, &given)?.swap_remove(1)]
                }
                Faulty::Lost => {
                    let nan = |ty: TensorType| Array::full(ty.dtype, ty.shape, f64::NAN);
                    self.1.output_types().into_iter().map(nan).collect()
                }
                Faulty::Rough => {
                    let rough = given.iter().map(|a| a.convert(DType::F16).convert(a.dtype()));
                    evaluate(&self.1, &rough.collect::<Vec<_>>())?
                }
            };
            outputs.iter().map(|a| Reference.upload(a)).collect()
        }
    }

    #[test]
    fn right_and_rough_engines_pass() {
        donation(&Reference).unwrap();
        donation(&Faulty::Rough).unwrap();
    }

    #[test]
    fn weights_read_too_late_or_lost_are_found() {
        for engine in [Faulty::Late, Faulty::Lost] {
            let e = donation(&engine).unwrap_err();
            assert!(e.to_string().contains("donate"), "{e}");
        }
    }
}
