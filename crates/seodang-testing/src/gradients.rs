//! The gradient check: derivatives against central differences, in double precision, in random
//! directions, first and second order.
//!
//! For a program y(x) and fixed random weights w, the check differentiates
//! L(x) = sum w * (y + y^2 / 2), whose second derivative is not zero even where y is linear. A check
//! that a zero gradient would pass is no check: the derivative found by differences must be large
//! enough to tell.

use crate::table::{control::cell, numbers};
use seodang_core::{Array, DType, Result, Shape};
use seodang_ir::ops::*;
use seodang_ir::{Builder, Expr, Graph, Op, TensorType, evaluate, gradients};
use std::sync::Arc;

/// A program to differentiate.
pub struct GradientRow {
    /// The op it is for, then what is special about it.
    pub name: String,
    /// The program; of its outputs, the floating-point ones count.
    pub graph: Graph,
    /// The arguments: the point of differentiation.
    pub inputs: Vec<Array>,
    /// Which inputs are differentiated.
    pub wrt: Vec<usize>,
    /// Whether the second derivative is checked too.
    pub second_order: bool,
}

/// The step of the differences; errors are of the order of its square.
const STEP: f64 = 1e-4;

impl GradientRow {
    /// Checks first and, where the row asks for it, second order.
    ///
    /// # Errors
    /// What disagrees, in words.
    pub fn check(&self) -> std::result::Result<(), String> {
        let fail = |e: seodang_core::Error| format!("{}: {e:?}", self.name);
        let loss = self.loss().map_err(fail)?;
        self.compare(&loss, 11).map_err(|e| format!("{}: first order: {e}", self.name))?;
        if self.second_order {
            let slope = self.slope(&loss, 23).map_err(fail)?;
            self.compare(&slope, 37).map_err(|e| format!("{}: second order: {e}", self.name))?;
        }
        Ok(())
    }

    /// The scalar program L(x).
    fn loss(&self) -> Result<Graph> {
        let b = Builder::new("loss");
        let x: Vec<Expr<'_>> = self.inputs.iter().map(|a| b.input(TensorType::of(a))).collect();
        let outputs = b.inline(&self.graph, &x)?;
        let mut total = b.constant(Array::scalar(0f64));
        for (i, y) in outputs.into_iter().filter(|y| y.dtype().is_float()).enumerate() {
            let w = b.constant(numbers(DType::F64, y.shape(), 100 + i as u64));
            let all: Vec<usize> = (0..y.rank()).collect();
            let y = y.convert(DType::F64);
            total = total + (w * (y + y * y * 0.5)).sum(&all);
        }
        b.finish(&[total])
    }

    /// The scalar program that is the derivative of a scalar program in a random direction.
    fn slope(&self, program: &Graph, seed: u64) -> Result<Graph> {
        let b = Builder::new("slope");
        let x: Vec<Expr<'_>> = self.inputs.iter().map(|a| b.input(TensorType::of(a))).collect();
        let y = b.inline(program, &x)?[0];
        let sources: Vec<Expr<'_>> = self.wrt.iter().map(|&i| x[i]).collect();
        let found = gradients(&b, &[(y, y.ones_like())], &sources)?;
        let mut total = b.constant(Array::scalar(0f64));
        for ((dx, x), &i) in found.into_iter().zip(&sources).zip(&self.wrt) {
            let Some(dx) = dx else { continue };
            let v = b.constant(self.direction(i, seed));
            let all: Vec<usize> = (0..x.rank()).collect();
            total = total + (dx * v).sum(&all);
        }
        b.finish(&[total])
    }

    fn direction(&self, input: usize, seed: u64) -> Array {
        numbers(DType::F64, self.inputs[input].shape().clone(), seed + input as u64)
    }

