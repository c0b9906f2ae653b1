//! Elementwise ops.

use crate::Tensor;
use crate::apply::apply;
use crate::operators::{Operand, binary};
use crate::tensor::Repr;
use seodang_core::{DType, Result};
use seodang_ir::Builder;
use seodang_ir::ops::{Backward, Binary, Compare, Composite, Convert, Direction, Select, Unary};
use std::sync::Arc;

macro_rules! unary {
    ($($(#[$doc:meta])* $name:ident => $op:ident;)*) => {
        impl Tensor {$(
            $(#[$doc])*
            ///
            /// # Errors
            /// `DType`, if the op does not take this dtype.
            pub fn $name(&self) -> Result<Tensor> {
                apply(Unary::$op, &[self])
            }
        )*}
    };
}

unary! {
    /// |x|, elementwise.
    abs => Abs;
    /// The cube root, elementwise.
    cbrt => Cbrt;
    /// The smallest integer not below x, elementwise.
    ceil => Ceil;
    /// cos x (radians), elementwise.
    cos => Cosine;
    /// The digamma function, the derivative of [`Tensor::lgamma`], elementwise.
    digamma => Digamma;
    /// The error function, elementwise.
    erf => Erf;
    /// The inverse of [`Tensor::erf`] on (-1, 1), elementwise.
    erf_inv => ErfInv;
    /// e to the x, elementwise.
    exp => Exponential;
    /// e to the x, minus 1, precise near 0, elementwise.
    expm1 => ExponentialMinusOne;
    /// The largest integer not above x, elementwise.
    floor => Floor;
    /// Whether x is neither infinite nor NaN, elementwise (bool).
    is_finite => IsFinite;
    /// The logarithm of the absolute value of the gamma function, elementwise.
    lgamma => Lgamma;
    /// The natural logarithm, elementwise.
    log => Log;
    /// log(1 + x), precise near 0, elementwise.
    log1p => LogPlusOne;
    /// The complement: "not" of booleans, all bits of integers, elementwise.
    logical_not => Not;
    /// The nearest integer, halves to even, elementwise.
    round => RoundNearestEven;
    /// 1 / sqrt(x), elementwise.
    rsqrt => Rsqrt;
    /// 1 / (1 + exp(-x)), elementwise.
    sigmoid => Logistic;
    /// -1, 0 or 1, elementwise.
    sign => Sign;
    /// sin x (radians), elementwise.
    sin => Sine;
    /// The square root, elementwise.
    sqrt => Sqrt;
    /// tan x (radians), elementwise.
    tan => Tan;
    /// The hyperbolic tangent, elementwise.
    tanh => Tanh;
}

macro_rules! binaries {
    ($($(#[$doc:meta])* $name:ident => $op:expr;)*) => {
        impl Tensor {$(
            $(#[$doc])*
            ///
            /// # Errors
            /// `Shape`, if the shapes do not broadcast; `DType`, if the dtypes differ or the op does
            /// not take them.
            pub fn $name(&self, other: impl Operand) -> Result<Tensor> {
                binary($op, self, other)
            }
        )*}
    };
}

const fn compare(direction: Direction) -> Compare {
    Compare { direction }
}

binaries! {
    /// The sum, elementwise; "or" of booleans.
    add => Binary::Add;
    /// The difference, elementwise.
    sub => Binary::Subtract;
    /// The product, elementwise; "and" of booleans.
    mul => Binary::Multiply;
    /// The quotient, elementwise; integers truncate.
    div => Binary::Divide;
    /// The remainder with the sign of the dividend (C's `fmod`), elementwise.
    rem => Binary::Remainder;
    /// self to the power of other, elementwise.
    pow => Binary::Power;
    /// The larger element; NaN if one is NaN.
    maximum => Binary::Maximum;
    /// The smaller element; NaN if one is NaN.
    minimum => Binary::Minimum;
    /// The angle in radians of the point (other, self), elementwise.
    atan2 => Binary::Atan2;
    /// Logical "and" of booleans, bitwise of integers, elementwise.
    logical_and => Binary::And;
    /// Logical "or" of booleans, bitwise of integers, elementwise.
    logical_or => Binary::Or;
    /// Logical exclusive "or" of booleans, bitwise of integers, elementwise.
    logical_xor => Binary::Xor;
    /// The bits shifted to the left, elementwise.
    shift_left => Binary::ShiftLeft;
    /// The bits shifted to the right, filled with zeros, elementwise.
    shift_right => Binary::ShiftRightLogical;
    /// Whether the elements are equal (bool). NaN equals nothing.
    eq => compare(Direction::Eq);
    /// Whether the elements differ (bool).
    ne => compare(Direction::Ne);
    /// Whether self is not below other, elementwise (bool).
    ge => compare(Direction::Ge);
    /// Whether self is above other, elementwise (bool).
    gt => compare(Direction::Gt);
    /// Whether self is not above other, elementwise (bool).
    le => compare(Direction::Le);
    /// Whether self is below other, elementwise (bool).
    lt => compare(Direction::Lt);
}

impl Tensor {
    /// -x, elementwise.
    ///
    /// # Errors
    /// `DType` for booleans.
    pub fn neg(&self) -> Result<Tensor> {
        apply(Unary::Negate, &[self])
    }

    /// x times x, elementwise.
    ///
    /// # Errors
    /// None but the engine's.
    pub fn square(&self) -> Result<Tensor> {
        self.mul(self)
    }

    /// 1 / x, elementwise.
    ///
    /// # Errors
    /// `DType` for booleans.
    pub fn reciprocal(&self) -> Result<Tensor> {
        1.0 / self
    }

    /// max(x, 0), elementwise. The derivative at 0 is 0, as in TensorFlow.
    ///
    /// # Errors
    /// None but the engine's.
    pub fn relu(&self) -> Result<Tensor> {
        let zero = self.zeros_like_scalar()?;
        Tensor::select(&self.gt(&zero)?, self, &zero)
    }

    fn zeros_like_scalar(&self) -> Result<Tensor> {
        crate::with_device(self.device(), || Tensor::zeros(self.dtype(), []))
    }

    /// The elements limited to the range from `lo` to `hi`: min(max(x, lo), hi). The gradient flows
    /// where the element is inside or on the limits, as in `tf.clip_by_value`.
    ///
    /// # Errors
    /// `DType`, if a limit does not fit.
    ///
    /// ```
    /// use seodang_tensor::Tensor;
    /// let x = Tensor::new([3], vec![-1.0f32, 0.5, 7.0])?.clip(0.0, 1.0)?;
    /// assert_eq!(x.to_f64_vec()?, [0.0, 0.5, 1.0]);
    /// # Ok::<(), seodang_tensor::Error>(())
    /// ```
    pub fn clip(&self, lo: impl Operand, hi: impl Operand) -> Result<Tensor> {
        let (lo, hi) = (lo.operand(self)?, hi.operand(self)?);
        if lo.rank() == 0 && hi.rank() == 0 {
            return apply(seodang_ir::ops::Clamp, &[&lo, self, &hi]);
        }
        self.maximum(&*lo)?.minimum(&*hi)
    }

    /// `a` where `condition` is true, else `b`, elementwise. All three broadcast.
    ///
    /// # Errors
    /// `Shape`, if the shapes do not broadcast; `DType`, if `condition` is not boolean or the dtypes
    /// of `a` and `b` differ.
    ///
    /// ```
    /// use seodang_tensor::Tensor;
    /// let x = Tensor::new([2], vec![-3.0f32, 4.0])?;
    /// let y = Tensor::select(&x.gt(0.0)?, &x, &x.neg()?)?;
    /// assert_eq!(y.to_f64_vec()?, [3.0, 4.0]);
    /// # Ok::<(), seodang_tensor::Error>(())
    /// ```
    pub fn select(condition: &Tensor, a: impl Operand, b: impl Operand) -> Result<Tensor> {
        let (a, b) = crate::operators::pair(condition, &a, &b)?;
        apply(Select, &[condition, &a, &b])
    }

    /// The same numbers in another dtype: floats round to even; floats to integers truncate and
    /// saturate; integers wrap; booleans are "not 0". Itself, if the dtype is the same.
    ///
    /// # Errors
    /// None but the engine's.
    pub fn cast(&self, dtype: DType) -> Result<Tensor> {
        if self.dtype() == dtype { Ok(self.clone()) } else { apply(Convert { dtype }, &[self]) }
    }

    /// The same value, through which no gradient flows.
    ///
    /// # Errors
    /// None but the engine's.
    pub fn stop_gradient(&self) -> Result<Tensor> {
        if let Repr::Eager { buffer, device, .. } = &self.0
            && !crate::is_tracing()
        {
            // A tensor that no tape knows.
            return Ok(Tensor::eager(buffer.clone(), *device));
        }
        let b = Builder::new("stop_gradient");
        let x = b.input(self.ty().clone());
        let body = Arc::new(b.finish(&[x])?);
        let name = "seodang.stop_gradient".into();
        apply(Composite { name, body, backward: Backward::Stop }, &[self])
    }
}
