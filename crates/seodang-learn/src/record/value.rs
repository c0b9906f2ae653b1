//! Values that parameters can have, of whatever type: what Python gives, what files hold.

use seodang_core::{Array, Error, Result, text};
use serde_json::json;
use std::any::Any;
use std::cell::RefCell;
use std::fmt;
use std::sync::Arc;

/// A function of the user's as a parameter: a metric of two rows, a kernel of two matrices.
#[derive(Clone)]
pub struct Function {
    call: Arc<Call>,
    origin: Option<Arc<dyn Any + Send + Sync>>,
}

type Call = dyn Fn(&[Array]) -> Result<Array> + Send + Sync;

thread_local! {
    /// The functions that values are written without, while [`beside`] or [`among`] runs.
    static FUNCTIONS: RefCell<Option<Vec<Function>>> = const { RefCell::new(None) };
}

/// Runs `f`, in which values with functions can be written: the functions come back beside it.
pub fn beside<T>(f: impl FnOnce() -> T) -> (T, Vec<Function>) {
    let before = FUNCTIONS.replace(Some(Vec::new()));
    let out = f();
    (out, FUNCTIONS.replace(before).unwrap_or_default())
}

/// Runs `f`, in which values written [`beside`] these functions can be read.
pub fn among<T>(functions: Vec<Function>, f: impl FnOnce() -> T) -> T {
    let before = FUNCTIONS.replace(Some(functions));
    let out = f();
    FUNCTIONS.set(before);
    out
}

impl Function {
    /// A parameter that calls `f`.
    pub fn new(f: impl Fn(&[Array]) -> Result<Array> + Send + Sync + 'static) -> Function {
        Function { call: Arc::new(f), origin: None }
    }

    /// The same function, which remembers what it was made of.
    #[must_use]
    pub fn made_of(self, origin: impl Any + Send + Sync) -> Function {
        Function { origin: Some(Arc::new(origin)), ..self }
    }

    /// What it was made of, if it remembers and that is of this type.
    pub fn origin<T: Any>(&self) -> Option<&T> {
        self.origin.as_ref()?.downcast_ref()
    }

    /// Calls it.
    ///
    /// # Errors
    /// The function's own.
    pub fn call(&self, arguments: &[Array]) -> Result<Array> {
        (self.call)(arguments)
    }
}

impl fmt::Debug for Function {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("<function>")
    }
}

/// The value of a parameter.
#[derive(Clone, Debug, Default)]
pub enum Value {
    /// Python's `None`.
    #[default]
    None,
    /// A truth value.
    Bool(bool),
    /// An integer.
    Int(i64),
    /// A number; NaN and infinities too.
    Float(f64),
    /// A name or a text.
    Str(String),
    /// A list or a tuple.
    List(Vec<Value>),
    /// A table; keys may be numbers (classes) or names.
    Dict(Vec<(Value, Value)>),
    /// An array.
    Array(Array),
    /// A function.
    Function(Function),
    /// Something else, as it shows itself in messages.
    Other(String),
}

impl Value {
    /// As Python writes it, for messages.
    pub fn repr(&self) -> String {
        match self {
            Value::None => "None".into(),
            Value::Bool(b) => if *b { "True" } else { "False" }.into(),
            Value::Int(i) => i.to_string(),
            Value::Float(x) if x.is_nan() => "nan".into(),
            Value::Float(x) if x.is_infinite() => if *x > 0.0 { "inf" } else { "-inf" }.into(),
            Value::Float(x) => finite(*x),
            Value::Str(s) => format!("'{}'", s.replace('\\', "\\\\").replace('\'', "\\'")),
            Value::List(items) => {
                let items: Vec<_> = items.iter().map(Value::repr).collect();
                format!("[{}]", items.join(", "))
            }
            Value::Dict(entries) => {
                let entries: Vec<_> =
                    entries.iter().map(|(k, v)| format!("{}: {}", k.repr(), v.repr())).collect();
                format!("{{{}}}", entries.join(", "))
            }
            Value::Array(a) => format!("array({a})"),
            Value::Function(f) => format!("{f:?}"),
            Value::Other(repr) => repr.clone(),
        }
    }

