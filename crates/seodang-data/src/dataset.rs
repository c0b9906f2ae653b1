//! Data sets: arrays with names, split into a part to learn from and a part to test on.

use crate::{ArrayBatches, rows};
use seodang_core::random::Stream;
use seodang_core::{Array, Batch, Batches, Error, Result, text};

/// What the rows of a data set are.
#[derive(Clone, Copy, PartialEq, Debug)]
#[non_exhaustive]
pub enum Kind {
    /// Images of small whole numbers.
    Image {
        /// Rows of pixels.
        height: usize,
        /// Pixels in a row.
        width: usize,
        /// Numbers of a pixel: 1 for grey, 3 for red, green and blue.
        channels: usize,
        /// The largest value a pixel can have; dividing by it gives numbers from 0 to 1.
        max: f32,
    },
    /// Rows of measurements, one column each.
    Table,
}

/// What the targets are.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Task {
    /// The targets are the numbers of classes, `i32`, from 0.
    Classification,
    /// The targets are quantities, `f32`.
    Regression,
}

/// Examples and their targets.
#[derive(Clone, Debug)]
pub struct Split {
    /// The examples, one for each index of the first dimension.
    pub x: Array,
    /// The targets, as many as there are examples.
    pub y: Array,
}

/// A data set with a part to learn from and a part to test on.
#[derive(Clone, Debug)]
pub struct Dataset {
    /// The name that [`load`](crate::load) knows it by, or a file's name.
    pub name: String,
    /// What to learn from.
    pub train: Split,
    /// What to measure the result on: never shown during training.
    pub test: Split,
    /// The names of the columns of a table; empty for images.
    pub feature_names: Vec<String>,
    /// The name of what is predicted.
    pub target_name: String,
    /// The names of the classes, by number; empty for regression.
    pub class_names: Vec<String>,
    /// What the rows are.
    pub kind: Kind,
    /// For a set that was split here: where each row, the training rows first, stood before.
    pub(crate) origin: Option<Vec<usize>>,
}

impl Split {
    /// Examples with their targets.
    ///
    /// # Errors
    /// `Shape`, if there are not as many targets as examples.
    pub fn new(x: Array, y: Array) -> Result<Split> {
        let count = |a: &Array| a.shape().first().copied();
        if count(&x).is_none() || count(&x) != count(&y) {
            return Err(Error::shape(text!(
                en: "there must be one target for each example",
                ko: "예제마다 목푯값이 하나씩 있어야 합니다"
            ))
            .given("x", format!("{}{}", x.dtype(), x.shape()))
            .given("y", format!("{}{}", y.dtype(), y.shape())));
        }
        Ok(Split { x, y })
    }

    /// The number of examples.
    pub fn len(&self) -> usize {
        self.x.shape().first().copied().unwrap_or(0)
    }

    /// Whether there are no examples.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The examples with the given numbers, in that order.
    ///
    /// # Errors
    /// `Value`, if a number is out of range.
    pub fn take(&self, rows: &[usize]) -> Result<Split> {
        Ok(Split { x: self.x.take_rows(rows)?, y: self.y.take_rows(rows)? })
    }

    /// Batches of these examples, `batch_size` at a time: set shuffling and weights on the result.
    ///
    /// # Errors
    /// `Shape`, if there are not as many targets as examples; `Value`, if `batch_size` is 0.
    ///
    /// ```
    /// use seodang_core::Batches;
    /// let iris = seodang_data::load("iris")?;
    /// let batches = iris.train.batched(50)?.shuffle(1);
    /// assert_eq!(batches.batches(), Some(3));
    /// # Ok::<(), seodang_core::Error>(())
    /// ```
    pub fn batched(&self, batch_size: usize) -> Result<ArrayBatches> {
        ArrayBatches::new(vec![self.x.clone()], vec![self.y.clone()])?.batch_size(batch_size)
    }
}

/// In order, 32 at a time; [`Split::batched`] gives others.
impl Batches for Split {
    fn batches(&self) -> Option<usize> {
        Some(self.len().div_ceil(ArrayBatches::BATCH_SIZE))
    }

    fn examples(&self) -> Option<usize> {
        Some(self.len())
    }

    fn epoch<'a>(&'a self, epoch: usize) -> Box<dyn Iterator<Item = Result<Batch>> + 'a> {
        match self.batched(ArrayBatches::BATCH_SIZE) {
            Ok(all) => Box::new(all.into_epoch(epoch)),
            Err(e) => Box::new(std::iter::once(Err(e))),
        }
    }

    fn in_memory(&self) -> Option<Batch> {
        let (inputs, targets) = (vec![self.x.clone()], vec![self.y.clone()]);
        Some(Batch { inputs, targets, sample_weight: None })
    }
}

