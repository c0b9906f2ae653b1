//! Which format a model file has.

use seodang_core::{Error, Result, text};
use std::path::Path;

/// Checks the ending of a model file's name, and says what to do about other formats.
pub(super) fn check_extension(path: &Path) -> Result<()> {
    let extension = path.extension().and_then(|e| e.to_str()).unwrap_or_default();
    match extension.to_lowercase().as_str() {
        "seodang" | "safetensors" => Ok(()),
        other => {
            let e = match other {
                "keras" | "h5" | "hdf5" | "onnx" => Error::unsupported(text!(
                    en: "files of the format \".{other}\" are not supported yet",
                    ko: "\".{other}\" 형식의 파일은 아직 지원하지 않습니다"
                )),
                _ => Error::value(text!(
                    en: "the name of a model file tells its format",
                    ko: "모델 파일의 형식은 이름의 확장자로 정합니다"
                )),
            };
            Err(e.given("path", path.display()).expected(text!(
                en: "a name that ends in .seodang or .safetensors",
                ko: ".seodang 또는 .safetensors로 끝나는 이름"
            )))
        }
    }
}
