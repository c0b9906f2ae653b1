//! `TimeDistributed`.

use crate::Dims;
use crate::layers::{BuildContext, CallContext, Layer, LayerRef, layer, wrong_rank};
use crate::record::{Choice, Config};
use seodang_core::{Result, Shape};
use seodang_tensor::Tensor;

layer! {
    /// A layer applied to every step of a sequence: inputs `(batch, steps, ...)`.
    ///
    /// The steps of all rows go through the layer as one batch, so that normalisation over the batch
    /// sees them together. Source: Keras 3, `keras.layers.TimeDistributed`.
    ///
    /// ```
    /// use seodang_nn::layers::{Conv2D, LayerRef, TimeDistributed};
    ///
    /// let layer = LayerRef::new(TimeDistributed::new(Conv2D::new(8usize, 3usize)))?;
    /// let video = vec![None, Some(10), Some(32), Some(32), Some(3)];
    /// assert_eq!(layer.output_shapes(&[video.into()])?[0].to_string(), "(None, 10, 30, 30, 8)");
    /// # Ok::<(), seodang_core::Error>(())
    /// ```
    TimeDistributed, new(layer: Choice<dyn Layer>) {
        /// The layer.
        layer: Choice<dyn Layer> = Choice::from("Activation"),
    }
}

/// The shape of one step.
fn of_step(x: &Dims) -> Result<Dims> {
    if x.rank() < 3 {
        return Err(wrong_rank(x, "3 or more"));
    }
    Ok(x[..1].iter().chain(&x[2..]).copied().collect())
}

/// Rows and steps as one axis.
fn merge(x: &Tensor) -> Result<Tensor> {
    let shape: Shape =
        [x.shape()[0] * x.shape()[1]].iter().chain(&x.shape()[2..]).copied().collect();
    x.reshape(shape)
}

impl Layer for TimeDistributed {
    fn validate(&self) -> Result<()> {
        self.layer.get()?.validate()
    }

    fn keeps_integers(&self) -> bool {
        true
    }

    fn output_shapes(&self, inputs: &[Dims]) -> Result<Vec<Dims>> {
        let steps = of_step(&inputs[0])?;
        let one = |y: &Dims| y[..1].iter().chain([&inputs[0][1]]).chain(&y[1..]).copied().collect();
        Ok(self.layer.get()?.output_shapes(&[steps])?.iter().map(one).collect())
    }

    fn build(&self, cx: &mut BuildContext<'_>, inputs: &[Dims]) -> Result<()> {
        let step = of_step(&inputs[0])?;
        cx.sublayers().iter().try_for_each(|layer| cx.build(layer, std::slice::from_ref(&step)))
    }

    fn supports_masking(&self) -> bool {
        true
    }

    fn call(&self, cx: &mut CallContext, inputs: &[Tensor]) -> Result<Vec<Tensor>> {
        let (batch, steps) = (inputs[0].shape()[0], inputs[0].shape()[1]);
        // A mask of steps says nothing about what is inside of one.
        let mask = cx.mask(0).filter(|m| m.rank() > 2).map(merge).transpose()?;
        let mut outputs = Vec::new();
        for layer in cx.sublayers()? {
            let x = merge(&inputs[0])?;
            for y in layer.call_masked(cx, &[x], std::slice::from_ref(&mask))?.0 {
                let shape: Shape = [batch, steps].iter().chain(&y.shape()[1..]).copied().collect();
                outputs.push(y.reshape(shape)?);
            }
        }
        Ok(outputs)
    }

    fn make_sublayers(&self) -> Vec<LayerRef> {
        self.layer.get().map(|l| LayerRef::of(l.clone())).into_iter().collect()
    }

    fn sublayer_names(&self) -> &'static [&'static str] {
        &["layer"]
    }

    fn write_sublayers(&self, config: &mut Config, layers: &[LayerRef]) -> Result<()> {
        if let Some(layer) = layers.first() {
            config.insert("layer".into(), layer.serialize()?);
        }
        Ok(())
    }
}
