//! Tables: named columns of cells, as a file has them.

use crate::csv::{Cell, Cells, Decimal};
use crate::schema::{Schema, SchemaOptions, TargetKind, Xy};
use crate::{Dataset, Date, DateOrder, Task, excerpt, list};
use seodang_core::{Error, Result, text};
use std::collections::{HashMap, HashSet};

/// What the cells of a column are, found from the cells that are not missing.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[non_exhaustive]
pub enum ColumnKind {
    /// All are numbers.
    Number,
    /// At least half are not numbers: they name categories.
    Category,
    /// Less than half are not numbers: most likely a mistake in those cells. Using the column is
    /// an error that names the first of them, unless it is said to be one of categories.
    Mixed,
    /// All are missing.
    Empty,
}

/// Rows of named columns, read by [`csv::read`](crate::csv::read).
///
/// Cells stay text until they are asked for as numbers, so what is wrong in a column that is not
/// used does no harm.
///
/// ```
/// use seodang_data::{ColumnKind, csv};
/// let table = csv::read(b"size,colour\n1.5,red\n,blue\n", &csv::Options::default())?;
/// assert_eq!((table.rows(), table.columns()), (2, 2));
/// assert_eq!(table.kind("colour")?, ColumnKind::Category);
/// assert_eq!(table.strings("colour")?, [Some("red"), Some("blue")]);
/// assert!(table.numbers("size")?[1].is_nan());
/// assert_eq!(table.line(1), Some(3));
/// # Ok::<(), seodang_core::Error>(())
/// ```
#[derive(Clone, Debug)]
pub struct Table {
    names: Vec<String>,
    index: HashMap<String, usize>,
    has_header: bool,
    cells: Cells,
    lines: Vec<u32>,
    decimal: Decimal,
}

impl Table {
    pub(crate) fn new(
        names: Vec<String>,
        has_header: bool,
        cells: Cells,
        lines: Vec<u32>,
        decimal: Decimal,
    ) -> Table {
        let index = names.iter().enumerate().map(|(i, n)| (n.clone(), i)).collect();
        Table { names, index, has_header, cells, lines, decimal }
    }

    /// The names of the columns, `column_1` and so on where the file gives none.
    pub fn names(&self) -> &[String] {
        &self.names
    }

    /// Whether the file gave names.
    pub fn has_header(&self) -> bool {
        self.has_header
    }

    /// The number of rows.
    pub fn rows(&self) -> usize {
        self.lines.len()
    }

    /// The number of columns.
    pub fn columns(&self) -> usize {
        self.names.len()
    }

    /// The line of the file that a row begins on, from 1; `None` if there is no such row, or it
    /// is from no file.
    pub fn line(&self, row: usize) -> Option<usize> {
        self.lines.get(row).map(|&l| l as usize).filter(|&l| l > 0)
    }

    /// One cell without white space around it.
    pub fn cell(&self, row: usize, column: &str) -> Option<&str> {
        let column = *self.index.get(column)?;
        (row < self.rows()).then(|| self.at(row, column))
    }

    pub(crate) fn at(&self, row: usize, column: usize) -> &str {
        self.cells.get(row * self.names.len() + column).trim()
    }

    pub(crate) fn read(&self, row: usize, column: usize) -> Cell {
        Cell::read(self.at(row, column), self.decimal)
    }

    /// The number of a column.
    ///
    /// # Errors
    /// `NotFound`, if there is none of that name; the message lists them.
    pub fn position(&self, column: &str) -> Result<usize> {
        self.index.get(column).copied().ok_or_else(|| {
            let wanted = excerpt(column);
            Error::not_found(text!(
                en: "the table has no column {wanted}",
                ko: "표에 {wanted} 열이 없습니다"
            ))
            .given("columns", list(&self.names))
        })
    }

    /// What the cells of a column are.
    ///
    /// # Errors
    /// `NotFound`, if there is no such column.
    pub fn kind(&self, column: &str) -> Result<ColumnKind> {
        Ok(self.kind_at(self.position(column)?))
    }

