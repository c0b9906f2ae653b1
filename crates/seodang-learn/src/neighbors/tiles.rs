//! Queries some at a time, on all threads.

use super::best::Found;
use seodang_core::Result;
use seodang_kernels::pool;
use std::ops::Range;
use std::sync::{Mutex, PoisonError};

/// Queries of a tile.
pub(super) const QUERIES: usize = 128;

/// The neighbors of queries: the numbers of samples and the distances.
#[derive(Default)]
pub(crate) struct Neighbors {
    pub(crate) indices: Vec<u32>,
    pub(crate) distances: Vec<f64>,
}

impl Neighbors {
    pub(super) fn extend(&mut self, found: Found) {
        self.indices.extend(found.iter().map(|f| f.1));
        self.distances.extend(found.iter().map(|f| f.0));
    }
}

/// Runs `find` for `n` tasks, on all threads, and gives what each found in order.
pub(super) fn gather<T: Send>(
    n: usize,
    find: impl Fn(usize) -> Result<T> + Sync,
) -> Result<Vec<T>> {
    let found: Vec<Mutex<Option<Result<T>>>> = (0..n).map(|_| Mutex::new(None)).collect();
    pool::run(n, |i| {
        let result = find(i);
        *found[i].lock().unwrap_or_else(PoisonError::into_inner) = Some(result);
    });
    found
        .into_iter()
        .filter_map(|f| f.into_inner().unwrap_or_else(PoisonError::into_inner))
        .collect()
}

/// The rows of a tile of `rows`.
pub(super) fn tile(tile: usize, rows: usize) -> Range<usize> {
    tile * QUERIES..((tile + 1) * QUERIES).min(rows)
}

/// Finds the neighbors of a tile of queries at a time.
pub(super) fn in_tiles(
    rows: usize,
    find: impl Fn(usize, Range<usize>) -> Result<Found> + Sync,
) -> Result<Neighbors> {
    let mut out = Neighbors::default();
    for found in gather(rows.div_ceil(QUERIES), |i| find(i, tile(i, rows)))? {
        out.extend(found);
    }
    Ok(out)
}

/// The same where each query has some of its own, whose numbers `find` gives beside them. Beside the
/// neighbors, where each query's end.
pub(super) fn ragged(
    rows: usize,
    find: impl Fn(Range<usize>, &mut Vec<usize>) -> Result<Found> + Sync,
) -> Result<(Neighbors, Vec<usize>)> {
    let (mut out, mut ends) = (Neighbors::default(), vec![0]);
    let all = gather(rows.div_ceil(QUERIES), |i| {
        let mut counts = Vec::new();
        find(tile(i, rows), &mut counts).map(|found| (found, counts))
    })?;
    for (found, counts) in all {
        for n in counts {
            ends.push(ends[ends.len() - 1] + n);
        }
        out.extend(found);
    }
    Ok((out, ends))
}
