//! Tensors: values on a device, or values of a program that is being written.

use crate::apply::apply;
use crate::{Device, trace};
use seodang_core::{Array, DType, Element, Error, Result, Shape, text};
use seodang_ir::ops::Iota;
use seodang_ir::{Buffer, TensorType, ValueId};
use std::fmt;
use std::sync::atomic::{AtomicU64, Ordering};

/// An n-dimensional array that is computed with: at once (eager), or by writing a program (traced).
///
/// The same code does both. Called on values it computes; called while a [`Function`](crate::Function)
/// is traced it adds to the function's program, and its results have a type but no value yet. Every
/// op is a method that returns a [`Result`]; operands broadcast as in NumPy and must have equal
/// dtypes; Rust numbers take the tensor's dtype. Tensors never change; what changes is a
/// [`Variable`](crate::Variable). Cloning is cheap.
///
/// ```
/// use seodang_tensor::Tensor;
/// let x = Tensor::new([2, 2], vec![1.0f32, 2.0, 3.0, 4.0])?;
/// let y = (&x * 2.0)?.sum(&[0], false)?;
/// assert_eq!(y.to_array()?.to_vec::<f32>()?, [8.0, 12.0]);
/// # Ok::<(), seodang_tensor::Error>(())
/// ```
#[derive(Clone)]
pub struct Tensor(pub(crate) Repr);

#[derive(Clone)]
pub(crate) enum Repr {
    Eager { buffer: Buffer, device: Device, id: u64 },
    Traced { trace: u64, value: ValueId, ty: TensorType, device: Device },
}

/// A number that no other tensor, variable or trace of this process has.
pub(crate) fn fresh_id() -> u64 {
    static NEXT: AtomicU64 = AtomicU64::new(1);
    NEXT.fetch_add(1, Ordering::Relaxed)
}

impl Tensor {
    pub(crate) fn eager(buffer: Buffer, device: Device) -> Tensor {
        Tensor(Repr::Eager { buffer, device, id: fresh_id() })
    }

    /// The type: dtype and shape.
    pub fn ty(&self) -> &TensorType {
        match &self.0 {
            Repr::Eager { buffer, .. } => buffer.ty(),
            Repr::Traced { ty, .. } => ty,
        }
    }

    /// The tensor with the elements of a host array; in a trace, a constant of the program.
    ///
    /// # Errors
    /// `Engine`, if the device has no memory.
    pub fn from_array(array: &Array) -> Result<Tensor> {
        if trace::is_tracing() {
            return trace::constant(array.clone());
        }
        Tensor::on_device(array, Device::current())
    }

    /// The tensor with the elements of a host array on a device, even while tracing.
    ///
    /// # Errors
    /// `Engine`, if the device has no memory.
    pub fn on_device(array: &Array, device: Device) -> Result<Tensor> {
        Ok(Tensor::eager(device.engine().upload(array)?, device))
    }

    /// The tensor with the elements of a vector in row-major order.
    ///
    /// # Errors
    /// `Shape`, if the vector's length is not the product of the dimensions.
    pub fn new<T: Element>(shape: impl Into<Shape>, elements: Vec<T>) -> Result<Tensor> {
        Tensor::from_array(&Array::from_vec(shape, elements)?)
    }

    /// A tensor of zero dimensions.
    ///
    /// # Errors
    /// `Engine`, if the device has no memory.
    pub fn scalar<T: Element>(value: T) -> Result<Tensor> {
        Tensor::from_array(&Array::scalar(value))
    }

    /// A tensor of zeros (`false` for booleans).
    ///
    /// # Errors
    /// `Engine`, if the device has no memory.
    pub fn zeros(dtype: DType, shape: impl Into<Shape>) -> Result<Tensor> {
        Tensor::full(dtype, shape, 0.0)
    }

    /// A tensor of ones (`true` for booleans).
    ///
    /// # Errors
    /// `Engine`, if the device has no memory.
    pub fn ones(dtype: DType, shape: impl Into<Shape>) -> Result<Tensor> {
        Tensor::full(dtype, shape, 1.0)
    }

    /// A tensor with every element equal to `value`, rounded to the dtype.
    ///
    /// # Errors
    /// `Engine`, if the device has no memory.
    pub fn full(dtype: DType, shape: impl Into<Shape>, value: f64) -> Result<Tensor> {
        if trace::is_tracing() {
            // A broadcast, so that the program does not carry the elements.
            return trace::constant(Array::full(dtype, [], value))?.broadcast_to(shape);
        }
        Tensor::from_array(&Array::full(dtype, shape, value))
    }

    /// Zeros of this tensor's type.
    ///
    /// # Errors
    /// `Engine`, if the device has no memory.
    pub fn zeros_like(&self) -> Result<Tensor> {
        self.full_like(0.0)
    }

    /// Ones of this tensor's type.
    ///
    /// # Errors
    /// `Engine`, if the device has no memory.
    pub fn ones_like(&self) -> Result<Tensor> {
        self.full_like(1.0)
    }

