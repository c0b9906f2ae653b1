//! How much each neighbor counts.

use super::tiles::Neighbors;
use crate::record::{Function, Named, Param, Range, Value};
use seodang_core::{Array, Result};

/// How much each neighbor counts: all the same, the nearer the more, or as a function says.
#[derive(Clone, Debug)]
pub enum Weights {
    /// All the same.
    Uniform,
    /// The inverse of the distance; a sample at the query itself outweighs all others.
    Distance,
    /// A function from distances to weights.
    Function(Function),
}

impl Named for Weights {}

impl Param for Weights {
    fn from_value(value: &Value) -> Option<Weights> {
        match value {
            Value::Str(s) if s == "uniform" => Some(Weights::Uniform),
            Value::Str(s) if s == "distance" => Some(Weights::Distance),
            Value::None => Some(Weights::Uniform),
            Value::Function(f) => Some(Weights::Function(f.clone())),
            _ => None,
        }
    }

    fn to_value(&self) -> Value {
        match self {
            Weights::Uniform => "uniform".into(),
            Weights::Distance => "distance".into(),
            Weights::Function(f) => f.clone().into(),
        }
    }

    fn takes(_: &Range) -> Vec<String> {
        vec!["a str among {'uniform', 'distance'}".into(), "a callable".into(), "None".into()]
    }

    fn annotation() -> String {
        "Literal[\"uniform\", \"distance\"] | Callable[..., Any] | None".into()
    }
}

impl Weights {
    /// The weight of each neighbor, where each query has some of its own: those from one of `ends` to the
    /// next.
    pub(crate) fn of_ragged(&self, found: &Neighbors, ends: &[usize]) -> Result<Vec<f64>> {
        let mut out = Vec::with_capacity(found.distances.len());
        for span in ends.windows(2) {
            let row = Neighbors {
                indices: Vec::new(),
                distances: found.distances[span[0]..span[1]].to_vec(),
            };
            out.extend(self.of(&row, span[1] - span[0])?);
        }
        Ok(out)
    }

    /// The weight of each neighbor, as many as there are distances.
    pub(crate) fn of(&self, found: &Neighbors, k: usize) -> Result<Vec<f64>> {
        let d = &found.distances;
        match self {
            Weights::Uniform => Ok(vec![1.0; d.len()]),
            Weights::Distance => Ok(d
                .chunks(k.max(1))
                .flat_map(|row| {
                    let exact = row.contains(&0.0);
                    row.iter().map(move |&x| match exact {
                        true => f64::from(u8::from(x == 0.0)),
                        false => 1.0 / x,
                    })
                })
                .collect()),
            Weights::Function(f) => {
                let distances = Array::from_slice([d.len() / k.max(1), k], d)?;
                Ok(f.call(&[distances])?.to_f64_vec())
            }
        }
    }
}
