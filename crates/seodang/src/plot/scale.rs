//! Axes: which values get a tick, and how a value is written.

/// Beyond this, values are drawn at the edge: it keeps sums and differences of them finite.
const HUGE: f64 = 1e300;

/// An axis: the interval that it shows and its ticks, in rising order.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Scale {
    pub(crate) low: f64,
    pub(crate) high: f64,
    pub(crate) ticks: Vec<f64>,
    step: f64,
}

impl Scale {
    /// An axis whose ends are round numbers around the finite ones of `values`, with about `count`
    /// ticks at 1, 2 or 5 times a power of ten. `limit` are bounds that the axis does not pass unless
    /// a value does.
    pub(crate) fn nice(
        values: impl Iterator<Item = f64>,
        count: usize,
        limit: Option<(f64, f64)>,
    ) -> Scale {
        let (mut low, mut high) = range(values).unwrap_or(limit.unwrap_or((0.0, 1.0)));
        let limit = limit.map(|(a, b)| (a.min(low), b.max(high)));
        // One value, or values that differ by less than an f64 can step through: make room.
        let least = (low.abs().max(high.abs()) * 1e-9).max(1e-280);
        if high - low < least {
            let room = if low == 0.0 { 0.5 } else { (low.abs() * 0.1).max(1e-280) };
            (low, high) = (low - room, high + room);
            if let Some((a, b)) = limit {
                (low, high) = (low.max(a), high.min(b));
            }
        }
        // Close to zero, zero itself is the better end.
        if low > 0.0 && low < 0.25 * high {
            low = 0.0;
        }
        let step = nice_step((high - low) / count.max(1) as f64);
        let (mut first, mut last) = ((low / step).floor(), (high / step).ceil());
        if let Some((a, b)) = limit {
            first = first.max((a / step - 1e-9).ceil()).min(last);
            last = last.min((b / step + 1e-9).floor()).max(first + 1.0);
        }
        let n = (last - first).round().clamp(1.0, 50.0) as usize;
        let ticks = (0..=n).map(|i| tidy((first + i as f64) * step)).collect();
        Scale { low: first * step, high: (first + n as f64) * step, ticks, step }
    }

    /// An axis of whole numbers from `low` to `high`, both shown, with at most about `count` ticks.
    pub(crate) fn integers(low: f64, high: f64, count: usize) -> Scale {
        let (low, high) = (low.floor(), high.ceil().max(low.floor()));
        let step = nice_step((high - low) / count.max(1) as f64).max(1.0).round();
        let mut ticks = vec![low];
        let mut tick = ((low / step).floor() + 1.0) * step;
        while tick <= high && ticks.len() < 64 {
            ticks.push(tick);
            tick += step;
        }
        // The second tick would touch the first, as 1 and 2 among 5, 10, 15.
        if ticks.len() > 2 && ticks[1] - ticks[0] < 0.6 * step {
            ticks.remove(1);
        }
        if high == low {
            return Scale { low: low - 0.5, high: high + 0.5, ticks, step };
        }
        Scale { low, high, ticks, step }
    }

    /// An axis of powers of ten from 10^`low` to 10^`high`, which are its ends: ticks at powers, and
    /// between few of them at twice and five times their values.
    pub(crate) fn decades(low: f64, high: f64) -> Scale {
        let (low, high) = if high - low < 0.01 { (low - 0.5, high + 0.5) } else { (low, high) };
        let parts: &[f64] = if high - low < 2.5 { &[1.0, 2.0, 5.0] } else { &[1.0] };
        let powers = low.floor().max(-300.0) as i32..=high.ceil().min(300.0) as i32;
        let powers = powers.step_by(((high - low) / 8.0).ceil().max(1.0) as usize);
        let all = powers.flat_map(|p| parts.iter().map(move |m| m.log10() + f64::from(p)));
        let near = 1e-9;
        let ticks: Vec<f64> = all.filter(|t| (low - near..=high + near).contains(t)).collect();
        Scale { low, high, ticks, step: 1.0 }
    }

    /// Where `value` stands on the axis: 0 at its low end, 1 at its high end, and not beyond.
    pub(crate) fn at(&self, value: f64) -> f64 {
        let (low, high) = (self.low / 2.0, self.high / 2.0);
        ((value.clamp(-HUGE, HUGE) / 2.0 - low) / (high - low)).clamp(0.0, 1.0)
    }

