//! `Recall`.

use super::confusion::{self, Counting, Thresholds};
use super::{Direction, Metric, State, metric};
use crate::{Dims, ops};
use seodang_core::{DType, Result};
use seodang_tensor::Tensor;

metric! {
    /// How many of the positive labels are found: `tp / (tp + fn)`. Source: Keras 3, `keras.metrics.Recall`.
    Recall, new() {
        /// Predictions above it count as positive; 1/2 if absent.
        thresholds: Option<Thresholds> = None,
        /// Only the k largest predictions of each sample can be positive.
        top_k: Option<usize> = None,
        /// Only this class counts.
        class_id: Option<usize> = None,
    }
}

impl Recall {
    fn threshold_list(&self) -> Vec<f64> {
        match &self.thresholds {
            Some(thresholds) => thresholds.list(),
            // Among the k largest every prediction counts.
            None if self.top_k.is_some() => vec![-1e10],
            None => vec![0.5],
        }
    }
}

impl Metric for Recall {
    fn validate(&self) -> Result<()> {
        self.thresholds.as_ref().map_or(Ok(()), |t| confusion::check(&t.list()))
    }

    fn name(&self) -> Option<&str> {
        self.name.as_deref()
    }

    fn dtype(&self) -> DType {
        self.dtype.0
    }

    fn direction(&self) -> Option<Direction> {
        Some(Direction::Up)
    }

    fn state(&self, _: &Dims) -> Result<Vec<State>> {
        let shape = [self.threshold_list().len()];
        let names = ["true_positives", "false_negatives"];
        Ok(names.map(|name| State { name, shape: shape.into() }).to_vec())
    }

    fn update(
        &self,
        state: &[Tensor],
        y_true: &Tensor,
        y_pred: &Tensor,
        sample_weight: Option<&Tensor>,
    ) -> Result<Vec<Tensor>> {
        let counts = Counting {
            dtype: self.dtype.0,
            thresholds: &self.threshold_list(),
            top_k: self.top_k,
            class_id: self.class_id,
            multi_label: false,
            label_weights: None,
        }
        .count(y_true, y_pred, sample_weight)?;
        Ok(vec![(&state[0] + counts.true_positives)?, (&state[1] + counts.false_negatives)?])
    }

    fn result(&self, state: &[Tensor]) -> Result<Tensor> {
        let value = ops::divide_no_nan(&state[0], &(&state[0] + &state[1])?)?;
        if value.size() == 1 { value.reshape(()) } else { Ok(value) }
    }
}
