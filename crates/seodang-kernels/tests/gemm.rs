//! Matrix products against a plain reference: odd sizes, strides, epilogues, element types, on every
//! instruction set and thread count, with equal bits.
#![cfg(not(loom))]

mod common;

use common::{Guarded, Random};
use seodang_core::{Array, DType, Element, bf16, f16};
use seodang_kernels::gemm::{Activation, Epilogue, Gemm, GemmSpec, Mat};
use seodang_kernels::{Isa, Memory, isa, pool};

/// Random elements: small integers for integer types, -1 to 1 for floats.
fn random<T: Element>(r: &mut Random, n: usize) -> Vec<T> {
    (0..n)
        .map(|_| match T::DTYPE {
            d if d.is_float() => T::from_f64(f64::from(r.unit())),
            DType::Bool => T::from_f64(f64::from(r.below(4) == 0)),
            _ => T::from_i128(r.below(1 << 20) as i128),
        })
        .collect()
}

struct Case {
    spec: GemmSpec,
    sizes: [usize; 3],
}

impl Case {
    /// A random layout for the sizes: each operand row by row or column by column, with gaps or without.
    fn new(r: &mut Random, dtype: DType, [batch, m, n, k]: [usize; 4], epilogue: Epilogue) -> Case {
        let mut mat = |rows: usize, cols: usize, any: bool| {
            let gap = r.below(3);
            if any && r.below(2) == 0 {
                Mat { row: 1, col: rows + gap, batch: (rows + gap) * cols + r.below(2) }
            } else {
                Mat { row: cols + gap, col: 1, batch: rows * (cols + gap) + r.below(2) }
            }
        };
        let (a, b, c) = (mat(m, k, true), mat(k, n, true), mat(m, n, !epilogue.bias));
        let spec = GemmSpec { dtype, batch, m, n, k, a, b, c, epilogue };
        let plan = Gemm::new(spec).unwrap();
        let bytes = [plan.a_bytes(), plan.b_bytes(), plan.c_bytes()];
        Case { spec, sizes: bytes.map(|b| b / dtype.size()) }
    }

    /// The result in `f64` (floats) or exactly (others), with the magnitude of what was summed.
    fn reference<T: Element>(
        &self,
        a: &[T],
        b: &[T],
        c: &[T],
        bias: &[T],
    ) -> Vec<(usize, f64, f64, i128)> {
        let s = &self.spec;
        let mut out = Vec::new();
        for i in 0..s.batch {
            for row in 0..s.m {
                for col in 0..s.n {
                    let at =
                        |mat: Mat, r: usize, c: usize| i * mat.batch + r * mat.row + c * mat.col;
                    let to = at(s.c, row, col);
                    let (mut sum, mut size, mut exact) = (0.0, 0.0, 0i128);
                    let mut add = |x: f64, e: i128| {
                        (sum, size) = (sum + x, size + x.abs());
                        exact = exact.wrapping_add(e);
                    };
                    if s.epilogue.accumulate {
                        add(c[to].to_f64(), c[to].to_i128());
                    }
                    for p in 0..s.k {
                        let (x, y) = (a[at(s.a, row, p)], b[at(s.b, p, col)]);
                        add(x.to_f64() * y.to_f64(), x.to_i128() * y.to_i128());
                    }
                    if s.epilogue.bias {
                        add(bias[col].to_f64(), bias[col].to_i128());
                    }
                    if s.epilogue.activation == Activation::Relu {
                        sum = sum.max(0.0);
                        exact = T::from_i128(exact).to_i128().max(0);
                    }
                    out.push((to, sum, size, exact));
                }
            }
        }
        out
    }

