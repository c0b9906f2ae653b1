//! Reductions against naive loops.

mod support;

use seodang_core::random::Philox;
use seodang_core::{DType, Element, dispatch};
use seodang_kernels::random::philox;
use seodang_kernels::reduce::*;
use support::*;

/// The position of an element of `shape` in the shape without `axes`.
fn kept(mut n: usize, shape: &[usize], axes: &[usize]) -> usize {
    let (mut out, mut stride) = (0, 1);
    for k in (0..shape.len()).rev() {
        if !axes.contains(&k) {
            out += n % shape[k] * stride;
            stride *= shape[k];
        }
        n /= shape[k];
    }
    out
}

fn check(op: ReduceOp, dtype: DType, shape: &[usize], axes: &[usize]) {
    let n: usize = shape.iter().product();
    let x = if dtype.is_float() { normal(dtype, n, 3) } else { sample(dtype, n, 3) };
    let x = if op == ReduceOp::Prod && dtype.is_float() {
        encode(dtype, &floats(dtype, &x).iter().map(|v| 1.0 + 0.01 * v).collect::<Vec<_>>())
    } else {
        x
    };
    let m: usize = (0..shape.len()).filter(|k| !axes.contains(k)).map(|k| shape[k]).product();
    let out = call_everywhere(std::slice::from_ref(&x), &[m * dtype.size()], |mem, i, o| {
        Reduce::new(op, dtype, shape, axes).unwrap().run(mem, i[0], o[0]);
    });
    let what = format!("{op:?} {dtype} {shape:?} {axes:?}");
    if dtype.is_float() {
        let identity = match op {
            ReduceOp::Sum => 0.0,
            ReduceOp::Prod => 1.0,
            ReduceOp::Max => f64::NEG_INFINITY,
            _ => f64::INFINITY,
        };
        let (mut want, mut scale) = (vec![identity; m], vec![0.0; m]);
        for (i, v) in floats(dtype, &x).into_iter().enumerate() {
            let k = kept(i, shape, axes);
            scale[k] += v.abs();
            want[k] = match op {
                ReduceOp::Sum => want[k] + v,
                ReduceOp::Prod => want[k] * v,
                ReduceOp::Max => want[k].max(v),
                _ => want[k].min(v),
            };
        }
        let u = dtype.unit_roundoff().max(DType::F32.unit_roundoff() * 0.5);
        for (k, got) in floats(dtype, &out[0]).into_iter().enumerate() {
            let bound = match op {
                ReduceOp::Sum => {
                    2.0 * dtype.unit_roundoff() * want[k].abs()
                        + 8.0 * DType::F32.unit_roundoff() * scale[k]
                }
                ReduceOp::Prod => want[k].abs() * (2.0 * u + 1e-4),
                _ => 0.0,
            };
            assert!(
                got == want[k] || (got - want[k]).abs() <= bound,
                "{what} at {k}: {got} {}",
                want[k]
            );
        }
    } else {
        let bits = dtype.size() as u32 * 8;
        let ints = integers(dtype, &x);
        let (low, high) = (ints.iter().min().copied(), ints.iter().max().copied());
        let mut want: Vec<Option<i128>> = vec![None; m];
        for (i, v) in ints.into_iter().enumerate() {
            let w = &mut want[kept(i, shape, axes)];
            let wrap = |v: i128| dispatch!(dtype, T => T::from_i128(v).to_i128());
            *w = Some(w.map_or(v, |w| match (op, dtype) {
                (ReduceOp::Sum | ReduceOp::Max | ReduceOp::Or, DType::Bool) => w | v,
                (_, DType::Bool) => w & v,
                (ReduceOp::Sum, _) => wrap(w + v),
                (ReduceOp::Prod, _) => wrap(w.wrapping_mul(v)),
                (ReduceOp::Max, _) => w.max(v),
                (ReduceOp::Min, _) => w.min(v),
                (ReduceOp::And, _) => w & v,
                (ReduceOp::Or, _) => w | v,
            }));
        }
        for (k, got) in integers(dtype, &out[0]).into_iter().enumerate() {
            if let Some(want) = want[k] {
                assert_eq!(got, want, "{what} at {k}, {bits} bits, {low:?}..={high:?}");
            }
        }
    }
}

