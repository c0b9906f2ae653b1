//! `Tensor`, as Python holds it.

use crate::convert::{numpy, to_numpy};
use crate::errors::OrRaise;
use crate::index;
use crate::memory;
use crate::operators::{Side, binary, comparison};
use crate::types::{self, error_class};
use pyo3::exceptions::{PyTypeError, PyValueError};
use pyo3::prelude::*;
use pyo3::types::{PyDict, PyInt, PySlice, PyString};
use seodang_core::Array;
use seodang_tensor::Tensor;

/// An n-dimensional array that is computed with: at once, or by writing a program while a function is
/// traced.
#[pyclass(frozen, subclass, name = "Tensor", module = "seodang", dict, weakref)]
pub(crate) struct PyTensor(pub(crate) Tensor);

/// The elements; TracedValueError for a tensor that has none yet.
pub(crate) fn host(py: Python<'_>, t: &Tensor) -> PyResult<Array> {
    if t.is_traced() {
        return Err(traced(py, "its value"));
    }
    t.to_array().or_raise()
}

/// Whether a tensor holds integers whose values are known although a function is being traced: shapes
/// and what is computed of them, which stay known.
pub(crate) fn known(t: &Tensor) -> bool {
    t.dtype().is_integer() && !t.is_traced() && seodang_tensor::is_tracing()
}

/// The exception for what a traced tensor cannot tell.
pub(crate) fn traced(py: Python<'_>, what: &str) -> PyErr {
    match error_class(py, "TracedValueError") {
        Ok(class) => PyErr::from_type(
            class,
            (format!(
                "a tensor of a function that is being traced was asked for {what}, which it does not \
                 have yet; use tf.cond, tf.while_loop, tf.where, or run the function eagerly"
            ),),
        ),
        Err(e) => e,
    }
}

/// The one element as a Python number.
pub(crate) fn item<'py>(py: Python<'py>, t: &Tensor) -> PyResult<Bound<'py, PyAny>> {
    if t.size() != 1 {
        return Err(PyTypeError::new_err(
            "only length-1 arrays can be converted to Python scalars",
        ));
    }
    to_numpy(py, &host(py, t)?)?.call_method0("item")
}

/// The truth of the one element.
pub(crate) fn truth(py: Python<'_>, t: &Tensor) -> PyResult<bool> {
    if t.is_traced() {
        return Err(traced(py, "its truth"));
    }
    if t.size() != 1 {
        return Err(PyValueError::new_err(
            "The truth value of an array with more than one element is ambiguous. Use a.any() or a.all()",
        ));
    }
    Ok(host(py, t)?.to_f64_vec()[0] != 0.0)
}

/// How TensorFlow writes the elements: as NumPy does.
pub(crate) fn written(py: Python<'_>, t: &Tensor, repr: bool) -> PyResult<String> {
    let array = to_numpy(py, &host(py, t)?)?;
    if t.rank() == 0 {
        let options = PyDict::new(py);
        options.set_item("legacy", "1.25")?;
        let scalar = array.get_item(())?;
        return Ok(if repr {
            scalar
                .call_method0("item")
                .and_then(|v| {
                    // float32's own shortest digits, not those of the double it becomes.
                    if t.dtype().is_float() {
                        Ok(scalar.str()?.into_any())
                    } else {
                        Ok(v.str()?.into_any())
                    }
                })?
                .to_string()
        } else {
            scalar.str()?.to_string()
        });
    }
    Ok(if repr { array.repr()?.to_string() } else { array.str()?.to_string() })
}

#[pymethods]
impl PyTensor {
    #[classattr]
    fn __array_priority__() -> f64 {
        100.0
    }

    fn __hash__(&self) -> PyResult<isize> {
        Err(PyTypeError::new_err("Tensor is unhashable. Instead, use tensor.ref() as the key."))
    }

