//! What training takes: arrays, or a source of batches.

use crate::model::Model;
use seodang_core::random::Stream;
use seodang_core::{Array, Batch, Batches, DType, Element, Error, Result, bf16, f16, text};
use std::collections::BTreeMap;
use std::ops::Range;

/// The data of `fit` and `evaluate`: arrays in memory, or a source of batches.
///
/// Made of `(x, y)` or `(x, y, sample_weight)` with an array or a list of arrays in each place, or of
/// a reference to any [`Batches`].
pub struct Data<'a>(pub(crate) Source<'a>);

pub(crate) enum Source<'a> {
    Arrays(Arrays),
    Batches(&'a dyn Batches),
}

/// Rows of arrays in memory; nothing is copied until a batch is made.
#[derive(Clone)]
pub(crate) struct Arrays {
    pub(crate) inputs: Vec<Array>,
    pub(crate) targets: Vec<Array>,
    pub(crate) weight: Option<Array>,
    pub(crate) rows: Range<usize>,
}

/// One array, or a list of them: where a model has several inputs or outputs.
pub trait IntoArrays {
    /// The list.
    fn into_arrays(self) -> Vec<Array>;
}

impl IntoArrays for Array {
    fn into_arrays(self) -> Vec<Array> {
        vec![self]
    }
}

impl IntoArrays for &Array {
    fn into_arrays(self) -> Vec<Array> {
        vec![self.clone()]
    }
}

impl IntoArrays for Vec<Array> {
    fn into_arrays(self) -> Vec<Array> {
        self
    }
}

impl IntoArrays for &[Array] {
    fn into_arrays(self) -> Vec<Array> {
        self.to_vec()
    }
}

impl<const N: usize> IntoArrays for [Array; N] {
    fn into_arrays(self) -> Vec<Array> {
        self.into()
    }
}

impl<const N: usize> IntoArrays for [&Array; N] {
    fn into_arrays(self) -> Vec<Array> {
        self.into_iter().cloned().collect()
    }
}

impl<X: IntoArrays, Y: IntoArrays> From<(X, Y)> for Data<'_> {
    fn from((x, y): (X, Y)) -> Self {
        Data(Source::Arrays(Arrays::new(x.into_arrays(), y.into_arrays(), None)))
    }
}

impl<X: IntoArrays, Y: IntoArrays, W: Into<Array>> From<(X, Y, W)> for Data<'_> {
    fn from((x, y, w): (X, Y, W)) -> Self {
        Data(Source::Arrays(Arrays::new(x.into_arrays(), y.into_arrays(), Some(w.into()))))
    }
}

impl<'a, B: Batches> From<&'a B> for Data<'a> {
    fn from(source: &'a B) -> Data<'a> {
        Data(match source.in_memory() {
            Some(Batch { inputs, targets, sample_weight }) => {
                Source::Arrays(Arrays::new(inputs, targets, sample_weight))
            }
            None => Source::Batches(source),
        })
    }
}

/// The stream of a seed's random numbers that orders epoch 0; the next epochs follow it.
const SHUFFLE_STREAM: u64 = 0x5348_5546_0000_0000;

impl Arrays {
    pub(crate) fn new(inputs: Vec<Array>, targets: Vec<Array>, weight: Option<Array>) -> Arrays {
        let rows = inputs.first().and_then(|a| a.shape().first().copied()).unwrap_or(0);
        Arrays { inputs, targets, weight, rows: 0..rows }
    }

    /// The number of rows in use.
    pub(crate) fn len(&self) -> usize {
        self.rows.len()
    }

    /// Checks that every array has one row for each example.
    pub(crate) fn check_rows(&self) -> Result<()> {
        let wanted = self.inputs.first().and_then(|a| a.shape().first().copied());
        let all = (self.inputs.iter().map(|a| ("x", a)))
            .chain(self.targets.iter().map(|a| ("y", a)))
            .chain(self.weight.iter().map(|a| ("sample_weight", a)));
        for (name, array) in all {
            if wanted.is_none() || array.shape().first().copied() != wanted {
                return Err(Error::shape(text!(
                    en: "the arrays do not have one row for each example",
                    ko: "배열들의 행 수(예제 수)가 서로 다릅니다"
                ))
                .given("x", describe(&self.inputs))
                .given(name, format!("{}{}", array.dtype(), array.shape()))
                .expected(match wanted {
                    Some(n) => text!(en: "{n} rows in each", ko: "모두 {n}개 행"),
                    None => text!(en: "at least one dimension", ko: "1차원 이상"),
                }));
            }
        }
        Ok(())
    }

