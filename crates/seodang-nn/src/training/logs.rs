//! The numbers that training reports: of a batch, of an epoch, of a whole run.

use serde_json::{Map, Value as Json, json};
use std::fmt;

/// Names and values of losses and metrics, in Keras's order: the training ones by name, then the
/// validation ones (`val_`) by name, then what callbacks added.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Logs(Vec<(String, f64)>);

impl Logs {
    /// No values.
    pub fn new() -> Logs {
        Logs::default()
    }

    /// The value with a name.
    pub fn get(&self, name: &str) -> Option<f64> {
        self.0.iter().find(|(n, _)| n == name).map(|(_, v)| *v)
    }

    /// Sets the value with a name; a new name comes last.
    pub fn set(&mut self, name: impl Into<String>, value: f64) {
        let name = name.into();
        match self.0.iter_mut().find(|(n, _)| *n == name) {
            Some((_, v)) => *v = value,
            None => self.0.push((name, value)),
        }
    }

    /// Every name and value.
    pub fn iter(&self) -> impl Iterator<Item = (&str, f64)> {
        self.0.iter().map(|(n, v)| (n.as_str(), *v))
    }

    /// Every name.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(|(n, _)| n.as_str())
    }

    /// Whether there are no values.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The values by name.
    pub(crate) fn sorted(mut self) -> Logs {
        self.0.sort_by(|a, b| a.0.cmp(&b.0));
        self
    }

    /// Adds the values of a validation.
    pub(crate) fn extend_validation(&mut self, validation: &Logs) {
        for (name, value) in validation.iter() {
            self.set(format!("val_{name}"), value);
        }
    }
}

impl fmt::Display for Logs {
    /// `accuracy: 0.9123 - loss: 0.3021`, as Keras prints them.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (i, (name, value)) in self.iter().enumerate() {
            let sep = if i == 0 { "" } else { " - " };
            write!(f, "{sep}{name}: {}", number(value))?;
        }
        Ok(())
    }
}

/// A value in few digits: fixed above 0.001, else with an exponent of two digits, as Python's
/// `.4f` and `.4e`.
pub(crate) fn number(value: f64) -> String {
    if !value.is_finite() || value.abs() > 1e-3 {
        return if value.is_nan() { "nan".to_string() } else { format!("{value:.4}") };
    }
    let text = format!("{value:.4e}");
    let (digits, exponent) = text.split_once('e').unwrap_or((&text, "0"));
    let exponent: i32 = exponent.parse().unwrap_or(0);
    format!("{digits}e{}{:02}", if exponent < 0 { '-' } else { '+' }, exponent.abs())
}

/// What a run of `fit` reports: the values of each epoch.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct History {
    /// The numbers of the epochs, from 0.
    pub epochs: Vec<usize>,
    /// Whether the run was interrupted before its end: the epoch it was in is not among `epochs`.
    pub interrupted: bool,
    values: Vec<(String, Vec<f64>)>,
}

impl History {
    /// The values of one quantity, one for each epoch in which it was measured.
    pub fn get(&self, name: &str) -> Option<&[f64]> {
        self.values.iter().find(|(n, _)| n == name).map(|(_, v)| v.as_slice())
    }

    /// The value of one quantity in the last epoch.
    pub fn last(&self, name: &str) -> Option<f64> {
        self.get(name)?.last().copied()
    }

    /// The names of the quantities.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.values.iter().map(|(n, _)| n.as_str())
    }

    /// Adds an epoch.
    pub(crate) fn push(&mut self, epoch: usize, logs: &Logs) {
        self.epochs.push(epoch);
        for (name, value) in logs.iter() {
            match self.values.iter_mut().find(|(n, _)| n == name) {
                Some((_, values)) => values.push(value),
                None => self.values.push((name.to_string(), vec![value])),
            }
        }
    }

    pub(crate) fn to_json(&self) -> Json {
        let values: Map<String, Json> = (self.values.iter())
            .map(|(n, v)| (n.clone(), v.iter().map(|&x| float_to_json(x)).collect()))
            .collect();
        json!({ "epochs": self.epochs, "values": values })
    }

    pub(crate) fn from_json(value: &Json) -> Option<History> {
        let epochs = value.get("epochs")?.as_array()?.iter();
        let epochs: Option<Vec<usize>> =
            epochs.map(|e| usize::try_from(e.as_u64()?).ok()).collect();
        let values = value.get("values")?.as_object()?.iter();
        let values: Option<Vec<(String, Vec<f64>)>> = values
            .map(|(n, v)| {
                let list: Option<Vec<f64>> = v.as_array()?.iter().map(float_from_json).collect();
                Some((n.clone(), list?))
            })
            .collect();
        Some(History { epochs: epochs?, interrupted: false, values: values? })
    }
}

/// A number that may be infinite or not a number, which JSON lacks.
pub(crate) fn float_to_json(x: f64) -> Json {
    if x.is_finite() { json!(x) } else { json!(x.to_string()) }
}

/// The number that [`float_to_json`] wrote.
pub(crate) fn float_from_json(value: &Json) -> Option<f64> {
    match value {
        Json::String(s) => s.parse().ok(),
        other => other.as_f64(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_printed_as_keras_does() {
        assert_eq!(number(0.91234), "0.9123");
        assert_eq!(number(12.5), "12.5000");
        assert_eq!(number(0.0), "0.0000e+00");
        assert_eq!(number(0.000_123_456), "1.2346e-04");
        assert_eq!(number(f64::NAN), "nan");
    }

    #[test]
    fn history_survives_json_bit_for_bit() {
        let mut history = History::default();
        for (epoch, loss) in [(3, 0.1 + 0.2), (4, f64::NAN), (5, f64::INFINITY)] {
            let mut logs = Logs::new();
            logs.set("loss", loss);
            history.push(epoch, &logs);
        }
        let text = history.to_json().to_string();
        let read = History::from_json(&serde_json::from_str(&text).unwrap()).unwrap();
        assert_eq!(read.epochs, history.epochs);
        let bits = |h: &History| -> Vec<u64> {
            h.get("loss").unwrap().iter().map(|x| x.to_bits()).collect()
        };
        assert_eq!(bits(&read), bits(&history));
    }
}
