//! The mean logistic loss of samples with a squared penalty, and its curvature.

use super::super::minimize::{Function, greatest};
use super::super::pass::{Shape, curvatures, multiply, pass};
use crate::features::{Dense, Features, Real, typed};
use seodang_kernels::decompose::solve_positive;
use seodang_kernels::rows::{self, axpy, dot};
use std::cell::RefCell;
use std::ops::Range;

/// Rows that are picked together when some stand for all.
const RUN: usize = 16;
/// As many rows as this all take part.
const ALL: usize = 4096;
/// The iterations before which curvature that is only an estimate is estimated anew.
const ANEW: [usize; 3] = [3, 8, 20];
/// The widest matrices that are inverted again and again.
const OFTEN: usize = 256;
/// The widest matrices that are inverted at all.
const WIDEST: usize = 2048;

/// What is known of the curvature.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(in super::super) enum Curvature {
    /// An estimate from some of the rows.
    Estimated,
    /// That of all rows, between the coefficients of one class.
    Exact,
    /// That of all rows, by products with vectors.
    Products,
}

/// The function of logistic regression over coefficients, `shape` of them: one row for two classes, else
/// one for each.
pub(in super::super) struct Logistic<'a> {
    x: &'a Features<'a>,
    codes: &'a [u32],
    weights: Option<&'a [f64]>,
    shape: Shape,
    /// What the sum over samples is multiplied with.
    scale: f64,
    /// The strength of the penalty, on features and on the intercept.
    l2: (f64, f64),
    curvature: Curvature,
    /// The inverse of the curvature: one matrix for all classes, or one for each.
    inverses: Vec<Vec<f64>>,
}

thread_local! {
    /// Room for classes and losses of a block.
    static ROOM: RefCell<(Vec<f64>, Vec<f64>)> = const { RefCell::new((Vec::new(), Vec::new())) };
}

