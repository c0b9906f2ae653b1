//! `predict`.

use super::Predict;
use super::data::{Arrays, IntoArrays, check_inputs, no_data};
use super::fit::check_interrupt;
use crate::Dims;
use crate::layers::CallContext;
use crate::model::Model;
use seodang_core::{Array, Error, Result, Shape, text};
use seodang_tensor::{Function, Tensor};
use std::sync::Arc;

impl Model {
    /// The output for each row of the input, of a model with one output.
    ///
    /// # Errors
    /// `Shape`, if the input is not the model's; `Value`, if it is empty or the model has several
    /// outputs.
    ///
    /// ```
    /// use seodang_core::{Array, DType};
    /// use seodang_nn::Sequential;
    /// use seodang_nn::layers::{Dense, Input};
    ///
    /// let model = Sequential::new().add(Input::new([4])).add(Dense::new(3)).build()?;
    /// let y = model.predict(&Array::zeros(DType::F32, [50, 4]))?;
    /// assert_eq!(y.shape().dims(), [50, 3]);
    /// # Ok::<(), seodang_core::Error>(())
    /// ```
    pub fn predict(&self, x: impl IntoArrays) -> Result<Array> {
        let mut all = self.predict_with(x, Predict::new())?;
        match (all.pop(), all.len()) {
            (Some(one), 0) => Ok(one),
            (_, more) => Err(Error::value(text!(
                en: "the model has {} outputs", more + 1;
                ko: "모델의 출력은 {}개입니다", more + 1
            ))
            .hint(text!(en: "use predict_with", ko: "predict_with를 쓰세요"))),
        }
    }

    /// The outputs for each row of the inputs. Batches have one size, the last one padded, so that
    /// one program does it all.
    ///
    /// # Errors
    /// `Shape`, if the inputs are not the model's; `Value`, if they are empty.
    pub fn predict_with(&self, x: impl IntoArrays, options: Predict<'_>) -> Result<Vec<Array>> {
        let data = Arrays::new(x.into_arrays(), Vec::new(), None);
        data.check_rows()?;
        let n = data.len();
        if n == 0 {
            return Err(no_data());
        }
        if !self.is_built() {
            let dims: Vec<Dims> = (data.inputs.iter())
                .map(|a| {
                    let rest = a.shape().iter().skip(1).map(|&d| Some(d));
                    std::iter::once(None).chain(rest).collect()
                })
                .collect();
            self.build_for(&dims)?;
        }
        check_inputs(self, &data.inputs)?;
        let size = options.batch_size.unwrap_or(32).max(1).min(n);
        let function = self.predict_function();
        let mut outputs: Vec<Array> = Vec::new();
        for start in (0..n).step_by(size) {
            check_interrupt(options.interrupt)?;
            let end = (start + size).min(n);
            // Rows that pad repeat the last one: their results are cut off below.
            let rows: Vec<usize> = (start..start + size).map(|i| i.min(n - 1)).collect();
            let batch = data.batch(0, size, Some(&rows))?;
            let inputs =
                batch.inputs.iter().map(Tensor::from_array).collect::<Result<Vec<Tensor>>>()?;
            for (i, y) in function.call(&inputs)?.iter().enumerate() {
                let y = y.to_array()?;
                if outputs.len() == i {
                    let shape: Shape =
                        std::iter::once(n).chain(y.shape().iter().skip(1).copied()).collect();
                    outputs.push(Array::zeros(y.dtype(), shape));
                }
                let row = y.bytes().len() / size;
                outputs[i].bytes_mut()[start * row..end * row]
                    .copy_from_slice(&y.bytes()[..(end - start) * row]);
            }
        }
        Ok(outputs)
    }

    /// The program of predictions.
    fn predict_function(&self) -> Arc<Function> {
        let make = || {
            let (root, random) = (self.as_layer().clone(), self.random().clone());
            Arc::new(Function::new("predict", move |x: &[Tensor]| {
                root.call(&mut CallContext::new(false, Some(random.clone())), x)
            }))
        };
        self.predictor.get_or_init(make).clone()
    }
}
