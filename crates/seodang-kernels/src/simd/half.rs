//! Branch-free conversions of the two 16-bit floats, which the compiler can vectorise.

use super::sel;
use seodang_core::{bf16, f16};

/// The value of a half, exactly.
#[inline(always)]
pub(crate) fn f16_to_f32(x: f16) -> f32 {
    let h = u32::from(x.to_bits());
    let (sign, rest) = ((h & 0x8000) << 16, (h & 0x7fff) << 13);
    // Reading the exponent field as f32's and multiplying by 2^(127 - 15) is exact for normal and
    // subnormal numbers alike.
    let finite = (f32::from_bits(rest) * f32::from_bits((127 + 112) << 23)).to_bits();
    let bits = sel(rest >= 0x7c00 << 13, rest | 0x7f80_0000, finite);
    f32::from_bits(sign | bits)
}

/// The nearest half, ties to even.
#[inline(always)]
pub(crate) fn f16_from_f32(x: f32) -> f16 {
    let bits = x.to_bits();
    let (sign, abs) = ((bits >> 16) & 0x8000, bits & 0x7fff_ffff);
    // Adding 0.5 aligns the last bit of a subnormal half with the last bit of the sum.
    let subnormal = (f32::from_bits(abs) + 0.5).to_bits().wrapping_sub(0x3f00_0000);
    let normal = abs.wrapping_add(0xc800_0fff).wrapping_add((abs >> 13) & 1) >> 13;
    let special = sel(abs > 0x7f80_0000, 0x7e00 | ((abs >> 13) & 0x3ff), 0x7c00);
    let small = sel(abs < 0x3880_0000, subnormal, normal);
    f16::from_bits((sign | sel(abs >= 0x4780_0000, special, small)) as u16)
}

/// The value of a bfloat16, exactly.
#[inline(always)]
pub(crate) fn bf16_to_f32(x: bf16) -> f32 {
    f32::from_bits(u32::from(x.to_bits()) << 16)
}

/// The nearest bfloat16, ties to even.
#[inline(always)]
pub(crate) fn bf16_from_f32(x: f32) -> bf16 {
    let bits = x.to_bits();
    let rounded = bits.wrapping_add(0x7fff).wrapping_add((bits >> 16) & 1) >> 16;
    let nan = (bits >> 16) | 0x40;
    bf16::from_bits(sel(bits & 0x7fff_ffff > 0x7f80_0000, nan, rounded) as u16)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_half_round_trips() {
        for i in 0..=u16::MAX {
            let (h, b) = (f16::from_bits(i), bf16::from_bits(i));
            let (x, y) = (f16_to_f32(h), bf16_to_f32(b));
            assert!(x == f32::from(h) || x.is_nan() && h.is_nan(), "{i:x}");
            assert!(y == f32::from(b) || y.is_nan() && b.is_nan(), "{i:x}");
            assert!(f16_from_f32(x) == h || h.is_nan() && f16_from_f32(x).is_nan());
            assert!(bf16_from_f32(y) == b || b.is_nan() && bf16_from_f32(y).is_nan());
        }
    }

    #[test]
    fn rounding_is_to_even() {
        for i in (0..=u32::MAX).step_by(997) {
            let x = f32::from_bits(i);
            let (h, b) = (f16_from_f32(x), bf16_from_f32(x));
            assert!(h == f16::from_f32(x) || x.is_nan() && h.is_nan(), "{x:e}");
            assert!(b == bf16::from_f32(x) || x.is_nan() && b.is_nan(), "{x:e}");
        }
    }
}
