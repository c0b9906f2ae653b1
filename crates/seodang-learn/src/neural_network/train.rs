//! How the weights are found.

use super::model::{MlpModel, in_type, numbers};
use super::network::{Activation, Network, Output, Rows, Work};
use super::optimizer::{Optimizer, Rule, Solver};
use crate::estimator::{Start, argmax};
use crate::features::{Dense, Features, Real};
use crate::linear_model::minimize;
use crate::record::Value;
use crate::stop;
use crate::warning::{Kind, warn};
use seodang_core::random::Stream;
use seodang_core::{Array, Error, Result, text};

/// The parameters of both perceptrons.
pub(super) struct Settings {
    pub(super) hidden: Vec<i64>,
    pub(super) activation: Activation,
    pub(super) output: Output,
    pub(super) rule: Rule,
    pub(super) alpha: f64,
    pub(super) batch_size: Option<i64>,
    pub(super) max_iter: usize,
    pub(super) shuffle: bool,
    pub(super) seed: u64,
    pub(super) tol: f64,
    pub(super) early_stopping: bool,
    pub(super) validation_fraction: f64,
    pub(super) n_iter_no_change: f64,
    pub(super) max_fun: usize,
}

/// What is to be said of the samples: rows by outputs, as the last layer should give it.
pub(super) struct Goal {
    pub(super) y: Vec<f64>,
    pub(super) outputs: usize,
    /// Whether the values came in one dimension.
    pub(super) flat: bool,
    /// Whether they are values and no classes.
    pub(super) values: bool,
    /// Whether outputs are classes of their own.
    pub(super) several: bool,
}

impl Goal {
    /// The class of each sample, if it has one alone.
    fn class(&self, i: usize) -> u32 {
        let row = &self.y[i * self.outputs..(i + 1) * self.outputs];
        if self.outputs == 1 { u32::from(row[0] > 0.5) } else { argmax(row) }
    }
}

/// Fits a network.
pub(super) fn fit(
    settings: &Settings,
    start: &Start<'_>,
    x: &Features<'_>,
    goal: &Goal,
    weights: Option<&[f64]>,
) -> Result<MlpModel> {
    if settings.hidden.iter().any(|&h| h <= 0) {
        let hidden: Vec<Value> = settings.hidden.iter().map(|&h| h.into()).collect();
        let got = Value::List(hidden).repr();
        return Err(Error::value(text!(
            en: "hidden_layer_sizes must be > 0, got {got}.",
            ko: "hidden_layer_sizes는 0보다 커야 하는데 {got}입니다."
        )));
    }
    let before = start.model::<MlpModel>();
    match x {
        Features::Dense(Dense::F32(_)) => {
            Fit::<f32>::new(settings, before, x, goal, weights)?.run(start)
        }
        _ => Fit::<f64>::new(settings, before, x, goal, weights)?.run(start),
    }
}

struct Fit<'a, T: Real> {
    settings: &'a Settings,
    before: Option<&'a MlpModel>,
    x: Rows<'a, T>,
    y: Vec<T>,
    weights: Option<Vec<T>>,
    goal: &'a Goal,
    network: Network<T>,
    stream: Stream,
}

