//! The absolute error: medians, kept by trees of partial sums over the ranks of a node's values
//! (Fenwick 1994), so that a sample moves in logarithmic time. A payload is a place.

use super::{Measure, Scorer};

/// Sums of weights and of weighted values by rank.
#[derive(Clone, Debug, Default)]
struct Partial(Vec<[f64; 2]>);

impl Partial {
    fn reset(&mut self, n: usize) {
        self.0.clear();
        self.0.resize(n + 1, [0.0; 2]);
    }

    /// Takes away what was added at some ranks.
    fn forget(&mut self, ranks: impl Iterator<Item = u32>) {
        for rank in ranks {
            let mut i = rank as usize + 1;
            while i < self.0.len() {
                self.0[i] = [0.0; 2];
                i += i & i.wrapping_neg();
            }
        }
    }

    fn add(&mut self, rank: usize, w: f64, wy: f64) {
        let mut i = rank + 1;
        while i < self.0.len() {
            self.0[i][0] += w;
            self.0[i][1] += wy;
            i += i & i.wrapping_neg();
        }
    }
}

/// One output of a node.
#[derive(Clone, Debug, Default)]
struct Output {
    /// The rank of each sample's value, and the values in rising order, less the first.
    ranks: Vec<u32>,
    sorted: Vec<f64>,
    all: Partial,
    left: Partial,
    sums: [f64; 2],
    left_sum: f64,
}

impl Output {
    /// The absolute distances from the median, and the median, of the left or the right.
    fn error(&self, weight: f64, right: bool) -> (f64, f64) {
        let part = |i: usize| {
            let (l, a) = (self.left.0[i], self.all.0[i]);
            if right { [a[0] - l[0], a[1] - l[1]] } else { l }
        };
        let (mut at, mut below) = (0, [0.0; 2]);
        let n = self.sorted.len();
        let mut step = n.checked_ilog2().map_or(0, |b| 1 << b);
        while step > 0 {
            if at + step <= n {
                let p = part(at + step);
                if below[0] + p[0] < 0.5 * weight {
                    at += step;
                    below = [below[0] + p[0], below[1] + p[1]];
                }
            }
            step /= 2;
        }
        let median = self.sorted[at.min(n - 1)];
        let sum = if right { self.sums[1] - self.left_sum } else { self.left_sum };
        let above = (sum - below[1]) - median * (weight - below[0]);
        (above + median * below[0] - below[1], median)
    }
}

/// The absolute error of one or many outputs.
#[derive(Debug)]
pub(in super::super) struct Absolute<'a> {
    y: &'a [f64],
    weights: Option<&'a [f64]>,
    node_weights: Vec<f64>,
    outputs: Vec<Output>,
    /// What is taken away from each output's values in the node.
    shift: Vec<f64>,
    left: f64,
    /// The payloads on the left.
    moved: Vec<u32>,
    total: f64,
    pairs: Vec<(f64, f64)>,
}

impl<'a> Absolute<'a> {
    pub(in super::super) fn new(
        y: &'a [f64],
        outputs: usize,
        weights: Option<&'a [f64]>,
    ) -> Absolute<'a> {
        Absolute {
            y,
            weights,
            node_weights: Vec::new(),
            outputs: vec![Output::default(); outputs],
            shift: vec![0.0; outputs],
            left: 0.0,
            moved: Vec::new(),
            total: 0.0,
            pairs: Vec::new(),
        }
    }

    fn weight(&self, sample: u32) -> f64 {
        self.weights.map_or(1.0, |w| w[sample as usize])
    }
}

/// The weighted median of pairs (value, weight) in rising order: between the two middle ones, if the
/// weights come out even.
fn median(pairs: &[(f64, f64)], weight: f64) -> f64 {
    let mut sum = 0.0;
    for (i, &(y, w)) in pairs.iter().enumerate() {
        sum += w;
        if sum >= 0.5 * weight {
            let even = sum == 0.5 * weight && i + 1 < pairs.len();
            return if even { 0.5 * (y + pairs[i + 1].0) } else { y };
        }
    }
    pairs.last().map_or(0.0, |p| p.0)
}

