//! Plain counts: `TruePositives`, `TrueNegatives`, `FalsePositives` and `FalseNegatives`.

use super::confusion::{self, Counting, Thresholds};
use super::{Direction, Metric, State, metric};
use crate::Dims;
use seodang_core::{DType, Result};
use seodang_tensor::Tensor;

macro_rules! counts {
    ($($(#[$meta:meta])* $name:ident = $field:ident;)*) => {$(
        metric! {
            $(#[$meta])*
            $name, new() {
                /// Predictions above it count as positive; 1/2 if absent.
                thresholds: Option<Thresholds> = None,
            }
        }

        impl $name {
            fn threshold_list(&self) -> Vec<f64> {
                self.thresholds.as_ref().map_or_else(|| vec![0.5], Thresholds::list)
            }
        }

        impl Metric for $name {
            fn validate(&self) -> Result<()> {
                confusion::check(&self.threshold_list())
            }

            fn name(&self) -> Option<&str> {
                self.name.as_deref()
            }

            fn dtype(&self) -> DType {
                self.dtype.0
            }

            fn direction(&self) -> Option<Direction> {
                None
            }

            fn state(&self, _: &Dims) -> Result<Vec<State>> {
                Ok(vec![State { name: "accumulator", shape: [self.threshold_list().len()].into() }])
            }

            fn update(
                &self,
                state: &[Tensor],
                y_true: &Tensor,
                y_pred: &Tensor,
                sample_weight: Option<&Tensor>,
            ) -> Result<Vec<Tensor>> {
                let thresholds = self.threshold_list();
                let counts = Counting::plain(self.dtype.0, &thresholds);
                Ok(vec![(&state[0] + counts.count(y_true, y_pred, sample_weight)?.$field)?])
            }

            fn result(&self, state: &[Tensor]) -> Result<Tensor> {
                if state[0].size() == 1 { state[0].reshape(()) } else { Ok(state[0].clone()) }
            }
        }
    )*};
}

counts! {
    /// How many positive predictions are right. Source: Keras 3, `keras.metrics.TruePositives`.
    TruePositives = true_positives;
    /// How many negative predictions are right. Source: Keras 3, `keras.metrics.TrueNegatives`.
    TrueNegatives = true_negatives;
    /// How many positive predictions are wrong. Source: Keras 3, `keras.metrics.FalsePositives`.
    FalsePositives = false_positives;
    /// How many negative predictions are wrong. Source: Keras 3, `keras.metrics.FalseNegatives`.
    FalseNegatives = false_negatives;
}
