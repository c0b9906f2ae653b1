//! StableHLO's `select_and_scatter` as max- and min-pooling's gradients need it.

use super::{Slides, WindowSpec};
use crate::isa::{self, Isa};
use crate::memory::{Memory, Region, check_alias};
use crate::movement::{GRAIN, Shared, by_width, source, target};
use crate::pool;
use crate::simd::{B8, Lane, multiversion};
use crate::tile::CompareOp;
use seodang_core::{DType, Error, Result, bf16, f16, text};

/// Channels that are searched together.
const CHUNK: usize = 64;

/// `(run, offsets, operand, source, result)`.
type Kernel = unsafe fn(usize, &[usize], *const u8, *const u8, *mut u8);

/// Which of two elements stays selected.
trait Holds: 'static {
    fn holds<T: Lane>(selected: T, next: T) -> bool;
}
struct Ge;
impl Holds for Ge {
    #[inline(always)]
    fn holds<T: Lane>(selected: T, next: T) -> bool {
        selected >= next
    }
}
struct Le;
impl Holds for Le {
    #[inline(always)]
    fn holds<T: Lane>(selected: T, next: T) -> bool {
        selected <= next
    }
}

multiversion! {
    fn one_window<M, T: Lane, H: Holds>(
        run: usize, offsets: &[usize], x: *const u8, s: *const u8, d: *mut u8,
    ) {
        let (x, s, d) = (x.cast::<T>(), s.cast::<T>(), d.cast::<T>());
        let mut j = 0;
        while j < run {
            let n = CHUNK.min(run - j);
            let mut value = [T::default(); CHUNK];
            let mut at = [0u32; CHUNK];
            std::ptr::copy_nonoverlapping(x.add(offsets[0] + j), value.as_mut_ptr(), n);
            for (k, o) in offsets.iter().enumerate().skip(1) {
                let mut next = [T::default(); CHUNK];
                std::ptr::copy_nonoverlapping(x.add(o + j), next.as_mut_ptr(), n);
                for i in 0..CHUNK {
                    let stays = H::holds(value[i].widen(), next[i].widen());
                    value[i] = if stays { value[i] } else { next[i] };
                    at[i] = if stays { at[i] } else { k as u32 };
                }
            }
            for i in 0..n {
                let d = d.add(offsets[at[i] as usize] + j + i);
                *d = (*d).add(*s.add(j + i));
            }
            j += n;
        }
    }
}

/// A planned `select_and_scatter` with the scatter `add`: each source element is added to the result
/// where the window's selected element lies. The selected element is the first in row-major order
/// that is replaced by no later one, an element being replaced unless `select` holds between it and
/// the next.
#[derive(Clone, Debug)]
pub struct SelectAndScatter {
    slides: Slides,
    size: usize,
    kernel: Kernel,
    /// Window positions of one index of the first dimension, if they can be run apart.
    group: usize,
}

impl SelectAndScatter {
    /// A plan for operands of `shape`; `select` is `Ge` (maximum) or `Le` (minimum).
    ///
    /// # Errors
    /// If the lists of the window have other lengths than the shape, or `select` is another
    /// comparison (an engine interprets those).
    pub fn new(
        select: CompareOp,
        dtype: DType,
        shape: &[usize],
        window: &WindowSpec,
    ) -> Result<SelectAndScatter> {
        if !matches!(select, CompareOp::Ge | CompareOp::Le) {
            return Err(Error::unsupported(text!(
                en: "select_and_scatter has kernels for Ge and Le, not for {select:?}",
                ko: "select_and_scatter 커널은 Ge와 Le에만 있습니다. 받은 것: {select:?}"
            )));
        }
        let slides = Slides::new(shape, window)?;
        // Two versions of each are enough: nothing here gains from wider vectors but f32.
        let isa = if dtype == DType::F32 { isa::current() } else { isa::current().min(Isa::Avx2) };
        macro_rules! by {
            ($($name:ident $t:ty),*) => {
                match (dtype, select) {
                                        $((DType::$name, CompareOp::Ge) => one_window::<$t, Ge>(isa),
                    (DType::$name, _) => one_window::<$t, Le>(isa),)*
                }
            };
        }
        let kernel: Kernel = by!(
            Bool B8, I8 i8, I16 i16, I32 i32, I64 i64, U8 u8, U16 u16, U32 u32, U64 u64, F16 f16,
            BF16 bf16, F32 f32, F64 f64
        );
        let positions = slides.positions();
        let first = slides.offsets.first().map_or(1, Vec::len);
        let group = if slides.first_apart { positions / first.max(1) } else { positions };
        Ok(SelectAndScatter { slides, size: dtype.size(), kernel, group })
    }

    /// The shape that the source must have.
    pub fn source_shape(&self) -> &[usize] {
        &self.slides.shape
    }

    /// Fills `dst` with the one element of `init` and adds the elements of `src` to it.
    ///
    /// # Panics
    /// If a region has the wrong length or the result overlaps another: a bug in the caller's plan.
    pub fn run(
        &self,
        memory: &Memory<'_>,
        operand: Region,
        src: Region,
        init: Region,
        dst: Region,
    ) {
        let (s, size) = (&self.slides, self.size);
        let (positions, run) = (s.positions(), s.run);
        let x = source(memory, operand, s.inputs, size, "select_and_scatter's operand");
        let u = source(memory, src, positions * run, size, "select_and_scatter's source");
        let v = source(memory, init, 1, size, "select_and_scatter's init");
        let d = target(memory, dst, s.inputs, size, "select_and_scatter's result");
        check_alias(dst, &[operand, src, init], false);
        // SAFETY: the regions hold the elements.
        by_width!(size, T => unsafe {
            std::slice::from_raw_parts_mut(d.cast::<T>(), s.inputs).fill(*v.cast::<T>());
        });
        if positions * run == 0 {
            return;
        }
        let (x, u, d) = (Shared::new(x), Shared::new(u), Shared::new(d));
        let groups = positions / self.group;
        let tasks = (positions * run / GRAIN).clamp(1, 4 * pool::threads()).min(groups);
        pool::run(tasks, |t| {
            let mut covered = Vec::new();
            for g in pool::piece(groups, 1, tasks, t) {
                for p in g * self.group..(g + 1) * self.group {
                    s.cover(p, &mut covered);
                    if !covered.is_empty() {
                        // SAFETY: what a window covers lies inside the operand, and windows of
                        // different groups do not meet.
                        unsafe {
                            let u = u.get().add(p * run * size);
                            (self.kernel)(run, &covered, x.get(), u, d.get());
                        }
                    }
                }
            }
        });
    }
}
