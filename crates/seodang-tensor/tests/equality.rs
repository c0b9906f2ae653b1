//! Every op gives the same bits eagerly and in a trace, and the values it should.

mod common;

use common::{assert_close, random, traced, values};
use seodang_tensor::{
    ConvDims, Convolution, DType, Device, DotGeneral, ErrorKind, Result, Slice, Tensor, Window,
    with_device,
};

type Case = (&'static str, Vec<Tensor>, fn(&[Tensor]) -> Result<Vec<Tensor>>);

fn f(shape: &[usize], lo: f64, hi: f64) -> Tensor {
    Tensor::from_array(&random(DType::F32, shape, lo, hi, shape.len() as u64 + 7)).unwrap()
}

fn i(shape: &[usize], lo: f64, hi: f64) -> Tensor {
    Tensor::from_array(&random(DType::I32, shape, lo, hi, 3)).unwrap()
}

macro_rules! unary_cases {
    ($list:ident, $lo:expr, $hi:expr, $($name:ident)*) => {$(
        $list.push((stringify!($name), vec![f(&[2, 3], $lo, $hi)], |x| Ok(vec![x[0].$name()?])));
    )*};
}

macro_rules! binary_cases {
    ($list:ident, $lo:expr, $hi:expr, $($name:ident)*) => {$(
        // Equal shapes, both ways of broadcasting, a number.
        $list.push((stringify!($name), vec![f(&[2, 3], $lo, $hi), f(&[3], $lo, $hi), f(&[2, 1], $lo, $hi)], |x| {
            Ok(vec![x[0].$name(&x[0])?, x[0].$name(&x[1])?, x[1].$name(&x[2])?, x[2].$name(1.5)?])
        }));
    )*};
}

fn cases() -> Vec<Case> {
    let mut list: Vec<Case> = Vec::new();
    unary_cases!(list, -2.0, 2.0, abs cbrt ceil cos erf exp expm1 floor is_finite round sigmoid sign
        sin tan tanh neg square relu reciprocal zeros_like ones_like stop_gradient);
    unary_cases!(list, 0.2, 3.0, log log1p rsqrt sqrt lgamma digamma);
    unary_cases!(list, -0.9, 0.9, erf_inv);
    binary_cases!(list, -2.0, 2.0, add sub mul div maximum minimum rem atan2 eq ne ge gt le lt);
    binary_cases!(list, 0.5, 2.0, pow);
    list.push(("logical", vec![f(&[3], -1.0, 1.0)], |x| {
        let (a, b) = (x[0].gt(0.0)?, x[0].lt(0.5)?);
        Ok(vec![
            a.logical_and(&b)?,
            a.logical_or(&b)?,
            a.logical_xor(&b)?,
            a.logical_not()?,
            a.all(&[], false)?,
            a.any(&[0], true)?,
        ])
    }));
    list.push(("bits", vec![i(&[4], 1.0, 90.0)], |x| {
        Ok(vec![x[0].shift_left(2)?, x[0].shift_right(1)?, x[0].logical_not()?])
    }));
    list.push(("operators", vec![f(&[2], 1.0, 2.0), f(&[2, 2], 1.0, 2.0)], |x| {
        Ok(vec![
            (&x[0] + &x[1])?,
            (&x[0] - 1.0)?,
            (2.0 * &x[0])?,
            (1.0 / &x[0])?,
            (&x[1] % 0.3)?,
            (-&x[0])?,
            ((&x[0] + 1.0)? * &x[1])?,
        ])
    }));
    list.push(("select clip cast", vec![f(&[2, 3], -1.0, 1.0), f(&[3], -1.0, 1.0)], |x| {
        Ok(vec![
            Tensor::select(&x[1].gt(0.0)?, &x[0], 0.0)?,
            Tensor::select(&x[0].gt(0.0)?, 1.0, &x[1])?,
            Tensor::select(&x[0].gt(0.0)?, 1.0, 2.0)?,
            x[0].clip(-0.5, 0.5)?,
            x[0].clip(&x[1], 2.0)?,
            x[0].cast(DType::I32)?,
            x[0].cast(DType::BF16)?,
        ])
    }));
    list.push(("constructors", vec![f(&[1], 0.0, 1.0)], |x| {
        Ok(vec![
            Tensor::arange(DType::I64, 4)?,
            Tensor::eye(DType::F32, 3)?,
            Tensor::iota(DType::F32, [2, 3], -1)?,
            Tensor::full(DType::F64, [2], 0.1)?,
            Tensor::ones(DType::Bool, [2])?,
            x[0].full_like(3.0)?,
        ])
    }));
    list.push(("reductions", vec![f(&[2, 3, 4], -1.0, 1.0)], |x| {
        let x = &x[0];
        Ok(vec![
            x.sum(&[], false)?,
            x.sum(&[-1], true)?,
            x.prod(&[0, 2], false)?,
            x.max(&[1], false)?,
            x.min(&[1], true)?,
            x.mean(&[0], false)?,
            x.var(&[1, 2], false)?,
            x.std(&[], true)?,
            x.logsumexp(&[1], false)?,
            x.logsumexp(&[], true)?,
            x.softmax(1)?,
            x.log_softmax(-1)?,
            x.argmax(1)?,
            x.argmin(-1)?,
            x.cumsum(1)?,
            x.cumprod(-1)?,
        ])
    }));
    list.push(("shapes", vec![f(&[2, 3, 1], -1.0, 1.0)], |x| {
        let x = &x[0];
        Ok(vec![
            x.reshape([3, 2])?,
            x.reshape_to(&[-1])?,
            x.transpose(&[2, 0, 1])?,
            x.matrix_transpose()?,
            x.expand_dims(0)?,
            x.expand_dims(-1)?,
            x.squeeze(&[-1])?,
            x.squeeze(&[])?,
            x.broadcast_to([4, 2, 3, 2])?,
            Tensor::concat(&[x.clone(), x.clone(), x.clone()], 1)?,
            Tensor::stack(&[x.clone(), x.clone()], -1)?,
            x.pad(&[(1, 0), (0, -1), (2, 2)], 9.0)?,
            x.reverse(&[1])?,
            x.tile(&[1, 2, 3])?,
            x.repeat(2, 1)?,
            x.squeeze(&[2])?.tril(0)?,
            x.squeeze(&[2])?.triu(1)?,
        ])
    }));
    list.push(("parts", vec![f(&[2, 6], -1.0, 1.0)], |x| {
        let mut all = x[0].split(3, 1)?;
        all.extend(x[0].split_sizes(&[1, 2, 3], -1)?);
        all.extend(x[0].unstack(0)?);
        Ok(all)
    }));
    list.push(("indices", vec![f(&[3, 4], -1.0, 1.0), i(&[2, 2], -3.0, 3.0)], |x| {
        let (t, at) = (&x[0], &x[1]);
        let zero = Tensor::scalar(0i32)?;
        Ok(vec![
            t.slice(&[1.into(), (..).into()])?,
            t.slice(&[Slice::ALL.step(-1), (-3..-1).into(), Slice::NewAxis])?,
            t.slice(&[Slice::Ellipsis, Slice::Range { start: Some(3), stop: None, step: -2 }])?,
            t.slice(&[(5..).into()])?,
            t.take(at, 0)?,
            t.gather(at, -1)?,
            t.take_along_axis(&Tensor::new([3, 1], vec![0i32, -1, 2])?, 1)?,
            at.one_hot(3, DType::F32)?,
            t.dynamic_slice(&[zero.clone(), Tensor::scalar(2i32)?], &[2, 2])?,
            t.dynamic_update_slice(
                &Tensor::zeros(DType::F32, [1, 2])?,
                &[Tensor::scalar(2i32)?, zero],
            )?,
        ])
    }));
    list.push((
        "products",
        vec![f(&[2, 3, 4], -1.0, 1.0), f(&[4, 2], -1.0, 1.0), f(&[4], -1.0, 1.0)],
        |x| {
            let (a, b, v) = (&x[0], &x[1], &x[2]);
            let batch = b.broadcast_to([2, 4, 2])?;
            Ok(vec![
                a.matmul(b)?,
                a.matmul(v)?,
                v.matmul(b)?,
                v.matmul(v)?,
                a.matmul(&batch)?,
                v.matmul(&batch)?,
                a.expand_dims(0)?.matmul(&batch)?,
                a.tensordot(b, (&[-1], &[0]))?,
                a.dot_general(
                    &batch,
                    DotGeneral {
                        lhs_batching: vec![0],
                        rhs_batching: vec![0],
                        lhs_contracting: vec![2],
                        rhs_contracting: vec![1],
                        result: None,
                    },
                )?,
            ])
        },
    ));
    list.push(("cholesky", vec![f(&[3, 3], -1.0, 1.0)], |x| {
        let a = x[0].matmul(&x[0].matrix_transpose()?)?.add(&Tensor::eye(DType::F32, 3)?)?;
        Ok(vec![a.cholesky()?])
    }));
    list.push((
        "convolution",
        vec![f(&[1, 5, 4, 2], -1.0, 1.0), f(&[3, 3, 2, 3], -1.0, 1.0)],
        |x| {
            let op = Convolution::new(ConvDims::channels_last(2));
            let same = Convolution { padding: vec![(1, 1); 2], strides: vec![2, 1], ..op.clone() };
            Ok(vec![x[0].conv(&x[1], op)?, x[0].conv(&x[1], same)?])
        },
    ));
    list.push(("pooling", vec![f(&[1, 5, 4, 2], -1.0, 1.0)], |x| {
        let x = &x[0];
        Ok(vec![
            x.max_pool(&[1, 2], &[2, 2], &[2, 2], &[(0, 0), (0, 0)])?,
            x.max_pool(&[1, 2], &[3, 3], &[2, 2], &[(1, 1), (1, 0)])?,
            x.avg_pool(&[1, 2], &[2, 2], &[1, 1], &[(0, 0), (0, 0)])?,
            x.avg_pool(&[1, 2], &[3, 3], &[2, 2], &[(1, 1), (1, 0)])?,
            x.reduce_window(
                seodang_tensor::Reducer::Minimum,
                Window::new([1, 2, 2, 1], [1, 1, 1, 1]),
            )?,
        ])
    }));
    list.push(("sorting", vec![f(&[2, 5], -1.0, 1.0), i(&[2, 5], 0.0, 3.0)], |x| {
        let (top, at) = x[0].top_k(2)?;
        let mut all = vec![top, at, x[0].sort(-1)?, x[0].sort(0)?];
        all.push(x[1].argsort(1, false)?);
        all.push(x[1].argsort(1, true)?);
        all.extend(x[1].sort_with(&[x[0].clone()], 1)?);
        Ok(all)
    }));
    list
}

#[test]
fn eager_and_traced_agree() {
    for (name, inputs, op) in cases() {
        let eager = op(&inputs).unwrap_or_else(|e| panic!("{name}: {e:?}"));
        let traced = traced(op, &inputs).unwrap_or_else(|e| panic!("{name}: {e:?}"));
        assert_eq!(eager.len(), traced.len());
        for (i, (a, b)) in eager.iter().zip(&traced).enumerate() {
            assert_eq!(a.ty(), b.ty(), "{name} {i}");
            // One program may contract a product and a sum; separate ones cannot.
            assert_close(&values(a), &values(b), 4e-6);
        }
    }
}

#[test]
fn the_default_engine_agrees_with_the_definition() {
    for (name, inputs, op) in cases() {
        let default = op(&inputs).unwrap_or_else(|e| panic!("{name}: {e:?}"));
        let reference = Device::reference();
        let defined = with_device(reference, || {
            let moved: Vec<Tensor> =
                inputs.iter().map(|x| x.to_device(reference).unwrap()).collect();
            op(&moved).unwrap_or_else(|e| panic!("{name}: {e:?}"))
        });
        for (i, (a, b)) in default.iter().zip(&defined).enumerate() {
            assert_eq!(a.ty(), b.ty(), "{name} {i}");
            assert_eq!(b.device(), reference);
            assert_close(&values(a), &values(b), 4e-6);
        }
    }
}

#[test]
fn devices_do_not_mix() {
    let a = Tensor::scalar(1.0f32).unwrap();
    let b = a.to_device(Device::reference()).unwrap();
    let e = a.add(&b).unwrap_err();
    assert_eq!(e.kind(), ErrorKind::Value);
    assert!(e.to_string().contains("to_device"), "{e}");
    assert!(Device::named("abacus").unwrap_err().to_string().contains("cpu"));
    assert_eq!(Device::named("reference").unwrap(), Device::reference());
}

#[test]
fn values_are_numpys() {
    let x = Tensor::new([2, 3], vec![1.0f64, -2.0, 3.0, 4.0, 0.5, -6.0]).unwrap();
    assert_eq!(values(&x.sum(&[0], false).unwrap()), [5.0, -1.5, -3.0]);
    assert_eq!(values(&x.argmax(1).unwrap()), [2.0, 0.0]);
    assert_eq!(values(&x.argmin(0).unwrap()), [0.0, 0.0, 1.0]);
    assert_eq!(values(&x.cumsum(1).unwrap()), [1.0, -1.0, 2.0, 4.0, 4.5, -1.5]);
    assert_close(&values(&x.var(&[1], false).unwrap()), &[4.222222222222222, 51.5 / 3.0], 1e-14);
    assert_eq!(values(&x.tril(0).unwrap()), [1.0, 0.0, 0.0, 4.0, 0.5, 0.0]);
    assert_eq!(values(&x.triu(1).unwrap()), [0.0, -2.0, 3.0, 0.0, 0.0, -6.0]);
    assert_eq!(values(&x.tile(&[1, 2]).unwrap())[..6], [1.0, -2.0, 3.0, 1.0, -2.0, 3.0]);
    assert_eq!(values(&x.repeat(2, 1).unwrap())[..6], [1.0, 1.0, -2.0, -2.0, 3.0, 3.0]);
    assert_eq!(values(&x.argsort(1, true).unwrap()), [2.0, 0.0, 1.0, 0.0, 1.0, 2.0]);
    // The average counts what is inside only.
    let pooled = x.avg_pool(&[1], &[2], &[2], &[(1, 0)]).unwrap();
    assert_eq!(values(&pooled), [1.0, 0.5, 4.0, -2.75]);
    let big = Tensor::new([2], vec![1000.0f64, 1001.0]).unwrap();
    let expected = 1001.0 + (1.0 + (-1f64).exp()).ln();
    assert_close(&values(&big.logsumexp(&[], false).unwrap()), &[expected], 1e-15);
    let none = Tensor::full(DType::F64, [2], f64::NEG_INFINITY).unwrap();
    assert_eq!(values(&none.logsumexp(&[0], false).unwrap()), [f64::NEG_INFINITY]);
    let nan = Tensor::new([3], vec![1.0f32, f32::NAN, 5.0]).unwrap();
    assert_eq!(values(&nan.argmax(0).unwrap()), [1.0]);
}

#[test]
fn python_slices() {
    // From Python: list(range(5))[s], for every combination.
    let x = Tensor::arange(DType::I32, 5).unwrap();
    for start in [None, Some(-9), Some(-2), Some(0), Some(3), Some(9)] {
        for stop in [None, Some(-9), Some(-1), Some(0), Some(4), Some(9)] {
            for step in [-3i64, -1, 1, 2] {
                let n = 5i64;
                let wrap = |i: i64| if i < 0 { i + n } else { i };
                let mut expected = Vec::new();
                // By definition: from the clipped start, while the stop is not reached.
                let first = match start {
                    None if step > 0 => 0,
                    None => n - 1,
                    Some(i) if step > 0 => wrap(i).clamp(0, n),
                    Some(i) => wrap(i).clamp(-1, n - 1),
                };
                let last = match stop {
                    None if step > 0 => n,
                    None => -1,
                    Some(i) if step > 0 => wrap(i).clamp(0, n),
                    Some(i) => wrap(i).clamp(-1, n - 1),
                };
                let mut k = first;
                while (step > 0 && k < last) || (step < 0 && k > last) {
                    expected.push(k as f64);
                    k += step;
                }
                let y = x.slice(&[Slice::Range { start, stop, step }]).unwrap();
                assert_eq!(values(&y), expected, "[{start:?}:{stop:?}:{step}]");
            }
        }
    }
}

#[test]
fn errors_name_the_op_the_shapes_and_the_way_out() {
    use seodang_core::Lang;
    let a = Tensor::zeros(DType::F32, [2, 3]).unwrap();
    let b = Tensor::zeros(DType::F32, [4]).unwrap();
    let e = a.add(&b).unwrap_err();
    assert_eq!(e.kind(), ErrorKind::Shape);
    for part in ["add", "float32[2, 3]", "float32[4]", "broadcast"] {
        assert!(e.render(Lang::En).contains(part), "{}", e.render(Lang::En));
    }
    assert!(e.render(Lang::Ko).contains("모양"));
    let e = a.add(b.cast(DType::F64).unwrap()).unwrap_err();
    assert_eq!(e.kind(), ErrorKind::Shape);
    let e = b.mul(b.cast(DType::I32).unwrap()).unwrap_err();
    assert_eq!(e.kind(), ErrorKind::DType);
    assert!(e.render(Lang::En).contains("multiply") && e.render(Lang::En).contains("hint"));
    let e = a.matmul(&a).unwrap_err();
    assert!(e.render(Lang::En).contains("inner dimensions 3 and 2"), "{e}");
    let e = a.sum(&[2], false).unwrap_err();
    assert!(e.render(Lang::En).contains("from -2 to 1"), "{e}");
    assert!(a.sum(&[0, -2], false).is_err());
    assert!(a.reshape([7]).is_err());
    assert!(a.reshape_to(&[-1, 4]).is_err());
    assert!(a.squeeze(&[0]).is_err());
    assert!(a.slice(&[5.into()]).is_err());
    assert!(a.slice(&[0.into(), 0.into(), 0.into()]).is_err());
    assert!(a.slice(&[Slice::ALL.step(0)]).is_err());
    assert!(a.split(2, 1).is_err());
    assert!(a.take(&a, 0).is_err());
    assert!(a.cast(DType::I32).unwrap().add(0.5).is_err());
    assert!(a.cast(DType::I32).unwrap().mean(&[], false).is_err());
    assert!(Tensor::zeros(DType::F32, [0]).unwrap().argmax(0).is_err());
    assert!(Tensor::concat(&[], 0).is_err());
}
