//! What a forest has learned, as a model.

use super::{Drawn, ForestModel};
use crate::estimator::{Fitted, Model, cannot};
use crate::features::Features;
use crate::record::{Param, Value};
use crate::state::{State, broken};
use crate::target::Classes;
use crate::tree::{Rows, Tree, TreeModel, fits_single, greatest, tables, values, width};
use crate::{registry, saving};
use seodang_core::random::Stream;
use seodang_core::{Array, Result};
use seodang_kernels::pool;
use std::sync::Mutex;

/// The most rows of a task: a tree's nodes are loaded once for all of them, and both stay in the second
/// cache; and the fewest, if there are threads for more tasks.
const BLOCK: [usize; 2] = [4096, 256];

impl Drawn {
    /// The samples that a tree learns from.
    fn samples(&self, seed: i64) -> Vec<u32> {
        let mut random = Stream::new(seed as u64, 1);
        let Some(weights) = &self.weights else {
            return (0..self.draws).map(|_| random.below(self.rows as u64) as u32).collect();
        };
        let mut sum = 0.0;
        let until: Vec<f64> = weights
            .iter()
            .map(|w| {
                sum += w;
                sum
            })
            .collect();
        let draw = |_| {
            let u = random.uniform() * sum;
            until.partition_point(|&c| c <= u).min(self.rows - 1) as u32
        };
        (0..self.draws).map(draw).collect()
    }

    /// How often each sample is among them.
    pub(super) fn counts(&self, seed: i64) -> Vec<f64> {
        let mut counts = vec![0.0; self.rows];
        for i in self.samples(seed) {
            counts[i as usize] += 1.0;
        }
        counts
    }
}

impl ForestModel {
    /// What had been learned, checked.
    ///
    /// # Errors
    /// `Format` for parts that do not fit.
    pub(super) fn checked(state: &mut State) -> Result<ForestModel> {
        let model = ForestModel::restore(state, "")?;
        let width = width(&model.classes, model.n_outputs);
        let fits = |t: &Tree| t.width == width && t.features == model.trees[0].features;
        if model.trees.is_empty()
            || model.trees.len() != model.seeds.len()
            || model.n_outputs == 0
            || !model.trees.iter().all(fits)
        {
            return Err(broken("trees"));
        }
        let weighed =
            |d: &Drawn| d.rows > 0 && d.weights.as_ref().is_none_or(|w| w.len() == d.rows);
        if !model.drawn.as_ref().is_none_or(weighed) {
            return Err(broken("drawn"));
        }
        Ok(model)
    }

    /// The shape of what is predicted.
    pub(super) fn shape(&self, rows: usize) -> Vec<usize> {
        let flat = self.flat || (self.n_outputs == 1 && !self.classes.is_empty());
        if flat { vec![rows] } else { vec![rows, self.n_outputs] }
    }

    /// The mean of what the trees say.
    fn said(&self, x: &Features<'_>) -> Result<Vec<f64>> {
        fits_single(x)?;
        let (rows, width) = (x.rows(), self.trees[0].width);
        let x = Rows::new(x, &self.trees);
        let mut out = vec![0.0; rows * width];
        let [most, least] = BLOCK;
        let block = rows.div_ceil(4 * pool::threads()).next_multiple_of(least).min(most);
        let parts: Vec<_> = out.chunks_mut(block * width).map(Mutex::new).collect();
        pool::run(parts.len(), |t| {
            let mut part = parts[t].lock().expect("each part has one task");
            let range = t * block..rows.min((t + 1) * block);
            // Made ready once for all trees.
            x.each(range.clone(), |rows, numbers| {
                let at = (rows.start - range.start) * width;
                for tree in &self.trees {
                    tree.add_block(numbers, &mut part[at..at + rows.len() * width]);
                }
            });
            let count = self.trees.len() as f64;
            part.iter_mut().for_each(|v| *v /= count);
        });
        drop(parts);
        Ok(out)
    }

    /// The leaf of each row in each tree.
    fn apply(&self, x: &Features<'_>) -> Result<Array> {
        let (rows, trees) = (x.rows(), self.trees.len());
        let mut out = vec![0i64; rows * trees];
        for (t, tree) in self.trees.iter().enumerate() {
            for (i, leaf) in tree.apply(x).into_iter().enumerate() {
                out[i * trees + t] = i64::from(leaf);
            }
        }
        Array::from_vec([rows, trees], out)
    }

