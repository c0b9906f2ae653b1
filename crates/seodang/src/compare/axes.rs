//! What the course's table asks besides the score: hardware, preparation, and what a method lets one see.

use super::data::{Data, sizes};
use super::interval::differs;
use super::methods::{Candidate, View};
use super::model::{TableModel, places, predict};
use super::notices::Notice;
use super::search::Search;
use super::{MethodResult, interval};
use seodang_core::Result;
use seodang_core::random::Stream;
use seodang_data::Task;
use seodang_learn::{Dense, Features, Fitted, Matrix, Value, threads, with_threads};

/// What was measured of a method besides its score.
#[derive(Clone, Debug, Default)]
pub struct Axes {
    /// The rows that it learned from for these.
    pub rows: usize,
    /// Seconds of fit and prediction on one core.
    pub one_core: Option<f64>,
    /// On how many cores, and the seconds there.
    pub all_cores: Option<(usize, f64)>,
    /// Bytes that memory grew by at most; not measured on every system.
    pub memory: Option<u64>,
    /// The score with words as numbers and nothing scaled.
    pub raw: Option<f64>,
    /// The score with scaled numbers and a column for each category.
    pub prepared: Option<f64>,
    /// What it lets one see of itself.
    pub insight: Insight,
}

/// What a fitted method lets one see.
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub enum Insight {
    /// Nothing that a person can read.
    #[default]
    None,
    /// How much the answer grows with each feature, the strongest first.
    Coefficients(Vec<(String, f64)>),
    /// How much each feature was of use, the most first; they add up to 1.
    Importances(Vec<(String, f64)>),
    /// The questions of a tree, its root first.
    Tree(Vec<TreePart>),
}

/// A question or an answer of a tree.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct TreePart {
    /// The feature that is asked for, and up to which value rows go to the first child.
    pub question: Option<(String, f64)>,
    /// Where rows go.
    pub children: Option<(usize, usize)>,
    /// The rows that came here.
    pub rows: f64,
    /// The share of each class, or the mean quantity alone.
    pub value: Vec<f64>,
}

/// The most features that are named.
const MOST: usize = 20;
/// The most rows that columns are shuffled in.
const SHUFFLED: usize = 1500;