    pub(crate) fn kind_at(&self, column: usize) -> ColumnKind {
        let (mut numbers, mut texts) = (0usize, 0usize);
        for row in 0..self.rows() {
            match self.read(row, column) {
                Cell::Number(_) | Cell::NotFinite => numbers += 1,
                Cell::Text => texts += 1,
                Cell::Missing => {}
            }
        }
        match (numbers, texts) {
            (0, 0) => ColumnKind::Empty,
            (_, 0) => ColumnKind::Number,
            (n, t) if t >= n => ColumnKind::Category,
            _ => ColumnKind::Mixed,
        }
    }

    /// A column's numbers, NaN where one is missing.
    ///
    /// # Errors
    /// `NotFound`, if there is no such column; `Format`, naming the line, if a cell is text or
    /// infinite.
    pub fn numbers(&self, column: &str) -> Result<Vec<f64>> {
        let at = self.position(column)?;
        (0..self.rows()).map(|row| Ok(self.number(row, at)?.unwrap_or(f64::NAN))).collect()
    }

    /// A column's numbers, NaN where there is none, and the first row that has something else there.
    ///
    /// # Errors
    /// `NotFound`, if there is no such column.
    pub fn numbers_or_nan(&self, column: &str) -> Result<(Vec<f64>, Option<usize>)> {
        let at = self.position(column)?;
        let mut odd = None;
        let number = |row| match self.read(row, at) {
            Cell::Number(x) => x,
            Cell::Missing => f64::NAN,
            Cell::NotFinite | Cell::Text => {
                odd = odd.or(Some(row));
                f64::NAN
            }
        };
        let numbers = (0..self.rows()).map(number).collect();
        Ok((numbers, odd))
    }

    /// The rows `rows`, copied.
    ///
    /// # Errors
    /// `Value` for a row that there is not; `Format`, if they hold too much text.
    pub fn take(&self, rows: &[usize]) -> Result<Table> {
        let mut cells = Cells::default();
        for &row in rows {
            if row >= self.rows() {
                return Err(Error::value(text!(
                    en: "the table has no row {row}", ko: "표에 {row}번째 행이 없습니다"
                ))
                .given("rows", self.rows()));
            }
            (0..self.columns()).try_for_each(|c| cells.push(self.at(row, c)))?;
        }
        let lines = rows.iter().map(|&r| self.lines[r]).collect();
        Ok(Table::new(self.names.clone(), self.has_header, cells, lines, self.decimal))
    }

    /// What a column holds as the target of learning: classes or quantities.
    ///
    /// # Errors
    /// As [`Schema::fit`] says of its target.
    pub fn target_kind(&self, column: &str, task: Option<Task>) -> Result<TargetKind> {
        let rows: Vec<usize> = (0..self.rows()).collect();
        crate::schema::target_kind(self, self.position(column)?, task, &rows)
    }

    /// The class in each cell of a target, by its number among `names`; nothing where it is missing or
    /// none of them.
    ///
    /// # Errors
    /// `NotFound`, if there is no such column.
    pub fn class_codes(
        &self,
        column: &str,
        names: &[String],
        numeric: bool,
    ) -> Result<Vec<Option<u32>>> {
        let at = self.position(column)?;
        let codes: HashMap<&str, u32> =
            names.iter().enumerate().map(|(i, n)| (n.as_str(), i as u32)).collect();
        let code = |row| {
            let name = crate::schema::class_name(self, row, at, numeric).ok()?;
            codes.get(name.as_str()).copied()
        };
        Ok((0..self.rows()).map(code).collect())
    }

    /// One row that was typed, its values in the order of `names`.
    ///
    /// # Errors
    /// `Value`, if there are too few or too many values.
    pub fn row(names: &[String], values: &[&str]) -> Result<Table> {
        if values.len() != names.len() {
            return Err(Error::value(text!(
                en: "the row has {} values, the model takes {}", values.len(), names.len();
                ko: "행의 값은 {}개인데, 모델은 {}개를 받습니다", values.len(), names.len()
            ))
            .expected(text!(
                en: "values for {}", list(names);
                ko: "{} 값", list(names)
            )));
        }
        let table = Table::from_cells(names.to_vec(), values)?;
        Ok(Table { has_header: false, ..table })
    }

