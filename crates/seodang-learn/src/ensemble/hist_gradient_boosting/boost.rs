//! Rounds of trees: each descends the loss that those before have left.

use super::binning::{self, Binned, Binner};
use super::grow::{Grower, Grown, Growth};
use super::histogram::Scale;
use super::options::{self, Options, Scoring};
use super::report::{Event, Part, since};
use super::split::{Column, Limits};
use super::trees::Trees;
use super::truth::Truth;
use crate::ensemble::held_out;
use crate::ensemble::losses::{Loss, exp, log_norms, mean_loss};
use crate::features::{Dense, Features};
use crate::record::{Param, Value};
use crate::state::{State, broken, model};
use crate::stop;
use seodang_core::random::Stream;
use seodang_core::{Array, DType, Error, Result, text};
use seodang_kernels::vectorised::{self, Loop};
use seodang_kernels::{pages, pool};
use std::borrow::Cow;
use std::ops::Range;
use std::sync::{Mutex, PoisonError};

/// Samples whose derivatives one task computes.
const PIECE: usize = 8_192;
/// Samples whose derivatives go through each step together.
const TOGETHER: usize = 64;

model! {
    /// What the estimators of histogram-based gradient boosting learn.
    pub(crate) struct Boosted {
        binner: Binner,
        trees: Trees,
        /// The raw predictions before the first round, one for each tree of a round.
        baseline: Vec<f64>,
        loss: String,
        quantile: f64,
        seed: i64,
        /// What Python knows of categories that are no numbers.
        encoding: Value,
        /// How many rounds there are.
        pub n_iter: usize,
        /// How many trees a round has: one, or one for each of more than two classes.
        pub n_trees_per_iteration: usize,
        /// Whether the rounds could end early.
        pub do_early_stopping: bool,
        /// The scores on training samples, beginning with that before the first round; none without
        /// early stopping.
        pub train_score: Vec<f64>,
        /// The scores on validation samples.
        pub validation_score: Vec<f64>,
        /// Which features are categories, if any is.
        pub is_categorical: Option<Array>,
    }
}

/// The samples to learn from.
pub(super) struct Samples<'a> {
    pub(super) x: &'a Dense<'a>,
    pub(super) y: Truth<'a>,
    pub(super) weights: Option<Cow<'a, [f64]>>,
    /// How many classes there are; 0 for a regression.
    pub(super) classes: usize,
}

