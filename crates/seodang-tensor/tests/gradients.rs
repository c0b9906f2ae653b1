//! Gradients against central differences in a random direction, of first and second order.

mod common;

use common::{Checked, along, close, difference, directions, random, values};
use seodang_tensor::{
    Array, ConvDims, Convolution, DType, ErrorKind, Function, GradientTape, Result, Tensor, grad,
    scan, value_and_grad, while_loop,
};

struct Case {
    name: &'static str,
    at: Vec<Array>,
    f: Checked,
    /// Whether the function is smooth, so that the second derivative is checked too.
    smooth: bool,
}

fn x(shape: &[usize]) -> Array {
    random(DType::F64, shape, -1.0, 1.0, 11 + shape.len() as u64)
}

fn positive(shape: &[usize]) -> Array {
    random(DType::F64, shape, 0.3, 2.0, 5)
}

/// A sum with different weights, so that no gradient is zero by symmetry.
fn weigh(y: &Tensor) -> Result<Tensor> {
    let w = Tensor::arange(y.dtype(), y.size())?.reshape(y.shape().clone())?;
    y.mul(&(w * 0.37)?.sin()?.add(1.1)?)?.sum(&[], false)
}

fn cases() -> Vec<Case> {
    let case = |name, at, smooth, f| Case { name, at, f, smooth };
    vec![
        case("polynomial", vec![x(&[3]), x(&[2, 1])], true, |v| weigh(&(v[0].square()? * &v[1])?)),
        case("elementary", vec![positive(&[4])], true, |v| {
            let x = &v[0];
            weigh(&(x.log()?.sin()? + x.sqrt()?.tanh()?)?.add(&x.rsqrt()?.exp()?)?)
        }),
        case("special", vec![positive(&[4])], true, |v| {
            weigh(&v[0].erf()?.add(&v[0].log1p()?)?.add(&v[0].expm1()?)?)
        }),
        // Its second derivative, the polygamma function, is not in the op set.
        case("lgamma", vec![positive(&[4])], false, |v| weigh(&v[0].lgamma()?)),
        case("power", vec![positive(&[3]), positive(&[3])], true, |v| weigh(&v[0].pow(&v[1])?)),
        case("atan2", vec![positive(&[3]), positive(&[1])], true, |v| weigh(&v[0].atan2(&v[1])?)),
        case("softmax", vec![x(&[2, 4])], true, |v| weigh(&v[0].softmax(-1)?)),
        case("log_softmax", vec![x(&[2, 4])], true, |v| weigh(&v[0].log_softmax(0)?)),
        case("logsumexp", vec![x(&[2, 4])], true, |v| weigh(&v[0].logsumexp(&[1], false)?)),
        case("layer normalisation", vec![x(&[3, 4]), x(&[4]), positive(&[4])], true, |v| {
            let centred = v[0].sub(&v[0].mean(&[-1], true)?)?;
            let scale = (v[0].var(&[-1], true)? + 1e-3)?.rsqrt()?;
            weigh(&centred.mul(&scale)?.mul(&v[1])?.add(&v[2])?)
        }),
        case("products", vec![x(&[2, 3]), x(&[3, 4])], true, |v| {
            weigh(&v[0].matmul(&v[1])?.tanh()?)
        }),
        case("batched products", vec![x(&[2, 2, 3]), x(&[2, 3, 2])], true, |v| {
            weigh(&v[0].matmul(&v[1])?)
        }),
        case("broadcast vector product", vec![x(&[3]), x(&[2, 3, 2])], true, |v| {
            weigh(&v[0].matmul(&v[1])?.square()?)
        }),
        case("reductions", vec![positive(&[2, 3])], true, |v| {
            weigh(&(v[0].prod(&[1], true)? + v[0].mean(&[0], true)?)?)
        }),
        case("extremes", vec![x(&[3, 4])], false, |v| {
            weigh(&(v[0].max(&[1], true)? * v[0].min(&[0], true)?)?.add(&v[0].abs()?)?)
        }),
        case("clip, select, relu", vec![x(&[3, 4])], false, |v| {
            let chosen = Tensor::select(&v[0].gt(0.1)?, &v[0].square()?, &v[0].neg()?)?;
            weigh(&chosen.add(&v[0].clip(-0.5, 0.5)?)?.add(&v[0].relu()?)?)
        }),
        case("shapes", vec![x(&[2, 3]), x(&[2, 1])], true, |v| {
            let joined = Tensor::concat(&[v[0].clone(), v[1].square()?], 1)?;
            let moved = joined.transpose(&[1, 0])?.reshape([2, 4])?.pad(&[(1, 0), (-1, 1)], 0.5)?;
            weigh(&moved.reverse(&[0])?.tile(&[1, 2])?.square()?)
        }),
        case("slices", vec![x(&[4, 3])], true, |v| {
            let s = v[0].slice(&[seodang_tensor::Slice::ALL.step(-2), (1..).into()])?;
            weigh(&s.square()?.cumsum(0)?)
        }),
        case("take", vec![x(&[4, 3])], true, |v| {
            let at = Tensor::new([3], vec![1i32, 1, -1])?;
            weigh(&v[0].take(&at, 0)?.square()?)
        }),
        case("take_along_axis", vec![x(&[2, 3])], true, |v| {
            let at = Tensor::new([2, 2], vec![2i32, 0, 1, 1])?;
            weigh(&v[0].take_along_axis(&at, 1)?.sin()?)
        }),
        case("sort and top_k", vec![x(&[2, 4])], false, |v| {
            weigh(&Tensor::concat(&[v[0].sort(1)?, v[0].top_k(2)?.0], 1)?)
        }),
        case("convolution", vec![x(&[1, 5, 4, 2]), x(&[3, 2, 2, 3])], true, |v| {
            let op = Convolution::new(ConvDims::channels_last(2));
            let op = Convolution { padding: vec![(1, 1), (0, 1)], strides: vec![2, 1], ..op };
            weigh(&v[0].conv(&v[1], op)?.sin()?)
        }),
        case("grouped convolution", vec![x(&[1, 4, 4]), x(&[2, 2, 6])], true, |v| {
            let op = Convolution::new(ConvDims::channels_last(1));
            let op = Convolution { feature_group_count: 2, rhs_dilation: vec![2], ..op };
            weigh(&v[0].conv(&v[1], op)?)
        }),
        case("pooling", vec![x(&[1, 4, 4, 2])], false, |v| {
            let most = v[0].max_pool(&[1, 2], &[2, 2], &[2, 2], &[(0, 0), (0, 0)])?;
            let mean = v[0].avg_pool(&[1, 2], &[3, 3], &[2, 2], &[(1, 1), (1, 1)])?;
            weigh(&most)? + weigh(&mean)?
        }),
        case("cholesky", vec![x(&[3, 3])], false, |v| {
            let a = v[0].matmul(&v[0].matrix_transpose()?)?.add(&Tensor::eye(DType::F64, 3)?)?;
            weigh(&a.cholesky()?)
        }),
        case("scan", vec![x(&[3]), x(&[4, 3]), x(&[3, 3])], true, |v| {
            let w = v[2].clone();
            let (last, all) = scan(
                move |h, row| {
                    let next = (h[0].matmul(&w)? + &row[0])?.tanh()?;
                    Ok((vec![next.clone()], vec![next.square()?]))
                },
                &[v[0].clone()],
                &[v[1].clone()],
                None,
                true,
            )?;
            weigh(&last[0])? + weigh(&all[0])?
        }),
        case("bounded loop", vec![positive(&[2])], true, |v| {
            let start = [v[0].clone(), Tensor::scalar(0i32)?];
            let end = while_loop(
                |c| c[1].lt(3),
                |c| Ok(vec![c[0].sin()?.add(&c[0])?, (&c[1] + 1)?]),
                &start,
                Some(5),
            )?;
            weigh(&end[0])
        }),
    ]
}

