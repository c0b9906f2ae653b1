//! `SimpleImputer`.

use crate::estimator::{Estimator, Model, Tags, Task};
use crate::features::{Features, Matrix};
use crate::preprocessing::shared::{kept, present};
use crate::record::{Value, estimator, one_of};
use crate::state::{broken, model};
use crate::table::Schema;
use crate::target::Y;
use seodang_core::{Error, Result, text};

one_of! {
    /// What missing values become.
    Strategy {
        /// The mean of the column.
        Mean = "mean",
        /// Its median.
        Median = "median",
        /// The value that is there most often, the least of several.
        MostFrequent = "most_frequent",
        /// A value that is given.
        Constant = "constant",
    }
}

estimator! {
    /// Fills in missing values, column by column.
    SimpleImputer in "impute" {
        /// What a missing value looks like.
        missing_values: Value = Value::Float(f64::NAN);
        /// What it becomes: 'mean', 'median', 'most_frequent', 'constant', or, in Python, a function of
        /// the values that are there.
        strategy: Value = "mean".into();
        /// The value of the strategy 'constant'; None is 0, or 'missing_value' among words.
        fill_value: Value = Value::None;
        /// Accepted for compatibility: X is never changed.
        copy: bool = true;
        /// Whether columns are added that say what was missing.
        add_indicator: bool = false;
        /// Whether columns without any value stay, filled with 0.
        keep_empty_features: bool = false;
    }
}

model! {
    /// What `SimpleImputer` learns.
    pub(crate) struct SimpleImputerModel {
        /// What missing values of each column become; NaN for a column that is left out.
        pub statistics: Vec<f64>,
        missing: f64,
        /// The columns that get one more, which says what was missing.
        indicated: Vec<i64>,
        /// What only Python knows of its values.
        python: Value,
    }
}

impl SimpleImputer {
    fn known_strategy(&self) -> Result<Strategy> {
        use crate::record::Param;
        Strategy::from_value(&self.strategy).ok_or_else(|| {
            let mut takes = Strategy::takes(&crate::record::Range::ALL);
            takes.push("a callable".into());
            crate::record::invalid("SimpleImputer", "strategy", &takes, &self.strategy)
        })
    }
}

impl Estimator for SimpleImputer {
    fn tags(&self) -> Tags {
        Tags { nan: true, ..Tags::new(Task::Transformer) }
    }

    fn learn(&self, x: &Features<'_>, _: &Y, _: Option<&[f64]>) -> Result<Box<dyn Model>> {
        let strategy = self.known_strategy()?;
        let missing = match &self.missing_values {
            Value::None => f64::NAN,
            Value::Int(i) => *i as f64,
            Value::Float(x) => *x,
            other => {
                let got = other.repr();
                return Err(Error::value(text!(
                    en: "missing_values of a table of numbers is a number or None, got {got}",
                    ko: "숫자 표의 missing_values는 숫자나 None이어야 하는데 {got}입니다"
                )));
            }
        };
        let dense = x.dense();
        let (mut statistics, mut indicated) = (Vec::new(), Vec::new());
        for j in 0..x.cols() {
            let all = present(&dense, j);
            let mut values: Vec<f64> = all.into_iter().filter(|&v| v != missing).collect();
            values.sort_unstable_by(f64::total_cmp);
            if values.len() < x.rows() {
                indicated.push(j as i64);
            }
            let fill = match (&self.fill_value, strategy) {
                // Of several columns, each its own: what `for_schema` makes of a word.
                (Value::List(each), Strategy::Constant) => match each.get(j) {
                    Some(Value::Float(x)) => *x,
                    _ => return Err(broken("fill_value")),
                },
                (Value::Int(i), Strategy::Constant) => *i as f64,
                (Value::Float(x), Strategy::Constant) => *x,
                (Value::None, Strategy::Constant) => 0.0,
                (other, Strategy::Constant) => {
                    let got = other.repr();
                    return Err(Error::value(text!(
                        en: "fill_value={got} is no number, and the column has numbers",
                        ko: "fill_value={got}은(는) 숫자가 아닌데 열에는 숫자가 있습니다"
                    )));
                }
                _ if values.is_empty() => f64::NAN,
                (_, Strategy::Mean) => values.iter().sum::<f64>() / values.len() as f64,
                (_, Strategy::Median) => {
                    let (n, middle) = (values.len(), values.len() / 2);
                    if n % 2 == 1 {
                        values[middle]
                    } else {
                        f64::midpoint(values[middle - 1], values[middle])
                    }
                }
                (_, Strategy::MostFrequent) => most_frequent(&values),
            };
            let empty = values.is_empty();
            statistics.push(match (empty, self.keep_empty_features) {
                (true, true) if strategy != Strategy::Constant => 0.0,
                (true, false) => f64::NAN,
                _ => fill,
            });
        }
        if !self.add_indicator {
            indicated.clear();
        }
        Ok(Box::new(SimpleImputerModel { statistics, missing, indicated, python: Value::None }))
    }

