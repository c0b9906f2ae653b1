//! Picking elements: slices at constant places, rows at computed ones.

use crate::Tensor;
use crate::apply::apply;
use crate::axes::normalize;
use seodang_core::{DType, Error, Result, Shape, text};
use seodang_ir::ops::{DynamicSlice, DynamicUpdateSlice, Gather};
use std::ops::{Range, RangeFrom, RangeFull, RangeTo};

/// One entry of a NumPy-style index: `x[1, 2:5, ..., None, ::-1]`.
///
/// Numbers and ranges convert to it, so that `x.slice(&[1.into(), (2..5).into(), (..).into()])` reads
/// almost as in NumPy. Negative positions count from the end.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Slice {
    /// One position; the dimension disappears.
    At(i64),
    /// Every `step`-th position from `start` to before `stop`; a negative step goes backwards.
    Range {
        /// The first position; from the end (of the direction) if absent.
        start: Option<i64>,
        /// The position after the last; to the other end if absent.
        stop: Option<i64>,
        /// The distance; not 0.
        step: i64,
    },
    /// A new dimension of size 1 (NumPy's `None`).
    NewAxis,
    /// As many whole dimensions as are left (NumPy's `...`).
    Ellipsis,
}

impl Slice {
    /// The whole dimension (NumPy's `:`).
    pub const ALL: Slice = Slice::Range { start: None, stop: None, step: 1 };

    /// Every `step`-th position.
    pub fn step(self, step: i64) -> Slice {
        match self {
            Slice::Range { start, stop, .. } => Slice::Range { start, stop, step },
            other => other,
        }
    }
}

impl From<i64> for Slice {
    fn from(at: i64) -> Slice {
        Slice::At(at)
    }
}

impl From<Range<i64>> for Slice {
    fn from(r: Range<i64>) -> Slice {
        Slice::Range { start: Some(r.start), stop: Some(r.end), step: 1 }
    }
}

impl From<RangeFrom<i64>> for Slice {
    fn from(r: RangeFrom<i64>) -> Slice {
        Slice::Range { start: Some(r.start), stop: None, step: 1 }
    }
}

impl From<RangeTo<i64>> for Slice {
    fn from(r: RangeTo<i64>) -> Slice {
        Slice::Range { start: None, stop: Some(r.end), step: 1 }
    }
}

impl From<RangeFull> for Slice {
    fn from(_: RangeFull) -> Slice {
        Slice::ALL
    }
}

/// Python's rule for the positions of a slice: first, how many, distance.
fn positions(start: Option<i64>, stop: Option<i64>, step: i64, n: i64) -> (i64, usize) {
    let (low, high) = if step > 0 { (0, n) } else { (-1, n - 1) };
    let clip = |i: i64| (if i < 0 { i + n } else { i }).clamp(low, high);
    let start = start.map_or(if step > 0 { low } else { high }, clip);
    let stop = stop.map_or(if step > 0 { high } else { low }, clip);
    let distance = if step > 0 { stop - start } else { start - stop };
    let count = if distance <= 0 { 0 } else { (distance - 1) / step.abs() + 1 };
    (start, count as usize)
}

