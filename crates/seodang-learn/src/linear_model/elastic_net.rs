//! `ElasticNet`.

use super::descent::{Problem, Selection, Settings, Strength};
use super::ridge_shared::dtype_of;
use super::shared::{Linear, linear, predict};
use crate::estimator::{Estimator, Model, Start, Tags, Task, cannot};
use crate::features::Features;
use crate::record::{Either, Param, Seed, Value, estimator};
use crate::state::{State, model};
use crate::target::Y;
use crate::warning::{Kind, warn};
use seodang_core::{Array, DType, Error, Result, text};

estimator! {
    /// Least squares with a mixture of absolute values and squares of the coefficients as a penalty.
    /// Source: Zou and Hastie 2005; coordinate descent: Friedman, Hastie and Tibshirani 2010.
    ElasticNet in "linear_model" {
        /// The strength of the penalty.
        alpha: f64 = 1.0, Range::from(0.0);
        /// The share of absolute values in the penalty.
        l1_ratio: f64 = 0.5, Range::within(0.0, 1.0);
        /// Whether there is an intercept; without it, the data are expected to be centred.
        fit_intercept: bool = true;
        /// Accepted for compatibility: products of features are computed where that is quicker.
        precompute: Either<bool, Array> = Either::A(false);
        /// The most sweeps over the coefficients; None is 1000.
        max_iter: Option<usize> = Some(1000), Range::from(1.0);
        /// Accepted for compatibility: X is never changed.
        copy_X: bool = true;
        /// The duality gap at which the descent ends, as a share of the target's squares.
        tol: f64 = 1e-4, Range::from(0.0);
        /// Whether the descent begins where that of the last `fit` ended.
        warm_start: bool = false;
        /// Whether the coefficients must not be negative.
        positive: bool = false;
        /// Where random numbers come from, if the selection is random.
        random_state: Seed = Seed(None);
        /// The order in which coefficients take their turns.
        selection: Selection = Selection::Cyclic;
    }
}

model! {
    /// What `ElasticNet` and `Lasso` learn.
    pub(crate) struct ElasticNetModel {
        /// The coefficients: features, or outputs by features for several outputs.
        pub coef: Array,
        /// What is added: a number, or one for each output.
        pub intercept: Array,
        /// The sweeps, or those of each output.
        pub n_iter: Value,
        /// The duality gap by samples, or that of each output.
        pub dual_gap: Array,
        flat: bool,
        path: Option<PathModel>,
    }
}

model! {
    /// The solutions of many strengths.
    pub(crate) struct PathModel {
        alphas: Vec<f64>,
        /// Outputs by features by strengths.
        coefs: Array,
        /// Outputs by strengths.
        intercepts: Array,
        gaps: Array,
        iterations: Array,
    }
}

/// The parameters that the elastic net and the lasso share.
pub(super) struct Net {
    pub(super) alpha: f64,
    pub(super) l1_ratio: f64,
    pub(super) fit_intercept: bool,
    pub(super) max_iter: Option<usize>,
    pub(super) tol: f64,
    pub(super) positive: bool,
    pub(super) random_state: Seed,
    pub(super) selection: Selection,
}

impl Net {
    fn strength(&self, alpha: f64, total: f64) -> Strength {
        Strength { l1: alpha * self.l1_ratio * total, l2: alpha * (1.0 - self.l1_ratio) * total }
    }

    fn settings(&self) -> Settings {
        Settings {
            positive: self.positive,
            tol: self.tol,
            max_iter: self.max_iter.unwrap_or(1000),
            random: (self.selection == Selection::Random).then(|| self.random_state.get()),
        }
    }

    /// Learns from where `start` says; of an argument `alphas` it learns the whole path.
    pub(super) fn fit(
        &self,
        start: &Start<'_>,
        x: &Features<'_>,
        y: &Y,
        weights: Option<&[f64]>,
    ) -> Result<Box<dyn Model>> {
        if start.batch {
            return Err(cannot("partial_fit"));
        }
        let y = y.values()?;
        let (cols, outputs) = (x.cols(), y.outputs);
        let total = weights.map_or(x.rows() as f64, |w| w.iter().sum());
        let problem = Problem::new(x, &y.data, outputs, weights, self.fit_intercept)?;
        let mut w = match start.model::<ElasticNetModel>() {
            Some(before) if before.coef.size() == outputs * cols => before.coef.to_f64_vec(),
            _ => vec![0.0; outputs * cols],
        };
        let path = match start.argument("alphas") {
            None => None,
            Some(given) => {
                let eps = start.argument("eps").and_then(f64::from_value).unwrap_or(1e-3);
                let alphas = self.grid(&problem, outputs, given, eps, total)?;
                Some(self.path(&problem, &mut w, alphas, outputs, total, dtype_of(x))?)
            }
        };
        if self.alpha == 0.0 && path.is_none() {
            warn(
                Kind::User,
                "With alpha=0, this algorithm does not converge well. You are advised to use the \
                 LinearRegression estimator",
            );
        }
        let (mut iterations, mut gaps, mut intercept) = (Vec::new(), Vec::new(), Vec::new());
        for (o, w) in w.chunks_mut(cols).enumerate() {
            if path.is_none() {
                let found =
                    problem.descend(w, o, self.strength(self.alpha, total), self.settings());
                if !found.converged() {
                    not_converged(found.gap, found.enough);
                }
                iterations.push(found.iterations);
                gaps.push(found.gap / total);
            }
            intercept.push(problem.intercept(w, o));
        }
        let n_iter = match &iterations[..] {
            [] => Value::None,
            [n] => Value::from(*n),
            all => Value::List(all.iter().map(|&n| n.into()).collect()),
        };
        let dual_gap = if let [gap] = gaps[..] {
            Array::scalar(gap)
        } else {
            Array::from_vec([gaps.len()], gaps)?
        };
        let one = outputs == 1;
        let intercept = self.fit_intercept.then_some(intercept);
        let Linear { coef, intercept } = linear(w, intercept, cols, (one, y.flat), dtype_of(x))?;
        Ok(Box::new(ElasticNetModel { coef, intercept, n_iter, dual_gap, flat: one, path }))
    }

