//! Metrics: one file and one record each, after `keras.metrics`.
//!
//! A record says how a batch changes the metric's state ([`Metric::update`]) and what the state
//! means ([`Metric::result`]), as functions of tensors; [`MetricRef`] keeps the state in variables,
//! so that a training step updates it inside its program.

mod accuracy;
mod at_threshold;
mod auc;
mod confusion;
mod correlation;
mod counts;
mod f_score;
mod iou;
mod losses;
mod mean;
mod metric_ref;
mod precision;
mod r2_score;
mod recall;
mod root_mean_squared_error;
mod sum;
mod top_k;

pub use accuracy::{Accuracy, BinaryAccuracy, CategoricalAccuracy, SparseCategoricalAccuracy};
pub use at_threshold::{
    PrecisionAtRecall, RecallAtPrecision, SensitivityAtSpecificity, SpecificityAtSensitivity,
};
pub use auc::{AUC, Curve, SummationMethod};
pub use confusion::Thresholds;
pub use correlation::{ConcordanceCorrelation, PearsonCorrelation};
pub use counts::{FalseNegatives, FalsePositives, TrueNegatives, TruePositives};
pub use f_score::{Average, F1Score, FBetaScore};
pub use iou::{BinaryIoU, IoU, MeanIoU, OneHotIoU, OneHotMeanIoU};
pub use losses::{
    BinaryCrossentropy, CategoricalCrossentropy, CategoricalHinge, CosineSimilarity, Hinge,
    KLDivergence, LogCoshError, MeanAbsoluteError, MeanAbsolutePercentageError, MeanSquaredError,
    MeanSquaredLogarithmicError, Poisson, SparseCategoricalCrossentropy, SquaredHinge,
};
pub use mean::Mean;
pub use metric_ref::MetricRef;
pub use precision::Precision;
pub use r2_score::{ClassAggregation, R2Score};
pub use recall::Recall;
pub use root_mean_squared_error::RootMeanSquaredError;
pub use sum::Sum;
pub use top_k::{SparseTopKCategoricalAccuracy, TopKCategoricalAccuracy};

use crate::Dims;
use crate::losses::LabelKind;
use crate::record::{Choice, Record, family};
use seodang_core::{DType, Result, Shape};
use seodang_tensor::Tensor;

/// Whether a better model has a larger or a smaller value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    /// Larger is better: accuracy.
    Up,
    /// Smaller is better: an error.
    Down,
}

/// A state variable of a metric: zeros of a shape at the beginning of each epoch.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct State {
    /// Keras's name, such as `"total"`.
    pub name: &'static str,
    /// The shape.
    pub shape: Shape,
}

impl State {
    /// A state variable that is one number.
    pub fn scalar(name: &'static str) -> State {
        State { name, shape: Shape::scalar() }
    }
}

/// What is measured beside the loss.
pub trait Metric: Record {
    /// Checks the options against each other.
    ///
    /// # Errors
    /// `Value`, if an option is out of range.
    fn validate(&self) -> Result<()> {
        Ok(())
    }

    /// The metric's name, or `None` for one made of the class name.
    fn name(&self) -> Option<&str>;

    /// The element type that the metric counts in.
    fn dtype(&self) -> DType;

    /// Whether larger or smaller is better, where that is known.
    fn direction(&self) -> Option<Direction>;

    /// The state for predictions of a shape.
    ///
    /// # Errors
    /// `Shape`, if the metric does not take such predictions.
    fn state(&self, y_pred: &Dims) -> Result<Vec<State>>;

    /// The state after a batch. Labels, predictions and weights come as they are.
    ///
    /// # Errors
    /// `Shape`, if labels, predictions and weights do not fit.
    fn update(
        &self,
        state: &[Tensor],
        y_true: &Tensor,
        y_pred: &Tensor,
        sample_weight: Option<&Tensor>,
    ) -> Result<Vec<Tensor>>;

    /// Whether the predictions' mask says which of them count: as in Keras, in metrics that are
    /// means of a function of labels and predictions.
    fn uses_mask(&self) -> bool {
        false
    }

    /// The value of a state.
    ///
    /// # Errors
    /// What the ops report.
    fn result(&self, state: &[Tensor]) -> Result<Tensor>;
}

