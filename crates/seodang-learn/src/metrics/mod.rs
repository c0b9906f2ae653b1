//! How good predictions are.

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

fn check(a: usize, b: usize) -> Result<()> {
    if a == b {
        return Ok(());
    }
    Err(Error::value(text!(
        en: "Found input variables with inconsistent numbers of samples: [{a}, {b}]",
        ko: "입력의 샘플 수가 서로 다릅니다: [{a}, {b}]"
    )))
}
