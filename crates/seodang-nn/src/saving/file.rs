//! Files that are replaced as a whole or not at all.

use seodang_core::{Error, Result, text};
use std::fs::{File, OpenOptions};
use std::io::Write;
use std::path::{Path, PathBuf};

/// The largest model file that is read, against files that are none.
const LARGEST: u64 = 64 << 30;

/// Replaces a file by new contents: they are written under another name beside it, brought to the
/// disk, and renamed. If anything fails, the file that was there stays.
///
/// A path that is something else than a file (a pipe, a device) is written into.
pub(super) fn replace(path: &Path, contents: &[u8]) -> Result<()> {
    replace_with(path, |file| file.write_all(contents))
}

fn replace_with(path: &Path, write: impl Fn(&mut File) -> std::io::Result<()>) -> Result<()> {
    // A link stays one: what it points to is replaced.
    let target = path.canonicalize().unwrap_or_else(|_| path.to_path_buf());
    let attempt = || -> std::io::Result<()> {
        match target.metadata() {
            Ok(there) if there.is_dir() => {
                return Err(std::io::Error::other("the path is a folder"));
            }
            Ok(there) if !there.is_file() => {
                return write(&mut OpenOptions::new().write(true).open(&target)?);
            }
            _ => {}
        }
        let folder = match target.parent() {
            Some(folder) if !folder.as_os_str().is_empty() => folder.to_path_buf(),
            _ => PathBuf::from("."),
        };
        let mut builder = tempfile::Builder::new();
        builder.prefix(".seodang-").suffix(".part");
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            // As any new file: the user's mask applies.
            builder.permissions(std::fs::Permissions::from_mode(0o666));
        }
        let mut part = builder.tempfile_in(&folder)?;
        write(part.as_file_mut())?;
        part.as_file().sync_all()?;
        part.persist(&target).map_err(|e| e.error)?;
        // The rename itself must reach the disk too; not every system can open folders.
        if let Ok(folder) = File::open(&folder) {
            let _ = folder.sync_all();
        }
        Ok(())
    };
    attempt().map_err(|e| {
        let name = path.display();
        Error::io(text!(en: "cannot write {name}", ko: "{name}에 쓸 수 없습니다"))
            .hint(text!(
                en: "a file that was there before is unchanged",
                ko: "이전에 있던 파일은 그대로입니다"
            ))
            .source_error(e)
    })
}

/// The contents of a file.
pub(super) fn read(path: &Path) -> Result<Vec<u8>> {
    let read = || -> std::io::Result<Vec<u8>> {
        if std::fs::metadata(path)?.len() > LARGEST {
            return Err(std::io::Error::other("the file is too large"));
        }
        std::fs::read(path)
    };
    read().map_err(|e| {
        let name = path.display();
        Error::io(text!(en: "cannot read {name}", ko: "{name}을(를) 읽을 수 없습니다"))
            .source_error(e)
    })
}

/// What a file's name says about its contents.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Format {
    /// Our own: safetensors.
    Own,
    /// Keras's archive.
    Keras,
    /// HDF5, weights by the layers' names.
    H5,
    /// HDF5, variables by their paths.
    WeightsH5,
}

/// The format that a file's name asks for.
pub(super) fn format(path: &Path) -> Result<Format> {
    let name = path.file_name().and_then(|n| n.to_str()).unwrap_or_default().to_lowercase();
    let extension = name.rsplit_once('.').map_or("", |(_, e)| e);
    match extension {
        "seodang" | "safetensors" => Ok(Format::Own),
        "keras" => Ok(Format::Keras),
        "h5" | "hdf5" if name.ends_with(".weights.h5") => Ok(Format::WeightsH5),
        "h5" | "hdf5" => Ok(Format::H5),
        other => {
            let e = match other {
                "onnx" => Error::unsupported(text!(
                    en: "files of the format \".{other}\" are not supported yet",
                    ko: "\".{other}\" 형식의 파일은 아직 지원하지 않습니다"
                )),
                _ => Error::value(text!(
                    en: "the name of a model file tells its format",
                    ko: "모델 파일의 형식은 이름의 확장자로 정합니다"
                )),
            };
            Err(e.given("path", path.display()).expected(text!(
                en: "a name that ends in .seodang, .safetensors, .keras or .h5",
                ko: ".seodang, .safetensors, .keras, .h5로 끝나는 이름"
            )))
        }
    }
}

/// Checks that a name asks for our own format, where only that will do.
pub(super) fn check_own(path: &Path) -> Result<()> {
    if format(path)? == Format::Own {
        return Ok(());
    }
    Err(Error::unsupported(text!(
        en: "Keras's files cannot keep this",
        ko: "Keras 형식의 파일에는 담을 수 없습니다"
    ))
    .given("path", path.display())
    .expected(text!(
        en: "a name that ends in .seodang or .safetensors",
        ko: ".seodang 또는 .safetensors로 끝나는 이름"
    )))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn files(folder: &Path) -> Vec<String> {
        let entry = |e: std::io::Result<std::fs::DirEntry>| e.unwrap().file_name();
        let name = |e| entry(e).into_string().unwrap();
        std::fs::read_dir(folder).unwrap().map(name).collect()
    }

    #[test]
    fn a_failed_write_leaves_the_old_file_and_nothing_else() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("model.seodang");
        replace(&path, b"old").unwrap();
        let full = |file: &mut File| {
            file.write_all(b"half of the new")?;
            Err(std::io::Error::from(std::io::ErrorKind::StorageFull))
        };
        let e = replace_with(&path, full).unwrap_err();
        assert_eq!(e.kind(), seodang_core::ErrorKind::Io);
        assert_eq!(std::fs::read(&path).unwrap(), b"old");
        assert_eq!(files(folder.path()), ["model.seodang"]);
        replace(&path, b"new").unwrap();
        assert_eq!(std::fs::read(&path).unwrap(), b"new");
        assert!(replace(folder.path(), b"x").is_err());
        assert!(replace(&folder.path().join("none/model.seodang"), b"x").is_err());
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn a_full_device_is_an_error() {
        let e = replace(Path::new("/dev/full"), b"model").unwrap_err();
        assert_eq!(e.kind(), seodang_core::ErrorKind::Io);
        assert!(!Path::new("/dev/full").is_file());
    }

    #[cfg(unix)]
    #[test]
    fn a_link_stays_a_link() {
        let folder = tempfile::tempdir().unwrap();
        let (real, link) = (folder.path().join("real"), folder.path().join("link"));
        replace(&real, b"1").unwrap();
        std::os::unix::fs::symlink(&real, &link).unwrap();
        replace(&link, b"2").unwrap();
        assert!(link.symlink_metadata().unwrap().is_symlink());
        assert_eq!(std::fs::read(&real).unwrap(), b"2");
    }
}
