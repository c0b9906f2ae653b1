//! Distances of one row from many: the loops of every metric that is gathered feature by feature.
//!
//! The many are packed by [`pack`] into blocks of [`WIDTH`] rows, feature by feature, so that a vector
//! holds the same feature of several rows. Each pair's terms are added in the order of the features, and
//! none is fused: the bits are those of the plain loop over two rows, on every instruction set.
#![allow(unsafe_code)]

use crate::isa;
use crate::simd::{multiversion, sel};

/// How many rows a block has.
pub const WIDTH: usize = 16;

/// What one feature of the first row alone counts in [`Gather::Sides`].
pub const FIRST: f64 = 67_108_864.0;

/// What is made of the features of two rows.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Gather {
    /// The sum of squared differences.
    Squares,
    /// The sum of absolute differences.
    Absolute,
    /// The greatest absolute difference.
    Greatest,
    /// The sum of powers of absolute differences.
    Powers(f64),
    /// The sum of differences, each over the sum of the two sizes; 0 where both are 0.
    Relative,
    /// The sum of squared differences, each over the sum of the two; 0 where that is 0.
    ChiSquares,
    /// The sum of absolute differences, and that of absolute sums.
    Shares,
    /// The sum of absolute differences, and that of sizes.
    Sizes,
    /// How many differ.
    Differ,
    /// How many are not 0 in both, and in one alone.
    Presence,
    /// How many are not 0 in both plus [`FIRST`] times how many only in the first, and how many only in the
    /// second: below [`FIRST`] features, no count is lost.
    Sides,
    /// The sum of squared differences of what neither lacks (is NaN), and how many those are.
    Known,
}

/// One feature of two rows.
trait Step {
    /// The two results so far, with the numbers `a` and `b` of weight `w`.
    fn step(p: f64, a: f64, b: f64, w: f64, s: f64, t: f64) -> (f64, f64);
}

macro_rules! steps {
    ($($name:ident: |$p:ident, $a:ident, $b:ident, $w:ident, $s:ident, $t:ident| $step:expr;)*) => {$(
        struct $name;

        impl Step for $name {
            #[inline(always)]
            #[allow(unused_variables)]
            fn step($p: f64, $a: f64, $b: f64, $w: f64, $s: f64, $t: f64) -> (f64, f64) {
                $step
            }
        }
    )*};
}

#[inline(always)]
fn count(condition: bool) -> f64 {
    sel(condition, 1.0, 0.0)
}

#[inline(always)]
fn over(part: f64, whole: f64) -> f64 {
    sel(whole == 0.0, 0.0, part / whole)
}

steps! {
    Squares: |p, a, b, w, s, t| (s + (a - b) * (a - b), t);
    WeightedSquares: |p, a, b, w, s, t| (s + w * ((a - b) * (a - b)), t);
    Absolute: |p, a, b, w, s, t| (s + (a - b).abs(), t);
    WeightedAbsolute: |p, a, b, w, s, t| (s + w * (a - b).abs(), t);
    Greatest: |p, a, b, w, s, t| { let d = (a - b).abs(); (sel(d > s, d, s), t) };
    WeightedGreatest: |p, a, b, w, s, t| {
        let d = (a - b).abs() * count(w != 0.0);
        (sel(d > s, d, s), t)
    };
    Cubes: |p, a, b, w, s, t| { let d = (a - b).abs(); (s + d * d * d, t) };
    Fourths: |p, a, b, w, s, t| { let d = (a - b) * (a - b); (s + d * d, t) };
    Powers: |p, a, b, w, s, t| (s + (a - b).abs().powf(p), t);
    WeightedPowers: |p, a, b, w, s, t| (s + w * (a - b).abs().powf(p), t);
    Relative: |p, a, b, w, s, t| (s + over((a - b).abs(), a.abs() + b.abs()), t);
    ChiSquares: |p, a, b, w, s, t| (s + over((a - b) * (a - b), a + b), t);
    Shares: |p, a, b, w, s, t| (s + (a - b).abs(), t + (a + b).abs());
    Sizes: |p, a, b, w, s, t| (s + (a - b).abs(), t + (a.abs() + b.abs()));
    Differ: |p, a, b, w, s, t| (s + count(a != b), t);
    Presence: |p, a, b, w, s, t| {
        let (a, b) = (count(a != 0.0), count(b != 0.0));
        (s + a * b, t + (a - b).abs())
    };
    Sides: |p, a, b, w, s, t| {
        let (a, b) = (count(a != 0.0), count(b != 0.0));
        (s + a * (b + (1.0 - b) * FIRST), t + (1.0 - a) * b)
    };
    Known: |p, a, b, w, s, t| {
        let d = a - b;
        let known = !a.is_nan() & !b.is_nan();
        (s + sel(known, d * d, 0.0), t + count(known))
    };
}

