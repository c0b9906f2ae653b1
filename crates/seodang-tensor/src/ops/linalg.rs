//! Products of matrices and the like.

use crate::Tensor;
use crate::apply::apply;
use crate::axes::normalize;
use seodang_core::{Error, Result, Shape, text};
use seodang_ir::ops::{Cholesky, Convolution, DotGeneral};

impl Tensor {
    /// The matrix product, as NumPy's `matmul`: vectors count as a row (left) or a column (right);
    /// leading dimensions are batches, which broadcast.
    ///
    /// # Errors
    /// `Shape`, if the inner dimensions differ, the batches do not broadcast, or an operand is a
    /// scalar; `DType`, if the dtypes differ.
    ///
    /// ```
    /// use seodang_tensor::Tensor;
    /// let a = Tensor::new([2, 2], vec![1.0f32, 2.0, 3.0, 4.0])?;
    /// let x = Tensor::new([2], vec![1.0f32, 1.0])?;
    /// assert_eq!(a.matmul(&x)?.to_f64_vec()?, [3.0, 7.0]);
    /// # Ok::<(), seodang_tensor::Error>(())
    /// ```
    pub fn matmul(&self, other: &Tensor) -> Result<Tensor> {
        let fail = |message| {
            Error::shape(message)
                .given("left", self.ty())
                .given("right", other.ty())
                .during("matmul")
        };
        let (m, n) = (self.rank(), other.rank());
        if m == 0 || n == 0 {
            return Err(fail(text!(
                en: "a scalar has no matrix product",
                ko: "스칼라에는 행렬 곱이 없습니다"
            ))
            .hint(text!(en: "multiply with mul", ko: "mul로 곱하세요")));
        }
        let inner = (self.shape()[m - 1], other.shape()[n.max(2) - 2]);
        if inner.0 != inner.1 {
            return Err(fail(text!(
                en: "the inner dimensions {} and {} differ", inner.0, inner.1;
                ko: "안쪽 차원 {}와(과) {}이(가) 다릅니다", inner.0, inner.1
            )));
        }
        if n <= 2 {
            // No batches on the right: one product, whatever the left has in front.
            let op = DotGeneral {
                lhs_contracting: vec![m - 1],
                rhs_contracting: vec![n.max(2) - 2],
                ..DotGeneral::default()
            };
            return apply(op, &[self, other]);
        }
        let batches = |t: &Tensor| -> Shape { t.shape()[..t.rank().max(2) - 2].into() };
        let Some(batch) = batches(self).broadcast(&batches(other)) else {
            return Err(fail(text!(
                en: "the batch dimensions do not broadcast",
                ko: "배치 차원을 맞출(broadcast) 수 없습니다"
            )));
        };
        let spread = |t: &Tensor, matrix: &[usize]| {
            let shape: Vec<usize> = batch.iter().chain(matrix).copied().collect();
            t.broadcast_to(shape)
        };
        let right = spread(other, &other.shape()[n - 2..])?;
        let b = batch.rank();
        let batching: Vec<usize> = (0..b).collect();
        let (left, lhs_contracting) = if m == 1 {
            (spread(self, self.shape())?, vec![b])
        } else {
            (spread(self, &self.shape()[m - 2..])?, vec![b + 1])
        };
        let op = DotGeneral {
            lhs_batching: batching.clone(),
            rhs_batching: batching,
            lhs_contracting,
            rhs_contracting: vec![b],
            result: None,
        };
        apply(op, &[&left, &right])
    }

    /// The general product: sums over the contracting dimensions for each index of the batching
    /// ones. The result has batching dimensions, then the left operand's others, then the right's.
    ///
    /// # Errors
    /// `Shape`, if paired dimensions differ; `DType`, if the dtypes differ.
    pub fn dot_general(&self, other: &Tensor, op: DotGeneral) -> Result<Tensor> {
        apply(op, &[self, other])
    }

    /// The product summed over pairs of axes, as NumPy's `tensordot`.
    ///
    /// # Errors
    /// `Shape`, if paired dimensions differ; `DType`, if the dtypes differ.
    pub fn tensordot(&self, other: &Tensor, axes: (&[i64], &[i64])) -> Result<Tensor> {
        let places = |t: &Tensor, axes: &[i64]| {
            axes.iter().map(|&a| normalize(a, t.rank(), "tensordot")).collect::<Result<Vec<_>>>()
        };
        let op = DotGeneral {
            lhs_contracting: places(self, axes.0)?,
            rhs_contracting: places(other, axes.1)?,
            ..DotGeneral::default()
        };
        apply(op, &[self, other])
    }

    /// The convolution (as machine learning has it: a correlation) with a kernel.
    ///
    /// # Errors
    /// `Shape`, if the arrays do not fit the dimension numbers; `DType`, if the dtypes differ.
    pub fn conv(&self, kernel: &Tensor, op: Convolution) -> Result<Tensor> {
        apply(op, &[self, kernel])
    }

    /// The lower triangular matrix L with L times its transpose equal to this positive definite
    /// matrix (in the last two dimensions).
    ///
    /// # Errors
    /// `Shape`, if the matrices are not square.
    pub fn cholesky(&self) -> Result<Tensor> {
        apply(Cholesky { lower: true }, &[self])
    }
}
