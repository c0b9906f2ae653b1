//! Rows of reductions and windows.

use super::{FLOATS, Table, array, numbers, specials};
use crate::Tolerance::{Exact, Sum, Ulps};
use crate::golden::argmax_body;
use seodang_core::{Array, DType};
use seodang_ir::ops::*;
use seodang_ir::{Builder, TensorType};
use std::sync::Arc;

pub(super) fn add(table: &mut Table) {
    reductions(table);
    windows(table);
    selections(table);
}

fn reductions(table: &mut Table) {
    let shapes: [(&[usize], &[usize]); 11] = [
        (&[3, 4, 5], &[]),
        (&[3, 4, 5], &[0]),
        (&[3, 4, 5], &[1]),
        (&[3, 4, 5], &[2]),
        (&[3, 4, 5], &[0, 2]),
        (&[3, 4, 5], &[2, 1]),
        (&[3, 4, 5], &[0, 1, 2]),
        (&[0, 4], &[0]),
        (&[4, 0], &[0]),
        (&[37, 517], &[1]),
        (&[517, 37], &[0]),
    ];
    for reducer in Reducer::ALL {
        for dtype in DType::ALL {
            let bits = matches!(reducer, Reducer::And | Reducer::Or);
            if bits && dtype.is_float() {
                continue;
            }
            for (shape, dimensions) in shapes {
                let large = shape.iter().product::<usize>() > 1000;
                if large
                    && (reducer == Reducer::Multiply
                        || !matches!(dtype, DType::F32 | DType::F64 | DType::I32))
                {
                    continue;
                }
                let body = reducer.body(dtype);
                let init = reducer.identity(dtype);
                let op = Reduce { dimensions: dimensions.to_vec(), body };
                let tolerance = match reducer {
                    Reducer::Add => Sum(16.0),
                    Reducer::Multiply => Ulps(64.0),
                    _ => Exact,
                };
                let name = format!("reduce/{reducer:?}/{shape:?}/{dimensions:?}/{dtype}");
                table.op(name, op, vec![numbers(dtype, shape, 1), init], tolerance);
            }
        }
    }
    for dtype in FLOATS {
        for reducer in [Reducer::Maximum, Reducer::Minimum] {
            let values = specials(dtype);
            let op = Reduce { dimensions: vec![0], body: reducer.body(dtype) };
            let inputs = vec![array(dtype, [values.len(), 1], &values), reducer.identity(dtype)];
            table.op(format!("reduce/{reducer:?}/nan/{dtype}"), op, inputs, Exact);
        }
    }
    // An initial value that counts.
    let op = Reduce { dimensions: vec![0], body: Reducer::Add.body(DType::I32) };
    let inputs = vec![numbers(DType::I32, [4, 3], 1), array(DType::I32, [], &[100.0])];
    table.op("reduce/initial", op, inputs, Exact);
    for dtype in [DType::F32, DType::I32] {
        for dimension in 0..3 {
            let x = numbers(dtype, [3, 4, 5], 2);
            let initial = [Reducer::Maximum.identity(dtype), array(DType::I32, [], &[0.0])];
            let body = argmax_body(dtype, DType::I32);
            table.program(format!("reduce/argmax/{dimension}/{dtype}"), vec![x], Exact, |b, x| {
                let ty = TensorType::new(DType::I32, x[0].shape());
                let places = b.apply(Iota { ty, dimension }, &[]);
                let [value, place] = initial.map(|a| b.constant(a));
                b.apply_n(
                    Reduce { dimensions: vec![dimension], body },
                    &[x[0], places, value, place],
                )
            });
        }
    }
    // A body that no engine has a loop for: a + b + a * b.
    let b = Builder::new("combine");
    let [x, y] = [(); 2].map(|()| b.input(TensorType::scalar(DType::F64)));
    let body = Arc::new(b.finish(&[x + y + x * y]).expect("a body"));
    let inputs = vec![numbers(DType::F64, [3, 4], 3), array(DType::F64, [], &[0.0])];
    table.op("reduce/general", Reduce { dimensions: vec![1], body }, inputs, Sum(64.0));
}

