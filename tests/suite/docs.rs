//! Every console example of the README and the pages under `docs/`, run. A line `$ command` (with
//! its here-document) is followed by what it prints, where `...` stands for what is left out; a line
//! `[exit 1]` says with what code it ends, if not 0.

use crate::help::{program, root};
use std::path::Path;
use std::process::Command;

/// One command of a page and what it should print: parts between what is left out.
struct Example {
    command: String,
    expected: String,
    exit: i32,
}

fn examples(page: &str) -> Vec<Example> {
    let mut all: Vec<Example> = Vec::new();
    for block in page.split("```console\n").skip(1) {
        let block = block.split("\n```").next().unwrap_or_default();
        let mut lines = block.lines();
        while let Some(line) = lines.next() {
            if let Some(head) = line.strip_prefix("$ ") {
                let mut command = head.to_owned();
                if head.contains("<<") {
                    let body = lines.by_ref().take_while(|line| *line != "EOF");
                    for line in body {
                        command.push('\n');
                        command.push_str(line);
                    }
                    command.push_str("\nEOF\n");
                }
                if head.contains("() {") {
                    command.push_str(lines.next().unwrap_or_default());
                }
                all.push(Example {
                    command,
                    expected: String::new(),
                    exit: 0,
                });
                continue;
            }
            let example = all.last_mut().expect("a block begins with a command");
            if let Some(code) = line.strip_prefix("[exit ") {
                example.exit = code.trim_end_matches(']').parse().expect("a number");
            } else {
                example.expected.push_str(line);
                example.expected.push('\n');
            }
        }
    }
    all
}

/// Runs the examples of a page in a folder, and counts them.
fn run_page(page: &Path, folder: &Path) -> usize {
    let text = std::fs::read_to_string(page).expect("the page is there");
    let examples = examples(&text);
    let name = page.display();
    let bin = Path::new(env!("CARGO_BIN_EXE_rolescope"));
    let bin = bin.parent().expect("a folder").display();
    let data = tempfile::tempdir().expect("a temporary folder");
    let mut functions = String::new();
    for example in &examples {
        let command = &example.command;
        // later commands must know a function
        if command.contains("() {") {
            functions.push_str(command);
            functions.push('\n');
            continue;
        }
        let path = std::env::var("PATH").unwrap_or_default();
        let mut shell = Command::new("sh");
        shell.current_dir(folder).env_clear();
        for (key, value) in program(data.path()).get_envs() {
            if let Some(value) = value {
                shell.env(key, value);
            }
        }
        shell.env("PATH", format!("{bin}:{path}"));
        shell.args(["-c", &format!("{functions}exec 2>&1\n{command}")]);
        let output = shell.output().expect("a shell");
        let printed = String::from_utf8_lossy(&output.stdout);
        let exit = output.status.code();
        assert_eq!(
            exit,
            Some(example.exit),
            "{name}: `{command}` printed\n{printed}"
        );
        let mut rest = printed.as_ref();
        for part in example.expected.split("...") {
            let part = part.trim_matches('\n');
            let found = rest.find(part);
            assert!(
                found.is_some(),
                "{name}: `{command}` lacks\n{part}\nin\n{printed}"
            );
            rest = &rest[found.unwrap_or(0) + part.len()..];
        }
    }
    examples.len()
}

#[test]
fn the_readme_is_true() {
    // its examples read files of the project
    assert!(run_page(&root().join("README.md"), root()) >= 3);
}

#[test]
fn every_page_of_the_documents_is_true() {
    let mut pages = 0;
    for entry in std::fs::read_dir(root().join("docs")).expect("there are pages") {
        let page = entry.expect("the entry can be read").path();
        if page.extension().is_some_and(|e| e == "md") {
            let folder = tempfile::tempdir().expect("a temporary folder");
            let examples = folder.path().join("examples");
            std::fs::create_dir(&examples).expect("made");
            let name = "simulated-1.toml";
            let example = root().join("examples").join(name);
            std::fs::copy(example, examples.join(name)).expect("copied");
            run_page(&page, folder.path());
            pages += 1;
        }
    }
    assert!(pages > 0);
}
