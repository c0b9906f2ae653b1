//! The types of parameters that trees and forests share.

use crate::record::{ClassWeight, Named, Param, Range, Setting, Value, one_of};
use crate::target::Codes;
use seodang_core::{Error, Result, text};
use std::borrow::Cow;

one_of! {
    /// What the splits of a classifier are judged by.
    ClassCriterion {
        /// Gini's impurity.
        Gini = "gini",
        /// The entropy.
        Entropy = "entropy",
        /// The entropy, by its other name.
        LogLoss = "log_loss",
    }
}

one_of! {
    /// What the splits of a regressor are judged by.
    ValueCriterion {
        /// The squared error: leaves say means.
        SquaredError = "squared_error",
        /// The absolute error: leaves say medians.
        AbsoluteError = "absolute_error",
        /// The half deviance of Poisson's distribution.
        Poisson = "poisson",
        /// The squared error, by a name that scikit-learn will drop.
        FriedmanMse = "friedman_mse",
    }
}

one_of! {
    /// How the threshold of a split is found.
    Splitter {
        /// The best one is searched for.
        Best = "best",
        /// One is drawn for each feature, and the best of these taken.
        Random = "random",
    }
}

/// The shares that an [`Amount`] may be.
pub mod share {
    /// (0.0, 1.0)
    pub const OPEN: u8 = 0;
    /// (0.0, 1.0]
    pub const CLOSED: u8 = 1;
    /// (0.0, inf)
    pub const ANY: u8 = 2;
}

/// A number of samples, at least `LEAST`, or a share of them, of the kinds in [`share`].
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Amount<const LEAST: usize, const SHARE: u8> {
    /// A number.
    Count(usize),
    /// A share.
    Share(f64),
}

/// `min_samples_split`.
pub type MinSplit = Amount<2, { share::CLOSED }>;
/// `min_samples_leaf`.
pub type MinLeaf = Amount<1, { share::OPEN }>;
/// `max_samples`.
pub type MaxSamples = Amount<1, { share::ANY }>;

impl<const LEAST: usize, const SHARE: u8> Amount<LEAST, SHARE> {
    /// The number, of `n` samples; a share is rounded up.
    pub(crate) fn of(self, n: usize) -> usize {
        match self {
            Amount::Count(count) => count,
            Amount::Share(share) => (share * n as f64).ceil() as usize,
        }
    }

    const fn range() -> Range {
        match SHARE {
            share::OPEN => Range::new(0.0, 1.0, false, false),
            share::CLOSED => Range::new(0.0, 1.0, false, true),
            _ => Range::above(0.0),
        }
    }
}

impl<const LEAST: usize, const SHARE: u8> Param for Amount<LEAST, SHARE> {
    fn from_value(value: &Value) -> Option<Self> {
        match value {
            Value::Int(i) => usize::try_from(*i).ok().map(Amount::Count),
            Value::Float(x) => Some(Amount::Share(*x)),
            _ => None,
        }
    }

    fn to_value(&self) -> Value {
        match self {
            Amount::Count(n) => (*n).into(),
            Amount::Share(x) => (*x).into(),
        }
    }

    fn takes(_: &Range) -> Vec<String> {
        let mut takes = usize::takes(&Range::from(LEAST as f64));
        takes.extend(f64::takes(&Self::range()));
        takes
    }

    fn annotation() -> String {
        "int | float".into()
    }

    fn lies_in(&self, _: &Range) -> bool {
        match *self {
            Amount::Count(n) => n >= LEAST,
            Amount::Share(x) => Self::range().contains(x),
        }
    }
}

