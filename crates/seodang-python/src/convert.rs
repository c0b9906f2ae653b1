//! Python's values to tensors, and tensors to NumPy arrays.

use crate::errors::OrRaise;
use crate::tensor::PyTensor;
use crate::types::{error_class, optional_dtype};
use crate::variable::PyVariable;
use numpy::{PyArrayDescrMethods, PyArrayDyn, PyUntypedArray, PyUntypedArrayMethods};
use pyo3::exceptions::{PyMemoryError, PyTypeError, PyValueError};
use pyo3::prelude::*;
use pyo3::sync::PyOnceLock;
use pyo3::types::{PyBool, PyBytes, PyDict, PyFloat, PyInt, PyList, PyString, PyTuple};
use seodang_core::{Array, DType, Shape, Storage};
use seodang_tensor::Tensor;
use std::sync::Arc;

static NUMPY: PyOnceLock<Py<PyModule>> = PyOnceLock::new();

/// The `numpy` module.
pub(crate) fn numpy(py: Python<'_>) -> PyResult<Bound<'_, PyModule>> {
    let m = NUMPY.get_or_try_init(py, || Ok::<_, PyErr>(py.import("numpy")?.unbind()))?;
    Ok(m.bind(py).clone())
}

/// What a value should become where its own type leaves a choice.
#[derive(Clone, Copy, Default)]
pub(crate) struct Wish {
    /// The element type that it must have.
    pub(crate) dtype: Option<DType>,
    /// The element type that numbers, lists and arrays adapt to.
    pub(crate) hint: Option<DType>,
}

impl Wish {
    pub(crate) fn hint(dtype: DType) -> Wish {
        Wish { dtype: None, hint: Some(dtype) }
    }
}

/// The tensor that a Python value stands for.
pub(crate) fn tensor(value: &Bound<'_, PyAny>) -> PyResult<Tensor> {
    tensor_as(value, Wish::default())
}

/// The tensor that a Python value stands for, with the element type that is wished for.
pub(crate) fn tensor_as(value: &Bound<'_, PyAny>, wish: Wish) -> PyResult<Tensor> {
    if let Some(t) = handle(value)? {
        return match wish.dtype {
            Some(d) if d != t.dtype() => Err(PyValueError::new_err(format!(
                "Tensor conversion requested dtype {} for Tensor with dtype {}",
                d.name(),
                t.dtype().name()
            ))),
            _ => Ok(t),
        };
    }
    let wanted = wish.dtype.or(wish.hint);
    if value.is_instance_of::<PyBool>() {
        return scalar(value, DType::Bool, wanted);
    }
    if value.is_instance_of::<PyFloat>() && value.get_type().is(value.py().get_type::<PyFloat>()) {
        return scalar(value, DType::F32, wanted);
    }
    if value.is_instance_of::<PyInt>() {
        return integer(value, wanted);
    }
    if value.hasattr("_is_keras_tensor")? {
        let class = error_class(value.py(), "SymbolicArgument")?;
        return Err(PyErr::from_type(class, ("a symbolic Keras tensor has no value yet",)));
    }
    if let Some(list) = sequence_with_tensors(value)? {
        return stack(list, wish);
    }
    let array = numpy_array(value)?;
    let plain = value.is_instance_of::<PyList>() || value.is_instance_of::<PyTuple>();
    let dtype = match (wanted, array.dtype()) {
        (Some(d), given) => {
            check_lossy(value, given, d, plain)?;
            d
        }
        // Python's own numbers become TensorFlow's defaults; arrays keep their type.
        (None, DType::F64) if plain && !holds_numpy(value) => DType::F32,
        (None, DType::I64) if plain && !holds_numpy(value) => {
            let fits = |v: &i64| i32::try_from(*v).is_ok();
            let all = array.as_slice::<i64>().or_raise()?.iter().all(fits);
            if all { DType::I32 } else { DType::I64 }
        }
        (None, d) => d,
    };
    Tensor::from_array(&array.convert(dtype)).or_raise()
}

/// The tensor of a handle of ours.
pub(crate) fn handle(value: &Bound<'_, PyAny>) -> PyResult<Option<Tensor>> {
    if let Ok(t) = value.cast::<PyTensor>() {
        return Ok(Some(t.get().0.clone()));
    }
    if let Ok(v) = value.cast::<PyVariable>() {
        return v.get().variable.value().or_raise().map(Some);
    }
    Ok(None)
}

/// A fraction cannot become an integer, nor a number a truth value, without being asked.
fn check_lossy(value: &Bound<'_, PyAny>, given: DType, wanted: DType, plain: bool) -> PyResult<()> {
    if plain && given.is_float() && !wanted.is_float() {
        return Err(PyTypeError::new_err(format!(
            "Cannot convert {} to EagerTensor of dtype {}",
            value.repr()?,
            wanted.name()
        )));
    }
    Ok(())
}

fn scalar(value: &Bound<'_, PyAny>, own: DType, wanted: Option<DType>) -> PyResult<Tensor> {
    let dtype = wanted.unwrap_or(own);
    let bad = match own {
        DType::Bool => dtype != DType::Bool,
        _ => !dtype.is_float(),
    };
    if bad {
        return Err(PyTypeError::new_err(format!(
            "Cannot convert {} to EagerTensor of dtype {}",
            value.repr()?,
            dtype.name()
        )));
    }
    Tensor::from_array(&Array::full(dtype, [], value.extract::<f64>()?)).or_raise()
}

fn integer(value: &Bound<'_, PyAny>, wanted: Option<DType>) -> PyResult<Tensor> {
    let big =
        |_| PyValueError::new_err(format!("the integer {value} does not fit any element type"));
    let dtype = wanted.unwrap_or(match value.extract::<i64>() {
        Ok(n) if i32::try_from(n).is_ok() => DType::I32,
        Ok(_) => DType::I64,
        Err(_) => DType::U64,
    });
    if dtype == DType::Bool {
        return Err(PyTypeError::new_err(format!(
            "Cannot convert {value} to EagerTensor of dtype bool"
        )));
    }
    let array = match dtype {
        DType::I64 => Array::scalar(value.extract::<i64>().map_err(big)?),
        DType::U64 => Array::scalar(value.extract::<u64>().map_err(big)?),
        _ => Array::full(dtype, [], value.extract::<f64>().map_err(big)?),
    };
    if dtype.is_integer() && array.size() == 1 {
        let kept = array.to_i128_vec()[0];
        if value.extract::<i128>().ok() != Some(kept) {
            return Err(PyValueError::new_err(format!(
                "Cannot convert {value} to EagerTensor of dtype {}: it is out of range",
                dtype.name()
            )));
        }
    }
    Tensor::from_array(&array).or_raise()
}

/// The items of a list or tuple in which a tensor hides.
fn sequence_with_tensors<'py>(
    value: &Bound<'py, PyAny>,
) -> PyResult<Option<Vec<Bound<'py, PyAny>>>> {
    fn hides(value: &Bound<'_, PyAny>, depth: usize) -> PyResult<bool> {
        if value.cast::<PyTensor>().is_ok() || value.cast::<PyVariable>().is_ok() {
            return Ok(true);
        }
        let nested = value.is_instance_of::<PyList>() || value.is_instance_of::<PyTuple>();
        if !nested || depth > 32 {
            let number = value.is_instance_of::<PyFloat>() || value.is_instance_of::<PyInt>();
            return Ok(!nested && !number && value.hasattr("_is_keras_tensor")?);
        }
        // Long lists of plain numbers are common: look at a few items of each only.
        for item in value.try_iter()?.take(64) {
            if hides(&item?, depth + 1)? {
                return Ok(true);
            }
        }
        Ok(false)
    }
    let nested = value.is_instance_of::<PyList>() || value.is_instance_of::<PyTuple>();
    if !nested || !hides(value, 0)? {
        return Ok(None);
    }
    value.try_iter()?.collect::<PyResult<Vec<_>>>().map(Some)
}

