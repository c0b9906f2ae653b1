//! Samples as they walk through trees: dense rows as they are; of sparse ones what the trees ask for is
//! laid out, a few rows at a time.

use super::packed::Tree;
use crate::features::{Dense, Features};
use seodang_kernels::trees::{Asked, Paths};
use std::ops::Range;

/// The bytes of the sparse rows that are laid out together, as a rule: they stay in the second cache.
const ROOM: usize = 256 << 10;

/// As many trees make it pay to round rows once for all.
const MANY: usize = 4;

/// Samples that walk through trees.
pub(crate) struct Rows<'a> {
    x: &'a Features<'a>,
    /// What is asked for, of sparse rows.
    asked: Option<Asked>,
    /// Whether there are many trees.
    many: bool,
    /// Whether there is a NaN among sparse rows.
    missing: bool,
}

/// Some rows side by side.
pub(crate) struct Block<'a> {
    numbers: Numbers<'a>,
    /// Whether there may be a NaN.
    missing: bool,
}

enum Numbers<'a> {
    Single(&'a [f32]),
    Double(&'a [f64]),
    Asked(&'a [f64], &'a Asked),
}

impl<'a> Rows<'a> {
    /// The samples `x`, for some trees.
    pub(crate) fn new(x: &'a Features<'a>, trees: &[Tree]) -> Rows<'a> {
        Rows::of(x, trees.iter().map(|t| &t.paths), trees.len() >= MANY)
    }

    /// The samples `x`, for the trees with these paths; whether these are many.
    pub(super) fn of<'p>(
        x: &'a Features<'a>,
        trees: impl Iterator<Item = &'p Paths>,
        many: bool,
    ) -> Rows<'a> {
        let Features::Sparse(s) = x else {
            return Rows { x, asked: None, many, missing: true };
        };
        let mut asked = Asked::none(s.cols);
        trees.for_each(|paths| asked.add(paths));
        let missing = s.data.iter().fold(false, |any, x| any | x.is_nan());
        Rows { x, asked: Some(asked), many, missing }
    }

    /// Calls `f` with the rows of a range, block by block, and which these are.
    pub(crate) fn each(&self, range: Range<usize>, mut f: impl FnMut(Range<usize>, &Block<'_>)) {
        let cols = self.x.cols();
        let part = range.start * cols..range.end * cols;
        match (self.x, &self.asked) {
            (Features::Sparse(s), Some(asked)) => {
                let width = asked.width();
                let step = (ROOM / (8 * width)).clamp(16, super::packed::BLOCK).min(range.len());
                let mut room = vec![0.0; step * width];
                for first in range.clone().step_by(step.max(1)) {
                    let part = first..(first + step).min(range.end);
                    for (row, i) in room.chunks_exact_mut(width).zip(part.clone()) {
                        let (columns, values) = s.row(i);
                        columns.iter().zip(values).for_each(|(&c, v)| row[asked.place(c)] += v);
                    }
                    let numbers = Numbers::Asked(&room[..part.len() * width], asked);
                    f(part.clone(), &Block { numbers, missing: self.missing });
                    for (row, i) in room.chunks_exact_mut(width).zip(part) {
                        s.row(i).0.iter().for_each(|&c| row[asked.place(c)] = 0.0);
                    }
                }
            }
            (Features::Dense(Dense::F64(m)), _) if self.many => {
                let rounded: Vec<f32> = m.data[part].iter().map(|&x| x as f32).collect();
                let missing = rounded.iter().any(|x| x.is_nan());
                f(range, &Block { numbers: Numbers::Single(&rounded), missing });
            }
            (Features::Dense(Dense::F32(m)), _) => {
                let numbers = &m.data[part];
                let missing = !self.many || numbers.iter().any(|x| x.is_nan());
                f(range, &Block { numbers: Numbers::Single(numbers), missing });
            }
            (Features::Dense(Dense::F64(m)), _) => {
                f(range, &Block { numbers: Numbers::Double(&m.data[part]), missing: true });
            }
            (Features::Sparse(_), None) => unreachable!("sparse rows know what is asked for"),
        }
    }
}

impl Block<'_> {
    /// What the leaves of as many rows as `out` is long hold, from row `first` on.
    pub(super) fn find(&self, paths: &Paths, features: usize, first: usize, out: &mut [u32]) {
        let part = |width: usize| first * width..(first + out.len()) * width;
        match self.numbers {
            Numbers::Single(x) => paths.find(&x[part(features)], self.missing, out),
            Numbers::Double(x) => paths.find(&x[part(features)], self.missing, out),
            Numbers::Asked(x, asked) => {
                paths.find_asked(asked, &x[part(asked.width())], self.missing, out);
            }
        }
    }
}
