//! `LogisticRegression`.

use super::classify::{consistent, probabilities};
use super::logistic::{Curvature, Logistic, minimise_penalised};
use super::minimize::lbfgs;
use super::pass::Shape;
use super::shared::{decided, decision};
use crate::estimator::{Estimator, Model, Start, Tags, Task};
use crate::features::{Dense, Features};
use crate::record::{ClassWeight, Seed, Verbosity, estimator, one_of};
use crate::state::{State, model};
use crate::target::{Codes, Y};
use crate::warning::{Kind, warn};
use seodang_core::{Array, DType, Error, Result, text};

one_of! {
    /// What keeps coefficients small.
    Penalty {
        /// The sum of their absolute values.
        L1 = "l1",
        /// Half the sum of their squares.
        L2 = "l2",
        /// A mixture of both.
        ElasticNet = "elasticnet",
        /// What `C` and `l1_ratio` say.
        Deprecated = "deprecated",
    }
}

one_of! {
    /// How the minimum is searched for.
    Solver {
        /// L-BFGS that begins with the curvature of some of the samples.
        Lbfgs = "lbfgs",
        /// Two classes, and the intercept is penalised too.
        Liblinear = "liblinear",
        /// Newton's method by conjugate gradients.
        NewtonCg = "newton-cg",
        /// Newton's method with the curvature of all samples.
        NewtonCholesky = "newton-cholesky",
        /// As `lbfgs`.
        Sag = "sag",
        /// As `lbfgs`; with absolute values in the penalty, by coordinates.
        Saga = "saga",
    }
}

estimator! {
    /// Logistic regression: classes whose log-odds are linear in the features, of several classes all at
    /// once (multinomial). Source: Hastie, Tibshirani and Friedman 2009, section 4.4; Nocedal and Wright
    /// 2006, chapter 7; Lee, Sun and Saunders 2014.
    LogisticRegression in "linear_model" {
        /// Deprecated in favour of C and l1_ratio.
        penalty: Option<Penalty> = Some(Penalty::Deprecated);
        /// The inverse of the strength of the penalty; infinity is none.
        C: f64 = 1.0, Range::new(0.0, f64::INFINITY, false, true);
        /// The share of absolute values in the penalty: 0 is squares alone, 1 absolute values alone.
        l1_ratio: Option<f64> = Some(0.0), Range::within(0.0, 1.0);
        /// Whether liblinear may solve the dual problem: its solution is the same.
        dual: bool = false;
        /// The greatest derivative of the mean loss at which the search ends.
        tol: f64 = 1e-4, Range::from(0.0);
        /// Whether there is an intercept.
        fit_intercept: bool = true;
        /// For liblinear, the value of the feature whose coefficient is the intercept, penalised as all.
        intercept_scaling: f64 = 1.0, Range::above(0.0);
        /// How much each class counts.
        class_weight: Option<ClassWeight> = None;
        /// Accepted for compatibility: no solver is random.
        random_state: Seed = Seed(None);
        /// How the minimum is searched for: "lbfgs" begins with the curvature of some samples,
        /// "newton-cholesky" has that of all in each iteration, "newton-cg" multiplies with it.
        /// "liblinear" is for two classes. "sag" and "saga" search as "lbfgs" does, and "saga" takes
        /// every penalty.
        solver: Solver = Solver::Lbfgs;
        /// The most iterations.
        max_iter: usize = 100, Range::from(0.0);
        /// Accepted for compatibility: nothing is printed.
        verbose: Verbosity = Verbosity(0);
        /// Whether the search begins where that of the last `fit` ended.
        warm_start: bool = false;
        /// Accepted for compatibility: the number of threads is the process's.
        n_jobs: Option<i64> = None;
    }
}

model! {
    /// What `LogisticRegression` learns.
    pub(crate) struct LogisticRegressionModel {
        /// The coefficients: one row for two classes, else one for each.
        pub coef: Array,
        /// The intercepts.
        pub intercept: Array,
        /// The iterations; to find that there is nothing to do is one.
        pub n_iter: Array,
        classes: usize,
    }
}

/// The strengths of the penalties and whether that of absolute values is among them.
struct Strengths {
    l1_ratio: f64,
    c: f64,
}

