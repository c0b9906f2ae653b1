//! The type of a value: element type and static shape.

use seodang_core::{Array, DType, Shape};
use std::fmt;

/// The element type and the static shape of a value of a graph.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct TensorType {
    /// The element type.
    pub dtype: DType,
    /// The dimensions.
    pub shape: Shape,
}

impl TensorType {
    /// The type with the given element type and shape.
    pub fn new(dtype: DType, shape: impl Into<Shape>) -> TensorType {
        TensorType { dtype, shape: shape.into() }
    }

    /// A type of zero dimensions.
    pub fn scalar(dtype: DType) -> TensorType {
        TensorType::new(dtype, [])
    }

    /// The type of an array.
    pub fn of(array: &Array) -> TensorType {
        TensorType::new(array.dtype(), array.shape().clone())
    }

    /// The number of dimensions.
    pub fn rank(&self) -> usize {
        self.shape.rank()
    }

    /// The number of elements.
    pub fn size(&self) -> usize {
        self.shape.size()
    }

    /// The number of bytes.
    pub fn bytes(&self) -> usize {
        self.size() * self.dtype.size()
    }

    /// The type as StableHLO writes it: `tensor<2x3xf32>`.
    pub fn mlir(&self) -> String {
        let mut out = String::from("tensor<");
        for d in self.shape.iter() {
            out += &format!("{d}x");
        }
        out + self.dtype.mlir_name() + ">"
    }

    /// The same shape with another element type.
    pub fn with_dtype(&self, dtype: DType) -> TensorType {
        TensorType { dtype, shape: self.shape.clone() }
    }

    /// The same element type with another shape.
    pub fn with_shape(&self, shape: impl Into<Shape>) -> TensorType {
        TensorType { dtype: self.dtype, shape: shape.into() }
    }
}

impl fmt::Display for TensorType {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{}", self.dtype, self.shape)
    }
}

impl fmt::Debug for TensorType {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}
