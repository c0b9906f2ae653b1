//! Confusion matrices.

use super::scale::{count, percent, short_count};
use super::style::{self, Anchor, Ink, LABEL, PALETTE, TICK, label, text_width};
use super::svg::Element;
use super::{Chart, Svg, canvas};
use seodang_core::{Error, Lang, Result, text};

/// The longest class name that is written whole, in pixels.
const NAME_ROOM: f64 = 120.0;

/// How often each class was taken for each class: rows are the true classes, columns the predicted
/// ones.
///
/// Colour shows the share of the row (of the true class): blue where the prediction is right, orange
/// where it is wrong. The title ends with the accuracy.
///
/// ```
/// use seodang_core::Lang;
/// use seodang::plot::ConfusionMatrix;
/// let m = ConfusionMatrix::from_labels(["cat", "dog"], &[0, 0, 1], &[0, 1, 1], Lang::En)?;
/// assert_eq!(m.accuracy(), Some(2.0 / 3.0));
/// # Ok::<(), seodang_core::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct ConfusionMatrix {
    classes: Vec<String>,
    counts: Vec<u64>,
    title: Option<String>,
    lang: Lang,
}

impl ConfusionMatrix {
    /// A matrix of counts, row by row: `counts[t * n + p]` rows of class `t` were taken for class `p`
    /// of `n`.
    ///
    /// # Errors
    ///
    /// [`Value`](seodang_core::ErrorKind::Value) when there is no class,
    /// [`Shape`](seodang_core::ErrorKind::Shape) when there are not n · n counts.
    pub fn new(
        classes: impl IntoIterator<Item = impl Into<String>>,
        counts: Vec<u64>,
        lang: Lang,
    ) -> Result<ConfusionMatrix> {
        let classes: Vec<String> = classes.into_iter().map(Into::into).collect();
        let n = classes.len();
        if n == 0 {
            return Err(Error::value(text!(en: "there are no classes", ko: "클래스가 없습니다"))
                .during("confusion matrix"));
        }
        if counts.len() != n * n {
            return Err(Error::shape(text!(
                en: "the counts do not fit the classes", ko: "개수가 클래스 수와 맞지 않습니다"
            ))
            .during("confusion matrix")
            .given("classes", n)
            .given("counts", counts.len())
            .expected(text!(en: "{} counts", n * n; ko: "개수 {}개", n * n)));
        }
        Ok(ConfusionMatrix { classes, counts, title: None, lang })
    }

    /// Counts pairs of a true and a predicted class.
    ///
    /// # Errors
    ///
    /// As [`ConfusionMatrix::new`]; [`Shape`](seodang_core::ErrorKind::Shape) when the slices differ in
    /// length, [`Value`](seodang_core::ErrorKind::Value) when a label is not below the number of
    /// classes.
    pub fn from_labels(
        classes: impl IntoIterator<Item = impl Into<String>>,
        truth: &[usize],
        predicted: &[usize],
        lang: Lang,
    ) -> Result<ConfusionMatrix> {
        let classes: Vec<String> = classes.into_iter().map(Into::into).collect();
        let n = classes.len();
        if truth.len() != predicted.len() {
            return Err(Error::shape(text!(
                en: "true and predicted labels differ in number",
                ko: "정답과 예측의 개수가 다릅니다"
            ))
            .during("confusion matrix")
            .given("truth", truth.len())
            .given("predicted", predicted.len()));
        }
        let mut counts = vec![0; n * n];
        for (&t, &p) in truth.iter().zip(predicted) {
            if t >= n || p >= n {
                return Err(Error::value(text!(
                    en: "a label is no class's number", ko: "레이블이 클래스 번호가 아닙니다"
                ))
                .during("confusion matrix")
                .given("label", t.max(p))
                .expected(text!(en: "below {n}", ko: "{n} 미만")));
            }
            counts[t * n + p] += 1;
        }
        ConfusionMatrix::new(classes, counts, lang)
    }

    /// Sets the title, in place of "Confusion matrix".
    pub fn title(mut self, title: impl Into<String>) -> ConfusionMatrix {
        self.title = Some(title.into());
        self
    }

    /// The share of rows that were predicted right; `None` when nothing was counted.
    pub fn accuracy(&self) -> Option<f64> {
        let n = self.classes.len();
        let total: u128 = self.counts.iter().map(|c| u128::from(*c)).sum();
        let right: u128 = (0..n).map(|i| u128::from(self.counts[i * n + i])).sum();
        (total > 0).then(|| right as f64 / total as f64)
    }

