//! The types of parameters: which values they take, and how messages say so.

use super::{Function, Value};
use seodang_core::Array;

/// Where a number must lie. Messages write it as scikit-learn does: `[1, inf)`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Range {
    /// The least value.
    pub low: f64,
    /// The greatest value.
    pub high: f64,
    /// Whether the least value itself is allowed.
    pub low_closed: bool,
    /// Whether the greatest value itself is allowed.
    pub high_closed: bool,
}

impl Range {
    /// Every number.
    pub const ALL: Range = Range::new(f64::NEG_INFINITY, f64::INFINITY, false, false);

    /// A range by its ends.
    pub const fn new(low: f64, high: f64, low_closed: bool, high_closed: bool) -> Range {
        Range { low, high, low_closed, high_closed }
    }

    /// `[low, inf)`.
    pub const fn from(low: f64) -> Range {
        Range::new(low, f64::INFINITY, true, false)
    }

    /// `(low, inf)`.
    pub const fn above(low: f64) -> Range {
        Range::new(low, f64::INFINITY, false, false)
    }

    /// `[low, high]`.
    pub const fn within(low: f64, high: f64) -> Range {
        Range::new(low, high, true, true)
    }

    /// Whether `x` lies in it.
    pub fn contains(&self, x: f64) -> bool {
        let low = if self.low_closed { x >= self.low } else { x > self.low };
        let high = if self.high_closed { x <= self.high } else { x < self.high };
        // An open end at infinity leaves out infinity itself only where the end says so.
        (low || self.low == f64::NEG_INFINITY)
            && (high || self.high == f64::INFINITY)
            && !x.is_nan()
    }

    /// In messages: `[1, inf)` for integers, `[0.0, inf)` for numbers.
    fn show(&self, integer: bool) -> String {
        let end = |x: f64| match x {
            f64::INFINITY => "inf".to_string(),
            f64::NEG_INFINITY => "-inf".to_string(),
            x if integer => format!("{}", x as i64),
            x => Value::Float(x).repr(),
        };
        format!(
            "{}{}, {}{}",
            if self.low_closed { '[' } else { '(' },
            end(self.low),
            end(self.high),
            if self.high_closed { ']' } else { ')' }
        )
    }
}

/// A type that a parameter can have.
pub trait Param: Sized + Clone + Send + Sync + 'static {
    /// The parameter for a value, or nothing if it takes no such value.
    fn from_value(value: &Value) -> Option<Self>;

    /// The value of a parameter.
    fn to_value(&self) -> Value;

    /// What it takes, each possibility in scikit-learn's words: `an int in the range [1, inf)`.
    fn takes(range: &Range) -> Vec<String>;

    /// Python's annotation.
    fn annotation() -> String;

    /// Whether the value lies in the range; the range speaks of numbers only.
    fn lies_in(&self, range: &Range) -> bool {
        let _ = range;
        true
    }
}

macro_rules! integers {
    ($($type:ty),*) => {$(
        impl Param for $type {
            fn from_value(value: &Value) -> Option<$type> {
                match value {
                    Value::Int(i) => <$type>::try_from(*i).ok(),
                    _ => None,
                }
            }

            fn to_value(&self) -> Value {
                i64::try_from(*self).map_or(Value::Float(*self as f64), Value::Int)
            }

            fn takes(range: &Range) -> Vec<String> {
                vec![format!("an int in the range {}", range.show(true))]
            }

            fn annotation() -> String {
                "int".into()
            }

            fn lies_in(&self, range: &Range) -> bool {
                range.contains(*self as f64)
            }
        }
    )*};
}

integers!(usize, i64, u64);

impl Param for f64 {
    fn from_value(value: &Value) -> Option<f64> {
        match value {
            Value::Float(x) => Some(*x),
            Value::Int(i) => Some(*i as f64),
            _ => None,
        }
    }

    fn to_value(&self) -> Value {
        Value::Float(*self)
    }

    fn takes(range: &Range) -> Vec<String> {
        vec![format!("a float in the range {}", range.show(false))]
    }

    fn annotation() -> String {
        "float".into()
    }

    fn lies_in(&self, range: &Range) -> bool {
        *range == Range::ALL || range.contains(*self)
    }
}

