//! Sorting along an axis.
#![allow(unsafe_code)]

use crate::memory::{Memory, Region, check_alias};
use crate::movement::{GRAIN, Shared, by_width, source, target};
use crate::pool;
use crate::simd::half::{bf16_to_f32, f16_to_f32};
use seodang_core::{DType, Error, Result, bf16, f16, text};

/// The order of floats.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Order {
    /// IEEE 754's totalOrder, StableHLO's `TOTALORDER`: -NaN, -inf, ..., -0, +0, ..., inf, NaN.
    Total,
    /// By value: -0 equals +0, and NaN of either sign comes after everything else.
    Numeric,
}

/// The type, order and direction of a sort's first operand.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Key {
    /// The type.
    pub dtype: DType,
    /// The order of floats; integers have only one.
    pub order: Order,
    /// Whether the largest come first (equal elements stay in their order either way).
    pub descending: bool,
}

impl Key {
    /// An integer that is ordered as the element is.
    unsafe fn read(self, p: *const u8, i: usize) -> u64 {
        let float = |x: f64| {
            let x = match self.order {
                Order::Total => x,
                Order::Numeric if x.is_nan() => f64::NAN.abs(),
                Order::Numeric => x + 0.0,
            };
            let bits = x.to_bits();
            if bits >> 63 == 1 { !bits } else { bits | 1 << 63 }
        };
        macro_rules! get {
            ($t:ty) => {{
                // SAFETY: the caller's array holds element `i`.
                unsafe { *p.cast::<$t>().add(i) }
            }};
        }
        let signed = |x: i64| x as u64 ^ 1 << 63;
        let key = match self.dtype {
            DType::Bool | DType::U8 => u64::from(get!(u8)),
            DType::U16 => u64::from(get!(u16)),
            DType::U32 => u64::from(get!(u32)),
            DType::U64 => get!(u64),
            DType::I8 => signed(i64::from(get!(i8))),
            DType::I16 => signed(i64::from(get!(i16))),
            DType::I32 => signed(i64::from(get!(i32))),
            DType::I64 => signed(get!(i64)),
            DType::F16 => float(f64::from(f16_to_f32(get!(f16)))),
            DType::BF16 => float(f64::from(bf16_to_f32(get!(bf16)))),
            DType::F32 => float(f64::from(get!(f32))),
            DType::F64 => float(get!(f64)),
        };
        if self.descending { !key } else { key }
    }
}

/// An array seen as `outer` x `n` x `inner`, sorted along `n`.
#[derive(Clone, Copy, Debug)]
struct Lines {
    outer: usize,
    n: usize,
    inner: usize,
}

impl Lines {
    fn new(shape: &[usize], axis: usize) -> Result<Lines> {
        if axis >= shape.len() || shape[axis] > u32::MAX as usize {
            return Err(Error::value(text!(
                en: "cannot sort along axis {axis}", ko: "축 {axis}을(를) 따라 정렬할 수 없습니다"
            ))
            .given("shape", format!("{shape:?}")));
        }
        Ok(Lines {
            outer: shape[..axis].iter().product(),
            n: shape[axis],
            inner: shape[axis + 1..].iter().product(),
        })
    }

    fn len(self) -> usize {
        self.outer * self.n * self.inner
    }

    /// Calls `f(first element, pairs)` for each line, in parallel.
    fn each(self, f: impl Fn(usize, &mut Vec<(u64, u32)>) + Sync) {
        let lines = self.outer * self.inner;
        let tasks = (self.len() / GRAIN * 8).clamp(1, 4 * pool::threads()).min(lines.max(1));
        pool::run(tasks, |t| {
            let mut pairs = Vec::with_capacity(self.n);
            for k in pool::piece(lines, 1, tasks, t) {
                f(k / self.inner * self.n * self.inner + k % self.inner, &mut pairs);
            }
        });
    }

    /// Keys and indices of a line, in the line's order.
    unsafe fn pairs(self, key: Key, p: *const u8, first: usize, pairs: &mut Vec<(u64, u32)>) {
        pairs.clear();
        for i in 0..self.n {
            // SAFETY: the line lies inside the array.
            pairs.push((unsafe { key.read(p, first + i * self.inner) }, i as u32));
        }
    }
}

/// A planned stable sort along an axis by the first operand; the others are reordered with it.
#[derive(Clone, Debug)]
pub struct Sort {
    key: Key,
    lines: Lines,
    /// Bytes of an element of each operand, the first included.
    sizes: Vec<usize>,
}

impl Sort {
    /// A plan for operands of one shape; `dtypes` are those of all operands after the first.
    ///
    /// # Errors
    /// If the axis is outside the shape or has 2^32 elements or more.
    pub fn new(key: Key, others: &[DType], shape: &[usize], axis: usize) -> Result<Sort> {
        let mut sizes = vec![key.dtype.size()];
        sizes.extend(others.iter().map(|d| d.size()));
        Ok(Sort { key, lines: Lines::new(shape, axis)?, sizes })
    }

