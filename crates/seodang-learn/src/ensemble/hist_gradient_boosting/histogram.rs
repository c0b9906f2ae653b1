//! Sums of gradients, Hessians and counts for each bin.
//!
//! Sums are of integers: a gradient is a share of the greatest one with 30 binary digits, a Hessian one
//! with as many as leave room for the count of samples in the same 64 bits. So one addition of two
//! 64-bit lanes adds a sample, sums are exact whatever their order (they depend on no thread), and a
//! sibling's are the parent's less the other's, to the last digit.

use super::binning::{Binned, MISSING};
use seodang_kernels::pool;
use seodang_kernels::rows::prefetch;
use seodang_kernels::vectorised::{self, Loop};
use std::ops::Range;
use std::sync::{Mutex, PoisonError};

/// A bin: the gradients, and the Hessians with the count above them.
pub(crate) type Bin = [i64; 2];
/// The bins of a feature: 256, and a few to spare, so that features do not lie at the same places of the
/// first-level cache.
pub(crate) type Feature = [Bin; 260];
/// The bins of all features.
pub(crate) type Histogram = Vec<Feature>;

const EMPTY: Feature = [[0; 2]; 260];

/// Features that are counted together: their bins fit into the second-level cache.
const WIDTH: usize = 32;
/// How many rows ahead memory is asked for those that are not in order.
const AHEAD: usize = 16;
/// Sums of fewer values than these are not worth a second thread.
const SERIAL: usize = 16_384;
/// Rows that are worth a histogram of their own.
const PART: usize = 4_096;

/// How gradients and Hessians are integers.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Scale {
    gradient: f64,
    hessian: f64,
    /// What integers are multiplied by to be gradients and Hessians again: exact, as powers of two.
    back: [f64; 2],
    /// Where the count begins.
    shift: u32,
    /// Whether every Hessian is 1, so that the count says their sum.
    constant: bool,
}

/// What the samples of a node add up to.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Sums {
    pub(crate) gradient: f64,
    pub(crate) hessian: f64,
    pub(crate) count: u32,
}

impl Scale {
    /// The scale for gradients and Hessians of up to these sizes. Without one for Hessians, each is 1.
    pub(crate) fn new(rows: usize, gradient: f64, hessian: Option<f64>) -> Scale {
        let bits = usize::BITS - rows.leading_zeros();
        // Sums of Hessians stay below the count: digits for one Hessian and for the number of rows.
        let digits = (64 - 2 * bits).min(30) as i32;
        let unit = |greatest: f64, digits: i32| match greatest > 0.0 && greatest.is_finite() {
            // A power of two, so that scaling rounds only once.
            true => 2f64.powi(digits - greatest.log2().floor() as i32 - 1),
            false => 1.0,
        };
        let (gradient, constant) = (unit(gradient, 30), hessian.is_none());
        let hessian = hessian.map_or(1.0, |h| unit(h, digits));
        Scale {
            gradient,
            hessian,
            back: [1.0 / gradient, 1.0 / hessian],
            shift: 64 - bits,
            constant,
        }
    }

    /// A sample's gradient and Hessian as integers.
    #[inline(always)]
    pub(crate) fn sample(&self, gradient: f32, hessian: f32) -> [i32; 2] {
        // A sum with this number rounds, to even ones from the middle, and its low bits are the integer:
        // unlike a conversion, which minds what does not fit, vectors can do that.
        const SHIFT: f64 = 6_755_399_441_055_744.0;
        let fitting = |x: f64| x.clamp(f64::from(i32::MIN), f64::from(i32::MAX));
        let round = |x: f64| (fitting(x) + SHIFT).to_bits() as i32;
        let g = round(f64::from(gradient) * self.gradient);
        [g, if self.constant { 0 } else { round(f64::from(hessian) * self.hessian) }]
    }

    /// What a sample adds to its bins.
    #[inline(always)]
    fn widened(&self, sample: [i32; 2]) -> Bin {
        [i64::from(sample[0]), i64::from(sample[1]) + (1i64 << self.shift)]
    }

    /// How many samples a bin has.
    #[inline]
    pub(crate) fn count(&self, bin: Bin) -> u32 {
        (bin[1] as u64 >> self.shift) as u32
    }

    /// What a bin, or a sum of bins, says.
    #[inline]
    pub(crate) fn sums(&self, bin: Bin) -> Sums {
        let count = self.count(bin);
        let hessian = match self.constant {
            true => f64::from(count),
            false => (bin[1] & ((1i64 << self.shift) - 1)) as f64 * self.back[1],
        };
        Sums { gradient: bin[0] as f64 * self.back[0], hessian, count }
    }
}

