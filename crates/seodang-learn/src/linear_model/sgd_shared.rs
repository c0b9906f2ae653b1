//! What classifiers by stochastic gradient descent share: one function for two classes, else one against
//! the rest for each.

use super::classify::consistent;
use super::random::next;
use super::ridge_shared::dtype_of;
use super::sgd::{Line, Loss, Sgd, mismatch};
use crate::estimator::{Model, Start};
use crate::features::Features;
use crate::record::{ClassWeight, Param, Value};
use crate::state::{State, broken, model};
use crate::target::{Codes, Y};
use crate::warning::{Kind, warn};
use seodang_core::{Array, DType, Error, Result, text};
use seodang_kernels::pool;
use std::borrow::Cow;
use std::sync::{Mutex, PoisonError};

model! {
    /// What stochastic gradient descent learns.
    pub(crate) struct SgdModel {
        /// The coefficients: of a classifier one row for two classes, else one for each; of a regressor
        /// the features.
        pub coef: Array,
        /// The intercepts.
        pub intercept: Array,
        /// The epochs.
        pub n_iter: usize,
        /// One more than the steps.
        pub t: f64,
        /// Classes; 0 for a regressor.
        classes: usize,
        loss: String,
        /// The last coefficients and intercepts, of which those above may be means.
        last: Array,
        last_intercept: Array,
        averaged: bool,
    }
}

impl SgdModel {
    pub(super) fn checked(self) -> Result<SgdModel> {
        if self.classes > 0 {
            consistent(&self.coef, &self.intercept, self.classes)?;
        } else if self.coef.shape().dims().len() != 1 || self.intercept.size() != 1 {
            return Err(broken("coef"));
        }
        if self.last.size() != self.coef.size()
            || self.last_intercept.size() != self.intercept.size()
        {
            return Err(broken("last"));
        }
        Ok(self)
    }

    pub(super) fn restored(state: &mut State) -> Result<Box<dyn Model>> {
        Ok(Box::new(SgdModel::restore(state, "")?.checked()?))
    }

    fn said(&self, x: &Features<'_>) -> Result<Array> {
        super::shared::decision(x, &self.coef.to_f64_vec(), &self.intercept.to_f64_vec())
    }

    /// The lines that a descent goes on from.
    fn lines(&self) -> Vec<Line> {
        let outputs = self.intercept.size();
        let (coef, intercept) = (self.last.to_f64_vec(), self.last_intercept.to_f64_vec());
        let (mean, mean_intercept) = (self.coef.to_f64_vec(), self.intercept.to_f64_vec());
        let cols = coef.len() / outputs;
        (0..outputs)
            .map(|o| {
                let own = o * cols..(o + 1) * cols;
                let mean = self.averaged.then(|| (mean[own.clone()].to_vec(), mean_intercept[o]));
                Line { mean, ..Line::new(coef[own].to_vec(), intercept[o]) }
            })
            .collect()
    }
}

/// The lines that a descent begins with, and its first step.
fn begin(start: &Start<'_>, outputs: usize, cols: usize) -> Result<(Vec<Line>, f64)> {
    let numbers = |name: &str, n: usize| match start.argument(name) {
        None => Ok(None),
        Some(Value::Float(x)) if n == 1 => Ok(Some(vec![*x])),
        Some(Value::Int(x)) if n == 1 => Ok(Some(vec![*x as f64])),
        Some(given) => match Array::from_value(given) {
            Some(a) if a.size() == n => Ok(Some(a.to_f64_vec())),
            _ => Err(mismatch()),
        },
    };
    let coef = numbers("coef_init", outputs * cols)?;
    let intercept = numbers("intercept_init", outputs)?;
    let before = start.model::<SgdModel>().filter(|m| m.coef.size() == outputs * cols);
    let (mut lines, mut t) = match before {
        Some(before) => (before.lines(), before.t),
        None => (vec![Line::new(vec![0.0; cols], 0.0); outputs], 1.0),
    };
    if !start.batch {
        // A new descent begins with its first step again, and with what the last one gave.
        t = 1.0;
        for line in &mut lines {
            if let Some((coef, intercept)) = line.mean.take() {
                (line.coef, line.intercept) = (coef, intercept);
            }
        }
    }
    for (o, line) in lines.iter_mut().enumerate() {
        if let Some(coef) = &coef {
            line.coef = coef[o * cols..(o + 1) * cols].to_vec();
        }
        if let Some(intercept) = &intercept {
            line.intercept = intercept[o];
        }
    }
    Ok((lines, t))
}

