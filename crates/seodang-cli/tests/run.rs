//! `seodang run`, with shell scripts in Python's place.
#![cfg(unix)]

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::process::{Command, Output};

/// A Python that has the package or not, and otherwise prints what it was given and exits with 7.
fn python(at: &Path, has_package: bool) {
    fs::create_dir_all(at.parent().expect("a folder")).expect("a folder is made");
    let code = i32::from(!has_package);
    let script = format!(
        "#!/bin/sh\nif [ \"$1\" = -c ]; then exit {code}; fi\n\
         echo \"$0\"; for word in \"$@\"; do echo \"<$word>\"; done; exit 7\n"
    );
    fs::write(at, script).expect("the script is written");
    fs::set_permissions(at, fs::Permissions::from_mode(0o755)).expect("it can be run");
}

fn seodang(folder: &Path, environment: Option<&str>, words: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_seodang"));
    command.current_dir(folder).args(words).env("SEODANG_LANG", "en");
    command.env("PATH", folder.join("path")).env_remove("CONDA_PREFIX").env_remove("VIRTUAL_ENV");
    if let Some(environment) = environment {
        command.env("VIRTUAL_ENV", folder.join(environment));
    }
    command.output().expect("the program runs")
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

#[test]
fn the_environments_python_gets_the_words_as_they_are() {
    let dir = tempfile::tempdir().expect("a temporary folder");
    python(&dir.path().join("venv/bin/python"), true);
    python(&dir.path().join("path/python3"), false);
    let words = ["run", "--report", "a b.py", "--help", "-m", "", "--", "x"];
    let out = seodang(dir.path(), Some("venv"), &words);
    let program = dir.path().join("venv/bin/python");
    assert_eq!(
        text(&out.stdout),
        format!(
            "{}\n<-m>\n<seodang>\n<--report>\n<a b.py>\n<--help>\n<-m>\n<>\n<-->\n<x>\n",
            program.display()
        )
    );
    assert_eq!(out.status.code(), Some(7));
    let out = seodang(dir.path(), Some("venv"), &["run", "-m", "module", "-h"]);
    assert!(text(&out.stdout).ends_with("<-m>\n<module>\n<-h>\n"), "{}", text(&out.stdout));
}

#[test]
fn without_an_environment_the_paths_python_is_taken() {
    let dir = tempfile::tempdir().expect("a temporary folder");
    python(&dir.path().join("path/python"), false);
    python(&dir.path().join("path/python3"), true);
    let out = seodang(dir.path(), None, &["run", "program.py"]);
    assert!(text(&out.stdout).contains("path/python3\n"), "{}", text(&out.stdout));
    assert_eq!(out.status.code(), Some(7));
}

#[test]
fn a_python_without_the_package_and_no_python_at_all_are_explained() {
    let dir = tempfile::tempdir().expect("a temporary folder");
    let out = seodang(dir.path(), None, &["run", "program.py"]);
    assert_eq!(out.status.code(), Some(2));
    assert!(text(&out.stderr).contains("no Python"), "{}", text(&out.stderr));
    python(&dir.path().join("venv/bin/python"), false);
    let out = seodang(dir.path(), Some("venv"), &["run", "program.py"]);
    let message = text(&out.stderr);
    assert_eq!(out.status.code(), Some(2), "{message}");
    for words in ["package seodang", "pip install", "venv/bin/python"] {
        assert!(message.contains(words), "{message}");
    }
}
