//! The course's table, "machine learning or deep learning?", with measured figures.

use crate::compare::score_name;
use crate::prepare::count;
use seodang::compare::{Comparison, Insight, MethodResult};
use seodang::data::Task;
use seodang::{Lang, Text, text};

/// A table of words: a header and rows.
pub(crate) struct Words {
    pub(crate) header: Vec<String>,
    pub(crate) rows: Vec<Vec<String>>,
}

fn pick(lang: Lang, en: &str, ko: &str) -> String {
    if lang == Lang::Ko { ko.to_owned() } else { en.to_owned() }
}

/// Seconds as people read them.
fn seconds(s: f64, lang: Lang) -> String {
    let unit = |x: f64, unit: &str| match x {
        x if x < 9.95 => format!("{x:.1} {unit}"),
        x => format!("{x:.0} {unit}"),
    };
    match s {
        s if s < 1e-3 => unit(s * 1e6, "µs"),
        s if s < 1.0 => unit(s * 1e3, "ms"),
        s if lang == Lang::Ko => unit(s, "초"),
        s => unit(s, "s"),
    }
}

fn megabytes(bytes: u64) -> String {
    match bytes as f64 / 1e6 {
        mb if mb < 1.0 => "<1 MB".to_owned(),
        mb => format!("{mb:.0} MB"),
    }
}

/// What a method lets one see, in two or three words.
fn seen(m: &MethodResult, lang: Lang) -> String {
    match &m.axes.insight {
        Insight::Coefficients(_) => pick(lang, "coefficients", "계수"),
        Insight::Importances(_) => pick(lang, "importances", "중요도"),
        Insight::Tree(parts) => {
            let answers = parts.iter().filter(|p| p.children.is_none()).count();
            match lang {
                Lang::Ko => format!("나무, 잎 {answers}개"),
                Lang::En => format!("tree, {answers} leaves"),
            }
        }
        _ => pick(lang, "none", "없음"),
    }
}

/// An honest sentence on what a method lets one see.
pub(crate) fn sentence(m: &MethodResult, lang: Lang) -> String {
    let name = m.method.name(lang);
    let strongest = |all: &[(String, f64)]| {
        let shown = all.iter().take(3).map(|(n, v)| format!("{n} {v:+.3}"));
        shown.collect::<Vec<_>>().join(", ")
    };
    let said: Text = match &m.axes.insight {
        Insight::Coefficients(all) => text!(
            en: "{name}: one number says how each feature moves the answer; the strongest: {}.", strongest(all);
            ko: "{name}: 특성마다 답을 얼마나 움직이는지 수 하나로 보입니다. 가장 큰 것: {}.", strongest(all)
        ),
        Insight::Importances(all) => text!(
            en: "{name}: it says how much each feature was of use, but not how; the most: {}.", strongest(all);
            ko: "{name}: 특성이 얼마나 쓰였는지는 보이지만 어떻게 쓰였는지는 보이지 않습니다. 가장 큰 것: {}.", strongest(all)
        ),
        Insight::Tree(parts) => text!(
            en: "{name}: every answer is a path of questions; there are {} of them, drawn below.", parts.len() / 2;
            ko: "{name}: 모든 답이 질문의 경로입니다. 질문은 {}개이고 아래에 그렸습니다.", parts.len() / 2
        ),
        _ => text!(
            en: "{name}: it has nothing in it that a person can read; only trying it out shows what it does.",
            ko: "{name}: 사람이 읽을 수 있는 것이 없습니다. 써 보아야 어떻게 답하는지 알 수 있습니다."
        ),
    };
    said.get(lang).to_owned()
}

