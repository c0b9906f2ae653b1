//! Joining arrays along their first dimension.

use seodang_core::{Array, Error, Result, text};

/// The rows of `a` followed by the rows of `b`.
pub(crate) fn concatenate(a: &Array, b: &Array) -> Result<Array> {
    let (rows_a, rows_b) = match (a.shape().split_first(), b.shape().split_first()) {
        (Some((&m, rest_a)), Some((&n, rest_b))) if a.dtype() == b.dtype() && rest_a == rest_b => {
            (m, n)
        }
        _ => {
            return Err(Error::shape(text!(
                en: "the two parts have different rows",
                ko: "두 부분의 행 모양이 다릅니다"
            ))
            .given("first", format!("{}{}", a.dtype(), a.shape()))
            .given("second", format!("{}{}", b.dtype(), b.shape())));
        }
    };
    let mut shape = a.shape().to_vec();
    shape[0] = rows_a + rows_b;
    let mut out = Array::zeros(a.dtype(), shape);
    let (first, second) = out.bytes_mut().split_at_mut(a.bytes().len());
    first.copy_from_slice(a.bytes());
    second.copy_from_slice(b.bytes());
    Ok(out)
}

#[cfg(test)]
mod tests {
    use super::*;
    use seodang_core::DType;

    #[test]
    fn joins_rows_of_the_same_kind_only() {
        let a = Array::from_fn(DType::U8, [2, 2], |i| i as f64);
        let b = Array::from_fn(DType::U8, [1, 2], |i| 4.0 + i as f64);
        assert_eq!(concatenate(&a, &b).unwrap().to_f64_vec(), [0.0, 1.0, 2.0, 3.0, 4.0, 5.0]);
        for other in [[2, 3], [3, 1]] {
            assert!(concatenate(&a, &Array::zeros(DType::U8, other)).is_err());
        }
        assert!(concatenate(&a, &a.convert(DType::F32)).is_err());
    }
}
