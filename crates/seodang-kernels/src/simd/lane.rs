//! The element types as kernels see them, with StableHLO's arithmetic.

use super::half::{bf16_from_f32, bf16_to_f32, f16_from_f32, f16_to_f32};
use super::{Mode, sel};
use crate::math;
use seodang_core::{DType, bf16, f16};

/// A boolean as a byte that is 0 or 1.
#[derive(Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Debug)]
#[repr(transparent)]
pub(crate) struct B8(pub(crate) u8);

/// An element type.
pub(crate) trait Lane:
    Copy + Default + PartialEq + PartialOrd + Send + Sync + 'static
{
    const DTYPE: DType;
    /// The identity of [`Lane::add`].
    const ZERO: Self;
    /// The identity of [`Lane::mul`].
    const ONE: Self;
    /// The identity of [`Lane::max`].
    const LOWEST: Self;
    /// The identity of [`Lane::min`].
    const HIGHEST: Self;
    /// What sums and products are accumulated in.
    type Acc: Lane;
    fn widen(self) -> Self::Acc;
    fn narrow(acc: Self::Acc) -> Self;
    /// Sum; integers wrap, booleans: or.
    fn add(self, o: Self) -> Self;
    /// Product; integers wrap, booleans: and.
    fn mul(self, o: Self) -> Self;
    /// The larger; NaN if one is NaN, +0 over -0; booleans: or.
    fn max(self, o: Self) -> Self;
    /// The smaller; NaN if one is NaN, -0 over +0; booleans: and.
    fn min(self, o: Self) -> Self;
}

/// A number type: every type but booleans.
pub(crate) trait FloatLane: Lane {
    fn sub(self, o: Self) -> Self;
    fn div(self, o: Self) -> Self;
    /// The remainder with the sign of the dividend.
    fn rem(self, o: Self) -> Self;
    fn pow<M: Mode>(self, o: Self) -> Self;
    fn neg(self) -> Self;
    fn abs(self) -> Self;
    fn sign(self) -> Self;
}

/// An integer type.
pub(crate) trait IntLane: Lane {
    fn and(self, o: Self) -> Self;
    fn or(self, o: Self) -> Self;
    fn xor(self, o: Self) -> Self;
    fn not(self) -> Self;
    fn shl(self, o: Self) -> Self;
    fn sra(self, o: Self) -> Self;
    fn srl(self, o: Self) -> Self;
    fn popcnt(self) -> Self;
    fn clz(self) -> Self;
}

macro_rules! same_acc {
    () => {
        type Acc = Self;
        #[inline(always)]
        fn widen(self) -> Self {
            self
        }
        #[inline(always)]
        fn narrow(acc: Self) -> Self {
            acc
        }
    };
}

macro_rules! integer {
    ($($t:ident $u:ident $s:ident $dtype:ident $signed:literal;)*) => {$(
        impl Lane for $t {
            const DTYPE: DType = DType::$dtype;
            const ZERO: Self = 0;
            const ONE: Self = 1;
            const LOWEST: Self = $t::MIN;
            const HIGHEST: Self = $t::MAX;
            same_acc!();
            #[inline(always)]
            fn add(self, o: Self) -> Self { self.wrapping_add(o) }
            #[inline(always)]
            fn mul(self, o: Self) -> Self { self.wrapping_mul(o) }
            #[inline(always)]
            fn max(self, o: Self) -> Self { Ord::max(self, o) }
            #[inline(always)]
            fn min(self, o: Self) -> Self { Ord::min(self, o) }
        }
        impl FloatLane for $t {
            #[inline(always)]
            fn sub(self, o: Self) -> Self { self.wrapping_sub(o) }
            #[inline(always)]
            fn div(self, o: Self) -> Self { if o == 0 { !0 } else { self.wrapping_div(o) } }
            #[inline(always)]
            fn rem(self, o: Self) -> Self { if o == 0 { self } else { self.wrapping_rem(o) } }
            fn pow<M: Mode>(self, o: Self) -> Self {
                #[allow(unused_comparisons)]
                if $signed && o < 0 {
                    // The reciprocal of an integer is one only for 1 and -1.
                    return match self {
                        1 => 1,
                        _ if self.wrapping_add(1) == 0 => if o & 1 == 0 { 1 } else { self },
                        _ => 0,
                    };
                }
                let (mut base, mut exponent, mut out) = (self, o as $u, 1 as $t);
                while exponent != 0 {
                    if exponent & 1 == 1 {
                        out = out.wrapping_mul(base);
                    }
                    base = base.wrapping_mul(base);
                    exponent >>= 1;
                }
                out
            }
            #[inline(always)]
            fn neg(self) -> Self { self.wrapping_neg() }
            #[inline(always)]
            #[allow(unused_comparisons)]
            fn abs(self) -> Self { if self < 0 { self.wrapping_neg() } else { self } }
            #[inline(always)]
            #[allow(unused_comparisons)]
            fn sign(self) -> Self {
                (self > 0) as $t | ((self < 0) as $t).wrapping_neg()
            }
        }
        impl IntLane for $t {
            #[inline(always)]
            fn and(self, o: Self) -> Self { self & o }
            #[inline(always)]
            fn or(self, o: Self) -> Self { self | o }
            #[inline(always)]
            fn xor(self, o: Self) -> Self { self ^ o }
            #[inline(always)]
            fn not(self) -> Self { !self }
            #[inline(always)]
            fn shl(self, o: Self) -> Self {
                let fits = (o as $u) < $t::BITS as $u;
                if fits { self.wrapping_shl(o as u32) } else { 0 }
            }
            #[inline(always)]
            fn sra(self, o: Self) -> Self {
                let fits = (o as $u) < $t::BITS as $u;
                ((self as $s) >> if fits { o as u32 & ($t::BITS - 1) } else { $t::BITS - 1 }) as $t
            }
            #[inline(always)]
            fn srl(self, o: Self) -> Self {
                let fits = (o as $u) < $t::BITS as $u;
                if fits { (self as $u).wrapping_shr(o as u32) as $t } else { 0 }
            }
            #[inline(always)]
            fn popcnt(self) -> Self { self.count_ones() as $t }
            #[inline(always)]
            fn clz(self) -> Self { self.leading_zeros() as $t }
        }
    )*};
}
integer! {
    i8 u8 i8 I8 true; i16 u16 i16 I16 true; i32 u32 i32 I32 true; i64 u64 i64 I64 true;
    u8 u8 i8 U8 false; u16 u16 i16 U16 false; u32 u32 i32 U32 false; u64 u64 i64 U64 false;
}

