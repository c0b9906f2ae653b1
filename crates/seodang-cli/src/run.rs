//! `seodang run`: hands a Python program to the package `seodang` of the Python at hand.

use crate::args::Run;
use seodang::{Error, Result, text};
use std::env;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// Exits with 0 where the package can be imported.
const FIND: &str = "import importlib.util as u, sys; sys.exit(u.find_spec('seodang') is None)";

/// Becomes the Python that runs the program; returns only when that cannot be started.
pub(crate) fn run(args: &Run) -> Result<()> {
    let python = python()?;
    let shown = python.display();
    let found = Command::new(&python).args(["-c", FIND]).stdin(Stdio::null()).status();
    if !found.map_err(|e| cannot_start(&python, e))?.success() {
        return Err(Error::not_found(text!(
            en: "this Python does not have the package seodang",
            ko: "이 파이썬에는 seodang 패키지가 없습니다"
        ))
        .given("python", shown)
        .hint(text!(
            en: "activate the virtual environment that has it, or install it: \
                 `pip install .` in the folder of Seodang's sources",
            ko: "패키지가 있는 가상 환경을 활성화하거나, Seodang 소스 폴더에서 \
                 `pip install .`로 설치하세요"
        )));
    }
    let mut command = Command::new(&python);
    command.args(["-m", "seodang"]).args(&args.program);
    become_it(command).map_err(|e| cannot_start(&python, e))
}

fn cannot_start(python: &Path, error: std::io::Error) -> Error {
    Error::io(text!(en: "cannot start Python", ko: "파이썬을 시작할 수 없습니다"))
        .given("python", python.display())
        .source_error(error)
}

/// The Python of the active virtual or conda environment, else the first on the path.
fn python() -> Result<PathBuf> {
    for variable in ["VIRTUAL_ENV", "CONDA_PREFIX"] {
        let Some(folder) = env::var_os(variable).filter(|v| !v.is_empty()) else { continue };
        let inside: &[&str] =
            if cfg!(windows) { &["Scripts/python.exe", "python.exe"] } else { &["bin/python"] };
        if let Some(found) = inside.iter().map(|p| Path::new(&folder).join(p)).find(|p| p.is_file())
        {
            return Ok(found);
        }
    }
    let names: &[&str] =
        if cfg!(windows) { &["python.exe", "python3.exe"] } else { &["python3", "python"] };
    let path = env::var_os("PATH").unwrap_or_default();
    let found =
        names.iter().find_map(|n| env::split_paths(&path).map(|f| f.join(n)).find(|p| p.is_file()));
    found.ok_or_else(|| {
        Error::not_found(text!(
            en: "no Python: no virtual environment is active, and there is no python3 on the PATH",
            ko: "파이썬이 없습니다: 활성화된 가상 환경이 없고 PATH에 python3도 없습니다"
        ))
        .hint(text!(
            en: "install Python 3.11 or newer, then the package seodang with pip",
            ko: "파이썬 3.11 이상을 설치하고 pip으로 seodang 패키지를 설치하세요"
        ))
    })
}

/// Signals, input, output and exit code are the program's own.
#[cfg(unix)]
fn become_it(mut command: Command) -> std::io::Result<()> {
    use std::os::unix::process::CommandExt;
    Err(command.exec())
}

#[cfg(not(unix))]
fn become_it(mut command: Command) -> std::io::Result<()> {
    // Ctrl-C reaches both; what it means is the program's to say.
    let _ = ctrlc::set_handler(|| {});
    let status = command.status()?;
    std::process::exit(status.code().unwrap_or(1))
}
