//! How neighbors are searched for, and how far away they are.

use crate::record::{Function, Named, Param, Range, Setting, Value, one_of};
use crate::state::{State, Stored, broken};
use crate::warning::{self, Kind};
use seodang_core::{Array, Error, Result, text};

one_of! {
    /// How neighbors are searched for.
    Algorithm {
        /// As is best.
        Auto = "auto",
        /// With a tree of balls.
        BallTree = "ball_tree",
        /// With a tree of boxes.
        KdTree = "kd_tree",
        /// By looking at all.
        Brute = "brute",
    }
}

one_of! {
    /// How distances are measured.
    Metric {
        /// The p-th root of the sum of p-th powers.
        Minkowski = "minkowski",
        /// The same.
        P = "p",
        /// The root of the sum of squares.
        Euclidean = "euclidean",
        /// The same.
        L2 = "l2",
        /// The sum of differences.
        Manhattan = "manhattan",
        /// The same.
        L1 = "l1",
        /// The same.
        Cityblock = "cityblock",
        /// The greatest difference.
        Chebyshev = "chebyshev",
        /// The same.
        Infinity = "infinity",
        /// 1 less the cosine of the angle.
        Cosine = "cosine",
        /// 1 less the correlation.
        Correlation = "correlation",
        /// The sum of squares.
        SqEuclidean = "sqeuclidean",
        /// The root of the sum of squares, each over its variance `V`.
        SEuclidean = "seuclidean",
        /// The length by the inverse of a covariance, `VI`.
        Mahalanobis = "mahalanobis",
        /// The share of elements that differ.
        Hamming = "hamming",
        /// The sum of differences, each over the sum of the two.
        Canberra = "canberra",
        /// The sum of differences over the sum of all.
        BrayCurtis = "braycurtis",
        /// Of elements that are not 0 in either, the share that is 0 in one.
        Jaccard = "jaccard",
        /// The same, where those of both count twice.
        Dice = "dice",
        /// The share that is 0 in one alone, which counts twice.
        RogersTanimoto = "rogerstanimoto",
        /// The share that is 0 in either.
        RussellRao = "russellrao",
        /// The same as "rogerstanimoto".
        SokalMichener = "sokalmichener",
        /// As Jaccard's, where those of one alone count twice.
        SokalSneath = "sokalsneath",
        /// By the odds of agreement.
        Yule = "yule",
        /// The angle between places on a sphere, in radians, of latitude and longitude.
        Haversine = "haversine",
        /// Euclidean over what both samples have, scaled up for what they lack.
        NanEuclidean = "nan_euclidean",
        /// The argument `func`, a function of two rows.
        PyFunc = "pyfunc",
        /// X holds the distances.
        Precomputed = "precomputed",
    }
}

/// The power of the Minkowski metric.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Power(pub f64);

impl Param for Power {
    fn from_value(value: &Value) -> Option<Power> {
        f64::from_value(value).map(Power)
    }

    fn to_value(&self) -> Value {
        match self.0 {
            p if p.fract() == 0.0 && p.abs() < 1e9 => Value::Int(p as i64),
            p => Value::Float(p),
        }
    }

    fn takes(range: &Range) -> Vec<String> {
        f64::takes(range)
    }

    fn annotation() -> String {
        f64::annotation()
    }

    fn lies_in(&self, range: &Range) -> bool {
        self.0.lies_in(range)
    }
}

impl Setting<Power> for f64 {
    fn setting(self) -> std::result::Result<Power, Value> {
        Ok(Power(self))
    }
}

/// Arguments of a metric by name.
#[derive(Clone, Debug)]
pub struct Arguments(pub Vec<(Value, Value)>);

impl Param for Arguments {
    fn from_value(value: &Value) -> Option<Arguments> {
        match value {
            Value::Dict(pairs) => Some(Arguments(pairs.clone())),
            _ => None,
        }
    }

    fn to_value(&self) -> Value {
        Value::Dict(self.0.clone())
    }

    fn takes(_: &Range) -> Vec<String> {
        vec!["an instance of 'dict'".into()]
    }

    fn annotation() -> String {
        "dict[str, Any]".into()
    }
}

/// How distances are measured: by a metric that is known, or a function of two rows.
#[derive(Clone, Debug)]
pub enum Measure {
    /// A metric of the list.
    Known(Metric),
    /// A function of two rows.
    Function(Function),
}

impl Measure {
    /// Whether what is missing may be NaN.
    pub(super) fn takes_nan(&self) -> bool {
        matches!(self, Measure::Known(Metric::NanEuclidean))
    }
}

impl Named for Measure {}

