//! One page about a training run: a self-contained HTML file.
//!
//! A [`Report`] is plain data that whoever trained fills in: rows of facts, tables, pictures. Its page
//! has its style and its pictures inside, runs no script, loads nothing, and follows the reader's
//! choice of a light or dark screen.

use crate::plot::{Chart, Ink, Svg, svg::FONT_FAMILY, svg::escape, svg::number};
use seodang_core::{Lang, Result};
use std::fmt::{self, Write};
use std::path::Path;

/// What a section of a report is about; gives it its heading in both languages.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Topic {
    /// The data that was learned from.
    Data,
    /// The model: its layers and their sizes.
    Model,
    /// The options of the training.
    Parameters,
    /// What came out: test loss and accuracy, seconds, seed.
    Result,
    /// Loss and metrics over the epochs.
    Curves,
    /// Which classes were taken for which.
    Confusion,
    /// Examples that were predicted wrong.
    Misread,
    /// The numbers of every epoch.
    History,
    /// How to run it again.
    Reproduce,
}

impl Topic {
    /// The heading of a section on this topic.
    pub fn title(self, lang: Lang) -> &'static str {
        let (en, ko) = match self {
            Topic::Data => ("Data", "데이터"),
            Topic::Model => ("Model", "모델"),
            Topic::Parameters => ("Parameters", "설정"),
            Topic::Result => ("Result", "결과"),
            Topic::Curves => ("Training curves", "학습 곡선"),
            Topic::Confusion => ("Confusion matrix", "혼동 행렬"),
            Topic::Misread => ("Misread examples", "잘못 읽은 예"),
            Topic::History => ("History", "에포크별 기록"),
            Topic::Reproduce => ("Reproduce", "다시 해 보기"),
        };
        if lang == Lang::Ko { ko } else { en }
    }
}

/// A table: a header and rows; cells that are numbers stand to the right.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Table {
    /// The names of the columns.
    pub header: Vec<String>,
    /// The rows; a row shorter than the header is filled with empty cells.
    pub rows: Vec<Vec<String>>,
}

impl Table {
    /// A table without rows.
    pub fn new(header: impl IntoIterator<Item = impl Into<String>>) -> Table {
        Table { header: header.into_iter().map(Into::into).collect(), rows: Vec::new() }
    }

    /// Adds a row.
    pub fn row(mut self, cells: impl IntoIterator<Item = impl Into<String>>) -> Table {
        self.rows.push(cells.into_iter().map(Into::into).collect());
        self
    }
}

/// A piece of a section.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum Part {
    /// A paragraph.
    Text(String),
    /// Names and values, one pair a line.
    Facts(Vec<(String, String)>),
    /// A table; one with many rows scrolls inside the page.
    Table(Table),
    /// Pictures, side by side where there is room.
    Pictures(Vec<Svg>),
    /// A command or another text with its line breaks.
    Code(String),
}

/// A heading and what stands below it.
#[derive(Clone, Debug, PartialEq)]
pub struct Section {
    /// The heading.
    pub title: String,
    /// What stands below it, in order.
    pub parts: Vec<Part>,
}

impl Section {
    /// An empty section under a heading of its own.
    pub fn new(title: impl Into<String>) -> Section {
        Section { title: title.into(), parts: Vec::new() }
    }

    /// An empty section under the heading of a topic.
    pub fn on(topic: Topic, lang: Lang) -> Section {
        Section::new(topic.title(lang))
    }

    /// Adds a paragraph.
    pub fn text(mut self, text: impl Into<String>) -> Section {
        self.parts.push(Part::Text(text.into()));
        self
    }

    /// Adds names and values.
    pub fn facts(
        mut self,
        rows: impl IntoIterator<Item = (impl Into<String>, impl Into<String>)>,
    ) -> Section {
        let rows = rows.into_iter().map(|(name, value)| (name.into(), value.into())).collect();
        self.parts.push(Part::Facts(rows));
        self
    }

    /// Adds a table.
    pub fn table(mut self, table: Table) -> Section {
        self.parts.push(Part::Table(table));
        self
    }

