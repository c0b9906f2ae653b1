//! Sums of kernels over all samples.

use super::Tree;
use super::query::Room;
use crate::features::Features;
use crate::neighbors::samples::dense_rows;
use crate::record::one_of;
use seodang_core::Result;
use seodang_kernels::pool;
use std::sync::{Mutex, PoisonError};

one_of! {
    /// How much a sample counts at a distance, in widths of the kernel.
    Kernel {
        /// exp(-d² / 2).
        Gaussian = "gaussian",
        /// 1 up to a width.
        Tophat = "tophat",
        /// 1 - d² up to a width.
        Epanechnikov = "epanechnikov",
        /// exp(-d).
        Exponential = "exponential",
        /// 1 - d up to a width.
        Linear = "linear",
        /// cos(π d / 2) up to a width.
        Cosine = "cosine",
    }
}

/// Queries of a task.
const TASK: usize = 32;

impl Kernel {
    fn at(self, distance: f64, width: f64) -> f64 {
        let x = distance / width;
        match self {
            Kernel::Gaussian => (-0.5 * x * x).exp(),
            Kernel::Exponential => (-x).exp(),
            _ if x >= 1.0 => 0.0,
            Kernel::Tophat => 1.0,
            Kernel::Epanechnikov => 1.0 - x * x,
            Kernel::Linear => 1.0 - x,
            Kernel::Cosine => (std::f64::consts::FRAC_PI_2 * x).cos(),
        }
    }
}

/// What the sum is to be.
struct Asked {
    kernel: Kernel,
    width: f64,
    /// What each sample's part may be wrong by.
    absolute: f64,
    relative: f64,
}

impl Tree {
    fn sum_in(&self, node: usize, query: &[f64], asked: &Asked, room: &mut Room) -> Result<f64> {
        let (least, most) = self.range(node, query)?;
        let n = self.spans[node].len() as f64;
        // Kernels fall: each sample counts at most the one and at least the other.
        let high = asked.kernel.at(least.max(0.0), asked.width);
        let low = asked.kernel.at(most, asked.width);
        if high - low <= 2.0 * (asked.absolute + asked.relative * low) {
            return Ok(n * (high + low) / 2.0);
        }
        if self.is_leaf(node) {
            let all = self.measured(node, query, room)?;
            let parts = all.iter().map(|&d| asked.kernel.at(self.ruler.distance(d), asked.width));
            return Ok(parts.sum());
        }
        Ok(self.sum_in(2 * node + 1, query, asked, room)?
            + self.sum_in(2 * node + 2, query, asked, room)?)
    }

    /// The sum of a kernel of this width over all samples, for each row of `x`: wrong by at most `absolute`
    /// and the share `relative`. Source: Gray and Moore 2000.
    ///
    /// # Errors
    /// `Value`, if `x` has other features; a function's own.
    pub fn density(
        &self,
        x: &Features<'_>,
        kernel: Kernel,
        width: f64,
        absolute: f64,
        relative: f64,
    ) -> Result<Vec<f64>> {
        self.check(x)?;
        let absolute = absolute / self.len() as f64;
        let asked = Asked { kernel, width, absolute, relative };
        let mut out = vec![0.0; x.rows()];
        let tasks: Vec<_> = out.chunks_mut(TASK).map(|part| Mutex::new((part, Ok(())))).collect();
        pool::run(tasks.len(), |task| {
            let mut held = tasks[task].lock().unwrap_or_else(PoisonError::into_inner);
            let (part, result) = &mut *held;
            let (mut buffer, mut room) = (Vec::new(), Room::default());
            let rows = task * TASK..task * TASK + part.len();
            let queries = dense_rows::<f64>(x, rows, &mut buffer).chunks_exact(self.cols);
            *result = part.iter_mut().zip(queries).try_for_each(|(out, query)| {
                *out = self.sum_in(0, query, &asked, &mut room)?;
                Ok(())
            });
        });
        for task in tasks {
            task.into_inner().unwrap_or_else(PoisonError::into_inner).1?;
        }
        Ok(out)
    }
}
