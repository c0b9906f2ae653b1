//! Pooling.

use crate::Tensor;
use crate::axes::normalize;
use seodang_core::{Error, Result, text};
use seodang_ir::ops::{Reducer, Window};

impl Tensor {
    /// The window over some axes: whole elsewhere.
    fn pool_window(
        &self,
        axes: &[i64],
        sizes: &[usize],
        strides: &[usize],
        padding: &[(i64, i64)],
        name: &str,
    ) -> Result<Window> {
        let n = axes.len();
        if sizes.len() != n || strides.len() != n || padding.len() != n {
            return Err(Error::shape(text!(
                en: "sizes, strides and padding need one entry for each of the {n} axes",
                ko: "크기, 간격, padding은 {n}개의 축마다 하나씩 필요합니다"
            ))
            .during(name));
        }
        let mut window = Window::new(vec![1; self.rank()], vec![1; self.rank()]);
        for (i, &axis) in axes.iter().enumerate() {
            let d = normalize(axis, self.rank(), name)?;
            window.dimensions[d] = sizes[i];
            window.strides[d] = strides[i];
            window.padding[d] = padding[i];
        }
        Ok(window)
    }

    /// The largest element of each position of a window over some axes. Padding never wins.
    ///
    /// # Errors
    /// `Shape`, if the lists differ in length or the window does not fit.
    ///
    /// ```
    /// use seodang_tensor::Tensor;
    /// let x = Tensor::new([4], vec![1.0f32, 3.0, 2.0, 0.0])?;
    /// assert_eq!(x.max_pool(&[0], &[2], &[2], &[(0, 0)])?.to_f64_vec()?, [3.0, 2.0]);
    /// # Ok::<(), seodang_tensor::Error>(())
    /// ```
    pub fn max_pool(
        &self,
        axes: &[i64],
        sizes: &[usize],
        strides: &[usize],
        padding: &[(i64, i64)],
    ) -> Result<Tensor> {
        let window = self.pool_window(axes, sizes, strides, padding, "max_pool")?;
        self.reduce_window(Reducer::Maximum, window)
    }

    /// The mean of each position of a window over some axes. Padding does not count.
    ///
    /// # Errors
    /// As [`Tensor::max_pool`].
    pub fn avg_pool(
        &self,
        axes: &[i64],
        sizes: &[usize],
        strides: &[usize],
        padding: &[(i64, i64)],
    ) -> Result<Tensor> {
        let window = self.pool_window(axes, sizes, strides, padding, "avg_pool")?;
        let sum = self.reduce_window(Reducer::Add, window.clone())?;
        if padding.iter().all(|&p| p == (0, 0)) {
            return sum / sizes.iter().product::<usize>() as f64;
        }
        // How many elements each position sees depends on the pooled axes alone.
        let shape: Vec<usize> = (self.shape().iter().zip(&window.dimensions).enumerate())
            .map(|(d, (&n, &k))| {
                let plain = k == 1 && window.strides[d] == 1 && window.padding[d] == (0, 0);
                if plain { 1 } else { n }
            })
            .collect();
        let ones = crate::with_device(self.device(), || Tensor::ones(self.dtype(), shape))?;
        sum.div(&ones.reduce_window(Reducer::Add, window)?)
    }
}
