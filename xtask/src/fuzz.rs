//! `cargo xtask fuzz`: the fuzz targets of `fuzz/`, for a short time each, on the stable toolchain:
//! libFuzzer needs nothing but the coverage counters that these flags put in. The readers hold no
//! unsafe code, so panics, overflows, memory and time are what there is to find.

use crate::Outcome;
use crate::process::{self, root, workshop};
use std::fs;

const COVERAGE: &str = "--cfg fuzzing -Cpasses=sancov-module -Ccodegen-units=1 \
    -Cllvm-args=-sanitizer-coverage-level=4 -Cllvm-args=-sanitizer-coverage-inline-8bit-counters \
    -Cllvm-args=-sanitizer-coverage-pc-table -Cllvm-args=-sanitizer-coverage-trace-compares";

const DEFAULT_SECONDS: u32 = 60;

pub(crate) fn run(arguments: &[String]) -> Outcome {
    let known = targets()?;
    let (mut seconds, mut chosen) = (DEFAULT_SECONDS, Vec::new());
    let mut rest = arguments.iter();
    while let Some(argument) = rest.next() {
        if argument == "--seconds" {
            let given = rest.next().and_then(|s| s.parse().ok());
            seconds = given.ok_or("`--seconds` takes a whole number")?;
        } else if known.contains(argument) {
            chosen.push(argument.clone());
        } else {
            return Err(format!("no target `{argument}`; targets: {}", known.join(" ")));
        }
    }
    if chosen.is_empty() {
        chosen = known;
    }
    let host = host()?;
    let output = workshop().join("fuzz");
    let mut build = process::cargo();
    // With a target named, the flags stay away from build scripts and macros, which are no fuzzers.
    build.args(["build", "--release", "--locked", "--target", &host]);
    build.current_dir(root().join("fuzz")).env("RUSTFLAGS", COVERAGE);
    build.env("CARGO_TARGET_DIR", output.join("target"));
    process::run(build)?;

    let mut failures = Vec::new();
    for target in chosen {
        println!("\n==== {target}: {seconds} s");
        let corpus = output.join("corpus").join(&target);
        fs::create_dir_all(&corpus).map_err(|e| format!("{}: {e}", corpus.display()))?;
        let mut fuzzer =
            process::program(output.join("target").join(&host).join("release").join(&target));
        fuzzer.arg(format!("-max_total_time={seconds}"));
        fuzzer.args(["-timeout=10", "-rss_limit_mb=4096", "-malloc_limit_mb=2048"]);
        fuzzer.args([
            "-verbosity=0",
            "-print_funcs=0",
            "-print_final_stats=1",
            "-use_value_profile=1",
        ]);
        fuzzer.arg(format!("-artifact_prefix={}/found-{target}-", output.display()));
        fuzzer.arg(corpus).arg(root().join("fuzz/seeds").join(&target));
        if let Err(why) = process::run(fuzzer) {
            failures.push(format!("{target}: {why}; the input is in target/xtask/fuzz"));
        }
    }
    if failures.is_empty() { Ok(()) } else { Err(failures.join("\n")) }
}

/// The names of the targets: the files of `fuzz/targets`.
fn targets() -> Result<Vec<String>, String> {
    let folder = root().join("fuzz/targets");
    let files = fs::read_dir(&folder).map_err(|e| format!("{}: {e}", folder.display()))?;
    let mut names: Vec<String> = files
        .filter_map(|f| Some(f.ok()?.path().file_stem()?.to_string_lossy().into_owned()))
        .collect();
    names.sort();
    Ok(names)
}

/// The target triple of this machine.
pub(crate) fn host() -> Result<String, String> {
    let mut rustc = process::program("rustc");
    rustc.args(["--print", "host-tuple"]);
    Ok(process::output(rustc)?.trim().to_owned())
}
