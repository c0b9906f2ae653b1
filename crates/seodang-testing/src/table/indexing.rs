//! Rows of gathering, scattering and sorting.

use super::{Table, indices, numbers, specials};
use crate::Tolerance::{Exact, Sum};
use seodang_core::{Array, DType};
use seodang_ir::TensorType;
use seodang_ir::ops::*;

struct Case {
    name: &'static str,
    operand: Vec<usize>,
    indices: Array,
    gather: Gather,
}

fn cases(outside: bool) -> Vec<Case> {
    let at = |shape: &[usize], n: u64| indices(shape, n, outside, 5);
    vec![
        Case {
            name: "rows",
            operand: vec![7, 3],
            indices: at(&[4, 1], 7),
            gather: Gather {
                offset_dims: vec![1],
                collapsed_slice_dims: vec![0],
                start_index_map: vec![0],
                index_vector_dim: 1,
                slice_sizes: vec![1, 3],
                ..Gather::default()
            },
        },
        Case {
            name: "embedding",
            operand: vec![7, 3],
            indices: at(&[2, 5], 7),
            gather: Gather::rows(&[7, 3], 2),
        },
        Case {
            name: "columns",
            operand: vec![4, 6],
            indices: at(&[3, 1], 6),
            gather: Gather {
                offset_dims: vec![0],
                collapsed_slice_dims: vec![1],
                start_index_map: vec![1],
                index_vector_dim: 1,
                slice_sizes: vec![4, 1],
                ..Gather::default()
            },
        },
        Case {
            name: "boxes",
            operand: vec![6, 7],
            indices: at(&[3, 2], 5),
            gather: Gather {
                offset_dims: vec![1, 2],
                start_index_map: vec![1, 0],
                index_vector_dim: 1,
                slice_sizes: vec![2, 3],
                ..Gather::default()
            },
        },
        Case {
            name: "vectors_first",
            operand: vec![5, 5, 5],
            indices: at(&[2, 4], 5),
            gather: Gather {
                offset_dims: vec![0],
                collapsed_slice_dims: vec![0, 2],
                start_index_map: vec![2, 0],
                index_vector_dim: 0,
                slice_sizes: vec![1, 5, 1],
                ..Gather::default()
            },
        },
        Case {
            name: "batched",
            operand: vec![3, 6, 4],
            indices: at(&[3, 5, 1], 6),
            gather: Gather {
                offset_dims: vec![2],
                collapsed_slice_dims: vec![1],
                operand_batching_dims: vec![0],
                start_indices_batching_dims: vec![0],
                start_index_map: vec![1],
                index_vector_dim: 2,
                slice_sizes: vec![1, 1, 4],
                ..Gather::default()
            },
        },
        Case {
            name: "along",
            operand: vec![3, 6],
            indices: at(&[3, 4, 1], 6),
            gather: Gather {
                collapsed_slice_dims: vec![1],
                operand_batching_dims: vec![0],
                start_indices_batching_dims: vec![0],
                start_index_map: vec![1],
                index_vector_dim: 2,
                slice_sizes: vec![1, 1],
                ..Gather::default()
            },
        },
    ]
}

pub(super) fn add(table: &mut Table) {
    for outside in [false, true] {
        let where_ = if outside { "outside" } else { "inside" };
        for case in cases(outside) {
            for dtype in [DType::F32, DType::F64, DType::I32, DType::U8, DType::BF16] {
                let x = numbers(dtype, &case.operand, 1);
                let name = format!("{}/{where_}/{dtype}", case.name);
                let inputs = vec![x.clone(), case.indices.clone()];
                table.op(format!("gather/{name}"), case.gather.clone(), inputs, Exact);
                scatters(table, &case, x, &name);
            }
        }
    }
    let wide = cases(false).swap_remove(0);
    for index_type in [DType::I64, DType::U32, DType::I8] {
        let inputs = vec![numbers(DType::F32, [7, 3], 1), wide.indices.convert(index_type)];
        table.op(format!("gather/index/{index_type}"), wide.gather.clone(), inputs, Exact);
    }
    sorting(table);
}

