//! Triangular factors and systems: multiplying back gives what was given, with equal bits on every
//! instruction set and thread count.
#![cfg(not(loom))]

mod common;

use common::{Guarded, Random};
use seodang_core::{Array, DType, Element};
use seodang_kernels::linalg::{Cholesky, TriangularSolve, TriangularSpec};
use seodang_kernels::{Isa, Memory, isa, pool};

fn values<T: Element>(bytes: &[u8]) -> Vec<f64> {
    bytes
        .chunks_exact(size_of::<T>())
        .map(|b| Array::from_bytes(T::DTYPE, [1usize], b).unwrap().item().unwrap())
        .collect()
}

/// Runs on every instruction set and on one and three threads; the one result.
fn everywhere(run: impl Fn() -> Vec<u8>) -> Vec<u8> {
    let all: Vec<_> = Isa::available()
        .flat_map(|isa| [1, 3].map(|n| isa::with(isa, || pool::with_threads(n, &run))))
        .collect();
    assert!(all.windows(2).all(|w| w[0] == w[1]), "the bits differ");
    all[0].clone()
}

fn cholesky<T: Element>(r: &mut Random, batch: usize, n: usize, lower: bool) {
    // Diagonally dominant, hence positive definite; the unused triangle is poisoned.
    let mut a = vec![T::ZERO; batch * n * n];
    for i in 0..batch {
        for row in 0..n {
            for col in 0..=row {
                let x = if row == col { n as f64 + 1.0 } else { f64::from(r.unit()) };
                let (used, other) =
                    if lower { ((row, col), (col, row)) } else { ((col, row), (row, col)) };
                a[(i * n + other.0) * n + other.1] = T::from_f64(f64::NAN);
                a[(i * n + used.0) * n + used.1] = T::from_f64(x);
            }
        }
    }
    let bytes = everywhere(|| {
        let input = Guarded::new(&a);
        let mut out = Guarded::new(&a);
        let mut memory = Memory::new();
        let (a, o) = (memory.read(&input), memory.write(&mut out));
        let (a, o) = (memory.whole(a), memory.whole(o));
        Cholesky::new(T::DTYPE, batch, n, lower).unwrap().run(&memory, a, o);
        drop(memory);
        let apart = out.to_vec();
        // In place.
        let mut both = Guarded::new(&input);
        let mut memory = Memory::new();
        let slot = memory.write(&mut both);
        let whole = memory.whole(slot);
        Cholesky::new(T::DTYPE, batch, n, lower).unwrap().run(&memory, whole, whole);
        drop(memory);
        assert!(*both == apart[..]);
        apart
    });
    let f = values::<T>(&bytes);
    for i in 0..batch {
        for row in 0..n {
            for col in 0..=row {
                let at = |r: usize, c: usize| {
                    if lower { f[(i * n + r) * n + c] } else { f[(i * n + c) * n + r] }
                };
                let back: f64 = (0..n).map(|k| at(row, k) * at(col, k)).sum();
                let given = if lower { (row, col) } else { (col, row) };
                let given = a[(i * n + given.0) * n + given.1].to_f64();
                let bound = T::DTYPE.unit_roundoff() * (n * n) as f64 * 4.0;
                assert!((back - given).abs() <= bound, "{back}, not {given}");
                assert!(row == col || at(col, row) == 0.0);
            }
        }
    }
}

#[test]
fn factors_multiply_back() {
    let mut r = Random(1);
    for lower in [true, false] {
        for (batch, n) in [(1, 0), (2, 1), (3, 2), (1, 19), (2, 70)] {
            cholesky::<f32>(&mut r, batch, n, lower);
            cholesky::<f64>(&mut r, batch, n, lower);
        }
    }
}

#[test]
fn an_indefinite_matrix_gives_nan_and_spoils_no_other() {
    let a = [1.0, 0.0, 2.0, 1.0, /* and a good one */ 4.0, 0.0, 2.0, 5.0];
    let input = Guarded::new(&a);
    let mut out = Guarded::new(&[0.0; 8]);
    let mut memory = Memory::new();
    let (a, o) = (memory.read(&input), memory.write(&mut out));
    let (a, o) = (memory.whole(a), memory.whole(o));
    Cholesky::new(DType::F64, 2, 2, true).unwrap().run(&memory, a, o);
    drop(memory);
    let f = values::<f64>(&out);
    assert!(f[..4].iter().all(|x| x.is_nan()));
    assert_eq!(f[4..], [2.0, 0.0, 1.0, 2.0]);
}

