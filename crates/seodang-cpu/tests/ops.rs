//! Each family of ops against the reference evaluator, and that it has a kernel.

mod common;

use common::{Random, check, check_on, dot, f32s};
use seodang_core::{Array, DType};
use seodang_cpu::CpuProgram;
use seodang_ir::ops::*;
use seodang_ir::{Builder, Expr, Graph, Op, TensorType};
use std::sync::Arc;

/// No step of the plan is a reference evaluation.
#[track_caller]
fn fast(program: &CpuProgram) {
    assert!(!program.to_string().contains("eval "), "{program}");
}

fn one<'b>(b: &'b Builder, op: impl Into<Op>, x: &[Expr<'b>]) -> Graph {
    b.finish(&b.apply_n(op, x)).unwrap_or_else(|e| panic!("{e}"))
}

fn ty(dtype: DType, shape: &[usize]) -> TensorType {
    TensorType::new(dtype, shape)
}

#[test]
fn every_unary_and_binary_op_on_every_type_it_takes() {
    for dtype in DType::ALL {
        for &op in Unary::ALL {
            if !op.record().takes.contains(dtype) {
                continue;
            }
            let b = Builder::new("unary");
            let x = b.input(ty(dtype, &[3, 7]));
            let y = b.apply(op, &[x]);
            let graph = b.finish(&[y]).unwrap();
            // Inside the domains of all; results of 16-bit types may differ in the last place.
            let values = Array::from_fn(dtype, [3, 7], |i| 0.05 + 0.04 * i as f64);
            fast(&check_on(&graph, &[values]));
        }
        for &op in Binary::ALL {
            if !op.record().takes.contains(dtype) {
                continue;
            }
            let b = Builder::new("binary");
            let (x, y) = (b.input(ty(dtype, &[3, 7])), b.input(ty(dtype, &[3, 7])));
            let graph = one(&b, op, &[x, y]);
            let x = Array::from_fn(dtype, [3, 7], |i| (i % 9) as f64);
            let y = Array::from_fn(dtype, [3, 7], |i| (i % 4) as f64);
            fast(&check_on(&graph, &[x, y]));
        }
        for to in DType::ALL {
            let b = Builder::new("convert");
            let x = b.input(ty(dtype, &[9]));
            fast(&check(&b.finish(&[x.convert(to)]).unwrap()));
        }
    }
}

#[test]
fn products_on_all_layouts() {
    let mut r = Random(5);
    for _ in 0..60 {
        // Batch, free and contracted dimensions in any order, of any number.
        let counts = [r.below(2), r.below(3), 1 + r.below(2), r.below(3)];
        let sizes: Vec<usize> = (0..8).map(|_| 1 + r.below(5)).collect();
        let [batch, lhs_free, inner, rhs_free] = counts;
        let mut order = |n: usize| {
            let mut left: Vec<usize> = (0..n).collect();
            (0..n).map(|_| left.remove(r.below(left.len()))).collect::<Vec<usize>>()
        };
        let (l, rr) = (order(batch + lhs_free + inner), order(batch + rhs_free + inner));
        let mut lhs = vec![0; l.len()];
        let mut rhs = vec![0; rr.len()];
        for k in 0..batch {
            (lhs[l[k]], rhs[rr[k]]) = (sizes[k], sizes[k]);
        }
        for k in 0..inner {
            (lhs[l[batch + k]], rhs[rr[batch + k]]) = (sizes[2 + k], sizes[2 + k]);
        }
        (0..lhs_free).for_each(|k| lhs[l[batch + inner + k]] = sizes[4 + k]);
        (0..rhs_free).for_each(|k| rhs[rr[batch + inner + k]] = sizes[6 + k]);
        let op = DotGeneral {
            lhs_batching: l[..batch].to_vec(),
            rhs_batching: rr[..batch].to_vec(),
            lhs_contracting: l[batch..batch + inner].to_vec(),
            rhs_contracting: rr[batch..batch + inner].to_vec(),
            result: None,
        };
        let dtype = [DType::F32, DType::F64, DType::I32, DType::BF16][r.below(4)];
        let b = Builder::new("dot");
        let (x, y) = (b.input(ty(dtype, &lhs)), b.input(ty(dtype, &rhs)));
        fast(&check(&one(&b, op, &[x, y])));
    }
}

