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
/// A path that is something else than a file (a pipe, a device) is written into. The folder must exist.
///
/// # Errors
/// `Io`, with the path.
pub fn replace(path: impl AsRef<Path>, contents: &[u8]) -> Result<()> {
    replace_with(path.as_ref(), |file| file.write_all(contents))
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
///
/// # Errors
/// `Io`, with the path, if it cannot be read or is larger than any file of ours.
pub fn read(path: impl AsRef<Path>) -> Result<Vec<u8>> {
    let path = path.as_ref();
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
        assert!(replace(folder.path().join("none/model.seodang"), b"x").is_err());
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