    fn compare(&self, program: &Graph, seed: u64) -> std::result::Result<(), String> {
        let fail = |e: seodang_core::Error| format!("{e:?}");
        let slope = self.slope(program, seed).map_err(fail)?;
        let value = |graph: &Graph, inputs: &[Array]| -> std::result::Result<f64, String> {
            evaluate(graph, inputs).and_then(|y| y[0].item()).map_err(fail)
        };
        let found = value(&slope, &self.inputs)?;
        let at = |step: f64| {
            let mut inputs = self.inputs.clone();
            for &i in &self.wrt {
                let (x, v) = (inputs[i].to_f64_vec(), self.direction(i, seed).to_f64_vec());
                let shape = inputs[i].shape().clone();
                inputs[i] = Array::from_fn(DType::F64, shape, |k| x[k] + step * v[k]);
            }
            value(program, &inputs)
        };
        // Richardson's extrapolation removes the error of second order.
        let central = |h: f64| Ok::<f64, String>((at(h)? - at(-h)?) / (2.0 * h));
        let want = (4.0 * central(STEP)? - central(2.0 * STEP)?) / 3.0;
        if want.abs() < 1e-3 {
            return Err(format!("the derivative {want:e} is too close to zero to check anything"));
        }
        if (found - want).abs() > 1e-6 * want.abs().max(1.0) {
            return Err(format!("found {found:e}, differences give {want:e}"));
        }
        Ok(())
    }
}

struct Rows(Vec<GradientRow>);

