//! `R2Score`.

use super::{Direction, Metric, State, metric};
use crate::record::one_of;
use crate::{Dims, ops};
use seodang_core::{DType, Error, Result, text};
use seodang_tensor::Tensor;

one_of! {
    /// How the scores of several outputs become one.
    ClassAggregation {
        /// The mean.
        UniformAverage = "uniform_average",
        /// The mean by the labels' variances.
        VarianceWeightedAverage = "variance_weighted_average",
    }
}

metric! {
    /// The part of the labels' variance that the predictions explain: 1 minus the ratio of squared
    /// errors to squared distances from the mean. Source: Keras 3, `keras.metrics.R2Score`.
    R2Score, new() {
        /// How the scores of several outputs become one; they stay as they are if absent.
        class_aggregation: Option<ClassAggregation> = Some(ClassAggregation::UniformAverage),
        /// The number of independent variables, for the adjusted score.
        num_regressors: usize = 0,
    }
}

impl Metric for R2Score {
    fn name(&self) -> Option<&str> {
        self.name.as_deref()
    }

    fn dtype(&self) -> DType {
        self.dtype.0
    }

    fn direction(&self) -> Option<Direction> {
        Some(Direction::Up)
    }

    fn state(&self, y_pred: &Dims) -> Result<Vec<State>> {
        let outputs = y_pred.last_dim().filter(|_| y_pred.rank() == 2).ok_or_else(|| {
            Error::shape(text!(
                en: "the score needs predictions of two dimensions",
                ko: "이 점수에는 2차원 예측이 필요합니다"
            ))
            .given("y_pred", y_pred)
        })?;
        let mut state = vec![State::scalar("num_samples")];
        let names = ["squared_sum", "sum", "residual", "count"];
        state.extend(names.map(|name| State { name, shape: [outputs].into() }));
        Ok(state)
    }

    fn update(
        &self,
        state: &[Tensor],
        y_true: &Tensor,
        y_pred: &Tensor,
        sample_weight: Option<&Tensor>,
    ) -> Result<Vec<Tensor>> {
        let dtype = self.dtype.0;
        let (t, p) = ops::same_rank(&y_true.cast(dtype)?, &y_pred.cast(dtype)?, true)?;
        let weight = match sample_weight {
            Some(w) if w.rank() == 1 => w.cast(dtype)?.expand_dims(1)?.broadcast_to(t.shape())?,
            Some(w) => w.cast(dtype)?.broadcast_to(t.shape())?,
            None => t.ones_like()?,
        };
        let weighted = (&t * &weight)?;
        Ok(vec![
            (&state[0] + t.size() as f64)?,
            (&state[1] + (&t * &weighted)?.sum(&[0], false)?)?,
            (&state[2] + weighted.sum(&[0], false)?)?,
            (&state[3] + ((&t - p)?.square()? * &weight)?.sum(&[0], false)?)?,
            (&state[4] + weight.sum(&[0], false)?)?,
        ])
    }

    fn result(&self, state: &[Tensor]) -> Result<Tensor> {
        let [samples, squares, sum, residual, count] = state else {
            return Err(Error::internal(text!(
                en: "the score has another state",
                ko: "점수의 상태가 다릅니다"
            )));
        };
        let total = (squares - (sum * (sum / count)?)?)?;
        let raw = (1.0 - (residual / &total)?)?;
        // Labels without any variance: Keras counts an infinite score as 0.
        let infinite = raw.abs()?.eq(f64::INFINITY)?;
        let raw = Tensor::select(&infinite, 0.0, &raw)?;
        let score = match self.class_aggregation {
            Some(ClassAggregation::UniformAverage) => raw.mean(&[], false)?,
            Some(ClassAggregation::VarianceWeightedAverage) => {
                ((&total * raw)?.sum(&[], false)? / total.sum(&[], false)?)?
            }
            None => raw,
        };
        if self.num_regressors == 0 {
            return Ok(score);
        }
        let p = self.num_regressors as f64;
        let free = (samples - (p + 1.0))?;
        let enough = free.gt(0.0)?.broadcast_to(score.shape())?;
        let safe = free.maximum(1.0)?;
        let adjusted = (1.0 - (((1.0 - &score)? * (samples - 1.0)?)? / safe)?)?;
        Tensor::select(&enough, &adjusted, &score)
    }
}
