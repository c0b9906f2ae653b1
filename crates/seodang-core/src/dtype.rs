//! Element types.

use crate::{Error, Result, text};
use half::{bf16, f16};
use std::fmt;
use std::str::FromStr;

/// The element type of an array, a tensor or a value of a graph.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
#[allow(missing_docs)]
pub enum DType {
    Bool,
    I8,
    I16,
    I32,
    I64,
    U8,
    U16,
    U32,
    U64,
    F16,
    BF16,
    F32,
    F64,
}

/// The family an element type belongs to; rules of ops are stated over families.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
#[allow(missing_docs)]
pub enum Kind {
    Bool,
    Signed,
    Unsigned,
    Float,
}

impl DType {
    /// Every element type, in the order of the enum.
    pub const ALL: [DType; 13] = [
        DType::Bool,
        DType::I8,
        DType::I16,
        DType::I32,
        DType::I64,
        DType::U8,
        DType::U16,
        DType::U32,
        DType::U64,
        DType::F16,
        DType::BF16,
        DType::F32,
        DType::F64,
    ];

    /// Bytes one element takes.
    pub const fn size(self) -> usize {
        match self {
            DType::Bool | DType::I8 | DType::U8 => 1,
            DType::I16 | DType::U16 | DType::F16 | DType::BF16 => 2,
            DType::I32 | DType::U32 | DType::F32 => 4,
            DType::I64 | DType::U64 | DType::F64 => 8,
        }
    }

    /// The family: boolean, signed integer, unsigned integer or floating point.
    pub const fn kind(self) -> Kind {
        match self {
            DType::Bool => Kind::Bool,
            DType::I8 | DType::I16 | DType::I32 | DType::I64 => Kind::Signed,
            DType::U8 | DType::U16 | DType::U32 | DType::U64 => Kind::Unsigned,
            DType::F16 | DType::BF16 | DType::F32 | DType::F64 => Kind::Float,
        }
    }

    /// Whether this is a floating-point type.
    pub const fn is_float(self) -> bool {
        matches!(self.kind(), Kind::Float)
    }

    /// Whether this is a signed or unsigned integer type (booleans are not).
    pub const fn is_integer(self) -> bool {
        matches!(self.kind(), Kind::Signed | Kind::Unsigned)
    }

    /// The name as NumPy, Keras and TensorFlow write it: `"float32"`, `"int64"`, `"bool"`.
    pub const fn name(self) -> &'static str {
        match self {
            DType::Bool => "bool",
            DType::I8 => "int8",
            DType::I16 => "int16",
            DType::I32 => "int32",
            DType::I64 => "int64",
            DType::U8 => "uint8",
            DType::U16 => "uint16",
            DType::U32 => "uint32",
            DType::U64 => "uint64",
            DType::F16 => "float16",
            DType::BF16 => "bfloat16",
            DType::F32 => "float32",
            DType::F64 => "float64",
        }
    }

    /// The name as StableHLO writes it: `"f32"`, `"i64"`, `"ui8"`, `"i1"`.
    pub const fn mlir_name(self) -> &'static str {
        match self {
            DType::Bool => "i1",
            DType::I8 => "i8",
            DType::I16 => "i16",
            DType::I32 => "i32",
            DType::I64 => "i64",
            DType::U8 => "ui8",
            DType::U16 => "ui16",
            DType::U32 => "ui32",
            DType::U64 => "ui64",
            DType::F16 => "f16",
            DType::BF16 => "bf16",
            DType::F32 => "f32",
            DType::F64 => "f64",
        }
    }

    /// The unit roundoff of a floating-point type (half the distance from 1 to the next number);
    /// 0 for the others.
    pub const fn unit_roundoff(self) -> f64 {
        match self {
            DType::F16 => 1.0 / 2048.0,
            DType::BF16 => 1.0 / 256.0,
            DType::F32 => (f32::EPSILON / 2.0) as f64,
            DType::F64 => f64::EPSILON / 2.0,
            _ => 0.0,
        }
    }
}

impl fmt::Display for DType {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl FromStr for DType {
    type Err = Error;

