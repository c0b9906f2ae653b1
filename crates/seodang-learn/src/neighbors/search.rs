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

/// With how many samples a tree is worth building: of 500 it takes 0.1 ms, which 200 queries give back.
const TREE_SAMPLES: usize = 500;
/// In how many directions samples may spread, about, for a tree to be faster than looking at all of them, and
/// with more than how many features this is never looked for.
///
/// Measured with 500 to 100,000 samples of 2 to 20 features and 1,000 queries, on one thread and two (Zen 4,
/// AVX-512): the time of a tree's queries over the others'. With up to 5 features always below 0.65, and far
/// below it with many samples. With more it is a matter of the samples: of 20,000 uniform ones of 7 features,
/// which count as 5.1 directions, 0.42, of normal ones of 7 or 8 features (5.9 and 6.3) 0.9 and 1.2, of sums of
/// 4 numbers and little noise (3.5 to 5.2) in 8 to 20 features 0.15 to 0.5, of California's houses with scaled
/// features (4.0) 0.33, of make_classification's (5.1 of 10 features, 8.4 and 10.6 of 20) 0.8, 3 and 7. One
/// query is never slower with a tree.
const TREE_DIRECTIONS: f64 = 5.3;
const TREE_FEATURES: usize = 20;

/// Whether a tree of many samples is faster than looking at all of them.
fn tree_pays(x: &Features<'_>, setup: &Setup) -> Result<bool> {
    if setup.is_precomputed() || x.cols() > TREE_FEATURES {
        return Ok(false);
    }
    let ruler = Ruler::new(setup, x.cols());
    if !ruler.has_boxes() || x.cols() as f64 <= TREE_DIRECTIONS {
        return Ok(ruler.has_boxes());
    }
    Ok(directions(x, &ruler)?.is_some_and(|d| d <= TREE_DIRECTIONS))
}

/// In how many directions samples spread about, as the distances of some of them from their nearest say. None
/// if all are alike. Source: Levina and Bickel 2004; averages of inverses as in MacKay and Ghahramani 2005.
fn directions(x: &Features<'_>, ruler: &Ruler) -> Result<Option<f64>> {
    /// Samples that are looked at, those of them that ask, and how many neighbors they ask for.
    const SOME: usize = 256;
    const ASKING: usize = 64;
    const NEAR: usize = 10;
    let n = x.rows().min(SOME);
    let all = x.take(&(0..n).map(|i| i * x.rows() / n).collect::<Vec<_>>());
    let asking = all.take(&(0..n.min(ASKING)).map(|i| i * n / n.min(ASKING)).collect::<Vec<_>>());
    let found = brute::nearest(&all, &asking, ruler, (NEAR + 1).min(n))?;
    let (mut sum, mut count) = (0.0, 0.0);
    for near in found.distances.chunks_exact((NEAR + 1).min(n)) {
        // The first is the sample itself.
        let [_, near @ .., last] = near else { break };
        let logs: f64 = near.iter().map(|d| (last / d).ln()).sum();
        if logs.is_finite() {
            sum += logs;
            count += near.len() as f64 - 1.0;
        }
    }
    Ok((sum > 0.0).then(|| count / sum))
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
            chosen = match many && tree_pays(x, &setup)? {
                true => Algorithm::KdTree,
                false => Algorithm::Brute,
            };
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
        // Twelve features of which each is a sum of the same three.
        let (hidden, mix) = (numbers(n * 3), numbers(36));
        let flat = (0..n * 12)
            .map(|i| (0..3).map(|h| hidden[i / 12 * 3 + h] * mix[h * 12 + i % 12]).sum())
            .collect::<Vec<f64>>();
        let flat = Features::from(Matrix::new(flat, n, 12));
        let alike = Features::from(Matrix::new(vec![1.0; n * 12], n, 12));
        let measure = super::super::metric::Measure::Known(Metric::Euclidean);
        for (x, tree) in [(&wide, false), (&flat, true), (&alike, false)] {
            let power = super::super::metric::Power(2.0);
            let setup = Setup::new(&measure, power, None, 12).unwrap();
            let spread = directions(x, &Ruler::new(&setup, 12)).unwrap();
            assert_eq!(spread.is_some_and(|d| (2.0..4.0).contains(&d)), tree, "{spread:?}");
            let search = Search::new(x, setup, Algorithm::Auto, 30, Some(5)).unwrap();
            assert_eq!(search.tree.is_some(), tree);
        }
    }
}
