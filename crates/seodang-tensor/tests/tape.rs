//! GradientTape as TensorFlow's documentation describes tf.GradientTape.

mod common;

use common::{tensor, values};
use seodang_tensor::{
    Array, AsSource, DType, ErrorKind, Function, GradientTape, Result, Tensor, Variable,
    custom_gradient,
};

/// The end of a closure that uses `?`.
fn done<T>(value: T) -> Result<T> {
    Ok(value)
}

fn scalar(x: f64) -> Tensor {
    Tensor::scalar(x).unwrap()
}

fn variable(x: f64, name: &str) -> Variable {
    Variable::new(Array::scalar(x), name).unwrap()
}

fn item(g: &Option<Tensor>) -> f64 {
    g.as_ref().unwrap().item().unwrap()
}

#[test]
fn trainable_variables_are_watched_and_tensors_are_not() {
    let (x, c) = (variable(3.0, "x"), scalar(2.0));
    let frozen = variable(5.0, "frozen");
    frozen.set_trainable(false);
    let tape = GradientTape::persistent();
    let y = tape.record(|| (x.value()?.square()? * &c)?.add(&frozen.value()?.square()?)).unwrap();
    let g = tape.gradient(&y, &[x.source(), c.source(), frozen.source()]).unwrap();
    assert_eq!(item(&g[0]), 12.0);
    assert!(g[1].is_none() && g[2].is_none());
    let zeros = tape.gradient_or_zeros(&y, &[&c]).unwrap();
    assert_eq!(values(&zeros[0]), [0.0]);

    let tape = GradientTape::new();
    tape.watch(&c);
    let y = tape.record(|| (x.value()?.square()? * &c)?.neg()).unwrap();
    assert_eq!(item(&tape.gradient(&y, &[&c]).unwrap()[0]), -9.0);

    let tape = GradientTape::with_options(true, false);
    let y = tape.record(|| x.value()?.square()).unwrap();
    assert!(tape.gradient(&y, &[&x]).unwrap()[0].is_none());
    let y = tape
        .record(|| {
            tape.watch_variable(&x)?;
            x.value()?.square()
        })
        .unwrap();
    assert_eq!(item(&tape.gradient(&y, &[&x]).unwrap()[0]), 6.0);
}

#[test]
fn once_unless_persistent() {
    let x = scalar(3.0);
    let tape = GradientTape::new();
    tape.watch(&x);
    let y = tape.record(|| x.square()).unwrap();
    assert_eq!(item(&tape.gradient(&y, &[&x]).unwrap()[0]), 6.0);
    let e = tape.gradient(&y, &[&x]).unwrap_err();
    assert_eq!(e.kind(), ErrorKind::Value);
    assert!(e.to_string().contains("persistent"), "{e}");

    let tape = GradientTape::persistent();
    tape.watch(&x);
    let (y, z) = tape
        .record(|| {
            let y = x.square()?;
            let z = y.square()?;
            done((y, z))
        })
        .unwrap();
    assert_eq!(item(&tape.gradient(&z, &[&x]).unwrap()[0]), 108.0);
    assert_eq!(item(&tape.gradient(&y, &[&x]).unwrap()[0]), 6.0);
    // With respect to an intermediate value, and of a value by itself.
    assert_eq!(item(&tape.gradient(&z, &[&y]).unwrap()[0]), 18.0);
    assert_eq!(item(&tape.gradient(&x, &[&x]).unwrap()[0]), 1.0);
    assert!(tape.gradient(&y, &[&z]).unwrap()[0].is_none());
}

