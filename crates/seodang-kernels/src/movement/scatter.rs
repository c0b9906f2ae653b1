//! StableHLO's `scatter`, with the usual ways to combine.

use super::copy::Dim;
use super::gather::Windows;
use super::{index_at, source, strides, target};
use crate::isa;
use crate::memory::{Memory, Region, check_alias};
use crate::simd::{B8, Lane};
use crate::tile::ReduceOp;
use crate::tile::fold::{Accumulate, Combine, Max, Min, Prod, Sum, fold};
use seodang_core::{DType, Error, Result, bf16, f16, text};

/// The attributes of `scatter`, with StableHLO's names.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
#[allow(missing_docs)]
pub struct ScatterSpec {
    pub operand: Vec<usize>,
    pub scatter_indices: Vec<usize>,
    pub updates: Vec<usize>,
    pub update_window_dims: Vec<usize>,
    pub inserted_window_dims: Vec<usize>,
    pub input_batching_dims: Vec<usize>,
    pub scatter_indices_batching_dims: Vec<usize>,
    pub scatter_dims_to_operand_dims: Vec<usize>,
    pub index_vector_dim: usize,
}

/// What an update does to the element that it meets.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Update {
    /// Takes its place.
    Replace,
    /// Is combined with it.
    Combine(ReduceOp),
}

/// `(n, source stride, destination stride, source, destination)`.
type Line = unsafe fn(usize, isize, isize, *const u8, *mut u8);

unsafe fn combine<T: Lane, C: Combine>(n: usize, s: isize, t: isize, a: *const u8, d: *mut u8) {
    let (a, d) = (a.cast::<T>(), d.cast::<T>());
    for i in 0..n as isize {
        // SAFETY: the caller's lines have `n` elements.
        unsafe {
            let d = d.offset(i * t);
            *d = C::combine(*d, *a.offset(i * s));
        }
    }
}

unsafe fn replace<T: Copy>(n: usize, s: isize, t: isize, a: *const u8, d: *mut u8) {
    let (a, d) = (a.cast::<T>(), d.cast::<T>());
    for i in 0..n as isize {
        // SAFETY: the caller's lines have `n` elements.
        unsafe { *d.offset(i * t) = *a.offset(i * s) };
    }
}

fn line(dtype: DType, update: Update) -> Option<Line> {
    let Update::Combine(op) = update else {
        return Some(super::by_width!(dtype.size(), T => replace::<T>));
    };
    macro_rules! by {
        ($($name:ident $t:ty),*) => {
            match dtype {
                $(DType::$name => match op {
                    ReduceOp::Sum => combine::<$t, Sum>,
                    ReduceOp::Prod => combine::<$t, Prod>,
                    ReduceOp::Max => combine::<$t, Max>,
                    ReduceOp::Min => combine::<$t, Min>,
                    ReduceOp::And | ReduceOp::Or => return None,
                },)*
            }
        };
    }
    Some(by!(
        Bool B8, I8 i8, I16 i16, I32 i32, I64 i64, U8 u8, U16 u16, U32 u32, U64 u64, F16 f16,
        BF16 bf16, F32 f32, F64 f64
    ))
}

/// A planned `scatter`: updates are applied in row-major order of their index vectors, so results do
/// not depend on threads. Elements outside the operand are skipped.
#[derive(Clone, Debug)]
pub struct Scatter {
    size: usize,
    windows: Windows,
    /// The window: size, stride in the updates, stride in the operand; and the operand's dimension.
    dims: Vec<(Dim, usize)>,
    line: Line,
    /// For lines that are contiguous on both sides.
    contiguous: Option<Accumulate>,
    operand: usize,
    indices: usize,
    updates: usize,
}

impl Scatter {
    /// A plan for elements of `dtype` and indices of the type `index`.
    ///
    /// # Errors
    /// If the attributes do not fit together (the specification's constraints), or `update` is
    /// `And` or `Or` (an engine interprets those).
    pub fn new(dtype: DType, index: DType, update: Update, spec: &ScatterSpec) -> Result<Scatter> {
        Scatter::plan(dtype, index, update, spec).ok_or_else(|| {
            Error::shape(text!(
                en: "the dimensions of scatter do not fit together",
                ko: "scatter의 차원들이 서로 맞지 않습니다"
            ))
            .given("scatter", format!("{spec:?}"))
            .given("update", format!("{update:?}"))
            .given("index dtype", index)
        })
    }

