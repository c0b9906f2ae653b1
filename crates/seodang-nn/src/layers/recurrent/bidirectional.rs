//! `Bidirectional`.

use crate::Dims;
use crate::layers::layer_ref::auto_name;
use crate::layers::{BuildContext, CallContext, Layer, LayerRef, layer};
use crate::record::{Choice, Config, one_of};
use seodang_core::{Error, Result, text};
use seodang_tensor::Tensor;
use serde_json::{Value, json};
use std::ops::RangeInclusive;

one_of! {
    /// How a [`Bidirectional`] layer puts the outputs of its two directions together.
    MergeMode {
        /// One behind the other.
        Concat = "concat",
        /// Their sum.
        Sum = "sum",
        /// Their product.
        Mul = "mul",
        /// Their mean.
        Ave = "ave",
    }
}

layer! {
    /// A recurrent layer twice, over a sequence from its first and from its last step.
    ///
    /// Inputs `(batch, steps, features)` and, if wanted, the initial states of both directions; output
    /// what `merge_mode` makes of both outputs, and the last states with `return_state`. Its layers are
    /// named `forward_` and `backward_` and the name of the one given.
    /// Source: Schuster and Paliwal 1997; Keras 3, `keras.layers.Bidirectional`.
    ///
    /// ```
    /// use seodang_nn::layers::{Bidirectional, LSTM, LayerRef};
    ///
    /// let layer = LayerRef::new(Bidirectional::new(LSTM::new(16usize).return_sequences(true)))?;
    /// let shapes = layer.output_shapes(&[vec![None, Some(10), Some(4)].into()])?;
    /// assert_eq!(shapes[0].to_string(), "(None, 10, 32)");
    /// # Ok::<(), seodang_core::Error>(())
    /// ```
    Bidirectional, new(layer: Choice<dyn Layer>) {
        /// The layer that goes from the first step to the last.
        layer: Choice<dyn Layer> = Choice::from("LSTM"),
        /// How both outputs become one; if null, they stay two.
        merge_mode: Option<MergeMode> = Some(MergeMode::Concat),
        /// The layer that goes from the last step to the first; if absent, one like the other.
        backward_layer: Option<Choice<dyn Layer>> = None,
    }
}

fn flag(config: &Value, key: &str) -> bool {
    config["config"][key] == true
}

impl Bidirectional {
    /// The saved forms of both layers, under a name for the one given.
    fn both(&self, name: &str) -> Result<[Value; 2]> {
        let mut forward = self.layer.serialize()?;
        let mut backward = match &self.backward_layer {
            Some(layer) => layer.serialize()?,
            None => {
                let mut other = forward.clone();
                other["config"]["go_backwards"] = true.into();
                let name = name.strip_prefix("backward_").unwrap_or(name);
                other["config"]["name"] = format!("backward_{name}").into();
                other
            }
        };
        let name = name.strip_prefix("forward_").unwrap_or(name);
        forward["config"]["name"] = format!("forward_{name}").into();
        // Outputs of steps that do not count are 0, so that one direction does not show through.
        for layer in [&mut forward, &mut backward] {
            if layer["config"].get("zero_output_for_mask").is_some() {
                layer["config"]["zero_output_for_mask"] = flag(layer, "return_sequences").into();
            }
        }
        Ok([forward, backward])
    }

    fn returns(&self, key: &str) -> bool {
        self.layer.get().and_then(|l| l.config()).is_ok_and(|c| c.get(key) == Some(&json!(true)))
    }
}

impl Layer for Bidirectional {
    fn validate(&self) -> Result<()> {
        let [forward, backward] = self.both("layer")?;
        for layer in [&forward, &backward] {
            if layer["config"].get("go_backwards").is_none() {
                return Err(Error::value(text!(
                    en: "\"layer\" of Bidirectional must be a recurrent layer",
                    ko: "Bidirectional의 \"layer\"는 순환 층이어야 합니다"
                ))
                .given("layer", &layer["class_name"]));
            }
            Choice::<dyn Layer>::from_value(layer)?;
        }
        if flag(&forward, "go_backwards") == flag(&backward, "go_backwards") {
            return Err(Error::value(text!(
                en: "\"layer\" and \"backward_layer\" must differ in go_backwards",
                ko: "\"layer\"와 \"backward_layer\"는 go_backwards가 달라야 합니다"
            )));
        }
        for key in ["stateful", "return_sequences", "return_state"] {
            if flag(&forward, key) != flag(&backward, key) {
                return Err(Error::value(text!(
                    en: "\"layer\" and \"backward_layer\" must agree in {key}",
                    ko: "\"layer\"와 \"backward_layer\"의 {key}이(가) 같아야 합니다"
                )));
            }
        }
        Ok(())
    }

