//! File names with values in them: `{epoch:02d}-{val_loss:.2f}`, a small part of Python's format.

use crate::training::Logs;
use seodang_core::{Error, Result, text};

/// The name with its placeholders filled: `epoch` and `batch` count from 1.
///
/// # Errors
/// `NotFound` for a placeholder that names nothing; `Value` for a format that is not understood.
pub(super) fn fill(
    pattern: &str,
    epoch: usize,
    batch: Option<usize>,
    logs: &Logs,
) -> Result<String> {
    let mut out = String::new();
    let mut rest = pattern;
    while let Some(at) = rest.find(['{', '}']) {
        let (before, from) = rest.split_at(at);
        out.push_str(before);
        if from.starts_with("{{") || from.starts_with("}}") {
            out.push_str(&from[..1]);
            rest = &from[2..];
            continue;
        }
        let inside = from.strip_prefix('{').and_then(|f| f.split_once('}'));
        let (field, after) = inside.ok_or_else(|| wrong(pattern, from))?;
        let (name, spec) = field.split_once(':').unwrap_or((field, ""));
        let filled = match (name, batch) {
            ("epoch", _) => whole(epoch + 1, spec),
            ("batch", Some(batch)) => whole(batch + 1, spec),
            _ => real(value(pattern, name, logs)?, spec),
        };
        out.push_str(&filled.ok_or_else(|| wrong(pattern, field))?);
        rest = after;
    }
    out.push_str(rest);
    Ok(out)
}

fn value(pattern: &str, name: &str, logs: &Logs) -> Result<f64> {
    logs.get(name).ok_or_else(|| {
        let known: Vec<&str> = std::iter::once("epoch").chain(logs.names()).collect();
        crate::record::unknown_name(&text!(en: "value", ko: "값"), name, &known)
            .given("file name", pattern)
    })
}

fn wrong(pattern: &str, part: &str) -> Error {
    Error::value(text!(
        en: "the file name has a placeholder that is not understood: {part}",
        ko: "파일 이름에 이해할 수 없는 자리표시가 있습니다: {part}"
    ))
    .given("file name", pattern)
    .expected(text!(
        en: "placeholders such as {{epoch:02d}} and {{val_loss:.2f}}",
        ko: "{{epoch:02d}}, {{val_loss:.2f}} 같은 자리표시"
    ))
}

/// A format: whether to fill with zeros, the width, the digits after the point, the letter.
struct Spec {
    zeros: bool,
    width: usize,
    precision: Option<usize>,
    letter: Option<char>,
}

impl Spec {
    fn parse(spec: &str) -> Option<Spec> {
        const LARGEST: usize = 64;
        let number = |s: &str| s.parse::<usize>().ok().filter(|&n| n <= LARGEST);
        let letter = spec.chars().last().filter(char::is_ascii_alphabetic);
        let numbers = &spec[..spec.len() - usize::from(letter.is_some())];
        let (width, precision) = match numbers.split_once('.') {
            Some((width, precision)) => (width, Some(number(precision)?)),
            None => (numbers, None),
        };
        let zeros = width.starts_with('0');
        let width = if width.is_empty() { 0 } else { number(width)? };
        Some(Spec { zeros, width, precision, letter })
    }

    fn pad(&self, text: String) -> String {
        let fill = if self.zeros { "0" } else { " " };
        let pad = fill.repeat(self.width.saturating_sub(text.len()));
        match text.strip_prefix('-') {
            Some(number) if self.zeros => format!("-{pad}{number}"),
            _ => format!("{pad}{text}"),
        }
    }
}

fn whole(value: usize, spec: &str) -> Option<String> {
    let s = Spec::parse(spec)?;
    match (s.letter, s.precision) {
        (None | Some('d'), None) => Some(s.pad(value.to_string())),
        _ => real(value as f64, spec),
    }
}

fn real(value: f64, spec: &str) -> Option<String> {
    let s = Spec::parse(spec)?;
    let digits = s.precision.unwrap_or(6);
    let text = match s.letter {
        Some('f') => format!("{value:.digits$}"),
        Some('e') => format!("{value:.digits$e}"),
        None if s.precision.is_none() => value.to_string(),
        _ => return None,
    };
    Some(s.pad(text))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn placeholders_are_filled_as_python_does() {
        let mut logs = Logs::new();
        logs.set("val_loss", 0.34567);
        logs.set("gap", -1.5);
        let name = |p: &str| fill(p, 6, Some(11), &logs);
        assert_eq!(name("m-{epoch:02d}-{val_loss:.2f}.seodang").unwrap(), "m-07-0.35.seodang");
        assert_eq!(name("{epoch}-{batch:4d}{{x}}").unwrap(), "7-  12{x}");
        assert_eq!(name("{gap:07.2f}").unwrap(), "-001.50");
        assert_eq!(name("plain").unwrap(), "plain");
        for bad in ["{epoch", "}", "{loss:.2f}", "{epoch:xx}", "{epoch:99999d}", "{gap:한}"] {
            assert!(name(bad).is_err(), "{bad}");
        }
    }
}
