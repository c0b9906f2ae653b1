//! Passes over the samples, block by block on all threads: what a linear model says of each row, and the
//! sum of the rows weighted with what follows from it, while the block is still in the cache.
//!
//! How the rows are cut depends on their number and shape alone, and partial sums are added in order, so
//! results do not depend on the number of threads.

use crate::features::{Csr, Dense, Features, Matrix, Real};
use seodang_kernels::gemm::{Epilogue, Mat, gemm, gram};
use seodang_kernels::sparse::Table;
use seodang_kernels::{pool, rows};
use std::ops::Range;
use std::sync::{Mutex, PoisonError};

/// Bytes of a block of rows, which stay in the cache for the second look.
const BLOCK: usize = 1 << 18;
/// Bytes that the partial sums of all tasks may take.
const SUMS: usize = 1 << 24;
/// The most tasks.
const TASKS: usize = 32;
/// The most outputs that would leave too many lanes of matrix products empty, and the columns from which on it
/// pays to have the lanes run along them instead.
const FEW: usize = 12;
const LONG: usize = 24;

/// Runs `f` on ranges that make up `0..n`, on all threads; what it gave, in order. `sums` is how many
/// numbers each result holds: the more, the fewer tasks.
pub(super) fn in_ranges<A: Send>(
    n: usize,
    sums: usize,
    f: impl Fn(Range<usize>) -> A + Sync,
) -> Vec<A> {
    let most = (SUMS / (8 * sums.max(1))).clamp(2, TASKS);
    in_tasks(n, n.div_ceil(64).clamp(1, most), f)
}

/// [`in_ranges`] of so many ranges.
fn in_tasks<A: Send>(n: usize, tasks: usize, f: impl Fn(Range<usize>) -> A + Sync) -> Vec<A> {
    let out: Vec<Mutex<Option<A>>> = (0..tasks).map(|_| Mutex::new(None)).collect();
    pool::run(tasks, |task| {
        let result = f(n * task / tasks..n * (task + 1) / tasks);
        *out[task].lock().unwrap_or_else(PoisonError::into_inner) = Some(result);
    });
    let taken = |m: Mutex<Option<A>>| m.into_inner().unwrap_or_else(PoisonError::into_inner);
    out.into_iter().map(|m| taken(m).expect("every task has run")).collect()
}

/// How many rows of so many numbers make a block.
pub(super) fn block_rows<T>(cols: usize) -> usize {
    (BLOCK / (cols.max(1) * size_of::<T>())).clamp(32, 2048)
}

/// The coefficients of a linear model: of each output those of the features, then, with an intercept,
/// that.
#[derive(Clone, Copy)]
pub(super) struct Shape {
    /// Features.
    pub(super) cols: usize,
    /// Outputs.
    pub(super) outputs: usize,
    /// Whether there is an intercept.
    pub(super) intercept: bool,
}

impl Shape {
    /// Coefficients of each output.
    pub(super) fn width(self) -> usize {
        self.cols + usize::from(self.intercept)
    }

    /// All coefficients.
    pub(super) fn len(self) -> usize {
        self.width() * self.outputs
    }

    /// The intercept of an output, or 0.
    fn bias(self, w: &[f64], output: usize) -> f64 {
        if self.intercept { w[output * self.width() + self.cols] } else { 0.0 }
    }
}

/// What the model says of each row goes to `terms`, block by block, rows by outputs: that puts a factor
/// in its place and gives the block's part of a sum. The sum, and the sum of the rows times their
/// factors, shaped as the coefficients.
pub(super) fn pass(
    x: &Features<'_>,
    w: &[f64],
    shape: Shape,
    terms: &(impl Fn(Range<usize>, &mut [f64]) -> f64 + Sync),
) -> (f64, Vec<f64>) {
    match x {
        Features::Dense(Dense::F32(m)) => summed(dense(m, w, shape, terms), shape.len()),
        Features::Dense(Dense::F64(m)) => summed(dense(m, w, shape, terms), shape.len()),
        Features::Sparse(s) => sparse(s, w, shape, terms),
    }
}

/// The sums of the parts that tasks gave, each of `len` numbers.
fn summed(parts: Vec<(f64, Vec<f64>)>, len: usize) -> (f64, Vec<f64>) {
    let mut parts = parts.into_iter();
    let (mut total, mut sums) = parts.next().unwrap_or_else(|| (0.0, vec![0.0; len]));
    for (value, part) in parts {
        total += value;
        sums.iter_mut().zip(part).for_each(|(s, p)| *s += p);
    }
    (total, sums)
}

