//! Comma-separated files as people have them: UTF-8 with or without a byte order mark, UTF-16, or
//! CP949 as Korean Excel writes it; separated by commas, semicolons, tabs or bars; with or without
//! a header; with quoted cells that hold separators and line ends; with decimal points or commas.
//!
//! What is not said in [`Options`] is found out from the file:
//!
//! * Encoding: a byte order mark, else UTF-8 if the bytes are valid UTF-8, else CP949.
//! * Separator: of tab, `;`, `|` and `,` the first that gives every row of the beginning the same
//!   number (two or more) of cells, else the one that cuts the first row most often.
//! * Header: the first row is one if none of its cells is a number, unless all cells of the file are
//!   text and at least half of the first row's are met again below themselves.
//! * Decimal comma: if some cell reads as a number only that way (`1,5`), and none only with a point
//!   (`1.5`). The other sign may group thousands (`1,234.5`).
//!
//! Blank lines and rows without a single value are skipped, white space around a cell is ignored, and a cell is *missing* if it is
//! empty or says `NA`, `N/A`, `#N/A`, `NaN`, `null`, `None` or `?`.
//!
//! ```
//! use seodang_data::csv::{self, Options};
//!
//! let table = csv::read("키;등급\n170,5;상\n168,0;하\n".as_bytes(), &Options::default())?;
//! assert_eq!(table.names(), ["키", "등급"]);
//! assert_eq!(table.numbers("키")?, [170.5, 168.0]);
//! let e = csv::read(b"a,b\n1,2\n3\n", &Options::default()).unwrap_err();
//! assert!(e.to_string().contains("line 3"));
//! # Ok::<(), seodang_core::Error>(())
//! ```

mod decode;
mod number;
mod records;
#[cfg(test)]
mod tests;

pub(crate) use number::{Cell, Decimal};
use records::Records;

use crate::{Table, gzip};
use seodang_core::{Error, Result, text};
use std::path::Path;

/// The largest file [`read`] accepts, in bytes, also after unpacking and decoding: 1 GiB.
pub const MAX_BYTES: u64 = 1 << 30;

/// The most columns of a table.
pub const MAX_COLUMNS: usize = 1 << 20;

/// The most cells of a table.
pub const MAX_CELLS: usize = 1 << 28;

/// What is known about a file beforehand; what is `None` is found out.
///
/// ```
/// use seodang_data::csv::{self, Options};
/// let options = Options { header: Some(false), ..Options::default() };
/// assert_eq!(csv::read(b"x,y\n1,2\n", &options)?.names(), ["column_1", "column_2"]);
/// # Ok::<(), seodang_core::Error>(())
/// ```
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Options {
    /// The encoding's name, such as `utf-8`, `cp949` or `windows-1252`.
    pub encoding: Option<String>,
    /// The character between the cells of a row; ASCII.
    pub separator: Option<char>,
    /// Whether the first row holds the names of the columns.
    pub header: Option<bool>,
    /// The decimal sign: `.` or `,`.
    pub decimal: Option<char>,
}

/// Reads a table from the bytes of a file, plain or gzipped.
///
/// # Errors
/// `Format`, if the bytes are not a table: undecodable, empty, without rows, a quote never closed,
/// a row with too few or too many cells, a column's name twice; `Value`, if an option is not
/// allowed. Messages name the line.
pub fn read(bytes: &[u8], options: &Options) -> Result<Table> {
    let unpacked;
    let bytes = if gzip::is_gzip(bytes) {
        unpacked = gzip::unpack(bytes, MAX_BYTES)?;
        &unpacked
    } else {
        bytes
    };
    if bytes.len() as u64 > MAX_BYTES {
        return Err(gzip::too_large(MAX_BYTES));
    }
    let separator = match options.separator {
        None => None,
        Some(c) if c.is_ascii() && !matches!(c, '"' | '\n' | '\r') => Some(c as u8),
        Some(c) => {
            return Err(Error::value(text!(
                en: "the separator must be one ASCII character, not a quote or a line end",
                ko: "구분자는 따옴표나 줄바꿈이 아닌 ASCII 문자 하나여야 합니다"
            ))
            .given("separator", format!("{c:?}")));
        }
    };
    let decimal = match options.decimal {
        None => None,
        Some('.') => Some(Decimal::Point),
        Some(',') => Some(Decimal::Comma),
        Some(c) => {
            return Err(Error::value(text!(
                en: "the decimal sign must be a point or a comma",
                ko: "소수점 기호는 마침표나 쉼표여야 합니다"
            ))
            .given("decimal", format!("{c:?}")));
        }
    };
    let text = decode::decode(bytes, options.encoding.as_deref())?;
    if text.len() as u64 > MAX_BYTES {
        return Err(gzip::too_large(MAX_BYTES));
    }
    if text.trim().is_empty() {
        return Err(Error::format(text!(
            en: "the file is empty",
            ko: "파일이 비어 있습니다"
        ))
        .given("bytes", bytes.len()));
    }
    let separator = separator.unwrap_or_else(|| records::sniff(&text));
    read_rows(&text, separator, options.header, decimal)
}

