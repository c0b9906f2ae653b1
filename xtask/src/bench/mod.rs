//! `cargo xtask bench`: how fast we are, beside the prototypes that the engine was designed by.
//!
//! Our program (the benchmark `peers` of the crate `seodang`) and those built from the prototypes run
//! as children, on one thread, and are asked for the same cases in turns; each round gives the median
//! time of a call, and the table shows the medians of the rounds. The ratio is the median of the
//! rounds' own ratios, so that a machine that slows down for a while slows both sides.
//!
//! `target/xtask/bench.json` holds `{"rounds":, "prototypes": true|false, "cases": [...]}`; each case
//! `{"case":, "ours": seconds, "prototype": seconds or null, "ratio": our time over theirs or null,
//! "bar": text or null, "kept": true|false|null}`, and for memory `{"case": "memory", "megabytes":,
//! "start":, "bar":, "kept":}`.

mod cases;
mod learn;
mod memory;
mod peer;
mod python;

use crate::Outcome;
use crate::process::{self, root, workshop};
use cases::{Bar, Case};
use peer::Peer;
use std::fmt::Write;
use std::path::PathBuf;

struct Options {
    /// The folder of the prototypes, if there is one.
    prototypes: Option<PathBuf>,
    rounds: usize,
    /// Only cases whose names contain this.
    only: String,
}

fn options(arguments: &[String]) -> Result<Options, String> {
    let default = root().join("../shared/prototypes/cpu");
    let prototypes = default.is_dir().then_some(default);
    let mut options = Options { prototypes, rounds: 15, only: String::new() };
    let mut words = arguments.iter();
    while let Some(word) = words.next() {
        let value = words.next().ok_or(format!("`{word}` takes a value"))?;
        match word.as_str() {
            "--prototypes" => {
                let folder = std::env::current_dir().map_err(|e| e.to_string())?.join(value);
                if !folder.join("gemm.rs").is_file() {
                    return Err(format!("`{value}` is not the folder of the prototypes"));
                }
                options.prototypes = Some(folder);
            }
            "--rounds" => {
                options.rounds = value.parse().map_err(|_| format!("`{value}` is no number"))?;
            }
            "--only" => options.only.clone_from(value),
            _ => return Err(format!("no option `{word}`")),
        }
    }
    if options.rounds == 0 {
        return Err("at least one round".to_string());
    }
    Ok(options)
}

/// What came out of a case: medians over the rounds, in seconds.
struct Medians {
    ours: f64,
    theirs: Option<f64>,
    ratio: Option<f64>,
}

pub(crate) fn run(arguments: &[String]) -> Outcome {
    if let Some(("python", rest)) = arguments.split_first().map(|(f, r)| (f.as_str(), r)) {
        let options = options(rest)?;
        return python::run(options.rounds, &options.only);
    }
    if let Some(("learn", rest)) = arguments.split_first().map(|(f, r)| (f.as_str(), r)) {
        let options = options(rest)?;
        return learn::run(options.rounds, &options.only);
    }
    let options = options(arguments)?;
    let mut ours = Peer::ours()?;
    let mut theirs = match &options.prototypes {
        Some(folder) => peer::prototypes(folder)?,
        None => {
            println!("no prototypes (--prototypes FOLDER): only our own times");
            Vec::new()
        }
    };
    println!(
        "{:<34} {:>12} {:>12} {:>7}  {:<22} ",
        "case, one thread", "ours", "prototype", "ratio", "bar"
    );
    let mut rows = Vec::new();
    for case in cases::cases().iter().filter(|c| c.name.contains(&options.only)) {
        let Some(result) = measure(case, &mut ours, &mut theirs, options.rounds)? else {
            println!("{:<34} not measured", case.name);
            continue;
        };
        rows.push(report(case, &result));
    }
    if "memory".contains(&options.only) {
        rows.extend(memory::measure()?);
    }
    let json = format!(
        "{{\"rounds\": {}, \"prototypes\": {}, \"cases\": [\n  {}\n]}}\n",
        options.rounds,
        options.prototypes.is_some(),
        rows.join(",\n  ")
    );
    let path = workshop().join("bench.json");
    std::fs::write(&path, json).map_err(|e| format!("{}: {e}", path.display()))?;
    println!("written: target/xtask/bench.json");
    Ok(())
}

