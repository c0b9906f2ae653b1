//! Loops of other crates, compiled for the widest instruction set.
#![allow(unsafe_code)]

use crate::isa;
use crate::simd::multiversion;

/// A loop over branch-free code. `run`, and what it calls, should be `#[inline(always)]`: only what
/// is part of it is compiled for the instruction set.
pub trait Loop {
    /// What it gives.
    type Output;
    /// Runs it.
    fn run(self) -> Self::Output;
}

multiversion! {
    #[allow(unused_unsafe)]
    fn version<M, L: Loop>(work: L, out: &mut Option<L::Output>) {
        *out = Some(work.run());
    }
}

/// Runs a loop with the instructions that the processor has. The bits of its results do not depend on
/// them: no multiply-add is fused.
///
/// ```
/// use seodang_kernels::vectorised::{Loop, run};
/// struct Double<'a>(&'a mut [f64]);
/// impl Loop for Double<'_> {
///     type Output = ();
///     #[inline(always)]
///     fn run(self) {
///         self.0.iter_mut().for_each(|x| *x *= 2.0);
///     }
/// }
/// let mut x = [1.0, 2.0];
/// run(Double(&mut x));
/// assert_eq!(x, [2.0, 4.0]);
/// ```
pub fn run<L: Loop>(work: L) -> L::Output {
    let mut out = None;
    // SAFETY: the processor has the current instruction set.
    unsafe { version::<L>(isa::current())(work, &mut out) };
    let Some(out) = out else { unreachable!("every version gives a result") };
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::isa::Isa;

    struct Norm<'a>(&'a [f64], &'a mut [f64]);

    impl Loop for Norm<'_> {
        type Output = u64;

        #[inline(always)]
        fn run(self) -> u64 {
            let mut bits = 0;
            for (x, out) in self.0.iter().zip(self.1) {
                *out = 1.0 / (1.0 + x * x * 0.1 + x);
                bits = u64::max(bits, out.to_bits());
            }
            bits
        }
    }

    #[test]
    fn every_instruction_set_gives_the_same_bits() {
        let x: Vec<f64> = (0..1003).map(|i| f64::from(i) * 0.37).collect();
        let expected: Vec<f64> = x.iter().map(|x| 1.0 / (1.0 + x * x * 0.1 + x)).collect();
        for isa in Isa::available() {
            let mut out = vec![0.0; x.len()];
            let greatest = isa::with(isa, || run(Norm(&x, &mut out)));
            assert_eq!(out, expected, "{isa:?}");
            assert_eq!(greatest, expected[0].to_bits(), "{isa:?}");
        }
    }
}
