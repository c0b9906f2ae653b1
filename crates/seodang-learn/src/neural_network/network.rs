//! The network itself: forward, and the gradient of its loss.

use crate::features::{Csr, Matrix, Real};
use crate::record::one_of;
use seodang_core::Result;
use seodang_core::random::Stream;
use seodang_kernels::gemm::{self, Epilogue, Mat, gemm};

one_of! {
    /// What hidden layers do to their sums.
    Activation {
        /// Nothing.
        Identity = "identity",
        /// 1 / (1 + exp(-x)).
        Logistic = "logistic",
        /// The hyperbolic tangent.
        Tanh = "tanh",
        /// max(x, 0).
        Relu = "relu",
    }
}

one_of! {
    /// What the last layer does to its sums.
    Output {
        /// Nothing.
        Identity = "identity",
        /// 1 / (1 + exp(-x)).
        Logistic = "logistic",
        /// Shares of 1.
        Softmax = "softmax",
        /// exp(x).
        Exp = "exp",
    }
}

/// The exponential function to about 1e-15, in a form that the compiler makes vectors of.
#[inline(always)]
fn exp(x: f64) -> f64 {
    let x = x.clamp(-708.0, 709.0);
    // x = k ln 2 + r: adding and taking away 1.5 · 2^52 rounds to a whole number.
    const ROUND: f64 = 6_755_399_441_055_744.0;
    let shifted = x * std::f64::consts::LOG2_E + ROUND;
    let k = shifted - ROUND;
    let r = (x - k * 6.931_471_803_691_238e-1) - k * 1.908_214_929_270_587_7e-10;
    let mut p = 1.605_904_383_682_161_5e-10;
    for c in [
        2.087_675_698_786_81e-9,
        2.505_210_838_544_172e-8,
        2.755_731_922_398_589_3e-7,
        2.755_731_922_398_589e-6,
        2.480_158_730_158_73e-5,
        1.984_126_984_126_984e-4,
        1.388_888_888_888_889e-3,
        8.333_333_333_333_333e-3,
        4.166_666_666_666_666_4e-2,
        1.666_666_666_666_666_6e-1,
        0.5,
        1.0,
        1.0,
    ] {
        p = p * r + c;
    }
    // 2^k from the low bits of the shifted number.
    let scale = f64::from_bits((shifted.to_bits().wrapping_add(1023)) << 52);
    p * scale
}

impl Activation {
    fn apply<T: Real>(self, x: &mut [T]) {
        match self {
            Activation::Identity => {}
            Activation::Logistic => logistic(x),
            Activation::Tanh => {
                x.iter_mut().for_each(|x| *x = T::of(1.0 - 2.0 / (exp(2.0 * x.f64()) + 1.0)));
            }
            Activation::Relu => {
                x.iter_mut().for_each(|x| *x = if *x > T::of(0.0) { *x } else { T::of(0.0) });
            }
        }
    }

    /// Multiplies gradients with the slope, known from what the layer gave.
    fn backward<T: Real>(self, y: &[T], gradient: &mut [T]) {
        let (zero, one) = (T::of(0.0), T::of(1.0));
        let each = gradient.iter_mut().zip(y);
        match self {
            Activation::Identity => {}
            Activation::Logistic => each.for_each(|(g, &y)| *g *= y * (one - y)),
            Activation::Tanh => each.for_each(|(g, &y)| *g *= one - y * y),
            Activation::Relu => each.for_each(|(g, &y)| *g = if y > zero { *g } else { zero }),
        }
    }
}

fn logistic<T: Real>(x: &mut [T]) {
    x.iter_mut().for_each(|x| *x = T::of(1.0 / (1.0 + exp(-x.f64()))));
}

