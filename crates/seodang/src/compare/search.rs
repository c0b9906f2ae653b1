//! The search for the best method: what it knows, and one fit of it, within the time.

use super::data::{Data, Fold};
use super::methods::{Candidate, Circumstances, Method, View};
use super::model::{Predictions, places, predict_likeliest};
use super::progress::{Clock, Progress};
use super::stages::{Staged, stages};
use seodang_core::random::Stream;
use seodang_core::{Error, Result, text};
use seodang_learn::stop::until;
use seodang_learn::{Features, Fitted};
use std::collections::HashMap;
use std::rc::Rc;
use std::time::Instant;

/// What one fit gave.
#[derive(Clone, Debug)]
pub(crate) struct Run {
    pub(crate) score: f64,
    pub(crate) said: Predictions,
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
    /// The mean of [`Data::losses`]: what is the best setting of a method is decided by it.
    pub(crate) loss: f64,
    /// What was predicted for the rows of each fold, of all partitions that it was tried on.
    pub(crate) said: Vec<Predictions>,
    pub(crate) fit: f64,
    pub(crate) predict: f64,
}

impl Trial {
    /// The seconds of a fit and of the prediction of a fold.
    pub(crate) fn seconds(&self) -> f64 {
        self.fit + self.predict
    }
}

/// A method on its way.
#[derive(Clone, Debug)]
pub(crate) struct Runner {
    pub(crate) method: Method,
    pub(crate) view: View,
    pub(crate) curve: Vec<CurvePoint>,
    /// The seconds that a fit and a prediction took, by the rows that were learned from, in rising order.
    timed: Vec<(usize, f64)>,
    /// The best settings, the best first.
    pub(crate) trials: Vec<Trial>,
    pub(crate) tried: usize,
    pub(crate) spent: f64,
    /// The most rows that it can learn from in the time.
    pub(crate) rows: usize,
    pub(crate) failed: Option<String>,
}

impl Runner {
    /// So many of the best settings are kept.
    const KEPT: usize = 12;

    /// The best setting.
    pub(crate) fn best(&self) -> Option<&Trial> {
        self.trials.first()
    }

    /// Its score; below all others, if there is none.
    pub(crate) fn score(&self) -> f64 {
        self.best().map_or(f64::MIN, |t| t.score)
    }

    /// Keeps a setting, if it is among the best.
    pub(crate) fn keep(&mut self, trial: Trial) {
        let at = self.trials.partition_point(|t| t.loss <= trial.loss);
        self.trials.insert(at, trial);
        self.trials.truncate(Runner::KEPT);
    }

    /// How much the score grew at the end of the curve, for each time that the rows are e times as many.
    pub(crate) fn slope(&self) -> f64 {
        match self.curve.as_slice() {
            [.., a, b] => (b.score - a.score).max(0.0) / (b.rows as f64 / a.rows as f64).ln(),
            _ => 0.0,
        }
    }

    /// Keeps the seconds of a fit and a prediction with so many rows, if those were not timed before.
    pub(crate) fn timed(&mut self, rows: usize, seconds: f64) {
        let at = self.timed.partition_point(|t| t.0 < rows);
        if self.timed.get(at).is_none_or(|t| t.0 > rows) {
            self.timed.insert(at, (rows, seconds));
        }
    }

    /// The seconds of a fit and a prediction with so many rows.
    pub(crate) fn expected(&self, rows: usize) -> f64 {
        expected(&self.timed, rows, self.method.steepest())
    }
}

/// More probabilities than this of one setting are not kept.
const MOST_PROBABILITIES: usize = 2_000_000;

type Cached = Rc<(Features<'static>, Features<'static>)>;

