//! What linear classifiers share: classes and probabilities from what the linear functions say.

use crate::state::broken;
use seodang_core::{Array, Result};
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
    let (dtype, outputs) = (said.dtype(), said.shape().dims()[1]);
    let mut p = said.to_f64_vec();
    let n = p.len() / outputs;
    let mut losses = vec![0.0; n];
    if outputs > 1 {
        rows::softmax(&mut p, outputs, &mut losses);
        return Ok(Array::from_vec([n, outputs], p)?.convert(dtype));
    }
    rows::logistic(&mut p, &vec![0.0; n], &mut losses);
    let both = p.iter().flat_map(|&p| [1.0 - p, p]).collect::<Vec<f64>>();
    Ok(Array::from_vec([n, 2], both)?.convert(dtype))
}
