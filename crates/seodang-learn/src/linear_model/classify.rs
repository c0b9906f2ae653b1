//! What linear classifiers share: classes and probabilities from what the linear functions say.

use super::shared::in_pieces;
use crate::features::Real;
use crate::state::broken;
use seodang_core::{Array, DType, Element, Result};
use seodang_kernels::rows;

/// Refuses restored coefficients that do not fit each other or the number of classes.
pub(super) fn consistent(coef: &Array, intercept: &Array, classes: usize) -> Result<()> {
    let outputs = if classes == 2 { 1 } else { classes };
    let rows = match *coef.shape().dims() {
        [rows, _] => rows,
        [_] => 1,
        _ => 0,
    };
    let fits = rows == outputs && (intercept.size() == outputs || intercept.size() == 1);
    if fits { Ok(()) } else { Err(broken("coef")) }
}

/// The probabilities of the classes: logistic of one function, else softmax.
pub(super) fn probabilities(said: &Array) -> Result<Array> {
    if said.dtype() == DType::F32 {
        probabilities_of(said.as_slice::<f32>()?, said.shape().dims()[1])
    } else {
        probabilities_of(said.as_slice::<f64>()?, said.shape().dims()[1])
    }
}

fn probabilities_of<T: Real>(said: &[T], outputs: usize) -> Result<Array> {
    /// Rows of a task.
    const ROWS: usize = 2048;
    let (n, classes) = (said.len() / outputs, outputs.max(2));
    let mut out = Array::zeros(<T as Element>::DTYPE, [n, classes]);
    in_pieces(out.as_mut_slice::<T>()?, ROWS * classes, |i, out| {
        let rows = out.len() / classes;
        let said = &said[i * ROWS * outputs..][..rows * outputs];
        let mut p: Vec<f64> = said.iter().map(|s| s.f64()).collect();
        let mut losses = vec![0.0; rows];
        if outputs > 1 {
            rows::softmax(&mut p, outputs, &mut losses);
            out.iter_mut().zip(&p).for_each(|(o, &p)| *o = T::of(p));
        } else {
            rows::logistic(&mut p, &vec![0.0; rows], &mut losses);
            for (both, &p) in out.chunks_exact_mut(2).zip(&p) {
                (both[0], both[1]) = (T::of(1.0 - p), T::of(p));
            }
        }
        true
    });
    Ok(out)
}