macro_rules! float {
    ($($t:ident $dtype:ident $pow:path;)*) => {$(
        impl Lane for $t {
            const DTYPE: DType = DType::$dtype;
            const ZERO: Self = 0.0;
            const ONE: Self = 1.0;
            const LOWEST: Self = $t::NEG_INFINITY;
            const HIGHEST: Self = $t::INFINITY;
            same_acc!();
            #[inline(always)]
            fn add(self, o: Self) -> Self { self + o }
            #[inline(always)]
            fn mul(self, o: Self) -> Self { self * o }
            #[inline(always)]
            fn max(self, o: Self) -> Self {
                let zeros = $t::from_bits(self.to_bits() & o.to_bits());
                let m = sel((self > o) | (self != self), self, o);
                sel(self == o, zeros, m)
            }
            #[inline(always)]
            fn min(self, o: Self) -> Self {
                let zeros = $t::from_bits(self.to_bits() | o.to_bits());
                let m = sel((self < o) | (self != self), self, o);
                sel(self == o, zeros, m)
            }
        }
        impl FloatLane for $t {
            #[inline(always)]
            fn sub(self, o: Self) -> Self { self - o }
            #[inline(always)]
            fn div(self, o: Self) -> Self { self / o }
            #[inline(always)]
            fn rem(self, o: Self) -> Self { self % o }
            #[inline(always)]
            fn pow<M: Mode>(self, o: Self) -> Self { $pow(self, o) }
            #[inline(always)]
            fn neg(self) -> Self { -self }
            #[inline(always)]
            fn abs(self) -> Self { $t::abs(self) }
            #[inline(always)]
            fn sign(self) -> Self {
                // Zeros keep their sign, and NaN stays.
                let one = $t::copysign(1.0, self);
                sel((self > 0.0) | (self < 0.0), one, self)
            }
        }
    )*};
}
float! { f32 F32 math::f32::pow; f64 F64 f64::powf; }

