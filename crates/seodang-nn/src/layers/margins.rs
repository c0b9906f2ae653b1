//! How much is added or taken at both ends of each spatial dimension.

use crate::record::Setting;
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Serialize, Serializer};
use serde_json::Value;
use std::borrow::Cow;

/// A number before and one after, for each spatial dimension. Given as one number for everything; for
/// several dimensions also as a number for each; or as a pair for each.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(try_from = "Value")]
pub struct Margins<const N: usize>(pub [(usize, usize); N]);

impl<const N: usize> TryFrom<Value> for Margins<N> {
    type Error = String;

    fn try_from(value: Value) -> Result<Margins<N>, String> {
        let number = |v: &Value| v.as_u64().map(|n| n as usize);
        let pair = |v: &Value| match v.as_array().map(Vec::as_slice) {
            Some([a, b]) => Some((number(a)?, number(b)?)),
            _ => None,
        };
        let list = value.as_array().map(Vec::as_slice).unwrap_or_default();
        let margins = match number(&value) {
            Some(n) => Some([(n, n); N]),
            None if N == 1 => pair(&value)
                .or_else(|| match list {
                    [one] => pair(one).or_else(|| number(one).map(|n| (n, n))),
                    _ => None,
                })
                .map(|p| [p; N]),
            None => list
                .iter()
                .map(|v| number(v).map(|n| (n, n)).or_else(|| pair(v)))
                .collect::<Option<Vec<_>>>()
                .and_then(|v| v.try_into().ok()),
        };
        margins.map(Margins).ok_or_else(|| {
            format!("{value} is no number, no list of {N} numbers and no list of {N} pairs")
        })
    }
}

impl<const N: usize> Serialize for Margins<N> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match N {
            1 => self.0[0].serialize(serializer),
            _ => self.0.as_slice().serialize(serializer),
        }
    }
}

impl<const N: usize> JsonSchema for Margins<N> {
    fn schema_name() -> Cow<'static, str> {
        format!("Margins{N}").into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "anyOf": [{ "type": "integer", "minimum": 0 }, { "type": "array" }] })
    }
}

impl<const N: usize> Setting<Margins<N>> for usize {
    fn into_setting(self) -> Margins<N> {
        Margins([(self, self); N])
    }
}

impl<const N: usize> Setting<Margins<N>> for [(usize, usize); N] {
    fn into_setting(self) -> Margins<N> {
        Margins(self)
    }
}

impl<const N: usize> Margins<N> {
    /// What is added: positive numbers.
    pub(super) fn added(self) -> [(i64, i64); N] {
        self.0.map(|(a, b)| (a as i64, b as i64))
    }

    /// What is taken away: negative numbers.
    pub(super) fn taken(self) -> [(i64, i64); N] {
        self.0.map(|(a, b)| (-(a as i64), -(b as i64)))
    }

    /// Both ends of a dimension together.
    pub(super) fn both(self, k: usize) -> usize {
        self.0[k].0.saturating_add(self.0[k].1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn margins_are_read_in_every_form() {
        let read = |text: &str| serde_json::from_str::<Margins<2>>(text);
        assert_eq!(read("3").unwrap(), Margins([(3, 3), (3, 3)]));
        assert_eq!(read("[1, 2]").unwrap(), Margins([(1, 1), (2, 2)]));
        assert_eq!(read("[[1, 2], [0, 3]]").unwrap(), Margins([(1, 2), (0, 3)]));
        assert!(read("[1, 2, 3]").is_err() && read("-1").is_err() && read("\"1\"").is_err());
        let one = serde_json::from_str::<Margins<1>>("[1, 2]").unwrap();
        assert_eq!(one, Margins([(1, 2)]));
        assert_eq!(serde_json::to_string(&one).unwrap(), "[1,2]");
    }
}
