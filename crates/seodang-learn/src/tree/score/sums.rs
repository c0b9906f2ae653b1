//! Numbers: their means, by squared error or the deviance of Poisson's distribution. A payload is a
//! place.

use super::{Measure, Scorer};

/// Numbers of a node's samples.
fn gather(from: &[f64], samples: &[u32], to: &mut Vec<f64>) {
    to.clear();
    to.extend(samples.iter().map(|&s| from[s as usize]));
}

/// The mean, the weight and the mean squared distance from the mean of one output.
///
/// Sums are over distances from the first value, so that equal values have the impurity 0 exactly; the
/// mean is of the values themselves, so that it is exact where these are whole.
fn spread(y: impl Iterator<Item = (f64, f64)>) -> (f64, f64, f64) {
    let (mut weight, mut sum, mut shifted, mut squares, mut first) = (0.0, 0.0, 0.0, 0.0, None);
    for (y, w) in y {
        let d = y - *first.get_or_insert(y);
        weight += w;
        sum += w * y;
        shifted += w * d;
        squares += w * d * d;
    }
    let mean = shifted / weight;
    (sum / weight, weight, (squares / weight - mean * mean).max(0.0))
}

/// The middle of the range of an output: sums of distances from it lose less to rounding, and it does not
/// depend on how often a sample is there, so that equal splits stay equal.
fn centre(y: &[f64], output: usize, outputs: usize, weights: Option<&[f64]>) -> f64 {
    let counts = |i: usize| weights.is_none_or(|w| w[i] != 0.0);
    let values = y.iter().skip(output).step_by(outputs).enumerate().filter(|(i, _)| counts(*i));
    let (low, high) = values
        .fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), (_, &y)| (low.min(y), high.max(y)));
    if low <= high { low / 2.0 + high / 2.0 } else { 0.0 }
}

/// The squared error of one output.
#[derive(Debug)]
pub(in super::super) struct Sum<'a> {
    y: &'a [f64],
    weights: Option<&'a [f64]>,
    centre: f64,
    /// `w (y - centre)` of all samples.
    centred: Vec<f64>,
    /// The same, and the weights, of the node.
    node: Vec<f64>,
    node_weights: Vec<f64>,
    left: [f64; 2],
    total: [f64; 2],
}

impl<'a> Sum<'a> {
    pub(in super::super) fn new(y: &'a [f64], weights: Option<&'a [f64]>) -> Sum<'a> {
        let centre = centre(y, 0, 1, weights);
        let weight = |i: usize| weights.map_or(1.0, |w| w[i]);
        let centred = y.iter().enumerate().map(|(i, y)| weight(i) * (y - centre)).collect();
        Sum {
            y,
            weights,
            centre,
            centred,
            node: Vec::new(),
            node_weights: Vec::new(),
            left: [0.0; 2],
            total: [0.0; 2],
        }
    }
}

impl Scorer for Sum<'_> {
    fn width(&self) -> usize {
        1
    }

    fn measure(&mut self, samples: &[u32], value: &mut [f64]) -> Measure {
        let at = |s: &u32| *s as usize;
        let (mean, weight, impurity) = match self.weights {
            None => spread(samples.iter().map(|s| (self.y[at(s)], 1.0))),
            Some(w) => spread(samples.iter().map(|s| (self.y[at(s)], w[at(s)]))),
        };
        value[0] = mean;
        Measure { weight, impurity }
    }

    fn load(&mut self, samples: &[u32]) {
        gather(&self.centred, samples, &mut self.node);
        self.total = [samples.len() as f64, self.node.iter().sum()];
        if let Some(w) = self.weights {
            gather(w, samples, &mut self.node_weights);
            self.total[0] = self.node_weights.iter().sum();
        }
    }

    #[inline]
    fn clear(&mut self) {
        self.left = [0.0; 2];
    }

    #[inline]
    fn push(&mut self, payload: u32) {
        let i = payload as usize;
        self.left[0] += if self.weights.is_some() { self.node_weights[i] } else { 1.0 };
        self.left[1] += self.node[i];
    }

    #[inline]
    fn weights(&self) -> (f64, f64) {
        (self.left[0], self.total[0] - self.left[0])
    }

    #[inline]
    fn gain(&mut self) -> f64 {
        let (left, right) = self.weights();
        let d = self.left[1] * self.total[0] - left * self.total[1];
        d * d / (left * right)
    }

    fn says(&mut self) -> (f64, f64) {
        let (left, right) = self.weights();
        let (l, c) = (self.left[1], self.centre);
        (l / left + c, (self.total[1] - l) / right + c)
    }
}