fn stack(items: Vec<Bound<'_, PyAny>>, wish: Wish) -> PyResult<Tensor> {
    let mut tensors: Vec<Option<Tensor>> = Vec::with_capacity(items.len());
    let mut dtype = wish.dtype.or(wish.hint);
    // The tensors decide the type of the numbers beside them.
    for item in &items {
        let t = handle(item)?;
        dtype = dtype.or(t.as_ref().map(Tensor::dtype));
        tensors.push(t);
    }
    let tensors = (items.iter().zip(tensors))
        .map(|(item, t)| match t {
            Some(t) => Ok(t),
            None => tensor_as(item, Wish { dtype: None, hint: dtype }),
        })
        .collect::<PyResult<Vec<Tensor>>>()?;
    let dtype = wish.dtype.or_else(|| tensors.first().map(Tensor::dtype));
    let tensors = match dtype {
        Some(d) => tensors.iter().map(|t| t.cast(d)).collect::<Result<Vec<_>, _>>().or_raise()?,
        None => tensors,
    };
    Tensor::stack(&tensors, 0).or_raise()
}

/// Whether the innermost first item of a list is NumPy's.
fn holds_numpy(value: &Bound<'_, PyAny>) -> bool {
    let mut at = value.clone();
    loop {
        let nested = at.is_instance_of::<PyList>() || at.is_instance_of::<PyTuple>();
        if !nested {
            // NumPy's float64 is a Python float too, and counts as one.
            return !at.is_instance_of::<PyFloat>() && at.hasattr("dtype").unwrap_or(false);
        }
        match at.get_item(0) {
            Ok(first) => at = first,
            Err(_) => return false,
        }
    }
}

