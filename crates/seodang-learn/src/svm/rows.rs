//! Rows of kernels between the samples of a problem, and a cache of them.

use super::samples::{Samples, sparse_dot, spread, squares};
use crate::features::Matrix;
use seodang_kernels::pool;
use seodang_kernels::smo::{self, Kernel, RowFloat};
use std::sync::{Mutex, PoisonError};

/// From so many multiplications on, a row is computed by all threads.
const PARALLEL_FROM: usize = 1 << 18;
/// Columns of a row that a thread computes.
const PIECE: usize = 4096;
/// Up to this exponent, `f32` gives kernels to their last digits but one.
const EXPONENT: f64 = 16.0;

/// One over the share of all rows of 20 features that is kept, and the bytes that are kept at least.
const WORTH: usize = 12;
const LEAST: usize = 16 << 20;

/// Rows of kernels, in whatever order the samples are now.
pub(super) struct Rows<'a> {
    kernel: Kernel,
    samples: &'a Samples<'a>,
    /// The number among `samples` of each sample of the problem.
    ids: &'a [usize],
    /// The sample of the problem at each place.
    order: Vec<u32>,
    /// The kernel of each place with itself.
    pub(super) diagonal: Vec<f64>,
    /// The same, rounded.
    pub(super) rounded: Vec<f32>,
    columns: Columns,
}

/// The samples by features, in their present order.
enum Columns {
    F32(Turned<f32>),
    F64(Turned<f64>),
    /// Sparse samples (with their squared lengths) and given kernels are read where they are.
    None(Vec<f64>),
}

struct Turned<T> {
    /// Samples by features, in the first order.
    x: Vec<T>,
    /// Features by samples.
    xt: Vec<T>,
    norms: Vec<T>,
    cols: usize,
}

impl<T: RowFloat> Turned<T> {
    fn new(x: Matrix<'_, f64>, of: impl Fn(f64) -> T) -> Turned<T> {
        let (rows, cols) = (x.rows, x.cols);
        let norms = x.iter_rows().map(|r| of(r.iter().map(|v| v * v).sum())).collect();
        let narrow: Vec<T> = x.data.iter().map(|&v| of(v)).collect();
        let mut xt = Vec::with_capacity(rows * cols);
        for c in 0..cols {
            xt.extend((0..rows).map(|r| narrow[r * cols + c]));
        }
        Turned { x: narrow, xt, norms, cols }
    }

    fn swap(&mut self, swaps: &[(usize, usize)]) {
        let n = self.norms.len();
        exchange(&mut self.norms, swaps);
        self.xt.chunks_exact_mut(n).for_each(|row| exchange(row, swaps));
    }

    fn row(&self, kernel: Kernel, sample: usize, place: usize, from: usize, out: &mut [f32]) {
        let n = self.norms.len();
        let x = &self.x[sample * self.cols..(sample + 1) * self.cols];
        let piece = |from: usize, out: &mut [f32]| {
            smo::row(kernel, (&self.xt, n), x, self.norms[place], &self.norms, from, out);
        };
        if out.len() * self.cols < PARALLEL_FROM || pool::threads() == 1 {
            return piece(from, out);
        }
        let pieces: Vec<_> = out.chunks_mut(PIECE).map(Mutex::new).collect();
        pool::run(pieces.len(), |i| {
            let mut out = pieces[i].lock().unwrap_or_else(PoisonError::into_inner);
            piece(from + i * PIECE, &mut out);
        });
    }
}

