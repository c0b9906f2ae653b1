//! Drawings of decision trees.

use super::style::{self, Anchor, Ink, LABEL, TICK, label, series, text_width};
use super::svg::{Element, number};
use super::{Chart, Svg, canvas};
use seodang_core::Lang;

/// A node of a tree: a question, or an answer.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct TreeNode {
    /// What is asked, as `age ≤ 30.5`, or what is answered.
    pub text: String,
    /// A quieter line: how many rows came here, and what they are.
    pub note: String,
    /// Where rows go for which the question is true, and where the others go.
    pub children: Option<(usize, usize)>,
    /// The colour of its answer, counted in [`PALETTE`](super::PALETTE).
    pub color: usize,
    /// How sure the answer is, 0 to 1: how strong the colour is.
    pub strength: f64,
}

/// A decision tree, its root above; what lies deeper than the limit is drawn as dots.
///
/// ```
/// use seodang::plot::{Chart, TreeChart, TreeNode};
/// use seodang_core::Lang;
/// let node = |text: &str, children| TreeNode { text: text.into(), children, ..TreeNode::default() };
/// let nodes = vec![node("width ≤ 0.8", Some((1, 2))), node("setosa", None), node("other", None)];
/// let svg = TreeChart::new("Tree", nodes, Lang::En).svg().to_string();
/// assert!(svg.contains("setosa") && svg.contains("width ≤ 0.8"));
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct TreeChart {
    title: String,
    nodes: Vec<TreeNode>,
    depth: usize,
    lang: Lang,
}

/// The longest line in a node, in pixels.
const ROOM: f64 = 170.0;
const HIGH: f64 = 44.0;
const DOWN: f64 = 84.0;
const GAP: f64 = 14.0;

/// A node in its place.
struct Placed {
    node: usize,
    middle: f64,
    level: usize,
    /// Whether what is below it is not drawn.
    cut: bool,
    children: Option<(usize, usize)>,
}

impl TreeChart {
    /// A tree whose root is the first node, drawn three questions deep.
    pub fn new(title: impl Into<String>, nodes: Vec<TreeNode>, lang: Lang) -> TreeChart {
        TreeChart { title: title.into(), nodes, depth: 3, lang }
    }

    /// Sets how many questions deep the drawing goes, 1 to 8.
    pub fn max_depth(mut self, depth: usize) -> TreeChart {
        self.depth = depth.clamp(1, 8);
        self
    }

    fn wide(&self, node: usize) -> f64 {
        let n = &self.nodes[node];
        let text = text_width(&n.text, LABEL).max(text_width(&n.note, TICK));
        text.clamp(50.0, ROOM) + 18.0
    }

    /// Places a node and all below it from `left` on; how far they reach, and which one it became.
    fn place(&self, node: usize, level: usize, left: f64, out: &mut Vec<Placed>) -> (f64, usize) {
        let wide = self.wide(node);
        let there = |&(a, b): &(usize, usize)| a < self.nodes.len() && b < self.nodes.len();
        let children = self.nodes[node].children.filter(there);
        let cut = children.is_some() && level >= self.depth;
        let (middle, reach, children) = match children.filter(|_| !cut) {
            Some((yes, no)) => {
                let (reach, yes) = self.place(yes, level + 1, left, out);
                let (reach, no) = self.place(no, level + 1, reach + GAP, out);
                let middle = (out[yes].middle + out[no].middle) / 2.0;
                (middle.max(left + wide / 2.0), reach.max(left + wide), Some((yes, no)))
            }
            None => (left + wide / 2.0, left + wide, None),
        };
        out.push(Placed { node, middle, level, cut, children });
        (reach.max(middle + wide / 2.0), out.len() - 1)
    }
}

fn link(x1: f64, y1: f64, x2: f64, y2: f64) -> Element {
    let bend = (y1 + y2) / 2.0;
    let path = format!(
        "M{} {}C{} {} {} {} {} {}",
        number(x1),
        number(y1),
        number(x1),
        number(bend),
        number(x2),
        number(bend),
        number(x2),
        number(y2)
    );
    Ink::Axis
        .stroke(Element::new("path").attr("d", path).attr("fill", "none"))
        .attr("stroke-width", 1.4)
}

