//! Strided copies.

use super::{GRAIN, Shared, by_width, source, target};
use crate::memory::{Memory, Region, check_alias};
use crate::pool;
use seodang_core::{Error, Result, text};

/// One dimension of a copy: size, stride in the source, stride in the destination (in elements).
pub(crate) type Dim = (usize, isize, isize);

/// A copy between two strided arrays.
///
/// With the destination contiguous and the source's strides permuted it is a transpose, with strides
/// of 0 a broadcast, with larger strides a slice, with negative strides a reverse.
///
/// ```
/// use seodang_kernels::{Memory, movement::Copy};
/// let (src, mut dst) = ([1u8, 2, 3, 4, 5, 6], [0u8; 6]);
/// let mut m = Memory::new();
/// let (s, d) = (m.read(&src), m.write(&mut dst));
/// // Transposes 2 x 3 to 3 x 2.
/// Copy::new(1, &[3, 2], (0, &[1, 3]), (0, &[2, 1]))?.run(&m, m.whole(s), m.whole(d));
/// drop(m);
/// assert_eq!(dst, [1, 4, 2, 5, 3, 6]);
/// # Ok::<(), seodang_core::Error>(())
/// ```
#[derive(Clone, Debug)]
pub struct Copy {
    size: usize,
    dims: Vec<Dim>,
    src: usize,
    dst: usize,
    src_len: usize,
    dst_len: usize,
}

/// Drops dimensions of size 1 and joins those that are one in both arrays.
pub(crate) fn simplify(dims: &[Dim]) -> Vec<Dim> {
    let mut out: Vec<Dim> = Vec::new();
    for &(n, s, d) in dims.iter().filter(|d| d.0 != 1) {
        match out.last_mut() {
            Some((m, t, e)) if *t == s * n as isize && *e == d * n as isize => {
                (*m, *t, *e) = (*m * n, s, d);
            }
            _ => out.push((n, s, d)),
        }
    }
    out
}

/// One more than the last element that is reached, if none is before 0.
fn reach(offset: usize, sizes: &[usize], strides: &[isize]) -> Option<usize> {
    let (mut low, mut high) = (offset as isize, offset as isize);
    for (&n, &s) in sizes.iter().zip(strides) {
        let r = s * (n as isize - 1).max(0);
        (low, high) = (low + r.min(0), high + r.max(0));
    }
    if sizes.contains(&0) { Some(0) } else { (low >= 0).then_some(high as usize + 1) }
}

impl Copy {
    /// A plan to copy `shape` elements of `size` bytes (1, 2, 4 or 8), from the element `offset` with
    /// the given strides, to the element `offset` with the given strides. Destination elements must
    /// be distinct.
    ///
    /// # Errors
    /// If the numbers of dimensions differ or an element before the start would be touched.
    pub fn new(
        size: usize,
        shape: &[usize],
        (src, src_strides): (usize, &[isize]),
        (dst, dst_strides): (usize, &[isize]),
    ) -> Result<Copy> {
        let lens = (reach(src, shape, src_strides), reach(dst, shape, dst_strides));
        let ranks = shape.len() == src_strides.len() && shape.len() == dst_strides.len();
        let ((Some(src_len), Some(dst_len)), true) = (lens, ranks) else {
            return Err(Error::internal(text!(
                en: "a strided copy reaches outside its arrays",
                ko: "보폭 복사가 배열 밖에 닿습니다"
            ))
            .given("shape", format!("{shape:?}"))
            .given("source strides", format!("{src_strides:?}"))
            .given("destination strides", format!("{dst_strides:?}")));
        };
        let mut dims: Vec<Dim> =
            (0..shape.len()).map(|k| (shape[k], src_strides[k], dst_strides[k])).collect();
        // The destination is walked in order.
        dims.sort_by_key(|d| std::cmp::Reverse(d.2.unsigned_abs()));
        Ok(Copy { size, dims: simplify(&dims), src, dst, src_len, dst_len })
    }

    /// Copies. The destination may be longer than what is written; the rest stays.
    ///
    /// # Panics
    /// If a region is too short or they overlap: a bug in the caller's plan.
    pub fn run(&self, memory: &Memory<'_>, src: Region, dst: Region) {
        let a = source(memory, src, self.src_len, self.size, "the source of a copy");
        assert!(dst.len >= self.dst_len * self.size, "the destination of a copy is too short");
        let d = target(memory, dst, dst.len / self.size, self.size, "the destination of a copy");
        check_alias(dst, &[src], false);
        // SAFETY: both arrays hold what `reach` says; they do not overlap.
        unsafe { self.go(a.add(self.src * self.size), d.add(self.dst * self.size)) };
    }

