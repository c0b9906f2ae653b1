//! Gzip with a limit: a small file must not unpack into all of the memory.

use flate2::read::MultiGzDecoder;
use seodang_core::{Error, Result, text};
use std::io::Read;

/// Deflate cannot shrink data by more than about 1,032 to 1 (two bits for 258 bytes), so whoever
/// claims more than this many bytes for each compressed byte does not tell the truth.
pub(crate) const MAX_RATIO: u64 = 1040;

/// Whether bytes begin with gzip's magic number.
pub(crate) fn is_gzip(bytes: &[u8]) -> bool {
    bytes.starts_with(&[0x1f, 0x8b])
}

/// Unpacks gzip into at most `limit` bytes.
///
/// # Errors
/// `Format`, if the stream is damaged or cut off, or holds more than `limit` bytes.
pub(crate) fn unpack(bytes: &[u8], limit: u64) -> Result<Vec<u8>> {
    let mut out = Vec::new();
    let mut from = MultiGzDecoder::new(bytes).take(limit.saturating_add(1));
    from.read_to_end(&mut out).map_err(|e| {
        damaged(e)
            .given("compressed bytes", bytes.len())
            .given("unpacked before the damage", out.len())
    })?;
    if out.len() as u64 > limit {
        return Err(too_large(limit));
    }
    Ok(out)
}

/// The error for a stream that cannot be unpacked.
pub(crate) fn damaged(e: std::io::Error) -> Error {
    Error::format(text!(
        en: "the gzip stream is damaged or cut off",
        ko: "gzip 데이터가 손상되었거나 잘렸습니다"
    ))
    .source_error(e)
}

/// The error for data beyond a limit.
pub(crate) fn too_large(limit: u64) -> Error {
    Error::format(text!(
        en: "the data is larger than the limit of {limit} bytes",
        ko: "데이터가 한도 {limit}바이트보다 큽니다"
    ))
}

#[cfg(test)]
mod tests {
    use super::*;
    use flate2::{Compression, write::GzEncoder};
    use std::io::Write;

    #[test]
    fn limits_and_damage_are_errors() {
        let mut to = GzEncoder::new(Vec::new(), Compression::default());
        to.write_all(&[7; 1000]).unwrap();
        let packed = to.finish().unwrap();
        assert!(is_gzip(&packed));
        assert_eq!(unpack(&packed, 1000).unwrap(), [7; 1000]);
        assert!(unpack(&packed, 999).unwrap_err().to_string().contains("999"));
        for end in 0..packed.len() {
            // An empty stream holds no member: that is no error of gzip's reader at the first byte.
            assert!(end == 0 || unpack(&packed[..end], 1000).is_err(), "cut at {end}");
        }
    }
}