/// The scores of the methods.
pub(crate) fn scores(found: &Comparison, lang: Lang) -> Words {
    let header = vec![
        pick(lang, "method", "방법"),
        score_name(found.reading.task(), lang).to_owned(),
        pick(lang, "on new rows (95%)", "새 행에서 (95%)"),
        pick(lang, "settings tried", "시도한 설정"),
        pick(lang, "best setting", "가장 좋은 설정"),
    ];
    let rows = (found.methods.iter().enumerate()).map(|(i, m)| {
        let mark = match (i, m.ties_with_winner) {
            (0, _) => " *",
            (_, true) => " ~",
            _ => "",
        };
        vec![
            format!("{}{mark}", m.method.name(lang)),
            format!("{:.4}", m.score),
            format!("{:.3}–{:.3}", m.interval.low, m.interval.high),
            m.tried.to_string(),
            format!("{}({})", m.candidate.class, m.candidate.describe()),
        ]
    });
    Words { header, rows: rows.collect() }
}

/// The five axes, one row each: columns are methods.
pub(crate) fn axes(found: &Comparison, lang: Lang) -> Words {
    let all = &found.methods;
    let header = std::iter::once(pick(lang, "measured here", "직접 잰 값"))
        .chain(all.iter().map(|m| m.method.name(lang).to_owned()))
        .collect();
    let row = |name: String, cell: &dyn Fn(&MethodResult) -> Option<String>| {
        let cells = all.iter().map(|m| cell(m).unwrap_or_else(|| "–".into()));
        std::iter::once(name).chain(cells).collect::<Vec<String>>()
    };
    let arrow = |a: f64, b: f64| format!("{a:.3} → {b:.3}");
    let sizes: Vec<usize> = all.iter().flat_map(|m| m.curve.iter().map(|p| p.rows)).collect();
    let (least, most) = (sizes.iter().min().copied(), sizes.iter().max().copied());
    let range = match (least, most) {
        (Some(a), Some(b)) => format!("{} → {}", count(a).en, count(b).en),
        _ => String::new(),
    };
    let cores = all.iter().find_map(|m| m.axes.all_cores).map_or(1, |c| c.0);
    let rows = vec![
        row(
            pick(
                lang,
                &format!("1 data: score, {range} rows"),
                &format!("1 데이터 양: {range}행 점수"),
            ),
            &|m| match (m.curve.first(), m.curve.last()) {
                (Some(a), Some(b)) if b.rows < most.unwrap_or(0) => {
                    Some(format!("{} ({})", arrow(a.score, b.score), count(b.rows).en))
                }
                (Some(a), Some(b)) => Some(arrow(a.score, b.score)),
                _ => None,
            },
        ),
        row(
            pick(
                lang,
                &format!("2 hardware: 1 → {cores} cores, memory"),
                &format!("2 하드웨어: 코어 1 → {cores}개, 메모리"),
            ),
            &|m| {
                let (one, (_, many)) = (m.axes.one_core?, m.axes.all_cores?);
                let memory = m.axes.memory.map_or(String::new(), |b| format!(", {}", megabytes(b)));
                Some(format!("{} → {}{memory}", seconds(one, lang), seconds(many, lang)))
            },
        ),
        row(
            pick(lang, "3 features: raw → prepared", "3 특성 공학: 그대로 → 준비"),
            &|m| Some(arrow(m.axes.raw?, m.axes.prepared?)),
        ),
        row(pick(lang, "4 time: fit, one prediction", "4 시간: 학습, 예측 한 건"), &|m| {
            Some(format!("{}, {}", seconds(m.fit, lang), seconds(m.predict, lang)))
        }),
        row(pick(lang, "5 what one can see", "5 해석: 보이는 것"), &|m| Some(seen(m, lang))),
    ];
    Words { header, rows }
}

