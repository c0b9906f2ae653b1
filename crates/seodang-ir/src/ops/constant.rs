//! Ops without operands: constants and counting.

use super::{arity, doc, require};
use crate::TensorType;
use crate::autodiff::Derivative;
use crate::op::OpDef;
use seodang_core::{Array, Result, Text, text};

/// A value that is known when the graph is built.
#[derive(Clone, PartialEq, Debug)]
pub struct Constant {
    /// The value.
    pub value: Array,
}

impl OpDef for Constant {
    fn mnemonic(&self) -> &'static str {
        "constant"
    }

    fn spec(&self) -> &'static str {
        "constant"
    }

    fn doc(&self) -> Text {
        doc("A value known beforehand.", "미리 아는 값.")
    }

    fn infer(&self, operands: &[TensorType]) -> Result<Vec<TensorType>> {
        arity(operands, 0)?;
        Ok(vec![TensorType::of(&self.value)])
    }

    fn derivative(&self) -> Derivative<Constant> {
        Derivative::ZeroGradient("it has no operands")
    }

    fn eval(&self, _: &[Array], _: &[TensorType]) -> Result<Vec<Array>> {
        Ok(vec![self.value.clone()])
    }

    fn attributes(&self) -> Vec<(&'static str, String)> {
        vec![("value", crate::stablehlo::literal(&self.value))]
    }
}

/// Numbers counted along one dimension, from 0.
#[derive(Clone, PartialEq, Debug)]
pub struct Iota {
    /// The type of the result.
    pub ty: TensorType,
    /// The dimension that is counted along.
    pub dimension: usize,
}

impl OpDef for Iota {
    fn mnemonic(&self) -> &'static str {
        "iota"
    }

    fn spec(&self) -> &'static str {
        "iota"
    }

    fn doc(&self) -> Text {
        doc("The index along one dimension.", "한 차원을 따라 센 번호.")
    }

    fn infer(&self, operands: &[TensorType]) -> Result<Vec<TensorType>> {
        arity(operands, 0)?;
        super::Families::NUMBER.check(self.ty.dtype, "iota I1")?;
        require(self.dimension < self.ty.rank(), "iota C1", || {
            text!(
                en: "iota_dimension {} is not below the rank {}", self.dimension, self.ty.rank();
                ko: "iota_dimension {}이(가) 차원 수 {}보다 작지 않습니다", self.dimension, self.ty.rank()
            )
        })?;
        Ok(vec![self.ty.clone()])
    }

    fn derivative(&self) -> Derivative<Iota> {
        Derivative::ZeroGradient("it has no operands")
    }

    fn eval(&self, _: &[Array], _: &[TensorType]) -> Result<Vec<Array>> {
        let shape = &self.ty.shape;
        Ok(vec![Array::from_fn(self.ty.dtype, shape.clone(), |i| {
            shape.unravel(i)[self.dimension] as f64
        })])
    }

    fn attributes(&self) -> Vec<(&'static str, String)> {
        vec![("iota_dimension", format!("{} : i64", self.dimension))]
    }
}
