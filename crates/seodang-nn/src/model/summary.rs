//! The table of a model's layers, as Keras 3 prints it.

use super::network::Kind;
use super::{Model, symbolic};
use crate::Dims;
use crate::layers::LayerRef;
use seodang_tensor::Variable;
use std::fmt::Write;

/// The widths of the columns between their borders.
const CHAIN: [usize; 3] = [38, 29, 17];
const GRAPH: [usize; 4] = [31, 27, 17, 28];

impl Model {
    /// The table of layers, shapes and parameters that Keras's `summary` prints.
    pub fn summary(&self) -> String {
        let chain = self.is_chain();
        let widths: &[usize] = if chain { &CHAIN } else { &GRAPH };
        let header = ["Layer (type)", "Output Shape", "Param #", "Connected to"];
        let mut table = Table { widths, out: format!("Model: \"{}\"\n", self.name()) };
        table.rule('┏', '━', '┳', '┓');
        table.row('┃', &header[..widths.len()].map_strings());
        table.rule('┡', '━', '╇', '┩');
        let sequential = self.network.kind() == Kind::Sequential;
        let layers: Vec<&LayerRef> = (self.network.all_layers().iter())
            .filter(|l| !sequential || !symbolic::is_input(l))
            .collect();
        for (i, layer) in layers.iter().enumerate() {
            if i > 0 {
                table.rule('├', '─', '┼', '┤');
            }
            let mut cells = vec![
                format!("{} ({})", layer.name(), layer.class_name()),
                self.shape_of(layer),
                match layer.is_built() {
                    true => thousands(layer.count_params()),
                    false => "0 (unbuilt)".to_string(),
                },
            ];
            if !chain {
                cells.push(self.connections(layer));
            }
            table.row('│', &cells);
        }
        table.rule('└', '─', '┴', '┘');
        let mut out = table.out;
        let weights = self.weights();
        let (trained, fixed): (Vec<_>, Vec<_>) =
            weights.into_iter().map(|w| w.variable).partition(Variable::trainable);
        let slots = self.training.as_ref().map(|t| t.optimizer_variables()).unwrap_or_default();
        let all: Vec<Variable> = trained.iter().chain(&fixed).chain(&slots).cloned().collect();
        total(&mut out, "Total params", &all);
        total(&mut out, "Trainable params", &trained);
        total(&mut out, "Non-trainable params", &fixed);
        if !slots.is_empty() {
            total(&mut out, "Optimizer params", &slots);
        }
        out
    }

    /// Whether each layer is called once, on the one before.
    fn is_chain(&self) -> bool {
        let Some(graph) = self.network.graph() else { return true };
        let ones = graph.nodes.iter().all(|n| n.index == 0 && n.inputs.len() <= 1);
        let uses =
            |at: usize| graph.nodes.iter().flat_map(|n| &n.inputs).filter(|v| v.node == at).count();
        ones && graph.inputs.len() == 1 && (0..graph.nodes.len()).all(|at| uses(at) <= 1)
    }

    fn shape_of(&self, layer: &LayerRef) -> String {
        let graph = self.network.graph();
        let last = graph.and_then(|g| {
            g.nodes.iter().filter(|n| g.layers[n.layer].is(layer)).max_by_key(|n| n.index)
        });
        match last.map(|n| &n.call.outputs[..]) {
            None => "?".to_string(),
            Some([one]) => shape(one),
            Some(many) => format!("[{}]", many.iter().map(shape).collect::<Vec<_>>().join(", ")),
        }
    }

    fn connections(&self, layer: &LayerRef) -> String {
        let Some(graph) = self.network.graph() else { return "-".to_string() };
        let mut calls: Vec<_> =
            graph.nodes.iter().filter(|n| graph.layers[n.layer].is(layer)).collect();
        calls.sort_by_key(|n| n.index);
        let from: Vec<String> = (calls.iter().flat_map(|n| &n.inputs))
            .map(|v| {
                let node = &graph.nodes[v.node];
                format!("{}[{}][{}]", graph.layers[node.layer].name(), node.index, v.output)
            })
            .collect();
        if from.is_empty() { "-".to_string() } else { from.join(", ") }
    }
}

trait MapStrings {
    fn map_strings(&self) -> Vec<String>;
}

impl MapStrings for [&str] {
    fn map_strings(&self) -> Vec<String> {
        self.iter().map(|s| s.to_string()).collect()
    }
}

