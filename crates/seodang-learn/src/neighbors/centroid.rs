//! `NearestCentroid`.

use crate::estimator::{Estimator, Model, Tags, Task, argmax};
use crate::features::Features;
use crate::record::{Either, estimator, one_of};
use crate::state::{State, broken, model};
use crate::target::Y;
use crate::warning::{Kind, warn};
use seodang_core::{Array, Error, Result, text};

one_of! {
    /// How the distance to a centroid is measured.
    CentroidMetric {
        /// The sum of differences; a centroid is a median.
        Manhattan = "manhattan",
        /// The root of the sum of squares; a centroid is a mean.
        Euclidean = "euclidean",
    }
}

one_of! {
    /// How likely each class is before a sample is seen.
    PriorRule {
        /// By its share of the samples.
        Empirical = "empirical",
        /// All alike.
        Uniform = "uniform",
    }
}

/// The probabilities of the classes before a sample is seen: a rule, or numbers.
pub type Priors = Either<PriorRule, Vec<f64>>;

estimator! {
    /// Classifies by the nearest centroid; with a threshold, by shrunken centroids, which leave features
    /// out that do not tell. Source: Tibshirani, Hastie, Narasimhan and Chu 2002.
    NearestCentroid in "neighbors" {
        /// How distances are measured.
        metric: CentroidMetric = CentroidMetric::Euclidean;
        /// By how much centroids are drawn to that of all samples.
        shrink_threshold: Option<f64> = None, Range::above(0.0);
        /// How likely each class is before a sample is seen.
        priors: Priors = Either::A(PriorRule::Uniform);
    }
}

model! {
    /// What `NearestCentroid` learns.
    pub(crate) struct NearestCentroidModel {
        /// The centroid of each class.
        pub centroids: Array,
        /// The probabilities of the classes.
        pub class_prior: Array,
        /// How far each centroid is from that of all samples, in deviations.
        pub deviations: Array,
        /// The deviation of each feature within classes.
        pub within_class_std_dev: Array,
        manhattan: bool,
        alike: bool,
    }
}

impl Estimator for NearestCentroid {
    fn tags(&self) -> Tags {
        Tags { sparse: true, ..Tags::new(Task::Classifier) }
    }

    fn methods(&self) -> &'static [&'static str] {
        &["predict_proba", "decision_function"]
    }

    fn learn(&self, x: &Features<'_>, y: &Y, _: Option<&[f64]>) -> Result<Box<dyn Model>> {
        let codes = y.codes()?;
        let k = codes.n;
        if k < 2 {
            return Err(Error::value(text!(
                en: "The number of classes has to be greater than one; got {k} class",
                ko: "클래스가 둘 이상 있어야 하는데 {k}개입니다"
            )));
        }
        let manhattan = self.metric == CentroidMetric::Manhattan;
        let dense = x.dense();
        let x = dense.f64();
        let (n, d) = (x.rows, x.cols);
        let mut groups = vec![Vec::new(); k];
        codes.codes.iter().enumerate().for_each(|(i, &c)| groups[c as usize].push(i));
        let class_prior = self.prior(&groups, n)?;
        let mean = |rows: &mut dyn Iterator<Item = usize>, count: usize| {
            let mut sums = vec![0.0; d];
            rows.for_each(|i| sums.iter_mut().zip(x.row(i)).for_each(|(s, v)| *s += v));
            sums.iter_mut().for_each(|s| *s /= count as f64);
            sums
        };
        let mut centroids = Vec::with_capacity(k * d);
        for group in &groups {
            if manhattan {
                let column = |c: usize| group.iter().map(|&i| x.row(i)[c]).collect::<Vec<_>>();
                centroids.extend((0..d).map(|c| median(column(c))));
            } else {
                centroids.extend(mean(&mut group.iter().copied(), group.len()));
            }
        }
        let constant = (0..d).all(|c| (1..n).all(|i| x.row(i)[c] == x.row(0)[c]));
        if constant {
            return Err(Error::value(text!(
                en: "All features have zero variance. Division by zero.",
                ko: "모든 특성의 분산이 0입니다."
            )));
        }
        let all = mean(&mut (0..n), n);
        let mut squares = vec![0.0; d];
        for (i, &c) in codes.codes.iter().enumerate() {
            let centroid = &centroids[c as usize * d..];
            let parts = squares.iter_mut().zip(x.row(i)).zip(centroid);
            parts.for_each(|((s, x), m)| *s += (x - m).powi(2));
        }
        let within: Vec<f64> = squares.iter().map(|s| (s / (n - k) as f64).sqrt()).collect();
        if within.contains(&0.0) {
            warn(
                Kind::User,
                "self.within_class_std_dev_ has at least 1 zero standard deviation.Inputs within the \
                 same classes for at least 1 feature are identical.",
            );
        }
        let typical = median(within.clone());
        let mut deviations = vec![0.0; k * d];
        for (c, group) in groups.iter().enumerate() {
            let size = (1.0 / group.len() as f64 - 1.0 / n as f64).sqrt();
            for j in 0..d {
                let scale = size * (within[j] + typical);
                let at = c * d + j;
                deviations[at] = (centroids[at] - all[j]) / scale;
                if let Some(threshold) = self.shrink_threshold {
                    let left = (deviations[at].abs() - threshold).max(0.0);
                    deviations[at] = left * deviations[at].signum();
                    centroids[at] = all[j] + scale * deviations[at];
                }
            }
        }
        let alike = class_prior.iter().all(|p| (p - 1.0 / k as f64).abs() < 1e-8);
        Ok(Box::new(NearestCentroidModel {
            centroids: Array::from_vec([k, d], centroids)?,
            class_prior: Array::from_vec([k], class_prior)?,
            deviations: Array::from_vec([k, d], deviations)?,
            within_class_std_dev: Array::from_vec([d], within)?,
            manhattan,
            alike,
        }))
    }

    fn restore(&self, state: &mut State) -> Result<Box<dyn Model>> {
        let model = NearestCentroidModel::restore(state, "")?;
        let fits = match *model.centroids.shape().dims() {
            [k, d] => model.class_prior.size() == k && model.within_class_std_dev.size() == d,
            _ => false,
        };
        if fits { Ok(Box::new(model)) } else { Err(broken("centroids")) }
    }

    fn boxed(&self) -> Box<dyn Estimator> {
        Box::new(self.clone())
    }
}

