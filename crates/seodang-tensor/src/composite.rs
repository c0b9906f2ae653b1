//! Named subprograms, and derivatives of one's own.

use crate::apply::apply_n;
use crate::trace::{Kind, trace};
use crate::{Device, Tensor, is_tracing};
use seodang_core::Result;
use seodang_ir::ops::{Backward, Composite};
use seodang_ir::{Graph, TensorType};
use std::sync::Arc;

/// The device that ops on these operands use.
pub(crate) fn device_of(operands: &[Tensor]) -> Result<Device> {
    if is_tracing() {
        return crate::trace::device();
    }
    Ok(operands.first().map_or_else(Device::current, Tensor::device))
}

fn closed(
    name: &str,
    device: Device,
    types: &[TensorType],
    f: impl FnOnce(&[Tensor]) -> Result<Vec<Tensor>>,
) -> Result<Arc<Graph>> {
    let traced = crate::with_device(device, || trace(name, Kind::Closed, device, types, &[], f))?;
    Ok(Arc::new(traced.graph))
}

/// A computation as one op with a name that an engine may have a kernel for; an engine without one
/// runs the body. The body sees its inputs only: no variables, no traced tensors from outside.
///
/// # Errors
/// Whatever the body returns; `Value`, if it uses a variable or a traced tensor from outside.
///
/// ```
/// use seodang_tensor::{Tensor, composite};
/// let x = Tensor::scalar(3.0f32)?;
/// let y = composite("example.double", &[x], |x| Ok(vec![(&x[0] + &x[0])?]))?;
/// assert_eq!(y[0].item()?, 6.0);
/// # Ok::<(), seodang_tensor::Error>(())
/// ```
pub fn composite(
    name: &str,
    inputs: &[Tensor],
    body: impl FnOnce(&[Tensor]) -> Result<Vec<Tensor>>,
) -> Result<Vec<Tensor>> {
    let types: Vec<TensorType> = inputs.iter().map(|t| t.ty().clone()).collect();
    let body = closed(name, device_of(inputs)?, &types, body)?;
    let op = Composite { name: name.into(), body, backward: Backward::Body };
    apply_n(op, &inputs.iter().collect::<Vec<_>>())
}

/// A computation with a derivative of one's own. `backward` gets the inputs, the results and the
/// gradients of the results, and returns the gradient of each floating-point input. Both see their
/// arguments only: no variables, no traced tensors from outside.
///
/// # Errors
/// Whatever the closures return; `Shape`, if `backward` returns other types than the inputs'.
///
/// ```
/// use seodang_tensor::{GradientTape, Tensor, custom_gradient};
/// // The identity, whose gradient is clipped.
/// let x = Tensor::scalar(2.0f32)?;
/// let tape = GradientTape::new();
/// tape.watch(&x);
/// let y = tape.record(|| {
///     let y = custom_gradient(
///         "clip_gradient",
///         &[x.clone()],
///         |x| Ok(vec![x[0].clone()]),
///         |_, _, dy| Ok(vec![dy[0].clip(-0.5, 0.5)?]),
///     )?;
///     &y[0] * 3.0
/// })?;
/// assert_eq!(tape.gradient(&y, &[&x])?[0].as_ref().unwrap().item()?, 0.5);
/// # Ok::<(), seodang_tensor::Error>(())
/// ```
pub fn custom_gradient(
    name: &str,
    inputs: &[Tensor],
    forward: impl FnOnce(&[Tensor]) -> Result<Vec<Tensor>>,
    backward: impl FnOnce(&[Tensor], &[Tensor], &[Tensor]) -> Result<Vec<Tensor>>,
) -> Result<Vec<Tensor>> {
    let device = device_of(inputs)?;
    let types: Vec<TensorType> = inputs.iter().map(|t| t.ty().clone()).collect();
    let body = closed(name, device, &types, forward)?;
    let outputs = body.output_types();
    let all = [&types[..], &outputs, &outputs].concat();
    let (n, m) = (types.len(), outputs.len());
    let backward = closed(&format!("{name} (backward)"), device, &all, |x| {
        backward(&x[..n], &x[n..n + m], &x[n + m..])
    })?;
    let op = Composite { name: name.into(), body, backward: Backward::Graph(backward) };
    apply_n(op, &inputs.iter().collect::<Vec<_>>())
}
