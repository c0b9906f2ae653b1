//! Depthwise convolution and the gradients of its input and kernel: each output feature has an input
//! feature of its own, so vectors lie along the features.
#![allow(unsafe_code)]

use super::general::collect_taps;
use super::spec::Loops;
use crate::gemm::{Activation, Shared};
use crate::microkernel::{MicroFloat, Vector};
use crate::{Isa, isa, pool};
use seodang_core::DType;

#[derive(Clone, Debug)]
pub(super) struct Channelwise {
    isa: Isa,
}

/// A place of the result (or several beside each other) and a stretch of its features.
pub(crate) struct Strip<'a, T> {
    taps: &'a [(usize, usize)],
    /// Images to sum over, and the steps between them.
    sum: (usize, usize, usize),
    lhs: *const T,
    rhs: *const T,
    out: *mut T,
    bias: *const T,
    /// Steps between the places, in the images and in the result.
    steps: (usize, usize),
    n: usize,
    accumulate: bool,
    relu: bool,
}

impl Channelwise {
    pub(super) fn new(l: &Loops) -> Option<Channelwise> {
        let float = matches!(l.dtype, DType::F32 | DType::F64);
        let own = l.feature_groups == l.o && l.i * l.lhs_i == 1
            || l.batch_groups == l.o && l.n * l.lhs_n == 1;
        (float && l.o > 1 && own && [l.rhs_o, l.out_o] == [1; 2])
            .then(|| Channelwise { isa: isa::current() })
    }

    /// # Safety
    /// As [`super::general::run`].
    pub(super) unsafe fn run<T: StripFloat>(
        &self,
        l: &Loops,
        lhs: *const T,
        rhs: *const T,
        out: *mut T,
        bias: *const T,
    ) {
        // Lines of places along the last axis.
        let (line, line_axes) = match l.axes.split_last() {
            Some((last, others)) => (last.out, others),
            None => (1, &[][..]),
        };
        let (in_step, out_step) =
            l.axes.last().map_or((0, 0), |a| (a.stride * a.input_step, a.out_step));
        let lines = l.n * line_axes.iter().map(|a| a.out).product::<usize>();
        if lines * line * l.o == 0 {
            return;
        }
        let whole: usize = l.axes.iter().map(|a| a.kernel).product();
        let dilated = l.axes.last().is_some_and(|a| a.input_dilation > 1);
        let tasks = if l.work() < 100_000 { 1 } else { (pool::threads() * 4).min(lines) };
        let shared = Shared((lhs, rhs, out, bias));
        pool::run(tasks, |task| {
            let Shared((lhs, rhs, out, bias)) = *{ &shared };
            let (mut place, mut taps, mut next) = (vec![0; l.axes.len()], Vec::new(), Vec::new());
            for at in pool::piece(lines, 1, tasks, task) {
                let mut rest = at;
                let mut to = 0;
                for (p, axis) in place.iter_mut().zip(line_axes).rev() {
                    *p = rest % axis.out;
                    rest /= axis.out;
                    to += *p * axis.out_step;
                }
                let n = rest;
                let mut q = 0;
                while q < line {
                    let mut look = |q: usize, taps: &mut Vec<_>| {
                        if let Some(p) = place.last_mut() {
                            *p = q;
                        }
                        collect_taps(l, &place, taps);
                    };
                    look(q, &mut taps);
                    // Four places beside each other that see whole windows share the kernel's loads.
                    let mut places = 1;
                    if q + 4 <= line && !dilated && taps.len() == whole {
                        look(q + 3, &mut next);
                        if next.len() == whole {
                            places = 4;
                        }
                    }
                    let strip = Strip {
                        taps: &taps,
                        sum: (l.i, l.lhs_i, l.rhs_i),
                        lhs: lhs.wrapping_add(n * l.lhs_n),
                        rhs,
                        out: out.wrapping_add(n * l.out_n + to + q * out_step),
                        bias,
                        steps: (in_step, out_step),
                        n: l.o,
                        accumulate: l.epilogue.accumulate,
                        relu: l.epilogue.activation == Activation::Relu,
                    };
                    // SAFETY: the taps name pixels that exist for all the places; the results belong
                    // to this task; the instruction set is available.
                    unsafe { T::strip(self.isa, places == 4, &strip) };
                    q += places;
                }
            }
        });
    }
}

