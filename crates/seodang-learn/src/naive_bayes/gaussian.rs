//! `GaussianNB`.

use super::{by_likelihood, table, weight};
use crate::estimator::{Estimator, Model, Start, Tags, Task};
use crate::features::Features;
use crate::preprocessing::shared::kept;
use crate::record::estimator;
use crate::state::model;
use crate::target::Y;
use seodang_core::{Array, Error, Result, text};

estimator! {
    /// Naive Bayes with normally distributed features.
    GaussianNB in "naive_bayes" {
        /// The probabilities of the classes; None takes their shares of the samples.
        priors: Option<Array> = None;
        /// What is added to variances, as a share of the greatest variance of a feature.
        var_smoothing: f64 = 1e-9, Range::from(0.0);
    }
}

model! {
    /// What `GaussianNB` learns.
    pub(crate) struct GaussianNBModel {
        /// The number of samples of each class.
        pub class_count: Vec<f64>,
        /// The probability of each class.
        pub class_prior: Vec<f64>,
        /// The mean of each feature in each class.
        pub theta: Array,
        /// The variance of each feature in each class.
        pub var: Array,
        /// What was added to variances.
        pub epsilon: f64,
    }
}

impl GaussianNB {
    fn more(
        &self,
        before: Option<&GaussianNBModel>,
        x: &Features<'_>,
        y: &Y,
        weights: Option<&[f64]>,
    ) -> Result<Box<dyn Model>> {
        let codes = y.codes()?;
        let (dense, n) = (x.dense(), codes.n);
        let x = dense.f64();
        let d = x.cols;
        // What is added to variances is this batch's own share; it is also what is taken off those of the
        // batches before, as scikit-learn does.
        let all = crate::preprocessing::shared::Moments::of(&Features::from(x.view()), None);
        let epsilon = self.var_smoothing * all.var.iter().copied().fold(0.0, f64::max);
        let (mut count, mut mean, mut var) = match before {
            Some(m) => {
                let bare = m.var.to_f64_vec().iter().map(|v| v - epsilon).collect();
                (m.class_count.clone(), m.theta.to_f64_vec(), bare)
            }
            None => (vec![0.0; n], vec![0.0; n * d], vec![0.0; n * d]),
        };
        let (mut new, mut sums, mut squares) = (vec![0.0; n], vec![0.0; n * d], vec![0.0; n * d]);
        for (i, row) in x.iter_rows().enumerate() {
            let (c, w) = (codes.codes[i] as usize, weight(weights, i));
            new[c] += w;
            sums[c * d..(c + 1) * d].iter_mut().zip(row).for_each(|(s, x)| *s += w * x);
        }
        for c in (0..n).filter(|&c| new[c] > 0.0) {
            sums[c * d..(c + 1) * d].iter_mut().for_each(|s| *s /= new[c]);
        }
        for (i, row) in x.iter_rows().enumerate() {
            let (c, w) = (codes.codes[i] as usize, weight(weights, i));
            let means = &sums[c * d..(c + 1) * d];
            let out = &mut squares[c * d..(c + 1) * d];
            for ((s, x), m) in out.iter_mut().zip(row).zip(means) {
                *s += w * (x - m) * (x - m);
            }
        }
        for c in (0..n).filter(|&c| new[c] > 0.0) {
            let (a, b) = (count[c], new[c]);
            for j in c * d..(c + 1) * d {
                let apart = sums[j] - mean[j];
                let total: f64 = var[j] * a + squares[j] + apart * apart * a * b / (a + b);
                var[j] = total / (a + b);
                mean[j] = if a == 0.0 { sums[j] } else { mean[j] + apart * b / (a + b) };
            }
            count[c] = a + b;
        }
        var.iter_mut().for_each(|v| *v += epsilon);
        let total: f64 = count.iter().sum();
        let class_prior = match &self.priors {
            None => count.iter().map(|c| c / total).collect(),
            Some(given) => {
                let given = given.to_f64_vec();
                if given.len() != n {
                    return Err(Error::value(text!(
                        en: "Number of priors must match number of classes.",
                        ko: "사전 확률의 수는 클래스의 수와 같아야 합니다."
                    )));
                }
                if (given.iter().sum::<f64>() - 1.0).abs() > 1e-8 {
                    return Err(Error::value(text!(
                        en: "The sum of the priors should be 1.", ko: "사전 확률의 합은 1이어야 합니다."
                    )));
                }
                if given.iter().any(|&p| p < 0.0) {
                    return Err(Error::value(text!(
                        en: "Priors must be non-negative.", ko: "사전 확률은 음수일 수 없습니다."
                    )));
                }
                given
            }
        };
        Ok(Box::new(GaussianNBModel {
            class_count: count,
            class_prior,
            theta: table(mean, n)?,
            var: table(var, n)?,
            epsilon,
        }))
    }
}

impl Estimator for GaussianNB {
    fn tags(&self) -> Tags {
        Tags { weights: true, ..Tags::new(Task::Classifier) }
    }

    fn methods(&self) -> &'static [&'static str] {
        &["predict_proba", "predict_joint_log_proba", "partial_fit"]
    }

    fn learn(&self, x: &Features<'_>, y: &Y, weights: Option<&[f64]>) -> Result<Box<dyn Model>> {
        self.more(None, x, y, weights)
    }

    fn learn_from(
        &self,
        start: &Start<'_>,
        x: &Features<'_>,
        y: &Y,
        weights: Option<&[f64]>,
    ) -> Result<Box<dyn Model>> {
        self.more(start.model().filter(|_| start.batch), x, y, weights)
    }

    kept!(GaussianNBModel);
}

impl GaussianNBModel {
    fn classes(&self) -> usize {
        self.class_prior.len()
    }

    fn joint(&self, x: &Features<'_>) -> Result<Vec<f64>> {
        let dense = x.dense();
        let x = dense.f64();
        let (n, d) = (self.classes(), x.cols);
        let (means, vars) = (self.theta.to_f64_vec(), self.var.to_f64_vec());
        let constants: Vec<f64> = (0..n)
            .map(|c| {
                let logs = vars[c * d..(c + 1) * d]
                    .iter()
                    .map(|v| (2.0 * std::f64::consts::PI * v).ln())
                    .sum::<f64>();
                self.class_prior[c].ln() - 0.5 * logs
            })
            .collect();
        let halves: Vec<f64> = vars.iter().map(|v| 0.5 / v).collect();
        let out = crate::preprocessing::shared::map_rows(&x, n, |row, out: &mut [f64]| {
            for (c, o) in out.iter_mut().enumerate() {
                let (means, halves) = (&means[c * d..(c + 1) * d], &halves[c * d..(c + 1) * d]);
                let mut sum = 0.0;
                for ((x, m), h) in row.iter().zip(means).zip(halves) {
                    sum += (x - m) * (x - m) * h;
                }
                *o = constants[c] - sum;
            }
        });
        Ok(out.data.into_owned())
    }
}

impl Model for GaussianNBModel {
    by_likelihood!();
}
