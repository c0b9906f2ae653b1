//! Naive Bayes: classes by Bayes's theorem, as if the features were independent of each other.
//!
//! Source: Manning, Raghavan and Schütze, "Introduction to information retrieval", 2008, chapter 13.

mod categorical;
mod discrete;
mod gaussian;

pub use categorical::CategoricalNB;
pub use discrete::{BernoulliNB, ComplementNB, MultinomialNB};
pub use gaussian::GaussianNB;

use crate::target::Codes;
use crate::warning::{Kind, warn};
use seodang_core::{Array, Error, Result, text};

/// What smoothing is at least, unless `force_alpha`.
const LEAST: f64 = 1e-10;

/// Joint log likelihoods as a decision: rows by classes, or the difference for two.
fn likelihoods(joint: Vec<f64>, classes: usize) -> Result<Array> {
    Array::from_vec([joint.len() / classes.max(1), classes], joint)
}

/// Probabilities from joint log likelihoods.
fn probabilities(mut joint: Vec<f64>, classes: usize) -> Result<Vec<Array>> {
    for row in joint.chunks_exact_mut(classes) {
        let most = row.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        row.iter_mut().for_each(|x| *x = (*x - most).exp());
        let sum: f64 = row.iter().sum();
        row.iter_mut().for_each(|x| *x /= sum);
    }
    Ok(vec![likelihoods(joint, classes)?])
}

fn best(joint: &[f64], classes: usize) -> Vec<Vec<u32>> {
    vec![joint.chunks_exact(classes).map(crate::estimator::argmax).collect()]
}

/// Writes what classifiers by joint log likelihoods can.
macro_rules! by_likelihood {
    () => {
        fn predict_codes(&self, x: &$crate::Features<'_>) -> seodang_core::Result<Vec<Vec<u32>>> {
            Ok(super::best(&self.joint(x)?, self.classes()))
        }

        fn predict_proba(
            &self,
            x: &$crate::Features<'_>,
        ) -> seodang_core::Result<Vec<seodang_core::Array>> {
            super::probabilities(self.joint(x)?, self.classes())
        }

        fn call(
            &self,
            name: &str,
            x: Option<&$crate::Features<'_>>,
            _: &[$crate::Value],
        ) -> seodang_core::Result<$crate::Value> {
            match (name, x) {
                ("predict_joint_log_proba", Some(x)) => {
                    super::likelihoods(self.joint(x)?, self.classes()).map(Into::into)
                }
                _ => Err($crate::estimator::cannot(name)),
            }
        }
    };
}
use by_likelihood;

/// The logarithms of the classes' probabilities.
fn log_priors(counts: &[f64], given: Option<&Array>, fit: bool) -> Result<Vec<f64>> {
    let n = counts.len();
    if let Some(given) = given {
        let given = given.to_f64_vec();
        if given.len() != n {
            return Err(Error::value(text!(
                en: "Number of priors must match number of classes.",
                ko: "사전 확률의 수는 클래스의 수와 같아야 합니다."
            )));
        }
        return Ok(given.iter().map(|p| p.ln()).collect());
    }
    if !fit {
        return Ok(vec![-(n as f64).ln(); n]);
    }
    let total = counts.iter().sum::<f64>().ln();
    if counts.contains(&0.0) {
        warn(Kind::Runtime, "divide by zero encountered in log");
    }
    Ok(counts.iter().map(|c| c.ln() - total).collect())
}

/// The smoothing of each feature.
fn smoothing(
    alpha: &crate::record::Either<f64, Array>,
    force: bool,
    features: usize,
) -> Result<Vec<f64>> {
    let mut all = match alpha {
        crate::record::Either::A(a) => vec![*a; features],
        crate::record::Either::B(all) => {
            let all = all.to_f64_vec();
            if all.len() != features {
                let given = all.len();
                return Err(Error::value(text!(
                    en: "When alpha is an array, it should contains `n_features`. Got {given} elements \
                         instead of {features}.",
                    ko: "alpha가 배열이면 특성마다 하나여야 합니다. {features}개 대신 {given}개입니다."
                )));
            }
            if all.iter().any(|&a| a < 0.0) {
                return Err(Error::value(text!(
                    en: "All values in alpha must be greater than 0.",
                    ko: "alpha의 값은 모두 0보다 커야 합니다."
                )));
            }
            all
        }
    };
    let least = all.iter().copied().fold(f64::INFINITY, f64::min);
    if least < LEAST && !force {
        warn(
            Kind::User,
            "alpha too small will result in numeric errors, setting alpha = 1.0e-10. Use \
             `force_alpha=True` to keep alpha unchanged.",
        );
        all.iter_mut().for_each(|a| *a = a.max(LEAST));
    }
    Ok(all)
}

fn weight(weights: Option<&[f64]>, i: usize) -> f64 {
    weights.map_or(1.0, |w| w[i])
}

/// The sum of the weights of each class.
fn class_counts(codes: &Codes, weights: Option<&[f64]>) -> Vec<f64> {
    let mut out = vec![0.0; codes.n];
    for (i, &c) in codes.codes.iter().enumerate() {
        out[c as usize] += weight(weights, i);
    }
    out
}

fn negative(who: &str) -> Error {
    Error::value(text!(
        en: "Negative values in data passed to {who} (input X).",
        ko: "{who}에 음수인 값이 주어졌습니다 (입력 X)."
    ))
}

/// Table of numbers as an attribute of two dimensions.
fn table(data: Vec<f64>, rows: usize) -> Result<Array> {
    let cols = data.len() / rows.max(1);
    Array::from_vec([rows, cols], data)
}