macro_rules! half_float {
    ($($t:ident $dtype:ident $to:ident $from:ident;)*) => {$(
        impl Lane for $t {
            const DTYPE: DType = DType::$dtype;
            const ZERO: Self = $t::ZERO;
            const ONE: Self = $t::ONE;
            const LOWEST: Self = $t::NEG_INFINITY;
            const HIGHEST: Self = $t::INFINITY;
            type Acc = f32;
            #[inline(always)]
            fn widen(self) -> f32 { $to(self) }
            #[inline(always)]
            fn narrow(acc: f32) -> Self { $from(acc) }
            #[inline(always)]
            fn add(self, o: Self) -> Self { $from($to(self) + $to(o)) }
            #[inline(always)]
            fn mul(self, o: Self) -> Self { $from($to(self) * $to(o)) }
            #[inline(always)]
            fn max(self, o: Self) -> Self { $from(Lane::max($to(self), $to(o))) }
            #[inline(always)]
            fn min(self, o: Self) -> Self { $from(Lane::min($to(self), $to(o))) }
        }
        impl FloatLane for $t {
            #[inline(always)]
            fn sub(self, o: Self) -> Self { $from($to(self) - $to(o)) }
            #[inline(always)]
            fn div(self, o: Self) -> Self { $from($to(self) / $to(o)) }
            #[inline(always)]
            fn rem(self, o: Self) -> Self { $from($to(self) % $to(o)) }
            #[inline(always)]
            fn pow<M: Mode>(self, o: Self) -> Self { $from($to(self).pow::<M>($to(o))) }
            #[inline(always)]
            fn neg(self) -> Self { $t::from_bits(self.to_bits() ^ 0x8000) }
            #[inline(always)]
            fn abs(self) -> Self { $t::from_bits(self.to_bits() & 0x7fff) }
            #[inline(always)]
            fn sign(self) -> Self { $from(FloatLane::sign($to(self))) }
        }
    )*};
}
half_float! { f16 F16 f16_to_f32 f16_from_f32; bf16 BF16 bf16_to_f32 bf16_from_f32; }

impl Lane for B8 {
    const DTYPE: DType = DType::Bool;
    const ZERO: Self = B8(0);
    const ONE: Self = B8(1);
    const LOWEST: Self = B8(0);
    const HIGHEST: Self = B8(1);
    same_acc!();
    #[inline(always)]
    fn add(self, o: Self) -> Self {
        B8(self.0 | o.0)
    }
    #[inline(always)]
    fn mul(self, o: Self) -> Self {
        B8(self.0 & o.0)
    }
    #[inline(always)]
    fn max(self, o: Self) -> Self {
        B8(self.0 | o.0)
    }
    #[inline(always)]
    fn min(self, o: Self) -> Self {
        B8(self.0 & o.0)
    }
}

/// StableHLO's `convert`: floats to integers truncate and saturate, NaN becomes 0; integers keep
/// their low bits; booleans are "not equal to zero"; to floats rounds to nearest even.
pub(crate) trait As<T> {
    fn cast(self) -> T;
}

macro_rules! casts {
    ($($from:ident),* => $to:tt) => { $( casts!(@one $from $to); )* };
    (@one $from:ident [$($to:ident)*]) => {
        $( impl As<$to> for $from {
            #[inline(always)]
            fn cast(self) -> $to { self as $to }
        } )*
        impl As<B8> for $from {
            #[inline(always)]
            fn cast(self) -> B8 { B8((self != (0 as $from)) as u8) }
        }
        impl As<$from> for B8 {
            #[inline(always)]
            fn cast(self) -> $from { self.0 as $from }
        }
    };
}
casts!(i8, i16, i32, i64, u8, u16, u32, u64, f32, f64 => [i8 i16 i32 i64 u8 u16 u32 u64 f32 f64]);

impl As<B8> for B8 {
    #[inline(always)]
    fn cast(self) -> B8 {
        self
    }
}

macro_rules! half_casts {
    ($t:ident $other:ident $to:ident $from:ident; small $($s:ident)*; large $($l:ident)*) => {
        $( impl As<$t> for $s {
            #[inline(always)]
            fn cast(self) -> $t { $from(self as f32) }
        } )*
        $( impl As<$t> for $l {
            #[inline(always)]
            fn cast(self) -> $t { $t::from_f64(self as f64) }
        } )*
        $( impl As<$s> for $t {
            #[inline(always)]
            fn cast(self) -> $s { $to(self) as $s }
        } )*
        $( impl As<$l> for $t {
            #[inline(always)]
            fn cast(self) -> $l { $to(self) as $l }
        } )*
        impl As<$t> for B8 {
            #[inline(always)]
            fn cast(self) -> $t { $from(f32::from(self.0)) }
        }
        impl As<B8> for $t {
            #[inline(always)]
            fn cast(self) -> B8 { B8(($to(self) != 0.0) as u8) }
        }
        impl As<$t> for $t {
            #[inline(always)]
            fn cast(self) -> $t { self }
        }
        impl As<$t> for $other {
            #[inline(always)]
            fn cast(self) -> $t { $from(self.widen()) }
        }
    };
}
// Integers of up to 24 bits are exact in f32; wider types round once from f64.
half_casts!(f16 bf16 f16_to_f32 f16_from_f32; small i8 i16 u8 u16 f32; large i32 i64 u32 u64 f64);
half_casts!(bf16 f16 bf16_to_f32 bf16_from_f32; small i8 i16 u8 u16 f32; large i32 i64 u32 u64 f64);
