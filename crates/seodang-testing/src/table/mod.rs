//! The conformance table: rows for every op, which every engine runs.
//!
//! A new elementwise op needs one line in `elementwise.rs`; any other op, a row in the file of its
//! family. A test counts: an op without a row fails the suite.

pub(crate) mod control;
mod elementwise;
mod indexing;
mod linear;
mod shapes;
mod windows;

use crate::{Row, Tolerance};
use seodang_core::random::Stream;
use seodang_core::{Array, DType, Shape};
use seodang_ir::{Builder, Expr, Op, TensorType};

/// Every row.
pub fn rows() -> Vec<Row> {
    let mut table = Table::default();
    elementwise::add(&mut table);
    shapes::add(&mut table);
    linear::add(&mut table);
    windows::add(&mut table);
    indexing::add(&mut table);
    control::add(&mut table);
    table.rows
}

#[derive(Default)]
pub(crate) struct Table {
    rows: Vec<Row>,
}

impl Table {
    /// A row that applies one op to its inputs.
    pub(crate) fn op(
        &mut self,
        name: impl Into<String>,
        op: impl Into<Op>,
        inputs: Vec<Array>,
        tolerance: Tolerance,
    ) {
        let op = op.into();
        self.program(name, inputs, tolerance, |b, operands| b.apply_n(op, operands));
    }

    /// A row of a small program.
    ///
    /// # Panics
    /// If the program does not fit its inputs: the table is wrong.
    pub(crate) fn program(
        &mut self,
        name: impl Into<String>,
        inputs: Vec<Array>,
        tolerance: Tolerance,
        build: impl for<'b> FnOnce(&'b Builder, &[Expr<'b>]) -> Vec<Expr<'b>>,
    ) {
        let name = name.into();
        let b = Builder::new(name.clone());
        let operands: Vec<Expr<'_>> = inputs.iter().map(|a| b.input(TensorType::of(a))).collect();
        let outputs = build(&b, &operands);
        let graph = b.finish(&outputs).unwrap_or_else(|e| panic!("row {name}: {e:?}"));
        self.rows.push(Row { name, graph, inputs, expected: None, tolerance });
    }
}

/// Numbers without pattern: floats in (-2, 2), small integers, booleans. Equal for equal seeds.
pub(crate) fn numbers(dtype: DType, shape: impl Into<Shape>, seed: u64) -> Array {
    let mut stream = Stream::new(seed, dtype.size() as u64);
    stream.array(dtype, shape, |s| match dtype {
        DType::Bool => f64::from(u8::from(s.uniform() < 0.5)),
        d if d.is_float() => 4.0 * s.uniform() - 2.0,
        d if d.kind() == seodang_core::Kind::Unsigned => s.below(11) as f64,
        _ => s.below(21) as f64 - 10.0,
    })
}

/// Indices below `n`, and some out of range on either side when `outside`.
pub(crate) fn indices(shape: impl Into<Shape>, n: u64, outside: bool, seed: u64) -> Array {
    let mut stream = Stream::new(seed, 77);
    let spread = if outside { n + 6 } else { n };
    let shift = if outside { 3.0 } else { 0.0 };
    stream.array(DType::I32, shape, |s| s.below(spread) as f64 - shift)
}

/// Numbers at which functions have corners: zeros, infinities, NaN, subnormals, extremes.
pub(crate) fn specials(dtype: DType) -> Vec<f64> {
    if !dtype.is_float() {
        let (low, high) = (Array::full(dtype, [], f64::MIN), Array::full(dtype, [], f64::MAX));
        return vec![
            0.0,
            1.0,
            2.0,
            3.0,
            7.0,
            low.to_f64_vec()[0],
            high.to_f64_vec()[0],
            -1.0,
            -2.0,
        ];
    }
    let (max, tiny) = match dtype {
        DType::F16 => (65504.0, 6.2e-5),
        DType::F64 => (f64::MAX, f64::MIN_POSITIVE),
        DType::BF16 => (3.38e38, 1.2e-38),
        _ => (f64::from(f32::MAX), f64::from(f32::MIN_POSITIVE)),
    };
    let positive = [0.0, tiny, 1e-3, 0.5, 1.0, 1.5, 2.0, 2.5, 3.0, 10.0, 80.0, max, f64::INFINITY];
    let mut all: Vec<f64> = positive.iter().flat_map(|&x| [x, -x]).collect();
    all.push(f64::NAN);
    all
}

/// Numbers as an array.
pub(crate) fn array(dtype: DType, shape: impl Into<Shape>, values: &[f64]) -> Array {
    Array::from_fn(dtype, shape, |i| values[i])
}

pub(crate) const FLOATS: [DType; 4] = [DType::F32, DType::F64, DType::F16, DType::BF16];
