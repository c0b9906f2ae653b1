//! Random bits in bulk: the words of [`seodang_core::random::Philox`], many counters at a time.
#![allow(unsafe_code)]

use crate::memory::{Memory, Region};
use crate::simd::multiversion;
use crate::{isa, pool};

/// Counters computed together.
const BATCH: usize = 16;

multiversion! {
    #[allow(clippy::needless_range_loop)]
    /// `n` times [`BATCH`] blocks of four words from a counter on.
    fn blocks<M>(n: usize, key: u64, counter: u128, d: *mut u32) {
        for batch in 0..n {
            let first = counter.wrapping_add((batch * BATCH) as u128);
            let mut c = [[0u32; BATCH]; 4];
            for j in 0..BATCH {
                let at = first.wrapping_add(j as u128);
                c[0][j] = at as u32;
                c[1][j] = (at >> 32) as u32;
                c[2][j] = (at >> 64) as u32;
                c[3][j] = (at >> 96) as u32;
            }
            let (mut k0, mut k1) = (key as u32, (key >> 32) as u32);
            for _ in 0..10 {
                for j in 0..BATCH {
                    let p0 = 0xD251_1F53u64 * u64::from(c[0][j]);
                    let p1 = 0xCD9E_8D57u64 * u64::from(c[2][j]);
                    let (a, b) = (c[1][j], c[3][j]);
                    c[0][j] = (p1 >> 32) as u32 ^ a ^ k0;
                    c[1][j] = p1 as u32;
                    c[2][j] = (p0 >> 32) as u32 ^ b ^ k1;
                    c[3][j] = p0 as u32;
                }
                k0 = k0.wrapping_add(0x9E37_79B9);
                k1 = k1.wrapping_add(0xBB67_AE85);
            }
            let d = d.add(batch * BATCH * 4);
            for j in 0..BATCH {
                for (w, row) in c.iter().enumerate() {
                    *d.add(j * 4 + w) = row[j];
                }
            }
        }
    }
}

/// Fills `dst` with random bits: word `4 i + w` is word `w` of the block of `counter + i` under
/// `key`. A length that is not a multiple of 16 bytes takes a part of the last block. Returns the
/// counter after the last block used.
///
/// ```
/// use seodang_core::random::Philox;
/// use seodang_kernels::{Memory, random::philox};
/// let mut bits = [0u32; 4];
/// let mut bytes = [0u64; 2];
/// let mut m = Memory::new();
/// let o = m.write(bytemuck::cast_slice_mut(&mut bytes));
/// assert_eq!(philox(&m, 7, 3, m.whole(o)), 4);
/// drop(m);
/// bits.copy_from_slice(bytemuck::cast_slice(&bytes));
/// assert_eq!(bits, Philox::new(7).block(3));
/// ```
///
/// # Panics
/// If the region is out of bounds, read-only or not aligned to 4 bytes: a bug in the caller's plan.
pub fn philox(memory: &Memory<'_>, key: u64, counter: u128, dst: Region) -> u128 {
    let d = crate::movement::Shared::new(memory.dst::<u32>(dst));
    let kernel = blocks(isa::current());
    let all = dst.len.div_ceil(16);
    let whole = dst.len / (16 * BATCH);
    let tasks = (whole / 64).clamp(1, 4 * pool::threads());
    pool::run(tasks, |t| {
        let range = pool::piece(whole, 1, tasks, t);
        let first = counter.wrapping_add((range.start * BATCH) as u128);
        // SAFETY: the batches lie inside the region, and those of tasks are disjoint.
        unsafe { kernel(range.len(), key, first, d.get().add(range.start * BATCH * 4)) };
    });
    let done = whole * 16 * BATCH;
    if done < dst.len {
        let mut last = [0u32; BATCH * 4];
        let first = counter.wrapping_add((whole * BATCH) as u128);
        // SAFETY: the rest is shorter than a batch.
        unsafe {
            kernel(1, key, first, last.as_mut_ptr());
            let from = last.as_ptr().cast::<u8>();
            std::ptr::copy_nonoverlapping(from, d.get().cast::<u8>().add(done), dst.len - done);
        }
    }
    counter.wrapping_add(all as u128)
}
