//! Elementwise ops of one operand.

use super::{Families, arity, doc, special};
use crate::autodiff::Derivative;
use crate::op::{Dialect, OpDef};
use crate::{Expr, TensorType};
use seodang_core::{Array, DType, Element, Kind, Result, Text, dispatch};

/// The rule of an elementwise op of one operand: from x, y and dy to dx.
pub type UnaryRule = for<'b> fn(Expr<'b>, Expr<'b>, Expr<'b>) -> Expr<'b>;

/// The derivative of an elementwise op of one operand.
#[derive(Clone, Copy)]
pub enum UnaryDerivative {
    /// The rule.
    Rule(UnaryRule),
    /// Zero, for the given reason.
    ZeroGradient(&'static str),
    /// None, for the given reason.
    NotDifferentiable(&'static str),
}

/// Everything there is to know about an elementwise op of one operand.
pub struct UnaryRecord {
    /// The op.
    pub op: Unary,
    /// The name, as the specification writes it.
    pub mnemonic: &'static str,
    /// The dialect of the name.
    pub dialect: Dialect,
    /// Which element types it takes.
    pub takes: Families,
    /// The element type of the result; the operand's where `None`.
    pub gives: Option<DType>,
    /// The definition on real numbers.
    pub float: fn(f64) -> f64,
    /// The definition on integers; the element type's width matters for bits. Results wrap.
    pub integer: fn(i128, DType) -> i128,
    /// The derivative.
    pub derivative: UnaryDerivative,
    /// One sentence.
    pub doc: (&'static str, &'static str),
}

macro_rules! unary {
    ($($name:ident {
        spec: $dialect:ident $mnemonic:literal, takes: $takes:ident, gives: $gives:expr,
        float: $float:expr, integer: $integer:expr, vjp: $vjp:expr,
        doc: $en:literal, $ko:literal
    })*) => {
        /// An elementwise op of one operand. `f` of an element depends on that element alone.
        #[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
        pub enum Unary {
            $(#[doc = $en] $name,)*
        }

        impl Unary {
            /// Every op of the family.
            pub const ALL: &'static [Unary] = &[$(Unary::$name),*];

            /// The record of the op.
            pub fn record(self) -> &'static UnaryRecord {
                match self {$(
                    Unary::$name => &UnaryRecord {
                        op: Unary::$name,
                        mnemonic: $mnemonic,
                        dialect: Dialect::$dialect,
                        takes: Families::$takes,
                        gives: $gives,
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

use UnaryDerivative::{NotDifferentiable, Rule, ZeroGradient};

/// For ops that take no integers: never called, since the type rule refuses them.
fn no_integer(x: i128, _: DType) -> i128 {
    x
}

const STEP: UnaryDerivative = ZeroGradient("piecewise constant");
const DISCRETE: UnaryDerivative = ZeroGradient("the values are discrete");

fn bits(dtype: DType) -> u32 {
    8 * dtype.size() as u32
}

/// The value's bit pattern within its width.
fn pattern(x: i128, dtype: DType) -> u64 {
    (x as u64) & (u64::MAX >> (64 - bits(dtype)))
}

unary! {
    Abs { spec: StableHlo "abs", takes: SIGNED_NUMBER, gives: None,
        float: f64::abs, integer: |x, _| x.abs(), vjp: Rule(|x, _, dy| dy * x.sign()),
        doc: "Absolute value, elementwise.", "원소별 절댓값." }
    Cbrt { spec: StableHlo "cbrt", takes: FLOAT, gives: None,
        float: f64::cbrt, integer: no_integer, vjp: Rule(|_, y, dy| dy / (y * y * 3.0)),
        doc: "Cube root, elementwise.", "원소별 세제곱근." }
    Ceil { spec: StableHlo "ceil", takes: FLOAT, gives: None,
        float: f64::ceil, integer: no_integer, vjp: STEP,
        doc: "Smallest integer not below, elementwise.", "원소별 올림." }
    Cosine { spec: StableHlo "cosine", takes: FLOAT, gives: None,
        float: f64::cos, integer: no_integer, vjp: Rule(|x, _, dy| -(dy * x.sine())),
        doc: "Cosine of an angle in radians, elementwise.", "원소별 코사인(라디안)." }
    CountLeadingZeros { spec: StableHlo "count_leading_zeros", takes: INTEGER, gives: None,
        float: f64::abs,
        integer: |x, d| i128::from(pattern(x, d).leading_zeros() - (64 - bits(d))), vjp: DISCRETE,
        doc: "Number of leading zero bits, elementwise.", "원소별 앞쪽 0 비트의 수." }
    Digamma { spec: Chlo "digamma", takes: FLOAT, gives: None,
        float: special::digamma, integer: no_integer,
        vjp: NotDifferentiable("its derivative, polygamma, is not in the op set yet"),
        doc: "Logarithmic derivative of the gamma function, elementwise.",
        "원소별 디감마 함수." }
    Erf { spec: Chlo "erf", takes: FLOAT, gives: None,
        float: libm::erf, integer: no_integer,
        vjp: Rule(|x, _, dy| dy * (-(x * x)).exponential() * std::f64::consts::FRAC_2_SQRT_PI),
        doc: "Error function, elementwise.", "원소별 오차 함수." }
    ErfInv { spec: Chlo "erf_inv", takes: FLOAT, gives: None,
        float: special::erf_inv, integer: no_integer,
        vjp: Rule(|_, y, dy| dy * (y * y).exponential() / std::f64::consts::FRAC_2_SQRT_PI),
        doc: "Inverse error function, elementwise.", "원소별 역오차 함수." }
    Exponential { spec: StableHlo "exponential", takes: FLOAT, gives: None,
        float: f64::exp, integer: no_integer, vjp: Rule(|_, y, dy| dy * y),
        doc: "e to the power of x, elementwise.", "원소별 지수 함수." }
    ExponentialMinusOne { spec: StableHlo "exponential_minus_one", takes: FLOAT, gives: None,
        float: f64::exp_m1, integer: no_integer, vjp: Rule(|_, y, dy| dy * (y + 1.0)),
        doc: "e to the power of x, minus one, precise near zero.", "원소별 exp(x) - 1." }
    Floor { spec: StableHlo "floor", takes: FLOAT, gives: None,
        float: f64::floor, integer: no_integer, vjp: STEP,
        doc: "Largest integer not above, elementwise.", "원소별 내림." }
    IsFinite { spec: StableHlo "is_finite", takes: FLOAT, gives: Some(DType::Bool),
        float: |x| f64::from(u8::from(x.is_finite())), integer: no_integer, vjp: DISCRETE,
        doc: "Whether an element is neither infinite nor NaN.", "유한한 값인지 여부." }
    Lgamma { spec: Chlo "lgamma", takes: FLOAT, gives: None,
        float: libm::lgamma, integer: no_integer, vjp: Rule(|x, _, dy| dy * x.digamma()),
        doc: "Logarithm of the absolute value of the gamma function.", "원소별 로그 감마 함수." }
    Log { spec: StableHlo "log", takes: FLOAT, gives: None,
        float: f64::ln, integer: no_integer, vjp: Rule(|x, _, dy| dy / x),
        doc: "Natural logarithm, elementwise.", "원소별 자연로그." }
    LogPlusOne { spec: StableHlo "log_plus_one", takes: FLOAT, gives: None,
        float: f64::ln_1p, integer: no_integer, vjp: Rule(|x, _, dy| dy / (x + 1.0)),
        doc: "Natural logarithm of one plus x, precise near zero.", "원소별 log(1 + x)." }
    Logistic { spec: StableHlo "logistic", takes: FLOAT, gives: None,
        float: |x| 1.0 / (1.0 + (-x).exp()), integer: no_integer,
        vjp: Rule(|_, y, dy| dy * y * (1.0 - y)),
        doc: "Logistic sigmoid 1 / (1 + exp(-x)), elementwise.", "원소별 로지스틱 시그모이드." }
    Negate { spec: StableHlo "negate", takes: NUMBER, gives: None,
        float: |x| -x, integer: |x, _| -x, vjp: Rule(|_, _, dy| -dy),
        doc: "Sign change, elementwise; integers wrap.", "원소별 부호 바꿈." }
    Not { spec: StableHlo "not", takes: BITS, gives: None,
        float: f64::abs, integer: |x, d| if d == DType::Bool { 1 - x } else { !x }, vjp: DISCRETE,
        doc: "Bitwise or logical complement, elementwise.", "원소별 비트(논리) 부정." }
    Popcnt { spec: StableHlo "popcnt", takes: INTEGER, gives: None,
        float: f64::abs, integer: |x, d| i128::from(pattern(x, d).count_ones()), vjp: DISCRETE,
        doc: "Number of one bits, elementwise.", "원소별 1 비트의 수." }
    RoundNearestAfz { spec: StableHlo "round_nearest_afz", takes: FLOAT, gives: None,
        float: f64::round, integer: no_integer, vjp: STEP,
        doc: "Nearest integer, halves away from zero.", "원소별 반올림(0에서 먼 쪽)." }
    RoundNearestEven { spec: StableHlo "round_nearest_even", takes: FLOAT, gives: None,
        float: special::round_even, integer: no_integer, vjp: STEP,
        doc: "Nearest integer, halves to even.", "원소별 반올림(짝수 쪽)." }
    Rsqrt { spec: StableHlo "rsqrt", takes: FLOAT, gives: None,
        float: |x| 1.0 / x.sqrt(), integer: no_integer,
        vjp: Rule(|x, y, dy| dy * (y / x) * -0.5),
        doc: "Reciprocal square root, elementwise.", "원소별 제곱근의 역수." }
    Sign { spec: StableHlo "sign", takes: SIGNED_NUMBER, gives: None,
        float: |x| if x == 0.0 || x.is_nan() { x } else { 1f64.copysign(x) },
        integer: |x, _| x.signum(), vjp: STEP,
        doc: "-1, 0 or 1 by the sign; zeros and NaN are kept.", "원소별 부호." }
    Sine { spec: StableHlo "sine", takes: FLOAT, gives: None,
        float: f64::sin, integer: no_integer, vjp: Rule(|x, _, dy| dy * x.cosine()),
        doc: "Sine of an angle in radians, elementwise.", "원소별 사인(라디안)." }
    Sqrt { spec: StableHlo "sqrt", takes: FLOAT, gives: None,
        float: f64::sqrt, integer: no_integer, vjp: Rule(|_, y, dy| dy / (y * 2.0)),
        doc: "Square root, elementwise.", "원소별 제곱근." }
    Tan { spec: StableHlo "tan", takes: FLOAT, gives: None,
        float: f64::tan, integer: no_integer, vjp: Rule(|_, y, dy| dy * (y * y + 1.0)),
        doc: "Tangent of an angle in radians, elementwise.", "원소별 탄젠트(라디안)." }
    Tanh { spec: StableHlo "tanh", takes: FLOAT, gives: None,
        float: f64::tanh, integer: no_integer, vjp: Rule(|_, y, dy| dy * (1.0 - y * y)),
        doc: "Hyperbolic tangent, elementwise.", "원소별 쌍곡탄젠트." }
}

impl OpDef for Unary {
    fn mnemonic(&self) -> &'static str {
        self.record().mnemonic
    }

    fn dialect(&self) -> Dialect {
        self.record().dialect
    }

    fn spec(&self) -> &'static str {
        self.record().mnemonic
    }

    fn doc(&self) -> Text {
        let (en, ko) = self.record().doc;
        doc(en, ko)
    }

    fn infer(&self, operands: &[TensorType]) -> Result<Vec<TensorType>> {
        arity(operands, 1)?;
        let (x, record) = (&operands[0], self.record());
        record.takes.check(x.dtype, &format!("{} I1", record.mnemonic))?;
        Ok(vec![x.with_dtype(record.gives.unwrap_or(x.dtype))])
    }

    fn derivative(&self) -> Derivative<Unary> {
        match self.record().derivative {
            Rule(_) => Derivative::Rule(|op, cx| {
                let Rule(rule) = op.record().derivative else { return Ok(vec![None]) };
                Ok(vec![Some(rule(cx.operands[0], cx.results[0], cx.dy()))])
            }),
            ZeroGradient(why) => Derivative::ZeroGradient(why),
            NotDifferentiable(why) => Derivative::NotDifferentiable(why),
        }
    }

    fn eval(&self, operands: &[Array], results: &[TensorType]) -> Result<Vec<Array>> {
        let (x, ty, record) = (&operands[0], &results[0], self.record());
        let mut out = Array::zeros(ty.dtype, ty.shape.clone());
        dispatch!(ty.dtype, T => {
            let values = out.as_mut_slice::<T>()?;
            if x.dtype().kind() == Kind::Float {
                for (y, x) in values.iter_mut().zip(x.to_f64_vec()) {
                    *y = T::from_f64((record.float)(x));
                }
            } else {
                for (y, v) in values.iter_mut().zip(x.to_i128_vec()) {
                    *y = T::from_i128((record.integer)(v, x.dtype()));
                }
            }
        });
        Ok(vec![out])
    }
}