#[test]
fn first_order() {
    for c in cases() {
        let f = c.f;
        let d = directions(&c.at, 77);
        let at: Vec<Tensor> = c.at.iter().map(|a| Tensor::from_array(a).unwrap()).collect();
        let expected = difference(f, &c.at, &d);
        assert!(expected.abs() > 1e-3, "{}: the sampled derivative is about 0", c.name);
        // In a trace.
        let found = grad(f)(&at).unwrap_or_else(|e| panic!("{}: {e:?}", c.name));
        let found = along(&found, &d);
        assert!(close(found, expected, 1e-7), "{}: {found} {expected}", c.name);
        // On a tape.
        let tape = GradientTape::new();
        at.iter().for_each(|t| tape.watch(t));
        let y = tape.record(|| f(&at)).unwrap();
        let found = tape.gradient_or_zeros(&y, &at).unwrap_or_else(|e| panic!("{}: {e:?}", c.name));
        let found = along(&found, &d);
        assert!(close(found, expected, 1e-7), "{} (tape): {found} {expected}", c.name);
    }
}

#[test]
fn second_order() {
    for c in cases().into_iter().filter(|c| c.smooth) {
        let f = c.f;
        let d = directions(&c.at, 99);
        let at: Vec<Tensor> = c.at.iter().map(|a| Tensor::from_array(a).unwrap()).collect();
        let first = grad(f);
        // The derivative along another direction is a function itself.
        let e = directions(&c.at, 55);
        let slope = move |v: &[Tensor]| -> Result<Tensor> {
            let mut sum = Tensor::scalar(0.0f64)?;
            for (g, d) in first(v)?.iter().zip(&e) {
                sum = (sum + g.mul(&Tensor::from_array(d)?)?.sum(&[], false)?)?;
            }
            Ok(sum)
        };
        let expected = difference(&slope, &c.at, &d);
        let found = along(&both(slope, &at, c.name), &d);
        assert!(close(found, expected, 1e-6), "{}: {found} {expected}", c.name);
    }
}

