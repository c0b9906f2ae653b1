//! `KNeighborsClassifier`.

use super::{Search, Weights};
use crate::estimator::{Estimator, Model, Tags, Task};
use crate::features::Features;
use crate::record::{Param, estimator};
use crate::state::{State, broken, model};
use crate::target::Y;
use seodang_core::{Array, Error, Result, text};

estimator! {
    /// Classifies by a vote of the k nearest training samples. Source: Cover and Hart 1967.
    KNeighborsClassifier in "neighbors" {
        /// How many neighbors vote.
        n_neighbors: usize = 5, Range::from(1.0);
        /// How much each neighbor counts.
        weights: Weights = Weights::Uniform;
    }
}

model! {
    /// What `KNeighborsClassifier` learns.
    pub(crate) struct KNeighborsClassifierModel {
        search: Search,
        codes: Vec<Vec<u32>>,
        classes: Vec<usize>,
        k: usize,
        weights: crate::record::Value,
    }
}

impl Estimator for KNeighborsClassifier {
    fn tags(&self) -> Tags {
        Tags { multioutput: true, sparse: true, ..Tags::new(Task::Classifier) }
    }

    fn learn(&self, x: &Features<'_>, y: &Y, _: Option<&[f64]>) -> Result<Box<dyn Model>> {
        let Y::Classes(outputs) = y else { return Err(Error::internal("classes")) };
        Ok(Box::new(KNeighborsClassifierModel {
            search: Search::new(x),
            codes: outputs.iter().map(|o| o.codes.clone()).collect(),
            classes: outputs.iter().map(|o| o.n).collect(),
            k: self.n_neighbors,
            weights: self.weights.to_value(),
        }))
    }

    fn restore(&self, state: &mut State) -> Result<Box<dyn Model>> {
        let model = KNeighborsClassifierModel::restore(state, "")?;
        let fits = |(codes, &n): (&Vec<u32>, &usize)| {
            codes.len() == model.search.len() && codes.iter().all(|&c| (c as usize) < n)
        };
        if model.codes.len() != model.classes.len()
            || !model.codes.iter().zip(&model.classes).all(fits)
        {
            return Err(broken("codes"));
        }
        Ok(Box::new(model))
    }

    fn boxed(&self) -> Box<dyn Estimator> {
        Box::new(self.clone())
    }
}

/// Refuses to look for more neighbors than there are samples.
pub(super) fn check_k(k: usize, samples: usize, queries: usize) -> Result<()> {
    if k <= samples {
        return Ok(());
    }
    Err(Error::value(text!(
        en: "Expected n_neighbors <= n_samples_fit, but n_neighbors = {k}, n_samples_fit = {samples}, \
             n_samples = {queries}",
        ko: "이웃 수(n_neighbors = {k})가 학습 샘플 수({samples})보다 많습니다"
    )))
}

impl Model for KNeighborsClassifierModel {
    fn predict_proba(&self, x: &Features<'_>) -> Result<Vec<Array>> {
        check_k(self.k, self.search.len(), x.rows())?;
        let found = self.search.nearest(x, self.k)?;
        let weights = Weights::from_value(&self.weights).ok_or_else(|| broken("weights"))?;
        let weights = weights.of(&found, self.k)?;
        let mut out = Vec::new();
        for (codes, &n) in self.codes.iter().zip(&self.classes) {
            let mut votes = vec![0.0; x.rows() * n];
            for (i, row) in votes.chunks_exact_mut(n).enumerate() {
                for j in i * self.k..(i + 1) * self.k {
                    row[codes[found.indices[j] as usize] as usize] += weights[j];
                }
                let total: f64 = row.iter().sum();
                if total != 0.0 {
                    row.iter_mut().for_each(|v| *v /= total);
                }
            }
            out.push(Array::from_vec([x.rows(), n], votes)?);
        }
        Ok(out)
    }
}
