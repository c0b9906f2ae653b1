//! Stochastic gradient descent for one linear function. Source: Bottou 2012; absolute values in the
//! penalty: Tsuruoka, Tsujii and Ananiadou 2009; averages: Xu 2011; passive-aggressive steps: Crammer,
//! Dekel, Keshet, Shalev-Shwartz and Singer 2006.

use super::random::{next, shuffle};
use crate::features::{Csr, Features, Matrix, Real, typed};
use crate::record::{Param, Range, Value, one_of};
use seodang_core::{Error, Result, text};
use seodang_kernels::rows::{axpy, dot, prefetch};
use seodang_kernels::sparse;

/// How many samples ahead the memory is asked for the next one, in a random order.
const AHEAD: usize = 4;

one_of! {
    /// What is to be small for each sample.
    #[allow(clippy::enum_variant_names)]
    Loss {
        /// Of a support vector machine.
        Hinge = "hinge",
        /// Of logistic regression.
        LogLoss = "log_loss",
        /// A smooth hinge with probabilities.
        ModifiedHuber = "modified_huber",
        /// The square of the hinge.
        SquaredHinge = "squared_hinge",
        /// Of the perceptron.
        Perceptron = "perceptron",
        /// Half the squared error.
        SquaredError = "squared_error",
        /// Linear where errors are great.
        Huber = "huber",
        /// No loss for small errors.
        EpsilonInsensitive = "epsilon_insensitive",
        /// The square of that.
        SquaredEpsilonInsensitive = "squared_epsilon_insensitive",
    }
}

one_of! {
    /// What is to be small for each sample.
    RegressionLoss {
        /// Half the squared error.
        SquaredError = "squared_error",
        /// Linear where errors are great.
        Huber = "huber",
        /// No loss for small errors.
        EpsilonInsensitive = "epsilon_insensitive",
        /// The square of that.
        SquaredEpsilonInsensitive = "squared_epsilon_insensitive",
    }
}

one_of! {
    /// What keeps coefficients small.
    SgdPenalty {
        /// The sum of their absolute values.
        L1 = "l1",
        /// Half the sum of their squares.
        L2 = "l2",
        /// A mixture of both.
        ElasticNet = "elasticnet",
    }
}

one_of! {
    /// How long steps are.
    Rate {
        /// `eta0`.
        Constant = "constant",
        /// 1 / (alpha (t0 + t)).
        Optimal = "optimal",
        /// `eta0` / t^`power_t`.
        InvScaling = "invscaling",
        /// `eta0`, a fifth of it whenever nothing gets better.
        Adaptive = "adaptive",
        /// Passive-aggressive, of the first kind.
        Pa1 = "pa1",
        /// Passive-aggressive, of the second kind.
        Pa2 = "pa2",
    }
}

/// The parameter `average`: from which step on coefficients are averaged; 0 is never.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Average(pub usize, bool);

impl Average {
    /// Never.
    pub const NO: Average = Average(0, true);
}

impl Param for Average {
    fn from_value(value: &Value) -> Option<Average> {
        match value {
            Value::Bool(b) => Some(Average(usize::from(*b), true)),
            Value::Int(i) if *i > 0 => usize::try_from(*i).ok().map(|n| Average(n, false)),
            _ => None,
        }
    }

    fn to_value(&self) -> Value {
        if self.1 { Value::Bool(self.0 > 0) } else { self.0.into() }
    }

    fn takes(_: &Range) -> Vec<String> {
        let mut takes = vec!["an int in the range (0, inf)".into()];
        takes.extend(bool::takes(&Range::ALL));
        takes
    }

    fn annotation() -> String {
        "int | bool".into()
    }
}

impl crate::record::Setting<Average> for bool {
    fn setting(self) -> std::result::Result<Average, Value> {
        Ok(Average(usize::from(self), true))
    }
}

impl crate::record::Setting<Average> for i32 {
    fn setting(self) -> std::result::Result<Average, Value> {
        Average::from_value(&self.into()).ok_or_else(|| self.into())
    }
}

impl Loss {
    /// Of regressions.
    pub(super) fn of(loss: RegressionLoss) -> Loss {
        match loss {
            RegressionLoss::SquaredError => Loss::SquaredError,
            RegressionLoss::Huber => Loss::Huber,
            RegressionLoss::EpsilonInsensitive => Loss::EpsilonInsensitive,
            RegressionLoss::SquaredEpsilonInsensitive => Loss::SquaredEpsilonInsensitive,
        }
    }

