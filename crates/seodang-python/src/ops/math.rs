//! Elementwise functions and reductions.

use crate::convert::{Wish, axes, handle, tensor, tensor_as};
use crate::errors::OrRaise;
use crate::operators::apply;
use crate::tensor::PyTensor;
use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;
use seodang_core::{DType, Result};
use seodang_nn::Activation;
use seodang_tensor::Tensor;

/// A function of one tensor by name.
fn compute(name: &str, x: &Tensor) -> Option<Result<Tensor>> {
    Some(match name {
        "abs" => x.abs(),
        "neg" | "negative" => x.neg(),
        "exp" => x.exp(),
        "expm1" => x.expm1(),
        "log" => x.log(),
        "log1p" => x.log1p(),
        "sqrt" => x.sqrt(),
        "rsqrt" => x.rsqrt(),
        "square" => x.square(),
        "reciprocal" => x.reciprocal(),
        "sin" => x.sin(),
        "cos" => x.cos(),
        "tan" => x.tan(),
        "tanh" => x.tanh(),
        "asin" => x.mul(x).and_then(|s| (1.0 - s)?.sqrt()).and_then(|c| x.atan2(&c)),
        "acos" => x.mul(x).and_then(|s| (1.0 - s)?.sqrt()).and_then(|s| s.atan2(x)),
        "atan" => x.ones_like().and_then(|one| x.atan2(&one)),
        "sinh" => x.expm1().and_then(|e| {
            let one = e.add(1.0)?;
            (e.add(&e.div(&one)?)?) * 0.5
        }),
        "cosh" => x.exp().and_then(|e| e.add(&x.neg()?.exp()?)? * 0.5),
        "asinh" => x.abs().and_then(|a| {
            let s = a.square()?;
            let y = a.add(&s.div(&(s.add(1.0)?.sqrt()? + 1.0)?)?)?.log1p()?;
            x.sign()?.mul(&y)
        }),
        "acosh" => x.square().and_then(|s| x.add(&(s - 1.0)?.sqrt()?)?.log()),
        "atanh" => x.log1p().and_then(|a| a.sub(&x.neg()?.log1p()?)? * 0.5),
        "erf" => x.erf(),
        "erfc" => x.erf().and_then(|y| 1.0 - y),
        "erf_inv" | "erfinv" => x.erf_inv(),
        "lgamma" => x.lgamma(),
        "digamma" => x.digamma(),
        "ceil" => x.ceil(),
        "floor" => x.floor(),
        "round" | "rint" if !x.dtype().is_float() => Ok(x.clone()),
        "round" | "rint" => x.round(),
        "sign" => x.sign(),
        "sigmoid" => x.sigmoid(),
        "relu" => x.relu(),
        "cbrt" => x.cbrt(),
        "logical_not" | "invert" => x.logical_not(),
        "is_nan" => x.ne(x),
        "is_inf" => x.abs().and_then(|a| a.eq(f64::INFINITY)),
        "is_finite" => x.is_finite(),
        "stop_gradient" => x.stop_gradient(),
        "zeros_like" => x.zeros_like(),
        "ones_like" => x.ones_like(),
        _ => return None,
    })
}

/// A function of one tensor by its name.
#[pyfunction]
fn unary(name: &str, x: &Bound<'_, PyAny>) -> PyResult<PyTensor> {
    match compute(name, &tensor(x)?) {
        Some(result) => result.or_raise().map(PyTensor),
        None => Err(PyValueError::new_err(format!("there is no function {name:?}"))),
    }
}

/// Two operands: numbers, lists and arrays take the type of the tensor beside them.
pub(crate) fn pair(a: &Bound<'_, PyAny>, b: &Bound<'_, PyAny>) -> PyResult<(Tensor, Tensor)> {
    match (handle(a)?, handle(b)?) {
        (Some(a), Some(b)) => Ok((a, b)),
        (Some(a), None) => {
            let b = tensor_as(b, Wish::hint(a.dtype()))?;
            Ok((a, b))
        }
        (None, Some(b)) => Ok((tensor_as(a, Wish::hint(b.dtype()))?, b)),
        (None, None) => {
            let array = a.hasattr("dtype")? || !b.hasattr("dtype")?;
            if array {
                let x = tensor(a)?;
                let y = tensor_as(b, Wish::hint(x.dtype()));
                // 1 + 2.5: the fraction decides.
                match y {
                    Ok(y) => Ok((x, y)),
                    Err(_) => {
                        let y = tensor(b)?;
                        Ok((tensor_as(a, Wish::hint(y.dtype()))?, y))
                    }
                }
            } else {
                let y = tensor(b)?;
                Ok((tensor_as(a, Wish::hint(y.dtype()))?, y))
            }
        }
    }
}

/// A function of two tensors by its name.
#[pyfunction]
fn binary(name: &str, a: &Bound<'_, PyAny>, b: &Bound<'_, PyAny>) -> PyResult<PyTensor> {
    let (x, y) = pair(a, b)?;
    apply(a.py(), name, &x, &y).map(PyTensor)
}

