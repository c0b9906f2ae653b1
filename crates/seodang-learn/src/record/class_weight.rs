//! `class_weight`: how much the samples of each class count.

use super::{Param, Range, Setting, Value};
use crate::target::{Classes, Codes};
use seodang_core::{Error, Result, text};
use std::borrow::Cow;

/// The parameter `class_weight`. `Option<ClassWeight>` is what scikit-learn's classifiers take.
#[derive(Clone, Debug)]
pub enum ClassWeight {
    /// Each class as much as all the others, whatever the number of its samples.
    Balanced,
    /// A weight for classes by their label; those that are not named count 1.
    Of(Vec<(Value, f64)>),
}

impl Param for ClassWeight {
    fn from_value(value: &Value) -> Option<ClassWeight> {
        match value {
            Value::Str(s) if s == "balanced" => Some(ClassWeight::Balanced),
            Value::Dict(pairs) => pairs
                .iter()
                .map(|(k, v)| Some((k.clone(), f64::from_value(v)?)))
                .collect::<Option<_>>()
                .map(ClassWeight::Of),
            _ => None,
        }
    }

    fn to_value(&self) -> Value {
        match self {
            ClassWeight::Balanced => "balanced".into(),
            ClassWeight::Of(pairs) => {
                Value::Dict(pairs.iter().map(|(k, v)| (k.clone(), (*v).into())).collect())
            }
        }
    }

    fn takes(_: &Range) -> Vec<String> {
        vec!["an instance of 'dict'".into(), "a str among {'balanced'}".into()]
    }

    fn annotation() -> String {
        "dict[Any, float] | Literal[\"balanced\"]".into()
    }
}

impl super::Named for ClassWeight {}

impl<K: Into<Value>> Setting<Option<ClassWeight>> for Vec<(K, f64)> {
    fn setting(self) -> std::result::Result<Option<ClassWeight>, Value> {
        Ok(Some(ClassWeight::Of(self.into_iter().map(|(k, w)| (k.into(), w)).collect())))
    }
}

impl ClassWeight {
    /// The weight of each class: n / (classes · n of the class) if balanced, where samples count by
    /// `weights` if given.
    ///
    /// # Errors
    /// `Value`, in scikit-learn's words, for a label that is none of the classes'.
    pub fn of_classes(&self, codes: &Codes, weights: Option<&[f64]>) -> Result<Vec<f64>> {
        match self {
            ClassWeight::Balanced => {
                let mut counts = vec![0.0; codes.n];
                for (i, &c) in codes.codes.iter().enumerate() {
                    counts[c as usize] += weights.map_or(1.0, |w| w[i]);
                }
                let present = counts.iter().filter(|&&c| c > 0.0).count();
                let total: f64 = counts.iter().sum();
                let of = |c: f64| if c > 0.0 { total / (present as f64 * c) } else { 1.0 };
                Ok(counts.into_iter().map(of).collect())
            }
            ClassWeight::Of(pairs) => {
                let known = |i: usize| {
                    let is = |(label, _): &&(Value, f64)| match &codes.classes {
                        Some(classes) => is_class(label, classes, i),
                        None => i64::from_value(label) == Some(i as i64),
                    };
                    pairs.iter().find(is).map(|(_, w)| *w)
                };
                let found: Vec<_> = (0..codes.n).map(known).collect();
                let there = found.iter().flatten().count();
                if there < codes.n && there != pairs.len() {
                    let lacking = (0..codes.n).filter(|&i| found[i].is_none());
                    let lacking: Vec<_> = lacking.map(|i| label(codes, i)).collect();
                    let lacking = lacking.join(", ");
                    return Err(Error::value(text!(
                        en: "The classes, [{lacking}], are not in class_weight",
                        ko: "class_weight에 없는 클래스가 있습니다: [{lacking}]"
                    )));
                }
                Ok(found.into_iter().map(|w| w.unwrap_or(1.0)).collect())
            }
        }
    }

    /// The weights of samples times those of their classes, balanced without a look at the former.
    ///
    /// # Errors
    /// As [`ClassWeight::of_classes`].
    pub fn of_samples<'a>(
        class_weight: Option<&ClassWeight>,
        codes: &Codes,
        weights: Option<&'a [f64]>,
    ) -> Result<Option<Cow<'a, [f64]>>> {
        let Some(class_weight) = class_weight else { return Ok(weights.map(Cow::Borrowed)) };
        let of = class_weight.of_classes(codes, None)?;
        let product = |(i, &c): (usize, &u32)| of[c as usize] * weights.map_or(1.0, |w| w[i]);
        Ok(Some(codes.codes.iter().enumerate().map(product).collect()))
    }
}

/// Whether a key of the table means class `i`.
fn is_class(label: &Value, classes: &Classes, i: usize) -> bool {
    match (classes, label) {
        (Classes::Names(names), Value::Str(s)) => *s == names[i],
        (Classes::Names(names), other) => other.repr() == names[i],
        (Classes::Numbers(a), Value::Bool(b)) => a.to_f64_vec()[i] == f64::from(u8::from(*b)),
        (Classes::Numbers(a), other) => f64::from_value(other) == Some(a.to_f64_vec()[i]),
    }
}

fn label(codes: &Codes, i: usize) -> String {
    match &codes.classes {
        Some(Classes::Names(names)) => format!("'{}'", names[i]),
        Some(Classes::Numbers(a)) => format!("{}", a.to_f64_vec()[i]),
        None => i.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Target;

    #[test]
    fn classes_count_as_much_as_asked_for() {
        let (_, codes) = Target::from(["b", "a", "b", "b"].as_slice()).classes().unwrap();
        let codes = &codes[0];
        let balanced = ClassWeight::Balanced;
        assert_eq!(balanced.of_classes(codes, None).unwrap(), [2.0, 4.0 / 6.0]);
        let w = [1.0, 2.0, 0.5, 0.5];
        assert_eq!(balanced.of_classes(codes, Some(&w)).unwrap(), [1.0, 1.0]);
        let of = |label: &str| ClassWeight::Of(vec![(label.into(), 5.0)]);
        assert_eq!(of("b").of_classes(codes, None).unwrap(), [1.0, 5.0]);
        let e = of("c").of_classes(codes, None).unwrap_err().to_string();
        assert!(e.contains("The classes, ['a', 'b'], are not in class_weight"), "{e}");
        let all = ClassWeight::of_samples(Some(&of("b")), codes, Some(&w)).unwrap().unwrap();
        assert_eq!(&*all, [5.0, 2.0, 2.5, 2.5]);
        let (_, codes) = Target::from([3i64, -1, 3].as_slice()).classes().unwrap();
        let given = ClassWeight::Of(vec![(Value::Int(-1), 2.0), (Value::Float(3.0), 0.5)]);
        assert_eq!(given.of_classes(&codes[0], None).unwrap(), [2.0, 0.5]);
    }
}
