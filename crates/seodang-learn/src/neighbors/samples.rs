//! The samples that neighbors are searched among: kept where they are, if that memory may be kept.

pub(super) use crate::features::dense_rows;

use crate::features::{Csr, Dense, Features, Matrix};
use crate::numbers::Shared;
use crate::state::{State, Stored, broken};
use seodang_core::{Array, Result};
use std::borrow::Cow;
use std::cell::RefCell;

/// Memory that is lent to whoever learns from it.
#[derive(Clone, Debug)]
pub enum Lent {
    /// Of `f32`.
    F32(Shared<f32>),
    /// Of `f64`.
    F64(Shared<f64>),
}

thread_local! {
    static LENT: RefCell<Option<Lent>> = const { RefCell::new(None) };
}

/// Runs `f`, in which an estimator that keeps its samples keeps this memory, if they lie in it, instead of
/// a copy.
pub fn lending<T>(lent: Option<Lent>, f: impl FnOnce() -> T) -> T {
    let before = LENT.replace(lent);
    let out = f();
    LENT.set(before);
    out
}

/// Samples to search among.
#[derive(Clone, Debug)]
pub(super) enum Samples {
    F32(Shared<f32>, usize, usize),
    F64(Shared<f64>, usize, usize),
    Sparse(Csr<'static>),
}

/// The lent memory, if it is `data`, or a copy.
fn kept<T: Clone + Send + Sync + 'static>(data: &[T], lent: Option<Shared<T>>) -> Shared<T> {
    match lent {
        Some(lent) if std::ptr::eq(lent.get(), data) => lent,
        _ => Shared::new(data.to_vec()),
    }
}

impl Samples {
    pub(super) fn of(x: &Features<'_>) -> Samples {
        let lent = LENT.with_borrow(Clone::clone);
        match x {
            Features::Dense(Dense::F32(m)) => {
                let lent = if let Some(Lent::F32(l)) = lent { Some(l) } else { None };
                Samples::F32(kept(&m.data, lent), m.rows, m.cols)
            }
            Features::Dense(Dense::F64(m)) => {
                let lent = if let Some(Lent::F64(l)) = lent { Some(l) } else { None };
                Samples::F64(kept(&m.data, lent), m.rows, m.cols)
            }
            Features::Sparse(_) => match x.take_all() {
                Features::Sparse(s) => Samples::Sparse(s),
                Features::Dense(_) => unreachable!("rows of a sparse matrix are one"),
            },
        }
    }

    pub(super) fn view(&self) -> Features<'_> {
        match self {
            Samples::F32(m, rows, cols) => Features::from(Matrix::new(m.get(), *rows, *cols)),
            Samples::F64(m, rows, cols) => Features::from(Matrix::new(m.get(), *rows, *cols)),
            Samples::Sparse(s) => Features::from(Csr {
                indptr: Cow::Borrowed(&s.indptr),
                indices: Cow::Borrowed(&s.indices),
                data: Cow::Borrowed(&s.data),
                cols: s.cols,
            }),
        }
    }

    pub(super) fn rows(&self) -> usize {
        match self {
            Samples::F32(_, rows, _) | Samples::F64(_, rows, _) => *rows,
            Samples::Sparse(s) => s.rows(),
        }
    }

    pub(super) fn cols(&self) -> usize {
        match self {
            Samples::F32(_, _, cols) | Samples::F64(_, _, cols) => *cols,
            Samples::Sparse(s) => s.cols,
        }
    }
}

impl Stored for Samples {
    fn store(&self, state: &mut State, name: &str) -> Result<()> {
        match self {
            Samples::F32(m, rows, cols) => {
                state.put_array(name, Array::from_slice([*rows, *cols], m.get())?);
            }
            Samples::F64(m, rows, cols) => {
                state.put_array(name, Array::from_slice([*rows, *cols], m.get())?);
            }
            Samples::Sparse(s) => {
                state.put(&format!("{name}.cols"), &s.cols.into())?;
                s.indptr.to_vec().store(state, &format!("{name}.indptr"))?;
                s.indices.to_vec().store(state, &format!("{name}.indices"))?;
                s.data.to_vec().store(state, &format!("{name}.data"))?;
            }
        }
        Ok(())
    }

    fn restore(state: &mut State, name: &str) -> Result<Samples> {
        if state.arrays.contains_key(name) {
            return Ok(match Dense::restore(state, name)? {
                Dense::F32(m) => Samples::F32(Shared::new(m.data.into_owned()), m.rows, m.cols),
                Dense::F64(m) => Samples::F64(Shared::new(m.data.into_owned()), m.rows, m.cols),
            });
        }
        let cols: usize = state.take_as(&format!("{name}.cols"))?;
        let indptr = Vec::<usize>::restore(state, &format!("{name}.indptr"))?;
        let indices = Vec::<u32>::restore(state, &format!("{name}.indices"))?;
        let data = Vec::<f64>::restore(state, &format!("{name}.data"))?;
        let csr = Csr::new(indptr, indices, data, cols).map_err(|_| broken(name))?;
        Ok(Samples::Sparse(csr))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lent_memory_is_kept_and_other_memory_copied() {
        let owner = Shared::new(vec![1.0, 2.0, 3.0, 4.0]);
        let place = owner.get().as_ptr();
        let x = Features::from(Matrix::new(owner.get(), 2, 2));
        let at = |samples: &Samples| match samples {
            Samples::F64(m, ..) => m.get().as_ptr(),
            _ => panic!("f64"),
        };
        let kept = lending(Some(Lent::F64(owner.clone())), || Samples::of(&x));
        assert_eq!(at(&kept), place);
        assert_ne!(at(&Samples::of(&x)), place);
        let other = x.take_all();
        let copied = lending(Some(Lent::F64(owner.clone())), || Samples::of(&other));
        assert_ne!(at(&copied), place);
    }

    #[test]
    fn sparse_samples_come_back_from_a_file() {
        let csr = Csr::new(vec![0, 1, 1, 3], vec![2, 0, 1], vec![5.0, 1.0, 2.0], 3).unwrap();
        let samples = Samples::of(&Features::from(csr));
        let mut state = State::default();
        samples.store(&mut state, "x").unwrap();
        let back = Samples::restore(&mut state, "x").unwrap();
        let (mut a, mut b) = (Vec::new(), Vec::new());
        let first = dense_rows::<f32>(&samples.view(), 0..3, &mut a).to_vec();
        assert_eq!(first, dense_rows::<f32>(&back.view(), 0..3, &mut b));
        assert_eq!(first, [0.0, 0.0, 5.0, 0.0, 0.0, 0.0, 1.0, 2.0, 0.0]);
    }
}
