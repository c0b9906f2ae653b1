//! What the report draws of the winner: its scores over a parameter, and its answers over two columns.

use super::methods::{Candidate, Method};
use super::model::{TableModel, places, predict};
use super::search::Search;
#[cfg(feature = "plot")]
use crate::plot::DecisionBoundary;
use seodang_core::Result;
use seodang_learn::{Dense, Features, Matrix};

/// The scores of a method over the values of one of its parameters, all else as in its best setting.
#[derive(Clone, Debug)]
pub struct ValidationCurve {
    /// The method.
    pub method: Method,
    /// The parameter.
    pub parameter: String,
    /// The value, and the scores on the rows learned from and on others.
    pub points: Vec<(f64, f64, f64)>,
}

/// What a classifier answers over two columns, all others at their middle or most frequent value.
#[derive(Clone, Debug, PartialEq)]
pub struct Plane {
    /// The columns.
    pub names: (String, String),
    /// The values of the first.
    pub x: (f64, f64),
    /// The values of the second.
    pub y: (f64, f64),
    /// The class and how sure it is, row by row from the top, [`Plane::SIDE`] each.
    pub cells: Vec<(usize, f64)>,
    /// Rows that were held out, with their class.
    pub samples: Vec<(f64, f64, usize)>,
}

/// The most samples that are drawn.
const SAMPLES: usize = 250;

impl Plane {
    /// The cells along each side.
    pub const SIDE: usize = 80;

    /// The picture.
    ///
    /// # Errors
    /// `Value`, if the ranges are none.
    #[cfg(feature = "plot")]
    pub fn chart(&self, title: &str, classes: &[String]) -> Result<DecisionBoundary> {
        let cells = self.cells.clone();
        let chart = DecisionBoundary::new(title, self.x, self.y, Plane::SIDE, |_| Ok(cells))?;
        Ok(chart
            .labels(&self.names.0, &self.names.1)
            .classes(classes)
            .samples(self.samples.iter().copied()))
    }
}