/// Writes a metric's record: [`record!`](crate::record) with the options that every metric has.
macro_rules! metric {
    (
        $(#[$meta:meta])*
        $name:ident, new() { $($fields:tt)* }
    ) => {
        $crate::record::record! {
            $(#[$meta])*
            $name in "keras.metrics", new() {
                /// The metric's name; made of the class name if absent.
                name: Option<String> = None,
                /// The element type that the metric counts in.
                dtype: $crate::DTypeName = $crate::DTypeName::default(),
                $($fields)*
            }
        }
    };
}
pub(crate) use metric;

/// Implements [`Metric`] for a record whose value is the mean over samples of a function of labels
/// and predictions.
macro_rules! mean_metric {
    ($name:ident, $($rest:tt)*) => {
        $crate::metrics::mean_metric!(@ $name, |given| given, $($rest)*);
    };
    ($name:ident = $text:literal, $($rest:tt)*) => {
        $crate::metrics::mean_metric!(@ $name, |given| given.or(Some($text)), $($rest)*);
    };
    (@ $name:ident, |$given:ident| $named:expr, $direction:ident, |$this:ident, $y_true:ident, $y_pred:ident| $values:expr) => {
        impl $crate::metrics::Metric for $name {
            fn name(&self) -> Option<&str> {
                let $given = self.name.as_deref();
                $named
            }

            fn dtype(&self) -> seodang_core::DType {
                self.dtype.0
            }

            fn direction(&self) -> Option<$crate::metrics::Direction> {
                Some($crate::metrics::Direction::$direction)
            }

            fn state(&self, _: &$crate::Dims) -> seodang_core::Result<Vec<$crate::metrics::State>> {
                Ok($crate::metrics::mean::state())
            }

            fn update(
                &self,
                state: &[seodang_tensor::Tensor],
                $y_true: &seodang_tensor::Tensor,
                $y_pred: &seodang_tensor::Tensor,
                sample_weight: Option<&seodang_tensor::Tensor>,
            ) -> seodang_core::Result<Vec<seodang_tensor::Tensor>> {
                let $this = self;
                let values = $values?;
                $crate::metrics::mean::update(state, values, sample_weight, self.dtype.0)
            }

            fn uses_mask(&self) -> bool {
                true
            }

            fn result(
                &self,
                state: &[seodang_tensor::Tensor],
            ) -> seodang_core::Result<seodang_tensor::Tensor> {
                $crate::metrics::mean::result(state)
            }
        }
    };
}
pub(crate) use mean_metric;

family! {
    Metric, "metric", "측정값",
    renamed [],
    ignored ["fn"],
    AUC,
    Accuracy,
    BinaryAccuracy,
    BinaryCrossentropy | "bce" | "BCE",
    BinaryIoU,
    CategoricalAccuracy,
    CategoricalCrossentropy,
    CategoricalHinge,
    ConcordanceCorrelation,
    CosineSimilarity | "cosine_proximity",
    F1Score,
    FBetaScore,
    FalseNegatives,
    FalsePositives,
    Hinge,
    IoU,
    KLDivergence | "kld" | "KLD" | "kullback_leibler_divergence",
    LogCoshError | "logcosh" | "log_cosh" | "LogCosh",
    Mean,
    MeanAbsoluteError | "mae" | "MAE",
    MeanAbsolutePercentageError | "mape" | "MAPE",
    MeanIoU,
    MeanSquaredError | "mse" | "MSE",
    MeanSquaredLogarithmicError | "msle" | "MSLE",
    OneHotIoU,
    OneHotMeanIoU,
    PearsonCorrelation,
    Poisson,
    Precision,
    PrecisionAtRecall,
    R2Score,
    Recall,
    RecallAtPrecision,
    RootMeanSquaredError,
    SensitivityAtSpecificity,
    SparseCategoricalAccuracy,
    SparseCategoricalCrossentropy,
    SparseTopKCategoricalAccuracy,
    SpecificityAtSensitivity,
    SquaredHinge,
    Sum,
    TopKCategoricalAccuracy,
    TrueNegatives,
    TruePositives,
}

/// The metric that a name stands for in `compile`: `"accuracy"` and `"acc"` are chosen by the shapes
/// of labels and predictions, as Keras does; all other names are those of the family.
///
/// # Errors
/// `NotFound` with the nearest names.
pub fn resolve(name: &str, y_true: &Dims, y_pred: &Dims) -> Result<Choice<dyn Metric>> {
    let choice = match name.to_lowercase().as_str() {
        "accuracy" | "acc" => match LabelKind::of(y_true, y_pred) {
            LabelKind::Binary => BinaryAccuracy::new().into(),
            LabelKind::Sparse => SparseCategoricalAccuracy::new().into(),
            LabelKind::OneHot => CategoricalAccuracy::new().into(),
        },
        _ => Choice::from(name),
    };
    choice.get()?;
    Ok(choice)
}
