//! From the name of a data set, or a CSV file, to arrays a network can take.

use seodang::data::{self, Dataset, Kind, Schema, SchemaOptions, Table, Task};
use seodang::{Array, DType, Error, Result, Text, text};
use serde::{Deserialize, Serialize};
use std::path::Path;

/// What one example looks like to the network.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Input {
    /// A grey image, `uint8[height, width, 1]` with values up to `max`.
    Image {
        /// Rows.
        height: usize,
        /// Columns.
        width: usize,
        /// The brightest value.
        max: u8,
    },
    /// Numbers, standardised, `float32[width]`.
    Table {
        /// How many.
        width: usize,
    },
}

/// What a saved model must know about its data to predict for new inputs.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Card {
    /// The data set's name or the CSV file's path.
    pub(crate) data: String,
    /// The target column of a CSV file.
    pub(crate) target: Option<String>,
    /// What one example looks like.
    pub(crate) input: Input,
    /// Classification or regression.
    pub(crate) regression: bool,
    /// The names of the classes; empty for regression.
    pub(crate) class_names: Vec<String>,
    /// How rows of a table become numbers.
    pub(crate) schema: Option<Schema>,
}

/// Data ready to train on.
pub(crate) struct Prepared {
    pub(crate) name: String,
    pub(crate) input: Input,
    pub(crate) task: Task,
    pub(crate) class_names: Vec<String>,
    pub(crate) train: (Array, Array),
    pub(crate) test: (Array, Array),
    pub(crate) card: Card,
}

/// The share of a CSV file's rows kept for the test.
const TEST_SHARE: f64 = 0.2;
/// The seed of that split: the same rows whatever the training's seed is.
const SPLIT_SEED: u64 = 0;

/// Loads a data set by name, or reads a CSV file.
pub(crate) fn prepare(what: &str, target: Option<&str>) -> Result<Prepared> {
    if is_file(what) { from_csv(what, target) } else { from_name(what, target) }
}

fn is_file(what: &str) -> bool {
    let path = Path::new(what);
    path.exists() || path.extension().is_some_and(|e| e == "csv" || e == "tsv" || e == "txt")
}

fn no_target(table: &Table) -> Error {
    Error::value(text!(
        en: "which column is to be predicted?",
        ko: "어느 열을 예측할까요?"
    ))
    .given("columns", table.names().join(", "))
    .hint(text!(en: "add --target COLUMN", ko: "--target 열이름을 추가하세요"))
}

fn from_name(name: &str, target: Option<&str>) -> Result<Prepared> {
    if target.is_some() {
        return Err(Error::value(text!(
            en: "--target is for CSV files; {name} has its own target",
            ko: "--target은 CSV 파일에 쓰는 옵션입니다. {name}에는 정해진 목표가 있습니다"
        )));
    }
    let set = data::load(name)?;
    match set.kind {
        Kind::Image { height, width, max, .. } => {
            let set = set.images()?;
            finish(set, name, None, Input::Image { height, width, max: max as u8 }, None)
        }
        _ => table_from_set(set, name),
    }
}

/// The most numbers of a data set that are written out as a table.
const MOST_CELLS: usize = 20_000_000;

/// A CSV file, or a data set by name, as a table; and the column to predict.
pub(crate) fn table(what: &str, target: Option<&str>) -> Result<(Table, String)> {
    if is_file(what) {
        let table = data::csv::read_file(what, &data::csv::Options::default())?;
        let Some(target) = target else { return Err(no_target(&table)) };
        table.position(target)?;
        return Ok((table, target.to_owned()));
    }
    written_out(&data::load(what)?).map(|(table, own)| (table, target.map_or(own, str::to_owned)))
}

/// A data set written out as CSV and read back, so that it is like any other table.
fn written_out(set: &Dataset) -> Result<(Table, String)> {
    let target =
        if set.target_name.is_empty() { "target".to_string() } else { set.target_name.clone() };
    let all = set.whole()?;
    let x = all.x.to_f64_vec();
    let y = all.y.to_f64_vec();
    let columns = x.len() / y.len().max(1);
    if x.len() > MOST_CELLS {
        return Err(Error::value(text!(
            en: "the data set is too large for a table", ko: "표로 쓰기에는 데이터가 너무 큽니다"
        ))
        .given("numbers", x.len()));
    }
    let names = match set.feature_names.len() == columns {
        true => set.feature_names.clone(),
        // The pixels of images.
        false => (0..columns).map(|i| format!("pixel_{i}")).collect(),
    };
    let mut csv = names.iter().map(|n| format!("{n},")).collect::<String>() + &target + "\n";
    for (row, y) in x.chunks_exact(columns).zip(y) {
        let label = set.class_names.get(y as usize).cloned().unwrap_or_else(|| y.to_string());
        // The shortest decimal that reads back as the same float32.
        csv += &row.iter().map(|v| format!("{},", *v as f32)).collect::<String>();
        csv += &format!("{label}\n");
    }
    let options = data::csv::Options { header: Some(true), ..data::csv::Options::default() };
    Ok((data::csv::read(csv.as_bytes(), &options)?, target))
}

