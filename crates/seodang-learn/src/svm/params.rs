//! The parameters that support vector machines share.

use crate::features::Features;
use crate::record::{Either, Function, Named, Param, Range, Setting, Value, one_of};
use seodang_kernels::smo;

/// Which kernel measures how alike two samples are.
#[derive(Clone, Debug)]
pub enum Kernel {
    /// The inner product.
    Linear,
    /// A power of the inner product.
    Poly,
    /// `exp(-gamma |x - y|^2)`.
    Rbf,
    /// The hyperbolic tangent of the inner product.
    Sigmoid,
    /// X holds the kernels: samples by samples of `fit`.
    Precomputed,
    /// A function from two matrices of samples to their kernels.
    Function(Function),
}

impl Named for Kernel {}

impl Param for Kernel {
    fn from_value(value: &Value) -> Option<Kernel> {
        Some(match value {
            Value::Str(s) => match s.as_str() {
                "linear" => Kernel::Linear,
                "poly" => Kernel::Poly,
                "rbf" => Kernel::Rbf,
                "sigmoid" => Kernel::Sigmoid,
                "precomputed" => Kernel::Precomputed,
                _ => return None,
            },
            Value::Function(f) => Kernel::Function(f.clone()),
            _ => return None,
        })
    }

    fn to_value(&self) -> Value {
        match self {
            Kernel::Linear => "linear".into(),
            Kernel::Poly => "poly".into(),
            Kernel::Rbf => "rbf".into(),
            Kernel::Sigmoid => "sigmoid".into(),
            Kernel::Precomputed => "precomputed".into(),
            Kernel::Function(f) => f.clone().into(),
        }
    }

    fn takes(_: &Range) -> Vec<String> {
        vec![
            "a str among {'linear', 'poly', 'rbf', 'sigmoid', 'precomputed'}".into(),
            "a callable".into(),
        ]
    }

    fn annotation() -> String {
        "Literal[\"linear\", \"poly\", \"rbf\", \"sigmoid\", \"precomputed\"] | Callable[..., Any]"
            .into()
    }
}

one_of! {
    /// How `gamma` follows from the data.
    GammaRule {
        /// `1 / (n_features * X.var())`.
        Scale = "scale",
        /// `1 / n_features`.
        Auto = "auto",
    }
}

/// The factor of a kernel: a rule, or a number.
pub type Gamma = Either<GammaRule, f64>;

one_of! {
    /// What `decision_function` gives for more than two classes.
    DecisionShape {
        /// A number for each pair of classes.
        Ovo = "ovo",
        /// A number for each class.
        Ovr = "ovr",
    }
}

/// Whether probabilities are learned; nothing is scikit-learn's `"deprecated"`, which means no.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Probability(pub Option<bool>);

impl Probability {
    pub(super) fn wanted(self) -> bool {
        self.0 == Some(true)
    }
}

impl Param for Probability {
    fn from_value(value: &Value) -> Option<Probability> {
        match value {
            Value::Bool(b) => Some(Probability(Some(*b))),
            Value::Str(s) if s == "deprecated" => Some(Probability(None)),
            _ => None,
        }
    }

    fn to_value(&self) -> Value {
        self.0.map_or("deprecated".into(), Value::Bool)
    }

    fn takes(range: &Range) -> Vec<String> {
        bool::takes(range)
    }

    fn annotation() -> String {
        "bool | Literal[\"deprecated\"]".into()
    }
}

impl Setting<Probability> for bool {
    fn setting(self) -> Result<Probability, Value> {
        Ok(Probability(Some(self)))
    }
}

/// How much is printed: accepted for compatibility.
pub type Verbose = Either<bool, i64>;

/// `(0, inf]`, where C lies.
pub(super) const POSITIVE: Range = Range::new(0.0, f64::INFINITY, false, true);
/// `(0, 1]`, where nu lies.
pub(super) const SHARE: Range = Range::new(0.0, 1.0, false, true);

/// The parameters of a kernel.
pub(super) struct KernelParameters<'a> {
    pub(super) kernel: &'a Kernel,
    pub(super) degree: usize,
    pub(super) gamma: &'a Gamma,
    pub(super) coef0: f64,
}

impl KernelParameters<'_> {
    /// The kernel as a function of inner products, with `gamma` as these samples make it. Kernels that
    /// are given are their own inner products.
    pub(super) fn resolve(&self, x: &Features<'_>) -> smo::Kernel {
        let gamma = || match self.gamma {
            Either::B(gamma) => *gamma,
            Either::A(GammaRule::Auto) => 1.0 / x.cols() as f64,
            Either::A(GammaRule::Scale) => match variance(x) {
                0.0 => 1.0,
                v => 1.0 / (x.cols() as f64 * v),
            },
        };
        let coef0 = self.coef0;
        match self.kernel {
            Kernel::Linear | Kernel::Precomputed | Kernel::Function(_) => smo::Kernel::Linear,
            Kernel::Rbf => smo::Kernel::Rbf { gamma: gamma() },
            Kernel::Sigmoid => smo::Kernel::Sigmoid { gamma: gamma(), coef0 },
            Kernel::Poly => {
                let degree = i32::try_from(self.degree).unwrap_or(i32::MAX);
                smo::Kernel::Poly { gamma: gamma(), coef0, degree }
            }
        }
    }
}

/// The variance of all elements, zeros of sparse features among them.
fn variance(x: &Features<'_>) -> f64 {
    let n = (x.rows() * x.cols()) as f64;
    match x {
        Features::Dense(d) => {
            let x = d.f64();
            let mean = x.data.iter().sum::<f64>() / n;
            x.data.iter().map(|v| (v - mean).powi(2)).sum::<f64>() / n
        }
        Features::Sparse(s) => {
            let mean = s.data.iter().sum::<f64>() / n;
            let there = s.data.iter().map(|v| (v - mean).powi(2)).sum::<f64>();
            (there + (n - s.data.len() as f64) * mean * mean) / n
        }
    }
}
