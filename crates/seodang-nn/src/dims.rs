//! Shapes with unknown dimensions, as layers see them before data comes.

use crate::record::Setting;
use seodang_core::{Shape, Text};
use serde::{Deserialize, Serialize};
use std::fmt;
use std::ops::Deref;

/// A shape some of whose dimensions are not known yet (`None`: usually the batch).
///
/// Saved as Keras saves shapes: a list of numbers and nulls.
#[derive(Clone, PartialEq, Eq, Hash, Default, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(transparent)]
pub struct Dims(Vec<Option<usize>>);

impl Dims {
    /// The dimensions of a shape, all known.
    pub fn known(shape: &[usize]) -> Dims {
        shape.iter().map(|&d| Some(d)).collect()
    }

    /// This shape behind an unknown batch dimension.
    pub fn batched(&self) -> Dims {
        std::iter::once(None).chain(self.iter().copied()).collect()
    }

    /// The number of dimensions.
    pub fn rank(&self) -> usize {
        self.0.len()
    }

    /// The last dimension, if there is one and it is known.
    pub fn last_dim(&self) -> Option<usize> {
        self.0.last().copied().flatten()
    }

    /// The number of elements, if every dimension is known and there are not too many to count.
    pub fn size(&self) -> Option<usize> {
        self.iter().try_fold(1usize, |n, d| n.checked_mul((*d)?))
    }

    /// The number of elements of one sample: of all dimensions but the batch, if they are known. What
    /// is too large to count is the largest number.
    pub fn sample_size(&self) -> Option<usize> {
        self.iter().skip(1).try_fold(1usize, |n, d| Some(n.saturating_mul((*d)?)))
    }

    /// The shape with `fill` for each unknown dimension.
    pub fn filled(&self, fill: usize) -> Shape {
        self.iter().map(|d| d.unwrap_or(fill)).collect()
    }

    /// Whether a shape could be one of these: equal rank, equal known dimensions.
    pub fn admits(&self, shape: &[usize]) -> bool {
        self.rank() == shape.len() && self.iter().zip(shape).all(|(d, &n)| d.is_none_or(|d| d == n))
    }
}

impl Deref for Dims {
    type Target = [Option<usize>];
    fn deref(&self) -> &[Option<usize>] {
        &self.0
    }
}

impl FromIterator<Option<usize>> for Dims {
    fn from_iter<I: IntoIterator<Item = Option<usize>>>(dims: I) -> Dims {
        Dims(dims.into_iter().collect())
    }
}

impl fmt::Display for Dims {
    /// As Keras prints shapes: `(None, 28, 28)`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let dims: Vec<String> =
            self.iter().map(|d| d.map_or("None".to_string(), |d| d.to_string())).collect();
        let comma = if dims.len() == 1 { "," } else { "" };
        write!(f, "({}{comma})", dims.join(", "))
    }
}

impl fmt::Debug for Dims {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl From<Dims> for Text {
    fn from(dims: Dims) -> Text {
        Text::same(dims.to_string())
    }
}

macro_rules! from_dims {
    ($($ty:ty => |$v:ident| $dims:expr;)*) => {$(
        impl<const N: usize> From<$ty> for Dims {
            fn from($v: $ty) -> Dims {
                $dims
            }
        }

        impl<const N: usize> Setting<Dims> for $ty {
            fn into_setting(self) -> Dims {
                self.into()
            }
        }

        impl<const N: usize> Setting<Option<Dims>> for $ty {
            fn into_setting(self) -> Option<Dims> {
                Some(self.into())
            }
        }
    )*};
}

from_dims! {
    [usize; N] => |v| Dims::known(&v);
    [Option<usize>; N] => |v| v.into_iter().collect();
    &[usize; N] => |v| Dims::known(v);
}

impl From<&Shape> for Dims {
    fn from(shape: &Shape) -> Dims {
        Dims::known(shape)
    }
}

impl From<Vec<usize>> for Dims {
    fn from(shape: Vec<usize>) -> Dims {
        Dims::known(&shape)
    }
}

impl From<Vec<Option<usize>>> for Dims {
    fn from(dims: Vec<Option<usize>>) -> Dims {
        Dims(dims)
    }
}

impl Setting<Dims> for Vec<usize> {
    fn into_setting(self) -> Dims {
        self.into()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn unknown_dimensions() {
        let d = Dims::from([28, 28]).batched();
        assert_eq!(d.to_string(), "(None, 28, 28)");
        assert_eq!(d.size(), None);
        assert_eq!(d.filled(3).dims(), [3, 28, 28]);
        assert!(d.admits(&[5, 28, 28]) && !d.admits(&[5, 28, 27]) && !d.admits(&[28, 28]));
        assert_eq!(Dims::from([4]).to_string(), "(4,)");
        assert_eq!(serde_json::to_string(&d).unwrap(), "[null,28,28]");
    }
}
