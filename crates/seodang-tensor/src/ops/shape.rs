//! Ops that rearrange, join and divide.

use crate::Tensor;
use crate::apply::apply;
use crate::axes::{normalize, normalize_all};
use seodang_core::{DType, Error, Result, Shape, text};
use seodang_ir::ops::{BroadcastInDim, Concatenate, Pad, Reshape, Reverse, Slice, Transpose};

impl Tensor {
    /// The same elements in row-major order under another shape.
    ///
    /// # Errors
    /// `Shape`, if the number of elements differs.
    pub fn reshape(&self, shape: impl Into<Shape>) -> Result<Tensor> {
        let shape = shape.into();
        if *self.shape() == shape {
            return Ok(self.clone());
        }
        apply(Reshape { shape }, &[self])
    }

    /// As [`Tensor::reshape`], with one size given as -1 and computed from the others.
    ///
    /// # Errors
    /// `Shape`, if the sizes do not fit, or more than one is negative.
    ///
    /// ```
    /// use seodang_tensor::{DType, Shape, Tensor};
    /// let x = Tensor::zeros(DType::F32, [2, 3, 4])?.reshape_to(&[2, -1])?;
    /// assert_eq!(*x.shape(), Shape::from([2, 12]));
    /// # Ok::<(), seodang_tensor::Error>(())
    /// ```
    pub fn reshape_to(&self, sizes: &[i64]) -> Result<Tensor> {
        let bad = || {
            Error::shape(text!(
                en: "the tensor cannot take the shape {sizes:?}",
                ko: "텐서를 모양 {sizes:?}(으)로 바꿀 수 없습니다"
            ))
            .given("tensor", self.ty())
            .during("reshape")
        };
        let known: i64 = sizes.iter().filter(|&&n| n >= 0).product();
        let unknown = sizes.iter().filter(|&&n| n < 0).count();
        if unknown > 1 || sizes.iter().any(|&n| n < -1) {
            return Err(bad());
        }
        let rest = if unknown == 0 || known == 0 { 0 } else { self.size() as i64 / known };
        let shape: Shape =
            sizes.iter().map(|&n| if n < 0 { rest as usize } else { n as usize }).collect();
        if shape.checked_size() != Some(self.size()) {
            return Err(bad());
        }
        self.reshape(shape)
    }

    /// The dimensions in another order: dimension `i` of the result is `permutation[i]` of this.
    ///
    /// # Errors
    /// `Shape`, if `permutation` is not a permutation of the axes.
    pub fn transpose(&self, permutation: &[i64]) -> Result<Tensor> {
        let permutation = permutation
            .iter()
            .map(|&a| normalize(a, self.rank(), "transpose"))
            .collect::<Result<Vec<_>>>()?;
        if permutation.len() == self.rank() && permutation.iter().enumerate().all(|(i, &d)| i == d)
        {
            return Ok(self.clone());
        }
        apply(Transpose { permutation }, &[self])
    }

    /// The last two dimensions exchanged.
    ///
    /// # Errors
    /// `Shape`, if there are less than two.
    pub fn matrix_transpose(&self) -> Result<Tensor> {
        let n = self.rank() as i64;
        let mut permutation: Vec<i64> = (0..n).collect();
        normalize(-2, self.rank(), "matrix_transpose")?;
        permutation.swap(self.rank() - 1, self.rank() - 2);
        self.transpose(&permutation)
    }

    /// A new dimension of size 1 before axis `axis` (of the result).
    ///
    /// # Errors
    /// `Shape` for a wrong axis.
    pub fn expand_dims(&self, axis: i64) -> Result<Tensor> {
        let at = normalize(axis, self.rank() + 1, "expand_dims")?;
        let mut shape = self.shape().to_vec();
        shape.insert(at, 1);
        self.reshape(shape)
    }

    /// Without the given dimensions, which must have size 1; no axes means all of size 1.
    ///
    /// # Errors
    /// `Shape` for a wrong axis or a size other than 1.
    pub fn squeeze(&self, axes: &[i64]) -> Result<Tensor> {
        let dimensions: Vec<usize> = if axes.is_empty() {
            (0..self.rank()).filter(|&d| self.shape()[d] == 1).collect()
        } else {
            normalize_all(axes, self.rank(), "squeeze")?
        };
        if let Some(&d) = dimensions.iter().find(|&&d| self.shape()[d] != 1) {
            return Err(Error::shape(text!(
                en: "dimension {d} does not have size 1",
                ko: "차원 {d}의 크기가 1이 아닙니다"
            ))
            .given("tensor", self.ty())
            .during("squeeze"));
        }
        self.squeeze_dimensions(&dimensions)
    }

    pub(crate) fn squeeze_dimensions(&self, dimensions: &[usize]) -> Result<Tensor> {
        let shape: Shape =
            (0..self.rank()).filter(|d| !dimensions.contains(d)).map(|d| self.shape()[d]).collect();
        self.reshape(shape)
    }

