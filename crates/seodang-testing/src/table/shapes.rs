//! Rows of constants and of ops that rearrange elements.

use super::{Table, array, numbers};
use crate::Tolerance::Exact;
use seodang_core::{Array, DType, Shape};
use seodang_ir::ops::*;

/// One dtype of each width, and booleans.
const WIDTHS: [DType; 6] =
    [DType::F32, DType::F64, DType::BF16, DType::U8, DType::Bool, DType::I64];

pub(super) fn add(table: &mut Table) {
    for dtype in DType::ALL {
        let value = numbers(dtype, [3, 4], 1);
        table.program(format!("constant/{dtype}"), vec![], Exact, |b, _| vec![b.constant(value)]);
    }
    table.program("constant/empty", vec![], Exact, |b, _| {
        vec![b.constant(Array::zeros(DType::F32, [0, 2])), b.constant(Array::scalar(f32::NAN))]
    });
    for dtype in DType::ALL.into_iter().filter(|&d| d != DType::Bool) {
        for dimension in 0..3 {
            let ty = seodang_ir::TensorType::new(dtype, [2, 3, 4]);
            table.op(format!("iota/{dtype}/{dimension}"), Iota { ty, dimension }, vec![], Exact);
        }
    }
    for dtype in WIDTHS {
        let x = numbers(dtype, [2, 3, 4], 2);
        let mut op = |name: &str, op: seodang_ir::Op, inputs: Vec<Array>| {
            table.op(format!("{name}/{dtype}"), op, inputs, Exact);
        };
        for (i, shape) in
            [vec![24], vec![4, 3, 2], vec![2, 1, 12, 1], vec![6, 4]].into_iter().enumerate()
        {
            op(&format!("reshape/{i}"), Reshape { shape: shape.into() }.into(), vec![x.clone()]);
        }
        for permutation in [[0, 1, 2], [0, 2, 1], [1, 0, 2], [1, 2, 0], [2, 0, 1], [2, 1, 0]] {
            let name = format!("transpose/{permutation:?}");
            op(&name, Transpose { permutation: permutation.to_vec() }.into(), vec![x.clone()]);
        }
        // Equal sizes hide a wrong permutation from the shape rule.
        let cube = numbers(dtype, [5, 5, 5], 3);
        for permutation in [[1, 2, 0], [2, 0, 1]] {
            let name = format!("transpose/cube/{permutation:?}");
            op(&name, Transpose { permutation: permutation.to_vec() }.into(), vec![cube.clone()]);
        }
        let matrix = numbers(dtype, [37, 53], 4);
        op("transpose/matrix", Transpose { permutation: vec![1, 0] }.into(), vec![matrix]);
        for dimensions in [vec![], vec![0], vec![1], vec![2], vec![0, 2], vec![0, 1, 2]] {
            op(&format!("reverse/{dimensions:?}"), Reverse { dimensions }.into(), vec![x.clone()]);
        }
        let broadcasts: [(&[usize], &[usize], &[usize]); 7] = [
            (&[], &[2, 3], &[]),
            (&[3], &[2, 3], &[1]),
            (&[2], &[2, 3], &[0]),
            (&[1, 3], &[4, 3], &[0, 1]),
            (&[2, 3], &[3, 4, 2], &[2, 0]),
            (&[3, 3], &[3, 3], &[1, 0]),
            (&[1, 1], &[2, 5, 3], &[0, 2]),
        ];
        for (from, to, dimensions) in broadcasts {
            let op_ = BroadcastInDim { shape: to.into(), dimensions: dimensions.to_vec() };
            op(
                &format!("broadcast_in_dim/{from:?}->{to:?}"),
                op_.into(),
                vec![numbers(dtype, from, 5)],
            );
        }
        op(
            "broadcast_in_dim/empty",
            BroadcastInDim { shape: Shape::from([0, 3]), dimensions: vec![1] }.into(),
            vec![numbers(dtype, [3], 5)],
        );
        let slices: [([usize; 3], [usize; 3], [usize; 3]); 5] = [
            ([0, 0, 0], [2, 3, 4], [1, 1, 1]),
            ([1, 0, 1], [2, 3, 3], [1, 1, 1]),
            ([0, 0, 0], [2, 3, 4], [1, 2, 3]),
            ([0, 1, 0], [2, 3, 4], [2, 1, 2]),
            ([1, 1, 2], [1, 3, 4], [1, 1, 1]),
        ];
        for (i, (start, limit, strides)) in slices.into_iter().enumerate() {
            let op_ =
                Slice { start: start.to_vec(), limit: limit.to_vec(), strides: strides.to_vec() };
            op(&format!("slice/{i}"), op_.into(), vec![x.clone()]);
        }
        let pads: [([i64; 3], [i64; 3], [i64; 3]); 6] = [
            ([0, 0, 0], [0, 0, 0], [0, 0, 0]),
            ([1, 0, 2], [0, 3, 1], [0, 0, 0]),
            ([0, 0, 0], [0, 0, 0], [1, 2, 0]),
            ([-1, 0, -2], [0, -1, 0], [0, 0, 0]),
            ([2, -1, 1], [-1, 2, -3], [1, 1, 2]),
            ([-2, 0, 0], [0, 0, 0], [0, 0, 0]),
        ];
        for (i, (low, high, interior)) in pads.into_iter().enumerate() {
            let op_ = Pad { low: low.to_vec(), high: high.to_vec(), interior: interior.to_vec() };
            op(&format!("pad/{i}"), op_.into(), vec![x.clone(), numbers(dtype, [], 6)]);
        }
        for dimension in 0..3 {
            let parts = (0..3).map(|i| {
                let mut shape = [2, 3, 4];
                shape[dimension] = 2 * i;
                numbers(dtype, shape, 7 + i as u64)
            });
            op(
                &format!("concatenate/{dimension}"),
                Concatenate { dimension }.into(),
                parts.collect(),
            );
        }
        op("concatenate/one", Concatenate { dimension: 0 }.into(), vec![x.clone()]);
        for (i, start) in
            [[0.0, 0.0, 0.0], [1.0, 1.0, 2.0], [-3.0, 9.0, 1.0]].into_iter().enumerate()
        {
            let at: Vec<Array> = start.iter().map(|&s| array(DType::I32, [], &[s])).collect();
            let slice = DynamicSlice { sizes: vec![1, 2, 2] };
            op(&format!("dynamic_slice/{i}"), slice.into(), [vec![x.clone()], at.clone()].concat());
            let update = numbers(dtype, [1, 2, 2], 8);
            let inputs = [vec![x.clone(), update], at].concat();
            op(&format!("dynamic_update_slice/{i}"), DynamicUpdateSlice.into(), inputs);
        }
    }
}
