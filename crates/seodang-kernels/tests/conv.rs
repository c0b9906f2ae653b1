//! Convolutions against a reference that pads, dilates and reverses by the book: random layouts, sizes
//! and options, and the forms that training uses; on every instruction set and thread count, with
//! equal bits.
#![cfg(not(loom))]

mod common;

use common::{Guarded, Random};
use seodang_core::{Array, DType, Element, bf16, f16};
use seodang_kernels::conv::{ConvDims, ConvPlan, ConvSpec};
use seodang_kernels::gemm::{Activation, Epilogue};
use seodang_kernels::{Isa, Memory, isa, pool};

/// All index vectors below `shape`, row-major.
fn indices(shape: &[usize]) -> Vec<Vec<usize>> {
    let mut all = vec![vec![]];
    for &n in shape {
        all = all
            .into_iter()
            .flat_map(|i: Vec<usize>| (0..n).map(move |x| [&i[..], &[x]].concat()))
            .collect();
    }
    all
}

fn at(shape: &[usize], index: &[usize]) -> usize {
    shape.iter().zip(index).fold(0, |at, (n, i)| at * n + i)
}

/// For each element of the result: its value before rounding, and the sum of magnitudes.
fn reference(
    spec: &ConvSpec,
    out: &[usize],
    a: &[f64],
    b: &[f64],
    c: &[f64],
    bias: &[f64],
) -> Vec<[f64; 2]> {
    let d = &spec.dims;
    let rank = d.lhs_spatial.len();
    let kernel: Vec<usize> = d.rhs_spatial.iter().map(|&x| spec.rhs[x]).collect();
    let inputs = spec.rhs[d.rhs_input_feature];
    let outputs = spec.rhs[d.rhs_output_feature];
    let batch = out[d.out_batch];
    let windows = indices(&kernel);
    indices(out)
        .iter()
        .map(|place| {
            let o = place[d.out_feature];
            let feature_group = o * spec.feature_group_count / outputs;
            let batch_group = o * spec.batch_group_count / outputs;
            let (mut sum, mut size) = (0.0, 0.0);
            let mut add = |x: f64| (sum, size) = (sum + x, size + x.abs());
            if spec.epilogue.accumulate {
                add(c[at(out, place)]);
            }
            'window: for w in &windows {
                let mut l = vec![0; rank + 2];
                let mut r = vec![0; rank + 2];
                for k in 0..rank {
                    // The place in the padded, dilated images.
                    let x = place[d.out_spatial[k]] * spec.strides[k] + w[k] * spec.rhs_dilation[k];
                    let x = x as i64 - spec.padding[k].0;
                    let dilation = spec.lhs_dilation[k] as i64;
                    let inside = x >= 0 && x % dilation == 0;
                    if !inside || x / dilation >= spec.lhs[d.lhs_spatial[k]] as i64 {
                        continue 'window;
                    }
                    l[d.lhs_spatial[k]] = (x / dilation) as usize;
                    r[d.rhs_spatial[k]] =
                        if spec.reversal[k] { kernel[k] - 1 - w[k] } else { w[k] };
                }
                l[d.lhs_batch] = batch_group * batch + place[d.out_batch];
                r[d.rhs_output_feature] = o;
                for i in 0..inputs {
                    l[d.lhs_feature] = feature_group * inputs + i;
                    r[d.rhs_input_feature] = i;
                    add(a[at(&spec.lhs, &l)] * b[at(&spec.rhs, &r)]);
                }
            }
            if spec.epilogue.bias {
                add(bias[o]);
            }
            if spec.epilogue.activation == Activation::Relu {
                sum = sum.max(0.0);
            }
            [sum, size]
        })
        .collect()
}

fn run<T: Element>(spec: &ConvSpec, a: &[T], b: &[T], c: &[T], bias: &[T]) -> Vec<u8> {
    let plan = ConvPlan::new(spec).unwrap();
    let [a, b, bias] = [a, b, bias].map(Guarded::new);
    let mut c = Guarded::new(c);
    let mut scratch = Guarded::new(&vec![0xffu8; plan.scratch_bytes().next_multiple_of(64)]);
    let mut memory = Memory::new();
    let [a, b, bias] = [&a, &b, &bias].map(|g| memory.read(g));
    let (out, scratch) = (memory.write(&mut c), memory.write(&mut scratch));
    let [a, b, bias, out, scratch] = [a, b, bias, out, scratch].map(|slot| memory.whole(slot));
    plan.run(&memory, a, b, out, Some(bias), scratch);
    drop(memory);
    c.to_vec()
}

