//! How a forest grows: which samples each tree learns from, and what those say that it has not seen.

use super::{Drawn, ForestModel};
use crate::estimator::Start;
use crate::features::Features;
use crate::record::{Either, Function, Seed};
use crate::target::{Codes, Values, Y};
use crate::tree::{
    ClassWeights, Criterion, Limits, MaxFeatures, MaxSamples, Prepared, Rows, Tree, greatest, grow,
    n_classes, outputs, product, pruned, response,
};
use crate::warning::{Kind, warn};
use crate::{Target, metrics};
use seodang_core::random::Stream;
use seodang_core::{Array, Error, Result, text};
use seodang_kernels::pool;
use std::sync::OnceLock;

/// `oob_score`: whether there is one, or a function of true and predicted values.
pub type OobScore = Either<bool, Function>;
/// `verbose`.
pub type Verbose = Either<i64, bool>;

/// The parameters of a forest.
pub(super) struct Plan<'a> {
    pub(super) trees: usize,
    pub(super) criterion: Criterion,
    pub(super) random: bool,
    pub(super) limits: Limits<'a>,
    pub(super) bootstrap: bool,
    pub(super) max_samples: Option<MaxSamples>,
    pub(super) class_weight: Option<&'a ClassWeights<true>>,
    pub(super) ccp_alpha: f64,
    pub(super) oob_score: &'a OobScore,
    pub(super) seed: Seed,
    pub(super) warm_start: bool,
}

