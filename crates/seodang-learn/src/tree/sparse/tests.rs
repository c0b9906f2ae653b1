//! Trees on sparse features against those on the same features with their zeros.

use super::super::nodes::LEAF;
use super::super::prepared::Prepared;
use super::super::ranks::fits_single;
use super::super::rows::Rows;
use super::super::{Criterion, Growth, Nodes, Response, Tree, grow};
use super::{Chains, Short};
use crate::features::{Csr, Features, Matrix};
use crate::target::{Classes, Codes};
use seodang_core::random::Stream;
use seodang_kernels::trees::Asked;

const ROWS: usize = 500;
const COLS: usize = 40;

/// Columns from full to empty, of both signs or of one, some of few values; some missing.
fn table(missing: f64, r: &mut Stream) -> Matrix<'static, f64> {
    let mut cell = |c: usize| {
        if r.uniform() > 1.2 - 0.035 * c as f64 {
            return 0.0;
        }
        if r.uniform() < missing {
            return f64::NAN;
        }
        match c % 4 {
            0 => r.normal(),
            1 => r.uniform(),
            2 => -r.uniform(),
            _ => (r.normal() * 2.0).round(),
        }
    };
    let data: Vec<f64> = (0..ROWS * COLS).map(|i| cell(i % COLS)).collect();
    Matrix::new(data, ROWS, COLS)
}

