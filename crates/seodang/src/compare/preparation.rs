//! From columns to the numbers that a method gets, as learned from the rows of training alone.

use super::methods::View;
use super::reading::Inputs;
use super::text_columns::{Grams, TextColumn};
use seodang_core::Result;
use seodang_learn::table::Schema;
use seodang_learn::{Features, Matrix};
use serde::{Deserialize, Serialize};

/// The most columns that the categories of one column become.
const MOST_CATEGORIES: usize = 60;

/// How one column becomes numbers.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "step", rename_all = "snake_case")]
pub(crate) enum Step {
    /// As it is.
    Keep,
    /// As it is, with this where it is missing.
    Fill {
        /// The median.
        with: f64,
    },
    /// `(x - mean) / scale`, 0 where it is missing, and if `flag`, a second column that says so.
    Scale {
        /// The mean.
        mean: f64,
        /// The deviation.
        scale: f64,
        /// Whether some are missing.
        flag: bool,
    },
    /// One column for each of these categories, by their numbers among the column's words.
    OneHot {
        /// The numbers, rising.
        codes: Vec<u32>,
    },
}

/// What was learned from the rows of training.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct Preparation {
    texts: Vec<TextColumn>,
    /// A step for each column; none, if the texts alone are learned from, as a sparse matrix.
    steps: Option<Vec<Step>>,
}

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
    fn rows(&self, texts: &[TextColumn], rows: &[usize]) -> Matrix<'static, f64> {
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

    /// The columns of words, by number.
    pub(crate) fn words(&self) -> Vec<usize> {
        let columns = self.schema.columns().iter().enumerate();
        columns.filter(|(_, (_, words))| words.is_some()).map(|(i, _)| i).collect()
    }

    /// Whether any number or word is missing.
    pub(crate) fn lacks_some(&self) -> bool {
        self.codes.data.iter().any(|x| x.is_nan())
    }
}

impl Preparation {
    /// Learns from rows; `signs` as in [`TextColumn::fit`]. With `fill`, missing values of the raw view
    /// become medians.
    pub(crate) fn fit(
        data: &Encoded,
        view: View,
        fill: bool,
        rows: &[usize],
        signs: &[Vec<f64>],
    ) -> Preparation {
        let texts = data.inputs.fit_texts(rows, signs);
        if view == View::Grams {
            return Preparation { texts, steps: None };
        }
        let x = data.rows(&texts, rows);
        let columns = data.schema.columns();
        let step = |c: usize| {
            let is_words = columns.get(c).is_some_and(|(_, words)| words.is_some());
            let all = || x.data.iter().skip(c).step_by(x.cols).copied();
            let there: Vec<f64> = all().filter(|x| !x.is_nan()).collect();
            match view {
                View::Raw if fill => Step::Fill { with: median(there) },
                View::Raw | View::Grams => Step::Keep,
                View::Scaled if is_words => Step::OneHot { codes: frequent(&there) },
                View::Scaled => {
                    let (mean, scale) = moments(&there);
                    Step::Scale { mean, scale, flag: there.len() < rows.len() }
                }
            }
        };
        let steps = (0..x.cols).map(step).collect();
        Preparation { texts, steps: Some(steps) }
    }

    /// The numbers of some rows.
    pub(crate) fn features(&self, data: &Encoded, rows: &[usize]) -> Features<'static> {
        let Some(steps) = &self.steps else {
            let texts = data.inputs.texts.iter();
            let all: Vec<(&TextColumn, &Grams)> =
                self.texts.iter().zip(texts).map(|(c, (_, grams, _))| (c, grams)).collect();
            return TextColumn::sparse(&all, rows).into();
        };
        let x = data.rows(&self.texts, rows);
        if steps.iter().all(|s| *s == Step::Keep) {
            return x.into();
        }
        let width: usize = steps.iter().map(Step::width).sum();
        let mut out = vec![0.0; rows.len() * width];
        for (from, to) in x.iter_rows().zip(out.chunks_exact_mut(width.max(1))) {
            let mut at = 0;
            for (step, &x) in steps.iter().zip(from) {
                let end = at + step.width();
                step.write(x, &mut to[at..end]);
                at = end;
            }
        }
        Matrix::new(out, rows.len(), width).into()
    }

    /// The names of the numbers, and which column of the table each comes from; nothing for the grams,
    /// which are too many.
    pub(crate) fn names(&self, data: &Encoded) -> Vec<(String, String)> {
        let mut from: Vec<(String, String)> =
            data.schema.names().into_iter().map(|n| (n.clone(), source(&n))).collect();
        for (column, (name, ..)) in self.texts.iter().zip(&data.inputs.texts) {
            from.extend(column.names().map(|g| (format!("{name}~{g}"), name.clone())));
        }
        let mut out = Vec::new();
        for (c, (step, (name, source))) in self.steps.iter().flatten().zip(from).enumerate() {
            match step {
                Step::OneHot { codes } => {
                    let shown = |k: &u32| data.schema.show(c, f64::from(*k));
                    out.extend(
                        codes.iter().map(|k| (format!("{name}={}", shown(k)), source.clone())),
                    );
                }
                Step::Scale { flag: true, .. } => {
                    out.push((name.clone(), source.clone()));
                    out.push((format!("{name}?"), source));
                }
                _ => out.push((name, source)),
            }
        }
        out
    }

    /// The numbers of word columns among the features, if they stand there as codes.
    pub(crate) fn fits(&self, schema: &Schema, texts: usize) -> bool {
        let telling: usize = self.texts.iter().map(|t| t.names().count()).sum();
        self.texts.len() == texts
            && self.steps.as_ref().is_none_or(|s| s.len() == schema.columns().len() + telling)
    }
}

