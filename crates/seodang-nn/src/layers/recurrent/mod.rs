//! Recurrent layers: a cell applied to one step of a sequence after another.
//!
//! A [`Cell`] says what one step computes. What does not depend on the state (the product of the
//! inputs with the kernel) is computed for all steps at once, before the loop; the loop is a
//! [`scan`], and [`run`] is what all recurrent layers share: initial states, masks, directions,
//! states that outlive a batch.

mod bidirectional;
mod gru;
mod lstm;
mod rnn;
mod simple_rnn;
mod time_distributed;

pub use bidirectional::{Bidirectional, MergeMode};
pub use gru::{GRU, GRUCell};
pub use lstm::{LSTM, LSTMCell};
pub use rnn::{RNN, StackedRNNCells};
pub use simple_rnn::{SimpleRNN, SimpleRNNCell};
pub use time_distributed::TimeDistributed;

use super::{BuildContext, CallContext, LayerRef, WeightSpec, unknown_dim, wrong_rank};
use crate::Dims;
use crate::constraints::Constraint;
use crate::initializers::Initializer;
use crate::record::Choice;
use crate::regularizers::Regularizer;
use seodang_core::{DType, Error, Result, text};
use seodang_tensor::{Tensor, TensorType, scan};
use std::ops::RangeInclusive;

/// What a cell can compute for all steps at once: from inputs `(steps, batch, features)` to rows for
/// the steps, with the same first two dimensions.
pub type Project = Box<dyn Fn(&Tensor) -> Result<Tensor>>;

/// One step: from the row that [`Project`] made of the step's input, and the states, to the output
/// and the next states.
pub type CellStep = Box<dyn Fn(&Tensor, &[Tensor]) -> Result<(Tensor, Vec<Tensor>)>>;

/// A layer that computes one step of a sequence.
pub trait Cell {
    /// The length of each state.
    fn state_sizes(&self) -> Vec<usize>;

    /// The length of the output.
    fn output_size(&self) -> usize {
        self.state_sizes()[0]
    }

    /// Which of the states is the output of the step before.
    fn output_state(&self) -> usize {
        0
    }

    /// What the cell computes, holding its weights and what it drops, for inputs of one step
    /// `(batch, features)` of this type.
    ///
    /// It runs inside the cell's own call: `cx` gives the cell's weights and random numbers.
    ///
    /// # Errors
    /// What the ops report.
    fn start(&self, cx: &mut CallContext, x: &TensorType) -> Result<(Project, CellStep)>;
}

/// The options of a recurrent layer that are not its cell's.
#[derive(Clone, Copy)]
pub(super) struct Sequence {
    pub(super) return_sequences: bool,
    pub(super) return_state: bool,
    pub(super) go_backwards: bool,
    pub(super) stateful: bool,
    pub(super) zero_output_for_mask: bool,
}

/// A layer's cell.
fn cell_of(layer: &LayerRef) -> Result<&dyn Cell> {
    layer.layer().as_cell().ok_or_else(|| {
        Error::value(text!(
            en: "\"{}\" is no cell of a recurrent layer", layer.name();
            ko: "\"{}\"은(는) 순환 층의 셀이 아닙니다", layer.name()
        ))
    })
}

/// What Keras calls a recurrent layer's inputs.
const ARGUMENTS: &[&str] = &["sequences", "initial_state"];

/// How many inputs a recurrent layer takes: the sequences alone, or with every initial state.
fn input_count(cell: &dyn Cell) -> RangeInclusive<usize> {
    1..=1 + cell.state_sizes().len()
}

fn output_shapes(cell: &dyn Cell, sequence: Sequence, inputs: &[Dims]) -> Result<Vec<Dims>> {
    let states = cell.state_sizes();
    if inputs.len() > 1 && inputs.len() != 1 + states.len() {
        return Err(Error::shape(text!(
            en: "the layer has {} states and was given {} initial ones", states.len(), inputs.len() - 1;
            ko: "층의 상태는 {}개인데 초기 상태를 {}개 받았습니다", states.len(), inputs.len() - 1
        )));
    }
    let x = &inputs[0];
    if x.rank() != 3 {
        return Err(wrong_rank(x, "3"));
    }
    let output = Some(cell.output_size());
    let mut shapes = vec![match sequence.return_sequences {
        true => vec![x[0], x[1], output].into(),
        false => vec![x[0], output].into(),
    }];
    if sequence.return_state {
        shapes.extend(states.iter().map(|&n| Dims::from(vec![x[0], Some(n)])));
    }
    Ok(shapes)
}

