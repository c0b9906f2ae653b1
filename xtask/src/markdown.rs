//! Checks of the Markdown pages: a link to a file must find it, and a `cargo xtask` command that a
//! page tells people to type must exist.

use crate::process::{self, root};
use crate::{COMMANDS, Outcome};
use std::fs;
use std::path::Path;

/// Checks every Markdown page that git tracks.
pub(crate) fn check() -> Outcome {
    let mut list = process::program("git");
    list.args(["ls-files", "--", "*.md"]);
    let pages = process::output(list)?;
    let (mut faults, mut count) = (Vec::new(), 0);
    for page in pages.lines() {
        let text = fs::read_to_string(root().join(page)).map_err(|e| format!("{page}: {e}"))?;
        faults.extend(faults_of(page, &text));
        count += 1;
    }
    println!("{count} pages, {} faults", faults.len());
    if faults.is_empty() { Ok(()) } else { Err(faults.join("\n")) }
}

fn faults_of(page: &str, text: &str) -> Vec<String> {
    let mut faults = Vec::new();
    let folder = Path::new(page).parent().unwrap_or(Path::new(""));
    let mut in_code = false;
    for (number, line) in text.lines().enumerate() {
        let place = format!("{page}:{}", number + 1);
        if line.trim_start().starts_with("```") {
            in_code = !in_code;
        }
        for call in line.split("cargo xtask ").skip(1) {
            let name: String =
                call.chars().take_while(|c| c.is_ascii_alphanumeric() || *c == '-').collect();
            if !name.is_empty() && !COMMANDS.iter().any(|c| c.name == name) {
                faults.push(format!("{place}: `cargo xtask {name}` does not exist"));
            }
        }
        if in_code {
            continue;
        }
        for target in link_targets(line) {
            let path = target.split('#').next().unwrap_or("");
            let elsewhere = path.is_empty() || path.contains("://") || path.starts_with("mailto:");
            if !elsewhere && !root().join(folder).join(path).exists() {
                faults.push(format!("{place}: no file `{path}`"));
            }
        }
    }
    if in_code {
        faults.push(format!("{page}: a code block is not closed"));
    }
    faults
}

/// The targets of `[text](target)` in one line.
fn link_targets(line: &str) -> impl Iterator<Item = &str> {
    line.split("](").skip(1).filter_map(|rest| {
        let target = rest.split([')', ' ']).next()?;
        Some(target.trim_matches(['<', '>']))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn broken_links_and_commands_are_found() {
        let page = "See [the manifest](Cargo.toml), [this](nothing.md#here), [a site](https://x.y).\n\
                    Run `cargo xtask test`, then `cargo xtask nonsense`.\n\
                    ```\n[not a link](nowhere)\n```\n[here](#anchor)\n";
        assert_eq!(
            faults_of("PAGE.md", page),
            ["PAGE.md:1: no file `nothing.md`", "PAGE.md:2: `cargo xtask nonsense` does not exist"]
        );
        assert_eq!(faults_of("PAGE.md", "```\nopen").len(), 1);
    }
}