/// The array of anything that NumPy can make one of.
pub(crate) fn numpy_array(value: &Bound<'_, PyAny>) -> PyResult<Array> {
    let py = value.py();
    let np = numpy(py)?;
    let made = match value.cast::<PyUntypedArray>() {
        Ok(array) => array.clone().into_any(),
        Err(_) => np.call_method1("asarray", (value,)).map_err(|e| {
            let text = e.value(py).to_string();
            PyValueError::new_err(if text.contains("inhomogeneous") {
                format!("Can't convert non-rectangular Python sequence to Tensor. ({text})")
            } else {
                text
            })
        })?,
    };
    array_of(&made)
}

/// A copy of a NumPy array.
pub(crate) fn array_of(value: &Bound<'_, PyAny>) -> PyResult<Array> {
    let py = value.py();
    let array = value.cast::<PyUntypedArray>().map_err(|_| {
        PyTypeError::new_err(format!("expected an array, got {}", value.get_type()))
    })?;
    let descr = array.dtype();
    let dtype = match (descr.kind(), descr.itemsize()) {
        (b'b', 1) => DType::Bool,
        (b'i', 1) => DType::I8,
        (b'i', 2) => DType::I16,
        (b'i', 4) => DType::I32,
        (b'i', 8) => DType::I64,
        (b'u', 1) => DType::U8,
        (b'u', 2) => DType::U16,
        (b'u', 4) => DType::U32,
        (b'u', 8) => DType::U64,
        (b'f', 2) => DType::F16,
        (b'f', 4) => DType::F32,
        (b'f', 8) => DType::F64,
        _ => return Err(unsupported(value, &descr)?),
    };
    if !descr.is_native_byteorder().unwrap_or(true) || !array.is_c_contiguous() {
        let options = PyDict::new(py);
        options.set_item("dtype", dtype.name())?;
        let plain = numpy(py)?.call_method("ascontiguousarray", (value,), Some(&options))?;
        // `ascontiguousarray` gives a scalar one dimension.
        let plain = plain.call_method1("reshape", (value.getattr("shape")?,))?;
        return array_of(&plain);
    }
    let shape = array.shape().to_vec();
    let len = array.len() * dtype.size();
    if len == 0 {
        return Ok(Array::zeros(dtype, shape));
    }
    // SAFETY: the array is C-contiguous and in native byte order, so its elements are `len` bytes from
    // the data pointer; the interpreter's lock is held, so nothing of Python writes to it meanwhile.
    let bytes = unsafe {
        let data = (*array.as_array_ptr()).fields.data.cast::<u8>().cast_const();
        std::slice::from_raw_parts(data, len)
    };
    Array::from_bytes(dtype, shape, bytes).or_raise()
}