impl Boosted {
    /// Learns; from where `before` had come to, if it is given.
    pub(super) fn learn(
        options: &Options<'_>,
        samples: &Samples<'_>,
        before: Option<&Boosted>,
    ) -> Result<Boosted> {
        let (rows, cols) = samples.x.shape();
        let loss = options.loss;
        let classes = if samples.classes > 2 { samples.classes } else { 1 };
        if classes > 1 && !matches!(options.monotonic_cst, Value::None) {
            return Err(Error::value(text!(
                en: "monotonic constraints are not supported for multiclass classification.",
                ko: "다중 클래스 분류에서는 단조 제약을 쓸 수 없습니다."
            )));
        }
        if samples.weights.as_ref().is_some_and(|w| w.iter().any(|&w| w < 0.0)) {
            return Err(Error::value(text!(
                en: "Negative values in data passed to `sample_weight`.",
                ko: "`sample_weight`에 음수가 있습니다."
            )));
        }
        if let Some(done) = before.map(|b| b.n_iter).filter(|&n| n > options.max_iter) {
            let wanted = options.max_iter;
            return Err(Error::value(text!(
                en: "max_iter={wanted} must be larger than or equal to n_iter_={done} when \
                     warm_start==True",
                ko: "warm_start==True이면 max_iter({wanted})는 n_iter_({done}) 이상이어야 합니다"
            )));
        }
        if before.is_some_and(|b| {
            b.n_trees_per_iteration != classes || b.binner.categorical().len() != cols
        }) {
            return Err(Error::value(text!(
                en: "warm_start needs as many classes and features as before",
                ko: "warm_start에는 전과 같은 수의 클래스와 특성이 필요합니다"
            )));
        }
        let clock = options.report.clock();
        let begun = clock.now();
        if let Truth::Values(y) = &samples.y {
            options::check_target(loss, y)?;
        }
        let categorical = options::categorical(options.categorical_features, cols)?;
        let monotonic = options::monotonic(options.monotonic_cst, cols)?;
        let interactions = options::interactions(options.interaction_cst, cols)?;
        let any = categorical.iter().any(|c| *c);
        if categorical.iter().zip(&monotonic).any(|(c, m)| *c && *m != 0) {
            return Err(Error::value(text!(
                en: "Categorical features cannot have monotonic constraints.",
                ko: "범주형 특성에는 단조 제약을 줄 수 없습니다."
            )));
        }
        let held = options.held.and_then(usize::from_value).unwrap_or(0);
        let early = options.early_stopping.unwrap_or(rows - held.min(rows) > 10_000);
        // Where nothing is drawn, the seed is of no account, and equal fits are equal.
        let draws = early && held == 0 || rows > binning::SAMPLE || options.max_features < 1.0;
        let seed = match before {
            Some(before) => before.seed as u64,
            None if draws => options.seed.get(),
            None => 0,
        };
        let split = match options.held {
            Some(held) if early => held_out::last(rows, held),
            None if early => {
                let fraction = options.validation_fraction;
                held_out::held_out(fraction, &samples.y.values(), samples.classes, seed)?
            }
            _ => None,
        };
        let part = |rows: &[u32], all: &[f64]| -> Vec<f64> {
            rows.iter().map(|&i| all[i as usize]).collect()
        };
        let chosen = |rows: Option<&[u32]>| match rows {
            None => (samples.y.lent(), samples.weights.as_deref().map(Cow::from)),
            Some(r) => (samples.y.part(r), samples.weights.as_ref().map(|w| Cow::from(part(r, w)))),
        };
        let (train, test) = match split {
            None => (None, None),
            Some((train, test)) => (Some(train), Some(test)),
        };
        let of_rows = train.as_deref();
        let (y, weights) = chosen(of_rows);
        let bins = options.max_bins;
        let cell = if matches!(samples.x, Dense::F32(_)) { 4 } else { 8 };
        let size = |rows: usize| (rows * cols * cell) as f64;
        let now = clock.now();
        let binner =
            Binner::fit(samples.x, of_rows, weights.as_deref(), categorical.clone(), bins, seed)?;
        let binned = binner.transform(samples.x, of_rows);
        options.report.tell(Event::Binned, || vec![size(binned.rows), since(now)])?;
        let now = clock.now();
        let validation = test.map(|test| {
            let (y, weights) = chosen(Some(&test));
            let binned = binner.transform(samples.x, Some(&test));
            let (y, weights) = (y.values().into_owned(), weights.map(Cow::into_owned));
            Held { binned, y, weights, raw: Vec::new() }
        });
        // With a scorer there may be none: it looks at samples that are learned from.
        if let Some(rows) = validation.as_ref().map(|h| h.binned.rows).filter(|&rows| rows > 0) {
            options.report.tell(Event::BinnedHeldOut, || vec![size(rows), since(now)])?;
        }
        options.report.tell(Event::Begun, Vec::new)?;
        let missing = binned.missing();
        let growth = Growth {
            columns: (0..cols)
                .map(|f| Column {
                    bins: binner.bins(f),
                    missing: missing[f],
                    categorical: categorical[f],
                    monotonic: monotonic[f],
                })
                .collect(),
            limits: Limits {
                min_samples_leaf: u32::try_from(options.min_samples_leaf).unwrap_or(u32::MAX),
                l2: options.l2_regularization,
            },
            max_leaves: options.max_leaf_nodes,
            max_depth: options.max_depth,
            max_features: options.max_features,
            interactions,
        };
        let mut model = match before {
            Some(b) => Boosted { binner, encoding: options.encoding.clone(), ..b.clone() },
            None => Boosted {
                binner,
                trees: Trees::new(),
                baseline: loss.intercept(&y.values(), weights.as_deref(), samples.classes),
                loss: loss.kind().into(),
                quantile: if let Loss::Quantile(q) = loss { q } else { 0.0 },
                seed: seed as i64,
                encoding: options.encoding.clone(),
                n_iter: 0,
                n_trees_per_iteration: classes,
                do_early_stopping: early,
                train_score: Vec::new(),
                validation_score: Vec::new(),
                is_categorical: any
                    .then(|| {
                        let flags = categorical.iter().map(|&c| i64::from(c)).collect::<Vec<_>>();
                        Array::from_vec([cols], flags).map(|a| a.convert(DType::Bool))
                    })
                    .transpose()?,
            },
        };
        model.do_early_stopping = early;
        let mut raw = model.start(y.len());
        model.trees.add_binned(&binned, 0, classes, &mut raw);
        let mut rounds = Rounds {
            options,
            model,
            y: &y,
            weights: weights.as_deref(),
            raw,
            validation,
            constant: loss.constant_hessian() && weights.is_none(),
        };
        let mut grower = Grower::new(&binned, &growth, clock);
        rounds.run(&mut grower)?;
        let (model, spent) = (rounds.model, grower.clock.spent());
        options.report.tell(Event::Done, || {
            let (trees, (leaves, _)) = (model.trees.len(), model.trees.size(0..model.trees.len()));
            [&[trees as f64, leaves as f64, since(begun)], &spent[..]].concat()
        })?;
        Ok(model)
    }

