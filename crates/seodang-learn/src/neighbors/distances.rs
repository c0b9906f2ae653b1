//! The distances of all pairs of rows of two tables.

use super::brute::SAMPLES;
use super::metric::{Arguments, Measure, Power, Setup};
use super::ruler::Ruler;
use super::samples::dense_rows;
use super::tiles::gather;
use crate::features::Features;
use seodang_core::Result;
use seodang_kernels::pairs::WIDTH;
use std::sync::{Mutex, PoisonError};

/// Rows of the first table of a task.
const ROWS: usize = 64;

/// A metric for rows of as many features.
pub struct Distances(Ruler);

impl Distances {
    /// As scikit-learn's `DistanceMetric` measures if `sizes`, which only says what Bray and Curtis's
    /// distance is a share of: the sizes of the numbers, or their sums.
    ///
    /// # Errors
    /// `Value` for arguments that the metric does not take, or lacks.
    pub fn new(
        measure: &Measure,
        p: Power,
        params: Option<&Arguments>,
        cols: usize,
        sizes: bool,
    ) -> Result<Distances> {
        let setup = Setup::new(measure, p, params, cols)?;
        let setup = if sizes { setup.for_trees() } else { setup };
        Ok(Distances(Ruler::new(&setup, cols)))
    }

    /// Writes the distance of each row of `x` from each of `y`, row by row.
    ///
    /// # Errors
    /// A function's own.
    ///
    /// # Panics
    /// If `out` has not as many places as there are pairs.
    pub fn pairwise(&self, x: &Features<'_>, y: &Features<'_>, out: &mut [f64]) -> Result<()> {
        pairwise(&self.0, x, y, out)
    }
}

/// Writes the sum of (a - b)² / (a + b) of each row of `x` and each of `y`, row by row.
///
/// # Errors
/// None.
///
/// # Panics
/// If `out` has not as many places as there are pairs.
pub fn chi_squares(x: &Features<'_>, y: &Features<'_>, out: &mut [f64]) -> Result<()> {
    pairwise(&Ruler::chi_squares(x.cols()), x, y, out)
}

fn pairwise(ruler: &Ruler, x: &Features<'_>, y: &Features<'_>, out: &mut [f64]) -> Result<()> {
    let (n, cols) = (y.rows(), y.cols());
    assert_eq!(out.len(), x.rows() * n, "a place for each pair");
    if out.is_empty() {
        return Ok(());
    }
    let parts: Vec<_> = out.chunks_mut(ROWS * n).map(Mutex::new).collect();
    gather(parts.len(), |task| {
        let mut out = parts[task].lock().unwrap_or_else(PoisonError::into_inner);
        let first = task * ROWS;
        let (mut own, mut room, mut packed) = (Vec::new(), Vec::new(), Vec::new());
        let (mut measured, mut second) = (vec![0.0; SAMPLES], Vec::new());
        let rows = dense_rows::<f64>(x, first..first + out.len() / n, &mut own);
        for start in (0..n).step_by(SAMPLES) {
            let span = start..(start + SAMPLES).min(n);
            let count = span.len();
            packed.clear();
            let others = dense_rows::<f64>(y, span.clone(), &mut room);
            ruler.pack(others.chunks_exact(cols), &mut packed);
            for (row, out) in rows.chunks_exact(cols).zip(out.chunks_exact_mut(n)) {
                let measured = &mut measured[..count.next_multiple_of(WIDTH)];
                ruler.measure(row, &packed, count, measured, &mut second)?;
                let out = &mut out[span.clone()];
                out.copy_from_slice(&measured[..count]);
                ruler.distances(out);
            }
        }
        Ok(())
    })?;
    Ok(())
}