fn shape(dims: &Dims) -> String {
    let dims: Vec<String> =
        dims.iter().map(|d| d.map_or("None".to_string(), |d| d.to_string())).collect();
    format!("({})", dims.join(", "))
}

fn total(out: &mut String, what: &str, variables: &[Variable]) {
    let count: usize = variables.iter().map(|v| v.shape().size()).sum();
    let bytes: usize = variables.iter().map(|v| v.shape().size() * v.dtype().size()).sum();
    let _ = writeln!(out, " {what}: {} ({})", thousands(count), memory(bytes));
}

/// A number with commas.
fn thousands(n: usize) -> String {
    let digits = n.to_string();
    let mut out = String::new();
    for (i, c) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            out.push(',');
        }
        out.push(c);
    }
    out
}

/// A number of bytes, in a unit that keeps it short.
fn memory(bytes: usize) -> String {
    let mut size = bytes as f64;
    for unit in ["B", "KB", "MB", "GB"] {
        if size < 1024.0 {
            return format!("{size:.2} {unit}");
        }
        size /= 1024.0;
    }
    format!("{size:.2} TB")
}

struct Table<'a> {
    widths: &'a [usize],
    out: String,
}

impl Table<'_> {
    fn rule(&mut self, left: char, line: char, cross: char, right: char) {
        self.out.push(left);
        for (i, &w) in self.widths.iter().enumerate() {
            if i > 0 {
                self.out.push(cross);
            }
            self.out.extend(std::iter::repeat_n(line, w));
        }
        self.out.push(right);
        self.out.push('\n');
    }

    /// A row whose cells are broken into as many lines as they need; the third is aligned right.
    fn row(&mut self, border: char, cells: &[String]) {
        let lines: Vec<Vec<String>> =
            cells.iter().zip(self.widths).map(|(c, &w)| wrap(c, w - 2)).collect();
        let height = lines.iter().map(Vec::len).max().unwrap_or(1);
        for line in 0..height {
            for (i, cell) in lines.iter().enumerate() {
                let text = cell.get(line).map_or("", String::as_str);
                let space = " ".repeat((self.widths[i] - 2).saturating_sub(columns(text)));
                self.out.push(border);
                let _ = match i {
                    2 => write!(self.out, " {space}{text} "),
                    _ => write!(self.out, " {text}{space} "),
                };
            }
            self.out.push(border);
            self.out.push('\n');
        }
    }
}

/// How many columns of a terminal a text takes: Korean letters and their like take two.
fn columns(text: &str) -> usize {
    text.chars().map(wide).sum()
}

fn wide(c: char) -> usize {
    if matches!(c as u32, 0x1100..=0x115f | 0x2e80..=0xa4cf | 0xac00..=0xd7a3 | 0xf900..=0xfaff | 0xff00..=0xff60)
    {
        2
    } else {
        1
    }
}

/// A text in lines of at most `width` columns, broken at spaces; a longer word is cut.
fn wrap(text: &str, width: usize) -> Vec<String> {
    let mut lines: Vec<String> = vec![String::new()];
    for word in text.split(' ') {
        let mut word = word.to_string();
        if columns(&word) > width {
            let mut kept = 1;
            word = word
                .chars()
                .take_while(|&c| {
                    kept += wide(c);
                    kept <= width
                })
                .collect::<String>()
                + "…";
        }
        let line = lines.len() - 1;
        let joined = columns(&lines[line]) + 1 + columns(&word);
        if lines[line].is_empty() {
            lines[line] = word;
        } else if joined <= width {
            lines[line] = format!("{} {word}", lines[line]);
        } else {
            lines.push(word);
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_and_sizes() {
        assert_eq!(thousands(0), "0");
        assert_eq!(thousands(999), "999");
        assert_eq!(thousands(1_234_567), "1,234,567");
        assert_eq!(memory(9610 * 4), "37.54 KB");
        assert_eq!(memory(0), "0.00 B");
    }

    #[test]
    fn long_names_are_cut_and_cells_broken() {
        assert_eq!(wrap("dense (Dense)", 20), ["dense (Dense)"]);
        assert_eq!(wrap("a_very_long_name (Dense)", 10), ["a_very_lo…", "(Dense)"]);
        assert_eq!(columns("층 1"), 4);
    }
}