impl Search<'_> {
    /// Scores over the parameter of a method that matters most, so long that `deadline` is kept; nothing
    /// for a method without one, or if the time is too short for three values.
    pub(crate) fn validation_curve(&mut self, m: usize, deadline: f64) -> Option<ValidationCurve> {
        let runner = &self.runners[m];
        let (method, view) = (runner.method, runner.view);
        let best = runner.best()?.candidate.clone();
        let settings = method.along(&best, &self.circumstances(m))?;
        let parameter = settings.parameter;
        let cost = |n: usize| 2.5 * settings.candidates.len() as f64 * self.runners[m].expected(n);
        let left = deadline - self.elapsed();
        let full = self.runners[m].rows;
        let rows = super::data::sizes(full).into_iter().rev().find(|&n| cost(n) < left)?;
        let mut points = Vec::new();
        for (value, candidate) in settings.candidates {
            if let Ok(scores) = self.both_scores(&candidate, view, rows, deadline) {
                points.push((value, scores.0, scores.1));
            }
        }
        points.dedup_by(|a, b| a.0 == b.0);
        (points.len() >= 3).then_some(ValidationCurve { method, parameter, points })
    }

    /// The scores on the rows learned from and on the others of the first fold.
    fn both_scores(
        &mut self,
        candidate: &Candidate,
        view: super::View,
        rows: usize,
        deadline: f64,
    ) -> Result<(f64, f64)> {
        self.limit = deadline;
        let (run, fitted) = self.run_and_keep(candidate, view, 0, rows)?;
        let fill = self.fill(candidate)?;
        let x = self.features(view, fill, 0, rows)?;
        let train = &self.folds[0].train[..x.0.rows()];
        let places = places(&self.data.reading, &fitted)?;
        let said = predict(&fitted, &places, self.data.classes(), &x.0, false)?;
        Ok((self.data.score(train, &said.values), run.score))
    }

    /// What a model answers over the two columns of numbers that matter most to it.
    pub(crate) fn plane(
        &self,
        model: &TableModel,
        importances: &[(String, f64)],
        rows: &[usize],
    ) -> Option<Plane> {
        let classes = self.data.classes();
        if classes == 0 {
            return None;
        }
        let schema = model.fitted().schema()?;
        let Features::Dense(Dense::F64(all)) = model.features(&self.data.encoded, rows) else {
            return None;
        };
        let columns = schema.columns();
        let sources = model.sources();
        // A date is its first part that is not always the same; pieces of texts are no axes.
        let number = |name: &String| {
            (0..columns.len()).find(|&c| {
                let (own, words) = &columns[c];
                let spread = range(&all, c);
                sources[c] == *name && words.is_none() && !own.contains('~') && spread.0 < spread.1
            })
        };
        let mut chosen = importances.iter().filter_map(|(name, _)| number(name));
        let (a, b) = (chosen.next()?, chosen.next()?);
        let typical: Vec<f64> =
            (0..all.cols).map(|c| middle(&all, c, columns[c].1.is_some())).collect();
        let (x, y) = (range(&all, a), range(&all, b));
        let side = Plane::SIDE;
        let at = |(a, b): (f64, f64), i: usize| a + (b - a) * (i as f64 + 0.5) / side as f64;
        let mut grid = Vec::with_capacity(side * side * all.cols);
        for i in 0..side * side {
            let from = grid.len();
            grid.extend_from_slice(&typical);
            grid[from + a] = at(x, i % side);
            grid[from + b] = at(y, side - 1 - i / side);
        }
        let grid = Matrix::new(grid, side * side, all.cols).into();
        let places = places(&self.data.reading, model.fitted()).ok()?;
        let said = predict(model.fitted(), &places, classes, &grid, true).ok()?;
        // From chance to certain.
        let chance = 1.0 / classes as f64;
        let sure = |i: usize| match &said.probabilities {
            None => 0.6,
            Some(p) => {
                let most = p[i * classes..(i + 1) * classes].iter().copied().fold(0.0, f64::max);
                (most - chance) / (1.0 - chance)
            }
        };
        let cells = said.values.iter().enumerate().map(|(i, &c)| (c as usize, sure(i))).collect();
        let inside = |v: f64, (low, high): (f64, f64)| low <= v && v <= high;
        let samples = rows.iter().enumerate().filter_map(|(k, &i)| {
            let (u, v) = (all.row(k)[a], all.row(k)[b]);
            (inside(u, x) && inside(v, y)).then(|| (u, v, self.data.y[i] as usize))
        });
        Some(Plane {
            names: (columns[a].0.clone(), columns[b].0.clone()),
            x,
            y,
            cells,
            samples: samples.take(SAMPLES).collect(),
        })
    }
}

fn sorted(m: &Matrix<'_, f64>, c: usize) -> Vec<f64> {
    let mut all: Vec<f64> = (0..m.rows).map(|i| m.row(i)[c]).filter(|v| v.is_finite()).collect();
    all.sort_by(f64::total_cmp);
    all
}

/// From the first to the last of a hundred equal parts, a little widened: what lies far out would
/// press all else into a corner.
fn range(m: &Matrix<'_, f64>, c: usize) -> (f64, f64) {
    let all = sorted(m, c);
    let Some(last) = all.len().checked_sub(1) else { return (0.0, 0.0) };
    let (low, high) = (all[last / 100], all[last - last / 100]);
    let edge = 0.04 * (high - low);
    (low - edge, high + edge)
}

/// The middle of numbers, the most frequent of words; 0 where all are missing.
fn middle(m: &Matrix<'_, f64>, c: usize, words: bool) -> f64 {
    let all = sorted(m, c);
    if !words {
        return all.get(all.len() / 2).copied().unwrap_or(0.0);
    }
    let runs = all.chunk_by(|a, b| a == b);
    runs.max_by_key(|run| run.len()).map_or(0.0, |run| run[0])
}
