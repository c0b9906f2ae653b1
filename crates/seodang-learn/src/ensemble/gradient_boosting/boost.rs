//! Stages of trees over the values themselves: each descends the loss that those before have left.
//!
//! Source: Friedman 2001, "Greedy function approximation"; Friedman 2002, "Stochastic gradient boosting".

use super::options::Options;
use crate::ensemble::held_out::held_out;
use crate::ensemble::losses::{Loss, log_norms, mean_loss, weighted_quantile};
use crate::features::Features;
use crate::record::Value;
use crate::state::{State, broken, model};
use crate::tree::{
    Growth, Nodes, Prepared, Response, Rows, Tree, TreeModel, grow, in_blocks, pruned,
};
use seodang_core::random::Stream;
use seodang_core::{Array, Error, Result, text};
use std::time::Instant;

model! {
    /// What the estimators of gradient boosting learn.
    pub(crate) struct Staged {
        /// The trees, a class after the other, stage by stage.
        trees: Vec<Tree>,
        /// The raw predictions before the first stage; none if another estimator makes them.
        baseline: Vec<f64>,
        loss: String,
        learning_rate: f64,
        seed: i64,
        /// How many stages there are.
        pub n_estimators: usize,
        /// How many trees a stage has: one, or one for each of more than two classes.
        pub n_trees_per_iteration: usize,
        /// How many features each split looks at.
        pub max_features: usize,
        /// The loss on the training samples of each stage.
        pub train_score: Vec<f64>,
        /// The loss on the samples that a stage does not see, if there are any.
        pub oob_scores: Option<Vec<f64>>,
        /// By how much each stage betters that loss.
        pub oob_improvement: Option<Vec<f64>>,
        /// The last of these losses.
        pub oob_score: Option<f64>,
        /// How much each feature lessened the squared error of the trees, as a share.
        pub feature_importances: Vec<f64>,
    }
}

/// The samples to learn from: classes are numbers from 0.
pub(super) struct Samples<'a> {
    pub(super) x: &'a Features<'a>,
    pub(super) y: &'a [f64],
    pub(super) weights: Option<&'a [f64]>,
    /// How many classes there are; 0 for a regression.
    pub(super) classes: usize,
}

/// Samples whose predictions grow with the stages.
struct Part {
    rows: Vec<usize>,
    y: Vec<f64>,
    weights: Vec<f64>,
    /// Class after class.
    raw: Vec<f64>,
}

impl Part {
    fn new(samples: &Samples<'_>, rows: Vec<usize>) -> Part {
        let y = rows.iter().map(|&i| samples.y[i]).collect();
        let weights = rows.iter().map(|&i| samples.weights.map_or(1.0, |w| w[i])).collect();
        Part { rows, y, weights, raw: Vec::new() }
    }
}

/// How each of the stages goes.
struct Stages<'a> {
    options: &'a Options<'a>,
    growth: Growth,
    loss: Loss,
    classes: usize,
    weighted: bool,
}

/// What a stage leaves of the samples that it saw, and of those that it did not.
struct Losses {
    seen: f64,
    unseen: Option<f64>,
}