    fn input_count(&self) -> RangeInclusive<usize> {
        let most = self.layer.get().map_or(1, |l| *l.input_count().end());
        1..=2 * most - 1
    }

    fn argument_names(&self) -> &'static [&'static str] {
        super::ARGUMENTS
    }

    fn output_shapes(&self, inputs: &[Dims]) -> Result<Vec<Dims>> {
        let mut shapes = self.layer.get()?.output_shapes(&inputs[..1])?;
        let states = shapes.split_off(1);
        if self.merge_mode == Some(MergeMode::Concat) {
            let back = match &self.backward_layer {
                Some(layer) => layer.get()?.output_shapes(&inputs[..1])?[0].last_dim(),
                None => shapes[0].last_dim(),
            };
            let (last, front) = shapes[0].split_last().unwrap_or((&None, &[]));
            let last = last.zip(back).map(|(a, b)| a + b);
            shapes = vec![front.iter().copied().chain([last]).collect()];
        }
        if self.merge_mode.is_none() {
            shapes.push(shapes[0].clone());
        }
        shapes.extend(states.iter().cloned());
        shapes.extend(states);
        Ok(shapes)
    }

    fn build(&self, cx: &mut BuildContext<'_>, inputs: &[Dims]) -> Result<()> {
        cx.sublayers().iter().try_for_each(|layer| cx.build(layer, &inputs[..1]))
    }

    fn supports_masking(&self) -> bool {
        true
    }

    fn compute_mask(&self, _: &[Tensor], masks: &[Option<Tensor>]) -> Result<Vec<Option<Tensor>>> {
        let mask = masks.first().cloned().flatten().filter(|_| self.returns("return_sequences"));
        Ok(match self.merge_mode {
            Some(_) => vec![mask],
            None => vec![mask.clone(), mask],
        })
    }

    fn call(&self, cx: &mut CallContext, inputs: &[Tensor]) -> Result<Vec<Tensor>> {
        let layers = cx.sublayers()?;
        let mask = [cx.mask(0).cloned()];
        let states = inputs[1..].chunks(((inputs.len() - 1) / 2).max(1));
        let states: Vec<&[Tensor]> = states.chain([&[][..], &[][..]]).collect();
        let mut both = Vec::new();
        for (layer, states) in layers.iter().zip(states) {
            let given: Vec<Tensor> = inputs[..1].iter().chain(states).cloned().collect();
            let mut y = layer.call_masked(cx, &given, &mask)?.0;
            let states = y.split_off(1);
            both.push((y.remove(0), states));
        }
        let [(y, states), (back, more)]: [_; 2] = both.try_into().map_err(|_| {
            Error::internal(text!(en: "two layers are needed", ko: "층이 둘 필요합니다"))
        })?;
        let back = if self.returns("return_sequences") { back.reverse(&[1])? } else { back };
        let mut outputs = match self.merge_mode {
            Some(MergeMode::Concat) => vec![Tensor::concat(&[y, back], -1)?],
            Some(MergeMode::Sum) => vec![(y + back)?],
            Some(MergeMode::Mul) => vec![(y * back)?],
            Some(MergeMode::Ave) => vec![((y + back)? / 2.0)?],
            None => vec![y, back],
        };
        outputs.extend(states);
        outputs.extend(more);
        Ok(outputs)
    }

    fn make_sublayers(&self) -> Vec<LayerRef> {
        let Ok(layer) = self.layer.get() else { return Vec::new() };
        let name = match layer.options().name {
            Some(name) => name.to_string(),
            None => auto_name(layer.class_name()),
        };
        let make = |config: &Value| LayerRef::from_value(config);
        let both = self.both(&name).and_then(|both| both.iter().map(make).collect());
        both.unwrap_or_default()
    }

    fn sublayer_names(&self) -> &'static [&'static str] {
        &["forward_layer", "backward_layer"]
    }

    fn write_sublayers(&self, config: &mut Config, layers: &[LayerRef]) -> Result<()> {
        for (key, layer) in ["layer", "backward_layer"].iter().zip(layers) {
            config.insert((*key).to_string(), layer.serialize()?);
        }
        Ok(())
    }
}
