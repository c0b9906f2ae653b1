//! Kernels that move elements without computing: they know only how many bytes an element has.
//!
//! | kernel | covers |
//! |---|---|
//! | [`Copy`](struct@Copy) | transpose, broadcast, slice, reverse, and any mix of them |
//! | [`Pad`] | padding with edges (negative: cropping) and between elements |
//! | [`Concatenate`] | joining along an axis |
//! | [`DynamicSlice`], [`DynamicUpdateSlice`] | slices whose start is a value |
//! | [`Gather`], [`Scatter`] | StableHLO's, embedding look-ups included |
#![allow(unsafe_code)]

mod copy;
mod dynamic;
mod gather;
mod join;
mod scatter;

pub use copy::Copy;
pub use dynamic::{DynamicSlice, DynamicUpdateSlice};
pub use gather::{Gather, GatherSpec};
pub use join::{Concatenate, Pad};
pub use scatter::{Scatter, ScatterSpec, Update};

use crate::memory::{Memory, Region};
use seodang_core::{DType, dispatch};

/// Elements below which a task is not worth handing to another thread.
pub(crate) const GRAIN: usize = 16384;

/// Runs a block with `$t` standing for the unsigned integer of a width in bytes.
macro_rules! by_width {
    ($size:expr, $t:ident => $body:expr) => {
        match $size {
            1 => {
                type $t = u8;
                $body
            }
            2 => {
                type $t = u16;
                $body
            }
            4 => {
                type $t = u32;
                $body
            }
            _ => {
                type $t = u64;
                $body
            }
        }
    };
}
pub(crate) use by_width;

/// Row-major strides in elements.
pub(crate) fn strides(shape: &[usize]) -> Vec<isize> {
    let mut out = vec![1; shape.len()];
    for k in (1..shape.len()).rev() {
        out[k - 1] = out[k] * shape[k] as isize;
    }
    out
}

/// A pointer that tasks share; each uses its own part.
#[derive(Clone, Copy)]
pub(crate) struct Shared<T>(T);
impl<T: std::marker::Copy> Shared<T> {
    pub(crate) fn new(p: T) -> Shared<T> {
        Shared(p)
    }
    pub(crate) fn get(&self) -> T {
        self.0
    }
}
// SAFETY: whoever makes one promises that tasks use disjoint parts of what it points to.
unsafe impl<T> Sync for Shared<T> {}

/// Reads element `i` of an index array of any integer type.
pub(crate) unsafe fn index_at(dtype: DType, p: *const u8, i: usize) -> i64 {
    macro_rules! read {
        ($t:ty) => {{
            // SAFETY: the caller's array holds the element.
            unsafe { *p.cast::<$t>().add(i) }
        }};
    }
    match dtype {
        DType::I8 => i64::from(read!(i8)),
        DType::I16 => i64::from(read!(i16)),
        DType::I32 => i64::from(read!(i32)),
        DType::U8 => i64::from(read!(u8)),
        DType::U16 => i64::from(read!(u16)),
        DType::U32 => i64::from(read!(u32)),
        // Beyond i64's range an index is out of bounds in any case.
        DType::U64 => read!(u64).min(i64::MAX as u64) as i64,
        _ => read!(i64),
    }
}

/// The pointer of a region of `n` elements to read.
pub(crate) fn source(
    memory: &Memory<'_>,
    r: Region,
    n: usize,
    size: usize,
    what: &str,
) -> *const u8 {
    assert!(r.len >= n * size, "{what} needs {} bytes: {r:?}", n * size);
    by_width!(size, T => memory.src::<T>(r).cast())
}

/// The pointer of a region of `n` elements to write.
pub(crate) fn target(memory: &Memory<'_>, r: Region, n: usize, size: usize, what: &str) -> *mut u8 {
    assert!(r.len == n * size, "{what} has {} bytes: {r:?}", n * size);
    by_width!(size, T => memory.dst::<T>(r).cast())
}

/// The first elements of some scalar regions as indices.
pub(crate) fn starts(memory: &Memory<'_>, regions: &[Region], dtype: DType) -> Vec<i64> {
    regions
        .iter()
        .map(|r| {
            let p = source(memory, *r, 1, dtype.size(), "a start index");
            // SAFETY: the region holds an element.
            unsafe { index_at(dtype, p, 0) }
        })
        .collect()
}

/// Whether a type can hold indices.
pub(crate) fn is_index(dtype: DType) -> bool {
    dispatch!(dtype, T => {
        let _ = size_of::<T>();
        dtype.is_integer()
    })
}
