//! What estimators learn from: rows of numbers, dense or sparse.

pub use crate::csr::Csr;

use ndarray::ArrayView2;
use seodang_core::{Array, DType, Element, Error, Result, text};
use seodang_kernels::pool;
use seodang_kernels::rows::{self, RowFloat};
use std::borrow::Cow;
use std::ops::{Add, AddAssign, Div, DivAssign, Mul, MulAssign, Neg, Range, Sub, SubAssign};
use std::sync::atomic::{AtomicBool, Ordering};

/// `f32` and `f64`, the numbers that methods compute with.
pub trait Real:
    RowFloat
    + Element
    + PartialOrd
    + Default
    + std::fmt::Debug
    + Add<Output = Self>
    + Sub<Output = Self>
    + Mul<Output = Self>
    + Div<Output = Self>
    + Neg<Output = Self>
    + AddAssign
    + SubAssign
    + MulAssign
    + DivAssign
    + std::iter::Sum
{
    /// 1.
    const ONE: Self;
    /// Rounded from `f64`.
    fn of(x: f64) -> Self;
    /// As `f64`.
    fn f64(self) -> f64;
    /// The square root.
    fn sqrt(self) -> Self;
    /// The absolute value.
    fn abs(self) -> Self;
    /// Neither NaN nor infinite.
    fn is_finite(self) -> bool;
    /// Not a number.
    fn is_nan(self) -> bool;
    /// The slice of a view, if that is its type.
    fn slice<'a>(view: &'a Dense<'_>) -> Option<&'a [Self]>;
}

macro_rules! real {
    ($type:ty, $variant:ident) => {
        impl Real for $type {
            const ONE: Self = 1.0;

            #[inline]
            fn of(x: f64) -> Self {
                x as $type
            }

            #[inline]
            fn f64(self) -> f64 {
                f64::from(self)
            }

            #[inline]
            fn sqrt(self) -> Self {
                <$type>::sqrt(self)
            }

            #[inline]
            fn abs(self) -> Self {
                <$type>::abs(self)
            }

            #[inline]
            fn is_finite(self) -> bool {
                <$type>::is_finite(self)
            }

            #[inline]
            fn is_nan(self) -> bool {
                <$type>::is_nan(self)
            }

            fn slice<'a>(view: &'a Dense<'_>) -> Option<&'a [Self]> {
                match view {
                    Dense::$variant(m) => Some(&m.data),
                    _ => None,
                }
            }
        }
    };
}

real!(f32, F32);
real!(f64, F64);

/// A dense matrix of one type: row-major, without gaps.
#[derive(Clone, Debug, PartialEq)]
pub struct Matrix<'a, T: Clone> {
    /// The elements, row by row.
    pub data: Cow<'a, [T]>,
    /// Rows: samples.
    pub rows: usize,
    /// Columns: features.
    pub cols: usize,
}

impl<'a, T: Clone> Matrix<'a, T> {
    /// A matrix over elements.
    ///
    /// # Panics
    /// If there are not `rows * cols` elements.
    pub fn new(data: impl Into<Cow<'a, [T]>>, rows: usize, cols: usize) -> Matrix<'a, T> {
        let data = data.into();
        assert_eq!(data.len(), rows * cols, "a matrix of {rows} by {cols}");
        Matrix { data, rows, cols }
    }

    /// Row `i`.
    #[inline]
    pub fn row(&self, i: usize) -> &[T] {
        &self.data[i * self.cols..(i + 1) * self.cols]
    }

    /// The rows in order.
    pub fn iter_rows(&self) -> impl Iterator<Item = &[T]> {
        (0..self.rows).map(|i| self.row(i))
    }

    /// The same elements, borrowed.
    pub fn view(&self) -> Matrix<'_, T> {
        Matrix { data: Cow::Borrowed(&self.data), rows: self.rows, cols: self.cols }
    }

