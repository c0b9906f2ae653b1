//! What histogram-based gradient boosting predicts.

use super::boost::Boosted;
use crate::ensemble::losses::expit;
use crate::estimator::{Model, argmax, cannot};
use crate::features::Features;
use crate::record::{Param, Value};
use seodang_core::{Array, Error, Result, text};

impl Boosted {
    /// Raw predictions, rows by classes; in one dimension for one of them.
    fn table(&self, raw: Vec<f64>) -> Result<Array> {
        let classes = self.n_trees_per_iteration;
        let rows = raw.len() / classes;
        if classes == 1 {
            return Array::from_vec([rows], raw);
        }
        let turned = (0..rows).flat_map(|i| raw[i..].iter().step_by(rows)).copied().collect();
        Array::from_vec([rows, classes], turned)
    }
}

impl Model for Boosted {
    fn predict_values(&self, x: &Features<'_>) -> Result<Array> {
        let values = self.values(self.raw(x));
        Array::from_vec([values.len()], values)
    }

    fn predict_codes(&self, x: &Features<'_>) -> Result<Vec<Vec<u32>>> {
        let raw = self.decision_function(x)?.to_f64_vec();
        Ok(vec![match self.n_trees_per_iteration {
            1 => raw.into_iter().map(|r| u32::from(r > 0.0)).collect(),
            n => raw.chunks_exact(n).map(argmax).collect(),
        }])
    }

    fn predict_proba(&self, x: &Features<'_>) -> Result<Vec<Array>> {
        let mut raw = self.decision_function(x)?.to_f64_vec();
        let classes = match self.n_trees_per_iteration {
            1 => {
                raw = raw.into_iter().map(expit).flat_map(|p| [1.0 - p, p]).collect();
                2
            }
            n => {
                for row in raw.chunks_exact_mut(n) {
                    let greatest = row.iter().copied().fold(f64::NEG_INFINITY, f64::max);
                    row.iter_mut().for_each(|r| *r = (*r - greatest).exp());
                    let sum: f64 = row.iter().sum();
                    row.iter_mut().for_each(|r| *r /= sum);
                }
                n
            }
        };
        Ok(vec![Array::from_vec([raw.len() / classes, classes], raw)?])
    }

    fn decision_function(&self, x: &Features<'_>) -> Result<Array> {
        self.table(self.raw(x))
    }

    /// `staged_rounds` with two numbers: what the rounds between them add to raw predictions, or the raw
    /// predictions before the first for none. `encoding`: what Python had in `categorical_features`.
    fn call(&self, name: &str, x: Option<&Features<'_>>, arguments: &[Value]) -> Result<Value> {
        if name == "encoding" {
            return Ok(self.encoding().clone());
        }
        let ("staged_rounds", Some(x)) = (name, x) else { return Err(cannot(name)) };
        let rounds: Vec<usize> = arguments.iter().filter_map(usize::from_value).collect();
        match rounds.as_slice() {
            [] => self.table(self.start(x.rows())).map(Value::Array),
            &[first, last] if first <= last && last <= self.n_iter => {
                self.table(self.rounds(x, first..last)).map(Value::Array)
            }
            _ => {
                let n = self.n_iter;
                Err(Error::value(text!(
                    en: "there are {n} rounds",
                    ko: "회차는 {n}개입니다"
                )))
            }
        }
    }
}