impl Param for bool {
    fn from_value(value: &Value) -> Option<bool> {
        match value {
            Value::Bool(b) => Some(*b),
            _ => None,
        }
    }

    fn to_value(&self) -> Value {
        Value::Bool(*self)
    }

    fn takes(_: &Range) -> Vec<String> {
        vec!["an instance of 'bool'".into(), "an instance of 'numpy.bool'".into()]
    }

    fn annotation() -> String {
        "bool".into()
    }
}

impl Param for String {
    fn from_value(value: &Value) -> Option<String> {
        match value {
            Value::Str(s) => Some(s.clone()),
            _ => None,
        }
    }

    fn to_value(&self) -> Value {
        Value::Str(self.clone())
    }

    fn takes(_: &Range) -> Vec<String> {
        vec!["an instance of 'str'".into()]
    }

    fn annotation() -> String {
        "str".into()
    }
}

impl Param for Array {
    fn from_value(value: &Value) -> Option<Array> {
        match value {
            Value::Array(a) => Some(a.clone()),
            Value::List(items) => {
                let numbers: Vec<f64> = items.iter().map(f64::from_value).collect::<Option<_>>()?;
                Array::from_vec([numbers.len()], numbers).ok()
            }
            _ => None,
        }
    }

    fn to_value(&self) -> Value {
        Value::Array(self.clone())
    }

    fn takes(_: &Range) -> Vec<String> {
        vec!["an array-like".into()]
    }

    fn annotation() -> String {
        "ArrayLike".into()
    }
}

impl Param for Function {
    fn from_value(value: &Value) -> Option<Function> {
        match value {
            Value::Function(f) => Some(f.clone()),
            _ => None,
        }
    }

    fn to_value(&self) -> Value {
        Value::Function(self.clone())
    }

    fn takes(_: &Range) -> Vec<String> {
        vec!["a callable".into()]
    }

    fn annotation() -> String {
        "Callable[..., Any]".into()
    }
}

/// Any value: what the estimator itself looks into.
impl Param for Value {
    fn from_value(value: &Value) -> Option<Value> {
        Some(value.clone())
    }

    fn to_value(&self) -> Value {
        self.clone()
    }

    fn takes(_: &Range) -> Vec<String> {
        vec!["any value".into()]
    }

    fn annotation() -> String {
        "Any".into()
    }
}

impl<T: Param> Param for Option<T> {
    fn from_value(value: &Value) -> Option<Option<T>> {
        match value {
            Value::None => Some(None),
            other => T::from_value(other).map(Some),
        }
    }

    fn to_value(&self) -> Value {
        self.as_ref().map_or(Value::None, Param::to_value)
    }

    fn takes(range: &Range) -> Vec<String> {
        let mut takes = T::takes(range);
        takes.push("None".into());
        takes
    }

    fn annotation() -> String {
        format!("{} | None", T::annotation())
    }

    fn lies_in(&self, range: &Range) -> bool {
        self.as_ref().is_none_or(|x| x.lies_in(range))
    }
}

impl<T: Param> Param for Vec<T> {
    fn from_value(value: &Value) -> Option<Vec<T>> {
        match value {
            Value::List(items) => items.iter().map(T::from_value).collect(),
            Value::Array(a) if a.shape().rank() == 1 => {
                let integers = !a.dtype().is_float();
                let number = |x: f64| match integers {
                    true => Value::Int(x as i64),
                    false => Value::Float(x),
                };
                a.to_f64_vec().into_iter().map(|x| T::from_value(&number(x))).collect()
            }
            _ => None,
        }
    }

    fn to_value(&self) -> Value {
        Value::List(self.iter().map(Param::to_value).collect())
    }

    fn takes(_: &Range) -> Vec<String> {
        vec!["an array-like".into()]
    }

    fn annotation() -> String {
        format!("Sequence[{}]", T::annotation())
    }

    fn lies_in(&self, range: &Range) -> bool {
        self.iter().all(|x| x.lies_in(range))
    }
}

