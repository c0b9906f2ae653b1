//! Working memory that a kernel needs for a moment: one buffer per thread and purpose, kept for the next
//! time.
#![allow(unsafe_code)]

use std::cell::Cell;

#[derive(Clone, Copy)]
#[repr(align(64))]
struct Line(#[allow(dead_code)] [u8; 64]);

/// A purpose; a kernel that holds the buffer of one may call a kernel that uses another.
#[derive(Clone, Copy)]
pub(crate) enum Purpose {
    /// Rows of a product's left operand.
    PackA,
    /// Columns of a product's right operand.
    PackB,
    /// Padded rows of an image.
    Image,
    /// Registers of a tile program.
    Tile,
    /// Results of tasks that are combined after all have ended.
    Partial,
}

thread_local! {
    static BUFFERS: [Cell<Vec<Line>>; 5] = const { [const { Cell::new(Vec::new()) }; 5] };
}

/// Calls `f` with this thread's buffer for `purpose`: room for `n` elements, aligned to 64 bytes, whose
/// contents are whatever was there.
pub(crate) fn with<T, R>(purpose: Purpose, n: usize, f: impl FnOnce(*mut T) -> R) -> R {
    if n == 0 {
        return f(std::ptr::dangling_mut());
    }
    BUFFERS.with(|buffers| {
        let cell = &buffers[purpose as usize];
        let mut buffer = cell.take();
        let lines = (n * size_of::<T>()).div_ceil(64);
        if buffer.len() < lines {
            buffer.resize(lines, Line([0; 64]));
        }
        let result = f(buffer.as_mut_ptr().cast());
        cell.set(buffer);
        result
    })
}
