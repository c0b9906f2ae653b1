//! Optimizer updates over a list of parameters, in one pass over memory.
//!
//! Scalars that change from step to step (learning rate, bias correction) come in regions of one
//! element, so that a schedule does not need a new plan.
#![allow(unsafe_code)]

use crate::memory::{Memory, Region};
use crate::simd::{Mode, multiversion};
use crate::{Isa, isa, pool};
use seodang_core::{DType, Error, Result, text};

/// Elements of one piece of work.
const PIECE: usize = 16384;

/// A float with the arithmetic of the updates.
trait Real:
    Copy
    + std::ops::Add<Output = Self>
    + std::ops::Sub<Output = Self>
    + std::ops::Mul<Output = Self>
    + std::ops::Div<Output = Self>
    + 'static
{
    fn of(x: f64) -> Self;
    fn fused<M: Mode>(a: Self, b: Self, c: Self) -> Self;
    fn root(self) -> Self;
    /// The number, or 0 in place of a subnormal one.
    fn flush(self) -> Self;
}

impl Real for f32 {
    #[inline(always)]
    fn of(x: f64) -> f32 {
        x as f32
    }
    #[inline(always)]
    fn fused<M: Mode>(a: f32, b: f32, c: f32) -> f32 {
        M::fma(a, b, c)
    }
    #[inline(always)]
    fn root(self) -> f32 {
        self.sqrt()
    }
    #[inline(always)]
    fn flush(self) -> f32 {
        if self.abs() < f32::MIN_POSITIVE { 0.0 } else { self }
    }
}

impl Real for f64 {
    #[inline(always)]
    fn of(x: f64) -> f64 {
        x
    }
    #[inline(always)]
    fn fused<M: Mode>(a: f64, b: f64, c: f64) -> f64 {
        a.mul_add(b, c)
    }
    #[inline(always)]
    fn root(self) -> f64 {
        self.sqrt()
    }
    #[inline(always)]
    fn flush(self) -> f64 {
        if self.abs() < f64::MIN_POSITIVE { 0.0 } else { self }
    }
}

/// The numbers of an Adam update; `decay` is `None` where weights do not decay.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Adam {
    /// The decay of the first moment, Keras's `beta_1`.
    pub beta_1: f64,
    /// The decay of the second moment, Keras's `beta_2`.
    pub beta_2: f64,
    /// What is added to the denominator.
    pub epsilon: f64,
    /// The decoupled weight decay of AdamW.
    pub weight_decay: Option<f64>,
}

type AdamKernel = unsafe fn(usize, *mut u8, *const u8, *mut u8, *mut u8, f64, f64, &Adam);

multiversion! {
    fn adam<M, T: Real>(
        n: usize, p: *mut u8, g: *const u8, m: *mut u8, v: *mut u8, alpha: f64, rate: f64,
        a: &Adam,
    ) {
        let (p, g, m, v) = (p.cast::<T>(), g.cast::<T>(), m.cast::<T>(), v.cast::<T>());
        let (b1, b2, eps) = (T::of(1.0 - a.beta_1), T::of(1.0 - a.beta_2), T::of(a.epsilon));
        let (alpha, rate) = (T::of(alpha), T::of(rate));
        let decay = T::of(a.weight_decay.unwrap_or(0.0)) * rate;
        if a.weight_decay.is_some() {
            for i in 0..n {
                let x = *p.add(i);
                *p.add(i) = x - x * decay;
            }
        }
        for i in 0..n {
            let (g, x, y) = (*g.add(i), *m.add(i), *v.add(i));
            let x = T::fused::<M>(g - x, b1, x);
            let y = T::fused::<M>(g * g - y, b2, y);
            // A moment whose gradients have ended (a unit that no example reaches any more) shrinks
            // until it is subnormal, and rounding keeps it there: arithmetic on it would be some
            // hundred times slower in every step to come.
            let (x, y) = (x.flush(), y.flush());
            *p.add(i) = *p.add(i) - x * alpha / (y.root() + eps);
            *m.add(i) = x;
            *v.add(i) = y;
        }
    }
}

/// A list of parameters cut into tasks.
#[derive(Clone, Debug)]
struct Tasks {
    sizes: Vec<usize>,
    dtype: DType,
    /// (parameter, first element, elements), and where each task's begin.
    pieces: Vec<(usize, usize, usize)>,
    starts: Vec<usize>,
}

