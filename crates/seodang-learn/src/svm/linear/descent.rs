//! Machines whose duals have simple bounds: coordinate descent in random order. Hsieh et al. 2008 for
//! `hinge`, Ho and Lin 2012 (JMLR 13) for `epsilon_insensitive`, Keerthi et al. 2008 for Crammer and
//! Singer's machine of many classes.

use super::Outcome;
use super::data::Data;
use crate::stop;
use seodang_core::random::Stream;

/// What coordinate descent needs to know.
#[derive(Clone, Copy)]
pub(super) struct Descent {
    pub(super) tol: f64,
    pub(super) max_iter: usize,
    pub(super) seed: u64,
    pub(super) stream: u64,
}

fn shuffle(order: &mut [usize], random: &mut Stream) {
    for i in (1..order.len()).rev() {
        order.swap(i, random.below(i as u64 + 1) as usize);
    }
}

/// `min ½ |w|² + Σ costs max(0, 1 - label w·x)`, or with the squares of the losses: their dual has no upper
/// bounds, but a diagonal.
pub(super) fn hinge(
    data: &Data<'_>,
    labels: &[f64],
    costs: &[f64],
    squared: bool,
    s: Descent,
) -> Outcome {
    let n = data.rows();
    let mut random = Stream::new(s.seed, s.stream);
    let bounded = |c: &f64| !squared || *c <= 0.0;
    let bounds: Vec<f64> =
        costs.iter().map(|c| if bounded(c) { *c } else { f64::INFINITY }).collect();
    let diagonal: Vec<f64> = costs.iter().map(|c| if bounded(c) { 0.0 } else { 0.5 / c }).collect();
    let squares: Vec<f64> = (0..n).map(|i| data.square(i) + diagonal[i]).collect();
    let mut w = vec![0.0; data.width()];
    let mut alpha = vec![0.0; n];
    let mut order: Vec<usize> = (0..n).collect();
    let mut active = n;
    let (mut iterations, mut converged) = (0, false);
    // The greatest and the least projected gradient of the last round, beyond which variables at their
    // bounds are left out.
    let (mut most, mut least) = (f64::INFINITY, f64::NEG_INFINITY);
    while iterations < s.max_iter && !stop::passed() {
        let (mut now_most, mut now_least) = (f64::NEG_INFINITY, f64::INFINITY);
        shuffle(&mut order[..active], &mut random);
        let mut at = 0;
        while at < active {
            let i = order[at];
            let g = labels[i] * data.dot(i, &w) - 1.0 + diagonal[i] * alpha[i];
            let (low, high) = (alpha[i] <= 0.0, alpha[i] >= bounds[i]);
            if low && g > most || high && g < least {
                active -= 1;
                order.swap(at, active);
                continue;
            }
            let projected = match (low, high) {
                (true, true) => 0.0,
                (true, _) => g.min(0.0),
                (_, true) => g.max(0.0),
                _ => g,
            };
            now_most = now_most.max(projected);
            now_least = now_least.min(projected);
            if projected.abs() > 1e-12 && squares[i] > 0.0 {
                let old = alpha[i];
                alpha[i] = (old - g / squares[i]).clamp(0.0, bounds[i]);
                data.add(i, (alpha[i] - old) * labels[i], &mut w);
            } else if projected.abs() > 1e-12 {
                // A sample of zeros is on no side.
                alpha[i] = if g < 0.0 { bounds[i] } else { 0.0 };
            }
            at += 1;
        }
        iterations += 1;
        if now_most - now_least <= s.tol {
            if active == n {
                converged = true;
                break;
            }
            active = n;
            (most, least) = (f64::INFINITY, f64::NEG_INFINITY);
            continue;
        }
        most = if now_most <= 0.0 { f64::INFINITY } else { now_most };
        least = if now_least >= 0.0 { f64::NEG_INFINITY } else { now_least };
    }
    Outcome { weights: w, iterations, converged }
}

