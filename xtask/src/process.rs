//! Running other programs: one place that says what was run and what came of it.

use std::ffi::OsStr;
use std::fs::File;
use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// The folder of the repository.
pub(crate) fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("xtask lies in the repository")
}

/// `target/xtask`: everything that these commands install or make.
pub(crate) fn workshop() -> PathBuf {
    root().join("target/xtask")
}

/// The cargo that runs this program.
pub(crate) fn cargo() -> Command {
    let mut command = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    command.current_dir(root());
    command
}

/// A program found in `PATH`, run in the folder of the repository.
pub(crate) fn program(name: impl AsRef<OsStr>) -> Command {
    let mut command = Command::new(name);
    command.current_dir(root());
    command
}

/// The command as a person would type it.
pub(crate) fn typed(command: &Command) -> String {
    let program = Path::new(command.get_program());
    let mut words = vec![program.file_name().unwrap_or_default().to_string_lossy().into_owned()];
    words.extend(command.get_args().map(|a| a.to_string_lossy().into_owned()));
    words.join(" ")
}

/// Runs `command` and shows what it prints.
pub(crate) fn run(mut command: Command) -> Result<(), String> {
    let status = command.status().map_err(|e| cannot_start(&command, &e))?;
    if status.success() { Ok(()) } else { Err(format!("`{}`: {status}", typed(&command))) }
}

/// Runs `command`, whose words and errors go into a file.
pub(crate) fn record(mut command: Command, log: &File) -> Result<(), String> {
    let both = log.try_clone().and_then(|out| Ok((out, log.try_clone()?)));
    let (out, errors) = both.map_err(|e| cannot_start(&command, &e))?;
    command.stdout(out).stderr(errors);
    run(command)
}

/// Runs `command` and gives its standard output; its errors are part of the failure's text.
pub(crate) fn output(mut command: Command) -> Result<String, String> {
    let out = command.output().map_err(|e| cannot_start(&command, &e))?;
    if out.status.success() {
        return Ok(String::from_utf8_lossy(&out.stdout).into_owned());
    }
    let errors = String::from_utf8_lossy(&out.stderr);
    Err(format!("`{}`: {}\n{}", typed(&command), out.status, errors.trim_end()))
}

/// Runs `command`, shows what it prints and hands each line of its standard output to `see`.
pub(crate) fn watch(mut command: Command, mut see: impl FnMut(&str)) -> Result<(), String> {
    let mut child =
        command.stdout(Stdio::piped()).spawn().map_err(|e| cannot_start(&command, &e))?;
    let lines = BufReader::new(child.stdout.take().expect("piped"));
    for line in lines.lines() {
        let line = line.map_err(|e| format!("`{}`: {e}", typed(&command)))?;
        let _ = writeln!(std::io::stdout(), "{line}");
        see(&line);
    }
    let status = child.wait().map_err(|e| format!("`{}`: {e}", typed(&command)))?;
    if status.success() { Ok(()) } else { Err(format!("`{}`: {status}", typed(&command))) }
}

fn cannot_start(command: &Command, error: &std::io::Error) -> String {
    format!("cannot start `{}`: {error}", typed(command))
}