impl Param for Measure {
    fn from_value(value: &Value) -> Option<Measure> {
        match value {
            Value::Function(f) => Some(Measure::Function(f.clone())),
            other => Metric::from_value(other).map(Measure::Known),
        }
    }

    fn to_value(&self) -> Value {
        match self {
            Measure::Known(metric) => metric.to_value(),
            Measure::Function(f) => f.clone().into(),
        }
    }

    fn takes(range: &Range) -> Vec<String> {
        let mut takes = Metric::takes(range);
        takes.push("a callable".into());
        takes
    }

    fn annotation() -> String {
        format!("{} | Callable[..., Any]", Metric::annotation())
    }
}

/// A distance between two rows.
pub(super) type Distance = Box<dyn Fn(&[f64], &[f64]) -> Result<f64> + Send + Sync>;

/// A distance between two rows that can be measured whatever they are.
type Between = Box<dyn Fn(&[f64], &[f64]) -> f64 + Send + Sync>;

/// A metric with what it needs.
#[derive(Clone, Debug)]
pub(crate) struct Setup {
    pub(crate) measure: Measure,
    p: f64,
    /// Minkowski's weights, the variances or the inverse covariance.
    given: Vec<f64>,
    /// The arguments as they came.
    arguments: Value,
    /// Whether Bray and Curtis's distance is over the sum of sizes, as scikit-learn's trees have it.
    of_sizes: bool,
}

impl Setup {
    /// The metric that is meant.
    ///
    /// # Errors
    /// `Value`, if it is given arguments that it does not take, or lacks one that it needs.
    pub(crate) fn new(
        measure: &Measure,
        p: Power,
        params: Option<&Arguments>,
        cols: usize,
    ) -> Result<Setup> {
        let arguments = params.map_or(&[][..], |p| &p.0);
        let mut setup = Setup {
            measure: measure.clone(),
            p: p.0,
            given: Vec::new(),
            arguments: Value::Dict(arguments.to_vec()),
            of_sizes: false,
        };
        let Measure::Known(metric) = *measure else {
            return match arguments {
                [] => Ok(setup),
                _ => Err(Error::unsupported(text!(
                    en: "metric_params for a metric that is a function: give a function that has \
                         them already",
                    ko: "함수인 거리에는 metric_params를 줄 수 없습니다. 인자를 이미 담은 함수를 주세요"
                ))),
            };
        };
        if metric == Metric::PyFunc {
            return match arguments {
                [(Value::Str(name), Value::Function(f))] if name == "func" => {
                    setup.measure = Measure::Function(f.clone());
                    Ok(setup)
                }
                _ => Err(Error::value(text!(
                    en: "the 'pyfunc' metric takes one argument, the function func",
                    ko: "'pyfunc' 거리에는 함수인 인자 func 하나만 줄 수 있습니다"
                ))),
            };
        }
        let metric = if metric == Metric::P { Metric::Minkowski } else { metric };
        for (name, value) in arguments {
            let Value::Str(name) = name else { return Err(strange(metric, &name.repr())) };
            match (metric, name.as_str()) {
                (Metric::Minkowski, "p") => {
                    setup.p = f64::from_value(value).ok_or_else(|| strange(metric, "p"))?;
                }
                (Metric::Minkowski, "w") => setup.given = numbers(metric, "w", value, cols)?,
                (Metric::SEuclidean, "V") => setup.given = numbers(metric, "V", value, cols)?,
                (Metric::Mahalanobis, "VI") => {
                    setup.given = numbers(metric, "VI", value, cols * cols)?;
                }
                (_, name) => return Err(strange(metric, name)),
            }
        }
        let lacks = match metric {
            Metric::SEuclidean if setup.given.is_empty() => Some("V"),
            Metric::Mahalanobis if setup.given.is_empty() => Some("VI"),
            _ => None,
        };
        if let Some(name) = lacks {
            let metric = metric.name();
            return Err(Error::value(text!(
                en: "The '{name}' parameter is required for the {metric} metric.",
                ko: "{metric} 거리에는 '{name}' 매개변수가 필요합니다."
            )));
        }
        if metric == Metric::Haversine && cols != 2 {
            return Err(Error::value(text!(
                en: "Haversine distance only valid in 2 dimensions",
                ko: "haversine 거리는 2차원에서만 쓸 수 있습니다"
            )));
        }
        setup.measure = Measure::Known(match metric {
            Metric::Minkowski if !setup.given.is_empty() => metric,
            Metric::Minkowski if setup.p == 1.0 => Metric::Manhattan,
            Metric::Minkowski if setup.p == 2.0 => Metric::Euclidean,
            Metric::Minkowski if setup.p == f64::INFINITY => Metric::Chebyshev,
            other => other,
        });
        Ok(setup)
    }

