//! What is not 0 in a sparse table, as trees look at it.

use super::super::ranks::{Column, ordered, single, sort};
use crate::features::Csr;
use seodang_core::Result;
use seodang_kernels::pool;
use std::sync::{Mutex, PoisonError};

/// The number of 0 among the numbers of values.
pub(super) const ZERO: u32 = 1 << 31;

/// Entries of a task.
const TASK: usize = 1 << 16;

/// The entries of all columns and of all rows.
#[derive(Debug)]
pub(crate) struct Entries {
    pub(crate) rows: usize,
    /// Where each column's entries begin, and where the last one's end.
    column_starts: Vec<usize>,
    /// The number of each entry's value, and below it its row.
    by_column: Vec<u64>,
    /// Where each row's entries begin, and where the last one's end.
    row_starts: Vec<usize>,
    /// The column of each entry, in rising order, and the number of its value.
    by_row: Vec<[u32; 2]>,
    /// What the numbers mean: the same in all columns.
    pub(in super::super) plain: Column,
}

impl Entries {
    /// The entries of a table; in the order of their values within each column, if `sorted`.
    ///
    /// # Errors
    /// `Value` for a number that `f32` cannot hold.
    pub(crate) fn new(x: &Csr<'_>, sorted: bool) -> Result<Entries> {
        single(&x.data)?;
        let columns = x.transposed();
        let mut column_starts = Vec::with_capacity(x.cols + 1);
        let mut by_column = Vec::with_capacity(columns.data.len());
        let mut row_starts = vec![0; x.rows() + 1];
        column_starts.push(0);
        for c in 0..x.cols {
            let (rows, values) = columns.row(c);
            for (&row, &v) in rows.iter().zip(values) {
                let number = ordered(v as f32);
                // A zero that was written down is one like the others.
                if number != ZERO {
                    by_column.push(u64::from(number) << 32 | u64::from(row));
                    row_starts[row as usize + 1] += 1;
                }
            }
            column_starts.push(by_column.len());
        }
        (0..x.rows()).for_each(|i| row_starts[i + 1] += row_starts[i]);
        let (mut ends, mut by_row) = (row_starts.clone(), vec![[0; 2]; by_column.len()]);
        for (c, range) in column_starts.windows(2).enumerate() {
            for &entry in &by_column[range[0]..range[1]] {
                let end = &mut ends[entry as u32 as usize];
                by_row[*end] = [c as u32, (entry >> 32) as u32];
                *end += 1;
            }
        }
        if sorted {
            sort_columns(&column_starts, &mut by_column);
        }
        let plain = Column::of(Vec::new());
        Ok(Entries { rows: x.rows(), column_starts, by_column, row_starts, by_row, plain })
    }

    /// The number of columns.
    pub(crate) fn cols(&self) -> usize {
        self.column_starts.len() - 1
    }

    /// The number of entries.
    pub(super) fn len(&self) -> usize {
        self.by_column.len()
    }

    /// The entries of a column: the number of each value, and below it the row.
    #[inline]
    pub(super) fn column(&self, c: usize) -> &[u64] {
        &self.by_column[self.column_starts[c]..self.column_starts[c + 1]]
    }

    /// The entries of a row: columns in rising order, and the numbers of the values.
    #[inline]
    pub(super) fn row(&self, i: u32) -> &[[u32; 2]] {
        &self.by_row[self.row_starts[i as usize]..self.row_starts[i as usize + 1]]
    }

    /// The number of the value at a place.
    pub(super) fn at(&self, i: u32, c: u32) -> u32 {
        let row = self.row(i);
        row.binary_search_by_key(&c, |entry| entry[0]).map_or(ZERO, |k| row[k][1])
    }
}

/// Brings the entries of each column into the order of their values.
fn sort_columns(starts: &[usize], entries: &mut [u64]) {
    let (mut tasks, mut rest, mut first) = (Vec::new(), entries, 0);
    for c in 0..starts.len() - 1 {
        let size = starts[c + 1] - starts[first];
        if size >= TASK || c + 2 == starts.len() {
            let (part, others) = std::mem::take(&mut rest).split_at_mut(size);
            tasks.push(Mutex::new((&starts[first..=c + 1], part)));
            (rest, first) = (others, c + 1);
        }
    }
    pool::run(tasks.len(), |t| {
        let mut task = tasks[t].lock().unwrap_or_else(PoisonError::into_inner);
        let (starts, entries) = &mut *task;
        let mut spare = Vec::new();
        for range in starts.windows(2) {
            sort_all(&mut entries[range[0] - starts[0]..range[1] - starts[0]], &mut spare);
        }
    });
}

/// Sorts by the upper halves.
pub(super) fn sort_all(keys: &mut [u64], spare: &mut Vec<u64>) {
    if keys.len() < 2 {
        return;
    }
    let numbers = keys.iter().map(|k| (k >> 32) as u32);
    let (low, high) = numbers.fold((u32::MAX, 0), |(l, h), x| (l.min(x), h.max(x)));
    if spare.len() < keys.len() {
        spare.resize(keys.len(), 0);
    }
    sort(keys, &mut spare[..keys.len()], low, high);
}