macro_rules! amounts {
    ($($type:ty),*) => {$(
        impl<const LEAST: usize, const SHARE: u8> Setting<Amount<LEAST, SHARE>> for $type {
            fn setting(self) -> std::result::Result<Amount<LEAST, SHARE>, Value> {
                let value = Value::from(self);
                Param::from_value(&value).ok_or(value)
            }
        }

        impl<const LEAST: usize, const SHARE: u8> Setting<Option<Amount<LEAST, SHARE>>> for $type {
            fn setting(self) -> std::result::Result<Option<Amount<LEAST, SHARE>>, Value> {
                Setting::<Amount<LEAST, SHARE>>::setting(self).map(Some)
            }
        }

        impl Setting<Option<MaxFeatures>> for $type {
            fn setting(self) -> std::result::Result<Option<MaxFeatures>, Value> {
                let value = Value::from(self);
                Param::from_value(&value).map(Some).ok_or(value)
            }
        }
    )*};
}

amounts!(i32, usize, f64);

/// `max_features`: how many features are looked at for each split.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum MaxFeatures {
    /// So many.
    Count(usize),
    /// This share of them.
    Share(f64),
    /// The square root of their number.
    Sqrt,
    /// The binary logarithm of their number.
    Log2,
}

impl MaxFeatures {
    /// The number, of `n` features; nothing is all.
    pub(crate) fn of(this: Option<MaxFeatures>, n: usize) -> usize {
        match this {
            None => n,
            Some(MaxFeatures::Count(count)) => count,
            Some(MaxFeatures::Share(share)) => ((share * n as f64) as usize).max(1),
            Some(MaxFeatures::Sqrt) => ((n as f64).sqrt() as usize).max(1),
            Some(MaxFeatures::Log2) => ((n as f64).log2() as usize).max(1),
        }
    }
}

impl Param for MaxFeatures {
    fn from_value(value: &Value) -> Option<MaxFeatures> {
        match value {
            Value::Int(i) => usize::try_from(*i).ok().map(MaxFeatures::Count),
            Value::Float(x) => Some(MaxFeatures::Share(*x)),
            Value::Str(s) if s == "sqrt" => Some(MaxFeatures::Sqrt),
            Value::Str(s) if s == "log2" => Some(MaxFeatures::Log2),
            _ => None,
        }
    }

    fn to_value(&self) -> Value {
        match self {
            MaxFeatures::Count(n) => (*n).into(),
            MaxFeatures::Share(x) => (*x).into(),
            MaxFeatures::Sqrt => "sqrt".into(),
            MaxFeatures::Log2 => "log2".into(),
        }
    }

    fn takes(range: &Range) -> Vec<String> {
        let mut takes = Amount::<1, { share::CLOSED }>::takes(range);
        takes.push("a str among {'log2', 'sqrt'}".into());
        takes
    }

    fn annotation() -> String {
        "int | float | Literal[\"sqrt\", \"log2\"]".into()
    }

    fn lies_in(&self, _: &Range) -> bool {
        match *self {
            MaxFeatures::Count(n) => n > 0,
            MaxFeatures::Share(x) => x > 0.0 && x <= 1.0,
            _ => true,
        }
    }
}

impl Named for MaxFeatures {}

/// `class_weight`: for one output or for each, and, of forests, balanced within each tree's samples.
#[derive(Clone, Debug)]
pub enum ClassWeights<const SUBSAMPLE: bool> {
    /// For one output, or balanced for each.
    One(ClassWeight),
    /// For each output.
    Each(Vec<ClassWeight>),
    /// Balanced within the samples of each tree.
    Subsample,
}

