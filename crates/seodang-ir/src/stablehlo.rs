//! StableHLO text.

use seodang_core::Array;

/// A constant in MLIR's spelling, with exact bits: `dense<"0x..."> : tensor<2xf32>`.
pub fn literal(value: &Array) -> String {
    let ty = crate::TensorType::of(value).mlir();
    let bytes = value.bytes();
    let hex = |b: &[u8]| b.iter().map(|b| format!("{b:02X}")).collect::<String>();
    if value.dtype() == seodang_core::DType::Bool {
        let list: Vec<String> = bytes.iter().map(|&b| (b != 0).to_string()).collect();
        return match &list[..] {
            [one] => format!("dense<{one}> : {ty}"),
            _ => format!("dense<[{}]> : {ty}", list.join(", ")),
        };
    }
    format!("dense<\"0x{}\"> : {ty}", hex(bytes))
}
