//! `KBinsDiscretizer`.

use super::quantiles::{Method, arrange, percentiles, weighted_percentiles};
use super::shared::{kept, named};
use crate::estimator::{Estimator, Model, Tags, Task};
use crate::features::{Csr, Features, Matrix};
use crate::record::{Either, Param, Seed, Value, estimator, one_of};
use crate::state::{broken, model};
use crate::table::Schema;
use crate::target::Y;
use crate::warning::{Kind, warn};
use seodang_core::random::Stream;
use seodang_core::{Error, Result, text};

one_of! {
    /// How the bin of a value is written.
    Encode {
        /// A column for each bin, of which one is 1; sparse.
        Onehot = "onehot",
        /// The same, dense.
        OnehotDense = "onehot-dense",
        /// The number of the bin.
        Ordinal = "ordinal",
    }
}

one_of! {
    /// Where bins end.
    Strategy {
        /// All are equally wide.
        Uniform = "uniform",
        /// All hold as many samples.
        Quantile = "quantile",
        /// Each holds what is nearest to one mean.
        Kmeans = "kmeans",
    }
}

one_of! {
    /// A type of numbers.
    Float {
        /// Of 64 bits.
        F64 = "float64",
        /// Of 32 bits.
        F32 = "float32",
    }
}

estimator! {
    /// Sorts the values of each column into bins.
    KBinsDiscretizer in "preprocessing" {
        /// The number of bins, or one for each column.
        n_bins: Either<i64, Vec<i64>> = Either::A(5), Range::from(2.0);
        /// How the bin of a value is written.
        encode: Encode = Encode::Onehot;
        /// Where bins end.
        strategy: Strategy = Strategy::Quantile;
        /// How quantiles lie between values.
        quantile_method: Method = Method::AveragedInvertedCdf;
        /// The type of the output; None is that of the input.
        dtype: Option<Float> = None;
        /// How many samples, drawn at random, the ends of bins are found from; None is all.
        subsample: Option<i64> = Some(200_000), Range::from(1.0);
        /// The seed of the samples that are drawn.
        random_state: Seed = Seed::default();
    }
}

model! {
    /// What `KBinsDiscretizer` learns.
    pub(crate) struct KBinsDiscretizerModel {
        /// The ends of the bins of each column.
        pub bin_edges: Vec<Vec<f64>>,
        /// The number of bins of each column.
        pub n_bins: Vec<i64>,
        encode: String,
        single: Option<bool>,
    }
}

impl KBinsDiscretizer {
    fn counts(&self, cols: usize) -> Result<Vec<i64>> {
        let given = match &self.n_bins {
            Either::A(n) => return Ok(vec![*n; cols]),
            Either::B(given) => given,
        };
        if given.len() != cols {
            return Err(Error::value(text!(
                en: "n_bins must be a scalar or array of shape (n_features,).",
                ko: "n_bins는 정수 하나이거나 특성마다 하나여야 합니다."
            )));
        }
        Ok(given.clone())
    }

    fn edges(
        &self,
        mut values: Vec<f64>,
        weights: Option<&[f64]>,
        bins: i64,
        column: usize,
    ) -> Vec<f64> {
        let counted = |i: usize| weights.is_none_or(|w| w[i] != 0.0);
        let among = values
            .iter()
            .enumerate()
            .filter(|(i, _)| self.strategy == Strategy::Quantile || counted(*i));
        let (low, high) =
            among.fold((f64::INFINITY, f64::NEG_INFINITY), |(a, b), (_, &x)| (a.min(x), b.max(x)));
        if low == high {
            warn(Kind::User, format!("Feature {column} is constant and will be replaced with 0."));
            return vec![f64::NEG_INFINITY, f64::INFINITY];
        }
        let n = bins as usize;
        let even =
            |i: usize| if i == n { high } else { low + i as f64 * ((high - low) / n as f64) };
        let edges: Vec<f64> = match self.strategy {
            Strategy::Uniform => return (0..=n).map(even).collect(),
            Strategy::Quantile => {
                let levels: Vec<f64> = (0..=n)
                    .map(|i| if i == n { 100.0 } else { i as f64 * (100.0 / n as f64) })
                    .collect();
                match weights {
                    None => {
                        arrange(&mut values, &levels);
                        percentiles(&values, &levels, self.quantile_method)
                    }
                    Some(w) => {
                        let average = self.quantile_method == Method::AveragedInvertedCdf;
                        weighted_percentiles(&values, w, &levels, average)
                    }
                }
            }
            Strategy::Kmeans => {
                let starts = (0..n).map(|i| (even(i) + even(i + 1)) / 2.0).collect();
                let centers = means(&values, weights, starts);
                let mut edges = vec![low];
                edges.extend(centers.windows(2).map(|w| (w[0] + w[1]) / 2.0));
                edges.push(high);
                edges
            }
        };
        let mut kept: Vec<f64> = Vec::new();
        for (i, &e) in edges.iter().enumerate() {
            if i == 0 || e - edges[i - 1] > 1e-8 {
                kept.push(e);
            }
        }
        if kept.len() - 1 != n {
            warn(
                Kind::User,
                format!(
                    "Bins whose width are too small (i.e., <= 1e-8) in feature {column} are removed. \
                     Consider decreasing the number of bins."
                ),
            );
        }
        kept
    }
}

