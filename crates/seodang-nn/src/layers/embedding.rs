//! `Embedding`.

use super::{BuildContext, CallContext, Layer, WeightSpec, layer, positive};
use crate::Dims;
use crate::constraints::Constraint;
use crate::initializers::{Initializer, RandomUniform};
use crate::record::Choice;
use crate::regularizers::Regularizer;
use seodang_core::{DType, Error, Result, text};
use seodang_tensor::Tensor;

layer! {
    /// A vector of weights for each of a number of integers: words, for example.
    ///
    /// Inputs: integers from 0 to below `input_dim` of any shape (floats are cut to integers), outputs
    /// with one more axis of `output_dim`; weight `embeddings` `(input_dim, output_dim)`. An integer
    /// out of range is an error when the layer is called on values; inside a program (`fit`,
    /// `predict`) the nearest row stands in for it, and a negative one counts from the end.
    /// Source: Keras 3, `keras.layers.Embedding`.
    ///
    /// ```
    /// use seodang_nn::Sequential;
    /// use seodang_nn::layers::{Embedding, GRU, Input};
    ///
    /// let words = Sequential::new()
    ///     .add(Input::new([20]))
    ///     .add(Embedding::new(1000usize, 16usize).mask_zero(true))
    ///     .add(GRU::new(8usize))
    ///     .build()?;
    /// assert_eq!(words.outputs()?[0].dims().to_string(), "(None, 8)");
    /// # Ok::<(), seodang_core::Error>(())
    /// ```
    Embedding, new(input_dim: usize, output_dim: usize) {
        /// How many integers there are.
        input_dim: usize = 0,
        /// The length of a vector.
        output_dim: usize = 0,
        /// How the vectors begin.
        embeddings_initializer: Choice<dyn Initializer> = RandomUniform::new().into(),
        /// The penalty on the vectors.
        embeddings_regularizer: Option<Choice<dyn Regularizer>> = None,
        /// What the vectors must fulfil.
        embeddings_constraint: Option<Choice<dyn Constraint>> = None,
        /// Whether 0 stands for a step that does not count: the output has a mask then.
        mask_zero: bool = false,
    }
}

impl Layer for Embedding {
    fn validate(&self) -> Result<()> {
        positive("input_dim", self.input_dim)?;
        positive("output_dim", self.output_dim)
    }

    // Numbers of words are not numbers to calculate with: half precision would merge them.
    fn keeps_inputs(&self) -> bool {
        true
    }

    fn keeps_integers(&self) -> bool {
        true
    }

    fn output_shapes(&self, inputs: &[Dims]) -> Result<Vec<Dims>> {
        Ok(vec![inputs[0].iter().copied().chain([Some(self.output_dim)]).collect()])
    }

    fn build(&self, cx: &mut BuildContext<'_>, _: &[Dims]) -> Result<()> {
        let shape = [self.input_dim, self.output_dim];
        cx.add_weight(
            WeightSpec::new("embeddings", shape, &self.embeddings_initializer)
                .regularizer(self.embeddings_regularizer.as_ref())
                .constraint(self.embeddings_constraint.as_ref()),
        )?;
        Ok(())
    }

    fn supports_masking(&self) -> bool {
        self.mask_zero
    }

    fn compute_mask(&self, inputs: &[Tensor], _: &[Option<Tensor>]) -> Result<Vec<Option<Tensor>>> {
        Ok(vec![Some(inputs[0].ne(0.0)?)])
    }

    fn call(&self, cx: &mut CallContext, inputs: &[Tensor]) -> Result<Vec<Tensor>> {
        let x = &inputs[0];
        let indices = match x.dtype() {
            DType::I32 | DType::I64 => x.clone(),
            _ => x.cast(DType::I32)?,
        };
        if !indices.is_traced() {
            self.check(&indices)?;
        }
        Ok(vec![cx.weight("embeddings")?.take(&indices, 0)?])
    }
}

impl Embedding {
    /// Checks integers whose values are there.
    fn check(&self, indices: &Tensor) -> Result<()> {
        let values = indices.to_f64_vec()?;
        let allowed = 0.0..self.input_dim as f64;
        match values.iter().find(|v| !allowed.contains(v)) {
            None => Ok(()),
            Some(wrong) => Err(Error::value(text!(
                en: "an index of the Embedding is out of range",
                ko: "Embedding의 색인이 범위를 벗어났습니다"
            ))
            .given("index", wrong)
            .expected(text!(
                en: "an integer from 0 to below {}", self.input_dim;
                ko: "0 이상 {} 미만의 정수", self.input_dim
            ))
            .hint(text!(
                en: "input_dim must be larger than the largest index",
                ko: "input_dim은 가장 큰 색인보다 커야 합니다"
            ))),
        }
    }
}