impl Output {
    fn apply<T: Real>(self, x: &mut [T], outputs: usize) {
        match self {
            Output::Identity => {}
            Output::Logistic => logistic(x),
            Output::Exp => x.iter_mut().for_each(|x| *x = T::of(exp(x.f64()))),
            Output::Softmax => {
                for row in x.chunks_exact_mut(outputs) {
                    let most = row.iter().fold(row[0], |m, &x| if x > m { x } else { m });
                    row.iter_mut().for_each(|x| *x = T::of(exp((*x - most).f64())));
                    let sum: T = row.iter().copied().sum();
                    row.iter_mut().for_each(|x| *x /= sum);
                }
            }
        }
    }

    /// The loss of one sample, before it is averaged.
    fn loss<T: Real>(self, y: &[T], p: &[T]) -> f64 {
        let least = if size_of::<T>() == 4 { f64::from(f32::EPSILON) } else { f64::EPSILON };
        let pairs = y.iter().zip(p).map(|(y, p)| (y.f64(), p.f64()));
        let log = |y: f64, p: f64| if y == 0.0 { 0.0 } else { y * p.ln() };
        match self {
            Output::Identity => {
                pairs.map(|(y, p)| (y - p) * (y - p)).sum::<f64>() / (2.0 * y.len() as f64)
            }
            Output::Logistic => pairs
                .map(|(y, p)| {
                    let p = p.clamp(least, 1.0 - least);
                    -log(y, p) - log(1.0 - y, 1.0 - p)
                })
                .sum(),
            Output::Softmax => pairs.map(|(y, p)| -log(y, p.clamp(least, 1.0 - least))).sum(),
            Output::Exp => pairs.map(|(y, p)| log(y, y / p) - y + p).sum(),
        }
    }
}

/// Samples that batches are gathered from.
pub(super) enum Rows<'a, T: Real> {
    Dense(Matrix<'a, T>),
    Sparse(&'a Csr<'a>),
}

impl<T: Real> Rows<'_, T> {
    pub(super) fn len(&self) -> usize {
        match self {
            Rows::Dense(m) => m.rows,
            Rows::Sparse(s) => s.rows(),
        }
    }

    /// The rows `indices`, in `out`.
    pub(super) fn gather(&self, indices: &[usize], out: &mut Vec<T>) {
        out.clear();
        match self {
            Rows::Dense(m) => indices.iter().for_each(|&i| out.extend_from_slice(m.row(i))),
            Rows::Sparse(s) => {
                out.resize(indices.len() * s.cols, T::of(0.0));
                for (row, &i) in out.chunks_exact_mut(s.cols.max(1)).zip(indices) {
                    let (columns, values) = s.row(i);
                    columns.iter().zip(values).for_each(|(&c, &v)| row[c as usize] += T::of(v));
                }
            }
        }
    }
}

/// Layers of weights.
#[derive(Clone, Debug)]
pub(super) struct Network<T> {
    /// Units of each layer, the features first.
    pub(super) sizes: Vec<usize>,
    /// Of each layer, inputs by outputs.
    pub(super) coefs: Vec<Vec<T>>,
    pub(super) intercepts: Vec<Vec<T>>,
    pub(super) activation: Activation,
    pub(super) output: Output,
}

/// What a pass writes into, kept from batch to batch.
#[derive(Default)]
pub(super) struct Work<T> {
    layers: Vec<Vec<T>>,
    delta: Vec<T>,
    next: Vec<T>,
    /// The gradients of the weights, and of the intercepts.
    pub(super) coefs: Vec<Vec<T>>,
    pub(super) intercepts: Vec<Vec<T>>,
}

impl<T: Real> Network<T> {
    pub(super) fn new(
        sizes: Vec<usize>,
        activation: Activation,
        output: Output,
        stream: &mut Stream,
    ) -> Network<T> {
        let factor = if activation == Activation::Logistic { 2.0 } else { 6.0 };
        let (mut coefs, mut intercepts) = (Vec::new(), Vec::new());
        for pair in sizes.windows(2) {
            let bound = (factor / (pair[0] + pair[1]) as f64).sqrt();
            let mut draw = |n: usize| -> Vec<T> {
                (0..n).map(|_| T::of((2.0 * stream.uniform() - 1.0) * bound)).collect()
            };
            coefs.push(draw(pair[0] * pair[1]));
            intercepts.push(draw(pair[1]));
        }
        Network { sizes, coefs, intercepts, activation, output }
    }

