//! Declarative records: one list of documented parameters is at once the Rust builder, the validation,
//! the Python class and its documentation, and what a file holds (D6 of the design).
//!
//! `estimator!` writes the struct, its defaults, its builder methods and its [`Record`]. As
//! scikit-learn's constructors, the builder stores what it is given; `fit` validates.

mod class_weight;
mod macros;
mod param;
pub mod seed;
mod value;

pub use class_weight::ClassWeight;
pub(crate) use macros::{estimator, one_of};
pub use param::{Either, Named, Param, Range, Setting, Verbosity};
pub use seed::Seed;
pub use value::{Function, Value, among, beside};

use seodang_core::{Error, Result, text};

/// What is known of a parameter without an estimator.
#[derive(Clone, Debug)]
pub struct Parameter {
    /// Its name, scikit-learn's.
    pub name: &'static str,
    /// One sentence.
    pub doc: &'static str,
    /// Its value unless another is given.
    pub default: Value,
    /// What it takes, in scikit-learn's words.
    pub takes: Vec<String>,
    /// Python's annotation.
    pub annotation: String,
}

/// What every estimator can say of itself.
pub trait Record: std::fmt::Debug + Send + Sync + 'static {
    /// Scikit-learn's class name.
    fn class_name(&self) -> &'static str;

    /// Scikit-learn's module, such as `"neighbors"`.
    fn module(&self) -> &'static str;

    /// What the class does: its documentation.
    fn doc(&self) -> &'static str;

    /// The parameters that there are, in the order of the constructor.
    fn parameters(&self) -> Vec<Parameter>;

    /// The parameters as they are set, in the same order.
    fn values(&self) -> Vec<(&'static str, Value)>;

    /// Sets a parameter.
    ///
    /// # Errors
    /// `NotFound` for a name that is none; `Value` for a value that it does not take.
    fn set(&mut self, name: &str, value: &Value) -> Result<()>;

    /// Checks each parameter against its range.
    ///
    /// # Errors
    /// `Value`, in scikit-learn's words, for the first that lies outside.
    fn check_ranges(&self) -> Result<()>;
}

/// The error for a value that a parameter does not take, in scikit-learn's words.
pub(crate) fn invalid(class: &str, name: &str, takes: &[String], value: &Value) -> Error {
    let (last, rest) = takes.split_last().expect("a parameter takes something");
    let list =
        if rest.is_empty() { last.clone() } else { format!("{} or {last}", rest.join(", ")) };
    let got = value.repr();
    Error::value(text!(
        en: "The '{name}' parameter of {class} must be {list}. Got {got} instead.",
        ko: "{class}의 매개변수 '{name}'에 올 수 없는 값입니다: {got}. 올 수 있는 것: {list}"
    ))
}

/// The error for a parameter that a class does not have.
pub(crate) fn unknown(class: &str, name: &str, known: &[&str]) -> Error {
    let list: Vec<_> = known.iter().map(|n| format!("'{n}'")).collect();
    let list = list.join(", ");
    Error::not_found(text!(
        en: "Invalid parameter '{name}' for estimator {class}(). Valid parameters are: [{list}].",
        ko: "{class}에는 매개변수 '{name}'이(가) 없습니다. 있는 것: [{list}]"
    ))
}
