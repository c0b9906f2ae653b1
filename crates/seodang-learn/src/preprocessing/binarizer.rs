//! `Binarizer`.

use super::shared::{kept, map_dense, one_to_one};
use crate::estimator::{Estimator, Model, Tags, Task};
use crate::features::{Csr, Features, Real};
use crate::record::estimator;
use crate::state::model;
use crate::target::Y;
use seodang_core::{Error, Result, text};

estimator! {
    /// Makes 1 of what is above a threshold and 0 of the rest.
    Binarizer in "preprocessing" {
        /// The threshold.
        threshold: f64 = 0.0;
        /// Accepted for compatibility: X is never changed.
        copy: bool = true;
    }
}

model! {
    /// What `Binarizer` does.
    pub(crate) struct BinarizerModel {
        threshold: f64,
    }
}

impl Estimator for Binarizer {
    fn tags(&self) -> Tags {
        Tags { sparse: true, ..Tags::new(Task::Transformer) }
    }

    fn methods(&self) -> &'static [&'static str] {
        &["stateless", "get_feature_names_out"]
    }

    fn learn(&self, _: &Features<'_>, _: &Y, _: Option<&[f64]>) -> Result<Box<dyn Model>> {
        Ok(Box::new(BinarizerModel { threshold: self.threshold }))
    }

    kept!(BinarizerModel);
}

impl Model for BinarizerModel {
    fn transform(&self, x: &Features<'_>) -> Result<Features<'static>> {
        let threshold = self.threshold;
        Ok(match x {
            Features::Dense(d) => map_dense!(d, x.cols(), |m, row, out| {
                let threshold = T::of(threshold);
            } {
                for (o, &x) in out.iter_mut().zip(row) {
                    *o = if x > threshold { T::of(1.0) } else { T::of(0.0) };
                }
            }),
            Features::Sparse(_) if threshold < 0.0 => {
                return Err(Error::value(text!(
                    en: "Cannot binarize a sparse matrix with threshold < 0",
                    ko: "희소 행렬은 0보다 작은 threshold로 이진화할 수 없습니다"
                )));
            }
            Features::Sparse(s) => {
                let (mut indptr, mut indices) = (vec![0], Vec::new());
                for i in 0..s.rows() {
                    let (columns, values) = s.row(i);
                    let above = columns.iter().zip(values).filter(|(_, v)| **v > threshold);
                    indices.extend(above.map(|(&c, _)| c));
                    indptr.push(indices.len());
                }
                let data = vec![1.0; indices.len()];
                Features::Sparse(Csr {
                    indptr: indptr.into(),
                    indices: indices.into(),
                    data: data.into(),
                    cols: s.cols,
                })
            }
        })
    }

    one_to_one!();
}
