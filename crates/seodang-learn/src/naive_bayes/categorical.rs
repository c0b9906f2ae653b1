//! `CategoricalNB`.

use super::{by_likelihood, class_counts, log_priors, negative, smoothing, table, weight};
use crate::estimator::{Estimator, Model, Start, Tags, Task};
use crate::features::Features;
use crate::preprocessing::shared::kept;
use crate::record::{Either, estimator};
use crate::state::{broken, model};
use crate::target::Y;
use seodang_core::{Array, Error, Result, text};

estimator! {
    /// Naive Bayes for features that are numbers of categories: 0, 1, 2, ...
    CategoricalNB in "naive_bayes" {
        /// What is added to counts (Laplace, Lidstone).
        alpha: f64 = 1.0, Range::from(0.0);
        /// Whether an alpha next to 0 is taken as it is.
        force_alpha: bool = true;
        /// Whether classes have their shares of the samples as probabilities; else all the same.
        fit_prior: bool = true;
        /// The probabilities of the classes.
        class_prior: Option<Array> = None;
        /// How many categories features have at least: a number, or one for each.
        min_categories: Option<Either<i64, Vec<i64>>> = None, Range::from(1.0);
    }
}

model! {
    /// What `CategoricalNB` learns.
    pub(crate) struct CategoricalNBModel {
        /// The number of samples of each class.
        pub class_count: Vec<f64>,
        /// The logarithm of the probability of each class.
        pub class_log_prior: Vec<f64>,
        /// How many categories each feature has.
        pub n_categories: Vec<i64>,
        /// Of each feature, the number of samples of each category in each class.
        pub category_count: Vec<Array>,
        /// Of each feature, the logarithm of the probability of each category in each class.
        pub feature_log_prob: Vec<Array>,
    }
}

impl CategoricalNB {
    fn more(
        &self,
        before: Option<&CategoricalNBModel>,
        x: &Features<'_>,
        y: &Y,
        weights: Option<&[f64]>,
    ) -> Result<Box<dyn Model>> {
        let codes = y.codes()?;
        let (dense, n) = (x.dense(), codes.n);
        let x = dense.f64();
        let d = x.cols;
        if x.data.iter().any(|&v| v < 0.0) {
            return Err(negative("CategoricalNB"));
        }
        let least: Vec<i64> = match &self.min_categories {
            None => vec![0; d],
            Some(Either::A(least)) => vec![*least; d],
            Some(Either::B(least)) if least.len() == d => least.clone(),
            Some(Either::B(least)) => {
                let given = least.len();
                return Err(Error::value(text!(
                    en: "'min_categories' should have shape ({d},) when an array-like is provided. Got \
                         ({given},) instead.",
                    ko: "min_categories가 배열이면 모양이 ({d},)여야 하는데 ({given},)입니다."
                )));
            }
        };
        let mut class_count = class_counts(codes, weights);
        if let Some(before) = before {
            class_count.iter_mut().zip(&before.class_count).for_each(|(a, b)| *a += b);
        }
        let mut model = CategoricalNBModel {
            class_log_prior: log_priors(&class_count, self.class_prior.as_ref(), self.fit_prior)?,
            class_count,
            n_categories: Vec::new(),
            category_count: Vec::new(),
            feature_log_prob: Vec::new(),
        };
        let alpha = smoothing(&Either::A(self.alpha), self.force_alpha, 1)?[0];
        for (j, &least) in least.iter().enumerate().take(d) {
            let column = || x.data.iter().skip(j).step_by(d).map(|&v| v as usize);
            let known = before.map_or(0, |b| b.n_categories[j] as usize);
            let k = (column().max().unwrap_or(0) + 1).max(least as usize).max(known);
            if k > 1 << 28 {
                return Err(Error::value(text!(
                    en: "feature {j} has a category number of {k}: too many to count",
                    ko: "특성 {j}의 범주 번호가 {k}로 너무 큽니다"
                )));
            }
            let mut counts = vec![0.0; n * k];
            for (i, v) in column().enumerate() {
                counts[codes.codes[i] as usize * k + v] += weight(weights, i);
            }
            if let Some(before) = before {
                let old = before.category_count[j].to_f64_vec();
                for (row, old) in counts.chunks_exact_mut(k).zip(old.chunks_exact(known)) {
                    row.iter_mut().zip(old).for_each(|(a, b)| *a += b);
                }
            }
            let mut logs = counts.clone();
            for row in logs.chunks_exact_mut(k) {
                row.iter_mut().for_each(|x| *x += alpha);
                let total = row.iter().sum::<f64>().ln();
                row.iter_mut().for_each(|x| *x = x.ln() - total);
            }
            model.n_categories.push(k as i64);
            model.category_count.push(table(counts, n)?);
            model.feature_log_prob.push(table(logs, n)?);
        }
        Ok(Box::new(model))
    }
}

impl Estimator for CategoricalNB {
    fn tags(&self) -> Tags {
        Tags { weights: true, positive: true, ..Tags::new(Task::Classifier) }
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

    kept!(CategoricalNBModel);
}

impl CategoricalNBModel {
    fn classes(&self) -> usize {
        self.class_count.len()
    }

    fn joint(&self, x: &Features<'_>) -> Result<Vec<f64>> {
        let dense = x.dense();
        let x = dense.f64();
        let (n, d) = (self.classes(), x.cols);
        if x.data.iter().any(|&v| v < 0.0) {
            return Err(negative("CategoricalNB"));
        }
        // By category, then by class: a row of the sum is next to each other.
        let mut tables = Vec::new();
        for (logs, &k) in self.feature_log_prob.iter().zip(&self.n_categories) {
            let (k, logs) = (k as usize, logs.to_f64_vec());
            if logs.len() != n * k {
                return Err(broken("feature_log_prob"));
            }
            tables.push((0..k * n).map(|i| logs[i % n * k + i / n]).collect::<Vec<f64>>());
        }
        for (i, &v) in x.data.iter().enumerate() {
            let known = self.n_categories[i % d];
            if v as i64 >= known {
                let (axis, v) = (1, v as i64);
                return Err(Error::value(text!(
                    en: "index {v} is out of bounds for axis {axis} with size {known}",
                    ko: "학습할 때 없던 범주입니다: 범주가 {known}개인 특성에 {v}"
                ))
                .given("feature", i % d));
            }
        }
        let mut out = Vec::with_capacity(x.rows * n);
        for row in x.iter_rows() {
            let start = out.len();
            out.extend(&self.class_log_prior);
            for (table, &v) in tables.iter().zip(row) {
                let logs = &table[v as usize * n..][..n];
                out[start..].iter_mut().zip(logs).for_each(|(o, l)| *o += l);
            }
        }
        Ok(out)
    }
}

impl Model for CategoricalNBModel {
    by_likelihood!();
}