impl<A: Param, B: Param> Param for (A, B) {
    fn from_value(value: &Value) -> Option<(A, B)> {
        match value {
            Value::List(items) => match items.as_slice() {
                [a, b] => Some((A::from_value(a)?, B::from_value(b)?)),
                _ => None,
            },
            _ => None,
        }
    }

    fn to_value(&self) -> Value {
        Value::List(vec![self.0.to_value(), self.1.to_value()])
    }

    fn takes(_: &Range) -> Vec<String> {
        vec!["an instance of 'tuple'".into()]
    }

    fn annotation() -> String {
        format!("tuple[{}, {}]", A::annotation(), B::annotation())
    }

    fn lies_in(&self, range: &Range) -> bool {
        self.0.lies_in(range) && self.1.lies_in(range)
    }
}

/// The parameter `verbose`: how much is said meanwhile; Python prints what it is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Verbosity(pub i64);

impl Param for Verbosity {
    fn from_value(value: &Value) -> Option<Verbosity> {
        match value {
            Value::Bool(b) => Some(Verbosity(i64::from(*b))),
            Value::Int(i) if *i >= 0 => Some(Verbosity(*i)),
            _ => None,
        }
    }

    fn to_value(&self) -> Value {
        Value::Int(self.0)
    }

    fn takes(_: &Range) -> Vec<String> {
        let mut takes = vec!["an int in the range [0, inf)".into()];
        takes.extend(bool::takes(&Range::ALL));
        takes
    }

    fn annotation() -> String {
        "int | bool".into()
    }
}

impl Setting<Verbosity> for i32 {
    fn setting(self) -> Result<Verbosity, Value> {
        Verbosity::from_value(&self.into()).ok_or_else(|| self.into())
    }
}

/// A parameter of one type or another: `max_features=5`, `0.5` or `"sqrt"`.
///
/// The first type that takes a value has it.
#[derive(Clone, Debug, PartialEq)]
pub enum Either<A, B> {
    /// The first type.
    A(A),
    /// The second type.
    B(B),
}

impl<A: Param, B: Param> Param for Either<A, B> {
    fn from_value(value: &Value) -> Option<Either<A, B>> {
        A::from_value(value).map(Either::A).or_else(|| B::from_value(value).map(Either::B))
    }

    fn to_value(&self) -> Value {
        match self {
            Either::A(a) => a.to_value(),
            Either::B(b) => b.to_value(),
        }
    }

    fn takes(range: &Range) -> Vec<String> {
        let mut takes = A::takes(range);
        takes.extend(B::takes(range));
        takes
    }

    fn annotation() -> String {
        format!("{} | {}", A::annotation(), B::annotation())
    }

    fn lies_in(&self, range: &Range) -> bool {
        match self {
            Either::A(a) => a.lies_in(range),
            Either::B(b) => b.lies_in(range),
        }
    }
}

/// What can be given for a parameter of type `T` from Rust: the value itself, a plain value where the
/// parameter may be absent, a name for one of a few names, one of the types of an [`Either`].
pub trait Setting<T> {
    /// The parameter, or the value that it does not take.
    fn setting(self) -> Result<T, Value>;
}

impl<T: Param> Setting<T> for T {
    fn setting(self) -> Result<T, Value> {
        Ok(self)
    }
}

impl<T: Param> Setting<Option<T>> for T {
    fn setting(self) -> Result<Option<T>, Value> {
        Ok(Some(self))
    }
}

impl<T: Param + Named> Setting<T> for &str {
    fn setting(self) -> Result<T, Value> {
        let value = Value::from(self);
        T::from_value(&value).ok_or(value)
    }
}

/// The types of parameters that a `&str` can name.
pub trait Named {}
impl Named for String {}
impl Named for Value {}
impl<T: Named> Named for Option<T> {}
impl<A, B> Named for Either<A, B> {}

impl<A: Param, B: Param> Setting<Either<A, B>> for i32 {
    fn setting(self) -> Result<Either<A, B>, Value> {
        let value = Value::from(self);
        Either::from_value(&value).ok_or(value)
    }
}

impl<A: Param, B: Param> Setting<Either<A, B>> for f64 {
    fn setting(self) -> Result<Either<A, B>, Value> {
        let value = Value::from(self);
        Either::from_value(&value).ok_or(value)
    }
}
