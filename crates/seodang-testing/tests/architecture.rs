//! The shape of the workspace: which crate may know which. A crate or an arrow that is not in
//! [`ARROWS`] fails here, so that a new one is a decision and not an accident.

use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::process::Command;

/// A crate, the crates of ours that it depends on, and those of them that a feature switches on.
/// ARCHITECTURE.md says what each of them promises.
const ARROWS: &[(&str, &[&str], &[&str])] = &[
    ("seodang-core", &[], &[]),
    ("seodang-files", &["seodang-core"], &[]),
    ("seodang-kernels", &["seodang-core"], &[]),
    ("seodang-ir", &["seodang-core"], &[]),
    ("seodang-cpu", &["seodang-core", "seodang-ir", "seodang-kernels"], &[]),
    ("seodang-pjrt", &["seodang-core", "seodang-ir"], &[]),
    (
        "seodang-tensor",
        &["seodang-core", "seodang-cpu", "seodang-ir", "seodang-pjrt"],
        &["seodang-pjrt"],
    ),
    ("seodang-nn", &["seodang-core", "seodang-files", "seodang-tensor"], &[]),
    ("seodang-data", &["seodang-core", "seodang-files"], &[]),
    ("seodang-learn", &["seodang-core", "seodang-files", "seodang-kernels"], &[]),
    (
        "seodang",
        &[
            "seodang-core",
            "seodang-data",
            "seodang-files",
            "seodang-learn",
            "seodang-nn",
            "seodang-tensor",
        ],
        &["seodang-learn"],
    ),
    ("seodang-cli", &["seodang"], &[]),
    (
        "seodang-python",
        &[
            "seodang",
            "seodang-core",
            "seodang-data",
            "seodang-files",
            "seodang-learn",
            "seodang-nn",
            "seodang-tensor",
        ],
        &[],
    ),
    ("xtask", &[], &[]),
];

/// The shared checks stand beside the others: they may see every crate, and none may ship them.
const TESTING: &str = "seodang-testing";

/// The only crates whose sources may allow unsafe code.
const UNSAFE: &[&str] = &["seodang-kernels", "seodang-pjrt", "seodang-python"];

/// A direct dependency of ours: its name, whether it is for tests alone, whether a feature has it.
struct Arrow {
    to: String,
    dev: bool,
    optional: bool,
}

struct Package {
    folder: String,
    arrows: Vec<Arrow>,
}

fn workspace() -> BTreeMap<String, Package> {
    let out = Command::new(env!("CARGO"))
        .args(["metadata", "--no-deps", "--offline", "--format-version", "1"])
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output()
        .expect("cargo runs");
    assert!(out.status.success(), "{}", String::from_utf8_lossy(&out.stderr));
    let metadata: Value = serde_json::from_slice(&out.stdout).expect("cargo metadata gives JSON");
    let packages = metadata["packages"].as_array().expect("a list of packages");
    let name = |p: &Value| p["name"].as_str().expect("a name").to_owned();
    let ours: BTreeSet<String> = packages.iter().map(name).collect();
    let arrows_of = |p: &Value| -> Vec<Arrow> {
        let all = p["dependencies"].as_array().expect("a list of dependencies").iter();
        all.filter(|d| ours.contains(&name(d)))
            .map(|d| Arrow {
                to: name(d),
                dev: d["kind"].as_str() == Some("dev"),
                optional: d["optional"].as_bool() == Some(true),
            })
            .collect()
    };
    let folder_of = |p: &Value| {
        let manifest = Path::new(p["manifest_path"].as_str().expect("a manifest"));
        manifest.parent().expect("a folder").to_string_lossy().into_owned()
    };
    packages
        .iter()
        .map(|p| (name(p), Package { folder: folder_of(p), arrows: arrows_of(p) }))
        .collect()
}

fn set(names: &[&str]) -> BTreeSet<String> {
    names.iter().map(|&n| n.to_owned()).collect()
}

#[test]
fn crates_depend_on_each_other_exactly_as_the_table_says() {
    let packages = workspace();
    let mut listed: BTreeSet<String> = ARROWS.iter().map(|row| row.0.to_owned()).collect();
    listed.insert(TESTING.to_owned());
    assert_eq!(
        packages.keys().cloned().collect::<BTreeSet<_>>(),
        listed,
        "crates of the workspace"
    );

    for (name, wanted, by_feature) in ARROWS {
        let arrows = packages[*name].arrows.iter().filter(|a| !a.dev);
        let found: BTreeSet<_> = arrows.clone().map(|a| a.to.clone()).collect();
        assert_eq!(found, set(wanted), "dependencies of {name}");
        let optional: BTreeSet<_> = arrows.filter(|a| a.optional).map(|a| a.to.clone()).collect();
        assert_eq!(optional, set(by_feature), "dependencies of {name} that a feature switches on");
    }
}

#[test]
fn arrows_point_down_only() {
    // A row may name only rows above it, so there is no way round in a circle.
    for (i, (name, wanted, _)) in ARROWS.iter().enumerate() {
        for to in *wanted {
            let below = ARROWS[..i].iter().any(|row| row.0 == *to);
            assert!(below, "{name} depends on {to}, which does not stand below it");
        }
    }
}

#[test]
fn tests_reach_up_through_the_shared_checks_only() {
    let packages = workspace();
    for (name, package) in &packages {
        let below = everything_below(name);
        for arrow in package.arrows.iter().filter(|a| a.dev) {
            let fine = arrow.to == TESTING || below.contains(arrow.to.as_str());
            assert!(fine || name == TESTING, "the tests of {name} depend on {}", arrow.to);
        }
    }
}

fn everything_below(name: &str) -> BTreeSet<&'static str> {
    let direct = ARROWS.iter().find(|row| row.0 == name).map_or(&[][..], |row| row.1);
    let mut all: BTreeSet<&str> = direct.iter().copied().collect();
    direct.iter().for_each(|to| all.extend(everything_below(to)));
    all
}

#[test]
fn unsafe_code_stays_in_its_crates() {
    for (name, package) in workspace() {
        let folder = Path::new(&package.folder).join("src");
        let mut files = Vec::new();
        rust_files(&folder, &mut files);
        assert!(!files.is_empty(), "{name} has sources");
        if UNSAFE.contains(&name.as_str()) {
            continue;
        }
        for file in files {
            let text = std::fs::read_to_string(&file).expect("a source file");
            let allows = text.lines().any(|l| l.contains("allow(") && l.contains("unsafe_code"));
            assert!(!allows, "{} allows unsafe code; only {UNSAFE:?} may", file.display());
        }
    }
}

fn rust_files(folder: &Path, into: &mut Vec<std::path::PathBuf>) {
    for entry in std::fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            rust_files(&path, into);
        } else if path.extension().is_some_and(|e| e == "rs") {
            into.push(path);
        }
    }
}
