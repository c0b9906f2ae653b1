//! Coordinate descent for least squares with absolute values in the penalty.
//!
//! The function is `|y - X w|² / 2 + l1 |w| + l2 |w|² / 2` (scikit-learn's times the number of samples),
//! and the end is where the duality gap says that no `w` is better by more than asked for. Source:
//! Friedman, Hastie and Tibshirani 2010; the gap: Kim, Koh, Lustig, Boyd and Gorinevsky 2007; which
//! features cannot be in the solution any more: Fercoq, Gramfort and Salmon 2015.

use super::moments::{Moments, moments};
use super::random::next;
use super::shared::{centred, column_means};
use super::thin::{Rest, Thin};
use crate::features::{Dense, Features, Matrix, Real};
use crate::record::one_of;
use seodang_kernels::pool;
use seodang_kernels::rows::{axpy, dot};
use std::sync::{Mutex, PoisonError};

one_of! {
    /// The order in which coefficients take their turns.
    Selection {
        /// One after the other.
        Cyclic = "cyclic",
        /// At random.
        Random = "random",
    }
}

/// The most features whose products with each other are computed beforehand.
const GRAM: usize = 4096;
/// So many sweeps over those that are not 0 before all have a turn again.
const INNER: usize = 10;

/// How the descent goes.
#[derive(Clone, Copy)]
pub(super) struct Settings {
    pub(super) positive: bool,
    pub(super) tol: f64,
    pub(super) max_iter: usize,
    /// A seed, if coefficients take their turns at random.
    pub(super) random: Option<u64>,
}

/// The penalties: of absolute values, of half the squares.
#[derive(Clone, Copy)]
pub(super) struct Strength {
    pub(super) l1: f64,
    pub(super) l2: f64,
}

/// Where a descent ended.
pub(super) struct Descent {
    /// Sweeps.
    pub(super) iterations: usize,
    /// The duality gap.
    pub(super) gap: f64,
    /// The gap that was asked for.
    pub(super) enough: f64,
}

impl Descent {
    /// Whether the gap is as small as asked for.
    pub(super) fn converged(&self) -> bool {
        self.gap <= self.enough
    }
}

/// The data of a problem, of which many penalties may be tried.
pub(super) enum Problem {
    /// Products of features with each other.
    Products(Moments),
    /// The features themselves, one after the other, for many of them.
    Columns(Columns),
    /// The same of sparse ones.
    Thin(Thin),
}

/// Centred features, column by column, in which samples count by the roots of their weights.
pub(super) struct Columns {
    rows: usize,
    columns: Vec<f64>,
    squares: Vec<f64>,
    x_mean: Vec<f64>,
    y_mean: Vec<f64>,
    /// Targets, one after the other.
    y: Vec<f64>,
}

impl Problem {
    /// Looks at data for targets `y`, rows by `outputs`.
    ///
    /// # Errors
    /// `Value` for features that are not finite.
    pub(super) fn new(
        x: &Features<'_>,
        y: &[f64],
        outputs: usize,
        weights: Option<&[f64]>,
        intercept: bool,
    ) -> seodang_core::Result<Problem> {
        let (rows, cols) = (x.rows(), x.cols());
        let pays = match x {
            Features::Dense(_) => true,
            // A sweep over the entries costs no more than one over the products of so many features.
            Features::Sparse(s) => cols * cols <= s.data.len(),
        };
        if cols <= GRAM && 2 * cols <= rows.max(256) && pays {
            return moments(x, y, outputs, weights, intercept).map(Problem::Products);
        }
        x.check_finite(false, "a linear model")?;
        if let Features::Sparse(s) = x {
            return Ok(Problem::Thin(Thin::new(s, y, outputs, weights, intercept)));
        }
        let (x_mean, columns) = match x {
            Features::Dense(Dense::F32(m)) => columns(m, weights, intercept),
            Features::Dense(Dense::F64(m)) => columns(m, weights, intercept),
            Features::Sparse(_) => unreachable!("sparse ones are thin"),
        };
        let y_mean = if intercept { column_means(y, outputs, weights) } else { vec![0.0; outputs] };
        let y = centred(y, Some(&y_mean), weights, outputs);
        let y = (0..outputs * rows).map(|i| y[i % rows * outputs + i / rows]).collect();
        let squares = columns.chunks(rows).map(|c| dot(c, c)).collect();
        Ok(Problem::Columns(Columns { rows, columns, squares, x_mean, y_mean, y }))
    }

