//! `FBetaScore` and `F1Score`.

use super::{Direction, Metric, State, metric};
use crate::Dims;
use crate::ops::EPSILON;
use crate::record::one_of;
use seodang_core::{DType, Error, Result, Shape, text};
use seodang_tensor::Tensor;

one_of! {
    /// How the scores of the classes become one.
    Average {
        /// Counted over all classes together.
        Micro = "micro",
        /// The mean of the classes.
        Macro = "macro",
        /// The mean of the classes by how often they occur.
        Weighted = "weighted",
    }
}

/// What both scores share.
struct Score {
    average: Option<Average>,
    beta: f64,
    threshold: Option<f64>,
    dtype: DType,
}

impl Score {
    fn validate(&self) -> Result<()> {
        if self.beta <= 0.0 {
            return Err(Error::value(text!(
                en: "\"beta\" must be positive",
                ko: "\"beta\"는 양수여야 합니다"
            ))
            .given("beta", self.beta));
        }
        if self.threshold.is_some_and(|t| t <= 0.0 || t > 1.0) {
            return Err(Error::value(text!(
                en: "\"threshold\" must lie between 0 and 1",
                ko: "\"threshold\"는 0과 1 사이여야 합니다"
            ))
            .given("threshold", self.threshold.unwrap_or_default()));
        }
        Ok(())
    }

    fn state(&self, y_pred: &Dims) -> Result<Vec<State>> {
        let classes = y_pred.last_dim().filter(|_| y_pred.rank() == 2).ok_or_else(|| {
            Error::shape(text!(
                en: "the score needs predictions of two dimensions",
                ko: "이 점수에는 2차원 예측이 필요합니다"
            ))
            .given("y_pred", y_pred)
        })?;
        let shape =
            if self.average == Some(Average::Micro) { Shape::scalar() } else { [classes].into() };
        let names =
            ["true_positives", "false_positives", "false_negatives", "intermediate_weights"];
        Ok(names.map(|name| State { name, shape: shape.clone() }).to_vec())
    }

    fn update(
        &self,
        state: &[Tensor],
        y_true: &Tensor,
        y_pred: &Tensor,
        sample_weight: Option<&Tensor>,
    ) -> Result<Vec<Tensor>> {
        let (t, p) = (y_true.cast(self.dtype)?, y_pred.cast(self.dtype)?);
        let chosen = match self.threshold {
            Some(threshold) => p.gt(threshold)?,
            None => p.ge(&p.max(&[-1], true)?)?.logical_and(&p.abs()?.gt(1e-9)?)?,
        };
        let p = chosen.cast(self.dtype)?;
        let weight = match sample_weight {
            Some(w) => Some(w.cast(self.dtype)?.reshape_to(&[-1, 1])?),
            None => None,
        };
        let axes: &[i64] = if self.average == Some(Average::Micro) { &[] } else { &[0] };
        let sum = |x: Tensor| match &weight {
            Some(w) => (x * w)?.sum(axes, false),
            None => x.sum(axes, false),
        };
        Ok(vec![
            (&state[0] + sum((&p * &t)?)?)?,
            (&state[1] + sum((&p * (1.0 - &t)?)?)?)?,
            (&state[2] + sum(((1.0 - p)? * &t)?)?)?,
            (&state[3] + sum(t)?)?,
        ])
    }

    fn result(&self, state: &[Tensor]) -> Result<Tensor> {
        let (right, square) = (&state[0], self.beta * self.beta);
        let precision = (right / ((right + &state[1])? + EPSILON)?)?;
        let recall = (right / ((right + &state[2])? + EPSILON)?)?;
        let sum = (((&precision * square)? + &recall)? + EPSILON)?;
        let score = (((precision * recall)? / sum)? * (1.0 + square))?;
        match self.average {
            Some(Average::Weighted) => {
                let share = (&state[3] / (state[3].sum(&[], false)? + EPSILON)?)?;
                (score * share)?.sum(&[], false)
            }
            Some(_) => score.mean(&[], false),
            None => Ok(score),
        }
    }
}

macro_rules! score {
    ($name:ident, $text:literal, |$this:ident| $beta:expr) => {
        impl $name {
            fn score(&self) -> Score {
                let $this = self;
                let (average, threshold) = (self.average, self.threshold);
                Score { average, beta: $beta, threshold, dtype: self.dtype.0 }
            }
        }

        impl Metric for $name {
            fn validate(&self) -> Result<()> {
                self.score().validate()
            }

            fn name(&self) -> Option<&str> {
                Some(self.name.as_deref().unwrap_or($text))
            }

            fn dtype(&self) -> DType {
                self.dtype.0
            }

            fn direction(&self) -> Option<Direction> {
                Some(Direction::Up)
            }

            fn state(&self, y_pred: &Dims) -> Result<Vec<State>> {
                self.score().state(y_pred)
            }

            fn update(
                &self,
                state: &[Tensor],
                y_true: &Tensor,
                y_pred: &Tensor,
                sample_weight: Option<&Tensor>,
            ) -> Result<Vec<Tensor>> {
                self.score().update(state, y_true, y_pred, sample_weight)
            }

            fn result(&self, state: &[Tensor]) -> Result<Tensor> {
                self.score().result(state)
            }
        }
    };
}

metric! {
    /// The harmonic mean of precision and recall, where recall counts `beta` times as much, for labels
    /// with one number for each class. Source: Keras 3, `keras.metrics.FBetaScore`.
    FBetaScore, new() {
        /// How the scores of the classes become one; they stay as they are if absent.
        average: Option<Average> = None,
        /// How much recall counts beside precision.
        beta: f64 = 1.0,
        /// Predictions above it count as positive; if absent, the largest one of each sample does.
        threshold: Option<f64> = None,
    }
}
score!(FBetaScore, "fbeta_score", |this| this.beta);

metric! {
    /// The harmonic mean of precision and recall, for labels with one number for each class. Source:
    /// Keras 3, `keras.metrics.F1Score`.
    F1Score, new() {
        /// How the scores of the classes become one; they stay as they are if absent.
        average: Option<Average> = None,
        /// Predictions above it count as positive; if absent, the largest one of each sample does.
        threshold: Option<f64> = None,
    }
}
score!(F1Score, "f1_score", |_this| 1.0);
