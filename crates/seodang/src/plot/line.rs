//! Line charts and training curves.

use super::scale::{Scale, range, value};
use super::style::{self, Anchor, Ink, LABEL, TICK, label, series, text_width};
use super::svg::{Element, number};
use super::{Chart, Svg, canvas};
use seodang_core::Lang;

/// A named line through points; a point that is not finite makes a gap.
#[derive(Clone, Debug, PartialEq)]
pub struct Series {
    name: String,
    points: Vec<(f64, f64)>,
    dashed: bool,
    plain: bool,
    dots: bool,
    color: Option<usize>,
}

impl Series {
    /// A line through the points (`x`, `y`), in this order.
    pub fn new(name: impl Into<String>, points: impl IntoIterator<Item = (f64, f64)>) -> Series {
        Series {
            name: name.into(),
            points: points.into_iter().collect(),
            dashed: false,
            plain: false,
            dots: false,
            color: None,
        }
    }

    /// One value per epoch, the first at epoch 1.
    pub fn epochs(name: impl Into<String>, values: &[f64]) -> Series {
        Series::new(name, values.iter().enumerate().map(|(i, y)| ((i + 1) as f64, *y)))
    }

    /// Draws the line dashed.
    pub fn dashed(mut self, dashed: bool) -> Series {
        self.dashed = dashed;
        self
    }

    /// Draws the line without marks at its points.
    pub fn plain(mut self) -> Series {
        self.plain = true;
        self
    }

    /// Draws the points alone, without a line.
    pub fn dots(mut self) -> Series {
        self.dots = true;
        self
    }

    /// Uses this colour of [`PALETTE`](super::PALETTE) instead of the next one.
    pub fn color(mut self, index: usize) -> Series {
        self.color = Some(index);
        self
    }
}

/// Lines over a common axis, with a grid, round ticks and a legend.
#[derive(Clone, Debug, PartialEq)]
pub struct LineChart {
    title: String,
    x_label: String,
    y_label: String,
    empty: String,
    whole_x: bool,
    log_x: bool,
    log_y: bool,
    x_limit: Option<(f64, f64)>,
    y_limit: Option<(f64, f64)>,
    size: (f64, f64),
    series: Vec<Series>,
}

impl LineChart {
    /// A chart without lines, 560 by 380 pixels.
    pub fn new(title: impl Into<String>) -> LineChart {
        LineChart {
            title: title.into(),
            x_label: String::new(),
            y_label: String::new(),
            empty: "no values".to_owned(),
            whole_x: false,
            log_x: false,
            log_y: false,
            x_limit: None,
            y_limit: None,
            size: (560.0, 380.0),
            series: Vec::new(),
        }
    }

    /// Names the horizontal axis.
    pub fn x_label(mut self, text: impl Into<String>) -> LineChart {
        self.x_label = text.into();
        self
    }

    /// Names the vertical axis.
    pub fn y_label(mut self, text: impl Into<String>) -> LineChart {
        self.y_label = text.into();
        self
    }

    /// What stands in the chart when it has no value to draw.
    pub fn empty_label(mut self, text: impl Into<String>) -> LineChart {
        self.empty = text.into();
        self
    }

    /// Puts ticks on whole numbers only and starts at the least one: for epochs.
    pub fn whole_x(mut self, whole: bool) -> LineChart {
        self.whole_x = whole;
        self
    }

    /// Puts equal factors at equal distances: for numbers of rows. Points at 0 or below leave gaps.
    pub fn log_x(mut self, log: bool) -> LineChart {
        self.log_x = log;
        self
    }

    /// Puts equal factors at equal heights: for seconds. Points at 0 or below leave gaps.
    pub fn log_y(mut self, log: bool) -> LineChart {
        self.log_y = log;
        self
    }

    /// Bounds that the horizontal axis shows: (0, 1) for a share.
    pub fn x_limit(mut self, low: f64, high: f64) -> LineChart {
        self.x_limit = (low < high).then_some((low, high));
        self
    }

    /// Bounds that the vertical axis does not pass unless a value does: (0, 1) for a share.
    pub fn y_limit(mut self, low: f64, high: f64) -> LineChart {
        self.y_limit = (low < high).then_some((low, high));
        self
    }

    /// Sets the size in pixels, at least 200 by 160.
    pub fn size(mut self, width: f64, height: f64) -> LineChart {
        self.size = (width.clamp(200.0, 4000.0), height.clamp(160.0, 4000.0));
        self
    }