    pub(super) fn outputs(&self) -> usize {
        self.sizes[self.sizes.len() - 1]
    }

    /// What each layer gives for some samples.
    fn forward(&self, x: &[T], rows: usize, layers: &mut Vec<Vec<T>>) -> Result<()> {
        let depth = self.coefs.len();
        layers.resize_with(depth, Vec::new);
        for l in 0..depth {
            let (k, n) = (self.sizes[l], self.sizes[l + 1]);
            let (before, rest) = layers.split_at_mut(l);
            let out = &mut rest[0];
            out.resize(rows * n, T::of(0.0));
            let relu = l + 1 < depth && self.activation == Activation::Relu;
            let activation =
                if relu { gemm::Activation::Relu } else { gemm::Activation::default() };
            gemm(
                (rows, n, k),
                (before.last().map_or(x, Vec::as_slice), Mat::row_major(rows, k)),
                (&self.coefs[l], Mat::row_major(k, n)),
                (out, Mat::row_major(rows, n)),
                Some(&self.intercepts[l]),
                Epilogue { activation, ..Epilogue::default() },
            )?;
            if l + 1 == depth {
                self.output.apply(out, n);
            } else if !relu {
                self.activation.apply(out);
            }
        }
        Ok(())
    }

    /// What the network says of samples: rows by outputs.
    pub(super) fn predict(&self, x: &Rows<'_, T>) -> Result<Vec<T>> {
        let (rows, outputs) = (x.len(), self.outputs());
        let mut out = Vec::with_capacity(rows * outputs);
        let (mut layers, mut batch) = (Vec::new(), Vec::new());
        let widest = self.sizes.iter().copied().max().unwrap_or(1).max(1);
        let step = ((1 << 18) / widest).max(64);
        for start in (0..rows).step_by(step) {
            let end = (start + step).min(rows);
            let part = match x {
                Rows::Dense(m) => &m.data[start * m.cols..end * m.cols],
                Rows::Sparse(_) => {
                    x.gather(&(start..end).collect::<Vec<_>>(), &mut batch);
                    &batch
                }
            };
            self.forward(part, end - start, &mut layers)?;
            out.extend_from_slice(&layers[layers.len() - 1][..(end - start) * outputs]);
        }
        Ok(out)
    }

