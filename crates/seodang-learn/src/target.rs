//! What estimators learn to say: classes or numbers.

use crate::features::finite;
use crate::numbers::Numbers;
use ndarray::{ArrayView1, ArrayView2};
use seodang_core::{Array, DType, Error, Result, text};
use std::collections::BTreeMap;

/// Labels or values as people give them, and as `predict` gives them back: numbers, or names.
#[derive(Clone, Debug, PartialEq)]
pub enum Target {
    /// Numbers of one or two dimensions: one row a sample.
    Numbers(Array),
    /// Names of classes, one a sample.
    Names(Vec<String>),
}

impl Target {
    /// The number of samples.
    pub fn len(&self) -> usize {
        match self {
            Target::Numbers(a) => a.shape().first().copied().unwrap_or(0),
            Target::Names(n) => n.len(),
        }
    }

    /// Whether there is no sample.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The rows `indices`.
    ///
    /// # Errors
    /// `Value` for an index that there is not.
    pub fn take(&self, indices: &[usize]) -> Result<Target> {
        Ok(match self {
            Target::Numbers(a) => Target::Numbers(a.take_rows(indices)?),
            Target::Names(n) => Target::Names(indices.iter().map(|&i| n[i].clone()).collect()),
        })
    }

    /// The values of a regression: rows by outputs, and whether they came as one column.
    ///
    /// # Errors
    /// `Value` for names, NaN or infinities; `Shape` for more than two dimensions.
    pub fn values(&self) -> Result<Values> {
        let Target::Numbers(a) = self else {
            return Err(Error::value(text!(
                en: "a regression needs numbers to learn, and was given names",
                ko: "회귀에는 숫자가 필요한데 이름이 주어졌습니다"
            )));
        };
        let (outputs, flat) = match a.shape().dims() {
            [_] => (1, true),
            [_, outputs] => (*outputs, false),
            dims => {
                return Err(Error::shape(text!(
                    en: "y should be a 1d or 2d array, got an array of shape {dims:?} instead.",
                    ko: "y는 1차원이나 2차원이어야 하는데 모양이 {dims:?}입니다."
                )));
            }
        };
        let data = a.to_f64_vec();
        finite(&data, false, "y", "a regression")?;
        Ok(Values { data: data.into(), outputs, flat })
    }

    /// The classes of each column in rising order, and each sample's number among them.
    ///
    /// # Errors
    /// `Value` for NaN, and for numbers that are not whole: those ask for a regression.
    pub fn classes(&self) -> Result<(Vec<Classes>, Vec<Codes>)> {
        match self {
            Target::Names(names) => {
                let (values, codes) = unique(names.iter().cloned());
                let classes = Classes::Names(values);
                Ok((vec![classes.clone()], vec![Codes::of(codes, classes)]))
            }
            Target::Numbers(a) => {
                let outputs = a.shape().get(1).copied().unwrap_or(1);
                let all = a.to_f64_vec();
                finite(&all, false, "y", "a classifier")?;
                if let Some(x) = all.iter().find(|x| x.fract() != 0.0) {
                    return Err(Error::value(text!(
                        en: "Unknown label type: continuous. Maybe you are trying to fit a \
                             classifier, which expects discrete classes on a regression target with \
                             continuous values.",
                        ko: "레이블이 연속값입니다. 분류기에는 이산적인 클래스가 필요합니다. 회귀를 하려던 것이 아닌가요?"
                    ))
                    .given("y", x));
                }
                let mut out = (Vec::new(), Vec::new());
                for c in 0..outputs {
                    let column = all.iter().skip(c).step_by(outputs.max(1));
                    let (values, codes) = unique(column.map(|&x| x as i64));
                    let numbers = Array::from_vec([values.len()], values)?.convert(a.dtype());
                    let classes = Classes::Numbers(numbers);
                    out.1.push(Codes::of(codes, classes.clone()));
                    out.0.push(classes);
                }
                Ok(out)
            }
        }
    }
}

impl Target {
    /// The numbers of labels among classes that are known already, for each output.
    ///
    /// # Errors
    /// `Value` for a label that is none of theirs; as [`Target::classes`].
    pub fn codes_among(&self, known: &[Classes]) -> Result<Vec<Codes>> {
        let (found, codes) = self.classes()?;
        let mut out = Vec::new();
        for ((found, codes), known) in found.iter().zip(codes).zip(known) {
            let places = known.places_of(found)?;
            let codes: Vec<u32> = codes.codes.iter().map(|&c| places[c as usize]).collect();
            out.push(Codes::of(codes, known.clone()));
        }
        if out.len() != known.len() {
            let (given, outputs) = (out.len(), known.len());
            return Err(Error::value(text!(
                en: "y has {given} outputs, and there were {outputs} before",
                ko: "y의 출력이 {given}개인데 전에는 {outputs}개였습니다"
            )));
        }
        Ok(out)
    }
}

