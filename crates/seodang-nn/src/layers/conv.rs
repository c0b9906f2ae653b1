//! `Conv1D`, `Conv2D` and `Conv3D`: one definition for every number of spatial dimensions.

use super::spatial::{Sizes, Windows, add_bias, spatial_batch};
use super::{
    BuildContext, CallContext, DataFormat, Layer, Padding, WeightSpec, layer, positive, unknown_dim,
};
use crate::activations::Activation;
use crate::constraints::Constraint;
use crate::initializers::{GlorotUniform, Initializer, Zeros};
use crate::regularizers::Regularizer;
use crate::{Choice, Dims};
use seodang_core::{Error, Result, text};
use seodang_tensor::Tensor;

macro_rules! conv {
    ($($(#[$meta:meta])* $name:ident in $n:literal;)*) => {$(
        layer! {
            $(#[$meta])*
            $name, new(filters: usize, kernel_size: Sizes<$n>) {
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
                check_groups(self.filters, self.groups)?;
                self.windows().check("kernel_size", $n == 1)?;
                self.activation.check()
            }

            fn output_shapes(&self, inputs: &[Dims]) -> Result<Vec<Dims>> {
                let channels = spatial_batch(&inputs[0], $n)?[self.data_format.channel($n)];
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
                let channels = inputs[0][self.data_format.channel($n)]
                    .ok_or_else(|| unknown_dim(&inputs[0], "channel"))?;
                let mut shape = self.kernel_size.list().to_vec();
                shape.extend([channels / self.groups, self.filters]);
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
                let kernel = cx.weight("kernel")?;
                let mut y = self.windows().convolve(&inputs[0], &kernel, self.groups)?;
                if self.use_bias {
                    y = add_bias(&y, &cx.weight("bias")?, self.data_format)?;
                }
                Ok(vec![self.activation.call(&y)?])
            }
        }
    )*};
}

conv! {
    /// Convolution over the steps of sequences: `activation(conv(inputs, kernel) + bias)`.
    ///
    /// Inputs `(batch, steps, channels)` or, channels first, `(batch, channels, steps)`; weights
    /// `kernel` `(size, channels / groups, filters)` and `bias` `(filters)`. With causal padding an
    /// output depends on no later step. Source: Keras 3, `keras.layers.Conv1D`.
    ///
    /// ```
    /// use seodang_nn::layers::{Conv1D, LayerRef, Padding};
    ///
    /// let layer = LayerRef::new(Conv1D::new(8, 3).padding(Padding::Causal).dilation_rate(2))?;
    /// let shapes = layer.output_shapes(&[[4, 100, 1].into()])?;
    /// assert_eq!(shapes[0].to_string(), "(4, 100, 8)");
    /// # Ok::<(), seodang_core::Error>(())
    /// ```
    Conv1D in 1;
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
    Conv2D in 2;
    /// Convolution over the three spatial dimensions of volumes or films:
    /// `activation(conv(inputs, kernel) + bias)`.
    ///
    /// Inputs `(batch, depth, height, width, channels)` or, channels first, `(batch, channels, depth,
    /// height, width)`; weights `kernel` `(depth, height, width, channels / groups, filters)` and
    /// `bias` `(filters)`. Source: Keras 3, `keras.layers.Conv3D`.
    ///
    /// ```
    /// use seodang_nn::layers::{Conv3D, LayerRef};
    ///
    /// let layer = LayerRef::new(Conv3D::new(2, [1, 3, 3]))?;
    /// let shapes = layer.output_shapes(&[[4, 5, 8, 8, 1].into()])?;
    /// assert_eq!(shapes[0].to_string(), "(4, 5, 6, 6, 2)");
    /// # Ok::<(), seodang_core::Error>(())
    /// ```
    Conv3D in 3;
}

/// Checks that the filters divide among the groups.
fn check_groups(filters: usize, groups: usize) -> Result<()> {
    positive("groups", groups)?;
    if filters.is_multiple_of(groups) {
        return Ok(());
    }
    Err(Error::value(text!(
        en: "\"filters\" must be a multiple of \"groups\"",
        ko: "\"filters\"는 \"groups\"의 배수여야 합니다"
    ))
    .given("filters", filters)
    .given("groups", groups))
}