/// The sum of two bins.
#[inline(always)]
pub(crate) fn plus(a: Bin, b: Bin) -> Bin {
    [a[0].wrapping_add(b[0]), a[1].wrapping_add(b[1])]
}

/// The difference of two bins.
#[inline]
pub(crate) fn minus(a: Bin, b: Bin) -> Bin {
    [a[0].wrapping_sub(b[0]), a[1].wrapping_sub(b[1])]
}

/// The samples that a histogram counts.
#[derive(Clone, Copy)]
pub(crate) enum Rows<'a> {
    /// All of them, in order.
    All,
    /// Some.
    Some(&'a [u32]),
}

/// Counts samples into a histogram, which is cleared before.
pub(crate) fn build(
    binned: &Binned,
    rows: Rows<'_>,
    samples: &[[i32; 2]],
    scale: &Scale,
    out: &mut Histogram,
) {
    let n = match rows {
        Rows::All => binned.rows,
        Rows::Some(r) => r.len(),
    };
    out.resize(binned.cols, EMPTY);
    let tiles = binned.cols.div_ceil(WIDTH);
    // Tiles of nearly equal width.
    let first = |tile: usize| tile * binned.cols / tiles;
    let threads = if n * binned.cols < SERIAL { 1 } else { pool::threads() };
    // Rows are split only where there are more threads than tiles; then a part sums for itself.
    let parts = match threads {
        1 => 1,
        _ => (2 * threads).div_ceil(tiles).min(n / PART).max(1),
    };
    let mut slots = Vec::with_capacity(tiles);
    let mut rest = out.as_mut_slice();
    for tile in 0..tiles {
        let (these, others) = rest.split_at_mut(first(tile + 1) - first(tile));
        clear(these, &binned.used[first(tile)..]);
        rest = others;
        slots.push(Mutex::new(these));
    }
    let task = |task: usize| {
        let (tile, part) = (task % tiles, task / tiles);
        let features = first(tile)..first(tile + 1);
        let range = n * part / parts..n * (part + 1) / parts;
        let lock = || slots[tile].lock().unwrap_or_else(PoisonError::into_inner);
        let count = |out: &mut [Feature]| {
            let (range, features) = (range.clone(), features.clone());
            vectorised::run(Count { binned, rows, range, samples, scale, features, out });
        };
        if parts == 1 {
            return count(&mut lock());
        }
        let mut own: Histogram = vec![EMPTY; features.len()];
        count(&mut own);
        for ((sums, own), used) in lock().iter_mut().zip(&own).zip(&binned.used[features]) {
            for bin in (0..*used).chain([usize::from(MISSING)]) {
                sums[bin] = plus(sums[bin], own[bin]);
            }
        }
    };
    match threads {
        1 => (0..tiles).for_each(task),
        _ => pool::run(tiles * parts, task),
    }
}

/// Empties the bins that are in use; others have no meaning.
fn clear(features: &mut [Feature], used: &[usize]) {
    for (feature, &used) in features.iter_mut().zip(used) {
        feature[..used].fill([0; 2]);
        feature[usize::from(MISSING)] = [0; 2];
    }
}

/// The sum of all bins of a feature of which so many are in use.
pub(crate) fn total(feature: &Feature, used: usize) -> Bin {
    feature[..used].iter().fold(feature[usize::from(MISSING)], |a, &b| plus(a, b))
}

/// Counts a range of the samples into some of the features, whose bins are `out`.
struct Count<'a> {
    binned: &'a Binned,
    rows: Rows<'a>,
    range: Range<usize>,
    samples: &'a [[i32; 2]],
    scale: &'a Scale,
    features: Range<usize>,
    out: &'a mut [Feature],
}

impl Loop for Count<'_> {
    type Output = ();

    #[allow(clippy::needless_range_loop)]
    #[inline(always)]
    fn run(self) {
        let Count { binned, rows, range, samples, scale, features, out } = self;
        let bins_of = |row: usize| &binned.data[row * binned.cols..][features.start..features.end];
        match rows {
            Rows::All => {
                for row in range {
                    add(bins_of(row), scale.widened(samples[row]), out);
                }
            }
            Rows::Some(rows) => {
                let rows = &rows[range];
                for i in 0..rows.len() {
                    if i + AHEAD < rows.len() {
                        let ahead = rows[i + AHEAD] as usize;
                        prefetch(bins_of(ahead));
                        prefetch(&samples[ahead..][..1]);
                    }
                    let row = rows[i] as usize;
                    add(bins_of(row), scale.widened(samples[row]), out);
                }
            }
        }
    }
}

