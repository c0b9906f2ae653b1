//! Horizontal bars.

use super::scale::{Scale, value};
use super::style::{self, Anchor, Ink, LABEL, TICK, label, series, text_width};
use super::svg::Element;
use super::{Chart, Svg, canvas};

/// The longest name that is written whole, in pixels.
const NAME_ROOM: f64 = 200.0;

/// Named values as horizontal bars, in the order given: importances of features, scores of models.
///
/// A value that is not finite has no bar and is written instead.
///
/// ```
/// use seodang::plot::{BarChart, Chart};
/// let chart = BarChart::new("Importance").bar("petal length", 0.44).bar("petal width", 0.42);
/// assert!(chart.svg().to_string().contains("petal length"));
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct BarChart {
    title: String,
    x_label: String,
    empty: String,
    bars: Vec<(String, f64)>,
}

impl BarChart {
    /// A chart without bars.
    pub fn new(title: impl Into<String>) -> BarChart {
        BarChart {
            title: title.into(),
            x_label: String::new(),
            empty: "no values".to_owned(),
            bars: Vec::new(),
        }
    }

    /// Adds a bar below those already there.
    pub fn bar(mut self, name: impl Into<String>, value: f64) -> BarChart {
        self.bars.push((name.into(), value));
        self
    }

    /// Adds bars.
    pub fn bars(mut self, bars: impl IntoIterator<Item = (impl Into<String>, f64)>) -> BarChart {
        self.bars.extend(bars.into_iter().map(|(name, value)| (name.into(), value)));
        self
    }

    /// Names the axis.
    pub fn x_label(mut self, text: impl Into<String>) -> BarChart {
        self.x_label = text.into();
        self
    }

    /// Sets what a chart without bars says.
    pub fn empty_label(mut self, text: impl Into<String>) -> BarChart {
        self.empty = text.into();
        self
    }
}

impl Chart for BarChart {
    fn svg(&self) -> Svg {
        let (margin, width, row) = (20.0, 640.0, 26.0);
        let names: Vec<String> =
            self.bars.iter().map(|(name, _)| style::fit(name, LABEL, NAME_ROOM)).collect();
        let widest = names.iter().map(|s| text_width(s, LABEL)).fold(0.0, f64::max);
        let values: Vec<String> = self.bars.iter().map(|(_, v)| value(*v)).collect();
        let value_wide = values.iter().map(|s| text_width(s, TICK)).fold(0.0, f64::max);
        let head = margin + if self.title.is_empty() { 0.0 } else { 16.0 + 16.0 };
        let rows = self.bars.len().max(2) as f64 * row;
        let (top, bottom) = (head, head + rows + 8.0);
        let x_label = if self.x_label.is_empty() { 0.0 } else { 22.0 };
        let height = bottom + 20.0 + x_label + margin;
        let mut svg = canvas(width, height, &self.title);
        if !self.title.is_empty() {
            let text = style::fit(&self.title, style::TITLE, width - 2.0 * margin);
            svg.push(style::title(margin, margin + 16.0, &text));
        }
        let (left, right) = (margin + widest + 10.0, width - margin);
        let panel = Element::new("rect")
            .attr("x", left)
            .attr("y", top)
            .attr("width", right - left)
            .attr("height", bottom - top)
            .attr("rx", 3.0);
        svg.push(Ink::Panel.fill(panel));
        if self.bars.is_empty() {
            let (x, y) = ((left + right) / 2.0, (top + bottom) / 2.0 + 4.0);
            svg.push(label(x, y, LABEL, Anchor::Middle, Ink::Soft, &self.empty));
            return svg;
        }

        // Values are written at the ends of the bars: both sides that have bars leave room.
        let negative = self.bars.iter().any(|(_, v)| *v < 0.0 && v.is_finite());
        let scale = Scale::nice(self.bars.iter().map(|b| b.1).chain([0.0]), 6, None);
        let start = left + if negative { value_wide + 8.0 } else { 0.0 };
        let end = right - value_wide - 12.0;
        let place = |v: f64| start + scale.at(v) * (end - start);
        for t in &scale.ticks {
            let x = place(*t);
            let line = Element::new("line").attr("x1", x).attr("x2", x);
            let line = line.attr("y1", top).attr("y2", bottom).attr("stroke-width", 1.0);
            svg.push(if *t == 0.0 { Ink::Axis.stroke(line) } else { Ink::Grid.stroke(line) });
            let text = scale.label(*t);
            svg.push(label(x, bottom + 16.0, TICK, Anchor::Middle, Ink::Soft, &text));
        }
        let (class, color) = series(0);
        let zero = place(0.0);
        for (i, (_, v)) in self.bars.iter().enumerate() {
            let middle = top + 4.0 + (i as f64 + 0.5) * row;
            let x = if v.is_finite() { place(*v) } else { zero };
            if x != zero {
                let bar = Element::new("rect")
                    .attr("x", x.min(zero))
                    .attr("y", middle - 8.5)
                    .attr("width", (x - zero).abs())
                    .attr("height", 17.0)
                    .attr("rx", 2.0);
                svg.push(bar.attr("class", class.as_str()).attr("fill", color));
            }
            let (at, anchor) =
                if x < zero { (x - 6.0, Anchor::End) } else { (x + 6.0, Anchor::Start) };
            svg.push(label(at, middle + 4.0, TICK, anchor, Ink::Strong, &values[i]));
            let name = &names[i];
            svg.push(label(left - 10.0, middle + 4.3, LABEL, Anchor::End, Ink::Strong, name));
        }
        if !self.x_label.is_empty() {
            let (x, y) = ((left + right) / 2.0, bottom + 40.0);
            svg.push(label(x, y, LABEL, Anchor::Middle, Ink::Soft, &self.x_label));
        }
        svg
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use resvg::usvg::roxmltree::Document;

    fn bars(chart: &BarChart) -> usize {
        let source = chart.svg().to_string();
        assert!(!source.contains("\"NaN\"") && !source.contains("\"inf\""));
        let xml = Document::parse(&source).expect("well-formed");
        xml.descendants().filter(|n| n.attribute("class") == Some("sd-s0")).count()
    }

    #[test]
    fn bars_are_as_long_as_their_values() {
        let chart = BarChart::new("t").bar("a", 2.0).bar("b", 1.0).bar("c", -1.0);
        let source = chart.svg().to_string();
        let xml = Document::parse(&source).expect("well-formed");
        let wide: Vec<f64> = xml
            .descendants()
            .filter(|n| n.attribute("class") == Some("sd-s0"))
            .filter_map(|n| n.attribute("width")?.parse().ok())
            .collect();
        assert_eq!(wide.len(), 3);
        assert!((wide[0] - 2.0 * wide[1]).abs() < 0.05 && (wide[1] - wide[2]).abs() < 0.05);
    }

    #[test]
    fn odd_values_are_written_without_a_bar() {
        let chart = BarChart::new("t").bars([("a", f64::NAN), ("b", f64::INFINITY), ("c", 0.0)]);
        assert_eq!(bars(&chart), 0);
        assert!(chart.svg().to_string().contains("∞"));
        assert_eq!(bars(&BarChart::new("t")), 0);
        assert_eq!(bars(&BarChart::new("t").bar("x".repeat(500), f64::MAX)), 1);
    }
}
