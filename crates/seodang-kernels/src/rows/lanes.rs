//! Loops over many rows whose lanes run along each row: products with one vector (in the register tile of
//! matrix products one column would leave all lanes but one empty), and sums with one.

use crate::Isa;
use crate::microkernel::Vector;

/// Products of `rows` rows of `n` numbers at a pointer with the vector at another, to a third.
pub(super) type Times<T> = unsafe fn(usize, usize, *const T, *const T, *mut T);

/// Adds a vector of `n` numbers to each of `rows` rows: `(rows, n, x, by, out, columns of out, sums)`.
pub(super) type Shift<T> = unsafe fn(usize, usize, *const T, *const T, *mut T, usize, *mut T);

/// Adds a vector of `n` numbers to each of `rows` rows and divides by another, if it is not null:
/// `(rows, n, x, by, over, out)`.
pub(super) type Scale<T> = unsafe fn(usize, usize, *const T, *const T, *const T, *mut T);

/// Products of `rows` rows of `n` numbers with each of `outputs` vectors: `(rows, n, outputs, x, w, out)`.
pub(super) type Several<T> = unsafe fn(usize, usize, usize, *const T, *const T, *mut T);

/// The sum of `n` numbers times 0, to `out`.
pub(super) type Zeros<T> = unsafe fn(usize, *const T, *mut T);

/// A float with such kernels.
pub(super) trait Lanes: Sized {
    /// The kernel for an instruction set that the processor has.
    fn times(isa: Isa) -> Times<Self>;
    /// The same.
    fn several(isa: Isa, outputs: usize) -> Several<Self>;
    /// The same.
    fn shift(isa: Isa) -> Shift<Self>;
    /// The same.
    fn scale(isa: Isa) -> Scale<Self>;
    /// The same.
    fn zeros(isa: Isa) -> Zeros<Self>;
}

/// Bytes between what is asked for and what is used: several rows are read at once, which the processor does
/// not see to be one stretch of memory.
const AHEAD: usize = 4096;

/// Each row has `P` vectors of partial sums, as many lanes together for every instruction set, which in
/// the end are added half by half. `R` rows are done at a time, so that sums do not wait for each other.
///
/// # Safety
/// `x` must be valid for `rows * n` reads, `w` for `n`, `out` for `rows` writes, and the caller must have
/// the instructions of `V`.
#[inline(always)]
// Counted loops over registers, which the compiler unrolls.
#[allow(clippy::needless_range_loop)]
unsafe fn times<V: Vector, const P: usize, const R: usize>(
    rows: usize,
    n: usize,
    x: *const V::Scalar,
    w: *const V::Scalar,
    out: *mut V::Scalar,
) {
    let together = P * V::LANES;
    let main = n / together * together;
    // SAFETY: rows below `rows`, columns below `n`: those of the rest are masked to it.
    unsafe {
        let mut row = 0;
        while row < rows {
            let count = R.min(rows - row);
            // Rows that are not there are the last one again.
            let at: [*const V::Scalar; R] =
                std::array::from_fn(|r| x.add((row + r.min(count - 1)) * n));
            let mut sums = [[V::zero(); P]; R];
            let mut i = 0;
            while i < main {
                for p in 0..P {
                    let by = V::load(w.add(i + p * V::LANES));
                    for r in 0..R {
                        let x = at[r].add(i + p * V::LANES);
                        if p == 0 {
                            V::prefetch(x.wrapping_byte_add(AHEAD));
                        }
                        let x = V::load(x);
                        sums[r][p] = sums[r][p].add(x.mul(by));
                    }
                }
                i += together;
            }
            for p in 0..P {
                let first = main + p * V::LANES;
                if first < n {
                    let mask = V::mask((n - first).min(V::LANES));
                    let by = V::load_masked(w.add(first), mask);
                    for r in 0..R {
                        let x = V::load_masked(at[r].add(first), mask);
                        sums[r][p] = sums[r][p].add(x.mul(by));
                    }
                }
            }
            let mut half = P / 2;
            while half > 0 {
                for r in 0..R {
                    for p in 0..half {
                        sums[r][p] = sums[r][p].add(sums[r][p + half]);
                    }
                }
                half /= 2;
            }
            for (r, sums) in sums.iter().enumerate().take(count) {
                *out.add(row + r) = sums[0].sum();
            }
            row += R;
        }
    }
}