    /// The loss and its derivative, where `p` was said of a sample with target `y`.
    fn at(self, p: f64, y: f64, epsilon: f64) -> (f64, f64) {
        let (z, r) = (p * y, p - y);
        match self {
            Loss::Hinge if z <= 1.0 => (1.0 - z, -y),
            Loss::Perceptron if z <= 0.0 => (-z, -y),
            Loss::Hinge | Loss::Perceptron => (0.0, 0.0),
            Loss::SquaredHinge if z < 1.0 => ((1.0 - z).powi(2), -2.0 * y * (1.0 - z)),
            Loss::SquaredHinge => (0.0, 0.0),
            Loss::ModifiedHuber if z >= 1.0 => (0.0, 0.0),
            Loss::ModifiedHuber if z >= -1.0 => ((1.0 - z).powi(2), -2.0 * y * (1.0 - z)),
            Loss::ModifiedHuber => (-4.0 * z, -4.0 * y),
            Loss::LogLoss => {
                let e = (-z.abs()).exp();
                let wrong = if z > 0.0 { e } else { 1.0 } / (1.0 + e);
                (e.ln_1p() + (-z).max(0.0), -y * wrong)
            }
            Loss::SquaredError => (0.5 * r * r, r),
            Loss::Huber if r.abs() <= epsilon => (0.5 * r * r, r),
            Loss::Huber => (epsilon * r.abs() - 0.5 * epsilon * epsilon, epsilon * r.signum()),
            Loss::EpsilonInsensitive if r.abs() > epsilon => (r.abs() - epsilon, r.signum()),
            Loss::SquaredEpsilonInsensitive if r.abs() > epsilon => {
                let over = r.abs() - epsilon;
                (over * over, 2.0 * over * r.signum())
            }
            Loss::EpsilonInsensitive | Loss::SquaredEpsilonInsensitive => (0.0, 0.0),
        }
    }
}

/// The parameters of a descent.
#[derive(Clone, Copy)]
pub(super) struct Sgd {
    pub(super) loss: Loss,
    pub(super) penalty: Option<SgdPenalty>,
    pub(super) alpha: f64,
    pub(super) l1_ratio: f64,
    pub(super) fit_intercept: bool,
    pub(super) max_iter: usize,
    pub(super) tol: Option<f64>,
    pub(super) shuffle: bool,
    pub(super) epsilon: f64,
    pub(super) rate: Rate,
    pub(super) eta0: f64,
    pub(super) power_t: f64,
    pub(super) early_stopping: bool,
    pub(super) validation_fraction: f64,
    pub(super) n_iter_no_change: usize,
    pub(super) average: usize,
    /// Whether targets are 1 and -1.
    pub(super) classes: bool,
}

/// A linear function on its way.
#[derive(Clone, Debug)]
pub(super) struct Line {
    pub(super) coef: Vec<f64>,
    pub(super) intercept: f64,
    /// The averages, once there are any.
    pub(super) mean: Option<(Vec<f64>, f64)>,
    /// Epochs in the last descent.
    pub(super) epochs: usize,
    /// Whether that ended because nothing got better.
    pub(super) settled: bool,
}

impl Line {
    pub(super) fn new(coef: Vec<f64>, intercept: f64) -> Line {
        Line { coef, intercept, mean: None, epochs: 0, settled: false }
    }
}

/// Rows of numbers, one at a time.
trait Samples {
    type Number: Real;
    fn dot(&self, i: usize, w: &[Self::Number]) -> f64;
    fn add(&self, i: usize, by: f64, w: &mut [Self::Number]);
    fn square(&self, i: usize) -> f64;
    fn each(&self, i: usize, f: impl FnMut(usize));
    /// Sample `i` is looked at soon.
    fn soon(&self, i: usize);
    /// How much the intercept moves with a step: less where most numbers are 0.
    const DECAY: f64;
}

impl<T: Real> Samples for Matrix<'_, T> {
    type Number = T;
    const DECAY: f64 = 1.0;

    fn dot(&self, i: usize, w: &[T]) -> f64 {
        dot(self.row(i), w).f64()
    }

    fn add(&self, i: usize, by: f64, w: &mut [T]) {
        axpy(T::of(by), self.row(i), w);
    }

    fn square(&self, i: usize) -> f64 {
        dot(self.row(i), self.row(i)).f64()
    }

    fn each(&self, _: usize, f: impl FnMut(usize)) {
        (0..self.cols).for_each(f);
    }

    fn soon(&self, i: usize) {
        prefetch(self.row(i));
    }
}

impl Samples for Csr<'_> {
    type Number = f64;
    const DECAY: f64 = 0.01;

    fn dot(&self, i: usize, w: &[f64]) -> f64 {
        let (columns, values) = self.row(i);
        sparse::dot(columns, values, w)
    }

    fn add(&self, i: usize, by: f64, w: &mut [f64]) {
        let (columns, values) = self.row(i);
        sparse::axpy(by, columns, values, w);
    }

    fn square(&self, i: usize) -> f64 {
        self.row(i).1.iter().map(|v| v * v).sum()
    }

    fn each(&self, i: usize, mut f: impl FnMut(usize)) {
        self.row(i).0.iter().for_each(|&c| f(c as usize));
    }

    fn soon(&self, i: usize) {
        prefetch(self.row(i).1);
    }
}