    /// The same elements, owned.
    pub fn into_owned(self) -> Matrix<'static, T> {
        let data = Cow::Owned(self.data.into_owned());
        Matrix { data, rows: self.rows, cols: self.cols }
    }

    /// The transpose, copied.
    pub fn transposed(&self) -> Matrix<'static, T> {
        let data: Vec<T> = (0..self.cols)
            .flat_map(|c| (0..self.rows).map(move |r| self.data[r * self.cols + c].clone()))
            .collect();
        Matrix::new(data, self.cols, self.rows)
    }

    /// The rows `indices`, copied.
    pub fn take(&self, indices: &[usize]) -> Matrix<'static, T> {
        let data: Vec<T> = indices.iter().flat_map(|&i| self.row(i).iter().cloned()).collect();
        Matrix::new(data, indices.len(), self.cols)
    }
}

/// A dense matrix of either type.
#[derive(Clone, Debug)]
pub enum Dense<'a> {
    /// Of `f32`.
    F32(Matrix<'a, f32>),
    /// Of `f64`.
    F64(Matrix<'a, f64>),
}

/// Runs an expression with `$m` as the typed matrix of a [`Dense`].
macro_rules! typed {
    ($dense:expr, $m:ident => $body:expr) => {
        match $dense {
            $crate::Dense::F32($m) => $body,
            $crate::Dense::F64($m) => $body,
        }
    };
}
pub(crate) use typed;

impl<'a> Dense<'a> {
    /// Rows and columns.
    pub fn shape(&self) -> (usize, usize) {
        typed!(self, m => (m.rows, m.cols))
    }

    /// As `f64`, copied only if it is not.
    pub fn f64(&self) -> Matrix<'_, f64> {
        match self {
            Dense::F64(m) => m.view(),
            Dense::F32(m) => Matrix::new(
                m.data.iter().map(|&x| f64::from(x)).collect::<Vec<_>>(),
                m.rows,
                m.cols,
            ),
        }
    }

    /// As `f32`, copied only if it is not.
    pub fn f32(&self) -> Matrix<'_, f32> {
        match self {
            Dense::F32(m) => m.view(),
            Dense::F64(m) => {
                Matrix::new(m.data.iter().map(|&x| x as f32).collect::<Vec<_>>(), m.rows, m.cols)
            }
        }
    }

    /// The same elements, borrowed.
    pub fn view(&self) -> Dense<'_> {
        match self {
            Dense::F32(m) => Dense::F32(m.view()),
            Dense::F64(m) => Dense::F64(m.view()),
        }
    }

    /// The rows `indices`, copied.
    pub fn take(&self, indices: &[usize]) -> Dense<'static> {
        match self {
            Dense::F32(m) => Dense::F32(m.take(indices)),
            Dense::F64(m) => Dense::F64(m.take(indices)),
        }
    }

    /// The element type.
    pub fn dtype(&self) -> DType {
        match self {
            Dense::F32(_) => DType::F32,
            Dense::F64(_) => DType::F64,
        }
    }
}

/// What estimators learn from and predict for: one row a sample, one column a feature.
#[derive(Clone, Debug)]
pub enum Features<'a> {
    /// Every number is there.
    Dense(Dense<'a>),
    /// Only what is not 0 is there.
    Sparse(Csr<'a>),
}

impl<'a> Features<'a> {
    /// The number of samples.
    pub fn rows(&self) -> usize {
        match self {
            Features::Dense(d) => d.shape().0,
            Features::Sparse(s) => s.rows(),
        }
    }

    /// The number of features.
    pub fn cols(&self) -> usize {
        match self {
            Features::Dense(d) => d.shape().1,
            Features::Sparse(s) => s.cols,
        }
    }

    /// The numbers as a dense matrix, copied only if they are sparse.
    pub fn dense(&self) -> Dense<'_> {
        match self {
            Features::Dense(d) => d.view(),
            Features::Sparse(s) => Dense::F64(s.to_dense()),
        }
    }

    /// The rows `indices`, copied.
    pub fn take(&self, indices: &[usize]) -> Features<'static> {
        match self {
            Features::Dense(d) => Features::Dense(d.take(indices)),
            Features::Sparse(s) => Features::Sparse(s.take(indices)),
        }
    }

    /// All rows, copied.
    pub(crate) fn take_all(&self) -> Features<'static> {
        match self {
            Features::Dense(Dense::F32(m)) => Features::from(m.view().into_owned()),
            Features::Dense(Dense::F64(m)) => Features::from(m.view().into_owned()),
            Features::Sparse(s) => Features::Sparse(Csr {
                indptr: s.indptr.to_vec().into(),
                indices: s.indices.to_vec().into(),
                data: s.data.to_vec().into(),
                cols: s.cols,
            }),
        }
    }

    /// Refuses NaN and infinities, in scikit-learn's words.
    ///
    /// # Errors
    /// `Value`, if one is there (infinities only, if `nan_allowed`).
    pub fn check_finite(&self, nan_allowed: bool, who: &str) -> Result<()> {
        match self {
            Features::Dense(Dense::F32(m)) => finite(&m.data, nan_allowed, "X", who),
            Features::Dense(Dense::F64(m)) => finite(&m.data, nan_allowed, "X", who),
            Features::Sparse(s) => finite(&s.data, nan_allowed, "X", who),
        }
    }
}

