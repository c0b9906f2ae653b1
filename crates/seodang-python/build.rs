//! Lays the extension's functions out in the order in which programs first call them (`functions.order`, which
//! `python/bench/order.py` writes), so that few of its pages are ever read. Where the linker does not know how,
//! they lie as they come.

use std::path::Path;
use std::process::Command;
use std::{env, fs};

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-changed=functions.order");
    // The names are those of this target.
    if env::var("TARGET").as_deref() != Ok("x86_64-unknown-linux-gnu") {
        return;
    }
    let order = Path::new(env!("CARGO_MANIFEST_DIR")).join("functions.order");
    let arguments = [
        format!("-Wl,--symbol-ordering-file={}", order.display()),
        "-Wl,--no-warn-symbol-ordering".to_string(),
    ];
    if links_with(&arguments).unwrap_or(false) {
        for argument in arguments {
            println!("cargo::rustc-cdylib-link-arg={argument}");
        }
    }
}

/// Whether the linker takes these arguments: it is asked to link an empty library.
fn links_with(arguments: &[String]) -> Result<bool, Box<dyn std::error::Error>> {
    let place = env::var("OUT_DIR")?;
    let source = Path::new(&place).join("empty.rs");
    fs::write(&source, "")?;
    let mut rustc = Command::new(env::var("RUSTC")?);
    rustc.args(["--crate-type=cdylib", "--crate-name=empty", "--target"]).arg(env::var("TARGET")?);
    if let Ok(flags) = env::var("CARGO_ENCODED_RUSTFLAGS") {
        rustc.args(flags.split('\x1f').filter(|f| !f.is_empty()));
    }
    if let Ok(linker) = env::var("RUSTC_LINKER") {
        rustc.arg(format!("-Clinker={linker}"));
    }
    rustc.args(arguments.iter().map(|a| format!("-Clink-arg={a}")));
    rustc.arg("-o").arg(Path::new(&place).join("empty.so")).arg(source);
    Ok(rustc.output()?.status.success())
}