impl<'a> Rows<'a> {
    pub(super) fn new(kernel: Kernel, samples: &'a Samples<'a>, ids: &'a [usize]) -> Rows<'a> {
        let itself = |square: f64| {
            let mut product = [square];
            smo::apply(kernel, &mut product, square, &[square]);
            product[0]
        };
        let (columns, diagonal): (_, Vec<f64>) = match samples {
            Samples::Dense(m) => {
                let mut x = m.take(ids);
                let mut greatest = f64::INFINITY;
                if let Kernel::Rbf { gamma } = kernel {
                    // Distances do not change, and the squares that they are the difference of become
                    // as small as they can be.
                    centre(&mut x);
                    let square = |r: &[f64]| r.iter().map(|v| v * v).sum::<f64>();
                    greatest = gamma * x.iter_rows().map(square).fold(0.0, f64::max);
                }
                let of = |r: &[f64]| itself(r.iter().map(|v| v * v).sum());
                let diagonal = x.iter_rows().map(of).collect();
                match greatest <= EXPONENT {
                    true => (Columns::F32(Turned::new(x, |v| v as f32)), diagonal),
                    false => (Columns::F64(Turned::new(x, |v| v)), diagonal),
                }
            }
            Samples::Sparse(_) => {
                let all = squares(samples);
                let diagonal = ids.iter().map(|&i| itself(all[i])).collect();
                (Columns::None(all), diagonal)
            }
            Samples::Gram(g) => {
                (Columns::None(Vec::new()), ids.iter().map(|&i| g.row(i)[i]).collect())
            }
        };
        let rounded = diagonal.iter().map(|&d| d as f32).collect();
        let order = (0..ids.len() as u32).collect();
        Rows { kernel, samples, ids, order, diagonal, rounded, columns }
    }

    pub(super) fn len(&self) -> usize {
        self.order.len()
    }

    /// The sample of the problem at a place.
    pub(super) fn at(&self, place: usize) -> usize {
        self.order[place] as usize
    }

    /// How many bytes of rows are worth their memory. To compute a row of few features takes about as long
    /// as to touch as much new memory, so a part of all rows is enough: those that are used again soon.
    pub(super) fn worth(&self) -> usize {
        let features = match &self.columns {
            Columns::F32(t) => t.cols,
            Columns::F64(t) => 2 * t.cols,
            Columns::None(_) => return usize::MAX,
        };
        let part = self.len() * self.len() * size_of::<f32>() / WORTH * features.max(20) / 20;
        part.max(LEAST)
    }

    /// Exchanges the samples at two places, again and again.
    pub(super) fn swap(&mut self, swaps: &[(usize, usize)]) {
        exchange(&mut self.order, swaps);
        exchange(&mut self.diagonal, swaps);
        exchange(&mut self.rounded, swaps);
        match &mut self.columns {
            Columns::F32(t) => t.swap(swaps),
            Columns::F64(t) => t.swap(swaps),
            Columns::None(_) => {}
        }
    }

    /// The kernels of the sample at `place` with those at `from..`, as many as there is room for.
    fn compute(&self, place: usize, from: usize, out: &mut [f32]) {
        let sample = self.at(place);
        match (&self.columns, self.samples) {
            (Columns::F32(t), _) => t.row(self.kernel, sample, place, from, out),
            (Columns::F64(t), _) => t.row(self.kernel, sample, place, from, out),
            (Columns::None(squares), Samples::Sparse(s)) => {
                let own = self.ids[sample];
                let others: Vec<usize> =
                    (from..from + out.len()).map(|p| self.ids[self.at(p)]).collect();
                let mut products = vec![0.0; out.len()];
                spread(s, own, &mut vec![0.0; s.cols], |wide| {
                    for (p, &other) in products.iter_mut().zip(&others) {
                        *p = sparse_dot(s, other, wide);
                    }
                });
                let norms: Vec<f64> = others.iter().map(|&i| squares[i]).collect();
                smo::apply(self.kernel, &mut products, squares[own], &norms);
                out.iter_mut().zip(products).for_each(|(o, p)| *o = p as f32);
            }
            (Columns::None(_), Samples::Gram(g)) => {
                let row = g.row(self.ids[sample]);
                for (p, o) in out.iter_mut().enumerate() {
                    *o = row[self.ids[self.at(from + p)]] as f32;
                }
            }
            (Columns::None(_), Samples::Dense(_)) => unreachable!("dense samples have columns"),
        }
    }

    /// For the samples at places from `from` on, the sums of kernels with all samples, weighted by
    /// `weights` in the first order.
    ///
    /// # Errors
    /// As the sums'.
    pub(super) fn sums(&self, weights: &[f64], from: usize) -> seodang_core::Result<Vec<f64>> {
        let (mut with, mut coefs) = (Vec::new(), Vec::new());
        for (&id, &w) in self.ids.iter().zip(weights) {
            if w != 0.0 {
                with.push(id);
                coefs.push(w);
            }
        }
        if with.is_empty() {
            return Ok(vec![0.0; self.len() - from]);
        }
        let queries: Vec<usize> = (from..self.len()).map(|p| self.ids[self.at(p)]).collect();
        let (queries, vectors) = (self.samples.take(&queries), self.samples.vectors(&with));
        super::samples::sums(self.kernel, &queries, &vectors, &coefs, 1, &[with.len()])
    }
}

/// Row by row, not swap by swap: a row fits the first cache.
pub(super) fn exchange<T>(row: &mut [T], swaps: &[(usize, usize)]) {
    swaps.iter().for_each(|&(a, b)| row.swap(a, b));
}

fn centre(x: &mut Matrix<'static, f64>) {
    let (rows, cols) = (x.rows, x.cols);
    let mut means = vec![0.0; cols];
    x.data.chunks_exact(cols).for_each(|r| means.iter_mut().zip(r).for_each(|(m, v)| *m += v));
    means.iter_mut().for_each(|m| *m /= rows as f64);
    for row in x.data.to_mut().chunks_exact_mut(cols) {
        row.iter_mut().zip(&means).for_each(|(v, m)| *v -= m);
    }
}

/// Rows that were computed, up to a number of bytes. A clock decides which of them goes: variables between
/// their bounds change again and again, so their rows are passed over once more.
pub(super) struct Cache {
    /// Of each sample of the problem: its row, which may be shorter than it now should be.
    rows: Vec<Vec<f32>>,
    touched: Vec<bool>,
    ring: Vec<u32>,
    hand: usize,
    bytes: usize,
    held: usize,
    /// The room of a row that went: memory that is there already is quicker than more of it.
    spare: Vec<f32>,
}

impl Cache {
    pub(super) fn new(samples: usize, bytes: usize) -> Cache {
        Cache {
            rows: vec![Vec::new(); samples],
            touched: vec![false; samples],
            ring: Vec::new(),
            hand: 0,
            bytes,
            held: 0,
            spare: Vec::new(),
        }
    }

