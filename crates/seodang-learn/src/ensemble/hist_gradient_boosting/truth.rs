//! What is to be learned, as it was given.

use std::borrow::Cow;

/// Values of a regression, or the numbers of classes: these in the 32 bits that they came in, since as
/// `f64` they would be as much memory as all predictions.
#[derive(Clone)]
pub(super) enum Truth<'a> {
    Values(Cow<'a, [f64]>),
    Codes(Cow<'a, [u32]>),
}

impl Truth<'_> {
    /// How many samples there are.
    pub(super) fn len(&self) -> usize {
        match self {
            Truth::Values(y) => y.len(),
            Truth::Codes(y) => y.len(),
        }
    }

    /// The same, without a copy.
    pub(super) fn lent(&self) -> Truth<'_> {
        match self {
            Truth::Values(y) => Truth::Values(Cow::Borrowed(y)),
            Truth::Codes(y) => Truth::Codes(Cow::Borrowed(y)),
        }
    }

    /// Those of some rows.
    pub(super) fn part(&self, rows: &[u32]) -> Truth<'static> {
        match self {
            Truth::Values(y) => Truth::Values(rows.iter().map(|&i| y[i as usize]).collect()),
            Truth::Codes(y) => Truth::Codes(rows.iter().map(|&i| y[i as usize]).collect()),
        }
    }

    /// All as `f64`: a copy of the numbers of classes, for what is asked once.
    pub(super) fn values(&self) -> Cow<'_, [f64]> {
        match self {
            Truth::Values(y) => Cow::Borrowed(y),
            Truth::Codes(y) => y.iter().map(|&c| f64::from(c)).collect(),
        }
    }
}
