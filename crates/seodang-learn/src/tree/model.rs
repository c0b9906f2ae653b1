//! What a single tree has learned, as a model.

use super::nodes::{LEAF, Nodes};
use super::packed::{Tree, in_blocks};
use super::prepared::Prepared;
use super::ranks::fits_single;
use super::rows::Rows;
use super::{Criterion, Limits, fit, grow, prune};
use crate::estimator::{Model, cannot};
use crate::features::Features;
use crate::record::Value;
use crate::state::{State, broken, model};
use crate::target::Y;
use seodang_core::{Array, Result};

model! {
    /// What a tree learns.
    pub(crate) struct TreeModel {
        tree: Tree,
        /// The classes of each output; none of a regressor.
        classes: Vec<usize>,
        /// Whether predictions have one dimension.
        flat: bool,
        /// How many outputs there are.
        pub n_outputs: usize,
        /// How many features were looked at for each split.
        pub max_features: usize,
        /// The number of classes, for each output if there are several.
        pub n_classes: Value,
    }
}

/// `n_classes_`.
pub(crate) fn n_classes(classes: &[usize]) -> Value {
    match classes {
        [] => Value::None,
        [n] => (*n).into(),
        many => {
            let many: Vec<i64> = many.iter().map(|&n| n as i64).collect();
            Array::from_vec([many.len()], many).map_or(Value::None, Value::Array)
        }
    }
}

/// The number of classes of each output, and whether predictions have one dimension.
pub(crate) fn outputs(y: &Y) -> (Vec<usize>, bool, usize) {
    match y {
        Y::Classes(all) => (all.iter().map(|o| o.n).collect(), all.len() == 1, all.len()),
        Y::Values(v) => (Vec::new(), v.flat, v.outputs),
        Y::None => (Vec::new(), true, 0),
    }
}

impl TreeModel {
    /// Grows and prunes a tree.
    ///
    /// # Errors
    /// `Value` for numbers that are too large, and for constraints that do not fit.
    pub(super) fn fit(
        limits: &Limits<'_>,
        criterion: Criterion,
        random: bool,
        (seed, ccp_alpha): (u64, f64),
        x: &Features<'_>,
        y: &Y,
        weights: Option<&[f64]>,
    ) -> Result<TreeModel> {
        let (rows, cols) = (x.rows(), x.cols());
        let weight = fit::total(weights, rows);
        let growth = limits.growth(criterion, random, (rows, cols), weight, y)?;
        let prepared = Prepared::new(x, false, random)?;
        let tree = grow(&prepared, fit::response(y)?, weights, &growth, seed, None);
        let (classes, flat, outputs) = outputs(y);
        let tree = Tree::of(&prune::pruned(tree, ccp_alpha));
        TreeModel::of(tree, classes, flat, outputs, growth.max_features)
    }

    /// The model of a tree that has grown.
    ///
    /// # Errors
    /// None: trees fit what they have grown on.
    pub(crate) fn of(
        tree: Tree,
        classes: Vec<usize>,
        flat: bool,
        n_outputs: usize,
        max_features: usize,
    ) -> Result<TreeModel> {
        let n_classes = n_classes(&classes);
        Ok(TreeModel { tree, classes, flat, n_outputs, max_features, n_classes })
    }

    /// What had been learned, checked.
    ///
    /// # Errors
    /// `Format` for parts that do not fit.
    pub(crate) fn checked(state: &mut State) -> Result<TreeModel> {
        let model = TreeModel::restore(state, "")?;
        if model.tree.width != width(&model.classes, model.n_outputs) || model.n_outputs == 0 {
            return Err(broken("tree"));
        }
        Ok(model)
    }
}

/// The numbers that a node of a tree says.
pub(crate) fn width(classes: &[usize], outputs: usize) -> usize {
    outputs * classes.iter().max().copied().unwrap_or(1)
}

/// The tables of probabilities in what leaves say, a table for each output.
///
/// # Errors
/// None that can be expected.
pub(crate) fn tables(said: Vec<f64>, classes: &[usize], rows: usize) -> Result<Vec<Array>> {
    let most = classes.iter().max().copied().unwrap_or(1);
    if let &[n] = classes {
        return Ok(vec![Array::from_vec([rows, n], said)?]);
    }
    let width = most * classes.len();
    let table = |(o, &n): (usize, &usize)| {
        let rows_of = said.chunks_exact(width).flat_map(|row| &row[o * most..o * most + n]);
        Array::from_vec([rows, n], rows_of.copied().collect())
    };
    classes.iter().enumerate().map(table).collect()
}

/// Values as they are predicted: one dimension, or rows by outputs.
///
/// # Errors
/// None that can be expected.
pub(crate) fn values(said: Vec<f64>, flat: bool, outputs: usize, rows: usize) -> Result<Array> {
    Array::from_vec(if flat { vec![rows] } else { vec![rows, outputs] }, said)
}

/// The place of the greatest of some numbers, the first of equal ones.
#[inline]
pub(crate) fn greatest(row: &[f64]) -> u32 {
    let mut best = 0;
    for (i, x) in row.iter().enumerate() {
        if *x > row[best] {
            best = i;
        }
    }
    best as u32
}