impl Sgd {
    /// Refuses parameters that do not go together.
    pub(super) fn check(&self, batch: bool) -> Result<()> {
        if batch && self.early_stopping {
            return Err(Error::value(text!(
                en: "early_stopping should be False with partial_fit",
                ko: "partial_fit에는 early_stopping=False여야 합니다"
            )));
        }
        if self.rate == Rate::Optimal && self.alpha == 0.0 {
            return Err(Error::value(text!(
                en: "alpha must be > 0 since learning_rate is 'optimal'. alpha is used to compute the \
                     optimal learning rate.",
                ko: "learning_rate가 'optimal'이면 alpha가 0보다 커야 합니다."
            )));
        }
        Ok(())
    }

    /// Goes down from `line` at step `t` for targets `y`, in which samples count by their weights.
    pub(super) fn descend(
        &self,
        x: &Features<'_>,
        y: &[f64],
        weights: &(impl Fn(usize) -> f64 + Sync),
        line: Line,
        t: f64,
        seed: u64,
    ) -> Result<Line> {
        match x {
            Features::Dense(d) => typed!(d, m => self.run(m, y, weights, line, t, seed)),
            Features::Sparse(s) => self.run(s, y, weights, line, t, seed),
        }
    }

    fn run<S: Samples>(
        &self,
        x: &S,
        y: &[f64],
        weights: &impl Fn(usize) -> f64,
        line: Line,
        mut t: f64,
        mut seed: u64,
    ) -> Result<Line> {
        let real = |v: &f64| S::Number::of(*v);
        // The coefficients are `w` times `scale`: so that shrinking all of them is one product.
        let mut w: Vec<S::Number> = line.coef.iter().map(real).collect();
        let mut scale = 1.0;
        let mut bias = line.intercept;
        let mut mean = line.mean;
        let (l1, l2) = match self.penalty {
            None => (0.0, 0.0),
            Some(SgdPenalty::L1) => (self.alpha, 0.0),
            Some(SgdPenalty::L2) => (0.0, self.alpha),
            Some(SgdPenalty::ElasticNet) => {
                (self.alpha * self.l1_ratio, self.alpha * (1.0 - self.l1_ratio))
            }
        };
        let begin = {
            let typical = (1.0 / self.alpha.sqrt()).sqrt();
            let slope = self.loss.at(-typical, 1.0, self.epsilon).1;
            1.0 / (typical / slope.max(1.0) * self.alpha)
        };
        let (mut order, held) = self.split(y, &mut seed);
        let mut eta = self.eta0;
        // What absolute values could have taken from each coefficient, and what they took.
        let mut could = 0.0;
        let mut taken = if l1 > 0.0 { vec![0.0; w.len()] } else { Vec::new() };
        let (mut best, mut best_score, mut idle) = (f64::INFINITY, f64::NEG_INFINITY, 0);
        for epoch in 1..=self.max_iter {
            if self.shuffle {
                shuffle(&mut seed, &mut order);
            }
            let mut total = 0.0;
            for (at, &i) in order.iter().enumerate() {
                let i = i as usize;
                if let Some(&soon) = order.get(at + AHEAD) {
                    x.soon(soon as usize);
                }
                let said = scale * x.dot(i, &w) + bias;
                match self.rate {
                    Rate::Optimal => eta = 1.0 / (self.alpha * (begin + t - 1.0)),
                    Rate::InvScaling => eta = self.eta0 / t.powf(self.power_t),
                    _ => {}
                }
                let (loss, slope) = self.loss.at(said, y[i], self.epsilon);
                total += loss;
                let weight = weights(i);
                let step = match self.rate {
                    Rate::Pa1 | Rate::Pa2 => {
                        let square = x.square(i);
                        let size = if self.rate == Rate::Pa1 {
                            if square == 0.0 { 0.0 } else { self.eta0.min(loss / square) }
                        } else {
                            loss / (square + 0.5 / self.eta0)
                        };
                        let way = if self.classes { y[i] } else { (y[i] - said).signum() };
                        size * way * weight
                    }
                    _ => -eta * slope.clamp(-1e12, 1e12) * weight,
                };
                if l2 > 0.0 {
                    scale *= (1.0 - eta * l2).max(0.0);
                    if scale < 1e-9 {
                        w.iter_mut().for_each(|w| *w = S::Number::of(w.f64() * scale));
                        scale = 1.0;
                    }
                }
                if step != 0.0 {
                    x.add(i, step / scale, &mut w);
                    if self.fit_intercept {
                        bias += step * S::DECAY;
                    }
                }
                if self.average > 0 && t >= self.average as f64 {
                    let part = 1.0 / (t - self.average as f64 + 1.0);
                    let (coef, intercept) = mean.get_or_insert_with(|| (vec![0.0; w.len()], 0.0));
                    for (m, w) in coef.iter_mut().zip(&w) {
                        *m += part * (scale * w.f64() - *m);
                    }
                    *intercept += part * (bias - *intercept);
                }
                if l1 > 0.0 {
                    could += eta * l1;
                    x.each(i, |j| {
                        let before = scale * w[j].f64();
                        let after = if before > 0.0 {
                            (before - (could + taken[j])).max(0.0)
                        } else if before < 0.0 {
                            (before + (could - taken[j])).min(0.0)
                        } else {
                            return;
                        };
                        taken[j] += after - before;
                        w[j] = S::Number::of(after / scale);
                    });
                }
                t += 1.0;
            }
            if !total.is_finite() || !bias.is_finite() || w.iter().any(|w| !Real::is_finite(*w)) {
                return Err(Error::value(text!(
                    en: "Floating-point under-/overflow occurred at epoch #{epoch}. Scaling input data \
                         with StandardScaler or MinMaxScaler might help.",
                    ko: "{epoch}번째 에포크에서 수가 넘쳤습니다. StandardScaler나 MinMaxScaler로 입력의 \
                         크기를 맞추면 도움이 됩니다."
                )));
            }
            let done = |settled: bool, w: &[S::Number], mean: Option<(Vec<f64>, f64)>| Line {
                coef: w.iter().map(|w| scale * w.f64()).collect(),
                intercept: bias,
                mean,
                epochs: epoch,
                settled,
            };
            let tol = self.tol.unwrap_or(f64::NEG_INFINITY);
            let worse = if self.early_stopping {
                let said = |i: u32| scale * x.dot(i as usize, &w) + bias;
                let score = self.score(&held, y, said);
                let worse = score < best_score + tol;
                best_score = best_score.max(score);
                worse
            } else {
                let worse = total > best - tol * order.len() as f64;
                best = best.min(total);
                worse
            };
            idle = if worse && self.tol.is_some() { idle + 1 } else { 0 };
            if idle >= self.n_iter_no_change {
                if self.rate == Rate::Adaptive && eta > 1e-6 {
                    (eta, idle) = (eta / 5.0, 0);
                } else {
                    return Ok(done(true, &w, mean));
                }
            }
            if epoch == self.max_iter {
                return Ok(done(false, &w, mean));
            }
        }
        Err(Error::internal("max_iter"))
    }

