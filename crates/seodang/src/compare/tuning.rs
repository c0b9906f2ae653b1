//! Which settings are tried, in which order, and how long.

use super::data::{folds, sizes};
use super::methods::Candidate;
use super::model::Predictions;
use super::search::{CurvePoint, Run, Runner, Search, Trial, first_line};
use seodang_core::ErrorKind;
use seodang_core::random::Stream;

/// What fits take beyond what they took before.
pub(crate) const SLACK: f64 = 1.3;
/// What the winner's fits to all but the held rows and to all rows take, in fits of a fold.
pub(crate) const REFITS: f64 = 1.25 + 1.6;
/// So many settings of a quick method are tried before its score counts against it.
const BEFORE_RANKING: usize = 8;
/// How many times the time of a method that of the next better one is.
const EACH_LESS: f64 = 2.5;
/// The most partitions of the rows that settings are tried on.
const PARTITIONS: u64 = 20;
/// How many settings of the best method, of the second and so on are tried on more than one.
const FINALISTS: [usize; 5] = [10, 8, 5, 3, 3];

/// A setting on its way through the folds; of boosting, one for each number of rounds.
struct Stage {
    rounds: Option<usize>,
    runs: Vec<Run>,
    losses: Vec<f64>,
}

/// A setting whose loss is greater by less than this share may be worth something in an average.
const NEARLY: f64 = 0.01;

/// Whether losses are worse than those of the best setting for the same rows, beyond what chance does and
/// by more than a little.
fn clearly_worse(losses: &[f64], best: &[f64]) -> bool {
    let n = losses.len().max(2) as f64;
    let gaps = || losses.iter().zip(best).map(|(a, b)| a - b);
    let mean = gaps().sum::<f64>() / n;
    let spread = (gaps().map(|g| (g - mean).powi(2)).sum::<f64>() / (n - 1.0)).sqrt();
    let little = NEARLY * best.iter().take(losses.len()).sum::<f64>() / n;
    mean > little && mean > 1.25 * spread / n.sqrt()
}

