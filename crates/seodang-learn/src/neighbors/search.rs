//! The search for nearest neighbors.

use super::best::Found;
use super::metric::{Algorithm, Metric, Setup};
use super::ruler::Ruler;
use super::samples::{Samples, dense_rows};
use super::sparse::{self, By};
use super::tiles::Neighbors;
use super::tree::{Form, Tree};
use super::{brute, euclidean};
use crate::features::{Features, Matrix};
use crate::record::{Param, Value};
use crate::state::{State, Stored, broken};
use crate::warning::{self, Kind};
use seodang_core::{Array, Error, Result, text};
use seodang_kernels::rows::{axpy, dot};
use std::sync::Arc;

/// Samples to search among.
#[derive(Clone, Debug)]
pub(crate) struct Search {
    samples: Samples,
    setup: Setup,
    algorithm: Algorithm,
    leaf_size: usize,
    /// The tree, if one is searched.
    tree: Option<Arc<Tree>>,
}

/// With up to how many features, in how many directions the samples may spread, and from how many samples on a
/// tree is faster than looking at all of them.
///
/// Measured for 500 to 100,000 samples of 2 to 20 features and 1,000 queries, on one thread and two (Zen 4,
/// AVX-512), the time of a tree's queries over the others': normal samples in as many directions as there are
/// features 0.01 to 0.5 for 2 and 4, 0.2 to 0.9 for 6, 0.7 to 1.8 for 8, 1.2 to 3.4 for 10, 5 to 25 for 20;
/// samples in 4 directions and a little noise 0.07 to 0.6 for up to 12 features, 0.14 to 0.85 for 20. Of 500
/// samples a tree takes 0.1 ms to build, which two hundred queries give back. One query is never slower.
const TREE_FEATURES: usize = 20;
const TREE_DIRECTIONS: f64 = 6.5;
const TREE_SAMPLES: usize = 500;

/// In how many directions samples spread about: the square of the sum of the variances along their axes over the
/// sum of their squares, of some of the samples. As many as features, if all vary alike and by themselves.
fn directions(x: &Features<'_>) -> f64 {
    const SOME: usize = 512;
    let (rows, cols) = (x.rows(), x.cols());
    let n = rows.min(SOME);
    let (mut room, mut some) = (Vec::new(), Vec::with_capacity(n * cols));
    for i in (0..n).map(|i| i * rows / n) {
        some.extend_from_slice(dense_rows::<f64>(x, i..i + 1, &mut room));
    }
    let mut means = vec![0.0; cols];
    some.chunks_exact(cols).for_each(|row| axpy(1.0 / n as f64, row, &mut means));
    some.chunks_exact_mut(cols).for_each(|row| axpy(-1.0, &means, row));
    let mut products = vec![0.0; cols * cols];
    for row in some.chunks_exact(cols) {
        row.iter().zip(products.chunks_exact_mut(cols)).for_each(|(&x, p)| axpy(x, row, p));
    }
    let sum: f64 = products.iter().step_by(cols + 1).sum();
    sum * sum / dot(&products, &products)
}

