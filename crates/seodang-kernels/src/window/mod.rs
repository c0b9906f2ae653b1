//! Sliding windows: pooling and the gradient of max-pooling.
#![allow(unsafe_code)]

mod reduce;
mod select;

pub use reduce::ReduceWindow;
pub use select::SelectAndScatter;

use seodang_core::{Error, Result, text};

/// How a window slides, with StableHLO's names; an empty list stands for ones (padding: zeros).
#[derive(Clone, PartialEq, Eq, Debug, Default)]
#[allow(missing_docs)]
pub struct WindowSpec {
    pub window_dimensions: Vec<usize>,
    pub window_strides: Vec<usize>,
    pub base_dilations: Vec<usize>,
    pub window_dilations: Vec<usize>,
    pub padding: Vec<(isize, isize)>,
}

/// For each dimension and each position of the window, the elements of the array that it covers, as
/// offsets in elements; the trailing dimensions in which nothing slides are one run.
#[derive(Clone, Debug)]
pub(crate) struct Slides {
    /// Offsets by dimension, then by position.
    pub(crate) offsets: Vec<Vec<Vec<usize>>>,
    /// Elements of the trailing run.
    pub(crate) run: usize,
    pub(crate) inputs: usize,
    /// The shape of the positions, the run's dimensions included.
    pub(crate) shape: Vec<usize>,
    /// Whether windows of different positions in the first dimension never meet.
    pub(crate) first_apart: bool,
}

impl Slides {
    pub(crate) fn new(shape: &[usize], w: &WindowSpec) -> Result<Slides> {
        Slides::plan(shape, w).ok_or_else(|| {
            Error::shape(text!(
                en: "the window does not fit the operand", ko: "창이 피연산자와 맞지 않습니다"
            ))
            .given("operand", format!("{shape:?}"))
            .given("window", format!("{w:?}"))
        })
    }

    fn plan(shape: &[usize], w: &WindowSpec) -> Option<Slides> {
        let rank = shape.len();
        let or_ones = |v: &[usize]| if v.is_empty() { vec![1; rank] } else { v.to_vec() };
        let sizes = or_ones(&w.window_dimensions);
        let steps = or_ones(&w.window_strides);
        let (bd, wd) = (or_ones(&w.base_dilations), or_ones(&w.window_dilations));
        let padding = if w.padding.is_empty() { vec![(0, 0); rank] } else { w.padding.clone() };
        let all = [&sizes, &steps, &bd, &wd];
        if all.iter().any(|v| v.len() != rank || v.contains(&0)) || padding.len() != rank {
            return None;
        }
        let still = |k: usize| sizes[k] == 1 && steps[k] == 1 && bd[k] == 1 && padding[k] == (0, 0);
        let outer = (0..rank).rev().find(|k| !still(*k)).map_or(0, |k| k + 1);
        let strides = crate::movement::strides(shape);
        let (mut offsets, mut out) = (Vec::new(), Vec::new());
        for k in 0..rank {
            let dilated = if shape[k] == 0 { 0 } else { (shape[k] - 1) * bd[k] + 1 };
            let padded = dilated as isize + padding[k].0 + padding[k].1;
            let reach = ((sizes[k] - 1) * wd[k] + 1) as isize;
            let n = if padded < reach { 0 } else { (padded - reach) as usize / steps[k] + 1 };
            out.push(n);
            if k < outer {
                let covered = |o: usize| {
                    let at = |i: usize| (o * steps[k] + i * wd[k]) as isize - padding[k].0;
                    (0..sizes[k])
                        .map(at)
                        .filter(|p| {
                            *p >= 0
                                && (*p as usize) < dilated
                                && (*p as usize).is_multiple_of(bd[k])
                        })
                        .map(|p| p as usize / bd[k] * strides[k] as usize)
                        .collect()
                };
                offsets.push((0..n).map(covered).collect());
            }
        }
        Some(Slides {
            first_apart: outer == 0 || still(0),
            offsets,
            run: shape[outer..].iter().product(),
            inputs: shape.iter().product(),
            shape: out,
        })
    }

    /// The number of window positions, each with a run of results.
    pub(crate) fn positions(&self) -> usize {
        self.offsets.iter().map(Vec::len).product()
    }

    /// The offsets that the window covers at a position, in row-major order.
    pub(crate) fn cover(&self, mut position: usize, out: &mut Vec<usize>) {
        out.clear();
        out.push(0);
        // From the last dimension to the first, each earlier one varying slower.
        for dim in self.offsets.iter().rev() {
            let covered = &dim[position % dim.len()];
            position /= dim.len();
            let inner = out.len();
            let Some((first, others)) = covered.split_first() else { return out.clear() };
            for c in others {
                for j in 0..inner {
                    out.push(out[j] + c);
                }
            }
            out[..inner].iter_mut().for_each(|o| *o += first);
        }
    }
}