impl Search<'_> {
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
                        self.runners[m].timed(rows, fit + predict);
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
        let k = self.k as f64;
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
                if self.runners[m].best().is_some() || self.runners[m].failed.is_some() {
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
            if self.runners[m].best().is_some() {
                return;
            }
        }
    }

    /// What fitting the winner to the held rows' complement and to all rows will take: an average of
    /// several settings takes longer than one.
    fn refits(&self) -> f64 {
        let best = self.leader().and_then(|m| self.runners[m].best());
        let one = best.map_or(0.0, |t| SLACK * REFITS * (t.seconds() + self.preparing));
        one.max((3.0 * one).min(0.14 * self.clock.seconds))
    }

    /// Tries settings of the methods that promise most, so long that the winner can still be fitted
    /// before `end`: at most so many of each, and the best of them on other partitions of the rows.
    pub(crate) fn tune(&mut self, end: f64, most: usize) {
        // A method that has had few rows until now cannot be judged yet: those that did best with few
        // get more of them first.
        let full = self.folds[0].train.len();
        let mut behind: Vec<usize> = (0..self.runners.len())
            .filter(|&m| self.runners[m].best().is_some() && self.runners[m].rows < full)
            .collect();
        let with_few = |r: &Runner| r.curve.last().map_or(f64::MIN, |p| p.score);
        behind.sort_by(|&a, &b| with_few(&self.runners[b]).total_cmp(&with_few(&self.runners[a])));
        for m in behind {
            self.limit = end - self.refits();
            let share = if self.promises(m) { 0.3 } else { 0.05 };
            // What more of them take is known better with some more.
            while self.grow(m, self.limit, share) {}
        }
        while self.elapsed() < end - self.refits() && !self.asked() {
            let deadline = end - self.refits();
            self.limit = deadline;
            // Each gets less time than the one before it; but first some settings of all that are
            // quick, for the first one says little about how good a method can be.
            let order = self.ranked();
            let due = order.iter().enumerate().filter(|(_, m)| {
                let runner = &self.runners[**m];
                let cost = runner.best().map_or(0.0, Trial::seconds);
                runner.tried < most && self.elapsed() + SLACK * cost < deadline
            });
            let left = deadline - self.elapsed();
            let owed = |(rank, m): &(usize, &usize)| {
                let runner = &self.runners[**m];
                let cost = runner.best().map_or(0.0, Trial::seconds) * self.k as f64;
                let new = runner.tried < BEFORE_RANKING && cost < 0.01 * left;
                if new { 0.0 } else { runner.spent * EACH_LESS.powi(*rank as i32) }
            };
            let due = due.min_by(|a, b| owed(a).total_cmp(&owed(b)));
            let Some((_, &m)) = due else { break };
            if self.grow(m, deadline, 0.2) {
                continue;
            }
            let (c, runner) = (self.circumstances(m), &self.runners[m]);
            let best = runner.best().map(|t| t.candidate.clone());
            let (method, tried) = (runner.method, runner.tried);
            let Some(next) = method.next(tried, best.as_ref(), &mut self.random, &c) else {
                break;
            };
            self.try_out(m, next, deadline);
        }
        self.repeat(end);
    }

    /// Whether a method that had few rows may yet become the best: with as many, it errs little more than
    /// the best does.
    fn promises(&self, m: usize) -> bool {
        let Some(last) = self.runners[m].curve.last() else { return true };
        let with_as_many =
            |r: &Runner| r.curve.iter().find(|p| p.rows == last.rows).map(|p| p.score);
        let best = self.runners.iter().filter_map(with_as_many).fold(f64::MIN, f64::max);
        1.0 - last.score <= 1.15 * (1.0 - best)
    }

    /// Tries the best setting of a method that had fewer rows than there are with more of them, if a share
    /// of the time is enough for that; whether it is.
    fn grow(&mut self, m: usize, deadline: f64, share: f64) -> bool {
        let full = self.folds[0].train.len();
        let (left, k) = (deadline - self.elapsed(), self.k as f64);
        let runner = &self.runners[m];
        let fits = |n: &usize| *n > runner.rows && self.cost(m, *n) * k < share * left;
        let Some(rows) = sizes(full).into_iter().rev().find(fits) else { return false };
        let runner = &mut self.runners[m];
        let (few, trials) = (runner.rows, std::mem::take(&mut runner.trials));
        let Some(best) = trials.first().map(|t| t.candidate.clone()) else { return false };
        runner.rows = rows;
        self.try_out(m, best, deadline);
        let runner = &mut self.runners[m];
        if runner.trials.is_empty() {
            (runner.rows, runner.trials) = (few, trials);
        }
        true
    }

    /// Tries a setting on all folds, unless the first ones show that it is worse.
    fn try_out(&mut self, m: usize, candidate: Candidate, deadline: f64) {
        let begin = self.elapsed();
        self.tell(m);
        let (view, rows) = (self.runners[m].view, self.runners[m].rows);
        let best = self.runners[m].best().map(|t| self.losses(&t.said[..self.k]));
        let mut stages: Vec<Stage> = Vec::new();
        let mut failed = None;
        for fold in 0..self.k {
            match self.run_stages(&candidate, view, fold, rows) {
                Ok(runs) => {
                    for (i, (rounds, run)) in runs.into_iter().enumerate() {
                        if fold == 0 {
                            stages.push(Stage { rounds, runs: Vec::new(), losses: Vec::new() });
                        }
                        let losses = self.data.losses(&self.folds[fold].valid, &run.said);
                        stages[i].losses.extend(losses);
                        stages[i].runs.push(run);
                    }
                }
                // That the time was over is no fault of the setting.
                Err(e) if e.kind() == ErrorKind::Interrupted => break,
                Err(e) => {
                    failed = Some(first_line(&e));
                    break;
                }
            }
            let late = self.elapsed() > deadline && best.is_some();
            let worse = |best: &Vec<f64>| stages.iter().all(|s| clearly_worse(&s.losses, best));
            if late || best.as_ref().is_some_and(worse) {
                break;
            }
        }
        let runner = &mut self.runners[m];
        runner.tried += 1;
        if let (Some(why), None) = (&failed, runner.best()) {
            runner.failed = Some(why.clone());
        }
        let sum = |s: &Stage| s.losses.iter().sum::<f64>();
        let done = stages.into_iter().filter(|s| s.runs.len() == self.k);
        if let Some(stage) = done.min_by(|a, b| sum(a).total_cmp(&sum(b))) {
            let candidate = match stage.rounds {
                None => candidate,
                Some(rounds) => self.runners[m].method.with_rounds(candidate, rounds),
            };
            let n = stage.runs.len() as f64;
            let fit = stage.runs.iter().map(|r| r.fit).sum::<f64>() / n;
            let predict = stage.runs.iter().map(|r| r.predict).sum::<f64>() / n;
            let said: Vec<Predictions> = stage.runs.into_iter().map(|r| r.said).collect();
            let (score, loss) = self.judge(&said);
            self.runners[m].timed(rows, fit + predict);
            self.runners[m].keep(Trial { candidate, score, loss, said, fit, predict });
        }
        self.runners[m].spent += self.elapsed() - begin;
    }

    /// What the rows of the first folds add to the loss.
    fn losses(&self, said: &[Predictions]) -> Vec<f64> {
        let folds = self.folds.iter().zip(said);
        folds.flat_map(|(f, said)| self.data.losses(&f.valid, said)).collect()
    }

    /// The score and the mean loss of what was said of the first folds: their rows together, as one table.
    pub(crate) fn judge(&self, said: &[Predictions]) -> (f64, f64) {
        let folds = &self.folds[..said.len()];
        let valid: Vec<usize> = folds.iter().flat_map(|f| f.valid.clone()).collect();
        let values: Vec<f64> = said.iter().flat_map(|s| s.values.iter().copied()).collect();
        let losses = self.losses(said);
        let loss = losses.iter().sum::<f64>() / losses.len().max(1) as f64;
        (self.data.score(&valid, &values), loss)
    }

    /// Tries the best settings of the best methods on other partitions of the same rows, so long as there
    /// is time: of few rows, one partition makes good what another does not.
    fn repeat(&mut self, end: f64) {
        let full = self.folds[0].train.len();
        if self.k < 2 {
            return;
        }
        let there: Vec<usize> =
            self.ranked().into_iter().filter(|&m| self.runners[m].rows == full).collect();
        let of = |(&m, most): (&usize, usize)| {
            (0..self.runners[m].trials.len().min(most)).map(move |i| (m, i))
        };
        let finalists: Vec<(usize, usize)> = there.iter().zip(FINALISTS).flat_map(of).collect();
        let rows: Vec<usize> =
            self.folds[0].train.iter().chain(&self.folds[0].valid).copied().collect();
        for partition in 1..PARTITIONS {
            let order = Stream::new(self.data.seed, 300 + partition).permutation(rows.len());
            let shuffled: Vec<usize> = order.into_iter().map(|i| rows[i]).collect();
            self.folds.extend(folds(self.data, &shuffled, self.k));
            // The first fold is needed again.
            self.cache.retain(|k, _| k.2 == 0);
            let Some(said) = self.partition(&finalists, end) else {
                self.folds.truncate(self.folds.len() - self.k);
                break;
            };
            for (&(m, i), said) in finalists.iter().zip(said) {
                self.runners[m].trials[i].said.extend(said);
            }
            for &(m, i) in &finalists {
                let judged = self.judge(&self.runners[m].trials[i].said);
                let trial = &mut self.runners[m].trials[i];
                (trial.score, trial.loss) = judged;
            }
        }
        // Those that were tried on fewer partitions are no longer among the best.
        for runner in &mut self.runners {
            let most = runner.trials.iter().map(|t| t.said.len()).max();
            runner.trials.retain(|t| Some(t.said.len()) == most);
            runner.trials.sort_by(|a, b| a.loss.total_cmp(&b.loss));
        }
    }

    /// What settings say of the folds of the last partition, unless the time is over before.
    fn partition(
        &mut self,
        finalists: &[(usize, usize)],
        end: f64,
    ) -> Option<Vec<Vec<Predictions>>> {
        let from = self.folds.len() - self.k;
        let mut all = Vec::with_capacity(finalists.len());
        for &(m, i) in finalists {
            self.tell(m);
            let (view, rows) = (self.runners[m].view, self.runners[m].rows);
            let candidate = self.runners[m].trials[i].candidate.clone();
            let begin = self.elapsed();
            let mut said = Vec::with_capacity(self.k);
            for fold in from..self.folds.len() {
                self.limit = end - self.refits();
                if self.elapsed() > self.limit || self.asked() {
                    return None;
                }
                said.push(self.run(&candidate, view, fold, rows).ok()?.said);
            }
            self.runners[m].spent += self.elapsed() - begin;
            all.push(said);
        }
        Some(all)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn worse_is_worse_beyond_chance() {
        let best: Vec<f64> = (0..200).map(|i| f64::from(i % 5 == 0)).collect();
        let worse: Vec<f64> = (0..200).map(|i| f64::from(i % 3 == 0)).collect();
        assert!(clearly_worse(&worse, &best));
        assert!(!clearly_worse(&best, &worse) && !clearly_worse(&best, &best));
        // One row of two hundred may be chance.
        let mut other = best.clone();
        other[1] = 1.0;
        assert!(!clearly_worse(&other, &best));
        // What is no chance, but little.
        let more = |by: f64| best.iter().map(|b| b * (1.0 + by)).collect::<Vec<f64>>();
        assert!(clearly_worse(&more(0.02), &best) && !clearly_worse(&more(0.005), &best));
        // Of the first fold alone.
        assert!(clearly_worse(&more(0.02)[..60], &best));
    }
}
