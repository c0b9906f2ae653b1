//! `random_state`: where random numbers come from.

use super::{Param, Range, Value};
use std::cell::Cell;
use std::hash::{BuildHasher, Hasher, RandomState};

thread_local! {
    static ENTROPY: Cell<Option<u64>> = const { Cell::new(None) };
}

/// Runs `f`, in which a [`Seed`] that is not set is this one: NumPy's generator gave it.
pub fn with_entropy<T>(seed: Option<u64>, f: impl FnOnce() -> T) -> T {
    let before = ENTROPY.replace(seed);
    let out = f();
    ENTROPY.set(before);
    out
}

/// The parameter `random_state`: a seed, or nothing, which is another one each time.
///
/// In Python it may be a generator of NumPy's, which then gives the seed of each fit.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Seed(pub Option<u64>);

impl Seed {
    /// The number that a generator begins with.
    pub fn get(self) -> u64 {
        self.0
            .or_else(|| ENTROPY.get())
            .unwrap_or_else(|| RandomState::new().build_hasher().finish())
    }
}

impl From<u64> for Seed {
    fn from(seed: u64) -> Seed {
        Seed(Some(seed))
    }
}

impl super::Setting<Seed> for u64 {
    fn setting(self) -> Result<Seed, Value> {
        Ok(Seed(Some(self)))
    }
}

impl super::Setting<Seed> for i32 {
    fn setting(self) -> Result<Seed, Value> {
        u64::try_from(self).map(|s| Seed(Some(s))).map_err(|_| Value::from(self))
    }
}

impl Param for Seed {
    fn from_value(value: &Value) -> Option<Seed> {
        match value {
            Value::None => Some(Seed(None)),
            Value::Int(i) => u32::try_from(*i).ok().map(|s| Seed(Some(s.into()))),
            _ => None,
        }
    }

    fn to_value(&self) -> Value {
        self.0.map_or(Value::None, |s| i64::try_from(s).map_or(Value::Float(s as f64), Value::Int))
    }

    fn takes(_: &Range) -> Vec<String> {
        vec![
            "an int in the range [0, 4294967295]".into(),
            "an instance of 'numpy.random.mtrand.RandomState'".into(),
            "None".into(),
        ]
    }

    fn annotation() -> String {
        "Any".into()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_seed_that_is_not_set_is_the_callers_or_another_each_time() {
        assert_eq!(Seed(Some(7)).get(), 7);
        assert_eq!(with_entropy(Some(3), || Seed(None).get()), 3);
        assert_eq!(with_entropy(Some(3), || Seed(Some(7)).get()), 7);
        assert_ne!(Seed(None).get(), Seed(None).get());
        assert_eq!(Seed::from_value(&Value::Int(-1)), None);
    }
}
