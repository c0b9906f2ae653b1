//! From columns to the numbers that a method gets, as learned from the rows of training alone.

use super::methods::View;
use super::reading::Inputs;
use super::text_columns::{Grams, TextColumn};
use seodang_core::Result;
use seodang_learn::compose::{ColumnTransformer, Columns, Pipeline};
use seodang_learn::impute::SimpleImputer;
use seodang_learn::preprocessing::{OneHotEncoder, StandardScaler};
use seodang_learn::{Estimator, Features, Fitted, Matrix, Schema, Value};

/// The most columns that the categories of one column become.
const MOST_CATEGORIES: i64 = 60;

/// All rows of a table as numbers, words by their numbers; and its texts.
#[derive(Debug)]
pub(crate) struct Encoded {
    pub(crate) inputs: Inputs,
    pub(crate) schema: Schema,
    pub(crate) codes: Matrix<'static, f64>,
}

impl Encoded {
    /// Numbers the words of a table.
    pub(crate) fn new(inputs: Inputs) -> Result<Encoded> {
        let schema = inputs.columns.schema();
        Encoded::with_schema(inputs, schema)
    }

    /// With words numbered as they were in another table.
    pub(crate) fn with_schema(inputs: Inputs, schema: Schema) -> Result<Encoded> {
        let codes = match schema.columns().is_empty() {
            true => Matrix::new(Vec::new(), 0, 0),
            false => schema.encode(&inputs.columns)?.dense().f64().into_owned(),
        };
        Ok(Encoded { inputs, schema, codes })
    }

    /// The rows as numbers, the telling pieces of texts behind the others.
    pub(crate) fn rows(&self, texts: &[TextColumn], rows: &[usize]) -> Matrix<'static, f64> {
        let mut more = Vec::new();
        for (column, (_, grams, _)) in texts.iter().zip(&self.inputs.texts) {
            more.extend(column.columns(grams, rows));
        }
        let base = self.schema.columns().len();
        let mut data = Vec::with_capacity(rows.len() * (base + more.len()));
        for (k, &i) in rows.iter().enumerate() {
            if base > 0 {
                data.extend_from_slice(self.codes.row(i));
            }
            data.extend(more.iter().map(|c| c[k]));
        }
        Matrix::new(data, rows.len(), base + more.len())
    }

    /// All pieces of texts of rows, as a sparse matrix.
    pub(crate) fn grams(&self, texts: &[TextColumn], rows: &[usize]) -> Features<'static> {
        let grams = self.inputs.texts.iter();
        let all: Vec<(&TextColumn, &Grams)> =
            texts.iter().zip(grams).map(|(c, (_, grams, _))| (c, grams)).collect();
        TextColumn::sparse(&all, rows).into()
    }

    /// The columns, those of the telling pieces of texts behind the others.
    pub(crate) fn schema_with(&self, texts: &[TextColumn]) -> Schema {
        let mut columns = self.schema.columns().to_vec();
        for (column, (name, ..)) in texts.iter().zip(&self.inputs.texts) {
            columns.extend(column.names().map(|gram| (format!("{name}~{gram}"), None)));
        }
        Schema::new(columns)
    }

    /// The columns of words, by number.
    pub(crate) fn words(&self) -> Vec<usize> {
        words(&self.schema)
    }

    /// Whether any number or word is missing.
    pub(crate) fn lacks_some(&self) -> bool {
        self.codes.data.iter().any(|x| x.is_nan())
    }
}

fn words(schema: &Schema) -> Vec<usize> {
    let columns = schema.columns().iter().enumerate();
    columns.filter(|(_, (_, words))| words.is_some()).map(|(i, _)| i).collect()
}

/// What was learned from the rows of training.
#[derive(Debug)]
pub(crate) struct Preparation {
    view: View,
    pub(crate) texts: Vec<TextColumn>,
    /// What makes the numbers of the columns.
    transformer: Option<Fitted>,
}

