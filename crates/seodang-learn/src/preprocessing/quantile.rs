//! `QuantileTransformer`.

use super::shared::{kept, map_dense, map_entries, one_to_one, quantile};
use crate::estimator::{Estimator, Model, Tags, Task};
use crate::features::{Features, Matrix, Real};
use crate::normal;
use crate::record::{Seed, estimator, one_of};
use crate::state::model;
use crate::target::Y;
use crate::warning::{Kind, warn};
use seodang_core::random::Stream;
use seodang_core::{Error, Result, text};

/// How near to the ends a share counts as one, so that a normal quantile of it is finite.
const END: f64 = 1e-7;

one_of! {
    /// What columns are spread like.
    Distribution {
        /// Evenly between 0 and 1.
        Uniform = "uniform",
        /// Normally.
        Normal = "normal",
    }
}

estimator! {
    /// Spreads each column evenly or normally: a value becomes the share of those that are not above it.
    QuantileTransformer in "preprocessing" {
        /// How many quantiles are kept.
        n_quantiles: i64 = 1000, Range::from(1.0);
        /// What columns are spread like.
        output_distribution: Distribution = Distribution::Uniform;
        /// Whether the zeros that a sparse matrix does not hold count for nothing.
        ignore_implicit_zeros: bool = false;
        /// How many samples, drawn at random, the quantiles are those of; None is all.
        subsample: Option<i64> = Some(10_000), Range::from(1.0);
        /// The seed of the samples that are drawn.
        random_state: Seed = Seed::default();
        /// Accepted for compatibility: X is never changed.
        copy: bool = true;
    }
}

model! {
    /// What `QuantileTransformer` learns.
    pub(crate) struct QuantileTransformerModel {
        /// How many quantiles there are.
        pub n_quantiles: usize,
        /// The quantiles: theirs by features.
        pub quantiles: Matrix<'static, f64>,
        /// The share of each.
        pub references: Vec<f64>,
        /// Each feature's quantiles.
        columns: Vec<Vec<f64>>,
        normal: bool,
    }
}

impl Estimator for QuantileTransformer {
    fn tags(&self) -> Tags {
        Tags { sparse: true, nan: true, ..Tags::new(Task::Transformer) }
    }

    fn methods(&self) -> &'static [&'static str] {
        &["inverse_transform", "get_feature_names_out"]
    }

    fn learn(&self, x: &Features<'_>, _: &Y, _: Option<&[f64]>) -> Result<Box<dyn Model>> {
        let rows = x.rows();
        let below = |s: &crate::features::Csr<'_>| s.data.iter().any(|&v| v < 0.0);
        if matches!(x, Features::Sparse(s) if !self.ignore_implicit_zeros && below(s)) {
            return Err(Error::value(text!(
                en: "QuantileTransformer only accepts non-negative sparse matrices.",
                ko: "QuantileTransformer는 음수가 없는 희소 행렬만 받습니다."
            )));
        }
        if let Some(subsample) = self.subsample.filter(|&s| self.n_quantiles > s) {
            let quantiles = self.n_quantiles;
            return Err(Error::value(text!(
                en: "The number of quantiles cannot be greater than the number of samples used. Got \
                     {quantiles} quantiles and {subsample} samples.",
                ko: "분위수의 수({quantiles})는 쓰는 샘플의 수({subsample})보다 클 수 없습니다."
            )));
        }
        if self.n_quantiles as usize > rows {
            let quantiles = self.n_quantiles;
            warn(
                Kind::User,
                format!(
                    "n_quantiles ({quantiles}) is greater than the total number of samples ({rows}). \
                     n_quantiles is set to n_samples."
                ),
            );
        }
        let n = (self.n_quantiles as usize).min(rows).max(1);
        let references: Vec<f64> = match n {
            1 => vec![0.0],
            // As NumPy's `linspace`: the digits decide which values are equal to a quantile.
            n => (0..n)
                .map(|i| if i + 1 == n { 1.0 } else { i as f64 * (1.0 / (n - 1) as f64) })
                .collect(),
        };
        let subsample = self.subsample.map_or(usize::MAX, |s| s as usize);
        let sort = |c: &mut [f64]| c.sort_unstable_by(f64::total_cmp);
        let sorted = match x {
            Features::Sparse(s) if self.ignore_implicit_zeros => {
                let mut columns = vec![Vec::new(); s.cols];
                for (&c, &v) in s.indices.iter().zip(s.data.iter()).filter(|(_, v)| !v.is_nan()) {
                    columns[c as usize].push(v);
                }
                columns.iter_mut().for_each(|c| sort(c));
                columns
            }
            x if rows > subsample => {
                let some = without_replacement(rows, subsample, self.random_state.get());
                super::robust::columns(&x.take(&some), sort)
            }
            x => super::robust::columns(x, sort),
        };
        let columns: Vec<Vec<f64>> = sorted
            .iter()
            .map(|values| {
                let mut most = f64::NEG_INFINITY;
                let of = |&r: &f64| {
                    let q = if values.is_empty() {
                        f64::NAN
                    } else {
                        quantile(values, r * 100.0 / 100.0)
                    };
                    // Rounding must not make a quantile fall.
                    most = if q > most { q } else { most };
                    if q.is_nan() { q } else { most }
                };
                // A sparse column without entries is all zeros.
                match values.is_empty() && matches!(x, Features::Sparse(_)) {
                    true => vec![0.0; n],
                    false => references.iter().map(of).collect(),
                }
            })
            .collect();
        let table = (0..n).flat_map(|i| columns.iter().map(move |c| c[i])).collect::<Vec<_>>();
        Ok(Box::new(QuantileTransformerModel {
            n_quantiles: n,
            quantiles: Matrix::new(table, n, x.cols()),
            references,
            columns,
            normal: self.output_distribution == Distribution::Normal,
        }))
    }

    kept!(QuantileTransformerModel);
}