#[test]
fn a_bias_and_an_activation_become_part_of_the_product() {
    let b = Builder::new("dense");
    let (x, w, bias) = (b.input(f32s(&[5, 7])), b.input(f32s(&[7, 3])), b.input(f32s(&[3])));
    let y = (dot(x, w) + bias.broadcast_in_dim([5, 3], &[1])).maximum(0.0);
    let program = check(&b.finish(&[y]).unwrap());
    assert_eq!(program.steps(), ["gemm"], "{program}");

    // Not where the sum is needed too, or the addend is no bias.
    let b = Builder::new("kept");
    let (x, w, bias) = (b.input(f32s(&[5, 7])), b.input(f32s(&[7, 3])), b.input(f32s(&[3])));
    let z = dot(x, w) + bias.broadcast_in_dim([5, 3], &[1]);
    let program = check(&b.finish(&[z.maximum(0.0), z]).unwrap());
    assert_eq!(program.steps(), ["gemm", "tile of 1"], "{program}");
    let b = Builder::new("column");
    let (x, w, bias) = (b.input(f32s(&[5, 7])), b.input(f32s(&[7, 5])), b.input(f32s(&[5])));
    let z = dot(x, w) + bias.broadcast_in_dim([5, 5], &[0]);
    let program = check(&b.finish(&[z]).unwrap());
    assert_eq!(program.steps(), ["gemm", "tile of 1"], "{program}");
}

#[test]
fn convolutions_of_all_kinds() {
    let mut r = Random(11);
    for case in 0..40 {
        let spatial = 1 + r.below(2);
        let groups = [1, 1, 2][r.below(3)];
        let (n, i, o) = (1 + r.below(3), 1 + r.below(3), groups * (1 + r.below(3)));
        let mut op = Convolution::new(ConvDims::channels_last(spatial));
        op.feature_group_count = groups;
        let (mut x, mut k) = (vec![n], vec![]);
        for s in 0..spatial {
            op.strides[s] = 1 + r.below(2);
            op.padding[s] = (r.below(3) as i64 - 1, r.below(3) as i64);
            op.lhs_dilation[s] = 1 + r.below(2);
            op.rhs_dilation[s] = 1 + r.below(2);
            op.reversal[s] = r.below(4) == 0;
            x.push(5 + r.below(4));
            k.push(1 + r.below(3));
        }
        x.push(i * groups);
        k.extend([i, o]);
        let b = Builder::new(format!("conv {case}"));
        let dtype = [DType::F32, DType::F64, DType::I32][r.below(3)];
        let (x, k) = (b.input(ty(dtype, &x)), b.input(ty(dtype, &k)));
        let y = x.convolution(k, op);
        let bias = b.input(ty(dtype, &[o]));
        let y = (y + bias.broadcast_in_dim(y.shape(), &[spatial + 1])).maximum(0.0);
        let program = check(&b.finish(&[y]).unwrap());
        fast(&program);
        assert!(!dtype.is_float() || program.step_count() == 1, "{program}");
    }
}

