//! Data sets by name.

use crate::sets::Set;
use crate::{Dataset, builtin, cache, excerpt};
use seodang_core::{Error, Result, text};
use std::path::Path;

/// The names that [`load`] knows.
pub const NAMES: [&str; 6] = ["digits", "iris", "wine", "breast_cancer", "mnist", "fashion_mnist"];

/// How far a download is.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Progress {
    /// The file that is being downloaded.
    pub file: String,
    /// The bytes that have arrived.
    pub done: u64,
    /// The bytes there will be, if that is known.
    pub total: Option<u64>,
}

/// Loads a data set by name. Hyphens and underscores are the same.
///
/// | name | rows | examples | targets |
/// |---|---|---|---|
/// | `digits` | 1,797 | `u8[64]`, an image of 8x8 pixels, 0 to 16 | `i32`, 10 digits |
/// | `iris` | 150 | `f32[4]` | `i32`, 3 species |
/// | `wine` | 178 | `f32[13]` | `i32`, 3 growers |
/// | `breast_cancer` | 569 | `f32[30]` | `i32`, malignant or benign |
/// | `mnist` | 60,000 and 10,000 | `u8[28, 28]` | `i32`, 10 digits |
/// | `fashion_mnist` | 60,000 and 10,000 | `u8[28, 28]` | `i32`, 10 kinds of clothes |
///
/// The first four are compiled in; 20 % of each class, chosen once and for all, is the test part
/// ([`Dataset::whole`] gives all rows in their original order). The others are read from the
/// [cache folder](crate::cache) and, with the feature `download`, fetched into it first if they are
/// not there.
///
/// # Errors
/// `NotFound`, if there is no data set of that name (the message lists them), or its files are not
/// there (the message says which go where); `Format`, if a file is damaged; `Io`, if one cannot be
/// read or downloaded.
///
/// ```
/// let digits = seodang_data::load("digits")?;
/// assert_eq!(digits.train.x.shape().dims(), [1438, 64]);
/// assert_eq!(digits.test.len(), 359);
/// # Ok::<(), seodang_core::Error>(())
/// ```
pub fn load(name: &str) -> Result<Dataset> {
    load_with(name, &mut |_| {})
}

/// [`load`] that tells how far a download is.
///
/// # Errors
/// As [`load`].
pub fn load_with(name: &str, progress: &mut dyn FnMut(Progress)) -> Result<Dataset> {
    if let Some(set) = builtin::find(name) {
        return set;
    }
    let set = Set::find(name).ok_or_else(|| unknown(name))?;
    let folders = cache::folders();
    match folders.iter().find_map(|folder| set.read(folder)) {
        Some(found) => found,
        None => fetch(set, &folders, progress),
    }
}

/// [`load`] that looks in one folder only, and never downloads.
///
/// # Errors
/// As [`load`].
pub fn load_from(name: &str, folder: impl AsRef<Path>) -> Result<Dataset> {
    if let Some(set) = builtin::find(name) {
        return set;
    }
    let set = Set::find(name).ok_or_else(|| unknown(name))?;
    set.read(folder.as_ref()).unwrap_or_else(|| Err(set.absent(&[folder])))
}

#[cfg(feature = "download")]
fn fetch(
    set: &Set,
    folders: &[std::path::PathBuf],
    progress: &mut dyn FnMut(Progress),
) -> Result<Dataset> {
    let folder = folders.first().ok_or_else(|| set.absent(folders))?;
    crate::download::fetch(set, folder, progress)?;
    set.read(folder).unwrap_or_else(|| Err(set.absent(folders)))
}

#[cfg(not(feature = "download"))]
fn fetch(
    set: &Set,
    folders: &[std::path::PathBuf],
    _progress: &mut dyn FnMut(Progress),
) -> Result<Dataset> {
    Err(set.absent(folders))
}

fn unknown(name: &str) -> Error {
    let (name, names) = (excerpt(name), NAMES.join(", "));
    Error::not_found(
        text!(en: "there is no data set {name}", ko: "{name}(이)라는 데이터가 없습니다"),
    )
    .expected(text!(en: "one of {names}", ko: "{names} 중 하나"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_name_is_known_and_others_list_them() {
        let empty = tempfile::tempdir().unwrap();
        for name in NAMES {
            match load_from(name, empty.path()) {
                Ok(set) => assert_eq!(set.name, name),
                Err(e) => assert!(e.to_string().contains("not on this machine"), "{e}"),
            }
        }
        assert_eq!(load("Breast-Cancer").unwrap().name, "breast_cancer");
        let e = load("digit").unwrap_err().to_string();
        assert!(NAMES.iter().all(|name| e.contains(name)), "{e}");
    }
}
