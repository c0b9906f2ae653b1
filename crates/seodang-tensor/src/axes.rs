//! Axes as people write them: negative ones count from the end.

use seodang_core::{Error, Result, text};

/// The axis as a position in `0..rank`.
pub(crate) fn normalize(axis: i64, rank: usize, op: &str) -> Result<usize> {
    let n = rank as i64;
    if (-n..n).contains(&axis) {
        return Ok(axis.rem_euclid(n) as usize);
    }
    Err(Error::shape(text!(
        en: "axis {axis} is out of range for {rank} dimension(s)",
        ko: "축 {axis}이(가) {rank}차원의 범위를 벗어났습니다"
    ))
    .expected(text!(
        en: "an axis from {} to {}", -n, n - 1;
        ko: "{}부터 {}까지의 축", -n, n - 1
    ))
    .during(op))
}

/// Distinct axes in ascending order; none means all of them.
pub(crate) fn normalize_all(axes: &[i64], rank: usize, op: &str) -> Result<Vec<usize>> {
    if axes.is_empty() {
        return Ok((0..rank).collect());
    }
    let mut out = axes.iter().map(|&a| normalize(a, rank, op)).collect::<Result<Vec<_>>>()?;
    out.sort_unstable();
    if out.windows(2).any(|w| w[0] == w[1]) {
        return Err(Error::shape(text!(
            en: "an axis is named twice in {axes:?}",
            ko: "{axes:?}에 같은 축이 두 번 있습니다"
        ))
        .during(op));
    }
    Ok(out)
}
