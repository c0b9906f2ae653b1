//! `KNNImputer`.

use crate::estimator::{Estimator, Model, Tags, Task};
use crate::features::{Features, Matrix};
use crate::neighbors::{self, Distances, Measure, Power};
use crate::preprocessing::shared::kept;
use crate::record::{Either, Function, Value, estimator, one_of};
use crate::state::{broken, model};
use crate::table::Schema;
use crate::target::Y;
use seodang_core::{Array, Result};
use seodang_kernels::pool;
use std::sync::{Mutex, PoisonError};

/// Rows whose distances from all samples are known at a time.
const ROWS: usize = 256;

one_of! {
    /// How much each neighbor counts.
    Weights {
        /// All alike.
        Uniform = "uniform",
        /// The nearer, the more.
        Distance = "distance",
    }
}

one_of! {
    /// How distances are measured.
    Metric {
        /// Euclidean over what both samples have, scaled up for what they lack.
        NanEuclidean = "nan_euclidean",
    }
}

estimator! {
    /// Fills in missing values with the mean of the nearest samples that have one. Source: Troyanskaya et
    /// al. 2001.
    KNNImputer in "impute" {
        /// What a missing value looks like.
        missing_values: Value = Value::Float(f64::NAN);
        /// How many neighbors a value is the mean of.
        n_neighbors: i64 = 5, Range::from(1.0);
        /// How much each neighbor counts.
        weights: Either<Weights, Function> = Either::A(Weights::Uniform);
        /// How distances are measured.
        metric: Metric = Metric::NanEuclidean;
        /// Accepted for compatibility: X is never changed.
        copy: bool = true;
        /// Whether columns are added that say what was missing.
        add_indicator: bool = false;
        /// Whether columns without any value stay, filled with 0.
        keep_empty_features: bool = false;
    }
}

model! {
    /// What `KNNImputer` learns.
    pub(crate) struct KNNImputerModel {
        samples: Matrix<'static, f64>,
        missing: f64,
        neighbors: usize,
        weights: Value,
        means: Vec<f64>,
        keep_empty: bool,
        indicated: Vec<i64>,
    }
}

impl Estimator for KNNImputer {
    fn tags(&self) -> Tags {
        Tags { nan: true, ..Tags::new(Task::Transformer) }
    }

    fn methods(&self) -> &'static [&'static str] {
        &["get_feature_names_out"]
    }

    fn learn(&self, x: &Features<'_>, _: &Y, _: Option<&[f64]>) -> Result<Box<dyn Model>> {
        use crate::record::Param;
        let missing = f64::from_value(&self.missing_values).unwrap_or(f64::NAN);
        let dense = x.dense();
        let mut samples = dense.f64().into_owned();
        if !missing.is_nan() {
            samples.data.to_mut().iter_mut().filter(|v| **v == missing).for_each(|v| *v = f64::NAN);
        }
        let cols = samples.cols;
        let (mut sums, mut counts) = (vec![0.0; cols], vec![0usize; cols]);
        for row in samples.iter_rows() {
            for (j, &v) in row.iter().enumerate().filter(|(_, v)| !v.is_nan()) {
                sums[j] += v;
                counts[j] += 1;
            }
        }
        let means = sums.iter().zip(&counts).map(|(s, &n)| s / n as f64).collect();
        let lacks = |j: &i64| counts[*j as usize] < samples.rows;
        let indicated = (0..cols as i64).filter(|j| self.add_indicator && lacks(j)).collect();
        Ok(Box::new(KNNImputerModel {
            samples,
            missing,
            neighbors: self.n_neighbors as usize,
            weights: self.weights.to_value(),
            means,
            keep_empty: self.keep_empty_features,
            indicated,
        }))
    }

    kept!(KNNImputerModel);
}

impl KNNImputerModel {
    fn kept(&self) -> Vec<usize> {
        (0..self.means.len()).filter(|&j| self.keep_empty || !self.means[j].is_nan()).collect()
    }

    fn mean(&self, found: &[(f64, f64)]) -> Result<f64> {
        let plain = || found.iter().map(|f| f.1).sum::<f64>() / found.len() as f64;
        let weights: Vec<f64> = match &self.weights {
            Value::Str(s) if s == "uniform" => return Ok(plain()),
            Value::Str(_) => {
                let exact = found.iter().any(|f| f.0 == 0.0);
                let of = |f: &(f64, f64)| match exact {
                    true => f64::from(u8::from(f.0 == 0.0)),
                    false => 1.0 / f.0,
                };
                found.iter().map(of).collect()
            }
            Value::Function(f) => {
                let distances: Vec<f64> = found.iter().map(|f| f.0).collect();
                let n = distances.len();
                let out = f.call(&[Array::from_vec([1, n], distances)?])?.to_f64_vec();
                if out.len() != n {
                    return Err(broken("weights"));
                }
                out
            }
            _ => return Err(broken("weights")),
        };
        let total: f64 = weights.iter().sum();
        Ok(weights.iter().zip(found).map(|(w, f)| w * f.1).sum::<f64>() / total)
    }

