//! Memory: what is shared, what is written in place, what must be copied.

mod common;

use common::{Random, assert_close, check, compile, dot, f32s, run};
use seodang_core::{Array, DType};
use seodang_cpu::{CpuBuffer, CpuEngine};
use seodang_ir::{
    Argument, Buffer, Builder, Donation, Engine, Graph, Program, TensorType, evaluate,
};

fn upload(a: &Array) -> Buffer {
    CpuEngine::new().upload(a).unwrap()
}

fn address(b: &Buffer) -> *const u8 {
    b.downcast::<CpuBuffer>().unwrap().bytes().as_ptr()
}

/// p' = p - 0.1 * g, with p given away.
fn update() -> Graph {
    let b = Builder::new("update");
    let (p, g) = (b.input(f32s(&[100])), b.input(f32s(&[100])));
    let graph = b.finish(&[p - g * 0.1]).unwrap();
    graph.with_donations(vec![Donation { input: 0, output: 0 }]).unwrap()
}

#[test]
fn upload_and_download_share_the_bytes() {
    let a = Array::full(DType::F32, [1000], 1.0);
    let b = upload(&a);
    assert_eq!(address(&b), a.bytes().as_ptr());
    assert_eq!(b.download().unwrap().bytes().as_ptr(), a.bytes().as_ptr());
}

#[test]
fn a_donated_buffer_is_written_in_place_if_nothing_else_holds_it() {
    let graph = update();
    let program = compile(&graph);
    let (p, g) = (Array::full(DType::F32, [100], 1.0), Array::full(DType::F32, [100], 2.0));
    let want = evaluate(&graph, &[p.clone(), g.clone()]).unwrap();
    let g = upload(&g);

    // Alone: in place.
    let alone = Array::full(DType::F32, [100], 1.0);
    let buffer = upload(&alone);
    drop(alone);
    let before = address(&buffer);
    let out = program.run(vec![Argument::Donate(buffer), Argument::Borrow(&g)]).unwrap();
    assert_eq!(address(&out[0]), before);
    assert_close(&[out[0].download().unwrap()], &want, 4.0, || program.to_string());

    // The host's array holds the bytes too, or another handle holds the buffer, or it is only lent:
    // a copy, and the original stays.
    let shared = upload(&p);
    let other = Array::full(DType::F32, [100], 1.0);
    let handle = upload(&other);
    drop(other);
    let second = handle.clone();
    for (argument, original) in [
        (Argument::Donate(shared.clone()), &shared),
        (Argument::Donate(handle), &second),
        (Argument::Borrow(&second), &second),
    ] {
        let out = program.run(vec![argument, Argument::Borrow(&g)]).unwrap();
        assert_ne!(address(&out[0]), address(original));
        assert_close(&[out[0].download().unwrap()], &want, 4.0, || program.to_string());
        assert_eq!(original.download().unwrap(), p);
    }
    // One buffer given away and read by another argument.
    let x = upload(&p);
    let out = program.run(vec![Argument::Donate(x.clone()), Argument::Borrow(&x)]).unwrap();
    assert_close(
        &[out[0].download().unwrap()],
        &[Array::full(DType::F32, [100], 0.9)],
        4.0,
        || program.to_string(),
    );
}

#[test]
fn a_donated_input_that_is_read_later_is_not_overwritten_too_early() {
    let b = Builder::new("late");
    let (p, g) = (b.input(f32s(&[4, 4])), b.input(f32s(&[4, 4])));
    let new = dot(p, g);
    let again = dot(new, p);
    let graph = b.finish(&[new, again]).unwrap();
    let graph = graph.with_donations(vec![Donation { input: 0, output: 0 }]).unwrap();
    let inputs = Random(1).inputs(&graph);
    let program = compile(&graph);
    let args = inputs.iter().map(|a| Argument::Donate(upload(&a.reshape([4, 4]).unwrap())));
    let out = program.run(args.collect()).unwrap();
    let out: Vec<Array> = out.iter().map(|o| o.download().unwrap()).collect();
    assert_close(&out, &evaluate(&graph, &inputs).unwrap(), 64.0, || program.to_string());
}

#[test]
fn outputs_that_are_inputs_constants_twins_and_parts() {
    let b = Builder::new("outputs");
    let x = b.input(f32s(&[6]));
    let c = b.constant(Array::from_vec([2], vec![1.0f32, 2.0]).unwrap());
    let y = x * x;
    let outputs = [x, x.reshape([2, 3]), c, y, y, y.reshape([3, 2]), y.slice(&[2], &[5], &[1])];
    let graph = b.finish(&outputs).unwrap();
    check(&graph);
    let program = compile(&graph);
    let input = upload(&Array::full(DType::F32, [6], 3.0));
    let out = program.run(vec![Argument::Borrow(&input)]).unwrap();
    assert_eq!(address(&out[0]), address(&input), "an input that is returned is shared");
    assert_eq!(address(&out[1]), address(&input));
    assert_eq!(address(&out[3]), address(&out[5]), "a reshape is no copy");
}

#[test]
fn arguments_of_wrong_number_shape_type_and_engine_are_errors() {
    let graph = update();
    let program = compile(&graph);
    let ok = upload(&Array::zeros(DType::F32, [100]));
    let message = |args: Vec<Argument<'_>>| program.run(args).unwrap_err().to_string();
    assert!(message(vec![Argument::Borrow(&ok)]).contains("number of arguments"));
    let long = upload(&Array::zeros(DType::F32, [101]));
    assert!(message(vec![Argument::Borrow(&ok), Argument::Borrow(&long)]).contains("[101]"));
    let wide = upload(&Array::zeros(DType::F64, [100]));
    assert!(message(vec![Argument::Borrow(&wide), Argument::Borrow(&ok)]).contains("float64"));
    let foreign = seodang_ir::Reference.upload(&Array::zeros(DType::F32, [100])).unwrap();
    assert!(message(vec![Argument::Borrow(&foreign), Argument::Borrow(&ok)]).contains("device"));
}

#[test]
fn two_threads_run_one_program() {
    let b = Builder::new("threads");
    let x = b.input(f32s(&[64, 64]));
    let graph = b.finish(&[dot(dot(x, x).tanh(), x).sum(&[0])]).unwrap();
    let program = compile(&graph);
    let inputs: Vec<Vec<Array>> = (0..2).map(|i| Random(i).inputs(&graph)).collect();
    let want: Vec<Vec<Array>> = inputs.iter().map(|i| run(&program, i)).collect();
    std::thread::scope(|s| {
        for (i, w) in inputs.iter().zip(&want) {
            let program = &program;
            s.spawn(move || (0..50).for_each(|_| assert_eq!(&run(program, i), w)));
        }
    });
}

#[test]
fn empty_arrays_run() {
    let b = Builder::new("empty");
    let x = b.input(f32s(&[0, 3]));
    let y = x + 1.0;
    let w = b.input(TensorType::new(DType::F32, [3, 2]));
    let graph = b.finish(&[y, y.sum(&[0]), y.sum(&[1]), dot(x, w), x.reshape([3, 0])]).unwrap();
    check(&graph);
}