impl Scorer for Absolute<'_> {
    fn width(&self) -> usize {
        self.outputs.len()
    }

    fn measure(&mut self, samples: &[u32], value: &mut [f64]) -> Measure {
        let outputs = self.outputs.len();
        let weight: f64 = samples.iter().map(|&s| self.weight(s)).sum();
        let mut impurity = 0.0;
        let mut pairs = std::mem::take(&mut self.pairs);
        for (o, v) in value.iter_mut().enumerate() {
            pairs.clear();
            let pair = |&s: &u32| (self.y[s as usize * outputs + o], self.weight(s));
            pairs.extend(samples.iter().map(pair));
            pairs.sort_unstable_by(|a, b| a.0.total_cmp(&b.0));
            *v = median(&pairs, weight);
            impurity += pairs.iter().map(|(y, w)| w * (y - *v).abs()).sum::<f64>() / weight;
        }
        self.pairs = pairs;
        Measure { weight, impurity: impurity / outputs as f64 }
    }

    fn load(&mut self, samples: &[u32]) {
        self.node_weights.clear();
        self.node_weights
            .extend(samples.iter().map(|&s| self.weights.map_or(1.0, |w| w[s as usize])));
        self.total = self.node_weights.iter().sum();
        self.left = 0.0;
        self.moved.clear();
        let count = self.outputs.len();
        for (o, output) in self.outputs.iter_mut().enumerate() {
            let y = |i: usize| self.y[samples[i] as usize * count + o];
            let mut order: Vec<u32> = (0..samples.len() as u32).collect();
            order
                .sort_unstable_by(|&a, &b| y(a as usize).total_cmp(&y(b as usize)).then(a.cmp(&b)));
            let shift = y(order[0] as usize);
            self.shift[o] = shift;
            output.ranks.clear();
            output.ranks.resize(samples.len(), 0);
            output.sorted.clear();
            output.all.reset(samples.len());
            output.left.reset(samples.len());
            output.left_sum = 0.0;
            output.sums = [self.total, 0.0];
            for (rank, &i) in order.iter().enumerate() {
                let (i, w) = (i as usize, self.node_weights[i as usize]);
                output.ranks[i] = rank as u32;
                output.sorted.push(y(i) - shift);
                output.all.add(rank, w, w * (y(i) - shift));
                output.sums[1] += w * (y(i) - shift);
            }
        }
    }

    fn clear(&mut self) {
        self.left = 0.0;
        for output in &mut self.outputs {
            let n = output.sorted.len();
            // Of sparse features few samples move.
            if self.moved.len() * 8 < n {
                let ranks = &output.ranks;
                output.left.forget(self.moved.iter().map(|&payload| ranks[payload as usize]));
            } else {
                output.left.reset(n);
            }
            output.left_sum = 0.0;
        }
        self.moved.clear();
    }

    fn push(&mut self, payload: u32) {
        let w = self.node_weights[payload as usize];
        self.left += w;
        self.moved.push(payload);
        for output in &mut self.outputs {
            let rank = output.ranks[payload as usize] as usize;
            let wy = w * output.sorted[rank];
            output.left.add(rank, w, wy);
            output.left_sum += wy;
        }
    }

    fn weights(&self) -> (f64, f64) {
        (self.left, self.total - self.left)
    }

    fn gain(&mut self) -> f64 {
        let (left, right) = self.weights();
        -self.outputs.iter().map(|o| o.error(left, false).0 + o.error(right, true).0).sum::<f64>()
    }

    fn says(&mut self) -> (f64, f64) {
        let ((left, right), o) = (self.weights(), &self.outputs[0]);
        (o.error(left, false).1 + self.shift[0], o.error(right, true).1 + self.shift[0])
    }
}
