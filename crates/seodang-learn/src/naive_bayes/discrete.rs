//! `MultinomialNB`, `BernoulliNB` and `ComplementNB`.

use super::{by_likelihood, class_counts, log_priors, negative, smoothing, table, weight};
use crate::estimator::{Estimator, Model, Start, Tags, Task};
use crate::features::{Csr, Features};
use crate::preprocessing::shared::kept;
use crate::record::{Either, estimator};
use crate::state::model;
use crate::target::Y;
use seodang_core::{Array, Result};
use seodang_kernels::gemm::{Epilogue, Mat, gemm};
use std::borrow::Cow;

estimator! {
    /// Naive Bayes for counts, such as those of words: features are drawn from a multinomial
    /// distribution.
    MultinomialNB in "naive_bayes" {
        /// What is added to counts (Laplace, Lidstone): a number, or one for each feature.
        alpha: Either<f64, Array> = Either::A(1.0), Range::from(0.0);
        /// Whether an alpha next to 0 is taken as it is.
        force_alpha: bool = true;
        /// Whether classes have their shares of the samples as probabilities; else all the same.
        fit_prior: bool = true;
        /// The probabilities of the classes.
        class_prior: Option<Array> = None;
    }
}

estimator! {
    /// Naive Bayes for features that are there or not. Source: Metsis, Androutsopoulos and Paliouras 2006.
    BernoulliNB in "naive_bayes" {
        /// What is added to counts (Laplace, Lidstone): a number, or one for each feature.
        alpha: Either<f64, Array> = Either::A(1.0), Range::from(0.0);
        /// Whether an alpha next to 0 is taken as it is.
        force_alpha: bool = true;
        /// Above what a feature counts as there; None takes features that are 0 or 1 already.
        binarize: Option<f64> = Some(0.0), Range::from(0.0);
        /// Whether classes have their shares of the samples as probabilities; else all the same.
        fit_prior: bool = true;
        /// The probabilities of the classes.
        class_prior: Option<Array> = None;
    }
}

estimator! {
    /// Naive Bayes for counts with classes of very different sizes: each is told by the samples of all
    /// the others. Source: Rennie, Shih, Teevan and Karger 2003.
    ComplementNB in "naive_bayes" {
        /// What is added to counts (Laplace, Lidstone): a number, or one for each feature.
        alpha: Either<f64, Array> = Either::A(1.0), Range::from(0.0);
        /// Whether an alpha next to 0 is taken as it is.
        force_alpha: bool = true;
        /// Whether classes have their shares of the samples as probabilities, which only matters if
        /// there is one class.
        fit_prior: bool = true;
        /// The probabilities of the classes: not used.
        class_prior: Option<Array> = None;
        /// Whether the weights of each class are normalised.
        norm: bool = false;
    }
}

model! {
    /// What naive Bayes of counts learns.
    pub(crate) struct CountsModel {
        /// The number of samples of each class.
        pub class_count: Vec<f64>,
        /// The logarithm of the probability of each class.
        pub class_log_prior: Vec<f64>,
        /// The sum of each feature in each class.
        pub feature_count: Array,
        /// The logarithm of the probability of each feature in each class.
        pub feature_log_prob: Array,
        /// The sum of each feature over all classes.
        pub feature_all: Option<Vec<f64>>,
        /// What features are multiplied with, and what is added.
        weights: Vec<f64>,
        bias: Vec<f64>,
        binarize: Option<f64>,
    }
}

