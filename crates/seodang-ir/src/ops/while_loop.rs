//! Loops of unknown length.

use super::{check_body, doc};
use crate::autodiff::Derivative;
use crate::op::OpDef;
use crate::{Graph, TensorType};
use seodang_core::{Array, DType, Result, Text};
use std::sync::Arc;

/// Applies a body to the operands while a condition holds. Bodies close over nothing: what they need
/// is carried.
#[derive(Clone, PartialEq, Debug)]
pub struct While {
    /// From the carried values to a boolean scalar.
    pub condition: Arc<Graph>,
    /// From the carried values to the next ones.
    pub body: Arc<Graph>,
}

impl OpDef for While {
    fn mnemonic(&self) -> &'static str {
        "while"
    }

    fn spec(&self) -> &'static str {
        "while"
    }

    fn doc(&self) -> Text {
        doc("A body repeated while a condition holds.", "조건이 참인 동안 반복하기.")
    }

    fn infer(&self, operands: &[TensorType]) -> Result<Vec<TensorType>> {
        check_body(&self.condition, operands, &[TensorType::scalar(DType::Bool)], "while C1")?;
        check_body(&self.body, operands, operands, "while C2, C3")?;
        Ok(operands.to_vec())
    }

    fn result_count(&self, operands: usize) -> usize {
        operands
    }

    fn derivative(&self) -> Derivative<While> {
        Derivative::NotDifferentiable(
            "the number of steps is not known; give max_iterations, which makes it a scan",
        )
    }

    fn eval(&self, operands: &[Array], _: &[TensorType]) -> Result<Vec<Array>> {
        let mut carried = operands.to_vec();
        while crate::evaluate(&self.condition, &carried)?[0].item()? != 0.0 {
            carried = crate::evaluate(&self.body, &carried)?;
        }
        Ok(carried)
    }

    fn regions(&self) -> Vec<&Graph> {
        vec![&self.condition, &self.body]
    }

    fn with_regions(&self, regions: Vec<Graph>) -> While {
        let mut regions = regions.into_iter().map(Arc::new);
        let condition = regions.next().unwrap_or_else(|| self.condition.clone());
        let body = regions.next().unwrap_or_else(|| self.body.clone());
        While { condition, body }
    }
}