impl NearestCentroid {
    fn prior(&self, groups: &[Vec<usize>], n: usize) -> Result<Vec<f64>> {
        let k = groups.len();
        let mut prior = match &self.priors {
            Either::A(PriorRule::Uniform) => vec![1.0 / k as f64; k],
            Either::A(PriorRule::Empirical) => {
                groups.iter().map(|g| g.len() as f64 / n as f64).collect()
            }
            Either::B(given) => given.clone(),
        };
        if prior.len() != k || prior.iter().any(|&p| p < 0.0) {
            return Err(Error::value(text!(
                en: "priors must be non-negative",
                ko: "priors는 클래스마다 하나씩, 0 이상이어야 합니다"
            ))
            .given("priors", prior.len())
            .given("classes", k));
        }
        let sum: f64 = prior.iter().sum();
        if (sum - 1.0).abs() > 1e-5 {
            warn(Kind::User, "The priors do not sum to 1. Normalizing such that it sums to one.");
            prior.iter_mut().for_each(|p| *p /= sum);
        }
        Ok(prior)
    }
}

fn median(mut numbers: Vec<f64>) -> f64 {
    numbers.sort_by(f64::total_cmp);
    let n = numbers.len();
    match n % 2 {
        _ if n == 0 => 0.0,
        1 => numbers[n / 2],
        _ => (numbers[n / 2 - 1] + numbers[n / 2]) / 2.0,
    }
}

impl NearestCentroidModel {
    /// A number for each class, from the pairs of a sample's features and a centroid's.
    fn scores(&self, x: &Features<'_>, of: impl Fn(usize, &[f64], &[f64]) -> f64) -> Vec<f64> {
        let dense = x.dense();
        let x = dense.f64();
        let centroids = self.centroids.to_f64_vec();
        let of = &of;
        let row = |row: usize| {
            let all = centroids.chunks_exact(x.cols).enumerate();
            all.map(|(c, m)| of(c, x.row(row), m)).collect::<Vec<_>>()
        };
        (0..x.rows).flat_map(row).collect()
    }

    /// Squared distances in deviations, less the logarithm of how likely a class is; negative.
    fn discriminants(&self, x: &Features<'_>) -> Result<Vec<f64>> {
        if self.manhattan {
            return Err(Error::unsupported(text!(
                en: "decision_function and predict_proba are only there for metric='euclidean'",
                ko: "decision_function과 predict_proba는 metric='euclidean'일 때만 있습니다"
            )));
        }
        let (within, prior) =
            (self.within_class_std_dev.to_f64_vec(), self.class_prior.to_f64_vec());
        Ok(self.scores(x, |c, x, m| {
            let parts = x.iter().zip(m).zip(&within);
            let square: f64 = parts
                .map(|((x, m), s)| if *s == 0.0 { x - m } else { (x - m) / s })
                .map(|z| z * z)
                .sum();
            -square + 2.0 * prior[c].ln()
        }))
    }
}

impl Model for NearestCentroidModel {
    fn predict_codes(&self, x: &Features<'_>) -> Result<Vec<Vec<u32>>> {
        let k = self.class_prior.size();
        let scores = if self.manhattan {
            self.scores(x, |_, x, m| -x.iter().zip(m).map(|(x, m)| (x - m).abs()).sum::<f64>())
        } else if self.alike {
            self.scores(x, |_, x, m| -x.iter().zip(m).map(|(x, m)| (x - m).powi(2)).sum::<f64>())
        } else {
            self.discriminants(x)?
        };
        Ok(vec![scores.chunks_exact(k).map(argmax).collect()])
    }

    fn decision_function(&self, x: &Features<'_>) -> Result<Array> {
        let (k, all) = (self.class_prior.size(), self.discriminants(x)?);
        match k {
            2 => Array::from_vec([x.rows()], all.chunks_exact(2).map(|s| s[1] - s[0]).collect()),
            _ => Array::from_vec([x.rows(), k], all),
        }
    }

    fn predict_proba(&self, x: &Features<'_>) -> Result<Vec<Array>> {
        let (k, mut all) = (self.class_prior.size(), self.discriminants(x)?);
        for row in all.chunks_exact_mut(k) {
            let most = row.iter().copied().fold(f64::NEG_INFINITY, f64::max);
            row.iter_mut().for_each(|s| *s = (*s - most).exp());
            let sum: f64 = row.iter().sum();
            row.iter_mut().for_each(|s| *s /= sum);
        }
        Ok(vec![Array::from_vec([x.rows(), k], all)?])
    }
}