/// The counts until now and those of a batch: of classes, and of features in classes.
fn counted(
    before: Option<&CountsModel>,
    x: &Features<'_>,
    y: &Y,
    weights: Option<&[f64]>,
) -> Result<(Vec<f64>, Vec<f64>)> {
    let codes = y.codes()?;
    let (n, d) = (codes.n, x.cols());
    let mut classes = class_counts(codes, weights);
    let mut sums = vec![0.0; n * d];
    match x {
        Features::Sparse(s) => {
            for (i, &c) in codes.codes.iter().enumerate() {
                let (columns, values) = s.row(i);
                let (w, out) = (weight(weights, i), &mut sums[c as usize * d..][..d]);
                columns.iter().zip(values).for_each(|(&j, v)| out[j as usize] += w * v);
            }
        }
        Features::Dense(m) => {
            for (row, (i, &c)) in m.f64().iter_rows().zip(codes.codes.iter().enumerate()) {
                let (w, out) = (weight(weights, i), &mut sums[c as usize * d..][..d]);
                out.iter_mut().zip(row).for_each(|(s, v)| *s += w * v);
            }
        }
    }
    if let Some(before) = before {
        classes.iter_mut().zip(&before.class_count).for_each(|(a, b)| *a += b);
        sums.iter_mut().zip(before.feature_count.to_f64_vec()).for_each(|(a, b)| *a += b);
    }
    Ok((classes, sums))
}

fn check_positive(x: &Features<'_>, who: &str) -> Result<()> {
    let below = match x {
        Features::Sparse(s) => s.data.iter().any(|&v| v < 0.0),
        Features::Dense(d) => d.f64().data.iter().any(|&v| v < 0.0),
    };
    if below { Err(negative(who)) } else { Ok(()) }
}

/// Writes the contract of an estimator whose learning is `more`.
macro_rules! by_batches {
    ($name:ident, $positive:literal) => {
        impl Estimator for $name {
            fn tags(&self) -> Tags {
                Tags {
                    sparse: true,
                    weights: true,
                    positive: $positive,
                    ..Tags::new(Task::Classifier)
                }
            }

            fn methods(&self) -> &'static [&'static str] {
                &["predict_proba", "predict_joint_log_proba", "partial_fit"]
            }

            fn learn(
                &self,
                x: &Features<'_>,
                y: &Y,
                weights: Option<&[f64]>,
            ) -> Result<Box<dyn Model>> {
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

            kept!(CountsModel);
        }
    };
}

by_batches!(MultinomialNB, true);
by_batches!(BernoulliNB, false);
by_batches!(ComplementNB, true);

impl MultinomialNB {
    fn more(
        &self,
        before: Option<&CountsModel>,
        x: &Features<'_>,
        y: &Y,
        weights: Option<&[f64]>,
    ) -> Result<Box<dyn Model>> {
        check_positive(x, "MultinomialNB")?;
        let (classes, sums) = counted(before, x, y, weights)?;
        let (n, d) = (classes.len(), x.cols());
        let alpha = smoothing(&self.alpha, self.force_alpha, d)?;
        let mut logs = sums.clone();
        for row in logs.chunks_exact_mut(d) {
            row.iter_mut().zip(&alpha).for_each(|(x, a)| *x += a);
            let total = row.iter().sum::<f64>().ln();
            row.iter_mut().for_each(|x| *x = x.ln() - total);
        }
        let priors = log_priors(&classes, self.class_prior.as_ref(), self.fit_prior)?;
        Ok(Box::new(CountsModel {
            class_count: classes,
            bias: priors.clone(),
            class_log_prior: priors,
            feature_count: table(sums, n)?,
            feature_log_prob: table(logs.clone(), n)?,
            feature_all: None,
            weights: logs,
            binarize: None,
        }))
    }
}

impl BernoulliNB {
    fn more(
        &self,
        before: Option<&CountsModel>,
        x: &Features<'_>,
        y: &Y,
        weights: Option<&[f64]>,
    ) -> Result<Box<dyn Model>> {
        let x = binarized(x, self.binarize);
        let (classes, sums) = counted(before, &x, y, weights)?;
        let (n, d) = (classes.len(), x.cols());
        let alpha = smoothing(&self.alpha, self.force_alpha, d)?;
        let mut logs = sums.clone();
        let mut differences = vec![0.0; n * d];
        let priors = log_priors(&classes, self.class_prior.as_ref(), self.fit_prior)?;
        let mut bias = priors.clone();
        for (c, row) in logs.chunks_exact_mut(d).enumerate() {
            for (j, (x, a)) in row.iter_mut().zip(&alpha).enumerate() {
                *x = (*x + a).ln() - (classes[c] + 2.0 * a).ln();
                let absent = (-x.exp()).ln_1p();
                differences[c * d + j] = *x - absent;
                bias[c] += absent;
            }
        }
        Ok(Box::new(CountsModel {
            class_count: classes,
            class_log_prior: priors,
            feature_count: table(sums, n)?,
            feature_log_prob: table(logs, n)?,
            feature_all: None,
            weights: differences,
            bias,
            binarize: self.binarize,
        }))
    }
}