    /// A tensor of this tensor's type with every element equal to `value`.
    ///
    /// # Errors
    /// `Engine`, if the device has no memory.
    pub fn full_like(&self, value: f64) -> Result<Tensor> {
        crate::with_device(self.device(), || {
            Tensor::full(self.dtype(), self.shape().clone(), value)
        })
    }

    /// The numbers 0, 1, ..., n - 1.
    ///
    /// # Errors
    /// `DType` for booleans.
    ///
    /// ```
    /// use seodang_tensor::{DType, Tensor};
    /// assert_eq!(Tensor::arange(DType::I32, 3)?.to_array()?.to_vec::<i32>()?, [0, 1, 2]);
    /// # Ok::<(), seodang_tensor::Error>(())
    /// ```
    pub fn arange(dtype: DType, n: usize) -> Result<Tensor> {
        Tensor::iota(dtype, [n], 0)
    }

    /// The index along dimension `axis`, at every place of a shape.
    ///
    /// # Errors
    /// `DType` for booleans; `Shape`, if there is no such dimension.
    pub fn iota(dtype: DType, shape: impl Into<Shape>, axis: i64) -> Result<Tensor> {
        let ty = TensorType::new(dtype, shape);
        let dimension = crate::axes::normalize(axis, ty.rank(), "iota")?;
        apply(Iota { ty, dimension }, &[])
    }

    /// The identity matrix with n rows and columns.
    ///
    /// # Errors
    /// `Engine`, if the device has no memory.
    pub fn eye(dtype: DType, n: usize) -> Result<Tensor> {
        let rows = Tensor::iota(DType::I32, [n, n], 0)?;
        let columns = Tensor::iota(DType::I32, [n, n], 1)?;
        rows.eq(&columns)?.cast(dtype)
    }

    /// The element type.
    pub fn dtype(&self) -> DType {
        self.ty().dtype
    }

    /// The dimensions.
    pub fn shape(&self) -> &Shape {
        &self.ty().shape
    }

    /// The number of dimensions.
    pub fn rank(&self) -> usize {
        self.ty().rank()
    }

    /// The number of elements.
    pub fn size(&self) -> usize {
        self.ty().size()
    }

    /// The device that holds the tensor, or that will run the program it belongs to.
    pub fn device(&self) -> Device {
        match &self.0 {
            Repr::Eager { device, .. } | Repr::Traced { device, .. } => *device,
        }
    }

    /// Whether the tensor is a value of a program that is being written, without elements yet.
    pub fn is_traced(&self) -> bool {
        matches!(self.0, Repr::Traced { .. })
    }

    /// The buffer on the device.
    ///
    /// # Errors
    /// `Value`, if the tensor is traced.
    pub fn buffer(&self) -> Result<&Buffer> {
        match &self.0 {
            Repr::Eager { buffer, .. } => Ok(buffer),
            Repr::Traced { .. } => Err(no_value(self)),
        }
    }

    /// The elements on the host.
    ///
    /// # Errors
    /// `Value`, if the tensor is traced; `Engine`, if the transfer failed.
    pub fn to_array(&self) -> Result<Array> {
        self.buffer()?.download()
    }

    /// The only element of a tensor of one element, as `f64`.
    ///
    /// # Errors
    /// `Shape`, if there is not exactly one element; `Value`, if the tensor is traced.
    pub fn item(&self) -> Result<f64> {
        self.to_array()?.item()
    }

    /// The elements in row-major order, as `f64`.
    ///
    /// # Errors
    /// `Value`, if the tensor is traced.
    pub fn to_f64_vec(&self) -> Result<Vec<f64>> {
        Ok(self.to_array()?.to_f64_vec())
    }

    /// The same elements on another device.
    ///
    /// # Errors
    /// `Value`, if the tensor is traced; `Engine`, if the transfer failed.
    pub fn to_device(&self, device: Device) -> Result<Tensor> {
        if self.device() == device && !self.is_traced() {
            return Ok(self.clone());
        }
        Tensor::on_device(&self.to_array()?, device)
    }
}

fn no_value(x: &Tensor) -> Error {
    Error::value(text!(
        en: "a traced tensor has no elements yet: it is a value of a program that is being written",
        ko: "추적 중인 텐서에는 아직 원소가 없습니다. 작성 중인 프로그램의 값입니다"
    ))
    .given("tensor", x.ty())
    .hint(text!(
        en: "return it from the function, or do this outside of it",
        ko: "함수에서 돌려주거나, 이 작업을 함수 밖에서 하세요"
    ))
}

impl TryFrom<&Array> for Tensor {
    type Error = Error;
    fn try_from(array: &Array) -> Result<Tensor> {
        Tensor::from_array(array)
    }
}

impl TryFrom<Array> for Tensor {
    type Error = Error;
    fn try_from(array: Array) -> Result<Tensor> {
        Tensor::from_array(&array)
    }
}

impl fmt::Debug for Tensor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            Repr::Eager { .. } => match self.to_array() {
                Ok(a) if a.size() <= 64 => write!(f, "Tensor({}, {:?})", self.ty(), a.to_f64_vec()),
                _ => write!(f, "Tensor({})", self.ty()),
            },
            Repr::Traced { value, .. } => write!(f, "Tensor(%{}: {})", value.index(), self.ty()),
        }
    }
}