#[test]
fn second_order_by_nesting() {
    let x = variable(3.0, "x");
    let (outer, inner) = (GradientTape::new(), GradientTape::new());
    let first = outer
        .record(|| {
            let y = inner.record(|| x.value()?.pow(3.0))?;
            let g = inner.gradient(&y, &[&x])?.remove(0);
            done(g.unwrap())
        })
        .unwrap();
    assert_eq!(first.item().unwrap(), 27.0);
    assert_eq!(item(&outer.gradient(&first, &[&x]).unwrap()[0]), 18.0);
    // Of third order, with a persistent tape that records its own gradients.
    let x = scalar(2.0);
    let tape = GradientTape::persistent();
    let third = tape
        .record(|| {
            tape.watch(&x);
            let y = x.square()?.square()?;
            let g = tape.gradient(&y, &[&x])?.remove(0).unwrap();
            done(tape.gradient(&g, &[&x])?.remove(0).unwrap())
        })
        .unwrap();
    assert_eq!(third.item().unwrap(), 48.0);
    assert_eq!(item(&tape.gradient(&third, &[&x]).unwrap()[0]), 48.0);
}

#[test]
fn recording_stops_and_resets() {
    let x = scalar(3.0);
    let tape = GradientTape::persistent();
    tape.watch(&x);
    let y = tape
        .record(|| {
            let quiet = tape.stop_recording(|| x.square())?;
            x.mul(&quiet)
        })
        .unwrap();
    assert_eq!(item(&tape.gradient(&y, &[&x]).unwrap()[0]), 9.0);
    tape.reset();
    assert!(tape.gradient(&y, &[&x]).unwrap()[0].is_none());
    // What runs outside of the scope is not recorded.
    tape.watch(&x);
    let z = x.square().unwrap();
    assert!(tape.gradient(&z, &[&x]).unwrap()[0].is_none());
    // Through stop_gradient nothing flows.
    let z = tape.record(|| x.stop_gradient()?.mul(&x)).unwrap();
    assert_eq!(item(&tape.gradient(&z, &[&x]).unwrap()[0]), 3.0);
}

#[test]
fn output_gradients_and_several_targets() {
    let x = tensor(&[2], &[1.0, 2.0]);
    let tape = GradientTape::persistent();
    tape.watch(&x);
    let (y, z) = tape.record(|| done((x.square()?, (&x * 3.0)?))).unwrap();
    let weights = tensor(&[2], &[10.0, 100.0]);
    let g = tape.gradient_with(std::slice::from_ref(&y), &[x.source()], Some(&[weights])).unwrap();
    assert_eq!(values(g[0].as_ref().unwrap()), [20.0, 400.0]);
    let g = tape.gradient_with(&[y.clone(), z], &[x.source()], None).unwrap();
    assert_eq!(values(g[0].as_ref().unwrap()), [5.0, 7.0]);
    assert!(tape.gradient_with(&[y], &[x.source()], Some(&[])).is_err());
    let whole = x.cast(DType::I32).unwrap();
    assert_eq!(tape.gradient(&whole, &[&x]).unwrap_err().kind(), ErrorKind::Gradient);
}

#[test]
fn a_variable_that_is_assigned_gets_the_gradients_of_all_its_reads() {
    let x = variable(3.0, "x");
    let tape = GradientTape::new();
    let y = tape
        .record(|| {
            let first = x.value()?.square()?;
            x.assign(&Tensor::scalar(10.0f64)?)?;
            first.add(&x.value()?.square()?)
        })
        .unwrap();
    assert_eq!(item(&tape.gradient(&y, &[&x]).unwrap()[0]), 6.0 + 20.0);
    // Two variables that share one buffer are two sources.
    let (a, b) = (variable(2.0, "a"), variable(0.0, "b"));
    b.assign(&a.value().unwrap()).unwrap();
    let tape = GradientTape::new();
    let y = tape.record(|| (a.value()? * 3.0)?.add(&b.value()?)).unwrap();
    let g = tape.gradient(&y, &[&a, &b]).unwrap();
    assert_eq!((item(&g[0]), item(&g[1])), (3.0, 1.0));
}

