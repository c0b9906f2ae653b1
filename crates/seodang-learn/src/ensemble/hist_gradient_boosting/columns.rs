//! Bins column by column, of the features that rows are divided by.

use super::binning::Binned;
use seodang_kernels::pool;
use std::sync::{Mutex, PoisonError};

/// Rows that one task copies.
const PIECE: usize = 16_384;

/// Copies of columns of bins: dividing rows looks at one column, which fits into a cache when it lies
/// together.
///
/// A column is copied when as many rows as it has were, or are now to be, divided by it, so that copying
/// never takes much longer than it saves; many features never come to that.
pub(crate) struct Columns {
    copies: Vec<Vec<u8>>,
    /// By how many rows each feature was asked for so far.
    asked: Vec<usize>,
}

impl Columns {
    /// No copy yet, of so many features.
    pub(crate) fn new(features: usize) -> Columns {
        Columns { copies: vec![Vec::new(); features], asked: vec![0; features] }
    }

    /// The bins of a feature, by which so many rows are to be divided; and how far they lie apart.
    pub(crate) fn get<'a>(
        &'a mut self,
        binned: &'a Binned,
        feature: usize,
        rows: usize,
    ) -> (&'a [u8], usize) {
        let copy = &mut self.copies[feature];
        if copy.is_empty() {
            self.asked[feature] = self.asked[feature].saturating_add(rows);
            if self.asked[feature] < binned.rows {
                return (&binned.data[feature..], binned.cols);
            }
            *copy = copied(binned, feature);
        }
        (copy, 1)
    }
}

fn copied(binned: &Binned, feature: usize) -> Vec<u8> {
    let mut out = vec![0; binned.rows];
    let pieces: Vec<_> = out.chunks_mut(PIECE).map(Mutex::new).collect();
    pool::run(pieces.len(), |piece| {
        let mut out = pieces[piece].lock().unwrap_or_else(PoisonError::into_inner);
        let from = &binned.data[piece * PIECE * binned.cols + feature..];
        for (to, from) in out.iter_mut().zip(from.iter().step_by(binned.cols)) {
            *to = *from;
        }
    });
    drop(pieces);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_column_is_copied_once_all_rows_were_asked_for() {
        let (rows, cols) = (40_000, 3);
        let data: Vec<u8> = (0..rows * cols).map(|i| (i * 31 % 253) as u8).collect();
        let binned = Binned::new(data.clone(), rows, vec![253; cols]);
        let mut columns = Columns::new(cols);
        for (asked, apart) in [(rows / 2, cols), (rows / 2 - 1, cols), (1, 1), (1, 1)] {
            let (bins, found) = columns.get(&binned, 1, asked);
            assert_eq!(found, apart);
            assert!((0..rows).all(|i| bins[i * apart] == data[i * cols + 1]));
        }
        // Other columns are not asked for yet; the root asks for all rows at once.
        assert_eq!(columns.get(&binned, 0, rows - 1).1, cols);
        assert_eq!(columns.get(&binned, 2, rows).1, 1);
    }
}