    /// The elements repeated to a shape that this one's broadcasts to.
    ///
    /// # Errors
    /// `Shape`, if it does not.
    pub fn broadcast_to(&self, shape: impl Into<Shape>) -> Result<Tensor> {
        let shape = shape.into();
        if *self.shape() == shape {
            return Ok(self.clone());
        }
        if self.shape().broadcast(&shape).as_ref() != Some(&shape) {
            return Err(Error::shape(text!(
                en: "the tensor does not broadcast to the shape {shape}",
                ko: "텐서를 모양 {shape}(으)로 늘릴(broadcast) 수 없습니다"
            ))
            .given("tensor", self.ty())
            .during("broadcast_to"));
        }
        let offset = shape.rank() - self.rank();
        let dimensions = (offset..shape.rank()).collect();
        apply(BroadcastInDim { shape, dimensions }, &[self])
    }

    /// Tensors joined along an existing axis.
    ///
    /// # Errors
    /// `Shape`, if there are none or they differ outside of the axis; `DType`, if the dtypes differ.
    ///
    /// ```
    /// use seodang_tensor::Tensor;
    /// let (a, b) = (Tensor::new([1], vec![1i32])?, Tensor::new([2], vec![2, 3])?);
    /// assert_eq!(Tensor::concat(&[a, b], 0)?.to_f64_vec()?, [1.0, 2.0, 3.0]);
    /// # Ok::<(), seodang_tensor::Error>(())
    /// ```
    pub fn concat(tensors: &[Tensor], axis: i64) -> Result<Tensor> {
        let Some(first) = tensors.first() else { return Err(none("concat")) };
        let dimension = normalize(axis, first.rank(), "concat")?;
        if let [one] = tensors {
            return Ok(one.clone());
        }
        apply(Concatenate { dimension }, &tensors.iter().collect::<Vec<_>>())
    }

    /// Tensors of one shape joined along a new axis.
    ///
    /// # Errors
    /// `Shape`, if there are none or the shapes differ; `DType`, if the dtypes differ.
    pub fn stack(tensors: &[Tensor], axis: i64) -> Result<Tensor> {
        let Some(first) = tensors.first() else { return Err(none("stack")) };
        if let Some(other) = tensors.iter().find(|t| t.shape() != first.shape()) {
            return Err(Error::shape(text!(
                en: "only tensors of one shape can be stacked",
                ko: "모양이 같은 텐서만 쌓을(stack) 수 있습니다"
            ))
            .given("one", first.ty())
            .given("another", other.ty())
            .during("stack"));
        }
        let expanded = tensors.iter().map(|t| t.expand_dims(axis)).collect::<Result<Vec<_>>>()?;
        Tensor::concat(&expanded, axis)
    }

    /// The tensors of one size less in rank along an axis: the opposite of [`Tensor::stack`].
    ///
    /// # Errors
    /// `Shape` for a wrong axis.
    pub fn unstack(&self, axis: i64) -> Result<Vec<Tensor>> {
        let d = normalize(axis, self.rank(), "unstack")?;
        let parts = self.split_sizes(&vec![1; self.shape()[d]], axis)?;
        parts.iter().map(|t| t.squeeze_dimensions(&[d])).collect()
    }

    /// Equal parts along an axis.
    ///
    /// # Errors
    /// `Shape`, if the size does not divide.
    pub fn split(&self, parts: usize, axis: i64) -> Result<Vec<Tensor>> {
        let d = normalize(axis, self.rank(), "split")?;
        let n = self.shape()[d];
        if parts == 0 || !n.is_multiple_of(parts) {
            return Err(Error::shape(text!(
                en: "a dimension of size {n} does not split into {parts} equal parts",
                ko: "크기 {n}인 차원을 {parts}개로 똑같이 나눌 수 없습니다"
            ))
            .during("split"));
        }
        self.split_sizes(&vec![n / parts; parts], axis)
    }

    /// Parts of given sizes along an axis.
    ///
    /// # Errors
    /// `Shape`, if the sizes do not add up to the dimension's.
    pub fn split_sizes(&self, sizes: &[usize], axis: i64) -> Result<Vec<Tensor>> {
        let d = normalize(axis, self.rank(), "split")?;
        if sizes.iter().sum::<usize>() != self.shape()[d] {
            return Err(Error::shape(text!(
                en: "the sizes {sizes:?} do not add up to {}", self.shape()[d];
                ko: "크기 {sizes:?}의 합이 {}이(가) 아닙니다", self.shape()[d]
            ))
            .during("split"));
        }
        let mut from = 0;
        let mut parts = Vec::with_capacity(sizes.len());
        for &n in sizes {
            let mut start = vec![0; self.rank()];
            let mut limit = self.shape().to_vec();
            (start[d], limit[d]) = (from, from + n);
            from += n;
            parts.push(self.slice_box(start, limit, vec![1; self.rank()])?);
        }
        Ok(parts)
    }

