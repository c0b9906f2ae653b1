//! `cargo xtask golden`: the golden values, made by the reference libraries in a Python environment
//! of their own under `target/xtask`.

use crate::Outcome;
use crate::process::{self, root, workshop};
use std::fs;
use std::path::PathBuf;
use std::process::Command;

/// The scripts in `golden/`, each of which writes the pair of files of its name.
const SCRIPTS: &[&str] = &[
    "ops",
    "keras_layers",
    "keras_recurrent",
    "keras_attention",
    "keras_losses",
    "keras_parts",
    "keras_optimizers",
    "keras_training",
    "keras_files",
];

pub(crate) fn run(arguments: &[String]) -> Outcome {
    let mut check = false;
    let mut chosen = Vec::new();
    for argument in arguments {
        match argument.as_str() {
            "--check" => check = true,
            name if SCRIPTS.contains(&name) => chosen.push(name),
            other => {
                return Err(format!(
                    "no script `{other}`; scripts: {}; option: --check",
                    SCRIPTS.join(" ")
                ));
            }
        }
    }
    if chosen.is_empty() {
        chosen.extend(SCRIPTS);
    }
    let golden = root().join("golden");
    let python = environment()?;
    let committed = golden.join("data");
    let out = if check { workshop().join("golden") } else { committed.clone() };
    for script in &chosen {
        let mut command = prepared(&python);
        command.arg(golden.join(format!("{script}.py"))).env("SEODANG_GOLDEN_OUT", &out);
        process::run(command)?;
    }
    if check {
        let mut command = prepared(&python);
        command.arg(golden.join("check.py")).arg(committed).arg(out).args(chosen);
        process::run(command)?;
    }
    Ok(())
}

fn prepared(python: &PathBuf) -> Command {
    let mut command = process::program(python);
    command.env("PYTHONDONTWRITEBYTECODE", "1").env("PYTHONWARNINGS", "ignore");
    command.env_remove("XLA_FLAGS").env_remove("KERAS_BACKEND").env_remove("JAX_ENABLE_X64");
    // Keras reads ~/.keras/keras.json, in which a person may have chosen anything.
    command.env("KERAS_HOME", workshop().join("keras-home"));
    command
}

/// A Python environment with exactly `golden/requirements.txt`; made anew when that file changes.
fn environment() -> Result<PathBuf, String> {
    let venv = workshop().join("venv");
    let (python, stamp) = (venv.join("bin/python"), venv.join(".requirements"));
    let requirements = root().join("golden/requirements.txt");
    let wanted = fs::read_to_string(&requirements).map_err(|e| format!("{requirements:?}: {e}"))?;
    if python.exists() && fs::read_to_string(&stamp).is_ok_and(|s| s == wanted) {
        return Ok(python);
    }
    println!("making a Python environment in target/xtask/venv");
    let mut make = process::program("python3");
    make.args(["-m", "venv", "--clear"]).arg(&venv);
    process::run(make)?;
    let mut install = process::program(&python);
    install.args(["-m", "pip", "install", "--quiet", "--disable-pip-version-check"]);
    install.args(["--only-binary=:all:", "--requirement"]).arg(requirements);
    process::run(install)?;
    fs::write(&stamp, wanted).map_err(|e| format!("{stamp:?}: {e}"))?;
    Ok(python)
}
