//! The search for the best method: the same folds for all, within the time.

use super::methods::{Candidate, Circumstances, Method, View};
use super::model::{Predictions, places, predict, targets, unscaled};
use super::preparation::{Encoded, Preparation, transformer};
use super::progress::{Clock, Progress};
use super::reading::Reading;
use super::text_columns::TextColumn;
use seodang_core::random::Stream;
use seodang_core::{Error, ErrorKind, Result, text};
use seodang_data::Task;
use seodang_learn::compose::Pipeline;
use seodang_learn::stop::until;
use seodang_learn::{Estimator, Features, Fitted, metrics};
use std::collections::HashMap;
use std::rc::Rc;
use std::time::Instant;

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
    fn signs(&self, rows: &[usize]) -> Vec<Vec<f64>> {
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

    /// The deviation of quantities.
    pub(crate) fn spread(&self) -> f64 {
        let n = self.y.len().max(1) as f64;
        let mean = self.y.iter().sum::<f64>() / n;
        let spread = (self.y.iter().map(|y| (y - mean).powi(2)).sum::<f64>() / n).sqrt();
        if spread > 0.0 && spread.is_finite() { spread } else { 1.0 }
    }
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

/// What one fit gave.
#[derive(Clone, Debug)]
pub(crate) struct Run {
    pub(crate) score: f64,
    pub(crate) values: Vec<f64>,
    pub(crate) fit: f64,
    pub(crate) predict: f64,
}

/// A point of a learning curve.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct CurvePoint {
    /// Rows learned from.
    pub rows: usize,
    /// The score on rows that were not.
    pub score: f64,
    /// Seconds of the fit.
    pub fit: f64,
    /// Seconds of the prediction.
    pub predict: f64,
}

/// A setting that was tried on all folds.
#[derive(Clone, Debug)]
pub(crate) struct Trial {
    pub(crate) candidate: Candidate,
    pub(crate) score: f64,
    /// What was predicted for the rows of each fold.
    pub(crate) values: Vec<Vec<f64>>,
    pub(crate) fit: f64,
    pub(crate) predict: f64,
}

/// A method on its way.
#[derive(Clone, Debug)]
pub(crate) struct Runner {
    pub(crate) method: Method,
    pub(crate) view: View,
    pub(crate) curve: Vec<CurvePoint>,
    pub(crate) best: Option<Trial>,
    pub(crate) first_folds: Vec<f64>,
    pub(crate) tried: usize,
    pub(crate) spent: f64,
    /// The most rows that it can learn from in the time.
    pub(crate) rows: usize,
    pub(crate) failed: Option<String>,
}

impl Runner {
    /// The seconds of a fit and a prediction with so many rows.
    pub(crate) fn expected(&self, rows: usize) -> f64 {
        expected(&self.curve, rows, self.method.steepest())
    }
}

type Cached = Rc<(Features<'static>, Features<'static>)>;

/// The search.
pub(crate) struct Search<'a> {
    pub(crate) data: &'a Data,
    pub(crate) folds: Vec<Fold>,
    pub(crate) runners: Vec<Runner>,
    cache: HashMap<(View, bool, usize, usize), Cached>,
    clock: Clock<'a>,
    /// When the running fit must have ended, in seconds since the beginning.
    pub(crate) limit: f64,
    random: Stream,
    lacks: bool,
    /// The longest that columns took to become numbers.
    preparing: f64,
    /// The longest that it took for each row learned from, for each view.
    preparing_row: HashMap<View, f64>,
}

