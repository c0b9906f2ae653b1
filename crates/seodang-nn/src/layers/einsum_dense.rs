//! `EinsumDense`.

use super::{BuildContext, CallContext, Layer, WeightSpec, layer, unknown_dim};
use crate::activations::Activation;
use crate::constraints::Constraint;
use crate::initializers::{GlorotUniform, Initializer, Zeros};
use crate::record::Setting;
use crate::regularizers::Regularizer;
use crate::{Choice, Dims, ops};
use schemars::JsonSchema;
use seodang_core::{Error, Result, text};
use seodang_tensor::Tensor;
use serde::{Deserialize, Serialize, Serializer};

/// A sample's shape with unknown dimensions; given as one number for one dimension.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(untagged)]
pub enum SampleShape {
    /// One dimension.
    One(usize),
    /// Several, `None` for one that the input gives.
    Several(Vec<Option<usize>>),
}

impl Serialize for SampleShape {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.list().serialize(serializer)
    }
}

impl SampleShape {
    /// The dimensions.
    pub(super) fn list(&self) -> Vec<Option<usize>> {
        match self {
            SampleShape::One(n) => vec![Some(*n)],
            SampleShape::Several(list) => list.clone(),
        }
    }
}

impl Setting<SampleShape> for usize {
    fn into_setting(self) -> SampleShape {
        SampleShape::One(self)
    }
}

impl<const N: usize> Setting<SampleShape> for [Option<usize>; N] {
    fn into_setting(self) -> SampleShape {
        SampleShape::Several(self.to_vec())
    }
}

layer! {
    /// `activation(einsum(equation, inputs, kernel) + bias)`: a dense layer over axes of choice.
    ///
    /// The equation names the axes of the input (the batch among them), of the kernel and of the
    /// output: `"abc,cd->abd"`; `...` stands for axes that pass through. Weights `kernel`, and `bias`
    /// over `bias_axes`. Source: Keras 3, `keras.layers.EinsumDense`.
    ///
    /// ```
    /// use seodang_nn::layers::{EinsumDense, LayerRef};
    /// let layer = EinsumDense::new("abc,cd->abd", [None, Some(64)]).bias_axes("d");
    /// let shapes = LayerRef::new(layer)?.output_shapes(&[[8, 32, 128].into()])?;
    /// assert_eq!(shapes[0].to_string(), "(8, 32, 64)");
    /// # Ok::<(), seodang_core::Error>(())
    /// ```
    EinsumDense, new(equation: String, output_shape: SampleShape) {
        /// The shape of a sample's output, `None` for dimensions that the input gives.
        output_shape: SampleShape = SampleShape::Several(Vec::new()),
        /// The axes of input, kernel and output.
        equation: String = String::new(),
        /// The function of the outputs.
        activation: Activation = Activation::Linear,
        /// The output's axes along which the bias differs; no bias if absent.
        bias_axes: Option<String> = None,
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

/// An equation with the axes of one input spelled out, and the shapes that follow from it.
struct Plan {
    equation: String,
    kernel: Vec<usize>,
    bias: Vec<usize>,
    output: Dims,
}

impl EinsumDense {
    fn parts(&self) -> Option<(&str, &str, &str)> {
        let (operands, output) = self.equation.split_once("->")?;
        let (input, kernel) = operands.split_once(',')?;
        Some((input.trim(), kernel.trim(), output.trim()))
    }

    fn wrong(&self) -> Error {
        Error::value(text!(
            en: "the equation does not fit the shapes",
            ko: "식이 모양과 맞지 않습니다"
        ))
        .given("equation", &self.equation)
        .given("output_shape", format!("{:?}", self.output_shape.list()))
    }

    fn plan(&self, x: &Dims) -> Result<Plan> {
        let (input, kernel, output) = self.parts().ok_or_else(|| self.wrong())?;
        // Capital letters that the equation does not use stand for the dots.
        let named = input.chars().filter(|c| *c != '.').count();
        let passed = match (input.contains("..."), x.rank().checked_sub(named)) {
            (true, Some(n)) => n,
            (false, Some(0)) => 0,
            _ => return Err(self.wrong().given("input", x)),
        };
        let free = ('A'..='Z').filter(|c| !self.equation.contains(*c));
        let letters: String = free.take(passed).collect();
        let spell = |part: &str| -> Vec<char> { part.replace("...", &letters).chars().collect() };
        let (input, kernel, output) = (spell(input), spell(kernel), spell(output));

        // The given output shape lacks the batch, and what the dots stand for.
        let mut given = self.output_shape.list().into_iter().rev();
        let of_input = |c: char| input.iter().position(|i| *i == c).map(|at| x[at]);
        let mut sizes: Vec<Option<usize>> = output
            .iter()
            .rev()
            .map(|c| {
                let wanted = if letters.contains(*c) { None } else { given.next().flatten() };
                wanted.or_else(|| of_input(*c).flatten())
            })
            .collect();
        sizes.reverse();
        let size = |c: char| {
            let in_output = output.iter().position(|o| *o == c).and_then(|at| sizes[at]);
            of_input(c).flatten().or(in_output)
        };
        let known = |c: &char| size(*c).ok_or_else(|| unknown_dim(x, &c.to_string()));
        let bias = match &self.bias_axes {
            None => Vec::new(),
            Some(axes) => {
                let first = output.iter().position(|c| axes.contains(*c));
                let first = first.ok_or_else(|| self.wrong().given("bias_axes", axes))?;
                let dim = |c: &char| if axes.contains(*c) { known(c) } else { Ok(1) };
                output[first..].iter().map(dim).collect::<Result<_>>()?
            }
        };
        let text = |part: &[char]| part.iter().collect::<String>();
        Ok(Plan {
            equation: format!("{},{}->{}", text(&input), text(&kernel), text(&output)),
            kernel: kernel.iter().map(known).collect::<Result<_>>()?,
            bias,
            output: sizes.into(),
        })
    }
}

impl Layer for EinsumDense {
    fn validate(&self) -> Result<()> {
        self.parts().ok_or_else(|| self.wrong())?;
        self.activation.check()
    }

    fn output_shapes(&self, inputs: &[Dims]) -> Result<Vec<Dims>> {
        Ok(vec![self.plan(&inputs[0])?.output])
    }

    fn build(&self, cx: &mut BuildContext<'_>, inputs: &[Dims]) -> Result<()> {
        let plan = self.plan(&inputs[0])?;
        cx.add_weight(
            WeightSpec::new("kernel", plan.kernel, &self.kernel_initializer)
                .regularizer(self.kernel_regularizer.as_ref())
                .constraint(self.kernel_constraint.as_ref()),
        )?;
        if self.bias_axes.is_some() {
            cx.add_weight(
                WeightSpec::new("bias", plan.bias, &self.bias_initializer)
                    .regularizer(self.bias_regularizer.as_ref())
                    .constraint(self.bias_constraint.as_ref()),
            )?;
        }
        Ok(())
    }

    fn call(&self, cx: &mut CallContext, inputs: &[Tensor]) -> Result<Vec<Tensor>> {
        let x = &inputs[0];
        let equation = self.plan(&x.shape().into())?.equation;
        let mut y = ops::einsum(&equation, x, &cx.weight("kernel")?)?;
        if self.bias_axes.is_some() {
            y = (y + cx.weight("bias")?)?;
        }
        Ok(vec![self.activation.call(&y)?])
    }
}
