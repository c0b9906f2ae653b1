//! What `SVC` and `NuSVC` share: one machine for each two classes, voting.

use super::machine::Machine;
use super::params::{DecisionShape, Kernel, KernelParameters, Probability};
use super::platt;
use super::rows::Rows;
use super::samples::{Samples, sums};
use super::smo::{Options, Problem, Solution, solve};
use crate::estimator::{Model, argmax};
use crate::features::Features;
use crate::record::{ClassWeight, Param, Record, Value};
use crate::state::{State, broken, model};
use crate::target::Y;
use crate::warning::{Kind, warn};
use seodang_core::random::Stream;
use seodang_core::{Array, Error, Result, text};
use seodang_kernels::{pool, smo};
use std::sync::{Mutex, PoisonError};

model! {
    /// What `SVC` and `NuSVC` learn.
    // Scikit-learn's names.
    #[allow(non_snake_case)]
    pub(crate) struct ClassifierModel {
        /// The weight of each class.
        pub class_weight: Vec<f64>,
        /// The numbers of the support vectors, class by class.
        pub support: Array,
        /// The support vectors.
        pub support_vectors: Option<Array>,
        /// The number of support vectors of each class.
        pub n_support: Array,
        /// The coefficients of the support vectors, in the machines against each other class.
        pub dual_coef: Array,
        /// The constants of the machines.
        pub intercept: Array,
        /// The weights of the features, for a linear kernel.
        pub coef: Option<Array>,
        /// The shape of the samples of `fit`.
        pub shape_fit: Vec<usize>,
        /// The steps of each machine.
        pub n_iter: Array,
        /// 0 if all machines converged, else 1.
        pub fit_status: usize,
        /// The factors of the sigmoids.
        pub probA: Option<Array>,
        /// The constants of the sigmoids.
        pub probB: Option<Array>,
        machine: Machine,
        classes: usize,
        ovr: bool,
        break_ties: bool,
    }
}

/// The parameters of a classifier.
pub(super) struct Settings<'a> {
    pub(super) kernel: KernelParameters<'a>,
    /// C, or nu.
    pub(super) penalty: Penalty,
    pub(super) class_weight: Option<&'a ClassWeight>,
    pub(super) options: Options,
    /// The seed, if probabilities are wanted.
    pub(super) probability: Option<u64>,
    pub(super) shape: DecisionShape,
    pub(super) break_ties: bool,
}

/// What errors cost.
#[derive(Clone, Copy)]
pub(super) enum Penalty {
    C(f64),
    Nu(f64),
}

/// Two classes to be told apart.
struct Pair<'a> {
    kernel: smo::Kernel,
    samples: &'a Samples<'a>,
    /// Of the first class, then of the second.
    ids: Vec<usize>,
    /// How many are of the first.
    first: usize,
    /// The weights of the samples, their classes' included.
    weights: Vec<f64>,
    penalty: Penalty,
    options: Options,
}

/// A machine of two classes.
struct Solved {
    /// The coefficients of the samples' kernels.
    coefs: Vec<f64>,
    rho: f64,
    iterations: usize,
    converged: bool,
}