    /// Adds a line.
    pub fn series(mut self, series: Series) -> LineChart {
        self.series.push(series);
        self
    }

    fn finite(&self) -> impl Iterator<Item = (f64, f64)> + '_ {
        let all = self.series.iter().flat_map(|s| &s.points).map(|p| self.on_axes(p));
        all.filter(|(x, y)| x.is_finite() && y.is_finite())
    }

    /// Where a point stands on the axes before they are scaled.
    fn on_axes(&self, &(x, y): &(f64, f64)) -> (f64, f64) {
        let along = |log: bool, v: f64| match log {
            true if v > 0.0 => v.log10(),
            true => f64::NAN,
            false => v,
        };
        (along(self.log_x, x), along(self.log_y, y))
    }

    /// The legend's entries in rows, each with its distance from the left.
    fn legend_rows(&self, width: f64) -> Vec<Vec<(usize, f64, String)>> {
        let mut rows: Vec<Vec<(usize, f64, String)>> = Vec::new();
        let mut x = f64::INFINITY;
        for (i, s) in self.series.iter().enumerate().filter(|(_, s)| !s.name.is_empty()) {
            let name = style::fit(&s.name, LABEL, (width - 30.0).min(220.0));
            let wide = 30.0 + text_width(&name, LABEL) + 20.0;
            if x + wide > width + 20.0 {
                rows.push(Vec::new());
                x = 0.0;
            }
            if let Some(row) = rows.last_mut() {
                row.push((i, x, name));
            }
            x += wide;
        }
        rows
    }

    /// Dashes also tell a line from the one whose colour it has after the palette's end.
    fn is_dashed(&self, i: usize) -> bool {
        self.series[i].dashed || (i / style::PALETTE.len()) % 2 == 1
    }

    fn draw_series(&self, svg: &mut Svg, i: usize, place: &dyn Fn(f64, f64) -> (f64, f64)) {
        let s = &self.series[i];
        let (class, color) = series(s.color.unwrap_or(i));
        let mut path = String::new();
        let mut dots = Vec::new();
        let points: Vec<(f64, f64)> = s.points.iter().map(|p| self.on_axes(p)).collect();
        if s.dots {
            for &(x, y) in points.iter().filter(|(x, y)| x.is_finite() && y.is_finite()) {
                let (px, py) = place(x, y);
                let dot = Element::new("circle").attr("cx", px).attr("cy", py).attr("r", 2.6);
                let dot = dot.attr("class", class.as_str()).attr("fill", color);
                svg.push(dot.attr("fill-opacity", 0.5));
            }
            return;
        }
        let runs = points.split(|(x, y)| !x.is_finite() || !y.is_finite());
        for run in runs.filter(|r| !r.is_empty()) {
            for (k, &(x, y)) in run.iter().enumerate() {
                let (px, py) = place(x, y);
                path.push(if k == 0 { 'M' } else { 'L' });
                path += &format!("{} {}", number(px), number(py));
                // A few points are marked; of many, only those that no line would show.
                if !s.plain && points.len() <= 30 || run.len() == 1 {
                    dots.push((px, py));
                }
            }
        }
        if !path.is_empty() {
            let line = Element::new("path").attr("d", path).attr("fill", "none");
            svg.push(stroke(line, &class, color, self.is_dashed(i)));
        }
        for (px, py) in dots {
            let dot = Element::new("circle").attr("cx", px).attr("cy", py).attr("r", 2.8);
            svg.push(dot.attr("class", class.as_str()).attr("fill", color));
        }
    }
}

fn stroke(line: Element, class: &str, color: &str, dashed: bool) -> Element {
    let line = line
        .attr("class", format!("{class}-line"))
        .attr("stroke", color)
        .attr("stroke-width", 2.2)
        .attr("stroke-linejoin", "round")
        .attr("stroke-linecap", "round");
    if dashed { line.attr("stroke-dasharray", "6 5") } else { line }
}

fn segment(x1: f64, y1: f64, x2: f64, y2: f64, ink: Ink) -> Element {
    let e = Element::new("line").attr("x1", x1).attr("y1", y1).attr("x2", x2).attr("y2", y2);
    ink.stroke(e).attr("stroke-width", 1.0)
}