multiversion! {
    /// # Safety
    /// `x` and `w` (if it is weighted) have `d` numbers, `packed` has `d * n * WIDTH`, `first` and `second`
    /// (if it is not null) have `n * WIDTH`.
    fn gathered<M, G: Step>(
        p: f64, d: usize, x: *const f64, w: *const f64, packed: *const f64, n: usize, first: *mut f64,
        second: *mut f64,
    ) {
        for block in 0..n {
            let rows = packed.add(block * d * WIDTH);
            let (mut s, mut t) = ([0.0; WIDTH], [0.0; WIDTH]);
            for j in 0..d {
                let (a, b) = (*x.add(j), rows.add(j * WIDTH));
                let w = if w.is_null() { 1.0 } else { *w.add(j) };
                for l in 0..WIDTH {
                    (s[l], t[l]) = G::step(p, a, *b.add(l), w, s[l], t[l]);
                }
            }
            std::ptr::copy_nonoverlapping(s.as_ptr(), first.add(block * WIDTH), WIDTH);
            if !second.is_null() {
                std::ptr::copy_nonoverlapping(t.as_ptr(), second.add(block * WIDTH), WIDTH);
            }
        }
    }
}

multiversion! {
    /// # Safety
    /// `x` has `d` numbers, `form` `d * d`, `packed` `d * n * WIDTH`, `apart` `d * WIDTH`, `out` `n * WIDTH`.
    fn quadratic<M>(
        d: usize, x: *const f64, form: *const f64, packed: *const f64, n: usize, apart: *mut f64,
        out: *mut f64,
    ) {
        for block in 0..n {
            let rows = packed.add(block * d * WIDTH);
            for j in 0..d {
                for l in 0..WIDTH {
                    *apart.add(j * WIDTH + l) = *x.add(j) - *rows.add(j * WIDTH + l);
                }
            }
            let mut sums = [0.0; WIDTH];
            for i in 0..d {
                let mut s = [0.0; WIDTH];
                for j in 0..d {
                    let m = *form.add(i * d + j);
                    for l in 0..WIDTH {
                        s[l] += m * *apart.add(j * WIDTH + l);
                    }
                }
                for l in 0..WIDTH {
                    sums[l] += *apart.add(i * WIDTH + l) * s[l];
                }
            }
            std::ptr::copy_nonoverlapping(sums.as_ptr(), out.add(block * WIDTH), WIDTH);
        }
    }
}

/// `(x - y) · form (x - y)` of `x` and each packed row `y`, as many as `out` has places; `form` is square,
/// row by row.
///
/// # Panics
/// If the lengths do not fit.
pub fn forms(x: &[f64], form: &[f64], packed: &[f64], out: &mut [f64]) {
    let (d, n) = (x.len(), out.len() / WIDTH);
    assert!(form.len() == d * d && out.len() == n * WIDTH && packed.len() == d * out.len());
    let mut apart = vec![0.0; d * WIDTH];
    // SAFETY: the lengths were checked; the version is for the instructions that there are.
    unsafe {
        quadratic(isa::current())(
            d,
            x.as_ptr(),
            form.as_ptr(),
            packed.as_ptr(),
            n,
            apart.as_mut_ptr(),
            out.as_mut_ptr(),
        );
    }
}

