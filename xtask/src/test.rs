//! `cargo xtask test`: runs the stages, goes on past one that fails, and ends with what came of each.

use crate::Outcome;
use crate::process::{self, workshop};
use crate::python;
use crate::setup;
use crate::stages::{Need, STAGES, Stage, Step};
use std::fs::{self, File};
use std::path::PathBuf;
use std::process::Command;
use std::time::{Duration, Instant};

/// What came of one stage.
struct Report {
    name: &'static str,
    took: Duration,
    tests: usize,
    /// Names of tests that failed, as the test harness prints them.
    failed: Vec<String>,
    outcome: Outcome,
}

pub(crate) fn run(arguments: &[String]) -> Outcome {
    if arguments.iter().any(|a| a == "--list") {
        STAGES.iter().for_each(|s| println!("{:<10} {}", s.name, s.about));
        return Ok(());
    }
    if let Some(unknown) = arguments.iter().find(|a| !STAGES.iter().any(|s| s.name == **a)) {
        let names: Vec<_> = STAGES.iter().map(|s| s.name).collect();
        return Err(format!("no stage `{unknown}`; stages: {}", names.join(" ")));
    }
    let (beside, others): (Vec<&Stage>, Vec<&Stage>) = STAGES
        .iter()
        .filter(|s| arguments.is_empty() || arguments.iter().any(|a| a == s.name))
        .partition(|s| s.beside);
    let reports = if beside.is_empty() || others.is_empty() {
        beside.into_iter().chain(others).map(run_stage).collect()
    } else {
        both(&beside, &others)?
    };

    heading("summary", "");
    for r in &reports {
        let verdict = if r.outcome.is_ok() { "passed" } else { "FAILED" };
        let tests = if r.tests > 0 { format!("{} tests", r.tests) } else { String::new() };
        println!("{:<10} {verdict:<7} {:>6.1} s  {tests}", r.name, r.took.as_secs_f64());
        if let Err(why) = &r.outcome {
            why.lines().for_each(|line| println!("           {line}"));
        }
        r.failed.iter().for_each(|test| println!("           {test}"));
    }
    let failed = reports.iter().filter(|r| r.outcome.is_err()).count();
    println!("\n{} passed, {failed} failed", reports.len() - failed);
    if failed == 0 { Ok(()) } else { Err(format!("{failed} of {} stages failed", reports.len())) }
}

/// Runs some stages beside the others, and shows afterwards what they print.
fn both(beside: &[&'static Stage], others: &[&'static Stage]) -> Result<Vec<Report>, String> {
    let place = workshop().join("beside.log");
    let log = fs::create_dir_all(workshop()).and_then(|()| File::create(&place));
    let log = log.map_err(|e| format!("{}: {e}", place.display()))?;
    let names: Vec<_> = beside.iter().map(|s| s.name).collect();
    println!("beside the others, shown at the end: {}", names.join(", "));
    let mut reports = std::thread::scope(|scope| {
        let aside = || beside.iter().map(|stage| run_aside(stage, &log)).collect::<Vec<_>>();
        let aside = scope.spawn(aside);
        let others: Vec<_> = others.iter().map(|stage| run_stage(stage)).collect();
        let mut reports = aside.join().expect("a stage gives a report");
        reports.extend(others);
        reports
    });
    let order = |r: &Report| STAGES.iter().position(|s| s.name == r.name);
    reports.sort_by_key(order);
    let said = fs::read(&place).map_err(|e| format!("{}: {e}", place.display()))?;
    heading(&names.join(", "), "beside the others");
    println!("{}", String::from_utf8_lossy(&said));
    Ok(reports)
}

/// Runs a stage of nothing but cargo's own commands, which print into a file.
fn run_aside(stage: &'static Stage, log: &File) -> Report {
    let started = Instant::now();
    let run = |step: &Step| match step {
        Step::Cargo(words) => {
            let mut command = prepared(stage, process::cargo(), words);
            command.env("CARGO_TARGET_DIR", beside_folder());
            process::record(command, log)
        }
        _ => Err(format!("stage `{}` cannot run beside the others", stage.name)),
    };
    let outcome = stage.steps.iter().try_for_each(run);
    Report { name: stage.name, took: started.elapsed(), tests: 0, failed: Vec::new(), outcome }
}

/// Where what runs beside the others builds: cargo lets one build at a time into a folder.
fn beside_folder() -> PathBuf {
    workshop().join("beside")
}

fn heading(name: &str, about: &str) {
    println!("\n==== {name} {}\n     {about}", "=".repeat(88_usize.saturating_sub(name.len())));
}

fn run_stage(stage: &'static Stage) -> Report {
    heading(stage.name, stage.about);
    let started = Instant::now();
    let (mut tests, mut failed) = (0, Vec::new());
    let mut outcome = stage.needs.iter().try_for_each(|need| match need {
        Need::Plugin => setup::install("pjrt"),
        Need::Data => setup::install("data"),
        Need::Python => python::install(),
    });
    if outcome.is_ok() {
        // Every step runs, so that one pass shows all that is wrong.
        let failures: Vec<String> = stage
            .steps
            .iter()
            .filter_map(|step| run_step(stage, step, &mut tests, &mut failed).err())
            .collect();
        if !failures.is_empty() {
            outcome = Err(failures.join("\n"));
        }
    }
    Report { name: stage.name, took: started.elapsed(), tests, failed, outcome }
}

