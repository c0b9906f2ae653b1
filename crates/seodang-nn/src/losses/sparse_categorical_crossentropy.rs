//! `SparseCategoricalCrossentropy`.

use super::categorical_crossentropy::log_probabilities;
use super::{Loss, Reduction, loss};
use seodang_core::{DType, Error, Result, text};
use seodang_tensor::Tensor;

loss! {
    /// `-log(p[y])` for labels that are class numbers.
    ///
    /// Labels `(batch, ...)` or `(batch, ..., 1)`, predictions `(batch, ..., classes)`. Probabilities and logits are
    /// treated as by [`CategoricalCrossentropy`](super::CategoricalCrossentropy). Source: Keras 3,
    /// `keras.losses.SparseCategoricalCrossentropy`.
    SparseCategoricalCrossentropy = "sparse_categorical_crossentropy", new() {
        /// Whether the predictions are logits, not probabilities.
        from_logits: bool = false,
        /// A label that does not count.
        ignore_class: Option<i64> = None,
    }
}

impl SparseCategoricalCrossentropy {
    /// The labels without an axis of 1.
    fn labels(&self, y_true: &Tensor, y_pred: &Tensor) -> Result<Tensor> {
        let column = y_true.rank() == y_pred.rank() && y_true.shape().last() == Some(&1);
        let labels = if column { y_true.squeeze(&[-1])? } else { y_true.clone() };
        let (_, wanted) = y_pred.shape().split_last().unwrap_or((&1, &[]));
        if labels.shape().dims() == wanted && y_pred.rank() > 0 {
            return Ok(labels);
        }
        Err(Error::shape(text!(
            en: "the labels must have the predictions' shape without the classes",
            ko: "레이블의 모양은 예측에서 클래스 축을 뺀 것이어야 합니다"
        ))
        .expected(format!("{wanted:?}"))
        .hint(text!(
            en: "labels with one number for each class want categorical_crossentropy",
            ko: "클래스마다 값이 하나씩인 레이블에는 categorical_crossentropy를 쓰세요"
        )))
    }
}

impl Loss for SparseCategoricalCrossentropy {
    fn name(&self) -> &str {
        &self.name
    }

    fn reduction(&self) -> Reduction {
        self.reduction
    }

    fn call(&self, y_true: &Tensor, y_pred: &Tensor) -> Result<Tensor> {
        let mut labels = self.labels(y_true, y_pred)?;
        let mut predictions = y_pred.clone();
        let valid = self.mask(y_true, y_pred)?;
        if let Some(valid) = &valid {
            labels = Tensor::select(valid, &labels, 0.0)?;
            let valid = valid.expand_dims(-1)?;
            predictions = Tensor::select(&valid.broadcast_to(y_pred.shape())?, &predictions, 0.0)?;
        }
        let classes = y_pred.shape().last().copied().unwrap_or(1);
        let chosen = labels.cast(DType::I32)?.one_hot(classes, y_pred.dtype())?;
        let log = log_probabilities(&predictions, self.from_logits, -1)?;
        let losses = (chosen * log)?.sum(&[-1], false)?.neg()?;
        match valid {
            Some(valid) => Tensor::select(&valid, &losses, 0.0),
            None => Ok(losses),
        }
    }

    fn mask(&self, y_true: &Tensor, y_pred: &Tensor) -> Result<Option<Tensor>> {
        let Some(class) = self.ignore_class else { return Ok(None) };
        let labels = self.labels(y_true, y_pred)?;
        labels.ne(class as f64).map(Some)
    }
}
