//! Data sets by name.

use crate::{Dataset, builtin};
use seodang_core::{Error, Result, text};

/// The names that [`load`] knows.
pub const NAMES: [&str; 4] = ["digits", "iris", "wine", "breast_cancer"];

/// Loads a data set by name. Hyphens and underscores are the same.
///
/// | name | rows | examples | targets |
/// |---|---|---|---|
/// | `digits` | 1,797 | `u8[64]`, an image of 8x8 pixels, 0 to 16 | `i32`, 10 digits |
/// | `iris` | 150 | `f32[4]` | `i32`, 3 species |
/// | `wine` | 178 | `f32[13]` | `i32`, 3 growers |
/// | `breast_cancer` | 569 | `f32[30]` | `i32`, malignant or benign |
///
/// These four are compiled in; 20 % of each class, chosen once and for all, is the test part
/// ([`Dataset::whole`] gives all rows in their original order).
///
/// # Errors
/// `NotFound`, if there is no data set of that name; the message lists them.
///
/// ```
/// let digits = seodang_data::load("digits")?;
/// assert_eq!(digits.train.x.shape().dims(), [1438, 64]);
/// assert_eq!(digits.test.len(), 359);
/// # Ok::<(), seodang_core::Error>(())
/// ```
pub fn load(name: &str) -> Result<Dataset> {
    match name.to_ascii_lowercase().replace('-', "_").as_str() {
        "digits" => builtin::digits(),
        "iris" => builtin::iris(),
        "wine" => builtin::wine(),
        "breast_cancer" => builtin::breast_cancer(),
        _ => Err(Error::not_found(text!(
            en: "there is no data set \"{name}\"",
            ko: "\"{name}\"(이)라는 데이터가 없습니다"
        ))
        .expected(text!(en: "one of {}", NAMES.join(", "); ko: "{} 중 하나", NAMES.join(", ")))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_name_loads_and_others_list_them() {
        for name in NAMES {
            assert_eq!(load(name).unwrap().name, name);
        }
        assert_eq!(load("Breast-Cancer").unwrap().name, "breast_cancer");
        let e = load("digit").unwrap_err().to_string();
        assert!(NAMES.iter().all(|name| e.contains(name)), "{e}");
    }
}