impl Chart for LineChart {
    fn svg(&self) -> Svg {
        let (width, height) = self.size;
        let mut svg = canvas(width, height, &self.title);
        let margin = 20.0;
        let limits = self.x_limit.into_iter().flat_map(|(a, b)| [a, b]);
        let x_scale = match range(self.finite().map(|p| p.0).chain(limits.clone())) {
            Some((a, b)) if self.log_x => Scale::decades(a, b),
            Some((a, b)) if self.whole_x => Scale::integers(a, b, ((width - 80.0) / 55.0) as usize),
            _ => {
                let all = self.finite().map(|p| p.0).chain(limits);
                Scale::nice(all, ((width - 80.0) / 80.0) as usize, self.x_limit)
            }
        };
        let y_count = ((height - 120.0) / 45.0).clamp(2.0, 10.0) as usize;
        let y_scale = match range(self.finite().map(|p| p.1)) {
            Some((a, b)) if self.log_y => Scale::decades(a, b),
            _ => Scale::nice(self.finite().map(|p| p.1), y_count, self.y_limit),
        };
        let written = |scale: &Scale, log: bool, t: f64| match log {
            true => value(10f64.powf(t)),
            false => scale.label(t),
        };

        let mut top = margin;
        if !self.title.is_empty() {
            top += 16.0;
            let text = style::fit(&self.title, style::TITLE, width - 2.0 * margin);
            svg.push(style::title(margin, top, &text));
            top += 12.0;
        }
        for row in self.legend_rows(width - 2.0 * margin) {
            top += 10.0;
            for (i, x, name) in row {
                let (class, color) = series(self.series[i].color.unwrap_or(i));
                let (x, y) = (margin + x, top);
                if self.series[i].dots {
                    let dot = Element::new("circle").attr("cx", x + 12.0).attr("cy", y);
                    let dot = dot.attr("r", 3.5).attr("class", class.as_str());
                    svg.push(dot.attr("fill", color));
                    svg.push(label(x + 30.0, y + 4.3, LABEL, Anchor::Start, Ink::Soft, &name));
                    continue;
                }
                let line = Element::new("path")
                    .attr("d", format!("M{} {}h22", number(x + 1.0), number(y)))
                    .attr("fill", "none");
                svg.push(stroke(line, &class, color, self.is_dashed(i)));
                svg.push(label(x + 30.0, y + 4.3, LABEL, Anchor::Start, Ink::Soft, &name));
            }
            top += 10.0;
        }
        top += 10.0;

        let empty = self.finite().next().is_none();
        let ticks: Vec<_> =
            y_scale.ticks.iter().map(|t| (*t, written(&y_scale, self.log_y, *t))).collect();
        let widest = ticks.iter().map(|(_, s)| text_width(s, TICK)).fold(12.0, f64::max);
        let y_name = if self.y_label.is_empty() { 0.0 } else { 20.0 };
        let left = margin + y_name + widest + 9.0;
        let bottom = height - margin - 14.0 - if self.x_label.is_empty() { 0.0 } else { 22.0 };
        let right = width - margin - 6.0;
        let panel = Element::new("rect")
            .attr("x", left)
            .attr("y", top)
            .attr("width", right - left)
            .attr("height", (bottom - top).max(1.0))
            .attr("rx", 3.0);
        svg.push(Ink::Panel.fill(panel));

        // Points keep a little distance from the sides, so that marks are whole.
        let inset = if self.whole_x { 10.0 } else { 0.0 };
        let place = |x: f64, y: f64| {
            (
                left + inset + x_scale.at(x) * (right - left - 2.0 * inset),
                bottom - y_scale.at(y) * (bottom - top),
            )
        };
        if empty {
            let middle = ((left + right) / 2.0, (top + bottom) / 2.0 + 4.0);
            svg.push(label(middle.0, middle.1, LABEL, Anchor::Middle, Ink::Soft, &self.empty));
        } else {
            for (t, text) in &ticks {
                let y = place(x_scale.low, *t).1;
                svg.push(segment(left, y, right, y, Ink::Grid));
                svg.push(label(left - 9.0, y + 4.0, TICK, Anchor::End, Ink::Soft, text));
            }
            for t in &x_scale.ticks {
                let x = place(*t, y_scale.low).0;
                svg.push(segment(x, bottom, x, bottom + 4.0, Ink::Axis));
                let text = written(&x_scale, self.log_x, *t);
                svg.push(label(x, bottom + 17.0, TICK, Anchor::Middle, Ink::Soft, &text));
            }
        }
        svg.push(segment(left, bottom, right, bottom, Ink::Axis));
        if !self.x_label.is_empty() {
            let x = (left + right) / 2.0;
            svg.push(label(x, height - margin, LABEL, Anchor::Middle, Ink::Soft, &self.x_label));
        }
        if !self.y_label.is_empty() {
            let (x, y) = (margin + 10.0, (top + bottom) / 2.0);
            let text = label(x, y, LABEL, Anchor::Middle, Ink::Soft, &self.y_label);
            svg.push(style::turned(text, -90.0, x, y));
        }
        for i in 0..self.series.len() {
            self.draw_series(&mut svg, i, &place);
        }
        svg
    }
}

