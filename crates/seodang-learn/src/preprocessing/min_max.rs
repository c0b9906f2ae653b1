//! `MinMaxScaler`.

use super::shared::{extent, kept, map_dense, one_to_one, unscaled, without_zeros};
use crate::estimator::{Estimator, Model, Start, Tags, Task};
use crate::features::{Features, Real};
use crate::record::estimator;
use crate::state::model;
use crate::target::Y;
use seodang_core::{Error, Result, text};

estimator! {
    /// Scales each column so that its values lie between two numbers. NaN stays.
    MinMaxScaler in "preprocessing" {
        /// Where the least and the greatest value of a column go.
        feature_range: (f64, f64) = (0.0, 1.0);
        /// Accepted for compatibility: X is never changed.
        copy: bool = true;
        /// Whether values beyond those of `fit` are held within the range.
        clip: bool = false;
    }
}

model! {
    /// What `MinMaxScaler` learns.
    pub(crate) struct MinMaxScalerModel {
        /// What is added to each column, once multiplied.
        pub min: Vec<f64>,
        /// What each column is multiplied with.
        pub scale: Vec<f64>,
        /// The least value of each column.
        pub data_min: Vec<f64>,
        /// The greatest value of each column.
        pub data_max: Vec<f64>,
        /// Their difference.
        pub data_range: Vec<f64>,
        /// The number of samples.
        pub n_samples_seen: usize,
        held: Option<Vec<f64>>,
    }
}

impl MinMaxScaler {
    fn of(
        &self,
        x: &Features<'_>,
        data_min: Vec<f64>,
        data_max: Vec<f64>,
        n_samples_seen: usize,
    ) -> Result<Box<dyn Model>> {
        let (low, high) = self.feature_range;
        if low >= high {
            let range = crate::record::Param::to_value(&self.feature_range).repr();
            let range = range.trim_start_matches('[').trim_end_matches(']').to_string();
            return Err(Error::value(text!(
                en: "Minimum of desired feature range must be smaller than maximum. Got ({range}).",
                ko: "feature_range의 최솟값은 최댓값보다 작아야 하는데 ({range})입니다."
            )));
        }
        let data_range: Vec<f64> = data_max.iter().zip(&data_min).map(|(b, a)| b - a).collect();
        let scale: Vec<f64> =
            without_zeros(&data_range, x).iter().map(|r| (high - low) / r).collect();
        let min = data_min.iter().zip(&scale).map(|(a, s)| low - a * s).collect();
        let held = self.clip.then(|| vec![low, high]);
        Ok(Box::new(MinMaxScalerModel {
            min,
            scale,
            data_min,
            data_max,
            data_range,
            n_samples_seen,
            held,
        }))
    }
}

impl Estimator for MinMaxScaler {
    fn tags(&self) -> Tags {
        Tags { nan: true, ..Tags::new(Task::Transformer) }
    }

    fn methods(&self) -> &'static [&'static str] {
        &["partial_fit", "inverse_transform", "get_feature_names_out"]
    }

    fn learn(&self, x: &Features<'_>, _: &Y, _: Option<&[f64]>) -> Result<Box<dyn Model>> {
        let (low, high) = extent(x);
        self.of(x, low, high, x.rows())
    }

    fn learn_from(
        &self,
        start: &Start<'_>,
        x: &Features<'_>,
        y: &Y,
        weights: Option<&[f64]>,
    ) -> Result<Box<dyn Model>> {
        let Some(before) = start.model::<MinMaxScalerModel>().filter(|_| start.batch) else {
            return self.learn(x, y, weights);
        };
        let (mut low, mut high) = extent(x);
        low.iter_mut().zip(&before.data_min).for_each(|(a, b)| *a = a.min(*b));
        high.iter_mut().zip(&before.data_max).for_each(|(a, b)| *a = a.max(*b));
        self.of(x, low, high, before.n_samples_seen + x.rows())
    }

    kept!(MinMaxScalerModel);
}

impl Model for MinMaxScalerModel {
    fn transform(&self, x: &Features<'_>) -> Result<Features<'static>> {
        let dense = x.dense();
        let out = unscaled(&dense, Some(&self.scale), Some(&self.min));
        let Some(&[low, high]) = self.held.as_deref() else { return Ok(out) };
        Ok(map_dense!(&out.dense(), out.cols(), |m, row, out| {
            let (low, high) = (T::of(low), T::of(high));
        } {
            for (o, &x) in out.iter_mut().zip(row) {
                *o = if x < low { low } else if x > high { high } else { x };
            }
        }))
    }

    fn inverse_transform(&self, x: &Features<'_>) -> Result<Features<'static>> {
        let dense = x.dense();
        Ok(super::shared::scaled(&dense, Some(&self.min), Some(&self.scale)))
    }

    one_to_one!();
}