    /// Adds a chart; charts that follow each other, and panels of one, stand side by side where there is
    /// room.
    pub fn picture(mut self, chart: &dyn Chart) -> Section {
        match self.parts.last_mut() {
            Some(Part::Pictures(before)) => before.extend(chart.pictures()),
            _ => self.parts.push(Part::Pictures(chart.pictures())),
        }
        self
    }

    /// Adds a command or another text with its line breaks.
    pub fn code(mut self, text: impl Into<String>) -> Section {
        self.parts.push(Part::Code(text.into()));
        self
    }
}

/// A page about a training run. Its `Display` is the HTML.
///
/// ```
/// use seodang::plot::training_curves;
/// use seodang::report::{Report, Section, Topic};
/// use seodang_core::Lang;
///
/// let curves = training_curves([("loss", &[0.9, 0.4, 0.2][..])], Lang::En);
/// let report = Report::new("digits", Lang::En)
///     .lead("A network with one hidden layer, trained on 1,437 handwritten digits.")
///     .summary("Test accuracy", "97.8%")
///     .summary("Time", "4.2 s")
///     .section(Section::on(Topic::Curves, Lang::En).picture(&curves))
///     .section(Section::on(Topic::Reproduce, Lang::En).code("seodang train digits --seed 0"));
/// assert!(report.to_string().contains("97.8%"));
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct Report {
    /// The heading of the page.
    pub title: String,
    /// The language of the page's own words.
    pub lang: Lang,
    /// A sentence under the heading; may be empty.
    pub lead: String,
    /// The numbers that matter most, as name and value: shown large at the top.
    pub summary: Vec<(String, String)>,
    /// The sections in order.
    pub sections: Vec<Section>,
    /// The last line, such as the program's version; may be empty.
    pub footer: String,
}

impl Report {
    /// A page with nothing but its heading.
    pub fn new(title: impl Into<String>, lang: Lang) -> Report {
        Report {
            title: title.into(),
            lang,
            lead: String::new(),
            summary: Vec::new(),
            sections: Vec::new(),
            footer: String::new(),
        }
    }

    /// Sets the sentence under the heading.
    pub fn lead(mut self, text: impl Into<String>) -> Report {
        self.lead = text.into();
        self
    }

    /// Adds a number to those shown large at the top.
    pub fn summary(mut self, name: impl Into<String>, value: impl Into<String>) -> Report {
        self.summary.push((name.into(), value.into()));
        self
    }

    /// Adds a section.
    pub fn section(mut self, section: Section) -> Report {
        self.sections.push(section);
        self
    }

    /// Sets the last line.
    pub fn footer(mut self, text: impl Into<String>) -> Report {
        self.footer = text.into();
        self
    }

    /// Writes the page; the file is there whole or, after an error, as it was before.
    ///
    /// # Errors
    ///
    /// [`Io`](seodang_core::ErrorKind::Io) when the file cannot be written.
    pub fn save(&self, path: impl AsRef<Path>) -> Result<()> {
        seodang_files::replace(path, self.to_string().as_bytes())
    }

    fn body(&self, out: &mut String) -> fmt::Result {
        write!(out, "<header><h1>{}</h1>", escape(&self.title))?;
        if !self.lead.is_empty() {
            write!(out, "<p class=\"lead\">{}</p>", escape(&self.lead))?;
        }
        out.push_str("</header>\n");
        if !self.summary.is_empty() {
            out.push_str("<dl class=\"summary\">");
            for (name, value) in &self.summary {
                write!(out, "<div><dt>{}</dt><dd>{}</dd></div>", escape(name), escape(value))?;
            }
            out.push_str("</dl>\n");
        }
        for section in &self.sections {
            writeln!(out, "<section><h2>{}</h2>", escape(&section.title))?;
            for part in &section.parts {
                part.write(out)?;
            }
            out.push_str("</section>\n");
        }
        if !self.footer.is_empty() {
            writeln!(out, "<footer>{}</footer>", escape(&self.footer))?;
        }
        Ok(())
    }
}