impl Model for TreeModel {
    fn predict_values(&self, x: &Features<'_>) -> Result<Array> {
        fits_single(x)?;
        values(self.tree.predict(x), self.flat, self.n_outputs, x.rows())
    }

    fn predict_codes(&self, x: &Features<'_>) -> Result<Vec<Vec<u32>>> {
        fits_single(x)?;
        let (width, n) = (self.tree.width, self.n_outputs);
        let most = width / n;
        let mut codes = vec![0; x.rows() * n];
        let x = Rows::new(x, std::slice::from_ref(&self.tree));
        in_blocks(&mut codes, n, |range, codes| {
            let mut said = vec![0.0; range.len() * width];
            self.tree.add(&x, range, &mut said);
            for (codes, said) in codes.chunks_exact_mut(n).zip(said.chunks_exact(width)) {
                let of = codes.iter_mut().zip(said.chunks_exact(most)).zip(&self.classes);
                of.for_each(|((code, said), &classes)| *code = greatest(&said[..classes]));
            }
        });
        if n == 1 {
            return Ok(vec![codes]);
        }
        Ok((0..n).map(|o| codes.iter().skip(o).step_by(n).copied().collect()).collect())
    }

    fn predict_proba(&self, x: &Features<'_>) -> Result<Vec<Array>> {
        fits_single(x)?;
        tables(self.tree.predict(x), &self.classes, x.rows())
    }

    fn call(&self, name: &str, x: Option<&Features<'_>>, arguments: &[Value]) -> Result<Value> {
        let _ = arguments;
        if let Some(x) = x {
            fits_single(x)?;
        }
        match (name, x) {
            ("apply", Some(x)) => {
                let leaves: Vec<i64> = self.tree.apply(x).into_iter().map(i64::from).collect();
                Ok(Array::from_vec([leaves.len()], leaves)?.into())
            }
            ("decision_path", Some(x)) => {
                let (pointers, nodes) = self.tree.paths(x);
                Ok(Value::List(vec![
                    Array::from_vec([pointers.len()], pointers)?.into(),
                    Array::from_vec([nodes.len()], nodes)?.into(),
                    self.tree.len().into(),
                ]))
            }
            ("said", Some(x)) => said(&self.tree, x, self.n_outputs),
            ("tree", None) => table(&self.tree.nodes(), &self.classes, self.n_outputs),
            ("importances", None) => {
                let all = self.tree.nodes().importances(true);
                Ok(Array::from_vec([all.len()], all)?.into())
            }
            ("pruning_path", None) => {
                let (alphas, impurities) = prune::path(&self.tree.nodes());
                Ok(Value::List(vec![
                    Array::from_vec([alphas.len()], alphas)?.into(),
                    Array::from_vec([impurities.len()], impurities)?.into(),
                ]))
            }
            _ => Err(cannot(name)),
        }
    }
}

/// What the leaf of each row says: rows by outputs by classes, or rows by outputs of one output.
fn said(tree: &Tree, x: &Features<'_>, outputs: usize) -> Result<Value> {
    let (rows, out) = (x.rows(), tree.predict(x));
    let most = tree.width / outputs;
    let shape = if outputs == 1 { vec![rows, most] } else { vec![rows, outputs, most] };
    Ok(Array::from_vec(shape, out)?.into())
}

/// The nodes as scikit-learn's arrays, by their names.
fn table(tree: &Nodes, classes: &[usize], outputs: usize) -> Result<Value> {
    let n = tree.len();
    let numbers = |all: &[u32], none: i64| {
        let all = all.iter().map(|&x| if x == LEAF { none } else { i64::from(x) });
        Array::from_vec([n], all.collect::<Vec<i64>>())
    };
    let missing: Vec<u8> = tree.missing_left.iter().map(|&m| u8::from(m)).collect();
    let classes: Vec<i64> = match classes {
        [] => vec![1; outputs],
        some => some.iter().map(|&n| n as i64).collect(),
    };
    let shape = [n, outputs, tree.width / outputs];
    let entries: Vec<(&str, Value)> = vec![
        ("children_left", numbers(&tree.left, -1)?.into()),
        ("children_right", numbers(&tree.right, -1)?.into()),
        ("feature", numbers(&tree.feature, -2)?.into()),
        ("threshold", Array::from_slice([n], &tree.threshold)?.into()),
        ("impurity", Array::from_slice([n], &tree.impurity)?.into()),
        ("n_node_samples", numbers(&tree.samples, 0)?.into()),
        ("weighted_n_node_samples", Array::from_slice([n], &tree.weight)?.into()),
        ("missing_go_to_left", Array::from_vec([n], missing)?.into()),
        ("value", Array::from_slice(shape, &tree.values)?.into()),
        ("n_classes", Array::from_vec([classes.len()], classes)?.into()),
        ("max_depth", tree.depth().into()),
        ("n_leaves", tree.leaves().into()),
        ("n_features", tree.features.into()),
        ("importances", {
            let all = tree.importances(false);
            Array::from_vec([all.len()], all)?.into()
        }),
    ];
    Ok(Value::Dict(entries.into_iter().map(|(k, v)| (k.into(), v)).collect()))
}