#[test]
fn movement() {
    let b = Builder::new("pad");
    let (x, v) = (b.input(f32s(&[3, 4])), b.input(f32s(&[])));
    fast(&check(&b.finish(&[x.pad(v, &[1, -1], &[0, 2], &[2, 0])]).unwrap()));

    let b = Builder::new("concatenate");
    let (x, y) = (b.input(f32s(&[2, 3])), b.input(f32s(&[2, 4])));
    fast(&check(&one(&b, Concatenate { dimension: 1 }, &[x, y, x])));

    for start in [-3.0, 1.0, 9.0] {
        let index = Array::full(DType::I32, [], start);
        let x = Array::from_fn(DType::F32, [5, 4], |i| i as f64);
        let b = Builder::new("dynamic_slice");
        let (e, i) = (b.input(f32s(&[5, 4])), b.input(ty(DType::I32, &[])));
        let graph = b.finish(&[e.dynamic_slice(&[i, i], &[2, 2])]).unwrap();
        fast(&check_on(&graph, &[x.clone(), index.clone()]));
        let b = Builder::new("dynamic_update_slice");
        let (e, i) = (b.input(f32s(&[5, 4])), b.input(ty(DType::I32, &[])));
        let u = b.input(f32s(&[2, 2]));
        let graph = b.finish(&[(e * 2.0).dynamic_update_slice(u, &[i, i])]).unwrap();
        let program = check_on(&graph, &[x, index, Array::full(DType::F32, [2, 2], 7.0)]);
        fast(&program);
        assert_eq!(program.arena_bytes(), 0, "in place: {program}");
    }

    // Rows of a table, and sums into them.
    let b = Builder::new("gather");
    let (table, rows) = (b.input(f32s(&[9, 4])), b.input(ty(DType::I32, &[2, 3])));
    let gather = Gather {
        offset_dims: vec![2],
        collapsed_slice_dims: vec![0],
        operand_batching_dims: vec![],
        start_indices_batching_dims: vec![],
        start_index_map: vec![0],
        index_vector_dim: 2,
        slice_sizes: vec![1, 4],
        indices_are_sorted: false,
    };
    fast(&check(&one(&b, gather, &[table, rows])));
    for reducer in [Reducer::Add, Reducer::Maximum] {
        let b = Builder::new("scatter");
        let (table, rows) = (b.input(f32s(&[9, 4])), b.input(ty(DType::I32, &[2, 3])));
        let updates = b.input(f32s(&[2, 3, 4]));
        let scatter = Scatter {
            update_window_dims: vec![2],
            inserted_window_dims: vec![0],
            input_batching_dims: vec![],
            scatter_indices_batching_dims: vec![],
            scatter_dims_to_operand_dims: vec![0],
            index_vector_dim: 2,
            indices_are_sorted: false,
            unique_indices: false,
            body: reducer.body(DType::F32),
        };
        fast(&check(&one(&b, scatter, &[table, rows, updates])));
    }
}

#[test]
fn reductions_of_all_kinds_and_axes() {
    let all = [&[][..], &[0], &[1], &[2], &[3], &[0, 1], &[2, 3], &[1, 2], &[0, 2], &[0, 1, 2, 3]];
    for axes in all {
        for (dtype, reducers) in [
            (DType::F32, &Reducer::ALL[..4]),
            (DType::I32, &Reducer::ALL[..]),
            (DType::Bool, &Reducer::ALL[..]),
            (DType::F16, &Reducer::ALL[..1]),
        ] {
            for &reducer in reducers {
                let b = Builder::new("reduce");
                let x = b.input(ty(dtype, &[2, 3, 1, 4]));
                check(&b.finish(&[x.reduce(reducer, axes)]).unwrap());
            }
        }
    }
    // An initial value that is not the identity.
    let b = Builder::new("initial");
    let (x, init) = (b.input(f32s(&[3, 4])), b.input(f32s(&[])));
    let op = Reduce { dimensions: vec![1], body: Reducer::Add.body(DType::F32) };
    check(&one(&b, op, &[x, init]));
}

fn body(f: impl for<'b> Fn(&'b Builder) -> Vec<Expr<'b>>) -> Arc<Graph> {
    let b = Builder::new("body");
    let outputs = f(&b);
    Arc::new(b.finish(&outputs).unwrap())
}

