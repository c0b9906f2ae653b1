//! `OrthogonalRegularizer`.

use super::{Regularizer, factor};
use crate::record::{one_of, record};
use seodang_core::{Array, Error, Result, text};
use seodang_tensor::Tensor;

one_of! {
    /// Which vectors of a matrix are meant.
    Vectors {
        /// Its rows.
        Rows = "rows",
        /// Its columns.
        Columns = "columns",
    }
}

record! {
    /// `factor` times the mean over all pairs of rows (or columns) of the absolute cosine between
    /// them. Source: Keras 3, `keras.regularizers.OrthogonalRegularizer`.
    OrthogonalRegularizer in "keras.regularizers", new() {
        /// The factor.
        factor: f64 = 0.01,
        /// Which vectors shall be orthogonal.
        mode: Vectors = Vectors::Rows,
    }
}

impl Regularizer for OrthogonalRegularizer {
    fn validate(&self) -> Result<()> {
        factor("factor", self.factor)
    }

    fn penalty(&self, x: &Tensor) -> Result<Tensor> {
        if x.rank() != 2 {
            return Err(Error::shape(text!(
                en: "OrthogonalRegularizer takes only matrices",
                ko: "OrthogonalRegularizer는 행렬에만 쓸 수 있습니다"
            ))
            .given("input", x.shape()));
        }
        let rows = match self.mode {
            Vectors::Rows => x.clone(),
            Vectors::Columns => x.transpose(&[1, 0])?,
        };
        let norms = rows.square()?.sum(&[1], true)?.sqrt()?;
        let unit = (&rows / norms.maximum(1e-12)?)?;
        let cosines = unit.matmul(&unit.transpose(&[1, 0])?)?;
        let n = rows.shape()[0];
        let off_diagonal =
            Array::from_fn(x.dtype(), [n, n], |i| if i / n == i % n { 0.0 } else { 1.0 });
        let off = (cosines * Tensor::from_array(&off_diagonal)?)?;
        let pairs = (n as f64) * (n as f64 - 1.0) / 2.0;
        off.abs()?.sum(&[], false)? * (self.factor * 0.5 / pairs)
    }
}
