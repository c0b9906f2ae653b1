//! What becomes one step.

mod common;

use common::{Random, check, check_to, dot, f32s};
use seodang_core::DType;
use seodang_ir::{Builder, Expr, Graph, TensorType, gradients};

fn softmax(x: Expr<'_>) -> Expr<'_> {
    let shape = x.shape();
    let e = (x - x.max(&[1]).broadcast_in_dim(shape.clone(), &[0])).exponential();
    e / e.sum(&[1]).broadcast_in_dim(shape, &[0])
}

#[test]
fn a_chain_of_elementwise_ops_is_one_step_in_place() {
    let b = Builder::new("chain");
    let x = b.input(f32s(&[10, 20]));
    let y = (x * 2.0 + 1.0).tanh().maximum(x) * x.exponential();
    let program = check(&b.finish(&[y, y.sum(&[0]), y.sum(&[1])]).unwrap());
    assert_eq!(program.step_count(), 1, "{program}");
    assert_eq!(program.arena_bytes(), 0, "{program}");
}

#[test]
fn softmax_and_layer_normalisation_are_one_step() {
    let b = Builder::new("softmax");
    let x = b.input(f32s(&[8, 30]));
    let program = check(&b.finish(&[softmax(x)]).unwrap());
    assert_eq!(program.step_count(), 1, "{program}");

    let b = Builder::new("layer_norm");
    let (x, gamma) = (b.input(f32s(&[4, 6, 30])), b.input(f32s(&[30])));
    let over = |v: Expr<'_>| v.broadcast_in_dim([4, 6, 30], &[0, 1]).id();
    let mean = b.expr(over(x.sum(&[2]) / 30.0));
    let centred = x - mean;
    let variance = (centred * centred).sum(&[2]) / 30.0;
    let scale = b.expr(over((variance + 1e-3).rsqrt()));
    let y = centred * scale * gamma.broadcast_in_dim([4, 6, 30], &[2]);
    let program = check(&b.finish(&[y]).unwrap());
    assert_eq!(program.step_count(), 1, "{program}");
}

#[test]
fn values_that_are_needed_before_and_after_a_product_do_not_make_a_cycle() {
    let b = Builder::new("cycle");
    let x = b.input(f32s(&[6, 6]));
    let y = x.tanh();
    let z = dot(y, y);
    let program = check(&b.finish(&[(z + y).exponential() * z, y]).unwrap());
    assert_eq!(program.step_count(), 3, "{program}");
}

#[test]
fn transposed_operands_cost_no_copy() {
    let b = Builder::new("transposed");
    let (x, y) = (b.input(f32s(&[5, 7])), b.input(f32s(&[6, 5])));
    let z = dot(x.transpose(&[1, 0]), y.transpose(&[1, 0]));
    let program = check(&b.finish(&[z]).unwrap());
    assert_eq!(program.step_count(), 1, "{program}");
}

/// One training step of 20-16-10 with softmax cross-entropy and Adam.
fn mlp_step() -> Graph {
    let (batch, sizes) = (8, [20, 16, 10]);
    let b = Builder::new("step");
    let x = b.input(f32s(&[batch, sizes[0]]));
    let labels = b.input(TensorType::new(DType::I32, [batch]));
    let step = b.input(f32s(&[]));
    let mut parameters = Vec::new();
    for l in 0..2 {
        parameters.push(b.input(f32s(&[sizes[l], sizes[l + 1]])));
        parameters.push(b.input(f32s(&[sizes[l + 1]])));
    }
    let dense = |x: Expr<'_>, l: usize| {
        let z = dot(b.expr(x.id()), parameters[2 * l]);
        let bias = parameters[2 * l + 1].broadcast_in_dim(z.shape(), &[1]);
        (z + bias).id()
    };
    let h = b.expr(dense(x, 0));
    let h = h.gt(0.0).select(h, h.zeros_like());
    let z = b.expr(dense(h, 1));
    let shape = z.shape();
    let shifted = z - z.max(&[1]).broadcast_in_dim(shape.clone(), &[0]);
    let log_sum = shifted.exponential().sum(&[1]).log();
    let log_p = shifted - log_sum.broadcast_in_dim(shape.clone(), &[0]);
    let classes = b.apply(
        seodang_ir::ops::Iota { ty: TensorType::new(DType::I32, shape.clone()), dimension: 1 },
        &[],
    );
    let hot = labels.broadcast_in_dim(shape, &[0]).eq(classes).convert(DType::F32);
    let loss = -(log_p * hot).sum(&[0, 1]) / batch as f64;
    let one = b.full(&f32s(&[]), 1.0);
    let grads = gradients(&b, &[(loss, one)], &parameters).unwrap();
    let t = step + 1.0;
    let (beta1, beta2) = (0.9, 0.999);
    let alpha = (1.0 - b.full(&f32s(&[]), beta2).power(t)).sqrt()
        / (1.0 - b.full(&f32s(&[]), beta1).power(t))
        * 1e-3;
    let mut outputs = vec![loss, t];
    for (p, g) in parameters.iter().zip(grads) {
        let g = g.unwrap();
        let (m, v) = (b.input(p.ty()), b.input(p.ty()));
        let m = m + (g - m) * (1.0 - beta1);
        let v = v + (g * g - v) * (1.0 - beta2);
        let alpha = alpha.broadcast_in_dim(p.shape(), &[]);
        outputs.extend([*p - m * alpha / (v.sqrt() + 1e-7), m, v]);
    }
    b.finish(&outputs).unwrap()
}