/// A compiled-in table with a schema like any other table's, so that `predict` takes its rows.
fn table_from_set(set: Dataset, name: &str) -> Result<Prepared> {
    let (table, target) = written_out(&set)?;
    let (set, schema) =
        table.to_dataset(name, &target, &SchemaOptions::default(), TEST_SHARE, SPLIT_SEED)?;
    let width = schema.width();
    finish(set, name, None, Input::Table { width }, Some(schema))
}

fn from_csv(path: &str, target: Option<&str>) -> Result<Prepared> {
    let table = data::csv::read_file(path, &data::csv::Options::default())?;
    let Some(target) = target else { return Err(no_target(&table)) };
    let file = Path::new(path).file_stem().and_then(|s| s.to_str()).unwrap_or("table").to_string();
    let (set, schema) = table
        .to_dataset(&file, target, &SchemaOptions::default(), TEST_SHARE, SPLIT_SEED)
        .map_err(|e| e.during(path.to_string()))?;
    let width = schema.width();
    let mut prepared =
        finish(set, path, Some(target.to_string()), Input::Table { width }, Some(schema))?;
    prepared.name = file;
    Ok(prepared)
}

fn finish(
    set: Dataset,
    data: &str,
    target: Option<String>,
    input: Input,
    schema: Option<Schema>,
) -> Result<Prepared> {
    let task = set.task();
    let card = Card {
        data: data.to_string(),
        target,
        input: input.clone(),
        regression: matches!(task, Task::Regression),
        class_names: set.class_names.clone(),
        schema,
    };
    Ok(Prepared {
        name: set.name.clone(),
        input,
        task,
        class_names: set.class_names,
        train: (set.train.x, set.train.y),
        test: (set.test.x, set.test.y),
        card,
    })
}

impl Card {
    /// Rows for the network from what `predict` was given, each with a name to print.
    pub(crate) fn read(&self, input: &str) -> Result<(Vec<String>, Array)> {
        match (&self.input, &self.schema) {
            (Input::Image { height, width, max }, _) => {
                if !Path::new(input).exists() {
                    return Err(Error::io(text!(
                        en: "there is no image file \"{input}\"",
                        ko: "그림 파일 \"{input}\"이(가) 없습니다"
                    )));
                }
                let image = data::images::read_file(input)?;
                let image = data::images::digit(&image, *height, *width, *max)?;
                Ok((
                    vec![input.to_string()],
                    image.convert(DType::U8).reshape([1, *height, *width, 1])?,
                ))
            }
            (Input::Table { .. }, Some(schema)) => {
                if !Path::new(input).exists() {
                    let cells = data::csv::parse_row(input)?;
                    let cells: Vec<&str> = cells.iter().map(String::as_str).collect();
                    let row = schema.apply_row(&cells)?;
                    let width = row.size();
                    return Ok((vec![input.to_string()], row.reshape([1, width])?));
                }
                let table = data::csv::read_file(input, &data::csv::Options::default())?;
                let rows = schema.apply(&table).map_err(|e| e.during(input.to_string()))?;
                let label = |i: usize| match table.line(i) {
                    Some(line) => text!(en: "line {line}", ko: "{line}행").to_string(),
                    None => (i + 1).to_string(),
                };
                Ok(((0..table.rows()).map(label).collect(), rows))
            }
            (Input::Table { .. }, None) => Err(Error::format(text!(
                en: "the model does not say how rows become numbers",
                ko: "행을 숫자로 바꾸는 방법이 모델에 없습니다"
            ))),
        }
    }

    /// Examples and targets to evaluate on: the test part of a data set, or a whole CSV file.
    pub(crate) fn examples(&self, what: Option<&str>) -> Result<(Array, Array)> {
        let what = what.unwrap_or(&self.data);
        match (&self.schema, &self.target) {
            (Some(schema), Some(_)) if what != self.data => {
                let table = data::csv::read_file(what, &data::csv::Options::default())?;
                let during = |e: Error| e.during(what.to_string());
                Ok((schema.apply(&table).map_err(during)?, schema.apply_target(&table)?))
            }
            _ => {
                let prepared = prepare(what, self.target.as_deref())?;
                Ok(prepared.test)
            }
        }
    }
}

/// The number of classes an array of labels or a list of names has, for messages.
pub(crate) fn count(n: usize) -> Text {
    // Thousands separators, as people read them.
    let digits = n.to_string();
    let mut out = String::new();
    for (i, c) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            out.push(',');
        }
        out.push(c);
    }
    Text::same(out)
}
