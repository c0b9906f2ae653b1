//! The tables on a PJRT plugin, and what the PJRT engine promises beside them.
//!
//! The plugin is the one that SEODANG_PJRT_CPU_PLUGIN names; without it these tests pass with a note,
//! unless SEODANG_REQUIRE_PJRT is set (`cargo xtask test` sets both).
// Programs and buffers of an engine have no `Debug` form to show.
#![allow(clippy::err_expect)]

use seodang_core::{Array, DType, ErrorKind, Result};
use seodang_ir::{Argument, Buffer, Builder, Donation, Engine, Graph, TensorType, evaluate};
use seodang_pjrt::{Options, Pjrt};
use seodang_testing::{Exception, conformance, golden, table};
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

fn plugin() -> Option<PathBuf> {
    match std::env::var_os("SEODANG_PJRT_CPU_PLUGIN") {
        Some(path) => Some(path.into()),
        None if std::env::var_os("SEODANG_REQUIRE_PJRT").is_some() => {
            panic!("SEODANG_REQUIRE_PJRT is set, and SEODANG_PJRT_CPU_PLUGIN is not")
        }
        None => {
            println!("skipped: SEODANG_PJRT_CPU_PLUGIN names no plugin");
            None
        }
    }
}

/// One client for all tests of the process.
fn engine() -> Option<&'static Pjrt> {
    static ENGINE: OnceLock<Option<Pjrt>> = OnceLock::new();
    let open = || plugin().map(|path| Pjrt::open(&path).expect("the plugin opens"));
    ENGINE.get_or_init(open).as_ref()
}

/// Where XLA's CPU compiler is not the reference evaluator.
const EXCEPTIONS: &[Exception] = &[Exception {
    row: "select_and_scatter/same/*",
    reason: "XLA goes through a padded window by columns, so another one of equal elements is first; \
             the specification leaves the order open",
}];

/// Where XLA's CPU compiler is not what jax.lax gave when the golden values were made.
const GOLDEN_EXCEPTIONS: &[Exception] = &[
    Exception {
        row: "golden/lgamma/f32",
        reason: "XLA's formula cancels near the roots 1 and 2: 1.3e-6 absolute, a little over the bound",
    },
    Exception {
        row: "golden/convert_to_f32/f64",
        reason: "XLA on the CPU flushes subnormal numbers to zero",
    },
    Exception {
        row: "golden/dynamic_slice_clamped*",
        reason: "jax.lax counts negative indices from the end before it clamps",
    },
    Exception {
        row: "golden/dynamic_update_slice_clamped*",
        reason: "jax.lax counts negative indices from the end before it clamps",
    },
];

#[test]
fn pjrt_agrees_with_the_conformance_table() {
    let Some(engine) = engine() else { return };
    let rows = table::rows();
    match conformance::check(engine, &rows, EXCEPTIONS) {
        Ok(passed) => println!("{passed} of {} rows on {}", rows.len(), engine.name()),
        Err(report) => panic!("{report}"),
    }
}

#[test]
fn pjrt_agrees_with_golden_values() {
    let Some(engine) = engine() else { return };
    let rows = golden::op_rows();
    match conformance::check(engine, &rows, GOLDEN_EXCEPTIONS) {
        Ok(passed) => println!("{passed} of {} rows on {}", rows.len(), engine.name()),
        Err(report) => panic!("{report}"),
    }
}

/// `(x + y, x * y)`, with x given to the sum.
fn sum_and_product(size: usize) -> Graph {
    let b = Builder::new("sum and product");
    let [x, y] = [0, 1].map(|_| b.input(TensorType::new(DType::F32, [size])));
    let graph = b.finish(&[x + y, x * y]).unwrap();
    graph.with_donations(vec![Donation { input: 0, output: 0 }]).unwrap()
}

fn numbers(size: usize, k: usize) -> Array {
    Array::from_fn(DType::F32, [size], |i| ((i * k) % 97) as f64)
}

fn download(buffers: &[Buffer]) -> Vec<Array> {
    buffers.iter().map(|b| b.download().unwrap()).collect()
}

#[test]
fn pjrt_gives_the_same_results_borrowed_donated_and_shared() {
    let Some(engine) = engine() else { return };
    for size in [1, 1000, 1 << 18] {
        let graph = sum_and_product(size);
        let program = engine.compile(&graph).unwrap();
        let host = [numbers(size, 13), numbers(size, 29)];
        let want = evaluate(&graph, &host).unwrap();
        let [x, y] = host.each_ref().map(|a| engine.upload(a).unwrap());

        // Borrowed: x stays what it was.
        let got = program.run(vec![Argument::Borrow(&x), Argument::Borrow(&y)]).unwrap();
        assert_eq!(download(&got), want);
        assert_eq!(x.download().unwrap(), host[0]);

        // Given away by one of two owners: the other still has it.
        let other = x.clone();
        let got = program.run(vec![Argument::Donate(other), Argument::Borrow(&y)]).unwrap();
        assert_eq!(download(&got), want);
        assert_eq!(x.download().unwrap(), host[0]);

        // The same buffer twice, once given away.
        let twice = program.run(vec![Argument::Donate(x.clone()), Argument::Borrow(&x)]).unwrap();
        let squares = evaluate(&graph, &[host[0].clone(), host[0].clone()]).unwrap();
        assert_eq!(download(&twice), squares);
        assert_eq!(x.download().unwrap(), host[0]);

        // Given away by its only owner.
        let got = program.run(vec![Argument::Donate(x), Argument::Borrow(&y)]).unwrap();
        assert_eq!(download(&got), want);
        assert_eq!(y.download().unwrap(), host[1]);
    }
}

