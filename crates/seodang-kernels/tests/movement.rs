//! Movement kernels against naive loops.

mod support;

use seodang_core::DType;
use seodang_core::random::Stream;
use seodang_kernels::movement::*;
use seodang_kernels::tile::ReduceOp;
use support::*;

fn strides(shape: &[usize]) -> Vec<isize> {
    let mut out = vec![1; shape.len()];
    for k in (1..shape.len()).rev() {
        out[k - 1] = out[k] * shape[k] as isize;
    }
    out
}

/// The digits of `n` in a shape.
fn digits(mut n: usize, shape: &[usize]) -> Vec<usize> {
    let mut out = vec![0; shape.len()];
    for k in (0..shape.len()).rev() {
        (out[k], n) = (n % shape[k], n / shape[k]);
    }
    out
}

fn at(index: &[usize], shape: &[usize]) -> usize {
    index.iter().zip(shape).fold(0, |n, (i, s)| n * s + i)
}

/// Elements 0, 1, 2, ... of some width.
fn counting(n: usize, size: usize) -> Vec<u8> {
    (0..n).flat_map(|i| (i as u64 * 7919 + 1).to_le_bytes()[..size].to_vec()).collect()
}

#[test]
fn copies_permute_reverse_broadcast_and_slice() {
    let mut s = Stream::new(1, 1);
    for round in 0..200 {
        let rank = s.below(5) as usize;
        let max = if round % 10 == 0 { 30 } else { 9 };
        let shape: Vec<usize> = (0..rank).map(|_| 1 + s.below(max) as usize).collect();
        let perm = s.permutation(rank);
        let size = [1, 2, 4, 8][s.below(4) as usize];
        // The source has dimension k of the result at place perm[k], maybe reversed or broadcast.
        let mut source_shape = vec![1; rank];
        let kinds: Vec<u64> = (0..rank).map(|_| s.below(4)).collect();
        for k in 0..rank {
            source_shape[perm[k]] = if kinds[k] == 0 { 1 } else { shape[k] * 2 };
        }
        let ss = strides(&source_shape);
        let (mut offset, mut steps) = (0, Vec::new());
        for k in 0..rank {
            let t = ss[perm[k]];
            steps.push(match kinds[k] {
                0 => 0,
                1 => {
                    offset += t as usize * (shape[k] - 1);
                    -t
                }
                2 => 2 * t,
                _ => t,
            });
        }
        let n: usize = shape.iter().product();
        let src = counting(source_shape.iter().product(), size);
        let copy = Copy::new(size, &shape, (offset, &steps), (0, &strides(&shape))).unwrap();
        let out = call_everywhere(std::slice::from_ref(&src), &[n * size], |m, i, o| {
            copy.run(m, i[0], o[0])
        });
        for e in 0..n {
            let d = digits(e, &shape);
            let from: isize =
                offset as isize + d.iter().zip(&steps).map(|(i, s)| *i as isize * s).sum::<isize>();
            let from = from as usize;
            assert_eq!(
                out[0][e * size..][..size],
                src[from * size..][..size],
                "{shape:?} {steps:?} {size}"
            );
        }
    }
    // Large enough for several tasks.
    for (a, b, c) in [(300, 500, 1), (64, 37, 129)] {
        let src = counting(a * b * c, 4);
        let (a, b, c) = (a as isize, b as isize, c as isize);
        let shape = [c as usize, b as usize, a as usize];
        let copy = Copy::new(4, &shape, (0, &[1, c, b * c]), (0, &strides(&shape))).unwrap();
        let out = call_everywhere(std::slice::from_ref(&src), &[src.len()], |m, i, o| {
            copy.run(m, i[0], o[0])
        });
        let (x, y): (Vec<u32>, Vec<u32>) = (values(&src), values(&out[0]));
        for (e, y) in y.iter().enumerate() {
            let d = digits(e, &shape);
            assert_eq!(*y, x[d[0] + d[1] * c as usize + d[2] * (b * c) as usize]);
        }
    }
    assert!(Copy::new(4, &[3], (1, &[-1]), (0, &[1])).is_err());
}

#[test]
fn pads() {
    let mut s = Stream::new(2, 1);
    for _ in 0..300 {
        let rank = s.below(4) as usize;
        let shape: Vec<usize> = (0..rank).map(|_| s.below(5) as usize).collect();
        let low: Vec<isize> = (0..rank).map(|_| s.below(7) as isize - 3).collect();
        let high: Vec<isize> = (0..rank).map(|_| s.below(7) as isize - 3).collect();
        let interior: Vec<usize> = (0..rank).map(|_| s.below(3) as usize).collect();
        let Ok(pad) = Pad::new(2, &shape, &low, &high, &interior) else { continue };
        let n: usize = pad.shape().iter().product();
        let ins = [counting(shape.iter().product(), 2), vec![7, 9]];
        let out = call(&ins, &[n * 2], |m, i, o| pad.run(m, i[0], i[1], o[0]));
        let x: Vec<u16> = values(&ins[0]);
        let y: Vec<u16> = values(&out[0]);
        for (e, y) in y.iter().enumerate() {
            let d = digits(e, pad.shape());
            let mut from = Some(Vec::new());
            for k in 0..rank {
                let p = d[k] as isize - low[k];
                let step = interior[k] as isize + 1;
                let inside = p >= 0 && p % step == 0 && p / step < shape[k] as isize;
                from = from.filter(|_| inside).map(|mut f| {
                    f.push((p / step) as usize);
                    f
                });
            }
            let want = from.map_or(u16::from_ne_bytes([7, 9]), |f| x[at(&f, &shape)]);
            assert_eq!(*y, want, "{shape:?} {low:?} {high:?} {interior:?}");
        }
    }
}

