//! The macros that write records and family tables.

/// Writes a record: the documented struct with serde and schema, its defaults, `new`, one builder
/// method for each option, and [`Record`](super::Record). `new(...)` names the options without a
/// default; their written default only stands in while a configuration is checked.
/// `new_or_default(...)` names options that `new` takes though they have one.
macro_rules! record {
    (
        $(#[$meta:meta])*
        $name:ident in $module:literal, new($($given:ident: $gty:ty),*) { $($fields:tt)* }
    ) => {
        $crate::record::record! {
            @ [$($given),*]
            $(#[$meta])*
            $name in $module, new($($given: $gty),*) { $($fields)* }
        }
    };
    (
        $(#[$meta:meta])*
        $name:ident in $module:literal, new_or_default($($given:ident: $gty:ty),*) { $($fields:tt)* }
    ) => {
        $crate::record::record! {
            @ []
            $(#[$meta])*
            $name in $module, new($($given: $gty),*) { $($fields)* }
        }
    };
    (
        @ [$($needed:ident),*]
        $(#[$meta:meta])*
        $name:ident in $module:literal, new($($required:ident: $rty:ty),*) {
            $(
                $(#[doc = $doc:literal])* $(#[serde($($serde:tt)*)])?
                $field:ident: $ty:ty = $default:expr,
            )*
        }
    ) => {
        $(#[$meta])*
        #[derive(Clone, Debug, serde::Serialize, serde::Deserialize, schemars::JsonSchema)]
        #[serde(default)]
        pub struct $name {
            $($(#[doc = $doc])* $(#[serde($($serde)*)])? pub $field: $ty,)*
        }

        impl Default for $name {
            fn default() -> $name {
                $name { $($field: $default,)* }
            }
        }

        impl $name {
            /// A record with the options that have no default; builder methods set the others.
            #[allow(clippy::new_without_default, clippy::needless_update)]
            pub fn new($($required: impl $crate::record::Setting<$rty>),*) -> $name {
                $name {
                    $($required: $crate::record::Setting::into_setting($required),)*
                    ..Default::default()
                }
            }

            $($(#[doc = $doc])*
            pub fn $field(mut self, $field: impl $crate::record::Setting<$ty>) -> $name {
                self.$field = $crate::record::Setting::into_setting($field);
                self
            })*
        }

        impl $crate::record::Record for $name {
            fn class_name(&self) -> &str {
                stringify!($name)
            }

            fn module(&self) -> &str {
                $module
            }

            fn config(&self) -> seodang_core::Result<$crate::record::Config> {
                $crate::record::config_of(self)
            }

            fn default_config(&self) -> $crate::record::Config {
                $crate::record::config_of(&$name::default()).unwrap_or_default()
            }
        }

        impl $crate::record::Fields for $name {
            const FIELDS: &'static [&'static str] = &[$(stringify!($field)),*];
            const REQUIRED: &'static [&'static str] = &[$(stringify!($needed)),*];
        }
    };
}

/// Writes a family's table from the list of its records, each with its other names, and lets
/// records of the family be given wherever an option wants one.
macro_rules! family {
    (
        $family:ident, $en:literal, $ko:literal, renamed [$($old:literal => $new:literal),*],
        ignored [$($ignored:literal),*],
        $($record:ident $(| $alias:literal)*,)*
    ) => {
        impl $crate::record::Family for dyn $family {
            const RENAMED: &'static [(&'static str, &'static str)] = &[$(($old, $new)),*];
            const IGNORED: &'static [&'static str] = &[$($ignored),*];

            fn kind() -> seodang_core::Text {
                seodang_core::text!(en: $en, ko: $ko)
            }

            fn table() -> &'static [$crate::record::Entry<dyn $family>] {
                &[$($crate::record::Entry {
                    class_name: stringify!($record),
                    aliases: &[$($alias),*],
                    read: |config| {
                        let record = $crate::record::read::<$record, dyn $family>(config)?;
                        $family::validate(&record)?;
                        Ok(std::sync::Arc::new(record))
                    },
                    schema: $crate::record::schema::<$record>,
                }),*]
            }

            fn as_record(&self) -> &dyn $crate::record::Record {
                self
            }
        }

        impl<R: $family> From<R> for $crate::record::Choice<dyn $family> {
            fn from(record: R) -> Self {
                $crate::record::Choice::known(std::sync::Arc::new(record))
            }
        }

        impl<R: $family> $crate::record::Setting<$crate::record::Choice<dyn $family>> for R {
            fn into_setting(self) -> $crate::record::Choice<dyn $family> {
                self.into()
            }
        }

        impl<R: $family> $crate::record::Setting<Option<$crate::record::Choice<dyn $family>>>
            for R
        {
            fn into_setting(self) -> Option<$crate::record::Choice<dyn $family>> {
                Some(self.into())
            }
        }
    };
}

/// Writes an option that takes one of a few names: a unit enum that is saved under those names and
/// can be given as one of them.
macro_rules! one_of {
    (
        $(#[$meta:meta])*
        $name:ident { $($(#[$vmeta:meta])* $variant:ident = $text:literal $(| $other:literal)*,)* }
    ) => {
        $(#[$meta])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
        #[derive(schemars::JsonSchema)]
        pub enum $name {
            $($(#[$vmeta])* #[serde(rename = $text $(, alias = $other)*)] $variant,)*
        }

        impl $name {
            /// Every allowed name.
            pub const NAMES: &'static [&'static str] = &[$($text),*];

            /// The name in a saved configuration.
            pub fn name(self) -> &'static str {
                match self {
                    $($name::$variant => $text,)*
                }
            }
        }

        impl std::str::FromStr for $name {
            type Err = seodang_core::Error;

            fn from_str(name: &str) -> seodang_core::Result<$name> {
                match name {
                    $($text $(| $other)* => Ok($name::$variant),)*
                    _ => Err($crate::record::unknown_name(
                        &$crate::record::snake_case(stringify!($name)).into(),
                        name,
                        $name::NAMES,
                    )),
                }
            }
        }
    };
}

pub(crate) use {family, one_of, record};