fn measure(
    case: &Case,
    ours: &mut Peer,
    theirs: &mut [Peer],
    rounds: usize,
) -> Result<Option<Medians>, String> {
    // The first question makes the data, and finds out who knows the case.
    if ours.ask(case)?.is_none() {
        return Ok(None);
    }
    let mut rival = None;
    for peer in theirs {
        if peer.ask(case)?.is_some() {
            rival = Some(peer);
            break;
        }
    }
    let (mut mine, mut others, mut ratios) = (Vec::new(), Vec::new(), Vec::new());
    for _ in 0..rounds {
        let Some(a) = ours.ask(case)? else { continue };
        mine.push(a);
        let Some(peer) = &mut rival else { continue };
        if let Some(b) = peer.ask(case)? {
            others.push(b);
            ratios.push(a / b);
        }
    }
    Ok(median(mine).map(|ours| Medians { ours, theirs: median(others), ratio: median(ratios) }))
}

fn median(mut all: Vec<f64>) -> Option<f64> {
    all.sort_by(f64::total_cmp);
    all.get(all.len() / 2).copied()
}

/// Prints the row of a case, and gives it as JSON.
fn report(case: &Case, result: &Medians) -> String {
    let (bar, kept) = match case.bar {
        Bar::TimesTheirs(most) => {
            (format!("time <= {most} theirs"), result.ratio.map(|r| r <= most))
        }
        Bar::ShareOfTheirs(least) => {
            (format!("speed >= {least} theirs"), result.ratio.map(|r| 1.0 / r >= least))
        }
        Bar::Seconds(most) => (format!("time <= {}", time(most)), Some(result.ours <= most)),
        Bar::None => (String::new(), None),
    };
    let shown = |seconds: f64| match case.flop {
        0.0 => time(seconds),
        flop => format!("{:.1} GF/s", flop / seconds / 1e9),
    };
    let theirs = result.theirs.map_or(String::new(), shown);
    let ratio = result.ratio.map_or(String::new(), |r| match case.bar {
        Bar::ShareOfTheirs(_) => format!("{:.2}", 1.0 / r),
        _ => format!("{r:.2}"),
    });
    let verdict = kept.map_or("", |kept| if kept { "ok" } else { "MISSED" });
    println!(
        "{:<34} {:>12} {theirs:>12} {ratio:>7}  {bar:<22} {verdict}",
        case.name,
        shown(result.ours)
    );
    let mut row = format!("{{\"case\": \"{}\", \"ours\": {}", case.name, result.ours);
    let null = || "null".to_string();
    let _ = write!(row, ", \"prototype\": {}", result.theirs.map_or_else(null, |t| t.to_string()));
    let _ = write!(row, ", \"ratio\": {}", result.ratio.map_or_else(null, |r| r.to_string()));
    let bar = if bar.is_empty() { null() } else { format!("\"{bar}\"") };
    let _ = write!(row, ", \"bar\": {bar}, ");
    let _ = write!(row, "\"kept\": {}}}", kept.map_or_else(null, |k| k.to_string()));
    row
}

fn time(seconds: f64) -> String {
    match seconds {
        s if s < 1e-6 => format!("{:.0} ns", s * 1e9),
        s if s < 1e-3 => format!("{:.1} us", s * 1e6),
        s => format!("{:.2} ms", s * 1e3),
    }
}

/// Builds a release target of ours and gives the path of the program.
fn build(arguments: &[&str]) -> Result<PathBuf, String> {
    let mut cargo = process::cargo();
    cargo.args(["build", "--release", "--locked", "--message-format=json-render-diagnostics"]);
    cargo.args(arguments).stderr(std::process::Stdio::inherit());
    let messages = process::output(cargo)?;
    let key = "\"executable\":\"";
    let found = messages.rsplit_once(key).and_then(|(_, rest)| rest.split('"').next());
    found.map(PathBuf::from).ok_or_else(|| format!("cargo built no program for {arguments:?}"))
}
