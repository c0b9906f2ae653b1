//! Images in another size.

use super::spatial::DataFormat;
use crate::ops;
use crate::record::one_of;
use seodang_core::{Array, DType, Result};
use seodang_tensor::{DotGeneral, Tensor};
use std::f64::consts::PI;

one_of! {
    /// How the pixels of an image in another size are made of the old ones.
    Interpolation {
        /// The nearest pixel.
        Nearest = "nearest",
        /// Linear between the nearest pixels.
        Bilinear = "bilinear" | "linear",
        /// Cubic between the nearest pixels. Source: Keys 1981, a = -1/2.
        Bicubic = "bicubic" | "cubic",
        /// Lanczos's kernel of radius 3.
        Lanczos3 = "lanczos3",
        /// Lanczos's kernel of radius 5.
        Lanczos5 = "lanczos5",
        /// The mean of the covered pixels.
        Area = "area",
    }
}

impl Interpolation {
    /// The weight of a pixel at a distance, in pixels.
    fn weight(self, distance: f64) -> f64 {
        let x = distance.abs();
        let lanczos = |radius: f64| match x {
            0.0 => 1.0,
            _ if x >= radius => 0.0,
            _ => radius * (PI * x).sin() * (PI * x / radius).sin() / (PI * PI * x * x),
        };
        match self {
            Interpolation::Bicubic if x <= 1.0 => (1.5 * x - 2.5) * x * x + 1.0,
            Interpolation::Bicubic if x < 2.0 => ((-0.5 * x + 2.5) * x - 4.0) * x + 2.0,
            Interpolation::Bicubic => 0.0,
            Interpolation::Lanczos3 => lanczos(3.0),
            Interpolation::Lanczos5 => lanczos(5.0),
            _ => (1.0 - x).max(0.0),
        }
    }

    /// What each new pixel of an axis takes of each old one: a row for each new pixel. With
    /// `antialias` a smaller image takes in all pixels that a new one covers.
    fn weights(self, from: usize, to: usize, antialias: bool) -> Vec<f64> {
        let scale = from as f64 / to as f64;
        let mut all = vec![0.0; from * to];
        for (i, row) in all.chunks_mut(from.max(1)).enumerate() {
            match self {
                Interpolation::Nearest => {
                    row[(((i as f64 + 0.5) * scale) as usize).min(from - 1)] = 1.0;
                    continue;
                }
                Interpolation::Area => {
                    let (low, high) = (i as f64 * scale, (i as f64 + 1.0) * scale);
                    for (j, w) in row.iter_mut().enumerate() {
                        let covered = high.min(j as f64 + 1.0) - low.max(j as f64);
                        *w = covered.max(0.0);
                    }
                }
                _ => {
                    let wide = if antialias { scale.max(1.0) } else { 1.0 };
                    let centre = (i as f64 + 0.5) * scale - 0.5;
                    for (j, w) in row.iter_mut().enumerate() {
                        *w = self.weight((centre - j as f64) / wide);
                    }
                }
            }
            let sum: f64 = row.iter().sum();
            row.iter_mut().for_each(|w| *w /= sum);
        }
        all
    }
}

/// Images `(batch, height, width, channels)` (or channels first) in another size, computed in floats
/// and of the images' float type. Pixels are taken as areas: the corners of old and new image meet.
///
/// # Errors
/// What the ops report.
pub fn resize(
    images: &Tensor,
    size: [usize; 2],
    interpolation: Interpolation,
    antialias: bool,
    format: DataFormat,
) -> Result<Tensor> {
    let axes: Vec<usize> = format.spatial(2).collect();
    let mut x = images.clone();
    for (axis, to) in axes.into_iter().zip(size) {
        let from = x.shape()[axis];
        if from == to {
            continue;
        }
        x = match (interpolation, to.is_multiple_of(from.max(1))) {
            (Interpolation::Nearest, true) => x.repeat(to / from.max(1), axis as i64)?,
            (Interpolation::Nearest, false) => {
                let scale = from as f64 / to as f64;
                let at = |i: usize| (((i as f64 + 0.5) * scale).floor()).min(from as f64 - 1.0);
                let index = Tensor::from_array(&Array::from_fn(DType::I32, [to], at))?;
                x.take(&index, axis as i64)?
            }
            _ => {
                let weights = interpolation.weights(from, to, antialias);
                let weights = ops::vector(x.dtype(), &weights)?.reshape([to, from])?;
                along(&x, &weights, axis)?
            }
        };
    }
    Ok(x)
}

/// The product of a matrix with every line of a tensor along an axis.
fn along(x: &Tensor, matrix: &Tensor, axis: usize) -> Result<Tensor> {
    let op = DotGeneral {
        lhs_contracting: vec![axis],
        rhs_contracting: vec![1],
        ..DotGeneral::default()
    };
    // The new axis comes out last.
    let y = x.dot_general(matrix, op)?;
    let last = x.rank() as i64 - 1;
    let mut order: Vec<i64> = (0..last).collect();
    order.insert(axis, last);
    y.transpose(&order)
}