fn solve<T: Element>(r: &mut Random, spec: TriangularSpec) {
    let TriangularSpec { batch, n, m, .. } = spec;
    // The unused triangle, and a diagonal taken for 1, are poisoned.
    let mut a = vec![T::ZERO; batch * n * n];
    for (i, x) in a.iter_mut().enumerate() {
        let (row, col) = (i / n % n, i % n);
        let used = if spec.lower { col <= row } else { col >= row };
        *x = T::from_f64(if row == col && !spec.unit_diagonal {
            2.0 + f64::from(r.unit())
        } else if used && row != col {
            f64::from(r.unit()) / n as f64
        } else {
            f64::NAN
        });
    }
    let b: Vec<T> = (0..batch * n * m).map(|_| T::from_f64(f64::from(r.unit()))).collect();
    let bytes = everywhere(|| {
        let (left, right) = (Guarded::new(&a), Guarded::new(&b));
        let mut out = Guarded::new(&b);
        let mut memory = Memory::new();
        let slots = [memory.read(&left), memory.read(&right), memory.write(&mut out)];
        let [a, b, o] = slots.map(|slot| memory.whole(slot));
        TriangularSolve::new(spec).unwrap().run(&memory, a, b, o);
        drop(memory);
        // In place.
        let mut both = Guarded::new(&right);
        let mut memory = Memory::new();
        let slots = [memory.read(&left), memory.write(&mut both)];
        let [a, b] = slots.map(|slot| memory.whole(slot));
        TriangularSolve::new(spec).unwrap().run(&memory, a, b, b);
        drop(memory);
        assert!(*both == *out);
        out.to_vec()
    });
    let x = values::<T>(&bytes);
    for i in 0..batch {
        let op = |row: usize, col: usize| {
            let (r, c) = if spec.transpose_a { (col, row) } else { (row, col) };
            let used = if spec.lower { c <= r } else { c >= r };
            match (r == c && spec.unit_diagonal, used) {
                (true, _) => 1.0,
                (_, true) => a[(i * n + r) * n + c].to_f64(),
                _ => 0.0,
            }
        };
        for row in 0..if spec.left_side { n } else { m } {
            let columns = if spec.left_side { m } else { n };
            for col in 0..columns {
                let at = |r: usize, c: usize| i * n * m + r * columns + c;
                let back: f64 = if spec.left_side {
                    (0..n).map(|k| op(row, k) * x[at(k, col)]).sum()
                } else {
                    (0..n).map(|k| x[at(row, k)] * op(k, col)).sum()
                };
                let given = b[at(row, col)].to_f64();
                let bound = T::DTYPE.unit_roundoff() * (n + 4) as f64 * 8.0;
                assert!((back - given).abs() <= bound, "{back}, not {given}: {spec:?}");
            }
        }
    }
}

#[test]
fn solutions_multiply_back() {
    let mut r = Random(2);
    for options in 0..16 {
        for (batch, n, m) in [(1, 1, 1), (2, 5, 3), (1, 18, 40), (2, 30, 1), (1, 0, 3), (1, 3, 0)] {
            let spec = TriangularSpec {
                dtype: DType::F32,
                batch,
                n,
                m,
                left_side: options & 1 != 0,
                lower: options & 2 != 0,
                unit_diagonal: options & 4 != 0,
                transpose_a: options & 8 != 0,
            };
            solve::<f32>(&mut r, spec);
            solve::<f64>(&mut r, TriangularSpec { dtype: DType::F64, ..spec });
        }
    }
}

#[test]
fn other_types_are_refused_with_a_hint() {
    let e = Cholesky::new(DType::F16, 1, 2, true).unwrap_err();
    assert!(e.to_string().contains("float16"));
}