/// The verdict in one sentence.
pub(crate) fn verdict(found: &Comparison, lang: Lang) -> String {
    let winner = found.winner();
    let name = winner.method.name(lang);
    let score = score_name(found.reading.task(), lang);
    let (low, high, held) = (found.interval.low, found.interval.high, found.held.score);
    let new = count(found.held.truth.len());
    let said = text!(
        en: "{name} wins: {score} {:.4}; on {} new rows it will be {low:.3} to {high:.3} (95%); on those held out it was {held:.4}.",
        winner.score, new.en;
        ko: "{name}: 가장 좋음. {score} {:.4}, 새 행 {}개에서는 {low:.3}~{high:.3}(95%), 따로 떼어 둔 행에서는 {held:.4}.",
        winner.score, new.ko
    );
    let ties: Vec<&str> = (found.methods.iter().skip(1))
        .filter(|m| m.ties_with_winner)
        .map(|m| m.method.name(lang))
        .collect();
    let said = said.get(lang).to_owned();
    if ties.is_empty() {
        return said;
    }
    let ties = ties.join(", ");
    let more = text!(
        en: "No difference beyond chance to: {ties}.", ko: "우연을 넘는 차이가 없는 방법: {ties}."
    );
    format!("{said} {}", more.get(lang))
}

/// How wide a text is in a terminal: Korean letters take two columns.
fn width(s: &str) -> usize {
    let wide = |c: char| matches!(c as u32, 0x1100..=0x115F | 0x2E80..=0xA4CF | 0xAC00..=0xD7A3 | 0xF900..=0xFAFF | 0xFF00..=0xFF60);
    s.chars().map(|c| if wide(c) { 2 } else { 1 }).sum()
}

/// A text cut to columns of a terminal.
pub(crate) fn cut(s: &str, columns: usize) -> String {
    if width(s) <= columns {
        return s.to_owned();
    }
    let mut out = String::new();
    for c in s.chars() {
        if width(&out) + width(c.encode_utf8(&mut [0; 4])) >= columns {
            break;
        }
        out.push(c);
    }
    out + "…"
}

/// A text in lines of at most so many columns, broken between words; a longer word stays whole.
fn wrapped(s: &str, columns: usize) -> Vec<String> {
    let mut lines = vec![String::new()];
    for word in s.split_whitespace() {
        let last = lines.last_mut().expect("there is a line");
        if !last.is_empty() && width(last) + 1 + width(word) > columns {
            lines.push(word.to_owned());
        } else {
            *last += if last.is_empty() { "" } else { " " };
            *last += word;
        }
    }
    lines
}

/// The columns that every terminal has.
const TERMINAL: usize = 80;

impl Words {
    /// As lines of equal columns that a terminal can show: headers go over several lines, and columns
    /// for which there is no room follow below, again behind the first one.
    fn lines(&self) -> String {
        // A header is as narrow as its cells, but not narrower than its words or this.
        const NARROW: usize = 13;
        let cells = |c: usize| {
            self.rows.iter().filter_map(|r| r.get(c)).map(|s| width(s)).max().unwrap_or(0)
        };
        let head: Vec<Vec<String>> = (self.header.iter().enumerate())
            .map(|(c, name)| wrapped(name, cells(c).max(NARROW)))
            .collect();
        let widths: Vec<usize> = (head.iter().enumerate())
            .map(|(c, lines)| lines.iter().map(|l| width(l)).max().unwrap_or(0).max(cells(c)))
            .collect();
        let mut parts: Vec<Vec<usize>> = Vec::new();
        let mut used = TERMINAL;
        for (c, w) in widths.iter().enumerate().skip(1) {
            if used + 2 + w > TERMINAL {
                parts.push(vec![0]);
                used = widths[0];
            }
            used += 2 + w;
            parts.last_mut().expect("a part was begun").push(c);
        }
        let line = |part: &[usize], of: &dyn Fn(usize) -> String| {
            let cells = part.iter().map(|&c| {
                let cell = of(c);
                format!("{cell}{}", " ".repeat(widths[c].saturating_sub(width(&cell))))
            });
            cells.collect::<Vec<_>>().join("  ").trim_end().to_owned()
        };
        let shown = parts.iter().map(|part| {
            let high = part.iter().map(|&c| head[c].len()).max().unwrap_or(1);
            let top =
                (0..high).map(|i| line(part, &|c| head[c].get(i).cloned().unwrap_or_default()));
            let rule = line(part, &|c| "─".repeat(widths[c]));
            let rows =
                self.rows.iter().map(|r| line(part, &|c| r.get(c).cloned().unwrap_or_default()));
            top.chain([rule]).chain(rows).collect::<Vec<_>>().join("\n")
        });
        shown.collect::<Vec<_>>().join("\n\n")
    }