/// A float with depthwise kernels.
pub(crate) trait StripFloat: MicroFloat {
    /// Computes a strip: of four places if `four`, else of one.
    ///
    /// # Safety
    /// The processor must have the instructions, and the strip name places that exist.
    unsafe fn strip(isa: Isa, four: bool, s: &Strip<'_, Self>);
}

/// # Safety
/// As [`StripFloat::strip`], for the instructions of `V`.
#[inline(always)]
unsafe fn strip<V: Vector>(four: bool, s: &Strip<'_, V::Scalar>) {
    let mut j = 0;
    while j < s.n {
        let left = s.n - j;
        // SAFETY: features j.. of the strip: as many whole vectors as there are, or a masked one.
        unsafe {
            if four {
                let n = left.min(V::LANES);
                block::<V, 4, 1>(s, j, n);
                j += n;
            } else if left >= 4 * V::LANES {
                block::<V, 1, 4>(s, j, V::LANES);
                j += 4 * V::LANES;
            } else {
                let n = left.min(V::LANES);
                block::<V, 1, 1>(s, j, n);
                j += n;
            }
        }
    }
}

/// `P` places by `NV` vectors from feature `j` on; the last vector has `n` of them.
///
/// # Safety
/// As [`strip`].
#[inline(always)]
#[allow(clippy::needless_range_loop)]
unsafe fn block<V: Vector, const P: usize, const NV: usize>(
    s: &Strip<'_, V::Scalar>,
    j: usize,
    n: usize,
) {
    // SAFETY: the caller's promise.
    unsafe {
        let mask = V::mask(n);
        let load = |p: *const V::Scalar| {
            if n < V::LANES { V::load_masked(p, mask) } else { V::load(p) }
        };
        let mut acc = [[V::zero(); NV]; P];
        let out = |p: usize, v: usize| s.out.wrapping_add(j + p * s.steps.1 + v * V::LANES);
        if s.accumulate {
            for p in 0..P {
                for v in 0..NV {
                    acc[p][v] = load(out(p, v));
                }
            }
        }
        let (images, lhs_step, rhs_step) = s.sum;
        for i in 0..images {
            let lhs = s.lhs.wrapping_add(i * lhs_step + j);
            let rhs = s.rhs.wrapping_add(i * rhs_step + j);
            for &(a, b) in s.taps {
                for v in 0..NV {
                    let w = load(rhs.wrapping_add(b + v * V::LANES));
                    for p in 0..P {
                        let x = load(lhs.wrapping_add(a + p * s.steps.0 + v * V::LANES));
                        acc[p][v] = V::fma(x, w, acc[p][v]);
                    }
                }
            }
        }
        for v in 0..NV {
            for p in 0..P {
                let mut x = acc[p][v];
                if !s.bias.is_null() {
                    x = V::add(x, load(s.bias.wrapping_add(j + v * V::LANES)));
                }
                if s.relu {
                    x = V::relu(x);
                }
                if n < V::LANES { x.store_masked(out(p, v), mask) } else { x.store(out(p, v)) }
            }
        }
    }
}

macro_rules! strips {
    ($t:ty, $plain:ty, $avx2:ident, $avx512:ident) => {
        impl StripFloat for $t {
            unsafe fn strip(isa: Isa, four: bool, s: &Strip<'_, $t>) {
                #[cfg(target_arch = "x86_64")]
                {
                    use std::arch::x86_64::{$avx2, $avx512};
                    /// # Safety
                    /// As [`StripFloat::strip`].
                    #[target_feature(enable = "avx512f,avx512bw,avx512dq,avx512vl,avx2,fma")]
                    unsafe fn avx512(four: bool, s: &Strip<'_, $t>) {
                        // SAFETY: passed on.
                        unsafe { strip::<$avx512>(four, s) }
                    }
                    /// # Safety
                    /// As [`StripFloat::strip`].
                    #[target_feature(enable = "avx2,fma")]
                    unsafe fn avx2(four: bool, s: &Strip<'_, $t>) {
                        // SAFETY: passed on.
                        unsafe { strip::<$avx2>(four, s) }
                    }
                    match isa {
                        // SAFETY: the caller says that the instructions are there.
                        Isa::Avx512 => return unsafe { avx512(four, s) },
                        // SAFETY: as above.
                        Isa::Avx2 => return unsafe { avx2(four, s) },
                        Isa::Portable => {}
                    }
                }
                let _ = isa;
                // SAFETY: passed on; plain code needs no instructions.
                unsafe { strip::<$plain>(four, s) }
            }
        }
    };
}
strips!(f32, crate::microkernel::Plain<f32, 4>, __m256, __m512);
strips!(f64, crate::microkernel::Plain<f64, 2>, __m256d, __m512d);
