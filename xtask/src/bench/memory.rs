//! How much memory a training process on MNIST takes beyond its data.

use super::build;
use crate::process::workshop;
use crate::setup;
use std::fs;
use std::process::{Command, Stdio};
use std::thread::sleep;
use std::time::Duration;

/// 60,000 pictures of 28 by 28 pixels as bytes, in millions of bytes.
const DATA: f64 = 47.04;
const BAR: f64 = 60.0;

/// The row of the JSON; nothing, with a line that says why, where it cannot be measured.
pub(super) fn measure() -> Result<Option<String>, String> {
    if !setup::data().join("mnist/.installed").is_file() {
        println!("memory: not measured, MNIST is not there (cargo xtask setup)");
        return Ok(None);
    }
    if !cfg!(target_os = "linux") {
        println!("memory: not measured, only Linux says how much a process took");
        return Ok(None);
    }
    let out = workshop().join("bench/mnist");
    let mut child = Command::new(build(&["--package", "seodang-cli"])?)
        .args(["train", "mnist", "--epochs", "1", "--seed", "1", "--out"])
        .arg(&out)
        .env("SEODANG_DATA", setup::data())
        .env("SEODANG_THREADS", "1")
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .map_err(|e| format!("cannot start seodang: {e}"))?;
    let (mut start, mut peak) = (None, 0.0f64);
    let status = loop {
        if let Some(status) = child.try_wait().map_err(|e| e.to_string())? {
            break status;
        }
        // Millions of bytes; the process may end between the two lines.
        let text = fs::read_to_string(format!("/proc/{}/status", child.id())).unwrap_or_default();
        let line = text.lines().find_map(|l| l.strip_prefix("VmHWM:"));
        let kilobytes = line.and_then(|l| l.trim().strip_suffix("kB")?.trim().parse::<f64>().ok());
        if let Some(now) = kilobytes.map(|k| k * 1024.0 / 1e6) {
            start.get_or_insert(now);
            peak = peak.max(now);
        }
        sleep(Duration::from_millis(2));
    };
    if !status.success() {
        println!("memory: not measured, `seodang train mnist`: {status}");
        return Ok(None);
    }
    let (start, beyond) = (start.unwrap_or_default(), peak - DATA);
    let kept = beyond <= BAR;
    println!(
        "memory of `seodang train mnist`: {peak:.1} MB at most, {beyond:.1} beyond the data, \
         {start:.1} at its start; bar <= {BAR} beyond  {}",
        if kept { "ok" } else { "MISSED" }
    );
    Ok(Some(format!(
        "{{\"case\": \"memory\", \"megabytes\": {peak:.1}, \"start\": {start:.1}, \
         \"bar\": {BAR}, \"kept\": {kept}}}"
    )))
}
