//! From tables to arrays: how each column becomes inputs, kept so that a saved model can read new
//! rows the same way.

use crate::csv::Cell;
use crate::table::{Place, missing, unknown_category};
use crate::{ColumnKind, Dataset, Kind, Split, Table, Task, excerpt, list, stratified_split};
use seodang_core::{Array, DType, Error, Result, text};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeSet, HashMap};

/// How a table's columns become the inputs and targets of a model. It can be saved with the model
/// (it is `serde` data) and then reads new rows exactly as the rows of training.
///
/// ```
/// use seodang_data::{Schema, csv};
/// let table = csv::read(b"size,colour,price\n1,red,10.5\n3,blue,20\n", &csv::Options::default())?;
/// let schema = table.to_xy("price")?.schema;
/// assert_eq!(schema.feature_names(), ["size", "colour=blue", "colour=red"]);
/// // Standardised: the mean of the sizes is 2, their deviation 1.
/// assert_eq!(schema.apply_row(&["2.5", "red"])?.to_f64_vec(), [0.5, 0.0, 1.0]);
/// assert!(schema.apply_row(&["2.5", "green"]).unwrap_err().to_string().contains("\"blue\", \"red\""));
/// # Ok::<(), seodang_core::Error>(())
/// ```
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Schema {
    /// The columns that are inputs, in the order of the inputs.
    pub features: Vec<FeatureSpec>,
    /// The column to predict.
    pub target: TargetSpec,
}

/// A column that is an input.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct FeatureSpec {
    /// The column's name.
    pub name: String,
    /// How its cells become numbers.
    #[serde(flatten)]
    pub kind: FeatureKind,
}

/// How the cells of an input column become numbers.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum FeatureKind {
    /// One number, `(x - mean) / scale`.
    Number {
        /// What is taken away: the mean of the training rows, or 0.
        mean: f64,
        /// What is divided by: the standard deviation of the training rows, or 1.
        scale: f64,
        /// What stands in for a missing number; `None` makes it an error.
        fill: Option<f64>,
    },
    /// One number for each category, 1 for the one in the cell and 0 for the others; all 0 if the
    /// cell is missing.
    Category {
        /// The categories, sorted.
        categories: Vec<String>,
    },
}

/// The column to predict.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct TargetSpec {
    /// The column's name.
    pub name: String,
    /// What its cells are.
    #[serde(flatten)]
    pub kind: TargetKind,
}

/// What is predicted.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum TargetKind {
    /// One of several classes.
    Classes {
        /// The classes, by number: sorted, as numbers if all are numbers.
        names: Vec<String>,
        /// Whether all are numbers, so that `1`, `1.0` and `01` are the same class.
        numeric: bool,
    },
    /// A quantity; targets are *not* standardised, but a model may use this to do so.
    Quantity {
        /// The mean of the training rows.
        mean: f64,
        /// The standard deviation of the training rows, 1 if they are all equal.
        scale: f64,
    },
}

/// Inputs, targets, and how they were made.
#[derive(Clone, Debug)]
pub struct Xy {
    /// The inputs, `f32[rows, width]`.
    pub x: Array,
    /// The targets: `i32[rows]` for classes, `f32[rows]` for quantities.
    pub y: Array,
    /// How to make the same inputs from further rows.
    pub schema: Schema,
}

/// What to do with a missing number among the inputs.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Missing {
    /// Report it, with its line and column.
    #[default]
    Error,
    /// Replace it by the mean of the column's training rows.
    Mean,
}

/// What to decide differently from [`Schema::fit`]'s rules.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct SchemaOptions {
    /// Whether to predict a class or a quantity; `None` follows the rule.
    pub task: Option<Task>,
    /// Columns to leave out.
    pub drop: Vec<String>,
    /// Columns of categories even if their cells are numbers.
    pub categorical: Vec<String>,
    /// Whether to bring columns of numbers to mean 0 and deviation 1 (the default).
    pub standardize: bool,
    /// What to do with missing numbers.
    pub missing: Missing,
    /// The most categories a column may have (100 by default).
    pub max_categories: usize,
}

impl Default for SchemaOptions {
    fn default() -> SchemaOptions {
        SchemaOptions {
            task: None,
            drop: Vec::new(),
            categorical: Vec::new(),
            standardize: true,
            missing: Missing::Error,
            max_categories: 100,
        }
    }
}

/// Whole numbers with at most so many different values are taken for classes.
const MOST_NUMBERED_CLASSES: usize = 20;

