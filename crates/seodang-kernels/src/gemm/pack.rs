//! Copying blocks of an operand into the order in which the micro-kernel reads them.
#![allow(unsafe_code)]

use crate::Isa;
use crate::microkernel::MicroFloat;
use std::any::TypeId;

/// Copies a block of `w` by `k` elements into panels: `dst[p * width + j] = src[j * js + p * ps]` for
/// `j < w`, and 0 up to `width`.
///
/// # Safety
/// `dst` must be valid for `k * width` writes, `src` for the reads named, `isa` must be available.
pub(crate) unsafe fn pack<T: MicroFloat>(
    isa: Isa,
    dst: *mut T,
    width: usize,
    w: usize,
    k: usize,
    src: *const T,
    js: usize,
    ps: usize,
) {
    // SAFETY: the caller's promise; the transposing variant is for f32, which T is then.
    unsafe {
        if js == 1 {
            if w == width {
                // The lengths that occur, as constants, so that the copies are vector moves.
                match width * size_of::<T>() {
                    128 => return rows::<T, 128>(dst, k, src, ps),
                    64 => return rows::<T, 64>(dst, k, src, ps),
                    32 => return rows::<T, 32>(dst, k, src, ps),
                    _ => {}
                }
            }
            for p in 0..k {
                let (d, s) = (dst.add(p * width), src.add(p * ps));
                for j in 0..w {
                    *d.add(j) = *s.add(j);
                }
                for j in w..width {
                    *d.add(j) = T::ZERO;
                }
            }
            return;
        }
        #[cfg(target_arch = "x86_64")]
        if isa == Isa::Avx512 && ps == 1 && TypeId::of::<T>() == TypeId::of::<f32>() {
            return x86::pack_transposed(dst.cast(), width, w, k, src.cast(), js);
        }
        let _ = (isa, TypeId::of::<T>());
        // Squares, so that both sides stay in cache lines already there.
        const SQUARE: usize = 8;
        for p0 in (0..k).step_by(SQUARE) {
            let pn = (k - p0).min(SQUARE);
            for j0 in (0..w).step_by(SQUARE) {
                for j in j0..(j0 + SQUARE).min(w) {
                    for p in p0..p0 + pn {
                        *dst.add(p * width + j) = *src.add(j * js + p * ps);
                    }
                }
            }
            for p in p0..p0 + pn {
                for j in w..width {
                    *dst.add(p * width + j) = T::ZERO;
                }
            }
        }
    }
}

/// Copies `k` rows of `BYTES` bytes.
///
/// # Safety
/// As [`pack`].
unsafe fn rows<T, const BYTES: usize>(dst: *mut T, k: usize, src: *const T, ps: usize) {
    let width = BYTES / size_of::<T>();
    for p in 0..k {
        // SAFETY: the caller's promise.
        unsafe {
            let row = src.add(p * ps).cast::<[u8; BYTES]>().read_unaligned();
            dst.add(p * width).cast::<[u8; BYTES]>().write_unaligned(row);
        }
    }
}

#[cfg(target_arch = "x86_64")]
mod x86 {
    use std::arch::x86_64::*;

    /// Transposes 16 by 16 elements held in 16 registers.
    #[target_feature(enable = "avx512f")]
    #[inline]
    fn transpose16(r: &mut [__m512; 16]) {
        let pd = |x| _mm512_castps_pd(x);
        let ps = |x| _mm512_castpd_ps(x);
        let mut t = [_mm512_setzero_ps(); 16];
        // Pairs of elements, then quadruples, inside 128-bit lanes ...
        for i in 0..8 {
            t[2 * i] = _mm512_unpacklo_ps(r[2 * i], r[2 * i + 1]);
            t[2 * i + 1] = _mm512_unpackhi_ps(r[2 * i], r[2 * i + 1]);
        }
        for i in (0..16).step_by(4) {
            r[i] = ps(_mm512_unpacklo_pd(pd(t[i]), pd(t[i + 2])));
            r[i + 1] = ps(_mm512_unpackhi_pd(pd(t[i]), pd(t[i + 2])));
            r[i + 2] = ps(_mm512_unpacklo_pd(pd(t[i + 1]), pd(t[i + 3])));
            r[i + 3] = ps(_mm512_unpackhi_pd(pd(t[i + 1]), pd(t[i + 3])));
        }
        // ... then the lanes themselves.
        for i in 0..4 {
            t[i] = _mm512_shuffle_f32x4::<0x88>(r[i], r[i + 4]);
            t[i + 4] = _mm512_shuffle_f32x4::<0xdd>(r[i], r[i + 4]);
            t[i + 8] = _mm512_shuffle_f32x4::<0x88>(r[i + 8], r[i + 12]);
            t[i + 12] = _mm512_shuffle_f32x4::<0xdd>(r[i + 8], r[i + 12]);
        }
        for i in 0..8 {
            r[i] = _mm512_shuffle_f32x4::<0x88>(t[i], t[i + 8]);
            r[i + 8] = _mm512_shuffle_f32x4::<0xdd>(t[i], t[i + 8]);
        }
    }

    /// [`super::pack`] for sources that are contiguous along `p`.
    ///
    /// # Safety
    /// As there.
    #[target_feature(enable = "avx512f")]
    pub(super) unsafe fn pack_transposed(
        dst: *mut f32,
        width: usize,
        w: usize,
        k: usize,
        src: *const f32,
        js: usize,
    ) {
        let first = |n: usize| ((1u32 << n.min(16)) - 1) as __mmask16;
        for j0 in (0..width).step_by(16) {
            let wide = first(width - j0);
            for p0 in (0..k).step_by(16) {
                let deep = first(k - p0);
                let mut r = [_mm512_setzero_ps(); 16];
                for (i, row) in r.iter_mut().enumerate() {
                    if j0 + i < w {
                        // SAFETY: column j0 + i of the block, masked to its k elements.
                        *row = unsafe { _mm512_maskz_loadu_ps(deep, src.add((j0 + i) * js + p0)) };
                    }
                }
                transpose16(&mut r);
                for (i, row) in r.iter().enumerate().take(k - p0) {
                    // SAFETY: row p0 + i of the panel, masked to its width.
                    unsafe { _mm512_mask_storeu_ps(dst.add((p0 + i) * width + j0), wide, *row) };
                }
            }
        }
    }
}
