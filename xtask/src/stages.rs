//! What `cargo xtask test` runs. A new check is a new row of [`STAGES`], nothing else.
//!
//! Plain `cargo test --workspace` is hermetic, so a test that needs more looks for an environment
//! variable, passes at once without it, and carries a word in its name by which its stage finds it:
//!
//! | word in the name | variable | means |
//! |---|---|---|
//! | (the stage names the targets) | `SEODANG_PJRT_CPU_PLUGIN` | path of the PJRT CPU plugin's shared library; with `SEODANG_REQUIRE_PJRT` to miss it is an error |
//! | (pytest's own marks) | `SEODANG_TEST_DIST` | a folder with the wheel and the source distribution |
//! | `real_data` | `SEODANG_TEST_DATA` | a cache folder with MNIST and Fashion-MNIST |
//!
//! Every stage names the whole workspace and the same features, and picks its tests with `--test`: a
//! package alone (`-p`) would ask its dependencies for other features, and all would be built again.

use crate::{Outcome, markdown};

/// One line of the closing table.
pub(crate) struct Stage {
    pub(crate) name: &'static str,
    pub(crate) about: &'static str,
    /// Whether it runs beside the others, with a folder of its own for what it builds: the compiler often
    /// has work for one core only. For steps that run `cargo` and no program of ours.
    pub(crate) beside: bool,
    /// Installed before the first step.
    pub(crate) needs: &'static [Need],
    pub(crate) environment: &'static [(&'static str, &'static str)],
    pub(crate) steps: &'static [Step],
}

/// What `cargo xtask setup` has to have installed, and which variable says where.
#[derive(Clone, Copy)]
pub(crate) enum Need {
    /// Sets `SEODANG_PJRT_CPU_PLUGIN`.
    Plugin,
    /// Sets `SEODANG_TEST_DATA` and `SEODANG_DATA`.
    Data,
    /// Builds the Python package, installs it beside pytest, sets `SEODANG_TEST_DIST`.
    Python,
}

pub(crate) enum Step {
    /// `cargo` with these arguments.
    Cargo(&'static [&'static str]),
    /// `cargo test` with these arguments: fails also if not a single test ran.
    Tests(&'static [&'static str]),
    /// `pytest` with these arguments: fails also if not a single test ran.
    Pytest(&'static [&'static str]),
    /// A program of the Python environment, with its arguments.
    Tool(&'static str, &'static [&'static str]),
    /// A check written here.
    Check(fn() -> Outcome),
}

pub(crate) const STAGES: &[Stage] = &[
    Stage {
        name: "format",
        about: "rustfmt has nothing to change",
        beside: true,
        needs: &[],
        environment: &[],
        steps: &[Step::Cargo(&["fmt", "--all", "--check"])],
    },
    Stage {
        name: "clippy",
        about: "no warning from clippy or the compiler, in any target with any feature",
        beside: true,
        needs: &[],
        environment: &[],
        steps: &[Step::Cargo(&[
            "clippy",
            "--locked",
            "--workspace",
            "--all-targets",
            "--all-features",
            "--",
            "-D",
            "warnings",
        ])],
    },
    Stage {
        name: "docs",
        about: "the reference pages build without a warning",
        beside: true,
        needs: &[],
        environment: &[("RUSTDOCFLAGS", "-D warnings")],
        steps: &[Step::Cargo(&["doc", "--locked", "--workspace", "--no-deps", "--keep-going"])],
    },
    Stage {
        name: "tests",
        about: "cargo test --workspace: unit tests, conformance on the reference evaluator and the \
                CPU engine, gradient checks, golden values, documentation examples",
        beside: false,
        needs: &[],
        environment: &[],
        steps: &[Step::Tests(&["--locked", "--workspace", "--features", "pjrt"])],
    },
    Stage {
        name: "pjrt",
        about: "the same tables on the PJRT CPU plugin (XLA)",
        beside: false,
        needs: &[Need::Plugin],
        environment: &[("SEODANG_REQUIRE_PJRT", "1")],
        steps: &[Step::Tests(&["--locked", "--workspace", "--features", "pjrt", "--test", "pjrt"])],
    },
    Stage {
        name: "real-data",
        about: "what needs MNIST and Fashion-MNIST themselves",
        beside: false,
        needs: &[Need::Data],
        environment: &[],
        steps: &[Step::Tests(&[
            "--locked",
            "--workspace",
            "--features",
            "pjrt",
            "--test",
            "real_data",
        ])],
    },
    Stage {
        name: "python",
        about: "the Python package, built and installed as `pip install .` does it: its tests, its \
                notebooks, its lints",
        beside: false,
        needs: &[Need::Data, Need::Python],
        // The other libraries' threads would wait for each other, spinning, on the same few cores.
        environment: &[
            ("PYTHONWARNINGS", "default"),
            ("MPLBACKEND", "agg"),
            ("OMP_NUM_THREADS", "1"),
        ],
        steps: &[
            // A file's tests stay together: they share what its fixtures made.
            Step::Pytest(&["-n", "2", "--dist", "loadfile", "python/tests"]),
            Step::Tool("ruff", &["check", "python"]),
        ],
    },
    Stage {
        name: "readme",
        about: "links and commands in the Markdown pages lead somewhere",
        beside: false,
        needs: &[],
        environment: &[],
        steps: &[Step::Check(markdown::check)],
    },
];
