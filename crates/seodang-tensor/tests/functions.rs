//! Functions and variables: state, captures, donation, caches, leaks, threads.

mod common;

use common::{random, tensor, values};
use seodang_ir::{Argument, Buffer, Engine, Graph, Program};
use seodang_tensor::{
    Array, DType, Device, Error, ErrorKind, Function, Result, Tensor, Variable, cond, eval_shape,
    gradients, scan, variable_gradients, while_loop, with_device,
};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};

fn variable(x: f64, name: &str) -> Variable {
    Variable::new(Array::scalar(x), name).unwrap()
}

fn number(v: &Variable) -> f64 {
    v.to_array().unwrap().item().unwrap()
}

fn scalar(x: f64) -> Tensor {
    Tensor::scalar(x).unwrap()
}

#[test]
fn later_reads_see_what_the_trace_assigned() {
    let v = variable(2.0, "v");
    let f = {
        let v = v.clone();
        Function::new("f", move |x: &[Tensor]| {
            let before = v.value()?;
            v.assign_add(&x[0])?;
            let between = v.value()?;
            v.assign(&(&between * 10.0)?)?;
            Ok(vec![before, between, v.value()?])
        })
    };
    let y = f.call(&[scalar(1.0)]).unwrap();
    assert_eq!(y.iter().map(|t| values(t)[0]).collect::<Vec<_>>(), [2.0, 3.0, 30.0]);
    assert_eq!(number(&v), 30.0);
    f.call(&[scalar(1.0)]).unwrap();
    assert_eq!(number(&v), 310.0);
    assert_eq!(f.traces(), 1);
    assert!(f.compile_seconds() > 0.0);
    let graph = f.graph(&[seodang_tensor::TensorType::scalar(DType::F64)]).unwrap();
    assert_eq!(graph.donations().len(), 1);
}

#[test]
fn donation_leaves_a_held_value_alone() {
    let v = Variable::new(Array::zeros(DType::F32, [4]), "v").unwrap();
    let f = {
        let v = v.clone();
        Function::new("f", move |_: &[Tensor]| {
            v.assign_add(&Tensor::scalar(1.0f32)?)?;
            Ok(vec![])
        })
    };
    let held = v.value().unwrap();
    let twin = Variable::new(Array::zeros(DType::F32, [4]), "twin").unwrap();
    twin.assign(&held).unwrap();
    for _ in 0..3 {
        f.call(&[]).unwrap();
    }
    assert_eq!(values(&held), [0.0; 4]);
    assert_eq!(twin.to_array().unwrap().to_f64_vec(), [0.0; 4]);
    assert_eq!(v.to_array().unwrap().to_f64_vec(), [3.0; 4]);
}

#[test]
fn state_that_is_written_only_and_state_that_is_returned() {
    let (v, w) = (variable(0.0, "v"), variable(1.0, "w"));
    let f = {
        let (v, w) = (v.clone(), w.clone());
        Function::new("f", move |x: &[Tensor]| {
            v.assign(&x[0])?;
            // Exchanged values, each the other's old one.
            let old = w.value()?;
            w.assign(&v.value()?)?;
            v.assign(&old)?;
            Ok(vec![w.value()?])
        })
    };
    let y = f.call(&[scalar(5.0)]).unwrap();
    assert_eq!((number(&v), number(&w), y[0].item().unwrap()), (1.0, 5.0, 5.0));
    f.call(&[scalar(7.0)]).unwrap();
    assert_eq!((number(&v), number(&w)), (5.0, 7.0));
}

#[test]
fn captured_tensors_are_inputs_and_programs_are_bounded() {
    let table = Tensor::from_array(&random(DType::F32, &[8], 0.0, 1.0, 3)).unwrap();
    let calls = Arc::new(AtomicUsize::new(0));
    let f = {
        let (table, calls) = (table.clone(), calls.clone());
        Function::new("f", move |x: &[Tensor]| {
            calls.fetch_add(1, Ordering::Relaxed);
            Ok(vec![table.sum(&[], false)?.add(&x[0].sum(&[], false)?)?])
        })
    };
    let expected = table.sum(&[], false).unwrap().item().unwrap();
    for round in 0..2 {
        for n in 1..40 {
            let y = f.call(&[Tensor::zeros(DType::F32, [n]).unwrap()]).unwrap();
            assert!((y[0].item().unwrap() - expected).abs() < 1e-6);
        }
        assert_eq!(calls.load(Ordering::Relaxed), 39 * (round + 1), "32 signatures are kept");
    }
    let before = f.traces();
    f.call(&[Tensor::zeros(DType::F32, [39]).unwrap()]).unwrap();
    assert_eq!(f.traces(), before, "the last signature is still there");
    let graph = f.graph(&[seodang_tensor::TensorType::new(DType::F32, [39])]).unwrap();
    assert_eq!(graph.inputs().len(), 2, "the table is an input, not a constant");
}

