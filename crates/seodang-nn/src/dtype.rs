//! Which element types layers compute in: Keras's dtype policies and the default float type.

use crate::record::Setting;
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use seodang_core::{DType, Error, Result, text};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::{Value, json};
use std::borrow::Cow;
use std::sync::RwLock;

static DEFAULT: RwLock<DTypePolicy> =
    RwLock::new(DTypePolicy { variables: DType::F32, compute: DType::F32 });

/// Keras's default float type, in which metrics and optimizers count: `float32` unless
/// [`set_dtype_policy`] changed it.
pub fn floatx() -> DType {
    dtype_policy().variables
}

/// The policy of layers that name none.
pub fn dtype_policy() -> DTypePolicy {
    *DEFAULT.read().unwrap_or_else(|e| e.into_inner())
}

/// Changes the policy of layers that name none, and [`floatx`] with it.
pub fn set_dtype_policy(policy: DTypePolicy) {
    *DEFAULT.write().unwrap_or_else(|e| e.into_inner()) = policy;
}

/// The element type of a layer's variables and the one it computes in.
///
/// Saved as Keras's `DTypePolicy`; read from that or from a name such as `"float32"` or
/// `"mixed_bfloat16"` (variables in `float32`, computation in `bfloat16`).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DTypePolicy {
    variables: DType,
    compute: DType,
}

impl DTypePolicy {
    /// A policy by its name.
    ///
    /// # Errors
    /// `Value`, if the name is neither a float type's nor one of the mixed policies'.
    pub fn named(name: &str) -> Result<DTypePolicy> {
        let (variables, compute) = match name {
            "mixed_float16" => (DType::F32, DType::F16),
            "mixed_bfloat16" => (DType::F32, DType::BF16),
            _ => {
                let dtype = name.parse::<DType>()?;
                (dtype, dtype)
            }
        };
        Ok(DTypePolicy { variables, compute })
    }

    /// The type that variables are kept in.
    pub fn variable_dtype(&self) -> DType {
        self.variables
    }

    /// The type that is computed in.
    pub fn compute_dtype(&self) -> DType {
        self.compute
    }

    /// The policy's name.
    pub fn name(&self) -> String {
        if self.variables == self.compute {
            self.compute.name().to_string()
        } else {
            format!("mixed_{}", self.compute.name())
        }
    }
}

impl Default for DTypePolicy {
    fn default() -> DTypePolicy {
        dtype_policy()
    }
}

impl From<DType> for DTypePolicy {
    fn from(dtype: DType) -> DTypePolicy {
        DTypePolicy { variables: dtype, compute: dtype }
    }
}

impl Setting<DTypePolicy> for DType {
    fn into_setting(self) -> DTypePolicy {
        self.into()
    }
}

impl Serialize for DTypePolicy {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        json!({
            "module": "keras",
            "class_name": "DTypePolicy",
            "config": { "name": self.name() },
            "registered_name": null,
        })
        .serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for DTypePolicy {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<DTypePolicy, D::Error> {
        let value = Value::deserialize(deserializer)?;
        let name = match &value {
            Value::Null => return Ok(dtype_policy()),
            Value::String(name) => Some(name.as_str()),
            other => other.pointer("/config/name").and_then(Value::as_str),
        };
        let policy = name.ok_or_else(|| {
            Error::value(text!(
                en: "expected a dtype or a dtype policy",
                ko: "dtype도 dtype policy도 아닙니다"
            ))
            .given("dtype", &value)
        });
        policy.and_then(DTypePolicy::named).map_err(serde::de::Error::custom)
    }
}

impl JsonSchema for DTypePolicy {
    fn schema_name() -> Cow<'static, str> {
        "DTypePolicy".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "anyOf": [{ "type": "string" }, { "type": "object", "required": ["config"] }]
        })
    }
}

/// An element type, saved under its plain name as metrics and input layers save it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DTypeName(pub DType);

impl Default for DTypeName {
    fn default() -> DTypeName {
        DTypeName(floatx())
    }
}

impl Setting<DTypeName> for DType {
    fn into_setting(self) -> DTypeName {
        DTypeName(self)
    }
}

impl Serialize for DTypeName {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.name().serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for DTypeName {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<DTypeName, D::Error> {
        let policy = DTypePolicy::deserialize(deserializer)?;
        Ok(DTypeName(policy.variables))
    }
}

impl JsonSchema for DTypeName {
    fn schema_name() -> Cow<'static, str> {
        "DType".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        let names: Vec<&str> = DType::ALL.iter().map(|d| d.name()).collect();
        json_schema!({ "type": "string", "enum": names })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn policies_are_read_in_every_form() {
        let read = |v: Value| serde_json::from_value::<DTypePolicy>(v);
        assert_eq!(read(json!("float64")).unwrap(), DType::F64.into());
        let mixed =
            read(json!({"class_name": "DTypePolicy", "config": {"name": "mixed_bfloat16"}}));
        let mixed = mixed.unwrap();
        assert_eq!((mixed.variable_dtype(), mixed.compute_dtype()), (DType::F32, DType::BF16));
        assert_eq!(mixed.name(), "mixed_bfloat16");
        assert_eq!(read(serde_json::to_value(mixed).unwrap()).unwrap(), mixed);
        assert!(read(json!("float33")).is_err() && read(json!(3)).is_err());
    }
}
