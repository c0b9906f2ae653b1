//! The convolution that handles everything, one plain loop: any dimension numbers, dilations, groups,
//! ranks and element types.
#![allow(unsafe_code)]

use super::spec::Loops;
use crate::gemm::any::Ring;
use crate::gemm::{Activation, Shared};
use crate::pool;

/// # Safety
/// The pointers must be valid for the elements that `loops` describes (and `bias`, if not null, for
/// one per output feature), with `out` overlapping nothing.
pub(super) unsafe fn run<T: Ring>(
    loops: &Loops,
    lhs: *const T,
    rhs: *const T,
    out: *mut T,
    bias: *const T,
) {
    let places: usize = loops.axes.iter().map(|a| a.out).product();
    let total = loops.n * places;
    if total == 0 || loops.o == 0 {
        return;
    }
    let tasks = (loops.work() / 30_000).clamp(1, pool::threads() * 4).min(total);
    let shared = Shared((lhs, rhs, out, bias));
    pool::run(tasks, |task| {
        let Shared((lhs, rhs, out, bias)) = *{ &shared };
        let mut place = vec![0; loops.axes.len()];
        let mut taps = Vec::new();
        for at in pool::piece(total, 1, tasks, task) {
            let (n, mut rest) = (at / places, at % places);
            let mut to = n * loops.out_n;
            for (p, axis) in place.iter_mut().zip(&loops.axes).rev() {
                *p = rest % axis.out;
                rest /= axis.out;
                to += *p * axis.out_step;
            }
            collect_taps(loops, &place, &mut taps);
            for o in 0..loops.o {
                let from = n * loops.lhs_n + loops.group_offset(o);
                // SAFETY: places inside the arrays, as the loops and the taps say; each output
                // belongs to one task.
                unsafe {
                    let out = out.add(to + o * loops.out_o);
                    let (lhs, rhs) = (lhs.add(from), rhs.add(o * loops.rhs_o));
                    let mut sum = if loops.epilogue.accumulate { (*out).widen() } else { T::ZERO };
                    for &(l, r) in &taps {
                        for i in 0..loops.i {
                            let x = *lhs.add(l + i * loops.lhs_i);
                            sum = T::mul_add(x, *rhs.add(r + i * loops.rhs_i), sum);
                        }
                    }
                    if !bias.is_null() {
                        sum = T::add(sum, (*bias.add(o)).widen());
                    }
                    if loops.epilogue.activation == Activation::Relu {
                        sum = T::relu(sum);
                    }
                    *out = T::narrow(sum);
                }
            }
        }
    });
}

/// The offsets in the images and in the kernel of the window elements that see something at a place of
/// the result, in row-major order of the window.
pub(super) fn collect_taps(loops: &Loops, place: &[usize], taps: &mut Vec<(usize, usize)>) {
    taps.clear();
    taps.push((0, 0));
    for (axis, &p) in loops.axes.iter().zip(place) {
        let so_far = std::mem::take(taps);
        for (l, r) in so_far {
            for t in 0..axis.kernel {
                if let Some(x) = axis.source(p, t) {
                    taps.push((l + x * axis.input_step, r + axis.kernel_offset(t)));
                }
            }
        }
    }
}
