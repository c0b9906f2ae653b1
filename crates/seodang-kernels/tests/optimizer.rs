//! Optimizer updates against their formulas in `f64`.

mod support;

use seodang_core::DType;
use seodang_kernels::optimizer::{Adam, AdamUpdate, Sgd, SgdUpdate};
use seodang_kernels::{Isa, Memory, Region, isa, pool};
use support::*;

const SIZES: [usize; 6] = [1, 0, 17, 100, 50_000, 33];

/// Updates lists in place; the first `written` lists are returned.
fn update(
    lists: &[Vec<Vec<u8>>],
    written: usize,
    scalars: &[Vec<u8>],
    f: impl Fn(&Memory<'_>, &[Vec<Region>], &[Region]),
) -> Vec<Vec<Vec<u8>>> {
    let mut buffers: Vec<Vec<Guarded>> =
        lists.iter().map(|l| l.iter().map(|b| Guarded::new(b)).collect()).collect();
    let mut memory = Memory::new();
    let mut regions: Vec<Vec<Region>> = Vec::new();
    for list in &mut buffers {
        let slots: Vec<u32> = list.iter_mut().map(|g| memory.write(g.bytes_mut())).collect();
        regions.push(slots.into_iter().map(|s| memory.whole(s)).collect());
    }
    let slots: Vec<u32> = scalars.iter().map(|b| memory.read(b)).collect();
    let s: Vec<Region> = slots.into_iter().map(|s| memory.whole(s)).collect();
    f(&memory, &regions, &s);
    drop(memory);
    buffers[..written]
        .iter_mut()
        .map(|l| l.iter_mut().map(|g| g.bytes_mut().to_vec()).collect())
        .collect()
}

fn lists(dtype: DType, n: u64) -> Vec<Vec<Vec<u8>>> {
    (0..n)
        .map(|l| {
            SIZES.iter().enumerate().map(|(k, n)| normal(dtype, *n, l * 100 + k as u64)).collect()
        })
        .collect()
}

fn everywhere<R: PartialEq + std::fmt::Debug>(f: impl Fn() -> R) -> R {
    let mut first = None;
    for isa in Isa::available() {
        for threads in [1, 2, 3] {
            let r = isa::with(isa, || pool::with_threads(threads, &f));
            assert!(*first.get_or_insert_with(&f) == r, "{isa:?} with {threads} threads");
        }
    }
    first.unwrap()
}

#[test]
fn adam() {
    for dtype in [DType::F32, DType::F64] {
        for weight_decay in [None, Some(0.01)] {
            let mut l = lists(dtype, 4);
            for v in &mut l[2] {
                // The second moment is never negative.
                *v = encode(dtype, &floats(dtype, v).iter().map(|x| x * x).collect::<Vec<_>>());
            }
            // Order: parameters, m, v, gradients.
            let a = Adam { beta_1: 0.9, beta_2: 0.999, epsilon: 1e-7, weight_decay };
            let scalars = [encode(dtype, &[0.01]), encode(dtype, &[0.1])];
            let out = everywhere(|| {
                let plan = AdamUpdate::new(dtype, &SIZES, a).unwrap();
                update(&l, 3, &scalars, |mem, r, s| {
                    plan.run(mem, &r[0], &r[3], &r[1], &r[2], s[0], s[1]);
                })
            });
            let tolerance = if dtype == DType::F32 { 1e-6 } else { 1e-14 };
            for k in 0..SIZES.len() {
                let [p, m, v, g] = [0, 1, 2, 3].map(|i| floats(dtype, &l[i][k]));
                let [np, nm, nv] = [0, 1, 2].map(|i| floats(dtype, &out[i][k]));
                for i in 0..SIZES[k] {
                    let m = m[i] + (g[i] - m[i]) * 0.1;
                    let v = v[i] + (g[i] * g[i] - v[i]) * 0.001;
                    let p = p[i] - p[i] * weight_decay.unwrap_or(0.0) * 0.1;
                    let p = p - m * 0.01 / (v.sqrt() + 1e-7);
                    let near = |a: f64, b: f64| (a - b).abs() <= tolerance * (1.0 + b.abs());
                    assert!(near(nm[i], m) && near(nv[i], v) && near(np[i], p), "{dtype} {k} {i}");
                }
            }
        }
    }
    let a = Adam { beta_1: 0.9, beta_2: 0.999, epsilon: 1e-7, weight_decay: None };
    assert!(AdamUpdate::new(DType::I32, &[1], a).is_err());
}

#[test]
fn moments_without_gradients_end_at_zero() {
    for (dtype, small) in [(DType::F32, 1e-36), (DType::F64, 1e-306)] {
        let same = |x: f64| SIZES.iter().map(|&n| encode(dtype, &vec![x; n])).collect::<Vec<_>>();
        let mut l = vec![same(1.0), same(small), same(small), same(0.0)];
        let a = Adam { beta_1: 0.9, beta_2: 0.9, epsilon: 1e-7, weight_decay: None };
        let scalars = [encode(dtype, &[0.01]), encode(dtype, &[0.1])];
        for _ in 0..100 {
            let out = update(&l, 3, &scalars, |mem, r, s| {
                let plan = AdamUpdate::new(dtype, &SIZES, a).unwrap();
                plan.run(mem, &r[0], &r[3], &r[1], &r[2], s[0], s[1]);
            });
            l.splice(..3, out);
        }
        for list in &l[1..3] {
            assert!(list.iter().all(|v| floats(dtype, v).iter().all(|&x| x == 0.0)), "{dtype}");
        }
    }
}

#[test]
fn sgd() {
    for (momentum, nesterov) in [(0.0, false), (0.9, false), (0.9, true)] {
        let l = lists(DType::F32, 3);
        let scalars = [encode(DType::F32, &[0.1])];
        let out = everywhere(|| {
            let plan = SgdUpdate::new(DType::F32, &SIZES, Sgd { momentum, nesterov }).unwrap();
            update(&l, 2, &scalars, |mem, r, s| {
                let m: &[Region] = if momentum == 0.0 { &[] } else { &r[1] };
                plan.run(mem, &r[0], &r[2], m, s[0]);
            })
        });
        for k in 0..SIZES.len() {
            let [p, m, g] = [0, 1, 2].map(|i| floats(DType::F32, &l[i][k]));
            let [np, nm] = [0, 1].map(|i| floats(DType::F32, &out[i][k]));
            for i in 0..SIZES[k] {
                let step = g[i] * 0.1;
                let v = m[i] * momentum - step;
                let p = p[i]
                    + match (momentum == 0.0, nesterov) {
                        (true, _) => -step,
                        (_, false) => v,
                        (_, true) => v * momentum - step,
                    };
                assert!((np[i] - p).abs() < 1e-6);
                assert!((nm[i] - if momentum == 0.0 { m[i] } else { v }).abs() < 1e-6);
            }
        }
    }
}
