//! What histogram-based gradient boosting predicts.

use super::boost::Boosted;
use crate::ensemble::raw::{codes, probabilities, table};
use crate::estimator::{Model, cannot};
use crate::features::Features;
use crate::record::{Param, Value};
use seodang_core::{Array, Error, Result, text};

impl Model for Boosted {
    fn predict_values(&self, x: &Features<'_>) -> Result<Array> {
        let values = self.values(self.raw(x));
        Array::from_vec([values.len()], values)
    }

    fn predict_codes(&self, x: &Features<'_>) -> Result<Vec<Vec<u32>>> {
        let raw = self.decision_function(x)?.to_f64_vec();
        Ok(vec![codes(&raw, self.n_trees_per_iteration)])
    }

    fn predict_proba(&self, x: &Features<'_>) -> Result<Vec<Array>> {
        probabilities(&self.decision_function(x)?)
    }

    fn decision_function(&self, x: &Features<'_>) -> Result<Array> {
        table(self.raw(x), self.n_trees_per_iteration)
    }

    /// `staged_rounds` with two numbers: what the rounds between them add to raw predictions, or the raw
    /// predictions before the first for none. `encoding`: what Python had in `categorical_features`.
    fn call(&self, name: &str, x: Option<&Features<'_>>, arguments: &[Value]) -> Result<Value> {
        if name == "encoding" {
            return Ok(self.encoding().clone());
        }
        let ("staged_rounds", Some(x)) = (name, x) else { return Err(cannot(name)) };
        let classes = self.n_trees_per_iteration;
        let rounds: Vec<usize> = arguments.iter().filter_map(usize::from_value).collect();
        match rounds.as_slice() {
            [] => table(self.start(x.rows()), classes).map(Value::Array),
            &[first, last] if first <= last && last <= self.n_iter => {
                table(self.rounds(x, first..last), classes).map(Value::Array)
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
