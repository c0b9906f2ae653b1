//! The macros that write records.

/// Writes the record of an estimator: the struct with its parameters, their defaults and builder
/// methods, [`Record`](super::Record), and `fit`.
///
/// ```text
/// estimator! {
///     /// What it does, with its source.
///     Ridge in "linear_model" {
///         /// The strength of the penalty.
///         alpha: f64 = 1.0, Range::from(0.0);
///         /// Whether there is an intercept.
///         fit_intercept: bool = true;
///     }
/// }
/// ```
macro_rules! estimator {
    (
        $(#[doc = $about:literal])+
        $name:ident in $module:literal {
            $(
                $(#[doc = $doc:literal])+
                $field:ident: $ty:ty = $default:expr $(, $range:expr)?;
            )*
        }
    ) => {
        $(#[doc = $about])+
        // Scikit-learn's names, `copy_X` and `C` among them.
        #[allow(non_snake_case)]
        #[derive(Clone, Debug)]
        pub struct $name {
            $($(#[doc = $doc])+ pub $field: $ty,)*
            /// The first value that a builder method could not take; `fit` reports it.
            refused: Option<(&'static str, $crate::record::Value)>,
        }

        impl Default for $name {
            fn default() -> $name {
                $name { $($field: $default,)* refused: None }
            }
        }

        #[allow(non_snake_case)]
        impl $name {
            /// The estimator with every parameter at its default.
            #[allow(clippy::new_without_default)]
            pub fn new() -> $name {
                $name::default()
            }

            $($(#[doc = $doc])+
            #[must_use]
            pub fn $field(mut self, $field: impl $crate::record::Setting<$ty>) -> $name {
                match $crate::record::Setting::setting($field) {
                    Ok(value) => self.$field = value,
                    Err(value) => {
                        self.refused.get_or_insert((stringify!($field), value));
                    }
                }
                self
            })*
        }

        #[allow(clippy::needless_borrow, unused_mut, unused_assignments, unused_variables)]
        impl $crate::record::Record for $name {
            fn class_name(&self) -> &'static str {
                stringify!($name)
            }

            fn module(&self) -> &'static str {
                $module
            }

            fn doc(&self) -> &'static str {
                concat!($($about, "\n"),+)
            }

            fn parameters(&self) -> Vec<$crate::record::Parameter> {
                use $crate::record::{Param, Parameter, Range};
                let defaults = $name::default();
                vec![$({
                    let mut range = Range::ALL;
                    $(range = $range;)?
                    Parameter {
                        name: stringify!($field),
                        doc: concat!($($doc, "\n"),+),
                        default: Param::to_value(&defaults.$field),
                        takes: <$ty as Param>::takes(&range),
                        annotation: <$ty as Param>::annotation(),
                    }
                }),*]
            }

            fn values(&self) -> Vec<(&'static str, $crate::record::Value)> {
                vec![$((stringify!($field), $crate::record::Param::to_value(&self.$field))),*]
            }

            fn set(
                &mut self,
                name: &str,
                value: &$crate::record::Value,
            ) -> seodang_core::Result<()> {
                use $crate::record::{Param, Range};
                match name {
                    $(stringify!($field) => {
                        let mut range = Range::ALL;
                        $(range = $range;)?
                        let taken = <$ty as Param>::from_value(value);
                        let taken = taken.filter(|taken| Param::lies_in(taken, &range));
                        self.$field = taken.ok_or_else(|| {
                            let takes = <$ty as Param>::takes(&range);
                            $crate::record::invalid(stringify!($name), name, &takes, value)
                        })?;
                        Ok(())
                    })*
                    _ => Err($crate::record::unknown(
                        stringify!($name), name, &[$(stringify!($field)),*],
                    )),
                }
            }

            fn check_ranges(&self) -> seodang_core::Result<()> {
                use $crate::record::{Param, Range};
                if let Some((name, value)) = &self.refused {
                    let all = self.parameters();
                    let known = all.iter().find(|p| p.name == *name).expect("a field's name");
                    let class = stringify!($name);
                    return Err($crate::record::invalid(class, name, &known.takes, value));
                }
                $({
                    let mut range = Range::ALL;
                    $(range = $range;)?
                    if !Param::lies_in(&self.$field, &range) {
                        return Err($crate::record::invalid(
                            stringify!($name),
                            stringify!($field),
                            &<$ty as Param>::takes(&range),
                            &Param::to_value(&self.$field),
                        ));
                    }
                })*
                Ok(())
            }
        }
    };
}

/// Writes a parameter that takes one of a few names.
macro_rules! one_of {
    (
        $(#[$meta:meta])*
        $name:ident { $($(#[$vmeta:meta])* $variant:ident = $text:literal,)+ }
    ) => {
        $(#[$meta])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum $name {
            $($(#[$vmeta])* $variant,)+
        }

        impl $name {
            /// The name.
            pub fn name(self) -> &'static str {
                match self {
                    $($name::$variant => $text,)+
                }
            }
        }

        impl $crate::record::Named for $name {}

        impl $crate::record::Param for $name {
            fn from_value(value: &$crate::record::Value) -> Option<$name> {
                match value {
                    $crate::record::Value::Str(s) => match s.as_str() {
                        $($text => Some($name::$variant),)+
                        _ => None,
                    },
                    _ => None,
                }
            }

            fn to_value(&self) -> $crate::record::Value {
                self.name().into()
            }

            fn takes(_: &$crate::record::Range) -> Vec<String> {
                let names = [$(concat!("'", $text, "'")),+];
                vec![format!("a str among {{{}}}", names.join(", "))]
            }

            fn annotation() -> String {
                format!("Literal[{}]", [$(concat!("\"", $text, "\"")),+].join(", "))
            }
        }
    };
}

pub(crate) use {estimator, one_of};
