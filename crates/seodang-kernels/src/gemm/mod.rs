//! Matrix products: `c = act(a · b [+ c] [+ bias])`, any strides, batched, for every element type.
//!
//! Each element of the result is one chain of fused multiply-adds in the order of the contracted axis,
//! so the bits do not depend on the number of threads, on the instruction set, or on how the caller
//! batches or splits the rows and columns. Halves are summed in `f32`, integers wrap, booleans combine
//! with "and" and "or".
#![allow(unsafe_code)]

pub(crate) mod any;
mod blocked;
mod gram;
mod pack;
pub use gram::gram;
pub(crate) use pack::pack;

use crate::microkernel::MicroFloat;
use crate::{Isa, Memory, Region, isa, memory::check_alias, pool};
use any::{Bit, Ring};
pub(crate) use blocked::Product;
use half::{bf16, f16};
use seodang_core::{DType, Error, Result, text};

pub use crate::microkernel::Activation;

/// How a matrix (or a batch of them) lies in memory: element `(batch, row, col)` is at
/// `batch * self.batch + row * self.row + col * self.col`, counted in elements.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default)]
pub struct Mat {
    /// From one row to the next.
    pub row: usize,
    /// From one column to the next.
    pub col: usize,
    /// From one matrix of the batch to the next; 0 uses the same matrix for all.
    pub batch: usize,
}

impl Mat {
    /// A matrix of `rows` by `cols` elements without gaps, row by row, in a batch of such.
    pub const fn row_major(rows: usize, cols: usize) -> Mat {
        Mat { row: cols, col: 1, batch: rows * cols }
    }

    /// The transpose.
    pub const fn t(self) -> Mat {
        Mat { row: self.col, col: self.row, batch: self.batch }
    }

    /// One past the last element touched.
    fn extent(&self, batch: usize, rows: usize, cols: usize) -> Option<usize> {
        if batch == 0 || rows == 0 || cols == 0 {
            return Some(0);
        }
        let end = |n: usize, stride: usize| (n - 1).checked_mul(stride);
        end(batch, self.batch)?
            .checked_add(end(rows, self.row)?)?
            .checked_add(end(cols, self.col)?)?
            .checked_add(1)
    }
}

/// What happens to a product before it is stored.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default)]
pub struct Epilogue {
    /// The sums begin at what the output holds, instead of 0.
    pub accumulate: bool,
    /// A bias, one number per column (convolutions: per output feature), is added to the finished sums.
    pub bias: bool,
    /// Applied last.
    pub activation: Activation,
}

/// A matrix product to be planned: `c[m, n] = a[m, k] · b[k, n]` for each matrix of a batch.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct GemmSpec {
    /// The element type of all operands.
    pub dtype: DType,
    /// Products in the batch.
    pub batch: usize,
    /// Rows of `a` and `c`.
    pub m: usize,
    /// Columns of `b` and `c`.
    pub n: usize,
    /// Columns of `a`, rows of `b`.
    pub k: usize,
    /// Where the left operand's elements lie.
    pub a: Mat,
    /// Where the right operand's elements lie.
    pub b: Mat,
    /// Where the result's elements lie: no two at the same place, and columns (or, without a bias, rows)
    /// next to each other.
    pub c: Mat,
    /// What else is done.
    pub epilogue: Epilogue,
}