pub(super) fn fit(
    s: &Settings<'_>,
    x: &Features<'_>,
    y: &Y,
    weights: Option<&[f64]>,
) -> Result<ClassifierModel> {
    let codes = y.codes()?;
    let classes = codes.n;
    if classes < 2 {
        return Err(Error::value(text!(
            en: "The number of classes has to be greater than one; got {classes} class",
            ko: "클래스가 둘 이상 있어야 하는데 {classes}개입니다"
        )));
    }
    square(s.kernel.kernel, x)?;
    let class_weight = match s.class_weight {
        Some(w) => w.of_classes(codes, None)?,
        None => vec![1.0; classes],
    };
    let mut groups = vec![Vec::new(); classes];
    for (i, &c) in codes.codes.iter().enumerate() {
        if weights.is_none_or(|w| w[i] > 0.0) {
            groups[c as usize].push(i);
        }
    }
    check_groups(&groups)?;
    // As in scikit-learn, nu knows no weights of classes: with most of them it could not be reached.
    let of_class = |i: usize| match s.penalty {
        Penalty::C(_) => class_weight[codes.codes[i] as usize],
        Penalty::Nu(_) => 1.0,
    };
    let weight = |i: usize| of_class(i) * weights.map_or(1.0, |w| w[i]);
    let samples = Samples::new(x, s.kernel.kernel, None)?;
    let kernel = s.kernel.resolve(x);
    let mut pairs = Vec::new();
    for a in 0..classes {
        for b in a + 1..classes {
            let ids: Vec<usize> = groups[a].iter().chain(&groups[b]).copied().collect();
            let weights = ids.iter().map(|&i| weight(i)).collect();
            let (samples, penalty, options) = (&samples, s.penalty, s.options);
            let first = groups[a].len();
            pairs.push(Pair { kernel, samples, ids, first, weights, penalty, options });
        }
    }
    let solved: Vec<_> = pairs.iter().map(|_| Mutex::new(None)).collect();
    pool::run(pairs.len(), |p| {
        let result = pairs[p].learn(s.probability.map(|seed| (seed, p)));
        *solved[p].lock().unwrap_or_else(PoisonError::into_inner) = Some(result);
    });
    let solved = (solved.into_iter())
        .map(|m| m.into_inner().unwrap_or_else(PoisonError::into_inner).expect("every task ran"))
        .collect::<Result<Vec<_>>>()?;

    let mut used = vec![false; x.rows()];
    for (pair, (machine, _)) in pairs.iter().zip(&solved) {
        for (&id, &c) in pair.ids.iter().zip(&machine.coefs) {
            used[id] |= c != 0.0;
        }
    }
    for group in &mut groups {
        group.retain(|&i| used[i]);
    }
    let support = groups.concat();
    let mut place = vec![0; x.rows()];
    support.iter().enumerate().for_each(|(at, &id)| place[id] = at);
    // Of a sample of class c, the coefficient in the machine against another class is in the row of
    // that class among the others.
    let (rows, width) = (classes - 1, support.len());
    let mut dual = vec![0.0; rows * width];
    let mut numbers = (0..classes).flat_map(|a| (a + 1..classes).map(move |b| (a, b)));
    for (pair, (machine, _)) in pairs.iter().zip(&solved) {
        let (a, b) = numbers.next().expect("as many pairs");
        for (k, (&id, &c)) in pair.ids.iter().zip(&machine.coefs).enumerate() {
            if used[id] {
                dual[if k < pair.first { b - 1 } else { a } * width + place[id]] = c;
            }
        }
    }
    // For two classes, positive decisions speak for the second, as scikit-learn has it.
    let sign = if classes == 2 { -1.0 } else { 1.0 };
    dual.iter_mut().for_each(|c| *c *= sign);
    let intercept: Vec<f64> = solved.iter().map(|(m, _)| -sign * m.rho).collect();
    if !dual.iter().chain(&intercept).all(|c| c.is_finite()) {
        return Err(not_finite());
    }
    let (machine, support_vectors) = Machine::new(s.kernel.kernel, kernel, x, &support)?;
    let n_support: Vec<i32> = groups.iter().map(|g| g.len() as i32).collect();
    let coef = weights_of_features(&machine, support_vectors.as_ref(), &dual, &groups)?;
    let sigmoids: Option<Vec<(f64, f64)>> = solved.iter().map(|(_, s)| *s).collect();
    let of = |numbers: Vec<f64>| Array::from_vec([numbers.len()], numbers);
    let n_iter: Vec<i32> = solved.iter().map(|(m, _)| m.iterations as i32).collect();
    Ok(ClassifierModel {
        class_weight,
        support: integers(&support)?,
        support_vectors,
        n_support: Array::from_vec([classes], n_support)?,
        dual_coef: Array::from_vec([rows, width], dual)?,
        intercept: of(intercept)?,
        coef,
        shape_fit: vec![x.rows(), x.cols()],
        n_iter: Array::from_vec([n_iter.len()], n_iter)?,
        fit_status: usize::from(solved.iter().any(|(m, _)| !m.converged)),
        probA: sigmoids.as_ref().map(|s| of(s.iter().map(|s| s.0).collect())).transpose()?,
        probB: sigmoids.as_ref().map(|s| of(s.iter().map(|s| s.1).collect())).transpose()?,
        machine,
        classes,
        ovr: s.shape == DecisionShape::Ovr,
        break_ties: s.break_ties,
    })
}