    /// The metric, unless it is a function.
    pub(super) fn known(&self) -> Option<Metric> {
        match self.measure {
            Measure::Known(metric) => Some(metric),
            Measure::Function(_) => None,
        }
    }

    /// Minkowski's power, and the weights, the variances or the inverse covariance.
    pub(super) fn power_and_given(&self) -> (f64, &[f64]) {
        (self.p, &self.given)
    }

    /// As scikit-learn's trees and its `DistanceMetric` measure.
    #[must_use]
    pub(super) fn for_trees(self) -> Setup {
        Setup { of_sizes: true, ..self }
    }

    pub(super) fn is_of_sizes(&self) -> bool {
        self.of_sizes
    }

    /// Whether the triangle's inequality fails: Minkowski's sum with a power below 1.
    fn is_bent(&self) -> bool {
        self.known() == Some(Metric::Minkowski) && self.p < 1.0
    }

    /// Refuses a tree for a metric that scikit-learn's do not have either.
    pub(super) fn check_tree(&self, algorithm: Algorithm) -> Result<()> {
        use Metric::{
            Chebyshev, Cityblock, Correlation, Cosine, Euclidean, Infinity, L1, L2, Manhattan,
            Minkowski, NanEuclidean, Precomputed, SqEuclidean, Yule,
        };
        let name = algorithm.name();
        if !matches!(algorithm, Algorithm::KdTree | Algorithm::BallTree) {
            if self.is_bent() {
                warning::warn(
                    Kind::User,
                    "Mind that for 0 < p < 1, Minkowski metrics are not distance metrics. Continuing \
                     the execution with `algorithm='brute'`.",
                );
            }
            return Ok(());
        }
        let kd = algorithm == Algorithm::KdTree;
        let Some(metric) = self.known() else {
            return if kd { Err(self.no_tree(name)) } else { Ok(()) };
        };
        let has = match metric {
            Euclidean | L2 | Minkowski | Manhattan | Cityblock | L1 | Chebyshev | Infinity => true,
            Cosine | Correlation | NanEuclidean | Precomputed | SqEuclidean | Yule => false,
            _ => !kd,
        };
        if !has {
            return Err(self.no_tree(name));
        }
        if self.is_bent() {
            return Err(Error::value(text!(
                en: "algorithm=\"{name}\" does not support 0 < p < 1 for the Minkowski metric. To \
                     resolve this problem either set p >= 1 or algorithm=\"brute\".",
                ko: "algorithm=\"{name}\"은(는) 0 < p < 1인 민코프스키 거리를 지원하지 않습니다. p를 1 이상으로 \
                     하거나 algorithm=\"brute\"로 하세요."
            )));
        }
        if kd && metric == Minkowski && !self.given.is_empty() {
            return Err(Error::value(text!(
                en: "algorithm='kd_tree' is not valid for metric='minkowski' with a weight parameter \
                     'w': try algorithm='ball_tree' or algorithm='brute' instead.",
                ko: "가중치 'w'가 있는 metric='minkowski'에는 algorithm='kd_tree'를 쓸 수 없습니다. \
                     'ball_tree'나 'brute'를 쓰세요."
            )));
        }
        Ok(())
    }

    /// The error for a metric that a tree does not have.
    pub(super) fn no_tree(&self, tree: &str) -> Error {
        let Some(metric) = self.known() else {
            return Error::value(text!(
                en: "{tree} does not support a callable metric. Function call overhead will result in \
                     very poor performance.",
                ko: "{tree}은(는) 함수인 거리를 지원하지 않습니다."
            ));
        };
        let metric = metric.name();
        Error::value(text!(
            en: "Metric '{metric}' not valid. Use sorted(sklearn.neighbors.VALID_METRICS['{tree}']) to \
                 get valid options. Metric can also be a callable function.",
            ko: "'{metric}' 거리는 {tree}에 쓸 수 없습니다."
        ))
    }

    /// Whether X holds the distances.
    pub(crate) fn is_precomputed(&self) -> bool {
        matches!(self.measure, Measure::Known(Metric::Precomputed))
    }

    /// The metric's name, for the attribute.
    pub(crate) fn name(&self) -> Value {
        self.measure.to_value()
    }

