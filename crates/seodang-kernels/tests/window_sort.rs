//! Windows and sorts against naive loops.

mod support;

use seodang_core::DType;
use seodang_core::random::Stream;
use seodang_kernels::reduce::ReduceOp;
use seodang_kernels::sort::*;
use seodang_kernels::tile::CompareOp;
use seodang_kernels::window::*;
use support::*;

fn digits(mut n: usize, shape: &[usize]) -> Vec<usize> {
    let mut out = vec![0; shape.len()];
    for k in (0..shape.len()).rev() {
        (out[k], n) = (n % shape[k], n / shape[k]);
    }
    out
}

/// The elements that a window covers at a position, in row-major order.
fn cover(shape: &[usize], w: &WindowSpec, position: &[usize]) -> Vec<usize> {
    let size: usize = w.window_dimensions.iter().product();
    let mut out = Vec::new();
    for e in 0..size {
        let mut at = Some(0);
        for (k, i) in digits(e, &w.window_dimensions).into_iter().enumerate() {
            let p = (position[k] * w.window_strides[k] + i * w.window_dilations[k]) as isize
                - w.padding[k].0;
            let b = w.base_dilations[k] as isize;
            let inside = p >= 0 && p % b == 0 && p / b < shape[k] as isize;
            at = at.filter(|_| inside).map(|a| a * shape[k] + (p / b) as usize);
        }
        out.extend(at);
    }
    out
}

fn cases() -> Vec<(Vec<usize>, WindowSpec)> {
    let plain = |shape: &[usize], size: &[usize], step: &[usize], pad: &[(isize, isize)]| {
        let ones = vec![1; shape.len()];
        let w = WindowSpec {
            window_dimensions: size.to_vec(),
            window_strides: step.to_vec(),
            base_dilations: ones.clone(),
            window_dilations: ones,
            padding: pad.to_vec(),
        };
        (shape.to_vec(), w)
    };
    let none = [(0, 0); 4];
    let mut out = vec![
        plain(&[2, 6, 6, 5], &[1, 2, 2, 1], &[1, 2, 2, 1], &none),
        plain(&[3, 7, 7, 70], &[1, 3, 3, 1], &[1, 2, 2, 1], &[(0, 0), (1, 1), (0, 1), (0, 0)]),
        plain(&[2, 3, 8, 8], &[1, 1, 2, 2], &[1, 1, 2, 2], &none),
        plain(&[9], &[3], &[1], &[(1, 1)]),
        plain(&[4, 4], &[2, 2], &[1, 1], &none[..2]),
        plain(&[8, 14, 14, 64], &[1, 2, 2, 1], &[1, 2, 2, 1], &none),
        plain(&[0, 4], &[1, 2], &[1, 1], &none[..2]),
        plain(&[5], &[7], &[1], &[(0, 0)]),
    ];
    let mut dilated = plain(&[4, 5], &[2, 2], &[2, 1], &[(1, 2), (-1, 0)]);
    dilated.1.base_dilations = vec![2, 1];
    dilated.1.window_dilations = vec![1, 2];
    out.push(dilated);
    out
}

#[test]
fn reduce_window() {
    for (shape, w) in cases() {
        for (op, dtype) in [
            (ReduceOp::Sum, DType::F32),
            (ReduceOp::Max, DType::F32),
            (ReduceOp::Min, DType::I16),
            (ReduceOp::Sum, DType::BF16),
            (ReduceOp::Max, DType::F64),
        ] {
            let n: usize = shape.iter().product();
            let plan = ReduceWindow::new(op, dtype, &shape, &w).unwrap();
            let m: usize = plan.shape().iter().product();
            let x = encode(dtype, &(0..n).map(|i| (i * 37 % 23) as f64 - 11.0).collect::<Vec<_>>());
            let out =
                call_everywhere(std::slice::from_ref(&x), &[m * dtype.size()], |mem, i, o| {
                    ReduceWindow::new(op, dtype, &shape, &w).unwrap().run(mem, i[0], o[0]);
                });
            let v = floats(dtype, &x);
            for (k, got) in floats(dtype, &out[0]).into_iter().enumerate() {
                let c = cover(&shape, &w, &digits(k, plan.shape()));
                if c.is_empty() {
                    continue;
                }
                let c = c.into_iter().map(|i| v[i]);
                let want = match op {
                    ReduceOp::Sum => c.sum::<f64>(),
                    ReduceOp::Max => c.fold(f64::NEG_INFINITY, f64::max),
                    _ => c.fold(f64::INFINITY, f64::min),
                };
                assert_eq!(got, want, "{op:?} {dtype} {shape:?} {w:?} at {k}");
            }
        }
    }
    let w = WindowSpec { window_dimensions: vec![2], ..WindowSpec::default() };
    assert!(ReduceWindow::new(ReduceOp::Sum, DType::F32, &[4, 4], &w).is_err());
}

