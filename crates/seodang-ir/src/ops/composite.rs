//! A graph as one op.

use super::{check_body, doc};
use crate::autodiff::Derivative;
use crate::op::{Dialect, OpDef};
use crate::{Graph, TensorType};
use seodang_core::{Array, Error, Result, Text, text};
use std::sync::Arc;

/// The derivative of a [`Composite`].
#[derive(Clone, PartialEq, Debug)]
pub enum Backward {
    /// That of the body.
    Body,
    /// A graph from operands, results and the results' cotangents to the operands' cotangents: one
    /// output for each floating-point operand, in order. Custom gradients are this.
    Graph(Arc<Graph>),
    /// None flows, as through `stop_gradient`.
    Stop,
}

/// A named graph that an engine may have a kernel for; an engine without one inlines the body.
#[derive(Clone, PartialEq, Debug)]
pub struct Composite {
    /// The name an engine knows it by, such as `"seodang.adam"`.
    pub name: String,
    /// What it computes.
    pub body: Arc<Graph>,
    /// Its derivative.
    pub backward: Backward,
}

impl OpDef for Composite {
    fn mnemonic(&self) -> &'static str {
        "composite"
    }

    fn dialect(&self) -> Dialect {
        Dialect::Seodang
    }

    fn spec(&self) -> &'static str {
        "composite"
    }

    fn doc(&self) -> Text {
        doc("A named graph as one op.", "이름 붙은 그래프를 하나의 연산으로.")
    }

    fn infer(&self, operands: &[TensorType]) -> Result<Vec<TensorType>> {
        let outputs = self.body.output_types();
        check_body(&self.body, operands, &outputs, "composite C3, C4")?;
        if let Backward::Graph(backward) = &self.backward {
            let inputs = [operands, &outputs, &outputs].concat();
            let cotangents: Vec<TensorType> =
                operands.iter().filter(|x| x.dtype.is_float()).cloned().collect();
            check_body(backward, &inputs, &cotangents, "composite backward")?;
        }
        Ok(outputs)
    }

    fn result_count(&self, _: usize) -> usize {
        self.body.outputs().len()
    }

    fn derivative(&self) -> Derivative<Composite> {
        match self.backward {
            Backward::Stop => Derivative::ZeroGradient("gradients are stopped on purpose"),
            Backward::Body => Derivative::Rule(|op, cx| {
                let results = cx.b.inline(&op.body, &cx.operands)?;
                let outputs: Vec<_> = (results.into_iter().zip(&cx.cotangents))
                    .filter_map(|(y, dy)| dy.map(|dy| (y, dy)))
                    .collect();
                crate::gradients(cx.b, &outputs, &cx.operands)
            }),
            Backward::Graph(_) => Derivative::Rule(|op, cx| {
                let Backward::Graph(backward) = &op.backward else {
                    return Err(Error::internal(
                        text!(en: "no backward graph", ko: "역방향 그래프 없음"),
                    ));
                };
                let cotangents: Vec<_> = (0..cx.results.len()).map(|i| cx.cotangent(i)).collect();
                let inputs = [&cx.operands[..], &cx.results, &cotangents].concat();
                let mut given = cx.b.inline(backward, &inputs)?.into_iter();
                Ok(cx
                    .operands
                    .iter()
                    .map(|x| if x.dtype().is_float() { given.next() } else { None })
                    .collect())
            }),
        }
    }

    fn eval(&self, operands: &[Array], _: &[TensorType]) -> Result<Vec<Array>> {
        crate::evaluate(&self.body, operands)
    }

    fn attributes(&self) -> Vec<(&'static str, String)> {
        vec![("name", format!("{:?}", self.name))]
    }

    fn regions(&self) -> Vec<&Graph> {
        vec![&self.body]
    }

    fn with_regions(&self, regions: Vec<Graph>) -> Composite {
        let body = regions.into_iter().next().map_or_else(|| self.body.clone(), Arc::new);
        Composite { body, ..self.clone() }
    }

    fn lower(&self, _: &[TensorType]) -> Result<Option<Graph>> {
        Ok(Some((*self.body).clone()))
    }
}
