//! Running rows on an engine.

use crate::compare::{Tolerance, difference};
use seodang_core::{Array, Result};
use seodang_ir::{Argument, Engine, Graph, Op, evaluate};

/// One row of the conformance table: a small program, its arguments, and what is right.
pub struct Row {
    /// The op it is for, then what is special about it: `"tanh/f32/special"`.
    pub name: String,
    /// The program.
    pub graph: Graph,
    /// The arguments.
    pub inputs: Vec<Array>,
    /// The right results, where another library computed them; else the evaluator's.
    pub expected: Option<Vec<Array>>,
    /// How far results may be off.
    pub tolerance: Tolerance,
}

impl Row {
    /// The op under test: the first node that is not a constant (every row has one).
    pub fn op(&self) -> Option<&Op> {
        let mut nodes = self.graph.nodes().iter().map(|n| &n.op);
        nodes.clone().rfind(|op| !matches!(op, Op::Constant(_))).or_else(|| nodes.next())
    }

    /// What is right.
    ///
    /// # Errors
    /// Errors of the evaluator.
    pub fn want(&self) -> Result<Vec<Array>> {
        match &self.expected {
            Some(expected) => Ok(expected.clone()),
            None => evaluate(&self.graph, &self.inputs),
        }
    }
}

/// A row that an engine is known to answer otherwise, with the reason.
pub struct Exception {
    /// The row's name; a trailing `*` stands for any rest.
    pub row: &'static str,
    /// Why.
    pub reason: &'static str,
}

impl Exception {
    fn covers(&self, name: &str) -> bool {
        match self.row.strip_suffix('*') {
            Some(prefix) => name.starts_with(prefix),
            None => name == self.row,
        }
    }
}

/// Runs a program on an engine with host arrays.
///
/// # Errors
/// Errors of the engine.
pub fn run(engine: &dyn Engine, graph: &Graph, inputs: &[Array]) -> Result<Vec<Array>> {
    let program = engine.compile(graph)?;
    let buffers = inputs.iter().map(|a| engine.upload(a)).collect::<Result<Vec<_>>>()?;
    let outputs = program.run(buffers.iter().map(Argument::Borrow).collect())?;
    outputs.iter().map(|b| b.download()).collect()
}

/// Runs rows on an engine and reports every row that fails without an exception, and every
/// exception that no failing row needs.
///
/// # Errors
/// The report.
pub fn check(
    engine: &dyn Engine,
    rows: &[Row],
    exceptions: &[Exception],
) -> std::result::Result<usize, String> {
    let mut problems = Vec::new();
    let mut needed = vec![false; exceptions.len()];
    let mut passed = 0;
    for row in rows {
        let verdict = verdict(engine, row);
        let exception = exceptions.iter().position(|e| e.covers(&row.name));
        match (verdict, exception) {
            (None, _) => passed += 1,
            (Some(_), Some(i)) => needed[i] = true,
            (Some(problem), None) => problems.push(format!("{}: {problem}", row.name)),
        }
    }
    for (exception, needed) in exceptions.iter().zip(needed) {
        if !needed {
            problems.push(format!(
                "the exception {} ({}) is not needed any more: take it out",
                exception.row, exception.reason
            ));
        }
    }
    if problems.is_empty() {
        return Ok(passed);
    }
    Err(format!(
        "{} of {} rows fail on {}:\n{}",
        problems.len(),
        rows.len(),
        engine.name(),
        problems.join("\n")
    ))
}

/// What is wrong with an engine's answer to a row, if anything.
fn verdict(engine: &dyn Engine, row: &Row) -> Option<String> {
    let want = match row.want() {
        Ok(want) => want,
        Err(e) => return Some(format!("the evaluator fails: {e:?}")),
    };
    let got = match run(engine, &row.graph, &row.inputs) {
        Ok(got) => got,
        Err(e) => return Some(format!("{e:?}")),
    };
    if got.len() != want.len() {
        return Some(format!("{} results instead of {}", got.len(), want.len()));
    }
    let mut pairs = got.iter().zip(&want).enumerate();
    pairs
        .find_map(|(i, (g, w))| difference(g, w, row.tolerance).map(|d| format!("result {i}: {d}")))
}