/// Means of clusters in one dimension, in rising order, until they hardly move. A cluster that nothing is
/// nearest to begins again at what is farthest from its own. Source: Lloyd 1982.
fn means(values: &[f64], weights: Option<&[f64]>, mut centers: Vec<f64>) -> Vec<f64> {
    let n = values.len() as f64;
    let mean = values.iter().sum::<f64>() / n;
    let least = 1e-4 * values.iter().map(|x| (x - mean) * (x - mean)).sum::<f64>() / n;
    let mut before = Vec::new();
    for _ in 0..300 {
        let (mut sums, mut counts) = (vec![0.0; centers.len()], vec![0.0; centers.len()]);
        let mut labels = Vec::with_capacity(values.len());
        for (i, &x) in values.iter().enumerate() {
            let mut best = 0;
            for (c, center) in centers.iter().enumerate() {
                if (x - center).abs() < (x - centers[best]).abs() {
                    best = c;
                }
            }
            let w = weights.map_or(1.0, |w| w[i]);
            sums[best] += w * x;
            counts[best] += w;
            labels.push(best);
        }
        let empty: Vec<usize> = (0..centers.len()).filter(|&c| counts[c] == 0.0).collect();
        if !empty.is_empty() {
            let mut far: Vec<usize> = (0..values.len()).collect();
            let distance = |i: usize| (values[i] - centers[labels[i]]).abs();
            far.sort_by(|&a, &b| distance(b).total_cmp(&distance(a)));
            for (&c, &i) in empty.iter().zip(&far) {
                let w = weights.map_or(1.0, |w| w[i]);
                sums[labels[i]] -= w * values[i];
                counts[labels[i]] -= w;
                (sums[c], counts[c]) = (w * values[i], w);
            }
        }
        let mut moved = 0.0;
        for ((center, sum), count) in centers.iter_mut().zip(&sums).zip(&counts) {
            let mean = if *count > 0.0 { sum / count } else { *center };
            moved += (mean - *center) * (mean - *center);
            *center = mean;
        }
        if labels == before || moved <= least {
            break;
        }
        before = labels;
    }
    centers.sort_unstable_by(f64::total_cmp);
    centers
}

impl Estimator for KBinsDiscretizer {
    fn tags(&self) -> Tags {
        Tags { weights: true, ..Tags::new(Task::Transformer) }
    }

    fn methods(&self) -> &'static [&'static str] {
        &["inverse_transform", "get_feature_names_out"]
    }

    fn learn(&self, x: &Features<'_>, _: &Y, weights: Option<&[f64]>) -> Result<Box<dyn Model>> {
        let dense = x.dense();
        let cols = x.cols();
        let counts = self.counts(cols)?;
        let averaged =
            matches!(self.quantile_method, Method::AveragedInvertedCdf | Method::InvertedCdf);
        if self.strategy == Strategy::Quantile && weights.is_some() && !averaged {
            let got = self.quantile_method.name();
            return Err(Error::value(text!(
                en: "When fitting with strategy='quantile' and sample weights, quantile_method should \
                     either be set to 'averaged_inverted_cdf' or 'inverted_cdf', got \
                     quantile_method='{got}' instead.",
                ko: "sample_weight가 있을 때 quantile_method는 'averaged_inverted_cdf'나 \
                     'inverted_cdf'여야 하는데 '{got}'입니다."
            )));
        }
        let mut rows = None;
        let mut left = weights;
        if let Some(n) = self.subsample.filter(|&n| x.rows() > n as usize) {
            rows = Some(drawn(x.rows(), n as usize, weights, self.random_state.get()));
            left = None;
        }
        let some = rows.as_ref().map(|r| dense.take(r));
        let from = some.as_ref().map_or_else(|| dense.view(), crate::features::Dense::view);
        let bin_edges: Vec<Vec<f64>> = (0..cols)
            .map(|j| self.edges(super::shared::present(&from, j), left, counts[j], j))
            .collect();
        let n_bins = bin_edges.iter().map(|e| e.len() as i64 - 1).collect();
        let single = self.dtype.map(|dtype| dtype == Float::F32);
        let encode = self.encode.name().into();
        Ok(Box::new(KBinsDiscretizerModel { bin_edges, n_bins, encode, single }))
    }

    kept!(KBinsDiscretizerModel);
}

