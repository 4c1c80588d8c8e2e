//! Helpers of the tests of `score`: answer sheets, and runs of the program.

use crate::help::{run, stderr};
use std::path::Path;
use std::process::Output;

/// What a system says of a file that is not there; on Windows its words are of the language of the person.
pub(crate) const NOT_THERE: &str = if cfg!(windows) {
    "(os error "
} else {
    "No such file"
};

pub(crate) fn folder() -> tempfile::TempDir {
    tempfile::tempdir().expect("a temporary folder")
}

/// Simulated sheets as the program writes them.
pub(crate) fn sheets(people: usize, format: &str) -> String {
    let folder = folder();
    let people = people.to_string();
    let arguments = ["sample", "-n", &people, "--seed", "5", "-f", format];
    let output = run(folder.path(), &arguments, b"");
    String::from_utf8(output.stdout).expect("sheets are UTF-8")
}

/// Scores standard input as CSV with one role a person, and with further arguments.
pub(crate) fn score(folder: &Path, arguments: &[&str], input: &[u8]) -> Output {
    let all = [
        &["score", "-f", "csv", "--top", "1", "--partial"],
        arguments,
    ]
    .concat();
    run(folder, &all, input)
}

/// Writes a file.
pub(crate) fn put(folder: &Path, name: &str, bytes: impl AsRef<[u8]>) {
    std::fs::write(folder.join(name), bytes).expect("written");
}

/// Holds that a run ended with this code and said all these parts.
#[track_caller]
pub(crate) fn ended(output: &Output, code: i32, parts: &[&str]) {
    let messages = stderr(output);
    assert_eq!(output.status.code(), Some(code), "{messages}");
    // paths that the program joins
    let joined = if cfg!(windows) {
        messages.replace('\\', "/")
    } else {
        String::new()
    };
    for part in parts {
        let said = messages.contains(part) || joined.contains(part);
        assert!(said, "{part:?} in\n{messages}");
    }
}

/// The names in a folder, sorted.
pub(crate) fn names(folder: &Path) -> Vec<String> {
    let entries = std::fs::read_dir(folder).expect("the folder can be listed");
    let name = |entry: std::io::Result<std::fs::DirEntry>| {
        let name = entry.expect("the entry can be read").file_name();
        name.to_string_lossy().into_owned()
    };
    let mut all: Vec<String> = entries.map(name).collect();
    all.sort();
    all
}

/// The rows of a CSV file as cells of bytes.
pub(crate) fn cells(bytes: &[u8]) -> Vec<Vec<Vec<u8>>> {
    let (mut rows, mut row, mut cell) = (Vec::new(), Vec::new(), Vec::new());
    let mut reader = csv_core::Reader::new();
    let (mut at, mut buffer) = (0, [0; 64]);
    loop {
        let (result, read, wrote) = reader.read_field(&bytes[at..], &mut buffer);
        at += read;
        cell.extend_from_slice(&buffer[..wrote]);
        match result {
            csv_core::ReadFieldResult::Field { record_end } => {
                row.push(std::mem::take(&mut cell));
                if record_end {
                    rows.push(std::mem::take(&mut row));
                }
            }
            csv_core::ReadFieldResult::End => return rows,
            _ => {}
        }
    }
}