/// `min ½ |w|² + Σ costs max(0, |w·x - y| - epsilon)`.
pub(super) fn tube(data: &Data<'_>, y: &[f64], costs: &[f64], epsilon: f64, s: Descent) -> Outcome {
    let n = data.rows();
    let mut random = Stream::new(s.seed, s.stream);
    let squares: Vec<f64> = (0..n).map(|i| data.square(i)).collect();
    let mut w = vec![0.0; data.width()];
    let mut beta = vec![0.0; n];
    let mut order: Vec<usize> = (0..n).collect();
    let mut active = n;
    let (mut iterations, mut converged) = (0, false);
    let (mut most, mut first) = (f64::INFINITY, None);
    while iterations < s.max_iter && !stop::passed() {
        let (mut now_most, mut sum) = (0.0f64, 0.0);
        shuffle(&mut order[..active], &mut random);
        let mut at = 0;
        while at < active {
            let i = order[at];
            let g = data.dot(i, &w) - y[i];
            let (up, down, b, c) = (g + epsilon, g - epsilon, beta[i], costs[i]);
            let slack = most / n as f64;
            let (violation, settled) = if b == 0.0 {
                ((-up).max(down).max(0.0), up > slack && down < -slack)
            } else if b >= c {
                (up.max(0.0), up < -slack)
            } else if b <= -c {
                ((-down).max(0.0), down > slack)
            } else if b > 0.0 {
                (up.abs(), false)
            } else {
                (down.abs(), false)
            };
            if settled && violation == 0.0 {
                active -= 1;
                order.swap(at, active);
                continue;
            }
            now_most = now_most.max(violation);
            sum += violation;
            at += 1;
            let h = squares[i];
            if h <= 0.0 {
                beta[i] = if up < 0.0 {
                    c
                } else if down > 0.0 {
                    -c
                } else {
                    0.0
                };
                continue;
            }
            let step = if up < h * b {
                -up / h
            } else if down > h * b {
                -down / h
            } else {
                -b
            };
            if step.abs() >= 1e-12 {
                beta[i] = (b + step).clamp(-c, c);
                data.add(i, beta[i] - b, &mut w);
            }
        }
        iterations += 1;
        let start = *first.get_or_insert(sum);
        if sum <= s.tol * start {
            if active == n {
                converged = true;
                break;
            }
            active = n;
            most = f64::INFINITY;
            continue;
        }
        most = now_most;
    }
    Outcome { weights: w, iterations, converged }
}

/// Crammer and Singer's machine: the weights of each class, one after another, of
/// `min ½ Σ |w|² + Σ costs max(0, 1 + w·x of the best other class - w·x of its own)`.
pub(super) fn crammer_singer(
    data: &Data<'_>,
    codes: &[u32],
    classes: usize,
    costs: &[f64],
    s: Descent,
) -> Outcome {
    let (n, d) = (data.rows(), data.width());
    let mut random = Stream::new(s.seed, s.stream);
    let squares: Vec<f64> = (0..n).map(|i| data.square(i)).collect();
    let mut w = vec![0.0; classes * d];
    let mut alpha = vec![0.0; n * classes];
    let mut order: Vec<usize> = (0..n).collect();
    let (mut iterations, mut converged) = (0, false);
    let (mut b, mut sorted) = (vec![0.0; classes], vec![0.0; classes]);
    while iterations < s.max_iter && !stop::passed() {
        let mut worst = 0.0f64;
        shuffle(&mut order, &mut random);
        for &i in &order {
            let (own, c, a) = (codes[i] as usize, costs[i], squares[i]);
            if a <= 0.0 {
                continue;
            }
            let alpha = &mut alpha[i * classes..(i + 1) * classes];
            let bound = |m: usize| if m == own { c } else { 0.0 };
            // The gradient, and how far the best is from the worst that may still fall.
            let (mut high, mut low) = (f64::NEG_INFINITY, f64::INFINITY);
            for m in 0..classes {
                let wx = data.dot(i, &w[m * d..(m + 1) * d]);
                let g = wx + f64::from(u8::from(m != own));
                high = high.max(g);
                if alpha[m] < bound(m) {
                    low = low.min(g);
                }
                b[m] = g - a * alpha[m];
            }
            worst = worst.max(high - low);
            if high - low <= 1e-12 {
                continue;
            }
            // The new ones are `min(bound, (level - b) / a)` for the level at which they sum to 0.
            for m in 0..classes {
                sorted[m] = b[m] + a * bound(m);
            }
            sorted.sort_by(|x, y| y.total_cmp(x));
            let mut level = sorted[0] - a * c;
            let mut r = 1;
            while r < classes && level < r as f64 * sorted[r] {
                level += sorted[r];
                r += 1;
            }
            level /= r as f64;
            for m in 0..classes {
                let new = ((level - b[m]) / a).min(bound(m));
                let change = new - alpha[m];
                if change.abs() >= 1e-12 {
                    alpha[m] = new;
                    data.add(i, change, &mut w[m * d..(m + 1) * d]);
                }
            }
        }
        iterations += 1;
        if worst <= s.tol {
            converged = true;
            break;
        }
    }
    Outcome { weights: w, iterations, converged }
}
