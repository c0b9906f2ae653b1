//! What the kernels' tests share: random numbers, and buffers that end at a forbidden page.
#![allow(dead_code, unreachable_pub)]

use std::ops::{Deref, DerefMut};

/// A small generator, enough to vary sizes and values.
pub struct Random(pub u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
        self.0 >> 33
    }

    /// A number below `n`.
    pub fn below(&mut self, n: usize) -> usize {
        self.next() as usize % n
    }

    /// A number from -1 to 1.
    pub fn unit(&mut self) -> f32 {
        self.next() as f32 / (1u64 << 30) as f32 - 1.0
    }
}

/// A copy of some elements as bytes. On Unix the copy ends where a page begins that may not be touched:
/// a read or write past its end kills the test.
pub struct Guarded {
    ptr: *mut u8,
    len: usize,
    base: *mut u8,
    mapped: usize,
}

impl Guarded {
    #[allow(unsafe_code)]
    pub fn new<T: Copy>(elements: &[T]) -> Guarded {
        let len = size_of_val(elements);
        let mapped;
        let base;
        let ptr;
        #[cfg(unix)]
        {
            // SAFETY: asks for the page size; maps fresh pages and forbids the last.
            unsafe {
                let page = libc::sysconf(libc::_SC_PAGESIZE) as usize;
                mapped = len.next_multiple_of(page) + page;
                let access = libc::PROT_READ | libc::PROT_WRITE;
                let kind = libc::MAP_PRIVATE | libc::MAP_ANONYMOUS;
                base = libc::mmap(std::ptr::null_mut(), mapped, access, kind, -1, 0).cast::<u8>();
                assert_ne!(base.cast(), libc::MAP_FAILED);
                assert_eq!(
                    libc::mprotect(base.add(mapped - page).cast(), page, libc::PROT_NONE),
                    0
                );
                ptr = base.add(mapped - page - len);
            }
        }
        #[cfg(not(unix))]
        {
            mapped = len.div_ceil(64);
            base = Box::into_raw(vec![[0u64; 8]; mapped].into_boxed_slice()).cast::<u8>();
            ptr = base;
        }
        // SAFETY: `ptr` has room for `len` bytes.
        unsafe { std::ptr::copy_nonoverlapping(elements.as_ptr().cast(), ptr, len) };
        Guarded { ptr, len, base, mapped }
    }
}

impl Drop for Guarded {
    #[allow(unsafe_code)]
    fn drop(&mut self) {
        #[cfg(unix)]
        // SAFETY: unmaps what `new` mapped.
        unsafe {
            libc::munmap(self.base.cast(), self.mapped);
        }
        #[cfg(not(unix))]
        // SAFETY: frees what `new` allocated.
        unsafe {
            let pages =
                std::ptr::slice_from_raw_parts_mut(self.base.cast::<[u64; 8]>(), self.mapped);
            drop(Box::from_raw(pages));
        }
    }
}

impl Deref for Guarded {
    type Target = [u8];
    #[allow(unsafe_code)]
    fn deref(&self) -> &[u8] {
        // SAFETY: `len` bytes that are ours.
        unsafe { std::slice::from_raw_parts(self.ptr, self.len) }
    }
}

impl DerefMut for Guarded {
    #[allow(unsafe_code)]
    fn deref_mut(&mut self) -> &mut [u8] {
        // SAFETY: `len` bytes that are ours.
        unsafe { std::slice::from_raw_parts_mut(self.ptr, self.len) }
    }
}
