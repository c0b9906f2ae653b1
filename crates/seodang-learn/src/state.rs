//! What an estimator has learned, as named arrays and values: for files, for pickles, and for the
//! attributes that end in `_`.

use crate::features::{Dense, Matrix, typed};
use crate::record::{Param, Value};
use crate::target::Classes;
use seodang_core::{Array, DType, Error, Result, text};
use std::collections::BTreeMap;

/// Named arrays and values.
#[derive(Clone, Debug, Default)]
pub struct State {
    /// The arrays.
    pub arrays: BTreeMap<String, Array>,
    /// The values.
    pub values: BTreeMap<String, serde_json::Value>,
}

impl State {
    /// Adds an array.
    pub fn put_array(&mut self, name: &str, array: Array) {
        self.arrays.insert(name.to_string(), array);
    }

    /// Adds a value.
    ///
    /// # Errors
    /// `Unsupported` for what no file can hold.
    pub fn put(&mut self, name: &str, value: &Value) -> Result<()> {
        self.values.insert(name.to_string(), value.to_json()?);
        Ok(())
    }

    /// Takes an array out.
    ///
    /// # Errors
    /// `Format`, if there is none of that name.
    pub fn take_array(&mut self, name: &str) -> Result<Array> {
        self.arrays.remove(name).ok_or_else(|| lacks(name))
    }

    /// Takes a value out.
    ///
    /// # Errors
    /// `Format`, if there is none of that name, or it is no value.
    pub fn take(&mut self, name: &str) -> Result<Value> {
        let json = self.values.remove(name).ok_or_else(|| lacks(name))?;
        Value::from_json(&json)
    }

    /// Takes a value of a parameter's type out.
    ///
    /// # Errors
    /// `Format`, if there is none of that name, or it is of another type.
    pub fn take_as<T: Param>(&mut self, name: &str) -> Result<T> {
        let value = self.take(name)?;
        T::from_value(&value).ok_or_else(|| broken(name))
    }
}

fn lacks(name: &str) -> Error {
    Error::format(text!(
        en: "the saved estimator lacks '{name}'",
        ko: "저장된 추정기에 '{name}'이(가) 없습니다"
    ))
}

/// The error for a part of a saved estimator that cannot be.
pub fn broken(name: &str) -> Error {
    Error::format(text!(
        en: "the saved estimator's '{name}' is not what it should be",
        ko: "저장된 추정기의 '{name}'이(가) 올바르지 않습니다"
    ))
}

/// A type that learned things have: it can be kept, and shown as an attribute.
pub trait Stored: Sized {
    /// Adds it under a name, or under names that begin with it.
    ///
    /// # Errors
    /// `Unsupported` for what no file can hold.
    fn store(&self, state: &mut State, name: &str) -> Result<()>;

    /// Takes it out again.
    ///
    /// # Errors
    /// `Format`, if it is not there or not what it should be.
    fn restore(state: &mut State, name: &str) -> Result<Self>;

    /// As an attribute, if it can be one.
    fn shown(&self) -> Option<Value> {
        None
    }

    /// [`Stored::store`] of many.
    ///
    /// # Errors
    /// As there.
    fn store_all(all: &[Self], state: &mut State, name: &str) -> Result<()> {
        state.put(name, &all.len().into())?;
        all.iter().enumerate().try_for_each(|(i, x)| x.store(state, &format!("{name}.{i}")))
    }

    /// [`Stored::restore`] of many.
    ///
    /// # Errors
    /// As there.
    fn restore_all(state: &mut State, name: &str) -> Result<Vec<Self>> {
        let n: usize = state.take_as(name)?;
        (0..n).map(|i| Self::restore(state, &format!("{name}.{i}"))).collect()
    }

    /// [`Stored::shown`] of many.
    fn shown_all(all: &[Self]) -> Option<Value> {
        all.iter().map(Stored::shown).collect::<Option<Vec<_>>>().map(Value::List)
    }
}

macro_rules! scalars {
    ($($type:ty),*) => {$(
        impl Stored for $type {
            fn store(&self, state: &mut State, name: &str) -> Result<()> {
                state.put(name, &Param::to_value(self))
            }

            fn restore(state: &mut State, name: &str) -> Result<$type> {
                state.take_as(name)
            }

            fn shown(&self) -> Option<Value> {
                Some(Param::to_value(self))
            }
        }
    )*};
}

scalars!(bool, String, Value);