/// Warns of what scikit-learn warns of.
pub(super) fn warn_of(
    estimator: &dyn Record,
    probability: Probability,
    status: usize,
    max_iter: i64,
) {
    if probability.0.is_some() {
        let who = estimator.class_name();
        warn(
            Kind::Future,
            format!(
                "The `probability` parameter was deprecated in 1.9 and will be removed in version \
                 1.11. Use `CalibratedClassifierCV({who}(), ensemble=False)` instead of \
                 `{who}(probability=True)`"
            ),
        );
    }
    warn_of_status(status, max_iter);
}

/// Warns if the steps did not suffice.
pub(super) fn warn_of_status(status: usize, max_iter: i64) {
    if status != 0 {
        warn(
            Kind::Convergence,
            format!(
                "Solver terminated early (max_iter={max_iter}).  Consider pre-processing your data \
                 with StandardScaler or MinMaxScaler."
            ),
        );
    }
}

/// Numbers of samples as scikit-learn's attributes have them.
pub(super) fn integers(numbers: &[usize]) -> Result<Array> {
    Array::from_vec([numbers.len()], numbers.iter().map(|&i| i as i32).collect())
}

pub(super) fn not_finite() -> Error {
    Error::value(text!(
        en: "The dual coefficients or intercepts are not finite. The input data may contain large \
             values and need to be preprocessed.",
        ko: "쌍대 계수나 절편이 유한하지 않습니다. 입력에 아주 큰 값이 있다면 먼저 전처리하세요."
    ))
}

/// Refuses kernels that are given but not square.
pub(super) fn square(kernel: &Kernel, x: &Features<'_>) -> Result<()> {
    let (rows, cols) = (x.rows(), x.cols());
    if matches!(kernel, Kernel::Precomputed) && rows != cols {
        return Err(Error::value(text!(
            en: "Precomputed matrix must be a square matrix. Input is a {rows}x{cols} matrix.",
            ko: "미리 계산한 행렬은 정사각형이어야 하는데 {rows}x{cols}입니다."
        )));
    }
    Ok(())
}

/// Refuses weights that leave nothing to learn.
fn check_groups(groups: &[Vec<usize>]) -> Result<()> {
    match groups.iter().filter(|g| !g.is_empty()).count() {
        0 => Err(no_weight()),
        1 => Err(Error::value(text!(
            en: "Invalid input - all samples with positive weights belong to the same class.",
            ko: "입력이 올바르지 않습니다. 가중치가 양수인 샘플이 모두 같은 클래스입니다."
        ))),
        _ => Ok(()),
    }
}

pub(super) fn no_weight() -> Error {
    Error::value(text!(
        en: "Invalid input - all samples have zero or negative weights.",
        ko: "입력이 올바르지 않습니다. 모든 샘플의 가중치가 0 이하입니다."
    ))
}

fn weights_of_features(
    machine: &Machine,
    vectors: Option<&Array>,
    dual: &[f64],
    groups: &[Vec<usize>],
) -> Result<Option<Array>> {
    let classes = groups.len();
    let width: usize = groups.iter().map(Vec::len).sum();
    if classes == 2 {
        return machine.linear_weights(vectors, 1, |_, v| dual[v]);
    }
    let class_of: Vec<usize> =
        groups.iter().enumerate().flat_map(|(c, g)| g.iter().map(move |_| c)).collect();
    let pairs: Vec<_> = (0..classes).flat_map(|a| (a + 1..classes).map(move |b| (a, b))).collect();
    machine.linear_weights(vectors, pairs.len(), |pair, v| {
        let (a, b) = pairs[pair];
        match class_of[v] {
            c if c == a => dual[(b - 1) * width + v],
            c if c == b => dual[a * width + v],
            _ => 0.0,
        }
    })
}

