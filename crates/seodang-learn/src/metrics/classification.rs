//! How good classes and their probabilities are.

use super::check;
use seodang_core::{Error, Result, text};

/// How often each class (row) was taken for each class (column): `n` by `n` counts, row by row.
///
/// # Errors
/// `Value`, if the numbers of samples differ, or a code is not below `n`.
///
/// ```
/// let counts = seodang_learn::metrics::confusion_counts(&[0, 0, 1], &[0, 1, 1], 2)?;
/// assert_eq!(counts, [1, 1, 0, 1]);
/// # Ok::<(), seodang_core::Error>(())
/// ```
pub fn confusion_counts(y_true: &[u32], y_pred: &[u32], n: usize) -> Result<Vec<u64>> {
    check(y_true.len(), y_pred.len())?;
    let mut counts = vec![0; n * n];
    for (&t, &p) in y_true.iter().zip(y_pred) {
        let (t, p) = (t as usize, p as usize);
        if t >= n || p >= n {
            return Err(Error::value(text!(
                en: "a label is no class's number", ko: "레이블이 클래스 번호가 아닙니다"
            ))
            .given("label", t.max(p))
            .given("classes", n));
        }
        counts[t * n + p] += 1;
    }
    Ok(counts)
}

/// The F1 score of each class, `2 TP / (2 TP + FP + FN)`, from [`confusion_counts`]; 0 for a class that
/// is neither there nor predicted.
pub fn f1_scores(counts: &[u64], n: usize) -> Vec<f64> {
    let sum = |cells: &mut dyn Iterator<Item = usize>| cells.map(|i| counts[i]).sum::<u64>() as f64;
    let one = |c: usize| {
        let hit = counts[c * n + c] as f64;
        let true_ones = sum(&mut (0..n).map(|p| c * n + p));
        let predicted = sum(&mut (0..n).map(|t| t * n + c));
        if true_ones + predicted == 0.0 { 0.0 } else { 2.0 * hit / (true_ones + predicted) }
    };
    (0..n).map(one).collect()
}

/// The mean of the negated logarithm of the probability that each sample's class got: 0 is best.
/// Probabilities are rows by `n` classes; they are scaled to a sum of 1, and none counts as less than
/// the least step from 1, as scikit-learn's.
///
/// # Errors
/// `Value`, if the numbers of samples differ.
pub fn log_loss(y_true: &[u32], probabilities: &[f64], n: usize) -> Result<f64> {
    check(y_true.len(), probabilities.len() / n.max(1))?;
    let loss = |(&c, row): (&u32, &[f64])| {
        let total: f64 = row.iter().sum();
        -(row[c as usize] / total).clamp(f64::EPSILON, 1.0 - f64::EPSILON).ln()
    };
    let sum: f64 = y_true.iter().zip(probabilities.chunks_exact(n.max(1))).map(loss).sum();
    Ok(sum / y_true.len() as f64)
}

/// A point of a curve over thresholds: everything scored at least `threshold` is called positive.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Threshold {
    /// From which score on a sample is called positive.
    pub threshold: f64,
    /// Positives that are called so.
    pub true_positives: f64,
    /// Negatives that are called positive.
    pub false_positives: f64,
}

/// The counts at each different score, the highest first: what ROC and precision-recall curves are
/// drawn from.
///
/// # Errors
/// `Value`, if the numbers of samples differ.
pub fn thresholds(positive: &[bool], scores: &[f64]) -> Result<Vec<Threshold>> {
    check(positive.len(), scores.len())?;
    let mut order: Vec<usize> = (0..scores.len()).collect();
    order.sort_by(|&a, &b| scores[b].total_cmp(&scores[a]));
    let mut out: Vec<Threshold> = Vec::new();
    let (mut hits, mut misses) = (0.0, 0.0);
    for &i in &order {
        if positive[i] {
            hits += 1.0
        } else {
            misses += 1.0
        }
        let here =
            Threshold { threshold: scores[i], true_positives: hits, false_positives: misses };
        match out.last_mut() {
            Some(last) if last.threshold == scores[i] => *last = here,
            _ => out.push(here),
        }
    }
    Ok(out)
}

/// The points (false positive rate, true positive rate) of the ROC curve, from (0, 0) to (1, 1).
///
/// # Errors
/// `Value`, if the numbers of samples differ, or only one class is there.
pub fn roc_curve(positive: &[bool], scores: &[f64]) -> Result<Vec<(f64, f64)>> {
    let all = thresholds(positive, scores)?;
    let (p, n) = all.last().map_or((0.0, 0.0), |t| (t.true_positives, t.false_positives));
    if p == 0.0 || n == 0.0 {
        return Err(Error::value(text!(
            en: "Only one class present in y_true. ROC AUC score is not defined in that case.",
            ko: "y_true에 클래스가 하나뿐이라 ROC AUC를 구할 수 없습니다."
        )));
    }
    let points = all.iter().map(|t| (t.false_positives / n, t.true_positives / p));
    Ok(std::iter::once((0.0, 0.0)).chain(points).collect())
}