    /// With rows and columns exchanged: eight methods do not fit beside each other in a terminal.
    fn turned(&self) -> Words {
        let mut columns = (0..self.header.len()).map(|c| {
            let cells = self.rows.iter().map(|r| r[c].clone());
            std::iter::once(self.header[c].clone()).chain(cells).collect::<Vec<_>>()
        });
        let header = columns.next().unwrap_or_default();
        Words { header, rows: columns.collect() }
    }
}

/// Everything that is printed.
pub(crate) fn print(found: &Comparison, lang: Lang) -> String {
    let reading = &found.reading;
    let (rows, target, columns) = (count(found.rows).en, &reading.target, reading.inputs().len());
    let head = match reading.task() {
        Task::Classification => {
            let classes = reading.class_names().len();
            text!(
                en: "{rows} rows, {columns} columns; predicts {target:?} ({classes} classes; always the most frequent: {:.4})", found.base;
                ko: "{rows}행, {columns}열. {target:?} 예측(클래스 {classes}개, 가장 흔한 것만 말하면 {:.4})", found.base
            )
        }
        Task::Regression => text!(
            en: "{rows} rows, {columns} columns; predicts {target:?}", ko: "{rows}행, {columns}열. {target:?} 예측"
        ),
    };
    let mut out = format!("{}\n", head.get(lang));
    for notice in &found.notices {
        out += &format!("! {}\n", notice.text().get(lang));
    }
    let axes = axes(found, lang);
    let axes = if axes.header.len() > 4 { axes.turned() } else { axes };
    // Settings are long: that of the winner stands below, all are in the report.
    let mut scores = scores(found, lang);
    scores.header.pop();
    let best = scores.rows.iter_mut().filter_map(|r| r.pop()).next().unwrap_or_default();
    out += &format!("\n{}\n\n{}\n\n", scores.lines(), axes.lines());
    let key = text!(
        en: "* the winner, ~ no difference beyond chance", ko: "* 가장 좋음, ~ 우연을 넘는 차이 없음"
    );
    let best = text!(en: "Its setting: {best}", ko: "그 설정: {best}");
    let verdict = verdict(found, lang);
    for paragraph in [key.get(lang), verdict.as_str(), best.get(lang)] {
        out += &wrapped(paragraph, TERMINAL - 1).join("\n");
        out += "\n";
    }
    out.trim_end().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn korean_and_latin_columns_line_up() {
        let words = Words {
            header: vec!["방법".into(), "a".into()],
            rows: vec![vec!["knn".into(), "가나".into()], vec!["신경망".into(), "1".into()]],
        };
        let lines = words.lines();
        assert_eq!(lines, "방법    a\n──────  ────\nknn     가나\n신경망  1");
        assert_eq!(words.turned().header, ["방법", "knn", "신경망"]);
    }

    #[test]
    fn a_terminal_has_room_for_every_line() {
        let long = "정확도 0.812 → 0.901";
        let words = Words {
            header: (0..9).map(|c| format!("{c} 하드웨어: 코어 하나, 둘, 메모리")).collect(),
            rows: vec![(0..9).map(|_| long.to_owned()).collect(); 3],
        };
        let lines = words.lines();
        assert!(lines.lines().all(|l| width(l) <= TERMINAL), "{lines}");
        assert_eq!(lines.matches(long).count(), 3 * (8 + 4), "{lines}");
        assert_eq!(cut("가나다라", 5), "가나…");
        assert_eq!(wrapped("one two three", 7), ["one two", "three"]);
        assert_eq!(wrapped("", 7), [""]);
    }

    #[test]
    fn seconds_are_readable() {
        assert_eq!(seconds(2.5e-6, Lang::En), "2.5 µs");
        assert_eq!(seconds(0.0123, Lang::En), "12 ms");
        assert_eq!(seconds(3.0, Lang::Ko), "3.0 초");
    }
}