#[test]
fn joins() {
    for axis in 0..3 {
        let mut shapes = [[3usize, 4, 5], [3, 4, 5], [3, 4, 5]];
        shapes[1][axis] = 0;
        shapes[2][axis] = 2;
        let list: Vec<&[usize]> = shapes.iter().map(|s| &s[..]).collect();
        let c = Concatenate::new(8, &list, axis).unwrap();
        let ins: Vec<Vec<u8>> = shapes.iter().map(|s| counting(s.iter().product(), 8)).collect();
        let mut shape = shapes[0];
        shape[axis] += 2;
        let n: usize = shape.iter().product();
        let out = call_everywhere(&ins, &[n * 8], |m, i, o| c.run(m, i, o[0]));
        let y: Vec<u64> = values(&out[0]);
        for (e, y) in y.iter().enumerate() {
            let mut d = digits(e, &shape);
            let k = if d[axis] < shapes[0][axis] { 0 } else { 2 };
            if k == 2 {
                d[axis] -= shapes[0][axis];
            }
            assert_eq!(*y, values::<u64>(&ins[k])[at(&d, &shapes[k])]);
        }
    }
    assert!(Concatenate::new(8, &[&[2, 3], &[3, 3]], 1).is_err());
}

#[test]
fn dynamic_slices_clamp() {
    for start in [[-5i32, 1, 0], [0, 0, 0], [2, 100, 1], [i32::MAX, i32::MIN, 3]] {
        let (shape, window) = ([5usize, 4, 6], [2usize, 3, 6]);
        let slice = DynamicSlice::new(4, DType::I32, &shape, &window).unwrap();
        let update = DynamicUpdateSlice::new(4, DType::I32, &shape, &window).unwrap();
        let x = counting(120, 4);
        let u = encode(DType::I32, &vec![-1.0; 36]);
        let mut ins = vec![x.clone(), u];
        ins.extend(start.iter().map(|s| bytes(&[*s])));
        let out = call(&ins, &[36 * 4, 480], |m, i, o| {
            slice.run(m, i[0], &i[2..], o[0]);
            update.run(m, i[0], i[1], &i[2..], o[1]);
        });
        let (x, y, z): (Vec<i32>, Vec<i32>, Vec<i32>) =
            (values(&x), values(&out[0]), values(&out[1]));
        let begin: Vec<usize> =
            (0..3).map(|k| start[k].clamp(0, (shape[k] - window[k]) as i32) as usize).collect();
        let mut z_want = x.clone();
        for (e, y) in y.iter().enumerate() {
            let d: Vec<usize> = digits(e, &window).iter().zip(&begin).map(|(a, b)| a + b).collect();
            assert_eq!(*y, x[at(&d, &shape)]);
            z_want[at(&d, &shape)] = -1;
        }
        assert_eq!(z, z_want);
    }
}

