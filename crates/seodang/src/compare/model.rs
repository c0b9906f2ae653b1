//! A fitted method with the way from a table to its numbers: what is saved, and what predicts.

use super::preparation::{Encoded, Preparation};
use super::reading::Reading;
use seodang_core::{Error, Result, text};
use seodang_data::{Table, TargetKind};
use seodang_learn::table::Schema;
use seodang_learn::{Classes, Features, Fitted, Target, Task as Kind};
use serde::{Deserialize, Serialize};
use std::path::Path;

/// The entry of a model file that says how tables are read.
const NOTE: &str = "table";

/// A fitted method that takes tables as people have them.
///
/// Its file is one of [`Fitted`]'s, with a note that says how the columns of a table become features.
#[derive(Debug)]
pub struct TableModel {
    note: Note,
    fitted: Fitted,
    /// For each class of the estimator, its place among the names of the classes.
    places: Vec<usize>,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
struct Note {
    reading: Reading,
    /// The columns and the words of each.
    columns: Vec<(String, Option<Vec<String>>)>,
    preparation: Preparation,
    /// The rows it learned from.
    rows: usize,
}

/// What a model says of rows.
#[derive(Clone, Debug, PartialEq)]
pub struct Predictions {
    /// The class by its number among the names, or the quantity, for each row.
    pub values: Vec<f64>,
    /// The probability of each class, row by row, if the method has them.
    pub probabilities: Option<Vec<f64>>,
}

/// The targets of rows as an estimator takes them: numbers where they are numbers.
pub(crate) fn targets(reading: &Reading, values: &[f64]) -> Result<Target> {
    let TargetKind::Classes { names, numeric } = &reading.predicts else {
        return Ok(Target::from(values));
    };
    let numbers: Option<Vec<i64>> = names.iter().map(|n| n.parse().ok()).collect();
    Ok(match numbers.filter(|_| *numeric) {
        Some(numbers) => {
            let labels: Vec<i64> = values.iter().map(|&c| numbers[c as usize]).collect();
            Target::from(labels.as_slice())
        }
        None => Target::Names(values.iter().map(|&c| names[c as usize].clone()).collect()),
    })
}

/// For each class that an estimator knows, its place among the names.
pub(crate) fn places(reading: &Reading, fitted: &Fitted) -> Result<Vec<usize>> {
    let names = reading.class_names();
    let known: Vec<String> = match fitted.classes() {
        [Classes::Names(n)] => n.clone(),
        [Classes::Numbers(a)] => a.to_f64_vec().iter().map(f64::to_string).collect(),
        _ => return Ok(Vec::new()),
    };
    let place = |k: &String| names.iter().position(|n| n == k).ok_or_else(|| damaged("classes"));
    known.iter().map(place).collect()
}

/// What a fitted estimator says of features, in the numbers of the reading.
pub(crate) fn predict(
    fitted: &Fitted,
    places: &[usize],
    classes: usize,
    x: &Features<'_>,
    with_probabilities: bool,
) -> Result<Predictions> {
    if fitted.estimator().tags().task != Kind::Classifier {
        let Target::Numbers(values) = fitted.predict(x)? else { return Err(damaged("classes")) };
        return Ok(Predictions { values: values.to_f64_vec(), probabilities: None });
    }
    let spread = |p: Vec<f64>| -> Vec<f64> {
        let n = places.len();
        let mut out = vec![0.0; p.len() / n.max(1) * classes];
        for (from, to) in p.chunks(n).zip(out.chunks_mut(classes)) {
            from.iter().zip(places).for_each(|(p, &at)| to[at] = *p);
        }
        out
    };
    let can = fitted.estimator().methods().contains(&"predict_proba")
        && fitted.model().can("predict_proba");
    let probabilities = match with_probabilities && can {
        true => Some(spread(fitted.predict_proba(x)?.to_f64_vec())),
        false => None,
    };
    fitted.check(x)?;
    let codes = fitted.model().predict_codes(x)?.into_iter().next().unwrap_or_default();
    let place = |c: u32| places.get(c as usize).map_or(f64::NAN, |&at| at as f64);
    Ok(Predictions { values: codes.into_iter().map(place).collect(), probabilities })
}

impl TableModel {
    pub(crate) fn new(
        reading: Reading,
        data: &Encoded,
        preparation: Preparation,
        fitted: Fitted,
        rows: usize,
    ) -> Result<TableModel> {
        let columns = data.schema.columns().to_vec();
        let places = places(&reading, &fitted)?;
        Ok(TableModel { note: Note { reading, columns, preparation, rows }, fitted, places })
    }

