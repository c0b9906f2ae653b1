//! Intersection over union, for segmentation: `IoU`, `MeanIoU`, `BinaryIoU`, `OneHotIoU` and
//! `OneHotMeanIoU`.

use super::{Direction, Metric, State};
use crate::ops::EPSILON;
use crate::record::record;
use crate::{DTypeName, Dims};
use seodang_core::{DType, Error, Result, text};
use seodang_tensor::Tensor;

/// What the metrics share: how often each class was taken for each class, and what is made of it.
struct Confusion {
    classes: usize,
    targets: Vec<usize>,
    ignore_class: Option<i64>,
    sparse_y_true: bool,
    sparse_y_pred: bool,
    axis: i64,
    dtype: DType,
}

impl Confusion {
    fn validate(&self) -> Result<()> {
        if self.classes == 0 {
            return Err(Error::value(text!(
                en: "\"num_classes\" must be at least 1",
                ko: "\"num_classes\"는 1 이상이어야 합니다"
            )));
        }
        match self.targets.iter().find(|&&t| t >= self.classes) {
            None => Ok(()),
            Some(target) => Err(Error::value(text!(
                en: "\"target_class_ids\" names a class that is not there",
                ko: "\"target_class_ids\"에 없는 클래스가 있습니다"
            ))
            .given("target_class_ids", target)
            .given("num_classes", self.classes)),
        }
    }

    fn state(&self) -> Vec<State> {
        let shape = [self.classes, self.classes].into();
        vec![State { name: "total_confusion_matrix", shape }]
    }

    fn update(
        &self,
        state: &Tensor,
        y_true: &Tensor,
        y_pred: &Tensor,
        sample_weight: Option<&Tensor>,
    ) -> Result<Tensor> {
        let flat = |x: &Tensor, sparse: bool| {
            let x = if sparse { x.clone() } else { x.argmax(self.axis)? };
            x.cast(DType::I32)?.reshape([x.size()])
        };
        let (t, p) = (flat(y_true, self.sparse_y_true)?, flat(y_pred, self.sparse_y_pred)?);
        if t.shape() != p.shape() {
            return Err(Error::shape(text!(
                en: "labels and predictions must have as many elements",
                ko: "레이블과 예측의 원소 수가 같아야 합니다"
            )));
        }
        // A class out of range has a row of zeros: it counts nothing.
        let wide = if self.dtype == DType::F64 { DType::F64 } else { DType::F32 };
        let mut rows = t.one_hot(self.classes, wide)?;
        if let Some(ignored) = self.ignore_class {
            let counts = t.ne(ignored as f64)?.cast(wide)?;
            rows = (rows * counts.expand_dims(1)?)?;
        }
        if let Some(w) = sample_weight {
            // Weights count in the metric's own type: whole ones, unless it is a float type.
            let w = w.cast(self.dtype)?.cast(wide)?;
            let w = if w.size() == t.size() {
                w.reshape([t.size()])?
            } else {
                w.broadcast_to(t.shape())?
            };
            rows = (rows * w.expand_dims(1)?)?;
        }
        let counts = rows.matrix_transpose()?.matmul(&p.one_hot(self.classes, wide)?)?;
        state + counts.cast(self.dtype)?
    }

    fn result(&self, state: &Tensor) -> Result<Tensor> {
        let wide = if self.dtype == DType::F64 { DType::F64 } else { DType::F32 };
        let counts = state.cast(wide)?;
        let eye = Tensor::eye(wide, self.classes)?;
        let both = (&counts * eye)?.sum(&[0], false)?;
        let either = ((counts.sum(&[0], false)? + counts.sum(&[1], false)?)? - &both)?;
        let targets: Vec<i32> = self.targets.iter().map(|&t| t as i32).collect();
        let targets = Tensor::new([targets.len()], targets)?;
        let (both, either) = (both.take(&targets, 0)?, either.take(&targets, 0)?);
        let seen = either.gt(1e-9)?;
        let scores = Tensor::select(&seen, &(both / (either + EPSILON)?)?, 0.0)?;
        scores.sum(&[], false)? / (seen.cast(wide)?.sum(&[], false)? + EPSILON)?
    }
}

