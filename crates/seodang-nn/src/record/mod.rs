//! Declarative records: one serde struct is at once the builder, the validation, the saved
//! configuration and the documented parameter list of a layer, a loss, an optimizer (D6).
//!
//! - `record!` writes the struct, its defaults, its builder methods and its [`Record`].
//! - A [`Family`] is the closed table of one kind of record (every loss, every initializer); the
//!   `family!` macro writes it from a list, and nothing else has to be touched to add a record.
//! - A [`Choice`] is an option's value that names a member of a family: by a name (`"glorot_uniform"`),
//!   by a record (`HeNormal::new()`), or by the user's own implementation of the family's trait.

mod choice;
pub mod foreign;
mod macros;
mod names;
mod setting;

pub use choice::{Choice, Entry, Family};
pub(crate) use choice::{Fields, read, schema};
pub(crate) use macros::{family, one_of, record};
pub(crate) use names::{nearest, snake_case, unknown_name};
pub use setting::Setting;

use seodang_core::{Error, Result, text};
use serde_json::{Map, Value, json};
use std::cell::RefCell;
use std::fmt::Debug;

/// A configuration: option names and values, in Keras's order.
pub type Config = Map<String, Value>;

/// What every record of every family can do: say what it is, and give its configuration.
pub trait Record: Debug + Send + Sync + 'static {
    /// Keras's class name, such as `"Dense"`.
    fn class_name(&self) -> &str;

    /// Keras's module, such as `"keras.layers"`.
    fn module(&self) -> &str;

    /// The name under which a user registered a class of their own.
    fn registered_name(&self) -> Option<&str> {
        None
    }

    /// The options, as Keras's `get_config` gives them.
    ///
    /// # Errors
    /// `NotFound`, if an option names something that does not exist.
    fn config(&self) -> Result<Config>;

    /// The options of a record of this class that sets none.
    fn default_config(&self) -> Config;
}

impl dyn Record + '_ {
    /// The form that `keras.saving.serialize_keras_object` gives.
    ///
    /// # Errors
    /// As [`Record::config`].
    pub fn serialize(&self) -> Result<Value> {
        Ok(json!({
            "module": self.module(),
            "class_name": self.class_name(),
            "config": self.config()?,
            "registered_name": self.registered_name(),
        }))
    }

    /// One line for error messages: the class and the options that differ from the defaults.
    pub fn describe(&self) -> String {
        let defaults = self.default_config();
        let options = match self.config() {
            Ok(config) => config
                .iter()
                .filter(|(k, v)| *k != "dtype" && *k != "name" && defaults.get(*k) != Some(v))
                .map(|(k, v)| format!("{k}={}", short(v)))
                .collect::<Vec<_>>()
                .join(", "),
            Err(_) => "...".to_string(),
        };
        format!("{}({options})", self.class_name())
    }
}

/// A value of a configuration in few characters: an object by its class name.
fn short(value: &Value) -> String {
    match value.get("class_name") {
        Some(Value::String(name)) => name.clone(),
        _ => value.to_string(),
    }
}

thread_local! {
    /// The error behind serde's: serde's errors carry one string, ours carry two languages.
    static BEHIND: RefCell<Option<Error>> = const { RefCell::new(None) };
}

/// Keeps an error of ours while serde's travels up in its place.
pub(crate) fn stash(e: Error) -> String {
    let message = e.message().to_string();
    BEHIND.with(|b| *b.borrow_mut() = Some(e));
    message
}

/// Drops an error that was kept for a failure that somebody has dealt with since.
pub(crate) fn forget() {
    BEHIND.with(|b| *b.borrow_mut() = None);
}

/// The error of ours that was kept, or one made of serde's.
fn unstash(e: serde_json::Error) -> Error {
    BEHIND.with(|b| b.borrow_mut().take()).unwrap_or_else(|| {
        Error::value(text!(
            en: "an option has a value that it cannot have: {e}",
            ko: "옵션이 가질 수 없는 값입니다: {e}"
        ))
    })
}

/// A record's options as a JSON object.
pub(crate) fn config_of(record: &impl serde::Serialize) -> Result<Config> {
    match serde_json::to_value(record).map_err(unstash)? {
        Value::Object(map) => Ok(map),
        other => Err(Error::internal(text!(
            en: "a record is not an object: {other}",
            ko: "레코드가 객체가 아닙니다: {other}"
        ))),
    }
}
