//! Quantiles of values, by the definitions of Hyndman and Fan 1996, and of weighted ones.

use crate::record::one_of;

one_of! {
    /// Where a quantile lies between values: NumPy's names of the definitions.
    Method {
        /// Definition 1: the first value that so many are not above.
        InvertedCdf = "inverted_cdf",
        /// Definition 2: the same, halfway to the next where exactly so many are not above.
        AveragedInvertedCdf = "averaged_inverted_cdf",
        /// Definition 3: the nearest value.
        ClosestObservation = "closest_observation",
        /// Definition 4.
        InterpolatedInvertedCdf = "interpolated_inverted_cdf",
        /// Definition 5.
        Hazen = "hazen",
        /// Definition 6.
        Weibull = "weibull",
        /// Definition 7: the first value is the quantile 0, the last 1.
        Linear = "linear",
        /// Definition 8.
        MedianUnbiased = "median_unbiased",
        /// Definition 9.
        NormalUnbiased = "normal_unbiased",
    }
}

/// Puts those of the values that [`percentiles`] looks at where sorting would, which takes less than to sort
/// all of them. No value is NaN.
pub(super) fn arrange(values: &mut [f64], levels: &[f64]) {
    /// How far from the level's share of all a definition looks.
    const NEAR: usize = 3;
    fn select(values: &mut [f64], first: usize, places: &[usize]) {
        let middle = places.len() / 2;
        let Some(&place) = places.get(middle) else { return };
        let (left, _, right) = values.select_nth_unstable_by(place - first, f64::total_cmp);
        select(left, first, &places[..middle]);
        select(right, place + 1, &places[middle + 1..]);
    }
    let n = values.len();
    let around = |level: &f64| {
        let place = (n as f64 * level / 100.0) as usize;
        place.saturating_sub(NEAR)..(place + NEAR).min(n)
    };
    let mut places: Vec<usize> = levels.iter().flat_map(around).collect();
    places.sort_unstable();
    places.dedup();
    select(values, 0, &places);
}

/// The quantiles of values that [`arrange`] has arranged for the same `levels`, in percent.
pub(super) fn percentiles(arranged: &[f64], levels: &[f64], method: Method) -> Vec<f64> {
    levels.iter().map(|l| percentile(arranged, l / 100.0, method)).collect()
}

fn percentile(sorted: &[f64], q: f64, method: Method) -> f64 {
    let n = sorted.len();
    let at = |i: f64| sorted[(i.max(0.0) as usize).min(n - 1)];
    let count = n as f64;
    let between = |a: f64, b: f64| {
        let place = (count * q + a + q * (1.0 - a - b) - 1.0).clamp(0.0, count - 1.0);
        let (low, high) = (at(place.floor()), at(place.floor() + 1.0));
        let part = place - place.floor();
        if part >= 0.5 { high - (high - low) * (1.0 - part) } else { low + (high - low) * part }
    };
    match method {
        Method::InvertedCdf => at((count * q).ceil() - 1.0),
        Method::AveragedInvertedCdf => {
            let place = count * q - 1.0;
            if place.fract() == 0.0 && place >= 0.0 {
                at(place) * 0.5 + at(place + 1.0) * 0.5
            } else {
                at(place.ceil())
            }
        }
        Method::ClosestObservation => {
            let place = count * q - 1.5;
            let below = place.floor();
            let exact = place == below && below.rem_euclid(2.0) == 1.0;
            at(if exact { below } else { below + 1.0 })
        }
        Method::InterpolatedInvertedCdf => between(0.0, 1.0),
        Method::Hazen => between(0.5, 0.5),
        Method::Weibull => between(0.0, 0.0),
        Method::Linear => super::shared::quantile(sorted, q),
        Method::MedianUnbiased => between(1.0 / 3.0, 1.0 / 3.0),
        Method::NormalUnbiased => between(3.0 / 8.0, 3.0 / 8.0),
    }
}

/// The quantiles of weighted values at `levels`, in percent: the first value that so much weight is not
/// above; with `average`, halfway to the next where it is exactly so much.
pub(super) fn weighted_percentiles(
    values: &[f64],
    weights: &[f64],
    levels: &[f64],
    average: bool,
) -> Vec<f64> {
    let there = |i: &usize| weights[*i] != 0.0 && !values[*i].is_nan();
    let mut order: Vec<usize> = (0..values.len()).filter(there).collect();
    order.sort_by(|&a, &b| values[a].total_cmp(&values[b]));
    let sums: Vec<f64> = order
        .iter()
        .scan(0.0, |sum, &i| {
            *sum += weights[i];
            Some(*sum)
        })
        .collect();
    let Some(&total) = sums.last() else { return vec![f64::NAN; levels.len()] };
    let one = |&level: &f64| {
        let goal = level / 100.0 * total;
        let rounding = f64::EPSILON * total * 4.0;
        let last = order.len() - 1;
        let place = sums.partition_point(|&s| s < goal - rounding).min(last);
        let x = values[order[place]];
        if average && level > 0.0 && (sums[place] - goal).abs() <= rounding && place < last {
            (x + values[order[place + 1]]) / 2.0
        } else {
            x
        }
    };
    levels.iter().map(one).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quantiles_of_arranged_values_are_those_of_sorted_ones() {
        use Method::*;
        let all = [
            InvertedCdf,
            AveragedInvertedCdf,
            ClosestObservation,
            InterpolatedInvertedCdf,
            Hazen,
            Weibull,
            Linear,
            MedianUnbiased,
            NormalUnbiased,
        ];
        for n in [1, 2, 5, 16, 101, 1000] {
            let values: Vec<f64> = (0..n).map(|i| f64::from(i * 7919 % 1009 % 97)).collect();
            let mut sorted = values.clone();
            sorted.sort_unstable_by(f64::total_cmp);
            for count in [1, 4, 10, 37] {
                let levels: Vec<f64> =
                    (0..=count).map(|i| f64::from(i) * (100.0 / f64::from(count))).collect();
                let mut arranged = values.clone();
                arrange(&mut arranged, &levels);
                for method in all {
                    assert_eq!(
                        percentiles(&arranged, &levels, method),
                        percentiles(&sorted, &levels, method),
                        "{n} {method:?}"
                    );
                }
            }
        }
    }

    #[test]
    fn weights_count_as_repetitions() {
        let values = [3.0, 1.0, 2.0, 5.0];
        let weights = [2.0, 1.0, 0.0, 3.0];
        let repeated = [1.0, 3.0, 3.0, 5.0, 5.0, 5.0];
        let levels: Vec<f64> = (0..=20).map(|i| f64::from(i) * 5.0).collect();
        for (average, method) in [(true, Method::AveragedInvertedCdf), (false, Method::InvertedCdf)]
        {
            assert_eq!(
                weighted_percentiles(&values, &weights, &levels, average),
                percentiles(&repeated, &levels, method)
            );
        }
    }
}