    /// A tick's value in writing, with the decimals that the axis needs.
    pub(crate) fn label(&self, tick: f64) -> String {
        let largest = self.low.abs().max(self.high.abs());
        if !(1e-3..1e6).contains(&largest) {
            return scientific(tick, (largest / self.step).log10().ceil().clamp(0.0, 9.0) as usize);
        }
        let decimals = (-self.step.log10() - 1e-9).ceil().clamp(0.0, 12.0) as usize;
        minus(format!("{tick:.decimals$}"))
    }
}

/// The least and the greatest finite value.
pub(crate) fn range(values: impl Iterator<Item = f64>) -> Option<(f64, f64)> {
    values.filter(|v| v.is_finite()).map(|v| v.clamp(-HUGE, HUGE)).fold(None, |r, v| match r {
        None => Some((v, v)),
        Some((a, b)) => Some((f64::min(a, v), f64::max(b, v))),
    })
}

/// The least of 1, 2, 5, 10 times a power of ten that is at least `raw`, or nearly.
fn nice_step(raw: f64) -> f64 {
    if raw <= 0.0 || !raw.is_finite() {
        return 1.0;
    }
    let power = 10f64.powf(raw.log10().floor());
    let part = raw / power;
    let nice = [1.0, 2.0, 5.0, 10.0].into_iter().find(|n| part <= n * 1.05).unwrap_or(10.0);
    nice * power
}

/// Removes the dust of binary fractions, as in 0.30000000000000004.
fn tidy(x: f64) -> f64 {
    if x == 0.0 { 0.0 } else { format!("{x:.12e}").parse().unwrap_or(x) }
}

/// Writes a leading hyphen as a minus sign.
fn minus(s: String) -> String {
    match s.strip_prefix('-') {
        Some(rest) if rest.chars().all(|c| c == '0' || c == '.') => rest.to_owned(),
        Some(rest) => format!("−{rest}"),
        None => s,
    }
}

/// `2.5×10⁶`, with at most `decimals` decimals.
fn scientific(x: f64, decimals: usize) -> String {
    if x == 0.0 {
        return "0".to_owned();
    }
    let s = format!("{x:.decimals$e}");
    let (mantissa, exponent) = s.split_once('e').unwrap_or((&s, "0"));
    let mantissa = match mantissa.contains('.') {
        true => mantissa.trim_end_matches('0').trim_end_matches('.'),
        false => mantissa,
    };
    let raised: String = exponent
        .chars()
        .map(|c| match c {
            '-' => '⁻',
            c => "⁰¹²³⁴⁵⁶⁷⁸⁹".chars().nth(c.to_digit(10).unwrap_or(0) as usize).unwrap_or(c),
        })
        .collect();
    minus(format!("{mantissa}×10{raised}"))
}

/// A value on its own, with about four significant digits: `0.0312`, `1,234`, `2.5×10⁷`.
pub(crate) fn value(x: f64) -> String {
    let size = x.abs();
    if x.is_nan() {
        return "NaN".to_owned();
    }
    if x.is_infinite() {
        return if x > 0.0 { "∞".to_owned() } else { "−∞".to_owned() };
    }
    if size != 0.0 && !(1e-4..1e6).contains(&size) {
        return scientific(x, 2);
    }
    if x.fract() == 0.0 {
        let sign = if x < 0.0 { "−" } else { "" };
        return format!("{sign}{}", count(size as u64));
    }
    let decimals = (3.0 - size.log10().floor()).clamp(1.0, 6.0) as usize;
    let s = format!("{x:.decimals$}");
    minus(s.trim_end_matches('0').trim_end_matches('.').to_owned())
}

/// A count with its thousands apart: `60,000`.
pub(crate) fn count(n: u64) -> String {
    let digits = n.to_string();
    let mut out = String::new();
    for (i, c) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            out.push(',');
        }
        out.push(c);
    }
    out
}

