//! Rows of products, convolutions, factorisations and random bits.

use super::{FLOATS, Table, numbers};
use crate::Tolerance::{Close, Exact, Sum};
use seodang_core::{Array, DType};
use seodang_ir::TensorType;
use seodang_ir::ops::*;

pub(super) fn add(table: &mut Table) {
    products(table);
    convolutions(table);
    factorisations(table);
    for dtype in DType::ALL.into_iter().filter(|d| d.is_integer()) {
        for (name, state) in [
            ("zero", [0, 0, 0]),
            ("seed", [42, 7, 0]),
            ("wide", [0x0123_4567_89ab_cdef, u64::MAX, 3]),
        ] {
            let state = Array::from_vec([3], state.to_vec()).expect("three words");
            let ty = TensorType::new(dtype, [3, 5]);
            let op = RngBitGenerator { algorithm: Algorithm::Philox, ty };
            table.op(format!("rng_bit_generator/{name}/{dtype}"), op, vec![state], Exact);
        }
    }
    let state = Array::from_vec([3], vec![1u64, 2, 3]).expect("three words");
    let ty = TensorType::new(DType::U32, [1001]);
    let op = RngBitGenerator { algorithm: Algorithm::Philox, ty };
    table.op("rng_bit_generator/long", op, vec![state], Exact);
}

fn products(table: &mut Table) {
    let dot = |lb: &[usize], rb: &[usize], lc: &[usize], rc: &[usize]| DotGeneral {
        lhs_batching: lb.to_vec(),
        rhs_batching: rb.to_vec(),
        lhs_contracting: lc.to_vec(),
        rhs_contracting: rc.to_vec(),
        result: None,
    };
    let cases: Vec<(&str, &[usize], &[usize], DotGeneral)> = vec![
        ("matrix", &[5, 7], &[7, 3], dot(&[], &[], &[1], &[0])),
        ("transposed_a", &[7, 5], &[7, 3], dot(&[], &[], &[0], &[0])),
        ("transposed_b", &[5, 7], &[3, 7], dot(&[], &[], &[1], &[1])),
        ("both", &[7, 5], &[3, 7], dot(&[], &[], &[0], &[1])),
        ("square", &[6, 6], &[6, 6], dot(&[], &[], &[0], &[1])),
        ("vector", &[5, 7], &[7], dot(&[], &[], &[1], &[0])),
        ("inner", &[7], &[7], dot(&[], &[], &[0], &[0])),
        ("outer", &[4], &[3], dot(&[], &[], &[], &[])),
        ("batched", &[2, 5, 7], &[2, 7, 3], dot(&[0], &[0], &[2], &[1])),
        ("batched_late", &[5, 2, 7], &[7, 3, 2], dot(&[1], &[2], &[2], &[0])),
        ("two_batches", &[2, 3, 4, 5], &[3, 2, 5, 4], dot(&[0, 1], &[1, 0], &[3], &[2])),
        ("two_contracted", &[2, 3, 4], &[4, 2, 5], dot(&[], &[], &[2, 0], &[0, 1])),
        ("empty_sum", &[3, 0], &[0, 2], dot(&[], &[], &[1], &[0])),
        ("no_rows", &[0, 3], &[3, 2], dot(&[], &[], &[1], &[0])),
        ("wide", &[33, 130], &[130, 65], dot(&[], &[], &[1], &[0])),
        ("narrow", &[32, 128], &[128, 10], dot(&[], &[], &[1], &[0])),
        ("long_sum", &[3, 1000], &[1000, 5], dot(&[], &[], &[1], &[0])),
    ];
    for (name, a, b, op) in cases {
        let dtypes = if name == "wide" || name == "long_sum" { &FLOATS[..2] } else { &FLOATS[..] };
        for &dtype in dtypes {
            let inputs = vec![numbers(dtype, a, 1), numbers(dtype, b, 2)];
            table.op(format!("dot_general/{name}/{dtype}"), op.clone(), inputs, Sum(24.0));
        }
    }
    for dtype in [DType::I32, DType::I64, DType::U8, DType::I8] {
        let inputs = vec![numbers(dtype, [4, 6], 1), numbers(dtype, [6, 3], 2)];
        table.op(format!("dot_general/integers/{dtype}"), DotGeneral::matmul(), inputs, Exact);
    }
    let wider = DotGeneral { result: Some(DType::I32), ..DotGeneral::matmul() };
    let inputs = vec![numbers(DType::I8, [4, 40], 1), numbers(DType::I8, [40, 3], 2)];
    table.op("dot_general/int8_to_int32", wider, inputs, Exact);
}