/// Numbers: alone a value, many an array.
macro_rules! numbers {
    ($($type:ty as $kept:ty),*) => {$(
        impl Stored for $type {
            fn store(&self, state: &mut State, name: &str) -> Result<()> {
                state.put(name, &Value::from(*self as $kept))
            }

            fn restore(state: &mut State, name: &str) -> Result<$type> {
                let x: $kept = state.take_as(name)?;
                checked(x, name)
            }

            fn shown(&self) -> Option<Value> {
                Some(Value::from(*self as $kept))
            }

            fn store_all(all: &[$type], state: &mut State, name: &str) -> Result<()> {
                let kept: Vec<$kept> = all.iter().map(|&x| x as $kept).collect();
                state.put_array(name, Array::from_vec([kept.len()], kept)?);
                Ok(())
            }

            fn restore_all(state: &mut State, name: &str) -> Result<Vec<$type>> {
                let array = state.take_array(name)?;
                array.as_slice::<$kept>()?.iter().map(|&x| checked(x, name)).collect()
            }

            fn shown_all(all: &[$type]) -> Option<Value> {
                let kept: Vec<$kept> = all.iter().map(|&x| x as $kept).collect();
                Array::from_vec([kept.len()], kept).ok().map(Value::Array)
            }
        }
    )*};
}

numbers!(f64 as f64, usize as i64, i64 as i64, u32 as i64, i32 as i64, u8 as i64);

/// A kept number as the type that it had.
fn checked<K: Copy, T: Number<K>>(x: K, name: &str) -> Result<T> {
    T::number(x).ok_or_else(|| broken(name))
}

/// A type that a kept number can have had.
trait Number<K>: Sized {
    fn number(kept: K) -> Option<Self>;
}

impl Number<f64> for f64 {
    fn number(kept: f64) -> Option<f64> {
        Some(kept)
    }
}

impl<T: TryFrom<i64>> Number<i64> for T {
    fn number(kept: i64) -> Option<T> {
        T::try_from(kept).ok()
    }
}

impl Stored for Array {
    fn store(&self, state: &mut State, name: &str) -> Result<()> {
        state.put_array(name, self.clone());
        Ok(())
    }

    fn restore(state: &mut State, name: &str) -> Result<Array> {
        state.take_array(name)
    }

    fn shown(&self) -> Option<Value> {
        Some(Value::Array(self.clone()))
    }
}

impl<T: Stored> Stored for Vec<T> {
    fn store(&self, state: &mut State, name: &str) -> Result<()> {
        T::store_all(self, state, name)
    }

    fn restore(state: &mut State, name: &str) -> Result<Vec<T>> {
        T::restore_all(state, name)
    }

    fn shown(&self) -> Option<Value> {
        T::shown_all(self)
    }
}

impl<T: Stored> Stored for Option<T> {
    fn store(&self, state: &mut State, name: &str) -> Result<()> {
        state.put(&format!("{name}?"), &self.is_some().into())?;
        self.as_ref().map_or(Ok(()), |x| x.store(state, name))
    }

    fn restore(state: &mut State, name: &str) -> Result<Option<T>> {
        let there: bool = state.take_as(&format!("{name}?"))?;
        there.then(|| T::restore(state, name)).transpose()
    }

    fn shown(&self) -> Option<Value> {
        self.as_ref().map_or(Some(Value::None), Stored::shown)
    }
}

impl Stored for Dense<'static> {
    fn store(&self, state: &mut State, name: &str) -> Result<()> {
        let array = typed!(self, m => Array::from_slice([m.rows, m.cols], &m.data))?;
        state.put_array(name, array);
        Ok(())
    }

    fn restore(state: &mut State, name: &str) -> Result<Dense<'static>> {
        let array = state.take_array(name)?;
        let &[rows, cols] = array.shape().dims() else { return Err(broken(name)) };
        Ok(match array.dtype() {
            DType::F32 => Dense::F32(Matrix::new(array.to_vec::<f32>()?, rows, cols)),
            DType::F64 => Dense::F64(Matrix::new(array.to_vec::<f64>()?, rows, cols)),
            _ => return Err(broken(name)),
        })
    }

    fn shown(&self) -> Option<Value> {
        let array = typed!(self, m => Array::from_slice([m.rows, m.cols], &m.data));
        array.ok().map(Value::Array)
    }
}

impl Stored for Matrix<'static, f64> {
    fn store(&self, state: &mut State, name: &str) -> Result<()> {
        state.put_array(name, Array::from_slice([self.rows, self.cols], &self.data)?);
        Ok(())
    }

    fn restore(state: &mut State, name: &str) -> Result<Matrix<'static, f64>> {
        match Dense::restore(state, name)? {
            Dense::F64(m) => Ok(m),
            Dense::F32(_) => Err(broken(name)),
        }
    }

    fn shown(&self) -> Option<Value> {
        Array::from_slice([self.rows, self.cols], &self.data).ok().map(Value::Array)
    }
}

impl Stored for Classes {
    fn store(&self, state: &mut State, name: &str) -> Result<()> {
        match self {
            Classes::Numbers(a) => a.store(state, name),
            Classes::Names(n) => {
                let names = Value::List(n.iter().map(|s| s.as_str().into()).collect());
                state.put(name, &names)
            }
        }
    }

    fn restore(state: &mut State, name: &str) -> Result<Classes> {
        if state.arrays.contains_key(name) {
            return state.take_array(name).map(Classes::Numbers);
        }
        state.take_as(name).map(Classes::Names)
    }

    fn shown(&self) -> Option<Value> {
        Some(match self {
            Classes::Numbers(a) => Value::Array(a.clone()),
            Classes::Names(n) => Value::List(n.iter().map(|s| s.as_str().into()).collect()),
        })
    }
}

