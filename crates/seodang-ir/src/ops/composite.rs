//! A graph as one op.

use super::{check_body, doc};
use crate::autodiff::Derivative;
use crate::op::{Dialect, OpDef};
use crate::{Builder, Graph, TensorType};
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
                // In a graph of its own, where the operands are inputs: in the graph around, one
                // operand may depend on another, and its path would count twice.
                let b = Builder::new(op.name.clone());
                let x: Vec<_> = cx.operands.iter().map(|e| b.input(e.ty())).collect();
                let (mut pairs, mut inputs) = (Vec::new(), cx.operands.clone());
                for (y, dy) in b.inline(&op.body, &x)?.into_iter().zip(&cx.cotangents) {
                    if let Some(dy) = dy {
                        pairs.push((y, b.input(dy.ty())));
                        inputs.push(*dy);
                    }
                }
                let found = crate::gradients(&b, &pairs, &x)?;
                let graph = b.finish(&found.iter().flatten().copied().collect::<Vec<_>>())?;
                let mut given = cx.b.inline(&graph, &inputs)?.into_iter();
                Ok(found.iter().map(|dx| dx.and_then(|_| given.next())).collect())
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn operands_that_depend_on_each_other_count_once() {
        let body = Builder::new("product");
        let scalar = TensorType::scalar(seodang_core::DType::F64);
        let (x, y) = (body.input(scalar.clone()), body.input(scalar.clone()));
        let body = Arc::new(body.finish(&[x * y]).unwrap());
        let op = Composite { name: "product".into(), body, backward: Backward::Body };
        let b = Builder::new("cube");
        let x = b.input(scalar);
        let cube = b.apply(op, &[x, x * x]);
        let dx = crate::gradients(&b, &[(cube, cube.ones_like())], &[x]).unwrap()[0].unwrap();
        let graph = b.finish(&[dx]).unwrap();
        let found = crate::evaluate(&graph, &[Array::scalar(2.0f64)]).unwrap();
        assert_eq!(found[0].item().unwrap(), 12.0);
    }
}