    kept!(SimpleImputerModel);

    fn for_schema(&self, schema: &Schema) -> Result<Box<dyn Estimator>> {
        let strategy = self.known_strategy()?;
        if strategy != Strategy::Constant {
            let averages = matches!(strategy, Strategy::Mean | Strategy::Median);
            if let Some((name, _)) = schema.columns().iter().find(|(_, w)| averages && w.is_some())
            {
                let how = strategy.name();
                return Err(Error::value(text!(
                    en: "Cannot use {how} strategy with non-numeric data: column '{name}' has words",
                    ko: "'{name}' 열은 문자라서 {how} 방식을 쓸 수 없습니다"
                )));
            }
            return Ok(self.boxed());
        }
        // The number of the word in each column of words: that of a known one, or one more than there are.
        let each = schema.columns().iter().map(|(name, words)| match (&self.fill_value, words) {
            (Value::Str(word), Some(words)) => Ok(match words.binary_search(word) {
                Ok(place) => place as f64,
                Err(_) => words.len() as f64,
            }),
            (Value::None, Some(words)) => Ok(words.len() as f64),
            (Value::Int(i), None) => Ok(*i as f64),
            (Value::Float(x), None) => Ok(*x),
            (Value::None, None) => Ok(0.0),
            (other, _) => {
                let got = other.repr();
                Err(Error::value(text!(
                    en: "fill_value={got} does not fit column '{name}'",
                    ko: "fill_value={got}은(는) '{name}' 열에 맞지 않습니다"
                )))
            }
        });
        let each = each.collect::<Result<Vec<f64>>>()?;
        let fill_value = Value::List(each.into_iter().map(Value::Float).collect());
        Ok(Box::new(SimpleImputer { fill_value, ..self.clone() }))
    }
}

/// The value that is there most often in sorted ones, the least of several.
fn most_frequent(sorted: &[f64]) -> f64 {
    let (mut best, mut most, mut run) = (f64::NAN, 0, 0);
    for (i, &x) in sorted.iter().enumerate() {
        run = if i > 0 && sorted[i - 1] == x { run + 1 } else { 1 };
        if run > most {
            (best, most) = (x, run);
        }
    }
    best
}

impl SimpleImputerModel {
    fn is_missing(&self, x: f64) -> bool {
        if self.missing.is_nan() { x.is_nan() } else { x == self.missing }
    }

    fn kept(&self) -> Vec<usize> {
        (0..self.statistics.len()).filter(|&j| !self.statistics[j].is_nan()).collect()
    }
}

impl Model for SimpleImputerModel {
    fn transform(&self, x: &Features<'_>) -> Result<Features<'static>> {
        let dense = x.dense();
        let x = dense.f64();
        let kept = self.kept();
        if self.statistics.len() != x.cols || self.indicated.iter().any(|&j| j as usize >= x.cols) {
            return Err(broken("statistics"));
        }
        let cols = kept.len() + self.indicated.len();
        let mut out = Vec::with_capacity(x.rows * cols);
        for row in x.iter_rows() {
            let fill =
                |&j: &usize| if self.is_missing(row[j]) { self.statistics[j] } else { row[j] };
            out.extend(kept.iter().map(fill));
            let lacks = |&j: &i64| f64::from(u8::from(self.is_missing(row[j as usize])));
            out.extend(self.indicated.iter().map(lacks));
        }
        Ok(match dense.dtype() {
            seodang_core::DType::F32 => {
                let out: Vec<f32> = out.into_iter().map(|x| x as f32).collect();
                Features::from(Matrix::new(out, x.rows, cols))
            }
            _ => Features::from(Matrix::new(out, x.rows, cols)),
        })
    }

    fn columns_out(&self, columns: &Schema) -> Result<Schema> {
        let own = columns.take(&self.kept())?;
        let names = columns.names();
        let mut all = own.columns().to_vec();
        for &j in &self.indicated {
            all.push((format!("missingindicator_{}", names[j as usize]), None));
        }
        Ok(Schema::new(all))
    }
}