impl Sgd {
    /// Learns classes.
    pub(super) fn classify(
        self,
        start: &Start<'_>,
        x: &Features<'_>,
        y: &Y,
        weights: Option<&[f64]>,
        class_weight: Option<&ClassWeight>,
        seed: u64,
    ) -> Result<Box<dyn Model>> {
        x.check_finite(false, "a linear model")?;
        let codes = y.codes()?;
        self.check(start.batch)?;
        if start.batch && matches!(class_weight, Some(ClassWeight::Balanced)) {
            return Err(Error::value(text!(
                en: "class_weight 'balanced' is not supported for partial_fit. In order to use \
                     'balanced' weights, use compute_class_weight('balanced', classes=classes, y=y). In \
                     place of y you can use a large enough sample of the full training set target to \
                     properly estimate the class frequency distributions. Pass the resulting weights as \
                     the class_weight parameter.",
                ko: "partial_fit에는 class_weight='balanced'를 쓸 수 없습니다. \
                     compute_class_weight로 무게를 구해 class_weight로 넘기세요."
            )));
        }
        if codes.n < 2 {
            let n = codes.n;
            return Err(Error::value(text!(
                en: "The number of classes has to be greater than one; got {n} class",
                ko: "클래스가 둘 이상이어야 하는데 {n}개입니다"
            )));
        }
        let weights = ClassWeight::of_samples(class_weight, codes, weights)?;
        let outputs = if codes.n == 2 { 1 } else { codes.n };
        self.lines(start, x, outputs, weights, seed, codes.n, |o| targets(codes, outputs, o))
    }

    /// Learns values.
    pub(super) fn regress(
        self,
        start: &Start<'_>,
        x: &Features<'_>,
        y: &Y,
        weights: Option<&[f64]>,
        seed: u64,
    ) -> Result<Box<dyn Model>> {
        x.check_finite(false, "a linear model")?;
        self.check(start.batch)?;
        let y = y.single()?;
        self.lines(start, x, 1, weights.map(Cow::Borrowed), seed, 0, |_| y.to_vec())
    }