/// The squared error of many outputs, or the deviance of Poisson's distribution of one or many.
#[derive(Debug)]
pub(in super::super) struct Moments<'a> {
    y: &'a [f64],
    outputs: usize,
    weights: Option<&'a [f64]>,
    poisson: bool,
    /// What is taken away from each output: the middle of its range, or nothing.
    centre: Vec<f64>,
    samples: Vec<u32>,
    left: Vec<f64>,
    total: Vec<f64>,
    left_weight: f64,
    total_weight: f64,
}

impl<'a> Moments<'a> {
    pub(in super::super) fn new(
        y: &'a [f64],
        outputs: usize,
        weights: Option<&'a [f64]>,
        poisson: bool,
    ) -> Moments<'a> {
        let mut centre = vec![0.0; outputs];
        if !poisson {
            centre = (0..outputs).map(|o| self::centre(y, o, outputs, weights)).collect();
        }
        Moments {
            y,
            outputs,
            weights,
            poisson,
            centre,
            samples: Vec::new(),
            left: vec![0.0; outputs],
            total: vec![0.0; outputs],
            left_weight: 0.0,
            total_weight: 0.0,
        }
    }

    fn weight(&self, sample: u32) -> f64 {
        self.weights.map_or(1.0, |w| w[sample as usize])
    }

    fn add(&self, sample: u32, sums: &mut [f64]) -> f64 {
        let (w, i) = (self.weight(sample), sample as usize * self.outputs);
        let row = &self.y[i..i + self.outputs];
        for ((sum, y), c) in sums.iter_mut().zip(row).zip(&self.centre) {
            *sum += w * (y - c);
        }
        w
    }
}

impl Scorer for Moments<'_> {
    fn width(&self) -> usize {
        self.outputs
    }

    fn measure(&mut self, samples: &[u32], value: &mut [f64]) -> Measure {
        let (mut weight, mut impurity) = (0.0, 0.0);
        for (o, mean) in value.iter_mut().enumerate() {
            let y = |s: u32| self.y[s as usize * self.outputs + o];
            let of;
            (*mean, weight, of) = spread(samples.iter().map(|&s| (y(s), self.weight(s))));
            impurity += if self.poisson {
                let deviance = |&s: &u32| match y(s) {
                    0.0 => 0.0,
                    y => self.weight(s) * y * (y / *mean).ln(),
                };
                samples.iter().map(deviance).sum::<f64>() / weight
            } else {
                of
            };
        }
        Measure { weight, impurity: impurity / self.outputs as f64 }
    }

    fn load(&mut self, samples: &[u32]) {
        self.samples.clear();
        self.samples.extend_from_slice(samples);
        let mut total = std::mem::take(&mut self.total);
        total.fill(0.0);
        self.total_weight = samples.iter().map(|&s| self.add(s, &mut total)).sum();
        self.total = total;
    }

    fn clear(&mut self) {
        self.left.fill(0.0);
        self.left_weight = 0.0;
    }

    fn push(&mut self, payload: u32) {
        let mut left = std::mem::take(&mut self.left);
        self.left_weight += self.add(self.samples[payload as usize], &mut left);
        self.left = left;
    }

    fn weights(&self) -> (f64, f64) {
        (self.left_weight, self.total_weight - self.left_weight)
    }

    fn gain(&mut self) -> f64 {
        let (left, right) = self.weights();
        let mut gain = 0.0;
        for (&l, &total) in self.left.iter().zip(&self.total) {
            let r = total - l;
            if self.poisson {
                // A side on which nothing ever happens has no mean that Poisson's distribution can have.
                if l <= f64::EPSILON || r <= f64::EPSILON {
                    return f64::NEG_INFINITY;
                }
                gain += l * (l / left).ln() + r * (r / right).ln();
            } else {
                let d = l * self.total_weight - left * total;
                gain += d * d / (left * right);
            }
        }
        gain
    }

    fn says(&mut self) -> (f64, f64) {
        let (left, right) = self.weights();
        let centre = self.centre[0];
        (self.left[0] / left + centre, (self.total[0] - self.left[0]) / right + centre)
    }
}
