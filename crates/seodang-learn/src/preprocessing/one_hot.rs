//! `OneHotEncoder`.

use super::categories::{Places, given, grouped, number_of, unique, unknown};
use super::shared::{kept, named};
use crate::estimator::{Estimator, Model, Tags, Task};
use crate::features::{Csr, Features, Matrix};
use crate::record::{Either, Value, estimator, one_of};
use crate::state::{broken, model};
use crate::table::Schema;
use crate::target::Y;
use seodang_core::{Error, Result, text};

one_of! {
    /// What becomes of categories that were not there in `fit`.
    Unknown {
        /// An error.
        Error = "error",
        /// Zeros.
        Ignore = "ignore",
        /// What rare categories become, if there are any, else zeros.
        Infrequent = "infrequent_if_exist",
        /// The same, with a warning.
        Warn = "warn",
    }
}

estimator! {
    /// Makes a column for each category of each column, with 1 where it is there.
    OneHotEncoder in "preprocessing" {
        /// 'auto' for those that are there in `fit`, or a list of categories for each column.
        categories: Value = "auto".into();
        /// The categories that get no column: 'first', 'if_binary', one for each column, or None.
        drop: Value = Value::None;
        /// Whether the output is sparse.
        sparse_output: bool = true;
        /// The type of the output.
        dtype: Value = "float64".into();
        /// What becomes of categories that were not there in `fit`.
        handle_unknown: Unknown = Unknown::Error;
        /// How often, or in what share of the samples, a category must be there not to be grouped.
        min_frequency: Option<Either<i64, f64>> = None, Range::above(0.0);
        /// How many columns a column becomes at most; the rarest categories are grouped.
        max_categories: Option<i64> = None, Range::from(1.0);
        /// 'concat', or a function of a feature's name and a category that names their column.
        feature_name_combiner: Value = "concat".into();
    }
}

model! {
    /// What `OneHotEncoder` learns.
    pub(crate) struct OneHotEncoderModel {
        /// The categories of each column.
        pub categories: Vec<Vec<f64>>,
        /// The output column of each category, counted from the first of its column's; -1 for none.
        columns: Vec<Vec<i64>>,
        /// That of other categories.
        unknown: Vec<i64>,
        /// How many output columns each column has.
        widths: Vec<i64>,
        /// What the output columns stand for, where that is not the number itself.
        labels: Vec<Vec<String>>,
        refuse: bool,
        sparse: bool,
        single: bool,
        rare: Vec<Vec<i64>>,
        numbers: Vec<Vec<i64>>,
        dropped: Vec<Vec<i64>>,
        /// What only Python knows of its categories.
        python: Value,
    }
}

impl OneHotEncoder {
    /// The number that is dropped of a column.
    fn dropped(
        &self,
        j: usize,
        categories: &[f64],
        numbers: &[i64],
        schema: Option<&Schema>,
    ) -> Result<Option<i64>> {
        let size = numbers.iter().max().map_or(0, |m| m + 1);
        Ok(match &self.drop {
            Value::None => None,
            Value::Str(s) if s == "first" => Some(0),
            Value::Str(s) if s == "if_binary" => (size == 2).then_some(0),
            Value::List(all) => {
                let value = all.get(j).ok_or_else(|| {
                    Error::value(text!(
                        en: "`drop` should have length equal to the number of features",
                        ko: "drop은 특성마다 하나여야 합니다"
                    ))
                })?;
                let x = number_of(value, j, schema)?;
                let place = Places::new(categories).get(x).ok_or_else(|| {
                    let value = value.repr();
                    Error::value(text!(
                        en: "The following categories were supposed to be dropped, but were not found \
                             in the training data.\nCategory: {value}, Feature: {j}",
                        ko: "빼려는 범주가 학습 데이터에 없습니다.\n범주: {value}, 특성: {j}"
                    ))
                })?;
                Some(numbers[place])
            }
            other => {
                let takes: Vec<String> = vec![
                    "a str among {'first', 'if_binary'}".into(),
                    "an array-like".into(),
                    "None".into(),
                ];
                return Err(crate::record::invalid("OneHotEncoder", "drop", &takes, other));
            }
        })
    }
}

impl Estimator for OneHotEncoder {
    fn tags(&self) -> Tags {
        Tags { nan: true, ..Tags::new(Task::Transformer) }
    }