fn convolutions(table: &mut Table) {
    let two = || Convolution::new(ConvDims::channels_last(2));
    let first = || Convolution::new(ConvDims::channels_first(2));
    let cases: Vec<(&str, &[usize], &[usize], Convolution)> = vec![
        ("valid", &[2, 6, 7, 3], &[3, 3, 3, 4], two()),
        ("same", &[2, 6, 7, 3], &[3, 3, 3, 4], Convolution { padding: vec![(1, 1); 2], ..two() }),
        (
            "same_cubes",
            &[3, 3, 3, 3],
            &[3, 3, 3, 3],
            Convolution { padding: vec![(1, 1); 2], ..two() },
        ),
        (
            "stride",
            &[2, 9, 8, 3],
            &[3, 3, 3, 4],
            Convolution { strides: vec![2, 3], padding: vec![(0, 1), (1, 0)], ..two() },
        ),
        (
            "dilated",
            &[1, 9, 9, 2],
            &[3, 2, 2, 3],
            Convolution { rhs_dilation: vec![2, 3], ..two() },
        ),
        (
            "spread",
            &[1, 4, 4, 2],
            &[3, 3, 2, 3],
            Convolution { lhs_dilation: vec![2, 2], padding: vec![(2, 2); 2], ..two() },
        ),
        (
            "cropped",
            &[1, 8, 8, 2],
            &[3, 3, 2, 3],
            Convolution { padding: vec![(-1, 2), (0, -2)], ..two() },
        ),
        (
            "reversed",
            &[1, 5, 6, 2],
            &[3, 2, 2, 3],
            Convolution { reversal: vec![true, true], ..two() },
        ),
        (
            "half_reversed",
            &[1, 5, 6, 2],
            &[3, 2, 2, 3],
            Convolution { reversal: vec![false, true], ..two() },
        ),
        ("groups", &[2, 5, 5, 6], &[3, 3, 3, 4], Convolution { feature_group_count: 2, ..two() }),
        (
            "depthwise",
            &[2, 6, 6, 4],
            &[3, 3, 1, 8],
            Convolution { feature_group_count: 4, padding: vec![(1, 1); 2], ..two() },
        ),
        (
            "batch_groups",
            &[4, 5, 5, 3],
            &[3, 3, 3, 4],
            Convolution { batch_group_count: 2, ..two() },
        ),
        ("one_by_one", &[2, 5, 5, 7], &[1, 1, 7, 9], two()),
        (
            "channels_first",
            &[2, 3, 6, 5],
            &[3, 3, 3, 4],
            Convolution { padding: vec![(1, 1); 2], ..first() },
        ),
        ("one_channel", &[2, 12, 12, 1], &[3, 3, 1, 32], two()),
        (
            "many_channels",
            &[1, 6, 6, 32],
            &[3, 3, 32, 33],
            Convolution { padding: vec![(1, 1); 2], ..two() },
        ),
        (
            "line",
            &[2, 11, 3],
            &[4, 3, 5],
            Convolution { strides: vec![2], ..Convolution::new(ConvDims::channels_last(1)) },
        ),
        (
            "volume",
            &[1, 4, 5, 4, 2],
            &[2, 2, 2, 2, 3],
            Convolution::new(ConvDims::channels_last(3)),
        ),
        ("no_space", &[3, 4], &[4, 5], Convolution::new(ConvDims::channels_last(0))),
        ("too_small", &[1, 2, 2, 1], &[3, 3, 1, 2], two()),
        ("no_images", &[0, 4, 4, 2], &[3, 3, 2, 2], two()),
        // The forms that derivatives take.
        (
            "kernel_gradient",
            &[2, 8, 8, 3],
            &[2, 6, 6, 4],
            Convolution::new(ConvDims {
                input_batch: 3,
                input_feature: 0,
                input_spatial: vec![1, 2],
                kernel_input_feature: 0,
                kernel_output_feature: 3,
                kernel_spatial: vec![1, 2],
                output_batch: 2,
                output_feature: 3,
                output_spatial: vec![0, 1],
            }),
        ),
        (
            "input_gradient",
            &[2, 6, 6, 4],
            &[3, 3, 3, 4],
            Convolution {
                padding: vec![(2, 2); 2],
                reversal: vec![true; 2],
                ..Convolution::new(ConvDims {
                    kernel_input_feature: 3,
                    kernel_output_feature: 2,
                    ..ConvDims::channels_last(2)
                })
            },
        ),
        (
            "kernel_gradient_stride",
            &[2, 9, 9, 3],
            &[2, 4, 4, 4],
            Convolution {
                rhs_dilation: vec![2, 2],
                ..Convolution::new(ConvDims {
                    input_batch: 3,
                    input_feature: 0,
                    input_spatial: vec![1, 2],
                    kernel_input_feature: 0,
                    kernel_output_feature: 3,
                    kernel_spatial: vec![1, 2],
                    output_batch: 2,
                    output_feature: 3,
                    output_spatial: vec![0, 1],
                })
            },
        ),
    ];
    for (name, x, k, op) in cases {
        for &dtype in &FLOATS[..2] {
            let inputs = vec![numbers(dtype, x, 1), numbers(dtype, k, 2)];
            table.op(format!("convolution/{name}/{dtype}"), op.clone(), inputs, Sum(24.0));
        }
    }
    for dtype in [DType::BF16, DType::F16, DType::I32] {
        let inputs = vec![numbers(dtype, [1, 5, 5, 2], 1), numbers(dtype, [3, 3, 2, 3], 2)];
        table.op(format!("convolution/small/{dtype}"), two(), inputs, Sum(8.0));
    }
}