impl Search<'_> {
    /// The first setting of a method.
    pub(crate) fn first(&self, m: usize) -> Option<Candidate> {
        self.runners[m].method.first(&self.circumstances(m))
    }

    /// Measures each method with as many rows as `share` seconds allow.
    pub(crate) fn axes(&mut self, share: f64) -> Vec<Axes> {
        let all = self.runners.len();
        let of = |m: usize| {
            self.limit = self.elapsed() + 4.0 * share;
            self.axes_of(m, share).unwrap_or_default()
        };
        (0..all).map(of).collect()
    }

    fn axes_of(&mut self, m: usize, share: f64) -> Option<Axes> {
        let runner = self.runners[m].clone();
        runner.best()?;
        let candidate = self.first(m)?;
        let full = self.folds[0].train.len();
        let fits = |n: &usize| *n <= runner.rows && runner.expected(*n) < share;
        let rows = sizes(full).into_iter().rev().find(fits).unwrap_or(sizes(full)[0]);
        let view = runner.view;
        // What is prepared once is not part of either measurement.
        let fill = self.fill(&candidate).ok()?;
        self.features(view, fill, 0, rows).ok()?;
        let one = with_threads(1, || self.quickest(&candidate, view, rows));
        let many = self.quickest(&candidate, view, rows)?;
        let before = memory::now();
        let all = self.run_and_keep(&candidate, view, 0, rows).ok()?;
        let memory = before.and_then(memory::growth);
        let (mut raw, mut prepared) = (None, None);
        if view != View::Grams {
            raw = self.run(&candidate, View::Raw, 0, rows).ok().map(|r| r.score);
            prepared = self.run(&candidate, View::Scaled, 0, rows).ok().map(|r| r.score);
        }
        let insight = self.seen(&all.1, view, fill, rows).ok()?;
        Some(Axes {
            rows,
            one_core: one,
            all_cores: Some((threads(), many)),
            memory,
            raw,
            prepared,
            insight,
        })
    }

    /// What an estimator that was fitted to the first `rows` rows of the first fold lets one see.
    fn seen(&self, fitted: &Fitted, view: View, fill: bool, rows: usize) -> Result<Insight> {
        let train = &self.folds[0].train;
        let columns = self.data.prepare(view, fill, &train[..rows.min(train.len())])?;
        Ok(insight(fitted, &columns.names(&self.data.encoded).unwrap_or_default()))
    }

    /// Puts what the best setting of each method lets one see in place of what its first one does, as
    /// far as there is time.
    pub(crate) fn see_best(&mut self, axes: &mut [Axes], deadline: f64) {
        for m in self.ranked() {
            let Some(best) = self.runners[m].best() else { continue };
            let (candidate, seconds) = (best.candidate.clone(), best.seconds());
            let (view, rows) = (self.runners[m].view, self.runners[m].rows);
            if axes[m].insight == Insight::None || self.elapsed() + 2.0 * seconds > deadline {
                continue;
            }
            self.limit = deadline;
            let insight = self.run_and_keep(&candidate, view, 0, rows).and_then(|(_, fitted)| {
                let fill = self.fill(&candidate)?;
                self.seen(&fitted, view, fill, rows)
            });
            if let Ok(insight) = insight {
                axes[m].insight = insight;
            }
        }
    }

    /// Seconds of a fit and a prediction: the least of three, if they are short and so mostly noise.
    fn quickest(&mut self, candidate: &Candidate, view: View, rows: usize) -> Option<f64> {
        let mut least = f64::INFINITY;
        for _ in 0..3 {
            let run = self.run(candidate, view, 0, rows).ok()?;
            least = least.min(run.fit + run.predict);
            if least > 0.05 {
                break;
            }
        }
        Some(least)
    }

    /// What a method's best setting said of the rows of the folds.
    pub(crate) fn out_of_fold(&self, m: usize) -> Vec<f64> {
        let said = self.runners[m].best().map_or(&[][..], |t| &t.said[..self.k]);
        said.iter().flat_map(|s| s.values.iter().copied()).collect()
    }

    /// The results of the methods that have one; `best` is what the winner said of the rows of the folds.
    pub(crate) fn results(
        &self,
        axes: Vec<Axes>,
        best: &[f64],
        new_rows: usize,
    ) -> Vec<MethodResult> {
        let task = self.data.task();
        let valid = self.valid_rows();
        let truth = self.data.of(&valid);
        let rows_each = valid.len() as f64 / self.k as f64;
        let mut out = Vec::new();
        for (m, axes) in axes.into_iter().enumerate() {
            let runner = &self.runners[m];
            let Some(trial) = runner.best() else { continue };
            let said = self.out_of_fold(m);
            out.push(MethodResult {
                method: runner.method,
                candidate: trial.candidate.clone(),
                score: trial.score,
                interval: interval(task, &truth, &said, new_rows, self.data.seed),
                ties_with_winner: !differs(task, &truth, best, &said),
                tried: runner.tried,
                rows: runner.rows,
                curve: runner.curve.clone(),
                fit: trial.fit,
                predict: trial.predict / rows_each.max(1.0),
                axes,
            });
        }
        out
    }

    /// How much worse a model gets on rows when the columns of a table are shuffled one by one, until
    /// the time is over (Breiman 2001).
    pub(crate) fn importances(
        &self,
        model: &TableModel,
        rows: &[usize],
        deadline: f64,
    ) -> Result<Vec<(String, f64)>> {
        let names = model.sources();
        if names.is_empty() {
            return Ok(Vec::new());
        }
        let rows = &rows[..rows.len().min(SHUFFLED)];
        let Features::Dense(Dense::F64(x)) = model.features(&self.data.encoded, rows) else {
            return Ok(Vec::new());
        };
        let classes = self.data.classes();
        let places = places(&self.data.reading, model.fitted())?;
        let score = |x: Matrix<'_, f64>| -> Result<f64> {
            let said = predict(model.fitted(), &places, classes, &x.into(), false)?;
            Ok(self.data.score(rows, &said.values))
        };
        let whole = score(x.view())?;
        let order = Stream::new(self.data.seed, 13).permutation(rows.len());
        let mut sources: Vec<&str> = names.iter().map(String::as_str).collect();
        sources.dedup();
        let mut out = Vec::new();
        for source in sources {
            // Some columns are always worth their time.
            if self.elapsed() > deadline && out.len() >= 8 {
                break;
            }
            let mut shuffled = x.data.to_vec();
            for (c, _) in names.iter().enumerate().filter(|(_, n)| *n == source) {
                for (i, &from) in order.iter().enumerate() {
                    shuffled[i * x.cols + c] = x.data[from * x.cols + c];
                }
            }
            out.push((source.to_owned(), whole - score(Matrix::new(shuffled, x.rows, x.cols))?));
        }
        out.sort_by(|a, b| b.1.total_cmp(&a.1));
        Ok(out)
    }
}

/// What a fitted estimator lets one see.
fn insight(fitted: &Fitted, names: &[String]) -> Insight {
    if let Some(parts) = tree(fitted, names) {
        return Insight::Tree(parts);
    }
    let numbers = |name: &str| match fitted.attribute(name) {
        Ok(Value::Array(a)) => Some(a.to_f64_vec()),
        _ => None,
    };
    let strongest = |values: Vec<f64>| {
        let mut all: Vec<(String, f64)> = names.iter().cloned().zip(values).collect();
        all.sort_by(|a, b| b.1.abs().total_cmp(&a.1.abs()));
        all.truncate(MOST);
        all
    };
    // Of several classes, the one that a feature speaks for or against most.
    let fold = |coefficients: Vec<f64>| -> Vec<f64> {
        let n = names.len();
        let strong = |c: usize| {
            let of = coefficients.iter().skip(c).step_by(n).copied();
            of.max_by(|a, b| a.abs().total_cmp(&b.abs())).unwrap_or(0.0)
        };
        (0..n).map(strong).collect()
    };
    let fits =
        |v: &Vec<f64>| !names.is_empty() && !v.is_empty() && v.len().is_multiple_of(names.len());
    if let Some(all) = numbers("coef_").filter(fits) {
        return Insight::Coefficients(strongest(fold(all)));
    }
    let importances = match fitted.model().call("importances", None, &[]) {
        Ok(Value::Array(a)) => Some(a.to_f64_vec()),
        _ => None,
    };
    match importances.filter(fits) {
        Some(all) => Insight::Importances(strongest(all)),
        None => Insight::None,
    }
}