/// The area under the ROC curve: the probability that a positive sample is scored above a negative
/// one, ties counting a half. 1 is best, 0.5 is chance.
///
/// # Errors
/// As [`roc_curve`].
///
/// ```
/// let auc = seodang_learn::metrics::roc_auc(&[false, false, true, true], &[0.1, 0.4, 0.35, 0.8])?;
/// assert_eq!(auc, 0.75);
/// # Ok::<(), seodang_core::Error>(())
/// ```
pub fn roc_auc(positive: &[bool], scores: &[f64]) -> Result<f64> {
    let points = roc_curve(positive, scores)?;
    let area = |w: &[(f64, f64)]| (w[1].0 - w[0].0) * (w[1].1 + w[0].1) / 2.0;
    Ok(points.windows(2).map(area).sum())
}

/// The points (recall, precision) of the precision-recall curve, the highest threshold first.
///
/// # Errors
/// `Value`, if the numbers of samples differ, or there is no positive one.
pub fn precision_recall_curve(positive: &[bool], scores: &[f64]) -> Result<Vec<(f64, f64)>> {
    let all = thresholds(positive, scores)?;
    let p = all.last().map_or(0.0, |t| t.true_positives);
    if p == 0.0 {
        return Err(Error::value(text!(
            en: "No positive class found in y_true.", ko: "y_true에 양성 클래스가 없습니다."
        )));
    }
    let point = |t: &Threshold| {
        (t.true_positives / p, t.true_positives / (t.true_positives + t.false_positives))
    };
    Ok(std::iter::once((0.0, 1.0)).chain(all.iter().map(point)).collect())
}

/// How often what was predicted with a probability came true: for each of `bins` equal bins that is
/// not empty, the mean probability, the share of positives, and how many samples it holds.
///
/// # Errors
/// `Value`, if the numbers of samples differ.
pub fn calibration_curve(
    positive: &[bool],
    probabilities: &[f64],
    bins: usize,
) -> Result<Vec<(f64, f64, usize)>> {
    check(positive.len(), probabilities.len())?;
    let bins = bins.max(1);
    let mut sums = vec![(0.0, 0.0, 0usize); bins];
    for (&y, &p) in positive.iter().zip(probabilities) {
        let bin = ((p * bins as f64) as usize).min(bins - 1);
        sums[bin].0 += p;
        sums[bin].1 += f64::from(y);
        sums[bin].2 += 1;
    }
    let full = sums.into_iter().filter(|s| s.2 > 0);
    Ok(full.map(|(p, y, n)| (p / n as f64, y / n as f64, n)).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_and_f1() {
        let counts = confusion_counts(&[0, 1, 2, 2, 1], &[0, 2, 2, 2, 1], 3).unwrap();
        assert_eq!(counts, [1, 0, 0, 0, 1, 1, 0, 0, 2]);
        let f1 = f1_scores(&counts, 3);
        assert!((f1[0] - 1.0).abs() < 1e-12 && (f1[1] - 2.0 / 3.0).abs() < 1e-12);
        assert!((f1[2] - 0.8).abs() < 1e-12);
        assert!(
            confusion_counts(&[0], &[3], 3).is_err() && confusion_counts(&[0], &[], 1).is_err()
        );
        assert_eq!(f1_scores(&[0; 4], 2), [0.0, 0.0]);
    }

    #[test]
    fn curves_go_through_ties_at_once() {
        let y = [true, false, true, false];
        let roc = roc_curve(&y, &[0.9, 0.5, 0.5, 0.1]).unwrap();
        assert_eq!(roc, [(0.0, 0.0), (0.0, 0.5), (0.5, 1.0), (1.0, 1.0)]);
        assert_eq!(roc_auc(&y, &[0.9, 0.5, 0.5, 0.1]).unwrap(), 0.875);
        assert_eq!(roc_auc(&y, &[1.0; 4]).unwrap(), 0.5);
        assert!(roc_auc(&[true, true], &[0.1, 0.2]).is_err());
        let pr = precision_recall_curve(&y, &[0.9, 0.5, 0.5, 0.1]).unwrap();
        assert_eq!(pr, [(0.0, 1.0), (0.5, 1.0), (1.0, 2.0 / 3.0), (1.0, 0.5)]);
        assert!(precision_recall_curve(&[false], &[0.1]).is_err());
    }

    #[test]
    fn losses_and_calibration() {
        // -(ln 0.9 + ln 0.2) / 2
        let loss = log_loss(&[0, 1], &[0.9, 0.1, 0.8, 0.2], 2).unwrap();
        assert!((loss - 0.857_399_214_045_871).abs() < 1e-12);
        assert!((log_loss(&[1], &[1.0, 0.0], 2).unwrap() + f64::EPSILON.ln()).abs() < 1e-9);
        let bins = calibration_curve(&[true, false, true], &[0.1, 0.15, 1.0], 10).unwrap();
        assert_eq!(bins.len(), 2);
        assert!((bins[0].0 - 0.125).abs() < 1e-12 && bins[0].1 == 0.5 && bins[1] == (1.0, 1.0, 1));
    }
}
