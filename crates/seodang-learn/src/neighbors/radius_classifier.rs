//! `RadiusNeighborsClassifier`.

use super::metric::{Algorithm, Arguments, Measure, Metric, Power, Setup};
use super::{Search, Weights};
use crate::estimator::{Estimator, Model, Tags, Task};
use crate::features::Features;
use crate::record::{Param, Value, estimator};
use crate::state::{State, broken, model};
use crate::target::Y;
use seodang_core::{Array, Error, Result, text};

estimator! {
    /// Classifies by a vote of the training samples within a radius. Source: Bentley 1975.
    RadiusNeighborsClassifier in "neighbors" {
        /// How near a neighbor must be.
        radius: f64 = 1.0, Range::from(0.0);
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
        /// The class of samples without neighbors: a label, one for each output, 'most_frequent', or None,
        /// with which they are refused.
        outlier_label: Value = Value::None;
        /// More arguments of the metric: `w` of 'minkowski', `V` of 'seuclidean', `VI` of 'mahalanobis'.
        metric_params: Option<Arguments> = None;
        /// Accepted for compatibility: the number of threads is the process's.
        n_jobs: Option<i64> = None;
    }
}

model! {
    /// What `RadiusNeighborsClassifier` learns.
    pub(crate) struct RadiusNeighborsClassifierModel {
        search: Search,
        radius: f64,
        weights: Value,
        codes: Vec<Vec<u32>>,
        classes: Vec<usize>,
        /// Whether there are several outputs.
        pub outputs_2d: bool,
        /// The metric that was used: Minkowski's of power 1 and 2 have names of their own.
        pub effective_metric: Value,
        /// The arguments of that metric.
        pub effective_metric_params: Value,
        /// How many samples there are to be neighbors.
        pub n_samples_fit: usize,
    }
}

impl Estimator for RadiusNeighborsClassifier {
    fn tags(&self) -> Tags {
        Tags {
            multioutput: true,
            sparse: true,
            nan: self.metric.takes_nan(),
            ..Tags::new(Task::Classifier)
        }
    }

    fn methods(&self) -> &'static [&'static str] {
        &["radius_votes", "radius_neighbors"]
    }

    fn learn(&self, x: &Features<'_>, y: &Y, _: Option<&[f64]>) -> Result<Box<dyn Model>> {
        let Y::Classes(outputs) = y else { return Err(Error::internal("classes")) };
        let setup = Setup::new(&self.metric, self.p, self.metric_params.as_ref(), x.cols())?;
        Ok(Box::new(RadiusNeighborsClassifierModel {
            effective_metric: setup.name(),
            effective_metric_params: setup.params(),
            n_samples_fit: x.rows(),
            search: Search::new(x, setup, self.algorithm, self.leaf_size, None)?,
            radius: self.radius,
            weights: self.weights.to_value(),
            outputs_2d: outputs.len() > 1,
            codes: outputs.iter().map(|o| o.codes.to_vec()).collect(),
            classes: outputs.iter().map(|o| o.n).collect(),
        }))
    }

    fn restore(&self, state: &mut State) -> Result<Box<dyn Model>> {
        let model = RadiusNeighborsClassifierModel::restore(state, "")?;
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

impl Model for RadiusNeighborsClassifierModel {
    fn predict_codes(&self, x: &Features<'_>) -> Result<Vec<Vec<u32>>> {
        let best = |(p, &n): (&Array, &usize)| -> Result<Vec<u32>> {
            let p = p.to_f64_vec();
            let lonely: Vec<usize> =
                (0..x.rows()).filter(|i| p[i * n..(i + 1) * n].iter().all(|&v| v == 0.0)).collect();
            if !lonely.is_empty() {
                return Err(Error::value(text!(
                    en: "No neighbors found for test samples {lonely:?}, you can try using larger \
                         radius, giving a label for outliers, or considering removing them from \
                         your dataset.",
                    ko: "샘플 {lonely:?}에는 이웃이 없습니다. 반지름을 키우거나, 이상치의 레이블을 정하거나, \
                         그 샘플들을 빼세요."
                )));
            }
            Ok(p.chunks_exact(n).map(crate::estimator::argmax).collect())
        };
        self.predict_proba(x)?.iter().zip(&self.classes).map(best).collect()
    }

    /// The shares of the votes; all 0 for a sample without neighbors.
    fn predict_proba(&self, x: &Features<'_>) -> Result<Vec<Array>> {
        let (found, ends) = self.search.within(x, self.radius, false)?;
        let weights = Weights::from_value(&self.weights).ok_or_else(|| broken("weights"))?;
        let weights = weights.of_ragged(&found, &ends)?;
        let mut out = Vec::new();
        for (codes, &n) in self.codes.iter().zip(&self.classes) {
            let mut votes = vec![0.0; x.rows() * n];
            for (row, ends) in votes.chunks_exact_mut(n).zip(ends.windows(2)) {
                for j in ends[0]..ends[1] {
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
        if name == "counts" {
            // How many samples of `fit` are of each class.
            let count = |(codes, &n): (&Vec<u32>, &usize)| {
                let mut counts = vec![0i64; n];
                codes.iter().for_each(|&c| counts[c as usize] += 1);
                Array::from_vec([n], counts).map(Value::Array)
            };
            let all = self.codes.iter().zip(&self.classes).map(count);
            return all.collect::<Result<_>>().map(Value::List);
        }
        self.search.call(name, x, arguments, 1)
    }
}
