//! The nearest samples so far.

use std::cmp::Ordering;

/// Distances with the numbers of samples.
pub(super) type Found = Vec<(f64, u32)>;

/// Up to how many are kept in order; more are cut back now and then instead.
const ORDERED: usize = 64;

/// The `k` nearest of the samples that were offered; of equally distant ones, those of the least numbers.
pub(super) struct Best {
    k: usize,
    found: Found,
    /// What is farther cannot be among them.
    limit: f64,
}

fn order(a: &(f64, u32), b: &(f64, u32)) -> Ordering {
    a.0.total_cmp(&b.0).then(a.1.cmp(&b.1))
}

impl Best {
    pub(super) fn new(k: usize) -> Best {
        let room = if k <= ORDERED { k + 1 } else { 2 * k };
        Best { k, found: Vec::with_capacity(room), limit: f64::INFINITY }
    }

    /// What is farther away than this cannot be among them.
    #[inline]
    pub(super) fn limit(&self) -> f64 {
        self.limit
    }

    #[inline]
    pub(super) fn offer(&mut self, distance: f64, sample: u32) {
        // What is no number is farther than all that is one.
        if distance > self.limit {
            return;
        }
        self.take((distance, sample));
    }

    fn take(&mut self, new: (f64, u32)) {
        let (k, found) = (self.k, &mut self.found);
        if k > ORDERED {
            found.push(new);
            if found.len() == 2 * k || found.len() == k && self.limit == f64::INFINITY {
                found.select_nth_unstable_by(k - 1, order);
                found.truncate(k);
                self.limit = found[k - 1].0;
            }
            return;
        }
        let place = found.partition_point(|b| order(b, &new).is_lt());
        if place == k {
            return;
        }
        found.insert(place, new);
        found.truncate(k);
        if found.len() == k {
            self.limit = match found[k - 1].0 {
                x if x.is_nan() => f64::INFINITY,
                x => x,
            };
        }
    }

    /// They, nearest first.
    pub(super) fn finish(mut self) -> Found {
        self.found.sort_unstable_by(order);
        self.found.truncate(self.k);
        self.found
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn few_and_many_are_the_nearest_in_order() {
        for k in [1, 5, 64, 65, 300] {
            let all: Found = (0..1000u32).map(|i| (f64::from(i * 7919 % 101), i)).collect();
            let mut best = Best::new(k);
            // In any order.
            for i in 0..1000 {
                let (d, sample) = all[i * 7 % 1000];
                best.offer(d, sample);
            }
            let mut sorted = all;
            sorted.sort_by(order);
            assert_eq!(best.finish(), sorted[..k], "{k}");
        }
    }

    #[test]
    fn what_is_no_number_comes_last() {
        let mut best = Best::new(2);
        for (d, i) in [(f64::NAN, 0), (f64::NAN, 1), (1.0, 2)] {
            best.offer(d, i);
        }
        let found = best.finish();
        assert_eq!((found[0], found[1].1), ((1.0, 2), 0));
    }
}
