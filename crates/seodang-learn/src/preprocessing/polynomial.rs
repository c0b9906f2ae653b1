//! `PolynomialFeatures`.

use super::shared::{kept, map_dense, named};
use crate::estimator::{Estimator, Model, Tags, Task};
use crate::features::{Csr, Features, Real};
use crate::record::{Either, Param, estimator, one_of};
use crate::state::model;
use crate::table::Schema;
use crate::target::Y;
use seodang_core::{Array, Error, Result, text};

one_of! {
    /// How the output lies in memory.
    Order {
        /// Row by row.
        C = "C",
        /// Column by column.
        F = "F",
    }
}

estimator! {
    /// All products of the features up to a degree.
    PolynomialFeatures in "preprocessing" {
        /// The greatest degree, or the least and the greatest.
        degree: Either<i64, (i64, i64)> = Either::A(2), Range::from(0.0);
        /// Whether no feature stands in a product twice.
        interaction_only: bool = false;
        /// Whether the product of nothing, 1, is a feature.
        include_bias: bool = true;
        /// How a dense output lies in memory; row by row from Rust.
        order: Order = Order::C;
    }
}

model! {
    /// What `PolynomialFeatures` learns.
    pub(crate) struct PolynomialFeaturesModel {
        /// The power of each feature in each product: products by features.
        pub powers: Array,
        /// The number of products.
        pub n_output_features: usize,
        features: usize,
        low: usize,
        high: usize,
        interaction_only: bool,
        bias: bool,
    }
}

impl PolynomialFeatures {
    /// The least degree but 0, the greatest, and whether the product of nothing is there.
    fn degrees(&self) -> Result<(usize, usize, bool)> {
        let (low, high) = match self.degree {
            Either::A(d) => (0, d),
            Either::B((low, high)) => (low, high),
        };
        if low < 0 || high < 0 || low > high {
            let got = self.degree.to_value().repr().replace('[', "(").replace(']', ")");
            return Err(Error::value(text!(
                en: "degree=(min_degree, max_degree) must be non-negative integers that fulfil \
                     min_degree <= max_degree, got {got}.",
                ko: "degree=(최소, 최대)는 음이 아니고 최소가 최대보다 크지 않아야 하는데 {got}입니다."
            )));
        }
        if high == 0 && !self.include_bias {
            return Err(Error::value(text!(
                en: "Setting degree to zero and include_bias to False would result in an empty output \
                     array.",
                ko: "degree가 0이고 include_bias가 False이면 출력이 비게 됩니다."
            )));
        }
        Ok((low.max(1) as usize, high as usize, self.include_bias))
    }
}

/// The sets of `k` features from `first` on, of `n`, in rising order.
fn combinations(n: usize, k: usize, twice: bool) -> Vec<Vec<usize>> {
    fn grow(n: usize, k: usize, twice: bool, begun: &mut Vec<usize>, out: &mut Vec<Vec<usize>>) {
        if begun.len() == k {
            out.push(begun.clone());
            return;
        }
        let first = begun.last().map_or(0, |&l| if twice { l } else { l + 1 });
        for j in first..n {
            begun.push(j);
            grow(n, k, twice, begun, out);
            begun.pop();
        }
    }
    let mut out = Vec::new();
    grow(n, k, twice, &mut Vec::new(), &mut out);
    out
}

/// How many sets of `k` of `m` things there are.
fn choices(m: usize, k: usize, twice: bool) -> usize {
    if k == 0 {
        return 1;
    }
    if m == 0 {
        return 0;
    }
    let m = if twice { m + k - 1 } else { m };
    (0..k).fold(1usize, |c, i| if m < k { 0 } else { c.saturating_mul(m - i) / (i + 1) })
}

impl Estimator for PolynomialFeatures {
    fn tags(&self) -> Tags {
        Tags { sparse: true, ..Tags::new(Task::Transformer) }
    }

    fn methods(&self) -> &'static [&'static str] {
        &["get_feature_names_out"]
    }

    fn learn(&self, x: &Features<'_>, _: &Y, _: Option<&[f64]>) -> Result<Box<dyn Model>> {
        let (low, high, bias) = self.degrees()?;
        let (n, twice) = (x.cols(), !self.interaction_only);
        let outputs: usize = (low..=high)
            .map(|k| choices(n, k, twice))
            .fold(usize::from(bias), usize::saturating_add);
        if outputs.saturating_mul(n) > 1 << 34 {
            return Err(Error::value(text!(
                en: "The output that would result from the current configuration would have {outputs} \
                     features which is too large to be indexed",
                ko: "출력의 특성이 {outputs}개로 너무 많습니다"
            )));
        }
        let mut powers = vec![0i64; outputs * n];
        let mut row = usize::from(bias);
        for k in low..=high {
            for set in combinations(n, k, twice) {
                set.iter().for_each(|&j| powers[row * n + j] += 1);
                row += 1;
            }
        }
        Ok(Box::new(PolynomialFeaturesModel {
            powers: Array::from_vec([outputs, n], powers)?,
            n_output_features: outputs,
            features: n,
            low,
            high,
            interaction_only: self.interaction_only,
            bias,
        }))
    }

    kept!(PolynomialFeaturesModel);
}