impl Tasks {
    fn new(dtype: DType, sizes: &[usize]) -> Result<Tasks> {
        if !matches!(dtype, DType::F32 | DType::F64) {
            return Err(Error::dtype(text!(
                en: "optimizers update float32 and float64, not {dtype}",
                ko: "최적화기는 float32와 float64만 갱신합니다. 받은 dtype: {dtype}"
            )));
        }
        let mut pieces = Vec::new();
        for (k, &n) in sizes.iter().enumerate() {
            for at in (0..n).step_by(PIECE) {
                pieces.push((k, at, PIECE.min(n - at)));
            }
        }
        let (mut starts, mut have) = (vec![0], 0);
        for (k, piece) in pieces.iter().enumerate() {
            if have > 0 && have + piece.2 > PIECE {
                starts.push(k);
                have = 0;
            }
            have += piece.2;
        }
        starts.push(pieces.len());
        Ok(Tasks { sizes: sizes.to_vec(), dtype, pieces, starts })
    }

    /// The pointers of a list of regions, checked.
    fn check(&self, list: &[Region], what: &str) {
        assert_eq!(list.len(), self.sizes.len(), "the number of {what}");
        for (r, n) in list.iter().zip(&self.sizes) {
            assert_eq!(r.len, n * self.dtype.size(), "the bytes of {what}");
        }
    }

    fn scalar(&self, memory: &Memory<'_>, r: Region) -> f64 {
        assert_eq!(r.len, self.dtype.size(), "a scalar of an optimizer");
        // SAFETY: the region was checked to hold one element.
        unsafe {
            if self.dtype == DType::F32 {
                f64::from(*memory.src::<f32>(r))
            } else {
                *memory.src::<f64>(r)
            }
        }
    }

    /// Calls `f(parameter, byte offset, elements)` for each piece, in parallel.
    fn run(&self, f: impl Fn(usize, usize, usize) + Sync) {
        pool::run(self.starts.len() - 1, |t| {
            for &(k, at, n) in &self.pieces[self.starts[t]..self.starts[t + 1]] {
                f(k, at * self.dtype.size(), n);
            }
        });
    }
}

fn distinct(written: &[&[Region]], read: &[&[Region]]) {
    let all: Vec<Region> = written.iter().flat_map(|l| l.iter().copied()).collect();
    let reads = read.iter().flat_map(|l| l.iter());
    // Sorted, overlaps are between neighbours.
    let mut sorted: Vec<(Region, bool)> = all.iter().map(|r| (*r, true)).collect();
    sorted.extend(reads.map(|r| (*r, false)));
    sorted.retain(|(r, _)| r.len > 0);
    sorted.sort_unstable_by_key(|(r, _)| (r.slot, r.offset));
    for pair in sorted.windows(2) {
        let clash = pair[0].0.overlaps(&pair[1].0) && (pair[0].1 || pair[1].1);
        assert!(!clash, "operands of an optimizer overlap: {:?}, {:?}", pair[0].0, pair[1].0);
    }
}

/// Adam and AdamW (Kingma and Ba, "Adam", 2015; Loshchilov and Hutter, "Decoupled weight decay",
/// 2019), in Keras's form, for a list of parameters:
///
/// m += (g - m) (1 - beta_1); v += (g^2 - v) (1 - beta_2); p -= p * weight_decay * rate;
/// p -= m * alpha / (sqrt(v) + epsilon).
#[derive(Clone, Debug)]
pub struct AdamUpdate {
    tasks: Tasks,
    adam: Adam,
    kernel: AdamKernel,
}

impl AdamUpdate {
    /// A plan for parameters of `sizes` elements, all `f32` or all `f64`.
    ///
    /// # Errors
    /// If the type is another.
    pub fn new(dtype: DType, sizes: &[usize], adam: Adam) -> Result<AdamUpdate> {
        let isa = isa::current();
        let kernel = if dtype == DType::F32 {
            self::adam::<f32>(isa)
        } else {
            self::adam::<f64>(isa.min(Isa::Avx512))
        };
        Ok(AdamUpdate { tasks: Tasks::new(dtype, sizes)?, adam, kernel })
    }

    /// Updates `params`, `m` and `v` in place. `alpha` (one element) is
    /// `rate * sqrt(1 - beta_2^t) / (1 - beta_1^t)`; `rate` is the learning rate, read only where
    /// weights decay.
    ///
    /// # Panics
    /// If a region has the wrong length or operands overlap: a bug in the caller's plan.
    pub fn run(
        &self,
        memory: &Memory<'_>,
        params: &[Region],
        grads: &[Region],
        m: &[Region],
        v: &[Region],
        alpha: Region,
        rate: Region,
    ) {
        let t = &self.tasks;
        for (list, what) in [(params, "parameters"), (grads, "gradients"), (m, "m"), (v, "v")] {
            t.check(list, what);
        }
        distinct(&[params, m, v], &[grads, &[alpha, rate][..]]);
        let alpha = t.scalar(memory, alpha);
        let rate = if self.adam.weight_decay.is_some() { t.scalar(memory, rate) } else { 0.0 };
        t.run(|k, at, n| {
            // SAFETY: the regions hold the parameter's elements and do not overlap; pieces are
            // disjoint. Alignment is checked by `memory` for the type.
            unsafe {
                let write = |r: Region| aligned(memory, r, t.dtype).add(at);
                let g = aligned_src(memory, grads[k], t.dtype).add(at);
                let (p, m, v) = (write(params[k]), write(m[k]), write(v[k]));
                (self.kernel)(n, p, g, m, v, alpha, rate, &self.adam);
            }
        });
    }
}

