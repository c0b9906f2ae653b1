//! Raw predictions of boosting, as tables, classes and probabilities.

use super::losses::expit;
use crate::estimator::argmax;
use seodang_core::{Array, Result};

/// Raw predictions, class after class, as a table of samples by classes; in one dimension for one class.
pub(crate) fn table(raw: Vec<f64>, classes: usize) -> Result<Array> {
    let rows = raw.len() / classes;
    if classes == 1 {
        return Array::from_vec([rows], raw);
    }
    let turned = (0..rows).flat_map(|i| raw[i..].iter().step_by(rows)).copied().collect::<Vec<_>>();
    Array::from_vec([rows, classes], turned)
}

/// The classes that a table's numbers speak for.
pub(crate) fn codes(raw: &[f64], classes: usize) -> Vec<u32> {
    match classes {
        1 => raw.iter().map(|&r| u32::from(r > 0.0)).collect(),
        n => raw.chunks_exact(n).map(argmax).collect(),
    }
}

/// The probabilities of a table of log-odds, or of log-probabilities but for a constant.
pub(crate) fn probabilities(table: &Array) -> Result<Vec<Array>> {
    let mut raw = table.to_f64_vec();
    let classes = match table.shape().dims() {
        [_, n] => {
            for row in raw.chunks_exact_mut(*n) {
                let greatest = row.iter().copied().fold(f64::NEG_INFINITY, f64::max);
                row.iter_mut().for_each(|r| *r = (*r - greatest).exp());
                let sum: f64 = row.iter().sum();
                row.iter_mut().for_each(|r| *r /= sum);
            }
            *n
        }
        _ => {
            raw = raw.into_iter().map(expit).flat_map(|p| [1.0 - p, p]).collect();
            2
        }
    };
    Ok(vec![Array::from_vec([raw.len() / classes, classes], raw)?])
}
