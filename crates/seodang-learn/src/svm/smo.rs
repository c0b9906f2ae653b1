//! Sequential minimal optimization: Platt 1998; the working set by second order information and the
//! shrinking of Fan, Chen and Lin 2005 (JMLR 6) and Chang and Lin 2011 (section 5.1), with the two
//! equality constraints of Schölkopf et al. 2000 for nu.

use super::rows::{Cache, Rows, exchange};
use crate::stop;
use seodang_core::Result;
use seodang_kernels::smo::{self, Extremes, Sets};

/// Bits of a status: the variable can be raised or lowered, measured by its label; by label.
const UP: [u8; 2] = [1, 2];
const LOW: [u8; 2] = [4, 8];

/// The dual `min 1/2 aᵀQa + pᵀa`, `0 <= a <= C`, `yᵀa` fixed, where `Q` is the kernels times the labels.
/// A regression has two variables for each sample: then all of the first come before all of the second.
pub(super) struct Problem<'a> {
    pub(super) rows: Rows<'a>,
    /// The labels, 1 or -1.
    pub(super) labels: Vec<f64>,
    pub(super) linear: Vec<f64>,
    pub(super) bounds: Vec<f64>,
    /// Where to begin, within the constraints.
    pub(super) alpha: Vec<f64>,
    /// Whether the sum over each label is fixed.
    pub(super) nu: bool,
}

/// How it is solved.
#[derive(Clone, Copy, Debug)]
pub(super) struct Options {
    pub(super) tol: f64,
    pub(super) shrinking: bool,
    pub(super) cache_bytes: usize,
    /// Negative is no limit.
    pub(super) max_iter: i64,
}

/// The minimum.
#[derive(Clone, Debug)]
pub(super) struct Solution {
    pub(super) alpha: Vec<f64>,
    /// What is subtracted from a sum of kernels.
    pub(super) rho: f64,
    /// The margin, for problems with nu.
    pub(super) margin: f64,
    pub(super) iterations: usize,
    pub(super) converged: bool,
}

/// Solves a problem.
///
/// # Errors
/// As the sums of kernels.
pub(super) fn solve(problem: Problem<'_>, options: Options) -> Result<Solution> {
    let samples = problem.rows.len();
    let mut solver = Solver {
        halves: problem.labels.len() / samples,
        samples,
        active: samples,
        f: Vec::new(),
        status: Vec::new(),
        free: vec![false; samples],
        cache: Cache::new(samples, problem.rows.worth().min(options.cache_bytes)),
        problem,
    };
    solver.begin()?;
    solver.run(options)
}

struct Solver<'a> {
    problem: Problem<'a>,
    halves: usize,
    samples: usize,
    /// The samples that still count are at the first places.
    active: usize,
    /// The gradient times the labels, and the sets, by places.
    f: Vec<f64>,
    status: Vec<u8>,
    /// By samples: whether a variable lies between its bounds.
    free: Vec<bool>,
    cache: Cache,
}

/// A variable: which of a sample's, and the place of the sample.
#[derive(Clone, Copy)]
struct Place {
    half: usize,
    place: usize,
}