#[test]
fn while_loops() {
    // x doubles until it exceeds the limit; y is passed on; z is the last x.
    let condition = body(|b| {
        let (x, _, _, limit) =
            (b.input(f32s(&[])), b.input(f32s(&[3])), b.input(f32s(&[])), b.input(f32s(&[])));
        vec![x.lt(limit)]
    });
    let step = body(|b| {
        let (x, y, _, limit) =
            (b.input(f32s(&[])), b.input(f32s(&[3])), b.input(f32s(&[])), b.input(f32s(&[])));
        vec![x * 2.0, y + x.broadcast_in_dim([3], &[]), x, limit]
    });
    for limit in [0.5, 40.0] {
        let b = Builder::new("while");
        let inputs = [f32s(&[]), f32s(&[3]), f32s(&[]), f32s(&[])].map(|t| b.input(t));
        let graph = one(&b, While { condition: condition.clone(), body: step.clone() }, &inputs);
        let values = [
            Array::scalar(1f32),
            Array::full(DType::F32, [3], 0.5),
            Array::scalar(0f32),
            Array::scalar(limit as f32),
        ];
        fast(&check_on(&graph, &values));
    }
    // Carried values that change places.
    let condition = body(|b| {
        let (n, ..) = (b.input(ty(DType::I32, &[])), b.input(f32s(&[2])), b.input(f32s(&[2])));
        vec![n.gt(0.0)]
    });
    let step = body(|b| {
        let (n, x, y) = (b.input(ty(DType::I32, &[])), b.input(f32s(&[2])), b.input(f32s(&[2])));
        vec![n - 1.0, y, x]
    });
    for n in 0..4 {
        let b = Builder::new("swap");
        let inputs = [ty(DType::I32, &[]), f32s(&[2]), f32s(&[2])].map(|t| b.input(t));
        let graph = one(&b, While { condition: condition.clone(), body: step.clone() }, &inputs);
        let (x, y) = (Array::full(DType::F32, [2], 1.0), Array::full(DType::F32, [2], 2.0));
        fast(&check_on(&graph, &[Array::scalar(n), x, y]));
    }
}

#[test]
fn scans_forwards_and_backwards() {
    // A recurrence h' = tanh(x . w + h . u), all h collected.
    let step = body(|b| {
        let (h, w, u) = (b.input(f32s(&[2, 4])), b.input(f32s(&[3, 4])), b.input(f32s(&[4, 4])));
        let x = b.input(f32s(&[2, 3]));
        let h = (dot(x, w) + dot(h, u)).tanh();
        vec![h, h * 2.0]
    });
    for (length, reverse) in [(5, false), (5, true), (1, false), (4, true), (0, false)] {
        let b = Builder::new("scan");
        let (h, w, u) = (b.input(f32s(&[2, 4])), b.input(f32s(&[3, 4])), b.input(f32s(&[4, 4])));
        let x = b.input(f32s(&[length, 2, 3]));
        let op = Scan { length, carried: 1, constants: 2, reverse, body: step.clone() };
        let graph = one(&b, op, &[h, w, u, x]);
        let program = check(&graph);
        if length > 0 {
            fast(&program);
        }
    }
}

#[test]
fn branches() {
    let then = body(|b| {
        let x = b.input(f32s(&[4]));
        vec![x * 2.0, x]
    });
    let otherwise = body(|b| {
        let x = b.input(f32s(&[4]));
        vec![x.tanh(), x + 1.0]
    });
    for p in [true, false] {
        let b = Builder::new("if");
        let (c, x) = (b.input(ty(DType::Bool, &[])), b.input(f32s(&[4])));
        let op = If { then: then.clone(), otherwise: otherwise.clone() };
        let graph = one(&b, op, &[c, x]);
        let inputs = [Array::scalar(p), Array::from_fn(DType::F32, [4], |i| i as f64)];
        fast(&check_on(&graph, &inputs));
    }
}

