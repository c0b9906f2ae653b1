//! The reference evaluator: slow, obviously right, and the judge of the engines.

use crate::{Argument, Buffer, DeviceBuffer, Engine, Graph, Program, TensorType, verify};
use seodang_core::{Array, Error, Result, text};
use std::any::Any;
use std::sync::Arc;

/// Runs a graph on host arrays, node by node, each by its record's definition.
///
/// # Errors
/// `Shape`, if the arguments do not have the types of the inputs.
pub fn evaluate(graph: &Graph, arguments: &[Array]) -> Result<Vec<Array>> {
    check_arguments(graph, arguments.iter().map(TensorType::of))?;
    let mut values: Vec<Option<Array>> = vec![None; graph.value_count()];
    for (&v, a) in graph.inputs().iter().zip(arguments) {
        values[v.index()] = Some(a.clone());
    }
    let get = |values: &[Option<Array>], v: crate::ValueId| {
        values[v.index()].clone().ok_or_else(|| {
            Error::internal(text!(
                en: "value {} is used before it is defined", v.index();
                ko: "값 {}이(가) 정의되기 전에 쓰였습니다", v.index()
            ))
            .during(graph.name().to_string())
        })
    };
    for node in graph.nodes() {
        let operands =
            node.operands.iter().map(|&v| get(&values, v)).collect::<Result<Vec<_>>>()?;
        let types: Vec<TensorType> = node.results().map(|v| graph.ty(v).clone()).collect();
        let results = node.op.eval(&operands, &types).map_err(|e| e.during(node.op.mnemonic()))?;
        for ((v, ty), result) in node.results().zip(&types).zip(results) {
            if TensorType::of(&result) != *ty {
                return Err(Error::internal(text!(
                    en: "the evaluation returned another type than the rule says",
                    ko: "계산 결과의 타입이 규칙과 다릅니다"
                ))
                .during(node.op.mnemonic())
                .given("returned", TensorType::of(&result))
                .given("rule", ty));
            }
            values[v.index()] = Some(result);
        }
    }
    graph.outputs().iter().map(|&v| get(&values, v)).collect()
}

/// Checks that arguments have the types of a graph's inputs.
///
/// # Errors
/// `Shape` or `DType`, naming the first argument that does not fit.
pub fn check_arguments(
    graph: &Graph,
    given: impl ExactSizeIterator<Item = TensorType>,
) -> Result<()> {
    if given.len() != graph.inputs().len() {
        return Err(Error::shape(text!(
            en: "wrong number of arguments",
            ko: "인자의 개수가 다릅니다"
        ))
        .during(graph.name().to_string())
        .given("arguments", given.len())
        .expected(seodang_core::Text::same(graph.inputs().len().to_string())));
    }
    for (i, (&v, ty)) in graph.inputs().iter().zip(given).enumerate() {
        let wanted = graph.ty(v);
        if ty != *wanted {
            let message = text!(
                en: "argument {i} has the wrong type",
                ko: "인자 {i}의 타입이 다릅니다"
            );
            let e = if ty.dtype == wanted.dtype {
                Error::shape(message)
            } else {
                Error::dtype(message)
            };
            return Err(e
                .during(graph.name().to_string())
                .given("argument", ty)
                .expected(seodang_core::Text::same(wanted.to_string())));
        }
    }
    Ok(())
}

/// The reference evaluator as an engine: for tests of everything above the engines.
#[derive(Default)]
pub struct Reference;

struct Host(TensorType, Array);

impl DeviceBuffer for Host {
    fn ty(&self) -> &TensorType {
        &self.0
    }
    fn download(&self) -> Result<Array> {
        Ok(self.1.clone())
    }
    fn as_any(&self) -> &dyn Any {
        self
    }
    fn as_any_mut(&mut self) -> &mut dyn Any {
        self
    }
}

struct Evaluated(Graph);

impl Engine for Reference {
    fn name(&self) -> &str {
        "reference"
    }

    fn compile(&self, graph: &Graph) -> Result<Arc<dyn Program>> {
        verify(graph)?;
        Ok(Arc::new(Evaluated(graph.clone())))
    }

    fn upload(&self, array: &Array) -> Result<Buffer> {
        Ok(Buffer::new(Host(TensorType::of(array), array.clone())))
    }
}

impl Program for Evaluated {
    fn run(&self, arguments: Vec<Argument<'_>>) -> Result<Vec<Buffer>> {
        let arrays = arguments.iter().map(|a| a.buffer().download()).collect::<Result<Vec<_>>>()?;
        let results = evaluate(&self.0, &arrays)?;
        Ok(results.into_iter().map(|a| Buffer::new(Host(TensorType::of(&a), a))).collect())
    }
}
