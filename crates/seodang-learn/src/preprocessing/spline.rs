//! `SplineTransformer`.

use super::quantiles::{arrange, weighted_percentiles};
use super::shared::{kept, map_dense, named, quantile};
use crate::estimator::{Estimator, Model, Tags, Task};
use crate::features::{Csr, Features, Matrix, Real};
use crate::record::{Either, Param, Value, estimator, one_of};
use crate::state::{broken, model};
use crate::table::Schema;
use crate::target::Y;
use seodang_core::{Array, Error, Result, text};

one_of! {
    /// Where knots are put.
    Knots {
        /// Equally far from each other.
        Uniform = "uniform",
        /// With as many samples between them.
        Quantile = "quantile",
    }
}

one_of! {
    /// What the splines are beyond the outermost knots.
    Extrapolation {
        /// An error.
        Error = "error",
        /// What they are at the knot.
        Constant = "constant",
        /// Straight lines.
        Linear = "linear",
        /// The polynomials that they are beside the knot.
        Continue = "continue",
        /// What they are a period away.
        Periodic = "periodic",
    }
}

one_of! {
    /// How the output lies in memory.
    Order {
        /// Row by row.
        C = "C",
        /// Column by column.
        F = "F",
    }
}

one_of! {
    /// What becomes of missing values.
    Missing {
        /// An error.
        Error = "error",
        /// Zeros.
        Zeros = "zeros",
    }
}

estimator! {
    /// The values of B-splines at each feature. Source: de Boor 1972; Piegl and Tiller 1997, chapter 2.
    SplineTransformer in "preprocessing" {
        /// The number of knots, unless they are given.
        n_knots: i64 = 5, Range::from(2.0);
        /// The degree of the polynomials.
        degree: i64 = 3;
        /// Where knots are put, or the knots: theirs by features.
        knots: Either<Knots, Array> = Either::A(Knots::Uniform);
        /// What the splines are beyond the outermost knots.
        extrapolation: Extrapolation = Extrapolation::Constant;
        /// Whether the last spline of each feature is there too; all of them sum to 1.
        include_bias: bool = true;
        /// How a dense output lies in memory; row by row from Rust.
        order: Order = Order::C;
        /// What becomes of missing values.
        handle_missing: Missing = Missing::Error;
        /// Whether the output is sparse.
        sparse_output: bool = false;
    }
}

model! {
    /// What `SplineTransformer` learns.
    pub(crate) struct SplineTransformerModel {
        /// The number of columns of the output.
        pub n_features_out: usize,
        /// The knots of each feature, those beyond its values included.
        knots: Vec<Vec<f64>>,
        degree: usize,
        /// The number of splines of a feature.
        splines: usize,
        extrapolation: String,
        include_bias: bool,
        zeros: bool,
        sparse: bool,
    }
}

impl SplineTransformer {
    fn base(&self, x: &Matrix<'_, f64>, j: usize, weights: Option<&[f64]>) -> Result<Vec<f64>> {
        let (rows, cols) = (x.rows, x.cols);
        let n = self.n_knots as usize;
        let column: Vec<f64> = (0..rows).map(|i| x.data[i * cols + j]).collect();
        Ok(match &self.knots {
            Either::A(Knots::Uniform) => {
                let counted = |i: usize| weights.is_none_or(|w| w[i] > 0.0);
                let (low, high) = (column.iter().enumerate())
                    .filter(|(i, x)| counted(*i) && !x.is_nan())
                    .fold((f64::INFINITY, f64::NEG_INFINITY), |(a, b), (_, &x)| {
                        (a.min(x), b.max(x))
                    });
                let step = (high - low) / (n - 1) as f64;
                (0..n).map(|i| if i + 1 == n { high } else { low + i as f64 * step }).collect()
            }
            Either::A(Knots::Quantile) => {
                let levels: Vec<f64> =
                    (0..n).map(|i| 100.0 * (i as f64 / (n - 1) as f64)).collect();
                match weights {
                    Some(w) => weighted_percentiles(&column, w, &levels, false),
                    None => {
                        let mut sorted: Vec<f64> =
                            column.into_iter().filter(|x| !x.is_nan()).collect();
                        arrange(&mut sorted, &levels);
                        levels.iter().map(|l| quantile(&sorted, l / 100.0)).collect()
                    }
                }
            }
            Either::B(given) => {
                let dims = given.shape().dims();
                let given = given.to_f64_vec();
                if dims.len() != 2 || dims[0] < 2 {
                    return Err(Error::value(text!(
                        en: "Number of knots, knots.shape[0], must be >= 2.",
                        ko: "매듭의 수(knots.shape[0])는 2 이상이어야 합니다."
                    )));
                }
                if dims[1] != cols {
                    return Err(Error::value(text!(
                        en: "knots.shape[1] == n_features is violated.",
                        ko: "knots.shape[1]이 특성의 수와 다릅니다."
                    )));
                }
                let knots: Vec<f64> = given.into_iter().skip(j).step_by(cols).collect();
                if knots.windows(2).any(|w| w[0] >= w[1]) {
                    return Err(Error::value(text!(
                        en: "knots must be sorted without duplicates.",
                        ko: "매듭은 겹치지 않고 커지는 순서여야 합니다."
                    )));
                }
                knots
            }
        })
    }
}