/// Builds the cell, and the states if they outlive a batch.
fn build(cx: &mut BuildContext<'_>, sequence: Sequence, inputs: &[Dims]) -> Result<()> {
    let layers = cx.sublayers();
    let Some(layer) = layers.first() else { return Ok(()) };
    let cell = cell_of(layer)?;
    output_shapes(cell, sequence, inputs)?;
    let x = &inputs[0];
    if x[2].is_none() {
        return Err(unknown_dim(x, "last"));
    }
    cx.build(layer, &[vec![x[0], x[2]].into()])?;
    if sequence.stateful {
        let Some(batch) = x[0] else {
            return Err(unknown_dim(x, "batch").hint(text!(
                en: "a stateful layer needs the batch size: give batch_shape to the model's Input",
                ko: "stateful 층에는 배치 크기가 필요합니다. Input에 batch_shape를 주세요"
            )));
        };
        for n in cell.state_sizes() {
            cx.add_state("rnn_state", [batch, n])?;
        }
    }
    Ok(())
}

/// The masks of the outputs: that of the sequences for outputs that are sequences.
fn output_masks(sequence: Sequence, masks: &[Option<Tensor>]) -> Vec<Option<Tensor>> {
    vec![masks.first().cloned().flatten().filter(|_| sequence.return_sequences)]
}

/// The states before the first step: given, kept from the last batch, or zeros.
fn initial_states(
    cx: &CallContext,
    cell: &dyn Cell,
    sequence: Sequence,
    inputs: &[Tensor],
) -> Result<Vec<Tensor>> {
    let (x, given) = (&inputs[0], &inputs[1..]);
    let dtype = x.dtype();
    let batch = x.shape()[0];
    if sequence.stateful {
        let kept = cx.states()?;
        if let Some(state) = kept.first().filter(|s| s.shape().first() != Some(&batch)) {
            return Err(Error::shape(text!(
                en: "a stateful layer takes batches of one size only",
                ko: "stateful 층은 한 가지 크기의 배치만 받습니다"
            ))
            .given("batch", batch)
            .expected(state.shape()[0].to_string()));
        }
        if given.is_empty() {
            return kept.iter().map(|s| s.value()?.cast(dtype)).collect();
        }
    }
    if given.is_empty() {
        return cell.state_sizes().iter().map(|&n| Tensor::zeros(dtype, [batch, n])).collect();
    }
    let fits = |(s, n): (&Tensor, usize)| s.shape().dims() == [batch, n];
    let sizes = cell.state_sizes();
    if given.len() != sizes.len() || !given.iter().zip(sizes).all(fits) {
        let shapes: Vec<String> = given.iter().map(|s| s.shape().to_string()).collect();
        return Err(Error::shape(text!(
            en: "an initial state does not have the shape of the layer's states",
            ko: "초기 상태의 모양이 층의 상태와 다릅니다"
        ))
        .given("initial_state", shapes.join(", "))
        .expected(format!("({batch}, {:?})", cell.state_sizes())));
    }
    given.iter().map(|s| s.cast(dtype)).collect()
}

/// Runs a cell over the second axis of sequences `(batch, steps, features)`.
fn run(cx: &mut CallContext, sequence: Sequence, inputs: &[Tensor]) -> Result<Vec<Tensor>> {
    let layers = cx.sublayers()?;
    let Some(layer) = layers.first() else { return Ok(Vec::new()) };
    let cell = cell_of(layer)?;
    let initial = initial_states(cx, cell, sequence, inputs)?;
    let steps_first = |x: &Tensor| -> Result<Tensor> {
        let later = 2..x.rank() as i64;
        x.transpose(&[1, 0].into_iter().chain(later).collect::<Vec<i64>>())
    };
    let x = steps_first(&inputs[0])?;
    let mask = match cx.mask(0) {
        Some(m) => Some(steps_first(&m.cast(DType::Bool)?)?.expand_dims(-1)?),
        None => None,
    };
    let one = TensorType::new(x.dtype(), &x.shape()[1..]);
    let (project, step) = layer.within(cx, |cx| cell.start(cx, &one))?;
    let rows = project(&x)?;
    // Without masks the last output is the last state; a sequence of outputs is collected only where
    // it is wanted.
    let collect = sequence.return_sequences || (mask.is_some() && sequence.zero_output_for_mask);
    let body = |states: &[Tensor], x: &[Tensor]| -> Result<(Vec<Tensor>, Vec<Tensor>)> {
        let (output, next) = step(&x[0], states)?;
        let Some(mask) = x.get(1) else {
            return Ok((next, if collect { vec![output] } else { vec![] }));
        };
        // A step that does not count leaves states and output as they were.
        let keep =
            |new: &Tensor, old: &Tensor| Tensor::select(&mask.broadcast_to(new.shape())?, new, old);
        let output = match sequence.zero_output_for_mask {
            true => Tensor::select(&mask.broadcast_to(output.shape())?, &output, 0.0)?,
            false => keep(&output, &states[cell.output_state()])?,
        };
        let next = next.iter().zip(states).map(|(n, s)| keep(n, s)).collect::<Result<_>>()?;
        Ok((next, if collect { vec![output] } else { vec![] }))
    };
    let xs: Vec<Tensor> = std::iter::once(rows).chain(mask).collect();
    let (states, outputs) = scan(body, &initial, &xs, None, sequence.go_backwards)?;
    if sequence.stateful {
        for (kept, state) in cx.states()?.iter().zip(&states) {
            kept.assign(&state.stop_gradient()?.cast(kept.dtype())?)?;
        }
    }
    let output = match outputs.into_iter().next() {
        None => states[cell.output_state()].clone(),
        Some(all) => {
            // Outputs come in the order of the steps that were taken.
            let all = if sequence.go_backwards { all.reverse(&[0])? } else { all };
            match sequence.return_sequences {
                true => steps_first(&all)?,
                false => all.unstack(0)?.pop().unwrap_or(all),
            }
        }
    };
    let mut results = vec![output];
    if sequence.return_state {
        results.extend(states);
    }
    Ok(results)
}