/// 1 / n!, for the series of sine and cosine.
const FACTORIALS: [f64; 19] = {
    let mut all = [1.0; 19];
    let mut n = 1;
    while n < 19 {
        // Exact up to 18!, so that each is rounded once.
        let (mut product, mut k) = (1.0, 1);
        while k <= n {
            product *= k as f64;
            k += 1;
        }
        all[n] = 1.0 / product;
        n += 1;
    }
    all
};

/// Up to where [`sine_and_cosine`] holds.
const FAR: f64 = 1e5;

/// The quadrant of x, and sine and cosine of what is left of it, for |x| < [`FAR`]: by their series, around the
/// nearest multiple of half of pi, which three parts of that take away.
#[inline(always)]
fn sine_and_cosine(x: f64) -> (u64, f64, f64) {
    /// Adding it rounds to a whole number, whose last bits are those of the sum.
    const MAGIC: f64 = 6_755_399_441_055_744.0;
    /// Half of pi in three parts; the first two have 33 bits, so that products with the number are exact.
    const PARTS: [f64; 3] = [1.5707963267341256, 6.077100506303966e-11, 2.0222662487959506e-21];
    let shifted = x * std::f64::consts::FRAC_2_PI + MAGIC;
    let k = shifted - MAGIC;
    let r = ((x - k * PARTS[0]) - k * PARTS[1]) - k * PARTS[2];
    let z = -r * r;
    let (mut sine, mut cosine) = (FACTORIALS[17], FACTORIALS[18]);
    let mut n = 15;
    while n > 1 {
        sine = sine * z + FACTORIALS[n];
        cosine = cosine * z + FACTORIALS[n + 1];
        n -= 2;
    }
    (shifted.to_bits() & 3, r + r * (z * sine), 1.0 + z * (cosine * z + 0.5))
}

/// The square of the sine, where [`sine_and_cosine`] holds.
#[inline(always)]
fn squared_sine(x: f64) -> f64 {
    let (quadrant, sine, cosine) = sine_and_cosine(x);
    let sine = sel(quadrant & 1 == 1, cosine, sine);
    sine * sine
}

/// The cosine, where [`sine_and_cosine`] holds.
#[inline(always)]
fn cosine(x: f64) -> f64 {
    let (quadrant, sine, cosine) = sine_and_cosine(x);
    let size = sel(quadrant & 1 == 1, sine, cosine);
    // Below 0 in the second quadrant and the third.
    sel((quadrant + 1) & 2 == 2, -size, size)
}

multiversion! {
    /// # Safety
    /// `x` has 2 numbers, `packed` 2 * n * WIDTH, `out` n * WIDTH.
    fn arcs<M>(x: *const f64, packed: *const f64, n: usize, out: *mut f64) {
        let (latitude, longitude) = (*x, *x.add(1));
        let own = latitude.cos();
        for block in 0..n {
            let rows = packed.add(block * 2 * WIDTH);
            let mut h = [0.0; WIDTH];
            for l in 0..WIDTH {
                let (other, east) = (*rows.add(l), *rows.add(WIDTH + l));
                let south = squared_sine((latitude - other) / 2.0);
                let west = squared_sine((longitude - east) / 2.0);
                h[l] = south + own * cosine(other) * west;
            }
            std::ptr::copy_nonoverlapping(h.as_ptr(), out.add(block * WIDTH), WIDTH);
        }
    }
}

/// The squares of the sines of half the arcs on a sphere between a place and each packed one, as many as
/// `out` has places: latitudes and longitudes, in radians.
///
/// # Panics
/// If the lengths do not fit.
pub fn haversines(x: &[f64], packed: &[f64], out: &mut [f64]) {
    let n = out.len() / WIDTH;
    assert!(x.len() == 2 && out.len() == n * WIDTH && packed.len() == 2 * out.len());
    if x.iter().chain(packed).all(|x| x.abs() < FAR / 2.0) {
        // SAFETY: the lengths were checked; the version is for the instructions that there are.
        unsafe { arcs(isa::current())(x.as_ptr(), packed.as_ptr(), n, out.as_mut_ptr()) };
        return;
    }
    let square = |x: f64| x.sin().powi(2);
    for (rows, out) in packed.chunks_exact(2 * WIDTH).zip(out.chunks_exact_mut(WIDTH)) {
        for (l, out) in out.iter_mut().enumerate() {
            let west = square((x[1] - rows[WIDTH + l]) / 2.0);
            *out = square((x[0] - rows[l]) / 2.0) + x[0].cos() * rows[l].cos() * west;
        }
    }
}