#[test]
fn functions_are_recorded_as_one_op_even_when_they_assign() {
    let (w, count) = (variable(3.0, "w"), variable(0.0, "count"));
    let f = {
        let (w, count) = (w.clone(), count.clone());
        Function::new("f", move |x: &[Tensor]| {
            count.assign_add(&Tensor::scalar(1.0f64)?)?;
            Ok(vec![(w.value()?.square()? * &x[0])?])
        })
    };
    let x = scalar(5.0);
    for n in 1..4 {
        let tape = GradientTape::new();
        tape.watch(&x);
        let y = tape.record(|| f.call(std::slice::from_ref(&x))).unwrap().remove(0);
        let g = tape.gradient(&y, &[w.source(), x.source()]).unwrap();
        assert_eq!((item(&g[0]), item(&g[1])), (30.0, 9.0));
        assert_eq!(count.to_array().unwrap().item().unwrap(), f64::from(n));
    }
    assert_eq!(f.traces(), 1);
}

#[test]
fn the_backward_program_follows_the_values() {
    // The same structure with other values and another branch: cached programs must not mix.
    for step in 0..4 {
        let x = scalar(f64::from(step) + 1.0);
        let tape = GradientTape::new();
        tape.watch(&x);
        let y = tape.record(|| if step % 2 == 0 { x.square() } else { x.pow(3.0) }).unwrap();
        let at = f64::from(step) + 1.0;
        let expected = if step % 2 == 0 { 2.0 * at } else { 3.0 * at * at };
        assert_eq!(item(&tape.gradient(&y, &[&x]).unwrap()[0]), expected);
    }
}

#[test]
fn tapes_work_inside_traces() {
    let w = variable(3.0, "w");
    let f = {
        let w = w.clone();
        Function::new("step", move |x: &[Tensor]| {
            let tape = GradientTape::persistent();
            tape.watch(&x[0]);
            let y = tape.record(|| w.value()?.square()?.mul(&x[0])?.mul(&x[1]))?;
            let g = tape.gradient(&y, &[w.source(), x[0].source(), x[1].source()])?;
            // x[1] is not watched.
            assert!(g[2].is_none());
            Ok(g.into_iter().flatten().collect())
        })
    };
    let g = f.call(&[scalar(2.0), scalar(1.0)]).unwrap();
    assert_eq!((values(&g[0]), values(&g[1])), (vec![12.0], vec![9.0]));
}

#[test]
fn gradients_of_ones_own() {
    let x = scalar(2.0);
    let twice = |x: &[Tensor]| {
        custom_gradient(
            "straight_through",
            x,
            |x| Ok(vec![x[0].round()?]),
            |x, y, dy| Ok(vec![dy[0].mul(&x[0])?.add(&y[0])?]),
        )
    };
    let tape = GradientTape::new();
    tape.watch(&x);
    let y = tape.record(|| twice(std::slice::from_ref(&x))).unwrap();
    assert_eq!(item(&tape.gradient(&y[0], &[&x]).unwrap()[0]), 4.0);
    // What a custom gradient does not see as an argument it may not use.
    let w = variable(1.0, "w");
    let e = custom_gradient(
        "bad",
        std::slice::from_ref(&x),
        |x| Ok(vec![w.value()?.mul(&x[0])?]),
        |_, _, g| Ok(g.to_vec()),
    )
    .unwrap_err();
    assert!(e.to_string().contains("variable"), "{e}");
}

#[test]
fn scopes_without_closures() {
    let x = scalar(3.0);
    let tape = GradientTape::persistent();
    tape.watch(&x);
    tape.enter().unwrap();
    assert!(tape.is_active());
    assert_eq!(tape.enter().unwrap_err().kind(), ErrorKind::Value);
    // A scope within its own scope is the same scope.
    let y = tape.record(|| x.square()).unwrap();
    assert!(tape.is_active());
    tape.exit();
    assert!(!tape.is_active());
    tape.exit();
    assert_eq!(item(&tape.gradient(&y, &[&x]).unwrap()[0]), 6.0);
}
