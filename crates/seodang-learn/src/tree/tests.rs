//! Trees against a search through all splits, and their limits.

use super::ranks::Ranked;
use super::*;
use crate::features::{Dense, Features, Matrix};
use crate::target::Codes;
use seodang_core::random::Stream;

/// Numbers of few distinct values, some missing.
fn table(rows: usize, cols: usize, missing: f64, seed: u64) -> Matrix<'static, f64> {
    let mut r = Stream::new(seed, 0);
    let mut cell = || match r.uniform() < missing {
        true => f64::NAN,
        false => (r.uniform() * 50.0).floor() / 4.0,
    };
    Matrix::new((0..rows * cols).map(|_| cell()).collect::<Vec<_>>(), rows, cols)
}

/// Dense features, prepared for trees.
fn prepared<'a>(x: &Matrix<'_, f64>, places: bool) -> Prepared<'a> {
    Prepared::Dense(Ranked::new(&Dense::F64(x.view()), places).unwrap())
}

/// The least sum of squares after one split of all samples, by trying every split.
fn best_squares(x: &Matrix<'_, f64>, y: &[f64], w: &[f64]) -> f64 {
    let error = |side: &[usize]| {
        let weight: f64 = side.iter().map(|&i| w[i]).sum();
        let mean = side.iter().map(|&i| w[i] * y[i]).sum::<f64>() / weight;
        side.iter().map(|&i| w[i] * (y[i] - mean).powi(2)).sum::<f64>()
    };
    let mut best = f64::INFINITY;
    for f in 0..x.cols {
        for t in (0..x.rows).map(|i| x.row(i)[f]) {
            for missing_left in [false, true] {
                let left = |i: &usize| {
                    let v = x.row(*i)[f];
                    v <= t || (t.is_nan() && !v.is_nan()) || (missing_left && v.is_nan())
                };
                let (l, r): (Vec<_>, Vec<_>) = (0..x.rows).partition(left);
                if !l.is_empty() && !r.is_empty() {
                    best = best.min(error(&l) + error(&r));
                }
            }
        }
    }
    best
}

#[test]
fn the_best_split_is_found() {
    for (seed, missing, weighted) in
        [(1, 0.0, false), (2, 0.0, true), (3, 0.2, false), (4, 0.2, true)]
    {
        let x = table(150, 3, missing, seed);
        let mut r = Stream::new(seed, 1);
        let y: Vec<f64> = (0..150).map(|i| x.row(i)[1].max(3.0) + r.normal()).collect();
        let w: Vec<f64> =
            (0..150).map(|_| if weighted { r.uniform() + 0.1 } else { 1.0 }).collect();
        let ranked = prepared(&x, true);
        let growth = Growth { max_depth: 1, ..Growth::new(Criterion::Squared, 3) };
        let mut leaves = vec![0; 150];
        let weights = weighted.then_some(&w[..]);
        let tree = grow(&ranked, Response::Values(&y, 1), weights, &growth, 0, Some(&mut leaves));
        assert_eq!(tree.len(), 3);
        let found: f64 = [1, 2].iter().map(|&i| tree.weight[i] * tree.impurity[i]).sum();
        let best = best_squares(&x, &y, &w);
        assert!((found - best).abs() < 1e-9 * best, "{found} {best}");
        assert_eq!(tree.apply(&Features::from(x.view())), leaves);
        assert_eq!(Tree::of(&tree).nodes(), tree);
        // Two classes, once each: Gini falls as the squared error of 0 and 1 does.
        let codes = Codes {
            n: 2,
            ..Codes::of((0..150).map(|i| u32::from(y[i] > 5.0)).collect::<Vec<_>>(), names(2))
        };
        let ones: Vec<f64> = codes.codes.iter().map(|&c| f64::from(c)).collect();
        let growth = Growth { criterion: Criterion::Gini, ..growth };
        let tree = grow(&ranked, Response::Classes(&[codes]), weights, &growth, 0, None);
        let found: f64 = [1, 2].iter().map(|&i| tree.weight[i] * tree.impurity[i] / 2.0).sum();
        let best = best_squares(&x, &ones, &w);
        assert!((found - best).abs() < 1e-9 * best.max(1.0), "{found} {best}");
    }
}

