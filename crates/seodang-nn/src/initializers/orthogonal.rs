//! `Orthogonal`.

use super::{Initializer, draw};
use crate::record::record;
use seodang_core::random::Stream;
use seodang_core::{Array, DType, Error, Result, Shape, text};

record! {
    /// A matrix with orthonormal columns (or rows, if it has more columns than rows) times `gain`;
    /// all dimensions but the last of a higher rank count as rows.
    ///
    /// The matrix is the Q of a normal matrix's QR factorization with positive diagonal of R, so it
    /// is evenly distributed over the orthogonal matrices. Source: Keras 3,
    /// `keras.initializers.Orthogonal`; Saxe et al. 2014.
    Orthogonal in "keras.initializers", new() {
        /// The factor.
        gain: f64 = 1.0,
        /// Draws the same numbers every time; if absent, from the model's stream.
        seed: Option<u64> = None,
    }
}

impl Initializer for Orthogonal {
    fn initialize(&self, stream: &mut Stream, dtype: DType, shape: &Shape) -> Result<Array> {
        let Some((&columns, rows)) = shape.split_last().filter(|(_, rows)| !rows.is_empty()) else {
            return Err(Error::shape(text!(
                en: "Orthogonal needs at least two dimensions",
                ko: "Orthogonal에는 2차원 이상이 필요합니다"
            ))
            .given("shape", shape));
        };
        let rows: usize = rows.iter().product();
        let (long, short) = (rows.max(columns), rows.min(columns));
        let normal =
            draw(self.seed, stream, DType::F64, &Shape::from([short, long]), |s| s.normal());
        let q = orthonormal_rows(normal.to_f64_vec(), long);
        let at =
            |r: usize, c: usize| if rows < columns { q[r * long + c] } else { q[c * long + r] };
        Ok(Array::from_fn(dtype, shape, |i| self.gain * at(i / columns, i % columns)))
    }
}

/// Makes the rows (of length `n`) orthonormal, one after another: Gram and Schmidt's method, run
/// twice on each row, which leaves them orthogonal to rounding.
fn orthonormal_rows(mut a: Vec<f64>, n: usize) -> Vec<f64> {
    let dot = |x: &[f64], y: &[f64]| x.iter().zip(y).map(|(x, y)| x * y).sum::<f64>();
    for start in (0..a.len()).step_by(n.max(1)) {
        let (done, rest) = a.split_at_mut(start);
        let row = &mut rest[..n];
        for _ in 0..2 {
            for before in done.chunks_exact(n) {
                let along = dot(before, row);
                row.iter_mut().zip(before).for_each(|(x, b)| *x -= along * b);
            }
        }
        let norm = dot(row, row).sqrt();
        row.iter_mut().for_each(|x| *x /= norm);
    }
    a
}