/// The numbers of `n` of `rows` samples, each at most once, in rising order.
fn without_replacement(rows: usize, n: usize, seed: u64) -> Vec<usize> {
    let mut stream = Stream::new(seed, 0);
    let mut all: Vec<usize> = (0..rows).collect();
    for i in 0..n {
        let u = f64::from(stream.next_u32()) / 4_294_967_296.0;
        let j = i + ((u * (rows - i) as f64) as usize).min(rows - i - 1);
        all.swap(i, j);
    }
    all.truncate(n);
    all.sort_unstable();
    all
}

impl QuantileTransformerModel {
    /// The share of the values that are not above `x`.
    fn share(&self, column: usize, x: f64) -> f64 {
        let q = &self.columns[column];
        let (first, last) = (q[0], q[q.len() - 1]);
        if x.is_nan() || first.is_nan() {
            return f64::NAN;
        }
        let share = if self.normal {
            if x - END < first {
                0.0
            } else if x + END > last {
                1.0
            } else {
                self.between(q, x)
            }
        } else if x == first {
            0.0
        } else if x == last {
            1.0
        } else {
            self.between(q, x)
        };
        if !self.normal {
            return share;
        }
        let low = normal::quantile(END - f64::EPSILON);
        let high = normal::quantile(1.0 - (END - f64::EPSILON));
        normal::quantile(share).clamp(low, high)
    }

    fn between(&self, q: &[f64], x: f64) -> f64 {
        let r = &self.references;
        let above = q.partition_point(|&q| q <= x);
        if above == 0 {
            return 0.0;
        }
        if q[above - 1] == x {
            // Equal quantiles: the middle of their shares.
            let first = q.partition_point(|&q| q < x);
            return 0.5 * (r[first] + r[above - 1]);
        }
        if above == q.len() {
            return 1.0;
        }
        let (a, b) = (q[above - 1], q[above]);
        r[above - 1] + (r[above] - r[above - 1]) / (b - a) * (x - a)
    }

    /// The value that a share of the values are not above.
    fn value(&self, column: usize, share: f64) -> f64 {
        let (q, r) = (&self.columns[column], &self.references);
        if share.is_nan() {
            return share;
        }
        let (first, last) = (q[0], q[q.len() - 1]);
        let mut share = share;
        if self.normal {
            share = normal::share(share);
            if share - END < 0.0 {
                return first;
            }
            if share + END > 1.0 {
                return last;
            }
        }
        let above = r.partition_point(|&r| r <= share);
        if above == 0 {
            return first;
        }
        if above == r.len() {
            return last;
        }
        let (a, b) = (r[above - 1], r[above]);
        q[above - 1] + (q[above] - q[above - 1]) / (b - a) * (share - a)
    }

    fn each(&self, x: &Features<'_>, f: impl Fn(usize, f64) -> f64 + Sync) -> Features<'static> {
        match x {
            Features::Sparse(s) => map_entries(s, f),
            Features::Dense(d) => map_dense!(d, x.cols(), |m, row, out| {} {
                for (j, (o, &x)) in out.iter_mut().zip(row).enumerate() {
                    *o = T::of(f(j, x.f64()));
                }
            }),
        }
    }

    fn check(&self, x: &Features<'_>) -> Result<()> {
        let Features::Sparse(s) = x else { return Ok(()) };
        if s.data.iter().any(|&v| v < 0.0) {
            return Err(Error::value(text!(
                en: "QuantileTransformer only accepts non-negative sparse matrices.",
                ko: "QuantileTransformer는 음수가 없는 희소 행렬만 받습니다."
            )));
        }
        Ok(())
    }
}

impl Model for QuantileTransformerModel {
    fn transform(&self, x: &Features<'_>) -> Result<Features<'static>> {
        self.check(x)?;
        if self.columns.iter().any(|c| c.len() != self.references.len()) {
            return Err(crate::state::broken("columns"));
        }
        Ok(self.each(x, |j, x| self.share(j, x)))
    }

    fn inverse_transform(&self, x: &Features<'_>) -> Result<Features<'static>> {
        if x.cols() != self.columns.len() {
            let (given, expected) = (x.cols(), self.columns.len());
            return Err(Error::value(text!(
                en: "X has {given} features, but QuantileTransformer is expecting {expected} features \
                     as input.",
                ko: "X의 특성은 {given}개인데 QuantileTransformer는 {expected}개를 기대합니다."
            )));
        }
        Ok(self.each(x, |j, x| self.value(j, x)))
    }

    one_to_one!();
}