fn names(n: usize) -> crate::Classes {
    crate::Classes::Names((0..n).map(|i| i.to_string()).collect())
}

#[test]
fn whole_weights_are_repetitions() {
    let x = table(80, 4, 0.1, 5);
    let mut r = Stream::new(5, 1);
    let y: Vec<f64> = (0..80).map(|_| r.below(4) as f64).collect();
    let w: Vec<f64> = (0..80).map(|_| r.below(4) as f64).collect();
    let repeated: Vec<usize> = (0..80).flat_map(|i| vec![i; w[i] as usize]).collect();
    let x2 = x.take(&repeated);
    let y2: Vec<f64> = repeated.iter().map(|&i| y[i]).collect();
    let codes =
        |y: &[f64]| vec![Codes::of(y.iter().map(|&y| y as u32).collect::<Vec<_>>(), names(4))];
    let (c, c2) = (codes(&y), codes(&y2));
    for criterion in [
        Criterion::Gini,
        Criterion::Entropy,
        Criterion::Squared,
        Criterion::Absolute,
        Criterion::Poisson,
    ] {
        let growth = Growth { max_depth: 3, ..Growth::new(criterion, 4) };
        let of = |x: &Matrix<'_, f64>, y: Response<'_>, w: Option<&[f64]>| {
            grow(&prepared(x, true), y, w, &growth, 3, None)
        };
        let (a, b) = if matches!(criterion, Criterion::Gini | Criterion::Entropy) {
            (of(&x, Response::Classes(&c), Some(&w)), of(&x2, Response::Classes(&c2), None))
        } else {
            (of(&x, Response::Values(&y, 1), Some(&w)), of(&x2, Response::Values(&y2, 1), None))
        };
        assert_eq!((&a.left, &a.weight), (&b.left, &b.weight), "{criterion:?}");
        assert_eq!((Tree::of(&a).nodes(), &Tree::of(&b).nodes()), (a.clone(), &b));
        let close = |a: &f64, b: &f64| (a - b).abs() < 1e-9;
        assert!(a.impurity.iter().zip(&b.impurity).all(|(a, b)| close(a, b)), "{criterion:?}");
        assert!(a.values.iter().zip(&b.values).all(|(a, b)| close(a, b)), "{criterion:?}");
    }
}

#[test]
fn limits_are_kept() {
    let x = table(300, 3, 0.0, 6);
    let mut r = Stream::new(6, 1);
    let y: Vec<f64> = (0..300).map(|_| r.normal()).collect();
    let ranked = prepared(&x, true);
    let of = |growth: Growth| grow(&ranked, Response::Values(&y, 1), None, &growth, 0, None);
    let plain = Growth::new(Criterion::Squared, 3);
    assert_eq!(of(Growth { max_depth: 4, ..plain.clone() }).depth(), 4);
    assert_eq!(of(Growth { max_leaves: Some(9), ..plain.clone() }).leaves(), 9);
    let tree = of(Growth { min_leaf: 20, ..plain.clone() });
    assert!(tree.samples.iter().all(|&n| n >= 20) && tree.leaves() > 3);
    let tree = of(Growth { min_split: 50, ..plain.clone() });
    assert!((0..tree.len()).all(|i| tree.is_leaf(i) || tree.samples[i] >= 50));
    let tree = of(Growth { min_weight: 30.0, random: true, ..plain.clone() });
    assert!(tree.weight.iter().all(|&w| w >= 30.0) && tree.leaves() > 1);
    assert!(of(Growth { min_decrease: 0.05, ..plain.clone() }).leaves() < 20);
    // Best first without a real limit is the same tree in another order.
    let (a, b) = (of(plain.clone()), of(Growth { max_leaves: Some(10_000), ..plain }));
    assert_eq!((a.leaves(), a.depth()), (b.leaves(), b.depth()));
    assert_eq!((Tree::of(&a).nodes(), Tree::of(&b).nodes()), (a, b));
}

