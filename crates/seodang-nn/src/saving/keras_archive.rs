//! `.keras` files: a zip archive of a configuration and an HDF5 file of weights.

use super::hdf5;
use seodang_core::{Error, Result, text};
use std::collections::BTreeMap;
use std::io::{Cursor, Read, Write};
use std::path::Path;

const METADATA: &str = "metadata.json";
const CONFIG: &str = "config.json";
const WEIGHTS: &str = "model.weights.h5";
const ASSETS: &str = "assets/";

/// The most members of an archive: assets are files such as vocabularies.
const MEMBERS: usize = 10_000;
/// How many times its packed size a member may have: deflate cannot do better.
const RATIO: u64 = 1032;

/// What a `.keras` file holds.
///
/// The JSON parts are texts: what they mean is the model's affair, and Keras writes words into them
/// that JSON does not have (see [`parse_json`](super::parse_json)).
#[derive(Clone, Debug, Default, PartialEq)]
pub struct KerasArchive {
    /// `metadata.json`: who wrote the file and when.
    pub metadata: String,
    /// `config.json`: the model's configuration, with `compile_config` if it was compiled.
    pub config: String,
    /// The weights; see [`weights_h5`](super::weights_h5) for how they are laid out.
    pub weights: hdf5::Group,
    /// Further files that layers keep, such as vocabularies, by their paths under `assets/`.
    pub assets: BTreeMap<String, Vec<u8>>,
}

/// The contents of an archive's bytes.
///
/// # Errors
/// `Format`, if they are not those of a `.keras` file, or it is damaged.
pub fn from_bytes(bytes: &[u8]) -> Result<KerasArchive> {
    let mut zip = zip::ZipArchive::new(Cursor::new(bytes)).map_err(damaged)?;
    if zip.len() > MEMBERS {
        return Err(damaged(format!("{} members", zip.len())));
    }
    let mut found = KerasArchive { metadata: "{}".to_string(), ..KerasArchive::default() };
    let (mut config, mut weights) = (None, None);
    let mut left = (bytes.len() as u64).saturating_mul(RATIO).min(64 << 30);
    for at in 0..zip.len() {
        let mut member = zip.by_index(at).map_err(damaged)?;
        let name = member.name().map_err(damaged)?.into_owned();
        let asset = name.strip_prefix(ASSETS).filter(|n| !n.is_empty() && !n.ends_with('/'));
        if asset.is_none() && ![METADATA, CONFIG, WEIGHTS].contains(&name.as_str()) {
            continue;
        }
        let claimed = member.size();
        if claimed > left || claimed > member.compressed_size().saturating_mul(RATIO) {
            return Err(damaged(format!("{name}: {claimed} bytes")));
        }
        left -= claimed;
        let mut contents = Vec::new();
        member.by_ref().take(claimed + 1).read_to_end(&mut contents).map_err(damaged)?;
        if contents.len() as u64 != claimed {
            return Err(damaged(format!("{name}: {} bytes", contents.len())));
        }
        match (asset, name.as_str()) {
            (Some(asset), _) => {
                found.assets.insert(asset.to_string(), contents);
            }
            (None, METADATA) => found.metadata = String::from_utf8(contents).map_err(damaged)?,
            (None, CONFIG) => config = Some(String::from_utf8(contents).map_err(damaged)?),
            _ => weights = Some(contents),
        }
    }
    found.config = config.ok_or_else(|| missing(CONFIG))?;
    let weights = weights.ok_or_else(|| missing(WEIGHTS))?;
    found.weights = hdf5::read(weights).map_err(|e| e.during(WEIGHTS))?;
    Ok(found)
}

/// The bytes of an archive: members stored as they are, in Keras's order. Equal contents give equal
/// bytes.
///
/// # Errors
/// As [`hdf5::write`].
pub fn to_bytes(archive: &KerasArchive) -> Result<Vec<u8>> {
    let broken = |e: Box<dyn std::error::Error + Send + Sync>| {
        Error::value(text!(
            en: "the values cannot be written as a .keras file",
            ko: "값을 .keras 파일로 쓸 수 없습니다"
        ))
        .source_error(e)
    };
    let weights = hdf5::write(&archive.weights)?;
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let mut add = |name: &str, contents: &[u8]| {
        let stored = zip::write::SimpleFileOptions::default()
            .compression_method(zip::CompressionMethod::Stored)
            .large_file(contents.len() as u64 >= u64::from(u32::MAX));
        zip.start_file(name, stored).map_err(|e| broken(e.into()))?;
        zip.write_all(contents).map_err(|e| broken(e.into()))
    };
    add(METADATA, archive.metadata.as_bytes())?;
    add(CONFIG, archive.config.as_bytes())?;
    add(WEIGHTS, &weights)?;
    for (name, contents) in &archive.assets {
        add(&format!("{ASSETS}{name}"), contents)?;
    }
    Ok(zip.finish().map_err(|e| broken(e.into()))?.into_inner())
}

