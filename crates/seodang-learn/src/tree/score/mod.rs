//! How good a split is, while samples go to its left one by one.

mod absolute;
mod classes;
mod counts;
mod sums;

pub(super) use absolute::Absolute;
pub(super) use classes::Shares;
pub(super) use counts::{Counts, Pair, whole};
pub(super) use sums::{Moments, Sum};

/// What is known of a node's samples.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Measure {
    pub(super) weight: f64,
    pub(super) impurity: f64,
}

/// A criterion over the targets of all samples.
///
/// A sort key has room for 32 bits of a sample, its payload: the class and the weight where these fit,
/// else the sample's place within its node.
pub(super) trait Scorer {
    /// The numbers that a node says.
    fn width(&self) -> usize;

    /// The weight and the impurity of a node, and what it says.
    fn measure(&mut self, samples: &[u32], value: &mut [f64]) -> Measure;

    /// Makes a node the one that is split.
    fn load(&mut self, samples: &[u32]);

    /// The payloads of the node's samples, if they are not their places.
    fn payloads(&self) -> Option<&[u32]> {
        None
    }

    /// Puts all samples on the right.
    fn clear(&mut self);

    /// Moves a sample to the left.
    fn push(&mut self, payload: u32);

    /// The weights of both sides.
    fn weights(&self) -> (f64, f64);

    /// How good the split is; only the order among the splits of a node counts.
    fn gain(&mut self) -> f64;

    /// The weights of all and of the second class, if payloads are those of two classes.
    fn pair(&self) -> Option<[i64; 2]> {
        None
    }

    /// What both sides say, where that is held to be monotone: the value, or the second class's share.
    fn says(&mut self) -> (f64, f64);
}