#[test]
fn leaked_tensors_are_errors() {
    let leak: Arc<Mutex<Option<Tensor>>> = Arc::default();
    let f = {
        let leak = leak.clone();
        Function::new("f", move |x: &[Tensor]| {
            *leak.lock().unwrap() = Some(x[0].clone());
            Ok(vec![x[0].clone()])
        })
    };
    f.call(&[scalar(1.0)]).unwrap();
    let leaked = leak.lock().unwrap().clone().unwrap();
    assert!(leaked.is_traced());
    let v = variable(0.0, "v");
    let kinds = [
        leaked.neg().map(drop).unwrap_err().kind(),
        leaked.to_array().map(drop).unwrap_err().kind(),
        v.assign(&leaked).unwrap_err().kind(),
        f.call(std::slice::from_ref(&leaked)).map(drop).unwrap_err().kind(),
    ];
    assert_eq!(kinds, [ErrorKind::Value; 4]);
    let again = leaked.clone();
    let g = Function::new("g", move |_: &[Tensor]| Ok(vec![again.neg()?]));
    let e = g.call(&[]).unwrap_err();
    assert!(e.to_string().contains("outside"), "{e}");
    // A failed trace leaves the thread in order.
    assert!(!seodang_tensor::is_tracing());
    assert_eq!(scalar(2.0).neg().unwrap().item().unwrap(), -2.0);
}

#[test]
fn errors_leave_variables_whole() {
    let v = variable(4.0, "v");
    let f = {
        let v = v.clone();
        Function::new("f", move |x: &[Tensor]| {
            v.assign_add(&Tensor::scalar(1.0f64)?)?;
            x[0].reshape([7])?;
            Ok(vec![])
        })
    };
    assert!(f.call(&[scalar(1.0)]).is_err());
    assert_eq!(number(&v), 4.0);
    assert!(v.assign(&tensor(&[2], &[1.0, 2.0])).is_err());
    assert_eq!(v.assign(&Tensor::scalar(1.0f32).unwrap()).unwrap_err().kind(), ErrorKind::DType);
    assert!(v.set_array(&Array::zeros(DType::F64, [3])).is_err());
    assert_eq!(number(&v), 4.0);
}

#[test]
fn functions_nest_and_eval_shape_computes_nothing() {
    let v = variable(3.0, "v");
    let inner = {
        let v = v.clone();
        Arc::new(Function::new("inner", move |x: &[Tensor]| {
            v.assign_add(&x[0])?;
            Ok(vec![v.value()?.square()?])
        }))
    };
    let outer = {
        let inner = inner.clone();
        Function::new("outer", move |x: &[Tensor]| {
            let y = inner.call(x)?;
            let z = inner.call(x)?;
            Ok(vec![(&y[0] + &z[0])?])
        })
    };
    let y = outer.call(&[scalar(1.0)]).unwrap();
    assert_eq!(y[0].item().unwrap(), 16.0 + 25.0);
    assert_eq!((number(&v), inner.traces(), outer.traces()), (5.0, 0, 1));
    let types = eval_shape(&[seodang_tensor::TensorType::scalar(DType::F64)], |x| outer.call(x));
    assert_eq!(types.unwrap()[0].rank(), 0);
    assert_eq!(number(&v), 5.0);
}