    /// Rows that are from no file: cells row by row; an empty one is missing.
    ///
    /// # Errors
    /// `Value`, if the last row is not whole.
    pub fn from_cells(names: Vec<String>, values: &[&str]) -> Result<Table> {
        if names.is_empty() || !values.len().is_multiple_of(names.len()) {
            return Err(Error::value(text!(
                en: "{} cells are no rows of {} columns", values.len(), names.len();
                ko: "칸 {}개로는 열 {}개의 행을 만들 수 없습니다", values.len(), names.len()
            )));
        }
        let mut cells = Cells::default();
        values.iter().try_for_each(|v| cells.push(v))?;
        // Line 0: the row is from no file.
        let lines = vec![0; values.len() / names.len()];
        Ok(Table::new(names, true, cells, lines, Decimal::Point))
    }

    /// A column's texts, `None` where one is missing.
    ///
    /// # Errors
    /// `NotFound`, if there is no such column.
    pub fn strings(&self, column: &str) -> Result<Vec<Option<&str>>> {
        let at = self.position(column)?;
        Ok((0..self.rows()).map(|row| self.category(row, at)).collect())
    }

    /// A column's dates, `None` where one is missing, and the order of day and month in which they
    /// were read; nothing, if a cell that is not missing is no date, or if all are missing.
    ///
    /// # Errors
    /// `NotFound`, if there is no such column.
    ///
    /// ```
    /// use seodang_data::csv;
    /// let table = csv::read(b"when,x\n2024-03-05,1\n,2\n", &csv::Options::default())?;
    /// let (_, dates) = table.dates("when")?.expect("dates");
    /// assert_eq!(dates[0].map(|d| d.month), Some(3));
    /// assert!(table.dates("x")?.is_none());
    /// # Ok::<(), seodang_core::Error>(())
    /// ```
    pub fn dates(&self, column: &str) -> Result<Option<(DateOrder, Vec<Option<Date>>)>> {
        let at = self.position(column)?;
        let cells = (0..self.rows()).filter_map(|row| self.category(row, at));
        let Some(order) = crate::dates::order_of(cells) else { return Ok(None) };
        let date = |row| self.category(row, at).and_then(|cell| Date::parse(cell, order));
        Ok(Some((order, (0..self.rows()).map(date).collect())))
    }

    /// The rows that say in every cell what an earlier row says.
    pub fn duplicates(&self) -> Vec<usize> {
        let mut seen = HashSet::new();
        let cells = |row| (0..self.columns()).map(|c| self.at(row, c)).collect::<Vec<_>>();
        (0..self.rows()).filter(|&row| !seen.insert(cells(row))).collect()
    }

    /// The number in a cell, `None` if it is missing.
    pub(crate) fn number(&self, row: usize, column: usize) -> Result<Option<f64>> {
        match self.read(row, column) {
            Cell::Number(x) => Ok(Some(x)),
            Cell::Missing => Ok(None),
            Cell::NotFinite => Err(not_finite(self.place(row, column))),
            Cell::Text => Err(not_a_number(self.place(row, column))),
        }
    }

    /// The category in a cell, `None` if it is missing.
    pub(crate) fn category(&self, row: usize, column: usize) -> Option<&str> {
        match self.read(row, column) {
            Cell::Missing => None,
            _ => Some(self.at(row, column)),
        }
    }