fn unsupported(
    value: &Bound<'_, PyAny>,
    descr: &Bound<'_, numpy::PyArrayDescr>,
) -> PyResult<PyErr> {
    let message = match descr.kind() {
        b'O' => {
            let first = value.getattr("flat")?.try_iter()?.next();
            let kind = match first {
                Some(item) => item?.get_type().name()?.to_string(),
                None => "object".to_string(),
            };
            return Ok(PyValueError::new_err(format!(
                "Failed to convert a NumPy array to a Tensor (Unsupported object type {kind})."
            )));
        }
        b'S' | b'U' => "strings are not numbers: this needs numbers".to_string(),
        b'c' => "Seodang has no complex tensors yet".to_string(),
        _ => format!("Seodang has no tensors of NumPy's type {descr}"),
    };
    Ok(PyTypeError::new_err(message))
}

/// A NumPy array with the elements of an array of ours.
pub(crate) fn to_numpy<'py>(py: Python<'py>, array: &Array) -> PyResult<Bound<'py, PyAny>> {
    // NumPy has no bfloat16; float32 holds each of its values.
    let converted;
    let array = if array.dtype() == DType::BF16 {
        converted = array.convert(DType::F32);
        &converted
    } else {
        array
    };
    let shape = PyTuple::new(py, array.shape().iter())?;
    let made = numpy(py)?.call_method1("empty", (shape, array.dtype().name()))?;
    let target = made.cast::<PyUntypedArray>()?;
    let bytes = array.bytes();
    // SAFETY: `numpy.empty` gives a contiguous array of its own of this shape and element size, hence
    // of as many bytes as ours; nobody else knows it yet.
    unsafe {
        let data = (*target.as_array_ptr()).fields.data.cast::<u8>();
        std::ptr::copy_nonoverlapping(bytes.as_ptr(), data, bytes.len());
    }
    Ok(made)
}

/// Memory of ours that a NumPy array looks at.
#[pyclass(frozen, name = "Memory", module = "seodang._native")]
struct Owner(#[allow(dead_code)] Storage);

/// Bytes from which on handing memory over is worth a second object.
const HAND_OVER: usize = 1 << 16;

/// A NumPy array with the elements of an array of ours, whose memory it takes over if that is large.
pub(crate) fn into_numpy<'py>(py: Python<'py>, array: Array) -> PyResult<Bound<'py, PyAny>> {
    fn over<'py, T: numpy::Element>(
        owner: Bound<'py, Owner>,
        data: *mut T,
        shape: &[usize],
    ) -> Bound<'py, PyAny> {
        // SAFETY: `data` are as many elements as the shape says, which live as long as their owner, and
        // which nobody else knows.
        unsafe {
            let view = numpy::ndarray::ArrayViewD::from_shape_ptr(shape, data.cast_const());
            PyArrayDyn::borrow_from_array(&view, owner.into_any()).into_any()
        }
    }
    let (dtype, shape) = (array.dtype(), array.shape().to_vec());
    if array.bytes().len() < HAND_OVER || !matches!(dtype, DType::F32 | DType::F64) {
        return to_numpy(py, &array);
    }
    let mut storage = match Arc::try_unwrap(array.into_storage()) {
        Ok(storage) => storage,
        Err(shared) => Storage::clone(&shared),
    };
    let data = storage.bytes_mut().as_mut_ptr();
    let owner = Bound::new(py, Owner(storage))?;
    Ok(match dtype {
        DType::F32 => over::<f32>(owner, data.cast(), &shape),
        _ => over::<f64>(owner, data.cast(), &shape),
    })
}

