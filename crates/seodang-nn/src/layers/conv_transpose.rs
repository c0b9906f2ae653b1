//! `Conv1DTranspose`, `Conv2DTranspose` and `Conv3DTranspose`.

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

macro_rules! conv_transpose {
    ($($(#[$meta:meta])* $name:ident in $n:literal;)*) => {$(
        layer! {
            $(#[$meta])*
            $name, new(filters: usize, kernel_size: Sizes<$n>) {
                /// The number of output channels.
                filters: usize = 0,
                /// The size of the window.
                kernel_size: Sizes<$n> = Sizes::ONE,
                /// How far the window moves in the output.
                strides: Sizes<$n> = Sizes::ONE,
                /// What happens at the border: "same" makes the output `strides` times as large.
                padding: Padding = Padding::Valid,
                /// How much is added at the end of the output, below the stride; it follows from
                /// the padding if absent.
                output_padding: Option<Sizes<$n>> = None,
                /// Where the channels are.
                data_format: DataFormat = DataFormat::ChannelsLast,
                /// The distance of the window's elements.
                dilation_rate: Sizes<$n> = Sizes::ONE,
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
                self.windows().check("kernel_size", false)?;
                check_output_padding(self.output_padding, self.strides)?;
                self.activation.check()
            }

            fn output_shapes(&self, inputs: &[Dims]) -> Result<Vec<Dims>> {
                let windows = self.windows();
                Ok(vec![windows.transposed_shape(&inputs[0], self.filters, self.output_padding)?])
            }

            fn build(&self, cx: &mut BuildContext<'_>, inputs: &[Dims]) -> Result<()> {
                let channels = spatial_batch(&inputs[0], $n)?[self.data_format.channel($n)]
                    .ok_or_else(|| unknown_dim(&inputs[0], "channel"))?;
                let mut shape = self.kernel_size.list().to_vec();
                shape.extend([self.filters, channels]);
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
                let (x, kernel) = (&inputs[0], cx.weight("kernel")?);
                let mut y = self.windows().convolve_transposed(x, &kernel, self.output_padding)?;
                if self.use_bias {
                    y = add_bias(&y, &cx.weight("bias")?, self.data_format)?;
                }
                Ok(vec![self.activation.call(&y)?])
            }
        }
    )*};
}

conv_transpose! {
    /// The transposed convolution over the steps of sequences, which makes them longer: the gradient
    /// of a [`Conv1D`](super::Conv1D) as a layer.
    ///
    /// Inputs `(batch, steps, channels)` or, channels first, `(batch, channels, steps)`; weights
    /// `kernel` `(size, filters, channels)` and `bias` `(filters)`. Source: Keras 3,
    /// `keras.layers.Conv1DTranspose`.
    ///
    /// ```
    /// use seodang_nn::layers::{Conv1DTranspose, LayerRef};
    ///
    /// let layer = LayerRef::new(Conv1DTranspose::new(8, 3).strides(2))?;
    /// let shapes = layer.output_shapes(&[[4, 10, 1].into()])?;
    /// assert_eq!(shapes[0].to_string(), "(4, 21, 8)");
    /// # Ok::<(), seodang_core::Error>(())
    /// ```
    Conv1DTranspose in 1;
    /// The transposed convolution over images, which makes them larger: the gradient of a
    /// [`Conv2D`](super::Conv2D) as a layer.
    ///
    /// Inputs `(batch, height, width, channels)` or, channels first, `(batch, channels, height,
    /// width)`; weights `kernel` `(height, width, filters, channels)` and `bias` `(filters)`. Source:
    /// Zeiler et al. 2010; Keras 3, `keras.layers.Conv2DTranspose`.
    ///
    /// ```
    /// use seodang_nn::layers::{Conv2DTranspose, LayerRef, Padding};
    ///
    /// let layer = Conv2DTranspose::new(16, 5).strides(2).padding(Padding::Same);
    /// let shapes = LayerRef::new(layer)?.output_shapes(&[[8, 7, 7, 32].into()])?;
    /// assert_eq!(shapes[0].to_string(), "(8, 14, 14, 16)");
    /// # Ok::<(), seodang_core::Error>(())
    /// ```
    Conv2DTranspose in 2;
    /// The transposed convolution over volumes, which makes them larger: the gradient of a
    /// [`Conv3D`](super::Conv3D) as a layer.
    ///
    /// Inputs `(batch, depth, height, width, channels)` or, channels first, `(batch, channels, depth,
    /// height, width)`; weights `kernel` `(depth, height, width, filters, channels)` and `bias`
    /// `(filters)`. Source: Keras 3, `keras.layers.Conv3DTranspose`.
    ///
    /// ```
    /// use seodang_nn::layers::{Conv3DTranspose, LayerRef};
    ///
    /// let layer = LayerRef::new(Conv3DTranspose::new(2, 2).strides(2))?;
    /// let shapes = layer.output_shapes(&[[1, 2, 3, 4, 5].into()])?;
    /// assert_eq!(shapes[0].to_string(), "(1, 4, 6, 8, 2)");
    /// # Ok::<(), seodang_core::Error>(())
    /// ```
    Conv3DTranspose in 3;
}

/// Checks that what is added at the end is less than a stride.
fn check_output_padding<const N: usize>(extra: Option<Sizes<N>>, strides: Sizes<N>) -> Result<()> {
    let Some(extra) = extra else { return Ok(()) };
    if extra.list().iter().zip(strides.list()).all(|(&e, s)| e < s) {
        return Ok(());
    }
    Err(Error::value(text!(
        en: "\"output_padding\" must be below \"strides\"",
        ko: "\"output_padding\"은 \"strides\"보다 작아야 합니다"
    ))
    .given("output_padding", extra)
    .given("strides", strides))
}