/// Charts side by side.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct Panels {
    panels: Vec<LineChart>,
    columns: usize,
}

impl Panels {
    /// These charts, at most `columns` beside each other.
    pub fn new(panels: impl IntoIterator<Item = LineChart>, columns: usize) -> Panels {
        Panels { panels: panels.into_iter().collect(), columns: columns.max(1) }
    }

    /// The charts one by one.
    pub fn charts(&self) -> &[LineChart] {
        &self.panels
    }
}

impl Chart for Panels {
    fn pictures(&self) -> Vec<Svg> {
        self.panels.iter().map(Chart::svg).collect()
    }

    fn svg(&self) -> Svg {
        let drawn: Vec<Svg> = self.panels.iter().map(Chart::svg).collect();
        let wide = drawn.iter().map(Svg::width).fold(0.0, f64::max).max(200.0);
        let high = drawn.iter().map(Svg::height).fold(0.0, f64::max).max(1.0);
        let columns = self.columns.clamp(1, drawn.len().max(1));
        let rows = drawn.len().div_ceil(columns).max(1);
        let title = self.panels.iter().map(|p| p.title.as_str()).collect::<Vec<_>>().join(", ");
        let mut svg = canvas(wide * columns as f64, high * rows as f64, &title);
        for (i, panel) in drawn.into_iter().enumerate() {
            let (row, column) = (i / columns, i % columns);
            svg.push(panel.into_group(column as f64 * wide, row as f64 * high));
        }
        svg
    }
}

/// The curves of a training run, one chart per metric, from the columns of its history.
///
/// A column is a Keras name such as `loss` or `val_loss` and one value per epoch. `val_` columns join
/// the chart of their metric. Metrics keep the order of the columns; other columns of a history
/// (`epoch`, a learning rate) are the caller's to leave out.
///
/// ```
/// use seodang_core::Lang;
/// use seodang::plot::training_curves;
/// let curves = training_curves([("loss", &[0.9, 0.4][..]), ("val_loss", &[1.0, 0.5])], Lang::En);
/// assert_eq!(curves.charts().len(), 1);
/// ```
pub fn training_curves<'a>(
    columns: impl IntoIterator<Item = (&'a str, &'a [f64])>,
    lang: Lang,
) -> Panels {
    let pick = |en: &'static str, ko: &'static str| if lang == Lang::Ko { ko } else { en };
    let mut metrics: Vec<(String, LineChart)> = Vec::new();
    for (column, values) in columns {
        let (metric, validation) = match column.strip_prefix("val_") {
            Some(metric) => (metric, true),
            None => (column, false),
        };
        let at = metrics.iter().position(|(m, _)| m == metric).unwrap_or_else(|| {
            let chart = LineChart::new(metric_name(metric, lang))
                .x_label(pick("Epoch", "에포크"))
                .empty_label(pick("no values", "값이 없습니다"))
                .whole_x(true);
            let share = metric.ends_with("accuracy") || metric.starts_with("auc");
            let chart = if share { chart.y_limit(0.0, 1.0) } else { chart };
            metrics.push((metric.to_owned(), chart));
            metrics.len() - 1
        });
        let series = match validation {
            true => Series::epochs(pick("Validation", "검증"), values).color(1),
            false => Series::epochs(pick("Training", "훈련"), values).color(0),
        };
        metrics[at].1.series.push(series);
    }
    Panels::new(metrics.into_iter().map(|(_, chart)| chart), 2)
}

