//! Elementwise ops of two operands of the same type.

use super::{Families, arity, doc, require};
use crate::autodiff::Derivative;
use crate::op::OpDef;
use crate::{Expr, TensorType};
use seodang_core::{Array, DType, Element, Result, Text, dispatch, text};

/// The rule of an elementwise op of two operands: from a, b, y and dy to the cotangents of a and b.
pub type BinaryRule = for<'b> fn(Expr<'b>, Expr<'b>, Expr<'b>, Expr<'b>) -> (Expr<'b>, Expr<'b>);

/// The derivative of an elementwise op of two operands.
#[derive(Clone, Copy)]
pub enum BinaryDerivative {
    /// The rule.
    Rule(BinaryRule),
    /// Zero, for the given reason.
    ZeroGradient(&'static str),
}

/// Everything there is to know about an elementwise op of two operands.
pub struct BinaryRecord {
    /// The op.
    pub op: Binary,
    /// The name, as the specification writes it.
    pub mnemonic: &'static str,
    /// Which element types it takes.
    pub takes: Families,
    /// The definition on real numbers.
    pub float: fn(f64, f64) -> f64,
    /// The definition on integers and booleans (0 and 1). Results wrap to the element type.
    pub integer: fn(i128, i128, DType) -> i128,
    /// The derivative.
    pub derivative: BinaryDerivative,
    /// One sentence.
    pub doc: (&'static str, &'static str),
}

macro_rules! binary {
    ($($name:ident {
        spec: $mnemonic:literal, takes: $takes:ident,
        float: $float:expr, integer: $integer:expr, vjp: $vjp:expr,
        doc: $en:literal, $ko:literal
    })*) => {
        /// An elementwise op of two operands of equal type.
        #[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
        pub enum Binary {
            $(#[doc = $en] $name,)*
        }

        impl Binary {
            /// Every op of the family.
            pub const ALL: &'static [Binary] = &[$(Binary::$name),*];

            /// The record of the op.
            pub fn record(self) -> &'static BinaryRecord {
                match self {$(
                    Binary::$name => &BinaryRecord {
                        op: Binary::$name,
                        mnemonic: $mnemonic,
                        takes: Families::$takes,
                        float: $float,
                        integer: $integer,
                        derivative: $vjp,
                        doc: ($en, $ko),
                    },
                )*}
            }
        }
    };
}

use BinaryDerivative::{Rule, ZeroGradient};

/// For ops that take no floats: never called, since the type rule refuses them.
fn no_float(x: f64, _: f64) -> f64 {
    x
}

fn no_integer(x: i128, _: i128, _: DType) -> i128 {
    x
}

const DISCRETE: BinaryDerivative = ZeroGradient("the values are discrete");

fn width(dtype: DType) -> i128 {
    8 * dtype.size() as i128
}

/// The value as an unsigned number of its width.
fn unsigned(x: i128, dtype: DType) -> i128 {
    x & ((1i128 << width(dtype)) - 1)
}

/// dy where a wins, half of it where both are equal, so that the two shares add up.
fn share<'b>(a: Expr<'b>, b: Expr<'b>, y: Expr<'b>, dy: Expr<'b>) -> (Expr<'b>, Expr<'b>) {
    let half = a.eq(b).select(dy * 0.5, dy);
    let zero = dy.zeros_like();
    (a.eq(y).select(half, zero), b.eq(y).select(half, zero))
}