impl Pair<'_> {
    /// The machine, and the sigmoid of its decisions if a seed is given.
    fn learn(&self, sigmoid: Option<(u64, usize)>) -> Result<(Solved, Option<(f64, f64)>)> {
        let labels: Vec<f64> =
            (0..self.ids.len()).map(|k| if k < self.first { 1.0 } else { -1.0 }).collect();
        let machine = self.machine(&self.ids, &labels, &self.weights)?;
        let sigmoid = match sigmoid {
            Some((seed, pair)) => Some(self.sigmoid(&labels, seed, pair)?),
            None => None,
        };
        Ok((machine, sigmoid))
    }

    fn machine(&self, ids: &[usize], labels: &[f64], weights: &[f64]) -> Result<Solved> {
        let n = ids.len();
        if n == 0 {
            let coefs = Vec::new();
            return Ok(Solved { coefs, rho: 0.0, iterations: 0, converged: true });
        }
        let rows = Rows::new(self.kernel, self.samples, ids);
        let problem = match self.penalty {
            Penalty::C(c) => Problem {
                rows,
                labels: labels.to_vec(),
                linear: vec![-1.0; n],
                bounds: weights.iter().map(|w| c * w).collect(),
                alpha: vec![0.0; n],
                nu: false,
            },
            Penalty::Nu(nu) => Problem {
                rows,
                labels: labels.to_vec(),
                linear: vec![0.0; n],
                bounds: weights.to_vec(),
                alpha: start_of_nu(nu, labels, weights)?,
                nu: true,
            },
        };
        let Solution { alpha, rho, margin, iterations, converged } = solve(problem, self.options)?;
        let scale = if let Penalty::Nu(_) = self.penalty { 1.0 / margin } else { 1.0 };
        let coefs = alpha.iter().zip(labels).map(|(a, y)| a * y * scale).collect();
        Ok(Solved { coefs, rho: rho * scale, iterations, converged })
    }

    /// The sigmoid over the decisions of machines that had not seen the sample, in five folds.
    fn sigmoid(&self, labels: &[f64], seed: u64, pair: usize) -> Result<(f64, f64)> {
        const FOLDS: usize = 5;
        let n = self.ids.len();
        let order = Stream::new(seed, pair as u64).permutation(n);
        let mut decisions = vec![0.0; n];
        for fold in 0..FOLDS {
            let span = fold * n / FOLDS..(fold + 1) * n / FOLDS;
            let (held, rest) = (&order[span.clone()], [&order[..span.start], &order[span.end..]]);
            let rest = rest.concat();
            let ids: Vec<usize> = rest.iter().map(|&k| self.ids[k]).collect();
            let pick = |from: &[f64]| rest.iter().map(|&k| from[k]).collect::<Vec<_>>();
            let (y, w) = (pick(labels), pick(&self.weights));
            let positive = y.iter().filter(|&&y| y > 0.0).count();
            let values = match (positive > 0, positive < y.len()) {
                (true, true) => {
                    // Nu asks for enough of both classes, which a fold may lack.
                    let machine = match self.penalty {
                        Penalty::Nu(_) => Pair {
                            penalty: Penalty::C(1.0),
                            ids: Vec::new(),
                            weights: Vec::new(),
                            ..*self
                        }
                        .machine(&ids, &y, &w)?,
                        Penalty::C(_) => self.machine(&ids, &y, &w)?,
                    };
                    self.decisions(&ids, &machine, held)?
                }
                (true, false) => vec![1.0; held.len()],
                (false, true) => vec![-1.0; held.len()],
                (false, false) => vec![0.0; held.len()],
            };
            held.iter().zip(values).for_each(|(&k, v)| decisions[k] = v);
        }
        let positive: Vec<bool> = labels.iter().map(|&y| y > 0.0).collect();
        Ok(platt::sigmoid(&decisions, &positive))
    }

    fn decisions(&self, ids: &[usize], machine: &Solved, held: &[usize]) -> Result<Vec<f64>> {
        let (mut with, mut coefs) = (Vec::new(), Vec::new());
        for (&id, &c) in ids.iter().zip(&machine.coefs) {
            if c != 0.0 {
                with.push(id);
                coefs.push(c);
            }
        }
        let queries: Vec<usize> = held.iter().map(|&k| self.ids[k]).collect();
        let (queries, vectors) = (self.samples.take(&queries), self.samples.vectors(&with));
        let all = sums(self.kernel, &queries, &vectors, &coefs, 1, &[with.len()])?;
        Ok(all.into_iter().map(|s| s - machine.rho).collect())
    }
}