/// The parts of a decision tree, if it is one.
fn tree(fitted: &Fitted, names: &[String]) -> Option<Vec<TreePart>> {
    let Ok(Value::Dict(entries)) = fitted.model().call("tree", None, &[]) else { return None };
    let of = |name: &str| {
        entries.iter().find_map(|(k, v)| match (k, v) {
            (Value::Str(k), Value::Array(a)) if k == name => Some(a.to_f64_vec()),
            _ => None,
        })
    };
    let (left, right) = (of("children_left")?, of("children_right")?);
    let (feature, threshold) = (of("feature")?, of("threshold")?);
    let (rows, value) = (of("weighted_n_node_samples")?, of("value")?);
    let width = value.len() / left.len().max(1);
    let part = |i: usize| {
        let inner = left[i] >= 0.0;
        let name = names.get(feature[i].max(0.0) as usize).cloned().unwrap_or_default();
        TreePart {
            question: inner.then(|| (name, threshold[i])),
            children: inner.then(|| (left[i] as usize, right[i] as usize)),
            rows: rows[i],
            value: value[i * width..(i + 1) * width].to_vec(),
        }
    };
    Some((0..left.len()).map(part).collect())
}

/// Above this score a column alone gives the answer away.
const LEAK: f64 = 0.98;

/// Columns of which one alone says the target.
pub(crate) fn leaks(data: &Data) -> Vec<Notice> {
    let n = data.y.len();
    let base = super::base(data);
    // Where nearly all rows are of one class, a column says little by being right there.
    if n < 40 || base > 0.95 {
        return Vec::new();
    }
    let order = Stream::new(data.seed, 21).permutation(n);
    let (learn, test) = order.split_at(n / 2);
    let mut out = Vec::new();
    for (c, (name, words)) in data.encoded.schema.columns().iter().enumerate() {
        let x = |i: usize| data.encoded.codes.row(i)[c];
        let mut cuts: Vec<f64> = learn.iter().map(|&i| x(i)).filter(|x| !x.is_nan()).collect();
        cuts.sort_by(f64::total_cmp);
        cuts.dedup();
        // Numbers by their order, in bins of equal counts of different values; words one by one.
        let bins = if words.is_some() { cuts.len() } else { cuts.len().min(200) };
        let cuts: Vec<f64> = (0..bins).map(|b| cuts[b * cuts.len() / bins.max(1)]).collect();
        let bin = |i: usize| match x(i) {
            x if x.is_nan() => 0,
            x => cuts.partition_point(|c| *c <= x),
        };
        // Words of which most are met once say nothing about other rows.
        if words.is_some() && cuts.len() * 4 > n {
            continue;
        }
        let mut sums = vec![std::collections::HashMap::new(); bins + 1];
        for &i in learn {
            *sums[bin(i)].entry(data.y[i].to_bits()).or_insert(0usize) += 1;
        }
        let answer: Vec<f64> = sums
            .iter()
            .map(|counts| match data.task() {
                Task::Classification => {
                    let most = counts.iter().max_by_key(|(bits, n)| (**n, **bits));
                    most.map_or(f64::NAN, |(bits, _)| f64::from_bits(*bits))
                }
                Task::Regression => {
                    let n: usize = counts.values().sum();
                    let sum: f64 = counts.iter().map(|(b, n)| f64::from_bits(*b) * *n as f64).sum();
                    sum / n as f64
                }
            })
            .collect();
        let mean = learn.iter().map(|&i| data.y[i]).sum::<f64>() / learn.len() as f64;
        let say = |i: &usize| match answer[bin(*i)] {
            a if a.is_nan() => mean,
            a => a,
        };
        let said: Vec<f64> = test.iter().map(say).collect();
        let score = data.score(test, &said);
        if score > LEAK && score > base + 0.02 {
            out.push(Notice::Leak { column: name.clone(), score });
        }
    }
    out
}

/// How much memory the process holds.
mod memory {
    use std::fs;

    fn field(name: &str) -> Option<u64> {
        let status = fs::read_to_string("/proc/self/status").ok()?;
        let line = status.lines().find(|l| l.starts_with(name))?;
        line.split_whitespace().nth(1)?.parse::<u64>().ok().map(|kb| kb * 1024)
    }

    /// Bytes now; the highest mark begins anew.
    pub(super) fn now() -> Option<u64> {
        fs::write("/proc/self/clear_refs", "5").ok()?;
        field("VmRSS:")
    }

    /// How far it went beyond since [`now`].
    pub(super) fn growth(before: u64) -> Option<u64> {
        field("VmHWM:").map(|high| high.saturating_sub(before))
    }
}
