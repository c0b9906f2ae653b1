//! Our memory as others see it: NumPy's views, the buffer protocol, DLPack.
//!
//! A view holds the array whose elements it shows. An engine writes into memory only while nothing else
//! holds it, so a variable whose value is seen by a view gets new memory when it is assigned to, and
//! the view stays as it is. Views are read-only, since tensors do not change.

use crate::convert::{numpy, to_numpy};
use crate::tensor::host;
use numpy::npyffi::{
    self, NPY_ARRAY_ALIGNED, NPY_ARRAY_C_CONTIGUOUS, NpyTypes, PY_ARRAY_API, npy_intp,
};
use numpy::{PyArrayDescr, PyArrayDescrMethods, PyUntypedArray};
use pyo3::exceptions::{PyBufferError, PyValueError};
use pyo3::ffi;
use pyo3::prelude::*;
use pyo3::types::PyDict;
use seodang_core::{Array, DType};
use seodang_tensor::Tensor;

/// What a view of NumPy's holds.
#[pyclass(frozen)]
struct Memory(Array);

/// A read-only NumPy array over the elements of an array of ours.
pub(crate) fn view(py: Python<'_>, array: Array) -> PyResult<Bound<'_, PyAny>> {
    if array.dtype() == DType::BF16 || array.size() == 0 {
        // NumPy has no bfloat16; of nothing there is nothing to share.
        let copy = to_numpy(py, &array)?;
        copy.call_method1("setflags", (false,))?;
        return Ok(copy);
    }
    let descr = PyArrayDescr::new(py, array.dtype().name())?;
    let mut dims: Vec<npy_intp> = array.shape().iter().map(|&n| n as npy_intp).collect();
    let owner = Bound::new(py, Memory(array))?;
    let bytes = owner.get().0.bytes();
    // SAFETY: the data are contiguous, row-major, aligned to 64 bytes and as many as the shape and the
    // element type say. The array's base is `owner`, which keeps them where they are and never writes;
    // without NPY_ARRAY_WRITEABLE, and with a base that NumPy cannot write to, nor does NumPy. The
    // call takes the descriptor's reference, `SetBaseObject` the owner's.
    unsafe {
        let made = PY_ARRAY_API.PyArray_NewFromDescr(
            py,
            npyffi::get_type_object(py, NpyTypes::PyArray_Type),
            descr.into_dtype_ptr(),
            dims.len() as i32,
            dims.as_mut_ptr(),
            std::ptr::null_mut(),
            bytes.as_ptr().cast_mut().cast(),
            NPY_ARRAY_C_CONTIGUOUS | NPY_ARRAY_ALIGNED,
            std::ptr::null_mut(),
        );
        let made = Bound::from_owned_ptr_or_err(py, made)?.cast_into::<PyUntypedArray>()?;
        if PY_ARRAY_API.PyArray_SetBaseObject(py, made.as_ptr().cast(), owner.into_ptr()) < 0 {
            return Err(PyErr::fetch(py));
        }
        Ok(made.into_any())
    }
}

/// What `__array__` gives: a view, or a copy where one is asked for or the element type is another.
pub(crate) fn as_array<'py>(
    py: Python<'py>,
    t: &Tensor,
    dtype: Option<&Bound<'py, PyAny>>,
    copy: Option<bool>,
) -> PyResult<Bound<'py, PyAny>> {
    let seen = view(py, host(py, t)?)?;
    let Some(dtype) = dtype.filter(|d| !d.is_none()) else {
        return if copy == Some(true) { seen.call_method0("copy") } else { Ok(seen) };
    };
    let wanted = numpy(py)?.getattr("dtype")?.call1((dtype,))?;
    let same = wanted.eq(seen.getattr("dtype")?)?;
    if copy == Some(false) && !same {
        return Err(PyValueError::new_err(format!(
            "Unable to avoid copy: the tensor is of {}, and an array of {wanted} is asked for",
            t.dtype().name()
        )));
    }
    if same && copy != Some(true) {
        return Ok(seen);
    }
    seen.call_method1("astype", (wanted,))
}

/// A DLPack capsule of the elements. Consumers that know of read-only memory share it; the older ones
/// would write to it, and get a copy.
pub(crate) fn dlpack<'py>(
    py: Python<'py>,
    t: &Tensor,
    options: Option<&Bound<'py, PyDict>>,
) -> PyResult<Bound<'py, PyAny>> {
    let seen = view(py, host(py, t)?)?;
    match seen.call_method("__dlpack__", (), options) {
        Err(e) if e.is_instance_of::<PyBufferError>(py) && !forbids_copy(options)? => {
            seen.call_method0("copy")?.call_method("__dlpack__", (), options)
        }
        made => made,
    }
}

fn forbids_copy(options: Option<&Bound<'_, PyDict>>) -> PyResult<bool> {
    let Some(options) = options else { return Ok(false) };
    Ok(options.get_item("copy")?.is_some_and(|c| !c.is_none() && !c.is_truthy().unwrap_or(true)))
}

/// Fills a `Py_buffer`, which then holds the view that it shows.
///
/// # Safety
/// `buffer` is the one that the interpreter passed to a type's `bf_getbuffer`.
pub(crate) unsafe fn buffer(
    py: Python<'_>,
    t: &Tensor,
    buffer: *mut ffi::Py_buffer,
    flags: i32,
) -> PyResult<()> {
    let seen = view(py, host(py, t)?)?;
    // SAFETY: the caller's promise; NumPy names the view as the owner and holds it itself.
    if unsafe { ffi::PyObject_GetBuffer(seen.as_ptr(), buffer, flags) } < 0 {
        return Err(PyErr::fetch(py));
    }
    Ok(())
}
