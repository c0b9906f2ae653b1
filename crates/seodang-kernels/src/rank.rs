//! Ranking by distance: which blocks of a row of products hold something near enough.
#![allow(unsafe_code)]

use crate::isa;
use crate::simd::{multiversion, sel};

/// How many products a block has.
pub const BLOCK: usize = 64;
const LANES: usize = 16;

multiversion! {
    /// # Safety
    /// `half` and `products` have `blocks * BLOCK` numbers, `least` has `blocks`.
    fn minima<M>(half: *const f32, products: *const f32, least: *mut f32, blocks: usize) {
        for b in 0..blocks {
            // One block after the other: several at once would be gathered, number by number.
            let b = std::hint::black_box(b);
            let (h, p) = (half.add(b * BLOCK), products.add(b * BLOCK));
            let mut lanes = [f32::INFINITY; LANES];
            for step in 0..BLOCK / LANES {
                for i in 0..LANES {
                    let at = step * LANES + i;
                    let x = *h.add(at) - *p.add(at);
                    lanes[i] = sel(x < lanes[i], x, lanes[i]);
                }
            }
            let mut x = lanes[0];
            for i in 1..LANES {
                x = sel(lanes[i] < x, lanes[i], x);
            }
            *least.add(b) = x;
        }
    }
}

/// The least of `half[i] - products[i]` in each whole block of [`BLOCK`]; a rest is left out.
///
/// With `half` the halves of samples' squared norms and `products` their products with a query, these
/// are half the squared distances, less a constant of the query.
///
/// # Panics
/// If there are not as many products as halves, or fewer places than blocks.
///
/// ```
/// let mut least = [0.0];
/// seodang_kernels::rank::least(&[2.0; 64], &[1.0; 64], &mut least);
/// assert_eq!(least, [1.0]);
/// ```
pub fn least(half: &[f32], products: &[f32], least: &mut [f32]) {
    let blocks = half.len() / BLOCK;
    assert!(half.len() == products.len() && blocks <= least.len(), "lengths that do not fit");
    // SAFETY: the lengths were checked; the version is for the instructions that there are.
    unsafe {
        minima(isa::current())(half.as_ptr(), products.as_ptr(), least.as_mut_ptr(), blocks);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Isa;

    #[test]
    fn every_version_finds_the_least() {
        let numbers = |seed: u32| -> Vec<f32> {
            (0..3 * BLOCK as u32 + 5).map(|i| ((i * 7919 + seed) % 1009) as f32 / 100.0).collect()
        };
        let (half, products) = (numbers(1), numbers(577));
        let expected: Vec<f32> = half
            .chunks_exact(BLOCK)
            .zip(products.chunks_exact(BLOCK))
            .map(|(h, p)| h.iter().zip(p).map(|(h, p)| h - p).fold(f32::INFINITY, f32::min))
            .collect();
        for isa in Isa::available() {
            let mut found = vec![f32::NAN; 3];
            isa::with(isa, || least(&half, &products, &mut found));
            assert_eq!(found, expected, "{isa:?}");
        }
    }
}