    #[allow(clippy::too_many_arguments)]
    fn lines(
        mut self,
        start: &Start<'_>,
        x: &Features<'_>,
        outputs: usize,
        weights: Option<Cow<'_, [f64]>>,
        seed: u64,
        classes: usize,
        targets: impl Fn(usize) -> Vec<f64> + Sync,
    ) -> Result<Box<dyn Model>> {
        let (lines, t) = begin(start, outputs, x.cols())?;
        let asked = self.tol;
        if start.batch {
            (self.max_iter, self.tol) = (1, None);
        }
        let weight = |i: usize| weights.as_ref().map_or(1.0, |w| w[i]);
        let mut state = seed;
        let seeds: Vec<u64> = (0..outputs).map(|_| next(&mut state)).collect();
        let out: Vec<_> = (0..outputs).map(|_| Mutex::new(None)).collect();
        pool::run(outputs, |o| {
            let found = self.descend(x, &targets(o), &weight, lines[o].clone(), t, seeds[o]);
            *out[o].lock().unwrap_or_else(PoisonError::into_inner) = Some(found);
        });
        let taken = |m: Mutex<Option<Result<Line>>>| {
            m.into_inner().unwrap_or_else(PoisonError::into_inner).expect("every task has run")
        };
        let lines = out.into_iter().map(taken).collect::<Result<Vec<Line>>>()?;
        let epochs = lines.iter().map(|l| l.epochs).max().unwrap_or(0);
        if !start.batch && asked.is_some() && lines.iter().any(|l| !l.settled) {
            warn(
                Kind::Convergence,
                "Maximum number of iteration reached before convergence. Consider increasing max_iter \
                 to improve the fit.",
            );
        }
        let averaged = lines.iter().all(|l| l.mean.is_some());
        let shown = |l: &Line| match &l.mean {
            Some((coef, intercept)) if averaged => (coef.clone(), *intercept),
            _ => (l.coef.clone(), l.intercept),
        };
        let (coef, intercept): (Vec<_>, Vec<_>) = lines.iter().map(shown).unzip();
        let cols = x.cols();
        let dtype = dtype_of(x);
        let shape: &[usize] = if classes == 0 { &[cols] } else { &[outputs, cols] };
        let kept = |all: Vec<f64>, shape: &[usize], dtype: DType| {
            Array::from_vec(shape, all).map(|a| a.convert(dtype))
        };
        let last = lines.iter().flat_map(|l| l.coef.clone()).collect();
        Ok(Box::new(SgdModel {
            coef: kept(coef.concat(), shape, dtype)?,
            intercept: kept(intercept, &[outputs], dtype)?,
            n_iter: epochs,
            t: t + (epochs * x.rows()) as f64,
            classes,
            loss: self.loss.name().into(),
            last: kept(last, shape, DType::F64)?,
            last_intercept: kept(
                lines.iter().map(|l| l.intercept).collect(),
                &[outputs],
                DType::F64,
            )?,
            averaged,
        }))
    }
}

/// 1 for the samples of a class and -1 for the others.
fn targets(codes: &Codes, outputs: usize, output: usize) -> Vec<f64> {
    let own = if outputs == 1 { 1 } else { output as u32 };
    codes.codes.iter().map(|&c| if c == own { 1.0 } else { -1.0 }).collect()
}

impl Model for SgdModel {
    fn predict_values(&self, x: &Features<'_>) -> Result<Array> {
        self.said(x)?.reshape([x.rows()])
    }

    fn predict_codes(&self, x: &Features<'_>) -> Result<Vec<Vec<u32>>> {
        let (coef, intercept) = (self.coef.to_f64_vec(), self.intercept.to_f64_vec());
        Ok(vec![super::shared::decided(x, &coef, &intercept)?])
    }

    fn decision_function(&self, x: &Features<'_>) -> Result<Array> {
        let said = self.said(x)?;
        if self.classes == 2 { said.reshape([x.rows()]) } else { Ok(said) }
    }

    fn predict_proba(&self, x: &Features<'_>) -> Result<Vec<Array>> {
        let said = self.said(x)?;
        let dtype = said.dtype();
        let outputs = said.shape().dims()[1];
        let smooth = match self.loss.as_str() {
            name if name == Loss::LogLoss.name() => true,
            name if name == Loss::ModifiedHuber.name() => false,
            _ => return Err(crate::estimator::cannot("predict_proba")),
        };
        // Source: for modified Huber, Zadrozny and Elkan 2002.
        let one = |s: f64| {
            if smooth { 1.0 / (1.0 + (-s).exp()) } else { (s.clamp(-1.0, 1.0) + 1.0) / 2.0 }
        };
        let mut p: Vec<f64> = said.to_f64_vec().into_iter().map(one).collect();
        if outputs == 1 {
            p = p.into_iter().flat_map(|p| [1.0 - p, p]).collect();
        } else {
            for row in p.chunks_mut(outputs) {
                let sum: f64 = row.iter().sum();
                let alike = 1.0 / outputs as f64;
                row.iter_mut().for_each(|p| *p = if sum > 0.0 { *p / sum } else { alike });
            }
        }
        let columns = outputs.max(2);
        Ok(vec![Array::from_vec([x.rows(), columns], p)?.convert(dtype)])
    }
}