#[test]
fn decompositions() {
    for dtype in [DType::F32, DType::F64] {
        let root = Array::from_fn(dtype, [2, 3, 3], |i| if i % 4 == 0 { 3.0 } else { 0.5 });
        for lower in [true, false] {
            let b = Builder::new("cholesky");
            let a = b.input(ty(dtype, &[2, 3, 3]));
            let graph = one(&b, Cholesky { lower }, &[a]);
            let spd =
                Array::from_fn(dtype, [2, 3, 3], |i| if (i % 9) % 4 == 0 { 3.0 } else { 0.5 });
            fast(&check_on(&graph, &[spd]));
            for (left_side, transpose_a) in [
                (true, SolveTranspose::NoTranspose),
                (false, SolveTranspose::NoTranspose),
                (true, SolveTranspose::Transpose),
                (false, SolveTranspose::Transpose),
            ] {
                let b = Builder::new("triangular_solve");
                let rhs: &[usize] = if left_side { &[2, 3, 2] } else { &[2, 2, 3] };
                let (a, x) = (b.input(ty(dtype, &[2, 3, 3])), b.input(ty(dtype, rhs)));
                let op = TriangularSolve { left_side, lower, unit_diagonal: false, transpose_a };
                let graph = one(&b, op, &[a, x]);
                let x = Array::from_fn(dtype, rhs, |i| i as f64 - 4.0);
                let a = Array::from_fn(dtype, [2, 3, 3], |i| {
                    root.to_f64_vec()[i].abs() + if (i % 9) % 4 == 0 { 2.0 } else { 0.0 }
                });
                fast(&check_on(&graph, &[a, x]));
            }
        }
    }
}

#[test]
fn reductions_with_bodies_of_their_own() {
    // The largest element and its index, together.
    let argmax = body(|b| {
        let scalar = |d| ty(d, &[]);
        let (x, i) = (b.input(scalar(DType::F32)), b.input(scalar(DType::I32)));
        let (y, j) = (b.input(scalar(DType::F32)), b.input(scalar(DType::I32)));
        let keep = x.ge(y);
        vec![keep.select(x, y), keep.select(i, j)]
    });
    for axes in [vec![1], vec![0], vec![0, 2], vec![2, 1, 0]] {
        let b = Builder::new("argmax");
        let x = b.input(f32s(&[3, 4, 5]));
        let i = b.apply(Iota { ty: ty(DType::I32, &[3, 4, 5]), dimension: 1 }, &[]);
        let lowest = b.constant(Array::scalar(f32::NEG_INFINITY));
        let none = b.constant(Array::scalar(-1i32));
        let op = Reduce { dimensions: axes, body: argmax.clone() };
        fast(&check(&one(&b, op, &[x, i, lowest, none])));
    }
    // A body with a constant.
    let b = Builder::new("decay");
    let decay = body(|b| {
        let (x, y) = (b.input(f32s(&[])), b.input(f32s(&[])));
        vec![x * 0.5 + y]
    });
    let (x, zero) = (b.input(f32s(&[6, 3])), b.constant(Array::scalar(0f32)));
    fast(&check(&one(&b, Reduce { dimensions: vec![0], body: decay }, &[x, zero])));
}

#[test]
fn windows() {
    let pool = Window {
        strides: vec![1, 2, 2, 1],
        padding: vec![(0, 0), (1, 0), (0, 1), (0, 0)],
        ..Window::new([1, 2, 3, 1], [1, 1, 1, 1])
    };
    for reducer in [Reducer::Add, Reducer::Maximum] {
        for init in [None, Some(0.5f32)] {
            let b = Builder::new("reduce_window");
            let x = b.input(f32s(&[2, 5, 6, 3]));
            let init = init.map_or(reducer.identity(DType::F32), Array::scalar);
            let init = b.constant(init);
            let op = ReduceWindow { window: pool.clone(), body: reducer.body(DType::F32) };
            fast(&check(&one(&b, op, &[x, init])));
        }
    }
    let b = Builder::new("max_pool_gradient");
    let x = b.input(f32s(&[2, 4, 6, 3]));
    let y = x.builder().input(f32s(&[2, 2, 3, 3]));
    let zero = b.constant(Array::scalar(0f32));
    let select = body(|b| {
        let (x, y) = (b.input(f32s(&[])), b.input(f32s(&[])));
        vec![x.ge(y)]
    });
    let op = SelectAndScatter {
        window: Window { strides: vec![1, 2, 2, 1], ..Window::new([1, 2, 2, 1], [1, 1, 1, 1]) },
        select,
        scatter: Reducer::Add.body(DType::F32),
    };
    fast(&check(&one(&b, op, &[x, y, zero])));
}