impl LogisticRegression {
    /// Looks whether the parameters go together, in scikit-learn's words.
    fn strengths(&self) -> Result<Strengths> {
        let ratio = self.l1_ratio.unwrap_or(0.0);
        if self.penalty != Some(Penalty::Deprecated) {
            warn(
                Kind::Future,
                "'penalty' was deprecated in version 1.8 and will be removed in 1.10. To avoid this \
                 warning, leave 'penalty' set to its default value and use 'l1_ratio' or 'C' instead. \
                 Use l1_ratio=0 instead of penalty='l2', l1_ratio=1 instead of penalty='l1', l1_ratio \
                 set to a float between 0 and 1 instead of penalty='elasticnet', and C=np.inf instead \
                 of penalty=None.",
            );
        } else if self.l1_ratio.is_none() {
            warn(
                Kind::Future,
                "'l1_ratio=None' was deprecated in version 1.8 and will trigger an error in 1.10. Use \
                 0<=l1_ratio<=1 instead.",
            );
        }
        let penalty = match self.penalty {
            Some(Penalty::Deprecated) if self.C == f64::INFINITY => None,
            Some(Penalty::Deprecated) if ratio == 0.0 => Some(Penalty::L2),
            Some(Penalty::Deprecated) if ratio == 1.0 => Some(Penalty::L1),
            Some(Penalty::Deprecated) => Some(Penalty::ElasticNet),
            given => given,
        };
        let (solver, name) = (self.solver.name(), penalty.map_or("None", Penalty::name));
        let refused = |en: String, ko: String| Err(Error::value(text!(en: "{en}", ko: "{ko}")));
        let any = matches!(self.solver, Solver::Liblinear | Solver::Saga);
        if !any && !matches!(penalty, None | Some(Penalty::L2)) {
            return refused(
                format!(
                    "Solver {solver} supports only 'l2' or None penalties, got {name} penalty."
                ),
                format!("풀이법 {solver}에는 벌점 'l2'나 None만 쓸 수 있는데 {name}입니다."),
            );
        }
        if self.dual && self.solver != Solver::Liblinear {
            return refused(
                format!("Solver {solver} supports only dual=False, got dual=True"),
                format!("풀이법 {solver}에는 dual=False만 쓸 수 있습니다"),
            );
        }
        if penalty == Some(Penalty::ElasticNet) && self.solver != Solver::Saga {
            return refused(
                format!("Only 'saga' solver supports elasticnet penalty, got solver={solver}."),
                format!("벌점 elasticnet은 풀이법 'saga'에만 쓸 수 있는데 {solver}입니다."),
            );
        }
        if self.solver == Solver::Liblinear && penalty.is_none() {
            return refused(
                "C=np.inf as well as penalty=None is not supported for the liblinear solver".into(),
                "풀이법 liblinear에는 C=np.inf나 penalty=None을 쓸 수 없습니다".into(),
            );
        }
        if self.dual && penalty == Some(Penalty::L1) {
            return refused(
                "Unsupported set of arguments: The combination of penalty='l1' and \
                 loss='logistic_regression' are not supported when dual=True, Parameters: \
                 penalty='l1', loss='logistic_regression', dual=True"
                    .into(),
                "dual=True에는 벌점 'l1'을 쓸 수 없습니다".into(),
            );
        }
        if penalty == Some(Penalty::ElasticNet) && self.l1_ratio.is_none() {
            return refused(
                "l1_ratio must be specified when penalty is elasticnet.".into(),
                "벌점이 elasticnet이면 l1_ratio를 정해야 합니다.".into(),
            );
        }
        if penalty != Some(Penalty::ElasticNet) && ratio > 0.0 && ratio < 1.0 {
            warn(
                Kind::User,
                format!(
                    "l1_ratio parameter is only used when penalty is 'elasticnet'. Got (penalty={name})"
                ),
            );
        }
        let odd = match self.penalty {
            Some(Penalty::L2) => ratio != 0.0,
            Some(Penalty::L1) => ratio != 1.0,
            _ => false,
        };
        if odd {
            warn(
                Kind::User,
                format!(
                    "Inconsistent values: penalty={name} with l1_ratio={ratio}. penalty is deprecated. \
                     Please use l1_ratio only."
                ),
            );
        }
        if self.penalty.is_none() && self.C != 1.0 {
            warn(Kind::User, "Setting penalty=None will ignore the C and l1_ratio parameters");
        }
        if let Some(jobs) = self.n_jobs {
            warn(
                Kind::Future,
                format!(
                    "'n_jobs' has no effect since 1.8 and will be removed in 1.10. You provided \
                     'n_jobs={jobs}', please leave it unspecified."
                ),
            );
        }
        Ok(match penalty {
            None => Strengths { l1_ratio: 0.0, c: f64::INFINITY },
            Some(Penalty::L2 | Penalty::Deprecated) => Strengths { l1_ratio: 0.0, c: self.C },
            Some(Penalty::L1) => Strengths { l1_ratio: 1.0, c: self.C },
            Some(Penalty::ElasticNet) => Strengths { l1_ratio: ratio, c: self.C },
        })
    }