    /// How it reads tables.
    pub fn reading(&self) -> &Reading {
        &self.note.reading
    }

    /// The estimator.
    pub fn fitted(&self) -> &Fitted {
        &self.fitted
    }

    /// How many rows it learned from.
    pub fn rows(&self) -> usize {
        self.note.rows
    }

    /// Predicts for the rows of a table.
    ///
    /// # Errors
    /// `NotFound`, if a column is not there.
    pub fn predict(&self, table: &Table) -> Result<Predictions> {
        let inputs = self.note.reading.read(table)?;
        let data = Encoded::with_schema(inputs, Schema::new(self.note.columns.clone()))?;
        let rows: Vec<usize> = (0..data.inputs.rows).collect();
        self.predict_rows(&data, &rows)
    }

    pub(crate) fn predict_rows(&self, data: &Encoded, rows: &[usize]) -> Result<Predictions> {
        let x = self.features(data, rows);
        let classes = self.note.reading.class_names().len();
        predict(&self.fitted, &self.places, classes, &x, true)
    }

    /// The features of rows.
    pub(crate) fn features(&self, data: &Encoded, rows: &[usize]) -> Features<'static> {
        self.note.preparation.features(data, rows)
    }

    /// The names of the features, and the column that each comes from.
    pub(crate) fn feature_names(&self, data: &Encoded) -> Vec<(String, String)> {
        self.note.preparation.names(data)
    }

    /// Writes it to a file, whole or not at all.
    ///
    /// # Errors
    /// `Io`.
    pub fn save(self, path: impl AsRef<Path>) -> Result<TableModel> {
        let json = serde_json::to_value(&self.note)
            .map_err(|e| Error::internal("a note that is no JSON").source_error(e))?;
        let fitted = self.fitted.with_note(NOTE, json);
        fitted.save(path)?;
        Ok(TableModel { fitted, ..self })
    }

    /// Reads what [`TableModel::save`] wrote.
    ///
    /// # Errors
    /// `Io`; `Format` for a file that is none, was cut off or changed.
    pub fn load(path: impl AsRef<Path>) -> Result<TableModel> {
        TableModel::of(Fitted::load(path)?)
    }

    /// Of a fitted estimator with the note that says how tables are read.
    ///
    /// # Errors
    /// `Format`, if it has no such note, or one that does not fit.
    pub fn of(fitted: Fitted) -> Result<TableModel> {
        let json = fitted.note(NOTE).ok_or_else(|| damaged(NOTE))?;
        let note: Note =
            serde_json::from_value(json.clone()).map_err(|e| damaged(NOTE).source_error(e))?;
        let rising = |w: &Vec<String>| w.windows(2).all(|w| w[0] < w[1]);
        if !note.columns.iter().all(|(_, words)| words.as_ref().is_none_or(rising)) {
            return Err(damaged("columns"));
        }
        let texts = note.reading.columns.iter().filter(|c| c.kind == super::Use::Text).count();
        if !note.preparation.fits(&Schema::new(note.columns.clone()), texts) {
            return Err(damaged("preparation"));
        }
        let places = places(&note.reading, &fitted)?;
        Ok(TableModel { note, fitted, places })
    }
}

fn damaged(part: &str) -> Error {
    Error::format(text!(
        en: "not the file of a model of tables, or a damaged one: '{part}'",
        ko: "표를 다루는 모델 파일이 아니거나 손상되었습니다: '{part}'"
    ))
}
