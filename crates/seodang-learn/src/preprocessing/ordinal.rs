//! `OrdinalEncoder`.

use super::categories::{Places, given, grouped, unique, unknown};
use super::shared::{kept, one_to_one};
use crate::estimator::{Estimator, Model, Tags, Task};
use crate::features::{Features, Matrix};
use crate::record::{Either, Value, estimator, one_of};
use crate::state::{broken, model};
use crate::table::Schema;
use crate::target::Y;
use seodang_core::Result;

one_of! {
    /// What becomes of categories that were not there in `fit`.
    Unknown {
        /// An error.
        Error = "error",
        /// A number.
        Value = "use_encoded_value",
    }
}

estimator! {
    /// Makes numbers of categories: 0, 1, 2, ... in their order.
    OrdinalEncoder in "preprocessing" {
        /// 'auto' for those that are there in `fit`, or a list of categories for each column.
        categories: Value = "auto".into();
        /// The type of the output.
        dtype: Value = "float64".into();
        /// What becomes of categories that were not there in `fit`.
        handle_unknown: Unknown = Unknown::Error;
        /// The number of such categories.
        unknown_value: Option<Either<i64, f64>> = None;
        /// The number of missing values.
        encoded_missing_value: Either<i64, f64> = Either::B(f64::NAN);
        /// How often, or in what share of the samples, a category must be there not to be grouped.
        min_frequency: Option<Either<i64, f64>> = None, Range::above(0.0);
        /// How many numbers a column has at most; the rarest categories are grouped.
        max_categories: Option<i64> = None, Range::from(1.0);
    }
}

model! {
    /// What `OrdinalEncoder` learns.
    pub(crate) struct OrdinalEncoderModel {
        /// The categories of each column.
        pub categories: Vec<Vec<f64>>,
        /// The number of each.
        numbers: Vec<Vec<f64>>,
        unknown: f64,
        refuse: bool,
        single: bool,
        rare: Vec<Vec<i64>>,
        /// What only Python knows of its categories.
        python: Value,
    }
}

fn number(x: &Either<i64, f64>) -> f64 {
    match x {
        Either::A(i) => *i as f64,
        Either::B(x) => *x,
    }
}

impl Estimator for OrdinalEncoder {
    fn tags(&self) -> Tags {
        Tags { nan: true, ..Tags::new(Task::Transformer) }
    }

    fn learn(&self, x: &Features<'_>, _: &Y, _: Option<&[f64]>) -> Result<Box<dyn Model>> {
        let (dense, cols, rows) = (x.dense(), x.cols(), x.rows());
        let x = dense.f64();
        let fixed = given(&self.categories, None, cols)?;
        let refuse = self.handle_unknown == Unknown::Error;
        let (mut all, mut numbers, mut groups) = (Vec::new(), Vec::new(), Vec::new());
        for j in 0..cols {
            let column: Vec<f64> = x.data.iter().skip(j).step_by(cols).copied().collect();
            let (mut categories, mut counts) = unique(column);
            if let Some(fixed) = &fixed {
                let places = Places::new(&fixed[j]);
                let mut often = vec![0; fixed[j].len()];
                for (&c, &n) in categories.iter().zip(&counts) {
                    match places.get(c) {
                        Some(p) => often[p] = n,
                        None if refuse => return Err(unknown(&[c], j, "fit")),
                        None => {}
                    }
                }
                (categories, counts) = (fixed[j].clone(), often);
            }
            // What is missing is never grouped.
            let there = |i: &usize| !categories[*i].is_nan();
            let own: Vec<usize> = (0..categories.len()).filter(there).collect();
            let often: Vec<usize> = own.iter().map(|&i| counts[i]).collect();
            let (grouped, rare) =
                grouped(&often, rows, self.min_frequency.as_ref(), self.max_categories);
            let mut of = vec![number(&self.encoded_missing_value); categories.len()];
            own.iter().zip(&grouped).for_each(|(&i, &n)| of[i] = n as f64);
            numbers.push(of);
            groups.push(rare);
            all.push(categories);
        }
        Ok(Box::new(OrdinalEncoderModel {
            categories: all,
            numbers,
            unknown: self.unknown_value.as_ref().map_or(f64::NAN, number),
            refuse,
            single: matches!(&self.dtype, Value::Str(s) if s == "float32"),
            rare: groups,
            python: Value::None,
        }))
    }

    kept!(OrdinalEncoderModel);

    fn for_schema(&self, schema: &Schema) -> Result<Box<dyn Estimator>> {
        let mut own = self.clone();
        if let Some(all) = given(&self.categories, Some(schema), schema.columns().len())? {
            let column = |c: Vec<f64>| Value::List(c.into_iter().map(Value::Float).collect());
            own.categories = Value::List(all.into_iter().map(column).collect());
        }
        Ok(Box::new(own))
    }
}

impl Model for OrdinalEncoderModel {
    fn transform(&self, x: &Features<'_>) -> Result<Features<'static>> {
        let dense = x.dense();
        let x = dense.f64();
        let sizes = self.categories.iter().zip(&self.numbers).all(|(a, b)| a.len() == b.len());
        if !sizes || self.numbers.len() != x.cols {
            return Err(broken("numbers"));
        }
        let places: Vec<Places> = self.categories.iter().map(|c| Places::new(c)).collect();
        let mut out = Vec::with_capacity(x.data.len());
        for (i, &v) in x.data.iter().enumerate() {
            let j = i % x.cols;
            out.push(match places[j].get(v) {
                Some(p) => self.numbers[j][p],
                None if self.refuse => return Err(unknown(&[v], j, "transform")),
                None => self.unknown,
            });
        }
        if !self.single {
            return Ok(Features::from(Matrix::new(out, x.rows, x.cols)));
        }
        let out: Vec<f32> = out.into_iter().map(|x| x as f32).collect();
        Ok(Features::from(Matrix::new(out, x.rows, x.cols)))
    }

    one_to_one!();
}
