//! Matrix products and convolutions, without an engine around them.

use crate::{Case, numbers};
use seodang_core::DType;
use seodang_kernels::conv::{ConvDims, ConvPlan, ConvSpec};
use seodang_kernels::gemm::{Activation, Epilogue, Gemm, GemmSpec, Mat};
use seodang_kernels::{Memory, Region};

/// Aligned bytes that kernels read and write.
struct Bytes(Vec<[u64; 8]>, usize);

impl Bytes {
    fn zeros(bytes: usize) -> Bytes {
        Bytes(vec![[0; 8]; bytes.div_ceil(64).max(1)], bytes)
    }

    fn numbers(n: usize, seed: u64) -> Bytes {
        let mut all = Bytes::zeros(4 * n);
        let values = numbers(n, seed, 1.0);
        all.get().copy_from_slice(bytemuck::cast_slice(&values));
        all
    }

    fn get(&mut self) -> &mut [u8] {
        &mut bytemuck::cast_slice_mut(&mut self.0)[..self.1]
    }
}

/// A kernel over operands that are read, then those that are written.
fn call<const R: usize, const W: usize>(
    mut read: [Bytes; R],
    mut write: [Bytes; W],
    kernel: impl Fn(&Memory<'_>, [Region; R], [Region; W]) + 'static,
) -> Case {
    Case::Call(Box::new(move || {
        let mut memory = Memory::with_capacity(R + W);
        let inputs = read.each_mut().map(|b| memory.read(b.get()));
        let outputs = write.each_mut().map(|b| memory.write(b.get()));
        kernel(&memory, inputs.map(|s| memory.whole(s)), outputs.map(|s| memory.whole(s)));
    }))
}

/// `m k n`, and for each operand `n` or `t`: whether it lies in memory transposed.
pub(crate) fn gemm(sizes: &[usize], layout: &str) -> Case {
    let [m, k, n] = sizes.try_into().expect("m, k, n");
    let a = if layout.starts_with('t') { Mat::row_major(k, m).t() } else { Mat::row_major(m, k) };
    let b = if layout.ends_with('t') { Mat::row_major(n, k).t() } else { Mat::row_major(k, n) };
    let spec = GemmSpec {
        dtype: DType::F32,
        batch: 1,
        m,
        n,
        k,
        a,
        b,
        c: Mat::row_major(m, n),
        epilogue: Epilogue::default(),
    };
    let gemm = Gemm::new(spec).expect("a product");
    call(
        [Bytes::numbers(m * k, 1), Bytes::numbers(k * n, 2)],
        [Bytes::zeros(4 * m * n)],
        move |memory, [a, b], [c]| gemm.run(memory, a, b, c, None),
    )
}

/// `n h w c o` of a 3x3 convolution of padded images, and its pass.
pub(crate) fn conv(sizes: &[usize], pass: &str) -> Case {
    let [n, h, w, c, o] = sizes.try_into().expect("n, h, w, c, o");
    let (images, kernel) = ([n, h, w, c], [3, 3, c, o]);
    let result = [n, h - 2, w - 2, o];
    let last = ConvDims::channels_last(2);
    let spec = match pass {
        "forward" => {
            let epilogue = Epilogue { accumulate: false, bias: true, activation: Activation::Relu };
            ConvSpec { epilogue, ..ConvSpec::new(DType::F32, &images, &kernel, last) }
        }
        // The kernel's gradient: the images convolved with the result's gradient as a kernel; batch
        // and features change roles.
        "kernel" => {
            let dims = ConvDims {
                lhs_batch: 3,
                lhs_feature: 0,
                lhs_spatial: vec![1, 2],
                rhs_input_feature: 0,
                rhs_output_feature: 3,
                rhs_spatial: vec![1, 2],
                out_batch: 2,
                out_feature: 3,
                out_spatial: vec![0, 1],
            };
            ConvSpec::new(DType::F32, &images, &result, dims)
        }
        // The input's gradient: the result's gradient convolved with the kernel read backwards, whose
        // features change roles.
        "input" => ConvSpec {
            padding: vec![(2, 2); 2],
            reversal: vec![true; 2],
            ..ConvSpec::new(
                DType::F32,
                &result,
                &kernel,
                ConvDims { rhs_input_feature: 3, rhs_output_feature: 2, ..last },
            )
        },
        other => panic!("no pass {other}"),
    };
    let plan = ConvPlan::new(&spec).expect("a convolution");
    let count = |shape: &[usize]| shape.iter().product::<usize>();
    let read = [
        Bytes::numbers(count(&spec.lhs), 1),
        Bytes::numbers(count(&spec.rhs), 2),
        Bytes::numbers(o, 3),
    ];
    let write = [Bytes::zeros(4 * count(plan.out_shape())), Bytes::zeros(plan.scratch_bytes())];
    call(read, write, move |memory, [x, k, bias], [y, scratch]| {
        plan.run(memory, x, k, y, spec.epilogue.bias.then_some(bias), scratch);
    })
}
