//! JSON as Python writes it: with `Infinity` and `NaN`, which JSON does not have.

use seodang_core::{Error, Result, text};
use serde_json::Value as Json;
use std::borrow::Cow;

/// The value of a JSON text. Of the words that Python's `json` adds, `Infinity` becomes the largest
/// finite number (which is infinite again in every narrower type, and bounds as much in its own),
/// and `NaN` becomes `null`.
///
/// # Errors
/// `Format`, if the text is not JSON.
///
/// ```
/// use seodang_nn::saving::parse_json;
/// let value = parse_json(r#"{"max_value": Infinity, "name": "Infinity", "x": NaN}"#)?;
/// assert_eq!(value["max_value"], f64::MAX);
/// assert_eq!(value["name"], "Infinity");
/// assert!(value["x"].is_null());
/// # Ok::<(), seodang_core::Error>(())
/// ```
pub fn parse_json(text: &str) -> Result<Json> {
    serde_json::from_str(&plain(text)).map_err(|e| {
        Error::format(text!(en: "the text is not JSON", ko: "JSON이 아닙니다")).source_error(e)
    })
}

/// The text with the words that JSON lacks replaced, where they stand outside of strings.
fn plain(text: &str) -> Cow<'_, str> {
    // f64::MAX, in the shortest digits that mean it.
    const WORDS: [(&str, &str); 2] = [("Infinity", "1.7976931348623157e308"), ("NaN", "null")];
    if !WORDS.iter().any(|(word, _)| text.contains(word)) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len() + 64);
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        let taken = if c == '"' {
            string_length(rest)
        } else if let Some((word, number)) = WORDS.iter().find(|(w, _)| rest.starts_with(w)) {
            out.push_str(number);
            rest = &rest[word.len()..];
            continue;
        } else {
            c.len_utf8()
        };
        out.push_str(&rest[..taken]);
        rest = &rest[taken..];
    }
    Cow::Owned(out)
}

/// How many bytes the string takes that a text begins with, its quotes included.
fn string_length(text: &str) -> usize {
    let mut escaped = false;
    for (at, c) in text.char_indices().skip(1) {
        match c {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            '"' => return at + 1,
            _ => {}
        }
    }
    text.len()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn python_words_are_read_outside_of_strings_only() {
        let text = r#"{"a": [Infinity, -Infinity, NaN], "NaN \" Infinity\\": "Infinity", "한": 1}"#;
        let want = json!({
            "a": [f64::MAX, f64::MIN, null],
            "NaN \" Infinity\\": "Infinity",
            "한": 1,
        });
        assert_eq!(parse_json(text).unwrap(), want);
        assert!(parse_json("{\"a\": Infinit}").is_err());
        assert!(parse_json("\"NaN").is_err());
        assert!(parse_json(&"[".repeat(100_000)).is_err());
    }
}