    fn plan(dtype: DType, index: DType, update: Update, s: &ScatterSpec) -> Option<Scatter> {
        let rank = s.operand.len();
        let dropped =
            |d: &usize| s.inserted_window_dims.contains(d) || s.input_batching_dims.contains(d);
        let kept: Vec<usize> = (0..rank).filter(|d| !dropped(d)).collect();
        let (os, us) = (strides(&s.operand), strides(&s.updates));
        let mut window_dims = s.update_window_dims.clone();
        window_dims.sort_unstable();
        if kept.len() != window_dims.len()
            || window_dims.iter().any(|d| *d >= s.updates.len())
            || s.index_vector_dim > s.scatter_indices.len()
        {
            return None;
        }
        let batch: Vec<usize> = (0..s.updates.len()).filter(|d| !window_dims.contains(d)).collect();
        let outer: Vec<isize> = batch.iter().map(|d| us[*d]).collect();
        let windows = Windows::new(
            index,
            &s.operand,
            &s.scatter_indices,
            s.index_vector_dim,
            &s.scatter_dims_to_operand_dims,
            &s.input_batching_dims,
            &s.scatter_indices_batching_dims,
            &outer,
        )?;
        let sizes: Vec<usize> = batch.iter().map(|d| s.updates[*d]).collect();
        if sizes != windows.batch {
            return None;
        }
        let dims: Vec<(Dim, usize)> = kept
            .iter()
            .zip(&window_dims)
            .map(|(k, d)| ((s.updates[*d], us[*d], os[*k]), *k))
            .collect();
        if dims.iter().any(|(d, k)| d.0 > s.operand[*k]) {
            return None;
        }
        let contiguous = match update {
            Update::Combine(op) if !matches!(dtype, DType::F16 | DType::BF16) => {
                Some(fold(op, dtype, isa::current())?.accumulate)
            }
            _ => None,
        };
        Some(Scatter {
            size: dtype.size(),
            windows,
            dims,
            line: line(dtype, update)?,
            contiguous,
            operand: s.operand.iter().product(),
            indices: s.scatter_indices.iter().product(),
            updates: s.updates.iter().product(),
        })
    }

    /// Copies `operand` to `dst`, unless they are one region, and applies `updates` to it.
    ///
    /// # Panics
    /// If a region has the wrong length or they overlap otherwise: a bug in the caller's plan.
    pub fn run(
        &self,
        memory: &Memory<'_>,
        operand: Region,
        indices: Region,
        updates: Region,
        dst: Region,
    ) {
        let w = &self.windows;
        let a = source(memory, operand, self.operand, self.size, "scatter's operand");
        let i = source(memory, indices, self.indices, w.dtype.size(), "scatter's indices");
        let u = source(memory, updates, self.updates, self.size, "scatter's updates");
        let d = target(memory, dst, self.operand, self.size, "scatter's result");
        check_alias(dst, &[operand], true);
        check_alias(dst, &[indices, updates], false);
        if dst != operand {
            // SAFETY: both have the operand's size and do not overlap.
            unsafe { std::ptr::copy_nonoverlapping(a, d, self.operand * self.size) };
        }
        if self.updates == 0 {
            return;
        }
        for k in 0..w.len() {
            let (at, to, from) = w.at(k);
            let mut to = to;
            // As XLA has it, an update is dropped whole when a part of it lies outside.
            let mut inside = true;
            for (c, (stride, size, dim)) in w.map.iter().enumerate() {
                // SAFETY: the position lies inside the indices.
                let start =
                    unsafe { index_at(w.dtype, i, (at + c as isize * w.component) as usize) };
                let window = self.dims.iter().find(|d| d.1 == *dim).map_or(1, |d| d.0.0);
                inside &= (0..=*size as i64 - window as i64).contains(&start);
                to = to.wrapping_add((start as isize).wrapping_mul(*stride));
            }
            if inside {
                // SAFETY: the whole window lies inside.
                unsafe {
                    let u = u.offset(from * self.size as isize);
                    let d = d.offset(to * self.size as isize);
                    self.window(&self.dims, u, d);
                }
            }
        }
    }

    /// Applies one window, which lies inside.
    unsafe fn window(&self, dims: &[(Dim, usize)], u: *const u8, d: *mut u8) {
        let Some(&((n, s, t), ..)) = dims.first() else {
            // SAFETY: a window of one element.
            return unsafe { (self.line)(1, 1, 1, u, d) };
        };
        if dims.len() == 1 {
            // SAFETY: the line's elements lie inside both arrays.
            unsafe {
                match self.contiguous {
                    Some(f) if (s, t) == (1, 1) => f(n, u, d),
                    _ => (self.line)(n, s, t, u, d),
                }
            }
            return;
        }
        let bytes = self.size as isize;
        for k in 0..n as isize {
            // SAFETY: as above, for the remaining dimensions.
            unsafe { self.window(&dims[1..], u.offset(k * s * bytes), d.offset(k * t * bytes)) };
        }
    }
}