impl Staged {
    /// Learns; from where `before` had come to, if it is given.
    pub(super) fn learn(
        options: &Options<'_>,
        growth: Growth,
        samples: &Samples<'_>,
        before: Option<&Staged>,
    ) -> Result<Staged> {
        let classes = if samples.classes > 2 { samples.classes } else { 1 };
        let features = samples.x.cols();
        if samples.weights.is_some_and(|w| w.iter().all(|&w| w <= 0.0)) {
            return Err(Error::value(text!(
                en: "sample_weight has no positive weight",
                ko: "sample_weight에 양수가 없습니다"
            )));
        }
        if let Some(before) = before {
            let (wanted, done) = (options.n_estimators, before.n_estimators);
            if wanted < done {
                return Err(Error::value(text!(
                    en: "n_estimators={wanted} must be larger or equal to \
                         estimators_.shape[0]={done} when warm_start==True",
                    ko: "warm_start==True이면 n_estimators({wanted})는 지금의 수({done}) 이상이어야 합니다"
                )));
            }
            if before.n_trees_per_iteration != classes
                || before.feature_importances.len() != features
            {
                return Err(Error::value(text!(
                    en: "warm_start needs as many classes and features as before",
                    ko: "warm_start에는 전과 같은 수의 클래스와 특성이 필요합니다"
                )));
            }
        }
        // Where nothing is drawn, the seed is of no account, and equal fits are equal.
        let draws = options.n_iter_no_change.is_some()
            || options.subsample < 1.0
            || growth.max_features < features;
        let seed = match before {
            Some(before) => before.seed as u64,
            None if draws => options.seed.get() >> 1,
            None => 0,
        };
        let all = samples.y.len();
        let parts = match options.n_iter_no_change {
            None => None,
            Some(_) => {
                let share = Value::Float(options.validation_fraction);
                held_out(&share, samples.y, samples.classes, seed)?
            }
        };
        let (train, test) = parts.unwrap_or_else(|| ((0..all as u32).collect(), Vec::new()));
        let places = |rows: Vec<u32>| rows.into_iter().map(|i| i as usize).collect::<Vec<_>>();
        let mut train = Part::new(samples, places(train));
        let mut test = Part::new(samples, places(test));
        let chosen = |part: &Part| match part.rows.len() == all {
            true => Features::from(samples.x),
            false => samples.x.take(&part.rows),
        };
        let (x, x_test) = (chosen(&train), chosen(&test));
        let weights = samples.weights.map(|_| train.weights.as_slice());
        let mut model = match before {
            Some(before) => before.clone(),
            None => Staged {
                trees: Vec::new(),
                baseline: match (options.init, options.zero) {
                    (Some(_), _) => Vec::new(),
                    (None, true) => vec![0.0; classes],
                    (None, false) => options.loss.intercept(&train.y, weights, samples.classes),
                },
                loss: options.loss.kind().into(),
                learning_rate: options.learning_rate,
                seed: seed as i64,
                n_estimators: 0,
                n_trees_per_iteration: classes,
                max_features: growth.max_features,
                train_score: Vec::new(),
                oob_scores: None,
                oob_improvement: None,
                oob_score: None,
                feature_importances: Vec::new(),
            },
        };
        for (part, x) in [(&mut train, &x), (&mut test, &x_test)] {
            part.raw = model.beginning(options.init, &part.rows, all)?;
            for stage in 0..model.n_estimators {
                model.add(x, stage, &mut part.raw);
            }
        }
        let weighted = samples.weights.is_some();
        let stages = Stages { options, growth, loss: options.loss, classes, weighted };
        stages.run(&mut model, &x, &mut train, &x_test, &mut test)?;
        model.weigh_features(features);
        Ok(model)
    }

    /// The raw predictions of some samples before the first stage.
    fn beginning(&self, init: Option<&Value>, rows: &[usize], all: usize) -> Result<Vec<f64>> {
        let classes = self.n_trees_per_iteration;
        let Some(init) = init else { return Ok(self.start(rows.len())) };
        let wrong = || Error::internal("raw predictions to begin with");
        let Value::Array(table) = init else { return Err(wrong()) };
        let values = table.to_f64_vec();
        if values.len() != all * classes {
            return Err(wrong());
        }
        let of = |k: usize| rows.iter().map(move |&i| i * classes + k);
        Ok((0..classes).flat_map(of).map(|i| values[i]).collect())
    }

    /// Raw predictions before the first stage, class after class: 0 if another estimator makes them.
    pub(super) fn start(&self, rows: usize) -> Vec<f64> {
        let classes = self.n_trees_per_iteration;
        let base = |k: usize| self.baseline.get(k).copied().unwrap_or(0.0);
        (0..classes).flat_map(|k| std::iter::repeat_n(base(k), rows)).collect()
    }

    /// Adds what a stage says to raw predictions, class after class.
    fn add(&self, x: &Features<'_>, stage: usize, raw: &mut [f64]) {
        let (rows, classes) = (x.rows(), self.n_trees_per_iteration);
        if rows == 0 {
            return;
        }
        for (k, raw) in raw.chunks_exact_mut(rows).enumerate() {
            let tree = &self.trees[stage * classes + k];
            let x = Rows::new(x, std::slice::from_ref(tree));
            in_blocks(raw, 1, |range, raw| {
                let mut said = vec![0.0; raw.len()];
                tree.add(&x, range, &mut said);
                raw.iter_mut().zip(said).for_each(|(r, s)| *r += self.learning_rate * s);
            });
        }
    }