/// Tensors of a list or tuple.
pub(crate) fn tensors(values: &Bound<'_, PyAny>) -> PyResult<Vec<Tensor>> {
    values.try_iter()?.map(|v| tensor(&v?)).collect()
}

/// Numbers: one, several, a shape, a tensor of integers.
pub(crate) fn integers(value: &Bound<'_, PyAny>) -> PyResult<Vec<i64>> {
    if let Some(t) = handle(value)? {
        return Ok(crate::tensor::host(value.py(), &t)?
            .to_i128_vec()
            .iter()
            .map(|&v| v as i64)
            .collect());
    }
    if let Ok(one) = value.extract::<i64>() {
        return Ok(vec![one]);
    }
    value
        .try_iter()?
        .map(|v| {
            let v = v?;
            match handle(&v)? {
                Some(t) => Ok(crate::tensor::host(v.py(), &t)?.item().or_raise()? as i64),
                None => v.extract::<i64>(),
            }
        })
        .collect()
}

/// A shape; -1 is not allowed.
pub(crate) fn sizes(value: &Bound<'_, PyAny>) -> PyResult<Vec<usize>> {
    integers(value)?
        .into_iter()
        .map(|n| {
            usize::try_from(n)
                .map_err(|_| PyValueError::new_err(format!("Dimension {n} must be >= 0")))
        })
        .collect()
}

/// A shape of a tensor that is to be made: MemoryError where memory cannot hold it.
pub(crate) fn sized(value: &Bound<'_, PyAny>, dtype: DType) -> PyResult<Shape> {
    room(sizes(value)?.into(), dtype)
}

/// The shape, if memory can hold a tensor of it: Rust's allocations end the process where it cannot.
pub(crate) fn room(shape: Shape, dtype: DType) -> PyResult<Shape> {
    let bytes = shape.checked_size().and_then(|n| n.checked_mul(dtype.size()));
    if bytes.is_none_or(|b| Vec::<u8>::new().try_reserve_exact(b).is_err()) {
        return Err(PyMemoryError::new_err(format!(
            "OOM when allocating tensor with shape{shape} and type {}",
            dtype.name()
        )));
    }
    Ok(shape)
}

/// Axes: none means all.
pub(crate) fn axes(value: Option<&Bound<'_, PyAny>>) -> PyResult<Option<Vec<i64>>> {
    value.filter(|v| !v.is_none()).map(integers).transpose()
}

/// The tensor of a number, a list, an array, a variable or a tensor.
///
/// `dtype` is the element type that the result must have; `hint` one that numbers and arrays adapt to.
#[pyfunction]
#[pyo3(signature = (value, dtype=None, hint=None))]
fn convert(
    value: &Bound<'_, PyAny>,
    dtype: Option<&Bound<'_, PyAny>>,
    hint: Option<&Bound<'_, PyAny>>,
) -> PyResult<PyTensor> {
    let wish = Wish { dtype: optional_dtype(dtype)?, hint: optional_dtype(hint)? };
    if value.is_instance_of::<PyString>() || value.is_instance_of::<PyBytes>() {
        return Err(PyTypeError::new_err("strings are not numbers: this needs numbers"));
    }
    tensor_as(value, wish).map(PyTensor)
}

/// The tensor of a NumPy array, with its element type.
#[pyfunction]
fn from_numpy(value: &Bound<'_, PyAny>) -> PyResult<PyTensor> {
    Ok(PyTensor(Tensor::from_array(&numpy_array(value)?).or_raise()?))
}

/// Whether a value is a tensor or a variable.
#[pyfunction]
fn is_tensor(value: &Bound<'_, PyAny>) -> bool {
    value.cast::<PyTensor>().is_ok() || value.cast::<PyVariable>().is_ok()
}

pub(crate) fn register(m: &Bound<'_, PyModule>) -> PyResult<()> {
    m.add_function(wrap_pyfunction!(convert, m)?)?;
    m.add_function(wrap_pyfunction!(from_numpy, m)?)?;
    m.add_function(wrap_pyfunction!(is_tensor, m)?)
}
