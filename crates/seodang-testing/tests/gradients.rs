//! Every derivative agrees with central differences, to second order.

use seodang_core::{Array, DType, ErrorKind};
use seodang_ir::ops::*;
use seodang_ir::{Builder, Op, TensorType, Verdict, evaluate, gradients};
use seodang_testing::{Row, gradients as checks, table};
use std::collections::HashSet;

#[test]
fn derivatives_agree_with_differences() {
    let rows = checks::rows();
    let problems: Vec<String> = rows.iter().filter_map(|row| row.check().err()).collect();
    assert!(problems.is_empty(), "{} of {}:\n{}", problems.len(), rows.len(), problems.join("\n"));
}

/// The verdict belongs to the op, so it is asked of one row for each op of the conformance table.
#[test]
fn every_op_with_a_rule_is_checked() {
    let name = |op: &Op| match op {
        Op::Unary(_) | Op::Binary(_) => op.mnemonic().to_string(),
        other => format!("{other:?}").split(['(', ' ', '{']).next().unwrap_or_default().to_string(),
    };
    let checked: HashSet<String> = checks::rows()
        .iter()
        .flat_map(|r| r.graph.nodes().iter().map(|n| name(&n.op)).collect::<Vec<_>>())
        .collect();
    let missing: HashSet<String> = (table::rows().iter().filter_map(Row::op))
        .filter(|op| op.verdict() == Verdict::Rule)
        .map(name)
        .filter(|n| !checked.contains(n))
        .collect();
    assert!(missing.is_empty(), "ops with a derivative but without a gradient check: {missing:?}");
}

#[test]
fn what_has_no_derivative_says_so() {
    let b = Builder::new("no_derivative");
    let x = b.input(TensorType::new(DType::F64, [2]));
    let y = x.digamma();
    let e = gradients(&b, &[(y, y.ones_like())], &[x]).unwrap_err();
    assert_eq!(e.kind(), ErrorKind::Gradient);
    assert!(e.to_string().contains("digamma"), "{e}");
}

#[test]
fn a_zero_gradient_and_no_path_are_none() {
    let b = Builder::new("none");
    let x = b.input(TensorType::new(DType::F64, [2]));
    let other = b.input(TensorType::new(DType::F64, [2]));
    let y = x.floor() + x;
    let found = gradients(&b, &[(y, y.ones_like())], &[x, other]).unwrap();
    assert!(found[1].is_none());
    let graph = b.finish(&[found[0].unwrap()]).unwrap();
    let at = Array::from_vec([2], vec![0.5, 1.5]).unwrap();
    assert_eq!(evaluate(&graph, &[at.clone(), at]).unwrap()[0].to_f64_vec(), [1.0, 1.0]);

    let b = Builder::new("step");
    let x = b.input(TensorType::new(DType::F64, [2]));
    let y = x.floor();
    assert!(gradients(&b, &[(y, y.ones_like())], &[x]).unwrap()[0].is_none());
}

#[test]
fn stopped_gradients_stop() {
    let b = Builder::new("stopped");
    let ty = TensorType::new(DType::F64, [2]);
    let x = b.input(ty.clone());
    let body = Builder::new("identity");
    let inner = body.input(ty);
    let body = std::sync::Arc::new(body.finish(&[inner]).unwrap());
    let stop = Composite { name: "stop_gradient".into(), body, backward: Backward::Stop };
    let y = x * b.apply(stop, &[x]);
    let dx = gradients(&b, &[(y, y.ones_like())], &[x]).unwrap()[0].unwrap();
    let graph = b.finish(&[dx]).unwrap();
    let at = Array::from_vec([2], vec![3.0, 4.0]).unwrap();
    assert_eq!(evaluate(&graph, &[at]).unwrap()[0].to_f64_vec(), [3.0, 4.0]);
}