    fn pick(&self, en: &'static str, ko: &'static str) -> &'static str {
        if self.lang == Lang::Ko { ko } else { en }
    }

    fn heading(&self) -> String {
        let title = self.title.as_deref().unwrap_or(self.pick("Confusion matrix", "혼동 행렬"));
        match self.accuracy() {
            Some(a) => format!("{title} — {} {}", self.pick("accuracy", "정확도"), percent(a)),
            None => format!("{title} — {}", self.pick("nothing was counted", "센 것이 없습니다")),
        }
    }

    /// What the colours mean, one line under the matrix.
    fn key(&self, svg: &mut Svg, x: f64, y: f64) {
        let parts = [(0, self.pick("right", "맞음")), (1, self.pick("wrong", "틀림"))];
        let mut x = x;
        for (color, word) in parts {
            let swatch = Element::new("rect").attr("x", x).attr("y", y - 9.5).attr("rx", 2.0);
            svg.push(
                swatch
                    .attr("width", 11.0)
                    .attr("height", 11.0)
                    .attr("fill", PALETTE[color])
                    .attr("fill-opacity", 0.85),
            );
            svg.push(label(x + 17.0, y, TICK, Anchor::Start, Ink::Soft, word));
            x += 17.0 + text_width(word, TICK) + 16.0;
        }
        let note = self.pick("darker: a larger share of its row", "진할수록 그 행에서 비율이 큼");
        svg.push(label(x, y, TICK, Anchor::Start, Ink::Soft, note));
    }
}