#[test]
fn sorts_and_random_bits() {
    for direction in [Direction::Lt, Direction::Gt] {
        let b = Builder::new("sort");
        let (x, i) = (b.input(f32s(&[3, 9])), b.input(ty(DType::I32, &[3, 9])));
        let comparator = Sort::comparator(&[DType::F32, DType::I32], direction);
        let op = Sort { dimension: 1, is_stable: true, comparator };
        fast(&check(&one(&b, op, &[x, i])));
    }
    let b = Builder::new("top_k");
    let x = b.input(f32s(&[3, 9]));
    fast(&check(&one(&b, TopK { k: 4 }, &[x])));
    for dtype in [DType::U8, DType::U16, DType::U32, DType::U64, DType::I32] {
        for (words, shape) in [(3, [3, 7]), (2, [40, 5])] {
            let b = Builder::new("bits");
            let state = b.input(ty(DType::U64, &[words]));
            let op = RngBitGenerator { algorithm: Algorithm::Philox, ty: ty(dtype, &shape) };
            fast(&check(&one(&b, op, &[state])));
        }
    }
}

/// Adam's update of one parameter as a composite.
fn adam(ty: &TensorType) -> Composite {
    let b = Builder::new("adam");
    let [p, m, v, g] = [(); 4].map(|()| b.input(ty.clone()));
    let scalars = [(); 4].map(|()| b.input(TensorType::scalar(ty.dtype)).id());
    let [alpha, beta_1, beta_2, epsilon] =
        scalars.map(|x| b.expr(x).broadcast_in_dim(ty.shape.clone(), &[]));
    let m = m + (g - m) * beta_1;
    let v = v + (g * g - v) * beta_2;
    let body = b.finish(&[p - m * alpha / (v.sqrt() + epsilon), m, v]).unwrap();
    Composite { name: "seodang.adam".into(), body: Arc::new(body), backward: Backward::Body }
}

#[test]
fn optimizer_updates_of_small_parameters_are_one_step() {
    for dtype in [DType::F32, DType::F64] {
        // Three small parameters and a large one; with constants, and with numbers that are inputs.
        for constant in [true, false] {
            let b = Builder::new("updates");
            let number = |x: f64| match constant {
                true => b.constant(Array::full(dtype, [], x)).id(),
                false => b.input(TensorType::scalar(dtype)).id(),
            };
            let numbers = [number(0.1), number(0.001), number(1e-7)];
            let alpha = b.input(TensorType::scalar(dtype)) * 1e-3;
            let mut outputs = Vec::new();
            let mut donations = Vec::new();
            let mut next = b.graph().inputs().len();
            for shape in [&[3, 4][..], &[7], &[200, 100], &[33]] {
                let [p, m, v, g] = [(); 4].map(|()| b.input(ty(dtype, shape)));
                let v = v * v;
                let [b1, b2, e] = numbers.map(|x| b.expr(x));
                let n = outputs.len();
                outputs.extend(b.apply_n(adam(&p.ty()), &[p, m, v, g, alpha, b1, b2, e]));
                donations.extend(
                    (0..3).map(|k| seodang_ir::Donation { input: next + k, output: n + k }),
                );
                next += 4;
            }
            let graph = b.finish(&outputs).unwrap().with_donations(donations).unwrap();
            let inputs: Vec<Array> = graph
                .input_types()
                .iter()
                .map(|t| {
                    let x = Random(3).array(t).to_f64_vec();
                    Array::from_fn(t.dtype, t.shape.clone(), |i| 0.5 + 0.2 * x[i])
                })
                .collect();
            let program = check_on(&graph, &inputs);
            fast(&program);
            let updates = program.steps().iter().filter(|s| *s == "adam").count();
            assert_eq!(updates, if constant { 2 } else { 0 }, "{program}");
            assert!(program.donated().iter().filter(|d| **d).count() >= 12, "{program}");
        }
    }
}