    /// What some stages add to raw predictions, class after class.
    pub(super) fn stages(&self, x: &Features<'_>, stages: std::ops::Range<usize>) -> Vec<f64> {
        let (rows, classes) = (x.rows(), self.n_trees_per_iteration);
        let mut out = vec![0.0; rows * classes];
        if rows == 0 {
            return out;
        }
        let x = Rows::new(x, &self.trees[stages.start * classes..stages.end * classes]);
        for (k, raw) in out.chunks_exact_mut(rows).enumerate() {
            in_blocks(raw, 1, |range, raw| {
                x.each(range.clone(), |part, block| {
                    let raw = &mut raw[part.start - range.start..part.end - range.start];
                    for stage in stages.clone() {
                        self.trees[stage * classes + k].add_block(block, raw);
                    }
                });
                raw.iter_mut().for_each(|r| *r *= self.learning_rate);
            });
        }
        out
    }

    /// The number of the leaf of each sample, in each tree.
    pub(super) fn leaves(&self, x: &Features<'_>) -> Vec<Vec<u32>> {
        self.trees.iter().map(|t| t.apply(x)).collect()
    }

    /// A tree as a model of its own.
    ///
    /// # Errors
    /// `Value` for a number that is no tree's.
    pub(super) fn tree(&self, number: usize) -> Result<TreeModel> {
        let tree = self.trees.get(number).cloned().ok_or_else(|| broken("estimators"))?;
        TreeModel::of(tree, Vec::new(), true, 1, self.max_features)
    }

    /// The loss, by its name.
    pub(super) fn loss(&self) -> &str {
        &self.loss
    }

    /// The mean of the trees' importances, without those of a single leaf.
    fn weigh_features(&mut self, features: usize) {
        let mut sums = vec![0.0; features];
        for tree in self.trees.iter().filter(|t| t.len() > 1) {
            sums.iter_mut().zip(tree.nodes().importances(false)).for_each(|(s, i)| *s += i);
        }
        let total: f64 = sums.iter().sum();
        if total > 0.0 {
            sums.iter_mut().for_each(|s| *s /= total);
        }
        self.feature_importances = sums;
    }

    /// What a file holds, if it fits.
    pub(super) fn restored(state: &mut State, regression: bool) -> Result<Staged> {
        let model = Staged::restore(state, "")?;
        let classes = model.n_trees_per_iteration;
        let one = if regression { classes == 1 } else { classes == 1 || classes > 2 };
        let features = model.feature_importances.len();
        if !one
            || ![0, classes].contains(&model.baseline.len())
            || model.trees.len() != model.n_estimators * classes
            || model.trees.iter().any(|t| t.width != 1 || t.features != features)
        {
            return Err(broken("trees"));
        }
        Ok(model)
    }
}

