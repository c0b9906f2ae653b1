//! Categories as numbers: found, looked up, and grouped where they are rare.

use crate::record::{Either, Value};
use crate::table::Schema;
use seodang_core::{Error, Result, text};

/// The different values of a column in rising order, NaN last, and how often each is there.
pub(super) fn unique(mut column: Vec<f64>) -> (Vec<f64>, Vec<usize>) {
    column.sort_unstable_by(|a, b| a.is_nan().cmp(&b.is_nan()).then(a.total_cmp(b)));
    let (mut values, mut counts) = (Vec::<f64>::new(), Vec::new());
    for x in column {
        match (values.last(), counts.last_mut()) {
            (Some(&last), Some(n)) if last == x || (last.is_nan() && x.is_nan()) => *n += 1,
            _ => {
                values.push(x);
                counts.push(1);
            }
        }
    }
    (values, counts)
}

/// The place of a value among categories. They need not be in order: people can give theirs.
#[derive(Debug)]
pub(super) struct Places {
    sorted: Vec<(f64, usize)>,
    missing: Option<usize>,
}

impl Places {
    pub(super) fn new(categories: &[f64]) -> Places {
        let mut sorted: Vec<(f64, usize)> =
            categories.iter().copied().zip(0..).filter(|(c, _)| !c.is_nan()).collect();
        sorted.sort_unstable_by(|a, b| a.0.total_cmp(&b.0));
        Places { sorted, missing: categories.iter().position(|c| c.is_nan()) }
    }

    pub(super) fn get(&self, x: f64) -> Option<usize> {
        if x.is_nan() {
            return self.missing;
        }
        let at = self.sorted.partition_point(|c| c.0 < x);
        self.sorted.get(at).filter(|c| c.0 == x).map(|c| c.1)
    }
}

/// The number of each category when rare ones have one together, the last; and which are rare.
pub(super) fn grouped(
    counts: &[usize],
    samples: usize,
    min_frequency: Option<&Either<i64, f64>>,
    max_categories: Option<i64>,
) -> (Vec<i64>, Vec<i64>) {
    let least = match min_frequency {
        None => 0.0,
        Some(Either::A(n)) => *n as f64,
        Some(Either::B(share)) => share * samples as f64,
    };
    let mut rare: Vec<bool> = counts.iter().map(|&n| (n as f64) < least).collect();
    // With the group counted, whether or not there is one yet: as scikit-learn does.
    let left = rare.iter().filter(|r| !**r).count() + 1;
    if let Some(most) = max_categories.filter(|&m| (m as usize) < left) {
        let mut order: Vec<usize> = (0..counts.len()).collect();
        order.sort_by_key(|&i| counts[i]);
        let kept = most as usize - 1;
        order[..counts.len() - kept].iter().for_each(|&i| rare[i] = true);
    }
    let frequent = rare.iter().filter(|r| !**r).count() as i64;
    let mut next = 0;
    let numbers = rare
        .iter()
        .map(|&r| {
            if r {
                return frequent;
            }
            next += 1;
            next - 1
        })
        .collect();
    let rare = rare.iter().zip(0..).filter(|(r, _)| **r).map(|(_, i)| i).collect();
    (numbers, rare)
}

/// The categories that are given for each column, or nothing if they are to be found. `None` among them
/// is a missing value; words must be among the columns' own.
pub(super) fn given(
    categories: &Value,
    schema: Option<&Schema>,
    cols: usize,
) -> Result<Option<Vec<Vec<f64>>>> {
    let all = match categories {
        Value::Str(s) if s == "auto" => return Ok(None),
        Value::List(all) if all.len() == cols => all,
        _ => {
            return Err(Error::value(text!(
                en: "Shape mismatch: if categories is an array, it has to be of shape (n_features,).",
                ko: "categories는 'auto'이거나 특성마다 하나인 목록이어야 합니다."
            )));
        }
    };
    let column = |(j, values): (usize, &Value)| match values {
        Value::Array(a) => Ok(a.to_f64_vec()),
        Value::List(values) => values.iter().map(|v| number_of(v, j, schema)).collect(),
        _ => Err(strange(values)),
    };
    all.iter().enumerate().map(column).collect::<Result<_>>().map(Some)
}

/// The number of a category that is given.
pub(super) fn number_of(value: &Value, column: usize, schema: Option<&Schema>) -> Result<f64> {
    match value {
        Value::None => Ok(f64::NAN),
        Value::Int(i) => Ok(*i as f64),
        Value::Float(x) => Ok(*x),
        Value::Bool(b) => Ok(f64::from(u8::from(*b))),
        Value::Str(word) => {
            let words = schema.and_then(|s| s.columns().get(column)?.1.as_ref());
            let place = words.and_then(|w| w.binary_search(word).ok());
            place.map(|p| p as f64).ok_or_else(|| strange(value))
        }
        _ => Err(strange(value)),
    }
}

fn strange(value: &Value) -> Error {
    let value = value.repr();
    Error::value(text!(
        en: "{value} is no category of the column", ko: "{value}은(는) 열의 범주가 아닙니다"
    ))
}

/// The error for a category that was not there in `fit`.
pub(super) fn unknown(values: &[f64], column: usize, when: &str) -> Error {
    let values = Value::List(values.iter().map(|&x| x.into()).collect()).repr();
    Error::value(text!(
        en: "Found unknown categories {values} in column {column} during {when}",
        ko: "{column}번 열에 학습할 때 없던 범주가 있습니다: {values}"
    ))
}
