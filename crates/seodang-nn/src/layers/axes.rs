//! An option that names one axis or several.

use crate::ops;
use crate::record::Setting;
use schemars::JsonSchema;
use seodang_core::Result;
use serde::{Deserialize, Serialize};

/// One axis or several; negative ones count from the end.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(untagged)]
pub enum Axes {
    /// One.
    One(i64),
    /// Several.
    Several(Vec<i64>),
}

impl Axes {
    /// The axes, counted from the front, in order and without doubles.
    pub(super) fn places(&self, rank: usize) -> Result<Vec<usize>> {
        let list = match self {
            Axes::One(axis) => std::slice::from_ref(axis),
            Axes::Several(list) => list,
        };
        let mut places =
            list.iter().map(|&a| ops::axis(a, rank)).collect::<Result<Vec<usize>>>()?;
        places.sort_unstable();
        places.dedup();
        Ok(places)
    }
}

/// Axes as tensors' methods take them.
pub(super) fn signed(places: &[usize]) -> Vec<i64> {
    places.iter().map(|&a| a as i64).collect()
}

impl Setting<Axes> for i64 {
    fn into_setting(self) -> Axes {
        Axes::One(self)
    }
}

impl<const N: usize> Setting<Axes> for [i64; N] {
    fn into_setting(self) -> Axes {
        Axes::Several(self.to_vec())
    }
}