#[test]
fn gather_and_scatter_with_batching() {
    // StableHLO's own example of gather: operand 2 x 3 x 4 x 2, indices 2 x 2 x 3 x 2.
    let spec = GatherSpec {
        operand: vec![2, 3, 4, 2],
        start_indices: vec![2, 2, 3, 2],
        offset_dims: vec![3, 4],
        collapsed_slice_dims: vec![1],
        operand_batching_dims: vec![0],
        start_indices_batching_dims: vec![1],
        start_index_map: vec![2, 1],
        index_vector_dim: 3,
        slice_sizes: vec![1, 1, 2, 2],
    };
    let g = Gather::new(4, DType::I64, &spec).unwrap();
    assert_eq!(g.shape(), [2, 2, 3, 2, 2]);
    let indices: Vec<i64> =
        vec![0, 0, 1, 0, 2, 1, 0, 1, 1, 1, 0, 9, 0, 0, 2, 1, 2, 2, 1, 2, 0, -1, 1, 0];
    let x: Vec<i32> = (1..=48).collect();
    let ins = [bytes(&x), bytes(&indices)];
    let out = call_everywhere(&ins, &[48 * 4], |m, i, o| g.run(m, i[0], i[1], o[0]));
    let y: Vec<i32> = values(&out[0]);
    for (e, y) in y.iter().enumerate() {
        let d = digits(e, g.shape());
        let v = at(&d[..3], &[2, 2, 3]) * 2;
        let (a, b) = (indices[v].clamp(0, 2) as usize, indices[v + 1].clamp(0, 2) as usize);
        assert_eq!(*y, x[at(&[d[1], b, a + d[3], d[4]], &[2, 3, 4, 2])]);
    }

    // And its example of scatter, with windows that leave the operand, in part or whole.
    let spec = ScatterSpec {
        operand: vec![2, 3, 4, 2],
        scatter_indices: vec![2, 2, 3, 2],
        updates: vec![2, 2, 3, 2, 2],
        update_window_dims: vec![3, 4],
        inserted_window_dims: vec![1],
        input_batching_dims: vec![0],
        scatter_indices_batching_dims: vec![1],
        scatter_dims_to_operand_dims: vec![2, 1],
        index_vector_dim: 3,
    };
    let u: Vec<i32> = (0..48).map(|i| i * 5 % 17 - 3).collect();
    for update in [
        Update::Replace,
        Update::Combine(ReduceOp::Sum),
        Update::Combine(ReduceOp::Prod),
        Update::Combine(ReduceOp::Max),
        Update::Combine(ReduceOp::Min),
    ] {
        let s = Scatter::new(DType::I32, DType::I64, update, &spec).unwrap();
        let indices: Vec<i64> =
            indices.iter().map(|i| if *i == 9 { i64::MAX } else { *i }).collect();
        let mut shifted = indices.clone();
        shifted[0] = 3; // half outside
        shifted[2] = -1; // half outside
        let ins = [bytes(&x), bytes(&shifted), bytes(&u)];
        let out = call_everywhere(&ins, &[48 * 4], |m, i, o| s.run(m, i[0], i[1], i[2], o[0]));
        let mut want = x.clone();
        for (e, u) in u.iter().enumerate() {
            let d = digits(e, &spec.updates);
            let v = at(&d[..3], &[2, 2, 3]) * 2;
            // As XLA has it, a window that is half outside is dropped whole.
            let (0..=2, b @ 0..3) = (shifted[v], shifted[v + 1]) else { continue };
            let a = shifted[v] + d[3] as i64;
            let to = &mut want[at(&[d[1], b as usize, a as usize, d[4]], &[2, 3, 4, 2])];
            *to = match update {
                Update::Replace => *u,
                Update::Combine(ReduceOp::Sum) => *to + u,
                Update::Combine(ReduceOp::Prod) => *to * u,
                Update::Combine(ReduceOp::Max) => *u.max(to),
                _ => *u.min(to),
            };
        }
        assert_eq!(values::<i32>(&out[0]), want, "{update:?}");
    }
}

#[test]
fn embeddings_and_their_gradients() {
    let (rows, width, n) = (50, 33, 700);
    let mut s = Stream::new(5, 5);
    let ids: Vec<i32> = (0..n).map(|_| s.below(rows as u64) as i32).collect();
    let g = Gather::new(
        4,
        DType::I32,
        &GatherSpec {
            operand: vec![rows, width],
            start_indices: vec![n],
            offset_dims: vec![1],
            collapsed_slice_dims: vec![0],
            start_index_map: vec![0],
            index_vector_dim: 1,
            slice_sizes: vec![1, width],
            ..GatherSpec::default()
        },
    )
    .unwrap();
    let table = normal(DType::F32, rows * width, 1);
    let ins = [table.clone(), bytes(&ids)];
    let out = call_everywhere(&ins, &[n * width * 4], |m, i, o| g.run(m, i[0], i[1], o[0]));
    let (t, y): (Vec<f32>, Vec<f32>) = (values(&table), values(&out[0]));
    for (k, id) in ids.iter().enumerate() {
        assert_eq!(y[k * width..][..width], t[*id as usize * width..][..width]);
    }
    for dtype in [DType::F32, DType::BF16] {
        let spec = ScatterSpec {
            operand: vec![rows, width],
            scatter_indices: vec![n, 1],
            updates: vec![n, width],
            update_window_dims: vec![1],
            inserted_window_dims: vec![0],
            scatter_dims_to_operand_dims: vec![0],
            index_vector_dim: 1,
            ..ScatterSpec::default()
        };
        let add = Update::Combine(ReduceOp::Sum);
        let s = Scatter::new(dtype, DType::I32, add, &spec).unwrap();
        let zero = encode(dtype, &vec![0.0; rows * width]);
        let ones = encode(dtype, &vec![1.0; n * width]);
        let ins = [zero, bytes(&ids), ones];
        let size = rows * width * dtype.size();
        let out = call_everywhere(&ins, &[size], |m, i, o| s.run(m, i[0], i[1], i[2], o[0]));
        for (k, v) in floats(dtype, &out[0]).iter().enumerate() {
            let count = ids.iter().filter(|i| **i as usize == k / width).count();
            assert_eq!(*v, count as f64);
        }
    }
}
