//! The operators `+ - * / // % ** @ & | ^` and comparisons, with Python's values beside tensors.

use crate::convert::{Wish, handle, tensor_as};
use crate::errors::{OrRaise, invalid};
use crate::tensor::{PyTensor, known};
use crate::types::error_class;
use pyo3::basic::CompareOp;
use pyo3::exceptions::{PyTypeError, PyValueError};
use pyo3::prelude::*;
use pyo3::types::PyInt;
use seodang_core::{DType, Result, text};
use seodang_tensor::Tensor;

/// On which side of the operator the tensor stands.
#[derive(Clone, Copy, PartialEq)]
pub(crate) enum Side {
    Left,
    Right,
}

/// TensorFlow's names of the operations, for its messages.
fn op_name(name: &str) -> &str {
    match name {
        "add" => "AddV2",
        "subtract" => "Sub",
        "multiply" => "Mul",
        "divide" => "RealDiv",
        "floordiv" => "FloorDiv",
        "floormod" => "FloorMod",
        "power" => "Pow",
        "matmul" => "MatMul",
        other => other,
    }
}

/// The other operand as a tensor, or None if it is nothing that we know.
fn other_operand(t: &Tensor, other: &Bound<'_, PyAny>) -> PyResult<Option<Tensor>> {
    if other.is_none() {
        return Err(PyValueError::new_err(
            "Attempt to convert a value (None) with an unsupported type (<class 'NoneType'>) to a \
             Tensor.",
        ));
    }
    match tensor_as(other, Wish::hint(t.dtype())) {
        Ok(o) => Ok(Some(o)),
        Err(e) => {
            let py = other.py();
            let symbolic = error_class(py, "SymbolicArgument")?;
            if e.is_instance(py, &symbolic) {
                return Ok(None);
            }
            let ours = handle(other)?.is_some()
                || other.extract::<f64>().is_ok()
                || other.hasattr("__array__")?
                || other.hasattr("__len__")?;
            let foreign = !ours
                && (e.is_instance_of::<PyTypeError>(py) || e.is_instance_of::<PyValueError>(py));
            if foreign { Ok(None) } else { Err(e) }
        }
    }
}

/// `tensor op other` (or the other way round) for Python's operators.
pub(crate) fn binary(
    name: &str,
    t: &Tensor,
    other: &Bound<'_, PyAny>,
    side: Side,
) -> PyResult<Py<PyAny>> {
    let py = other.py();
    let made;
    let o = match other.cast_exact::<PyTensor>() {
        Ok(tensor) => &tensor.get().0,
        Err(_) => match other_operand(t, other)? {
            Some(o) => {
                made = o;
                &made
            }
            None => return Ok(py.NotImplemented()),
        },
    };
    let (a, b) = if side == Side::Left { (t, o) } else { (o, t) };
    let run = || apply(py, name, a, b);
    let both = known(t) && (other.is_exact_instance_of::<PyInt>() || known(o));
    let result = if both { seodang_tensor::eagerly(run) } else { run() }?;
    Ok(PyTensor(result).into_pyobject(py)?.into_any().unbind())
}

/// A comparison: elementwise, of booleans. Tensors that cannot be compared are unequal.
pub(crate) fn comparison(
    t: &Tensor,
    other: &Bound<'_, PyAny>,
    op: CompareOp,
) -> PyResult<Py<PyAny>> {
    let py = other.py();
    let equality = matches!(op, CompareOp::Eq | CompareOp::Ne);
    if other.is_none() && equality {
        return Ok(matches!(op, CompareOp::Ne).into_pyobject(py)?.to_owned().into_any().unbind());
    }
    let o = match other_operand(t, other) {
        Ok(Some(o)) => o,
        Ok(None) => return Ok(py.NotImplemented()),
        Err(_) if equality => {
            return Ok(matches!(op, CompareOp::Ne)
                .into_pyobject(py)?
                .to_owned()
                .into_any()
                .unbind());
        }
        Err(e) => return Err(e),
    };
    let name = match op {
        CompareOp::Eq => "equal",
        CompareOp::Ne => "not_equal",
        CompareOp::Lt => "less",
        CompareOp::Le => "less_equal",
        CompareOp::Gt => "greater",
        CompareOp::Ge => "greater_equal",
    };
    if equality && t.shape().broadcast(o.shape()).is_none() {
        return Ok(matches!(op, CompareOp::Ne).into_pyobject(py)?.to_owned().into_any().unbind());
    }
    let result = apply(py, name, t, &o)?;
    Ok(PyTensor(result).into_pyobject(py)?.into_any().unbind())
}