impl<'a, T: Real> Fit<'a, T> {
    fn new(
        settings: &'a Settings,
        before: Option<&'a MlpModel>,
        x: &'a Features<'a>,
        goal: &'a Goal,
        weights: Option<&[f64]>,
    ) -> Result<Fit<'a, T>> {
        let mut sizes = vec![x.cols()];
        sizes.extend(settings.hidden.iter().map(|&h| h as usize));
        sizes.push(goal.outputs);
        let mut stream = Stream::new(settings.seed, before.map_or(0, |b| b.t as u64));
        let network = match before {
            None => Network::new(sizes, settings.activation, settings.output, &mut stream),
            Some(before) if before.sizes == sizes => {
                let (activation, output) = (settings.activation, settings.output);
                Network { activation, output, ..before.network()? }
            }
            Some(before) => {
                let (had, has) = (format!("{:?}", before.sizes), format!("{sizes:?}"));
                return Err(Error::value(text!(
                    en: "a warm start needs layers of the same sizes: they were {had} and are {has}",
                    ko: "이어서 학습하려면 층의 크기가 같아야 합니다: {had}이었는데 {has}입니다"
                )));
            }
        };
        Ok(Fit {
            settings,
            before,
            x: match x {
                Features::Sparse(s) => Rows::Sparse(s),
                Features::Dense(d) => Rows::Dense(in_type(d)),
            },
            y: goal.y.iter().map(|&y| T::of(y)).collect(),
            weights: weights.map(|w| w.iter().map(|&w| T::of(w)).collect()),
            goal,
            network,
            stream,
        })
    }

    fn run(self, start: &Start<'_>) -> Result<MlpModel> {
        if self.settings.rule.solver == Solver::Lbfgs {
            if start.batch {
                return Err(Error::value(text!(
                    en: "partial_fit is only available for stochastic optimizers. lbfgs is not \
                         stochastic.",
                    ko: "partial_fit은 확률적 방법에만 있습니다. lbfgs는 확률적 방법이 아닙니다."
                )));
            }
            return self.lbfgs();
        }
        self.stochastic(start)
    }

    /// The model as it is.
    fn model(&self, t: usize) -> Result<MlpModel> {
        let n = &self.network;
        let typed = |data: &[T], shape: &[usize]| Array::from_slice(shape, data);
        let mut coefs = Vec::new();
        let mut intercepts = Vec::new();
        for (pair, (c, i)) in n.sizes.windows(2).zip(n.coefs.iter().zip(&n.intercepts)) {
            coefs.push(typed(c, pair)?);
            intercepts.push(typed(i, &pair[1..])?);
        }
        Ok(MlpModel {
            coefs,
            intercepts,
            n_iter: 0,
            n_layers: n.sizes.len(),
            n_outputs: n.outputs(),
            out_activation: n.output.name().into(),
            loss: f64::NAN,
            loss_curve: None,
            validation_scores: None,
            best_loss: None,
            best_validation_score: None,
            t,
            activation: n.activation.name().into(),
            sizes: n.sizes.clone(),
            flat: self.goal.flat,
            values: self.goal.values,
            several: self.goal.several,
            first: Vec::new(),
            second: Vec::new(),
            steps: 0,
            rate: 0.0,
            without_gain: 0,
        })
    }

    fn stochastic(mut self, start: &Start<'_>) -> Result<MlpModel> {
        let s = self.settings;
        if s.early_stopping && start.batch {
            return Err(Error::value(text!(
                en: "partial_fit does not support early_stopping=True",
                ko: "partial_fit에는 early_stopping=True를 쓸 수 없습니다"
            )));
        }
        let (mut train, held) = self.split()?;
        let n = train.len();
        let batch = match s.batch_size {
            None => 200.min(n),
            Some(b) => {
                if b < 1 || b as usize > n {
                    warn(
                        Kind::User,
                        "Got `batch_size` less than 1 or larger than sample size. It is going to be \
                         clipped",
                    );
                }
                (b.max(1) as usize).min(n)
            }
        };
        let mut optimizer = Optimizer::new(s.rule, &self.network);
        let mut t = 0;
        let (mut curve, mut scores) = (Vec::new(), Vec::new());
        let (mut best_loss, mut best_score) = (f64::INFINITY, f64::NEG_INFINITY);
        let mut without_gain = 0;
        if let Some(b) = self.before {
            t = b.t;
            curve = b.loss_curve.clone().unwrap_or_default();
            scores = b.validation_scores.clone().unwrap_or_default();
            best_loss = b.best_loss.unwrap_or(best_loss);
            best_score = b.best_validation_score.unwrap_or(best_score);
            without_gain = b.without_gain;
            if start.batch && b.first.len() == optimizer.first.len() {
                optimizer.first = b.first.iter().map(numbers).collect();
                optimizer.second = b.second.iter().map(numbers).collect();
                (optimizer.steps, optimizer.rate) = (b.steps, b.rate);
            }
        }
        let report = match start.argument("report") {
            Some(Value::Function(f)) => Some(f.clone()),
            _ => None,
        };
        let mut best = None;
        let mut work = Work::default();
        let (mut bx, mut by, mut bw) = (Vec::new(), Vec::new(), Vec::new());
        let outputs = self.goal.outputs;
        let (mut passes, mut loss) = (0, f64::NAN);
        let limit = if start.batch { 1 } else { s.max_iter };
        while passes < limit {
            if s.shuffle {
                let order = self.stream.permutation(n);
                train = order.into_iter().map(|i| train[i]).collect();
            }
            let mut sum = 0.0;
            for part in train.chunks(batch) {
                stop::check()?;
                self.x.gather(part, &mut bx);
                by.clear();
                for &i in part {
                    by.extend_from_slice(&self.y[i * outputs..(i + 1) * outputs]);
                }
                let weights = self.weights.as_ref().map(|w| {
                    bw.clear();
                    bw.extend(part.iter().map(|&i| w[i]));
                    bw.as_slice()
                });
                let batch_loss =
                    self.network.loss_gradient(&bx, &by, weights, s.alpha, &mut work)?;
                sum += batch_loss * part.len() as f64;
                optimizer.update(&mut self.network, &work);
            }
            passes += 1;
            loss = sum / n as f64;
            if !loss.is_finite() {
                return Err(Error::value(text!(
                    en: "Solver produced non-finite parameter weights. The input data may contain \
                         large values and need to be preprocessed.",
                    ko: "가중치가 유한하지 않게 되었습니다. 입력에 큰 값이 있으면 먼저 척도를 맞추세요."
                )));
            }
            t += n;
            curve.push(loss);
            if let Some(report) = &report {
                report.call(&[Array::scalar(passes as i64), Array::scalar(loss)])?;
            }
            if s.early_stopping {
                let score = self.score(&held)?;
                if let Some(report) = &report {
                    report.call(&[Array::scalar(-1i64), Array::scalar(score)])?;
                }
                scores.push(score);
                without_gain = if score < best_score + s.tol { without_gain + 1 } else { 0 };
                if score > best_score {
                    best_score = score;
                    best = Some(self.network.clone());
                }
            } else {
                without_gain = if loss > best_loss - s.tol { without_gain + 1 } else { 0 };
                best_loss = best_loss.min(loss);
            }
            optimizer.pass_ends(t);
            if without_gain as f64 > s.n_iter_no_change {
                let stops = optimizer.stops();
                if let Some(report) = &report {
                    let rate = match (stops, s.rule.is_adaptive()) {
                        (true, true) => 0.0,
                        (true, false) => f64::NAN,
                        (false, _) => optimizer.rate,
                    };
                    report.call(&[Array::scalar(-2i64), Array::scalar(rate)])?;
                }
                if stops {
                    break;
                }
                without_gain = 0;
            }
            if passes == s.max_iter && !start.batch {
                warn(
                    Kind::Convergence,
                    format!(
                        "Stochastic Optimizer: Maximum iterations ({passes}) reached and the \
                         optimization hasn't converged yet."
                    ),
                );
            }
        }
        if let Some(best) = best {
            self.network = best;
        }
        let of = |all: &[Vec<T>]| -> Result<Vec<Array>> {
            all.iter().map(|v| Array::from_slice([v.len()], v)).collect()
        };
        let early = s.early_stopping;
        Ok(MlpModel {
            n_iter: passes,
            loss,
            loss_curve: Some(curve),
            validation_scores: early.then_some(scores),
            best_loss: (!early).then_some(best_loss),
            best_validation_score: early.then_some(best_score),
            // Only batches go on from here.
            first: if start.batch { of(&optimizer.first)? } else { Vec::new() },
            second: if start.batch { of(&optimizer.second)? } else { Vec::new() },
            steps: optimizer.steps,
            rate: optimizer.rate,
            without_gain,
            ..self.model(t)?
        })
    }

    /// The samples to learn from, and those that are held back; of each class as many, in proportion.
    fn split(&mut self) -> Result<(Vec<usize>, Vec<usize>)> {
        let n = self.x.len();
        if !self.settings.early_stopping {
            return Ok(((0..n).collect(), Vec::new()));
        }
        let order = self.stream.permutation(n);
        let wanted = (self.settings.validation_fraction * n as f64).ceil() as usize;
        if wanted < 2 || wanted >= n {
            return Err(Error::value(text!(
                en: "The validation set is too small. Increase 'validation_fraction' or the size of \
                     your dataset.",
                ko: "검증 집합이 너무 작습니다. validation_fraction이나 데이터를 늘리세요."
            )));
        }
        if self.goal.values || self.goal.several {
            return Ok((order[wanted..].to_vec(), order[..wanted].to_vec()));
        }
        let mut classes: Vec<Vec<usize>> = Vec::new();
        for i in order {
            let c = self.goal.class(i) as usize;
            classes.resize_with(classes.len().max(c + 1), Vec::new);
            classes[c].push(i);
        }
        if classes.iter().any(|c| c.len() == 1) {
            return Err(Error::value(text!(
                en: "The least populated class in y has only 1 member, which is too few. The minimum \
                     number of groups for any class cannot be less than 2.",
                ko: "샘플이 하나뿐인 클래스가 있어 검증 집합을 나눌 수 없습니다. 적어도 둘이어야 합니다."
            )));
        }
        let (mut train, mut held) = (Vec::new(), Vec::new());
        let mut owed = 0.0;
        for class in classes {
            owed += wanted as f64 * class.len() as f64 / n as f64;
            let take = ((owed - held.len() as f64).round() as usize).min(class.len() - 1);
            held.extend(&class[..take]);
            train.extend(&class[take..]);
        }
        Ok((train, held))
    }

    /// Accuracy, or the coefficient of determination, of samples.
    fn score(&self, rows: &[usize]) -> Result<f64> {
        let k = self.goal.outputs;
        let (mut x, mut p) = (Vec::new(), Vec::new());
        for part in rows.chunks(4096) {
            self.x.gather(part, &mut x);
            let cols = x.len() / part.len();
            let matrix = crate::features::Matrix::new(x.as_slice(), part.len(), cols);
            p.extend(self.network.predict(&Rows::Dense(matrix))?.into_iter().map(|p| p.f64()));
        }
        let y: Vec<f64> =
            rows.iter().flat_map(|&i| &self.goal.y[i * k..(i + 1) * k]).copied().collect();
        let weight = |i: usize| self.weights.as_ref().map_or(1.0, |w| w[rows[i]].f64());
        let total: f64 = (0..rows.len()).map(weight).sum();
        if self.goal.values {
            let mut sum = 0.0;
            for o in 0..k {
                let column = |v: &[f64], i: usize| v[i * k + o];
                let mean = (0..rows.len()).map(|i| weight(i) * column(&y, i)).sum::<f64>() / total;
                let (mut left, mut whole) = (0.0, 0.0);
                for i in 0..rows.len() {
                    left += weight(i) * (column(&y, i) - column(&p, i)).powi(2);
                    whole += weight(i) * (column(&y, i) - mean).powi(2);
                }
                sum += match (left == 0.0, whole == 0.0) {
                    (true, _) => 1.0,
                    (false, true) => 0.0,
                    _ => 1.0 - left / whole,
                };
            }
            return Ok(sum / k as f64);
        }
        let right = |(y, p): (&[f64], &[f64])| {
            if self.goal.several || k == 1 {
                y.iter().zip(p).all(|(y, p)| (*y > 0.5) == (*p > 0.5))
            } else {
                argmax(y) == argmax(p)
            }
        };
        let pairs = y.chunks_exact(k).zip(p.chunks_exact(k));
        let sum: f64 =
            pairs.enumerate().filter(|(_, pair)| right(*pair)).map(|(i, _)| weight(i)).sum();
        Ok(sum / total)
    }

    fn lbfgs(self) -> Result<MlpModel> {
        let wide = |v: &Vec<T>| v.iter().map(|x| x.f64()).collect::<Vec<f64>>();
        let network = Network {
            sizes: self.network.sizes.clone(),
            coefs: self.network.coefs.iter().map(wide).collect(),
            intercepts: self.network.intercepts.iter().map(wide).collect(),
            activation: self.network.activation,
            output: self.network.output,
        };
        let mut x = Vec::new();
        self.x.gather(&(0..self.x.len()).collect::<Vec<_>>(), &mut x);
        let weights = self.weights.as_ref().map(wide);
        let mut whole = Whole {
            network,
            x: x.iter().map(|x| x.f64()).collect(),
            y: &self.goal.y,
            weights,
            alpha: self.settings.alpha,
            work: Work::default(),
            calls: 0,
            limit: self.settings.max_fun,
            failed: None,
        };
        drop(x);
        let begun = whole.packed();
        let max_iter = self.settings.max_iter;
        let found = minimize::lbfgs(&mut whole, begun, self.settings.tol, max_iter, true);
        if let Some(error) = whole.failed.take() {
            return Err(error);
        }
        let (loss, _) = minimize::Function::value_gradient(&mut whole, &found.at);
        if !found.converged || whole.calls > self.settings.max_fun {
            let n = found.iterations;
            warn(
                Kind::Convergence,
                format!(
                    "lbfgs failed to converge after {n} iteration(s) (status=1):\nSTOP: TOTAL NO. OF \
                     ITERATIONS REACHED LIMIT\n\nIncrease the number of iterations to improve the \
                     convergence (max_iter={max_iter}).\nYou might also want to scale the data as \
                     shown in:\n    https://scikit-learn.org/stable/modules/preprocessing.html"
                ),
            );
        }
        let narrow = |v: &Vec<f64>| v.iter().map(|&x| T::of(x)).collect::<Vec<T>>();
        let network = Network {
            coefs: whole.network.coefs.iter().map(narrow).collect(),
            intercepts: whole.network.intercepts.iter().map(narrow).collect(),
            ..self.network.clone()
        };
        let done = Fit { network, ..self };
        Ok(MlpModel { n_iter: found.iterations, loss, ..done.model(0)? })
    }
}

