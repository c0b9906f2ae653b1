//! `Dot`.

use super::{CallContext, Layer, layer};
use crate::record::Setting;
use crate::{Dims, ops};
use schemars::JsonSchema;
use seodang_core::{Error, Result, text};
use seodang_tensor::{DotGeneral, Tensor};
use serde::{Deserialize, Serialize};
use std::ops::RangeInclusive;

/// The axes of a product: one for both inputs, or one for each.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(untagged)]
pub enum DotAxes {
    /// The same axis of both inputs.
    Both(i64),
    /// An axis of each input.
    Each(i64, i64),
}

impl Setting<DotAxes> for i64 {
    fn into_setting(self) -> DotAxes {
        DotAxes::Both(self)
    }
}

impl Setting<DotAxes> for (i64, i64) {
    fn into_setting(self) -> DotAxes {
        DotAxes::Each(self.0, self.1)
    }
}

layer! {
    /// The products of two inputs summed along an axis of each, sample by sample.
    ///
    /// Inputs `(batch, ...)` twice; the outputs have the first input's other axes, then the second's;
    /// of two vectors they are `(batch, 1)`. Source: Keras 3, `keras.layers.Dot`.
    ///
    /// ```
    /// use seodang_nn::layers::{Dot, LayerRef};
    /// let layer = LayerRef::new(Dot::new((2, 1)))?;
    /// let shapes = layer.output_shapes(&[[4, 2, 3].into(), [4, 3, 5].into()])?;
    /// assert_eq!(shapes[0].to_string(), "(4, 2, 5)");
    /// # Ok::<(), seodang_core::Error>(())
    /// ```
    Dot, new(axes: DotAxes) {
        /// The axes that are summed, the batch (0) not among them.
        axes: DotAxes = DotAxes::Both(1),
        /// Whether both inputs are first given norm 1 along their axes: the cosine of their angle.
        normalize: bool = false,
    }
}

impl Dot {
    /// The axes counted from the front.
    fn places(&self, first: usize, second: usize) -> Result<[usize; 2]> {
        let (a, b) = match self.axes {
            DotAxes::Both(a) => (a, a),
            DotAxes::Each(a, b) => (a, b),
        };
        let places = [ops::axis(a, first)?, ops::axis(b, second)?];
        if places.contains(&0) {
            return Err(Error::value(text!(
                en: "the batch cannot be summed",
                ko: "배치 축은 더할 수 없습니다"
            ))
            .given("axes", format!("{:?}", self.axes)));
        }
        Ok(places)
    }
}

impl Layer for Dot {
    fn input_count(&self) -> RangeInclusive<usize> {
        2..=2
    }

    fn output_shapes(&self, inputs: &[Dims]) -> Result<Vec<Dims>> {
        let (x, y) = (&inputs[0], &inputs[1]);
        let [a, b] = self.places(x.rank(), y.rank())?;
        if matches!((x[a], y[b]), (Some(m), Some(n)) if m != n) {
            return Err(Error::shape(text!(
                en: "the summed axes have different sizes",
                ko: "더할 축의 크기가 다릅니다"
            ))
            .given("inputs", format!("{inputs:?}"))
            .given("axes", format!("({a}, {b})")));
        }
        let others = |x: &Dims, axis: usize| -> Vec<Option<usize>> {
            (1..x.rank()).filter(|&i| i != axis).map(|i| x[i]).collect()
        };
        let mut shape = vec![x[0].or(y[0])];
        shape.extend(others(x, a));
        shape.extend(others(y, b));
        if shape.len() == 1 {
            shape.push(Some(1));
        }
        Ok(vec![shape.into()])
    }

    fn call(&self, _: &mut CallContext, inputs: &[Tensor]) -> Result<Vec<Tensor>> {
        let (mut x, mut y) = (inputs[0].clone(), inputs[1].clone());
        let [a, b] = self.places(x.rank(), y.rank())?;
        if self.normalize {
            x = ops::unit_length(&x, &[a as i64])?;
            y = ops::unit_length(&y, &[b as i64])?;
        }
        let op = DotGeneral {
            lhs_batching: vec![0],
            rhs_batching: vec![0],
            lhs_contracting: vec![a],
            rhs_contracting: vec![b],
            result: None,
        };
        let product = x.dot_general(&y, op)?;
        Ok(vec![if product.rank() == 1 { product.expand_dims(1)? } else { product }])
    }
}