    /// The least `l1` of which all coefficients are 0, over all targets.
    pub(super) fn greatest_penalty(&self, outputs: usize) -> f64 {
        match self {
            Problem::Products(m) => {
                let norm = |row: &[f64]| row.iter().map(|v| v * v).sum::<f64>().sqrt();
                m.xy.chunks(outputs).map(norm).fold(0.0, f64::max)
            }
            Problem::Columns(c) => {
                let one = |column: &[f64]| {
                    c.y.chunks(c.rows).map(|y| dot(column, y).powi(2)).sum::<f64>().sqrt()
                };
                c.columns.chunks(c.rows).map(one).fold(0.0, f64::max)
            }
            Problem::Thin(t) => t.greatest_penalty(outputs),
        }
    }

    /// The intercept of an output with coefficients `w`.
    pub(super) fn intercept(&self, w: &[f64], output: usize) -> f64 {
        let (x, y) = match self {
            Problem::Products(m) => (&m.x_mean, &m.y_mean),
            Problem::Columns(c) => (&c.x_mean, &c.y_mean),
            Problem::Thin(t) => (&t.x_mean, &t.y_mean),
        };
        y[output] - dot(x, w)
    }

    /// Goes down from `w`, which it changes, for one output.
    pub(super) fn descend(
        &self,
        w: &mut [f64],
        output: usize,
        strength: Strength,
        settings: Settings,
    ) -> Descent {
        match self {
            Problem::Products(m) => {
                let cols = m.cols;
                let goal: Vec<f64> = (0..cols).map(|j| m.xy[j * m.outputs + output]).collect();
                let mut slopes = goal.clone();
                for (j, &w) in w.iter().enumerate().filter(|(_, w)| **w != 0.0) {
                    axpy(-w, &m.xx[j * cols..(j + 1) * cols], &mut slopes);
                }
                let squares = (0..cols).map(|j| m.xx[j * cols + j]).collect();
                let view = View::Products { xx: &m.xx, goal, yy: m.yy[output], slopes };
                run(view, squares, w, strength, settings)
            }
            Problem::Columns(c) => {
                let y = &c.y[output * c.rows..(output + 1) * c.rows];
                let mut rest = y.to_vec();
                for (j, &w) in w.iter().enumerate().filter(|(_, w)| **w != 0.0) {
                    axpy(-w, &c.columns[j * c.rows..(j + 1) * c.rows], &mut rest);
                }
                let view = View::Columns { columns: &c.columns, y, rest };
                run(view, c.squares.clone(), w, strength, settings)
            }
            Problem::Thin(t) => {
                run(View::Thin(t.rest(output, w)), t.squares.clone(), w, strength, settings)
            }
        }
    }
}

