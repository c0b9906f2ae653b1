//! From bytes to text.

use encoding_rs::{DecoderResult, EUC_KR, Encoding, UTF_8};
use seodang_core::{Error, Result, text};
use std::borrow::Cow;

/// Decodes the bytes of a text file: a byte order mark decides, else `label`, else UTF-8 if it is
/// valid, else CP949 (which encoding_rs calls EUC-KR, as the WHATWG does).
pub(super) fn decode<'a>(bytes: &'a [u8], label: Option<&str>) -> Result<Cow<'a, str>> {
    let named = label.map(encoding).transpose()?;
    let text = if let Some((encoding, mark)) = Encoding::for_bom(bytes) {
        strict(encoding, &bytes[mark..])?
    } else if let Some(encoding) = named {
        strict(encoding, bytes)?
    } else {
        refuse_binary(bytes)?;
        match std::str::from_utf8(bytes) {
            Ok(text) => Cow::Borrowed(text),
            Err(e) => EUC_KR
                .decode_without_bom_handling_and_without_replacement(bytes)
                .ok_or_else(|| undecodable(UTF_8, bytes, e.valid_up_to()))?,
        }
    };
    if let Some(at) = text.find('\0') {
        return Err(binary(at));
    }
    Ok(text)
}

fn encoding(label: &str) -> Result<&'static Encoding> {
    let found = match label.to_ascii_lowercase().as_str() {
        "cp949" | "ms949" | "uhc" => Some(EUC_KR),
        other => Encoding::for_label(other.as_bytes()),
    };
    found.ok_or_else(|| {
        Error::value(text!(en: "there is no such encoding", ko: "그런 인코딩은 없습니다"))
            .given("encoding", crate::excerpt(label))
            .expected(text!(
                en: "a name such as utf-8, cp949, shift_jis, windows-1252, utf-16le",
                ko: "utf-8, cp949, shift_jis, windows-1252, utf-16le 같은 이름"
            ))
    })
}

fn strict<'a>(encoding: &'static Encoding, bytes: &'a [u8]) -> Result<Cow<'a, str>> {
    encoding.decode_without_bom_handling_and_without_replacement(bytes).ok_or_else(|| {
        // How far it goes is looked for only once it is known to fail.
        let mut decoder = encoding.new_decoder_without_bom_handling();
        let (mut room, mut at) = (String::with_capacity(4096), 0);
        loop {
            room.clear();
            let (result, read) =
                decoder.decode_to_string_without_replacement(&bytes[at..], &mut room, true);
            at += read;
            if result != DecoderResult::OutputFull {
                return undecodable(encoding, bytes, at.saturating_sub(1));
            }
        }
    })
}

fn undecodable(encoding: &'static Encoding, bytes: &[u8], at: usize) -> Error {
    let line = 1 + bytes[..at].iter().filter(|&&b| b == b'\n').count();
    let name = encoding.name();
    Error::format(text!(
        en: "line {line} is not {name} text",
        ko: "{line}번째 줄이 {name} 텍스트가 아닙니다"
    ))
    .given("byte offset", at)
    .given("bytes", format!("{:02x?}", &bytes[at..bytes.len().min(at + 4)]))
    .hint(text!(
        en: "save the file as \"CSV UTF-8\", or name its encoding",
        ko: "파일을 \"CSV UTF-8\"로 저장하거나 인코딩 이름을 지정하세요"
    ))
}

/// Names the files that people most often take for a CSV.
fn refuse_binary(bytes: &[u8]) -> Result<()> {
    if bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(&[0xd0, 0xcf, 0x11, 0xe0]) {
        return Err(Error::format(text!(
            en: "this is an Excel workbook or a ZIP file, not a CSV file",
            ko: "CSV 파일이 아니라 엑셀 통합 문서나 ZIP 파일입니다"
        ))
        .hint(text!(
            en: "open it in the spreadsheet program and save it as \"CSV UTF-8\"",
            ko: "스프레드시트 프로그램에서 열어 \"CSV UTF-8\"로 저장하세요"
        )));
    }
    match bytes.iter().position(|&b| b == 0) {
        Some(at) => Err(binary(at)),
        None => Ok(()),
    }
}

fn binary(at: usize) -> Error {
    Error::format(text!(
        en: "this is not a text file: it contains a zero byte",
        ko: "텍스트 파일이 아닙니다: 0 바이트가 들어 있습니다"
    ))
    .given("byte offset", at)
}
