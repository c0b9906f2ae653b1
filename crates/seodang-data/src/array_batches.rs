//! Batches of arrays that are in memory.

use seodang_core::random::Stream;
use seodang_core::{Array, Batch, Batches, Error, Result, text};

/// Arrays in memory as [`Batches`]: in order, or shuffled anew each epoch.
///
/// The order of an epoch depends on the seed and the number of the epoch alone, so a run that was
/// interrupted and resumed sees the same batches as one that was not.
///
/// ```
/// use seodang_core::{Array, Batches, DType};
/// use seodang_data::ArrayBatches;
///
/// let x = Array::from_fn(DType::F32, [10, 3], |i| i as f64);
/// let y = Array::from_fn(DType::I32, [10], |i| i as f64);
/// let batches = ArrayBatches::new(vec![x], vec![y])?.batch_size(4)?.shuffle(42);
/// assert_eq!(batches.batches(), Some(3));
/// let sizes: Vec<usize> = batches.epoch(0).map(|b| Ok(b?.len())).collect::<Result<_, seodang_core::Error>>()?;
/// assert_eq!(sizes, [4, 4, 2]);
/// # Ok::<(), seodang_core::Error>(())
/// ```
#[derive(Clone, Debug)]
pub struct ArrayBatches {
    inputs: Vec<Array>,
    targets: Vec<Array>,
    sample_weight: Option<Array>,
    examples: usize,
    batch_size: usize,
    shuffle: Option<u64>,
    drop_remainder: bool,
}

/// The stream of a seed's random numbers that orders epoch 0; the next epochs follow it. Above the
/// numbers that other users of a seed count up from 0.
const SHUFFLE_STREAM: u64 = 0x5348_5546_0000_0000;

impl ArrayBatches {
    /// The batch size when none is set, as in Keras.
    pub const BATCH_SIZE: usize = 32;

    /// Batches of 32 in order. All arrays must agree in their first dimension.
    ///
    /// # Errors
    /// `Shape`, if they do not, or if there is no input.
    pub fn new(inputs: Vec<Array>, targets: Vec<Array>) -> Result<ArrayBatches> {
        let Some(first) = inputs.first() else {
            return Err(Error::shape(text!(
                en: "batches need at least one input array",
                ko: "배치에는 입력 배열이 하나 이상 있어야 합니다"
            )));
        };
        let examples = first.shape().first().copied();
        let named = |name: &'static str, arrays: &[Array]| -> Vec<(String, Array)> {
            let name = |i: usize| format!("{name}[{i}]");
            arrays.iter().enumerate().map(|(i, a)| (name(i), a.clone())).collect()
        };
        for (name, array) in [named("inputs", &inputs), named("targets", &targets)].concat() {
            check_rows(&name, &array, examples)?;
        }
        Ok(ArrayBatches {
            examples: examples.unwrap_or(0),
            inputs,
            targets,
            sample_weight: None,
            batch_size: Self::BATCH_SIZE,
            shuffle: None,
            drop_remainder: false,
        })
    }

    /// Sets a weight for each example.
    ///
    /// # Errors
    /// `Shape`, if there is not one weight for each example.
    pub fn sample_weight(mut self, weights: Array) -> Result<ArrayBatches> {
        check_rows("sample_weight", &weights, Some(self.examples))?;
        self.sample_weight = Some(weights);
        Ok(self)
    }

    /// Sets the number of examples in a batch.
    ///
    /// # Errors
    /// `Value`, if it is 0.
    pub fn batch_size(mut self, batch_size: usize) -> Result<ArrayBatches> {
        if batch_size == 0 {
            return Err(Error::value(text!(
                en: "the batch size must be at least 1",
                ko: "배치 크기는 1 이상이어야 합니다"
            )));
        }
        self.batch_size = batch_size;
        Ok(self)
    }

    /// Shuffles each epoch, by this seed and the number of the epoch.
    pub fn shuffle(mut self, seed: u64) -> ArrayBatches {
        self.shuffle = Some(seed);
        self
    }

    /// Whether to leave out the last batch when it is not full.
    pub fn drop_remainder(mut self, drop: bool) -> ArrayBatches {
        self.drop_remainder = drop;
        self
    }

    /// The order in which epoch `epoch` sees the examples; `None` for their own order.
    pub fn order(&self, epoch: usize) -> Option<Vec<usize>> {
        let seed = self.shuffle?;
        let stream = SHUFFLE_STREAM.wrapping_add(epoch as u64);
        Some(Stream::new(seed, stream).permutation(self.examples))
    }

    fn count(&self) -> usize {
        if self.drop_remainder {
            self.examples / self.batch_size
        } else {
            self.examples.div_ceil(self.batch_size)
        }
    }

    fn batch(&self, index: usize, order: Option<&[usize]>) -> Result<Batch> {
        let start = index * self.batch_size;
        let end = (start + self.batch_size).min(self.examples);
        let rows = |a: &Array| match order {
            Some(order) => a.take_rows(&order[start..end]),
            None => a.slice_rows(start, end),
        };
        Ok(Batch {
            inputs: self.inputs.iter().map(rows).collect::<Result<_>>()?,
            targets: self.targets.iter().map(rows).collect::<Result<_>>()?,
            sample_weight: self.sample_weight.as_ref().map(rows).transpose()?,
        })
    }

    pub(crate) fn into_epoch(self, epoch: usize) -> impl Iterator<Item = Result<Batch>> {
        let order = self.order(epoch);
        (0..self.count()).map(move |i| self.batch(i, order.as_deref()))
    }
}