impl Tensor {
    /// Basic indexing as in NumPy. Missing trailing entries mean whole dimensions; ranges are
    /// clipped, positions are not.
    ///
    /// # Errors
    /// `Value` for a position out of range, a step of 0, a second ellipsis; `Shape` for too many
    /// entries.
    ///
    /// ```
    /// use seodang_tensor::{Slice, Tensor};
    /// let x = Tensor::new([2, 3], vec![1, 2, 3, 4, 5, 6])?;
    /// assert_eq!(x.slice(&[(-1).into()])?.to_f64_vec()?, [4.0, 5.0, 6.0]);
    /// assert_eq!(x.slice(&[Slice::ALL, Slice::ALL.step(-2)])?.to_f64_vec()?, [3.0, 1.0, 6.0, 4.0]);
    /// assert_eq!(x.slice(&[Slice::Ellipsis, (1..).into()])?.shape().dims(), [2, 2]);
    /// # Ok::<(), seodang_tensor::Error>(())
    /// ```
    pub fn slice(&self, index: &[Slice]) -> Result<Tensor> {
        let fail = |message| Error::value(message).given("tensor", self.ty()).during("slice");
        let used = index.iter().filter(|s| matches!(s, Slice::At(_) | Slice::Range { .. })).count();
        if index.iter().filter(|s| **s == Slice::Ellipsis).count() > 1 {
            return Err(fail(text!(
                en: "an index can have one ellipsis only",
                ko: "색인에는 생략 기호(...)를 하나만 쓸 수 있습니다"
            )));
        }
        let Some(rest) = self.rank().checked_sub(used) else {
            return Err(Error::shape(text!(
                en: "{used} positions are given for {} dimension(s)", self.rank();
                ko: "{}차원에 위치가 {used}개 주어졌습니다", self.rank()
            ))
            .given("tensor", self.ty())
            .during("slice"));
        };
        let mut expanded = Vec::with_capacity(index.len() + rest);
        for s in index {
            match s {
                Slice::Ellipsis => expanded.extend(vec![Slice::ALL; rest]),
                other => expanded.push(*other),
            }
        }
        if !index.contains(&Slice::Ellipsis) {
            expanded.extend(vec![Slice::ALL; rest]);
        }
        let (mut start, mut limit, mut strides) = (Vec::new(), Vec::new(), Vec::new());
        let (mut backwards, mut shape) = (Vec::new(), Vec::new());
        for s in expanded {
            let d = start.len();
            match s {
                Slice::NewAxis | Slice::Ellipsis => shape.push(1),
                Slice::At(i) => {
                    let n = self.shape()[d] as i64;
                    if !(-n..n).contains(&i) {
                        return Err(fail(text!(
                            en: "position {i} is out of range for dimension {d} of size {n}",
                            ko: "위치 {i}이(가) 크기 {n}인 차원 {d}의 범위를 벗어났습니다"
                        )));
                    }
                    let at = i.rem_euclid(n) as usize;
                    start.push(at);
                    limit.push(at + 1);
                    strides.push(1);
                }
                Slice::Range { step: 0, .. } => {
                    return Err(fail(text!(
                        en: "a slice's step cannot be 0",
                        ko: "간격(step)은 0일 수 없습니다"
                    )));
                }
                Slice::Range { start: from, stop, step } => {
                    let (first, count) = positions(from, stop, step, self.shape()[d] as i64);
                    shape.push(count);
                    if count == 0 {
                        start.push(0);
                        limit.push(0);
                        strides.push(1);
                        continue;
                    }
                    let last = first + (count as i64 - 1) * step;
                    start.push(first.min(last) as usize);
                    limit.push(first.max(last) as usize + 1);
                    strides.push(step.unsigned_abs() as usize);
                    if step < 0 && count > 1 {
                        backwards.push(d as i64);
                    }
                }
            }
        }
        let mut out = self.slice_box(start, limit, strides)?;
        if !backwards.is_empty() {
            out = out.reverse(&backwards)?;
        }
        out.reshape(shape)
    }

    /// The slices at integer `indices` along an axis (NumPy's `take`, Keras's `take`): the axis is
    /// replaced by the dimensions of `indices`. Negative indices count from the end; indices out of
    /// range are clipped.
    ///
    /// # Errors
    /// `DType`, if the indices are not integers; `Shape` for a wrong axis or one of size 0.
    ///
    /// ```
    /// use seodang_tensor::Tensor;
    /// let table = Tensor::new([3, 2], vec![0.0f32, 1.0, 10.0, 11.0, 20.0, 21.0])?;
    /// let rows = table.take(&Tensor::new([2], vec![2i32, 0])?, 0)?;
    /// assert_eq!(rows.to_f64_vec()?, [20.0, 21.0, 0.0, 1.0]);
    /// # Ok::<(), seodang_tensor::Error>(())
    /// ```
    pub fn take(&self, indices: &Tensor, axis: i64) -> Result<Tensor> {
        let d = normalize(axis, self.rank(), "take")?;
        let n = self.shape()[d];
        if !indices.dtype().is_integer() {
            return Err(Error::dtype(text!(
                en: "indices must be integers",
                ko: "색인은 정수여야 합니다"
            ))
            .given("indices", indices.ty())
            .during("take"));
        }
        if n == 0 && indices.size() > 0 {
            return Err(Error::shape(text!(
                en: "there is nothing to take along an axis of size 0",
                ko: "크기가 0인 축에서는 꺼낼 것이 없습니다"
            ))
            .given("tensor", self.ty())
            .during("take"));
        }
        let indices = &from_end(indices, n)?;
        let rank = indices.rank();
        let mut slice_sizes = self.shape().to_vec();
        slice_sizes[d] = n.min(1);
        let offset_dims = (0..d).chain(d + rank..self.rank() + rank - 1).collect();
        let op = Gather {
            offset_dims,
            collapsed_slice_dims: vec![d],
            start_index_map: vec![d],
            index_vector_dim: rank,
            slice_sizes,
            ..Gather::default()
        };
        apply(op, &[self, indices])
    }

    /// As [`Tensor::take`], under TensorFlow's name.
    ///
    /// # Errors
    /// As [`Tensor::take`].
    pub fn gather(&self, indices: &Tensor, axis: i64) -> Result<Tensor> {
        self.take(indices, axis)
    }

