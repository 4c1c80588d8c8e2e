//! Helpers of all tests.

use rolescope::builtin;
use rolescope::storage::pack_files;
use rolescope_core::{Pack, SourceFile};
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

/// The project's folder.
pub(crate) fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The built-in pack.
pub(crate) fn built_in() -> Pack {
    Pack::parse(&builtin::built_in()).expect("the built-in pack is valid")
}

/// The files of the small pack, with paths from its root.
pub(crate) fn small_files() -> Vec<SourceFile> {
    let folder = root().join("tests/packs/small");
    let mut files = pack_files::folder(&folder).expect("the small pack can be read");
    for file in &mut files {
        let path = Path::new(file.path()).strip_prefix(&folder);
        let path = path.expect("within the pack").display().to_string();
        file.rename(path);
    }
    files
}

/// The small pack.
pub(crate) fn small() -> Pack {
    Pack::parse(&small_files()).expect("the small pack is valid")
}

/// A run of the program in an empty environment that only knows its data folder.
pub(crate) fn program(folder: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_rolescope"));
    command
        .current_dir(folder)
        .env_clear()
        .env("ROLESCOPE_DATA", folder.join("data"))
        .env("COLUMNS", "80");
    command
}

/// Runs the program with these arguments and this standard input.
pub(crate) fn run(folder: &Path, arguments: &[&str], input: &[u8]) -> Output {
    let mut child = program(folder)
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program starts");
    let mut stdin = child.stdin.take().expect("standard input is a pipe");
    let input = input.to_vec();
    let writer = std::thread::spawn(move || {
        // a program that ends early closes the pipe: that is for the test to judge
        let _ = stdin.write_all(&input);
    });
    let output = child.wait_with_output().expect("the program ends");
    writer.join().expect("the writer ends");
    output
}

/// Standard output as text.
pub(crate) fn stdout(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).expect("output is UTF-8")
}

/// Standard error as text.
pub(crate) fn stderr(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).expect("messages are UTF-8")
}

/// The folders in a folder, sorted.
pub(crate) fn folders(folder: &Path) -> Vec<PathBuf> {
    let mut all: Vec<PathBuf> = std::fs::read_dir(folder)
        .expect("the folder can be listed")
        .map(|entry| entry.expect("the entry can be read").path())
        .filter(|path| path.is_dir())
        .collect();
    all.sort();
    all
}

/// The header of a table and the first row for each combination of these cells: what its rows look
/// like, without every figure.
pub(crate) fn first_of_each_kind(table: &str, cells: &[usize]) -> String {
    let mut seen = std::collections::BTreeSet::new();
    let kind = |line: &str| -> Vec<String> {
        let all: Vec<&str> = line.split(',').collect();
        cells
            .iter()
            .map(|&at| all.get(at).copied().unwrap_or_default().to_owned())
            .collect()
    };
    let lines = table.lines().filter(|line| seen.insert(kind(line)));
    lines.flat_map(|line| [line, "\n"]).collect()
}

/// Compares a text with its snapshot in a folder under `tests/`.
pub(crate) fn snapshot(folder: &str, name: &str, text: &str) {
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path(root().join("tests").join(folder));
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.bind(|| insta::assert_snapshot!(name, text));
}