    /// Writes the sorted operands to `dst`.
    ///
    /// # Panics
    /// If a region has the wrong length or they overlap: a bug in the caller's plan.
    pub fn run(&self, memory: &Memory<'_>, src: &[Region], dst: &[Region]) {
        let (l, n) = (self.lines, self.lines.len());
        assert!(src.len() == self.sizes.len() && dst.len() == src.len(), "sort's operands");
        let mut arrays = Vec::new();
        for (k, size) in self.sizes.iter().enumerate() {
            check_alias(dst[k], src, false);
            check_alias(dst[k], &dst[..k], false);
            let a = source(memory, src[k], n, *size, "an operand of sort");
            let d = target(memory, dst[k], n, *size, "a result of sort");
            arrays.push((Shared::new(a), Shared::new(d), *size));
        }
        l.each(|first, pairs| {
            // SAFETY: lines lie inside the arrays, and lines of tasks are disjoint.
            unsafe {
                l.pairs(self.key, arrays[0].0.get(), first, pairs);
                // Indices make equal keys distinct, in their order.
                pairs.sort_unstable();
                for (a, d, size) in &arrays {
                    by_width!(*size, T => {
                        let (a, d) = (a.get().cast::<T>(), d.get().cast::<T>());
                        for (i, (_, from)) in pairs.iter().enumerate() {
                            let from = first + *from as usize * l.inner;
                            *d.add(first + i * l.inner) = *a.add(from);
                        }
                    });
                }
            }
        });
    }
}

/// Writes an index as `i32` or `i64`.
unsafe fn put(dtype: DType, d: *mut u8, at: usize, index: u32) {
    // SAFETY: the caller's array holds element `at`.
    unsafe {
        if dtype == DType::I32 {
            *d.cast::<i32>().add(at) = index as i32;
        } else {
            *d.cast::<i64>().add(at) = i64::from(index);
        }
    }
}

fn index_type(dtype: DType) -> Result<()> {
    if matches!(dtype, DType::I32 | DType::I64) {
        return Ok(());
    }
    Err(Error::dtype(text!(
        en: "indices are int32 or int64, not {dtype}",
        ko: "색인은 int32나 int64입니다. 받은 dtype: {dtype}"
    )))
}

/// A planned stable `argsort` along an axis.
#[derive(Clone, Debug)]
pub struct ArgSort {
    key: Key,
    lines: Lines,
    index: DType,
}

impl ArgSort {
    /// A plan for arrays of `shape`, giving indices of the type `index` (`int32` or `int64`).
    ///
    /// # Errors
    /// If the axis is outside the shape or has 2^32 elements or more, or `index` is another type.
    pub fn new(key: Key, index: DType, shape: &[usize], axis: usize) -> Result<ArgSort> {
        index_type(index)?;
        Ok(ArgSort { key, lines: Lines::new(shape, axis)?, index })
    }

    /// Writes the indices that sort `src`.
    ///
    /// # Panics
    /// If a region has the wrong length or they overlap: a bug in the caller's plan.
    pub fn run(&self, memory: &Memory<'_>, src: Region, dst: Region) {
        let (l, n) = (self.lines, self.lines.len());
        check_alias(dst, &[src], false);
        let a = Shared::new(source(memory, src, n, self.key.dtype.size(), "argsort's operand"));
        let d = Shared::new(target(memory, dst, n, self.index.size(), "argsort's result"));
        l.each(|first, pairs| {
            // SAFETY: as in `Sort::run`.
            unsafe {
                l.pairs(self.key, a.get(), first, pairs);
                pairs.sort_unstable();
                for (i, (_, from)) in pairs.iter().enumerate() {
                    put(self.index, d.get(), first + i * l.inner, *from);
                }
            }
        });
    }
}

/// A planned `top_k`: the `k` largest elements of each line along the last axis in the total order
/// (0 above -0, NaN above all), the largest first, equal ones by their index, with their indices.
#[derive(Clone, Debug)]
pub struct TopK {
    key: Key,
    lines: Lines,
    k: usize,
    index: DType,
}

impl TopK {
    /// A plan for arrays of `shape`, giving indices of the type `index` (`int32` or `int64`).
    ///
    /// # Errors
    /// If the shape has no axis, or fewer than `k` elements along it, or `index` is another type.
    pub fn new(dtype: DType, index: DType, shape: &[usize], k: usize) -> Result<TopK> {
        index_type(index)?;
        let lines = Lines::new(shape, shape.len().wrapping_sub(1))?;
        if k > lines.n {
            return Err(Error::value(text!(
                en: "top_k of {k} among {}", lines.n; ko: "{}개 가운데 상위 {k}개", lines.n
            )));
        }
        let key = Key { dtype, order: Order::Total, descending: true };
        Ok(TopK { key, lines, k, index })
    }

    /// Writes values and indices, both of the shape with `k` as the last size.
    ///
    /// # Panics
    /// If a region has the wrong length or they overlap: a bug in the caller's plan.
    pub fn run(&self, memory: &Memory<'_>, src: Region, values: Region, indices: Region) {
        let (l, k, size) = (self.lines, self.k, self.key.dtype.size());
        check_alias(values, &[src, indices], false);
        check_alias(indices, &[src], false);
        let a = Shared::new(source(memory, src, l.len(), size, "top_k's operand"));
        let v = Shared::new(target(memory, values, l.outer * k, size, "top_k's values"));
        let i = target(memory, indices, l.outer * k, self.index.size(), "top_k's indices");
        let i = Shared::new(i);
        if k == 0 || l.len() == 0 {
            return;
        }
        l.each(|first, pairs| {
            // SAFETY: as in `Sort::run`.
            unsafe {
                l.pairs(self.key, a.get(), first, pairs);
                if k < l.n {
                    pairs.select_nth_unstable(k);
                }
                pairs[..k].sort_unstable();
                let at = first / l.n * k;
                for (j, (_, from)) in pairs[..k].iter().enumerate() {
                    put(self.index, i.get(), at + j, *from);
                    let p = a.get().add((first + *from as usize) * size);
                    std::ptr::copy_nonoverlapping(p, v.get().add((at + j) * size), size);
                }
            }
        });
    }
}
