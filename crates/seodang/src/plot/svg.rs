//! A small builder of SVG documents.
//!
//! It knows elements, attributes and text, and escapes what needs escaping; everything that charts
//! mean is in the modules beside it. Documents made here refer to nothing outside themselves and use
//! no ids, so that several can stand inside one HTML page.

use std::fmt::{self, Write};

/// The font families asked for, the embedded one first; a browser falls back along the list.
pub const FONT_FAMILY: &str = "Seodang Sans, Pretendard, Inter, Apple SD Gothic Neo, Malgun Gothic, \
     Noto Sans KR, Noto Sans CJK KR, NanumGothic, Segoe UI, Helvetica, Arial, sans-serif";

/// A value of an attribute: a number is written with at most two decimals, text is escaped.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// A length, coordinate or ratio; what is not finite is written as 0.
    Number(f64),
    /// Anything else.
    Text(String),
}

impl From<f64> for Value {
    fn from(x: f64) -> Value {
        Value::Number(x)
    }
}

impl From<usize> for Value {
    fn from(x: usize) -> Value {
        Value::Number(x as f64)
    }
}

impl From<&str> for Value {
    fn from(s: &str) -> Value {
        Value::Text(s.to_owned())
    }
}

impl From<String> for Value {
    fn from(s: String) -> Value {
        Value::Text(s)
    }
}

impl fmt::Display for Value {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Value::Number(x) => f.write_str(&number(*x)),
            Value::Text(s) => f.write_str(&escape(s)),
        }
    }
}

/// A number as an SVG coordinate: at most two decimals, no trailing zeros, never `NaN` or `inf`.
///
/// ```
/// use seodang::plot::svg::number;
/// assert_eq!(number(1.50), "1.5");
/// assert_eq!(number(-0.001), "0");
/// assert_eq!(number(f64::NAN), "0");
/// ```
pub fn number(x: f64) -> String {
    if !x.is_finite() {
        return "0".to_owned();
    }
    let s = format!("{x:.2}");
    let s = s.trim_end_matches('0').trim_end_matches('.');
    if s == "-0" { "0".to_owned() } else { s.to_owned() }
}

/// Text made safe for XML and HTML, in content and in quoted attributes: the five special characters
/// become entities, and characters that XML forbids become U+FFFD.
///
/// ```
/// assert_eq!(seodang::plot::svg::escape("a<b & \"c\""), "a&lt;b &amp; &quot;c&quot;");
/// ```
pub fn escape(s: &str) -> String {
    let mut out = String::with_capacity(s.len());
    for c in s.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            '\t' | '\n' | '\r' => out.push(c),
            c if c < ' ' || c == '\u{FFFE}' || c == '\u{FFFF}' => out.push('\u{FFFD}'),
            c => out.push(c),
        }
    }
    out
}

/// One element: a name, attributes in the order given, and either children or text.
///
/// ```
/// use seodang::plot::svg::Element;
/// let e = Element::new("g").child(Element::new("text").attr("x", 2.0).text("a & b"));
/// assert_eq!(e.to_string(), "<g><text x=\"2\">a &amp; b</text></g>");
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct Element {
    name: &'static str,
    attributes: Vec<(&'static str, Value)>,
    children: Vec<Element>,
    text: String,
}

impl Element {
    /// An element without attributes.
    pub fn new(name: &'static str) -> Element {
        Element { name, attributes: Vec::new(), children: Vec::new(), text: String::new() }
    }

    /// Sets an attribute; classes add up, any other attribute is replaced.
    pub fn attr(mut self, name: &'static str, value: impl Into<Value>) -> Element {
        let value = value.into();
        match self.attributes.iter_mut().find(|(n, _)| *n == name) {
            Some((_, Value::Text(old))) if name == "class" => {
                *old = format!("{old} {value}");
            }
            Some((_, old)) => *old = value,
            None => self.attributes.push((name, value)),
        }
        self
    }

    /// Sets the text content; it is escaped when written.
    pub fn text(mut self, text: impl Into<String>) -> Element {
        self.text = text.into();
        self
    }

    /// Adds a child after those already there.
    pub fn child(mut self, child: Element) -> Element {
        self.children.push(child);
        self
    }

    /// Adds a child in place, for loops.
    pub fn push(&mut self, child: Element) {
        self.children.push(child);
    }

    fn write(&self, out: &mut String) {
        let _ = write!(out, "<{}", self.name);
        for (name, value) in &self.attributes {
            let _ = write!(out, " {name}=\"{value}\"");
        }
        if self.children.is_empty() && self.text.is_empty() {
            out.push_str("/>");
            return;
        }
        out.push('>');
        out.push_str(&escape(&self.text));
        for child in &self.children {
            child.write(out);
        }
        let _ = write!(out, "</{}>", self.name);
    }
}

impl fmt::Display for Element {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut out = String::new();
        self.write(&mut out);
        f.write_str(&out)
    }
}

