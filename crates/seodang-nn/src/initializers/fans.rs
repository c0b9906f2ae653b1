//! How many inputs and outputs a weight connects.

use seodang_core::{Error, Result, Shape, text};

/// The fan in and the fan out of a weight: of a kernel `(..., inputs, outputs)`, the number of
/// inputs and of outputs times the window's size; or the products of the axes named.
pub(super) fn fans(
    shape: &Shape,
    input_axes: Option<&[i64]>,
    output_axes: Option<&[i64]>,
) -> Result<(f64, f64)> {
    if let (Some(inputs), Some(outputs)) = (input_axes, output_axes) {
        let product = |axes: &[i64]| {
            axes.iter().try_fold(1.0, |n, &a| {
                let at = crate::ops::axis(a, shape.rank()).map_err(|e| {
                    e.given("shape", shape).hint(text!(
                        en: "check input_axes and output_axes",
                        ko: "input_axes와 output_axes를 확인하세요"
                    ))
                })?;
                Ok::<f64, Error>(n * shape[at] as f64)
            })
        };
        return Ok((product(inputs)?, product(outputs)?));
    }
    let d: Vec<f64> = shape.iter().map(|&d| d as f64).collect();
    Ok(match d[..] {
        [] => (1.0, 1.0),
        [n] => (n, n),
        [ref window @ .., inputs, outputs] => {
            let field: f64 = window.iter().product();
            (inputs * field, outputs * field)
        }
    })
}