/// The means and the centred columns of a matrix, on all threads.
fn columns<T: Real>(
    m: &Matrix<'_, T>,
    weights: Option<&[f64]>,
    intercept: bool,
) -> (Vec<f64>, Vec<f64>) {
    const STRIPE: usize = 16;
    let (rows, cols) = (m.rows, m.cols);
    let mut means = vec![0.0; cols];
    let mut out = vec![0.0; rows * cols];
    let total: f64 = weights.map_or(rows as f64, |w| w.iter().sum());
    let stripes: Vec<_> =
        out.chunks_mut(STRIPE * rows).zip(means.chunks_mut(STRIPE)).map(Mutex::new).collect();
    pool::run(stripes.len(), |s| {
        let mut stripe = stripes[s].lock().unwrap_or_else(PoisonError::into_inner);
        let (out, means) = &mut *stripe;
        let width = means.len();
        for i in 0..rows {
            let row = &m.row(i)[s * STRIPE..s * STRIPE + width];
            row.iter().enumerate().for_each(|(c, x)| out[c * rows + i] = x.f64());
        }
        for (column, mean) in out.chunks_mut(rows).zip(means.iter_mut()) {
            if intercept {
                let sum: f64 = match weights {
                    Some(w) => dot(column, w),
                    None => column.iter().sum(),
                };
                *mean = sum / total;
            }
            column.iter_mut().for_each(|x| *x -= *mean);
            if let Some(w) = weights {
                column.iter_mut().zip(w).for_each(|(x, w)| *x *= w.sqrt());
            }
        }
    });
    drop(stripes);
    (means, out)
}

/// What a descent on one output looks at.
enum View<'a> {
    /// Products; `slopes` are the features' products with what is left of the target.
    Products { xx: &'a [f64], goal: Vec<f64>, yy: f64, slopes: Vec<f64> },
    /// Columns; `rest` is what is left of the target.
    Columns { columns: &'a [f64], y: &'a [f64], rest: Vec<f64> },
    /// Sparse columns.
    Thin(Rest<'a>),
}

impl View<'_> {
    fn slope(&self, j: usize) -> f64 {
        match self {
            View::Products { slopes, .. } => slopes[j],
            View::Columns { columns, rest, .. } => {
                dot(&columns[j * rest.len()..(j + 1) * rest.len()], rest)
            }
            View::Thin(rest) => rest.slope(j),
        }
    }

    fn change(&mut self, j: usize, by: f64) {
        match self {
            View::Products { xx, slopes, .. } => {
                let n = slopes.len();
                axpy(-by, &xx[j * n..(j + 1) * n], slopes);
            }
            View::Columns { columns, rest, .. } => {
                let n = rest.len();
                axpy(-by, &columns[j * n..(j + 1) * n], rest);
            }
            View::Thin(rest) => rest.change(j, by),
        }
    }

    /// All slopes, the square of what is left, and its product with the target.
    fn gaps(&self, w: &[f64]) -> (Vec<f64>, f64, f64) {
        match self {
            View::Products { goal, yy, slopes, .. } => {
                // |y - X w|² = y² - w · (goal + slopes), as slopes = goal - X'X w.
                let (with_goal, with_slopes) = (dot(w, goal), dot(w, slopes));
                (slopes.clone(), (yy - with_goal - with_slopes).max(0.0), yy - with_goal)
            }
            View::Columns { y, rest, .. } => {
                let slopes = (0..w.len()).map(|j| self.slope(j)).collect();
                (slopes, dot(rest, rest), dot(rest, y))
            }
            View::Thin(rest) => rest.gaps(),
        }
    }

    fn target(&self) -> f64 {
        match self {
            View::Products { yy, .. } => *yy,
            View::Columns { y, .. } => dot(y, y),
            View::Thin(rest) => rest.target(),
        }
    }
}

