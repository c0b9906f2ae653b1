//! Decision boundaries: which answer a model gives everywhere in a plane, and the samples in it.

use super::scale::Scale;
use super::style::{self, Anchor, Ink, LABEL, TICK, label, series, text_width};
use super::svg::Element;
use super::{Chart, Svg, canvas};
use seodang_core::{Error, Result, text};

/// What a classifier says over a plane of two features.
///
/// ```
/// use seodang::plot::{Chart, DecisionBoundary};
/// // Below the diagonal class 0, above it class 1.
/// let chart = DecisionBoundary::new("Boundary", (0.0, 1.0), (0.0, 1.0), 20, |points| {
///     Ok(points.iter().map(|(x, y)| (usize::from(y > x), 1.0)).collect())
/// })?
/// .classes(["below", "above"])
/// .samples([(0.9, 0.1, 0), (0.2, 0.7, 1)]);
/// assert!(chart.svg().to_string().contains("above"));
/// # Ok::<(), seodang_core::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct DecisionBoundary {
    title: String,
    labels: (String, String),
    x: (f64, f64),
    y: (f64, f64),
    side: usize,
    /// The class and how sure it is, row by row from the top.
    cells: Vec<(usize, f64)>,
    classes: Vec<String>,
    samples: Vec<(f64, f64, usize)>,
}

/// The steps of strength that cells are drawn in, so that neighbours can be drawn as one.
const STEPS: f64 = 4.0;

impl DecisionBoundary {
    /// Asks a model at the middles of `side` by `side` cells (at least 2, at most 400): for points it
    /// gives the class of each and how sure it is, 0 to 1.
    ///
    /// # Errors
    ///
    /// [`Value`](seodang_core::ErrorKind::Value) for a range that is none, or another number of answers
    /// than points; the model's own.
    pub fn new(
        title: impl Into<String>,
        x: (f64, f64),
        y: (f64, f64),
        side: usize,
        model: impl FnOnce(&[(f64, f64)]) -> Result<Vec<(usize, f64)>>,
    ) -> Result<DecisionBoundary> {
        let range = |(a, b): (f64, f64)| a.is_finite() && b.is_finite() && a < b;
        if !range(x) || !range(y) {
            return Err(Error::value(text!(
                en: "a range must be finite and rising", ko: "범위는 유한하고 증가해야 합니다"
            ))
            .given("x", format!("{x:?}"))
            .given("y", format!("{y:?}")));
        }
        let side = side.clamp(2, 400);
        let at = |(a, b): (f64, f64), i: usize| a + (b - a) * (i as f64 + 0.5) / side as f64;
        let points: Vec<(f64, f64)> =
            (0..side * side).map(|i| (at(x, i % side), at(y, side - 1 - i / side))).collect();
        let cells = model(&points)?;
        if cells.len() != points.len() {
            return Err(Error::value(text!(
                en: "the model gave another number of answers than there are points",
                ko: "모델의 답 수가 점의 수와 다릅니다"
            ))
            .given("answers", cells.len())
            .given("points", points.len()));
        }
        Ok(DecisionBoundary {
            title: title.into(),
            labels: Default::default(),
            x,
            y,
            side,
            cells,
            classes: Vec::new(),
            samples: Vec::new(),
        })
    }

    /// Names the axes.
    pub fn labels(mut self, x: impl Into<String>, y: impl Into<String>) -> DecisionBoundary {
        self.labels = (x.into(), y.into());
        self
    }

    /// Names the classes, in their order.
    pub fn classes(
        mut self,
        names: impl IntoIterator<Item = impl Into<String>>,
    ) -> DecisionBoundary {
        self.classes = names.into_iter().map(Into::into).collect();
        self
    }

    /// Adds samples: where they are, and their class.
    pub fn samples(
        mut self,
        samples: impl IntoIterator<Item = (f64, f64, usize)>,
    ) -> DecisionBoundary {
        self.samples.extend(samples);
        self
    }
}