/// Rows less their means; None if one is then 0, of which nobody knows the correlation.
fn without_means(x: &Features<'_>) -> Option<Features<'static>> {
    let (rows, cols) = (x.rows(), x.cols());
    let mut room = Vec::new();
    let mut out = dense_rows::<f64>(x, 0..rows, &mut room).to_vec();
    for row in out.chunks_exact_mut(cols) {
        let mean = row.iter().sum::<f64>() / cols as f64;
        row.iter_mut().for_each(|x| *x -= mean);
        if row.iter().all(|&x| x == 0.0) {
            return None;
        }
    }
    Some(Features::from(Matrix::new(out, rows, cols)))
}

impl Search {
    /// A search among the rows of `x`, for `k` neighbors if that is known.
    ///
    /// # Errors
    /// `Value` for distances that are given but not square, and a tree that does not have the metric.
    pub(crate) fn new(
        x: &Features<'_>,
        setup: Setup,
        algorithm: Algorithm,
        leaf_size: usize,
        k: Option<usize>,
    ) -> Result<Search> {
        let (rows, cols) = (x.rows(), x.cols());
        if setup.is_precomputed() && rows != cols {
            return Err(Error::value(text!(
                en: "Precomputed matrix must be square. Input is a {rows}x{cols} matrix.",
                ko: "미리 계산한 거리 행렬은 정사각형이어야 하는데 {rows}x{cols}입니다."
            )));
        }
        setup.check_tree(algorithm)?;
        let mut chosen = algorithm;
        if matches!(x, Features::Sparse(_)) {
            if matches!(algorithm, Algorithm::KdTree | Algorithm::BallTree) {
                warning::warn(Kind::User, "cannot use tree with sparse input: using brute force");
            }
            chosen = Algorithm::Brute;
        }
        if chosen == Algorithm::Auto {
            let many = rows >= TREE_SAMPLES && k.is_none_or(|k| k < rows / 20);
            let boxes = !setup.is_precomputed() && Ruler::new(&setup, cols).has_boxes();
            let pays = many && cols <= TREE_FEATURES && boxes && directions(x) <= TREE_DIRECTIONS;
            chosen = if pays { Algorithm::KdTree } else { Algorithm::Brute };
        }
        Search::with(Samples::of(x), setup, chosen, leaf_size)
    }

    fn with(
        samples: Samples,
        setup: Setup,
        algorithm: Algorithm,
        leaf_size: usize,
    ) -> Result<Search> {
        let form = match algorithm {
            Algorithm::KdTree => Some(Form::Boxes),
            Algorithm::BallTree => Some(Form::Balls),
            Algorithm::Auto | Algorithm::Brute => None,
        };
        let tree = |form| Tree::of(form, &samples.view(), leaf_size, &setup).map(Arc::new);
        let tree = form.map(tree).transpose()?;
        Ok(Search { samples, setup, algorithm, leaf_size, tree })
    }

    /// How sparse samples are measured without their zeros, if they can be.
    fn by(&self) -> Option<By> {
        match self.setup.known()? {
            Metric::Euclidean | Metric::L2 => Some(By::Length),
            Metric::Cosine => Some(By::Angle),
            _ => None,
        }
    }

    /// How many samples there are.
    pub(crate) fn len(&self) -> usize {
        self.samples.rows()
    }

    /// The `k` nearest samples of each row of `x`; of equally distant ones, those that come first.
    ///
    /// # Errors
    /// `Value`, if there are fewer samples.
    pub(crate) fn nearest(&self, x: &Features<'_>, k: usize) -> Result<Neighbors> {
        let (samples, queries) = (self.len(), x.rows());
        if k > samples {
            return Err(Error::value(text!(
                en: "Expected n_neighbors <= n_samples_fit, but n_neighbors = {k}, \
                     n_samples_fit = {samples}, n_samples = {queries}",
                ko: "이웃 수(n_neighbors = {k})가 학습 샘플 수({samples})보다 많습니다"
            )));
        }
        if self.setup.is_precomputed() {
            return brute::nearest_given(x, k);
        }
        if let Some(tree) = &self.tree {
            return tree.nearest(x, k);
        }
        let all = self.samples.view();
        let euclidean = matches!(self.setup.known(), Some(Metric::Euclidean | Metric::L2));
        if let (Features::Sparse(all), Features::Sparse(x), Some(by)) = (&all, x, self.by()) {
            return sparse::nearest(all, x, k, by);
        }
        if euclidean && queries >= euclidean::FEW {
            return match &self.samples {
                Samples::F32(..) => euclidean::nearest::<f32>(&all, x, k),
                _ => euclidean::nearest::<f64>(&all, x, k),
            };
        }
        if self.setup.known() == Some(Metric::Cosine) && queries >= euclidean::FEW {
            return euclidean::nearest_by_angle(&all, x, k, &self.setup.distance());
        }
        if self.setup.known() == Some(Metric::Correlation)
            && queries >= euclidean::FEW
            && let (Some(all), Some(x)) = (without_means(&all), without_means(x))
        {
            // The correlation is the cosine of the angle between rows without their means.
            return euclidean::nearest_by_angle(&all, &x, k, &self.setup.distance());
        }
        brute::nearest(&all, x, &Ruler::new(&self.setup, self.samples.cols()), k)
    }

    /// The samples within `radius` of each row of `x`: in the order of their numbers, or nearest first.
    /// Beside them, where each row's end.
    ///
    /// # Errors
    /// The metric's own.
    pub(crate) fn within(
        &self,
        x: &Features<'_>,
        radius: f64,
        sorted: bool,
    ) -> Result<(Neighbors, Vec<usize>)> {
        let keep = |mut near: Found| {
            if sorted {
                near.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
            }
            near
        };
        if self.setup.is_precomputed() {
            return Ok(brute::within_given(x, radius, keep));
        }
        if let Some(tree) = &self.tree {
            return tree.within(x, &|_| radius, sorted);
        }
        let all = self.samples.view();
        if let (Features::Sparse(all), Features::Sparse(x), Some(by)) = (&all, x, self.by()) {
            return sparse::within(all, x, radius, by, keep);
        }
        if matches!(self.setup.known(), Some(Metric::Euclidean | Metric::L2)) {
            return euclidean::within(&all, x, radius, keep);
        }
        let ruler = Ruler::new(&self.setup, self.samples.cols());
        brute::within(&all, x, &ruler, radius, keep)
    }

    /// The `k` nearest samples of each sample, itself left out.
    fn nearest_others(&self, k: usize) -> Result<Neighbors> {
        let all = self.samples.view();
        let found = self.nearest(&all, k + 1)?;
        let mut out = Neighbors { indices: Vec::new(), distances: Vec::new() };
        let rows = found.indices.chunks_exact(k + 1).zip(found.distances.chunks_exact(k + 1));
        for (i, (indices, distances)) in rows.enumerate() {
            // Among many equal ones, the sample itself may not be there: then the first goes.
            let own = indices.iter().position(|&j| j as usize == i).unwrap_or(0);
            out.indices.extend(indices[..own].iter().chain(&indices[own + 1..]));
            out.distances.extend(distances[..own].iter().chain(&distances[own + 1..]));
        }
        Ok(out)
    }

    /// `kneighbors`, as a model's method: the distances and the numbers of the nearest samples.
    ///
    /// # Errors
    /// `Unsupported` for another method; `Value` for a number of neighbors that there are not.
    pub(crate) fn call(
        &self,
        name: &str,
        x: Option<&Features<'_>>,
        arguments: &[Value],
        k: usize,
    ) -> Result<Value> {
        if name == "radius_neighbors" {
            return self.call_within(x, arguments);
        }
        if name == "fit_method" {
            return Ok(self.algorithm.to_value());
        }
        if name != "kneighbors" {
            return Err(crate::estimator::cannot(name));
        }
        let k = match arguments.first() {
            None | Some(Value::None) => k,
            Some(given) => usize::from_value(given).filter(|&k| k > 0).ok_or_else(|| {
                let given = given.repr();
                Error::value(text!(
                    en: "Expected n_neighbors > 0. Got {given}",
                    ko: "이웃 수는 1 이상의 정수여야 하는데 {given}입니다"
                ))
            })?,
        };
        let (rows, found) = match x {
            Some(x) => (x.rows(), self.nearest(x, k)?),
            None => (self.len(), self.nearest_others(k)?),
        };
        let indices: Vec<i64> = found.indices.into_iter().map(i64::from).collect();
        Ok(Value::List(vec![
            Array::from_vec([rows, k], found.distances)?.into(),
            Array::from_vec([rows, k], indices)?.into(),
        ]))
    }

    /// `radius_neighbors`, as a model's method: where each query's neighbors end, the distances and the
    /// numbers; `arguments` are the radius, and whether the nearest come first.
    fn call_within(&self, x: Option<&Features<'_>>, arguments: &[Value]) -> Result<Value> {
        let radius = arguments.first().and_then(f64::from_value).ok_or_else(|| {
            Error::value(text!(en: "radius must be a number", ko: "반지름은 숫자여야 합니다"))
        })?;
        let sorted = arguments.get(1).and_then(bool::from_value).unwrap_or(false);
        let (found, ends) = match x {
            Some(x) => self.within(x, radius, sorted)?,
            None => {
                let all = self.samples.view();
                let (mut found, mut ends) = self.within(&all, radius, sorted)?;
                // Each sample is no neighbor of itself.
                let (mut at, mut kept) = (0, Neighbors::default());
                for (i, end) in ends.iter_mut().skip(1).enumerate() {
                    for j in at..*end {
                        if found.indices[j] as usize != i {
                            kept.indices.push(found.indices[j]);
                            kept.distances.push(found.distances[j]);
                        }
                    }
                    at = *end;
                    *end = kept.indices.len();
                }
                std::mem::swap(&mut found, &mut kept);
                (found, ends)
            }
        };
        let indices: Vec<i64> = found.indices.into_iter().map(i64::from).collect();
        let ends: Vec<i64> = ends.into_iter().map(|e| e as i64).collect();
        let n = indices.len();
        Ok(Value::List(vec![
            Array::from_vec([ends.len()], ends)?.into(),
            Array::from_vec([n], found.distances)?.into(),
            Array::from_vec([n], indices)?.into(),
        ]))
    }
}

impl Stored for Search {
    fn store(&self, state: &mut State, name: &str) -> Result<()> {
        self.samples.store(state, &format!("{name}.samples"))?;
        self.setup.store(state, &format!("{name}.setup"))?;
        state.put(&format!("{name}.algorithm"), &self.algorithm.to_value())?;
        state.put(&format!("{name}.leaf_size"), &self.leaf_size.into())
    }

    fn restore(state: &mut State, name: &str) -> Result<Search> {
        let samples = Samples::restore(state, &format!("{name}.samples"))?;
        let setup = Setup::restore(state, &format!("{name}.setup"))?;
        let algorithm: Algorithm = state.take_as(&format!("{name}.algorithm"))?;
        let leaf_size: usize = state.take_as(&format!("{name}.leaf_size"))?;
        // A tree is made again: a file need not be trusted with one.
        Search::with(samples, setup, algorithm, leaf_size).map_err(|_| broken(name))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Numbers between -1 and 1 that follow no pattern.
    fn numbers(n: usize) -> Vec<f64> {
        let mut x = 12345u64;
        let mut next = || {
            x = x.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            (x >> 11) as f64 / (1u64 << 52) as f64 - 1.0
        };
        (0..n).map(|_| next()).collect()
    }

    #[test]
    fn a_tree_is_for_samples_that_spread_in_few_directions() {
        let n = 600;
        let wide = Features::from(Matrix::new(numbers(n * 12), n, 12));
        assert!((11.0..=12.0).contains(&directions(&wide)));
        // Twelve features of which each is a sum of the same three.
        let (hidden, mix) = (numbers(n * 3), numbers(36));
        let flat = (0..n * 12)
            .map(|i| (0..3).map(|h| hidden[i / 12 * 3 + h] * mix[h * 12 + i % 12]).sum())
            .collect::<Vec<f64>>();
        let flat = Features::from(Matrix::new(flat, n, 12));
        assert!((1.0..=3.01).contains(&directions(&flat)));
        let alike = Features::from(Matrix::new(vec![1.0; n * 12], n, 12));
        let measure = super::super::metric::Measure::Known(Metric::Euclidean);
        for (x, tree) in [(&wide, false), (&flat, true), (&alike, false)] {
            let power = super::super::metric::Power(2.0);
            let setup = Setup::new(&measure, power, None, 12).unwrap();
            let search = Search::new(x, setup, Algorithm::Auto, 30, Some(5)).unwrap();
            assert_eq!(search.tree.is_some(), tree);
        }
    }
}