    /// The coefficients that a search begins with.
    fn start(&self, before: Option<&LogisticRegressionModel>, shape: Shape) -> Result<Vec<f64>> {
        let mut w = vec![0.0; shape.len()];
        let Some(before) = before else { return Ok(w) };
        let (rows, cols) = (before.coef.shape().dims()[0], before.coef.shape().dims()[1]);
        if (rows, cols) != (shape.outputs, shape.cols) {
            let (outputs, now) = (shape.outputs, shape.cols);
            return Err(Error::value(text!(
                en: "Initialization coef is of shape ({rows}, {cols}), expected shape ({outputs}, {now})",
                ko: "처음 계수의 모양이 ({rows}, {cols})인데 ({outputs}, {now})이어야 합니다"
            )));
        }
        let (coef, intercept) = (before.coef.to_f64_vec(), before.intercept.to_f64_vec());
        for (o, w) in w.chunks_mut(shape.width()).enumerate() {
            w[..cols].copy_from_slice(&coef[o * cols..(o + 1) * cols]);
            if shape.intercept {
                w[cols] = intercept[o];
            }
        }
        Ok(w)
    }

    fn solve(
        &self,
        x: &Features<'_>,
        codes: &Codes,
        weights: Option<&[f64]>,
        before: Option<&LogisticRegressionModel>,
    ) -> Result<LogisticRegressionModel> {
        x.check_finite(false, "a linear model")?;
        let Strengths { l1_ratio, c } = self.strengths()?;
        let n = codes.n;
        if n < 2 {
            return Err(Error::value(text!(
                en: "This solver needs samples of at least 2 classes in the data, but the data contains \
                     only one class",
                ko: "데이터에 클래스가 둘 이상 있어야 하는데 하나뿐입니다"
            )));
        }
        if self.solver == Solver::Liblinear && n > 2 {
            return Err(Error::value(text!(
                en: "The 'liblinear' solver does not support multiclass classification (n_classes >= 3). \
                     Either use another solver or wrap the estimator in a OneVsRestClassifier to keep \
                     applying a one-versus-rest scheme.",
                ko: "풀이법 'liblinear'는 클래스가 둘일 때만 쓸 수 있습니다. 다른 풀이법을 쓰거나 \
                     OneVsRestClassifier로 감싸세요."
            )));
        }
        let balanced;
        let weights = match &self.class_weight {
            None => weights,
            Some(class_weight) => {
                let of = class_weight.of_classes(codes, weights)?;
                let each = codes.codes.iter().enumerate();
                balanced = each
                    .map(|(i, &c)| of[c as usize] * weights.map_or(1.0, |w| w[i]))
                    .collect::<Vec<f64>>();
                Some(&balanced[..])
            }
        };
        let outputs = if n == 2 { 1 } else { n };
        let shape = Shape { cols: x.cols(), outputs, intercept: self.fit_intercept };
        let total: f64 = weights.map_or(codes.codes.len() as f64, |w| w.iter().sum());
        let strength = 1.0 / (c * total);
        // liblinear's intercept is the coefficient of a feature, and penalised as such.
        let liblinear = self.solver == Solver::Liblinear;
        let scaling = self.intercept_scaling;
        let l2 = strength * (1.0 - l1_ratio);
        let l1 = strength * l1_ratio;
        let curvature = match self.solver {
            Solver::NewtonCholesky => Curvature::Exact,
            Solver::NewtonCg => Curvature::Products,
            _ => Curvature::Estimated,
        };
        let penalties = (l2, if liblinear { l2 / (scaling * scaling) } else { 0.0 });
        let mut f = Logistic::new(x, &codes.codes, weights, shape, penalties, curvature);
        let start = self.start(before, shape)?;
        let found = if l1 > 0.0 {
            let penalties = (l1, if liblinear { l1 / scaling } else { 0.0 });
            minimise_penalised(&mut f, penalties, start, self.tol, self.max_iter)
        } else {
            // Newton's own step needs no memory.
            let memory = curvature == Curvature::Estimated;
            lbfgs(&mut f, start, self.tol, self.max_iter, memory)
        };
        if !found.converged {
            let (solver, n) = (self.solver.name(), found.iterations);
            warn(
                Kind::Convergence,
                format!(
                    "{solver} failed to converge after {n} iteration(s) (status=1):\nSTOP: TOTAL NO. OF \
                     ITERATIONS REACHED LIMIT\n\nIncrease the number of iterations (max_iter) or scale \
                     the features (StandardScaler)."
                ),
            );
        }
        let width = shape.width();
        let mut found = found;
        if outputs > 1 {
            // Numbers that all classes share change nothing: what has no penalty adds up to 0.
            let first = if l1 + l2 > 0.0 { x.cols() } else { 0 };
            for j in first..width {
                let mean = (0..outputs).map(|o| found.at[o * width + j]).sum::<f64>() / n as f64;
                (0..outputs).for_each(|o| found.at[o * width + j] -= mean);
            }
        }
        let coef: Vec<f64> = found.at.chunks(width).flat_map(|w| w[..x.cols()].to_vec()).collect();
        let intercept: Vec<f64> =
            found.at.chunks(width).map(|w| w.get(x.cols()).copied().unwrap_or(0.0)).collect();
        let dtype = match x {
            Features::Dense(Dense::F32(_)) => DType::F32,
            _ => DType::F64,
        };
        Ok(LogisticRegressionModel {
            coef: Array::from_vec([outputs, x.cols()], coef)?.convert(dtype),
            intercept: Array::from_vec([outputs], intercept)?.convert(dtype),
            n_iter: Array::from_vec([1], vec![found.iterations.max(self.max_iter.min(1)) as i32])?,
            classes: n,
        })
    }
}