/// What a line of a test harness says: how many passed, or which one failed.
type Count = fn(&str) -> Option<usize>;
type Name = fn(&str) -> Option<String>;

fn run_step(stage: &Stage, step: &Step, tests: &mut usize, failed: &mut Vec<String>) -> Outcome {
    let (command, passed, fault): (_, Count, Name) = match step {
        Step::Check(check) => return check(),
        Step::Cargo(words) => return process::run(prepared(stage, process::cargo(), words)),
        Step::Tool(name, words) => {
            let tool = process::program(python::tool(name));
            return process::run(prepared(stage, tool, words));
        }
        Step::Tests(words) => {
            let mut command = prepared(stage, process::cargo(), &["test", "--no-fail-fast"]);
            command.args(*words);
            (command, passed_tests, failed_test)
        }
        Step::Pytest(words) => {
            let pytest = process::program(python::tool("python"));
            let mut command = prepared(stage, pytest, &["-m", "pytest", "--color=no", "-q"]);
            command.args(*words);
            (command, passed_pytest, failed_pytest)
        }
    };
    let typed = process::typed(&command);
    let before = *tests;
    process::watch(command, |line| {
        *tests += passed(line).unwrap_or(0);
        failed.extend(fault(line));
    })?;
    if *tests == before { Err(format!("`{typed}` ran no test")) } else { Ok(()) }
}

/// A program with the stage's environment, and without any setting of ours from outside.
fn prepared(stage: &Stage, mut command: Command, words: &[&str]) -> Command {
    command.args(words);
    for (name, _) in std::env::vars_os() {
        let shown = name.to_string_lossy();
        if shown.starts_with("SEODANG_") || ["PYTHONPATH", "PYTHONHOME"].contains(&&*shown) {
            command.env_remove(name);
        }
    }
    command.envs(stage.environment.iter().copied());
    for need in stage.needs {
        match need {
            Need::Plugin => command.env("SEODANG_PJRT_CPU_PLUGIN", setup::plugin()),
            Need::Data => {
                command.env("SEODANG_TEST_DATA", setup::data()).env("SEODANG_DATA", setup::data())
            }
            Need::Python => command.env("SEODANG_TEST_DIST", python::distributions()),
        };
    }
    command
}

/// The number in "test result: ok. 12 passed; ...".
fn passed_tests(line: &str) -> Option<usize> {
    let rest = line.strip_prefix("test result: ")?;
    let (before, _) = rest.split_once(" passed")?;
    before.rsplit(' ').next()?.parse().ok()
}

/// The name in "test NAME ... FAILED".
fn failed_test(line: &str) -> Option<String> {
    Some(line.strip_prefix("test ")?.strip_suffix(" ... FAILED")?.to_owned())
}

/// The number in "12 passed, 1 skipped in 3.45s", with or without a frame of `=`.
fn passed_pytest(line: &str) -> Option<usize> {
    let line = line.trim_matches(['=', ' ']);
    let (counts, time) = line.rsplit_once(" in ")?;
    let passed = counts.split(", ").find_map(|count| count.strip_suffix(" passed"))?;
    time.starts_with(|c: char| c.is_ascii_digit()).then(|| passed.parse().ok())?
}

/// The name in "FAILED python/tests/test_x.py::test_y - why" or "ERROR ...".
fn failed_pytest(line: &str) -> Option<String> {
    let rest = line.strip_prefix("FAILED ").or_else(|| line.strip_prefix("ERROR "))?;
    Some(rest.split(" - ").next()?.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_of_the_test_harness_are_understood() {
        let ok = "test result: ok. 12 passed; 0 failed; 1 ignored; 0 measured; 0 filtered out";
        assert_eq!(passed_tests(ok), Some(12));
        assert_eq!(passed_tests("test result: FAILED. 3 passed; 2 failed; 0 ignored"), Some(3));
        assert_eq!(passed_tests("test a::b ... ok"), None);
        assert_eq!(failed_test("test a::b ... FAILED").as_deref(), Some("a::b"));
        assert_eq!(failed_test("test result: FAILED. 3 passed; 2 failed"), None);
    }

    #[test]
    fn lines_of_pytest_are_understood() {
        assert_eq!(passed_pytest("9 passed in 0.04s"), Some(9));
        assert_eq!(
            passed_pytest("=== 1 failed, 33 passed, 2 skipped in 61.02s (0:01:01) ==="),
            Some(33)
        );
        assert_eq!(passed_pytest("1 failed in 0.10s"), None);
        assert_eq!(passed_pytest("said 3 passed in vain"), None);
        let line = "FAILED python/tests/test_a.py::test_b[1-2] - assert 1 == 2";
        assert_eq!(failed_pytest(line).as_deref(), Some("python/tests/test_a.py::test_b[1-2]"));
        assert_eq!(failed_pytest("FAILEDNESS"), None);
    }

    #[test]
    fn stages_have_names_of_their_own() {
        for (i, stage) in STAGES.iter().enumerate() {
            assert!(STAGES[..i].iter().all(|s| s.name != stage.name), "{}", stage.name);
            assert!(!stage.steps.is_empty(), "{}", stage.name);
            let cargo = stage.steps.iter().all(|s| matches!(s, Step::Cargo(_)));
            assert!(!stage.beside || cargo && stage.needs.is_empty(), "{}", stage.name);
        }
    }
}
