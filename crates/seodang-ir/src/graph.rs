//! Graphs: what a program is.

use crate::{Op, TensorType};
use seodang_core::{Error, Result, text};
use smallvec::SmallVec;

/// A value of one graph: an input, or a result of a node.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub struct ValueId(pub(crate) u32);

impl ValueId {
    /// The position in the graph's table of values.
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

/// Where a value comes from.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Origin {
    /// Input number `.0` of the graph.
    Input(usize),
    /// Result number `result` of node number `node`.
    Node {
        /// The node.
        node: usize,
        /// Which of its results.
        result: usize,
    },
}

/// One application of an op.
#[derive(Clone, PartialEq, Debug)]
pub struct Node {
    /// What is computed.
    pub op: Op,
    /// From which values.
    pub operands: SmallVec<[ValueId; 3]>,
    /// The first result; the others follow it.
    pub(crate) first: u32,
    /// How many results there are.
    pub(crate) count: u32,
}

impl Node {
    /// The values this node defines.
    pub fn results(&self) -> impl ExactSizeIterator<Item = ValueId> + Clone + use<> {
        (self.first..self.first + self.count).map(ValueId)
    }

    /// Result number `i`.
    pub fn result(&self, i: usize) -> ValueId {
        debug_assert!(i < self.count as usize);
        ValueId(self.first + i as u32)
    }
}

/// Permission to store an output in the buffer of an input that is given away (donated).
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Donation {
    /// The input whose buffer may be reused.
    pub input: usize,
    /// The output that may take its place; its type equals the input's.
    pub output: usize,
}

/// A program: inputs, nodes in an order in which every operand is defined before its use, outputs.
///
/// Bodies of control flow are graphs of their own and close over nothing: what they need from
/// outside is an input. Build one with [`Builder`](crate::Builder).
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Graph {
    pub(crate) name: String,
    pub(crate) inputs: Vec<ValueId>,
    pub(crate) nodes: Vec<Node>,
    pub(crate) outputs: Vec<ValueId>,
    pub(crate) types: Vec<TensorType>,
    pub(crate) origins: Vec<Origin>,
    pub(crate) donations: Vec<Donation>,
}

impl Graph {
    /// The name, for printing.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The inputs, in the order in which arguments are given.
    pub fn inputs(&self) -> &[ValueId] {
        &self.inputs
    }

    /// The nodes, in an order in which they can be run.
    pub fn nodes(&self) -> &[Node] {
        &self.nodes
    }

    /// The outputs, in the order in which results are returned.
    pub fn outputs(&self) -> &[ValueId] {
        &self.outputs
    }

    /// The number of values; [`ValueId::index`] is below it.
    pub fn value_count(&self) -> usize {
        self.types.len()
    }

    /// The type of a value.
    pub fn ty(&self, value: ValueId) -> &TensorType {
        &self.types[value.index()]
    }

    /// Where a value comes from.
    pub fn origin(&self, value: ValueId) -> Origin {
        self.origins[value.index()]
    }

    /// The node that defines a value, unless it is an input.
    pub fn producer(&self, value: ValueId) -> Option<&Node> {
        match self.origin(value) {
            Origin::Input(_) => None,
            Origin::Node { node, .. } => Some(&self.nodes[node]),
        }
    }

    /// The types of the inputs.
    pub fn input_types(&self) -> Vec<TensorType> {
        self.inputs.iter().map(|&v| self.ty(v).clone()).collect()
    }

    /// The types of the outputs.
    pub fn output_types(&self) -> Vec<TensorType> {
        self.outputs.iter().map(|&v| self.ty(v).clone()).collect()
    }

    /// Which outputs may be stored in which donated inputs.
    pub fn donations(&self) -> &[Donation] {
        &self.donations
    }

    /// States which outputs may be stored in which donated inputs.
    ///
    /// # Errors
    /// `Value`, if an index is out of range or used twice, or the two types differ.
    pub fn with_donations(mut self, donations: Vec<Donation>) -> Result<Graph> {
        for (i, d) in donations.iter().enumerate() {
            let twice = donations[..i].iter().any(|e| e.input == d.input || e.output == d.output);
            let fits = d.input < self.inputs.len()
                && d.output < self.outputs.len()
                && self.ty(self.inputs[d.input]) == self.ty(self.outputs[d.output]);
            if twice || !fits {
                return Err(Error::value(text!(
                    en: "input {} cannot be donated to output {}", d.input, d.output;
                    ko: "입력 {}을(를) 출력 {}에 넘겨줄 수 없습니다", d.input, d.output
                ))
                .during(self.name.clone()));
            }
        }
        self.donations = donations;
        Ok(self)
    }

    /// How many times each value is used, as an operand or an output; by [`ValueId::index`].
    pub fn use_counts(&self) -> Vec<usize> {
        let mut uses = vec![0; self.value_count()];
        for node in &self.nodes {
            for v in &node.operands {
                uses[v.index()] += 1;
            }
        }
        for v in &self.outputs {
            uses[v.index()] += 1;
        }
        uses
    }

    pub(crate) fn add_input(&mut self, ty: TensorType) -> ValueId {
        let id = self.add_value(ty, Origin::Input(self.inputs.len()));
        self.inputs.push(id);
        id
    }

    pub(crate) fn add_node(
        &mut self,
        op: Op,
        operands: &[ValueId],
        results: Vec<TensorType>,
    ) -> &Node {
        let node = self.nodes.len();
        let (first, count) = (self.types.len() as u32, results.len() as u32);
        for (result, ty) in results.into_iter().enumerate() {
            self.add_value(ty, Origin::Node { node, result });
        }
        self.nodes.push(Node { op, operands: operands.into(), first, count });
        &self.nodes[node]
    }

    fn add_value(&mut self, ty: TensorType, origin: Origin) -> ValueId {
        self.types.push(ty);
        self.origins.push(origin);
        ValueId((self.types.len() - 1) as u32)
    }
}
