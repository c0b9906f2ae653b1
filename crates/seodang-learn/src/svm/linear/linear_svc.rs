//! `LinearSVC`.

use super::data::Data;
use super::descent::{Descent, crammer_singer, hinge};
use super::{Outcome, bias, newton, sparse, split, squared, unsupported, warn_of};
use crate::estimator::{Estimator, Model, Tags, Task};
use crate::features::Features;
use crate::linear_model::{codes_as, decision_as, numbers};
use crate::record::{ClassWeight, Either, Seed, estimator, one_of};
use crate::state::{State, broken, model};
use crate::svm::params::Verbose;
use crate::target::Y;
use seodang_core::{Array, DType, Error, Result, text};
use seodang_kernels::pool;
use std::sync::{Mutex, PoisonError};

one_of! {
    /// The norm of the weights that is kept small.
    Norm {
        /// Their sum without signs: many become 0.
        L1 = "l1",
        /// Half the sum of their squares.
        L2 = "l2",
    }
}

one_of! {
    /// What a sample costs that lacks the margin.
    SvcLoss {
        /// What it lacks.
        Hinge = "hinge",
        /// Its square.
        SquaredHinge = "squared_hinge",
    }
}

one_of! {
    /// How more than two classes are told apart.
    MultiClass {
        /// Each from all the others.
        Ovr = "ovr",
        /// All at once.
        CrammerSinger = "crammer_singer",
    }
}

one_of! {
    /// The choice between the problem and its dual.
    Auto {
        /// As the loss and the data are.
        Auto = "auto",
    }
}

/// Whether the dual is solved: a truth value, or as the loss and the data are.
pub type Dual = Either<bool, Auto>;

estimator! {
    /// A linear support vector machine: the widest margin between each class and the others. Squared
    /// losses are solved by Newton's method, whichever of the two problems `dual` names, for both have
    /// the same solution; for sparse samples, the dual by coordinate descent unless it is refused.
    /// Source: Fan et al. 2008; Keerthi and DeCoste 2005; Hsieh et al. 2008.
    LinearSVC in "svm" {
        /// The norm of the weights that is kept small.
        penalty: Norm = Norm::L2;
        /// What a sample costs that lacks the margin.
        loss: SvcLoss = SvcLoss::SquaredHinge;
        /// Whether the dual is solved; 'auto' is what the other parameters allow.
        dual: Dual = Either::B(Auto::Auto);
        /// How near to the optimum the solver ends.
        tol: f64 = 1e-4, Range::above(0.0);
        /// What a sample on the wrong side costs.
        C: f64 = 1.0, Range::above(0.0);
        /// How more than two classes are told apart.
        multi_class: MultiClass = MultiClass::Ovr;
        /// Whether there is an intercept.
        fit_intercept: bool = true;
        /// The constant feature that stands for the intercept; the greater it is, the less the intercept
        /// is kept small.
        intercept_scaling: f64 = 1.0, Range::above(0.0);
        /// How much the samples of each class count.
        class_weight: Option<ClassWeight> = None;
        /// Accepted for compatibility: nothing is printed.
        verbose: Verbose = Either::B(0);
        /// Where the random order of samples comes from.
        random_state: Seed = Seed(None);
        /// The most rounds.
        max_iter: usize = 1000, Range::from(0.0);
    }
}

model! {
    /// What `LinearSVC` learns.
    pub(crate) struct LinearSvcModel {
        /// The weights of the features: one row for two classes, else one for each class.
        pub coef: Array,
        /// The intercepts.
        pub intercept: Array,
        /// The most rounds that a class took.
        pub n_iter: usize,
        classes: usize,
    }
}

impl LinearSVC {
    /// Refuses what does not go together.
    fn check(&self) -> Result<()> {
        if self.multi_class == MultiClass::CrammerSinger {
            return Ok(());
        }
        let (penalty, loss) = (self.penalty.name(), self.loss.name());
        let why = match (self.penalty, self.loss, &self.dual) {
            (Norm::L1, SvcLoss::Hinge, dual) => {
                let dual = if matches!(dual, Either::A(true)) { "True" } else { "False" };
                let why = format!(
                    "The combination of penalty='{penalty}' and loss='{loss}' is not supported"
                );
                return Err(unsupported(&why, penalty, loss, dual));
            }
            (Norm::L1, _, Either::A(true)) => "True",
            (_, SvcLoss::Hinge, Either::A(false)) => "False",
            _ => return Ok(()),
        };
        let combination = format!(
            "The combination of penalty='{penalty}' and loss='{loss}' are not supported when \
             dual={why}"
        );
        Err(unsupported(&combination, penalty, loss, why))
    }

    /// The weights of one machine.
    fn machine(
        &self,
        data: &Data<'_>,
        labels: &[f64],
        costs: &[f64],
        descent: Descent,
    ) -> Result<Outcome> {
        match (self.penalty, self.loss) {
            (Norm::L2, SvcLoss::Hinge) => Ok(hinge(data, labels, costs, false, descent)),
            (Norm::L2, SvcLoss::SquaredHinge)
                if data.is_sparse() && !matches!(self.dual, Either::A(false)) =>
            {
                Ok(hinge(data, labels, costs, true, descent))
            }
            (Norm::L2, SvcLoss::SquaredHinge) => {
                let loss = |i: usize, z: f64| squared(costs[i], 1.0 - labels[i] * z, -labels[i]);
                newton::minimize(data, &loss, self.few(labels), self.max_iter)
            }
            (Norm::L1, _) => {
                let descent = Descent { tol: self.few(labels), ..descent };
                Ok(sparse::minimize(data, labels, costs, descent))
            }
        }
    }