impl ComplementNB {
    fn more(
        &self,
        before: Option<&CountsModel>,
        x: &Features<'_>,
        y: &Y,
        weights: Option<&[f64]>,
    ) -> Result<Box<dyn Model>> {
        check_positive(x, "ComplementNB")?;
        let (classes, sums) = counted(before, x, y, weights)?;
        let (n, d) = (classes.len(), x.cols());
        let alpha = smoothing(&self.alpha, self.force_alpha, d)?;
        let mut all = vec![0.0; d];
        for row in sums.chunks_exact(d) {
            all.iter_mut().zip(row).for_each(|(a, x)| *a += x);
        }
        let mut logs = vec![0.0; n * d];
        for (out, row) in logs.chunks_exact_mut(d).zip(sums.chunks_exact(d)) {
            for (((o, x), all), a) in out.iter_mut().zip(row).zip(&all).zip(&alpha) {
                *o = all + a - x;
            }
            let total: f64 = out.iter().sum();
            out.iter_mut().for_each(|o| *o = (*o / total).ln());
            let sum: f64 = out.iter().sum();
            out.iter_mut().for_each(|o| *o = if self.norm { *o / sum } else { -*o });
        }
        let priors = log_priors(&classes, self.class_prior.as_ref(), self.fit_prior)?;
        let bias = if n == 1 { priors.clone() } else { vec![0.0; n] };
        Ok(Box::new(CountsModel {
            class_count: classes,
            class_log_prior: priors,
            feature_count: table(sums, n)?,
            feature_log_prob: table(logs.clone(), n)?,
            feature_all: Some(all),
            weights: logs,
            bias,
            binarize: None,
        }))
    }
}

/// 1 where features are above a threshold.
fn binarized<'a>(x: &'a Features<'_>, threshold: Option<f64>) -> Features<'a> {
    let Some(threshold) = threshold else { return Features::from(x) };
    let one = |&v: &f64| if v > threshold { 1.0 } else { 0.0 };
    match x {
        Features::Sparse(s) => Features::Sparse(Csr {
            indptr: Cow::Borrowed(&s.indptr),
            indices: Cow::Borrowed(&s.indices),
            data: s.data.iter().map(one).collect::<Vec<_>>().into(),
            cols: s.cols,
        }),
        Features::Dense(d) => {
            let m = d.f64();
            let data: Vec<f64> = m.data.iter().map(one).collect();
            Features::from(crate::features::Matrix::new(data, m.rows, m.cols))
        }
    }
}

impl CountsModel {
    fn classes(&self) -> usize {
        self.class_count.len()
    }

    fn joint(&self, x: &Features<'_>) -> Result<Vec<f64>> {
        let x = binarized(x, self.binarize);
        let s = match &x {
            Features::Sparse(s) => s,
            Features::Dense(d) => {
                // In double precision, whatever the features' type: sums of logarithms are large.
                let m = d.f64();
                let n = self.classes();
                let mut out = vec![0.0; m.rows * n];
                gemm(
                    (m.rows, n, m.cols),
                    (&m.data, Mat::row_major(m.rows, m.cols)),
                    (&self.weights, Mat::row_major(n, m.cols).t()),
                    (&mut out, Mat::row_major(m.rows, n)),
                    Some(&self.bias),
                    Epilogue::default(),
                )?;
                return Ok(out);
            }
        };
        Ok(s.times(&self.weights, Some(&self.bias)))
    }
}

impl Model for CountsModel {
    by_likelihood!();
}