/// Some rows as dense numbers of a type: where they are, or made in `room`.
pub(crate) fn dense_rows<'a, T: Real>(
    x: &'a Features<'_>,
    rows: Range<usize>,
    room: &'a mut Vec<T>,
) -> &'a [T] {
    fn converted<T: Real, U: Real>(m: &Matrix<'_, U>, rows: Range<usize>, room: &mut Vec<T>) {
        room.clear();
        let part = &m.data[rows.start * m.cols..rows.end * m.cols];
        room.extend(part.iter().map(|v| T::of(v.f64())));
    }
    let cols = x.cols();
    match x {
        Features::Dense(d) => {
            if let Some(all) = T::slice(d) {
                return &all[rows.start * cols..rows.end * cols];
            }
            match d {
                Dense::F32(m) => converted(m, rows, room),
                Dense::F64(m) => converted(m, rows, room),
            }
        }
        Features::Sparse(s) => {
            room.clear();
            room.resize(rows.len() * cols, T::ZERO);
            for (out, i) in room.chunks_exact_mut(cols).zip(rows) {
                let (columns, values) = s.row(i);
                for (&c, &v) in columns.iter().zip(values) {
                    out[c as usize] += T::of(v);
                }
            }
        }
    }
    room
}

/// Whether no number is NaN or infinite. On all threads, for many.
pub(crate) fn all_finite<T: Real>(data: &[T]) -> bool {
    const PIECE: usize = 1 << 17;
    let found = AtomicBool::new(false);
    let pieces = data.len().div_ceil(PIECE);
    pool::run(pieces, |i| {
        let piece = &data[i * PIECE..((i + 1) * PIECE).min(data.len())];
        if !found.load(Ordering::Relaxed) && !piece.chunks(4096).all(rows::finite) {
            found.store(true, Ordering::Relaxed);
        }
    });
    !found.into_inner()
}

/// Refuses NaN and infinities in an array called `name`.
pub(crate) fn finite<T: Real>(data: &[T], nan_allowed: bool, name: &str, who: &str) -> Result<()> {
    if all_finite(data) {
        return Ok(());
    }
    if !nan_allowed && data.iter().any(|x| x.is_nan()) {
        return Err(Error::value(text!(
            en: "Input {name} contains NaN.",
            ko: "입력 {name}에 NaN이 있습니다."
        ))
        .hint(text!(
            en: "{who} does not accept missing values encoded as NaN natively. Impute them first \
                 (SimpleImputer), or use an estimator that takes them, such as \
                 HistGradientBoostingClassifier",
            ko: "{who}은(는) NaN으로 적힌 결측값을 받지 않습니다. 먼저 채우거나(SimpleImputer) \
                 HistGradientBoostingClassifier처럼 결측값을 받는 추정기를 쓰세요"
        )));
    }
    if data.iter().any(|x| !x.is_finite() && !x.is_nan()) {
        let dtype = <T as Element>::DTYPE.name();
        return Err(Error::value(text!(
            en: "Input {name} contains infinity or a value too large for dtype('{dtype}').",
            ko: "입력 {name}에 무한대나 {dtype}에 너무 큰 값이 있습니다."
        )));
    }
    Ok(())
}

