//! `StandardScaler`.

use super::shared::{Moments, kept, map_entries, one_to_one, scaled, unscaled};
use crate::estimator::{Estimator, Model, Start, Tags, Task};
use crate::features::Features;
use crate::record::{Value, estimator};
use crate::state::model;
use crate::target::Y;
use seodang_core::{Array, Error, Result, text};

estimator! {
    /// Scales each column to mean 0 and variance 1. NaN stays, and counts for nothing.
    StandardScaler in "preprocessing" {
        /// Accepted for compatibility: X is never changed.
        copy: bool = true;
        /// Whether means are taken off; sparse features must keep theirs.
        with_mean: bool = true;
        /// Whether columns are divided by their standard deviation.
        with_std: bool = true;
    }
}

model! {
    /// What `StandardScaler` learns.
    pub(crate) struct StandardScalerModel {
        /// What columns are divided by: the standard deviation, or 1 for a constant column.
        pub scale: Option<Vec<f64>>,
        /// The mean of each column.
        pub mean: Option<Vec<f64>>,
        /// The variance of each column.
        pub var: Option<Vec<f64>>,
        /// The number of samples, or of each column's where values were missing; with weights their sum.
        pub n_samples_seen: Value,
        count: Vec<f64>,
        centre: Vec<f64>,
        spread: Vec<f64>,
        weighted: bool,
        with_mean: bool,
    }
}

impl StandardScaler {
    fn of(&self, all: Moments, weighted: bool, sparse: bool) -> Result<Box<dyn Model>> {
        // A variance no greater than what rounding makes of a constant: Chan et al. 1983.
        let scale = (0..all.count.len())
            .map(|j| {
                let (n, mean, var) = (all.count[j], all.mean[j], all.var[j]);
                let rounding = n * f64::EPSILON * var + (n * mean * f64::EPSILON).powi(2);
                if var <= rounding { 1.0 } else { var.sqrt() }
            })
            .collect();
        let same = all.count.windows(2).all(|w| w[0] == w[1]);
        let n_samples_seen = match (same, weighted) {
            (true, true) => Value::Float(all.count[0]),
            (true, false) => Value::Int(all.count[0] as i64),
            (false, true) => Value::Array(Array::from_slice([all.count.len()], &all.count)?),
            (false, false) => {
                let counts: Vec<i64> = all.count.iter().map(|&c| c as i64).collect();
                Value::Array(Array::from_vec([counts.len()], counts)?)
            }
        };
        let known = self.with_mean || self.with_std;
        // A column without any value has no mean: NaN stays NaN whatever is taken off.
        let shown = |x: &[f64]| {
            x.iter().zip(&all.count).map(|(&x, &n)| if n > 0.0 { x } else { f64::NAN }).collect()
        };
        Ok(Box::new(StandardScalerModel {
            scale: self.with_std.then_some(scale),
            mean: known.then(|| shown(&all.mean)),
            var: (self.with_std || (sparse && known)).then(|| shown(&all.var)),
            n_samples_seen,
            count: all.count,
            centre: all.mean,
            spread: all.var,
            weighted,
            with_mean: self.with_mean,
        }))
    }
}

impl Estimator for StandardScaler {
    fn tags(&self) -> Tags {
        Tags { sparse: true, nan: true, weights: true, ..Tags::new(Task::Transformer) }
    }

    fn methods(&self) -> &'static [&'static str] {
        &["partial_fit", "inverse_transform", "get_feature_names_out"]
    }

    fn learn(&self, x: &Features<'_>, _: &Y, weights: Option<&[f64]>) -> Result<Box<dyn Model>> {
        check_sparse(x, self.with_mean)?;
        self.of(Moments::of(x, weights), weights.is_some(), matches!(x, Features::Sparse(_)))
    }

    fn learn_from(
        &self,
        start: &Start<'_>,
        x: &Features<'_>,
        y: &Y,
        weights: Option<&[f64]>,
    ) -> Result<Box<dyn Model>> {
        let Some(before) = start.model::<StandardScalerModel>().filter(|_| start.batch) else {
            return self.learn(x, y, weights);
        };
        check_sparse(x, self.with_mean)?;
        let known = Moments {
            count: before.count.clone(),
            mean: before.centre.clone(),
            var: before.spread.clone(),
        };
        let weighted = before.weighted || weights.is_some();
        let all = known.and(&Moments::of(x, weights));
        self.of(all, weighted, matches!(x, Features::Sparse(_)))
    }

    kept!(StandardScalerModel);
}

fn check_sparse(x: &Features<'_>, with_mean: bool) -> Result<()> {
    if with_mean && matches!(x, Features::Sparse(_)) {
        return Err(Error::value(text!(
            en: "Cannot center sparse matrices: pass `with_mean=False` instead. See docstring for \
                 motivation and alternatives.",
            ko: "희소 행렬에서는 평균을 뺄 수 없습니다. with_mean=False를 주세요."
        )));
    }
    Ok(())
}

impl Model for StandardScalerModel {
    fn transform(&self, x: &Features<'_>) -> Result<Features<'static>> {
        check_sparse(x, self.with_mean)?;
        let scale = self.scale.as_deref();
        Ok(match x {
            Features::Dense(d) => scaled(d, self.mean.as_deref().filter(|_| self.with_mean), scale),
            Features::Sparse(s) => map_entries(s, |j, v| v / scale.map_or(1.0, |s| s[j])),
        })
    }

    fn inverse_transform(&self, x: &Features<'_>) -> Result<Features<'static>> {
        check_sparse(x, self.with_mean)?;
        let scale = self.scale.as_deref();
        Ok(match x {
            Features::Dense(d) => {
                unscaled(d, scale, self.mean.as_deref().filter(|_| self.with_mean))
            }
            Features::Sparse(s) => map_entries(s, |j, v| v * scale.map_or(1.0, |s| s[j])),
        })
    }

    one_to_one!();
}
