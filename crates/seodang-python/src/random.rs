//! Random numbers.

use crate::convert::{sized, tensor};
use crate::errors::OrRaise;
use crate::tensor::PyTensor;
use crate::types::{optional_dtype, parse_dtype};
use crate::variable::PyVariable;
use pyo3::prelude::*;
use seodang_core::DType;
use seodang_tensor::Tensor;
use seodang_tensor::random::RandomState as State;

/// A stream of random numbers with its state in a variable: equal seeds give equal numbers.
#[pyclass(frozen, name = "RandomState", module = "seodang._native")]
pub(crate) struct RandomState(pub(crate) State);

fn float_type(dtype: Option<&Bound<'_, PyAny>>) -> PyResult<DType> {
    Ok(optional_dtype(dtype)?.unwrap_or(DType::F32))
}

/// x * scale + shift.
fn affine(x: Tensor, scale: f64, shift: f64) -> PyResult<PyTensor> {
    let x = if scale == 1.0 { x } else { x.mul(scale).or_raise()? };
    let x = if shift == 0.0 { x } else { x.add(shift).or_raise()? };
    Ok(PyTensor(x))
}

#[pymethods]
impl RandomState {
    #[new]
    #[pyo3(signature = (seed=None, stream=0))]
    fn new(seed: Option<u64>, stream: u64) -> PyResult<RandomState> {
        let seed = seed.unwrap_or_else(seodang_nn::random::next_seed);
        State::stream(seed, stream).or_raise().map(RandomState)
    }

    /// The stream of a variable that holds a state.
    #[staticmethod]
    fn of(variable: &Bound<'_, PyVariable>) -> PyResult<RandomState> {
        State::from_variable(variable.get().variable.clone()).or_raise().map(RandomState)
    }

    /// The variable with the state: uint64[3].
    #[getter]
    fn variable(&self) -> PyVariable {
        PyVariable::of(self.0.variable().clone())
    }

    /// Starts again from a seed.
    fn reseed(&self, seed: u64) -> PyResult<()> {
        self.0.reseed(seed).or_raise()
    }

    /// Uniform in [lo, hi).
    #[pyo3(signature = (shape, lo=0.0, hi=1.0, dtype=None))]
    fn uniform(
        &self,
        shape: &Bound<'_, PyAny>,
        lo: f64,
        hi: f64,
        dtype: Option<&Bound<'_, PyAny>>,
    ) -> PyResult<PyTensor> {
        let dtype = float_type(dtype)?;
        self.0.uniform(dtype, sized(shape, dtype)?, lo, hi).or_raise().map(PyTensor)
    }

    /// Normal with a mean and a standard deviation.
    #[pyo3(signature = (shape, mean=0.0, stddev=1.0, dtype=None))]
    fn normal(
        &self,
        shape: &Bound<'_, PyAny>,
        mean: f64,
        stddev: f64,
        dtype: Option<&Bound<'_, PyAny>>,
    ) -> PyResult<PyTensor> {
        let dtype = float_type(dtype)?;
        affine(self.0.normal(dtype, sized(shape, dtype)?).or_raise()?, stddev, mean)
    }

    /// Normal, but never further than two standard deviations from the mean.
    #[pyo3(signature = (shape, mean=0.0, stddev=1.0, dtype=None))]
    fn truncated_normal(
        &self,
        shape: &Bound<'_, PyAny>,
        mean: f64,
        stddev: f64,
        dtype: Option<&Bound<'_, PyAny>>,
    ) -> PyResult<PyTensor> {
        let dtype = float_type(dtype)?;
        affine(self.0.truncated_normal(dtype, sized(shape, dtype)?).or_raise()?, stddev, mean)
    }

    /// Integers in [lo, hi).
    #[pyo3(signature = (shape, lo, hi, dtype=None))]
    fn integers(
        &self,
        shape: &Bound<'_, PyAny>,
        lo: i64,
        hi: i64,
        dtype: Option<&Bound<'_, PyAny>>,
    ) -> PyResult<PyTensor> {
        let dtype = dtype.map(parse_dtype).transpose()?.unwrap_or(DType::I32);
        self.0.integers(dtype, sized(shape, dtype)?, lo, hi).or_raise().map(PyTensor)
    }

    /// True with a probability.
    fn bernoulli(&self, probability: f64, shape: &Bound<'_, PyAny>) -> PyResult<PyTensor> {
        self.0.bernoulli(probability, sized(shape, DType::F32)?).or_raise().map(PyTensor)
    }

    /// `n` draws of a class for each row of logits.
    fn categorical(&self, logits: &Bound<'_, PyAny>, n: usize) -> PyResult<PyTensor> {
        let drawn = self.0.categorical(&tensor(logits)?, n).or_raise()?;
        drawn.cast(DType::I64).or_raise().map(PyTensor)
    }

    /// A permutation of 0..n.
    fn permutation(&self, n: usize) -> PyResult<PyTensor> {
        self.0.permutation(n).or_raise().map(PyTensor)
    }
}

/// Makes everything random that follows reproducible.
#[pyfunction]
fn set_seed(seed: u64) {
    seodang_nn::set_random_seed(seed);
}

/// A new seed from the global stream.
#[pyfunction]
fn next_seed() -> u64 {
    seodang_nn::random::next_seed()
}

pub(crate) fn register(m: &Bound<'_, PyModule>) -> PyResult<()> {
    m.add_class::<RandomState>()?;
    m.add_function(wrap_pyfunction!(set_seed, m)?)?;
    m.add_function(wrap_pyfunction!(next_seed, m)?)
}