fn run(
    mut view: View<'_>,
    squares: Vec<f64>,
    w: &mut [f64],
    strength: Strength,
    settings: Settings,
) -> Descent {
    let cols = w.len();
    let still = settings.tol.max(1e-14);
    let enough = settings.tol.max(1e-13) * view.target();
    let mut out = Descent { iterations: 0, gap: f64::INFINITY, enough };
    // Features that may be in the solution.
    let mut left: Vec<usize> = (0..cols).filter(|&j| squares[j] > 0.0).collect();
    let mut random = settings.random;
    let positive = settings.positive;
    let Strength { l1, l2 } = strength;
    // One coefficient's turn: how far it went, and where it is.
    let turn = |view: &mut View<'_>, w: &mut [f64], j: usize| {
        let old = w[j];
        let slope = view.slope(j) + old * squares[j];
        let size = if positive { slope - l1 } else { slope.abs() - l1 };
        let new = if size > 0.0 { size.copysign(slope) / (squares[j] + l2) } else { 0.0 };
        if new != old {
            view.change(j, new - old);
            w[j] = new;
        }
        ((new - old).abs(), new.abs())
    };
    let mut settled = false;
    while out.iterations < settings.max_iter {
        let (mut change, mut most): (f64, f64) = (0.0, 0.0);
        for i in 0..left.len() {
            let j = match &mut random {
                None => left[i],
                Some(state) => left[(next(state) % left.len() as u64) as usize],
            };
            let (moved, size) = turn(&mut view, w, j);
            (change, most) = (change.max(moved), most.max(size));
        }
        out.iterations += 1;
        let last = out.iterations == settings.max_iter;
        // The gap costs as much as a sweep: it is looked at when little changes any more.
        if change <= still * most || last || settled {
            let look = Look::new(&view, w, strength, positive);
            out.gap = look.gap;
            if look.gap <= enough || change == 0.0 && random.is_none() {
                return out;
            }
            if l1 > 0.0 {
                let stays = |&j: &usize| look.may_be_there(j, w[j], squares[j]);
                let gone: Vec<usize> = left.iter().copied().filter(|j| !stays(j)).collect();
                left.retain(stays);
                for j in gone.into_iter().filter(|&j| w[j] != 0.0).collect::<Vec<_>>() {
                    view.change(j, -w[j]);
                    w[j] = 0.0;
                }
            }
            settled = false;
            continue;
        }
        if random.is_some() || out.iterations == 1 {
            continue;
        }
        // Those that are not 0 settle among themselves first.
        for _ in 0..INNER.min(settings.max_iter - out.iterations - 1) {
            let (mut change, mut most): (f64, f64) = (0.0, 0.0);
            for &j in &left {
                if w[j] != 0.0 {
                    let (moved, size) = turn(&mut view, w, j);
                    (change, most) = (change.max(moved), most.max(size));
                }
            }
            out.iterations += 1;
            settled = change <= still * most;
            if settled {
                break;
            }
        }
    }
    out
}

/// What the whole of the data says of a solution.
struct Look {
    strength: Strength,
    positive: bool,
    slopes: Vec<f64>,
    /// The duality gap.
    gap: f64,
    /// What makes the residual a point of the dual.
    scale: f64,
}

impl Look {
    fn new(view: &View<'_>, w: &[f64], strength: Strength, positive: bool) -> Look {
        let Strength { l1, l2 } = strength;
        let (slopes, square, with_target) = view.gaps(w);
        let whole = square + l2 * dot(w, w);
        if l1 == 0.0 && l2 > 0.0 {
            // Without absolute values the dual has no bounds, but its own squares.
            let gap = 0.5 * (whole + square + dot(&slopes, &slopes) / l2) - with_target;
            return Look { strength, positive, slopes, gap: gap.max(0.0), scale: 1.0 };
        }
        let of = |(&s, &w): (&f64, &f64)| {
            let s = s - l2 * w;
            if positive { s } else { s.abs() }
        };
        let most = slopes.iter().zip(w).map(of).fold(0.0, f64::max);
        let scale = if most > l1 { l1 / most } else { 1.0 };
        let absolute: f64 = w.iter().map(|w| w.abs()).sum();
        let gap = 0.5 * whole * (1.0 + scale * scale) + l1 * absolute - scale * with_target;
        Look { strength, positive, slopes, gap: gap.max(0.0), scale }
    }

    /// Whether a coefficient may be other than 0 at the minimum: the dual solution lies in a ball around
    /// the scaled residual, whose radius follows from the gap.
    fn may_be_there(&self, j: usize, w: f64, square: f64) -> bool {
        let Strength { l1, l2 } = self.strength;
        let slope = self.scale * (self.slopes[j] - l2 * w) / l1;
        let slope = if self.positive { slope } else { slope.abs() };
        slope + (2.0 * self.gap).sqrt() / l1 * (square + l2).sqrt() >= 1.0
    }
}
