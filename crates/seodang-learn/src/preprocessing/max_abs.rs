//! `MaxAbsScaler`.

use super::shared::{
    extent, kept, map_dense, map_entries, one_to_one, scaled, unscaled, without_zeros,
};
use crate::estimator::{Estimator, Model, Start, Tags, Task};
use crate::features::{Features, Real};
use crate::record::estimator;
use crate::state::model;
use crate::target::Y;
use seodang_core::Result;

estimator! {
    /// Divides each column by its greatest absolute value: zeros stay zeros. NaN stays.
    MaxAbsScaler in "preprocessing" {
        /// Accepted for compatibility: X is never changed.
        copy: bool = true;
        /// Whether values beyond those of `fit` are held within -1 and 1.
        clip: bool = false;
    }
}

model! {
    /// What `MaxAbsScaler` learns.
    pub(crate) struct MaxAbsScalerModel {
        /// What columns are divided by.
        pub scale: Vec<f64>,
        /// The greatest absolute value of each column.
        pub max_abs: Vec<f64>,
        /// The number of samples.
        pub n_samples_seen: usize,
        clip: bool,
    }
}

impl MaxAbsScaler {
    fn of(&self, x: &Features<'_>, before: Option<&MaxAbsScalerModel>) -> Box<dyn Model> {
        let (low, high) = extent(x);
        let mut max_abs: Vec<f64> =
            low.iter().zip(&high).map(|(a, b)| a.abs().max(b.abs())).collect();
        if let Some(before) = before {
            max_abs.iter_mut().zip(&before.max_abs).for_each(|(a, b)| *a = a.max(*b));
        }
        Box::new(MaxAbsScalerModel {
            scale: without_zeros(&max_abs, x),
            max_abs,
            n_samples_seen: before.map_or(0, |b| b.n_samples_seen) + x.rows(),
            clip: self.clip,
        })
    }
}

impl Estimator for MaxAbsScaler {
    fn tags(&self) -> Tags {
        Tags { sparse: true, nan: true, ..Tags::new(Task::Transformer) }
    }

    fn methods(&self) -> &'static [&'static str] {
        &["partial_fit", "inverse_transform", "get_feature_names_out"]
    }

    fn learn(&self, x: &Features<'_>, _: &Y, _: Option<&[f64]>) -> Result<Box<dyn Model>> {
        Ok(self.of(x, None))
    }

    fn learn_from(
        &self,
        start: &Start<'_>,
        x: &Features<'_>,
        _: &Y,
        _: Option<&[f64]>,
    ) -> Result<Box<dyn Model>> {
        Ok(self.of(x, start.model::<MaxAbsScalerModel>().filter(|_| start.batch)))
    }

    kept!(MaxAbsScalerModel);
}

impl Model for MaxAbsScalerModel {
    fn transform(&self, x: &Features<'_>) -> Result<Features<'static>> {
        let held = |v: f64| if self.clip && !v.is_nan() { v.clamp(-1.0, 1.0) } else { v };
        let out = match x {
            Features::Sparse(s) => return Ok(map_entries(s, |j, v| held(v / self.scale[j]))),
            Features::Dense(d) => scaled(d, None, Some(&self.scale)),
        };
        if !self.clip {
            return Ok(out);
        }
        Ok(map_dense!(&out.dense(), out.cols(), |m, row, out| {} {
            out.iter_mut().zip(row).for_each(|(o, &x)| *o = T::of(held(x.f64())));
        }))
    }

    fn inverse_transform(&self, x: &Features<'_>) -> Result<Features<'static>> {
        Ok(match x {
            Features::Dense(d) => unscaled(d, Some(&self.scale), None),
            Features::Sparse(s) => map_entries(s, |j, v| v * self.scale[j]),
        })
    }

    one_to_one!();
}