macro_rules! unaries {
    ($register:ident: $($name:ident),*) => {
        $(
            #[doc = concat!("The function `", stringify!($name), "` of each element; the shape stays.")]
            #[pyfunction]
            fn $name(x: &Bound<'_, PyAny>) -> PyResult<PyTensor> {
                unary(stringify!($name), x)
            }
        )*
        fn $register(m: &Bound<'_, PyModule>) -> PyResult<()> {
            $(m.add_function(wrap_pyfunction!($name, m)?)?;)*
            Ok(())
        }
    };
}

unaries! { register_unary:
    abs, neg, exp, expm1, log, log1p, sqrt, rsqrt, square, reciprocal, sin, cos, tan, tanh, asin, acos,
    atan, sinh, cosh, asinh, acosh, atanh, erf, erfc, erf_inv, lgamma, digamma, ceil, floor, round, sign,
    sigmoid, relu, cbrt, logical_not, is_nan, is_inf, is_finite, stop_gradient, zeros_like, ones_like
}

macro_rules! binaries {
    ($register:ident: $($name:ident),*) => {
        $(
            #[doc = concat!("The function `", stringify!($name), "` of two tensors, element by element.")]
            #[pyfunction]
            fn $name(a: &Bound<'_, PyAny>, b: &Bound<'_, PyAny>) -> PyResult<PyTensor> {
                binary(stringify!($name), a, b)
            }
        )*
        fn $register(m: &Bound<'_, PyModule>) -> PyResult<()> {
            $(m.add_function(wrap_pyfunction!($name, m)?)?;)*
            Ok(())
        }
    };
}

binaries! { register_binary:
    add, subtract, multiply, divide, floordiv, floormod, truncatediv, truncatemod, power, maximum,
    minimum, atan2, squared_difference, equal, not_equal, less, less_equal, greater, greater_equal,
    logical_and, logical_or, logical_xor, bitwise_and, bitwise_or, bitwise_xor, left_shift, right_shift
}

fn reduce(name: &str, x: &Tensor, axes: &[i64], keep: bool) -> Result<Tensor> {
    let float = x.dtype().is_float();
    match name {
        "reduce_sum" => x.sum(axes, keep),
        "reduce_prod" => x.prod(axes, keep),
        "reduce_max" => x.max(axes, keep),
        "reduce_min" => x.min(axes, keep),
        "reduce_any" => x.any(axes, keep),
        "reduce_all" => x.all(axes, keep),
        "reduce_mean" if float => x.mean(axes, keep),
        // TensorFlow's mean of integers is an integer.
        "reduce_mean" => {
            let sum = x.cast(DType::F64)?.mean(axes, keep)?;
            let down = sum.abs()?.floor()?;
            sum.sign()?.mul(&down)?.cast(x.dtype())
        }
        "reduce_variance" => x.var(axes, keep),
        "reduce_std" => x.std(axes, keep),
        _ => x.logsumexp(axes, keep),
    }
}

macro_rules! reductions {
    ($register:ident: $($name:ident),*) => {
        $(
            #[doc = concat!("`", stringify!($name), "` over axes; over all of them if `axis` is None.")]
            #[pyfunction]
            #[pyo3(signature = (x, axis=None, keepdims=false))]
            fn $name(
                x: &Bound<'_, PyAny>,
                axis: Option<&Bound<'_, PyAny>>,
                keepdims: bool,
            ) -> PyResult<PyTensor> {
                let x = tensor(x)?;
                let axes = axes(axis)?;
                // No axes at all is not the same as none given.
                if axes.as_ref().is_some_and(Vec::is_empty) {
                    return Ok(PyTensor(x));
                }
                let all: Vec<i64> = (0..x.rank() as i64).collect();
                reduce(stringify!($name), &x, &axes.unwrap_or(all), keepdims)
                    .or_raise()
                    .map(PyTensor)
            }
        )*
        fn $register(m: &Bound<'_, PyModule>) -> PyResult<()> {
            $(m.add_function(wrap_pyfunction!($name, m)?)?;)*
            Ok(())
        }
    };
}

reductions! { register_reductions:
    reduce_sum, reduce_prod, reduce_max, reduce_min, reduce_any, reduce_all, reduce_mean,
    reduce_variance, reduce_std, reduce_logsumexp
}

/// The place of the largest element along an axis.
#[pyfunction]
#[pyo3(signature = (x, axis=0))]
fn argmax(x: &Bound<'_, PyAny>, axis: i64) -> PyResult<PyTensor> {
    tensor(x)?.argmax(axis).and_then(|t| t.cast(DType::I64)).or_raise().map(PyTensor)
}

/// The place of the smallest element along an axis.
#[pyfunction]
#[pyo3(signature = (x, axis=0))]
fn argmin(x: &Bound<'_, PyAny>, axis: i64) -> PyResult<PyTensor> {
    tensor(x)?.argmin(axis).and_then(|t| t.cast(DType::I64)).or_raise().map(PyTensor)
}

