//! `Attention` and `AdditiveAttention`.

use super::{both, causal_mask, check_dropout, do_not_fit, dropped, results};
use crate::initializers::{GlorotUniform, Initializer, Ones};
use crate::layers::noise::own_numbers;
use crate::layers::{
    BuildContext, CallContext, CallOptions, Layer, WeightSpec, layer, unknown_dim,
};
use crate::record::one_of;
use crate::{Choice, Dims};
use seodang_core::{DType, Result};
use seodang_tensor::Tensor;
use std::ops::RangeInclusive;

one_of! {
    /// How [`Attention`] compares a query with a key.
    ScoreMode {
        /// Their dot product.
        Dot = "dot",
        /// The sum of the hyperbolic tangents of their sum.
        Concat = "concat",
    }
}

layer! {
    /// `softmax(query . key) . value`: for each step of the query the values, weighed by how well it
    /// agrees with their keys.
    ///
    /// Inputs: query `(batch, steps, features)`, value `(batch, seen, features)` and, if it is not the
    /// value, key `(batch, seen, features)`; output `(batch, steps, features)`, and the weights
    /// `(batch, steps, seen)` with `return_attention_scores`. Steps that the value's mask leaves out
    /// are not seen; outputs of steps that the query's mask leaves out are 0. Source: Luong et al.
    /// 2015; Keras 3, `keras.layers.Attention`.
    ///
    /// ```
    /// use seodang_nn::layers::{Attention, LayerRef};
    /// let layer = LayerRef::new(Attention::new())?;
    /// let shapes = layer.output_shapes(&[[2, 3, 4].into(), [2, 5, 4].into()])?;
    /// assert_eq!(shapes[0].to_string(), "(2, 3, 4)");
    /// # Ok::<(), seodang_core::Error>(())
    /// ```
    Attention, new() {
        /// Whether the scores are multiplied by a number that is learned.
        use_scale: bool = false,
        /// How a query is compared with a key.
        score_mode: ScoreMode = ScoreMode::Dot,
        /// The part of the weights that training drops: 0 to 1.
        dropout: f64 = 0.0,
        /// Draws dropout from a stream of the layer's own; if absent, from the model's.
        seed: Option<u64> = None,
    }
}

layer! {
    /// Attention whose scores are `sum(scale * tanh(query + key))`.
    ///
    /// Inputs and outputs as of [`Attention`]; the weight `scale` has one number for each feature.
    /// Source: Bahdanau et al. 2014; Keras 3, `keras.layers.AdditiveAttention`.
    ///
    /// ```
    /// use seodang_nn::layers::{AdditiveAttention, LayerRef};
    /// let layer = LayerRef::new(AdditiveAttention::new())?;
    /// let shapes = layer.output_shapes(&[[2, 3, 4].into(), [2, 5, 4].into()])?;
    /// assert_eq!(shapes[0].to_string(), "(2, 3, 4)");
    /// # Ok::<(), seodang_core::Error>(())
    /// ```
    AdditiveAttention, new() {
        /// Whether features are weighed by numbers that are learned.
        use_scale: bool = true,
        /// The part of the weights that training drops: 0 to 1.
        dropout: f64 = 0.0,
        /// Draws dropout from a stream of the layer's own; if absent, from the model's.
        seed: Option<u64> = None,
    }
}

/// The query and every key as pairs: `(batch, steps, 1, features)` and `(batch, 1, seen, features)`
/// added.
fn pairs(query: &Tensor, key: &Tensor) -> Result<Tensor> {
    query.expand_dims(-2)? + key.expand_dims(-3)?
}

impl Attention {
    fn scores(&self, cx: &CallContext, query: &Tensor, key: &Tensor) -> Result<Tensor> {
        match self.score_mode {
            ScoreMode::Dot => {
                let scores = query.matmul(&key.matrix_transpose()?)?;
                if self.use_scale { scores * cx.weight("scale")? } else { Ok(scores) }
            }
            ScoreMode::Concat => {
                let sum = pairs(query, key)?;
                let sum = if self.use_scale { (cx.weight("scale")? * sum)? } else { sum };
                cx.weight("concat_score_weight")? * sum.tanh()?.sum(&[-1], false)?
            }
        }
    }

    fn add_weights(&self, cx: &mut BuildContext<'_>, _: &Dims) -> Result<()> {
        let ones: Choice<dyn Initializer> = Ones::new().into();
        if self.use_scale {
            cx.add_weight(WeightSpec::new("scale", [0usize; 0], &ones))?;
        }
        if self.score_mode == ScoreMode::Concat {
            cx.add_weight(WeightSpec::new("concat_score_weight", [0usize; 0], &ones))?;
        }
        Ok(())
    }
}