    /// The strengths of a path: those given, or so many from the least at which all is 0.
    fn grid(
        &self,
        problem: &Problem,
        outputs: usize,
        given: &Value,
        eps: f64,
        total: f64,
    ) -> Result<Vec<f64>> {
        let Some(n) = usize::from_value(given) else {
            let Some(alphas) = Array::from_value(given) else {
                return Err(Error::internal("alphas"));
            };
            let mut alphas = alphas.to_f64_vec();
            alphas.sort_by(|a, b| b.total_cmp(a));
            return Ok(alphas);
        };
        if self.l1_ratio == 0.0 {
            return Err(Error::value(text!(
                en: "Automatic alpha grid generation is not supported for l1_ratio=0. Please supply a \
                     grid by providing your estimator with the appropriate `alphas=` argument.",
                ko: "l1_ratio=0이면 alpha의 격자를 만들 수 없습니다. alphas를 직접 정하세요."
            )));
        }
        let most = problem.greatest_penalty(outputs) / (total * self.l1_ratio);
        if most <= 1e-15 {
            return Ok(vec![1e-15; n]);
        }
        let step = |i: usize| if n == 1 { 0.0 } else { i as f64 / (n - 1) as f64 };
        Ok((0..n).map(|i| most * eps.powf(step(i))).collect())
    }

    fn path(
        &self,
        problem: &Problem,
        w: &mut [f64],
        alphas: Vec<f64>,
        outputs: usize,
        total: f64,
        dtype: DType,
    ) -> Result<PathModel> {
        let (n, cols) = (alphas.len(), w.len() / outputs);
        let mut coefs = vec![0.0; outputs * cols * n];
        let mut intercepts = vec![0.0; outputs * n];
        let (mut gaps, mut iterations) = (vec![0.0; outputs * n], vec![0i64; outputs * n]);
        for (o, w) in w.chunks_mut(cols).enumerate() {
            for (i, &alpha) in alphas.iter().enumerate() {
                let found = problem.descend(w, o, self.strength(alpha, total), self.settings());
                if !found.converged() {
                    not_converged(found.gap, found.enough);
                }
                w.iter().enumerate().for_each(|(j, w)| coefs[(o * cols + j) * n + i] = *w);
                if self.fit_intercept {
                    intercepts[o * n + i] = problem.intercept(w, o);
                }
                gaps[o * n + i] = found.gap / total;
                iterations[o * n + i] = found.iterations as i64;
            }
        }
        Ok(PathModel {
            alphas,
            coefs: Array::from_vec([outputs, cols, n], coefs)?.convert(dtype),
            intercepts: Array::from_vec([outputs, n], intercepts)?,
            gaps: Array::from_vec([outputs, n], gaps)?,
            iterations: Array::from_vec([outputs, n], iterations)?,
        })
    }
}

fn not_converged(gap: f64, enough: f64) {
    warn(
        Kind::Convergence,
        format!(
            "Objective did not converge. You might want to increase the number of iterations, check the \
             scale of the features or consider increasing regularisation. Duality gap: {gap:.3e}, \
             tolerance: {enough:.3e}"
        ),
    );
}

impl ElasticNet {
    fn net(&self) -> Net {
        Net {
            alpha: self.alpha,
            l1_ratio: self.l1_ratio,
            fit_intercept: self.fit_intercept,
            max_iter: self.max_iter,
            tol: self.tol,
            positive: self.positive,
            random_state: self.random_state,
            selection: self.selection,
        }
    }
}

impl Estimator for ElasticNet {
    fn tags(&self) -> Tags {
        Tags {
            multioutput: true,
            weights: true,
            sparse: true,
            finds_nan: true,
            ..Tags::new(Task::Regressor)
        }
    }

    fn methods(&self) -> &'static [&'static str] {
        &["sparse_coef_"]
    }

    fn learn(&self, x: &Features<'_>, y: &Y, weights: Option<&[f64]>) -> Result<Box<dyn Model>> {
        self.net().fit(&Start::default(), x, y, weights)
    }

    fn learn_from(
        &self,
        start: &Start<'_>,
        x: &Features<'_>,
        y: &Y,
        weights: Option<&[f64]>,
    ) -> Result<Box<dyn Model>> {
        self.net().fit(start, x, y, weights)
    }

    fn restore(&self, state: &mut State) -> Result<Box<dyn Model>> {
        Ok(Box::new(ElasticNetModel::restore(state, "")?))
    }

    fn boxed(&self) -> Box<dyn Estimator> {
        Box::new(self.clone())
    }
}

impl Model for ElasticNetModel {
    fn predict_values(&self, x: &Features<'_>) -> Result<Array> {
        predict(x, &self.coef, &self.intercept, self.flat)
    }

    fn call(&self, name: &str, _: Option<&Features<'_>>, _: &[Value]) -> Result<Value> {
        match (name, &self.path) {
            ("path", Some(path)) => Ok(Value::List(vec![
                Array::from_vec([path.alphas.len()], path.alphas.clone())?.into(),
                path.coefs.clone().into(),
                path.intercepts.clone().into(),
                path.gaps.clone().into(),
                path.iterations.clone().into(),
            ])),
            _ => Err(cannot(name)),
        }
    }
}
