//! `RNN`: any cell as a layer, and `StackedRNNCells`, which makes one cell of several.

use super::{Cell, CellStep, Project, Sequence};
use crate::Dims;
use crate::layers::{BuildContext, CallContext, Layer, LayerRef, layer, positive};
use crate::record::{Choice, Config};
use seodang_core::{Error, Result, text};
use seodang_tensor::{Tensor, TensorType};
use serde_json::Value;
use std::ops::RangeInclusive;

layer! {
    /// Any cell, applied to one step of a sequence after another: see [`LSTM`](super::LSTM) for the
    /// shapes. Several cells are put into [`StackedRNNCells`]. Source: Keras 3, `keras.layers.RNN`.
    ///
    /// ```
    /// use seodang_nn::layers::{LayerRef, LSTMCell, RNN};
    ///
    /// let layer = LayerRef::new(RNN::new(LSTMCell::new(8usize)).return_sequences(true))?;
    /// let shapes = layer.output_shapes(&[vec![None, Some(5), Some(4)].into()])?;
    /// assert_eq!(shapes[0].to_string(), "(None, 5, 8)");
    /// # Ok::<(), seodang_core::Error>(())
    /// ```
    RNN, new(cell: Choice<dyn Layer>) {
        /// The cell.
        cell: Choice<dyn Layer> = Choice::from("SimpleRNNCell"),
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

fn cell(choice: &Choice<dyn Layer>) -> Result<&dyn Cell> {
    let layer = choice.get()?;
    layer.as_cell().ok_or_else(|| {
        Error::value(text!(
            en: "\"{}\" is no cell of a recurrent layer", layer.class_name();
            ko: "\"{}\"은(는) 순환 층의 셀이 아닙니다", layer.class_name()
        ))
    })
}

impl RNN {
    fn sequence(&self) -> Sequence {
        Sequence {
            return_sequences: self.return_sequences,
            return_state: self.return_state,
            go_backwards: self.go_backwards,
            stateful: self.stateful,
            zero_output_for_mask: self.zero_output_for_mask,
        }
    }
}

impl Layer for RNN {
    fn validate(&self) -> Result<()> {
        self.cell.get()?.validate()?;
        cell(&self.cell).map(|_| ())
    }

    fn input_count(&self) -> RangeInclusive<usize> {
        cell(&self.cell).map_or(1..=1, super::input_count)
    }

    fn argument_names(&self) -> &'static [&'static str] {
        super::ARGUMENTS
    }

    fn output_shapes(&self, inputs: &[Dims]) -> Result<Vec<Dims>> {
        super::output_shapes(cell(&self.cell)?, self.sequence(), inputs)
    }

    fn build(&self, cx: &mut BuildContext<'_>, inputs: &[Dims]) -> Result<()> {
        super::build(cx, self.sequence(), inputs)
    }

    fn supports_masking(&self) -> bool {
        true
    }

    fn compute_mask(&self, _: &[Tensor], masks: &[Option<Tensor>]) -> Result<Vec<Option<Tensor>>> {
        Ok(super::output_masks(self.sequence(), masks))
    }

    fn call(&self, cx: &mut CallContext, inputs: &[Tensor]) -> Result<Vec<Tensor>> {
        super::run(cx, self.sequence(), inputs)
    }

    fn make_sublayers(&self) -> Vec<LayerRef> {
        self.cell.get().map(|l| LayerRef::of(l.clone())).into_iter().collect()
    }

    fn sublayer_names(&self) -> &'static [&'static str] {
        &["cell"]
    }

    fn write_sublayers(&self, config: &mut Config, layers: &[LayerRef]) -> Result<()> {
        if let Some(layer) = layers.first() {
            config.insert("cell".into(), layer.serialize()?);
        }
        Ok(())
    }
}

layer! {
    /// Cells one after another as one cell: each takes the output of the one before. Its states are
    /// those of all cells. Source: Keras 3, `keras.layers.StackedRNNCells`.
    StackedRNNCells, new(cells: Vec<Choice<dyn Layer>>) {
        /// The cells.
        cells: Vec<Choice<dyn Layer>> = Vec::new(),
    }
}

