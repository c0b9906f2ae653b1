//! The Python package in an environment of its own: built as `pip install .` builds it, installed from
//! the wheel, with what its tests need beside it.

use crate::Outcome;
use crate::process::{self, workshop};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// What the tests import, and the tools that check the sources.
const PACKAGES: &[&str] = &[
    "pytest>=8,<10",
    "pytest-xdist>=3.6",
    "numpy>=1.26",
    "dask>=2024.1",
    "distributed>=2024.1",
    "h5py>=3.11",
    "ipykernel>=6.29",
    "ipython>=8.20",
    "jedi>=0.19",
    "joblib>=1.3",
    "matplotlib>=3.8",
    "maturin>=1.9,<2",
    "mypy>=1.13",
    "nbclient>=0.10",
    "pandas>=2.1",
    "pillow>=10",
    "polars>=1.0",
    "ruff>=0.9",
    "scikit-learn>=1.9,<1.10",
];

fn environment() -> PathBuf {
    workshop().join("python")
}

/// Where the wheel and the source distribution lie.
pub(crate) fn distributions() -> PathBuf {
    workshop().join("dist")
}

/// A program of the environment.
pub(crate) fn tool(name: &str) -> PathBuf {
    let folder = if cfg!(windows) { "Scripts" } else { "bin" };
    environment().join(folder).join(format!("{name}{}", std::env::consts::EXE_SUFFIX))
}

/// Makes the environment, builds wheel and source distribution, and installs the wheel.
pub(crate) fn install() -> Outcome {
    prepare()?;
    let dist = distributions();
    if dist.exists() {
        fs::remove_dir_all(&dist).map_err(|e| format!("{}: {e}", dist.display()))?;
    }
    println!("the wheel: building, as pip does");
    let mut build = pip(&["wheel", "--no-deps", "--wheel-dir"]);
    build.arg(&dist).arg(".");
    process::run(build)?;
    let mut sources = program("maturin");
    sources.args(["sdist", "--out"]).arg(&dist);
    process::run(sources)?;
    let mut install = pip(&["install", "--no-deps", "--force-reinstall"]);
    install.arg(only(&dist, "whl")?);
    process::run(install)
}

/// The one file in `folder` with this ending.
fn only(folder: &Path, ending: &str) -> Result<PathBuf, String> {
    let listed = fs::read_dir(folder).map_err(|e| format!("{}: {e}", folder.display()))?;
    let mut found =
        listed.flatten().map(|f| f.path()).filter(|p| p.extension().is_some_and(|x| x == ending));
    match (found.next(), found.next()) {
        (Some(file), None) => Ok(file),
        _ => Err(format!("{}: not one file .{ending}", folder.display())),
    }
}

fn prepare() -> Outcome {
    let stamp = environment().join(".packages");
    let wanted = PACKAGES.join("\n");
    if fs::read_to_string(&stamp).is_ok_and(|have| have == wanted) && tool("python").exists() {
        println!("the Python environment: there");
        return Ok(());
    }
    println!("the Python environment: making it");
    let mut venv = process::program(if cfg!(windows) { "python" } else { "python3" });
    venv.args(["-m", "venv", "--clear"]).arg(environment());
    process::run(venv)?;
    let mut packages = pip(&["install"]);
    packages.args(PACKAGES);
    process::run(packages)?;
    fs::write(&stamp, wanted).map_err(|e| format!("{}: {e}", stamp.display()))
}

/// A program of the environment, as a command.
///
/// A Python path from outside, or the sources' own folder, must not stand in for what is installed.
pub(crate) fn program(name: &str) -> Command {
    let mut command = process::program(tool(name));
    command.env_remove("PYTHONPATH").env_remove("PYTHONHOME");
    command
}

fn pip(words: &[&str]) -> Command {
    let mut command = program("python");
    command.args(["-m", "pip", "--quiet", "--disable-pip-version-check"]).args(words);
    command
}
