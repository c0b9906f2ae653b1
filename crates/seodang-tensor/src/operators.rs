//! What can stand beside a tensor, and the operators `+ - * / %` and unary `-`.

use crate::Tensor;
use crate::apply::apply;
use seodang_core::{Array, Error, Result, text};
use seodang_ir::Op;
use seodang_ir::ops::{Binary, Unary};
use std::borrow::Cow;
use std::ops::{Add, Div, Mul, Neg, Rem, Sub};

/// The other operand of a binary op: a tensor of the same dtype, or a Rust number, which takes the
/// tensor's dtype. A number that the dtype cannot hold (2.5 for an integer tensor) is an error.
pub trait Operand {
    /// The operand as a tensor of the dtype of `like`.
    ///
    /// # Errors
    /// `DType`, if a number does not fit the dtype.
    fn operand(&self, like: &Tensor) -> Result<Cow<'_, Tensor>>;

    /// The tensor, unless the operand is a number.
    fn tensor(&self) -> Option<&Tensor> {
        None
    }
}

impl Operand for Tensor {
    fn operand(&self, _: &Tensor) -> Result<Cow<'_, Tensor>> {
        Ok(Cow::Borrowed(self))
    }
    fn tensor(&self) -> Option<&Tensor> {
        Some(self)
    }
}

impl<O: Operand + ?Sized> Operand for &O {
    fn operand(&self, like: &Tensor) -> Result<Cow<'_, Tensor>> {
        (**self).operand(like)
    }
    fn tensor(&self) -> Option<&Tensor> {
        (**self).tensor()
    }
}

impl Operand for f64 {
    fn operand(&self, like: &Tensor) -> Result<Cow<'_, Tensor>> {
        let dtype = like.dtype();
        let number = *self;
        if !dtype.is_float() && Array::full(dtype, [], number).to_f64_vec() != [number] {
            return Err(Error::dtype(text!(
                en: "the number {number} cannot stand beside a tensor of {dtype}",
                ko: "숫자 {number}은(는) {dtype} 텐서와 함께 쓸 수 없습니다"
            ))
            .hint(text!(en: "cast the tensor first", ko: "먼저 텐서를 cast 하세요")));
        }
        crate::with_device(like.device(), || Tensor::full(dtype, [], number)).map(Cow::Owned)
    }
}

macro_rules! numbers {
    ($($ty:ty),*) => {$(
        impl Operand for $ty {
            fn operand(&self, like: &Tensor) -> Result<Cow<'_, Tensor>> {
                Ok(Cow::Owned(f64::from(*self).operand(like)?.into_owned()))
            }
        }
    )*};
}
numbers!(f32, i32);

pub(crate) fn binary(op: impl Into<Op>, a: &Tensor, b: impl Operand) -> Result<Tensor> {
    let b = b.operand(a)?;
    apply(op, &[a, &b])
}

macro_rules! operators {
    ($($trait:ident $method:ident $op:ident;)*) => {$(
        impl<O: Operand> $trait<O> for &Tensor {
            type Output = Result<Tensor>;
            fn $method(self, other: O) -> Result<Tensor> {
                binary(Binary::$op, self, other)
            }
        }
        impl<O: Operand> $trait<O> for Tensor {
            type Output = Result<Tensor>;
            fn $method(self, other: O) -> Result<Tensor> {
                binary(Binary::$op, &self, other)
            }
        }
        impl $trait<&Tensor> for f64 {
            type Output = Result<Tensor>;
            fn $method(self, other: &Tensor) -> Result<Tensor> {
                let this = self.operand(other)?;
                apply(Binary::$op, &[&this, other])
            }
        }
        impl $trait<Tensor> for f64 {
            type Output = Result<Tensor>;
            fn $method(self, other: Tensor) -> Result<Tensor> {
                $trait::$method(self, &other)
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

impl Neg for &Tensor {
    type Output = Result<Tensor>;
    fn neg(self) -> Result<Tensor> {
        apply(Unary::Negate, &[self])
    }
}

impl Neg for Tensor {
    type Output = Result<Tensor>;
    fn neg(self) -> Result<Tensor> {
        -&self
    }
}

/// Two operands of one dtype: a number takes the other's; two numbers take float32.
pub(crate) fn pair<'a>(
    device_of: &Tensor,
    a: &'a impl Operand,
    b: &'a impl Operand,
) -> Result<(Cow<'a, Tensor>, Cow<'a, Tensor>)> {
    let like = match (a.tensor(), b.tensor()) {
        (Some(t), _) | (None, Some(t)) => Cow::Borrowed(t),
        (None, None) => Cow::Owned(crate::with_device(device_of.device(), || {
            Tensor::zeros(seodang_core::DType::F32, [])
        })?),
    };
    Ok((a.operand(&like)?, b.operand(&like)?))
}
