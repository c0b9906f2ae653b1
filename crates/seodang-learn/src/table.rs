//! Tables of mixed columns: named columns of numbers or of words, either with missing values.
//!
//! Methods compute with numbers. A [`Schema`] says which number each word has: its place among the
//! words of its column in rising order. So a table becomes [`Features`] with
//! [`Fitted::encode`](crate::Fitted::encode), and encoders, imputers and trees work on the numbers; the
//! schema of `fit` is kept beside what was learned, and turns the words of another table into the same
//! numbers. A word that was not there in `fit` becomes a negative number, a missing one NaN.

use crate::features::{Features, Matrix};
use seodang_core::{Error, Result, text};
use serde_json::{Value as Json, json};
use std::borrow::Cow;
use std::collections::{BTreeSet, HashMap};

/// The place of a missing word.
const MISSING: u32 = u32::MAX;

/// A column.
#[derive(Clone, Debug, PartialEq)]
pub enum Column {
    /// Numbers; NaN is a missing one.
    Numbers(Vec<f64>),
    /// Words.
    Words(Words),
}

/// Words, of which each different one is kept once.
#[derive(Clone, Debug, PartialEq)]
pub struct Words {
    /// The different words, in rising order.
    known: Vec<String>,
    /// The place of each row's word.
    places: Vec<u32>,
}

impl Words {
    /// The different words, in rising order.
    pub fn known(&self) -> &[String] {
        &self.known
    }

    /// Row `i`'s word, unless it is missing.
    pub fn get(&self, i: usize) -> Option<&str> {
        self.known.get(self.places[i] as usize).map(String::as_str)
    }

    /// Each row's word, or nothing for a missing one.
    pub fn iter(&self) -> impl Iterator<Item = Option<&str>> {
        (0..self.places.len()).map(|i| self.get(i))
    }
}

impl Column {
    /// A column of words, of which some may be missing.
    pub fn words<'a>(words: impl IntoIterator<Item = Option<&'a str>>) -> Column {
        let words: Vec<_> = words.into_iter().collect();
        let known: BTreeSet<&str> = words.iter().flatten().copied().collect();
        let places: HashMap<&str, u32> =
            known.iter().enumerate().map(|(i, &w)| (w, i as u32)).collect();
        let places = words.iter().map(|w| w.map_or(MISSING, |w| places[w])).collect();
        Column::Words(Words { known: known.into_iter().map(str::to_string).collect(), places })
    }

    /// Rows.
    pub fn len(&self) -> usize {
        match self {
            Column::Numbers(x) => x.len(),
            Column::Words(w) => w.places.len(),
        }
    }

    /// Whether there is no row.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// How many rows lack a value.
    pub fn missing(&self) -> usize {
        match self {
            Column::Numbers(x) => x.iter().filter(|x| x.is_nan()).count(),
            Column::Words(w) => w.places.iter().filter(|&&p| p == MISSING).count(),
        }
    }

    fn take(&self, rows: &[usize]) -> Column {
        match self {
            Column::Numbers(x) => Column::Numbers(rows.iter().map(|&i| x[i]).collect()),
            Column::Words(w) => Column::words(rows.iter().map(|&i| w.get(i))),
        }
    }
}

/// Named columns of as many rows each.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Table {
    columns: Vec<(String, Column)>,
}

impl Table {
    /// A table without columns.
    pub fn new() -> Table {
        Table::default()
    }

    /// With one more column.
    ///
    /// # Errors
    /// `Value`, if there is a column of that name, or the others have another number of rows.
    pub fn with(mut self, name: impl Into<String>, column: Column) -> Result<Table> {
        let name = name.into();
        if self.columns.iter().any(|(n, _)| *n == name) {
            return Err(Error::value(text!(
                en: "there are two columns named '{name}'",
                ko: "'{name}'(이)라는 열이 둘입니다"
            )));
        }
        let (rows, given) = (self.rows(), column.len());
        if !self.columns.is_empty() && rows != given {
            return Err(Error::value(text!(
                en: "column '{name}' has {given} rows, and the others have {rows}",
                ko: "'{name}' 열의 행은 {given}개인데 다른 열은 {rows}개입니다"
            )));
        }
        self.columns.push((name, column));
        Ok(self)
    }

    /// Rows.
    pub fn rows(&self) -> usize {
        self.columns.first().map_or(0, |(_, c)| c.len())
    }

    /// The columns with their names.
    pub fn columns(&self) -> &[(String, Column)] {
        &self.columns
    }