    /// What Python knows of categories.
    pub(super) fn encoding(&self) -> &Value {
        &self.encoding
    }

    /// Raw predictions before the first round.
    pub(super) fn start(&self, rows: usize) -> Vec<f64> {
        self.baseline.iter().flat_map(|&b| std::iter::repeat_n(b, rows)).collect()
    }

    /// Raw predictions, class after class.
    pub(super) fn raw(&self, x: &Features<'_>) -> Vec<f64> {
        let x = x.dense();
        let mut raw = self.start(x.shape().0);
        self.trees.add(&x, &self.binner, 0..self.trees.len(), self.baseline.len(), &mut raw);
        raw
    }

    /// What some rounds add to raw predictions.
    pub(super) fn rounds(&self, x: &Features<'_>, rounds: Range<usize>) -> Vec<f64> {
        let (x, classes) = (x.dense(), self.baseline.len());
        let mut raw = vec![0.0; x.shape().0 * classes];
        let trees = rounds.start * classes..rounds.end * classes;
        self.trees.add(&x, &self.binner, trees, classes, &mut raw);
        raw
    }

    /// The regression's values of raw predictions.
    pub(super) fn values(&self, mut raw: Vec<f64>) -> Vec<f64> {
        if matches!(self.loss.as_str(), "gamma" | "poisson") {
            raw.iter_mut().for_each(|x| *x = x.exp());
        }
        raw
    }

    /// What a file holds, if it fits.
    pub(super) fn restored(state: &mut State, regression: bool) -> Result<Boosted> {
        let model = Boosted::restore(state, "")?;
        let (features, classes) = (model.binner.categorical().len(), model.baseline.len());
        let one = if regression { classes == 1 } else { classes == 1 || classes > 2 };
        if !one
            || model.n_trees_per_iteration != classes
            || model.trees.len() != model.n_iter * classes
        {
            return Err(broken("trees"));
        }
        model.binner.check(features)?;
        model.trees.check(features, classes)?;
        Ok(model)
    }
}

/// Samples that are not learned from.
struct Held {
    binned: Binned,
    y: Vec<f64>,
    weights: Option<Vec<f64>>,
    raw: Vec<f64>,
}