impl Estimator for LogisticRegression {
    fn tags(&self) -> Tags {
        let binary_only = self.solver == Solver::Liblinear;
        Tags {
            weights: true,
            sparse: true,
            binary_only,
            finds_nan: true,
            ..Tags::new(Task::Classifier)
        }
    }

    fn methods(&self) -> &'static [&'static str] {
        &["decision_function", "predict_proba", "sparsify"]
    }

    fn learn(&self, x: &Features<'_>, y: &Y, weights: Option<&[f64]>) -> Result<Box<dyn Model>> {
        Ok(Box::new(self.solve(x, y.codes()?, weights, None)?))
    }

    fn learn_from(
        &self,
        start: &Start<'_>,
        x: &Features<'_>,
        y: &Y,
        weights: Option<&[f64]>,
    ) -> Result<Box<dyn Model>> {
        if start.batch {
            return Err(crate::estimator::cannot("partial_fit"));
        }
        Ok(Box::new(self.solve(x, y.codes()?, weights, start.model())?))
    }

    fn restore(&self, state: &mut State) -> Result<Box<dyn Model>> {
        let model = LogisticRegressionModel::restore(state, "")?;
        consistent(&model.coef, &model.intercept, model.classes)?;
        Ok(Box::new(model))
    }

    fn boxed(&self) -> Box<dyn Estimator> {
        Box::new(self.clone())
    }
}

impl LogisticRegressionModel {
    fn said(&self, x: &Features<'_>) -> Result<Array> {
        decision(x, &self.coef.to_f64_vec(), &self.intercept.to_f64_vec())
    }
}

impl Model for LogisticRegressionModel {
    fn predict_codes(&self, x: &Features<'_>) -> Result<Vec<Vec<u32>>> {
        Ok(vec![decided(x, &self.coef.to_f64_vec(), &self.intercept.to_f64_vec())?])
    }

    fn predict_proba(&self, x: &Features<'_>) -> Result<Vec<Array>> {
        Ok(vec![probabilities(&self.said(x)?)?])
    }

    fn decision_function(&self, x: &Features<'_>) -> Result<Array> {
        let said = self.said(x)?;
        if self.classes == 2 { said.reshape([x.rows()]) } else { Ok(said) }
    }
}