fn window_cases() -> Vec<(&'static str, Vec<usize>, Window)> {
    let pool = || Window::new([1, 2, 2, 1], [1, 2, 2, 1]);
    vec![
        ("valid", vec![2, 6, 7, 3], pool()),
        (
            "same",
            vec![2, 5, 7, 3],
            Window { padding: vec![(0, 0), (0, 1), (0, 1), (0, 0)], ..pool() },
        ),
        ("overlapping", vec![1, 7, 6, 5], Window::new([1, 3, 3, 1], [1, 2, 1, 1])),
        (
            "around",
            vec![1, 4, 4, 2],
            Window {
                padding: vec![(0, 0), (1, 1), (1, 1), (0, 0)],
                ..Window::new([1, 3, 3, 1], [1, 1, 1, 1])
            },
        ),
        ("channels_first", vec![2, 3, 6, 6], Window::new([1, 1, 2, 2], [1, 1, 2, 2])),
        ("all_dimensions", vec![3, 3, 3], Window::new([2, 2, 2], [1, 1, 1])),
        ("line", vec![9], Window::new([4], [3])),
        ("too_small", vec![1, 1, 1, 1], pool()),
    ]
}

fn windows(table: &mut Table) {
    let dilated = Window {
        base_dilations: vec![2, 1],
        window_dilations: vec![1, 2],
        padding: vec![(1, 2), (0, 1)],
        ..Window::new([3, 2], [1, 2])
    };
    let mut cases = window_cases();
    cases.push(("dilated", vec![4, 5], dilated));
    for (name, shape, window) in cases {
        for reducer in [Reducer::Add, Reducer::Maximum, Reducer::Minimum, Reducer::Multiply] {
            for dtype in [DType::F32, DType::F64, DType::I32, DType::BF16] {
                let op = ReduceWindow { window: window.clone(), body: reducer.body(dtype) };
                let inputs = vec![numbers(dtype, &shape, 1), reducer.identity(dtype)];
                let tolerance = match reducer {
                    Reducer::Add => Sum(16.0),
                    Reducer::Multiply => Ulps(64.0),
                    _ => Exact,
                };
                table.op(
                    format!("reduce_window/{name}/{reducer:?}/{dtype}"),
                    op,
                    inputs,
                    tolerance,
                );
            }
        }
    }
}

fn selections(table: &mut Table) {
    for (name, shape, window) in window_cases() {
        for (direction, dtype) in [
            (Direction::Ge, DType::F32),
            (Direction::Ge, DType::F64),
            (Direction::Le, DType::F32),
            (Direction::Gt, DType::I32),
        ] {
            let op = SelectAndScatter {
                window: window.clone(),
                select: SelectAndScatter::selector(direction, dtype),
                scatter: Reducer::Add.body(dtype),
            };
            // Few different values, so that ties are many: the first in order wins, or the last.
            let x = numbers(DType::I32, &shape, 2).convert(dtype);
            let positions = positions(&window, &shape, dtype);
            let source = numbers(dtype, positions, 3);
            let inputs = vec![x, source, array(dtype, [], &[0.0])];
            let row = format!("select_and_scatter/{name}/{}/{dtype}", direction.name());
            table.op(row, op, inputs, Sum(8.0));
        }
    }
}

/// The shape of the positions of a window, by the rule of `reduce_window`.
fn positions(window: &Window, shape: &[usize], dtype: DType) -> seodang_core::Shape {
    let b = Builder::new("positions");
    let x = b.input(TensorType::new(dtype, shape));
    let init = b.constant(Array::zeros(dtype, []));
    let op = ReduceWindow { window: window.clone(), body: Reducer::Add.body(dtype) };
    b.apply(op, &[x, init]).shape()
}
