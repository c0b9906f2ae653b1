//! `InputLayer`, and `Input`, which makes one.

use super::{CallContext, Layer};
use crate::record::Setting;
use crate::{DTypeName, Dims};
use seodang_core::{Error, Result, text};
use seodang_tensor::Tensor;

crate::record::record! {
    /// Where data enters a model: its shape and element type. Source: Keras 3,
    /// `keras.layers.InputLayer`.
    InputLayer in "keras.layers", new(batch_shape: Dims) {
        /// The shape, the batch included, unknown dimensions as `None`.
        batch_shape: Dims = Dims::default(),
        /// The element type.
        dtype: DTypeName = DTypeName::default(),
        /// Kept for Keras; only `false` is supported.
        sparse: bool = false,
        /// Kept for Keras; only `false` is supported.
        ragged: bool = false,
        /// The name; made of the class name if absent.
        name: Option<String> = None,
        /// Whether the input may be left out.
        optional: bool = false,
    }
}

impl super::LayerBase for InputLayer {
    fn options(&self) -> super::LayerOptions<'_> {
        super::LayerOptions {
            name: self.name.as_deref(),
            trainable: true,
            dtype: self.dtype.0.into(),
            activity_regularizer: None,
        }
    }
}

impl Layer for InputLayer {
    fn validate(&self) -> Result<()> {
        if !self.sparse && !self.ragged {
            return Ok(());
        }
        Err(Error::unsupported(text!(
            en: "sparse and ragged inputs are not supported",
            ko: "sparse와 ragged 입력은 지원하지 않습니다"
        )))
    }

    fn keeps_integers(&self) -> bool {
        true
    }

    fn output_shapes(&self, inputs: &[Dims]) -> Result<Vec<Dims>> {
        Ok(inputs.to_vec())
    }

    fn call(&self, _: &mut CallContext, inputs: &[Tensor]) -> Result<Vec<Tensor>> {
        let x = &inputs[0];
        if !self.batch_shape.admits(x.shape()) {
            return Err(Error::shape(text!(
                en: "the data does not have the shape of the model's input",
                ko: "데이터의 모양이 모델의 입력과 다릅니다"
            ))
            .given("data", x.shape())
            .expected(self.batch_shape.clone()));
        }
        Ok(vec![x.clone()])
    }
}

/// Makes the [`InputLayer`] of a model from the shape of one sample.
///
/// ```
/// use seodang_nn::layers::Input;
/// assert_eq!(Input::new([28, 28]).batch_shape.to_string(), "(None, 28, 28)");
/// ```
pub struct Input;

impl Input {
    /// An input whose samples have the given shape; the batch dimension is unknown.
    #[allow(clippy::new_ret_no_self)]
    pub fn new(shape: impl Setting<Dims>) -> InputLayer {
        InputLayer::new(shape.into_setting().batched())
    }
}
