//! Tile programs over all layouts: broadcasting, reductions, outputs in place, odd and empty sizes.

mod support;

use seodang_core::DType;
use seodang_kernels::tile::*;
use seodang_kernels::{Memory, isa, pool};
use support::*;

const SIZES: [(usize, usize); 17] = [
    (1, 1),
    (1, 10),
    (7, 1),
    (3, 5),
    (32, 10),
    (5, 16),
    (9, 100),
    (4, 256),
    (3, 257),
    (2, 512),
    (3, 513),
    (2, 1500),
    (1, 3000),
    (200, 300),
    (5000, 17),
    (0, 5),
    (3, 0),
];

fn f32s(b: &[u8]) -> Vec<f32> {
    values(b)
}

#[test]
fn broadcasting() {
    for (r, c) in SIZES {
        let build = || {
            let mut t = TileBuilder::new(r, c);
            let x = t.input(DType::F32, Access::Contiguous);
            let row = t.input(DType::F32, Access::Row);
            let col = t.input(DType::F32, Access::Col);
            let s = t.input(DType::F32, Access::Scalar);
            let two = t.constant(DType::F32, 2.0);
            let row2 = t.binary(BinaryOp::Multiply, row, two).unwrap();
            let col2 = t.binary(BinaryOp::Add, s, col).unwrap();
            let a = t.binary(BinaryOp::Add, x, row2).unwrap();
            let b = t.binary(BinaryOp::Multiply, a, col2).unwrap();
            let i = t.iota(DType::F32, Axis::Cols);
            let j = t.iota(DType::F32, Axis::Rows);
            let k = t.fma(j, i, b).unwrap();
            let less = t.compare(CompareOp::Lt, row, col).unwrap();
            let y = t.select(less, k, s).unwrap();
            t.output(y);
            t.output(row2);
            t.output(col2);
            let h = t.convert(y, DType::F64);
            t.output(h);
            t.build().unwrap()
        };
        let n = r * c;
        let ins = [
            normal(DType::F32, n, 1),
            normal(DType::F32, c, 2),
            normal(DType::F32, r, 3),
            normal(DType::F32, 1, 4),
        ];
        let outs =
            call_everywhere(&ins, &[n * 4, c * 4, r * 4, n * 8], |m, i, o| build().run(m, i, o));
        let [x, row, col, s] = [0, 1, 2, 3].map(|k| f32s(&ins[k]));
        for i in 0..r {
            for j in 0..c {
                let b = (x[i * c + j] + row[j] * 2.0) * (s[0] + col[i]);
                let k = (i as f32).mul_add(j as f32, b);
                let want = if row[j] < col[i] { k } else { s[0] };
                assert_eq!(f32s(&outs[0])[i * c + j], want, "{r}x{c} at {i}, {j}");
                assert_eq!(values::<f64>(&outs[3])[i * c + j], f64::from(want));
            }
        }
        assert_eq!(f32s(&outs[1]), row.iter().map(|v| v * 2.0).collect::<Vec<_>>());
        assert_eq!(f32s(&outs[2]), col.iter().map(|v| s[0] + v).collect::<Vec<_>>());
    }
}

#[test]
fn softmax_and_its_sums() {
    for (r, c) in SIZES {
        let build = || {
            let mut t = TileBuilder::new(r, c);
            let x = t.input(DType::F32, Access::Contiguous);
            let m = t.reduce_cols(ReduceOp::Max, x).unwrap();
            let z = t.binary(BinaryOp::Subtract, x, m).unwrap();
            let e = t.unary(UnaryOp::Exponential, z).unwrap();
            let s = t.reduce_cols(ReduceOp::Sum, e).unwrap();
            let y = t.binary(BinaryOp::Divide, e, s).unwrap();
            let l = t.unary(UnaryOp::Log, s).unwrap();
            let l = t.binary(BinaryOp::Add, l, m).unwrap();
            let cs = t.reduce_rows(ReduceOp::Sum, y).unwrap();
            let ls = t.reduce_rows(ReduceOp::Min, l).unwrap();
            [y, l, cs, ls].into_iter().for_each(|v| t.output(v));
            t.build().unwrap()
        };
        let n = r * c;
        let ins = [normal(DType::F32, n, 5)];
        let outs = call_everywhere(&ins, &[n * 4, r * 4, c * 4, 4], |m, i, o| build().run(m, i, o));
        let x = f32s(&ins[0]);
        let (y, l, cs) = (f32s(&outs[0]), f32s(&outs[1]), f32s(&outs[2]));
        let mut sums = vec![0.0; c];
        let mut least = f64::INFINITY;
        for i in 0..r {
            let row: Vec<f64> = x[i * c..(i + 1) * c].iter().map(|v| f64::from(*v)).collect();
            let m = row.iter().copied().fold(f64::NEG_INFINITY, f64::max);
            let s: f64 = row.iter().map(|v| (v - m).exp()).sum();
            for j in 0..c {
                let want = (row[j] - m).exp() / s;
                let got = f64::from(y[i * c + j]);
                assert!((got - want).abs() <= 1e-6 * want, "{r}x{c}: {got} {want}");
                sums[j] += want;
            }
            if c > 0 {
                least = least.min(s.ln() + m);
                assert!((f64::from(l[i]) - (s.ln() + m)).abs() < 1e-5);
            } else {
                assert!(l[i] == f32::NEG_INFINITY);
                least = f64::NEG_INFINITY;
            }
        }
        for j in 0..c {
            assert!((f64::from(cs[j]) - sums[j]).abs() <= 1e-5 * (1.0 + sums[j]), "{r}x{c}");
        }
        let got = f64::from(f32s(&outs[3])[0]);
        assert!(got == least || (got - least).abs() < 1e-5, "{r}x{c}: {got} {least}");
    }
}