#[test]
fn loops_and_branches_carry_the_variables_they_touch() {
    let (sum, steps) = (variable(0.0, "sum"), variable(0.0, "steps"));
    let table = tensor(&[4], &[1.0, 2.0, 3.0, 4.0]);
    let body = {
        let (sum, steps, table) = (sum.clone(), steps.clone(), table.clone());
        move |x: &[Tensor]| -> Result<Vec<Tensor>> {
            let scale = x[0].mul(2.0)?;
            // A scan that reads a captured traced tensor, and writes one variable in a branch.
            let (last, seen) = scan(
                |carry, row| {
                    let next = carry[0].add(&row[0].mul(&scale)?)?;
                    cond(
                        &row[0].gt(2.0)?,
                        || {
                            sum.assign_add(&row[0])?;
                            Ok(vec![])
                        },
                        || Ok(vec![]),
                    )?;
                    Ok((vec![next], vec![sum.value()?]))
                },
                &[Tensor::zeros(DType::F64, [])?],
                std::slice::from_ref(&table),
                None,
                false,
            )?;
            let count = while_loop(
                |c| c[0].lt(&last[0]),
                |c| {
                    steps.assign_add(&Tensor::scalar(1.0f64)?)?;
                    Ok(vec![c[0].add(&scale)?])
                },
                &[Tensor::scalar(0.0f64)?],
                None,
            )?;
            let bounded = while_loop(
                |c| c[0].lt(100.0),
                |c| {
                    steps.assign_add(&Tensor::scalar(100.0f64)?)?;
                    Ok(vec![c[0].add(30.0)?])
                },
                &[Tensor::scalar(0.0f64)?],
                Some(6),
            )?;
            Ok(vec![last[0].clone(), seen[0].clone(), count[0].clone(), bounded[0].clone()])
        }
    };
    let eager = body(&[scalar(1.5)]).unwrap();
    let state = (number(&sum), number(&steps));
    sum.set_array(&Array::scalar(0.0f64)).unwrap();
    steps.set_array(&Array::scalar(0.0f64)).unwrap();
    let traced = Function::new("f", body).call(&[scalar(1.5)]).unwrap();
    assert_eq!((number(&sum), number(&steps)), state);
    assert_eq!(state, (7.0, 10.0 + 400.0));
    for (a, b) in eager.iter().zip(&traced) {
        assert_eq!(values(a), values(b));
    }
    assert_eq!(values(&traced[1]), [0.0, 0.0, 3.0, 7.0]);
    assert_eq!(values(&traced[3]), [120.0]);
}

#[test]
fn gradients_flow_through_bodies_to_what_they_capture() {
    let w = variable(0.5, "w");
    let f = {
        let w = w.clone();
        Function::new("f", move |x: &[Tensor]| {
            let (last, _) = scan(
                |c, row| Ok((vec![(c[0].mul(&w.value()?)? + &row[0])?], vec![])),
                &[Tensor::scalar(0.0f64)?],
                &[x[0].clone()],
                None,
                false,
            )?;
            let y = cond(
                &last[0].gt(0.0)?,
                || Ok(vec![last[0].mul(&w.value()?)?]),
                || Ok(vec![last[0].clone()]),
            )?;
            Ok(vec![variable_gradients(&y[0], std::slice::from_ref(&w))?.remove(0)])
        })
    };
    // y = w (x0 w w + x1 w + x2): 3 x0 w^2 + 2 x1 w + x2.
    let g = f.call(&[tensor(&[3], &[1.0, 2.0, 3.0])]).unwrap();
    assert_eq!(g[0].item().unwrap(), 0.75 + 2.0 + 3.0);
    let unused = variable(1.0, "unused");
    let f = Function::new("f", move |x: &[Tensor]| {
        variable_gradients(&x[0], std::slice::from_ref(&unused))
    });
    let e = f.call(&[scalar(1.0)]).unwrap_err();
    assert!(e.kind() == ErrorKind::Gradient && e.to_string().contains("unused"), "{e}");
}

