//! How a plugin is opened and how programs are compiled.

/// The value of an option.
#[derive(Clone, PartialEq, Debug)]
pub enum Setting {
    /// A text.
    Text(String),
    /// An integer.
    Integer(i64),
    /// A number.
    Real(f64),
    /// Yes or no.
    Flag(bool),
}

macro_rules! settings {
    ($($from:ty => $variant:ident,)*) => {$(
        impl From<$from> for Setting {
            fn from(value: $from) -> Setting {
                Setting::$variant(value.into())
            }
        }
    )*};
}

settings! {
    &str => Text,
    String => Text,
    i32 => Integer,
    i64 => Integer,
    f64 => Real,
    bool => Flag,
}

/// How to open a plugin: options of its client, flags of its compiler.
///
/// ```
/// let options = seodang_pjrt::Options::new()
///     .client("cpu_device_count", 1)
///     .flag("xla_backend_optimization_level", 1);
/// assert_ne!(options, seodang_pjrt::Options::default());
/// ```
#[derive(Clone, PartialEq, Debug)]
pub struct Options {
    pub(crate) client: Vec<(String, Setting)>,
    pub(crate) flags: Vec<(String, Setting)>,
    pub(crate) self_test: bool,
}

impl Default for Options {
    fn default() -> Options {
        Options { client: Vec::new(), flags: Vec::new(), self_test: true }
    }
}

impl Options {
    /// No options of the client, no flags, with the self-test.
    pub fn new() -> Options {
        Options::default()
    }

    /// Adds an option of the client. Which there are, the plugin's documentation says; one that it
    /// does not know is an error when it is opened.
    pub fn client(mut self, name: impl Into<String>, value: impl Into<Setting>) -> Options {
        self.client.push((name.into(), value.into()));
        self
    }

    /// Adds a flag of XLA's compiler, such as `xla_backend_optimization_level`. One that the plugin
    /// does not know is an error when a program is compiled.
    ///
    /// Use this, and not the environment variable `XLA_FLAGS`: a mistake in that one ends the process.
    pub fn flag(mut self, name: impl Into<String>, value: impl Into<Setting>) -> Options {
        self.flags.push((name.into(), value.into()));
        self
    }

    /// Whether a plugin must train a small program with donated state right before it is trusted
    /// (there are plugins that do not). On unless switched off here.
    pub fn self_test(mut self, yes: bool) -> Options {
        self.self_test = yes;
        self
    }

    /// Adds a flag of ours, unless the caller has set it.
    pub(crate) fn flag_unless_given(self, name: &str, value: Setting) -> Options {
        let given = self.flags.iter().any(|(n, _)| n == name);
        if given { self } else { self.flag(name, value) }
    }

    /// XLA's `CompileOptionsProto` for a program on one device.
    pub(crate) fn compile_options(&self) -> Vec<u8> {
        // executable_build_options (3): num_replicas (4) and num_partitions (5) are 1. Without them
        // plugins end the process.
        let mut build = Vec::new();
        number(&mut build, 4, 1);
        number(&mut build, 5, 1);
        let mut out = Vec::new();
        message(&mut out, 3, &build);
        for (name, value) in &self.flags {
            // env_option_overrides (7), a map: key (1), value (2), which is one of string_field (1),
            // bool_field (2), int_field (3), double_field (4).
            let mut field = Vec::new();
            match value {
                Setting::Text(s) => message(&mut field, 1, s.as_bytes()),
                Setting::Flag(b) => number(&mut field, 2, u64::from(*b)),
                Setting::Integer(i) => number(&mut field, 3, *i as u64),
                Setting::Real(x) => {
                    varint(&mut field, 4 << 3 | 1);
                    field.extend_from_slice(&x.to_le_bytes());
                }
            }
            let mut entry = Vec::new();
            message(&mut entry, 1, name.as_bytes());
            message(&mut entry, 2, &field);
            message(&mut out, 7, &entry);
        }
        out
    }
}

/// A number in protocol buffers' variable length.
fn varint(out: &mut Vec<u8>, mut n: u64) {
    while n >= 0x80 {
        out.push(n as u8 | 0x80);
        n >>= 7;
    }
    out.push(n as u8);
}

fn number(out: &mut Vec<u8>, field: u64, n: u64) {
    varint(out, field << 3);
    varint(out, n);
}

fn message(out: &mut Vec<u8>, field: u64, bytes: &[u8]) {
    varint(out, field << 3 | 2);
    varint(out, bytes.len() as u64);
    out.extend_from_slice(bytes);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn compile_options_are_what_plugins_take() {
        assert_eq!(Options::new().compile_options(), [0x1a, 4, 0x20, 1, 0x28, 1]);
        let bytes = Options::new().flag("ab", 300).compile_options();
        let entry = [0x3a, 9, 0x0a, 2, b'a', b'b', 0x12, 3, 0x18, 0xac, 2];
        assert_eq!(bytes[6..], entry);
    }
}