/// As [`times`], with `outputs` vectors that lie one after the other, `O` of them at a time; fused.
///
/// # Safety
/// As there, for `outputs` times as many reads of `w` and writes of `out`.
#[inline(always)]
// Counted loops over registers, which the compiler unrolls.
#[allow(clippy::needless_range_loop)]
unsafe fn several<V: Vector, const P: usize, const R: usize, const O: usize>(
    rows: usize,
    n: usize,
    outputs: usize,
    x: *const V::Scalar,
    w: *const V::Scalar,
    out: *mut V::Scalar,
) {
    let together = P * V::LANES;
    let main = n / together * together;
    // SAFETY: rows below `rows`, columns below `n`: those of the rest are masked to it.
    unsafe {
        let mut row = 0;
        while row < rows {
            let count = R.min(rows - row);
            // Rows, and outputs, that are not there are the last one again.
            let at: [*const V::Scalar; R] =
                std::array::from_fn(|r| x.add((row + r.min(count - 1)) * n));
            let mut first = 0;
            while first < outputs {
                let some = O.min(outputs - first);
                let by: [*const V::Scalar; O] =
                    std::array::from_fn(|o| w.add((first + o.min(some - 1)) * n));
                let mut sums = [[[V::zero(); P]; O]; R];
                let mut i = 0;
                while i < main {
                    for p in 0..P {
                        let i = i + p * V::LANES;
                        let mut x = [V::zero(); R];
                        for r in 0..R {
                            x[r] = V::load(at[r].add(i));
                        }
                        for o in 0..O {
                            let w = V::load(by[o].add(i));
                            for r in 0..R {
                                sums[r][o][p] = V::fma(x[r], w, sums[r][o][p]);
                            }
                        }
                    }
                    i += together;
                }
                for p in 0..P {
                    let i = main + p * V::LANES;
                    if i < n {
                        let mask = V::mask((n - i).min(V::LANES));
                        let mut x = [V::zero(); R];
                        for r in 0..R {
                            x[r] = V::load_masked(at[r].add(i), mask);
                        }
                        for o in 0..O {
                            let w = V::load_masked(by[o].add(i), mask);
                            for r in 0..R {
                                sums[r][o][p] = V::fma(x[r], w, sums[r][o][p]);
                            }
                        }
                    }
                }
                for r in 0..count {
                    for o in 0..some {
                        let sums = &mut sums[r][o];
                        let mut half = P / 2;
                        while half > 0 {
                            for p in 0..half {
                                sums[p] = sums[p].add(sums[p + half]);
                            }
                            half /= 2;
                        }
                        *out.add((row + r) * outputs + first + o) = sums[0].sum();
                    }
                }
                first += O;
            }
            row += R;
        }
    }
}

/// # Safety
/// `x` must be valid for `rows * n` reads, `by` for `n`, `sums` for `n` writes and `out` for the first `n` of
/// `columns` in each row; the caller must have the instructions of `V`.
#[inline(always)]
// As above.
#[allow(clippy::needless_range_loop)]
unsafe fn shift<V: Vector>(
    rows: usize,
    n: usize,
    x: *const V::Scalar,
    by: *const V::Scalar,
    out: *mut V::Scalar,
    columns: usize,
    sums: *mut V::Scalar,
) {
    // Sums are fetched and put back once for so many rows.
    const R: usize = 4;
    // SAFETY: rows below `rows`, columns below `n`: those of the rest are masked to it.
    unsafe {
        let mut row = 0;
        while row < rows {
            let count = R.min(rows - row);
            let at: [*const V::Scalar; R] =
                std::array::from_fn(|r| x.add((row + r.min(count - 1)) * n));
            let to: [*mut V::Scalar; R] =
                std::array::from_fn(|r| out.add((row + r.min(count - 1)) * columns));
            let mut j = 0;
            while j < n {
                let mask = V::mask((n - j).min(V::LANES));
                let whole = j + V::LANES <= n;
                let load = |p| if whole { V::load(p) } else { V::load_masked(p, mask) };
                let store = |v: V, p| if whole { v.store(p) } else { v.store_masked(p, mask) };
                let by = load(by.add(j));
                let mut d = [V::zero(); R];
                for r in 0..R {
                    V::prefetch(at[r].wrapping_add(j).wrapping_byte_add(AHEAD));
                    if r < count {
                        d[r] = load(at[r].add(j)).add(by);
                        store(d[r], to[r].add(j));
                    }
                }
                let sum = d[0].add(d[1]).add(d[2].add(d[3]));
                let sums = sums.add(j);
                store(load(sums).add(sum), sums);
                j += V::LANES;
            }
            row += R;
        }
    }
}