impl<'a> Logistic<'a> {
    pub(in super::super) fn new(
        x: &'a Features<'a>,
        codes: &'a [u32],
        weights: Option<&'a [f64]>,
        shape: Shape,
        l2: (f64, f64),
        curvature: Curvature,
    ) -> Logistic<'a> {
        let total = weights.map_or(codes.len() as f64, |w| w.iter().sum());
        let scale = 1.0 / total;
        Logistic { x, codes, weights, shape, scale, l2, curvature, inverses: Vec::new() }
    }

    pub(super) fn shape(&self) -> Shape {
        self.shape
    }

    fn weight(&self, i: usize) -> f64 {
        self.weights.map_or(self.scale, |w| w[i] * self.scale)
    }

    /// What samples say becomes the derivative of their loss, the sum of which it gives.
    fn terms(&self, range: Range<usize>, said: &mut [f64]) -> f64 {
        let outputs = self.shape.outputs;
        let codes = &self.codes[range.clone()];
        ROOM.with_borrow_mut(|(classes, losses)| {
            losses.resize(range.len(), 0.0);
            let mut total = 0.0;
            if outputs == 1 {
                classes.clear();
                classes.extend(codes.iter().map(|&c| f64::from(c)));
                rows::logistic(said, classes, losses);
                for (i, (said, &y)) in said.iter_mut().zip(classes.iter()).enumerate() {
                    let weight = self.weight(range.start + i);
                    total += weight * losses[i];
                    *said = weight * (*said - y);
                }
                return total;
            }
            classes.clear();
            let own = codes.iter().zip(said.chunks(outputs)).map(|(&c, said)| said[c as usize]);
            classes.extend(own);
            rows::softmax(said, outputs, losses);
            for (i, (said, &code)) in said.chunks_mut(outputs).zip(codes).enumerate() {
                let weight = self.weight(range.start + i);
                total += weight * (losses[i] - classes[i]);
                said[code as usize] -= 1.0;
                said.iter_mut().for_each(|p| *p *= weight);
            }
            total
        })
    }

    /// What samples say becomes the weights of their squares in the curvature of each class.
    fn squares(&self, range: Range<usize>, said: &mut [f64]) {
        let outputs = self.shape.outputs;
        self.probabilities(said, outputs);
        // The classes' probabilities add up to 1: without what couples them, curvature is missing, which
        // this factor gives back where all are alike.
        let coupled = if outputs == 1 { 1.0 } else { outputs as f64 / (outputs as f64 - 1.0) };
        for (i, said) in said.chunks_mut(outputs).enumerate() {
            let weight = self.weight(range.start + i) * coupled;
            said.iter_mut().for_each(|p| *p = weight * *p * (1.0 - *p));
        }
    }

    fn probabilities(&self, said: &mut [f64], outputs: usize) {
        ROOM.with_borrow_mut(|(classes, losses)| {
            losses.resize(said.len() / outputs, 0.0);
            if outputs == 1 {
                classes.clear();
                classes.resize(said.len(), 0.0);
                rows::logistic(said, classes, losses);
            } else {
                rows::softmax(said, outputs, losses);
            }
        });
    }

    /// The curvature at `w` times `v`.
    fn product(&self, w: &[f64], v: &[f64]) -> Vec<f64> {
        let (shape, k) = (self.shape, self.shape.outputs);
        let both = [w, v].concat();
        let twice = Shape { outputs: 2 * k, ..shape };
        let terms = |range: Range<usize>, said: &mut [f64]| {
            let mut p = vec![0.0; said.len() / 2];
            for (p, said) in p.chunks_mut(k).zip(said.chunks(2 * k)) {
                p.copy_from_slice(&said[..k]);
            }
            self.probabilities(&mut p, k);
            for (i, (p, said)) in p.chunks(k).zip(said.chunks_mut(2 * k)).enumerate() {
                let weight = self.weight(range.start + i);
                let (first, along) = said.split_at_mut(k);
                first.fill(0.0);
                let mean = if k == 1 {
                    along[0] * p[0]
                } else {
                    p.iter().zip(&*along).map(|(p, a)| p * a).sum()
                };
                along.iter_mut().zip(p).for_each(|(a, p)| *a = weight * p * (*a - mean));
            }
            0.0
        };
        let (_, sums) = pass(self.x, &both, twice, &terms);
        let mut out = sums[shape.len()..].to_vec();
        self.add_penalty(v, &mut out);
        out
    }

    /// Adds the derivative of the penalty; its value.
    fn add_penalty(&self, w: &[f64], gradient: &mut [f64]) -> f64 {
        let (cols, width) = (self.shape.cols, self.shape.width());
        let mut value = 0.0;
        for (w, g) in w.chunks(width).zip(gradient.chunks_mut(width)) {
            value += self.l2.0 * dot(&w[..cols], &w[..cols]);
            axpy(self.l2.0, &w[..cols], &mut g[..cols]);
            if let (Some(w), Some(g)) = (w.get(cols), g.get_mut(cols)) {
                value += self.l2.1 * w * w;
                *g += self.l2.1 * w;
            }
        }
        value / 2.0
    }

    /// Whether a matrix of the curvature is worth its inversion.
    pub(super) fn has_matrix(&self) -> bool {
        let (width, rows) = (self.shape.width(), self.codes.len());
        width <= OFTEN || width <= WIDEST && rows >= 4 * width
    }

    /// The matrices of curvature between the coefficients of each class at `w`; of nothing known of `w`,
    /// one for all classes.
    pub(super) fn matrices(&self, w: Option<&[f64]>) -> Vec<Vec<f64>> {
        let (n, width) = (self.codes.len(), self.shape.width());
        let some = (8 * n / width).max(4 * width).max(ALL);
        let all = self.curvature == Curvature::Exact || some >= n;
        let runs = n.div_ceil(RUN);
        let picks = if all { runs } else { some / RUN };
        let picked: Vec<usize> = (0..picks).map(|i| i * runs / picks * RUN).collect();
        let share = picked.iter().map(|&s| RUN.min(n - s)).sum::<usize>() as f64 / n as f64;
        let mut matrices = match w {
            Some(w) => curvatures(self.x, w, self.shape, &picked, RUN, &|range, said| {
                self.squares(range, said);
            }),
            None => {
                let shape = Shape { outputs: 1, ..self.shape };
                let alike = 1.0 / self.shape.outputs.max(2) as f64;
                let alike = if self.shape.outputs == 1 { 0.25 } else { alike };
                let factors = |range: Range<usize>, said: &mut [f64]| {
                    let weight = |i: usize| alike * self.weight(range.start + i);
                    said.iter_mut().enumerate().for_each(|(i, s)| *s = weight(i));
                };
                curvatures(self.x, &vec![0.0; width], shape, &picked, RUN, &factors)
            }
        };
        for matrix in &mut matrices {
            matrix.iter_mut().for_each(|m| *m /= share);
            // So much, that rounding does not make it singular.
            let trace: f64 = (0..width).map(|j| matrix[j * width + j]).sum();
            let least = 1e-12 * trace / width as f64 + f64::MIN_POSITIVE;
            for j in 0..width {
                let l2 = if j < self.shape.cols { self.l2.0 } else { self.l2.1 };
                matrix[j * width + j] += l2 + least;
            }
        }
        matrices
    }

    /// The curvature of each coefficient where all classes are alike.
    pub(super) fn scales(&self) -> Vec<f64> {
        let (cols, width) = (self.shape.cols, self.shape.width());
        let mut out = vec![0.0; width];
        let mut add = |i: usize, c: usize, x: f64| out[c] += self.weight(i) * x * x;
        match self.x {
            Features::Sparse(s) => {
                for i in 0..s.rows() {
                    let (columns, values) = s.row(i);
                    columns.iter().zip(values).for_each(|(&c, &v)| add(i, c as usize, v));
                }
            }
            Features::Dense(d) => typed!(d, m => {
                for (i, row) in m.iter_rows().enumerate() {
                    row.iter().enumerate().for_each(|(c, v)| add(i, c, Real::f64(*v)));
                }
            }),
        }
        if self.shape.intercept {
            out[cols] = 1.0;
        }
        let alike = if self.shape.outputs == 1 { 0.25 } else { 1.0 / self.shape.outputs as f64 };
        for (j, s) in out.iter_mut().enumerate() {
            *s = (alike * *s).max(1e-12) + if j < cols { self.l2.0 } else { self.l2.1 };
        }
        out.repeat(self.shape.outputs)
    }

    fn invert(&mut self, w: Option<&[f64]>) {
        let width = self.shape.width();
        let mut one = vec![0.0; width * width];
        (0..width).for_each(|j| one[j * width + j] = 1.0);
        let inverse = |m: &Vec<f64>| solve_positive(m, width, &one, width);
        if let Some(found) = self.matrices(w).iter().map(inverse).collect() {
            self.inverses = found;
        }
    }

    fn times_inverse(&self, v: &mut [f64]) -> bool {
        if self.inverses.is_empty() {
            return false;
        }
        let (width, outputs) = (self.shape.width(), self.shape.outputs);
        let before = v.to_vec();
        if let [inverse] = &self.inverses[..] {
            // One reading of it serves all classes.
            let mut all = vec![0.0; v.len()];
            multiply(inverse, &before, &mut all, width, outputs);
            v.iter_mut().enumerate().for_each(|(i, v)| *v = all[i % width * outputs + i / width]);
            return true;
        }
        for (o, v) in v.chunks_mut(width).enumerate() {
            rows::times(&self.inverses[o], &before[o * width..(o + 1) * width], v);
        }
        true
    }

    /// Solves with the curvature at `w` by conjugate gradients, about as exactly as the gradient deserves.
    /// Source: Nocedal and Wright 2006, algorithm 7.1.
    fn solve(&self, w: &[f64], v: &mut [f64]) {
        let size = greatest(v);
        let enough = size.sqrt().min(0.5) * size;
        let mut rest = v.to_vec();
        let mut x = vec![0.0; v.len()];
        let mut z = rest.clone();
        self.times_inverse(&mut z);
        let mut direction = z.clone();
        let mut along = dot(&rest, &z);
        for _ in 0..20 * v.len() {
            if greatest(&rest) <= enough {
                break;
            }
            let product = self.product(w, &direction);
            let curvature = dot(&direction, &product);
            if curvature <= f64::EPSILON * dot(&direction, &direction) * self.scale {
                break;
            }
            let step = along / curvature;
            axpy(step, &direction, &mut x);
            axpy(-step, &product, &mut rest);
            z.copy_from_slice(&rest);
            self.times_inverse(&mut z);
            let next = dot(&rest, &z);
            let ratio = next / along;
            direction.iter_mut().zip(&z).for_each(|(d, z)| *d = z + ratio * *d);
            along = next;
        }
        if x.iter().any(|&x| x != 0.0) {
            v.copy_from_slice(&x);
        }
    }
}

