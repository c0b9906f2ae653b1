//! A training step is one program: forward pass, loss, gradients, update, metrics.

use seodang_core::random::Stream;
use seodang_core::{Array, DType, Lang};
use seodang_nn::Choice;
use seodang_nn::layers::{BatchNormalization, BuildContext, CallContext, Dense, Dropout, LayerRef};
use seodang_nn::losses::Loss;
use seodang_nn::metrics::MetricRef;
use seodang_nn::optimizers::{Adam, OptimizerRef, SGD};
use seodang_nn::schedules::ExponentialDecay;
use seodang_tensor::random::RandomState;
use seodang_tensor::{Function, Tensor, TensorType, Variable, variable_gradients};
use std::sync::Arc;

struct Training {
    layers: Vec<LayerRef>,
    optimizer: Arc<OptimizerRef>,
    metric: Arc<MetricRef>,
    step: Function,
}

/// A small network and its step.
fn training(optimizer: OptimizerRef, constraint: bool) -> Training {
    let mut first = Dense::new(8).activation("relu").kernel_regularizer("l2");
    if constraint {
        first = first.kernel_constraint("non_neg");
    }
    let layers = vec![
        LayerRef::new(first.name("first")).unwrap(),
        LayerRef::new(BatchNormalization::new().name("norm")).unwrap(),
        LayerRef::new(Dropout::new(0.1).name("drop")).unwrap(),
        LayerRef::new(Dense::new(3).name("logits")).unwrap(),
    ];
    let mut stream = Stream::new(5, 0);
    let mut cx = BuildContext::new("net", &mut stream);
    let mut shapes = vec![vec![None, Some(4)].into()];
    for layer in &layers {
        layer.build_in(&mut cx, &shapes).unwrap();
        shapes = layer.output_shapes(&shapes).unwrap();
    }
    let weights: Vec<_> = layers.iter().flat_map(|l| l.trainable_weights()).collect();
    let paths: Vec<&str> = weights.iter().map(|w| w.path.as_str()).collect();
    let expected = ["net/first/kernel", "net/first/bias", "net/norm/gamma", "net/norm/beta"];
    assert_eq!(paths[..4], expected);
    let mut optimizer = optimizer;
    optimizer.build(&weights).unwrap();
    let (optimizer, metric) = (
        Arc::new(optimizer),
        Arc::new(MetricRef::new("sparse_categorical_accuracy").unwrap().named("accuracy")),
    );
    let random = RandomState::new(3).unwrap();
    let loss: Choice<dyn Loss> =
        seodang_nn::losses::SparseCategoricalCrossentropy::new().from_logits(true).into();
    let variables: Vec<Variable> = weights.iter().map(|w| w.variable.clone()).collect();
    let (l, o, m) = (layers.clone(), optimizer.clone(), metric.clone());
    let step = Function::new("step", move |data: &[Tensor]| {
        let mut cx = CallContext::new(true, Some(random.clone()));
        let mut x = data[0].clone();
        for layer in &l {
            x = layer.call(&mut cx, &[x])?.remove(0);
        }
        let mut total = loss.get()?.compute(&data[1], &x, None)?;
        for layer in &l {
            for penalty in layer.regularization_losses()? {
                total = (total + penalty)?;
            }
        }
        o.apply(&variable_gradients(&o.scale_loss(&total)?, &variables)?)?;
        m.update(&data[1], &x, None)?;
        Ok(vec![total, m.result()?])
    });
    Training { layers, optimizer, metric, step }
}

fn data() -> [Tensor; 2] {
    let mut stream = Stream::new(11, 0);
    let x = stream.array(DType::F32, [30, 4], |s| s.normal());
    let rows = x.to_f64_vec();
    let y: Vec<i32> =
        rows.chunks(4).map(|r| i32::from(r[0] > 0.3) + i32::from(r[1] > 0.0)).collect();
    let y = Array::from_vec([30], y).unwrap();
    [Tensor::from_array(&x).unwrap(), Tensor::from_array(&y).unwrap()]
}

#[test]
fn a_step_is_one_program_with_the_fused_adam_update() {
    let t = training(OptimizerRef::new(Adam::new(0.05)).unwrap(), false);
    let types = [TensorType::new(DType::F32, [30, 4]), TensorType::new(DType::I32, [30])];
    let text = t.step.graph(&types).unwrap().to_string();
    assert_eq!(text.matches("\"seodang.adam\"").count(), 6, "{text}");

    let data = data();
    let mut losses = Vec::new();
    for _ in 0..60 {
        let results = t.step.call(&data).unwrap();
        losses.push(results[0].item().unwrap());
    }
    assert!(losses[59] < 0.4 * losses[0], "{} to {}", losses[0], losses[59]);
    t.metric.reset().unwrap();
    t.step.call(&data).unwrap();
    assert!(t.metric.result().unwrap().item().unwrap() > 0.9);
    assert_eq!(t.metric.name(), "accuracy");
    assert_eq!(t.optimizer.iterations().unwrap(), 61);
    let names: Vec<String> = t.optimizer.variables().iter().map(|v| v.name().to_string()).collect();
    let first = ["adam/iteration", "adam/learning_rate", "adam/net_first_kernel_momentum"];
    assert_eq!(names[..3], first);
    assert_eq!(names[3], "adam/net_first_kernel_velocity");

    // Another learning rate is another input, not another program.
    let traces = t.step.traces();
    t.optimizer.set_learning_rate(0.0).unwrap();
    let before = t.layers[0].get_weights().unwrap();
    t.step.call(&data).unwrap();
    let bits = |a: Vec<Array>| a.iter().flat_map(Array::to_f64_vec).collect::<Vec<_>>();
    assert_eq!(bits(before), bits(t.layers[0].get_weights().unwrap()));
    assert_eq!(t.step.traces(), traces);
    assert_eq!(t.optimizer.serialize().unwrap()["config"]["learning_rate"], 0.0);
}

#[test]
fn a_schedule_runs_inside_the_program() {
    let schedule = ExponentialDecay::new(0.5, 1.0, 0.5);
    let t = training(OptimizerRef::new(SGD::new(schedule)).unwrap(), false);
    let data = data();
    for i in 0..4 {
        assert_eq!(t.optimizer.learning_rate().unwrap(), 0.5f64.powi(i + 1));
        t.step.call(&data).unwrap();
    }
    assert_eq!(t.step.traces(), 1);
    let e = t.optimizer.set_learning_rate(0.1).unwrap_err();
    assert!(e.render(Lang::En).contains("comes from a schedule"), "{e}");
    let saved = t.optimizer.serialize().unwrap();
    assert_eq!(saved["config"]["learning_rate"]["class_name"], "ExponentialDecay");
}

#[test]
fn constraints_hold_after_each_step() {
    let t = training(OptimizerRef::new(SGD::new(0.3).momentum(0.9)).unwrap(), true);
    let data = data();
    for _ in 0..5 {
        t.step.call(&data).unwrap();
        let kernel = t.layers[0].get_weights().unwrap().remove(0).to_f64_vec();
        assert!(kernel.iter().all(|&w| w >= 0.0));
        assert!(kernel.iter().any(|&w| w > 0.0));
    }
}