/// Checks a convolution of random numbers (small integers for integer types).
fn check<T: Element>(r: &mut Random, spec: &ConvSpec) {
    assert_eq!(spec.dtype, T::DTYPE);
    let shape = ConvPlan::new(spec).unwrap().out_shape().to_vec();
    let mut random = |n: usize| -> Vec<T> {
        let float = T::DTYPE.is_float();
        (0..n)
            .map(|_| T::from_f64(if float { f64::from(r.unit()) } else { r.below(5) as f64 }))
            .collect()
    };
    let a = random(spec.lhs.iter().product());
    let b = random(spec.rhs.iter().product());
    let c = random(shape.iter().product());
    let bias = random(spec.rhs[spec.dims.rhs_output_feature]);
    let wide = |v: &[T]| v.iter().map(|x| x.to_f64()).collect::<Vec<_>>();
    let expected = reference(spec, &shape, &wide(&a), &wide(&b), &wide(&c), &wide(&bias));
    let terms = b.len() / bias.len().max(1) + 2;
    let mut first: Option<Vec<u8>> = None;
    for isa in Isa::available() {
        for threads in [1, 2, 3] {
            let got =
                isa::with(isa, || pool::with_threads(threads, || run(spec, &a, &b, &c, &bias)));
            let values = Array::from_bytes(T::DTYPE, [c.len()], &got).unwrap();
            for (value, [sum, size]) in values.as_slice::<T>().unwrap().iter().zip(&expected) {
                if T::DTYPE.is_float() {
                    let half = T::DTYPE.size() == 2;
                    let step =
                        if half { f64::from(f32::EPSILON) } else { T::DTYPE.unit_roundoff() };
                    let rounding = if half { sum.abs() * T::DTYPE.unit_roundoff() } else { 0.0 };
                    let bound = size * step * terms as f64 + rounding;
                    let error = (value.to_f64() - sum).abs();
                    assert!(error <= bound, "{isa:?}: {value:?}, not {sum}; {spec:?}");
                } else {
                    assert_eq!(*value, T::from_i128(*sum as i128), "{spec:?}");
                }
            }
            match &first {
                None => first = Some(got),
                Some(bits) => assert!(*bits == got, "{isa:?}, {threads} threads: {spec:?}"),
            }
        }
    }
}

fn shuffled(r: &mut Random, n: usize) -> Vec<usize> {
    let mut all: Vec<usize> = (0..n).collect();
    for i in (1..n).rev() {
        all.swap(i, r.below(i + 1));
    }
    all
}

/// A random convolution with any layout and any options.
fn anything(r: &mut Random, dtype: DType) -> ConvSpec {
    let rank = r.below(4);
    let (l, k, o) = (shuffled(r, rank + 2), shuffled(r, rank + 2), shuffled(r, rank + 2));
    let dims = ConvDims {
        lhs_batch: l[0],
        lhs_feature: l[1],
        lhs_spatial: l[2..].to_vec(),
        rhs_input_feature: k[0],
        rhs_output_feature: k[1],
        rhs_spatial: k[2..].to_vec(),
        out_batch: o[0],
        out_feature: o[1],
        out_spatial: o[2..].to_vec(),
    };
    let groups = 1 + r.below(3);
    let (fg, bg) = [(1, 1), (groups, 1), (1, groups)][r.below(3)];
    let (mut lhs, mut rhs) = (vec![0; rank + 2], vec![0; rank + 2]);
    lhs[l[0]] = (1 + r.below(3)) * bg;
    rhs[k[0]] = 1 + r.below(4);
    lhs[l[1]] = rhs[k[0]] * fg;
    rhs[k[1]] = (1 + r.below(4)) * fg * bg;
    for i in 0..rank {
        lhs[l[2 + i]] = r.below(6);
        rhs[k[2 + i]] = 1 + r.below(3);
    }
    let mut spec = ConvSpec::new(dtype, &lhs, &rhs, dims);
    for i in 0..rank {
        spec.strides[i] = 1 + r.below(2);
        spec.padding[i] = (r.below(4) as i64 - 1, r.below(4) as i64 - 1);
        spec.lhs_dilation[i] = 1 + r.below(2);
        spec.rhs_dilation[i] = 1 + r.below(2);
        spec.reversal[i] = r.below(3) == 0;
    }
    spec.feature_group_count = fg;
    spec.batch_group_count = bg;
    spec.epilogue = epilogue(r);
    spec
}

fn epilogue(r: &mut Random) -> Epilogue {
    Epilogue {
        accumulate: r.below(4) == 0,
        bias: r.below(2) == 0,
        activation: if r.below(2) == 0 { Activation::Relu } else { Activation::None },
    }
}

#[test]
fn anything_floats() {
    let mut r = Random(1);
    for _ in 0..150 {
        let spec = anything(&mut r, DType::F32);
        check::<f32>(&mut r, &spec);
        check::<f64>(&mut r, &ConvSpec { dtype: DType::F64, ..spec });
    }
}

