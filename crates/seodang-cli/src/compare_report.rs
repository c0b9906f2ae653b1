//! `report.html` of `compare`, and of `train` with one method: pictures beside measured figures.

use crate::compare::score_name;
use crate::compare_table::{Words, axes, scores, sentence, verdict};
use crate::prepare::count;
use seodang::compare::{Comparison, Held, Insight, Notice, TableModel, TreePart};
use seodang::learn::metrics;
use seodang::plot::{
    BarChart, Chart, ConfusionMatrix, LineChart, Series, TreeChart, TreeNode, calibration_chart,
    learning_curve_chart, precision_recall_chart, residual_chart, roc_chart, save,
    validation_curve_chart,
};
use seodang::report::{Report, Section, Table, Topic};
use seodang::{Lang, Result, Text, text};
use std::path::Path;

/// Above this many classes, curves for each are a tangle.
const CURVES: usize = 6;
/// Above this many classes a confusion matrix helps nobody.
const MATRIX: usize = 60;
/// The most bars.
const BARS: usize = 20;

impl From<Words> for Table {
    fn from(words: Words) -> Table {
        Table { header: words.header, rows: words.rows }
    }
}

/// A picture, as a file and in a section.
fn put(section: Section, chart: &dyn Chart, file: &str, folder: &Path) -> Result<Section> {
    save(folder.join(file), chart)?;
    Ok(section.picture(chart))
}

/// The report of a comparison, with its pictures beside it.
pub(crate) fn write(
    found: &Comparison,
    name: &str,
    command: &str,
    folder: &Path,
    lang: Lang,
) -> Result<()> {
    let t = |text: Text| text.get(lang).to_owned();
    let reading = &found.reading;
    let score = score_name(reading.task(), lang);
    let winner = found.winner();
    let seconds = found.seconds;
    let mut report = Report::new(format!("Seodang · {name}"), lang)
        .lead(verdict(found, lang))
        .summary(t(text!(en: "Winner", ko: "가장 좋은 방법")), winner.method.name(lang))
        .summary(score, format!("{:.4}", winner.score))
        .summary(
            t(text!(en: "On new rows (95%)", ko: "새 행에서 (95%)")),
            format!("{:.3}–{:.3}", found.interval.low, found.interval.high),
        )
        .summary(
            t(text!(en: "Held-out rows", ko: "떼어 둔 행")),
            format!("{:.4}", found.held.score),
        )
        .summary(t(text!(en: "Rows", ko: "행")), count(found.rows).en)
        .summary(
            t(text!(en: "Time", ko: "걸린 시간")),
            t(text!(en: "{seconds:.0} s", ko: "{seconds:.0}초")),
        );
    report = warnings(report, &found.notices, lang);

    let folds = found.folds;
    let held = count(found.held.truth.len());
    let how = match folds {
        1 => t(text!(
            en: "A fifth of the rows ({}) was held out; each method learned from four fifths of the rest and was measured on the last fifth.", held.en;
            ko: "행의 5분의 1({}행)을 떼어 두고, 나머지의 5분의 4로 배운 뒤 남은 5분의 1에서 쟀습니다.", held.ko
        )),
        _ => t(text!(
            en: "A fifth of the rows ({}) was held out; the rest was cut into {folds} parts, the same for all methods, each of which was predicted by what had learned from the others.", held.en;
            ko: "행의 5분의 1({}행)을 떼어 두고, 나머지를 모든 방법에 같은 {folds}개 부분으로 나누어 각 부분을 다른 부분에서 배운 것으로 예측했습니다.", held.ko
        )),
    };
    let section = Section::new(t(text!(en: "Scores", ko: "점수"))).text(how);
    report = report.section(section.table(scores(found, lang).into()));
    let question =
        t(text!(en: "Which method, for these data?", ko: "이 데이터에는 어떤 방법이 맞을까?"));
    let hardware = text!(
        en: "All methods ran on the processor; none of them uses a GPU.",
        ko: "모든 방법은 CPU에서 쟀습니다. GPU를 쓰는 방법은 없습니다."
    );
    let section = Section::new(question).table(axes(found, lang).into());
    report = report.section(section.text(hardware.get(lang)));

    let curves: Vec<(&str, Vec<(f64, f64)>)> = (found.methods.iter())
        .map(|m| {
            let points = m.curve.iter().map(|p| (p.rows as f64, p.score.max(-1.0)));
            (m.method.name(lang), points.collect())
        })
        .collect();
    let times: Vec<(&str, Vec<(f64, f64)>)> = (found.methods.iter())
        .map(|m| {
            let points = m.curve.iter().map(|p| (p.rows as f64, p.fit + p.predict));
            (m.method.name(lang), points.collect())
        })
        .collect();
    let section = Section::new(t(text!(en: "Amount of data", ko: "데이터의 양")));
    let chart = learning_curve_chart(curves, score, lang);
    let section = put(section, &chart, "learning_curves.png", folder)?;
    let growth = times.into_iter().fold(
        LineChart::new(t(text!(en: "Time", ko: "시간")))
            .x_label(t(text!(en: "Rows learned from", ko: "학습한 행 수")))
            .y_label(t(text!(en: "seconds", ko: "초")))
            .log_x(true)
            .log_y(true)
            .size(620.0, 400.0),
        |chart, (name, points)| chart.series(Series::new(name, points)),
    );
    report = report.section(section.picture(&growth));

    report = quality(report, &found.held, reading.class_names(), folder, lang)?;
    report = pictures(report, found, folder, lang)?;
    let mut section = Section::new(t(text!(en: "What one can see", ko: "보이는 것")));
    for m in &found.methods {
        section = section.text(sentence(m, lang));
    }
    if !found.importances.is_empty() {
        let title = text!(
            en: "Score lost when a column is shuffled ({})", winner.method.name(Lang::En);
            ko: "열을 뒤섞으면 잃는 점수 ({})", winner.method.name(Lang::Ko)
        );
        let chart = BarChart::new(t(title)).bars(found.importances.iter().take(BARS).cloned());
        section = put(section, &chart, "importances.png", folder)?;
    }
    for m in &found.methods {
        section = seen(
            section,
            &m.axes.insight,
            m.method.name(lang),
            reading.class_names(),
            folder,
            lang,
        )?;
    }
    report = report.section(section);
    ending(report, command, lang).save(folder.join("report.html"))
}

