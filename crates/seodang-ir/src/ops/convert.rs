//! Conversion between element types.

use super::{arity, doc};
use crate::TensorType;
use crate::autodiff::Derivative;
use crate::op::OpDef;
use seodang_core::{Array, DType, Result, Text};

/// The same numbers in another element type: floats round to even, floats to integers truncate and
/// saturate (NaN gives 0), integers wrap, booleans are "not 0".
#[derive(Clone, PartialEq, Debug)]
pub struct Convert {
    /// The element type of the result.
    pub dtype: DType,
}

impl OpDef for Convert {
    fn mnemonic(&self) -> &'static str {
        "convert"
    }

    fn spec(&self) -> &'static str {
        "convert"
    }

    fn doc(&self) -> Text {
        doc("The same numbers in another element type.", "다른 원소 타입으로 바꾼 같은 수.")
    }

    fn infer(&self, operands: &[TensorType]) -> Result<Vec<TensorType>> {
        arity(operands, 1)?;
        Ok(vec![operands[0].with_dtype(self.dtype)])
    }

    fn derivative(&self) -> Derivative<Convert> {
        Derivative::Rule(|op, cx| {
            let x = cx.operands[0];
            let both = op.dtype.is_float() && x.dtype().is_float();
            Ok(vec![both.then(|| cx.dy().convert(x.dtype()))])
        })
    }

    fn eval(&self, operands: &[Array], _: &[TensorType]) -> Result<Vec<Array>> {
        Ok(vec![operands[0].convert(self.dtype)])
    }
}