/// An operation of two tensors by TensorFlow's name.
pub(crate) fn apply(py: Python<'_>, name: &str, a: &Tensor, b: &Tensor) -> PyResult<Tensor> {
    if a.dtype() != b.dtype() {
        let (x, y) = (float_name(a.dtype()), float_name(b.dtype()));
        return Err(invalid(
            py,
            text!(
                en: "cannot compute {0} as input #1(zero-based) was expected to be a {x} tensor but is a \
                     {y} tensor [Op:{0}]", op_name(name);
                ko: "자료형이 다릅니다: {x}와 {y}. `tf.cast`로 맞추세요."
            ),
        ));
    }
    let equal = a.shape() == b.shape();
    if !equal && name != "matmul" && a.shape().broadcast(b.shape()).is_none() {
        return Err(invalid(
            py,
            text!(
                en: "Incompatible shapes: {} vs. {} [Op:{}]", brackets(a), brackets(b), op_name(name);
                ko: "모양이 맞지 않습니다: {}와 {}", brackets(a), brackets(b)
            ),
        ));
    }
    let divides = matches!(name, "floordiv" | "floormod" | "truncatediv" | "truncatemod");
    if divides && b.dtype().is_integer() && !b.is_traced() {
        let divisors = b.to_array().or_raise()?;
        if divisors.to_i128_vec().contains(&0) {
            return Err(invalid(py, format!("Integer division by zero [Op:{}]", op_name(name))));
        }
    }
    compute(name, a, b).or_raise()
}

fn brackets(t: &Tensor) -> String {
    let dims: Vec<String> = t.shape().iter().map(ToString::to_string).collect();
    format!("[{}]", dims.join(","))
}

/// TensorFlow's C++ names of element types, which its messages use.
fn float_name(d: DType) -> &'static str {
    match d {
        DType::F32 => "float",
        DType::F64 => "double",
        DType::F16 => "half",
        other => other.name(),
    }
}

fn compute(name: &str, a: &Tensor, b: &Tensor) -> Result<Tensor> {
    let boolean = a.dtype() == DType::Bool;
    match name {
        "add" => a.add(b),
        "subtract" => a.sub(b),
        "multiply" => a.mul(b),
        "divide" => {
            if a.dtype().is_float() {
                return a.div(b);
            }
            // TensorFlow's true division of integers.
            let wide = if a.dtype().size() <= 2 { DType::F32 } else { DType::F64 };
            a.cast(wide)?.div(&b.cast(wide)?)
        }
        "floordiv" => {
            if a.dtype().is_float() {
                return a.div(b)?.floor();
            }
            let quotient = a.div(b)?;
            let rest = a.sub(&quotient.mul(b)?)?;
            if !is_signed(a.dtype()) {
                return Ok(quotient);
            }
            let wrong = rest.ne(0.0)?.logical_and(&rest.lt(0.0)?.ne(&b.lt(0.0)?)?)?;
            quotient.sub(&wrong.cast(a.dtype())?)
        }
        "floormod" => {
            let rest = a.rem(b)?;
            if !is_signed(a.dtype()) {
                return Ok(rest);
            }
            let wrong = rest.ne(0.0)?.logical_and(&rest.lt(0.0)?.ne(&b.lt(0.0)?)?)?;
            Tensor::select(&wrong, &rest.add(b)?, &rest)
        }
        "truncatediv" => a.div(b),
        "truncatemod" => a.rem(b),
        "power" => a.pow(b),
        "matmul" => a.matmul(b),
        "maximum" => a.maximum(b),
        "minimum" => a.minimum(b),
        "atan2" => a.atan2(b),
        "squared_difference" => a.sub(b)?.square(),
        "equal" => a.eq(b),
        "not_equal" => a.ne(b),
        "less" => a.lt(b),
        "less_equal" => a.le(b),
        "greater" => a.gt(b),
        "greater_equal" => a.ge(b),
        "logical_and" | "bitwise_and" => a.logical_and(b),
        "logical_or" | "bitwise_or" => a.logical_or(b),
        "logical_xor" | "bitwise_xor" if boolean => a.ne(b),
        "logical_xor" | "bitwise_xor" => a.logical_xor(b),
        "left_shift" => a.shift_left(b),
        _ => a.shift_right(b),
    }
}

fn is_signed(d: DType) -> bool {
    d.is_float() || matches!(d, DType::I8 | DType::I16 | DType::I32 | DType::I64)
}