    pub(crate) fn slice_box(
        &self,
        start: Vec<usize>,
        limit: Vec<usize>,
        strides: Vec<usize>,
    ) -> Result<Tensor> {
        if start.iter().all(|&i| i == 0)
            && limit[..] == self.shape()[..]
            && strides.iter().all(|&s| s == 1)
        {
            return Ok(self.clone());
        }
        apply(Slice { start, limit, strides }, &[self])
    }

    /// Padding with a value: `padding[d]` says how many before and after in dimension `d`; negative
    /// numbers remove.
    ///
    /// # Errors
    /// `Shape`, if there is not one pair for each dimension.
    ///
    /// ```
    /// use seodang_tensor::Tensor;
    /// let x = Tensor::new([2], vec![1.0f32, 2.0])?.pad(&[(1, 2)], 0.0)?;
    /// assert_eq!(x.to_f64_vec()?, [0.0, 1.0, 2.0, 0.0, 0.0]);
    /// # Ok::<(), seodang_tensor::Error>(())
    /// ```
    pub fn pad(&self, padding: &[(i64, i64)], value: impl crate::Operand) -> Result<Tensor> {
        let low = padding.iter().map(|p| p.0).collect();
        let high = padding.iter().map(|p| p.1).collect();
        let value = value.operand(self)?;
        apply(Pad { low, high, interior: vec![0; padding.len()] }, &[self, &value])
    }

    /// The elements in opposite order along axes; no axes means all.
    ///
    /// # Errors
    /// `Shape` for a wrong axis.
    pub fn reverse(&self, axes: &[i64]) -> Result<Tensor> {
        let dimensions = normalize_all(axes, self.rank(), "reverse")?;
        apply(Reverse { dimensions }, &[self])
    }

    /// The tensor repeated `repeats[d]` times along each dimension.
    ///
    /// # Errors
    /// `Shape`, if there is not one number for each dimension.
    pub fn tile(&self, repeats: &[usize]) -> Result<Tensor> {
        if repeats.len() != self.rank() {
            return Err(Error::shape(text!(
                en: "{} numbers of repeats for {} dimension(s)", repeats.len(), self.rank();
                ko: "{1}차원에 반복 횟수가 {0}개 주어졌습니다", repeats.len(), self.rank()
            ))
            .during("tile"));
        }
        let (mut wide, mut dimensions) = (Vec::new(), Vec::new());
        for (d, (&n, &r)) in self.shape().iter().zip(repeats).enumerate() {
            wide.extend([r, n]);
            dimensions.push(2 * d + 1);
        }
        let shape: Shape = self.shape().iter().zip(repeats).map(|(n, r)| n * r).collect();
        apply(BroadcastInDim { shape: wide.into(), dimensions }, &[self])?.reshape(shape)
    }

    /// Each element repeated `repeats` times along an axis.
    ///
    /// # Errors
    /// `Shape` for a wrong axis.
    pub fn repeat(&self, repeats: usize, axis: i64) -> Result<Tensor> {
        let d = normalize(axis, self.rank(), "repeat")?;
        let mut wide = self.shape().to_vec();
        wide.insert(d + 1, repeats);
        let dimensions = (0..=self.rank()).filter(|&e| e != d + 1).collect();
        let mut shape = self.shape().to_vec();
        shape[d] *= repeats;
        apply(BroadcastInDim { shape: wide.into(), dimensions }, &[self])?.reshape(shape)
    }

    /// Whether row is not below column, for matrices in the last two dimensions: the elements above
    /// diagonal `k` become 0.
    ///
    /// # Errors
    /// `Shape`, if there are less than two dimensions.
    pub fn tril(&self, k: i32) -> Result<Tensor> {
        self.triangle(k, true)
    }

    /// As [`Tensor::tril`]: the elements below diagonal `k` become 0.
    ///
    /// # Errors
    /// `Shape`, if there are less than two dimensions.
    pub fn triu(&self, k: i32) -> Result<Tensor> {
        self.triangle(k, false)
    }

    fn triangle(&self, k: i32, lower: bool) -> Result<Tensor> {
        let r = normalize(-2, self.rank(), "tril")?;
        let matrix: Shape = self.shape()[r..].into();
        let row = Tensor::iota(DType::I32, matrix.clone(), 0)?.add(k)?;
        let column = Tensor::iota(DType::I32, matrix, 1)?;
        let keep = if lower { column.le(&row)? } else { column.ge(&row)? };
        Tensor::select(&keep.broadcast_to(self.shape().clone())?, self, 0.0)
    }
}

fn none(name: &str) -> Error {
    Error::shape(text!(en: "at least one tensor is needed", ko: "텐서가 하나 이상 필요합니다"))
        .during(name)
}