type Run = unsafe fn(f64, usize, *const f64, *const f64, *const f64, usize, *mut f64, *mut f64);

/// One way to gather, ready to run.
#[derive(Clone, Debug)]
pub struct Gatherer {
    run: Run,
    p: f64,
    weights: Option<Vec<f64>>,
    two: bool,
}

impl Gatherer {
    /// For rows whose features have these weights, if any; only squares, absolute differences, the
    /// greatest and powers have them.
    ///
    /// # Panics
    /// For weights of what has none.
    pub fn new(gather: Gather, weights: Option<Vec<f64>>) -> Gatherer {
        let isa = isa::current();
        let weighted = weights.is_some();
        let run: Run = match (gather, weighted) {
            (Gather::Squares, false) => gathered::<Squares>(isa),
            (Gather::Squares, true) => gathered::<WeightedSquares>(isa),
            (Gather::Absolute, false) => gathered::<Absolute>(isa),
            (Gather::Absolute, true) => gathered::<WeightedAbsolute>(isa),
            (Gather::Greatest, false) => gathered::<Greatest>(isa),
            (Gather::Greatest, true) => gathered::<WeightedGreatest>(isa),
            (Gather::Powers(3.0), false) => gathered::<Cubes>(isa),
            (Gather::Powers(4.0), false) => gathered::<Fourths>(isa),
            (Gather::Powers(_), false) => gathered::<Powers>(isa),
            (Gather::Powers(_), true) => gathered::<WeightedPowers>(isa),
            (Gather::Relative, false) => gathered::<Relative>(isa),
            (Gather::ChiSquares, false) => gathered::<ChiSquares>(isa),
            (Gather::Shares, false) => gathered::<Shares>(isa),
            (Gather::Sizes, false) => gathered::<Sizes>(isa),
            (Gather::Differ, false) => gathered::<Differ>(isa),
            (Gather::Presence, false) => gathered::<Presence>(isa),
            (Gather::Sides, false) => gathered::<Sides>(isa),
            (Gather::Known, false) => gathered::<Known>(isa),
            (other, true) => panic!("{other:?} has no weights"),
        };
        let p = if let Gather::Powers(p) = gather { p } else { 0.0 };
        let two = matches!(
            gather,
            Gather::Shares | Gather::Sizes | Gather::Presence | Gather::Sides | Gather::Known
        );
        Gatherer { run, p, weights, two }
    }

    /// Whether there are two results for each pair.
    pub fn has_two(&self) -> bool {
        self.two
    }

    /// What is made of `x` and each packed row, as many as `first` has places, and the second results, if
    /// there are any.
    ///
    /// # Panics
    /// If the lengths do not fit: whole blocks of rows as long as `x`, and of weights.
    pub fn gather(&self, x: &[f64], packed: &[f64], first: &mut [f64], second: &mut [f64]) {
        let (d, n) = (x.len(), first.len() / WIDTH);
        assert!(first.len() == n * WIDTH && packed.len() == d * first.len(), "whole blocks");
        assert!(!self.two || second.len() == first.len(), "second results");
        let weights = self.weights.as_ref().map_or(std::ptr::null(), |w| {
            assert_eq!(w.len(), d, "a weight for each feature");
            w.as_ptr()
        });
        let second = if self.two { second.as_mut_ptr() } else { std::ptr::null_mut() };
        // SAFETY: the lengths were checked; the version is for the instructions that there are.
        unsafe {
            (self.run)(
                self.p,
                d,
                x.as_ptr(),
                weights,
                packed.as_ptr(),
                n,
                first.as_mut_ptr(),
                second,
            );
        }
    }
}

