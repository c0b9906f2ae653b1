//! Reductions along axes.

use crate::Tensor;
use crate::apply::apply;
use crate::axes::{normalize, normalize_all};
use seodang_core::{DType, Error, Result, Shape, text};
use seodang_ir::Graph;
use seodang_ir::ops::{Reduce, ReduceWindow, Reducer, Window};
use std::sync::{Arc, OnceLock};

/// The body of a reduction, made once.
fn body(reducer: Reducer, dtype: DType) -> Arc<Graph> {
    const REDUCERS: usize = Reducer::ALL.len();
    const DTYPES: usize = DType::ALL.len();
    static BODIES: [[OnceLock<Arc<Graph>>; DTYPES]; REDUCERS] =
        [const { [const { OnceLock::new() }; DTYPES] }; REDUCERS];
    BODIES[reducer as usize][dtype as usize].get_or_init(|| reducer.body(dtype)).clone()
}

macro_rules! reductions {
    ($($(#[$doc:meta])* $name:ident => $reducer:ident;)*) => {
        impl Tensor {$(
            $(#[$doc])*
            ///
            /// No axes means all; with `keepdims` the axes stay with size 1.
            ///
            /// # Errors
            /// `Shape` for a wrong axis; `DType`, if the reduction does not take the dtype.
            pub fn $name(&self, axes: &[i64], keepdims: bool) -> Result<Tensor> {
                self.reduce(Reducer::$reducer, axes, keepdims, stringify!($name))
            }
        )*}
    };
}

reductions! {
    /// The sum along axes.
    sum => Add;
    /// The product along axes.
    prod => Multiply;
    /// The largest element along axes. Equal largest elements share the gradient.
    max => Maximum;
    /// The smallest element along axes. Equal smallest elements share the gradient.
    min => Minimum;
    /// Whether all booleans along axes are true.
    all => And;
    /// Whether one of the booleans along axes is true.
    any => Or;
}

impl Tensor {
    fn reduce(&self, reducer: Reducer, axes: &[i64], keepdims: bool, name: &str) -> Result<Tensor> {
        let dimensions = normalize_all(axes, self.rank(), name)?;
        if dimensions.is_empty() {
            return Ok(self.clone());
        }
        let kept = if keepdims { Some(self.kept(&dimensions)) } else { None };
        let reduced = apply(Reduce { dimensions, body: body(reducer, self.dtype()) }, &[self])?;
        match kept {
            Some(shape) => reduced.reshape(shape),
            None => Ok(reduced),
        }
    }

    /// The shape with some dimensions replaced by 1.
    pub(crate) fn kept(&self, dimensions: &[usize]) -> Shape {
        let size = |(d, &n): (usize, &usize)| if dimensions.contains(&d) { 1 } else { n };
        self.shape().iter().enumerate().map(size).collect()
    }

    /// The mean along axes: the sum divided by the number of elements. No axes means all.
    ///
    /// # Errors
    /// `Shape` for a wrong axis; `DType` unless floating-point.
    ///
    /// ```
    /// use seodang_tensor::Tensor;
    /// let x = Tensor::new([2, 2], vec![1.0f32, 2.0, 3.0, 6.0])?;
    /// assert_eq!(x.mean(&[-1], false)?.to_f64_vec()?, [1.5, 4.5]);
    /// assert_eq!(x.mean(&[], false)?.item()?, 3.0);
    /// # Ok::<(), seodang_tensor::Error>(())
    /// ```
    pub fn mean(&self, axes: &[i64], keepdims: bool) -> Result<Tensor> {
        self.floating("mean")?;
        let dimensions = normalize_all(axes, self.rank(), "mean")?;
        let n: usize = dimensions.iter().map(|&d| self.shape()[d]).product();
        self.sum(axes, keepdims)? / n as f64
    }

    fn floating(&self, name: &str) -> Result<()> {
        if self.dtype().is_float() {
            return Ok(());
        }
        Err(Error::dtype(text!(
            en: "a floating-point tensor is needed",
            ko: "부동소수점 텐서가 필요합니다"
        ))
        .given("tensor", self.ty())
        .hint(text!(en: "cast it first", ko: "먼저 cast 하세요"))
        .during(name))
    }

    /// The variance along axes: the mean of the squared distances from the mean. No axes means all.
    ///
    /// # Errors
    /// As [`Tensor::mean`].
    pub fn var(&self, axes: &[i64], keepdims: bool) -> Result<Tensor> {
        let centred = self.sub(&self.mean(axes, true)?)?;
        centred.square()?.mean(axes, keepdims)
    }

    /// The standard deviation along axes: the root of [`Tensor::var`].
    ///
    /// # Errors
    /// As [`Tensor::mean`].
    pub fn std(&self, axes: &[i64], keepdims: bool) -> Result<Tensor> {
        self.var(axes, keepdims)?.sqrt()
    }

    /// log(sum(exp(x))) along axes, without overflow. No axes means all.
    ///
    /// # Errors
    /// As [`Tensor::mean`].
    pub fn logsumexp(&self, axes: &[i64], keepdims: bool) -> Result<Tensor> {
        self.floating("logsumexp")?;
        let top = self.max(axes, true)?.stop_gradient()?;
        // Where the largest element is infinite, subtracting it would give NaN.
        let top = Tensor::select(&top.is_finite()?, &top, 0.0)?;
        let sum = self.sub(&top)?.exp()?.sum(axes, true)?;
        let result = (sum.log()? + &top)?;
        if keepdims {
            return Ok(result);
        }
        let dimensions = normalize_all(axes, self.rank(), "logsumexp")?;
        result.squeeze_dimensions(&dimensions)
    }

    /// exp(x) / sum(exp(x)) along an axis, without overflow.
    ///
    /// # Errors
    /// As [`Tensor::mean`].
    ///
    /// ```
    /// use seodang_tensor::Tensor;
    /// let p = Tensor::new([2], vec![1000.0f32, 1000.0])?.softmax(-1)?;
    /// assert_eq!(p.to_f64_vec()?, [0.5, 0.5]);
    /// # Ok::<(), seodang_tensor::Error>(())
    /// ```
    pub fn softmax(&self, axis: i64) -> Result<Tensor> {
        self.floating("softmax")?;
        let top = self.max(&[axis], true)?.stop_gradient()?;
        let e = self.sub(&top)?.exp()?;
        e.div(&e.sum(&[axis], true)?)
    }

    /// The logarithm of [`Tensor::softmax`], without overflow.
    ///
    /// # Errors
    /// As [`Tensor::mean`].
    pub fn log_softmax(&self, axis: i64) -> Result<Tensor> {
        self.floating("log_softmax")?;
        let top = self.max(&[axis], true)?.stop_gradient()?;
        let shifted = self.sub(&top)?;
        shifted.sub(&shifted.exp()?.sum(&[axis], true)?.log()?)
    }

    /// The index (int32) of the largest element along an axis; the first of equal ones; the first
    /// NaN, if there is one.
    ///
    /// # Errors
    /// `Shape` for a wrong axis or an axis of size 0.
    ///
    /// ```
    /// use seodang_tensor::Tensor;
    /// let x = Tensor::new([2, 3], vec![1.0f32, 5.0, 5.0, 9.0, 2.0, 3.0])?;
    /// assert_eq!(x.argmax(-1)?.to_f64_vec()?, [1.0, 0.0]);
    /// # Ok::<(), seodang_tensor::Error>(())
    /// ```
    pub fn argmax(&self, axis: i64) -> Result<Tensor> {
        self.arg_extreme(axis, Reducer::Maximum)
    }

    /// The index (int32) of the smallest element along an axis; the first of equal ones; the first
    /// NaN, if there is one.
    ///
    /// # Errors
    /// `Shape` for a wrong axis or an axis of size 0.
    pub fn argmin(&self, axis: i64) -> Result<Tensor> {
        self.arg_extreme(axis, Reducer::Minimum)
    }

    /// The smallest index at which the extreme stands: two plain reductions, which every engine has
    /// fast loops for, instead of one over pairs.
    fn arg_extreme(&self, axis: i64, reducer: Reducer) -> Result<Tensor> {
        let name = if reducer == Reducer::Maximum { "argmax" } else { "argmin" };
        let d = normalize(axis, self.rank(), name)?;
        if self.shape()[d] == 0 {
            return Err(Error::shape(text!(
                en: "there is no extreme element along an axis of size 0",
                ko: "크기가 0인 축에는 가장 큰(작은) 원소가 없습니다"
            ))
            .given("tensor", self.ty())
            .during(name));
        }
        let x = self.stop_gradient()?;
        let best = x.reduce(reducer, &[axis], true, name)?;
        let mut at = x.eq(&best)?;
        if x.dtype().is_float() {
            at = at.logical_or(&x.ne(&x)?)?;
        }
        let index = Tensor::iota(DType::I32, self.shape().clone(), d as i64)?;
        let none = Tensor::full(DType::I32, [], f64::from(i32::MAX))?;
        Tensor::select(&at, &index, &none)?.min(&[axis], false)
    }

    /// The sum of the elements up to and with each along an axis.
    ///
    /// # Errors
    /// `Shape` for a wrong axis; `DType` for booleans.
    ///
    /// ```
    /// use seodang_tensor::Tensor;
    /// let x = Tensor::new([3], vec![1.0f32, 2.0, 3.0])?.cumsum(0)?;
    /// assert_eq!(x.to_f64_vec()?, [1.0, 3.0, 6.0]);
    /// # Ok::<(), seodang_tensor::Error>(())
    /// ```
    pub fn cumsum(&self, axis: i64) -> Result<Tensor> {
        self.cumulative(Reducer::Add, axis, "cumsum")
    }

    /// The product of the elements up to and with each along an axis.
    ///
    /// # Errors
    /// `Shape` for a wrong axis; `DType` for booleans.
    pub fn cumprod(&self, axis: i64) -> Result<Tensor> {
        self.cumulative(Reducer::Multiply, axis, "cumprod")
    }

    fn cumulative(&self, reducer: Reducer, axis: i64, name: &str) -> Result<Tensor> {
        let d = normalize(axis, self.rank(), name)?;
        let n = self.shape()[d];
        if n == 0 {
            return Ok(self.clone());
        }
        let mut sizes = vec![1; self.rank()];
        sizes[d] = n;
        let mut window = Window::new(sizes, vec![1; self.rank()]);
        window.padding[d] = (n as i64 - 1, 0);
        apply(ReduceWindow { window, body: body(reducer, self.dtype()) }, &[self])
    }

    /// The reduction of each position of a window, starting from the reducer's identity.
    ///
    /// # Errors
    /// `Shape`, if the window does not fit the tensor.
    pub fn reduce_window(&self, reducer: Reducer, window: Window) -> Result<Tensor> {
        apply(ReduceWindow { window, body: body(reducer, self.dtype()) }, &[self])
    }
}
