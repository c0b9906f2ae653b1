//! Convolutions in StableHLO's generality, with fast loops for the forms that training uses: forward,
//! gradient of the input, gradient of the kernel, each without unfolding the images into a matrix.
//!
//! Results depend neither on the number of threads nor on the instruction set.
#![allow(unsafe_code)]

mod general;
mod spec;

use crate::gemm::any::Bit;
use crate::memory::check_alias;
use crate::{Memory, Region};
use half::{bf16, f16};
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
}

impl ConvPlan {
    /// Plans a convolution for the instruction set of [`isa::current`](crate::isa::current).
    ///
    /// # Errors
    /// If the specification contradicts itself: a bug in the caller.
    pub fn new(spec: &ConvSpec) -> Result<ConvPlan> {
        let loops = Loops::new(spec)?;
        Ok(ConvPlan { loops })
    }

    /// The shape of the result.
    pub fn out_shape(&self) -> &[usize] {
        &self.loops.out_shape
    }

    /// Bytes of working memory that [`ConvPlan::run`] needs, aligned to 64; often 0.
    pub fn scratch_bytes(&self) -> usize {
        0
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
        macro_rules! go {
            ($t:ty) => {{
                let bias = bias.map_or(std::ptr::null(), |r| memory.src::<$t>(r));
                let (lhs, rhs, out) =
                    (memory.src::<$t>(lhs), memory.src::<$t>(rhs), memory.dst::<$t>(out));
                // SAFETY: the regions are checked to hold the operands, and to be apart.
                unsafe { general::run::<$t>(l, lhs, rhs, out, bias) }
            }};
        }
        match l.dtype {
            DType::F32 => go!(f32),
            DType::F64 => go!(f64),
            DType::F16 => go!(f16),
            DType::BF16 => go!(bf16),
            DType::Bool => go!(Bit),
            DType::I8 => go!(i8),
            DType::I16 => go!(i16),
            DType::I32 => go!(i32),
            DType::I64 => go!(i64),
            DType::U8 => go!(u8),
            DType::U16 => go!(u16),
            DType::U32 => go!(u32),
            DType::U64 => go!(u64),
        }
    }
}