fn unique<K: Ord + Clone>(values: impl Iterator<Item = K> + Clone) -> (Vec<K>, Vec<u32>) {
    let mut numbers: BTreeMap<K, u32> = values.clone().map(|k| (k, 0)).collect();
    for (i, n) in numbers.values_mut().enumerate() {
        *n = i as u32;
    }
    let codes = values.map(|k| numbers[&k]).collect();
    (numbers.into_keys().collect(), codes)
}

/// The classes that a classifier knows, in rising order: `classes_`.
#[derive(Clone, Debug, PartialEq)]
pub enum Classes {
    /// Numbers, in one dimension.
    Numbers(Array),
    /// Names.
    Names(Vec<String>),
}

impl Classes {
    /// How many there are.
    pub fn len(&self) -> usize {
        match self {
            Classes::Numbers(a) => a.size(),
            Classes::Names(n) => n.len(),
        }
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The number of each of some other classes among these.
    fn places_of(&self, others: &Classes) -> Result<Vec<u32>> {
        let place = |found: Option<usize>, label: String| match found {
            Some(i) => Ok(i as u32),
            None => Err(Error::value(text!(
                en: "The target label(s) [{label}] in y do not exist in the initial classes",
                ko: "y에 처음의 클래스에 없는 레이블이 있습니다: [{label}]"
            ))),
        };
        match (self, others) {
            (Classes::Names(all), Classes::Names(some)) => {
                let find = |s: &String| place(all.iter().position(|a| a == s), format!("'{s}'"));
                some.iter().map(find).collect()
            }
            (Classes::Numbers(all), Classes::Numbers(some)) => {
                let all = all.to_f64_vec();
                let find = |x: &f64| place(all.iter().position(|a| a == x), x.to_string());
                some.to_f64_vec().iter().map(find).collect()
            }
            _ => Err(Error::value(text!(
                en: "labels are names in one batch and numbers in another",
                ko: "어떤 묶음에서는 레이블이 이름이고 다른 묶음에서는 숫자입니다"
            ))),
        }
    }

    /// As many classes, which are called by their numbers.
    pub(crate) fn numbered(&self) -> Result<Classes> {
        let numbers: Vec<i64> = (0..self.len() as i64).collect();
        Ok(Classes::Numbers(Array::from_vec([numbers.len()], numbers)?))
    }

    /// The class of each number.
    ///
    /// # Errors
    /// `Value` for a number that is no class's.
    pub fn decode(&self, codes: &[u32]) -> Result<Target> {
        let indices: Vec<usize> = codes.iter().map(|&c| c as usize).collect();
        match self {
            Classes::Numbers(a) => Ok(Target::Numbers(a.take_rows(&indices)?)),
            Classes::Names(n) => Target::Names(n.clone()).take(&indices),
        }
    }
}

/// Each sample's class by number, for one output.
#[derive(Clone, Debug)]
pub struct Codes {
    /// The numbers, each below `n`.
    pub codes: Numbers<u32>,
    /// How many classes there are.
    pub n: usize,
    /// The classes themselves, if they are known: `class_weight` speaks of them.
    pub classes: Option<Classes>,
}

impl Codes {
    /// Numbers of classes that have no labels.
    pub fn new(codes: impl Into<Numbers<u32>>, n: usize) -> Codes {
        Codes { codes: codes.into(), n, classes: None }
    }

    /// Numbers of these classes.
    pub fn of(codes: impl Into<Numbers<u32>>, classes: Classes) -> Codes {
        Codes { codes: codes.into(), n: classes.len(), classes: Some(classes) }
    }
}

/// The values of a regression.
#[derive(Clone, Debug)]
pub struct Values {
    /// Row by row.
    pub data: Numbers<f64>,
    /// Columns.
    pub outputs: usize,
    /// Whether they came in one dimension, as predictions then go out.
    pub flat: bool,
}

impl Values {
    /// One output's values.
    ///
    /// # Errors
    /// `Value` for NaN or infinities.
    pub fn of(data: impl Into<Numbers<f64>>) -> Result<Values> {
        let data = data.into();
        finite(&data, false, "y", "a regression")?;
        Ok(Values { data, outputs: 1, flat: true })
    }

    /// One output's values.
    pub fn column(&self, output: usize) -> Vec<f64> {
        self.data.iter().skip(output).step_by(self.outputs).copied().collect()
    }

