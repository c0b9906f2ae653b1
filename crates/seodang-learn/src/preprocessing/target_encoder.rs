//! `TargetEncoder`.

use super::categories::{Places, given, unique};
use super::shared::{kept, named};
use crate::estimator::{Estimator, Model, Tags, Task};
use crate::features::{Features, Matrix};
use crate::record::{Either, Value, estimator, one_of};
use crate::state::{broken, model};
use crate::table::Schema;
use crate::target::Y;
use seodang_core::Result;

one_of! {
    /// What kind of target there is.
    Kind {
        /// What it looks like.
        Auto = "auto",
        /// Numbers.
        Continuous = "continuous",
        /// Two classes.
        Binary = "binary",
        /// More classes.
        Multiclass = "multiclass",
    }
}

one_of! {
    /// How much is smoothed.
    Smooth {
        /// By the variances within categories and of all (empirical Bayes).
        Auto = "auto",
    }
}

estimator! {
    /// Makes the mean of the target of each category, drawn towards that of all. Source: Micci-Barreca 2001.
    TargetEncoder in "preprocessing" {
        /// 'auto' for those that are there in `fit`, or a list of categories for each column.
        categories: Value = "auto".into();
        /// What kind of target there is.
        target_type: Kind = Kind::Auto;
        /// How many samples of the mean of all are mixed with those of a category.
        smooth: Either<Smooth, f64> = Either::A(Smooth::Auto), Range::from(0.0);
        /// The number of folds, or a splitter, of `fit_transform`: each is encoded by the others.
        cv: Value = Value::Int(5);
        /// Deprecated: give a splitter as `cv`.
        shuffle: Value = "deprecated".into();
        /// Deprecated: give a splitter as `cv`.
        random_state: Value = "deprecated".into();
    }
}

model! {
    /// What `TargetEncoder` learns.
    pub(crate) struct TargetEncoderModel {
        /// The categories of each column.
        pub categories: Vec<Vec<f64>>,
        /// The encodings of each column's categories; for more than two classes column by column, and
        /// within each class by class.
        pub encodings: Vec<Vec<f64>>,
        /// The mean of all: of each class, for more than two.
        means: Vec<f64>,
        /// What only Python knows of its categories.
        python: Value,
    }
}

/// The encodings of categories, of which each sample has one by number. Source: Micci-Barreca 2001,
/// equations 3 to 6.
fn encodings(
    codes: &[Option<usize>],
    n: usize,
    y: &[f64],
    smooth: &Either<Smooth, f64>,
) -> Vec<f64> {
    let mean = y.iter().sum::<f64>() / y.len() as f64;
    let (mut sums, mut counts) = (vec![0.0; n], vec![0.0; n]);
    for (code, y) in codes.iter().zip(y) {
        if let Some(c) = *code {
            sums[c] += y;
            counts[c] += 1.0;
        }
    }
    if let Either::B(smooth) = smooth {
        let mixed = |(s, c): (&f64, &f64)| {
            let total = c + smooth;
            if total == 0.0 { mean } else { (s + smooth * mean) / total }
        };
        return sums.iter().zip(&counts).map(mixed).collect();
    }
    let variance = y.iter().map(|y| (y - mean) * (y - mean)).sum::<f64>() / y.len() as f64;
    let mut squares = vec![0.0; n];
    for (code, y) in codes.iter().zip(y) {
        if let Some(c) = *code {
            squares[c] += (y - sums[c] / counts[c]).powi(2);
        }
    }
    (0..n)
        .map(|c| {
            let share = variance * counts[c] / (variance * counts[c] + squares[c] / counts[c]);
            if share.is_nan() { mean } else { share * sums[c] / counts[c] + (1.0 - share) * mean }
        })
        .collect()
}

impl Estimator for TargetEncoder {
    fn tags(&self) -> Tags {
        Tags { nan: true, requires_y: true, ..Tags::new(Task::Transformer) }
    }

    fn learn(&self, x: &Features<'_>, y: &Y, _: Option<&[f64]>) -> Result<Box<dyn Model>> {
        let (dense, cols) = (x.dense(), x.cols());
        let x = dense.f64();
        // A target for each class, if there are more than two.
        let targets: Vec<Vec<f64>> = match y {
            Y::Values(_) => vec![y.single()?.to_vec()],
            _ => {
                let codes = y.codes()?;
                let one = |c: u32| -> Vec<f64> {
                    codes.codes.iter().map(|&k| f64::from(u8::from(k == c))).collect()
                };
                if codes.n <= 2 { vec![one(1)] } else { (0..codes.n as u32).map(one).collect() }
            }
        };
        let fixed = given(&self.categories, None, cols)?;
        let mut model = TargetEncoderModel {
            categories: Vec::new(),
            encodings: Vec::new(),
            means: targets.iter().map(|t| t.iter().sum::<f64>() / t.len() as f64).collect(),
            python: Value::None,
        };
        for j in 0..cols {
            let column: Vec<f64> = x.data.iter().skip(j).step_by(cols).copied().collect();
            let categories = match &fixed {
                Some(fixed) => fixed[j].clone(),
                None => unique(column.clone()).0,
            };
            let places = Places::new(&categories);
            let codes: Vec<Option<usize>> = column.iter().map(|&v| places.get(v)).collect();
            for target in &targets {
                model.encodings.push(encodings(&codes, categories.len(), target, &self.smooth));
            }
            model.categories.push(categories);
        }
        Ok(Box::new(model))
    }

    kept!(TargetEncoderModel);

    fn for_schema(&self, schema: &Schema) -> Result<Box<dyn Estimator>> {
        let mut own = self.clone();
        if let Some(all) = given(&self.categories, Some(schema), schema.columns().len())? {
            let column = |c: Vec<f64>| Value::List(c.into_iter().map(Value::Float).collect());
            own.categories = Value::List(all.into_iter().map(column).collect());
        }
        Ok(Box::new(own))
    }
}

impl Model for TargetEncoderModel {
    fn transform(&self, x: &Features<'_>) -> Result<Features<'static>> {
        let dense = x.dense();
        let x = dense.f64();
        let k = self.means.len();
        let sizes =
            self.encodings.iter().enumerate().all(|(i, e)| {
                self.categories.get(i / k.max(1)).is_some_and(|c| c.len() == e.len())
            });
        if !sizes || k == 0 || self.encodings.len() != x.cols * k {
            return Err(broken("encodings"));
        }
        let places: Vec<Places> = self.categories.iter().map(|c| Places::new(c)).collect();
        let mut out = Vec::with_capacity(x.data.len() * k);
        for (i, &v) in x.data.iter().enumerate() {
            let j = i % x.cols;
            let place = places[j].get(v);
            for (c, mean) in self.means.iter().enumerate() {
                out.push(place.map_or(*mean, |p| self.encodings[j * k + c][p]));
            }
        }
        Ok(Features::from(Matrix::new(out, x.rows, x.cols * k)))
    }

    fn columns_out(&self, columns: &Schema) -> Result<Schema> {
        let k = self.means.len();
        let of = |name: String| {
            (0..k).map(move |c| if k == 1 { name.clone() } else { format!("{name}_{c}") })
        };
        named(columns.names().into_iter().flat_map(of))
    }
}
