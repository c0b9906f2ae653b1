//! Ranking by distance: which blocks of a row of products hold something near enough.
#![allow(unsafe_code)]

use crate::isa;
use crate::simd::{multiversion, sel};

/// How many products a block has.
pub const BLOCK: usize = 64;
const LANES: usize = 16;

multiversion! {
    /// # Safety
    /// `half` and `products` have `blocks * BLOCK` numbers, `near` has `blocks`.
    fn search<M>(
        half: *const f32, products: *const f32, error: f32, limit: f32, near: *mut bool,
        blocks: usize,
    ) {
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
            // The least of all would be a chain of comparisons; whether there is any is one.
            let mut any = false;
            for i in 0..LANES {
                any |= lanes[i] - error <= limit;
            }
            *near.add(b) = any;
        }
    }
}

/// Whether `half[i] - products[i] - error` is at most `limit` for any number of each whole block of
/// [`BLOCK`]; a rest is left out.
///
/// With `half` the halves of samples' squared norms and `products` their products with a query, these
/// are half the squared distances, less a constant of the query.
///
/// # Panics
/// If there are not as many products as halves, or fewer places than blocks.
///
/// ```
/// let mut near = [false];
/// seodang_kernels::rank::near(&[2.0; 64], &[1.0; 64], 0.5, 0.5, &mut near);
/// assert!(near[0]);
/// ```
pub fn near(half: &[f32], products: &[f32], error: f32, limit: f32, near: &mut [bool]) {
    let blocks = half.len() / BLOCK;
    assert!(half.len() == products.len() && blocks <= near.len(), "lengths that do not fit");
    let (half, products, near) = (half.as_ptr(), products.as_ptr(), near.as_mut_ptr());
    // SAFETY: the lengths were checked; the version is for the instructions that there are.
    unsafe { search(isa::current())(half, products, error, limit, near, blocks) };
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Isa;

    #[test]
    fn every_version_finds_what_is_near() {
        let numbers = |seed: u32| -> Vec<f32> {
            (0..3 * BLOCK as u32 + 5).map(|i| ((i * 7919 + seed) % 1009) as f32 / 100.0).collect()
        };
        let (half, products) = (numbers(1), numbers(577));
        let least = |b: usize| {
            let block = b * BLOCK..(b + 1) * BLOCK;
            let all = half[block.clone()].iter().zip(&products[block]).map(|(h, p)| h - p);
            all.fold(f32::INFINITY, f32::min)
        };
        let error = 0.25;
        for limit in (0..3).map(|b| least(b) - error).chain([f32::INFINITY]) {
            for limit in [limit, limit.next_down()] {
                let expected: Vec<bool> = (0..3).map(|b| least(b) - error <= limit).collect();
                for isa in Isa::available() {
                    let mut found = vec![false; 3];
                    isa::with(isa, || near(&half, &products, error, limit, &mut found));
                    assert_eq!(found, expected, "{isa:?} {limit}");
                }
            }
        }
    }
}