/// A metric's name as a title.
fn metric_name(metric: &str, lang: Lang) -> String {
    match (metric, lang) {
        ("loss", Lang::En) => "Loss".to_owned(),
        ("loss", Lang::Ko) => "손실".to_owned(),
        ("accuracy", Lang::En) => "Accuracy".to_owned(),
        ("accuracy", Lang::Ko) => "정확도".to_owned(),
        _ => metric.replace('_', " "),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use resvg::usvg::roxmltree::Document;

    fn texts(svg: &Svg) -> Vec<String> {
        let source = svg.to_string();
        let xml = Document::parse(&source).expect("well-formed");
        xml.descendants()
            .filter(|n| n.has_tag_name("text"))
            .filter_map(|n| n.text().map(str::to_owned))
            .collect()
    }

    fn lines(svg: &Svg) -> Vec<String> {
        let source = svg.to_string();
        let xml = Document::parse(&source).expect("well-formed");
        let paths = xml.descendants().filter(|n| n.has_tag_name("path"));
        paths
            .filter_map(|n| n.attribute("d"))
            .filter(|d| !d.contains('h'))
            .map(str::to_owned)
            .collect()
    }

    #[test]
    fn curves_pair_training_with_validation() {
        let (a, b) = ([0.9, 0.5, 0.3], [1.0, 0.6, 0.5]);
        let columns = [
            ("loss", &a[..]),
            ("accuracy", &a[..]),
            ("val_loss", &b[..]),
            ("val_accuracy", &b[..]),
        ];
        let curves = training_curves(columns, Lang::Ko);
        assert_eq!(curves.charts().len(), 2);
        let seen = texts(&curves.svg());
        for word in ["손실", "정확도", "에포크", "훈련", "검증", "1", "2", "3"] {
            assert!(seen.iter().any(|t| t == word), "{word} in {seen:?}");
        }
        assert_eq!(lines(&curves.svg()).len(), 4);
        let english = texts(&training_curves(columns, Lang::En).svg());
        assert!(english.contains(&"Validation".to_owned()));
    }

    #[test]
    fn points_that_are_not_finite_are_gaps() {
        let y = [1.0, f64::NAN, 2.0, 3.0, f64::INFINITY, 4.0];
        let svg = LineChart::new("").whole_x(true).series(Series::epochs("a", &y)).svg();
        let path = &lines(&svg)[0];
        assert_eq!(path.matches('M').count(), 3, "{path}");
        assert_eq!(path.matches('L').count(), 1, "{path}");
    }

    #[test]
    fn equal_factors_are_equal_heights() {
        let points = [(1.0, 0.001), (2.0, 0.01), (3.0, 0.0), (4.0, 0.1)];
        let svg = LineChart::new("").log_y(true).series(Series::new("a", points)).svg();
        let source = svg.to_string();
        let y: Vec<f64> = source
            .split(" cy=\"")
            .skip(1)
            .filter_map(|s| s.split('"').next()?.parse().ok())
            .collect();
        assert_eq!(y.len(), 3, "0 has no place: {source}");
        assert!((y[0] - y[1] - (y[1] - y[2])).abs() < 0.1, "{y:?}");
        for tick in ["0.001", "0.01", "0.1"] {
            assert!(texts(&svg).iter().any(|t| t == tick), "{tick}: {source}");
        }
    }

    #[test]
    fn no_two_of_sixteen_lines_look_alike() {
        let all = (0..16).map(|i| Series::new("", [(0.0, f64::from(i)), (1.0, 2.0)]));
        let source = all.fold(LineChart::new(""), LineChart::series).svg().to_string();
        let xml = Document::parse(&source).expect("well-formed");
        let looks: std::collections::HashSet<_> = xml
            .descendants()
            .filter(|n| n.has_tag_name("path"))
            .map(|n| (n.attribute("stroke"), n.attribute("stroke-dasharray")))
            .collect();
        assert_eq!(looks.len(), 16);
    }

    #[test]
    fn nothing_one_point_and_huge_values_draw() {
        let empty = LineChart::new("t").empty_label("nothing yet").svg();
        assert!(texts(&empty).contains(&"nothing yet".to_owned()));
        for y in [&[][..], &[f64::NAN], &[0.5], &[f64::MAX, f64::MIN, 0.0], &[1e-320; 3]] {
            let svg = LineChart::new("t").whole_x(true).series(Series::epochs("a", y)).svg();
            let source = svg.to_string();
            assert!(!source.contains("NaN") && !source.contains("inf"), "{source}");
            assert_eq!(lines(&svg).is_empty(), !y.iter().any(|v| v.is_finite()), "{y:?}");
        }
        assert_eq!(Panels::default().svg().width(), 200.0);
    }

    #[test]
    fn many_series_wrap_their_legend() {
        let mut chart = LineChart::new("many");
        for i in 0..30 {
            chart = chart.series(Series::new(format!("a long name of series {i}"), [(0.0, 1.0)]));
        }
        let rows = chart.legend_rows(500.0);
        assert!(rows.len() > 5);
        assert_eq!(rows.iter().map(Vec::len).sum::<usize>(), 30);
        assert!(rows.iter().flatten().all(|(_, x, n)| x + 30.0 + text_width(n, LABEL) <= 500.0));
    }
}
