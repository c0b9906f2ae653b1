//! What every fitted machine keeps: its kernel and its support vectors.

use super::params::Kernel;
use super::samples::{Samples, Vectors, dense_sums, sums};
use crate::estimator::cannot;
use crate::features::{Csr, Dense, Features, Matrix};
use crate::record::{Param, Value};
use crate::state::{broken, model};
use seodang_core::{Array, Result};
use seodang_kernels::smo;
use std::borrow::Cow;

model! {
    /// A kernel with the samples that others are compared with. Dense support vectors are an attribute,
    /// which the model around it has; sparse ones are here.
    pub(crate) struct Machine {
        kernel: Value,
        gamma: f64,
        coef0: f64,
        degree: i32,
        /// The number of each support vector among the samples of `fit`.
        columns: Vec<usize>,
        /// The samples of `fit`, where a function compares with them.
        fitted: Option<Array>,
        sparse: bool,
        pointers: Vec<usize>,
        places: Vec<u32>,
        values: Vec<f64>,
        features: usize,
    }
}

impl Machine {
    /// A machine, and its support vectors as an attribute: of sparse samples, none.
    ///
    /// # Errors
    /// None in practice: the sizes fit.
    pub(super) fn new(
        kernel: &Kernel,
        resolved: smo::Kernel,
        x: &Features<'_>,
        support: &[usize],
    ) -> Result<(Machine, Option<Array>)> {
        let (gamma, coef0, degree) = match resolved {
            smo::Kernel::Linear => (0.0, 0.0, 0),
            smo::Kernel::Rbf { gamma } => (gamma, 0.0, 0),
            smo::Kernel::Poly { gamma, coef0, degree } => (gamma, coef0, degree),
            smo::Kernel::Sigmoid { gamma, coef0 } => (gamma, coef0, 0),
        };
        let mut machine = Machine {
            kernel: kernel.to_value(),
            gamma,
            coef0,
            degree,
            columns: support.to_vec(),
            fitted: None,
            sparse: false,
            pointers: Vec::new(),
            places: Vec::new(),
            values: Vec::new(),
            features: x.cols(),
        };
        let array = |x: &Features<'_>| {
            let dense = x.dense();
            let m = dense.f64();
            Array::from_slice([m.rows, m.cols], &m.data)
        };
        if matches!(kernel, Kernel::Precomputed | Kernel::Function(_)) {
            if let Kernel::Function(_) = kernel {
                machine.fitted = Some(array(x)?);
            }
            return Ok((machine, Some(Array::from_vec([0, 0], Vec::<f64>::new())?)));
        }
        match x.take(support) {
            Features::Sparse(s) => {
                machine.sparse = true;
                machine.pointers = s.indptr.into_owned();
                machine.places = s.indices.into_owned();
                machine.values = s.data.into_owned();
                Ok((machine, None))
            }
            dense => Ok((machine, Some(array(&dense)?))),
        }
    }

    fn kernel(&self) -> Result<(Kernel, smo::Kernel)> {
        let kernel = Kernel::from_value(&self.kernel).ok_or_else(|| broken("kernel"))?;
        let (gamma, coef0, degree) = (self.gamma, self.coef0, self.degree);
        let resolved = match kernel {
            Kernel::Rbf => smo::Kernel::Rbf { gamma },
            Kernel::Poly => smo::Kernel::Poly { gamma, coef0, degree },
            Kernel::Sigmoid => smo::Kernel::Sigmoid { gamma, coef0 },
            _ => smo::Kernel::Linear,
        };
        Ok((kernel, resolved))
    }

    /// Sums of kernels with the support vectors: for each sample, block of vectors and output.
    ///
    /// # Errors
    /// `Format`, if the parts do not go together; a kernel function's own.
    pub(super) fn sums(
        &self,
        vectors: Option<&Array>,
        x: &Features<'_>,
        coefs: &[f64],
        outputs: usize,
        ends: &[usize],
    ) -> Result<Vec<f64>> {
        let (kernel, resolved) = self.kernel()?;
        let of = |a: &Array| -> Result<Matrix<'static, f64>> {
            let &[rows, cols] = a.shape().dims() else { return Err(broken("support_vectors")) };
            Ok(Matrix::new(a.to_f64_vec(), rows, cols))
        };
        if let (Features::Dense(Dense::F32(x)), smo::Kernel::Rbf { .. }, Some(vectors)) =
            (x, resolved, vectors)
        {
            // Samples that were `f32` all along are compared as such.
            let vectors = of(vectors)?;
            if vectors.data.iter().all(|&v| f64::from(v as f32) == v) {
                return Ok(dense_sums(resolved, x, &vectors, coefs, outputs, ends));
            }
        }
        let fitted = self.fitted.as_ref().map(of).transpose()?.map(Features::from);
        let queries = Samples::new(x, &kernel, fitted.as_ref())?;
        let vectors = match (&queries, vectors) {
            (Samples::Gram(_), _) => Vectors::Columns(Cow::Borrowed(&self.columns)),
            (_, Some(vectors)) if !self.sparse => Vectors::Dense(of(vectors)?),
            _ => Vectors::Sparse(Csr::new(
                self.pointers.as_slice(),
                self.places.as_slice(),
                self.values.as_slice(),
                self.features,
            )?),
        };
        sums(resolved, &queries, &vectors, coefs, outputs, ends)
    }

    /// `support_vectors`, of sparse ones: where each one's entries begin, their columns and values.
    ///
    /// # Errors
    /// `Unsupported` for another method.
    pub(super) fn call(&self, name: &str) -> Result<Value> {
        if name != "support_vectors" {
            return Err(cannot(name));
        }
        let pointers: Vec<i64> = self.pointers.iter().map(|&p| p as i64).collect();
        let places: Vec<i64> = self.places.iter().map(|&p| i64::from(p)).collect();
        Ok(Value::List(vec![
            Array::from_vec([pointers.len()], pointers)?.into(),
            Array::from_vec([places.len()], places)?.into(),
            Array::from_vec([self.values.len()], self.values.clone())?.into(),
        ]))
    }

    /// Whether the parts, with so many support vectors, can be a machine over so many samples.
    ///
    /// # Errors
    /// `Format`, if not.
    pub(super) fn check(
        &self,
        vectors: Option<&Array>,
        support: usize,
        samples: usize,
    ) -> Result<()> {
        let (kernel, _) = self.kernel()?;
        let given = matches!(kernel, Kernel::Precomputed | Kernel::Function(_));
        let rows = match (given, self.sparse, vectors) {
            (true, ..) => support,
            (_, true, _) => self.pointers.len().wrapping_sub(1),
            (_, _, Some(v)) if v.shape().dims().get(1) == Some(&self.features) => {
                v.shape().dims()[0]
            }
            _ => return Err(broken("support_vectors")),
        };
        let inside = self.columns.iter().all(|&c| c < samples);
        if rows != support || self.columns.len() != support || !inside {
            return Err(broken("support"));
        }
        Ok(())
    }

    /// The weights of the features, outputs by features, for a linear kernel: the sums of the support
    /// vectors times the coefficients that `of` gives for an output.
    pub(super) fn linear_weights(
        &self,
        vectors: Option<&Array>,
        outputs: usize,
        of: impl Fn(usize, usize) -> f64,
    ) -> Result<Option<Array>> {
        if !matches!(self.kernel()?.0, Kernel::Linear) {
            return Ok(None);
        }
        let d = self.features;
        let mut out = vec![0.0; outputs * d];
        let dense = vectors.map(Array::to_f64_vec);
        for (output, row) in out.chunks_exact_mut(d).enumerate() {
            for v in 0..self.columns.len() {
                let c = of(output, v);
                match &dense {
                    _ if c == 0.0 => {}
                    Some(dense) => {
                        let x = &dense[v * d..(v + 1) * d];
                        row.iter_mut().zip(x).for_each(|(r, x)| *r += c * x);
                    }
                    None => {
                        for k in self.pointers[v]..self.pointers[v + 1] {
                            row[self.places[k] as usize] += c * self.values[k];
                        }
                    }
                }
            }
        }
        Array::from_vec([outputs, d], out).map(Some)
    }
}
