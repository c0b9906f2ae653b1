//! Scattering to the selected element of each window: the derivative of max pooling.

use super::reduce::{collect, element};
use super::{Compare, Direction, ReduceWindow, Reducer, Window};
use super::{arity, check_body, doc, require, same_dtype};
use crate::autodiff::Derivative;
use crate::op::OpDef;
use crate::{Builder, Graph, Op, TensorType};
use seodang_core::{Array, DType, Error, Result, Shape, Text, text};
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

impl SelectAndScatter {
    /// A `select` body that compares its two elements.
    pub fn selector(direction: Direction, dtype: DType) -> Arc<Graph> {
        let b = Builder::new("select");
        let x = b.input(TensorType::scalar(dtype));
        let y = b.input(TensorType::scalar(dtype));
        let first = b.apply(Compare { direction }, &[x, y]);
        // Two scalars of one type always compare.
        Arc::new(b.finish(&[first]).unwrap_or_default())
    }

    /// The body of a window over pairs that keeps the pair whose first element `select` chooses.
    pub(crate) fn pair_selector(select: &Graph, dtype: DType) -> Result<Arc<Graph>> {
        let body = Builder::new("select_pair");
        let [key, value, other_key, other] =
            [(); 4].map(|()| body.input(TensorType::scalar(dtype)));
        let first = body.inline(select, &[key, other_key])?[0];
        let outputs = [first.select(key, other_key), first.select(value, other)];
        Ok(Arc::new(body.finish(&outputs)?))
    }

    /// The comparison `select` makes of its two elements in order, if it is one.
    pub fn direction(&self) -> Option<Direction> {
        let [node] = self.select.nodes() else { return None };
        let Op::Compare(Compare { direction }) = node.op else { return None };
        let plain =
            node.operands[..] == *self.select.inputs() && self.select.outputs() == [node.result(0)];
        plain.then_some(direction)
    }
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
        // Zero for the operand wherever the choice does not change; each source element gets the
        // cotangent of the place it went to, found by the same choice over pairs.
        Derivative::Rule(|op, cx| {
            let (x, dy) = (cx.operands[0], cx.dy());
            let b = cx.b;
            let chosen = |reducer: Reducer| reducer.identity(x.dtype());
            let worst = match op.direction() {
                Some(Direction::Ge | Direction::Gt) => chosen(Reducer::Maximum),
                Some(Direction::Le | Direction::Lt) => chosen(Reducer::Minimum),
                _ => {
                    return Err(Error::gradient(text!(
                        en: "only selection by comparison has a derivative",
                        ko: "비교로 고르는 경우만 미분할 수 있습니다"
                    )));
                }
            };
            if Reducer::of(&op.scatter) != Some(Reducer::Add) {
                return Err(Error::gradient(text!(
                    en: "only scattering by addition has a derivative",
                    ko: "더하기로 흩뿌리는 경우만 미분할 수 있습니다"
                )));
            }
            let body = SelectAndScatter::pair_selector(&op.select, x.dtype())?;
            let gather = ReduceWindow { window: op.window.clone(), body };
            let initial = [b.constant(worst), b.constant(Array::zeros(x.dtype(), []))];
            let pairs = b.apply_n(gather, &[x, dy, initial[0], initial[1]]);
            Ok(vec![None, Some(pairs[1]), None])
        })
    }

    fn eval(&self, operands: &[Array], results: &[TensorType]) -> Result<Vec<Array>> {
        let (x, source) = (&operands[0], &operands[1]);
        let shape = x.shape();
        let mut out = vec![operands[2].clone(); shape.size()];
        let offsets = Shape::from(&self.window.dimensions);
        for (flat, position) in source.shape().indices().enumerate() {
            let mut chosen: Option<usize> = None;
            for offset in offsets.indices() {
                let Some(index) = self.window.source(shape, &position, &offset) else { continue };
                let at = shape.ravel(&index);
                chosen = match chosen {
                    Some(best) => {
                        let pair = [element(x, best)?, element(x, at)?];
                        let keep = crate::evaluate(&self.select, &pair)?[0].item()? != 0.0;
                        Some(if keep { best } else { at })
                    }
                    None => Some(at),
                };
            }
            if let Some(at) = chosen {
                let pair = [out[at].clone(), element(source, flat)?];
                out[at] = crate::evaluate(&self.scatter, &pair)?.swap_remove(0);
            }
        }
        let places: Vec<Vec<Array>> = out.into_iter().map(|a| vec![a]).collect();
        collect(&places, results)
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