impl Rows {
    fn add(
        &mut self,
        name: impl Into<String>,
        inputs: Vec<Array>,
        wrt: &[usize],
        build: impl for<'b> FnOnce(&'b Builder, &[Expr<'b>]) -> Vec<Expr<'b>>,
    ) -> &mut GradientRow {
        let name = name.into();
        let b = Builder::new(name.clone());
        let x: Vec<Expr<'_>> = inputs.iter().map(|a| b.input(TensorType::of(a))).collect();
        let outputs = build(&b, &x);
        let graph = b.finish(&outputs).unwrap_or_else(|e| panic!("row {name}: {e:?}"));
        self.0.push(GradientRow { name, graph, inputs, wrt: wrt.to_vec(), second_order: true });
        self.0.last_mut().expect("just added")
    }

    fn op(
        &mut self,
        name: impl Into<String>,
        op: impl Into<Op>,
        inputs: Vec<Array>,
        wrt: &[usize],
    ) {
        let op = op.into();
        self.add(name, inputs, wrt, |b, x| b.apply_n(op, x));
    }
}

fn f64s(shape: impl Into<Shape>, seed: u64) -> Array {
    numbers(DType::F64, shape, seed)
}

/// Distinct numbers that keep at least `1 / n` apart, in no order: for maxima, sorts and windows.
fn distinct(shape: impl Into<Shape>) -> Array {
    let shape = shape.into();
    let n = shape.size();
    Array::from_fn(DType::F64, shape, |i| ((i * 7919 + 13) % n) as f64 / n as f64 * 3.0 - 1.2)
}

/// Numbers in a range, without pattern.
fn within(low: f64, high: f64, shape: impl Into<Shape>, seed: u64) -> Array {
    let x = f64s(shape, seed);
    let v = x.to_f64_vec();
    Array::from_fn(DType::F64, x.shape().clone(), |i| low + (high - low) * (v[i] + 2.0) / 4.0)
}

/// Every row. Each op whose record has a rule has one: a test counts.
pub fn rows() -> Vec<GradientRow> {
    let mut rows = Rows(Vec::new());
    elementwise(&mut rows);
    shapes(&mut rows);
    linear(&mut rows);
    windows(&mut rows);
    indexing(&mut rows);
    control(&mut rows);
    rows.0
}

fn elementwise(rows: &mut Rows) {
    for &op in Unary::ALL {
        if !matches!(op.record().derivative, UnaryDerivative::Rule(_)) {
            continue;
        }
        let (low, high) = match op {
            Unary::Log | Unary::Sqrt | Unary::Rsqrt | Unary::Cbrt => (0.3, 3.0),
            Unary::LogPlusOne => (-0.7, 3.0),
            Unary::ErfInv => (-0.9, 0.9),
            Unary::Lgamma => (0.5, 4.0),
            Unary::Tan => (-1.2, 1.2),
            // Away from the corner at 0.
            Unary::Abs => (0.2, 2.0),
            _ => (-2.0, 2.0),
        };
        let name = op.record().mnemonic;
        rows.op(name, op, vec![within(low, high, [3, 4], 1)], &[0]);
        if op == Unary::Abs {
            rows.op("abs/negative", op, vec![within(-2.0, -0.2, [3, 4], 1)], &[0]);
        }
        // The second derivative of lgamma needs that of digamma, which is not in the op set.
        if op == Unary::Lgamma {
            rows.0.last_mut().expect("just added").second_order = false;
        }
    }
    for &op in Binary::ALL {
        if !matches!(op.record().derivative, BinaryDerivative::Rule(_)) {
            continue;
        }
        let name = op.record().mnemonic;
        let (a, b) = match op {
            Binary::Power => (within(0.3, 2.0, [3, 4], 1), f64s([3, 4], 2)),
            Binary::Divide => (f64s([3, 4], 1), within(0.5, 2.0, [3, 4], 2)),
            // Quotients keep clear of integers, where the remainder jumps.
            Binary::Remainder => (within(2.2, 2.9, [3, 4], 1), within(0.95, 1.05, [3, 4], 2)),
            _ => (f64s([3, 4], 1), f64s([3, 4], 2)),
        };
        rows.op(name, op, vec![a, b], &[0, 1]);
    }
    let negative = vec![within(-2.9, -2.2, [3, 4], 1), within(0.95, 1.05, [3, 4], 2)];
    rows.op("remainder/negative", Binary::Remainder, negative, &[0, 1]);
    let p = numbers(DType::Bool, [3, 4], 3);
    rows.op("select", Select, vec![p, f64s([3, 4], 1), f64s([3, 4], 2)], &[1, 2]);
    let limits = |shape: &[usize]| {
        vec![within(-1.1, -0.9, shape, 5), f64s([3, 5], 1), within(0.9, 1.1, shape, 6)]
    };
    rows.op("clamp", Clamp, limits(&[3, 5]), &[0, 1, 2]);
    rows.op("clamp/scalar", Clamp, limits(&[]), &[0, 1, 2]);
    rows.add("convert", vec![f64s([3], 1)], &[0], |_, x| vec![x[0].convert(DType::F64) * x[0]]);
    rows.op("convert/same", Convert { dtype: DType::F64 }, vec![f64s([3], 1)], &[0]);
}

fn shapes(rows: &mut Rows) {
    let x = || f64s([2, 3, 4], 1);
    rows.op("reshape", Reshape { shape: Shape::from([4, 6]) }, vec![x()], &[0]);
    rows.op("transpose", Transpose { permutation: vec![2, 0, 1] }, vec![x()], &[0]);
    rows.op("reverse", Reverse { dimensions: vec![0, 2] }, vec![x()], &[0]);
    for (i, (from, to, dimensions)) in [
        (vec![3], vec![2, 3], vec![1]),
        (vec![1, 3], vec![4, 3], vec![0, 1]),
        (vec![2, 3], vec![3, 4, 2], vec![2, 0]),
        (vec![3, 3], vec![3, 3], vec![1, 0]),
        (vec![], vec![2, 2], vec![]),
        (vec![1, 2], vec![2, 2, 5], vec![2, 0]),
    ]
    .into_iter()
    .enumerate()
    {
        let op = BroadcastInDim { shape: to.into(), dimensions };
        rows.op(format!("broadcast_in_dim/{i}"), op, vec![f64s(from, 2)], &[0]);
    }
    let slice = |start: [usize; 3], limit: [usize; 3], strides: [usize; 3]| Slice {
        start: start.to_vec(),
        limit: limit.to_vec(),
        strides: strides.to_vec(),
    };
    rows.op("slice", slice([1, 0, 1], [2, 3, 3], [1, 1, 1]), vec![x()], &[0]);
    rows.op("slice/strided", slice([0, 0, 0], [2, 3, 4], [1, 2, 3]), vec![x()], &[0]);
    for (i, (low, high, interior)) in [
        ([1, 0, 2], [0, 3, 1], [0, 0, 0]),
        ([0, 0, 0], [0, 0, 0], [1, 2, 0]),
        ([2, -1, 1], [-1, 2, -2], [1, 1, 2]),
    ]
    .into_iter()
    .enumerate()
    {
        let op = Pad { low: low.to_vec(), high: high.to_vec(), interior: interior.to_vec() };
        rows.op(format!("pad/{i}"), op, vec![x(), f64s([], 3)], &[0, 1]);
    }
    let parts = vec![f64s([2, 1, 4], 1), f64s([2, 3, 4], 2), f64s([2, 2, 4], 3)];
    rows.op("concatenate", Concatenate { dimension: 1 }, parts, &[0, 1, 2]);
    for (i, at) in [[0i32, 1, 1], [-3, 9, 1]].into_iter().enumerate() {
        let at: Vec<Array> = at.into_iter().map(Array::scalar).collect();
        let op = DynamicSlice { sizes: vec![1, 2, 2] };
        rows.op(format!("dynamic_slice/{i}"), op, [vec![x()], at.clone()].concat(), &[0]);
        let inputs = [vec![x(), f64s([1, 2, 2], 4)], at].concat();
        rows.op(format!("dynamic_update_slice/{i}"), DynamicUpdateSlice, inputs, &[0, 1]);
    }
}

fn linear(rows: &mut Rows) {
    let dot = |lb: &[usize], rb: &[usize], lc: &[usize], rc: &[usize]| DotGeneral {
        lhs_batching: lb.to_vec(),
        rhs_batching: rb.to_vec(),
        lhs_contracting: lc.to_vec(),
        rhs_contracting: rc.to_vec(),
        result: None,
    };
    let cases: [(&str, &[usize], &[usize], DotGeneral); 6] = [
        ("matrix", &[3, 4], &[4, 2], dot(&[], &[], &[1], &[0])),
        ("transposed", &[4, 3], &[2, 4], dot(&[], &[], &[0], &[1])),
        ("inner", &[5], &[5], dot(&[], &[], &[0], &[0])),
        ("batched", &[3, 2, 4], &[4, 2, 2], dot(&[1], &[2], &[2], &[0])),
        ("two_batches", &[2, 3, 4, 2], &[3, 2, 2, 4], dot(&[0, 1], &[1, 0], &[3], &[2])),
        ("two_contracted", &[2, 3, 4], &[4, 2, 3], dot(&[], &[], &[2, 0], &[0, 1])),
    ];
    for (name, a, b, op) in cases {
        rows.op(format!("dot_general/{name}"), op, vec![f64s(a, 1), f64s(b, 2)], &[0, 1]);
    }
    let two = || Convolution::new(ConvDims::channels_last(2));
    let cases: [(&str, &[usize], &[usize], Convolution); 13] = [
        ("valid", &[2, 4, 5, 2], &[3, 2, 2, 3], two()),
        ("same", &[1, 4, 4, 2], &[3, 3, 2, 2], Convolution { padding: vec![(1, 1); 2], ..two() }),
        (
            "stride",
            &[1, 6, 7, 2],
            &[3, 2, 2, 2],
            Convolution { strides: vec![2, 3], padding: vec![(0, 1), (1, 0)], ..two() },
        ),
        (
            "dilated",
            &[1, 7, 7, 1],
            &[3, 2, 1, 2],
            Convolution { rhs_dilation: vec![2, 3], ..two() },
        ),
        (
            "spread",
            &[1, 3, 3, 2],
            &[2, 3, 2, 1],
            Convolution { lhs_dilation: vec![2, 2], padding: vec![(2, 1); 2], ..two() },
        ),
        (
            "cropped",
            &[1, 6, 6, 1],
            &[2, 2, 1, 2],
            Convolution { padding: vec![(-1, 1), (0, -2)], ..two() },
        ),
        (
            "reversed",
            &[1, 4, 5, 2],
            &[3, 2, 2, 2],
            Convolution { reversal: vec![true, false], strides: vec![1, 2], ..two() },
        ),
        (
            "transposed",
            &[2, 3, 4, 2],
            &[3, 2, 3, 2],
            Convolution {
                lhs_dilation: vec![2, 3],
                rhs_dilation: vec![2, 1],
                padding: vec![(3, 2), (-1, 2)],
                reversal: vec![true; 2],
                ..Convolution::new(ConvDims {
                    kernel_input_feature: 3,
                    kernel_output_feature: 2,
                    ..ConvDims::channels_last(2)
                })
            },
        ),
        (
            "transposed_channels_first",
            &[2, 2, 3, 3],
            &[3, 3, 2, 2],
            Convolution {
                lhs_dilation: vec![1, 2],
                padding: vec![(1, 1), (2, 3)],
                reversal: vec![true; 2],
                ..Convolution::new(ConvDims::channels_first(2))
            },
        ),
        ("groups", &[1, 4, 4, 4], &[2, 2, 2, 6], Convolution { feature_group_count: 2, ..two() }),
        (
            "depthwise",
            &[1, 4, 4, 3],
            &[2, 2, 1, 6],
            Convolution { feature_group_count: 3, strides: vec![2, 1], ..two() },
        ),
        (
            "batch_groups",
            &[4, 4, 4, 2],
            &[2, 2, 2, 4],
            Convolution { batch_group_count: 2, ..two() },
        ),
        (
            "channels_first",
            &[1, 2, 4, 4],
            &[3, 3, 2, 2],
            Convolution {
                padding: vec![(1, 1); 2],
                ..Convolution::new(ConvDims::channels_first(2))
            },
        ),
    ];
    for (name, x, k, op) in cases {
        rows.op(format!("convolution/{name}"), op, vec![f64s(x, 1), f64s(k, 2)], &[0, 1]);
    }
    // Matrices with a strong diagonal are positive definite and well conditioned.
    let strong = |shape: &[usize]| {
        let (x, n) = (f64s(shape, 3).to_f64_vec(), shape[shape.len() - 1]);
        Array::from_fn(DType::F64, shape, |i| {
            0.3 * x[i] + if i / n % n == i % n { 3.0 } else { 0.0 }
        })
    };
    for lower in [true, false] {
        rows.op(format!("cholesky/{lower}"), Cholesky { lower }, vec![strong(&[2, 3, 3])], &[0]);
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
        let b = if on(0) { [2, 3, 2] } else { [2, 2, 3] };
        let inputs = vec![strong(&[2, 3, 3]), f64s(b, 4)];
        rows.op(format!("triangular_solve/{bits:04b}"), op, inputs, &[0, 1]);
    }
}

fn windows(rows: &mut Rows) {
    for reducer in [Reducer::Add, Reducer::Multiply, Reducer::Maximum, Reducer::Minimum] {
        for dimensions in [vec![], vec![1], vec![0, 2]] {
            let x = match reducer {
                Reducer::Multiply => within(0.6, 1.4, [2, 3, 2], 1),
                _ => distinct([2, 3, 2]),
            };
            rows.add(format!("reduce/{reducer:?}/{dimensions:?}"), vec![x], &[0], |_, x| {
                vec![x[0].reduce(reducer, &dimensions)]
            });
        }
    }
    // One zero, two zeros, none: the product rule must not divide by them.
    let zeros =
        Array::from_vec([3, 3], vec![0.0, 1.5, 2.0, 0.0, 0.0, 3.0, 0.5, 2.0, 1.2]).expect("9");
    let row = rows.add("reduce/product_with_zeros", vec![zeros], &[0], |_, x| {
        vec![x[0].reduce(Reducer::Multiply, &[1])]
    });
    // At two zeros the second derivative is lost by the rule; the first is exact.
    row.second_order = false;
    let one = Array::from_vec([2, 3], vec![0.0, 1.5, 2.0, 0.7, 0.0, 3.0]).expect("6");
    rows.add("reduce/product_with_a_zero", vec![one], &[0], |_, x| {
        vec![x[0].reduce(Reducer::Multiply, &[1])]
    });
    let pool = || Window::new([1, 2, 2, 1], [1, 2, 2, 1]);
    let overlapping = || Window {
        padding: vec![(0, 0), (1, 0), (0, 1), (0, 0)],
        ..Window::new([1, 3, 2, 1], [1, 2, 1, 1])
    };
    for (name, window) in [("pool", pool()), ("overlapping", overlapping())] {
        for reducer in [Reducer::Add, Reducer::Maximum, Reducer::Minimum] {
            let window = window.clone();
            let x = distinct([1, 4, 5, 2]);
            rows.add(format!("reduce_window/{name}/{reducer:?}"), vec![x], &[0], |b, x| {
                let initial = b.constant(reducer.identity(DType::F64));
                let body = reducer.body(DType::F64);
                vec![b.apply(ReduceWindow { window, body }, &[x[0], initial])]
            });
        }
    }
    let dilated = Window {
        base_dilations: vec![2, 1],
        window_dilations: vec![1, 2],
        padding: vec![(1, 2), (0, 1)],
        ..Window::new([3, 2], [1, 2])
    };
    rows.add("reduce_window/dilated", vec![f64s([4, 5], 1)], &[0], |b, x| {
        let initial = b.constant(Array::scalar(0f64));
        let body = Reducer::Add.body(DType::F64);
        vec![b.apply(ReduceWindow { window: dilated, body }, &[x[0], initial])]
    });
    let op = SelectAndScatter {
        window: pool(),
        select: SelectAndScatter::selector(Direction::Ge, DType::F64),
        scatter: Reducer::Add.body(DType::F64),
    };
    let inputs = vec![distinct([1, 4, 4, 2]), f64s([1, 2, 2, 2], 2), Array::scalar(0f64)];
    rows.op("select_and_scatter", op, inputs, &[1]);
}

fn indexing(rows: &mut Rows) {
    let rows_at =
        |values: &[i32]| Array::from_vec([values.len(), 1], values.to_vec()).expect("list");
    let gather = |n: usize| Gather {
        offset_dims: vec![1],
        collapsed_slice_dims: vec![0],
        start_index_map: vec![0],
        index_vector_dim: 1,
        slice_sizes: vec![1, n],
        ..Gather::default()
    };
    let repeated = rows_at(&[2, 0, 2, 4]);
    rows.op("gather", gather(3), vec![f64s([5, 3], 1), repeated.clone()], &[0]);
    let outside = rows_at(&[-4, 1, 99]);
    rows.op("gather/clamped", gather(3), vec![f64s([5, 3], 1), outside.clone()], &[0]);
    rows.op(
        "gather/embedding",
        Gather::rows(&[5, 3], 2),
        vec![f64s([5, 3], 1), crate::table::indices([2, 2], 5, false, 3)],
        &[0],
    );
    let scatter = |body: Arc<Graph>| Scatter {
        update_window_dims: vec![1],
        inserted_window_dims: vec![0],
        input_batching_dims: vec![],
        scatter_indices_batching_dims: vec![],
        scatter_dims_to_operand_dims: vec![0],
        index_vector_dim: 1,
        indices_are_sorted: false,
        unique_indices: false,
        body,
    };
    for (name, at) in [("repeated", repeated), ("outside", outside)] {
        let n = at.shape()[0];
        for (kind, body) in
            [("add", Reducer::Add.body(DType::F64)), ("replace", Scatter::replace(DType::F64))]
        {
            let inputs = vec![f64s([5, 3], 1), at.clone(), f64s([n, 3], 2)];
            rows.op(format!("scatter/{kind}/{name}"), scatter(body), inputs, &[0, 2]);
        }
    }
    let sort = |dimension| Sort {
        dimension,
        is_stable: true,
        comparator: Sort::comparator(&[DType::F64, DType::F64], Direction::Lt),
    };
    for dimension in [0, 1] {
        let inputs = vec![distinct([3, 4]), f64s([3, 4], 2)];
        rows.op(format!("sort/{dimension}"), sort(dimension), inputs, &[0, 1]);
    }
    rows.op("top_k", TopK { k: 2 }, vec![distinct([3, 5])], &[0]);
}

fn control(rows: &mut Rows) {
    for reverse in [false, true] {
        let op = Scan { length: 3, carried: 2, constants: 1, reverse, body: cell(DType::F64) };
        let inputs =
            vec![f64s([2, 3], 1), Array::scalar(0i32), f64s([3, 3], 2), f64s([3, 2, 3], 3)];
        rows.op(format!("scan/{reverse}"), op, inputs, &[0, 2, 3]);
    }
    let branch = |name: &str, build: for<'b> fn(Expr<'b>, Expr<'b>) -> Expr<'b>| {
        let b = Builder::new(name);
        let [x, y] = [(); 2].map(|()| b.input(TensorType::new(DType::F64, [3])));
        Arc::new(b.finish(&[build(x, y)]).expect("a branch"))
    };
    let then = branch("then", |x, y| x.exponential() * y);
    let otherwise = branch("otherwise", |x, _| x * x);
    for choice in [true, false] {
        let op = If { then: then.clone(), otherwise: otherwise.clone() };
        let inputs = vec![Array::scalar(choice), f64s([3], 1), f64s([3], 2)];
        rows.op(format!("if/{choice}"), op, inputs, &[1, 2]);
    }
    let body = branch("body", |x, y| (x * y).tanh());
    let plain =
        Composite { name: "test.body".into(), body: body.clone(), backward: Backward::Body };
    rows.op("composite/body", plain, vec![f64s([3], 1), f64s([3], 2)], &[0, 1]);
    // The same derivative, written out.
    let b = Builder::new("backward");
    let [x, y, out, dy] = [(); 4].map(|()| b.input(TensorType::new(DType::F64, [3])));
    let d = dy * (1.0 - out * out);
    let backward = Backward::Graph(Arc::new(b.finish(&[d * y, d * x]).expect("a backward graph")));
    let custom = Composite { name: "test.custom".into(), body, backward };
    rows.op("composite/custom", custom, vec![f64s([3], 1), f64s([3], 2)], &[0, 1]);
}