binary! {
    Add { spec: "add", takes: ANY,
        float: |a, b| a + b, integer: |a, b, d| if d == DType::Bool { a | b } else { a + b },
        vjp: Rule(|_, _, _, dy| (dy, dy)),
        doc: "Sum, elementwise; or of booleans; integers wrap.", "원소별 합(불리언은 논리합)." }
    And { spec: "and", takes: BITS,
        float: no_float, integer: |a, b, _| a & b, vjp: DISCRETE,
        doc: "Bitwise or logical and, elementwise.", "원소별 비트(논리) 곱." }
    Atan2 { spec: "atan2", takes: FLOAT,
        float: f64::atan2, integer: no_integer,
        vjp: Rule(|a, b, _, dy| { let r = dy / (a * a + b * b); (r * b, -(r * a)) }),
        doc: "Angle in radians of the point (b, a), elementwise.", "원소별 아크탄젠트(라디안)." }
    Divide { spec: "divide", takes: NUMBER,
        float: |a, b| a / b,
        integer: |a, b, _| if b == 0 { -1 } else { a / b },
        vjp: Rule(|_, b, y, dy| { let da = dy / b; (da, -(da * y)) }),
        doc: "Quotient, elementwise; integers truncate, and division by zero gives all ones.",
        "원소별 몫(정수는 버림)." }
    Maximum { spec: "maximum", takes: ANY,
        float: maximum,
        integer: |a, b, _| a.max(b), vjp: Rule(share),
        doc: "Larger element; NaN if one is NaN.", "원소별 최댓값." }
    Minimum { spec: "minimum", takes: ANY,
        float: |a, b| -maximum(-a, -b),
        integer: |a, b, _| a.min(b), vjp: Rule(share),
        doc: "Smaller element; NaN if one is NaN.", "원소별 최솟값." }
    Multiply { spec: "multiply", takes: ANY,
        float: |a, b| a * b, integer: |a, b, _| a.wrapping_mul(b),
        vjp: Rule(|a, b, _, dy| (dy * b, dy * a)),
        doc: "Product, elementwise; and of booleans; integers wrap.", "원소별 곱(불리언은 논리곱)." }
    Or { spec: "or", takes: BITS,
        float: no_float, integer: |a, b, _| a | b, vjp: DISCRETE,
        doc: "Bitwise or logical or, elementwise.", "원소별 비트(논리) 합." }
    Power { spec: "power", takes: NUMBER,
        float: f64::powf, integer: integer_power,
        // The usual guards: 0^0 has derivative 0 in the base, and the exponent's derivative is
        // taken as 0 where the base is 0.
        vjp: Rule(|a, b, y, dy| {
            let zero = b.zeros_like();
            let lowered = b.eq(zero).select(zero, b * a.power(b - 1.0));
            let safe = a.eq(a.zeros_like()).select(a.ones_like(), a);
            (dy * lowered, dy * y * safe.log())
        }),
        doc: "a to the power of b, elementwise.", "원소별 거듭제곱." }
    Remainder { spec: "remainder", takes: NUMBER,
        float: |a, b| a % b, integer: |a, b, _| if b == 0 { a } else { a % b },
        vjp: Rule(|a, b, _, dy| {
            let quotient = a / b;
            let truncated = quotient.sign() * quotient.abs().floor();
            (dy, -(dy * truncated))
        }),
        doc: "Remainder with the sign of the dividend, elementwise.", "원소별 나머지(부호는 피제수)." }
    ShiftLeft { spec: "shift_left", takes: INTEGER,
        float: no_float,
        integer: |a, b, d| if unsigned(b, d) >= width(d) { 0 } else { a << unsigned(b, d) },
        vjp: DISCRETE,
        doc: "Left shift; by the width or more gives 0.", "원소별 왼쪽 시프트." }
    ShiftRightArithmetic { spec: "shift_right_arithmetic", takes: INTEGER,
        float: no_float,
        integer: |a, b, d| {
            let signed = (a << (128 - width(d))) >> (128 - width(d));
            signed >> unsigned(b, d).min(width(d) - 1)
        },
        vjp: DISCRETE,
        doc: "Right shift that repeats the top bit.", "원소별 산술 오른쪽 시프트." }
    ShiftRightLogical { spec: "shift_right_logical", takes: INTEGER,
        float: no_float,
        integer: |a, b, d| if unsigned(b, d) >= width(d) { 0 } else { unsigned(a, d) >> unsigned(b, d) },
        vjp: DISCRETE,
        doc: "Right shift that fills with zeros.", "원소별 논리 오른쪽 시프트." }
    Subtract { spec: "subtract", takes: NUMBER,
        float: |a, b| a - b, integer: |a, b, _| a - b,
        vjp: Rule(|_, _, _, dy| (dy, -dy)),
        doc: "Difference, elementwise; integers wrap.", "원소별 차." }
    Xor { spec: "xor", takes: BITS,
        float: no_float, integer: |a, b, _| a ^ b, vjp: DISCRETE,
        doc: "Bitwise or logical exclusive or, elementwise.", "원소별 배타적 논리합." }
}