impl Function for Logistic<'_> {
    fn value_gradient(&mut self, w: &[f64]) -> (f64, Vec<f64>) {
        let terms = |range: Range<usize>, said: &mut [f64]| self.terms(range, said);
        let (value, mut gradient) = pass(self.x, w, self.shape, &terms);
        let penalty = self.add_penalty(w, &mut gradient);
        (value + penalty, gradient)
    }

    fn precondition(&mut self, iteration: usize, w: &[f64], v: &mut [f64]) -> bool {
        let exact = self.curvature == Curvature::Exact;
        if exact && self.shape.width() <= WIDEST {
            self.invert(Some(w));
        } else if self.has_matrix() {
            let often = self.shape.width() * self.shape.outputs.min(4) <= OFTEN;
            if iteration == 0 {
                self.invert(None);
            } else if often && ANEW.contains(&iteration) {
                self.invert(Some(w));
            }
        }
        // The blocks of several classes are not the whole curvature, but make its solution quick.
        if self.curvature == Curvature::Products || exact && self.shape.outputs > 1 {
            self.solve(w, v);
            return true;
        }
        self.times_inverse(v)
    }

    fn precision(&self) -> f64 {
        match self.x {
            Features::Dense(Dense::F32(_)) => f64::from(f32::EPSILON),
            _ => f64::EPSILON,
        }
    }
}