/// And each class must have, on average, so many rows, unless there are two classes.
const ROWS_FOR_EACH_CLASS: usize = 5;

/// A column of categories with at least so many rows, no two alike, is taken for names or numbers
/// of the rows themselves.
const IDENTIFIER_ROWS: usize = 10;

impl Schema {
    /// Finds out how to read a table. `rows` are the rows that means and deviations are taken
    /// from (`None`: all); categories and classes are those of all rows.
    ///
    /// The rules, where `options` do not say otherwise:
    ///
    /// * A column is an input unless it is the target or has no value at all.
    /// * A column of numbers becomes one standardised input. A missing number is an error.
    /// * A column in which at least half of the cells are text becomes one input for each of its
    ///   categories. More than 100 categories, or ten rows and no two alike, are an error: such a
    ///   column names the rows.
    /// * The target has classes if it is text; or if all are whole numbers, at most 20 different
    ///   ones, with on average at least five rows each (or just two different ones). Otherwise it is
    ///   a quantity.
    ///
    /// # Errors
    /// `NotFound`, if a column is not there; `Format`, naming line and column, if a cell does not
    /// suit its column or is missing; `Value`, if nothing is left to learn from or to predict.
    pub fn fit(
        table: &Table,
        target: &str,
        options: &SchemaOptions,
        rows: Option<&[usize]>,
    ) -> Result<Schema> {
        let all: Vec<usize>;
        let rows = match rows {
            Some(rows) => rows,
            None => {
                all = (0..table.rows()).collect();
                &all
            }
        };
        if let Some(&row) = rows.iter().find(|&&row| row >= table.rows()) {
            return Err(Error::value(text!(
                en: "the table has no row {row}",
                ko: "표에 {row}번째 행이 없습니다"
            ))
            .given("rows", table.rows()));
        }
        let target_at = table.position(target)?;
        let positions = |names: &[String]| -> Result<BTreeSet<usize>> {
            names.iter().map(|name| table.position(name)).collect()
        };
        let (dropped, categorical) = (positions(&options.drop)?, positions(&options.categorical)?);
        let mut features = Vec::new();
        for column in (0..table.columns()).filter(|c| *c != target_at && !dropped.contains(c)) {
            let kind = match table.kind_at(column) {
                ColumnKind::Empty => continue,
                ColumnKind::Category => categories(table, column, options)?,
                _ if categorical.contains(&column) => categories(table, column, options)?,
                ColumnKind::Number | ColumnKind::Mixed => numbers(table, column, options, rows)?,
            };
            features.push(FeatureSpec { name: table.names()[column].clone(), kind });
        }
        if features.is_empty() {
            return Err(Error::value(text!(
                en: "no column is left to learn from",
                ko: "학습에 쓸 열이 남아 있지 않습니다"
            ))
            .given("columns", list(table.names()))
            .given("target", excerpt(target)));
        }
        let kind = target_kind(table, target_at, options.task, rows)?;
        Ok(Schema { features, target: TargetSpec { name: target.to_owned(), kind } })
    }

    /// Whether classes or quantities are predicted.
    pub fn task(&self) -> Task {
        match self.target.kind {
            TargetKind::Classes { .. } => Task::Classification,
            TargetKind::Quantity { .. } => Task::Regression,
        }
    }

    /// The names of the classes, by number; empty for quantities.
    pub fn class_names(&self) -> &[String] {
        match &self.target.kind {
            TargetKind::Classes { names, .. } => names,
            TargetKind::Quantity { .. } => &[],
        }
    }

    /// The number of inputs.
    pub fn width(&self) -> usize {
        self.features.iter().fold(0, |n, f| n.saturating_add(f.kind.width()))
    }

    /// The names of the inputs: the column's, or `column=category`.
    pub fn feature_names(&self) -> Vec<String> {
        let names = |f: &FeatureSpec| match &f.kind {
            FeatureKind::Number { .. } => vec![f.name.clone()],
            FeatureKind::Category { categories } => {
                categories.iter().map(|c| format!("{}={c}", f.name)).collect()
            }
        };
        self.features.iter().flat_map(names).collect()
    }