    fn learn(&self, x: &Features<'_>, _: &Y, _: Option<&[f64]>) -> Result<Box<dyn Model>> {
        let (dense, cols, rows) = (x.dense(), x.cols(), x.rows());
        let x = dense.f64();
        let fixed = given(&self.categories, None, cols)?;
        let mut model = OneHotEncoderModel {
            categories: Vec::new(),
            columns: Vec::new(),
            unknown: Vec::new(),
            widths: Vec::new(),
            labels: Vec::new(),
            refuse: self.handle_unknown == Unknown::Error,
            sparse: self.sparse_output,
            single: matches!(&self.dtype, Value::Str(s) if s == "float32"),
            rare: Vec::new(),
            numbers: Vec::new(),
            dropped: Vec::new(),
            python: Value::None,
        };
        let keeps = matches!(self.handle_unknown, Unknown::Infrequent | Unknown::Warn);
        for j in 0..cols {
            let column: Vec<f64> = x.data.iter().skip(j).step_by(cols).copied().collect();
            let (mut categories, mut counts) = unique(column);
            if let Some(fixed) = &fixed {
                let places = Places::new(&fixed[j]);
                let mut often = vec![0; fixed[j].len()];
                for (&c, &n) in categories.iter().zip(&counts) {
                    match places.get(c) {
                        Some(p) => often[p] = n,
                        None if model.refuse => return Err(unknown(&[c], j, "fit")),
                        None => {}
                    }
                }
                (categories, counts) = (fixed[j].clone(), often);
            }
            let (numbers, rare) =
                grouped(&counts, rows, self.min_frequency.as_ref(), self.max_categories);
            let dropped = self.dropped(j, &categories, &numbers, None)?;
            let column = |&n: &i64| match dropped {
                Some(d) if n == d => -1,
                Some(d) if n > d => n - 1,
                _ => n,
            };
            let columns: Vec<i64> = numbers.iter().map(column).collect();
            let last = rare.first().filter(|_| keeps).map_or(-1, |&r| columns[r as usize]);
            let width = columns.iter().max().map_or(0, |m| m + 1);
            model.categories.push(categories);
            model.columns.push(columns);
            model.unknown.push(last);
            model.widths.push(width);
            model.rare.push(rare);
            model.numbers.push(numbers);
            model.dropped.push(dropped.into_iter().collect());
        }
        Ok(Box::new(model))
    }

    kept!(OneHotEncoderModel);

    fn for_schema(&self, schema: &Schema) -> Result<Box<dyn Estimator>> {
        // Words become the numbers that they are in the columns.
        let cols = schema.columns().len();
        let mut own = self.clone();
        if let Some(all) = given(&self.categories, Some(schema), cols)? {
            let column = |c: Vec<f64>| Value::List(c.into_iter().map(Value::Float).collect());
            own.categories = Value::List(all.into_iter().map(column).collect());
        }
        if let Value::List(all) = &self.drop {
            let numbers = all.iter().enumerate().map(|(j, v)| number_of(v, j, Some(schema)));
            own.drop = Value::List(numbers.map(|x| x.map(Value::Float)).collect::<Result<_>>()?);
        }
        Ok(Box::new(own))
    }
}

impl Model for OneHotEncoderModel {
    fn transform(&self, x: &Features<'_>) -> Result<Features<'static>> {
        let dense = x.dense();
        let x = dense.f64();
        let cols = self.categories.len();
        let fits = self.columns.len() == cols && self.unknown.len() == cols;
        let sizes = self.categories.iter().zip(&self.columns).all(|(a, b)| a.len() == b.len());
        if !fits || !sizes || self.widths.len() != cols {
            return Err(broken("columns"));
        }
        let places: Vec<Places> = self.categories.iter().map(|c| Places::new(c)).collect();
        let mut starts = vec![0usize];
        for w in &self.widths {
            starts.push(starts[starts.len() - 1] + *w as usize);
        }
        let total = starts[cols];
        let (mut indptr, mut indices) = (vec![0], Vec::with_capacity(x.data.len()));
        for row in x.iter_rows() {
            for (j, &v) in row.iter().enumerate() {
                let column = match places[j].get(v) {
                    Some(p) => self.columns[j][p],
                    None if self.refuse => return Err(unknown(&[v], j, "transform")),
                    None => self.unknown[j],
                };
                if column >= self.widths[j] {
                    return Err(broken("columns"));
                }
                if column >= 0 {
                    indices.push((starts[j] + column as usize) as u32);
                }
            }
            indptr.push(indices.len());
        }
        let data = vec![1.0; indices.len()];
        let out =
            Csr { indptr: indptr.into(), indices: indices.into(), data: data.into(), cols: total };
        if self.sparse {
            return Ok(Features::Sparse(out));
        }
        let out = out.to_dense();
        if !self.single {
            return Ok(Features::from(out));
        }
        let data: Vec<f32> = out.data.iter().map(|&x| x as f32).collect();
        Ok(Features::from(Matrix::new(data, out.rows, out.cols)))
    }

    fn columns_out(&self, columns: &Schema) -> Result<Schema> {
        let mut names = Vec::new();
        for (j, name) in columns.names().into_iter().enumerate() {
            for c in 0..self.widths[j] {
                let label = self.labels.get(j).and_then(|l| l.get(c as usize)).cloned();
                let group = self.rare[j].first().is_some_and(|&r| self.columns[j][r as usize] == c);
                let place = self.columns[j].iter().position(|&o| o == c);
                let label = label.unwrap_or_else(|| match place {
                    Some(p) if !group => columns.show(j, self.categories[j][p]),
                    _ => "infrequent_sklearn".into(),
                });
                names.push(format!("{name}_{label}"));
            }
        }
        named(names)
    }
}
