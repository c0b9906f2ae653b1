//! The command line of Seodang: `compare`, `train`, `predict`, `evaluate`, `summary`, `run`.
//!
//! Exit codes: 0 done, 1 a failure of ours, 2 something given was wrong, 130 interrupted.

mod args;
mod artifacts;
mod compare;
mod compare_report;
mod compare_table;
mod evaluate;
mod models;
mod predict;
mod prepare;
mod run;
mod saved;
mod summary;
mod table_model;
mod train;

use seodang::{Error, ErrorKind};
use std::process::ExitCode;
use std::sync::atomic::{AtomicBool, Ordering};

/// Set by Ctrl-C; training looks at it between steps.
static INTERRUPTED: AtomicBool = AtomicBool::new(false);

fn main() -> ExitCode {
    let cli = args::parse();
    // Before the handler below: Ctrl-C is the Python program's.
    if let args::Command::Run(args) = &cli.command {
        return finish(run::run(args));
    }
    // The first Ctrl-C ends training after the running step; a second one ends the process.
    let handler = ctrlc::set_handler(|| {
        if INTERRUPTED.swap(true, Ordering::SeqCst) {
            std::process::exit(130);
        }
    });
    let result = handler
        .map_err(|e| Error::internal("no handler for Ctrl-C").source_error(e))
        .and_then(|()| match cli.command {
            args::Command::Compare(args) => compare::run(&args),
            args::Command::Train(args) => train::run(&args),
            args::Command::Predict(args) => predict::run(&args),
            args::Command::Evaluate(args) => evaluate::run(&args),
            args::Command::Summary(args) => summary::run(&args),
            args::Command::Run(args) => run::run(&args),
        });
    finish(result)
}

fn finish(result: seodang::Result<()>) -> ExitCode {
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(e) => {
            eprintln!("seodang: {e}");
            ExitCode::from(code(e.kind()))
        }
    }
}

fn code(kind: ErrorKind) -> u8 {
    match kind {
        ErrorKind::Interrupted => 130,
        ErrorKind::Internal | ErrorKind::Engine => 1,
        _ => 2,
    }
}