    fn check<T: Element>(&self, r: &mut Random) {
        let s = &self.spec;
        let [a, b, c] = self.sizes.map(|n| random::<T>(r, n));
        let bias = random::<T>(r, s.n);
        let expected = self.reference(&a, &b, &c, &bias);
        let mut first: Option<Vec<u8>> = None;
        for isa in Isa::available() {
            for threads in [1, 2, 3] {
                let got = isa::with(isa, || {
                    pool::with_threads(threads, || run(&self.spec, &a, &b, &c, &bias))
                });
                let values = Array::from_bytes(T::DTYPE, [c.len()], &got).unwrap();
                let values = values.as_slice::<T>().unwrap();
                for &(at, sum, size, exact) in &expected {
                    let value = values[at];
                    if T::DTYPE.is_float() {
                        let narrow = T::DTYPE.size() == 2;
                        let wide =
                            if narrow { f64::from(f32::EPSILON) } else { T::DTYPE.unit_roundoff() };
                        let bound = size * wide * (s.k + 2) as f64
                            + if narrow { sum.abs() * T::DTYPE.unit_roundoff() } else { 0.0 };
                        let error = (value.to_f64() - sum).abs();
                        assert!(error <= bound, "{isa:?} {s:?} at {at}: {value:?}, not {sum}");
                    } else {
                        assert_eq!(value, T::from_i128(exact), "{s:?} at {at}");
                    }
                }
                match &first {
                    None => first = Some(got),
                    Some(bits) => {
                        assert!(*bits == got, "{isa:?}, {threads} threads: other bits, {s:?}")
                    }
                }
            }
        }
    }
}

/// Runs a product on buffers that end at a page that may not be touched; the result's bytes.
fn run<T: Element>(spec: &GemmSpec, a: &[T], b: &[T], c: &[T], bias: &[T]) -> Vec<u8> {
    let [a, b, bias] = [a, b, bias].map(Guarded::new);
    let mut c = Guarded::new(c);
    let mut memory = Memory::new();
    let [a, b, bias] = [&a, &b, &bias].map(|g| memory.read(g));
    let out = memory.write(&mut c);
    let [a, b, bias, out] = [a, b, bias, out].map(|slot| memory.whole(slot));
    Gemm::new(*spec).unwrap().run(&memory, a, b, out, Some(bias));
    drop(memory);
    c.to_vec()
}

fn epilogues() -> impl Iterator<Item = Epilogue> {
    (0..8).map(|i| Epilogue {
        accumulate: i & 1 != 0,
        bias: i & 2 != 0,
        activation: if i & 4 != 0 { Activation::Relu } else { Activation::None },
    })
}

#[test]
fn floats_agree_with_the_reference_in_equal_bits() {
    let mut r = Random(1);
    for round in 0..12 {
        for epilogue in epilogues() {
            let big = [1, r.below(120), r.below(120), r.below(90)];
            let small = [1 + r.below(4), r.below(18), r.below(40), r.below(20)];
            let sizes = if round % 2 == 0 { big } else { small };
            Case::new(&mut r, DType::F32, sizes, epilogue).check::<f32>(&mut r);
            Case::new(&mut r, DType::F64, sizes, epilogue).check::<f64>(&mut r);
        }
    }
}

#[test]
fn long_sums_and_wide_results_cross_every_block() {
    let mut r = Random(2);
    for sizes in [[1, 3, 5, 1000], [1, 300, 70, 400], [1, 20, 2100, 40], [3, 33, 65, 129]] {
        Case::new(&mut r, DType::F32, sizes, Epilogue::default()).check::<f32>(&mut r);
    }
    Case::new(&mut r, DType::F64, [1, 30, 1050, 390], Epilogue::default()).check::<f64>(&mut r);
}

#[test]
fn vectors_and_empty_axes() {
    let mut r = Random(3);
    for sizes in [
        [1, 1, 1, 1],
        [1, 1, 50, 30],
        [1, 50, 1, 30],
        [1, 50, 50, 1],
        [2, 1, 1, 40],
        [1, 0, 3, 3],
        [1, 3, 0, 3],
        [1, 3, 3, 0],
        [0, 3, 3, 3],
    ] {
        for epilogue in epilogues() {
            Case::new(&mut r, DType::F32, sizes, epilogue).check::<f32>(&mut r);
            Case::new(&mut r, DType::I32, sizes, epilogue).check::<i32>(&mut r);
        }
    }
}

