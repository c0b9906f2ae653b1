//! `MultiHeadAttention` and `GroupedQueryAttention`.

use super::{both, causal_mask, check_dropout, do_not_fit, dropped, results, window_mask};
use crate::constraints::Constraint;
use crate::initializers::{GlorotUniform, Initializer, Zeros};
use crate::layers::activations::masked_softmax;
use crate::layers::axes::Axes;
use crate::layers::einsum_dense::SampleShape;
use crate::layers::noise::own_numbers;
use crate::layers::{
    BuildContext, CallContext, CallOptions, Layer, LayerRef, WeightSpec, layer, positive,
    unknown_dim,
};
use crate::record::Config;
use crate::regularizers::Regularizer;
use crate::{Choice, Dims, ops};
use seodang_core::{DType, Error, Result, text};
use seodang_tensor::Tensor;
use std::ops::RangeInclusive;

/// A layer whose inputs are projected into heads, which attend on their own.
macro_rules! heads {
    (
        $(#[$meta:meta])*
        $name:ident, new($($required:ident),*) { $($first:tt)* } then { $($after:tt)* }
    ) => {
        layer! {
            $(#[$meta])*
            $name, new($($required: usize),*) {
                $($first)*
                /// The part of the attention that training drops: 0 to 1.
                dropout: f64 = 0.0,
                /// Whether the projections have biases.
                use_bias: bool = true,
                /// Whether a projection of the query, between 0 and 1, multiplies what was found.
                use_gate: bool = false,
                $($after)*
                /// How many steps a query sees to either side, itself among them; all if absent.
                sliding_window: Option<usize> = None,
                /// Kept for Keras: how it is computed is the engine's choice.
                #[serde(skip_serializing)]
                flash_attention: Option<bool> = None,
                /// How the kernels begin.
                kernel_initializer: Choice<dyn Initializer> = GlorotUniform::new().into(),
                /// How the biases begin.
                bias_initializer: Choice<dyn Initializer> = Zeros::new().into(),
                /// The penalty on the kernels.
                kernel_regularizer: Option<Choice<dyn Regularizer>> = None,
                /// The penalty on the biases.
                bias_regularizer: Option<Choice<dyn Regularizer>> = None,
                /// What the kernels must fulfil.
                kernel_constraint: Option<Choice<dyn Constraint>> = None,
                /// What the biases must fulfil.
                bias_constraint: Option<Choice<dyn Constraint>> = None,
                /// Draws dropout from a stream of the layer's own; if absent, from the model's.
                seed: Option<u64> = None,
            }
        }

        impl $name {
            /// Makes `part/kernel` and `part/bias`: from `features` to axes of these sizes.
            fn add_projection(
                &self,
                cx: &mut BuildContext<'_>,
                part: &str,
                features: &[usize],
                sizes: &[usize],
            ) -> Result<()> {
                cx.add_weight(
                    WeightSpec::new(
                        &format!("{part}/kernel"),
                        [features, sizes].concat(),
                        &self.kernel_initializer,
                    )
                    .regularizer(self.kernel_regularizer.as_ref())
                    .constraint(self.kernel_constraint.as_ref()),
                )?;
                if self.use_bias {
                    cx.add_weight(
                        WeightSpec::new(&format!("{part}/bias"), sizes, &self.bias_initializer)
                            .regularizer(self.bias_regularizer.as_ref())
                            .constraint(self.bias_constraint.as_ref()),
                    )?;
                }
                Ok(())
            }

            /// The last axes of `x`, as many as the kernel has beyond its `outputs`, projected.
            fn project(
                &self,
                cx: &CallContext,
                part: &str,
                x: &Tensor,
                outputs: usize,
            ) -> Result<Tensor> {
                let kernel = cx.weight(&format!("{part}/kernel"))?;
                let (inner, outer) = kernel.shape().split_at(kernel.rank() - outputs);
                let leading = &x.shape()[..x.rank() - inner.len()];
                // One product of two matrices, whatever the ranks.
                let rows: usize = leading.iter().product();
                let (from, to) = (inner.iter().product(), outer.iter().product());
                let y = x.reshape([rows, from])?.matmul(&kernel.reshape([from, to])?)?;
                let y = y.reshape([leading, outer].concat())?;
                if self.use_bias { y + cx.weight(&format!("{part}/bias"))? } else { Ok(y) }
            }

            fn check_options(&self) -> Result<()> {
                check_dropout(self.dropout)?;
                if let Some(window) = self.sliding_window {
                    positive("sliding_window", window)?;
                }
                if self.flash_attention == Some(true) && self.dropout > 0.0 {
                    return Err(Error::value(text!(
                        en: "there is no dropout with \"flash_attention\"",
                        ko: "\"flash_attention\"에는 dropout을 쓸 수 없습니다"
                    ))
                    .given("dropout", self.dropout));
                }
                Ok(())
            }

            /// Which pairs of steps may meet, `(batch or 1, steps, seen)`: the masks of the inputs,
            /// the fourth input, and what the call and the options ask for.
            fn pair_mask(&self, cx: &CallContext, inputs: &[Tensor]) -> Result<Option<Tensor>> {
                let along = |input: usize, axis: i64| -> Result<Option<Tensor>> {
                    match cx.mask(input) {
                        Some(m) => m.cast(DType::Bool)?.expand_dims(axis).map(Some),
                        None => Ok(None),
                    }
                };
                let mut mask = both(along(0, -1)?, along(1, -2)?)?;
                mask = both(mask, along(2, -2)?)?;
                let (steps, seen) = (inputs[0].shape()[1], inputs[1].shape()[1]);
                if cx.options().use_causal_mask {
                    mask = both(mask, Some(causal_mask(steps, seen)?))?;
                }
                if let Some(window) = self.sliding_window {
                    mask = both(mask, Some(window_mask(steps, seen, window)?))?;
                }
                match inputs.get(3) {
                    Some(given) => both(Some(given.ne(0.0)?), mask),
                    None => Ok(mask),
                }
            }

            /// The scores as weights that sum to 1 over the last `count` axes, those of pairs that
            /// may not meet 0.
            fn weigh(
                &self,
                cx: &CallContext,
                scores: &Tensor,
                mask: Option<Tensor>,
                count: usize,
            ) -> Result<Tensor> {
                let mask = match mask {
                    None => None,
                    Some(mut m) => {
                        while m.rank() < scores.rank() {
                            m = m.expand_dims(-(2 * count as i64) - 1)?;
                        }
                        Some(m)
                    }
                };
                let axes: Vec<i64> = (1..=count as i64).map(|i| -i).rev().collect();
                // Where Keras leaves all to one function of its backend, a step that may see nothing
                // sees everything alike; elsewhere it sees nothing.
                let plain = self.dropout == 0.0
                    && !cx.options().return_attention_scores
                    && count == 1
                    && scores.rank() == 4;
                match mask {
                    Some(keep) if plain => {
                        let far_below = if scores.dtype().size() == 2 { -3e4 } else { -2e38 };
                        Tensor::select(&keep, scores, far_below)?.softmax(-1)
                    }
                    Some(keep) => {
                        masked_softmax(scores, Some(&keep.broadcast_to(scores.shape())?), &axes)
                    }
                    None => masked_softmax(scores, None, &axes),
                }
            }
        }
    };
}

heads! {
    /// Attention by several heads, each with projections of its own.
    ///
    /// Inputs: query `(batch, steps, features)`, value `(batch, seen, features)`, then, if wanted, key
    /// `(batch, seen, features)` and which pairs may meet, `(batch, steps, seen)`, 0 for those that may
    /// not. Output `(batch, steps, features of the query)`, and with `return_attention_scores` the
    /// weights `(batch, heads, steps, seen)`. Weights `query`, `key`, `value` with a kernel
    /// `(features, heads, key_dim)` and a bias each, and `attention_output`. Source: Vaswani et al.
    /// 2017; Keras 3, `keras.layers.MultiHeadAttention`.
    ///
    /// ```
    /// use seodang_nn::layers::{LayerRef, MultiHeadAttention};
    /// let layer = LayerRef::new(MultiHeadAttention::new(2usize, 8usize))?;
    /// let shapes = layer.output_shapes(&[[2, 3, 16].into(), [2, 5, 4].into()])?;
    /// assert_eq!(shapes[0].to_string(), "(2, 3, 16)");
    /// # Ok::<(), seodang_core::Error>(())
    /// ```
    MultiHeadAttention, new(num_heads, key_dim) {
        /// The number of heads.
        num_heads: usize = 0,
        /// The length of a head's queries and keys.
        key_dim: usize = 0,
        /// The length of a head's values; `key_dim` if absent.
        value_dim: Option<usize> = None,
    } then {
        /// The shape of a step's output; that of the query's if absent.
        output_shape: Option<SampleShape> = None,
        /// The axes of the steps; all between the batch and the features if absent.
        attention_axes: Option<Axes> = None,
    }
}

heads! {
    /// Attention by several heads of the query, of which some share their keys and values.
    ///
    /// Inputs and outputs as of [`MultiHeadAttention`]. Source: Ainslie et al. 2023; Keras 3,
    /// `keras.layers.GroupQueryAttention`.
    ///
    /// ```
    /// use seodang_nn::layers::{GroupQueryAttention, LayerRef};
    /// let layer = LayerRef::new(GroupQueryAttention::new(8usize, 4usize, 2usize))?;
    /// let shapes = layer.output_shapes(&[[2, 3, 16].into(), [2, 5, 16].into()])?;
    /// assert_eq!(shapes[0].to_string(), "(2, 3, 16)");
    /// # Ok::<(), seodang_core::Error>(())
    /// ```
    GroupedQueryAttention, new(head_dim, num_query_heads, num_key_value_heads) {
        /// The length of a head's queries, keys and values.
        head_dim: usize = 0,
        /// The number of heads of the query.
        num_query_heads: usize = 0,
        /// The number of heads of key and value, a divisor of the query's.
        num_key_value_heads: usize = 0,
    } then {}
}

/// The shapes of query, value and key; the last is the value's if it is not given.
fn ends(inputs: &[Dims]) -> Result<[&Dims; 3]> {
    let (query, value) = (&inputs[0], &inputs[1]);
    let key = inputs.get(2).unwrap_or(value);
    if query.rank() < 3 || value.rank() != query.rank() || key.rank() != query.rank() {
        return Err(do_not_fit(inputs, "(batch, steps, features) each"));
    }
    let steps = 1..value.rank() - 1;
    let differ = |(a, b): (&Option<usize>, &Option<usize>)| a.is_some() && b.is_some() && a != b;
    if value[steps.clone()].iter().zip(&key[steps]).any(differ) {
        return Err(do_not_fit(inputs, "key and value with as many steps"));
    }
    Ok([query, value, key])
}

fn features(dims: &Dims) -> Result<usize> {
    dims.last_dim().ok_or_else(|| unknown_dim(dims, "last"))
}

const ARGUMENTS: &[&str] = &["query", "value", "key", "attention_mask"];

impl MultiHeadAttention {
    fn values(&self) -> usize {
        self.value_dim.unwrap_or(self.key_dim)
    }

    /// The sizes of a step's output.
    fn output_sizes(&self, query: &Dims) -> Result<Vec<Option<usize>>> {
        Ok(match &self.output_shape {
            Some(shape) => shape.list(),
            None => vec![query.last_dim()],
        })
    }

    /// The axes of the steps of tensors `(batch, ..., features)` of this rank.
    fn step_axes(&self, rank: usize) -> Result<Vec<usize>> {
        let places = match &self.attention_axes {
            Some(axes) => axes.places(rank)?,
            None => (1..rank - 1).collect(),
        };
        if places.iter().any(|&a| a == 0 || a == rank - 1) {
            return Err(Error::value(text!(
                en: "the axes of attention lie between the batch and the features",
                ko: "attention 축은 배치와 특징 사이에 있어야 합니다"
            ))
            .given("attention_axes", format!("{:?}", self.attention_axes)));
        }
        Ok(places)
    }

    /// The equations of scores and of outputs for projected tensors of a rank: letters are axes, and
    /// what is seen has capital ones for its steps.
    fn equations(&self, rank: usize, steps: &[usize]) -> [String; 2] {
        let letter = |i: usize| char::from(b'a' + i as u8);
        let seen = |i: usize| char::from(b'A' + i as u8);
        let target: String = (0..rank).map(letter).collect();
        let source: String =
            (0..rank).map(|i| if steps.contains(&i) { seen(i) } else { letter(i) }).collect();
        let batch = (0..rank - 1).filter(|i| !steps.contains(i)).map(letter);
        let pairs: String = batch
            .chain(steps.iter().map(|&i| letter(i)))
            .chain(steps.iter().map(|&i| seen(i)))
            .collect();
        [format!("{target},{source}->{pairs}"), format!("{pairs},{source}->{target}")]
    }
}

impl Layer for MultiHeadAttention {
    fn validate(&self) -> Result<()> {
        positive("num_heads", self.num_heads)?;
        positive("key_dim", self.key_dim)?;
        positive("value_dim", self.values())?;
        self.check_options()
    }

    fn input_count(&self) -> RangeInclusive<usize> {
        2..=4
    }

    fn argument_names(&self) -> &'static [&'static str] {
        ARGUMENTS
    }

    fn output_shapes(&self, inputs: &[Dims]) -> Result<Vec<Dims>> {
        let [query, _, _] = ends(inputs)?;
        let leading = query[..query.rank() - 1].iter().copied();
        Ok(vec![leading.chain(self.output_sizes(query)?).collect()])
    }

    fn output_shapes_with(&self, inputs: &[Dims], options: CallOptions) -> Result<Vec<Dims>> {
        let mut shapes = self.output_shapes(inputs)?;
        if options.return_attention_scores {
            let [query, value, _] = ends(inputs)?;
            let steps = self.step_axes(query.rank())?;
            let batch = (0..query.rank() - 1).filter(|i| !steps.contains(i)).map(|i| query[i]);
            let heads = std::iter::once(Some(self.num_heads));
            let pairs = steps.iter().map(|&i| query[i]).chain(steps.iter().map(|&i| value[i]));
            shapes.push(batch.chain(heads).chain(pairs).collect());
        }
        Ok(shapes)
    }

    fn build(&self, cx: &mut BuildContext<'_>, inputs: &[Dims]) -> Result<()> {
        let [query, value, key] = ends(inputs)?;
        self.step_axes(query.rank())?;
        let keys = [self.num_heads, self.key_dim];
        let values = [self.num_heads, self.values()];
        self.add_projection(cx, "query", &[features(query)?], &keys)?;
        self.add_projection(cx, "key", &[features(key)?], &keys)?;
        if self.use_gate {
            self.add_projection(cx, "gate", &[features(query)?], &values)?;
        }
        self.add_projection(cx, "value", &[features(value)?], &values)?;
        let known = |size: Option<usize>| size.ok_or_else(|| unknown_dim(query, "last"));
        let outputs = self.output_sizes(query)?.into_iter().map(known);
        self.add_projection(
            cx,
            "attention_output",
            &values,
            &outputs.collect::<Result<Vec<_>>>()?,
        )?;
        own_numbers(cx, self.seed.filter(|_| self.dropout > 0.0))
    }

    fn supports_masking(&self) -> bool {
        true
    }

    fn compute_mask(&self, _: &[Tensor], masks: &[Option<Tensor>]) -> Result<Vec<Option<Tensor>>> {
        Ok(masks[..1].to_vec())
    }

    fn call(&self, cx: &mut CallContext, inputs: &[Tensor]) -> Result<Vec<Tensor>> {
        let (query, value) = (&inputs[0], &inputs[1]);
        let steps = self.step_axes(query.rank())?;
        let [scores, outputs] = self.equations(query.rank() + 1, &steps);
        let scale = 1.0 / (self.key_dim as f64).sqrt();
        let q = (self.project(cx, "query", query, 2)? * scale)?;
        let k = self.project(cx, "key", inputs.get(2).unwrap_or(value), 2)?;
        let v = self.project(cx, "value", value, 2)?;
        let scores = ops::einsum(&scores, &q, &k)?;
        let weights = self.weigh(cx, &scores, self.pair_mask(cx, inputs)?, steps.len())?;
        let kept = dropped(cx, &weights, self.dropout)?;
        let mut found = ops::einsum(&outputs, &kept, &v)?;
        if self.use_gate {
            found = (found * self.project(cx, "gate", query, 2)?.sigmoid()?)?;
        }
        let sizes = self.output_sizes(&query.shape().into())?.len();
        let output = self.project(cx, "attention_output", &found, sizes)?;
        Ok(results(cx.options(), output, weights))
    }

    /// Keras saves what it takes for an absent option.
    fn write_sublayers(&self, config: &mut Config, _: &[LayerRef]) -> Result<()> {
        config.insert("value_dim".into(), self.values().into());
        Ok(())
    }
}

impl Layer for GroupedQueryAttention {
    fn validate(&self) -> Result<()> {
        positive("head_dim", self.head_dim)?;
        positive("num_query_heads", self.num_query_heads)?;
        positive("num_key_value_heads", self.num_key_value_heads)?;
        if !self.num_query_heads.is_multiple_of(self.num_key_value_heads) {
            return Err(Error::value(text!(
                en: "`num_query_heads` must be divisible by `num_key_value_heads`",
                ko: "`num_query_heads`는 `num_key_value_heads`로 나누어떨어져야 합니다"
            ))
            .given("num_query_heads", self.num_query_heads)
            .given("num_key_value_heads", self.num_key_value_heads));
        }
        self.check_options()
    }

    fn input_count(&self) -> RangeInclusive<usize> {
        2..=4
    }

    fn argument_names(&self) -> &'static [&'static str] {
        ARGUMENTS
    }

    fn output_shapes(&self, inputs: &[Dims]) -> Result<Vec<Dims>> {
        let [query, _, _] = ends(inputs)?;
        if query.rank() != 3 {
            return Err(do_not_fit(inputs, "(batch, steps, features) each"));
        }
        Ok(vec![query.clone()])
    }

    fn output_shapes_with(&self, inputs: &[Dims], options: CallOptions) -> Result<Vec<Dims>> {
        let mut shapes = self.output_shapes(inputs)?;
        if options.return_attention_scores {
            let (query, value) = (&inputs[0], &inputs[1]);
            shapes.push(vec![query[0], Some(self.num_query_heads), query[1], value[1]].into());
        }
        Ok(shapes)
    }

    fn build(&self, cx: &mut BuildContext<'_>, inputs: &[Dims]) -> Result<()> {
        self.output_shapes(inputs)?;
        let [query, value, key] = ends(inputs)?;
        let wide = [self.num_query_heads, self.head_dim];
        let narrow = [self.num_key_value_heads, self.head_dim];
        self.add_projection(cx, "query", &[features(query)?], &wide)?;
        self.add_projection(cx, "key", &[features(key)?], &narrow)?;
        if self.use_gate {
            self.add_projection(cx, "gate", &[features(query)?], &wide)?;
        }
        self.add_projection(cx, "value", &[features(value)?], &narrow)?;
        self.add_projection(cx, "attention_output", &wide, &[features(query)?])?;
        own_numbers(cx, self.seed.filter(|_| self.dropout > 0.0))
    }

    fn supports_masking(&self) -> bool {
        true
    }

    fn compute_mask(&self, _: &[Tensor], masks: &[Option<Tensor>]) -> Result<Vec<Option<Tensor>>> {
        Ok(masks[..1].to_vec())
    }

    fn call(&self, cx: &mut CallContext, inputs: &[Tensor]) -> Result<Vec<Tensor>> {
        let (query, value) = (&inputs[0], &inputs[1]);
        let scale = 1.0 / (self.head_dim as f64).sqrt();
        let q = (self.project(cx, "query", query, 2)? * scale)?;
        let k = self.project(cx, "key", inputs.get(2).unwrap_or(value), 2)?;
        let v = self.project(cx, "value", value, 2)?;
        // The heads of the query that share a key lie side by side: v of them in r groups.
        let (batch, steps, seen) = (q.shape()[0], q.shape()[1], k.shape()[1]);
        let (shared, heads) = (self.num_key_value_heads, self.num_query_heads);
        let q = q.reshape([batch, steps, shared, heads / shared, self.head_dim])?;
        let scores = ops::einsum("bqvrh,bkvh->bvrqk", &q, &k)?;
        let scores = scores.reshape([batch, heads, steps, seen])?;
        let weights = self.weigh(cx, &scores, self.pair_mask(cx, inputs)?, 1)?;
        let kept = dropped(cx, &weights, self.dropout)?;
        let kept = kept.reshape([batch, shared, heads / shared, steps, seen])?;
        let found = ops::einsum("bvrqk,bkvh->bqvrh", &kept, &v)?;
        let mut found = found.reshape([batch, steps, heads, self.head_dim])?;
        if self.use_gate {
            found = (found * self.project(cx, "gate", query, 2)?.sigmoid()?)?;
        }
        let output = self.project(cx, "attention_output", &found, 1)?;
        Ok(results(cx.options(), output, weights))
    }
}
