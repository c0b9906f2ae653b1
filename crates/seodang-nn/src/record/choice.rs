//! Families of records, and options that name a member of one.

use super::{Config, Record, forget, nearest, snake_case, stash, unknown_name, unstash};
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use seodang_core::{Error, Result, Text, text};
use serde::de::{DeserializeOwned, Error as _};
use serde::ser::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::Value;
use std::borrow::Cow;
use std::fmt;
use std::sync::Arc;

/// A record's row in the table of its family.
pub struct Entry<F: ?Sized> {
    /// Keras's class name.
    pub class_name: &'static str,
    /// Names beside the class name, its snake case and its lower case.
    pub aliases: &'static [&'static str],
    /// Makes the record of its options and checks them.
    pub read: fn(&Config) -> Result<Arc<F>>,
    /// The JSON schema of its options.
    pub schema: fn() -> Schema,
}

impl<F: ?Sized> Entry<F> {
    /// Whether `name` is one of the names of this record.
    pub fn answers_to(&self, name: &str) -> bool {
        name == self.class_name
            || self.aliases.contains(&name)
            || name == snake_case(self.class_name)
            || name == self.class_name.to_lowercase()
    }
}

/// A kind of record with its table: implemented by `dyn Loss`, `dyn Initializer` and so on.
pub trait Family: Send + Sync + 'static {
    /// Options of older Keras versions and what they are called now.
    const RENAMED: &'static [(&'static str, &'static str)];
    /// Options of older Keras versions that change nothing any more.
    const IGNORED: &'static [&'static str];

    /// What a member is called in messages.
    fn kind() -> Text;

    /// Every record of the family.
    fn table() -> &'static [Entry<Self>];

    /// The member as a plain record.
    fn as_record(&self) -> &dyn Record;

    /// The row that answers to a name.
    ///
    /// # Errors
    /// `NotFound` with the nearest names.
    fn find(name: &str) -> Result<&'static Entry<Self>> {
        Self::table().iter().find(|e| e.answers_to(name)).ok_or_else(|| {
            let names: Vec<&str> = Self::table().iter().map(|e| e.class_name).collect();
            let all: Vec<String> = Self::table()
                .iter()
                .flat_map(|e| {
                    let other = e.aliases.iter().map(|a| a.to_string());
                    [e.class_name.to_string(), snake_case(e.class_name)].into_iter().chain(other)
                })
                .collect();
            let close = nearest(name, all.iter().map(String::as_str));
            let error = unknown_name(&Self::kind(), name, &names);
            if close.is_empty() {
                return error;
            }
            let close = close.join("\", \"");
            error.hint(text!(en: "did you mean \"{close}\"?", ko: "혹시 \"{close}\"인가요?"))
        })
    }
}

/// The names of a record's options.
pub(crate) trait Fields {
    /// All of them.
    const FIELDS: &'static [&'static str];
    /// Those without a default.
    const REQUIRED: &'static [&'static str];
}

/// Reads a record's options: unknown and missing ones are errors, a wrong value names its option.
pub(crate) fn read<R, F>(config: &Config) -> Result<R>
where
    R: DeserializeOwned + Fields,
    F: Family + ?Sized,
{
    let mut known = Config::new();
    for (key, value) in config {
        let renamed = F::RENAMED.iter().find(|(old, _)| old == key).map(|(_, new)| *new);
        let key = renamed.filter(|_| !R::FIELDS.contains(&key.as_str())).unwrap_or(key);
        if R::FIELDS.contains(&key) {
            known.insert(key.to_string(), value.clone());
        } else if !F::IGNORED.contains(&key) {
            return Err(unknown_name(&text!(en: "option", ko: "옵션"), key, R::FIELDS));
        }
    }
    if let Some(missing) = R::REQUIRED.iter().find(|r| !known.contains_key(**r)) {
        return Err(Error::value(text!(
            en: "the option \"{missing}\" is missing",
            ko: "옵션 \"{missing}\"이(가) 없습니다"
        )));
    }
    // Python programs write `data_format=None` for the default: null stands for it where it is no
    // value of the option's.
    known.retain(|key, value| {
        let one = || Config::from_iter([(key.clone(), Value::Null)]);
        !value.is_null()
            || R::REQUIRED.contains(&key.as_str())
            || R::deserialize(Value::Object(one())).is_ok()
    });
    forget();
    R::deserialize(Value::Object(known.clone())).map_err(|e| {
        let error = unstash(e);
        let wrong = known.iter().find(|(k, v)| {
            let one = Config::from_iter([((*k).clone(), (*v).clone())]);
            R::deserialize(Value::Object(one)).is_err()
        });
        // The search failed again where the reading did: its errors are not the next one's.
        forget();
        match wrong {
            Some((k, v)) => error.given(k, v),
            None => error,
        }
    })
}

/// A record's JSON schema, with its required options.
pub(crate) fn schema<R: JsonSchema + Fields>() -> Schema {
    let mut schema = SchemaGenerator::default().into_root_schema_for::<R>();
    schema.insert("required".to_string(), Value::from(R::REQUIRED));
    schema
}

/// A member of a family, as an option's value.
///
/// It is made of a record, of one of the family's names, or of a saved configuration. A name that
/// does not exist is reported where the choice is used, so that builders need no `?`.
///
/// ```
/// use seodang_nn::Choice;
/// use seodang_nn::initializers::{HeNormal, Initializer};
///
/// let by_record: Choice<dyn Initializer> = HeNormal::new().into();
/// let by_name: Choice<dyn Initializer> = "he_normal".into();
/// assert_eq!(by_record.get()?.class_name(), by_name.get()?.class_name());
/// let e = Choice::<dyn Initializer>::from("he_norml").get().unwrap_err();
/// assert!(e.to_string().contains("did you mean \"he_normal\""));
/// # Ok::<(), seodang_core::Error>(())
/// ```
pub struct Choice<F: ?Sized>(Inner<F>);