#[test]
fn constraints_are_kept() {
    let x = table(400, 2, 0.0, 7);
    let mut r = Stream::new(7, 1);
    let y: Vec<f64> = (0..400).map(|i| x.row(i)[0] - x.row(i)[1] + r.normal()).collect();
    let ranked = prepared(&x, true);
    for random in [false, true] {
        let plain = Growth::new(Criterion::Squared, 2);
        let growth = Growth { monotone: vec![1, -1], random, ..plain };
        let tree = grow(&ranked, Response::Values(&y, 1), None, &growth, 0, None);
        assert!(tree.leaves() > 5);
        let tree = Tree::of(&tree);
        for i in 0..40 {
            let at =
                |a: f64, b: f64| tree.predict(&Features::from(Matrix::new(vec![a, b], 1, 2)))[0];
            let (a, b) = (f64::from(i) / 4.0, f64::from((i * 7) % 40) / 4.0);
            assert!(at(a, b) <= at(a + 0.5, b) && at(a, b) >= at(a, b + 0.5));
        }
    }
}

#[test]
fn places_and_values_grow_the_same_trees() {
    for (seed, missing, cents) in [(8, 0.0, 1e5), (9, 0.1, 1e5), (10, 0.0, 3.0)] {
        let mut r = Stream::new(seed, 0);
        let mut cell = || match r.uniform() < missing {
            true => f64::NAN,
            false => (r.normal() * cents).round() / cents,
        };
        let rows = 700;
        let x = Matrix::new((0..rows * 3).map(|_| cell()).collect::<Vec<_>>(), rows, 3);
        let single: Vec<f32> = x.data.iter().map(|&x| x as f32).collect();
        let given = [Dense::F64(x.view()), Dense::F32(Matrix::new(single, rows, 3))];
        let y: Vec<f64> = (0..rows).map(|i| x.row(i)[1].max(-1.0) + r.normal()).collect();
        let codes = |n: u32| {
            let all = (0..rows).map(|i| (y[i].abs() * 2.0) as u32 % n);
            [Codes { n: n as usize, ..Codes::of(all.collect::<Vec<_>>(), names(n as usize)) }]
        };
        let (two, four) = (codes(2), codes(4));
        for random in [false, true] {
            for (response, criterion) in [
                (Response::Classes(&two), Criterion::Gini),
                (Response::Classes(&four), Criterion::Gini),
                (Response::Values(&y, 1), Criterion::Squared),
            ] {
                let growth = Growth { random, ..Growth::new(criterion, 3) };
                let of = |x: Prepared<'_>| grow(&x, response, None, &growth, 1, None);
                let placed = of(prepared(&x, true));
                assert_eq!(of(prepared(&x, false)), placed, "{seed} {random} {criterion:?}");
                for x in &given {
                    let given = Prepared::Dense(Ranked::given(x).unwrap());
                    assert_eq!(of(given), placed, "{seed} {random} {criterion:?}");
                }
            }
        }
    }
}

#[test]
fn nodes_that_are_no_tree_are_refused() {
    use crate::state::{State, Stored};
    use seodang_core::Array;
    let x = table(60, 2, 0.0, 11);
    let y: Vec<f64> = (0..60).map(|i| x.row(i)[0]).collect();
    let ranked = prepared(&x, true);
    let growth = Growth { max_depth: 3, ..Growth::new(Criterion::Squared, 2) };
    let tree = Tree::of(&grow(&ranked, Response::Values(&y, 1), None, &growth, 0, None));
    let mut whole = State::default();
    tree.store(&mut whole, "tree").unwrap();
    assert_eq!(Tree::restore(&mut whole.clone(), "tree").unwrap(), tree);
    let nodes = tree.nodes();
    assert!(nodes.len() > 6);
    let tampered = |part: &str, at: usize, to: u32| {
        let mut state = whole.clone();
        let of = if part == "left" { &nodes.left } else { &nodes.right };
        let mut changed = of.clone();
        changed[at] = to;
        let array = Array::from_vec([changed.len()], changed).unwrap();
        state.put_array(&format!("tree.{part}"), array);
        Tree::restore(&mut state, "tree").is_err()
    };
    // A way back, a node that is not there, half a leaf, and a child of two parents.
    assert!(tampered("left", 1, 0));
    assert!(tampered("right", 0, nodes.len() as u32));
    assert!(tampered("left", nodes.len() - 1, 2));
    assert!(tampered("right", 0, nodes.left[0]));
    assert!(tampered("right", 1, nodes.right[0]));
}
