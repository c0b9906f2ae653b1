//! Layers: one file and one record each, after `keras.layers`.
//!
//! A layer's record ([`Dense`], [`Conv2D`], ...) is plain data: its options, how its weights are
//! made ([`Layer::build`]) and what it computes ([`Layer::call`]). Its weights live in the
//! [`LayerRef`] that is made of it; a model holds `LayerRef`s, and a layer that is used twice is one
//! `LayerRef` used twice.

mod activation;
mod add;
mod average_pooling2d;
mod batch_normalization;
mod concatenate;
mod context;
mod conv2d;
mod dense;
mod dropout;
mod flatten;
mod global_average_pooling2d;
mod global_max_pooling2d;
mod input;
mod layer_ref;
mod max_pooling2d;
mod rescaling;
mod reshape;
mod spatial;

pub use activation::Activation as ActivationLayer;
pub use add::Add;
pub use average_pooling2d::AveragePooling2D;
pub use batch_normalization::{BatchNormalization, RenormClipping};
pub use concatenate::Concatenate;
pub use context::{BuildContext, CallContext, Weight, WeightSpec};
pub use conv2d::Conv2D;
pub use dense::Dense;
pub use dropout::Dropout;
pub use flatten::Flatten;
pub use global_average_pooling2d::GlobalAveragePooling2D;
pub use global_max_pooling2d::GlobalMaxPooling2D;
pub use input::{Input, InputLayer};
pub use layer_ref::{LayerRef, clear_names};
pub use max_pooling2d::MaxPooling2D;
pub use rescaling::Rescaling;
pub use reshape::Reshape;
pub use spatial::{DataFormat, Padding, Pair};

use crate::record::{Choice, Record, family};
use crate::regularizers::Regularizer;
use crate::{DTypePolicy, Dims};
use activation::Activation;
use seodang_core::{Error, Result, text};
use seodang_tensor::Tensor;
use std::ops::RangeInclusive;

/// The options that every layer has.
#[derive(Clone, Copy, Debug)]
pub struct LayerOptions<'a> {
    /// The name, or `None` for one made of the class name.
    pub name: Option<&'a str>,
    /// Whether training changes the weights.
    pub trainable: bool,
    /// The element types of variables and computation.
    pub dtype: DTypePolicy,
    /// Adds a penalty on the layer's outputs to the loss.
    pub activity_regularizer: Option<&'a Choice<dyn Regularizer>>,
}

/// Where a layer's common options come from; written by the layer's record.
pub trait LayerBase: Record {
    /// The options that every layer has.
    fn options(&self) -> LayerOptions<'_>;
}

/// What a layer's file defines: its shapes, its weights and its computation.
///
/// Implement it (with [`LayerBase`] and [`Record`]) for a layer of your own; models take any
/// implementation.
pub trait Layer: LayerBase {
    /// Checks the options against each other.
    ///
    /// # Errors
    /// `Value`, if an option is out of range.
    fn validate(&self) -> Result<()> {
        Ok(())
    }

    /// How many inputs the layer takes.
    fn input_count(&self) -> RangeInclusive<usize> {
        1..=1
    }

    /// Whether integer inputs reach [`Layer::call`] as they are; else they come converted to the
    /// layer's float type.
    fn keeps_integers(&self) -> bool {
        false
    }

    /// The shapes of the outputs for shapes of inputs, unknown dimensions passed on.
    ///
    /// # Errors
    /// `Shape`, if the layer does not take such inputs.
    fn output_shapes(&self, inputs: &[Dims]) -> Result<Vec<Dims>>;

    /// Makes the weights for inputs of these shapes.
    ///
    /// # Errors
    /// `Shape`, if the layer does not take such inputs; `NotFound` for an option's unknown name.
    fn build(&self, cx: &mut BuildContext<'_>, inputs: &[Dims]) -> Result<()> {
        let _ = cx;
        self.output_shapes(inputs).map(|_| ())
    }

    /// Computes the outputs.
    ///
    /// # Errors
    /// What the ops report.
    fn call(&self, cx: &mut CallContext, inputs: &[Tensor]) -> Result<Vec<Tensor>>;

    /// The layers inside this one: a model is a layer too.
    fn sublayers(&self) -> &[LayerRef] {
        &[]
    }
}

/// Writes a layer's record: [`record!`](crate::record) with the options that every layer has.
macro_rules! layer {
    (
        $(#[$meta:meta])*
        $name:ident, new($($required:ident: $rty:ty),*) { $($fields:tt)* }
    ) => {
        $crate::record::record! {
            $(#[$meta])*
            $name in "keras.layers", new($($required: $rty),*) {
                /// The layer's name; made of the class name if absent.
                name: Option<String> = None,
                /// Whether training changes the layer's weights.
                trainable: bool = true,
                /// The element types of variables and computation.
                dtype: $crate::DTypePolicy = $crate::DTypePolicy::default(),
                /// Adds a penalty on the layer's outputs to the loss.
                #[serde(skip_serializing_if = "Option::is_none")]
                activity_regularizer:
                    Option<$crate::Choice<dyn $crate::regularizers::Regularizer>> = None,
                $($fields)*
            }
        }

        impl $crate::layers::LayerBase for $name {
            fn options(&self) -> $crate::layers::LayerOptions<'_> {
                $crate::layers::LayerOptions {
                    name: self.name.as_deref(),
                    trainable: self.trainable,
                    dtype: self.dtype,
                    activity_regularizer: self.activity_regularizer.as_ref(),
                }
            }
        }
    };
}
pub(crate) use layer;

family! {
    Layer, "layer", "층",
    renamed ["batch_input_shape" => "batch_shape"],
    ignored ["quantization_config", "batch_shape", "input_shape", "input_dim"],
    Activation,
    Add,
    AveragePooling2D | "AvgPool2D",
    BatchNormalization,
    Concatenate,
    Conv2D | "Convolution2D",
    Dense,
    Dropout,
    Flatten,
    GlobalAveragePooling2D | "GlobalAvgPool2D",
    GlobalMaxPooling2D | "GlobalMaxPool2D",
    InputLayer,
    MaxPooling2D | "MaxPool2D",
    Rescaling,
    Reshape,
}

/// The error for an input of another rank than the layer takes.
fn wrong_rank(given: &Dims, rank: &str) -> Error {
    Error::shape(text!(
        en: "the input has {} dimensions", given.rank();
        ko: "입력이 {}차원입니다", given.rank()
    ))
    .given("input", given)
    .expected(text!(en: "{rank} dimensions, the batch included", ko: "배치를 포함해 {rank}차원"))
}

/// The error for a dimension that must be known and is not.
fn unknown_dim(given: &Dims, which: &str) -> Error {
    Error::shape(text!(
        en: "the {which} dimension of the input must be known",
        ko: "입력의 {which} 차원을 알아야 합니다"
    ))
    .given("input", given)
    .hint(text!(
        en: "give the model's Input its full shape",
        ko: "모델의 Input에 전체 모양을 주세요"
    ))
}

/// Checks that a count such as `units` is not 0.
fn positive(option: &str, value: usize) -> Result<()> {
    if value > 0 {
        return Ok(());
    }
    Err(Error::value(text!(
        en: "\"{option}\" must be at least 1",
        ko: "\"{option}\"은(는) 1 이상이어야 합니다"
    ))
    .given(option, value))
}
