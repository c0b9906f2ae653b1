//! Losses: one file and one record each, after `keras.losses`.

mod binary_crossentropy;
mod categorical_crossentropy;
mod focal;
mod hinge;
mod huber;
mod mean_absolute_error;
mod mean_squared_error;
mod overlap;
mod reduction;
mod regression;
mod sparse_categorical_crossentropy;

pub use binary_crossentropy::BinaryCrossentropy;
pub use categorical_crossentropy::CategoricalCrossentropy;
pub use focal::{
    BinaryFocalCrossentropy, CategoricalFocalCrossentropy, CategoricalGeneralizedCrossEntropy,
    ClassWeights,
};
pub use hinge::{CategoricalHinge, Hinge, SquaredHinge};
pub use huber::Huber;
pub use mean_absolute_error::MeanAbsoluteError;
pub use mean_squared_error::MeanSquaredError;
pub use overlap::{Dice, Tversky};
pub use reduction::Reduction;
pub(crate) use regression::cosine;
pub use regression::{
    CosineSimilarity, KLDivergence, LogCosh, MeanAbsolutePercentageError,
    MeanSquaredLogarithmicError, Poisson,
};
pub use sparse_categorical_crossentropy::SparseCategoricalCrossentropy;

use crate::Dims;
use crate::record::{Choice, Record, family};
use seodang_core::{Error, Result, text};
use seodang_tensor::Tensor;

/// How far predictions are from labels.
pub trait Loss: Record {
    /// Checks the options against each other.
    ///
    /// # Errors
    /// `Value`, if an option is out of range.
    fn validate(&self) -> Result<()> {
        Ok(())
    }

    /// The loss's name.
    fn name(&self) -> &str;

    /// How the losses of a batch become one.
    fn reduction(&self) -> Reduction;

    /// The loss of each sample (or each position), of the predictions' element type; labels come in
    /// that type too.
    ///
    /// # Errors
    /// `Shape`, if labels and predictions do not fit.
    fn call(&self, y_true: &Tensor, y_pred: &Tensor) -> Result<Tensor>;

    /// Which samples count, where the labels say so themselves (`ignore_class`), in the shape of
    /// [`Loss::call`]'s result.
    ///
    /// # Errors
    /// What the ops report.
    fn mask(&self, y_true: &Tensor, y_pred: &Tensor) -> Result<Option<Tensor>> {
        let _ = (y_true, y_pred);
        Ok(None)
    }
}

impl dyn Loss + '_ {
    /// The loss of a batch: of each sample, weighted, then reduced, as Keras 3 does.
    ///
    /// # Errors
    /// `Shape`, if labels, predictions and weights do not fit.
    pub fn compute(
        &self,
        y_true: &Tensor,
        y_pred: &Tensor,
        sample_weight: Option<&Tensor>,
    ) -> Result<Tensor> {
        self.compute_masked(y_true, y_pred, sample_weight, None)
    }

    /// As `compute`, for predictions with a mask (booleans, false where one
    /// does not count): a mean is then that of those that count.
    ///
    /// # Errors
    /// `Shape`, if labels, predictions, weights and mask do not fit.
    pub fn compute_masked(
        &self,
        y_true: &Tensor,
        y_pred: &Tensor,
        sample_weight: Option<&Tensor>,
        mask: Option<&Tensor>,
    ) -> Result<Tensor> {
        let run = || {
            let y_true = y_true.cast(y_pred.dtype())?;
            let losses = self.call(&y_true, y_pred)?;
            let mask = match (self.mask(&y_true, y_pred)?, mask) {
                (Some(own), Some(given)) => Some(own.logical_and(given)?),
                (own, given) => own.or(given.cloned()),
            };
            reduction::reduce_weighted(&losses, sample_weight, mask.as_ref(), self.reduction())
        };
        run().map_err(|e| {
            let name = self.class_name();
            e.given("y_true", format!("{}{}", y_true.dtype(), y_true.shape()))
                .given("y_pred", format!("{}{}", y_pred.dtype(), y_pred.shape()))
                .during(text!(en: "the loss {name}", ko: "손실 {name}"))
        })
    }
}

