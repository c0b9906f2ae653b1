//! How neighbors are searched for, and how far away they are.

use crate::record::{Param, Range, Setting, Value, one_of};
use crate::state::{State, Stored, broken};
use seodang_core::{Error, Result, text};

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
        /// 1 less the cosine of the angle.
        Cosine = "cosine",
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

/// A distance between two rows, given as pairs of their elements.
pub(super) type Distance = Box<dyn Fn(&mut dyn Iterator<Item = (f64, f64)>) -> f64 + Sync>;

/// A metric with what it needs.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Setup {
    pub(crate) metric: Metric,
    p: f64,
}

impl Setup {
    /// The metric that is meant.
    ///
    /// # Errors
    /// `Unsupported`, if it is given arguments.
    pub(crate) fn new(metric: Metric, p: Power, params: Option<&Arguments>) -> Result<Setup> {
        if let Some(params) = params.filter(|p| !p.0.is_empty()) {
            let (name, params) = (metric.name(), params.to_value().repr());
            return Err(Error::unsupported(text!(
                en: "metric_params={params}: the metric '{name}' takes no arguments in Seodang",
                ko: "metric_params={params}: Seodang의 '{name}' 거리에는 인자가 없습니다"
            )));
        }
        let metric = match metric {
            Metric::Minkowski if p.0 == 1.0 => Metric::Manhattan,
            Metric::Minkowski if p.0 == 2.0 => Metric::Euclidean,
            Metric::Minkowski if p.0 == f64::INFINITY => Metric::Chebyshev,
            other => other,
        };
        Ok(Setup { metric, p: p.0 })
    }

    /// The metric's arguments, for the attribute.
    pub(crate) fn params(self) -> Value {
        match self.metric {
            Metric::Minkowski => {
                Value::Dict(vec![("p".into(), Power(self.p).to_value()), ("w".into(), Value::None)])
            }
            _ => Value::Dict(Vec::new()),
        }
    }

    /// The distance; nothing for the Euclidean one, which has a search of its own.
    pub(crate) fn distance(self) -> Option<Distance> {
        let p = self.p;
        Some(match self.metric {
            Metric::Euclidean | Metric::L2 => return None,
            Metric::Minkowski => Box::new(move |pairs| {
                pairs.map(|(a, b)| (a - b).abs().powf(p)).sum::<f64>().powf(1.0 / p)
            }),
            Metric::Manhattan | Metric::L1 | Metric::Cityblock => {
                Box::new(|pairs| pairs.map(|(a, b)| (a - b).abs()).sum())
            }
            Metric::Chebyshev => {
                Box::new(|pairs| pairs.map(|(a, b)| (a - b).abs()).fold(0.0, f64::max))
            }
            Metric::Cosine => Box::new(|pairs| {
                let (mut ab, mut aa, mut bb) = (0.0, 0.0, 0.0);
                pairs.for_each(|(a, b)| {
                    ab += a * b;
                    aa += a * a;
                    bb += b * b;
                });
                // A row of zeros has no direction: it is at right angles to all.
                let lengths: f64 = (aa * bb).sqrt();
                if lengths == 0.0 { 1.0 } else { (1.0 - ab / lengths).clamp(0.0, 2.0) }
            }),
        })
    }
}

impl Stored for Setup {
    fn store(&self, state: &mut State, name: &str) -> Result<()> {
        state.put(name, &Value::List(vec![self.metric.to_value(), Value::Float(self.p)]))
    }

    fn restore(state: &mut State, name: &str) -> Result<Setup> {
        let (metric, p): (Metric, f64) = state.take_as(name)?;
        if p.is_nan() || p <= 0.0 {
            return Err(broken(name));
        }
        Ok(Setup { metric, p })
    }
}