    /// The form in files: JSON, with numbers that JSON lacks as `{"float": "nan"}`.
    ///
    /// # Errors
    /// `Unsupported` for functions and other objects, which no file of data can hold.
    pub fn to_json(&self) -> Result<serde_json::Value> {
        Ok(match self {
            Value::None => serde_json::Value::Null,
            Value::Bool(b) => json!(b),
            Value::Int(i) => json!(i),
            Value::Float(x) if x.is_finite() => json!(x),
            Value::Float(_) => json!({"float": self.repr()}),
            Value::Str(s) => json!(s),
            Value::List(items) => items.iter().map(Value::to_json).collect::<Result<_>>()?,
            Value::Dict(entries) => {
                let pairs = entries
                    .iter()
                    .map(|(k, v)| Ok(json!([k.to_json()?, v.to_json()?])))
                    .collect::<Result<Vec<_>>>()?;
                json!({"dict": pairs})
            }
            Value::Array(a) => {
                let values = a.to_f64_vec().into_iter().map(|x| Value::Float(x).to_json());
                json!({
                    "array": values.collect::<Result<Vec<_>>>()?,
                    "shape": a.shape().dims(),
                    "dtype": a.dtype().name(),
                })
            }
            Value::Function(f)
                if let Some(place) = FUNCTIONS.with_borrow_mut(|all| {
                    let all = all.as_mut()?;
                    all.push(f.clone());
                    Some(all.len() - 1)
                }) =>
            {
                json!({"function": place})
            }
            Value::Function(_) | Value::Other(_) => {
                return Err(Error::unsupported(text!(
                    en: "a function or object of your own cannot be saved in a file of data",
                    ko: "직접 만든 함수나 객체는 데이터 파일에 저장할 수 없습니다"
                ))
                .given("value", self.repr())
                .hint(text!(
                    en: "in Python, pickle keeps such estimators",
                    ko: "파이썬에서는 pickle로 저장할 수 있습니다"
                )));
            }
        })
    }

    /// The value that [`Value::to_json`] wrote.
    ///
    /// # Errors
    /// `Format`, if the JSON is not of that form.
    pub fn from_json(json: &serde_json::Value) -> Result<Value> {
        use serde_json::Value as Json;
        Ok(match json {
            Json::Null => Value::None,
            Json::Bool(b) => Value::Bool(*b),
            Json::Number(n) => match n.as_i64() {
                Some(i) if !n.is_f64() => Value::Int(i),
                _ => Value::Float(n.as_f64().ok_or_else(|| bad(json))?),
            },
            Json::String(s) => Value::Str(s.clone()),
            Json::Array(items) => {
                Value::List(items.iter().map(Value::from_json).collect::<Result<_>>()?)
            }
            Json::Object(map) => {
                if let Some(x) = map.get("float").and_then(Json::as_str) {
                    return match x {
                        "nan" => Ok(Value::Float(f64::NAN)),
                        "inf" => Ok(Value::Float(f64::INFINITY)),
                        "-inf" => Ok(Value::Float(f64::NEG_INFINITY)),
                        _ => Err(bad(json)),
                    };
                }
                if let Some(place) = map.get("function").and_then(Json::as_u64) {
                    let found = FUNCTIONS.with_borrow(|all| {
                        all.as_ref()?.get(usize::try_from(place).ok()?).cloned()
                    });
                    return found.map(Value::Function).ok_or_else(|| bad(json));
                }
                if let Some(pairs) = map.get("dict").and_then(Json::as_array) {
                    let pair = |p: &Json| match p.as_array().map(Vec::as_slice) {
                        Some([k, v]) => Ok((Value::from_json(k)?, Value::from_json(v)?)),
                        _ => Err(bad(json)),
                    };
                    return pairs.iter().map(pair).collect::<Result<_>>().map(Value::Dict);
                }
                Value::Array(array_from_json(map).ok_or_else(|| bad(json))?)
            }
        })
    }
}

/// Python's spelling of a finite number: `1e-05`, not `1e-5`.
fn finite(x: f64) -> String {
    let s = format!("{x:?}");
    match s.split_once('e') {
        None => s,
        Some((digits, power)) => {
            let (sign, power) = power.strip_prefix('-').map_or(('+', power), |p| ('-', p));
            format!("{}e{sign}{power:0>2}", digits.trim_end_matches(".0"))
        }
    }
}

