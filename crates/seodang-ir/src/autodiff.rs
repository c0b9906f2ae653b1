//! Reverse-mode differentiation, graph to graph.
//!
//! The derivative of a program is a program: rules add ordinary nodes, so gradients can be
//! differentiated again, to any order.

use crate::op::OpDef;
use crate::{Builder, Expr, Op, TensorType, ValueId};
use seodang_core::{Error, Result, text};
use std::collections::HashMap;

/// What a record says about the derivative of its op. There is no way to forget it.
pub enum Derivative<D> {
    /// The rule of reverse mode: from the cotangents of the results to those of the operands.
    Rule(for<'b> fn(&D, &Vjp<'b>) -> Result<Gradients<'b>>),
    /// The derivative is zero wherever it exists, for the given reason.
    ZeroGradient(&'static str),
    /// There is no derivative, or no rule for it, for the given reason.
    NotDifferentiable(&'static str),
}

/// The verdict of a [`Derivative`], without the rule.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Verdict {
    /// There is a rule.
    Rule,
    /// Zero, with the reason.
    ZeroGradient(&'static str),
    /// None, with the reason.
    NotDifferentiable(&'static str),
}

impl<D> Derivative<D> {
    /// The verdict.
    pub fn verdict(&self) -> Verdict {
        match *self {
            Derivative::Rule(_) => Verdict::Rule,
            Derivative::ZeroGradient(why) => Verdict::ZeroGradient(why),
            Derivative::NotDifferentiable(why) => Verdict::NotDifferentiable(why),
        }
    }
}

/// One cotangent for each operand; `None` where there is none (an integer operand, a zero).
pub type Gradients<'b> = Vec<Option<Expr<'b>>>;

/// What a rule works with: one node, and the cotangents of its results.
pub struct Vjp<'b> {
    /// The builder the rule adds nodes to.
    pub b: &'b Builder,
    /// The operands of the node.
    pub operands: Vec<Expr<'b>>,
    /// The results of the node.
    pub results: Vec<Expr<'b>>,
    /// The cotangents of the results; `None` where a result does not matter.
    pub cotangents: Vec<Option<Expr<'b>>>,
    /// Which operands' cotangents are wanted.
    pub wanted: Vec<bool>,
}

impl<'b> Vjp<'b> {
    /// The cotangent of the only (or first) result.
    pub fn dy(&self) -> Expr<'b> {
        self.cotangent(0)
    }

    /// The cotangent of result `i`, zero where it does not matter.
    pub fn cotangent(&self, i: usize) -> Expr<'b> {
        self.cotangents[i].unwrap_or_else(|| self.results[i].zeros_like())
    }
}

pub(crate) fn apply<'b, D: OpDef>(record: &D, cx: &Vjp<'b>) -> Result<Gradients<'b>> {
    match record.derivative() {
        Derivative::Rule(rule) => rule(record, cx),
        Derivative::ZeroGradient(_) => Ok(vec![None; cx.operands.len()]),
        Derivative::NotDifferentiable(why) => Err(Error::gradient(text!(
            en: "the op has no derivative: {why}",
            ko: "이 연산은 미분할 수 없습니다: {why}"
        ))
        .during(record.mnemonic())),
    }
}

/// The gradients with respect to `wrt` of the sum over `outputs` of output times cotangent.
///
/// `outputs` pairs each output with its cotangent of the same type. A result is `None` where no
/// differentiable path leads from the value to an output; the caller decides whether that is an
/// error. Only floating-point values carry cotangents.
///
/// # Errors
/// `Gradient`, if an op without a derivative lies on a path; `Shape`, if a cotangent does not have
/// its output's type.
pub fn gradients<'b>(
    b: &'b Builder,
    outputs: &[(Expr<'b>, Expr<'b>)],
    wrt: &[Expr<'b>],
) -> Result<Gradients<'b>> {
    let (nodes, reached) = {
        let graph = b.graph();
        let mut reached = vec![false; graph.value_count()];
        for x in wrt {
            reached[x.id().index()] = graph.ty(x.id()).dtype.is_float();
        }
        for node in graph.nodes() {
            // What follows from a wanted value, through values that can carry a cotangent.
            if node.operands.iter().any(|v| reached[v.index()])
                && !matches!(node.op.verdict(), Verdict::ZeroGradient(_))
            {
                for r in node.results() {
                    reached[r.index()] |= graph.ty(r).dtype.is_float();
                }
            }
        }
        (graph.nodes().to_vec(), reached)
    };
    let mut cotangents: HashMap<ValueId, Expr<'b>> = HashMap::new();
    for (y, dy) in outputs {
        if y.ty() != dy.ty() {
            return Err(Error::shape(text!(
                en: "the cotangent does not have the output's type",
                ko: "코탄젠트의 타입이 출력과 다릅니다"
            ))
            .during("gradients")
            .given("output", y.ty())
            .given("cotangent", dy.ty()));
        }
        accumulate(&mut cotangents, y.id(), *dy);
    }
    for node in nodes.iter().rev() {
        let wanted: Vec<bool> = node.operands.iter().map(|v| reached[v.index()]).collect();
        let has = node.results().any(|r| cotangents.contains_key(&r));
        if !has || !wanted.contains(&true) || !node.results().any(|r| reached[r.index()]) {
            continue;
        }
        let cx = Vjp {
            b,
            operands: node.operands.iter().map(|&v| b.expr(v)).collect(),
            results: node.results().map(|v| b.expr(v)).collect(),
            cotangents: node.results().map(|v| cotangents.get(&v).copied()).collect(),
            wanted: wanted.clone(),
        };
        let gradients = node.op.gradients(&cx)?;
        check_rule(&node.op, &cx, &gradients)?;
        for ((&v, dx), wanted) in node.operands.iter().zip(gradients).zip(wanted) {
            if let (Some(dx), true) = (dx, wanted) {
                accumulate(&mut cotangents, v, dx);
            }
        }
    }
    Ok(wrt.iter().map(|x| cotangents.get(&x.id()).copied()).collect())
}

fn accumulate<'b>(cotangents: &mut HashMap<ValueId, Expr<'b>>, v: ValueId, dx: Expr<'b>) {
    cotangents.entry(v).and_modify(|sum| *sum = *sum + dx).or_insert(dx);
}

/// A rule that returns the wrong number of cotangents or a wrong type is a bug worth a clear word.
fn check_rule(op: &Op, cx: &Vjp<'_>, gradients: &Gradients<'_>) -> Result<()> {
    let types: Vec<Option<TensorType>> =
        gradients.iter().map(|g| g.as_ref().map(Expr::ty)).collect();
    let fits = types.len() == cx.operands.len()
        && types.iter().zip(&cx.operands).all(|(g, x)| g.as_ref().is_none_or(|g| *g == x.ty()));
    if fits {
        return Ok(());
    }
    Err(Error::internal(text!(
        en: "the derivative's rule returned types that are not the operands'",
        ko: "미분 규칙이 피연산자와 다른 타입을 돌려주었습니다"
    ))
    .during(op.mnemonic())
    .given("returned", format!("{types:?}"))
    .given("operands", format!("{:?}", cx.operands.iter().map(Expr::ty).collect::<Vec<_>>())))
}
