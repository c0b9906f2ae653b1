//! The machine with few weights: `min Σ |w| + Σ costs max(0, 1 - label w·x)²`, by Newton steps in one
//! weight at a time (Yuan, Chang, Hsieh and Lin 2010, JMLR 11, section 4.1).

use super::Outcome;
use super::data::Data;
use super::descent::Descent;
use crate::stop;
use seodang_core::random::Stream;

pub(super) fn minimize(data: &Data<'_>, labels: &[f64], costs: &[f64], s: Descent) -> Outcome {
    let (n, d) = (data.rows(), data.width());
    let mut random = Stream::new(s.seed, s.stream);
    let columns = data.columns();
    let mut w = vec![0.0; d];
    // How much each sample lacks to be on its side with a margin.
    let mut lack = vec![1.0; n];
    let mut order: Vec<usize> = (0..d).collect();
    let mut active = d;
    let (mut most, mut first) = (f64::INFINITY, None);
    let (mut iterations, mut converged) = (0, false);
    while iterations < s.max_iter && !stop::passed() {
        let (mut now_most, mut sum) = (0.0f64, 0.0);
        for i in (1..active).rev() {
            order.swap(i, random.below(i as u64 + 1) as usize);
        }
        let mut at = 0;
        while at < active {
            let j = order[at];
            let (rows, values) = &columns[j];
            let (mut slope, mut curvature) = (0.0, 0.0);
            for (&i, x) in rows.iter().zip(values) {
                let i = i as usize;
                if lack[i] > 0.0 {
                    slope -= 2.0 * costs[i] * labels[i] * x * lack[i];
                    curvature += 2.0 * costs[i] * x * x;
                }
            }
            let curvature = curvature.max(1e-12);
            let (up, down) = (slope + 1.0, slope - 1.0);
            let violation = if w[j] == 0.0 {
                let settled = most / n as f64;
                if up > settled && down < -settled {
                    active -= 1;
                    order.swap(at, active);
                    continue;
                }
                (-up).max(down).max(0.0)
            } else if w[j] > 0.0 {
                up.abs()
            } else {
                down.abs()
            };
            now_most = now_most.max(violation);
            sum += violation;
            at += 1;
            let step = if up < curvature * w[j] {
                -up / curvature
            } else if down > curvature * w[j] {
                -down / curvature
            } else {
                -w[j]
            };
            if step.abs() >= 1e-12 {
                search(rows, values, labels, costs, &mut lack, &mut w[j], step, slope);
            }
        }
        iterations += 1;
        let start = *first.get_or_insert(sum);
        if sum <= s.tol * start {
            if active == d {
                converged = true;
                break;
            }
            active = d;
            most = f64::INFINITY;
            continue;
        }
        most = now_most;
    }
    Outcome { weights: w, iterations, converged }
}

/// Takes the step, or half of it, or half of that, until it helps enough.
fn search(
    rows: &[u32],
    values: &[f64],
    labels: &[f64],
    costs: &[f64],
    lack: &mut [f64],
    w: &mut f64,
    step: f64,
    slope: f64,
) {
    let promised = (*w + step).abs() - w.abs() + slope * step;
    let mut part = 1.0;
    for _ in 0..20 {
        let change = part * step;
        let mut gain = (*w + change).abs() - w.abs() - 0.01 * part * promised;
        for (&i, x) in rows.iter().zip(values) {
            let i = i as usize;
            let (old, new) = (lack[i].max(0.0), (lack[i] - change * labels[i] * x).max(0.0));
            gain += costs[i] * (new * new - old * old);
        }
        if gain <= 0.0 {
            for (&i, x) in rows.iter().zip(values) {
                lack[i as usize] -= change * labels[i as usize] * x;
            }
            *w += change;
            return;
        }
        part /= 2.0;
    }
}
