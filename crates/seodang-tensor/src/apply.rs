//! What happens when an op is applied: a node in a trace, or a run of a one-op program.

use crate::tensor::Repr;
use crate::{Device, Tensor, eager, tape, trace};
use seodang_core::{Error, Result, text};
use seodang_ir::Op;

/// Applies an op of one result.
pub(crate) fn apply(op: impl Into<Op>, operands: &[&Tensor]) -> Result<Tensor> {
    let mut results = apply_n(op, operands)?;
    results.pop().filter(|_| results.is_empty()).ok_or_else(|| {
        Error::internal(
            text!(en: "an op of one result was expected", ko: "결과가 하나인 연산이어야 합니다"),
        )
    })
}

/// Applies an op.
pub(crate) fn apply_n(op: impl Into<Op>, operands: &[&Tensor]) -> Result<Vec<Tensor>> {
    let op = op.into();
    if trace::is_tracing() {
        return trace::apply(op, operands);
    }
    let device = match operands.first() {
        Some(t) => t.device(),
        None => Device::current(),
    };
    for t in operands {
        if t.device() != device {
            return Err(devices_differ(t.device(), device).during(op.mnemonic()));
        }
        if let Repr::Traced { .. } = t.0 {
            return Err(trace::leaked(t).during(op.mnemonic()));
        }
    }
    let results = eager::run(&op, operands, device)?;
    tape::record(&op, operands, &results)?;
    Ok(results)
}

pub(crate) fn devices_differ(given: Device, wanted: Device) -> Error {
    Error::value(text!(
        en: "a tensor on device \"{}\" meets one on \"{}\"", given.name(), wanted.name();
        ko: "장치 \"{}\"의 텐서가 \"{}\"의 텐서와 만났습니다", given.name(), wanted.name()
    ))
    .hint(text!(en: "move it with to_device", ko: "to_device로 옮기세요"))
}
