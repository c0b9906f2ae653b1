//! How good predictions are.

mod classification;

pub use classification::{
    Threshold, calibration_curve, confusion_counts, f1_scores, log_loss, precision_recall_curve,
    roc_auc, roc_curve, thresholds,
};

use crate::target::{Target, Values};
use seodang_core::{Error, Result, text};

/// The share of predictions that are right, by weight. 1 is best.
///
/// # Errors
/// `Value`, if the numbers of samples differ.
pub fn accuracy(y_true: &Target, y_pred: &Target, weights: Option<&[f64]>) -> Result<f64> {
    check(y_true.len(), y_pred.len())?;
    let rows = y_true.len();
    let right: Vec<bool> = match (y_true, y_pred) {
        (Target::Names(a), Target::Names(b)) => a.iter().zip(b).map(|(a, b)| a == b).collect(),
        (Target::Numbers(a), Target::Numbers(b)) => {
            let (a, b) = (a.to_f64_vec(), b.to_f64_vec());
            let outputs = a.len() / rows.max(1);
            a.chunks(outputs.max(1)).zip(b.chunks(outputs.max(1))).map(|(a, b)| a == b).collect()
        }
        _ => vec![false; rows],
    };
    let weight = |i: usize| weights.map_or(1.0, |w| w[i]);
    let total: f64 = (0..rows).map(weight).sum();
    let good: f64 = (0..rows).filter(|&i| right[i]).map(weight).sum();
    Ok(good / total)
}

/// The coefficient of determination, the mean over outputs: `1 - sum (y - f)^2 / sum (y - mean y)^2`.
/// 1 is best; 0 is what the mean alone gets. For a constant output it is 1 for exact predictions,
/// else 0, as scikit-learn's.
///
/// # Errors
/// `Value`, if the numbers of samples or outputs differ.
pub fn r2(y_true: &Values, y_pred: &Values, weights: Option<&[f64]>) -> Result<f64> {
    check(y_true.rows(), y_pred.rows())?;
    check(y_true.outputs, y_pred.outputs)?;
    let weight = |i: usize| weights.map_or(1.0, |w| w[i]);
    let mut sum = 0.0;
    for output in 0..y_true.outputs {
        let (y, f) = (y_true.column(output), y_pred.column(output));
        let total: f64 = (0..y.len()).map(weight).sum();
        let mean = y.iter().enumerate().map(|(i, y)| weight(i) * y).sum::<f64>() / total;
        let squares = |from: &dyn Fn(usize) -> f64| -> f64 {
            (0..y.len()).map(|i| weight(i) * (y[i] - from(i)).powi(2)).sum()
        };
        let (residual, all) = (squares(&|i| f[i]), squares(&|_| mean));
        sum += match (residual, all) {
            (0.0, _) => 1.0,
            (_, 0.0) => 0.0,
            _ => 1.0 - residual / all,
        };
    }
    Ok(sum / y_true.outputs as f64)
}

/// The mean of the squares of what predictions are off by. 0 is best; its root has the unit of `y`.
///
/// # Errors
/// `Value`, if the numbers of samples differ.
pub fn mean_squared_error(y_true: &[f64], y_pred: &[f64]) -> Result<f64> {
    mean_error(y_true, y_pred, |e| e * e)
}

/// The mean of what predictions are off by, in the unit of `y`. 0 is best.
///
/// # Errors
/// `Value`, if the numbers of samples differ.
pub fn mean_absolute_error(y_true: &[f64], y_pred: &[f64]) -> Result<f64> {
    mean_error(y_true, y_pred, f64::abs)
}

fn mean_error(y_true: &[f64], y_pred: &[f64], of: impl Fn(f64) -> f64) -> Result<f64> {
    check(y_true.len(), y_pred.len())?;
    let sum: f64 = y_true.iter().zip(y_pred).map(|(y, f)| of(y - f)).sum();
    Ok(sum / y_true.len() as f64)
}

fn check(a: usize, b: usize) -> Result<()> {
    if a == b {
        return Ok(());
    }
    Err(Error::value(text!(
        en: "Found input variables with inconsistent numbers of samples: [{a}, {b}]",
        ko: "입력의 샘플 수가 서로 다릅니다: [{a}, {b}]"
    )))
}
