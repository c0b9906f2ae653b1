//! Developer commands of Seodang: `cargo xtask COMMAND`. Each command is one module and one row of
//! [`COMMANDS`].

mod bench;
mod coverage;
mod cross;
mod fuzz;
mod golden;
mod markdown;
mod process;
mod python;
mod setup;
mod stages;
mod test;
mod threads;

use std::process::ExitCode;

/// What a command gives: nothing, or why it failed.
type Outcome = Result<(), String>;

struct Command {
    name: &'static str,
    usage: &'static str,
    about: &'static str,
    run: fn(&[String]) -> Outcome,
}

const COMMANDS: &[Command] = &[
    Command {
        name: "test",
        usage: "[--list] [STAGE...]",
        about: "run every check, or the named stages (installs what they need)",
        run: test::run,
    },
    Command {
        name: "setup",
        usage: "",
        about: "install what the tests need from the package registries, into target/xtask",
        run: setup::run,
    },
    Command {
        name: "golden",
        usage: "[--check] [SCRIPT...]",
        about: "regenerate the golden values with the reference libraries, or compare them",
        run: golden::run,
    },
    Command {
        name: "coverage",
        usage: "sklearn [--short] [MODULE...]",
        about: "which public names and parameters of scikit-learn the Python package lacks",
        run: coverage::run,
    },
    Command {
        name: "parity",
        usage: "sklearn [--short] [--data FOLDER] [--seeds N] [ESTIMATOR...]",
        about: "whether every estimator says on real data what scikit-learn's says (half an hour)",
        run: coverage::parity,
    },
    Command {
        name: "cross",
        usage: "[arm] [wasm]",
        about: "test the portable crates on emulated ARM, build them for WebAssembly",
        run: cross::run,
    },
    Command {
        name: "fuzz",
        usage: "[--seconds N] [TARGET...]",
        about: "feed the readers of files with what a fuzzer thinks of, 60 s each",
        run: fuzz::run,
    },
    Command {
        name: "bench",
        usage: "[python|learn] [--prototypes FOLDER] [--rounds N] [--only WORDS]",
        about: "measure speed and memory beside the prototypes; `python`: beside TensorFlow, \
                PyTorch, JAX; `learn`: beside scikit-learn, XGBoost, LightGBM; a table and target/xtask/bench*.json",
        run: bench::run,
    },
    Command {
        name: "loom",
        usage: "",
        about: "the thread pool's heart under every schedule of a small model",
        run: threads::loom,
    },
    Command {
        name: "tsan",
        usage: "",
        about: "the thread pool's tests under the thread sanitizer",
        run: threads::tsan,
    },
];

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let Some(name) = arguments.first() else {
        print!("{}", help());
        return ExitCode::SUCCESS;
    };
    if ["help", "--help", "-h"].contains(&name.as_str()) {
        print!("{}", help());
        return ExitCode::SUCCESS;
    }
    let Some(command) = COMMANDS.iter().find(|c| c.name == name) else {
        eprint!("xtask: no command `{name}`\n\n{}", help());
        return ExitCode::from(2);
    };
    match (command.run)(&arguments[1..]) {
        Ok(()) => ExitCode::SUCCESS,
        Err(why) => {
            eprintln!("xtask {name}: {why}");
            ExitCode::FAILURE
        }
    }
}

fn help() -> String {
    let mut text = String::from("Developer commands of Seodang.\n\nUsage: cargo xtask COMMAND\n\n");
    for command in COMMANDS {
        let call = format!("{} {}", command.name, command.usage);
        text.push_str(&format!("  {call:<28} {}\n", command.about));
    }
    text
}