    /// The nodes of all trees on each row's way: the parts of a sparse table, and where each tree's
    /// columns begin.
    fn paths(&self, x: &Features<'_>) -> Result<Value> {
        let all: Vec<_> = self.trees.iter().map(|t| t.paths(x)).collect();
        let mut first = vec![0i64];
        for tree in &self.trees {
            first.push(first[first.len() - 1] + tree.len() as i64);
        }
        let (mut pointers, mut nodes) = (vec![0i64], Vec::new());
        for i in 0..x.rows() {
            for ((p, n), first) in all.iter().zip(&first) {
                nodes.extend(n[p[i] as usize..p[i + 1] as usize].iter().map(|n| n + first));
            }
            pointers.push(nodes.len() as i64);
        }
        Ok(Value::List(vec![
            Array::from_vec([pointers.len()], pointers)?.into(),
            Array::from_vec([nodes.len()], nodes)?.into(),
            Array::from_vec([first.len()], first)?.into(),
        ]))
    }

    /// The mean of the trees' importances, as shares.
    fn importances(&self) -> Vec<f64> {
        let mut out = vec![0.0; self.trees[0].features];
        for tree in self.trees.iter().filter(|t| t.len() > 1) {
            out.iter_mut().zip(tree.nodes().importances(true)).for_each(|(o, x)| *o += x);
        }
        let sum: f64 = out.iter().sum();
        if sum > 0.0 {
            out.iter_mut().for_each(|x| *x /= sum);
        }
        out
    }

    /// A tree as the file of an estimator: what `estimators_` is made of.
    fn estimator(&self, arguments: &[Value]) -> Result<Value> {
        let [i, Value::Str(class), Value::Dict(parameters)] = arguments else {
            return Err(cannot("estimator"));
        };
        let i = usize::from_value(i).filter(|&i| i < self.trees.len());
        let i = i.ok_or_else(|| cannot("estimator"))?;
        let mut estimator = registry::new(class)?;
        for (name, value) in parameters {
            let Value::Str(name) = name else { return Err(cannot("estimator")) };
            estimator.set(name, value)?;
        }
        estimator.set("random_state", &self.seeds[i].into())?;
        let tree = self.trees[i].clone();
        let features = tree.features;
        let n = self.n_outputs;
        let model = TreeModel::of(tree, self.classes.clone(), self.flat, n, self.max_features)?;
        // A tree of a forest knows the numbers of the classes.
        let numbers = |&n: &usize| {
            let numbers: Vec<f64> = (0..n).map(|c| c as f64).collect();
            Array::from_vec([n], numbers).map(Classes::Numbers)
        };
        let classes = self.classes.iter().map(numbers).collect::<Result<_>>()?;
        let bytes = saving::to_bytes(&Fitted::new(estimator, Box::new(model), classes, features))?;
        Ok(Array::from_vec([bytes.len()], bytes)?.into())
    }
}

impl Model for ForestModel {
    fn predict_values(&self, x: &Features<'_>) -> Result<Array> {
        values(self.said(x)?, self.flat, self.n_outputs, x.rows())
    }

    fn predict_codes(&self, x: &Features<'_>) -> Result<Vec<Vec<u32>>> {
        let said = self.said(x)?;
        let width = self.trees[0].width;
        let most = width / self.n_outputs;
        let of = |o: usize| {
            let classes = o * most..o * most + self.classes[o];
            said.chunks_exact(width).map(|row| greatest(&row[classes.clone()])).collect()
        };
        Ok((0..self.n_outputs).map(of).collect())
    }

    fn predict_proba(&self, x: &Features<'_>) -> Result<Vec<Array>> {
        tables(self.said(x)?, &self.classes, x.rows())
    }

    fn call(&self, name: &str, x: Option<&Features<'_>>, arguments: &[Value]) -> Result<Value> {
        if let Some(x) = x {
            fits_single(x)?;
        }
        match (name, x) {
            ("apply", Some(x)) => Ok(self.apply(x)?.into()),
            ("decision_path", Some(x)) => self.paths(x),
            ("importances", None) => {
                let all = self.importances();
                Ok(Array::from_vec([all.len()], all)?.into())
            }
            ("estimator", None) => self.estimator(arguments),
            ("count", None) => Ok(self.trees.len().into()),
            ("samples", None) => {
                let Some(drawn) = &self.drawn else { return Ok(Value::None) };
                let all = self.seeds.iter().map(|&seed| {
                    let samples: Vec<i64> =
                        drawn.samples(seed).into_iter().map(i64::from).collect();
                    Ok(Array::from_vec([samples.len()], samples)?.into())
                });
                all.collect::<Result<_>>().map(Value::List)
            }
            _ => Err(cannot(name)),
        }
    }
}