impl Dataset {
    /// A data set of arrays of one's own.
    ///
    /// ```
    /// use seodang_core::{Array, DType};
    /// use seodang_data::{Dataset, Kind, Split};
    /// let part = |n| Split::new(Array::zeros(DType::F32, [n, 3]), Array::zeros(DType::I32, [n]));
    /// let mine = Dataset::new("mine", part(80)?, part(20)?, Kind::Table).class_names(["no", "yes"]);
    /// assert_eq!(mine.whole()?.len(), 100);
    /// # Ok::<(), seodang_core::Error>(())
    /// ```
    pub fn new(name: impl Into<String>, train: Split, test: Split, kind: Kind) -> Dataset {
        Dataset {
            name: name.into(),
            train,
            test,
            feature_names: Vec::new(),
            target_name: "target".into(),
            class_names: Vec::new(),
            kind,
            origin: None,
        }
    }

    /// Splits examples into a training and a test part, `test` (0 to 1) of each class going to the
    /// test part: see [`stratified_split`]. The order within each part is random too. Targets that
    /// are not whole numbers are treated as one class.
    ///
    /// # Errors
    /// `Value`, if `test` is not between 0 and 1.
    pub fn from_split(
        name: impl Into<String>,
        all: Split,
        kind: Kind,
        test: f64,
        seed: u64,
    ) -> Result<Dataset> {
        let labels: Vec<i64> = if all.y.dtype().is_float() || all.y.shape().rank() != 1 {
            vec![0; all.len()]
        } else {
            all.y.to_f64_vec().iter().map(|&y| y as i64).collect()
        };
        let (train, test) = stratified_split(&labels, test, seed)?;
        let mut set = Dataset::new(name, all.take(&train)?, all.take(&test)?, kind);
        set.origin = Some([train, test].concat());
        Ok(set)
    }

    /// Names the columns.
    pub fn feature_names<S: Into<String>>(mut self, names: impl IntoIterator<Item = S>) -> Dataset {
        self.feature_names = names.into_iter().map(Into::into).collect();
        self
    }

    /// Names the classes.
    pub fn class_names<S: Into<String>>(mut self, names: impl IntoIterator<Item = S>) -> Dataset {
        self.class_names = names.into_iter().map(Into::into).collect();
        self
    }

    /// What the targets are: classes if they are whole numbers, quantities otherwise.
    pub fn task(&self) -> Task {
        if self.train.y.dtype().is_float() { Task::Regression } else { Task::Classification }
    }

    /// All examples together: in the order they had before they were split, if they were split
    /// here, else the training part followed by the test part.
    ///
    /// # Errors
    /// `Shape`, if the two parts do not have the same kind of rows.
    pub fn whole(&self) -> Result<Split> {
        let all = Split {
            x: rows::concatenate(&self.train.x, &self.test.x)?,
            y: rows::concatenate(&self.train.y, &self.test.y)?,
        };
        let Some(origin) = &self.origin else { return Ok(all) };
        let mut now = vec![0; origin.len()];
        for (at, &before) in origin.iter().enumerate() {
            now[before] = at;
        }
        all.take(&now)
    }

    /// The same data set with the examples flat, `[n, features]`.
    ///
    /// # Errors
    /// `Shape`, if an example has no elements to lay flat.
    pub fn flat(self) -> Result<Dataset> {
        let width = self.train.x.shape().iter().skip(1).product::<usize>();
        self.with_rows(&[width])
    }

    /// The same data set with the examples as images, `[n, height, width, channels]`: what a
    /// convolution takes.
    ///
    /// # Errors
    /// `Value`, if it is a table.
    ///
    /// ```
    /// let digits = seodang_data::load("digits")?;
    /// assert_eq!(digits.train.x.shape()[1..], [64]);
    /// assert_eq!(digits.images()?.train.x.shape()[1..], [8, 8, 1]);
    /// # Ok::<(), seodang_core::Error>(())
    /// ```
    pub fn images(self) -> Result<Dataset> {
        match self.kind {
            Kind::Image { height, width, channels, .. } => {
                self.with_rows(&[height, width, channels])
            }
            Kind::Table => Err(Error::value(text!(
                en: "the rows of \"{}\" are measurements, not images", self.name;
                ko: "\"{}\"의 행은 이미지가 아니라 측정값입니다", self.name
            ))),
        }
    }