/// The rounds under way.
struct Rounds<'a> {
    options: &'a Options<'a>,
    model: Boosted,
    y: &'a Truth<'a>,
    weights: Option<&'a [f64]>,
    /// The raw predictions, class after class.
    raw: Vec<f64>,
    validation: Option<Held>,
    /// Whether all Hessians are 1.
    constant: bool,
}

impl Rounds<'_> {
    fn run(&mut self, grower: &mut Grower<'_>) -> Result<()> {
        let (n, classes) = (self.y.len(), self.model.baseline.len());
        let loss = self.options.loss;
        if let Some(held) = &mut self.validation {
            held.raw = self.model.start(held.y.len());
            self.model.trees.add_binned(&held.binned, 0, classes, &mut held.raw);
        }
        if self.model.do_early_stopping && self.model.n_iter == 0 {
            self.score()?;
        }
        let mut samples = vec![[0i32; 2]; n];
        pages::soon(&mut samples);
        // What the derivatives of each class are rounded to; it hardly changes from round to round.
        let mut scales = vec![Scale::new(n, 1.0, (!self.constant).then_some(1.0)); classes];
        let mut norms = vec![0.0; if classes > 1 { n } else { 0 }];
        while self.model.n_iter < self.options.max_iter {
            stop::check()?;
            let begun = grower.clock.now();
            if classes > 1 {
                log_norms(&self.raw, &mut norms);
            }
            let known = self.model.trees.len();
            for (class, scale) in scales.iter_mut().enumerate() {
                let raw = &self.raw[class * n..(class + 1) * n];
                let derive = |scale: &Scale, out: &mut [[i32; 2]]| {
                    let of = Derivatives { raw, weights: self.weights, scale, out };
                    let (gradient, hessian) = match self.y {
                        Truth::Values(y) => of.value(loss, y),
                        Truth::Codes(y) if classes == 1 => of.binary(y),
                        Truth::Codes(y) => of.class(y, class as f64, &norms),
                    };
                    let hessian = (!self.constant).then_some(f64::from(hessian));
                    Scale::new(n, f64::from(gradient), hessian)
                };
                let found = derive(scale, &mut samples);
                if found != *scale {
                    *scale = found;
                    derive(&found, &mut samples);
                }
                let number = self.model.trees.len() as u64;
                let random = Stream::new(self.model.seed as u64, 16 + number);
                let mut grown = grower.grow(&samples, scale, random);
                let raw = &mut self.raw[class * n..(class + 1) * n];
                let now = grower.clock.now();
                settle(
                    &mut grown,
                    &grower.partition,
                    (self.options.learning_rate, loss),
                    (self.y, self.weights),
                    raw,
                );
                grower.clock.add(Part::Predicting, now);
                self.model.trees.push(&grown, &self.model.binner);
            }
            self.model.n_iter += 1;
            if let Some(held) = &mut self.validation {
                let now = grower.clock.now();
                self.model.trees.add_binned(&held.binned, known, classes, &mut held.raw);
                grower.clock.add(Part::Predicting, now);
            }
            let enough = self.model.do_early_stopping && self.score()?;
            self.tell(known, since(begun))?;
            if enough {
                break;
            }
        }
        Ok(())
    }

    /// Tells of the trees of a round, which begin at `first`.
    fn tell(&self, first: usize, seconds: f64) -> Result<()> {
        let model = &self.model;
        self.options.report.tell(Event::Round, || {
            let (leaves, depth) = model.trees.size(first..model.trees.len());
            let last = |scores: &[f64]| match model.do_early_stopping {
                true => scores.last().copied().unwrap_or(f64::NAN),
                false => f64::NAN,
            };
            let scores = [last(&model.train_score), last(&model.validation_score)];
            let numbers = [model.n_iter as f64, leaves as f64, depth as f64];
            [&numbers, &scores[..], &[seconds]].concat()
        })
    }

    /// Scores the predictions as they are; whether it is time to stop.
    fn score(&mut self) -> Result<bool> {
        let model = &mut self.model;
        match &self.options.scoring {
            Scoring::Loss => {
                let loss = self.options.loss;
                model.train_score.push(-match self.y {
                    Truth::Values(y) => mean_loss(loss, y, self.weights, &self.raw),
                    Truth::Codes(y) => mean_loss(loss, y, self.weights, &self.raw),
                });
                if let Some(h) = &self.validation {
                    let score = -mean_loss(loss, &h.y, h.weights.as_deref(), &h.raw);
                    model.validation_score.push(score);
                }
            }
            Scoring::Function(f) => {
                let table = |raw: &[f64]| {
                    let rows = raw.len() / model.baseline.len();
                    let dims = [model.baseline.len(), rows];
                    Array::from_vec(dims, raw.to_vec())
                };
                let held = self.validation.as_ref().map_or(&[][..], |h| &h.raw);
                let scores = f.call(&[table(&self.raw)?, table(held)?])?.to_f64_vec();
                model.train_score.extend(scores.first());
                if self.validation.is_some() {
                    model.validation_score.extend(scores.get(1));
                }
            }
        }
        let scores = match self.validation {
            Some(_) => &model.validation_score,
            None => &model.train_score,
        };
        let patience = self.options.n_iter_no_change;
        Ok(scores.len() > patience && {
            let (before, last) = scores.split_at(scores.len() - patience);
            let wanted = before[before.len() - 1] + self.options.tol;
            !last.iter().any(|&s| s > wanted)
        })
    }
}