/// A planned matrix product.
///
/// ```
/// use seodang_core::DType;
/// use seodang_kernels::{Memory, gemm::{Epilogue, Gemm, GemmSpec, Mat}};
///
/// let gemm = Gemm::new(GemmSpec {
///     dtype: DType::F32, batch: 1, m: 1, n: 2, k: 3,
///     a: Mat::row_major(1, 3), b: Mat::row_major(3, 2), c: Mat::row_major(1, 2),
///     epilogue: Epilogue::default(),
/// })?;
/// let bytes = |v: &[f32]| v.iter().flat_map(|x| x.to_ne_bytes()).collect::<Vec<u8>>();
/// let (a, b) = (bytes(&[1., 2., 3.]), bytes(&[1., 0., 0., 1., 1., 1.]));
/// let mut c = bytes(&[0.; 2]);
/// let mut memory = Memory::new();
/// let (a, b, c_slot) = (memory.read(&a), memory.read(&b), memory.write(&mut c));
/// let [a, b, out] = [a, b, c_slot].map(|slot| memory.whole(slot));
/// gemm.run(&memory, a, b, out, None);
/// drop(memory);
/// assert_eq!(c, bytes(&[4., 5.]));
/// # Ok::<(), seodang_core::Error>(())
/// ```
#[derive(Clone, Debug)]
pub struct Gemm {
    spec: GemmSpec,
    /// Whether `a` and `b` change places, because `c` is contiguous along rows.
    swapped: bool,
    isa: Isa,
}

/// Fewer multiply-adds than this are not worth waking a thread for.
const PARALLEL_FROM: usize = 150_000;
/// A task is at least this many multiply-adds.
const TASK: usize = 60_000;

impl Gemm {
    /// Plans a product for the instruction set of [`isa::current`].
    ///
    /// # Errors
    /// If two elements of `c` share a place, if `c` is contiguous along neither rows nor columns, or if
    /// the extents overflow.
    pub fn new(spec: GemmSpec) -> Result<Gemm> {
        let mut s = spec;
        // The stride of an axis of length 1 (or 0) means nothing.
        if s.n <= 1 || s.m == 0 {
            s.c.col = 1;
        }
        let by_rows = s.c.row == 1 && (s.c.col != 1 || s.n == 1);
        let swapped = !s.epilogue.bias && (s.m > 1 && by_rows || s.m == 1 && s.c.col != 1);
        if swapped {
            (s.m, s.n) = (s.n, s.m);
            (s.a, s.b, s.c) = (s.b.t(), s.a.t(), s.c.t());
        }
        if s.m == 1 {
            s.c.row = s.n;
        }
        let broken = |en: &'static str, ko: &'static str| {
            Err(Error::internal(text!(en: "{en}"; ko: "{ko}"))
                .during("gemm")
                .given("spec", format!("{spec:?}")))
        };
        if s.c.col != 1 {
            return broken(
                "the result of a product must be contiguous along its columns",
                "곱의 결과는 열을 따라 연속이어야 합니다",
            );
        }
        if !apart(&mut [(s.m, s.c.row), (s.batch, s.c.batch), (s.n, 1)]) {
            return broken(
                "elements of the result of a product overlap",
                "곱의 결과 원소가 서로 겹칩니다",
            );
        }
        let bytes = |extent: Option<usize>| extent.and_then(|e| e.checked_mul(s.dtype.size()));
        if bytes(s.a.extent(s.batch, s.m, s.k)).is_none()
            || bytes(s.b.extent(s.batch, s.k, s.n)).is_none()
            || bytes(s.c.extent(s.batch, s.m, s.n)).is_none()
        {
            return broken("a product is too large", "곱이 너무 큽니다");
        }
        Ok(Gemm { spec: s, swapped, isa: isa::current() })
    }

    /// Bytes that the left operand's region must have at least.
    pub fn a_bytes(&self) -> usize {
        let s = &self.spec;
        if self.swapped { self.bytes(s.b, s.k, s.n) } else { self.bytes(s.a, s.m, s.k) }
    }

    /// Bytes that the right operand's region must have at least.
    pub fn b_bytes(&self) -> usize {
        let s = &self.spec;
        if self.swapped { self.bytes(s.a, s.m, s.k) } else { self.bytes(s.b, s.k, s.n) }
    }

    /// Bytes that the result's region must have at least.
    pub fn c_bytes(&self) -> usize {
        self.bytes(self.spec.c, self.spec.m, self.spec.n)
    }

    fn bytes(&self, mat: Mat, rows: usize, cols: usize) -> usize {
        // `new` has checked that nothing overflows.
        mat.extent(self.spec.batch, rows, cols).unwrap_or(0) * self.spec.dtype.size()
    }