    /// The column of a name.
    pub fn column(&self, name: &str) -> Option<&Column> {
        self.columns.iter().find(|(n, _)| n == name).map(|(_, c)| c)
    }

    /// The rows `rows`, copied.
    pub fn take(&self, rows: &[usize]) -> Table {
        let columns = self.columns.iter().map(|(n, c)| (n.clone(), c.take(rows)));
        Table { columns: columns.collect() }
    }

    /// The columns of these names, in this order.
    ///
    /// # Errors
    /// `NotFound` for a name that there is not.
    pub fn select(&self, names: &[&str]) -> Result<Table> {
        names.iter().try_fold(Table::new(), |table, &name| {
            let column = self.column(name).ok_or_else(|| lacks(name))?;
            table.with(name, column.clone())
        })
    }

    /// The names of the columns, and the number of each word.
    pub fn schema(&self) -> Schema {
        let columns = self.columns.iter().map(|(name, column)| match column {
            Column::Numbers(_) => (name.clone(), None),
            Column::Words(w) => (name.clone(), Some(w.known.clone())),
        });
        Schema { columns: columns.collect() }
    }
}

fn lacks(name: &str) -> Error {
    Error::not_found(text!(
        en: "there is no column named '{name}'", ko: "'{name}'(이)라는 열이 없습니다"
    ))
}

/// The columns of a table without their rows: names, and for those of words, the words.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Schema {
    columns: Vec<(String, Option<Vec<String>>)>,
}

impl Schema {
    /// Of names, with the words of those columns that have words: in rising order, for codes are places.
    pub fn new(columns: Vec<(String, Option<Vec<String>>)>) -> Schema {
        Schema { columns }
    }

    /// Columns of numbers with these names.
    pub fn numbers(names: &[String]) -> Schema {
        Schema { columns: names.iter().map(|n| (n.clone(), None)).collect() }
    }

    /// The names, with the words of columns of words.
    pub fn columns(&self) -> &[(String, Option<Vec<String>>)] {
        &self.columns
    }

    /// The names.
    pub fn names(&self) -> Vec<String> {
        self.columns.iter().map(|(n, _)| n.clone()).collect()
    }

    /// Whether any column has words.
    pub fn has_words(&self) -> bool {
        self.columns.iter().any(|(_, words)| words.is_some())
    }

    /// The number of the column of a name.
    pub fn position(&self, name: &str) -> Option<usize> {
        self.columns.iter().position(|(n, _)| n == name)
    }

    /// The columns of these numbers.
    ///
    /// # Errors
    /// `Value` for a number that is no column's.
    pub fn take(&self, columns: &[usize]) -> Result<Schema> {
        let one = |&c: &usize| {
            self.columns.get(c).cloned().ok_or_else(|| {
                let n = self.columns.len();
                Error::value(text!(
                    en: "there is no column {c}: there are {n}", ko: "열은 {n}개인데 {c}번 열을 찾았습니다"
                ))
            })
        };
        columns.iter().map(one).collect::<Result<_>>().map(|columns| Schema { columns })
    }

    /// How a number in a column reads: its word in a column of words.
    pub fn show(&self, column: usize, x: f64) -> String {
        let words = self.columns.get(column).and_then(|(_, words)| words.as_ref());
        match words.and_then(|w| (x >= 0.0).then(|| w.get(x as usize)).flatten()) {
            Some(word) => word.clone(),
            None => crate::Value::Float(x).repr(),
        }
    }

