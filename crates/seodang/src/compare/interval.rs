//! Where a score will lie on other rows.

use super::data::score;
use seodang_core::random::Stream;
use seodang_data::Task;

/// A lower and an upper bound.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Interval {
    /// The lower bound.
    pub low: f64,
    /// The upper bound.
    pub high: f64,
}

/// How many tables are drawn for the bounds of an R².
const DRAWS: usize = 400;

/// Where the score of a method will lie on `new` rows like these, 19 times out of 20, as seen from rows
/// that it did not learn from: both how few these are and how few the new ones are makes it uncertain.
///
/// For classes, Wilson's interval (1927) for the harmonic number of rows `1 / (1 / n + 1 / new)`; for
/// quantities, a bootstrap (Efron 1979) of tables of that many rows.
pub fn interval(task: Task, truth: &[f64], said: &[f64], new: usize, seed: u64) -> Interval {
    let n = truth.len().max(1) as f64;
    let size = 1.0 / (1.0 / n + 1.0 / new.max(1) as f64);
    match task {
        Task::Classification => {
            // Only so many scores are possible for so many rows: those at the bounds are among them.
            let Interval { low, high } = wilson(score(task, truth, said), size);
            let new = new.max(1) as f64;
            Interval { low: (low * new).floor() / new, high: (high * new).ceil() / new }
        }
        Task::Regression => {
            let rows = (size.round() as usize).max(2);
            let mut random = Stream::new(seed, 991);
            let mut all: Vec<f64> = (0..DRAWS)
                .map(|_| {
                    let (mut y, mut f) = (Vec::with_capacity(rows), Vec::with_capacity(rows));
                    for _ in 0..rows {
                        let i = random.below(truth.len() as u64) as usize;
                        y.push(truth[i]);
                        f.push(said[i]);
                    }
                    score(task, &y, &f)
                })
                .filter(|s| s.is_finite())
                .collect();
            all.sort_by(f64::total_cmp);
            let at = |share: f64| {
                let last = all.len().saturating_sub(1);
                all.get((share * last as f64).round() as usize).copied().unwrap_or(f64::NAN)
            };
            Interval { low: at(0.025), high: at(0.975) }
        }
    }
}

fn wilson(p: f64, n: f64) -> Interval {
    let z = 1.959_964;
    let scale = 1.0 + z * z / n;
    let middle = (p + z * z / (2.0 * n)) / scale;
    let half = z / scale * (p * (1.0 - p) / n + z * z / (4.0 * n * n)).sqrt();
    Interval { low: (middle - half).max(0.0), high: (middle + half).min(1.0) }
}

/// Whether one method's predictions are better than another's beyond chance: by the sign test's normal
/// form for classes (McNemar 1947), by the paired differences of squared errors for quantities.
pub(crate) fn differs(task: Task, truth: &[f64], better: &[f64], other: &[f64]) -> bool {
    let loss = |y: f64, f: f64| match task {
        Task::Classification => f64::from(y != f),
        Task::Regression => (y - f).powi(2),
    };
    let gains: Vec<f64> =
        (0..truth.len()).map(|i| loss(truth[i], other[i]) - loss(truth[i], better[i])).collect();
    let n = gains.len().max(2) as f64;
    let mean = gains.iter().sum::<f64>() / n;
    let spread = (gains.iter().map(|g| (g - mean).powi(2)).sum::<f64>() / (n - 1.0)).sqrt();
    mean > 1.96 * spread / n.sqrt() && mean > 0.0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wilsons_bounds_are_those_of_the_paper() {
        // 81 of 263 (Newcombe 1998, table I): 0.2553 to 0.3662.
        let i = wilson(81.0 / 263.0, 263.0);
        assert!((i.low - 0.2553).abs() < 1e-4 && (i.high - 0.3662).abs() < 1e-4, "{i:?}");
        let all = wilson(1.0, 20.0);
        assert!(all.low < 0.9 && all.high == 1.0);
    }

    #[test]
    fn about_one_in_twenty_scores_lies_outside() {
        let mut random = Stream::new(4, 0);
        let mut draw = |task: Task, n: usize| {
            let y: Vec<f64> = (0..n).map(|_| random.normal()).collect();
            let f: Vec<f64> = match task {
                Task::Regression => y.iter().map(|y| 0.8 * y + 0.5 * random.normal()).collect(),
                Task::Classification => {
                    y.iter().map(|y| if random.uniform() < 0.8 { *y } else { y + 1.0 }).collect()
                }
            };
            (y, f)
        };
        for task in [Task::Classification, Task::Regression] {
            let mut inside = 0;
            for seed in 0..200 {
                let (y, f) = draw(task, 300);
                let bounds = interval(task, &y, &f, 80, seed);
                let (y, f) = draw(task, 80);
                let s = score(task, &y, &f);
                inside += usize::from(bounds.low <= s && s <= bounds.high);
            }
            assert!((180..=199).contains(&inside), "{task:?}: {inside} of 200");
        }
    }

    #[test]
    fn differences_beyond_chance_are_seen() {
        let y = vec![1.0; 400];
        let good: Vec<f64> = (0..400).map(|i| f64::from(i % 10 != 0)).collect();
        let bad: Vec<f64> = (0..400).map(|i| f64::from(i % 5 != 0)).collect();
        assert!(differs(Task::Classification, &y, &good, &bad));
        assert!(!differs(Task::Classification, &y, &good, &good));
        assert!(!differs(Task::Classification, &y, &bad, &good));
    }
}