macro_rules! from_ndarray {
    ($type:ty, $variant:ident) => {
        impl<'a> From<ArrayView2<'a, $type>> for Features<'a> {
            fn from(view: ArrayView2<'a, $type>) -> Features<'a> {
                let (rows, cols) = view.dim();
                let data = match view.to_slice() {
                    Some(slice) => Cow::Borrowed(slice),
                    None => Cow::Owned(view.iter().copied().collect()),
                };
                Features::Dense(Dense::$variant(Matrix { data, rows, cols }))
            }
        }

        impl<'a> From<&'a ndarray::Array2<$type>> for Features<'a> {
            fn from(array: &'a ndarray::Array2<$type>) -> Features<'a> {
                array.view().into()
            }
        }

        impl<'a> From<Matrix<'a, $type>> for Features<'a> {
            fn from(m: Matrix<'a, $type>) -> Features<'a> {
                Features::Dense(Dense::$variant(m))
            }
        }
    };
}

from_ndarray!(f32, F32);
from_ndarray!(f64, F64);

impl<'a> From<Csr<'a>> for Features<'a> {
    fn from(s: Csr<'a>) -> Features<'a> {
        Features::Sparse(s)
    }
}

impl<'a> From<&'a Features<'_>> for Features<'a> {
    fn from(x: &'a Features<'_>) -> Features<'a> {
        match x {
            Features::Dense(d) => Features::Dense(d.view()),
            Features::Sparse(s) => Features::Sparse(Csr {
                indptr: Cow::Borrowed(&s.indptr),
                indices: Cow::Borrowed(&s.indices),
                data: Cow::Borrowed(&s.data),
                cols: s.cols,
            }),
        }
    }
}

/// What can be given as features: ndarray's arrays and views, matrices of ours, arrays of two dimensions.
pub trait IntoFeatures<'a> {
    /// The features.
    ///
    /// # Errors
    /// `Shape`, if an array does not have two dimensions.
    fn into_features(self) -> Result<Features<'a>>;
}

macro_rules! into_features {
    ($($type:ty),*) => {$(
        impl<'a> IntoFeatures<'a> for $type {
            fn into_features(self) -> Result<Features<'a>> {
                Ok(self.into())
            }
        }
    )*};
}

into_features!(
    Features<'a>,
    &'a Features<'_>,
    Csr<'a>,
    Matrix<'a, f32>,
    Matrix<'a, f64>,
    ArrayView2<'a, f32>,
    ArrayView2<'a, f64>,
    &'a ndarray::Array2<f32>,
    &'a ndarray::Array2<f64>
);

impl<'a> IntoFeatures<'a> for &'a Array {
    fn into_features(self) -> Result<Features<'a>> {
        let array = self;
        let &[rows, cols] = array.shape().dims() else {
            let rank = array.shape().rank();
            return Err(Error::shape(text!(
                en: "Expected 2D array, got {rank}D array instead.",
                ko: "2차원 배열이어야 하는데 {rank}차원 배열입니다."
            ))
            .given("X", array)
            .hint(text!(
                en: "Reshape your data either using array.reshape(-1, 1) if your data has a single \
                     feature or array.reshape(1, -1) if it contains a single sample.",
                ko: "특성이 하나면 array.reshape(-1, 1), 샘플이 하나면 array.reshape(1, -1)로 모양을 바꾸세요."
            )));
        };
        Ok(Features::Dense(match array.dtype() {
            DType::F32 => Dense::F32(Matrix::new(array.as_slice::<f32>()?, rows, cols)),
            DType::F64 => Dense::F64(Matrix::new(array.as_slice::<f64>()?, rows, cols)),
            _ => Dense::F64(Matrix::new(array.to_f64_vec(), rows, cols)),
        }))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_finite_is_refused() {
        let x = |v: f64| Features::from(Matrix::new(vec![1.0, v, 2.0, 3.0], 2, 2));
        assert!(x(0.5).check_finite(false, "A").is_ok());
        assert!(x(f64::NAN).check_finite(true, "A").is_ok());
        let e = x(f64::NAN).check_finite(false, "A").unwrap_err();
        assert!(e.to_string().starts_with("Input X contains NaN."), "{e}");
        assert!(x(f64::INFINITY).check_finite(true, "A").is_err());
    }

    #[test]
    fn columns_of_another_order_are_copied() {
        let a = ndarray::Array2::from_shape_vec((2, 2), vec![1.0, 2.0, 3.0, 4.0]).unwrap();
        let Features::Dense(Dense::F64(m)) = Features::from(a.t()) else { panic!() };
        assert_eq!(&*m.data, [1.0, 3.0, 2.0, 4.0]);
    }
}
