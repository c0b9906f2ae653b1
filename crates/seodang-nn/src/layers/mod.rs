//! Layers: one file and one record each, after `keras.layers`.
//!
//! A layer's record ([`Dense`], [`Conv2D`], ...) is plain data: its options, how its weights are
//! made ([`Layer::build`]) and what it computes ([`Layer::call`]). Its weights live in the
//! [`LayerRef`] that is made of it; a model holds `LayerRef`s, and a layer that is used twice is one
//! `LayerRef` used twice.

mod activation;
mod activations;
mod activity_regularization;
mod attention;
mod axes;
mod batch_normalization;
mod category_encoding;
mod concatenate;
mod context;
mod conv;
mod conv_transpose;
mod cropping;
mod dense;
mod depthwise_conv;
mod dot;
mod dropout;
mod einsum_dense;
mod embedding;
mod flatten;
mod global_pooling;
mod group_normalization;
mod identity;
mod images;
mod input;
mod layer_normalization;
mod layer_ref;
mod margins;
mod masking;
mod merge;
mod noise;
mod normalization;
mod permute;
mod pooling;
mod prelu;
mod random_images;
mod recurrent;
mod repeat_vector;
mod rescaling;
mod reshape;
mod resize;
mod resizing;
mod separable_conv;
mod spatial;
mod up_sampling;
mod zero_padding;

pub use activation::Activation as ActivationLayer;
pub use activations::{ELU, LeakyReLU, ReLU, Softmax, ThresholdedReLU};
pub use activity_regularization::ActivityRegularization;
pub use attention::{
    AdditiveAttention, Attention, GroupedQueryAttention,
    GroupedQueryAttention as GroupQueryAttention, MultiHeadAttention, ScoreMode,
};
pub use axes::Axes;
pub use batch_normalization::{BatchNormalization, RenormClipping};
pub use category_encoding::{CategoryEncoding, OutputMode};
pub use concatenate::Concatenate;
pub use context::{BuildContext, CallContext, CallOptions, Weight, WeightSpec};
pub use conv::{Conv1D, Conv2D, Conv3D};
pub use conv_transpose::{Conv1DTranspose, Conv2DTranspose, Conv3DTranspose};
pub use cropping::{Cropping1D, Cropping2D, Cropping3D};
pub use dense::Dense;
pub use depthwise_conv::{DepthwiseConv1D, DepthwiseConv2D};
pub use dot::{Dot, DotAxes};
pub use dropout::Dropout;
pub use einsum_dense::{EinsumDense, SampleShape};
pub use embedding::Embedding;
pub use flatten::Flatten;
pub use global_pooling::{
    GlobalAveragePooling1D, GlobalAveragePooling2D, GlobalAveragePooling3D, GlobalMaxPooling1D,
    GlobalMaxPooling2D, GlobalMaxPooling3D,
};
pub use group_normalization::GroupNormalization;
pub use identity::Identity;
pub use images::{Factor, FillMode};
pub use input::{Input, InputLayer};
pub use layer_normalization::{LayerNormalization, RMSNormalization, UnitNormalization};
pub use layer_ref::{LayerRef, clear_names};
pub use margins::Margins;
pub use masking::Masking;
pub use merge::{Add, Average, Maximum, Minimum, Multiply, Subtract};
pub use noise::{
    AlphaDropout, GaussianDropout, GaussianNoise, SpatialDropout1D, SpatialDropout2D,
    SpatialDropout3D,
};
pub use normalization::{Normalization, Numbers};
pub use permute::Permute;
pub use pooling::{
    AveragePooling1D, AveragePooling2D, AveragePooling3D, MaxPooling1D, MaxPooling2D, MaxPooling3D,
};
pub use prelu::PReLU;
pub use random_images::{
    FlipMode, RandomBrightness, RandomContrast, RandomFlip, RandomRotation, RandomTranslation,
    RandomZoom,
};
pub use recurrent::{
    Bidirectional, Cell, CellStep, GRU, GRUCell, LSTM, LSTMCell, MergeMode, Project, RNN,
    SimpleRNN, SimpleRNNCell, StackedRNNCells, TimeDistributed,
};
pub use repeat_vector::RepeatVector;
pub use rescaling::Rescaling;
pub use reshape::Reshape;
pub use resize::{Interpolation, resize};
pub use resizing::{CenterCrop, Resizing};
pub use separable_conv::{SeparableConv1D, SeparableConv2D};
pub use spatial::{DataFormat, Padding, Pair, Sizes};
pub use up_sampling::{UpSampling1D, UpSampling2D, UpSampling3D};
pub use zero_padding::{ZeroPadding1D, ZeroPadding2D, ZeroPadding3D};

