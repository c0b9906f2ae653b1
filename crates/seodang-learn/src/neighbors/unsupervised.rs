//! `NearestNeighbors`.

use super::Search;
use super::metric::{Algorithm, Arguments, Measure, Metric, Power, Setup};
use crate::estimator::{Estimator, Model, Tags, Task};
use crate::features::Features;
use crate::record::{Value, estimator};
use crate::state::{State, model};
use crate::target::Y;
use seodang_core::Result;

estimator! {
    /// Finds the nearest samples.
    NearestNeighbors in "neighbors" {
        /// How many neighbors are found.
        n_neighbors: usize = 5, Range::from(1.0);
        /// How near a neighbor must be.
        radius: f64 = 1.0, Range::from(0.0);
        /// How the neighbors are searched for; all ways find the same ones.
        algorithm: Algorithm = Algorithm::Auto;
        /// From how many to twice how many samples a tree's leaf has.
        leaf_size: usize = 30, Range::from(1.0);
        /// How distances are measured.
        metric: Measure = Measure::Known(Metric::Minkowski);
        /// The power of the Minkowski metric: 1 is Manhattan, 2 Euclidean.
        p: Power = Power(2.0), Range::new(0.0, f64::INFINITY, false, true);
        /// More arguments of the metric: `w` of 'minkowski', `V` of 'seuclidean', `VI` of 'mahalanobis'.
        metric_params: Option<Arguments> = None;
        /// Accepted for compatibility: the number of threads is the process's.
        n_jobs: Option<i64> = None;
    }
}

model! {
    /// What `NearestNeighbors` learns.
    pub(crate) struct NearestNeighborsModel {
        search: Search,
        k: usize,
        /// The metric that was used: Minkowski's of power 1 and 2 have names of their own.
        pub effective_metric: Value,
        /// The arguments of that metric.
        pub effective_metric_params: Value,
        /// How many samples there are to be neighbors.
        pub n_samples_fit: usize,
    }
}

impl Estimator for NearestNeighbors {
    fn tags(&self) -> Tags {
        Tags { sparse: true, nan: self.metric.takes_nan(), ..Tags::new(Task::Other) }
    }

    fn methods(&self) -> &'static [&'static str] {
        &["kneighbors", "radius_neighbors"]
    }

    fn learn(&self, x: &Features<'_>, _: &Y, _: Option<&[f64]>) -> Result<Box<dyn Model>> {
        let setup = Setup::new(&self.metric, self.p, self.metric_params.as_ref(), x.cols())?;
        Ok(Box::new(NearestNeighborsModel {
            effective_metric: setup.name(),
            effective_metric_params: setup.params(),
            n_samples_fit: x.rows(),
            search: Search::new(x, setup, self.algorithm, self.leaf_size, Some(self.n_neighbors))?,
            k: self.n_neighbors,
        }))
    }

    fn restore(&self, state: &mut State) -> Result<Box<dyn Model>> {
        Ok(Box::new(NearestNeighborsModel::restore(state, "")?))
    }

    fn boxed(&self) -> Box<dyn Estimator> {
        Box::new(self.clone())
    }
}

impl Model for NearestNeighborsModel {
    fn call(&self, name: &str, x: Option<&Features<'_>>, arguments: &[Value]) -> Result<Value> {
        self.search.call(name, x, arguments, self.k)
    }
}