    /// Where a cell is and what it says, for messages.
    pub(crate) fn place(&self, row: usize, column: usize) -> Place<'_> {
        Place { line: self.line(row), column: &self.names[column], cell: self.at(row, column) }
    }

    /// Inputs and targets for training on all rows, with the [`Schema`] that turns further rows
    /// into the same inputs. See [`Schema::fit`] for the rules; set more with [`SchemaOptions`].
    ///
    /// # Errors
    /// As [`Schema::fit`] and [`Schema::apply`].
    ///
    /// ```
    /// use seodang_data::csv;
    /// let table = csv::read(b"x,colour,y\n1,red,no\n2,blue,yes\n3,red,yes\n", &csv::Options::default())?;
    /// let xy = table.to_xy("y")?;
    /// assert_eq!(xy.x.shape().dims(), [3, 3]);                   // x, colour = blue, colour = red
    /// assert_eq!(xy.y.to_vec::<i32>()?, [0, 1, 1]);
    /// assert_eq!(xy.schema.class_names(), ["no", "yes"]);
    /// # Ok::<(), seodang_core::Error>(())
    /// ```
    pub fn to_xy(&self, target: &str) -> Result<Xy> {
        let schema = Schema::fit(self, target, &SchemaOptions::default(), None)?;
        Ok(Xy { x: schema.apply(self)?, y: schema.apply_target(self)?, schema })
    }

    /// A data set for training and testing: `test` (0 to 1) of the rows, of each class if the
    /// target has classes, become the test part. Means and deviations are those of the training
    /// part alone.
    ///
    /// # Errors
    /// As [`Schema::fit`] and [`Schema::apply`]; `Value`, if a part would be empty.
    pub fn to_dataset(
        &self,
        name: &str,
        target: &str,
        options: &SchemaOptions,
        test: f64,
        seed: u64,
    ) -> Result<(Dataset, Schema)> {
        crate::schema::dataset(self, name, target, options, test, seed)
    }
}

/// Where a cell is and what it says.
pub(crate) struct Place<'a> {
    pub(crate) line: Option<usize>,
    pub(crate) column: &'a str,
    pub(crate) cell: &'a str,
}

impl Place<'_> {
    fn tell(&self, error: Error) -> Error {
        let error = match self.line {
            Some(line) => error.given("line", line),
            None => error,
        };
        error.given("column", excerpt(self.column)).given("cell", excerpt(self.cell))
    }
}

#[track_caller]
fn not_a_number(place: Place<'_>) -> Error {
    place
        .tell(Error::format(text!(
            en: "a column of numbers contains text",
            ko: "숫자 열에 글자가 들어 있습니다"
        )))
        .hint(text!(
            en: "correct the cell (numbers stand without units), leave it empty if it is not known, drop the column, or declare the column one of categories",
            ko: "칸을 고치거나(숫자는 단위 없이), 모르는 값이면 비워 두거나, 그 열을 빼거나, 범주 열로 지정하세요"
        ))
}

#[track_caller]
fn not_finite(place: Place<'_>) -> Error {
    place
        .tell(Error::format(text!(
            en: "a number is infinite",
            ko: "무한대인 숫자가 있습니다"
        )))
        .hint(text!(
            en: "put in a finite number, or remove the row",
            ko: "유한한 숫자로 바꾸거나 그 행을 지우세요"
        ))
}

/// The error for a missing number where one is needed.
#[track_caller]
pub(crate) fn missing(place: Place<'_>) -> Error {
    place
        .tell(Error::format(text!(en: "a value is missing", ko: "빠진 값이 있습니다")))
        .hint(text!(
            en: "fill the cell in, remove the row, drop the column, or ask for missing numbers to be replaced by the mean",
            ko: "칸을 채우거나, 그 행을 지우거나, 그 열을 빼거나, 빠진 숫자를 평균으로 채우도록 지정하세요"
        ))
}

/// The error for a category that was not there when the schema was made.
#[track_caller]
pub(crate) fn unknown_category(place: Place<'_>, known: &[String]) -> Error {
    place
        .tell(Error::value(text!(
            en: "the value is none of the known categories",
            ko: "알고 있는 범주에 없는 값입니다"
        )))
        .expected(text!(en: "one of {}", list(known); ko: "{} 중 하나", list(known)))
}