/// Reads a table from a file, plain or gzipped.
///
/// # Errors
/// `Io`, if the file cannot be read; otherwise as [`read()`]. Both name the file.
pub fn read_file(path: impl AsRef<Path>, options: &Options) -> Result<Table> {
    let path = path.as_ref();
    let bytes = crate::read_limited(path, MAX_BYTES)?;
    read(&bytes, options).map_err(|e| e.during(path.display().to_string()))
}

/// Splits one row into its cells, for a row that was typed rather than read from a file.
///
/// # Errors
/// `Format`, if there is not exactly one row.
///
/// ```
/// assert_eq!(seodang_data::csv::parse_row(r#"5.1,"a, b",3"#)?, ["5.1", "a, b", "3"]);
/// # Ok::<(), seodang_core::Error>(())
/// ```
pub fn parse_row(row: &str) -> Result<Vec<String>> {
    let mut records = Records::new(row, records::sniff(row));
    let mut cells = Cells::default();
    let first = records.next(&mut cells.text, &mut cells.ends)?;
    if first.is_none() || records.next(&mut String::new(), &mut Vec::new())?.is_some() {
        return Err(Error::format(text!(
            en: "exactly one row of values is needed",
            ko: "값이 정확히 한 행이어야 합니다"
        ))
        .given("row", crate::excerpt(row)));
    }
    Ok((0..cells.ends.len()).map(|i| cells.get(i).trim().to_owned()).collect())
}

/// The cells of a file, row after row, in one string.
#[derive(Clone, Debug, Default)]
pub(crate) struct Cells {
    text: String,
    ends: Vec<u32>,
}

impl Cells {
    /// Cell number `i`, as it stands in the file, without its quotes.
    pub(crate) fn get(&self, i: usize) -> &str {
        let start = if i == 0 { 0 } else { self.ends[i - 1] as usize };
        &self.text[start..self.ends[i] as usize]
    }

    /// Drops the first `n` cells.
    fn drop_first(&mut self, n: usize) {
        let start = n.checked_sub(1).map_or(0, |last| self.ends[last]);
        self.text.drain(..start as usize);
        self.ends.drain(..n);
        self.ends.iter_mut().for_each(|e| *e -= start);
    }

    /// Appends a cell.
    pub(crate) fn push(&mut self, cell: &str) -> Result<()> {
        self.text.push_str(cell);
        let end = u32::try_from(self.text.len()).map_err(|_| gzip::too_large(u32::MAX.into()))?;
        self.ends.push(end);
        Ok(())
    }
}