/// Weights of nu/2 of all for each class, the first samples first.
fn start_of_nu(nu: f64, labels: &[f64], weights: &[f64]) -> Result<Vec<f64>> {
    let of = |label: f64| {
        let all = labels.iter().zip(weights).filter(|(y, _)| **y == label);
        all.map(|(_, w)| w).sum::<f64>()
    };
    let half = nu * (of(1.0) + of(-1.0)) / 2.0;
    if half > of(1.0).min(of(-1.0)) {
        return Err(Error::value(text!(
            en: "specified nu is infeasible", ko: "지정한 nu로는 풀 수 없습니다"
        ))
        .given("nu", nu));
    }
    let mut left = [half, half];
    Ok(labels
        .iter()
        .zip(weights)
        .map(|(&y, &w)| {
            let left = &mut left[usize::from(y < 0.0)];
            let a = w.min(*left);
            *left -= a;
            a
        })
        .collect())
}

impl ClassifierModel {
    /// The model of a file.
    ///
    /// # Errors
    /// `Format`, if its parts do not fit each other.
    pub(super) fn checked(state: &mut State) -> Result<ClassifierModel> {
        let model = ClassifierModel::restore(state, "")?;
        let (k, n) = (model.classes, model.support.size());
        let pairs = k * k.saturating_sub(1) / 2;
        let counts: f64 = model.n_support.to_f64_vec().iter().sum();
        let sigmoid = |a: &Option<Array>| a.as_ref().is_none_or(|a| a.size() == pairs);
        if k < 2
            || model.shape_fit.len() != 2
            || model.dual_coef.shape().dims() != [k - 1, n]
            || model.intercept.size() != pairs
            || model.n_support.size() != k
            || counts != n as f64
            || !sigmoid(&model.probA)
            || !sigmoid(&model.probB)
        {
            return Err(broken("support"));
        }
        model.machine.check(model.support_vectors.as_ref(), n, model.shape_fit[0])?;
        Ok(model)
    }

    /// The decisions between each two classes; positive ones speak for the first.
    fn pairwise(&self, x: &Features<'_>) -> Result<Vec<f64>> {
        let (k, rows) = (self.classes, x.rows());
        let mut ends = Vec::new();
        let mut end = 0.0;
        for n in self.n_support.to_f64_vec() {
            end += n;
            ends.push(end as usize);
        }
        let dual = self.dual_coef.to_f64_vec();
        let intercept = self.intercept.to_f64_vec();
        if k == 2 {
            // One machine sums over the vectors of both classes.
            ends = vec![dual.len()];
        }
        let sums = self.machine.sums(self.support_vectors.as_ref(), x, &dual, k - 1, &ends)?;
        if k == 2 {
            return Ok(sums.into_iter().map(|sum| -(sum + intercept[0])).collect());
        }
        let mut out = Vec::with_capacity(rows * intercept.len());
        for sums in sums.chunks_exact(k * (k - 1)) {
            let mut constants = intercept.iter();
            for a in 0..k {
                for b in a + 1..k {
                    let sum = sums[a * (k - 1) + b - 1] + sums[b * (k - 1) + a];
                    out.push(sum + constants.next().expect("one for each pair"));
                }
            }
        }
        Ok(out)
    }

    /// Votes for each class, and the sums of the decisions for it.
    fn votes(&self, decisions: &[f64]) -> (Vec<f64>, Vec<f64>) {
        let k = self.classes;
        let (mut votes, mut sums) = (vec![0.0; k], vec![0.0; k]);
        let mut at = 0;
        for a in 0..k {
            for b in a + 1..k {
                let d = decisions[at];
                sums[a] += d;
                sums[b] -= d;
                votes[if d > 0.0 { a } else { b }] += 1.0;
                at += 1;
            }
        }
        (votes, sums)
    }

