//! Pictures and pages as files.

use super::{Chart, render_png};
use seodang_core::{Error, Result, text};
use std::path::Path;

/// How many pixels of a `.png` file go to one of the picture.
const PNG_SCALE: f32 = 2.0;

/// Writes a chart to a `.svg` or `.png` file, by the ending of `path`; a PNG image has two pixels to
/// the chart's one. The file is there whole or, after an error, as it was before.
///
/// # Errors
///
/// [`Value`](seodang_core::ErrorKind::Value) for another ending, [`Io`](seodang_core::ErrorKind::Io)
/// when the file cannot be written.
///
/// ```
/// use seodang::plot::{self, BarChart};
/// let dir = tempfile::tempdir()?;
/// plot::save(dir.path().join("bars.svg"), &BarChart::new("Importance").bar("width", 0.7))?;
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn save(path: impl AsRef<Path>, chart: &dyn Chart) -> Result<()> {
    let path = path.as_ref();
    let ending = path.extension().map(|e| e.to_string_lossy().to_ascii_lowercase());
    let bytes = match ending.as_deref() {
        Some("svg") => chart.svg().to_string().into_bytes(),
        Some("png") => render_png(&chart.svg().to_string(), PNG_SCALE)?,
        _ => {
            return Err(Error::value(text!(
                en: "the file's ending names no kind of picture",
                ko: "파일 확장자가 그림 형식이 아닙니다"
            ))
            .given("path", path.display())
            .expected(text!(en: ".svg or .png", ko: ".svg 또는 .png")));
        }
    };
    seodang_files::replace(path, &bytes)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plot::BarChart;
    use seodang_core::ErrorKind;

    #[test]
    fn the_ending_decides_and_nothing_else_is_left_behind() {
        let dir = tempfile::tempdir().expect("a folder");
        let chart = BarChart::new("t").bar("a", 1.0);
        save(dir.path().join("a.svg"), &chart).expect("svg");
        save(dir.path().join("a.PNG"), &chart).expect("png");
        let svg = std::fs::read_to_string(dir.path().join("a.svg")).expect("written");
        assert!(svg.starts_with("<?xml"));
        assert!(std::fs::read(dir.path().join("a.PNG")).expect("written").starts_with(b"\x89PNG"));
        assert_eq!(std::fs::read_dir(dir.path()).expect("listed").count(), 2);
    }

    #[test]
    fn a_failure_keeps_the_old_file_and_names_the_path() {
        let dir = tempfile::tempdir().expect("a folder");
        let chart = BarChart::new("t");
        let e = save(dir.path().join("a.gif"), &chart).expect_err("an unknown ending");
        assert_eq!(e.kind(), ErrorKind::Value);
        assert!(e.to_string().contains("a.gif"));
        let e = save(dir.path().join("missing/a.svg"), &chart).expect_err("no folder");
        assert_eq!(e.kind(), ErrorKind::Io);
        assert!(e.to_string().contains("missing"));
        // The place is taken by a folder that is not empty: the rename fails.
        std::fs::create_dir_all(dir.path().join("b.svg/c")).expect("a folder");
        save(dir.path().join("b.svg"), &chart).expect_err("a folder in the way");
        assert_eq!(std::fs::read_dir(dir.path()).expect("listed").count(), 1);
    }
}