    /// The columns of this schema in a table, which are found by their names, as numbers.
    ///
    /// # Errors
    /// `NotFound`, if a column is not there; `Value`, if it has words where this schema has numbers, or
    /// the other way around.
    pub fn encode(&self, table: &Table) -> Result<Features<'static>> {
        let (rows, cols) = (table.rows(), self.columns.len());
        let mut out = vec![0.0; rows * cols];
        for (j, (name, words)) in self.columns.iter().enumerate() {
            let column = table.column(name).ok_or_else(|| lacks(name))?;
            let mut put = |i: usize, x: f64| out[i * cols + j] = x;
            match (column, words) {
                (Column::Numbers(x), None) => x.iter().enumerate().for_each(|(i, &x)| put(i, x)),
                (Column::Words(w), Some(known)) => {
                    let mut strangers = 0.0;
                    let codes: Vec<f64> = (w.known.iter())
                        .map(|word| match known.binary_search(word) {
                            Ok(place) => place as f64,
                            Err(_) => {
                                strangers -= 1.0;
                                strangers
                            }
                        })
                        .collect();
                    for (i, &place) in w.places.iter().enumerate() {
                        put(i, codes.get(place as usize).copied().unwrap_or(f64::NAN));
                    }
                }
                // A column without any value can be of either kind.
                (column, _) if column.missing() == rows => (0..rows).for_each(|i| put(i, f64::NAN)),
                (Column::Words(w), None) => {
                    let word = w.iter().flatten().next().unwrap_or_default().to_string();
                    return Err(Error::value(text!(
                        en: "could not convert string to float: '{word}' in column '{name}'",
                        ko: "'{name}' 열의 '{word}'을(를) 숫자로 바꿀 수 없습니다"
                    )));
                }
                (Column::Numbers(_), Some(_)) => {
                    return Err(Error::value(text!(
                        en: "column '{name}' had words in fit, and has numbers now",
                        ko: "'{name}' 열은 학습할 때 문자였는데 지금은 숫자입니다"
                    )));
                }
            }
        }
        Ok(Features::from(Matrix::new(Cow::Owned(out), rows, cols)))
    }

    /// The form in files.
    pub(crate) fn to_json(&self) -> Json {
        let columns = self.columns.iter().map(|(name, words)| json!([name, words]));
        Json::Array(columns.collect())
    }

    /// What [`Schema::to_json`] wrote, if it is that.
    pub(crate) fn from_json(json: &Json) -> Option<Schema> {
        let columns: Vec<(String, Option<Vec<String>>)> =
            serde_json::from_value(json.clone()).ok()?;
        let rising = |words: &Vec<String>| words.windows(2).all(|w| w[0] < w[1]);
        let fine = columns.iter().all(|(_, words)| words.as_ref().is_none_or(rising));
        fine.then_some(Schema { columns })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table() -> Table {
        Table::new()
            .with("age", Column::Numbers(vec![3.0, f64::NAN, 5.0]))
            .and_then(|t| t.with("city", Column::words([Some("Seoul"), None, Some("Busan")])))
            .unwrap()
    }

    fn numbers(x: &Features<'_>) -> Vec<f64> {
        x.dense().f64().data.to_vec()
    }

    #[test]
    fn words_are_numbered_in_rising_order() {
        let table = table();
        let schema = table.schema();
        let x = numbers(&schema.encode(&table).unwrap());
        assert_eq!(format!("{x:?}"), "[3.0, 1.0, NaN, NaN, 5.0, 0.0]");
        assert_eq!(schema.show(1, 0.0), "Busan");
        assert_eq!(Schema::from_json(&schema.to_json()), Some(schema));
    }

    #[test]
    fn another_table_has_the_same_numbers_and_strangers_negative_ones() {
        let other = Table::new()
            .with("city", Column::words([Some("Jeju"), Some("Seoul"), Some("Ulsan")]))
            .and_then(|t| t.with("age", Column::Numbers(vec![1.0, 2.0, 3.0])))
            .unwrap();
        let x = numbers(&table().schema().encode(&other).unwrap());
        assert_eq!(x, [1.0, -1.0, 2.0, 1.0, 3.0, -2.0]);
    }

    #[test]
    fn what_does_not_fit_is_refused() {
        let schema = table().schema();
        let swapped = Table::new()
            .with("age", Column::words([Some("old")]))
            .and_then(|t| t.with("city", Column::words([None])))
            .unwrap();
        let e = schema.encode(&swapped).unwrap_err().to_string();
        assert!(e.contains("could not convert string to float: 'old' in column 'age'"), "{e}");
        let lacking = table().select(&["age"]).unwrap();
        assert!(schema.encode(&lacking).unwrap_err().to_string().contains("'city'"));
        assert!(table().with("age", Column::Numbers(vec![0.0; 3])).is_err());
        assert!(table().with("more", Column::Numbers(vec![0.0; 2])).is_err());
        assert!(Schema::from_json(&json!([["a", ["b", "a"]]])).is_none());
    }

    #[test]
    fn rows_are_taken_with_their_words() {
        let taken = table().take(&[2, 2]);
        assert_eq!(taken.rows(), 2);
        let Some(Column::Words(w)) = taken.column("city") else { panic!() };
        assert_eq!(w.known(), ["Busan"]);
        assert_eq!(w.iter().collect::<Vec<_>>(), [Some("Busan"), Some("Busan")]);
    }
}