    /// Computes the product; `bias` is read only if the epilogue has one. The result must not overlap
    /// the operands.
    ///
    /// # Panics
    /// If a region is too small, misaligned, not writable or overlapping, or the bias is missing: bugs
    /// in the caller's plan.
    pub fn run(&self, memory: &Memory<'_>, a: Region, b: Region, c: Region, bias: Option<Region>) {
        assert!(a.len >= self.a_bytes(), "the left operand's region {a:?} is too small");
        assert!(b.len >= self.b_bytes(), "the right operand's region {b:?} is too small");
        assert!(c.len >= self.c_bytes(), "the result's region {c:?} is too small");
        check_alias(c, &[a, b], false);
        let bias = bias.filter(|_| self.spec.epilogue.bias);
        if self.spec.epilogue.bias {
            let bias = bias.expect("a product with a bias needs its region");
            let bytes = self.spec.n * self.spec.dtype.size();
            assert!(bias.len >= bytes, "the bias's region {bias:?} is too small");
            check_alias(c, &[bias], false);
        }
        macro_rules! go {
            ($method:ident, $t:ty) => {{
                let bias = bias.map_or(std::ptr::null(), |r| memory.src::<$t>(r));
                let (a, b, c) = (memory.src::<$t>(a), memory.src::<$t>(b), memory.dst::<$t>(c));
                // SAFETY: the regions are checked to cover what the strides reach, `c` overlaps
                // none of the others, and `new` checked that its elements are apart.
                unsafe { self.$method::<$t>(a, b, c, bias) }
            }};
        }
        match self.spec.dtype {
            DType::F32 => go!(float, f32),
            DType::F64 => go!(float, f64),
            DType::F16 => go!(any, f16),
            DType::BF16 => go!(any, bf16),
            DType::Bool => go!(any, Bit),
            DType::I8 => go!(any, i8),
            DType::I16 => go!(any, i16),
            DType::I32 => go!(any, i32),
            DType::I64 => go!(any, i64),
            DType::U8 => go!(any, u8),
            DType::U16 => go!(any, u16),
            DType::U32 => go!(any, u32),
            DType::U64 => go!(any, u64),
        }
    }

    /// How the work is cut into tasks: pieces of each product, and whether they are pieces of columns.
    /// Which cut is taken changes no bits.
    fn split(&self, unit_m: usize, unit_n: usize) -> (usize, bool) {
        let s = &self.spec;
        let work = s.m * s.n * s.k.max(1) * s.batch;
        let threads = if work < PARALLEL_FROM { 1 } else { pool::threads() };
        if threads == 1 || s.batch == 0 {
            return (1, true);
        }
        let tasks = (threads * 2).min(work / TASK);
        let by_columns = s.n >= s.m;
        let units = if by_columns { s.n.div_ceil(unit_n) } else { s.m.div_ceil(unit_m) };
        (tasks.div_ceil(s.batch).min(units).max(1), by_columns)
    }

