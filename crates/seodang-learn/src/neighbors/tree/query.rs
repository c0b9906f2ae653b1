//! What lies near a query.

use super::{Form, Tree};
use crate::features::Features;
use crate::neighbors::best::{Best, Found};
use crate::neighbors::samples::dense_rows;
use crate::neighbors::tiles::{Neighbors, in_tiles, ragged};
use seodang_core::{Error, Result, text};

/// By how much bounds are lowered for what rounding may do to a power or a root.
const SLACK: f64 = 1e-12;

/// Room for what is measured.
#[derive(Default)]
pub(super) struct Room {
    first: Vec<f64>,
    second: Vec<f64>,
}

#[inline(always)]
fn greater(a: f64, b: f64) -> f64 {
    if a > b { a } else { b }
}

impl Tree {
    /// What is gathered between a query and a node's samples is at least this.
    #[inline]
    fn least(&self, node: usize, query: &[f64]) -> Result<f64> {
        let bound = self.bound_of(node);
        match self.form {
            Form::Boxes => {
                let (low, high) = bound.split_at(self.cols);
                let sides = low.iter().zip(high).zip(query);
                let gap =
                    |((lo, hi), q): ((&f64, &f64), &f64)| greater(greater(lo - q, q - hi), 0.0);
                Ok(self.ruler.gaps(sides.map(gap)) * (1.0 - SLACK))
            }
            Form::Balls if !self.ruler.has_triangle() => Ok(0.0),
            Form::Balls => {
                let (middle, radius) = bound.split_at(self.cols);
                let away = self.ruler.distance(self.ruler.one(query, middle)?);
                let least = away - radius[0] - SLACK * (away + radius[0]);
                // What is no number bounds nothing.
                Ok(if least > 0.0 { self.ruler.gathered(least) } else { 0.0 })
            }
        }
    }

    /// The distances between a query and a node's samples are at least the first and at most the second.
    pub(super) fn range(&self, node: usize, query: &[f64]) -> Result<(f64, f64)> {
        let bound = self.bound_of(node);
        let least = self.ruler.distance(self.least(node, query)?) * (1.0 - SLACK);
        let most = match self.form {
            Form::Boxes => {
                let (low, high) = bound.split_at(self.cols);
                let sides = low.iter().zip(high).zip(query);
                let gaps = sides.map(|((lo, hi), q)| greater((q - lo).abs(), (hi - q).abs()));
                self.ruler.distance(self.ruler.gaps(gaps))
            }
            Form::Balls if !self.ruler.has_triangle() => f64::INFINITY,
            Form::Balls => {
                let (middle, radius) = bound.split_at(self.cols);
                self.ruler.distance(self.ruler.one(query, middle)?) + radius[0]
            }
        };
        Ok((least, most * (1.0 + SLACK)))
    }