impl PolynomialFeaturesModel {
    /// For each product of degrees 1 to `high`: the product that it continues, if any, and the feature
    /// that it multiplies with; and where those of the output begin.
    fn plan(&self) -> (Vec<(usize, usize)>, usize) {
        let (n, twice) = (self.features, !self.interaction_only);
        let (mut plan, mut skipped) = (Vec::new(), 0);
        let mut before: Vec<(usize, usize)> = Vec::new();
        for k in 1..=self.high {
            // The products of degree k, each with its last feature and its place.
            let mut now = Vec::new();
            if k == 1 {
                for j in 0..n {
                    now.push((plan.len(), j));
                    plan.push((usize::MAX, j));
                }
            }
            for &(place, last) in &before {
                for j in if twice { last } else { last + 1 }..n {
                    now.push((plan.len(), j));
                    plan.push((place, j));
                }
            }
            before = now;
            if k < self.low {
                skipped = plan.len();
            }
        }
        (plan, skipped)
    }

    /// The place of a product of features in rising order among those of its degree.
    fn rank(&self, set: &[usize]) -> usize {
        let (n, twice) = (self.features, !self.interaction_only);
        let mut first = 0;
        let mut rank = 0;
        for (i, &j) in set.iter().enumerate() {
            let left = set.len() - i;
            rank += choices(n - first, left, twice) - choices(n - j, left, twice);
            first = if twice { j } else { j + 1 };
        }
        rank
    }

    fn sparse(&self, x: &Csr<'_>) -> Features<'static> {
        let (n, twice) = (self.features, !self.interaction_only);
        let mut starts = vec![usize::from(self.bias)];
        for k in self.low..=self.high {
            starts.push(starts[starts.len() - 1] + choices(n, k, twice));
        }
        let (mut indptr, mut indices, mut data) = (vec![0], Vec::new(), Vec::new());
        for i in 0..x.rows() {
            let (columns, values) = x.row(i);
            if self.bias {
                indices.push(0);
                data.push(1.0);
            }
            for (k, start) in (self.low..=self.high).zip(&starts) {
                for set in combinations(columns.len(), k, twice) {
                    let features: Vec<usize> = set.iter().map(|&s| columns[s] as usize).collect();
                    indices.push((start + self.rank(&features)) as u32);
                    data.push(set.iter().map(|&s| values[s]).product::<f64>());
                }
            }
            indptr.push(indices.len());
        }
        Features::Sparse(Csr {
            indptr: indptr.into(),
            indices: indices.into(),
            data: data.into(),
            cols: self.n_output_features,
        })
    }
}

impl Model for PolynomialFeaturesModel {
    fn transform(&self, x: &Features<'_>) -> Result<Features<'static>> {
        let dense = match x {
            Features::Sparse(s) => return Ok(self.sparse(s)),
            Features::Dense(d) => d,
        };
        let (plan, skipped) = self.plan();
        let bias = usize::from(self.bias);
        let cols = self.n_output_features;
        Ok(if skipped == 0 {
            map_dense!(dense, cols, |m, row, out| {} {
                if bias == 1 {
                    out[0] = T::of(1.0);
                }
                let out = &mut out[bias..];
                for (i, &(before, j)) in plan.iter().enumerate() {
                    out[i] = if before == usize::MAX { row[j] } else { out[before] * row[j] };
                }
            })
        } else {
            map_dense!(dense, cols, |m, row, out| {} {
                let mut all = vec![T::of(0.0); plan.len()];
                for (i, &(before, j)) in plan.iter().enumerate() {
                    all[i] = if before == usize::MAX { row[j] } else { all[before] * row[j] };
                }
                if bias == 1 {
                    out[0] = T::of(1.0);
                }
                out[bias..].copy_from_slice(&all[skipped..]);
            })
        })
    }

    fn columns_out(&self, columns: &Schema) -> Result<Schema> {
        let powers = self.powers.to_i128_vec();
        let name = |row: &[i128]| {
            let factors: Vec<String> = (row.iter().zip(columns.names()))
                .filter(|(p, _)| **p > 0)
                .map(|(p, name)| if *p == 1 { name } else { format!("{name}^{p}") })
                .collect();
            if factors.is_empty() { "1".into() } else { factors.join(" ") }
        };
        named(powers.chunks_exact(self.features).map(name))
    }
}