impl Chart for ConfusionMatrix {
    fn svg(&self) -> Svg {
        let n = self.classes.len();
        let cell = (560.0 / n as f64).clamp(3.0, if n < 5 { 76.0 } else { 46.0 });
        let gap = if cell >= 16.0 { 2.0 } else { 0.0 };
        let side = cell * n as f64;
        // With many classes, every second, fifth, tenth one is named.
        let every =
            [1, 2, 5, 10, 20, 50].into_iter().find(|k| cell * *k as f64 >= 13.0).unwrap_or(100);
        let names: Vec<String> =
            self.classes.iter().map(|c| style::fit(c, LABEL, NAME_ROOM)).collect();
        let widest = names.iter().map(|s| text_width(s, LABEL)).fold(0.0, f64::max);
        let turn = widest > cell * every as f64 - 4.0;

        let margin = 20.0;
        let heading = self.heading();
        let head = margin + 16.0 + 14.0;
        // Names of columns stand above, and above them what the columns are.
        let names_high = if turn { widest * 0.75 + 14.0 } else { 20.0 };
        let left = margin + 24.0 + widest + 10.0;
        let top = head + 20.0 + names_high;
        let key_wide = 300.0;
        let overhang = if turn { widest * 0.72 } else { 0.0 };
        let title_wide = text_width(&heading, style::TITLE) * 1.06 + 2.0 * margin;
        let width =
            (left + side + overhang.max(margin)).max(title_wide).max(key_wide + 2.0 * margin);
        let height = top + side + 34.0 + margin;
        let mut svg = canvas(width, height, &heading);
        svg.push(style::title(margin, margin + 16.0, &heading));

        let middle = left + side / 2.0;
        let predicted = self.pick("Predicted", "예측");
        svg.push(label(middle, head + 10.0, LABEL, Anchor::Middle, Ink::Soft, predicted));
        let (x, y) = (margin + 10.0, top + side / 2.0);
        let truth = label(x, y, LABEL, Anchor::Middle, Ink::Soft, self.pick("True", "정답"));
        svg.push(style::turned(truth, -90.0, x, y));

        let panel = Element::new("rect")
            .attr("x", left - 1.0)
            .attr("y", top - 1.0)
            .attr("width", side + 2.0)
            .attr("height", side + 2.0)
            .attr("rx", 4.0);
        svg.push(Ink::Panel.fill(panel));
        for (i, name) in names.iter().enumerate().filter(|(i, _)| i % every == 0) {
            let at = (i as f64 + 0.5) * cell;
            let y = top + at + 4.3;
            svg.push(label(left - 9.0, y, LABEL, Anchor::End, Ink::Strong, name));
            let (x, y) = (left + at, top - 9.0);
            if turn {
                let text = label(x + 3.0, y, LABEL, Anchor::Start, Ink::Strong, name);
                svg.push(style::turned(text, -45.0, x, y));
            } else {
                svg.push(label(x, y, LABEL, Anchor::Middle, Ink::Strong, name));
            }
        }
        for t in 0..n {
            let row = &self.counts[t * n..(t + 1) * n];
            let total: u128 = row.iter().map(|c| u128::from(*c)).sum();
            for (p, &c) in row.iter().enumerate().filter(|(_, c)| **c > 0) {
                let share = c as f64 / total as f64;
                // The root keeps a mistake made once in a hundred visible.
                let depth = if t == p { 0.12 + 0.78 * share } else { 0.17 + 0.73 * share.sqrt() };
                let (x, y) = (left + p as f64 * cell, top + t as f64 * cell);
                let tooltip = format!("{} → {}: {}", self.classes[t], self.classes[p], count(c));
                let square = Element::new("rect")
                    .attr("x", x + gap / 2.0)
                    .attr("y", y + gap / 2.0)
                    .attr("width", cell - gap)
                    .attr("height", cell - gap)
                    .attr("rx", if gap > 0.0 { 3.0 } else { 0.0 })
                    .attr("fill", PALETTE[usize::from(t != p)])
                    .attr("fill-opacity", depth)
                    .child(Element::new("title").text(tooltip));
                svg.push(square);
                let size = (cell * 0.36).clamp(8.0, 14.0);
                let whole = c.to_string();
                let fits = text_width(&whole, size) <= cell - 6.0;
                let number = if fits { whole } else { short_count(c) };
                if cell >= 17.0 && text_width(&number, size) <= cell - 3.0 {
                    let ink = if depth > 0.55 { Ink::OnDark } else { Ink::Strong };
                    let (x, y) = (x + cell / 2.0, y + cell / 2.0 + size * 0.36);
                    svg.push(label(x, y, size, Anchor::Middle, ink, &number));
                }
            }
        }
        self.key(&mut svg, left.min(width - key_wide - margin).max(margin), top + side + 28.0);
        svg
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use resvg::usvg::roxmltree::Document;
    use seodang_core::ErrorKind;

    fn matrix(n: usize) -> ConfusionMatrix {
        let counts =
            (0..n * n).map(|i| if i % (n + 1) == 0 { 95 } else { (i % 3) as u64 }).collect();
        let names = (0..n).map(|i| format!("class {i}"));
        ConfusionMatrix::new(names, counts, Lang::En).expect("a matrix")
    }

    #[test]
    fn counts_names_and_accuracy_are_written() {
        let m = ConfusionMatrix::from_labels(
            ["cat", "a dog <of> some very long breed name indeed"],
            &[0, 0, 0, 1],
            &[0, 0, 1, 1],
            Lang::En,
        )
        .expect("a matrix");
        let source = m.svg().to_string();
        let xml = Document::parse(&source).expect("well-formed");
        let texts: Vec<_> = xml
            .descendants()
            .filter(|n| n.has_tag_name("text"))
            .map(|n| n.text().unwrap_or_default())
            .collect();
        for word in ["Confusion matrix — accuracy 75.00%", "cat", "2", "1", "True", "Predicted"] {
            assert!(texts.contains(&word), "{word} in {texts:?}");
        }
        assert!(texts.iter().any(|t| t.starts_with("a dog <of>") && t.ends_with('…')));
        let korean = ConfusionMatrix::new(["하나"], vec![0], Lang::Ko).expect("a matrix");
        assert!(korean.svg().to_string().contains("혼동 행렬 — 센 것이 없습니다"));
        assert_eq!(korean.accuracy(), None);
    }

    #[test]
    fn one_to_two_hundred_classes_fit() {
        for n in [1, 2, 10, 25, 60, 200] {
            let svg = matrix(n).svg();
            assert!(svg.width() < 900.0 && svg.height() < 900.0, "{n}: {}", svg.width());
            let source = svg.to_string();
            let xml = Document::parse(&source).expect("well-formed");
            let cells = xml.descendants().filter(|e| e.has_attribute("fill-opacity")).count();
            let filled = matrix(n).counts.iter().filter(|c| **c > 0).count();
            assert_eq!(cells, filled + 2, "{n}");
        }
    }

    #[test]
    fn the_largest_counts_draw() {
        let m = ConfusionMatrix::new(["a", "b"], vec![u64::MAX; 4], Lang::En).expect("a matrix");
        assert_eq!(m.accuracy(), Some(0.5));
        assert!(m.svg().to_string().contains("18,446,744,073,709,551,615"));
    }

    #[test]
    fn what_does_not_fit_is_an_error() {
        let kind = |r: Result<ConfusionMatrix>| r.expect_err("an error").kind();
        assert_eq!(kind(ConfusionMatrix::new([""; 0], vec![], Lang::En)), ErrorKind::Value);
        assert_eq!(kind(ConfusionMatrix::new(["a"], vec![1, 2], Lang::En)), ErrorKind::Shape);
        let labels = |t: &[usize], p: &[usize]| {
            kind(ConfusionMatrix::from_labels(["a", "b"], t, p, Lang::En))
        };
        assert_eq!(labels(&[0], &[0, 1]), ErrorKind::Shape);
        assert_eq!(labels(&[0], &[2]), ErrorKind::Value);
    }
}
