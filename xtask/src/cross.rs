//! `cargo xtask cross`: the portable crates on other machines. Their tests run on 64-bit ARM under
//! emulation, on a plain core and on one with every extension; they build for WebAssembly without
//! threads.
//!
//! The toolchain is yours if it has the targets (`rustup target add`); else Debian's `rustc-web`,
//! which stands beside it as /usr/bin/rustc and is used through `RUSTC`.

use crate::Outcome;
use crate::process::{self, root, workshop};
use std::path::Path;
use std::process::Command;

/// The crates that must stay portable.
const PORTABLE: &[&str] = &[
    "seodang-core",
    "seodang-kernels",
    "seodang-ir",
    "seodang-cpu",
    "seodang-tensor",
    "seodang-nn",
];

const ARM: &str = "aarch64-unknown-linux-gnu";
const WASM: &str = "wasm32-unknown-unknown";

/// Emulated processors: NEON alone; and everything that the emulator knows.
const CORES: &[&str] = &["cortex-a72", "max"];

/// Debian's packages for each part, and a program or file that shows that they are there.
const DEBIAN_ARM: &[&str] = &[
    "rustc-web",
    "libstd-rust-web-dev:arm64",
    "gcc-aarch64-linux-gnu",
    "libc6-dev-arm64-cross",
    "qemu-user",
];
const DEBIAN_WASM: &[&str] = &["rustc-web", "rust-web-src", "lld"];
const DEBIAN_RUSTC: &str = "/usr/bin/rustc";

/// Tests left out under emulation, each with the emulator's fault that makes it fail.
const EMULATOR_FAULTS: &[(&str, &str)] = &[(
    "the_pool_works_after_a_fork",
    "qemu-user 7.2 aborts in the child of a program with threads: cpu_exec: (cpu == current_cpu)",
)];

/// An emulated test run that hangs is ended after this many seconds.
const PATIENCE: &str = "1800";

pub(crate) fn run(arguments: &[String]) -> Outcome {
    let parts: Vec<&str> = match arguments {
        [] => vec!["arm", "wasm"],
        given => given.iter().map(String::as_str).collect(),
    };
    let mut failures = Vec::new();
    for part in parts {
        let outcome = match part {
            "arm" => arm(),
            "wasm" => wasm(),
            other => Err(format!("no part `{other}`; parts: arm wasm")),
        };
        if let Err(why) = outcome {
            failures.push(format!("{part}: {why}"));
        }
    }
    if failures.is_empty() { Ok(()) } else { Err(failures.join("\n")) }
}

fn arm() -> Outcome {
    let own = has_target(ARM)?;
    if !own || !installed("qemu-user")? || !installed("gcc-aarch64-linux-gnu")? {
        install(if own { &DEBIAN_ARM[2..] } else { DEBIAN_ARM })?;
    }
    for core in CORES {
        println!("\n==== tests on {ARM}, {core}");
        let mut test = cargo(own);
        test.args(["test", "--locked", "--no-fail-fast", "--lib", "--tests", "--target", ARM]);
        portable(&mut test);
        let variable = ARM.replace('-', "_").to_uppercase();
        test.env(format!("CARGO_TARGET_{variable}_LINKER"), "aarch64-linux-gnu-gcc");
        // No `-L` for the emulator: with it test programs were seen to spin for ever.
        test.env(
            format!("CARGO_TARGET_{variable}_RUNNER"),
            format!("timeout {PATIENCE} qemu-aarch64 -cpu {core}"),
        );
        test.arg("--");
        for (name, fault) in EMULATOR_FAULTS {
            println!("left out: {name}: {fault}");
            test.args(["--skip", name]);
        }
        process::run(test)?;
    }
    Ok(())
}

fn wasm() -> Outcome {
    let own = has_target(WASM)?;
    if !(own || installed("rust-web-src")? && installed("lld")?) {
        install(DEBIAN_WASM)?;
    }
    println!("\n==== build for {WASM}");
    let mut build = cargo(own);
    build.args(["build", "--locked", "--target", WASM]);
    portable(&mut build);
    build.env("RUSTFLAGS", "-Ctarget-feature=+simd128");
    if !own {
        // Debian has the standard library for this target as source only.
        build.arg("-Zbuild-std=std,panic_abort").env("RUSTC_BOOTSTRAP", "1");
        build.env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_LINKER", "wasm-ld");
    }
    process::run(build)
}

fn portable(command: &mut Command) {
    PORTABLE.iter().for_each(|name| {
        command.args(["-p", name]);
    });
}

/// Cargo with a toolchain that has the target, and a target folder of its own.
fn cargo(own: bool) -> Command {
    let mut command = process::cargo();
    command.env("CARGO_TARGET_DIR", workshop().join("cross"));
    if !own {
        command.env("RUSTC", DEBIAN_RUSTC).env("RUSTDOC", "/usr/bin/rustdoc");
    }
    command
}

/// Whether the toolchain in `PATH` has a standard library for `target`.
fn has_target(target: &str) -> Result<bool, String> {
    let mut rustc = process::program("rustc");
    rustc.args(["--print", "target-libdir", "--target", target]);
    Ok(Path::new(process::output(rustc)?.trim()).exists())
}

fn installed(package: &str) -> Result<bool, String> {
    let mut query = process::program("dpkg-query");
    query.args(["--show", "--showformat=${Status}", package]);
    let out = query.output().map_err(|e| format!("cannot start dpkg-query: {e}"))?;
    Ok(String::from_utf8_lossy(&out.stdout).contains("ok installed"))
}

fn install(packages: &[&str]) -> Outcome {
    let mut script = process::program(root().join("xtask/install-debian.sh"));
    script.args(packages);
    process::run(script)
}