    /// Reads NumPy's names (`"float32"`), StableHLO's (`"f32"`) and Keras's aliases (`"half"`,
    /// `"float"`, `"double"`, `"int"`).
    fn from_str(name: &str) -> Result<DType> {
        let alias = match name {
            "half" => Some(DType::F16),
            "float" => Some(DType::F32),
            "double" => Some(DType::F64),
            "int" => Some(DType::I32),
            "u8" => Some(DType::U8),
            "u16" => Some(DType::U16),
            "u32" => Some(DType::U32),
            "u64" => Some(DType::U64),
            _ => None,
        };
        alias
            .or_else(|| DType::ALL.into_iter().find(|d| d.name() == name || d.mlir_name() == name))
            .ok_or_else(|| {
                Error::value(text!(
                    en: "unknown dtype \"{name}\"",
                    ko: "알 수 없는 dtype \"{name}\""
                ))
                .expected(text!(
                    en: "one of {}", DType::ALL.map(DType::name).join(", ");
                    ko: "다음 중 하나: {}", DType::ALL.map(DType::name).join(", ")
                ))
            })
    }
}

/// A Rust type that can be the element of an [`Array`](crate::Array).
///
/// The conversions go through `f64`, as the reference evaluator does; integers beyond 2^53 use
/// [`Element::to_i128`].
pub trait Element:
    bytemuck::NoUninit + bytemuck::CheckedBitPattern + PartialOrd + fmt::Debug + Send + Sync + 'static
{
    /// The element type this Rust type stands for.
    const DTYPE: DType;
    /// The additive identity (`false` for booleans).
    const ZERO: Self;
    /// The multiplicative identity (`true` for booleans).
    const ONE: Self;
    /// The value as `f64` (booleans as 0 and 1).
    fn to_f64(self) -> f64;
    /// The nearest value of this type: floats round to even; integers truncate towards zero and
    /// saturate, NaN becomes 0; booleans are "not equal to zero".
    fn from_f64(value: f64) -> Self;
    /// The value as a wide integer, truncating floats.
    fn to_i128(self) -> i128;
    /// The value of this type with the same low bits (two's complement wrap); floats round.
    fn from_i128(value: i128) -> Self;
}

macro_rules! integer_elements {
    ($($rust:ty => $dtype:ident),*) => {$(
        impl Element for $rust {
            const DTYPE: DType = DType::$dtype;
            const ZERO: Self = 0;
            const ONE: Self = 1;
            fn to_f64(self) -> f64 { self as f64 }
            fn from_f64(value: f64) -> Self { value as $rust }
            fn to_i128(self) -> i128 { self as i128 }
            fn from_i128(value: i128) -> Self { value as $rust }
        }
    )*};
}
integer_elements!(i8 => I8, i16 => I16, i32 => I32, i64 => I64, u8 => U8, u16 => U16, u32 => U32, u64 => U64);

macro_rules! float_elements {
    ($($rust:ty => $dtype:ident, $zero:expr, $one:expr, |$x:ident| $to:expr, |$y:ident| $from:expr);*) => {$(
        impl Element for $rust {
            const DTYPE: DType = DType::$dtype;
            const ZERO: Self = $zero;
            const ONE: Self = $one;
            fn to_f64(self) -> f64 { let $x = self; $to }
            fn from_f64(value: f64) -> Self { let $y = value; $from }
            fn to_i128(self) -> i128 { self.to_f64() as i128 }
            fn from_i128(value: i128) -> Self { Self::from_f64(value as f64) }
        }
    )*};
}
float_elements!(
    f32 => F32, 0.0, 1.0, |x| x as f64, |y| y as f32;
    f64 => F64, 0.0, 1.0, |x| x, |y| y;
    f16 => F16, f16::ZERO, f16::ONE, |x| x.to_f64(), |y| f16::from_f64(y);
    bf16 => BF16, bf16::ZERO, bf16::ONE, |x| x.to_f64(), |y| bf16::from_f64(y)
);

impl Element for bool {
    const DTYPE: DType = DType::Bool;
    const ZERO: Self = false;
    const ONE: Self = true;
    fn to_f64(self) -> f64 {
        f64::from(u8::from(self))
    }
    fn from_f64(value: f64) -> Self {
        value != 0.0
    }
    fn to_i128(self) -> i128 {
        i128::from(self)
    }
    fn from_i128(value: i128) -> Self {
        value != 0
    }
}

/// Runs a block once with `$T` standing for the Rust type of a [`DType`]: the fan-out from run-time
/// dtypes to generic code.
///
/// ```
/// use seodang_core::{DType, Element, dispatch};
/// let zero = dispatch!(DType::I16, T => T::ZERO.to_f64());
/// assert_eq!(zero, 0.0);
/// ```
#[macro_export]
macro_rules! dispatch {
    ($dtype:expr, $T:ident => $body:expr) => {
        match $dtype {
            $crate::DType::Bool => {
                type $T = bool;
                $body
            }
            $crate::DType::I8 => {
                type $T = i8;
                $body
            }
            $crate::DType::I16 => {
                type $T = i16;
                $body
            }
            $crate::DType::I32 => {
                type $T = i32;
                $body
            }
            $crate::DType::I64 => {
                type $T = i64;
                $body
            }
            $crate::DType::U8 => {
                type $T = u8;
                $body
            }
            $crate::DType::U16 => {
                type $T = u16;
                $body
            }
            $crate::DType::U32 => {
                type $T = u32;
                $body
            }
            $crate::DType::U64 => {
                type $T = u64;
                $body
            }
            $crate::DType::F16 => {
                type $T = $crate::f16;
                $body
            }
            $crate::DType::BF16 => {
                type $T = $crate::bf16;
                $body
            }
            $crate::DType::F32 => {
                type $T = f32;
                $body
            }
            $crate::DType::F64 => {
                type $T = f64;
                $body
            }
        }
    };
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_round_trip() {
        for d in DType::ALL {
            assert_eq!(d.name().parse::<DType>().unwrap(), d);
            assert_eq!(d.mlir_name().parse::<DType>().unwrap(), d);
            assert_eq!(dispatch!(d, T => T::DTYPE), d);
            assert_eq!(dispatch!(d, T => size_of::<T>()), d.size());
        }
        assert!("float31".parse::<DType>().unwrap_err().to_string().contains("float31"));
    }

    #[test]
    fn conversions_truncate_and_saturate() {
        assert_eq!(i8::from_f64(300.0), 127);
        assert_eq!(u8::from_f64(-3.5), 0);
        assert_eq!(i32::from_f64(f64::NAN), 0);
        assert_eq!(i8::from_i128(300), 44);
        assert!(bool::from_f64(f64::NAN));
    }
}