    /// How many rows are kept.
    pub(super) fn len(&self) -> usize {
        self.ring.len()
    }

    /// Makes sure that the row of the sample at `place` is there, for the first `n` places; the row of
    /// the sample `kept` stays. `free` says which samples have variables between their bounds.
    pub(super) fn ensure(
        &mut self,
        rows: &Rows<'_>,
        (place, n): (usize, usize),
        kept: usize,
        free: &[bool],
    ) {
        let sample = rows.at(place);
        self.touched[sample] = true;
        let have = self.rows[sample].len();
        if have >= n {
            return;
        }
        if have == 0 {
            self.ring.push(sample as u32);
        }
        self.held += (n - have) * size_of::<f32>();
        while self.held > self.bytes && self.ring.len() > 2 {
            self.hand = (self.hand + 1) % self.ring.len();
            let other = self.ring[self.hand] as usize;
            let again = std::mem::take(&mut self.touched[other]) && free[other];
            if other == sample || other == kept || again {
                continue;
            }
            self.ring.swap_remove(self.hand);
            self.spare = std::mem::take(&mut self.rows[other]);
            self.held -= self.spare.len() * size_of::<f32>();
        }
        let row = &mut self.rows[sample];
        if have == 0 && self.spare.capacity() >= n {
            *row = std::mem::take(&mut self.spare);
            row.truncate(n);
        }
        row.reserve_exact(n.saturating_sub(row.len()));
        row.resize(n, 0.0);
        rows.compute(place, have, &mut row[have..]);
    }

    /// The row of a sample, which [`Cache::ensure`] has made sure of.
    pub(super) fn row(&self, sample: usize, n: usize) -> &[f32] {
        &self.rows[sample][..n]
    }

    /// Exchanges places, the lower first, in all rows.
    pub(super) fn swap(&mut self, swaps: &[(usize, usize)]) {
        let furthest = swaps.iter().map(|s| s.1 + 1).max().unwrap_or(0);
        let mut at = 0;
        while at < self.ring.len() {
            let row = &mut self.rows[self.ring[at] as usize];
            if row.len() >= furthest {
                exchange(row, swaps);
                at += 1;
            } else {
                // Some of its new elements are not known.
                self.held -= std::mem::take(row).len() * size_of::<f32>();
                self.ring.swap_remove(at);
            }
        }
    }
}
