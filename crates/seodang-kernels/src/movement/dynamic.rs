//! Slices whose start is computed.

use super::copy::{Dim, simplify, strided};
use super::{is_index, source, starts, strides, target};
use crate::memory::{Memory, Region, check_alias};
use seodang_core::{DType, Error, Result, text};

#[derive(Clone, Debug)]
struct Window {
    size: usize,
    index: DType,
    shape: Vec<usize>,
    window: Vec<usize>,
    strides: Vec<isize>,
}

impl Window {
    fn new(size: usize, index: DType, shape: &[usize], window: &[usize]) -> Result<Window> {
        let fits = shape.len() == window.len() && shape.iter().zip(window).all(|(n, w)| w <= n);
        if !fits || !is_index(index) {
            return Err(Error::shape(text!(
                en: "the slice is larger than the operand",
                ko: "조각이 피연산자보다 큽니다"
            ))
            .given("operand", format!("{shape:?}"))
            .given("slice", format!("{window:?}"))
            .given("index dtype", index));
        }
        let (shape, window) = (shape.to_vec(), window.to_vec());
        Ok(Window { size, index, strides: strides(&shape), shape, window })
    }

    /// The byte at which the window starts, clamped so that it stays inside.
    fn offset(&self, memory: &Memory<'_>, regions: &[Region]) -> usize {
        assert_eq!(regions.len(), self.shape.len(), "the number of start indices");
        let mut at = 0;
        for (k, start) in starts(memory, regions, self.index).into_iter().enumerate() {
            let most = (self.shape[k] - self.window[k]) as i64;
            at += start.clamp(0, most) as usize * self.strides[k] as usize;
        }
        at * self.size
    }

    fn dims(&self, to_window: bool) -> Vec<Dim> {
        let inner = strides(&self.window);
        let dims: Vec<Dim> = (0..self.shape.len())
            .map(|k| {
                let (o, w) = (self.strides[k], inner[k]);
                if to_window { (self.window[k], o, w) } else { (self.window[k], w, o) }
            })
            .collect();
        simplify(&dims)
    }
}

/// StableHLO's `dynamic_slice`: start indices are clamped so that the slice stays inside.
#[derive(Clone, Debug)]
pub struct DynamicSlice {
    window: Window,
    dims: Vec<Dim>,
}

impl DynamicSlice {
    /// A plan for operands of `shape` with elements of `size` bytes, slices of `slice` elements and
    /// start indices of the type `index`.
    ///
    /// # Errors
    /// If a slice is larger than the operand or the index type is not an integer.
    pub fn new(
        size: usize,
        index: DType,
        shape: &[usize],
        slice: &[usize],
    ) -> Result<DynamicSlice> {
        let window = Window::new(size, index, shape, slice)?;
        Ok(DynamicSlice { dims: window.dims(true), window })
    }

    /// Copies the slice that begins at `starts`, one region of one index for each dimension.
    ///
    /// # Panics
    /// If a region has the wrong length or they overlap: a bug in the caller's plan.
    pub fn run(&self, memory: &Memory<'_>, operand: Region, starts: &[Region], dst: Region) {
        let w = &self.window;
        let (n, m) = (w.shape.iter().product(), w.window.iter().product());
        let a = source(memory, operand, n, w.size, "the operand of dynamic_slice");
        let d = target(memory, dst, m, w.size, "the result of dynamic_slice");
        check_alias(dst, &[operand], false);
        let offset = w.offset(memory, starts);
        if m > 0 {
            // SAFETY: the window lies inside the operand; the regions do not overlap.
            unsafe { strided(w.size, &self.dims, a.add(offset), d) };
        }
    }
}

/// StableHLO's `dynamic_update_slice`: start indices are clamped so that the update stays inside.
#[derive(Clone, Debug)]
pub struct DynamicUpdateSlice {
    window: Window,
    dims: Vec<Dim>,
}

impl DynamicUpdateSlice {
    /// A plan for operands of `shape` with elements of `size` bytes, updates of `update` elements
    /// and start indices of the type `index`.
    ///
    /// # Errors
    /// If an update is larger than the operand or the index type is not an integer.
    pub fn new(
        size: usize,
        index: DType,
        shape: &[usize],
        update: &[usize],
    ) -> Result<DynamicUpdateSlice> {
        let window = Window::new(size, index, shape, update)?;
        Ok(DynamicUpdateSlice { dims: window.dims(false), window })
    }

    /// Copies `operand` to `dst`, unless they are one region, and writes `update` over it.
    ///
    /// # Panics
    /// If a region has the wrong length or they overlap otherwise: a bug in the caller's plan.
    pub fn run(
        &self,
        memory: &Memory<'_>,
        operand: Region,
        update: Region,
        starts: &[Region],
        dst: Region,
    ) {
        let w = &self.window;
        let (n, m) = (w.shape.iter().product::<usize>(), w.window.iter().product());
        let a = source(memory, operand, n, w.size, "the operand of dynamic_update_slice");
        let u = source(memory, update, m, w.size, "the update of dynamic_update_slice");
        let d = target(memory, dst, n, w.size, "the result of dynamic_update_slice");
        check_alias(dst, &[operand], true);
        check_alias(dst, &[update], false);
        let offset = w.offset(memory, starts);
        // SAFETY: the window lies inside the result; what may not overlap does not.
        unsafe {
            if dst != operand {
                std::ptr::copy_nonoverlapping(a, d, n * w.size);
            }
            if m > 0 {
                strided(w.size, &self.dims, u, d.add(offset));
            }
        }
    }
}