/// What the three cells have in common.
struct CellOptions<'a> {
    units: usize,
    dropout: f64,
    recurrent_dropout: f64,
    use_bias: bool,
    initializers: [&'a Choice<dyn Initializer>; 3],
    regularizers: [&'a Option<Choice<dyn Regularizer>>; 3],
    constraints: [&'a Option<Choice<dyn Constraint>>; 3],
    seed: Option<u64>,
}

impl CellOptions<'_> {
    fn validate(&self) -> Result<()> {
        super::positive("units", self.units)?;
        for (name, rate) in
            [("dropout", self.dropout), ("recurrent_dropout", self.recurrent_dropout)]
        {
            if !(0.0..=1.0).contains(&rate) {
                return Err(Error::value(text!(
                    en: "\"{name}\" must lie between 0 and 1",
                    ko: "\"{name}\"은(는) 0과 1 사이여야 합니다"
                ))
                .given(name, rate));
            }
        }
        Ok(())
    }

    /// Makes `kernel`, `recurrent_kernel` and `bias` for a number of gates.
    fn build(
        &self,
        cx: &mut BuildContext<'_>,
        inputs: &[Dims],
        gates: usize,
        bias: &[usize],
    ) -> Result<()> {
        let features = inputs[0].last_dim().ok_or_else(|| unknown_dim(&inputs[0], "last"))?;
        let wide = gates * self.units;
        let shapes = [vec![features, wide], vec![self.units, wide], bias.to_vec()];
        for (i, name) in ["kernel", "recurrent_kernel", "bias"].into_iter().enumerate() {
            if name != "bias" || self.use_bias {
                cx.add_weight(
                    WeightSpec::new(name, shapes[i].clone(), self.initializers[i])
                        .regularizer(self.regularizers[i].as_ref())
                        .constraint(self.constraints[i].as_ref()),
                )?;
            }
        }
        match self.seed {
            Some(seed) if self.dropout > 0.0 || self.recurrent_dropout > 0.0 => {
                cx.add_random_state(seed)
            }
            _ => Ok(()),
        }
    }

    fn output_shapes(&self, inputs: &[Dims], states: usize) -> Result<Vec<Dims>> {
        if inputs[0].rank() != 2 {
            return Err(wrong_rank(&inputs[0], "2"));
        }
        Ok(vec![vec![inputs[0][0], Some(self.units)].into(); 1 + states])
    }

    /// The products of all steps' inputs with the kernel, plus a bias: `(steps, batch, gates *
    /// units)`. With `apart`, each gate sees inputs with another dropout mask.
    fn project(
        &self,
        cx: &CallContext,
        x: &TensorType,
        bias: Option<Tensor>,
        gates: usize,
        apart: bool,
    ) -> Result<Project> {
        let kernel = cx.weight("kernel")?;
        let masks = self.masks(cx, self.dropout, x, x.shape[1], if apart { gates } else { 1 })?;
        Ok(Box::new(move |x| {
            let (steps, batch, features) = (x.shape()[0], x.shape()[1], x.shape()[2]);
            let product = |x: &Tensor, kernel: &Tensor| -> Result<Tensor> {
                let wide = kernel.shape()[1];
                x.reshape([steps * batch, features])?.matmul(kernel)?.reshape([steps, batch, wide])
            };
            let y = match &masks[..] {
                [] => product(x, &kernel)?,
                [one] => product(&(x * one)?, &kernel)?,
                several => {
                    let kernels = kernel.split(gates, 1)?;
                    let parts = several.iter().zip(&kernels).map(|(m, k)| product(&(x * m)?, k));
                    Tensor::concat(&parts.collect::<Result<Vec<_>>>()?, -1)?
                }
            };
            match &bias {
                Some(bias) => y + bias,
                None => Ok(y),
            }
        }))
    }

    /// Dropout masks `(batch, width)`, the same for all steps; none outside of training.
    fn masks(
        &self,
        cx: &CallContext,
        rate: f64,
        x: &TensorType,
        width: usize,
        count: usize,
    ) -> Result<Vec<Tensor>> {
        // A rate of 1 drops nothing, as in Keras.
        if !cx.training() || rate <= 0.0 || rate >= 1.0 {
            return Ok(Vec::new());
        }
        let random = cx.random()?;
        let keep = 1.0 - rate;
        let mask = |_| {
            let kept = random.bernoulli(keep, [x.shape[0], width])?;
            kept.cast(x.dtype)? * (1.0 / keep)
        };
        (0..count).map(mask).collect()
    }

    /// The masks of the recurrent connections.
    fn recurrent_masks(
        &self,
        cx: &CallContext,
        x: &TensorType,
        count: usize,
    ) -> Result<Vec<Tensor>> {
        self.masks(cx, self.recurrent_dropout, x, self.units, count)
    }
}

/// The products of a state with the recurrent kernel, each gate's with its own dropout mask if there
/// are any.
fn recur(h: &Tensor, kernel: &Tensor, masks: &[Tensor]) -> Result<Tensor> {
    match masks {
        [] => h.matmul(kernel),
        [one] => (h * one)?.matmul(kernel),
        several => {
            let kernels = kernel.split(several.len(), 1)?;
            let parts = several.iter().zip(&kernels).map(|(m, k)| (h * m)?.matmul(k));
            Tensor::concat(&parts.collect::<Result<Vec<_>>>()?, -1)
        }
    }
}

/// A cell called on its own: one step for inputs and states.
fn call_cell(cell: &dyn Cell, cx: &mut CallContext, inputs: &[Tensor]) -> Result<Vec<Tensor>> {
    let (project, step) = cell.start(cx, inputs[0].ty())?;
    let row = project(&inputs[0].expand_dims(0)?)?.squeeze(&[0])?;
    let (output, states) = step(&row, &inputs[1..])?;
    Ok(std::iter::once(output).chain(states).collect())
}

/// Writes the records of a cell and of the layer that runs it, which have the cell's options in
/// common, and what they do with them.
macro_rules! recurrent {
    (
        $(#[$cell_meta:meta])* $cell:ident named $cell_name:literal with $states:literal states,
        $(#[$meta:meta])* $layer:ident,
        {
            $($(#[doc = $doc:literal])* $field:ident: $ty:ty = $default:expr,)*
        }
    ) => {
        $crate::layers::layer! {
            $(#[$cell_meta])*
            $cell, new(units: usize) {
                /// The number of outputs, and the length of each state.
                units: usize = 0,
                $($(#[doc = $doc])* $field: $ty = $default,)*
            }
        }

        $crate::layers::layer! {
            $(#[$meta])*
            $layer, new(units: usize) {
                /// The number of outputs, and the length of each state.
                units: usize = 0,
                $($(#[doc = $doc])* $field: $ty = $default,)*
                /// Whether the output is that of every step, or of the last one only.
                return_sequences: bool = false,
                /// Whether the last states are outputs too.
                return_state: bool = false,
                /// Whether to go from the last step to the first; outputs come in that order.
                go_backwards: bool = false,
                /// Whether a batch begins with the states that the last one ended with.
                stateful: bool = false,
                /// Kept for Keras: how the loop runs is the engine's choice.
                unroll: bool = false,
                /// Whether outputs of steps that do not count are 0, or those of the step before.
                zero_output_for_mask: bool = false,
            }
        }

        impl $layer {
            fn cell(&self) -> $cell {
                $cell {
                    name: Some($cell_name.to_string()),
                    trainable: self.trainable,
                    dtype: self.dtype,
                    activity_regularizer: None,
                    units: self.units,
                    $($field: self.$field.clone(),)*
                }
            }

            fn sequence(&self) -> $crate::layers::recurrent::Sequence {
                $crate::layers::recurrent::Sequence {
                    return_sequences: self.return_sequences,
                    return_state: self.return_state,
                    go_backwards: self.go_backwards,
                    stateful: self.stateful,
                    zero_output_for_mask: self.zero_output_for_mask,
                }
            }
        }

        impl $cell {
            fn shared(&self) -> $crate::layers::recurrent::CellOptions<'_> {
                $crate::layers::recurrent::CellOptions {
                    units: self.units,
                    dropout: self.dropout,
                    recurrent_dropout: self.recurrent_dropout,
                    use_bias: self.use_bias,
                    initializers: [
                        &self.kernel_initializer,
                        &self.recurrent_initializer,
                        &self.bias_initializer,
                    ],
                    regularizers: [
                        &self.kernel_regularizer,
                        &self.recurrent_regularizer,
                        &self.bias_regularizer,
                    ],
                    constraints: [
                        &self.kernel_constraint,
                        &self.recurrent_constraint,
                        &self.bias_constraint,
                    ],
                    seed: self.seed,
                }
            }
        }

        impl $crate::layers::Layer for $cell {
            fn validate(&self) -> seodang_core::Result<()> {
                self.shared().validate()?;
                self.check_activations()
            }

            fn input_count(&self) -> std::ops::RangeInclusive<usize> {
                // Building needs no states.
                1..=1 + $states
            }

            fn output_shapes(
                &self,
                inputs: &[$crate::Dims],
            ) -> seodang_core::Result<Vec<$crate::Dims>> {
                self.shared().output_shapes(inputs, $states)
            }

            fn build(
                &self,
                cx: &mut $crate::layers::BuildContext<'_>,
                inputs: &[$crate::Dims],
            ) -> seodang_core::Result<()> {
                self.build_weights(cx, inputs)
            }

            fn call(
                &self,
                cx: &mut $crate::layers::CallContext,
                inputs: &[seodang_tensor::Tensor],
            ) -> seodang_core::Result<Vec<seodang_tensor::Tensor>> {
                if inputs.len() == 1 + $states {
                    return $crate::layers::recurrent::call_cell(self, cx, inputs);
                }
                let x = &inputs[0];
                let zeros = seodang_tensor::Tensor::zeros(x.dtype(), [x.shape()[0], self.units])?;
                let mut all = vec![x.clone()];
                all.extend(std::iter::repeat_n(zeros, $states));
                $crate::layers::recurrent::call_cell(self, cx, &all)
            }

            fn as_cell(&self) -> Option<&dyn $crate::layers::recurrent::Cell> {
                Some(self)
            }
        }

        impl $crate::layers::Layer for $layer {
            fn validate(&self) -> seodang_core::Result<()> {
                $crate::layers::Layer::validate(&self.cell())
            }

            fn input_count(&self) -> std::ops::RangeInclusive<usize> {
                $crate::layers::recurrent::input_count(&self.cell())
            }

            fn argument_names(&self) -> &'static [&'static str] {
                $crate::layers::recurrent::ARGUMENTS
            }

            fn output_shapes(
                &self,
                inputs: &[$crate::Dims],
            ) -> seodang_core::Result<Vec<$crate::Dims>> {
                let cell = self.cell();
                $crate::layers::recurrent::output_shapes(&cell, self.sequence(), inputs)
            }

            fn build(
                &self,
                cx: &mut $crate::layers::BuildContext<'_>,
                inputs: &[$crate::Dims],
            ) -> seodang_core::Result<()> {
                $crate::layers::recurrent::build(cx, self.sequence(), inputs)
            }

            fn supports_masking(&self) -> bool {
                true
            }

            fn compute_mask(
                &self,
                _: &[seodang_tensor::Tensor],
                masks: &[Option<seodang_tensor::Tensor>],
            ) -> seodang_core::Result<Vec<Option<seodang_tensor::Tensor>>> {
                Ok($crate::layers::recurrent::output_masks(self.sequence(), masks))
            }

            fn call(
                &self,
                cx: &mut $crate::layers::CallContext,
                inputs: &[seodang_tensor::Tensor],
            ) -> seodang_core::Result<Vec<seodang_tensor::Tensor>> {
                $crate::layers::recurrent::run(cx, self.sequence(), inputs)
            }

            fn make_sublayers(&self) -> Vec<$crate::layers::LayerRef> {
                vec![self.cell().into()]
            }

            fn sublayer_names(&self) -> &'static [&'static str] {
                &["cell"]
            }
        }
    };
}
use recurrent;