/// The loss of all samples as a function of all weights.
struct Whole<'a> {
    network: Network<f64>,
    x: Vec<f64>,
    y: &'a [f64],
    weights: Option<Vec<f64>>,
    alpha: f64,
    work: Work<f64>,
    calls: usize,
    limit: usize,
    failed: Option<Error>,
}

impl Whole<'_> {
    fn packed(&self) -> Vec<f64> {
        self.network.coefs.iter().chain(&self.network.intercepts).flatten().copied().collect()
    }
}

impl minimize::Function for Whole<'_> {
    fn value_gradient(&mut self, w: &[f64]) -> (f64, Vec<f64>) {
        let mut rest = w;
        for part in self.network.coefs.iter_mut().chain(&mut self.network.intercepts) {
            let (own, after) = rest.split_at(part.len());
            part.copy_from_slice(own);
            rest = after;
        }
        self.calls += 1;
        let weights = self.weights.as_deref();
        match self.network.loss_gradient(&self.x, self.y, weights, self.alpha, &mut self.work) {
            // Beyond the evaluations that are allowed, it is flat: the search ends.
            Ok(loss) if self.calls > self.limit => (loss, vec![0.0; w.len()]),
            Ok(loss) => {
                let parts = self.work.coefs.iter().chain(&self.work.intercepts);
                (loss, parts.flatten().copied().collect())
            }
            Err(error) => {
                self.failed = Some(error);
                (0.0, vec![0.0; w.len()])
            }
        }
    }

    fn flatness(&self) -> f64 {
        2.220_446_049_250_313e-9
    }
}
