//! `KNeighborsRegressor`.

use super::metric::{Algorithm, Arguments, Measure, Metric, Power, Setup};
use super::{Search, Weights};
use crate::estimator::{Estimator, Model, Tags, Task};
use crate::features::Features;
use crate::record::{Param, Value, estimator};
use crate::state::{State, broken, model};
use crate::target::Y;
use seodang_core::{Array, Result};

estimator! {
    /// Predicts the mean of the k nearest training samples. Source: Cover and Hart 1967.
    KNeighborsRegressor in "neighbors" {
        /// How many neighbors count.
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
    /// What `KNeighborsRegressor` learns.
    pub(crate) struct KNeighborsRegressorModel {
        search: Search,
        values: Vec<f64>,
        outputs: usize,
        flat: bool,
        k: usize,
        weights: Value,
        /// The metric that was used: Minkowski's of power 1 and 2 have names of their own.
        pub effective_metric: Value,
        /// The arguments of that metric.
        pub effective_metric_params: Value,
        /// How many samples there are to be neighbors.
        pub n_samples_fit: usize,
    }
}

impl Estimator for KNeighborsRegressor {
    fn tags(&self) -> Tags {
        Tags {
            multioutput: true,
            sparse: true,
            nan: self.metric.takes_nan(),
            ..Tags::new(Task::Regressor)
        }
    }

    fn methods(&self) -> &'static [&'static str] {
        &["kneighbors"]
    }

    fn learn(&self, x: &Features<'_>, y: &Y, _: Option<&[f64]>) -> Result<Box<dyn Model>> {
        let y = y.values()?;
        let setup = Setup::new(&self.metric, self.p, self.metric_params.as_ref(), x.cols())?;
        Ok(Box::new(KNeighborsRegressorModel {
            effective_metric: setup.name(),
            effective_metric_params: setup.params(),
            n_samples_fit: x.rows(),
            search: Search::new(x, setup, self.algorithm, self.leaf_size, Some(self.n_neighbors))?,
            values: y.data.to_vec(),
            outputs: y.outputs,
            flat: y.flat,
            k: self.n_neighbors,
            weights: self.weights.to_value(),
        }))
    }

    fn restore(&self, state: &mut State) -> Result<Box<dyn Model>> {
        let model = KNeighborsRegressorModel::restore(state, "")?;
        if model.outputs == 0 || model.values.len() != model.search.len() * model.outputs {
            return Err(broken("values"));
        }
        Ok(Box::new(model))
    }

    fn boxed(&self) -> Box<dyn Estimator> {
        Box::new(self.clone())
    }
}

impl Model for KNeighborsRegressorModel {
    fn predict_values(&self, x: &Features<'_>) -> Result<Array> {
        let found = self.search.nearest(x, self.k)?;
        let weights = Weights::from_value(&self.weights).ok_or_else(|| broken("weights"))?;
        let weights = weights.of(&found, self.k)?;
        let mut out = vec![0.0; x.rows() * self.outputs];
        for (i, row) in out.chunks_exact_mut(self.outputs).enumerate() {
            let near = i * self.k..(i + 1) * self.k;
            let total: f64 = weights[near.clone()].iter().sum();
            for j in near {
                let value = &self.values[found.indices[j] as usize * self.outputs..];
                row.iter_mut().zip(value).for_each(|(r, v)| *r += weights[j] * v / total);
            }
        }
        let shape = if self.flat { vec![x.rows()] } else { vec![x.rows(), self.outputs] };
        Array::from_vec(shape, out)
    }

    fn call(&self, name: &str, x: Option<&Features<'_>>, arguments: &[Value]) -> Result<Value> {
        self.search.call(name, x, arguments, self.k)
    }
}
