//! `Sequential`: a model of one layer after another.

use super::Model;
use super::network::Network;
use crate::layers::LayerRef;
use seodang_core::Result;

/// Puts a model together from one layer after another (Keras's `Sequential`).
///
/// With an [`Input`](crate::layers::Input) first, the weights are made at once; without, when the
/// first data tells the shape.
///
/// ```
/// use seodang_nn::Sequential;
/// use seodang_nn::layers::{Dense, Dropout, Input};
///
/// let model = Sequential::new()
///     .add(Input::new([64]))
///     .add(Dense::new(128).activation("relu"))
///     .add(Dropout::new(0.2))
///     .add(Dense::new(10).activation("softmax"))
///     .build()?;
/// assert_eq!(model.count_params(), 64 * 128 + 128 + 128 * 10 + 10);
/// # Ok::<(), seodang_core::Error>(())
/// ```
#[derive(Debug, Default)]
#[must_use = "a builder does nothing until build"]
pub struct Sequential {
    name: Option<String>,
    layers: Vec<LayerRef>,
}

impl Sequential {
    /// A model without layers, to be added.
    pub fn new() -> Sequential {
        Sequential::default()
    }

    /// Names the model; `"sequential"`, `"sequential_1"` and so on otherwise.
    pub fn name(mut self, name: impl Into<String>) -> Sequential {
        self.name = Some(name.into());
        self
    }

    /// Adds a layer: a record, a [`LayerRef`], or a whole [`Model`].
    #[allow(clippy::should_implement_trait)]
    pub fn add(mut self, layer: impl Into<LayerRef>) -> Sequential {
        self.layers.push(layer.into());
        self
    }

    /// The model.
    ///
    /// # Errors
    /// `Shape`, if a layer does not take what the one before gives; `Value` or `NotFound` for a wrong
    /// option. The error names the layer.
    pub fn build(self) -> Result<Model> {
        Model::of(Network::sequential(self.name, self.layers)?)
    }
}