/// A picture: its size in pixels, a title for people who cannot see it, and its elements.
///
/// Its `Display` is the document as it stands in a `.svg` file; [`Svg::inline`] is the one for HTML.
#[derive(Clone, Debug, PartialEq)]
pub struct Svg {
    width: f64,
    height: f64,
    title: String,
    body: Vec<Element>,
}

impl Svg {
    /// An empty picture of the given size.
    pub fn new(width: f64, height: f64) -> Svg {
        Svg { width, height, title: String::new(), body: Vec::new() }
    }

    /// Sets the title that screen readers read.
    pub fn title(mut self, title: impl Into<String>) -> Svg {
        self.title = title.into();
        self
    }

    /// Adds an element on top of those already there.
    pub fn push(&mut self, element: Element) {
        self.body.push(element);
    }

    /// The width in pixels.
    pub fn width(&self) -> f64 {
        self.width
    }

    /// The height in pixels.
    pub fn height(&self) -> f64 {
        self.height
    }

    /// The picture as one group, shifted by (`x`, `y`): for putting pictures side by side.
    pub fn into_group(self, x: f64, y: f64) -> Element {
        let shift = format!("translate({} {})", number(x), number(y));
        Element { children: self.body, ..Element::new("g") }.attr("transform", shift)
    }

    /// The picture as an element of an HTML page, as wide as the page allows up to its own width.
    pub fn inline(&self) -> String {
        let style = format!("width:100%;max-width:{}px;height:auto", number(self.width));
        self.root().attr("style", style).to_string()
    }

    fn root(&self) -> Element {
        let mut root = Element::new("svg")
            .attr("xmlns", "http://www.w3.org/2000/svg")
            .attr("width", self.width)
            .attr("height", self.height)
            .attr("viewBox", format!("0 0 {} {}", number(self.width), number(self.height)))
            .attr("font-family", FONT_FAMILY)
            .attr("role", "img")
            .attr("aria-label", self.title.as_str());
        root.children = self.body.clone();
        if !self.title.is_empty() {
            root.children.insert(0, Element::new("title").text(self.title.as_str()));
        }
        root
    }
}

impl fmt::Display for Svg {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>")?;
        writeln!(f, "{}", self.root())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use resvg::usvg::roxmltree::Document;

    #[test]
    fn hostile_text_survives_the_round_trip() {
        let text = "a<b>&\"'</svg><script>\u{1}\u{0} 한글 → 🙂";
        let mut svg = Svg::new(10.0, 20.0).title(text);
        svg.push(Element::new("text").attr("data-name", text).text(text));
        let document = svg.to_string();
        let xml = Document::parse(&document).expect("well-formed");
        let expected = text.replace(['\u{1}', '\u{0}'], "\u{FFFD}");
        let node = xml.descendants().find(|n| n.has_tag_name("text")).expect("the text");
        assert_eq!(node.text(), Some(expected.as_str()));
        assert_eq!(node.attribute("data-name"), Some(expected.as_str()));
        assert_eq!(xml.root_element().attribute("viewBox"), Some("0 0 10 20"));
        assert!(!xml.descendants().any(|n| n.has_tag_name("script")));
    }

    #[test]
    fn numbers_are_short_and_finite() {
        assert_eq!(number(12.0), "12");
        assert_eq!(number(12.345), "12.35");
        assert_eq!(number(-3.10), "-3.1");
        assert_eq!(number(f64::INFINITY), "0");
        assert_eq!(number(100.0), "100");
    }

    #[test]
    fn a_group_keeps_the_elements() {
        let mut svg = Svg::new(1.0, 1.0);
        svg.push(Element::new("rect"));
        let group = svg.into_group(3.0, 4.5).to_string();
        assert_eq!(group, "<g transform=\"translate(3 4.5)\"><rect/></g>");
    }
}