    /// What is gathered between a query and a leaf's samples.
    pub(super) fn measured<'a>(
        &self,
        leaf: usize,
        query: &[f64],
        room: &'a mut Room,
    ) -> Result<&'a mut [f64]> {
        let (packed, rows) = self.packed_of(leaf);
        let n = self.spans[leaf].len();
        if room.first.len() < rows {
            room.first.resize(rows, 0.0);
        }
        self.ruler.measure(query, packed, n, &mut room.first[..rows], &mut room.second)?;
        Ok(&mut room.first[..n])
    }

    fn nearest_in(
        &self,
        node: usize,
        query: &[f64],
        best: &mut Best,
        room: &mut Room,
    ) -> Result<()> {
        if self.is_leaf(node) {
            let order = &self.order[self.spans[node].start..self.spans[node].end];
            for (&d, &i) in self.measured(node, query, room)?.iter().zip(order) {
                best.offer(d, i);
            }
            return Ok(());
        }
        let (left, right) = (2 * node + 1, 2 * node + 2);
        let near = [(self.least(left, query)?, left), (self.least(right, query)?, right)];
        let near = if near[1].0 < near[0].0 { [near[1], near[0]] } else { near };
        for (least, child) in near {
            // As far away as the last may still have a lesser number.
            if least <= best.limit() {
                self.nearest_in(child, query, best, room)?;
            }
        }
        Ok(())
    }

    /// The `k` nearest samples of each row of `x`, nearest first; of equally distant ones, those that come
    /// first.
    ///
    /// # Errors
    /// `Value`, if there are fewer samples or `x` has other features; a function's own.
    pub(crate) fn nearest(&self, x: &Features<'_>, k: usize) -> Result<Neighbors> {
        self.check(x)?;
        if k > self.len() {
            return Err(Error::value(text!(
                en: "k must be less than or equal to the number of training points",
                ko: "k는 학습 샘플 수보다 클 수 없습니다"
            )));
        }
        let found = in_tiles(x.rows(), |_, rows| {
            let (mut buffer, mut room) = (Vec::new(), Room::default());
            let mut out = Vec::with_capacity(rows.len() * k);
            for query in dense_rows::<f64>(x, rows, &mut buffer).chunks_exact(self.cols) {
                let mut best = Best::new(k);
                self.nearest_in(0, query, &mut best, &mut room)?;
                let found = best.finish();
                out.extend(found.into_iter().map(|(d, i)| (self.ruler.distance(d), i)));
            }
            Ok(out)
        })?;
        Ok(found)
    }

    fn within_in(
        &self,
        node: usize,
        query: &[f64],
        radius: f64,
        found: &mut Found,
        room: &mut Room,
    ) -> Result<()> {
        if self.least(node, query)? > self.ruler.gathered(radius) * (1.0 + SLACK) {
            return Ok(());
        }
        if self.is_leaf(node) {
            let order = &self.order[self.spans[node].start..self.spans[node].end];
            for (&d, &i) in self.measured(node, query, room)?.iter().zip(order) {
                let distance = self.ruler.distance(d);
                if distance <= radius {
                    found.push((distance, i));
                }
            }
            return Ok(());
        }
        self.within_in(2 * node + 1, query, radius, found, room)?;
        self.within_in(2 * node + 2, query, radius, found, room)
    }

    /// The samples within `radius(i)` of row i of `x`: in the order of their numbers, or nearest first.
    /// Beside them, where each row's end.
    ///
    /// # Errors
    /// `Value`, if `x` has other features; a function's own.
    pub(crate) fn within(
        &self,
        x: &Features<'_>,
        radius: &(dyn Fn(usize) -> f64 + Sync),
        sorted: bool,
    ) -> Result<(Neighbors, Vec<usize>)> {
        self.check(x)?;
        ragged(x.rows(), |rows, counts| {
            let (mut buffer, mut room) = (Vec::new(), Room::default());
            let (mut out, first) = (Vec::new(), rows.start);
            let queries = dense_rows::<f64>(x, rows, &mut buffer).chunks_exact(self.cols);
            for (i, query) in queries.enumerate() {
                let mut found = Vec::new();
                self.within_in(0, query, radius(first + i), &mut found, &mut room)?;
                match sorted {
                    true => found.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1))),
                    false => found.sort_unstable_by_key(|f| f.1),
                }
                counts.push(found.len());
                out.append(&mut found);
            }
            Ok(out)
        })
    }

    fn count_in(&self, node: usize, query: &[f64], radius: f64, room: &mut Room) -> Result<usize> {
        let (least, most) = self.range(node, query)?;
        if least > radius {
            return Ok(0);
        }
        if most < radius {
            return Ok(self.spans[node].len());
        }
        if self.is_leaf(node) {
            let all = self.measured(node, query, room)?;
            return Ok(all.iter().filter(|d| self.ruler.distance(**d) <= radius).count());
        }
        Ok(self.count_in(2 * node + 1, query, radius, room)?
            + self.count_in(2 * node + 2, query, radius, room)?)
    }

    /// How many samples lie within `radius(i)` of row i of `x`.
    ///
    /// # Errors
    /// `Value`, if `x` has other features; a function's own.
    pub fn counts(
        &self,
        x: &Features<'_>,
        radius: &(dyn Fn(usize) -> f64 + Sync),
    ) -> Result<Vec<usize>> {
        self.check(x)?;
        let (_, ends) = ragged(x.rows(), |rows, counts| {
            let (mut buffer, mut room, first) = (Vec::new(), Room::default(), rows.start);
            let queries = dense_rows::<f64>(x, rows, &mut buffer).chunks_exact(self.cols);
            for (i, query) in queries.enumerate() {
                counts.push(self.count_in(0, query, radius(first + i), &mut room)?);
            }
            Ok(Found::new())
        })?;
        Ok(ends.windows(2).map(|w| w[1] - w[0]).collect())
    }

    /// The distances and numbers of the `k` nearest samples of each row of `x`, nearest first; of equally
    /// distant ones, those that come first.
    ///
    /// # Errors
    /// `Value`, if there are fewer samples or `x` has other features; a function's own.
    pub fn query(&self, x: &Features<'_>, k: usize) -> Result<(Vec<f64>, Vec<u32>)> {
        let found = self.nearest(x, k)?;
        Ok((found.distances, found.indices))
    }

    /// The distances and numbers of the samples within `radius(i)` of row i of `x`, in the order of their
    /// numbers or nearest first, and where each row's end.
    ///
    /// # Errors
    /// `Value`, if `x` has other features; a function's own.
    #[allow(clippy::type_complexity)]
    pub fn query_radius(
        &self,
        x: &Features<'_>,
        radius: &(dyn Fn(usize) -> f64 + Sync),
        sorted: bool,
    ) -> Result<(Vec<f64>, Vec<u32>, Vec<usize>)> {
        let (found, ends) = self.within(x, radius, sorted)?;
        Ok((found.distances, found.indices, ends))
    }

    /// Refuses queries of other features.
    pub(super) fn check(&self, x: &Features<'_>) -> Result<()> {
        let (given, cols) = (x.cols(), self.cols);
        if given == cols {
            return Ok(());
        }
        Err(Error::value(text!(
            en: "query data dimension must match training data dimension: {given} features are not \
                 {cols}",
            ko: "질의의 특성 수 {given}이(가) 학습 데이터의 {cols}과(와) 다릅니다"
        )))
    }
}