/// # Safety
/// `x` must be valid for `rows * n` reads, `out` for as many writes, `by` and `over`, unless it is null, for
/// `n` reads; the caller must have the instructions of `V`.
#[inline(always)]
unsafe fn scale<V: Vector>(
    rows: usize,
    n: usize,
    x: *const V::Scalar,
    by: *const V::Scalar,
    over: *const V::Scalar,
    out: *mut V::Scalar,
) {
    let main = n / V::LANES * V::LANES;
    // SAFETY: rows below `rows`, columns below `n`: those of the rest are masked to it.
    unsafe {
        let rest = V::mask(n - main);
        for row in 0..rows {
            let (x, out) = (x.add(row * n), out.add(row * n));
            let mut j = 0;
            while j < main {
                let moved = V::load(x.add(j)).add(V::load(by.add(j)));
                let made = if over.is_null() { moved } else { moved.div(V::load(over.add(j))) };
                made.store(out.add(j));
                j += V::LANES;
            }
            if j < n {
                let load = |p: *const V::Scalar| V::load_masked(p.add(j), rest);
                let moved = load(x).add(load(by));
                let made = if over.is_null() { moved } else { moved.div(load(over)) };
                made.store_masked(out.add(j), rest);
            }
        }
    }
}

/// # Safety
/// `x` must be valid for `n` reads, `out` for a write; the caller must have the instructions of `V`.
#[inline(always)]
unsafe fn zeros<V: Vector>(n: usize, x: *const V::Scalar, out: *mut V::Scalar) {
    const R: usize = 8;
    // SAFETY: numbers below `n`: those of the rest are masked to it.
    unsafe {
        let mut sums = [V::zero(); R];
        let mut i = 0;
        while i + R * V::LANES <= n {
            for (r, sum) in sums.iter_mut().enumerate() {
                *sum = sum.add(V::load(x.add(i + r * V::LANES)).mul(V::zero()));
            }
            i += R * V::LANES;
        }
        while i < n {
            let rest = V::load_masked(x.add(i), V::mask((n - i).min(V::LANES)));
            sums[0] = sums[0].add(rest.mul(V::zero()));
            i += V::LANES;
        }
        let mut all = sums[0];
        for sum in &sums[1..] {
            all = all.add(*sum);
        }
        *out = all.sum();
    }
}