    /// The inputs of a table's rows, `f32[rows, width]`. Columns are found by name, others are
    /// ignored; a table without a header that has just the input columns is read in their order.
    ///
    /// # Errors
    /// `NotFound`, if a column is not there; `Format` or `Value`, naming line and column, if a cell
    /// is missing, not a number, or of no known category; `Value`, if the schema itself is not
    /// sound (it may come from a file).
    pub fn apply(&self, table: &Table) -> Result<Array> {
        self.check()?;
        let by_order = !table.has_header() && table.columns() == self.features.len();
        let columns: Vec<usize> = if by_order {
            (0..table.columns()).collect()
        } else {
            self.features.iter().map(|f| table.position(&f.name)).collect::<Result<_>>()?
        };
        let width = self.width();
        let bytes = (table.rows() as u64).saturating_mul(width as u64).saturating_mul(4);
        if bytes > crate::idx::MAX_BYTES || usize::try_from(bytes).is_err() {
            return Err(crate::gzip::too_large(crate::idx::MAX_BYTES)
                .given("rows", table.rows())
                .given("inputs", width));
        }
        let mut out = Array::zeros(DType::F32, [table.rows(), width]);
        let values = out.as_mut_slice::<f32>()?;
        for (row, values) in values.chunks_exact_mut(width).enumerate() {
            let mut at = 0;
            for (feature, &column) in self.features.iter().zip(&columns) {
                let end = at + feature.kind.width();
                feature.kind.write(table, row, column, &mut values[at..end])?;
                at = end;
            }
        }
        Ok(out)
    }

    /// The inputs of one row that was typed, its values in the order of [`Schema::features`]:
    /// `f32[1, width]`.
    ///
    /// # Errors
    /// `Value`, if there are too few or too many values; otherwise as [`Schema::apply`].
    pub fn apply_row(&self, values: &[&str]) -> Result<Array> {
        self.check()?;
        let names: Vec<String> = self.features.iter().map(|f| f.name.clone()).collect();
        self.apply(&Table::row(&names, values)?)
    }

    /// The targets of a table's rows, for `evaluate`: `i32[rows]` for classes, `f32[rows]` for
    /// quantities.
    ///
    /// # Errors
    /// `NotFound`, if the column is not there; `Format` or `Value`, naming line and column, if a
    /// cell is missing, not a number, or of no known class.
    pub fn apply_target(&self, table: &Table) -> Result<Array> {
        let column = table.position(&self.target.name)?;
        match &self.target.kind {
            TargetKind::Classes { names, numeric } => {
                let index: HashMap<&str, i32> =
                    names.iter().enumerate().map(|(i, n)| (n.as_str(), i as i32)).collect();
                let class = |row| -> Result<i32> {
                    let name = class_name(table, row, column, *numeric)?;
                    index
                        .get(name.as_str())
                        .copied()
                        .ok_or_else(|| unknown_category(table.place(row, column), names))
                };
                Array::from_vec(
                    [table.rows()],
                    (0..table.rows()).map(class).collect::<Result<_>>()?,
                )
            }
            TargetKind::Quantity { .. } => {
                let quantity = |row| -> Result<f32> {
                    let place = || table.place(row, column);
                    let x = table.number(row, column)?.ok_or_else(|| missing(place()))?;
                    narrow(x, place)
                };
                let all = (0..table.rows()).map(quantity).collect::<Result<_>>()?;
                Array::from_vec([table.rows()], all)
            }
        }
    }

    /// Checks what a file could have got wrong.
    fn check(&self) -> Result<()> {
        for feature in &self.features {
            let sound = match &feature.kind {
                FeatureKind::Number { mean, scale, fill } => {
                    mean.is_finite()
                        && scale.is_finite()
                        && *scale > 0.0
                        && fill.is_none_or(f64::is_finite)
                }
                FeatureKind::Category { categories } => {
                    categories.windows(2).all(|pair| pair[0] < pair[1])
                }
            };
            if !sound {
                return Err(Error::value(text!(
                    en: "the description of column {} is not sound", excerpt(&feature.name);
                    ko: "{} 열의 설명이 올바르지 않습니다", excerpt(&feature.name)
                ))
                .expected(text!(
                    en: "finite numbers, a scale above 0, sorted categories without repetition",
                    ko: "유한한 숫자, 0보다 큰 scale, 중복 없이 정렬된 범주"
                )));
            }
        }
        if self.width() == 0 {
            return Err(Error::value(text!(
                en: "the description has no inputs",
                ko: "설명에 입력이 없습니다"
            )));
        }
        Ok(())
    }
}

impl FeatureKind {
    fn width(&self) -> usize {
        match self {
            FeatureKind::Number { .. } => 1,
            FeatureKind::Category { categories } => categories.len(),
        }
    }

