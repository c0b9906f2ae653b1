//! Large pages for large results: fresh memory is given out page by page when it is first written, which for
//! pages of 4 KiB takes longer than writing them.
#![allow(unsafe_code)]

/// Bytes from which on large pages are worth asking for, as NumPy sees it too.
const LARGE: usize = 1 << 22;

/// Asks the operating system for large pages under memory that is about to be written. Where it has none,
/// nothing happens.
///
/// ```
/// let mut out = vec![0.0f32; 3 << 20];
/// seodang_kernels::pages::soon(&mut out);
/// assert!(out.iter().all(|&x| x == 0.0));
/// ```
pub fn soon<T>(memory: &mut [T]) {
    if size_of_val(memory) >= LARGE {
        advise(memory.as_mut_ptr().cast(), size_of_val(memory));
    }
}

#[cfg(target_os = "linux")]
fn advise(start: *mut u8, bytes: usize) {
    const PAGE: usize = 4096;
    const HUGE_PAGES: i32 = 14;
    unsafe extern "C" {
        fn madvise(start: *mut u8, bytes: usize, advice: i32) -> i32;
    }
    let before = start.addr().next_multiple_of(PAGE) - start.addr();
    let inside = (bytes - before) / PAGE * PAGE;
    // SAFETY: whole pages inside of the memory that the caller holds; this advice changes nothing that a
    // program sees, and where a page is larger than here, it is an error that changes nothing.
    let _ = unsafe { madvise(start.wrapping_add(before), inside, HUGE_PAGES) };
}

#[cfg(not(target_os = "linux"))]
fn advise(_: *mut u8, _: usize) {}