fn aligned(memory: &Memory<'_>, r: Region, dtype: DType) -> *mut u8 {
    if dtype == DType::F32 { memory.dst::<f32>(r).cast() } else { memory.dst::<f64>(r).cast() }
}

fn aligned_src(memory: &Memory<'_>, r: Region, dtype: DType) -> *const u8 {
    if dtype == DType::F32 { memory.src::<f32>(r).cast() } else { memory.src::<f64>(r).cast() }
}

/// The numbers of a stochastic gradient descent update.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Sgd {
    /// Keras's `momentum`; 0 for none, and then there is no velocity.
    pub momentum: f64,
    /// Keras's `nesterov`.
    pub nesterov: bool,
}

type SgdKernel = unsafe fn(usize, *mut u8, *const u8, *mut u8, f64, &Sgd);

multiversion! {
    fn sgd<M, T: Real>(n: usize, p: *mut u8, g: *const u8, m: *mut u8, rate: f64, s: &Sgd) {
        let (p, g, m) = (p.cast::<T>(), g.cast::<T>(), m.cast::<T>());
        let (rate, momentum) = (T::of(rate), T::of(s.momentum));
        if s.momentum == 0.0 {
            for i in 0..n {
                *p.add(i) = *p.add(i) - *g.add(i) * rate;
            }
        } else if s.nesterov {
            for i in 0..n {
                let step = *g.add(i) * rate;
                let v = *m.add(i) * momentum - step;
                *m.add(i) = v;
                *p.add(i) = *p.add(i) + (v * momentum - step);
            }
        } else {
            for i in 0..n {
                let v = *m.add(i) * momentum - *g.add(i) * rate;
                *m.add(i) = v;
                *p.add(i) = *p.add(i) + v;
            }
        }
    }
}

/// Stochastic gradient descent in Keras's form, for a list of parameters:
///
/// without momentum p -= g * rate; with it m = m * momentum - g * rate and p += m, or with Nesterov's
/// p += m * momentum - g * rate.
#[derive(Clone, Debug)]
pub struct SgdUpdate {
    tasks: Tasks,
    sgd: Sgd,
    kernel: SgdKernel,
}

impl SgdUpdate {
    /// A plan for parameters of `sizes` elements, all `f32` or all `f64`.
    ///
    /// # Errors
    /// If the type is another.
    pub fn new(dtype: DType, sizes: &[usize], sgd: Sgd) -> Result<SgdUpdate> {
        let isa = isa::current();
        let kernel =
            if dtype == DType::F32 { self::sgd::<f32>(isa) } else { self::sgd::<f64>(isa) };
        Ok(SgdUpdate { tasks: Tasks::new(dtype, sizes)?, sgd, kernel })
    }

    /// Updates `params` and, with momentum, the velocities `m` in place (without: an empty list).
    /// `rate` (one element) is the learning rate.
    ///
    /// # Panics
    /// If a region has the wrong length or operands overlap: a bug in the caller's plan.
    pub fn run(
        &self,
        memory: &Memory<'_>,
        params: &[Region],
        grads: &[Region],
        m: &[Region],
        rate: Region,
    ) {
        let t = &self.tasks;
        t.check(params, "parameters");
        t.check(grads, "gradients");
        let has_velocity = self.sgd.momentum != 0.0;
        if has_velocity {
            t.check(m, "velocities");
        } else {
            assert!(m.is_empty(), "velocities without momentum");
        }
        distinct(&[params, m], &[grads, &[rate][..]]);
        let rate = t.scalar(memory, rate);
        t.run(|k, at, n| {
            // SAFETY: as in `AdamUpdate::run`; without momentum `m` is not followed.
            unsafe {
                let g = aligned_src(memory, grads[k], t.dtype).add(at);
                let p = aligned(memory, params[k], t.dtype).add(at);
                let m = if has_velocity {
                    aligned(memory, m[k], t.dtype).add(at)
                } else {
                    std::ptr::null_mut()
                };
                (self.kernel)(n, p, g, m, rate, &self.sgd);
            }
        });
    }
}
