//! `cargo xtask coverage sklearn`: which public names of scikit-learn the Python package lacks, and which
//! parameters and methods of those that it has. What stays away has its reason in the script's table.
//! `cargo xtask parity sklearn`: whether every estimator says on real data what scikit-learn's says.

use crate::process::{self, root};
use crate::{Outcome, python};

/// A library that is compared with, and the scripts for it: of names, and of answers.
type Row = (&'static str, &'static str, &'static str);

/// The libraries.
const SCRIPTS: &[Row] =
    &[("sklearn", "python/coverage/sklearn_names.py", "python/parity/sklearn_estimators.py")];

/// Compares the names of the package in the environment of `cargo xtask test python`.
pub(crate) fn run(arguments: &[String]) -> Outcome {
    compare(arguments, |(_, names, _)| names)
}

/// Compares the answers of its estimators.
pub(crate) fn parity(arguments: &[String]) -> Outcome {
    compare(arguments, |(_, _, answers)| answers)
}

/// Runs a script in the environment, which is made if there is none.
fn compare(arguments: &[String], script: fn(&Row) -> &'static str) -> Outcome {
    let names: Vec<&str> = SCRIPTS.iter().map(|(name, ..)| *name).collect();
    let Some((library, rest)) = arguments.split_first() else {
        return Err(format!("of which library? {}", names.join(" ")));
    };
    let Some(row) = SCRIPTS.iter().find(|(name, ..)| name == library) else {
        return Err(format!("no table of `{library}`; there is {}", names.join(" ")));
    };
    if !python::tool("python").exists() {
        python::install()?;
    }
    let mut command = python::program("python");
    command.arg(root().join(script(row))).args(rest);
    process::run(command)
}