    /// # Safety
    /// The pointers must be valid for what the specification's strides reach, and `c` for writing.
    unsafe fn float<T: MicroFloat>(&self, a: *const T, b: *const T, c: *mut T, bias: *const T) {
        let s = &self.spec;
        let (a, b) = if self.swapped { (b, a) } else { (a, b) };
        let kernels = T::kernels(self.isa);
        let whole = Product {
            isa: self.isa,
            kernels,
            m: s.m,
            n: s.n,
            k: s.k,
            a,
            a_row: s.a.row,
            a_col: s.a.col,
            b,
            b_row: s.b.row,
            b_col: s.b.col,
            c,
            c_row: s.c.row,
            accumulate: s.epilogue.accumulate,
            bias,
            activation: s.epilogue.activation,
        };
        if s.batch == 1 && s.m * s.n * s.k < PARALLEL_FROM {
            // SAFETY: the caller's promise.
            return unsafe { whole.run() };
        }
        let (pieces, by_columns) = self.split(kernels.mr, kernels.nr());
        let shared = Shared(whole);
        let one = |task: usize| {
            let Shared(whole) = &{ &shared }.clone();
            let mut p = *whole;
            let (i, piece) = (task / pieces, task % pieces);
            // SAFETY: the matrices of the batch, and pieces of them, lie inside the operands; no two
            // tasks share an element of `c`.
            unsafe {
                p.a = p.a.add(i * s.a.batch);
                p.b = p.b.add(i * s.b.batch);
                p.c = p.c.add(i * s.c.batch);
                if by_columns {
                    let columns = pool::piece(s.n, kernels.nr(), pieces, piece);
                    p.n = columns.len();
                    p.b = p.b.wrapping_add(columns.start * p.b_col);
                    p.c = p.c.wrapping_add(columns.start);
                    if !p.bias.is_null() {
                        p.bias = p.bias.wrapping_add(columns.start);
                    }
                } else {
                    let rows = pool::piece(s.m, kernels.mr, pieces, piece);
                    p.m = rows.len();
                    p.a = p.a.wrapping_add(rows.start * p.a_row);
                    p.c = p.c.wrapping_add(rows.start * p.c_row);
                }
                p.run();
            }
        };
        self.tasks(pieces, one);
    }

    /// # Safety
    /// As [`Gemm::float`].
    unsafe fn any<T: Ring>(&self, a: *const T, b: *const T, c: *mut T, bias: *const T) {
        let s = &self.spec;
        let (a, b) = if self.swapped { (b, a) } else { (a, b) };
        let (pieces, by_columns) = self.split(1, 1);
        let shared = Shared((a, b, c, bias));
        self.tasks(pieces, |task| {
            let Shared((a, b, c, bias)) = &{ &shared }.clone();
            let (i, piece) = (task / pieces, task % pieces);
            let cut = |len: usize, cut: bool| {
                if cut { pool::piece(len, 1, pieces, piece) } else { 0..len }
            };
            for row in cut(s.m, !by_columns) {
                for col in cut(s.n, by_columns) {
                    // SAFETY: elements inside the operands; each is written by one task.
                    unsafe {
                        let out = c.add(i * s.c.batch + row * s.c.row + col);
                        let a = a.add(i * s.a.batch + row * s.a.row);
                        let b = b.add(i * s.b.batch + col * s.b.col);
                        let mut sum = if s.epilogue.accumulate { (*out).widen() } else { T::ZERO };
                        for p in 0..s.k {
                            sum = T::mul_add(*a.add(p * s.a.col), *b.add(p * s.b.row), sum);
                        }
                        if !bias.is_null() {
                            sum = T::add(sum, (*bias.add(col)).widen());
                        }
                        if s.epilogue.activation == Activation::Relu {
                            sum = T::relu(sum);
                        }
                        *out = T::narrow(sum);
                    }
                }
            }
        });
    }

    /// Runs `task(i * pieces + piece)` for every matrix of the batch.
    fn tasks(&self, pieces: usize, task: impl Fn(usize) + Sync) {
        let s = &self.spec;
        let n = s.batch * pieces;
        let work = s.m * s.n * s.k.max(1) * s.batch;
        if work < PARALLEL_FROM || n <= 1 {
            (0..n).for_each(task);
        } else {
            // Small products of a batch are handed out several at a time.
            let groups = n.min(pool::threads() * 4).min((work / TASK).max(1));
            pool::run(groups, |g| pool::piece(n, 1, groups, g).for_each(&task));
        }
    }
}

/// Whether a stack of axes, given as (length, stride), reaches no place twice.
pub(crate) fn apart(axes: &mut [(usize, usize)]) -> bool {
    if axes.iter().any(|a| a.0 == 0) {
        return true;
    }
    axes.sort_by_key(|a| a.1);
    let mut reach = 0usize;
    axes.iter().filter(|a| a.0 > 1).all(|&(n, stride)| {
        let fits = stride > reach;
        reach = reach.saturating_add((n - 1).saturating_mul(stride));
        fits
    })
}