    /// A number for each class, by votes and, for equal ones, by the sums of decisions, which count
    /// less than a vote.
    fn one_against_rest(&self, decisions: &[f64]) -> Vec<f64> {
        let (mut votes, sums) = self.votes(decisions);
        // A decision of 0 is no vote for the second class here.
        let (k, mut at) = (self.classes, 0);
        for a in 0..k {
            for b in a + 1..k {
                if decisions[at] == 0.0 {
                    votes[b] -= 1.0;
                    votes[a] += 1.0;
                }
                at += 1;
            }
        }
        votes.iter().zip(sums).map(|(v, s)| v + s / (3.0 * (s.abs() + 1.0))).collect()
    }
}

impl ClassifierModel {
    /// The numbers of the classes.
    fn predicted(&self, x: &Features<'_>, ovr: bool, break_ties: bool) -> Result<Vec<u32>> {
        if break_ties && !ovr {
            return Err(Error::value(text!(
                en: "break_ties must be False when decision_function_shape is 'ovo'",
                ko: "decision_function_shape이 'ovo'면 break_ties는 False여야 합니다"
            )));
        }
        let pairs = self.classes * (self.classes - 1) / 2;
        let of = |d: &[f64]| match break_ties && self.classes > 2 {
            true => argmax(&self.one_against_rest(d)),
            false => argmax(&self.votes(d).0),
        };
        Ok(self.pairwise(x)?.chunks_exact(pairs).map(of).collect())
    }

    fn decisions(&self, x: &Features<'_>, ovr: bool) -> Result<Array> {
        let (k, rows) = (self.classes, x.rows());
        let pairs = k * (k - 1) / 2;
        let decisions = self.pairwise(x)?;
        if k == 2 {
            return Array::from_vec([rows], decisions.iter().map(|d| -d).collect());
        }
        if !ovr {
            return Array::from_vec([rows, pairs], decisions);
        }
        let all = decisions.chunks_exact(pairs).flat_map(|d| self.one_against_rest(d)).collect();
        Array::from_vec([rows, k], all)
    }
}

impl Model for ClassifierModel {
    fn predict_codes(&self, x: &Features<'_>) -> Result<Vec<Vec<u32>>> {
        Ok(vec![self.predicted(x, self.ovr, self.break_ties)?])
    }

    fn decision_function(&self, x: &Features<'_>) -> Result<Array> {
        self.decisions(x, self.ovr)
    }

    /// `predict` and `decision_function` with `decision_function_shape` and `break_ties` as they are by
    /// then, and `support_vectors`.
    fn call(&self, name: &str, x: Option<&Features<'_>>, arguments: &[Value]) -> Result<Value> {
        let shape = arguments.first().and_then(DecisionShape::from_value);
        let ovr = shape.map_or(self.ovr, |s| s == DecisionShape::Ovr);
        let break_ties = arguments.get(1).and_then(bool::from_value).unwrap_or(self.break_ties);
        match (name, x) {
            ("decision_function", Some(x)) => self.decisions(x, ovr).map(Value::Array),
            ("predict", Some(x)) => {
                let codes = self.predicted(x, ovr, break_ties)?;
                let codes: Vec<i64> = codes.into_iter().map(i64::from).collect();
                Array::from_vec([codes.len()], codes).map(Value::Array)
            }
            _ => self.machine.call(name),
        }
    }

    fn predict_proba(&self, x: &Features<'_>) -> Result<Vec<Array>> {
        let (Some(a), Some(b)) = (&self.probA, &self.probB) else {
            return Err(Error::unsupported(text!(
                en: "predict_proba is not available when fitted with probability=False",
                ko: "probability=False로 학습해 확률이 없습니다"
            )));
        };
        let (a, b, k) = (a.to_f64_vec(), b.to_f64_vec(), self.classes);
        let mut out = Vec::with_capacity(x.rows() * k);
        for decisions in self.pairwise(x)?.chunks_exact(a.len()) {
            let mut table = vec![0.0; k * k];
            let mut at = 0;
            for i in 0..k {
                for j in i + 1..k {
                    let p = platt::probability(decisions[at], a[at], b[at]);
                    (table[i * k + j], table[j * k + i]) = (p, 1.0 - p);
                    at += 1;
                }
            }
            match k {
                2 => out.extend([table[1], table[2]]),
                _ => out.extend(platt::coupled(k, &table)),
            }
        }
        Ok(vec![Array::from_vec([x.rows(), k], out)?])
    }
}