/// The same, without most zeros; columns of a row are in any order, and some entries are in two parts.
fn sparse(x: &Matrix<'_, f64>) -> Features<'static> {
    let (mut indptr, mut indices, mut data) = (vec![0], Vec::new(), Vec::new());
    for i in 0..x.rows {
        for k in 0..x.cols {
            let c = (k * 7 + i) % x.cols;
            let v = x.row(i)[c];
            if v != 0.0 || (i + c).is_multiple_of(11) {
                let parts = if (i + c).is_multiple_of(5) { 2 } else { 1 };
                (0..parts).for_each(|_| {
                    indices.push(c as u32);
                    data.push(v / f64::from(parts));
                });
            }
        }
        indptr.push(data.len());
    }
    Features::from(Csr::new(indptr, indices, data, x.cols).unwrap())
}

fn classes(y: &[f64], n: u32) -> Vec<Codes> {
    let codes: Vec<u32> = y.iter().map(|y| (y.abs() * 2.0) as u32 % n).collect();
    let names = Classes::Names((0..n).map(|i| i.to_string()).collect());
    vec![Codes { n: n as usize, ..Codes::of(codes, names) }]
}

/// What depends on a few columns, and is never 0.
fn response(x: &Matrix<'_, f64>, r: &mut Stream) -> Vec<f64> {
    let known = |v: f64| if v.is_nan() { 1.5 } else { v };
    let y = |row: &[f64]| 2.0 * known(row[1]) - known(row[8]).max(0.0) + known(row[20]);
    x.iter_rows().map(|row| y(row) + 0.5 * r.normal()).collect()
}

/// Both ways of growing a tree, with the leaves of the samples.
fn both(
    x: &Matrix<'_, f64>,
    y: Response<'_>,
    weights: Option<&[f64]>,
    growth: &Growth,
) -> [(Nodes, Vec<u32>); 2] {
    [Features::from(x.view()), sparse(x)].map(|x| {
        let prepared = Prepared::new(&x, true, growth.random).unwrap();
        let mut leaves = vec![LEAF; x.rows()];
        (grow(&prepared, y, weights, growth, 5, Some(&mut leaves)), leaves)
    })
}

/// Whether trees are the same but for rounding in what nodes say.
fn alike(a: &Nodes, b: &Nodes) -> bool {
    let close = a.values.iter().zip(&b.values).all(|(a, b)| (a - b).abs() < 1e-12);
    close && Nodes { values: Vec::new(), ..a.clone() } == Nodes { values: Vec::new(), ..b.clone() }
}

#[test]
fn zeros_need_not_be_there() {
    for (round, missing) in [(0, 0.0), (1, 0.0), (2, 0.08)] {
        let mut r = Stream::new(7, round);
        let x = table(missing, &mut r);
        let y = response(&x, &mut r);
        let positive: Vec<f64> = y.iter().map(|y| y.abs() + 0.1).collect();
        let pairs: Vec<f64> = y.iter().flat_map(|&y| [y, y * y]).collect();
        let (two, four) = (classes(&y, 2), classes(&y, 4));
        let drawn: Vec<f64> = (0..ROWS).map(|_| r.uniform() * f64::from(r.below(5) > 0)).collect();
        let whole: Vec<f64> = (0..ROWS).map(|_| r.below(3) as f64).collect();
        let responses = [
            (Response::Classes(&two), Criterion::Gini),
            (Response::Classes(&four), Criterion::Gini),
            (Response::Classes(&two), Criterion::Entropy),
            (Response::Values(&y, 1), Criterion::Squared),
            (Response::Values(&pairs, 2), Criterion::Squared),
            (Response::Values(&positive, 1), Criterion::Poisson),
            (Response::Values(&y, 1), Criterion::Absolute),
        ];
        for (response, criterion) in responses {
            // So many samples that no two features part them alike.
            let plain = Growth { min_leaf: 12, ..Growth::new(criterion, COLS) };
            let mut all = vec![
                plain.clone(),
                Growth { max_leaves: Some(9), ..plain.clone() },
                Growth { max_features: 6, ..plain.clone() },
                Growth { random: true, ..plain.clone() },
                Growth { random: true, max_features: 5, min_decrease: 1e-5, ..plain.clone() },
                Growth { min_weight: 15.0, ..plain.clone() },
            ];
            let one = matches!(response, Response::Values(_, 1))
                || matches!(response, Response::Classes(c) if c[0].n == 2);
            if one {
                let monotone = (0..COLS).map(|c| [1, 0, -1][c % 3]).collect();
                all.push(Growth { monotone, ..plain });
            }
            for growth in all {
                // Sums of distances from medians may be equal, but for rounding.
                let equal = criterion == Criterion::Absolute;
                let exact = [None, Some(&whole[..])].into_iter().filter(|_| !equal);
                for weights in exact.chain([Some(&drawn[..])]) {
                    let [dense, sparse] = both(&x, response, weights, &growth);
                    let case = format!("{round} {criterion:?} {growth:?}");
                    assert!(dense.0.leaves() > 2, "{case}");
                    if growth.monotone.is_empty() {
                        assert!(dense == sparse, "{case}");
                    } else {
                        // Bounds are rounded as the sides were summed.
                        assert!(alike(&dense.0, &sparse.0) && dense.1 == sparse.1, "{case}");
                    }
                }
            }
        }
    }
}

#[test]
fn whole_trees_of_counts_are_the_same() {
    // Counts are exact, and the features are looked at in the same order: so even equal splits are the same.
    let mut r = Stream::new(8, 0);
    let x = table(0.0, &mut r);
    let y = response(&x, &mut r);
    for n in [2, 3] {
        let codes = classes(&y, n);
        for random in [false, true] {
            let growth = Growth { max_features: 6, random, ..Growth::new(Criterion::Gini, COLS) };
            let [dense, sparse] = both(&x, Response::Classes(&codes), None, &growth);
            assert!(dense.0.leaves() > 60);
            assert_eq!(dense, sparse);
        }
    }
    // With all features the same samples are parted, be it by others that do as well.
    let codes = classes(&y, 2);
    let growth = Growth::new(Criterion::Gini, COLS);
    let [_, (nodes, leaves)] = both(&x, Response::Classes(&codes), None, &growth);
    let right = |i: usize| nodes.value(leaves[i] as usize)[codes[0].codes[i] as usize] == 1.0;
    assert!((0..ROWS).all(right));
}

#[test]
fn sparse_rows_find_the_leaves_of_dense_ones() {
    let mut r = Stream::new(9, 0);
    for missing in [0.0, 0.1] {
        let x = table(missing, &mut r);
        let y = response(&x, &mut r);
        let growth = Growth::new(Criterion::Squared, COLS);
        let [(nodes, leaves), _] = both(&x, Response::Values(&y, 1), None, &growth);
        let (dense, sparse) = (Features::from(x.view()), sparse(&x));
        assert_eq!(nodes.apply(&sparse), leaves);
        assert_eq!(nodes.apply(&dense), leaves);
        let tree = Tree::of(&nodes);
        assert_eq!(tree.predict(&sparse), tree.predict(&dense));
        assert_eq!(tree.paths(&sparse), tree.paths(&dense));
        let one = |x: &Features<'_>| tree.predict(&x.take(&[3]));
        assert_eq!(one(&sparse), one(&dense));
        // Rows of many trees, from anywhere.
        let trees = vec![tree; 5];
        let add = |x: &Features<'_>| {
            let mut out = vec![0.0; 300];
            Rows::new(x, &trees).each(150..450, |part, block| {
                trees
                    .iter()
                    .for_each(|t| t.add_block(block, &mut out[part.start - 150..][..part.len()]));
            });
            out
        };
        assert_eq!(add(&sparse), add(&dense));
    }
}

