//! `Variable`, as Python holds it.

use crate::convert::{Wish, tensor_as, to_numpy};
use crate::errors::OrRaise;
use crate::memory;
use crate::operators::{Side, binary, comparison};
use crate::tensor::{self, PyTensor, host};
use crate::types::{self, optional_dtype};
use crate::variable_slice::PyVariableSlice;
use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;
use pyo3::types::PyDict;
use seodang_tensor::{Tensor, Variable};
use std::cell::RefCell;
use std::sync::Mutex;

thread_local! {
    /// What stands before the names of new variables: the open `tf.name_scope` blocks.
    static SCOPES: RefCell<Vec<String>> = const { RefCell::new(Vec::new()) };
}

/// Opens a block of names; gives its whole path, which ends with `/` unless it is empty.
///
/// A name that ends with `/` is a whole path; an empty one goes back to the outermost block.
#[pyfunction]
fn enter_name_scope(name: &str) -> String {
    SCOPES.with_borrow_mut(|scopes| {
        let outer = scopes.last().map_or("", String::as_str);
        let path = match name {
            "" => String::new(),
            whole if whole.ends_with('/') => whole.to_string(),
            part => format!("{outer}{part}/"),
        };
        scopes.push(path.clone());
        path
    })
}

/// Closes the block that was opened last.
#[pyfunction]
fn exit_name_scope() {
    SCOPES.with_borrow_mut(|scopes| scopes.pop());
}

/// What makes a variable again: value, trainable, validate_shape, caching_device, name.
type Arguments<'py> = (Bound<'py, PyAny>, bool, bool, Option<String>, String);

/// State that programs read and write: a weight, a counter, a moving average.
#[pyclass(frozen, subclass, name = "Variable", module = "seodang", dict, weakref)]
pub(crate) struct PyVariable {
    pub(crate) variable: Variable,
    name: Mutex<String>,
    /// What optimizers make of the value after each step.
    constraint: Option<Py<PyAny>>,
}

impl PyVariable {
    /// A handle of a variable that exists.
    pub(crate) fn of(variable: Variable) -> PyVariable {
        let name = Mutex::new(variable.name().to_string());
        PyVariable { variable, name, constraint: None }
    }

    pub(crate) fn value_now(&self) -> PyResult<Tensor> {
        self.variable.value().or_raise()
    }

    /// The new value for an assignment, checked as TensorFlow does.
    fn incoming(&self, value: &Bound<'_, PyAny>) -> PyResult<Tensor> {
        let t = tensor_as(value, Wish::hint(self.variable.dtype()))?;
        if t.dtype() != self.variable.dtype() {
            return Err(PyValueError::new_err(format!(
                "Tensor conversion requested dtype {} for Tensor with dtype {}: {}",
                self.variable.dtype().name(),
                t.dtype().name(),
                self.name()
            )));
        }
        Ok(t)
    }

    fn fits(&self, py: Python<'_>, t: &Tensor) -> PyResult<()> {
        if t.shape() == self.variable.shape() {
            return Ok(());
        }
        Err(PyValueError::new_err(format!(
            "Cannot assign value to variable '{}': Shape mismatch. The variable shape {}, and the \
             assigned value shape {} are incompatible.",
            self.name(),
            types::shape(py, self.variable.shape())?,
            types::shape(py, t.shape())?
        )))
    }
}

#[pymethods]
impl PyVariable {
    #[classattr]
    fn __array_priority__() -> f64 {
        100.0
    }