impl AdditiveAttention {
    fn scores(&self, cx: &CallContext, query: &Tensor, key: &Tensor) -> Result<Tensor> {
        let agreement = pairs(query, key)?.tanh()?;
        let weighed = if self.use_scale { (cx.weight("scale")? * agreement)? } else { agreement };
        weighed.sum(&[-1], false)
    }

    fn add_weights(&self, cx: &mut BuildContext<'_>, query: &Dims) -> Result<()> {
        if self.use_scale {
            let features = query.last_dim().ok_or_else(|| unknown_dim(query, "last"))?;
            let initializer: Choice<dyn Initializer> = GlorotUniform::new().into();
            cx.add_weight(WeightSpec::new("scale", [features], &initializer))?;
        }
        Ok(())
    }
}

/// The scores with those far below the others that a mask leaves out, as softmax wants them.
fn masked(scores: Tensor, mask: Option<&Tensor>) -> Result<Tensor> {
    let Some(mask) = mask else { return Ok(scores) };
    let far = if scores.dtype() == DType::F16 { 65504.0 } else { 1e9 };
    Tensor::select(mask, &scores, &(&scores - far)?)
}

/// Query, value and key with features that agree.
fn check(inputs: &[Dims]) -> Result<()> {
    let (query, value) = (&inputs[0], &inputs[1]);
    let key = inputs.get(2).unwrap_or(value);
    let differ =
        |a: Option<usize>, b: Option<usize>| matches!((a, b), (Some(a), Some(b)) if a != b);
    let ranks = query.rank() >= 2 && query.rank() == value.rank() && key.rank() == value.rank();
    if !ranks {
        return Err(do_not_fit(inputs, "(batch, steps, features) each"));
    }
    let steps = value.rank() - 2;
    if differ(query.last_dim(), key.last_dim()) || differ(key[steps], value[steps]) {
        let wanted = "query and key with as many features, key and value with as many steps";
        return Err(do_not_fit(inputs, wanted));
    }
    Ok(())
}

macro_rules! list_attention {
    ($($name:ident),*) => {$(
        impl Layer for $name {
            fn validate(&self) -> Result<()> {
                check_dropout(self.dropout)
            }

            fn input_count(&self) -> RangeInclusive<usize> {
                2..=3
            }

            fn output_shapes(&self, inputs: &[Dims]) -> Result<Vec<Dims>> {
                check(inputs)?;
                let (query, value) = (&inputs[0], &inputs[1]);
                let leading = query[..query.rank() - 1].iter().copied();
                Ok(vec![leading.chain([value.last_dim()]).collect()])
            }

            fn output_shapes_with(
                &self,
                inputs: &[Dims],
                options: CallOptions,
            ) -> Result<Vec<Dims>> {
                let mut shapes = self.output_shapes(inputs)?;
                if options.return_attention_scores {
                    let (query, value) = (&inputs[0], &inputs[1]);
                    let leading = query[..query.rank() - 1].iter().copied();
                    shapes.push(leading.chain([value[value.rank() - 2]]).collect());
                }
                Ok(shapes)
            }

            fn build(&self, cx: &mut BuildContext<'_>, inputs: &[Dims]) -> Result<()> {
                check(inputs)?;
                self.add_weights(cx, &inputs[0])?;
                own_numbers(cx, self.seed.filter(|_| self.dropout > 0.0))
            }

            fn supports_masking(&self) -> bool {
                true
            }

            fn compute_mask(
                &self,
                _: &[Tensor],
                masks: &[Option<Tensor>],
            ) -> Result<Vec<Option<Tensor>>> {
                Ok(masks[..1].to_vec())
            }

            fn call(&self, cx: &mut CallContext, inputs: &[Tensor]) -> Result<Vec<Tensor>> {
                let (query, value) = (&inputs[0], &inputs[1]);
                let scores = self.scores(cx, query, inputs.get(2).unwrap_or(value))?;
                let mut mask = match cx.mask(1) {
                    Some(m) => Some(m.cast(DType::Bool)?.expand_dims(-2)?),
                    None => None,
                };
                let options = cx.options();
                if options.use_causal_mask {
                    let n = scores.rank();
                    let (steps, seen) = (scores.shape()[n - 2], scores.shape()[n - 1]);
                    mask = both(mask, Some(causal_mask(steps, seen)?))?;
                }
                let weights = masked(scores, mask.as_ref())?.softmax(-1)?;
                let weights = dropped(cx, &weights, self.dropout)?;
                let mut output = weights.matmul(value)?;
                if let Some(m) = cx.mask(0) {
                    let keep = m.cast(DType::Bool)?.expand_dims(-1)?;
                    output = Tensor::select(&keep, &output, 0.0)?;
                }
                Ok(results(options, output, weights))
            }
        }
    )*};
}

list_attention!(Attention, AdditiveAttention);
