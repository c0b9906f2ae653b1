//! `cargo xtask bench python`: the Python package beside TensorFlow, PyTorch and JAX.
//!
//! Each library lives in a process of its own (`python/bench/serve.py`) that answers with the time of a
//! case; they take turns, so that a machine that slows down slows them all. The table shows medians of
//! the rounds, and of each round's own ratio of our time to theirs.
//!
//! Ours is the package that the stage `python` installs. The others are looked for in the Pythons that
//! `SEODANG_BENCH_TF_PYTHON`, `SEODANG_BENCH_TORCH_PYTHON` and `SEODANG_BENCH_JAX_PYTHON` name, else in
//! `target/xtask/bench-{tf,torch,jax}`; what is not there is left out. Threads are each library's
//! default.
//!
//! `target/xtask/bench-python.json` holds `{"rounds":, "cores":, "cases": [{"case":, "seodang":
//! seconds, "tensorflow": ..., "ratio_tensorflow": our time over theirs, ..., "bar":, "kept":}]}`.

use super::{median, time};
use crate::Outcome;
use crate::process::{self, root, workshop};
use crate::python;
use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};

/// A case of `python/bench/*_cases.py`, and what it is to reach.
struct Case {
    name: &'static str,
    about: &'static str,
    /// The answer is the time of so many.
    calls: f64,
    bar: Bar,
}

enum Bar {
    /// Our time over TensorFlow's.
    OfTensorFlow(f64),
    Seconds(f64),
}

const CASES: &[Case] = &[
    Case {
        name: "fit",
        about: "fit 784-128-10, batch 32, 60,000 rows",
        calls: 1.0,
        bar: Bar::OfTensorFlow(0.25),
    },
    Case {
        name: "tape",
        about: "GradientTape step, 784-128-10, batch 32",
        calls: 100.0,
        bar: Bar::OfTensorFlow(1.0 / 3.0),
    },
    Case { name: "add", about: "a + b of 10 elements", calls: 1000.0, bar: Bar::Seconds(1e-6) },
    Case { name: "predict", about: "predict of one row", calls: 1.0, bar: Bar::Seconds(20e-6) },
];

/// Beyond NumPy.
const IMPORT_SECONDS: f64 = 60e-3;
const IMPORT_MEGABYTES: f64 = 60.0;

/// A library: its name, which is also the module to import, its environment variable, its folder.
const RIVALS: &[(&str, &str, &str)] = &[
    ("tensorflow", "SEODANG_BENCH_TF_PYTHON", "bench-tf"),
    ("torch", "SEODANG_BENCH_TORCH_PYTHON", "bench-torch"),
    ("jax", "SEODANG_BENCH_JAX_PYTHON", "bench-jax"),
];

struct Library {
    name: &'static str,
    python: PathBuf,
    child: Child,
    questions: ChildStdin,
    answers: BufReader<ChildStdout>,
}

impl Library {
    fn start(name: &'static str, python: PathBuf) -> Result<Library, String> {
        let mut child = python_at(&python)
            .args(["python/bench/serve.py", name])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .map_err(|e| format!("cannot start {}: {e}", python.display()))?;
        let questions = child.stdin.take().expect("piped");
        let answers = BufReader::new(child.stdout.take().expect("piped"));
        Ok(Library { name, python, child, questions, answers })
    }

    /// The seconds of one call, or nothing if the library has no such thing.
    fn ask(&mut self, case: &Case) -> Result<Option<f64>, String> {
        let failed = |e: std::io::Error| format!("{}, {}: {e}", self.name, case.name);
        writeln!(self.questions, "{}", case.name).map_err(failed)?;
        self.questions.flush().map_err(failed)?;
        let mut line = String::new();
        self.answers.read_line(&mut line).map_err(failed)?;
        match line.trim() {
            "-" => Ok(None),
            "" => Err(format!("{}, {}: the process ended", self.name, case.name)),
            seconds => seconds
                .parse::<f64>()
                .map(|s| Some(s / case.calls))
                .map_err(|_| format!("{}, {}: {seconds}", self.name, case.name)),
        }
    }

