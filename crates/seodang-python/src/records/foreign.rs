//! The user's own objects as options of records: an initializer, a regularizer, a constraint, a schedule,
//! an activation that is a Python callable.

use crate::convert::tensor;
use crate::errors::from_python;
use crate::tensor::{PyTensor, host};
use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;
use pyo3::types::{PyDict, PyTuple};
use seodang_core::random::Stream;
use seodang_core::{Array, DType, Result, Shape};
use seodang_nn::constraints::Constraint;
use seodang_nn::initializers::Initializer;
use seodang_nn::record::{Config, Record, foreign};
use seodang_nn::regularizers::Regularizer;
use seodang_nn::schedules::Schedule;
use seodang_tensor::Tensor;
use std::fmt;
use std::sync::Arc;

/// A Python callable that stands for a record.
struct Callable {
    object: Py<PyAny>,
    name: String,
}

impl fmt::Debug for Callable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.name)
    }
}

impl Record for Callable {
    fn class_name(&self) -> &str {
        &self.name
    }

    fn module(&self) -> &str {
        "builtins"
    }

    fn registered_name(&self) -> Option<&str> {
        Some(&self.name)
    }

    fn config(&self) -> Result<Config> {
        Ok(Config::new())
    }

    fn default_config(&self) -> Config {
        Config::new()
    }
}

impl Callable {
    fn one(&self, x: &Tensor) -> Result<Tensor> {
        Python::attach(|py| {
            let result = self.object.bind(py).call1((PyTensor(x.clone()),))?;
            tensor(&result)
        })
        .map_err(from_python)
    }
}

impl Initializer for Callable {
    fn initialize(&self, _: &mut Stream, dtype: DType, shape: &Shape) -> Result<Array> {
        Python::attach(|py| {
            let object = self.object.bind(py);
            let shape = PyTuple::new(py, shape.iter())?;
            let options = PyDict::new(py);
            options.set_item("dtype", crate::types::dtype(py, dtype)?)?;
            let value = match object.call((&shape,), Some(&options)) {
                Ok(value) => value,
                // A function of the shape alone.
                Err(e) if e.is_instance_of::<pyo3::exceptions::PyTypeError>(py) => {
                    object.call1((&shape,))?
                }
                Err(e) => return Err(e),
            };
            let value = host(py, &tensor(&value)?)?.convert(dtype);
            Ok::<_, PyErr>(value)
        })
        .map_err(from_python)
        .and_then(|value| value.reshape(shape.clone()))
    }
}

impl Regularizer for Callable {
    fn penalty(&self, x: &Tensor) -> Result<Tensor> {
        self.one(x)
    }
}

impl Constraint for Callable {
    fn project(&self, weight: &Tensor) -> Result<Tensor> {
        self.one(weight)
    }
}

impl Schedule for Callable {
    fn rate(&self, step: &Tensor) -> Result<Tensor> {
        self.one(step)
    }
}

/// Lets a Python object stand for an option of a record: the token goes where the option's value goes,
/// for as long as the token lives.
#[pyclass(frozen, name = "Foreign", module = "seodang._native")]
struct Foreign {
    token: foreign::Token,
}

#[pymethods]
impl Foreign {
    /// `kind`: initializer, regularizer, constraint, schedule or activation.
    #[new]
    fn new(kind: &str, object: Bound<'_, PyAny>, name: &str) -> PyResult<Foreign> {
        let callable = Arc::new(Callable { object: object.unbind(), name: name.to_string() });
        let token = match kind {
            "initializer" => foreign::register::<dyn Initializer>(callable),
            "regularizer" => foreign::register::<dyn Regularizer>(callable),
            "constraint" => foreign::register::<dyn Constraint>(callable),
            "schedule" => foreign::register::<dyn Schedule>(callable),
            "activation" => {
                let function = move |x: &Tensor| callable.one(x);
                foreign::register_activation(name, Arc::new(function))
            }
            _ => return Err(PyValueError::new_err(format!("{kind:?} cannot be a Python object"))),
        };
        Ok(Foreign { token })
    }

    /// What stands for the object in a configuration.
    #[getter]
    fn token<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        crate::json::to_python(py, &self.token.value())
    }
}

pub(crate) fn register(m: &Bound<'_, PyModule>) -> PyResult<()> {
    m.add_class::<Foreign>()
}
