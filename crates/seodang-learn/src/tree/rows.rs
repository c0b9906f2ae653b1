//! Samples as they walk through trees: dense rows as they are; of sparse ones what the trees ask for is
//! laid out, a few rows at a time.

use super::packed::{BLOCK, Tree};
use super::sparse::{Chains, Short};
use crate::features::{Dense, Features, Real};
use seodang_kernels::trees::{Asked, Paths};
use std::ops::Range;

/// The bytes of the sparse rows that are laid out together, as a rule: they stay in the second cache.
const ROOM: usize = 512 << 10;

/// As many trees make it pay to round rows once for all.
const MANY: usize = 4;

/// Samples that walk through trees.
pub(crate) struct Rows<'a> {
    x: &'a Features<'a>,
    /// What is asked for, of sparse rows.
    asked: Option<Asked>,
    /// Whether there are many trees.
    many: bool,
    /// Whether one is so deep that sparse rows may go by their entries.
    deep: bool,
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
    /// What is asked for, laid out.
    Asked(&'a [f64], &'a Asked),
    /// What is asked for and there.
    Short(&'a Short, &'a Asked),
}

impl<'a> Rows<'a> {
    /// The samples `x`, for some trees.
    pub(crate) fn new(x: &'a Features<'a>, trees: &[Tree]) -> Rows<'a> {
        Rows::of(x, trees.iter().map(|t| (&t.paths, t.depth)), trees.len() >= MANY)
    }

    /// The samples `x`, for the trees with these paths and depths; whether these are many.
    pub(super) fn of<'p>(
        x: &'a Features<'a>,
        trees: impl Iterator<Item = (&'p Paths, usize)>,
        many: bool,
    ) -> Rows<'a> {
        let Features::Sparse(s) = x else {
            return Rows { x, asked: None, many, deep: false, missing: true };
        };
        let mut asked = Asked::none(s.cols);
        let mut deep = false;
        for (paths, depth) in trees {
            asked.add(paths);
            deep |= Chains::may_help(depth);
        }
        let missing = s.data.iter().fold(false, |any, x| any | x.is_nan());
        Rows { x, asked: Some(asked), many, deep, missing }
    }

    /// Calls `f` with the rows of a range, block by block, and which these are.
    pub(crate) fn each(&self, range: Range<usize>, mut f: impl FnMut(Range<usize>, &Block<'_>)) {
        let cols = self.x.cols();
        let part = range.start * cols..range.end * cols;
        match (self.x, &self.asked) {
            (Features::Sparse(s), Some(asked)) => {
                let missing = self.missing;
                if self.deep {
                    let mut short = Short::default();
                    for i in range.clone() {
                        let (columns, values) = s.row(i);
                        short.push(columns, values, asked);
                    }
                    f(range, &Block { numbers: Numbers::Short(&short, asked), missing });
                    return;
                }
                let row = |i: usize| {
                    let (columns, values) = s.row(i);
                    columns.iter().zip(values).map(|(&c, &v)| (asked.place(c), v))
                };
                laid_out(range, asked.width(), row, |part, numbers| {
                    f(part, &Block { numbers: Numbers::Asked(numbers, asked), missing });
                });
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

/// Calls `f` with sparse rows of a range with their zeros, a few at a time: rows of `width` numbers, of which
/// `row` says the places and values of those that are there.
fn laid_out<T: Real, I: Iterator<Item = (usize, T)>>(
    range: Range<usize>,
    width: usize,
    row: impl Fn(usize) -> I,
    mut f: impl FnMut(Range<usize>, &[T]),
) {
    let step = (ROOM / (size_of::<T>() * width)).clamp(16, BLOCK).min(range.len().max(1));
    let mut room = vec![T::ZERO; step * width];
    for first in range.clone().step_by(step) {
        let part = first..(first + step).min(range.end);
        for (numbers, i) in room.chunks_exact_mut(width).zip(part.clone()) {
            row(i).for_each(|(place, v)| numbers[place] += v);
        }
        f(part.clone(), &room[..part.len() * width]);
        for (numbers, i) in room.chunks_exact_mut(width).zip(part) {
            row(i).for_each(|(place, _)| numbers[place] = T::ZERO);
        }
    }
}

impl Block<'_> {
    /// What the leaves of all rows hold, of paths of such a depth.
    pub(super) fn find(&self, paths: &Paths, depth: usize, out: &mut [u32]) {
        match self.numbers {
            Numbers::Single(x) => paths.find(x, self.missing, out),
            Numbers::Double(x) => paths.find(x, self.missing, out),
            Numbers::Asked(x, asked) => paths.find_asked(asked, x, self.missing, out),
            Numbers::Short(rows, asked) => {
                if let Some(chains) = Chains::of(paths, depth, asked, out.len())
                    && chains.help(rows)
                {
                    return chains.find(rows, out);
                }
                let row = |i| rows.row(i).iter().map(|&(place, v)| (place as usize, v as f32));
                laid_out(0..out.len(), asked.width(), row, |part, x| {
                    paths.find_asked(asked, x, self.missing, &mut out[part]);
                });
            }
        }
    }
}
