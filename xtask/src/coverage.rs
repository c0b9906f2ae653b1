//! `cargo xtask coverage sklearn`: which public names of scikit-learn the Python package lacks, and which
//! parameters and methods of those that it has. What stays away has its reason in the script's table.

use crate::process::{self, root};
use crate::{Outcome, python};

/// The libraries that are compared with, and the script for each.
const SCRIPTS: &[(&str, &str)] = &[("sklearn", "python/coverage/sklearn_names.py")];

/// Compares the package in the environment of `cargo xtask test python`, which is made if there is none.
pub(crate) fn run(arguments: &[String]) -> Outcome {
    let names: Vec<&str> = SCRIPTS.iter().map(|(name, _)| *name).collect();
    let Some((library, rest)) = arguments.split_first() else {
        return Err(format!("of which library? {}", names.join(" ")));
    };
    let Some((_, script)) = SCRIPTS.iter().find(|(name, _)| name == library) else {
        return Err(format!("no table of `{library}`; there is {}", names.join(" ")));
    };
    if !python::tool("python").exists() {
        python::install()?;
    }
    let mut command = python::program("python");
    command.arg(root().join(script)).args(rest);
    process::run(command)
}
