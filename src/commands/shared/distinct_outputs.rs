//! Checks of inputs and outputs before any is opened: distinct paths, total size.

use crate::error::{Error, Result};
use crate::input::format::InputFormat;
use crate::storage::atomic_write::{output_file, same_file};
use std::path::{Path, PathBuf};

/// Ensures that no output is also an input; `-` is standard input.
///
/// # Errors
/// When one is.
pub(crate) fn ensure_outputs_distinct<'a>(
    inputs: impl IntoIterator<Item = &'a Path>,
    outputs: &[&Option<PathBuf>],
) -> Result<()> {
    for input in inputs {
        let files = outputs.iter().copied().flatten();
        for output in files.filter(|output| output_file(Some(output)).is_some()) {
            if input != Path::new("-") && (same_file(output, input) || is_in(output, input)) {
                let lost = if input.is_dir() { output } else { input };
                return Err(Error::Usage(format!(
                    "{} is an input, and would be lost; write to another file",
                    lost.display()
                )));
            }
        }
    }
    Ok(())
}

/// Whether an existing file is one of those that are read from a folder.
fn is_in(file: &Path, folder: &Path) -> bool {
    let place = |path: &Path| std::fs::canonicalize(path).ok();
    folder.is_dir()
        && InputFormat::in_folder(file)
        && place(file).is_some_and(|file| file.parent() == place(folder).as_deref())
}

/// Total size of all inputs in bytes, where it is known.
pub(crate) fn size(inputs: &[String]) -> Option<u64> {
    let size = |input: &String| {
        let file = std::fs::metadata(input).ok()?;
        file.is_file().then_some(file.len())
    };
    inputs.iter().map(size).sum()
}