/// What a `model!` can say of itself.
pub trait Learned {
    /// The attributes, with scikit-learn's names (`coef_`), that have a value now.
    fn attributes(&self) -> Vec<(&'static str, Value)>;

    /// Adds everything that was learned.
    ///
    /// # Errors
    /// `Unsupported` for what no file can hold.
    fn store(&self, state: &mut State, prefix: &str) -> Result<()>;
}

/// Writes what an estimator learns: a struct whose fields are kept in files, and whose public fields
/// are the attributes that scikit-learn gives, under their name with `_` behind it.
macro_rules! model {
    (
        $(#[$meta:meta])*
        $vis:vis struct $name:ident { $($(#[$fmeta:meta])* $fvis:vis $field:ident: $ty:ty,)* }
    ) => {
        $(#[$meta])*
        #[derive(Clone, Debug)]
        $vis struct $name { $($(#[$fmeta])* $fvis $field: $ty,)* }

        #[allow(unused_variables, unused_mut)]
        impl $crate::state::Learned for $name {
            fn attributes(&self) -> Vec<(&'static str, $crate::record::Value)> {
                let mut all = Vec::new();
                $(if !stringify!($fvis).is_empty()
                    && let Some(value) = $crate::state::Stored::shown(&self.$field)
                {
                    all.push((concat!(stringify!($field), "_"), value));
                })*
                all
            }

            fn store(
                &self,
                state: &mut $crate::state::State,
                prefix: &str,
            ) -> seodang_core::Result<()> {
                $($crate::state::Stored::store(
                    &self.$field, state, &format!("{prefix}{}", stringify!($field)),
                )?;)*
                Ok(())
            }
        }

        #[allow(unused_variables)]
        impl $name {
            /// What [`Learned::store`](crate::state::Learned::store) kept.
            pub(crate) fn restore(
                state: &mut $crate::state::State,
                prefix: &str,
            ) -> seodang_core::Result<$name> {
                Ok($name {
                    $($field: $crate::state::Stored::restore(
                        state, &format!("{prefix}{}", stringify!($field)),
                    )?,)*
                })
            }
        }

        impl $crate::state::Stored for $name {
            fn store(
                &self,
                state: &mut $crate::state::State,
                name: &str,
            ) -> seodang_core::Result<()> {
                $crate::state::Learned::store(self, state, &format!("{name}."))
            }

            fn restore(
                state: &mut $crate::state::State,
                name: &str,
            ) -> seodang_core::Result<$name> {
                $name::restore(state, &format!("{name}."))
            }
        }
    };
}
pub(crate) use model;

#[cfg(test)]
mod tests {
    use super::*;

    model! {
        /// Of every kind.
        struct Everything {
            /// An attribute.
            pub coef: Array,
            /// Another.
            pub n_iter: Option<usize>,
            /// Not one.
            tree: Vec<Inner>,
            codes: Vec<u32>,
            x: Dense<'static>,
            gone: Option<f64>,
            name: String,
        }
    }

    model! {
        struct Inner {
            left: Vec<i32>,
            value: f64,
        }
    }

    fn everything() -> Everything {
        Everything {
            coef: Array::from_vec([1, 2], vec![1.0, -2.0]).unwrap(),
            n_iter: Some(7),
            tree: vec![Inner { left: vec![1, -1], value: f64::INFINITY }],
            codes: vec![3, 0],
            x: Dense::F32(Matrix::new(vec![1.5f32, 2.5], 2, 1)),
            gone: None,
            name: "rbf".into(),
        }
    }

    #[test]
    fn what_is_stored_comes_back() {
        let (mut state, a) = (State::default(), everything());
        Learned::store(&a, &mut state, "m.").unwrap();
        let b = Everything::restore(&mut state, "m.").unwrap();
        assert_eq!(format!("{a:?}"), format!("{b:?}"));
        assert!(state.arrays.is_empty() && state.values.is_empty());
    }

    #[test]
    fn what_is_missing_or_of_another_type_is_refused() {
        let mut whole = State::default();
        Learned::store(&everything(), &mut whole, "").unwrap();
        for name in whole.arrays.keys() {
            let mut state = whole.clone();
            state.arrays.remove(name);
            assert!(Everything::restore(&mut state, "").is_err(), "{name}");
        }
        for name in whole.values.keys() {
            let mut state = whole.clone();
            state.values.insert(name.clone(), serde_json::json!({"odd": 1}));
            assert!(Everything::restore(&mut state, "").is_err(), "{name}");
        }
        let mut state = whole.clone();
        state.put_array("codes", Array::from_vec([1], vec![-1i64]).unwrap());
        assert!(Everything::restore(&mut state, "").is_err());
    }

    #[test]
    fn public_fields_are_attributes() {
        let names: Vec<_> = everything().attributes().into_iter().map(|(n, _)| n).collect();
        assert_eq!(names, ["coef_", "n_iter_"]);
    }
}
