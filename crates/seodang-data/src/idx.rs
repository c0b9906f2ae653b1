//! IDX, the file format of MNIST: two zero bytes, a type byte, the number of dimensions, each
//! dimension as a big-endian `u32`, then the elements, big-endian, row-major
//! (described by Y. LeCun, C. Cortes and C. Burges, "The MNIST database of handwritten digits").
//!
//! Reading is safe on any bytes: sizes are checked before anything is allocated, and everything
//! that is wrong is an [`ErrorKind::Format`](seodang_core::ErrorKind::Format) error that names the
//! byte offset. Gzip is recognised and unpacked.
//!
//! ```
//! use seodang_core::Array;
//! use seodang_data::idx;
//!
//! let a = Array::from_vec([2, 3], vec![1u8, 2, 3, 4, 5, 6])?;
//! assert_eq!(idx::read(&idx::write(&a)?)?, a);
//! let e = idx::read(&[0, 0, 8, 1, 0, 0, 0, 9, 1]).unwrap_err();
//! assert!(e.to_string().contains("byte offset = 9"));
//! # Ok::<(), seodang_core::Error>(())
//! ```

use crate::gzip;
use flate2::read::MultiGzDecoder;
use seodang_core::{Array, DType, Error, Result, Storage, text};
use std::io::{BufReader, ErrorKind as IoKind, Read, Seek, SeekFrom};
use std::path::Path;
use std::sync::Arc;

/// The largest array [`read`] accepts, in bytes: 4 GiB.
pub const MAX_BYTES: u64 = 4 << 30;

/// The most dimensions [`read`] accepts; the format allows 255, no data set has more than four.
pub const MAX_RANK: usize = 32;

/// Reads an IDX file that is in memory, plain or gzipped.
///
/// # Errors
/// `Format`, if the magic number, the sizes or the length are not right; the message has the byte
/// offset (within the unpacked bytes).
pub fn read(bytes: &[u8]) -> Result<Array> {
    let len = bytes.len() as u64;
    if gzip::is_gzip(bytes) {
        decode(MultiGzDecoder::new(bytes), len.saturating_mul(gzip::MAX_RATIO))
    } else {
        decode(bytes, len)
    }
}

/// Reads an IDX file, plain or gzipped, without a second copy of it in memory.
///
/// # Errors
/// `Io`, if the file cannot be read; otherwise as [`read()`]. Both name the file.
pub fn read_file(path: impl AsRef<Path>) -> Result<Array> {
    let path = path.as_ref();
    let open = || -> std::io::Result<(std::fs::File, u64, bool)> {
        let mut file = std::fs::File::open(path)?;
        let mut magic = [0; 2];
        let gz = match file.read_exact(&mut magic) {
            Ok(()) => gzip::is_gzip(&magic),
            Err(e) if e.kind() == IoKind::UnexpectedEof => false,
            Err(e) => return Err(e),
        };
        file.seek(SeekFrom::Start(0))?;
        let len = file.metadata()?.len();
        Ok((file, len, gz))
    };
    let (file, len, gz) = open().map_err(|e| crate::io_error(path, e))?;
    let file = BufReader::new(file);
    let array = if gz {
        decode(MultiGzDecoder::new(file), len.saturating_mul(gzip::MAX_RATIO))
    } else {
        decode(file, len)
    };
    array.map_err(|e| e.during(path.display().to_string()))
}

