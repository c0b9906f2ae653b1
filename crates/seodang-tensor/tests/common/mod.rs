//! Helpers of the tests.
#![allow(dead_code)]

use seodang_core::random::Stream;
use seodang_tensor::{Array, DType, Function, Result, Tensor};

/// Numbers in (lo, hi), the same each time.
pub(crate) fn random(dtype: DType, shape: &[usize], lo: f64, hi: f64, seed: u64) -> Array {
    Stream::new(seed, 1).array(dtype, shape, |s| lo + (hi - lo) * s.uniform())
}

pub(crate) fn tensor(shape: &[usize], values: &[f64]) -> Tensor {
    Tensor::new(shape, values.to_vec()).unwrap()
}

pub(crate) fn values(t: &Tensor) -> Vec<f64> {
    t.to_f64_vec().unwrap()
}

pub(crate) fn close(a: f64, b: f64, tolerance: f64) -> bool {
    a == b
        || (a.is_nan() && b.is_nan())
        || (a - b).abs() <= tolerance * (1.0 + a.abs().max(b.abs()))
}

#[track_caller]
pub(crate) fn assert_close(a: &[f64], b: &[f64], tolerance: f64) {
    assert_eq!(a.len(), b.len());
    for (i, (&x, &y)) in a.iter().zip(b).enumerate() {
        assert!(close(x, y, tolerance), "element {i}: {x} and {y}\n{a:?}\n{b:?}");
    }
}

/// What a closure gives when traced into one program.
pub(crate) fn traced(
    f: impl Fn(&[Tensor]) -> Result<Vec<Tensor>> + Send + Sync + 'static,
    arguments: &[Tensor],
) -> Result<Vec<Tensor>> {
    Function::new("test", f).call(arguments)
}

/// A function of float64 arguments that is checked: its gradients with respect to all of them.
pub(crate) type Checked = fn(&[Tensor]) -> Result<Tensor>;

/// The derivative along a random direction, from central differences.
pub(crate) fn difference(
    f: impl Fn(&[Tensor]) -> Result<Tensor>,
    at: &[Array],
    along: &[Array],
) -> f64 {
    let h = 1e-5;
    let value = |sign: f64| -> f64 {
        let moved: Vec<Tensor> = (at.iter().zip(along))
            .map(|(x, d)| {
                let (x, d) = (x.to_f64_vec(), d);
                let step = d.to_f64_vec();
                let sum = |i: usize| x[i] + sign * h * step[i];
                Tensor::from_array(&Array::from_fn(DType::F64, d.shape().clone(), sum)).unwrap()
            })
            .collect();
        f(&moved).unwrap().sum(&[], false).unwrap().item().unwrap()
    };
    (value(1.0) - value(-1.0)) / (2.0 * h)
}

pub(crate) fn directions(at: &[Array], seed: u64) -> Vec<Array> {
    at.iter()
        .enumerate()
        .map(|(i, x)| random(DType::F64, x.shape(), -1.0, 1.0, seed + 100 * i as u64))
        .collect()
}

/// The sum over arguments of gradient times direction.
pub(crate) fn along(gradients: &[Tensor], directions: &[Array]) -> f64 {
    gradients
        .iter()
        .zip(directions)
        .map(|(g, d)| values(g).iter().zip(d.to_f64_vec()).map(|(g, d)| g * d).sum::<f64>())
        .sum()
}