/// Gives leaves their values, shrunk, and adds these to the raw predictions.
fn settle(
    grown: &mut Grown,
    partition: &[u32],
    (rate, loss): (f64, Loss),
    (y, weights): (&Truth<'_>, Option<&[f64]>),
    raw: &mut [f64],
) {
    for node in grown.nodes.iter_mut().filter(|n| n.split.is_none()) {
        let rows = &partition[node.rows.clone()];
        if !loss.smooth() {
            let y = y.values();
            let mut left: Vec<f64> =
                rows.iter().map(|&i| y[i as usize] - raw[i as usize]).collect();
            let weights: Option<Vec<f64>> =
                weights.map(|w| rows.iter().map(|&i| w[i as usize]).collect());
            node.value = loss.best(&mut left, weights.as_deref());
        }
        node.value *= rate;
        for &i in rows {
            raw[i as usize] += node.value;
        }
    }
}

/// Runs `f` with the place and the samples of each piece; the greatest of the numbers that it gives.
fn for_pieces(
    out: &mut [[i32; 2]],
    f: impl Fn(usize, &mut [[i32; 2]]) -> (f32, f32) + Sync,
) -> (f32, f32) {
    let slots: Vec<_> = out.chunks_mut(PIECE).map(|c| Mutex::new((c, (0f32, 0f32)))).collect();
    pool::run(slots.len(), |i| {
        let mut slot = slots[i].lock().unwrap_or_else(PoisonError::into_inner);
        let (piece, greatest) = &mut *slot;
        *greatest = f(i * PIECE, piece);
    });
    slots
        .into_iter()
        .map(|s| s.into_inner().unwrap_or_else(PoisonError::into_inner).1)
        .fold((0.0, 0.0), |a, b| (a.0.max(b.0), a.1.max(b.1)))
}

/// Where derivatives come from, and where they go.
struct Derivatives<'a> {
    raw: &'a [f64],
    weights: Option<&'a [f64]>,
    scale: &'a Scale,
    out: &'a mut [[i32; 2]],
}