/// Decodes a stream that can hold at most `bound` bytes.
fn decode(mut from: impl Read, bound: u64) -> Result<Array> {
    let mut header = Vec::new();
    fill(&mut from, &mut header, 4)?;
    let magic = &header[..4];
    let dtype = match (magic[0], magic[1], magic[2]) {
        (0, 0, 0x08) => DType::U8,
        (0, 0, 0x09) => DType::I8,
        (0, 0, 0x0b) => DType::I16,
        (0, 0, 0x0c) => DType::I32,
        (0, 0, 0x0d) => DType::F32,
        (0, 0, 0x0e) => DType::F64,
        _ => {
            return Err(Error::format(text!(
                en: "this is not an IDX file",
                ko: "IDX 파일이 아닙니다"
            ))
            .given("byte offset", if (magic[0], magic[1]) == (0, 0) { 2 } else { 0 })
            .given("bytes", format!("{magic:02x?}"))
            .expected(text!(
                en: "00 00, then the type 08, 09, 0b, 0c, 0d or 0e, then the number of dimensions",
                ko: "00 00, 이어서 타입 08, 09, 0b, 0c, 0d, 0e 중 하나, 이어서 차원 수"
            )));
        }
    };
    let rank = usize::from(magic[3]);
    if rank > MAX_RANK {
        return Err(Error::format(text!(
            en: "the IDX file claims {rank} dimensions",
            ko: "IDX 파일의 차원 수가 {rank}(이)라고 적혀 있습니다"
        ))
        .given("byte offset", 3)
        .expected(text!(en: "at most {MAX_RANK}", ko: "{MAX_RANK} 이하")));
    }
    fill(&mut from, &mut header, 4 + 4 * rank)?;
    let dims: Vec<usize> = header[4..]
        .chunks_exact(4)
        .map(|c| u32::from_be_bytes([c[0], c[1], c[2], c[3]]) as usize)
        .collect();
    let need = dims
        .iter()
        .try_fold(dtype.size() as u64, |n, &d| n.checked_mul(d as u64))
        .filter(|&n| n <= MAX_BYTES && usize::try_from(n).is_ok());
    let shape = || format!("{dtype}{dims:?}");
    let Some(need) = need else {
        return Err(gzip::too_large(MAX_BYTES).given("shape", shape()).given("byte offset", 4));
    };
    if need > bound {
        return Err(Error::format(text!(
            en: "the IDX file is cut off: its header claims more bytes than the file can hold",
            ko: "IDX 파일이 잘렸습니다: 머리글에 적힌 크기가 파일에 담길 수 있는 크기보다 큽니다"
        ))
        .given("byte offset", 4)
        .given("shape", shape())
        .expected(text!(en: "at most {bound} bytes", ko: "{bound}바이트 이하")));
    }

    let mut storage = Storage::zeroed(need as usize);
    let (mut have, bytes) = (0, storage.bytes_mut());
    while have < bytes.len() {
        match from.read(&mut bytes[have..]) {
            Ok(0) => {
                let at = (header.len() + have) as u64;
                return Err(cut_off(at, header.len() as u64 + need).given("shape", shape()));
            }
            Ok(n) => have += n,
            Err(e) if e.kind() == IoKind::Interrupted => {}
            Err(e) => return Err(unreadable(header.len() + have, e)),
        }
    }
    // Reading on to the end also lets gzip check its checksum.
    let end = header.len() + have;
    if from.read(&mut [0]).map_err(|e| unreadable(end, e))? != 0 {
        return Err(Error::format(text!(
            en: "the IDX file goes on after its last element",
            ko: "IDX 파일이 마지막 원소 뒤에도 계속됩니다"
        ))
        .given("byte offset", end)
        .given("shape", shape()));
    }
    swap_big_endian(bytes, dtype.size());
    Array::from_storage(dtype, dims, Arc::new(storage))
}

/// Reads on until `header` has `len` bytes.
fn fill(from: &mut impl Read, header: &mut Vec<u8>, len: usize) -> Result<()> {
    let missing = (len - header.len()) as u64;
    from.take(missing).read_to_end(header).map_err(|e| unreadable(header.len(), e))?;
    if header.len() < len {
        return Err(cut_off(header.len() as u64, len as u64));
    }
    Ok(())
}

fn cut_off(at: u64, need: u64) -> Error {
    Error::format(text!(en: "the IDX file is cut off", ko: "IDX 파일이 중간에 잘렸습니다"))
        .given("byte offset", at)
        .expected(text!(en: "{need} bytes or more", ko: "{need}바이트 이상"))
}

fn unreadable(at: usize, e: std::io::Error) -> Error {
    let message = text!(
        en: "the IDX file is damaged or cannot be read",
        ko: "IDX 파일이 손상되었거나 읽을 수 없습니다"
    );
    Error::format(message).given("byte offset", at).source_error(e)
}

/// Turns big-endian elements of `size` bytes into native ones, or the other way.
fn swap_big_endian(bytes: &mut [u8], size: usize) {
    if cfg!(target_endian = "little") && size > 1 {
        bytes.chunks_exact_mut(size).for_each(<[u8]>::reverse);
    }
}

/// Writes an array as an IDX file.
///
/// # Errors
/// `DType`, if the format has no such element type (it has u8, i8, i16, i32, f32 and f64);
/// `Shape`, if a dimension exceeds `u32` or there are more than [`MAX_RANK`] dimensions.
pub fn write(array: &Array) -> Result<Vec<u8>> {
    let kind = match array.dtype() {
        DType::U8 => 0x08,
        DType::I8 => 0x09,
        DType::I16 => 0x0b,
        DType::I32 => 0x0c,
        DType::F32 => 0x0d,
        DType::F64 => 0x0e,
        _ => {
            return Err(Error::dtype(text!(
                en: "IDX has no such element type",
                ko: "IDX에는 이런 원소 타입이 없습니다"
            ))
            .given("array", array)
            .expected("u8, i8, i16, i32, f32, f64"));
        }
    };
    if array.shape().rank() > MAX_RANK {
        return Err(Error::shape(text!(
            en: "IDX files have at most {MAX_RANK} dimensions",
            ko: "IDX 파일의 차원은 {MAX_RANK}개 이하입니다"
        )));
    }
    let mut out = vec![0, 0, kind, array.shape().rank() as u8];
    for &d in array.shape().iter() {
        let d = u32::try_from(d).map_err(|_| {
            Error::shape(text!(
                en: "a dimension of an IDX file must fit 32 bits",
                ko: "IDX 파일의 차원은 32비트에 들어가야 합니다"
            ))
            .given("shape", array.shape())
        })?;
        out.extend(d.to_be_bytes());
    }
    let start = out.len();
    out.extend(array.bytes());
    swap_big_endian(&mut out[start..], array.dtype().size());
    Ok(out)
}