/// A count in at most four characters: `987`, `12k`, `3.4M`.
pub(crate) fn short_count(n: u64) -> String {
    let scaled = |d: f64, unit: &str| {
        let x = n as f64 / d;
        if x < 9.95 { format!("{x:.1}{unit}") } else { format!("{x:.0}{unit}") }
    };
    match n {
        0..1_000 => n.to_string(),
        1_000..1_000_000 => scaled(1e3, "k"),
        1_000_000..1_000_000_000 => scaled(1e6, "M"),
        _ => scaled(1e9, "G"),
    }
}

/// A share as a percentage with the decimals that keep what differs visible: `97.8 %` as `97.8%`.
pub(crate) fn percent(share: f64) -> String {
    let p = share * 100.0;
    if p == 0.0 || p == 100.0 { format!("{p:.0}%") } else { format!("{p:.2}%") }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn nice(values: &[f64]) -> Scale {
        Scale::nice(values.iter().copied(), 5, None)
    }

    #[test]
    fn ticks_are_round_and_enclose_the_values() {
        let s = nice(&[0.03, 2.31]);
        assert_eq!(s.ticks, [0.0, 0.5, 1.0, 1.5, 2.0, 2.5]);
        assert_eq!(s.label(0.5), "0.5");
        let s = nice(&[-37.0, 120.0]);
        assert_eq!(s.ticks.first(), Some(&-50.0));
        assert_eq!(s.label(-50.0), "−50");
        let s = Scale::nice([0.912, 0.987].into_iter(), 5, Some((0.0, 1.0)));
        assert!(s.high <= 1.0 && s.low >= 0.88, "{s:?}");
    }

    #[test]
    fn odd_values_still_make_an_axis() {
        let sets: [&[f64]; 10] = [
            &[],
            &[0.0],
            &[1.0],
            &[5e-300],
            &[f64::NAN, f64::INFINITY],
            &[f64::MAX, f64::MIN],
            &[1e300, 1e300 * (1.0 + 1e-15)],
            &[1e-320, 2e-320],
            &[1e15, 1e15 + 1.0],
            &[-3.0, -3.0],
        ];
        for values in sets {
            for limit in [None, Some((0.0, 1.0))] {
                let s = Scale::nice(values.iter().copied(), 5, limit);
                assert!(s.low < s.high, "{values:?}: {s:?}");
                assert!((2..=51).contains(&s.ticks.len()), "{values:?}: {s:?}");
                assert!(s.ticks.is_sorted());
                for v in values.iter().chain(&s.ticks).filter(|v| v.is_finite()) {
                    assert!((0.0..=1.0).contains(&s.at(*v)), "{v} on {s:?}");
                }
                assert!(s.ticks.iter().all(|t| !s.label(*t).is_empty()));
            }
        }
    }

    #[test]
    fn epochs_are_whole_numbers_from_one() {
        assert_eq!(Scale::integers(1.0, 5.0, 8).ticks, [1.0, 2.0, 3.0, 4.0, 5.0]);
        assert_eq!(Scale::integers(1.0, 20.0, 8).ticks, [1.0, 5.0, 10.0, 15.0, 20.0]);
        assert_eq!(Scale::integers(1.0, 1.0, 8).ticks, [1.0]);
        let s = Scale::integers(1.0, 1000.0, 8);
        assert_eq!(s.ticks[..3], [1.0, 200.0, 400.0]);
        assert_eq!(s.label(200.0), "200");
        assert_eq!(Scale::integers(1.0, 3.0, 8).label(2.0), "2");
        assert_eq!(nice(&[0.4, 0.7]).label(0.5), "0.5");
    }

    #[test]
    fn values_are_readable() {
        assert_eq!(value(0.03125), "0.03125");
        assert_eq!(value(1234.0), "1,234");
        assert_eq!(value(-0.5), "−0.5");
        assert_eq!(value(2.5e7), "2.5×10⁷");
        assert_eq!(value(f64::NAN), "NaN");
        assert_eq!(scientific(-1e-12, 2), "−1×10⁻¹²");
        assert_eq!(count(1_234_567), "1,234,567");
        assert_eq!(short_count(12_345), "12k");
        assert_eq!(short_count(1_234), "1.2k");
        assert_eq!(percent(0.97834), "97.83%");
        assert_eq!(nice(&[0.0, 5e6]).label(2e6), "2×10⁶");
    }
}