impl Chart for DecisionBoundary {
    fn svg(&self) -> Svg {
        let (margin, plane) = (20.0, 400.0);
        let ticks = |(a, b): (f64, f64)| -> Vec<(f64, String)> {
            let scale = Scale::nice([a, b].into_iter(), 6, Some((a, b)));
            let inside = scale.ticks.iter().filter(|t| (a..=b).contains(*t));
            inside.map(|t| (*t, scale.label(*t))).collect()
        };
        let (xs, ys) = (ticks(self.x), ticks(self.y));
        let widest = ys.iter().map(|(_, s)| text_width(s, TICK)).fold(12.0, f64::max);
        let head = margin + if self.title.is_empty() { 0.0 } else { 28.0 };
        let key = if self.classes.is_empty() { 0.0 } else { 22.0 };
        let top = head + key;
        let left = margin + if self.labels.1.is_empty() { 0.0 } else { 20.0 } + widest + 9.0;
        let below = if self.labels.0.is_empty() { 0.0 } else { 20.0 };
        let mut svg =
            canvas(left + plane + margin, top + plane + 24.0 + below + margin, &self.title);
        if !self.title.is_empty() {
            let text = style::fit(&self.title, style::TITLE, left + plane - margin);
            svg.push(style::title(margin, margin + 16.0, &text));
        }
        let mut x = left;
        for (i, name) in self.classes.iter().enumerate() {
            let name = style::fit(name, TICK, 110.0);
            if x + text_width(&name, TICK) + 15.0 > left + plane {
                break;
            }
            let (class, color) = series(i);
            let dot =
                Element::new("circle").attr("cx", x + 5.0).attr("cy", head + 6.0).attr("r", 5.0);
            svg.push(dot.attr("class", class).attr("fill", color));
            svg.push(label(x + 15.0, head + 10.0, TICK, Anchor::Start, Ink::Soft, &name));
            x += 15.0 + text_width(&name, TICK) + 16.0;
        }
        let cell = plane / self.side as f64;
        let step = |(class, sure): (usize, f64)| {
            let sure = if sure.is_finite() { sure.clamp(0.0, 1.0) } else { 0.0 };
            (class, (sure * STEPS).round() as u32)
        };
        for row in 0..self.side {
            let cells = &self.cells[row * self.side..(row + 1) * self.side];
            let mut start = 0;
            while start < self.side {
                let kind = step(cells[start]);
                let length = cells[start..].iter().take_while(|c| step(**c) == kind).count();
                let (class, color) = series(kind.0);
                let strip = Element::new("rect")
                    .attr("x", left + start as f64 * cell)
                    .attr("y", top + row as f64 * cell)
                    .attr("width", length as f64 * cell)
                    // Cells that touch exactly would show a hair of the ground between them.
                    .attr("height", cell + if row + 1 < self.side { 0.3 } else { 0.0 });
                svg.push(
                    strip
                        .attr("class", class)
                        .attr("fill", color)
                        .attr("fill-opacity", 0.10 + 0.35 * f64::from(kind.1) / STEPS),
                );
                start += length;
            }
        }
        let place = |v: f64, (a, b): (f64, f64)| ((v - a) / (b - a)).clamp(0.0, 1.0) * plane;
        for (t, text) in &xs {
            let x = left + place(*t, self.x);
            svg.push(label(x, top + plane + 17.0, TICK, Anchor::Middle, Ink::Soft, text));
        }
        for (t, text) in &ys {
            let y = top + plane - place(*t, self.y);
            svg.push(label(left - 9.0, y + 4.0, TICK, Anchor::End, Ink::Soft, text));
        }
        for &(x, y, class) in self.samples.iter().filter(|s| s.0.is_finite() && s.1.is_finite()) {
            let (name, color) = series(class);
            let dot = Element::new("circle")
                .attr("cx", left + place(x, self.x))
                .attr("cy", top + plane - place(y, self.y))
                .attr("r", 3.4)
                .attr("stroke", "#ffffff")
                .attr("stroke-width", 0.9);
            svg.push(dot.attr("class", name).attr("fill", color));
        }
        if !self.labels.0.is_empty() {
            let (x, y) = (left + plane / 2.0, top + plane + 38.0);
            svg.push(label(x, y, LABEL, Anchor::Middle, Ink::Soft, &self.labels.0));
        }
        if !self.labels.1.is_empty() {
            let (x, y) = (margin + 10.0, top + plane / 2.0);
            let text = label(x, y, LABEL, Anchor::Middle, Ink::Soft, &self.labels.1);
            svg.push(style::turned(text, -90.0, x, y));
        }
        svg
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plot::render_png;

    #[test]
    fn equal_neighbours_are_one_strip_and_classes_have_their_colours() {
        let chart = DecisionBoundary::new("t", (0.0, 4.0), (0.0, 1.0), 10, |points| {
            assert!(points[0].1 > points[99].1, "rows go down");
            Ok(points.iter().map(|(x, _)| (usize::from(*x > 2.0), 1.0)).collect())
        })
        .expect("a chart");
        let source = chart.svg().to_string();
        assert_eq!(source.matches("sd-s0\"").count(), 10);
        assert_eq!(source.matches("sd-s1\"").count(), 10);
        let source = chart.samples([(1.0, 0.5, 1), (f64::NAN, 0.0, 0)]).svg().to_string();
        assert_eq!(source.matches("sd-s1\"").count(), 11);
        assert!(render_png(&source, 1.0).expect("a picture").starts_with(b"\x89PNG"));
    }

    #[test]
    fn odd_ranges_and_answers_are_errors() {
        let one = |p: &[(f64, f64)]| Ok(vec![(0, 1.0); p.len()]);
        assert!(DecisionBoundary::new("", (1.0, 1.0), (0.0, 1.0), 5, one).is_err());
        assert!(DecisionBoundary::new("", (0.0, f64::NAN), (0.0, 1.0), 5, one).is_err());
        assert!(DecisionBoundary::new("", (0.0, 1.0), (0.0, 1.0), 5, |_| Ok(vec![])).is_err());
        let sure = |p: &[(f64, f64)]| Ok(vec![(9, f64::NAN); p.len()]);
        let chart = DecisionBoundary::new("", (0.0, 1.0), (0.0, 1.0), 5, sure).expect("a chart");
        assert!(!chart.svg().to_string().contains("NaN"));
    }
}
