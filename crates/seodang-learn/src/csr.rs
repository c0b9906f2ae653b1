//! Sparse matrices by compressed rows.

use crate::features::Matrix;
use seodang_core::{Error, Result, text};
use seodang_kernels::pool;
use seodang_kernels::sparse::{self, Table};
use std::borrow::Cow;
use std::sync::{Mutex, PoisonError};

/// Rows of a task.
const TASK_ROWS: usize = 1024;

/// A sparse matrix by compressed rows, of `f64`.
#[derive(Clone, Debug)]
pub struct Csr<'a> {
    /// Where each row's entries begin, and where the last one's end.
    pub indptr: Cow<'a, [usize]>,
    /// The column of each entry.
    pub indices: Cow<'a, [u32]>,
    /// The value of each entry.
    pub data: Cow<'a, [f64]>,
    /// Columns.
    pub cols: usize,
}

impl<'a> Csr<'a> {
    /// A sparse matrix of checked parts.
    ///
    /// # Errors
    /// `Value`, if the parts do not fit: pointers that fall or end elsewhere than the entries do, or
    /// a column that there is not.
    pub fn new(
        indptr: impl Into<Cow<'a, [usize]>>,
        indices: impl Into<Cow<'a, [u32]>>,
        data: impl Into<Cow<'a, [f64]>>,
        cols: usize,
    ) -> Result<Csr<'a>> {
        let (indptr, indices, data) = (indptr.into(), indices.into(), data.into());
        let rising = indptr.windows(2).all(|w| w[0] <= w[1]);
        let ends = indptr.first() == Some(&0) && indptr.last() == Some(&data.len());
        let inside = indices.is_empty() || (sparse::greatest(&indices) as usize) < cols;
        if !rising || !ends || !inside || indices.len() != data.len() {
            return Err(Error::value(text!(
                en: "the parts of a sparse matrix do not fit each other",
                ko: "희소 행렬의 구성 요소가 서로 맞지 않습니다"
            ))
            .given("indptr", indptr.len())
            .given("indices", indices.len())
            .given("data", data.len())
            .given("columns", cols));
        }
        Ok(Csr { indptr, indices, data, cols })
    }

    /// Rows.
    pub fn rows(&self) -> usize {
        self.indptr.len() - 1
    }

    /// The columns and values of row `i`.
    pub fn row(&self, i: usize) -> (&[u32], &[f64]) {
        let range = self.indptr[i]..self.indptr[i + 1];
        (&self.indices[range.clone()], &self.data[range])
    }

    /// The matrix with its zeros; entries at one place add up.
    pub fn to_dense(&self) -> Matrix<'static, f64> {
        let mut out = vec![0.0; self.rows() * self.cols];
        for i in 0..self.rows() {
            let (columns, values) = self.row(i);
            for (&c, &v) in columns.iter().zip(values) {
                out[i * self.cols + c as usize] += v;
            }
        }
        Matrix::new(out, self.rows(), self.cols)
    }

    /// A row for each column, whose entries are in the order of the rows; those at one place are one.
    pub(crate) fn transposed(&self) -> Csr<'static> {
        let mut ends = vec![0; self.cols + 1];
        self.indices.iter().for_each(|&c| ends[c as usize + 1] += 1);
        (0..self.cols).for_each(|c| ends[c + 1] += ends[c]);
        let starts = ends.clone();
        let (mut rows, mut values) = (vec![0u32; self.data.len()], vec![0.0; self.data.len()]);
        let mut together = 0;
        for i in 0..self.rows() {
            let (columns, row) = self.row(i);
            for k in 0..columns.len() {
                let c = columns[k] as usize;
                let at = ends[c];
                if at > starts[c] && rows[at - 1] as usize == i {
                    values[at - 1] += row[k];
                    together += 1;
                } else {
                    (rows[at], values[at]) = (i as u32, row[k]);
                    ends[c] += 1;
                }
            }
        }
        let mut indptr = starts;
        if together > 0 {
            // The places of what came together are left out.
            let mut to = 0;
            for c in 0..self.cols {
                let from = indptr[c]..ends[c];
                indptr[c] = to;
                to += from.len();
                rows.copy_within(from.clone(), indptr[c]);
                values.copy_within(from, indptr[c]);
            }
            indptr[self.cols] = to;
            rows.truncate(to);
            values.truncate(to);
        }
        Csr { indptr: indptr.into(), indices: rows.into(), data: values.into(), cols: self.rows() }
    }

    /// The products with rows of weights, each as long as there are columns, plus a constant for each:
    /// samples by rows of weights.
    ///
    /// # Panics
    /// If the weights are not whole rows, or there are not as many constants.
    pub fn times(&self, weights: &[f64], constants: Option<&[f64]>) -> Vec<f64> {
        let k = weights.len() / self.cols;
        let none;
        let constants = match constants {
            Some(constants) => constants,
            None => {
                none = vec![0.0; k];
                &none
            }
        };
        let table = Table::of(weights, self.cols, self.cols, k);
        let mut out = vec![0.0; k * self.rows()];
        let tasks: Vec<_> = out.chunks_mut((k * TASK_ROWS).max(1)).map(Mutex::new).collect();
        pool::run(tasks.len(), |task| {
            let mut out = tasks[task].lock().unwrap_or_else(PoisonError::into_inner);
            let first = task * TASK_ROWS;
            table.times(self.entries(), first..first + out.len() / k, constants, &mut out);
        });
        drop(tasks);
        out
    }

    /// The rows as kernels take them.
    pub(crate) fn entries(&self) -> sparse::Rows<'_> {
        sparse::Rows { starts: &self.indptr, columns: &self.indices, values: &self.data }
    }

    /// The rows `indices`, copied.
    pub fn take(&self, indices: &[usize]) -> Csr<'static> {
        let mut out = (vec![0], Vec::new(), Vec::new());
        for &i in indices {
            let (columns, values) = self.row(i);
            out.1.extend_from_slice(columns);
            out.2.extend_from_slice(values);
            out.0.push(out.1.len());
        }
        Csr { indptr: out.0.into(), indices: out.1.into(), data: out.2.into(), cols: self.cols }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sparse_rows_are_the_dense_ones() {
        let s = Csr::new(vec![0, 2, 2, 3], vec![0, 2, 1], vec![1.0, 2.0, 3.0], 3).unwrap();
        assert_eq!(&*s.to_dense().data, [1.0, 0.0, 2.0, 0.0, 0.0, 0.0, 0.0, 3.0, 0.0]);
        assert_eq!(&*s.take(&[2, 0]).to_dense().data, [0.0, 3.0, 0.0, 1.0, 0.0, 2.0]);
        let turned = Csr::new(vec![0, 3, 3, 4], vec![2, 0, 2, 1], vec![1.0, 2.0, 4.0, 3.0], 3);
        let turned = turned.unwrap().transposed();
        assert_eq!(&*turned.to_dense().data, [2.0, 0.0, 0.0, 0.0, 0.0, 3.0, 5.0, 0.0, 0.0]);
        assert_eq!((&*turned.indptr, turned.data.len()), (&[0, 1, 2, 3][..], 3));
        for (indptr, column) in
            [(vec![0, 2, 1, 3], 1), (vec![0, 2, 2, 2], 1), (vec![0, 1, 2, 3], 9)]
        {
            assert!(Csr::new(indptr, vec![0, 2, column], vec![1.0; 3], 3).is_err());
        }
    }
}
