//! Handles of values while a graph is built: operators, and one method for each op.

use crate::ops::*;
use crate::{Builder, TensorType, ValueId};
use seodang_core::{Array, DType, Shape};
use std::fmt;
use std::ops::{Add, Div, Mul, Neg, Rem, Sub};

/// A value of the graph a [`Builder`] is building.
///
/// Methods check types and remember the first error in the builder.
#[derive(Clone, Copy)]
pub struct Expr<'b> {
    builder: &'b Builder,
    id: ValueId,
}

impl fmt::Debug for Expr<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "%{}: {}", self.id.index(), self.ty())
    }
}

macro_rules! unary_methods {
    ($($(#[$doc:meta])* $name:ident => $op:ident;)*) => {
        impl<'b> Expr<'b> {$(
            $(#[$doc])*
            pub fn $name(self) -> Expr<'b> {
                self.builder.apply(Unary::$op, &[self])
            }
        )*}
    };
}

unary_methods! {
    /// Absolute value.
    abs => Abs;
    /// Cube root.
    cbrt => Cbrt;
    /// Round up.
    ceil => Ceil;
    /// Cosine.
    cosine => Cosine;
    /// Digamma function.
    digamma => Digamma;
    /// Error function.
    erf => Erf;
    /// Inverse error function.
    erf_inv => ErfInv;
    /// Exponential function.
    exponential => Exponential;
    /// exp(x) - 1.
    exponential_minus_one => ExponentialMinusOne;
    /// Round down.
    floor => Floor;
    /// Neither infinite nor NaN.
    is_finite => IsFinite;
    /// Logarithm of the gamma function.
    lgamma => Lgamma;
    /// Natural logarithm.
    log => Log;
    /// log(1 + x).
    log_plus_one => LogPlusOne;
    /// Logistic sigmoid.
    logistic => Logistic;
    /// Round, halves to even.
    round_nearest_even => RoundNearestEven;
    /// Reciprocal square root.
    rsqrt => Rsqrt;
    /// Sign.
    sign => Sign;
    /// Sine.
    sine => Sine;
    /// Square root.
    sqrt => Sqrt;
    /// Tangent.
    tan => Tan;
    /// Hyperbolic tangent.
    tanh => Tanh;
}

macro_rules! binary_methods {
    ($($(#[$doc:meta])* $name:ident => $op:ident;)*) => {
        impl<'b> Expr<'b> {$(
            $(#[$doc])*
            pub fn $name(self, other: impl Operand<'b>) -> Expr<'b> {
                let other = other.expr(self);
                self.builder.apply(Binary::$op, &[self, other])
            }
        )*}
    };
}

binary_methods! {
    /// And.
    and => And;
    /// Angle of a point.
    atan2 => Atan2;
    /// Larger element.
    maximum => Maximum;
    /// Smaller element.
    minimum => Minimum;
    /// Or.
    or => Or;
    /// Power.
    power => Power;
    /// Remainder with the dividend's sign.
    remainder => Remainder;
    /// Left shift.
    shift_left => ShiftLeft;
    /// Right shift with zeros.
    shift_right_logical => ShiftRightLogical;
    /// Exclusive or.
    xor => Xor;
}

macro_rules! compare_methods {
    ($($(#[$doc:meta])* $name:ident => $direction:ident;)*) => {
        impl<'b> Expr<'b> {$(
            $(#[$doc])*
            pub fn $name(self, other: impl Operand<'b>) -> Expr<'b> {
                let other = other.expr(self);
                self.builder.apply(Compare { direction: Direction::$direction }, &[self, other])
            }
        )*}
    };
}

compare_methods! {
    /// Equal.
    eq => Eq;
    /// Not equal.
    ne => Ne;
    /// Greater or equal.
    ge => Ge;
    /// Greater.
    gt => Gt;
    /// Less or equal.
    le => Le;
    /// Less.
    lt => Lt;
}

/// What can stand beside an [`Expr`]: another one, or a number that takes its type.
pub trait Operand<'b> {
    /// The operand as a value of the type of `like`.
    fn expr(self, like: Expr<'b>) -> Expr<'b>;
}

impl<'b> Operand<'b> for Expr<'b> {
    fn expr(self, _: Expr<'b>) -> Expr<'b> {
        self
    }
}

impl<'b> Operand<'b> for f64 {
    fn expr(self, like: Expr<'b>) -> Expr<'b> {
        like.builder.full(&like.ty(), self)
    }
}

macro_rules! operators {
    ($($trait:ident $method:ident $op:ident;)*) => {$(
        impl<'b, O: Operand<'b>> $trait<O> for Expr<'b> {
            type Output = Expr<'b>;
            fn $method(self, other: O) -> Expr<'b> {
                let other = other.expr(self);
                self.builder.apply(Binary::$op, &[self, other])
            }
        }
        impl<'b> $trait<Expr<'b>> for f64 {
            type Output = Expr<'b>;
            fn $method(self, other: Expr<'b>) -> Expr<'b> {
                let this = self.expr(other);
                other.builder.apply(Binary::$op, &[this, other])
            }
        }
    )*};
}

operators! {
    Add add Add;
    Sub sub Subtract;
    Mul mul Multiply;
    Div div Divide;
    Rem rem Remainder;
}

impl<'b> std::ops::Not for Expr<'b> {
    type Output = Expr<'b>;
    fn not(self) -> Expr<'b> {
        self.builder.apply(Unary::Not, &[self])
    }
}

impl<'b> Neg for Expr<'b> {
    type Output = Expr<'b>;
    fn neg(self) -> Expr<'b> {
        self.builder.apply(Unary::Negate, &[self])
    }
}

impl<'b> Expr<'b> {
    pub(crate) fn new(builder: &'b Builder, id: ValueId) -> Expr<'b> {
        Expr { builder, id }
    }

    /// The builder.
    pub fn builder(&self) -> &'b Builder {
        self.builder
    }

    /// The value.
    pub fn id(&self) -> ValueId {
        self.id
    }

    /// The type.
    pub fn ty(&self) -> TensorType {
        self.builder.ty(self.id)
    }

    /// The element type.
    pub fn dtype(&self) -> DType {
        self.ty().dtype
    }

    /// The shape.
    pub fn shape(&self) -> Shape {
        self.ty().shape
    }

    /// The number of dimensions.
    pub fn rank(&self) -> usize {
        self.builder.graph().ty(self.id).rank()
    }

    /// Zeros of the same type.
    pub fn zeros_like(self) -> Expr<'b> {
        self.builder.full(&self.ty(), 0.0)
    }

    /// Ones of the same type.
    pub fn ones_like(self) -> Expr<'b> {
        self.builder.full(&self.ty(), 1.0)
    }

    /// `a` where this is true, else `b`.
    pub fn select(self, a: Expr<'b>, b: Expr<'b>) -> Expr<'b> {
        self.builder.apply(Select, &[self, a, b])
    }

    /// The value limited to a range.
    pub fn clamp(self, min: Expr<'b>, max: Expr<'b>) -> Expr<'b> {
        self.builder.apply(Clamp, &[min, self, max])
    }

    /// The numbers in another element type; itself if that is the type already.
    pub fn convert(self, dtype: DType) -> Expr<'b> {
        if self.dtype() == dtype { self } else { self.builder.apply(Convert { dtype }, &[self]) }
    }

    /// Broadcast: dimension `i` becomes `dimensions[i]` of the shape.
    pub fn broadcast_in_dim(self, shape: impl Into<Shape>, dimensions: &[usize]) -> Expr<'b> {
        let shape = shape.into();
        if self.shape() == shape && dimensions.iter().enumerate().all(|(i, &d)| i == d) {
            return self;
        }
        let op = BroadcastInDim { shape, dimensions: dimensions.to_vec() };
        self.builder.apply(op, &[self])
    }

    /// The same elements under another shape.
    pub fn reshape(self, shape: impl Into<Shape>) -> Expr<'b> {
        let shape = shape.into();
        if self.shape() == shape { self } else { self.builder.apply(Reshape { shape }, &[self]) }
    }

    /// Dimensions in another order.
    pub fn transpose(self, permutation: &[usize]) -> Expr<'b> {
        if permutation.iter().enumerate().all(|(i, &d)| i == d) && permutation.len() == self.rank()
        {
            return self;
        }
        self.builder.apply(Transpose { permutation: permutation.to_vec() }, &[self])
    }

    /// Opposite order along dimensions.
    pub fn reverse(self, dimensions: &[usize]) -> Expr<'b> {
        self.builder.apply(Reverse { dimensions: dimensions.to_vec() }, &[self])
    }

    /// A box at constant places.
    pub fn slice(self, start: &[usize], limit: &[usize], strides: &[usize]) -> Expr<'b> {
        let op = Slice { start: start.to_vec(), limit: limit.to_vec(), strides: strides.to_vec() };
        self.builder.apply(op, &[self])
    }

    /// Padding with a value.
    pub fn pad(self, value: Expr<'b>, low: &[i64], high: &[i64], interior: &[i64]) -> Expr<'b> {
        let op = Pad { low: low.to_vec(), high: high.to_vec(), interior: interior.to_vec() };
        self.builder.apply(op, &[self, value])
    }

    /// Padding with zeros.
    pub fn pad_zero(self, low: &[i64], high: &[i64], interior: &[i64]) -> Expr<'b> {
        if [low, high, interior].iter().all(|v| v.iter().all(|&p| p == 0)) {
            return self;
        }
        let zero = self.builder.constant(Array::zeros(self.dtype(), []));
        self.pad(zero, low, high, interior)
    }

    /// A box at a computed place.
    pub fn dynamic_slice(self, indices: &[Expr<'b>], sizes: &[usize]) -> Expr<'b> {
        let operands: Vec<Expr<'b>> =
            std::iter::once(self).chain(indices.iter().copied()).collect();
        self.builder.apply(DynamicSlice { sizes: sizes.to_vec() }, &operands)
    }

    /// The value with a box at a computed place replaced.
    pub fn dynamic_update_slice(self, update: Expr<'b>, indices: &[Expr<'b>]) -> Expr<'b> {
        let operands: Vec<Expr<'b>> =
            [self, update].into_iter().chain(indices.iter().copied()).collect();
        self.builder.apply(DynamicUpdateSlice, &operands)
    }

    /// The general product.
    pub fn dot_general(self, other: Expr<'b>, op: DotGeneral) -> Expr<'b> {
        self.builder.apply(op, &[self, other])
    }

    /// The convolution with a kernel.
    pub fn convolution(self, kernel: Expr<'b>, op: Convolution) -> Expr<'b> {
        self.builder.apply(op, &[self, kernel])
    }

    /// A reduction from the reducer's identity.
    pub fn reduce(self, reducer: Reducer, dimensions: &[usize]) -> Expr<'b> {
        let dtype = self.dtype();
        let identity = self.builder.constant(reducer.identity(dtype));
        let op = Reduce { dimensions: dimensions.to_vec(), body: reducer.body(dtype) };
        self.builder.apply(op, &[self, identity])
    }

    /// The sum over dimensions; itself if there are none.
    pub fn sum(self, dimensions: &[usize]) -> Expr<'b> {
        if dimensions.is_empty() { self } else { self.reduce(Reducer::Add, dimensions) }
    }

    /// The largest element over dimensions.
    pub fn max(self, dimensions: &[usize]) -> Expr<'b> {
        self.reduce(Reducer::Maximum, dimensions)
    }

    /// The smallest element over dimensions.
    pub fn min(self, dimensions: &[usize]) -> Expr<'b> {
        self.reduce(Reducer::Minimum, dimensions)
    }
}
