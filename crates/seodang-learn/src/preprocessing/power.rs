//! `PowerTransformer`.

use super::shared::{Moments, kept, map_dense, one_to_one, present, scaled, unscaled};
use crate::estimator::{Estimator, Model, Tags, Task};
use crate::features::{Features, Real};
use crate::record::{estimator, one_of};
use crate::state::model;
use crate::target::Y;
use seodang_core::{Error, Result, text};
use seodang_kernels::pool;
use std::sync::{Mutex, PoisonError};

one_of! {
    /// The family of transformations.
    Family {
        /// For all numbers. Source: Yeo and Johnson 2000.
        YeoJohnson = "yeo-johnson",
        /// For positive numbers. Source: Box and Cox 1964.
        BoxCox = "box-cox",
    }
}

estimator! {
    /// Makes each column more like normally distributed, by the power that makes it likeliest to be. NaN
    /// stays, and counts for nothing.
    PowerTransformer in "preprocessing" {
        /// The family of transformations.
        method: Family = Family::YeoJohnson;
        /// Whether columns are scaled to mean 0 and variance 1 then.
        standardize: bool = true;
        /// Accepted for compatibility: X is never changed.
        copy: bool = true;
    }
}

model! {
    /// What `PowerTransformer` learns.
    pub(crate) struct PowerTransformerModel {
        /// The power of each column.
        pub lambdas: Vec<f64>,
        positive: bool,
        mean: Option<Vec<f64>>,
        scale: Option<Vec<f64>>,
    }
}

/// The logarithm of which a power is made: of x itself, or, with the sign of x, of 1 more than its size.
fn logarithm(positive: bool, x: f64) -> f64 {
    if positive { x.ln() } else { x.abs().ln_1p().copysign(x) }
}

/// What a power makes of the number with this logarithm.
fn raise(positive: bool, log: f64, power: f64) -> f64 {
    if positive {
        return if power == 0.0 { log } else { (power * log).exp_m1() / power };
    }
    // Below 0 the power is as far from 2 as it is from 0 above.
    let power = if log >= 0.0 { power } else { power - 2.0 };
    if power.abs() < f64::EPSILON { log } else { (power * log).exp_m1() / power }
}

fn forward(positive: bool, x: f64, power: f64) -> f64 {
    raise(positive, logarithm(positive, x), power)
}

fn backward(positive: bool, y: f64, power: f64) -> f64 {
    if positive {
        return if power == 0.0 { y.exp() } else { ((y * power).ln_1p() / power).exp() };
    }
    if y >= 0.0 {
        if power.abs() < f64::EPSILON { y.exp_m1() } else { ((y * power).ln_1p() / power).exp_m1() }
    } else {
        let power = 2.0 - power;
        if power.abs() < f64::EPSILON {
            -(-y).exp_m1()
        } else {
            -((-power * y).ln_1p() / power).exp_m1()
        }
    }
}

/// Less the logarithm of the likelihood of a power, for numbers with these logarithms, which sum to `sum`. `y`
/// is room for as many.
fn unlikelihood(positive: bool, logs: &[f64], sum: f64, power: f64, y: &mut [f64]) -> f64 {
    let n = logs.len() as f64;
    y.iter_mut().zip(logs).for_each(|(y, &log)| *y = raise(positive, log, power));
    let mean = y.iter().sum::<f64>() / n;
    let var = y.iter().map(|y| (y - mean) * (y - mean)).sum::<f64>() / n;
    if !var.is_finite() || var < f64::MIN_POSITIVE {
        return f64::INFINITY;
    }
    n / 2.0 * var.ln() - (power - 1.0) * sum
}

/// The place of a minimum. Source: Brent 1973, chapter 5, after a bracket by golden steps.
fn minimum(mut f: impl FnMut(f64) -> f64) -> f64 {
    const GOLD: f64 = 1.618_033_988_749_895;
    const SHORT: f64 = 0.381_966_011_250_105;
    let (mut a, mut b) = (-2.0, 2.0);
    let (mut fa, mut fb) = (f(a), f(b));
    if fa < fb {
        (a, b, fa, fb) = (b, a, fb, fa);
    }
    let mut c = b + GOLD * (b - a);
    let mut fc = f(c);
    for _ in 0..60 {
        if fc >= fb {
            break;
        }
        (a, b, fb) = (b, c, fc);
        c = b + GOLD * (b - a);
        fc = f(c);
    }
    let _ = fa;
    let (mut low, mut high) = (a.min(c), a.max(c));
    let (mut x, mut w, mut v) = (b, b, b);
    let (mut fx, mut fw, mut fv) = (fb, fb, fb);
    let (mut step, mut before) = (0.0f64, 0.0f64);
    for _ in 0..200 {
        let middle = (low + high) / 2.0;
        let tolerance = 1.48e-9 * x.abs() + 1e-11;
        if (x - middle).abs() <= 2.0 * tolerance - (high - low) / 2.0 {
            break;
        }
        let mut golden = true;
        if before.abs() > tolerance {
            let r = (x - w) * (fx - fv);
            let mut q = (x - v) * (fx - fw);
            let mut p = (x - v) * q - (x - w) * r;
            q = 2.0 * (q - r);
            p = if q > 0.0 { -p } else { p };
            q = q.abs();
            let last = before;
            before = step;
            if p.abs() < (q * last / 2.0).abs() && p > q * (low - x) && p < q * (high - x) {
                step = p / q;
                let u = x + step;
                if u - low < 2.0 * tolerance || high - u < 2.0 * tolerance {
                    step = tolerance.copysign(middle - x);
                }
                golden = false;
            }
        }
        if golden {
            before = if x < middle { high - x } else { low - x };
            step = SHORT * before;
        }
        let u = if step.abs() >= tolerance { x + step } else { x + tolerance.copysign(step) };
        let fu = f(u);
        if fu <= fx {
            if u < x {
                high = x
            } else {
                low = x
            }
            (v, fv, w, fw, x, fx) = (w, fw, x, fx, u, fu);
        } else {
            if u < x {
                low = u
            } else {
                high = u
            }
            if fu <= fw || w == x {
                (v, fv, w, fw) = (w, fw, u, fu);
            } else if fu <= fv || v == x || v == w {
                (v, fv) = (u, fu);
            }
        }
    }
    x
}

