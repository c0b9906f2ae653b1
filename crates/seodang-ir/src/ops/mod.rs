//! The records of all ops, one file for each family.
//!
//! To add an elementwise op, add an entry to the table in `unary.rs` or `binary.rs`, its kernel in
//! `seodang-kernels`, and its row in the conformance table of `seodang-testing`.

mod binary;
mod broadcast;
mod compare;
mod composite;
mod concatenate;
mod constant;
mod convert;
mod convolution;
mod convolution_vjp;
mod dot_general;
mod dynamic_slice;
mod gather;
mod if_else;
mod linalg;
mod pad;
mod random;
mod reduce;
mod reduce_window;
mod reshape;
mod scan;
mod scan_lower;
mod scan_vjp;
mod scatter;
mod select_and_scatter;
mod slice;
mod sort;
mod special;
mod top_k;
mod unary;
mod while_loop;

pub use binary::{Binary, BinaryDerivative, BinaryRecord, BinaryRule};
pub use broadcast::BroadcastInDim;
pub use compare::{Clamp, Compare, Direction, Select};
pub use composite::{Backward, Composite};
pub use concatenate::Concatenate;
pub use constant::{Constant, Iota};
pub use convert::Convert;
pub use convolution::{ConvDims, Convolution};
pub use dot_general::DotGeneral;
pub use dynamic_slice::{DynamicSlice, DynamicUpdateSlice};
pub use gather::Gather;
pub use if_else::If;
pub use linalg::{Cholesky, Transpose as SolveTranspose, TriangularSolve};
pub use pad::Pad;
pub use random::{Algorithm, RngBitGenerator};
pub use reduce::{Reduce, Reducer};
pub use reduce_window::{ReduceWindow, Window};
pub use reshape::{Reshape, Reverse, Transpose};
pub use scan::Scan;
pub use scatter::Scatter;
pub use select_and_scatter::SelectAndScatter;
pub use slice::Slice;
pub use sort::Sort;
pub use top_k::TopK;
pub use unary::{Unary, UnaryDerivative, UnaryRecord, UnaryRule};
pub use while_loop::While;

use crate::{Graph, TensorType};
use seodang_core::{DType, Error, Kind, Result, Text, text};

/// A documentation sentence in both languages, from literals.
pub(crate) fn doc(en: &str, ko: &str) -> Text {
    Text { en: en.into(), ko: ko.into() }
}

/// MLIR's `array<i64: ...>`.
pub(crate) fn int_array<T: std::fmt::Display>(values: impl IntoIterator<Item = T>) -> String {
    let list: Vec<String> = values.into_iter().map(|v| v.to_string()).collect();
    if list.is_empty() { "array<i64>".into() } else { format!("array<i64: {}>", list.join(", ")) }
}

/// MLIR's `[1, 2]`.
pub(crate) fn int_list(values: &[usize]) -> String {
    format!("{values:?}")
}

/// A list of paddings as MLIR writes it.
pub(crate) fn padding_text(padding: &[(i64, i64)]) -> String {
    let pads: Vec<String> = padding.iter().map(|(lo, hi)| format!("[{lo}, {hi}]")).collect();
    let n = pads.len();
    if n == 0 {
        return "dense<> : tensor<0x2xi64>".into();
    }
    format!("dense<[{}]> : tensor<{n}x2xi64>", pads.join(", "))
}

/// Checks the number of operands.
pub(crate) fn arity(operands: &[TensorType], n: usize) -> Result<()> {
    if operands.len() == n {
        return Ok(());
    }
    Err(Error::value(text!(
        en: "{} operands given, {n} needed", operands.len();
        ko: "피연산자가 {}개인데 {n}개가 필요합니다", operands.len()
    )))
}

/// A violated constraint on shapes.
#[track_caller]
pub(crate) fn shape_error(label: &str, message: Text) -> Error {
    Error::shape(message).constraint(label)
}

/// Fails with a shape error unless the condition holds.
#[track_caller]
pub(crate) fn require(holds: bool, label: &str, message: impl FnOnce() -> Text) -> Result<()> {
    if holds { Ok(()) } else { Err(shape_error(label, message())) }
}

/// Checks that `axes` are distinct and below `rank`.
#[track_caller]
pub(crate) fn check_axes(axes: &[usize], rank: usize, label: &str) -> Result<()> {
    let ok = axes.iter().enumerate().all(|(i, &a)| a < rank && !axes[..i].contains(&a));
    require(ok, label, || {
        text!(
            en: "dimensions {axes:?} must be distinct and below the rank {rank}",
            ko: "차원 {axes:?}은(는) 서로 다르고 {rank}보다 작아야 합니다"
        )
    })
}

/// Checks that two operands have the same element type.
#[track_caller]
pub(crate) fn same_dtype(a: &TensorType, b: &TensorType, label: &str) -> Result<()> {
    if a.dtype == b.dtype {
        return Ok(());
    }
    Err(Error::dtype(text!(
        en: "element types differ: {} and {}", a.dtype, b.dtype;
        ko: "원소 타입이 다릅니다: {}, {}", a.dtype, b.dtype
    ))
    .constraint(label)
    .hint(text!(en: "convert one of them", ko: "한쪽을 convert 하세요")))
}

/// A set of families of element types.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Families(u8);

impl Families {
    /// Floating point.
    pub const FLOAT: Families = Families(1);
    /// Signed integers.
    pub const SIGNED: Families = Families(2);
    /// Unsigned integers.
    pub const UNSIGNED: Families = Families(4);
    /// Booleans.
    pub const BOOL: Families = Families(8);
    /// Integers of either signedness.
    pub const INTEGER: Families = Families(2 | 4);
    /// Everything but booleans.
    pub const NUMBER: Families = Families(1 | 2 | 4);
    /// Integers and booleans.
    pub const BITS: Families = Families(2 | 4 | 8);
    /// Signed numbers.
    pub const SIGNED_NUMBER: Families = Families(1 | 2);
    /// Everything.
    pub const ANY: Families = Families(15);

    /// Whether an element type belongs to one of the families.
    pub fn contains(self, dtype: DType) -> bool {
        let bit = match dtype.kind() {
            Kind::Float => 1,
            Kind::Signed => 2,
            Kind::Unsigned => 4,
            Kind::Bool => 8,
        };
        self.0 & bit != 0
    }

    #[track_caller]
    pub(crate) fn check(self, dtype: DType, label: &str) -> Result<()> {
        if self.contains(dtype) {
            return Ok(());
        }
        let allowed: Vec<&str> =
            DType::ALL.into_iter().filter(|&d| self.contains(d)).map(DType::name).collect();
        let allowed = allowed.join(", ");
        Err(Error::dtype(text!(
            en: "the element type {dtype} is not allowed here",
            ko: "원소 타입 {dtype}은(는) 여기에 쓸 수 없습니다"
        ))
        .expected(text!(en: "one of {allowed}", ko: "다음 중 하나: {allowed}"))
        .constraint(label))
    }
}

/// Checks the input and output types of a body.
#[track_caller]
pub(crate) fn check_body(
    body: &Graph,
    inputs: &[TensorType],
    outputs: &[TensorType],
    label: &str,
) -> Result<()> {
    let (given_in, given_out) = (body.input_types(), body.output_types());
    if given_in == inputs && given_out == outputs {
        return Ok(());
    }
    Err(Error::shape(text!(
        en: "the body has the wrong type",
        ko: "본문 그래프의 타입이 다릅니다"
    ))
    .given("body", format!("{given_in:?} -> {given_out:?}"))
    .expected(Text::same(format!("{inputs:?} -> {outputs:?}")))
    .constraint(label))
}