enum Inner<F: ?Sized> {
    Known { member: Arc<F>, given: Option<String> },
    Unknown(String),
}

impl<F: Family + ?Sized> Choice<F> {
    /// A member that is there already: a record, or an implementation of the user's own.
    pub fn known(member: Arc<F>) -> Choice<F> {
        Choice(Inner::Known { member, given: None })
    }

    /// The member.
    ///
    /// # Errors
    /// `NotFound`, if the choice was made by a name that does not exist.
    pub fn get(&self) -> Result<&Arc<F>> {
        match &self.0 {
            Inner::Known { member, .. } => Ok(member),
            Inner::Unknown(name) => Err(by_name::<F>(name).err().unwrap_or_else(|| {
                Error::not_found(text!(en: "unknown name \"{name}\"", ko: "없는 이름: \"{name}\""))
            })),
        }
    }

    /// The name the choice was made by, if it was made by a name.
    pub fn given_name(&self) -> Option<&str> {
        match &self.0 {
            Inner::Known { given, .. } => given.as_deref(),
            Inner::Unknown(name) => Some(name),
        }
    }

    /// Reads a name or a saved configuration: Keras 3's form (`module`, `class_name`, `config`,
    /// `registered_name`) and the shorter ones of Keras 2.
    ///
    /// # Errors
    /// `NotFound`, `Value` or `Format`, with the class and the option at fault.
    pub fn from_value(value: &Value) -> Result<Choice<F>> {
        match value {
            Value::String(name) => {
                Ok(Choice(Inner::Known { member: by_name(name)?, given: Some(name.clone()) }))
            }
            Value::Object(object) => {
                let Some(Value::String(class)) = object.get("class_name") else {
                    return Err(Error::format(text!(
                        en: "a saved object has no \"class_name\"",
                        ko: "저장된 객체에 \"class_name\"이 없습니다"
                    ))
                    .given("object", value));
                };
                if let Some(member) = super::foreign::member::<F>(value) {
                    return Ok(Choice(Inner::Known { member, given: None }));
                }
                let entry = F::find(class)?;
                let empty = Config::new();
                let config = match object.get("config") {
                    Some(Value::Object(config)) => config,
                    None | Some(Value::Null) => &empty,
                    // Keras writes a function as its bare name.
                    Some(Value::String(name)) => return Choice::from_value(&name.clone().into()),
                    Some(other) => {
                        return Err(Error::format(text!(
                            en: "the \"config\" of {class} is not an object",
                            ko: "{class}의 \"config\"가 객체가 아닙니다"
                        ))
                        .given("config", other));
                    }
                };
                let member = (entry.read)(config).map_err(|e| e.during(class.as_str()))?;
                Ok(Choice(Inner::Known { member, given: None }))
            }
            other => Err(Error::format(text!(
                en: "expected a name or a saved object",
                ko: "이름이나 저장된 객체가 아닙니다"
            ))
            .given("value", other)),
        }
    }

    /// The form that `keras.saving.serialize_keras_object` gives.
    ///
    /// # Errors
    /// `NotFound`, if the choice, or a choice inside it, was made by a name that does not exist.
    pub fn serialize(&self) -> Result<Value> {
        self.get()?.as_record().serialize()
    }
}

fn by_name<F: Family + ?Sized>(name: &str) -> Result<Arc<F>> {
    (F::find(name)?.read)(&Config::new()).map_err(|e| e.during(name))
}

impl<F: Family + ?Sized> From<&str> for Choice<F> {
    fn from(name: &str) -> Choice<F> {
        Choice(match by_name(name) {
            Ok(member) => Inner::Known { member, given: Some(name.to_string()) },
            Err(_) => Inner::Unknown(name.to_string()),
        })
    }
}

impl<F: ?Sized> Clone for Choice<F> {
    fn clone(&self) -> Choice<F> {
        Choice(match &self.0 {
            Inner::Known { member, given } => {
                Inner::Known { member: member.clone(), given: given.clone() }
            }
            Inner::Unknown(name) => Inner::Unknown(name.clone()),
        })
    }
}

impl<F: Family + ?Sized> fmt::Debug for Choice<F> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            Inner::Known { member, .. } => f.write_str(&member.as_record().describe()),
            Inner::Unknown(name) => write!(f, "{name:?} (unknown)"),
        }
    }
}

impl<F: Family + ?Sized> Serialize for Choice<F> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let value = Choice::serialize(self).map_err(|e| S::Error::custom(stash(e)))?;
        value.serialize(serializer)
    }
}

impl<'de, F: Family + ?Sized> Deserialize<'de> for Choice<F> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Choice<F>, D::Error> {
        let value = Value::deserialize(deserializer)?;
        Choice::from_value(&value).map_err(|e| D::Error::custom(stash(e)))
    }
}

impl<F: Family + ?Sized> JsonSchema for Choice<F> {
    fn schema_name() -> Cow<'static, str> {
        let kind = F::kind().en;
        kind.split(' ').map(|w| w[..1].to_uppercase() + &w[1..]).collect::<String>().into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        let names: Vec<String> = F::table()
            .iter()
            .flat_map(|e| [e.class_name.to_string(), snake_case(e.class_name)])
            .collect();
        json_schema!({
            "anyOf": [
                { "type": "string", "enum": names },
                { "type": "object", "required": ["class_name"] },
            ]
        })
    }
}