impl<const SUBSAMPLE: bool> ClassWeights<SUBSAMPLE> {
    /// How much each sample counts by its classes: the product over the outputs. Samples count by
    /// `weights` when classes are balanced.
    ///
    /// # Errors
    /// `Value`, in scikit-learn's words, for labels that are none, and for another number of tables
    /// than outputs.
    pub(crate) fn of_samples(&self, y: &[Codes], weights: Option<&[f64]>) -> Result<Vec<f64>> {
        let tables: Vec<&ClassWeight> = match self {
            ClassWeights::One(one @ ClassWeight::Balanced) => vec![one; y.len()],
            ClassWeights::One(one) if y.len() == 1 => vec![one],
            ClassWeights::One(_) => {
                return Err(Error::value(text!(
                    en: "For multi-output, class_weight should be a list of dicts, or the string \
                         'balanced'.",
                    ko: "출력이 여럿이면 class_weight는 사전의 목록이나 'balanced'여야 합니다."
                )));
            }
            ClassWeights::Each(all) if all.len() == y.len() => all.iter().collect(),
            ClassWeights::Each(all) => {
                let (given, outputs) = (all.len(), y.len());
                return Err(Error::value(text!(
                    en: "For multi-output, number of elements in class_weight should match number of \
                         outputs. Got {given} element(s) while having {outputs} outputs.",
                    ko: "class_weight의 원소 수({given})가 출력 수({outputs})와 다릅니다."
                )));
            }
            ClassWeights::Subsample => vec![&ClassWeight::Balanced; y.len()],
        };
        let mut out = vec![1.0; y[0].codes.len()];
        for (table, codes) in tables.into_iter().zip(y) {
            let of = table.of_classes(codes, weights)?;
            for (w, &c) in out.iter_mut().zip(&codes.codes) {
                *w *= of[c as usize];
            }
        }
        Ok(out)
    }
}

/// The weights of samples times those of their classes.
pub(crate) fn product<'a>(a: Option<&'a [f64]>, b: Option<Vec<f64>>) -> Option<Cow<'a, [f64]>> {
    match (a, b) {
        (a, None) => a.map(Cow::Borrowed),
        (None, Some(b)) => Some(Cow::Owned(b)),
        (Some(a), Some(mut b)) => {
            b.iter_mut().zip(a).for_each(|(b, a)| *b *= a);
            Some(Cow::Owned(b))
        }
    }
}

impl<const SUBSAMPLE: bool> Param for ClassWeights<SUBSAMPLE> {
    fn from_value(value: &Value) -> Option<Self> {
        match value {
            Value::Str(s) if SUBSAMPLE && s == "balanced_subsample" => {
                Some(ClassWeights::Subsample)
            }
            Value::List(all) => {
                let table = |v: &Value| match v {
                    Value::Dict(_) => ClassWeight::from_value(v),
                    _ => None,
                };
                all.iter().map(table).collect::<Option<_>>().map(ClassWeights::Each)
            }
            other => ClassWeight::from_value(other).map(ClassWeights::One),
        }
    }

    fn to_value(&self) -> Value {
        match self {
            ClassWeights::One(one) => one.to_value(),
            ClassWeights::Each(all) => Value::List(all.iter().map(Param::to_value).collect()),
            ClassWeights::Subsample => "balanced_subsample".into(),
        }
    }

    fn takes(_: &Range) -> Vec<String> {
        let names = if SUBSAMPLE { "'balanced', 'balanced_subsample'" } else { "'balanced'" };
        vec![
            "an instance of 'dict'".into(),
            "an instance of 'list'".into(),
            format!("a str among {{{names}}}"),
        ]
    }

    fn annotation() -> String {
        let more = if SUBSAMPLE { ", \"balanced_subsample\"" } else { "" };
        format!("dict[Any, float] | list[dict[Any, float]] | Literal[\"balanced\"{more}]")
    }
}

impl<const SUBSAMPLE: bool> Named for ClassWeights<SUBSAMPLE> {}

impl<K: Into<Value>, const SUBSAMPLE: bool> Setting<Option<ClassWeights<SUBSAMPLE>>>
    for Vec<(K, f64)>
{
    fn setting(self) -> std::result::Result<Option<ClassWeights<SUBSAMPLE>>, Value> {
        let table = self.into_iter().map(|(k, w)| (k.into(), w)).collect();
        Ok(Some(ClassWeights::One(ClassWeight::Of(table))))
    }
}