    /// Rows.
    pub fn rows(&self) -> usize {
        self.data.len() / self.outputs.max(1)
    }
}

/// What a method learns to say.
#[derive(Clone, Debug)]
pub enum Y {
    /// Nothing: it looks at the features alone.
    None,
    /// Classes, of one output or several.
    Classes(Vec<Codes>),
    /// Numbers.
    Values(Values),
}

impl Y {
    /// The classes of a single output.
    ///
    /// # Errors
    /// `Value`, if there is none or there are several.
    pub fn codes(&self) -> Result<&Codes> {
        match self {
            Y::Classes(outputs) if outputs.len() == 1 => Ok(&outputs[0]),
            Y::Classes(outputs) => {
                let n = outputs.len();
                Err(Error::value(text!(
                    en: "y should be a 1d array, got an array of {n} columns instead.",
                    ko: "y는 1차원이어야 하는데 열이 {n}개입니다."
                )))
            }
            _ => Err(missing()),
        }
    }

    /// The values.
    ///
    /// # Errors
    /// `Value`, if there are none.
    pub fn values(&self) -> Result<&Values> {
        match self {
            Y::Values(v) => Ok(v),
            _ => Err(missing()),
        }
    }

    /// The values of a single output.
    ///
    /// # Errors
    /// `Value`, if there are none, or there are several.
    pub fn single(&self) -> Result<&[f64]> {
        let v = self.values()?;
        if v.outputs == 1 {
            return Ok(&v.data);
        }
        let n = v.outputs;
        Err(Error::value(text!(
            en: "y should be a 1d array, got an array of {n} columns instead.",
            ko: "y는 1차원이어야 하는데 열이 {n}개입니다."
        )))
    }
}

fn missing() -> Error {
    Error::value(text!(
        en: "this estimator requires y to be passed, but the target y is None",
        ko: "이 추정기에는 y가 필요한데 주어지지 않았습니다"
    ))
}

macro_rules! from {
    ($($type:ty),*) => {$(
        impl From<&[$type]> for Target {
            fn from(y: &[$type]) -> Target {
                let mut a = Array::zeros(<$type as seodang_core::Element>::DTYPE, [y.len()]);
                a.as_mut_slice::<$type>().expect("its own type").copy_from_slice(y);
                Target::Numbers(a)
            }
        }

        impl From<&Vec<$type>> for Target {
            fn from(y: &Vec<$type>) -> Target {
                y.as_slice().into()
            }
        }

        impl From<ArrayView1<'_, $type>> for Target {
            fn from(y: ArrayView1<'_, $type>) -> Target {
                y.to_vec().as_slice().into()
            }
        }

        impl From<ArrayView2<'_, $type>> for Target {
            fn from(y: ArrayView2<'_, $type>) -> Target {
                let (rows, cols) = y.dim();
                let Target::Numbers(flat) = Target::from(&y.iter().copied().collect::<Vec<$type>>())
                else { unreachable!("numbers are numbers") };
                Target::Numbers(flat.reshape([rows, cols]).expect("as many elements"))
            }
        }
    )*};
}

from!(f32, f64, i32, i64, u8, u32, u64);

impl From<&Array> for Target {
    fn from(y: &Array) -> Target {
        Target::Numbers(y.clone())
    }
}

impl From<&Target> for Target {
    fn from(y: &Target) -> Target {
        y.clone()
    }
}

impl From<&[&str]> for Target {
    fn from(y: &[&str]) -> Target {
        Target::Names(y.iter().map(|s| s.to_string()).collect())
    }
}

impl From<&[String]> for Target {
    fn from(y: &[String]) -> Target {
        Target::Names(y.to_vec())
    }
}

impl From<&[bool]> for Target {
    fn from(y: &[bool]) -> Target {
        let numbers: Vec<i64> = y.iter().map(|&b| i64::from(b)).collect();
        let Target::Numbers(a) = Target::from(&numbers) else {
            unreachable!("numbers are numbers")
        };
        Target::Numbers(a.convert(DType::Bool))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn classes_are_numbered_in_rising_order_and_come_back() {
        let y = Target::from(["cat", "ant", "cat", "bee"].as_slice());
        let (classes, codes) = y.classes().unwrap();
        assert_eq!(classes[0], Classes::Names(vec!["ant".into(), "bee".into(), "cat".into()]));
        assert_eq!(codes[0].codes, [2, 0, 2, 1]);
        assert_eq!(classes[0].decode(&codes[0].codes).unwrap(), y);
        let y = Target::from([7i64, -1, 7].as_slice());
        let (classes, codes) = y.classes().unwrap();
        assert_eq!(codes[0].codes, [1, 0, 1]);
        assert_eq!(classes[0].decode(&codes[0].codes).unwrap(), y);
    }

    #[test]
    fn fractions_are_no_classes_and_names_no_values() {
        let e = Target::from([0.5, 1.0].as_slice()).classes().unwrap_err();
        assert!(e.to_string().contains("Unknown label type: continuous"), "{e}");
        assert!(Target::from(["a"].as_slice()).values().is_err());
        assert!(Target::from([f64::NAN].as_slice()).values().is_err());
    }
}
