//! A fitted method with the way from a table to its numbers: what is saved, and what predicts.

use super::preparation::Encoded;
use super::reading::Reading;
use super::table_reader::{NOTE, TableReader};
use super::text_columns::TextColumn;
use seodang_core::{Array, Error, ErrorKind, Result, text};
use seodang_data::{Table, TargetKind};
use seodang_learn::state::State;
use seodang_learn::{Classes, Features, Fitted, Schema, Target};
use std::path::Path;

/// A fitted method that takes tables as people have them.
///
/// Its file is one of [`Fitted`]'s, a pipeline over the table's columns, with a note that says how cells
/// become columns; for texts alone, it is an estimator over the pieces of words that the note knows.
/// A file without a note is of an estimator that was fitted elsewhere: its columns are those that it knows.
#[derive(Debug)]
pub struct TableModel {
    reader: TableReader,
    fitted: Fitted,
    /// For each class of the estimator, its place among the names of the classes.
    places: Vec<usize>,
}

/// What a model says of rows.
#[derive(Clone, Debug, Default, PartialEq)]
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

/// A network that learned quantities scaled to mean 0 and deviation 1, as one that says the quantities
/// themselves: its last layer does the scaling.
///
/// # Errors
/// `Format`, if it has no layers.
pub(crate) fn unscaled(fitted: Fitted, mean: f64, scale: f64) -> Result<Fitted> {
    let mut state = State::default();
    fitted.model().store(&mut state, "")?;
    let layer = |name: &String| {
        let own = name.rsplit('/').next().unwrap_or(name);
        own.strip_prefix("coefs.").and_then(|n| n.parse::<usize>().ok())
    };
    let names: Vec<(usize, String)> =
        state.arrays.keys().filter_map(|n| Some((layer(n)?, n.clone()))).collect();
    let last = names.into_iter().max().ok_or_else(|| damaged("coefs"))?.1;
    let bias = last.replace("coefs.", "intercepts.");
    for (name, shift) in [(last, 0.0), (bias, mean)] {
        let array = state.take_array(&name)?;
        let values = array.to_f64_vec();
        let made =
            Array::from_fn(array.dtype(), array.shape().dims(), |i| values[i] * scale + shift);
        state.put_array(&name, made);
    }
    let estimator = fitted.estimator().boxed();
    let model = estimator.restore(&mut state)?;
    let made = Fitted::new(estimator, model, fitted.classes().to_vec(), fitted.n_features_in());
    match fitted.schema() {
        Some(schema) => made.with_schema(schema.clone()),
        None => Ok(made),
    }
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
    if places.is_empty() {
        let values = fitted.ask(x, |m| m.predict_values(x))?.to_f64_vec();
        if fitted.classes().len() > 1 || values.len() != x.rows() {
            return Err(Error::unsupported(text!(
                en: "the model says several values of each row",
                ko: "행마다 여러 값을 예측하는 모델입니다"
            ))
            .hint(
                text!(en: "Python and Rust can ask it", ko: "파이썬과 Rust에서 쓸 수 있습니다"),
            ));
        }
        return Ok(Predictions { values, probabilities: None });
    }
    // A pipeline can what its last step can, which only asking tells.
    let probabilities = match with_probabilities && fitted.model().can("predict_proba") {
        true => match fitted.ask(x, |m| m.predict_proba(x)) {
            Ok(p) => p.first().map(|p| spread(&p.to_f64_vec(), places, classes)),
            Err(e) if e.kind() == ErrorKind::Unsupported => None,
            Err(e) => return Err(e),
        },
        false => None,
    };
    let codes = fitted.predict_codes(x)?.into_iter().next().unwrap_or_default();
    let place = |c: u32| places.get(c as usize).map_or(f64::NAN, |&at| at as f64);
    Ok(Predictions { values: codes.into_iter().map(place).collect(), probabilities })
}

/// Probabilities, row by row, with those of an estimator's classes at their places among all.
pub(crate) fn spread(p: &[f64], places: &[usize], classes: usize) -> Vec<f64> {
    let n = places.len().max(1);
    let mut out = vec![0.0; p.len() / n * classes];
    for (from, to) in p.chunks(n).zip(out.chunks_mut(classes.max(1))) {
        from.iter().zip(places).for_each(|(p, &at)| to[at] = *p);
    }
    out
}

/// [`predict`], with the likeliest class where there are probabilities and they are asked for, so that the
/// estimator is asked once.
pub(crate) fn predict_likeliest(
    fitted: &Fitted,
    places: &[usize],
    (classes, ask): (usize, bool),
    x: &Features<'_>,
) -> Result<Predictions> {
    if !places.is_empty() && ask && fitted.model().can("predict_proba") {
        match fitted.ask(x, |m| m.predict_proba(x)) {
            Ok(p) => {
                let p = p.first().map_or(Vec::new(), |p| spread(&p.to_f64_vec(), places, classes));
                return Ok(Predictions::likeliest(p, classes));
            }
            Err(e) if e.kind() == ErrorKind::Unsupported => {}
            Err(e) => return Err(e),
        }
    }
    predict(fitted, places, classes, x, false)
}