impl Part {
    fn write(&self, out: &mut String) -> fmt::Result {
        match self {
            Part::Text(text) => writeln!(out, "<p>{}</p>", escape(text)),
            Part::Code(text) => writeln!(out, "<pre><code>{}</code></pre>", escape(text)),
            Part::Pictures(pictures) => {
                out.push_str("<div class=\"pictures\">");
                for svg in pictures {
                    let (least, most) = (svg.width().min(SIDE_BY_SIDE), svg.width());
                    let (least, most) = (number(least), number(most));
                    let style = format!("flex-basis:{least}px;max-width:{most}px");
                    write!(out, "<figure style=\"{style}\">{}</figure>", svg.inline())?;
                }
                writeln!(out, "</div>")
            }
            Part::Facts(rows) => {
                out.push_str("<table class=\"facts\"><tbody>");
                for (name, value) in rows {
                    let (name, value) = (escape(name), escape(value));
                    write!(out, "<tr><th scope=\"row\">{name}</th><td>{value}</td></tr>")?;
                }
                writeln!(out, "</tbody></table>")
            }
            Part::Table(table) => {
                out.push_str("<div class=\"scroll\"><table><thead><tr>");
                let columns = table.rows.iter().map(Vec::len).fold(table.header.len(), usize::max);
                let cell = |row: &[String], i: usize| row.get(i).cloned().unwrap_or_default();
                // A column stands to the right when all that it holds are numbers.
                let right: Vec<bool> = (0..columns)
                    .map(|i| {
                        let mut cells = table.rows.iter().map(|r| cell(r, i)).peekable();
                        cells.peek().is_some() && cells.all(|c| c.is_empty() || is_number(&c))
                    })
                    .collect();
                let class = |i: usize| if right[i] { " class=\"number\"" } else { "" };
                for i in 0..columns {
                    let text = escape(&cell(&table.header, i));
                    write!(out, "<th scope=\"col\"{}>{text}</th>", class(i))?;
                }
                out.push_str("</tr></thead><tbody>\n");
                for row in &table.rows {
                    out.push_str("<tr>");
                    for i in 0..columns {
                        write!(out, "<td{}>{}</td>", class(i), escape(&cell(row, i)))?;
                    }
                    out.push_str("</tr>\n");
                }
                writeln!(out, "</tbody></table></div>")
            }
        }
    }
}

/// Whether a cell reads as a number, thousands and percent signs included.
fn is_number(cell: &str) -> bool {
    let plain: String = cell.chars().filter(|c| !matches!(c, ',' | '%' | '_' | ' ')).collect();
    plain.replace('−', "-").parse::<f64>().is_ok()
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let lang = if self.lang == Lang::Ko { "ko" } else { "en" };
        let mut body = String::new();
        self.body(&mut body)?;
        writeln!(f, "<!DOCTYPE html>\n<html lang=\"{lang}\">\n<head>\n<meta charset=\"utf-8\">")?;
        writeln!(f, "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">")?;
        writeln!(f, "<meta name=\"generator\" content=\"Seodang {}\">", env!("CARGO_PKG_VERSION"))?;
        writeln!(f, "<title>{}</title>\n<style>", escape(&self.title))?;
        writeln!(f, "body{{font-family:{FONT_FAMILY}}}")?;
        writeln!(f, "{STYLE}@media screen and (prefers-color-scheme:dark){{\n{DARK}")?;
        writeln!(f, "{}}}\n</style>\n</head>\n<body>\n<main>", Ink::dark_rules())?;
        writeln!(f, "{body}</main>\n</body>\n</html>")
    }
}

/// Pictures may shrink to so many pixels to stand beside each other.
const SIDE_BY_SIDE: f64 = 480.0;

