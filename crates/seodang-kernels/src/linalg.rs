//! Triangular factors and systems: StableHLO's `cholesky` and `triangular_solve` for `f32` and `f64`.
//!
//! Both work row by row with `y += a * x`, each element a chain of fused multiply-adds in a fixed order;
//! so the bits do not depend on the number of threads or the instruction set.
#![allow(unsafe_code)]

use crate::gemm::Shared;
use crate::memory::check_alias;
use crate::microkernel::{MicroFloat, Plain, Vector};
use crate::scratch::{self, Purpose};
use crate::{Isa, Memory, Region, isa, pool};
use seodang_core::{DType, Error, Result, text};

/// A planned Cholesky decomposition of a batch of `n` by `n` matrices.
///
/// Reads only the triangle it is asked for, and fills the other with 0. A matrix that is not positive
/// definite gives a matrix of NaN, as XLA does.
///
/// ```
/// use seodang_core::DType;
/// use seodang_kernels::{Memory, linalg::Cholesky};
/// let bytes = |v: &[f64]| v.iter().flat_map(|x| x.to_ne_bytes()).collect::<Vec<u8>>();
/// let (a, mut l) = (bytes(&[4., 2., 2., 5.]), bytes(&[0.; 4]));
/// let mut memory = Memory::new();
/// let (a, out) = (memory.read(&a), memory.write(&mut l));
/// let (a, out) = (memory.whole(a), memory.whole(out));
/// Cholesky::new(DType::F64, 1, 2, true)?.run(&memory, a, out);
/// drop(memory);
/// assert_eq!(l, bytes(&[2., 0., 1., 2.]));
/// # Ok::<(), seodang_core::Error>(())
/// ```
#[derive(Clone, Debug)]
pub struct Cholesky {
    dtype: DType,
    batch: usize,
    n: usize,
    lower: bool,
    isa: Isa,
}

/// A planned solution of `op(a) · x = b` (or `x · op(a) = b`) with triangular matrices `a`, for a batch.
#[derive(Clone, Debug)]
pub struct TriangularSolve {
    spec: TriangularSpec,
    isa: Isa,
}

/// A triangular system to be planned.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct TriangularSpec {
    /// `f32` or `f64`.
    pub dtype: DType,
    /// Systems in the batch.
    pub batch: usize,
    /// Rows and columns of `a`.
    pub n: usize,
    /// The other extent of `b` and `x`: columns if `left_side`, else rows.
    pub m: usize,
    /// Solve `op(a) · x = b`; else `x · op(a) = b`.
    pub left_side: bool,
    /// Use the lower triangle of `a`; else the upper.
    pub lower: bool,
    /// Take the diagonal of `a` to be 1, without reading it.
    pub unit_diagonal: bool,
    /// `op(a)` is the transpose of `a`.
    pub transpose_a: bool,
}

fn floats_only(op: &'static str, dtype: DType) -> Result<()> {
    if matches!(dtype, DType::F32 | DType::F64) {
        return Ok(());
    }
    Err(Error::unsupported(text!(
        en: "no kernel for this dtype",
        ko: "이 dtype에 대한 커널이 없습니다"
    ))
    .during(op)
    .given("dtype", dtype)
    .expected(text!(en: "float32 or float64", ko: "float32 또는 float64"))
    .hint(text!(en: "convert the operands", ko: "피연산자를 변환하세요")))
}

impl Cholesky {
    /// Plans the decomposition: `lower` asks for `l` with `l · lᵀ = a`, else for `u` with `uᵀ · u = a`.
    ///
    /// # Errors
    /// If the dtype is not `f32` or `f64`.
    pub fn new(dtype: DType, batch: usize, n: usize, lower: bool) -> Result<Cholesky> {
        floats_only("cholesky", dtype)?;
        Ok(Cholesky { dtype, batch, n, lower, isa: isa::current() })
    }

    /// Computes the factors; `out` may be `a`.
    ///
    /// # Panics
    /// If a region is too small, misaligned, not writable or partly overlapping.
    pub fn run(&self, memory: &Memory<'_>, a: Region, out: Region) {
        let bytes = self.batch * self.n * self.n * self.dtype.size();
        assert!(a.len >= bytes && out.len >= bytes, "a region is too small");
        check_alias(out, &[a], true);
        match self.dtype {
            // SAFETY: the regions hold the matrices, and are the same or apart.
            DType::F64 => unsafe { self.go::<f64>(memory.src(a), memory.dst(out)) },
            // SAFETY: as above.
            _ => unsafe { self.go::<f32>(memory.src(a), memory.dst(out)) },
        }
    }

