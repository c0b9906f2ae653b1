//! Arrays to and from the safetensors format.

use safetensors::tensor::{Dtype, SafeTensors, TensorView};
use seodang_core::{Array, DType, Error, Result, text};
use std::collections::HashMap;

/// The key of the file's metadata under which everything that is no tensor stands.
const HEADER: &str = "seodang";

/// Named arrays, and a text beside them.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Tensors {
    /// The text.
    pub header: Option<String>,
    /// The arrays by name.
    pub arrays: HashMap<String, Array>,
}

fn to_safetensors(dtype: DType) -> Dtype {
    match dtype {
        DType::Bool => Dtype::BOOL,
        DType::I8 => Dtype::I8,
        DType::I16 => Dtype::I16,
        DType::I32 => Dtype::I32,
        DType::I64 => Dtype::I64,
        DType::U8 => Dtype::U8,
        DType::U16 => Dtype::U16,
        DType::U32 => Dtype::U32,
        DType::U64 => Dtype::U64,
        DType::F16 => Dtype::F16,
        DType::BF16 => Dtype::BF16,
        DType::F32 => Dtype::F32,
        DType::F64 => Dtype::F64,
    }
}

fn from_safetensors(dtype: Dtype) -> Option<DType> {
    DType::ALL.iter().copied().find(|&d| to_safetensors(d) == dtype)
}

/// The bytes of a file with these arrays. Equal contents give equal bytes.
///
/// # Errors
/// `Internal`, if the format cannot hold them.
pub fn write(header: &str, arrays: &[(String, Array)]) -> Result<Vec<u8>> {
    let broken = |e| {
        Error::internal(text!(
            en: "the arrays cannot be written as safetensors",
            ko: "배열을 safetensors로 쓸 수 없습니다"
        ))
        .source_error(e)
    };
    let views = arrays
        .iter()
        .map(|(name, a)| {
            let dtype = to_safetensors(a.dtype());
            Ok((
                name.clone(),
                TensorView::new(dtype, a.shape().to_vec(), a.bytes()).map_err(broken)?,
            ))
        })
        .collect::<Result<Vec<_>>>()?;
    // One entry, since the entries of several have no fixed order.
    let metadata = HashMap::from([(HEADER.to_string(), header.to_string())]);
    safetensors::serialize(views, Some(metadata)).map_err(broken)
}

/// The arrays of a file. Sizes and types are checked before anything is allocated for them.
///
/// # Errors
/// `Format`, if the bytes are not a safetensors file or hold an element type that there is not here.
pub fn read(bytes: &[u8]) -> Result<Tensors> {
    let broken = |e| {
        Error::format(text!(
            en: "the file is not a model file, or it is damaged",
            ko: "모델 파일이 아니거나 손상되었습니다"
        ))
        .given("bytes", bytes.len())
        .source_error(e)
    };
    let (_, metadata) = SafeTensors::read_metadata(bytes).map_err(broken)?;
    let header = metadata.metadata().as_ref().and_then(|m| m.get(HEADER)).cloned();
    let file = SafeTensors::deserialize(bytes).map_err(broken)?;
    let mut arrays = HashMap::new();
    for (name, view) in file.iter() {
        let dtype = from_safetensors(view.dtype()).ok_or_else(|| {
            Error::format(text!(
                en: "the tensor \"{name}\" has an element type that is not supported",
                ko: "텐서 \"{name}\"의 원소 타입을 지원하지 않습니다"
            ))
            .given("dtype", format!("{:?}", view.dtype()))
        })?;
        let array = Array::from_bytes(dtype, view.shape().to_vec(), view.data())
            .map_err(|e| e.during(text!(en: "the tensor \"{name}\"", ko: "텐서 \"{name}\"")))?;
        arrays.insert(name.to_string(), array);
    }
    Ok(Tensors { header, arrays })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_type_survives_and_bytes_are_determined() {
        let arrays: Vec<(String, Array)> = (DType::ALL.iter())
            .map(|&d| (d.name().to_string(), Array::from_fn(d, [2, 1], |i| i as f64)))
            .chain([("empty".to_string(), Array::zeros(DType::F32, [0, 3]))])
            .collect();
        let bytes = write("{}", &arrays).unwrap();
        assert_eq!(bytes, write("{}", &arrays).unwrap());
        let read = read(&bytes).unwrap();
        assert_eq!(read.header.as_deref(), Some("{}"));
        assert_eq!(read.arrays, arrays.into_iter().collect());
    }

    #[test]
    fn damaged_files_are_errors() {
        let bytes = write("{}", &[("a".to_string(), Array::zeros(DType::F32, [4, 4]))]).unwrap();
        for end in 0..bytes.len() {
            assert!(read(&bytes[..end]).is_err(), "cut at {end}");
        }
        for at in 0..bytes.len().min(64) {
            let mut other = bytes.clone();
            other[at] ^= 0x55;
            // Whatever it says, it must not panic.
            let _ = read(&other);
        }
        let huge =
            br#"{"a":{"dtype":"F32","shape":[1000000000000,1000000000],"data_offsets":[0,4]}}"#;
        let mut file = (huge.len() as u64).to_le_bytes().to_vec();
        file.extend(huge);
        file.extend([0; 4]);
        assert!(read(&file).is_err());
    }
}