/// Makes a module with the functions over one vector type.
macro_rules! kernels {
    ($name:ident, $t:ty, $v:ty, $p:literal, $r:literal, $few:literal $(, $feature:literal)?) => {
        mod $name {
            /// # Safety
            /// As [`super::times`], whose vector instructions this enables.
            $(#[target_feature(enable = $feature)])?
            pub(super) unsafe fn times(
                rows: usize, n: usize, x: *const $t, w: *const $t, out: *mut $t,
            ) {
                // SAFETY: passed on to the caller.
                unsafe { super::times::<$v, $p, $r>(rows, n, x, w, out) }
            }

            /// # Safety
            /// As [`super::several`], whose vector instructions this enables.
            $(#[target_feature(enable = $feature)])?
            pub(super) unsafe fn several<const O: usize>(
                rows: usize, n: usize, outputs: usize, x: *const $t, w: *const $t, out: *mut $t,
            ) {
                // SAFETY: passed on to the caller.
                unsafe { super::several::<$v, $p, $few, O>(rows, n, outputs, x, w, out) }
            }

            /// # Safety
            /// As [`super::scale`], whose vector instructions this enables.
            $(#[target_feature(enable = $feature)])?
            pub(super) unsafe fn scale(
                rows: usize, n: usize, x: *const $t, by: *const $t, over: *const $t, out: *mut $t,
            ) {
                // SAFETY: passed on to the caller.
                unsafe { super::scale::<$v>(rows, n, x, by, over, out) }
            }

            /// # Safety
            /// As [`super::zeros`], whose vector instructions this enables.
            $(#[target_feature(enable = $feature)])?
            pub(super) unsafe fn zeros(n: usize, x: *const $t, out: *mut $t) {
                // SAFETY: passed on to the caller.
                unsafe { super::zeros::<$v>(n, x, out) }
            }

            /// # Safety
            /// As [`super::shift`], whose vector instructions this enables.
            $(#[target_feature(enable = $feature)])?
            pub(super) unsafe fn shift(
                rows: usize, n: usize, x: *const $t, by: *const $t, out: *mut $t, columns: usize,
                sums: *mut $t,
            ) {
                // SAFETY: passed on to the caller.
                unsafe { super::shift::<$v>(rows, n, x, by, out, columns, sums) }
            }
        }
    };
}

// 16 partial sums of `f32` and 8 of `f64` a row; as many rows, alone and with five outputs, as registers hold
// besides the operands.
#[cfg(target_arch = "x86_64")]
kernels!(
    avx512_f32,
    f32,
    std::arch::x86_64::__m512,
    1,
    8,
    4,
    "avx512f,avx512bw,avx512dq,avx512vl,avx2,fma"
);
#[cfg(target_arch = "x86_64")]
kernels!(
    avx512_f64,
    f64,
    std::arch::x86_64::__m512d,
    1,
    8,
    4,
    "avx512f,avx512bw,avx512dq,avx512vl,avx2,fma"
);
#[cfg(target_arch = "x86_64")]
kernels!(avx2_f32, f32, std::arch::x86_64::__m256, 2, 4, 1, "avx2,fma");
#[cfg(target_arch = "x86_64")]
kernels!(avx2_f64, f64, std::arch::x86_64::__m256d, 2, 4, 1, "avx2,fma");
kernels!(plain_f32, f32, crate::microkernel::Plain<f32, 4>, 4, 2, 1);
kernels!(plain_f64, f64, crate::microkernel::Plain<f64, 2>, 4, 2, 1);

macro_rules! lanes {
    ($t:ty, $avx512:ident, $avx2:ident, $plain:ident) => {
        impl Lanes for $t {
            fn times(isa: Isa) -> Times<$t> {
                match isa {
                    #[cfg(target_arch = "x86_64")]
                    Isa::Avx512 => $avx512::times,
                    #[cfg(target_arch = "x86_64")]
                    Isa::Avx2 => $avx2::times,
                    _ => $plain::times,
                }
            }

            fn several(isa: Isa, outputs: usize) -> Several<$t> {
                // Shared out evenly: six are 3 + 3, not 5 + 1.
                let together = outputs.div_ceil(outputs.div_ceil(5).max(1));
                macro_rules! few {
                    ($place:ident) => {
                        match together {
                            0..=2 => $place::several::<2>,
                            3 => $place::several::<3>,
                            4 => $place::several::<4>,
                            _ => $place::several::<5>,
                        }
                    };
                }
                match isa {
                    #[cfg(target_arch = "x86_64")]
                    Isa::Avx512 => few!($avx512),
                    #[cfg(target_arch = "x86_64")]
                    Isa::Avx2 => few!($avx2),
                    _ => few!($plain),
                }
            }

            fn scale(isa: Isa) -> Scale<$t> {
                match isa {
                    #[cfg(target_arch = "x86_64")]
                    Isa::Avx512 => $avx512::scale,
                    #[cfg(target_arch = "x86_64")]
                    Isa::Avx2 => $avx2::scale,
                    _ => $plain::scale,
                }
            }

            fn zeros(isa: Isa) -> Zeros<$t> {
                match isa {
                    #[cfg(target_arch = "x86_64")]
                    Isa::Avx512 => $avx512::zeros,
                    #[cfg(target_arch = "x86_64")]
                    Isa::Avx2 => $avx2::zeros,
                    _ => $plain::zeros,
                }
            }

            fn shift(isa: Isa) -> Shift<$t> {
                match isa {
                    #[cfg(target_arch = "x86_64")]
                    Isa::Avx512 => $avx512::shift,
                    #[cfg(target_arch = "x86_64")]
                    Isa::Avx2 => $avx2::shift,
                    _ => $plain::shift,
                }
            }
        }
    };
}
lanes!(f32, avx512_f32, avx2_f32, plain_f32);
lanes!(f64, avx512_f64, avx2_f64, plain_f64);
