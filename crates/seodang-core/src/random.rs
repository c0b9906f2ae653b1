//! Counter-based random numbers: Philox 4x32-10 (Salmon et al., "Parallel random numbers: as easy
//! as 1, 2, 3", SC 2011, section 3.3), the generator of TensorFlow and XLA.
//!
//! The bits depend on a key and a counter alone, so any part of a sequence can be computed by any
//! thread, on any engine, in any order.

use crate::{Array, DType, Shape};

/// Philox 4x32 with ten rounds under one 64-bit key.
///
/// ```
/// use seodang_core::random::Philox;
/// // Known answer of the paper's reference code: zero counter, zero key.
/// assert_eq!(Philox::new(0).block(0), [0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8]);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Philox {
    key: u64,
}

impl Philox {
    /// The generator with the given key.
    pub const fn new(key: u64) -> Philox {
        Philox { key }
    }

    /// The four 32-bit words of one counter value.
    pub const fn block(self, counter: u128) -> [u32; 4] {
        let mut c = [
            counter as u32,
            (counter >> 32) as u32,
            (counter >> 64) as u32,
            (counter >> 96) as u32,
        ];
        let (mut k0, mut k1) = (self.key as u32, (self.key >> 32) as u32);
        let mut round = 0;
        while round < 10 {
            let p0 = 0xD251_1F53u64 * c[0] as u64;
            let p1 = 0xCD9E_8D57u64 * c[2] as u64;
            c = [
                (p1 >> 32) as u32 ^ c[1] ^ k0,
                p1 as u32,
                (p0 >> 32) as u32 ^ c[3] ^ k1,
                p0 as u32,
            ];
            k0 = k0.wrapping_add(0x9E37_79B9);
            k1 = k1.wrapping_add(0xBB67_AE85);
            round += 1;
        }
        c
    }
}

/// A sequence of random numbers drawn on the host: for initial weights, shuffles and data.
///
/// Streams with different seeds or different names are independent.
#[derive(Clone, Debug)]
pub struct Stream {
    philox: Philox,
    counter: u128,
    left: [u32; 4],
    have: usize,
}

impl Stream {
    /// The stream number `stream` of a seed.
    pub fn new(seed: u64, stream: u64) -> Stream {
        Stream {
            philox: Philox::new(seed),
            counter: u128::from(stream) << 64,
            left: [0; 4],
            have: 0,
        }
    }

    /// The next 32 random bits.
    pub fn next_u32(&mut self) -> u32 {
        if self.have == 0 {
            self.left = self.philox.block(self.counter);
            self.counter = self.counter.wrapping_add(1);
            self.have = 4;
        }
        self.have -= 1;
        self.left[3 - self.have]
    }

    /// The next 64 random bits.
    pub fn next_u64(&mut self) -> u64 {
        let low = u64::from(self.next_u32());
        low | u64::from(self.next_u32()) << 32
    }

    /// A number in [0, 1) with 53 random bits.
    pub fn uniform(&mut self) -> f64 {
        (self.next_u64() >> 11) as f64 * (1.0 / (1u64 << 53) as f64)
    }

    /// A number of the standard normal distribution (Box and Muller's method).
    pub fn normal(&mut self) -> f64 {
        let u = 1.0 - self.uniform();
        let v = self.uniform();
        (-2.0 * u.ln()).sqrt() * (std::f64::consts::TAU * v).cos()
    }

    /// A number of the standard normal distribution conditioned on lying within two deviations.
    pub fn truncated_normal(&mut self) -> f64 {
        loop {
            let x = self.normal();
            if x.abs() < 2.0 {
                return x;
            }
        }
    }

    /// An integer in 0..n, without bias (Lemire's method). `n` must not be 0.
    pub fn below(&mut self, n: u64) -> u64 {
        loop {
            let product = u128::from(self.next_u64()) * u128::from(n);
            let low = product as u64;
            // The remainder is less than `n`: mostly there is no need to divide.
            if low >= n || low >= n.wrapping_neg() % n {
                return (product >> 64) as u64;
            }
        }
    }

    /// The numbers 0..n in random order (Fisher and Yates's shuffle).
    pub fn permutation(&mut self, n: usize) -> Vec<usize> {
        let mut order: Vec<usize> = (0..n).collect();
        for i in (1..n).rev() {
            order.swap(i, self.below(i as u64 + 1) as usize);
        }
        order
    }

    /// An array of numbers drawn one after another by `draw`.
    pub fn array(
        &mut self,
        dtype: DType,
        shape: impl Into<Shape>,
        mut draw: impl FnMut(&mut Stream) -> f64,
    ) -> Array {
        let shape = shape.into();
        let values: Vec<f64> = (0..shape.size()).map(|_| draw(self)).collect();
        Array::from_fn(dtype, shape, |i| values[i])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn known_answers() {
        // From the reference implementation's kat_vectors, philox4x32 10.
        let all = u128::MAX;
        assert_eq!(
            Philox::new(u64::MAX).block(all),
            [0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd]
        );
        let pi = 0x0370_7344_1319_8a2e_85a3_08d3_243f_6a88;
        assert_eq!(
            Philox::new(0x299f_31d0_a409_3822).block(pi),
            [0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1]
        );
    }

    #[test]
    fn moments_are_right() {
        let mut s = Stream::new(7, 0);
        let n = 100_000;
        let (mut sum, mut squares) = (0.0, 0.0);
        for _ in 0..n {
            let x = s.normal();
            sum += x;
            squares += x * x;
        }
        assert!((sum / n as f64).abs() < 0.02);
        assert!((squares / n as f64 - 1.0).abs() < 0.02);
        assert!((0..1000).all(|_| s.truncated_normal().abs() < 2.0));
    }

    #[test]
    fn permutations_are_permutations() {
        let mut p = Stream::new(1, 2).permutation(100);
        assert_ne!(p, (0..100).collect::<Vec<_>>());
        p.sort_unstable();
        assert_eq!(p, (0..100).collect::<Vec<_>>());
        assert_ne!(Stream::new(1, 2).next_u64(), Stream::new(1, 3).next_u64());
    }
}
