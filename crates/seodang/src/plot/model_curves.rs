//! Curves that show how good a model is: ROC, precision-recall, calibration, learning, validation.

use super::{LineChart, Series};
use seodang_core::Lang;

/// The words of a chart in one of the languages.
fn pick(lang: Lang, en: &'static str, ko: &'static str) -> &'static str {
    if lang == Lang::Ko { ko } else { en }
}

/// A name with a number behind it, as a legend shows areas.
fn with_value(name: &str, what: &str, value: f64) -> String {
    if name.is_empty() {
        format!("{what} {value:.3}")
    } else {
        format!("{name} ({what} {value:.3})")
    }
}

fn area(points: &[(f64, f64)]) -> f64 {
    points.windows(2).map(|w| (w[1].0 - w[0].0) * (w[1].1 + w[0].1) / 2.0).sum()
}

fn square(title: &str) -> LineChart {
    LineChart::new(title).size(430.0, 430.0).x_limit(0.0, 1.0).y_limit(0.0, 1.0)
}

/// ROC curves: named points (false positive rate, true positive rate), and the line of chance. The
/// legend says the area under each.
///
/// ```
/// use seodang::plot::{Chart, roc_chart};
/// use seodang_core::Lang;
/// let chart = roc_chart([("forest", vec![(0.0, 0.0), (0.1, 0.8), (1.0, 1.0)])], Lang::En);
/// assert!(chart.svg().to_string().contains("forest (AUC 0.850)"));
/// ```
pub fn roc_chart<'a>(
    curves: impl IntoIterator<Item = (&'a str, Vec<(f64, f64)>)>,
    lang: Lang,
) -> LineChart {
    let chart = square(pick(lang, "ROC curve", "ROC 곡선"))
        .x_label(pick(lang, "False positive rate", "거짓 양성 비율"))
        .y_label(pick(lang, "True positive rate", "참 양성 비율"));
    let chart = curves.into_iter().fold(chart, |chart, (name, points)| {
        let name = with_value(name, "AUC", area(&points));
        chart.series(Series::new(name, points).plain())
    });
    let chance = Series::new(pick(lang, "chance", "무작위"), [(0.0, 0.0), (1.0, 1.0)]);
    chart.series(chance.dashed(true).color(6).plain())
}

/// Precision-recall curves: named points (recall, precision). The legend says the average precision:
/// the mean of the precisions, each weighted by what recall gains there.
///
/// ```
/// use seodang::plot::{Chart, precision_recall_chart};
/// use seodang_core::Lang;
/// let chart = precision_recall_chart([("svm", vec![(0.0, 1.0), (1.0, 0.5)])], Lang::En);
/// assert!(chart.svg().to_string().contains("svm (AP 0.500)"));
/// ```
pub fn precision_recall_chart<'a>(
    curves: impl IntoIterator<Item = (&'a str, Vec<(f64, f64)>)>,
    lang: Lang,
) -> LineChart {
    let chart = square(pick(lang, "Precision and recall", "정밀도와 재현율"))
        .x_label(pick(lang, "Recall", "재현율"))
        .y_label(pick(lang, "Precision", "정밀도"));
    curves.into_iter().fold(chart, |chart, (name, points)| {
        let average = points.windows(2).map(|w| (w[1].0 - w[0].0) * w[1].1).sum();
        chart.series(Series::new(with_value(name, "AP", average), points).plain())
    })
}

/// Calibration: named points (mean predicted probability, share that came true), and the line on which
/// both are equal.
///
/// ```
/// use seodang::plot::{Chart, calibration_chart};
/// use seodang_core::Lang;
/// let chart = calibration_chart([("forest", vec![(0.2, 0.1), (0.8, 0.9)])], Lang::En);
/// assert!(chart.svg().to_string().contains("Predicted probability"));
/// ```
pub fn calibration_chart<'a>(
    curves: impl IntoIterator<Item = (&'a str, Vec<(f64, f64)>)>,
    lang: Lang,
) -> LineChart {
    let chart = square(pick(lang, "Calibration", "확률 보정"))
        .x_label(pick(lang, "Predicted probability", "예측 확률"))
        .y_label(pick(lang, "Share that came true", "실제로 일어난 비율"));
    let chart = curves
        .into_iter()
        .fold(chart, |chart, (name, points)| chart.series(Series::new(name, points)));
    let ideal = Series::new(pick(lang, "ideal", "이상적"), [(0.0, 0.0), (1.0, 1.0)]);
    chart.series(ideal.dashed(true).color(6).plain())
}

/// Residuals: by how much each true value is above what was predicted, over the prediction. A good model
/// leaves a band around 0 without a shape. Of very many rows, some are drawn.
///
/// ```
/// use seodang::plot::{Chart, residual_chart};
/// use seodang_core::Lang;
/// let chart = residual_chart(&[1.0, 2.5, 3.0], &[1.1, 2.0, 3.2], Lang::En);
/// assert!(chart.svg().to_string().contains("Residuals"));
/// ```
pub fn residual_chart(truth: &[f64], predicted: &[f64], lang: Lang) -> LineChart {
    let n = truth.len().min(predicted.len());
    let step = n.div_ceil(1500).max(1);
    let points: Vec<(f64, f64)> =
        (0..n).step_by(step).map(|i| (predicted[i], truth[i] - predicted[i])).collect();
    let finite = || points.iter().map(|p| p.0).filter(|x| x.is_finite());
    let low = finite().fold(f64::INFINITY, f64::min);
    let high = finite().fold(f64::NEG_INFINITY, f64::max);
    LineChart::new(pick(lang, "Residuals", "잔차"))
        .x_label(pick(lang, "Prediction", "예측"))
        .y_label(pick(lang, "True value − prediction", "실제 값 − 예측"))
        .size(430.0, 430.0)
        .series(Series::new(pick(lang, "rows", "행"), points).dots())
        .series(
            Series::new(pick(lang, "no error", "오차 없음"), [(low, 0.0), (high, 0.0)])
                .dashed(true)
                .color(6)
                .plain(),
        )
}

