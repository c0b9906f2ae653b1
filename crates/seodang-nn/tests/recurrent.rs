//! Recurrent layers: what goldens do not show. Masks, states, directions, training.

use seodang_core::random::Stream;
use seodang_core::{Array, DType};
use seodang_nn::layers::*;
use seodang_nn::optimizers::Adam;
use seodang_nn::{Dims, Evaluate, Fit, Model, Sequential, Verbose};
use seodang_tensor::random::RandomState;
use seodang_tensor::{Function, Tensor, gradients};

fn built(layer: impl Into<LayerRef>, dims: &[Dims]) -> LayerRef {
    let layer = layer.into();
    let mut stream = Stream::new(1, 0);
    layer.build_in(&mut BuildContext::new("", &mut stream), dims).unwrap();
    layer
}

fn random(shape: &[usize], seed: u64) -> Tensor {
    let mut stream = Stream::new(seed, 0);
    let n = shape.iter().product();
    let values: Vec<f64> = (0..n).map(|_| stream.normal()).collect();
    Tensor::from_array(&Array::from_fn(DType::F64, shape.to_vec(), |i| values[i])).unwrap()
}

fn close(a: &Tensor, b: &Tensor) {
    assert_eq!(a.shape(), b.shape());
    for (x, y) in a.to_f64_vec().unwrap().iter().zip(b.to_f64_vec().unwrap()) {
        assert!((x - y).abs() < 1e-6, "{x} {y}");
    }
}

fn mask(rows: &[&[bool]]) -> Tensor {
    let all: Vec<bool> = rows.concat();
    Tensor::from_array(&Array::from_slice([rows.len(), rows[0].len()], &all).unwrap()).unwrap()
}

fn every_kind(make: impl Fn(usize) -> LayerRef) {
    for kind in 0..3 {
        let layer = make(kind);
        // Steps after the end of a row, marked by the mask, change nothing.
        let x = random(&[2, 5, 3], 1);
        let short = x.slice(&[(..).into(), (..3).into()]).unwrap();
        let m = mask(&[&[true, true, true, false, false][..]; 2]);
        let mut cx = CallContext::new(false, None);
        let (all, masks) =
            layer.call_masked(&mut cx, std::slice::from_ref(&x), &[Some(m.clone())]).unwrap();
        let want = layer.call(&mut cx, &[short]).unwrap();
        for (a, b) in all.iter().zip(&want) {
            close(a, b);
        }
        assert!(masks.iter().all(Option::is_none));

        // And their inputs get no gradient; the others do.
        let inner = layer.clone();
        let f = Function::new("g", move |x: &[Tensor]| {
            let mut cx = CallContext::new(false, None);
            let (y, _) = inner.call_masked(&mut cx, &x[..1], &[Some(x[1].clone())])?;
            Ok(vec![gradients(&y[0].square()?.sum(&[], false)?, &x[..1])?.remove(0).unwrap()])
        });
        let g = f.call(&[x.cast(DType::F32).unwrap(), m]).unwrap().remove(0);
        let sizes = g.abs().unwrap().sum(&[0, 2], false).unwrap().to_f64_vec().unwrap();
        assert!(sizes[..3].iter().all(|&s| s > 1e-3), "{sizes:?}");
        assert!(sizes[3..].iter().all(|&s| s == 0.0), "{sizes:?}");
    }
}

#[test]
fn steps_that_do_not_count_change_nothing() {
    every_kind(|kind| {
        let dims = [[2, 5, 3].into()];
        match kind {
            0 => built(SimpleRNN::new(4usize).return_state(true), &dims),
            1 => built(LSTM::new(4usize).return_state(true), &dims),
            _ => built(GRU::new(4usize).return_state(true), &dims),
        }
    });
}

#[test]
fn a_sequence_keeps_its_mask() {
    let layer = built(LSTM::new(2usize).return_sequences(true), &[[1, 3, 2].into()]);
    let m = mask(&[&[true, false, true]]);
    let x = random(&[1, 3, 2], 4);
    let mut cx = CallContext::new(false, None);
    let (y, masks) = layer.call_masked(&mut cx, &[x], &[Some(m)]).unwrap();
    assert_eq!(masks[0].as_ref().unwrap().to_f64_vec().unwrap(), [1.0, 0.0, 1.0]);
    // A step that does not count shows the output of the one before.
    let v = y[0].to_f64_vec().unwrap();
    assert_eq!(v[..2], v[2..4]);
    assert_ne!(v[2..4], v[4..]);
}