impl Stages<'_> {
    fn run(
        &self,
        model: &mut Staged,
        x: &Features<'_>,
        train: &mut Part,
        x_test: &Features<'_>,
        test: &mut Part,
    ) -> Result<()> {
        let prepared = Prepared::new(x, true, false)?;
        let options = self.options;
        let begun = options.report.map(|_| Instant::now());
        let mut history = vec![f64::INFINITY; options.n_iter_no_change.unwrap_or(0)];
        while model.n_estimators < options.n_estimators {
            let stage = model.n_estimators;
            let mut random = Stream::new(model.seed as u64, 2 + stage as u64);
            let seen = self.seen(train.y.len(), &mut random);
            let before = match &seen {
                Some(seen) if stage == 0 => {
                    // Huber's loss bends at 1 before the first stage, as scikit-learn's.
                    let huber = matches!(self.loss, Loss::Huber(_));
                    let loss = if huber { Loss::Huber(1.0) } else { self.loss };
                    Some(self.measured(loss, train, |i| !seen[i]))
                }
                _ => None,
            };
            let loss = self.with_delta(train);
            let grown = self.stage(loss, &prepared, x, train, seen.as_deref(), &mut random);
            model.trees.extend(grown);
            model.n_estimators += 1;
            let losses = match &seen {
                None => Losses { seen: self.measured(loss, train, |_| true), unseen: None },
                Some(seen) => Losses {
                    seen: self.measured(loss, train, |i| seen[i]),
                    unseen: Some(self.measured(loss, train, |i| !seen[i])),
                },
            };
            model.train_score.push(losses.seen);
            if let Some(unseen) = losses.unseen {
                let scores = model.oob_scores.get_or_insert_with(|| vec![0.0; stage]);
                let last = before.or(scores.last().copied()).unwrap_or(0.0);
                scores.push(unseen);
                let better = model.oob_improvement.get_or_insert_with(|| vec![0.0; stage]);
                better.push(last - unseen);
                model.oob_score = Some(unseen);
            }
            if let (Some(Value::Function(report)), Some(begun)) = (options.report, begun) {
                let better = model.oob_improvement.as_ref().and_then(|b| b.last().copied());
                report.call(&[
                    Array::scalar(stage as i64),
                    Array::scalar(losses.seen),
                    Array::scalar(better.unwrap_or(0.0)),
                    Array::scalar(begun.elapsed().as_secs_f64()),
                ])?;
            }
            if let Some(Value::Function(monitor)) = options.monitor {
                let stop = monitor.call(&[Array::scalar(stage as i64)])?;
                if stop.to_f64_vec().iter().any(|&s| s != 0.0) {
                    break;
                }
            }
            if options.n_iter_no_change.is_some() {
                model.add(x_test, stage, &mut test.raw);
                let unseen = self.measured(loss, test, |_| true);
                if !history.iter().any(|&h| unseen + options.tol < h) {
                    break;
                }
                let at = stage % history.len();
                history[at] = unseen;
            }
        }
        Ok(())
    }

    /// Which samples a stage sees, if it does not see all.
    fn seen(&self, n: usize, random: &mut Stream) -> Option<Vec<bool>> {
        if self.options.subsample >= 1.0 {
            return None;
        }
        let count = ((self.options.subsample * n as f64) as usize).max(1);
        let mut order: Vec<u32> = (0..n as u32).collect();
        let mut seen = vec![false; n];
        for i in 0..count {
            order.swap(i, i + random.below((n - i) as u64) as usize);
            seen[order[i] as usize] = true;
        }
        Some(seen)
    }

    /// The mean loss of some samples, as scikit-learn scales it.
    fn measured(&self, loss: Loss, part: &Part, chosen: impl Fn(usize) -> bool) -> f64 {
        let rows: Vec<usize> = (0..part.y.len()).filter(|&i| chosen(i)).collect();
        let n = part.y.len();
        let y: Vec<f64> = rows.iter().map(|&i| part.y[i]).collect();
        let weights: Vec<f64> = rows.iter().map(|&i| part.weights[i]).collect();
        let raw: Vec<f64> = (0..self.classes)
            .flat_map(|k| rows.iter().map(move |&i| k * n + i))
            .map(|i| part.raw[i])
            .collect();
        let factor = if matches!(self.loss, Loss::Squared | Loss::Binomial) { 2.0 } else { 1.0 };
        factor * mean_loss(loss, &y, Some(&weights), &raw)
    }

    /// Huber's loss with the size of errors at which it bends: a quantile of them.
    fn with_delta(&self, part: &Part) -> Loss {
        let Loss::Huber(share) = self.loss else { return self.loss };
        let errors: Vec<f64> = part.y.iter().zip(&part.raw).map(|(y, r)| (y - r).abs()).collect();
        Loss::Huber(weighted_quantile(&errors, &part.weights, share))
    }

    /// The trees of a stage; what they say is added to the raw predictions.
    fn stage(
        &self,
        loss: Loss,
        prepared: &Prepared<'_>,
        x: &Features<'_>,
        part: &mut Part,
        seen: Option<&[bool]>,
        random: &mut Stream,
    ) -> Vec<Tree> {
        let n = part.y.len();
        let mut norms = vec![0.0; if self.classes > 1 { n } else { 0 }];
        if self.classes > 1 {
            log_norms(&part.raw, &mut norms);
        }
        let weights: Vec<f64> = match seen {
            None => part.weights.clone(),
            Some(seen) => {
                let of = |(w, s): (&f64, &bool)| if *s { *w } else { 0.0 };
                part.weights.iter().zip(seen).map(of).collect()
            }
        };
        let given = (self.weighted || seen.is_some()).then_some(weights.as_slice());
        let mut out = Vec::with_capacity(self.classes);
        // All trees of a stage descend from where the stage before had come to.
        let gradients: Vec<Vec<f64>> = (0..self.classes)
            .map(|k| {
                let raw = &part.raw[k * n..(k + 1) * n];
                let exact = (0..n)
                    .map(|i| match self.classes {
                        1 => -loss.derivatives(part.y[i], raw[i]).0,
                        _ => f64::from(u8::from(part.y[i] == k as f64)) - (raw[i] - norms[i]).exp(),
                    })
                    .collect();
                rounded(exact)
            })
            .collect();
        for (k, downhill) in gradients.iter().enumerate() {
            let response = Response::Values(downhill, 1);
            let tree = grow(prepared, response, given, &self.growth, random.next_u64(), None);
            let mut tree = pruned(tree, self.options.ccp_alpha);
            let leaves = tree.apply(x);
            let raw = &mut part.raw[k * n..(k + 1) * n];
            let leaf = Leaf { loss, classes: self.classes, class: k, y: &part.y, downhill, raw };
            leaf.settle(&mut tree, &leaves, &weights);
            for (r, &leaf) in raw.iter_mut().zip(&leaves) {
                *r += self.options.learning_rate * tree.value(leaf as usize)[0];
            }
            out.push(Tree::of(&tree));
        }
        out
    }
}

