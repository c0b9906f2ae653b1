//! Linear support vector machines without kernels.

mod data;
mod descent;
mod linear_svc;
mod linear_svr;
mod newton;
mod sparse;

pub use linear_svc::{Auto, Dual, LinearSVC, MultiClass, Norm, SvcLoss};
pub use linear_svr::{LinearSVR, SvrLoss};

use crate::warning::{Kind, warn};
use seodang_core::{Array, Error, Result, text};

/// What a solver found.
struct Outcome {
    /// One after another, the constant feature's last.
    weights: Vec<f64>,
    iterations: usize,
    converged: bool,
}

/// The factor of the squared lack of the margin, by which a slope and a curvature come.
fn squared(cost: f64, lack: f64, direction: f64) -> (f64, f64) {
    match lack > 0.0 {
        true => (2.0 * cost * lack * direction, 2.0 * cost),
        false => (0.0, 0.0),
    }
}

/// The constant feature that stands for the intercept.
fn bias(fit_intercept: bool, scaling: f64) -> Result<Option<f64>> {
    if fit_intercept && scaling <= 0.0 {
        return Err(Error::value(text!(
            en: "Intercept scaling is {scaling} but needs to be greater than 0. To disable fitting \
                 an intercept, set fit_intercept=False.",
            ko: "intercept_scaling은 0보다 커야 하는데 {scaling}입니다. 절편이 필요 없으면 \
                 fit_intercept=False로 하세요."
        )));
    }
    Ok(fit_intercept.then_some(scaling))
}

/// The weights of the features, rows by features, and the intercepts: a number for each row, or 0 where
/// there is none.
fn split(all: &[f64], rows: usize, bias: Option<f64>) -> Result<(Vec<f64>, Array)> {
    let width = all.len() / rows;
    let cols = width - usize::from(bias.is_some());
    let coef = all.chunks_exact(width).flat_map(|w| w[..cols].iter().copied()).collect();
    let intercept = match bias {
        Some(b) => {
            let intercepts = all.chunks_exact(width).map(|w| b * w[cols]).collect();
            Array::from_vec([rows], intercepts)?
        }
        None => Array::scalar(0.0),
    };
    Ok((coef, intercept))
}

/// Warns if a solver stopped early.
fn warn_of(converged: bool) {
    if !converged {
        let message = "Liblinear failed to converge, increase the number of iterations.";
        warn(Kind::Convergence, message);
    }
}

/// The error for parameters that do not go together, in scikit-learn's words.
fn unsupported(why: &str, penalty: &str, loss: &str, dual: &str) -> Error {
    Error::value(text!(
        en: "Unsupported set of arguments: {why}, Parameters: penalty='{penalty}', loss='{loss}', \
             dual={dual}",
        ko: "함께 쓸 수 없는 매개변수입니다: penalty='{penalty}', loss='{loss}', dual={dual}"
    ))
}
