//! Trees on sparse features, whose zeros are never written down.
//!
//! [`Entries`] holds what is not 0, by columns in rising order and by rows, and is shared by all trees.
//! [`Within`] finds those of a node: of large nodes it goes along the columns, which are in order already,
//! of small ones along the rows, so that what a node costs falls with it, however many columns there are.
//! A sweep moves a node's entries, never its zeros: those below 0 to the left in rising order, and those
//! above 0 to the right in falling order. The gain is the same whichever side is called left.
//!
//! Rows that walk through a deep tree do so by their entries as well: see [`Chains`].
//!
//! The trees are those of the same features with their zeros, but for rounding.

mod entries;
mod exits;
mod search;
mod sweep;
mod within;

pub(crate) use entries::Entries;
pub(super) use exits::{Chains, Short};
pub(super) use within::Within;
#[cfg(test)]
mod tests;