impl Chart for TreeChart {
    fn svg(&self) -> Svg {
        let margin = 20.0;
        let head = margin + if self.title.is_empty() { 0.0 } else { 16.0 + 18.0 };
        let mut placed = Vec::new();
        let mut reach: f64 = margin + 200.0;
        if !self.nodes.is_empty() {
            reach = reach.max(self.place(0, 0, margin, &mut placed).0);
        }
        let levels = placed.iter().map(|p| p.level + usize::from(p.cut)).max().unwrap_or(0);
        let width =
            (reach + margin).max(text_width(&self.title, style::TITLE) * 1.06 + 2.0 * margin);
        let height = head + levels as f64 * DOWN + HIGH + margin;
        let mut svg = canvas(width, height, &self.title);
        if !self.title.is_empty() {
            svg.push(style::title(margin, margin + 16.0, &self.title));
        }
        let (yes, no) = if self.lang == Lang::Ko { ("예", "아니오") } else { ("yes", "no") };
        let top = |level: usize| head + level as f64 * DOWN;
        for p in &placed {
            let below = top(p.level) + HIGH;
            if let Some((a, b)) = p.children {
                for (child, word, side) in [(a, yes, Anchor::End), (b, no, Anchor::Start)] {
                    let to = placed[child].middle;
                    svg.push(link(p.middle, below, to, below + DOWN - HIGH));
                    let shift = if side == Anchor::End { -7.0 } else { 7.0 };
                    let (x, y) = ((p.middle + to) / 2.0 + shift, below + 17.0);
                    svg.push(label(x, y, TICK, side, Ink::Soft, word));
                }
            }
            if p.cut {
                svg.push(label(p.middle, below + 20.0, LABEL, Anchor::Middle, Ink::Soft, "···"));
            }
        }
        for p in &placed {
            let (node, wide, y) = (&self.nodes[p.node], self.wide(p.node), top(p.level));
            let (class, color) = series(node.color);
            let shape = || {
                let shape = Element::new("rect").attr("x", p.middle - wide / 2.0).attr("y", y);
                shape.attr("width", wide).attr("height", HIGH).attr("rx", 7.0)
            };
            svg.push(Ink::Ground.fill(shape()));
            let fill = shape().attr("class", class).attr("fill", color);
            let strength =
                if node.strength.is_finite() { node.strength.clamp(0.0, 1.0) } else { 0.0 };
            svg.push(fill.attr("fill-opacity", 0.06 + 0.34 * strength));
            svg.push(Ink::Axis.stroke(shape().attr("fill", "none")));
            let text = style::fit(&node.text, LABEL, ROOM);
            svg.push(label(p.middle, y + 18.5, LABEL, Anchor::Middle, Ink::Strong, &text));
            let note = style::fit(&node.note, TICK, ROOM);
            svg.push(label(p.middle, y + 34.5, TICK, Anchor::Middle, Ink::Soft, &note));
        }
        svg
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plot::render_png;

    fn full(depth: usize) -> Vec<TreeNode> {
        let n = (1usize << (depth + 1)) - 1;
        let node = |i: usize| TreeNode {
            text: format!("feature {i} ≤ 0.5"),
            note: format!("{i} rows"),
            children: (2 * i + 2 < n).then_some((2 * i + 1, 2 * i + 2)),
            color: i,
            strength: 0.5,
        };
        (0..n).map(node).collect()
    }

    #[test]
    fn nodes_of_a_level_do_not_overlap() {
        let chart = TreeChart::new("t", full(4), Lang::En).max_depth(4);
        let mut placed = Vec::new();
        chart.place(0, 0, 0.0, &mut placed);
        assert_eq!(placed.len(), 31);
        for level in 0..=4 {
            let mut row: Vec<_> = placed.iter().filter(|p| p.level == level).collect();
            row.sort_by(|a, b| a.middle.total_cmp(&b.middle));
            for w in row.windows(2) {
                let free = w[1].middle - w[0].middle;
                assert!(free >= (chart.wide(w[0].node) + chart.wide(w[1].node)) / 2.0, "{level}");
            }
        }
    }

    #[test]
    fn what_is_too_deep_is_dots_and_odd_trees_draw() {
        let svg = TreeChart::new("나무", full(6), Lang::Ko).svg().to_string();
        assert_eq!(svg.matches("···").count(), 8);
        assert!(svg.contains("아니오"));
        assert!(render_png(&svg, 1.0).expect("a picture").starts_with(b"\x89PNG"));
        assert!(TreeChart::new("", Vec::new(), Lang::En).svg().width() > 0.0);
        let broken = TreeNode { children: Some((5, 9)), strength: f64::NAN, ..TreeNode::default() };
        let svg = TreeChart::new("", vec![broken], Lang::En).svg().to_string();
        assert!(!svg.contains("NaN"));
    }
}