    /// The nearest samples of those that have a value for feature `j`: their distances and values.
    fn near<'a>(
        &'a self,
        among: impl Iterator<Item = &'a (f64, u32)>,
        j: usize,
    ) -> Vec<(f64, f64)> {
        let value = |i: u32| self.samples.data[i as usize * self.samples.cols + j];
        let known = among.map(|&(d, i)| (d, value(i))).filter(|(_, v)| !v.is_nan());
        known.take(self.neighbors).collect()
    }

    /// Fills a row in, whose distances from the samples are NaN where nothing is common.
    fn fill(&self, row: &[f64], distances: &[f64], out: &mut [f64]) -> Result<()> {
        let mut all: Vec<(f64, u32)> = distances.iter().copied().zip(0..).collect();
        all.retain(|(d, _)| !d.is_nan());
        let order = |a: &(f64, u32), b: &(f64, u32)| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1));
        // Most often enough of the very nearest have a value.
        let few = (8 * self.neighbors).min(all.len());
        if few < all.len() {
            all.select_nth_unstable_by(few, order);
        }
        all[..few].sort_unstable_by(order);
        let mut sorted = few == all.len();
        for (j, o) in out.iter_mut().enumerate() {
            *o = row[j];
            if !row[j].is_nan() {
                continue;
            }
            if self.means[j].is_nan() {
                *o = 0.0;
                continue;
            }
            let mut near = self.near(all[..few].iter(), j);
            if near.len() < self.neighbors && few < all.len() {
                if !sorted {
                    all[few..].sort_unstable_by(order);
                    sorted = true;
                }
                near = self.near(all.iter(), j);
            }
            *o = if near.is_empty() { self.means[j] } else { self.mean(&near)? };
        }
        Ok(())
    }
}

impl Model for KNNImputerModel {
    fn transform(&self, x: &Features<'_>) -> Result<Features<'static>> {
        let dense = x.dense();
        let x = dense.f64();
        let cols = x.cols;
        if self.samples.cols != cols || self.means.len() != cols {
            return Err(broken("samples"));
        }
        let lacks = |v: f64| if self.missing.is_nan() { v.is_nan() } else { v == self.missing };
        let data: Vec<f64> = x.data.iter().map(|&v| if lacks(v) { f64::NAN } else { v }).collect();
        let metric = Measure::Known(neighbors::Metric::NanEuclidean);
        let distances = Distances::new(&metric, Power(2.0), None, cols, false)?;
        let samples = Features::from(self.samples.view());
        let mut filled = data.clone();
        let lacking: Vec<_> = filled
            .chunks_exact_mut(cols)
            .zip(data.chunks_exact(cols))
            .filter(|(_, row)| row.iter().any(|v| v.is_nan()))
            .collect();
        let mut lacking = lacking.into_iter();
        loop {
            // So many rows at a time as their distances may take.
            let rows: Vec<_> =
                lacking.by_ref().take(ROWS).map(|r| Mutex::new((r, Ok(())))).collect();
            if rows.is_empty() {
                break;
            }
            let gathered: Vec<f64> = rows
                .iter()
                .flat_map(|r| r.lock().unwrap_or_else(PoisonError::into_inner).0.1.to_vec())
                .collect();
            let queries = Features::from(Matrix::new(gathered, rows.len(), cols));
            let mut apart = vec![0.0; rows.len() * self.samples.rows];
            distances.pairwise(&queries, &samples, &mut apart)?;
            let one = |i: usize| {
                let mut held = rows[i].lock().unwrap_or_else(PoisonError::into_inner);
                let ((out, row), result) = &mut *held;
                let n = self.samples.rows;
                *result = self.fill(row, &apart[i * n..(i + 1) * n], out);
            };
            match self.weights {
                // A function of the user's runs on the user's thread.
                Value::Function(_) => (0..rows.len()).for_each(one),
                _ => pool::run(rows.len(), one),
            }
            for row in rows {
                row.into_inner().unwrap_or_else(PoisonError::into_inner).1?;
            }
        }
        let kept = self.kept();
        let width = kept.len() + self.indicated.len();
        let mut out = Vec::with_capacity(x.rows * width);
        for (row, original) in filled.chunks_exact(cols).zip(data.chunks_exact(cols)) {
            out.extend(kept.iter().map(|&j| row[j]));
            let lacks = |&j: &i64| f64::from(u8::from(original[j as usize].is_nan()));
            out.extend(self.indicated.iter().map(lacks));
        }
        Ok(match dense.dtype() {
            seodang_core::DType::F32 => {
                let out: Vec<f32> = out.into_iter().map(|x| x as f32).collect();
                Features::from(Matrix::new(out, x.rows, width))
            }
            _ => Features::from(Matrix::new(out, x.rows, width)),
        })
    }

    fn columns_out(&self, columns: &Schema) -> Result<Schema> {
        let names = columns.names();
        let mut all: Vec<String> = self.kept().into_iter().map(|j| names[j].clone()).collect();
        all.extend(
            self.indicated.iter().map(|&j| format!("missingindicator_{}", names[j as usize])),
        );
        crate::preprocessing::shared::named(all)
    }
}
