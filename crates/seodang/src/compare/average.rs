//! The average of the best settings of all methods.
//!
//! What several good settings have in common is more often right than any of them, and the average
//! depends less on which of them chance favoured on these rows. Settings are added one by one, each as
//! often as it makes the average better on the rows that it did not learn from (Caruana et al. 2004).

use super::MethodResult;
use super::axes::Axes;
use super::data::{brier, sizes};
use super::fitting::{Part, voting_class};
use super::interval::{differs, interval};
use super::methods::{AVERAGE, Candidate, View};
use super::model::Predictions;
use super::search::{CurvePoint, Run, Search, Trial};
use seodang_core::Result;
use seodang_data::Task;
use seodang_learn::{threads, with_threads};
use std::collections::HashMap;

/// How often a setting is added.
const ROUNDS: usize = 16;
/// The most settings that are looked at.
const POOL: usize = 60;
/// How many numbers all rounds may look at.
const WORK: f64 = 4e8;

/// The seconds that its measurements may take, even if the time is over.
const LEAST: f64 = 0.3;

/// An average of settings.
#[derive(Debug)]
pub(crate) struct Average {
    pub(crate) parts: Vec<Part>,
    pub(crate) score: f64,
    /// What it says of the rows of each fold.
    pub(crate) said: Vec<Predictions>,
    /// What it says of each fold if what is averaged is chosen on the other folds: as good as it will be
    /// on new rows.
    pub(crate) crossed: Vec<f64>,
    /// How often each method is in it, of 1.
    pub(crate) shares: Vec<(&'static str, f64)>,
    /// The mean of its methods' [`super::search::Runner::slope`].
    pub(crate) slope: f64,
    pub(crate) rows: usize,
    pub(crate) tried: usize,
    pub(crate) fit: f64,
    pub(crate) predict: f64,
}

/// What settings say of the same rows.
struct Pool<'a> {
    trials: Vec<(usize, &'a Trial)>,
    /// For each setting what it says: probabilities, row by row, or quantities.
    soft: Vec<Vec<f64>>,
    truth: Vec<f64>,
    /// The fold of the first partition that each row is in.
    group: Vec<usize>,
    /// How many numbers a row has.
    width: usize,
    task: Task,
    seconds: Vec<f64>,
}

impl Pool<'_> {
    /// The loss of `sum` with what setting `i` says, divided by `n`, over the rows outside a group.
    fn loss(&self, sum: &[f64], i: usize, n: f64, without: Option<usize>) -> f64 {
        let (soft, width) = (&self.soft[i], self.width);
        let (mut loss, mut rows) = (0.0, 0.0);
        let mut p = vec![0.0; width];
        for (k, &y) in self.truth.iter().enumerate() {
            if Some(self.group[k]) == without {
                continue;
            }
            let at = k * width;
            for c in 0..width {
                p[c] = (sum[at + c] + soft[at + c]) / n;
            }
            loss += match self.task {
                Task::Regression => (y - p[0]).powi(2),
                Task::Classification => {
                    // The first of equal ones is the answer.
                    let y = y as usize;
                    let right =
                        p[..y].iter().all(|q| *q < p[y]) && p[y..].iter().all(|q| *q <= p[y]);
                    f64::from(!right) + brier(&p, y)
                }
            };
            rows += 1.0;
        }
        loss / f64::max(rows, 1.0)
    }

    /// How often each setting is taken, of those that take `allow` seconds together.
    fn choose(&self, allow: f64, without: Option<usize>) -> Vec<usize> {
        let mut sum = vec![0.0; self.truth.len() * self.width];
        let mut counts = vec![0; self.trials.len()];
        let mut best = (f64::INFINITY, counts.clone());
        let mut seconds = 0.0;
        for round in 0..ROUNDS {
            let takes = |i: usize| if counts[i] > 0 { 0.0 } else { self.seconds[i] };
            // One of them must be possible.
            let fits = |i: &usize| round == 0 || seconds + takes(*i) <= allow;
            let n = (round + 1) as f64;
            let losses =
                (0..counts.len()).filter(fits).map(|i| (self.loss(&sum, i, n, without), i));
            let Some((loss, i)) = losses.min_by(|a, b| a.0.total_cmp(&b.0)) else { break };
            seconds += takes(i);
            counts[i] += 1;
            sum.iter_mut().zip(&self.soft[i]).for_each(|(s, p)| *s += p);
            if loss < best.0 {
                best = (loss, counts.clone());
            }
        }
        best.1
    }