    /// # Safety
    /// The pointers must be valid for the matrices, and equal or apart.
    unsafe fn go<T: LinalgFloat>(&self, a: *const T, out: *mut T) {
        let n = self.n;
        let shared = Shared((a, out));
        let one = |i: usize| {
            let Shared((a, out)) = *{ &shared };
            scratch::with(Purpose::PackA, n * n, |u: *mut T| {
                // SAFETY: matrix i of the batch, and scratch for one; each matrix belongs to one task.
                unsafe {
                    let (a, out) = (a.add(i * n * n), out.add(i * n * n));
                    let u = std::slice::from_raw_parts_mut(u, n * n);
                    // `u` is the upper factor in either case: rows are then contiguous.
                    for r in 0..n {
                        for c in r..n {
                            let at = if self.lower { c * n + r } else { r * n + c };
                            u[r * n + c] = *a.add(at);
                        }
                    }
                    let definite = factor(self.isa, u, n);
                    for r in 0..n {
                        for c in 0..n {
                            let (r, c, used) =
                                if self.lower { (c, r, c <= r) } else { (r, c, r <= c) };
                            let value = if !definite {
                                T::NAN
                            } else if used {
                                u[r * n + c]
                            } else {
                                T::ZERO
                            };
                            let at = if self.lower { c * n + r } else { r * n + c };
                            *out.add(at) = value;
                        }
                    }
                }
            });
        };
        each(self.batch, n * n * n / 6, one);
    }
}

/// Turns the upper triangle of `u` into its factor; false if a pivot is not positive.
fn factor<T: LinalgFloat>(isa: Isa, u: &mut [T], n: usize) -> bool {
    for k in 0..n {
        let (above, below) = u.split_at_mut((k + 1) * n);
        let row = &mut above[k * n..];
        let pivot = row[k];
        let positive = pivot > T::ZERO;
        if !positive {
            return false;
        }
        let root = pivot.sqrt();
        row[k] = root;
        for x in &mut row[k + 1..] {
            *x = *x / root;
        }
        for (i, rest) in below.chunks_exact_mut(n).enumerate() {
            let first = k + 1 + i;
            T::axpy(isa, -row[first], &row[first..], &mut rest[first..]);
        }
    }
    true
}

impl TriangularSolve {
    /// Plans the solution.
    ///
    /// # Errors
    /// If the dtype is not `f32` or `f64`.
    pub fn new(spec: TriangularSpec) -> Result<TriangularSolve> {
        floats_only("triangular_solve", spec.dtype)?;
        Ok(TriangularSolve { spec, isa: isa::current() })
    }

    /// Computes `x` into `out`, which may be `b`.
    ///
    /// # Panics
    /// If a region is too small, misaligned, not writable or partly overlapping.
    pub fn run(&self, memory: &Memory<'_>, a: Region, b: Region, out: Region) {
        let s = &self.spec;
        let size = s.batch * s.n * s.dtype.size();
        assert!(a.len >= size * s.n, "the region of a is too small");
        assert!(b.len >= size * s.m && out.len >= size * s.m, "a region is too small");
        check_alias(out, &[b], true);
        check_alias(out, &[a], false);
        match s.dtype {
            // SAFETY: the regions hold the matrices; `out` is `b` or apart from it.
            DType::F64 => unsafe { self.go::<f64>(memory.src(a), memory.src(b), memory.dst(out)) },
            // SAFETY: as above.
            _ => unsafe { self.go::<f32>(memory.src(a), memory.src(b), memory.dst(out)) },
        }
    }

    /// # Safety
    /// The pointers must be valid for the matrices; `out` equal to `b` or apart, and apart from `a`.
    unsafe fn go<T: LinalgFloat>(&self, a: *const T, b: *const T, out: *mut T) {
        let TriangularSpec { n, m, left_side, lower, unit_diagonal, transpose_a, batch, .. } =
            self.spec;
        // x · op(a) = b is op(a)ᵀ · xᵀ = bᵀ.
        let transposed = transpose_a == left_side;
        let lower = lower != transposed;
        let shared = Shared((a, b, out));
        let one = |i: usize| {
            let Shared((a, b, out)) = *{ &shared };
            scratch::with(Purpose::PackB, n * m, |x: *mut T| {
                // SAFETY: matrices i of the batch, and scratch for one right side; each system belongs
                // to one task.
                unsafe {
                    let a = std::slice::from_raw_parts(a.add(i * n * n), n * n);
                    let (b, out) = (b.add(i * n * m), out.add(i * n * m));
                    let x = std::slice::from_raw_parts_mut(x, n * m);
                    let at = |r: usize, c: usize| if left_side { r * m + c } else { c * n + r };
                    for r in 0..n {
                        for c in 0..m {
                            x[r * m + c] = *b.add(at(r, c));
                        }
                    }
                    let element =
                        |r: usize, c: usize| if transposed { a[c * n + r] } else { a[r * n + c] };
                    for step in 0..n {
                        let r = if lower { step } else { n - 1 - step };
                        let (before, rest) = x.split_at_mut(r * m);
                        let (row, after) = rest.split_at_mut(m);
                        let solved = if lower { before } else { after };
                        for (k, known) in solved.chunks_exact(m.max(1)).enumerate() {
                            let c = if lower { k } else { r + 1 + k };
                            T::axpy(self.isa, -element(r, c), known, row);
                        }
                        if !unit_diagonal {
                            let pivot = element(r, r);
                            for v in row {
                                *v = *v / pivot;
                            }
                        }
                    }
                    for r in 0..n {
                        for c in 0..m {
                            *out.add(at(r, c)) = x[r * m + c];
                        }
                    }
                }
            });
        };
        each(batch, n * n * m / 2, one);
    }
}