fn scatters(table: &mut Table, case: &Case, x: Array, name: &str) {
    let (dtype, gather) = (x.dtype(), &case.gather);
    let types = [TensorType::of(&x), TensorType::of(&case.indices)];
    let updates = seodang_ir::Op::from(gather.clone()).infer(&types).expect("a gather");
    let updates = numbers(dtype, updates[0].shape.clone(), 2);
    let bodies = [
        ("add", Reducer::Add.body(dtype)),
        ("maximum", Reducer::Maximum.body(dtype)),
        ("multiply", Reducer::Multiply.body(dtype)),
        ("replace", Scatter::replace(dtype)),
    ];
    for (body_name, body) in bodies {
        // Where replaced places repeat, which update wins is left open.
        if body_name == "replace" && !name.starts_with("batched/inside") {
            continue;
        }
        let unique = body_name == "replace";
        let indices = if unique { distinct(&case.indices) } else { case.indices.clone() };
        let op = Scatter {
            update_window_dims: gather.offset_dims.clone(),
            inserted_window_dims: gather.collapsed_slice_dims.clone(),
            input_batching_dims: gather.operand_batching_dims.clone(),
            scatter_indices_batching_dims: gather.start_indices_batching_dims.clone(),
            scatter_dims_to_operand_dims: gather.start_index_map.clone(),
            index_vector_dim: gather.index_vector_dim,
            indices_are_sorted: false,
            unique_indices: unique,
            body,
        };
        let inputs = vec![x.clone(), indices, updates.clone()];
        table.op(format!("scatter/{body_name}/{name}"), op, inputs, Sum(16.0));
    }
}

/// Indices of the same shape with no repetition within a row.
fn distinct(indices: &Array) -> Array {
    let row = indices.shape()[1];
    Array::from_fn(DType::I32, indices.shape().clone(), |i| ((i % row) * 5 % 6) as f64)
}

fn sorting(table: &mut Table) {
    for dtype in [DType::F32, DType::F64, DType::I32, DType::U8, DType::BF16] {
        for (direction, dimension) in [(Direction::Lt, 0), (Direction::Lt, 1), (Direction::Gt, 1)] {
            let dtypes = [dtype, DType::I32];
            let op = Sort {
                dimension,
                is_stable: true,
                comparator: Sort::comparator(&dtypes, direction),
            };
            let inputs = vec![numbers(dtype, [9, 33], 1), numbers(DType::I32, [9, 33], 2)];
            let name = format!("sort/{}/{dimension}/{dtype}", direction.name());
            table.op(name, op, inputs, Exact);
        }
        let op = Sort {
            dimension: 0,
            is_stable: true,
            comparator: Sort::comparator(&[dtype], Direction::Lt),
        };
        table.op(format!("sort/empty/{dtype}"), op, vec![numbers(dtype, [0, 3], 1)], Exact);
        for k in [0, 1, 3, 8] {
            let x = numbers(dtype, [4, 8], 3);
            table.op(format!("top_k/{k}/{dtype}"), TopK { k }, vec![x], Exact);
        }
    }
    let ties = super::array(DType::F32, [8], &[1.0, 3.0, 3.0, -1.0, 3.0, 1.0, 1.0, 0.0]);
    table.op("top_k/ties", TopK { k: 6 }, vec![ties], Exact);
    let values: Vec<f64> = specials(DType::F32).into_iter().filter(|v| !v.is_nan()).collect();
    let op = Sort {
        dimension: 0,
        is_stable: true,
        comparator: Sort::comparator(&[DType::F32], Direction::Lt),
    };
    table.op("sort/specials", op, vec![super::array(DType::F32, [values.len()], &values)], Exact);
}
