//! Every engine runs the conformance table; the table has a row for every op.

use seodang_cpu::CpuEngine;
use seodang_ir::ops::{Binary, Unary};
use seodang_ir::{Op, Reference};
use seodang_testing::{Exception, Row, conformance, golden, table};
use std::collections::HashSet;

/// Where the golden values are jax.lax's and not StableHLO's (see `golden_ops.rs`).
const CPU_EXCEPTIONS: &[Exception] = &[
    Exception { row: "golden/convert_to_f64/f32", reason: "XLA flushes subnormal numbers" },
    Exception { row: "golden/convert_to_bool/f32", reason: "XLA flushes subnormal numbers" },
    Exception { row: "golden/dynamic_slice_clamped*", reason: "jax.lax counts from the end" },
    Exception {
        row: "golden/dynamic_update_slice_clamped*",
        reason: "jax.lax counts from the end",
    },
];

#[test]
fn every_op_has_a_row() {
    let rows = table::rows();
    let ops: Vec<&Op> = rows.iter().filter_map(Row::op).collect();
    let unary: HashSet<Unary> =
        ops.iter().filter_map(|o| if let Op::Unary(u) = o { Some(*u) } else { None }).collect();
    let binary: HashSet<Binary> =
        ops.iter().filter_map(|o| if let Op::Binary(b) = o { Some(*b) } else { None }).collect();
    let mut missing: Vec<String> = Vec::new();
    missing.extend(Unary::ALL.iter().filter(|u| !unary.contains(u)).map(|u| format!("{u:?}")));
    missing.extend(Binary::ALL.iter().filter(|b| !binary.contains(b)).map(|b| format!("{b:?}")));
    let seen: HashSet<String> = ops.iter().map(|op| variant(op)).collect();
    missing.extend(Op::VARIANTS.iter().filter(|v| !seen.contains(**v)).map(|v| v.to_string()));
    assert!(missing.is_empty(), "ops without a row in the conformance table: {missing:?}");
}

/// The name of an op's variant, from its `Debug` form.
fn variant(op: &Op) -> String {
    format!("{op:?}").split(['(', ' ', '{']).next().unwrap_or_default().to_string()
}

#[test]
fn row_names_are_distinct() {
    let rows = table::rows();
    let mut seen = HashSet::new();
    let twice: Vec<&str> =
        rows.iter().map(|r| r.name.as_str()).filter(|n| !seen.insert(n.to_string())).collect();
    assert!(twice.is_empty(), "row names used twice: {twice:?}");
    assert!(rows.len() > 1000, "only {} rows", rows.len());
}

#[test]
fn the_evaluator_runs_every_row() {
    if let Err(report) = conformance::check(&Reference, &table::rows(), &[]) {
        panic!("{report}");
    }
}

#[test]
fn passes_keep_results() {
    for row in table::rows() {
        let optimized = seodang_ir::passes::optimize(&row.graph).expect(&row.name);
        seodang_ir::verify(&optimized).expect(&row.name);
        let want = row.want().expect(&row.name);
        let got = seodang_ir::evaluate(&optimized, &row.inputs).expect(&row.name);
        assert_eq!(got, want, "{}", row.name);
    }
}

#[test]
fn lowering_keeps_results() {
    for row in table::rows() {
        let lowered = seodang_ir::passes::lower(&row.graph).expect(&row.name);
        seodang_ir::verify(&lowered).expect(&row.name);
        let want = row.want().expect(&row.name);
        let got = seodang_ir::evaluate(&lowered, &row.inputs).expect(&row.name);
        assert_eq!(got, want, "{}", row.name);
    }
}

#[test]
fn the_cpu_engine_runs_every_row() {
    let rows: Vec<Row> = table::rows().into_iter().chain(golden::op_rows()).collect();
    if let Err(report) = conformance::check(&CpuEngine::new(), &rows, CPU_EXCEPTIONS) {
        panic!("{report}");
    }
}
