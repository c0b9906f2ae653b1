//! Attention: what a query finds in values, by how well it agrees with their keys.
//!
//! [`Attention`] and [`AdditiveAttention`] are called on a list (query, value and, if it is not the
//! value, key); [`MultiHeadAttention`] and [`GroupedQueryAttention`] take the three apart, with a mask
//! of pairs as the fourth. All take the [`CallOptions`] `use_causal_mask` and
//! `return_attention_scores`.

mod dot;
mod multi_head;

pub use dot::{AdditiveAttention, Attention, ScoreMode};
pub use multi_head::{GroupedQueryAttention, MultiHeadAttention};

use super::noise::drop;
use super::{CallContext, CallOptions};
use crate::Dims;
use seodang_core::{DType, Error, Result, text};
use seodang_tensor::Tensor;

/// Whether a query's step (rows) may see a value's step (columns), `(1, steps, seen)`: none that is
/// later than its own.
fn causal_mask(steps: usize, seen: usize) -> Result<Tensor> {
    Tensor::ones(DType::F32, [1, steps, seen])?.tril(0)?.cast(DType::Bool)
}

/// Whether both steps are less than `window` apart, `(1, steps, seen)`.
fn window_mask(steps: usize, seen: usize, window: usize) -> Result<Tensor> {
    let reach = i32::try_from(window.min(steps.max(seen))).unwrap_or(i32::MAX) - 1;
    Tensor::ones(DType::F32, [1, steps, seen])?.tril(reach)?.triu(-reach)?.cast(DType::Bool)
}

/// What both masks allow.
fn both(a: Option<Tensor>, b: Option<Tensor>) -> Result<Option<Tensor>> {
    match (a, b) {
        (Some(a), Some(b)) => a.logical_and(&b).map(Some),
        (a, b) => Ok(a.or(b)),
    }
}

/// Drops a part of the attention while training.
fn dropped(cx: &CallContext, weights: &Tensor, rate: f64) -> Result<Tensor> {
    match cx.training() && rate > 0.0 {
        true => drop(cx, weights, rate, weights.shape().clone()),
        false => Ok(weights.clone()),
    }
}

/// Checks what a dropout rate can be.
fn check_dropout(rate: f64) -> Result<()> {
    if (0.0..=1.0).contains(&rate) {
        return Ok(());
    }
    Err(Error::value(text!(
        en: "\"dropout\" must lie between 0 and 1",
        ko: "\"dropout\"은(는) 0과 1 사이여야 합니다"
    ))
    .given("dropout", rate))
}

/// The error for shapes of query, value and key that do not belong together.
fn do_not_fit(inputs: &[Dims], what: &str) -> Error {
    let shapes: Vec<String> = inputs.iter().map(Dims::to_string).collect();
    Error::shape(text!(
        en: "query, value and key do not belong together",
        ko: "query, value, key의 모양이 서로 맞지 않습니다"
    ))
    .given("inputs", shapes.join(", "))
    .expected(what)
}

/// The outputs of a call: what the query found and, if asked for, how well it agreed with what.
fn results(options: CallOptions, output: Tensor, scores: Tensor) -> Vec<Tensor> {
    match options.return_attention_scores {
        true => vec![output, scores],
        false => vec![output],
    }
}