    fn with_rows(mut self, row: &[usize]) -> Result<Dataset> {
        for part in [&mut self.train, &mut self.test] {
            part.x = part.x.reshape([&[part.len()], row].concat())?;
        }
        Ok(self)
    }
}

/// Chooses which rows to learn from and which to test on, so that each class keeps its share: of
/// each class, `test` of its rows (rounded) go to the test part, chosen by the seed. The result is
/// (training rows, test rows), each in random order, the same for the same seed on every machine.
///
/// # Errors
/// `Value`, if `test` is not between 0 and 1.
///
/// ```
/// let labels = [0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1];
/// let (train, test) = seodang_data::stratified_split(&labels, 0.25, 7)?;
/// assert_eq!((train.len(), test.len()), (9, 3));
/// assert_eq!(test.iter().filter(|&&row| labels[row] == 1).count(), 1);
/// # Ok::<(), seodang_core::Error>(())
/// ```
pub fn stratified_split(labels: &[i64], test: f64, seed: u64) -> Result<(Vec<usize>, Vec<usize>)> {
    if !(0.0..=1.0).contains(&test) {
        return Err(Error::value(text!(
            en: "the share of test rows must be between 0 and 1",
            ko: "시험용 행의 비율은 0과 1 사이여야 합니다"
        ))
        .given("test", test));
    }
    let mut classes = std::collections::BTreeMap::<i64, Vec<usize>>::new();
    // Walking the rows in random order chooses at random within every class at once.
    for row in Stream::new(seed, 0).permutation(labels.len()) {
        classes.entry(labels[row]).or_default().push(row);
    }
    let mut in_test = vec![false; labels.len()];
    for rows in classes.values() {
        let count = (rows.len() as f64 * test).round() as usize;
        rows[..count].iter().for_each(|&row| in_test[row] = true);
    }
    Ok(Stream::new(seed, 1).permutation(labels.len()).into_iter().partition(|&row| !in_test[row]))
}

#[cfg(test)]
mod tests {
    use super::*;
    use seodang_core::DType;

    fn numbered(n: usize) -> Split {
        let x = Array::from_fn(DType::F32, [n, 2], |i| i as f64);
        Split::new(x, Array::from_fn(DType::I32, [n], |i| (i % 3) as f64)).unwrap()
    }

    #[test]
    fn split_keeps_shares_and_can_be_undone() {
        let all = numbered(90);
        let set = Dataset::from_split("n", all.clone(), Kind::Table, 0.2, 3).unwrap();
        assert_eq!((set.train.len(), set.test.len()), (72, 18));
        for class in 0..3 {
            let here = set.test.y.to_f64_vec().iter().filter(|&&y| y == class as f64).count();
            assert_eq!(here, 6);
        }
        let whole = set.whole().unwrap();
        assert_eq!((whole.x, whole.y), (all.x.clone(), all.y.clone()));
        let again = Dataset::from_split("n", all.clone(), Kind::Table, 0.2, 3).unwrap();
        assert_eq!(again.train.x, set.train.x);
        let other = Dataset::from_split("n", all, Kind::Table, 0.2, 4).unwrap();
        assert_ne!(other.train.x, set.train.x);
    }

    #[test]
    fn wrong_numbers_are_errors() {
        let (x, y) = (Array::zeros(DType::F32, [3, 2]), Array::zeros(DType::I32, [2]));
        assert!(Split::new(x, y).unwrap_err().to_string().contains("[3, 2]"));
        let scalar = || Array::zeros(DType::F32, []);
        assert!(Split::new(scalar(), scalar()).is_err());
        for share in [-0.1, 1.1, f64::NAN] {
            assert!(stratified_split(&[0, 1], share, 0).is_err());
        }
        assert!(
            Dataset::from_split("n", numbered(6), Kind::Table, 0.5, 0).unwrap().images().is_err()
        );
    }

    #[test]
    fn a_split_is_batches_in_order() {
        let split = numbered(70);
        let batches: Vec<_> = split.epoch(0).map(|b| b.unwrap()).collect();
        assert_eq!(split.batches(), Some(batches.len()));
        assert_eq!(batches.iter().map(Batch::len).collect::<Vec<_>>(), [32, 32, 6]);
        assert_eq!(batches[1].inputs[0].to_f64_vec()[0], 64.0);
    }
}