/// The gradients with zeros where there are none (a linear argument has no second derivative).
fn both(
    f: impl Fn(&[Tensor]) -> Result<Tensor> + Send + Sync + 'static,
    at: &[Tensor],
    name: &str,
) -> Vec<Tensor> {
    let g = Function::new("second", move |v: &[Tensor]| {
        let y = f(v)?;
        let found = seodang_tensor::gradients(&y, v)?;
        found.into_iter().zip(v).map(|(g, v)| g.map_or_else(|| v.zeros_like(), Ok)).collect()
    });
    g.call(at).unwrap_or_else(|e| panic!("{name}: {e:?}"))
}

#[test]
fn no_path_is_an_error_that_names_the_argument() {
    let f = value_and_grad(|v: &[Tensor]| v[0].sum(&[], false));
    let one = Tensor::scalar(1.0f64).unwrap();
    let e = f(&[one.clone(), one.clone()]).unwrap_err();
    assert_eq!(e.kind(), ErrorKind::Gradient);
    assert!(e.to_string().contains("argument 1"), "{e}");
    let stopped = grad(|v: &[Tensor]| v[0].stop_gradient()?.square());
    assert_eq!(stopped(std::slice::from_ref(&one)).unwrap_err().kind(), ErrorKind::Gradient);
    let whole = grad(|v: &[Tensor]| v[0].cast(DType::I32));
    assert_eq!(whole(std::slice::from_ref(&one)).unwrap_err().kind(), ErrorKind::Gradient);
    assert!(seodang_tensor::gradients(&one, std::slice::from_ref(&one)).is_err());
}

#[test]
fn what_a_closure_captures_does_not_count() {
    // d/dx (x * c) with c captured and equal to x: c, not 2x.
    let f = Function::new("outer", |v: &[Tensor]| {
        let c = v[0].clone();
        let slope = {
            let own = v[0].add(0.0)?;
            let y = (&own * &c)?;
            seodang_tensor::gradients(&y, &[own])?.remove(0)
        };
        Ok(vec![slope.unwrap_or(c)])
    });
    assert_eq!(values(&f.call(&[Tensor::scalar(3.0f64).unwrap()]).unwrap()[0]), [3.0]);
}
