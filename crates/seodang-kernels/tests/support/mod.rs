//! Helpers of the kernel tests: buffers that end at a page without access, and runs on every
//! instruction set and several thread counts.
#![allow(unsafe_code, dead_code, unreachable_pub)]

use seodang_core::random::Stream;
use seodang_core::{DType, Element, dispatch};
use seodang_kernels::{Isa, Memory, Region, isa, pool};

/// Bytes whose end touches a page that may not be accessed: reading or writing one byte too many
/// ends the process. (Elsewhere than on Unix: plain bytes.)
pub struct Guarded {
    #[cfg(unix)]
    base: *mut u8,
    #[cfg(unix)]
    pages: usize,
    #[cfg(not(unix))]
    bytes: Vec<u64>,
    len: usize,
}

#[cfg(unix)]
const PAGE: usize = 16384;

impl Guarded {
    pub fn new(bytes: &[u8]) -> Guarded {
        let mut g = Guarded::zeroed(bytes.len());
        g.bytes_mut().copy_from_slice(bytes);
        g
    }

    #[cfg(unix)]
    pub fn zeroed(len: usize) -> Guarded {
        let pages = len.div_ceil(PAGE) * PAGE;
        // SAFETY: a fresh anonymous mapping, of which the last part loses its access rights.
        unsafe {
            let base = libc::mmap(
                std::ptr::null_mut(),
                pages + PAGE,
                libc::PROT_READ | libc::PROT_WRITE,
                libc::MAP_PRIVATE | libc::MAP_ANONYMOUS,
                -1,
                0,
            );
            assert_ne!(base, libc::MAP_FAILED);
            let base = base.cast::<u8>();
            assert_eq!(libc::mprotect(base.add(pages).cast(), PAGE, libc::PROT_NONE), 0);
            Guarded { base, pages, len }
        }
    }

    #[cfg(not(unix))]
    pub fn zeroed(len: usize) -> Guarded {
        Guarded { bytes: vec![0; len.div_ceil(8)], len }
    }

    #[cfg(unix)]
    pub fn bytes_mut(&mut self) -> &mut [u8] {
        // SAFETY: the mapping holds `len` bytes before its end and lives as long as `self`.
        unsafe { std::slice::from_raw_parts_mut(self.base.add(self.pages - self.len), self.len) }
    }

    #[cfg(not(unix))]
    pub fn bytes_mut(&mut self) -> &mut [u8] {
        // SAFETY: the vector holds `len` bytes.
        unsafe { std::slice::from_raw_parts_mut(self.bytes.as_mut_ptr().cast(), self.len) }
    }
}

#[cfg(unix)]
impl Drop for Guarded {
    fn drop(&mut self) {
        // SAFETY: the mapping of `zeroed`.
        unsafe { libc::munmap(self.base.cast(), self.pages + PAGE) };
    }
}

/// Runs `f` on guarded copies of `inputs` and fresh guarded outputs, and returns what it wrote.
/// Outputs start filled with `0xa5`.
pub fn call(
    inputs: &[Vec<u8>],
    outputs: &[usize],
    f: impl Fn(&Memory<'_>, &[Region], &[Region]),
) -> Vec<Vec<u8>> {
    let mut ins: Vec<Guarded> = inputs.iter().map(|b| Guarded::new(b)).collect();
    let mut outs: Vec<Guarded> = outputs.iter().map(|n| Guarded::new(&vec![0xa5; *n])).collect();
    let mut memory = Memory::new();
    let i: Vec<u32> = ins.iter_mut().map(|g| memory.read(g.bytes_mut())).collect();
    let o: Vec<u32> = outs.iter_mut().map(|g| memory.write(g.bytes_mut())).collect();
    let i: Vec<Region> = i.into_iter().map(|s| memory.whole(s)).collect();
    let o: Vec<Region> = o.into_iter().map(|s| memory.whole(s)).collect();
    f(&memory, &i, &o);
    drop(memory);
    outs.iter_mut().map(|g| g.bytes_mut().to_vec()).collect()
}

/// As [`call`], on every instruction set and with 1, 2 and 3 threads; all must agree to the bit.
pub fn call_everywhere(
    inputs: &[Vec<u8>],
    outputs: &[usize],
    f: impl Fn(&Memory<'_>, &[Region], &[Region]),
) -> Vec<Vec<u8>> {
    let mut first: Option<(Isa, usize, Vec<Vec<u8>>)> = None;
    for isa in Isa::available() {
        for threads in [1, 2, 3] {
            let out = isa::with(isa, || pool::with_threads(threads, || call(inputs, outputs, &f)));
            if let Some((a, t, want)) = &first {
                for (k, (x, y)) in want.iter().zip(&out).enumerate() {
                    let at = x.iter().zip(y).position(|(x, y)| x != y);
                    assert!(
                        at.is_none(),
                        "output {k} differs at byte {at:?}: {a:?} with {t} threads and {isa:?} \
                         with {threads}"
                    );
                }
            } else {
                first = Some((isa, threads, out));
            }
        }
    }
    first.unwrap().2
}

pub fn bytes<T: Element>(v: &[T]) -> Vec<u8> {
    bytemuck::cast_slice(v).to_vec()
}

pub fn values<T: Element + bytemuck::AnyBitPattern>(b: &[u8]) -> Vec<T> {
    bytemuck::pod_collect_to_vec(b)
}

/// Elements of any type as `f64`.
pub fn floats(dtype: DType, b: &[u8]) -> Vec<f64> {
    dispatch!(dtype, T => b
        .chunks_exact(size_of::<T>())
        .map(|c| bytemuck::checked::pod_read_unaligned::<T>(c).to_f64())
        .collect())
}

/// Elements of any integer type.
pub fn integers(dtype: DType, b: &[u8]) -> Vec<i128> {
    dispatch!(dtype, T => b
        .chunks_exact(size_of::<T>())
        .map(|c| bytemuck::checked::pod_read_unaligned::<T>(c).to_i128())
        .collect())
}

/// Bytes of elements converted from `f64`.
pub fn encode(dtype: DType, v: &[f64]) -> Vec<u8> {
    dispatch!(dtype, T => bytes(&v.iter().map(|x| T::from_f64(*x)).collect::<Vec<T>>()))
}

/// `n` values of a type: for floats normal with some special ones, for integers small and extreme
/// ones.
pub fn sample(dtype: DType, n: usize, seed: u64) -> Vec<u8> {
    let mut s = Stream::new(seed, 9);
    let v: Vec<f64> = (0..n)
        .map(|_| {
            let special = s.below(16) == 0;
            match dtype {
                DType::Bool => s.below(2) as f64,
                d if d.is_float() && special => {
                    [0.0, -0.0, f64::INFINITY, f64::NEG_INFINITY, f64::NAN, 1.0, -1.0, 0.5]
                        [s.below(8) as usize]
                }
                d if d.is_float() => s.normal() * 3.0,
                _ if special => [0.0, 1.0, -1e30, 1e30][s.below(4) as usize],
                DType::U8 | DType::U16 | DType::U32 | DType::U64 => s.below(70) as f64,
                _ => s.below(140) as f64 - 70.0,
            }
        })
        .collect();
    encode(dtype, &v)
}

/// `n` finite values around 0.
pub fn normal(dtype: DType, n: usize, seed: u64) -> Vec<u8> {
    let mut s = Stream::new(seed, 8);
    encode(dtype, &(0..n).map(|_| s.normal()).collect::<Vec<_>>())
}