    /// Seconds and peak megabytes of an import in a fresh process.
    fn import(&self) -> Result<(f64, f64), String> {
        let mut start = python_at(&self.python);
        start.args(["python/bench/start.py", self.name]).stderr(Stdio::null());
        let out = process::output(start)?;
        let mut numbers = out.split_whitespace().filter_map(|n| n.parse().ok());
        match (numbers.next(), numbers.next()) {
            (Some(seconds), Some(megabytes)) => Ok((seconds, megabytes)),
            _ => Err(format!("{}: {out}", self.name)),
        }
    }
}

impl Drop for Library {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn python_at(path: &Path) -> Command {
    let mut command = process::program(path);
    command.env_remove("PYTHONPATH").env("TF_CPP_MIN_LOG_LEVEL", "3");
    command
}

pub(super) fn run(rounds: usize, only: &str) -> Outcome {
    let mut libraries = vec![Library::start("seodang", ours()?)?];
    for (name, variable, folder) in RIVALS {
        let default = workshop().join(folder).join("bin/python");
        let python = std::env::var_os(variable).map_or(default, PathBuf::from);
        if has(&python, name) {
            libraries.push(Library::start(name, python)?);
        } else {
            println!("{name}: not measured, no Python has it ({variable})");
        }
    }
    let cores = std::thread::available_parallelism().map_or(0, usize::from);
    println!("{rounds} rounds, {cores} cores, threads as each library chooses\n");
    print!("{:<42}", "median");
    libraries.iter().for_each(|l| print!(" {:>12}", l.name));
    println!("  ours/theirs, bar");
    let mut rows = Vec::new();
    for case in CASES.iter().filter(|c| c.name.contains(only)) {
        rows.push(measure(case, &mut libraries, rounds)?);
    }
    if "import".contains(only) {
        rows.push(imports(&libraries, rounds)?);
    }
    let json = format!(
        "{{\"rounds\": {rounds}, \"cores\": {cores}, \"cases\": [\n  {}\n]}}\n",
        rows.join(",\n  ")
    );
    let path = workshop().join("bench-python.json");
    std::fs::write(&path, json).map_err(|e| format!("{}: {e}", path.display()))?;
    println!("written: target/xtask/bench-python.json");
    Ok(())
}

/// The package as installed, or as `SEODANG_BENCH_PYTHON` has it.
pub(super) fn ours() -> Result<PathBuf, String> {
    match std::env::var_os("SEODANG_BENCH_PYTHON") {
        Some(python) => Ok(root().join(python)),
        None => python::install().map(|()| python::tool("python")),
    }
}

fn has(python: &Path, module: &str) -> bool {
    let look = format!("import importlib.util as u; raise SystemExit(not u.find_spec('{module}'))");
    python.is_file()
        && process::output({
            let mut command = python_at(python);
            command.args(["-c", &look]);
            command
        })
        .is_ok()
}

/// The medians of every library, and of the rounds' ratios of the first to it.
struct Medians {
    seconds: Vec<Option<f64>>,
    ratios: Vec<Option<f64>>,
}

fn medians(rounds: &[Vec<Option<f64>>]) -> Medians {
    let libraries = 0..rounds.first().map_or(0, Vec::len);
    let seconds = libraries.clone().map(|i| median(rounds.iter().filter_map(|r| r[i]).collect()));
    let ratios =
        libraries.map(|i| median(rounds.iter().filter_map(|r| Some(r[0]? / r[i]?)).collect()));
    Medians { seconds: seconds.collect(), ratios: ratios.collect() }
}

fn measure(case: &Case, libraries: &mut [Library], rounds: usize) -> Result<String, String> {
    // The first question makes the model and the data, and compiles.
    for library in libraries.iter_mut() {
        library.ask(case)?;
    }
    let mut all = Vec::new();
    for _ in 0..rounds {
        all.push(libraries.iter_mut().map(|l| l.ask(case)).collect::<Result<Vec<_>, _>>()?);
    }
    let result = medians(&all);
    let tensorflow = libraries.iter().position(|l| l.name == "tensorflow");
    let (bar, kept) = match case.bar {
        Bar::OfTensorFlow(most) => (
            format!("<= {most:.2} of tensorflow's"),
            tensorflow.and_then(|i| result.ratios[i]).map(|r| r <= most),
        ),
        Bar::Seconds(most) => (format!("<= {}", time(most)), result.seconds[0].map(|s| s <= most)),
    };
    let names: Vec<_> = libraries.iter().map(|l| l.name).collect();
    Ok(show(case.about, case.name, &names, &result, &bar, kept, time))
}

fn imports(libraries: &[Library], rounds: usize) -> Result<String, String> {
    let (mut seconds, mut megabytes) = (Vec::new(), Vec::new());
    for _ in 0..rounds {
        let round: Result<Vec<_>, _> = libraries.iter().map(Library::import).collect();
        let (s, m): (Vec<_>, Vec<_>) = round?.into_iter().map(|(s, m)| (Some(s), Some(m))).unzip();
        seconds.push(s);
        megabytes.push(m);
    }
    let names: Vec<_> = libraries.iter().map(|l| l.name).collect();
    let mut rows = Vec::new();
    let result = medians(&seconds);
    let kept = result.seconds[0].map(|s| s <= IMPORT_SECONDS);
    let bar = format!("<= {}", time(IMPORT_SECONDS));
    rows.push(show("import, beyond NumPy", "import", &names, &result, &bar, kept, time));
    let result = medians(&megabytes);
    let kept = result.seconds[0].map(|m| m < IMPORT_MEGABYTES);
    let bar = format!("< {IMPORT_MEGABYTES} MB");
    let shown = |m: f64| format!("{m:.1} MB");
    rows.push(show("import, peak memory", "memory", &names, &result, &bar, kept, shown));
    Ok(rows.join(",\n  "))
}

/// Prints a row of the table, and gives it as JSON.
fn show(
    about: &str,
    name: &str,
    libraries: &[&str],
    result: &Medians,
    bar: &str,
    kept: Option<bool>,
    unit: impl Fn(f64) -> String,
) -> String {
    print!("{about:<42}");
    result.seconds.iter().for_each(|s| print!(" {:>12}", s.map_or("-".into(), &unit)));
    let ratios: Vec<_> =
        result.ratios[1..].iter().map(|r| r.map_or("-".into(), |r| format!("{r:.3}"))).collect();
    let verdict = kept.map_or("", |kept| if kept { "ok" } else { "MISSED" });
    println!("  {}  {bar}  {verdict}", ratios.join(" "));
    let number = |n: Option<f64>| n.map_or("null".to_string(), |n| n.to_string());
    let mut row = format!("{{\"case\": \"{name}\"");
    for (i, library) in libraries.iter().enumerate() {
        row.push_str(&format!(", \"{library}\": {}", number(result.seconds[i])));
        if i > 0 {
            row.push_str(&format!(", \"ratio_{library}\": {}", number(result.ratios[i])));
        }
    }
    let kept = kept.map_or("null".to_string(), |k| k.to_string());
    row.push_str(&format!(", \"bar\": \"{bar}\", \"kept\": {kept}}}"));
    row
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ratios_are_taken_within_a_round() {
        let rounds = [
            vec![Some(1.0), Some(4.0), None],
            vec![Some(2.0), Some(8.0), None],
            vec![Some(9.0), Some(9.0), None],
        ];
        let result = medians(&rounds);
        assert_eq!(result.seconds, [Some(2.0), Some(8.0), None]);
        assert_eq!(result.ratios, [Some(1.0), Some(0.25), None]);
    }
}