fn check_rows(name: &str, array: &Array, examples: Option<usize>) -> Result<()> {
    if examples.is_some() && array.shape().first().copied() == examples {
        return Ok(());
    }
    let error = Error::shape(text!(
        en: "all arrays must have one row for each example",
        ko: "모든 배열은 예제마다 행이 하나씩 있어야 합니다"
    ))
    .given(name, format!("{}{}", array.dtype(), array.shape()));
    Err(match examples {
        Some(n) => error.expected(text!(en: "{n} rows", ko: "{n}개 행")),
        None => error.expected(text!(en: "at least one dimension", ko: "1차원 이상")),
    })
}

impl Batches for ArrayBatches {
    fn batches(&self) -> Option<usize> {
        Some(self.count())
    }

    fn examples(&self) -> Option<usize> {
        Some(if self.drop_remainder { self.count() * self.batch_size } else { self.examples })
    }

    fn epoch<'a>(&'a self, epoch: usize) -> Box<dyn Iterator<Item = Result<Batch>> + 'a> {
        let order = self.order(epoch);
        Box::new((0..self.count()).map(move |i| self.batch(i, order.as_deref())))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use seodang_core::DType;

    fn numbers(n: usize) -> ArrayBatches {
        let x = Array::from_fn(DType::U8, [n, 2], |i| i as f64);
        let y = Array::from_fn(DType::I32, [n], |i| i as f64);
        ArrayBatches::new(vec![x], vec![y]).unwrap()
    }

    fn targets(b: &ArrayBatches, epoch: usize) -> Vec<f64> {
        b.epoch(epoch).flat_map(|b| b.unwrap().targets[0].to_f64_vec()).collect()
    }

    #[test]
    fn order_depends_on_seed_and_epoch_alone() {
        let a = numbers(20).batch_size(6).unwrap().shuffle(1);
        let first = targets(&a, 0);
        assert_eq!(first, targets(&a, 0));
        assert_eq!(targets(&a, 3), targets(&numbers(20).batch_size(7).unwrap().shuffle(1), 3));
        assert_ne!(first, targets(&a, 1));
        assert_ne!(first, targets(&numbers(20).shuffle(2), 0));
        let mut sorted = first;
        sorted.sort_by(f64::total_cmp);
        assert_eq!(sorted, (0..20).map(f64::from).collect::<Vec<_>>());
        assert_eq!(targets(&numbers(20), 5), sorted);
    }

    #[test]
    fn rows_stay_together_and_types_stay() {
        let weights = Array::from_fn(DType::F32, [5], |i| i as f64 / 2.0);
        let all = numbers(5).sample_weight(weights).unwrap().shuffle(9).batch_size(2).unwrap();
        assert_eq!((all.batches(), all.examples()), (Some(3), Some(5)));
        for batch in all.epoch(0) {
            let batch = batch.unwrap();
            assert_eq!(batch.inputs[0].dtype(), DType::U8);
            let (x, y) = (batch.inputs[0].to_f64_vec(), batch.targets[0].to_f64_vec());
            let w = batch.sample_weight.unwrap().to_f64_vec();
            for i in 0..y.len() {
                assert_eq!((x[2 * i], w[i]), (2.0 * y[i], y[i] / 2.0));
            }
        }
        let full = all.drop_remainder(true);
        assert_eq!((full.batches(), full.examples()), (Some(2), Some(4)));
        assert!(full.epoch(0).all(|b| b.unwrap().len() == 2));
    }

    #[test]
    fn mistakes_are_errors() {
        assert!(ArrayBatches::new(vec![], vec![]).is_err());
        let x = || Array::zeros(DType::F32, [3, 2]);
        let e = ArrayBatches::new(vec![x()], vec![Array::zeros(DType::I32, [4])]).unwrap_err();
        assert!(e.to_string().contains("targets[0] = int32[4]"), "{e}");
        assert!(ArrayBatches::new(vec![Array::zeros(DType::F32, [])], vec![]).is_err());
        assert!(numbers(3).sample_weight(Array::zeros(DType::F32, [2])).is_err());
        assert!(numbers(3).batch_size(0).is_err());
        assert_eq!(numbers(0).epoch(0).count(), 0);
    }
}
