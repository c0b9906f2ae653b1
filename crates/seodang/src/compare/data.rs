//! What is known of a table, its folds, and how good predictions are.

use super::methods::View;
use super::model::Predictions;
use super::preparation::{Encoded, Preparation};
use super::reading::Reading;
use seodang_core::Result;
use seodang_data::Task;
use seodang_learn::metrics;
use std::collections::HashMap;

/// A part of the rows to learn from, and another to predict.
#[derive(Clone, Debug)]
pub(crate) struct Fold {
    pub(crate) train: Vec<usize>,
    pub(crate) valid: Vec<usize>,
}

/// Everything that is known of the data.
#[derive(Debug)]
pub(crate) struct Data {
    pub(crate) reading: Reading,
    pub(crate) encoded: Encoded,
    /// Each row's class by number, or its quantity.
    pub(crate) y: Vec<f64>,
    pub(crate) seed: u64,
}

impl Data {
    pub(crate) fn task(&self) -> Task {
        self.reading.task()
    }

    pub(crate) fn classes(&self) -> usize {
        self.reading.class_names().len()
    }

    pub(crate) fn of(&self, rows: &[usize]) -> Vec<f64> {
        rows.iter().map(|&i| self.y[i]).collect()
    }

    /// The targets of rows, centred: one column for each class but the first, or the quantity.
    pub(crate) fn signs(&self, rows: &[usize]) -> Vec<Vec<f64>> {
        let n = rows.len().max(1) as f64;
        let centred = |of: &dyn Fn(f64) -> f64| {
            let all: Vec<f64> = rows.iter().map(|&i| of(self.y[i])).collect();
            let mean = all.iter().sum::<f64>() / n;
            all.into_iter().map(|x| x - mean).collect()
        };
        match self.task() {
            Task::Regression => vec![centred(&|y| y)],
            // More classes than this would cost more than the pieces of texts are worth.
            Task::Classification => (1..self.classes().min(20))
                .map(|c| centred(&|y| f64::from(y == c as f64)))
                .collect(),
        }
    }

    pub(crate) fn prepare(&self, view: View, fill: bool, rows: &[usize]) -> Result<Preparation> {
        Preparation::fit(&self.encoded, view, fill, rows, &self.signs(rows))
    }

    /// How good values are: the accuracy, or R².
    pub(crate) fn score(&self, rows: &[usize], values: &[f64]) -> f64 {
        score(self.task(), &self.of(rows), values)
    }

    /// What each row adds to the loss by which settings are chosen. For quantities that is the squared
    /// error. For classes it is 1 for a wrong answer, and the squared error of the probabilities (Brier
    /// 1950): of few rows many settings are wrong equally often, and this tells them apart.
    pub(crate) fn losses(&self, rows: &[usize], said: &Predictions) -> Vec<f64> {
        let (classes, said_of) = (self.classes(), said.values.iter());
        let pairs = rows.iter().map(|&i| self.y[i]).zip(said_of).enumerate();
        let of = |(k, (y, &value)): (usize, (f64, &f64))| match (self.task(), &said.probabilities) {
            (Task::Regression, _) => (y - value).powi(2),
            (Task::Classification, None) => 3.0 * f64::from(y != value),
            (Task::Classification, Some(p)) => {
                let p = &p[k * classes..(k + 1) * classes];
                f64::from(y != value) + brier(p, y as usize)
            }
        };
        pairs.map(of).collect()
    }

    /// The deviation of quantities.
    pub(crate) fn spread(&self) -> f64 {
        let n = self.y.len().max(1) as f64;
        let mean = self.y.iter().sum::<f64>() / n;
        let spread = (self.y.iter().map(|y| (y - mean).powi(2)).sum::<f64>() / n).sqrt();
        if spread > 0.0 && spread.is_finite() { spread } else { 1.0 }
    }
}

/// The squared error of a row's probabilities.
pub(crate) fn brier(probabilities: &[f64], class: usize) -> f64 {
    let squares: f64 = probabilities.iter().map(|p| p * p).sum();
    squares - 2.0 * probabilities.get(class).copied().unwrap_or(0.0) + 1.0
}

/// The accuracy, or R².
pub(crate) fn score(task: Task, y: &[f64], values: &[f64]) -> f64 {
    match task {
        Task::Classification => {
            let right = y.iter().zip(values).filter(|(a, b)| a == b).count();
            right as f64 / y.len().max(1) as f64
        }
        Task::Regression => {
            let of = |data: &[f64]| seodang_learn::target::Values {
                data: data.to_vec().into(),
                outputs: 1,
                flat: true,
            };
            metrics::r2(&of(y), &of(values), None).unwrap_or(f64::NAN)
        }
    }
}

/// Rows cut into `k` folds, each class into all of them.
pub(crate) fn folds(data: &Data, rows: &[usize], k: usize) -> Vec<Fold> {
    let part = parts(data, rows, k);
    let fold = |f: usize| {
        let of = |inside: bool| {
            let chosen = rows.iter().zip(&part).filter(|(_, p)| (**p == f) == inside);
            chosen.map(|(&i, _)| i).collect()
        };
        Fold { train: of(false), valid: of(true) }
    };
    (0..k).map(fold).collect()
}

/// For each row the number of its part; rows are dealt out class by class. `rows` stand in random order.
fn parts(data: &Data, rows: &[usize], k: usize) -> Vec<usize> {
    let mut next: HashMap<u64, usize> = HashMap::new();
    let mut all = 0;
    let class = |i: usize| match data.task() {
        Task::Classification => data.y[i].to_bits(),
        Task::Regression => 0,
    };
    let mut deal = |&i: &usize| {
        // Each class begins where the one before it ended, so that parts are of a size.
        let at = next.entry(class(i)).or_insert_with(|| all);
        let part = *at % k;
        *at += 1;
        all += 1;
        part
    };
    rows.iter().map(&mut deal).collect()
}

/// The sizes of a learning curve: a third, and a third of that, down to some dozens; of few rows halves.
pub(crate) fn sizes(full: usize) -> Vec<usize> {
    let mut out = vec![full];
    let (part, least) = if full < 540 { (2, 15) } else { (3, 60) };
    while out[0] / part >= least && out.len() < 6 {
        out.insert(0, out[0] / part);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn curves_have_several_sizes() {
        assert_eq!(sizes(114), [28, 57, 114]);
        assert_eq!(sizes(5400), [66, 200, 600, 1800, 5400]);
        assert_eq!(sizes(16), [16]);
        assert_eq!(sizes(1_000_000).len(), 6);
    }
}
