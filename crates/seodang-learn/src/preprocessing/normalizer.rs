//! `Normalizer`.

use super::shared::{kept, map_dense, one_to_one};
use crate::estimator::{Estimator, Model, Tags, Task};
use crate::features::{Csr, Features, Real};
use crate::record::{Param, Value, estimator, one_of};
use crate::state::{broken, model};
use crate::target::Y;
use seodang_core::Result;

one_of! {
    /// What is 1 of each sample.
    Norm {
        /// The sum of the absolute values.
        L1 = "l1",
        /// The root of the sum of the squares.
        L2 = "l2",
        /// The greatest absolute value.
        Max = "max",
    }
}

estimator! {
    /// Divides each sample by its norm; samples of zeros stay.
    Normalizer in "preprocessing" {
        /// The norm.
        norm: Norm = Norm::L2;
        /// Accepted for compatibility: X is never changed.
        copy: bool = true;
    }
}

model! {
    /// What `Normalizer` does.
    pub(crate) struct NormalizerModel {
        norm: String,
    }
}

impl Estimator for Normalizer {
    fn tags(&self) -> Tags {
        Tags { sparse: true, ..Tags::new(Task::Transformer) }
    }

    fn methods(&self) -> &'static [&'static str] {
        &["stateless", "get_feature_names_out"]
    }

    fn learn(&self, _: &Features<'_>, _: &Y, _: Option<&[f64]>) -> Result<Box<dyn Model>> {
        Ok(Box::new(NormalizerModel { norm: self.norm.name().into() }))
    }

    kept!(NormalizerModel);
}

impl Norm {
    fn of<T: Real>(self, row: &[T]) -> T {
        let norm = match self {
            Norm::L1 => row.iter().map(|x| x.abs()).sum(),
            Norm::L2 => row.iter().map(|&x| x * x).sum::<T>().sqrt(),
            Norm::Max => row.iter().fold(T::of(0.0), |m, x| if x.abs() > m { x.abs() } else { m }),
        };
        if norm == T::of(0.0) { T::of(1.0) } else { norm }
    }
}

impl Model for NormalizerModel {
    fn transform(&self, x: &Features<'_>) -> Result<Features<'static>> {
        let norm =
            Norm::from_value(&Value::from(self.norm.as_str())).ok_or_else(|| broken("norm"))?;
        Ok(match x {
            Features::Dense(d) => map_dense!(d, x.cols(), |m, row, out| {} {
                let by: T = norm.of(row);
                out.iter_mut().zip(row).for_each(|(o, &x)| *o = x / by);
            }),
            Features::Sparse(s) => {
                let mut data = Vec::with_capacity(s.data.len());
                for i in 0..s.rows() {
                    let values = s.row(i).1;
                    let by = norm.of(values);
                    data.extend(values.iter().map(|v| v / by));
                }
                Features::Sparse(Csr {
                    indptr: s.indptr.to_vec().into(),
                    indices: s.indices.to_vec().into(),
                    data: data.into(),
                    cols: s.cols,
                })
            }
        })
    }

    one_to_one!();
}
