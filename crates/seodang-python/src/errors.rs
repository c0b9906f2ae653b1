//! Errors of ours as Python exceptions, and Python's exceptions on their way through Rust.

use crate::types::error_class;
use pyo3::exceptions as py_errors;
use pyo3::prelude::*;
use seodang_core::Lang;
use seodang_core::{Error, ErrorKind, Text, text};
use std::error::Error as _;

/// What a function that calls the engine returns: an error of ours becomes the right exception.
pub(crate) trait OrRaise<T> {
    /// The value, or the exception.
    fn or_raise(self) -> PyResult<T>;
}

impl<T> OrRaise<T> for seodang_core::Result<T> {
    fn or_raise(self) -> PyResult<T> {
        self.map_err(to_python)
    }
}

/// The exception for an error: a Python exception that caused it comes out as it was.
pub(crate) fn to_python(e: Error) -> PyErr {
    Python::attach(|py| {
        if let Some(cause) = e.source().and_then(|s| s.downcast_ref::<PyErr>()) {
            return cause.clone_ref(py);
        }
        // The first line stays English, so that it can be searched for.
        let mut message = e.render(Lang::En);
        if Lang::current() == Lang::Ko {
            message = format!("{message}\n\n{}", e.render(Lang::Ko));
        }
        let class = match e.kind() {
            ErrorKind::Shape | ErrorKind::Value => "InvalidArgumentError",
            ErrorKind::DType => "DTypeError",
            ErrorKind::Unsupported => "UnimplementedError",
            ErrorKind::Engine | ErrorKind::Internal => "InternalError",
            ErrorKind::Io => return py_errors::PyOSError::new_err(message),
            ErrorKind::Interrupted => return py_errors::PyKeyboardInterrupt::new_err(message),
            // Not found, not of the format, no gradient, and kinds to come.
            _ => return py_errors::PyValueError::new_err(message),
        };
        match error_class(py, class) {
            Ok(class) => PyErr::from_type(class, (py.None(), py.None(), message)),
            Err(e) => e,
        }
    })
}

/// The error of ours that carries a Python exception through Rust.
pub(crate) fn from_python(e: PyErr) -> Error {
    Error::value(text!(en: "a Python exception", ko: "파이썬 예외")).source_error(e)
}

/// An `InvalidArgumentError` with a message of TensorFlow's form; Korean follows where there is one.
pub(crate) fn invalid(py: Python<'_>, message: impl Into<Text>) -> PyErr {
    let Text { en: mut message, ko } = message.into();
    if Lang::current() == Lang::Ko && ko != message {
        message = format!("{message}\n\n{ko}");
    }
    match error_class(py, "InvalidArgumentError") {
        Ok(class) => PyErr::from_type(class, (py.None(), py.None(), message)),
        Err(e) => e,
    }
}
