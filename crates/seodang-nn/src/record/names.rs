//! Names: Keras's spellings of a class, and the nearest one to a name that does not exist.

use seodang_core::{Error, Text, text};

/// Keras's snake case of a class name: `GlorotUniform` to `glorot_uniform`, `AdamW` to `adam_w`.
pub(crate) fn snake_case(class: &str) -> String {
    let c: Vec<char> = class.chars().collect();
    let mut out = String::new();
    for (i, &x) in c.iter().enumerate() {
        let before = i.checked_sub(1).map(|j| c[j]);
        let after = c.get(i + 1);
        let starts_word = x.is_ascii_uppercase()
            && before.is_some_and(|b| {
                b.is_ascii_lowercase() || after.is_some_and(|a| a.is_ascii_lowercase())
            });
        if starts_word {
            out.push('_');
        }
        out.push(x.to_ascii_lowercase());
    }
    out
}

/// How many letters must be changed, added, left out or swapped to make one name of the other.
fn distance(a: &str, b: &str) -> usize {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    let mut rows = vec![vec![0; b.len() + 1]; a.len() + 1];
    for i in 0..=a.len() {
        for j in 0..=b.len() {
            rows[i][j] = if i == 0 || j == 0 {
                i + j
            } else {
                let change = rows[i - 1][j - 1] + usize::from(a[i - 1] != b[j - 1]);
                let mut best = change.min(rows[i - 1][j] + 1).min(rows[i][j - 1] + 1);
                if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                    best = best.min(rows[i - 2][j - 2] + 1);
                }
                best
            };
        }
    }
    rows[a.len()][b.len()]
}

/// Up to three of the known names that are close to `name`, the closest first.
pub(crate) fn nearest<'a>(name: &str, known: impl IntoIterator<Item = &'a str>) -> Vec<&'a str> {
    let wanted = name.to_lowercase();
    let mut close: Vec<(usize, &str)> = known
        .into_iter()
        .map(|k| {
            let lower = k.to_lowercase();
            let contains = wanted.len() > 2 && (lower.contains(&wanted) || wanted.contains(&lower));
            (if contains { 1 } else { distance(&wanted, &lower) }, k)
        })
        .filter(|(d, k)| *d <= 1 + k.len() / 4)
        .collect();
    close.sort();
    close.dedup_by_key(|(_, k)| *k);
    close.into_iter().take(3).map(|(_, k)| k).collect()
}

/// The error for a name that does not exist, with the nearest names and all of them.
pub(crate) fn unknown_name(kind: &Text, name: &str, known: &[&str]) -> Error {
    let (en, ko) = (&kind.en, &kind.ko);
    let error = Error::not_found(text!(
        en: "there is no {en} named \"{name}\"",
        ko: "\"{name}\"(이)라는 {ko}은(는) 없습니다"
    ))
    .expected(text!(en: "one of {}", known.join(", "); ko: "다음 중 하나: {}", known.join(", ")));
    let close = nearest(name, known.iter().copied());
    if close.is_empty() {
        return error;
    }
    let close = close.join("\", \"");
    error.hint(text!(en: "did you mean \"{close}\"?", ko: "혹시 \"{close}\"인가요?"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn snake_case_is_keras_own() {
        for (class, snake) in [
            ("GlorotUniform", "glorot_uniform"),
            ("AdamW", "adam_w"),
            ("RMSprop", "rm_sprop"),
            ("SGD", "sgd"),
            ("L1L2", "l1l2"),
            ("MaxPooling2D", "max_pooling2d"),
            ("GlobalAveragePooling2D", "global_average_pooling2d"),
            ("TopKCategoricalAccuracy", "top_k_categorical_accuracy"),
            ("BatchNormalization", "batch_normalization"),
        ] {
            assert_eq!(snake_case(class), snake);
        }
    }

    #[test]
    fn the_nearest_name_is_found() {
        let known = ["relu", "relu6", "sigmoid", "softmax", "tanh"];
        assert_eq!(nearest("rleu", known)[0], "relu");
        assert_eq!(nearest("Sigmiod", known), ["sigmoid"]);
        assert!(nearest("xylophone", known).is_empty());
    }
}
