//! The closed set of ops, and what a record says about one.

use crate::autodiff::Derivative;
use crate::ops::*;
use crate::{Graph, TensorType};
use seodang_core::{Array, Result, Text};
use std::fmt::Debug;

/// Which MLIR dialect an op is printed in.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Dialect {
    /// An op of the StableHLO specification.
    StableHlo,
    /// An op of the CHLO dialect, which every XLA plugin lowers.
    Chlo,
    /// An op of ours, lowered to others before printing (see [`OpDef::lower`]).
    Seodang,
}

/// The record of an op: everything Seodang knows about it, in one place.
///
/// There is no default for what must not be forgotten: type rule, derivative, evaluation.
pub trait OpDef: Sized + Clone + PartialEq + Debug {
    /// The name, as the specification writes it: `"dot_general"`.
    fn mnemonic(&self) -> &'static str;

    /// The dialect the name belongs to.
    fn dialect(&self) -> Dialect {
        Dialect::StableHlo
    }

    /// The section of the specification, or the source of the definition.
    fn spec(&self) -> &'static str;

    /// One sentence.
    fn doc(&self) -> Text;

    /// The types of the results for operands of the given types.
    ///
    /// # Errors
    /// The first violated constraint, with its label in the specification.
    fn infer(&self, operands: &[TensorType]) -> Result<Vec<TensorType>>;

    /// The number of results for a number of operands.
    fn result_count(&self, _operands: usize) -> usize {
        1
    }

    /// The derivative: a rule, a zero with its reason, or none with its reason.
    fn derivative(&self) -> Derivative<Self>;

    /// The value by the specification's definition: slow and obviously right.
    ///
    /// # Errors
    /// Only for bodies that fail themselves; operands have been checked by [`OpDef::infer`].
    fn eval(&self, operands: &[Array], results: &[TensorType]) -> Result<Vec<Array>>;

    /// The attributes in StableHLO's spelling: name and MLIR text.
    fn attributes(&self) -> Vec<(&'static str, String)> {
        Vec::new()
    }

    /// The bodies, in the order of the specification.
    fn regions(&self) -> Vec<&Graph> {
        Vec::new()
    }

    /// The same op with other bodies (after a pass rewrote them).
    fn with_regions(&self, regions: Vec<Graph>) -> Self {
        debug_assert!(regions.is_empty());
        self.clone()
    }

    /// For an op that is not in StableHLO: a graph over the operands that computes the same.
    ///
    /// # Errors
    /// Errors of building.
    fn lower(&self, _operands: &[TensorType]) -> Result<Option<Graph>> {
        Ok(None)
    }
}

macro_rules! ops {
    ($($variant:ident,)*) => {
        /// What a node computes. The set is closed: engines match it exhaustively.
        #[derive(Clone, PartialEq, Debug)]
        #[allow(missing_docs)]
        pub enum Op {
            $($variant($variant),)*
        }

        $(impl From<$variant> for Op {
            fn from(op: $variant) -> Op {
                Op::$variant(op)
            }
        })*

        /// Runs an expression with `$d` standing for the record inside an [`Op`].
        macro_rules! with_record {
            ($op:expr, $d:ident => $e:expr) => {
                match $op { $(Op::$variant($d) => $e,)* }
            };
        }

        impl Op {
            /// The names of the variants, in order: for tables that must be complete.
            pub const VARIANTS: &'static [&'static str] = &[$(stringify!($variant)),*];
        }
    };
}

ops! {
    Unary, Binary, Compare, Select, Clamp, Convert,
    Constant, Iota, RngBitGenerator,
    BroadcastInDim, Reshape, Transpose, Slice, Pad, Concatenate, Reverse,
    DynamicSlice, DynamicUpdateSlice, Gather, Scatter,
    DotGeneral, Convolution, Cholesky, TriangularSolve,
    Reduce, ReduceWindow, SelectAndScatter, Sort, TopK,
    While, Scan, If, Composite,
}

macro_rules! delegate {
    ($($(#[$doc:meta])* $name:ident($($arg:ident: $ty:ty),*) -> $ret:ty;)*) => {
        impl Op {$(
            $(#[$doc])*
            pub fn $name(&self, $($arg: $ty),*) -> $ret {
                with_record!(self, d => OpDef::$name(d, $($arg),*))
            }
        )*}
    };
}

delegate! {
    /// See [`OpDef::mnemonic`].
    mnemonic() -> &'static str;
    /// See [`OpDef::dialect`].
    dialect() -> Dialect;
    /// See [`OpDef::spec`].
    spec() -> &'static str;
    /// See [`OpDef::doc`].
    doc() -> Text;
    /// See [`OpDef::result_count`].
    result_count(operands: usize) -> usize;
    /// See [`OpDef::eval`].
    eval(operands: &[Array], results: &[TensorType]) -> Result<Vec<Array>>;
    /// See [`OpDef::attributes`].
    attributes() -> Vec<(&'static str, String)>;
    /// See [`OpDef::regions`].
    regions() -> Vec<&Graph>;
    /// See [`OpDef::lower`].
    lower(operands: &[TensorType]) -> Result<Option<Graph>>;
}

impl Op {
    /// The types of the results, or the error with the op and its operands named.
    ///
    /// # Errors
    /// The first violated constraint.
    pub fn infer(&self, operands: &[TensorType]) -> Result<Vec<TensorType>> {
        with_record!(self, d => d.infer(operands)).map_err(|mut e| {
            for (i, ty) in operands.iter().enumerate() {
                e = e.given(format!("operand {i}"), ty);
            }
            e.during(self.mnemonic())
        })
    }

    /// See [`OpDef::with_regions`].
    pub fn with_regions(&self, regions: Vec<Graph>) -> Op {
        with_record!(self, d => d.with_regions(regions).into())
    }

    /// A constant.
    pub fn constant(value: Array) -> Op {
        Constant { value }.into()
    }

    pub(crate) fn gradients<'b>(
        &self,
        cx: &crate::autodiff::Vjp<'b>,
    ) -> Result<Vec<Option<crate::Expr<'b>>>> {
        with_record!(self, d => crate::autodiff::apply(d, cx))
    }

    /// The verdict on the derivative, without the rule.
    pub fn verdict(&self) -> crate::autodiff::Verdict {
        with_record!(self, d => d.derivative().verdict())
    }
}
