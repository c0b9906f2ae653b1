//! Samples that are not learned from: early stopping looks at them.

use crate::record::{Param, Value};
use seodang_core::random::Stream;
use seodang_core::{Error, Result, text};

/// The error for a parameter of any type that has a value which it does not take.
pub(crate) fn invalid(name: &str, what: &str, value: &Value) -> Error {
    let got = value.repr();
    Error::value(text!(
        en: "The '{name}' parameter must be {what}. Got {got} instead.",
        ko: "매개변수 '{name}'에 올 수 없는 값입니다: {got}. 올 수 있는 것: {what}"
    ))
}

/// Rows to learn from, and rows held out: both in rising order.
pub(crate) type Parts = Option<(Vec<u32>, Vec<u32>)>;

/// Holds samples out for early stopping: a share or a number of them, of every class alike.
pub(crate) fn held_out(value: &Value, y: &[f64], classes: usize, seed: u64) -> Result<Parts> {
    let n = y.len();
    let size = match *value {
        Value::None => return Ok(None),
        Value::Float(share) if share > 0.0 && share < 1.0 => (share * n as f64).ceil() as usize,
        Value::Int(count) if count >= 1 => count as usize,
        _ => {
            let what = "a float in the range (0.0, 1.0), an int in the range [1, inf) or None";
            return Err(invalid("validation_fraction", what, value));
        }
    };
    if size >= n {
        return Err(Error::value(text!(
            en: "With n_samples={n} and validation_fraction={size}, the resulting train set will be \
                 empty. Adjust any of the aforementioned parameters.",
            ko: "샘플 {n}개에서 {size}개를 떼어 놓으면 학습할 샘플이 없습니다."
        )));
    }
    let mut random = Stream::new(seed, 0);
    let mut order: Vec<u32> = (0..n as u32).collect();
    for i in 0..n - 1 {
        order.swap(i, i + random.below((n - i) as u64) as usize);
    }
    let mut wanted = vec![size];
    if classes > 0 {
        let mut counts = vec![0usize; classes];
        y.iter().for_each(|&y| counts[y as usize] += 1);
        if counts.contains(&1) {
            return Err(Error::value(text!(
                en: "The least populated class in y has only 1 member, which is too few. The minimum \
                     number of groups for any class cannot be less than 2.",
                ko: "y에서 가장 작은 클래스에 샘플이 하나뿐입니다. 클래스마다 적어도 둘이 있어야 합니다."
            )));
        }
        wanted = shares(&counts, size);
    }
    let mut test = Vec::with_capacity(size);
    let mut train = Vec::with_capacity(n - size);
    for i in order {
        let class = if classes > 0 { y[i as usize] as usize } else { 0 };
        let part = if wanted[class] > 0 {
            wanted[class] -= 1;
            &mut test
        } else {
            &mut train
        };
        part.push(i);
    }
    train.sort_unstable();
    test.sort_unstable();
    Ok(Some((train, test)))
}

/// The last samples as those held out.
pub(crate) fn last(n: usize, held: &Value) -> Parts {
    let first = (n - usize::from_value(held).unwrap_or(0).min(n)) as u32;
    Some(((0..first).collect(), (first..n as u32).collect()))
}

/// Shares of a number in proportion to counts, each rounded down or up.
fn shares(counts: &[usize], size: usize) -> Vec<usize> {
    let total: usize = counts.iter().sum();
    let exact: Vec<f64> = counts.iter().map(|&c| c as f64 * size as f64 / total as f64).collect();
    let mut out: Vec<usize> = exact.iter().map(|e| e.floor() as usize).collect();
    let mut order: Vec<usize> = (0..counts.len()).collect();
    order.sort_by(|&a, &b| exact[b].fract().total_cmp(&exact[a].fract()));
    let left = size - out.iter().sum::<usize>();
    order.into_iter().take(left).for_each(|class| out[class] += 1);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares_add_up() {
        assert_eq!(shares(&[50, 30, 21], 10), [5, 3, 2]);
        assert_eq!(shares(&[1, 1, 1], 2).iter().sum::<usize>(), 2);
    }

    #[test]
    fn every_class_is_held_out_alike() {
        let y: Vec<f64> = (0..100).map(|i| f64::from(u8::from(i % 5 == 0))).collect();
        let (train, test) = held_out(&Value::Float(0.1), &y, 2, 3).unwrap().unwrap();
        assert_eq!((train.len(), test.len()), (90, 10));
        assert_eq!(test.iter().filter(|&&i| y[i as usize] == 1.0).count(), 2);
        let mut all = [train, test].concat();
        all.sort_unstable();
        assert_eq!(all, (0..100).collect::<Vec<u32>>());
    }
}