impl<'a> Search<'a> {
    pub(crate) fn new(
        data: &'a Data,
        folds: Vec<Fold>,
        methods: &[Method],
        clock: Clock<'a>,
    ) -> Search<'a> {
        let only_texts = data.encoded.inputs.only_texts();
        let view = |m: &Method| m.view(only_texts, data.task());
        let runner = |m: &Method| Runner {
            method: *m,
            view: view(m),
            curve: Vec::new(),
            best: None,
            first_folds: Vec::new(),
            tried: 0,
            spent: 0.0,
            rows: 0,
            failed: None,
        };
        let lacks = data.encoded.lacks_some();
        // Naive Bayes knows no quantities.
        let there = |m: &&Method| !m.classes(data.task(), view(m)).is_empty();
        let runners = methods.iter().filter(there).map(runner).collect();
        let random = Stream::new(data.seed, 77);
        Search {
            data,
            folds,
            runners,
            cache: HashMap::new(),
            clock,
            limit: f64::INFINITY,
            random,
            lacks,
            preparing: 0.0,
            preparing_row: HashMap::new(),
        }
    }

    pub(crate) fn elapsed(&self) -> f64 {
        self.clock.elapsed()
    }

    /// Whether somebody asked to end the search.
    pub(crate) fn asked(&self) -> bool {
        self.clock.asked()
    }

    /// Says where the search is.
    fn tell(&mut self, m: usize) {
        let leader = self.leader().map(|m| &self.runners[m]);
        let leader = leader.and_then(|r| Some((r.method, r.best.as_ref()?.score)));
        let progress = Progress {
            elapsed: self.elapsed(),
            seconds: self.clock.seconds,
            method: self.runners[m].method,
            tried: self.runners.iter().map(|r| r.tried).sum(),
            leader,
        };
        (self.clock.report)(&progress);
    }

    pub(crate) fn circumstances(&self, m: usize) -> Circumstances {
        let columns = self.cache.iter().find(|(k, _)| k.0 == self.runners[m].view);
        Circumstances {
            task: self.data.task(),
            view: self.runners[m].view,
            rows: self.folds[0].train.len(),
            columns: columns.map_or(10, |(_, c)| c.0.cols()),
            spread: self.data.spread(),
            seed: self.data.seed,
            words: self.data.encoded.words(),
        }
    }

    /// Whether missing values must be filled for an estimator.
    pub(crate) fn fill(&self, candidate: &Candidate) -> Result<bool> {
        Ok(self.lacks && !candidate.estimator()?.tags().nan)
    }

    /// The seconds of a fit of a method with so many rows, and of what must be prepared for it.
    fn cost(&self, m: usize, rows: usize) -> f64 {
        let runner = &self.runners[m];
        let ready = self.cache.keys().any(|k| k.0 == runner.view && k.3 == rows);
        let each = self.preparing_row.get(&runner.view).copied().unwrap_or(0.0);
        runner.expected(rows) + if ready { 0.0 } else { each * rows as f64 }
    }

    /// The numbers of a fold: of the first `rows` rows of training, and of those to predict.
    pub(crate) fn features(
        &mut self,
        view: View,
        fill: bool,
        fold: usize,
        rows: usize,
    ) -> Result<Cached> {
        let key = (view, fill, fold, rows);
        if let Some(found) = self.cache.get(&key) {
            return Ok(Rc::clone(found));
        }
        let begin = self.elapsed();
        let Fold { train, valid } = &self.folds[fold];
        let train = &train[..rows.min(train.len())];
        let preparation = self.data.prepare(view, fill, train)?;
        let of = |rows: &[usize]| preparation.features(&self.data.encoded, rows);
        let made = Rc::new((of(train)?, of(valid)?));
        let took = self.elapsed() - begin;
        self.preparing = self.preparing.max(took);
        let each = self.preparing_row.entry(view).or_insert(0.0);
        *each = each.max(took / made.0.rows().max(1) as f64);
        self.cache.insert(key, Rc::clone(&made));
        Ok(made)
    }

    /// Fits on the first `rows` rows of a fold, and predicts its others.
    pub(crate) fn run(
        &mut self,
        candidate: &Candidate,
        view: View,
        fold: usize,
        rows: usize,
    ) -> Result<Run> {
        self.run_and_keep(candidate, view, fold, rows).map(|r| r.0)
    }

    /// [`Search::run`], with the fitted estimator.
    pub(crate) fn run_and_keep(
        &mut self,
        candidate: &Candidate,
        view: View,
        fold: usize,
        rows: usize,
    ) -> Result<(Run, Fitted)> {
        let fill = self.fill(candidate)?;
        let x = self.features(view, fill, fold, rows)?;
        let Fold { train, valid } = &self.folds[fold];
        let train = &train[..rows.min(train.len())];
        let y = self.data.of(train);
        let begin = Instant::now();
        let stop = self.clock.stop(self.limit);
        let estimator = candidate.estimator()?;
        let fitted = until(stop, || self.learn(candidate, &*estimator, &x.0, &y))?;
        let fit = begin.elapsed().as_secs_f64();
        let places = places(&self.data.reading, &fitted)?;
        let begin = Instant::now();
        let said = self.predict_in_time(&fitted, &places, &x.1)?;
        let predict = begin.elapsed().as_secs_f64();
        let score = self.data.score(valid, &said.values);
        if !score.is_finite() {
            return Err(Error::value(text!(
                en: "it predicts no numbers", ko: "예측값이 숫자가 아닙니다"
            )));
        }
        Ok((Run { score, values: said.values, fit, predict }, fitted))
    }

    /// What an estimator says of rows, unless the time is over before.
    fn predict_in_time(
        &self,
        fitted: &Fitted,
        places: &[usize],
        x: &Features<'_>,
    ) -> Result<Predictions> {
        /// So many rows take no method long.
        const AT_ONCE: usize = 4096;
        let (rows, classes) = (x.rows(), self.data.classes());
        if rows <= AT_ONCE {
            return predict(fitted, places, classes, x, false);
        }
        let stop = self.clock.stop(self.limit);
        let mut values = Vec::with_capacity(rows);
        for from in (0..rows).step_by(AT_ONCE) {
            if stop.passed() {
                return Err(Error::interrupted(text!(
                    en: "predicting took too long", ko: "예측이 너무 오래 걸립니다"
                )));
            }
            let part: Vec<usize> = (from..rows.min(from + AT_ONCE)).collect();
            values.extend(predict(fitted, places, classes, &x.take(&part), false)?.values);
        }
        Ok(Predictions { values, probabilities: None })
    }

    /// Learning curves of each method as it is at first, cheap sizes before dear ones; `share` is the
    /// time that each may take.
    pub(crate) fn curves(&mut self, share: f64) {
        let full = self.folds[0].train.len();
        for m in 0..self.runners.len() {
            let Some(candidate) = self.runners[m].method.first(&self.circumstances(m)) else {
                continue;
            };
            let begin = self.elapsed();
            self.tell(m);
            for rows in sizes(full) {
                let left = share - (self.elapsed() - begin);
                let known = self.runners[m].curve.len() >= 2;
                if (known && self.cost(m, rows) > left) || self.asked() {
                    break;
                }
                // The first sizes are worth more than their share; what was misjudged is not.
                let most = if known { 1.5 } else { 3.0 };
                self.limit = begin + most * share;
                let view = self.runners[m].view;
                match self.run(&candidate, view, 0, rows) {
                    Ok(run) => {
                        let Run { score, fit, predict, .. } = run;
                        self.runners[m].curve.push(CurvePoint { rows, score, fit, predict });
                        self.runners[m].rows = rows;
                    }
                    Err(e) if e.kind() == ErrorKind::Interrupted => {
                        if self.runners[m].curve.is_empty() && !self.asked() {
                            self.runners[m].failed = Some(first_line(&e));
                        }
                        break;
                    }
                    // Few rows may hold one class alone; with all of them it may go.
                    Err(_) if rows < full => {}
                    Err(e) => self.runners[m].failed = Some(first_line(&e)),
                }
            }
            self.runners[m].spent += self.elapsed() - begin;
        }
        // Whatever is prepared for another size from now on may be kept.
        self.cache.retain(|k, _| k.3 == full);
    }

    /// Each method as it is at first on all folds, with as many rows as `share` allows.
    pub(crate) fn firsts(&mut self, share: f64, deadline: f64) {
        let full = self.folds[0].train.len();
        let k = self.folds.len() as f64;
        let mut order: Vec<usize> = (0..self.runners.len()).collect();
        let cost = |r: &Runner| r.expected(full);
        order.sort_by(|&a, &b| cost(&self.runners[a]).total_cmp(&cost(&self.runners[b])));
        for m in order {
            let runner = &self.runners[m];
            if runner.failed.is_some() || runner.curve.is_empty() || self.asked() {
                continue;
            }
            let allowed = share.min((deadline - self.elapsed()) / 2.0);
            let fits = |rows: usize| self.cost(m, rows) * k <= allowed;
            let rows = sizes(full).into_iter().rev().find(|&n| fits(n));
            self.runners[m].rows = rows.unwrap_or_else(|| sizes(full)[0]);
            let Some(first) = self.runners[m].method.first(&self.circumstances(m)) else {
                continue;
            };
            // What was misjudged may take some of the others' time; then fewer rows must do.
            let most = self.runners[m].rows;
            for rows in sizes(full).into_iter().rev().filter(|&n| n <= most).take(3) {
                self.runners[m].rows = rows;
                self.limit =
                    self.elapsed() + (3.0 * allowed).max(0.1 * (deadline - self.elapsed()));
                self.try_out(m, first.clone(), deadline);
                if self.runners[m].best.is_some() || self.runners[m].failed.is_some() {
                    break;
                }
            }
        }
        if self.leader().is_none() && !self.asked() {
            self.any(deadline);
        }
    }

    /// Some method on few rows, whatever its time: there must be a result.
    fn any(&mut self, deadline: f64) {
        self.limit = f64::INFINITY;
        for m in 0..self.runners.len() {
            self.runners[m].rows = sizes(self.folds[0].train.len())[0];
            if let Some(first) = self.runners[m].method.first(&self.circumstances(m)) {
                self.try_out(m, first, deadline);
            }
            if self.runners[m].best.is_some() {
                return;
            }
        }
    }

    /// The method with the best score, if any has one.
    pub(crate) fn leader(&self) -> Option<usize> {
        let score = |m: &usize| self.runners[*m].best.as_ref().map(|t| t.score);
        let all = (0..self.runners.len()).filter(|m| score(m).is_some());
        all.max_by(|a, b| {
            let of = |m| score(m).unwrap_or(f64::MIN);
            // The earlier of equal ones is the simpler one.
            of(a).total_cmp(&of(b)).then(b.cmp(a))
        })
    }

    /// What fitting the leader to the held rows' complement and to all rows will take.
    fn refits(&self) -> f64 {
        let best = self.leader().and_then(|m| self.runners[m].best.as_ref());
        best.map_or(0.0, |t| 1.3 * (1.25 + 1.6) * (t.fit + t.predict + self.preparing))
    }

    /// Tries settings of the methods that promise most, so long that the winner can still be fitted
    /// before `end`.
    pub(crate) fn tune(&mut self, end: f64, most: usize) {
        // A method that has had few rows until now cannot be judged yet: those that did best with few
        // get more of them first.
        let full = self.folds[0].train.len();
        let mut behind: Vec<usize> = (0..self.runners.len())
            .filter(|&m| self.runners[m].best.is_some() && self.runners[m].rows < full)
            .collect();
        let with_few = |r: &Runner| r.curve.last().map_or(f64::MIN, |p| p.score);
        behind.sort_by(|&a, &b| with_few(&self.runners[b]).total_cmp(&with_few(&self.runners[a])));
        for m in behind {
            self.limit = end - self.refits();
            self.grow(m, self.limit);
        }
        while self.elapsed() < end - self.refits() && !self.asked() {
            let deadline = end - self.refits();
            self.limit = deadline;
            let mut order: Vec<usize> =
                (0..self.runners.len()).filter(|&m| self.runners[m].best.is_some()).collect();
            let score = |m: usize| self.runners[m].best.as_ref().map_or(f64::MIN, |t| t.score);
            order.sort_by(|&a, &b| score(b).total_cmp(&score(a)));
            // Each gets half the time of the one before it.
            let due = order.iter().enumerate().filter(|(_, m)| {
                let runner = &self.runners[**m];
                let cost = runner.best.as_ref().map_or(0.0, |t| t.fit + t.predict);
                runner.tried < most && self.elapsed() + 1.3 * cost < deadline
            });
            let due = due.min_by(|a, b| {
                let owed = |(rank, m): &(usize, &usize)| {
                    self.runners[**m].spent * f64::powi(2.0, *rank as i32)
                };
                owed(a).total_cmp(&owed(b))
            });
            let Some((_, &m)) = due else { return };
            if self.grow(m, deadline) {
                continue;
            }
            let (c, runner) = (self.circumstances(m), &self.runners[m]);
            let best = runner.best.as_ref().map(|t| t.candidate.clone());
            let (method, tried) = (runner.method, runner.tried);
            let Some(next) = method.next(tried, best.as_ref(), &mut self.random, &c) else {
                return;
            };
            self.try_out(m, next, deadline);
        }
    }

    /// Tries the best setting of a method that had fewer rows than there are with more of them, if there
    /// is time; whether there was.
    fn grow(&mut self, m: usize, deadline: f64) -> bool {
        let full = self.folds[0].train.len();
        let (left, k) = (deadline - self.elapsed(), self.folds.len() as f64);
        let runner = &self.runners[m];
        let fits = |n: &usize| *n > runner.rows && self.cost(m, *n) * k < 0.25 * left;
        let Some(rows) = sizes(full).into_iter().rev().find(fits) else { return false };
        let before = runner.clone();
        let Some(best) = before.best.clone() else { return false };
        let runner = &mut self.runners[m];
        (runner.rows, runner.best) = (rows, None);
        runner.first_folds.clear();
        self.try_out(m, best.candidate, deadline);
        let runner = &mut self.runners[m];
        if runner.best.is_none() {
            (runner.rows, runner.best) = (before.rows, before.best);
            runner.first_folds = before.first_folds;
        }
        true
    }

    /// Tries a setting on all folds, unless the first ones show that it is worse.
    fn try_out(&mut self, m: usize, candidate: Candidate, deadline: f64) {
        let begin = self.elapsed();
        self.tell(m);
        let (view, rows) = (self.runners[m].view, self.runners[m].rows);
        let mut runs: Vec<Run> = Vec::new();
        let known = self.runners[m].first_folds.clone();
        let mut failed = None;
        for fold in 0..self.folds.len() {
            match self.run(&candidate, view, fold, rows) {
                Ok(run) => runs.push(run),
                // That the time was over is no fault of the setting.
                Err(e) if e.kind() == ErrorKind::Interrupted => break,
                Err(e) => {
                    failed = Some(first_line(&e));
                    break;
                }
            }
            let behind = (runs.iter().zip(&known)).map(|(r, k)| k - r.score).sum::<f64>();
            let late = self.elapsed() > deadline && self.runners[m].best.is_some();
            let noise = 0.01 / f64::from(fold as u32 + 1).sqrt();
            if late || (!known.is_empty() && behind / (fold as f64 + 1.0) > noise) {
                break;
            }
        }
        let runner = &mut self.runners[m];
        runner.tried += 1;
        if let (Some(why), None) = (&failed, &runner.best) {
            runner.failed = Some(why.clone());
        }
        if runs.len() == self.folds.len() {
            let n = runs.len() as f64;
            // The rows of all folds together, as one table.
            let valid: Vec<usize> = self.folds.iter().flat_map(|f| f.valid.clone()).collect();
            let all: Vec<f64> = runs.iter().flat_map(|r| r.values.clone()).collect();
            let trial = Trial {
                score: self.data.score(&valid, &all),
                fit: runs.iter().map(|r| r.fit).sum::<f64>() / n,
                predict: runs.iter().map(|r| r.predict).sum::<f64>() / n,
                values: runs.iter().map(|r| r.values.clone()).collect(),
                candidate,
            };
            if runner.best.as_ref().is_none_or(|b| trial.score > b.score) {
                runner.first_folds = runs.iter().map(|r| r.score).collect();
                runner.best = Some(trial);
            }
        }
        self.runners[m].spent += self.elapsed() - begin;
    }

    /// [`Search::fit`] that ends at a time: with a third of the rows, and again, if all of them take too
    /// long. The last hundred rows are taken whatever their time. With the rows that were learned from.
    pub(crate) fn fit_in_time<'r>(
        &self,
        candidate: &Candidate,
        view: View,
        rows: &'r [usize],
        end: f64,
    ) -> Result<(Vec<TextColumn>, Fitted, &'r [usize])> {
        let mut rows = rows;
        loop {
            let last = rows.len() / 3 < 100;
            let stop = self.clock.at(if last { f64::INFINITY } else { end });
            match until(stop, || self.fit(candidate, view, rows)) {
                Err(e) if e.kind() == ErrorKind::Interrupted => rows = &rows[..rows.len() / 3],
                Err(e) => return Err(e),
                Ok((texts, fitted)) => return Ok((texts, fitted, rows)),
            }
        }
    }

    /// Fits a setting on rows of its own: a pipeline over the columns, or for texts alone the estimator;
    /// and what was learned of the texts.
    pub(crate) fn fit(
        &self,
        candidate: &Candidate,
        view: View,
        rows: &[usize],
    ) -> Result<(Vec<TextColumn>, Fitted)> {
        let data = &self.data.encoded;
        let texts = data.inputs.fit_texts(rows, &self.data.signs(rows));
        let y = self.data.of(rows);
        let estimator = candidate.estimator()?;
        if view == View::Grams {
            let fitted = self.learn(candidate, &*estimator, &data.grams(&texts, rows), &y)?;
            return Ok((texts, fitted));
        }
        let schema = data.schema_with(&texts);
        let mut pipeline = Pipeline::new();
        if let Some(columns) = transformer(view, self.fill(candidate)?, &schema) {
            pipeline = pipeline.boxed_step("columns", columns);
        }
        let pipeline = pipeline.boxed_step("model", estimator).for_schema(&schema)?;
        let fitted = self.learn(candidate, &*pipeline, &data.rows(&texts, rows).into(), &y)?;
        Ok((texts, fitted.with_schema(schema)?))
    }

    /// Fits an estimator, the candidate's or a pipeline that ends in it.
    fn learn(
        &self,
        candidate: &Candidate,
        estimator: &(dyn Estimator + 'static),
        x: &Features<'_>,
        y: &[f64],
    ) -> Result<Fitted> {
        if candidate.class != "MLPRegressor" {
            return estimator.fit(x, Some(&targets(&self.data.reading, y)?), None);
        }
        // The steps of its descent suit quantities of size 1.
        let mean = y.iter().sum::<f64>() / y.len().max(1) as f64;
        let scale = self.data.spread();
        let y: Vec<f64> = y.iter().map(|y| (y - mean) / scale).collect();
        unscaled(estimator.fit(x, Some(&y.as_slice().into()), None)?, mean, scale)
    }
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

/// The seconds that a fit and a prediction with so many rows will take, by how they grew before: at most
/// with the power `steepest` of the rows, for on few rows time is mostly noise.
pub(crate) fn expected(curve: &[CurvePoint], rows: usize, steepest: f64) -> f64 {
    let seconds = |p: &CurvePoint| p.fit + p.predict;
    let Some(last) = curve.last() else { return f64::INFINITY };
    if let Some(p) = curve.iter().find(|p| p.rows == rows) {
        return seconds(p);
    }
    let growth = match curve {
        [.., a, b] if b.rows > a.rows => {
            (seconds(b) / seconds(a).max(1e-6)).ln() / (b.rows as f64 / a.rows as f64).ln()
        }
        _ => steepest,
    };
    seconds(last) * (rows as f64 / last.rows as f64).powf(growth.clamp(1.0, steepest))
}

pub(crate) fn first_line(e: &Error) -> String {
    e.to_string().lines().next().unwrap_or_default().to_owned()
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
