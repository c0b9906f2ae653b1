//! Building graphs.

use crate::expr::Expr;
use crate::{Graph, Node, Op, TensorType, ValueId};
use seodang_core::{Array, Error, Result, text};
use std::cell::{Ref, RefCell};
use std::collections::HashMap;

/// Builds one graph, node by node; every node is verified as it is added.
///
/// Values are handled as [`Expr`]s, which have operators and one method for each op. Where an op
/// does not fit its operands, the builder remembers the first error, goes on with a stand-in value,
/// and [`Builder::finish`] reports it; [`Builder::push`] reports at once.
///
/// ```
/// use seodang_ir::{Builder, TensorType};
/// use seodang_core::{Array, DType};
///
/// let b = Builder::new("square_plus_one");
/// let x = b.input(TensorType::new(DType::F32, [2]));
/// let graph = b.finish(&[x * x + 1.0])?;
/// let y = seodang_ir::evaluate(&graph, &[Array::from_vec([2], vec![2.0f32, 3.0])?])?;
/// assert_eq!(y[0].to_f64_vec(), [5.0, 10.0]);
/// # Ok::<(), seodang_core::Error>(())
/// ```
pub struct Builder {
    graph: RefCell<Graph>,
    error: RefCell<Option<Error>>,
}

impl Builder {
    /// An empty graph with a name for printing.
    pub fn new(name: impl Into<String>) -> Builder {
        let graph = Graph { name: name.into(), ..Graph::default() };
        Builder { graph: RefCell::new(graph), error: RefCell::new(None) }
    }

    /// Adds an input.
    pub fn input(&self, ty: TensorType) -> Expr<'_> {
        let id = self.graph.borrow_mut().add_input(ty);
        self.expr(id)
    }

    /// The handle of a value of this graph.
    pub fn expr(&self, id: ValueId) -> Expr<'_> {
        Expr::new(self, id)
    }

    /// The type of a value.
    pub fn ty(&self, id: ValueId) -> TensorType {
        self.graph.borrow().ty(id).clone()
    }

    /// The graph as built so far. No node may be added while it is borrowed.
    pub fn graph(&self) -> Ref<'_, Graph> {
        self.graph.borrow()
    }

    /// Adds a node and returns its results.
    ///
    /// # Errors
    /// Whatever the op's rule finds wrong with the operands.
    pub fn push(&self, op: impl Into<Op>, operands: &[ValueId]) -> Result<Vec<ValueId>> {
        let op = op.into();
        let results = {
            let graph = self.graph.borrow();
            let types: Vec<TensorType> = operands.iter().map(|&v| graph.ty(v).clone()).collect();
            op.infer(&types)?
        };
        let mut graph = self.graph.borrow_mut();
        Ok(graph.add_node(op, operands, results).results().collect())
    }

    /// Adds a node and returns its results, remembering an error for [`Builder::finish`].
    pub fn apply_n<'b>(&'b self, op: impl Into<Op>, operands: &[Expr<'b>]) -> Vec<Expr<'b>> {
        let op = op.into();
        let ids: Vec<ValueId> = operands.iter().map(|e| e.id()).collect();
        let stand_ins = op.result_count(operands.len());
        match self.push(op, &ids) {
            Ok(results) => results.into_iter().map(|id| self.expr(id)).collect(),
            Err(e) => {
                self.error.borrow_mut().get_or_insert(e);
                // The first operand (or a zero) stands in, so that building can go on.
                let stand_in = ids
                    .first()
                    .map_or_else(|| self.constant(Array::scalar(0f32)), |&v| self.expr(v));
                vec![stand_in; stand_ins]
            }
        }
    }

    /// Adds a node of one result, remembering an error for [`Builder::finish`].
    pub fn apply<'b>(&'b self, op: impl Into<Op>, operands: &[Expr<'b>]) -> Expr<'b> {
        self.apply_n(op, operands)[0]
    }

    /// Adds a constant.
    pub fn constant(&self, value: Array) -> Expr<'_> {
        let ty = TensorType::of(&value);
        let mut graph = self.graph.borrow_mut();
        let id = graph.add_node(Op::constant(value), &[], vec![ty]).result(0);
        drop(graph);
        self.expr(id)
    }

    /// Adds a constant with every element equal to `value`.
    pub fn full(&self, ty: &TensorType, value: f64) -> Expr<'_> {
        self.constant(Array::full(ty.dtype, [], value)).broadcast_in_dim(ty.shape.clone(), &[])
    }

    /// Remembers an error, to be reported by [`Builder::finish`]; the first one wins.
    pub fn fail(&self, e: Error) {
        self.error.borrow_mut().get_or_insert(e);
    }

    /// Copies the nodes of another graph into this one, with `arguments` for its inputs, and returns
    /// its outputs.
    ///
    /// # Errors
    /// `Shape`, if the arguments do not have the types of the inputs.
    pub fn inline<'b>(&'b self, graph: &Graph, arguments: &[Expr<'b>]) -> Result<Vec<Expr<'b>>> {
        let given: Vec<TensorType> = arguments.iter().map(Expr::ty).collect();
        if given != graph.input_types() {
            return Err(Error::shape(text!(
                en: "the arguments do not have the types of the graph's inputs",
                ko: "인자의 타입이 그래프 입력의 타입과 다릅니다"
            ))
            .during(graph.name().to_string())
            .given("arguments", format!("{given:?}"))
            .given("inputs", format!("{:?}", graph.input_types())));
        }
        let mut map: HashMap<ValueId, ValueId> =
            graph.inputs().iter().copied().zip(arguments.iter().map(|e| e.id())).collect();
        for node in graph.nodes() {
            self.copy_node(graph, node, &mut map);
        }
        Ok(graph.outputs().iter().map(|v| self.expr(map[v])).collect())
    }

    /// Copies one verified node, translating its operands through `map` and entering its results.
    pub fn copy_node(&self, from: &Graph, node: &Node, map: &mut HashMap<ValueId, ValueId>) {
        let operands: Vec<ValueId> = node.operands.iter().map(|v| map[v]).collect();
        let types = node.results().map(|v| from.ty(v).clone()).collect();
        let mut graph = self.graph.borrow_mut();
        let new = graph.add_node(node.op.clone(), &operands, types);
        map.extend(node.results().zip(new.results()));
    }

    /// The finished graph; the builder is empty afterwards.
    ///
    /// # Errors
    /// The first error that was remembered while building.
    pub fn finish(&self, outputs: &[Expr<'_>]) -> Result<Graph> {
        let outputs: Vec<ValueId> = outputs.iter().map(|e| e.id()).collect();
        if let Some(e) = self.error.take() {
            return Err(e);
        }
        let mut graph = self.graph.take();
        graph.outputs = outputs;
        Ok(graph)
    }
}