/// The winner over its most important parameter, and over its two most important columns.
fn pictures(report: Report, found: &Comparison, folder: &Path, lang: Lang) -> Result<Report> {
    let title = text!(en: "A closer look", ko: "자세히 보기");
    let mut section = Section::new(title.get(lang));
    if found.validation.is_none() && found.plane.is_none() {
        return Ok(report);
    }
    if let Some(curve) = &found.validation {
        let (parameter, method) = (&curve.parameter, curve.method.name(lang));
        let said = text!(
            en: "{method}: left and right of the best {parameter} it is too simple or learns its rows by heart: then training and validation part.",
            ko: "{method}: {parameter}이(가) 알맞은 값에서 벗어나면 모델이 너무 단순하거나 행을 외웁니다. 외우면 훈련과 검증 점수가 벌어집니다."
        );
        section = section.text(said.get(lang));
    }
    if let Some(plane) = &found.plane {
        let (a, b) = (&plane.names.0, &plane.names.1);
        let said = text!(
            en: "The decision boundary over {a} and {b}, the two most important columns of numbers, with all other columns at their middle or most frequent value; the stronger the colour, the surer the answer. The dots are rows that were held out, whose other columns differ.",
            ko: "가장 중요한 두 수치 열 {a}, {b} 위의 결정 경계입니다. 나머지 열은 중앙값이나 최빈값으로 두었고, 색이 진할수록 확신이 큽니다. 점은 떼어 둔 행이며 나머지 열의 값은 저마다 다릅니다."
        );
        section = section.text(said.get(lang));
    }
    if let Some(curve) = &found.validation {
        let score = score_name(found.reading.task(), lang);
        let chart = validation_curve_chart(&curve.parameter, &curve.points, score, lang);
        section = put(section, &chart, "validation_curve.png", folder)?;
    }
    if let Some(plane) = &found.plane {
        let title = text!(en: "Decision boundary", ko: "결정 경계");
        let chart = plane.chart(title.get(lang), found.reading.class_names())?;
        section = put(section, &chart, "decision_boundary.png", folder)?;
    }
    Ok(report.section(section))
}

