//! `Conv2D`.

use super::spatial::{Windows, image};
use super::{
    BuildContext, CallContext, DataFormat, Layer, Padding, Pair, WeightSpec, layer, positive,
    unknown_dim,
};
use crate::activations::Activation;
use crate::constraints::Constraint;
use crate::initializers::{GlorotUniform, Initializer, Zeros};
use crate::regularizers::Regularizer;
use crate::{Choice, Dims};
use seodang_core::{Error, Result, text};
use seodang_tensor::{ConvDims, Convolution, Tensor};

layer! {
    /// Convolution over the two spatial dimensions of images:
    /// `activation(conv(inputs, kernel) + bias)`.
    ///
    /// Inputs `(batch, height, width, channels)` or, channels first, `(batch, channels, height,
    /// width)`; weights `kernel` `(height, width, channels / groups, filters)` and `bias` `(filters)`.
    /// Source: Keras 3, `keras.layers.Conv2D`.
    ///
    /// ```
    /// use seodang_nn::layers::{Conv2D, LayerRef, Padding};
    ///
    /// let layer = LayerRef::new(Conv2D::new(32, 3).padding(Padding::Same).activation("relu"))?;
    /// let shapes = layer.output_shapes(&[[8, 28, 28, 1].into()])?;
    /// assert_eq!(shapes[0].to_string(), "(8, 28, 28, 32)");
    /// # Ok::<(), seodang_core::Error>(())
    /// ```
    Conv2D, new(filters: usize, kernel_size: Pair) {
        /// The number of output channels.
        filters: usize = 0,
        /// The size of the window.
        kernel_size: Pair = Pair(1, 1),
        /// How far the window moves.
        strides: Pair = Pair(1, 1),
        /// What happens at the border.
        padding: Padding = Padding::Valid,
        /// Where the channels are.
        data_format: DataFormat = DataFormat::ChannelsLast,
        /// The distance of the window's elements.
        dilation_rate: Pair = Pair(1, 1),
        /// In how many groups the channels are split; each group has its own filters.
        groups: usize = 1,
        /// The function of the outputs.
        activation: Activation = Activation::Linear,
        /// Whether there is a bias.
        use_bias: bool = true,
        /// How the kernel begins.
        kernel_initializer: Choice<dyn Initializer> = GlorotUniform::new().into(),
        /// How the bias begins.
        bias_initializer: Choice<dyn Initializer> = Zeros::new().into(),
        /// The penalty on the kernel.
        kernel_regularizer: Option<Choice<dyn Regularizer>> = None,
        /// The penalty on the bias.
        bias_regularizer: Option<Choice<dyn Regularizer>> = None,
        /// What the kernel must fulfil.
        kernel_constraint: Option<Choice<dyn Constraint>> = None,
        /// What the bias must fulfil.
        bias_constraint: Option<Choice<dyn Constraint>> = None,
    }
}

impl Conv2D {
    fn windows(&self) -> Windows {
        Windows {
            size: self.kernel_size,
            strides: self.strides,
            dilation: self.dilation_rate,
            padding: self.padding,
            format: self.data_format,
        }
    }
}

impl Layer for Conv2D {
    fn validate(&self) -> Result<()> {
        positive("filters", self.filters)?;
        positive("groups", self.groups)?;
        self.kernel_size.check("kernel_size")?;
        self.strides.check("strides")?;
        self.dilation_rate.check("dilation_rate")?;
        if !self.filters.is_multiple_of(self.groups) {
            return Err(Error::value(text!(
                en: "\"filters\" must be a multiple of \"groups\"",
                ko: "\"filters\"는 \"groups\"의 배수여야 합니다"
            ))
            .given("filters", self.filters)
            .given("groups", self.groups));
        }
        let dilated = self.dilation_rate != Pair(1, 1);
        if dilated && self.strides != Pair(1, 1) {
            return Err(Error::value(text!(
                en: "\"strides\" and \"dilation_rate\" cannot both be above 1",
                ko: "\"strides\"와 \"dilation_rate\"가 함께 1보다 클 수 없습니다"
            )));
        }
        self.activation.check()
    }

    fn output_shapes(&self, inputs: &[Dims]) -> Result<Vec<Dims>> {
        let channels = image(&inputs[0])?[self.data_format.channel()];
        if channels.is_some_and(|c| !c.is_multiple_of(self.groups)) {
            return Err(Error::shape(text!(
                en: "the number of channels must be a multiple of \"groups\"",
                ko: "채널 수는 \"groups\"의 배수여야 합니다"
            ))
            .given("input", &inputs[0])
            .given("groups", self.groups));
        }
        Ok(vec![self.windows().output_shape(&inputs[0], Some(self.filters))?])
    }

    fn build(&self, cx: &mut BuildContext<'_>, inputs: &[Dims]) -> Result<()> {
        self.output_shapes(inputs)?;
        let channels = inputs[0][self.data_format.channel()]
            .ok_or_else(|| unknown_dim(&inputs[0], "channel"))?;
        let [height, width] = self.kernel_size.both();
        let shape = [height, width, channels / self.groups, self.filters];
        cx.add_weight(
            WeightSpec::new("kernel", shape, &self.kernel_initializer)
                .regularizer(self.kernel_regularizer.as_ref())
                .constraint(self.kernel_constraint.as_ref()),
        )?;
        if self.use_bias {
            cx.add_weight(
                WeightSpec::new("bias", [self.filters], &self.bias_initializer)
                    .regularizer(self.bias_regularizer.as_ref())
                    .constraint(self.bias_constraint.as_ref()),
            )?;
        }
        Ok(())
    }

    fn call(&self, cx: &mut CallContext, inputs: &[Tensor]) -> Result<Vec<Tensor>> {
        let x = &inputs[0];
        let (spatial, channel) = (self.data_format.spatial(), self.data_format.channel());
        let convolution = Convolution {
            dims: ConvDims {
                input_batch: 0,
                input_feature: channel,
                input_spatial: spatial.to_vec(),
                kernel_input_feature: 2,
                kernel_output_feature: 3,
                kernel_spatial: vec![0, 1],
                output_batch: 0,
                output_feature: channel,
                output_spatial: spatial.to_vec(),
            },
            strides: self.strides.both().to_vec(),
            padding: self.windows().paddings(x.shape()),
            lhs_dilation: vec![1, 1],
            rhs_dilation: self.dilation_rate.both().to_vec(),
            reversal: vec![false, false],
            feature_group_count: self.groups,
            batch_group_count: 1,
        };
        let mut y = x.conv(&cx.weight("kernel")?, convolution)?;
        if self.use_bias {
            let mut shape = [1; 4];
            shape[channel] = self.filters;
            y = (y + cx.weight("bias")?.reshape(shape)?)?;
        }
        Ok(vec![self.activation.call(&y)?])
    }
}