#[test]
fn outputs_in_place() {
    for (r, c) in SIZES {
        for isa in isa::Isa::available() {
            for threads in [1, 3] {
                // x <- x - m(x); z <- x * 2, where the old x is read after the first is computed.
                let mut t = TileBuilder::new(r, c);
                let x = t.input(DType::F32, Access::Contiguous);
                let m = t.reduce_cols(ReduceOp::Max, x).unwrap();
                let y = t.binary(BinaryOp::Subtract, x, m).unwrap();
                let two = t.constant(DType::F32, 2.0);
                let z = t.binary(BinaryOp::Multiply, x, two).unwrap();
                t.output(y);
                t.output(z);
                let p = isa::with(isa, || t.build().unwrap());
                let old = normal(DType::F32, r * c, 6);
                let (mut a, mut b) = (Guarded::new(&old), Guarded::zeroed(r * c * 4));
                let mut memory = Memory::new();
                let (sa, sb) = (memory.write(a.bytes_mut()), memory.write(b.bytes_mut()));
                let (ra, rb) = (memory.whole(sa), memory.whole(sb));
                pool::with_threads(threads, || p.run(&memory, &[ra], &[ra, rb]));
                drop(memory);
                let (x, y, z) = (f32s(&old), f32s(a.bytes_mut()), f32s(b.bytes_mut()));
                for i in 0..r * c {
                    let row = &x[i / c * c..][..c];
                    let m = row.iter().copied().fold(f32::NEG_INFINITY, f32::max);
                    assert_eq!((y[i], z[i]), (x[i] - m, x[i] * 2.0));
                }
            }
        }
    }
}

#[test]
fn strided_inputs() {
    // A transposed, a reversed and a broadcast input over (6, 5, 7) as 30 x 7 and as 6 x 35.
    let dims = [6usize, 5, 7];
    for (r, c) in [(30, 7), (6, 35), (1, 210), (210, 1)] {
        let build = || {
            let mut t = TileBuilder::new(r, c);
            let strided = |offset, s: [isize; 3]| Access::Strided {
                offset,
                dims: dims.iter().copied().zip(s).collect(),
            };
            let a = t.input(DType::I32, strided(0, [1, 42, 6]));
            let b = t.input(DType::I32, strided(209, [-35, -7, -1]));
            let d = t.input(DType::I32, strided(0, [0, 1, 0]));
            let x = t.binary(BinaryOp::Multiply, a, b).unwrap();
            let x = t.binary(BinaryOp::Add, x, d).unwrap();
            let s = t.reduce_cols(ReduceOp::Sum, x).unwrap();
            t.output(x);
            t.output(s);
            t.output(a);
            t.build().unwrap()
        };
        let v: Vec<i32> = (0..210).map(|i| i * 7 % 31).collect();
        let d: Vec<i32> = (0..5).map(|i| i * 1000).collect();
        let ins = [bytes(&v), bytes(&v), bytes(&d)];
        let outs = call_everywhere(&ins, &[840, r * 4, 840], |m, i, o| build().run(m, i, o));
        let x: Vec<i32> = values(&outs[0]);
        let (mut at, mut sums) = (0, vec![0; r]);
        for i in 0..6 {
            for j in 0..5 {
                for k in 0..7 {
                    let want = v[i + 42 * j + 6 * k] * v[209 - at] + d[j];
                    assert_eq!(x[at], want);
                    sums[at / c] += want;
                    at += 1;
                }
            }
        }
        assert_eq!(values::<i32>(&outs[1]), sums);
    }
}
