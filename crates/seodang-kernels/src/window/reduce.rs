//! StableHLO's `reduce_window`.

use super::{Slides, WindowSpec};
use crate::isa;
use crate::memory::{Memory, Region, check_alias};
use crate::movement::{GRAIN, Shared, source, target};
use crate::pool;
use crate::tile::ReduceOp;
use crate::tile::fold::{Fold, fold};
use seodang_core::{DType, Error, Result, text};

/// A planned `reduce_window`: the elements that a window covers, combined; padding counts as the
/// identity. Fast where trailing dimensions do not slide (channels last).
///
/// ```
/// use seodang_core::DType;
/// use seodang_kernels::{Memory, reduce::ReduceOp, window::{ReduceWindow, WindowSpec}};
/// let w = WindowSpec { window_dimensions: vec![2], window_strides: vec![2], ..Default::default() };
/// let pool = ReduceWindow::new(ReduceOp::Max, DType::U8, &[4], &w)?;
/// let (x, mut y) = ([3u8, 1, 4, 1], [0u8; 2]);
/// let mut m = Memory::new();
/// let (x, o) = (m.read(&x), m.write(&mut y));
/// pool.run(&m, m.whole(x), m.whole(o));
/// drop(m);
/// assert_eq!(y, [3, 4]);
/// # Ok::<(), seodang_core::Error>(())
/// ```
#[derive(Clone, Debug)]
pub struct ReduceWindow {
    slides: Slides,
    dtype: DType,
    fold: Fold,
}

impl ReduceWindow {
    /// A plan for operands of `shape`.
    ///
    /// # Errors
    /// If the lists of the window have other lengths than the shape, or bits of floats are combined.
    pub fn new(
        op: ReduceOp,
        dtype: DType,
        shape: &[usize],
        window: &WindowSpec,
    ) -> Result<ReduceWindow> {
        let fold = fold(op, dtype, isa::current()).ok_or_else(|| {
            Error::dtype(text!(
                en: "{op:?} is not defined on {dtype}",
                ko: "{op:?}은(는) {dtype}에 정의되지 않습니다"
            ))
        })?;
        Ok(ReduceWindow { slides: Slides::new(shape, window)?, dtype, fold })
    }

    /// The shape of the result.
    pub fn shape(&self) -> &[usize] {
        &self.slides.shape
    }

    /// Slides the window.
    ///
    /// # Panics
    /// If a region has the wrong length or they overlap: a bug in the caller's plan.
    pub fn run(&self, memory: &Memory<'_>, src: Region, dst: Region) {
        let (s, size) = (&self.slides, self.dtype.size());
        let (positions, run) = (s.positions(), s.run);
        let a = Shared::new(source(memory, src, s.inputs, size, "the operand of reduce_window"));
        let d = target(memory, dst, positions * run, size, "the result of reduce_window");
        let d = Shared::new(d);
        check_alias(dst, &[src], false);
        if positions * run == 0 {
            return;
        }
        let work = positions * run * s.offsets.iter().map(|d| d[0].len().max(1)).product::<usize>();
        let tasks = (work / GRAIN).clamp(1, 4 * pool::threads()).min(positions);
        pool::run(tasks, |t| {
            let mut acc = vec![0u64; (run * self.fold.acc_size).div_ceil(8)];
            let acc = acc.as_mut_ptr().cast::<u8>();
            let mut covered = Vec::new();
            for p in pool::piece(positions, 1, tasks, t) {
                s.cover(p, &mut covered);
                // SAFETY: what a window covers lies inside the operand; results are disjoint.
                unsafe {
                    (self.fold.fill)(run, std::ptr::null(), acc);
                    for c in &covered {
                        (self.fold.accumulate)(run, a.get().add(c * size), acc);
                    }
                    (self.fold.store)(run, acc, d.get().add(p * run * size));
                }
            }
        });
    }
}
