//! Features prepared for trees, once for all that grow on them.

use super::ranks::{Column, Ranked};
use super::sparse::Entries;
use crate::features::Features;
use seodang_core::Result;

/// The features of samples, as trees look at them.
#[derive(Debug)]
pub(crate) enum Prepared<'a> {
    /// The number of every value.
    Dense(Ranked<'a>),
    /// What is not 0.
    Sparse(Entries),
}

impl<'a> Prepared<'a> {
    /// Prepares features for trees: `many` of them or one, with thresholds drawn at random or searched for.
    ///
    /// # Errors
    /// `Value` for a number that `f32` cannot hold.
    pub(crate) fn new(x: &'a Features<'a>, many: bool, random: bool) -> Result<Prepared<'a>> {
        Ok(match x {
            // A tree that draws thresholds looks at a few columns of each node, one by one.
            Features::Dense(x) if many || random => Prepared::Dense(Ranked::new(x, !random)?),
            Features::Dense(x) => Prepared::Dense(Ranked::given(x)?),
            Features::Sparse(x) => Prepared::Sparse(Entries::new(x, !random)?),
        })
    }

    /// The same, for so many trees that are known to come.
    #[must_use]
    pub(crate) fn for_many(self, trees: usize) -> Prepared<'a> {
        match self {
            Prepared::Dense(ranked) => Prepared::Dense(ranked.for_many(trees)),
            Prepared::Sparse(entries) => Prepared::Sparse(entries),
        }
    }

    /// The number of samples.
    pub(crate) fn rows(&self) -> usize {
        match self {
            Prepared::Dense(ranked) => ranked.rows,
            Prepared::Sparse(entries) => entries.rows,
        }
    }

    /// The number of features.
    pub(crate) fn cols(&self) -> usize {
        match self {
            Prepared::Dense(ranked) => ranked.cols(),
            Prepared::Sparse(entries) => entries.cols(),
        }
    }

    /// What the numbers of a feature's values mean.
    pub(super) fn column(&self, f: usize) -> &Column {
        match self {
            Prepared::Dense(ranked) => &ranked.columns[f],
            Prepared::Sparse(entries) => &entries.plain,
        }
    }
}