/// Runs a task per matrix of a batch, on several threads if that pays.
fn each(batch: usize, work: usize, one: impl Fn(usize) + Sync) {
    if batch * work < 100_000 {
        (0..batch).for_each(one);
    } else {
        let tasks = batch.min(pool::threads() * 4);
        pool::run(tasks, |task| pool::piece(batch, 1, tasks, task).for_each(&one));
    }
}

/// A float with the row operation of this module.
trait LinalgFloat: MicroFloat + std::ops::Neg<Output = Self> + std::ops::Div<Output = Self> {
    const NAN: Self;
    fn sqrt(self) -> Self;
    /// `y += a * x`, each element rounded once; `x` and `y` are equally long.
    fn axpy(isa: Isa, a: Self, x: &[Self], y: &mut [Self]);
}

/// # Safety
/// The processor must have the instructions of `V`, and `x` be as long as `y`.
#[inline(always)]
unsafe fn axpy<V: Vector>(a: V::Scalar, x: &[V::Scalar], y: &mut [V::Scalar]) {
    let n = y.len();
    // SAFETY: elements below `n`; the last access is masked to what is left.
    unsafe {
        let a = V::splat(a);
        let mut i = 0;
        while i + V::LANES <= n {
            let p = y.as_mut_ptr().add(i);
            V::fma(a, V::load(x.as_ptr().add(i)), V::load(p)).store(p);
            i += V::LANES;
        }
        if i < n {
            let mask = V::mask(n - i);
            let p = y.as_mut_ptr().add(i);
            V::fma(a, V::load_masked(x.as_ptr().add(i), mask), V::load_masked(p, mask))
                .store_masked(p, mask);
        }
    }
}

macro_rules! floats {
    ($t:ident, $plain:ty, $avx2:ident, $avx512:ident) => {
        impl LinalgFloat for $t {
            const NAN: $t = $t::NAN;
            fn sqrt(self) -> $t {
                $t::sqrt(self)
            }
            fn axpy(isa: Isa, a: $t, x: &[$t], y: &mut [$t]) {
                assert_eq!(x.len(), y.len());
                #[cfg(target_arch = "x86_64")]
                {
                    use std::arch::x86_64::{$avx2, $avx512};
                    /// # Safety
                    /// The processor must have the instructions; the slices must be equally long.
                    #[target_feature(enable = "avx512f,avx512bw,avx512dq,avx512vl,avx2,fma")]
                    unsafe fn avx512(a: $t, x: &[$t], y: &mut [$t]) {
                        // SAFETY: passed on.
                        unsafe { axpy::<$avx512>(a, x, y) }
                    }
                    /// # Safety
                    /// As above.
                    #[target_feature(enable = "avx2,fma")]
                    unsafe fn avx2(a: $t, x: &[$t], y: &mut [$t]) {
                        // SAFETY: passed on.
                        unsafe { axpy::<$avx2>(a, x, y) }
                    }
                    match isa {
                        // SAFETY: an instruction set that was chosen is there.
                        Isa::Avx512 => return unsafe { avx512(a, x, y) },
                        // SAFETY: as above.
                        Isa::Avx2 => return unsafe { avx2(a, x, y) },
                        Isa::Portable => {}
                    }
                }
                let _ = isa;
                // SAFETY: plain code needs no instructions; the lengths are equal.
                unsafe { axpy::<$plain>(a, x, y) }
            }
        }
    };
}
floats!(f32, Plain<f32, 4>, __m256, __m512);
floats!(f64, Plain<f64, 2>, __m256d, __m512d);
