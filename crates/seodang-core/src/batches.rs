//! Where training gets its data from.

use crate::{Array, Result};

/// One batch: arrays that agree in their first dimension.
#[derive(Clone, Debug)]
pub struct Batch {
    /// The inputs of the model, one array each.
    pub inputs: Vec<Array>,
    /// The targets, one array for each output; empty when there are none (`predict`).
    pub targets: Vec<Array>,
    /// One weight for each example, if there are weights.
    pub sample_weight: Option<Array>,
}

impl Batch {
    /// The number of examples: the first dimension of the first input.
    pub fn len(&self) -> usize {
        self.inputs.first().and_then(|a| a.shape().first().copied()).unwrap_or(0)
    }

    /// Whether the batch has no examples.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

/// A source of batches that can be read more than once: what `fit`, `evaluate` and `predict` take.
pub trait Batches {
    /// The number of batches of an epoch, if it is known.
    fn batches(&self) -> Option<usize>;

    /// The number of examples of an epoch, if it is known.
    fn examples(&self) -> Option<usize>;

    /// The batches of epoch `epoch`, in order. The same epoch gives the same batches: that is what
    /// makes an interrupted run resumable.
    fn epoch<'a>(&'a self, epoch: usize) -> Box<dyn Iterator<Item = Result<Batch>> + 'a>;

    /// All examples as one batch, if they are in memory: then `fit` makes the batches itself, with
    /// its own batch size, shuffling and validation split.
    fn in_memory(&self) -> Option<Batch> {
        None
    }
}
