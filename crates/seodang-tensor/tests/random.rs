//! Random streams: statistics, reproducibility, the known bits of Philox.

mod common;

use common::values;
use seodang_core::random::Philox;
use seodang_tensor::{DType, Function, Tensor, random::RandomState};

fn moments(x: &[f64]) -> (f64, f64) {
    let n = x.len() as f64;
    let mean = x.iter().sum::<f64>() / n;
    (mean, x.iter().map(|v| (v - mean).powi(2)).sum::<f64>() / n)
}

#[test]
fn distributions_have_their_moments() {
    let r = RandomState::new(1).unwrap();
    let n = 40_000;
    for dtype in [DType::F16, DType::BF16, DType::F32, DType::F64] {
        let u = values(&r.uniform(dtype, [n], 0.0, 1.0).unwrap());
        assert!(u.iter().all(|&x| (0.0..1.0).contains(&x)), "{dtype}");
        let (mean, var) = moments(&u);
        assert!(
            (mean - 0.5).abs() < 0.01 && (var - 1.0 / 12.0).abs() < 0.005,
            "{dtype} {mean} {var}"
        );
        let (mean, var) = moments(&values(&r.normal(dtype, [n]).unwrap()));
        assert!(mean.abs() < 0.02 && (var - 1.0).abs() < 0.03, "{dtype} {mean} {var}");
    }
    let u = values(&r.uniform(DType::F32, [n], -3.0, 5.0).unwrap());
    assert!(u.iter().all(|&x| (-3.0..5.0).contains(&x)));
    assert!((moments(&u).0 - 1.0).abs() < 0.1);
    let t = values(&r.truncated_normal(DType::F32, [n]).unwrap());
    assert!(t.iter().all(|x| x.abs() <= 2.0));
    // The variance of the normal distribution cut at two deviations.
    assert!((moments(&t).1 - 0.774).abs() < 0.02, "{:?}", moments(&t));
    let b = values(&r.bernoulli(0.3, [n]).unwrap());
    assert!((moments(&b).0 - 0.3).abs() < 0.01);
    let k = values(&r.integers(DType::I32, [n], -2, 4).unwrap());
    for value in -2..4 {
        let share = k.iter().filter(|&&x| x == f64::from(value)).count() as f64 / n as f64;
        assert!((share - 1.0 / 6.0).abs() < 0.01, "{value}: {share}");
    }
    assert!(
        r.integers(DType::I32, [1], 3, 3).is_err() && r.integers(DType::F32, [1], 0, 3).is_err()
    );
    assert!(r.uniform(DType::I32, [1], 0.0, 1.0).is_err());
    let logits =
        Tensor::new([2, 3], [0.2f32, 0.3, 0.5, 0.1, 0.1, 0.8].map(f32::ln).to_vec()).unwrap();
    let c = r.categorical(&logits, n).unwrap();
    assert_eq!(c.shape().dims(), [2, n]);
    let c = values(&c);
    let share = |row: usize, class: f64| {
        c[row * n..(row + 1) * n].iter().filter(|&&x| x == class).count() as f64 / n as f64
    };
    assert!((share(0, 1.0) - 0.3).abs() < 0.015 && (share(1, 2.0) - 0.8).abs() < 0.015);
    let mut p = values(&r.permutation(1000).unwrap());
    assert_ne!(p, (0..1000).map(f64::from).collect::<Vec<_>>());
    p.sort_by(f64::total_cmp);
    assert_eq!(p, (0..1000).map(f64::from).collect::<Vec<_>>());
}

#[test]
fn draws_repeat_and_streams_differ() {
    let draw = |r: &RandomState| values(&r.normal(DType::F32, [8]).unwrap());
    let (a, b) = (RandomState::new(7).unwrap(), RandomState::new(7).unwrap());
    let first = draw(&a);
    assert_eq!(first, draw(&b));
    assert_ne!(first, draw(&a), "each draw advances the state");
    assert_ne!(first, draw(&RandomState::new(8).unwrap()));
    assert_ne!(first, draw(&RandomState::stream(7, 1).unwrap()));
    a.reseed(7).unwrap();
    assert_eq!(first, draw(&a));
    // In a trace: the same numbers, and the state goes on from call to call.
    let (c, d) = (RandomState::new(7).unwrap(), RandomState::new(7).unwrap());
    let f = {
        let c = c.clone();
        Function::new("draw", move |_: &[Tensor]| {
            Ok(vec![c.normal(DType::F32, [8])?, c.uniform(DType::F32, [3], 0.0, 1.0)?])
        })
    };
    for _ in 0..3 {
        let y = f.call(&[]).unwrap();
        common::assert_close(&values(&y[0]), &draw(&d), 1e-6);
        let u = d.uniform(DType::F32, [3], 0.0, 1.0).unwrap();
        assert_eq!(values(&y[1]), values(&u));
    }
    assert_eq!(
        c.variable().to_array().unwrap().to_i128_vec(),
        d.variable().to_array().unwrap().to_i128_vec()
    );
}

#[test]
fn bits_are_philoxs() {
    let r = RandomState::stream(99, 5).unwrap();
    let bits = r.bits(DType::U32, [8]).unwrap().to_array().unwrap();
    let key = Philox::new(99);
    let counter = 5u128 << 64;
    let expected = [key.block(counter), key.block(counter + 1)].concat();
    assert_eq!(bits.to_vec::<u32>().unwrap(), expected);
}
