//! The one error type.

use crate::{Lang, Text};
use std::fmt;
use std::panic::Location;

/// `Result` with Seodang's [`Error`].
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// What kind of mistake or accident an [`Error`] reports; callers branch on it, and the Python
/// faces choose the exception class by it.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
#[non_exhaustive]
pub enum ErrorKind {
    /// Shapes do not fit (Python: `ValueError`).
    Shape,
    /// Element types do not fit (Python: `TypeError`).
    DType,
    /// A value, name or option is not allowed (Python: `ValueError`).
    Value,
    /// Something asked for by name does not exist (Python: `KeyError`/`ValueError`).
    NotFound,
    /// A file or stream holds something else than it should (Python: `ValueError`).
    Format,
    /// Reading or writing failed (Python: `OSError`).
    Io,
    /// A gradient was asked for where there is none (Python: `ValueError`).
    Gradient,
    /// Known, but not there on this engine or in this version (Python: `NotImplementedError`).
    Unsupported,
    /// The user interrupted the work (Python: `KeyboardInterrupt`).
    Interrupted,
    /// An engine failed: out of memory, a plugin's own error (Python: `RuntimeError`).
    Engine,
    /// A broken promise inside Seodang: please report it (Python: `RuntimeError`).
    Internal,
}

/// What went wrong: what was being done, what was given, what was expected, how to mend it.
///
/// ```
/// use seodang_core::{Error, text};
/// let e = Error::shape(text!(en: "the operands do not fit", ko: "피연산자의 모양이 맞지 않습니다"))
///     .during("dot_general")
///     .given("lhs", "float32[2, 3]")
///     .expected(text!(en: "equal contracting dimensions", ko: "같은 축약 차원"))
///     .constraint("dot_general C5");
/// assert!(e.to_string().contains("lhs = float32[2, 3]"));
/// ```
pub struct Error(Box<Data>);

struct Data {
    kind: ErrorKind,
    message: Text,
    during: Vec<Text>,
    given: Vec<(String, String)>,
    expected: Option<Text>,
    constraint: Option<String>,
    hint: Option<Text>,
    at: &'static Location<'static>,
    source: Option<Box<dyn std::error::Error + Send + Sync>>,
}

macro_rules! constructors {
    ($($(#[$doc:meta])* $name:ident => $kind:ident;)*) => {$(
        $(#[$doc])*
        #[track_caller]
        pub fn $name(message: impl Into<Text>) -> Error {
            Error::new(ErrorKind::$kind, message)
        }
    )*};
}

impl Error {
    /// An error of the given kind. The place of the call is remembered.
    #[track_caller]
    pub fn new(kind: ErrorKind, message: impl Into<Text>) -> Error {
        Error(Box::new(Data {
            kind,
            message: message.into(),
            during: Vec::new(),
            given: Vec::new(),
            expected: None,
            constraint: None,
            hint: None,
            at: Location::caller(),
            source: None,
        }))
    }

    constructors! {
        /// An [`ErrorKind::Shape`] error.
        shape => Shape;
        /// An [`ErrorKind::DType`] error.
        dtype => DType;
        /// An [`ErrorKind::Value`] error.
        value => Value;
        /// An [`ErrorKind::NotFound`] error.
        not_found => NotFound;
        /// An [`ErrorKind::Format`] error.
        format => Format;
        /// An [`ErrorKind::Io`] error.
        io => Io;
        /// An [`ErrorKind::Gradient`] error.
        gradient => Gradient;
        /// An [`ErrorKind::Unsupported`] error.
        unsupported => Unsupported;
        /// An [`ErrorKind::Interrupted`] error.
        interrupted => Interrupted;
        /// An [`ErrorKind::Engine`] error.
        engine => Engine;
        /// An [`ErrorKind::Internal`] error.
        internal => Internal;
    }

    /// Adds what was being done, outermost last: an op, a layer, a file.
    pub fn during(mut self, what: impl Into<Text>) -> Error {
        self.0.during.push(what.into());
        self
    }

    /// Adds something that was given: an operand's type, a shape, an option's value.
    pub fn given(mut self, name: impl Into<String>, value: impl fmt::Display) -> Error {
        self.0.given.push((name.into(), value.to_string()));
        self
    }

    /// Says what was expected instead.
    pub fn expected(mut self, what: impl Into<Text>) -> Error {
        self.0.expected = Some(what.into());
        self
    }

    /// Names the violated constraint of the specification, such as `"concatenate C4"`.
    pub fn constraint(mut self, label: impl Into<String>) -> Error {
        self.0.constraint = Some(label.into());
        self
    }

    /// Says how to mend it.
    pub fn hint(mut self, how: impl Into<Text>) -> Error {
        self.0.hint = Some(how.into());
        self
    }

    /// Keeps the underlying error.
    pub fn source_error(mut self, e: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> Error {
        self.0.source = Some(e.into());
        self
    }

    /// The kind of the error.
    pub fn kind(&self) -> ErrorKind {
        self.0.kind
    }

    /// The message without its context.
    pub fn message(&self) -> &Text {
        &self.0.message
    }

    /// The label of the violated constraint, if the error has one.
    pub fn constraint_label(&self) -> Option<&str> {
        self.0.constraint.as_deref()
    }

    /// The place in Seodang's source that reported the error.
    pub fn location(&self) -> &'static Location<'static> {
        self.0.at
    }

    /// The whole report in one language.
    pub fn render(&self, lang: Lang) -> String {
        let d = &*self.0;
        let mut out = String::new();
        for what in d.during.iter().rev() {
            out.push_str(what.get(lang));
            out.push_str(": ");
        }
        out.push_str(d.message.get(lang));
        let label = |en: &'static str, ko: &'static str| if lang == Lang::En { en } else { ko };
        if !d.given.is_empty() {
            let list: Vec<_> = d.given.iter().map(|(n, v)| format!("{n} = {v}")).collect();
            out += &format!("\n  {}: {}", label("given", "받은 것"), list.join(", "));
        }
        if let Some(e) = &d.expected {
            out += &format!("\n  {}: {}", label("expected", "기대한 것"), e.get(lang));
        }
        if let Some(c) = &d.constraint {
            out += &format!("\n  {}: {c}", label("constraint", "제약"));
        }
        if let Some(s) = &d.source {
            out += &format!("\n  {}: {s}", label("cause", "원인"));
        }
        if let Some(h) = &d.hint {
            out += &format!("\n  {}: {}", label("hint", "도움말"), h.get(lang));
        }
        out
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.render(Lang::current()))
    }
}

impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?}: {} (at {})", self.0.kind, self.render(Lang::En), self.0.at)
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        self.0.source.as_ref().map(|s| &**s as &(dyn std::error::Error + 'static))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text;

    #[test]
    fn report_has_every_part_in_both_languages() {
        let e = Error::shape(text!(en: "shapes differ", ko: "모양이 다릅니다"))
            .given("x", "float32[2]")
            .expected(text!(en: "rank 2", ko: "2차원"))
            .constraint("reshape C1")
            .hint(text!(en: "reshape it", ko: "reshape 하세요"))
            .during("reshape")
            .during(text!(en: "layer \"a\"", ko: "층 \"a\""));
        assert_eq!(
            e.render(Lang::En),
            "layer \"a\": reshape: shapes differ\n  given: x = float32[2]\n  expected: rank 2\n  \
             constraint: reshape C1\n  hint: reshape it"
        );
        assert!(e.render(Lang::Ko).contains("받은 것: x = float32[2]"));
        assert_eq!(e.kind(), ErrorKind::Shape);
        assert!(e.location().file().ends_with("error.rs"));
    }
}
