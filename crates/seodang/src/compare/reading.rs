//! How the columns of a table as people have it become columns to learn from.

use super::notices::Notice;
use super::text_columns::{Grams, TextColumn};
use seodang_core::{Error, Result, text};
use seodang_data::{ColumnKind, Date, DateOrder, Table, TargetKind, Task};
use seodang_learn::table::{Column, Table as Columns};
use serde::{Deserialize, Serialize};

/// What a column is taken for.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Use {
    /// Numbers; what is none is missing.
    Number,
    /// Words of which each names a category.
    Category,
    /// Dates: year, month, day, weekday, days since 1970, and seconds of the day if times are there.
    Date {
        /// In which order day and month stand.
        order: DateOrder,
        /// Whether a time stands behind the date.
        time: bool,
    },
    /// Texts, as pieces of their words.
    Text,
    /// Left out: it names the rows, or is the same in all of them.
    Out,
}

/// A column and what it is taken for.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ColumnUse {
    /// Its name.
    pub name: String,
    /// What it is taken for.
    #[serde(flatten)]
    pub kind: Use,
}

/// How a table is read, and what is to be predicted.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Reading {
    /// The columns but the target.
    pub columns: Vec<ColumnUse>,
    /// The column to predict.
    pub target: String,
    /// What it holds.
    pub predicts: TargetKind,
}

/// Texts of fewer words are names.
const WORDS_OF_TEXT: f64 = 2.5;
/// A column of whole numbers that are all different names the rows if it has one of these names, or ends
/// in one of them behind a `_`.
const NAMES_OF_ROWS: [&str; 10] =
    ["id", "index", "idx", "no", "no.", "unnamed: 0", "번호", "순번", "일련번호", "아이디"];

/// The numbers and words of a table's columns, and its texts.
#[derive(Clone, Debug)]
pub(crate) struct Inputs {
    pub(crate) columns: Columns,
    /// Each column of texts: its name, its grams, and the texts themselves.
    pub(crate) texts: Vec<(String, Grams, Vec<Option<String>>)>,
    pub(crate) rows: usize,
}

impl Reading {
    /// Finds out how to read a table that has no row without a target.
    ///
    /// # Errors
    /// `NotFound`, if there is no such target; `Value`, if nothing is left to learn from or to predict.
    pub fn fit(table: &Table, target: &str, task: Option<Task>) -> Result<(Reading, Vec<Notice>)> {
        let predicts = table.target_kind(target, task)?;
        let mut notices = Vec::new();
        let mut columns = Vec::new();
        for name in table.names().iter().filter(|n| *n != target) {
            let kind = column_use(table, name, &mut notices)?;
            columns.push(ColumnUse { name: name.clone(), kind });
        }
        if columns.iter().all(|c| c.kind == Use::Out) {
            return Err(Error::value(text!(
                en: "no column is left to learn from", ko: "학습에 쓸 열이 남아 있지 않습니다"
            ))
            .given("columns", table.names().join(", "))
            .given("target", target));
        }
        Ok((Reading { columns, target: target.to_owned(), predicts }, notices))
    }

    /// Whether classes or quantities are predicted.
    pub fn task(&self) -> Task {
        match self.predicts {
            TargetKind::Classes { .. } => Task::Classification,
            TargetKind::Quantity { .. } => Task::Regression,
        }
    }

    /// The names of the classes; none for quantities.
    pub fn class_names(&self) -> &[String] {
        match &self.predicts {
            TargetKind::Classes { names, .. } => names,
            TargetKind::Quantity { .. } => &[],
        }
    }

    /// The names of the columns that are learned from.
    pub fn inputs(&self) -> Vec<String> {
        self.columns.iter().filter(|c| c.kind != Use::Out).map(|c| c.name.clone()).collect()
    }

    /// Each row's target: the class by its number, or the quantity; NaN where there is none or it is
    /// unknown.
    ///
    /// # Errors
    /// `NotFound`, if the column is not there.
    pub fn targets(&self, table: &Table) -> Result<Vec<f64>> {
        Ok(match &self.predicts {
            TargetKind::Classes { names, numeric } => {
                let codes = table.class_codes(&self.target, names, *numeric)?;
                codes.into_iter().map(|c| c.map_or(f64::NAN, f64::from)).collect()
            }
            TargetKind::Quantity { .. } => table.numbers_or_nan(&self.target)?.0,
        })
    }

    /// The columns of a table to learn from or to predict for, found by their names; a table without
    /// names that has just these columns is read in their order.
    ///
    /// # Errors
    /// `NotFound`, if a column is not there.
    pub(crate) fn read(&self, table: &Table) -> Result<Inputs> {
        let needed = self.inputs();
        self.read_by(table, !table.has_header() && table.columns() == needed.len())
    }