/// What makes numbers of columns for a view, unless they stay as they are. With `fill`, missing values of
/// the raw view become medians.
pub(crate) fn transformer(view: View, fill: bool, schema: &Schema) -> Option<Box<dyn Estimator>> {
    let all = schema.columns().len();
    match view {
        View::Grams => None,
        View::Raw if !fill => None,
        View::Raw => {
            let words = words(schema);
            let numbers: Vec<usize> = (0..all).filter(|c| !words.contains(c)).collect();
            let fill = |with: &str| {
                SimpleImputer::new().strategy(Value::from(with)).keep_empty_features(true)
            };
            let mut out = ColumnTransformer::new();
            if !numbers.is_empty() {
                out = out.part("numbers", fill("median"), numbers);
            }
            if !words.is_empty() {
                out = out.part("words", fill("most_frequent"), words);
            }
            Some(Box::new(out))
        }
        View::Scaled => {
            let words = words(schema);
            let numbers: Vec<usize> = (0..all).filter(|c| !words.contains(c)).collect();
            let mut out = ColumnTransformer::new();
            if !numbers.is_empty() {
                let fill = SimpleImputer::new()
                    .strategy(Value::from("mean"))
                    .add_indicator(true)
                    .keep_empty_features(true);
                let scale = Pipeline::new().step("fill", fill).step("scale", StandardScaler::new());
                out = out.part("numbers", scale, Columns::Numbers(numbers));
            }
            if !words.is_empty() {
                let one_hot = OneHotEncoder::new()
                    .handle_unknown("infrequent_if_exist")
                    .max_categories(MOST_CATEGORIES)
                    .sparse_output(false);
                out = out.part("words", one_hot, Columns::Numbers(words));
            }
            Some(Box::new(out))
        }
    }
}

impl Preparation {
    /// Learns from rows; `signs` as in [`TextColumn::fit`].
    pub(crate) fn fit(
        data: &Encoded,
        view: View,
        fill: bool,
        rows: &[usize],
        signs: &[Vec<f64>],
    ) -> Result<Preparation> {
        let texts = data.inputs.fit_texts(rows, signs);
        let schema = data.schema_with(&texts);
        let transformer = match transformer(view, fill, &schema) {
            None => None,
            Some(t) => {
                let x = data.rows(&texts, rows).into();
                Some(t.for_schema(&schema)?.fit(&x, None, None)?.with_schema(schema)?)
            }
        };
        Ok(Preparation { view, texts, transformer })
    }

    /// The numbers of some rows.
    pub(crate) fn features(&self, data: &Encoded, rows: &[usize]) -> Result<Features<'static>> {
        if self.view == View::Grams {
            return Ok(data.grams(&self.texts, rows));
        }
        let x = Features::from(data.rows(&self.texts, rows));
        match &self.transformer {
            None => Ok(x),
            Some(t) => t.transform(&x),
        }
    }

    /// The names of the numbers; none for the pieces of texts, which are too many.
    pub(crate) fn names(&self, data: &Encoded) -> Result<Vec<String>> {
        match (&self.transformer, self.view) {
            (_, View::Grams) => Ok(Vec::new()),
            (None, _) => Ok(data.schema_with(&self.texts).names()),
            // The names of the parts are ours and say nothing to anybody.
            (Some(t), _) => Ok(t.feature_names_out()?.into_iter().map(short).collect()),
        }
    }
}

/// A name without the part that made it.
fn short(name: String) -> String {
    ["numbers__", "words__"]
        .iter()
        .find_map(|p| name.strip_prefix(p))
        .map_or(name.clone(), str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::compare::Reading;
    use seodang_data::csv;

    fn encoded(text: &str) -> Encoded {
        let table = csv::read(text.as_bytes(), &csv::Options::default()).expect("a table");
        let (reading, _) = Reading::fit(&table, "y", None).expect("a reading");
        Encoded::new(reading.read(&table).expect("inputs")).expect("numbers")
    }

    #[test]
    fn the_rows_of_training_alone_decide() {
        let data = encoded("a,c,y\n1,u,0.5\n3,v,1.5\n,u,2\n,v,3\n100,w,4\n3,u,5.25\n1,v,6\n");
        let train = [0, 1, 2, 3];
        let row = |p: &Preparation, i: usize| {
            p.features(&data, &[i]).expect("features").dense().f64().into_owned().row(0).to_vec()
        };
        let scaled = Preparation::fit(&data, View::Scaled, false, &train, &[]).expect("fitted");
        let names = scaled.names(&data).expect("names");
        assert_eq!(names[0], "a");
        assert_eq!(names[names.len() - 2..], ["c_u", "c_v"], "{names:?}");
        // The mean of 1, 3 and two means is 2, the deviation the root of a half.
        assert!((row(&scaled, 4)[0] - 98.0 * 2f64.sqrt()).abs() < 1e-9);
        assert_eq!(row(&scaled, 4)[names.len() - 2..], [0.0, 0.0]);
        let filled = Preparation::fit(&data, View::Raw, true, &train, &[]).expect("fitted");
        assert_eq!(row(&filled, 2), [2.0, 0.0]);
        let raw = Preparation::fit(&data, View::Raw, false, &train, &[]).expect("fitted");
        assert!(row(&raw, 2)[0].is_nan() && data.lacks_some());
        assert_eq!(data.words(), [1]);
    }
}