    /// The tolerance; stricter where one of the classes is rare.
    fn few(&self, labels: &[f64]) -> f64 {
        let positive = labels.iter().filter(|&&y| y > 0.0).count();
        let fewer = positive.min(labels.len() - positive).max(1);
        self.tol * fewer as f64 / labels.len() as f64
    }
}

impl Estimator for LinearSVC {
    fn tags(&self) -> Tags {
        Tags { weights: true, sparse: true, ..Tags::new(Task::Classifier) }
    }

    fn methods(&self) -> &'static [&'static str] {
        &["decision_function", "sparsify"]
    }

    fn learn(&self, x: &Features<'_>, y: &Y, weights: Option<&[f64]>) -> Result<Box<dyn Model>> {
        let codes = y.codes()?;
        let k = codes.n;
        if k < 2 {
            return Err(Error::value(text!(
                en: "This solver needs samples of at least 2 classes in the data, but the data \
                     contains only one class",
                ko: "클래스가 둘 이상 있어야 하는데 데이터에 하나뿐입니다"
            )));
        }
        self.check()?;
        let bias = bias(self.fit_intercept, self.intercept_scaling)?;
        let class_weight = match &self.class_weight {
            Some(w) => w.of_classes(codes, weights)?,
            None => vec![1.0; k],
        };
        let data = Data::new(x, bias);
        let weight = |i: usize| self.C * weights.map_or(1.0, |w| w[i]);
        let seed = self.random_state.get();
        let descent = |stream: usize| Descent {
            tol: self.tol,
            max_iter: self.max_iter,
            seed,
            stream: stream as u64,
        };
        if self.multi_class == MultiClass::CrammerSinger {
            let costs: Vec<f64> = (codes.codes.iter().enumerate())
                .map(|(i, &c)| weight(i) * class_weight[c as usize])
                .collect();
            let mut found = crammer_singer(&data, &codes.codes, k, &costs, descent(0));
            warn_of(found.converged);
            let rows = if k == 2 { 1 } else { k };
            if k == 2 {
                // One decision says as much as two.
                let (a, b) = found.weights.split_at(data.width());
                found.weights = a.iter().zip(b).map(|(a, b)| b - a).collect();
            }
            return self.model(found.weights, rows, bias, x.cols(), k, found.iterations);
        }
        // Of two classes, the second is told from the first; of more, each from the others.
        let positives: Vec<usize> = if k == 2 { vec![1] } else { (0..k).collect() };
        let found: Vec<_> = positives.iter().map(|_| Mutex::new(None)).collect();
        pool::run(positives.len(), |p| {
            let own = |c: u32| c as usize == positives[p];
            let labels: Vec<f64> =
                codes.codes.iter().map(|&c| if own(c) { 1.0 } else { -1.0 }).collect();
            // The others count as they are, as in LIBLINEAR.
            let of_class = |c: u32| if k == 2 || own(c) { class_weight[c as usize] } else { 1.0 };
            let costs: Vec<f64> =
                codes.codes.iter().enumerate().map(|(i, &c)| weight(i) * of_class(c)).collect();
            let result = self.machine(&data, &labels, &costs, descent(p));
            *found[p].lock().unwrap_or_else(PoisonError::into_inner) = Some(result);
        });
        let (mut all, mut iterations, mut converged) = (Vec::new(), 0, true);
        for machine in found {
            let machine = machine.into_inner().unwrap_or_else(PoisonError::into_inner);
            let machine = machine.expect("every task ran")?;
            all.extend(machine.weights);
            iterations = iterations.max(machine.iterations);
            converged &= machine.converged;
        }
        warn_of(converged);
        self.model(all, positives.len(), bias, x.cols(), k, iterations)
    }

    fn restore(&self, state: &mut State) -> Result<Box<dyn Model>> {
        let model = LinearSvcModel::restore(state, "")?;
        let rows = if model.classes == 2 { 1 } else { model.classes };
        if model.classes < 2
            || model.coef.shape().dims().first() != Some(&rows)
            || model.coef.shape().dims().len() != 2
            || ![1, rows].contains(&model.intercept.size())
        {
            return Err(broken("coef"));
        }
        Ok(Box::new(model))
    }

    fn boxed(&self) -> Box<dyn Estimator> {
        Box::new(self.clone())
    }
}

impl LinearSVC {
    fn model(
        &self,
        all: Vec<f64>,
        rows: usize,
        bias: Option<f64>,
        cols: usize,
        classes: usize,
        n_iter: usize,
    ) -> Result<Box<dyn Model>> {
        let (coef, intercept) = split(&all, rows, bias)?;
        let coef = Array::from_vec([rows, cols], coef)?;
        Ok(Box::new(LinearSvcModel { coef, intercept, n_iter, classes }))
    }
}

impl Model for LinearSvcModel {
    fn predict_codes(&self, x: &Features<'_>) -> Result<Vec<Vec<u32>>> {
        Ok(vec![codes_as(x, DType::F64, &numbers(&self.coef), &numbers(&self.intercept))?])
    }

    fn decision_function(&self, x: &Features<'_>) -> Result<Array> {
        let said = decision_as(x, DType::F64, &numbers(&self.coef), &numbers(&self.intercept))?;
        if self.classes == 2 { said.reshape([x.rows()]) } else { Ok(said) }
    }
}