    /// The first columns of a table, whatever their names.
    ///
    /// # Errors
    /// `Value`, if there are fewer than are learned from.
    pub(crate) fn read_in_order(&self, table: &Table) -> Result<Inputs> {
        let (needed, given) = (self.inputs().len(), table.columns());
        if given < needed {
            return Err(Error::value(text!(
                en: "the table has {given} columns, the model takes {needed}",
                ko: "표의 열은 {given}개인데, 모델은 {needed}개를 받습니다"
            )));
        }
        self.read_by(table, true)
    }

    fn read_by(&self, table: &Table, by_order: bool) -> Result<Inputs> {
        let mut columns = Columns::new();
        let mut texts = Vec::new();
        let used = self.columns.iter().filter(|c| c.kind != Use::Out);
        for (at, column) in used.enumerate() {
            let from = if by_order { &table.names()[at] } else { &column.name };
            let name = column.name.as_str();
            match &column.kind {
                Use::Number => {
                    let numbers = table.numbers_or_nan(from)?.0;
                    columns = columns.with(name, Column::Numbers(numbers))?;
                }
                Use::Category => {
                    columns = columns.with(name, Column::words(table.strings(from)?))?;
                }
                Use::Date { order, time } => {
                    let dates: Vec<Option<Date>> = (table.strings(from)?.into_iter())
                        .map(|cell| cell.and_then(|c| Date::parse(c, *order)))
                        .collect();
                    for (part, of) in date_parts(*time) {
                        let numbers =
                            dates.iter().map(|d| d.as_ref().map_or(f64::NAN, of)).collect();
                        columns =
                            columns.with(format!("{name}.{part}"), Column::Numbers(numbers))?;
                    }
                }
                Use::Text => {
                    let cells: Vec<Option<String>> =
                        table.strings(from)?.into_iter().map(|c| c.map(str::to_owned)).collect();
                    let grams = Grams::count(cells.iter().map(Option::as_deref));
                    texts.push((name.to_owned(), grams, cells));
                }
                Use::Out => {}
            }
        }
        Ok(Inputs { columns, texts, rows: table.rows() })
    }
}

impl Inputs {
    /// Whether there is nothing but texts.
    pub(crate) fn only_texts(&self) -> bool {
        self.columns.columns().is_empty()
    }

    /// Learns from the texts of some rows; `signs` as in [`TextColumn::fit`].
    pub(crate) fn fit_texts(&self, rows: &[usize], signs: &[Vec<f64>]) -> Vec<TextColumn> {
        let most = (rows.len() / 20).clamp(8, if self.only_texts() { 300 } else { 40 });
        let fit = |(_, grams, cells): &(String, Grams, Vec<Option<String>>)| {
            TextColumn::fit(grams, rows, signs, most, |i| cells[i].as_deref())
        };
        self.texts.iter().map(fit).collect()
    }
}