#[test]
fn anything_other_types() {
    let mut r = Random(2);
    for _ in 0..10 {
        let spec = |r: &mut Random, dtype| ConvSpec {
            epilogue: Epilogue { bias: true, ..Epilogue::default() },
            ..anything(r, dtype)
        };
        macro_rules! types {
            ($($t:ty),*) => {$(
                let s = spec(&mut r, <$t as Element>::DTYPE);
                check::<$t>(&mut r, &s);
            )*};
        }
        types!(f16, bf16, i8, i16, i32, i64, u16, u32, u64);
    }
}

/// A layer of a network: batch, height and width, input features, kernel, output features.
struct Layer {
    n: usize,
    size: [usize; 2],
    c: usize,
    kernel: [usize; 2],
    o: usize,
    stride: [usize; 2],
    dilation: [usize; 2],
    pad: [(i64, i64); 2],
    groups: usize,
}

impl Layer {
    fn random(r: &mut Random) -> Layer {
        let kernel = [1 + r.below(3), 1 + r.below(3)];
        let groups = [1, 1, 1, 2, 3][r.below(5)];
        let pad = |r: &mut Random| (r.below(3) as i64, r.below(3) as i64);
        Layer {
            n: 1 + r.below(3),
            size: [5 + r.below(6), 5 + r.below(14)],
            c: groups * [1, 2, 3, 5, 16, 20][r.below(6)],
            kernel,
            o: groups * [1, 2, 7, 16, 19, 33, 48][r.below(7)],
            stride: [1 + r.below(5) / 3, 1 + r.below(5) / 3],
            dilation: [1 + r.below(5) / 4, 1 + r.below(5) / 4],
            pad: if r.below(2) == 0 { [(0, 0); 2] } else { [pad(r), pad(r)] },
            groups,
        }
    }

    fn out(&self) -> [usize; 2] {
        std::array::from_fn(|a| {
            let padded = self.size[a] as i64 + self.pad[a].0 + self.pad[a].1;
            let window = (self.kernel[a] - 1) * self.dilation[a] + 1;
            (padded as usize - window) / self.stride[a] + 1
        })
    }

    fn forward(&self) -> ConvSpec {
        let &Layer { n, size, c, kernel, o, .. } = self;
        let lhs = [n, size[0], size[1], c];
        let rhs = [kernel[0], kernel[1], c / self.groups, o];
        ConvSpec {
            strides: self.stride.to_vec(),
            rhs_dilation: self.dilation.to_vec(),
            padding: self.pad.to_vec(),
            feature_group_count: self.groups,
            ..ConvSpec::new(DType::F32, &lhs, &rhs, ConvDims::channels_last(2))
        }
    }

    /// How JAX and our autodiff write the gradient with respect to the images: the gradient of the
    /// result, dilated by the strides, with the reversed kernel whose features have changed places.
    fn input_gradient(&self) -> ConvSpec {
        let [oh, ow] = self.out();
        let mut dims = ConvDims::channels_last(2);
        (dims.rhs_input_feature, dims.rhs_output_feature) = (3, 2);
        let rhs = [self.kernel[0], self.kernel[1], self.c, self.o];
        let padding = (0..2).map(|a| {
            let reach = ((self.kernel[a] - 1) * self.dilation[a]) as i64;
            let dilated = ((self.out()[a] - 1) * self.stride[a] + 1) as i64;
            let lo = reach - self.pad[a].0;
            (lo, self.size[a] as i64 + reach - dilated - lo)
        });
        ConvSpec {
            padding: padding.collect(),
            lhs_dilation: self.stride.to_vec(),
            rhs_dilation: self.dilation.to_vec(),
            reversal: vec![true; 2],
            ..ConvSpec::new(DType::F32, &[self.n, oh, ow, self.o], &rhs, dims)
        }
    }

    /// The gradient with respect to the kernel: batch and features of the images change places, the
    /// gradient of the result is the kernel.
    fn kernel_gradient(&self) -> ConvSpec {
        let [oh, ow] = self.out();
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
        let lhs = [self.n, self.size[0], self.size[1], self.c];
        let padding = (0..2).map(|a| {
            // The result must have the kernel's size: what the strides left over is cut off.
            let window = ((self.out()[a] - 1) * self.stride[a] + 1) as i64;
            let need = window + ((self.kernel[a] - 1) * self.dilation[a]) as i64;
            (self.pad[a].0, need - self.size[a] as i64 - self.pad[a].0)
        });
        ConvSpec {
            padding: padding.collect(),
            strides: self.dilation.to_vec(),
            rhs_dilation: self.stride.to_vec(),
            batch_group_count: self.groups,
            ..ConvSpec::new(DType::F32, &lhs, &[self.n, oh, ow, self.o], dims)
        }
    }
}