impl Solver<'_> {
    /// The number of a variable.
    fn variable(&self, at: Place) -> usize {
        at.half * self.samples + self.problem.rows.at(at.place)
    }

    /// The weights of the samples' kernels.
    fn weights(&self) -> Vec<f64> {
        let mut out = vec![0.0; self.samples];
        for (v, (a, y)) in self.problem.alpha.iter().zip(&self.problem.labels).enumerate() {
            out[v % self.samples] += a * y;
        }
        out
    }

    fn begin(&mut self) -> Result<()> {
        let sums = self.problem.rows.sums(&self.weights(), 0)?;
        for v in 0..self.problem.labels.len() {
            let linear = self.problem.labels[v] * self.problem.linear[v];
            self.f.push(sums[v % self.samples] + linear);
            self.status.push(self.status_of(v));
        }
        Ok(())
    }

    fn status_of(&self, v: usize) -> u8 {
        let p = &self.problem;
        let (a, positive) = (p.alpha[v], p.labels[v] > 0.0);
        let label = usize::from(!positive);
        let (rises, falls) = (a < p.bounds[v], a > 0.0);
        let (up, low) = if positive { (rises, falls) } else { (falls, rises) };
        (UP[label] * u8::from(up)) | (LOW[label] * u8::from(low))
    }

    /// The sets among which pairs are chosen.
    fn sets(&self) -> impl Iterator<Item = Sets> + use<> {
        let nu = self.problem.nu;
        let all = Sets { up: UP[0] | UP[1], low: LOW[0] | LOW[1] };
        let of = move |label: usize| Sets { up: UP[label], low: LOW[label] };
        (0..if nu { 2 } else { 1 }).map(move |label| if nu { of(label) } else { all })
    }

    fn span(&self, half: usize) -> std::ops::Range<usize> {
        half * self.samples..half * self.samples + self.active
    }

    fn extremes(&self, sets: Sets) -> (Extremes, Place) {
        let mut best = None;
        for half in 0..self.halves {
            let span = self.span(half);
            let found = smo::extremes(&self.f[span.clone()], &self.status[span], sets);
            let here = Place { half, place: found.at };
            best = Some(match best {
                None => (found, here),
                Some((old, there)) => {
                    let old: Extremes = old;
                    let greatest = old.greatest.max(found.greatest);
                    match found.least < old.least {
                        true => (Extremes { greatest, ..found }, here),
                        false => (Extremes { greatest, ..old }, there),
                    }
                }
            });
        }
        best.expect("there is a sample")
    }

    fn run(mut self, options: Options) -> Result<Solution> {
        let (mut iterations, mut converged) = (0usize, true);
        let period = self.samples.min(1000);
        let (mut until_shrinking, mut since) = (period, 0);
        loop {
            let limit = options.max_iter >= 0 && iterations as i64 >= options.max_iter;
            if limit || (iterations.is_multiple_of(64) && stop::passed()) {
                converged = false;
                break;
            }
            if options.shrinking {
                until_shrinking -= 1;
                if until_shrinking == 0 {
                    until_shrinking = period;
                    if since >= self.cost_of_shrinking() && self.shrink() {
                        since = 0;
                    }
                }
            }
            match self.choose(options.tol) {
                Some((i, j)) => self.step(i, j),
                None if self.active < self.samples => {
                    // Those that were left out have the last word.
                    self.restore()?;
                    (until_shrinking, since) = (period, 0);
                    match self.choose(options.tol) {
                        Some((i, j)) => self.step(i, j),
                        None => break,
                    }
                }
                None => break,
            }
            iterations += 1;
            since += 1;
        }
        if self.active < self.samples {
            self.restore()?;
        }
        let (rho, margin) = self.offsets();
        Ok(Solution { alpha: self.problem.alpha, rho, margin, iterations, converged })
    }

    /// The next pair; nothing, if no pair is wrong by more than `tol`.
    fn choose(&mut self, tol: f64) -> Option<(Place, Place)> {
        let firsts: Vec<_> = self.sets().map(|sets| (sets, self.extremes(sets))).collect();
        let gap = firsts.iter().map(|(_, (e, _))| e.greatest - e.least).fold(0.0, f64::max);
        // Not a number is no way to go on.
        if gap.is_nan() || gap < tol {
            return None;
        }
        let mut best: Option<(f64, Place, Place)> = None;
        for (sets, (extremes, i)) in firsts {
            if extremes.greatest <= extremes.least || !extremes.least.is_finite() {
                continue;
            }
            let (n, sample) = (self.active, self.problem.rows.at(i.place));
            self.cache.ensure(&self.problem.rows, (i.place, n), sample, &self.free);
            let row = self.cache.row(sample, n);
            let own = self.problem.rows.rounded[i.place];
            for half in 0..self.halves {
                let (span, diagonal) = (self.span(half), &self.problem.rows.rounded[..n]);
                let (f, status) = (&self.f[span.clone()], &self.status[span]);
                let found = smo::second(f, status, sets.low, (extremes.least, own), row, diagonal);
                if let Some((gain, place)) = found
                    && best.is_none_or(|b| gain > b.0)
                {
                    best = Some((gain, i, Place { half, place }));
                }
            }
        }
        best.map(|(_, i, j)| (i, j))
    }

    /// Raises `i` and lowers `j`, measured by their labels, as far as is best and allowed.
    fn step(&mut self, i: Place, j: Place) {
        let n = self.active;
        let (si, sj) = (self.problem.rows.at(i.place), self.problem.rows.at(j.place));
        self.cache.ensure(&self.problem.rows, (i.place, n), sj, &self.free);
        self.cache.ensure(&self.problem.rows, (j.place, n), si, &self.free);
        let (vi, vj) = (self.variable(i), self.variable(j));
        let (row_i, row_j) = (self.cache.row(si, n), self.cache.row(sj, n));
        let diagonal = &self.problem.rows.diagonal;
        let eta = diagonal[i.place] + diagonal[j.place] - 2.0 * f64::from(row_i[j.place]);
        let slope =
            self.f[j.half * self.samples + j.place] - self.f[i.half * self.samples + i.place];
        let p = &mut self.problem;
        let room = |v: usize, up: bool| match (p.labels[v] > 0.0) == up {
            true => (p.bounds[v] - p.alpha[v], p.bounds[v]),
            false => (p.alpha[v], 0.0),
        };
        let ((room_i, end_i), (room_j, end_j)) = (room(vi, true), room(vj, false));
        let step = (slope / eta.max(1e-12)).min(room_i).min(room_j);
        p.alpha[vi] = if step == room_i { end_i } else { p.alpha[vi] + p.labels[vi] * step };
        p.alpha[vj] = if step == room_j { end_j } else { p.alpha[vj] - p.labels[vj] * step };
        for half in 0..self.halves {
            let span = half * self.samples..half * self.samples + n;
            smo::update(&mut self.f[span], row_i, row_j, step);
        }
        for (at, v) in [(i, vi), (j, vj)] {
            self.status[at.half * self.samples + at.place] = self.status_of(v);
            let sample = v % self.samples;
            let p = &self.problem;
            self.free[sample] = (0..self.halves)
                .map(|half| half * self.samples + sample)
                .any(|v| p.alpha[v] > 0.0 && p.alpha[v] < p.bounds[v]);
        }
    }

    /// To move the columns of the rows that are kept, and to sum over the support vectors when samples
    /// come back, takes about as long as so many steps. After as many without, it cannot cost more than
    /// twice what would have been best.
    fn cost_of_shrinking(&self) -> usize {
        self.cache.len() + self.problem.alpha.iter().filter(|&&a| a > 0.0).count()
    }

    /// Leaves out samples that are at a bound and will most likely stay there, if there are enough.
    fn shrink(&mut self) -> bool {
        let extremes: Vec<_> = self.sets().map(|s| (s, self.extremes(s).0)).collect();
        let stays = |v: usize| {
            let (f, status) = (self.f[v], self.status[v]);
            extremes.iter().all(|(sets, e)| {
                let (up, low) = (status & sets.up != 0, status & sets.low != 0);
                match (up, low) {
                    (false, false) => true,
                    (true, false) => f > e.greatest,
                    (false, true) => f < e.least,
                    (true, true) => false,
                }
            })
        };
        let (mut gone, mut last) = (Vec::new(), self.active);
        for place in 0..self.active {
            if (0..self.halves).all(|half| stays(half * self.samples + place)) {
                gone.push(place);
            }
        }
        if gone.len() * 10 < self.active || gone.len() == self.active {
            return false;
        }
        let mut swaps = Vec::new();
        for &place in gone.iter().rev() {
            last -= 1;
            if place != last {
                swaps.push((place, last));
            }
        }
        self.problem.rows.swap(&swaps);
        self.cache.swap(&swaps);
        for half in 0..self.halves {
            let span = half * self.samples..(half + 1) * self.samples;
            exchange(&mut self.f[span.clone()], &swaps);
            exchange(&mut self.status[span], &swaps);
        }
        self.active = last;
        true
    }

    /// Takes all samples back, with their gradients.
    fn restore(&mut self) -> Result<()> {
        let sums = self.problem.rows.sums(&self.weights(), self.active)?;
        for half in 0..self.halves {
            for (k, sum) in sums.iter().enumerate() {
                let v = self.variable(Place { half, place: self.active + k });
                let linear = self.problem.labels[v] * self.problem.linear[v];
                self.f[half * self.samples + self.active + k] = sum + linear;
            }
        }
        self.active = self.samples;
        Ok(())
    }

    /// The offset, and the margin of problems with nu: from the variables that are free, else from the
    /// middle of what the others allow.
    fn offsets(&self) -> (f64, f64) {
        let of = |sets: Sets| {
            let (mut sum, mut free) = (0.0, 0usize);
            for (f, s) in self.f.iter().zip(&self.status) {
                if s & sets.up != 0 && s & sets.low != 0 {
                    sum += f;
                    free += 1;
                }
            }
            let (e, _) = self.extremes(sets);
            match (free, e.least.is_finite(), e.greatest.is_finite()) {
                (0, true, true) => (e.least + e.greatest) / 2.0,
                (0, true, false) => e.least,
                (0, false, true) => e.greatest,
                (0, false, false) => 0.0,
                _ => sum / free as f64,
            }
        };
        let all: Vec<f64> = self.sets().map(of).collect();
        match all[..] {
            // Of the second label, the gradient itself has the other sign.
            [positive, negative] => ((positive + negative) / 2.0, (positive - negative) / 2.0),
            _ => (all[0], 0.0),
        }
    }
}