#[test]
fn a_training_step_is_a_handful_of_steps() {
    let program = check(&mlp_step());
    // Five products, three groups between them, one of single numbers, one update a parameter.
    assert!(program.step_count() <= 13, "{program}");
}

/// Gradients of a small convolutional network: convolution, ReLU, max pooling, dense.
fn cnn_gradients() -> Graph {
    use seodang_ir::ops::{ConvDims, Convolution, ReduceWindow, Reducer, Window};
    let b = Builder::new("cnn");
    let x = b.input(f32s(&[2, 8, 8, 1]));
    let (k1, b1) = (b.input(f32s(&[3, 3, 1, 4])), b.input(f32s(&[4])));
    let (k2, b2) = (b.input(f32s(&[3, 3, 4, 6])), b.input(f32s(&[6])));
    let (w, b3) = (b.input(f32s(&[6, 5])), b.input(f32s(&[5])));
    let conv = |x: Expr<'_>, k: Expr<'_>, bias: Expr<'_>| {
        let op = Convolution::new(ConvDims::channels_last(2));
        let z = b.expr(x.id()).convolution(b.expr(k.id()), op);
        let z = z + b.expr(bias.id()).broadcast_in_dim(z.shape(), &[3]);
        z.maximum(0.0).id()
    };
    let pool = |x: Expr<'_>| {
        let window =
            Window { strides: vec![1, 2, 2, 1], ..Window::new([1, 2, 2, 1], [1, 1, 1, 1]) };
        let init = b.constant(Reducer::Maximum.identity(DType::F32));
        let body = Reducer::Maximum.body(DType::F32);
        b.apply(ReduceWindow { window, body }, &[b.expr(x.id()), init]).id()
    };
    let h = b.expr(pool(b.expr(conv(x, k1, b1))));
    let h = b.expr(conv(h, k2, b2));
    let h = h.sum(&[1, 2]);
    let z = dot(h, w) + b3.broadcast_in_dim([2, 5], &[1]);
    let loss = (z * z).sum(&[0, 1]);
    let one = b.full(&f32s(&[]), 1.0);
    let grads = gradients(&b, &[(loss, one)], &[k1, b1, k2, b2, w, b3]).unwrap();
    let outputs: Vec<Expr<'_>> = grads.into_iter().map(Option::unwrap).chain([loss]).collect();
    b.finish(&outputs).unwrap()
}

#[test]
fn a_convolutional_network_runs_on_kernels_without_copies() {
    let graph = cnn_gradients();
    // Sums of hundreds of products, in another order than the reference's.
    let program = check_to(&graph, &Random(7).inputs(&graph), 1024.0);
    let text = program.to_string();
    assert!(!text.contains("eval ") && !text.contains("arrange"), "{graph}{program}");
}
