//! How tables as people have them become what a fitted estimator takes.

use super::model::damaged;
use super::preparation::Encoded;
use super::reading::{ColumnUse, Reading, Use};
use super::text_columns::TextColumn;
use seodang_core::{Error, Result};
use seodang_data::{Table, TargetKind};
use seodang_learn::{Classes, Features, Fitted, Schema};
use serde::{Deserialize, Serialize};

/// The entry of a model file that says how tables are read.
pub(super) const NOTE: &str = "table";

/// The way from the cells of a table to features.
#[derive(Clone, Debug)]
pub struct TableReader {
    note: Note,
    /// The columns with their words, those of the telling pieces of texts behind the others; for texts
    /// alone none, and the features are all pieces.
    schema: Option<Schema>,
    /// Whether the columns have no names, and are those that a table begins with.
    nameless: bool,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
struct Note {
    reading: Reading,
    /// What was learned of each column of texts.
    texts: Vec<TextColumn>,
    /// The rows it learned from; 0 if that is not known.
    rows: usize,
    /// The class of the estimator, the last of a pipeline.
    class: String,
    /// Its parameters, as Python writes them.
    parameters: Vec<(String, String)>,
}

impl TableReader {
    pub(super) fn new(
        reading: Reading,
        texts: Vec<TextColumn>,
        rows: usize,
        (class, parameters): (String, Vec<(String, String)>),
        schema: Option<Schema>,
    ) -> TableReader {
        let note = Note { reading, texts, rows, class, parameters };
        TableReader { note, schema, nameless: false }
    }

    /// Of a fitted estimator: as its note says; without one, its columns are those that it knows.
    ///
    /// # Errors
    /// `Format` for a note that does not fit.
    pub fn of(fitted: &Fitted) -> Result<TableReader> {
        match fitted.note(NOTE) {
            Some(note) => TableReader::noted(note.clone(), fitted.schema().cloned()),
            None => Ok(TableReader::known(fitted)),
        }
    }

    /// Of a note and a schema.
    ///
    /// # Errors
    /// `Format` for a note that does not fit.
    pub fn noted(note: serde_json::Value, schema: Option<Schema>) -> Result<TableReader> {
        let note: Note = serde_json::from_value(note).map_err(|e| damaged(NOTE).source_error(e))?;
        let texts = note.reading.columns.iter().filter(|c| c.kind == Use::Text).count();
        let telling: usize = note.texts.iter().map(|t| t.names().count()).sum();
        let columns = schema.as_ref().map_or(telling, |s| s.columns().len());
        if note.texts.len() != texts || columns < telling {
            return Err(damaged("texts"));
        }
        Ok(TableReader { note, schema, nameless: false })
    }

    /// Of columns of numbers and words alone.
    pub fn of_schema(schema: Schema) -> TableReader {
        let kind = |words: &Option<Vec<String>>| match words {
            Some(_) => Use::Category,
            None => Use::Number,
        };
        let columns = schema.columns().iter();
        let columns =
            columns.map(|(name, words)| ColumnUse { name: name.clone(), kind: kind(words) });
        let reading = Reading {
            columns: columns.collect(),
            target: String::new(),
            predicts: TargetKind::Quantity { mean: 0.0, scale: 1.0 },
        };
        let method = (String::new(), Vec::new());
        TableReader::new(reading, Vec::new(), 0, method, Some(schema))
    }

    fn known(fitted: &Fitted) -> TableReader {
        let names = fitted.feature_names_in();
        let nameless = names.is_empty();
        let schema = match fitted.schema() {
            Some(schema) => schema.clone(),
            None if nameless => {
                let names: Vec<_> = (0..fitted.n_features_in()).map(|i| format!("x{i}")).collect();
                Schema::numbers(&names)
            }
            None => Schema::numbers(names),
        };
        let mut reader = TableReader { nameless, ..TableReader::of_schema(schema) };
        match fitted.classes() {
            [Classes::Names(names)] => {
                let names = names.clone();
                reader.note.reading.predicts = TargetKind::Classes { names, numeric: false };
            }
            [Classes::Numbers(a)] => {
                let names = a.to_f64_vec().iter().map(f64::to_string).collect();
                reader.note.reading.predicts = TargetKind::Classes { names, numeric: true };
            }
            _ => {}
        }
        let parts = match fitted.estimator().class_name() {
            "Pipeline" => seodang_learn::compose::parts(fitted).unwrap_or_default(),
            _ => Vec::new(),
        };
        let last = parts.last().and_then(|p| p.fitted.as_ref()).unwrap_or(fitted);
        reader.note.class = last.estimator().class_name().to_owned();
        let values = last.estimator().values().into_iter();
        reader.note.parameters = values.map(|(n, v)| (n.to_owned(), v.repr())).collect();
        reader
    }

    /// How cells are read.
    pub fn reading(&self) -> &Reading {
        &self.note.reading
    }

    /// The columns with their words.
    pub fn schema(&self) -> Option<&Schema> {
        self.schema.as_ref()
    }

    pub(super) fn set_target(&mut self, target: &str) {
        self.note.reading.target = target.to_owned();
    }

    /// The class of the estimator, and its parameters as Python writes them.
    pub(super) fn method(&self) -> (&str, &[(String, String)]) {
        (&self.note.class, &self.note.parameters)
    }

    pub(super) fn rows(&self) -> usize {
        self.note.rows
    }

    /// The note of a file.
    pub(super) fn note(&self) -> Result<serde_json::Value> {
        serde_json::to_value(&self.note)
            .map_err(|e| Error::internal("a note that is no JSON").source_error(e))
    }

    /// The features of the rows of a table.
    ///
    /// # Errors
    /// `NotFound`, if a column is not there.
    pub fn features(&self, table: &Table) -> Result<Features<'static>> {
        let inputs = match self.nameless {
            true => self.note.reading.read_in_order(table)?,
            false => self.note.reading.read(table)?,
        };
        let telling: usize = self.note.texts.iter().map(|t| t.names().count()).sum();
        let columns = self.schema.as_ref().map_or(&[][..], Schema::columns);
        let own = Schema::new(columns[..columns.len().saturating_sub(telling)].to_vec());
        let data = Encoded::with_schema(inputs, own)?;
        let rows: Vec<usize> = (0..data.inputs.rows).collect();
        Ok(self.features_of(&data, &rows))
    }

    pub(super) fn features_of(&self, data: &Encoded, rows: &[usize]) -> Features<'static> {
        match self.schema {
            Some(_) => data.rows(&self.note.texts, rows).into(),
            None => data.grams(&self.note.texts, rows),
        }
    }
}