fn dense<T: Real>(
    m: &Matrix<'_, T>,
    w: &[f64],
    shape: Shape,
    terms: &(impl Fn(Range<usize>, &mut [f64]) -> f64 + Sync),
) -> Vec<(f64, Vec<f64>)> {
    let Shape { cols, outputs, intercept } = shape;
    let width = shape.width();
    let coef: Vec<T> = w.chunks(width).flat_map(|w| w[..cols].iter().map(|&c| T::of(c))).collect();
    let biases: Vec<f64> = (0..outputs).map(|o| shape.bias(w, o)).collect();
    // A search begins with zeros: that costs no product.
    let begun = w.iter().any(|&w| w != 0.0);
    let block = block_rows::<T>(cols);
    in_ranges(m.rows, shape.len(), |range| {
        let mut bias_sums = vec![0.0; outputs];
        let (mut total, mut sums) = (0.0, vec![0.0; shape.len()]);
        let room = block.min(range.len()) * outputs;
        let (mut said, mut narrow) = (vec![0.0; room], vec![T::ZERO; room]);
        let mut part = vec![T::ZERO; outputs * cols];
        for start in range.clone().step_by(block) {
            let n = block.min(range.end - start);
            let x = &m.data[start * cols..(start + n) * cols];
            let (said, narrow) = (&mut said[..n * outputs], &mut narrow[..n * outputs]);
            if begun {
                multiply(x, &coef, narrow, cols, outputs);
            } else {
                narrow.fill(T::ZERO);
            }
            for (said, narrow) in said.chunks_mut(outputs).zip(narrow.chunks(outputs)) {
                for ((said, narrow), bias) in said.iter_mut().zip(narrow).zip(&biases) {
                    *said = narrow.f64() + bias;
                }
            }
            total += terms(start..start + n, said);
            said.iter().zip(narrow.iter_mut()).for_each(|(&s, n)| *n = T::of(s));
            part.fill(T::ZERO);
            add(x, narrow, &mut part, cols, outputs);
            for (sums, part) in sums.chunks_mut(width).zip(part.chunks(cols)) {
                sums.iter_mut().zip(part).for_each(|(s, p)| *s += p.f64());
            }
            for said in said.chunks(outputs) {
                said.iter().zip(&mut bias_sums).for_each(|(s, sum)| *sum += s);
            }
        }
        if intercept {
            let to = sums.chunks_mut(width).zip(bias_sums);
            to.for_each(|(sums, bias)| sums[cols] = bias);
        }
        (total, sums)
    })
}

/// `out = x · coefᵀ` for rows of features and outputs by features.
pub(super) fn multiply<T: Real>(x: &[T], coef: &[T], out: &mut [T], cols: usize, outputs: usize) {
    match outputs {
        1 => return rows::times(x, coef, out),
        2..=FEW if cols >= LONG => return rows::times_several(x, coef, out, outputs),
        _ => {}
    }
    let n = out.len() / outputs;
    gemm(
        (n, outputs, cols),
        (x, Mat::row_major(n, cols)),
        (coef, Mat::row_major(outputs, cols).t()),
        (out, Mat::row_major(n, outputs)),
        None,
        Epilogue::default(),
    )
    .expect("slices as long as the matrices");
}

/// `out += rᵀ · x` for rows of factors and rows of features.
fn add<T: Real>(x: &[T], r: &[T], out: &mut [T], cols: usize, outputs: usize) {
    if outputs == 1 {
        return rows::add_rows(x, r, out);
    }
    let n = r.len() / outputs;
    gemm(
        (outputs, cols, n),
        (r, Mat::row_major(n, outputs).t()),
        (x, Mat::row_major(n, cols)),
        (out, Mat::row_major(outputs, cols)),
        None,
        Epilogue { accumulate: true, ..Epilogue::default() },
    )
    .expect("slices as long as the matrices");
}

fn sparse(
    s: &Csr<'_>,
    w: &[f64],
    shape: Shape,
    terms: &(impl Fn(Range<usize>, &mut [f64]) -> f64 + Sync),
) -> (f64, Vec<f64>) {
    const ROWS: usize = 256;
    let Shape { cols, outputs, .. } = shape;
    let width = shape.width();
    let coef = Table::of(w, width, cols, outputs);
    let biases: Vec<f64> = (0..outputs).map(|o| shape.bias(w, o)).collect();
    // There are the fewer tasks, the more sums each has beside its entries: making them and adding them up
    // must cost less than the entries do.
    let worth = (s.data.len() / (4 * (cols + 1) * outputs)).clamp(2, TASKS);
    let parts = in_tasks(s.rows(), s.rows().div_ceil(64).clamp(1, worth), |range| {
        let (mut total, mut sums) = (0.0, Table::zeros(cols, outputs));
        let mut bias_sums = vec![0.0; outputs];
        let mut said = vec![0.0; ROWS * outputs];
        for start in range.clone().step_by(ROWS) {
            let rows = start..range.end.min(start + ROWS);
            let said = &mut said[..rows.len() * outputs];
            coef.times(s.entries(), rows.clone(), &biases, said);
            total += terms(rows.clone(), said);
            sums.add_rows(s.entries(), rows, said);
            for said in said.chunks(outputs) {
                said.iter().zip(&mut bias_sums).for_each(|(s, sum)| *sum += s);
            }
        }
        (total, sums, bias_sums)
    });
    let (mut total, mut sums) = (0.0, Table::zeros(cols, outputs));
    let mut bias_sums = vec![0.0; outputs];
    for (value, part, biases) in parts {
        total += value;
        sums.add(&part);
        bias_sums.iter_mut().zip(biases).for_each(|(b, p)| *b += p);
    }
    let of = |output: usize, column: usize| match column < cols {
        true => sums.at(column, output),
        false => bias_sums[output],
    };
    (total, (0..shape.len()).map(|i| of(i / width, i % width)).collect())
}

