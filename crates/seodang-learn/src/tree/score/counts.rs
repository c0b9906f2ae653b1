//! Classes of one output, where the weights of samples are whole numbers: each sample once, or as often
//! as it was drawn. A payload is the class, with the weight above it.

use super::{Measure, Scorer};

/// The weights, if they are whole and small enough for a payload.
pub(in super::super) fn whole(weights: Option<&[f64]>, rows: usize) -> Option<Vec<u16>> {
    match weights {
        None => Some(vec![1; rows]),
        Some(w) => w
            .iter()
            .map(|&w| {
                (w.fract() == 0.0 && (0.0..=f64::from(u16::MAX)).contains(&w)).then_some(w as u16)
            })
            .collect(),
    }
}

/// What both scorers here hold of all samples and of a node.
#[derive(Debug)]
struct Labels {
    all: Vec<u32>,
    node: Vec<u32>,
    counts: Vec<u64>,
}

impl Labels {
    fn new(codes: &[u32], weights: Vec<u16>, classes: usize) -> Labels {
        let all = codes.iter().zip(weights).map(|(&c, w)| c | u32::from(w) << 16).collect();
        Labels { all, node: Vec::new(), counts: vec![0; classes] }
    }

    fn count(&mut self, labels: impl Iterator<Item = u32>) {
        if let [first, second] = &mut self.counts[..] {
            // Both sums in registers.
            let (mut all, mut seconds) = (0u64, 0u64);
            for label in labels {
                let weight = u64::from(label >> 16);
                all += weight;
                seconds += weight & u64::from(label & 1).wrapping_neg();
            }
            (*first, *second) = (all - seconds, seconds);
            return;
        }
        self.counts.fill(0);
        for label in labels {
            self.counts[(label & 0xffff) as usize] += u64::from(label >> 16);
        }
    }

    fn measure(&mut self, samples: &[u32], value: &mut [f64]) -> Measure {
        let all = std::mem::take(&mut self.all);
        self.count(samples.iter().map(|&s| all[s as usize]));
        self.all = all;
        let weight = self.counts.iter().sum::<u64>() as f64;
        let mut squares = 0.0;
        for (v, &c) in value.iter_mut().zip(&self.counts) {
            *v = c as f64 / weight;
            squares += *v * *v;
        }
        Measure { weight, impurity: 1.0 - squares }
    }

    fn load(&mut self, samples: &[u32]) {
        self.node.clear();
        self.node.extend(samples.iter().map(|&s| self.all[s as usize]));
        let node = std::mem::take(&mut self.node);
        self.count(node.iter().copied());
        self.node = node;
    }
}

/// Gini's impurity of two classes. It falls as the squared error of 0 and 1 does.
#[derive(Debug)]
pub(in super::super) struct Pair {
    labels: Labels,
    left: [i64; 2],
    total: [i64; 2],
}

impl Pair {
    pub(in super::super) fn new(codes: &[u32], weights: Vec<u16>) -> Pair {
        Pair { labels: Labels::new(codes, weights, 2), left: [0; 2], total: [0; 2] }
    }
}

impl Scorer for Pair {
    fn width(&self) -> usize {
        2
    }

    fn measure(&mut self, samples: &[u32], value: &mut [f64]) -> Measure {
        self.labels.measure(samples, value)
    }

    fn load(&mut self, samples: &[u32]) {
        self.labels.load(samples);
        let &[a, b] = &self.labels.counts[..] else { unreachable!("two classes") };
        self.total = [(a + b) as i64, b as i64];
    }

    fn payloads(&self) -> Option<&[u32]> {
        Some(&self.labels.node)
    }

    #[inline]
    fn clear(&mut self) {
        self.left = [0; 2];
    }

    #[inline]
    fn push(&mut self, payload: u32) {
        let w = i64::from(payload >> 16);
        self.left[0] += w;
        // The class is 0 or 1.
        self.left[1] += w & -i64::from(payload & 1);
    }

    #[inline]
    fn weights(&self) -> (f64, f64) {
        (self.left[0] as f64, (self.total[0] - self.left[0]) as f64)
    }

    #[inline]
    fn gain(&mut self) -> f64 {
        let (left, right) = self.weights();
        let d = self.left[1] as f64 * self.total[0] as f64 - left * self.total[1] as f64;
        d * d / (left * right)
    }

    fn pair(&self) -> Option<[i64; 2]> {
        // Counts of weights have 32 bits.
        (self.total[0] < 1 << 31).then_some(self.total)
    }

    fn says(&mut self) -> (f64, f64) {
        let (left, right) = self.weights();
        (self.left[1] as f64 / left, (self.total[1] - self.left[1]) as f64 / right)
    }
}

/// Gini's impurity of many classes.
#[derive(Debug)]
pub(in super::super) struct Counts {
    labels: Labels,
    /// Of each class: on the left, on the right.
    sides: Vec<[i64; 2]>,
    weights: [i64; 2],
    /// The sums of the squares of the counts.
    squares: [i64; 2],
}

impl Counts {
    pub(in super::super) fn new(codes: &[u32], weights: Vec<u16>, classes: usize) -> Counts {
        Counts {
            labels: Labels::new(codes, weights, classes),
            sides: vec![[0; 2]; classes],
            weights: [0; 2],
            squares: [0; 2],
        }
    }
}

impl Scorer for Counts {
    fn width(&self) -> usize {
        self.sides.len()
    }

    fn measure(&mut self, samples: &[u32], value: &mut [f64]) -> Measure {
        self.labels.measure(samples, value)
    }

    fn load(&mut self, samples: &[u32]) {
        self.labels.load(samples);
    }

    fn payloads(&self) -> Option<&[u32]> {
        Some(&self.labels.node)
    }

    fn clear(&mut self) {
        self.weights = [0; 2];
        self.squares = [0; 2];
        for (side, &c) in self.sides.iter_mut().zip(&self.labels.counts) {
            *side = [0, c as i64];
            self.weights[1] += c as i64;
            self.squares[1] += (c * c) as i64;
        }
    }

    #[inline]
    fn push(&mut self, payload: u32) {
        let w = i64::from(payload >> 16);
        let side = &mut self.sides[(payload & 0xffff) as usize];
        self.squares[0] += w * (2 * side[0] + w);
        self.squares[1] -= w * (2 * side[1] - w);
        side[0] += w;
        side[1] -= w;
        self.weights[0] += w;
        self.weights[1] -= w;
    }

    #[inline]
    fn weights(&self) -> (f64, f64) {
        (self.weights[0] as f64, self.weights[1] as f64)
    }

    #[inline]
    fn gain(&mut self) -> f64 {
        let (left, right) = self.weights();
        self.squares[0] as f64 / left + self.squares[1] as f64 / right
    }

    fn says(&mut self) -> (f64, f64) {
        let (left, right) = self.weights();
        (self.sides[1][0] as f64 / left, self.sides[1][1] as f64 / right)
    }
}