#[test]
fn a_training_step_is_one_program() {
    // Least squares by gradient descent, with the rate a variable: no retrace when it changes.
    let (w, rate) =
        (Variable::new(Array::zeros(DType::F64, [2, 1]), "w").unwrap(), variable(0.1, "rate"));
    let step = {
        let (w, rate) = (w.clone(), rate.clone());
        Function::new("step", move |x: &[Tensor]| {
            let w0 = w.value()?;
            let loss = x[0].matmul(&w0)?.sub(&x[1])?.square()?.mean(&[], false)?;
            let g = gradients(&loss, &[w0])?.remove(0).unwrap();
            w.assign_sub(&g.mul(&rate.value()?)?)?;
            Ok(vec![loss])
        })
    };
    let x = Tensor::from_array(&random(DType::F64, &[20, 2], -1.0, 1.0, 1)).unwrap();
    let y = x.matmul(&tensor(&[2, 1], &[3.0, -2.0])).unwrap();
    for i in 0..300 {
        if i == 100 {
            rate.set_array(&Array::scalar(0.8f64)).unwrap();
        }
        step.call(&[x.clone(), y.clone()]).unwrap();
    }
    common::assert_close(&w.to_array().unwrap().to_f64_vec(), &[3.0, -2.0], 1e-6);
    assert_eq!(step.traces(), 1);
}

#[test]
fn threads_take_turns() {
    let (a, b) = (variable(0.0, "a"), variable(0.0, "b"));
    let step = |first: &Variable, second: &Variable| {
        let (first, second) = (first.clone(), second.clone());
        Arc::new(Function::new("step", move |x: &[Tensor]| {
            first.assign_add(&x[0])?;
            second.assign_add(&first.value()?.mul(0.0)?.add(&x[0])?)?;
            Ok(vec![])
        }))
    };
    let functions = [step(&a, &b), step(&b, &a)];
    std::thread::scope(|s| {
        for i in 0..4 {
            let f = functions[i % 2].clone();
            s.spawn(move || {
                for _ in 0..200 {
                    f.call(&[scalar(1.0)]).unwrap();
                }
            });
        }
    });
    assert_eq!((number(&a), number(&b)), (800.0, 800.0));
}

/// The CPU engine, whose programs fail when they are told to.
struct Failing {
    fail: Arc<AtomicUsize>,
}

struct FailingProgram {
    fail: Arc<AtomicUsize>,
    program: Arc<dyn Program>,
}

impl Engine for Failing {
    fn name(&self) -> &str {
        "failing"
    }
    fn compile(&self, graph: &Graph) -> Result<Arc<dyn Program>> {
        let program = Device::cpu().engine().compile(graph)?;
        Ok(Arc::new(FailingProgram { fail: self.fail.clone(), program }))
    }
    fn upload(&self, array: &Array) -> Result<Buffer> {
        Device::cpu().engine().upload(array)
    }
}

impl Program for FailingProgram {
    fn run(&self, arguments: Vec<Argument<'_>>) -> Result<Vec<Buffer>> {
        if self.fail.load(Ordering::Relaxed) > 0 {
            return Err(Error::engine("the machine is on fire"));
        }
        self.program.run(arguments)
    }
}

#[test]
fn a_failed_run_loses_only_what_it_was_given() {
    let fail = Arc::new(AtomicUsize::new(0));
    let device = Device::from_engine("failing", Arc::new(Failing { fail: fail.clone() }));
    with_device(device, || {
        let (read, written) = (variable(1.0, "read"), variable(2.0, "written"));
        let f = {
            let (read, written) = (read.clone(), written.clone());
            Function::new("f", move |_: &[Tensor]| {
                written.assign_add(&read.value()?)?;
                Ok(vec![])
            })
        };
        f.call(&[]).unwrap();
        fail.store(1, Ordering::Relaxed);
        assert!(f.call(&[]).unwrap_err().to_string().contains("fire"));
        fail.store(0, Ordering::Relaxed);
        assert_eq!(number(&read), 1.0);
        // Never a stale or half-written value: an error that says how to go on.
        for e in [written.value().map(drop), written.to_array().map(drop), f.call(&[]).map(drop)] {
            assert!(e.unwrap_err().to_string().contains("set_array"));
        }
        written.set_array(&Array::scalar(5.0f64)).unwrap();
        f.call(&[]).unwrap();
        assert_eq!(number(&written), 6.0);
    });
}

#[test]
fn handles_cross_threads() {
    fn crosses<T: Send + Sync>() {}
    crosses::<Tensor>();
    crosses::<Variable>();
    crosses::<Function>();
    crosses::<Device>();
    let x = scalar(3.0);
    let y = std::thread::spawn(move || x.square().unwrap()).join().unwrap();
    assert_eq!(y.item().unwrap(), 9.0);
}
