//! What commands over many inputs ask of them before they are opened.

use crate::error::{Error, Result};
use crate::input::format::InputFormat;
use crate::storage::atomic_write::{output_file, same_file};
use std::path::{Path, PathBuf};

/// Holds that no output is an input; `-` is standard input.
///
/// # Errors
/// When one is.
pub(crate) fn apart<'a>(
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

/// Whether a file that is there is one of those read from a folder.
fn is_in(file: &Path, folder: &Path) -> bool {
    let place = |path: &Path| std::fs::canonicalize(path).ok();
    folder.is_dir()
        && InputFormat::in_folder(file)
        && place(file).is_some_and(|file| file.parent() == place(folder).as_deref())
}

/// Bytes of all inputs, where they can be known.
pub(crate) fn size(inputs: &[String]) -> Option<u64> {
    let size = |input: &String| {
        let file = std::fs::metadata(input).ok()?;
        file.is_file().then_some(file.len())
    };
    inputs.iter().map(size).sum()
}