#[test]
fn pjrt_updates_state_in_place_for_many_steps() {
    let Some(engine) = engine() else { return };
    let size = 1 << 16;
    let program = engine.compile(&sum_and_product(size)).unwrap();
    let mut x = engine.upload(&numbers(size, 13)).unwrap();
    let y = engine.upload(&numbers(size, 29)).unwrap();
    for _ in 0..200 {
        x = program.run(vec![Argument::Donate(x), Argument::Borrow(&y)]).unwrap().swap_remove(0);
    }
    let want: Vec<f64> =
        (0..size).map(|i| ((i * 13) % 97 + 200 * ((i * 29) % 97)) as f64).collect();
    assert_eq!(x.download().unwrap().to_f64_vec(), want);
}

#[test]
fn pjrt_programs_and_buffers_work_on_many_threads_and_outlive_the_engine() {
    let Some(path) = plugin() else { return };
    let engine = Pjrt::open_with(&path, &Options::new().self_test(false)).unwrap();
    let graph = sum_and_product(1000);
    let program = engine.compile(&graph).unwrap();
    let host = [numbers(1000, 13), numbers(1000, 29)];
    let want = evaluate(&graph, &host).unwrap();
    let buffers = host.each_ref().map(|a| engine.upload(a).unwrap());
    drop(engine);
    std::thread::scope(|scope| {
        for _ in 0..4 {
            scope.spawn(|| {
                for _ in 0..20 {
                    let arguments = buffers.iter().map(Argument::Borrow).collect();
                    assert_eq!(download(&program.run(arguments).unwrap()), want);
                }
            });
        }
    });
}

#[test]
fn pjrt_moves_every_element_type_unchanged() {
    let Some(engine) = engine() else { return };
    for dtype in DType::ALL {
        for shape in [&[][..], &[3], &[2, 3, 5], &[0, 4]] {
            let array = Array::from_fn(dtype, shape, |i| ((i * 7) % 5) as f64);
            assert_eq!(engine.upload(&array).unwrap().download().unwrap(), array);
        }
    }
}

#[test]
fn pjrt_divides_integers_by_a_constant_zero() {
    let Some(engine) = engine() else { return };
    let b = Builder::new("division");
    let constant = |v: [i32; 3]| b.constant(Array::from_vec([3], v.to_vec()).unwrap());
    let (x, y) = (constant([7, i32::MIN, i32::MIN]), constant([0, -1, 0]));
    let graph = b.finish(&[x / y, x.remainder(y)]).unwrap();
    let got = conformance::run(engine, &graph, &[]).unwrap();
    assert_eq!(got[0].to_vec::<i32>().unwrap(), [-1, i32::MIN, -1]);
    assert_eq!(got[1].to_vec::<i32>().unwrap(), [7, 0, i32::MIN]);
}

fn kind<T>(result: Result<T>) -> ErrorKind {
    result.err().expect("an error").kind()
}

#[test]
fn pjrt_refuses_arguments_that_do_not_fit() {
    let Some(engine) = engine() else { return };
    let program = engine.compile(&sum_and_product(4)).unwrap();
    let x = engine.upload(&numbers(4, 1)).unwrap();
    let longer = engine.upload(&numbers(5, 1)).unwrap();
    // As many bytes, so that the plugin itself would take it.
    let integers = engine.upload(&numbers(4, 1).convert(DType::I32)).unwrap();
    let run = |y: &Buffer| program.run(vec![Argument::Borrow(&x), Argument::Borrow(y)]);
    assert_eq!(kind(run(&longer)), ErrorKind::Shape);
    assert_eq!(kind(run(&integers)), ErrorKind::DType);
    assert_eq!(kind(program.run(vec![Argument::Borrow(&x)])), ErrorKind::Shape);
    let foreign = seodang_ir::Reference.upload(&numbers(4, 1)).unwrap();
    assert_eq!(kind(run(&foreign)), ErrorKind::Value);
}

#[test]
fn pjrt_errors_carry_the_plugins_message_and_code() {
    let Some(path) = plugin() else { return };
    let unknown = Options::new().self_test(false).client("no_such_option", 1);
    let e = Pjrt::open_with(&path, &unknown).err().expect("an unknown option of the client");
    assert_eq!(e.kind(), ErrorKind::Engine);
    assert!(e.to_string().contains("no_such_option"), "{e}");

    let unknown = Options::new().self_test(false).flag("no_such_flag", true);
    let engine = Pjrt::open_with(&path, &unknown).unwrap();
    let e = engine.compile(&sum_and_product(4)).err().expect("an unknown flag");
    assert!(e.to_string().contains("no_such_flag"), "{e}");
    assert!(e.to_string().contains("INVALID_ARGUMENT"), "{e}");
}

#[test]
fn pjrt_opens_nothing_but_plugins() {
    let e = Pjrt::open(Path::new("no/such/plugin.so")).err().expect("a missing file");
    assert_eq!(e.kind(), ErrorKind::Io, "{e}");
    assert!(e.to_string().contains("no/such/plugin.so"), "{e}");

    let text = Path::new(env!("CARGO_MANIFEST_DIR")).join("Cargo.toml");
    let e = Pjrt::open(&text).err().expect("a text file");
    assert_eq!(e.kind(), ErrorKind::Engine, "{e}");
    assert!(e.to_string().contains("Cargo.toml"), "{e}");
}

#[cfg(all(target_os = "linux", target_env = "gnu"))]
#[test]
fn pjrt_opens_no_other_library() {
    let e = Pjrt::open(Path::new("libm.so.6")).err().expect("a library that is no plugin");
    assert_eq!(e.kind(), ErrorKind::Engine, "{e}");
    assert!(e.to_string().contains("GetPjrtApi"), "{e}");
}