    fn write(&self, table: &Table, row: usize, column: usize, to: &mut [f32]) -> Result<()> {
        let place = || table.place(row, column);
        match self {
            FeatureKind::Number { mean, scale, fill } => {
                let x = table.number(row, column)?.or(*fill).ok_or_else(|| missing(place()))?;
                to[0] = narrow((x - mean) / scale, place)?;
            }
            FeatureKind::Category { categories } => {
                if let Some(name) = table.category(row, column) {
                    let at = categories.binary_search_by(|c| c.as_str().cmp(name));
                    to[at.map_err(|_| unknown_category(place(), categories))?] = 1.0;
                }
            }
        }
        Ok(())
    }
}

fn narrow<'a>(x: f64, place: impl Fn() -> Place<'a>) -> Result<f32> {
    let y = x as f32;
    if y.is_finite() {
        return Ok(y);
    }
    let Place { line, column, cell } = place();
    let error = Error::value(text!(
        en: "the number is too large for float32",
        ko: "float32에 담기에는 숫자가 너무 큽니다"
    ));
    let error = line.into_iter().fold(error, |e, line| e.given("line", line));
    Err(error.given("column", excerpt(column)).given("cell", excerpt(cell)))
}

/// Mean and standard deviation (1 if there is none); finite.
fn moments(values: &[f64], column: &str) -> Result<(f64, f64)> {
    let n = values.len().max(1) as f64;
    let mean = values.iter().sum::<f64>() / n;
    let deviation = (values.iter().map(|x| (x - mean).powi(2)).sum::<f64>() / n).sqrt();
    if !(mean.is_finite() && deviation.is_finite()) {
        return Err(Error::value(text!(
            en: "the numbers of column {} are too large", excerpt(column);
            ko: "{} 열의 숫자가 너무 큽니다", excerpt(column)
        )));
    }
    // Equal numbers may leave a rest of rounding, which must not be blown up to size 1.
    let noise = 1e-12 * mean.abs();
    Ok((mean, if deviation > noise { deviation } else { 1.0 }))
}

fn numbers(
    table: &Table,
    column: usize,
    options: &SchemaOptions,
    rows: &[usize],
) -> Result<FeatureKind> {
    for row in 0..table.rows() {
        if table.number(row, column)?.is_none() && options.missing == Missing::Error {
            return Err(missing(table.place(row, column)));
        }
    }
    let name = &table.names()[column];
    let mut known = Vec::with_capacity(rows.len());
    for &row in rows {
        known.extend(table.number(row, column)?);
    }
    if known.is_empty() {
        return Err(Error::value(text!(
            en: "column {} has no number in the rows of training", excerpt(name);
            ko: "{} 열에는 학습용 행에 숫자가 하나도 없습니다", excerpt(name)
        ))
        .hint(text!(en: "drop the column", ko: "그 열을 빼세요")));
    }
    let (mean, scale) = moments(&known, name)?;
    let fill = (options.missing == Missing::Mean).then_some(mean);
    Ok(if options.standardize {
        FeatureKind::Number { mean, scale, fill }
    } else {
        FeatureKind::Number { mean: 0.0, scale: 1.0, fill }
    })
}

fn categories(table: &Table, column: usize, options: &SchemaOptions) -> Result<FeatureKind> {
    let (mut found, mut cells) = (BTreeSet::new(), 0);
    for row in 0..table.rows() {
        if let Some(name) = table.category(row, column) {
            found.insert(name);
            cells += 1;
        }
    }
    let (count, name) = (found.len(), excerpt(&table.names()[column]));
    let error = if count > options.max_categories {
        let most = options.max_categories;
        Error::value(text!(
            en: "column {name} has {count} categories, more than {most}",
            ko: "{name} 열의 범주가 {count}개로, {most}개를 넘습니다"
        ))
    } else if count == cells && cells >= IDENTIFIER_ROWS {
        Error::value(text!(
            en: "column {name} has another text in every row: it names the rows",
            ko: "{name} 열은 행마다 다른 글이라 행의 이름으로 보입니다"
        ))
    } else {
        let categories = found.into_iter().map(str::to_owned).collect();
        return Ok(FeatureKind::Category { categories });
    };
    Err(error
        .given("examples", list(&found.into_iter().take(3).collect::<Vec<_>>()))
        .hint(text!(en: "drop the column", ko: "그 열을 빼세요")))
}

/// The class in a cell; numbers in their shortest form.
pub(crate) fn class_name(
    table: &Table,
    row: usize,
    column: usize,
    numeric: bool,
) -> Result<String> {
    match table.read(row, column) {
        Cell::Missing => Err(missing(table.place(row, column))),
        // Adding 0 turns -0 into 0.
        Cell::Number(x) if numeric => Ok((x + 0.0).to_string()),
        _ => Ok(table.at(row, column).to_owned()),
    }
}

