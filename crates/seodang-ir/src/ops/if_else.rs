//! Branches.

use super::{arity, check_body, doc};
use crate::autodiff::Derivative;
use crate::op::OpDef;
use crate::{Builder, Graph, TensorType};
use seodang_core::{Array, Result, Text};
use std::sync::Arc;

/// Runs one of two branches by a boolean scalar, the first operand; the other operands are given to
/// the branch.
#[derive(Clone, PartialEq, Debug)]
pub struct If {
    /// The branch for true.
    pub then: Arc<Graph>,
    /// The branch for false.
    pub otherwise: Arc<Graph>,
}

impl OpDef for If {
    fn mnemonic(&self) -> &'static str {
        "if"
    }

    fn spec(&self) -> &'static str {
        "if"
    }

    fn doc(&self) -> Text {
        doc("One of two branches.", "두 갈래 중 하나.")
    }

    fn infer(&self, operands: &[TensorType]) -> Result<Vec<TensorType>> {
        let Some((p, rest)) = operands.split_first() else {
            return Err(arity(&[], 1).unwrap_err());
        };
        super::Families::BOOL.check(p.dtype, "if I1")?;
        super::require(
            p.rank() == 0,
            "if I1",
            || seodang_core::text!(en: "the predicate must be a scalar", ko: "조건은 스칼라여야 합니다"),
        )?;
        let outputs = self.then.output_types();
        check_body(&self.then, rest, &outputs, "if C1")?;
        check_body(&self.otherwise, rest, &outputs, "if C1, C2")?;
        Ok(outputs)
    }

    fn result_count(&self, _: usize) -> usize {
        self.then.outputs().len()
    }

    fn derivative(&self) -> Derivative<If> {
        // A branch whose branches are the derivatives of the branches.
        Derivative::Rule(|op, cx| {
            let operands = &cx.operands[1..];
            let floats = |values: &[crate::Expr<'_>]| -> Vec<usize> {
                (0..values.len()).filter(|&i| values[i].dtype().is_float()).collect()
            };
            let (wanted, given) = (floats(operands), floats(&cx.results));
            let derive = |branch: &Graph| -> Result<Graph> {
                let b = Builder::new(format!("{}_vjp", branch.name()));
                let x: Vec<_> = operands.iter().map(|e| b.input(e.ty())).collect();
                let dy: Vec<_> = given.iter().map(|&i| b.input(cx.results[i].ty())).collect();
                let y = b.inline(branch, &x)?;
                let outputs: Vec<_> = given.iter().zip(dy).map(|(&i, dy)| (y[i], dy)).collect();
                let sources: Vec<_> = wanted.iter().map(|&i| x[i]).collect();
                let dx = crate::gradients(&b, &outputs, &sources)?;
                let dx: Vec<_> = (dx.into_iter().zip(&sources))
                    .map(|(dx, x)| dx.unwrap_or_else(|| x.zeros_like()))
                    .collect();
                b.finish(&dx)
            };
            let op = If {
                then: Arc::new(derive(&op.then)?),
                otherwise: Arc::new(derive(&op.otherwise)?),
            };
            let cotangents = given.iter().map(|&i| cx.cotangent(i));
            let inputs: Vec<_> = cx.operands.iter().copied().chain(cotangents).collect();
            let mut gradients = vec![None; cx.operands.len()];
            if !wanted.is_empty() {
                for (i, dx) in wanted.into_iter().zip(cx.b.apply_n(op, &inputs)) {
                    gradients[i + 1] = Some(dx);
                }
            }
            Ok(gradients)
        })
    }

    fn eval(&self, operands: &[Array], _: &[TensorType]) -> Result<Vec<Array>> {
        let branch = if operands[0].item()? != 0.0 { &self.then } else { &self.otherwise };
        crate::evaluate(branch, &operands[1..])
    }

    fn regions(&self) -> Vec<&Graph> {
        vec![&self.then, &self.otherwise]
    }

    fn with_regions(&self, regions: Vec<Graph>) -> If {
        let mut regions = regions.into_iter().map(Arc::new);
        let then = regions.next().unwrap_or_else(|| self.then.clone());
        let otherwise = regions.next().unwrap_or_else(|| self.otherwise.clone());
        If { then, otherwise }
    }
}