impl Estimator for SplineTransformer {
    fn tags(&self) -> Tags {
        let nan = self.handle_missing == Missing::Zeros;
        Tags { weights: true, nan, ..Tags::new(Task::Transformer) }
    }

    fn methods(&self) -> &'static [&'static str] {
        &["get_feature_names_out"]
    }

    fn learn(&self, x: &Features<'_>, _: &Y, weights: Option<&[f64]>) -> Result<Box<dyn Model>> {
        if self.degree < 0 {
            let (takes, got) =
                (<i64 as Param>::takes(&crate::record::Range::from(0.0)), self.degree);
            return Err(crate::record::invalid("SplineTransformer", "degree", &takes, &got.into()));
        }
        if x.rows() < 2 {
            let (rows, cols) = (x.rows(), x.cols());
            return Err(Error::value(text!(
                en: "Found array with {rows} sample(s) (shape=({rows}, {cols})) while a minimum of 2 is \
                     required by SplineTransformer.",
                ko: "SplineTransformer에는 샘플이 적어도 둘 있어야 하는데 배열의 모양이 ({rows}, {cols})입니다."
            )));
        }
        let (dense, p) = (x.dense(), self.degree as usize);
        let values = dense.f64();
        let periodic = self.extrapolation == Extrapolation::Periodic;
        let mut knots = Vec::new();
        let mut count = 0;
        for j in 0..x.cols() {
            let base = self.base(&values, j, weights)?;
            let n = base.len();
            count = n;
            if periodic && n <= p {
                return Err(Error::value(text!(
                    en: "Periodic splines require degree < n_knots. Got n_knots={n} and degree={p}.",
                    ko: "주기적인 스플라인은 degree가 n_knots보다 작아야 하는데 n_knots={n}, degree={p}입니다."
                )));
            }
            let (first, last) = (base[0], base[n - 1]);
            let mut all: Vec<f64> = if periodic {
                base[n - 1 - p..n - 1].iter().map(|k| k - (last - first)).collect()
            } else {
                (1..=p).rev().map(|i| first - i as f64 * (base[1] - first)).collect()
            };
            all.extend(&base);
            if periodic {
                all.extend(base[1..=p].iter().map(|k| k + (last - first)));
            } else {
                all.extend((1..=p).map(|i| last + i as f64 * (last - base[n - 2])));
            }
            knots.push(all);
        }
        let splines = if periodic { count - 1 } else { count + p - 1 };
        Ok(Box::new(SplineTransformerModel {
            n_features_out: x.cols() * (splines - usize::from(!self.include_bias)),
            knots,
            degree: p,
            splines,
            extrapolation: self.extrapolation.name().into(),
            include_bias: self.include_bias,
            zeros: self.handle_missing == Missing::Zeros,
            sparse: self.sparse_output,
        }))
    }

    kept!(SplineTransformerModel);
}

impl SplineTransformerModel {
    /// Writes the splines of degree `p` that are not 0 between knots `i` and `i + 1`, as the polynomials
    /// that they are there: the last `p` of them, and that which begins at knot `i`.
    fn basis(t: &[f64], i: usize, p: usize, x: f64, out: &mut [f64]) {
        out[0] = 1.0;
        for k in 1..=p {
            let mut carried = 0.0;
            for r in 0..k {
                let (right, left) = (t[i + r + 1] - x, x - t[i + 1 + r - k]);
                let width = right + left;
                let part = if width == 0.0 { 0.0 } else { out[r] / width };
                out[r] = carried + right * part;
                carried = left * part;
            }
            out[k] = carried;
        }
    }