/// IEEE-754's maximum: NaN wins, and 0 is above -0.
fn maximum(a: f64, b: f64) -> f64 {
    if a.is_nan() || b.is_nan() {
        f64::NAN
    } else if a > b || (a == b && a.is_sign_positive()) {
        a
    } else {
        b
    }
}

/// Integer power by squaring, wrapping; a negative exponent gives 0, but 1 for base 1 and the sign
/// for base -1.
fn integer_power(a: i128, b: i128, _: DType) -> i128 {
    if b < 0 {
        return match a {
            1 => 1,
            -1 if b % 2 == 0 => 1,
            -1 => -1,
            _ => 0,
        };
    }
    let (mut base, mut exponent, mut result) = (a, b, 1i128);
    while exponent > 0 {
        if exponent & 1 == 1 {
            result = result.wrapping_mul(base);
        }
        base = base.wrapping_mul(base);
        exponent >>= 1;
    }
    result
}

impl OpDef for Binary {
    fn mnemonic(&self) -> &'static str {
        self.record().mnemonic
    }

    fn spec(&self) -> &'static str {
        self.record().mnemonic
    }

    fn doc(&self) -> Text {
        let (en, ko) = self.record().doc;
        doc(en, ko)
    }

    fn infer(&self, operands: &[TensorType]) -> Result<Vec<TensorType>> {
        arity(operands, 2)?;
        let (a, b, name) = (&operands[0], &operands[1], self.mnemonic());
        self.record().takes.check(a.dtype, &format!("{name} I1"))?;
        super::same_dtype(a, b, &format!("{name} C1"))?;
        require(a.shape == b.shape, &format!("{name} C1"), || {
            text!(
                en: "shapes differ: {} and {}", a.shape, b.shape;
                ko: "모양이 다릅니다: {}, {}", a.shape, b.shape
            )
        })?;
        Ok(vec![a.clone()])
    }

    fn derivative(&self) -> Derivative<Binary> {
        match self.record().derivative {
            Rule(_) => Derivative::Rule(|op, cx| {
                let Rule(rule) = op.record().derivative else { return Ok(vec![None, None]) };
                let (da, db) = rule(cx.operands[0], cx.operands[1], cx.results[0], cx.dy());
                Ok(vec![Some(da), Some(db)])
            }),
            ZeroGradient(why) => Derivative::ZeroGradient(why),
        }
    }

    fn eval(&self, operands: &[Array], results: &[TensorType]) -> Result<Vec<Array>> {
        let (a, b, ty, record) = (&operands[0], &operands[1], &results[0], self.record());
        let mut out = Array::zeros(ty.dtype, ty.shape.clone());
        dispatch!(ty.dtype, T => {
            let values = out.as_mut_slice::<T>()?;
            if ty.dtype.is_float() {
                for ((y, a), b) in values.iter_mut().zip(a.to_f64_vec()).zip(b.to_f64_vec()) {
                    *y = T::from_f64((record.float)(a, b));
                }
            } else {
                for ((y, a), b) in values.iter_mut().zip(a.to_i128_vec()).zip(b.to_i128_vec()) {
                    *y = T::from_i128((record.integer)(a, b, ty.dtype));
                }
            }
        });
        Ok(vec![out])
    }
}