use crate::record::{Choice, Config, Record, family};
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

    /// Whether inputs reach [`Layer::call`] as they are, floats too.
    fn keeps_inputs(&self) -> bool {
        false
    }

    /// The shapes of the outputs for shapes of inputs, unknown dimensions passed on.
    ///
    /// # Errors
    /// `Shape`, if the layer does not take such inputs.
    fn output_shapes(&self, inputs: &[Dims]) -> Result<Vec<Dims>>;

    /// The shapes of the outputs of a call with options.
    ///
    /// # Errors
    /// `Unsupported`, if the layer does not take them; as [`Layer::output_shapes`].
    fn output_shapes_with(&self, inputs: &[Dims], options: CallOptions) -> Result<Vec<Dims>> {
        options.none(self.class_name())?;
        self.output_shapes(inputs)
    }

    /// The names of the arguments as which Keras takes the inputs, where it takes them apart; inputs
    /// beyond them belong to the last one. Empty, if all inputs are one argument.
    fn argument_names(&self) -> &'static [&'static str] {
        &[]
    }

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

    /// Whether the outputs have masks: those of [`Layer::compute_mask`]. A mask that comes to a layer
    /// without is lost behind it, as in Keras.
    fn supports_masking(&self) -> bool {
        false
    }

    /// The masks of the outputs for the masks of the inputs (one for each): booleans, false where a
    /// step does not count. Those of the inputs if the layer does not say otherwise.
    ///
    /// A layer sees the masks of its inputs while it computes with [`CallContext::mask`].
    ///
    /// # Errors
    /// What the ops report.
    fn compute_mask(
        &self,
        inputs: &[Tensor],
        masks: &[Option<Tensor>],
    ) -> Result<Vec<Option<Tensor>>> {
        let _ = inputs;
        Ok(masks.to_vec())
    }

    /// The layer as the cell of a recurrent layer, if it is one.
    fn as_cell(&self) -> Option<&dyn Cell> {
        None
    }

    /// The layers inside this one (a model is a layer too), called once for each [`LayerRef`], which
    /// keeps them: see [`LayerRef::sublayers`].
    fn make_sublayers(&self) -> Vec<LayerRef> {
        Vec::new()
    }

    /// Puts the saved forms of the layers inside this one into its configuration, where they say more
    /// than the options: their names, the shapes they were built for.
    ///
    /// # Errors
    /// `NotFound`, if an option names something that does not exist.
    fn write_sublayers(&self, config: &mut Config, layers: &[LayerRef]) -> Result<()> {
        let _ = (config, layers);
        Ok(())
    }

    /// The names under which Keras holds the layers inside this one: parts of the paths in its files,
    /// such as `"cell"` or `"forward_layer"`. Empty for models, whose layers are numbered by class.
    fn sublayer_names(&self) -> &'static [&'static str] {
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
    renamed ["batch_input_shape" => "batch_shape", "alpha" => "negative_slope", "max_tokens" => "num_tokens"],
    ignored ["quantization_config", "batch_shape", "input_shape", "input_dim", "input_length", "fused",
        "implementation", "time_major", "use_cudnn"],
    Activation,
    ActivityRegularization,
    Add,
    AdditiveAttention,
    AlphaDropout,
    Attention,
    Average,
    AveragePooling1D | "AvgPool1D",
    AveragePooling2D | "AvgPool2D",
    AveragePooling3D | "AvgPool3D",
    BatchNormalization,
    CategoryEncoding,
    CenterCrop,
    Bidirectional,
    Concatenate,
    Conv1D | "Convolution1D",
    Conv1DTranspose | "Convolution1DTranspose",
    Conv2D | "Convolution2D",
    Conv2DTranspose | "Convolution2DTranspose",
    Conv3D | "Convolution3D",
    Conv3DTranspose | "Convolution3DTranspose",
    Cropping1D,
    Cropping2D,
    Cropping3D,
    Dense,
    DepthwiseConv1D,
    DepthwiseConv2D,
    Dot,
    Dropout,
    ELU,
    EinsumDense,
    Flatten,
    GaussianDropout,
    GaussianNoise,
    GlobalAveragePooling1D | "GlobalAvgPool1D",
    Embedding,
    GRU,
    GRUCell,
    GlobalAveragePooling2D | "GlobalAvgPool2D",
    GlobalAveragePooling3D | "GlobalAvgPool3D",
    GlobalMaxPooling1D | "GlobalMaxPool1D",
    GlobalMaxPooling2D | "GlobalMaxPool2D",
    GlobalMaxPooling3D | "GlobalMaxPool3D",
    GroupNormalization,
    GroupedQueryAttention | "GroupQueryAttention",
    Identity,
    InputLayer,
    LayerNormalization,
    LeakyReLU,
    MaxPooling1D | "MaxPool1D",
    MaxPooling2D | "MaxPool2D",
    MaxPooling3D | "MaxPool3D",
    Maximum,
    Minimum,
    MultiHeadAttention,
    Multiply,
    Normalization,
    PReLU,
    Permute,
    RMSNormalization,
    RandomBrightness,
    RandomContrast,
    RandomFlip,
    RandomRotation,
    RandomTranslation,
    RandomZoom,
    ReLU,
    RepeatVector,
    Rescaling,
    Reshape,
    Resizing,
    SeparableConv1D | "SeparableConvolution1D",
    SeparableConv2D | "SeparableConvolution2D",
    Softmax,
    SpatialDropout1D,
    SpatialDropout2D,
    SpatialDropout3D,
    Subtract,
    ThresholdedReLU,
    UnitNormalization,
    UpSampling1D,
    UpSampling2D,
    UpSampling3D,
    ZeroPadding1D,
    ZeroPadding2D,
    ZeroPadding3D,
    LSTM,
    LSTMCell,
    Masking,
    RNN,
    SimpleRNN,
    SimpleRNNCell,
    StackedRNNCells,
    TimeDistributed,
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