    /// Adds the values of a feature's splines at `x` to `out`.
    fn write(&self, j: usize, mut x: f64, how: Extrapolation, out: &mut [f64]) {
        let (t, p) = (&self.knots[j], self.degree);
        let last = t.len() - 1 - p;
        let (low, high) = (t[p], t[last]);
        let mut beyond = 0.0;
        match how {
            Extrapolation::Periodic => x = low + (x - low).rem_euclid(high - low),
            Extrapolation::Constant | Extrapolation::Error => x = x.clamp(low, high),
            Extrapolation::Linear => {
                let held = x.clamp(low, high);
                beyond = x - held;
                x = held;
            }
            Extrapolation::Continue => {}
        }
        // The knots around x; beyond them, the outermost ones that are apart.
        let mut i = t[p..=last].partition_point(|&k| k <= x).max(1) + p - 1;
        i = i.min(last - 1);
        while i > p && t[i] == t[i + 1] {
            i -= 1;
        }
        let mut values = [0.0; 32];
        let mut heap;
        let values: &mut [f64] = if p < 32 {
            &mut values
        } else {
            heap = vec![0.0; p + 1];
            &mut heap
        };
        Self::basis(t, i, p, x, values);
        for (r, &v) in values[..=p].iter().enumerate() {
            out[(i - p + r) % self.splines] += v;
        }
        if beyond != 0.0 && p > 0 {
            // The slope, from the splines of one degree less.
            Self::basis(t, i, p - 1, x, values);
            for r in 0..=p {
                let mut slope = 0.0;
                if r > 0 {
                    slope += values[r - 1] / (t[i + r] - t[i + r - p]);
                }
                if r < p {
                    slope -= values[r] / (t[i + r + 1] - t[i + r + 1 - p]);
                }
                out[(i - p + r) % self.splines] += beyond * slope * p as f64;
            }
        }
    }

    fn width(&self) -> usize {
        self.splines - usize::from(!self.include_bias)
    }
}

impl Model for SplineTransformerModel {
    fn transform(&self, x: &Features<'_>) -> Result<Features<'static>> {
        let how = Extrapolation::from_value(&Value::from(self.extrapolation.as_str()))
            .ok_or_else(|| broken("extrapolation"))?;
        let dense = x.dense();
        let p = self.degree;
        if how == Extrapolation::Error {
            let outside = |(i, &x): (usize, &f64)| {
                let t = &self.knots[i % self.knots.len()];
                x < t[p] || x > t[t.len() - 1 - p]
            };
            if dense.f64().data.iter().enumerate().any(outside) {
                return Err(Error::value(text!(
                    en: "`X` contains values beyond the limits of the knots.",
                    ko: "X에 매듭의 범위를 벗어난 값이 있습니다."
                )));
            }
        }
        let width = self.width();
        let out = map_dense!(&dense, self.n_features_out, |m, row, out| {} {
            let mut all = vec![0.0; self.splines];
            for (j, (out, &x)) in out.chunks_exact_mut(width).zip(row).enumerate() {
                let x = x.f64();
                if self.zeros && x.is_nan() {
                    continue;
                }
                all.fill(0.0);
                self.write(j, x, how, &mut all);
                out.iter_mut().zip(&all).for_each(|(o, &v)| *o = T::of(v));
            }
        });
        if !self.sparse {
            return Ok(out);
        }
        let out = out.dense();
        let out: Matrix<'_, f64> = out.f64();
        let (mut indptr, mut indices, mut data) = (vec![0], Vec::new(), Vec::new());
        for row in out.iter_rows() {
            for (c, &v) in row.iter().enumerate().filter(|(_, v)| **v != 0.0) {
                indices.push(c as u32);
                data.push(v);
            }
            indptr.push(indices.len());
        }
        let cols = self.n_features_out;
        Ok(Features::Sparse(Csr {
            indptr: indptr.into(),
            indices: indices.into(),
            data: data.into(),
            cols,
        }))
    }

    fn columns_out(&self, columns: &Schema) -> Result<Schema> {
        let width = self.width();
        let of = |name: String| (0..width).map(move |i| format!("{name}_sp_{i}"));
        named(columns.names().into_iter().flat_map(of))
    }
}