/// `Σ h[i] · x̃[i] x̃[i]ᵀ` over some rows for each output's factors `h`, where x̃ has a 1 behind the features
/// if there is an intercept: one matrix for each output. `picked` are the starts of runs of `run` rows;
/// `factors` gets such a run and what the model says of it, and puts the factors, none negative, there.
pub(super) fn curvatures(
    x: &Features<'_>,
    w: &[f64],
    shape: Shape,
    picked: &[usize],
    run: usize,
    factors: &(impl Fn(Range<usize>, &mut [f64]) + Sync),
) -> Vec<Vec<f64>> {
    let (width, outputs) = (shape.width(), shape.outputs);
    let parts = in_ranges(picked.len(), width * width * outputs, |range| match x {
        Features::Dense(Dense::F32(m)) => {
            let fill = |rows: Range<usize>, out: &mut [f32]| {
                out.copy_from_slice(&m.data[rows.start * m.cols..rows.end * m.cols]);
            };
            squares::<f32>(fill, x.rows(), w, shape, &picked[range], run, factors)
        }
        Features::Dense(Dense::F64(m)) => {
            let fill = |rows: Range<usize>, out: &mut [f64]| {
                out.copy_from_slice(&m.data[rows.start * m.cols..rows.end * m.cols]);
            };
            squares::<f64>(fill, x.rows(), w, shape, &picked[range], run, factors)
        }
        Features::Sparse(s) => {
            let fill = |rows: Range<usize>, out: &mut [f64]| {
                out.fill(0.0);
                for (out, i) in out.chunks_mut(s.cols).zip(rows) {
                    let (columns, values) = s.row(i);
                    columns.iter().zip(values).for_each(|(&c, &v)| out[c as usize] += v);
                }
            };
            squares::<f64>(fill, x.rows(), w, shape, &picked[range], run, factors)
        }
    });
    let mut sums = vec![vec![0.0; width * width]; outputs];
    for part in parts {
        for (sum, part) in sums.iter_mut().zip(part) {
            sum.iter_mut().zip(part).for_each(|(s, p)| *s += p);
        }
    }
    sums
}