    /// The metric's arguments, for the attribute.
    pub(crate) fn params(&self) -> Value {
        match self.measure {
            Measure::Known(Metric::Minkowski) => {
                let w = match self.given.as_slice() {
                    [] => Value::None,
                    w => Array::from_slice([w.len()], w).map_or(Value::None, Value::Array),
                };
                Value::Dict(vec![("p".into(), Power(self.p).to_value()), ("w".into(), w)])
            }
            Measure::Known(Metric::Euclidean | Metric::Manhattan | Metric::Chebyshev) => {
                Value::Dict(Vec::new())
            }
            _ => self.arguments.clone(),
        }
    }

    /// The distance between two rows, by a function or a metric whose terms do not come feature by feature.
    pub(super) fn distance(&self) -> Distance {
        let metric = match &self.measure {
            Measure::Known(metric) => *metric,
            Measure::Function(f) => {
                let f = f.clone();
                return Box::new(move |a, b| {
                    let row = |x: &[f64]| Array::from_slice([x.len()], x);
                    let out = f.call(&[row(a)?, row(b)?])?;
                    out.to_f64_vec().first().copied().ok_or_else(|| {
                        Error::value(text!(
                            en: "the metric gave no number", ko: "거리 함수가 숫자를 주지 않았습니다"
                        ))
                    })
                });
            }
        };
        let of: Between = match metric {
            Metric::Cosine => Box::new(|a, b| {
                // A row of zeros has no direction: it is at right angles to all.
                let lengths = (sum(a, a, |a, b| a * b) * sum(b, b, |a, b| a * b)).sqrt();
                let cosine = sum(a, b, |a, b| a * b) / lengths;
                if lengths == 0.0 { 1.0 } else { (1.0 - cosine).clamp(0.0, 2.0) }
            }),
            Metric::Correlation => Box::new(|a, b| {
                let mean = |x: &[f64]| x.iter().sum::<f64>() / x.len() as f64;
                let (ma, mb) = (mean(a), mean(b));
                let both = sum(a, b, |a, b| (a - ma) * (b - mb));
                let lengths =
                    sum(a, a, |a, _| (a - ma).powi(2)) * sum(b, b, |b, _| (b - mb).powi(2));
                1.0 - both / lengths.sqrt()
            }),
            // All others are gathered, or given.
            _ => Box::new(|_, _| f64::NAN),
        };
        Box::new(move |a, b| Ok(of(a, b)))
    }
}

#[inline(always)]
fn sum(a: &[f64], b: &[f64], of: impl Fn(f64, f64) -> f64) -> f64 {
    a.iter().zip(b).map(|(&a, &b)| of(a, b)).sum()
}

fn numbers(metric: Metric, name: &str, value: &Value, n: usize) -> Result<Vec<f64>> {
    let numbers = match value {
        Value::List(rows) if rows.iter().all(|r| matches!(r, Value::List(_))) => {
            let rows: Option<Vec<Vec<f64>>> = rows.iter().map(Param::from_value).collect();
            rows.map(|r| r.concat())
        }
        other => Array::from_value(other).map(|a| a.to_f64_vec()),
    };
    match numbers {
        Some(numbers) if numbers.len() == n => Ok(numbers),
        _ => {
            let metric = metric.name();
            Err(Error::value(text!(
                en: "the '{name}' of the metric '{metric}' must have {n} numbers, for as many features",
                ko: "'{metric}' 거리의 '{name}'에는 특성 수에 맞게 숫자가 {n}개 있어야 합니다"
            )))
        }
    }
}

fn strange(metric: Metric, name: &str) -> Error {
    let metric = metric.name();
    Error::value(text!(
        en: "metric_params: the metric '{metric}' takes no argument {name}",
        ko: "metric_params: '{metric}' 거리에는 인자 {name}이(가) 없습니다"
    ))
}

impl Stored for Setup {
    fn store(&self, state: &mut State, name: &str) -> Result<()> {
        let given = Array::from_slice([self.given.len()], &self.given)?;
        let all = vec![
            self.measure.to_value(),
            Value::Float(self.p),
            given.into(),
            self.arguments.clone(),
        ];
        state.put(name, &Value::List(all))
    }

    fn restore(state: &mut State, name: &str) -> Result<Setup> {
        let Value::List(all) = state.take(name)? else { return Err(broken(name)) };
        let [measure, p, Value::Array(given), arguments @ Value::Dict(_)] = &all[..] else {
            return Err(broken(name));
        };
        let measure = Measure::from_value(measure).ok_or_else(|| broken(name))?;
        let p = f64::from_value(p).filter(|&p| p > 0.0).ok_or_else(|| broken(name))?;
        Ok(Setup {
            measure,
            p,
            given: given.to_f64_vec(),
            arguments: arguments.clone(),
            of_sizes: false,
        })
    }
}
