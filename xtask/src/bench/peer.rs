//! The programs that are asked for times: ours, and those built from the prototypes.

use super::{Case, build};
use crate::process::{self, workshop};
use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};

/// The conversation that both sides hold; `crates/seodang/benches/peers/serve.rs` says how.
const SERVE: &str = include_str!("../../../crates/seodang/benches/peers/serve.rs");

/// The modules of the prototypes by the names that they call each other.
const MODULES: [(&str, &str); 3] =
    [("own", "gemm.rs"), ("pool", "ticket_pool.rs"), ("vm", "vector_math.rs")];

/// A prototype with a `main` of its own, and what serves it instead.
const PROGRAMS: [(&str, &str, &str); 2] = [
    ("steps", "mlp_lstm_step.rs", include_str!("peer_steps.rs")),
    ("conv", "conv.rs", include_str!("peer_conv.rs")),
];

/// A running program that answers with times.
pub(super) struct Peer {
    child: Child,
    questions: ChildStdin,
    answers: BufReader<ChildStdout>,
}

impl Peer {
    pub(super) fn ours() -> Result<Peer, String> {
        // Without what the benchmark does not touch, so that it builds sooner.
        let only = ["--package", "seodang", "--no-default-features", "--bench", "peers"];
        Peer::start(&build(&only)?)
    }

    fn start(program: &Path) -> Result<Peer, String> {
        let mut child = Command::new(program)
            .arg("serve")
            .env("SEODANG_THREADS", "1")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .map_err(|e| format!("cannot start {}: {e}", program.display()))?;
        let questions = child.stdin.take().expect("piped");
        let answers = BufReader::new(child.stdout.take().expect("piped"));
        Ok(Peer { child, questions, answers })
    }

    /// The seconds of one run of a case, or nothing if the program does not know it.
    pub(super) fn ask(&mut self, case: &Case) -> Result<Option<f64>, String> {
        let failed = |e: std::io::Error| format!("{}: {e}", case.name);
        writeln!(self.questions, "{} {}", case.milliseconds, case.name).map_err(failed)?;
        self.questions.flush().map_err(failed)?;
        let mut line = String::new();
        self.answers.read_line(&mut line).map_err(failed)?;
        match line.trim() {
            "-" => Ok(None),
            "" => Err(format!("{}: the program ended", case.name)),
            seconds => seconds.parse().map(Some).map_err(|_| format!("{}: {seconds}", case.name)),
        }
    }
}

impl Drop for Peer {
    fn drop(&mut self) {
        // It has nothing to lose, and waits for a line that will not come.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Copies the prototypes, gives them our `main`, builds them for this machine and starts them.
pub(super) fn prototypes(folder: &Path) -> Result<Vec<Peer>, String> {
    PROGRAMS
        .iter()
        .map(|(name, file, serving)| {
            let to = workshop().join("bench").join(name);
            let at = |e: std::io::Error| format!("{}: {e}", to.display());
            fs::create_dir_all(&to).map_err(at)?;
            let read = |file: &str| {
                let path = folder.join(file);
                fs::read_to_string(&path).map_err(|e| format!("{}: {e}", path.display()))
            };
            for (module, file) in MODULES {
                fs::write(to.join(module).with_extension("rs"), read(file)?).map_err(at)?;
            }
            let own = read(file)?.replace("fn main()", "fn demonstration()");
            fs::write(to.join("serve.rs"), SERVE).map_err(at)?;
            fs::write(to.join("main.rs"), format!("{own}\n{serving}")).map_err(at)?;
            let mut rustc = process::program("rustc");
            rustc.args(["--edition=2024", "-O", "-C", "target-cpu=native", "--cap-lints=allow"]);
            rustc.arg("-o").arg(to.join("program")).arg(to.join("main.rs"));
            process::output(rustc)?;
            Peer::start(&to.join("program"))
        })
        .collect()
}