impl Derivatives<'_> {
    /// Those of a regression's loss; the greatest sizes.
    fn value(self, loss: Loss, y: &[f64]) -> (f32, f32) {
        // A loop for each loss that has no other branch, so that it becomes vectors.
        let norms = self.raw;
        match loss {
            Loss::Squared => self.each(y, norms, |y, r, _| Loss::Squared.derivatives(y, r)),
            Loss::Poisson => self.each(y, norms, |y, r, _| Loss::Poisson.derivatives(y, r)),
            Loss::Gamma => self.each(y, norms, |y, r, _| Loss::Gamma.derivatives(y, r)),
            other => self.each(y, norms, |y, r, _| other.derivatives(y, r)),
        }
    }

    /// Those of two classes.
    fn binary(self, y: &[u32]) -> (f32, f32) {
        let norms = self.raw;
        self.each(y, norms, |y, r, _| Loss::Binomial.derivatives(y, r))
    }

    /// Those of a class, by the logarithms of the norms of all classes' probabilities.
    fn class(self, y: &[u32], class: f64, norms: &[f64]) -> (f32, f32) {
        self.each(y, norms, |y, raw, norm| {
            let p = exp(raw - norm);
            (p - if y == class { 1.0 } else { 0.0 }, p * (1.0 - p))
        })
    }

    /// `of` is given a sample's target, its raw prediction and its norm.
    fn each<T: Copy + Into<f64> + Sync>(
        self,
        y: &[T],
        norms: &[f64],
        of: impl Fn(f64, f64, f64) -> (f64, f64) + Sync,
    ) -> (f32, f32) {
        let Derivatives { raw, weights, scale, out } = self;
        for_pieces(out, |start, out| {
            let range = start..start + out.len();
            let (y, raw, norms) = (&y[range.clone()], &raw[range.clone()], &norms[range.clone()]);
            let weights = weights.map(|w| &w[range]);
            vectorised::run(Derive { y, raw, norms, weights, scale, out, of: &of })
        })
    }
}

/// Derives the loss of a piece of the samples.
struct Derive<'a, T, F> {
    y: &'a [T],
    raw: &'a [f64],
    norms: &'a [f64],
    weights: Option<&'a [f64]>,
    scale: &'a Scale,
    out: &'a mut [[i32; 2]],
    of: &'a F,
}

impl<T: Copy + Into<f64>, F: Fn(f64, f64, f64) -> (f64, f64)> Loop for Derive<'_, T, F> {
    type Output = (f32, f32);

    #[allow(clippy::needless_range_loop)]
    #[inline(always)]
    fn run(self) -> (f32, f32) {
        let Derive { y, raw, norms, weights, scale, out, of } = self;
        // Short arrays, and a plain loop for each step: those become vectors.
        let (mut g, mut h) = ([0f32; TOGETHER], [0f32; TOGETHER]);
        let mut greatest = [[0u32; TOGETHER]; 2];
        for (block, out) in out.chunks_mut(TOGETHER).enumerate() {
            let (start, n) = (block * TOGETHER, out.len());
            let (y, raw, norms) = (&y[start..][..n], &raw[start..][..n], &norms[start..][..n]);
            let (first, second) = (&mut g[..n], &mut h[..n]);
            match weights {
                None => {
                    for i in 0..n {
                        let (g, h) = of(y[i].into(), raw[i], norms[i]);
                        (first[i], second[i]) = (g as f32, h as f32);
                    }
                }
                Some(w) => {
                    let w = &w[start..][..n];
                    for i in 0..n {
                        let (g, h) = of(y[i].into(), raw[i], norms[i]);
                        (first[i], second[i]) = ((w[i] * g) as f32, (w[i] * h) as f32);
                    }
                }
            }
            for i in 0..TOGETHER {
                // Numbers without a sign are in the order of their bits, and these vectors compare.
                greatest[0][i] = u32::max(greatest[0][i], g[i].to_bits() & 0x7fff_ffff);
                greatest[1][i] = u32::max(greatest[1][i], h[i].to_bits() & 0x7fff_ffff);
            }
            let (first, second) = (&g[..n], &h[..n]);
            for i in 0..n {
                out[i] = scale.sample(first[i], second[i]);
            }
        }
        let [g, h] = greatest.map(|all| f32::from_bits(all.into_iter().fold(0, u32::max)));
        (g, h)
    }
}
