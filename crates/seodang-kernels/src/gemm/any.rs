//! Matrix products of the element types without micro-kernels: one plain loop.
#![allow(unsafe_code)]

use half::{bf16, f16};

/// An element type whose products are summed in a type of their own: halves in `f32`, integers
/// wrapping, booleans with "and" and "or".
pub(crate) trait Ring: Copy + Send + Sync + 'static {
    type Sum: Copy;
    const ZERO: Self::Sum;
    fn widen(self) -> Self::Sum;
    fn narrow(sum: Self::Sum) -> Self;
    fn add(a: Self::Sum, b: Self::Sum) -> Self::Sum;
    fn mul_add(a: Self, b: Self, sum: Self::Sum) -> Self::Sum;
    fn relu(sum: Self::Sum) -> Self::Sum;
}

macro_rules! integer_rings {
    ($($t:ty),*) => {$(
        impl Ring for $t {
            type Sum = $t;
            const ZERO: $t = 0;
            fn widen(self) -> $t {
                self
            }
            fn narrow(sum: $t) -> $t {
                sum
            }
            fn add(a: $t, b: $t) -> $t {
                a.wrapping_add(b)
            }
            fn mul_add(a: $t, b: $t, sum: $t) -> $t {
                sum.wrapping_add(a.wrapping_mul(b))
            }
            #[allow(unused_comparisons, clippy::absurd_extreme_comparisons)]
            fn relu(sum: $t) -> $t {
                if sum > 0 { sum } else { 0 }
            }
        }
    )*};
}
integer_rings!(i8, i16, i32, i64, u8, u16, u32, u64);

macro_rules! half_rings {
    ($($t:ty),*) => {$(
        impl Ring for $t {
            type Sum = f32;
            const ZERO: f32 = 0.0;
            fn widen(self) -> f32 {
                self.to_f32()
            }
            fn narrow(sum: f32) -> $t {
                <$t>::from_f32(sum)
            }
            fn add(a: f32, b: f32) -> f32 {
                a + b
            }
            // The product of two halves is exact in f32: this rounds once, as a fused one would.
            fn mul_add(a: $t, b: $t, sum: f32) -> f32 {
                a.to_f32() * b.to_f32() + sum
            }
            fn relu(sum: f32) -> f32 {
                if 0.0 > sum { 0.0 } else { sum }
            }
        }
    )*};
}
half_rings!(f16, bf16);

macro_rules! float_rings {
    ($($t:ty),*) => {$(
        impl Ring for $t {
            type Sum = $t;
            const ZERO: $t = 0.0;
            fn widen(self) -> $t {
                self
            }
            fn narrow(sum: $t) -> $t {
                sum
            }
            fn add(a: $t, b: $t) -> $t {
                a + b
            }
            fn mul_add(a: $t, b: $t, sum: $t) -> $t {
                <$t as crate::microkernel::MulAdd>::mul_add(a, b, sum)
            }
            fn relu(sum: $t) -> $t {
                if 0.0 > sum { 0.0 } else { sum }
            }
        }
    )*};
}
float_rings!(f32, f64);

/// A boolean as it lies in memory: 0 or 1.
#[derive(Clone, Copy)]
#[repr(transparent)]
pub(crate) struct Bit(u8);

impl Ring for Bit {
    type Sum = u8;
    const ZERO: u8 = 0;
    fn widen(self) -> u8 {
        self.0
    }
    fn narrow(sum: u8) -> Bit {
        Bit(sum)
    }
    fn add(a: u8, b: u8) -> u8 {
        a | b
    }
    fn mul_add(a: Bit, b: Bit, sum: u8) -> u8 {
        sum | (a.0 & b.0)
    }
    fn relu(sum: u8) -> u8 {
        sum
    }
}