/// Writes a loss's record: [`record!`](crate::record) with the options that every loss has.
macro_rules! loss {
    (
        $(#[$meta:meta])*
        $name:ident = $text:literal, new() { $($fields:tt)* }
    ) => {
        $crate::record::record! {
            $(#[$meta])*
            $name in "keras.losses", new() {
                /// The loss's name.
                name: String = $text.to_string(),
                /// How the losses of a batch become one.
                reduction: $crate::losses::Reduction = $crate::losses::Reduction::default(),
                $($fields)*
            }
        }
    };
}
pub(crate) use loss;

/// Implements [`Loss`] for a record by a function of the record, labels and predictions, and a check
/// of its options if there is one to make.
macro_rules! loss_function {
    (
        $name:ident, |$this:ident, $y_true:ident, $y_pred:ident| $values:expr
        $(, |$checked:ident| $check:expr)?
    ) => {
        impl $crate::losses::Loss for $name {
            $(fn validate(&self) -> seodang_core::Result<()> {
                let $checked = self;
                $check
            })?

            fn name(&self) -> &str {
                &self.name
            }

            fn reduction(&self) -> $crate::losses::Reduction {
                self.reduction
            }

            fn call(
                &self,
                $y_true: &seodang_tensor::Tensor,
                $y_pred: &seodang_tensor::Tensor,
            ) -> seodang_core::Result<seodang_tensor::Tensor> {
                let $this = self;
                $values
            }
        }
    };
}
pub(crate) use loss_function;

family! {
    Loss, "loss", "손실",
    renamed [],
    ignored ["fn", "dtype"],
    BinaryCrossentropy | "bce" | "BCE",
    BinaryFocalCrossentropy,
    CategoricalCrossentropy,
    CategoricalFocalCrossentropy,
    CategoricalGeneralizedCrossEntropy,
    CategoricalHinge,
    CosineSimilarity | "cosine_proximity",
    Dice,
    Hinge,
    Huber | "huber_loss",
    KLDivergence | "kld" | "KLD" | "kullback_leibler_divergence",
    LogCosh,
    MeanAbsoluteError | "mae" | "MAE",
    MeanAbsolutePercentageError | "mape" | "MAPE",
    MeanSquaredError | "mse" | "MSE",
    MeanSquaredLogarithmicError | "msle" | "MSLE",
    Poisson,
    SparseCategoricalCrossentropy,
    SquaredHinge,
    Tversky,
}

/// The loss that a name stands for in `compile`: `"crossentropy"` and `"ce"` are chosen by the shapes
/// of labels and predictions, as Keras does; all other names are those of the family.
///
/// # Errors
/// `NotFound` with the nearest names.
pub fn resolve(name: &str, y_true: &Dims, y_pred: &Dims) -> Result<Choice<dyn Loss>> {
    let choice = match name.to_lowercase().as_str() {
        "crossentropy" | "ce" => match LabelKind::of(y_true, y_pred) {
            LabelKind::Binary => BinaryCrossentropy::new().into(),
            LabelKind::Sparse => SparseCategoricalCrossentropy::new().into(),
            LabelKind::OneHot => CategoricalCrossentropy::new().into(),
        },
        _ => Choice::from(name),
    };
    choice.get()?;
    Ok(choice)
}

/// What labels are, judged by shapes.
pub(crate) enum LabelKind {
    /// One output: 0 or 1.
    Binary,
    /// The index of a class.
    Sparse,
    /// One output for each class.
    OneHot,
}

impl LabelKind {
    pub(crate) fn of(y_true: &Dims, y_pred: &Dims) -> LabelKind {
        let (labels, outputs) = (y_true.last_dim(), y_pred.last_dim());
        let column = labels == Some(1) && outputs.is_some_and(|n| n > 1);
        match outputs {
            Some(1) => LabelKind::Binary,
            _ if y_true.rank() < y_pred.rank() || column => LabelKind::Sparse,
            _ => LabelKind::OneHot,
        }
    }
}

/// Checks that labels and predictions have one shape.
fn same_shape(y_true: &Tensor, y_pred: &Tensor) -> Result<()> {
    if y_true.shape() == y_pred.shape() {
        return Ok(());
    }
    Err(Error::shape(text!(
        en: "labels and predictions must have one shape",
        ko: "레이블과 예측의 모양이 같아야 합니다"
    ))
    .hint(text!(
        en: "integer class labels want a sparse_categorical loss; the last layer's units must be \
             those of the labels",
        ko: "정수 클래스 레이블에는 sparse_categorical 손실을 쓰고, 마지막 층의 units를 레이블에 맞추세요"
    )))
}

/// Checks that labels and predictions broadcast against each other.
fn check_broadcast(y_true: &Tensor, y_pred: &Tensor) -> Result<()> {
    match y_true.shape().broadcast(y_pred.shape()) {
        Some(_) => Ok(()),
        None => same_shape(y_true, y_pred),
    }
}
