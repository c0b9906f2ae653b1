//! `SeparableConv1D` and `SeparableConv2D`.

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

macro_rules! separable_conv {
    ($($(#[$meta:meta])* $name:ident in $n:literal;)*) => {$(
        layer! {
            $(#[$meta])*
            $name, new(filters: usize, kernel_size: Sizes<$n>) {
                /// How many channels each channel becomes before they are mixed.
                depth_multiplier: usize = 1,
                /// The number of output channels.
                filters: usize = 0,
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
                /// How the kernel of each channel begins.
                depthwise_initializer: Choice<dyn Initializer> = GlorotUniform::new().into(),
                /// How the kernel that mixes channels begins.
                pointwise_initializer: Choice<dyn Initializer> = GlorotUniform::new().into(),
                /// How the bias begins.
                bias_initializer: Choice<dyn Initializer> = Zeros::new().into(),
                /// The penalty on the kernel of each channel.
                depthwise_regularizer: Option<Choice<dyn Regularizer>> = None,
                /// The penalty on the kernel that mixes channels.
                pointwise_regularizer: Option<Choice<dyn Regularizer>> = None,
                /// The penalty on the bias.
                bias_regularizer: Option<Choice<dyn Regularizer>> = None,
                /// What the kernel of each channel must fulfil.
                depthwise_constraint: Option<Choice<dyn Constraint>> = None,
                /// What the kernel that mixes channels must fulfil.
                pointwise_constraint: Option<Choice<dyn Constraint>> = None,
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
                positive("filters", self.filters)?;
                positive("depth_multiplier", self.depth_multiplier)?;
                self.windows().check("kernel_size", $n == 1)?;
                self.activation.check()
            }

            fn output_shapes(&self, inputs: &[Dims]) -> Result<Vec<Dims>> {
                Ok(vec![self.windows().output_shape(&inputs[0], Some(self.filters))?])
            }

            fn build(&self, cx: &mut BuildContext<'_>, inputs: &[Dims]) -> Result<()> {
                self.output_shapes(inputs)?;
                let channels = spatial_batch(&inputs[0], $n)?[self.data_format.channel($n)]
                    .ok_or_else(|| unknown_dim(&inputs[0], "channel"))?;
                let mut shape = self.kernel_size.list().to_vec();
                shape.extend([channels, self.depth_multiplier]);
                cx.add_weight(
                    WeightSpec::new("depthwise_kernel", shape, &self.depthwise_initializer)
                        .regularizer(self.depthwise_regularizer.as_ref())
                        .constraint(self.depthwise_constraint.as_ref()),
                )?;
                let mut shape = vec![1; $n];
                shape.extend([channels.saturating_mul(self.depth_multiplier), self.filters]);
                cx.add_weight(
                    WeightSpec::new("pointwise_kernel", shape, &self.pointwise_initializer)
                        .regularizer(self.pointwise_regularizer.as_ref())
                        .constraint(self.pointwise_constraint.as_ref()),
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
                let windows = self.windows();
                let channels =
                    windows.convolve_channels(&inputs[0], &cx.weight("depthwise_kernel")?)?;
                let mix: Windows<$n> = Windows {
                    size: Sizes::ONE,
                    strides: Sizes::ONE,
                    dilation: Sizes::ONE,
                    padding: Padding::Valid,
                    format: self.data_format,
                };
                let mut y = mix.convolve(&channels, &cx.weight("pointwise_kernel")?, 1)?;
                if self.use_bias {
                    y = add_bias(&y, &cx.weight("bias")?, self.data_format)?;
                }
                Ok(vec![self.activation.call(&y)?])
            }
        }
    )*};
}

separable_conv! {
    /// Convolution over the steps of sequences in two parts: each channel for itself, then a mixture
    /// of channels at each step.
    ///
    /// Inputs `(batch, steps, channels)` or, channels first, `(batch, channels, steps)`; weights
    /// `depthwise_kernel` `(size, channels, multiplier)`, `pointwise_kernel`
    /// `(1, channels * multiplier, filters)` and `bias` `(filters)`. Source: Keras 3,
    /// `keras.layers.SeparableConv1D`.
    ///
    /// ```
    /// use seodang_nn::layers::{LayerRef, SeparableConv1D};
    ///
    /// let layer = LayerRef::new(SeparableConv1D::new(5, 3))?;
    /// let shapes = layer.output_shapes(&[[4, 10, 3].into()])?;
    /// assert_eq!(shapes[0].to_string(), "(4, 8, 5)");
    /// # Ok::<(), seodang_core::Error>(())
    /// ```
    SeparableConv1D in 1;
    /// Convolution over images in two parts: each channel for itself, then a mixture of channels at
    /// each place.
    ///
    /// Inputs `(batch, height, width, channels)` or, channels first, `(batch, channels, height,
    /// width)`; weights `depthwise_kernel` `(height, width, channels, multiplier)`,
    /// `pointwise_kernel` `(1, 1, channels * multiplier, filters)` and `bias` `(filters)`. Source:
    /// Chollet 2017; Keras 3, `keras.layers.SeparableConv2D`.
    ///
    /// ```
    /// use seodang_nn::layers::{LayerRef, SeparableConv2D};
    ///
    /// let layer = LayerRef::new(SeparableConv2D::new(5, 3).strides(2))?;
    /// let shapes = layer.output_shapes(&[[4, 9, 9, 3].into()])?;
    /// assert_eq!(shapes[0].to_string(), "(4, 4, 4, 5)");
    /// # Ok::<(), seodang_core::Error>(())
    /// ```
    SeparableConv2D in 2;
}