    /// The mean loss of some samples with its penalty; the gradient stays in `work`.
    pub(super) fn loss_gradient(
        &self,
        x: &[T],
        y: &[T],
        weights: Option<&[T]>,
        alpha: f64,
        work: &mut Work<T>,
    ) -> Result<f64> {
        let outputs = self.outputs();
        let rows = y.len() / outputs.max(1);
        let depth = self.coefs.len();
        self.forward(x, rows, &mut work.layers)?;
        let total = weights.map_or(rows as f64, |w| w.iter().map(|w| w.f64()).sum());
        let p = &work.layers[depth - 1];
        let mut loss = 0.0;
        for i in 0..rows {
            let range = i * outputs..(i + 1) * outputs;
            let w = weights.map_or(1.0, |w| w[i].f64());
            loss += w * self.output.loss(&y[range.clone()], &p[range]);
        }
        loss /= total;
        let squares: f64 = self.coefs.iter().flatten().map(|c| c.f64() * c.f64()).sum();
        loss += 0.5 * alpha * squares / total;

        let by = T::of(1.0 / total);
        work.delta.clear();
        work.delta.extend(p.iter().zip(y).map(|(&p, &y)| (p - y) * by));
        if let Some(w) = weights {
            for (row, &w) in work.delta.chunks_exact_mut(outputs).zip(w) {
                row.iter_mut().for_each(|d| *d *= w);
            }
        }
        work.coefs.resize_with(depth, Vec::new);
        work.intercepts.resize_with(depth, Vec::new);
        for l in (0..depth).rev() {
            let (k, n) = (self.sizes[l], self.sizes[l + 1]);
            let before = if l == 0 { x } else { &work.layers[l - 1] };
            // The penalty's gradient first; the product is added to it.
            let penalty = T::of(alpha / total);
            work.coefs[l].clear();
            work.coefs[l].extend(self.coefs[l].iter().map(|&c| c * penalty));
            gemm(
                (k, n, rows),
                (before, Mat::row_major(rows, k).t()),
                (&work.delta, Mat::row_major(rows, n)),
                (&mut work.coefs[l], Mat::row_major(k, n)),
                None,
                Epilogue { accumulate: true, ..Epilogue::default() },
            )?;
            let sums = &mut work.intercepts[l];
            sums.clear();
            sums.resize(n, T::of(0.0));
            for row in work.delta.chunks_exact(n) {
                sums.iter_mut().zip(row).for_each(|(s, &d)| *s += d);
            }
            if l > 0 {
                work.next.resize(rows * k, T::of(0.0));
                gemm(
                    (rows, k, n),
                    (&work.delta, Mat::row_major(rows, n)),
                    (&self.coefs[l], Mat::row_major(k, n).t()),
                    (&mut work.next, Mat::row_major(rows, k)),
                    None,
                    Epilogue::default(),
                )?;
                self.activation.backward(&work.layers[l - 1], &mut work.next[..rows * k]);
                std::mem::swap(&mut work.delta, &mut work.next);
                work.delta.truncate(rows * k);
            }
        }
        Ok(loss)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_exponential_is_exact_to_a_few_places() {
        for i in -7000..7000 {
            let x = f64::from(i) / 10.0;
            assert!((exp(x) / x.exp() - 1.0).abs() < 4e-15, "{x}");
        }
    }

    #[test]
    fn gradients_are_the_slopes_of_the_loss() {
        for activation in
            [Activation::Identity, Activation::Logistic, Activation::Tanh, Activation::Relu]
        {
            for output in [Output::Identity, Output::Logistic, Output::Softmax, Output::Exp] {
                let mut stream = Stream::new(3, 0);
                let mut network =
                    Network::<f64>::new(vec![3, 4, 5, 2], activation, output, &mut stream);
                let x: Vec<f64> = (0..18).map(|_| stream.normal()).collect();
                let y: Vec<f64> = (0..12).map(|i| f64::from((i / 2 + i % 2) % 2)).collect();
                let w: Vec<f64> = (0..6).map(|i| f64::from(i) / 2.0).collect();
                let mut work = Work::default();
                let loss = |n: &Network<f64>, work: &mut Work<f64>| {
                    n.loss_gradient(&x, &y, Some(&w), 0.3, work).unwrap()
                };
                loss(&network, &mut work);
                let known = (work.coefs.clone(), work.intercepts.clone());
                // The loss of values is an average over outputs, its gradient a sum.
                let factor = if output == Output::Identity { 2.0 } else { 1.0 };
                for l in 0..3 {
                    for j in 0..network.intercepts[l].len() {
                        let h = 1e-6;
                        network.intercepts[l][j] += h;
                        let up = loss(&network, &mut work);
                        network.intercepts[l][j] -= 2.0 * h;
                        let down = loss(&network, &mut work);
                        network.intercepts[l][j] += h;
                        let slope = (up - down) / (2.0 * h) * factor;
                        assert!((slope - known.1[l][j]).abs() < 1e-6, "{activation:?} {output:?}");
                    }
                    for j in 0..network.coefs[l].len() {
                        if output == Output::Identity {
                            // The penalty is not averaged over outputs.
                            continue;
                        }
                        let h = 1e-6;
                        network.coefs[l][j] += h;
                        let up = loss(&network, &mut work);
                        network.coefs[l][j] -= 2.0 * h;
                        let down = loss(&network, &mut work);
                        network.coefs[l][j] += h;
                        let slope = (up - down) / (2.0 * h);
                        assert!((slope - known.0[l][j]).abs() < 1e-6, "{activation:?} {output:?}");
                    }
                }
            }
        }
    }
}