#[test]
fn rows_go_through_deep_trees_by_what_they_have() {
    // Words that few samples have.
    let (rows, cols, mut r) = (600, 300, Stream::new(10, 0));
    for missing in [0.0, 0.2] {
        let mut cell = || match (r.uniform() < 0.02, r.uniform() < missing) {
            (false, _) => 0.0,
            (true, true) => f64::NAN,
            (true, false) => r.normal(),
        };
        let x = Matrix::new((0..rows * cols).map(|_| cell()).collect::<Vec<_>>(), rows, cols);
        let y: Vec<f64> = (0..rows).map(|_| r.normal()).collect();
        let growth = Growth::new(Criterion::Squared, cols);
        let (dense, sparse) = (Features::from(x.view()), sparse(&x));
        let prepared = Prepared::new(&sparse, false, false).unwrap();
        let nodes = grow(&prepared, Response::Values(&y, 1), None, &growth, 0, None);
        let tree = Tree::of(&nodes);
        let Features::Sparse(s) = &sparse else { unreachable!() };
        let mut asked = Asked::none(cols);
        asked.add(&tree.paths);
        let mut short = Short::default();
        (0..rows).for_each(|i| short.push(s.row(i).0, s.row(i).1, &asked));
        let chains = Chains::of(&tree.paths, tree.depth, &asked, rows).unwrap();
        assert!(chains.help(&short) && short.len() == rows && tree.depth > 40);
        let (mut by_chains, mut by_nodes) = (vec![0; rows], vec![0; rows]);
        chains.find(&short, &mut by_chains);
        tree.paths.find(&x.data, true, &mut by_nodes);
        assert_eq!(by_chains, by_nodes);
        assert_eq!(tree.predict(&sparse), tree.predict(&dense));
        assert_eq!(nodes.apply(&sparse), nodes.apply(&dense));
        assert!(Chains::of(&tree.paths, tree.depth, &asked, 2).is_none());
    }
}

#[test]
fn tables_without_entries_are_single_leaves() {
    for rows in [1, 7] {
        let x = Features::from(Csr::new(vec![0; rows + 1], vec![], vec![], 3).unwrap());
        let prepared = Prepared::new(&x, false, false).unwrap();
        let y: Vec<f64> = (0..rows).map(|i| i as f64).collect();
        for max_features in [1, 3] {
            let growth = Growth::new(Criterion::Squared, max_features);
            let tree = grow(&prepared, Response::Values(&y, 1), None, &growth, 0, None);
            assert_eq!((tree.len(), tree.value(0)[0]), (1, (rows - 1) as f64 / 2.0));
            assert_eq!(tree.apply(&x), vec![0; rows]);
        }
    }
    let large = Features::from(Csr::new(vec![0, 1], vec![2], vec![1e39], 3).unwrap());
    for e in [fits_single(&large).err(), Prepared::new(&large, true, true).err()] {
        assert!(e.unwrap().to_string().contains("too large for dtype('float32')"));
    }
}