/// What tasks on other threads may be given: pointers whose use the kernels have made disjoint.
#[derive(Clone, Copy)]
pub(crate) struct Shared<T>(pub(crate) T);
// SAFETY: kernels write through such pointers only to the part of the output that their task owns.
unsafe impl<T> Sync for Shared<T> {}
// SAFETY: as above.
unsafe impl<T> Send for Shared<T> {}

/// A float that [`gemm`] multiplies.
pub trait GemmFloat: private::Float {}
impl GemmFloat for f32 {}
impl GemmFloat for f64 {}

mod private {
    #[allow(unnameable_types)]
    pub trait Float: Copy + Send + Sync + 'static {
        const DTYPE: seodang_core::DType;
    }
    impl Float for f32 {
        const DTYPE: seodang_core::DType = seodang_core::DType::F32;
    }
    impl Float for f64 {
        const DTYPE: seodang_core::DType = seodang_core::DType::F64;
    }
}

/// `c = a · b` on slices: `a` is `m` by `k`, `b` is `k` by `n`, `c` is `m` by `n`; with `bias` (`n`
/// numbers) added if given, and as `accumulate` and `activation` of the epilogue say (its `bias` is
/// ignored).
///
/// ```
/// use seodang_kernels::gemm::{Epilogue, Mat, gemm};
/// let (a, mut c) = ([1.0f32, 2.0, 3.0, 4.0], [0.0; 4]);
/// let row = Mat::row_major(2, 2);
/// gemm((2, 2, 2), (&a, row), (&a, row.t()), (&mut c, row), None, Epilogue::default())?;
/// assert_eq!(c, [5.0, 11.0, 11.0, 25.0]);
/// # Ok::<(), seodang_core::Error>(())
/// ```
///
/// # Errors
/// If a slice is too short for its matrix, or for the reasons of [`Gemm::new`].
pub fn gemm<T: GemmFloat>(
    (m, n, k): (usize, usize, usize),
    (a, a_mat): (&[T], Mat),
    (b, b_mat): (&[T], Mat),
    (c, c_mat): (&mut [T], Mat),
    bias: Option<&[T]>,
    mut epilogue: Epilogue,
) -> Result<()> {
    epilogue.bias = bias.is_some();
    let dtype = T::DTYPE;
    let plan =
        Gemm::new(GemmSpec { dtype, batch: 1, m, n, k, a: a_mat, b: b_mat, c: c_mat, epilogue })?;
    let mut memory = Memory::with_capacity(4);
    let lengths = [
        ("a", size_of_val(a), plan.a_bytes()),
        ("b", size_of_val(b), plan.b_bytes()),
        ("c", size_of_val(c), plan.c_bytes()),
        ("bias", bias.map_or(usize::MAX, size_of_val), n * dtype.size()),
    ];
    for (name, have, need) in lengths {
        if have < need {
            return Err(Error::shape(text!(
                en: "a slice is too short for its matrix",
                ko: "슬라이스가 행렬에 비해 너무 짧습니다"
            ))
            .during("gemm")
            .given(name, format!("{have} bytes, of {need}"))
            .given("m, n, k", format!("{m}, {n}, {k}")));
        }
    }
    let (a, b) = (memory.read(bytes(a)), memory.read(bytes(b)));
    let bias = bias.map(|b| memory.read(bytes(b)));
    // SAFETY: floats may be written as bytes of any value, and the borrow is exclusive.
    let c = memory.write(unsafe {
        std::slice::from_raw_parts_mut(c.as_mut_ptr().cast::<u8>(), size_of_val(c))
    });
    let [a, b, c] = [a, b, c].map(|slot| memory.whole(slot));
    let bias = bias.map(|slot| memory.whole(slot));
    plan.run(&memory, a, b, c, bias);
    Ok(())
}

/// The bytes of floats.
fn bytes<T: GemmFloat>(x: &[T]) -> &[u8] {
    // SAFETY: f32 and f64 have no padding.
    unsafe { std::slice::from_raw_parts(x.as_ptr().cast(), size_of_val(x)) }
}