/// The light page. Colours are variables, so that the dark page only sets them anew.
const STYLE: &str = "\
:root{color-scheme:light dark;--ground:#f3f5f8;--card:#ffffff;--strong:#1d2430;--soft:#5b6675;\
--line:#e3e7ed;--stripe:#f7f8fa}
*{box-sizing:border-box}
body{margin:0;background:var(--ground);color:var(--strong);font-size:15px;line-height:1.6;\
word-break:keep-all;overflow-wrap:anywhere;-webkit-text-size-adjust:100%}
main{max-width:1220px;margin:0 auto;padding:40px 20px 56px}
header{margin:0 4px 24px}
h1{font-size:30px;line-height:1.25;letter-spacing:-.02em;margin:0 0 6px;font-weight:700}
h2{font-size:18px;letter-spacing:-.01em;margin:0 0 14px;font-weight:650}
.lead{margin:0;color:var(--soft);font-size:16px;max-width:70ch}
.summary{display:grid;grid-template-columns:repeat(auto-fit,minmax(150px,1fr));gap:12px;margin:0 0 16px}
.summary div,section{background:var(--card);border:1px solid var(--line);border-radius:12px}
.summary div{padding:14px 18px}
dt{color:var(--soft);font-size:13px}
dd{margin:2px 0 0;font-size:24px;line-height:1.3;font-weight:650;letter-spacing:-.01em;\
font-variant-numeric:tabular-nums}
section{padding:20px 22px 22px;margin:0 0 16px}
section p{margin:0 0 12px;max-width:75ch}
section>:last-child{margin-bottom:0}
.pictures{display:flex;flex-wrap:wrap;margin:-14px -16px 0}
figure{margin:0;flex-grow:1;min-width:min(100%,400px)}
figure svg{display:block}
.scroll{overflow:auto;max-height:460px;margin:0 0 12px}
table{border-collapse:collapse;width:100%;font-size:14px;font-variant-numeric:tabular-nums}
th,td{padding:6px 10px;text-align:left;border-bottom:1px solid var(--line);vertical-align:top}
td:not(.number){min-width:5.5em}
td:last-child:not(.number):not(:first-child){min-width:8em}
thead th{position:sticky;top:0;background:var(--card);color:var(--soft);font-weight:600;\
overflow-wrap:normal;vertical-align:bottom;box-shadow:0 1px 0 var(--line);border-bottom:0}
tbody tr:nth-child(even) td{background:var(--stripe)}
tbody tr:last-child>*{border-bottom:0}
.number{text-align:right}
.facts{margin:0 0 12px}
.facts th{color:var(--soft);font-weight:500;width:30%;min-width:110px}
.facts tr:nth-child(even) td{background:none}
pre{margin:0 0 12px;padding:14px 16px;background:var(--stripe);border:1px solid var(--line);\
border-radius:8px;overflow-x:auto;white-space:pre-wrap;font:14px/1.55 ui-monospace,SFMono-Regular,\
Menlo,Consolas,D2Coding,monospace}
footer{color:var(--soft);font-size:13px;margin:20px 4px 0}
@media print{@page{margin:14mm}body{background:none;print-color-adjust:exact;\
-webkit-print-color-adjust:exact}main{max-width:none;padding:0}section{border:0;padding:6px 0}\
figure,tr,.summary div{break-inside:avoid}h2{break-after:avoid}thead th{position:static}\
.scroll{max-height:none;overflow:visible}}
";