fn cumulative(x: &Tensor, axis: i64, exclusive: bool, reverse: bool, sum: bool) -> Result<Tensor> {
    let x = if reverse { x.reverse(&[axis])? } else { x.clone() };
    let axis = if axis < 0 { axis + x.rank() as i64 } else { axis };
    let n = x.shape().get(axis as usize).copied().unwrap_or(0);
    let shifted = if exclusive && n > 0 {
        let mut padding = vec![(0, 0); x.rank()];
        padding[axis as usize] = (1, -1);
        x.pad(&padding, if sum { 0.0 } else { 1.0 })?
    } else {
        x
    };
    let y = if sum { shifted.cumsum(axis)? } else { shifted.cumprod(axis)? };
    if reverse { y.reverse(&[axis]) } else { Ok(y) }
}

/// Running sums along an axis.
#[pyfunction]
#[pyo3(signature = (x, axis=0, exclusive=false, reverse=false))]
fn cumsum(x: &Bound<'_, PyAny>, axis: i64, exclusive: bool, reverse: bool) -> PyResult<PyTensor> {
    cumulative(&tensor(x)?, axis, exclusive, reverse, true).or_raise().map(PyTensor)
}

/// Running products along an axis.
#[pyfunction]
#[pyo3(signature = (x, axis=0, exclusive=false, reverse=false))]
fn cumprod(x: &Bound<'_, PyAny>, axis: i64, exclusive: bool, reverse: bool) -> PyResult<PyTensor> {
    cumulative(&tensor(x)?, axis, exclusive, reverse, false).or_raise().map(PyTensor)
}

/// Elements between two bounds.
#[pyfunction]
fn clip(x: &Bound<'_, PyAny>, lo: &Bound<'_, PyAny>, hi: &Bound<'_, PyAny>) -> PyResult<PyTensor> {
    let x = tensor(x)?;
    let lo = tensor_as(lo, Wish::hint(x.dtype()))?;
    let hi = tensor_as(hi, Wish::hint(x.dtype()))?;
    x.clip(&lo, &hi).or_raise().map(PyTensor)
}

/// Elements of x where a condition holds, of y elsewhere.
#[pyfunction(name = "where")]
fn select(c: &Bound<'_, PyAny>, x: &Bound<'_, PyAny>, y: &Bound<'_, PyAny>) -> PyResult<PyTensor> {
    let (a, b) = pair(x, y)?;
    let c = tensor(c)?.cast(DType::Bool).or_raise()?;
    let shape = a.shape().broadcast(b.shape()).and_then(|s| s.broadcast(c.shape()));
    let Some(shape) = shape else {
        return Err(crate::errors::invalid(
            x.py(),
            format!(
                "condition {}, then {}, and else {} must be broadcastable [Op:SelectV2]",
                c.shape(),
                a.shape(),
                b.shape()
            ),
        ));
    };
    let wide = |t: &Tensor| t.broadcast_to(shape.clone()).or_raise();
    if a.dtype() != b.dtype() {
        // The operators' message.
        apply(x.py(), "SelectV2", &a, &b)?;
    }
    Tensor::select(&wide(&c)?, &wide(&a)?, &wide(&b)?).or_raise().map(PyTensor)
}

/// The exponentials along an axis as shares of their sum.
#[pyfunction]
#[pyo3(signature = (x, axis=-1))]
fn softmax(x: &Bound<'_, PyAny>, axis: i64) -> PyResult<PyTensor> {
    tensor(x)?.softmax(axis).or_raise().map(PyTensor)
}

/// The logarithm of the softmax.
#[pyfunction]
#[pyo3(signature = (x, axis=-1))]
fn log_softmax(x: &Bound<'_, PyAny>, axis: i64) -> PyResult<PyTensor> {
    tensor(x)?.log_softmax(axis).or_raise().map(PyTensor)
}

/// One of Keras's activation functions, by name or saved configuration.
#[pyfunction]
fn activation(name: &Bound<'_, PyAny>, x: &Bound<'_, PyAny>) -> PyResult<PyTensor> {
    let f = Activation::from_value(&crate::json::from_python(name)?).or_raise()?;
    f.call(&tensor(x)?).or_raise().map(PyTensor)
}

pub(crate) fn register(m: &Bound<'_, PyModule>) -> PyResult<()> {
    register_unary(m)?;
    register_binary(m)?;
    register_reductions(m)?;
    m.add_function(wrap_pyfunction!(unary, m)?)?;
    m.add_function(wrap_pyfunction!(binary, m)?)?;
    m.add_function(wrap_pyfunction!(argmax, m)?)?;
    m.add_function(wrap_pyfunction!(argmin, m)?)?;
    m.add_function(wrap_pyfunction!(cumsum, m)?)?;
    m.add_function(wrap_pyfunction!(cumprod, m)?)?;
    m.add_function(wrap_pyfunction!(clip, m)?)?;
    m.add_function(wrap_pyfunction!(select, m)?)?;
    m.add_function(wrap_pyfunction!(softmax, m)?)?;
    m.add_function(wrap_pyfunction!(log_softmax, m)?)?;
    m.add_function(wrap_pyfunction!(activation, m)?)
}