fn likeliest(positive: bool, x: &[f64]) -> f64 {
    if x.is_empty() {
        return f64::NAN;
    }
    let n = x.len() as f64;
    let mean = x.iter().sum::<f64>() / n;
    let var = x.iter().map(|x| (x - mean) * (x - mean)).sum::<f64>() / n;
    // A constant column stays what it is.
    if var <= n * f64::EPSILON * var + (n * mean * f64::EPSILON).powi(2) {
        return 1.0;
    }
    let logs: Vec<f64> = x.iter().map(|&x| logarithm(positive, x)).collect();
    let sum = logs.iter().sum::<f64>();
    let mut room = vec![0.0; logs.len()];
    minimum(|power| unlikelihood(positive, &logs, sum, power, &mut room))
}

impl PowerTransformerModel {
    fn check(&self, x: &Features<'_>) -> Result<()> {
        if self.positive && x.dense().f64().data.iter().any(|&x| x <= 0.0) {
            return Err(Error::value(text!(
                en: "The Box-Cox transformation can only be applied to strictly positive data",
                ko: "Box-Cox 변환은 양수에만 쓸 수 있습니다"
            )));
        }
        Ok(())
    }

    fn raised(&self, x: &Features<'_>) -> Features<'static> {
        map_dense!(&x.dense(), x.cols(), |m, row, out| {} {
            for ((o, &x), &l) in out.iter_mut().zip(row).zip(&self.lambdas) {
                *o = T::of(forward(self.positive, x.f64(), l));
            }
        })
    }
}

impl Estimator for PowerTransformer {
    fn tags(&self) -> Tags {
        Tags { nan: true, positive: self.method == Family::BoxCox, ..Tags::new(Task::Transformer) }
    }

    fn methods(&self) -> &'static [&'static str] {
        &["inverse_transform", "get_feature_names_out"]
    }

    fn learn(&self, x: &Features<'_>, _: &Y, _: Option<&[f64]>) -> Result<Box<dyn Model>> {
        let positive = self.method == Family::BoxCox;
        let mut model =
            PowerTransformerModel { lambdas: Vec::new(), positive, mean: None, scale: None };
        model.check(x)?;
        let dense = x.dense();
        let powers: Vec<_> = (0..x.cols()).map(|_| Mutex::new(None)).collect();
        pool::run(powers.len(), |j| {
            let values = present(&dense, j);
            if !(positive && values.is_empty()) {
                let power = likeliest(positive, &values);
                *powers[j].lock().unwrap_or_else(PoisonError::into_inner) = Some(power);
            }
        });
        for power in powers {
            let power = power.into_inner().unwrap_or_else(PoisonError::into_inner);
            model.lambdas.push(power.ok_or_else(|| {
                Error::value(text!(
                    en: "Column must not be all nan.", ko: "열이 모두 NaN일 수 없습니다."
                ))
            })?);
        }
        if self.standardize {
            let all = Moments::of(&model.raised(x), None);
            let scale = |j: usize| {
                let (n, mean, var) = (all.count[j], all.mean[j], all.var[j]);
                let rounding = n * f64::EPSILON * var + (n * mean * f64::EPSILON).powi(2);
                if var <= rounding { 1.0 } else { var.sqrt() }
            };
            model.scale = Some((0..x.cols()).map(scale).collect());
            model.mean = Some(all.mean);
        }
        Ok(Box::new(model))
    }

    kept!(PowerTransformerModel);
}

impl Model for PowerTransformerModel {
    fn transform(&self, x: &Features<'_>) -> Result<Features<'static>> {
        self.check(x)?;
        let out = self.raised(x);
        if self.scale.is_none() {
            return Ok(out);
        }
        Ok(scaled(&out.dense(), self.mean.as_deref(), self.scale.as_deref()))
    }

    fn inverse_transform(&self, x: &Features<'_>) -> Result<Features<'static>> {
        let dense = x.dense();
        let back = unscaled(&dense, self.scale.as_deref(), self.mean.as_deref());
        Ok(map_dense!(&back.dense(), back.cols(), |m, row, out| {} {
            for ((o, &y), &l) in out.iter_mut().zip(row).zip(&self.lambdas) {
                *o = T::of(backward(self.positive, y.f64(), l));
            }
        }))
    }

    one_to_one!();
}