const DARK: &str = "\
:root{--ground:#0f1216;--card:#161a20;--strong:#e9edf3;--soft:#9aa6b5;--line:#2c343f;\
--stripe:#1c2129}";

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plot::{ConfusionMatrix, ImageSheet, SheetImage, training_curves};

    fn sample(lang: Lang) -> Report {
        let curves = training_curves([("loss", &[0.9, 0.4][..]), ("val_loss", &[1.0, 0.5])], lang);
        let matrix = ConfusionMatrix::new(["0", "1"], vec![9, 1, 0, 8], lang).expect("a matrix");
        let image = SheetImage::gray(2, 2, &[0, 255, 255, 0]).expect("an image").caption("0 → 1");
        let sheet = ImageSheet::misread([image], 1, lang);
        let layers = Table::new(["layer", "output", "parameters"])
            .row(["dense", "(None, 128)", "8,320"])
            .row(["dense_1", "(None, 10)", "1,290"]);
        let history = Table::new(["epoch", "loss"]).row(["1", "0.9"]).row(["2"]);
        Report::new("digits <mlp> & co", lang)
            .lead("lead sentence")
            .summary("accuracy", "94.4%")
            .section(Section::on(Topic::Data, lang).text("1,437 rows").facts([("rows", "1437")]))
            .section(Section::on(Topic::Model, lang).table(layers))
            .section(Section::on(Topic::Parameters, lang).facts([("epochs", "2")]))
            .section(Section::on(Topic::Result, lang).facts([("loss", "0.5")]))
            .section(Section::on(Topic::Curves, lang).picture(&curves))
            .section(Section::on(Topic::Confusion, lang).picture(&matrix))
            .section(Section::on(Topic::Misread, lang).picture(&sheet))
            .section(Section::on(Topic::History, lang).table(history))
            .section(
                Section::on(Topic::Reproduce, lang).code("seodang train digits --name \"<a>\""),
            )
            .footer("Seodang")
    }

    #[test]
    fn charts_after_each_other_share_a_row() {
        let chart = training_curves([("loss", &[0.9, 0.4][..])], Lang::En);
        let section = Section::new("a").picture(&chart).picture(&chart).text("b").picture(&chart);
        let counts: Vec<usize> = (section.parts.iter())
            .map(|p| if let Part::Pictures(all) = p { all.len() } else { 0 })
            .collect();
        assert_eq!(counts, [2, 0, 1]);
    }

    #[test]
    fn every_part_is_in_the_page() {
        let page = sample(Lang::En).to_string();
        for part in [
            "<html lang=\"en\">",
            "<h1>digits &lt;mlp&gt; &amp; co</h1>",
            "lead sentence",
            "<dt>accuracy</dt><dd>94.4%</dd>",
            "<h2>Data</h2>",
            "<h2>Model</h2>",
            "<td class=\"number\">8,320</td>",
            "<td>(None, 128)</td>",
            "<h2>Parameters</h2>",
            "<h2>Result</h2>",
            "<h2>Training curves</h2>",
            "<h2>Confusion matrix</h2>",
            "<h2>Misread examples</h2>",
            "0 → 1",
            "<td class=\"number\"></td>",
            "seodang train digits --name &quot;&lt;a&gt;&quot;",
            "<footer>Seodang</footer>",
            "prefers-color-scheme:dark",
        ] {
            assert!(page.contains(part), "{part} is missing");
        }
        assert_eq!(page.matches("<figure ").count(), 3);
        assert_eq!(page.matches("<section>").count(), page.matches("</section>").count());
    }

    #[test]
    fn the_korean_page_speaks_korean() {
        let page = sample(Lang::Ko).to_string();
        assert!(page.contains("<html lang=\"ko\">"));
        for word in
            ["데이터", "모델", "결과", "학습 곡선", "혼동 행렬", "잘못 읽은", "에포크", "다시 해"]
        {
            assert!(page.contains(word), "{word} is missing");
        }
        assert!(!page.contains("Confusion") && !page.contains("Epoch"));
    }

    #[test]
    fn the_page_needs_nothing_else() {
        let page = sample(Lang::En).to_string();
        let inside = page.replace("http://www.w3.org/2000/svg", "");
        for outside in ["http:", "https:", "\"//", "<script", "<link", "@import", "url(", "src="] {
            assert!(!inside.contains(outside), "{outside}");
        }
        let addresses: Vec<_> = inside.split("href=\"").skip(1).collect();
        assert_eq!(addresses.len(), 1);
        assert!(addresses.iter().all(|a| a.starts_with("data:image/png;base64,")));
    }

    #[test]
    fn it_is_saved_whole() {
        let dir = tempfile::tempdir().expect("a folder");
        let path = dir.path().join("report.html");
        sample(Lang::En).save(&path).expect("saved");
        assert_eq!(std::fs::read_to_string(&path).expect("read"), sample(Lang::En).to_string());
    }
}