#[test]
fn every_other_element_type() {
    let mut r = Random(4);
    for epilogue in epilogues() {
        for sizes in [[2, 7, 9, 11], [1, 60, 50, 60]] {
            Case::new(&mut r, DType::F16, sizes, epilogue).check::<f16>(&mut r);
            Case::new(&mut r, DType::BF16, sizes, epilogue).check::<bf16>(&mut r);
            Case::new(&mut r, DType::I8, sizes, epilogue).check::<i8>(&mut r);
            Case::new(&mut r, DType::I16, sizes, epilogue).check::<i16>(&mut r);
            Case::new(&mut r, DType::I32, sizes, epilogue).check::<i32>(&mut r);
            Case::new(&mut r, DType::I64, sizes, epilogue).check::<i64>(&mut r);
            Case::new(&mut r, DType::U8, sizes, epilogue).check::<u8>(&mut r);
            Case::new(&mut r, DType::U16, sizes, epilogue).check::<u16>(&mut r);
            Case::new(&mut r, DType::U32, sizes, epilogue).check::<u32>(&mut r);
            Case::new(&mut r, DType::U64, sizes, epilogue).check::<u64>(&mut r);
        }
    }
}

#[test]
fn booleans_combine_with_and_and_or() {
    let spec = GemmSpec {
        dtype: DType::Bool,
        batch: 1,
        m: 2,
        n: 2,
        k: 2,
        a: Mat::row_major(2, 2),
        b: Mat::row_major(2, 2),
        c: Mat::row_major(2, 2),
        epilogue: Epilogue::default(),
    };
    let a = [true, true, false, true];
    let b = [true, false, true, false];
    assert_eq!(run(&spec, &a, &b, &[false; 4], &[]), [1, 0, 1, 0]);
}

#[test]
fn one_matrix_serves_a_whole_batch() {
    let mut r = Random(5);
    let mut case = Case::new(&mut r, DType::F32, [5, 9, 33, 17], Epilogue::default());
    case.spec.b.batch = 0;
    case.check::<f32>(&mut r);
}

#[test]
fn results_that_overlap_or_have_gaps_in_both_directions_are_refused() {
    let good = GemmSpec {
        dtype: DType::F32,
        batch: 2,
        m: 4,
        n: 4,
        k: 4,
        a: Mat::row_major(4, 4),
        b: Mat::row_major(4, 4),
        c: Mat::row_major(4, 4),
        epilogue: Epilogue::default(),
    };
    assert!(Gemm::new(good).is_ok());
    // The batch between the rows.
    assert!(Gemm::new(GemmSpec { c: Mat { row: 8, col: 1, batch: 4 }, ..good }).is_ok());
    for c in [
        Mat { row: 3, col: 1, batch: 16 },
        Mat { row: 4, col: 1, batch: 15 },
        Mat { row: 8, col: 2, batch: 32 },
        Mat { row: 4, col: 1, batch: 0 },
        Mat { row: usize::MAX, col: 1, batch: 16 },
    ] {
        assert!(Gemm::new(GemmSpec { c, ..good }).is_err(), "{c:?}");
    }
}

#[test]
fn regions_that_are_too_small_are_refused() {
    let spec = GemmSpec {
        dtype: DType::F32,
        batch: 1,
        m: 2,
        n: 2,
        k: 3,
        a: Mat::row_major(2, 3),
        b: Mat::row_major(3, 2),
        c: Mat::row_major(2, 2),
        epilogue: Epilogue { bias: true, ..Epilogue::default() },
    };
    let lengths = [6usize, 6, 4, 2];
    for short in 0..5 {
        let [a, b, c, bias] =
            std::array::from_fn(|i| vec![0f32; lengths[i] - usize::from(i == short)]);
        let result = std::panic::catch_unwind(|| run(&spec, &a, &b, &c, &bias));
        assert_eq!(result.is_ok(), short == 4, "operand {short}");
    }
}