#[test]
fn select_and_scatter() {
    for (shape, w) in cases() {
        for (select, dtype) in
            [(CompareOp::Ge, DType::F32), (CompareOp::Le, DType::F64), (CompareOp::Ge, DType::I32)]
        {
            let n: usize = shape.iter().product();
            let plan = || SelectAndScatter::new(select, dtype, &shape, &w).unwrap();
            let source = plan().source_shape().to_vec();
            let m: usize = source.iter().product();
            // Many ties.
            let x: Vec<f64> = (0..n).map(|i| (i * 37 % 5) as f64).collect();
            let u: Vec<f64> = (0..m).map(|i| (i % 7) as f64 + 1.0).collect();
            let ins = [encode(dtype, &x), encode(dtype, &u), encode(dtype, &[2.0])];
            let out = call_everywhere(&ins, &[n * dtype.size()], |mem, i, o| {
                plan().run(mem, i[0], i[1], i[2], o[0]);
            });
            let mut want = vec![2.0; n];
            for (k, u) in u.iter().enumerate() {
                let c = cover(&shape, &w, &digits(k, &source));
                let Some(mut selected) = c.first().copied() else { continue };
                for &next in &c[1..] {
                    let (a, b) = (x[selected], x[next]);
                    if !(if select == CompareOp::Ge { a >= b } else { a <= b }) {
                        selected = next;
                    }
                }
                want[selected] += u;
            }
            assert_eq!(floats(dtype, &out[0]), want, "{select:?} {shape:?} {w:?}");
        }
    }
    let (shape, w) = cases().remove(0);
    assert!(SelectAndScatter::new(CompareOp::Gt, DType::F32, &shape, &w).is_err());
}

#[test]
fn sorts_are_stable() {
    for dtype in DType::ALL {
        for (shape, axis) in
            [(&[40usize][..], 0), (&[3, 50], 1), (&[50, 3], 0), (&[4, 0], 1), (&[30, 900], 1)]
        {
            for descending in [false, true] {
                for order in [Order::Numeric, Order::Total] {
                    let key = Key { dtype, order, descending };
                    let n: usize = shape.iter().product();
                    let x = sample(dtype, n, 21);
                    let payload: Vec<i64> = (0..n as i64).collect();
                    let ins = [x.clone(), bytes(&payload)];
                    let out = call_everywhere(&ins, &[x.len(), n * 8, n * 4], |m, i, o| {
                        let sort = Sort::new(key, &[DType::I64], shape, axis).unwrap();
                        sort.run(m, i, &o[..2]);
                        let arg = ArgSort::new(key, DType::I32, shape, axis).unwrap();
                        arg.run(m, i[0], o[2]);
                    });
                    let v = floats(dtype, &x);
                    let rank = |x: f64| match order {
                        Order::Numeric if x.is_nan() => f64::INFINITY.to_bits() as i64 + 1,
                        _ => {
                            let x = if order == Order::Numeric { x + 0.0 } else { x };
                            let b = x.to_bits() as i64;
                            b ^ ((b >> 63) as u64 >> 1) as i64
                        }
                    };
                    let inner: usize = shape[axis + 1..].iter().product();
                    let (moved, arg): (Vec<i64>, Vec<i32>) = (values(&out[1]), values(&out[2]));
                    for line in 0..n / shape[axis].max(1) {
                        let at = |i: usize| (line / inner * shape[axis] + i) * inner + line % inner;
                        let mut want: Vec<usize> = (0..shape[axis]).collect();
                        want.sort_by(|a, b| {
                            let (a, b) = (rank(v[at(*a)]), rank(v[at(*b)]));
                            if descending { b.cmp(&a) } else { a.cmp(&b) }
                        });
                        for (i, from) in want.into_iter().enumerate() {
                            assert_eq!(arg[at(i)], from as i32, "{dtype} {shape:?} {key:?}");
                            assert_eq!(moved[at(i)], at(from) as i64);
                            let size = dtype.size();
                            let bytes = |b: &[u8], k: usize| b[k * size..][..size].to_vec();
                            assert_eq!(bytes(&out[0], at(i)), bytes(&x, at(from)));
                        }
                    }
                }
            }
        }
    }
}

#[test]
fn top_k() {
    let mut s = Stream::new(4, 4);
    let x: Vec<f32> = (0..300).map(|_| s.below(20) as f32).collect();
    for k in [0, 1, 5, 100] {
        let out = call_everywhere(&[bytes(&x)], &[3 * k * 4, 3 * k * 8], |m, i, o| {
            TopK::new(DType::F32, DType::I64, &[3, 100], k).unwrap().run(m, i[0], o[0], o[1]);
        });
        let (v, i): (Vec<f32>, Vec<i64>) = (values(&out[0]), values(&out[1]));
        for line in 0..3 {
            let row = &x[line * 100..][..100];
            let mut want: Vec<usize> = (0..100).collect();
            want.sort_by(|a, b| row[*b].total_cmp(&row[*a]));
            for j in 0..k {
                assert_eq!(i[line * k + j], want[j] as i64);
                assert_eq!(v[line * k + j], row[want[j]]);
            }
        }
    }
    assert!(TopK::new(DType::F32, DType::I32, &[3], 4).is_err());
}
