//! The best split of a node on sparse features.

use super::super::grow::{Grower, Node};
use super::super::score::Scorer;
use super::super::split::{Best, Threshold, judge};
use super::Within;
use super::entries::ZERO;
use super::sweep::{Parts, Sweep};

impl<S: Scorer> Grower<'_, S> {
    /// Looks for the best split of a node whose samples the scorer has, at features in random order, the first
    /// of equal splits: as among dense features, which gives the same trees.
    pub(in super::super) fn search_sparse(
        &mut self,
        node: &Node,
        within: &mut Within<'_>,
    ) -> Option<Best> {
        let columns = self.growth.max_features.min(self.features.len());
        let samples = &self.samples[node.start..node.end];
        within.enter(samples, node.start, self.scorer.payloads(), columns);
        let mut best = None::<Best>;
        let mut useful = false;
        for k in 0..self.features.len() {
            if useful && k >= self.growth.max_features {
                break;
            }
            let f = self.draw_feature(k);
            let record = best.map_or(f64::NEG_INFINITY, |b| b.gain);
            let found = if self.growth.random {
                self.draw_sparse(node, f, within, record)
            } else {
                self.scan_sparse(node, f, within, record)
            };
            if let Some(found) = found {
                useful = true;
                best = found.or(best);
            }
        }
        within.leave();
        best
    }

    /// Searches a feature for a split that is better than `record`; nothing at all, if the feature does
    /// not vary within the node.
    fn scan_sparse(
        &mut self,
        node: &Node,
        f: usize,
        within: &mut Within<'_>,
        record: f64,
    ) -> Option<Option<Best>> {
        let column = self.x.column(f);
        let keys = within.column(f, self.scorer.payloads(), true);
        if keys.is_empty() {
            return None;
        }
        let parts = Parts::of(keys, node.end - node.start, column);
        if !parts.vary(column) {
            return None;
        }
        let (growth, bounds) = (self.growth, node.bounds);
        let scorer = &mut self.scorer;
        Some(Sweep { scorer, growth, bounds, feature: f, column }.best(&parts, record))
    }

    /// Draws a threshold for a feature; what is found, as above.
    fn draw_sparse(
        &mut self,
        node: &Node,
        f: usize,
        within: &mut Within<'_>,
        record: f64,
    ) -> Option<Option<Best>> {
        let absent = self.x.column(f).absent;
        let n = node.end - node.start;
        let keys = within.column(f, self.scorer.payloads(), false);
        if keys.is_empty() {
            return None;
        }
        let zeros = n - keys.len();
        let (mut low, mut high) = if zeros > 0 { (ZERO, ZERO) } else { (u32::MAX, 0) };
        let mut missing = 0;
        for number in keys.iter().map(|key| (key >> 32) as u32) {
            if number == absent {
                missing += 1;
            } else {
                (low, high) = (low.min(number), high.max(number));
            }
        }
        let (threshold, border, missing_left) = self.drawn(f, (low, high), missing, n)?;
        // The samples of the side where there are no zeros are moved.
        let mirrored = zeros > 0 && ZERO < border;
        self.scorer.clear();
        let mut moved = 0;
        for &key in keys {
            let number = (key >> 32) as u32;
            let left = number < border || (missing_left && number == absent);
            if left != mirrored {
                self.scorer.push(key as u32);
                moved += 1;
            }
        }
        let left = if mirrored { n - moved } else { moved };
        let (growth, bounds) = (self.growth, node.bounds);
        let judged = judge(&mut self.scorer, growth, bounds, f, left, n, mirrored);
        let Some((gain, says)) = judged.filter(|(gain, _)| *gain > record) else {
            return Some(None);
        };
        let missing_left = if missing == 0 { left > n - left } else { missing_left };
        let (feature, threshold) = (f as u32, Threshold::At(threshold));
        Some(Some(Best { gain, feature, threshold, rank: border, missing_left, says }))
    }
}