/// Numbers with so many digits that their sums are exact: then splits that are equally good are equal,
/// whatever the order of samples, and whether a sample counts twice or is there twice.
fn rounded(mut values: Vec<f64>) -> Vec<f64> {
    let greatest = values.iter().fold(0.0f64, |a, x| a.max(x.abs()));
    if greatest == 0.0 || !greatest.is_finite() {
        return values;
    }
    let bits = (usize::BITS - values.len().leading_zeros()) as i32;
    let digits = (48 - bits).clamp(24, 40);
    let power = digits - greatest.log2().floor() as i32 - 1;
    // Beyond these, the powers themselves are no numbers.
    if power.abs() > 1000 {
        return values;
    }
    let (unit, back) = (2f64.powi(power), 2f64.powi(-power));
    // Means of a few such numbers lie at halves, thirds, ... of a unit, where rounding must not turn.
    const TURN: f64 = 0.618_033_988_749_895;
    values.iter_mut().for_each(|x| *x = (*x * unit + TURN).floor() * back);
    values
}

/// What the values of leaves follow from.
struct Leaf<'a> {
    loss: Loss,
    classes: usize,
    class: usize,
    y: &'a [f64],
    downhill: &'a [f64],
    raw: &'a [f64],
}

impl Leaf<'_> {
    /// Gives each leaf the step that is best for its samples: one of Newton's method, or exactly.
    fn settle(&self, tree: &mut Nodes, leaves: &[u32], weights: &[f64]) {
        if self.loss == Loss::Squared {
            return;
        }
        if matches!(self.loss, Loss::Binomial | Loss::Multinomial | Loss::Exponential) {
            let mut sums = vec![(0.0, 0.0); tree.len()];
            for (i, (&leaf, &w)) in leaves.iter().zip(weights).enumerate() {
                let (g, h) = self.derivatives(i);
                let sum = &mut sums[leaf as usize];
                *sum = (sum.0 + w * g, sum.1 + w * h);
            }
            let share = match self.loss {
                Loss::Multinomial => (self.classes - 1) as f64 / self.classes as f64,
                _ => 1.0,
            };
            for (node, (g, h)) in sums.into_iter().enumerate() {
                if !tree.is_leaf(node) {
                    continue;
                }
                let step = if h.abs() < 1e-150 { 0.0 } else { share * g / h };
                tree.value_mut(node)[0] = step;
            }
            return;
        }
        let mut residuals: Vec<(Vec<f64>, Vec<f64>)> = vec![Default::default(); tree.len()];
        for (i, (&leaf, &w)) in leaves.iter().zip(weights).enumerate().filter(|(_, l)| *l.1 != 0.0)
        {
            let at = &mut residuals[leaf as usize];
            at.0.push(self.y[i] - self.raw[i]);
            at.1.push(w);
        }
        for (node, (left, w)) in residuals.into_iter().enumerate() {
            if tree.is_leaf(node) {
                tree.value_mut(node)[0] = self.best(&left, &w);
            }
        }
    }

    /// The way down and the curvature at a sample, in the leaf's own measure.
    fn derivatives(&self, i: usize) -> (f64, f64) {
        let g = self.downhill[i];
        let y = match self.loss {
            Loss::Multinomial => f64::from(u8::from(self.y[i] == self.class as f64)),
            _ => self.y[i],
        };
        match self.loss {
            // A positive sample's curvature is its gradient, a negative one's the opposite.
            Loss::Exponential => (g, if y == 0.0 { -g } else { g }),
            _ => (g, (y - g) * (1.0 - (y - g))),
        }
    }

    /// The constant that is best for residuals.
    fn best(&self, left: &[f64], weights: &[f64]) -> f64 {
        match self.loss {
            Loss::Huber(delta) => {
                let median = weighted_quantile(left, weights, 0.5);
                let total: f64 = weights.iter().sum();
                let step = |(r, w): (&f64, &f64)| w * (r - median).clamp(-delta, delta);
                median + left.iter().zip(weights).map(step).sum::<f64>() / total
            }
            Loss::Quantile(share) => weighted_quantile(left, weights, share),
            _ => weighted_quantile(left, weights, 0.5),
        }
    }
}
