//! Helpers of all tests.

use rolescope::builtin;
use rolescope::storage::pack_files;
use rolescope_core::{Pack, SourceFile};
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::time::Duration;

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

/// Starts a program. Wine now and then loses one before its first instruction, and calls that an internal error:
/// such a start is made again.
fn started(command: &mut Command) -> Child {
    const INTERNAL_ERROR: i32 = 1359;
    for _ in 0..3 {
        match command.spawn() {
            Err(e) if cfg!(windows) && e.raw_os_error() == Some(INTERNAL_ERROR) => {
                eprintln!("started again: {e}");
            }
            done => return done.expect("the program starts"),
        }
    }
    command.spawn().expect("the program starts")
}

/// Runs the program with these arguments and this standard input.
pub(crate) fn run(folder: &Path, arguments: &[&str], input: &[u8]) -> Output {
    let mut command = program(folder);
    command
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    let mut child = started(&mut command);
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

/// How often a program is killed where it saves: so often, or as often as `ROLESCOPE_KILLS` says.
pub(crate) fn kills(usual: u64) -> u64 {
    let asked = std::env::var("ROLESCOPE_KILLS").ok();
    asked.map_or(usual, |asked| asked.parse().expect("a number"))
}

/// How long a test waits for something that takes less than so many seconds on a machine of its own: as many times
/// longer as `ROLESCOPE_TEST_PATIENCE` says, for one that is busy or emulated.
pub(crate) fn patience(seconds: u64) -> Duration {
    let times = std::env::var("ROLESCOPE_TEST_PATIENCE").ok();
    let times = times.and_then(|times| times.parse().ok());
    Duration::from_secs(seconds * times.unwrap_or(1))
}

/// The names of what stands in a folder, sorted.
pub(crate) fn names(folder: &Path) -> Vec<String> {
    let entries = std::fs::read_dir(folder).expect("listed");
    let names = entries.map(|e| e.expect("read").file_name().into_string().expect("UTF-8"));
    let mut names: Vec<String> = names.collect();
    names.sort();
    names
}

/// Standard output as text.
pub(crate) fn stdout(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).expect("output is UTF-8")
}

/// Standard error as text.
pub(crate) fn stderr(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).expect("messages are UTF-8")
}

/// Copies a folder with all that is in it.
pub(crate) fn copy(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).expect("made");
    for entry in std::fs::read_dir(from).expect("listed") {
        let path = entry.expect("read").path();
        let to = to.join(path.file_name().expect("a name"));
        if path.is_dir() {
            copy(&path, &to);
        } else {
            std::fs::copy(&path, &to).expect("copied");
        }
    }
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

/// Compares texts with their one snapshot, each under its name. Names the cases that differ, as the
/// difference that is shown may begin far below the name.
pub(crate) fn snapshot_of_cases(folder: &str, name: &str, cases: &[(String, String)]) {
    let path = root()
        .join("tests")
        .join(folder)
        .join(format!("{name}.snap"));
    let kept = std::fs::read_to_string(path).unwrap_or_default();
    let mut whole = String::new();
    for (case, text) in cases {
        let shown = format!("\n== {case}\n{}\n", text.trim_end());
        if !kept.contains(shown.trim_end()) {
            eprintln!("the case {case} differs from its part of {folder}/{name}.snap");
        }
        whole.push_str(&shown);
    }
    snapshot(folder, name, whole.trim_start());
}

/// The parts of a page in text: the title or a heading, and what stands under it.
pub(crate) fn parts(page: &str) -> Vec<(&str, &str)> {
    let is_rule = |line: &str| !line.is_empty() && line.chars().all(|sign| sign == '─');
    // where each line begins
    let lines: Vec<(usize, &str)> = page
        .split_inclusive('\n')
        .scan(0, |at, line| {
            let start = *at;
            *at += line.len();
            Some((start, line.trim_end_matches('\n')))
        })
        .collect();
    let headings: Vec<usize> = (1..lines.len()).filter(|&n| is_rule(lines[n].1)).collect();
    let part = |(nth, &rule): (usize, &usize)| {
        let (at, line) = lines[rule];
        let end = headings
            .get(nth + 1)
            .map_or(page.len(), |&next| lines[next - 1].0);
        (lines[rule - 1].1, page[at + line.len()..end].trim())
    };
    headings.iter().enumerate().map(part).collect()
}