    /// Takes the last part of the rows away for validation, as Keras does: before any shuffling.
    pub(crate) fn split(self, share: f64) -> Result<(Arrays, Arrays)> {
        if !(share > 0.0 && share < 1.0) {
            return Err(Error::value(text!(
                en: "validation_split must lie between 0 and 1",
                ko: "validation_split은 0과 1 사이여야 합니다"
            ))
            .given("validation_split", share));
        }
        let n = self.len();
        let at = (n as f64 * (1.0 - share)).floor() as usize;
        if at == 0 || at == n {
            return Err(Error::value(text!(
                en: "the data has too few examples for this validation_split",
                ko: "이 validation_split에는 예제가 너무 적습니다"
            ))
            .given("examples", n)
            .given("validation_split", share));
        }
        let middle = self.rows.start + at;
        let train = Arrays { rows: self.rows.start..middle, ..self.clone() };
        let validation = Arrays { rows: middle..self.rows.end, ..self };
        Ok((train, validation))
    }

    /// The order in which an epoch sees the rows: by the seed and the epoch's number alone.
    pub(crate) fn order(&self, shuffle: Option<u64>, epoch: usize) -> Option<Vec<usize>> {
        let stream = SHUFFLE_STREAM.wrapping_add(epoch as u64);
        let mut order = Stream::new(shuffle?, stream).permutation(self.len());
        order.iter_mut().for_each(|i| *i += self.rows.start);
        Some(order)
    }

    /// The rows `start..end` of an epoch.
    pub(crate) fn batch(&self, start: usize, end: usize, order: Option<&[usize]>) -> Result<Batch> {
        let offset = self.rows.start;
        let rows = |a: &Array| match order {
            Some(order) => a.take_rows(&order[start..end]),
            None => a.slice_rows(offset + start, offset + end),
        };
        Ok(Batch {
            inputs: self.inputs.iter().map(rows).collect::<Result<_>>()?,
            targets: self.targets.iter().map(rows).collect::<Result<_>>()?,
            sample_weight: self.weight.as_ref().map(rows).transpose()?,
        })
    }
}

pub(crate) fn describe(arrays: &[Array]) -> String {
    let all: Vec<String> = arrays.iter().map(|a| format!("{}{}", a.dtype(), a.shape())).collect();
    if let [one] = &all[..] { one.clone() } else { format!("[{}]", all.join(", ")) }
}

impl Data<'_> {
    /// The number of batches of an epoch, if it is known.
    pub(crate) fn batches(&self, batch_size: usize) -> Option<usize> {
        match &self.0 {
            Source::Arrays(a) => Some(a.len().div_ceil(batch_size)),
            Source::Batches(b) => b.batches(),
        }
    }

    /// The batches of an epoch.
    pub(crate) fn epoch<'a>(
        &'a self,
        epoch: usize,
        batch_size: usize,
        shuffle: Option<u64>,
    ) -> Box<dyn Iterator<Item = Result<Batch>> + 'a> {
        match &self.0 {
            Source::Arrays(a) => {
                let order = a.order(shuffle, epoch);
                let n = a.len();
                Box::new((0..n.div_ceil(batch_size)).map(move |i| {
                    let start = i * batch_size;
                    a.batch(start, (start + batch_size).min(n), order.as_deref())
                }))
            }
            Source::Batches(b) => b.epoch(epoch),
        }
    }

    /// The first batch, to learn shapes from.
    pub(crate) fn first(&self, epoch: usize, batch_size: usize) -> Result<Batch> {
        self.epoch(epoch, batch_size, None).next().unwrap_or_else(|| Err(no_data()))
    }
}

pub(crate) fn no_data() -> Error {
    Error::value(text!(
        en: "the data is empty: there is not one example",
        ko: "데이터가 비어 있습니다. 예제가 하나도 없습니다"
    ))
}