fn factorisations(table: &mut Table) {
    for dtype in &FLOATS[..2] {
        let tolerance =
            Close { rel: 512.0 * dtype.unit_roundoff(), abs: 512.0 * dtype.unit_roundoff() };
        // Matrices with a strong diagonal are well conditioned.
        let strong = |shape: &[usize], seed: u64| {
            let n = shape[shape.len() - 1];
            let x = numbers(*dtype, shape, seed).to_f64_vec();
            Array::from_fn(*dtype, shape, |i| {
                let (r, c) = (i / n % n, i % n);
                let mirror = i - r * n - c + c * n + r;
                0.2 * (x[i] + x[mirror]) + if r == c { 4.0 } else { 0.0 }
            })
        };
        for shape in [&[1, 1][..], &[5, 5], &[2, 3, 4, 4], &[17, 17]] {
            for lower in [true, false] {
                let name = format!("cholesky/{shape:?}/{lower}/{dtype}");
                table.op(name, Cholesky { lower }, vec![strong(shape, 1)], tolerance);
            }
        }
        for bits in 0..16u32 {
            let on = |i: u32| bits >> i & 1 == 1;
            let op = TriangularSolve {
                left_side: on(0),
                lower: on(1),
                unit_diagonal: on(2),
                transpose_a: if on(3) {
                    SolveTranspose::Transpose
                } else {
                    SolveTranspose::NoTranspose
                },
            };
            let b = if on(0) { [2, 4, 3] } else { [2, 3, 4] };
            let inputs = vec![strong(&[2, 4, 4], 2), numbers(*dtype, b, 3)];
            table.op(format!("triangular_solve/{bits:04b}/{dtype}"), op, inputs, tolerance);
        }
    }
}