fn read_rows(
    text: &str,
    separator: u8,
    header: Option<bool>,
    decimal: Option<Decimal>,
) -> Result<Table> {
    let mut records = Records::new(text, separator);
    let mut cells = Cells::default();
    let Some(first) = records.next(&mut cells.text, &mut cells.ends)? else {
        return Err(Error::format(text!(en: "the file has no rows", ko: "파일에 행이 없습니다")));
    };
    let width = first.cells;
    if width > MAX_COLUMNS {
        return Err(Error::format(text!(
            en: "the table has {width} columns, more than {MAX_COLUMNS}",
            ko: "표의 열이 {width}개로, {MAX_COLUMNS}개를 넘습니다"
        )));
    }
    let names: Vec<String> = (0..width).map(|i| cells.get(i).trim().to_owned()).collect();
    let is_number = |s: &String| {
        let read = |decimal| Cell::read(s, decimal);
        matches!(read(Decimal::Point), Cell::Number(_) | Cell::NotFinite)
            || matches!(read(Decimal::Comma), Cell::Number(_))
    };
    let named_by_first = header
        .unwrap_or_else(|| !names.iter().any(is_number) && names.iter().any(|n| !n.is_empty()));
    let mut lines = vec![first.line];
    while let Some(record) = records.next(&mut cells.text, &mut cells.ends)? {
        if record.cells != width {
            return Err(ragged(&record, width, separator));
        }
        if cells.ends.len() > MAX_CELLS {
            return Err(Error::format(text!(
                en: "the table has more than {MAX_CELLS} cells",
                ko: "표의 칸이 {MAX_CELLS}개를 넘습니다"
            )));
        }
        lines.push(record.line);
    }
    let has_header = named_by_first && (header.is_some() || !met_again(&cells, &names));
    if has_header {
        cells.drop_first(width);
        lines.remove(0);
    }
    if lines.is_empty() {
        return Err(Error::format(text!(
            en: "the table has a header but no rows",
            ko: "표에 머리글만 있고 행이 없습니다"
        ))
        .given("columns", crate::list(&names))
        .hint(text!(
            en: "if the first row is data, say that there is no header",
            ko: "첫 행이 데이터라면 머리글이 없다고 지정하세요"
        )));
    }
    let names = if has_header { named(names)? } else { (1..=width).map(generated).collect() };
    let decimal =
        decimal.unwrap_or_else(|| number::sniff((0..cells.ends.len()).map(|i| cells.get(i))));
    Ok(Table::new(names, has_header, cells, lines, decimal))
}

/// How many rows are looked at for [`met_again`].
const HEADER_ROWS: usize = 1000;

/// Whether a first row of words is a row like the others: no cell is a number, and at least half of
/// the first row's words stand in their own columns again.
fn met_again(cells: &Cells, first: &[String]) -> bool {
    let width = first.len();
    let rows = (cells.ends.len() / width).min(HEADER_ROWS);
    let plain =
        |i: usize| matches!(Cell::read(cells.get(i), Decimal::Point), Cell::Text | Cell::Missing);
    if rows < 3 || !(width..rows * width).all(plain) {
        return false;
    }
    let again = |c: &usize| {
        !first[*c].is_empty() && (1..rows).any(|r| cells.get(r * width + c).trim() == first[*c])
    };
    2 * (0..width).filter(again).count() >= width
}

/// The name of a column that has none, counted from 1.
fn generated(column: usize) -> String {
    format!("column_{column}")
}

/// The names of a header, each only once, those that are missing filled in.
fn named(names: Vec<String>) -> Result<Vec<String>> {
    let mut seen = std::collections::HashMap::new();
    let mut out = Vec::with_capacity(names.len());
    for (i, name) in names.into_iter().enumerate() {
        let name = if name.is_empty() { generated(i + 1) } else { name };
        if let Some(before) = seen.insert(name.clone(), i + 1) {
            let (name, i) = (crate::excerpt(&name), i + 1);
            return Err(Error::format(text!(
                en: "two columns are called {name}: columns {before} and {i}",
                ko: "이름이 {name}인 열이 둘입니다: {before}번째와 {i}번째"
            ))
            .hint(text!(
                en: "give one of them another name in the header",
                ko: "머리글에서 둘 중 하나의 이름을 바꾸세요"
            )));
        }
        out.push(name);
    }
    Ok(out)
}

fn ragged(record: &records::Record, width: usize, separator: u8) -> Error {
    let (line, cells, separator) = (record.line, record.cells, separator as char);
    Error::format(text!(
        en: "line {line} has {cells} cells, the first row has {width}",
        ko: "{line}번째 줄의 칸은 {cells}개인데, 첫 행은 {width}개입니다"
    ))
    .given("separator", format!("{separator:?}"))
    .hint(text!(
        en: "put cells that contain the separator in double quotes, and leave missing cells empty",
        ko: "구분자가 들어 있는 칸은 큰따옴표로 감싸고, 값이 없는 칸은 비워 두세요"
    ))
}