impl Plan<'_> {
    /// Grows the trees that are not there yet.
    ///
    /// # Errors
    /// `Value` for parameters that do not go together, and data that cannot be learned from.
    pub(super) fn fit(
        &self,
        start: &Start<'_>,
        x: &Features<'_>,
        y: &Y,
        weights: Option<&[f64]>,
    ) -> Result<ForestModel> {
        let (rows, cols) = (x.rows(), x.cols());
        let wants_oob = !matches!(self.oob_score, Either::A(false));
        self.check(wants_oob)?;
        let before = if self.warm_start { start.model::<ForestModel>() } else { None };
        let had = before.map_or(0, |b| b.trees.len());
        if self.trees < had {
            let more = self.trees;
            return Err(Error::value(text!(
                en: "n_estimators={more} must be larger or equal to len(estimators_)={had} when \
                     warm_start==True",
                ko: "warm_start일 때 n_estimators({more})는 이미 있는 나무 수({had}) 이상이어야 합니다"
            )));
        }
        if had == self.trees {
            warn(
                Kind::User,
                "Warm-start fitting without increasing n_estimators does not fit new trees.",
            );
        }
        let subsample = matches!(self.class_weight, Some(ClassWeights::Subsample));
        let by_class = match (self.class_weight, y) {
            (Some(table), Y::Classes(outputs)) if !(subsample && self.bootstrap) => {
                Some(table.of_samples(outputs, weights)?)
            }
            _ => None,
        };
        let weights = product(weights, by_class);
        let weights = weights.as_deref();
        let drawn = self.bootstrap.then(|| Drawn {
            rows,
            draws: self.draws(rows, weights),
            weights: weights.map(<[f64]>::to_vec),
        });
        let seed = before.map_or_else(|| self.seed.get(), |b| b.seed as u64);
        // A tree's seed depends on its number alone, so that a forest that grew in steps is the same.
        let seeds: Vec<i64> = (0..self.trees as u64)
            .map(|t| i64::from(Stream::new(seed, t).next_u32() >> 1))
            .collect();
        let mut trees = before.map_or_else(Vec::new, |b| b.trees.clone());
        if had < self.trees {
            let prepared = Prepared::new(x, true, self.random)?.for_many(self.trees - had);
            trees.extend(self.grow(&prepared, y, weights, drawn.as_ref(), &seeds[had..])?);
        }
        let (classes, flat, n_outputs) = outputs(y);
        let mut model = ForestModel {
            n_classes: n_classes(&classes),
            trees,
            seeds,
            seed: seed as i64,
            classes,
            flat,
            n_outputs,
            max_features: MaxFeatures::of(self.limits.max_features, cols),
            drawn,
            oob_score: None,
            oob_decision_function: None,
            oob_prediction: None,
        };
        if wants_oob && (had < self.trees || before.is_none_or(|b| b.oob_score.is_none())) {
            self.judge(&mut model, x, y)?;
        } else if let Some(before) = before.filter(|_| wants_oob) {
            model.oob_score = before.oob_score;
            model.oob_decision_function.clone_from(&before.oob_decision_function);
            model.oob_prediction.clone_from(&before.oob_prediction);
        }
        Ok(model)
    }

    fn check(&self, wants_oob: bool) -> Result<()> {
        if !self.bootstrap && self.max_samples.is_some() {
            return Err(Error::value(text!(
                en: "`max_sample` cannot be set if `bootstrap=False`. Either switch to \
                     `bootstrap=True` or set `max_sample=None`.",
                ko: "`bootstrap=False`이면 `max_samples`를 정할 수 없습니다."
            )));
        }
        if !self.bootstrap && wants_oob {
            return Err(Error::value(text!(
                en: "Out of bag estimation only available if bootstrap=True",
                ko: "out-of-bag 추정은 bootstrap=True일 때만 할 수 있습니다"
            )));
        }
        if self.warm_start
            && matches!(
                self.class_weight,
                Some(
                    ClassWeights::Subsample
                        | ClassWeights::One(crate::record::ClassWeight::Balanced)
                )
            )
        {
            warn(
                Kind::User,
                "class_weight presets \"balanced\" or \"balanced_subsample\" are not recommended for \
                 warm_start if the fitted data differs from the full dataset. In order to use \
                 \"balanced\" weights, use compute_class_weight (\"balanced\", classes, y). In place of y \
                 you can use a large enough sample of the full training set target to properly estimate \
                 the class frequency distributions. Pass the resulting weights as the class_weight \
                 parameter.",
            );
        }
        Ok(())
    }

    /// How many samples are drawn for a tree.
    fn draws(&self, rows: usize, weights: Option<&[f64]>) -> usize {
        match self.max_samples {
            None => rows,
            Some(MaxSamples::Count(n)) => n,
            Some(MaxSamples::Share(share)) => {
                let whole = weights.map_or(rows as f64, |w| w.iter().sum());
                let draws = ((share * whole) as usize).max(1);
                if (draws as f64) < (rows as f64).cbrt().max(10.0) {
                    let what = match weights {
                        None => format!("the number of samples is {rows} "),
                        Some(_) => format!("the total sum of sample weights is {whole} "),
                    };
                    warn(
                        Kind::User,
                        format!(
                            "Using the fractional value max_samples={share} when {what}results in a low \
                         number ({draws}) of bootstrap samples. We recommend passing `max_samples` as \
                         an integer instead."
                        ),
                    );
                }
                draws
            }
        }
    }

    /// Grows a tree for each seed, side by side.
    fn grow(
        &self,
        x: &Prepared<'_>,
        y: &Y,
        weights: Option<&[f64]>,
        drawn: Option<&Drawn>,
        seeds: &[i64],
    ) -> Result<Vec<Tree>> {
        let subsample = matches!(self.class_weight, Some(ClassWeights::Subsample));
        let shape = (x.rows(), x.cols());
        let limits = |weight| self.limits.growth(self.criterion, self.random, shape, weight, y);
        // What can be wrong is wrong of the first tree already.
        let whole = weights.map_or(x.rows() as f64, |w| w.iter().sum());
        let growth = limits(whole)?;
        let response = response(y)?;
        let done: Vec<OnceLock<Tree>> = seeds.iter().map(|_| OnceLock::new()).collect();
        pool::run(seeds.len(), |t| {
            let seed = seeds[t] as u64;
            let tree = match drawn {
                None => grow(x, response, weights, &growth, seed, None),
                Some(drawn) => {
                    let mut counts = drawn.counts(seeds[t]);
                    if let (true, Y::Classes(outputs)) = (subsample, y) {
                        balance(&mut counts, outputs);
                    }
                    let weight: f64 = counts.iter().sum();
                    let growth = crate::tree::Growth {
                        min_weight: self.limits.min_weight_fraction_leaf * weight,
                        ..growth.clone()
                    };
                    grow(x, response, Some(&counts), &growth, seed, None)
                }
            };
            let _ = done[t].set(Tree::of(&pruned(tree, self.ccp_alpha)));
        });
        Ok(done.into_iter().map(|t| t.into_inner().expect("every tree has grown")).collect())
    }

    /// Lets each sample be predicted by the trees that have not seen it, and judges that.
    fn judge(&self, model: &mut ForestModel, x: &Features<'_>, y: &Y) -> Result<()> {
        let Some(drawn) = &model.drawn else { return Ok(()) };
        let (rows, width) = (drawn.rows, model.trees[0].width);
        let unseen: Vec<Vec<bool>> = model
            .seeds
            .iter()
            .map(|&seed| drawn.counts(seed).into_iter().map(|c| c == 0.0).collect())
            .collect();
        let mut out = vec![0.0; rows * width];
        let x = Rows::new(x, &model.trees);
        crate::tree::in_blocks(&mut out, width, |range, out| {
            let mut room = vec![0.0; out.len()];
            x.each(range.clone(), |part, block| {
                let at = (part.start - range.start) * width;
                let out = &mut out[at..at + part.len() * width];
                let said = &mut room[..out.len()];
                for (tree, unseen) in model.trees.iter().zip(&unseen) {
                    said.fill(0.0);
                    tree.add_block(block, said);
                    let rows = out.chunks_exact_mut(width).zip(said.chunks_exact(width));
                    for ((out, said), _) in rows.zip(&unseen[part.clone()]).filter(|(_, u)| **u) {
                        out.iter_mut().zip(said).for_each(|(o, s)| *o += s);
                    }
                }
            });
        });
        let votes = |i: usize| unseen.iter().filter(|u| u[i]).count();
        let votes: Vec<usize> = (0..rows).map(votes).collect();
        if votes.contains(&0) {
            warn(
                Kind::User,
                "Some inputs do not have OOB scores. This probably means too few trees were used to \
                 compute any reliable OOB estimates.",
            );
        }
        for (row, &n) in out.chunks_exact_mut(width).zip(&votes) {
            row.iter_mut().for_each(|v| *v /= n.max(1) as f64);
        }
        let (truth, guess) = match y {
            Y::Classes(outputs) => self.judge_classes(model, outputs, out)?,
            _ => {
                let values = y.values()?;
                let shape = model.shape(rows);
                let guess = Array::from_vec(shape.clone(), out)?;
                model.oob_prediction = Some(guess.clone());
                (Array::from_slice(shape, &values.data)?, guess)
            }
        };
        model.oob_score = Some(match self.oob_score {
            Either::B(score) => score.call(&[truth, guess])?.to_f64_vec()[0],
            Either::A(_) if model.classes.is_empty() => {
                let values = |a: &Array| Values {
                    data: a.to_f64_vec().into(),
                    outputs: model.n_outputs,
                    flat: model.flat,
                };
                metrics::r2(&values(&truth), &values(&guess), None)?
            }
            Either::A(_) => {
                metrics::accuracy(&Target::Numbers(truth), &Target::Numbers(guess), None)?
            }
        });
        Ok(())
    }

    /// The numbers of the true and of the predicted classes.
    fn judge_classes(
        &self,
        model: &mut ForestModel,
        outputs: &[Codes],
        said: Vec<f64>,
    ) -> Result<(Array, Array)> {
        let (n, rows) = (outputs.len(), outputs[0].codes.len());
        let width = said.len() / rows;
        let most = width / n;
        let mut codes = (Vec::new(), Vec::new());
        for (i, row) in said.chunks_exact(width).enumerate() {
            for (o, output) in outputs.iter().enumerate() {
                codes.0.push(i64::from(output.codes[i]));
                codes.1.push(i64::from(greatest(&row[o * most..(o + 1) * most])));
            }
        }
        // As scikit-learn has it: rows by classes by outputs.
        let at = |i: usize| said[i / width * width + i % n * most + i / n % most];
        let by_class = (0..said.len()).map(at).collect();
        let shape = if n == 1 { vec![rows, most] } else { vec![rows, most, n] };
        model.oob_decision_function = Some(Array::from_vec(shape, by_class)?);
        let shape = model.shape(rows);
        Ok((Array::from_vec(shape.clone(), codes.0)?, Array::from_vec(shape, codes.1)?))
    }
}

/// Makes the classes of drawn samples count alike.
fn balance(counts: &mut [f64], outputs: &[Codes]) {
    let total: f64 = counts.iter().sum();
    let mut factors = vec![1.0; counts.len()];
    for output in outputs {
        let mut of = vec![0.0; output.n];
        for (&c, n) in output.codes.iter().zip(&*counts) {
            of[c as usize] += n;
        }
        let present = of.iter().filter(|&&c| c > 0.0).count() as f64;
        for (factor, &c) in factors.iter_mut().zip(&output.codes) {
            *factor *= total / (present * of[c as usize]);
        }
    }
    // Of a class that was not drawn, nothing counts anyway.
    for (count, factor) in counts.iter_mut().zip(factors).filter(|(c, _)| **c > 0.0) {
        *count *= factor;
    }
}