/// The report of one method.
pub(crate) fn write_one(
    model: &TableModel,
    held: &Held,
    notices: &[Notice],
    measures: &[(&'static str, f64)],
    name: &str,
    command: &str,
    folder: &Path,
    lang: Lang,
) -> Result<()> {
    let class = model.method().0;
    let (rows, new) = (count(model.rows()), count(held.truth.len()));
    let lead = text!(
        en: "{class}, learned from {} rows; measured on {} rows held out of a first fit.", rows.en, new.en;
        ko: "{class}: {}행으로 배웠고, 먼저 떼어 둔 {}행에서 쟀습니다.", rows.ko, new.ko
    );
    let mut report = Report::new(format!("Seodang · {name}"), lang).lead(lead.get(lang));
    for (name, value) in measures {
        report = report.summary(crate::artifacts::metric(name).get(lang), format!("{value:.4}"));
    }
    report = warnings(report, notices, lang);
    report = quality(report, held, model.reading().class_names(), folder, lang)?;
    let section = Section::on(Topic::Model, lang).code(crate::table_model::summary(model));
    ending(report.section(section), command, lang).save(folder.join("report.html"))
}

fn warnings(report: Report, notices: &[Notice], lang: Lang) -> Report {
    if notices.is_empty() {
        return report;
    }
    let title = if lang == Lang::Ko { "주의할 점" } else { "Warnings" };
    let section = notices
        .iter()
        .fold(Section::new(title), |section, n| section.text(format!("• {}", n.text().get(lang))));
    report.section(section)
}

fn ending(report: Report, command: &str, lang: Lang) -> Report {
    report
        .section(Section::on(Topic::Reproduce, lang).code(command))
        .footer(format!("Seodang {}", env!("CARGO_PKG_VERSION")))
}

/// How good the answers on held-out rows are: matrix and curves for classes, deciles for quantities.
fn quality(
    report: Report,
    held: &Held,
    names: &[String],
    folder: &Path,
    lang: Lang,
) -> Result<Report> {
    let title = text!(en: "The rows held out", ko: "떼어 둔 행에서");
    let mut section = Section::new(title.get(lang));
    if names.is_empty() {
        let (truth, said) = (&held.truth, &held.predictions.values);
        section = put(section, &deciles(truth, said, lang), "deciles.png", folder)?;
        let chart = residual_chart(truth, said, lang);
        return Ok(report.section(put(section, &chart, "residuals.png", folder)?));
    }
    if names.len() <= MATRIX {
        let codes = |v: &[f64]| v.iter().map(|&c| c as usize).collect::<Vec<_>>();
        let (truth, said) = (codes(&held.truth), codes(&held.predictions.values));
        let matrix = ConfusionMatrix::from_labels(names.to_vec(), &truth, &said, lang)?;
        section = put(section, &matrix, "confusion_matrix.png", folder)?;
    }
    let n = names.len();
    let shown: Vec<usize> = match n {
        2 => vec![1],
        n if n <= CURVES => (0..n).collect(),
        _ => Vec::new(),
    };
    if let Some(all) = held.predictions.probabilities.as_ref().filter(|_| !shown.is_empty()) {
        let (mut roc, mut pr, mut calibration) = (Vec::new(), Vec::new(), Vec::new());
        for &c in &shown {
            let positive: Vec<bool> = held.truth.iter().map(|&y| y == c as f64).collect();
            let p: Vec<f64> = all.iter().skip(c).step_by(n).copied().collect();
            let name = names[c].as_str();
            // A class that is not among the held-out rows has no curve.
            if let Ok(points) = metrics::roc_curve(&positive, &p) {
                roc.push((name, thin(points)));
            }
            if let Ok(points) = metrics::precision_recall_curve(&positive, &p) {
                pr.push((name, thin(points)));
            }
            let bins = metrics::calibration_curve(&positive, &p, 10)?;
            calibration.push((name, bins.into_iter().map(|b| (b.0, b.1)).collect()));
        }
        section = put(section, &roc_chart(roc, lang), "roc.png", folder)?;
        section = put(section, &precision_recall_chart(pr, lang), "precision_recall.png", folder)?;
        section = put(section, &calibration_chart(calibration, lang), "calibration.png", folder)?;
    }
    Ok(report.section(section))
}

/// At most some hundred points of a curve: more cannot be seen.
fn thin(points: Vec<(f64, f64)>) -> Vec<(f64, f64)> {
    let step = points.len().div_ceil(300).max(1);
    let last = points.len() - 1;
    let kept = points.iter().enumerate().filter(|(i, _)| i % step == 0 || *i == last);
    kept.map(|(_, p)| *p).collect()
}

/// The mean of what was and of what was predicted, tenth by tenth of the predictions.
fn deciles(truth: &[f64], said: &[f64], lang: Lang) -> LineChart {
    let mut order: Vec<usize> = (0..said.len()).collect();
    order.sort_by(|&a, &b| said[a].total_cmp(&said[b]));
    let size = said.len().div_ceil(10).max(1);
    let mean =
        |rows: &[usize], of: &[f64]| rows.iter().map(|&i| of[i]).sum::<f64>() / rows.len() as f64;
    let points: Vec<(f64, f64)> =
        order.chunks(size).map(|rows| (mean(rows, said), mean(rows, truth))).collect();
    let ends: Vec<(f64, f64)> =
        points.first().into_iter().chain(points.last()).map(|p| (p.0, p.0)).collect();
    let pick = |en: &'static str, ko: &'static str| if lang == Lang::Ko { ko } else { en };
    LineChart::new(pick("Predicted and true, by tenths", "예측과 실제 (10분위별)"))
        .x_label(pick("Mean prediction", "예측의 평균"))
        .y_label(pick("Mean of the true values", "실제 값의 평균"))
        .size(430.0, 430.0)
        .series(Series::new(pick("tenths of the rows", "행의 10분위"), points))
        .series(Series::new(pick("ideal", "이상적"), ends).dashed(true).color(6).plain())
}

/// A picture of what a method lets one see.
fn seen(
    section: Section,
    insight: &Insight,
    name: &str,
    classes: &[String],
    folder: &Path,
    lang: Lang,
) -> Result<Section> {
    let bars = |title: Text, all: &[(String, f64)]| {
        BarChart::new(format!("{} ({name})", title.get(lang))).bars(all.iter().take(BARS).cloned())
    };
    match insight {
        Insight::Coefficients(all) => put(
            section,
            &bars(text!(en: "Coefficients", ko: "계수"), all),
            "coefficients.png",
            folder,
        ),
        Insight::Importances(all) => {
            Ok(section.picture(&bars(text!(en: "Importances", ko: "중요도"), all)))
        }
        Insight::Tree(parts) => put(section, &tree(parts, name, classes, lang), "tree.png", folder),
        _ => Ok(section),
    }
}

/// A drawing of a tree.
fn tree(parts: &[TreePart], name: &str, classes: &[String], lang: Lang) -> TreeChart {
    let quantities: Vec<f64> = parts.iter().filter_map(|p| p.value.first().copied()).collect();
    let low = quantities.iter().copied().fold(f64::INFINITY, f64::min);
    let high = quantities.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    let node = |p: &TreePart| {
        let total: f64 = p.value.iter().sum();
        let best =
            (0..p.value.len()).max_by(|&a, &b| p.value[a].total_cmp(&p.value[b])).unwrap_or(0);
        let (answer, color, strength) = match classes.get(best) {
            Some(class) => {
                let share = p.value[best] / total;
                (format!("{class} {:.0}%", 100.0 * share), best, share)
            }
            None => {
                let value = p.value.first().copied().unwrap_or(f64::NAN);
                (format!("{value:.4}"), 0, (value - low) / (high - low))
            }
        };
        let rows = count(p.rows as usize);
        let rows = text!(en: "{} rows", rows.en; ko: "{}행", rows.ko);
        let (text, note) = match &p.question {
            Some((feature, limit)) => {
                (format!("{feature} ≤ {limit:.4}"), format!("{} · {answer}", rows.get(lang)))
            }
            None => (answer, rows.get(lang).to_owned()),
        };
        TreeNode { text, note, children: p.children, color, strength }
    };
    TreeChart::new(name, parts.iter().map(node).collect(), lang)
}
