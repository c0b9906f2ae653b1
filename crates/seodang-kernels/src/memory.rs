//! The safe door to unsafe kernels: a table of byte buffers, and regions of them.
//!
//! A plan of the CPU engine names its operands as [`Region`]s. A kernel asks the [`Memory`] for the
//! pointer of a region, which checks slot, bounds, alignment and the right to write; so the engine
//! needs no unsafe code, and a wrong plan is a message instead of a corrupted heap.

use std::marker::PhantomData;

/// A stretch of one of the buffers of a [`Memory`].
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct Region {
    /// The buffer, as returned by [`Memory::read`] or [`Memory::write`].
    pub slot: u32,
    /// The first byte.
    pub offset: usize,
    /// The number of bytes.
    pub len: usize,
}

impl Region {
    /// Whether two regions share a byte.
    pub fn overlaps(&self, other: &Region) -> bool {
        self.slot == other.slot
            && self.offset < other.offset + other.len
            && other.offset < self.offset + self.len
    }
}

#[derive(Clone, Copy)]
struct Slot {
    ptr: *mut u8,
    len: usize,
    writable: bool,
}

/// A table of byte buffers borrowed for one run of a program.
#[derive(Default)]
pub struct Memory<'a> {
    slots: Vec<Slot>,
    borrow: PhantomData<&'a mut [u8]>,
}

// SAFETY: the pointers come from exclusive borrows that outlive the table, or from shared borrows
// that are never written through; which thread follows them makes no difference. Kernels that share
// a region between threads give each thread its own part of the output.
#[allow(unsafe_code)]
unsafe impl Sync for Memory<'_> {}
// SAFETY: as above.
#[allow(unsafe_code)]
unsafe impl Send for Memory<'_> {}

impl<'a> Memory<'a> {
    /// An empty table.
    pub fn new() -> Memory<'a> {
        Memory::default()
    }

    /// An empty table with room for `n` buffers.
    pub fn with_capacity(n: usize) -> Memory<'a> {
        Memory { slots: Vec::with_capacity(n), borrow: PhantomData }
    }

    /// Adds a buffer that may only be read; returns its slot.
    pub fn read(&mut self, bytes: &'a [u8]) -> u32 {
        self.push(Slot { ptr: bytes.as_ptr().cast_mut(), len: bytes.len(), writable: false })
    }

    /// Adds a buffer that may be read and written; returns its slot.
    pub fn write(&mut self, bytes: &'a mut [u8]) -> u32 {
        self.push(Slot { ptr: bytes.as_mut_ptr(), len: bytes.len(), writable: true })
    }

    fn push(&mut self, slot: Slot) -> u32 {
        self.slots.push(slot);
        (self.slots.len() - 1) as u32
    }

    /// The region that is the whole of a buffer.
    pub fn whole(&self, slot: u32) -> Region {
        Region { slot, offset: 0, len: self.slots[slot as usize].len }
    }

    /// Copies the bytes of a region out of its buffer.
    ///
    /// # Panics
    /// If the region is out of bounds, or `to` has another length: a bug in the plan.
    #[allow(unsafe_code)]
    pub fn load(&self, region: Region, to: &mut [u8]) {
        assert_eq!(region.len, to.len(), "region {region:?} is copied to another length");
        // SAFETY: `at` checks the bounds; an exclusive borrow overlaps no buffer of the table.
        unsafe { std::ptr::copy_nonoverlapping(self.src::<u8>(region), to.as_mut_ptr(), to.len()) }
    }

    /// Copies bytes into the buffer of a region.
    ///
    /// # Panics
    /// If the region is out of bounds or may not be written, or `from` has another length: a bug in
    /// the plan.
    #[allow(unsafe_code)]
    pub fn store(&self, region: Region, from: &[u8]) {
        assert_eq!(region.len, from.len(), "region {region:?} is filled from another length");
        // SAFETY: `at` checks the bounds and the right to write; the source may be any other memory.
        unsafe { std::ptr::copy(from.as_ptr(), self.dst::<u8>(region), from.len()) }
    }

    /// Copies the bytes of one region to another; the two may overlap.
    ///
    /// # Panics
    /// If a region is out of bounds, the target may not be written, or the lengths differ: a bug in
    /// the plan.
    #[allow(unsafe_code)]
    pub fn copy(&self, from: Region, to: Region) {
        assert_eq!(from.len, to.len, "region {from:?} is copied to {to:?} of another length");
        // SAFETY: `at` checks the bounds and the right to write.
        unsafe { std::ptr::copy(self.src::<u8>(from), self.dst::<u8>(to), from.len) }
    }

    fn at<T>(&self, region: Region) -> (Slot, *mut T) {
        let slot = self.slots[region.slot as usize];
        let end = region.offset.checked_add(region.len).expect("region end overflows");
        assert!(end <= slot.len, "region {region:?} exceeds its buffer of {} bytes", slot.len);
        let ptr = slot.ptr.wrapping_add(region.offset).cast::<T>();
        assert!(
            region.len == 0 || ptr.is_aligned(),
            "region {region:?} is not aligned for its elements"
        );
        (slot, ptr)
    }

    /// A pointer to read `region.len` bytes from.
    ///
    /// # Panics
    /// If the region is out of bounds or not aligned for `T`: a bug in the plan.
    pub(crate) fn src<T>(&self, region: Region) -> *const T {
        self.at(region).1
    }

    /// A pointer to read from and write to, for `region.len` bytes.
    ///
    /// # Panics
    /// As [`Memory::src`], and if the buffer may not be written.
    pub(crate) fn dst<T>(&self, region: Region) -> *mut T {
        let (slot, ptr) = self.at(region);
        assert!(slot.writable, "region {region:?} lies in a buffer that may not be written");
        ptr
    }
}

