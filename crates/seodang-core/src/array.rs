//! Host arrays: contiguous, row-major, reference-counted, copied on write.

use crate::{DType, Element, Error, Result, Shape, dispatch, text};
use bytemuck::{Pod, Zeroable};
use std::fmt;
use std::sync::Arc;

/// 64 bytes, the unit of allocation: arrays begin on a cache line, as vector loads and zero-copy
/// engines want.
#[derive(Clone, Copy, Pod, Zeroable)]
#[repr(C, align(64))]
struct Line([u8; 64]);

/// Owned bytes that begin on a 64-byte boundary.
pub struct Storage {
    lines: Box<[Line]>,
    len: usize,
}

impl Storage {
    /// `len` zero bytes. Large allocations are zeroed lazily by the operating system.
    pub fn zeroed(len: usize) -> Storage {
        Storage { lines: bytemuck::allocation::zeroed_slice_box(len.div_ceil(64)), len }
    }

    /// The bytes.
    pub fn bytes(&self) -> &[u8] {
        &bytemuck::cast_slice(&self.lines)[..self.len]
    }

    /// The bytes, to be written.
    pub fn bytes_mut(&mut self) -> &mut [u8] {
        &mut bytemuck::cast_slice_mut(&mut self.lines)[..self.len]
    }
}

impl Clone for Storage {
    fn clone(&self) -> Storage {
        Storage { lines: self.lines.clone(), len: self.len }
    }
}

/// A host array with its element type and shape at run time.
///
/// Cloning shares the bytes; writing copies them first when they are shared.
#[derive(Clone)]
pub struct Array {
    dtype: DType,
    shape: Shape,
    storage: Arc<Storage>,
}

/// A borrowed host array: contiguous and row-major.
#[derive(Clone, Copy)]
pub struct ArrayView<'a> {
    /// The element type.
    pub dtype: DType,
    /// The dimensions.
    pub shape: &'a [usize],
    /// The elements, in native byte order.
    pub bytes: &'a [u8],
}

impl Array {
    /// An array of zeros (`false` for booleans).
    pub fn zeros(dtype: DType, shape: impl Into<Shape>) -> Array {
        let shape = shape.into();
        let storage = Arc::new(Storage::zeroed(shape.size() * dtype.size()));
        Array { dtype, shape, storage }
    }

    /// An array with every element equal to `value`, rounded to the element type.
    pub fn full(dtype: DType, shape: impl Into<Shape>, value: f64) -> Array {
        let mut a = Array::zeros(dtype, shape);
        dispatch!(dtype, T => a.fill(T::from_f64(value)));
        a
    }

    fn fill<T: Element>(&mut self, value: T) {
        let bytes = bytemuck::bytes_of(&value);
        for chunk in self.bytes_mut().chunks_exact_mut(size_of::<T>()) {
            chunk.copy_from_slice(bytes);
        }
    }

    /// An array of zero dimensions.
    pub fn scalar<T: Element>(value: T) -> Array {
        let mut a = Array::zeros(T::DTYPE, []);
        a.bytes_mut().copy_from_slice(bytemuck::bytes_of(&value));
        a
    }

    /// An array with the elements of a vector in row-major order.
    ///
    /// # Errors
    /// `Shape`, if the vector's length is not the product of the dimensions.
    pub fn from_vec<T: Element>(shape: impl Into<Shape>, elements: Vec<T>) -> Result<Array> {
        Array::from_slice(shape, &elements)
    }

    /// An array with a copy of the elements of a slice in row-major order.
    ///
    /// # Errors
    /// `Shape`, if the slice's length is not the product of the dimensions.
    pub fn from_slice<T: Element>(shape: impl Into<Shape>, elements: &[T]) -> Result<Array> {
        Array::from_bytes(T::DTYPE, shape, bytemuck::cast_slice(elements))
    }