/// The column that a date's part comes from; any other column is its own.
fn source(name: &str) -> String {
    let parts = ["year", "month", "day", "weekday", "day_of_year", "days", "hour"];
    match name.rsplit_once('.') {
        Some((column, part)) if parts.contains(&part) => column.to_owned(),
        _ => name.to_owned(),
    }
}

impl Step {
    fn width(&self) -> usize {
        match self {
            Step::Keep | Step::Fill { .. } => 1,
            Step::Scale { flag, .. } => 1 + usize::from(*flag),
            Step::OneHot { codes } => codes.len(),
        }
    }

    fn write(&self, x: f64, to: &mut [f64]) {
        match self {
            Step::Keep => to[0] = x,
            Step::Fill { with } => to[0] = if x.is_nan() { *with } else { x },
            Step::Scale { mean, scale, flag } => {
                // What lies further away than any row of training by far would drown the rest.
                to[0] = if x.is_nan() { 0.0 } else { ((x - mean) / scale).clamp(-1e3, 1e3) };
                if *flag {
                    to[1] = f64::from(x.is_nan());
                }
            }
            Step::OneHot { codes } => {
                if x >= 0.0
                    && let Ok(at) = codes.binary_search(&(x as u32))
                {
                    to[at] = 1.0;
                }
            }
        }
    }
}

/// The middle of some numbers, 0 of none.
fn median(mut all: Vec<f64>) -> f64 {
    all.sort_by(f64::total_cmp);
    match all.len() {
        0 => 0.0,
        n if n % 2 == 1 => all[n / 2],
        n => all[n / 2 - 1] / 2.0 + all[n / 2] / 2.0,
    }
}

/// Mean and deviation; 0 and 1 where there is none.
fn moments(all: &[f64]) -> (f64, f64) {
    let n = all.len().max(1) as f64;
    let mean = all.iter().sum::<f64>() / n;
    let scale = (all.iter().map(|x| (x - mean).powi(2)).sum::<f64>() / n).sqrt();
    let fine = mean.is_finite() && scale.is_finite();
    match fine {
        true => (mean, if scale > 1e-12 * mean.abs() && scale > 0.0 { scale } else { 1.0 }),
        false => (0.0, 1.0),
    }
}

/// The most frequent codes that are there at least twice.
fn frequent(there: &[f64]) -> Vec<u32> {
    let mut counts = std::collections::BTreeMap::new();
    for &x in there.iter().filter(|x| **x >= 0.0) {
        *counts.entry(x as u32).or_insert(0usize) += 1;
    }
    let mut all: Vec<(u32, usize)> = counts.into_iter().filter(|(_, n)| *n >= 2).collect();
    all.sort_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(&b.0)));
    all.truncate(MOST_CATEGORIES);
    let mut codes: Vec<u32> = all.into_iter().map(|(c, _)| c).collect();
    codes.sort_unstable();
    codes
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
        let scaled = Preparation::fit(&data, View::Scaled, false, &train, &[]);
        let names: Vec<_> = scaled.names(&data).into_iter().map(|n| n.0).collect();
        assert_eq!(names, ["a", "a?", "c=u", "c=v"]);
        let x = scaled.features(&data, &[0, 2, 4]).dense().f64().into_owned();
        assert_eq!(x.row(0), [-1.0, 0.0, 1.0, 0.0]);
        assert_eq!(x.row(1), [0.0, 1.0, 1.0, 0.0]);
        assert_eq!(x.row(2), [98.0, 0.0, 0.0, 0.0]);
        let filled = Preparation::fit(&data, View::Raw, true, &train, &[]);
        assert_eq!(filled.features(&data, &[2]).dense().f64().row(0), [2.0, 0.0]);
        let raw = Preparation::fit(&data, View::Raw, false, &train, &[]);
        assert!(raw.features(&data, &[2]).dense().f64().row(0)[0].is_nan() && data.lacks_some());
        assert_eq!(data.words(), [1]);
    }
}
