//! Every console example of the README and the pages under `docs/`, run. A line `$ command` (with
//! its here-document) is followed by what it prints, where `...` stands for what is left out; a line
//! `[exit 1]` says with what code it ends, if not 0.

use crate::help::{program, root, run, stderr};
use crate::manual::{all_commands, help};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
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
fn examples_of_the_readme_print_what_is_shown() {
    // its examples read files of the project
    assert!(run_page(&root().join("README.md"), root()) >= 3);
}

#[test]
fn examples_of_the_documents_print_what_is_shown() {
    let mut pages = 0;
    for entry in std::fs::read_dir(root().join("docs")).expect("there are pages") {
        let page = entry.expect("the entry can be read").path();
        if page.extension().is_some_and(|e| e == "md") {
            let folder = tempfile::tempdir().expect("a temporary folder");
            let examples = folder.path().join("examples");
            std::fs::create_dir(&examples).expect("made");
            for name in ["simulated-1.toml", "form.csv"] {
                let example = root().join("examples").join(name);
                std::fs::copy(example, examples.join(name)).expect("copied");
            }
            run_page(&page, folder.path());
            pages += 1;
        }
    }
    assert!(pages > 0);
}

/// All pages for people, with their texts.
fn pages() -> Vec<(PathBuf, String)> {
    let docs = std::fs::read_dir(root().join("docs")).expect("there are pages");
    let docs = docs.map(|entry| entry.expect("the entry can be read").path());
    docs.chain(["README.md", "CONTRIBUTING.md"].map(|name| root().join(name)))
        .filter(|path| path.extension().is_some_and(|e| e == "md"))
        .map(|path| (path.clone(), std::fs::read_to_string(path).expect("a page")))
        .collect()
}

/// What a page says in a line of its own that is no example: programs that tests do not run, and why.
const NOT_RUN: [(&str, &str); 7] = [
    ("cargo", "builds what is tested here, and runs these tests"),
    (
        "parallel",
        "need not be here; examples/parallel/run.sh runs the same",
    ),
    ("examples/spark/run.sh", "needs Java and downloads PySpark"),
    ("podman", "needs a container engine"),
    (
        "pip",
        "installs into the system; python/run-tests installs the same into an environment of its own",
    ),
    (
        "packaging/reviews.py",
        "needs files that others keep and change",
    ),
    (
        "packaging/advisories",
        "needs cargo-deny and a database; the gate runs it",
    ),
];

#[test]
fn untested_examples_are_listed_with_a_reason() {
    for (path, page) in pages() {
        let blocks = page.split("```sh\n").skip(1);
        let blocks = blocks.map(|block| block.split("\n```").next().unwrap_or_default());
        for line in blocks.flat_map(str::lines) {
            let program = line.split(' ').next().unwrap_or_default();
            let known = NOT_RUN.iter().any(|(name, _)| *name == program);
            assert!(
                known,
                "{}: nothing runs `{line}`: make it a console example, or say here why not",
                path.display()
            );
        }
    }
}

#[test]
fn examples_for_powershell_are_commands_of_the_program() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let mut seen = 0;
    for (path, page) in pages() {
        let blocks = page.split("```powershell\n").skip(1);
        let blocks = blocks.map(|block| block.split("\n```").next().unwrap_or_default());
        for line in blocks.flat_map(str::lines) {
            let command = line.rsplit(" | ").next().unwrap_or_default();
            let Some(words) = command.strip_prefix("rolescope ") else {
                continue;
            };
            let mut arguments: Vec<&str> = words.split_whitespace().collect();
            arguments.push("--help");
            let output = run(folder.path(), &arguments, b"");
            let said = stderr(&output);
            assert_eq!(
                output.status.code(),
                Some(0),
                "{}: `{line}`: {said}",
                path.display()
            );
            seen += 1;
        }
    }
    assert!(seen > 4, "{seen}");
}

/// The words in backticks within running text.
fn spans(page: &str) -> Vec<&str> {
    let prose = page.split("\n```").step_by(2);
    prose
        .flat_map(|p| p.split('`').skip(1).step_by(2))
        .collect()
}

#[test]
fn every_command_and_option_that_a_page_names_is_one() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let options = options();
    let (mut commands, mut named) = (0, 0);
    for (path, page) in pages() {
        let name = path.display();
        for span in spans(&page) {
            let option = span.split([' ', '=']).next().unwrap_or_default();
            if option.starts_with("--") {
                let other = ["--joblog", "--sshloginfile"].contains(&option);
                assert!(
                    other || options.contains(option),
                    "{name}: no option {option}"
                );
                named += 1;
            }
            let command = span.split(['|', '>']).next().unwrap_or_default();
            let words = match command.split_once(' ') {
                _ if command == "rolescope" => "",
                Some(("rolescope", words)) => words,
                Some(("session", _)) => command,
                _ => continue,
            };
            let words = words.replace("COMMAND", "score").replace("...", "");
            let mut arguments: Vec<&str> = words.split_whitespace().collect();
            if arguments.first() != Some(&"help") {
                // help is printed before anything is run, but after each word before it is looked at
                arguments.push("--help");
            }
            let output = run(folder.path(), &arguments, b"");
            let said = stderr(&output);
            assert_eq!(output.status.code(), Some(0), "{name}: `{span}`: {said}");
            commands += 1;
        }
    }
    assert!(commands > 20 && named > 20, "{commands} and {named}");
}

/// The long options of all commands.
fn options() -> BTreeSet<String> {
    let mut all = BTreeSet::new();
    for command in all_commands() {
        let words: Vec<&str> = command.iter().map(String::as_str).collect();
        let help = help(&words);
        let words = help.split(|c: char| !(c.is_alphanumeric() || c == '-'));
        all.extend(words.filter(|w| w.starts_with("--")).map(str::to_owned));
    }
    all
}
