//! Whether there is memory: Rust's allocations end the process where there is none, so what may be
//! asked for by a program's arguments is tried first.

use seodang_core::{Error, Result, text};
use seodang_ir::{Graph, TensorType};

/// Less than this is not worth asking for.
const LARGE: usize = 64 << 20;

/// An error where `bytes` cannot be allocated now.
pub(crate) fn check(bytes: usize) -> Result<()> {
    if bytes < LARGE || Vec::<u8>::new().try_reserve_exact(bytes).is_ok() {
        return Ok(());
    }
    Err(Error::engine(text!(
        en: "out of memory: {bytes} bytes are needed",
        ko: "메모리가 부족합니다: {bytes}바이트가 필요합니다"
    )))
}

/// An error where a value of a graph is larger than memory: what follows multiplies dimensions
/// without asking, and computes constants.
pub(crate) fn check_graph(graph: &Graph) -> Result<()> {
    let inputs = graph.inputs().iter().map(|&v| graph.ty(v));
    let results = graph.nodes().iter().flat_map(|n| n.results().map(|v| graph.ty(v)));
    for ty in inputs.chain(results) {
        let Some(bytes) = bytes(ty) else {
            return Err(Error::shape(text!(
                en: "a tensor of type {ty} is larger than any memory",
                ko: "타입이 {ty}인 텐서는 어떤 메모리보다도 큽니다"
            ))
            .during(graph.name().to_string()));
        };
        check(bytes).map_err(|e| e.during(graph.name().to_string()).given("tensor", ty))?;
    }
    Ok(())
}

/// The size in memory, if it can be one at all.
fn bytes(ty: &TensorType) -> Option<usize> {
    let bytes = ty.shape.checked_size()?.checked_mul(ty.dtype.size())?;
    isize::try_from(bytes).is_ok().then_some(bytes)
}

#[cfg(test)]
mod tests {
    use crate::CpuEngine;
    use seodang_core::{Array, DType, ErrorKind};
    use seodang_ir::{Builder, Engine, TensorType};

    #[test]
    fn what_memory_cannot_hold_is_an_error() {
        for (shape, kind) in [
            ([1 << 62, 4], ErrorKind::Shape),
            ([1 << 61, 1], ErrorKind::Shape),
            ([1 << 30, 1 << 25], ErrorKind::Engine),
        ] {
            let b = Builder::new("large");
            let one = b.constant(Array::scalar(1f32));
            let large = one.broadcast_in_dim(shape, &[]);
            assert_eq!(large.ty(), TensorType::new(DType::F32, shape));
            let graph = b.finish(&[large]).unwrap();
            let Err(e) = CpuEngine::new().compile(&graph) else { panic!("{shape:?}") };
            assert_eq!(e.kind(), kind, "{e}");
        }
    }
}
