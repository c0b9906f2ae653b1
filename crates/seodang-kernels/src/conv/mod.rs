//! Convolutions in StableHLO's generality, with fast loops for the forms that training uses: forward,
//! gradient of the input, gradient of the kernel, each without unfolding the images into a matrix.
//!
//! Results depend neither on the number of threads nor on the instruction set.
#![allow(unsafe_code)]

mod channelwise;
mod direct;
mod general;
mod kernel_gradient;
mod pointwise;
mod spec;

use crate::gemm::Gemm;
use crate::gemm::any::{Bit, Ring};
use crate::memory::check_alias;
use crate::{Memory, Region};
use channelwise::{Channelwise, StripFloat};
use direct::Direct;
use half::{bf16, f16};
use kernel_gradient::KernelGradient;
use seodang_core::{DType, Result};
use spec::Loops;

pub use spec::{ConvDims, ConvSpec};

/// A planned convolution.
///
/// ```
/// use seodang_core::DType;
/// use seodang_kernels::{Memory, conv::{ConvDims, ConvPlan, ConvSpec}};
///
/// // Sums of two neighbours along a row of four pixels.
/// let spec =
///     ConvSpec::new(DType::F32, &[1, 1, 4, 1], &[1, 2, 1, 1], ConvDims::channels_last(2));
/// let plan = ConvPlan::new(&spec)?;
/// assert_eq!(plan.out_shape(), [1, 1, 3, 1]);
/// let bytes = |v: &[f32]| v.iter().flat_map(|x| x.to_ne_bytes()).collect::<Vec<u8>>();
/// let (x, w) = (bytes(&[1., 2., 3., 4.]), bytes(&[1., 1.]));
/// let (mut y, mut scratch) = (bytes(&[0.; 3]), vec![0; plan.scratch_bytes()]);
/// let mut memory = Memory::new();
/// let slots = [memory.read(&x), memory.read(&w), memory.write(&mut y), memory.write(&mut scratch)];
/// let [x, w, out, scratch] = slots.map(|slot| memory.whole(slot));
/// plan.run(&memory, x, w, out, None, scratch);
/// drop(memory);
/// assert_eq!(y, bytes(&[3., 5., 7.]));
/// # Ok::<(), seodang_core::Error>(())
/// ```
#[derive(Clone, Debug)]
pub struct ConvPlan {
    loops: Loops,
    path: Path,
}

/// The loop that computes it.
#[derive(Clone, Debug)]
enum Path {
    Pointwise(Gemm),
    Channelwise(Channelwise),
    KernelGradient(KernelGradient),
    Direct(Direct),
    General,
}

impl ConvPlan {
    /// Plans a convolution for the instruction set of [`isa::current`](crate::isa::current).
    ///
    /// # Errors
    /// If the specification contradicts itself: a bug in the caller.
    pub fn new(spec: &ConvSpec) -> Result<ConvPlan> {
        let loops = Loops::new(spec)?;
        let path = if let Some(gemm) = pointwise::new(&loops) {
            Path::Pointwise(gemm)
        } else if let Some(channelwise) = Channelwise::new(&loops) {
            Path::Channelwise(channelwise)
        } else if let Some(gradient) = KernelGradient::new(&loops) {
            Path::KernelGradient(gradient)
        } else if let Some(direct) = Direct::new(&loops) {
            Path::Direct(direct)
        } else {
            Path::General
        };
        Ok(ConvPlan { loops, path })
    }

    /// The shape of the result.
    pub fn out_shape(&self) -> &[usize] {
        &self.loops.out_shape
    }

    /// Bytes of working memory that [`ConvPlan::run`] needs, aligned to 64; often 0.
    pub fn scratch_bytes(&self) -> usize {
        match &self.path {
            Path::Direct(direct) => direct.scratch_len() * self.loops.dtype.size(),
            _ => 0,
        }
    }

    /// Computes the convolution; `bias` is read only if the epilogue has one. The result and the
    /// scratch must not overlap anything else.
    ///
    /// # Panics
    /// If a region is too small, misaligned, not writable or overlapping, or the bias is missing: bugs
    /// in the caller's plan.
    pub fn run(
        &self,
        memory: &Memory<'_>,
        lhs: Region,
        rhs: Region,
        out: Region,
        bias: Option<Region>,
        scratch: Region,
    ) {
        let l = &self.loops;
        let size = l.dtype.size();
        for (name, region, n) in
            [("left", lhs, l.sizes[0]), ("right", rhs, l.sizes[1]), ("output", out, l.sizes[2])]
        {
            assert!(region.len >= n * size, "the {name} region {region:?} is too small");
        }
        check_alias(out, &[lhs, rhs], false);
        let bias = bias.filter(|_| l.epilogue.bias);
        if l.epilogue.bias {
            let bias = bias.expect("a convolution with a bias needs its region");
            assert!(bias.len >= l.o * size, "the bias's region {bias:?} is too small");
            check_alias(out, &[bias], false);
        }
        assert!(scratch.len >= self.scratch_bytes(), "the scratch {scratch:?} is too small");
        if self.scratch_bytes() > 0 {
            check_alias(scratch, &[lhs, rhs, out], false);
        }
        if let Path::Pointwise(gemm) = &self.path {
            return gemm.run(memory, lhs, rhs, out, bias);
        }
        macro_rules! go {
            ($method:ident, $t:ty) => {{
                let bias = bias.map_or(std::ptr::null(), |r| memory.src::<$t>(r));
                let (lhs, rhs, out) =
                    (memory.src::<$t>(lhs), memory.src::<$t>(rhs), memory.dst::<$t>(out));
                // SAFETY: the regions are checked to hold the operands, and to be apart.
                unsafe { self.$method::<$t>(lhs, rhs, out, bias, || memory.dst(scratch)) }
            }};
        }
        match l.dtype {
            DType::F32 => go!(float, f32),
            DType::F64 => go!(float, f64),
            DType::F16 => go!(any, f16),
            DType::BF16 => go!(any, bf16),
            DType::Bool => go!(any, Bit),
            DType::I8 => go!(any, i8),
            DType::I16 => go!(any, i16),
            DType::I32 => go!(any, i32),
            DType::I64 => go!(any, i64),
            DType::U8 => go!(any, u8),
            DType::U16 => go!(any, u16),
            DType::U32 => go!(any, u32),
            DType::U64 => go!(any, u64),
        }
    }

    /// # Safety
    /// The pointers must be valid for the operands, and `out` and the scratch overlap nothing.
    unsafe fn float<T: StripFloat + Ring>(
        &self,
        lhs: *const T,
        rhs: *const T,
        out: *mut T,
        bias: *const T,
        scratch: impl Fn() -> *mut T,
    ) {
        let l = &self.loops;
        // SAFETY: the caller's promise.
        unsafe {
            match &self.path {
                Path::Channelwise(c) => c.run(l, lhs, rhs, out, bias),
                Path::KernelGradient(g) => g.run(l, lhs, rhs, out),
                Path::Direct(d) => d.run(l, lhs, rhs, out, bias, scratch()),
                Path::General | Path::Pointwise(_) => general::run(l, lhs, rhs, out, bias),
            }
        }
    }

    /// # Safety
    /// As [`ConvPlan::float`].
    unsafe fn any<T: Ring>(
        &self,
        lhs: *const T,
        rhs: *const T,
        out: *mut T,
        bias: *const T,
        _scratch: impl Fn() -> *mut T,
    ) {
        // SAFETY: the caller's promise.
        unsafe { general::run(&self.loops, lhs, rhs, out, bias) }
    }
}