/// Packs rows of `cols` numbers behind what `out` has; the last block is filled up with zeros.
pub fn pack<'a, T: Copy + Into<f64> + 'a>(
    rows: impl Iterator<Item = &'a [T]>,
    cols: usize,
    out: &mut Vec<f64>,
) {
    for (i, row) in rows.enumerate() {
        let at = i % WIDTH;
        if at == 0 {
            out.resize(out.len() + cols * WIDTH, 0.0);
        }
        let start = out.len() - cols * WIDTH + at;
        for (place, &x) in out[start..].iter_mut().step_by(WIDTH).zip(row) {
            *place = x.into();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Isa;

    const ALL: [Gather; 14] = [
        Gather::Squares,
        Gather::Absolute,
        Gather::Greatest,
        Gather::Powers(3.0),
        Gather::Powers(4.0),
        Gather::Powers(1.5),
        Gather::Relative,
        Gather::ChiSquares,
        Gather::Shares,
        Gather::Sizes,
        Gather::Differ,
        Gather::Presence,
        Gather::Sides,
        Gather::Known,
    ];

    #[test]
    fn arcs_are_those_of_the_plain_formula_on_every_processor() {
        let places: Vec<[f64; 2]> = (0..100)
            .map(|i| [f64::from(i * 37 % 101) / 32.0 - 1.6, f64::from(i * 53 % 97) / 15.0 - 3.1])
            .chain([[1.5, 2.0], [1.5, 2.0 + 1e-9], [-80.0, 720.0], [0.3, 1e7], [0.3, f64::NAN]])
            .collect();
        for many in [102, 103, 105] {
            let (mut packed, mut found) = (Vec::new(), Vec::new());
            pack(places[..many].iter().map(|p| &p[..]), 2, &mut packed);
            for isa in Isa::available() {
                let mut out = vec![0.0; many.next_multiple_of(WIDTH)];
                isa::with(isa, || haversines(&[1.5, 2.0], &packed, &mut out));
                for (place, &h) in places[..many].iter().zip(&out) {
                    let [south, west] =
                        [(1.5 - place[0]) / 2.0, (2.0 - place[1]) / 2.0].map(|x| x.sin().powi(2));
                    let plain = south + 1.5f64.cos() * place[0].cos() * west;
                    let near = (h - plain).abs() <= 2e-15 * plain || h.is_nan() && plain.is_nan();
                    assert!(near, "{place:?}: {h:e} {plain:e}");
                }
                found.push(out[..102].iter().map(|h| h.to_bits()).collect::<Vec<_>>());
            }
            assert!(found.windows(2).all(|f| f[0] == f[1]));
        }
    }

    /// Two results of two rows, as one would write them.
    fn plain(gather: Gather, a: &[f64], b: &[f64], w: &[f64]) -> (f64, f64) {
        let sum = |f: &dyn Fn(f64, f64, f64) -> f64| {
            let terms = a.iter().zip(b).zip(w).map(|((&a, &b), &w)| f(a, b, w));
            terms.fold(0.0, |s, x| s + x)
        };
        let share = |a: f64, b: f64| if b == 0.0 { 0.0 } else { a / b };
        let one = |c: bool| f64::from(u8::from(c));
        match gather {
            Gather::Squares => (sum(&|a, b, w| w * ((a - b) * (a - b))), 0.0),
            Gather::Absolute => (sum(&|a, b, w| w * (a - b).abs()), 0.0),
            Gather::Greatest => {
                (a.iter().zip(b).map(|(a, b)| (a - b).abs()).fold(0.0, f64::max), 0.0)
            }
            Gather::Powers(p) => (sum(&|a, b, w| w * (a - b).abs().powf(p)), 0.0),
            Gather::Relative => (sum(&|a, b, _| share((a - b).abs(), a.abs() + b.abs())), 0.0),
            Gather::ChiSquares => (sum(&|a, b, _| share((a - b) * (a - b), a + b)), 0.0),
            Gather::Shares => (sum(&|a, b, _| (a - b).abs()), sum(&|a, b, _| (a + b).abs())),
            Gather::Sizes => (sum(&|a, b, _| (a - b).abs()), sum(&|a, b, _| a.abs() + b.abs())),
            Gather::Differ => (sum(&|a, b, _| one(a != b)), 0.0),
            Gather::Presence => (
                sum(&|a, b, _| one(a != 0.0 && b != 0.0)),
                sum(&|a, b, _| one((a != 0.0) != (b != 0.0))),
            ),
            Gather::Sides => (
                sum(&|a, b, _| one(a != 0.0) * if b == 0.0 { FIRST } else { 1.0 }),
                sum(&|a, b, _| one(a == 0.0 && b != 0.0)),
            ),
            Gather::Known => (
                sum(&|a, b, _| if (a - b).is_nan() { 0.0 } else { (a - b) * (a - b) }),
                sum(&|a, b, _| one(!(a - b).is_nan())),
            ),
        }
    }

    #[test]
    fn every_version_has_the_forms_of_the_plain_loop() {
        let (rows, d) = (19, 5);
        let numbers: Vec<f64> = (0..rows * d).map(|i| ((i * 7919) % 13) as f64 - 4.0).collect();
        let form: Vec<f64> = (0..d * d).map(|i| ((i * 31) % 11) as f64 / 4.0).collect();
        let x = [1.0, -2.0, 0.5, 3.0, 0.0];
        let mut packed = Vec::new();
        pack(numbers.chunks_exact(d), d, &mut packed);
        for isa in Isa::available() {
            let mut out = vec![f64::NAN; rows.next_multiple_of(WIDTH)];
            isa::with(isa, || forms(&x, &form, &packed, &mut out));
            for (row, out) in numbers.chunks_exact(d).zip(out) {
                let apart: Vec<f64> = x.iter().zip(row).map(|(a, b)| a - b).collect();
                let times = |m: &[f64]| m.iter().zip(&apart).fold(0.0, |s, (m, a)| s + m * a);
                let parts = form.chunks_exact(d).zip(&apart).map(|(m, a)| a * times(m));
                assert_eq!(out, parts.fold(0.0, |s, x| s + x), "{isa:?}");
            }
        }
    }

    #[test]
    fn every_version_gathers_as_the_plain_loop_does() {
        let (rows, d) = (37, 7);
        let numbers: Vec<f64> = (0..rows * d).map(|i| ((i * 7919) % 13) as f64 - 4.0).collect();
        let x: Vec<f64> = (0..d).map(|i| (i * 31 % 7) as f64 - 2.0).collect();
        for isa in Isa::available() {
            for gather in ALL {
                let mut numbers = numbers.clone();
                if gather == Gather::Known {
                    numbers.iter_mut().step_by(5).for_each(|v| *v = f64::NAN);
                }
                let weighted = matches!(
                    gather,
                    Gather::Squares | Gather::Absolute | Gather::Greatest | Gather::Powers(_)
                );
                for weights in [None, weighted.then(|| vec![0.5; d])] {
                    let w = weights.clone().unwrap_or(vec![1.0; d]);
                    let mut packed = Vec::new();
                    pack(numbers.chunks_exact(d), d, &mut packed);
                    let places = rows.next_multiple_of(WIDTH);
                    let (mut first, mut second) = (vec![f64::NAN; places], vec![0.0; places]);
                    isa::with(isa, || {
                        Gatherer::new(gather, weights).gather(&x, &packed, &mut first, &mut second);
                    });
                    for (i, row) in numbers.chunks_exact(d).enumerate() {
                        let (s, t) = plain(gather, &x, row, &w);
                        let near = (first[i] - s).abs() <= 1e-15 * s.abs() || first[i] == s;
                        assert!(near && second[i] == t, "{isa:?} {gather:?}: {} {s}", first[i]);
                    }
                }
            }
        }
    }
}