// The loops are over numbers, since adapters of iterators are not inlined into what is compiled for an
// instruction set.

/// Adds a sample to its bins: of 8 features at a time, then of 4, then of one.
#[allow(clippy::needless_range_loop)]
#[inline(always)]
fn add(bins: &[u8], value: Bin, out: &mut [Feature]) {
    let (words, bins) = bins.as_chunks::<8>();
    let (tiles, out) = out.as_chunks_mut::<8>();
    let tiles = &mut tiles[..words.len()];
    for i in 0..words.len() {
        add_to(u64::from_le_bytes(words[i]), value, &mut tiles[i]);
    }
    let (words, bins) = bins.as_chunks::<4>();
    let (tiles, out) = out.as_chunks_mut::<4>();
    let tiles = &mut tiles[..words.len()];
    for i in 0..words.len() {
        add_to(u64::from(u32::from_le_bytes(words[i])), value, &mut tiles[i]);
    }
    let out = &mut out[..bins.len()];
    for i in 0..bins.len() {
        let sum = &mut out[i][bins[i] as usize];
        *sum = plus(*sum, value);
    }
}

/// Adds a sample to bins whose numbers are the bytes of a word: one load for all of them, since loads and
/// stores are what there is most of.
#[allow(clippy::needless_range_loop)]
#[inline(always)]
fn add_to<const W: usize>(word: u64, value: Bin, out: &mut [Feature; W]) {
    for f in 0..W {
        let sum = &mut out[f][(word >> (8 * f)) as usize & 255];
        *sum = plus(*sum, value);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sums_are_those_of_the_samples_on_any_number_of_threads() {
        let (rows, cols) = (20_000, 11);
        let data: Vec<u8> = (0..rows * cols).map(|i| (i * 7919 % 251) as u8).collect();
        let binned = Binned::new(data, rows, vec![251; cols]);
        let gradient = |i: usize| ((i * 31 % 1000) as f32 - 500.0) / 700.0;
        let hessian = |i: usize| (i * 17 % 1000) as f32 / 4000.0;
        let scale = Scale::new(rows, 500.0 / 700.0, Some(0.25));
        let samples: Vec<_> = (0..rows).map(|i| scale.sample(gradient(i), hessian(i))).collect();
        let some: Vec<u32> = (0..rows as u32).filter(|i| i % 3 != 0).collect();
        let of = |threads, rows: Rows<'_>| {
            let mut out = vec![[[1; 2]; 260]; cols];
            pool::with_threads(threads, || build(&binned, rows, &samples, &scale, &mut out));
            out
        };
        for chosen in [Rows::All, Rows::Some(&some)] {
            let one = of(1, chosen);
            let used = |h: Histogram| h.into_iter().map(|f| f[..251].to_vec()).collect::<Vec<_>>();
            for threads in [2, 9] {
                assert_eq!(used(one.clone()), used(of(threads, chosen)));
            }
            for f in 0..cols {
                let mut expected = vec![Sums { gradient: 0.0, hessian: 0.0, count: 0 }; 256];
                for i in 0..rows {
                    if matches!(chosen, Rows::All) || i % 3 != 0 {
                        let sum = &mut expected[usize::from(binned.data[i * cols + f])];
                        sum.gradient += f64::from(gradient(i));
                        sum.hessian += f64::from(hessian(i));
                        sum.count += 1;
                    }
                }
                for (bin, expected) in one[f][..251].iter().zip(expected) {
                    let got = scale.sums(*bin);
                    assert_eq!(got.count, expected.count);
                    assert!((got.gradient - expected.gradient).abs() < 1e-6);
                    assert!((got.hessian - expected.hessian).abs() < 1e-6);
                }
            }
        }
    }

    #[test]
    fn without_hessians_the_count_is_their_sum() {
        let scale = Scale::new(5, 3.0, None);
        let bin = [scale.sample(3.0, 9.0), scale.sample(-1.5, 9.0)]
            .map(|s| scale.widened(s))
            .into_iter()
            .fold([0; 2], plus);
        assert_eq!(scale.sums(bin), Sums { gradient: 1.5, hessian: 2.0, count: 2 });
    }
}
