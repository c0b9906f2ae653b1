//! The values of parameters that are tried: ranges, and places in them from 0 to 1.

use seodang_learn::Value;

/// A value that is given to a parameter.
#[derive(Clone, Copy, Debug)]
pub(super) enum Fixed {
    Int(i64),
    Bool(bool),
    Str(&'static str),
}

impl Fixed {
    pub(super) fn value(self) -> Value {
        match self {
            Fixed::Int(i) => i.into(),
            Fixed::Bool(b) => b.into(),
            Fixed::Str(s) => s.into(),
        }
    }
}

/// A parameter and the values that make sense for it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Axis {
    pub(super) name: &'static str,
    pub(super) range: Range,
    /// Where its default lies, 0 to 1.
    pub(super) start: f64,
}

#[derive(Clone, Copy, Debug)]
pub(super) enum Range {
    /// A number, by its logarithm.
    Log(f64, f64),
    /// A whole number, by its logarithm.
    LogInt(f64, f64),
    /// A number.
    Even(f64, f64),
    /// One of some words.
    Words(&'static [&'static str]),
    /// A whole number up to the second, or none, the last of the way.
    IntOrNone(f64, f64),
    /// Sizes of hidden layers.
    Layers(&'static [&'static [i64]]),
}

impl Range {
    pub(super) fn at(self, u: f64) -> Value {
        let log = |a: f64, b: f64| (a.ln() + u * (b / a).ln()).exp();
        let pick = |n: usize| ((u * n as f64) as usize).min(n - 1);
        match self {
            Range::Log(a, b) => short(log(a, b)),
            Range::LogInt(a, b) => (log(a, b).round() as i64).into(),
            Range::Even(a, b) => ((100.0 * (a + u * (b - a))).round() / 100.0).into(),
            Range::Words(words) => words[pick(words.len())].into(),
            Range::IntOrNone(_, _) if u > 0.85 => Value::None,
            Range::IntOrNone(a, b) => ((a + u / 0.85 * (b - a)).round() as i64).into(),
            Range::Layers(all) => {
                Value::List(all[pick(all.len())].iter().map(|&n| n.into()).collect())
            }
        }
    }
}

impl Range {
    /// Where a value lies; of words and layers, the one of that number.
    pub(super) fn place(self, value: f64) -> f64 {
        let within = |n: usize| (value + 0.5) / n as f64;
        let place = match self {
            Range::Log(a, b) | Range::LogInt(a, b) => (value / a).ln() / (b / a).ln(),
            Range::Even(a, b) => (value - a) / (b - a),
            Range::Words(words) => within(words.len()),
            Range::IntOrNone(_, b) if value > b => 0.9,
            Range::IntOrNone(a, b) => 0.85 * (value - a) / (b - a),
            Range::Layers(all) => within(all.len()),
        };
        place.clamp(0.0, 0.999)
    }
}

/// Three digits are enough, and can be read.
pub(super) fn short(x: f64) -> Value {
    format!("{x:.2e}").parse().unwrap_or(x).into()
}

pub(super) const fn axis(name: &'static str, range: Range, start: f64) -> Axis {
    Axis { name, range, start }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_have_their_places() {
        let ranges = [
            (Range::Log(0.02, 0.3), 0.05, "0.05"),
            (Range::LogInt(3.0, 256.0), 40.0, "40"),
            (Range::Even(0.1, 1.0), 0.5, "0.5"),
            (Range::Words(&["a", "b", "c"]), 1.0, "'b'"),
            (Range::IntOrNone(2.0, 16.0), 7.0, "7"),
            (Range::IntOrNone(2.0, 16.0), 17.0, "None"),
            (Range::Layers(&[&[32], &[64, 64]]), 1.0, "[64, 64]"),
        ];
        for (range, value, shown) in ranges {
            assert_eq!(range.at(range.place(value)).repr(), shown);
        }
    }
}