#[test]
fn forward() {
    let mut r = Random(3);
    for _ in 0..60 {
        let spec = ConvSpec { epilogue: epilogue(&mut r), ..Layer::random(&mut r).forward() };
        check::<f32>(&mut r, &spec);
    }
}

#[test]
fn gradient_of_the_input() {
    let mut r = Random(4);
    for _ in 0..60 {
        let layer = Layer { groups: 1, ..Layer::random(&mut r) };
        let spec = layer.input_gradient();
        assert_eq!(
            ConvPlan::new(&spec).unwrap().out_shape(),
            [layer.n, layer.size[0], layer.size[1], layer.c]
        );
        check::<f32>(&mut r, &spec);
    }
}

#[test]
fn gradient_of_the_kernel() {
    let mut r = Random(5);
    for _ in 0..60 {
        let layer = Layer::random(&mut r);
        let spec = ConvSpec { epilogue: epilogue(&mut r), ..layer.kernel_gradient() };
        let kernel = [layer.kernel[0], layer.kernel[1], layer.c / layer.groups, layer.o];
        assert_eq!(ConvPlan::new(&spec).unwrap().out_shape(), kernel);
        check::<f32>(&mut r, &spec);
    }
}

#[test]
fn depthwise_all_three_passes() {
    let mut r = Random(6);
    for c in [1, 3, 8, 16, 37] {
        for _ in 0..3 {
            let mut layer = Layer { groups: c, c, o: c, ..Layer::random(&mut r) };
            let spec = ConvSpec { epilogue: epilogue(&mut r), ..layer.forward() };
            check::<f32>(&mut r, &spec);
            check::<f32>(&mut r, &layer.kernel_gradient());
            // The kernel of the transposed depthwise convolution: (height, width, 1, features).
            let mut spec = layer.input_gradient();
            spec.dims = ConvDims::channels_last(2);
            spec.rhs[2] = 1;
            spec.feature_group_count = c;
            check::<f32>(&mut r, &spec);
            layer.o = 2 * c;
            check::<f32>(&mut r, &layer.forward());
        }
    }
}

#[test]
fn one_and_three_spatial_dimensions() {
    let mut r = Random(7);
    let line = ConvSpec::new(DType::F32, &[2, 30, 5], &[4, 5, 18], ConvDims::channels_last(1));
    check::<f32>(&mut r, &ConvSpec { padding: vec![(3, 0)], ..line.clone() });
    check::<f32>(&mut r, &line);
    let dims = ConvDims::channels_last(3);
    let volume = ConvSpec::new(DType::F32, &[1, 4, 5, 6, 3], &[2, 2, 2, 3, 17], dims);
    check::<f32>(&mut r, &ConvSpec { padding: vec![(1, 1); 3], ..volume });
}

#[test]
fn empty_arrays() {
    let mut r = Random(8);
    for (lhs, rhs) in [
        ([0, 5, 5, 3], [3, 3, 3, 4]),
        ([2, 5, 5, 0], [3, 3, 0, 4]),
        ([2, 5, 5, 3], [3, 3, 3, 0]),
        ([2, 2, 5, 3], [3, 3, 3, 4]),
        ([2, 0, 5, 3], [3, 3, 3, 4]),
        ([2, 5, 5, 3], [0, 3, 3, 4]),
    ] {
        let spec = ConvSpec::new(DType::F32, &lhs, &rhs, ConvDims::channels_last(2));
        let bias = Epilogue { bias: true, ..Epilogue::default() };
        check::<f32>(&mut r, &ConvSpec { epilogue: bias, ..spec.clone() });
        check::<f32>(&mut r, &ConvSpec { padding: vec![(1, 2); 2], ..spec });
    }
}

#[test]
fn contradictions_are_errors() {
    let good = ConvSpec::new(DType::F32, &[2, 5, 5, 4], &[3, 3, 4, 6], ConvDims::channels_last(2));
    assert_eq!(ConvPlan::new(&good).unwrap().out_shape(), [2, 3, 3, 6]);
    let mut same_twice = good.clone();
    same_twice.dims.out_batch = 3;
    for bad in [
        same_twice,
        ConvSpec { rhs: vec![3, 3, 5, 6], ..good.clone() },
        ConvSpec { feature_group_count: 3, ..good.clone() },
        ConvSpec { feature_group_count: 0, ..good.clone() },
        ConvSpec { batch_group_count: 4, ..good.clone() },
        ConvSpec { strides: vec![0, 1], ..good.clone() },
        ConvSpec { strides: vec![1], ..good.clone() },
        ConvSpec { lhs: vec![usize::MAX / 2, 5, 5, 4], ..good.clone() },
    ] {
        assert!(ConvPlan::new(&bad).is_err(), "{bad:?}");
    }
}