/// Learning curves: the score over the number of rows that were learned from, one line a method.
///
/// ```
/// use seodang::plot::{Chart, learning_curve_chart};
/// use seodang_core::Lang;
/// let chart = learning_curve_chart([("knn", vec![(100.0, 0.7), (300.0, 0.8)])], "accuracy", Lang::En);
/// assert!(chart.svg().to_string().contains("Rows learned from"));
/// ```
pub fn learning_curve_chart<'a>(
    curves: impl IntoIterator<Item = (&'a str, Vec<(f64, f64)>)>,
    score: &str,
    lang: Lang,
) -> LineChart {
    let chart = LineChart::new(pick(lang, "Learning curves", "학습 곡선"))
        .x_label(pick(lang, "Rows learned from", "학습한 행 수"))
        .y_label(score)
        .log_x(true)
        .size(620.0, 400.0);
    curves.into_iter().fold(chart, |chart, (name, points)| chart.series(Series::new(name, points)))
}

/// A validation curve: the score in training and in validation over the values of a parameter, as
/// (value, training, validation). Values that span two powers of ten or more stand on a logarithmic axis.
///
/// ```
/// use seodang::plot::{Chart, validation_curve_chart};
/// use seodang_core::Lang;
/// let chart = validation_curve_chart("C", &[(0.1, 0.8, 0.7), (10.0, 1.0, 0.6)], "accuracy", Lang::En);
/// assert!(chart.svg().to_string().contains("Validation"));
/// ```
pub fn validation_curve_chart(
    parameter: &str,
    points: &[(f64, f64, f64)],
    score: &str,
    lang: Lang,
) -> LineChart {
    let positive = points.iter().all(|p| p.0 > 0.0);
    let low = points.iter().map(|p| p.0).fold(f64::INFINITY, f64::min);
    let high = points.iter().map(|p| p.0).fold(0.0, f64::max);
    LineChart::new(pick(lang, "Validation curve", "검증 곡선"))
        .x_label(parameter)
        .y_label(score)
        .log_x(positive && high >= 100.0 * low)
        .series(Series::new(pick(lang, "Training", "훈련"), points.iter().map(|p| (p.0, p.1))))
        .series(Series::new(pick(lang, "Validation", "검증"), points.iter().map(|p| (p.0, p.2))))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plot::{Chart, render_png};

    fn drawn(chart: &LineChart) -> String {
        let source = chart.svg().to_string();
        assert!(!source.contains("NaN") && !source.contains("\"inf"), "{source}");
        assert!(render_png(&source, 1.0).expect("a picture").starts_with(b"\x89PNG"));
        source
    }

    #[test]
    fn areas_stand_in_the_legend() {
        let roc = roc_chart([("", vec![(0.0, 0.0), (0.5, 1.0), (1.0, 1.0)])], Lang::Ko);
        let source = drawn(&roc);
        assert!(source.contains("AUC 0.750") && source.contains("무작위"), "{source}");
        let pr =
            precision_recall_chart([("a", vec![(0.0, 1.0), (0.5, 1.0), (1.0, 0.5)])], Lang::En);
        assert!(drawn(&pr).contains("a (AP 0.750)"));
        assert!(drawn(&calibration_chart([("b", vec![(0.1, 0.2)])], Lang::En)).contains("ideal"));
    }

    #[test]
    fn residuals_are_dots_about_a_line() {
        let source = drawn(&residual_chart(&[1.0, 2.0, f64::NAN], &[1.5, 1.0, 0.0], Lang::En));
        assert_eq!(source.matches("r=\"2.6\"").count(), 2, "{source}");
        assert!(source.contains("no error"));
        drawn(&residual_chart(&[], &[], Lang::Ko));
    }

    #[test]
    fn sizes_stand_at_equal_distances_for_equal_factors() {
        let points = vec![(100.0, 0.5), (1000.0, 0.7), (10_000.0, 0.8)];
        let source = drawn(&learning_curve_chart([("knn", points)], "accuracy", Lang::En));
        let xs: Vec<f64> = source
            .split("<circle cx=\"")
            .skip(1)
            .filter_map(|s| s.split('"').next()?.parse().ok())
            .collect();
        assert_eq!(xs.len(), 3);
        assert!((xs[1] - xs[0] - (xs[2] - xs[1])).abs() < 0.1, "{xs:?}");
        assert!(source.contains(">1,000<"), "{source}");
        let odd = [(f64::NAN, 1.0, 1.0), (1.0, f64::NAN, 0.5)];
        drawn(&validation_curve_chart("C", &odd, "accuracy", Lang::Ko));
        drawn(&validation_curve_chart("C", &[], "accuracy", Lang::Ko));
    }
}
