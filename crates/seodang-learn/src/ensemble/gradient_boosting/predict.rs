//! What gradient boosting predicts.

use super::boost::Staged;
use crate::ensemble::losses::expit;
use crate::ensemble::raw::{codes, probabilities, table};
use crate::estimator::{Fitted, Model, cannot};
use crate::features::Features;
use crate::record::{Param, Value};
use crate::tree::fits_single;
use crate::{registry, saving};
use seodang_core::{Array, Error, Result, text};

impl Staged {
    fn raw(&self, x: &Features<'_>) -> Result<Vec<f64>> {
        fits_single(x)?;
        let mut raw = self.stages(x, 0..self.n_estimators);
        let start = self.start(x.rows());
        raw.iter_mut().zip(start).for_each(|(r, s)| *r += s);
        Ok(raw)
    }
}

impl Staged {
    /// A tree as the file of an estimator, by its number and that estimator's parameters: what
    /// `estimators_` is made of.
    fn estimator(&self, name: &str, arguments: &[Value]) -> Result<Value> {
        let ("estimator", [number, Value::Dict(parameters)]) = (name, arguments) else {
            return Err(cannot(name));
        };
        let number = usize::from_value(number).ok_or_else(|| cannot(name))?;
        let mut estimator = registry::new("DecisionTreeRegressor")?;
        for (name, value) in parameters {
            let Value::Str(name) = name else { return Err(cannot("estimator")) };
            estimator.set(name, value)?;
        }
        let features = self.feature_importances.len();
        let tree = Box::new(self.tree(number)?);
        let bytes = saving::to_bytes(&Fitted::new(estimator, tree, Vec::new(), features))?;
        Ok(Value::Array(Array::from_vec([bytes.len()], bytes)?))
    }
}

impl Model for Staged {
    fn predict_values(&self, x: &Features<'_>) -> Result<Array> {
        table(self.raw(x)?, 1)
    }

    fn predict_codes(&self, x: &Features<'_>) -> Result<Vec<Vec<u32>>> {
        let classes = self.n_trees_per_iteration;
        Ok(vec![codes(&table(self.raw(x)?, classes)?.to_f64_vec(), classes)])
    }

    fn predict_proba(&self, x: &Features<'_>) -> Result<Vec<Array>> {
        let mut raw = self.raw(x)?;
        if self.loss() == "exponential" {
            // The raw predictions are halves of log-odds.
            let both = raw.into_iter().map(|r| expit(2.0 * r)).flat_map(|p| [1.0 - p, p]);
            raw = both.collect();
            return Ok(vec![Array::from_vec([raw.len() / 2, 2], raw)?]);
        }
        probabilities(&table(raw, self.n_trees_per_iteration)?)
    }

    fn decision_function(&self, x: &Features<'_>) -> Result<Array> {
        table(self.raw(x)?, self.n_trees_per_iteration)
    }

    /// `staged_rounds` with two numbers: what the stages between them add to raw predictions, or the raw
    /// predictions before the first for none. `apply`: the number of the leaf of each sample, samples by
    /// stages by classes.
    fn call(&self, name: &str, x: Option<&Features<'_>>, arguments: &[Value]) -> Result<Value> {
        let Some(x) = x else { return self.estimator(name, arguments) };
        let classes = self.n_trees_per_iteration;
        fits_single(x)?;
        match name {
            "apply" => {
                let leaves = self.leaves(x);
                let (rows, trees) = (x.rows(), leaves.len());
                let of = (0..rows).flat_map(|i| leaves.iter().map(move |l| f64::from(l[i])));
                let dims = [rows, trees / classes, classes];
                Ok(Value::Array(Array::from_vec(dims, of.collect::<Vec<_>>())?))
            }
            "staged_rounds" => {
                let numbers: Vec<usize> = arguments.iter().filter_map(usize::from_value).collect();
                match numbers.as_slice() {
                    [] => table(self.start(x.rows()), classes).map(Value::Array),
                    &[first, last] if first <= last && last <= self.n_estimators => {
                        table(self.stages(x, first..last), classes).map(Value::Array)
                    }
                    _ => {
                        let n = self.n_estimators;
                        Err(Error::value(text!(
                            en: "there are {n} stages",
                            ko: "단계는 {n}개입니다"
                        )))
                    }
                }
            }
            _ => Err(cannot(name)),
        }
    }
}
