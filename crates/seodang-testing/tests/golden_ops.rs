//! The reference evaluator gives what the reference library gives.

use seodang_ir::Reference;
use seodang_testing::{Exception, conformance, golden};

/// Where jax.lax is not StableHLO.
const EXCEPTIONS: &[Exception] = &[
    Exception {
        row: "golden/convert_to_f64/f32",
        reason: "XLA on the CPU flushes subnormal numbers to zero",
    },
    Exception {
        row: "golden/convert_to_bool/f32",
        reason: "XLA on the CPU flushes subnormal numbers to zero",
    },
    Exception {
        row: "golden/dynamic_slice_clamped*",
        reason: "jax.lax counts negative indices from the end before it clamps",
    },
    Exception {
        row: "golden/dynamic_update_slice_clamped*",
        reason: "jax.lax counts negative indices from the end before it clamps",
    },
];

#[test]
fn evaluator_agrees_with_golden_values() {
    let rows = golden::op_rows();
    assert!(rows.len() > 600, "only {} rows were read", rows.len());
    if let Err(report) = conformance::check(&Reference, &rows, EXCEPTIONS) {
        panic!("{report}");
    }
}
