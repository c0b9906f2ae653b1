//! Loops of known length over the rows of arrays.

use super::{check_body, doc, require};
use crate::autodiff::Derivative;
use crate::op::{Dialect, OpDef};
use crate::{Graph, TensorType};
use seodang_core::{Array, Result, Text, text};
use std::sync::Arc;

/// Applies a body `length` times to carried values and one row of each scanned array, collecting one
/// row of each output.
///
/// Operands are `carried` carried values, then constants that every step sees (`constants` of them),
/// then arrays whose first dimension is `length`. The body takes carried values, constants and rows,
/// and returns the next carried values and the rows of the outputs. Results are the last carried
/// values and the collected outputs. With `reverse`, rows are taken from the last to the first, and
/// outputs stored likewise.
#[derive(Clone, PartialEq, Debug)]
pub struct Scan {
    /// The number of steps.
    pub length: usize,
    /// How many of the operands are carried.
    pub carried: usize,
    /// How many of the operands are the same in every step.
    pub constants: usize,
    /// Whether to go from the last row to the first.
    pub reverse: bool,
    /// The body.
    pub body: Arc<Graph>,
}

impl OpDef for Scan {
    fn mnemonic(&self) -> &'static str {
        "scan"
    }

    fn dialect(&self) -> Dialect {
        Dialect::Seodang
    }

    fn spec(&self) -> &'static str {
        "Seodang: a while loop over rows, as jax.lax.scan"
    }

    fn doc(&self) -> Text {
        doc("A body applied to one row after another.", "행을 따라 차례로 반복하기.")
    }

    fn infer(&self, operands: &[TensorType]) -> Result<Vec<TensorType>> {
        let fixed = self.carried + self.constants;
        require(operands.len() >= fixed, "scan C1", || {
            text!(
                en: "{} operands given, {fixed} are carried or constant", operands.len();
                ko: "피연산자가 {}개인데 이월과 상수가 {fixed}개입니다", operands.len()
            )
        })?;
        let (head, arrays) = operands.split_at(fixed);
        let mut inputs = head.to_vec();
        for x in arrays {
            require(x.shape.first() == Some(&self.length), "scan C2", || {
                text!(
                    en: "the first dimension of {} is not the length {}", x.shape, self.length;
                    ko: "{}의 첫 차원이 길이 {}이(가) 아닙니다", x.shape, self.length
                )
            })?;
            inputs.push(x.with_shape(&x.shape[1..]));
        }
        let outputs = self.body.output_types();
        require(
            outputs.len() >= self.carried,
            "scan C3",
            || text!(en: "the body returns too little", ko: "본문이 돌려주는 값이 모자랍니다"),
        )?;
        let next = [&head[..self.carried], &outputs[self.carried..]].concat();
        check_body(&self.body, &inputs, &next, "scan C3")?;
        let collected = outputs[self.carried..].iter().map(|y| {
            let shape: Vec<usize> =
                std::iter::once(self.length).chain(y.shape.iter().copied()).collect();
            y.with_shape(shape)
        });
        Ok(head[..self.carried].iter().cloned().chain(collected).collect())
    }

    fn result_count(&self, _: usize) -> usize {
        self.body.outputs().len()
    }

    fn derivative(&self) -> Derivative<Scan> {
        super::scan_vjp::derivative()
    }

    fn eval(&self, operands: &[Array], results: &[TensorType]) -> Result<Vec<Array>> {
        let fixed = self.carried + self.constants;
        let mut carried = operands[..self.carried].to_vec();
        let mut collected: Vec<Array> = (results[self.carried..].iter())
            .map(|ty| Array::zeros(ty.dtype, ty.shape.clone()))
            .collect();
        for step in 0..self.length {
            let row = if self.reverse { self.length - 1 - step } else { step };
            let mut arguments = carried;
            arguments.extend_from_slice(&operands[self.carried..fixed]);
            for x in &operands[fixed..] {
                arguments.push(x.slice_rows(row, row + 1)?.reshape(&x.shape()[1..])?);
            }
            let mut outputs = crate::evaluate(&self.body, &arguments)?;
            for (to, y) in collected.iter_mut().zip(outputs.drain(self.carried..)) {
                let len = y.bytes().len();
                to.bytes_mut()[row * len..(row + 1) * len].copy_from_slice(y.bytes());
            }
            carried = outputs;
        }
        carried.extend(collected);
        Ok(carried)
    }

    fn lower(&self, operands: &[TensorType]) -> Result<Option<Graph>> {
        super::scan_lower::lower(self, operands).map(Some)
    }

    fn attributes(&self) -> Vec<(&'static str, String)> {
        vec![
            ("length", self.length.to_string()),
            ("carried", self.carried.to_string()),
            ("constants", self.constants.to_string()),
            ("reverse", self.reverse.to_string()),
        ]
    }

    fn regions(&self) -> Vec<&Graph> {
        vec![&self.body]
    }

    fn with_regions(&self, regions: Vec<Graph>) -> Scan {
        let body = regions.into_iter().next().map_or_else(|| self.body.clone(), Arc::new);
        Scan { body, ..self.clone() }
    }
}
