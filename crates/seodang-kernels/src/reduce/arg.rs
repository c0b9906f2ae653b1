//! The index of the largest or smallest element along an axis.

use crate::isa;
use crate::memory::{Memory, Region, check_alias};
use crate::movement::{GRAIN, Shared, source, target};
use crate::pool;
use crate::simd::{B8, Lane, multiversion};
use seodang_core::{DType, Error, Result, bf16, f16, text};

/// Which element [`ArgReduce`] looks for.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Extreme {
    /// The largest (`argmax`).
    Max,
    /// The smallest (`argmin`).
    Min,
}

/// `(n, inner, x, indices as i64)`: for each of `inner` columns of an `n` x `inner` array.
type Kernel = unsafe fn(usize, usize, *const u8, &mut [i64]);

/// How elements compare.
trait Better: 'static {
    fn better<T: Lane>(a: T, b: T) -> bool;
}
struct Greater;
impl Better for Greater {
    #[inline(always)]
    fn better<T: Lane>(a: T, b: T) -> bool {
        a > b
    }
}
struct Less;
impl Better for Less {
    #[inline(always)]
    fn better<T: Lane>(a: T, b: T) -> bool {
        a < b
    }
}

multiversion! {
    fn search<M, T: Lane, B: Better>(n: usize, inner: usize, x: *const u8, best: &mut [i64]) {
        let x = x.cast::<T>();
        for (j, best) in best[..inner].iter_mut().enumerate() {
            let mut at = 0;
            let mut value = (*x.add(j)).widen();
            for i in 1..n {
                let v = (*x.add(i * inner + j)).widen();
                // The first NaN wins over everything.
                let nan = v.partial_cmp(&v).is_none() & value.partial_cmp(&value).is_some();
                if B::better(v, value) | nan {
                    (value, at) = (v, i);
                }
            }
            *best = at as i64;
        }
    }
}

/// A planned `argmax` or `argmin`: the first index of the extreme element along an axis; NaN is the
/// extreme of all.
#[derive(Clone, Debug)]
pub struct ArgReduce {
    dtype: DType,
    index: DType,
    outer: usize,
    n: usize,
    inner: usize,
    kernel: Kernel,
}

impl ArgReduce {
    /// A plan for arrays of `shape`, giving indices of the type `index` (`int32` or `int64`).
    ///
    /// # Errors
    /// If the axis is outside the shape or has no elements, or `index` is another type.
    pub fn new(
        extreme: Extreme,
        dtype: DType,
        index: DType,
        shape: &[usize],
        axis: usize,
    ) -> Result<ArgReduce> {
        let n = shape.get(axis).copied().unwrap_or(0);
        let count: usize = shape.iter().product();
        if axis >= shape.len()
            || n == 0 && count == 0 && shape.iter().filter(|n| **n == 0).count() == 1
            || !matches!(index, DType::I32 | DType::I64)
        {
            return Err(Error::value(text!(
                en: "there is no extreme element along axis {axis}",
                ko: "축 {axis}을(를) 따라 최댓값이나 최솟값이 없습니다"
            ))
            .given("shape", format!("{shape:?}"))
            .given("index dtype", index));
        }
        let isa = isa::current().min(isa::Isa::Avx2);
        macro_rules! by {
            ($($name:ident $t:ty),*) => {
                match (dtype, extreme) {
                    $((DType::$name, Extreme::Max) => search::<$t, Greater>(isa),
                    (DType::$name, Extreme::Min) => search::<$t, Less>(isa),)*
                }
            };
        }
        let kernel: Kernel = by!(
            Bool B8, I8 i8, I16 i16, I32 i32, I64 i64, U8 u8, U16 u16, U32 u32, U64 u64, F16 f16,
            BF16 bf16, F32 f32, F64 f64
        );
        Ok(ArgReduce {
            dtype,
            index,
            outer: shape[..axis].iter().product(),
            n,
            inner: shape[axis + 1..].iter().product(),
            kernel,
        })
    }

    /// Finds the indices.
    ///
    /// # Panics
    /// If a region has the wrong length or they overlap: a bug in the caller's plan.
    pub fn run(&self, memory: &Memory<'_>, src: Region, dst: Region) {
        let (outer, n, inner) = (self.outer, self.n, self.inner);
        let size = self.dtype.size();
        let a = Shared::new(source(memory, src, outer * n * inner, size, "argmax's operand"));
        let d = target(memory, dst, outer * inner, self.index.size(), "argmax's result");
        let d = Shared::new(d);
        check_alias(dst, &[src], false);
        if outer * inner == 0 {
            return;
        }
        let tasks = (outer * n * inner / GRAIN).clamp(1, 4 * pool::threads()).min(outer);
        pool::run(tasks, |t| {
            let mut best = vec![0i64; inner];
            for o in pool::piece(outer, 1, tasks, t) {
                // SAFETY: the arrays hold the elements; results of tasks are disjoint.
                unsafe {
                    (self.kernel)(n, inner, a.get().add(o * n * inner * size), &mut best);
                    for (j, b) in best.iter().enumerate() {
                        if self.index == DType::I32 {
                            *d.get().cast::<i32>().add(o * inner + j) = *b as i32;
                        } else {
                            *d.get().cast::<i64>().add(o * inner + j) = *b;
                        }
                    }
                }
            }
        });
    }
}