fn array_from_json(map: &serde_json::Map<String, serde_json::Value>) -> Option<Array> {
    let number = |v: &serde_json::Value| match Value::from_json(v).ok()? {
        Value::Float(x) => Some(x),
        Value::Int(i) => Some(i as f64),
        _ => None,
    };
    let values: Vec<f64> =
        map.get("array")?.as_array()?.iter().map(number).collect::<Option<_>>()?;
    let dims = map.get("shape")?.as_array()?.iter();
    let dims: Vec<usize> = dims.map(|d| d.as_u64().map(|d| d as usize)).collect::<Option<_>>()?;
    let dtype = map.get("dtype")?.as_str()?.parse().ok()?;
    Array::from_vec(dims.as_slice(), values).ok().map(|a| a.convert(dtype))
}

fn bad(json: &serde_json::Value) -> Error {
    Error::format(text!(
        en: "not the value of a parameter", ko: "매개변수의 값이 아닙니다"
    ))
    .given("value", json)
}

macro_rules! from {
    ($($type:ty => $variant:ident;)*) => {$(
        impl From<$type> for Value {
            fn from(x: $type) -> Value {
                Value::$variant(x.into())
            }
        }
    )*};
}

from! {
    bool => Bool;
    i32 => Int;
    i64 => Int;
    u32 => Int;
    f64 => Float;
    &str => Str;
    String => Str;
    Vec<Value> => List;
    Array => Array;
    Function => Function;
}

impl From<usize> for Value {
    fn from(x: usize) -> Value {
        i64::try_from(x).map_or(Value::Float(x as f64), Value::Int)
    }
}

impl<T: Into<Value>> From<Option<T>> for Value {
    fn from(x: Option<T>) -> Value {
        x.map_or(Value::None, Into::into)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_go_through_json_and_come_back() {
        let all = Value::List(vec![
            Value::None,
            true.into(),
            3i64.into(),
            0.1.into(),
            Value::Float(f64::NAN),
            Value::Float(f64::NEG_INFINITY),
            "rbf".into(),
            Value::Dict(vec![(1i64.into(), 2.5.into()), ("a".into(), Value::None)]),
            Array::from_vec([2, 1], vec![1.5f32, f32::INFINITY]).unwrap().into(),
        ]);
        let json = all.to_json().unwrap();
        let text = json.to_string();
        let back = Value::from_json(&serde_json::from_str(&text).unwrap()).unwrap();
        assert_eq!(back.repr(), all.repr());
    }

    #[test]
    fn functions_and_nonsense_are_refused() {
        let f = Function::new(|a| Ok(a[0].clone()));
        assert!(Value::from(f).to_json().is_err());
        for text in [
            r#"{"function": 0}"#,
            r#"{"float": "x"}"#,
            r#"{"dict": [1]}"#,
            r#"{"array": [1], "shape": [2]}"#,
        ] {
            assert!(Value::from_json(&serde_json::from_str(text).unwrap()).is_err(), "{text}");
        }
    }

    #[test]
    fn functions_go_beside_what_is_written() {
        let f = Function::new(|a| Ok(a[0].clone())).made_of("mine");
        let all = Value::List(vec![1.0.into(), f.into()]);
        let (json, functions) = beside(|| all.to_json().unwrap());
        assert_eq!(functions[0].origin(), Some(&"mine"));
        assert!(Value::from_json(&json).is_err());
        let Value::List(back) = among(functions, || Value::from_json(&json)).unwrap() else {
            panic!()
        };
        let Value::Function(f) = &back[1] else { panic!() };
        assert_eq!(f.call(&[Array::scalar(2.0)]).unwrap().to_f64_vec(), [2.0]);
    }

    #[test]
    fn representations_are_pythons() {
        assert_eq!(Value::from(1.0).repr(), "1.0");
        assert_eq!(Value::from(1e-5).repr(), "1e-05");
        assert_eq!(Value::from(2.5e300).repr(), "2.5e+300");
        assert_eq!(Value::from("a'b").repr(), r"'a\'b'");
        assert_eq!(Value::from(None::<f64>).repr(), "None");
    }
}