/// The numbers of `n` of `rows` samples, drawn with replacement.
pub(super) fn drawn(rows: usize, n: usize, weights: Option<&[f64]>, seed: u64) -> Vec<usize> {
    let mut stream = Stream::new(seed, 0);
    let sums: Option<Vec<f64>> = weights.map(|w| {
        w.iter()
            .scan(0.0, |sum, w| {
                *sum += w;
                Some(*sum)
            })
            .collect()
    });
    (0..n)
        .map(|_| {
            let u = (f64::from(stream.next_u32()) + 0.5) / 4_294_967_296.0;
            match &sums {
                None => ((u * rows as f64) as usize).min(rows - 1),
                Some(sums) => {
                    let at = u * sums[rows - 1];
                    sums.partition_point(|&s| s <= at).min(rows - 1)
                }
            }
        })
        .collect()
}

impl KBinsDiscretizerModel {
    fn encode(&self) -> Result<Encode> {
        Encode::from_value(&Value::from(self.encode.as_str())).ok_or_else(|| broken("encode"))
    }

    fn bin(&self, column: usize, x: f64) -> usize {
        let edges = &self.bin_edges[column];
        edges[1..edges.len() - 1].partition_point(|&e| e <= x)
    }

    fn starts(&self) -> Vec<usize> {
        let mut starts = vec![0];
        for n in &self.n_bins {
            starts.push(starts[starts.len() - 1] + *n as usize);
        }
        starts
    }
}

impl Model for KBinsDiscretizerModel {
    fn transform(&self, x: &Features<'_>) -> Result<Features<'static>> {
        let dense = x.dense();
        let (rows, cols) = dense.shape();
        let single = self.single.unwrap_or(dense.dtype() == seodang_core::DType::F32);
        let x = dense.f64();
        let starts = self.starts();
        let total = starts[cols];
        let typed = |data: Vec<f64>, cols: usize| match single {
            true => {
                let data: Vec<f32> = data.into_iter().map(|x| x as f32).collect();
                Features::from(Matrix::new(data, rows, cols))
            }
            false => Features::from(Matrix::new(data, rows, cols)),
        };
        Ok(match self.encode()? {
            Encode::Ordinal => {
                let data = x.data.iter().enumerate().map(|(i, &v)| self.bin(i % cols, v) as f64);
                typed(data.collect(), cols)
            }
            Encode::OnehotDense => {
                let mut out = vec![0.0; rows * total];
                for (i, &v) in x.data.iter().enumerate() {
                    let (row, j) = (i / cols, i % cols);
                    out[row * total + starts[j] + self.bin(j, v)] = 1.0;
                }
                typed(out, total)
            }
            Encode::Onehot => {
                let column =
                    |(i, &v): (usize, &f64)| (starts[i % cols] + self.bin(i % cols, v)) as u32;
                let indices: Vec<u32> = x.data.iter().enumerate().map(column).collect();
                Features::Sparse(Csr {
                    indptr: (0..=rows).map(|i| i * cols).collect::<Vec<_>>().into(),
                    data: vec![1.0; indices.len()].into(),
                    indices: indices.into(),
                    cols: total,
                })
            }
        })
    }

    fn inverse_transform(&self, x: &Features<'_>) -> Result<Features<'static>> {
        let cols = self.n_bins.len();
        let dense = x.dense();
        let (rows, given) = dense.shape();
        let x = dense.f64();
        let starts = self.starts();
        let ordinal = self.encode()? == Encode::Ordinal;
        let expected = if ordinal { cols } else { starts[cols] };
        if given != expected {
            return Err(Error::value(text!(
                en: "Incorrect number of features. Expecting {expected}, received {given}.",
                ko: "특성의 수가 다릅니다. {expected}개여야 하는데 {given}개입니다."
            )));
        }
        let mut out = vec![0.0; rows * cols];
        for (i, row) in x.iter_rows().enumerate() {
            for j in 0..cols {
                let bin = if ordinal {
                    row[j].max(0.0) as usize
                } else {
                    let bins = &row[starts[j]..starts[j + 1]];
                    crate::estimator::argmax(bins) as usize
                };
                let edges = &self.bin_edges[j];
                let bin = bin.min(edges.len() - 2);
                out[i * cols + j] = (edges[bin] + edges[bin + 1]) * 0.5;
            }
        }
        Ok(Features::from(Matrix::new(out, rows, cols)))
    }

    fn columns_out(&self, columns: &Schema) -> Result<Schema> {
        let names = columns.names();
        if self.encode()? == Encode::Ordinal {
            return named(names);
        }
        let of = |(name, n): (String, &i64)| {
            (0..*n).map(|b| format!("{name}_{b}.0")).collect::<Vec<_>>()
        };
        named(names.into_iter().zip(&self.n_bins).flat_map(of))
    }
}