    /// One element for each place of `indices` along an axis: `out[i, j] = x[i, indices[i, j]]` for
    /// the last of two axes. Outside of the axis the shapes are equal. Negative indices count from
    /// the end.
    ///
    /// # Errors
    /// `DType`, if the indices are not integers; `Shape`, if the shapes do not fit.
    pub fn take_along_axis(&self, indices: &Tensor, axis: i64) -> Result<Tensor> {
        let d = normalize(axis, self.rank(), "take_along_axis")?;
        let others_equal = indices.rank() == self.rank()
            && (0..self.rank()).all(|e| e == d || indices.shape()[e] == self.shape()[e]);
        if !others_equal || !indices.dtype().is_integer() {
            return Err(Error::shape(text!(
                en: "the indices must be integers of the tensor's shape outside of the axis",
                ko: "색인은 정수이고, 해당 축 밖에서는 텐서와 모양이 같아야 합니다"
            ))
            .given("tensor", self.ty())
            .given("indices", indices.ty())
            .during("take_along_axis"));
        }
        let indices = &from_end(indices, self.shape()[d])?;
        let batching: Vec<usize> = (0..self.rank()).filter(|&e| e != d).collect();
        let op = Gather {
            offset_dims: vec![],
            collapsed_slice_dims: vec![d],
            operand_batching_dims: batching.clone(),
            start_indices_batching_dims: batching,
            start_index_map: vec![d],
            index_vector_dim: self.rank(),
            slice_sizes: vec![1; self.rank()],
            indices_are_sorted: false,
        };
        apply(op, &[self, indices])
    }

    /// A new last axis of size `depth` with 1 at each index and 0 elsewhere (all 0 for an index out
    /// of range).
    ///
    /// # Errors
    /// `DType`, if this is not an integer tensor.
    ///
    /// ```
    /// use seodang_tensor::{DType, Tensor};
    /// let y = Tensor::new([2], vec![1i32, 0])?.one_hot(3, DType::F32)?;
    /// assert_eq!(y.to_f64_vec()?, [0.0, 1.0, 0.0, 1.0, 0.0, 0.0]);
    /// # Ok::<(), seodang_tensor::Error>(())
    /// ```
    pub fn one_hot(&self, depth: usize, dtype: DType) -> Result<Tensor> {
        if !self.dtype().is_integer() {
            return Err(Error::dtype(text!(
                en: "class numbers must be integers",
                ko: "클래스 번호는 정수여야 합니다"
            ))
            .given("tensor", self.ty())
            .hint(text!(en: "cast them first", ko: "먼저 cast 하세요"))
            .during("one_hot"));
        }
        let classes = crate::with_device(self.device(), || Tensor::arange(self.dtype(), depth))?;
        self.expand_dims(-1)?.eq(&classes)?.cast(dtype)
    }

    /// A box of given sizes that begins at computed indices (integer scalars, one for each
    /// dimension); it is moved to fit inside.
    ///
    /// # Errors
    /// `Shape`, if the sizes do not fit; `DType`, if the indices are not integers.
    pub fn dynamic_slice(&self, indices: &[Tensor], sizes: &[usize]) -> Result<Tensor> {
        let operands: Vec<&Tensor> = std::iter::once(self).chain(indices).collect();
        apply(DynamicSlice { sizes: sizes.to_vec() }, &operands)
    }

    /// The tensor with a box replaced that begins at computed indices (integer scalars, one for each
    /// dimension); the box is moved to fit inside.
    ///
    /// # Errors
    /// `Shape`, if the update does not fit; `DType`, if the dtypes do not.
    pub fn dynamic_update_slice(&self, update: &Tensor, indices: &[Tensor]) -> Result<Tensor> {
        let operands: Vec<&Tensor> = [self, update].into_iter().chain(indices).collect();
        apply(DynamicUpdateSlice, &operands)
    }

    /// The first dimension split off: one row, as an int32 index counts them.
    pub(crate) fn row(&self, i: usize) -> Result<Tensor> {
        let mut start = vec![0; self.rank()];
        let mut limit = self.shape().to_vec();
        (start[0], limit[0]) = (i, i + 1);
        let row: Shape = self.shape()[1..].into();
        self.slice_box(start, limit, vec![1; self.rank()])?.reshape(row)
    }
}

/// Negative indices counted from the end.
fn from_end(indices: &Tensor, n: usize) -> Result<Tensor> {
    if matches!(indices.dtype().kind(), seodang_core::Kind::Unsigned) {
        return Ok(indices.clone());
    }
    let size = Tensor::full(indices.dtype(), [], n as f64)?;
    Tensor::select(&indices.lt(0)?, &indices.add(&size)?, indices)
}
