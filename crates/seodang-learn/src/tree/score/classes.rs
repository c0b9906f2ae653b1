//! Classes in general: any weights, several outputs, Gini's impurity or entropy. A payload is a place.

use super::{Measure, Scorer};
use crate::target::Codes;

/// The impurity of shares, by Gini or as entropy in bits.
#[derive(Debug)]
pub(in super::super) struct Shares<'a> {
    outputs: &'a [Codes],
    weights: Option<&'a [f64]>,
    entropy: bool,
    /// The greatest number of classes: the numbers of an output in the tables below.
    classes: usize,
    /// Of the node: the classes of each sample, `outputs` numbers a sample, and the weights.
    codes: Vec<u32>,
    node_weights: Vec<f64>,
    weight: f64,
    total: Vec<f64>,
    left: Vec<f64>,
    right: Vec<f64>,
    sides: [f64; 2],
    /// Of each output: the sums of squares of both sides.
    squares: Vec<[f64; 2]>,
}

impl<'a> Shares<'a> {
    pub(in super::super) fn new(
        outputs: &'a [Codes],
        weights: Option<&'a [f64]>,
        entropy: bool,
    ) -> Shares<'a> {
        let classes = outputs.iter().map(|o| o.n).max().unwrap_or(0);
        let table = vec![0.0; outputs.len() * classes];
        Shares {
            outputs,
            weights,
            entropy,
            classes,
            codes: Vec::new(),
            node_weights: Vec::new(),
            weight: 0.0,
            total: table.clone(),
            left: table.clone(),
            right: table,
            sides: [0.0; 2],
            squares: vec![[0.0; 2]; outputs.len()],
        }
    }

    fn weight(&self, sample: u32) -> f64 {
        self.weights.map_or(1.0, |w| w[sample as usize])
    }

    /// Σ c log c, of which entropy is made.
    fn c_log_c(counts: &[f64]) -> f64 {
        counts.iter().filter(|&&c| c > 0.0).map(|&c| c * c.log2()).sum()
    }
}

impl Scorer for Shares<'_> {
    fn width(&self) -> usize {
        self.outputs.len() * self.classes
    }

    fn measure(&mut self, samples: &[u32], value: &mut [f64]) -> Measure {
        value.fill(0.0);
        let mut weight = 0.0;
        for &s in samples {
            let w = self.weight(s);
            weight += w;
            for (o, codes) in self.outputs.iter().enumerate() {
                value[o * self.classes + codes.codes[s as usize] as usize] += w;
            }
        }
        let mut impurity = 0.0;
        for shares in value.chunks_exact_mut(self.classes.max(1)) {
            shares.iter_mut().for_each(|v| *v /= weight);
            impurity += if self.entropy {
                -Self::c_log_c(shares)
            } else {
                1.0 - shares.iter().map(|v| v * v).sum::<f64>()
            };
        }
        Measure { weight, impurity: impurity / self.outputs.len() as f64 }
    }

    fn load(&mut self, samples: &[u32]) {
        self.codes.clear();
        self.node_weights.clear();
        self.total.fill(0.0);
        for &s in samples {
            let w = self.weight(s);
            self.node_weights.push(w);
            for (o, codes) in self.outputs.iter().enumerate() {
                let code = codes.codes[s as usize];
                self.codes.push(code);
                self.total[o * self.classes + code as usize] += w;
            }
        }
        self.weight = self.node_weights.iter().sum();
    }

    fn clear(&mut self) {
        self.left.fill(0.0);
        self.right.copy_from_slice(&self.total);
        self.sides = [0.0, self.weight];
        for (squares, total) in self.squares.iter_mut().zip(self.total.chunks(self.classes.max(1)))
        {
            *squares = [0.0, total.iter().map(|c| c * c).sum()];
        }
    }

    fn push(&mut self, payload: u32) {
        let (i, n) = (payload as usize, self.outputs.len());
        let w = self.node_weights[i];
        for (o, &code) in self.codes[i * n..(i + 1) * n].iter().enumerate() {
            let at = o * self.classes + code as usize;
            let (l, r) = (&mut self.left[at], &mut self.right[at]);
            self.squares[o][0] += w * (2.0 * *l + w);
            self.squares[o][1] -= w * (2.0 * *r - w);
            *l += w;
            *r -= w;
        }
        self.sides[0] += w;
        self.sides[1] -= w;
    }

    #[inline]
    fn weights(&self) -> (f64, f64) {
        (self.sides[0], self.sides[1])
    }

    fn gain(&mut self) -> f64 {
        let [left, right] = self.sides;
        if self.entropy {
            let whole = self.outputs.len() as f64 * (left * left.log2() + right * right.log2());
            return Self::c_log_c(&self.left) + Self::c_log_c(&self.right) - whole;
        }
        self.squares.iter().map(|s| s[0] / left + s[1] / right).sum()
    }

    fn says(&mut self) -> (f64, f64) {
        (self.left[1] / self.sides[0], self.right[1] / self.sides[1])
    }
}
