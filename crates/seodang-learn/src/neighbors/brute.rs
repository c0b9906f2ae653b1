//! The search that looks at all samples, by any metric.

use super::best::{Best, Found};
use super::ruler::Ruler;
use super::samples::dense_rows;
use super::tiles::{Neighbors, QUERIES, gather, ragged, tile};
use crate::features::Features;
use seodang_core::{Error, Result, text};
use seodang_kernels::pairs::WIDTH;
use std::ops::Range;

/// Samples that are packed at a time.
pub(super) const SAMPLES: usize = 1024;

/// How many parts the samples of so few tiles of queries are cut into, that threads have work.
fn parts(samples: usize, tiles: usize) -> usize {
    match tiles {
        0..8 => (samples / (4 * SAMPLES)).clamp(1, 16),
        _ => 1,
    }
}

/// Measures queries against some samples: `take` is given the number of a query among those, of the
/// first sample, and what is gathered for it and those behind.
fn each(
    samples: &Features<'_>,
    span: Range<usize>,
    queries: &[f64],
    ruler: &Ruler,
    mut take: impl FnMut(usize, usize, &[f64]),
) -> Result<()> {
    let cols = samples.cols();
    let (mut room, mut packed, mut out) = (Vec::new(), Vec::new(), vec![0.0; SAMPLES]);
    let mut second = Vec::new();
    for start in span.clone().step_by(SAMPLES) {
        let rows = start..(start + SAMPLES).min(span.end);
        let n = rows.len();
        packed.clear();
        let dense = dense_rows::<f64>(samples, rows, &mut room);
        ruler.pack(dense.chunks_exact(cols), &mut packed);
        for (q, query) in queries.chunks_exact(cols).enumerate() {
            let out = &mut out[..n.next_multiple_of(WIDTH)];
            ruler.measure(query, &packed, n, out, &mut second)?;
            take(q, start, &out[..n]);
        }
    }
    Ok(())
}

/// The `k` nearest samples of each row of `x`; of equally distant ones, those that come first.
pub(super) fn nearest(
    samples: &Features<'_>,
    x: &Features<'_>,
    ruler: &Ruler,
    k: usize,
) -> Result<Neighbors> {
    let tiles = x.rows().div_ceil(QUERIES);
    let parts = parts(samples.rows(), tiles);
    let cut = |part: usize| samples.rows() * part / parts;
    let found = gather(tiles * parts, |task| {
        let rows = tile(task / parts, x.rows());
        let span = cut(task % parts)..cut(task % parts + 1);
        let mut room = Vec::new();
        let mut best: Vec<Best> = rows.clone().map(|_| Best::new(k)).collect();
        let queries = dense_rows::<f64>(x, rows, &mut room);
        each(samples, span, queries, ruler, |q, start, gathered| {
            let best = &mut best[q];
            for (&d, i) in gathered.iter().zip(start as u32..) {
                best.offer(d, i);
            }
        })?;
        Ok(best.into_iter().map(Best::finish).collect::<Vec<Found>>())
    })?;
    let mut out = Neighbors::default();
    for tile in found.chunks(parts) {
        for q in 0..tile[0].len() {
            let mut best = Best::new(k);
            for &(d, i) in tile.iter().flat_map(|part| &part[q]) {
                best.offer(d, i);
            }
            let near = best.finish();
            out.extend(near.into_iter().map(|(d, i)| (ruler.distance(d), i)).collect());
        }
    }
    Ok(out)
}

/// The samples within `radius` of each row of `x`, as `keep` takes them.
pub(super) fn within(
    samples: &Features<'_>,
    x: &Features<'_>,
    ruler: &Ruler,
    radius: f64,
    keep: impl Fn(Found) -> Found + Sync,
) -> Result<(Neighbors, Vec<usize>)> {
    ragged(x.rows(), |rows, counts| {
        let mut room = Vec::new();
        let mut near: Vec<Found> = rows.clone().map(|_| Found::new()).collect();
        let queries = dense_rows::<f64>(x, rows, &mut room);
        each(samples, 0..samples.rows(), queries, ruler, |q, start, gathered| {
            for (&d, i) in gathered.iter().zip(start as u32..) {
                let distance = ruler.distance(d);
                if distance <= radius {
                    near[q].push((distance, i));
                }
            }
        })?;
        counts.extend(near.iter().map(Vec::len));
        Ok(near.into_iter().flat_map(&keep).collect())
    })
}

/// The distances of a row that are given, with the numbers of the samples: of a sparse row only those that
/// it has.
fn given<'a>(x: &'a Features<'_>, i: usize, room: &'a mut Vec<f64>) -> Found {
    if let Features::Sparse(s) = x {
        let (columns, distances) = s.row(i);
        return distances.iter().copied().zip(columns.iter().copied()).collect();
    }
    dense_rows::<f64>(x, i..i + 1, room).iter().copied().zip(0..).collect()
}

/// The nearest among given distances, a row for each query.
///
/// # Errors
/// `Value`, if a sparse row has fewer.
pub(super) fn nearest_given(x: &Features<'_>, k: usize) -> Result<Neighbors> {
    let mut room = Vec::new();
    let mut out = Neighbors::default();
    for i in 0..x.rows() {
        let mut best = Best::new(k);
        let all = given(x, i, &mut room);
        if all.len() < k {
            let n = all.len();
            return Err(Error::value(text!(
                en: "{k} neighbors are required per samples, but some samples have only {n} neighbors \
                     in precomputed graph matrix. Decrease number of neighbors used or recompute the \
                     graph with more neighbors.",
                ko: "샘플마다 이웃이 {k}개 필요한데, 미리 계산한 그래프에 {n}개뿐인 샘플이 있습니다. 이웃 수를 \
                     줄이거나 그래프를 더 많은 이웃으로 다시 만드세요."
            )));
        }
        all.into_iter().for_each(|(d, j)| best.offer(d, j));
        out.extend(best.finish());
    }
    Ok(out)
}

/// Those within a radius among given distances, as `keep` takes them.
pub(super) fn within_given(
    x: &Features<'_>,
    radius: f64,
    keep: impl Fn(Found) -> Found,
) -> (Neighbors, Vec<usize>) {
    let mut room = Vec::new();
    let (mut out, mut ends) = (Neighbors::default(), vec![0]);
    for i in 0..x.rows() {
        let mut near = given(x, i, &mut room);
        near.retain(|(d, _)| *d <= radius);
        ends.push(ends[i] + near.len());
        out.extend(keep(near));
    }
    (out, ends)
}