impl StackedRNNCells {
    fn all(&self) -> impl DoubleEndedIterator<Item = &dyn Cell> {
        self.cells.iter().filter_map(|c| cell(c).ok())
    }
}

impl Layer for StackedRNNCells {
    fn validate(&self) -> Result<()> {
        positive("cells", self.cells.len())?;
        self.cells.iter().try_for_each(|c| {
            c.get()?.validate()?;
            cell(c).map(|_| ())
        })
    }

    fn input_count(&self) -> RangeInclusive<usize> {
        1..=1 + self.state_sizes().len()
    }

    fn output_shapes(&self, inputs: &[Dims]) -> Result<Vec<Dims>> {
        let batch = inputs[0][0];
        let sizes = std::iter::once(self.output_size()).chain(self.state_sizes());
        Ok(sizes.map(|n| vec![batch, Some(n)].into()).collect())
    }

    fn build(&self, cx: &mut BuildContext<'_>, inputs: &[Dims]) -> Result<()> {
        let mut dims = vec![inputs[0].clone()];
        for layer in cx.sublayers() {
            cx.build(&layer, &dims)?;
            dims = vec![vec![inputs[0][0], Some(super::cell_of(&layer)?.output_size())].into()];
        }
        Ok(())
    }

    fn call(&self, cx: &mut CallContext, inputs: &[Tensor]) -> Result<Vec<Tensor>> {
        super::call_cell(self, cx, inputs)
    }

    fn as_cell(&self) -> Option<&dyn Cell> {
        Some(self)
    }

    fn make_sublayers(&self) -> Vec<LayerRef> {
        self.cells.iter().filter_map(|c| Some(LayerRef::of(c.get().ok()?.clone()))).collect()
    }

    fn write_sublayers(&self, config: &mut Config, layers: &[LayerRef]) -> Result<()> {
        let cells = layers.iter().map(LayerRef::serialize).collect::<Result<Vec<Value>>>()?;
        config.insert("cells".into(), cells.into());
        Ok(())
    }
}

impl Cell for StackedRNNCells {
    fn state_sizes(&self) -> Vec<usize> {
        self.all().flat_map(|c| c.state_sizes()).collect()
    }

    fn output_size(&self) -> usize {
        self.all().next_back().map_or(0, |c| c.output_size())
    }

    /// Keras takes the first state of the last cell for the output of the step before.
    fn output_state(&self) -> usize {
        let last = self.all().next_back().map_or(0, |c| c.state_sizes().len());
        self.state_sizes().len() - last
    }

    /// Only the first cell's inputs are known before the loop; the others' come out of it.
    fn start(&self, cx: &mut CallContext, x: &TensorType) -> Result<(Project, CellStep)> {
        let mut cells: Vec<(Project, CellStep, usize)> = Vec::new();
        let mut x = x.clone();
        for layer in cx.sublayers()? {
            let cell = super::cell_of(&layer)?;
            let (project, step) = layer.within(cx, |cx| cell.start(cx, &x))?;
            cells.push((project, step, cell.state_sizes().len()));
            x = x.with_shape([x.shape[0], cell.output_size()]);
        }
        let mut rest = cells.into_iter();
        let Some((project, first, count)) = rest.next() else {
            return Err(Error::value(text!(en: "there are no cells", ko: "셀이 없습니다")));
        };
        let rest: Vec<_> = rest.collect();
        let step = move |row: &Tensor, states: &[Tensor]| {
            let (mut output, mut next) = first(row, &states[..count])?;
            for (project, step, count) in &rest {
                let row = project(&output.expand_dims(0)?)?.squeeze(&[0])?;
                let at = next.len();
                let (y, more) = step(&row, &states[at..at + count])?;
                output = y;
                next.extend(more);
            }
            Ok((output, next))
        };
        Ok((project, Box::new(step)))
    }
}