#[test]
fn over_any_axes() {
    let shapes: [(&[usize], &[usize]); 14] = [
        (&[7], &[0]),
        (&[7], &[]),
        (&[3, 5], &[1]),
        (&[3, 5], &[0]),
        (&[3, 5, 4], &[0, 2]),
        (&[3, 5, 4], &[1]),
        (&[2, 3, 4, 5], &[1, 3]),
        (&[2, 1, 4, 1], &[1, 2]),
        (&[2, 3, 4, 5], &[0, 1, 2, 3]),
        (&[0, 4], &[0]),
        (&[4, 0], &[0]),
        (&[], &[]),
        (&[200, 3, 100], &[0, 2]),
        (&[70, 600], &[0]),
    ];
    for (shape, axes) in shapes {
        for dtype in DType::ALL {
            for op in ReduceOp::ALL {
                let bits = matches!(op, ReduceOp::And | ReduceOp::Or);
                if bits && dtype.is_float() {
                    assert!(Reduce::new(op, dtype, shape, axes).is_err());
                } else {
                    check(op, dtype, shape, axes);
                }
            }
        }
    }
    for dtype in [DType::F32, DType::BF16, DType::I32] {
        check(ReduceOp::Sum, dtype, &[100_001], &[0]);
        check(ReduceOp::Sum, dtype, &[3, 40_000], &[1]);
        check(ReduceOp::Sum, dtype, &[40_000, 3], &[0]);
        check(ReduceOp::Sum, dtype, &[2, 3000, 40], &[1]);
    }
}

#[test]
fn sums_are_accurate() {
    // A million ones in f32, and the mean of many thirds.
    let n = 1_000_000;
    let x = bytes(&vec![1.0f32 / 3.0; n]);
    let out = call(&[x], &[4], |m, i, o| {
        Reduce::new(ReduceOp::Sum, DType::F32, &[n], &[0]).unwrap().run(m, i[0], o[0]);
    });
    let got = f64::from(values::<f32>(&out[0])[0]);
    let want = f64::from(1.0f32 / 3.0) * n as f64;
    assert!((got - want).abs() / want < 1e-5, "{got} {want}");
}

#[test]
fn places_of_extremes() {
    for dtype in DType::ALL {
        for (shape, axis) in [(&[5usize, 7][..], 1), (&[5, 7], 0), (&[3, 9, 4], 1), (&[600, 40], 1)]
        {
            let n: usize = shape.iter().product();
            let x = sample(dtype, n, 11);
            for extreme in [Extreme::Max, Extreme::Min] {
                for index in [DType::I32, DType::I64] {
                    let m = n / shape[axis];
                    let out = call_everywhere(
                        std::slice::from_ref(&x),
                        &[m * index.size()],
                        |mem, i, o| {
                            ArgReduce::new(extreme, dtype, index, shape, axis)
                                .unwrap()
                                .run(mem, i[0], o[0]);
                        },
                    );
                    let v = floats(dtype, &x);
                    let inner: usize = shape[axis + 1..].iter().product();
                    for (k, got) in integers(index, &out[0]).into_iter().enumerate() {
                        let at = |i: usize| v[(k / inner * shape[axis] + i) * inner + k % inner];
                        let mut best = 0;
                        for i in 1..shape[axis] {
                            let better = match extreme {
                                Extreme::Max => at(i) > at(best),
                                Extreme::Min => at(i) < at(best),
                            };
                            if better || at(i).is_nan() && !at(best).is_nan() {
                                best = i;
                            }
                        }
                        assert_eq!(got, best as i128, "{dtype} {shape:?} {axis} {extreme:?}");
                    }
                }
            }
        }
    }
    assert!(ArgReduce::new(Extreme::Max, DType::F32, DType::I32, &[2, 0], 1).is_err());
    assert!(ArgReduce::new(Extreme::Max, DType::F32, DType::F32, &[2, 2], 1).is_err());
}

#[test]
fn random_bits_are_the_stream() {
    for (words, counter) in [
        (0usize, 0u128),
        (1, 5),
        (4, 0),
        (63, 1),
        (64, u128::MAX - 3),
        (1000, 7),
        (70_001, 1 << 64),
    ] {
        let key = 0x1234_5678_9abc_def0;
        let out = call_everywhere(&[], &[words * 4], |m, _, o| {
            let end = philox(m, key, counter, o[0]);
            assert_eq!(end, counter.wrapping_add(words.div_ceil(4) as u128));
        });
        for (i, w) in values::<u32>(&out[0]).into_iter().enumerate() {
            let block = Philox::new(key).block(counter.wrapping_add((i / 4) as u128));
            assert_eq!(w, block[i % 4], "{words} {counter} at {i}");
        }
    }
}
