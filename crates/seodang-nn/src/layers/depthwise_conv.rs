//! `DepthwiseConv1D` and `DepthwiseConv2D`.

use super::spatial::{Sizes, Windows, add_bias, spatial_batch};
use super::{
    BuildContext, CallContext, DataFormat, Layer, Padding, WeightSpec, layer, positive, unknown_dim,
};
use crate::activations::Activation;
use crate::constraints::Constraint;
use crate::initializers::{GlorotUniform, Initializer, Zeros};
use crate::regularizers::Regularizer;
use crate::{Choice, Dims};
use seodang_core::Result;
use seodang_tensor::Tensor;

macro_rules! depthwise_conv {
    ($($(#[$meta:meta])* $name:ident in $n:literal;)*) => {$(
        layer! {
            $(#[$meta])*
            $name, new(kernel_size: Sizes<$n>) {
                /// How many outputs each channel has.
                depth_multiplier: usize = 1,
                /// The size of the window.
                kernel_size: Sizes<$n> = Sizes::ONE,
                /// How far the window moves.
                strides: Sizes<$n> = Sizes::ONE,
                /// What happens at the border.
                padding: Padding = Padding::Valid,
                /// Where the channels are.
                data_format: DataFormat = DataFormat::ChannelsLast,
                /// The distance of the window's elements.
                dilation_rate: Sizes<$n> = Sizes::ONE,
                /// The function of the outputs.
                activation: Activation = Activation::Linear,
                /// Whether there is a bias.
                use_bias: bool = true,
                /// How the kernel begins.
                depthwise_initializer: Choice<dyn Initializer> = GlorotUniform::new().into(),
                /// How the bias begins.
                bias_initializer: Choice<dyn Initializer> = Zeros::new().into(),
                /// The penalty on the kernel.
                depthwise_regularizer: Option<Choice<dyn Regularizer>> = None,
                /// The penalty on the bias.
                bias_regularizer: Option<Choice<dyn Regularizer>> = None,
                /// What the kernel must fulfil.
                depthwise_constraint: Option<Choice<dyn Constraint>> = None,
                /// What the bias must fulfil.
                bias_constraint: Option<Choice<dyn Constraint>> = None,
            }
        }

        impl $name {
            fn windows(&self) -> Windows<$n> {
                Windows {
                    size: self.kernel_size,
                    strides: self.strides,
                    dilation: self.dilation_rate,
                    padding: self.padding,
                    format: self.data_format,
                }
            }
        }

        impl Layer for $name {
            fn validate(&self) -> Result<()> {
                positive("depth_multiplier", self.depth_multiplier)?;
                self.windows().check("kernel_size", false)?;
                self.activation.check()
            }

            fn output_shapes(&self, inputs: &[Dims]) -> Result<Vec<Dims>> {
                let channels = spatial_batch(&inputs[0], $n)?[self.data_format.channel($n)]
                    .ok_or_else(|| unknown_dim(&inputs[0], "channel"))?;
                let outputs = channels.saturating_mul(self.depth_multiplier);
                Ok(vec![self.windows().output_shape(&inputs[0], Some(outputs))?])
            }

            fn build(&self, cx: &mut BuildContext<'_>, inputs: &[Dims]) -> Result<()> {
                let outputs = self.output_shapes(inputs)?[0][self.data_format.channel($n)];
                let outputs = outputs.ok_or_else(|| unknown_dim(&inputs[0], "channel"))?;
                let mut shape = self.kernel_size.list().to_vec();
                shape.extend([outputs / self.depth_multiplier, self.depth_multiplier]);
                cx.add_weight(
                    WeightSpec::new("kernel", shape, &self.depthwise_initializer)
                        .regularizer(self.depthwise_regularizer.as_ref())
                        .constraint(self.depthwise_constraint.as_ref()),
                )?;
                if self.use_bias {
                    cx.add_weight(
                        WeightSpec::new("bias", [outputs], &self.bias_initializer)
                            .regularizer(self.bias_regularizer.as_ref())
                            .constraint(self.bias_constraint.as_ref()),
                    )?;
                }
                Ok(())
            }

            fn call(&self, cx: &mut CallContext, inputs: &[Tensor]) -> Result<Vec<Tensor>> {
                let mut y = self.windows().convolve_channels(&inputs[0], &cx.weight("kernel")?)?;
                if self.use_bias {
                    y = add_bias(&y, &cx.weight("bias")?, self.data_format)?;
                }
                Ok(vec![self.activation.call(&y)?])
            }
        }
    )*};
}

depthwise_conv! {
    /// Convolution over the steps of sequences, each channel for itself.
    ///
    /// Inputs `(batch, steps, channels)` or, channels first, `(batch, channels, steps)`; weights
    /// `kernel` `(size, channels, multiplier)` and `bias` `(channels * multiplier)`. Source: Keras 3,
    /// `keras.layers.DepthwiseConv1D`.
    ///
    /// ```
    /// use seodang_nn::layers::{DepthwiseConv1D, LayerRef};
    ///
    /// let layer = LayerRef::new(DepthwiseConv1D::new(3).depth_multiplier(2usize))?;
    /// let shapes = layer.output_shapes(&[[4, 10, 3].into()])?;
    /// assert_eq!(shapes[0].to_string(), "(4, 8, 6)");
    /// # Ok::<(), seodang_core::Error>(())
    /// ```
    DepthwiseConv1D in 1;
    /// Convolution over images, each channel for itself.
    ///
    /// Inputs `(batch, height, width, channels)` or, channels first, `(batch, channels, height,
    /// width)`; weights `kernel` `(height, width, channels, multiplier)` and `bias`
    /// `(channels * multiplier)`. Source: Keras 3, `keras.layers.DepthwiseConv2D`.
    ///
    /// ```
    /// use seodang_nn::layers::{DepthwiseConv2D, LayerRef, Padding};
    ///
    /// let layer = LayerRef::new(DepthwiseConv2D::new(3).padding(Padding::Same))?;
    /// let shapes = layer.output_shapes(&[[4, 8, 8, 3].into()])?;
    /// assert_eq!(shapes[0].to_string(), "(4, 8, 8, 3)");
    /// # Ok::<(), seodang_core::Error>(())
    /// ```
    DepthwiseConv2D in 2;
}