impl Predictions {
    /// The likeliest class of each row, the first of equal ones.
    pub(crate) fn likeliest(probabilities: Vec<f64>, classes: usize) -> Predictions {
        let best = |row: &[f64]| {
            let better = |best: usize, c: usize| if row[c] > row[best] { c } else { best };
            (1..row.len()).fold(0, better) as f64
        };
        let values = probabilities.chunks(classes.max(1)).map(best).collect();
        Predictions { values, probabilities: Some(probabilities) }
    }

    /// Adds those of more rows.
    pub(crate) fn append(&mut self, more: Predictions) {
        self.values.extend(more.values);
        if let (Some(all), Some(more)) = (&mut self.probabilities, more.probabilities) {
            all.extend(more);
        }
    }
}

impl TableModel {
    pub(crate) fn new(
        reading: Reading,
        texts: Vec<TextColumn>,
        fitted: Fitted,
        method: (String, Vec<(String, String)>),
        rows: usize,
    ) -> Result<TableModel> {
        let places = places(&reading, &fitted)?;
        let schema = fitted.schema().cloned();
        let reader = TableReader::new(reading, texts, rows, method, schema);
        Ok(TableModel { reader, fitted, places })
    }

    /// How it reads tables.
    pub fn reading(&self) -> &Reading {
        self.reader.reading()
    }

    /// That it is this column that is predicted, where the file does not say which.
    pub fn predicting(mut self, target: &str) -> TableModel {
        self.reader.set_target(target);
        self
    }

    /// The estimator.
    pub fn fitted(&self) -> &Fitted {
        &self.fitted
    }

    /// The class of the estimator, and its parameters as Python writes them.
    pub fn method(&self) -> (&str, &[(String, String)]) {
        self.reader.method()
    }

    /// How many rows it learned from; 0 if its file does not say it.
    pub fn rows(&self) -> usize {
        self.reader.rows()
    }

    /// Predicts for the rows of a table.
    ///
    /// # Errors
    /// `NotFound`, if a column is not there.
    pub fn predict(&self, table: &Table) -> Result<Predictions> {
        let classes = self.reading().class_names().len();
        predict(&self.fitted, &self.places, classes, &self.reader.features(table)?, true)
    }

    /// The features of rows: their columns as numbers, or the pieces of their texts.
    pub(crate) fn features(&self, data: &Encoded, rows: &[usize]) -> Features<'static> {
        self.reader.features_of(data, rows)
    }

    pub(crate) fn predict_rows(&self, data: &Encoded, rows: &[usize]) -> Result<Predictions> {
        let classes = self.reading().class_names().len();
        predict(&self.fitted, &self.places, classes, &self.features(data, rows), true)
    }

    /// For each feature, the column of the table that it comes from; none for texts alone.
    pub(crate) fn sources(&self) -> Vec<String> {
        let names = self.fitted.schema().map(Schema::names).unwrap_or_default();
        let columns = &self.reading().columns;
        let source = |name: &String| {
            // A date's part or a text's piece bears its column's name in front.
            let of = |c: &&super::ColumnUse| {
                *name == c.name
                    || name.strip_prefix(c.name.as_str()).is_some_and(|r| r.starts_with(['.', '~']))
            };
            let longest = columns.iter().filter(of).max_by_key(|c| c.name.len());
            longest.map_or(name.clone(), |c| c.name.clone())
        };
        names.iter().map(source).collect()
    }

    /// Writes it to a file, whole or not at all.
    ///
    /// # Errors
    /// `Io`.
    pub fn save(self, path: impl AsRef<Path>) -> Result<TableModel> {
        let fitted = self.fitted.with_note(NOTE, self.reader.note()?);
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

    /// Of a fitted estimator, with the note that says how tables are read or without one.
    ///
    /// # Errors
    /// `Format`, if it has a note that does not fit.
    pub fn of(fitted: Fitted) -> Result<TableModel> {
        let reader = TableReader::of(&fitted)?;
        let places = places(reader.reading(), &fitted)?;
        Ok(TableModel { reader, fitted, places })
    }
}

pub(super) fn damaged(part: &str) -> Error {
    Error::format(text!(
        en: "not the file of a model of tables, or a damaged one: '{part}'",
        ko: "표를 다루는 모델 파일이 아니거나 손상되었습니다: '{part}'"
    ))
}
