//! NumPy's files: one array (`.npy`, as described in `numpy.lib.format`) and archives of arrays
//! (`.npz`), for the data sets that Keras keeps in them. Pickled objects are not read: reading data
//! never runs code.

use crate::gzip::too_large;
use crate::{excerpt, idx::MAX_BYTES};
use seodang_core::{Array, DType, Error, Result, text};
use std::collections::BTreeMap;
use std::io::{Cursor, Read};

/// The most arrays of an archive.
const MAX_ARRAYS: usize = 1024;

/// Reads an archive of arrays.
///
/// # Errors
/// `Format`, if the bytes are not such an archive, or hold something else than arrays of plain
/// numbers in C order.
pub fn read(bytes: &[u8]) -> Result<BTreeMap<String, Array>> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).map_err(damaged)?;
    let count = archive.len();
    if count > MAX_ARRAYS {
        return Err(Error::format(text!(
            en: "the archive has {count} entries, more than {MAX_ARRAYS}",
            ko: "압축 파일의 항목이 {count}개로, {MAX_ARRAYS}개를 넘습니다"
        )));
    }
    let (mut arrays, mut left) = (BTreeMap::new(), MAX_BYTES);
    for i in 0..count {
        let mut entry = archive.by_index(i).map_err(damaged)?;
        let file = entry.name().map_err(damaged)?.into_owned();
        let Some(name) = file.strip_suffix(".npy") else { continue };
        let mut npy = Vec::new();
        entry.by_ref().take(left + 1).read_to_end(&mut npy).map_err(damaged)?;
        left = left.checked_sub(npy.len() as u64).ok_or_else(|| too_large(MAX_BYTES))?;
        let array = read_npy(&npy).map_err(|e| e.during(excerpt(&file)))?;
        arrays.insert(name.to_owned(), array);
    }
    Ok(arrays)
}