    unsafe fn go(&self, a: *const u8, d: *mut u8) {
        let total: usize = self.dims.iter().map(|d| d.0).product();
        let outer = self.dims.first().map_or(1, |d| d.0);
        let tasks = (total / GRAIN).clamp(1, 4 * pool::threads()).min(outer.max(1));
        if tasks <= 1 {
            // SAFETY: as for the caller.
            return unsafe { strided(self.size, &self.dims, a, d) };
        }
        let (a, d) = (Shared::new(a), Shared::new(d));
        pool::run(tasks, |i| {
            let piece = pool::piece(outer, 8, tasks, i);
            let (_, s, t) = self.dims[0];
            let mut dims = self.dims.clone();
            dims[0].0 = piece.len();
            let at = |stride: isize| stride * (piece.start * self.size) as isize;
            // SAFETY: the pieces are disjoint parts of the destination.
            unsafe { strided(self.size, &dims, a.get().offset(at(s)), d.get().offset(at(t))) };
        });
    }
}

/// Copies along `dims`, destination strides falling.
pub(crate) unsafe fn strided(size: usize, dims: &[Dim], a: *const u8, d: *mut u8) {
    // SAFETY: the caller's contract: the arrays hold all elements that the dimensions reach.
    by_width!(size, T => unsafe { level::<T>(dims, a.cast(), d.cast()) });
}

unsafe fn level<T: std::marker::Copy>(dims: &[Dim], a: *const T, d: *mut T) {
    // SAFETY: as for `strided`.
    unsafe {
        match *dims {
            [] => *d = *a,
            [(n, s, t)] => line(n, s, t, a, d),
            [(n, s, t), (m, u, v)] if s == 1 && u != 1 && n >= 4 && m >= 4 => {
                transpose(n, m, (s, t), (u, v), a, d);
            }
            [(n, s, t), ref rest @ .., (m, u, v)]
                if !rest.is_empty()
                    && u != 1
                    && rest.iter().all(|r| r.1 != 1)
                    && s == 1
                    && m >= 4 =>
            {
                // The contiguous direction of the source comes inside, to be transposed in blocks.
                let ((p, q, r), middle) = (rest[0], &rest[1..]);
                for i in 0..p as isize {
                    let mut inner = vec![(n, s, t)];
                    inner.extend_from_slice(middle);
                    inner.push((m, u, v));
                    level(&inner, a.offset(i * q), d.offset(i * r));
                }
            }
            [(n, s, t), ref rest @ ..] => {
                for i in 0..n as isize {
                    level(rest, a.offset(i * s), d.offset(i * t));
                }
            }
        }
    }
}

#[inline(always)]
unsafe fn line<T: std::marker::Copy>(n: usize, s: isize, t: isize, a: *const T, d: *mut T) {
    // SAFETY: as for `strided`.
    unsafe {
        match (s, t) {
            (1, 1) => std::ptr::copy_nonoverlapping(a, d, n),
            (0, 1) => std::slice::from_raw_parts_mut(d, n).fill(*a),
            (_, 1) => {
                for i in 0..n {
                    *d.add(i) = *a.offset(i as isize * s);
                }
            }
            _ => {
                for i in 0..n as isize {
                    *d.offset(i * t) = *a.offset(i * s);
                }
            }
        }
    }
}

/// Two dimensions of which the source runs along the outer one: block by block, so that lines of
/// both arrays stay in the cache.
unsafe fn transpose<T: std::marker::Copy>(
    n: usize,
    m: usize,
    (s, t): (isize, isize),
    (u, v): (isize, isize),
    a: *const T,
    d: *mut T,
) {
    const BLOCK: usize = 8;
    // SAFETY: as for `strided`.
    unsafe {
        for i in (0..n).step_by(BLOCK) {
            for j in (0..m).step_by(BLOCK) {
                let (a, d) = (
                    a.offset(i as isize * s + j as isize * u),
                    d.offset(i as isize * t + j as isize * v),
                );
                if n - i >= BLOCK && m - j >= BLOCK && s == 1 && v == 1 {
                    let mut block = [[*a; BLOCK]; BLOCK];
                    for (y, row) in block.iter_mut().enumerate() {
                        *row = a.offset(y as isize * u).cast::<[T; BLOCK]>().read();
                    }
                    #[allow(clippy::needless_range_loop)]
                    for x in 0..BLOCK {
                        let column: [T; BLOCK] = std::array::from_fn(|y| block[y][x]);
                        d.offset(x as isize * t).cast::<[T; BLOCK]>().write(column);
                    }
                } else {
                    for x in 0..BLOCK.min(n - i) as isize {
                        for y in 0..BLOCK.min(m - j) as isize {
                            *d.offset(x * t + y * v) = *a.offset(x * s + y * u);
                        }
                    }
                }
            }
        }
    }
}