    /// The average of settings, each as often as it was taken.
    fn mean(&self, counts: &[usize]) -> Vec<f64> {
        let n = counts.iter().sum::<usize>().max(1) as f64;
        let mut mean = vec![0.0; self.truth.len() * self.width];
        for (soft, &count) in self.soft.iter().zip(counts).filter(|(_, c)| **c > 0) {
            let share = count as f64 / n;
            mean.iter_mut().zip(soft).for_each(|(m, p)| *m += share * p);
        }
        mean
    }

    fn said(&self, mean: Vec<f64>) -> Predictions {
        match self.task {
            Task::Regression => Predictions { values: mean, probabilities: None },
            Task::Classification => Predictions::likeliest(mean, self.width),
        }
    }
}

impl Search<'_> {
    /// The average of the best settings whose fits take `allow` seconds together; nothing, if that would
    /// be one setting alone, or the settings have no probabilities.
    pub(crate) fn average(&self, allow: f64) -> Option<Average> {
        let pool = self.pool()?;
        let counts = pool.choose(allow, None);
        let members: Vec<usize> = (0..counts.len()).filter(|&i| counts[i] > 0).collect();
        if members.len() < 2 {
            return None;
        }
        let said = pool.said(pool.mean(&counts));
        let score = super::data::score(pool.task, &pool.truth, &said.values);
        // The rows of the first partition, with weights from the others of its folds.
        let first: usize = self.folds[..self.k].iter().map(|f| f.valid.len()).sum();
        let mut crossed = said.values[..first].to_vec();
        for group in 0..self.k.max(2) {
            let other = pool.said(pool.mean(&pool.choose(allow, Some(group))));
            (0..first)
                .filter(|&k| pool.group[k] == group)
                .for_each(|k| crossed[k] = other.values[k]);
        }
        let total = counts.iter().sum::<usize>() as f64;
        let mut parts: Vec<Part> = Vec::new();
        let mut shares: Vec<(&'static str, f64)> = Vec::new();
        let (mut fit, mut predict, mut slope) = (0.0, 0.0, 0.0);
        for &i in &members {
            let (m, trial) = pool.trials[i];
            let runner = &self.runners[m];
            let (key, weight) = (runner.method.key, counts[i] as f64 / total);
            let of_method = parts.iter().filter(|p| p.name.starts_with(key)).count();
            let name = format!("{key}{}", of_method + 1);
            let candidate = trial.candidate.clone();
            parts.push(Part { name, candidate, view: runner.view, weight });
            match shares.iter_mut().find(|(k, _)| *k == key) {
                Some((_, share)) => *share += weight,
                None => shares.push((key, weight)),
            }
            fit += trial.fit;
            predict += trial.predict;
            slope += weight * runner.slope();
        }
        shares.sort_by(|a, b| b.1.total_cmp(&a.1));
        let mut cut = Vec::new();
        let mut from = 0;
        for fold in &self.folds[..self.k] {
            let (to, width) = (from + fold.valid.len(), pool.width);
            let values = said.values[from..to].to_vec();
            let probabilities = said.probabilities.as_ref();
            let probabilities = probabilities.map(|p| p[from * width..to * width].to_vec());
            cut.push(Predictions { values, probabilities });
            from = to;
        }
        let (rows, tried) = (self.runners[pool.trials[members[0]].0].rows, members.len());
        let said = cut;
        Some(Average { parts, score, said, crossed, shares, slope, rows, tried, fit, predict })
    }

    /// The settings that can be averaged with the best of the leader: those that got as many rows, and the
    /// same kind of columns, and were tried as often.
    fn pool(&self) -> Option<Pool<'_>> {
        let leader = &self.runners[self.leader()?];
        let task = self.data.task();
        let width = if task == Task::Regression { 1 } else { self.data.classes() };
        let folds = leader.trials.iter().map(|t| t.said.len()).max()?;
        let fits = |t: &Trial| {
            let soft = task == Task::Regression || t.said.iter().all(|s| s.probabilities.is_some());
            soft && t.said.len() >= folds
        };
        let mut trials = Vec::new();
        for (m, runner) in self.runners.iter().enumerate() {
            let grams = (runner.view == View::Grams) == (leader.view == View::Grams);
            if grams && runner.rows == leader.rows {
                trials.extend(runner.trials.iter().filter(|t| fits(t)).map(|t| (m, t)));
            }
        }
        trials.sort_by(|a, b| a.1.loss.total_cmp(&b.1.loss));
        let valid: Vec<usize> = self.folds[..folds].iter().flat_map(|f| f.valid.clone()).collect();
        let choices = if self.k > 1 { self.k + 1 } else { 3 };
        let each = (valid.len() * width * ROUNDS * choices).max(1) as f64;
        trials.truncate(((WORK / each) as usize).clamp(4, POOL));
        let group: HashMap<usize, usize> = match self.k {
            1 => valid.iter().enumerate().map(|(k, &i)| (i, k % 2)).collect(),
            _ => {
                let folds = self.folds[..self.k].iter().enumerate();
                folds.flat_map(|(g, f)| f.valid.iter().map(move |&i| (i, g))).collect()
            }
        };
        let soft = |t: &Trial| -> Vec<f64> {
            let of = |s: &Predictions| match (&s.probabilities, task) {
                (Some(p), Task::Classification) => p.clone(),
                _ => s.values.clone(),
            };
            t.said[..folds].iter().flat_map(of).collect()
        };
        Some(Pool {
            soft: trials.iter().map(|(_, t)| soft(t)).collect(),
            seconds: trials.iter().map(|(_, t)| t.seconds() + self.preparing).collect(),
            truth: self.data.of(&valid),
            group: valid.iter().map(|i| group.get(i).copied().unwrap_or(0)).collect(),
            trials,
            width,
            task,
        })
    }

    /// The average's row of the table: its curve and its axes are measured with as many rows as there is
    /// time for until `deadline`.
    pub(crate) fn average_row(
        &mut self,
        average: &Average,
        winner: &[f64],
        deadline: f64,
        new_rows: usize,
    ) -> MethodResult {
        let task = self.data.task();
        let truth = self.data.of(&self.valid_rows());
        let said: Vec<f64> = average.said.iter().flat_map(|s| s.values.iter().copied()).collect();
        let valid = self.folds[0].valid.len();
        let shares = average
            .shares
            .iter()
            .map(|(k, s)| ((*k).to_owned(), ((100.0 * s).round() / 100.0).into()));
        let candidate = Candidate::new(voting_class(&average.parts), shares.collect());
        let (curve, axes) = self.average_axes(average, deadline);
        MethodResult {
            method: AVERAGE,
            candidate,
            score: average.score,
            interval: interval(task, &truth, &said, new_rows, self.data.seed),
            ties_with_winner: !differs(task, &truth, winner, &said),
            tried: average.tried,
            rows: average.rows,
            curve,
            fit: average.fit,
            predict: average.predict / valid.max(1) as f64,
            axes,
        }
    }

    fn average_axes(&mut self, average: &Average, deadline: f64) -> (Vec<CurvePoint>, Axes) {
        self.limit = deadline.max(self.elapsed() + LEAST);
        let (mut curve, mut axes) = (Vec::new(), Axes::default());
        // Half of the time for the curve.
        let half = self.elapsed() + 0.5 * (deadline - self.elapsed());
        for rows in sizes(self.folds[0].train.len()).into_iter().filter(|&n| n < average.rows) {
            let cost = (average.fit + average.predict) * rows as f64 / average.rows as f64;
            if !curve.is_empty() && self.elapsed() + cost > half {
                break;
            }
            let Ok(run) = self.run_parts(&average.parts, None, rows) else { break };
            let Run { score, fit, predict, .. } = run;
            curve.push(CurvePoint { rows, score, fit, predict });
            axes.rows = rows;
        }
        let score = self.data.score(&self.folds[0].valid, &average.said[0].values);
        let (rows, fit, predict) = (average.rows, average.fit, average.predict);
        curve.push(CurvePoint { rows, score, fit, predict });
        // With as many rows as were quick: it is several methods at once.
        let rows = if axes.rows > 0 { axes.rows } else { average.rows };
        let time = |run: Result<Run>| run.ok().map(|r| r.fit + r.predict);
        axes.rows = rows;
        axes.one_core = time(with_threads(1, || self.run_parts(&average.parts, None, rows)));
        axes.all_cores = time(self.run_parts(&average.parts, None, rows)).map(|s| (threads(), s));
        if average.parts.iter().all(|p| p.view != View::Grams) {
            let mut with =
                |view| self.run_parts(&average.parts, Some(view), rows).ok().map(|r| r.score);
            axes.raw = with(View::Raw);
            axes.prepared = with(View::Scaled);
        }
        (curve, axes)
    }

    /// Fits the parts of an average on the first `rows` rows of the first fold, and predicts its others;
    /// all parts with a view of their own or with the same one.
    fn run_parts(&mut self, parts: &[Part], view: Option<View>, rows: usize) -> Result<Run> {
        let classes = self.data.classes();
        let (mut sum, mut fit, mut predict) = (Vec::new(), 0.0, 0.0);
        for part in parts {
            let run = self.run(&part.candidate, view.unwrap_or(part.view), 0, rows)?;
            let soft = run.said.probabilities.unwrap_or(run.said.values);
            sum.resize(soft.len(), 0.0);
            sum.iter_mut().zip(soft).for_each(|(s, p)| *s += part.weight * p);
            fit += run.fit;
            predict += run.predict;
        }
        let said = match self.data.task() {
            Task::Regression => Predictions { values: sum, probabilities: None },
            Task::Classification => Predictions::likeliest(sum, classes),
        };
        let score = self.data.score(&self.folds[0].valid, &said.values);
        Ok(Run { score, said, fit, predict })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn trial(seconds: f64) -> Trial {
        Trial {
            candidate: Candidate::new("SVC", Vec::new()),
            score: 0.0,
            loss: 0.0,
            said: Vec::new(),
            fit: seconds,
            predict: 0.0,
        }
    }

    /// Quantities: one setting is too high by what the other is too low, and the third is far off.
    fn pool(trials: &[Trial]) -> Pool<'_> {
        let truth: Vec<f64> = (0..30).map(f64::from).collect();
        let off = |gap: f64| truth.iter().map(|y| y + gap).collect::<Vec<f64>>();
        Pool {
            soft: vec![off(1.0), off(-1.5), off(30.0)],
            group: (0..30).map(|k| k % 3).collect(),
            seconds: trials.iter().map(Trial::seconds).collect(),
            trials: trials.iter().map(|t| (0, t)).collect(),
            truth,
            width: 1,
            task: Task::Regression,
        }
    }

    #[test]
    fn settings_that_make_good_for_each_other_are_averaged() {
        let trials = [trial(1.0), trial(1.0), trial(0.1)];
        let pool = pool(&trials);
        let counts = pool.choose(10.0, None);
        // Three of one and two of the other meet in the middle.
        assert_eq!((counts[0] * 2, counts[2]), (counts[1] * 3, 0), "{counts:?}");
        let said = pool.said(pool.mean(&counts));
        assert!(said.values.iter().zip(&pool.truth).all(|(a, b)| (a - b).abs() < 1e-9));
        assert_eq!(pool.choose(10.0, Some(1)), counts);
        // There is time for one of them alone; and for one whatever it takes.
        assert_eq!(pool.choose(1.5, None)[1], 0);
        assert!(pool.choose(0.0, None)[0] > 0);
    }

    #[test]
    fn probabilities_are_averaged_for_the_answer() {
        let trials = [trial(1.0), trial(1.0)];
        let pool = Pool {
            soft: vec![vec![0.9, 0.1, 0.6, 0.4], vec![0.45, 0.55, 0.1, 0.9]],
            group: vec![0, 1],
            seconds: vec![1.0, 1.0],
            trials: trials.iter().map(|t| (0, t)).collect(),
            truth: vec![0.0, 1.0],
            width: 2,
            task: Task::Classification,
        };
        // Each is wrong once; together they are right.
        let said = pool.said(pool.mean(&[1, 1]));
        assert_eq!(said.values, [0.0, 1.0]);
        assert!(pool.choose(9.0, None).iter().all(|&c| c > 0));
    }
}
