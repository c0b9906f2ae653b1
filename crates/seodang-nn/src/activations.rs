//! Activation functions, after `keras.activations`.
//!
//! [`Activation`] is what layers take: `Activation::Relu` or `"relu"` for a function with Keras's
//! default arguments, [`Function`] for one with other arguments, a closure for one of the user's own.
//! [`Function::call`] defines them all.

use crate::Dims;
use crate::ops::{self, like, softplus};
use crate::record::{Setting, stash, unknown_name};
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use seodang_core::{Array, Error, Result, text};
use seodang_tensor::Tensor;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::Value;
use std::borrow::Cow;
use std::fmt;
use std::sync::Arc;

/// Writes the two enums and the tables between them from one list.
macro_rules! activations {
    ($(
        $(#[$meta:meta])*
        $name:ident = $text:literal $(| $alias:literal)*
            { $($(#[$ameta:meta])* $arg:ident: $ty:ty = $default:expr),* };
    )*) => {
        /// A function of a tensor, with its arguments.
        #[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
        #[serde(tag = "class_name", content = "config", rename_all = "snake_case")]
        pub enum Function {
            $($(#[$meta])*
            $name { $($(#[$ameta])* $arg: $ty),* },)*
        }

        /// What a layer applies to its outputs.
        ///
        /// ```
        /// use seodang_nn::Activation;
        /// assert_eq!(Activation::from("relu").name(), Activation::Relu.name());
        /// ```
        #[derive(Clone)]
        pub enum Activation {
            $($(#[$meta])*
            $name,)*
            /// A function with arguments of the user's choice.
            With(Function),
            /// A function of the user's own, with a name for messages. It cannot be saved.
            Custom(String, Arc<CustomFunction>),
            /// A name that does not exist; reported where the activation is used.
            Unknown(String),
        }

        impl Activation {
            /// Every function's name.
            pub const NAMES: &'static [&'static str] = &[$($text),*];

            fn named(name: &str) -> Option<Activation> {
                match name {
                    $($text $(| $alias)* => Some(Activation::$name),)*
                    _ => None,
                }
            }

            /// The function with its arguments: Keras's defaults for a plain name.
            fn function(&self) -> Option<Function> {
                match self {
                    $(Activation::$name => Some(Function::$name { $($arg: $default),* }),)*
                    Activation::With(f) => Some(f.clone()),
                    Activation::Custom(..) | Activation::Unknown(_) => None,
                }
            }
        }

        impl Function {
            /// Keras's name of the function.
            pub fn name(&self) -> &'static str {
                match self {
                    $(Function::$name { .. } => $text,)*
                }
            }

            fn with_defaults(name: &str) -> Option<Function> {
                match name {
                    $($text $(| $alias)* => Some(Function::$name { $($arg: $default),* }),)*
                    _ => None,
                }
            }
        }
    };
}

/// A function of the user's own.
pub type CustomFunction = dyn Fn(&Tensor) -> Result<Tensor> + Send + Sync;

activations! {
    /// `max(x, 0) + alpha * (exp(min(x, 0) / alpha) - 1)`. Source: Barron 2017.
    Celu = "celu" {
        /// The limit towards minus infinity, negated.
        alpha: f64 = 1.0
    };
    /// `x` above 0, `alpha * (exp(x) - 1)` below. Source: Clevert et al. 2016.
    Elu = "elu" {
        /// The limit towards minus infinity, negated.
        alpha: f64 = 1.0
    };
    /// `exp(x)`.
    Exponential = "exponential" {};
    /// `x * P(X <= x)` for a standard normal `X`. Source: Hendrycks and Gimpel 2016.
    Gelu = "gelu" {
        /// Uses the approximation by tanh.
        approximate: bool = false
    };
    /// The first half times the sigmoid of the second half. Source: Dauphin et al. 2017.
    Glu = "glu" {
        /// The axis that is halved.
        axis: i64 = -1
    };
    /// `x` where `|x|` is above the threshold, else 0.
    HardShrink = "hard_shrink" {
        /// The threshold.
        threshold: f64 = 0.5
    };
    /// `relu6(x + 3) / 6`.
    HardSigmoid = "hard_sigmoid" {};
    /// `x * hard_sigmoid(x)`. Source: Howard et al. 2019.
    HardSilu = "hard_silu" | "hard_swish" {};
    /// `x` limited to -1..=1.
    HardTanh = "hard_tanh" {};
    /// `x` above 0, `negative_slope * x` below. Source: Maas et al. 2013.
    LeakyRelu = "leaky_relu" {
        /// The slope below 0.
        negative_slope: f64 = 0.2
    };
    /// `x`.
    Linear = "linear" {};
    /// `log(sigmoid(x))`.
    LogSigmoid = "log_sigmoid" {};
    /// `log(softmax(x))`.
    LogSoftmax = "log_softmax" {
        /// The axis that sums to 1 after exp.
        axis: i64 = -1
    };
    /// `x * tanh(softplus(x))`. Source: Misra 2019.
    Mish = "mish" {};
    /// `max(x, 0)`, with Keras's options.
    Relu = "relu" {
        /// The slope below the threshold.
        negative_slope: f64 = 0.0,
        /// The largest value, if there shall be one.
        max_value: Option<f64> = None,
        /// Below this the function is on its lower branch.
        threshold: f64 = 0.0
    };
    /// `min(max(x, 0), 6)`.
    Relu6 = "relu6" {};
    /// elu with the constants that keep mean 0 and variance 1. Source: Klambauer et al. 2017.
    Selu = "selu" {};
    /// `1 / (1 + exp(-x))`.
    Sigmoid = "sigmoid" {};
    /// `x * sigmoid(x)`, also called swish. Source: Ramachandran et al. 2017.
    Silu = "silu" | "swish" {};
    /// `x` drawn towards 0 by the threshold.
    SoftShrink = "soft_shrink" {
        /// The threshold.
        threshold: f64 = 0.5
    };
    /// `exp(x) / sum(exp(x))`.
    Softmax = "softmax" {
        /// The axis that sums to 1.
        axis: i64 = -1
    };
    /// `log(1 + exp(x))`.
    Softplus = "softplus" {};
    /// `x / (1 + |x|)`.
    Softsign = "softsign" {};
    /// 0 up to -1, `(x + 1)^2 / 4` up to 1, then `x`.
    SparsePlus = "sparse_plus" {};
    /// `(x + 1) / 2` limited to 0..=1.
    SparseSigmoid = "sparse_sigmoid" {};
    /// The point of the probability simplex nearest to x. Source: Martins and Astudillo 2016.
    Sparsemax = "sparsemax" {
        /// The axis that sums to 1.
        axis: i64 = -1
    };
    /// `(x + sqrt(x^2 + b)) / 2`. Source: Barron 2021.
    Squareplus = "squareplus" {
        /// How smooth the bend is.
        b: f64 = 4.0
    };
    /// `tanh(x)`.
    Tanh = "tanh" {};
    /// `x - tanh(x)`.
    TanhShrink = "tanh_shrink" {};
    /// `x` above the threshold, else the default value.
    Threshold = "threshold" {
        /// The threshold.
        threshold: f64 = 0.0,
        /// The value at and below it.
        default_value: f64 = 0.0
    };
}

impl Function {
    /// The function of each element, or of each slice along its axis.
    ///
    /// # Errors
    /// `Value`, if x has no such axis; `Shape`, if glu's axis is odd.
    pub fn call(&self, x: &Tensor) -> Result<Tensor> {
        match *self {
            Function::Celu { alpha } => {
                let below = ((x.minimum(0.0)? / alpha)?.expm1()? * alpha)?;
                x.maximum(0.0)? + below
            }
            Function::Elu { alpha } => elu(x, alpha),
            Function::Exponential {} => x.exp(),
            Function::Gelu { approximate: true } => {
                let cube = (x.square()? * x)?;
                let inner = ((x + (cube * 0.044715)?)? * (2.0 / std::f64::consts::PI).sqrt())?;
                x * ((inner.tanh()? + 1.0)? * 0.5)?
            }
            Function::Gelu { approximate: false } => {
                x * (((x * 0.5f64.sqrt())?.erf()? + 1.0)? * 0.5)?
            }
            Function::Glu { axis } => glu(x, axis),
            Function::HardShrink { threshold } => Tensor::select(&x.abs()?.gt(threshold)?, x, 0.0),
            Function::HardSigmoid {} => hard_sigmoid(x),
            Function::HardSilu {} => x * hard_sigmoid(x)?,
            Function::HardTanh {} => between(x, -1.0, 1.0),
            Function::LeakyRelu { negative_slope } => leaky_relu(x, negative_slope),
            Function::Linear {} => Ok(x.clone()),
            Function::LogSigmoid {} => softplus(&x.neg()?)?.neg(),
            Function::LogSoftmax { axis } => x.log_softmax(axis),
            Function::Mish {} => x * softplus(x)?.tanh()?,
            Function::Relu { negative_slope, max_value, threshold } => {
                full_relu(x, negative_slope, max_value, threshold)
            }
            Function::Relu6 {} => between(x, 0.0, 6.0),
            Function::Selu {} => elu(x, 1.673_263_242_354_377_2)? * 1.050_700_987_355_480_5,
            Function::Sigmoid {} => x.sigmoid(),
            Function::Silu {} => x * x.sigmoid()?,
            Function::SoftShrink { threshold } => {
                let above = Tensor::select(&x.gt(threshold)?, &(x - threshold)?, 0.0)?;
                Tensor::select(&x.lt(-threshold)?, &(x + threshold)?, &above)
            }
            Function::Softmax { axis } => x.softmax(axis),
            Function::Softplus {} => softplus(x),
            Function::Softsign {} => x / (x.abs()? + 1.0)?,
            Function::SparsePlus {} => {
                let bend = ((x + 1.0)?.square()? * 0.25)?;
                let high = Tensor::select(&x.ge(1.0)?, x, &bend)?;
                Tensor::select(&x.le(-1.0)?, 0.0, &high)
            }
            Function::SparseSigmoid {} => ops::clip(&(x + 1.0)?, 0.0, 2.0)? * 0.5,
            Function::Sparsemax { axis } => sparsemax(x, axis),
            Function::Squareplus { b } => (x + (x.square()? + b)?.sqrt()?)? * 0.5,
            Function::Tanh {} => x.tanh(),
            Function::TanhShrink {} => x - x.tanh()?,
            Function::Threshold { threshold, default_value } => {
                Tensor::select(&x.gt(threshold)?, x, default_value)
            }
        }
    }
}

/// `max(x, 0)` with derivative 0 at 0 (as JAX's and Keras's), NaN passed on.
fn relu(x: &Tensor) -> Result<Tensor> {
    Tensor::select(&x.le(0.0)?, 0.0, x)
}

/// `x` limited to lo..=hi with derivative 0 at the limits, NaN passed on.
fn between(x: &Tensor, lo: f64, hi: f64) -> Result<Tensor> {
    let (lo, hi) = (like(x, lo)?, like(x, hi)?);
    let low = Tensor::select(&x.le(&lo)?, &lo, x)?;
    Tensor::select(&x.ge(&hi)?, &hi, &low)
}

fn leaky_relu(x: &Tensor, slope: f64) -> Result<Tensor> {
    Tensor::select(&x.ge(0.0)?, x, &(x * slope)?)
}

fn full_relu(x: &Tensor, slope: f64, max_value: Option<f64>, threshold: f64) -> Result<Tensor> {
    if slope != 0.0 && max_value.is_none() && threshold == 0.0 {
        return leaky_relu(x, slope);
    }
    let mut y = if threshold != 0.0 {
        Tensor::select(&x.gt(threshold)?, x, 0.0)?
    } else if max_value == Some(6.0) {
        between(x, 0.0, 6.0)?
    } else {
        relu(x)?
    };
    if let Some(max) = max_value {
        y = y.minimum(max)?;
    }
    if slope != 0.0 {
        let below = relu(&(threshold - x)?)?;
        y = (y - (below * slope)?)?;
    }
    Ok(y)
}

fn elu(x: &Tensor, alpha: f64) -> Result<Tensor> {
    let zero = like(x, 0.0)?;
    let positive = x.gt(&zero)?;
    // Where x is positive, expm1 sees 0: its derivative there must not overflow.
    let below = (Tensor::select(&positive, &zero, x)?.expm1()? * alpha)?;
    Tensor::select(&positive, x, &below)
}

fn hard_sigmoid(x: &Tensor) -> Result<Tensor> {
    between(&(x + 3.0)?, 0.0, 6.0)? / 6.0
}

fn glu(x: &Tensor, axis: i64) -> Result<Tensor> {
    let at = ops::axis(axis, x.rank())?;
    let n = x.shape()[at];
    if !n.is_multiple_of(2) {
        return Err(Error::shape(text!(
            en: "glu halves an axis of even size",
            ko: "glu는 짝수 크기의 축을 반으로 나눕니다"
        ))
        .given("input", x.shape())
        .given("axis", axis));
    }
    let halves = x.split(2, at as i64)?;
    &halves[0] * halves[1].sigmoid()?
}

fn sparsemax(x: &Tensor, axis: i64) -> Result<Tensor> {
    let at = ops::axis(axis, x.rank())?;
    let n = x.shape()[at];
    let along = at as i64;
    let sorted = x.neg()?.sort(along)?.neg()?;
    let sums = sorted.cumsum(along)?;
    // 1, 2, 3, ... along the axis.
    let shape: Vec<usize> = (0..x.rank()).map(|i| if i == at { n } else { 1 }).collect();
    let counts = Tensor::from_array(&Array::from_fn(x.dtype(), shape, |i| (i + 1) as f64))?;
    let threshold = ((&sums - 1.0)? / &counts)?;
    let support = sorted.gt(&threshold)?;
    let k = support.cast(x.dtype())?.sum(&[along], true)?;
    // Martins and Astudillo take the last of the cumulative sums over the support; Keras adds them
    // all up, and its values are kept.
    let chosen = Tensor::select(&support, &sums, 0.0)?;
    let tau = ((chosen.sum(&[along], true)? - 1.0)? / k)?;
    (x - tau)?.maximum(0.0)
}

impl Activation {
    /// The name: Keras's, or the user's.
    pub fn name(&self) -> &str {
        match self {
            Activation::Custom(name, _) | Activation::Unknown(name) => name,
            other => other.function().map_or("linear", |f| f.name()),
        }
    }

    /// Checks that the name exists.
    ///
    /// # Errors
    /// `NotFound` with the nearest names.
    pub fn check(&self) -> Result<()> {
        match self {
            Activation::Unknown(name) => {
                Err(unknown_name(&text!(en: "activation", ko: "활성화 함수"), name, Self::NAMES))
            }
            _ => Ok(()),
        }
    }

    /// Whether this is the identity.
    pub fn is_linear(&self) -> bool {
        matches!(self, Activation::Linear | Activation::With(Function::Linear {}))
    }

    /// The shape of the result: that of x, but for glu, which halves an axis.
    ///
    /// # Errors
    /// `Value`, if x has no such axis.
    pub fn output_shape(&self, x: &Dims) -> Result<Dims> {
        let Some(Function::Glu { axis }) = self.function() else {
            return Ok(x.clone());
        };
        let at = ops::axis(axis, x.rank())?;
        Ok((0..x.rank()).map(|i| if i == at { x[i].map(|n| n / 2) } else { x[i] }).collect())
    }

    /// The function of a tensor.
    ///
    /// # Errors
    /// As [`Activation::check`] and [`Function::call`].
    pub fn call(&self, x: &Tensor) -> Result<Tensor> {
        self.check()?;
        match self {
            Activation::Custom(_, f) => f(x),
            other => match other.function() {
                Some(f) => f.call(x),
                None => Ok(x.clone()),
            },
        }
    }

    /// The saved form: a name, or an object for a function with arguments.
    ///
    /// # Errors
    /// `NotFound` for an unknown name; `Unsupported` for a function of the user's own.
    pub fn serialize(&self) -> Result<Value> {
        self.check()?;
        match self {
            Activation::Custom(name, _) => Err(Error::unsupported(text!(
                en: "the activation \"{name}\" is a function of yours and cannot be saved",
                ko: "활성화 함수 \"{name}\"은(는) 직접 만든 함수여서 저장할 수 없습니다"
            ))),
            Activation::With(f) if Function::with_defaults(f.name()).as_ref() != Some(f) => {
                let mut value = serde_json::to_value(f).unwrap_or_default();
                value["module"] = "keras.activations".into();
                value["registered_name"] = Value::Null;
                Ok(value)
            }
            other => Ok(other.name().into()),
        }
    }

    /// Reads a name or an object.
    ///
    /// # Errors
    /// `NotFound` or `Value`.
    pub fn from_value(value: &Value) -> Result<Activation> {
        let wrong = |e: Option<serde_json::Error>| {
            let error = Error::value(text!(
                en: "this is not an activation",
                ko: "활성화 함수가 아닙니다"
            ))
            .given("activation", value);
            match e {
                Some(e) => error.source_error(e),
                None => error,
            }
        };
        match value {
            Value::Null => Ok(Activation::Linear),
            Value::String(name) => {
                let activation = Activation::from(name.as_str());
                activation.check().map(|()| activation)
            }
            Value::Object(object) => {
                if let Some((name, function)) = crate::record::foreign::activation(value) {
                    return Ok(Activation::Custom(name, function));
                }
                // Keras saves a function of the user's as {"class_name": "function", "config": name}.
                if let Some(Value::String(name)) = object.get("config") {
                    return Activation::from_value(&Value::String(name.clone()));
                }
                let name = object.get("class_name").and_then(Value::as_str);
                let name = name.ok_or_else(|| wrong(None))?;
                let Some(defaults) = Function::with_defaults(name) else {
                    return Activation::from_value(&Value::String(name.to_string()));
                };
                let mut config = serde_json::to_value(&defaults).unwrap_or_default();
                if let Some(Value::Object(given)) = object.get("config") {
                    for (k, v) in given {
                        config["config"][k] = v.clone();
                    }
                }
                serde_json::from_value(config).map(Activation::With).map_err(|e| wrong(Some(e)))
            }
            _ => Err(wrong(None)),
        }
    }
}

impl From<&str> for Activation {
    fn from(name: &str) -> Activation {
        Activation::named(name).unwrap_or_else(|| Activation::Unknown(name.to_string()))
    }
}

impl From<Function> for Activation {
    fn from(function: Function) -> Activation {
        Activation::With(function)
    }
}

impl Setting<Activation> for &str {
    fn into_setting(self) -> Activation {
        self.into()
    }
}

impl Setting<Activation> for Function {
    fn into_setting(self) -> Activation {
        self.into()
    }
}

impl fmt::Debug for Activation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Activation::With(function) => write!(f, "{function:?}"),
            other => f.write_str(other.name()),
        }
    }
}

impl Serialize for Activation {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let value = Activation::serialize(self);
        value.map_err(|e| serde::ser::Error::custom(stash(e)))?.serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Activation {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Activation, D::Error> {
        let value = Value::deserialize(deserializer)?;
        Activation::from_value(&value).map_err(|e| serde::de::Error::custom(stash(e)))
    }
}

impl JsonSchema for Activation {
    fn schema_name() -> Cow<'static, str> {
        "Activation".into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let with = generator.subschema_for::<Function>();
        json_schema!({
            "anyOf": [{ "type": "string", "enum": Activation::NAMES }, { "type": "null" }, with]
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn names_arguments_and_saved_forms() {
        for name in Activation::NAMES {
            let a = Activation::from(*name);
            assert_eq!(a.name(), *name);
            assert_eq!(a.serialize().unwrap(), json!(name));
            assert_eq!(Function::with_defaults(name).unwrap().name(), *name);
        }
        assert_eq!(Activation::from("swish").name(), "silu");
        let with = Activation::from(Function::LeakyRelu { negative_slope: 0.3 });
        let saved = with.serialize().unwrap();
        assert_eq!(saved["config"], json!({"negative_slope": 0.3}));
        let read = Activation::from_value(&saved).unwrap();
        assert_eq!(read.serialize().unwrap(), saved);
        let partial = json!({"class_name": "relu", "config": {"max_value": 1.0}});
        let Activation::With(Function::Relu { max_value, threshold, .. }) =
            Activation::from_value(&partial).unwrap()
        else {
            panic!("not relu");
        };
        assert_eq!((max_value, threshold), (Some(1.0), 0.0));
    }

    #[test]
    fn an_unknown_name_lists_the_nearest() {
        let e = Activation::from("rleu").check().unwrap_err();
        assert!(e.render(seodang_core::Lang::En).contains("did you mean \"relu\""));
        assert!(Activation::from_value(&json!("sofmax")).is_err());
    }
}
