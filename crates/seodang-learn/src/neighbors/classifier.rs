//! `KNeighborsClassifier`.

use super::metric::{Algorithm, Arguments, Measure, Metric, Power, Setup};
use super::{Search, Weights};
use crate::estimator::{Estimator, Model, Tags, Task};
use crate::features::Features;
use crate::record::{Param, Value, estimator};
use crate::state::{State, broken, model};
use crate::target::Y;
use seodang_core::{Array, Error, Result};

estimator! {
    /// Classifies by a vote of the k nearest training samples. Source: Cover and Hart 1967.
    KNeighborsClassifier in "neighbors" {
        /// How many neighbors vote.
        n_neighbors: usize = 5, Range::from(1.0);
        /// How much each neighbor counts.
        weights: Weights = Weights::Uniform;
        /// How the neighbors are searched for; all ways find the same ones.
        algorithm: Algorithm = Algorithm::Auto;
        /// From how many to twice how many samples a tree's leaf has.
        leaf_size: usize = 30, Range::from(1.0);
        /// The power of the Minkowski metric: 1 is Manhattan, 2 Euclidean.
        p: Power = Power(2.0), Range::new(0.0, f64::INFINITY, false, true);
        /// How distances are measured.
        metric: Measure = Measure::Known(Metric::Minkowski);
        /// More arguments of the metric: `w` of 'minkowski', `V` of 'seuclidean', `VI` of 'mahalanobis'.
        metric_params: Option<Arguments> = None;
        /// Accepted for compatibility: the number of threads is the process's.
        n_jobs: Option<i64> = None;
    }
}

model! {
    /// What `KNeighborsClassifier` learns.
    pub(crate) struct KNeighborsClassifierModel {
        search: Search,
        codes: Vec<Vec<u32>>,
        classes: Vec<usize>,
        k: usize,
        weights: Value,
        /// The metric that was used: Minkowski's of power 1 and 2 have names of their own.
        pub effective_metric: Value,
        /// The arguments of that metric.
        pub effective_metric_params: Value,
        /// How many samples there are to be neighbors.
        pub n_samples_fit: usize,
        /// Whether there are several outputs.
        pub outputs_2d: bool,
    }
}

impl Estimator for KNeighborsClassifier {
    fn tags(&self) -> Tags {
        Tags {
            multioutput: true,
            sparse: true,
            nan: self.metric.takes_nan(),
            ..Tags::new(Task::Classifier)
        }
    }

    fn methods(&self) -> &'static [&'static str] {
        &["predict_proba", "kneighbors"]
    }

    fn learn(&self, x: &Features<'_>, y: &Y, _: Option<&[f64]>) -> Result<Box<dyn Model>> {
        let Y::Classes(outputs) = y else { return Err(Error::internal("classes")) };
        let setup = Setup::new(&self.metric, self.p, self.metric_params.as_ref(), x.cols())?;
        Ok(Box::new(KNeighborsClassifierModel {
            effective_metric: setup.name(),
            effective_metric_params: setup.params(),
            n_samples_fit: x.rows(),
            outputs_2d: outputs.len() > 1,
            search: Search::new(x, setup, self.algorithm, self.leaf_size, Some(self.n_neighbors))?,
            codes: outputs.iter().map(|o| o.codes.to_vec()).collect(),
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

impl Model for KNeighborsClassifierModel {
    fn predict_proba(&self, x: &Features<'_>) -> Result<Vec<Array>> {
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
    fn call(&self, name: &str, x: Option<&Features<'_>>, arguments: &[Value]) -> Result<Value> {
        self.search.call(name, x, arguments, self.k)
    }
}
