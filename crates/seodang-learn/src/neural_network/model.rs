//! What multilayer perceptrons learn.

use super::network::{Activation, Network, Output, Rows};
use crate::estimator::Model;
use crate::features::{Dense, Features, Matrix, Real};
use crate::record::{Param, Value};
use crate::state::{broken, model};
use seodang_core::{Array, DType, Result};

model! {
    /// What a multilayer perceptron learns.
    pub(crate) struct MlpModel {
        /// The weights of each layer: its inputs by its outputs.
        pub coefs: Vec<Array>,
        /// What is added to the sums of each layer.
        pub intercepts: Vec<Array>,
        /// Passes over the samples, or iterations.
        pub n_iter: usize,
        /// Layers, the features and the outputs among them.
        pub n_layers: usize,
        /// Outputs.
        pub n_outputs: usize,
        /// What the last layer does.
        pub out_activation: String,
        /// The loss at the end.
        pub loss: f64,
        /// The loss after each pass.
        pub loss_curve: Option<Vec<f64>>,
        /// The score of the samples that were held back, after each pass.
        pub validation_scores: Option<Vec<f64>>,
        /// The least loss.
        pub best_loss: Option<f64>,
        /// The greatest of those scores.
        pub best_validation_score: Option<f64>,
        /// Samples that were seen, those seen again among them.
        pub t: usize,
        pub(crate) activation: String,
        pub(crate) sizes: Vec<usize>,
        pub(crate) flat: bool,
        pub(crate) values: bool,
        pub(crate) several: bool,
        pub(crate) first: Vec<Array>,
        pub(crate) second: Vec<Array>,
        pub(crate) steps: i64,
        pub(crate) rate: f64,
        pub(crate) without_gain: usize,
    }
}

/// An array as numbers of a type.
pub(super) fn numbers<T: Real>(a: &Array) -> Vec<T> {
    a.to_f64_vec().into_iter().map(T::of).collect()
}

impl MlpModel {
    pub(super) fn dtype(&self) -> DType {
        self.coefs.first().map_or(DType::F64, Array::dtype)
    }

    pub(super) fn network<T: Real>(&self) -> Result<Network<T>> {
        let named = |name: &str| Value::from(name);
        let activation =
            Activation::from_value(&named(&self.activation)).ok_or_else(|| broken("activation"))?;
        let output = Output::from_value(&named(&self.out_activation))
            .ok_or_else(|| broken("out_activation"))?;
        let fits =
            self.coefs.len() + 1 == self.sizes.len()
                && self.intercepts.len() == self.coefs.len()
                && !self.coefs.is_empty()
                && self.sizes.windows(2).zip(self.coefs.iter().zip(&self.intercepts)).all(
                    |(pair, (c, i))| c.shape().dims() == pair && i.shape().dims() == &pair[1..],
                );
        if !fits {
            return Err(broken("coefs"));
        }
        Ok(Network {
            sizes: self.sizes.clone(),
            coefs: self.coefs.iter().map(numbers).collect(),
            intercepts: self.intercepts.iter().map(numbers).collect(),
            activation,
            output,
        })
    }

    fn outputs<T: Real>(&self, x: &Features<'_>) -> Result<Vec<T>> {
        let network = self.network::<T>()?;
        let dense;
        let rows = match x {
            Features::Sparse(s) => Rows::Sparse(s),
            Features::Dense(d) => {
                dense = in_type::<T>(d);
                Rows::Dense(dense)
            }
        };
        network.predict(&rows)
    }

    fn all(&self, x: &Features<'_>) -> Result<Vec<f64>> {
        Ok(match self.dtype() {
            DType::F32 => self.outputs::<f32>(x)?.into_iter().map(f64::from).collect(),
            _ => self.outputs::<f64>(x)?,
        })
    }
}

/// Features in a type, copied only if they are of the other.
pub(super) fn in_type<'a, T: Real>(x: &'a Dense<'_>) -> Matrix<'a, T> {
    let (rows, cols) = x.shape();
    match T::slice(x) {
        Some(slice) => Matrix::new(slice, rows, cols),
        None => {
            let data: Vec<T> = x.f64().data.iter().map(|&v| T::of(v)).collect();
            Matrix::new(data, rows, cols)
        }
    }
}

impl Model for MlpModel {
    fn predict_values(&self, x: &Features<'_>) -> Result<Array> {
        if !self.values {
            return Err(crate::estimator::cannot("predict_values"));
        }
        let y = Array::from_vec([x.rows(), self.n_outputs], self.all(x)?)?.convert(self.dtype());
        if self.flat { y.reshape([x.rows()]) } else { Ok(y) }
    }

    fn predict_codes(&self, x: &Features<'_>) -> Result<Vec<Vec<u32>>> {
        let (all, n) = (self.all(x)?, self.n_outputs);
        if n == 1 || self.several {
            let of =
                |o: usize| all.iter().skip(o).step_by(n).map(|&p| u32::from(p > 0.5)).collect();
            return Ok((0..n).map(of).collect());
        }
        Ok(vec![all.chunks_exact(n).map(crate::estimator::argmax).collect()])
    }

    fn predict_proba(&self, x: &Features<'_>) -> Result<Vec<Array>> {
        if self.values {
            return Err(crate::estimator::cannot("predict_proba"));
        }
        let (all, n) = (self.all(x)?, self.n_outputs);
        if n == 1 || self.several {
            let of = |o: usize| {
                let column = all.iter().skip(o).step_by(n);
                let both: Vec<f64> = column.flat_map(|&p| [1.0 - p, p]).collect();
                Ok(Array::from_vec([x.rows(), 2], both)?.convert(self.dtype()))
            };
            return (0..n).map(of).collect();
        }
        Ok(vec![Array::from_vec([x.rows(), n], all)?.convert(self.dtype())])
    }
}