fn damaged(e: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> Error {
    Error::format(text!(
        en: "the .npz archive is damaged or is none",
        ko: ".npz 파일이 손상되었거나 .npz 파일이 아닙니다"
    ))
    .source_error(e)
}

/// Reads one array.
///
/// # Errors
/// `Format`, if the bytes are not such a file; the message has the byte offset.
///
/// ```
/// let mut file = b"\x93NUMPY\x01\x00\x46\x00".to_vec();
/// file.extend(format!("{:<70}", "{'descr': '<i2', 'fortran_order': False, 'shape': (2,), }").bytes());
/// file.extend([1, 0, 255, 255]);
/// assert_eq!(seodang_data::npz::read_npy(&file)?.to_vec::<i16>()?, [1, -1]);
/// # Ok::<(), seodang_core::Error>(())
/// ```
pub fn read_npy(bytes: &[u8]) -> Result<Array> {
    let wrong = |at: usize, what: &str| {
        Error::format(text!(en: "this is no .npy file that can be read", ko: "읽을 수 있는 .npy 파일이 아닙니다"))
            .given("byte offset", at)
            .given("found", excerpt(what))
    };
    if !bytes.starts_with(b"\x93NUMPY") {
        return Err(wrong(0, &String::from_utf8_lossy(&bytes[..bytes.len().min(6)])));
    }
    let field = |at: usize, len: usize| bytes.get(at..at + len).ok_or_else(|| cut_off(bytes.len()));
    let (start, len) = match field(6, 2)?[0] {
        1 => (10, usize::from(u16::from_le_bytes([field(8, 2)?[0], field(8, 2)?[1]]))),
        2 | 3 => {
            let f = field(8, 4)?;
            (12, u32::from_le_bytes([f[0], f[1], f[2], f[3]]) as usize)
        }
        version => return Err(wrong(6, &format!("version {version}"))),
    };
    let data = start + len;
    let header = bytes.get(start..data).ok_or_else(|| cut_off(bytes.len()))?;
    let header = std::str::from_utf8(header).map_err(|_| wrong(start, "no text"))?;
    let (descr, order, shape) = parse_header(header).ok_or_else(|| wrong(start, header))?;
    let (big, code) = match descr.split_at_checked(1) {
        Some((">", code)) => (true, code),
        Some(("<" | "|" | "=", code)) => (false, code),
        _ => return Err(wrong(start, descr)),
    };
    let dtype = match code {
        "b1" => DType::Bool,
        "i1" => DType::I8,
        "i2" => DType::I16,
        "i4" => DType::I32,
        "i8" => DType::I64,
        "u1" => DType::U8,
        "u2" => DType::U16,
        "u4" => DType::U32,
        "u8" => DType::U64,
        "f2" => DType::F16,
        "f4" => DType::F32,
        "f8" => DType::F64,
        _ => {
            return Err(wrong(start, descr).expected(text!(
                en: "booleans, integers or floats of 1 to 8 bytes",
                ko: "1~8바이트 불리언, 정수, 실수"
            )));
        }
    };
    if order == "True" && shape.len() > 1 {
        return Err(wrong(start, "fortran_order").expected(text!(en: "C order", ko: "C 순서")));
    }
    let need = shape.iter().try_fold(dtype.size(), |n, &d| n.checked_mul(d));
    let elements = &bytes[data..];
    if need != Some(elements.len()) {
        return Err(wrong(data, &format!("{} bytes", elements.len())).expected(text!(
            en: "the bytes of {dtype}{shape:?}",
            ko: "{dtype}{shape:?}의 바이트"
        )));
    }
    let mut elements = elements.to_vec();
    if big != cfg!(target_endian = "big") {
        elements.chunks_exact_mut(dtype.size()).for_each(<[u8]>::reverse);
    }
    Array::from_bytes(dtype, shape, &elements)
}

fn cut_off(at: usize) -> Error {
    Error::format(text!(en: "the .npy file is cut off", ko: ".npy 파일이 중간에 잘렸습니다"))
        .given("byte offset", at)
}

/// The three entries of the header, which is a Python dictionary of a fixed form.
fn parse_header(header: &str) -> Option<(&str, &str, Vec<usize>)> {
    let after = |key: &str| Some(header.split_once(key)?.1.trim_start());
    let descr = after("'descr':")?.strip_prefix('\'')?.split_once('\'')?.0;
    let order = after("'fortran_order':")?.split_once(',')?.0.trim();
    let dims = after("'shape':")?.strip_prefix('(')?.split_once(')')?.0;
    let shape = dims
        .split(',')
        .map(str::trim)
        .filter(|d| !d.is_empty())
        .map(|d| d.parse().ok())
        .collect::<Option<Vec<usize>>>()?;
    (matches!(order, "True" | "False") && shape.len() <= 32).then_some((descr, order, shape))
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use std::io::Write;

    pub(crate) fn npy(descr: &str, shape: &str, data: &[u8]) -> Vec<u8> {
        let header =
            format!("{{'descr': '{descr}', 'fortran_order': False, 'shape': ({shape}), }}\n");
        let len = (header.len() as u16).to_le_bytes();
        [b"\x93NUMPY\x01\x00", &len[..], header.as_bytes(), data].concat()
    }

    pub(crate) fn npz(arrays: &[(&str, Vec<u8>)]) -> Vec<u8> {
        let mut to = zip::ZipWriter::new(Cursor::new(Vec::new()));
        for (name, bytes) in arrays {
            let deflated = zip::write::SimpleFileOptions::default()
                .compression_method(zip::CompressionMethod::Deflated);
            to.start_file(format!("{name}.npy"), deflated).unwrap();
            to.write_all(bytes).unwrap();
        }
        to.finish().unwrap().into_inner()
    }

    #[test]
    fn arrays_of_every_kind() {
        let a = read_npy(&npy(">f4", "1, 2", &[0x3f, 0x80, 0, 0, 0xc0, 0, 0, 0])).unwrap();
        assert_eq!((a.shape().dims(), a.to_f64_vec()), (&[1, 2][..], vec![1.0, -2.0]));
        assert_eq!(read_npy(&npy("|b1", "2,", &[0, 1])).unwrap().dtype(), DType::Bool);
        assert_eq!(
            read_npy(&npy("<i8", "", &[7, 0, 0, 0, 0, 0, 0, 0])).unwrap().item().unwrap(),
            7.0
        );
        let archive = npz(&[("x", npy("|u1", "3,", b"abc")), ("y", npy("<u2", "0, 5", b""))]);
        let arrays = read(&archive).unwrap();
        assert_eq!(arrays["x"].to_vec::<u8>().unwrap(), b"abc");
        assert_eq!(arrays["y"].shape().dims(), [0, 5]);
    }

    #[test]
    fn mistakes_are_errors() {
        for (bytes, word) in [
            (b"PK".to_vec(), "byte offset = 0"),
            (npy("|O", "1,", b"x"), "|O"),
            (npy("<f16", "1,", b"x"), "<f16"),
            (npy("|u1", "3,", b"ab"), "2 bytes"),
            (npy("|u1", "3,", b"abcd"), "4 bytes"),
            (npy("|u1", "-3,", b"abc"), "-3"),
            (npy("<u8", "4294967295, 4294967295, 2", b""), "0 bytes"),
            (npy("|b1", "1,", &[2]), "boolean"),
            (npy("", "1,", &[2]), "byte offset = 10"),
        ] {
            let e = read_npy(&bytes).unwrap_err().to_string();
            assert!(e.contains(word), "{e}");
        }
        let fortran =
            String::from_utf8_lossy(&npy("|u1", "1, 1", b"")[10..]).replace("False", "True ");
        let bytes = [&npy("|u1", "1, 1", b"")[..10], fortran.as_bytes(), b"x"].concat();
        assert!(read_npy(&bytes).unwrap_err().to_string().contains("C order"));
        assert!(read(b"not a zip").is_err());
        assert!(read(&npz(&[("x", b"junk".to_vec())])).unwrap_err().to_string().contains("x.npy"));
    }
}
