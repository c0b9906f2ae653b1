//! Labels of NumPy's and their numbers among the classes, without sorting the labels.

use numpy::{PyArray1, PyReadonlyArray1};
use pyo3::prelude::*;

/// A whole number.
trait Whole: numpy::Element + Copy + Ord {
    /// How far it is above another.
    fn above(self, low: Self) -> u64;
    /// What is so far above it.
    fn plus(self, far: u64) -> Self;
}

macro_rules! whole {
    ($($type:ty as $wide:ty),*) => {$(
        impl Whole for $type {
            fn above(self, low: $type) -> u64 {
                (self as $wide).wrapping_sub(low as $wide) as u64
            }

            fn plus(self, far: u64) -> $type {
                (self as $wide).wrapping_add(far as $wide) as $type
            }
        }
    )*};
}

whole!(
    i8 as i64, i16 as i64, i32 as i64, i64 as i64, u8 as u64, u16 as u64, u32 as u64, u64 as u64
);

/// The different labels in rising order, and each label's number among them; None, where that takes a table
/// with more places than there are labels.
fn numbered<T: Whole>(labels: &PyReadonlyArray1<'_, T>) -> Option<(Vec<T>, Vec<u32>)> {
    const FEW: usize = 1 << 10;
    let labels = labels.as_array();
    let low = *labels.iter().min()?;
    let range = labels.iter().max()?.above(low);
    if range >= labels.len().max(FEW).min(u32::MAX as usize) as u64 {
        return None;
    }
    let mut places = vec![u32::MAX; range as usize + 1];
    labels.iter().for_each(|l| places[l.above(low) as usize] = 0);
    let mut classes = Vec::new();
    for (far, place) in places.iter_mut().enumerate().filter(|(_, p)| **p == 0) {
        *place = classes.len() as u32;
        classes.push(low.plus(far as u64));
    }
    let codes = labels.iter().map(|l| places[l.above(low) as usize]).collect();
    Some((classes, codes))
}

/// What `numpy.unique` gives with `return_inverse`, of whole numbers that lie close together: the classes
/// and the numbers, in 32 bits. None for other labels.
#[pyfunction]
pub(crate) fn learn_numbered<'py>(
    labels: &Bound<'py, PyAny>,
) -> PyResult<Option<(Bound<'py, PyAny>, Bound<'py, PyAny>)>> {
    macro_rules! of {
        ($($type:ty),*) => {$(
            if let Ok(labels) = labels.extract::<PyReadonlyArray1<'_, $type>>() {
                let py = labels.py();
                let arrays = numbered(&labels).map(|(classes, codes)| {
                    let classes = PyArray1::from_vec(py, classes).into_any();
                    (classes, PyArray1::from_vec(py, codes).into_any())
                });
                return Ok(arrays);
            }
        )*};
    }
    of!(i64, i32, u8, i8, i16, u16, u32, u64);
    Ok(None)
}

/// The class of each number.
pub(super) fn decoded<'py>(
    classes: &Bound<'py, PyAny>,
    codes: Vec<u32>,
) -> PyResult<Bound<'py, PyAny>> {
    let py = classes.py();
    macro_rules! of {
        ($($type:ty),*) => {$(
            if let Ok(classes) = classes.extract::<PyReadonlyArray1<'_, $type>>() {
                let classes = classes.as_array();
                let labels = codes.iter().map(|&c| classes.get(c as usize).copied());
                if let Some(labels) = labels.collect::<Option<Vec<$type>>>() {
                    return Ok(PyArray1::from_vec(py, labels).into_any());
                }
            }
        )*};
    }
    of!(i64, f64, i32, f32, u8, bool);
    classes.get_item(PyArray1::from_vec(py, codes))
}
