//! Scattering to the selected element of each window: the derivative of max pooling.

use super::{Window, arity, check_body, doc, require, same_dtype};
use crate::autodiff::Derivative;
use crate::op::OpDef;
use crate::{Graph, TensorType};
use seodang_core::{Array, DType, Error, Result, Text, text};
use std::sync::Arc;

/// For each position of a window over the first operand, chooses one element with `select` and
/// combines the source's element (second operand) into that place with `scatter`, starting from the
/// initial value (third operand, a scalar).
#[derive(Clone, PartialEq, Debug)]
pub struct SelectAndScatter {
    /// The window; without dilations.
    pub window: Window,
    /// Whether the first of two elements is chosen over the second.
    pub select: Arc<Graph>,
    /// How source elements that meet are combined.
    pub scatter: Arc<Graph>,
}

impl OpDef for SelectAndScatter {
    fn mnemonic(&self) -> &'static str {
        "select_and_scatter"
    }

    fn spec(&self) -> &'static str {
        "select_and_scatter"
    }

    fn doc(&self) -> Text {
        doc("Scattering to the chosen element of each window.", "창마다 고른 원소로 흩뿌리기.")
    }

    fn infer(&self, operands: &[TensorType]) -> Result<Vec<TensorType>> {
        arity(operands, 3)?;
        let (x, source, init) = (&operands[0], &operands[1], &operands[2]);
        same_dtype(x, source, "select_and_scatter C3")?;
        same_dtype(x, init, "select_and_scatter C3")?;
        require(
            init.rank() == 0,
            "select_and_scatter I3",
            || text!(en: "the initial value must be a scalar", ko: "초기값은 스칼라여야 합니다"),
        )?;
        let undilated = |v: &[usize]| v.iter().all(|&k| k == 1);
        require(
            undilated(&self.window.base_dilations) && undilated(&self.window.window_dilations),
            "select_and_scatter I4-I6",
            || text!(en: "the window must not be dilated", ko: "창은 팽창할 수 없습니다"),
        )?;
        let positions = self.window.result_shape(&x.shape, "select_and_scatter C4-C8")?;
        require(positions == source.shape, "select_and_scatter C1, C2", || {
            text!(
                en: "the source's shape {} is not that of the window's positions {positions}", source.shape;
                ko: "source의 모양 {}이(가) 창의 위치 {positions}와(과) 다릅니다", source.shape
            )
        })?;
        let scalar = TensorType::scalar(x.dtype);
        let pair = [scalar.clone(), scalar.clone()];
        check_body(
            &self.select,
            &pair,
            &[TensorType::scalar(DType::Bool)],
            "select_and_scatter C9",
        )?;
        check_body(&self.scatter, &pair, &[scalar], "select_and_scatter C10")?;
        Ok(vec![x.clone()])
    }

    fn derivative(&self) -> Derivative<SelectAndScatter> {
        Derivative::NotDifferentiable("PENDING")
    }

    fn eval(&self, _operands: &[Array], _results: &[TensorType]) -> Result<Vec<Array>> {
        Err(Error::unsupported("PENDING"))
    }

    fn attributes(&self) -> Vec<(&'static str, String)> {
        let keep = ["window_dimensions", "window_strides", "padding"];
        self.window.attributes().into_iter().filter(|(n, _)| keep.contains(n)).collect()
    }

    fn regions(&self) -> Vec<&Graph> {
        vec![&self.select, &self.scatter]
    }

    fn with_regions(&self, regions: Vec<Graph>) -> SelectAndScatter {
        let mut regions = regions.into_iter().map(Arc::new);
        let select = regions.next().unwrap_or_else(|| self.select.clone());
        let scatter = regions.next().unwrap_or_else(|| self.scatter.clone());
        SelectAndScatter { select, scatter, ..self.clone() }
    }
}
