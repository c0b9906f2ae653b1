//! Which format a model file has.

use seodang_core::{Error, Result, text};
use std::path::Path;

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