/// [`curvatures`] over some of the runs, on this thread.
fn squares<T: Real>(
    fill: impl Fn(Range<usize>, &mut [T]),
    rows: usize,
    w: &[f64],
    shape: Shape,
    picked: &[usize],
    run: usize,
    factors: &(impl Fn(Range<usize>, &mut [f64]) + Sync),
) -> Vec<Vec<f64>> {
    let Shape { cols, outputs, intercept } = shape;
    let width = shape.width();
    let coef: Vec<T> = w.chunks(width).flat_map(|w| w[..cols].iter().map(|&c| T::of(c))).collect();
    let mut sums = vec![vec![T::ZERO; width * width]; outputs];
    let mut product = vec![T::ZERO; width * width];
    // Several runs make a block, so that the products are worth their packing.
    let runs = (512 / run).max(1);
    let mut block = vec![T::ZERO; runs * run * cols];
    let mut scaled = vec![T::ZERO; runs * run * width];
    let mut narrow = vec![T::ZERO; runs * run * outputs];
    let mut said = vec![0.0; runs * run * outputs];
    for picked in picked.chunks(runs) {
        let mut n = 0;
        for &start in picked {
            let range = start..(start + run).min(rows);
            let count = range.len();
            let x = &mut block[n * cols..(n + count) * cols];
            fill(range.clone(), x);
            let narrow = &mut narrow[..count * outputs];
            multiply(x, &coef, narrow, cols, outputs);
            let said = &mut said[n * outputs..(n + count) * outputs];
            for (i, (said, narrow)) in said.iter_mut().zip(narrow.iter()).enumerate() {
                *said = narrow.f64() + shape.bias(w, i % outputs);
            }
            factors(range, said);
            n += count;
        }
        for (o, sum) in sums.iter_mut().enumerate() {
            let scaled = &mut scaled[..n * width];
            for (i, out) in scaled.chunks_mut(width).enumerate() {
                let root = T::of(said[i * outputs + o].sqrt());
                let row = &block[i * cols..(i + 1) * cols];
                out.iter_mut().zip(row).for_each(|(out, &x)| *out = root * x);
                if intercept {
                    out[cols] = root;
                }
            }
            gram(scaled, n, width, width, &mut product);
            sum.iter_mut().zip(&product).for_each(|(s, p)| *s += *p);
        }
    }
    // Only what is not below the diagonal has been summed.
    let whole = |s: Vec<T>| -> Vec<f64> {
        (0..width * width)
            .map(|i| (i / width, i % width))
            .map(|(r, c)| s[r.min(c) * width + r.max(c)].f64())
            .collect()
    };
    sums.into_iter().map(whole).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dense_and_sparse_passes_are_the_plain_sums() {
        let (n, cols) = (700, 5);
        let data: Vec<f64> = (0..n * cols)
            .map(|i| if i % 3 == 0 { 0.0 } else { ((i * 37) % 101) as f64 / 50.0 - 1.0 })
            .collect();
        let dense = Features::from(Matrix::new(data.clone(), n, cols));
        let narrow: Vec<f32> = data.iter().map(|&x| x as f32).collect();
        let narrow = Features::from(Matrix::new(narrow, n, cols));
        let (mut indptr, mut indices, mut values) = (vec![0], Vec::new(), Vec::new());
        for row in data.chunks(cols) {
            for (c, &v) in row.iter().enumerate().filter(|(_, v)| **v != 0.0) {
                indices.push(c as u32);
                values.push(v);
            }
            indptr.push(values.len());
        }
        let thin = Features::from(Csr::new(indptr, indices, values, cols).unwrap());
        for (outputs, intercept) in [(1, true), (1, false), (3, true)] {
            let shape = Shape { cols, outputs, intercept };
            let width = shape.width();
            let w: Vec<f64> = (0..shape.len()).map(|i| (i as f64).sin()).collect();
            let terms = |rows: Range<usize>, said: &mut [f64]| {
                let part = said.iter().map(|s| s * s).sum();
                let number = |i: usize| (rows.start * outputs + i) as f64;
                said.iter_mut().enumerate().for_each(|(i, s)| *s += number(i));
                part
            };
            let (mut total, mut sums) = (0.0, vec![0.0; shape.len()]);
            for (i, row) in data.chunks(cols).enumerate() {
                for o in 0..outputs {
                    let w = &w[o * width..(o + 1) * width];
                    let mut said: f64 = row.iter().zip(w).map(|(x, w)| x * w).sum();
                    said += if intercept { w[cols] } else { 0.0 };
                    total += said * said;
                    let factor = said + (i * outputs + o) as f64;
                    let sums = &mut sums[o * width..(o + 1) * width];
                    sums.iter_mut().zip(row).for_each(|(s, x)| *s += factor * x);
                    if intercept {
                        sums[cols] += factor;
                    }
                }
            }
            for (x, tolerance) in [(&dense, 1e-9), (&thin, 1e-9), (&narrow, 1.0)] {
                let (value, found) = pass(x, &w, shape, &terms);
                assert!((value - total).abs() < 1e-5 * total, "{value} {total}");
                let near = |(a, b): (&f64, &f64)| (a - b).abs() < tolerance;
                assert!(found.iter().zip(&sums).all(near), "{found:?} {sums:?}");
            }
        }
    }

    #[test]
    fn curvatures_are_weighted_squares() {
        let data: Vec<f64> = (0..600).map(|i| ((i * 53) % 97) as f64 / 40.0 - 1.0).collect();
        let x = Features::from(Matrix::new(data.clone(), 200, 3));
        let shape = Shape { cols: 3, outputs: 2, intercept: true };
        let factors = |rows: Range<usize>, said: &mut [f64]| {
            said.iter_mut().enumerate().for_each(|(i, s)| *s = (rows.start * 2 + i) as f64);
        };
        let found = curvatures(&x, &[0.0; 8], shape, &[0, 64, 192], 16, &factors);
        let mut expected = vec![vec![0.0; 16]; 2];
        for i in (0..16).chain(64..80).chain(192..200) {
            let row = [data[i * 3], data[i * 3 + 1], data[i * 3 + 2], 1.0];
            for (o, sums) in expected.iter_mut().enumerate() {
                for (j, s) in sums.iter_mut().enumerate() {
                    *s += (i * 2 + o) as f64 * row[j / 4] * row[j % 4];
                }
            }
        }
        for (a, b) in found.iter().flatten().zip(expected.iter().flatten()) {
            assert!((a - b).abs() < 1e-9 * b.abs().max(1.0), "{a} {b}");
        }
    }
}
