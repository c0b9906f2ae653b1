//! Messages for people, in English and Korean.

use std::fmt;
use std::sync::OnceLock;

/// A language that messages are written in.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Lang {
    /// English.
    En,
    /// Korean (한국어).
    Ko,
}

impl Lang {
    /// The language of this process: `SEODANG_LANG` (`en` or `ko`), else the locale
    /// (`LC_ALL`, `LC_MESSAGES`, `LANG`), else English. Read once.
    pub fn current() -> Lang {
        static CURRENT: OnceLock<Lang> = OnceLock::new();
        *CURRENT.get_or_init(|| {
            let set = |name: &str| std::env::var(name).ok().filter(|v| !v.is_empty());
            Lang::from_locale(
                set("SEODANG_LANG")
                    .or_else(|| set("LC_ALL"))
                    .or_else(|| set("LC_MESSAGES"))
                    .or_else(|| set("LANG"))
                    .as_deref(),
            )
        })
    }

    /// The language a locale name such as `ko_KR.UTF-8` asks for; English for all others.
    pub fn from_locale(locale: Option<&str>) -> Lang {
        match locale {
            Some(l) if l == "ko" || l.starts_with("ko_") || l.starts_with("ko-") => Lang::Ko,
            _ => Lang::En,
        }
    }
}

/// A message in both languages; [`fmt::Display`] shows the one of [`Lang::current`].
///
/// Write one with [`text!`](crate::text).
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Text {
    /// The English wording.
    pub en: String,
    /// The Korean wording.
    pub ko: String,
}

impl Text {
    /// The same wording in both languages: for names, shapes and numbers.
    pub fn same(s: impl Into<String>) -> Text {
        let s = s.into();
        Text { ko: s.clone(), en: s }
    }

    /// The wording in one language.
    pub fn get(&self, lang: Lang) -> &str {
        match lang {
            Lang::En => &self.en,
            Lang::Ko => &self.ko,
        }
    }
}

impl fmt::Display for Text {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.get(Lang::current()))
    }
}

impl From<&str> for Text {
    fn from(s: &str) -> Text {
        Text::same(s)
    }
}

impl From<String> for Text {
    fn from(s: String) -> Text {
        Text::same(s)
    }
}

/// Writes a [`Text`]: both wordings, each with `format!`'s syntax.
///
/// With captured variables only, separate the two with a comma; with arguments, with a semicolon.
///
/// ```
/// use seodang_core::{Lang, text};
/// let n = 3;
/// let t = text!(en: "{n} rows", ko: "{n}개 행");
/// assert_eq!(t.get(Lang::Ko), "3개 행");
/// let t = text!(en: "{} rows", n + 1; ko: "{}개 행", n + 1);
/// assert_eq!(t.get(Lang::En), "4 rows");
/// ```
#[macro_export]
macro_rules! text {
    (en: $en:literal, ko: $ko:literal $(,)?) => {
        $crate::Text { en: format!($en), ko: format!($ko) }
    };
    (en: $en:literal $(, $a:expr)*; ko: $ko:literal $(, $b:expr)* $(,)?) => {
        $crate::Text { en: format!($en $(, $a)*), ko: format!($ko $(, $b)*) }
    };
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn locale_decides() {
        assert_eq!(Lang::from_locale(Some("ko_KR.UTF-8")), Lang::Ko);
        assert_eq!(Lang::from_locale(Some("ko")), Lang::Ko);
        assert_eq!(Lang::from_locale(Some("kok_IN")), Lang::En);
        assert_eq!(Lang::from_locale(Some("C.UTF-8")), Lang::En);
        assert_eq!(Lang::from_locale(None), Lang::En);
    }
}