/// Reads a `.keras` file.
///
/// # Errors
/// `Io`, if it cannot be read; as [`from_bytes`].
pub fn read(path: impl AsRef<Path>) -> Result<KerasArchive> {
    let path = path.as_ref();
    from_bytes(&seodang_files::read(path)?).map_err(|e| e.during(path.display().to_string()))
}

/// Writes a `.keras` file, as a whole or not at all.
///
/// # Errors
/// `Io`, if it cannot be written; as [`to_bytes`].
pub fn write(path: impl AsRef<Path>, archive: &KerasArchive) -> Result<()> {
    seodang_files::replace(path.as_ref(), &to_bytes(archive)?)
}

fn damaged(e: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> Error {
    Error::format(text!(
        en: "the file is not a .keras archive, or it is damaged",
        ko: ".keras 파일이 아니거나 손상되었습니다"
    ))
    .source_error(e)
}

fn missing(member: &str) -> Error {
    Error::format(text!(
        en: "the .keras archive has no {member}",
        ko: ".keras 파일에 {member}이(가) 없습니다"
    ))
}

#[cfg(test)]
mod tests {
    use super::*;
    use seodang_core::Array;

    fn sample() -> KerasArchive {
        let mut archive = KerasArchive {
            metadata: r#"{"keras_version": "3.15.1"}"#.into(),
            config: r#"{"class_name": "Sequential", "max": Infinity}"#.into(),
            ..KerasArchive::default()
        };
        let array = Array::from_slice([2, 2], &[1f32, 2.0, 3.0, 4.0]).unwrap();
        archive.weights.insert("layers/dense/vars/0", array).unwrap();
        archive.assets.insert("layers/vocabulary.txt".into(), "서당\n".into());
        archive
    }

    #[test]
    fn archives_survive_and_are_stored_in_keras_order() {
        let archive = sample();
        let bytes = to_bytes(&archive).unwrap();
        assert_eq!(bytes, to_bytes(&archive).unwrap());
        assert_eq!(from_bytes(&bytes).unwrap(), archive);
        let mut zip = zip::ZipArchive::new(Cursor::new(&bytes)).unwrap();
        let names: Vec<String> = (0..zip.len())
            .map(|i| {
                let member = zip.by_index(i).unwrap();
                assert_eq!(member.compression(), zip::CompressionMethod::Stored);
                member.name().unwrap().into_owned()
            })
            .collect();
        assert_eq!(names[..3], [METADATA, CONFIG, WEIGHTS]);
    }

    fn packed(members: &[(&str, &[u8])]) -> Vec<u8> {
        let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
        for (name, contents) in members {
            let deflated = zip::write::SimpleFileOptions::default()
                .compression_method(zip::CompressionMethod::Deflated);
            zip.start_file(*name, deflated).unwrap();
            zip.write_all(contents).unwrap();
        }
        zip.finish().unwrap().into_inner()
    }

    #[test]
    fn deflated_members_in_any_order_are_read_and_missing_ones_named() {
        let weights = hdf5::write(&sample().weights).unwrap();
        let config = sample().config;
        let members = [(WEIGHTS, &weights[..]), ("other", b"x"), (CONFIG, config.as_bytes())];
        let read = from_bytes(&packed(&members)).unwrap();
        assert_eq!((&read.metadata[..], read.weights), ("{}", sample().weights));
        for (left, name) in [(&members[..2], CONFIG), (&members[2..], WEIGHTS)] {
            let e = from_bytes(&packed(left)).unwrap_err();
            assert!(e.to_string().contains(name), "{e}");
        }
        assert!(from_bytes(b"no zip").is_err());
    }
}