    /// The samples to learn from and those to look at, of each class as large a share.
    fn split(&self, y: &[f64], seed: &mut u64) -> (Vec<u32>, Vec<u32>) {
        let mut all: Vec<u32> = (0..y.len() as u32).collect();
        if !self.early_stopping {
            return (all, Vec::new());
        }
        let mut own = next(seed);
        shuffle(&mut own, &mut all);
        let groups: Vec<Vec<u32>> = if self.classes {
            let (a, b) = all.iter().partition(|&&i| y[i as usize] > 0.0);
            vec![a, b]
        } else {
            vec![all]
        };
        let (mut rest, mut held) = (Vec::new(), Vec::new());
        for group in groups {
            let n = (group.len() as f64 * self.validation_fraction).ceil() as usize;
            held.extend(&group[..n.min(group.len())]);
            rest.extend(&group[n.min(group.len())..]);
        }
        rest.sort_unstable();
        (rest, held)
    }

    /// The accuracy, or the coefficient of determination, on the samples that are looked at.
    fn score(&self, held: &[u32], y: &[f64], said: impl Fn(u32) -> f64) -> f64 {
        let n = held.len() as f64;
        if self.classes {
            let right = held.iter().filter(|&&i| (said(i) > 0.0) == (y[i as usize] > 0.0));
            return right.count() as f64 / n;
        }
        let mean = held.iter().map(|&i| y[i as usize]).sum::<f64>() / n;
        let wrong: f64 = held.iter().map(|&i| (y[i as usize] - said(i)).powi(2)).sum();
        let spread: f64 = held.iter().map(|&i| (y[i as usize] - mean).powi(2)).sum();
        if spread > 0.0 { 1.0 - wrong / spread } else { 0.0 }
    }
}

/// The error for initial coefficients of another shape.
pub(super) fn mismatch() -> Error {
    Error::value(text!(
        en: "Provided coef_init does not match dataset.",
        ko: "coef_init의 모양이 데이터와 맞지 않습니다."
    ))
}
