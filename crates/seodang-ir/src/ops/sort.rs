//! Sorting.

use super::{check_body, doc, require};
use crate::autodiff::Derivative;
use crate::op::OpDef;
use crate::{Graph, TensorType};
use seodang_core::{Array, DType, Error, Result, Text, text};
use std::sync::Arc;

/// Sorts one or more arrays of one shape together along a dimension.
///
/// The comparator takes two elements of each operand (`a0, b0, a1, b1, ...`) and says whether the
/// first tuple comes before the second.
#[derive(Clone, PartialEq, Debug)]
pub struct Sort {
    /// The dimension.
    pub dimension: usize,
    /// Whether equal elements keep their order.
    pub is_stable: bool,
    /// The comparator.
    pub comparator: Arc<Graph>,
}

impl OpDef for Sort {
    fn mnemonic(&self) -> &'static str {
        "sort"
    }

    fn spec(&self) -> &'static str {
        "sort"
    }

    fn doc(&self) -> Text {
        doc("Arrays sorted together along a dimension.", "한 차원을 따라 함께 정렬하기.")
    }

    fn infer(&self, operands: &[TensorType]) -> Result<Vec<TensorType>> {
        let Some(first) = operands.first() else {
            return Err(Error::value(text!(
                en: "at least one operand is needed",
                ko: "피연산자가 하나 이상 필요합니다"
            ))
            .constraint("sort C1"));
        };
        require(
            operands.iter().all(|x| x.shape == first.shape),
            "sort C3",
            || text!(en: "all operands need one shape", ko: "모든 피연산자의 모양이 같아야 합니다"),
        )?;
        require(self.dimension < first.rank(), "sort C4", || {
            text!(
                en: "dimension {} is not below the rank {}", self.dimension, first.rank();
                ko: "차원 {}이(가) 차원 수 {}보다 작지 않습니다", self.dimension, first.rank()
            )
        })?;
        let pairs: Vec<TensorType> = operands
            .iter()
            .flat_map(|x| [TensorType::scalar(x.dtype), TensorType::scalar(x.dtype)])
            .collect();
        check_body(&self.comparator, &pairs, &[TensorType::scalar(DType::Bool)], "sort C5")?;
        Ok(operands.to_vec())
    }

    fn result_count(&self, operands: usize) -> usize {
        operands
    }

    fn derivative(&self) -> Derivative<Sort> {
        Derivative::NotDifferentiable("PENDING")
    }

    fn eval(&self, _operands: &[Array], _results: &[TensorType]) -> Result<Vec<Array>> {
        Err(Error::unsupported("PENDING"))
    }

    fn attributes(&self) -> Vec<(&'static str, String)> {
        vec![
            ("dimension", format!("{} : i64", self.dimension)),
            ("is_stable", self.is_stable.to_string()),
        ]
    }

    fn regions(&self) -> Vec<&Graph> {
        vec![&self.comparator]
    }

    fn with_regions(&self, regions: Vec<Graph>) -> Sort {
        let comparator =
            regions.into_iter().next().map_or_else(|| self.comparator.clone(), Arc::new);
        Sort { comparator, ..self.clone() }
    }
}