pub(crate) fn target_kind(
    table: &Table,
    column: usize,
    task: Option<Task>,
    rows: &[usize],
) -> Result<TargetKind> {
    let name = &table.names()[column];
    let kind = table.kind_at(column);
    let numeric = matches!(kind, ColumnKind::Number);
    if kind == ColumnKind::Empty {
        return Err(missing(table.place(0, column)));
    }
    if kind == ColumnKind::Category && task != Some(Task::Regression)
        || task == Some(Task::Classification)
    {
        return classes(table, column, numeric);
    }
    // Reports text among numbers, infinities and missing values with their lines.
    let values = (0..table.rows())
        .map(|row| table.number(row, column)?.ok_or_else(|| missing(table.place(row, column))))
        .collect::<Result<Vec<f64>>>()?;
    let different = values.iter().map(|x| x.to_bits()).collect::<BTreeSet<_>>().len();
    let like_classes = values.iter().all(|x| x.fract() == 0.0)
        && different <= MOST_NUMBERED_CLASSES
        && (different == 2 || different * ROWS_FOR_EACH_CLASS <= values.len());
    if task.is_none() && like_classes {
        return classes(table, column, numeric);
    }
    let (mean, scale) = moments(&rows.iter().map(|&r| values[r]).collect::<Vec<_>>(), name)?;
    Ok(TargetKind::Quantity { mean, scale })
}

fn classes(table: &Table, column: usize, numeric: bool) -> Result<TargetKind> {
    let mut names = (0..table.rows())
        .map(|row| class_name(table, row, column, numeric))
        .collect::<Result<BTreeSet<String>>>()?
        .into_iter()
        .collect::<Vec<_>>();
    if numeric {
        let value = |name: &String| name.parse::<f64>().unwrap_or(f64::NAN);
        names.sort_by(|a, b| value(a).total_cmp(&value(b)));
    }
    let (count, rows, column) = (names.len(), table.rows(), excerpt(&table.names()[column]));
    if count < 2 {
        return Err(Error::value(text!(
            en: "the target {column} is the same in all rows: there is nothing to tell apart",
            ko: "목표 {column}이(가) 모든 행에서 같아 구별할 것이 없습니다"
        ))
        .given("value", excerpt(&names[0])));
    }
    if count > MOST_NUMBERED_CLASSES && count > rows / 2 {
        return Err(Error::value(text!(
            en: "the target {column} has {count} classes in {rows} rows: too many to learn",
            ko: "목표 {column}의 클래스가 {rows}개 행에 {count}개라 배우기에 너무 많습니다"
        ))
        .given("examples", list(&names[..3]))
        .hint(text!(
            en: "choose another target, or predict a quantity (regression)",
            ko: "다른 목표를 고르거나, 수량을 예측(회귀)하세요"
        )));
    }
    Ok(TargetKind::Classes { names, numeric })
}

/// See [`Table::to_dataset`].
pub(crate) fn dataset(
    table: &Table,
    name: &str,
    target: &str,
    options: &SchemaOptions,
    test: f64,
    seed: u64,
) -> Result<(Dataset, Schema)> {
    // The first fit tells the classes, which the split needs; the second takes the means of the
    // rows that the split leaves for training.
    let y = Schema::fit(table, target, options, None)?.apply_target(table)?;
    let labels: Vec<i64> = if y.dtype().is_float() {
        vec![0; table.rows()]
    } else {
        y.to_f64_vec().iter().map(|&c| c as i64).collect()
    };
    let (train, tested) = stratified_split(&labels, test, seed)?;
    if train.is_empty() || tested.is_empty() {
        let rows = table.rows();
        return Err(Error::value(text!(
            en: "{rows} rows are too few to set some aside for testing",
            ko: "{rows}개 행은 일부를 시험용으로 떼어 놓기에 너무 적습니다"
        ))
        .given("test", test));
    }
    let schema = Schema::fit(table, target, options, Some(&train))?;
    let all = Split::new(schema.apply(table)?, y)?;
    let mut set = Dataset::new(name, all.take(&train)?, all.take(&tested)?, Kind::Table)
        .feature_names(schema.feature_names())
        .class_names(schema.class_names().iter().cloned());
    set.target_name = target.to_owned();
    set.origin = Some([train, tested].concat());
    Ok((set, schema))
}