    /// An array with a copy of native-endian bytes.
    ///
    /// # Errors
    /// `Shape`, if the number of bytes does not fit; `Value`, if a boolean is neither 0 nor 1.
    pub fn from_bytes(dtype: DType, shape: impl Into<Shape>, bytes: &[u8]) -> Result<Array> {
        let shape = shape.into();
        let need = shape.checked_size().and_then(|n| n.checked_mul(dtype.size()));
        if need != Some(bytes.len()) {
            return Err(Error::shape(text!(
                en: "the number of elements does not fit the shape",
                ko: "원소 수가 모양과 맞지 않습니다"
            ))
            .given("elements", bytes.len() / dtype.size())
            .given("shape", format!("{dtype}{shape}")));
        }
        if dtype == DType::Bool && bytes.iter().any(|&b| b > 1) {
            return Err(Error::value(text!(
                en: "a boolean must be 0 or 1",
                ko: "불리언은 0 또는 1이어야 합니다"
            )));
        }
        let mut storage = Storage::zeroed(bytes.len());
        storage.bytes_mut().copy_from_slice(bytes);
        Ok(Array { dtype, shape, storage: Arc::new(storage) })
    }

    /// An array over existing storage, without a copy.
    ///
    /// # Errors
    /// `Shape`, if the storage's length does not fit. Booleans must be 0 or 1; engines guarantee it.
    pub fn from_storage(
        dtype: DType,
        shape: impl Into<Shape>,
        storage: Arc<Storage>,
    ) -> Result<Array> {
        let shape = shape.into();
        if shape.size() * dtype.size() != storage.len {
            return Err(Error::internal(text!(
                en: "storage does not fit the shape",
                ko: "저장 공간이 모양과 맞지 않습니다"
            ))
            .given("bytes", storage.len)
            .given("shape", format!("{dtype}{shape}")));
        }
        Ok(Array { dtype, shape, storage })
    }

    /// An array with element `i` (in row-major order) equal to `f(i)`, rounded to the dtype.
    pub fn from_fn(dtype: DType, shape: impl Into<Shape>, f: impl Fn(usize) -> f64) -> Array {
        let mut a = Array::zeros(dtype, shape);
        dispatch!(dtype, T => {
            for (i, chunk) in a.bytes_mut().chunks_exact_mut(size_of::<T>()).enumerate() {
                chunk.copy_from_slice(bytemuck::bytes_of(&T::from_f64(f(i))));
            }
        });
        a
    }

    /// The element type.
    pub fn dtype(&self) -> DType {
        self.dtype
    }

    /// The dimensions.
    pub fn shape(&self) -> &Shape {
        &self.shape
    }

    /// The number of elements.
    pub fn size(&self) -> usize {
        self.shape.size()
    }

    /// The elements in native byte order.
    pub fn bytes(&self) -> &[u8] {
        self.storage.bytes()
    }

    /// The elements in native byte order, to be written; copies them first if they are shared.
    pub fn bytes_mut(&mut self) -> &mut [u8] {
        Arc::make_mut(&mut self.storage).bytes_mut()
    }

    /// The shared storage.
    pub fn storage(&self) -> &Arc<Storage> {
        &self.storage
    }

    /// The storage itself, for an engine that takes the array over.
    pub fn into_storage(self) -> Arc<Storage> {
        self.storage
    }