/// The weight of each example by the class of its target, as Keras's `class_weight`.
pub(crate) fn class_weights(targets: &Array, weights: &BTreeMap<i64, f64>) -> Result<Array> {
    let rows = targets.shape().first().copied().unwrap_or(0);
    let width = targets.size().checked_div(rows).unwrap_or(0);
    let values = targets.to_f64_vec();
    let class = |row: usize| -> i64 {
        let row = &values[row * width..(row + 1) * width];
        match row {
            [one] => one.round_ties_even() as i64,
            many => {
                let mut best = 0;
                for (i, v) in many.iter().enumerate() {
                    if *v > many[best] {
                        best = i;
                    }
                }
                best as i64
            }
        }
    };
    if width == 0 || targets.shape().rank() > 2 {
        return Err(Error::unsupported(text!(
            en: "class_weight needs targets of one class for each example",
            ko: "class_weight에는 예제마다 클래스가 하나인 목푯값이 필요합니다"
        ))
        .given("y", format!("{}{}", targets.dtype(), targets.shape())));
    }
    let weight = |row| weights.get(&class(row)).copied().unwrap_or(1.0);
    Ok(Array::from_fn(crate::floatx(), [rows], weight))
}

/// The first of some rows of an array with a number that is not finite.
fn first_not_finite(array: &Array, rows: &Range<usize>) -> Option<(usize, f64)> {
    let width = array.size().checked_div(array.shape().first().copied()?)?.max(1);
    let range = rows.start * width..rows.end * width;
    fn find<T: Element>(
        array: &Array,
        range: Range<usize>,
        finite: impl Fn(T) -> bool,
    ) -> Option<(usize, f64)> {
        let values = array.as_slice::<T>().ok()?.get(range)?;
        let at = values.iter().position(|&v| !finite(v))?;
        Some((at, values[at].to_f64()))
    }
    let (at, value) = match array.dtype() {
        DType::F32 => find(array, range, f32::is_finite),
        DType::F64 => find(array, range, f64::is_finite),
        DType::F16 => find(array, range, f16::is_finite),
        DType::BF16 => find(array, range, bf16::is_finite),
        _ => None,
    }?;
    Some((rows.start + at / width, value))
}

/// Checks that some rows of arrays hold finite numbers, and names the first that does not.
pub(crate) fn check_finite(name: &str, arrays: &[Array], rows: &Range<usize>) -> Result<()> {
    for (i, array) in arrays.iter().enumerate() {
        let Some((row, value)) = first_not_finite(array, rows) else { continue };
        let name = if arrays.len() > 1 { format!("{name}[{i}]") } else { name.to_string() };
        let shown = if value.is_nan() { "NaN".to_string() } else { value.to_string() };
        return Err(Error::value(text!(
            en: "the data \"{name}\" has {shown} in row {row} (counted from 0)",
            ko: "데이터 \"{name}\"의 {row}번 행(0부터)에 {shown}이(가) 있습니다"
        ))
        .given(name, format!("{}{}", array.dtype(), array.shape()))
        .hint(text!(
            en: "fill or leave out such rows; Fit::check_finite(false) trains on them as they are",
            ko: "그런 행을 채우거나 빼세요. Fit::check_finite(false)를 쓰면 그대로 학습합니다"
        )));
    }
    Ok(())
}

/// Checks that the labels of some rows are whole numbers in 0..classes, or the ignored one, and names
/// the first row where one is not.
pub(crate) fn check_classes(
    target: &Array,
    rows: &Range<usize>,
    classes: usize,
    ignored: Option<f64>,
    output: &str,
) -> Result<()> {
    let count = target.shape().first().copied().unwrap_or(0);
    let width = target.size().checked_div(count).unwrap_or(0).max(1);
    let wrong =
        |v: f64| !(v >= 0.0 && v < classes as f64 && v.fract() == 0.0) && Some(v) != ignored;
    // Some rows at a time: as f64, the labels of many pictures would fill the memory.
    let step = (65_536 / width).max(1);
    for start in rows.clone().step_by(step) {
        let some = target.slice_rows(start, (start + step).min(rows.end))?.to_f64_vec();
        let Some(at) = some.iter().position(|&v| wrong(v)) else { continue };
        let (row, label, last) = (start + at / width, some[at], classes.saturating_sub(1));
        return Err(Error::value(text!(
            en: "the label {label} in row {row} (counted from 0) is not the number of a class",
            ko: "{row}번 행(0부터)의 레이블 {label}은(는) 클래스 번호가 아닙니다"
        ))
        .given("y", format!("{}{}", target.dtype(), target.shape()))
        .expected(text!(
            en: "whole numbers from 0 to {last}: \"{output}\" has {classes} outputs",
            ko: "0부터 {last}까지의 정수. \"{output}\"의 출력은 {classes}개입니다"
        )));
    }
    Ok(())
}

