//! `RobustScaler`.

use super::quantiles::arrange;
use super::shared::{
    kept, map_entries, one_to_one, present, quantile, scaled, unscaled, without_zeros,
};
use crate::estimator::{Estimator, Model, Tags, Task};
use crate::features::{Csr, Features};
use crate::normal;
use crate::record::{Param, estimator};
use crate::state::model;
use crate::target::Y;
use seodang_core::{Error, Result, text};
use seodang_kernels::pool;
use std::sync::{Mutex, PoisonError};

estimator! {
    /// Takes the median off each column and divides it by the difference of two of its quantiles, which
    /// outliers hardly move. NaN stays, and counts for nothing.
    RobustScaler in "preprocessing" {
        /// Whether medians are taken off; sparse features must keep theirs.
        with_centering: bool = true;
        /// Whether columns are divided by the difference of their quantiles.
        with_scaling: bool = true;
        /// The two quantiles, in percent.
        quantile_range: (f64, f64) = (25.0, 75.0);
        /// Accepted for compatibility: X is never changed.
        copy: bool = true;
        /// Whether normally distributed columns get the variance 1.
        unit_variance: bool = false;
    }
}

model! {
    /// What `RobustScaler` learns.
    pub(crate) struct RobustScalerModel {
        /// The median of each column.
        pub center: Option<Vec<f64>>,
        /// What columns are divided by.
        pub scale: Option<Vec<f64>>,
    }
}

impl Estimator for RobustScaler {
    fn tags(&self) -> Tags {
        Tags { sparse: true, nan: true, ..Tags::new(Task::Transformer) }
    }

    fn methods(&self) -> &'static [&'static str] {
        &["inverse_transform", "get_feature_names_out"]
    }

    fn learn(&self, x: &Features<'_>, _: &Y, _: Option<&[f64]>) -> Result<Box<dyn Model>> {
        let (low, high) = self.quantile_range;
        if !(0.0 <= low && low <= high && high <= 100.0) {
            let range = self.quantile_range.to_value().repr().replace('[', "(").replace(']', ")");
            return Err(Error::value(text!(
                en: "Invalid quantile range: {range}", ko: "quantile_range가 올바르지 않습니다: {range}"
            )));
        }
        if self.with_centering && matches!(x, Features::Sparse(_)) {
            return Err(Error::value(text!(
                en: "Cannot center sparse matrices: use `with_centering=False` instead. See \
                     docstring for motivation and alternatives.",
                ko: "희소 행렬에서는 중앙값을 뺄 수 없습니다. with_centering=False를 주세요."
            )));
        }
        let columns = columns(x, |c| arrange(c, &[low, 50.0, high]));
        let center =
            self.with_centering.then(|| columns.iter().map(|c| quantile(c, 0.5)).collect());
        let scale = self.with_scaling.then(|| {
            let spread: Vec<f64> = columns
                .iter()
                .map(|c| quantile(c, high / 100.0) - quantile(c, low / 100.0))
                .collect();
            let mut scale = without_zeros(&spread, x);
            if self.unit_variance {
                let by = normal::quantile(high / 100.0) - normal::quantile(low / 100.0);
                scale.iter_mut().for_each(|s| *s /= by);
            }
            scale
        });
        Ok(Box::new(RobustScalerModel { center, scale }))
    }

    kept!(RobustScalerModel);
}

/// The values of each column without NaN, in the order that `arrange` gives them, on all threads.
pub(super) fn columns(x: &Features<'_>, arrange: impl Fn(&mut [f64]) + Sync) -> Vec<Vec<f64>> {
    let columns = match x {
        Features::Dense(_) => vec![Vec::new(); x.cols()],
        Features::Sparse(s) => by_columns(s),
    };
    let columns: Vec<_> = columns.into_iter().map(Mutex::new).collect();
    pool::run(columns.len(), |j| {
        let mut column = columns[j].lock().unwrap_or_else(PoisonError::into_inner);
        if let Features::Dense(d) = x {
            *column = present(d, j);
        }
        arrange(&mut column);
    });
    columns.into_iter().map(|c| c.into_inner().unwrap_or_else(PoisonError::into_inner)).collect()
}

/// The values of each column, zeros among them, without NaN.
fn by_columns(x: &Csr<'_>) -> Vec<Vec<f64>> {
    let mut out = vec![Vec::new(); x.cols];
    let mut entries = vec![0usize; x.cols];
    for (&c, &v) in x.indices.iter().zip(x.data.iter()) {
        entries[c as usize] += 1;
        if !v.is_nan() {
            out[c as usize].push(v);
        }
    }
    for (column, entries) in out.iter_mut().zip(entries) {
        column.resize(column.len() + x.rows() - entries.min(x.rows()), 0.0);
    }
    out
}

impl Model for RobustScalerModel {
    fn transform(&self, x: &Features<'_>) -> Result<Features<'static>> {
        let scale = self.scale.as_deref();
        Ok(match x {
            Features::Dense(d) => scaled(d, self.center.as_deref(), scale),
            Features::Sparse(s) => map_entries(s, |j, v| v / scale.map_or(1.0, |s| s[j])),
        })
    }

    fn inverse_transform(&self, x: &Features<'_>) -> Result<Features<'static>> {
        let scale = self.scale.as_deref();
        Ok(match x {
            Features::Dense(d) => unscaled(d, scale, self.center.as_deref()),
            Features::Sparse(s) => map_entries(s, |j, v| v * scale.map_or(1.0, |s| s[j])),
        })
    }

    one_to_one!();
}