    /// A borrowed view.
    pub fn view(&self) -> ArrayView<'_> {
        ArrayView { dtype: self.dtype, shape: &self.shape, bytes: self.bytes() }
    }

    /// The elements as a slice.
    ///
    /// # Errors
    /// `DType`, if `T` is not the array's element type.
    pub fn as_slice<T: Element>(&self) -> Result<&[T]> {
        self.check_dtype(T::DTYPE)?;
        bytemuck::checked::try_cast_slice(self.bytes()).map_err(|_| bad_bits(self.dtype))
    }

    /// The elements as a slice to be written; copies them first if they are shared.
    ///
    /// # Errors
    /// `DType`, if `T` is not the array's element type.
    pub fn as_mut_slice<T: Element>(&mut self) -> Result<&mut [T]> {
        self.check_dtype(T::DTYPE)?;
        let dtype = self.dtype;
        bytemuck::checked::try_cast_slice_mut(self.bytes_mut()).map_err(|_| bad_bits(dtype))
    }

    fn check_dtype(&self, wanted: DType) -> Result<()> {
        if self.dtype == wanted {
            return Ok(());
        }
        Err(Error::dtype(text!(
            en: "the array holds another element type",
            ko: "배열의 원소 타입이 다릅니다"
        ))
        .given("array", self)
        .expected(crate::Text::same(wanted.name())))
    }

    /// The elements as a vector.
    ///
    /// # Errors
    /// `DType`, if `T` is not the array's element type.
    pub fn to_vec<T: Element>(&self) -> Result<Vec<T>> {
        self.as_slice().map(<[T]>::to_vec)
    }

    /// The elements converted to `f64`.
    pub fn to_f64_vec(&self) -> Vec<f64> {
        dispatch!(self.dtype, T => self.elements::<T>().map(T::to_f64).collect())
    }

    /// The elements converted to wide integers (floats are truncated).
    pub fn to_i128_vec(&self) -> Vec<i128> {
        dispatch!(self.dtype, T => self.elements::<T>().map(T::to_i128).collect())
    }

    fn elements<T: Element>(&self) -> impl Iterator<Item = T> + '_ {
        self.bytes().chunks_exact(size_of::<T>()).map(|c| bytemuck::checked::pod_read_unaligned(c))
    }

    /// The only element of an array of one element, as `f64`.
    ///
    /// # Errors
    /// `Shape`, if there is not exactly one element.
    pub fn item(&self) -> Result<f64> {
        if self.size() != 1 {
            return Err(Error::shape(text!(
                en: "only an array of one element converts to a number",
                ko: "원소가 하나인 배열만 숫자로 바꿀 수 있습니다"
            ))
            .given("array", self));
        }
        Ok(self.to_f64_vec()[0])
    }

    /// The array with its elements converted, as `convert` of the graph does: floats round to even,
    /// integers truncate and saturate from floats and wrap from integers, booleans are "not 0".
    pub fn convert(&self, dtype: DType) -> Array {
        if dtype == self.dtype {
            return self.clone();
        }
        let mut out = Array::zeros(dtype, self.shape.clone());
        let integers = !self.dtype.is_float();
        dispatch!(self.dtype, S => dispatch!(dtype, T => {
            for (x, to) in self.elements::<S>().zip(out.bytes_mut().chunks_exact_mut(size_of::<T>())) {
                let y = if integers { T::from_i128(x.to_i128()) } else { T::from_f64(x.to_f64()) };
                to.copy_from_slice(bytemuck::bytes_of(&y));
            }
        }));
        out
    }

    /// The same elements under another shape, without a copy.
    ///
    /// # Errors
    /// `Shape`, if the number of elements differs.
    pub fn reshape(&self, shape: impl Into<Shape>) -> Result<Array> {
        let shape = shape.into();
        if shape.checked_size() != Some(self.size()) {
            return Err(Error::shape(text!(
                en: "a reshape cannot change the number of elements",
                ko: "reshape는 원소 수를 바꿀 수 없습니다"
            ))
            .given("array", self)
            .given("shape", &shape));
        }
        Ok(Array { dtype: self.dtype, shape, storage: self.storage.clone() })
    }

    /// The rows `indices` of the first dimension, in that order.
    ///
    /// # Errors
    /// `Shape` for a scalar; `Value` for an index out of range.
    pub fn take_rows(&self, indices: &[usize]) -> Result<Array> {
        let Some((&rows, rest)) = self.shape.split_first() else {
            return Err(Error::shape(text!(
                en: "a scalar has no rows",
                ko: "스칼라에는 행이 없습니다"
            )));
        };
        let row = rest.iter().product::<usize>() * self.dtype.size();
        let shape: Shape = std::iter::once(indices.len()).chain(rest.iter().copied()).collect();
        let mut out = Array::zeros(self.dtype, shape);
        let (from, to) = (self.bytes(), out.bytes_mut());
        for (k, &i) in indices.iter().enumerate() {
            if i >= rows {
                return Err(Error::value(text!(
                    en: "row {i} is out of range",
                    ko: "행 {i}이(가) 범위를 벗어났습니다"
                ))
                .given("array", self));
            }
            to[k * row..(k + 1) * row].copy_from_slice(&from[i * row..(i + 1) * row]);
        }
        Ok(out)
    }

    /// The rows `start..end` of the first dimension.
    ///
    /// # Errors
    /// `Shape` for a scalar; `Value` for a range out of bounds.
    pub fn slice_rows(&self, start: usize, end: usize) -> Result<Array> {
        let rows = self.shape.first().copied().unwrap_or(0);
        if self.shape.is_empty() || start > end || end > rows {
            return Err(Error::value(text!(
                en: "rows {start}..{end} are out of range",
                ko: "행 {start}..{end}이(가) 범위를 벗어났습니다"
            ))
            .given("array", self));
        }
        let row = self.shape[1..].iter().product::<usize>() * self.dtype.size();
        let shape: Shape =
            std::iter::once(end - start).chain(self.shape[1..].iter().copied()).collect();
        Array::from_bytes(self.dtype, shape, &self.bytes()[start * row..end * row])
    }
}

