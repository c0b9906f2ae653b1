//! Rows and cells of a separated text (RFC 4180, with any separator and any line end).

use seodang_core::{Error, Result, text};

/// One row that was read.
#[derive(Debug)]
pub(crate) struct Record {
    /// The line the row begins on, from 1.
    pub(crate) line: u32,
    /// How many cells it has.
    pub(crate) cells: usize,
}

/// Reads the rows of a text one after another.
pub(crate) struct Records<'a> {
    text: &'a str,
    at: usize,
    line: u32,
    separator: u8,
}

impl<'a> Records<'a> {
    pub(crate) fn new(text: &'a str, separator: u8) -> Records<'a> {
        Records { text, at: 0, line: 1, separator }
    }

    /// Appends the cells of the next row that is not blank to `text`, and where each ends to `ends`.
    pub(crate) fn next(
        &mut self,
        text: &mut String,
        ends: &mut Vec<u32>,
    ) -> Result<Option<Record>> {
        loop {
            if self.at >= self.text.len() {
                return Ok(None);
            }
            let (line, cells_before, text_before) = (self.line, ends.len(), text.len());
            while !self.cell(text, ends)? {}
            let cells = ends.len() - cells_before;
            if text[text_before..].trim().is_empty() {
                // A blank line, or the empty rows that spreadsheets leave at the end.
                text.truncate(text_before);
                ends.truncate(cells_before);
                continue;
            }
            return Ok(Some(Record { line, cells }));
        }
    }

    /// Appends the next cell; whether it was the last of its row.
    fn cell(&mut self, text: &mut String, ends: &mut Vec<u32>) -> Result<bool> {
        let all = self.text.as_bytes();
        // White space before a quote does not keep the cell from being quoted.
        let mut start = self.at;
        while all.get(start) == Some(&b' ') && self.separator != b' ' {
            start += 1;
        }
        if all.get(start) == Some(&b'"') {
            self.quoted(start, text)?;
        }
        // The plain cell, or the white space between a closing quote and the separator.
        let start = self.at;
        let len = all[start..]
            .iter()
            .position(|&b| b == self.separator || b == b'\n' || b == b'\r')
            .unwrap_or(all.len() - start);
        text.push_str(&self.text[start..start + len]);
        self.at = start + len;
        ends.push(u32::try_from(text.len()).map_err(|_| crate::gzip::too_large(u32::MAX.into()))?);
        let last = all.get(self.at) != Some(&self.separator);
        let line_end = match (all.get(self.at), all.get(self.at + 1)) {
            (Some(b'\r'), Some(b'\n')) => 2,
            (Some(_), _) => 1,
            (None, _) => 0,
        };
        self.at += line_end;
        self.line += u32::from(last && line_end > 0);
        Ok(last)
    }

    /// Appends the inside of the cell whose opening quote is at `start` and goes on behind its
    /// closing quote. If something else than the end of the cell follows that, the quotes belong to
    /// the text (`"Great" film`), and nothing is done.
    fn quoted(&mut self, start: usize, text: &mut String) -> Result<()> {
        let (opened, before) = (self.line, text.len());
        let (mut at, mut line) = (start + 1, self.line);
        loop {
            let rest = &self.text[at..];
            let Some(len) = rest.find('"') else {
                return Err(Error::format(text!(
                    en: "the quote opened on line {opened} is never closed",
                    ko: "{opened}번째 줄에서 열린 따옴표가 닫히지 않았습니다"
                ))
                .hint(text!(
                    en: "close it, or put the whole cell in quotes and double those of the text (\"\")",
                    ko: "따옴표를 닫거나, 칸 전체를 따옴표로 감싸고 글의 일부인 따옴표는 두 번(\"\") 쓰세요"
                )));
            };
            text.push_str(&rest[..len]);
            line += line_ends(&rest[..len]);
            at += len + 1;
            if self.text[at..].starts_with('"') {
                text.push('"');
                at += 1;
                continue;
            }
            let behind = self.text.as_bytes()[at..].iter().find(|b| **b != b' ');
            let ends_here = behind.is_none_or(|&b| b == self.separator || b == b'\n' || b == b'\r');
            if ends_here {
                (self.at, self.line) = (at, line);
            } else {
                text.truncate(before);
            }
            return Ok(());
        }
    }
}

fn line_ends(text: &str) -> u32 {
    let bytes = text.as_bytes();
    let lone_cr = |i: usize| bytes[i] == b'\r' && bytes.get(i + 1) != Some(&b'\n');
    (0..bytes.len()).filter(|&i| bytes[i] == b'\n' || lone_cr(i)).count() as u32
}

/// The separators that are tried, the least likely to stand within a cell first.
const SEPARATORS: [u8; 4] = [b'\t', b';', b'|', b','];

/// How many rows are looked at.
const SNIFF_ROWS: usize = 100;

/// The separator of a text; see the module for the rule.
pub(crate) fn sniff(text: &str) -> u8 {
    let widths = |separator: u8| -> Vec<usize> {
        let mut records = Records::new(text, separator);
        let mut widths = Vec::new();
        while widths.len() < SNIFF_ROWS {
            match records.next(&mut String::new(), &mut Vec::new()) {
                Ok(Some(record)) => widths.push(record.cells),
                Ok(None) | Err(_) => break,
            }
        }
        widths
    };
    let all = SEPARATORS.map(|s| (s, widths(s)));
    let regular = all.iter().find(|(_, w)| w.first() > Some(&1) && w.iter().all(|n| *n == w[0]));
    let best = regular.or_else(|| all.iter().max_by_key(|(_, w)| w.first().copied()));
    best.filter(|(_, w)| w.first() > Some(&1)).map_or(b',', |r| r.0)
}