/// The numbers that a date becomes.
type Part = (&'static str, fn(&Date) -> f64);

fn date_parts(time: bool) -> impl Iterator<Item = Part> {
    let parts: [Part; 7] = [
        ("year", |d| f64::from(d.year)),
        ("month", |d| f64::from(d.month)),
        ("day", |d| f64::from(d.day)),
        ("weekday", |d| f64::from(d.weekday())),
        ("day_of_year", |d| f64::from(d.day_of_year())),
        ("days", |d| d.days() as f64),
        ("hour", |d| d.seconds.map_or(f64::NAN, |s| f64::from(s) / 3600.0)),
    ];
    parts.into_iter().take(if time { 7 } else { 6 })
}

fn column_use(table: &Table, name: &str, notices: &mut Vec<Notice>) -> Result<Use> {
    let out = |notice: Notice, notices: &mut Vec<Notice>| {
        notices.push(notice);
        Ok(Use::Out)
    };
    let cells = table.strings(name)?;
    let there: Vec<&str> = cells.iter().flatten().copied().collect();
    let different = {
        let mut all = there.clone();
        all.sort_unstable();
        all.dedup();
        all.len()
    };
    if different == 0 || (different == 1 && there.len() == cells.len()) {
        return out(Notice::Constant { column: name.into() }, notices);
    }
    let kind = table.kind(name)?;
    if matches!(kind, ColumnKind::Category | ColumnKind::Number)
        && let Some((order, dates)) = table.dates(name)?
    {
        let time = dates.iter().flatten().any(|d| d.seconds.is_some());
        return Ok(Use::Date { order, time });
    }
    if kind != ColumnKind::Category {
        let (numbers, odd) = table.numbers_or_nan(name)?;
        if let Some(row) = odd {
            let (line, cell) = (table.line(row).unwrap_or(row + 1), cells[row].unwrap_or(""));
            notices.push(Notice::Odd { column: name.into(), line, cell: cell.into() });
        }
        if names_rows(name, &numbers) {
            return out(Notice::Identifier { column: name.into() }, notices);
        }
        return Ok(Use::Number);
    }
    let words = |s: &&str| s.split_whitespace().count() as f64;
    let mean_words = there.iter().map(words).sum::<f64>() / there.len() as f64;
    let many = different > 20 && different * 2 > there.len();
    if many && mean_words >= WORDS_OF_TEXT {
        return Ok(Use::Text);
    }
    if there.len() >= 20 && different * 100 >= there.len() * 95 {
        return out(Notice::Identifier { column: name.into() }, notices);
    }
    Ok(Use::Category)
}

/// Whether numbers are the rows' own: counted up one by one, or all different under a name that says so.
fn names_rows(name: &str, numbers: &[f64]) -> bool {
    if numbers.len() < 20 || !numbers.iter().all(|x| x.fract() == 0.0) {
        return false;
    }
    if numbers.windows(2).all(|w| w[1] == w[0] + 1.0) {
        return true;
    }
    let name = name.to_lowercase();
    let last = name.rsplit(['_', ' ', '-']).next().unwrap_or(&name);
    if !NAMES_OF_ROWS.contains(&last) && !NAMES_OF_ROWS.contains(&name.as_str()) {
        return false;
    }
    let mut all: Vec<i64> = numbers.iter().map(|&x| x as i64).collect();
    all.sort_unstable();
    all.windows(2).all(|w| w[0] != w[1])
}

#[cfg(test)]
mod tests {
    use super::*;
    use seodang_data::csv;

    fn table(text: &str) -> Table {
        csv::read(text.as_bytes(), &csv::Options::default()).expect("a table")
    }

    fn mixed() -> String {
        let mut text = String::from("id,when,size,colour,same,review,y\n");
        for i in 0..40 {
            let review =
                format!("the {} film was {} {i}", ["new", "old"][i % 2], ["bad", "good"][i % 2]);
            let size = if i == 5 { "broken".into() } else { (i % 7).to_string() };
            text += &format!(
                "{},2024-0{}-1{} 1{}:30,{size},{},x,{review},{}\n",
                100 + i * 3,
                1 + i % 9,
                i % 9,
                i % 9,
                ["red", "blue", ""][i % 3],
                ["no", "yes"][i % 2]
            );
        }
        text
    }

    #[test]
    fn each_column_is_taken_for_what_it_is() {
        let table = table(&mixed());
        let (reading, notices) = Reading::fit(&table, "y", None).expect("a reading");
        let kinds: Vec<_> = reading.columns.iter().map(|c| &c.kind).collect();
        let date = Use::Date { order: DateOrder::DayFirst, time: true };
        assert_eq!(kinds, [&Use::Out, &date, &Use::Number, &Use::Category, &Use::Out, &Use::Text]);
        let texts: Vec<String> = notices.iter().map(|n| n.text().en).collect();
        assert!(texts.iter().any(|t| t.contains("\"id\"")), "{texts:?}");
        assert!(texts.iter().any(|t| t.contains("line 7") && t.contains("broken")), "{texts:?}");
        let inputs = reading.read(&table).expect("inputs");
        let names: Vec<_> = inputs.columns.columns().iter().map(|(n, _)| n.as_str()).collect();
        assert!(names.contains(&"when.weekday") && names.contains(&"when.hour"), "{names:?}");
        assert_eq!(reading.targets(&table).expect("targets")[..2], [0.0, 1.0]);
        let rows: Vec<usize> = (0..40).collect();
        let signs = vec![(0..40).map(|i| (i % 2) as f64 - 0.5).collect()];
        let fitted = inputs.fit_texts(&rows, &signs);
        assert!(fitted[0].names().any(|n| n.contains("goo")), "{fitted:?}");
        let json = serde_json::to_string(&reading).expect("JSON");
        assert_eq!(serde_json::from_str::<Reading>(&json).expect("a reading"), reading);
    }

    #[test]
    fn other_tables_are_read_by_name_or_by_order() {
        let (reading, _) =
            Reading::fit(&table("a,b,y\n1,u,0.5\n2,v,1.5\n3,u,9\n"), "y", None).unwrap();
        let other = reading.read(&table("b,x,a\nv,0,7\n")).expect("inputs");
        assert_eq!(other.columns.column("a"), Some(&Column::Numbers(vec![7.0])));
        let typed = Table::row(&reading.inputs(), &["7", "v"]).expect("a row");
        assert_eq!(reading.read(&typed).expect("inputs").columns, other.columns);
        assert!(reading.read(&table("b\nv\n")).is_err());
        assert!(Reading::fit(&table("y,c\n1,k\n2,k\n"), "y", None).is_err());
    }
}