    #[new]
    #[pyo3(signature = (initial_value=None, trainable=None, validate_shape=true, caching_device=None,
                        name=None, variable_def=None, dtype=None, import_scope=None, constraint=None,
                        synchronization=None, aggregation=None, shape=None, **kwargs))]
    fn new(
        py: Python<'_>,
        initial_value: Option<Bound<'_, PyAny>>,
        trainable: Option<bool>,
        validate_shape: bool,
        caching_device: Option<Bound<'_, PyAny>>,
        name: Option<String>,
        variable_def: Option<Bound<'_, PyAny>>,
        dtype: Option<Bound<'_, PyAny>>,
        import_scope: Option<Bound<'_, PyAny>>,
        constraint: Option<Bound<'_, PyAny>>,
        synchronization: Option<Bound<'_, PyAny>>,
        aggregation: Option<Bound<'_, PyAny>>,
        shape: Option<Bound<'_, PyAny>>,
        kwargs: Option<Bound<'_, PyDict>>,
    ) -> PyResult<PyVariable> {
        let _ = (validate_shape, caching_device, variable_def, import_scope, kwargs);
        let _ = (synchronization, aggregation, shape);
        let Some(initial) = initial_value.filter(|v| !v.is_none()) else {
            return Err(PyValueError::new_err(
                "The `initial_value` arg to `tf.Variable` must be specified.",
            ));
        };
        let dtype = optional_dtype(dtype.as_ref())?;
        // A variable that is made in a function's first call begins with a value of now.
        let value = seodang_tensor::eagerly(|| {
            let initial = if initial.is_callable() && !initial.hasattr("numpy")? {
                initial.call0()?
            } else {
                initial
            };
            let value = tensor_as(&initial, Wish { dtype: None, hint: dtype })?;
            match dtype {
                Some(d) if d != value.dtype() => tensor_as(&initial, Wish { dtype, hint: None }),
                _ => Ok(value),
            }
        })?;
        if value.is_traced() {
            // The function runs as plain Python instead.
            return Err(tensor::traced(py, "the value that a new variable begins with"));
        }
        let name = name.unwrap_or_else(|| "Variable".to_string());
        let name = if name.ends_with(":0") {
            name
        } else {
            SCOPES.with_borrow(|scopes| {
                format!("{}{name}:0", scopes.last().map_or("", String::as_str))
            })
        };
        let variable = Variable::new(host(py, &value)?, name.clone()).or_raise()?;
        // As TensorFlow does, variables of any type count as trainable unless told otherwise.
        variable.set_trainable(trainable.unwrap_or(true));
        let constraint = constraint.filter(|c| !c.is_none()).map(Bound::unbind);
        Ok(PyVariable { variable, name: Mutex::new(name), constraint })
    }

    /// What optimizers make of the value after each step: a function of it, or None.
    #[getter]
    fn constraint(&self, py: Python<'_>) -> Option<Py<PyAny>> {
        self.constraint.as_ref().map(|c| c.clone_ref(py))
    }

    /// A number that no other variable of this process has.
    #[getter]
    fn id(&self) -> u64 {
        self.variable.id()
    }

    /// The name.
    #[getter]
    fn name(&self) -> String {
        self.name.lock().unwrap_or_else(|e| e.into_inner()).clone()
    }

    #[setter(_name)]
    fn set_name(&self, name: String) {
        *self.name.lock().unwrap_or_else(|e| e.into_inner()) = name;
    }

    #[getter(_name)]
    fn own_name(&self) -> String {
        self.name()
    }

    /// Keras's path of a weight: layers' names, then the weight's.
    #[getter]
    fn path(&self) -> String {
        self.variable.name().to_string()
    }

    /// Whether training changes it, and tapes watch it.
    #[getter]
    fn trainable(&self) -> bool {
        self.variable.trainable()
    }

    fn _set_trainable(&self, trainable: bool) {
        self.variable.set_trainable(trainable);
    }

    /// The dimensions.
    #[getter]
    fn shape<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        types::shape(py, self.variable.shape())
    }

    /// The element type.
    #[getter]
    fn dtype<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        types::dtype(py, self.variable.dtype())
    }

    /// The number of dimensions.
    #[getter]
    fn ndim(&self) -> usize {
        self.variable.shape().rank()
    }

    /// The number of elements.
    #[getter]
    fn size(&self) -> usize {
        self.variable.shape().size()
    }

    /// Where the elements are, as TensorFlow writes it.
    #[getter]
    fn device(&self) -> String {
        tensor::device_name(self.variable.device().name())
    }

    /// Whether the variable belongs to a function that is being traced: never.
    #[getter]
    fn is_traced(&self) -> bool {
        false
    }

    /// The method that gives the dimensions (TensorFlow's older name).
    #[getter(get_shape)]
    fn shape_method<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        tensor::giving(self.shape(py)?)
    }

    /// The value at this moment.
    fn value(&self) -> PyResult<PyTensor> {
        self.value_now().map(PyTensor)
    }

    /// The value at this moment.
    fn read_value(&self) -> PyResult<PyTensor> {
        self.value_now().map(PyTensor)
    }

    /// The value at this moment (TensorFlow's older name).
    fn initialized_value(&self) -> PyResult<PyTensor> {
        self.value_now().map(PyTensor)
    }

    /// The elements as a NumPy array; a NumPy number for a scalar.
    fn numpy<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        let array = to_numpy(py, &self.variable.to_array().or_raise()?)?;
        if self.variable.shape().rank() == 0 { array.get_item(()) } else { Ok(array) }
    }

    /// The elements (of older programs).
    #[pyo3(signature = (session=None))]
    fn eval<'py>(
        &self,
        py: Python<'py>,
        session: Option<&Bound<'py, PyAny>>,
    ) -> PyResult<Bound<'py, PyAny>> {
        let _ = session;
        self.numpy(py)
    }

    #[pyo3(signature = (dtype=None, copy=None))]
    fn __array__<'py>(
        &self,
        py: Python<'py>,
        dtype: Option<&Bound<'py, PyAny>>,
        copy: Option<bool>,
    ) -> PyResult<Bound<'py, PyAny>> {
        memory::as_array(py, &self.value_now()?, dtype, copy)
    }

    #[pyo3(signature = (**kwargs))]
    fn __dlpack__<'py>(
        &self,
        py: Python<'py>,
        kwargs: Option<&Bound<'py, PyDict>>,
    ) -> PyResult<Bound<'py, PyAny>> {
        memory::dlpack(py, &self.value_now()?, kwargs)
    }

    fn __dlpack_device__(&self) -> (i32, i32) {
        (1, 0)
    }

    /// Replaces the value; gives the variable.
    #[pyo3(signature = (value, use_locking=false, name=None, read_value=true))]
    fn assign<'py>(
        slf: Bound<'py, Self>,
        value: &Bound<'py, PyAny>,
        use_locking: bool,
        name: Option<&str>,
        read_value: bool,
    ) -> PyResult<Bound<'py, Self>> {
        let _ = (use_locking, name, read_value);
        let this = slf.get();
        let t = this.incoming(value)?;
        this.fits(slf.py(), &t)?;
        this.variable.assign(&t).or_raise()?;
        Ok(slf)
    }

    /// Adds to the value; gives the variable.
    #[pyo3(signature = (delta, use_locking=false, name=None, read_value=true))]
    fn assign_add<'py>(
        slf: Bound<'py, Self>,
        delta: &Bound<'py, PyAny>,
        use_locking: bool,
        name: Option<&str>,
        read_value: bool,
    ) -> PyResult<Bound<'py, Self>> {
        let _ = (use_locking, name, read_value);
        let this = slf.get();
        let t = this.value_now()?.add(&this.incoming(delta)?).or_raise()?;
        this.fits(slf.py(), &t)?;
        this.variable.assign(&t).or_raise()?;
        Ok(slf)
    }

    /// Subtracts from the value; gives the variable.
    #[pyo3(signature = (delta, use_locking=false, name=None, read_value=true))]
    fn assign_sub<'py>(
        slf: Bound<'py, Self>,
        delta: &Bound<'py, PyAny>,
        use_locking: bool,
        name: Option<&str>,
        read_value: bool,
    ) -> PyResult<Bound<'py, Self>> {
        let _ = (use_locking, name, read_value);
        let this = slf.get();
        let t = this.value_now()?.sub(&this.incoming(delta)?).or_raise()?;
        this.fits(slf.py(), &t)?;
        this.variable.assign(&t).or_raise()?;
        Ok(slf)
    }

    /// A hashable stand-in for the variable, whose `deref()` gives it back.
    #[pyo3(name = "ref")]
    fn reference<'py>(slf: &Bound<'py, Self>) -> PyResult<Bound<'py, PyAny>> {
        slf.py().import("seodang._refs")?.getattr("Reference")?.call1((slf,))
    }

    fn __hash__(&self) -> u64 {
        self.variable.id()
    }

    fn __copy__(slf: Bound<'_, Self>) -> Bound<'_, Self> {
        slf
    }

    fn __deepcopy__<'py>(
        slf: Bound<'py, Self>,
        memo: &Bound<'py, PyAny>,
    ) -> PyResult<Bound<'py, PyAny>> {
        let _ = memo;
        let options = PyDict::new(slf.py());
        options.set_item("trainable", slf.get().trainable())?;
        options.set_item("name", slf.get().name())?;
        let value = slf.get().value()?;
        slf.get_type().call((value,), Some(&options))
    }

    fn __reduce__<'py>(slf: &Bound<'py, Self>) -> PyResult<(Bound<'py, PyAny>, Arguments<'py>)> {
        let this = slf.get();
        let value = to_numpy(slf.py(), &this.variable.to_array().or_raise()?)?;
        Ok((slf.get_type().into_any(), (value, this.trainable(), true, None, this.name())))
    }

    fn __str__(&self, py: Python<'_>) -> PyResult<String> {
        self.__repr__(py)
    }

    fn __repr__(&self, py: Python<'_>) -> PyResult<String> {
        let (shape, dtype) = (self.shape(py)?, self.variable.dtype().name());
        let value = self.value_now()?;
        let name = self.name();
        if value.is_traced() {
            return Ok(format!("<tf.Variable '{name}' shape={shape} dtype={dtype}>"));
        }
        let text = tensor::written(py, &value, true)?;
        let text = if text.contains('\n') { format!("\n{text}") } else { text };
        Ok(format!("<tf.Variable '{name}' shape={shape} dtype={dtype}, numpy={text}>"))
    }

    fn __len__(&self) -> PyResult<usize> {
        match self.variable.shape().first() {
            Some(n) => Ok(*n),
            None => Err(pyo3::exceptions::PyTypeError::new_err("Scalar tensor has no `len()`")),
        }
    }

    fn __iter__<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        self.value()?.into_pyobject(py)?.into_any().try_iter().map(|i| i.into_any())
    }

    fn __getitem__<'py>(
        slf: &Bound<'py, Self>,
        key: &Bound<'py, PyAny>,
    ) -> PyResult<Bound<'py, PyVariableSlice>> {
        let value = crate::index::get(&slf.get().value_now()?, key).map(PyTensor)?;
        PyVariableSlice::of(slf, key, value)
    }

    fn __bool__(&self, py: Python<'_>) -> PyResult<bool> {
        tensor::truth(py, &self.value_now()?)
    }

    fn __float__(&self, py: Python<'_>) -> PyResult<f64> {
        tensor::item(py, &self.value_now()?)?.extract()
    }

    fn __int__<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        let value = tensor::item(py, &self.value_now()?)?;
        py.get_type::<pyo3::types::PyInt>().call1((value,))
    }

    fn __index__<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        let value = self.value()?.into_pyobject(py)?;
        value.call_method0("__index__")
    }

    fn __format__<'py>(&self, py: Python<'py>, spec: &str) -> PyResult<Bound<'py, PyAny>> {
        if spec.is_empty() {
            return Ok(pyo3::types::PyString::new(py, &self.__repr__(py)?).into_any());
        }
        self.numpy(py)?.call_method1("__format__", (spec,))
    }

    fn __neg__(&self) -> PyResult<PyTensor> {
        self.value_now()?.neg().or_raise().map(PyTensor)
    }
    fn __pos__(&self) -> PyResult<PyTensor> {
        self.value()
    }
    fn __abs__(&self) -> PyResult<PyTensor> {
        self.value_now()?.abs().or_raise().map(PyTensor)
    }
    fn __invert__(&self) -> PyResult<PyTensor> {
        self.value_now()?.logical_not().or_raise().map(PyTensor)
    }
    fn __add__(&self, other: &Bound<'_, PyAny>) -> PyResult<Py<PyAny>> {
        binary("add", &self.value_now()?, other, Side::Left)
    }
    fn __radd__(&self, other: &Bound<'_, PyAny>) -> PyResult<Py<PyAny>> {
        binary("add", &self.value_now()?, other, Side::Right)
    }
    fn __sub__(&self, other: &Bound<'_, PyAny>) -> PyResult<Py<PyAny>> {
        binary("subtract", &self.value_now()?, other, Side::Left)
    }
    fn __rsub__(&self, other: &Bound<'_, PyAny>) -> PyResult<Py<PyAny>> {
        binary("subtract", &self.value_now()?, other, Side::Right)
    }
    fn __mul__(&self, other: &Bound<'_, PyAny>) -> PyResult<Py<PyAny>> {
        binary("multiply", &self.value_now()?, other, Side::Left)
    }
    fn __rmul__(&self, other: &Bound<'_, PyAny>) -> PyResult<Py<PyAny>> {
        binary("multiply", &self.value_now()?, other, Side::Right)
    }
    fn __truediv__(&self, other: &Bound<'_, PyAny>) -> PyResult<Py<PyAny>> {
        binary("divide", &self.value_now()?, other, Side::Left)
    }
    fn __rtruediv__(&self, other: &Bound<'_, PyAny>) -> PyResult<Py<PyAny>> {
        binary("divide", &self.value_now()?, other, Side::Right)
    }
    fn __floordiv__(&self, other: &Bound<'_, PyAny>) -> PyResult<Py<PyAny>> {
        binary("floordiv", &self.value_now()?, other, Side::Left)
    }
    fn __rfloordiv__(&self, other: &Bound<'_, PyAny>) -> PyResult<Py<PyAny>> {
        binary("floordiv", &self.value_now()?, other, Side::Right)
    }
    fn __mod__(&self, other: &Bound<'_, PyAny>) -> PyResult<Py<PyAny>> {
        binary("floormod", &self.value_now()?, other, Side::Left)
    }
    fn __rmod__(&self, other: &Bound<'_, PyAny>) -> PyResult<Py<PyAny>> {
        binary("floormod", &self.value_now()?, other, Side::Right)
    }
    fn __pow__(
        &self,
        other: &Bound<'_, PyAny>,
        modulo: Option<&Bound<'_, PyAny>>,
    ) -> PyResult<Py<PyAny>> {
        let _ = modulo;
        binary("power", &self.value_now()?, other, Side::Left)
    }
    fn __rpow__(
        &self,
        other: &Bound<'_, PyAny>,
        modulo: Option<&Bound<'_, PyAny>>,
    ) -> PyResult<Py<PyAny>> {
        let _ = modulo;
        binary("power", &self.value_now()?, other, Side::Right)
    }
    fn __matmul__(&self, other: &Bound<'_, PyAny>) -> PyResult<Py<PyAny>> {
        binary("matmul", &self.value_now()?, other, Side::Left)
    }
    fn __rmatmul__(&self, other: &Bound<'_, PyAny>) -> PyResult<Py<PyAny>> {
        binary("matmul", &self.value_now()?, other, Side::Right)
    }
    fn __and__(&self, other: &Bound<'_, PyAny>) -> PyResult<Py<PyAny>> {
        binary("logical_and", &self.value_now()?, other, Side::Left)
    }
    fn __or__(&self, other: &Bound<'_, PyAny>) -> PyResult<Py<PyAny>> {
        binary("logical_or", &self.value_now()?, other, Side::Left)
    }

    fn __richcmp__(
        slf: &Bound<'_, Self>,
        other: &Bound<'_, PyAny>,
        op: pyo3::basic::CompareOp,
    ) -> PyResult<Py<PyAny>> {
        comparison(&slf.get().value_now()?, other, op)
    }
}

pub(crate) fn register(m: &Bound<'_, PyModule>) -> PyResult<()> {
    m.add_class::<PyVariable>()?;
    m.add_function(wrap_pyfunction!(enter_name_scope, m)?)?;
    m.add_function(wrap_pyfunction!(exit_name_scope, m)?)
}