fn bad_bits(dtype: DType) -> Error {
    Error::internal(text!(
        en: "the bytes are not valid {dtype} elements",
        ko: "바이트가 올바른 {dtype} 원소가 아닙니다"
    ))
}

impl PartialEq for Array {
    /// Equality of dtype, shape and bits: NaN equals itself, 0.0 differs from -0.0.
    fn eq(&self, other: &Array) -> bool {
        self.dtype == other.dtype && self.shape == other.shape && self.bytes() == other.bytes()
    }
}

impl fmt::Display for Array {
    /// The type, and the elements of a small array.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{}", self.dtype, self.shape)?;
        if self.size() <= 16 {
            write!(f, " {:?}", self.to_f64_vec())?;
        }
        Ok(())
    }
}

impl fmt::Debug for Array {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl ArrayView<'_> {
    /// A copy of the viewed elements.
    ///
    /// # Errors
    /// As [`Array::from_bytes`].
    pub fn to_array(&self) -> Result<Array> {
        Array::from_bytes(self.dtype, self.shape, self.bytes)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn storage_is_aligned_and_copied_on_write() {
        let a = Array::from_vec([3], vec![1i64, 2, 3]).unwrap();
        assert_eq!(a.bytes().as_ptr() as usize % 64, 0);
        let mut b = a.clone();
        b.as_mut_slice::<i64>().unwrap()[0] = 9;
        assert_eq!(a.to_vec::<i64>().unwrap(), [1, 2, 3]);
        assert_eq!(b.to_vec::<i64>().unwrap(), [9, 2, 3]);
    }

    #[test]
    fn wrong_sizes_and_types_are_errors() {
        assert!(Array::from_vec([2, 2], vec![1.0f32]).unwrap_err().to_string().contains("[2, 2]"));
        assert!(Array::from_bytes(DType::F32, [usize::MAX, 8], &[]).is_err());
        assert!(Array::from_bytes(DType::Bool, [1], &[7]).is_err());
        assert!(Array::scalar(1.0f32).as_slice::<f64>().is_err());
        assert!(Array::zeros(DType::F32, [2]).item().is_err());
        assert!(Array::zeros(DType::F32, [2]).take_rows(&[2]).is_err());
        assert!(Array::zeros(DType::F32, [2]).slice_rows(1, 3).is_err());
    }

    #[test]
    fn conversion_rounds_truncates_and_wraps() {
        let a = Array::from_vec([3], vec![1.75f32, -2.5, 300.0]).unwrap();
        assert_eq!(a.convert(DType::I8).to_vec::<i8>().unwrap(), [1, -2, 127]);
        let b = Array::from_vec([2], vec![300i32, -1]).unwrap();
        assert_eq!(b.convert(DType::U8).to_vec::<u8>().unwrap(), [44, 255]);
        assert_eq!(b.convert(DType::Bool).to_vec::<bool>().unwrap(), [true, true]);
        assert_eq!(b.convert(DType::BF16).to_f64_vec(), [300.0, -1.0]);
    }

    #[test]
    fn rows() {
        let a = Array::from_fn(DType::I32, [3, 2], |i| i as f64);
        assert_eq!(a.take_rows(&[2, 0]).unwrap().to_f64_vec(), [4.0, 5.0, 0.0, 1.0]);
        assert_eq!(a.slice_rows(1, 2).unwrap().to_f64_vec(), [2.0, 3.0]);
        assert_eq!(a.reshape([6]).unwrap().shape().dims(), [6]);
    }
}
