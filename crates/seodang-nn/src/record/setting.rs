//! What can be given for an option.

use super::{Choice, Family};

/// A value that can be given for an option of type `T`: the value itself, a name for it, one value
/// for a pair of equal ones, a plain value where the option may be absent.
pub trait Setting<T> {
    /// The option's value.
    fn into_setting(self) -> T;
}

impl<T> Setting<T> for T {
    fn into_setting(self) -> T {
        self
    }
}

impl<T> Setting<Option<T>> for T {
    fn into_setting(self) -> Option<T> {
        Some(self)
    }
}

impl Setting<String> for &str {
    fn into_setting(self) -> String {
        self.to_string()
    }
}

impl Setting<Option<String>> for &str {
    fn into_setting(self) -> Option<String> {
        Some(self.to_string())
    }
}

impl<F: Family + ?Sized> Setting<Choice<F>> for &str {
    fn into_setting(self) -> Choice<F> {
        self.into()
    }
}

impl<F: Family + ?Sized> Setting<Option<Choice<F>>> for &str {
    fn into_setting(self) -> Option<Choice<F>> {
        Some(self.into())
    }
}
