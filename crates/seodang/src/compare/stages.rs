//! Boosting after several numbers of rounds, of which one fit tells.

use super::model::{Predictions, spread};
use seodang_core::{Array, Error, Result, text};
use seodang_learn::{Features, Fitted, Value};

/// The parts of all rounds that are looked at.
const PARTS: [f64; 7] = [0.12, 0.2, 0.3, 0.44, 0.6, 0.8, 1.0];

/// The numbers of rounds that a fit of so many is judged after.
pub(crate) fn stages(rounds: usize) -> Vec<usize> {
    let mut out: Vec<usize> =
        PARTS.iter().map(|p| ((p * rounds as f64).round() as usize).max(1)).collect();
    out.dedup();
    out
}

/// A fitted estimator of histogram-based boosting.
pub(crate) struct Staged<'a> {
    pub(crate) fitted: &'a Fitted,
    /// The places of its classes among all; none for quantities.
    pub(crate) places: &'a [usize],
    pub(crate) classes: usize,
}

impl Staged<'_> {
    /// What it says of rows after each number of rounds; those are in rising order.
    pub(crate) fn predict(&self, x: &Features<'_>, stages: &[usize]) -> Result<Vec<Predictions>> {
        let mut raw = self.added(x, &[])?;
        let mut before = 0;
        let mut out = Vec::with_capacity(stages.len());
        for &stage in stages {
            let more = self.added(x, &[before.into(), stage.into()])?;
            raw.iter_mut().zip(more).for_each(|(r, m)| *r += m);
            out.push(self.said(&raw));
            before = stage;
        }
        Ok(out)
    }

    /// What rounds add to the raw predictions, or what there is before the first.
    fn added(&self, x: &Features<'_>, rounds: &[Value]) -> Result<Vec<f64>> {
        match self.fitted.ask(x, |m| m.call("staged_rounds", Some(x), rounds))? {
            Value::Array(a) => Ok(Array::to_f64_vec(&a)),
            _ => Err(Error::unsupported(text!(
                en: "this estimator has no rounds", ko: "이 추정기에는 회차가 없습니다"
            ))),
        }
    }

    /// Raw predictions as quantities; or as probabilities: of two classes they are log-odds, of more
    /// log-probabilities but for a constant.
    fn said(&self, raw: &[f64]) -> Predictions {
        let own = match self.places.len() {
            0 => return Predictions { values: raw.to_vec(), probabilities: None },
            1 => vec![1.0; raw.len()],
            2 => {
                let pair = |r: &f64| {
                    let p = 1.0 / (1.0 + (-r).exp());
                    [1.0 - p, p]
                };
                raw.iter().flat_map(pair).collect()
            }
            n => {
                let mut p = raw.to_vec();
                for row in p.chunks_exact_mut(n) {
                    let most = row.iter().copied().fold(f64::NEG_INFINITY, f64::max);
                    row.iter_mut().for_each(|r| *r = (*r - most).exp());
                    let sum: f64 = row.iter().sum();
                    row.iter_mut().for_each(|r| *r /= sum);
                }
                p
            }
        };
        Predictions::likeliest(spread(&own, self.places, self.classes), self.classes)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use seodang_learn::ensemble::{HistGradientBoostingClassifier, HistGradientBoostingRegressor};
    use seodang_learn::{Fit, Matrix, Target};

    fn rows() -> (Vec<f64>, Vec<f64>) {
        let x: Vec<f64> = (0..120).map(|i| f64::from(i * 37 % 100)).collect();
        let y = x.iter().map(|x| (x / 9.0).sin() * 4.0 + x / 20.0).collect();
        (x, y)
    }

    #[test]
    fn a_stage_is_what_a_fit_of_so_many_rounds_says() {
        let (x, y) = rows();
        let features = || Features::from(Matrix::new(x.clone(), 120, 1));
        assert_eq!(stages(100), [12, 20, 30, 44, 60, 80, 100]);
        assert_eq!(stages(2), [1, 2]);
        let fit = |rounds: usize| {
            let e = HistGradientBoostingRegressor::new().max_iter(rounds);
            e.fit(features(), &y).expect("a fit")
        };
        let whole = fit(20);
        let staged = Staged { fitted: &whole, places: &[], classes: 0 };
        let said = staged.predict(&features(), &[5, 20]).expect("predictions");
        for (said, rounds) in said.iter().zip([5, 20]) {
            let Target::Numbers(want) = fit(rounds).predict(features()).expect("predictions")
            else {
                panic!("quantities")
            };
            for (a, b) in said.values.iter().zip(want.to_f64_vec()) {
                assert!((a - b).abs() < 1e-9, "{a} {b}");
            }
        }
        for classes in [2usize, 3] {
            let y: Vec<i64> = x.iter().map(|x| (x / 9.0) as i64 % classes as i64).collect();
            let fit = |rounds: usize| {
                let e = HistGradientBoostingClassifier::new();
                let e = e.max_iter(rounds);
                e.fit(features(), &y).expect("a fit")
            };
            let (whole, places) = (fit(20), (0..classes).collect::<Vec<_>>());
            let staged = Staged { fitted: &whole, places: &places, classes };
            let said = staged.predict(&features(), &[6, 20]).expect("predictions");
            for (said, rounds) in said.iter().zip([6, 20]) {
                let want = fit(rounds).predict_proba(features()).expect("probabilities");
                let said = said.probabilities.as_ref().expect("probabilities");
                for (a, b) in said.iter().zip(want.to_f64_vec()) {
                    assert!((a - b).abs() < 1e-9, "{a} {b}");
                }
            }
        }
    }
}
