//! The top-k accuracies: how often the right class is among the k likeliest.

use super::{mean_metric, metric};
use seodang_core::{DType, Result};
use seodang_tensor::Tensor;

metric! {
    /// How often the largest label is among the `k` largest predictions. Source: Keras 3,
    /// `keras.metrics.TopKCategoricalAccuracy`.
    TopKCategoricalAccuracy, new() {
        /// How many predictions count.
        k: usize = 5,
    }
}
mean_metric!(TopKCategoricalAccuracy, Up, |this, y_true, y_pred| {
    in_top_k(&y_true.argmax(-1)?, y_pred, this.k)
});

metric! {
    /// How often the class that the label names is among the `k` largest predictions. Source: Keras
    /// 3, `keras.metrics.SparseTopKCategoricalAccuracy`.
    SparseTopKCategoricalAccuracy, new() {
        /// How many predictions count.
        k: usize = 5,
        /// Whether the predictions are class numbers, the likeliest first.
        #[serde(skip_serializing_if = "std::ops::Not::not")]
        from_sorted_ids: bool = false,
    }
}
mean_metric!(SparseTopKCategoricalAccuracy, Up, |this, y_true, y_pred| {
    let column = y_true.rank() == y_pred.rank() && y_true.shape().last() == Some(&1);
    let labels = if column { y_true.squeeze(&[-1])? } else { y_true.clone() };
    if this.from_sorted_ids {
        among_first(&labels, y_pred, this.k)
    } else {
        in_top_k(&labels.cast(DType::I32)?, y_pred, this.k)
    }
});

/// Whether fewer than k predictions are larger than that of the labelled class: of equal ones all
/// are in, as in JAX and TensorFlow.
fn in_top_k(labels: &Tensor, y_pred: &Tensor, k: usize) -> Result<Tensor> {
    let classes = y_pred.shape().last().copied().unwrap_or(1);
    let right = labels.one_hot(classes, DType::Bool)?;
    let value = Tensor::select(&right, y_pred, &(y_pred.zeros_like()?))?.sum(&[-1], true)?;
    let larger = y_pred.gt(&value)?.cast(y_pred.dtype())?.sum(&[-1], false)?;
    larger.lt(k as f64)
}

/// Whether the labelled class is among the first k class numbers.
fn among_first(labels: &Tensor, ids: &Tensor, k: usize) -> Result<Tensor> {
    let all = ids.shape().last().copied().unwrap_or(0);
    let k = k.min(all);
    let first = ids.split_sizes(&[k, all - k], -1)?.swap_remove(0);
    let hits = labels.cast(ids.dtype())?.expand_dims(-1)?.eq(&first)?;
    hits.cast(DType::I32)?.sum(&[-1], false)?.gt(0.0)
}
