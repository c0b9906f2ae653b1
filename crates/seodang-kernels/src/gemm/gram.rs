//! Products of the columns of a matrix with each other, of which half need not be computed.
#![allow(unsafe_code)]

use super::GemmFloat;
use crate::isa;
use crate::microkernel::{Activation, MicroFloat, Segment, Tile};
use seodang_core::DType;

/// `c[i][j] = Σ x[p][i] · x[p][j]` over the `rows` rows of `x`, of `cols` columns, for the first `first`
/// columns `i` and all columns `j` from `i` on. `c` has `cols` columns; what of it lies below its diagonal
/// holds nothing in particular afterwards. Runs on the calling thread, and reads `x` where it is: best
/// for blocks of rows that stay in the second-level cache.
///
/// ```
/// let mut c = [0.0; 4];
/// seodang_kernels::gemm::gram(&[1.0, 2.0, 3.0, 4.0], 2, 2, 2, &mut c);
/// assert_eq!([c[0], c[1], c[3]], [10.0, 14.0, 20.0]);
/// ```
///
/// # Panics
/// If `x` has not as many elements, `c` not `first * cols`, or `first` is beyond `cols`.
pub fn gram<T: GemmFloat>(x: &[T], rows: usize, cols: usize, first: usize, c: &mut [T]) {
    assert_eq!(x.len(), rows * cols, "a matrix of {rows} by {cols}");
    assert!(first <= cols && c.len() == first * cols, "products of {first} columns with {cols}");
    let (x, c) = (x.as_ptr(), c.as_mut_ptr());
    // SAFETY: T is the type that its name says; lengths are checked above.
    unsafe {
        match T::DTYPE {
            DType::F32 => upper::<f32>(x.cast(), rows, cols, first, c.cast()),
            _ => upper::<f64>(x.cast(), rows, cols, first, c.cast()),
        }
    }
}

/// # Safety
/// `x` must be valid for `rows * cols` reads, `c` for `first * cols` writes.
unsafe fn upper<T: MicroFloat>(x: *const T, rows: usize, cols: usize, first: usize, c: *mut T) {
    let kernels = T::kernels(isa::current());
    let (mr, nr) = (kernels.mr, kernels.nr());
    let segments = [Segment { a: 0, b: 0, k: rows }];
    // The panel of columns that is no whole one comes first, where it has the fewest rows.
    let mut start = 0;
    let mut end = if cols.is_multiple_of(nr) { nr.min(cols) } else { cols % nr };
    while start < cols {
        let high = end.min(first);
        // Rows are shared out evenly among tiles.
        let step = high.div_ceil(high.div_ceil(mr).max(1)).max(1);
        for i in (0..high).step_by(step) {
            // SAFETY: columns i..i + step and start..end of `x` and rows i.. of `c`, all inside of them.
            unsafe {
                let tile = Tile {
                    segments: &segments,
                    a: x.add(i),
                    a_row: 1,
                    a_k: cols,
                    b: x.add(start),
                    b_k: cols,
                    c: c.add(i * cols + start),
                    c_row: cols,
                    n: end - start,
                    accumulate: false,
                    bias: std::ptr::null(),
                    activation: Activation::None,
                };
                kernels.run(step.min(high - i), &tile);
            }
        }
        (start, end) = (end, end + nr);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Isa;

    #[test]
    fn columns_times_columns_on_every_processor() {
        for (rows, cols, first) in [(1, 1, 1), (5, 3, 2), (40, 16, 16), (33, 51, 50), (7, 70, 70)] {
            let x: Vec<f64> =
                (0..rows * cols).map(|i| ((i * 37) % 101) as f64 / 50.0 - 1.0).collect();
            let narrow: Vec<f32> = x.iter().map(|&x| x as f32).collect();
            let mut all = Vec::new();
            for isa in Isa::available() {
                let (mut c, mut c32) = (vec![0.0; first * cols], vec![0.0f32; first * cols]);
                isa::with(isa, || {
                    gram(&x, rows, cols, first, &mut c);
                    gram(&narrow, rows, cols, first, &mut c32);
                });
                let mut upper = Vec::new();
                for i in 0..first {
                    for j in i..cols {
                        let plain: f64 = (0..rows).map(|p| x[p * cols + i] * x[p * cols + j]).sum();
                        let at = i * cols + j;
                        assert!((c[at] - plain).abs() < 1e-12);
                        assert!((f64::from(c32[at]) - plain).abs() < 1e-4);
                        upper.push((c[at], c32[at]));
                    }
                }
                all.push(upper);
            }
            assert!(all.iter().all(|a| *a == all[0]));
        }
    }
}