/// The search.
pub(crate) struct Search<'a> {
    pub(crate) data: &'a Data,
    /// The folds, and behind them those of other partitions of the same rows.
    pub(crate) folds: Vec<Fold>,
    /// How many folds a partition has.
    pub(crate) k: usize,
    pub(crate) runners: Vec<Runner>,
    pub(crate) cache: HashMap<(View, bool, usize, usize), Cached>,
    pub(crate) clock: Clock<'a>,
    /// When the running fit must have ended, in seconds since the beginning.
    pub(crate) limit: f64,
    pub(crate) random: Stream,
    lacks: bool,
    /// The longest that columns took to become numbers.
    pub(crate) preparing: f64,
    /// How long it took for each row of the largest part that was prepared, for each view: the rows, and
    /// the seconds for each of them.
    preparing_row: HashMap<View, (usize, f64)>,
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
            timed: Vec::new(),
            trials: Vec::new(),
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
            k: folds.len(),
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
    pub(crate) fn tell(&mut self, m: usize) {
        let leader = self.leader().map(|m| &self.runners[m]);
        let leader = leader.map(|r| (r.method, r.score()));
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
    pub(crate) fn cost(&self, m: usize, rows: usize) -> f64 {
        let runner = &self.runners[m];
        let ready = self.cache.keys().any(|k| k.0 == runner.view && k.3 == rows);
        let each = self.preparing_row.get(&runner.view).map_or(0.0, |p| p.1);
        // The rows to predict are prepared too.
        let all = rows + self.folds[0].valid.len();
        runner.expected(rows) + if ready { 0.0 } else { each * all as f64 }
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
        let all = made.0.rows() + made.1.rows();
        let known = self.preparing_row.entry(view).or_insert((0, 0.0));
        if all > known.0 {
            *known = (all, took / all as f64);
        }
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
        let (fitted, x, fit) = self.fit_fold(candidate, view, fold, rows)?;
        let begin = Instant::now();
        let places = places(&self.data.reading, &fitted)?;
        let classes = self.asked_classes(x.1.rows());
        let said = self.in_parts(&x.1, |part| {
            predict_likeliest(&fitted, &places, classes, part).map(|said| vec![said])
        })?;
        let predict = begin.elapsed().as_secs_f64();
        let said = said.into_iter().next().unwrap_or_default();
        Ok((self.judged(fold, said, fit, predict)?, fitted))
    }

    /// [`Search::run`] of a setting of boosting after several numbers of rounds, of which one fit tells:
    /// each number with what it gave. Of any other setting that is one run.
    pub(crate) fn run_stages(
        &mut self,
        candidate: &Candidate,
        view: View,
        fold: usize,
        rows: usize,
    ) -> Result<Vec<(Option<usize>, Run)>> {
        let Some(rounds) = candidate.rounds() else {
            return Ok(vec![(None, self.run(candidate, view, fold, rows)?)]);
        };
        let (fitted, x, fit) = self.fit_fold(candidate, view, fold, rows)?;
        let begin = Instant::now();
        let stages = stages(rounds);
        let places = places(&self.data.reading, &fitted)?;
        let staged = Staged { fitted: &fitted, places: &places, classes: self.data.classes() };
        let said = self.in_parts(&x.1, |part| staged.predict(part, &stages))?;
        let predict = begin.elapsed().as_secs_f64();
        let share = |n: usize| n as f64 / rounds.max(1) as f64;
        let run = |(&n, said): (&usize, Predictions)| {
            let run = self.judged(fold, said, share(n) * fit, share(n) * predict)?;
            Ok((Some(n), run))
        };
        stages.iter().zip(said).map(run).collect()
    }

    /// The fitted estimator, the numbers of the fold, and the seconds that it took.
    fn fit_fold(
        &mut self,
        candidate: &Candidate,
        view: View,
        fold: usize,
        rows: usize,
    ) -> Result<(Fitted, Cached, f64)> {
        let fill = self.fill(candidate)?;
        let x = self.features(view, fill, fold, rows)?;
        let train = &self.folds[fold].train;
        let y = self.data.of(&train[..rows.min(train.len())]);
        let begin = Instant::now();
        let stop = self.clock.stop(self.limit);
        let estimator = candidate.estimator()?;
        let fitted = until(stop, || self.learn(candidate, &*estimator, &x.0, &y))?;
        Ok((fitted, x, begin.elapsed().as_secs_f64()))
    }

    /// How many classes there are, if the probabilities of so many rows are not too many to be kept.
    fn asked_classes(&self, rows: usize) -> (usize, bool) {
        let classes = self.data.classes();
        (classes, classes * rows <= MOST_PROBABILITIES)
    }

    /// What was said of a fold's rows, judged.
    fn judged(&self, fold: usize, said: Predictions, fit: f64, predict: f64) -> Result<Run> {
        let score = self.data.score(&self.folds[fold].valid, &said.values);
        if !score.is_finite() {
            return Err(Error::value(text!(
                en: "it predicts no numbers", ko: "예측값이 숫자가 아닙니다"
            )));
        }
        Ok(Run { score, said, fit, predict })
    }

    /// What is said of rows, once or several times, unless the time is over before.
    fn in_parts(
        &self,
        x: &Features<'_>,
        say: impl Fn(&Features<'_>) -> Result<Vec<Predictions>>,
    ) -> Result<Vec<Predictions>> {
        /// So many rows take no method long.
        const AT_ONCE: usize = 4096;
        let rows = x.rows();
        if rows <= AT_ONCE {
            return say(x);
        }
        let stop = self.clock.stop(self.limit);
        let mut all: Vec<Predictions> = Vec::new();
        for from in (0..rows).step_by(AT_ONCE) {
            if stop.passed() {
                return Err(Error::interrupted(text!(
                    en: "predicting took too long", ko: "예측이 너무 오래 걸립니다"
                )));
            }
            let part: Vec<usize> = (from..rows.min(from + AT_ONCE)).collect();
            let said = say(&x.take(&part))?;
            match all.is_empty() {
                true => all = said,
                false => all.iter_mut().zip(said).for_each(|(all, more)| all.append(more)),
            }
        }
        Ok(all)
    }

    /// The method with the best score, if any has one.
    pub(crate) fn leader(&self) -> Option<usize> {
        let score = |m: usize| self.runners[m].score();
        let all = (0..self.runners.len()).filter(|&m| self.runners[m].best().is_some());
        // The earlier of equal ones is the simpler one.
        all.max_by(|&a, &b| score(a).total_cmp(&score(b)).then(b.cmp(&a)))
    }

    /// The methods that have a score, the best first.
    pub(crate) fn ranked(&self) -> Vec<usize> {
        let mut order: Vec<usize> =
            (0..self.runners.len()).filter(|&m| self.runners[m].best().is_some()).collect();
        order.sort_by(|&a, &b| self.runners[b].score().total_cmp(&self.runners[a].score()));
        order
    }

    /// The rows of the folds of the first partition, one fold after the other.
    pub(crate) fn valid_rows(&self) -> Vec<usize> {
        self.folds[..self.k].iter().flat_map(|f| f.valid.clone()).collect()
    }
}

/// The seconds that a fit and a prediction with so many rows will take, by how they grew before: at most
/// with the power `steepest` of the rows, for on few rows time is mostly noise.
fn expected(timed: &[(usize, f64)], rows: usize, steepest: f64) -> f64 {
    let Some(&(most, seconds)) = timed.last() else { return f64::INFINITY };
    if let Some(known) = timed.iter().find(|t| t.0 == rows) {
        return known.1;
    }
    let growth = match timed {
        [.., a, b] => (b.1 / a.1.max(1e-6)).ln() / (b.0 as f64 / a.0 as f64).ln(),
        _ => steepest,
    };
    seconds * (rows as f64 / most as f64).powf(growth.clamp(1.0, steepest))
}

pub(crate) fn first_line(e: &Error) -> String {
    e.to_string().lines().next().unwrap_or_default().to_owned()
}