/// Checks the number and the shapes of a batch's inputs against the model's.
pub(crate) fn check_inputs(model: &Model, inputs: &[Array]) -> Result<()> {
    let wanted = model.inputs()?;
    if wanted.len() != inputs.len() {
        return Err(Error::shape(text!(
            en: "the model has {} inputs and was given {}", wanted.len(), inputs.len();
            ko: "모델의 입력은 {}개인데 {}개를 받았습니다", wanted.len(), inputs.len()
        ))
        .given("x", describe(inputs)));
    }
    for (tensor, array) in wanted.iter().zip(inputs) {
        let (dims, shape) = (tensor.dims(), array.shape());
        let column = dims.last_dim() == Some(1);
        let fits = dims.admits(shape)
            // Keras adds or drops a last dimension of 1.
            || column && dims.rank() == shape.rank() + 1
                && crate::Dims::from(dims[..shape.rank()].to_vec()).admits(shape)
            || shape.last() == Some(&1) && shape.rank() == dims.rank() + 1
                && dims.admits(&shape[..dims.rank()]);
        if !fits {
            let name = tensor.layer().name();
            return Err(Error::shape(text!(
                en: "the data does not have the shape of the model's input \"{name}\"",
                ko: "데이터의 모양이 모델의 입력 \"{name}\"과 다릅니다"
            ))
            .given("x", format!("{}{}", array.dtype(), shape))
            .expected(dims.clone()));
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn numbers(n: usize) -> Arrays {
        let x = Array::from_fn(DType::U8, [n, 2], |i| i as f64);
        Arrays::new(vec![x], vec![Array::from_fn(DType::I32, [n], |i| i as f64)], None)
    }

    #[test]
    fn the_last_rows_validate_and_nothing_is_copied() {
        let all = numbers(10);
        let storage = all.inputs[0].storage().clone();
        let (train, validation) = all.split(0.25).unwrap();
        assert_eq!((train.rows.clone(), validation.rows.clone()), (0..7, 7..10));
        assert!(std::sync::Arc::ptr_eq(&storage, validation.inputs[0].storage()));
        let b = validation.batch(1, 3, None).unwrap();
        assert_eq!(b.targets[0].to_f64_vec(), [8.0, 9.0]);
        let order = validation.order(Some(1), 0).unwrap();
        assert!(order.iter().all(|i| (7..10).contains(i)));
        assert!(numbers(1).split(0.5).is_err() && numbers(9).split(1.0).is_err());
    }

    #[test]
    fn weights_of_classes_by_number_or_by_the_largest() {
        let weights = BTreeMap::from([(0, 2.0), (2, 0.5)]);
        let labels = Array::from_vec([4], vec![0i32, 1, 2, 7]).unwrap();
        assert_eq!(class_weights(&labels, &weights).unwrap().to_f64_vec(), [2.0, 1.0, 0.5, 1.0]);
        let onehot = Array::from_vec([2, 3], vec![0f32, 0.1, 0.9, 1.0, 0.0, 0.0]).unwrap();
        assert_eq!(class_weights(&onehot, &weights).unwrap().to_f64_vec(), [0.5, 2.0]);
    }

    #[test]
    fn the_first_bad_row_is_named() {
        let x = Array::from_vec([3, 2], vec![1.0f32, 2.0, 3.0, f32::NAN, f32::INFINITY, 0.0]);
        let x = x.unwrap();
        assert_eq!(first_not_finite(&x, &(0..3)).unwrap().0, 1);
        assert_eq!(first_not_finite(&x, &(2..3)).unwrap(), (2, f64::INFINITY));
        assert!(first_not_finite(&x, &(0..1)).is_none());
        let e = check_finite("x", std::slice::from_ref(&x), &(0..3)).unwrap_err();
        assert!(e.render(seodang_core::Lang::En).contains("NaN in row 1"), "{e}");
        assert!(first_not_finite(&Array::zeros(DType::I32, [3]), &(0..3)).is_none());
    }

    #[test]
    fn labels_far_into_the_data_are_checked() {
        let mut labels = vec![1u8; 200_000];
        labels[150_001] = 3;
        let y = Array::from_vec([100_000, 2], labels).unwrap();
        assert!(check_classes(&y, &(0..75_000), 3, None, "y").is_ok());
        let e = check_classes(&y, &(10..100_000), 3, None, "y").unwrap_err();
        assert!(e.render(seodang_core::Lang::En).contains("label 3 in row 75000"), "{e}");
        assert!(check_classes(&y, &(0..100_000), 3, Some(3.0), "y").is_ok());
    }
}