#[test]
fn a_stateful_layer_goes_on_where_it_stopped() {
    let dims: [Dims; 1] = [[2, 3, 2].into()];
    let layer = built(GRU::new(4usize).stateful(true), &dims);
    let whole = built(GRU::new(4usize), &[[2, 6, 2].into()]);
    whole.set_weights(&layer.get_weights().unwrap()).unwrap();
    assert_eq!(layer.weights().len(), 3, "states are no weights");
    let x = random(&[2, 6, 2], 2);
    let halves = x.split(2, 1).unwrap();
    let mut cx = CallContext::new(false, None);
    let first = layer.call(&mut cx, &halves[..1]).unwrap().remove(0);
    let second = layer.call(&mut cx, &halves[1..]).unwrap().remove(0);
    close(&second, &whole.call(&mut cx, &[x]).unwrap()[0]);
    layer.reset_states().unwrap();
    close(&first, &layer.call(&mut cx, &halves[..1]).unwrap()[0]);
    let e = layer.call(&mut cx, &[random(&[3, 3, 2], 2)]).err().unwrap().to_string();
    assert!(e.contains("one size"), "{e}");
}

#[test]
fn states_can_be_given() {
    let dims: [Dims; 3] = [[2, 3, 2].into(), [2, 4].into(), [2, 4].into()];
    let layer = built(LSTM::new(4usize).return_state(true), &dims);
    let x = random(&[2, 3, 2], 3);
    let mut cx = CallContext::new(false, None);
    let zero = Tensor::zeros(DType::F32, [2, 4]).unwrap();
    let given = layer.call(&mut cx, &[x.clone(), zero.clone(), zero.clone()]).unwrap();
    let plain = layer.call(&mut cx, std::slice::from_ref(&x)).unwrap();
    close(&given[0], &plain[0]);
    let moved = layer.call(&mut cx, &[x.clone(), plain[1].clone(), plain[2].clone()]).unwrap();
    assert_ne!(moved[0].to_f64_vec().unwrap(), plain[0].to_f64_vec().unwrap());
    let e = layer.call(&mut cx, &[x, zero]).err().unwrap().to_string();
    assert!(e.contains("initial"), "{e}");
}

#[test]
fn dropout_of_inputs_and_states_is_the_same_for_all_steps() {
    for (dropout, recurrent) in [(0.5, 0.0), (0.0, 0.5), (0.3, 0.3)] {
        for kind in 0..3 {
            let dims = [[2, 3, 4].into()];
            let layer = match kind {
                0 => built(
                    SimpleRNN::new(4usize).dropout(dropout).recurrent_dropout(recurrent),
                    &dims,
                ),
                1 => built(LSTM::new(4usize).dropout(dropout).recurrent_dropout(recurrent), &dims),
                _ => built(GRU::new(4usize).dropout(dropout).recurrent_dropout(recurrent), &dims),
            };
            let x = random(&[2, 3, 4], 5);
            let call = |training: bool, seed: u64| {
                let mut cx = CallContext::new(training, Some(RandomState::new(seed).unwrap()));
                layer.call(&mut cx, std::slice::from_ref(&x)).unwrap()[0].to_f64_vec().unwrap()
            };
            assert_eq!(call(true, 1), call(true, 1));
            assert_ne!(call(true, 1), call(true, 2));
            assert_eq!(call(false, 1), call(false, 2));
        }
    }
}

/// Which of two marks came first, in sequences of noise: only memory tells.
fn sequences(n: usize, steps: usize) -> (Array, Array) {
    let mut stream = Stream::new(9, 0);
    let mut x = vec![0.0f32; n * steps * 2];
    let mut y = vec![0.0f32; n];
    for row in 0..n {
        let (a, b) = (stream.below(steps as u64) as usize, stream.below(steps as u64) as usize);
        let b = if a == b { (a + 1) % steps } else { b };
        x[(row * steps + a) * 2] = 1.0;
        x[(row * steps + b) * 2 + 1] = 1.0;
        y[row] = f32::from(u8::from(a < b));
    }
    (Array::from_slice([n, steps, 2], &x).unwrap(), Array::from_slice([n, 1], &y).unwrap())
}

#[test]
fn an_lstm_learns_which_came_first() {
    seodang_nn::set_random_seed(3);
    let (x, y) = sequences(512, 8);
    let mut model = Sequential::new()
        .add(Input::new([8, 2]))
        .add(LSTM::new(16usize))
        .add(Dense::new(1).activation("sigmoid"))
        .build()
        .unwrap();
    model.compile(Adam::new(0.01), "binary_crossentropy", ["accuracy"]).unwrap();
    model.fit((&x, &y), Fit::new().epochs(20).verbose(Verbose::Silent)).unwrap();
    let logs = model.evaluate((&x, &y), Evaluate::new().verbose(Verbose::Silent)).unwrap();
    assert!(logs.get("accuracy").unwrap() > 0.95, "{logs:?}");

    let copy = Model::from_json(&model.to_json().unwrap()).unwrap();
    assert_eq!(copy.to_json().unwrap(), model.to_json().unwrap());
    let paths: Vec<String> = model.weights().into_iter().map(|w| w.path).collect();
    assert!(paths[0].ends_with("lstm_cell/kernel"), "{paths:?}");
}