    /// The dimensions.
    #[getter]
    pub(crate) fn shape<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        types::shape(py, self.0.shape())
    }

    /// The element type.
    #[getter]
    pub(crate) fn dtype<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        types::dtype(py, self.0.dtype())
    }

    /// The number of dimensions.
    #[getter]
    fn ndim(&self) -> usize {
        self.0.rank()
    }

    /// Where the elements are, as TensorFlow writes it.
    #[getter]
    fn device(&self) -> String {
        device_name(self.0.device().name())
    }

    /// Whether the tensor belongs to a function that is being traced.
    #[getter]
    fn is_traced(&self) -> bool {
        self.0.is_traced()
    }

    /// The transpose of a matrix.
    #[getter(T)]
    fn transposed(&self) -> PyResult<PyTensor> {
        let reversed: Vec<i64> = (0..self.0.rank() as i64).rev().collect();
        self.0.transpose(&reversed).or_raise().map(PyTensor)
    }

    /// The method that gives the dimensions (TensorFlow's older name). A getter, since PyO3's name for
    /// the getter of `shape` is the one that a method `get_shape` would have.
    #[getter(get_shape)]
    fn shape_method<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        giving(self.shape(py)?)
    }

    /// Checks that the tensor has a shape; its own is known already.
    fn set_shape(&self, py: Python<'_>, shape: &Bound<'_, PyAny>) -> PyResult<()> {
        let own = self.shape(py)?;
        own.call_method1("assert_is_compatible_with", (shape,)).map(|_| ())
    }

    /// The elements as a NumPy array; a NumPy number for a scalar.
    fn numpy<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        let array = to_numpy(py, &host(py, &self.0)?)?;
        if self.0.rank() == 0 { array.get_item(()) } else { Ok(array) }
    }

    #[pyo3(signature = (dtype=None, copy=None))]
    fn __array__<'py>(
        &self,
        py: Python<'py>,
        dtype: Option<&Bound<'py, PyAny>>,
        copy: Option<bool>,
    ) -> PyResult<Bound<'py, PyAny>> {
        memory::as_array(py, &self.0, dtype, copy)
    }

    /// The one element as a Python number.
    fn item<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        item(py, &self.0)
    }

    /// The elements as nested Python lists.
    fn tolist<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        to_numpy(py, &host(py, &self.0)?)?.call_method0("tolist")
    }

    /// A hashable stand-in for the tensor, whose `deref()` gives it back.
    #[pyo3(name = "ref")]
    fn reference<'py>(slf: &Bound<'py, Self>) -> PyResult<Bound<'py, PyAny>> {
        slf.py().import("seodang._refs")?.getattr("Reference")?.call1((slf,))
    }

    /// The elements (of older programs).
    #[pyo3(signature = (feed_dict=None, session=None))]
    fn eval<'py>(
        &self,
        py: Python<'py>,
        feed_dict: Option<&Bound<'py, PyAny>>,
        session: Option<&Bound<'py, PyAny>>,
    ) -> PyResult<Bound<'py, PyAny>> {
        let _ = (feed_dict, session);
        self.numpy(py)
    }

    #[pyo3(signature = (**kwargs))]
    fn __dlpack__<'py>(
        &self,
        py: Python<'py>,
        kwargs: Option<&Bound<'py, PyDict>>,
    ) -> PyResult<Bound<'py, PyAny>> {
        memory::dlpack(py, &self.0, kwargs)
    }

    unsafe fn __getbuffer__(
        slf: Bound<'_, Self>,
        buffer: *mut pyo3::ffi::Py_buffer,
        flags: i32,
    ) -> PyResult<()> {
        // SAFETY: this is the type's `bf_getbuffer`.
        unsafe { memory::buffer(slf.py(), &slf.get().0, buffer, flags) }
    }

    fn __dlpack_device__(&self) -> (i32, i32) {
        (1, 0)
    }

    fn __len__(&self, py: Python<'_>) -> PyResult<usize> {
        let _ = py;
        match self.0.shape().first() {
            Some(n) => Ok(*n),
            None => Err(PyTypeError::new_err("Scalar tensor has no `len()`")),
        }
    }

    fn __iter__<'py>(slf: &Bound<'py, Self>) -> PyResult<Bound<'py, PyAny>> {
        let t = &slf.get().0;
        if t.rank() == 0 {
            return Err(PyTypeError::new_err("Cannot iterate over a scalar tensor."));
        }
        let rows = t.unstack(0).or_raise()?;
        let rows: Vec<PyTensor> = rows.into_iter().map(PyTensor).collect();
        let list = pyo3::types::PyList::new(slf.py(), rows)?;
        Ok(list.try_iter()?.into_any())
    }

    fn __bool__(&self, py: Python<'_>) -> PyResult<bool> {
        truth(py, &self.0)
    }

    fn __float__<'py>(&self, py: Python<'py>) -> PyResult<f64> {
        item(py, &self.0)?.extract()
    }

    fn __int__<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        let value = item(py, &self.0)?;
        py.get_type::<PyInt>().call1((value,))
    }

    fn __index__<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        if !self.0.dtype().is_integer() || self.0.rank() > 0 {
            return Err(PyTypeError::new_err(
                "only integer scalar tensors can be converted to a scalar index",
            ));
        }
        item(py, &self.0)
    }

    #[pyo3(signature = (digits=None))]
    fn __round__<'py>(
        &self,
        py: Python<'py>,
        digits: Option<&Bound<'py, PyAny>>,
    ) -> PyResult<Bound<'py, PyAny>> {
        let value = item(py, &self.0)?;
        py.import("builtins")?.getattr("round")?.call1((value, digits))
    }

    fn __format__<'py>(&self, py: Python<'py>, spec: &str) -> PyResult<Bound<'py, PyAny>> {
        // As in TensorFlow, `f"{loss}"` is the number alone.
        if spec.is_empty() && self.0.is_traced() {
            return Ok(PyString::new(py, &self.__str__(py)?).into_any());
        }
        // TensorFlow formats the values alone, without shape and type.
        let value = self.numpy(py)?;
        value.call_method1("__format__", (spec,))
    }

    fn __str__(&self, py: Python<'_>) -> PyResult<String> {
        let (shape, dtype) = (self.shape(py)?, self.0.dtype());
        if self.0.is_traced() {
            return Ok(format!("Tensor(\"traced\", shape={shape}, dtype={})", dtype.name()));
        }
        let text = written(py, &self.0, false)?;
        let text = if text.contains('\n') { format!("\n{text}") } else { text };
        Ok(format!("tf.Tensor({text}, shape={shape}, dtype={})", dtype.name()))
    }

    fn __repr__(&self, py: Python<'_>) -> PyResult<String> {
        let (shape, dtype) = (self.shape(py)?, self.0.dtype());
        if self.0.is_traced() {
            return Ok(format!("<tf.Tensor 'traced' shape={shape} dtype={}>", dtype.name()));
        }
        let text = written(py, &self.0, true)?;
        let text = if text.contains('\n') { format!("\n{text}") } else { text };
        Ok(format!("<tf.Tensor: shape={shape}, dtype={}, numpy={text}>", dtype.name()))
    }

    fn __getitem__(slf: &Bound<'_, Self>, key: &Bound<'_, PyAny>) -> PyResult<PyTensor> {
        let t = &slf.get().0;
        let get = || index::get(t, key).map(PyTensor);
        let plain = key.is_instance_of::<PyInt>() || key.is_instance_of::<PySlice>();
        if plain && known(t) { seodang_tensor::eagerly(get) } else { get() }
    }

    fn __copy__(slf: Bound<'_, Self>) -> Bound<'_, Self> {
        slf
    }

    fn __deepcopy__<'py>(slf: Bound<'py, Self>, memo: &Bound<'py, PyAny>) -> Bound<'py, Self> {
        let _ = memo;
        slf
    }

    fn __reduce__<'py>(
        &self,
        py: Python<'py>,
    ) -> PyResult<(Bound<'py, PyAny>, (Bound<'py, PyAny>,))> {
        let convert = py.import("seodang._native")?.getattr("from_numpy")?;
        Ok((convert, (to_numpy(py, &host(py, &self.0)?)?,)))
    }

    fn __neg__(&self) -> PyResult<PyTensor> {
        self.0.neg().or_raise().map(PyTensor)
    }

    fn __pos__(slf: Bound<'_, Self>) -> Bound<'_, Self> {
        slf
    }

    fn __abs__(&self) -> PyResult<PyTensor> {
        self.0.abs().or_raise().map(PyTensor)
    }

    fn __invert__(&self) -> PyResult<PyTensor> {
        self.0.logical_not().or_raise().map(PyTensor)
    }

    fn __add__<'py>(&self, other: &Bound<'py, PyAny>) -> PyResult<Py<PyAny>> {
        binary("add", &self.0, other, Side::Left)
    }
    fn __radd__<'py>(&self, other: &Bound<'py, PyAny>) -> PyResult<Py<PyAny>> {
        binary("add", &self.0, other, Side::Right)
    }
    fn __sub__<'py>(&self, other: &Bound<'py, PyAny>) -> PyResult<Py<PyAny>> {
        binary("subtract", &self.0, other, Side::Left)
    }
    fn __rsub__<'py>(&self, other: &Bound<'py, PyAny>) -> PyResult<Py<PyAny>> {
        binary("subtract", &self.0, other, Side::Right)
    }
    fn __mul__<'py>(&self, other: &Bound<'py, PyAny>) -> PyResult<Py<PyAny>> {
        binary("multiply", &self.0, other, Side::Left)
    }
    fn __rmul__<'py>(&self, other: &Bound<'py, PyAny>) -> PyResult<Py<PyAny>> {
        binary("multiply", &self.0, other, Side::Right)
    }
    fn __truediv__<'py>(&self, other: &Bound<'py, PyAny>) -> PyResult<Py<PyAny>> {
        binary("divide", &self.0, other, Side::Left)
    }
    fn __rtruediv__<'py>(&self, other: &Bound<'py, PyAny>) -> PyResult<Py<PyAny>> {
        binary("divide", &self.0, other, Side::Right)
    }
    fn __floordiv__<'py>(&self, other: &Bound<'py, PyAny>) -> PyResult<Py<PyAny>> {
        binary("floordiv", &self.0, other, Side::Left)
    }
    fn __rfloordiv__<'py>(&self, other: &Bound<'py, PyAny>) -> PyResult<Py<PyAny>> {
        binary("floordiv", &self.0, other, Side::Right)
    }
    fn __mod__<'py>(&self, other: &Bound<'py, PyAny>) -> PyResult<Py<PyAny>> {
        binary("floormod", &self.0, other, Side::Left)
    }
    fn __rmod__<'py>(&self, other: &Bound<'py, PyAny>) -> PyResult<Py<PyAny>> {
        binary("floormod", &self.0, other, Side::Right)
    }
    fn __pow__<'py>(
        &self,
        other: &Bound<'py, PyAny>,
        modulo: Option<&Bound<'py, PyAny>>,
    ) -> PyResult<Py<PyAny>> {
        let _ = modulo;
        binary("power", &self.0, other, Side::Left)
    }
    fn __rpow__<'py>(
        &self,
        other: &Bound<'py, PyAny>,
        modulo: Option<&Bound<'py, PyAny>>,
    ) -> PyResult<Py<PyAny>> {
        let _ = modulo;
        binary("power", &self.0, other, Side::Right)
    }
    fn __matmul__<'py>(&self, other: &Bound<'py, PyAny>) -> PyResult<Py<PyAny>> {
        binary("matmul", &self.0, other, Side::Left)
    }
    fn __rmatmul__<'py>(&self, other: &Bound<'py, PyAny>) -> PyResult<Py<PyAny>> {
        binary("matmul", &self.0, other, Side::Right)
    }
    fn __and__<'py>(&self, other: &Bound<'py, PyAny>) -> PyResult<Py<PyAny>> {
        binary("logical_and", &self.0, other, Side::Left)
    }
    fn __rand__<'py>(&self, other: &Bound<'py, PyAny>) -> PyResult<Py<PyAny>> {
        binary("logical_and", &self.0, other, Side::Right)
    }
    fn __or__<'py>(&self, other: &Bound<'py, PyAny>) -> PyResult<Py<PyAny>> {
        binary("logical_or", &self.0, other, Side::Left)
    }
    fn __ror__<'py>(&self, other: &Bound<'py, PyAny>) -> PyResult<Py<PyAny>> {
        binary("logical_or", &self.0, other, Side::Right)
    }
    fn __xor__<'py>(&self, other: &Bound<'py, PyAny>) -> PyResult<Py<PyAny>> {
        binary("logical_xor", &self.0, other, Side::Left)
    }
    fn __rxor__<'py>(&self, other: &Bound<'py, PyAny>) -> PyResult<Py<PyAny>> {
        binary("logical_xor", &self.0, other, Side::Right)
    }

    fn __richcmp__(
        &self,
        other: &Bound<'_, PyAny>,
        op: pyo3::basic::CompareOp,
    ) -> PyResult<Py<PyAny>> {
        comparison(&self.0, other, op)
    }

    /// The number of elements.
    #[getter(size)]
    fn size(&self) -> usize {
        self.0.size()
    }

    /// The tensor with another element type.
    fn astype(&self, dtype: &Bound<'_, PyAny>) -> PyResult<PyTensor> {
        self.0.cast(types::parse_dtype(dtype)?).or_raise().map(PyTensor)
    }
}

/// A function without arguments that gives a value.
pub(crate) fn giving<'py>(value: Bound<'py, PyAny>) -> PyResult<Bound<'py, PyAny>> {
    let py = value.py();
    let value = value.unbind();
    let give = move |args: &Bound<'_, pyo3::types::PyTuple>, _: Option<&Bound<'_, PyDict>>| {
        value.clone_ref(args.py())
    };
    Ok(pyo3::types::PyCFunction::new_closure(py, None, None, give)?.into_any())
}

/// A device's name as TensorFlow writes it.
pub(crate) fn device_name(name: &str) -> String {
    let kind = if name.eq_ignore_ascii_case("gpu") { "GPU" } else { "CPU" };
    format!("/job:localhost/replica:0/task:0/device:{kind}:0")
}

pub(crate) fn register(m: &Bound<'_, PyModule>) -> PyResult<()> {
    let _ = numpy(m.py())?;
    m.add_class::<PyTensor>()
}