/// Panics unless the output shares no byte with an input, or is exactly that input where the kernel
/// can work in place: anything else is a bug in the plan.
pub(crate) fn check_alias(output: Region, inputs: &[Region], in_place: bool) {
    for input in inputs {
        assert!(
            !output.overlaps(input) || (in_place && output == *input),
            "output {output:?} overlaps input {input:?}"
        );
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn regions_are_checked() {
        let a = [0u8; 64];
        let mut b = [0u8; 64];
        let mut m = Memory::new();
        let (a, b) = (m.read(&a), m.write(&mut b));
        let whole = m.whole(b);
        let _: *mut u8 = m.dst(whole);
        let bad = |r: Region, write: bool| {
            std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
                if write {
                    let _: *mut u8 = m.dst(r);
                } else {
                    let _: *const u8 = m.src(r);
                }
            }))
            .is_err()
        };
        assert!(bad(Region { slot: b, offset: 60, len: 5 }, false));
        assert!(bad(Region { slot: b, offset: usize::MAX, len: 5 }, false));
        assert!(bad(m.whole(a), true));
        assert!(bad(Region { slot: 7, offset: 0, len: 1 }, false));
        assert!(!bad(m.whole(a), false));
    }

    #[test]
    fn bytes_are_copied_in_out_and_across() {
        let mut bytes = [1u8, 2, 3, 4];
        let mut m = Memory::new();
        let slot = m.write(&mut bytes);
        let r = |offset| Region { slot, offset, len: 2 };
        let mut out = [0; 2];
        m.load(r(1), &mut out);
        assert_eq!(out, [2, 3]);
        m.store(r(0), &[9, 8]);
        m.copy(r(0), r(1));
        drop(m);
        assert_eq!(bytes, [9, 9, 8, 4]);
    }

    #[test]
    #[should_panic(expected = "overlaps")]
    fn partial_overlap_is_refused() {
        let r = |offset| Region { slot: 0, offset, len: 8 };
        check_alias(r(4), &[r(0)], true);
    }
}