macro_rules! iou {
    (
        $($(#[$meta:meta])* $name:ident, new($($given:ident: $gty:ty),*), { $($fields:tt)* },
        |$this:ident| $confusion:expr;)*
    ) => {$(
        record! {
            $(#[$meta])*
            $name in "keras.metrics", new($($given: $gty),*) {
                /// The metric's name; made of the class name if absent.
                name: Option<String> = None,
                /// The element type that the metric counts in.
                dtype: DTypeName = DTypeName(DType::I32),
                $($fields)*
            }
        }

        impl $name {
            fn confusion(&self) -> Confusion {
                let $this = self;
                $confusion
            }
        }

        impl Metric for $name {
            fn validate(&self) -> Result<()> {
                self.confusion().validate()
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
                Ok(self.confusion().state())
            }

            fn update(
                &self,
                state: &[Tensor],
                y_true: &Tensor,
                y_pred: &Tensor,
                sample_weight: Option<&Tensor>,
            ) -> Result<Vec<Tensor>> {
                let y_pred = self.classes_of(y_pred)?;
                let confusion = self.confusion();
                Ok(vec![confusion.update(&state[0], y_true, &y_pred, sample_weight)?])
            }

            fn result(&self, state: &[Tensor]) -> Result<Tensor> {
                self.confusion().result(&state[0])
            }
        }
    )*};
}

/// Metrics whose predictions are what they say.
macro_rules! as_they_are {
    ($($name:ident),*) => {$(
        impl $name {
            fn classes_of(&self, y_pred: &Tensor) -> Result<Tensor> {
                Ok(y_pred.clone())
            }
        }
    )*};
}
as_they_are!(IoU, MeanIoU, OneHotIoU, OneHotMeanIoU);

impl BinaryIoU {
    fn classes_of(&self, y_pred: &Tensor) -> Result<Tensor> {
        y_pred.ge(self.threshold)?.cast(DType::I32)
    }
}

iou! {
    /// What labels and predictions have in common, divided by what either has, averaged over the
    /// target classes. Source: Keras 3, `keras.metrics.IoU`.
    IoU, new(num_classes: usize, target_class_ids: Vec<usize>), {
        /// The number of classes.
        num_classes: usize = 1,
        /// The classes whose mean is taken.
        target_class_ids: Vec<usize> = Vec::new(),
        /// A label that does not count.
        ignore_class: Option<i64> = None,
        /// Whether labels are class numbers, not one number for each class.
        sparse_y_true: bool = true,
        /// Whether predictions are class numbers, not one number for each class.
        sparse_y_pred: bool = true,
        /// The axis of the classes.
        axis: i64 = -1,
    }, |this| Confusion {
        classes: this.num_classes,
        targets: this.target_class_ids.clone(),
        ignore_class: this.ignore_class,
        sparse_y_true: this.sparse_y_true,
        sparse_y_pred: this.sparse_y_pred,
        axis: this.axis,
        dtype: this.dtype.0,
    };
    /// [`IoU`] averaged over all classes. Source: Keras 3, `keras.metrics.MeanIoU`.
    ///
    /// ```
    /// use seodang_nn::metrics::{MeanIoU, MetricRef};
    /// use seodang_tensor::Tensor;
    /// let metric = MetricRef::new(MeanIoU::new(2usize))?;
    /// let (t, p) = (Tensor::new([4], vec![0, 0, 1, 1])?, Tensor::new([4], vec![0, 1, 0, 1])?);
    /// metric.update(&t, &p, None)?;
    /// assert!((metric.result()?.item()? - 1.0 / 3.0).abs() < 1e-6);
    /// # Ok::<(), seodang_core::Error>(())
    /// ```
    MeanIoU, new(num_classes: usize), {
        /// The number of classes.
        num_classes: usize = 1,
        /// A label that does not count.
        ignore_class: Option<i64> = None,
        /// Whether labels are class numbers, not one number for each class.
        sparse_y_true: bool = true,
        /// Whether predictions are class numbers, not one number for each class.
        sparse_y_pred: bool = true,
        /// The axis of the classes.
        axis: i64 = -1,
    }, |this| Confusion {
        classes: this.num_classes,
        targets: (0..this.num_classes).collect(),
        ignore_class: this.ignore_class,
        sparse_y_true: this.sparse_y_true,
        sparse_y_pred: this.sparse_y_pred,
        axis: this.axis,
        dtype: this.dtype.0,
    };
    /// [`IoU`] of two classes, where predictions not below a threshold are of class 1. Source: Keras
    /// 3, `keras.metrics.BinaryIoU`.
    BinaryIoU, new(), {
        /// The classes whose mean is taken.
        target_class_ids: Vec<usize> = vec![0, 1],
        /// Predictions not below it are of class 1.
        threshold: f64 = 0.5,
    }, |this| Confusion {
        classes: 2,
        targets: this.target_class_ids.clone(),
        ignore_class: None,
        sparse_y_true: true,
        sparse_y_pred: true,
        axis: -1,
        dtype: this.dtype.0,
    };
    /// [`IoU`] for labels with one number for each class. Source: Keras 3,
    /// `keras.metrics.OneHotIoU`.
    OneHotIoU, new(num_classes: usize, target_class_ids: Vec<usize>), {
        /// The number of classes.
        num_classes: usize = 1,
        /// The classes whose mean is taken.
        target_class_ids: Vec<usize> = Vec::new(),
        /// A label that does not count.
        ignore_class: Option<i64> = None,
        /// Whether predictions are class numbers, not one number for each class.
        sparse_y_pred: bool = false,
        /// The axis of the classes.
        axis: i64 = -1,
    }, |this| Confusion {
        classes: this.num_classes,
        targets: this.target_class_ids.clone(),
        ignore_class: this.ignore_class,
        sparse_y_true: false,
        sparse_y_pred: this.sparse_y_pred,
        axis: this.axis,
        dtype: this.dtype.0,
    };
    /// [`MeanIoU`] for labels with one number for each class. Source: Keras 3,
    /// `keras.metrics.OneHotMeanIoU`.
    OneHotMeanIoU, new(num_classes: usize), {
        /// The number of classes.
        num_classes: usize = 1,
        /// A label that does not count.
        ignore_class: Option<i64> = None,
        /// Whether predictions are class numbers, not one number for each class.
        sparse_y_pred: bool = false,
        /// The axis of the classes.
        axis: i64 = -1,
    }, |this| Confusion {
        classes: this.num_classes,
        targets: (0..this.num_classes).collect(),
        ignore_class: this.ignore_class,
        sparse_y_true: false,
        sparse_y_pred: this.sparse_y_pred,
        axis: this.axis,
        dtype: this.dtype.0,
    };
}
